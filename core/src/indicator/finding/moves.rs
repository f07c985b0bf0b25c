//! H2: do people of one class move together?

use super::{Cell, Evidence, Finding, Reason};
use crate::compare::NoResult;
use crate::hypothesis::moving_together::{self, Mover, MovingTogether};
use crate::problem::{Privacy, Problem, Problems};
use crate::project::{Expected, ProjectProblem};
use crate::read::table::read_texts;
use crate::text::{Lang, Text};
use std::collections::BTreeMap;

/// Random orders where not all can be counted.
const DRAWS: u64 = 9_999;

/// Pairs of one class, or of one cohort and home municipality, who moved in the same year, against chance.
///
/// # Formula
///
/// That of [`moving_together::test`]: Knox's test, years dealt out anew within each cohort.
///
/// # Input and result
///
/// A file `findings.moves` with a line for each person who moved: `cohort` (the year of 10th grade), `home` (municipality),
/// `class` (may be empty: then the home municipality stands for it), `moved` (a year or a date). Without a file the answers
/// to the question of the role `moved_year`, the last of each person, with the question of the role `class` where there is one.
/// Only those of whom the year is known.
///
/// # Source
///
/// Growth agreement for Indre Namdal 2024–2027, goal 1, measure 3 (hypothesis 2: networks often move together); otherwise as
/// [`moving_together::test`].
pub fn find(evidence: &Evidence<'_>, problems: &mut Problems) -> Vec<Finding> {
    let (people, roles) = (evidence.people, &evidence.project.findings);
    let finding = Finding::new("together", title(), method());
    let movers = match &roles.moves {
        Some(file) => match evidence.files.get(file).and_then(|bytes| read(file, bytes, problems)) {
            Some(movers) => movers,
            None => return vec![finding.none(Reason::bad_file(file))],
        },
        None if people.column(&roles.moved_year).is_some() => of_answers(evidence),
        None => return vec![finding.none(Reason::no_file("findings.moves"))],
    };
    let result = moving_together::test(&movers, DRAWS, evidence.seed, evidence.level);
    vec![match result {
        Ok(result) => filled(finding, &result, evidence),
        Err(reason) => finding.none(reason),
    }]
}

fn filled(mut finding: Finding, result: &MovingTogether, evidence: &Evidence<'_>) -> Finding {
    let cell = |statistic: &'static str, label: &Text| Cell::new(statistic, "moves", label.clone(), result.movers);
    let pairs = Text::new("par som flyttet samme år", "par som flytta same år", "pairs who moved in the same year");
    #[expect(clippy::cast_precision_loss, reason = "a number of pairs")]
    let (seen, by_chance) = (result.pairs as f64, (result.by_chance.0 as f64, result.by_chance.1 as f64));
    finding.cells.push(cell("pairs", &pairs).estimate(seen));
    let expected = Text::new("ventet av tilfeldighet", "venta av tilfelle", "expected by chance");
    let range = crate::compare::Interval { lower: by_chance.0, upper: by_chance.1 };
    let expected = cell("pairs_by_chance", &expected).estimate(result.expected);
    finding.cells.push(expected.interval("permutation", evidence.level, Ok::<_, NoResult>(range)));
    let index = Text::new("indeks: sett delt på ventet", "indeks: sett delt på venta", "index: seen by expected");
    let mut index = cell("index", &index).estimate(result.index);
    index.p_value = Some(result.p_value);
    index = index.interval("jackknife", evidence.level, result.interval);
    index.notes.push(Text::new("p er ensidig", "p er einsidig", "p is one-sided"));
    if let Some(draws) = result.draws {
        let words = |lang: Lang| {
            format!("{draws} {}", lang.pick("tilfeldige ordninger", "tilfeldige ordningar", "random orders"))
        };
        index.notes.push(Text { nb: words(Lang::Nb), nn: words(Lang::Nn), en: words(Lang::En) });
    }
    finding.cells.push(index);
    let one = |lang: Lang| {
        let (low, high) = result.by_chance;
        let counts = match lang {
            Lang::Nb => format!(
                "{} par fra samme klasse flyttet samme år; tilfeldighet alene gir mellom {low} og {high}.",
                result.pairs
            ),
            Lang::Nn => format!(
                "{} par frå same klasse flytta same år; tilfelle åleine gir mellom {low} og {high}.",
                result.pairs
            ),
            Lang::En => format!(
                "{} pairs of one class moved in the same year; chance alone gives between {low} and {high}.",
                result.pairs
            ),
        };
        let verdict = if result.p_value <= 2.0 * evidence.level.tail() {
            lang.pick("Det er flere enn tilfeldig.", "Det er fleire enn tilfeldig.", "That is more than chance.")
        } else {
            lang.pick("Det kan være tilfeldig.", "Det kan vere tilfeldig.", "That may be chance.")
        };
        format!("{counts} {verdict}")
    };
    finding.sentences.push(Text { nb: one(Lang::Nb), nn: one(Lang::Nn), en: one(Lang::En) });
    finding
}

