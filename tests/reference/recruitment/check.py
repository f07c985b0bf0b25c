"""Python's lifelines against R's survival on the same CSV, and the counts by definition: python check.py > counts.json

Fails where a curve of lifelines is not R's. Needs lifelines 0.30.
"""
import csv
import datetime as dt
import json
import math
import statistics

from lifelines import KaplanMeierFitter
from scipy.stats import norm, t

TODAY = dt.date(2026, 11, 22)
R = json.load(open("curves.json"))


def read(name):
    return list(csv.DictReader(open(name)))


def day(text):
    return dt.date.fromisoformat(text) if text else None


def field(row):
    return {"22": "health", "23": "teaching"}.get(row["occupation"][:2], "none")


def groups(rows, year):
    for y in sorted({year(row) for row in rows}):
        for group in ("all", "health", "teaching"):
            part = [row for row in rows if year(row) == y and group in ("all", field(row))]
            if part:
                yield f"{y} {group}", part


def close(a, b):
    assert (a is None) == (b is None) and (a is None or abs(a - b) < 1e-9), (a, b)


positions = [row for row in read("positions.csv") if row["municipality"] != "9999"]
for row in positions:
    for column in ("advertised", "applied", "offered", "accepted", "started", "left", "withdrawn", "ended"):
        row[column] = day(row[column])

# Retention: lifelines and R.
begun = [row for row in positions if row["started"]]
for name, part in groups(begun, lambda row: row["started"].year):
    times = [((row["left"] or TODAY) - row["started"]).days for row in part]
    curve = KaplanMeierFitter().fit(times, [row["left"] is not None for row in part])
    limits = curve.confidence_interval_
    for days, theirs in zip((0, 182, 365, 730, 1095), R["stay"][name]["at"]):
        if theirs and days >= min(times):
            close(float(curve.predict(days)), theirs["value"])
            if theirs.get("lower") is not None:
                low, high = limits[limits.index <= days].iloc[-1]
                close(low, theirs["lower"])
                close(high, theirs["upper"])

# Time to fill: the median of lifelines is the beginning of a level stretch, R's its middle.
for name, part in groups(positions, lambda row: row["advertised"].year):
    times = [((row["accepted"] or row["withdrawn"] or row["ended"] or TODAY) - row["advertised"]).days for row in part]
    curve = KaplanMeierFitter().fit(times, [row["accepted"] is not None for row in part])
    median = R["fill"][name]["gross"].get("median")
    if median is None:
        assert math.isinf(curve.median_survival_time_), name
    elif not any(abs(value - 0.5) < 1e-9 for value in curve.survival_function_.iloc[:, 0]):
        close(curve.median_survival_time_, median)


def wilson(x, n):
    if n == 0:
        return None
    z = norm.ppf(0.975)
    p, scale = x / n, 1 + z * z / n
    centre = (p + z * z / (2 * n)) / scale
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / scale
    return [x, n, 0.0 if x == 0 else centre - half, 1.0 if x == n else centre + half]


def mean(values):
    if not values:
        return None
    n, middle = len(values), statistics.fmean(values)
    if n < 2:
        return [n, middle, None, None]
    half = t.ppf(0.975, n - 1) * statistics.stdev(values) / math.sqrt(n)
    return [n, middle, max(middle - half, 0), middle + half]


out = {"failed": {}, "applicants": {}, "qualified": {}, "vacancy": {}, "turnover": {}, "funnel": {}}
for name, part in groups(positions, lambda row: row["advertised"].year):
    failed = sum(1 for row in part if row["ended"])
    out["failed"][name] = wilson(failed, failed + sum(1 for row in part if row["accepted"]))
    for column, key in (("applications", "applicants"), ("qualified", "qualified")):
        out[key][name] = mean([int(row[column]) for row in part if row[column] != ""])
    # Ended, and both counts are known or follow from each other; then each step by a rule of its own, without the order of steps.
    ended = [
        row for row in part
        if (row["accepted"] or row["ended"])
        and (row["applications"] != "" or row["qualified"] not in ("", "0"))
        and (row["qualified"] != "" or row["applications"] == "0")
    ]
    hired = [bool(row["accepted"]) for row in ended]
    offered = [hire or bool(row["offered"]) for row, hire in zip(ended, hired)]
    qualified = [offer or row["qualified"] not in ("", "0") for row, offer in zip(ended, offered)]
    applied = [found or row["applications"] not in ("", "0") for row, found in zip(ended, qualified)]
    begun = [bool(row["started"]) for row in ended]
    out["funnel"][name] = [wilson(sum(step), len(ended)) for step in (applied, qualified, offered, hired, begun)]

staff = read("staff.csv")
for reference in ("2023-12-01", "2024-12-01", "2025-12-01"):
    at = day(reference)
    for group in ("all", "health", "teaching"):
        vacant = sum(
            1 for row in positions
            if group in ("all", field(row)) and row["advertised"] <= at
            and not any(end and end <= at for end in (row["accepted"], row["withdrawn"], row["ended"]))
        )
        jobs = sum(
            int(row["persons"]) for row in staff
            if row["day"] == reference and row["municipality"] != "9999" and group in ("all", field(row))
        )
        out["vacancy"][f"{at.year} {group}"] = wilson(vacant, vacant + jobs)

for year in (2023, 2024):
    now = [row for row in staff if row["day"] == f"{year}-12-01" and row["person"]]
    later = [row for row in staff if row["day"] == f"{year + 1}-12-01" and row["person"]]
    pairs = {(row["person"], row["employer"]) for row in later}
    people = {row["person"] for row in later}
    for contract in ("monthly", "hourly", ""):
        for low, high in ((0, 200), (55, 60), (65, 67)):
            part = [row for row in now if contract in ("", row["contract"]) and low <= int(row["age"]) <= high]
            left = sum((row["person"], row["employer"]) not in pairs for row in part)
            gone = sum(row["person"] not in people for row in part)
            out["turnover"][f"{year} {contract or 'everybody'} {low}"] = [left, gone, len(part)]

print(json.dumps(out))
