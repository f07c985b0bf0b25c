// The workbench as its users meet it: opened from a folder, without network, by keyboard, in Norwegian.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cp, readdir, readFile, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { test } from "node:test";
import { look, MODES, readAloud, sideways, violations } from "./support/browser.mjs";
import { limeSurvey, microsoftForms } from "./support/exports.mjs";
import {
  demo,
  downloaded,
  example,
  folder,
  NEXT_YEAR,
  nextYear,
  openFile,
  PASSPHRASE,
  population,
  press,
  put,
  read,
  root,
  save,
  says,
  settled,
  status,
  step,
  THIS_YEAR,
  unfold,
  workbench,
} from "./support/workbench.mjs";
import { unzip } from "./support/zip.mjs";

test("a year from demo data to a public edition, and the next with the saved file alone, in two dialects", async () => {
  const first = await workbench();
  await demo(first.page);
  await step(first.page, "Tallene");
  const spoken = await readAloud(first.page);
  assert.match(spoken, /svarene og tallene om rekruttering er oppdiktet/i);
  assert.match(spoken, /40–60 %/);
  assert.doesNotMatch(spoken, /95 %/, "no interval in what may be public");
  await look(first.page, "figures");
  await step(first.page, "Publiser");
  const edition = await downloaded(first.page, "Last ned utgaven (zip)");
  assert.equal(edition.name, "indre-namdal-2026-11-22.zip");
  await step(first.page, "Hvem skal spørres");
  await unfold(first.page, "Kontaktliste, nøkkel");
  await press(first.page, "Lag en nøkkel");
  await says(first.page, "Nøkkelen er laget");
  const project = await save(first.page);
  assert.equal(project.name, "indre-namdal-2026-11-22.bygdepuls");
  assert.equal(project.bytes.subarray(0, 21).toString(), "age-encryption.org/v1");
  await first.done();

  // Another machine, a year later: nothing but the file and the passphrase.
  const path = await put(project.name, project.bytes);
  const { page, done } = await workbench({ day: NEXT_YEAR });
  await openFile(page, path, "et annet passord");
  assert.match(await status(page), /passer ikke/);
  await openFile(page, path, PASSPHRASE);
  assert.match(await status(page), /Indre Namdal er åpnet/);
  await step(page, "Publiser");
  assert.match(await readAloud(page), /publisert før/, "the ledger came along");
  await step(page, "Hvem skal spørres");
  await unfold(page, "Kontaktliste, nøkkel");
  assert.match(await readAloud(page), /Nøkkelen ligger i prosjektet/);
  assert.equal(await page.getByRole("button", { name: "Lag en nøkkel" }).count(), 0);

  const [rows, items] = await nextYear();
  const counts = [];
  for (const [name, bytes, tool] of [
    ["results-survey.csv", limeSurvey(rows, items), "LimeSurvey"],
    ["svar.csv", microsoftForms(rows, items), "Microsoft Forms"],
  ]) {
    await read(page, 2027, await put(name, bytes));
    await says(page, "Fila er lest");
    const report = await readAloud(page);
    assert.match(report, new RegExp(tool));
    assert.match(report, /Reparasjonsrapport/);
    await look(page, `repair-${tool}`);
    await page.getByLabel("Siste svardag").fill("2027-04-30");
    await press(page, "Legg svarene inn i prosjektet");
    await says(page, "2027 ligger i prosjektet");
    if (!counts.length) {
      // 15-year-olds of 2027 are not in the register yet.
      assert.match(await readAloud(page), /07459/);
      await step(page, "Start");
      await unfold(page, "Bytt folketallet");
      await page.locator("#wb-population-new").setInputFiles(await put("population.csv", await population()));
      await press(page, "Bytt folketallet");
      await says(page, "Folketallet er byttet");
    }
    await step(page, "Start");
    counts.push(await page.getByRole("row", { name: /^2027/ }).textContent());
  }
  // One answered twice, the second time too late: the answer in time counts.
  assert.match(counts[0], /^20272027-04-30156/);
  assert.equal(counts[1], counts[0], "the same answers count, from either tool");
  await step(page, "Tallene");
  assert.match(await readAloud(page), /2027/);
  await step(page, "Publiser");
  const later = unzip((await downloaded(page, "Last ned utgaven (zip)")).bytes);
  assert.equal(JSON.parse(later.get("return_intent.json")).updated, NEXT_YEAR);
  await done();
});

