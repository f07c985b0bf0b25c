//! `bygdepuls centrality`: the index from basic units, the class from the index, the district index.

mod pieces;

use crate::weight::{bytes, write};
use crate::{PROBLEMS, USAGE, diagnostic, print};
use bygdepuls_core::problem::{Problem, Problems};
use bygdepuls_core::read::block::Start;
use bygdepuls_core::register::centrality::{
    CentralityProblem, Decay, Gathered, Limits, OwnUnit, Packed, Packing, Parameters, Plan, Reach, Scale, ServiceRule,
    ServicesFile, Transform, Travel, TravelColumns, UnitColumns, Units, Unknown, classify, codes_of, district,
    header_length, index, is_packed, report,
};
use bygdepuls_core::text::Lang;
use clap::ArgMatches;
use pieces::Source;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

/// Bytes in which the header of a CSV file is looked for first.
const HEAD: u64 = 1 << 16;

/// Runs the command; gives the exit code.
///
/// # Errors
///
/// A file cannot be read, or the output cannot be written.
pub(crate) fn run(given: &ArgMatches, lang: Lang) -> Result<u8, String> {
    match given.subcommand() {
        Some(("index", given)) => run_index(given, lang),
        Some(("pack", given)) => run_pack(given, lang),
        Some(("classify", given)) => run_classify(given, lang),
        Some(("district", given)) => run_district(given, lang),
        _ => Ok(USAGE),
    }
}

fn text(given: &ArgMatches, name: &str) -> Option<String> {
    given.get_one::<String>(name).cloned()
}

/// Prints the problems, then the result where there is one.
fn finish(problems: &Problems, result: Option<Vec<u8>>, lang: Lang) -> Result<u8, String> {
    diagnostic::print(problems, lang);
    match result {
        Some(bytes) => print(&bytes),
        None => {
            diagnostic::print_refusal(problems, lang);
            Ok(PROBLEMS)
        }
    }
}

/// What a file is called in messages.
fn shown(file: &str) -> &str {
    if file == "-" { "<stdin>" } else { file }
}

fn run_index(given: &ArgMatches, lang: Lang) -> Result<u8, String> {
    let mut problems = Problems::new();
    let result = the_index(given, lang, &mut problems)?;
    finish(&problems, result, lang)
}

fn the_index(given: &ArgMatches, lang: Lang, problems: &mut Problems) -> Result<Option<Vec<u8>>, String> {
    let parameters = parameters(given);
    let (file, travel) = (text(given, "units").unwrap_or_default(), text(given, "travel").unwrap_or_default());
    let columns = UnitColumns {
        unit: text(given, "unit-column"),
        municipality: text(given, "municipality-column"),
        population: text(given, "population-column"),
        jobs: text(given, "jobs-column"),
        services: given.get_many::<String>("service-columns").into_iter().flatten().cloned().collect(),
    };
    let services = text(given, "services").map(|file| Ok::<_, String>((bytes(&file)?, file))).transpose()?;
    let services = services.as_ref().map(|(bytes, file)| ServicesFile { name: shown(file), bytes });
    let units = Units::read(shown(&file), &bytes(&file)?, &columns, services, problems);
    let source = Source::open(&travel).map_err(|error| format!("{travel}: {error}"))?;
    let Some(units) = units else { return Ok(None) };
    let plan = Plan::new(&units, &parameters);
    let reached =
        reach(given, shown(&travel), &source, &plan, problems).map_err(|error| format!("{travel}: {error}"))?;
    let Some(index) = reached.and_then(|reach| index(shown(&file), &plan, &reach, problems)) else { return Ok(None) };
    let format = text(given, "format").unwrap_or_default();
    let by_unit = text(given, "by").as_deref() == Some("unit");
    Ok(Some(match format.as_str() {
        "json" if !by_unit => format!("{:#}\n", report::json(&index, &units, &parameters, lang)).into_bytes(),
        "table" if !by_unit => report::table(&index, &units, &parameters, lang).into_bytes(),
        _ => {
            // The result holds figures alone; what was assumed goes beside it.
            for note in report::notes(&index, &units, &parameters) {
                let _ = writeln!(io::stderr(), "{}", note.get(lang));
            }
            if by_unit { report::units_csv(&index, &units) } else { report::csv(&index) }.into_bytes()
        }
    }))
}

