//! A project from named bytes: the same in a folder and in a browser tab.
//!
//! [`Project::parse`] reads `project.toml`; [`Project::files`] says which files it needs; [`Project::load`] reads them
//! and reports everything that is wrong; [`Loaded::compute`] makes the internal cubes and the safe ones.

pub mod amend;
pub mod apart;
#[cfg(feature = "sealed")]
pub mod archive;
pub(crate) mod cohort;
mod fieldwork;
mod findings;
mod gap;
mod load;
mod new;
mod outlook;
mod problem;
mod recruitment;
mod registers;
#[cfg(feature = "sealed")]
pub mod sealed;
mod series;
mod toml;

pub use fieldwork::{Calendar, ContactFiles};
pub use load::{Ask, Findings, Loaded, Outcome};
pub use new::{New, NewProblem, POPULATION};
pub use outlook::{Outlook, Row as OutlookRow};
pub use problem::{Expected, ProjectProblem, VariableType};
pub use recruitment::{RecruitmentFiles, RegisterFile};

use crate::cube::Source;
use crate::disclosure::Policy;
use crate::disclosure::recruitment::{Groups, Rules};
use crate::disclosure::release::{Boundary, ForeignTable, ReleaseProblem};
use crate::indicator::recruitment::CATALOGUE;
use crate::problem::Problems;
use crate::register::municipality::{self, Code, Day};
use crate::register::official::Register;
use crate::text::Text;
use toml::{Document, Section};

/// Everything that `project.toml` says.
#[derive(Clone, Debug, PartialEq)]
pub struct Project {
    /// Id of the region: `indre-namdal`. In file names and addresses.
    pub id: String,
    /// Name of the region.
    pub name: Text,
    /// Its municipalities, in the order in which they are shown.
    pub municipalities: Vec<Municipality>,
    /// The survey.
    pub survey: Survey,
    /// The register of the population.
    pub population: Population,
    /// All registers of official statistics that indicators are made of, the population among them.
    pub registers: Vec<Register>,
    /// The contact log, if there is one.
    pub contacts: Option<ContactFiles>,
    /// When a year's fieldwork takes place.
    pub calendar: Calendar,
    /// Ids of the indicators to compute.
    pub indicators: Vec<String>,
    /// The registers of recruitment, where the project names any.
    pub recruitment: Option<RecruitmentFiles>,
    /// Which question plays which part in the findings.
    pub findings: crate::indicator::finding::Roles,
    /// What may be published.
    pub release: Release,
    /// Tables that others published of the same answers.
    pub foreign: Vec<ForeignTable>,
    /// Municipalities that were merged or divided since something was published.
    pub boundaries: Vec<Boundary>,
    /// What must stand with every figure.
    pub notice: Text,
    /// Where the figures come from.
    pub sources: Vec<Source>,
    /// Date of the data when `--today` is not given: the last closing date.
    pub date: String,
    /// The month in which new figures are expected each year; after it, next year, a figure is old.
    pub update_month: u8,
    /// Address of the public folder on the web, for the snippets to copy; empty: not known.
    pub address: String,
    /// Name of the project file, for messages.
    pub file: String,
    /// Every file, code and variable it names, with its place.
    pub places: Vec<Place>,
}

/// Where the project file names a file, a code or a variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// What is named: a path relative to the project file, a code, a variable.
    pub value: String,
    /// The key that names it: `answers.file`.
    pub key: String,
    /// The line of the key.
    pub line: u64,
    /// Whether it is a file.
    pub is_file: bool,
}

/// One municipality.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Municipality {
    /// Code of four digits, as in the register and the answers.
    pub code: String,
    /// Name, with its Sámi name where it has one.
    pub name: Text,
}

/// Where the answers are and what their columns stand for. Without rounds there is no survey: see [`Project::has_survey`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// The questionnaire of every year that has none of its own.
    pub questionnaire: Sheets,
    /// Which variable plays which part.
    pub roles: Roles,
    /// The waves.
    pub waves: Vec<Wave>,
    /// One file of answers per year, in rising order of years.
    pub rounds: Vec<Round>,
}

impl Survey {
    /// The questionnaire of the last year, against which new answers are read.
    #[must_use]
    pub fn latest(&self) -> &Sheets {
        self.rounds.last().map_or(&self.questionnaire, |round| &round.questionnaire)
    }
}

