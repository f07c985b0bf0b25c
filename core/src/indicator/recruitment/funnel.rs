//! How far recruitments come: from advertisement to the first day of work.

use super::course::{End, end};
use super::draft::{Draft, column};
use super::figures::{Entry, Figures, Kind, NoFigure, Shape};
use super::need;
use super::table::{Axes, Key};
use crate::problem::Problems;
use crate::register::recruitment::{Day, Position, Positions, Recruitment};
use crate::text::Text;

/// The steps, each of which is reached only through those before it.
const STEPS: usize = 6;

/// Position of a step among them.
const APPLICATION: usize = 1;
const QUALIFIED: usize = 2;
const OFFERED: usize = 3;
const ACCEPTED: usize = 4;
const STARTED: usize = 5;

/// After the steps: with an offer, though nobody was qualified.
const UNQUALIFIED: usize = STEPS;

/// A funnel: how many came at least as far as each step, from the furthest step of each.
///
/// # Formula
///
/// ```text
/// x[k] = number of i with furthest[i] >= k                   share = x[k] / n
/// ```
///
/// # Input and result
///
/// | name       | shape | unit      | rule                                                        |
/// |------------|-------|-----------|-------------------------------------------------------------|
/// | `furthest` | n     | step      | the last step that is known, 0 to K − 1; later ones are cut |
/// | result     | K     | positions | falls or stays from step to step; the first one is n        |
///
/// # Example
///
/// ```
/// use bygdepuls_core::indicator::recruitment::funnel::reached;
/// // Of eight positions one got no application, one none that was qualified, one an offer that was declined; five were filled,
/// // and of those four have begun.
/// assert_eq!(reached([0, 1, 3, 5, 5, 5, 5, 4]), [8, 7, 6, 6, 5, 4]);
/// ```
///
/// # Source
///
/// Own definition.
#[must_use]
pub fn reached<const K: usize>(furthest: impl IntoIterator<Item = usize>) -> [u64; K] {
    let mut counts = [0; K];
    for step in furthest {
        counts.iter_mut().take(step + 1).for_each(|count| *count += 1);
    }
    counts
}

/// The steps that a register records at all. What it never records has no figure, and is not asked of a position.
fn recorded(positions: &Positions) -> [bool; STEPS] {
    let mut recorded = [true, false, false, false, true, false];
    for row in positions.iter() {
        recorded[APPLICATION] |= row.applications.is_some();
        recorded[QUALIFIED] |= row.qualified.is_some();
        recorded[OFFERED] |= row.offered.is_some();
        recorded[STARTED] |= row.started.is_some();
    }
    recorded
}

/// What a position is to the funnel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Course {
    /// It has ended, and this is the furthest step that it came to.
    Ended(usize),
    /// It has ended, and how many applied is not known.
    Unknown,
    Withdrawn,
    Open,
}

fn course(row: &Position, today: Day, recorded: [bool; STEPS]) -> Course {
    let end = end(row, today);
    match end {
        End::Open => return Course::Open,
        End::Withdrawn(_) => return Course::Withdrawn,
        End::Filled(_) | End::Failed(_) => {}
    }
    // Whether it is known must not depend on how it ended: a hire proves an application where a failure does not.
    let some = |count: Option<u32>| count.is_some_and(|count| count > 0);
    let has_applications = row.applications.is_some() || some(row.qualified);
    let has_qualified = row.qualified.is_some() || row.applications == Some(0);
    if recorded[APPLICATION] && !has_applications || recorded[QUALIFIED] && !has_qualified {
        return Course::Unknown;
    }
    let happened = |day: Option<Day>| day.is_some_and(|day| day <= today);
    Course::Ended(match end {
        End::Filled(_) if happened(row.started) => STARTED,
        End::Filled(_) => ACCEPTED,
        _ if happened(row.offered) => OFFERED,
        _ if some(row.qualified) => QUALIFIED,
        _ if some(row.applications) => APPLICATION,
        _ => 0,
    })
}

