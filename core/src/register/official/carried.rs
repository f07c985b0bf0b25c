//! A register on the codes of other days, carried to those of the project.

use super::form::{Axis, Form};
use super::problem::OfficialProblem;
use super::rows::{Row, Rows};
use super::{NATION, Register};
use crate::problem::{Privacy, Problem, Problems};
use crate::read::Table;
use crate::register::municipality::convert::{Absent, Conversion, convert};
use crate::register::municipality::{self, Code, Day, Transition};
use crate::text::Text;
use std::collections::{BTreeMap, BTreeSet};

/// Which day the codes of a register are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Codes {
    /// One day, in all years.
    Of(Day),
    /// 1 January of the year of each row.
    OfYear,
}

/// What the codes of some rows show.
enum Shown {
    /// They are those of the project's day.
    Own,
    /// Each row has those of its year.
    OfYear,
    /// Either could be, and it matters: the code and year that show it.
    Unclear(String, u16),
}

/// The table in the codes of the project's day. `None` where it cannot be; problems say why.
///
/// Municipalities that were merged are added up; one that was divided is refused, unless the project says that the smallest
/// whole is kept together. Without a word about the codes they are looked at: those that hold on the project's day are its
/// own, those that hold in the years of their rows are of these years, and where both could be and it matters, neither is
/// taken.
pub(super) fn carry(
    rows: Rows,
    register: &Register,
    form: &Form,
    day: Option<Day>,
    notes: &mut Vec<Text>,
    problems: &mut Problems,
) -> Option<Table> {
    let places: Vec<usize> = positions(form, Axis::is_place);
    let year = positions(form, |axis| axis == Axis::Year).first().copied();
    let given = register.reading.codes;
    if given.is_some() && !form.adds_up() {
        problems.push(Problem::error(&register.data, OfficialProblem::NotCarried));
        return None;
    }
    let Some(day) = day else {
        if given.is_some() {
            problems.push(Problem::error(&register.data, OfficialProblem::NoDayOfProject));
            return None;
        }
        notes.push(Text::new(
            "kodene er ikke prøvd mot kommuneregisteret: prosjektets egne er ikke i det",
            "kodane er ikkje prøvde mot kommuneregisteret: prosjektet sine eigne er ikkje i det",
            "the codes were not checked in the register of municipalities: the project's own are not in it",
        ));
        return as_it_is(&rows, form, problems);
    };
    let codes = match given {
        Some(codes) => codes,
        None if !form.adds_up() || rows.list.is_empty() => Codes::Of(day),
        None => match shown(&rows, &places, year, day) {
            Shown::Own => {
                notes.push(text(
                    "kodene er dem som gjelder {0}, i alle år",
                    "kodane er dei som gjeld {0}, i alle år",
                    "the codes are those of {0}, in all years",
                    &[&day.to_string()],
                ));
                Codes::Of(day)
            }
            Shown::OfYear => {
                notes.push(Text::new(
                    "kodene er dem som gjaldt 1. januar i året til raden",
                    "kodane er dei som gjaldt 1. januar i året til rada",
                    "the codes are those of 1 January of the year of the row",
                ));
                Codes::OfYear
            }
            Shown::Unclear(code, year) => {
                let what = OfficialProblem::CodesUnclear { day: day.to_string(), year };
                let problem = Problem::error(&register.data, what).column(&rows.columns[places[0]].1);
                problems.push(problem.value(code, Privacy::Open));
                return None;
            }
        },
    };
    if codes == Codes::Of(day) {
        return as_it_is(&without_others(rows, &places, day, notes), form, problems);
    }
    if codes == Codes::OfYear && year.is_none() {
        problems.push(Problem::error(&register.data, OfficialProblem::NotCarried));
        return None;
    }
    converted(&rows, (register, form), (codes, day), (&places, year), notes, problems)
}

fn positions(form: &Form, is: impl Fn(Axis) -> bool) -> Vec<usize> {
    form.keys.iter().enumerate().filter(|(_, (_, axis))| is(*axis)).map(|(at, _)| at).collect()
}

fn as_it_is(rows: &Rows, form: &Form, problems: &mut Problems) -> Option<Table> {
    let lines = rows.list.iter().map(|row| row.line.unwrap_or(0)).collect();
    rows.table(&rows.csv(rows.list.iter()), Some(lines), form, problems)
}