/// The files of a questionnaire.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sheets {
    /// The XLSForm sheet `survey` as CSV.
    pub survey: String,
    /// The XLSForm sheet `choices` as CSV.
    pub choices: String,
}

/// Which variable plays which part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roles {
    /// The wave.
    pub wave: String,
    /// The home municipality.
    pub home: String,
    /// Where the person lives now.
    pub lives_now: String,
    /// Consent.
    pub consent: String,
    /// The code of "yes" to consent.
    pub consent_yes: String,
    /// The self-made code by which duplicates are found.
    pub code: String,
    /// The time of submission; blank: broken off.
    pub submitted: String,
    /// Who answered: an id of the contact log, or a keyed pseudonym of it. Without it people are linked by `code` alone.
    pub person: Option<String>,
    /// Sex.
    pub sex: String,
    /// The code of girls and women.
    pub sex_female: String,
    /// The code of boys and men.
    pub sex_male: String,
}

impl Roles {
    /// Whether a variable plays a part.
    #[must_use]
    pub fn has(&self, variable: &str) -> bool {
        let parts = [&self.wave, &self.home, &self.lives_now, &self.consent, &self.code, &self.submitted];
        parts.into_iter().chain(&self.person).any(|part| part == variable)
    }
}

/// One wave: who is asked, counted from 10th grade.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wave {
    /// Its code in the answers: `1`.
    pub code: String,
    /// Its id in cubes: `w1`.
    pub id: String,
    /// What people read: "10. klasse". The questionnaire's label, once that is read; until then the code.
    pub name: Text,
    /// Years since the cohort left 10th grade.
    pub years_after: u16,
}

/// One year's answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// The year.
    pub year: u16,
    /// The file of answers.
    pub answers: String,
    /// The last day on which an answer counts.
    pub closes: String,
    /// What was asked.
    pub questionnaire: Sheets,
    /// Questions that the owner says are still the same, although their words, scale, order or base changed.
    pub comparable: Vec<String>,
}

/// The register that says how large a cohort is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Population {
    /// Population by municipality, year and single year of age, as CSV.
    pub data: String,
    /// The age in the year of 10th grade by which a cohort is counted, on 1 January: 15.
    pub age: u16,
    /// Class or invitation list: `year,wave,municipality,invited`; where it has a count, it wins.
    pub invited: Option<String>,
}

/// Whether "don't know" belongs to the base of a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DontKnow {
    /// Those who don't know are outside the base.
    Outside,
    /// Those who don't know are in the base and did not say yes.
    Inside,
}

impl DontKnow {
    /// Both variants, in the order of cubes.
    pub const ALL: [Self; 2] = [Self::Outside, Self::Inside];

    /// The word in project files and cubes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Outside => "outside",
            Self::Inside => "inside",
        }
    }
}

/// The one geographic level that a release holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GeoLevel {
    /// The region as a whole.
    Region,
    /// Each municipality, some of them pooled; never the region beside them.
    Municipality,
}

/// What a public release holds, and by which rules.
#[derive(Clone, Debug, PartialEq)]
pub struct Release {
    /// Thresholds and larger units.
    pub policy: Policy,
    /// Nothing is published at all: the policy `none`.
    pub internal_only: bool,
    /// The one geographic level.
    pub level: GeoLevel,
    /// The one variant of the base.
    pub dont_know: DontKnow,
    /// Widths of windows, in rounds, in the order in which they are tried.
    pub windows: Vec<usize>,
    /// Municipalities that are pooled when one of them is too small in every window: lists of codes, disjoint.
    pub pool: Vec<Vec<String>>,
    /// What of the region's own registers of recruitment is shown.
    pub recruitment: Rules,
}

impl Default for Release {
    /// What a project of registers alone has: nothing of it is ever asked.
    fn default() -> Self {
        Self {
            policy: Policy::default(),
            internal_only: false,
            level: GeoLevel::Region,
            dont_know: DontKnow::Outside,
            windows: vec![1],
            pool: Vec::new(),
            recruitment: Rules::default(),
        }
    }
}

impl Project {
    /// Reads a project file. All problems are reported; `None` when it cannot be used even to look for problems in the
    /// files that it names.
    #[must_use]
    pub fn parse(file: &str, text: &str, problems: &mut Problems) -> Option<Self> {
        let document = Document::new(file, text, problems);
        let root = document.parse()?;
        let span = root.span();
        read_project(file, Section::new(&document, "", root.get_ref(), span))
    }

