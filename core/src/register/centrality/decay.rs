//! How much a place counts by the minutes to it.

use std::fmt;

/// How much what lies so many minutes away counts, from 0 to 1.
///
/// # Formula
///
/// ```text
/// bands        w(t) of the first limit with t <= limit; beyond the last one 0
/// steps        w(t) of the last start with start <= t; the first one is 0
/// exponential  w(t) = exp(-rate * t)
/// gaussian     w(t) = exp(-t^2 / (2 * sigma^2))
/// linear       w(t) = max(0, 1 - t / end)
/// power        w(t) = min(1, (t / from)^-exponent)
/// logistic     w(t) = 1 / (1 + exp((t - middle) / scale))
/// ```
///
/// No weight is above one of fewer minutes. A limit of a band belongs to the band it ends; a start of a step to the step it begins. Minutes are not rounded.
///
/// # Example
///
/// ```
/// # use bygdepuls_core::register::centrality::Decay;
/// let bands = Decay::parse("bands:10=1,30=0.5").unwrap();
/// assert_eq!([10.0, 10.5, 30.0, 31.0].map(|minutes| bands.weight(minutes)), [1.0, 0.5, 0.5, 0.0]);
/// let steps = Decay::parse("steps:0=1,10=0.5").unwrap();
/// assert_eq!([9.9, 10.0].map(|minutes| steps.weight(minutes)), [1.0, 0.5]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the formula names them")]
pub enum Decay {
    /// Limits in minutes, ascending, each the last minute of its band, with weights.
    Bands(Vec<(f64, f64)>),
    /// Starts in minutes, ascending, each the first minute of its step, with weights.
    Steps(Vec<(f64, f64)>),
    Exponential {
        rate: f64,
    },
    Gaussian {
        sigma: f64,
    },
    Linear {
        end: f64,
    },
    Power {
        exponent: f64,
        from: f64,
    },
    Logistic {
        middle: f64,
        scale: f64,
    },
}

impl Decay {
    /// What is assumed where nothing else is said: exponential, and a tenth at 45 minutes.
    ///
    /// That a job 45 minutes away counts about a tenth of one next door is told (the ministry's *Regionale
    /// utviklingstrekk 2018*, annex 1); that the curve is exponential, and the same for services, is an assumption.
    #[must_use]
    pub fn assumed() -> Self {
        Self::Exponential { rate: std::f64::consts::LN_10 / 45.0 }
    }

    /// Reads a decay: `bands:10=1,30=0.5`, `steps:0=1,10=0.9`, `exponential:rate=0.05`, `exponential:half=15`,
    /// `exponential:tenth=45`, `gaussian:sigma=20`, `linear:end=90`, `power:exponent=1.5,from=5`,
    /// `logistic:middle=30,scale=8`.
    ///
    /// # Errors
    ///
    /// What is expected, when it cannot be read: an unknown name, a parameter that is missing, unknown or not above 0,
    /// limits that do not ascend, a weight outside 0 to 1 or above the one before.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        const FORMS: &str = "bands:MINUTES=WEIGHT,…, steps:MINUTES=WEIGHT,…, exponential:rate=|half=|tenth=, \
                             gaussian:sigma=, linear:end=, power:exponent=[,from=] or logistic:middle=,scale=";
        let (name, rest) = text.split_once(':').ok_or(FORMS)?;
        let pairs: Vec<(&str, f64)> = rest
            .split(',')
            .map(|pair| {
                let (key, value) = pair.split_once('=')?;
                Some((key.trim(), value.trim().parse().ok().filter(|value: &f64| value.is_finite())?))
            })
            .collect::<Option<_>>()
            .ok_or(FORMS)?;
        let one = |key: &str| pairs.iter().find(|(name, _)| *name == key).map(|(_, value)| *value);
        let only = |keys: &[&str]| {
            let known = pairs.iter().all(|(name, _)| keys.contains(name));
            let once = pairs.iter().enumerate().all(|(place, (name, _))| pairs[..place].iter().all(|(o, _)| o != name));
            if known && once { Ok(()) } else { Err(FORMS) }
        };
        let above = |value: Option<f64>| value.filter(|value| *value > 0.0).ok_or("parameters above 0");
        match name.trim() {
            "bands" => Self::table(&pairs).map(Self::Bands),
            "steps" => Self::table(&pairs).and_then(|steps| {
                if steps[0].0 == 0.0 { Ok(Self::Steps(steps)) } else { Err("steps that begin at 0") }
            }),
            "exponential" => {
                only(&["rate", "half", "tenth"])?;
                if pairs.len() != 1 {
                    return Err(FORMS);
                }
                let rate = match (one("rate"), one("half"), one("tenth")) {
                    (Some(rate), ..) => above(Some(rate))?,
                    (_, Some(half), _) => std::f64::consts::LN_2 / above(Some(half))?,
                    (.., tenth) => std::f64::consts::LN_10 / above(tenth)?,
                };
                Ok(Self::Exponential { rate })
            }
            "gaussian" => only(&["sigma"]).and(Ok(Self::Gaussian { sigma: above(one("sigma"))? })),
            "linear" => only(&["end"]).and(Ok(Self::Linear { end: above(one("end"))? })),
            "power" => {
                only(&["exponent", "from"])?;
                Ok(Self::Power { exponent: above(one("exponent"))?, from: above(one("from").or(Some(1.0)))? })
            }
            "logistic" => {
                only(&["middle", "scale"])?;
                Ok(Self::Logistic { middle: above(one("middle"))?, scale: above(one("scale"))? })
            }
            _ => Err(FORMS),
        }
    }

    fn table(pairs: &[(&str, f64)]) -> Result<Vec<(f64, f64)>, &'static str> {
        let table: Vec<(f64, f64)> = pairs
            .iter()
            .map(|(minutes, weight)| {
                Some((minutes.parse().ok().filter(|m: &f64| m.is_finite() && *m >= 0.0)?, *weight))
            })
            .collect::<Option<_>>()
            .ok_or("minutes of 0 or more before each `=`")?;
        if table.windows(2).any(|two| two[0].0 >= two[1].0) {
            return Err("minutes that ascend");
        }
        if table.iter().any(|(_, weight)| !(0.0..=1.0).contains(weight)) {
            return Err("weights from 0 to 1");
        }
        if table.windows(2).any(|two| two[0].1 < two[1].1) {
            return Err("weights that do not rise with the minutes");
        }
        Ok(table)
    }

    /// The weight of a place so many minutes away; minutes of 0 or more.
    #[must_use]
    pub fn weight(&self, minutes: f64) -> f64 {
        let weight = match self {
            Self::Bands(bands) => bands.iter().find(|(limit, _)| minutes <= *limit).map_or(0.0, |(_, weight)| *weight),
            Self::Steps(steps) => steps.iter().rev().find(|(start, _)| minutes >= *start).map_or(0.0, |(_, w)| *w),
            Self::Exponential { rate } => libm::exp(-rate * minutes),
            Self::Gaussian { sigma } => libm::exp(-(minutes * minutes) / (2.0 * sigma * sigma)),
            Self::Linear { end } => 1.0 - minutes / end,
            Self::Power { exponent, from } => libm::pow(minutes / from, -exponent),
            Self::Logistic { middle, scale } => 1.0 / (1.0 + libm::exp((minutes - middle) / scale)),
        };
        weight.clamp(0.0, 1.0)
    }

    /// The weights that occur, where they are few: those of a table.
    pub(super) fn weights(&self) -> Option<Vec<f64>> {
        match self {
            Self::Bands(table) | Self::Steps(table) => Some(table.iter().map(|(_, weight)| *weight).collect()),
            _ => None,
        }
    }
}