test("what the workbench publishes and remembers is what the command line does, to the byte", async () => {
  const { page, done } = await workbench();
  await demo(page);
  await step(page, "Publiser");
  const files = unzip((await downloaded(page, "Last ned utgaven (zip)")).bytes);
  await step(page, "Lagre");
  await unfold(page, "For kommandolinja");
  const kept = unzip((await downloaded(page, "Last ned prosjektmappa (zip)")).bytes);
  await step(page, "Funn og rapport");
  await page.getByLabel(/taushetsplikt/).check();
  await settled(page);
  const internal = unzip((await downloaded(page, "Intern utgave (zip)")).bytes);
  await done();

  const project = join(folder, "native");
  await cp(example, project, { recursive: true, filter: (path) => !/\/(out|releases)$/.test(path) });
  execFileSync(process.env.BYGDEPULS, ["run", project, "--today", THIS_YEAR, "--internal", "--widget", join(root, "wasm/pkg")]);
  const written = async (under) => {
    const names = await readdir(under, { recursive: true });
    const all = await Promise.all(names.map(async (name) => ((await stat(join(under, name))).isFile() ? [name, await readFile(join(under, name))] : null)));
    return new Map(all.filter((entry) => entry && !entry[0].startsWith(".")));
  };
  const same = (ours, theirs, what) => {
    assert.deepEqual([...ours.keys()].sort(), [...theirs.keys()].sort(), what);
    for (const [name, bytes] of theirs) assert.equal(Buffer.compare(ours.get(name), bytes), 0, `${what}: ${name}`);
  };
  const theirs = await written(join(project, "out/public"));
  assert.ok(theirs.size > 20 && [...theirs.keys()].some((name) => name.endsWith(".png")));
  same(files, theirs, "public");
  const ledger = (all) => new Map([...all].filter(([name]) => name.startsWith("releases/")).map(([name, bytes]) => [relative("releases", name), bytes]));
  same(ledger(kept), await written(join(project, "releases")), "ledger");
  same(internal, await written(join(project, "out/internal")), "internal");
});

test("a region of its own, from nothing, and again from its file", async () => {
  const { page, done } = await workbench();
  await unfold(page, "Fyll ut for en ny region");
  await page.getByLabel("Navnet på regionen").fill("Nordre «Land» og Toten");
  await page.getByLabel("Kommunene").fill("3447 Søndre Land\nNordre Land\n");
  await press(page, "Lag prosjektet");
  await says(page, "Noe må rettes");
  assert.match(await readAloud(page), /Kommunene, linje 2/);
  assert.deepEqual(await violations(page), []);
  await look(page, "new-wrong");
  await page.getByLabel("Kommunene").fill("3447 Søndre Land\n3448 Nordre Land");
  await page.getByLabel("Siste svardag").fill("2027-04-30");
  const years = [2027, 2024, 2019, 2014].flatMap((year) => ["3447", "3448"].map((code) => `${code},${year},15,40,20,20`));
  await page.getByLabel("Folketallet", { exact: true }).setInputFiles(await put("p.csv", `kommunenr,year,age,total,female,male\n${years.join("\n")}\n`));
  await press(page, "Lag prosjektet");
  await says(page, "er laget");
  const start = await readAloud(page);
  assert.match(start, /Ingen feil/);
  await look(page, "new-made");
  await step(page, "Spørreskjemaet");
  assert.match(await readAloud(page), /Nordre «Land» og Toten – unge og framtid/);
  const forms = unzip((await downloaded(page, "Last ned skjemaet")).bytes);
  assert.match(forms.get("letter.nb.html").toString(), /Nordre «Land» og Toten/);
  assert.doesNotMatch([...forms.values()].map(String).join(), /Namdal|Lierne/);
  await step(page, "Hvem skal spørres");
  await page.getByLabel("År", { exact: true }).fill("2027");
  await press(page, "Vis året");
  assert.match(await readAloud(page), /Søndre Land/);
  await step(page, "Publiser");
  await look(page, "new-publish");
  const { name, bytes } = await save(page);
  assert.equal(name, "nordre-land-og-toten-2026-11-22.bygdepuls");
  await done();

  const again = await workbench({ day: NEXT_YEAR });
  await openFile(again.page, await put(name, bytes), PASSPHRASE);
  assert.match(await status(again.page), /Nordre «Land» og Toten er åpnet/);
  const [rows, items] = await nextYear();
  const moved = rows.map((row) => ({ ...row, kommune_oppvekst: { 5042: "3447", 5045: "3448" }[row.kommune_oppvekst] ?? "9", kommune_na: { 5042: "3447", 5045: "3448" }[row.kommune_na] ?? (row.kommune_na && "9") }));
  await read(again.page, 2027, await put("lime.csv", limeSurvey(moved, items)));
  await says(again.page, "Fila er lest");
  await press(again.page, "Legg svarene inn i prosjektet");
  await says(again.page, "2027 ligger i prosjektet");
  await step(again.page, "Publiser");
  const published = unzip((await downloaded(again.page, "Last ned utgaven (zip)")).bytes);
  assert.match(published.get("index.html").toString(), /Nordre «Land» og Toten/);
  await again.done();
});

