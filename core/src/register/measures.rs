//! The register of measures: what is done about what was found.

use crate::problem::{Explain, Privacy, Problem, Problems};
use crate::read::Table;
use crate::read::table::read_texts;
use crate::text::{Lang, Text};
use std::collections::{BTreeMap, BTreeSet};

/// One measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Its id: `D5-T1`.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// Who answers for it.
    pub responsible: String,
    /// How far it has come.
    pub status: Status,
    /// The findings that it answers: `h2`, `betingelser`, `betingelser=7`.
    pub answers: Vec<String>,
    /// Measures that it is linked to.
    pub links: Vec<String>,
    /// First and last day, where known.
    pub dates: (Option<String>, Option<String>),
    /// What came of it.
    pub result: Text,
    /// The day on which it was last changed.
    pub changed: Option<String>,
    /// What was changed, and why.
    pub change: Text,
    /// What is to be in place in every municipality; empty: the measure is no milestone.
    pub milestone: Text,
    /// Codes of the municipalities in which it is.
    pub reached: Vec<String>,
    /// The line in the file.
    pub line: u64,
}

/// How far a measure has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Decided, not begun.
    Planned,
    /// Begun.
    Started,
    /// Ended as planned.
    Done,
    /// Ended before that.
    Stopped,
}

impl Status {
    /// All, with the word in files.
    pub const NAMES: [(Self, &'static str); 4] =
        [(Self::Planned, "planned"), (Self::Started, "started"), (Self::Done, "done"), (Self::Stopped, "stopped")];

    /// The word in files.
    #[must_use]
    pub fn code(self) -> &'static str {
        Self::NAMES.iter().find(|(status, _)| *status == self).map_or("", |(_, name)| name)
    }

    /// What people read.
    #[must_use]
    pub const fn words(self, lang: Lang) -> &'static str {
        match self {
            Self::Planned => lang.pick("planlagt", "planlagt", "planned"),
            Self::Started => lang.pick("i gang", "i gang", "under way"),
            Self::Done => lang.pick("gjennomført", "gjennomført", "done"),
            Self::Stopped => lang.pick("stanset", "stansa", "stopped"),
        }
    }
}

/// The register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measures {
    /// In the order of the file.
    pub list: Vec<Measure>,
}

/// A note from a youth council or a focus group, coded to the same themes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The day.
    pub date: String,
    /// Who said it: "Ungdomsrådet i Grong".
    pub source: String,
    /// What it is about, as in [`Measure::answers`].
    pub theme: String,
    /// What was said. Free text: internal.
    pub text: String,
}

/// What is wrong with a register of measures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MeasureProblem {
    /// A column that must be there.
    ColumnMissing(Vec<String>),
    /// A cell that must not be empty.
    Empty,
    /// An id that another measure has.
    IdTwice {
        /// The line of the other.
        line: u64,
    },
    /// A measure linked to itself.
    LinkToItself,
    /// A link to a measure that is not there.
    UnknownLink,
    /// A link to an id that several measures have.
    AmbiguousLink,
    /// A link that the other measure does not have.
    OneWayLink {
        /// The other measure.
        to: String,
    },
    /// No such status.
    UnknownStatus,
    /// No such finding, question or answer.
    UnknownTheme,
    /// Not a date.
    NotADate,
    /// The end is before the beginning.
    EndsBeforeItBegins,
    /// Done or stopped, and nobody says what came of it.
    NoResult,
    /// Changed, and nobody says why.
    NoReason,
    /// No such municipality in the project.
    UnknownMunicipality(Vec<String>),
    /// A share or a number of people, in a register that is published.
    SaysHowMany,
}