    /// The files that the project names, each once, in the order of the project file.
    #[must_use]
    pub fn files(&self) -> Vec<&str> {
        let mut files: Vec<&str> = Vec::new();
        for place in self.places.iter().filter(|place| place.is_file) {
            if !files.contains(&place.value.as_str()) {
                files.push(&place.value);
            }
        }
        files
    }

    /// Whether there are answers; a project may be registers alone.
    #[must_use]
    pub fn has_survey(&self) -> bool {
        !self.survey.rounds.is_empty()
    }

    /// A day on which the codes of all its municipalities hold, to which those of registers are carried: the project's date, else
    /// the last 1 January. None where there is no such day.
    #[must_use]
    pub fn day(&self) -> Option<Day> {
        let register = municipality::Register::embedded();
        let codes: Option<Vec<Code>> = self.municipalities.iter().map(|one| Code::parse(&one.code)).collect();
        let codes = codes.filter(|codes| !codes.is_empty())?;
        let holds = |day: &Day| codes.iter().all(|code| register.get(*code, *day).is_some());
        let own = Day::parse(&self.date).ok().map(|(day, _)| day);
        let years = (Day::FIRST.year()..=Day::LAST.year()).rev().map(Day::january);
        own.into_iter().chain(years).find(holds)
    }

    /// The cohort that a wave asks in a year: the year in which it left 10th grade.
    #[must_use]
    pub fn cohort(wave: &Wave, year: u16) -> u16 {
        year.saturating_sub(wave.years_after)
    }
}

fn read_project(file: &str, root: Section<'_, '_>) -> Option<Project> {
    let mut places = Vec::new();
    let region = root.section("region").and_then(read_region);
    let municipalities = read_municipalities(&root, &mut places);
    // A project may be registers alone; what belongs to a survey is then not asked for.
    let parts = ["questionnaire", "roles", "wave", "answers"];
    let has_survey = parts.map(|part| root.has(part)).contains(&true);
    let survey = if has_survey { read_survey(&root, &mut places) } else { Some(Survey::default()) };
    let rounds = survey.as_ref().map_or(0, |survey| survey.rounds.len());
    let population = read_registers(&root, has_survey, &mut places);
    let contacts = fieldwork::read_contacts(&root, &mut places);
    let calendar = fieldwork::read_calendar(&root);
    let output = root.section("output").map(read_output);
    let id = region.as_ref().map_or("", |(id, ..)| id);
    if municipalities.iter().any(|entry| entry.code == id)
        && let Some(section) = root.section("region")
    {
        section.report("id", ProjectProblem::IdOfMunicipality);
    }
    let release = if has_survey || root.has("disclosure") { root.section("disclosure") } else { None };
    let release = release.map(|section| read_release(section, id, &municipalities, rounds));
    let release = if has_survey { release } else { release.or_else(|| Some(Release::default())) };
    let sources = if has_survey || root.has("source") { read_sources(&root) } else { Vec::new() };
    let known = output.as_ref().and_then(|(indicators, ..)| indicators.as_deref()).unwrap_or_default();
    let waves = survey.as_ref().map(|survey| survey.waves.as_slice()).unwrap_or_default();
    let foreign = read_foreign(&root, known, waves, &mut places);
    let boundaries = read_boundaries(&root, &municipalities);
    let findings = if root.has("findings") { root.section("findings") } else { None };
    let findings = findings.map(|section| findings::read(section, &mut places)).unwrap_or_default();
    let own: Vec<String> = municipalities.iter().map(|one| one.code.clone()).collect();
    let recruitment = recruitment::read(&root, id, &own, &mut places);
    root.finish();
    let (id, name, notice) = region?;
    let (indicators, update_month, address) = output?;
    let (population, registers) = population?;
    let survey = survey?;
    Some(Project {
        file: file.into(),
        places,
        date: date_of(&survey, &registers, &sources),
        id,
        name,
        municipalities,
        survey,
        population,
        registers,
        contacts,
        calendar,
        indicators: indicators?,
        recruitment,
        findings,
        release: release?,
        foreign,
        boundaries,
        notice,
        sources,
        update_month,
        address,
    })
}

