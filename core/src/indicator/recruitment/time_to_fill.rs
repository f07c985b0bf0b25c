//! Days from advertisement to an accepted offer.

use super::course::{End, end};
use super::draft::{Draft, column};
use super::figures::{Entry, Figures, Kind, NoFigure, Shape};
use super::need;
use super::spells::{Spells, worth};
use super::table::{Axes, Key, Table, Tally};
use crate::interval::Level;
use crate::problem::Problems;
use crate::register::recruitment::{Position, Recruitment};
use crate::survival::{Moments, NoCurve, Quantile};
use crate::text::Text;

/// Time to fill: the days after which half of the positions are filled.
///
/// # Formula
///
/// ```text
/// t      = accepted - advertised                          gross
///        = accepted - advertised - days on hold, 0 or more    net
/// median = the first day at which S(t) <= 1/2              S Kaplan and Meier's
/// ```
///
/// Open positions are censored on the day of the run; positions that were withdrawn, or ended without anybody hired, on the
/// day on which that happened. So it is the time that filling takes where it is gone on with; for what share is filled at all
/// see [`filled_by`].
///
/// # Input and result
///
/// | name      | shape          | unit | rule                                                                     |
/// |-----------|----------------|------|--------------------------------------------------------------------------|
/// | `moments` | distinct times | days | end 0 is filled; others are censorings                                   |
/// | result    | 1              | days | with Brookmeyer and Crowley's limits; the reason where S stays above 1/2 |
///
/// Where S is exactly 1/2 for some time, the median is the middle of it, as R's `survival` has it; `lifelines` takes the
/// beginning.
///
/// # Example
///
/// ```
/// use bygdepuls_core::indicator::recruitment::time_to_fill::time_to_fill;
/// use bygdepuls_core::survival::{Moments, Spell};
/// // Filled after 20, 30 and 60 days, withdrawn after 40, still open after 50: S falls to 4/5, 3/5 and, of the last one, 0.
/// let filled = |days| Spell { time: days, end: Some(0) };
/// let spells = [filled(20.0), filled(30.0), Spell { time: 40.0, end: Some(1) }, Spell::censored(50.0), filled(60.0)];
/// assert_eq!(time_to_fill(&Moments::of(&spells, 2)?).estimate, Ok(60.0));
/// # Ok::<(), bygdepuls_core::survival::NoCurve>(())
/// ```
///
/// # Source
///
/// Gross and net: definitions differ (hyreo, hirebridge), so both are given. Curve: [`crate::survival`].
#[must_use]
pub fn time_to_fill(moments: &Moments) -> Quantile {
    moments.only(0).kaplan_meier().quantile(0.5, Level::P95)
}

/// Ways in which a recruitment ends, as numbers of ends.
const FILLED: usize = 0;
const WITHDRAWN: usize = 1;
const FAILED: usize = 2;
const OPEN: usize = 3;

/// What is told of the times of positions.
#[derive(Clone, Debug, Default)]
struct Times {
    gross: Spells<4>,
    net: Spells<4>,
    open: u64,
    others: u64,
}

impl Tally for Times {
    fn merge(&mut self, other: &Self) {
        self.gross.merge(&other.gross);
        self.net.merge(&other.net);
        self.open += other.open;
        self.others += other.others;
    }
}

/// Median time to fill, gross and net, by year of advertisement and field.
#[must_use]
pub fn figures(registers: &Recruitment, problems: &mut Problems) -> Option<Figures> {
    let (axes, times, unknown) = times(registers, problems)?;
    Some(draft().fill(registers, axes.years(), axes.fields(registers), |at| {
        let sum = times.sum(at);
        let spells = if at.column == 0 { &sum.gross } else { &sum.net };
        let curve = spells.moments().map(|moments| moments.only(FILLED).kaplan_meier());
        Entry::median(curve, times.behind(at))
            .note(
                sum.open,
                "stillinger som fortsatt er åpne, er sensurert i dag: {}",
                "stillingar som framleis er opne, er sensurerte i dag: {}",
                "positions that are still open are censored today: {}",
            )
            .note(
                sum.others,
                "stillinger som ble trukket eller endte uten tilsetting, er sensurert da: {}",
                "stillingar som vart trekte eller enda utan tilsetjing, er sensurerte då: {}",
                "positions withdrawn or ended without anybody hired are censored then: {}",
            )
            .note(
                unknown.n(at),
                "{} mangler dagen for aksept og regnes ikke med",
                "{} manglar dagen for aksept og blir ikkje rekna med",
                "{} lack the day of acceptance and are not counted",
            )
    }))
}