test("names and answers are never in one file", async () => {
  const first = await workbench();
  await demo(first.page);
  await step(first.page, "Hvem skal spørres");
  await first.page.getByLabel("År", { exact: true }).fill("2027");
  await press(first.page, "Vis året");
  await look(first.page, "due");
  const list = await downloaded(first.page, /Purringer \(\d+\)/);
  assert.match(list.bytes.toString(), /Oppdiktet Person/);
  const wheel = await downloaded(first.page, "Årshjulet til kalenderen (.ics)");
  assert.match(wheel.bytes.toString(), /^BEGIN:VCALENDAR\r\n/);
  const all = unzip((await downloaded(first.page, "Alt for året (zip)")).bytes);
  assert.deepEqual(["calendar.ics", "due.csv", "response.csv", "track.json"].filter((name) => !all.has(name)), []);
  assert.ok([...all.keys()].some((name) => name.startsWith("lists/")));
  await unfold(first.page, "Hele rapporten");
  assert.match(await readAloud(first.page), /Svarprosent/i);
  await press(first.page, /Purringene er sendt i dag/, { exact: undefined });
  await says(first.page, "Skrevet i loggen");
  const project = await save(first.page);
  const contacts = await save(first.page, "Lagre kontaktfila");
  assert.match(contacts.name, /^indre-namdal-kontakter-/);
  await first.done();

  const { page, done } = await workbench();
  const contactPath = await put("kontakter.bygdepuls", contacts.bytes);
  await openFile(page, contactPath, PASSPHRASE);
  assert.match(await status(page), /dette er kontaktfila/);
  await openFile(page, await put("prosjekt.bygdepuls", project.bytes), PASSPHRASE);
  await step(page, "Lagre");
  await unfold(page, "For kommandolinja");
  const kept = unzip((await downloaded(page, "Last ned prosjektmappa (zip)")).bytes);
  const whole = Buffer.concat([...kept.values()]).toString();
  assert.doesNotMatch(whole, /Oppdiktet Person \d|@oppdiktet\.example/);
  assert.match(kept.get("contacts-invented/events.csv").toString(), /reminded,2026-11-22/);
  await step(page, "Hvem skal spørres");
  await page.getByLabel("År", { exact: true }).fill("2027");
  await press(page, "Vis året");
  assert.match(await readAloud(page), /ligger i kontaktfila/);
  assert.equal(await page.getByRole("button", { name: /Purringer/ }).count(), 0);
  await page.getByLabel("Kontaktfila").setInputFiles(contactPath);
  await page.getByLabel("Passord", { exact: true }).fill(PASSPHRASE);
  await page.keyboard.press("Enter");
  await says(page, "Navn og adresser for 32 personer");
  assert.ok((await page.getByRole("button", { name: /Purringer/ }).count()) > 0);
  await done();
});

test("a file that is none of ours is refused in plain words, and the project stays as it was", async () => {
  const { page, done } = await workbench();
  await demo(page);
  const project = await save(page);
  const damaged = Buffer.from(project.bytes);
  damaged[damaged.length - 40] ^= 1;
  for (const [name, bytes, word] of [
    ["skadd.bygdepuls", damaged, "skadd"],
    ["kort.bygdepuls", project.bytes.subarray(0, 300), "skadd"],
    ["bilde.bygdepuls", Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), "ikke en lagret prosjektfil"],
    ["tom.bygdepuls", Buffer.alloc(0), "ikke en lagret prosjektfil"],
    ["mappe.zip", Buffer.from("PK\x03\x04 not really", "latin1"), "ikke et prosjekt"],
  ]) {
    await openFile(page, await put(name, bytes), PASSPHRASE);
    assert.ok((await status(page)).includes(word), `${name}: ${await status(page)}`);
  }
  assert.match(await page.textContent("h1"), /Indre Namdal/);
  for (const [name, bytes, word] of [
    ["annen.csv", "bolge;kommune_oppvekst;int_kunne\n1;Røyrvikk;5\n", /annen\.csv, linje 2, kommune_oppvekst/],
    ["bilde.csv", Buffer.from("\x89PNG\r\n\x1a\n\0\0\0", "latin1"), /bilde\.csv/],
    ["tom.csv", "", /tom\.csv/],
    ["handleliste.csv", "vare;antall\nmelk;2\n", /handleliste\.csv/],
    ["bok.xlsx", Buffer.from("PK\x03\x04 not really", "latin1"), /bok\.xlsx/],
  ]) {
    await read(page, 2027, await put(name, bytes));
    await says(page, "kan ikke legges inn");
    const spoken = await readAloud(page);
    assert.match(spoken, word);
    assert.doesNotMatch(spoken, / --[a-z]/, "no word of the command line");
    assert.equal(await page.getByRole("button", { name: "Legg svarene inn" }).count(), 0);
    await look(page, `refused-${name}`);
  }
  await step(page, "Tallene");
  assert.match(await readAloud(page), /40–60 %/);
  await done();
});