fn unknown(given: &ArgMatches) -> Unknown {
    if text(given, "unknown-units").as_deref() == Some("skip") { Unknown::Skip } else { Unknown::Refuse }
}

fn parameters(given: &ArgMatches) -> Parameters {
    let default = Parameters::default();
    let decay = |name: &str| given.get_one::<Decay>(name).or_else(|| given.get_one("decay")).cloned();
    Parameters {
        jobs_decay: decay("decay-jobs").unwrap_or(default.jobs_decay),
        services_decay: decay("decay-services").unwrap_or(default.services_decay),
        limit: given.get_one("max-minutes").copied().unwrap_or(default.limit),
        services: match text(given, "service-rule").as_deref() {
            Some("distinct") => ServiceRule::Distinct,
            _ => ServiceRule::Sum,
        },
        own: given.get_one::<OwnUnit>("own-minutes").copied().unwrap_or(default.own),
        symmetric: given.get_flag("symmetric"),
        unknown: unknown(given),
        transform: match text(given, "transform").as_deref() {
            Some("log") => Transform::Log,
            Some("sqrt") => Transform::Root,
            _ => Transform::None,
        },
        scale: match text(given, "scale").as_deref() {
            Some("municipalities") => Scale::Municipalities,
            _ => Scale::Units,
        },
        shares: given.get_one("shares").copied().unwrap_or(default.shares),
        top: default.top,
    }
}

/// What every unit reaches, from a CSV file or a packed one.
fn reach(
    given: &ArgMatches,
    name: &str,
    source: &Source,
    plan: &Plan<'_>,
    problems: &mut Problems,
) -> io::Result<Option<Reach>> {
    if is_packed(&source.first(16)?) {
        return packed(name, source, plan, problems);
    }
    let Some(travel) = travel(given, name, source, problems)? else { return Ok(None) };
    let places = travel.places(plan.units());
    let start = travel.start as u64;
    let states =
        source.lines(start, || travel.pairs(plan, &places), |pairs, number, piece| pairs.piece(number, piece))?;
    let mut states = states.into_iter();
    let mut all = states.next().unwrap_or_else(|| travel.pairs(plan, &places));
    states.for_each(|state| all.merge(state));
    let one_way = pieces::parts(|part, parts| all.one_way(part, parts));
    // Looked for in a second reading, which only a file with pairs twice takes.
    let lines_of = |wanted: &[(u32, u32)]| {
        let symmetric = plan.parameters().symmetric;
        let find = |found: &mut Vec<(u64, Vec<u8>)>, number: u64, piece: &[u8]| found.push((number, piece.to_vec()));
        let mut pieces: Vec<_> = source.lines(start, Vec::new, find).into_iter().flatten().flatten().collect();
        pieces.sort();
        let (mut found, mut line) = (BTreeMap::new(), None);
        for (_, piece) in pieces {
            line = Some(travel.find(&piece, line, &places, wanted, symmetric, &mut found));
        }
        found
    };
    Ok(travel.reach(all, plan, one_way, lines_of, problems))
}

/// The CSV file with its columns found.
fn travel(given: &ArgMatches, name: &str, source: &Source, problems: &mut Problems) -> io::Result<Option<Travel>> {
    let mut length = HEAD;
    let head = loop {
        let block = source.first(length)?;
        match Start::find(name, &block, block.len() as u64 == source.length(), problems) {
            Start::More => length *= 8,
            Start::Nothing => return Ok(None),
            Start::Head(head) => break head,
        }
    };
    let columns = TravelColumns {
        from: text(given, "from-column"),
        to: text(given, "to-column"),
        minutes: text(given, "minutes-column"),
    };
    Ok(Travel::new(name, &head, &columns, problems))
}

