import { onClick } from "./table.js";

onClick(async () => {
  const records = d3.csvParse(await (await fetch("/answers.csv")).text());
  const groups = new Map();
  for (const { year, cohort, weight, return_intent } of records) {
    const key = `${year} ${cohort}`;
    let group = groups.get(key);
    if (!group) groups.set(key, (group = { year, cohort, n: 0, w: 0, wy: 0, ww: 0, wwy: 0 }));
    if (return_intent === "" || return_intent === "9") continue;
    const w = +weight;
    const y = return_intent === "4" || return_intent === "5" ? 1 : 0;
    group.n += 1;
    group.w += w;
    group.wy += w * y;
    group.ww += w * w;
    group.wwy += w * w * y;
  }
  // Taylor linearisation; every record is a sampling unit, drawn with replacement.
  const correction = records.length / (records.length - 1);
  const cells = [...groups.values()].map(({ year, cohort, n, w, wy, ww, wwy }) => {
    const estimate = wy / w;
    const squares = wwy * (1 - 2 * estimate) + ww * estimate * estimate;
    return { year, cohort, estimate, se: Math.sqrt(correction * squares) / w, n };
  });
  return cells.sort((a, b) => a.year - b.year || (a.cohort < b.cohort ? -1 : 1));
});