test("a column that found no question is placed by hand", async () => {
  const { page, done } = await workbench({ day: NEXT_YEAR });
  await demo(page);
  const [rows, items] = await nextYear();
  const renamed = limeSurvey(rows, items).toString().replace('"omdomme"', '"inntrykk"');
  await read(page, 2027, await put("lime.csv", renamed));
  await says(page, "Fila er lest");
  await unfold(page, "Les på en annen måte");
  await page.getByLabel("inntrykk").selectOption("omdomme");
  assert.deepEqual(await violations(page), []);
  await press(page, "Les på nytt");
  await says(page, "Fila er lest");
  assert.equal(await page.getByText("uten plass").count(), 0);
  await done();
});

test("next year's questionnaire is compared before it is used", async () => {
  const { page, done } = await workbench({ day: NEXT_YEAR });
  await demo(page);
  await step(page, "Spørreskjemaet");
  const forms = unzip((await downloaded(page, "Last ned skjemaet")).bytes);
  await page.locator("#wb-form-file").setInputFiles(await put("skjema.xlsx", forms.get("xlsform.xlsx")));
  await press(page, "Sammenlign");
  await says(page, "Sammenlignet");
  assert.match(await readAloud(page), /Ingen tidsserie brytes/);
  await press(page, "Bruk dette skjemaet");
  await says(page, "Skjemaet er lagt inn");
  await look(page, "form");
  assert.deepEqual(await violations(page), []);
  await done();
});

test("a hundred thousand rows", async () => {
  const { page, done } = await workbench({ day: NEXT_YEAR });
  await demo(page);
  const [rows, items] = await nextYear();
  const many = Array.from({ length: 100_000 }, (_, at) => ({ ...rows[at % rows.length], panelkode: `K${at}` }));
  const path = await put("many.csv", limeSurvey(many, items));
  const began = performance.now();
  await read(page, 2027, path);
  await says(page, "Fila er lest");
  const seconds = (performance.now() - began) / 1000;
  console.log(`100,000 rows: ${seconds.toFixed(1)} s`);
  assert.ok(seconds < 20, `${seconds} s`);
  await press(page, "Legg svarene inn i prosjektet");
  await says(page, "2027 ligger i prosjektet");
  console.log(`added: ${((performance.now() - began) / 1000).toFixed(1)} s`);
  await done();
});

test("internal figures and findings only for who says that they are bound to secrecy, and marked", async () => {
  const { page, done } = await workbench();
  await demo(page);
  await step(page, "Funn og rapport");
  assert.doesNotMatch(await readAloud(page), /INTERNT/);
  await page.getByLabel(/taushetsplikt/).check();
  await settled(page);
  const spoken = await readAloud(page);
  assert.match(spoken, /INTERNT – unntatt offentlighet/);
  assert.match(spoken, /svar ligger til grunn/);
  await look(page, "findings");
  assert.deepEqual(await violations(page), []);
  await step(page, "Tallene");
  assert.match(await readAloud(page), /Intervall/);
  await look(page, "internal");
  await done();
});

for (const [mode, context] of Object.entries(MODES)) {
  test(`every step can be read and used: ${mode}`, async () => {
    const { page, done } = await workbench(context);
    for (const opened of [false, true]) {
      await step(page, "Start");
      if (opened) await demo(page);
      for (const name of ["Start", "Innstillinger", "Spørreskjemaet", "Hvem skal spørres", "Årets svar", "Tallene", "Funn og rapport", "Publiser", "Lagre"]) {
        await step(page, name);
        await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
        assert.deepEqual(await violations(page), [], `${mode}: ${name}`);
        assert.equal(await sideways(page), false, `${mode}: ${name}`);
        if (opened) await look(page, `${mode}-${name}`);
      }
    }
    await done();
  });
}

test("nynorsk, with no word of bokmål left", async () => {
  const { page, done } = await workbench();
  await press(page, "Nynorsk");
  assert.equal(await page.locator("html").getAttribute("lang"), "nn");
  await press(page, "Opne demodata");
  await says(page, "Indre Namdal er opna");
  for (const name of ["Start", "Innstillingar", "Spørjeskjemaet", "Kven skal spørjast", "Svara i år", "Tala", "Funn og rapport", "Publiser", "Lagre"]) {
    await step(page, name);
    const spoken = await page.evaluate(() => document.querySelector("main").innerText);
    assert.doesNotMatch(spoken, /\b(ikke|hvem|hva|fra|eller ikke|spørreskjema|svarene|kommunene|noen)\b/i, name);
  }
  await done();
});
