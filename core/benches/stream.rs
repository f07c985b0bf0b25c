//! One thread over a file in memory, as a page does it; `cargo xtask bench pages` compares WebAssembly with it.
//!
//! `cargo bench -p bygdepuls-core --bench stream -- FILE mean|share|design OUT` computes once for each line of its input and
//! answers with the milliseconds; at the end of the input it writes the last result.
#![allow(clippy::print_stdout, reason = "a program that is asked for its times")]

use bygdepuls_core::design::DesignQuestion;
use bygdepuls_core::estimate::{BLOCK, Question, Statistic, Stream};
use bygdepuls_core::export::estimates;
use bygdepuls_core::problem::Problems;
use bygdepuls_core::text::Lang;
use std::error::Error;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let [file, what, out] = args.as_slice() else { return Ok(()) };
    let column = "return_intent".to_owned();
    let statistic = match what.as_str() {
        "mean" => Statistic::Mean { column },
        _ => Statistic::Share { column, codes: vec!["4".into(), "5".into()] },
    };
    let mut design = DesignQuestion { weights: Some("weight".into()), ..DesignQuestion::default() };
    if what == "design" {
        design.strata = vec!["year".into(), "stratum".into()];
        design.psu = vec!["school".into()];
        design.nest = true;
    }
    let question = Question {
        statistics: vec![statistic],
        design,
        by: ["year", "cohort", "kommune"].map(str::to_owned).to_vec(),
        missing: vec!["9".into()],
        ..Question::default()
    };
    let bytes = std::fs::read(file)?;
    let mut text = Vec::new();
    for line in std::io::stdin().lines() {
        line?;
        let start = Instant::now();
        let mut stream = Stream::new("file", question.clone());
        bytes.chunks(BLOCK).for_each(|chunk| stream.push(chunk));
        let mut problems = Problems::new();
        let figures = stream.finish(&mut problems).ok_or("the file cannot be used")?;
        text.clear();
        estimates::json(&figures, &problems, Lang::En, &mut text)?;
        println!("{}", start.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(std::fs::write(out, text)?)
}
