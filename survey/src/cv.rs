//! `bygdepuls cv`: lists from the CV base, each logged, and protected counts of it.

use crate::track::refuse_public;
use crate::{PROBLEMS, USAGE, diagnostic, load, print};
use bygdepuls_core::cube::About;
use bygdepuls_core::disclosure::recruitment::publish;
use bygdepuls_core::export::csv;
use bygdepuls_core::indicator::recruitment::cv_base;
use bygdepuls_core::problem::{Problem, Problems};
use bygdepuls_core::project::{Project, ProjectProblem};
use bygdepuls_core::register::code::{education, occupation};
use bygdepuls_core::register::recruitment::access::{self, LOG_HEAD, List, LogEntry, Request};
use bygdepuls_core::register::recruitment::{Day, Recruitment, Wants};
use bygdepuls_core::text::Lang;
use clap::ArgMatches;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The log, beside the project file.
const LOG: &str = "cv-log.csv";

/// Runs the command; gives the exit code.
///
/// # Errors
///
/// A file cannot be read, the list or the log cannot be written, or the list would lie where everybody sees it.
pub(crate) fn run(options: &ArgMatches, lang: Lang) -> Result<u8, String> {
    let (Some(path), Some(what)) = (options.get_one::<PathBuf>("project"), options.get_one::<String>("what")) else {
        return Ok(USAGE);
    };
    let Some(today) = options.get_one::<String>("today").and_then(|day| Day::iso(day)) else { return Ok(USAGE) };
    // A list is made on the machine's day, whatever day was given: consent must hold on both, and the log tells when.
    let clock = load::clock().as_deref().and_then(Day::iso);
    let file = load::project_file(path);
    let mut problems = Problems::new();
    let read = read(&file, (today, clock), &mut problems);
    diagnostic::print(&problems, lang);
    let Some((project, registers)) = read.filter(|_| problems.errors() == 0) else {
        diagnostic::print_refusal(&problems, lang);
        return Ok(PROBLEMS);
    };
    let asked = misplaced(options, what, lang).map_or_else(|| request(options, &registers, lang), Err);
    let request = match asked {
        Ok(request) => request,
        Err(words) => {
            let _ = writeln!(io::stderr(), "{}: {words}", lang.pick("feil", "feil", "error"));
            return Ok(USAGE);
        }
    };
    let (list, rows) = match what.as_str() {
        "shortlist" => (List::Shortlist, access::shortlist(&registers, &request)),
        "contacts" => (List::Contacts, access::contact_list(&registers, &request)),
        _ => return count(&project, &registers, lang),
    };
    let Some(out) = options.get_one::<PathBuf>("out") else { return Ok(USAGE) };
    refuse_public(folder(out), lang)?;
    refuse_input(out, &file, &project, lang)?;
    let bytes = access::csv(list, &rows, &registers, lang);
    let employer = options.get_one::<String>("employer").filter(|_| list == List::Shortlist);
    let entry = LogEntry {
        date: clock.unwrap_or(today),
        list,
        employer: employer.cloned().unwrap_or_default(),
        criteria: request.criteria(),
        rows: rows.len(),
    };
    // A list that is not noted is not made: the log is written before the list gets its name.
    let of = |path: &Path, error: io::Error| format!("{}: {error}", path.display());
    let made = stage(out, &bytes).map_err(|error| of(out, error))?;
    let log = folder(&file).join(LOG);
    note(&log, &entry).map_err(|error| of(&log, error))?;
    made.persist(out).map_err(|error| of(out, error.error))?;
    let words = match lang {
        Lang::Nb => format!("{} rader i {} (INTERNT); loggført i {}\n", rows.len(), out.display(), log.display()),
        Lang::Nn => format!("{} rader i {} (INTERNT); loggført i {}\n", rows.len(), out.display(), log.display()),
        Lang::En => format!("{} rows in {} (INTERNAL); logged in {}\n", rows.len(), out.display(), log.display()),
    };
    print(words.as_bytes())
}

/// The folder of a file.
fn folder(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."))
}

/// The project and its CV base; the other registers are not read.
fn read(file: &Path, days: (Day, Option<Day>), problems: &mut Problems) -> Option<(Project, Recruitment)> {
    let name = file.display().to_string();
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) => {
            let what = match error.kind() {
                io::ErrorKind::NotFound => ProjectProblem::FileMissing,
                io::ErrorKind::InvalidData => ProjectProblem::NotUtf8,
                _ => ProjectProblem::Unreadable(error.to_string()),
            };
            problems.push(Problem::error(&name, what));
            return None;
        }
    };
    let project = Project::parse(&name, &text, problems)?;
    let register = project.recruitment.as_ref().and_then(|section| section.register("cv"));
    let Some(register) = register else {
        problems.push(Problem::error(&name, ProjectProblem::MissingKey).column("recruitment.cv"));
        return None;
    };
    let mut files = BTreeMap::new();
    for needed in std::iter::once(&register.file).chain(&register.schema) {
        match std::fs::read(folder(file).join(needed)) {
            Ok(bytes) => {
                files.insert(needed.clone(), bytes);
            }
            Err(error) => {
                let what = match error.kind() {
                    io::ErrorKind::NotFound => ProjectProblem::FileMissing,
                    _ => ProjectProblem::Unreadable(error.to_string()),
                };
                problems.push(Problem::error(needed, what));
                return None;
            }
        }
    }
    let registers = Recruitment::read_some(&project, &["cv"], &files, days, problems)?;
    if !registers.left_out.is_empty() {
        problems.push(registers.left_out_warning());
    }
    Some((project, registers))
}

