//! The basic units of a country: where they are, who lives and works there, which services they have.

use super::codes::Codes;
use super::problem::CentralityProblem;
use crate::problem::{Privacy, Problem, Problems};
use crate::read::{Categories, Columns, Head, Want};
use crate::sum::Sum;
use std::sync::Arc;

/// Basic units, in the order of their codes.
#[derive(Clone, Debug, PartialEq)]
pub struct Units {
    /// Codes as written, byte by byte ascending.
    pub codes: Vec<Arc<str>>,
    /// Municipalities, ascending.
    pub municipalities: Vec<Arc<str>>,
    /// Position of each unit's municipality.
    pub municipality: Vec<u32>,
    /// People who live there.
    pub population: Vec<f64>,
    /// Jobs there.
    pub jobs: Vec<f64>,
    /// Services there, all functions added up.
    pub services: Vec<f64>,
    /// Names of the functions.
    pub names: Vec<String>,
    /// Which functions are there: bits in words of 64, `words` for each unit.
    pub(super) functions: Vec<u64>,
    pub(super) words: usize,
    /// The columns that were taken, for the notes: unit, municipality, population, jobs, services.
    pub columns: Vec<(&'static str, String)>,
}

/// Names of columns, where they are not the usual ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitColumns {
    /// Code of the unit.
    pub unit: Option<String>,
    /// Code of the municipality.
    pub municipality: Option<String>,
    /// Population.
    pub population: Option<String>,
    /// Jobs.
    pub jobs: Option<String>,
    /// Services: one column with how many, or one for each function.
    pub services: Vec<String>,
}

/// The usual names of columns, the first one being ours.
pub(super) const UNIT: &[&str] = &[
    "unit",
    "u",
    "unit_code",
    "basic_unit",
    "grunnkrets",
    "grunnkretsnr",
    "grunnkretsnummer",
    "krets",
    "code",
    "kode",
    "id",
];
const MUNICIPALITY: &[&str] =
    &["municipality", "kommune", "kommunenr", "kommunenummer", "kommune_nr", "kom", "municipality_code", "muni", "m"];
const POPULATION: &[&str] =
    &["population", "pop", "befolkning", "folketall", "folketal", "folkemengde", "innbyggere", "innbyggjarar", "p"];
const JOBS: &[&str] =
    &["jobs", "arbeidsplasser", "arbeidsplassar", "sysselsatte", "sysselsette", "employment", "workplaces", "j"];
const SERVICES: &[&str] = &[
    "services",
    "service",
    "service_functions",
    "servicefunksjoner",
    "servicefunksjonar",
    "functions",
    "tjenester",
    "tenester",
    "svc",
    "s",
];
const FUNCTION: &[&str] = &["function", "service", "funksjon", "servicefunksjon", "type", "f"];

/// A column by its name or one of the usual ones, whichever case they are written in.
pub(super) fn column(head: &Head, given: Option<&str>, usual: &[&str]) -> Option<String> {
    if let Some(given) = given {
        return head.position(given).map(|_| given.to_owned());
    }
    let same = |name: &&String, usual: &str| name.to_lowercase() == usual;
    usual.iter().find_map(|usual| head.names.iter().find(|name| same(name, usual))).cloned()
}

/// The file of services: a unit and a function on each record.
#[derive(Clone, Copy, Debug)]
pub struct ServicesFile<'a> {
    /// Its name, for messages.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

