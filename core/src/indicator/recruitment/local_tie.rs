//! Whether those who are hired have a tie to the region, and what a tie does for whoever applies.

use super::draft::{Draft, column};
use super::figures::{Entry, Figures, Kind, NoFigure, Shape};
use super::need;
use super::table::{Axes, Key, Table};
use crate::compare::{Interval, NoResult, TwoGroups, newcombe, odds_ratio, real, risk_ratio};
use crate::interval::Level;
use crate::problem::Problems;
use crate::register::recruitment::{Applicant, Recruitment};
use crate::text::{Lang, Text};

/// Local tie (H1): the share of those hired who have a tie to the region, of those of whom it is known.
///
/// # Formula
///
/// ```text
/// share = L / (L + U)                        in percent: times 100
/// ```
///
/// # Input and result
///
/// | name         | shape | unit    | rule                             |
/// |--------------|-------|---------|----------------------------------|
/// | `with`, L    | 1     | persons | hired, with a tie                |
/// | `without`, U | 1     | persons | hired, without one               |
/// | result       | 1     | share   | none where it is known of nobody |
///
/// Those of whom it is not known are in neither count and are told apart.
///
/// # Example
///
/// ```
/// use bygdepuls_core::indicator::recruitment::local_tie::local_tie;
/// assert_eq!(local_tie(12, 4), Some(0.75)); // of 20 hired, four are not known
/// ```
///
/// # Source
///
/// Own definition, for the hypothesis H1 of the competence strategy: who has a tie to the region stays and is hired.
#[must_use]
pub fn local_tie(with: u64, without: u64) -> Option<f64> {
    (with + without > 0).then(|| real(with) / real(with + without))
}

/// From applicant to hired: how much more often those with a tie are hired than those without.
///
/// # Formula
///
/// ```text
/// p1 = hired / applicants with a tie,  p2 = hired / applicants without
/// difference = p1 - p2              Newcombe's hybrid score interval
/// risk ratio = p1 / p2              Katz's (Wald's on the log scale)
/// odds ratio = p1 / (1 - p1) : p2 / (1 - p2)      Woolf's (Wald's on the log scale)
/// ```
///
/// Where a cell is 0 the ratios have no interval, and none at all where both of their parts are 0.
///
/// # Example
///
/// ```
/// use bygdepuls_core::compare::{TwoGroups, odds_ratio, risk_ratio};
/// // 12 of 40 applicants with a tie were hired, 10 of 100 without.
/// let groups = TwoGroups::new((12, 40), (10, 100))?;
/// assert!((groups.difference() - 0.2).abs() < 1e-12);
/// assert!((risk_ratio::ratio(&groups)? - 3.0).abs() < 1e-12);
/// assert!((odds_ratio::sample(&groups)? - 27.0 / 7.0).abs() < 1e-12); // (12/28) / (10/90)
/// # Ok::<(), bygdepuls_core::compare::NoResult>(())
/// ```
#[must_use]
pub fn hired_by_tie(registers: &Recruitment, problems: &mut Problems) -> Option<Figures> {
    let (axes, [with, without, _]) = applicants(registers, problems, false)?;
    Some(draft_hired().fill(registers, axes.years(), axes.fields(registers), |at| {
        let share = |table: &Table<u64>| Entry::share(*table.sum(at), table.n(at), table.behind(at));
        let groups = TwoGroups::new((*with.sum(at), with.n(at)), (*without.sum(at), without.n(at)));
        let compared = |value: &dyn Fn(&TwoGroups) -> Result<f64, NoResult>,
                        limits: &dyn Fn(&TwoGroups) -> Option<Interval>,
                        method| {
            let mut behind = with.behind(at);
            behind.merge(&without.behind(at));
            let value = groups.and_then(|groups| value(&groups)).map_err(no_result);
            let entry = Entry::plain(value, behind.units, behind);
            match groups.ok().and_then(|groups| limits(&groups)) {
                Some(limits) => entry.with(limits, method),
                None => entry,
            }
        };
        match at.column {
            0 => share(&with),
            1 => share(&without),
            2 => compared(
                &|groups| Ok(groups.difference()),
                &|groups| Some(newcombe::hybrid(groups, Level::P95)),
                "newcombe",
            ),
            3 => compared(&risk_ratio::ratio, &|groups| risk_ratio::katz(groups, Level::P95).ok(), "katz"),
            _ => compared(&odds_ratio::sample, &|groups| odds_ratio::woolf(groups, Level::P95).ok(), "woolf"),
        }
    }))
}

