//! From the project's files to its cubes.

use super::{Outlook, Project, ProjectProblem};
use crate::cube::{About, Cube};
use crate::date;
use crate::disclosure::{SafeCube, cut, protect};
use crate::indicator::share::Shares;
use crate::indicator::{CATALOGUE, Frame, Words};
use crate::problem::{Privacy, Problem, Problems};
use crate::read::{Codebook, Column, Kind, Table, Variable, read_table};
use crate::sample::{LeftOut, Sample};
use crate::text::Text;
use std::collections::BTreeMap;

/// A project with everything read and checked.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// What the project file says.
    pub project: Project,
    tables: Vec<Table>,
    population: Population,
    frame: Frame,
}

/// What a run makes.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Internal cubes, in the order of the project's indicators.
    pub internal: Vec<Cube>,
    /// The same, safe to publish.
    pub public: Vec<SafeCube>,
    /// Rows left out, by year and reason.
    pub left_out: Vec<(u16, LeftOut, u64)>,
    /// Rows that count, by year.
    pub counted: Vec<(u16, u64)>,
    /// What is and will be visible, per indicator.
    pub outlook: Vec<Outlook>,
}

/// Persons by municipality, year and age on 1 January.
#[derive(Clone, Debug, Default)]
pub(super) struct Population {
    persons: BTreeMap<(String, u16, u16), u64>,
    last_year: u16,
}

impl Population {
    /// The size of a cohort that is of an age in a year. After the last year of the register: those who are younger
    /// by as many years in it, as if nobody moved.
    pub(super) fn cohort(&self, municipality: &str, year: u16, age: u16) -> Option<u64> {
        let ahead = year.saturating_sub(self.last_year);
        self.persons.get(&(municipality.to_string(), year - ahead, age.checked_sub(ahead)?)).copied()
    }

    fn known(&self, municipality: &str, year: u16, age: u16) -> Option<u64> {
        self.persons.get(&(municipality.to_string(), year, age)).copied()
    }
}

impl Project {
    /// Reads the files that the project names. Everything wrong in any of them is reported; `None` if anything is.
    #[must_use]
    pub fn load(mut self, files: &BTreeMap<String, Vec<u8>>, problems: &mut Problems) -> Option<Loaded> {
        let before = problems.errors();
        for named in &self.named {
            if !files.contains_key(&named.path) {
                let problem = Problem::error(&self.file, ProjectProblem::FileMissing).line(named.line);
                problems.push(problem.column(&named.key).value(&named.path, Privacy::Open));
            }
        }
        let get = |file: &'_ str| files.get(file).map(Vec::as_slice);
        let mut tables = Vec::new();
        let survey = &self.survey;
        if let (Some(sheet), Some(choices)) = (get(&survey.questionnaire), get(&survey.choices)) {
            let codebook = Codebook::from_xlsform((&survey.questionnaire, sheet), (&survey.choices, choices), problems);
            if problems.errors() == before {
                self.check_codes(&codebook, problems);
            }
            for round in &survey.rounds {
                if let Some(bytes) = get(&round.answers) {
                    tables.extend(read_table(&round.answers, bytes, &codebook, problems));
                }
            }
        }
        if let Some(table) = tables.first() {
            self.name_waves(table);
        }
        let population = self.read_population(files, problems);
        let invited = self.read_invited(files, problems);
        if problems.errors() > before {
            return None;
        }
        let frame = self.frame(&population, &invited, problems);
        (problems.errors() == before).then_some(Loaded { tables, population, frame, project: self })
    }

    /// Waves are called what the questionnaire calls them.
    fn name_waves(&mut self, table: &Table) {
        let variable = table.column(&self.survey.roles.wave).map(|column| &column.variable.kind);
        let Some(Kind::Category(categories)) = variable else { return };
        for wave in &mut self.survey.waves {
            if let Some(category) = categories.iter().find(|category| category.code == wave.code) {
                wave.name = category.label.clone();
            }
        }
    }

