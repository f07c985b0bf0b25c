"""Weighted mean and n by three columns with DuckDB, types given: w3_duckdb.py FILE OUT."""

import sys

import duckdb

source, out = sys.argv[1:]
with open(source, encoding="utf-8") as file:
    names = file.readline().strip().split(",")
types = {name: "VARCHAR" for name in names} | {"year": "SMALLINT", "weight": "DOUBLE", "return_intent": "TINYINT"}
columns = ", ".join(f"'{name}': '{kind}'" for name, kind in types.items())
duckdb.execute(f"""
    COPY (
        SELECT year, cohort, kommune, count(*) AS n, sum(weight) AS sum_of_weights,
               sum(weight * return_intent) / sum(weight) AS estimate
        FROM read_csv('{source}', header = true, delim = ',', quote = '"', escape = '"', auto_detect = false,
                      columns = {{{columns}}}, max_line_size = 1000000)
        WHERE return_intent BETWEEN 1 AND 5 GROUP BY ALL ORDER BY 1, 2, 3
    ) TO '{out}' (FORMAT csv, HEADER)
""")
