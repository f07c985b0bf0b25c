//! Remarks on a figure.

use crate::interval::NoInterval;
use crate::text::Lang;
use serde::{Serialize, Serializer};
use std::borrow::Cow;

/// Why a figure, or a part of it, does not exist, or what to keep in mind with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Note {
    /// One sampling unit: nothing to see variation in.
    SingleUnit,
    /// Only strata of one unit: nothing to see variation in.
    OnlyLonelyStrata,
    /// One sampling unit holds all records of the figure, others none.
    SingleUnitInDomain,
    /// No degrees of freedom left.
    NoDegreesOfFreedom,
    /// The method of the interval gives none here, and why.
    NoInterval(NoInterval),
    /// Every unit of the population is in the sample: nothing is uncertain.
    Census,
    /// Values too large for their squares.
    TooLarge,
    /// What people in several strata share is more than the variances admit: there is no variance.
    NegativeVariance,
    /// The sample does not vary, as three equal values do not: the standard error is 0, but that is no certainty.
    NoVariation,
    /// Records without a value count as people who did not answer, in an interval of a whole finite population.
    MissingIsNonresponse,
    /// The weights are calibrated to totals that fix the figure: it is known.
    Calibrated,
    /// The design effect compares with samples that are smaller than the population.
    NoDesignEffect,
    /// A limit of a quantile that the method does not have.
    NoQuantileLimit,
    /// Fewer than two replicates have an estimate.
    TooFewReplicates,
    /// Replicates without an estimate were left out.
    ReplicatesLeftOut,
    /// The figures of a contrast have no covariance.
    NoCovariance,
}

impl Note {
    /// Why t and z give a share or a contrast no interval for a standard error of 0.
    pub(super) fn of_alike(is_share: bool, estimate: f64) -> Self {
        let all = is_share && (estimate <= 0.0 || estimate >= 1.0);
        if all { Self::NoInterval(NoInterval::AllAlike) } else { Self::NoVariation }
    }

    /// The remark in words.
    #[must_use]
    pub fn text(self, lang: Lang) -> Cow<'static, str> {
        let words = match self {
            Self::SingleUnit => lang.pick(
                "én utvalgsenhet: standardfeilen er ukjent",
                "éi utvalseining: standardfeilen er ukjend",
                "one sampling unit: the standard error is unknown",
            ),
            Self::OnlyLonelyStrata => lang.pick(
                "bare strata med én utvalgsenhet: standardfeilen er ukjent",
                "berre strata med éi utvalseining: standardfeilen er ukjend",
                "only strata with a single sampling unit: the standard error is unknown",
            ),
            Self::SingleUnitInDomain => lang.pick(
                "bare én utvalgsenhet har verdier her: standardfeilen sier lite",
                "berre éi utvalseining har verdiar her: standardfeilen seier lite",
                "a single sampling unit has values here: the standard error says little",
            ),
            Self::NoDegreesOfFreedom => lang.pick(
                "ingen frihetsgrader: intervallet finnes ikke",
                "ingen fridomsgrader: intervallet finst ikkje",
                "no degrees of freedom: there is no interval",
            ),
            Self::NoInterval(reason) => {
                let words = lang.pick("intet intervall", "inkje intervall", "no interval");
                return format!("{words}: {}", reason.message(lang)).into();
            }
            Self::Census => lang.pick(
                "hele populasjonen er med: ingen utvalgsusikkerhet",
                "heile populasjonen er med: inga utvalsuvisse",
                "the whole population is in the sample: no sampling uncertainty",
            ),
            Self::TooLarge => lang.pick(
                "for store tall: usikkerheten kan ikke regnes ut",
                "for store tal: uvissa kan ikkje reknast ut",
                "numbers too large: the uncertainty cannot be computed",
            ),
            Self::NegativeVariance => lang.pick(
                "det personene har felles i flere strata, overstiger variansene: usikkerheten er ukjent",
                "det personane har felles i fleire strata, er meir enn variansane: uvissa er ukjend",
                "what people in several strata share exceeds the variances: the uncertainty is unknown",
            ),
            Self::NoVariation => lang.pick(
                "ingen variasjon i utvalget: en standardfeil på 0 er ingen visshet her",
                "ingen variasjon i utvalet: ein standardfeil på 0 er inga visse her",
                "no variation in the sample: a standard error of 0 is no certainty here",
            ),
            Self::MissingIsNonresponse => lang.pick(
                "poster uten verdi regnes som folk som ikke svarte: intervallet gjelder hele populasjonen",
                "postar utan verdi er rekna som folk som ikkje svara: intervallet gjeld heile populasjonen",
                "records without a value count as people who did not answer: the interval is of the whole population",
            ),
            Self::Calibrated => lang.pick(
                "vektene er kalibrert til totaler som gir tallet: det er kjent, uten utvalgsusikkerhet",
                "vektene er kalibrerte til totalar som gir talet: det er kjent, utan utvalsuvisse",
                "the weights are calibrated to totals that give the figure: it is known, without sampling uncertainty",
            ),
            Self::NoDesignEffect => lang.pick(
                "ingen designeffekt: vektene summerer til færre enn utvalget, eller verdiene er like",
                "ingen designeffekt: vektene summerer til færre enn utvalet, eller verdiane er like",
                "no design effect: the weights add up to fewer than the sample, or the values are all equal",
            ),
            Self::NoQuantileLimit => lang.pick(
                "grensen for andelen under ligger utenfor 0 til 1: kvantilen har ikke den grensen",
                "grensa for delen under ligg utanfor 0 til 1: kvantilen har ikkje den grensa",
                "the limit of the share below lies outside 0 to 1: the quantile has no such limit",
            ),
            Self::TooFewReplicates => lang.pick(
                "tallet finnes i færre enn to replikater: usikkerheten er ukjent",
                "talet finst i færre enn to replikat: uvissa er ukjend",
                "fewer than two replicates have the figure: the uncertainty is unknown",
            ),
            Self::ReplicatesLeftOut => lang.pick(
                "replikater uten tallet er holdt utenfor",
                "replikat utan talet er haldne utanfor",
                "replicates without the figure are left out",
            ),
            Self::NoCovariance => lang.pick(
                "tallene har ingen kovarians: usikkerheten er ukjent",
                "tala har ingen kovarians: uvissa er ukjend",
                "the figures have no covariance: the uncertainty is unknown",
            ),
        };
        words.into()
    }
}

impl Serialize for Note {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text(Lang::En))
    }
}