impl Units {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// Reads the file of units, and the one of services where there is one. `None` when there are errors.
    ///
    /// Population, jobs and services must be there for every unit and not be negative. A unit without population has no
    /// weight in its municipality; its jobs and services can be reached all the same. A unit that occurs twice and a unit
    /// without a municipality are errors. In the file of services a record counts once, or as many times as a column
    /// `count` says; units that it lacks have no services.
    pub fn read(
        file: &str,
        bytes: &[u8],
        given: &UnitColumns,
        services: Option<ServicesFile<'_>>,
        problems: &mut Problems,
    ) -> Option<Self> {
        let before = problems.errors();
        let head = Head::find(file, bytes, true, &mut Problems::new());
        let named = |given: &Option<String>, usual: &[&str]| {
            let name = head.as_ref().and_then(|head| column(head, given.as_deref(), usual));
            name.unwrap_or_else(|| given.clone().unwrap_or_else(|| usual[0].to_owned()))
        };
        let unit = named(&given.unit, UNIT);
        let municipality = named(&given.municipality, MUNICIPALITY);
        let population = named(&given.population, POPULATION);
        let jobs = named(&given.jobs, JOBS);
        let amounts = match (&services, given.services.as_slice()) {
            (Some(_), _) => Vec::new(),
            (None, []) => vec![named(&None, SERVICES)],
            (None, some) => some.to_vec(),
        };
        let mut wanted = vec![Want::Category(unit.clone()), Want::Category(municipality.clone())];
        wanted.extend([&population, &jobs].into_iter().chain(&amounts).map(|name| Want::Required(name.clone())));
        let data = Columns::read(file, bytes, &wanted, &[], problems)?;
        let (codes, places) = (data.categories(&unit)?, data.categories(&municipality)?);
        check(&data, &unit, codes, &municipality, places, problems);
        for name in [&population, &jobs].into_iter().chain(&amounts) {
            for (row, value) in data.required(name)?.iter().enumerate().filter(|(_, value)| **value < 0.0) {
                let problem = data.at(Problem::error(file, CentralityProblem::Negative), row);
                problems.push(problem.column(name.as_str()).value(value.to_string(), Privacy::Open));
            }
        }
        if problems.errors() > before {
            return None;
        }
        // Ranks of codes: each is compared once, however many records have it.
        let (sorted, rank) = ranked(codes);
        let (municipalities, of_place) = ranked(places);
        let mut order: Vec<usize> = (0..data.rows()).collect();
        order.sort_unstable_by_key(|row| rank[codes.codes[*row] as usize]);
        let numbers = |name: &str| -> Option<Vec<f64>> {
            let values = data.required(name)?;
            Some(order.iter().map(|row| values[*row]).collect())
        };
        let columns: Vec<Vec<f64>> = amounts.iter().map(|name| numbers(name)).collect::<Option<_>>()?;
        let words = columns.len().div_ceil(64);
        let mut functions = vec![0; order.len() * words];
        for (function, column) in columns.iter().enumerate() {
            for (unit, _) in column.iter().enumerate().filter(|(_, amount)| **amount > 0.0) {
                functions[unit * words + function / 64] |= 1 << (function % 64);
            }
        }
        let mut taken = vec![
            ("unit", unit),
            ("municipality", municipality),
            ("population", population.clone()),
            ("jobs", jobs.clone()),
        ];
        taken.extend(amounts.iter().map(|name| ("services", name.clone())));
        let mut units = Self {
            codes: sorted,
            municipality: order.iter().map(|row| of_place[places.codes[*row] as usize]).collect(),
            municipalities,
            population: numbers(&population)?,
            jobs: numbers(&jobs)?,
            services: (0..order.len()).map(|unit| columns.iter().map(|column| column[unit]).sum()).collect(),
            names: amounts,
            functions,
            words,
            columns: taken,
        };
        if let Some(services) = services {
            units.read_services(services, given, problems)?;
        }
        (problems.errors() == before).then_some(units)
    }

    /// Units of which only the codes are known.
    pub(super) fn of_codes(data: &Columns, unit: &str, problems: &mut Problems) -> Option<Self> {
        let codes = data.categories(unit)?;
        check(data, unit, codes, unit, codes, problems);
        let mut sorted = codes.labels.clone();
        sorted.sort();
        Some(Self {
            codes: sorted,
            municipalities: Vec::new(),
            municipality: Vec::new(),
            population: Vec::new(),
            jobs: Vec::new(),
            services: Vec::new(),
            names: Vec::new(),
            functions: Vec::new(),
            words: 0,
            columns: vec![("unit", unit.to_owned())],
        })
    }

