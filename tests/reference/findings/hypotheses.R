# The hypotheses on the exported answers of examples/indre-namdal, by R's package survey.
# bygdepuls findings examples/indre-namdal --frame frame.csv; Rscript hypotheses.R frame.csv > hypotheses.json
suppressMessages({library(survey); library(jsonlite)})
options(survey.lonely.psu = "adjust")
f <- read.csv(commandArgs(TRUE)[1], colClasses = c(kjonn = "character"), na.strings = "")
f$kjonn[is.na(f$kjonn)] <- "missing"
f$base <- ifelse(f$could_move == 1, f$intent, NA)
f$band <- cut(f$friends, c(-Inf, 0, 2, 5, Inf), labels = FALSE) - 1
# Categories with fewer than ten records are one, the last.
factored <- function(x) { n <- table(x); x <- as.character(x); rare <- x %in% names(n)[n < 10]; x[rare] <- "~rare"; factor(x, sort(unique(x))) }
svy <- function(used) {
  for (v in c("year", "wave", "home", "kjonn")) { f[[v]] <- as.character(f[[v]]); f[[v]][used] <- as.character(factored(f[[v]][used])) }
  subset(svydesign(ids = ~person, strata = ~stratum, weights = ~weight, data = f, nest = TRUE), used)
}
student <- function(b, se, df) { t <- qt(.975, df); c(estimate = unname(b), se = unname(se), lower = unname(b - t * se), upper = unname(b + t * se), p = unname(2 * pt(-abs(b / se), df)), df = df) }
out <- list()
# H1
used <- !is.na(f$base) & !is.na(f$tie_tilh_hjemme)
f$cause <- f$tie_tilh_hjemme
d <- svy(used)
m <- svyby(~base, ~cause, d, svymean, covmat = TRUE)
df <- degf(d)
diff <- svycontrast(m, c("0" = -1, "1" = 1))
ratio <- svycontrast(m, quote(log(`1` / `0`)))
out$share <- list(with = unname(coef(m)["1"]), without = unname(coef(m)["0"]), se_with = sqrt(vcov(m)["1", "1"]), se_without = sqrt(vcov(m)["0", "0"]))
out$difference <- student(coef(diff), SE(diff), df)
out$log_risk_ratio <- student(coef(ratio), SE(ratio), df)
g <- svyglm(base ~ cause + year + wave + home + kjonn, d, family = quasibinomial(), control = glm.control(epsilon = 1e-14, maxit = 100))
k <- length(coef(g))
out$log_odds_ratio_adjusted <- student(coef(g)["cause"], SE(g)["cause"], df + 1 - k)
x <- model.matrix(g); w <- weights(d); w <- w / sum(w)
at <- function(v) { x[, "cause"] <- v; p <- plogis(as.vector(x %*% coef(g))); list(p = sum(w * p), g = colSums(w * p * (1 - p) * x)) }
one <- at(1); none <- at(0); grad <- one$g - none$g
out$difference_adjusted <- student(one$p - none$p, sqrt(as.vector(t(grad) %*% vcov(g) %*% grad)), df + 1 - k)
t2 <- with(f[used, ], table(cause, base))
out$counts <- list(x1 = t2["1", "1"], n1 = sum(t2["1", ]), x0 = t2["0", "1"], n0 = sum(t2["0", ]))
out$fisher <- fisher.test(t2)$p.value
# H2
used <- !is.na(f$base) & !is.na(f$band)
d <- svy(used)
df <- degf(d)
m <- svyby(~base, ~band, d, svymean)
out$bands <- list(share = unname(coef(m)), se = unname(SE(m)), n = as.vector(table(f$band[used])), x = as.vector(tapply(f$base[used], f$band[used], sum)))
trend <- function(formula) { g <- svyglm(formula, d, family = quasibinomial(), control = glm.control(epsilon = 1e-14, maxit = 100)); student(coef(g)["band"], SE(g)["band"], df + 1 - length(coef(g))) }
out$log_trend <- trend(base ~ band)
out$log_trend_adjusted <- trend(base ~ band + year + wave + home + kjonn)
out$prop_trend_test <- prop.trend.test(out$bands$x, out$bands$n)$p.value
plain <- function(x) if (length(x) == 1) x else as.list(x)
cat(toJSON(lapply(out, plain), digits = NA, auto_unbox = TRUE, pretty = TRUE), "\n")
