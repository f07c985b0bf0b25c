// Settings, registers, municipalities and files in the workbench: what the command line would otherwise be needed for.
import assert from "node:assert/strict";
import { test } from "node:test";
import { look, MODES, readAloud, sideways, violations } from "./support/browser.mjs";
import { limeSurvey } from "./support/exports.mjs";
import { demo, downloaded, folder, NEXT_YEAR, nextYear, openFile, PASSPHRASE, press, put, read, save, says, status, step, text, unfold, workbench } from "./support/workbench.mjs";
import { unzip, zip } from "./support/zip.mjs";

/** Opens a part of the settings. */
async function part(page, name) {
  await step(page, "Innstillinger");
  const box = page.locator("details", { has: page.locator("summary", { hasText: name }) }).first();
  if (!(await box.evaluate((one) => one.open))) await unfold(page, name);
  return box;
}

/** Keeps what was filled in, with the keyboard. */
async function keep(page, box) {
  await box.getByRole("button", { name: "Bruk dette" }).first().focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => !document.body.hasAttribute("aria-busy"));
}

/** The files of the project, as it is now. */
async function files(page) {
  await step(page, "Lagre");
  if (!(await page.getByRole("button", { name: "Last ned prosjektmappa (zip)" }).isVisible())) await unfold(page, "For kommandolinja");
  return unzip((await downloaded(page, "Last ned prosjektmappa (zip)")).bytes);
}

const projectFile = async (page) => (await files(page)).get("project.toml").toString();

test("settings are written into the project file, and nothing else in it changes", async () => {
  const { page, done } = await workbench();
  await demo(page);
  const before = await projectFile(page);
  assert.equal(before, await text("project.toml"));

  let box = await part(page, "Hva som kan publiseres");
  await box.getByLabel("Nivå").selectOption({ label: "Hver kommune" });
  await box.getByLabel("År som slås sammen").fill("1, 3");
  await box.getByLabel("Tredeler fra så mange svar").fill("15");
  await box.getByLabel("Kommuner som slås sammen").fill("5043 5044\n");
  await keep(page, box);
  await says(page, "Innstillingene er lagt inn");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Hva som kan publiseres");
  await look(page, "settings-policy");

  box = await part(page, "Når");
  await box.getByLabel("Første svardag").fill("5.4.");
  await box.getByLabel("Siste svardag").fill("28.04.");
  await box.getByLabel("Purring 1").fill("12.04");
  await box.getByLabel("Måneden nye tall ventes").selectOption({ label: "september" });
  await keep(page, box);
  await says(page, "Innstillingene er lagt inn");

  box = await part(page, "Regionen");
  const notice = box.getByRole("group", { name: "Merknad til alle tall" });
  await notice.getByLabel("Bokmål", { exact: true }).fill("Prøve");
  await notice.getByLabel("Nynorsk").fill("");
  await notice.getByLabel("Engelsk").fill("");
  await keep(page, box);
  await says(page, "Innstillingene er lagt inn");

  const expected = before
    .replace(/notice = \{.*\}/, 'notice = "Prøve"')
    .replace('level = "region"', 'level = "municipality"')
    .replace("windows = [1, 2, 4]", "windows = [1, 3]")
    .replace("larger_units = []\n", 'larger_units = []\npool = [["5043", "5044"]]\nthirds_from = 15\n')
    .replace("update_month = 6", "update_month = 9");
  const calendar = '\n[calendar]\ncloses = "04-28"\nopens = "04-05"\nreminders = ["04-12"]\n';
  assert.equal(await projectFile(page), expected + calendar);

  // What was set is what is computed with: each municipality, no region.
  await step(page, "Tallene");
  assert.match(await readAloud(page), /Prøve/);
  await step(page, "Hvem skal spørres");
  await page.getByLabel("År", { exact: true }).fill("2027");
  await press(page, "Vis året");
  const wheel = (await downloaded(page, "Årshjulet til kalenderen (.ics)")).bytes.toString();
  assert.match(wheel, /DTSTART;VALUE=DATE:20270405/);
  const saved = await save(page);
  await done();

  const again = await workbench({ day: NEXT_YEAR });
  await openFile(again.page, await put("settings.bygdepuls", saved.bytes), PASSPHRASE);
  box = await part(again.page, "Når");
  assert.equal(await box.getByLabel("Første svardag").inputValue(), "05.04.");
  assert.equal(await box.getByLabel("Måneden nye tall ventes").inputValue(), "9");
  await again.done();
});

