"""Writes the invented registers of this folder again, byte for byte: python3 invent.py. Nobody is in them."""

import csv
import datetime
import random

FIELDS = {"2221": 0, "5321": 0, "2341": 1, "7115": 2}


def write(name, header, rows):
    with open(name, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main():
    draw = random.Random(7)
    places = ["5042", "5043", "5061"]
    staff = []
    for _ in range(300):
        age = "" if draw.random() < 0.02 else draw.randint(19, 69)
        staff.append(["2025-12-01", f"e{draw.randint(1, 6)}", draw.choice(places), draw.choice(list(FIELDS)), age, draw.randint(1, 4)])
    staff += [["2024-12-01", "e1", "5042", "2221", 66, 50]]
    write("staff.csv", ["day", "employer", "municipality", "occupation", "age", "persons"], staff)
    write("strata.csv", ["stratum", "businesses", "employed"], [["a", 40, 200], ["b", 25, 300], ["c", 6, 250]])
    business = []
    for number in range(36):
        stratum = "aaaabbc"[number % 7]
        hires = [draw.randint(0, 3) for _ in range(2)]
        leave = [draw.randint(0, 2) for _ in range(2)]
        business.append([f"b{number}", stratum, draw.choice(places), draw.randint(1, 40), draw.choice(list(FIELDS)),
                         hires[0], leave[0], hires[0] + hires[1], leave[0] + leave[1]])
    write("business.csv", ["business_id", "stratum", "municipality", "employed", "occupation", "hires_1", "leavers_1", "hires_3", "leavers_3"], business)
    cvs = []
    for number in range(90):
        here = draw.random() < 0.15
        intent = "" if draw.random() < 0.1 else draw.randint(1, 5)
        cvs.append([f"p{number}", draw.choice(places), draw.randint(2008, 2024), draw.choice(list(FIELDS)),
                    draw.choice(["", "", 2026, 2027, 2029, 2031]), draw.choice(["now", "later", "later", "told"]),
                    f"w{draw.randint(1, 4)}" if intent else "", intent, "yes" if here else "no"])
    write("cv.csv", ["person_id", "municipality", "cohort", "occupation", "done", "wants", "wave", "intent", "lives_here"], cvs)
    courses = []
    for _ in range(160):
        intent = draw.randint(1, 5)
        answered = datetime.date(draw.randint(2014, 2026), 4, draw.randint(1, 30))
        returned = ""
        if draw.random() < 0.12 * intent:
            returned = answered + datetime.timedelta(days=draw.randint(100, 2600))
            returned = "" if returned > datetime.date(2026, 11, 22) else returned.isoformat()
        courses.append([draw.choice(["w1", "w2", "w3", "w4", ""]), intent, answered.isoformat(), returned])
    write("courses.csv", ["wave", "intent", "answered", "returned"], courses)


if __name__ == "__main__":
    main()
