//! What may be published, as data.

use crate::text::Text;

/// The policy for shares in small cohorts. Every threshold is on n, the number of answers to that question; none is on
/// x, so that what is shown is settled before anyone looks at the answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// From this n on, thirds. Below it: nothing.
    pub thirds_from: u64,
    /// From this n on, fifths.
    pub fifths_from: u64,
    /// From this n on, whole percent, for the units declared as larger only.
    pub exact_from: u64,
    /// Where the exact tier shows a share, fewer than this many on either side are coded "under" and "over".
    pub end_code: u64,
    /// Codes of the areas for which whole percent may be shown.
    pub larger_units: Vec<String>,
    /// Ids of indicators about bullying, drugs, sexuality, violence or self-harm.
    pub sensitive: Vec<String>,
    /// From this n on, anything about those.
    pub sensitive_from: u64,
    /// By sex only from this n on, both together.
    pub sexes_from: u64,
    /// And only where each sex has so many.
    pub each_sex_from: u64,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            thirds_from: 10,
            fifths_from: 20,
            exact_from: 30,
            end_code: 5,
            larger_units: Vec::new(),
            sensitive: Vec::new(),
            sensitive_from: 30,
            sexes_from: 40,
            each_sex_from: 15,
        }
    }
}

/// How much of a group may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// Nothing.
    Hidden,
    /// Few, about half, most.
    Thirds,
    /// Fifths.
    Fifths,
    /// Whole percent with n and interval.
    Exact,
}

impl Policy {
    /// Its name in project files and cubes.
    pub const NAME: &'static str = "small-cohorts";

    /// Its name where nothing may be published at all.
    pub const INTERNAL: &'static str = "none";

    /// The policy for an indicator: on a sensitive topic nothing is shown of fewer than [`Policy::sensitive_from`].
    #[must_use]
    pub fn of(&self, indicator: &str) -> Self {
        if !self.sensitive.iter().any(|topic| topic == indicator) {
            return self.clone();
        }
        let from = |tier: u64| tier.max(self.sensitive_from);
        Self {
            thirds_from: from(self.thirds_from),
            fifths_from: from(self.fifths_from),
            exact_from: from(self.exact_from),
            ..self.clone()
        }
    }

    /// Whether figures by sex may be shown: all of them or none, since the other sex is what is left.
    #[must_use]
    pub fn shows_sexes(&self, answers: &[u64]) -> bool {
        answers.iter().sum::<u64>() >= self.sexes_from && answers.iter().all(|n| *n >= self.each_sex_from)
    }

    /// The tier of a group of `n` answers in an area.
    #[must_use]
    pub fn tier(&self, n: u64, area: &str) -> Tier {
        if n < self.thirds_from {
            Tier::Hidden
        } else if n >= self.exact_from && self.larger_units.iter().any(|unit| unit == area) {
            Tier::Exact
        } else if n < self.fifths_from {
            Tier::Thirds
        } else {
            Tier::Fifths
        }
    }

    /// The band of x of n, from 1 to `bands`: lower limit included, the last one closed.
    #[must_use]
    pub fn band(x: u64, n: u64, bands: u64) -> u64 {
        (bands * x).checked_div(n).map_or(1, |band| (band + 1).min(bands))
    }

    /// The smallest and the largest x of n that are in a band.
    #[must_use]
    pub fn band_limits(band: u64, bands: u64, n: u64) -> (u64, u64) {
        let from = |band: u64| (band * n).div_ceil(bands);
        (from(band.saturating_sub(1)), if band >= bands { n } else { from(band).saturating_sub(1) })
    }

    /// The parts of the scale that a group of `n` answers is shown in; `None` for whole percent, or nothing.
    #[must_use]
    pub fn bands(&self, n: u64, area: &str) -> Option<u64> {
        match self.tier(n, area) {
            Tier::Thirds => Some(3),
            Tier::Fifths => Some(5),
            Tier::Hidden | Tier::Exact => None,
        }
    }