fn packed(name: &str, source: &Source, plan: &Plan<'_>, problems: &mut Problems) -> io::Result<Option<Reach>> {
    let length = header_length(&source.first(16)?).map(|length| length as u64);
    let Some(length) = length.filter(|length| *length <= source.length()) else {
        problems.push(Problem::error(name, CentralityProblem::Damaged));
        return Ok(None);
    };
    let Some(packed) = Packed::read(name, &source.first(length)?, problems) else { return Ok(None) };
    let blocks = packed.blocks() as u64;
    let place = |block: u64| usize::try_from(block).map_or(0..0, |block| packed.place(block));
    if (0..blocks).any(|block| place(block).end > source.length()) {
        problems.push(Problem::error(name, CentralityProblem::Damaged));
        return Ok(None);
    }
    let Some(counting) = packed.counting(name, plan, problems) else { return Ok(None) };
    let states = source.ranges(
        blocks,
        place,
        || counting.start(),
        |state, number, bytes| {
            if let Ok(block) = usize::try_from(number) {
                state.block(block, bytes);
            }
        },
    )?;
    let mut states = states.into_iter();
    let mut all = states.next().unwrap_or_else(|| counting.start());
    states.for_each(|state| all.merge(&state));
    Ok(all.reach(name, problems))
}

fn run_pack(given: &ArgMatches, lang: Lang) -> Result<u8, String> {
    let mut problems = Problems::new();
    let Some(bytes) = packed_bytes(given, &mut problems)? else { return finish(&problems, None, lang) };
    let out = given.get_one::<PathBuf>("out").cloned().unwrap_or_default();
    write(&out, &bytes).map_err(|error| format!("{}: {error}", out.display()))?;
    finish(&problems, Some(Vec::new()), lang)
}

fn packed_bytes(given: &ArgMatches, problems: &mut Problems) -> Result<Option<Vec<u8>>, String> {
    let (file, name) = (text(given, "units").unwrap_or_default(), text(given, "travel").unwrap_or_default());
    let units = codes_of(shown(&file), &bytes(&file)?, text(given, "unit-column").as_deref(), problems);
    let failed = |error: io::Error| format!("{name}: {error}");
    let source = Source::open(&name).map_err(failed)?;
    let travel = travel(given, shown(&name), &source, problems).map_err(failed)?;
    let (Some(units), Some(travel)) = (units, travel) else { return Ok(None) };
    let places = travel.places(&units);
    let packing = Packing {
        limit: given.get_one("max-minutes").copied().unwrap_or(Parameters::default().limit),
        unknown: unknown(given),
        symmetric: given.get_flag("symmetric"),
    };
    let each = |state: &mut Gathered, number, piece: &[u8]| state.piece(&travel, &places, number, piece);
    let states = source.lines(travel.start as u64, || Gathered::new(packing), each).map_err(failed)?;
    let mut all = Gathered::new(packing);
    states.into_iter().for_each(|state| all.merge(state));
    Ok(all.pack(&travel, &units, problems))
}

fn run_classify(given: &ArgMatches, lang: Lang) -> Result<u8, String> {
    let mut problems = Problems::new();
    let (file, edition) = (text(given, "file").unwrap_or_default(), text(given, "edition"));
    let limits = match (given.get_one::<[f64; 5]>("limits"), edition) {
        (Some(limits), edition) => Ok(Limits { edition: edition.unwrap_or_default(), limits: *limits }),
        (None, edition) => {
            let edition = edition.unwrap_or_default();
            Limits::of(&edition).map_err(|what| (what, edition))
        }
    };
    let result = match limits {
        Ok(limits) => {
            let column = text(given, "index-column").unwrap_or_default();
            classify(shown(&file), &bytes(&file)?, &column, &limits, &mut problems)
        }
        Err((what, edition)) => {
            let problem = Problem::error(shown(&file), what).column("--edition");
            problems.push(problem.value(edition, bygdepuls_core::problem::Privacy::Open));
            None
        }
    };
    finish(&problems, result, lang)
}

fn run_district(given: &ArgMatches, lang: Lang) -> Result<u8, String> {
    let mut problems = Problems::new();
    let file = text(given, "file").unwrap_or_default();
    let truncate = given.get_one("truncate").copied().unwrap_or(0.0);
    let found = district::districts(shown(&file), &bytes(&file)?, truncate, &mut problems);
    if found.is_some() {
        let _ = writeln!(io::stderr(), "{}", district::note(truncate).get(lang));
    }
    finish(&problems, found.map(|found| district::csv(&found).into_bytes()), lang)
}
