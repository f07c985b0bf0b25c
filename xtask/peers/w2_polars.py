"""Share of 4 and 5 by year and cohort, standard error from 500 bootstrap replicates: w2_polars.py FILE OUT [MULTIPLIERS].

Polars for the sums, numpy for the replicates: n - 1 of the n schools of each year and stratum drawn with replacement, as
Rao and Wu. What the weights of each school are multiplied by is written to a third file if it is named.
"""

import sys

import numpy as np
import polars as pl

source, out, *multipliers = sys.argv[1:]
replicates = 500
valid = pl.col("return_intent").is_between(1, 5).fill_null(False)
yes = valid & (pl.col("return_intent") >= 4)
unit = ["year", "stratum", "school"]
cells = (
    pl.scan_csv(source, infer_schema=False)
    .select(
        "year", "cohort", "stratum", "school",
        pl.col("return_intent").cast(pl.Int8), pl.col("weight").cast(pl.Float64),
    )
    .group_by("year", "cohort", "stratum", "school")
    .agg(n=valid.sum(), weights=pl.col("weight").filter(valid).sum(), yes=pl.col("weight").filter(yes).sum())
    .collect(engine="streaming")
)
units = cells.select(unit).unique().sort(unit).with_row_index("place")
random = np.random.default_rng(7)
factors = np.zeros((units.height, replicates))
first = 0
for n in units.group_by("year", "stratum", maintain_order=True).len()["len"]:
    drawn = random.multinomial(n - 1, np.full(n, 1 / n), size=replicates)
    factors[first : first + n] = drawn.T * (n / (n - 1))
    first += n
cells = cells.join(units, on=unit).sort("year", "cohort", "place")
rows = []
for (year, cohort), group in cells.group_by("year", "cohort", maintain_order=True):
    own = factors[group["place"].to_numpy()]
    weights, above = group["weights"].to_numpy(), group["yes"].to_numpy()
    share = above.sum() / weights.sum()
    shares = (above @ own) / (weights @ own)
    rows.append((year, cohort, int(group["n"].sum()), share, float(np.sqrt(((shares - share) ** 2).mean()))))
pl.DataFrame(rows, schema=["year", "cohort", "n", "estimate", "se"], orient="row").write_csv(out)
if multipliers:
    names = [f"r{number}" for number in range(1, replicates + 1)]
    pl.concat([units.select(unit), pl.DataFrame(factors, schema=names)], how="horizontal").write_csv(multipliers[0])