impl Explain for MeasureProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::ColumnMissing(_) => "column-missing",
            Self::Empty => "empty",
            Self::IdTwice { .. } => "id-twice",
            Self::LinkToItself => "link-to-itself",
            Self::UnknownLink => "unknown-link",
            Self::AmbiguousLink => "ambiguous-link",
            Self::OneWayLink { .. } => "one-way-link",
            Self::UnknownStatus => "unknown-status",
            Self::UnknownTheme => "unknown-theme",
            Self::NotADate => "not-a-date",
            Self::EndsBeforeItBegins => "ends-before-it-begins",
            Self::NoResult => "no-result",
            Self::NoReason => "no-reason",
            Self::UnknownMunicipality(_) => "unknown-municipality",
            Self::SaysHowMany => "says-how-many",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let t = |nb: &'static str, nn: &'static str, en: &'static str| lang.pick(nb, nn, en).to_owned();
        match self {
            Self::ColumnMissing(_) => t("kolonnen mangler", "kolonnen manglar", "the column is missing"),
            Self::Empty => t("cella er tom", "cella er tom", "the cell is empty"),
            Self::IdTwice { line } => {
                format!(
                    "{} {line}",
                    t("id-en står også på linje", "id-en står òg på linje", "the id also stands on line")
                )
            }
            Self::LinkToItself => {
                t("tiltaket viser til seg selv", "tiltaket viser til seg sjølv", "the measure is linked to itself")
            }
            Self::UnknownLink => t("tiltaket finnes ikke", "tiltaket finst ikkje", "there is no such measure"),
            Self::AmbiguousLink => {
                t("flere tiltak har denne id-en", "fleire tiltak har denne id-en", "several measures have this id")
            }
            Self::OneWayLink { to } => match lang {
                Lang::Nb => format!("{to} viser ikke tilbake"),
                Lang::Nn => format!("{to} viser ikkje tilbake"),
                Lang::En => format!("{to} does not link back"),
            },
            Self::UnknownStatus => t("ukjent status", "ukjend status", "unknown status"),
            Self::UnknownTheme => t(
                "ikke et funn, et spørsmål eller et svar",
                "ikkje eit funn, eit spørsmål eller eit svar",
                "not a finding, a question or an answer",
            ),
            Self::NotADate => t("ikke en dato", "ikkje ein dato", "not a date"),
            Self::EndsBeforeItBegins => {
                t("slutter før det begynner", "sluttar før det byrjar", "ends before it begins")
            }
            Self::NoResult => t(
                "tiltaket er avsluttet, men ingen har skrevet hva det ga",
                "tiltaket er avslutta, men ingen har skrive kva det gav",
                "the measure has ended, but nobody wrote what came of it",
            ),
            Self::NoReason => t(
                "tiltaket er endret, men ingen har skrevet hvorfor",
                "tiltaket er endra, men ingen har skrive kvifor",
                "the measure was changed, but nobody wrote why",
            ),
            Self::UnknownMunicipality(_) => {
                t("ukjent kommune", "ukjend kommune", "no such municipality in the project")
            }
            Self::SaysHowMany => t(
                "registeret er offentlig, og teksten sier hvor mange",
                "registeret er offentleg, og teksten seier kor mange",
                "the register is public, and the text says how many",
            ),
        }
    }

    fn expected(&self, lang: Lang) -> Option<String> {
        match self {
            Self::ColumnMissing(known) => {
                Some(format!("{} {}", lang.pick("en av", "ein av", "one of"), known.join(", ")))
            }
            Self::UnknownMunicipality(known) => Some(known.join(", ")),
            Self::UnknownStatus => Some(Status::NAMES.map(|(_, name)| name).join(", ")),
            Self::UnknownTheme => {
                let words = lang.pick(
                    "id-en til et funn, en variabel, eller variabel=kode",
                    "id-en til eit funn, ein variabel, eller variabel=kode",
                    "the id of a finding, a variable, or variable=code",
                );
                Some(words.into())
            }
            Self::NotADate => Some("2026-11-30".into()),
            _ => None,
        }
    }

    fn help(&self, lang: Lang) -> Option<String> {
        let t = |nb, nn, en| Some(lang.pick(nb, nn, en).to_owned());
        match self {
            Self::IdTwice { .. } => t("gi det ene en ny id", "gi det eine ein ny id", "give one of them a new id"),
            Self::OneWayLink { to } => match lang {
                Lang::Nb => Some(format!("legg lenken til i {to}, eller fjern den her")),
                Lang::Nn => Some(format!("legg lenkja til i {to}, eller fjern henne her")),
                Lang::En => Some(format!("add the link to {to}, or remove it here")),
            },
            Self::LinkToItself | Self::UnknownLink => {
                t("fjern eller rett lenken", "fjern eller rett lenkja", "remove or mend the link")
            }
            Self::NoResult => t("fyll ut result_nb", "fyll ut result_nb", "fill in result_nb"),
            Self::NoReason => t("fyll ut change_nb", "fyll ut change_nb", "fill in change_nb"),
            Self::SaysHowMany => t(
                "skriv det uten andeler og antall, eller sett findings.measures_are = \"internal\"",
                "skriv det utan delar og tal, eller set findings.measures_are = \"internal\"",
                "write it without shares and numbers of people, or set findings.measures_are = \"internal\"",
            ),
            _ => None,
        }
    }
}

