//! The business survey, and the strata that it is of.

use super::cells::Cells;
use super::cells::Occupation;
use super::double::{once, twice};
use super::sheet::Sheet;
use super::{Business, Difficulty, Expectation, Outlook, RecruitmentProblem, Shortage, Stratum};
use crate::problem::{Privacy, Problems, Severity};
use crate::register::code::industry;
use std::collections::{BTreeMap, BTreeSet};

const DIFFICULTIES: [(&str, Difficulty); 11] = [
    ("very", Difficulty::Very),
    ("quite", Difficulty::Quite),
    ("little", Difficulty::Little),
    ("not", Difficulty::Not),
    ("dont_know", Difficulty::DontKnow),
    ("meget", Difficulty::Very),
    ("ganske", Difficulty::Quite),
    ("litt", Difficulty::Little),
    ("ikke", Difficulty::Not),
    ("ikkje", Difficulty::Not),
    ("vet_ikke", Difficulty::DontKnow),
];

const EXPECTATIONS: [(&str, Expectation); 7] = [
    ("more", Expectation::More),
    ("same", Expectation::Same),
    ("fewer", Expectation::Fewer),
    ("flere", Expectation::More),
    ("fleire", Expectation::More),
    ("samme", Expectation::Same),
    ("færre", Expectation::Fewer),
];

/// Horizons in years, with the columns of expected hires and leavers.
const HORIZONS: [(u8, [&str; 2]); 3] =
    [(1, ["hires_1", "leavers_1"]), (3, ["hires_3", "leavers_3"]), (10, ["hires_10", "leavers_10"])];

/// The strata as they were read.
#[derive(Default)]
pub(super) struct Strata {
    pub(super) rows: Vec<Stratum>,
    /// The line of each.
    lines: Vec<u32>,
    /// Codes of rows with errors: what is wrong is told of them, and not of each of their businesses.
    refused: BTreeSet<String>,
}

/// Reads the strata.
pub(super) fn strata(sheet: &Sheet<'_>, version: industry::Version, problems: &mut Problems) -> Strata {
    let [code, businesses, employed, industry] = sheet.find(["stratum", "businesses", "employed", "industry"]);
    let (piece, _) = sheet.rows(problems, |cells| {
        for column in [code, businesses, employed] {
            cells.required(column);
        }
        let (many, people) = (cells.whole(businesses), cells.whole(employed));
        if let (Some(many), Some(people)) = (many, people)
            && people < many
        {
            let other = cells.sheet.name(businesses).to_owned();
            cells.warn(employed, RecruitmentProblem::LessThan { other });
        }
        check(cells, industry, version);
        let id = cells.text(code);
        let row = || Some(Stratum { code: id.clone(), businesses: many?, employed: people? });
        cells.keyed(Some(&id).filter(|id| !id.is_empty()).cloned(), row())
    });
    let wrong = piece.rows.iter().filter(|row| row.row.is_none());
    let refused = wrong.filter_map(|row| row.key.clone()).collect();
    let (lines, rows) = once(piece.rows, sheet, code, |a, b| a == b, problems).into_iter().unzip();
    Strata { rows, lines, refused }
}

/// Reports strata in which more businesses answered than they have: such answers stand for nobody.
pub(super) fn answered(sheet: &Sheet<'_>, strata: &Strata, businesses: &[Business], problems: &mut Problems) {
    let [column] = sheet.find(["businesses"]);
    for (at, (stratum, line)) in (0..).zip(strata.rows.iter().zip(&strata.lines)) {
        let answered = businesses.iter().filter(|business| business.stratum == at).count();
        if answered > stratum.businesses as usize {
            let what = RecruitmentProblem::MoreAnswered { answered };
            let value = stratum.businesses.to_string();
            problems.push(sheet.problem(*line, column, Severity::Error, what).value(value, Privacy::Open));
        }
    }
}

fn check(cells: &mut Cells<'_, '_, '_>, column: usize, version: industry::Version) {
    let text = cells.text(column);
    if !text.is_empty()
        && let Err(why) = industry::parse(&text, version)
    {
        cells.wrong(column, why);
    }
}

