//! Statistics that need the whole file, and replicates that a file gives.

use bygdepuls_core::design::DesignQuestion;
use bygdepuls_core::estimate::in_memory::{self, Answer};
use bygdepuls_core::estimate::{
    Make, QuantileIntervalMethod, QuantileRule, Question, ReplicateTable, Replication, Statistic,
};
use bygdepuls_core::interval::ProportionMethod;
use bygdepuls_core::problem::Problems;
use bygdepuls_core::text::Lang;
use bygdepuls_core::weight::replicate::GivenMethod;
use clap::ArgMatches;
use std::io::{self, Read};

/// A file of replicates, not read yet.
#[derive(Clone, Debug)]
pub(crate) struct GivenFile {
    path: String,
    method: GivenMethod,
    scale: Option<f64>,
    rscales: Option<Vec<f64>>,
    mse: bool,
}

impl GivenFile {
    /// Reads it.
    pub(super) fn read(&self, design: &DesignQuestion, problems: &mut Problems) -> io::Result<Option<Replication>> {
        let bytes = std::fs::read(&self.path)
            .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", self.path)))?;
        let table = ReplicateTable::read(&self.path, &bytes, design, self.method, problems);
        let scaled = |table: ReplicateTable| table.scaled(self.scale, self.rscales.clone(), self.mse);
        Ok(table.map(|table| Replication::Given(std::sync::Arc::new(scaled(table)))))
    }
}

/// The figures from a whole file.
pub(super) fn figures(
    name: &str,
    mut input: Box<dyn Read + Send>,
    question: &Question,
    problems: &mut Problems,
) -> io::Result<Option<Answer>> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    Ok(in_memory::estimates(name, &bytes, question, problems))
}

/// What `--quantile`, `--median`, `--variance` or `--correlation` ask for; `None` without any of them.
pub(super) fn statistics(options: &ArgMatches, lang: Lang) -> Result<Option<Vec<Statistic>>, String> {
    let list = |name: &str| options.get_many::<String>(name).into_iter().flatten().cloned();
    let text = |name: &str| options.get_one::<String>(name).map(String::as_str);
    if let Some((first, second)) = text("correlation").map(|pair| pair.split_once(',').unwrap_or((pair, ""))) {
        let (first, second) = (first.trim().to_owned(), second.trim().to_owned());
        return if first.is_empty() || second.is_empty() || second.contains(',') {
            let words = ["--correlation skrives Y,X", "--correlation blir skrive Y,X", "--correlation is written Y,X"];
            Err(lang.pick(words[0], words[1], words[2]).to_owned())
        } else {
            Ok(Some(vec![Statistic::Correlation { first, second }]))
        };
    }
    if options.contains_id("variance") {
        return Ok(Some(list("variance").map(|column| Statistic::Variance { column }).collect()));
    }
    let (columns, probabilities) = if options.contains_id("median") {
        (list("median"), vec![0.5])
    } else if options.contains_id("quantile") {
        (list("quantile"), probabilities(options, lang)?)
    } else {
        return Ok(None);
    };
    let rule = text("qrule").and_then(QuantileRule::parse).unwrap_or_default();
    let interval = match text("ci") {
        None => QuantileIntervalMethod::default(),
        Some(name) => QuantileIntervalMethod::parse(name).ok_or_else(|| {
            let words = lang.pick(
                "--ci for kvantiler er mean, beta, xlogit, asin eller score",
                "--ci for kvantilar er mean, beta, xlogit, asin eller score",
                "--ci of quantiles is mean, beta, xlogit, asin or score",
            );
            format!("{words}: {name}")
        })?,
    };
    let quantile = |column| Statistic::Quantile { column, probabilities: probabilities.clone(), rule, interval };
    Ok(Some(columns.map(quantile).collect()))
}

/// The method of intervals of everything but quantiles, which have their own.
pub(super) fn interval(options: &ArgMatches, lang: Lang) -> Result<Option<ProportionMethod>, String> {
    let Some(name) = options.get_one::<String>("ci") else { return Ok(None) };
    if options.contains_id("quantile") || options.contains_id("median") {
        return Ok(None);
    }
    ProportionMethod::parse(name).map(Some).ok_or_else(|| {
        let words = lang.pick("bare for kvantiler", "berre for kvantilar", "of quantiles only");
        format!("--ci {name}: {words}")
    })
}

fn probabilities(options: &ArgMatches, lang: Lang) -> Result<Vec<f64>, String> {
    let all = options.get_many::<String>("probs").into_iter().flatten().map(|text| {
        text.trim().parse().ok().filter(|p| (0.0..=1.0).contains(p)).ok_or_else(|| {
            let words = lang.pick(
                "--probs er tall fra 0 til 1",
                "--probs er tal frå 0 til 1",
                "--probs are numbers from 0 to 1",
            );
            format!("{words}: {text}")
        })
    });
    all.collect()
}

/// Replicates to be made, or a file of them.
pub(super) fn replication(
    options: &ArgMatches,
    lang: Lang,
) -> Result<(Option<Replication>, Option<GivenFile>), String> {
    let text = |name: &str| options.get_one::<String>(name).map(String::as_str);
    let number = |name: &str| match text(name).map(str::parse::<f64>) {
        None => Ok(None),
        Some(Ok(number)) if number.is_finite() && number >= 0.0 => Ok(Some(number)),
        Some(_) => Err(format!(
            "--{name}: {}",
            lang.pick("et tall fra 0 og opp", "eit tal frå 0 og opp", "a number of 0 or more")
        )),
    };
    let (rho, scale, mse) = (number("rho")?, number("scale")?, options.get_flag("mse"));
    let unknown = |name: &str, text: &str| {
        format!("--{name}: {}: {text}", lang.pick("ukjent metode", "ukjend metode", "unknown method"))
    };
    if let Some(asked) = text("make-replicates") {
        let seed = match text("seed").map(str::parse) {
            None => 1,
            Some(Ok(seed)) => seed,
            Some(Err(_)) => {
                return Err(lang
                    .pick("--seed er et helt tall", "--seed er eit heilt tal", "--seed is a whole number")
                    .into());
            }
        };
        let method = Make::parse(asked, rho, seed).ok_or_else(|| unknown("make-replicates", asked))?;
        return Ok((Some(Replication::Made { method, mse }), None));
    }
    let Some(path) = text("replicates") else { return Ok((None, None)) };
    let name = text("method").unwrap_or_default();
    let method = GivenMethod::parse(name, rho.or(Some(0.3))).ok_or_else(|| unknown("method", name))?;
    let rscales = options.get_many::<String>("rscales").map(|texts| {
        let parsed = texts.map(|text| text.trim().parse::<f64>().map_err(|_| format!("--rscales: {text}")));
        parsed.collect::<Result<Vec<_>, _>>()
    });
    Ok((None, Some(GivenFile { path: path.into(), method, scale, rscales: rscales.transpose()?, mse })))
}
