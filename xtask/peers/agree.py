"""Whether results are the same groups with figures equal to 1e-12: agree.py FIRST OTHER…"""

import csv
import sys


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        return {
            (row["year"], row["cohort"], row["kommune"]): [float(row[key]) for key in ("n", "sum_of_weights", "estimate")]
            for row in csv.DictReader(file)
        }


first = read(sys.argv[1])
for path in sys.argv[2:]:
    other = read(path)
    assert first.keys() == other.keys(), f"{path}: other groups"
    worst = max(abs(a - b) / max(1, abs(a)) for key in first for a, b in zip(first[key], other[key]))
    assert worst <= 1e-12, f"{path}: differs by {worst}"
    print(f"{path}: {len(other)} groups, largest difference {worst:.1e}")
