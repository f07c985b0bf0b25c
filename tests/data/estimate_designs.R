# The values of `tests/cli_estimate.rs`: R 4.2.2, survey 4.1-1. Rscript estimate_designs.R writes the data and prints them.
suppressMessages(library(survey)); options(digits = 17, survey.lonely.psu = "fail")
d <- expand.grid(pupil = 1:3, school = 1:4, h = c("n", "s"))
i <- seq_len(nrow(d))
d$y <- (i * 7) %% 11 + i / 4
d$x <- (i * 5) %% 7
d$x[d$school == 4] <- 0
d$z <- ifelse((i * 3) %% 5 < 2, "ja", "nei")
d$N1 <- ifelse(d$h == "n", 10, 7)
d$N2 <- 5 + d$school * 2
d$f1 <- 4 / d$N1
d$f2 <- 3 / d$N2
d$w <- 1 + (i * 3) %% 4
d$g <- ifelse(i %% 3 == 0, "b", "a")
d$g[d$school == 4] <- "c"
write.csv(d, "estimate_designs.csv", row.names = FALSE, quote = FALSE)
show <- function(name, v) cat(sprintf("(\"%s\", &[%s]),\n", name, paste(formatC(v, digits = 17, format = "g"), collapse = ", ")))
both <- function(name, s) show(name, as.vector(rbind(coef(s), SE(s))))
two <- svydesign(id = ~school + pupil, strata = ~h, fpc = ~N1 + N2, nest = TRUE, data = d)
both("two_stage_sizes", svymean(~y + x, two))
both("two_stage_total", svytotal(~y, two))
frac <- svydesign(id = ~school + pupil, strata = ~h, fpc = ~f1 + f2, nest = TRUE, data = d)
both("two_stage_fractions", svymean(~y + x, frac))
w <- svydesign(id = ~school, strata = ~h, weights = ~w, nest = TRUE, data = d)
both("nested_weighted", svymean(~y + x, w))
m <- svymean(~y, w, deff = TRUE); show("deff", c(coef(m), SE(m), deff(m)))
m <- svymean(~y, w, deff = "replace"); show("deff_replace", c(coef(m), SE(m), deff(m)))
r <- svyratio(~y, ~x, subset(w, g == "a")); show("ratio_domain", c(coef(r), SE(r)))
s <- svyby(~y, ~g, w, svymean); both("by", s)
dom <- subset(w, g == "a"); m <- svymean(~y, dom); ci <- confint(m, df = degf(dom)); show("df_domain", c(coef(m), SE(m), ci, degf(dom)))
t <- svytotal(~z, w); both("count", t)
