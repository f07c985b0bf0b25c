"""Jobs in reach, weighted by ten steps of minutes, and different services within 30 minutes: means of municipalities, by polars.
Arguments: folder, result."""
import sys
import numpy as np, polars as pl

folder, out = sys.argv[1:3]
steps = np.array([1.0, 0.9, 0.75, 0.6, 0.45, 0.3, 0.2, 0.1, 0.05, 0.02])[np.minimum(np.arange(91) // 10, 9)]
units = pl.read_csv(f"{folder}/cent_units.csv", schema={"u": pl.UInt16, "kom": pl.UInt16, "pop": pl.Float64, "jobs": pl.Float64, "svc": pl.UInt64})
weights = pl.DataFrame({"t": np.arange(91, dtype=np.uint8), "w": steps})
pairs = pl.scan_csv(f"{folder}/cent_pairs.csv", schema={"o": pl.UInt16, "d": pl.UInt16, "t": pl.UInt8})
reach = (
    pairs.join(units.lazy().select(pl.col("u").alias("d"), "jobs", "svc"), on="d")
    .join(weights.lazy(), on="t")
    .group_by("o")
    .agg((pl.col("jobs") * pl.col("w")).sum().alias("a"), pl.col("svc").filter(pl.col("t") <= 30).bitwise_or().alias("s"))
    .collect(engine="streaming")
)
mean = lambda name: (pl.col(name) * pl.col("pop")).sum() / pl.col("pop").sum()
reach = reach.join(units, left_on="o", right_on="u").with_columns(pl.col("s").fill_null(0).bitwise_count_ones())
reach.group_by("kom").agg(mean("a"), mean("s")).sort("kom").write_csv(out)
