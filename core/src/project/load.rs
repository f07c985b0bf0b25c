//! From the project's files to its cubes.

use super::cohort::{Invited, Population};
use super::{Outlook, Place, Project, ProjectProblem, Roles, Round, Sheets, VariableType};
use crate::cube::{About, Cube};
use crate::date;
use crate::disclosure::release::{Atom, ForeignFigure, ForeignTable, Ledger, Past, Release};
use crate::disclosure::{Input, SafeCube, Series, open, protect, recruitment as own};
use crate::export;
use crate::indicator::finding::measures::Answered;
use crate::indicator::finding::{self, Evidence, Finding, People, Reason};
use crate::indicator::recruitment;
use crate::indicator::region::{Figures, Registers};
use crate::indicator::share::interval_methods;
use crate::indicator::{CATALOGUE, Count, Frame, Words};
use crate::interval::Level;
use crate::problem::{Privacy, Problem, Problems};
use crate::read::{Codebook, Kind, Table, read_table};
use crate::register::Contacts;
use crate::register::open_measures::OpenMeasures;
use crate::register::recruitment::{Day, Recruitment};
use crate::sample::{LeftOut, Sample};
use crate::text::{Lang, Text};
use crate::work::Workers;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

/// A project with everything read and checked.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// What the project file says.
    pub project: Project,
    pub(crate) tables: Vec<Table>,
    pub(crate) population: Population,
    pub(crate) invited: Invited,
    pub(crate) frame: Frame,
    /// The registers of official statistics, where an indicator needs them.
    open: Registers,
    pub(crate) ledger: Ledger,
    pub(crate) contacts: Option<Contacts>,
    foreign: Vec<(ForeignTable, Vec<u8>)>,
    /// The files that findings and figures of recruitment read.
    registers: BTreeMap<String, Vec<u8>>,
    /// What day the machine says it is, where that is known: a consent that has ended by then is no consent.
    pub clock: Option<String>,
    /// Who reads large registers and computes figures of them: one after the other where nobody else is given.
    pub workers: Workers,
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
    /// What the ledger is to remember; none when all that is shown was published before.
    pub release: Option<Release>,
    /// The register of measures, where the project publishes it.
    pub measures: Option<OpenMeasures>,
    /// Figures of the region's own registers, internal.
    pub recruitment: Vec<(&'static str, recruitment::Figures)>,
    /// Rows of the CV base without a consent that holds, by why.
    pub left_out_of_base: Vec<(&'static str, u64)>,
}

/// Which findings, of which years, and how.
#[derive(Clone, Debug)]
pub struct Ask<'a> {
    /// Their ids; none: all.
    pub only: &'a [String],
    /// The years whose answers count.
    pub years: RangeInclusive<u16>,
    /// The last day that registers know of; none: the project's date.
    pub today: Option<&'a str>,
    /// The level of intervals.
    pub level: Level,
    /// Where random draws begin.
    pub seed: u64,
}

/// What the findings command gives. Internal.
#[derive(Clone, Debug)]
pub struct Findings {
    /// The findings.
    pub list: Vec<Finding>,
    /// How many rows of answers count.
    pub rows: u64,
    /// The answers that the hypotheses use, as CSV: personal data.
    pub frame: String,
    /// The page back to those who answered, in each of [`Lang::ALL`]; none without a register of measures.
    pub pages: [Option<String>; 3],
    /// Measures by what they answer; none without a register of measures.
    pub answered: Option<Answered>,
}

impl Project {
    /// Reads the files that the project names, and the ledger: every file given under `releases/`. Everything wrong in any of them is reported; `None` if anything is, the
    /// project file included.
    #[must_use]
    pub fn load(self, files: &BTreeMap<String, Vec<u8>>, problems: &mut Problems) -> Option<Loaded> {
        self.read(Cow::Borrowed(files), problems)
    }

    /// As [`Project::load`], of files that nobody else needs: what is kept of them is not copied.
    #[must_use]
    pub fn load_owned(self, files: BTreeMap<String, Vec<u8>>, problems: &mut Problems) -> Option<Loaded> {
        self.read(Cow::Owned(files), problems)
    }