/// The columns that must be there.
const COLUMNS: [&str; 5] = ["id", "title_nb", "responsible", "status", "answers"];

impl Measures {
    /// Reads a register from CSV; its columns are described in `measures.schema.json` beside this file.
    ///
    /// `id`, `title_nb`, `responsible`, `status` and `answers` must be there; `title_nn`, `title_en`, `links`, `start`, `end`,
    /// `result_nb`, `result_nn`, `result_en`, `changed`, `change_nb` (what was changed and why), `milestone_nb` (what is to be in
    /// place in every municipality) and `reached` (codes of those in which it is) may. Lists are separated by spaces. An id used twice, a link to itself and a link to
    /// nothing are errors; a link that the other measure does not have, a link to an id used twice, and an ended measure without
    /// a result are warnings. `None` only when the file cannot be read as a register at all.
    ///
    /// # Example
    ///
    /// ```
    /// use bygdepuls_core::{problem::Problems, register::measures::Measures};
    /// let mut problems = Problems::new();
    /// let file = b"id,title_nb,responsible,status,answers,links\nT1,Kveldsbuss,AtB,started,betingelser=7 h2,T1\n";
    /// let register = Measures::read("measures.csv", file, &mut problems).unwrap();
    /// assert_eq!(register.list[0].answers, ["betingelser=7", "h2"]);
    /// assert_eq!(problems.list()[0].what.code(), "link-to-itself");
    /// ```
    #[must_use]
    pub fn read(file: &str, bytes: &[u8], problems: &mut Problems) -> Option<Self> {
        let table = read_sheet(file, bytes, &COLUMNS, problems)?;
        let word = |name: &str, record: usize| word(&table, name, record);
        let list = |name: &str, record: usize| -> Vec<String> {
            let words = word(name, record);
            words
                .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'))
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect()
        };
        let mut measures: Vec<Measure> = Vec::new();
        for record in 0..table.len() {
            let line = table.lines.get(record).copied().unwrap_or_default();
            let mut report = |column: &str, value: &str, what: MeasureProblem| {
                let problem = Problem::error(file, what).line(line).record(record as u64 + 1).column(column);
                problems.push(if value.is_empty() { problem } else { problem.value(value, Privacy::Open) });
            };
            for column in ["id", "title_nb", "responsible"].iter().filter(|column| word(column, record).is_empty()) {
                report(column, "", MeasureProblem::Empty);
            }
            let status = word("status", record);
            let known = Status::NAMES.iter().find(|(_, name)| *name == status).map(|(status, _)| *status);
            if known.is_none() {
                report("status", &status, MeasureProblem::UnknownStatus);
            }
            let mut date = |column: &str| {
                let date = word(column, record);
                if !date.is_empty() && !crate::date::is_date(&date) {
                    report(column, &date, MeasureProblem::NotADate);
                }
                (!date.is_empty()).then_some(date)
            };
            let dates = (date("start"), date("end"));
            let changed = date("changed");
            if let (Some(start), Some(end)) = &dates
                && end < start
            {
                report("end", end, MeasureProblem::EndsBeforeItBegins);
            }
            let text = |what: &str| three(&table, what, record);
            measures.push(Measure {
                id: word("id", record),
                title: text("title"),
                responsible: word("responsible", record),
                status: known.unwrap_or(Status::Planned),
                answers: list("answers", record),
                links: list("links", record),
                dates,
                result: text("result"),
                changed,
                change: text("change"),
                milestone: text("milestone"),
                reached: list("reached", record),
                line,
            });
        }
        let register = Self { list: measures };
        register.check(file, problems);
        Some(register)
    }

