//! From the businesses that answered to all: stratified expansion, with standard errors and a bootstrap.

use super::draft::counted;
use super::figures::{Behind, Entry, NoFigure};
use crate::compare::Interval;
use crate::design::{Design, LonelyPsu, Stage, Stages, Stratum as Drawn};
use crate::estimate::{NoEstimate, ratio, total};
use crate::interval::{DesignProportion, Level, korn_graubard};
use crate::register::recruitment::{Business, Recruitment, Stratum};
use crate::text::Text;
use crate::weight::replicate::{BLOCK, Bootstrap, BootstrapMethod, Multipliers};

/// Replicates of the bootstrap: with 1 999 the limits of 95 % are the 50th and the 1 950th.
pub const REPLICATES: usize = 1999;
/// Its seed.
pub const SEED: u64 = 2027;

/// A business survey: every business that answered stands for N/n businesses of its stratum.
///
/// # Formula
///
/// ```text
/// w[i]  = N_h / n_h                                           of the stratum h of business i
/// total = sum(w[i] y[i])
/// V     = sum over h of N_h^2 (1 - n_h/N_h) s_h^2 / n_h       s_h^2 the variance of y in the stratum, 0 outside a domain
/// bootstrap: n_h - 1 businesses of each stratum with replacement, r[i] times each;
///         w*[i] = w[i] (1 + sqrt(1 - n_h/N_h) (r[i] n_h / (n_h - 1) - 1))
/// limits = the 50th and the 1 950th of 1 999 totals
/// ```
///
/// # Input and result
///
/// | name     | shape      | unit       | rule                                                       |
/// |----------|------------|------------|------------------------------------------------------------|
/// | `strata` | strata     | businesses | N_h; where more answered than there are, n_h is taken      |
/// | `of`     | businesses | position   | the stratum of each that answered                          |
/// | result   | 1          | as y       | totals, ratios of totals, standard errors, bootstrap totals |
///
/// A stratum of which one business answered shows no variance: it adds none, and the interval is too short. A stratum of which
/// none answered is in no total. Both are named in the notes.
///
/// # Example
///
/// ```
/// use bygdepuls_core::indicator::recruitment::expansion::Expansion;
/// use bygdepuls_core::register::recruitment::Stratum;
/// // Two of six businesses answered, with 1 and 3 positions that they could not fill; of the other stratum both did, with 2 and 0.
/// let stratum = |code: &str, businesses| Stratum { code: code.into(), businesses, employed: 0 };
/// let survey = Expansion::new(&[stratum("small", 6), stratum("large", 2)], &[0, 0, 1, 1]).unwrap();
/// let (total, se) = survey.total(&[1.0, 3.0, 2.0, 0.0]).unwrap();
/// assert_eq!(total, 14.0); // 3 + 9 + 2
/// assert!((se - f64::sqrt(36.0 * (4.0 / 6.0) * 2.0 / 2.0)).abs() < 1e-12); // the second stratum is complete
/// ```
///
/// # Source
///
/// W. G. Cochran, *Sampling Techniques* (1977), chapter 5; R `survey`, `svytotal`; J. N. K. Rao, C. F. J. Wu, "Resampling
/// inference with complex survey data", JASA 83 (1988).
#[derive(Clone, Debug)]
pub struct Expansion {
    design: Design,
    /// What must be said of the strata.
    pub notes: Vec<Text>,
}

impl Expansion {
    /// The survey; `None` where a business has a stratum that is not there.
    #[must_use]
    pub fn new(strata: &[Stratum], of: &[u16]) -> Option<Self> {
        let mut sampled = vec![0_u32; strata.len()];
        for stratum in of {
            *sampled.get_mut(usize::from(*stratum))? += 1;
        }
        let mut order: Vec<usize> = (0..of.len()).collect();
        order.sort_by_key(|business| of[*business]);
        let mut stage = Stage { strata: Vec::new(), stratum: Vec::new(), parent: Vec::new(), unit_correction: None };
        let mut weights = vec![0.0; of.len()];
        let (mut weight, mut last) = (1.0, None);
        let mut unit_of = vec![0; of.len()];
        for (unit, business) in (0..).zip(order) {
            let number = usize::from(of[business]);
            let (stratum, n) = (&strata[number], sampled[number]);
            if last.replace(number) != Some(number) {
                let population = f64::from(stratum.businesses.max(n));
                stage.strata.push(Drawn { label: stratum.code.clone(), sampled: n, population: Some(population) });
                weight = population / f64::from(n);
            }
            stage.stratum.push(u32::try_from(stage.strata.len() - 1).unwrap_or(u32::MAX));
            unit_of[business] = unit;
            weights[business] = weight;
        }
        let names = |wanted: &dyn Fn(&Stratum, u32) -> bool| -> Vec<&str> {
            let chosen = strata.iter().zip(&sampled).filter(|(stratum, n)| wanted(stratum, **n));
            chosen.map(|(stratum, _)| stratum.code.as_str()).collect()
        };
        let notes = notes(
            &names(&|stratum, n| n == 1 && stratum.businesses > 1),
            &names(&|stratum, n| n == 0 && stratum.businesses > 0),
            &names(&|stratum, n| n > stratum.businesses),
        );
        let stages = Stages { stages: vec![stage], lonely: LonelyPsu::Certainty, adjust_domain_lonely: false };
        Some(Self { design: Design { stages, units: vec![unit_of], weights }, notes })
    }

