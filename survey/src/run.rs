//! `bygdepuls run`: read, estimate, protect, write.

use crate::check::rows_text;
use crate::publish::{Output, Record, publish};
use crate::{PROBLEMS, audit, diagnostic, load, print};
use bygdepuls_core::cube::Status;
use bygdepuls_core::disclosure::recruitment::is_recruitment;
use bygdepuls_core::disclosure::{SafeCube, open};
use bygdepuls_core::edition::{self, Files};
use bygdepuls_core::export;
use bygdepuls_core::problem::Problems;
use bygdepuls_core::project::{DontKnow, GeoLevel, Loaded, Outcome, Project};
use bygdepuls_core::text::Lang;
use clap::ArgMatches;
use serde_json::json;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The files of the web package that a page loads, and the digests that an editor may pin them by.
const WIDGET: [&str; 3] = ["bygdepuls.js", "bygdepuls_bg.wasm", "integrity.json"];

/// Runs a project.
pub(crate) fn run(options: &ArgMatches, lang: Lang) -> Result<u8, String> {
    let Some(path) = options.get_one::<PathBuf>("project") else { return Ok(2) };
    let json_wanted = options.get_one::<String>("format").is_some_and(|format| format == "json");
    let project_file = load::project_file(path);
    let today = options.get_one::<String>("today").map(String::as_str);
    let mut problems = Problems::new();
    let beside = project_file.parent().unwrap_or_else(|| Path::new("")).join("out");
    let out = options.get_one::<PathBuf>("out").unwrap_or(&beside);
    let done = load::load(&project_file, Some(&out.join(load::PUBLIC)), &mut problems)
        .and_then(|loaded| Some((loaded.compute(today, &mut problems)?, loaded)))
        .filter(|_| problems.errors() == 0);
    let internal = done.as_ref().filter(|_| options.get_flag("internal"));
    let internal = internal.map(|(outcome, loaded)| edition::internal(outcome, loaded, today, &mut problems));
    let done = done.filter(|_| problems.errors() == 0);
    if !json_wanted {
        diagnostic::print(&problems, lang);
    }
    let Some((outcome, loaded)) = done else {
        if json_wanted {
            print(format!("{:#}\n", export::problems::json(&problems, lang)).as_bytes())?;
        } else {
            diagnostic::print_refusal(&problems, lang);
        }
        return Ok(PROBLEMS);
    };
    let internal_only = loaded.project.release.internal_only;
    if internal_only && !options.get_flag("internal") {
        return Err(lang
            .pick(
                "policyen er «none»: ingenting kan publiseres. Bruk --internal for dem som har taushetsplikt",
                "policyen er «none»: ingenting kan publiserast. Bruk --internal for dei som har teieplikt",
                "the policy is “none”: nothing may be published. Use --internal for those bound by confidentiality",
            )
            .into());
    }
    if let Some(inside) = crate::publish::published_around(out) {
        return Err(lang
            .pick(
                "{} ligger i en mappe som er publisert: velg en annen --out",
                "{} ligg i ei mappe som er publisert: vel ei anna --out",
                "{} is inside a folder that is published: choose another --out",
            )
            .replace("{}", &format!("{} ({})", out.display(), inside.display())));
    }
    let widget = widget_folder(options.get_one::<PathBuf>("widget"));
    let files = public_files(&outcome, &loaded, today, widget.as_deref())?;
    if let Some(why) = audit::refusal(&files, lang).filter(|_| !internal_only) {
        return Err(why);
    }
    // What is only looked at is for the owner alone, and never where the public output lies.
    let preview = options.get_flag("preview");
    let folder = out.join(if preview { "preview" } else { load::PUBLIC });
    let release = outcome.release.as_ref().or(loaded.ledger().releases.last()).filter(|_| !preview);
    let release = release.map(|release| (release.number, release.digest.clone()));
    let mut written = vec![Output { folder, files, private: preview, release }];
    if internal_only {
        written.clear();
    }
    if let Some(mut files) = internal.flatten() {
        if !internal_only {
            let loss = |lang: Lang| edition::loss::text(&outcome, &loaded.project, &problems, lang).into_bytes();
            files.extend(Lang::ALL.map(|lang| (format!("loss.{}.txt", lang.tag()), loss(lang))));
        }
        written.push(Output { folder: out.join("internal"), files, private: true, release: None });
    }
    let entry = outcome.release.as_ref().filter(|_| !preview);
    let beside = project_file.parent().unwrap_or_else(|| Path::new(""));
    let record = entry.map(|entry| Record { path: beside.join(entry.name()), bytes: entry.write() });
    publish(&written, record.as_ref(), lang)?;
    if json_wanted {
        let mut result = export::problems::json(&problems, lang);
        let names = |files: &Files| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        result["written"] = written
            .iter()
            .map(|output| json!({ "folder": output.folder.display().to_string(), "files": names(&output.files) }))
            .collect();
        result["release"] = entry.map(|entry| entry.name()).into();
        return print(format!("{result:#}\n").as_bytes());
    }
    let mut report = rows_text(&outcome, lang);
    for cube in &outcome.public {
        report.push_str(&shown_text(cube, lang));
    }
    let has_release = !internal_only && loaded.project.has_survey();
    if has_release {
        report.push_str(&release_text(&loaded.project, lang));
    }
    for Output { folder, files, .. } in &written {
        let words = lang.pick("filer i", "filer i", "files in");
        let _ = writeln!(report, "{} {words} {}", files.len(), folder.display());
    }
    if has_release {
        report.push_str(&ledger_text(record.as_ref(), preview, lang));
    }
    if widget.is_none() {
        report.push_str(lang.pick(
            "Web-pakken er ikke bygd: embed.html viser tabell og figur uten den (cargo xtask wasm bygger den).\n",
            "Web-pakken er ikkje bygd: embed.html viser tabell og figur utan han (cargo xtask wasm byggjer han).\n",
            "The web package is not built: embed.html shows table and figure without it (cargo xtask wasm builds it).\n",
        ));
    }
    print(report.as_bytes())
}