/// The share of positions that are filled within 30, 60, 90 and 180 days, others being withdrawn or ended without anybody hired.
///
/// # Formula
///
/// ```text
/// F(t) = sum over t_j <= t of S(t_j-1) d_j / n_j
/// ```
///
/// d_j filled on day t_j of n_j that were open until then, S the share to which nothing has happened: Aalen and Johansen's
/// estimate, see [`crate::survival::competing()`]. To be withdrawn, or to end without anybody hired, is an end of its own here:
/// such a position is never filled.
#[must_use]
pub fn filled_by(registers: &Recruitment, problems: &mut Problems) -> Option<Figures> {
    let (axes, times, _) = times(registers, problems)?;
    Some(draft_filled_by().fill(registers, axes.years(), axes.fields(registers), |at| {
        let sum = times.sum(at);
        let moments = sum.gross.moments();
        let days = WITHIN[at.column];
        let share = |moments: &Moments| moments.competing_at(f64::from(days));
        let n = times.n(at);
        let (value, interval) = match moments.as_ref().map_err(|why| *why).and_then(share) {
            Ok(None) => (Ok(0.0), None),
            Ok(Some(step)) => (Ok(step.incidence[FILLED]), step.interval(FILLED, Level::P95).ok()),
            Err(NoCurve::Nobody) => return Entry::nobody(),
            Err(why) => (Err(NoFigure::of_curve(why)), None),
        };
        let entry = Entry::plain(value, n, times.behind(at));
        let entry = match &moments {
            Ok(moments) => entry.worth(worth(&moments.kaplan_meier(), days, WITHIN.into_iter())),
            Err(_) => entry,
        };
        match interval {
            Some(limits) => entry.with(limits.into(), "log-log"),
            None => entry,
        }
    }))
}

/// Days within which positions are filled.
const WITHIN: [u32; 4] = [30, 60, 90, 180];

/// The times of positions by year of advertisement and field, and those of which the time is not known.
fn times(registers: &Recruitment, problems: &mut Problems) -> Option<(Axes, Table<Times>, Table<()>)> {
    let Some(positions) = &registers.positions else {
        need(registers, "positions", problems);
        return None;
    };
    let today = registers.today;
    let time = |row: &Position| {
        let (last, how) = match end(row, today) {
            End::Filled(day) => (day?, FILLED),
            End::Withdrawn(day) => (day, WITHDRAWN),
            End::Failed(day) => (day, FAILED),
            End::Open => (today, OPEN),
        };
        Some((u32::try_from(last.since(row.advertised)).ok()?, how))
    };
    let key = |row: &Position| {
        let (period, place, group) = (row.advertised.year(), row.place, row.field);
        let key = Key { period, place, group, employer: Some(row.employer), units: 1 };
        (row.advertised <= today).then(|| (key, time(row)))
    };
    let add = |times: &mut Times, row: &Position, (days, how): (u32, usize)| {
        times.gross.add(days, how);
        times.net.add(days.saturating_sub(row.on_hold), how);
        times.open += u64::from(how == OPEN);
        times.others += u64::from(matches!(how, WITHDRAWN | FAILED));
    };
    Some(Axes::tables(registers, positions.iter(), key, add, |(): &mut (), _| {}))
}

fn draft() -> Draft<'static> {
    Draft {
        title: Text::new("Tid til stillingen er besatt", "Tid til stillinga er besett", "Time to fill"),
        base: Text::new(
            "Dager fra utlysning til akseptert tilbud: da er halvparten av stillingene besatt. Etter år for utlysning.",
            "Dagar frå utlysing til akseptert tilbod: då er halvparten av stillingane besette. Etter år for utlysing.",
            "Days from advertisement to an accepted offer: by then half of the positions are filled. By year of advertisement.",
        ),
        method: Text::new(
            "Median etter Kaplan–Meier. Åpne stillinger er sensurert i dag, trukne og mislykkede den dagen det skjedde. Netto er minus dager på vent. Intervall: Brookmeyer–Crowley, 95 %.",
            "Median etter Kaplan–Meier. Opne stillingar er sensurerte i dag, trekte og mislukka den dagen det skjedde. Netto er minus dagar på vent. Intervall: Brookmeyer–Crowley, 95 %.",
            "Kaplan–Meier median. Open positions are censored today, withdrawn and failed ones on the day it happened. Net is less days on hold. Interval: Brookmeyer–Crowley, 95 %.",
        ),
        unit: "days",
        decimals: 0,
        shape: Shape::Bars,
        columns: vec![
            column("gross", Kind::Days, "brutto", "brutto", "gross"),
            column("net", Kind::Days, "netto", "netto", "net"),
        ],
        registers: &["positions"],
    }
}

fn draft_filled_by() -> Draft<'static> {
    let within = |days: u32| {
        let words = |word: &str| format!("{days} {word}");
        column(&format!("d{days}"), Kind::Share, &words("dager"), &words("dagar"), &words("days"))
    };
    Draft {
        title: Text::new("Besatt innen", "Besett innan", "Filled within"),
        base: Text::new(
            "Andel av utlyste stillinger som er besatt etter så mange dager, etter år for utlysning.",
            "Del av utlyste stillingar som er besette etter så mange dagar, etter år for utlysing.",
            "Share of positions advertised that are filled after so many days, by year of advertisement.",
        ),
        method: Text::new(
            "Aalen–Johansen: trukket og endt uten tilsetting er egne slutter, åpne er sensurert i dag. Intervall: log-log, 95 %.",
            "Aalen–Johansen: trekt og enda utan tilsetjing er eigne sluttar, opne er sensurerte i dag. Intervall: log-log, 95 %.",
            "Aalen–Johansen: withdrawn and ended without anybody hired are ends of their own, open ones are censored today. Interval: log-log, 95 %.",
        ),
        unit: "percent",
        decimals: 0,
        shape: Shape::Bars,
        columns: WITHIN.map(within).into(),
        registers: &["positions"],
    }
}
