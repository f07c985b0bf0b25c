"""A generated country and its index by numpy, which shares no code with ours.

`country.py FOLDER UNITS` writes units.csv, services.csv, travel.csv and the expected figures of each case to FOLDER.
Stored here: `country.py small 60`. The same script with 14000 makes some twelve million pairs.
"""
import csv, json, math, os, sys
import numpy as np

folder, n = sys.argv[1], int(sys.argv[2])
os.makedirs(folder, exist_ok=True)
rng = np.random.default_rng(2026)
k = max(8, n // 40)
centre = rng.uniform(0, [300, 40 + n / 10], (k, 2))
municipality = np.r_[np.arange(k), rng.integers(0, k, n - k)]
place = centre[municipality] + rng.normal(0, 9, (n, 2))
population = np.round(rng.lognormal(5.5, 0.8, n)).astype(int)
population[rng.random(n) < 0.1] = 0
population[municipality == k - 1] = 0  # a municipality where nobody lives
jobs = np.round(rng.lognormal(4.2, 1.4, n) * 2) / 2  # half jobs too
functions = rng.random((n, 70)) < 1 / (1 + np.arange(70))
code = [f"{1000 + m:04d}{i:04d}" if n < 10000 else f"{m:04d}{i:05d}" for i, m in enumerate(municipality)]
code = ["0" + one[1:] for one in code]

distance = np.full((n, n), np.nan)
for i in range(n):
    d = np.hypot(*(place - place[i]).T)
    distance[i] = np.where(d < 110, d, np.nan)
minutes = np.round(distance * 1.1 + rng.uniform(0, 3, (n, n)) * (distance > 0), 1)
np.fill_diagonal(minutes, np.nan)
own = rng.random(n) < 0.3
minutes[own, own] = np.round(rng.uniform(0.5, 4, own.sum()), 1)
minutes[rng.random((n, n)) < 0.01] = np.nan  # some pairs in one direction only

with open(f"{folder}/units.csv", "w") as out:
    order = rng.permutation(n)
    out.write("grunnkrets;kommune;befolkning;arbeidsplasser;tjenester\n")
    for i in order:
        out.write(f'"{code[i]}";{4000 + municipality[i]};{population[i]};{str(jobs[i]).replace(".", ",")};{functions[i].sum()}\n')
with open(f"{folder}/services.csv", "w") as out:
    out.write("u,f\n")
    for i, f in zip(*np.nonzero(functions)):
        out.write(f"{code[i]},f{f:02d}\n")
with open(f"{folder}/travel.csv", "w") as out:
    out.write("fra,til,minutter\n")
    for i, j in zip(*np.nonzero(~np.isnan(minutes))):
        out.write(f"{code[i]},{code[j]},{minutes[i, j]:g}\n")

tables = {
    "exponential:tenth=45": lambda t: np.exp(-math.log(10) / 45 * t),
    "gaussian:sigma=20": lambda t: np.exp(-t * t / 800),
    "linear:end=60": lambda t: np.maximum(0, 1 - t / 60),
    "power:exponent=1.5,from=5": lambda t: np.minimum(1, (np.maximum(t, 1e-9) / 5) ** -1.5),
    "logistic:middle=30,scale=8": lambda t: 1 / (1 + np.exp((t - 30) / 8)),
    "bands:10=1,30=0.5,90=0.1": lambda t: np.select([t <= 10, t <= 30, t <= 90], [1, 0.5, 0.1], 0),
    "steps:0=1,10=0.9,30=0.6,60=0.2": lambda t: np.select([t >= 60, t >= 30, t >= 10], [0.2, 0.6, 0.9], 1),
}
transforms = {"none": lambda x: x, "log": np.log1p, "sqrt": np.sqrt}


def index(decay, rule="sum", transform="none", scale="units", own_minutes=0.0, limit=90.0, shares=(2 / 3, 1 / 3)):
    t = minutes.copy()
    if own_minutes is not None:
        d = np.diag_indices(n)
        t[d] = np.where(np.isnan(t[d]), own_minutes, t[d])
    counts = ~np.isnan(t) & (np.nan_to_num(t) <= limit)
    w = np.where(counts, tables[decay](np.nan_to_num(t)), 0)
    a = w @ jobs
    if rule == "sum":
        b = w @ functions.sum(1)
    else:
        b = np.array([(w[i][:, None] * functions).max(0).sum() for i in range(n)])
    reach, f = [a, b], transforms[transform]
    lives = population > 0

    def mean(x):
        p = np.bincount(municipality, population, k)
        return np.divide(np.bincount(municipality, population * x, k), p, out=np.full(k, np.nan), where=p > 0)

    if scale == "units":
        parts = [mean(f(x) / f(x)[lives].max()) for x in reach]
    else:
        parts = [mean(f(x)) / np.nanmax(mean(f(x))) for x in reach]
    both = shares[0] * parts[0] + shares[1] * parts[1]
    result = 1000 * both / np.nanmax(both)
    rows = zip(mean(a), mean(b), parts[0], parts[1], result)
    return {str(4000 + m): None if math.isnan(row[-1]) else list(map(float, row)) for m, row in enumerate(rows)}


cases = [({"--decay": d}, dict(decay=d)) for d in tables]
base = "exponential:tenth=45"
cases += [
    ({"--decay": base, "--transform": "log"}, dict(decay=base, transform="log")),
    ({"--decay": base, "--transform": "sqrt", "--scale": "municipalities"}, dict(decay=base, transform="sqrt", scale="municipalities")),
    ({"--decay": base, "--own-minutes": "file"}, dict(decay=base, own_minutes=None)),
    ({"--decay": base, "--own-minutes": "2.5", "--max-minutes": "45"}, dict(decay=base, own_minutes=2.5, limit=45)),
    ({"--decay": base, "--shares": "1/2,1/2"}, dict(decay=base, shares=(0.5, 0.5))),
]
if n <= 1000:
    for d in ("bands:10=1,30=0.5,90=0.1", base):
        cases.append(({"--decay": d, "--service-rule": "distinct", "--services": "services.csv"}, dict(decay=d, rule="distinct")))
with open(f"{folder}/expected.json", "w") as out:
    json.dump([{"options": o, "index": index(**given)} for o, given in cases], out, indent=None)
    out.write("\n")
print("units", n, "pairs", int((~np.isnan(minutes)).sum()), "municipalities", k, "cases", len(cases))
