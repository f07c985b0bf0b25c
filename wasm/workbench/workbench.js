// The workbench: guided steps around a project that never leaves the tab. The core in WebAssembly reads, counts and
// protects; this file shows what it says. The build puts `bindings`, MODULE, DEMO and WIDGET before it.
"use strict";

const LANGUAGES = { nb: "Bokmål", nn: "Nynorsk" };
const STEPS = ["start", "answers", "due", "figures", "publish", "save"];

const WORDS = {
  nb: {
    title: "Bygdepuls arbeidsbenk",
    lead: "Alt skjer i denne nettleserfanen. Ingenting sendes noe sted.",
    skip: "Hopp til innholdet",
    steps: "Steg",
    languages: "Språk",
    start: "Start",
    answers: "Årets svar",
    due: "Hvem skal spørres",
    figures: "Tallene",
    publish: "Publiser",
    save: "Lagre",
    openTitle: "Åpne prosjektfila",
    openHelp: "Fila som ble lagret sist (slutter på .bygdepuls), eller en zip-fil med hele prosjektmappa.",
    file: "Fil",
    passphrase: "Passord",
    passphraseAgain: "Passordet en gang til",
    open: "Åpne",
    demoTitle: "Prøv med demodata",
    demoHelp: "Indre Namdal med oppdiktede svar. Ekte registertall.",
    demo: "Åpne demodata",
    newTitle: "Begynn et nytt prosjekt",
    newHelp: "Lag prosjektet ut fra malen, og legg til kommunene.",
    regionName: "Navnet på regionen",
    municipalities: "Kommunene, én på hver linje: nummer og navn",
    population: "Folketallet etter alder (CSV, som register/population.csv i malen)",
    make: "Lag prosjektet",
    nothingOpen: "Åpne et prosjekt først, under Start.",
    working: "Arbeider …",
    opened: (region) => `${region} er åpnet.`,
    inside: "I prosjektet",
    rounds: "Runder med svar",
    year: "År",
    closes: "Siste svardag",
    counted: "Svar som teller",
    leftOut: "Utelatt",
    problems: "Må rettes",
    warnings: "Se på dette",
    noProblems: "Ingen feil.",
    place: "Sted",
    what: "Hva",
    expected: "Ventet",
    help: "Gjør dette",
    exportTitle: "Legg inn årets svar",
    exportHelp: "Eksporten fra Nettskjema, Microsoft Forms, SurveyXact, LimeSurvey eller et annet verktøy. Dra fila hit, eller velg den.",
    exportFile: "Fila fra skjemaverktøyet",
    read: "Les fila",
    add: "Legg svarene inn i prosjektet",
    added: (year) => `Svarene for ${year} ligger i prosjektet. Husk å lagre.`,
    repair: "Reparasjonsrapport",
    public: "Det som kan publiseres",
    internal: "Interne tall",
    duty: "Jeg har taushetsplikt og trenger de nøyaktige tallene i arbeidet mitt",
    mark: "INTERNT – unntatt offentlighet",
    internalOnly: "Prosjektet er satt opp slik at ingenting publiseres.",
    publishHelp: "Alt er kontrollert sammen med det som er publisert før. Zip-fila kan gis til nettredaktøren. Prosjektet husker hva som er publisert: lagre prosjektfila etterpå.",
    nothingNew: "Alt som vises, er publisert før. Zip-fila blir den samme.",
    newEdition: "Dette blir en ny utgave.",
    download: "Last ned utgaven (zip)",
    downloaded: "Utgaven er laget. Lagre prosjektfila nå: den husker hva som er publisert.",
    saveHelp: "Prosjektfila er kryptert. Den inneholder svar fra alle år, og er det en etterfølger trenger, sammen med passordet. Uten passordet kan ingen åpne den, heller ikke vi.",
    passphraseHelp: "Minst 12 tegn. Fire eller fem ord som ingen andre ville satt sammen.",
    saveNow: "Lagre prosjektfila",
    saved: "Prosjektfila er lagret.",
    differ: "De to passordene er ikke like.",
    unsaved: "Det er endringer som ikke er lagret.",
    dueHelp: "Kull som skal spørres, etter registeret.",
    cohort: "Kull",
    wave: "Bølge",
    failed: "Det gikk ikke",
    found: "Funnet",
    columns: "Kolonner",
    column: "Kolonne",
    becomes: "Blir til",
    changes: "Det som ble gjort",
    rowsRead: "Skjema lest",
    rowsKept: "Skjema tatt med",
    dialect: "Verktøy",
    dropped: "Utelatt, med linje",
    missing: "Spørsmål som fila ikke har",
    notReady: "Fila kan ikke legges inn før dette er rettet.",
    ready: "Fila er lest. Se over rapporten, og legg svarene inn.",
    municipality: "Kommune",
    reachable: "Kan nås",
    invited: "Invitert",
    answered: "Svart",
    rate: "Svarprosent",
    showDue: "Vis",
    calendar: "Last ned årshjulet (.ics)",
    invitations: "Invitasjonsliste",
    reminders: "Purreliste",
    internalList: "Internt: lista har navn og adresser.",
    toInvite: "å invitere",
    toRemind: "å purre",
    cohortSize: "Kullet",
  },
  nn: {
    title: "Bygdepuls arbeidsbenk",
    lead: "Alt skjer i denne nettlesarfana. Ingenting blir sendt nokon stad.",
    skip: "Hopp til innhaldet",
    steps: "Steg",
    languages: "Språk",
    start: "Start",
    answers: "Svara i år",
    due: "Kven skal spørjast",
    figures: "Tala",
    publish: "Publiser",
    save: "Lagre",
    openTitle: "Opne prosjektfila",
    openHelp: "Fila som vart lagra sist (sluttar på .bygdepuls), eller ei zip-fil med heile prosjektmappa.",
    file: "Fil",
    passphrase: "Passord",
    passphraseAgain: "Passordet ein gong til",
    open: "Opne",
    demoTitle: "Prøv med demodata",
    demoHelp: "Indre Namdal med oppdikta svar. Ekte registertal.",
    demo: "Opne demodata",
    newTitle: "Byrj eit nytt prosjekt",
    newHelp: "Lag prosjektet ut frå malen, og legg til kommunane.",
    regionName: "Namnet på regionen",
    municipalities: "Kommunane, éin på kvar linje: nummer og namn",
    population: "Folketalet etter alder (CSV, som register/population.csv i malen)",
    make: "Lag prosjektet",
    nothingOpen: "Opne eit prosjekt først, under Start.",
    working: "Arbeider …",
    opened: (region) => `${region} er opna.`,
    inside: "I prosjektet",
    rounds: "Rundar med svar",
    year: "År",
    closes: "Siste svardag",
    counted: "Svar som tel",
    leftOut: "Utelatne",
    problems: "Må rettast",
    warnings: "Sjå på dette",
    noProblems: "Ingen feil.",
    place: "Stad",
    what: "Kva",
    expected: "Venta",
    help: "Gjer dette",
    exportTitle: "Legg inn svara frå i år",
    exportHelp: "Eksporten frå Nettskjema, Microsoft Forms, SurveyXact, LimeSurvey eller eit anna verktøy. Dra fila hit, eller vel henne.",
    exportFile: "Fila frå skjemaverktøyet",
    read: "Les fila",
    add: "Legg svara inn i prosjektet",
    added: (year) => `Svara for ${year} ligg i prosjektet. Hugs å lagre.`,
    repair: "Reparasjonsrapport",
    public: "Det som kan publiserast",
    internal: "Interne tal",
    duty: "Eg har teieplikt og treng dei nøyaktige tala i arbeidet mitt",
    mark: "INTERNT – unntatt offentlighet",
    internalOnly: "Prosjektet er sett opp slik at ingenting blir publisert.",
    publishHelp: "Alt er kontrollert saman med det som er publisert før. Zip-fila kan givast til nettredaktøren. Prosjektet hugsar kva som er publisert: lagre prosjektfila etterpå.",
    nothingNew: "Alt som blir vist, er publisert før. Zip-fila blir den same.",
    newEdition: "Dette blir ei ny utgåve.",
    download: "Last ned utgåva (zip)",
    downloaded: "Utgåva er laga. Lagre prosjektfila no: ho hugsar kva som er publisert.",
    saveHelp: "Prosjektfila er kryptert. Ho inneheld svar frå alle år, og er det ein etterfølgjar treng, saman med passordet. Utan passordet kan ingen opne henne, heller ikkje vi.",
    passphraseHelp: "Minst 12 teikn. Fire eller fem ord som ingen andre ville sett saman.",
    saveNow: "Lagre prosjektfila",
    saved: "Prosjektfila er lagra.",
    differ: "Dei to passorda er ikkje like.",
    unsaved: "Det er endringar som ikkje er lagra.",
    dueHelp: "Kull som skal spørjast, etter registeret.",
    cohort: "Kull",
    wave: "Bølgje",
    failed: "Det gjekk ikkje",
    found: "Funne",
    columns: "Kolonnar",
    column: "Kolonne",
    becomes: "Blir til",
    changes: "Det som vart gjort",
    rowsRead: "Skjema lesne",
    rowsKept: "Skjema tekne med",
    dialect: "Verktøy",
    dropped: "Utelatne, med linje",
    missing: "Spørsmål som fila ikkje har",
    notReady: "Fila kan ikkje leggjast inn før dette er retta.",
    ready: "Fila er lesen. Sjå over rapporten, og legg svara inn.",
    municipality: "Kommune",
    reachable: "Kan nåast",
    invited: "Invitert",
    answered: "Svara",
    rate: "Svarprosent",
    showDue: "Vis",
    calendar: "Last ned årshjulet (.ics)",
    invitations: "Invitasjonsliste",
    reminders: "Purreliste",
    internalList: "Internt: lista har namn og adresser.",
    toInvite: "å invitere",
    toRemind: "å purre",
    cohortSize: "Kullet",
  },
};

