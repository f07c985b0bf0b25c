"""Invented positions and a project that reads them, for measuring: positions.py ROWS FOLDER. The same rows give the same bytes.

About 19 of 30 are filled by the day of the register, some withdrawn, some ended without anybody hired, others open.
"""

import sys
from datetime import date

import numpy as np
import polars as pl

rows, folder = int(sys.argv[1]), sys.argv[2]
random = np.random.default_rng(7)
occupations = np.array("2221 2223 3211 5321 5322 2341 2342 2330 7115 7411 2144 2512 8332 5223 9112 2421".split())
first, today = (date.fromisoformat(day).toordinal() for day in ("2021-01-01", "2026-04-30"))
advertised = first + random.integers(0, 365 * 5, rows)
applications = random.poisson(4, rows)
qualified = random.binomial(applications, 0.5)
days = random.gamma(3, 20, rows).astype(int) + 5
over, how = advertised + days, random.random(rows)
filled, withdrawn, ended = (((how >= low) & (how < high) & (over <= today)) for low, high in ((0, 0.75), (0.75, 0.85), (0.85, 1)))
started = over + random.integers(0, 60, rows)
left = started + random.exponential(900, rows).astype(int)


def day(ordinals, there):
    days = pl.Series(ordinals - date(1970, 1, 1).toordinal()).cast(pl.Int32).cast(pl.Date)
    return pl.select(pl.when(pl.Series(there)).then(days)).to_series()


pl.DataFrame({
    "position_id": [f"P{row}" for row in range(rows)],
    "employer": [f"Arbeidsgiver {number}" for number in random.integers(1, 400, rows)],
    "municipality": np.array(["5042", "5043", "5044", "5045"])[random.integers(0, 4, rows)],
    "occupation": occupations[np.arange(rows) % len(occupations)],
    "advertised": day(advertised, advertised > 0),
    "applications": applications,
    "qualified": qualified,
    "applied": day(advertised + np.minimum(5, days), filled),
    "accepted": day(over, filled),
    "started": day(started, filled & (started <= today)),
    "left": day(left, filled & (left <= today)),
    "withdrawn": day(over, withdrawn),
    "ended": day(over, ended),
}).write_csv(f"{folder}/positions.csv")
fields = "".join(
    f'[[recruitment.field]]\nid = "f{code}"\nname = "{code}"\noccupations = ["{code}"]\n'
    for code in sorted({code[:2] for code in occupations.tolist()})
)
with open(f"{folder}/project.toml", "w") as file:
    file.write(f"""[region]
id = "region"
name = "Region"
{"".join(f'[[municipality]]{chr(10)}code = "{code}"{chr(10)}name = "{code}"{chr(10)}' for code in (5042, 5043, 5044, 5045))}
[recruitment.positions]
file = "positions.csv"
date = "2026-04-30"
{fields}
[output]
indicators = ["time_to_fill"]
""")