impl fmt::Display for Decay {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut table = |name: &str, table: &[(f64, f64)]| {
            let pairs: Vec<String> = table.iter().map(|(minutes, weight)| format!("{minutes}={weight}")).collect();
            write!(to, "{name}:{}", pairs.join(","))
        };
        match self {
            Self::Bands(bands) => table("bands", bands),
            Self::Steps(steps) => table("steps", steps),
            Self::Exponential { rate } => write!(to, "exponential:rate={rate}"),
            Self::Gaussian { sigma } => write!(to, "gaussian:sigma={sigma}"),
            Self::Linear { end } => write!(to, "linear:end={end}"),
            Self::Power { exponent, from } => write!(to, "power:exponent={exponent},from={from}"),
            Self::Logistic { middle, scale } => write!(to, "logistic:middle={middle},scale={scale}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worked_by_hand() {
        let at = |text: &str, minutes: f64| Decay::parse(text).unwrap().weight(minutes);
        assert_eq!(at("steps:0=1,10=0.9,90=0.02", 95.0), 0.02);
        assert!((at("exponential:half=15", 30.0) - 0.25).abs() < 1e-15);
        assert!((Decay::assumed().weight(45.0) - 0.1).abs() < 1e-15);
        assert_eq!(at("linear:end=90", 45.0), 0.5);
        assert_eq!(at("linear:end=60", 90.0), 0.0);
        assert_eq!(at("power:exponent=2,from=5", 10.0), 0.25);
        assert_eq!(at("power:exponent=2", 0.0), 1.0, "not infinite");
        assert_eq!(at("logistic:middle=30,scale=8", 30.0), 0.5);
        assert!((at("gaussian:sigma=20", 20.0) - 0.606_530_659_712_633_4).abs() < 1e-15);
    }

    #[test]
    fn what_cannot_be_read_is_refused_and_what_is_written_can_be_read() {
        for text in [
            "",
            "bands",
            "bands:",
            "bands:10=2",
            "bands:10=0.5,20=1",
            "steps:0=0.5,20=1",
            "bands:20=1,10=0.5",
            "bands:10=1,10=0.5",
            "bands:-1=1",
            "steps:x=1",
            "steps:5=1",
            "exponential:rate=0",
            "exponential:rate=-1",
            "exponential:sigma=1",
            "exponential:rate=1,half=2",
            "gaussian:sigma=nan",
            "linear:end=inf",
            "power:from=1",
            "logistic:middle=30",
            "cosine:end=1",
        ] {
            assert!(Decay::parse(text).is_err(), "{text}");
        }
        for text in [
            "bands:10=1,30=0.5",
            "steps:0=1,7.5=0.25",
            "exponential:rate=0.05",
            "gaussian:sigma=20",
            "linear:end=90",
            "power:exponent=1.5,from=5",
            "logistic:middle=30,scale=8",
        ] {
            assert_eq!(Decay::parse(text).unwrap().to_string(), text);
        }
    }
}