    /// How many businesses each one stands for.
    #[must_use]
    pub fn weights(&self) -> &[f64] {
        &self.design.weights
    }

    /// A total and its standard error; businesses outside the domain have 0.
    ///
    /// # Errors
    ///
    /// [`NoEstimate::NotFinite`].
    pub fn total(&self, values: &[f64]) -> Result<(f64, f64), NoEstimate> {
        let values: Vec<_> = values.iter().copied().map(Some).collect();
        let total = total::linearised(&self.design.weights, &values)?;
        Ok((total.estimate, total.se(&self.design)?))
    }

    /// A mean of those in the domain, and its variance; `None`: outside, or not answered.
    ///
    /// # Errors
    ///
    /// [`NoEstimate::NoValues`] of nobody.
    pub fn mean(&self, values: &[Option<f64>]) -> Result<(f64, f64), NoEstimate> {
        let ones: Vec<_> = values.iter().map(|value| value.map(|_| 1.0)).collect();
        let ratio = ratio::linearised(&self.design.weights, values, &ones)?;
        Ok((ratio.estimate, ratio.variance(&self.design)?))
    }

    /// How many businesses the heaviest of the domain stands for, by all that those of the domain stand for: from 0 to 1, and not a
    /// number where the domain is empty.
    #[must_use]
    pub fn heaviest(&self, domain: impl Fn(usize) -> bool) -> f64 {
        let weights = || self.weights().iter().enumerate().filter(|(at, _)| domain(*at)).map(|(_, weight)| *weight);
        weights().fold(0.0, f64::max) / weights().sum::<f64>()
    }

    /// Degrees of freedom of those in the domain: businesses less strata.
    #[must_use]
    pub fn df(&self, values: &[Option<f64>]) -> f64 {
        self.design.domain_df(|business| values[business].is_some())
    }

    /// Totals of several variables in every replicate; none where no stratum has two businesses.
    #[must_use]
    pub fn bootstrap(&self, variables: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let stage = &self.design.stages.stages[0];
        let Ok(bootstrap) = Bootstrap::new(stage, LonelyPsu::Certainty, BootstrapMethod::RaoWu, REPLICATES, SEED)
        else {
            return Vec::new();
        };
        let mut business_of = vec![0; self.design.weights.len()];
        for (business, unit) in self.design.units[0].iter().enumerate() {
            business_of[*unit as usize] = business;
        }
        let mut totals = vec![vec![0.0; REPLICATES]; variables.len()];
        let mut rows = Vec::new();
        for block in 0..REPLICATES.div_ceil(BLOCK) {
            for (chunk, stratum) in stage.strata.iter().enumerate() {
                bootstrap.fill(chunk, block, &mut rows);
                let unseen = stratum.correction().max(0.0).sqrt();
                for (unit, factors) in bootstrap.units(chunk).zip(&rows) {
                    let business = business_of[unit as usize];
                    for (total, values) in
                        totals.iter_mut().zip(variables).filter(|(_, values)| values[business] != 0.0)
                    {
                        let expanded = self.design.weights[business] * values[business];
                        for (sum, factor) in total[block * BLOCK..].iter_mut().zip(factors) {
                            *sum += expanded * (1.0 + unseen * (factor - 1.0));
                        }
                    }
                }
            }
        }
        totals
    }
}

