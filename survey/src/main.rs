//! The command line of Bygdepuls.

mod estimate;

use bygdepuls_core::estimate::{Question, Statistic};
use bygdepuls_core::problem::{Problem, Problems, Severity};
use bygdepuls_core::text::Lang;
use clap::{ArgGroup, Parser, ValueEnum};
use std::io::{self, Write};
use std::process::ExitCode;

#[derive(Parser)]
#[command(group(ArgGroup::new("statistic").required(true).args(["mean", "share"])))]
struct Estimate {
    file: String,
    #[arg(long)]
    mean: Option<String>,
    #[arg(long)]
    share: Option<String>,
    #[arg(long)]
    weights: Option<String>,
    #[arg(long, value_delimiter = ',')]
    by: Vec<String>,
    #[arg(long, value_delimiter = ',')]
    missing: Vec<String>,
    #[arg(long, default_value = "table")]
    format: Format,
}

#[derive(Parser)]
enum Command {
    Estimate(Estimate),
}

#[derive(Clone, ValueEnum)]
enum Format {
    Table,
    Csv,
    Json,
}

fn main() -> ExitCode {
    let Command::Estimate(arguments) = Command::parse();
    let statistic = match (arguments.mean, arguments.share.as_deref().and_then(|share| share.split_once('='))) {
        (Some(column), _) => Statistic::Mean { column },
        (None, Some((column, codes))) => {
            Statistic::Share { column: column.into(), codes: codes.split(',').map(str::to_owned).collect() }
        }
        _ => return ExitCode::from(2),
    };
    let options = estimate::Options {
        file: arguments.file,
        question: Question { statistic, weights: arguments.weights, by: arguments.by, missing: arguments.missing },
        format: match arguments.format {
            Format::Table => estimate::Format::Table,
            Format::Csv => estimate::Format::Csv,
            Format::Json => estimate::Format::Json,
        },
        lang: Lang::En,
    };
    let mut problems = Problems::new();
    let mut out = io::BufWriter::new(io::stdout().lock());
    let done = estimate::run(&options, &mut out, &mut problems).and_then(|()| out.flush());
    let mut err = io::stderr().lock();
    for problem in problems.list() {
        let _ = render(&mut err, problem, Lang::En);
    }
    for (file, more) in problems.more() {
        let _ = writeln!(err, "{file}: {more} more");
    }
    if let Err(error) = done {
        let _ = writeln!(err, "error: {error}\n  file      {}", options.file);
        return ExitCode::from(1);
    }
    ExitCode::from(u8::from(problems.errors() > 0))
}

/// A problem as plain text.
fn render(out: &mut impl Write, problem: &Problem, lang: Lang) -> io::Result<()> {
    let kind = if problem.severity == Severity::Error { "error" } else { "warning" };
    writeln!(out, "{kind}: {}", problem.what.message(lang))?;
    writeln!(out, "  file      {}", problem.file)?;
    if let Some(line) = problem.line {
        let record = problem.record.map_or_else(String::new, |record| format!(" (record {record})"));
        writeln!(out, "  line      {line}{record}")?;
    }
    let rest = [
        ("column", problem.column.clone()),
        ("value", problem.value.clone()),
        ("expected", problem.what.expected(lang)),
        ("help", problem.what.help(lang)),
    ];
    for (name, value) in rest {
        if let Some(value) = value {
            writeln!(out, "  {name:<9} {value}")?;
        }
    }
    Ok(())
}