/// Words to numbers, those of one kind each.
#[derive(Default)]
struct Numbers(BTreeMap<String, u32>);

impl Numbers {
    fn of(&mut self, word: &str) -> u32 {
        let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        *self.0.entry(word.to_owned()).or_insert(next)
    }
}

fn of_answers(evidence: &Evidence<'_>) -> Vec<Mover> {
    let (people, roles) = (evidence.people, &evidence.project.findings);
    let years = people.numbers(&roles.moved_year);
    let classes = people.codes(&roles.class);
    let (mut cohorts, mut names) = (Numbers::default(), Numbers::default());
    let rows = people.last(|row| years[row].is_some());
    let mover = |row: usize| {
        #[expect(clippy::cast_possible_truncation, reason = "a year")]
        let year = years[row]? as i32;
        let cohort = people.stratum(row).split(':').next()?;
        let class = classes[row].unwrap_or("");
        Some(Mover { cohort: cohorts.of(cohort), class: names.of(&format!("{}|{class}", people.stratum(row))), year })
    };
    rows.into_iter().filter_map(mover).collect()
}

/// Who moved, and when, in a file.
pub(super) fn read(file: &str, bytes: &[u8], problems: &mut Problems) -> Option<Vec<Mover>> {
    let before = problems.errors();
    let (_, table) = read_texts(file, bytes, problems)?;
    let mut column = |name: &str| {
        let found = table.column(name);
        if found.is_none() {
            let known = table.columns.iter().map(|column| column.variable.name.clone()).collect();
            problems.push(Problem::error(file, ProjectProblem::NotInSchema(known)).column(name));
        }
        found
    };
    let (cohort, home, moved) = (column("cohort"), column("home"), column("moved"));
    let class = table.column("class");
    let (cohort, home, moved) = (cohort?, home?, moved?);
    let (mut cohorts, mut names) = (Numbers::default(), Numbers::default());
    let mut movers = Vec::new();
    for record in 0..table.len() {
        let word = |column: &crate::read::Column| column.text(record).unwrap_or_default().trim().to_owned();
        let (cohort, home, moved) = (word(cohort), word(home), word(moved));
        if moved.is_empty() {
            continue;
        }
        let year =
            moved.get(..4).filter(|_| moved.len() == 4 || crate::date::is_date(&moved)).and_then(|y| y.parse().ok());
        let Some(year) = year else {
            let problem = Problem::error(file, ProjectProblem::WrongType(Expected::Date)).column("moved");
            let line = table.lines.get(record).copied().unwrap_or_default();
            problems.push(problem.line(line).record(record as u64 + 1).value(moved, Privacy::Answer));
            continue;
        };
        let class = class.map(word).unwrap_or_default();
        movers.push(Mover { cohort: cohorts.of(&cohort), class: names.of(&format!("{cohort}|{home}|{class}")), year });
    }
    (problems.errors() == before).then_some(movers)
}

fn title() -> Text {
    Text::new(
        "H2: flytter folk fra samme klasse samtidig?",
        "H2: flytter folk frå same klasse samtidig?",
        "H2: do people of one class move at the same time?",
    )
}

fn method() -> Text {
    Text::new(
        "Par fra samme klasse (ellers samme kull og hjemkommune) som flyttet i samme kalenderår. Tilfeldighet: årene deles ut på \
         nytt innenfor kullet.",
        "Par frå same klasse (elles same kull og heimkommune) som flytta i same kalenderår. Tilfelle: åra blir delte ut på nytt \
         innanfor kullet.",
        "Pairs of one class (else of one cohort and home municipality) who moved in the same calendar year. Chance: years are \
         dealt out anew within the cohort.",
    )
}
