//! How large a cohort is: from the population register, or from a class or invitation list where there is one.

use super::{Project, ProjectProblem};
use crate::indicator::Frame;
use crate::problem::{Explain, Privacy, Problem, Problems, Severity};
use crate::read::{Codebook, Column, Kind, Table, Variable, read_table};
use crate::register::official::Input;
use crate::text::Text;
use std::collections::{BTreeMap, BTreeSet};

/// Invited by year, wave and municipality.
pub(crate) type Invited = BTreeMap<(u64, String, String), u64>;

/// How many, or the line and record that has no number.
type Size = Result<u64, (u64, u64)>;

/// Persons by municipality, year and age on 1 January.
#[derive(Clone, Debug, Default)]
pub(crate) struct Population {
    persons: BTreeMap<(String, u16, u16), Size>,
    /// Girls and boys among them, where the register tells them apart.
    sexes: BTreeMap<(String, u16, u16), [Option<u64>; 2]>,
    last_year: u16,
}

impl Population {
    /// The size of a cohort that is of an age in a year. After the last year of the register: those who are younger
    /// by as many years in it, as if nobody moved.
    pub(super) fn cohort(&self, municipality: &str, year: u16, age: u16) -> Option<u64> {
        let ahead = year.saturating_sub(self.last_year);
        self.persons.get(&(municipality.to_string(), year - ahead, age.checked_sub(ahead)?))?.ok()
    }

    /// How many were of an age on 1 January of a year: all, girls, boys. Nothing is carried forward from other years.
    pub(crate) fn counted(&self, municipality: &str, year: u16, age: u16) -> [Option<u64>; 3] {
        let key = (municipality.to_string(), year, age);
        let [girls, boys] = self.sexes.get(&key).copied().unwrap_or_default();
        [self.persons.get(&key).and_then(|size| size.ok()), girls, boys]
    }
}

impl Project {
    /// Reads the register; `None` when it cannot be used.
    pub(super) fn read_population(
        &self,
        files: &BTreeMap<String, Vec<u8>>,
        problems: &mut Problems,
    ) -> Option<Population> {
        let names = &self.population;
        let register = self.registers.iter().find(|register| register.id == "population")?;
        let (table, _) = Input { register, files, day: self.day() }.open(problems)?;
        let columns = ["kommunenr", "year", "age", "total"];
        let [municipality, year, age, total] = columns.map(|name| table.column(name));
        let (municipality, year, age, total) = (municipality?, year?, age?, total?);
        let sexes = ["female", "male"].map(|name| table.column(name));
        let mut result = Population::default();
        for record in 0..table.len() {
            let key = (word(municipality, record), whole(year, record), whole(age, record));
            if let (Some(code), Some(year), Some(age)) = key
                && age <= u64::from(names.age)
                && let (Ok(year), Ok(age)) = (u16::try_from(year), u16::try_from(age))
            {
                let size = whole(total, record).ok_or((table.lines[record], record as u64 + 1));
                let of_sex = sexes.map(|column| column.and_then(|column| whole(column, record)));
                result.sexes.insert((code.to_string(), year, age), of_sex);
                if result.persons.insert((code.to_string(), year, age), size).is_some() {
                    problems.push(at(&table, record, ProjectProblem::Twice).column("kommunenr, year, age"));
                }
                result.last_year = result.last_year.max(year);
            }
        }
        Some(result)
    }