    /// The codes that the project names must be categories of their variables.
    fn check_codes(&self, codebook: &Codebook, problems: &mut Problems) {
        let survey = &self.survey;
        let home: Vec<&str> = self.municipalities.iter().map(|municipality| municipality.code.as_str()).collect();
        let waves: Vec<&str> = survey.waves.iter().map(|wave| wave.code.as_str()).collect();
        let roles = &survey.roles;
        let consent = [roles.consent_yes.as_str()];
        for (name, codes) in [
            (&roles.wave, waves.as_slice()),
            (&roles.home, home.as_slice()),
            (&roles.lives_now, home.as_slice()),
            (&roles.consent, consent.as_slice()),
            (&roles.code, &[]),
            (&roles.submitted, &[]),
        ] {
            let Some(variable) = codebook.variables.iter().find(|variable| variable.name == *name) else {
                let known = codebook.variables.iter().map(|variable| variable.name.clone()).collect();
                let what = ProjectProblem::NotInQuestionnaire(known);
                problems.push(Problem::error(&survey.questionnaire, what).column(name));
                continue;
            };
            let known: Vec<String> = match &variable.kind {
                Kind::Category(categories) => categories.iter().map(|category| category.code.clone()).collect(),
                _ => Vec::new(),
            };
            for code in codes.iter().filter(|code| !known.iter().any(|known| known == *code)) {
                let what = ProjectProblem::CodeNotInQuestionnaire(known.clone());
                problems.push(Problem::error(&survey.choices, what).column(name).value(*code, Privacy::Open));
            }
        }
    }

    fn read_population(&self, files: &BTreeMap<String, Vec<u8>>, problems: &mut Problems) -> Population {
        let names = &self.population;
        let mut result = Population::default();
        let (Some(data), Some(schema)) = (files.get(&names.data), files.get(&names.schema)) else { return result };
        let codebook = Codebook::from_table_schema(&names.schema, schema, problems);
        let Some(table) = read_table(&names.data, data, &codebook, problems) else { return result };
        let columns = ["kommunenr", "year", "age", "total"].map(|name| require(&table, name, &names.schema, problems));
        let [Some(municipality), Some(year), Some(age), Some(total)] = columns else { return result };
        for record in 0..table.len() {
            let key = (word(municipality, record), whole(year, record), whole(age, record));
            if let (Some(code), Some(year), Some(age)) = key
                && age <= u64::from(names.age)
                && let (Ok(year), Ok(age)) = (u16::try_from(year), u16::try_from(age))
                && let Some(total) = whole(total, record)
            {
                if result.persons.insert((code.to_string(), year, age), total).is_some() {
                    problems.push(at(&table, record, ProjectProblem::Twice).column("kommunenr, year, age"));
                }
                result.last_year = result.last_year.max(year);
            }
        }
        result
    }

    /// Invited by year, wave and municipality, where a list is given.
    fn read_invited(
        &self,
        files: &BTreeMap<String, Vec<u8>>,
        problems: &mut Problems,
    ) -> BTreeMap<(u64, String, String), u64> {
        let mut result = BTreeMap::new();
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
                problems.push(at(&table, record, what).column("year").value(year.to_string(), Privacy::Open));
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

    fn frame(
        &self,
        population: &Population,
        invited: &BTreeMap<(u64, String, String), u64>,
        problems: &mut Problems,
    ) -> Frame {
        let age = self.population.age;
        let mut sizes = Vec::new();
        for round in &self.survey.rounds {
            for wave in &self.survey.waves {
                let cohort = Self::cohort(wave, round.year);
                for municipality in &self.municipalities {
                    let key = (u64::from(round.year), wave.id.clone(), municipality.code.clone());
                    let size = invited.get(&key).copied().or_else(|| population.known(&municipality.code, cohort, age));
                    if size.is_none() {
                        let what = ProjectProblem::CohortMissing { age, cohort };
                        let problem = Problem::error(&self.population.data, what).column("kommunenr");
                        problems.push(problem.value(municipality.code.as_str(), Privacy::Open));
                    }
                    sizes.push(size.unwrap_or_default());
                }
            }
        }
        Frame::new(self.survey.waves.len(), self.municipalities.len(), sizes)
    }

    /// The groups of municipalities that may be pooled, as positions.
    #[must_use]
    pub fn pool(&self) -> Vec<Vec<usize>> {
        let position = |code: &String| self.municipalities.iter().position(|entry| entry.code == *code);
        self.release.pool.iter().map(|group| group.iter().filter_map(position).collect()).collect()
    }
}

fn require<'t>(table: &'t Table, name: &str, schema: &str, problems: &mut Problems) -> Option<&'t Column> {
    let column = table.column(name);
    if column.is_none() {
        let known = table.columns.iter().map(|column| column.variable.name.clone()).collect();
        problems.push(Problem::error(schema, ProjectProblem::NotInQuestionnaire(known)).column(name));
    }
    column
}

