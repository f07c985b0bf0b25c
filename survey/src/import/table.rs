//! The repair report for people.

use bygdepuls_core::questionnaire::import::{Dialect, FileReport, Report};
use bygdepuls_core::text::Lang;
use std::fmt::Write as _;

/// What was found and done, file by file, and what each question got.
pub(super) fn text(report: &Report, lang: Lang) -> String {
    let mut out = String::new();
    for file in &report.files {
        of_file(&mut out, file, lang);
    }
    kinds(&mut out, report, lang);
    out
}

fn of_file(out: &mut String, file: &FileReport, lang: Lang) {
    let evidence = match file.evidence.as_slice() {
        [] => String::new(),
        names => format!(" ({})", names.join(", ")),
    };
    let dialect = match file.dialect {
        Dialect::Other => lang.pick("ukjent verktøy", "ukjent verktøy", "unknown tool").to_owned(),
        dialect => dialect.words(lang).to_owned() + &evidence,
    };
    let delimiter = match file.delimiter {
        '\t' => "tab".to_owned(),
        mark => format!("«{mark}»"),
    };
    let rows = lang.pick("rader", "rader", "records");
    let written = lang.pick("skrevet", "skrivne", "written");
    let _ = writeln!(
        out,
        "{}: {dialect}, {}, {delimiter}, {} {rows}, {} {written}",
        file.file, file.encoding, file.records, file.written
    );
    let mut lines = Vec::new();
    for column in &file.columns {
        let becomes = match (column.becomes, &column.variable) {
            ("answers", Some(variable)) => variable.clone(),
            ("system" | "ignored", _) => continue,
            ("contact", _) => lang.pick("(kontakt)", "(kontakt)", "(contact)").to_owned(),
            _ => lang.pick("(uten plass)", "(utan plass)", "(no place)").to_owned(),
        };
        let changes: Vec<String> =
            column.changes.iter().map(|(change, tally)| format!("{}: {}", change.words(lang), tally.count)).collect();
        if column.heading != becomes || !changes.is_empty() {
            lines.push([column.heading.clone(), becomes, changes.join(", ")]);
        }
    }
    aligned(out, &lines);
    out.push('\n');
}

fn kinds(out: &mut String, report: &Report, lang: Lang) {
    let t = |nb, nn, en| lang.pick(nb, nn, en).to_owned();
    let mut lines = vec![vec![
        t("spørsmål", "spørsmål", "question"),
        t("svart", "svart", "answered"),
        t("vet ikke", "veit ikkje", "don't know"),
        t("vil ikke", "vil ikkje", "refused"),
        t("ikke spurt", "ikkje spurt", "not asked"),
        t("ubesvart", "ikkje svart", "no answer"),
        t("avbrutt", "avbrote", "break-off"),
        t("ukjent", "ukjent", "unknown"),
    ]];
    for variable in report.variables.iter().filter(|variable| variable.question && variable.kinds.in_export) {
        let kinds = &variable.kinds;
        let counts = [
            kinds.answered,
            kinds.dont_know,
            kinds.refused,
            kinds.not_asked,
            kinds.no_answer,
            kinds.break_off,
            kinds.undetermined,
        ];
        lines.push(std::iter::once(variable.name.clone()).chain(counts.iter().map(u64::to_string)).collect());
    }
    if lines.len() > 1 {
        numbers(out, &lines);
    }
}

/// Lines of cells, left-aligned.
fn aligned(out: &mut String, lines: &[[String; 3]]) {
    let width = |place: usize| lines.iter().map(|line| line[place].chars().count()).max().unwrap_or(0);
    let (first, second) = (width(0), width(1));
    for [heading, becomes, changes] in lines {
        let line = format!("  {heading:<first$}  {becomes:<second$}  {changes}");
        let _ = writeln!(out, "{}", line.trim_end());
    }
}

/// Lines of a name and numbers, the numbers right-aligned.
fn numbers(out: &mut String, lines: &[Vec<String>]) {
    let columns = lines.first().map_or(0, Vec::len);
    let width = |place: usize| lines.iter().map(|line| line[place].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    for line in lines {
        let mut text = String::new();
        for (place, (cell, &width)) in line.iter().zip(&widths).enumerate() {
            let _ = if place == 0 { write!(text, "{cell:<width$}") } else { write!(text, "  {cell:>width$}") };
        }
        let _ = writeln!(out, "{}", text.trim_end());
    }
}
