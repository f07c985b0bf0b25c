// Project settings: what the project file says, in fields. Nothing is kept that `check` would not take.

/** Words in one language, of a text that may be the same in all. */
const wordsIn = (value, lang) => (value && typeof value === "object" ? value[lang] : value) ?? "";

/** Words as the project file has them: one string where all are the same, nothing where there are none. */
const wordsOf = (data, name) => {
  const nb = data.get(`${name}-nb`).trim();
  const [nn, en] = ["nn", "en"].map((lang) => data.get(`${name}-${lang}`).trim() || nb);
  if (!nb && !nn && !en) return null;
  return nb === nn && nb === en ? nb : { nb: nb || nn || en, nn: nn || en, en: en || nn };
};

/** A whole number, what was written where it is none, nothing where nothing was. */
const wholeOf = (text) => (/^\d+$/.test(text.trim()) ? Number(text) : text.trim() || null);

/** Whole numbers with commas or blanks between them; what was written where one is none. */
const wholesOf = (text) => {
  const parts = text.split(/[\s,;]+/).filter(Boolean);
  return parts.every((part) => /^\d+$/.test(part)) ? (parts.length ? parts.map(Number) : null) : text.trim();
};

/** A day of every year as people write it, `30.04.`, and as the project file does, `04-30`. */
const dayTold = (day) => (day ? `${day.slice(3)}.${day.slice(0, 2)}.` : "");
const dayOf = (text) => {
  const [, day, month] = /^(\d{1,2})\.\s*(\d{1,2})\.?$/.exec(text.trim()) ?? [];
  return day ? `${month.padStart(2, "0")}-${day.padStart(2, "0")}` : text.trim() || null;
};

/** A field of a setting: what is wrong with its key is told at it. */
const setting = (id, key, label, value, help, attributes = {}) =>
  field(id, label, input(id, { name: id, "data-key": key, value, autocomplete: "off", ...attributes }, help), help);

const chosen = (id, key, label, options, value, help) =>
  field(id, label, select(id, { name: id, "data-key": key, "aria-describedby": help ? `${id}-help` : undefined }, options, value), help);

/** Boxes of which some are ticked. */
const boxes = (name, key, legend, help, options, ticked) => {
  const box = fieldset(legend, help, options.map(([value, label], at) => check(`${name}-${at + 1}`, label, { name, value, checked: ticked.includes(value) })));
  box.dataset.key = key;
  box.id = name;
  return box;
};

/** A part of the settings, open as long as it was opened, with a form of its own. */
const kept = (id, title, ...children) => {
  const box = folded(title, ...children);
  box.id = id;
  box.open = state.open.has(id);
  box.addEventListener("toggle", () => state.open[box.open ? "add" : "delete"](id));
  return box;
};

/** What a change came to: it stands, or the form says why it does not. */
const outcome = (id, told, word) => {
  if (!told.done) {
    showProblems(`${id}-problems`, told);
    showWrong(document.getElementById(id), told);
    return [t("notKept"), "wrong"];
  }
  changed();
  showProblems(`${id}-problems`, told);
  document.getElementById(id)?.querySelector("summary").focus();
  return t(word ?? "kept");
};

const settingsForm = (id, title, asked, ...children) =>
  kept(
    id,
    title,
    form(
      (data, own) =>
        slowly(() => {
          const said = state.overview;
          const values = asked(data, own);
          const told = JSON.parse(state.bench.put_settings(JSON.stringify(values), today(), state.lang));
          const [word, kind] = [outcome(id, told)].flat();
          // Other rules after something was published: what comes of them.
          const isPolicy = told.done && said.released && "disclosure.policy" in values;
          return isPolicy ? `${word} ${t(state.overview.release ? "policyNew" : "policySame")}` : [word, kind];
        }),
      ...children,
      h("div", { id: `${id}-problems` }),
      button(t("keep")),
    ),
  );

const inLanguages = (id, key, label, value, help) =>
  fieldset(
    label,
    help,
    ["nb", "nn", "en"].map((lang) => setting(`${id}-${lang}`, lang === "nb" ? key : null, t("inLanguage")[lang], wordsIn(value, lang))),
  );

const region = (values) =>
  settingsForm(
    "set-region",
    t("setRegion"),
    (data) => ({ "region.name": wordsOf(data, "set-name"), "region.notice": wordsOf(data, "set-notice") }),
    inLanguages("set-name", "region.name", t("regionName"), values["region.name"], t("setNameHelp")),
    inLanguages("set-notice", "region.notice", t("setNotice"), values["region.notice"], t("setNoticeHelp")),
  );

