//! Recruitment: medians and shares of a register of positions, beside the same in polars, as whole processes.
//!
//! Ours gives intervals and who stands behind each figure besides; polars does not. Both read the register as CSV.

use super::data::{finish, folder, python, script};
use super::peers::measured;
use super::{Comparison, Options, Outcome};
use crate::tool;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};

/// The metrics that the peer's script computes.
const METRICS: &str = "time_to_fill,time_to_hire,applicants,failed_recruitment,retention";

/// Measures them.
///
/// # Errors
///
/// Python, its packages or a measured command fails; the figures differ.
pub(super) fn measure(options: &Options, comparisons: &mut Vec<Comparison>) -> Outcome<()> {
    let (rows, python) = (options.rows.unwrap_or(1_000_000), python()?);
    let project = folder().join(format!("positions-{rows}"));
    if !project.join("project.toml").exists() {
        fs::create_dir_all(&project)?;
        finish(Command::new(&python).arg(script("positions.py")).arg(rows.to_string()).arg(&project))?;
    }
    let (own, other) = (project.join("ours.csv"), project.join("polars.csv"));
    let mut ours = Command::new(tool::built("bygdepuls"));
    ours.arg("recruitment").arg(&project).args(["--only", METRICS, "--format", "csv", "--lang", "en"]);
    let mut peer = Command::new(&python);
    peer.arg(script("positions_polars.py")).arg(&project).arg(&other);
    let (mut times, mut theirs) = (Vec::new(), Vec::new());
    // The first round warms the page cache and is not counted.
    for round in 0..=options.rounds {
        let walls = [
            measured(ours.stdout(File::create(&own)?).stderr(Stdio::null()))?.wall,
            measured(peer.stdout(Stdio::null()).stderr(Stdio::null()))?.wall,
        ];
        if round > 0 {
            times.push(walls[0]);
            theirs.push(walls[1]);
        }
    }
    comparisons.push(Comparison {
        what: "recruitment from positions".to_owned(),
        ours: times,
        baselines: vec![("polars", theirs)],
        goal: 0.5,
        difference: difference(&own, &other)?,
    });
    Ok(())
}

/// The largest relative difference of a figure; ours of the same name, year and field must be there.
fn difference(ours: &Path, other: &Path) -> Outcome<f64> {
    let ours = values(ours, ["figure", "period", "group"], |name| match name {
        // The time from the application is in a column of its own metric.
        "days" => "hire".to_owned(),
        other => other.to_owned(),
    })?;
    let other = values(other, ["figure", "year", "field"], str::to_owned)?;
    let mut largest = 0.0_f64;
    for (figure, value) in &other {
        let own = ours.get(figure).ok_or_else(|| format!("recruitment: no {figure:?} of ours"))?;
        largest = largest.max((own - value).abs() / value.abs().max(1e-300));
    }
    if largest > 1e-9 { Err(format!("recruitment: the figures differ by {largest:e}").into()) } else { Ok(largest) }
}

/// Values of a CSV file by three columns.
fn values(file: &Path, names: [&str; 3], figure: impl Fn(&str) -> String) -> Outcome<BTreeMap<[String; 3], f64>> {
    let text = fs::read_to_string(file)?;
    let head: Vec<&str> = text.lines().next().unwrap_or_default().split(',').collect();
    let place = |name: &str| head.iter().position(|own| *own == name).ok_or_else(|| format!("no column {name}"));
    let [a, b, c] = [place(names[0])?, place(names[1])?, place(names[2])?];
    let value = place("value")?;
    let mut values = BTreeMap::new();
    for line in text.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let field = |place: usize| fields.get(place).copied().unwrap_or_default();
        if let Ok(number) = field(value).parse() {
            values.insert([figure(field(a)), field(b).to_owned(), field(c).to_owned()], number);
        }
    }
    Ok(values)
}
