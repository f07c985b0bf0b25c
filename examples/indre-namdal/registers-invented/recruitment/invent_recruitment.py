"""Writes the invented registers of this folder again, byte for byte: python3 invent_recruitment.py. Nobody is in them.

The ages of staff are drawn from the real population of the four municipalities (../../register/population.csv); Rindal and
Holtålen, which that file does not hold, get the ages of the four together.
"""

import csv
import datetime
import random

TODAY = datetime.date(2026, 4, 30)
AREAS = {"namdal": {"5042": 16, "5043": 6, "5044": 10, "5045": 28}, "fjell": {"5061": 20, "5026": 20}}
PLACES = {code: weight for area in AREAS.values() for code, weight in area.items()}
# Employer, municipalities (none: any of its area), area, weight, occupations of STYRK-08 with weights.
MUNICIPAL = {"2223": 12, "5321": 18, "2224": 4, "2341": 15, "2342": 6, "5311": 10, "4110": 6, "2635": 4, "9112": 5, "2142": 1}
EMPLOYERS = [
    ("Lierne kommune (oppdiktet)", ["5042"], 14, MUNICIPAL),
    ("Røyrvik kommune (oppdiktet)", ["5043"], 6, MUNICIPAL),
    ("Namsskogan kommune (oppdiktet)", ["5044"], 10, MUNICIPAL),
    ("Grong kommune (oppdiktet)", ["5045"], 22, MUNICIPAL),
    ("Videregående skole (oppdiktet)", ["5045"], 8, {"2330": 8, "4110": 1, "9112": 1}),
    ("Sagbruk (oppdiktet)", ["5042", "5045"], 7, {"8172": 6, "8332": 2, "3313": 1}),
    ("Byggmester (oppdiktet)", ["5044", "5045"], 8, {"7115": 6, "7411": 3, "4110": 1}),
    ("Butikk og kro (oppdiktet)", ["5042", "5043", "5045"], 7, {"5223": 5, "5120": 2, "5131": 1}),
    ("Rindal kommune (oppdiktet)", ["5061"], 15, MUNICIPAL),
    ("Holtålen kommune (oppdiktet)", ["5026"], 15, MUNICIPAL),
    ("Trevare (oppdiktet)", ["5061"], 8, {"8172": 5, "7115": 3, "3313": 1}),
    ("Verksted (oppdiktet)", ["5026"], 6, {"7231": 4, "7411": 2}),
]
EDUCATIONS = {"2223": "661112", "5321": "461105", "2341": "621108", "7115": "457117", "7411": "455203", "2635": "669903", "2330": "725106", "3313": "641108"}