/// In words why an option is of no use for what is made; that it says nothing must not go unseen.
fn misplaced(options: &ArgMatches, what: &str, lang: Lang) -> Option<String> {
    let mut own = ["field", "occupation", "education", "wants", "experience", "employer", "out"].into_iter();
    let employer = options.get_one::<String>("employer");
    let (option, words) = match what {
        "count" => {
            let option = own.find(|option| options.contains_id(option))?;
            (option, lang.pick("count er alltid av alle", "count er alltid av alle", "count is always of everybody"))
        }
        "contacts" if employer.is_some() => {
            let words = lang.pick(
                "lista er for brobyggeren; en arbeidsgiver får shortlist",
                "lista er for brubyggjaren; ein arbeidsgivar får shortlist",
                "the list is for the bridge builder; an employer gets a shortlist",
            );
            ("employer", words)
        }
        "shortlist" if employer.is_none_or(|name| name.trim().is_empty()) => {
            ("employer", lang.pick("navnet er tomt", "namnet er tomt", "the name is empty"))
        }
        _ => return None,
    };
    Some(format!("--{option}: {words}"))
}

/// What is asked for, or in words what it cannot be: a list of nobody must not be taken for an answer.
fn request(options: &ArgMatches, registers: &Recruitment, lang: Lang) -> Result<Request, String> {
    let t = |nb: &'static str, nn, en| lang.pick(nb, nn, en);
    let text = |name: &str| options.get_one::<String>(name).cloned();
    let (field, occupation, education) = (text("field"), text("occupation"), text("education"));
    if let Some(id) = &field
        && !registers.fields.iter().any(|field| field.id == *id)
    {
        let known: Vec<&str> = registers.fields.iter().map(|field| field.id.as_str()).collect();
        let words = t("ukjent fagfelt; ett av", "ukjent fagfelt; eitt av", "unknown field; one of");
        return Err(format!("--field {id}: {words} {}", known.join(", ")));
    }
    if let Some(code) = occupation.as_ref().filter(|code| !occupation::is_beginning(code)) {
        let words = t(
            "ingen yrker i STYRK-08 begynner slik",
            "ingen yrke i STYRK-08 byrjar slik",
            "no occupation of STYRK-08 begins like this",
        );
        return Err(format!("--occupation {code}: {words}"));
    }
    if let Some(code) = education.as_ref().filter(|code| !education::is_beginning(code)) {
        let words =
            t("ett til seks siffer av NUS2000", "eitt til seks siffer av NUS2000", "one to six digits of NUS2000");
        return Err(format!("--education {code}: {words}"));
    }
    let wants = match text("wants").as_deref() {
        Some("now") => Some(Wants::Now),
        Some("later") => Some(Wants::Later),
        Some("told") => Some(Wants::Told),
        _ => None,
    };
    let experience = options.get_one::<u8>("experience").copied();
    Ok(Request { field, occupation, education, wants, experience })
}

/// Prints the counts that may be published.
fn count(project: &Project, registers: &Recruitment, lang: Lang) -> Result<u8, String> {
    let mut problems = Problems::new();
    let Some(figures) = cv_base::figures(registers, &mut problems) else {
        diagnostic::print(&problems, lang);
        return Ok(PROBLEMS);
    };
    let about = About { notice: project.notice.clone(), ..About::default() };
    let cube = publish("cv_base", &figures, &project.release.recruitment, about);
    print(&csv::write(&cube, lang))
}

/// Refuses to write over what the project is made of.
fn refuse_input(out: &Path, file: &Path, project: &Project, lang: Lang) -> Result<(), String> {
    // A file that is not there yet is known by its folder.
    let named = |path: &Path| Some(folder(path).canonicalize().ok()?.join(path.file_name()?));
    let whole = |path: &Path| path.canonicalize().ok().or_else(|| named(path));
    let inputs = project.files().into_iter().map(|name| folder(file).join(name));
    let mut taken = inputs.chain([file.to_path_buf(), folder(file).join(LOG)]);
    if taken.any(|input| whole(&input) == whole(out)) {
        return Err(lang
            .pick(
                "{} hører til prosjektet. Velg en annen --out",
                "{} høyrer til prosjektet. Vel ei anna --out",
                "{} belongs to the project. Choose another --out",
            )
            .replace("{}", &out.display().to_string()));
    }
    Ok(())
}

/// The list under a name of its own, for the owner alone from the first byte on.
fn stage(out: &Path, bytes: &[u8]) -> io::Result<tempfile::NamedTempFile> {
    let mut made = tempfile::Builder::new().prefix(".bygdepuls-").tempfile_in(folder(out))?;
    made.write_all(bytes)?;
    made.as_file().sync_all()?;
    Ok(made)
}

/// Adds a line to the log, which is for the owner alone.
fn note(log: &Path, entry: &LogEntry) -> io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(log)?;
    let head = if file.metadata()?.len() == 0 { LOG_HEAD } else { "" };
    file.write_all(format!("{head}{}", entry.line()).as_bytes())?;
    file.sync_all()
}
