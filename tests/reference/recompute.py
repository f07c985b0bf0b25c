#!/usr/bin/env python3
"""Recomputes every figure of examples/indre-namdal from its CSV files, by the rules of docs/method.md.

Written apart from the Rust code and sharing nothing with it: standard library only, exact fractions throughout, a
float only when a number is written. Run it in the repository's top folder:

    python3 tests/reference/recompute.py           # writes expected.json beside this file
    python3 tests/reference/recompute.py --check   # exits 1 when it, or an interval of the grid, differs
"""
import csv
import io
import json
import sys
from collections import Counter, OrderedDict
from fractions import Fraction
from functools import cache
from math import comb
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
EXAMPLE = TOP / "examples" / "indre-namdal"
TARGET = TOP / "tests" / "reference" / "expected.json"

CLOSES = OrderedDict([(2023, "2023-04-30"), (2024, "2024-05-03"), (2025, "2025-04-30"), (2026, "2026-04-30")])
HOMES = ["5042", "5043", "5044", "5045"]
WAVES = OrderedDict([("1", 0), ("2", 3), ("3", 8), ("4", 13)])  # wave -> years since 10th grade
WINDOWS = [1, 2, 4]
FIGURES = OrderedDict(
    [
        ("1", ["intent"]),
        ("2", ["intent"]),
        ("3", ["return_intent", "already_home", "lives_or_wants"]),
        ("4", ["return_intent", "already_home", "lives_or_wants"]),
    ]
)
VARIANTS = ["dk_outside", "dk_inside"]
AGREE, VALID, DONT_KNOW = {"4", "5"}, {"1", "2", "3", "4", "5"}, "98"
TAIL = Fraction(1, 40)  # each tail of a 95 % interval
REASONS = ["no_consent", "no_wave", "no_home", "late", "outside_region", "duplicate"]


# --- reading -----------------------------------------------------------------------------------------------------


