//! A project from named bytes: the same in a folder and in a browser tab.
//!
//! [`Project::parse`] reads `project.toml`; [`Project::files`] says which files it needs; [`Project::load`] reads them
//! and reports everything that is wrong; [`Loaded::compute`] makes the internal cubes and the safe ones.

mod load;
mod outlook;
mod problem;
mod toml;

pub use load::{Loaded, Outcome};
pub use outlook::{Outlook, Row as OutlookRow};
pub use problem::{Expected, ProjectProblem};

use crate::date;
use crate::disclosure::Policy;
use crate::problem::Problems;
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
    /// Ids of the indicators to compute.
    pub indicators: Vec<String>,
    /// What may be published.
    pub release: Release,
    /// What must stand with every figure.
    pub notice: Text,
    /// Date of the data when `--today` is not given: the last closing date.
    pub date: String,
    /// From this date on the figures are old; empty: the end of the year after the edition's.
    pub valid_until: String,
}

/// One municipality.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Municipality {
    /// Code of four digits, as in the register and the answers.
    pub code: String,
    /// Name, with its Sámi name where it has one.
    pub name: Text,
}

/// Where the answers are and what their columns stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survey {
    /// The XLSForm sheet `survey` as CSV.
    pub questionnaire: String,
    /// The XLSForm sheet `choices` as CSV.
    pub choices: String,
    /// Name of the survey as a source.
    pub source: Text,
    /// Variable of the wave.
    pub wave: String,
    /// Variable of the home municipality.
    pub home: String,
    /// Variable of where the person lives now.
    pub lives_now: String,
    /// Variable of consent.
    pub consent: String,
    /// The code of "yes" to consent.
    pub consent_yes: String,
    /// Variable of the self-made code by which duplicates are found.
    pub code: String,
    /// Variable of the time of submission; blank: broken off.
    pub submitted: String,
    /// The waves.
    pub waves: Vec<Wave>,
    /// One file of answers per year, in rising order of years.
    pub rounds: Vec<Round>,
}

/// One wave: who is asked, counted from 10th grade.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wave {
    /// Its code in the answers.
    pub code: String,
    /// Its id in cubes: `w1`.
    pub id: String,
    /// What people read: "10. klasse".
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
}

/// The register that says how large a cohort is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Population {
    /// Population by municipality, year and single year of age, as CSV.
    pub data: String,
    /// Its Table Schema.
    pub schema: String,
    /// What it is called as a source, with table and licence.
    pub source: Text,
    /// Its licence.
    pub licence: String,
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
    /// The one geographic level.
    pub level: GeoLevel,
    /// The one variant of the base.
    pub dont_know: DontKnow,
    /// Widths of windows, in rounds, in the order in which they are tried.
    pub windows: Vec<usize>,
    /// Municipalities that are pooled when one of them is too small in every window: lists of codes, disjoint.
    pub pool: Vec<Vec<String>>,
}

impl Project {
    /// Reads a project file. All problems are reported; `None` when some key is missing or wrong.
    #[must_use]
    pub fn parse(file: &str, text: &str, problems: &mut Problems) -> Option<Self> {
        let before = problems.errors();
        let project = {
            let document = Document::new(file, text, problems);
            let root = document.parse();
            let span = root.span();
            read_project(Section::new(&document, "", root.get_ref(), span))
        };
        project.filter(|_| problems.errors() == before)
    }

    /// The files that the project names, each once, in the order of the project file.
    #[must_use]
    pub fn files(&self) -> Vec<&str> {
        let fixed = [&self.survey.questionnaire, &self.survey.choices, &self.population.schema, &self.population.data];
        let rounds = self.survey.rounds.iter().map(|round| &round.answers);
        let mut files: Vec<&str> = Vec::new();
        for file in fixed.into_iter().chain(&self.population.invited).chain(rounds) {
            if !files.contains(&file.as_str()) {
                files.push(file);
            }
        }
        files
    }

    /// The cohort that a wave asks in a year: the year in which it left 10th grade.
    #[must_use]
    pub fn cohort(wave: &Wave, year: u16) -> u16 {
        year.saturating_sub(wave.years_after)
    }
}

fn read_project(root: Section<'_, '_>) -> Option<Project> {
    let region = root.section("region").map(read_region);
    let survey = root.section("survey").map(read_survey);
    let population = root.section("population").map(read_population);
    let indicators = root.required("indicators", Expected::TextList, toml::text_list);
    if let Some(ids) = &indicators {
        let known: Vec<String> = crate::indicator::CATALOGUE.iter().map(|entry| entry.id.to_string()).collect();
        if ids.iter().any(|id| !known.contains(id)) {
            root.report("indicators", ProjectProblem::UnknownWord(known));
        }
    }
    let (id, name, municipalities) = region.flatten()?;
    let release = root.section("disclosure").map(|section| read_release(section, &id, &municipalities));
    let output = root.optional_section("output").map(read_output).unwrap_or_default();
    root.finish();
    let survey = survey.flatten()?;
    let date = survey.rounds.iter().map(|round| round.closes.clone()).max().unwrap_or_default();
    Some(Project {
        id,
        name,
        municipalities,
        survey,
        population: population.flatten()?,
        indicators: indicators?,
        release: release?,
        notice: output.0,
        date,
        valid_until: output.1,
    })
}

fn read_region(section: Section<'_, '_>) -> Option<(String, Text, Vec<Municipality>)> {
    let id = section.required("id", Expected::Id, toml::id);
    let name = section.words("name");
    let mut municipalities: Vec<Municipality> = Vec::new();
    for entry in section.sections("municipality") {
        let code = entry.text("code");
        let name = entry.words("name");
        if let (Some(code), Some(name)) = (code, name) {
            if municipalities.iter().any(|other| other.code == code) {
                entry.report("code", ProjectProblem::Twice);
            }
            municipalities.push(Municipality { code, name });
        }
        entry.finish();
    }
    section.finish();
    Some((id?, name?, municipalities))
}