    /// Parts of the scale that are wider than what a group is shown in, finest first.
    #[must_use]
    pub fn wider_bands(&self, n: u64, area: &str) -> &'static [u64] {
        match self.tier(n, area) {
            Tier::Hidden | Tier::Thirds => &[],
            Tier::Fifths => &[3],
            Tier::Exact => &[5, 3],
        }
    }

    /// What can be said of a group of `n` answers in an area: between which counts, for everything that the policy could
    /// show of it, or for all of so many wider bands. It follows from n alone.
    #[must_use]
    pub fn limits(&self, n: u64, area: &str, wider: Option<u64>) -> Vec<(u64, u64)> {
        match (self.tier(n, area), wider.or(self.bands(n, area))) {
            (Tier::Hidden, _) => Vec::new(),
            (_, Some(bands)) => (1..=bands).map(|band| Self::band_limits(band, bands, n)).collect(),
            (_, None) => {
                let (low, high) = (self.end_code, n.saturating_sub(self.end_code));
                let exact = (low..=high).map(|count| (count, count));
                [(0, low.saturating_sub(1)), (high + 1, n)].into_iter().chain(exact).collect()
            }
        }
    }

    /// The policy in plain words, for the method note of a release of some areas, `widest` years pooled at most.
    #[must_use]
    pub fn words(&self, areas: &[&str], widest: usize) -> Text {
        let Self { thirds_from, fifths_from, exact_from, end_code, larger_units, .. } = self;
        let last = fifths_from.saturating_sub(1);
        let range = if *thirds_from < last { format!("{thirds_from}–{last}") } else { thirds_from.to_string() };
        let thirds = if thirds_from < fifths_from {
            Text::new(
                &format!("{range} svar vises som få, omtrent halvparten eller de fleste, "),
                &format!("{range} svar blir viste som få, omtrent halvparten eller dei fleste, "),
                &format!("{range} answers are shown as few, about half or most, "),
            )
        } else {
            Text::default()
        };
        let Text { nb, nn, en } = thirds;
        let mut text = Text::new(
            &format!(
                "Færre enn {thirds_from} svar vises ikke. {nb}{fifths_from} svar eller flere som en femdel av skalaen. Det er antall svar som \
                 avgjør, ikke hva folk har svart. Publiserte grupper er uvektede."
            ),
            &format!(
                "Færre enn {thirds_from} svar blir ikkje viste. {nn}{fifths_from} svar eller fleire som ein femdel av skalaen. Det er talet \
                 på svar som avgjer, ikkje kva folk har svara. Publiserte grupper er uvekta."
            ),
            &format!(
                "Fewer than {thirds_from} answers are not shown. {en}{fifths_from} answers or more as one fifth of the scale. The number of answers decides, \
                 not what people answered. Published groups are unweighted."
            ),
        );
        if widest > 1 {
            text.nb += " Der år er slått sammen, vises tallet når alle årene er med.";
            text.nn += " Der år er slåtte saman, blir talet vist når alle åra er med.";
            text.en += " Where years are pooled, the figure is shown once all of them are in.";
        }
        if larger_units.iter().any(|unit| areas.contains(&unit.as_str())) {
            text.nb += &format!(
                " For større enheter med minst {exact_from} svar vises hele prosent; færre enn {end_code} på den ene \
                 eller andre siden vises som under eller over. Intervallet (95 %, Wangs eksakte) regner \
                 hele kullet med."
            );
            text.nn += &format!(
                " For større einingar med minst {exact_from} svar blir heile prosent viste; færre enn {end_code} på \
                 den eine eller andre sida blir viste som under eller over. Intervallet (95 %, Wangs eksakte) reknar \
                 heile kullet med."
            );
            text.en += &format!(
                " Larger units with at least {exact_from} answers are shown in whole percent; fewer than {end_code} \
                 on either side are shown as under or over. The interval (95%, Wang's exact one) takes the \
                 whole cohort for the base."
            );
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_of_bands() {
        for n in 1..70 {
            for bands in [3, 5] {
                for x in 0..=n {
                    let (low, high) = Policy::band_limits(Policy::band(x, n, bands), bands, n);
                    assert!((low..=high).contains(&x), "{x} of {n}");
                    assert!(low == 0 || Policy::band(low - 1, n, bands) < Policy::band(x, n, bands));
                    assert!(high == n || Policy::band(high + 1, n, bands) > Policy::band(x, n, bands));
                }
            }
        }
    }

    #[test]
    fn the_tier_follows_n_alone() {
        let policy = Policy { larger_units: vec!["region".into()], ..Policy::default() };
        let tiers: Vec<Tier> = [0, 9, 10, 19, 20, 29, 30].map(|n| policy.tier(n, "5043")).into();
        assert_eq!(
            tiers,
            [Tier::Hidden, Tier::Hidden, Tier::Thirds, Tier::Thirds, Tier::Fifths, Tier::Fifths, Tier::Fifths]
        );
        assert_eq!([29, 30].map(|n| policy.tier(n, "region")), [Tier::Fifths, Tier::Exact]);
    }

    /// What can be said of a group covers every count once.
    #[test]
    fn all_that_can_be_said_of_a_group() {
        let policy = Policy { larger_units: vec!["r".into()], ..Policy::default() };
        assert_eq!(policy.limits(9, "5042", None), []);
        assert_eq!(policy.limits(12, "5042", None), [(0, 3), (4, 7), (8, 12)]);
        assert_eq!(policy.limits(30, "r", None).len(), 23);
        assert_eq!(policy.limits(30, "r", Some(3)), [(0, 9), (10, 19), (20, 30)]);
        assert_eq!(
            [policy.wider_bands(30, "r"), policy.wider_bands(20, "5042"), policy.wider_bands(19, "r")],
            [&[5, 3][..], &[3], &[]]
        );
        for (n, area) in [(10, "5042"), (20, "5042"), (33, "5042"), (30, "r"), (61, "r")] {
            let limits = policy.limits(n, area, None);
            for count in 0..=n {
                assert_eq!(
                    limits.iter().filter(|(low, high)| (*low..=*high).contains(&count)).count(),
                    1,
                    "{count} of {n}"
                );
            }
        }
    }

    #[test]
    fn one_number_is_no_range() {
        let words = Policy { thirds_from: 19, ..Policy::default() }.words(&[], 1).en;
        assert!(words.starts_with("Fewer than 19 answers are not shown. 19 answers are shown as few, "), "{words}");
        let words = Policy { thirds_from: 1000, fifths_from: 1000, ..Policy::default() }.words(&[], 1).en;
        assert!(
            words.starts_with("Fewer than 1000 answers are not shown. 1000 answers or more as one fifth"),
            "{words}"
        );
    }

    #[test]
    fn sensitive_topics_need_more() {
        let policy = Policy { sensitive: vec!["bullied".into()], larger_units: vec!["r".into()], ..Policy::default() };
        assert_eq!(policy.of("return_intent"), policy);
        let bullied = policy.of("bullied");
        assert_eq!([29, 30].map(|n| bullied.tier(n, "5042")), [Tier::Hidden, Tier::Fifths]);
        assert_eq!([29, 30].map(|n| bullied.tier(n, "r")), [Tier::Hidden, Tier::Exact]);
        let words = bullied.words(&[], 1).en;
        assert!(words.starts_with("Fewer than 30 answers are not shown. 30 answers or more as one fifth"), "{words}");
    }

    #[test]
    fn sexes_are_shown_together() {
        let policy = Policy::default();
        assert!(policy.shows_sexes(&[15, 25]));
        assert!(!policy.shows_sexes(&[14, 40]) && !policy.shows_sexes(&[19, 20]));
    }

    /// An owner may show whole percent from 20 on: the exact tier then stands in for fifths, never for thirds.
    #[test]
    fn exact_from_twenty() {
        let policy = Policy { exact_from: 20, larger_units: vec!["region".into()], ..Policy::default() };
        assert_eq!([19, 20].map(|n| policy.tier(n, "region")), [Tier::Thirds, Tier::Exact]);
    }
}
