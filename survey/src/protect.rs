//! `bygdepuls protect`: a table of counts from any CSV file, protected.

mod ask;
mod report;
mod show;

use crate::weight::write;
use crate::{PROBLEMS, USAGE, diagnostic, print};
use ask::Question;
use bygdepuls_core::disclosure::rounding::round;
use bygdepuls_core::disclosure::tables::{CellId, Linked, Rule, Table};
use bygdepuls_core::disclosure::{DisclosureProblem, Protection};
use bygdepuls_core::export::protected::Protected;
use bygdepuls_core::problem::{Privacy, Problem, Problems};
use bygdepuls_core::text::Lang;
use clap::ArgMatches;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The base of rounding at Statistics Norway.
const BASE: u64 = 3;

/// Runs the command; gives the exit code.
///
/// # Errors
///
/// A file cannot be read, or the output cannot be written.
pub(crate) fn run(options: &ArgMatches, lang: Lang) -> Result<u8, String> {
    let mut problems = Problems::new();
    let question = match Question::new(options, &mut problems, lang)? {
        Ok(question) => question,
        Err(words) => {
            let _ = writeln!(std::io::stderr(), "{}: {words}", lang.pick("feil", "feil", "error"));
            return Ok(USAGE);
        }
    };
    let same = |path: &PathBuf| {
        let inputs = ["file", "spec", "link", "hierarchy"].into_iter();
        let mut inputs = inputs.flat_map(|name| options.get_many::<String>(name).into_iter().flatten());
        path.canonicalize()
            .is_ok_and(|out| inputs.any(|input| Path::new(input).canonicalize().is_ok_and(|one| one == out)))
    };
    if options.get_one::<PathBuf>("out").is_some_and(same) {
        let words = lang.pick(
            "--out er en av filene som leses",
            "--out er ei av filene som blir lesne",
            "--out is one of the files that are read",
        );
        let _ = writeln!(std::io::stderr(), "{}: {words}", lang.pick("feil", "feil", "error"));
        return Ok(USAGE);
    }
    let refuse = |problems: &Problems| {
        diagnostic::print(problems, lang);
        diagnostic::print_refusal(problems, lang);
        Ok(PROBLEMS)
    };
    let Some(linked) = question.and_then(|question| Some((linked(&question, &mut problems)?, question))) else {
        return refuse(&problems);
    };
    let (linked, question) = linked;
    let rounds = options.get_one::<String>("method").is_some_and(|method| method == "round");
    let (linked, rule) = match linked.tables.as_slice() {
        _ if !rounds => (linked, question.rule()),
        [table] => {
            let base = options.get_one::<u64>("base").copied().unwrap_or(BASE);
            let rounded = round(table, base);
            let words = lang.pick(
                "avrundet: et publisert antall er høyst {} fra det sanne",
                "avrunda: eit publisert tal er høgst {} frå det sanne",
                "rounded: a published count is at most {} from the true one",
            );
            let _ = writeln!(std::io::stderr(), "{}", words.replace("{}", &rounded.max_difference.to_string()));
            let Ok(linked) = Linked::new(vec![table.clone().with_counts(rounded.counts)]) else { return Ok(PROBLEMS) };
            // What is rounded already is shown as it is.
            (linked, Rule::Small { max_n: 0, protect_zeros: false })
        }
        _ => {
            let words = lang.pick(
                "tabeller som hører sammen kan ikke avrundes hver for seg: --method round tar én",
                "tabellar som høyrer saman kan ikkje avrundast kvar for seg: --method round tek éin",
                "linked tables cannot be rounded apart: --method round takes one",
            );
            let _ = writeln!(std::io::stderr(), "{}: {words}", lang.pick("feil", "feil", "error"));
            return Ok(USAGE);
        }
    };
    let protection = Protection::new(linked, &rule, question.attacker());
    let mut intervals = None;
    let mut exposed = protection.exposed.clone();
    let wanted = options.get_flag("audit");
    // The repair is made for exact counts: what is narrow is looked for.
    if wanted || protection.attacker.narrow.is_some() {
        match protection.audit() {
            Ok((found, findings)) => {
                intervals = Some(found).filter(|_| wanted);
                exposed.extend(findings.iter().map(report::about));
            }
            Err(contradiction) => exposed.push(contradiction.cell),
        }
    }
    exposed.sort_unstable();
    exposed.dedup();
    let report = report::Report::new(&protection, &question);
    if !exposed.is_empty() {
        for cell in exposed {
            let problem = Problem::error(&question.file, DisclosureProblem::Exposed);
            problems.push(problem.value(name(&protection, cell), Privacy::Open));
        }
        let code = refuse(&problems);
        report.print_alternatives(lang);
        return code;
    }
    let policy = match () {
        () if question.is_internal => "none",
        () if rounds => "rounding",
        () => "counts",
    };
    let protected = Protected { protection: &protection, policy, intervals: intervals.as_deref() };
    let format = options.get_one::<String>("format").map_or("table", String::as_str);
    if format == "csv" {
        for name in show::taken(&protected) {
            problems.push(Problem::error(&question.file, DisclosureProblem::NameTaken).column(name));
        }
        if problems.errors() > 0 {
            return refuse(&problems);
        }
    }
    diagnostic::print(&problems, lang);
    let mut out = Vec::new();
    let written = match format {
        "json" => protected.json(&mut out),
        "csv" => show::csv(&protected, &mut out),
        _ => show::table(&protected, lang, &mut out),
    };
    written.map_err(|error| error.to_string())?;
    match options.get_one::<PathBuf>("out") {
        Some(path) => write(path, &out).map_err(|error| format!("{}: {error}", path.display()))?,
        None => {
            print(&out)?;
        }
    }
    if options.get_flag("report") {
        report.print(format == "json", lang);
    }
    Ok(0)
}

