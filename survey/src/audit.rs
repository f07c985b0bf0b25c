//! `bygdepuls audit`: what published files give away.

use crate::{PROBLEMS, USAGE, audit_release, print};
use bygdepuls_core::disclosure::page::{self, File, Finding, Report, Rolls};
use bygdepuls_core::edition;
use bygdepuls_core::export::findings;
use bygdepuls_core::text::Lang;
use clap::ArgMatches;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Runs the command; gives the exit code.
///
/// # Errors
///
/// A file cannot be read, or the result cannot be written.
pub(crate) fn run(options: &ArgMatches, lang: Lang) -> Result<u8, String> {
    match options.subcommand() {
        Some(("page", options)) => audit_page(options, lang),
        _ => audit_release::run(options, lang),
    }
}

fn audit_page(options: &ArgMatches, lang: Lang) -> Result<u8, String> {
    let Some(folder) = options.get_one::<PathBuf>("dir") else { return Ok(USAGE) };
    if !folder.is_dir() {
        let words = lang.pick("er ikke en mappe", "er ikkje ei mappe", "is not a folder");
        return wrong(&format!("{} {words}", folder.display()), lang);
    }
    let mut found = Vec::new();
    collect(folder, folder, &mut found)?;
    found.sort_unstable();
    let files: Vec<File<'_>> = found.iter().map(|(name, bytes)| File { name, bytes }).collect();
    let rolls = match options.get_one::<PathBuf>("rolls") {
        None => Rolls::default(),
        Some(path) => {
            let bytes = std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
            match Rolls::read(&bytes).and_then(|rolls| rolls.check(&files).map(|()| rolls)) {
                Ok(rolls) => rolls,
                Err(problem) => return wrong(&format!("{}: {}", path.display(), problem.message(lang)), lang),
            }
        }
    };
    let redraw = |svg: &str| edition::png(svg, edition::PICTURE_WIDTH).ok();
    let report = page::audit(&files, &rolls, Some(&redraw));
    let code = if report.findings.is_empty() { 0 } else { PROBLEMS };
    if options.get_one::<String>("format").is_some_and(|format| format == "json") {
        print(format!("{:#}\n", findings::json(&report, lang)).as_bytes())?;
    } else {
        print(text(&report, lang).as_bytes())?;
    }
    Ok(code)
}

/// Holds what is about to be published against its cubes: why it may not be, or nothing. Pictures were just drawn, so
/// they are not drawn again.
pub(crate) fn refusal(files: &[(String, Vec<u8>)], lang: Lang) -> Option<String> {
    let files: Vec<File<'_>> = files.iter().map(|(name, bytes)| File { name, bytes }).collect();
    let report = page::audit(&files, &Rolls::default(), None);
    let words = lang.pick(
        "det som skulle publiseres, sier mer enn kubene gjør. Ingenting er skrevet. Dette er en feil i bygdepuls, ikke i \
         prosjektet: meld den med funnene nedenfor",
        "det som skulle publiserast, seier meir enn kubane gjer. Ingenting er skrive. Dette er ein feil i bygdepuls, ikkje i \
         prosjektet: meld han med funna nedanfor",
        "what was to be published says more than its cubes do. Nothing is written. This is an error of bygdepuls, not of the \
         project: report it with the findings below",
    );
    (!report.findings.is_empty()).then(|| format!("{words}\n\n{}", text(&report, lang)))
}

fn wrong(message: &str, lang: Lang) -> Result<u8, String> {
    let _ = writeln!(std::io::stderr(), "{}: {message}", lang.pick("feil", "feil", "error"));
    Ok(USAGE)
}

/// All files below a folder, names relative to the root with `/`. Links are not followed: what they lead to is not here.
fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, Vec<u8>)>) -> Result<(), String> {
    let told = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    for entry in std::fs::read_dir(folder).map_err(|error| told(folder, error))? {
        let entry = entry.map_err(|error| told(folder, error))?;
        let path = entry.path();
        let kind = entry.file_type().map_err(|error| told(&path, error))?;
        let parts: Vec<_> =
            path.strip_prefix(root).unwrap_or(&path).iter().map(|part| part.to_string_lossy()).collect();
        if kind.is_dir() {
            let before = files.len();
            collect(root, &path, files)?;
            if files.len() == before {
                // The name of an empty folder may say something too.
                files.push((format!("{}/", parts.join("/")), Vec::new()));
            }
            continue;
        }
        let bytes = if kind.is_file() { std::fs::read(&path).map_err(|error| told(&path, error))? } else { Vec::new() };
        files.push((parts.join("/"), bytes));
    }
    Ok(())
}

/// The findings for people, as problems are printed, and a line that counts them.
fn text(report: &Report, lang: Lang) -> String {
    let mut out = String::new();
    for finding in &report.findings {
        one(&mut out, finding, lang);
        out.push('\n');
    }
    let Report { findings, files, cubes, guarded } = report;
    let count = match (findings.len(), lang) {
        (0, _) => lang.pick("ingen funn", "ingen funn", "no findings").to_owned(),
        (1, Lang::En) => "1 finding".to_owned(),
        (many, _) => format!("{many} {}", lang.pick("funn", "funn", "findings")),
    };
    let words = match (lang, cubes) {
        (Lang::Nb, 1) => format!("{files} filer, 1 kube, {guarded} celler i felt eller skjult"),
        (Lang::Nn, 1) => format!("{files} filer, 1 kube, {guarded} celler i felt eller gøymde"),
        (Lang::En, 1) => format!("{files} files, 1 cube, {guarded} cells in bands or hidden"),
        (Lang::Nb, _) => format!("{files} filer, {cubes} kuber, {guarded} celler i felt eller skjult"),
        (Lang::Nn, _) => format!("{files} filer, {cubes} kubar, {guarded} celler i felt eller gøymde"),
        (Lang::En, _) => format!("{files} files, {cubes} cubes, {guarded} cells in bands or hidden"),
    };
    let _ = writeln!(out, "{words}: {count}");
    out
}

fn one(out: &mut String, finding: &Finding, lang: Lang) {
    let _ = writeln!(out, "{}: {}", lang.pick("funn", "funn", "finding"), finding.leak.message(lang));
    let line = if finding.line > 0 { finding.line.to_string() } else { String::new() };
    let tells = finding.tells(lang).unwrap_or_default();
    for (name, value) in [
        (lang.pick("fil", "fil", "file"), finding.file.as_str()),
        (lang.pick("linje", "linje", "line"), &line),
        (lang.pick("sted", "stad", "place"), &finding.place),
        (lang.pick("celle", "celle", "cell"), &finding.cell),
        (lang.pick("verdi", "verdi", "value"), &finding.value),
        (lang.pick("røper", "røper", "tells"), &tells),
        (lang.pick("hjelp", "hjelp", "help"), finding.leak.help(lang)),
    ] {
        if !value.is_empty() {
            // A terminal obeys no control characters of a file.
            let visible: String = value.chars().map(|c| if c.is_control() { '·' } else { c }).collect();
            let _ = writeln!(out, "  {name:<8}{visible}");
        }
    }
}