def write(name, header, rows):
    with open(name, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def pick(draw, weights):
    return draw.choices(list(weights), weights=list(weights.values()))[0]


def after(date, low, high, draw):
    return date + datetime.timedelta(days=draw.randint(low, high))


def past(date):
    return date.isoformat() if date and date <= TODAY else ""


def yes(value):
    return "yes" if value else "no"


def employer(draw):
    name, places, _, occupations = draw.choices(EMPLOYERS, weights=[one[2] for one in EMPLOYERS])[0]
    return name, draw.choice(places), pick(draw, occupations)


def ages():
    """Persons by age from 20 to 68 and municipality on 1 January 2026."""
    persons = {}
    with open("../../register/population.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["year"] == "2026" and 20 <= int(row["age"]) <= 68:
                for code in (row["kommunenr"], "all"):
                    by_age = persons.setdefault(code, {})
                    by_age[int(row["age"])] = by_age.get(int(row["age"]), 0) + int(row["total"])
    return persons


def leaves(age):
    if age >= 67:
        return 0.95
    if age >= 62:
        return 0.25
    return 0.06 if age >= 55 else 0.1 if age >= 35 else 0.18


def staff(draw):
    """Everybody on three reference days: who leaves is followed by somebody else, mostly younger."""
    population = ages()
    rows, people, number = [], [], 0
    for year in (2023, 2024, 2025):
        people = [(who, place, work, occupation, age + 1) for who, place, work, occupation, age in people if draw.random() > leaves(age)]
        while len(people) < 520:
            work, place, occupation = employer(draw)
            by_age = population.get(place, population["all"])
            if year == 2023:
                age = pick(draw, {age: n * (1 if age < 62 else 0.7 if age < 67 else 0.1) for age, n in by_age.items()})
            else:
                age = pick(draw, {age: n for age, n in by_age.items() if age < 50})
            number += 1
            people.append((f"s{number:04}", place, work, occupation, age))
        for who, place, work, occupation, age in people:
            known = "" if draw.random() < 0.01 else age
            rows.append([f"{year}-12-01", who, work, place, occupation, known, "hourly" if draw.random() < 0.12 else "monthly"])
    write("staff.csv", ["day", "person", "employer", "municipality", "occupation", "age", "contract"], rows)


def positions(draw):
    """Positions advertised since 2022, and everybody who applied for them."""
    rows, applicants, number = [], [], 0
    # A stream of its own: who says no does not move what follows.
    course = random.Random(20261125)
    hard = {"2223": 2, "2341": 3, "2330": 3, "5321": 2, "2142": 1, "7411": 3}
    for index in range(250):
        work, place, occupation = employer(draw)
        advertised = after(datetime.date(2022, 1, 3), 0, 1555, draw)
        applications = max(0, round(draw.gammavariate(2, hard.get(occupation, 6) / 2)))
        qualified = sum(draw.random() < 0.6 for _ in range(applications))
        row = dict(applied="", offered="", accepted="", started="", left="", withdrawn="", ended="", on_hold="", lower="")
        fate = draw.random()
        hired = None
        if fate < 0.07:
            row["withdrawn"] = past(after(advertised, 10, 120, draw))
        elif applications == 0 or (qualified == 0 and draw.random() < 0.6):
            row["ended"] = past(after(advertised, 30, 150, draw))
        else:
            applied = after(advertised, 1, 25, draw)
            offered = after(applied, 14, 75, draw)
            accepted = after(offered, 1, 14, draw)
            if accepted <= TODAY:
                hired = draw.randrange(applications)
                started = after(accepted, 14, 110, draw)
                row.update(applied=past(applied), offered=past(offered), accepted=past(accepted), started=past(started), lower=yes(qualified == 0))
                if draw.random() < 0.3 and row["started"]:
                    row["left"] = past(after(started, 60, 1000, draw))
                if draw.random() < 0.05:
                    row["on_hold"] = draw.randint(5, 20)
        received = row["applied"]
        says_no = hired is not None and course.random() < 0.16
        if says_no:
            # Declined, or never offered: ended on the day on which it would have been accepted.
            offer = row["offered"] if course.random() < 0.7 else ""
            row.update(applied="", offered=offer, ended=row["accepted"], accepted="", started="", left="", on_hold="", lower="")
        rows.append([f"u{index + 1:03}", work, place, occupation, advertised.isoformat(), applications, qualified] + list(row.values()))
        for one in range(applications):
            number += 1
            tie = draw.random() < (0.6 if one == hired else 0.3)
            applied = received if one == hired else past(after(advertised, 0, 25, draw))
            if applied:
                applicants.append([f"a{number:04}", work, place, occupation, applied, "" if draw.random() < 0.08 else yes(tie), yes(one < qualified), yes(one == hired and not says_no)])
    header = ["position_id", "employer", "municipality", "occupation", "advertised", "applications", "qualified", "applied", "offered", "accepted", "started", "left", "withdrawn", "ended", "on_hold", "lower"]
    write("positions.csv", header, rows)
    write("applicants.csv", ["application_id", "employer", "municipality", "occupation", "applied", "tie", "qualified", "hired"], applicants)


def business(draw):
    """A survey of businesses by industry and size; of the smallest strata all answered."""
    strata = [("land", 95, 130, 14, ["6121"]), ("bygg", 48, 190, 14, ["7115", "7411"]), ("industri", 12, 260, 9, ["8172", "7231", "3313"]),
              ("handel", 64, 310, 15, ["5223", "5120", "9112"]), ("offentlig", 6, 1450, 6, ["2223", "5321", "2341"])]
    write("strata.csv", ["stratum", "businesses", "employed"], [one[:3] for one in strata])
    rows, number = [], 0
    for code, all_of, employed, answered, occupations in strata:
        for _ in range(answered):
            number += 1
            mean = employed / all_of
            people = max(1, round(draw.gammavariate(2, mean / 2)))
            short = draw.choices([0, 1, 2], weights=[70, 22, 8])[0] * (3 if code == "offentlig" else 1)
            of_business = [f"b{number:02}", code, pick(draw, PLACES), people, yes(short > 0 and draw.random() < 0.7), yes(short > 0 and draw.random() < 0.4),
                           draw.choices(["very", "quite", "little", "not", "dont_know"], weights=[15, 30, 30, 18, 7])[0],
                           draw.choices(["more", "same", "fewer"], weights=[28, 60, 12])[0]]
            for occupation in draw.sample(occupations, min(len(occupations), 1 + (people > 8))):
                many = max(1, people // 12)
                hires = [draw.randint(0, many) for _ in range(3)]
                leavers = [draw.randint(0, many) for _ in range(3)]
                sums = [n for step in range(3) for n in (sum(hires[: step + 1]), sum(leavers[: step + 1]))]
                rows.append(of_business + [occupation, short] + sums)
                short = 0
    header = ["business_id", "stratum", "municipality", "employed", "failed", "lower", "difficulty", "expects", "occupation", "shortage"]
    write("business.csv", header + [f"{what}_{years}" for years in (1, 3, 10) for what in ("hires", "leavers")], rows)


def absence(draw):
    """Quarters from 2024: agreed and lost days by employer and occupation."""
    rows = []
    for quarter in range(9):
        year, first = 2024 + quarter // 4, 3 * (quarter % 4) + 1
        end = datetime.date(year + (first == 10), (first + 2) % 12 + 1, 1) - datetime.timedelta(days=1)
        for work, places, weight, occupations in EMPLOYERS:
            for occupation, share in sorted(occupations.items(), key=lambda one: -one[1])[:3]:
                persons = max(2, round(weight * share / 8))
                agreed = round(persons * draw.uniform(46, 54), 1)
                rate = {"5321": 0.1, "2223": 0.085, "5311": 0.095}.get(occupation, 0.055) * draw.uniform(0.7, 1.35)
                rows.append([datetime.date(year, first, 1), end, work, places[0], occupation, persons, agreed, round(agreed * rate, 1)])
    write("absence.csv", ["from", "to", "employer", "municipality", "occupation", "persons", "agreed", "lost"], rows)


def trainees(draw):
    rows = []
    for index in range(40):
        year = 2018 + index // 5
        started = datetime.date(year, 9, 1)
        ended = datetime.date(year + 2, 6, 30)
        done = ended <= TODAY
        offered = draw.random() < 0.8
        moved = after(ended, -30, 1500, draw) if done and draw.random() < (0.3 if offered else 0.7) else None
        rows.append([f"t{index + 1:02}", year, pick(draw, PLACES), started, ended if done else "", yes(offered) if done else "", past(moved), TODAY])
    write("trainees.csv", ["trainee_id", "year", "municipality", "started", "ended", "offered", "moved", "seen"], rows)
    write("trainee_places.csv", ["year", "places", "applicants"], [[year, 5, draw.randint(35, 90)] for year in range(2018, 2026)])


def introduction(draw):
    rows = []
    for index in range(64):
        work = draw.random() < 0.48
        rows.append([f"i{index + 1:02}", pick(draw, PLACES), 2019 + index // 11, yes(work), yes(draw.random() < (0.1 if work else 0.4))])
    write("introduction.csv", ["participant_id", "municipality", "year", "work", "education"], rows)


def cv(draw):
    """The CV base: some consents have expired, were withdrawn, or are given for the base alone."""
    rows = []
    occupations = {"2223": 8, "5321": 7, "2341": 9, "7115": 6, "7411": 6, "2635": 5, "2330": 4, "3313": 5}
    for index in range(120):
        cohort = draw.randint(2010, 2024)
        age = TODAY.year - cohort + 16
        studies = age < 19 or (age < 26 and draw.random() < 0.7)
        occupation = pick(draw, occupations)
        here = not studies and draw.random() < 0.15
        wave = "w1" if age < 19 else "w2" if age < 24 else "w3" if age < 29 else "w4"
        intent = "" if draw.random() < 0.08 else draw.choices(range(1, 6), weights=[10, 15, 25, 30, 20])[0]
        given = after(datetime.date(2023, 5, 1), 0, 1050, draw)
        # A consent that holds, holds for long: what the example shows must not depend on the year in which it is run.
        ended = given + datetime.timedelta(days=365) < TODAY and draw.random() < 0.25
        until = given + datetime.timedelta(days=365) if ended else datetime.date(2040, 12, 31)
        withdrawn = past(after(given, 20, 400, draw)) if draw.random() < 0.07 else ""
        guardian = given if age <= 18 and draw.random() < 0.75 else ""
        if age <= 18 and not guardian:
            until = min(until, datetime.date(2026, 12, 31))
        rows.append([f"c{index + 1:03}", f"Oppdiktet {index + 1}", f"c{index + 1:03}@example.invalid", "", pick(draw, PLACES), cohort,
                     EDUCATIONS[occupation], "" if studies else occupation, "" if studies else draw.randint(0, max(0, age - 22)),
                     draw.randint(2026, 2031) if studies else "", draw.choices(["now", "later", "told"], weights=[25, 55, 20])[0],
                     wave if intent else "", intent, yes(here), yes(draw.random() < 0.6), given, until, withdrawn, guardian])
    header = ["person_id", "name", "email", "phone", "municipality", "cohort", "education", "occupation", "experience", "done", "wants", "wave", "intent",
              "lives_here", "shared", "consent_date", "consent_until", "withdrawn_date", "guardian_consent"]
    write("cv.csv", header, rows)


if __name__ == "__main__":
    for number, register in enumerate([staff, positions, business, absence, trainees, introduction, cv]):
        register(random.Random(20260430 + number))