/// How many cells are shown, by what they show.
fn shown_text(cube: &SafeCube, lang: Lang) -> String {
    if open::is_open(cube) {
        let size = |id| cube.dimension(id).map_or(0, |axis| cube.dimensions[axis].categories.len());
        let words = lang.pick("tall for", "tal for", if size("figure") == 1 { "figure for" } else { "figures for" });
        let areas = lang.pick("områder", "område", "areas");
        let symbols = cube.cells.iter().filter(|cell| cell.status != Status::Exact).count();
        let missing = lang.pick("uten tall", "utan tal", "without a figure");
        let rest = if symbols > 0 { format!(", {symbols} {missing}") } else { String::new() };
        return format!("{}: {} {words} {} {areas}{rest}\n", cube.title.get(lang), size("figure"), size("area"));
    }
    let count = |status: Status| cube.cells.iter().filter(|cell| cell.status == status).count();
    let exact = count(Status::Exact) + count(Status::Under) + count(Status::Over);
    let rounded = lang.pick("rundet av", "runda av", "rounded");
    let parts = [
        (count(Status::Band), lang.pick("i bånd", "i band", "in bands")),
        (
            exact,
            if is_recruitment(cube) {
                rounded
            } else {
                lang.pick("i hele prosent", "i heile prosent", "in whole percent")
            },
        ),
        (count(Status::Hidden), lang.pick("skjult", "gøymde", "hidden")),
    ];
    let parts: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, words)| format!("{count} {words}")).collect();
    format!("{}: {}\n", cube.title.get(lang), parts.join(", "))
}

/// What this release is limited to, and why.
fn release_text(project: &Project, lang: Lang) -> String {
    let level = match project.release.level {
        GeoLevel::Region => lang.pick("regionen", "regionen", "the region"),
        GeoLevel::Municipality => lang.pick("kommunene", "kommunane", "the municipalities"),
    };
    let variant = match project.release.dont_know {
        DontKnow::Outside => lang.pick("«vet ikke» utenfor", "«veit ikkje» utanfor", "“don't know” outside the base"),
        DontKnow::Inside => lang.pick("«vet ikke» med", "«veit ikkje» med", "“don't know” in the base"),
    };
    let words = match lang {
        Lang::Nb => {
            "Utgaven er kontrollert sammen med alt som er publisert før. Den har ett geografisk nivå, én variant av grunnlaget \
             og ett tall per bølge, uten svarandeler; her"
        }
        Lang::Nn => {
            "Utgåva er kontrollert saman med alt som er publisert før. Ho har eitt geografisk nivå, éin variant av grunnlaget \
             og eitt tal per bølgje, utan svardelar; her"
        }
        Lang::En => {
            "The release was audited together with everything published before. It holds one geographic level, one variant \
             of the base and one figure per wave, and no response rates; here"
        }
    };
    format!("{words}: {level}, {variant}.\n")
}

/// What the ledger remembers of this run.
fn ledger_text(record: Option<&Record>, preview: bool, lang: Lang) -> String {
    let words = match record {
        _ if preview => lang.pick(
            "Bare til gjennomsyn: ikke publiser mappa, for utgaven er ikke husket.",
            "Berre til gjennomsyn: ikkje publiser mappa, for utgåva er ikkje hugsa.",
            "For looking at only: do not publish the folder, for the release is not remembered.",
        ),
        None => lang.pick(
            "Alt som vises, er publisert før: ingen ny utgave.",
            "Alt som blir vist, er publisert før: inga ny utgåve.",
            "All that is shown was published before: no new release.",
        ),
        Some(_) => lang.pick(
            "Utgaven er husket (INTERNT; ta sikkerhetskopi) i",
            "Utgåva er hugsa (INTERNT; ta tryggingskopi) i",
            "The release is remembered (INTERNAL; keep a backup) in",
        ),
    };
    match record {
        Some(record) => format!("{words} {}\n", record.path.display()),
        None => format!("{words}\n"),
    }
}

/// The folder of the built web package: as given, beside the program, or where `cargo xtask wasm` puts it.
fn widget_folder(given: Option<&PathBuf>) -> Option<PathBuf> {
    let beside = std::env::current_exe().ok().and_then(|program| Some(program.parent()?.join("widget")));
    let places = [given.cloned(), beside, Some(PathBuf::from("wasm/pkg"))];
    places.into_iter().flatten().find(|folder| WIDGET.iter().all(|name| folder.join(name).is_file()))
}

/// What may be published, with what the widget loads.
fn public_files(
    outcome: &Outcome,
    loaded: &Loaded,
    today: Option<&str>,
    widget: Option<&Path>,
) -> Result<Files, String> {
    let mut files = edition::public(outcome, &loaded.project, today)?;
    for (folder, name) in widget.iter().flat_map(|folder| WIDGET.map(|name| (folder, name))) {
        let path = folder.join(name);
        let bytes = std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        files.push((format!("assets/{name}"), bytes));
    }
    Ok(files)
}