    fn read(mut self, mut named: Cow<'_, BTreeMap<String, Vec<u8>>>, problems: &mut Problems) -> Option<Loaded> {
        let files = named.as_ref();
        for place in self.places.iter().filter(|place| place.is_file && !files.contains_key(&place.value)) {
            let problem = Problem::error(&self.file, ProjectProblem::FileMissing).line(place.line);
            problems.push(problem.column(&place.key).value(&place.value, Privacy::Open));
        }
        let tables = self.read_answers(files, problems);
        if let Some(table) = tables.first() {
            self.name_waves(table);
        }
        // Whoever has waves has cohorts, also before the first answer.
        let has_cohorts = !self.survey.waves.is_empty();
        let population = if has_cohorts { self.read_population(files, problems) } else { Some(Population::default()) };
        let invited = self.read_invited(files, problems);
        let frame = self.frame(population.as_ref()?, &invited, problems);
        // The register of the population may have been read above: what is wrong with it is told once.
        let mut again = Problems::new();
        let open = self.open_indicators().next().map(|_| Registers::read(&self, files, &mut again)).unwrap_or_default();
        problems.add_new(again);
        let contacts = Contacts::read(&self, files, problems);
        let ledger = Ledger::read(&self.id, files, problems)?;
        let of_table = |table: &ForeignTable| Some((table.clone(), files.get(&table.file)?.clone()));
        let foreign = self.foreign.iter().filter_map(of_table).collect();
        let is_register = |place: &&Place| {
            place.is_file && ["findings.", "recruitment."].iter().any(|section| place.key.starts_with(section))
        };
        let registers = self.places.iter().filter(is_register).filter_map(|place| {
            let bytes = match &mut named {
                Cow::Borrowed(files) => files.get(&place.value)?.clone(),
                Cow::Owned(files) => files.remove(&place.value)?,
            };
            Some((place.value.clone(), bytes))
        });
        let registers = registers.collect();
        let population = population?;
        let loaded = Loaded {
            tables,
            population,
            invited,
            frame,
            open,
            ledger,
            foreign,
            registers,
            contacts,
            clock: None,
            workers: Workers::default(),
            project: self,
        };
        (problems.errors() == 0).then_some(loaded)
    }

