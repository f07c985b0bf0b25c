# Before and after, for core/tests/trial.rs: Rscript trial.R > trial.json
suppressMessages(library(jsonlite))
set.seed(11)
changes <- function(n, by) { before <- round(rnorm(n, 3, 1), 2); cbind(before, after = round(before + rnorm(n, by, .8), 2)) }
paired <- list(trial = changes(14, -.6), comparison = changes(11, 0))
independent <- list(trial = list(before = round(rnorm(12, 3.2), 2), after = round(rnorm(9, 2.5), 2)),
                    comparison = list(before = round(rnorm(8, 3), 2), after = round(rnorm(10, 3), 2)))
welch <- function(t) list(estimate = unname(diff(rev(t$estimate))), lower = t$conf.int[1], upper = t$conf.int[2], p = t$p.value, df = unname(t$parameter), se = t$stderr)
d1 <- paired$trial[, 2] - paired$trial[, 1]; d2 <- paired$comparison[, 2] - paired$comparison[, 1]
one <- t.test(d1)
v <- sapply(unlist(independent, recursive = FALSE), function(x) var(x) / length(x))
n <- sapply(unlist(independent, recursive = FALSE), length)
m <- sapply(unlist(independent, recursive = FALSE), mean)
b <- unname((m[2] - m[1]) - (m[4] - m[3])); se <- sqrt(sum(v)); df <- sum(v)^2 / sum(v^2 / (n - 1))
wilson <- function(x, n) prop.test(x, n, correct = FALSE)$conf.int
newcombe <- function(x1, n1, x0, n0) { p1 <- x1 / n1; p0 <- x0 / n0; a <- wilson(x1, n1); b <- wilson(x0, n0)
  c(p1 - p0, p1 - p0 - sqrt((p1 - a[1])^2 + (b[2] - p0)^2), p1 - p0 + sqrt((a[2] - p1)^2 + (p0 - b[1])^2)) }
mover <- function(a, b) c(a[1] - b[1], a[1] - b[1] - sqrt((a[1] - a[2])^2 + (b[3] - b[1])^2), a[1] - b[1] + sqrt((a[3] - a[1])^2 + (b[1] - b[2])^2))
counts <- list(trial = c(18, 30, 9, 30), comparison = c(15, 28, 14, 28))
shares <- suppressWarnings(mover(newcombe(9, 30, 18, 30), newcombe(14, 28, 15, 28)))
cat(toJSON(list(
  paired = list(trial = paired$trial, comparison = paired$comparison,
                change = list(estimate = unname(one$estimate), lower = one$conf.int[1], upper = one$conf.int[2], p = one$p.value, df = unname(one$parameter), se = one$stderr),
                effect = welch(t.test(d1, d2))),
  independent = c(independent, list(effect = list(estimate = b, se = se, df = df, lower = b - qt(.975, df) * se, upper = b + qt(.975, df) * se, p = 2 * pt(-abs(b / se), df)))),
  shares = list(counts = counts, effect = shares)), digits = NA, auto_unbox = TRUE), "\n")
