//! The options of `bygdepuls estimate`: `{"share": "y=4,5", "weights": "w", "by": ["town"], "missing": [98, 99]}`.

use crate::options::Options;
use bygdepuls_core::design::{Condition, DesignQuestion, LonelyPsu};
use bygdepuls_core::estimate::{Contrast, Deff, Df, Question, Report, Statistic};
use bygdepuls_core::interval::{Level, ProportionMethod};
use bygdepuls_core::text::Lang;

/// A question, the name of the file in messages, and the language of messages.
pub(crate) struct Asked {
    pub(crate) file: String,
    pub(crate) lang: Lang,
    pub(crate) question: Question,
}

impl Asked {
    /// Reads the options; a reason in words where they make no question.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let mut options = Options::read(text)?;
        let file = options.text("file")?.unwrap_or_else(|| "file".into());
        let lang = options.lang;
        let mut question = Question {
            statistics: statistics(&mut options)?,
            design: design(&mut options)?,
            domain: options.each("where", ["skrevet COL=V", "skrive COL=V", "written COL=V"], Condition::parse)?,
            by: options.list("by", ',')?,
            missing: options.list("missing", ',')?,
            // Replicates need the whole sample at once; the command line has them.
            replication: None,
            report: report(&mut options)?,
            ..Question::default()
        };
        if let Some(person) = options.text("person")? {
            question.link(&person);
        }
        options.end()?;
        Ok(Self { file, lang, question })
    }
}

/// The confidence level.
pub(crate) fn level(options: &mut Options) -> Result<Level, String> {
    let parse = |text: &str| text.parse().ok().and_then(Level::new);
    let expected = [
        "et tall mellom 0 og 1 med høyst seks desimaler",
        "eit tal mellom 0 og 1 med høgst seks desimalar",
        "a number between 0 and 1 with at most six decimals",
    ];
    Ok(options.parsed("level", expected, parse)?.unwrap_or(Level::P95))
}

fn statistics(options: &mut Options) -> Result<Vec<Statistic>, String> {
    let means = options.list("mean", ',')?.into_iter().map(|column| Statistic::Mean { column }).collect();
    let totals = options.list("total", ',')?.into_iter().map(|column| Statistic::Total { column }).collect();
    let share = options.text("share")?.map(|share| Statistic::share(&share)).into_iter().collect();
    let count = options.text("count")?.map(|count| Statistic::count(&count)).into_iter().collect();
    let ratio =
        options.parsed("ratio", ["skrevet Y/X", "skrive Y/X", "written Y/X"], Statistic::ratio)?.into_iter().collect();
    let given: Vec<Vec<Statistic>> = [means, totals, share, count, ratio].into();
    let mut given = given.into_iter().filter(|statistics| !statistics.is_empty());
    match (given.next(), given.next()) {
        (Some(statistics), None) => Ok(statistics),
        _ => {
            let needs = [
                "spørsmålet trenger én av mean, total, share, count og ratio",
                "spørsmålet treng éin av mean, total, share, count og ratio",
                "the question needs one of mean, total, share, count and ratio",
            ];
            Err(options.pick(needs).into())
        }
    }
}

fn design(options: &mut Options) -> Result<DesignQuestion, String> {
    let named = |name: &str| LonelyPsu::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, lonely)| lonely);
    let [or, eller] = ["fail, remove, certainty, adjust or average", "fail, remove, certainty, adjust eller average"];
    let lonely = [eller, eller, or];
    Ok(DesignQuestion {
        weights: options.text("weights")?,
        strata: options.list("strata", ':')?,
        psu: options.list("psu", ',')?,
        fpc: options.list("fpc", ',')?,
        nest: options.flag("nest")?,
        lonely: options.parsed("lonely-psu", lonely, named)?.unwrap_or_default(),
        adjust_domain_lonely: options.flag("adjust-domain-lonely")?,
    })
}

fn report(options: &mut Options) -> Result<Report, String> {
    let method = ["navnet på en metode", "namnet på ein metode", "the name of a method"];
    let deff = ["true, srs eller replace", "true, srs eller replace", "true, srs or replace"];
    let df = [
        "design, domain eller et tall over 0",
        "design, domain eller eit tal over 0",
        "design, domain or a number above 0",
    ];
    Ok(Report {
        level: level(options)?,
        interval: options.parsed("ci", method, ProportionMethod::parse)?,
        df: options.parsed("df", df, Df::parse)?.unwrap_or_default(),
        deff: match options.flag_or_text("deff")? {
            None => None,
            Some(kind) => match kind.as_deref() {
                None | Some("srs") => Some(Deff::WithoutReplacement),
                Some("replace") => Some(Deff::WithReplacement),
                Some(_) => return Err(options.must_be("deff", deff)),
            },
        },
        covariance: options.flag("covariance")?,
        contrasts: options.each(
            "contrast",
            ["skrevet KOLONNE:A-B", "skrive KOLONNE:A-B", "written COLUMN:A-B"],
            Contrast::parse,
        )?,
    })
}
