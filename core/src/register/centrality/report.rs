//! The index as CSV, as JSON and as a table, with what was assumed.

use super::index::{Central, Index};
use super::parameters::{OwnUnit, Parameters, Scale, ServiceRule, Transform, Unknown};
use super::units::Units;
use crate::text::{Lang, Text};
use serde_json::{Value, json};
use std::fmt::Write as _;

/// A field of a CSV file, in quotes where it needs them.
pub(super) fn field(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

fn numbers(central: Option<Central>) -> [Option<f64>; 5] {
    match central {
        Some(Central { access: [a, b], part: [c, d], index }) => [Some(a), Some(b), Some(c), Some(d), Some(index)],
        None => [None; 5],
    }
}

/// Names of the numbers of a municipality or a unit.
const NUMBERS: [&str; 5] = ["jobs_access", "services_access", "jobs_part", "services_part", "index"];

/// Municipalities as CSV, numbers in full; empty where nobody lives.
#[must_use]
pub fn csv(index: &Index) -> String {
    let mut out = format!("municipality,population,units,inhabited_units,{}\n", NUMBERS.join(","));
    for one in &index.municipalities {
        let _ = write!(out, "{},{},{},{}", field(&one.code), one.population, one.units[0], one.units[1]);
        push_numbers(&mut out, one.central);
    }
    out
}

/// Units as CSV.
#[must_use]
pub fn units_csv(index: &Index, units: &Units) -> String {
    let mut out = format!("unit,municipality,population,{}\n", NUMBERS.join(","));
    for (unit, central) in index.units.iter().enumerate() {
        let municipality = &units.municipalities[units.municipality[unit] as usize];
        let _ = write!(out, "{},{},{}", field(&units.codes[unit]), field(municipality), units.population[unit]);
        push_numbers(&mut out, Some(*central));
    }
    out
}

fn push_numbers(out: &mut String, central: Option<Central>) {
    for number in numbers(central) {
        out.push(',');
        if let Some(number) = number {
            let _ = write!(out, "{number}");
        }
    }
    out.push('\n');
}

/// Everything as JSON: municipalities, parameters, pairs, notes.
#[must_use]
pub fn json(index: &Index, units: &Units, parameters: &Parameters, lang: Lang) -> Value {
    let municipalities: Vec<Value> = index
        .municipalities
        .iter()
        .map(|one| {
            let mut value = json!({
                "municipality": one.code, "population": one.population,
                "units": one.units[0], "inhabited_units": one.units[1],
            });
            for (name, number) in NUMBERS.iter().zip(numbers(one.central)) {
                value[name] = number.into();
            }
            value
        })
        .collect();
    let notes: Vec<String> = notes(index, units, parameters).iter().map(|note| note.get(lang).to_owned()).collect();
    json!({
        "municipalities": municipalities,
        "parameters": {
            "jobs_decay": parameters.jobs_decay.to_string(),
            "services_decay": parameters.services_decay.to_string(),
            "max_minutes": parameters.limit,
            "service_rule": if parameters.services == ServiceRule::Sum { "sum" } else { "distinct" },
            "own_minutes": match parameters.own { OwnUnit::Add(minutes) => json!(minutes), OwnUnit::AsInFile => Value::Null },
            "symmetric": parameters.symmetric,
            "transform": match parameters.transform { Transform::None => "none", Transform::Log => "log", Transform::Root => "sqrt" },
            "scale": if parameters.scale == Scale::Units { "units" } else { "municipalities" },
            "shares": { "jobs": parameters.shares[0], "services": parameters.shares[1] },
            "top": parameters.top,
        },
        "largest": { "jobs": index.largest[0], "services": index.largest[1] },
        "pairs": {
            "counted": index.tally.counted, "beyond_max_minutes": index.tally.beyond,
            "unknown_unit": index.tally.unknown, "one_way": index.tally.one_way,
        },
        "notes": notes,
    })
}

/// Municipalities as a table, the most central first, with notes below it.
#[must_use]
pub fn table(index: &Index, units: &Units, parameters: &Parameters, lang: Lang) -> String {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_owned();
    let decimal = |number: f64, digits: usize| {
        let text = format!("{number:.digits$}");
        if lang == Lang::En { text } else { text.replace('.', ",") }
    };
    let mut order: Vec<_> = index.municipalities.iter().collect();
    let of = |one: &super::Municipality| one.central.map_or(-1.0, |central| central.index);
    order.sort_by(|a, b| of(b).total_cmp(&of(a)).then_with(|| a.code.cmp(&b.code)));
    let mut lines = vec![[
        t("kommune", "kommune", "municipality"),
        t("folketall", "folketal", "population"),
        t("arbeidsplasser", "arbeidsplassar", "jobs"),
        t("tjenester", "tenester", "services"),
        t("indeks", "indeks", "index"),
    ]];
    for one in order {
        let numbers = match one.central {
            Some(Central { part: [jobs, services], index, .. }) => {
                [decimal(jobs, 3), decimal(services, 3), decimal(index, 1)]
            }
            None => ["–", "–", "–"].map(str::to_owned),
        };
        let [jobs, services, index] = numbers;
        lines.push([one.code.clone(), decimal(one.population, 0), jobs, services, index]);
    }
    let width = |place: usize| lines.iter().map(|line| line[place].chars().count()).max().unwrap_or(0);
    let widths: [usize; 5] = std::array::from_fn(width);
    let mut out = String::new();
    for line in &lines {
        let _ = write!(out, "{:<width$}", line[0], width = widths[0]);
        for (cell, width) in line.iter().zip(widths).skip(1) {
            let _ = write!(out, "  {cell:>width$}");
        }
        out.push('\n');
    }
    out.push('\n');
    for note in notes(index, units, parameters) {
        let _ = writeln!(out, "{}", note.get(lang));
    }
    out
}

/// What was assumed, and what the files lacked.
#[must_use]
pub fn notes(index: &Index, units: &Units, parameters: &Parameters) -> Vec<Text> {
    let mut notes = Vec::new();
    let mut note = |nb: String, nn: String, en: String| notes.push(Text { nb, nn, en });
    let (jobs, services) = (&parameters.jobs_decay, &parameters.services_decay);
    note(
        format!("Avstandsmotstand: arbeidsplasser {jobs}, tjenester {services}. SSB trykker ikke sine vekter."),
        format!("Avstandsmotstand: arbeidsplassar {jobs}, tenester {services}. SSB trykkjer ikkje vektene sine."),
        format!("Decay: jobs {jobs}, services {services}. Statistics Norway does not print its weights."),
    );
    let limit = parameters.limit;
    note(
        format!("Par på mer enn {limit} minutter teller ikke: {} par.", index.tally.beyond),
        format!("Par på meir enn {limit} minutt tel ikkje: {} par.", index.tally.beyond),
        format!("Pairs of more than {limit} minutes do not count: {} pairs.", index.tally.beyond),
    );
    match parameters.services {
        ServiceRule::Sum => note(
            "Tjenester er lagt sammen, hver med vekten av sine minutter (antatt).".into(),
            "Tenester er lagde saman, kvar med vekta av minutta sine (gått ut frå).".into(),
            "Services are added up, each with the weight of its minutes (assumed).".into(),
        ),
        ServiceRule::Distinct => note(
            "Hver tjenestefunksjon teller én gang, med vekten av den nærmeste (antatt).".into(),
            "Kvar tenestefunksjon tel éin gong, med vekta av den nærmaste (gått ut frå).".into(),
            "Each service function counts once, with the weight of the nearest (assumed).".into(),
        ),
    }
    let [a, b] = index.largest;
    let of = match parameters.scale {
        Scale::Units => ["bebodde krets", "folkesette krins", "inhabited unit"],
        Scale::Municipalities => ["kommunes gjennomsnitt", "gjennomsnitt for ein kommune", "municipal mean"],
    };
    let transform = match parameters.transform {
        Transform::None => "x",
        Transform::Log => "log(1 + x)",
        Transform::Root => "√x",
    };
    note(
        format!("Delene ({transform}) er delt på den største {}: arbeidsplasser {a}, tjenester {b} (antatt).", of[0]),
        format!("Delane ({transform}) er delte på største {}: arbeidsplassar {a}, tenester {b} (gått ut frå).", of[1]),
        format!("The parts ({transform}) are divided by the largest {}: jobs {a}, services {b} (assumed).", of[2]),
    );
    if let OwnUnit::Add(minutes) = parameters.own
        && index.tally.own_added > 0
    {
        let count = index.tally.own_added;
        note(
            format!("{count} kretser har ikke seg selv i fila; de er satt {minutes} minutter unna seg selv (antatt)."),
            format!(
                "{count} krinsar har ikkje seg sjølve i fila; dei er sette {minutes} minutt unna seg sjølve (gått ut frå)."
            ),
            format!("{count} units do not have themselves in the file; they are set {minutes} minutes away (assumed)."),
        );
    }
    if index.tally.one_way > 0 {
        let count = index.tally.one_way;
        note(
            format!("{count} par står i bare én retning, og teller slik; --symmetric lar dem telle begge veier."),
            format!("{count} par står i berre éi retning, og tel slik; --symmetric lèt dei telje begge vegar."),
            format!("{count} pairs stand in one direction only and count so; --symmetric lets them count both ways."),
        );
    }
    if parameters.unknown == Unknown::Skip {
        let count = index.tally.unknown;
        note(
            format!("{count} par er ute fordi en krets ikke er blant kretsene."),
            format!("{count} par er ute fordi ein krins ikkje er mellom krinsane."),
            format!("{count} pairs are left out because a unit is not among the units."),
        );
    }
    let [empty, without] = index.empty_units;
    if empty > 0 {
        note(
            format!("{empty} kretser er uten befolkning: uten vekt, men det som er der, kan nås."),
            format!("{empty} krinsar er utan folk: utan vekt, men det som er der, kan nåast."),
            format!("{empty} units have no population: no weight, but what is there can be reached."),
        );
    }
    if without > 0 {
        note(
            format!("{without} kretser har ingen reisetider."),
            format!("{without} krinsar har ingen reisetider."),
            format!("{without} units have no travel times."),
        );
    }
    let none = index.municipalities.iter().filter(|one| one.central.is_none()).count();
    if none > 0 {
        note(
            format!("{none} kommuner er uten befolkning og har ingen indeks."),
            format!("{none} kommunar er utan folk og har ingen indeks."),
            format!("{none} municipalities have no population and no index."),
        );
    }
    let columns: Vec<String> = units.columns.iter().map(|(what, name)| format!("{what} = {name}")).collect();
    let columns = columns.join(", ");
    note(format!("Kolonner: {columns}."), format!("Kolonnar: {columns}."), format!("Columns: {columns}."));
    note(
        "Indeksen er regnet ut her og er ikke av noen av SSBs utgaver: klassegrensene deres gjelder den ikke uten videre."
            .into(),
        "Indeksen er rekna ut her og er ikkje av noka av utgåvene til SSB: klassegrensene deira gjeld han ikkje utan vidare."
            .into(),
        "The index is computed here and of none of Statistics Norway's editions: their class limits do not simply hold for it."
            .into(),
    );
    notes
}
