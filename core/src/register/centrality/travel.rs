//! The file of travel times: its columns, its pieces, and what is wrong in it.

use super::codes::Codes;
use super::pairs::{Flaws, Pairs};
use super::problem::CentralityProblem;
use super::reach::{Plan, Reach};
use super::rows::{Flaw, Layout, Minutes, Visit, rows};
use super::units::{UNIT, Units, column};
use crate::problem::{Privacy, Problem, Problems};
use crate::read::Head;
use crate::read::encoding::{Encoding, decode};
use std::collections::BTreeMap;

/// Names of columns, where they are not the usual ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TravelColumns {
    /// Code of the unit that is left.
    pub from: Option<String>,
    /// Code of the unit that is reached.
    pub to: Option<String>,
    /// Minutes between them.
    pub minutes: Option<String>,
}

const FROM: &[&str] = &[
    "from",
    "o",
    "origin",
    "from_unit",
    "from_id",
    "fra",
    "fra_krets",
    "fra_grunnkrets",
    "origin_id",
    "i",
    "source",
    "start",
];
const TO: &[&str] = &[
    "to",
    "d",
    "destination",
    "dest",
    "to_unit",
    "to_id",
    "til",
    "til_krets",
    "til_grunnkrets",
    "destination_id",
    "j",
    "target",
];
const MINUTES: &[&str] = &[
    "minutes",
    "t",
    "minutter",
    "minutt",
    "min",
    "time",
    "travel_time",
    "traveltime",
    "travel_minutes",
    "reisetid",
    "tid",
    "duration",
];

/// A CSV file of travel times whose header was read: pairs of units and the minutes between them.
#[derive(Clone, Debug)]
pub struct Travel {
    file: String,
    layout: Layout,
    /// The columns: from, to, minutes.
    pub columns: [String; 3],
    /// Where the first record begins.
    pub start: usize,
    /// The line on which it does.
    line: u64,
}

impl Travel {
    /// Finds the columns. `None` when one is not there.
    pub fn new(file: &str, head: &Head, given: &TravelColumns, problems: &mut Problems) -> Option<Self> {
        let wanted = [(&given.from, FROM), (&given.to, TO), (&given.minutes, MINUTES)];
        let mut columns = Vec::new();
        for (given, usual) in wanted {
            match column(head, given.as_deref(), usual) {
                Some(name) => columns.push(name),
                None => problems.push(head.missing_column(file, given.as_deref().unwrap_or(usual[0]), |_| true)),
            }
        }
        let columns: [String; 3] = columns.try_into().ok()?;
        let positions = columns.clone().map(|name| head.position(&name).unwrap_or_default());
        let layout = Layout { delimiter: head.layout.delimiter, columns: head.layout.columns, wanted: positions };
        Some(Self { file: file.to_owned(), layout, columns, start: head.start, line: head.line })
    }

    /// The delimiter.
    #[must_use]
    pub fn delimiter(&self) -> u8 {
        self.layout.delimiter
    }

    /// The places of the units' codes.
    #[must_use]
    pub fn places(&self, units: &Units) -> Places {
        Places(Codes::new(units.codes.iter().map(|code| code.as_bytes())))
    }

