//! `cargo xtask bench [peers|pages] [--rows N] [--rounds N] [--with-r]`: how fast, beside other software, with what agreement.
//!
//! Every comparison runs ours and the others in turn, round after round, so that what else the machine does is shared by all.
//! One table at the end holds every ratio beside its goal. Makes its files in `target/peers`. Not part of the tests.

mod centrality;
mod data;
mod pages;
mod peers;
mod positions;
mod survey_r;

use std::error::Error;

type Outcome<T> = Result<T, Box<dyn Error>>;

const HELP: &str = "\
cargo xtask bench [peers|pages] [--rows N] [--rounds N] [--with-r]

  peers        W1, W2, W3 as whole processes beside polars and DuckDB; centrality beside polars and scipy;
               positions beside polars
  pages        WebAssembly beside native code; Chromium beside d3-dsv
  --rows N     answers in every file [default: 1000000; in Chromium 100000, as the goals are set]
  --rounds N   rounds that count; one or two before them do not [default: 7]
  --with-r     W1 with R's package survey too, once: more than two minutes";

/// What is measured, and on how much.
struct Options {
    part: Option<String>,
    rows: Option<usize>,
    rounds: usize,
    with_r: bool,
}

/// One line of the table: seconds of ours and of those that it is compared with, by round.
struct Comparison {
    what: String,
    ours: Vec<f64>,
    baselines: Vec<(&'static str, Vec<f64>)>,
    goal: f64,
    /// How far the figures are from the others', at most.
    difference: f64,
}

/// Measures what is asked for and prints the table.
///
/// # Errors
///
/// An option is unknown; something that is needed cannot be had; the figures differ.
#[allow(clippy::print_stdout, reason = "the result of the task")]
pub(crate) fn run(args: &[String]) -> Outcome<()> {
    let options = Options::parse(args)?;
    let mut comparisons = Vec::new();
    let mut remarks = Vec::new();
    if options.part.as_deref() != Some("pages") {
        peers::measure(&options, &mut comparisons, &mut remarks)?;
        centrality::measure(&options, &mut comparisons)?;
        positions::measure(&options, &mut comparisons)?;
    }
    if options.part.as_deref() != Some("peers") {
        pages::measure(&options, &mut comparisons)?;
    }
    print!("{}", table(&comparisons));
    println!("\nrounds in turn: {}; ratio of the medians, then the least and the most of a round", options.rounds);
    if let Ok(load) = std::fs::read_to_string("/proc/loadavg") {
        println!("load of the machine now: {}; beside other work the ratios waver", load.trim());
    }
    if let Some(rows) = options.rows {
        println!("{rows} answers; the goals are set for 1000000, in Chromium for 100000");
    }
    remarks.iter().for_each(|remark| println!("{remark}"));
    Ok(())
}

impl Options {
    fn parse(args: &[String]) -> Outcome<Self> {
        let mut options = Self { part: None, rows: None, rounds: 7, with_r: false };
        let mut words = args.iter();
        let count = |word: Option<&String>| match word.map(|word| word.parse()) {
            Some(Ok(number)) if number > 0 => Ok(number),
            _ => Err(format!("--rows and --rounds take a whole number above 0\n\n{HELP}")),
        };
        while let Some(word) = words.next() {
            match word.as_str() {
                "peers" | "pages" if options.part.is_none() => options.part = Some(word.clone()),
                "--rows" => options.rows = Some(count(words.next())?),
                "--rounds" => options.rounds = count(words.next())?,
                "--with-r" => options.with_r = true,
                _ => return Err(format!("unknown: {word}\n\n{HELP}").into()),
            }
        }
        Ok(options)
    }
}

fn table(comparisons: &[Comparison]) -> String {
    let mut lines = format!(
        "\n{:<44} {:>8} {:>8} {:<9} {:>5}  {:<12} {:>5} {:<4} {}\n",
        "median seconds", "ours", "", "beside", "ratio", "least–most", "goal", "met", "largest relative difference"
    );
    for comparison in comparisons {
        let Some((name, base)) = comparison.baselines.iter().min_by(|a, b| median(&a.1).total_cmp(&median(&b.1)))
        else {
            continue;
        };
        let ratio = median(&comparison.ours) / median(base);
        let rounds = || comparison.ours.iter().zip(base).map(|(ours, base)| ours / base);
        let spread =
            format!("{:.2}–{:.2}", rounds().fold(f64::INFINITY, f64::min), rounds().fold(f64::NEG_INFINITY, f64::max));
        let difference =
            if comparison.difference > 0.0 { format!("{:.0e}", comparison.difference) } else { "none".to_owned() };
        let met = if ratio <= comparison.goal { "yes" } else { "no" };
        lines += &format!(
            "{:<44} {:>8.3} {:>8.3} {name:<9} {ratio:>5.2}  {spread:<12} {:>5} {met:<4} {difference}\n",
            comparison.what,
            median(&comparison.ours),
            median(base),
            comparison.goal,
        );
    }
    lines
}

fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 { values[middle] } else { f64::midpoint(values[middle - 1], values[middle]) }
}

#[cfg(test)]
mod tests {
    use super::{Comparison, Options, table};

    #[test]
    fn the_faster_of_two_is_what_the_ratio_is_of() {
        let comparison = Comparison {
            what: "W1".into(),
            ours: vec![0.2, 0.1, 0.3],
            baselines: vec![("slow", vec![2.0, 3.0, 4.0]), ("fast", vec![1.0, 1.0, 0.75])],
            goal: 0.25,
            difference: 2e-15,
        };
        let text = table(&[comparison]);
        let words: Vec<&str> = text.lines().last().unwrap_or_default().split_whitespace().collect();
        assert_eq!(words, ["W1", "0.200", "1.000", "fast", "0.20", "0.10–0.40", "0.25", "yes", "2e-15"]);
    }

    #[test]
    fn options_are_read_in_any_order_and_nothing_else_is() {
        let parse = |line: &str| Options::parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
        let options = parse("--rounds 3 pages --rows 50000").expect("these exist");
        assert_eq!((options.part.as_deref(), options.rows, options.rounds), (Some("pages"), Some(50_000), 3));
        for wrong in ["50000", "--rows", "--rows 0", "--rounds x", "peers pages"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