/// The middle 95 % of replicates; none where they are all alike.
pub(super) fn percentiles(mut replicates: Vec<f64>) -> Option<Interval> {
    replicates.sort_by(f64::total_cmp);
    let at = |percent: usize| replicates.get((replicates.len() + 1) * percent / 1000 - 1).copied();
    let (lower, upper) = (at(25)?, at(975)?);
    (lower < upper).then_some(Interval { lower, upper })
}

/// The survey of a project with the stratum of each business.
pub(super) fn of(registers: &Recruitment) -> Option<(&[Business], Expansion)> {
    let businesses = registers.businesses.as_deref()?;
    let strata: Vec<u16> = businesses.iter().map(|business| business.stratum).collect();
    Some((businesses, Expansion::new(&registers.strata, &strata)?))
}

/// Which register is missing where there is no survey: that of the strata, unless it is the answers.
pub(super) fn missing(registers: &Recruitment) -> &'static str {
    if registers.businesses.is_some() { "strata" } else { "business" }
}

/// By area: whether each business lies in it.
pub(super) fn areas(registers: &Recruitment, businesses: &[Business]) -> Vec<Vec<bool>> {
    let inside = |area: &crate::register::recruitment::Area| {
        businesses.iter().map(|business| area.municipalities.contains(&business.place)).collect()
    };
    registers.areas.iter().map(inside).collect()
}

/// A share of businesses, expanded, with Korn and Graubard's interval; `None` of a business: outside, or not answered.
pub(super) fn share(survey: &Expansion, values: &[Option<f64>], behind: Behind) -> Entry {
    let n = behind.units;
    let Ok((share, variance)) = survey.mean(values) else { return Entry::nobody() };
    let share = share.clamp(0.0, 1.0);
    let heaviest = survey.heaviest(|business| values[business].is_some());
    let entry = Entry::plain(Ok(share), n, behind).worth(heaviest);
    let proportion = DesignProportion::new(share, variance, n, survey.df(values));
    match proportion.and_then(|proportion| korn_graubard::nchs(&proportion, Level::P95)) {
        Ok(limits) => entry.with(limits.into(), "korn-graubard"),
        Err(why) => {
            let [nb, nn, en] = crate::text::Lang::ALL.map(|lang| why.message(lang));
            let mut entry = entry;
            entry.notes.push(Text {
                nb: format!("uten intervall: {nb}"),
                nn: format!("utan intervall: {nn}"),
                en: format!("no interval: {en}"),
            });
            entry
        }
    }
}

/// Businesses as those who stand behind a figure, each by its line.
pub(super) fn behind(businesses: &[Business], units: impl Fn(usize, &Business) -> u64) -> Behind {
    let mut behind = Behind::default();
    for (place, business) in businesses.iter().enumerate() {
        match units(place, business) {
            0 => {}
            units => behind.add(Some(business.line), units),
        }
    }
    behind
}

/// The period of a business survey: the year of its source, otherwise that of the run.
pub(super) fn period(registers: &Recruitment) -> Vec<crate::cube::Category> {
    let dated = registers.source("business").and_then(|source| source.date.get(..4)?.parse().ok());
    vec![super::draft::year(dated.unwrap_or_else(|| registers.today.year()))]
}

/// Nobody answered.
pub(super) fn unanswered() -> Entry {
    Entry::plain(Err(NoFigure::nobody()), 0, Behind::default())
}

fn notes(lonely: &[&str], empty: &[&str], over: &[&str]) -> Vec<Text> {
    let mut notes = Vec::new();
    let mut note = |names: &[&str], [nb, nn, en]: [&str; 3]| {
        if !names.is_empty() {
            let list = names.join(", ");
            let words = |words: &str| format!("{words}: {list}");
            let text = counted(names.len() as u64, nb, nn, en);
            notes.push(Text { nb: words(&text.nb), nn: words(&text.nn), en: words(&text.en) });
        }
    };
    note(
        lonely,
        [
            "bare én virksomhet svarte i {} strata, så intervallet er for smalt",
            "berre éi verksemd svara i {} strata, så intervallet er for smalt",
            "only one business answered in {} strata, so the interval is too short",
        ],
    );
    note(
        empty,
        [
            "ingen svarte i {} strata, som ikke er med",
            "ingen svara i {} strata, som ikkje er med",
            "nobody answered in {} strata, which are not included",
        ],
    );
    note(
        over,
        [
            "flere svarte enn det finnes virksomheter i {} strata, og teller for seg selv",
            "fleire svara enn det finst verksemder i {} strata, og tel for seg sjølve",
            "more answered than there are businesses in {} strata, and count for themselves",
        ],
    );
    notes
}
