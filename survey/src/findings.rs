//! `bygdepuls findings`: the hypotheses and what would bring people home, internally.

use crate::columns::columns;
use crate::{PROBLEMS, diagnostic, load, print};
use bygdepuls_core::indicator::finding::Finding;
use bygdepuls_core::interval::Level;
use bygdepuls_core::problem::{Problems, Severity};
use bygdepuls_core::project::{Ask, Findings};
use bygdepuls_core::text::Lang;
use clap::ArgMatches;
use serde_json::json;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Runs the command; gives the exit code.
///
/// # Errors
///
/// A file cannot be written.
pub(crate) fn run(options: &ArgMatches, lang: Lang) -> Result<u8, String> {
    let Some(path) = options.get_one::<PathBuf>("project") else { return Ok(2) };
    let file = load::project_file(path);
    let mut problems = Problems::new();
    let only: Vec<String> = options.get_many::<String>("only").into_iter().flatten().cloned().collect();
    let (first, last) = options.get_one::<(u16, u16)>("years").copied().unwrap_or((u16::MIN, u16::MAX));
    let ask = Ask {
        only: &only,
        years: first..=last,
        today: options.get_one::<String>("today").map(String::as_str),
        level: options.get_one::<Level>("level").copied().unwrap_or(Level::P95),
        seed: options.get_one::<u64>("seed").copied().unwrap_or(1),
    };
    let loaded = load::load(&file, None, &mut problems);
    let findings = loaded.as_ref().and_then(|loaded| loaded.findings(&ask, &mut problems));
    diagnostic::print(&problems, lang);
    let (Some(loaded), Some(findings)) = (loaded, findings.filter(|_| problems.errors() == 0)) else {
        diagnostic::print_refusal(&problems, lang);
        return Ok(PROBLEMS);
    };
    for (option, text) in [("frame", Some(&findings.frame)), ("page", page(&findings, lang))] {
        let Some(target) = options.get_one::<PathBuf>(option) else { continue };
        let Some(text) = text else {
            let words = lang.pick(
                "prosjektfila nevner ikke findings.measures",
                "prosjektfila nemner ikkje findings.measures",
                "the project file does not name findings.measures",
            );
            return Err(format!("--{option}: {words}"));
        };
        write(target, text, &file, &loaded.project.files(), lang)?;
    }
    let text = match options.get_one::<String>("format").map(String::as_str) {
        Some("json") => {
            let warnings = problems.list().iter().filter(|problem| problem.severity == Severity::Warning);
            let warnings: Vec<String> = warnings.map(|problem| problem.what.message(lang)).collect();
            let whole = json!({
                "internal": true,
                "region": loaded.project.id,
                "notice": loaded.project.notice,
                "rows": findings.rows,
                "findings": findings.list,
                "warnings": warnings,
            });
            format!("{whole}\n")
        }
        _ => table(&findings, loaded.project.notice.get(lang), lang),
    };
    print(text.as_bytes())
}

fn page(findings: &Findings, lang: Lang) -> Option<&String> {
    Lang::ALL.iter().zip(&findings.pages).find(|(of, _)| **of == lang).and_then(|(_, page)| page.as_ref())
}

/// Writes a file beside its name first; never over a file of the project.
fn write(target: &Path, text: &str, project: &Path, inputs: &[&str], lang: Lang) -> Result<(), String> {
    let folder = project.parent().unwrap_or_else(|| Path::new(""));
    let real = |path: &Path| path.canonicalize().ok();
    let is_input = inputs.iter().map(|input| folder.join(input)).chain([project.to_path_buf()]);
    if real(target).is_some_and(|target| is_input.into_iter().any(|input| real(&input) == Some(target.clone()))) {
        let words = lang.pick("er en fil som leses", "er ei fil som blir lesen", "is a file that is read");
        return Err(format!("{} {words}", target.display()));
    }
    let place = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let failed = |error: &dyn std::fmt::Display| format!("{}: {error}", target.display());
    let mut file = tempfile::NamedTempFile::new_in(place).map_err(|error| failed(&error))?;
    std::io::Write::write_all(&mut file, text.as_bytes()).map_err(|error| failed(&error))?;
    file.persist(target).map_err(|error| failed(&error))?;
    Ok(())
}

/// For people: sentences, figures with two decimals, and what cannot be told apart.
fn table(findings: &Findings, notice: &str, lang: Lang) -> String {
    let internal = lang.pick(
        "INTERNT: nøyaktige tall for små grupper. Ikke legg det ut.",
        "INTERNT: nøyaktige tal for små grupper. Ikkje legg det ut.",
        "INTERNAL: exact figures of small groups. Not to be published.",
    );
    let mut text = format!("{internal}\n");
    if !notice.is_empty() {
        let _ = writeln!(text, "{notice}");
    }
    let _ = writeln!(text, "{} {}", findings.rows, lang.pick("svar", "svar", "answers"));
    for finding in &findings.list {
        let _ = write!(text, "\n{}: {}\n", finding.id, finding.title.get(lang));
        if let Some(reason) = &finding.reason {
            let none = lang.pick("ikke regnet ut", "ikkje rekna ut", "not computed");
            let _ = writeln!(text, "  {none}: {}", reason.get(lang));
            continue;
        }
        for sentence in &finding.sentences {
            let _ = writeln!(text, "  {}", sentence.get(lang));
        }
        text.push_str(&cells(finding, lang));
        for together in &finding.together {
            let groups: Vec<String> = together.groups.iter().map(|group| group.join(" ")).collect();
            let words = lang.pick("kan ikke skilles", "kan ikkje skiljast", "cannot be told apart");
            let _ = writeln!(text, "  {words} ({}): {}", together.method, groups.join(" | "));
        }
    }
    text
}

/// The figures of a finding; nothing where it has none.
fn cells(finding: &Finding, lang: Lang) -> String {
    let rows = finding.rows(lang);
    if rows.len() == 1 {
        return String::new();
    }
    columns(&rows, 2..7).iter().map(|line| format!("  {line}\n")).collect()
}