    /// The answers of all years, each against its questionnaire.
    fn read_answers(&self, files: &BTreeMap<String, Vec<u8>>, problems: &mut Problems) -> Vec<Table> {
        let survey = &self.survey;
        let get = |file: &str| files.get(file).map(Vec::as_slice);
        let before = problems.errors();
        let mut codebooks: BTreeMap<&Sheets, Codebook> = BTreeMap::new();
        for sheets in survey.rounds.iter().map(|round| &round.questionnaire) {
            let (Some(sheet), Some(choices)) = (get(&sheets.survey), get(&sheets.choices)) else { continue };
            codebooks.entry(sheets).or_insert_with(|| {
                Codebook::from_xlsform((&sheets.survey, sheet), (&sheets.choices, choices), problems)
            });
        }
        // Answers cannot be read against a questionnaire that is broken.
        if problems.errors() > before {
            return Vec::new();
        }
        for codebook in codebooks.values_mut() {
            self.check_codes(codebook, problems);
            // What plays a part must be in every file of answers.
            for variable in codebook.variables.iter_mut().filter(|variable| survey.roles.has(&variable.name)) {
                variable.required = true;
            }
        }
        self.check_variables(codebooks.values(), problems);
        self.check_series(files, problems);
        let read = |round: &Round| {
            read_table(&round.answers, get(&round.answers)?, codebooks.get(&round.questionnaire)?, problems)
        };
        survey.rounds.iter().filter_map(read).collect()
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

    /// What the project names must be in the questionnaire: variables of the right type, codes among the categories.
    fn check_codes(&self, codebook: &Codebook, problems: &mut Problems) {
        let Roles { wave, home, lives_now, consent, consent_yes, code, submitted, .. } = &self.survey.roles;
        let municipalities: Vec<&str> = self.municipalities.iter().map(|entry| entry.code.as_str()).collect();
        let waves: Vec<&str> = self.survey.waves.iter().map(|wave| wave.code.as_str()).collect();
        let error = |key: &str, value: &str, what: ProjectProblem| {
            let place = self.places.iter().find(|place| place.key == key && place.value == value);
            let problem = Problem::error(&self.file, what).column(key).value(value, Privacy::Open);
            place.map_or(problem.clone(), |place| problem.line(place.line))
        };
        let Roles { person, sex, sex_female, sex_male, .. } = &self.survey.roles;
        let sexes = [sex_female.as_str(), sex_male.as_str()];
        let sex = self.places.iter().any(|place| place.key == "roles.sex").then_some(sex);
        let optional = [
            person.as_ref().map(|name| ("roles.person", name, VariableType::Text, &[][..], "")),
            sex.map(|name| ("roles.sex", name, VariableType::Category, &sexes[..], "roles.sex_female")),
        ];
        for (key, name, kind, codes, key_of_codes) in [
            ("roles.wave", wave, VariableType::Category, waves.as_slice(), "wave.code"),
            ("roles.home", home, VariableType::Category, municipalities.as_slice(), "municipality.code"),
            ("roles.lives_now", lives_now, VariableType::Category, municipalities.as_slice(), "municipality.code"),
            ("roles.consent", consent, VariableType::Category, &[consent_yes.as_str()], "roles.consent_yes"),
            ("roles.code", code, VariableType::Text, &[], ""),
            ("roles.submitted", submitted, VariableType::Date, &[], ""),
        ]
        .into_iter()
        .chain(optional.into_iter().flatten())
        {
            let Some(variable) = codebook.variable(name) else {
                let known = codebook.variables.iter().map(|variable| variable.name.clone()).collect();
                problems.push(error(key, name, ProjectProblem::NotInQuestionnaire(known)));
                continue;
            };
            let known: Vec<String> = match (&variable.kind, kind) {
                (Kind::Category(categories), VariableType::Category) => {
                    categories.iter().map(|category| category.code.clone()).collect()
                }
                (Kind::Text, VariableType::Text) | (Kind::Date, VariableType::Date) => continue,
                _ => {
                    problems.push(error(key, name, ProjectProblem::WrongVariable(kind)));
                    continue;
                }
            };
            for code in codes.iter().filter(|code| !known.iter().any(|known| known == *code)) {
                let what = ProjectProblem::CodeNotInQuestionnaire { variable: name.clone(), known: known.clone() };
                problems.push(error(key_of_codes, code, what));
            }
        }
    }

    /// Variables that the findings and the years name must be in some year's questionnaire.
    fn check_variables<'a>(&self, codebooks: impl Iterator<Item = &'a Codebook>, problems: &mut Problems) {
        let known: BTreeSet<String> =
            codebooks.flat_map(|codebook| &codebook.variables).map(|variable| variable.name.clone()).collect();
        let names_variable = |place: &&Place| place.key.starts_with("findings.") || place.key == "answers.comparable";
        let named = self.places.iter().filter(|place| !place.is_file).filter(names_variable);
        for place in named.filter(|place| !known.is_empty() && !known.contains(&place.value)) {
            let known = known.iter().cloned().collect();
            let problem = Problem::error(&self.file, ProjectProblem::NotInQuestionnaire(known)).line(place.line);
            problems.push(problem.column(&place.key).value(&place.value, Privacy::Open));
        }
    }

    /// The indicators from registers that the project names, in the order of the catalogue.
    fn open_indicators(&self) -> impl Iterator<Item = (&'static str, OpenFigures)> {
        let named = CATALOGUE.iter().filter(|entry| self.indicators.iter().any(|id| id == entry.id));
        named.filter_map(|entry| match entry.count {
            Count::Registers(figures) => Some((entry.id, figures)),
            Count::Answers(_) => None,
        })
    }

    /// The groups of municipalities that may be pooled, as positions.
    #[must_use]
    pub fn pool(&self) -> Vec<Vec<usize>> {
        let position = |code: &String| self.municipalities.iter().position(|entry| entry.code == *code);
        self.release.pool.iter().map(|group| group.iter().filter_map(position).collect()).collect()
    }
}