/// Whether a row has no figure: Statistics Norway's tables have all codes in all years.
fn is_empty(row: &Row, keys: usize) -> bool {
    row.fields[keys..].iter().all(|field| matches!(field.as_str(), "" | "." | ".." | "..." | "0"))
}

/// Without the empty rows of codes that do not hold on the day.
fn without_others(mut rows: Rows, places: &[usize], day: Day, notes: &mut Vec<Text>) -> Rows {
    let register = municipality::Register::embedded();
    let is_other = |row: &Row| {
        let is_other = |at: &usize| Code::parse(&row.fields[*at]).is_some_and(|code| register.get(code, day).is_none());
        places.iter().any(is_other) && is_empty(row, rows.keys)
    };
    let before = rows.list.len();
    let list = std::mem::take(&mut rows.list).into_iter().filter(|row| !is_other(row)).collect::<Vec<_>>();
    if list.len() < before {
        notes.push(text(
            "{0} tomme rader har en kode som ikke gjelder {1}, og er utelatt",
            "{0} tomme rader har ein kode som ikkje gjeld {1}, og er utelatne",
            "{0} empty rows have a code that does not hold on {1}, and are left out",
            &[&(before - list.len()).to_string(), &day.to_string()],
        ));
    }
    Rows { list, ..rows }
}

/// The day that the codes of a year are of: the register of municipalities has no later one.
fn january(year: u16) -> Day {
    Day::january(year.clamp(Day::FIRST.year(), Day::LAST.year()))
}

fn shown(rows: &Rows, places: &[usize], year: Option<usize>, day: Day) -> Shown {
    let register = municipality::Register::embedded();
    let Some(year) = year else { return Shown::Own };
    if rows.named {
        return by_name(rows, places, year, day);
    }
    let mut transitions: BTreeMap<Day, Transition> = BTreeMap::new();
    let (mut own, mut of_year, mut differs) = (true, true, None);
    for row in rows.list.iter().filter(|row| !is_empty(row, rows.keys)) {
        let Ok(year) = row.fields[year].parse::<u16>() else { continue };
        let then = january(year);
        for code in
            places.iter().filter_map(|at| Code::parse(&row.fields[*at])).filter(|code| *code != Code::NOT_STATED)
        {
            own &= register.get(code, day).is_some();
            of_year &= register.get(code, then).is_some();
            if own && of_year && differs.is_none() && then != day {
                let transition = transitions.entry(then).or_insert_with(|| register.transition(then, day));
                let same = transition.of(code).is_some_and(|group| group.from == [code] && group.to == [code]);
                differs = (!same).then(|| (code.to_string(), year));
            }
        }
    }
    match (own, of_year, differs) {
        (true, true, Some((code, year))) if !rows.grouped => Shown::Unclear(code, year),
        (true, ..) => Shown::Own,
        (false, ..) => Shown::OfYear,
    }
}

/// What names show, whose codes are those of the day because they were looked up on it: a municipality that was another one in
/// the year of the row may be meant as it was then.
fn by_name(rows: &Rows, places: &[usize], year: usize, day: Day) -> Shown {
    let register = municipality::Register::embedded();
    let mut transitions: BTreeMap<Day, Transition> = BTreeMap::new();
    for row in rows.list.iter().filter(|row| !is_empty(row, rows.keys)) {
        let Ok(year) = row.fields[year].parse::<u16>() else { continue };
        let then = january(year);
        let transition = transitions.entry(then).or_insert_with(|| register.transition(day, then));
        let is_other =
            |code: &Code| transition.of(*code).is_some_and(|group| group.from.len() > 1 || group.to.len() > 1);
        if let Some(code) = places.iter().filter_map(|at| Code::parse(&row.fields[*at])).find(is_other) {
            return Shown::Unclear(code.to_string(), year);
        }
    }
    Shown::Own
}

