//! The centrality index of a generated country: from CSV beside polars, from a packed file beside scipy.
//!
//! Ours is the whole process each time. Of scipy the sums alone are counted, without starting, reading and writing.

use super::data::{finish, folder, python, script};
use super::peers::measured;
use super::{Comparison, Options, Outcome};
use crate::tool;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What the peers' scripts compute.
const OPTIONS: &str = "--services cent_services.csv --service-rule distinct --own-minutes file --by municipality \
    --decay-jobs steps:0=1,10=0.9,20=0.75,30=0.6,40=0.45,50=0.3,60=0.2,70=0.1,80=0.05,90=0.02 \
    --decay-services bands:30=1 --format csv";

/// Measures both.
///
/// # Errors
///
/// Python, its packages or a measured command fails; the figures differ.
pub(super) fn measure(options: &Options, comparisons: &mut Vec<Comparison>) -> Outcome<()> {
    let (folder, python) = (folder(), python()?);
    if !folder.join("cent_pairs.csv").exists() {
        finish(Command::new(&python).arg(script("cent_country.py")).arg(&folder))?;
    }
    let ours = |travel: &str, out: &str| -> Outcome<Command> {
        let mut command = Command::new(tool::built("bygdepuls"));
        command.args(["centrality", "index", "--units", "cent_units.csv", "--travel", travel]).current_dir(&folder);
        command.args(OPTIONS.split_whitespace()).stderr(Stdio::null()).stdout(File::create(folder.join(out))?);
        Ok(command)
    };
    let pack =
        ["centrality", "pack", "--units", "cent_units.csv", "--travel", "cent_pairs.csv", "--out", "cent_pairs.bin"];
    finish(Command::new(tool::built("bygdepuls")).args(pack).current_dir(&folder))?;
    let mut times: [Vec<f64>; 4] = Default::default();
    // The first round warms the page cache and is not counted.
    for round in 0..=options.rounds {
        let walls = [
            measured(&mut ours("cent_pairs.csv", "cent-ours-csv.csv")?)?.wall,
            measured(peer(&python, "cent_polars.py", &folder, "cent-polars.csv").stdout(Stdio::null()))?.wall,
            measured(&mut ours("cent_pairs.bin", "cent-ours-bin.csv")?)?.wall,
            told(&mut peer(&python, "cent_scipy.py", &folder, "cent-scipy.csv"))?,
        ];
        if round > 0 {
            times.iter_mut().zip(walls).for_each(|(times, wall)| times.push(wall));
        }
    }
    let [csv, polars, packed, scipy] = times;
    let rows = [
        ("centrality from CSV", csv, "polars", polars, "cent-ours-csv.csv", "cent-polars.csv"),
        ("centrality from a packed file", packed, "scipy", scipy, "cent-ours-bin.csv", "cent-scipy.csv"),
    ];
    for (what, ours, name, base, own, other) in rows {
        let difference = difference(&folder.join(own), &folder.join(other))?;
        comparisons.push(Comparison {
            what: what.to_owned(),
            ours,
            baselines: vec![(name, base)],
            goal: 0.2,
            difference,
        });
    }
    Ok(())
}

fn peer(python: &Path, name: &str, folder: &Path, out: &str) -> Command {
    let mut command = Command::new(python);
    command.arg(script(name)).arg(folder).arg(folder.join(out));
    command
}

/// The seconds that a script prints.
fn told(command: &mut Command) -> Outcome<f64> {
    let output = command.stderr(Stdio::inherit()).output()?;
    Ok(String::from_utf8(output.stdout)?.trim().parse()?)
}

/// The largest relative difference of jobs and services in reach.
fn difference(ours: &Path, other: &Path) -> Outcome<f64> {
    let read = |file: &Path, columns: [usize; 2]| -> Outcome<BTreeMap<u32, [f64; 2]>> {
        let text = fs::read_to_string(PathBuf::from(file))?;
        let row = |line: &str| -> Outcome<(u32, [f64; 2])> {
            let fields: Vec<&str> = line.split(',').collect();
            let number = |place: usize| {
                fields.get(place).ok_or("too few fields")?.parse::<f64>().map_err(Box::<dyn std::error::Error>::from)
            };
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "codes of municipalities")]
            Ok((number(0)? as u32, [number(columns[0])?, number(columns[1])?]))
        };
        text.lines().skip(1).map(row).collect()
    };
    let (ours, other) = (read(ours, [4, 5])?, read(other, [1, 2])?);
    if !ours.keys().eq(other.keys()) {
        return Err("centrality: other municipalities".into());
    }
    let pairs = ours.values().flatten().zip(other.values().flatten());
    let largest = pairs.map(|(ours, other)| (ours - other).abs() / other.abs().max(1e-300)).fold(0.0, f64::max);
    if largest > 1e-9 { Err(format!("centrality: the figures differ by {largest:e}").into()) } else { Ok(largest) }
}
