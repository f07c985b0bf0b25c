# Curves and expansions of R, for core/tests/recruitment_reference.rs: Rscript curves.R > curves.json
suppressMessages({library(survival); library(survey); library(jsonlite)})
today <- as.Date("2026-11-22")
p <- read.csv("positions.csv", colClasses = "character")
for (column in c("advertised", "applied", "accepted", "started", "left", "withdrawn", "ended"))
  p[[column]] <- as.Date(ifelse(p[[column]] == "", NA, p[[column]]))
p <- p[p$municipality != "9999", ]
p$field <- ifelse(substr(p$occupation, 1, 2) == "22", "health", ifelse(substr(p$occupation, 1, 2) == "23", "teaching", "none"))
na <- function(x) if (length(x) == 0 || is.na(x)) NULL else unname(x)
# A curve's median with its limits.
median_of <- function(time, event) {
  q <- quantile(survfit(Surv(time, event) ~ 1, conf.type = "log-log"), 0.5)
  list(median = na(q$quantile), lower = na(q$lower), upper = na(q$upper), n = length(time))
}
# A curve at some times; NULL beyond the last one, unless nobody is left.
at <- function(fit, days) {
  lapply(days, function(day) {
    if (day > max(fit$time) && min(fit$surv) > 0) return(NULL)
    s <- summary(fit, times = day, extend = TRUE)
    ok <- s$surv > 0 && s$surv < 1
    list(value = s$surv, lower = if (ok) na(s$lower), upper = if (ok) na(s$upper))
  })
}
fill <- function(d) {
  end <- pmin(d$accepted, d$withdrawn, d$ended, na.rm = TRUE)
  kind <- ifelse(!is.na(d$accepted), 1, ifelse(!is.na(d$withdrawn), 2, ifelse(!is.na(d$ended), 3, 0)))
  time <- as.numeric(ifelse(kind == 0, today, end) - as.numeric(d$advertised))
  net <- pmax(time - as.numeric(d$on_hold), 0)
  g <- survfit(Surv(time, factor(kind, 0:3)) ~ 1, conf.type = "log-log")
  within <- lapply(c(30, 60, 90, 180), function(day) {
    if (day > max(g$time) && min(g$pstate[, 1]) > 0) return(NULL)
    s <- summary(g, times = day, extend = TRUE)
    ok <- s$pstate[1, 2] > 0 && s$pstate[1, 2] < 1
    list(value = s$pstate[1, 2], lower = if (ok) na(s$lower[1, 2]), upper = if (ok) na(s$upper[1, 2]))
  })
  list(gross = median_of(time, kind == 1), net = median_of(net, kind == 1), within = within)
}
hire <- function(d) {
  d <- d[!is.na(d$accepted) & !is.na(d$applied), ]
  median_of(as.numeric(d$accepted - d$applied), rep(1, nrow(d)))
}
stay <- function(d) {
  time <- as.numeric(ifelse(is.na(d$left), today, d$left)) - as.numeric(d$started)
  fit <- survfit(Surv(time, as.integer(!is.na(d$left))) ~ 1, conf.type = "log-log")
  list(n = nrow(d), at = at(fit, c(0, 182, 365, 730, 1095)))
}
groups <- function(d, year, one) {
  out <- list()
  for (y in sort(unique(year))) for (group in c("all", "health", "teaching")) {
    part <- d[year == y & (group == "all" | d$field == group), ]
    if (nrow(part) > 0) out[[paste(y, group)]] <- one(part)
  }
  out
}
year <- function(day) as.integer(format(day, "%Y"))
hired <- p[!is.na(p$accepted) & !is.na(p$applied), ]
begun <- p[!is.na(p$started), ]

b <- read.csv("business.csv", colClasses = c(shortage = "numeric"), na.strings = "")
s <- read.csv("strata.csv")
b$N <- s$businesses[match(b$stratum, s$stratum)]
options(survey.lonely.psu = "certainty")
d <- svydesign(~1, strata = ~stratum, fpc = ~N, data = b)
total <- function(here) {
  b$y <- ifelse(here, b$shortage, 0)
  t <- svytotal(~y, update(d, y = b$y))
  list(total = unname(coef(t)), se = unname(SE(t)[1]))
}
mean_of <- function(value) {
  d <- update(d, value = value)
  m <- svymean(~value, subset(d, !is.na(value)))
  list(mean = unname(coef(m)), variance = unname(vcov(m)[1]))
}
cat(toJSON(list(
  fill = groups(p, year(p$advertised), fill), hire = groups(hired, year(hired$advertised), hire),
  stay = groups(begun, year(begun$started), stay),
  shortage = list(all = total(rep(TRUE, nrow(b))), m5042 = total(b$municipality == "5042")),
  failed = mean_of(as.numeric(b$failed == "yes")), lower = mean_of(as.numeric(b$lower == "yes")),
  net = mean_of(c(more = 1, same = 0, fewer = -1)[b$expects])
), digits = NA, auto_unbox = TRUE, null = "null"), "\n")