test("a wrong setting is told at its field, with its place, and nothing is kept", async () => {
  const { page, done } = await workbench();
  await demo(page);
  const before = await projectFile(page);
  let box = await part(page, "Hva som kan publiseres");
  const field = box.getByLabel("Tredeler fra så mange svar");
  await field.fill("5");
  await keep(page, box);
  await says(page, "Ingenting er endret");
  assert.equal(await field.getAttribute("aria-invalid"), "true");
  assert.equal(await page.evaluate(() => document.activeElement.id), "set-thirds_from");
  const described = await field.evaluate((one) => one.getAttribute("aria-describedby").split(" ").map((id) => document.getElementById(id).textContent).join(" "));
  assert.match(described, /Verdien har feil form\. Ventet: et helt tall fra 10 til 1000\./);
  assert.match(await readAloud(page), /project\.toml, linje \d+, disclosure\.thirds_from/);
  assert.deepEqual(await violations(page), []);
  await look(page, "settings-wrong");
  await field.fill("12");
  await box.getByLabel("År som slås sammen").fill("9");
  await keep(page, box);
  assert.match(await readAloud(page), /disclosure\.windows/);
  assert.equal(await field.getAttribute("aria-invalid"), null);

  box = await part(page, "Når");
  await box.getByLabel("Første svardag").fill("30.04.");
  await box.getByLabel("Siste svardag").fill("31.02.");
  await keep(page, box);
  assert.equal(await box.getByLabel("Siste svardag").getAttribute("aria-invalid"), "true");
  assert.equal(await box.getByLabel("Første svardag").getAttribute("aria-invalid"), null);

  // A wave whose cohorts the register does not have.
  box = await part(page, "Hvem som spørres");
  await box.getByLabel("År etter 10. klasse").last().fill("40");
  await keep(page, box);
  await says(page, "Ingenting er endret");
  assert.match(await readAloud(page), /registeret har ikke antallet 15-åringer/);
  await box.getByLabel("Kode").last().fill("1");
  await box.getByLabel("År etter 10. klasse").last().fill("13");
  await keep(page, box);
  assert.match(await readAloud(page), /project\.toml, linje \d+, wave\.code/);

  box = await part(page, "Prosjektfila som tekst");
  const area = box.getByLabel("project.toml");
  await area.fill(before.replace("update_month", "update_moth"));
  await keep(page, box);
  assert.match(await readAloud(page), /linje 143, output\.update_moth/);
  assert.equal(await projectFile(page), before);
  box = await part(page, "Prosjektfila som tekst");
  await box.getByLabel("project.toml").fill(before.replace("update_month = 6", "update_month = 7"));
  await keep(page, box);
  await says(page, "Innstillingene er lagt inn");
  const after = before.replace("update_month = 6", "update_month = 7");
  assert.equal(await projectFile(page), after);

  // What has no field: another file, and its place in the project file.
  box = await part(page, "Prosjektfila som tekst");
  const foreign = '\n[[foreign]]\nfile = "foreign/udir.csv"\npublisher = "Udir"\ndate = "2026-06-01"\nindicator = "return_intent"\nwave = "w1"\nmunicipality = "kommune"\nyear = "aar"\npercent = "andel"\n';
  await box.getByLabel("project.toml").fill(after + foreign);
  await keep(page, box);
  await says(page, "Ingenting er endret");
  assert.match(await readAloud(page), /foreign\.file/);
  for (const [name, word] of [["releases/0001.json", "leder ut"], ["foreign/udir.csv", "Fila er lagt inn"]]) {
    await box.getByLabel("Fil: En annen fil").setInputFiles(await put("udir.csv", "kommune,aar,andel\n5042,2026,54\n"));
    await box.getByLabel("Sti og navn i prosjektet").fill(name);
    await page.keyboard.press("Enter");
    await says(page, word);
  }
  await box.getByLabel("project.toml").fill(after + foreign);
  await keep(page, box);
  await says(page, "Innstillingene er lagt inn");
  assert.equal(await projectFile(page), after + foreign);
  await done();
});