const state = { lang: "nb", step: "start", overview: null, changed: false, internal: false, report: null, year: null, bench: null };
const t = (key, ...values) => {
  const word = WORDS[state.lang][key];
  return typeof word === "function" ? word(...values) : word;
};

/** An element. Texts are texts: nothing that a file says becomes markup. */
const h = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined && value !== null) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
};

/** Markup that the core wrote and escaped. */
const written = (markup) => {
  const box = h("div", { class: "wb-figure" });
  box.innerHTML = markup;
  return box;
};

const today = () => {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
};

const say = (text, kind = "done") => {
  const status = document.getElementById("wb-status");
  status.className = `wb-status wb-${kind}`;
  status.textContent = text;
};

/** Does something slow: says so first, lets the page draw, and tells what went wrong. */
const slowly = async (work) => {
  document.body.setAttribute("aria-busy", "true");
  say(t("working"), "working");
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  try {
    say((await work()) ?? "");
  } catch (error) {
    say(`${t("failed")}: ${error.message ?? error}`, "wrong");
  } finally {
    document.body.removeAttribute("aria-busy");
  }
};

const download = (name, bytes, type) => {
  const address = URL.createObjectURL(new Blob([bytes], { type }));
  const link = h("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
};

const bytesOf = async (file) => new Uint8Array(await file.arrayBuffer());

const refresh = () => {
  state.overview = JSON.parse(state.bench.overview(today(), state.lang));
};

const field = (id, label, input, help) =>
  h("div", { class: "wb-field" }, h("label", { for: id }, label), help ? h("p", { id: `${id}-help`, class: "wb-help" }, help) : null, input);

const input = (id, attributes, help) => h("input", { id, "aria-describedby": help ? `${id}-help` : undefined, ...attributes });

/** A place where a file can be dropped, which is a file field for everybody else. */
const drop = (id, label, help, attributes = {}) => {
  const chooser = input(id, { type: "file", required: true, ...attributes }, help);
  const box = field(id, label, chooser, help);
  box.classList.add("wb-drop");
  box.addEventListener("dragover", (event) => {
    event.preventDefault();
    box.classList.add("wb-over");
  });
  box.addEventListener("dragleave", () => box.classList.remove("wb-over"));
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    box.classList.remove("wb-over");
    if (event.dataTransfer.files.length) {
      chooser.files = event.dataTransfer.files;
      chooser.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
  return box;
};

const form = (onsubmit, ...children) =>
  h(
    "form",
    {
      class: "wb-form",
      onsubmit: (event) => {
        event.preventDefault();
        onsubmit(new FormData(event.target), event.target);
      },
    },
    ...children,
  );

const button = (label, attributes = {}) => h("button", { type: "submit", class: "wb-button", ...attributes }, label);

const table = (caption, heads, rows) =>
  h(
    "div",
    { class: "bp-scroll", tabindex: "0", role: "region", "aria-label": caption },
    h(
      "table",
      {},
      h("caption", {}, caption),
      h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", {}, rows.map(([first, ...rest]) => h("tr", {}, h("th", { scope: "row" }, first), rest.map((cell) => h("td", {}, cell))))),
    ),
  );

const problemsOf = ({ problems = [], more = [] }) => {
  const place = ({ file, line, column }) => [file, line, column].filter((part) => part !== null && part !== undefined).join(", ");
  const list = (severity, title) => {
    const some = problems.filter((problem) => problem.severity === severity);
    if (!some.length) return null;
    const rows = some.map((problem) => [place(problem), problem.message, problem.expected ?? "", problem.help ?? ""]);
    return h("section", { class: `wb-problems wb-${severity}` }, table(`${title} (${some.length})`, [t("place"), t("what"), t("expected"), t("help")], rows));
  };
  const rest = more.map(({ file, more: count }) => h("p", {}, `${file}: + ${count}`));
  return [list("error", t("problems")), list("warning", t("warnings")), ...rest];
};

/** What was done to an export, and what it lacks. */
const repairs = (report) => {
  const tables = (report.files ?? []).map((file) => {
    const facts = [[t("dialect"), `${file.dialect} (${file.encoding})`], [t("rowsRead"), String(file.records)], [t("rowsKept"), String(file.written)]];
    if (file.dropped?.length) facts.push([t("dropped"), file.dropped.map((one) => one.line).join(", ")]);
    const columns = (file.columns ?? []).map((column) => [
      column.heading,
      column.variable ?? column.becomes,
      (column.changes ?? []).map((one) => `${one.change}: ${one.count}`).join(", "),
    ]);
    return [table(file.file, [t("what"), t("found")], facts), table(t("columns"), [t("column"), t("becomes"), t("changes")], columns)];
  });
  const missing = (report.variables ?? []).filter((one) => one.question && !one.in_export).map((one) => one.name);
  const lacking = missing.length ? h("p", {}, `${t("missing")}: ${missing.join(", ")}`) : null;
  return [...problemsOf(report), ...tables.flat(), lacking];
};

const summary = () => {
  const { overview } = state;
  if (!overview) return null;
  const counted = new Map(overview.counted ?? []);
  const left = new Map();
  for (const [year, rows, why] of overview.left_out ?? []) left.set(year, [...(left.get(year) ?? []), `${rows} ${why}`]);
  const rows = (overview.rounds ?? []).map(({ year, closes }) => [String(year), closes, String(counted.get(year) ?? ""), (left.get(year) ?? []).join(", ")]);
  return [
    overview.notice ? h("p", { class: "wb-notice" }, h("strong", {}, overview.notice)) : null,
    rows.length ? table(t("rounds"), [t("year"), t("closes"), t("counted"), t("leftOut")], rows) : null,
    ...problemsOf(overview),
    overview.errors === 0 ? h("p", {}, t("noProblems")) : null,
  ];
};

const opened = () => {
  refresh();
  render();
  return t("opened", state.overview.region ?? "");
};

const pages = {
  start: () => [
    h(
      "section",
      { "aria-labelledby": "wb-open" },
      h("h3", { id: "wb-open" }, t("openTitle")),
      form(
        (data) =>
          slowly(async () => {
            state.bench.open(await bytesOf(data.get("file")), data.get("passphrase"), state.lang);
            state.changed = false;
            return opened();
          }),
        drop("wb-file", t("file"), t("openHelp"), { name: "file", accept: ".bygdepuls,.zip" }),
        field("wb-pass", t("passphrase"), input("wb-pass", { type: "password", name: "passphrase", autocomplete: "off" })),
        button(t("open")),
      ),
    ),
    h(
      "section",
      { "aria-labelledby": "wb-demo" },
      h("h3", { id: "wb-demo" }, t("demoTitle")),
      h("p", {}, t("demoHelp")),
      form(
        () =>
          slowly(async () => {
            state.bench.open(await demo(), "", state.lang);
            state.changed = false;
            return opened();
          }),
        button(t("demo")),
      ),
    ),
    state.overview ? h("section", { "aria-labelledby": "wb-inside" }, h("h3", { id: "wb-inside" }, t("inside")), summary()) : null,
  ],

  answers: () => {
    const { report } = state;
    const reading = form(
      (data) =>
        slowly(async () => {
          const file = data.get("export");
          state.report = JSON.parse(state.bench.import(file.name, await bytesOf(file), state.lang));
          render();
          return t(state.report.errors ? "notReady" : "ready");
        }),
      drop("wb-export", t("exportFile"), t("exportHelp"), { name: "export" }),
      button(t("read")),
    );
    const adding = form(
      (data) =>
        slowly(() => {
          const year = Number(data.get("year"));
          state.bench.add_round(year, data.get("closes"));
          state.report = null;
          state.changed = true;
          refresh();
          render();
          return t("added", year);
        }),
      field("wb-year", t("year"), input("wb-year", { name: "year", type: "number", min: 1990, max: 2100, required: true, value: today().slice(0, 4) })),
      field("wb-closes", t("closes"), input("wb-closes", { name: "closes", type: "date", required: true })),
      button(t("add")),
    );
    const done = report ? [h("h3", {}, t("repair")), ...repairs(report), report.errors ? null : adding] : [];
    return [h("h3", {}, t("exportTitle")), reading, ...done, report ? null : summary()];
  },

  due: () => {
    const year = state.year ?? Number(today().slice(0, 4)) + 1;
    const track = JSON.parse(state.bench.track(year, today(), state.lang));
    const named = (list, key, code) => list?.find((entry) => entry[key] === code)?.name?.[state.lang] ?? code;
    const wave = (row) => named(track.waves, "wave", row.wave);
    const place = (row) => named(track.municipalities, "municipality", row.municipality);
    const count = (value) => (value === null || value === undefined ? "–" : String(value));
    const percent = (value) => (value === null || value === undefined ? "–" : `${Math.round(100 * value)}\u00a0%`);
    const due = (track.due ?? []).map((row) => [wave(row), String(row.cohort), place(row), count(row.population), count(row.reachable), count(row.invited), count(row.answered)]);
    const all = (track.response ?? []).filter((row) => row.sex === "all" && row.year >= year - 1);
    const response = all.map((row) => [wave(row), String(row.year), place(row), count(row.n_population), count(row.n_answered), percent(row.rate)]);
    const lists = (track.mailings ?? []).filter((one) => one.year === year);
    const list = (one, reminders) =>
      h("li", {}, h("button", { type: "button", class: "wb-button", onclick: () =>
        slowly(() => {
          const bytes = state.bench.mailing(year, one.wave, reminders, today(), state.lang);
          download(`${year}-${one.wave}-${reminders ? "reminders" : "invitations"}.csv`, bytes, "text/csv");
        }),
      }, `${t(reminders ? "reminders" : "invitations")}: ${wave(one)} (${reminders ? one.to_remind : one.to_invite} ${t(reminders ? "toRemind" : "toInvite")})`));
    return [
      h("p", { class: "bp-mark" }, h("strong", { lang: "nb" }, t("mark"))),
      h("p", {}, t("dueHelp")),
      form(
        (data) => {
          state.year = Number(data.get("year"));
          slowly(() => render());
        },
        field("wb-due", t("year"), input("wb-due", { name: "year", type: "number", min: 1990, max: 2100, required: true, value: String(year) })),
        button(t("showDue")),
      ),
      ...problemsOf(track),
      due.length ? table(`${t("due")} ${year}`, [t("wave"), t("cohort"), t("municipality"), t("cohortSize"), t("reachable"), t("invited"), t("answered")], due) : null,
      lists.length ? h("section", {}, h("p", {}, t("internalList")), h("ul", { class: "wb-steps" }, lists.flatMap((one) => [list(one, false), list(one, true)]))) : null,
      h("p", {}, h("button", { type: "button", class: "wb-button", onclick: () => slowly(() => download(`${year}.ics`, state.bench.calendar(year, today(), state.lang), "text/calendar")) }, t("calendar"))),
      response.length ? table(t("rate"), [t("wave"), t("year"), t("municipality"), t("cohortSize"), t("answered"), t("rate")], response) : null,
    ];
  },

  figures: () => {
    const choice = h("input", { type: "checkbox", id: "wb-duty", checked: state.internal, onchange: (event) => {
      state.internal = event.target.checked;
      slowly(() => render());
    } });
    const label = h("p", { class: "wb-check" }, choice, " ", h("label", { for: "wb-duty" }, t("duty")));
    const markup = state.bench.figures(state.internal, today(), state.lang);
    const mark = state.internal ? h("p", { class: "bp-mark" }, h("strong", { lang: "nb" }, t("mark"))) : null;
    const none = state.overview.internal_only && !state.internal ? h("p", {}, t("internalOnly")) : null;
    return [label, h("h3", {}, t(state.internal ? "internal" : "public")), mark, none, written(markup), ...problemsOf(state.overview)];
  },

  publish: () => {
    if (state.overview.internal_only) return [h("p", {}, t("internalOnly"))];
    return [
      h("p", {}, t("publishHelp")),
      h("p", {}, t(state.overview.release ? "newEdition" : "nothingNew")),
      ...problemsOf(state.overview),
      form(
        () =>
          slowly(async () => {
            const zip = state.bench.publish(today(), state.lang);
            state.changed = true;
            download(`${state.overview.id}-${today()}.zip`, zip, "application/zip");
            refresh();
            render();
            return t("downloaded");
          }),
        button(t("download"), { disabled: state.overview.errors > 0 }),
      ),
    ];
  },

  save: () => [
    h("p", {}, t("saveHelp")),
    form(
      (data) => {
        if (data.get("first") !== data.get("second")) return say(t("differ"), "wrong");
        return slowly(async () => {
          const sealed = state.bench.save(data.get("first"), state.lang);
          download(`${state.overview.id}-${today()}.bygdepuls`, sealed, "application/octet-stream");
          state.changed = false;
          render();
          return t("saved");
        });
      },
      field("wb-first", t("passphrase"), input("wb-first", { type: "password", name: "first", required: true, minlength: 12, autocomplete: "new-password" }, true), t("passphraseHelp")),
      field("wb-second", t("passphraseAgain"), input("wb-second", { type: "password", name: "second", required: true, autocomplete: "new-password" })),
      button(t("saveNow")),
    ),
  ],
};

const go = (step) => {
  state.step = step;
  say("");
  slowly(() => {
    render();
    document.getElementById("wb-heading").focus();
    return "";
  });
};

function render() {
  document.documentElement.lang = state.lang;
  document.title = `${t(state.step)} – ${t("title")}`;
  const languages = Object.entries(LANGUAGES).map(([lang, name]) =>
    h("li", {}, h("button", { type: "button", lang, "aria-pressed": String(lang === state.lang), onclick: () => {
      state.lang = lang;
      if (state.overview) refresh();
      render();
    } }, name)),
  );
  const steps = STEPS.map((step, at) =>
    h("li", {}, h("button", { type: "button", "aria-current": step === state.step ? "step" : undefined, onclick: () => go(step) }, `${at + 1}. ${t(step)}`)),
  );
  const isOpen = state.overview !== null || state.step === "start";
  const content = isOpen ? pages[state.step]() : [h("p", {}, t("nothingOpen"))];
  const region = state.overview?.region;
  document.getElementById("wb").replaceChildren(
    h("a", { class: "bp-skip", href: "#wb-heading" }, t("skip")),
    h(
      "header",
      { class: "bp-top" },
      h("nav", { "aria-label": t("languages") }, h("ul", { class: "wb-languages" }, languages)),
      h("h1", {}, region ? `${t("title")}: ${region}` : t("title")),
      h("p", { class: "bp-lead" }, t("lead")),
      h("nav", { "aria-label": t("steps") }, h("ol", { class: "wb-steps" }, steps)),
    ),
    h("main", {}, h("h2", { id: "wb-heading", tabindex: "-1" }, t(state.step)), ...content.flat(3).filter(Boolean)),
    state.changed ? h("p", { class: "wb-unsaved" }, t("unsaved")) : "",
  );
}

const unpacked = async (text) => {
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
};
const demo = () => unpacked(DEMO);

addEventListener("beforeunload", (event) => {
  if (state.changed) event.preventDefault();
});

(async () => {
  await bindings({ module_or_path: await unpacked(MODULE) });
  state.bench = new bindings.Workbench();
  for (const [name, bytes] of Object.entries(WIDGET)) state.bench.widget(`assets/${name}`, await unpacked(bytes));
  state.lang = navigator.language.startsWith("nn") ? "nn" : "nb";
  render();
  document.documentElement.dataset.ready = "true";
})().catch((error) => {
  document.getElementById("wb-status").textContent = String(error);
});