/// The date of the data: the last closing date, or without a survey that of the newest register.
fn date_of(survey: &Survey, registers: &[Register], sources: &[Source]) -> String {
    let closes = survey.rounds.iter().map(|round| &round.closes).max();
    let sources = registers.iter().map(|register| &register.source).chain(sources);
    closes.or(sources.map(|source| &source.date).max()).cloned().unwrap_or_default()
}

fn read_survey(root: &Section<'_, '_>, places: &mut Vec<Place>) -> Option<Survey> {
    let questionnaire = root.section("questionnaire").and_then(|section| read_questionnaire(section, places));
    let roles = root.section("roles").map(|section| read_roles(section, places));
    let waves = read_waves(root, places);
    let rounds = read_rounds(root, questionnaire.as_ref(), places);
    Some(Survey { questionnaire: questionnaire?, roles: roles?, waves, rounds })
}

/// The registers. A survey needs the population, since its cohorts are counted in it.
fn read_registers(
    root: &Section<'_, '_>,
    has_survey: bool,
    places: &mut Vec<Place>,
) -> Option<(Population, Vec<Register>)> {
    if !has_survey && !root.has("register") {
        return Some(Default::default());
    }
    let section = root.section("register")?;
    let population = (has_survey || section.has("population")).then(|| section.section("population"));
    let population = population.map(|section| read_population(section?, places));
    let mut registers = registers::read(&section, places);
    section.finish();
    match population {
        None => Some((Population::default(), registers)),
        Some(population) => {
            let (population, register) = population?;
            registers.insert(0, register);
            Some((population, registers))
        }
    }
}

fn read_region(section: Section<'_, '_>) -> Option<(String, Text, Text)> {
    let id = section.required("id", Expected::Id, toml::id);
    let name = section.words("name");
    let notice = section.optional("notice", Expected::Words, toml::words).unwrap_or_default();
    section.finish();
    Some((id?, name?, notice))
}

fn read_municipalities(root: &Section<'_, '_>, places: &mut Vec<Place>) -> Vec<Municipality> {
    let mut municipalities: Vec<Municipality> = Vec::new();
    for entry in root.sections("municipality") {
        if let (Some(code), Some(name)) = (entry.text("code"), entry.words("name")) {
            if municipalities.iter().any(|other| other.code == code) {
                entry.report("code", ProjectProblem::Twice);
            }
            places.push(place(&entry, "code", &code));
            municipalities.push(Municipality { code, name });
        }
        entry.finish();
    }
    municipalities
}

/// Where a key names a code or a variable.
fn place(section: &Section<'_, '_>, key: &str, value: &str) -> Place {
    Place { value: value.into(), key: section.key(key), line: section.line_of(key), is_file: false }
}

/// A file that the project names, remembered with its place.
fn read_file(section: &Section<'_, '_>, key: &'static str, places: &mut Vec<Place>) -> Option<String> {
    let path = section.text(key)?;
    places.push(Place { is_file: true, ..place(section, key, &path) });
    Some(path)
}

fn read_questionnaire(section: Section<'_, '_>, places: &mut Vec<Place>) -> Option<Sheets> {
    let survey = read_file(&section, "survey", places);
    let choices = read_file(&section, "choices", places);
    // The sheet `settings` is for the survey tool; nothing here needs it.
    let _ = section.optional("settings", Expected::Text, toml::text);
    section.finish();
    Some(Sheets { survey: survey?, choices: choices? })
}

fn read_roles(section: Section<'_, '_>, places: &mut Vec<Place>) -> Roles {
    let mut role = |key, standard: &str| {
        let given = section.optional(key, Expected::Text, toml::text);
        let is_given = given.is_some();
        let name = given.unwrap_or(standard.into());
        // Two parts cannot be played by one variable.
        if places.iter().any(|other| other.key.starts_with("roles.") && other.value == name) {
            section.report(key, ProjectProblem::Twice);
        }
        // Whether there is a question about sex is up to the questionnaire, unless the project names it.
        if is_given || (key != "sex" && key != "person") {
            places.push(place(&section, key, &name));
        }
        name
    };
    let word = |key, standard: &str| section.optional(key, Expected::Text, toml::text).unwrap_or(standard.into());
    let roles = Roles {
        wave: role("wave", "bolge"),
        home: role("home", crate::submission::HOME),
        lives_now: role("lives_now", "kommune_na"),
        consent: role("consent", "samtykke_svar"),
        consent_yes: word("consent_yes", "1"),
        code: role("code", "panelkode"),
        submitted: role("submitted", "end"),
        person: section.has("person").then(|| role("person", "")),
        sex: role("sex", "kjonn"),
        sex_female: word("sex_female", "1"),
        sex_male: word("sex_male", "2"),
    };
    section.finish();
    roles
}

