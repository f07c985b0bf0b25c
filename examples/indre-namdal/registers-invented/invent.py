"""Writes the invented registers of this folder again, byte for byte: python3 invent.py. Nobody has these courses."""

import csv
import datetime
import random

TODAY = datetime.date(2026, 4, 30)


def write(name, header, rows):
    with open(name, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def day(date):
    return date.isoformat() if date and date <= TODAY else ""


def outcomes(draw):
    """From invited to resident: five springs of invitations; who answers high comes further."""
    rows = []
    for year in range(2018, 2024):
        for _ in range(40):
            invited = datetime.date(year, 4, 1)
            row = dict(invited=invited, answered=None, contacted=None, applied=None, hired=None, moved=None, left=None)
            answer = ""
            if draw.random() < 0.65:
                row["answered"] = invited + datetime.timedelta(days=draw.randint(0, 28))
                answer = draw.choices("12345", weights=[15, 20, 25, 25, 15])[0]
                if int(answer) >= 4 and draw.random() < 0.7:
                    row["contacted"] = row["answered"] + datetime.timedelta(days=draw.randint(10, 200))
                    if draw.random() < 0.55:
                        row["applied"] = row["contacted"] + datetime.timedelta(days=draw.randint(20, 700))
                        if draw.random() < 0.6:
                            row["hired"] = row["applied"] + datetime.timedelta(days=draw.randint(14, 120))
                            row["moved"] = row["hired"] + datetime.timedelta(days=draw.randint(0, 60))
                            if draw.random() < 0.35:
                                row["left"] = row["moved"] + datetime.timedelta(days=draw.randint(90, 1100))
                elif draw.random() < 0.04 * int(answer):
                    row["moved"] = row["answered"] + datetime.timedelta(days=draw.randint(300, 1700))
            # What would come after today has not come.
            steps = ["invited", "answered", "contacted", "applied", "hired", "moved", "left"]
            rows.append([day(row[step]) for step in steps] + [answer])
    write("outcomes.csv", ["invited", "answered", "contacted", "applied", "hired", "moved", "left", "answer"], rows)


def moves(draw):
    """Who moved away and when: in some classes friends went together."""
    rows = []
    for cohort in range(2012, 2018):
        for home, size in [("5042", 5), ("5043", 2), ("5044", 4), ("5045", 8)]:
            together = cohort + draw.randint(3, 8)
            for _ in range(size):
                year = together if draw.random() < 0.35 else cohort + draw.randint(3, 8)
                rows.append([cohort, home, year])
    write("moves.csv", ["cohort", "home", "moved"], rows)


def transport(draw):
    """Before and after a trial with rides on demand: how often a ride was missing, 1 to 5, in two places."""
    rows = []
    for group, drop in [("trial", 0.22), ("comparison", 0.03)]:
        for person in range(34 if group == "trial" else 29):
            often = draw.random() < 0.55
            still = often and draw.random() > 2 * drop
            age = draw.randint(14, 19)
            for period, yes in [("before", often), ("after", still)]:
                if period == "after" and draw.random() < 0.15:
                    continue
                often_now = draw.choice("45") if yes else draw.choice("123")
                rows.append([f"{group[0]}{person:02}", group, period, often_now, age])
    write("transport.csv", ["person", "group", "period", "transp_behov", "age"], rows)


if __name__ == "__main__":
    draw = random.Random(20260430)
    outcomes(draw)
    moves(draw)
    transport(draw)
