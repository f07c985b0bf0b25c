"""Who is due, who answered, how answers moved and what could have been seen, for a project folder, computed from its
files by another program than `bygdepuls track`. Plain Python 3, no packages. It follows docs/track.md and shares no code.

    python3 tests/reference/track/recompute.py examples/indre-namdal 2027 > tests/reference/track/expected.json
"""

import csv
import io
import json
import math
import sys
import tomllib
from collections import Counter, defaultdict
from pathlib import Path
from statistics import NormalDist

folder, due_year = Path(sys.argv[1]), int(sys.argv[2])
project = tomllib.loads((folder / "project.toml").read_text(encoding="utf-8"))
towns = [town["code"] for town in project["municipality"]]
waves = {wave["code"]: wave["years_after"] for wave in project["wave"]}


def rows(path):
    data = (folder / path).read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252")
    delimiter = max(";,", key=text.splitlines()[0].count)
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


# N: 15-year-olds on 1 January of the cohort's year, where they grew up.
size = {}
for row in rows(project["register"]["population"]["file"]):
    if row["age"] == "15":
        size[row["kommunenr"], int(row["year"])] = {key: int(row[key]) for key in ("total", "female", "male")}

due = []
for code, after in waves.items():
    for town in towns:
        of_town = size.get((town, due_year - after), {})
        due.append({"wave": "w" + code, "cohort": due_year - after, "municipality": town,
                    "population": of_town.get("total"), "population_female": of_town.get("female"),
                    "population_male": of_town.get("male")})

# Rows that count: consent, a wave, a home in the region, in time; of one code the last complete one, else the last.
answers = []
for wave_year in project["answers"]:
    kept, order = {}, []
    for place, row in enumerate(rows(wave_year["file"])):
        if row["samtykke_svar"].strip() != "1" or row["bolge"].strip() not in waves:
            continue
        if row["kommune_oppvekst"].strip() not in towns or row["end"][:10] > wave_year["closes"]:
            continue
        code = row["panelkode"].strip()
        key = (row["bolge"], row["kommune_oppvekst"], code) if code else place
        if key not in kept or row["end"] or not kept[key]["end"]:
            kept[key] = row
    answers += [{"year": wave_year["year"], "wave": row["bolge"], "town": row["kommune_oppvekst"],
                 "cohort": wave_year["year"] - waves[row["bolge"]], "sex": {"1": "female", "2": "male"}.get(row["kjonn"], "other"),
                 "code": row["panelkode"].strip().upper(), "complete": bool(row["end"]), "answer": row["int_kunne"],
                 "here": row["kommune_na"] in towns, "elsewhere": row["kommune_na"] not in towns + [""]}
                for row in kept.values()]

response = []
for wave_year in project["answers"]:
    for code, after in waves.items():
        for town in towns:
            n = size[town, wave_year["year"] - after]
            own = [row for row in answers if (row["year"], row["wave"], row["town"]) == (wave_year["year"], code, town)]
            for sex, population in (("all", n["total"]), ("female", n["female"]), ("male", n["male"])):
                of_sex = [row for row in own if sex in ("all", row["sex"])]
                response.append({"year": wave_year["year"], "wave": "w" + code, "municipality": town, "sex": sex,
                                 "n_population": population, "n_answered": len(of_sex),
                                 "n_complete": sum(row["complete"] for row in of_sex),
                                 "n_missing": population - len(of_sex),
                                 "rate": len(of_sex) / population if population else None})

# One cohort, one town, one code: one person.
people = defaultdict(dict)
for row in answers:
    if row["code"]:
        people[row["cohort"], row["town"], row["code"]][row["wave"]] = row
scale = ["1", "2", "3", "4", "5"]
transitions = []
codes = sorted(waves, key=waves.get)
years = {row["year"] for row in answers}
for at, first in enumerate(codes):
    for second in codes[at + 1:]:
        cohorts = [year - waves[first] for year in sorted(years) if year - waves[first] + waves[second] in years]
        if not cohorts:
            continue
        both = [person for key, person in people.items() if key[0] in cohorts and first in person and second in person]
        pairs = [(p[first]["answer"], p[second]["answer"]) for p in both]
        pairs = [(a, b) for a, b in pairs if a in scale and b in scale]
        moves = Counter((int(b) > int(a)) - (int(b) < int(a)) for a, b in pairs)
        yes = Counter((a in "45", b in "45") for a, b in pairs)
        stopped, started = yes[True, False], yes[False, True]
        changed = stopped + started
        exact = min(1.0, 2 * sum(math.comb(changed, k) for k in range(min(stopped, started) + 1)) / 2 ** changed)
        transitions.append({"from": "w" + first, "to": "w" + second, "n_linked": len(both), "n": len(pairs),
                            "table": [[pairs.count((a, b)) for b in scale] for a in scale],
                            "up": moves[1], "down": moves[-1], "steady": moves[0],
                            "yes_table": [[yes[True, True], stopped], [started, yes[False, False]]],
                            "mcnemar_exact_p": exact})

# Net change of a wave from year to year, the region: stratified by town.
z = NormalDist().inv_cdf(0.975) + NormalDist().inv_cdf(0.8)


def strata(year, code):
    found = []
    for town in towns:
        own = [row for row in answers if (row["year"], row["wave"], row["town"]) == (year, code, town)]
        if waves[code] > 3:
            outside = sum(row["here"] or (row["elsewhere"] and row["answer"] == "98") for row in own)
            own = [row for row in own if row["elsewhere"]]
        else:
            outside = sum(row["answer"] == "98" for row in own)
        own = [row for row in own if row["answer"] in scale]
        if own:
            found.append((size[town, year - waves[code]]["total"] - outside, len(own), sum(row["answer"] in "45" for row in own)))
    return found


changes = []
for before, after in zip(sorted(years), sorted(years)[1:]):
    for code in waves:
        share, spread, wide, xs, ns = [], 0.0, 0.0, 0, 0
        for year in (before, after):
            of_year = strata(year, code)
            total = sum(size for size, _, _ in of_year)
            share.append(sum(size / total * x / n for size, n, x in of_year))
            spread += sum((size / total) ** 2 * (1 - n / size) / n for size, n, _ in of_year)
            wide += sum((size / total) ** 2 / n for size, n, _ in of_year)
            xs, ns = xs + sum(x for _, _, x in of_year), ns + sum(n for _, n, _ in of_year)
        p = xs / ns
        changes.append({"wave": "w" + code, "period_before": str(before), "period_after": str(after),
                        "before": share[0], "after": share[1], "change": share[1] - share[0],
                        "smallest_detectable": z * math.sqrt(p * (1 - p) * spread),
                        "smallest_detectable_infinite": z * math.sqrt(p * (1 - p) * wide)})

json.dump({"due": due, "response": response, "transitions": transitions, "changes": changes}, sys.stdout, indent=1)
print()