fn read_waves(root: &Section<'_, '_>, places: &mut Vec<Place>) -> Vec<Wave> {
    let mut waves: Vec<Wave> = Vec::new();
    for entry in root.sections("wave") {
        let code = entry.required("code", Expected::Id, toml::id);
        let years_after = entry.required("years_after", Expected::Whole(0, 40), |value| {
            toml::whole(value).filter(|&years| years <= 40).and_then(|years| u16::try_from(years).ok())
        });
        if let (Some(code), Some(years_after)) = (code, years_after) {
            if waves.iter().any(|other| other.code == code) {
                entry.report("code", ProjectProblem::Twice);
            }
            places.push(place(&entry, "code", &code));
            waves.push(Wave { id: format!("w{code}"), name: Text::same(&code), code, years_after });
        }
        entry.finish();
    }
    waves
}

fn read_rounds(root: &Section<'_, '_>, standard: Option<&Sheets>, places: &mut Vec<Place>) -> Vec<Round> {
    let mut rounds: Vec<Round> = Vec::new();
    for entry in root.sections("answers") {
        let year = entry.required("year", Expected::Whole(1900, 2200), |value| {
            toml::whole(value).filter(|year| (1900..=2200).contains(year)).and_then(|year| u16::try_from(year).ok())
        });
        let answers = read_file(&entry, "file", places);
        let closes = entry.required("closes", Expected::Date, toml::date);
        let own = if entry.has("questionnaire") { entry.section("questionnaire") } else { None };
        let own = own.and_then(|section| read_questionnaire(section, places));
        let comparable = entry.optional("comparable", Expected::TextList, toml::text_list).unwrap_or_default();
        places.extend(comparable.iter().map(|variable| place(&entry, "comparable", variable)));
        let questionnaire = own.or_else(|| standard.cloned());
        if let (Some(year), Some(answers), Some(closes), Some(questionnaire)) = (year, answers, closes, questionnaire) {
            if rounds.iter().any(|other| other.year == year) {
                entry.report("year", ProjectProblem::Twice);
            }
            if !(year..=year + 1).any(|near| closes.starts_with(&near.to_string())) {
                entry.report("closes", ProjectProblem::ClosesInAnotherYear { year });
            }
            if rounds.iter().any(|other| other.answers == answers) {
                entry.report("file", ProjectProblem::Twice);
            }
            rounds.push(Round { year, answers, closes, questionnaire, comparable });
        }
        entry.finish();
    }
    rounds.sort_by_key(|round| round.year);
    rounds
}

fn read_population(section: Section<'_, '_>, places: &mut Vec<Place>) -> Option<(Population, Register)> {
    let data = read_file(&section, "file", places);
    let schema = if section.has("schema") { Some(read_file(&section, "schema", places)) } else { None };
    let age = section.whole("age", 5, 25, 15);
    let invited = if section.has("invited") { read_file(&section, "invited", places) } else { None };
    let reading = registers::reading(&section, schema.is_none());
    let source = registers::source(&section);
    section.finish();
    let schema = schema.map_or(Some(None), |schema| schema.map(Some))?;
    let population = Population { data: data?, age: u16::try_from(age).ok()?, invited };
    let register = Register { id: "population", data: population.data.clone(), schema, reading, source };
    Some((population, register))
}

/// Indicators, the month in which new figures are expected each year, and the public folder's address.
fn read_output(section: Section<'_, '_>) -> (Option<Vec<String>>, u8, String) {
    let indicators = section.required("indicators", Expected::TextList, toml::text_list);
    if let Some(ids) = &indicators {
        let known: Vec<String> = crate::indicator::ids().map(str::to_owned).collect();
        let internal = CATALOGUE.iter().find(|metric| metric.is_internal && ids.iter().any(|id| id == metric.id));
        if let Some(metric) = internal {
            section.report("indicators", ProjectProblem::NeverPublic { id: metric.id });
        } else if ids.is_empty() || ids.iter().any(|id| !known.contains(id)) {
            section.report("indicators", ProjectProblem::UnknownWord(known));
        }
    }
    let month = section.whole("update_month", 1, 12, 12);
    let address = section.optional("address", Expected::Text, toml::text).unwrap_or_default();
    section.finish();
    (indicators, u8::try_from(month).unwrap_or(12), address)
}