fn converted(
    rows: &Rows,
    (register, form): (&Register, &Form),
    (codes, day): (Codes, Day),
    (places, year): (&[usize], Option<usize>),
    notes: &mut Vec<Text>,
    problems: &mut Problems,
) -> Option<Table> {
    // The whole country has one code on all days.
    let (whole, parts): (Vec<&Row>, Vec<&Row>) =
        rows.list.iter().partition(|row| places.iter().any(|at| row.fields[*at] == NATION));
    let name = |at: usize| rows.columns[at].0.clone();
    let is_place = |at: &usize| places.contains(at);
    let of_year = codes == Codes::OfYear;
    let asked = Conversion {
        from: if let Codes::Of(day) = codes { Some(day) } else { None },
        code: places.iter().map(|at| name(*at)).collect(),
        year: year.filter(|_| of_year).map(name),
        key: (0..rows.keys).filter(|at| !is_place(at) && (!of_year || Some(*at) != year)).map(name).collect(),
        sum: (rows.keys..rows.columns.len()).map(name).collect(),
        splits: register.reading.splits,
        absent: if register.id == "commuting" { Absent::Zero } else { Absent::Missing },
        ..Conversion::to(day)
    };
    let found = if parts.is_empty() {
        None
    } else {
        let mut inner = Problems::new();
        let csv = rows.csv(parts.iter().copied());
        let found = convert(municipality::Register::embedded(), &rows.file, &csv, &asked, &mut inner);
        let mut told = BTreeSet::new();
        for problem in inner.list() {
            let problem = placed(problem.clone(), &parts, rows, year);
            // What has no line of its own is said once for each code and year.
            let key = (problem.what.code(), problem.line, problem.column.clone(), problem.value.clone());
            if told.insert(key) {
                problems.push(problem);
            }
        }
        for (file, more) in inner.more() {
            problems.push_more(file, u64::from(found.is_none()) * more, u64::from(found.is_some()) * more);
        }
        Some(found?)
    };
    let merges = merged(&parts, (codes, day), (places, year));
    if let Some(code) = merges.as_ref().filter(|_| register.id == "commuting_totals") {
        let problem = Problem::error(&register.data, OfficialProblem::FlowsInside).column(&rows.columns[places[0]].1);
        problems.push(problem.value(code, Privacy::Open));
        return None;
    }
    if merges.is_some() && matches!(register.id, "change" | "migration") {
        notes.push(Text::new(
            "flytting mellom kommuner som er slått sammen, står i både inn- og utflytting; nettoen er den samme",
            "flytting mellom kommunar som er slått saman, står i både inn- og utflytting; nettoen er den same",
            "moves between municipalities that were merged stand in both in- and out-migration; the net is the same",
        ));
    }
    let mut csv = found.as_ref().map(|found| found.bytes.clone()).unwrap_or_else(|| rows.csv(std::iter::empty()));
    let of_whole = rows.csv(whole.into_iter());
    let start = of_whole.iter().position(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    csv.extend(&of_whole[start..]);
    notes.extend(found.into_iter().flat_map(|found| found.notes));
    rows.table(&csv, None, form, problems)
}

/// The first code that was merged with another on the way.
fn merged(parts: &[&Row], (codes, day): (Codes, Day), (places, year): (&[usize], Option<usize>)) -> Option<String> {
    let register = municipality::Register::embedded();
    let mut transitions: BTreeMap<Day, Transition> = BTreeMap::new();
    for row in parts {
        let then = match codes {
            Codes::Of(day) => day,
            Codes::OfYear => january(row.fields[year?].parse().ok()?),
        };
        let transition = transitions.entry(then).or_insert_with(|| register.transition(then, day));
        for code in places.iter().filter_map(|at| Code::parse(&row.fields[*at])) {
            if transition.of(code).is_some_and(|group| group.from.len() > 1) {
                return Some(code.to_string());
            }
        }
    }
    None
}

/// A problem with a row, at its line of the file; where the file has no such row, with the year beside the code.
fn placed(mut problem: Problem, parts: &[&Row], rows: &Rows, year: Option<usize>) -> Problem {
    let row = problem.record.and_then(|record| parts.get(usize::try_from(record).ok()?.checked_sub(1)?));
    let label = problem.column.as_ref().and_then(|name| rows.columns.iter().find(|(column, _)| column == name));
    problem.column = label.map(|(_, label)| label.clone()).or(problem.column);
    problem.line = row.and_then(|row| row.line);
    if problem.line.is_none() {
        problem.record = None;
        if let (Some(value), Some(row), Some(year)) = (&problem.value, row, year) {
            problem.value = Some(format!("{value}, {}", row.fields[year]));
        }
    }
    problem
}

/// Words with `{0}` and so on filled in.
pub(super) fn text(nb: &str, nn: &str, en: &str, values: &[&str]) -> Text {
    let fill = |words| crate::read::problem::fill(words, values);
    Text { nb: fill(nb), nn: fill(nn), en: fill(en) }
}
