"""Whether results are the same groups with the same figures: agree.py W1|W2|W3 FIRST OTHER…

Figures to 1e-12; standard errors of replicates, drawn differently by each, to a fifth.
"""

import csv
import sys

task, *paths = sys.argv[1:]
by = ("year", "cohort") if task == "W2" else ("year", "cohort", "kommune")
exact = {"W1": ("n", "estimate", "se"), "W2": ("n", "estimate"), "W3": ("n", "sum_of_weights", "estimate")}[task]


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        return {tuple(row[key] for key in by): row for row in csv.DictReader(file)}


def difference(a, b, key):
    """Where there is no variance ours has no standard error, theirs one of 0 or what rounding leaves of it."""
    x, y = (float(row[key] or 0) for row in (a, b))
    return abs(x - y) / max(1, abs(x))


first = read(paths[0])
for path in paths[1:]:
    other = read(path)
    assert first.keys() == other.keys(), f"{path}: other groups"
    worst = max(difference(first[group], other[group], key) for group in first for key in exact)
    assert worst <= 1e-12, f"{path}: differs by {worst}"
    print(f"{task} {path}: {len(other)} groups, largest difference {worst:.1e}")
    if task == "W2":
        worst = max(abs(float(other[group]["se"]) / float(first[group]["se"]) - 1) for group in first)
        assert worst <= 0.2, f"{path}: standard errors differ by a factor of 1 ± {worst}"
        print(f"{task} {path}: standard errors within {worst:.0%}")