    /// Ids used twice, and what is wrong with links and results.
    fn check(&self, file: &str, problems: &mut Problems) {
        let at = |measure: &Measure, column: &str, problem: Problem| problem.line(measure.line).column(column);
        let mut seen: BTreeMap<&str, u64> = BTreeMap::new();
        let mut twice: BTreeSet<&str> = BTreeSet::new();
        for measure in self.list.iter().filter(|measure| !measure.id.is_empty()) {
            if let Some(line) = seen.insert(&measure.id, measure.line) {
                twice.insert(&measure.id);
                let problem = Problem::error(file, MeasureProblem::IdTwice { line });
                problems.push(at(measure, "id", problem).value(&*measure.id, Privacy::Open));
            }
        }
        for measure in &self.list {
            let ended = matches!(measure.status, Status::Done | Status::Stopped);
            if ended && measure.result.nb.is_empty() {
                problems.push(at(measure, "result_nb", Problem::warning(file, MeasureProblem::NoResult)));
            }
            if measure.changed.is_some() && measure.change.nb.is_empty() {
                problems.push(at(measure, "change_nb", Problem::warning(file, MeasureProblem::NoReason)));
            }
            for link in &measure.links {
                let problem = if *link == measure.id {
                    Problem::error(file, MeasureProblem::LinkToItself)
                } else if !seen.contains_key(link.as_str()) {
                    Problem::error(file, MeasureProblem::UnknownLink)
                } else if twice.contains(link.as_str()) {
                    Problem::warning(file, MeasureProblem::AmbiguousLink)
                } else {
                    continue;
                };
                problems.push(at(measure, "links", problem).value(link, Privacy::Open));
            }
            for (_, to) in self.one_way().into_iter().filter(|(from, _)| from.line == measure.line) {
                let problem = Problem::warning(file, MeasureProblem::OneWayLink { to: to.into() });
                problems.push(at(measure, "links", problem).value(to, Privacy::Open));
            }
        }
    }

    /// Reports municipalities that are not among those of the project.
    pub fn check_municipalities(&self, file: &str, known: &[String], problems: &mut Problems) {
        for measure in &self.list {
            for code in measure.reached.iter().filter(|code| !known.contains(code)) {
                let problem =
                    Problem::error(file, MeasureProblem::UnknownMunicipality(known.into())).line(measure.line);
                problems.push(problem.column("reached").value(code, Privacy::Open));
            }
        }
    }

    /// Links that none of the measures with the other id has back; links to itself are not among them.
    #[must_use]
    pub fn one_way(&self) -> Vec<(&Measure, &str)> {
        let has = |from: &str, to: &str| {
            let mut others = self.list.iter().filter(|measure| measure.id == from).peekable();
            others.peek().is_none() || others.any(|other| other.links.iter().any(|link| link == to))
        };
        let links = self.list.iter().flat_map(|measure| measure.links.iter().map(move |to| (measure, to.as_str())));
        links.filter(|(measure, to)| measure.id != *to && !has(to, &measure.id)).collect()
    }

    /// The measures that answer a finding; `betingelser=7` is also answered by what answers `betingelser`.
    #[must_use]
    pub fn answering(&self, theme: &str) -> Vec<&Measure> {
        let whole = theme.split('=').next().unwrap_or(theme);
        let answers = |measure: &&Measure| measure.answers.iter().any(|answer| answer == theme || answer == whole);
        self.list.iter().filter(answers).collect()
    }