test("other rules after something was published: it is said what that means, and what is out stands", async () => {
  const { page, done } = await workbench();
  await demo(page);
  await step(page, "Publiser");
  const first = unzip((await downloaded(page, "Last ned utgaven (zip)")).bytes);
  let box = await part(page, "Hva som kan publiseres");
  const spoken = await readAloud(page);
  assert.match(spoken, /1 utgave er publisert\. Det som er ute, står/);
  await look(page, "settings-published");
  await box.getByLabel("Femdeler fra så mange svar").fill("60");
  await keep(page, box);
  assert.equal(await page.locator("#wb-status").textContent(), "", "not without saying yes");
  await box.getByLabel("Ja, endre reglene").check();
  await keep(page, box);
  await says(page, "Alt som vises nå, er publisert før");
  await step(page, "Publiser");
  const second = unzip((await downloaded(page, "Last ned utgaven (zip)")).bytes);
  assert.equal(second.get("return_intent.csv").toString(), first.get("return_intent.csv").toString());
  // The base of what is out cannot be changed.
  box = await part(page, "Hva som kan publiseres");
  await box.getByLabel("«Vet ikke»").selectOption({ label: "Regnes med, som ikke ja" });
  await box.getByLabel("Ja, endre reglene").check();
  await keep(page, box);
  await says(page, "Ingenting er endret");
  assert.match(await page.evaluate(() => document.activeElement.innerText), /project\.toml, disclosure[\s\S]*hold fast ved/);
  await look(page, "settings-base");
  await done();
});

test("registers of the findings, each with its check, and a trial by its columns", async () => {
  const { page, done } = await workbench();
  await demo(page);
  let box = await part(page, "Registre som funnene leser");
  const drop = (name) => page.getByLabel(`Fil: ${name}`);
  const lay = async (name, path, label) => {
    await drop(name).setInputFiles(path);
    await page.locator("form", { has: drop(name) }).getByRole("button", { name: label }).focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => !document.body.hasAttribute("aria-busy"));
  };
  await lay("Tiltak", await put("tiltak.csv", "id,title_nb,responsible,status,answers\nT1,Kveldsbuss,AtB,begun,h2\n"), "Bytt fila");
  await says(page, "Fila er ikke lagt inn");
  assert.match(await readAloud(page), /register\/measures\.csv, linje 2, status/);
  assert.equal(await drop("Tiltak").getAttribute("aria-invalid"), "true");
  await lay("Tiltak", await put("tiltak.csv", "id,title_nb,responsible,status,answers\nT1,Kveldsbuss,AtB,started,h2\n"), "Bytt fila");
  await says(page, "Fila er lagt inn");
  await lay("Flyttinger", await put("flytt.csv", "cohort,home,moved\n2014,5042,2020\n"), "Bytt fila");
  await says(page, "Fila er lagt inn");
  await lay("Klasselister", await put("klasse.csv", "year,wave,municipality,invited\n2026,1,5042,21\n"), "Legg inn fila");
  await says(page, "Fila er lagt inn");
  await press(page, "Ta bort: Notater fra ungdomsråd og samtaler");
  await says(page, "Tatt bort");

  await press(page, "Ta bort: transport");
  await says(page, "Tatt bort");
  const rows = ["hvor,når,minutter,tur,alder"];
  for (let at = 0; at < 20; at++) rows.push(`${at % 2 ? "bygda" : "andre"},${at < 10 ? "i fjor" : "i år"},${20 + ((at * 7) % 11)},${at % 3},${15 + (at % 3)}`);
  await box.getByLabel("Kort navn på forsøket").fill("Buss");
  await drop("Forsøk, før og etter").setInputFiles(await put("buss.csv", `${rows.join("\n")}\n`));
  await says(page, "Velg hva kolonnene er");
  await box.getByLabel("Kolonnen med det som skulle endres").selectOption("tur");
  await box.getByLabel("2", { exact: true }).check();
  await box.getByLabel("Kolonnen som sier når").selectOption("når");
  await box.getByLabel("Før heter").selectOption("i fjor");
  await box.getByLabel("Etter heter").selectOption("i år");
  await box.getByLabel("Kolonnen som sier hvor").selectOption("hvor");
  await box.getByLabel("Der det ble prøvd, heter").selectOption("bygda");
  await box.getByLabel("Der det ikke ble prøvd, heter").selectOption("andre");
  await box.getByLabel("alder").check();
  await look(page, "settings-trial");
  assert.deepEqual(await violations(page), []);
  await press(page, "Legg inn forsøket");
  await says(page, "Fila er ikke lagt inn");
  assert.equal(await box.getByLabel("Kort navn på forsøket").getAttribute("aria-invalid"), "true", "an id has small letters");
  await box.getByLabel("Kort navn på forsøket").fill("buss");
  await press(page, "Legg inn forsøket");
  await says(page, "Fila er lagt inn");

  const kept = await files(page);
  assert.equal(kept.get("registers-invented/moves.csv").toString(), "cohort,home,moved\n2014,5042,2020\n");
  assert.equal(kept.get("register/invited.csv").toString(), "year,wave,municipality,invited\n2026,1,5042,21\n");
  assert.ok(!kept.has("registers-invented/notes.csv") && !kept.has("registers-invented/transport.csv"));
  const project = kept.get("project.toml").toString();
  const trial = project.slice(project.indexOf("[[findings.trial]]")).split("\n\n")[0].split("\n").slice(1).sort();
  assert.deepEqual(trial, [
    'after = "i år"',
    'baseline = ["alder"]',
    'before = "i fjor"',
    'comparison = "andre"',
    'file = "register/trial-buss.csv"',
    'group = "hvor"',
    'id = "buss"',
    'outcome = "tur"',
    'period = "når"',
    'trial = "bygda"',
    'yes = ["2"]',
  ]);
  assert.match(project, /# Invented, as the answers are\./);
  await step(page, "Funn og rapport");
  await page.getByLabel(/taushetsplikt/).check();
  await page.waitForFunction(() => !document.body.hasAttribute("aria-busy"));
  assert.match(await readAloud(page), /buss/);
  await done();
});

