//! `bygdepuls audit RELEASE…`: what an attacker can conclude from published tables.

use crate::columns::columns;
use crate::weight::bytes;
use crate::{PROBLEMS, USAGE, diagnostic, print};
use bygdepuls_core::disclosure::DisclosureProblem;
use bygdepuls_core::disclosure::audit::Interval;
use bygdepuls_core::disclosure::published::{Against, Assembled, Leak, Published, Roll};
use bygdepuls_core::disclosure::tables::CellId;
use bygdepuls_core::export;
use bygdepuls_core::problem::{Privacy, Problem, Problems};
use bygdepuls_core::read::problem::visible;
use bygdepuls_core::text::Lang;
use clap::ArgMatches;
use std::fmt::Write as _;

/// Runs the command; gives the exit code.
///
/// # Errors
///
/// A file cannot be read, or the output cannot be written.
pub(crate) fn run(options: &ArgMatches, lang: Lang) -> Result<u8, String> {
    let files: Vec<&String> = options.get_many("release").into_iter().flatten().collect();
    let grown = options.get_flag("grown");
    if grown && files.len() != 2 {
        let words = lang.pick(
            "--grown trenger to publiseringer: den første, og den som dekker noen til",
            "--grown treng to publiseringar: den første, og den som dekkjer nokon til",
            "--grown needs two releases: the first, and the one that covers some more",
        );
        let _ = std::io::Write::write_fmt(
            &mut std::io::stderr(),
            format_args!("{}: {words}\n", lang.pick("feil", "feil", "error")),
        );
        return Ok(USAGE);
    }
    let mut problems = Problems::new();
    let mut releases = Vec::new();
    for file in files {
        releases.extend(Published::read(file, &bytes(file)?, &mut problems).map(|release| (file.clone(), release)));
    }
    let mut rolls = Vec::new();
    if let Some(file) = options.get_one::<String>("rolls") {
        let dims: Vec<String> = releases.iter().flat_map(|(_, release)| release.dims.clone()).collect();
        rolls = Roll::read(file, &bytes(file)?, &dims, &mut problems);
    }
    let against = against(options, &releases);
    let audited = (problems.errors() == 0).then(|| Assembled::new(&releases, grown, &rolls, &mut problems)).flatten();
    let found = audited.and_then(|audited| match audited.leaks(against) {
        Ok((intervals, leaks)) => Some((audited, intervals, leaks)),
        Err(contradiction) => {
            let cell = audited.cells[contradiction.cell as usize].key.join(" × ");
            let problem = Problem::error(&releases[0].0, DisclosureProblem::Contradiction);
            problems.push(problem.value(cell, Privacy::Open));
            None
        }
    });
    diagnostic::print(&problems, lang);
    let Some((audited, intervals, leaks)) = found else { return Ok(PROBLEMS) };
    let text = if options.get_one::<String>("format").is_some_and(|format| format == "json") {
        format!("{:#}\n", export::audited::json(&audited, &intervals, &leaks))
    } else {
        table(&audited, &intervals, &leaks, lang)
    };
    print(text.as_bytes())?;
    Ok(if leaks.iter().any(Leak::is_certain) { PROBLEMS } else { 0 })
}

/// Against whom: as the options say, else as the strictest of the releases does.
fn against(options: &ArgMatches, releases: &[(String, Published)]) -> Against {
    let stricter = |a: Against, b: Against| Against {
        coalition: a.coalition.max(b.coalition),
        small: a.small.max(b.small),
        narrow: a.narrow.max(b.narrow),
    };
    let own = releases.iter().map(|(_, release)| release.against.unwrap_or_default()).reduce(stricter);
    let own = own.unwrap_or_default();
    let option = |name: &str, own: u64| options.get_one::<u64>(name).copied().unwrap_or(own);
    Against {
        coalition: option("coalition", own.coalition),
        small: option("small", own.small),
        narrow: option("narrow", own.narrow),
    }
}

/// For people: each hidden cell with what it may be, then what else was found.
fn table(audited: &Assembled, intervals: &[Interval], leaks: &[Leak], lang: Lang) -> String {
    let name = |cell: &CellId| visible(&audited.cells[*cell as usize].key.join(" × ")).into_owned();
    let mut lines: Vec<[String; 4]> = vec![[
        lang.pick("celle", "celle", "cell").into(),
        lang.pick("minst", "minst", "least").into(),
        lang.pick("størst", "størst", "most").into(),
        lang.pick("funn", "funn", "finding").into(),
    ]];
    let own = |leak: &&Leak, cell: CellId| match leak {
        Leak::Exact { cell: own, .. } | Leak::Narrow { cell: own, .. } => *own == cell,
        _ => false,
    };
    for (place, cell) in (0..).zip(&audited.cells) {
        let found = leaks.iter().find(|leak| own(leak, place));
        if !cell.is_named || (audited.values[place as usize].is_some() && found.is_none()) {
            continue;
        }
        let Interval { lower, upper, .. } = intervals[place as usize];
        let found = match found {
            Some(Leak::Exact { way, .. }) => {
                format!("{} ({})", lang.pick("nøyaktig", "nøyaktig", "exact"), word(way.name(), lang))
            }
            Some(Leak::Narrow { certain: false, .. }) => {
                lang.pick("kanskje smalt", "kanskje smalt", "perhaps narrow").into()
            }
            Some(_) => lang.pick("smalt", "smalt", "narrow").into(),
            None => String::new(),
        };
        let upper = upper.map_or_else(|| "–".to_owned(), |upper| upper.to_string());
        lines.push([name(&place), lower.to_string(), upper, found]);
    }
    let mut text = String::new();
    if lines.len() > 1 {
        for line in columns(&lines, 1..3) {
            let _ = writeln!(text, "{line}");
        }
    }
    for leak in leaks {
        let _ = match leak {
            Leak::Group { whole, answer, others: (_, most), published } => writeln!(
                text,
                "{} {}: {} {most} {} {} ({})",
                lang.pick("gruppe", "gruppe", "group"),
                name(whole),
                lang.pick("høyst", "høgst", "at most"),
                lang.pick("er ikke i", "er ikkje i", "are not in"),
                name(answer),
                word(if *published { "published" } else { "inferred" }, lang)
            ),
            Leak::Insider { own, cell, count } => writeln!(
                text,
                "{} {}: {} {} = {count}",
                lang.pick("den som er alene i", "den som er åleine i", "whoever is alone in"),
                name(own),
                lang.pick("finner", "finn", "finds"),
                name(cell),
            ),
            _ => Ok(()),
        };
    }
    let certain = leaks.iter().filter(|leak| leak.is_certain()).count();
    let hidden = lines.len() - 1;
    let _ = writeln!(
        text,
        "{hidden} {}, {} {}",
        lang.pick("skjulte celler", "skjulte celler", "hidden cells"),
        certain,
        lang.pick("funn", "funn", if certain == 1 { "finding" } else { "findings" }),
    );
    text
}

/// How something was found, in words.
fn word(way: &'static str, lang: Lang) -> &'static str {
    match way {
        "printed" => lang.pick("står i fila", "står i fila", "it stands in the file"),
        "subtraction" => lang.pick("subtraksjon", "subtraksjon", "subtraction"),
        "equations" => lang.pick("likninger", "likningar", "equations"),
        "bounds" => lang.pick("grenser", "grenser", "bounds"),
        "published" => lang.pick("publisert", "publisert", "published"),
        _ => lang.pick("sluttet", "slutta", "inferred"),
    }
}
