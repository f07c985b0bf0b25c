//! `bygdepuls municipality check`.

use super::{csv, day, notes, tell};
use crate::{PROBLEMS, USAGE, diagnostic, print, weight};
use bygdepuls_core::problem::{Explain, Problems};
use bygdepuls_core::register::municipality::check::{Area, Check, Checked, check};
use bygdepuls_core::register::municipality::{Day, Register};
use bygdepuls_core::text::Lang;
use clap::ArgMatches;
use serde_json::{Value, json};

pub(super) fn run(given: &ArgMatches, lang: Lang) -> Result<u8, String> {
    let register = Register::embedded();
    let text = |name: &str| given.get_one::<String>(name).cloned();
    let date = day(given, "date");
    let on = date.as_ref().map(|(day, _)| *day);
    let area = match area(given, on.unwrap_or(Day::LAST), register, lang) {
        Ok(area) => area,
        Err(reason) => {
            tell(&format!("{}: {reason}\n", lang.pick("feil", "feil", "error")));
            return Ok(USAGE);
        }
    };
    let classes = text("classes").map(|file| weight::bytes(&file).map(|bytes| (file, bytes))).transpose()?;
    let asked = Check {
        day: on,
        area,
        code: text("code-column"),
        name: text("name-column"),
        class: text("class-column"),
        classes: classes.as_ref().map(|(file, bytes)| (file.as_str(), bytes.as_slice())),
        edition: text("edition"),
    };
    let file = text("file").unwrap_or_default();
    let mut problems = Problems::new();
    let mut checked = check(register, &file, &weight::bytes(&file)?, &asked, &mut problems);
    if let Some(checked) = &mut checked {
        checked.notes.extend(date.and_then(|(_, note)| note));
    }
    match text("format").as_deref() {
        Some("json") => {
            let mut result = bygdepuls_core::export::problems::json(&problems, lang);
            if let (Value::Object(result), Some(Value::Object(figures))) =
                (&mut result, checked.as_ref().map(|checked| figures(checked, register, lang)))
            {
                result.extend(figures);
            }
            print(format!("{result:#}\n").as_bytes())?;
        }
        format => {
            diagnostic::print(&problems, lang);
            if let Some(checked) = &checked {
                match format {
                    Some("csv") => print(&csv(&rows(checked))?)?,
                    _ => print(summary(checked, problems.errors(), lang).as_bytes())?,
                };
                tell(&notes(&checked.notes, lang));
            }
        }
    }
    Ok(if problems.errors() > 0 { PROBLEMS } else { 0 })
}

/// What the list should have all of, or why that is not clear.
fn area(given: &ArgMatches, day: Day, register: &Register, lang: Lang) -> Result<Area, String> {
    if given.get_flag("all") {
        return Ok(Area::Country);
    }
    if let Some(county) = given.get_one::<String>("county") {
        let words = |what: &dyn Explain| {
            format!("--county {county}: {} ({})", what.message(lang), what.expected(lang).unwrap_or_default())
        };
        return Area::county(county, day, register).map_err(|what| words(&what));
    }
    let Some(codes) = given.get_many::<String>("codes") else { return Ok(Area::Any) };
    let code = |text: &String| {
        let answer = register.find(text, Some(day));
        let reason = || answer.notes.iter().map(|note| note.get(lang)).collect::<Vec<_>>().join("; ");
        answer.found().map(|one| one.code).ok_or_else(|| format!("--codes {text}: {}", reason()))
    };
    codes.map(code).collect::<Result<_, _>>().map(Area::Codes)
}

/// For people: how many are in order.
fn summary(checked: &Checked<'_>, errors: u64, lang: Lang) -> String {
    let found = checked.rows.iter().filter(|row| row.status == "found").count().to_string();
    let (all, missing, errors) =
        (checked.rows.len().to_string(), checked.missing.len().to_string(), errors.to_string());
    let words = lang.pick(
        "{0} av {1} rader i orden, {2} kommuner mangler, {3} feil\n",
        "{0} av {1} rader i orden, {2} kommunar manglar, {3} feil\n",
        "{0} of {1} rows in order, {2} municipalities missing, {3} errors\n",
    );
    [found, all, missing, errors]
        .iter()
        .enumerate()
        .fold(words.to_owned(), |words, (index, value)| words.replace(&format!("{{{index}}}"), value))
}

/// For programs: each row with the municipality that it means, then those that are missing.
fn rows(checked: &Checked<'_>) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = vec![["line", "given", "status", "code", "name"].map(str::to_owned).to_vec()];
    for row in &checked.rows {
        let (code, name) = row.municipality.map(|one| (one.code.to_string(), one.name.clone())).unwrap_or_default();
        rows.push(vec![row.line.to_string(), row.given.clone(), row.status.into(), code, name]);
    }
    for one in &checked.missing {
        rows.push(vec![String::new(), String::new(), "missing".into(), one.code.to_string(), one.name.clone()]);
    }
    rows
}

fn figures(checked: &Checked<'_>, register: &Register, lang: Lang) -> Value {
    let row = |row: &bygdepuls_core::register::municipality::check::Listed<'_>| {
        let (code, name) = (row.municipality.map(|one| one.code.to_string()), row.municipality.map(|one| &one.name));
        json!({ "line": row.line, "given": row.given, "status": row.status, "code": code, "name": name })
    };
    let edition = |one: &bygdepuls_core::register::municipality::check::Agreement| {
        let different = one.different.iter().map(|(code, listed, edition)| {
            let name = register.get(*code, checked.day).map(|one| &one.name);
            json!({ "code": code.to_string(), "name": name, "listed": listed, "edition": edition })
        });
        json!({ "edition": one.edition, "compared": one.compared, "different": different.collect::<Vec<_>>() })
    };
    json!({
        "date": checked.day.to_string(),
        "rows": checked.rows.iter().map(row).collect::<Vec<_>>(),
        "missing": checked.missing.iter().map(|one| json!({ "code": one.code.to_string(), "name": one.name })).collect::<Vec<_>>(),
        "editions": checked.editions.iter().map(edition).collect::<Vec<_>>(),
        "notes": checked.notes.iter().map(|note| note.get(lang)).collect::<Vec<_>>(),
    })
}
