// The example's answers as survey tools would export them.

/** Rows of cells of a small CSV file. */
export function parse(text) {
  const rows = [[]];
  let [cell, quoted] = ["", false];
  const next = () => (rows.at(-1).push(cell), (cell = ""));
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') cell += text[++at];
      else quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === ",") next();
    else if (letter === "\n") next(), rows.push([]);
    else if (letter !== "\r") cell += letter;
  }
  if (cell || rows.at(-1).length) next();
  return rows.filter((row) => row.length);
}

/** Rows as objects. */
export function records(text) {
  const [head, ...rows] = parse(text.replace(/^\ufeff/, ""));
  return rows.map((row) => Object.fromEntries(head.map((name, at) => [name, row[at] ?? ""])));
}

/** The questionnaire as lookups: items by name, and labels by list and code. */
export function questionnaire(survey, choices) {
  const label = "label::Norsk bokmål (nb)";
  const items = records(survey).filter((row) => row.name);
  const lists = {};
  for (const row of records(choices)) (lists[row.list_name] ??= {})[row.name] = row[label];
  return items.map((row) => {
    const [kind, list] = row.type.split(" ");
    return { name: row.name, kind, label: row[label], choices: lists[list] };
  });
}

const quote = (cell) => `"${String(cell).replaceAll('"', '""')}"`;
const time = (iso) => iso.slice(0, 19).replace("T", " ");

/** LimeSurvey with codes: a byte order mark, semicolons, names without `_`, a column Y or empty per choice of several. */
export function limeSurvey(answers, items) {
  const asked = items.filter(({ name }) => !["start", "end"].includes(name));
  const column = (name) => name.replaceAll("_", "");
  const heads = asked.flatMap((item) => (item.kind === "select_multiple" ? Object.keys(item.choices).map((code) => `${column(item.name)}[${code}]`) : [column(item.name)]));
  const rows = answers.map((row, at) => [
    at + 1,
    row.end ? time(row.end) : "",
    "6",
    "nb",
    time(row.start),
    ...asked.flatMap((item) => {
      const value = row[item.name] ?? "";
      return item.kind === "select_multiple" ? Object.keys(item.choices).map((code) => (value.split(" ").includes(code) ? "Y" : "")) : [value];
    }),
  ]);
  const lines = [["id", "submitdate", "lastpage", "startlanguage", "startdate", ...heads], ...rows];
  return Buffer.from(`\ufeff${lines.map((line) => line.map(quote).join(";")).join("\r\n")}\r\n`);
}

/** Microsoft Forms through Norwegian Excel: Windows-1252, semicolons, questions and labels as people read them. */
export function microsoftForms(answers, items) {
  const asked = items.filter(({ name }) => !["start", "end"].includes(name));
  const day = (iso) => (iso ? `${iso.slice(8, 10)}.${iso.slice(5, 7)}.${iso.slice(0, 4)} ${iso.slice(11, 16)}` : "");
  const said = (item, value) => {
    if (!item.choices || value === "") return value;
    const labels = value.split(" ").map((code) => item.choices[code] ?? code);
    return item.kind === "select_multiple" ? `${labels.join(";")};` : labels[0];
  };
  const rows = answers.map((row, at) => [at + 1, day(row.start), day(row.end), "anonymous", "", ...asked.map((item) => said(item, row[item.name] ?? ""))]);
  const lines = [["ID", "Starttidspunkt", "Fullføringstidspunkt", "E-post", "Navn", ...asked.map((item) => item.label)], ...rows];
  const text = lines.map((line) => line.map((cell) => (/[";\n]/.test(String(cell)) ? quote(cell) : cell)).join(";")).join("\r\n") + "\r\n";
  // The few letters above Latin-1 that labels use, as Windows has them.
  const windows = { "–": 0x96, "—": 0x97, "’": 0x92, "…": 0x85 };
  return Buffer.from(Array.from(text, (letter) => windows[letter] ?? letter.codePointAt(0)));
}