/// Reads the survey. Rows of one business are joined: what they say of the business must be the same, occupations are added.
///
/// Without strata, since they could not be read, no business has one, and that is told of them alone.
pub(super) fn read(
    sheet: &Sheet<'_>,
    strata: Option<&Strata>,
    version: industry::Version,
    problems: &mut Problems,
) -> Vec<Business> {
    let [id, stratum, place, employed, failed, lower, difficulty, expects] =
        sheet.find(["business_id", "stratum", "municipality", "employed", "failed", "lower", "difficulty", "expects"]);
    let [occupation, shortage, industry] = sheet.find(["occupation", "shortage", "industry"]);
    let horizons = HORIZONS.map(|(years, names)| (years, sheet.find(names)));
    let rows = || strata.iter().flat_map(|strata| &strata.rows);
    let by_code: BTreeMap<&str, u16> = rows().map(|stratum| stratum.code.as_str()).zip(0..).collect();
    let known = || rows().map(|stratum| stratum.code.clone()).take(40).collect();
    let is_refused = |code: &str| strata.is_none_or(|strata| strata.refused.contains(code));
    let (piece, _) = sheet.rows(problems, |cells| {
        cells.required(id);
        cells.required(stratum);
        cells.required(employed);
        let key = cells.person(id);
        let code = cells.text(stratum);
        let of = by_code.get(code.as_str()).copied();
        if of.is_none() && !code.is_empty() && !is_refused(&code) {
            cells.wrong(stratum, RecruitmentProblem::UnknownStratum { known: known() });
        }
        check(cells, industry, version);
        let work = cells.whole(employed);
        let (failed, lower) = (cells.yes(failed), cells.yes(lower));
        let (difficulty, expects) = (cells.word(difficulty, &DIFFICULTIES), cells.word(expects, &EXPECTATIONS));
        let Occupation { code, field, written } = cells.occupation(occupation);
        let positions = cells.whole(shortage).unwrap_or(0);
        let shortages = if positions > 0 { vec![Shortage { occupation: code, field, positions }] } else { Vec::new() };
        let mut outlook = Vec::new();
        for (years, [hires, leavers]) in horizons {
            match (cells.whole(hires), cells.whole(leavers)) {
                (Some(come), Some(leave)) => {
                    let expansion = i32::try_from(i64::from(come) - i64::from(leave)).unwrap_or_default();
                    outlook.push(Outlook { occupation: code, field, years, expansion });
                }
                (Some(_), None) if cells.bytes(leavers).is_empty() => need(cells, hires, leavers),
                (None, Some(_)) if cells.bytes(hires).is_empty() => need(cells, leavers, hires),
                _ => {}
            }
        }
        let place = cells.inside(place);
        let line = cells.line();
        let (stratum, place, employed) = (of?, place?, work?);
        let row = Business { line, stratum, place, employed, shortages, failed, lower, difficulty, expects, outlook };
        cells.ok().then_some((key?, written, row))
    });
    join(piece.rows, sheet, [id, occupation], problems)
}

/// Joins the rows of each business.
fn join(
    rows: Vec<(u32, u32, Business)>,
    sheet: &Sheet<'_>,
    [id, occupation]: [usize; 2],
    problems: &mut Problems,
) -> Vec<Business> {
    let alone = |one: &Business| Business { line: 0, shortages: Vec::new(), outlook: Vec::new(), ..one.clone() };
    let says = |one: &Business| !one.shortages.is_empty() || !one.outlook.is_empty();
    let mut first: BTreeMap<u32, usize> = BTreeMap::new();
    let mut businesses: Vec<Vec<(u32, Business)>> = Vec::new();
    for (key, written, row) in rows {
        let Some(&at) = first.get(&key) else {
            first.insert(key, businesses.len());
            businesses.push(vec![(written, row)]);
            continue;
        };
        let before = &businesses[at];
        let line = before[0].1.line;
        // An occupation that stands twice would be counted twice.
        let alike = |one: &Business| Business { line: row.line, ..one.clone() } == row;
        let of_it = || before.iter().filter(|(own, _)| *own == written).map(|(_, one)| one);
        let shared = of_it().find(|one| says(one) && says(&row));
        if let Some(same) = of_it().find(|one| alike(one)) {
            problems.push(twice(sheet, id, (same.line, row.line), true));
        } else if alone(&before[0].1) != alone(&row) {
            problems.push(sheet.problem(row.line, id, Severity::Error, RecruitmentProblem::OtherBusiness { line }));
        } else if let Some(other) = shared {
            problems.push(twice(sheet, occupation, (other.line, row.line), false));
        } else {
            businesses[at].push((written, row));
        }
    }
    let joined = businesses.into_iter().filter_map(|rows| {
        rows.into_iter().map(|(_, row)| row).reduce(|mut all, row| {
            all.shortages.extend(row.shortages);
            all.outlook.extend(row.outlook);
            all
        })
    });
    joined.collect()
}

/// Hires without leavers, or the other way round, say nothing of how many more there will be.
fn need(cells: &mut Cells<'_, '_, '_>, column: usize, other: usize) {
    let other = cells.sheet.name(other).to_owned();
    cells.wrong(column, RecruitmentProblem::NeedsNumber { other });
}
