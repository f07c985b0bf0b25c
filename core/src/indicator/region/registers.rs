//! The registers of a project, read.

use super::figures::Sources;
use crate::problem::{Problem, Problems};
use crate::project::Project;
use crate::read::Table;
use crate::register::official::{Ages, Areas, Counts, Flows, Input, Level, OLDEST, OfficialProblem, Register};
use crate::text::Text;
use std::collections::{BTreeMap, BTreeSet};

/// The registers that a project names, each read once.
#[derive(Clone, Debug, Default)]
pub struct Registers {
    /// Municipalities and what they are held against.
    pub areas: Areas,
    /// Population by single years of age.
    pub population: Option<Ages>,
    /// Population by bands of age.
    pub age_bands: Option<Ages>,
    /// Births, deaths and moves.
    pub change: Option<Counts>,
    /// Jobs by industry.
    pub jobs: Option<Counts>,
    /// Commuting between municipalities.
    pub commuting: Option<Flows>,
    /// Jobs, employed residents, and those who live and work in the same municipality.
    pub commuting_totals: Option<Counts>,
    /// People by level of education.
    pub education: Option<Counts>,
    /// Employed people and population of the same ages.
    pub employment: Option<Counts>,
    /// Young people outside education, employment and training.
    pub neet: Option<Counts>,
    /// Births by the mother's age.
    pub fertility: Option<Counts>,
    /// Deaths by sex and age.
    pub mortality: Option<Counts>,
    /// Moves in and out by sex and age.
    pub migration: Option<Counts>,
    file: String,
    named: Vec<Register>,
    /// What was assumed in reading each.
    notes: BTreeMap<&'static str, Vec<Text>>,
}

/// Names of the registers that a project file may have, besides `population`.
pub const NAMES: [&str; 13] = [
    "age_bands",
    "change",
    "jobs",
    "commuting",
    "commuting_totals",
    "education",
    "employment",
    "neet",
    "fertility",
    "mortality",
    "migration",
    "centrality",
    "regions",
];

impl Registers {
    /// Reads every register that the project names and describes.
    #[must_use]
    pub fn read(project: &Project, files: &BTreeMap<String, Vec<u8>>, problems: &mut Problems) -> Self {
        let mut result = Self { file: project.file.clone(), named: project.registers.clone(), ..Self::default() };
        let day = project.day();
        let mut tables: BTreeMap<&str, Table> = BTreeMap::new();
        for register in &project.registers {
            if let Some((table, notes)) = (Input { register, files, day }).open(problems) {
                tables.insert(register.id, table);
                result.notes.insert(register.id, notes);
            }
        }
        let get = |id| tables.get(id);
        let mut notes = Vec::new();
        result.areas = Areas::of(project, get("centrality"), get("regions"), &mut notes, problems);
        result.notes.entry("centrality").or_default().extend(notes);
        result.population = get("population").and_then(|table| Ages::of(table, problems));
        result.age_bands = get("age_bands").and_then(|table| Ages::of(table, problems));
        result.commuting = get("commuting").and_then(|table| Flows::of_table(table, problems));
        let mut counts = |id, parts: &[&str], measures: &[&str]| {
            get(id).and_then(|table| Counts::of(table, parts, measures, problems))
        };
        result.change = counts("change", &[], &["births", "deaths", "in_migration", "out_migration"]);
        result.jobs = counts("jobs", &["industry"], &["jobs"]);
        result.commuting_totals =
            counts("commuting_totals", &[], &["workplaces", "employed_residents", "live_and_work"]);
        result.education = counts("education", &["level"], &["persons"]);
        result.employment = counts("employment", &[], &["employed", "population"]);
        result.fertility = counts("fertility", &["age"], &["births"]);
        result.mortality = counts("mortality", &["sex", "age"], &["deaths"]);
        result.migration = counts("migration", &["sex", "age"], &["in_migration", "out_migration"]);
        result.neet = counts("neet", &[], &["outside", "population"]);
        result
    }