    /// Nothing counted yet.
    #[must_use]
    pub fn pairs<'a>(&self, plan: &'a Plan<'a>, places: &'a Places) -> Pairs<'a> {
        Pairs::new(plan, self.layout, &places.0)
    }

    /// What every unit reaches; `None` when there are errors. `one_way` is the sum of [`Pairs::one_way`]. Pairs twice are
    /// looked for again with `lines_of`, which gives the lines of pairs and is asked at most once.
    pub fn reach(
        &self,
        pairs: Pairs<'_>,
        plan: &Plan<'_>,
        one_way: u64,
        lines_of: impl FnOnce(&[(u32, u32)]) -> BTreeMap<u64, (u32, u32)>,
        problems: &mut Problems,
    ) -> Option<Reach> {
        let before = problems.errors();
        self.report(&pairs.flaws, plan.units, problems);
        let (twice, more) = pairs.twice();
        if !twice.is_empty() {
            let mut twice = twice.to_vec();
            twice.sort_unstable();
            twice.dedup();
            let what = CentralityProblem::PairTwice { symmetric: plan.parameters.symmetric };
            let code = |place: u32| plan.units.codes.get(place as usize).map_or("", |code| &**code);
            let lines = lines_of(&twice);
            let problem = |(from, to): (u32, u32)| {
                let value = format!("{} → {}", code(from), code(to));
                Problem::error(&self.file, what.clone()).value(value, Privacy::Open)
            };
            for (line, pair) in &lines {
                problems.push(problem(*pair).line(*line));
            }
            if lines.is_empty() {
                twice.iter().for_each(|pair| problems.push(problem(*pair)));
            }
            problems.push_more(&self.file, more, 0);
        }
        (problems.errors() == before).then(|| pairs.reach(one_way))
    }

    /// The flaws of all pieces, in the order of the file.
    pub(super) fn report(&self, flaws: &Flaws, units: &Units, problems: &mut Problems) {
        let mut lines = flaws.lines.clone();
        lines.sort_unstable();
        let mut next = self.line;
        let starts: BTreeMap<u64, u64> = lines
            .iter()
            .map(|(piece, lines)| {
                let start = next;
                next += lines;
                (*piece, start)
            })
            .collect();
        let mut kept = flaws.kept.clone();
        kept.sort_unstable();
        for flaw in &kept {
            let value = match std::str::from_utf8(&flaw.value) {
                Ok(text) => text.to_owned(),
                Err(_) => decode(&flaw.value, Encoding::Windows1252).into_owned(),
            };
            let what = match flaw.flaw {
                Flaw::Fields => CentralityProblem::Fields { expected: self.layout.columns },
                Flaw::Unknown => {
                    CentralityProblem::UnknownUnit { zeros: units.without_zeros(Some(&value.as_str().into())) }
                }
                Flaw::NoMinutes => CentralityProblem::NoMinutes,
                Flaw::Negative => CentralityProblem::Negative,
            };
            let start = starts.get(&flaw.piece).copied().unwrap_or(self.line);
            let mut problem = Problem::error(&self.file, what).line(start + flaw.line).value(value, Privacy::Open);
            if let Some(column) = flaw.column {
                problem = problem.column(self.columns[column].as_str());
            }
            problems.push(problem);
        }
        problems.push_more(&self.file, flaws.more, 0);
    }

    /// Looks for pairs in a piece, which begins on a line; adds their lines and gives the line after it. With
    /// `symmetric` the other direction is looked for too.
    #[must_use]
    pub fn find(
        &self,
        piece: &[u8],
        line: Option<u64>,
        places: &Places,
        wanted: &[(u32, u32)],
        symmetric: bool,
        found: &mut BTreeMap<u64, (u32, u32)>,
    ) -> u64 {
        let line = line.unwrap_or(self.line);
        let mut hunt = Hunt { line, wanted, symmetric, found };
        line + rows(piece, self.layout, &places.0, &mut hunt)
    }

    pub(super) fn rows(&self, piece: &[u8], places: &Places, visit: &mut impl Visit) -> u64 {
        rows(piece, self.layout, &places.0, visit)
    }

    pub(super) fn file(&self) -> &str {
        &self.file
    }
}

/// Where each unit is.
#[derive(Clone, Debug)]
pub struct Places(Codes);

/// Looks for pairs.
struct Hunt<'a> {
    line: u64,
    wanted: &'a [(u32, u32)],
    symmetric: bool,
    found: &'a mut BTreeMap<u64, (u32, u32)>,
}

impl Visit for Hunt<'_> {
    fn pair(&mut self, from: u32, to: u32, _: Minutes, line: u64) {
        let is = |pair| self.wanted.binary_search(&pair).is_ok();
        if is((from, to)) || self.symmetric && is((to, from)) {
            self.found.insert(self.line + line, (from, to));
        }
    }

    fn flaw(&mut self, _: u64, _: Option<usize>, _: Flaw, _: &[u8]) {}
}

/// The codes of units alone: what packing needs of the file of units.
///
/// A unit that occurs twice is an error.
pub fn codes_of(file: &str, bytes: &[u8], given: Option<&str>, problems: &mut Problems) -> Option<Units> {
    use crate::read::{Columns, Want};
    let before = problems.errors();
    let head = Head::find(file, bytes, true, &mut Problems::new());
    let name = head.as_ref().and_then(|head| column(head, given, UNIT));
    let name = name.unwrap_or_else(|| given.unwrap_or(UNIT[0]).to_owned());
    let data = Columns::read(file, bytes, &[Want::Category(name.clone())], &[], problems)?;
    let units = Units::of_codes(&data, &name, problems)?;
    (problems.errors() == before).then_some(units)
}