fn read_sources(root: &Section<'_, '_>) -> Vec<Source> {
    let mut sources = Vec::new();
    for entry in root.sections("source") {
        let name = entry.words("text");
        let date = entry.optional("date", Expected::Date, toml::date).unwrap_or_default();
        let licence = entry.optional("licence", Expected::Text, toml::text).unwrap_or_default();
        sources.extend(name.map(|name| Source { name, date, licence }));
        entry.finish();
    }
    sources
}

fn read_release(section: Section<'_, '_>, region: &str, municipalities: &[Municipality], rounds: usize) -> Release {
    let internal_only = section.word("policy", &[(Policy::NAME, false), (Policy::INTERNAL, true)], false);
    let levels = [("region", GeoLevel::Region), ("municipality", GeoLevel::Municipality)];
    let level = section.word("level", &levels, GeoLevel::Region);
    let variants = DontKnow::ALL.map(|variant| (variant.code(), variant));
    let dont_know = section.word("dont_know", &variants, DontKnow::Outside);
    let windows = section.optional("windows", Expected::WholeList, |value| {
        let widths: Vec<usize> = toml::whole_list(value)?.into_iter().filter_map(|w| usize::try_from(w).ok()).collect();
        let rising = widths.windows(2).all(|pair| pair[0] < pair[1]);
        (rising && widths.first().is_some_and(|&first| first > 0)).then_some(widths)
    });
    if windows.as_ref().is_some_and(|widths: &Vec<usize>| rounds > 0 && widths.iter().all(|&width| width > rounds)) {
        section.report("windows", ProjectProblem::WindowTooWide { rounds });
    }
    let standard = Policy::default();
    // The owner may ask for more answers than the policy, and for exact figures go down to 20.
    let thirds_from = section.whole("thirds_from", standard.thirds_from, 1000, standard.thirds_from);
    let fifths_from = section.whole("fifths_from", standard.fifths_from.max(thirds_from), 1000, standard.fifths_from);
    let exact_from = section.whole("exact_from", standard.fifths_from.max(fifths_from), 1000, standard.exact_from);
    let exact_from = exact_from.max(fifths_from).max(thirds_from);
    let codes: Vec<String> = municipalities.iter().map(|municipality| municipality.code.clone()).collect();
    let larger_units = section.optional("larger_units", Expected::TextList, toml::text_list).unwrap_or_default();
    if larger_units.iter().any(|unit| unit != region && !codes.contains(unit)) {
        let known = [&[region.to_string()], codes.as_slice()].concat();
        section.report("larger_units", ProjectProblem::UnknownWord(known));
    }
    let sensitive = section.optional("sensitive", Expected::TextList, toml::text_list).unwrap_or_default();
    if sensitive.iter().any(|id| !crate::indicator::CATALOGUE.iter().any(|entry| entry.id == *id)) {
        let known = crate::indicator::CATALOGUE.iter().map(|entry| entry.id.to_string()).collect();
        section.report("sensitive", ProjectProblem::UnknownWord(known));
    }
    let sensitive_from = section.whole("sensitive_from", standard.sensitive_from, 1000, standard.sensitive_from);
    let pool = section.optional("pool", Expected::TextList, |value| {
        value.as_array()?.iter().map(|group| toml::text_list(group.get_ref())).collect::<Option<Vec<Vec<String>>>>()
    });
    let pool = pool.unwrap_or_default();
    let mut pooled: Vec<&String> = pool.iter().flatten().collect();
    if pooled.iter().any(|code| !codes.contains(code)) {
        section.report("pool", ProjectProblem::UnknownWord(codes));
    }
    let named = pooled.len();
    pooled.sort();
    pooled.dedup();
    if pooled.len() < named {
        section.report("pool", ProjectProblem::Twice);
    }
    let recruitment = if section.has("recruitment") { section.section("recruitment") } else { None };
    let recruitment = recruitment.map(read_rules).unwrap_or_default();
    section.finish();
    let policy = Policy {
        thirds_from,
        fifths_from: fifths_from.max(thirds_from),
        exact_from,
        larger_units,
        sensitive,
        sensitive_from,
        ..standard
    };
    let windows = windows.unwrap_or_else(|| vec![1]);
    Release { policy, internal_only, level, dont_know, windows, pool, recruitment }
}

