# Curves of R's package survival, for core/tests/survival.rs: Rscript survival.R > survival.json
suppressMessages({library(survival); library(jsonlite)})
set.seed(20260401)
cases <- list(
  hand = list(time = c(1, 2, 2, 3, 3, 3, 5, 6, 6, 8, 9, 9, 12), end = c(1, 2, 0, 1, 2, 0, 0, 1, 0, 0, 1, 2, 0)),
  level_at_half = list(time = c(1, 2, 3, 4), end = c(1, 1, 0, 0)),
  none_ended = list(time = c(3, 3, 7), end = c(0, 0, 0)),
  all_ended = list(time = c(2, 2, 5, 7), end = c(1, 2, 1, 1)),
  half_until_later = list(time = c(1, 2, 4, 5), end = c(1, 1, 1, 0)),
  large = list(time = sample(0:40, 150, TRUE), end = sample(0:2, 150, TRUE, c(.45, .35, .2)))
)
one <- function(case) {
  any <- as.integer(case$end > 0)
  f <- survfit(Surv(case$time, any) ~ 1, conf.type = "log-log")
  q <- quantile(f, c(.25, .5, .75))
  s <- summary(f, censored = TRUE)
  kinds <- max(2, case$end)
  g <- survfit(Surv(case$time, factor(case$end, 0:kinds)) ~ 1, conf.type = "log-log")
  list(time = case$time, end = case$end, times = f$time, n_risk = f$n.risk, n_event = f$n.event, n_censor = f$n.censor,
       surv = f$surv, se = s$std.err, lower = f$lower, upper = f$upper,
       quantile = unname(q$quantile), q_lower = unname(q$lower), q_upper = unname(q$upper),
       incidence = g$pstate[, -1, drop = FALSE], incidence_se = g$std.err[, -1, drop = FALSE],
       incidence_lower = g$lower[, -1, drop = FALSE], incidence_upper = g$upper[, -1, drop = FALSE])
}
cat(toJSON(lapply(cases, one), digits = NA, auto_unbox = FALSE, na = "null", pretty = FALSE), "\n")
