//! `bygdepuls municipality find`.

use super::{csv, day, notes, table, tell};
use crate::{PROBLEMS, print};
use bygdepuls_core::register::municipality::{Answer, Municipality, Register, Status};
use bygdepuls_core::text::Lang;
use clap::ArgMatches;

pub(super) fn run(given: &ArgMatches, lang: Lang) -> Result<u8, String> {
    let register = Register::embedded();
    let query = given.get_one::<String>("query").map(String::as_str).unwrap_or_default();
    let date = day(given, "date");
    let mut answer = register.find(query, date.as_ref().map(|(day, _)| *day));
    answer.notes.extend(date.and_then(|(_, note)| note));
    match given.get_one::<String>("format").map(String::as_str) {
        Some("json") => print(format!("{:#}\n", answer.json(register, lang)).as_bytes())?,
        Some("csv") => print(&csv(&rows(&answer, register, lang))?)?,
        _ => {
            print(text(&answer, register, lang).as_bytes())?;
            let told = notes(&answer.notes, lang);
            if answer.status == Status::Found { print(told.as_bytes())? } else { refuse(&answer, lang) }
        }
    };
    Ok(if answer.status == Status::Found { 0 } else { PROBLEMS })
}

/// Why there is no answer, on standard error.
fn refuse(answer: &Answer<'_>, lang: Lang) -> u8 {
    let word = lang.pick("feil", "feil", "error");
    answer.notes.iter().for_each(|note| tell(&format!("{word}: {}\n", note.get(lang))));
    PROBLEMS
}

/// The day until which it holds; empty when it still does.
fn until(one: &Municipality) -> String {
    one.to.map(|to| to.before().to_string()).unwrap_or_default()
}

fn relatives<'a>(list: impl Iterator<Item = &'a Municipality>) -> String {
    list.map(|one| format!("{} {}", one.code, one.name)).collect::<Vec<_>>().join("; ")
}

/// For programs: the municipalities, then the suggestions.
fn rows(answer: &Answer<'_>, register: &Register, lang: Lang) -> Vec<Vec<String>> {
    let head = ["status", "code", "name", "county", "valid_from", "valid_to", "predecessors", "successors", "notes"];
    let told: Vec<&str> = answer.notes.iter().map(|note| note.get(lang)).collect();
    let row = |status: &str, one: &Municipality| {
        let county = one.county().map_or("", |county| county.name);
        let texts =
            [status, &one.code.to_string(), &one.name, county, &one.from.to_string(), &until(one)].map(str::to_owned);
        let related = [relatives(register.predecessors(one)), relatives(register.successors(one)), told.join("; ")];
        texts.into_iter().chain(related).collect()
    };
    let mut rows: Vec<Vec<String>> = vec![head.map(str::to_owned).to_vec()];
    rows.extend(answer.municipalities.iter().map(|one| row(answer.status.code(), one)));
    rows.extend(answer.suggestions.iter().map(|one| row("suggestion", one)));
    if rows.len() == 1 {
        let mut empty = vec![String::new(); head.len()];
        empty[0] = answer.status.code().into();
        empty[head.len() - 1] = told.join("; ");
        rows.push(empty);
    }
    rows
}

/// For people: one by lines, several as a table.
fn text(answer: &Answer<'_>, register: &Register, lang: Lang) -> String {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_string();
    let row = |one: &&Municipality| {
        let county = one.county().map_or("", |county| county.name);
        [&one.code.to_string(), &one.name, county, &one.from.to_string(), &until(one)].map(str::to_owned).to_vec()
    };
    let head = [
        t("kode", "kode", "code"),
        t("navn", "namn", "name"),
        t("fylke", "fylke", "county"),
        t("fra", "frå", "from"),
        t("til og med", "til og med", "until"),
    ];
    if let Some(one) = answer.found() {
        let mut rows = vec![head.to_vec(), row(&one)];
        let mut lines = table(&rows);
        rows.clear();
        let was = relatives(register.predecessors(one));
        let became = relatives(register.successors(one));
        for (word, list) in [(t("var", "var", "was"), was), (t("ble", "vart", "became"), became)] {
            if !list.is_empty() {
                lines.push_str(&format!("{word}: {list}\n"));
            }
        }
        return lines;
    }
    let mut lines = String::new();
    if !answer.municipalities.is_empty() {
        lines.push_str(&table(
            &std::iter::once(head.to_vec()).chain(answer.municipalities.iter().map(row)).collect::<Vec<_>>(),
        ));
    }
    if !answer.suggestions.is_empty() {
        let word = match answer.status {
            Status::NotThen => t("den datoen:", "den datoen:", "on that date:"),
            _ => t("mente du:", "meinte du:", "did you mean:"),
        };
        lines.push_str(&format!("{word}\n{}", table(&answer.suggestions.iter().map(row).collect::<Vec<_>>())));
    }
    lines
}