/** Rows that can be added and taken away, each with the same fields. */
const rows = (id, list, row, addLabel, empty) => {
  const place = h("div", { id, class: "wb-rows" });
  let made = 0;
  const add = (one) => {
    made += 1;
    const legend = h("legend", {});
    const remove = () => {
      const next = box.nextElementSibling ?? box.previousElementSibling;
      box.remove();
      number();
      (next ?? place.parentElement).querySelector("input, button")?.focus();
    };
    const box = h("fieldset", { class: "wb-line" }, legend, row(one, `${id}-${made}`), button(t("remove"), { type: "button", class: "wb-quiet", onclick: remove }));
    place.append(box);
    number();
    return box;
  };
  const number = () =>
    [...place.children].forEach((box, at) => {
      box.querySelector("legend").textContent = `${addLabel.one} ${at + 1}`;
      box.querySelector("button").setAttribute("aria-label", `${t("remove")}: ${addLabel.one} ${at + 1}`);
    });
  list.forEach(add);
  const more = addLabel.more ? button(addLabel.more, { type: "button", class: "wb-quiet", onclick: () => add(empty).querySelector("input").focus() }) : null;
  return { add, parts: [place, more] };
};

/** The values of the fields of all rows, by the last part of their key. */
const valuesOf = (own, id) =>
  [...own.querySelectorAll(`#${id} > fieldset`)].map((box) =>
    Object.fromEntries([...box.querySelectorAll("[data-key]")].map((one) => [one.dataset.key.split(".").at(-1), one.value.trim()])),
  );

const municipalities = (values) => {
  const before = values.municipality;
  const { add, parts } = rows(
    "set-municipalities",
    before,
    ({ code, name }, id) => [
      setting(`${id}-code`, "municipality.code", t("municipalityCode"), code, null, { inputmode: "numeric", required: true }),
      setting(`${id}-name`, "municipality.name", t("municipalityName"), wordsIn(name, state.lang), null, { required: true }),
    ],
    { one: t("municipality") },
  );
  const search = searching("set-search", (one) => {
    const known = [...document.querySelectorAll('#set-municipalities [data-key="municipality.code"]')];
    if (known.some((box) => box.value === one.code)) return false;
    add(one);
    return true;
  });
  return settingsForm(
    "set-municipality",
    t("municipalities"),
    (_, own) => ({
      municipality: valuesOf(own, "set-municipalities").map(({ code, name }) => {
        // A name that was not touched stays as it is in all languages.
        const same = before.find((one) => one.code === code && wordsIn(one.name, state.lang) === name);
        return same ?? { code, name };
      }),
    }),
    h("p", { class: "wb-help" }, t("setMunicipalitiesHelp")),
    search,
    parts,
  );
};

const waves = (values) =>
  settingsForm(
    "set-waves",
    t("wavesTitle"),
    (_, own) => ({ wave: valuesOf(own, "set-wave").map(({ code, years_after }) => ({ code, years_after: wholeOf(years_after) })) }),
    h("p", { class: "wb-help" }, t("setWavesHelp")),
    rows(
      "set-wave",
      values.wave,
      ({ code, years_after }, id) => [
        setting(`${id}-code`, "wave.code", t("waveCode"), code, null, { required: true }),
        setting(`${id}-years`, "wave.years_after", t("waveYears"), String(years_after), null, { inputmode: "numeric", required: true }),
      ],
      { one: t("wave"), more: t("addWave") },
      { code: "", years_after: "" },
    ).parts,
  );

const calendar = (values) => {
  const day = (name, label, value) => setting(`set-${name}`, `calendar.${name.replace(/\d$/, "")}`, label, dayTold(value), null, { inputmode: "numeric" });
  const reminders = values["calendar.reminders"] ?? [];
  const many = Math.max(3, reminders.length);
  const each = Array.from({ length: many }, (_, at) => day(`reminders${at + 1}`, t("reminder", at + 1), reminders[at]));
  const asked = (data) => {
    const days = Array.from({ length: many }, (_, at) => dayOf(data.get(`set-reminders${at + 1}`))).filter(Boolean);
    return {
      "calendar.opens": dayOf(data.get("set-opens")),
      "calendar.closes": dayOf(data.get("set-closes")),
      "calendar.reminders": days.length ? days : null,
      "calendar.analysis": dayOf(data.get("set-analysis")),
      "calendar.publication": dayOf(data.get("set-publication")),
      "output.update_month": Number(data.get("set-month")),
    };
  };
  return settingsForm(
    "set-calendar",
    t("setCalendar"),
    asked,
    h("p", { class: "wb-help" }, t("setCalendarHelp")),
    day("opens", t("opens"), values["calendar.opens"]),
    each,
    day("closes", t("closes"), values["calendar.closes"]),
    day("analysis", t("setAnalysis"), values["calendar.analysis"]),
    day("publication", t("setPublication"), values["calendar.publication"]),
    chosen("set-month", "output.update_month", t("setMonth"), t("months").map((name, at) => [String(at + 1), name]), String(values["output.update_month"]), t("setMonthHelp")),
  );
};

