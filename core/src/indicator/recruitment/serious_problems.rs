//! Businesses with serious problems in recruiting.

use super::draft::{Draft, all, column};
use super::expansion;
use super::figures::{Entry, Figures, Kind, Shape};
use super::need;
use crate::problem::Problems;
use crate::register::recruitment::{Business, Recruitment};
use crate::text::Text;

/// Serious recruitment problems: the share of businesses that tried to hire and hired nobody for want of qualified applicants,
/// of all businesses; and the share that hired somebody with other or lower competence instead.
///
/// # Formula
///
/// ```text
/// share    = sum(w[i] failed[i]) / sum(w[i])           w[i] = N_h / n_h, the headline
/// share    = failed / answered                         unweighted
/// ```
///
/// # Input and result
///
/// | name     | shape      | unit    | rule                                                                          |
/// |----------|------------|---------|-------------------------------------------------------------------------------|
/// | `failed` | businesses | yes, no | of businesses that did not try it is no; not answered is in neither count     |
/// | `lower`  | businesses | yes, no | the same                                                                      |
/// | result   | 4          | shares  | expanded: Korn and Graubard's interval; unweighted: Wilson's                  |
///
/// # Example
///
/// ```
/// use bygdepuls_core::indicator::recruitment::expansion::Expansion;
/// use bygdepuls_core::register::recruitment::Stratum;
/// // One of two small businesses failed, of eight; neither of two large ones, of two: 4 of 10 expanded, 1 of 4 unweighted.
/// let stratum = |code: &str, businesses| Stratum { code: code.into(), businesses, employed: 0 };
/// let survey = Expansion::new(&[stratum("small", 8), stratum("large", 2)], &[0, 0, 1, 1]).unwrap();
/// let (share, _) = survey.mean(&[Some(1.0), Some(0.0), Some(0.0), Some(0.0)]).unwrap();
/// assert_eq!(share, 0.4);
/// ```
///
/// # Source
///
/// NAV, *Bedriftsundersøkelsen*, table 1, column 6, which is expanded to all businesses; and «ansatt med annen/lavere
/// kompetanse».
#[must_use]
pub fn figures(registers: &Recruitment, problems: &mut Problems) -> Option<Figures> {
    let Some((businesses, survey)) = expansion::of(registers) else {
        need(registers, expansion::missing(registers), problems);
        return None;
    };
    let areas = expansion::areas(registers, businesses);
    let questions: [fn(&Business) -> Option<bool>; 2] = [|business| business.failed, |business| business.lower];
    Some(draft().fill(registers, expansion::period(registers), vec![all()], |at| {
        let (question, inside) = (questions[at.column / 2], &areas[at.area]);
        let answer = |(business, inside): (&Business, &bool)| question(business).filter(|_| *inside);
        let answers: Vec<Option<bool>> = businesses.iter().zip(inside).map(answer).collect();
        let behind = expansion::behind(businesses, |place, _| u64::from(answers[place].is_some()));
        let asked = inside.iter().filter(|inside| **inside).count() as u64;
        let silent = asked - behind.units;
        let entry = if at.column % 2 == 0 {
            let values: Vec<_> = answers.iter().map(|answer| answer.map(|yes| f64::from(u8::from(yes)))).collect();
            let mut entry = expansion::share(&survey, &values, behind);
            entry.notes.extend(survey.notes.iter().cloned());
            entry
        } else {
            let yes = answers.iter().filter(|answer| **answer == Some(true)).count() as u64;
            Entry::share(yes, behind.units, behind)
        };
        entry.note(
            silent,
            "{} svarte ikke på spørsmålet",
            "{} svara ikkje på spørsmålet",
            "{} did not answer the question",
        )
    }))
}

fn draft() -> Draft<'static> {
    let share = |code, nb, nn, en| column(code, Kind::Share, nb, nn, en);
    let unweighted = |code, nb, nn, en| column(code, Kind::Internal, nb, nn, en);
    Draft {
        title: Text::new(
            "Alvorlige rekrutteringsproblemer",
            "Alvorlege rekrutteringsproblem",
            "Serious recruitment problems",
        ),
        base: Text::new(
            "Andel av alle virksomheter som ikke fikk ansatt noen fordi for få kvalifiserte søkte; og andel som ansatte noen med annen eller lavere kompetanse.",
            "Del av alle verksemder som ikkje fekk tilsett nokon fordi for få kvalifiserte søkte; og del som tilsette nokon med annan eller lågare kompetanse.",
            "Share of all businesses that hired nobody because too few qualified people applied; and share that hired somebody with other or lower competence.",
        ),
        method: Text::new(
            "Vektet til alle virksomheter (N/n i stratum), som hos NAV; uvektet ved siden av. Intervall: Korn–Graubard og Wilson, 95 %.",
            "Vekta til alle verksemder (N/n i stratum), som hos NAV; uvekta ved sida av. Intervall: Korn–Graubard og Wilson, 95 %.",
            "Expanded to all businesses (N/n of the stratum), as NAV does; unweighted beside it. Interval: Korn–Graubard and Wilson, 95 %.",
        ),
        unit: "percent",
        decimals: 0,
        shape: Shape::Bars,
        columns: vec![
            share("failed", "ansatte ingen", "tilsette ingen", "hired nobody"),
            unweighted(
                "failed_unweighted",
                "ansatte ingen, uvektet",
                "tilsette ingen, uvekta",
                "hired nobody, unweighted",
            ),
            share(
                "lower",
                "annen eller lavere kompetanse",
                "annan eller lågare kompetanse",
                "other or lower competence",
            ),
            unweighted(
                "lower_unweighted",
                "annen eller lavere kompetanse, uvektet",
                "annan eller lågare kompetanse, uvekta",
                "other or lower competence, unweighted",
            ),
        ],
        registers: &["business", "strata"],
    }
}
