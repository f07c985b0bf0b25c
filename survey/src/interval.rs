//! `bygdepuls interval`: intervals of a share from counts.

use bygdepuls_core::export;
use bygdepuls_core::interval::{Cell, Counts, Level, NoInterval, ProportionMethod, cells};
use bygdepuls_core::text::Lang;
use clap::ArgMatches;
use std::io::{self, Write};

/// Runs the command; gives the exit code.
///
/// # Errors
///
/// The output cannot be written.
pub(crate) fn run(options: &ArgMatches, lang: Lang) -> Result<u8, String> {
    let number = |name: &str| options.get_one::<u64>(name).copied();
    let counts = Counts {
        x: number("successes").unwrap_or_default(),
        n: number("n").unwrap_or_default(),
        population: number("population"),
    };
    let level = options.get_one::<Level>("level").copied().unwrap_or(Level::P95);
    let names: Vec<&str> = options.get_many::<String>("method").into_iter().flatten().map(String::as_str).collect();
    let methods: Vec<_> = if names.contains(&"all") {
        Vec::new()
    } else if names.is_empty() {
        vec![ProportionMethod::of_counts(counts)]
    } else {
        names.iter().filter_map(|name| ProportionMethod::parse(name)).collect()
    };
    if let Some(method) = methods.iter().find(|method| method.needs_population() && counts.population.is_none()) {
        let needs = lang.pick("trenger", "treng", "needs");
        report(&format!("--method {} {needs} --population", method.name()), lang);
        return Ok(crate::USAGE);
    }
    let cells = match cells(&methods, counts, level, lang) {
        Ok(cells) => cells,
        Err(reason) => {
            report(&impossible(counts, reason, lang), lang);
            return Ok(crate::PROBLEMS);
        }
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    let written = match options.get_one::<String>("format").map(String::as_str) {
        Some("json") => export::intervals::json(&cells, &mut out),
        Some("csv") => csv(&cells, &mut out),
        _ => table(&cells, counts, lang, &mut out),
    };
    match written.and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.to_string()),
        _ => Ok(0),
    }
}

fn report(message: &str, lang: Lang) {
    let _ = writeln!(io::stderr(), "{}: {message}", lang.pick("feil", "feil", "error"));
}

/// Why there can be no such counts, with the options as they were given.
fn impossible(counts: Counts, reason: NoInterval, lang: Lang) -> String {
    let Counts { x, n, population } = counts;
    let population = population.map(|population| format!(" --population {population}")).unwrap_or_default();
    format!("{} (--successes {x} --n {n}{population})", reason.message(lang))
}

/// The keys of the JSON without `by`, in full precision.
fn csv(cells: &[Cell], out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "statistic,variable,value,estimate,se,ci_lower,ci_upper,level,ci_method,df,n,sum_of_weights,status,notes"
    )?;
    let text = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
    let mut writer = csv::Writer::from_writer(out);
    for cell in cells {
        writer.write_record([
            cell.statistic,
            cell.variable.unwrap_or_default(),
            cell.value.unwrap_or_default(),
            &text(Some(cell.estimate)),
            &text(cell.se),
            &text(cell.ci_lower),
            &text(cell.ci_upper),
            &text(cell.level),
            cell.ci_method,
            &text(cell.df),
            &cell.n.to_string(),
            &text(Some(cell.sum_of_weights)),
            cell.status,
            &cell.notes.join("; "),
        ])?;
    }
    writer.flush()
}

/// For people: four decimals, and the reason where there is no interval.
fn table(cells: &[Cell], counts: Counts, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let Counts { x, n, population } = counts;
    let estimate = cells.first().map_or(0.0, |cell| cell.estimate);
    let of = lang.pick("av", "av", "of");
    let whole =
        population.map(|population| format!(", {} {population}", lang.pick("populasjon", "populasjon", "population")));
    writeln!(out, "{x} {of} {n}{}: {estimate:.4}", whole.unwrap_or_default())?;
    let head = lang.pick("metode", "metode", "method");
    let width = cells.iter().map(|cell| cell.ci_method.len()).max().unwrap_or(0).max(head.len());
    let (lower, upper) = (lang.pick("nedre", "nedre", "lower"), lang.pick("øvre", "øvre", "upper"));
    writeln!(out, "{head:width$}  {lower:>7}  {upper:>7}")?;
    for Cell { ci_method, ci_lower, ci_upper, notes, .. } in cells {
        let limit = |limit: &Option<f64>| limit.map_or_else(|| "–".to_owned(), |limit| format!("{limit:.4}"));
        let line = format!("{ci_method:width$}  {:>7}  {:>7}  {}", limit(ci_lower), limit(ci_upper), notes.join("; "));
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}