/** What may be published, and what it means to change that. */
const policy = (values, told) => {
  const at = (key) => values[`disclosure.${key}`];
  const number = (key) => setting(`set-${key}`, `disclosure.${key}`, t(key), String(at(key)), t(`${key}_help`), { inputmode: "numeric" });
  const units = [[state.overview.id, state.overview.region], ...values.municipality.map((one) => [one.code, wordsIn(one.name, state.lang)])];
  const asked = (data) => {
    const groups = data.get("set-pool").split("\n").map((line) => line.split(/[\s,;]+/).filter(Boolean));
    return {
      "disclosure.policy": data.get("set-policy"),
      "disclosure.level": data.get("set-level"),
      "disclosure.dont_know": data.get("set-dont_know"),
      "disclosure.windows": wholesOf(data.get("set-windows")),
      "disclosure.thirds_from": wholeOf(data.get("set-thirds_from")),
      "disclosure.fifths_from": wholeOf(data.get("set-fifths_from")),
      "disclosure.exact_from": wholeOf(data.get("set-exact_from")),
      "disclosure.larger_units": data.getAll("set-larger"),
      "disclosure.sensitive": data.getAll("set-sensitive"),
      "disclosure.sensitive_from": wholeOf(data.get("set-sensitive_from")),
      "disclosure.pool": groups.filter((group) => group.length),
    };
  };
  const pool = h("textarea", { id: "set-pool", name: "set-pool", rows: 3, spellcheck: "false", "data-key": "disclosure.pool", "aria-describedby": "set-pool-help" }, at("pool").map((group) => group.join(" ")).join("\n"));
  return settingsForm(
    "set-disclosure",
    t("setPolicy"),
    asked,
    told.released ? h("div", { class: "wb-notice" }, t("policyMeans", told.released).map((line) => h("p", {}, line))) : null,
    chosen("set-policy", "disclosure.policy", t("policy"), t("policies"), at("policy"), null),
    chosen("set-level", "disclosure.level", t("level"), t("levels"), at("level"), t("levelHelp")),
    chosen("set-dont_know", "disclosure.dont_know", t("dontKnow"), t("dontKnows"), at("dont_know"), null),
    setting("set-windows", "disclosure.windows", t("windows"), at("windows").join(", "), t("windowsHelp")),
    number("thirds_from"),
    number("fifths_from"),
    number("exact_from"),
    boxes("set-larger", "disclosure.larger_units", t("largerUnits"), t("largerUnitsHelp"), units, at("larger_units")),
    boxes("set-sensitive", "disclosure.sensitive", t("sensitive"), t("sensitiveHelp"), told.indicators.map((id) => [id, t("indicatorNames")[id] ?? id]), at("sensitive")),
    number("sensitive_from"),
    field("set-pool", t("pool"), pool, t("poolHelp")),
    told.released ? check("set-policy-yes", t("policyYes"), { required: true }) : null,
  );
};

const output = (values, told) =>
  settingsForm(
    "set-output",
    t("setOutput"),
    (data) => ({ "output.indicators": data.getAll("set-indicators"), "output.address": data.get("set-address").trim() || null }),
    boxes("set-indicators", "output.indicators", t("indicators"), null, told.indicators.map((id) => [id, t("indicatorNames")[id] ?? id]), values["output.indicators"]),
    setting("set-address", "output.address", t("address"), values["output.address"] ?? "", t("addressHelp"), { inputmode: "url" }),
  );

/** A file that the project file will name. */
const otherFile = () => {
  const put = async (data) => {
    const told = JSON.parse(state.bench.put_file(data.get("name").trim(), await bytesOf(data.get("file")), today(), state.lang));
    if (!told.done && !told.errors) return [t("otherFileName"), "wrong"];
    return outcome("set-file", told, "registerPut");
  };
  const name = input("set-file-name", { name: "name", required: true, autocomplete: "off", spellcheck: "false", pattern: "[^\\s\\/\\\\]+(\\/[^\\s\\/\\\\]+)*" }, true);
  return part(
    t("otherFile"),
    h("p", {}, `${t("otherFiles")}: ${state.overview.files.join(", ")}`),
    form(
      (data) => slowly(() => put(data)),
      drop("set-other", `${t("file")}: ${t("otherFile")}`, t("otherFileHelp"), { name: "file" }),
      field("set-file-name", t("otherFileAs"), name, t("otherFileAsHelp")),
      button(t("registerAdd")),
    ),
  );
};

/** The project file itself, for what has no field. */
const projectFile = (told) => {
  const area = h("textarea", { id: "set-text", name: "text", rows: 24, spellcheck: "false", class: "wb-code", "aria-describedby": "set-text-help" }, told.text);
  const put = (data) => outcome("set-file", JSON.parse(state.bench.put_project(data.get("text").replaceAll("\r\n", "\n"), today(), state.lang)));
  return kept(
    "set-file",
    t("setFile"),
    form((data) => slowly(() => put(data)), field("set-text", t("setFileText"), area, t("setFileHelp")), h("div", { id: "set-file-problems" }), button(t("keep"))),
    otherFile(),
  );
};

pages.settings = () => {
  const told = JSON.parse(state.bench.settings(state.lang));
  const { values } = told;
  if (!values) return [...problemsOf(told), projectFile(told)];
  return [
    h("p", {}, t("settingsLead")),
    region(values),
    municipalities(values),
    calendar(values),
    values.wave ? [waves(values), policy(values, told)] : null,
    output(values, told),
    registers(told),
    projectFile(told),
  ];
};
