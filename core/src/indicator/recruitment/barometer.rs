//! Whether businesses expect to be more or fewer in a year.

use super::draft::{Draft, all, column};
use super::expansion::{self, Expansion};
use super::figures::{Behind, Entry, Figures, Kind, Shape};
use super::need;
use crate::compare::{Interval, real};
use crate::distribution::student_t;
use crate::interval::Level;
use crate::problem::Problems;
use crate::register::recruitment::{Expectation, Recruitment};
use crate::text::Text;

/// Employment barometer: the share that expects more employees in the next 12 months less the share that expects fewer.
///
/// # Formula
///
/// ```text
/// net = (more - fewer) / (more + same + fewer)              in percentage points: times 100
/// ```
///
/// # Input and result
///
/// | name      | shape      | unit     | rule                                            |
/// |-----------|------------|----------|-------------------------------------------------|
/// | `answers` | businesses | 3 answers | not answered is in no count                    |
/// | result    | 1          | net share | −1 to 1; none where nobody answered            |
///
/// # Example
///
/// ```
/// use bygdepuls_core::indicator::recruitment::barometer::barometer;
/// use bygdepuls_core::register::recruitment::Expectation::{Fewer, More, Same};
/// assert_eq!(barometer(&[More, More, Same, Fewer]), Some(0.25)); // 50 % less 25 %
/// ```
///
/// # Source
///
/// NAV, *Bedriftsundersøkelsen*, tables 3 and 4: decline, unchanged, growth, net share.
#[must_use]
pub fn barometer(answers: &[Expectation]) -> Option<f64> {
    let count = |wanted| answers.iter().filter(|answer| **answer == wanted).count() as u64;
    let n = answers.len() as u64;
    (n > 0).then(|| (real(count(Expectation::More)) - real(count(Expectation::Fewer))) / real(n))
}

/// The net share and its parts, expanded to all businesses; the net share unweighted beside it.
#[must_use]
pub fn figures(registers: &Recruitment, problems: &mut Problems) -> Option<Figures> {
    let Some((businesses, survey)) = expansion::of(registers) else {
        need(registers, expansion::missing(registers), problems);
        return None;
    };
    let areas = expansion::areas(registers, businesses);
    Some(draft().fill(registers, expansion::period(registers), vec![all()], |at| {
        let inside = &areas[at.area];
        let answers: Vec<Option<Expectation>> =
            businesses.iter().zip(inside).map(|(business, inside)| business.expects.filter(|_| *inside)).collect();
        let behind = expansion::behind(businesses, |place, _| u64::from(answers[place].is_some()));
        let silent = inside.iter().filter(|inside| **inside).count() as u64 - behind.units;
        let is = |wanted: Expectation| -> Vec<Option<f64>> {
            answers.iter().map(|answer| answer.map(|answer| f64::from(u8::from(answer == wanted)))).collect()
        };
        let weighted = at.column != NET_UNWEIGHTED;
        let mut entry = match at.column {
            0 => net(&survey, &answers, behind),
            1 => expansion::share(&survey, &is(Expectation::More), behind),
            2 => expansion::share(&survey, &is(Expectation::Same), behind),
            3 => expansion::share(&survey, &is(Expectation::Fewer), behind),
            _ => unweighted(&answers, behind),
        };
        if weighted {
            entry.notes.extend(survey.notes.iter().cloned());
        }
        entry.note(
            silent,
            "{} svarte ikke på spørsmålet",
            "{} svara ikkje på spørsmålet",
            "{} did not answer the question",
        )
    }))
}

const NET_UNWEIGHTED: usize = 4;

/// Each answer as 1, 0 or −1: their mean is the net share.
fn signs(answers: &[Option<Expectation>]) -> Vec<Option<f64>> {
    let sign = |answer| match answer {
        Expectation::More => 1.0,
        Expectation::Same => 0.0,
        Expectation::Fewer => -1.0,
    };
    answers.iter().map(|answer| answer.map(sign)).collect()
}

fn net(survey: &Expansion, answers: &[Option<Expectation>], behind: Behind) -> Entry {
    let values = signs(answers);
    let Ok((net, variance)) = survey.mean(&values) else { return Entry::nobody() };
    around(net, variance, survey.df(&values), behind).worth(survey.heaviest(|business| values[business].is_some()))
}

fn unweighted(answers: &[Option<Expectation>], behind: Behind) -> Entry {
    let given: Vec<Expectation> = answers.iter().copied().flatten().collect();
    let Some(net) = barometer(&given) else { return Entry::nobody() };
    let n = real(given.len() as u64);
    let squares: f64 = signs(answers).into_iter().flatten().map(|sign| (sign - net) * (sign - net)).sum();
    around(net, squares / (n - 1.0) / n, n - 1.0, behind)
}

/// Student's interval, within −1 and 1; none where the answers do not vary.
fn around(net: f64, variance: f64, df: f64, behind: Behind) -> Entry {
    let n = behind.units;
    let entry = Entry::plain(Ok(net), n, behind);
    if variance > 0.0 && df > 0.0 {
        let half = student_t::upper_quantile(Level::P95.tail(), df) * variance.sqrt();
        return entry.with(Interval { lower: (net - half).max(-1.0), upper: (net + half).min(1.0) }, "t");
    }
    entry
}

fn draft() -> Draft<'static> {
    Draft {
        title: Text::new("Sysselsettingsbarometer", "Sysselsetjingsbarometer", "Employment barometer"),
        base: Text::new(
            "Andel av virksomhetene som venter flere ansatte de neste 12 månedene, minus andel som venter færre.",
            "Del av verksemdene som ventar fleire tilsette dei neste 12 månadene, minus del som ventar færre.",
            "Share of businesses that expect more employees in the next 12 months, less the share that expects fewer.",
        ),
        method: Text::new(
            "Vektet til alle virksomheter (N/n i stratum), som hos NAV; nettoandelen også uvektet. Intervall: t for nettoandelen, Korn–Graubard for andelene, 95 %.",
            "Vekta til alle verksemder (N/n i stratum), som hos NAV; nettodelen òg uvekta. Intervall: t for nettodelen, Korn–Graubard for delane, 95 %.",
            "Expanded to all businesses (N/n of the stratum), as NAV does; the net share unweighted too. Interval: t for the net share, Korn–Graubard for shares, 95 %.",
        ),
        unit: "points",
        decimals: 0,
        shape: Shape::Bars,
        columns: vec![
            column("net", Kind::Ratio, "nettoandel", "nettodel", "net share"),
            column("more", Kind::Share, "flere", "fleire", "more"),
            column("same", Kind::Internal, "like mange", "like mange", "as many"),
            column("fewer", Kind::Share, "færre", "færre", "fewer"),
            column(
                "net_unweighted",
                Kind::Internal,
                "nettoandel, uvektet",
                "nettodel, uvekta",
                "net share, unweighted",
            ),
        ],
        registers: &["business", "strata"],
    }
}