def records(path):
    """All data rows as dicts, whatever the year's dialect; `line` is where the record starts."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252")
    header = text.split("\n", 1)[0]
    delimiter = ";" if header.count(";") > header.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    names = next(reader)
    out = []
    before = reader.line_num
    for fields in reader:
        if fields:
            assert len(fields) == len(names), (path, reader.line_num)
            out.append(dict(zip(names, fields), line=before + 1))
        before = reader.line_num
    return out


def cohort_sizes():
    """(home, cohort) -> number of 15-year-olds on 1 January of the year in which the cohort left 10th grade."""
    with open(EXAMPLE / "register" / "population.csv", encoding="utf-8", newline="") as file:
        return {(r["kommunenr"], int(r["year"])): int(r["total"]) for r in csv.DictReader(file) if r["age"] == "15"}


# --- which rows count --------------------------------------------------------------------------------------------


def select(year):
    """Rows that count, and for the others the first reason that applies."""
    left_out, candidates = Counter(), []
    rows = records(EXAMPLE / "answers-invented" / f"{year}.csv")
    for position, row in enumerate(rows):
        if row["samtykke_svar"] != "1":
            reason = "no_consent"
        elif row["bolge"] not in WAVES:
            reason = "no_wave"
        elif row["kommune_oppvekst"] not in HOMES + ["9"]:
            reason = "no_home"
        elif row["end"] and row["end"][:10] > CLOSES[year]:
            reason = "late"
        elif row["kommune_oppvekst"] == "9":
            reason = "outside_region"
        else:
            candidates.append((position, row))
            continue
        left_out[reason, row["bolge"]] += 1

    # Of the forms of one person the last complete one counts, or else the last one.
    winner = {}
    for position, row in candidates:
        if row["panelkode"]:
            key = (row["bolge"], row["kommune_oppvekst"], row["panelkode"])
            rank = (row["end"] != "", position)
            winner[key] = max(winner.get(key, rank), rank)
    kept = []
    for position, row in candidates:
        key = (row["bolge"], row["kommune_oppvekst"], row["panelkode"])
        if row["panelkode"] and winner[key][1] != position:
            left_out["duplicate", row["bolge"]] += 1
        else:
            kept.append(row)
    return rows, kept, left_out


# --- one group: year x wave x home municipality ------------------------------------------------------------------


def counts(rows, figure, variant, population):
    """x, n and the number of people in the base, N less those seen outside it."""
    base = VALID | {DONT_KNOW} if variant == "dk_inside" else VALID
    answered = lambda row: row["int_kunne"] in base
    agreed = lambda row: row["int_kunne"] in AGREE
    unsure = lambda row: row["int_kunne"] == DONT_KNOW and variant == "dk_outside"
    here = [row for row in rows if row["kommune_na"] in HOMES]
    elsewhere = [row for row in rows if row["kommune_na"] == "9"]
    if figure == "intent":
        return sum(map(agreed, rows)), sum(map(answered, rows)), population - sum(map(unsure, rows))
    if figure == "return_intent":
        outside = len(here) + sum(map(unsure, elsewhere))
        return sum(map(agreed, elsewhere)), sum(map(answered, elsewhere)), population - outside
    if figure == "already_home":
        return len(here), len(here) + len(elsewhere), population
    if figure == "lives_or_wants":
        return (
            len(here) + sum(map(agreed, elsewhere)),
            len(here) + sum(map(answered, elsewhere)),
            population - sum(map(unsure, elsewhere)),
        )
    raise ValueError(figure)


# --- intervals ---------------------------------------------------------------------------------------------------


def equal_tailed(x, n, size):
    """Smallest and largest number of yes among `size` people for which neither tail is 2.5 % or less."""
    total = comb(size, n)
    kept = []
    for yes in range(x, size - (n - x) + 1):
        at_most = sum(comb(yes, k) * comb(size - yes, n - k) for k in range(0, x + 1))
        at_least = sum(comb(yes, k) * comb(size - yes, n - k) for k in range(x, n + 1))
        if Fraction(at_most, total) > TAIL and Fraction(at_least, total) > TAIL:
            kept.append(yes)
    return kept[0], kept[-1]


@cache
def wang_table(n, size):
    """Wang's intervals for x = 0..n: the equal-tailed ones, their limits moved inwards while every M stays covered."""
    lower = [equal_tailed(x, n, size)[0] for x in range(n + 1)]
    upper = lambda x: size - lower[n - x]
    possible = lambda x: lower[x] <= upper(x)

    def covered(yes):
        """Whether at least 95 % of the samples have an interval that holds `yes`."""
        held = (x for x in range(n + 1) if lower[x] <= yes <= upper(x))
        return 20 * sum(comb(yes, x) * comb(size - yes, n - x) for x in held) >= 19 * comb(size, n)

    for least in range(n // 2, -1, -1):
        for x in (least, n - least):
            while True:
                left = lower[x]
                lower[x] += 1  # and with it the upper limit of n - x goes down by one
                if not (possible(x) and covered(left)):
                    lower[x] = left
                    break
    return [(lower[x], upper(x)) for x in range(n + 1)]


def wang(x, n, size):
    """Wang's interval for the number of yes among `size` people."""
    return wang_table(n, size)[x]


def remainder(x, n, size):
    """Whole-number weights of r more yes among the size - n people not seen, uniform prior; they sum to
    C(size + 1, n + 1)."""
    return [comb(x + r, r) * comb(size - x - r, size - n - r) for r in range(size - n + 1)]


def bayes(strata):
    """Equal-tailed limits for the number of yes over all strata, (x, n, size) each, with n > 0."""
    weights, total = [1], 1
    for x, n, size in strata:
        part = remainder(x, n, size)
        assert sum(part) == comb(size + 1, n + 1)
        total *= comb(size + 1, n + 1)
        product = [0] * (len(weights) + len(part) - 1)
        for i, u in enumerate(weights):
            for j, v in enumerate(part):
                product[i + j] += u * v
        weights = product
    seen = sum(x for x, _, _ in strata)
    lower = upper = None
    cumulated = 0
    for r, weight in enumerate(weights):
        cumulated += weight
        if lower is None and Fraction(cumulated, total) >= TAIL:
            lower = seen + r
        if upper is None and Fraction(cumulated, total) >= 1 - TAIL:
            upper = seen + r
    return lower, upper


# --- figures -----------------------------------------------------------------------------------------------------


def limits(pair, size):
    if pair is None:
        return None
    low, high = pair
    shares = {"lower_share": float(Fraction(low, size)), "upper_share": float(Fraction(high, size))}
    return {"lower": low, "upper": high, **shares}


def cell(strata, single):
    """One figure over strata of (x, n, base N, N, rows that count)."""
    covered = [(x, n, base) for x, n, base, _, _ in strata if n > 0]
    out = OrderedDict(
        x=sum(s[0] for s in strata),
        n=sum(s[1] for s in strata),
        N=sum(s[3] for s in strata),
        responses=sum(s[4] for s in strata),
        base_N=sum(s[2] for s in strata),
        groups=len(strata),
        groups_with_answers=len(covered),
        base_N_with_answers=sum(base for _, _, base in covered),
    )
    out["share"] = out["share_exact"] = out["wang"] = out["bayes"] = out["nonresponse_bounds"] = None
    if not covered:
        return out
    weight = sum(base for _, _, base in covered)
    if weight == 0 and len(covered) > 1:  # answers only from cohorts in which the register knows nobody
        return out
    share = Fraction(out["x"], out["n"]) if len(covered) == 1 else sum(Fraction(base * x, n) for x, n, base in covered) / weight
    out["share"], out["share_exact"] = float(share), str(share)
    if any(n > base or seen > size for _, n, base, size, seen in strata):  # a warning: the register knows fewer people than have answered
        return out
    everybody = out["base_N"]
    if single:
        (x, n, base), = covered
        out["wang"] = limits(wang(x, n, base), base)
    # A group without answers counts with its whole base as unknown.
    out["bayes"] = limits(bayes([(x, n, base) for x, n, base, _, _ in strata]), everybody)
    x, n = out["x"], out["n"]
    out["nonresponse_bounds"] = limits((x, x + everybody - n), everybody)
    return out


def windows():
    years = list(CLOSES)
    for length in WINDOWS:
        for start in range(0, len(years) - len(years) % length, length):
            window = years[start : start + length]
            yield (str(window[0]) if length == 1 else f"{window[0]}-{window[-1]}"), window


def compute():
    sizes = cohort_sizes()
    rows_of, left_out = {}, []
    for year in CLOSES:
        rows, kept, reasons = select(year)
        for wave in WAVES:
            rows_of[year, wave] = [row for row in kept if row["bolge"] == wave]
            left_out.append(
                OrderedDict(
                    year=year,
                    wave=wave,
                    rows=sum(row["bolge"] == wave for row in rows),
                    kept=len(rows_of[year, wave]),
                    **{reason: reasons[reason, wave] for reason in REASONS},
                )
            )
    cells = []
    for period, years in windows():
        for wave, offset in WAVES.items():
            for figure in FIGURES[wave]:
                for variant in VARIANTS:
                    strata = OrderedDict()
                    for home in HOMES:
                        for year in years:
                            rows = [r for r in rows_of[year, wave] if r["kommune_oppvekst"] == home]
                            size = sizes[home, year - offset]
                            strata[home, year] = counts(rows, figure, variant, size) + (size, len(rows))
                    for area in HOMES + ["region"]:
                        part = [s for (home, _), s in strata.items() if area in (home, "region")]
                        key = OrderedDict(period=period, wave=wave, area=area, figure=figure, variant=variant)
                        key.update(cell(part, single=len(years) == 1 and area != "region"))
                        cells.append(key)
    return left_out, cells


# Where ExactCIone, in floating point, does not take a coverage of exactly 95 % for enough.
TIES = ["hyper_N20_n1_l0.95", "hyper_N20_n19_l0.95", "hyper_N25_n23_l0.95"]


def check_intervals():
    """The intervals of this file against the grid of open_05_hyper.json, which other code computed."""
    grid = json.loads((TARGET.parent / "survey" / "open_05_hyper.json").read_text(encoding="utf-8"))
    compared, ties = 0, []
    for case in grid["cases"]:
        wanted = case["expected"]
        if case["id"].startswith("hyper_") and wanted["level"] == 0.95:
            n, size = wanted["n"], wanted["N"]
            pairs = lambda method: list(zip(wanted[method]["L"], wanted[method]["U"]))
            everybody = range(n + 1)
            assert [equal_tailed(x, n, size) for x in everybody] == pairs("equal_tailed"), case["id"]
            assert [bayes([(x, n, size)]) for x in everybody] == pairs("bayes_uniform"), case["id"]
            compared += 2 * (n + 1)
            if "wang2015" in wanted:  # ExactCIone takes no population of one
                ours, theirs = wang_table(n, size), pairs("wang2015")
                if ours == theirs:
                    compared += n + 1
                else:
                    length = lambda intervals: sum(upper - lower for lower, upper in intervals)
                    assert length(ours) < length(theirs), case["id"]
                    ties.append(case["id"])
        elif case["id"].startswith("stratified_") and case["id"].endswith("_uniform"):
            strata = [(x, n, size) for size, n, x in wanted["strata"]]
            assert bayes(strata) == (wanted["M_lo"], wanted["M_hi"]), case["id"]
            compared += 1
    assert ties == TIES, ties
    return compared


def main():
    left_out, cells = compute()
    row = lambda item: json.dumps(item, ensure_ascii=False, separators=(",", ":"))
    text = "\n".join(
        [
            "{",
            '"about": "figures of examples/indre-namdal (invented answers), written by tests/reference/recompute.py",',
            '"level": 0.95,',
            '"rows": [',
            ",\n".join(map(row, left_out)),
            "],",
            '"cells": [',
            ",\n".join(map(row, cells)),
            "]",
            "}",
            "",
        ]
    )
    if sys.argv[1:] == ["--check"]:
        if TARGET.read_text(encoding="utf-8") != text:
            sys.exit("tests/reference/expected.json is not what recompute.py computes")
        print(f"{len(cells)} cells equal, {check_intervals()} intervals equal to the grid, {len(TIES)} tables shorter")
    else:
        TARGET.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
