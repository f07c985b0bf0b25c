"""Share of 4 and 5 with its standard error by three columns with polars, streaming: w1_polars.py FILE OUT.

Strata are year and stratum, sampling units the schools in them, drawn with replacement: Taylor's linearisation.
"""

import sys

import polars as pl

source, out = sys.argv[1:]
by = ["year", "cohort", "kommune"]
valid = pl.col("return_intent").is_between(1, 5).fill_null(False)
yes = valid & (pl.col("return_intent") >= 4)
# One scan; units without a valid answer stay, so that every unit counts in its stratum.
cells = (
    pl.scan_csv(source, infer_schema=False)
    .select(
        pl.col("year").cast(pl.Int16), "cohort", "kommune", "stratum", "school",
        pl.col("return_intent").cast(pl.Int8), pl.col("weight").cast(pl.Float64),
    )
    .group_by(*by, "stratum", "school")
    .agg(n=valid.sum(), weights=pl.col("weight").filter(valid).sum(), yes=pl.col("weight").filter(yes).sum())
    .collect(engine="streaming")
)
units = cells.group_by("year", "stratum").agg(units=pl.col("school").n_unique())
cells = cells.filter(pl.col("n") > 0)
shares = cells.group_by(by).agg(n=pl.col("n").sum(), size=pl.col("weights").sum(), above=pl.col("yes").sum())
shares = shares.with_columns(estimate=pl.col("above") / pl.col("size"))
variances = (
    cells.drop("n")
    .join(shares, on=by)
    .with_columns(z=(pl.col("yes") - pl.col("estimate") * pl.col("weights")) / pl.col("size"))
    .group_by(*by, "stratum")
    .agg(squares=(pl.col("z") ** 2).sum(), total=pl.col("z").sum())
    .join(units, on=["year", "stratum"])
    .with_columns(
        v=pl.col("units") / (pl.col("units") - 1) * (pl.col("squares") - pl.col("total") ** 2 / pl.col("units"))
    )
    .group_by(by)
    .agg(se=pl.col("v").sum().clip(lower_bound=0).sqrt())
)
shares.join(variances, on=by).select(*by, "n", "estimate", "se").sort(by).write_csv(out)
