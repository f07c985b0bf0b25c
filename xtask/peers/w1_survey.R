# Share of 4 and 5 with its standard error by three columns with R's package survey: Rscript w1_survey.R FILE OUT.
#
# Strata are year and stratum, sampling units the schools in them, drawn with replacement: Taylor's linearisation.

suppressPackageStartupMessages(library(survey))
arguments <- commandArgs(TRUE)
names <- strsplit(readLines(arguments[1], 1), ",")[[1]]
keys <- c("year", "kommune", "cohort", "school", "stratum")
numbers <- c("weight", "return_intent")
classes <- ifelse(names %in% numbers, "numeric", ifelse(names %in% keys, "character", "NULL"))
answers <- read.csv(arguments[1], colClasses = classes)
answers$valid <- answers$return_intent %in% 1:5
answers$yes <- as.numeric(answers$return_intent >= 4)
design <- svydesign(ids = ~school, strata = ~interaction(year, stratum, drop = TRUE), weights = ~weight,
                    data = answers, nest = TRUE)
by <- svyby(~yes, ~year + cohort + kommune, subset(design, valid), svymean, keep.names = FALSE)
n <- aggregate(valid ~ year + cohort + kommune, answers[answers$valid, ], length)
result <- merge(by, n)
result <- data.frame(result[c("year", "cohort", "kommune")], n = result$valid, estimate = result$yes, se = result$se)
numeric <- sapply(result, is.double)
result[numeric] <- lapply(result[numeric], formatC, digits = 17, format = "g")
write.csv(result, arguments[2], row.names = FALSE, quote = FALSE)
