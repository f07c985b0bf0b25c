"""The largest difference between results, which must be the same groups: agree.py W1|W2|W2-shared|W3 FIRST OTHER…

Differences are relative, of standard errors to the estimate where it is larger: the peers lose digits where a variance is
nearly nothing. More than 1e-12 is an error. Standard errors of replicates that each has drawn for itself agree to a fifth.
"""

import csv
import sys

task, first, *others = sys.argv[1:]
by = ("year", "cohort") if task.startswith("W2") else ("year", "cohort", "kommune")
exact = {"W2": ("n", "estimate"), "W3": ("n", "sum_of_weights", "estimate")}.get(task, ("n", "estimate", "se"))


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        return {tuple(row[key] for key in by): row for row in csv.DictReader(file)}


def difference(a, b, key):
    """Where there is no variance ours has no standard error, theirs one of 0 or what rounding leaves of it."""
    x, y = (float(row[key] or 0) for row in (a, b))
    largest = max(abs(x), abs(y), abs(float(a["estimate"])) if key == "se" else 0)
    return abs(x - y) / largest if largest > 1e-12 else 0


figures = read(first)
worst = 0
for path in others:
    other = read(path)
    assert figures.keys() == other.keys(), f"{path}: other groups"
    worst = max(worst, *(difference(figures[group], other[group], key) for group in figures for key in exact))
    if task == "W2":
        factor = max(abs(float(other[group]["se"]) / float(figures[group]["se"]) - 1) for group in figures)
        assert factor <= 0.2, f"{path}: standard errors differ by a factor of 1 ± {factor}"
assert worst <= 1e-12, f"{task}: differs by {worst}"
print(worst)