/// How far recruitments came, by year of advertisement and field.
///
/// Of positions that ended, filled or not: withdrawn and open ones are outside, as in
/// [`failed_recruitment`](super::failed_recruitment), and so are those of which the number of applicants is not known. Whoever
/// came to a step has come to all before it, so that an offer counts as a qualified applicant even where `qualified` is 0.
#[must_use]
pub fn figures(registers: &Recruitment, problems: &mut Problems) -> Option<Figures> {
    let Some(positions) = &registers.positions else {
        need(registers, "positions", problems);
        return None;
    };
    let (today, recorded) = (registers.today, recorded(positions));
    let key = |row: &Position| {
        let (period, place, group) = (row.advertised.year(), row.place, row.field);
        let key = Key { period, place, group, employer: Some(row.employer), units: 1 };
        let furthest = match course(row, today, recorded) {
            Course::Ended(furthest) => Some(furthest),
            Course::Unknown | Course::Withdrawn | Course::Open => None,
        };
        (row.advertised <= today).then_some((key, furthest))
    };
    let (axes, ended, others) = Axes::tables(
        registers,
        positions.iter(),
        key,
        |sums: &mut [u64; STEPS + 1], row, furthest| {
            sums.iter_mut().zip(reached::<STEPS>([furthest])).for_each(|(sum, one)| *sum += one);
            sums[UNQUALIFIED] += u64::from(furthest >= OFFERED && row.qualified == Some(0));
        },
        |[open, withdrawn, unknown]: &mut [u64; 3], row| {
            let count = match course(row, today, recorded) {
                Course::Open => open,
                Course::Withdrawn => withdrawn,
                Course::Unknown | Course::Ended(_) => unknown,
            };
            *count += 1;
        },
    );
    Some(draft().fill(registers, axes.years(), axes.fields(registers), |at| {
        let sums = *ended.sum(at);
        let entry = Entry::share(sums[at.column], ended.n(at), ended.behind(at));
        match at.column {
            // All of them, which is certain.
            0 => Entry { interval: None, method: "", ..entry }.left_out(*others.sum(at)),
            step if !recorded[step] => {
                Entry { value: Err(not_recorded()), interval: None, method: "", x: None, ..entry }
            }
            QUALIFIED => entry.note(
                sums[UNQUALIFIED],
                "{} med tilbud regnes med, selv om ingen av søkerne er ført som kvalifisert",
                "{} med tilbod blir rekna med, sjølv om ingen av søkjarane er ført som kvalifisert",
                "{} with an offer are counted, though none of the applicants is recorded as qualified",
            ),
            STARTED => entry.note(
                sums[ACCEPTED] - sums[STARTED],
                "{} har sagt ja og har ikke begynt ennå, eller første arbeidsdag er ikke ført",
                "{} har sagt ja og har ikkje byrja enno, eller første arbeidsdag er ikkje ført",
                "{} have accepted and not begun yet, or the first day of work is not recorded",
            ),
            _ => entry,
        }
    }))
}

impl Entry {
    /// With what the funnel leaves out: open, withdrawn, not known.
    fn left_out(self, [open, withdrawn, unknown]: [u64; 3]) -> Self {
        self.unfinished([open, withdrawn]).note(
            unknown,
            "for {} er det ikke kjent hvor mange som søkte; de regnes ikke med",
            "for {} er det ikkje kjent kor mange som søkte; dei blir ikkje rekna med",
            "of {} it is not known how many applied; they are not counted",
        )
    }
}

fn not_recorded() -> NoFigure {
    NoFigure {
        code: "not_recorded",
        words: Text::new("registeret sier det ikke", "registeret seier det ikkje", "the register does not say"),
    }
}

fn draft() -> Draft<'static> {
    let step = |code, nb, nn, en| column(code, Kind::Share, nb, nn, en);
    Draft {
        title: Text::new(
            "Fra utlysning til første arbeidsdag",
            "Frå utlysing til første arbeidsdag",
            "From advertisement to the first day of work",
        ),
        base: Text::new(
            "Utlyste stillinger der rekrutteringen er avsluttet, og hvor stor del av dem som kom så langt, etter år for utlysning.",
            "Utlyste stillingar der rekrutteringa er avslutta, og kor stor del av dei som kom så langt, etter år for utlysing.",
            "Positions advertised of which the recruitment has ended, and the share of them that came so far, by year of advertisement.",
        ),
        method: Text::new(
            "I prosent av alle avsluttede utlysninger, de samme på hvert trinn. Den som kom til et trinn, har kommet til alle før. \
             Utenfor er trukne og åpne stillinger, og de der det ikke er kjent hvor mange som søkte. Intervall: Wilson, 95 %.",
            "I prosent av alle avslutta utlysingar, dei same på kvart trinn. Den som kom til eit trinn, har kome til alle før. \
             Utanfor er trekte og opne stillingar, og dei der det ikkje er kjent kor mange som søkte. Intervall: Wilson, 95 %.",
            "In percent of all recruitments that ended, the same at each step. What came to a step has come to all before it. \
             Outside are positions that were withdrawn or are open, and those of which it is not known how many applied. \
             Interval: Wilson, 95 %.",
        ),
        unit: "percent",
        decimals: 0,
        shape: Shape::Funnel,
        columns: vec![
            step("advertised", "lyst ut", "lyst ut", "advertised"),
            step("application", "fikk søknad", "fekk søknad", "had an application"),
            step("qualified", "fikk kvalifisert søker", "fekk kvalifisert søkjar", "had a qualified applicant"),
            step("offered", "ga tilbud", "gav tilbod", "made an offer"),
            step("accepted", "fikk ja", "fekk ja", "offer accepted"),
            step("started", "noen begynte", "nokon byrja", "somebody began"),
        ],
        registers: &["positions"],
    }
}