/// The share of hires with a tie, by year of application and field.
#[must_use]
pub fn figures(registers: &Recruitment, problems: &mut Problems) -> Option<Figures> {
    let (axes, [with, without, unknown]) = applicants(registers, problems, true)?;
    Some(draft().fill(registers, axes.years(), axes.fields(registers), |at| {
        let mut behind = with.behind(at);
        behind.merge(&without.behind(at));
        Entry::share(with.n(at), behind.units, behind).note(
            unknown.n(at),
            "{} tilsatte der tilknytningen ikke er kjent, regnes ikke med",
            "{} tilsette der tilknytinga ikkje er kjend, blir ikkje rekna med",
            "{} hired of whom the tie is not known are not counted",
        )
    }))
}

/// Applicants, or those hired only, with a tie, without one, and of whom it is not known; how many of them were hired.
fn applicants(registers: &Recruitment, problems: &mut Problems, hired: bool) -> Option<(Axes, [Table<u64>; 3])> {
    let Some(rows) = &registers.applicants else {
        need(registers, "applicants", problems);
        return None;
    };
    let counts = |row: &&Applicant| row.applied <= registers.today && (row.hired || !hired);
    let axes = Axes::of(registers, rows.iter().filter(counts).map(|row| (row.applied.year(), row.field)));
    let tables = [Some(true), Some(false), None].map(|tie| {
        let key = |row: &Applicant| {
            let (period, place, group) = (row.applied.year(), row.place, row.field);
            let here = counts(&row) && row.tie == tie;
            here.then_some(Key { period, place, group, employer: Some(row.employer), units: 1 })
        };
        axes.table(registers, rows, key, |hired: &mut u64, row| *hired += u64::from(row.hired))
    });
    Some((axes, tables))
}

fn no_result(why: NoResult) -> NoFigure {
    let [nb, nn, en] = Lang::ALL.map(|lang| why.message(lang));
    NoFigure { code: why.code(), words: Text::new(nb, nn, en) }
}

fn draft() -> Draft<'static> {
    Draft {
        title: Text::new("Tilsatte med lokal tilknytning", "Tilsette med lokal tilknyting", "Hires with a local tie"),
        base: Text::new(
            "Andel av de tilsatte som har tilknytning til regionen, av dem der det er kjent, etter år for søknad.",
            "Del av dei tilsette som har tilknyting til regionen, av dei der det er kjent, etter år for søknad.",
            "Share of those hired who have a tie to the region, of those of whom it is known, by year of application.",
        ),
        method: Text::new(
            "L/(L+U). Intervall: Wilson, 95 %.",
            "L/(L+U). Intervall: Wilson, 95 %.",
            "L/(L+U). Interval: Wilson, 95 %.",
        ),
        unit: "percent",
        decimals: 0,
        shape: Shape::Bars,
        columns: vec![column("local_tie", Kind::Share, "lokal tilknytning", "lokal tilknyting", "local tie")],
        registers: &["applicants"],
    }
}

fn draft_hired() -> Draft<'static> {
    Draft {
        title: Text::new(
            "Fra søker til tilsatt, etter tilknytning",
            "Frå søkjar til tilsett, etter tilknyting",
            "From applicant to hired, by tie",
        ),
        base: Text::new(
            "Andel av søkerne som ble tilsatt, med og uten tilknytning til regionen, der det er kjent, og hvor mye de skiller seg. Etter år for søknad.",
            "Del av søkjarane som vart tilsette, med og utan tilknyting til regionen, der det er kjent, og kor mykje dei skil seg. Etter år for søknad.",
            "Share of applicants who were hired, with and without a tie to the region, where it is known, and how far they differ. By year of application.",
        ),
        method: Text::new(
            "Intervall, 95 %: andeler Wilson, forskjell Newcombe, risikoforhold Katz, oddsforhold Woolf. En sammenheng er ikke en årsak.",
            "Intervall, 95 %: delar Wilson, skilnad Newcombe, risikoforhold Katz, oddsforhold Woolf. Ein samanheng er ikkje ei årsak.",
            "Intervals, 95 %: shares Wilson, difference Newcombe, risk ratio Katz, odds ratio Woolf. An association is not a cause.",
        ),
        unit: "percent",
        columns: vec![
            column("with_tie", Kind::Share, "med tilknytning", "med tilknyting", "with a tie"),
            column("without_tie", Kind::Share, "uten tilknytning", "utan tilknyting", "without a tie"),
            column("difference", Kind::Comparison, "forskjell", "skilnad", "difference"),
            column("risk_ratio", Kind::Comparison, "risikoforhold", "risikoforhold", "risk ratio"),
            column("odds_ratio", Kind::Comparison, "oddsforhold", "oddsforhold", "odds ratio"),
        ],
        ..draft()
    }
}