/// The rules for recruitment: the owner may ask for more than the standard, never for less.
fn read_rules(section: Section<'_, '_>) -> Rules {
    let standard = Rules::default();
    let rules = Rules {
        min_units: section.whole("min_units", standard.min_units, 1000, standard.min_units),
        min_employers: section.whole("min_employers", standard.min_employers, 100, standard.min_employers),
        dominance: section.whole("dominance", 34, standard.dominance, standard.dominance),
        groups: section.word("groups", &[("all", Groups::All), ("fields", Groups::Fields)], standard.groups),
    };
    section.finish();
    rules
}

/// Tables of others, if there are any.
fn read_foreign(
    root: &Section<'_, '_>,
    indicators: &[String],
    waves: &[Wave],
    places: &mut Vec<Place>,
) -> Vec<ForeignTable> {
    let mut tables = Vec::new();
    let entries = if root.has("foreign") { root.sections("foreign") } else { Vec::new() };
    for entry in entries {
        let file = read_file(&entry, "file", places);
        let publisher = entry.text("publisher");
        let date = entry.required("date", Expected::Date, toml::date);
        let one_of = |key: &'static str, known: Vec<String>| {
            let word = entry.text(key)?;
            if !known.contains(&word) {
                entry.report(key, ProjectProblem::UnknownWord(known));
            }
            Some(word)
        };
        let indicator = one_of("indicator", indicators.to_vec());
        let wave = one_of("wave", waves.iter().map(|wave| wave.id.clone()).collect());
        let column = |key: &'static str| entry.optional(key, Expected::Text, toml::text);
        let (municipality, year) = (entry.text("municipality"), entry.text("year"));
        let (count, percent, n) = (column("count"), column("percent"), column("n"));
        if count.is_none() && percent.is_none() {
            let _ = entry.text("count");
        }
        let texts = (file, publisher, date, indicator, wave);
        if let (
            (Some(file), Some(publisher), Some(date), Some(indicator), Some(wave)),
            Some(municipality),
            Some(year),
        ) = (texts, municipality, year)
        {
            tables.push(ForeignTable { file, publisher, date, indicator, wave, municipality, year, count, percent, n });
        }
        entry.finish();
    }
    tables
}

/// Changes of boundaries, if there are any.
fn read_boundaries(root: &Section<'_, '_>, municipalities: &[Municipality]) -> Vec<Boundary> {
    let mut boundaries = Vec::new();
    let entries = if root.has("boundaries") { root.sections("boundaries") } else { Vec::new() };
    let mut became: Vec<(Section<'_, '_>, Vec<String>)> = Vec::new();
    for entry in entries {
        let old = entry.required("old", Expected::TextList, toml::text_list);
        let new = entry.required("new", Expected::TextList, toml::text_list);
        let year = entry.required("year", Expected::Whole(1900, 2200), |value| {
            toml::whole(value).filter(|year| (1900..=2200).contains(year)).and_then(|year| u16::try_from(year).ok())
        });
        if let (Some(old), Some(new), Some(year)) = (old, new, year) {
            if old.is_empty() || new.is_empty() || (old.len() > 1 && new.len() > 1) {
                entry.report("new", ReleaseProblem::ManyToMany);
            }
            if old.iter().any(|code| new.contains(code)) {
                entry.report("new", ProjectProblem::Twice);
            }
            became.push((entry, new.clone()));
            boundaries.push(Boundary { old, new, year });
        } else {
            entry.finish();
        }
    }
    // What became of a municipality is one of the project, or became something else later.
    let codes = municipalities.iter().map(|entry| &entry.code);
    let known: Vec<String> = codes.chain(boundaries.iter().flat_map(|one| &one.old)).cloned().collect();
    for (entry, new) in became {
        if new.iter().any(|code| !known.contains(code)) {
            entry.report("new", ProjectProblem::UnknownWord(known.clone()));
        }
        entry.finish();
    }
    boundaries
}
