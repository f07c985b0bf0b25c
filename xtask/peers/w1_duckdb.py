"""Share of 4 and 5 with its standard error by three columns with DuckDB, types given: w1_duckdb.py FILE OUT.

Strata are year and stratum, sampling units the schools in them, drawn with replacement: Taylor's linearisation.
"""

import sys

import duckdb

source, out = sys.argv[1:]
with open(source, encoding="utf-8") as file:
    names = file.readline().strip().split(",")
types = {name: "VARCHAR" for name in names} | {"year": "SMALLINT", "weight": "DOUBLE", "return_intent": "TINYINT"}
columns = ", ".join(f"'{name}': '{kind}'" for name, kind in types.items())
duckdb.execute(f"""
    COPY (
        WITH cells AS MATERIALIZED (
            SELECT year, cohort, kommune, stratum, school,
                   count(*) FILTER (return_intent BETWEEN 1 AND 5) AS n,
                   coalesce(sum(weight) FILTER (return_intent BETWEEN 1 AND 5), 0) AS weights,
                   coalesce(sum(weight) FILTER (return_intent BETWEEN 4 AND 5), 0) AS yes
            FROM read_csv('{source}', header = true, delim = ',', quote = '"', escape = '"', auto_detect = false,
                          columns = {{{columns}}}, max_line_size = 1000000)
            GROUP BY ALL
        ), units AS (
            SELECT year, stratum, count(DISTINCT school) AS units FROM cells GROUP BY ALL
        ), shares AS (
            SELECT year, cohort, kommune, sum(n) AS n, sum(weights) AS size, sum(yes) / sum(weights) AS estimate
            FROM cells WHERE n > 0 GROUP BY ALL
        ), strata AS (
            SELECT year, cohort, kommune, stratum, sum(((yes - estimate * weights) / size) ** 2) AS squares,
                   sum((yes - estimate * weights) / size) AS total
            FROM (SELECT * EXCLUDE (n) FROM cells WHERE n > 0) JOIN shares USING (year, cohort, kommune) GROUP BY ALL
        ), variances AS (
            SELECT year, cohort, kommune, sum(units / (units - 1) * (squares - total * total / units)) AS v
            FROM strata JOIN units USING (year, stratum) GROUP BY ALL
        )
        SELECT year, cohort, kommune, n::BIGINT AS n, estimate, sqrt(greatest(v, 0)) AS se
        FROM shares JOIN variances USING (year, cohort, kommune) ORDER BY 1, 2, 3
    ) TO '{out}' (FORMAT csv, HEADER)
""")