    fn read_services(
        &mut self,
        services: ServicesFile<'_>,
        given: &UnitColumns,
        problems: &mut Problems,
    ) -> Option<()> {
        let ServicesFile { name: file, bytes } = services;
        let head = Head::find(file, bytes, true, &mut Problems::new());
        let named = |given: Option<&str>, usual: &[&str]| {
            let name = head.as_ref().and_then(|head| column(head, given, usual));
            name.unwrap_or_else(|| usual[0].to_owned())
        };
        let own = given.unit.as_deref().filter(|own| head.as_ref().is_some_and(|head| head.position(own).is_some()));
        let (unit, function) = (named(own, UNIT), named(None, FUNCTION));
        let count = head.as_ref().and_then(|head| column(head, None, &["count", "antall", "antal", "n"]));
        let mut wanted = vec![Want::Category(unit.clone()), Want::Category(function.clone())];
        wanted.extend(count.iter().map(|name| Want::Required(name.clone())));
        let data = Columns::read(file, bytes, &wanted, &[], problems)?;
        let (units, functions) = (data.categories(&unit)?, data.categories(&function)?);
        let (names, rank) = ranked(functions);
        self.names = names.iter().map(ToString::to_string).collect();
        self.words = self.names.len().div_ceil(64);
        self.functions = vec![0; self.len() * self.words];
        let own = Codes::new(self.codes.iter().map(|code| code.as_bytes()));
        let places: Vec<Option<u32>> = units.labels.iter().map(|code| own.place(code.as_bytes())).collect();
        let mut amounts: Vec<Sum> = vec![Sum::default(); self.len()];
        for row in 0..data.rows() {
            let (label, function) = (units.codes[row] as usize, rank[functions.codes[row] as usize] as usize);
            let Some(place) = places[label].map(|place| place as usize) else {
                let code = &units.labels[label];
                let what = CentralityProblem::UnknownUnit { zeros: self.without_zeros(Some(code)) };
                let problem = data.at(Problem::error(file, what), row).column(unit.as_str());
                problems.push(problem.value(code.to_string(), Privacy::Open));
                continue;
            };
            let amount = count.as_ref().and_then(|name| data.required(name)).map_or(1.0, |counts| counts[row]);
            if amount < 0.0 {
                let problem = data.at(Problem::error(file, CentralityProblem::Negative), row);
                problems
                    .push(problem.column(count.clone().unwrap_or_default()).value(amount.to_string(), Privacy::Open));
            } else if amount > 0.0 {
                self.functions[place * self.words + function / 64] |= 1 << (function % 64);
                amounts[place].add(amount);
            }
        }
        self.services = amounts.iter().map(Sum::value).collect();
        self.columns.push(("services", function));
        Some(())
    }

    /// The unit that a code would be with or without zeros in front.
    pub(super) fn without_zeros(&self, code: Option<&Arc<str>>) -> Option<String> {
        let bare = |code: &str| code.trim_start_matches('0').to_owned();
        let wanted = bare(code?);
        self.codes.iter().find(|other| bare(other) == wanted).map(ToString::to_string)
    }
}

/// The codes that occur, byte by byte ascending, and the rank of each of those as they were.
fn ranked(of: &Categories) -> (Vec<Arc<str>>, Vec<u32>) {
    let mut order: Vec<usize> = (0..of.labels.len()).collect();
    order.sort_unstable_by(|a, b| of.labels[*a].cmp(&of.labels[*b]));
    let mut rank = vec![0; order.len()];
    for (place, label) in order.iter().zip(0_u32..) {
        rank[*place] = label;
    }
    (order.into_iter().map(|place| of.labels[place].clone()).collect(), rank)
}

/// Units twice, and what has no code.
fn check(
    data: &Columns,
    unit: &str,
    codes: &Categories,
    municipality: &str,
    places: &Categories,
    problems: &mut Problems,
) {
    let mut first: Vec<Option<usize>> = vec![None; codes.labels.len()];
    for row in 0..data.rows() {
        for (column, of) in
            [(unit, codes), (municipality, places)].into_iter().take(if unit == municipality { 1 } else { 2 })
        {
            if of.label(row).is_none_or(|label| label.trim().is_empty()) {
                problems.push(data.at(Problem::error(&data.file, CentralityProblem::Empty), row).column(column));
            }
        }
        let Some(seen) = first.get_mut(codes.codes[row] as usize) else { continue };
        match *seen {
            Some(before) => {
                let what = CentralityProblem::UnitTwice { line: data.lines[before] };
                let value = codes.label(row).map(ToString::to_string).unwrap_or_default();
                problems.push(data.at(Problem::error(&data.file, what), row).column(unit).value(value, Privacy::Open));
            }
            None => *seen = Some(row),
        }
    }
}
