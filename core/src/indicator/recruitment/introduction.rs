//! What former participants of the introduction programme do a year after.

use super::draft::{Draft, all, column};
use super::figures::{Entry, Figures, Kind, Shape};
use super::need;
use super::table::{Axes, Key};
use crate::compare::real;
use crate::problem::Problems;
use crate::register::recruitment::{NO_FIELD, Participant, Recruitment};
use crate::text::Text;

/// Refugees in work or education a year after the introduction programme, as a share of all former participants.
///
/// # Formula
///
/// ```text
/// share = (in work, in education, or both) / all former participants          in percent: times 100
/// ```
///
/// # Input and result
///
/// | name     | shape | unit    | rule                                                                       |
/// |----------|-------|---------|----------------------------------------------------------------------------|
/// | `active` | 1     | persons | in work, in education, or both in November of the year after               |
/// | `all`    | 1     | persons | who ended the programme in the year, and of whom both are known            |
/// | result   | 1     | share   | 0 to 1; none of nobody                                                     |
///
/// Who is known in one of the two alone is in neither count, and noted: were those who work counted without the other, and
/// those who do not left out, a register that says who works and no more would give 100 %.
///
/// # Example
///
/// ```
/// use bygdepuls_core::indicator::recruitment::introduction::in_work_or_education;
/// // Of ten, four work, two are in education, one does both, three neither.
/// assert_eq!(in_work_or_education(7, 10), Some(0.7));
/// ```
///
/// # Source
///
/// Statistics Norway, "Tidligere deltakere i introduksjonsprogrammet" (introinnv): 62 % in 2017, 65 % in 2023; the goal of
/// 70 %: digib.no, 11943.
#[must_use]
pub fn in_work_or_education(active: u64, all: u64) -> Option<f64> {
    (all > 0).then(|| real(active) / real(all))
}

/// What the nation has, and what is aimed at.
const PUBLISHED: [f64; 3] = [0.62, 0.65, 0.70];

/// The share by the year in which the programme ended, beside the nation's.
#[must_use]
pub fn figures(registers: &Recruitment, problems: &mut Problems) -> Option<Figures> {
    let Some(participants) = &registers.participants else {
        need(registers, "introduction", problems);
        return None;
    };
    let axes = Axes::of(registers, participants.iter().map(|row| (row.year, NO_FIELD)));
    let key = |row: &Participant, known: bool| {
        let key = Key { period: row.year, place: row.place, group: NO_FIELD, employer: None, units: 1 };
        (is_active(row).is_some() == known).then_some(key)
    };
    let known = axes.table(
        registers,
        participants,
        |row| key(row, true),
        |active: &mut u64, row| {
            *active += u64::from(is_active(row) == Some(true));
        },
    );
    let unknown = axes.table(registers, participants, |row| key(row, false), |_: &mut (), _| {});
    Some(draft().fill(registers, axes.years(), vec![all()], |at| match at.column.checked_sub(1) {
        Some(place) => Entry::published(PUBLISHED[place]),
        None => Entry::share(*known.sum(at), known.n(at), known.behind(at)).note(
            unknown.n(at),
            "{} der arbeid eller utdanning ikke er kjent, regnes ikke med",
            "{} der arbeid eller utdanning ikkje er kjent, blir ikkje rekna med",
            "{} of whom work or education is not known are not counted",
        ),
    }))
}

/// In work or education; none where one of the two is not known, since whether it is known must not depend on the answer.
fn is_active(row: &Participant) -> Option<bool> {
    row.work.zip(row.education).map(|(work, education)| work || education)
}

fn draft() -> Draft<'static> {
    Draft {
        title: Text::new(
            "I arbeid eller utdanning etter introduksjonsprogrammet",
            "I arbeid eller utdanning etter introduksjonsprogrammet",
            "In work or education after the introduction programme",
        ),
        base: Text::new(
            "Tidligere deltakere som er i arbeid, utdanning eller begge deler i november året etter, i prosent av alle, etter år for avsluttet program.",
            "Tidlegare deltakarar som er i arbeid, utdanning eller begge delar i november året etter, i prosent av alle, etter år for avslutta program.",
            "Former participants who are in work, education or both in November of the year after, in percent of all, by the year in which the programme ended.",
        ),
        method: Text::new(
            "Som SSB (introinnv). Landet: 62 % (2017), 65 % (2023); målet er 70 %. Intervall: Wilson, 95 %.",
            "Som SSB (introinnv). Landet: 62 % (2017), 65 % (2023); målet er 70 %. Intervall: Wilson, 95 %.",
            "As Statistics Norway (introinnv). The nation: 62 % (2017), 65 % (2023); the goal is 70 %. Interval: Wilson, 95 %.",
        ),
        unit: "percent",
        decimals: 0,
        shape: Shape::Bars,
        columns: vec![
            column(
                "active",
                Kind::Share,
                "i arbeid eller utdanning",
                "i arbeid eller utdanning",
                "in work or education",
            ),
            column("nation_2017", Kind::Published, "landet 2017", "landet 2017", "the nation 2017"),
            column("nation_2023", Kind::Published, "landet 2023", "landet 2023", "the nation 2023"),
            column("goal", Kind::Published, "målet", "målet", "the goal"),
        ],
        registers: &["introduction"],
    }
}
