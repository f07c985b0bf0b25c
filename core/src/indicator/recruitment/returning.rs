//! The chance of coming home, from what was said and what that has turned into.

use super::assumptions::Prior;
use crate::compare::real;
use crate::register::recruitment::{Course, Day};
use crate::survival::{Spell, kaplan_meier};

/// Days of a year, as in the finding "what an answer has turned out to mean".
const YEAR: f64 = 365.0;

/// A Beta distribution of a chance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chance {
    /// Came home, the prior's share included.
    pub a: f64,
    /// Did not.
    pub b: f64,
}

impl Chance {
    /// Its mean.
    #[must_use]
    pub fn mean(self) -> f64 {
        self.a / (self.a + self.b)
    }
}

/// The chance of coming home within some years, of those who stated an intent in a wave.
///
/// # Formula
///
/// ```text
/// prior      a0 = m P, b0 = m (1 - P)              P = 1 - (1 - p)^(h / years), p the prior's share for the intent, m its weight
/// x, n       S(t) Kaplan-Meier of the time from the answer to coming home, t = 365 h or the last time anybody was seen
///            n = S(1 - S) / V, V Greenwood's variance; n = at risk at t where S = 1, n = all where S = 0;  x = n (1 - S)
/// posterior  Beta(a0 + x1 + w x2, b0 + n1 - x1 + w (n2 - x2))
/// ```
///
/// 1: answers of the same wave and those whose wave is not known; 2: answers of other waves, w their weight. Of people who
/// were all followed for h years, x and n are the plain counts. Without a stated intent all earlier answers count fully,
/// whatever they said.
///
/// Beyond the longest follow-up the curve stays where it is, so the chance is rather too low.
///
/// # Input and result
///
/// Courses with a return after `today` have not returned yet; those answered after it are left out.
///
/// # Example
///
/// ```
/// use bygdepuls_core::indicator::recruitment::{Assumptions, chance_of_returning};
/// use bygdepuls_core::register::recruitment::{Course, Day};
/// let day = |text: &str| Day::iso(text).unwrap();
/// let course = |returned: Option<&str>| Course {
///     wave: "w1".into(), intent: 5, answered: day("2018-05-01"), returned: returned.map(day),
/// };
/// let courses = [course(Some("2020-08-01")), course(None), course(None)];
/// let prior = Assumptions::default().prior; // half of them, worth 4 answers
/// let chance = chance_of_returning(&courses, day("2026-11-22"), &prior, Some("w1"), Some(5), 5);
/// assert!((chance.a - 3.0).abs() < 1e-12 && (chance.b - 4.0).abs() < 1e-12); // 2 + 1 came, 2 + 2 did not
/// ```
///
/// # Source
///
/// Effective sample size: K. J. Rothman, "Estimation of confidence limits for the cumulative probability of survival in life
/// table analysis", Journal of Chronic Diseases 31 (1978). Weight of other waves: J. G. Ibrahim, M.-H. Chen, "Power prior
/// distributions for regression models", Statistical Science 15 (2000).
#[must_use]
pub fn chance_of_returning(
    courses: &[Course],
    today: Day,
    prior: &Prior,
    wave: Option<&str>,
    intent: Option<u8>,
    years: u16,
) -> Chance {
    let own = |course: &&Course| wave.is_none_or(|wave| course.wave.is_empty() || course.wave == wave);
    let said = |course: &&Course| intent.is_none_or(|intent| course.intent == intent);
    let whole = intent.is_none();
    let (x1, n1) = came(courses.iter().filter(said).filter(|course| whole || own(course)), today, years);
    let (x2, n2) = came(courses.iter().filter(said).filter(|course| !whole && !own(course)), today, years);
    let share = match intent {
        Some(intent @ 1..=5) => prior.shares[usize::from(intent) - 1],
        _ => prior.unstated,
    };
    let share = 1.0 - libm::pow(1.0 - share, f64::from(years) / prior.years);
    let w = prior.other_waves;
    Chance { a: prior.weight * share + x1 + w * x2, b: prior.weight * (1.0 - share) + (n1 - x1) + w * (n2 - x2) }
}

/// How many came home within some years, and of how many.
fn came<'a>(courses: impl Iterator<Item = &'a Course>, today: Day, years: u16) -> (f64, f64) {
    let spells: Vec<Spell> = courses
        .filter(|course| course.answered <= today)
        .map(|course| match course.returned.filter(|returned| *returned <= today) {
            Some(returned) => Spell::ended(f64::from(returned.since(course.answered).max(0))),
            None => Spell::censored(f64::from(today.since(course.answered))),
        })
        .collect();
    let Ok(curve) = kaplan_meier(&spells) else { return (0.0, 0.0) };
    let last = curve.steps.last().map_or(0.0, |step| step.time);
    let Ok(step) = curve.at(last.min(YEAR * f64::from(years))) else { return (0.0, 0.0) };
    let n = match step.se {
        Some(se) if se > 0.0 => step.survival * (1.0 - step.survival) / (se * se),
        Some(_) => real(step.at_risk),
        None => real(curve.n),
    };
    (n * (1.0 - step.survival), n)
}
