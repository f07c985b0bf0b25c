//! How hard businesses find it to recruit.

use super::draft::{Draft, all, column};
use super::expansion;
use super::figures::{Entry, Figures, Kind, Shape};
use super::need;
use crate::compare::real;
use crate::problem::Problems;
use crate::register::recruitment::{Difficulty, Recruitment};
use crate::text::Text;

/// Difficulty of recruiting: the share that finds it very or quite challenging, of those who know.
///
/// # Formula
///
/// ```text
/// share = (very + quite) / (very + quite + a little + not)        in percent: times 100
/// ```
///
/// # Input and result
///
/// | name      | shape      | unit   | rule                                                            |
/// |-----------|------------|--------|-----------------------------------------------------------------|
/// | `answers` | businesses | scale  | who does not know is in neither count; none where nobody knows  |
/// | result    | 1          | share  | 0 to 1                                                          |
///
/// # Example
///
/// ```
/// use bygdepuls_core::indicator::recruitment::difficulty::difficulty;
/// use bygdepuls_core::register::recruitment::Difficulty::{DontKnow, Little, Not, Quite, Very};
/// assert_eq!(difficulty(&[Very, Quite, Little, Not, Not, DontKnow]), Some(0.4));
/// assert_eq!(difficulty(&[DontKnow]), None);
/// ```
///
/// # Source
///
/// KS, *Arbeidsgivermonitor*: very, quite, a little, not challenging, do not know; as cited by helsedirektoratet.no.
#[must_use]
pub fn difficulty(answers: &[Difficulty]) -> Option<f64> {
    let (hard, known) = counts(answers);
    (known > 0).then(|| real(hard) / real(known))
}

/// Very and quite challenging, and all who know.
fn counts(answers: &[Difficulty]) -> (u64, u64) {
    let known = answers.iter().filter(|answer| **answer != Difficulty::DontKnow);
    let hard = known.clone().filter(|answer| matches!(answer, Difficulty::Very | Difficulty::Quite));
    (hard.count() as u64, known.count() as u64)
}

/// Difficulty by area, and the share that does not know.
#[must_use]
pub fn figures(registers: &Recruitment, problems: &mut Problems) -> Option<Figures> {
    let Some(businesses) = &registers.businesses else {
        need(registers, "business", problems);
        return None;
    };
    let areas = expansion::areas(registers, businesses);
    Some(draft().fill(registers, expansion::period(registers), vec![all()], |at| {
        let inside = &areas[at.area];
        let here = businesses.iter().zip(inside).filter(|(_, inside)| **inside);
        let answers: Vec<Difficulty> = here.clone().filter_map(|(business, _)| business.difficulty).collect();
        let silent = here.count() - answers.len();
        let (hard, known) = counts(&answers);
        let with_unknown = at.column == 1;
        let behind = expansion::behind(businesses, |place, business| {
            let counts = |answer| with_unknown || answer != Difficulty::DontKnow;
            u64::from(inside[place] && business.difficulty.is_some_and(counts))
        });
        let n = answers.len() as u64;
        let entry = if with_unknown { Entry::share(n - known, n, behind) } else { Entry::share(hard, known, behind) };
        entry.note(
            silent as u64,
            "{} svarte ikke på spørsmålet",
            "{} svara ikkje på spørsmålet",
            "{} did not answer the question",
        )
    }))
}

fn draft() -> Draft<'static> {
    Draft {
        title: Text::new("Vansker med å rekruttere", "Vanskar med å rekruttere", "Difficulty of recruiting"),
        base: Text::new(
            "Andel av virksomhetene som synes det er meget eller ganske utfordrende å rekruttere, av dem som vet; og andel som ikke vet.",
            "Del av verksemdene som synest det er svært eller ganske utfordrande å rekruttere, av dei som veit; og del som ikkje veit.",
            "Share of businesses that find it very or quite challenging to recruit, of those who know; and share who do not know.",
        ),
        method: Text::new(
            "KS' skala: meget, ganske, litt, ikke utfordrende, vet ikke. Uvektet. Intervall: Wilson, 95 %.",
            "KS sin skala: svært, ganske, litt, ikkje utfordrande, veit ikkje. Uvekta. Intervall: Wilson, 95 %.",
            "KS's scale: very, quite, a little, not challenging, do not know. Unweighted. Interval: Wilson, 95 %.",
        ),
        unit: "percent",
        decimals: 0,
        shape: Shape::Bars,
        columns: vec![
            column(
                "challenging",
                Kind::Share,
                "meget eller ganske utfordrende",
                "svært eller ganske utfordrande",
                "very or quite challenging",
            ),
            column("dont_know", Kind::Internal, "vet ikke", "veit ikkje", "do not know"),
        ],
        registers: &["business"],
    }
}
