"""The figures of examples/innlandet and examples/glamdal, computed again from the same CSV files by another program.

    python3 tests/reference/region/recompute.py > tests/reference/region/expected.json

Plain Python, no package. It shares no code with the program; the definitions are those of docs/region.md.
"""

import csv
import json
import math
import re
import statistics
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3] / "examples"


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def project(folder):
    text = (ROOT / folder / "project.toml").read_text(encoding="utf-8")
    codes = re.findall(r'\[\[municipality\]\]\ncode = "(\d+)"', text)
    name = re.search(r'^id = "(.*)"$', text, re.M).group(1)
    return name, codes


class Data:
    def __init__(self, folder):
        self.id, self.own = project(folder)
        register = ROOT / folder / "register"
        self.single = {(r["kommunenr"], int(r["year"]), int(r["age"])): int(r["total"]) for r in rows(register / "population.csv")}
        self.bands = {(r["kommunenr"], int(r["year"])): {k: int(v) for k, v in r.items() if k not in ("kommunenr", "year")}
                      for r in rows(register / "age_bands.csv")}
        self.flow = {(r["work_kommunenr"], r["home_kommunenr"]): int(r["employed"]) for r in rows(register / "commuting.csv")}
        self.totals = {r["kommunenr"]: [int(r[k]) for k in ("workplaces", "employed_residents", "live_and_work")]
                       for r in rows(register / "commuting_totals.csv")}
        self.index = {r["kommunenr"]: (int(r["index"]), int(r["class"])) for r in rows(register / "centrality.csv")}
        # The layout of the statistics bank: title, blank line, headings, then code and name in one.
        self.education = {}
        with open(register / "education.csv", encoding="iso-8859-1", newline="") as file:
            for line in list(csv.reader(file, delimiter=";"))[3:]:
                code, level = line[0].split(" ")[0], line[1].split(" ")[0]
                key = (code, "higher" if level in ("03a", "04a") else level)
                self.education[key] = self.education.get(key, 0) + int(line[3])
        path = register / "regions.csv"
        self.region = {r["kommunenr"]: r["region"] for r in rows(path)} if path.exists() else {}

    def areas(self):
        """Code, members; regions in the order in which they first occur."""
        found = {}
        for code in self.own:
            found[code] = [code]
        order = []
        for code in self.own:
            if self.region.get(code) and self.region[code] not in order:
                order.append(self.region[code])
        for at, name in enumerate(order):
            found[f"region-{at + 1}"] = [c for c in self.own if self.region[c] == name]
        found[self.id] = list(self.own)
        for klass in range(1, 7):
            if any(self.index[c][1] == klass for c in self.own):
                found[f"class-{klass}"] = [c for c in self.index if self.index[c][1] == klass]
        county = [c for c in self.index if c[:2] == self.own[0][:2]]
        if len(county) > len(self.own):
            found["county-" + self.own[0][:2]] = county
        found["0"] = list(self.index)
        return found

    def age(self, members, year, low, high):
        """From single years; None where the file does not have all of them."""
        keys = [(code, year, age) for code in members for age in range(low, high + 1)]
        return sum(self.single[k] for k in keys) if all(k in self.single for k in keys) else None

    def band(self, members, year, *terms):
        """Sum of bands: ("a0_14", 1), ("a67p", -1)."""
        return sum(sign * self.bands[code, year][name] for code in members for name, sign in terms)

    def single_members(self, area, members):
        """A class is made of the municipalities that the file has."""
        return [c for c in members if c in self.own] if area.startswith("class-") else members

    def work(self, area, members):
        """Jobs, employed residents, both: from the matrix for the project's own municipalities, else from the totals."""
        if area in self.own or area.startswith("region-") or area == self.id:
            inside = set(members)
            return (sum(n for (work, _), n in self.flow.items() if work in inside),
                    sum(n for (_, home), n in self.flow.items() if home in inside),
                    sum(n for (work, home), n in self.flow.items() if work in inside and home in inside))
        return tuple(sum(self.totals[c][k] for c in members) for k in range(3))


def share(x, n):
    return None if x is None or not n else 100 * x / n


def change(start, end):
    return None if start is None or end is None or not start else 100 * (end - start) / start


def project_ahead(then, now, steps):
    """Hamilton and Perry by groups of five years, 0–4 to 85 and over."""
    ratio = [now[g + 1] / then[g] for g in range(16)]
    oldest = now[17] / (then[16] + then[17])
    children = now[0] / sum(now[3:10])
    people = list(now)
    for _ in range(steps):
        after = [0.0] * 18
        for g in range(16):
            after[g + 1] = people[g] * ratio[g]
        after[17] = (people[16] + people[17]) * oldest
        after[0] = sum(after[3:10]) * children
        people = after
    return sum(people)