test("municipalities are found by any name, suggested and never guessed", async () => {
  const { page, done } = await workbench();
  await unfold(page, "Fyll ut for en ny region");
  const box = page.getByLabel("Finn en kommune");
  const search = async (word) => {
    await box.fill(word);
    await page.keyboard.press("Enter");
    return page.locator("#wb-search-found").innerText();
  };
  assert.match(await search("Ringeby"), /mente du 3439 Ringebu \(Innlandet, 2020–\)\?[\s\S]*Legg til 3439 Ringebu \(Innlandet\)/);
  assert.equal(await page.getByLabel("Kommunene").inputValue(), "", "nothing was chosen yet");
  await look(page, "search");
  assert.deepEqual(await violations(page), []);
  await press(page, "Legg til 3439 Ringebu (Innlandet)");
  assert.match(await status(page), /3439 Ringebu er lagt til/);
  for (const [word, label] of [["Snåase", /5041 Snåase – Snåsa/], ["5042", /5042 Lierne/], ["herøy", /Flere kommuner passer[\s\S]*1515 Herøy[\s\S]*1818 Herøy/], ["Audnedal", /Ikke i bruk 2026-12-31[\s\S]*Legg til 4225 Lyngdal \(Agder\)/]]) {
    assert.match(await search(word), label, word);
  }
  assert.match(await search("Xyzw"), /Ingen kommune har eller har hatt navnet «Xyzw»/);
  assert.equal(await page.getByLabel("Kommunene").inputValue(), "3439 Ringebu");
  await search("ringebu");
  await press(page, "Legg til 3439 Ringebu (Innlandet)");
  assert.match(await status(page), /står der fra før/);

  // In a project that is there: a choice in its questionnaire, and missing in its register until that is exchanged.
  await demo(page);
  const settings = await part(page, "Kommunene");
  await settings.getByLabel("Finn en kommune").fill("høylandet");
  await page.keyboard.press("Enter");
  await press(page, "Legg til 5046 Høylandet (Trøndelag)");
  await keep(page, settings);
  await says(page, "Innstillingene er lagt inn");
  assert.match(await readAloud(page), /registeret har ikke antallet 15-åringer/);
  const kept = await files(page);
  assert.match(kept.get("project.toml").toString(), /name = "Grong"\n\n\[\[municipality\]\]\ncode = "5046"\nname = "Høylandet"\n\n\[questionnaire\]/);
  assert.match(kept.get("questionnaire/choices.csv").toString(), /\nkommune,5046,Høylandet,Høylandet,Høylandet,/);
  await done();
});

test("Statistics Norway's own table is the population of a new project", async () => {
  const { page, done } = await workbench();
  await unfold(page, "Fyll ut for en ny region");
  await page.getByLabel("Navnet på regionen").fill("Nordre Land");
  await page.getByLabel("Kommunene").fill("3448 Nordre Land");
  await page.getByLabel("Siste svardag").fill("2027-04-30");
  const head = '"07459: Befolkning"\r\n\r\n"region";"kjønn";"alder";"år";"Personer"\r\n';
  const table = (age) => head + [2014, 2019, 2024, 2027].flatMap((year) => ["Kvinner", "Menn"].map((sex, at) => `"3448 Nordre Land";"${sex}";"${age}";"${year}";${20 + at}`)).join("\r\n");
  const file = page.getByLabel("Folketallet", { exact: true });
  await file.setInputFiles(await put("07459.csv", table("10-19 år")));
  await press(page, "Lag prosjektet");
  await says(page, "Noe må rettes");
  assert.match(await readAloud(page), /07459\.csv[\s\S]*ettårige trinn/);
  await file.setInputFiles(await put("07459.csv", table("15 år")));
  await press(page, "Lag prosjektet");
  await says(page, "er laget");
  assert.match(await readAloud(page), /Ingen feil/);
  const kept = await files(page);
  assert.equal(kept.get("register/population.csv").toString(), `kommunenr,year,age,total,female,male\n${[2014, 2019, 2024, 2027].map((year) => `3448,${year},15,41,20,21\n`).join("")}`);
  await done();
});