/// A problem with a record.
fn at(table: &Table, record: usize, what: ProjectProblem) -> Problem {
    Problem::error(&table.file, what).line(table.lines[record]).record(record as u64 + 1)
}

/// A code, whether the column is categorical or text.
fn word(column: &Column, record: usize) -> Option<&str> {
    column.code(record).or_else(|_| column.text(record)).ok()
}

fn whole(column: &Column, record: usize) -> Option<u64> {
    let number = match column.number(record) {
        Ok(number) => number,
        Err(_) => word(column, record)?.parse().ok()?,
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number below 2^32")]
    (number >= 0.0 && number.fract() == 0.0 && number < 4_294_967_296.0).then_some(number as u64)
}

/// Warns of years that no published window holds yet.
fn waiting(shares: &Shares<'_>, problems: &mut Problems) {
    let project = shares.project();
    let rounds = &project.survey.rounds;
    let mut waves: BTreeMap<u16, Vec<String>> = BTreeMap::new();
    for series in cut(shares) {
        let held = series.periods.last().map_or(0, |period| period.rounds.end);
        for round in &rounds[held..] {
            let wave = format!("{} {}", project.survey.waves[series.wave].id, series.area.label.nb);
            waves.entry(round.year).or_default().push(wave);
        }
    }
    for (year, waves) in waves {
        let what = ProjectProblem::Waits { year, series: waves };
        problems.push(Problem::warning(&project.file, what).column("disclosure.windows"));
    }
}

impl Loaded {
    /// Counts, estimates, protects. `today` is the date of the edition; without it the project's own date.
    #[must_use]
    pub fn compute(&self, today: Option<&str>, problems: &mut Problems) -> Option<Outcome> {
        let project = &self.project;
        if let Some(today) = today.filter(|today| *today < project.date.as_str()) {
            let what = ProjectProblem::TodayTooEarly { last: project.date.clone() };
            problems.push(Problem::error(&project.file, what).value(today, Privacy::Open));
            return None;
        }
        let sample = Sample::new(project, &self.tables, problems)?;
        let mut outcome = Outcome {
            internal: Vec::new(),
            public: Vec::new(),
            left_out: Vec::new(),
            counted: Vec::new(),
            outlook: Vec::new(),
        };
        for indicator in CATALOGUE.iter().filter(|entry| project.indicators.iter().any(|id| id == entry.id)) {
            let shares = (indicator.count)(&sample, &self.frame, problems)?;
            let about = self.about(&shares.words, today);
            waiting(&shares, problems);
            outcome.public.push(protect(&shares, indicator.id, about.clone()));
            outcome.outlook.push(Outlook::new(&shares, &self.population));
            let mut cube = shares.internal(indicator.id);
            cube.about = About { policy: "none".into(), base: shares.words.internal_base.clone(), ..about };
            outcome.internal.push(cube);
        }
        let year = |round: usize| project.survey.rounds[round].year;
        outcome.left_out = sample.left_out.iter().map(|(&(round, why), &rows)| (year(round), why, rows)).collect();
        for (round, entry) in project.survey.rounds.iter().enumerate() {
            let rows = sample.rows.iter().filter(|row| row.round == round).count();
            outcome.counted.push((entry.year, rows as u64));
        }
        Some(outcome)
    }

    fn about(&self, words: &Words, today: Option<&str>) -> About {
        let project = &self.project;
        let updated = today.unwrap_or(&project.date).to_string();
        // It is the answers that grow old, whenever the edition was made.
        let next_year = project.date.get(..4).and_then(|year| year.parse::<u16>().ok()).map_or(2200, |year| year + 1);
        let month = project.update_month;
        About {
            base: words.base.clone(),
            sources: project.sources.clone(),
            method: words.method.clone(),
            protection: Text::default(),
            notice: project.notice.clone(),
            updated,
            valid_until: format!("{next_year}-{month:02}-{:02}", date::days_in(next_year, month)),
            policy: String::new(),
        }
    }
}
