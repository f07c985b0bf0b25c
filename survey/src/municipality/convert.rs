//! `bygdepuls municipality convert`.

use super::{day, notes, tell};
use crate::{PROBLEMS, USAGE, diagnostic, print, weight};
use bygdepuls_core::problem::Problems;
use bygdepuls_core::register::municipality::convert::{Absent, Conversion, Splits, convert};
use bygdepuls_core::register::municipality::{Day, Register};
use bygdepuls_core::text::Lang;
use clap::ArgMatches;
use std::path::Path;

pub(super) fn run(given: &ArgMatches, lang: Lang) -> Result<u8, String> {
    let text = |name: &str| given.get_one::<String>(name).map(String::as_str).unwrap_or_default();
    let list = |name: &str| given.get_many::<String>(name).into_iter().flatten().cloned().collect::<Vec<_>>();
    let (file, out) = (text("file"), given.get_one::<String>("out"));
    if out.is_some_and(|out| is_same(file, out)) {
        let words = lang.pick(
            "--out er fila som leses; tabellen skrives aldri over den",
            "--out er fila som blir lesen; tabellen blir aldri skriven over henne",
            "--out is the file that is read; the table is never written over it",
        );
        tell(&format!("{}: {words}\n", lang.pick("feil", "feil", "error")));
        return Ok(USAGE);
    }
    let (from, to) = (day(given, "from"), day(given, "to"));
    let asked = Conversion {
        from: from.as_ref().map(|(day, _)| *day),
        code: list("code-column"),
        year: given.get_one::<String>("year-column").cloned(),
        name: list("name-column"),
        sum: list("sum"),
        key: list("key"),
        drop: list("drop"),
        splits: match text("splits") {
            "unit" => Splits::Unit,
            "leave-out" => Splits::LeaveOut,
            _ => Splits::Refuse,
        },
        absent: if text("absent") == "zero" { Absent::Zero } else { Absent::Missing },
        ..Conversion::to(to.as_ref().map_or(Day::LAST, |(day, _)| *day))
    };
    let mut problems = Problems::new();
    let converted = convert(Register::embedded(), file, &weight::bytes(file)?, &asked, &mut problems);
    diagnostic::print(&problems, lang);
    let Some(converted) = converted else {
        diagnostic::print_refusal(&problems, lang);
        return Ok(PROBLEMS);
    };
    match out {
        Some(out) => weight::write(Path::new(out), &converted.bytes).map_err(|error| format!("{out}: {error}"))?,
        None => {
            print(&converted.bytes)?;
        }
    }
    let mut told: Vec<_> = [from, to].into_iter().flatten().filter_map(|(_, note)| note).collect();
    told.extend(converted.notes);
    tell(&notes(&told, lang));
    Ok(0)
}

fn is_same(one: &str, other: &str) -> bool {
    Path::new(one).canonicalize().is_ok_and(|one| Path::new(other).canonicalize().is_ok_and(|other| one == other))
}