test("several files of an export are read as one, with tabs too", async () => {
  const { page, done } = await workbench({ day: NEXT_YEAR });
  await demo(page);
  const [rows, items] = await nextYear();
  const tabs = (some) => limeSurvey(some, items).toString().replaceAll('";"', '"\t"');
  const weeks = [await put("uke1.tsv", tabs(rows.slice(0, 80))), await put("uke2.tsv", tabs(rows.slice(80)))];
  await read(page, 2027, weeks);
  await says(page, "Fila er lest");
  const report = await readAloud(page);
  assert.match(report, /uke1\.tsv[\s\S]*uke2\.tsv/);
  await look(page, "two-files");
  await page.getByLabel("Siste svardag").fill("2027-04-30");
  await press(page, "Legg svarene inn i prosjektet");
  await says(page, "2027 ligger i prosjektet");
  const answers = (await files(page)).get("answers/2027.csv").toString();
  const packed = { "uker/uke1.csv": limeSurvey(rows.slice(0, 80), items), "uker/uke2.csv": limeSurvey(rows.slice(80), items) };
  for (const [name, bytes] of [["alt.csv", limeSurvey(rows, items)], ["uker.zip", zip(packed)]]) {
    await read(page, 2027, await put(name, bytes));
    await says(page, "Fila er lest");
    await press(page, "Legg svarene inn i prosjektet");
    await says(page, "2027 ligger i prosjektet");
    assert.equal((await files(page)).get("answers/2027.csv").toString(), answers, `the same answers: ${name}`);
  }
  await done();
});

test("a project without a population yet can be set up", async () => {
  const { page, done } = await workbench();
  await unfold(page, "Fyll ut for en ny region");
  await page.getByLabel("Navnet på regionen").fill("Nordre Land");
  await page.getByLabel("Kommunene").fill("3448 Nordre Land");
  await press(page, "Lag prosjektet");
  await says(page, "er laget");
  const box = await part(page, "Hvem som spørres");
  await box.getByLabel("År etter 10. klasse").last().fill("14");
  await press(page, "Legg til en bølge");
  await keep(page, box);
  assert.equal(await page.evaluate(() => document.activeElement.validity.valueMissing), true, "an empty row is not sent");
  await press(page, "Ta bort: Bølge 5");
  await keep(page, box);
  await says(page, "Innstillingene er lagt inn");
  assert.match(await projectFile(page), /code = "4"\nyears_after = 14\n/);
  await done();
});

test("nynorsk in all settings", async () => {
  const { page, done } = await workbench();
  await press(page, "Nynorsk");
  await press(page, "Opne demodata");
  await says(page, "Indre Namdal er opna");
  await press(page, /^2\. Innstillingar$/, { exact: undefined });
  await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
  const spoken = await page.evaluate(() => document.querySelector("main").innerText);
  assert.match(spoken, /Kva som kan publiserast/);
  assert.doesNotMatch(spoken, /\b(ikke|hvem|hva|fra|hvor|samme|spørreskjema|svarene|kommunene|noen|når det|blir ikke)\b/i);
  await done();
});

for (const [mode, context] of Object.entries(MODES)) {
  test(`every part of the settings can be read: ${mode}`, async () => {
    const { page, done } = await workbench(context);
    await demo(page);
    await step(page, "Innstillinger");
    for (const name of ["Regionen", "Kommunene", "Når", "Hvem som spørres", "Hva som kan publiseres", "Hva som regnes ut", "Registre som funnene leser", "Prosjektfila som tekst"]) {
      await unfold(page, name);
      assert.equal(await sideways(page), false, `${mode}: ${name}`);
    }
    assert.deepEqual(await violations(page), []);
    await look(page, `settings-${mode}`);
    await done();
  });
}