def figures(data):
    out = {}

    def put(indicator, figure, area, value):
        out.setdefault(indicator, {}).setdefault(figure, {})[area] = value

    last = 2026
    for area, members in data.areas().items():
        total = {year: data.band(members, year, ("total", 1)) for year in (2006, 2016, 2021, 2025, 2026)}
        for span in (20, 10, 5, 1):
            put("population_growth", f"growth_{span}", area, change(total[last - span], total[last]))
        groups = {"old": [("a67p", 1)], "young": [("a0_5", 1), ("a6_15", 1), ("a16_19", 1)],
                  "young_adults": [("a20_24", 1), ("a25_29", 1)], "working": [("a20_66", 1)], "oldest": [("a80p", 1)]}
        for name, terms in groups.items():
            put("age_structure", name, area, share(data.band(members, last, *terms), total[last]))
        working, old = data.band(members, last, ("a20_64", 1)), data.band(members, last, ("a65p", 1))
        young = total[last] - working - old
        for name, count in (("young", young), ("old", old), ("total", young + old)):
            put("dependency_ratio", name, area, share(count, working))
        youth = data.band(members, 2016, ("a15_29", 1), ("a20_24", -1), ("a25_29", -1))
        put("youth_loss", "from_15_19_to_25_29", area, share(data.band(members, last, ("a25_29", 1)), youth))
        some = data.single_members(area, members)
        for k in (5, 10, 15):
            put("youth_loss", f"from_15_to_{15 + k}", area, share(data.age(members, last, 15 + k, 15 + k), data.age(members, last - k, 15, 15)))
        put("replacement", "entering", area, share(data.age(some, last, 15, 19), data.age(some, last, 62, 66)))
        cohort, leaving = data.age(some, last, 15, 15), data.age(some, last, 60, 64)
        put("replacement", "cohort", area, None if cohort is None else 100 * cohort / (leaving / 5))
        limits = [(5 * g, 5 * g + 4 if g < 17 else 105) for g in range(18)]
        then, now = ([data.age(some, year, *limit) for limit in limits] for year in (2021, 2026))
        for steps in (2, 4):
            ahead = None if None in then + now else change(sum(now), project_ahead(then, now, steps))
            put("projection", f"to_{last + 5 * steps}", area, ahead)
        jobs, residents, both = data.work(area, members)
        put("jobs", "jobs", area, jobs)
        put("job_coverage", "coverage", area, share(jobs, residents))
        put("commuting", "self_containment", area, share(both, residents))
        put("commuting", "of_jobs", area, share(both, jobs))
        put("commuting", "out", area, share(residents - both, residents))
        put("commuting", "balance", area, share(jobs - residents, residents))
        employed = data.work(area, some)[1]
        put("employment_rate", "employment_rate", area, share(employed, data.age(some, 2018, 15, 74)))
        # The country has a row of its own; a class is made of the municipalities that the file has.
        def educated(level):
            codes = ["0"] if area == "0" else [c for c in members if (c, level) in data.education] if area.startswith("class-") else members
            return sum(data.education[c, level] for c in codes) if codes and all((c, level) in data.education for c in codes) else None
        of_all, higher, upper = (educated(level) for level in ("00", "higher", "02a"))
        nation = data.education["0", "higher"] / data.education["0", "00"]
        put("education", "higher", area, share(higher, of_all))
        put("education", "upper_secondary", area, share(upper, of_all))
        put("education", "location_quotient", area, None if higher is None else 100 * (higher / of_all) / nation)
        if area in data.own:
            put("centrality", "index", area, data.index[area][0])
            put("centrality", "class", area, data.index[area][1])
    return out


def places(data):
    """Place of growth over ten years and of the share of 67 and over in the class, from and to."""
    out = {"population_growth": {}, "age_structure": {}, "centrality": {}}
    for own in data.own:
        peers = [c for c in data.index if data.index[c][1] == data.index[own][1]]
        z = statistics.NormalDist().inv_cdf(1 - 0.05 / (2 * (len(peers) - 1)))
        value, spread = {}, {}
        for kind in out:
            for c in peers:
                start, end = (data.bands[c, year]["total"] for year in (2016, 2026))
                if kind == "population_growth":
                    value[c], spread[c] = 100 * (end - start) / start, 100 * math.sqrt(end) / start
                elif kind == "age_structure":
                    x = data.bands[c, 2026]["a67p"]
                    p = (x + 1) / (end + 2)
                    value[c], spread[c] = 100 * x / end, 100 * math.sqrt(p * (1 - p) / end)
                else:
                    value[c], spread[c] = data.index[c][0], 0.0
            apart = {c: z * math.hypot(spread[c], spread[own]) for c in peers}
            higher = sum(value[c] - value[own] > apart[c] for c in peers)
            lower = sum(value[own] - value[c] > apart[c] for c in peers)
            out[kind][own] = [1 + higher, len(peers) - lower, len(peers)]
    return out


def main():
    result = {}
    for folder in ("innlandet", "glamdal"):
        data = Data(folder)
        result[folder] = {"figures": figures(data), "places": places(data)}
    json.dump(result, sys.stdout, ensure_ascii=False, indent=1, sort_keys=True)
    print()


main()
