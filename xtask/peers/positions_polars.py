"""Medians and shares of recruitment by year and field, and by year, with polars: positions_polars.py FOLDER OUT.

Time to fill and retention are Kaplan and Meier's, open positions and those still employed censored on the day of the register;
no intervals.
"""

import sys
from datetime import date

import polars as pl

folder, out = sys.argv[1:]
today = pl.lit(date(2026, 4, 30))
since = lambda column, start: (pl.col(column) - pl.col(start)).dt.total_days()
rows = (
    pl.scan_csv(f"{folder}/positions.csv", schema_overrides={"occupation": pl.String}, try_parse_dates=True)
    .select("occupation", "advertised", "applications", "qualified", "applied", "accepted", "started", "left", "withdrawn", "ended")
    .with_columns(
        year=pl.col("advertised").dt.year(),
        start_year=pl.col("started").dt.year(),
        field=pl.lit("f") + pl.col("occupation").str.slice(0, 2),
        fill=(pl.coalesce("accepted", "withdrawn", "ended", today) - pl.col("advertised")).dt.total_days(),
        stay=(pl.coalesce("left", today) - pl.col("started")).dt.total_days(),
    )
    .collect(engine="streaming")
)


def curve(time, end, year):
    """Steps by group: S after each time, and whether it ends there."""
    counts = rows.filter(pl.col(time).is_not_null()).group_by(year, "field", time).agg(d=pl.col(end).is_not_null().sum(), n=pl.len())
    whole = counts.group_by(year, time).agg(pl.col("d", "n").sum()).with_columns(field=pl.lit("all")).select(counts.columns)
    groups = [year, "field"]
    return (
        pl.concat([counts, whole]).sort(*groups, time)
        .with_columns(risk=pl.col("n").cum_sum(reverse=True).over(groups))
        .with_columns(s=(1 - pl.col("d") / pl.col("risk")).cum_prod().over(groups))
        .rename({year: "year", time: "time"})
    )


def median(steps):
    """The first time at which S is a half or less; where it is a half for some time, the middle of it."""
    ends = steps.filter(pl.col("d") > 0)
    first = ends.filter(pl.col("s") <= 0.5 + 1e-12).group_by("year", "field").agg(pl.col("time").min())
    after = ends.filter(pl.col("s") < 0.5 - 1e-12).group_by("year", "field").agg(next=pl.col("time").min())
    both = first.join(after, on=["year", "field"])
    return both.select("year", "field", value=(pl.col("time") + pl.col("next")) / 2)


def staying(steps, days):
    followed = steps.group_by("year", "field").agg(pl.col("time").max(), s=pl.col("s").filter(pl.col("time") <= days).last())
    return followed.filter(pl.col("time") >= days).select("year", "field", value="s")


def simple(keys):
    return rows.group_by(keys).agg(
        hire=since("accepted", "applied").median(),
        applicants=pl.col("applications").mean(),
        qualified=pl.col("qualified").mean(),
        failed=100 * pl.col("ended").count() / (pl.col("ended").count() + pl.col("accepted").count()),
    )


shares = pl.concat([simple(["year", "field"]), simple(["year"]).with_columns(field=pl.lit("all"))], how="diagonal")
fill, stay = curve("fill", "accepted", "year"), curve("stay", "left", "start_year")
named = lambda frame, figure: frame.select(pl.lit(figure).alias("figure"), "year", "field", "value")
pl.concat([
    *(named(shares.rename({name: "value"}), name) for name in ("hire", "applicants", "qualified", "failed")),
    named(median(fill), "gross"),
    *(named(staying(stay, days).with_columns(pl.col("value") * 100), figure) for figure, days in (("m12", 365), ("m24", 730))),
], how="vertical_relaxed").sort("figure", "year", "field").write_csv(out)