/// How an indicator from registers is computed.
type OpenFigures = fn(&Registers, &mut Problems) -> Option<Figures>;

/// Warns of years that no published window holds yet.
fn waiting(project: &Project, series: &[Series], problems: &mut Problems) {
    let rounds = &project.survey.rounds;
    let mut waves: BTreeMap<u16, Vec<String>> = BTreeMap::new();
    for series in series {
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
    /// What was published before.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Counts, estimates, protects. `today` is the date of the edition; without it the project's own date.
    #[must_use]
    pub fn compute(&self, today: Option<&str>, problems: &mut Problems) -> Option<Outcome> {
        let project = &self.project;
        if let Some(today) = today.filter(|today| *today < project.date.as_str()) {
            let what = ProjectProblem::TodayTooEarly { last: project.date.clone() };
            problems.push(Problem::error(&project.file, what).value(today, Privacy::Open));
            return None;
        }
        let mut outcome = Outcome {
            internal: Vec::new(),
            public: Vec::new(),
            left_out: Vec::new(),
            counted: Vec::new(),
            outlook: Vec::new(),
            release: None,
            measures: None,
            recruitment: Vec::new(),
            left_out_of_base: Vec::new(),
        };
        if project.has_survey() {
            self.compute_answers(today, &mut outcome, problems)?;
        }
        if !project.release.internal_only {
            let before = problems.errors();
            for (id, figures) in project.open_indicators() {
                let Some(figures) = figures(&self.open, problems) else { continue };
                outcome.public.push(open::publish(id, &figures, self.about(&Words::default(), today)));
            }
            if problems.errors() > before {
                return None;
            }
        }
        let named = |id: &&str| project.indicators.iter().any(|named| named == id);
        let metrics: Vec<&str> = recruitment::CATALOGUE.iter().map(|metric| metric.id).filter(named).collect();
        if !metrics.is_empty() {
            let registers = self.own_registers(today, problems)?;
            outcome.recruitment = recruitment::compute(&registers, &metrics, self.workers, problems)?;
            outcome.left_out_of_base = registers.left_out;
        }
        if !project.release.internal_only {
            let rules = &project.release.recruitment;
            let public = outcome.recruitment.iter().filter(|(_, figures)| own::has_public_columns(figures));
            let published =
                public.map(|(id, figures)| own::publish(id, figures, rules, self.about(&Words::default(), today)));
            outcome.public.extend(published);
        }
        Some(outcome)
    }

    /// The day of figures of recruitment: `today`, or the newest that the project or one of its registers is of.
    fn day_of_recruitment(&self, today: Option<&str>) -> Option<Day> {
        let registers = self.project.recruitment.iter().flat_map(|section| &section.registers);
        let newest = registers.map(|register| register.source.date.as_str()).chain([self.project.date.as_str()]).max();
        Day::iso(today.or(newest)?)
    }

    /// The region's own registers. Without `today` they are of the newest day that the project or one of its registers is of;
    /// consent is judged by the clock too.
    fn own_registers(&self, today: Option<&str>, problems: &mut Problems) -> Option<Recruitment> {
        let before = problems.errors();
        let project = &self.project;
        let clock = self.clock.as_deref().and_then(Day::iso);
        let mut missing = |what| problems.push(Problem::error(&project.file, what).column("recruitment"));
        if project.recruitment.is_none() {
            missing(ProjectProblem::NoRecruitment);
            return None;
        }
        let Some(today) = self.day_of_recruitment(today) else {
            missing(ProjectProblem::NoDay);
            return None;
        };
        let mut own = Problems::new();
        let registers = Recruitment::read_with(project, &self.registers, (today, clock), self.workers, &mut own);
        problems.add_new(own);
        registers.filter(|_| problems.errors() == before)
    }

    /// Figures of the region's own registers, by id of [`recruitment::CATALOGUE`]; without an id, all that the registers allow.
    /// Internal. Rows of the CV base without a consent that holds are told of in a warning.
    #[must_use]
    pub fn recruitment(
        &self,
        only: &[&str],
        today: Option<&str>,
        problems: &mut Problems,
    ) -> Option<Vec<(&'static str, recruitment::Figures)>> {
        let registers = self.own_registers(today, problems)?;
        if !registers.left_out.is_empty() {
            problems.push(registers.left_out_warning());
        }
        recruitment::compute(&registers, only, self.workers, problems)
    }

    /// The exact cubes of a run: of answers, then of the region's own registers.
    #[must_use]
    pub fn internal_cubes(&self, outcome: &Outcome, today: Option<&str>) -> Vec<Cube> {
        outcome.internal.iter().cloned().chain(self.recruitment_cubes(outcome, today)).collect()
    }

    /// The exact cubes of the region's own registers, in the order of [`Outcome::recruitment`].
    pub(crate) fn recruitment_cubes(&self, outcome: &Outcome, today: Option<&str>) -> impl Iterator<Item = Cube> {
        let about = self.about(&Words::default(), today);
        outcome.recruitment.iter().map(move |(id, figures)| export::recruitment::cube(id, figures, about.clone()))
    }

    /// What is computed of answers: counted, estimated, protected.
    fn compute_answers(&self, today: Option<&str>, outcome: &mut Outcome, problems: &mut Problems) -> Option<()> {
        let project = &self.project;
        let (tables, ended) = self.in_force(self.contacts.as_ref(), today.unwrap_or(&project.date));
        let mut sample = Sample::new(project, &tables, problems)?;
        sample.left_out.extend(ended);
        outcome.measures = self.open_measures(&sample, problems);
        let mut inputs = Vec::new();
        for indicator in CATALOGUE.iter().filter(|entry| project.indicators.iter().any(|id| id == entry.id)) {
            let Count::Answers(count) = indicator.count else { continue };
            // What several indicators find wrong is told once.
            let mut own = Problems::new();
            let shares = count(&sample, &self.frame, &mut own);
            problems.add_new(own);
            let shares = shares?;
            let about = self.about(&shares.words, today);
            inputs.push(Input { id: indicator.id, shares, about });
        }
        let rows = |round: usize| sample.rows.iter().filter(|row| row.round == round).count() as u64;
        let rounds = project.survey.rounds.iter().enumerate();
        outcome.counted = rounds.map(|(round, entry)| (entry.year, rows(round))).collect();
        let year = |round: usize| project.survey.rounds[round].year;
        outcome.left_out = sample.left_out.iter().map(|(&(round, why), &rows)| (year(round), why, rows)).collect();
        if inputs.is_empty() {
            return Some(());
        }
        let foreign = self.foreign_figures(&inputs, problems)?;
        let nothing = Ledger::default();
        let past = match project.release.internal_only {
            true => Past { ledger: &nothing, foreign: &[], boundaries: &[] },
            false => Past { ledger: &self.ledger, foreign: &foreign, boundaries: &project.boundaries },
        };
        let protected = protect(&inputs, past, today.unwrap_or(&project.date), problems)?;
        if !project.release.internal_only {
            outcome.public = protected.cubes;
            outcome.release = protected.release;
        }
        for ((Input { id, shares, about }, series), fixed) in
            inputs.into_iter().zip(protected.series).zip(protected.fixed)
        {
            waiting(project, &series, problems);
            outcome.outlook.push(Outlook::new(&shares, &self.population, &fixed, &project.release.policy.of(id)));
            let mut cube = shares.internal(id);
            let base = shares.words.internal_base.clone();
            let (general, intervals) = (&about.method, interval_methods());
            let method = Text {
                nb: format!("{} {}", general.nb, intervals.nb),
                nn: format!("{} {}", general.nn, intervals.nn),
                en: format!("{} {}", general.en, intervals.en),
            };
            cube.about = About { policy: "none".into(), base, method, ..about };
            outcome.internal.push(cube);
        }
        Some(())
    }

    /// The register of measures as it is published; none where the project does not publish it. Nothing of it depends on what
    /// anybody answered.
    fn open_measures(&self, sample: &Sample<'_>, problems: &mut Problems) -> Option<OpenMeasures> {
        let project = &self.project;
        if !project.findings.measures_public || project.release.internal_only {
            return None;
        }
        let people = People::new(sample, &self.frame, &(u16::MIN..=u16::MAX)).ok()?;
        let (files, today, level) = (&self.registers, project.date.as_str(), Level::P95);
        let evidence = Evidence { project, people: &people, files, today, level, seed: 1 };
        let mut own = Problems::new();
        let answered = finding::measures::answered(&evidence, &mut own);
        let open = answered.map(|answered| OpenMeasures::of(&answered));
        if let (Some(open), Some(file)) = (&open, &project.findings.measures) {
            open.check(file, &mut own);
        }
        problems.add_new(own);
        open
    }

    /// Whether the project names registers that findings read beside the answers, and has answers.
    #[must_use]
    pub fn has_registers(&self) -> bool {
        self.project.has_survey() && !self.registers.is_empty()
    }

    /// The findings whose ids are asked for, in the order of their catalogue; internal. `today` is the last day that registers
    /// know of; without it the project's own date.
    #[must_use]
    pub fn findings(&self, ask: &Ask<'_>, problems: &mut Problems) -> Option<Findings> {
        let project = &self.project;
        let sample = Sample::new(project, &self.tables, problems)?;
        let people = match People::new(&sample, &self.frame, &ask.years) {
            Ok(people) => people,
            Err(Reason { words, .. }) => {
                let what = ProjectProblem::NoFindings(words);
                problems.push(Problem::error(&project.file, what));
                return None;
            }
        };
        let today = ask.today.unwrap_or(&project.date);
        let (files, level, seed) = (&self.registers, ask.level, ask.seed);
        let evidence = Evidence { project, people: &people, files, today, level, seed };
        let wanted =
            finding::CATALOGUE.iter().filter(|(id, _)| ask.only.is_empty() || ask.only.iter().any(|only| only == id));
        let list: Vec<Finding> = wanted.flat_map(|(_, compute)| compute(&evidence, problems)).collect();
        let pages = Lang::ALL.map(|lang| finding::measures::you_said_we_did(&evidence, lang));
        let answered = finding::measures::answered(&evidence, &mut Problems::new());
        Some(Findings { list, rows: people.len() as u64, frame: people.frame(&project.findings), pages, answered })
    }

    /// What others published of the same answers.
    fn foreign_figures(&self, inputs: &[Input<'_>], problems: &mut Problems) -> Option<Vec<ForeignFigure>> {
        let project = &self.project;
        let mut figures = Vec::new();
        let before = problems.errors();
        for (table, bytes) in &self.foreign {
            let Some(input) = inputs.iter().find(|input| input.id == table.indicator) else { continue };
            let Some(wave) = project.survey.waves.iter().position(|wave| wave.id == table.wave) else { continue };
            let shares = &input.shares;
            let answers = |code: &str, year: u16| -> Vec<Atom> {
                let round = project.survey.rounds.iter().position(|round| round.year == year);
                let places = project.municipalities.iter().enumerate();
                let places = places.filter(|(_, entry)| entry.code == code || code == project.id);
                let here = places.filter_map(|(place, entry)| {
                    let at = [shares.headline(wave), project.release.dont_know as usize, round?, wave, place];
                    Some(Atom { year, municipality: entry.code.clone(), n: shares.stratum(at)?.n, people: Vec::new() })
                });
                let here: Vec<Atom> = here.collect();
                if !here.is_empty() {
                    return here;
                }
                // A municipality of that time.
                let ours = self.ledger.figures().filter(|figure| figure.topic() == (input.id, table.wave.as_str()));
                let mut atoms = ours.flat_map(|figure| &figure.atoms);
                let last = atoms.rfind(|atom| atom.year == year && atom.municipality == code);
                last.map(|atom| Atom { people: Vec::new(), ..atom.clone() }).into_iter().collect()
            };
            figures.extend(table.read(bytes, &answers, problems).unwrap_or_default());
        }
        (problems.errors() == before).then_some(figures)
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
