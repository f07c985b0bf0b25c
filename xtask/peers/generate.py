"""Invented answers for measuring: generate.py ROWS FILE. The same rows give the same bytes."""

import sys

import numpy as np
import polars as pl

rows, path = int(sys.argv[1]), sys.argv[2]
random = np.random.default_rng(1)
towns = np.array([f"{county}{number:02d}" for county in (11, 15, 18, 34, 50, 56) for number in range(1, 61)][:357])
share = 1 / np.arange(1, len(towns) + 1)
share /= share.sum()
# In each stratum two towns at least, in each town a school at least: no stratum has a single school.
strata = np.array([town[:2] + ("A" if int(town[2:]) <= 12 else "B") for town in towns])
schools = np.maximum(1, np.round(share * 1500)).astype(int)
plain = np.array([" ".join(["flytte", "hjem", "natur", "jobb", "ærlig", "båt"][: i % 6 + 1]) for i in range(64)], object)
messy = np.array([f'{text}, "kanskje"\n{text}; så' for text in plain], object)


def with_missing(values, part):
    return pl.select(pl.when(pl.Series(random.random(len(values)) < part)).then(None).otherwise(pl.Series(values))).to_series()


with open(path, "wb") as file:
    for start in range(0, rows, 250_000):
        n = min(250_000, rows - start)
        town = random.choice(len(towns), n, p=share)
        school = (random.random(n) * schools[town]).astype(int) + 1
        columns = {
            "rid": np.arange(start, start + n),
            "year": random.integers(2015, 2026, n),
            "kommune": towns[town],
            "cohort": np.array(["10TR", "VG3", "P5", "P10"])[random.choice(4, n, p=[0.4, 0.3, 0.17, 0.13])],
            "school": [f"{towns[town]}-{school:03d}" for town, school in zip(town, school)],
            "stratum": strata[town],
            "weight": np.round(np.exp(random.normal(0, 0.35, n)), 6),
            "return_intent": with_missing(np.where(random.random(n) < 0.04, 9, random.integers(1, 6, n)), 0.05),
        }
        for question in range(1, 45):
            columns[f"q{question:02d}"] = with_missing(random.integers(1, 6 if question < 30 else 250, n), 0.03)
        kind, which = random.random(n), random.integers(0, 64, n)
        text = np.where(kind < 0.05, messy[which], np.where(kind < 0.3, plain[which], None))
        columns["free_text"] = pl.Series(text.tolist(), dtype=pl.Utf8)
        pl.DataFrame(columns).write_csv(file, include_header=start == 0)
