#!/usr/bin/env python3
"""Writes answers.zsav: the 300 invented answers of core/tests/import/ten.rs, as SPSS keeps them.

    python3 -m venv venv && venv/bin/pip install pandas==3.1.1 pyreadstat==1.3.7
    venv/bin/python tests/data/exports/spss/make.py

Codes that are numbers are numbers with value labels, all others are strings; 98 and 99 are declared as missing; a question with
several choices is a variable of 0 and 1 for each choice, as Nettskjema and SurveyXact write them.
"""

import csv
import pathlib

import pandas
import pyreadstat

HERE = pathlib.Path(__file__).parent
FORM = HERE.parent / "questionnaire"
LABEL = "label::Norsk bokmål (nb)"
TEXTS = [
    "Bra sted; men få jobber", "Savner «folk»", "=1+1", "-5 grader", 'Han sa "hei", ok', "linje en\nlinje to", "æøå ÆØÅ é",
    "1,5", "@alle", "Ja", "tab\ther", "'n Sync", " mellomrom ", "",
]
NOT_VARIABLES = {"note", "begin_group", "end_group", "begin", "end"}


class Random:
    def __init__(self, state):
        self.state = state

    def below(self, below):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % below


def sheet(name):
    with open(FORM / f"xlsform_{name}.csv", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def form():
    """(name, kind, label, choices) of each variable."""
    lists = {}
    for row in sheet("choices"):
        lists.setdefault(row["list_name"], []).append((row["name"], row[LABEL]))
    for row in sheet("survey"):
        kind, _, of = row["type"].partition(" ")
        if row["name"] and kind not in NOT_VARIABLES:
            yield row["name"], kind, row[LABEL], lists.get(of or row["name"])


def answer(random, name, kind, choices):
    if name == "panelkode":
        return None
    if name == "kull":
        return "2025"
    if name.endswith("epost"):
        return ""
    if kind == "select_multiple":
        if random.below(4) > 0:
            return [code for code, _ in choices if random.below(5) == 0]
        return []
    if random.below(4) == 0 and name != "bolge":
        return ""
    if choices:
        return choices[random.below(len(choices))][0]
    if kind == "integer":
        return [0, 1, 2, 7, 12, 100][random.below(6)]
    return TEXTS[random.below(len(TEXTS))]


def main():
    random = Random(2027)
    variables = list(form())
    people = []
    for number in range(300):
        one = [answer(random, name, kind, choices) for name, kind, _, choices in variables]
        people.append([f"KO{number:04}" if given is None else given for given in one])
    columns, labels, value_labels, missing = {}, {}, {}, {}
    for place, (name, kind, label, choices) in enumerate(variables):
        given = [one[place] for one in people]
        if kind == "select_multiple":
            for code, words in choices:
                columns[f"{name}_{code}"] = [float(code in ticked) for ticked in given]
                labels[f"{name}_{code}"] = f"{label} [{words}]"
                value_labels[f"{name}_{code}"] = {0: "Nei", 1: "Ja"}
            continue
        labels[name] = label
        if kind == "integer" or choices and all(code.isdigit() for code, _ in choices):
            columns[name] = [float(value) if value != "" else None for value in given]
            if choices:
                value_labels[name] = {int(code): words for code, words in choices}
                missing[name] = [float(code) for code, _ in choices if code in ("98", "99")]
        else:
            columns[name] = given
            if choices:
                value_labels[name] = dict(choices)
    pyreadstat.write_sav(
        pandas.DataFrame(columns),
        str(HERE / "answers.zsav"),
        column_labels=labels,
        variable_value_labels=value_labels,
        missing_ranges={name: codes for name, codes in missing.items() if codes},
        compress=True,
    )


if __name__ == "__main__":
    main()
