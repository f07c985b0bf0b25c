"""Demand, supply and gap of the registers in this folder, with numpy and scipy and no code of ours: python3 compute.py.

Writes expected.json: exact expectations by area, horizon and field, and 2.5 % and 97.5 % quantiles of a simulation of its own.
"""

import csv
import datetime
import json

import numpy as np
from scipy.special import betaln

TODAY = datetime.date(2026, 11, 22)
HORIZONS = [1, 3, 10]
RETIREMENT = 67
RATES = [(55, 60, 0.052), (65, 67, 0.407)]
EVIDENCE = 100
PRIOR = {1: 0.02, 2: 0.05, 3: 0.15, 4: 0.3, 5: 0.5, None: 0.1}
WEIGHT, YEARS, OTHER = 4.0, 5.0, 0.5
AREAS = {"region": ["5042", "5043"], "other": ["5061"]}
FIELDS = {"2221": "health", "5321": "health", "2341": "teaching"}  # 7115 belongs to none
GROUPS = ["health", "teaching", ""]
DRAWS = 100_000


def rows(name):
    with open(name, encoding="utf-8") as file:
        return list(csv.DictReader(file))


def group(row):
    return FIELDS.get(row["occupation"], "")


def survival(spells, t):
    """Product limit and Greenwood at t, or at the last time anybody was seen; how many were at risk there."""
    times = np.array([time for time, _ in spells], float)
    ended = np.array([end for _, end in spells], bool)
    t = min(t, times.max())
    s, v = 1.0, 0.0
    for time in np.unique(times[ended & (times <= t)]):
        n, d = (times >= time).sum(), (ended & (times == time)).sum()
        s *= (n - d) / n
        v = v + d / (n * (n - d)) if n > d else np.inf
    return s, s * s * v if s > 0 else None, int((times >= t).sum())


def came(courses, years):
    spells = []
    for course in courses:
        answered = datetime.date.fromisoformat(course["answered"])
        end = datetime.date.fromisoformat(course["returned"]) if course["returned"] else None
        spells.append((((end or TODAY) - answered).days, end is not None))
    if not spells:
        return 0.0, 0.0
    s, variance, at_risk = survival(spells, 365 * years)
    n = len(spells) if s == 0 else at_risk if s == 1 else s * (1 - s) / variance
    return n * (1 - s), n


def chance(courses, wave, intent, years):
    share = 1 - (1 - PRIOR[intent]) ** (years / YEARS)
    if intent is None:
        own, others = courses, []
    else:
        said = [course for course in courses if int(course["intent"]) == intent]
        own = [course for course in said if course["wave"] in ("", wave)]
        others = [course for course in said if course["wave"] not in ("", wave)]
    (x1, n1), (x2, n2) = came(own, years), came(others, years)
    return WEIGHT * share + x1 + OTHER * x2, WEIGHT * (1 - share) + n1 - x1 + OTHER * (n2 - x2)


def main():
    staff = [row for row in rows("staff.csv") if row["day"] == "2025-12-01"]
    strata = {row["stratum"]: int(row["businesses"]) for row in rows("strata.csv")}
    business, cvs, courses = rows("business.csv"), rows("cv.csv"), rows("courses.csv")
    sampled = {code: sum(row["stratum"] == code for row in business) for code in strata}
    random = np.random.default_rng(20261122)
    quits = [random.beta(q * EVIDENCE, (1 - q) * EVIDENCE, DRAWS) for _, _, q in RATES]
    # Factors of Rao and Wu's bootstrap, one row per draw.
    factors = np.ones((DRAWS, len(business)))
    for code, n in sampled.items():
        at = [i for i, row in enumerate(business) if row["stratum"] == code]
        counts = random.multinomial(n - 1, [1 / n] * n, DRAWS) * n / (n - 1)
        factors[:, at] = 1 + np.sqrt(1 - n / strata[code]) * (counts - 1)
    chances, drawn = {}, {}
    for years in HORIZONS:
        for wave in ["w1", "w2", "w3", "w4"]:
            for intent in range(1, 6):
                chances[wave, intent, years] = chance(courses, wave, intent, years)
        chances["", None, years] = chance(courses, "", None, years)
    for key, (a, b) in chances.items():
        drawn[key] = random.beta(a, b, DRAWS)
    result = []
    for area, codes in AREAS.items():
        for years in HORIZONS:
            totals = {}
            for name in GROUPS:
                own = [row for row in staff if row["municipality"] in codes and group(row) == name]
                value = dict(age_out=0.0, exits=0.0, expansion=0.0, here=0.0, returning=0.0, education=0.0, no_age=0)
                demand, supply = np.zeros(DRAWS), np.zeros(DRAWS)
                for row in own:
                    n = int(row["persons"])
                    if row["age"] == "":
                        value["no_age"] += n
                        continue
                    age = int(row["age"])
                    if age + years >= RETIREMENT:
                        value["age_out"] += n
                        demand += n
                        continue
                    stay, stays = 1.0, np.ones(DRAWS)
                    for (low, high, q), quit in zip(RATES, quits):
                        k = sum(low <= age + t <= high for t in range(years))
                        a, b = q * EVIDENCE, (1 - q) * EVIDENCE
                        stay *= np.exp(betaln(a, b + k) - betaln(a, b))
                        stays *= (1 - quit) ** k
                    value["exits"] += n * (1 - stay)
                    demand += random.binomial(n, np.clip(1 - stays, 0, 1))
                asked = {1: "1", 3: "3", 10: "3"}[years]
                parts = np.zeros(len(business))
                for i, row in enumerate(business):
                    if row["municipality"] in codes and group(row) == name:
                        parts[i] = strata[row["stratum"]] / sampled[row["stratum"]] * (
                            int(row[f"hires_{asked}"]) - int(row[f"leavers_{asked}"]))
                value["expansion"] = parts.sum()
                demand += factors @ parts
                for row in cvs:
                    if row["municipality"] not in codes or group(row) != name or row["wants"] == "told":
                        continue
                    if row["done"] and int(row["done"]) > TODAY.year + years:
                        continue
                    kind = "education" if row["done"] else "here" if row["lives_here"] == "yes" else "returning"
                    if row["lives_here"] == "yes":
                        value[kind] += 1
                        supply += 1
                        continue
                    key = (row["wave"], int(row["intent"]), years) if row["intent"] else ("", None, years)
                    a, b = chances[key]
                    value[kind] += a / (a + b)
                    supply += random.random(DRAWS) < drawn[key]
                value["demand"] = value["age_out"] + value["exits"] + value["expansion"]
                value["supply"] = value["here"] + value["returning"] + value["education"]
                value["gap"] = value["demand"] - value["supply"]
                totals[name] = (value, demand, supply)
            whole = {key: sum(value[key] for value, _, _ in totals.values()) for key in totals[""][0]}
            totals["all"] = (whole, sum(d for _, d, _ in totals.values()), sum(s for _, _, s in totals.values()))
            for name in ["all", "health", "teaching"]:
                value, demand, supply = totals[name]
                for column, draws in [("demand", demand), ("supply", supply), ("gap", demand - supply)]:
                    value[f"{column}_95"] = np.quantile(draws, [0.025, 0.975]).tolist()
                    value[f"{column}_sd"] = float(draws.std())
                result.append(dict(area=area, years=years, field=name, **{k: v if isinstance(v, list) else float(v) for k, v in value.items()}))
    with open("expected.json", "w", encoding="utf-8") as file:
        json.dump(result, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