    /// What was assumed in reading some registers, and that of centrality, as sentences; empty where nothing was.
    pub(super) fn notes(&self, registers: &[&str]) -> Text {
        let wanted: BTreeSet<&str> = registers.iter().copied().chain(["centrality"]).collect();
        let mut sentences = Text::default();
        for register in self.named.iter().filter(|register| wanted.contains(register.id)) {
            let Some(notes) = self.notes.get(register.id).filter(|notes| !notes.is_empty()) else { continue };
            let joined = |of: fn(&Text) -> &String| notes.iter().map(of).cloned().collect::<Vec<_>>().join("; ");
            let file = &register.data;
            for (text, words) in [
                (&mut sentences.nb, format!("Lest av {file}: {}.", joined(|text| &text.nb))),
                (&mut sentences.nn, format!("Lese av {file}: {}.", joined(|text| &text.nn))),
                (&mut sentences.en, format!("Read from {file}: {}.", joined(|text| &text.en))),
            ] {
                text.push_str(if text.is_empty() { "" } else { " " });
                text.push_str(&words);
            }
        }
        sentences
    }

    /// The table of ages for some ranges of ages, and its name: bands where they will do, since they may cover the whole
    /// country; otherwise single years. A problem where there is none.
    pub(super) fn ages(&self, ranges: &[(u16, u16)], problems: &mut Problems) -> Option<(&Ages, &'static str)> {
        let tables = [(&self.age_bands, "age_bands"), (&self.population, "population")];
        let mut tables = tables.into_iter().filter_map(|(table, id)| Some((table.as_ref()?, id)));
        let found = tables.find(|(table, _)| ranges.iter().all(|(from, to)| table.can_tell(*from, *to)));
        if found.is_none() {
            self.need(&["population", "age_bands"], problems);
        }
        found
    }

    /// The same with the newest year that has all ages; warns of municipalities that it lacks.
    pub(super) fn newest_ages(
        &self,
        ranges: &[(u16, u16)],
        problems: &mut Problems,
    ) -> Option<(&Ages, &'static str, u16)> {
        let (ages, register) = self.ages(ranges, problems)?;
        let Some(year) = ages.years().rfind(|year| ages.is_complete(*year, 0, OLDEST)) else {
            self.need_years("1 January, all ages", problems);
            return None;
        };
        self.warn(register, &|code| ages.has(year, code), problems);
        Some((ages, register, year))
    }

    /// Says that a register is needed which is not there.
    pub(super) fn need(&self, registers: &[&'static str], problems: &mut Problems) {
        let what = OfficialProblem::NeedsRegister { registers: registers.into() };
        problems.push(Problem::error(&self.file, what).column("output.indicators"));
    }

    /// Says that a register has not the years that are needed.
    pub(super) fn need_years(&self, what: &'static str, problems: &mut Problems) {
        problems.push(Problem::error(&self.file, OfficialProblem::NeedsYears { what }).column("output.indicators"));
    }

    /// Warns of municipalities of the project that a register does not have.
    pub(super) fn warn(&self, register: &'static str, has: &dyn Fn(&str) -> bool, problems: &mut Problems) {
        for area in self.areas.list(has).iter().filter(|area| area.level == Level::Municipality && !has(&area.code)) {
            let what = OfficialProblem::MunicipalityMissing { register };
            let file = self.named.iter().find(|one| one.id == register).map_or(&self.file, |one| &one.data);
            problems.push(Problem::warning(file, what).value(&*area.code, crate::problem::Privacy::Open));
        }
    }

    /// The sources of some registers, each once, and of the classes and regions.
    pub(super) fn sources(&self, registers: &[&str]) -> Sources {
        let wanted = registers.iter().copied().chain(["centrality"]);
        let found = wanted.filter_map(|id| self.named.iter().find(|one| one.id == id));
        let mut sources = Sources::new();
        for register in found {
            if !register.source.name.nb.is_empty() && !sources.contains(&register.source) {
                sources.push(register.source.clone());
            }
        }
        sources
    }
}