    /// The measures that answer nothing.
    #[must_use]
    pub fn without_finding(&self) -> Vec<&Measure> {
        self.list.iter().filter(|measure| measure.answers.is_empty()).collect()
    }

    /// The page back to those who answered: what they said, and what was done. It holds no figure, so that nobody is counted out.
    ///
    /// `said` gives the words of a theme; themes without words are left out, and so are those that no measure answers.
    #[must_use]
    pub fn you_said_we_did(&self, said: &[(String, Text)], lang: Lang) -> String {
        let mut page = format!("# {}\n", lang.pick("Dere sa – vi gjorde", "De sa – vi gjorde", "You said – we did"));
        for (theme, words) in said {
            let measures = self.answering(theme);
            if measures.is_empty() {
                continue;
            }
            let you = lang.pick("Dere sa", "De sa", "You said");
            page += &format!("\n## {you}: {}\n\n", words.get(lang));
            for measure in measures {
                let result = measure.result.get(lang);
                let tail = if result.is_empty() { String::new() } else { format!(" {result}") };
                page += &format!(
                    "- **{}** ({}; {}).{tail}\n",
                    measure.title.get(lang),
                    measure.status.words(lang),
                    measure.responsible
                );
            }
        }
        page
    }
}

impl Note {
    /// Reads notes from CSV with the columns `date`, `source`, `theme` and `text`; the text is never quoted in messages.
    #[must_use]
    pub fn read_all(file: &str, bytes: &[u8], problems: &mut Problems) -> Option<Vec<Self>> {
        let table = read_sheet(file, bytes, &["date", "source", "theme", "text"], problems)?;
        let mut notes = Vec::new();
        for record in 0..table.len() {
            let of = |name: &str| word(&table, name, record);
            let note = Self { date: of("date"), source: of("source"), theme: of("theme"), text: of("text") };
            if !crate::date::is_date(&note.date) {
                let line = table.lines.get(record).copied().unwrap_or_default();
                let problem = Problem::error(file, MeasureProblem::NotADate).line(line).record(record as u64 + 1);
                problems.push(problem.column("date").value(&*note.date, Privacy::Open));
            }
            notes.push(note);
        }
        Some(notes)
    }
}

/// Reports themes that are not known: of measures, with their line, or of notes.
pub fn check_themes<'a>(
    file: &str,
    column: &str,
    themes: impl Iterator<Item = (u64, &'a str)>,
    known: impl Fn(&str) -> bool,
    problems: &mut Problems,
) {
    for (line, theme) in themes.filter(|(_, theme)| !known(theme)) {
        let problem = Problem::error(file, MeasureProblem::UnknownTheme).line(line).column(column);
        problems.push(problem.value(theme, Privacy::Open));
    }
}

fn read_sheet(file: &str, bytes: &[u8], columns: &[&str], problems: &mut Problems) -> Option<Table> {
    let before = problems.errors();
    let (names, table) = read_texts(file, bytes, problems)?;
    for column in columns.iter().filter(|column| table.column(column).is_none()) {
        problems.push(Problem::error(file, MeasureProblem::ColumnMissing(names.clone())).column(*column));
    }
    (problems.errors() == before).then_some(table)
}

fn word(table: &Table, name: &str, record: usize) -> String {
    table.column(name).and_then(|column| column.text(record).ok()).unwrap_or_default().trim().to_owned()
}

/// A text in three languages; one that is not there is bokmål's.
fn three(table: &Table, what: &str, record: usize) -> Text {
    let [nb, nn, en] = ["nb", "nn", "en"].map(|lang| word(table, &format!("{what}_{lang}"), record));
    let or = |own: String| if own.is_empty() { nb.clone() } else { own };
    Text { nn: or(nn), en: or(en), nb: nb.clone() }
}
