"""Weighted mean and n by three columns with polars, streaming: w3_polars.py FILE OUT."""

import sys

import polars as pl

source, out = sys.argv[1:]
(
    pl.scan_csv(source, infer_schema=False)
    .select(
        pl.col("year").cast(pl.Int16), "cohort", "kommune",
        pl.col("return_intent").cast(pl.Int8), pl.col("weight").cast(pl.Float64),
    )
    .filter(pl.col("return_intent").is_between(1, 5))
    .group_by("year", "cohort", "kommune")
    .agg(
        n=pl.len(),
        sum_of_weights=pl.col("weight").sum(),
        estimate=(pl.col("weight") * pl.col("return_intent")).sum() / pl.col("weight").sum(),
    )
    .sort("year", "cohort", "kommune")
    .collect(engine="streaming")
    .write_csv(out)
)