fn read_survey(section: Section<'_, '_>) -> Option<Survey> {
    let questionnaire = section.text("questionnaire");
    let choices = section.text("choices");
    let source = section.words("source");
    let role = |key, default: &str| section.optional(key, Expected::Text, toml::text).unwrap_or_else(|| default.into());
    let wave = role("wave_column", "bolge");
    let home = role("home_column", "kommune_oppvekst");
    let lives_now = role("lives_now_column", "kommune_na");
    let consent = role("consent_column", "samtykke_svar");
    let consent_yes = role("consent_yes", "1");
    let code = role("code_column", "panelkode");
    let submitted = role("submitted_column", "end");
    let mut waves: Vec<Wave> = Vec::new();
    for entry in section.sections("wave") {
        let code = entry.text("code");
        let id = entry.required("id", Expected::Id, toml::id);
        let name = entry.words("name");
        let years_after = entry.required("years_after", Expected::Whole(0, 40), |value| {
            toml::whole(value).filter(|&years| years <= 40).and_then(|years| u16::try_from(years).ok())
        });
        if let (Some(code), Some(id), Some(name), Some(years_after)) = (code, id, name, years_after) {
            if waves.iter().any(|other| other.code == code || other.id == id) {
                entry.report("code", ProjectProblem::Twice);
            }
            waves.push(Wave { code, id, name, years_after });
        }
        entry.finish();
    }
    let mut rounds: Vec<Round> = Vec::new();
    for entry in section.sections("round") {
        let year = entry.required("year", Expected::Whole(1900, 2200), |value| {
            toml::whole(value).filter(|year| (1900..=2200).contains(year)).and_then(|year| u16::try_from(year).ok())
        });
        let answers = entry.text("answers");
        let closes = entry.required("closes", Expected::Date, toml::date);
        if let (Some(year), Some(answers), Some(closes)) = (year, answers, closes) {
            if rounds.iter().any(|other| other.year == year) {
                entry.report("year", ProjectProblem::Twice);
            }
            rounds.push(Round { year, answers, closes });
        }
        entry.finish();
    }
    rounds.sort_by_key(|round| round.year);
    section.finish();
    Some(Survey {
        questionnaire: questionnaire?,
        choices: choices?,
        source: source?,
        wave,
        home,
        lives_now,
        consent,
        consent_yes,
        code,
        submitted,
        waves,
        rounds,
    })
}

fn read_population(section: Section<'_, '_>) -> Option<Population> {
    let data = section.text("data");
    let schema = section.text("schema");
    let source = section.words("source");
    let licence = section.optional("licence", Expected::Text, toml::text).unwrap_or_default();
    let age = section.whole("age", 5, 25, 15);
    let invited = section.optional("invited", Expected::Text, toml::text);
    section.finish();
    Some(Population { data: data?, schema: schema?, source: source?, licence, age: u16::try_from(age).ok()?, invited })
}

fn read_release(section: Section<'_, '_>, region: &str, municipalities: &[Municipality]) -> Release {
    section.word("policy", &[(Policy::NAME, ())], ());
    let levels = [("region", GeoLevel::Region), ("municipality", GeoLevel::Municipality)];
    let level = section.word("level", &levels, GeoLevel::Region);
    let variants = DontKnow::ALL.map(|variant| (variant.code(), variant));
    let dont_know = section.word("dont_know", &variants, DontKnow::Outside);
    let windows = section.optional("windows", Expected::WholeList, |value| {
        let widths: Vec<usize> = toml::whole_list(value)?.into_iter().filter_map(|w| usize::try_from(w).ok()).collect();
        let rising = widths.windows(2).all(|pair| pair[0] < pair[1]);
        (rising && widths.first().is_some_and(|&first| first > 0)).then_some(widths)
    });
    let standard = Policy::default();
    // The owner may ask for more answers than the policy, and for exact figures go down to 20.
    let thirds_from = section.whole("thirds_from", standard.thirds_from, 1000, standard.thirds_from);
    let fifths_from =
        section.whole("fifths_from", standard.fifths_from.max(thirds_from + 1), 1000, standard.fifths_from);
    let exact_from = section.whole("exact_from", standard.fifths_from.max(fifths_from), 1000, standard.exact_from);
    let codes: Vec<String> = municipalities.iter().map(|municipality| municipality.code.clone()).collect();
    let larger_units = section.optional("larger_units", Expected::TextList, toml::text_list).unwrap_or_default();
    if larger_units.iter().any(|unit| unit != region && !codes.contains(unit)) {
        let known = [&[region.to_string()], codes.as_slice()].concat();
        section.report("larger_units", ProjectProblem::UnknownWord(known));
    }
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
    section.finish();
    let policy =
        Policy { thirds_from, fifths_from: fifths_from.max(thirds_from + 1), exact_from, larger_units, ..standard };
    Release { policy, level, dont_know, windows: windows.unwrap_or_else(|| vec![1]), pool }
}

fn read_output(section: Section<'_, '_>) -> (Text, String) {
    let notice = section.optional("notice", Expected::Words, toml::words).unwrap_or_default();
    let valid_until = section.optional("valid_until", Expected::Date, toml::date).unwrap_or_default();
    section.finish();
    debug_assert!(valid_until.is_empty() || date::is_date(&valid_until));
    (notice, valid_until)
}