    /// Invited by year, wave and municipality, where a list is given.
    pub(super) fn read_invited(&self, files: &BTreeMap<String, Vec<u8>>, problems: &mut Problems) -> Invited {
        let mut result = Invited::new();
        let Some((file, bytes)) = self.population.invited.as_ref().and_then(|file| Some((file, files.get(file)?)))
        else {
            return result;
        };
        let count = Kind::Integer { min: Some(0), max: None };
        let codebook = Codebook {
            variables: [
                ("year", count.clone()),
                ("wave", Kind::Text),
                ("municipality", Kind::Text),
                ("invited", count),
            ]
            .map(|(name, kind)| Variable {
                name: name.into(),
                label: Text::same(name),
                kind,
                missing: Vec::new(),
                required: true,
                waves: Vec::new(),
                privacy: Privacy::Open,
            })
            .into(),
        };
        let Some(table) = read_table(file, bytes, &codebook, problems) else { return result };
        let columns = ["year", "wave", "municipality", "invited"].map(|name| table.column(name));
        let [Some(year), Some(wave), Some(municipality), Some(invited)] = columns else { return result };
        for record in 0..table.len() {
            let [year, size] = [year, invited].map(|column| whole(column, record));
            let (Some(year), Some(size)) = (year, size) else {
                problems.push(at(&table, record, ProjectProblem::MissingKey).column("year, invited"));
                continue;
            };
            if !self.survey.rounds.iter().any(|round| u64::from(round.year) == year) {
                let years = self.survey.rounds.iter().map(|round| round.year.to_string()).collect();
                let what = ProjectProblem::UnknownWord(years);
                let problem = at(&table, record, what).column("year").value(year.to_string(), Privacy::Open);
                problems.push(Problem { severity: Severity::Warning, ..problem });
            }
            let (wave, place) =
                (word(wave, record).unwrap_or_default(), word(municipality, record).unwrap_or_default());
            let known = self.survey.waves.iter().find(|known| known.id == wave || known.code == wave);
            let Some(known) = known else {
                let what = ProjectProblem::UnknownWord(self.survey.waves.iter().map(|wave| wave.id.clone()).collect());
                problems.push(at(&table, record, what).column("wave").value(wave, Privacy::Open));
                continue;
            };
            if !self.municipalities.iter().any(|municipality| municipality.code == place) {
                let codes = self.municipalities.iter().map(|municipality| municipality.code.clone()).collect();
                let what = ProjectProblem::UnknownWord(codes);
                problems.push(at(&table, record, what).column("municipality").value(place, Privacy::Open));
            }
            if result.insert((year, known.id.clone(), place.to_string()), size).is_some() {
                problems.push(at(&table, record, ProjectProblem::Twice).column("year, wave, municipality"));
            }
        }
        result
    }

    /// N of every round, wave and municipality. What is missing is reported once.
    pub(super) fn frame(&self, population: &Population, invited: &Invited, problems: &mut Problems) -> Frame {
        let age = self.population.age;
        let mut sizes = Vec::new();
        let mut missing = BTreeSet::new();
        for round in &self.survey.rounds {
            for wave in &self.survey.waves {
                let cohort = Self::cohort(wave, round.year);
                for municipality in &self.municipalities {
                    let key = (u64::from(round.year), wave.id.clone(), municipality.code.clone());
                    let entry = population.persons.get(&(municipality.code.clone(), cohort, age)).copied();
                    let size = invited.get(&key).copied().or_else(|| entry?.ok());
                    if size.is_none() && missing.insert((&municipality.code, cohort)) {
                        let what = ProjectProblem::CohortMissing { age, cohort };
                        let problem = Problem::error(&self.population.data, what);
                        let code = municipality.code.as_str();
                        problems.push(match entry {
                            Some(Err((line, record))) => problem.line(line).record(record).column("total"),
                            _ => problem.column("kommunenr").value(code, Privacy::Open),
                        });
                    }
                    sizes.push(size.unwrap_or_default());
                }
            }
        }
        Frame::new(self.survey.waves.len(), self.municipalities.len(), sizes)
    }
}

/// A problem with a record.
pub(crate) fn at(table: &Table, record: usize, what: impl Explain + 'static) -> Problem {
    let problem = Problem::error(&table.file, what);
    // A row that was put together has no line of the file.
    match table.lines[record] {
        0 => problem,
        line => problem.line(line).record(record as u64 + 1),
    }
}

/// A code, whether the column is categorical or text.
pub(crate) fn word(column: &Column, record: usize) -> Option<&str> {
    column.code(record).or_else(|_| column.text(record)).ok()
}

pub(crate) fn whole(column: &Column, record: usize) -> Option<u64> {
    let number = match column.number(record) {
        Ok(number) => number,
        Err(_) => word(column, record)?.parse().ok()?,
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number below 2^32")]
    (number >= 0.0 && number.fract() == 0.0 && number < 4_294_967_296.0).then_some(number as u64)
}
