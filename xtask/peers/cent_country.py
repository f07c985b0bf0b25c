"""A country of 14,000 basic units and twelve million pairs within 90 minutes: cent_units.csv, cent_services.csv, cent_pairs.csv
and the pairs as columns of bytes, in a folder. Always the same. Needs numpy, scipy and polars."""
import sys
import numpy as np, polars as pl
from scipy.spatial import cKDTree

folder = sys.argv[1]
rng = np.random.default_rng(99)
n, centres = 14_000, 357
cx, cy = rng.uniform(0, 350, centres), rng.uniform(0, 1500, centres)
share = (1 / np.arange(1, centres + 1)) ** 0.75
at = rng.choice(centres, n, p=share / share.sum())
at[:centres] = np.arange(centres)
place = np.c_[cx[at] + rng.normal(0, 9, n), cy[at] + rng.normal(0, 9, n)]
population = np.round(rng.lognormal(5.5, 0.8, n)).astype(int)
jobs = np.round(rng.lognormal(4.2, 1.4, n)).astype(int)
functions = rng.random((n, 40)) < 1 / (1 + np.arange(40))
bits = (functions.astype(np.uint64) << np.arange(40, dtype=np.uint64)).sum(1, dtype=np.uint64)
tree, low, high = cKDTree(place), 20.0, 200.0
for _ in range(40):  # the radius that gives twelve million pairs
    radius = (low + high) / 2
    low, high = (radius, high) if tree.count_neighbors(tree, radius) < 12_000_000 else (low, radius)
near = tree.sparse_distance_matrix(tree, radius, output_type="coo_matrix").tocsr()
near.sort_indices()
o = np.repeat(np.arange(n), np.diff(near.indptr)).astype(np.uint16)
d = near.indices.astype(np.uint16)
t = np.minimum(90, np.round(near.data / radius * 90)).astype(np.uint8)
o.tofile(f"{folder}/cent_o.u16"), d.tofile(f"{folder}/cent_d.u16"), t.tofile(f"{folder}/cent_t.u8")
pl.DataFrame({"u": np.arange(n), "kom": at, "pop": population, "jobs": jobs, "svc": bits}).write_csv(f"{folder}/cent_units.csv")
pl.DataFrame({"u": np.nonzero(functions)[0], "f": np.nonzero(functions)[1]}).write_csv(f"{folder}/cent_services.csv")
pl.DataFrame({"o": o, "d": d, "t": t}).write_csv(f"{folder}/cent_pairs.csv")
