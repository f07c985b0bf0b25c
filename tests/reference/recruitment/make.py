"""Invented registers with ties, open and withdrawn positions: python make.py, Python 3.11. Seeded; writes the CSV files here."""
import csv
import datetime as dt
import random

random.seed(20261122)
TODAY = dt.date(2026, 11, 22)
OFFERS = random.Random(20261123)  # a stream of its own: the other columns stay as they were
MUNICIPALITIES = ["5042", "5043", "5045", "9999"]  # the last one lies outside the area
OCCUPATIONS = ["2221", "2223", "2341", "2342", "7115"]


def write(name, header, rows):
    with open(name, "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)


def date(day):
    return day.isoformat() if day else ""


def positions():
    rows = []
    for number in range(260):
        advertised = dt.date(2022, 1, 3) + dt.timedelta(days=7 * random.randrange(254))
        course = random.choices(["filled", "withdrawn", "ended", "open"], [70, 10, 12, 8])[0]
        days = 7 * random.randint(1, 30)  # whole weeks: many ties
        accepted = withdrawn = ended = started = left = applied = None
        end = advertised + dt.timedelta(days=days)
        if end <= TODAY:
            if course == "filled":
                accepted = end
                applied = max(advertised, end - dt.timedelta(days=7 * random.randint(0, 12)))
                first = accepted + dt.timedelta(days=random.choice([30, 60, 90]))
                if first <= TODAY:
                    started = first
                    last = first + dt.timedelta(days=random.choice([0, 91, 200, 365, 366, 500, 730, 900, 2000]))
                    left = last if last <= TODAY else None
            elif course == "withdrawn":
                withdrawn = end
            elif course == "ended":
                ended = end
        # Some offers are declined; of some that were accepted the day of the offer is not known.
        offered = None
        if (accepted and OFFERS.random() < 0.8) or (ended and OFFERS.random() < 0.4):
            offered = max(applied or advertised, (accepted or ended) - dt.timedelta(days=7 * OFFERS.randint(0, 2)))
        applications = random.choice([0, 1, 2, 2, 3, 5, 8, 13, ""])
        qualified = "" if applications == "" or random.random() < 0.1 else random.randint(0, applications)
        rows.append([
            f"p{number}", f"e{random.randrange(12)}", random.choices(MUNICIPALITIES, [40, 30, 20, 10])[0],
            random.choice(OCCUPATIONS), date(advertised), applications, qualified, date(applied),
            date(offered), date(accepted),
            date(started), date(left), date(withdrawn), date(ended), random.choice([0, 0, 0, 7, 14, 60]),
        ])
    write("positions.csv", ["position_id", "employer", "municipality", "occupation", "advertised", "applications", "qualified",
                            "applied", "offered", "accepted", "started", "left", "withdrawn", "ended", "on_hold"], rows)


def business():
    strata = [("small", 60, 240), ("middle", 24, 480), ("large", 5, 900), ("single", 4, 30), ("silent", 3, 15)]
    write("strata.csv", ["stratum", "businesses", "employed"], strata)
    rows = []
    for code, answered in [("small", 18), ("middle", 15), ("large", 5), ("single", 1)]:
        for _ in range(answered):
            rows.append([
                f"b{len(rows)}", code, random.choice(MUNICIPALITIES[:3]), random.randint(1, 60),
                random.choice(["yes", "no", "no", ""]), random.choice(["yes", "no", ""]),
                random.choice(["very", "quite", "little", "not", "dont_know", ""]),
                random.choice(["more", "same", "same", "fewer", ""]), random.choice([0, 0, 0, 1, 2, 4]),
            ])
    write("business.csv", ["business_id", "stratum", "municipality", "employed", "failed", "lower", "difficulty", "expects",
                           "shortage"], rows)


def staff():
    rows = []
    people = [(f"s{n}", random.choice(["e0", "e1", "e2"]), random.choice(OCCUPATIONS), random.randint(18, 69)) for n in range(120)]
    for year in (2023, 2024, 2025):
        for person, employer, occupation, age in people:
            if random.random() < 0.15:
                continue
            employer = employer if random.random() < 0.93 else random.choice(["e0", "e1", "e2"])
            rows.append([f"{year}-12-01", person, employer, MUNICIPALITIES[int(employer[1])], occupation, age + year - 2023, 1,
                         random.choices(["monthly", "hourly"], [80, 20])[0]])
        rows.append([f"{year}-12-01", "", "e3", "5042", "2221", "", 7, ""])
    write("staff.csv", ["day", "person", "employer", "municipality", "occupation", "age", "persons", "contract"], rows)


positions()
business()
staff()