/// Reads the tables and puts them together. `None` when there are errors; problems say which.
fn linked(question: &Question, problems: &mut Problems) -> Option<Linked> {
    let mut tables = Vec::new();
    let mut files = Vec::new();
    for (file, bytes, spec) in question.tables() {
        if let Some(table) = Table::read(spec, file, bytes, problems) {
            tables.push(table);
            files.push(file);
        }
    }
    if problems.errors() > 0 {
        return None;
    }
    let has = |code: &&String| {
        tables.iter().flat_map(|table| &table.dimensions).any(|(_, hierarchy)| hierarchy.place(code).is_some())
    };
    for code in question.keep().iter().filter(|code| !has(code)) {
        let problem = Problem::error(&question.file, DisclosureProblem::NoSuchCode);
        problems.push(problem.column("keep").value(code, Privacy::Open));
    }
    if problems.errors() > 0 {
        return None;
    }
    match Linked::new(tables) {
        Ok(linked) => Some(linked),
        Err(mismatches) => {
            for mismatch in mismatches {
                let what = DisclosureProblem::Mismatch { first: mismatch.counts.0, second: mismatch.counts.1 };
                let file = files.get(mismatch.table).copied().unwrap_or(&question.file);
                problems.push(Problem::error(file, what).value(mismatch.key.join(" × "), Privacy::Open));
            }
            None
        }
    }
}

/// The codes of a cell. One that a rule added is the rest of a group without some of it.
fn name(protection: &Protection, cell: CellId) -> String {
    let linked = &protection.linked;
    let own = |cell: CellId| {
        linked.tables.iter().zip(&linked.ids).find_map(|(table, ids)| {
            let place = ids.iter().position(|id| *id == cell)?;
            Some(table.key(place).join(" × "))
        })
    };
    own(cell).unwrap_or_else(|| {
        let margin = linked.cells.margins.iter().find(|margin| margin.parts.contains(&cell));
        let rest = margin.and_then(|margin| Some(format!("{} − {}", own(margin.total)?, own(*margin.parts.first()?)?)));
        rest.unwrap_or_default()
    })
}
