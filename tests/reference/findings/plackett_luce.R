# The Plackett–Luce model as Cox's model with a stratum per ranking, for core/tests/ranking.rs:
# Rscript plackett_luce.R > plackett_luce.json
suppressMessages({library(survival); library(jsonlite)})
set.seed(7)
k <- 6
worth <- c(.3, .25, .2, .12, .08, .05)
draw <- function(m) sample(1:k, m, prob = worth)
top3 <- lapply(1:60, function(i) as.list(draw(3)))                       # the first three of six
whole <- lapply(1:25, function(i) as.list(draw(6)))                       # complete
tied <- lapply(1:80, function(i) { o <- draw(4); list(o[1:2], o[3], o[4]) })  # two tied first
mixed <- c(top3[1:20], tied[1:20], lapply(1:15, function(i) { o <- draw(6); list(o[1], o[2:4]) }))
absent <- lapply(1:60, function(i) { there <- sample(1:k, 4); as.list(there[order(-log(runif(4)) / worth[there])]) })
fit <- function(rankings, below) {
  rows <- do.call(rbind, lapply(seq_along(rankings), function(i) {
    places <- rankings[[i]]
    named <- unlist(places)
    at <- rep(seq_along(places), lengths(places))
    event <- rep(1, length(named))
    left <- if (below) setdiff(1:k, named) else integer(0)
    # Who is last with nothing below says nothing.
    if (length(left) == 0) event[at == length(places)] <- 0
    data.frame(ranking = i, item = c(named, left), time = c(at, rep(length(places) + 1, length(left))),
               event = c(event, rep(0, length(left))))
  }))
  rows$item <- factor(rows$item, 1:k)
  f <- coxph(Surv(time, event) ~ item + strata(ranking), rows, ties = "efron", control = coxph.control(eps = 1e-14, iter.max = 100))
  b <- c(0, coef(f)); v <- rbind(0, cbind(0, vcov(f)))
  centre <- diag(k) - 1 / k
  list(rankings = rankings, below = below, log_worth = as.vector(centre %*% b), log_likelihood = f$loglik[2],
       covariance = centre %*% v %*% centre)
}
cases <- list(top3 = fit(top3, TRUE), whole = fit(whole, TRUE), tied = fit(tied, TRUE), mixed = fit(mixed, TRUE),
              absent = fit(absent, FALSE))
cat(toJSON(cases, digits = NA, auto_unbox = TRUE, pretty = FALSE), "\n")
