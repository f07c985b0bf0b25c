//! `bygdepuls check`: everything `run` would refuse, and what will be visible.

use crate::{PROBLEMS, diagnostic, load, print};
use bygdepuls_core::disclosure::{Series, Tier};
use bygdepuls_core::export;
use bygdepuls_core::export::plain::columns;
use bygdepuls_core::interval::Level;
use bygdepuls_core::problem::Problems;
use bygdepuls_core::project::{Ask, GeoLevel, Loaded, Outcome, Outlook, OutlookRow, Project};
use bygdepuls_core::register::recruitment::RecruitmentProblem;
use bygdepuls_core::text::Lang;
use clap::ArgMatches;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Checks a project; nothing is written.
pub(crate) fn check(options: &ArgMatches, lang: Lang) -> Result<u8, String> {
    let Some(path) = options.get_one::<PathBuf>("project") else { return Ok(2) };
    let mut problems = Problems::new();
    let file = load::project_file(path);
    let public = file.parent().unwrap_or_else(|| Path::new("")).join("out").join(load::PUBLIC);
    let loaded = load::load(&file, Some(&public), &mut problems);
    let today = options.get_one::<String>("today").map(String::as_str);
    let checked = loaded.and_then(|loaded| {
        let outcome = loaded.compute(today, &mut problems)?;
        registers(&loaded, today, &mut problems);
        Some((outcome, loaded.project))
    });
    let checked = checked.filter(|_| problems.errors() == 0);
    let code = if problems.errors() > 0 { PROBLEMS } else { 0 };
    if options.get_one::<String>("format").is_some_and(|format| format == "json") {
        let mut result = export::problems::json(&problems, lang);
        if let Some((outcome, project)) = &checked {
            result["outlook"] = outcome.outlook.iter().map(|outlook| outlook_json(outlook, project)).collect();
        }
        print(format!("{result:#}\n").as_bytes())?;
        return Ok(code);
    }
    diagnostic::print(&problems, lang);
    if let Some((outcome, project)) = &checked {
        print((rows_text(outcome, lang) + &outlook_text(outcome, project, lang)).as_bytes())?;
    } else if code != 0 {
        diagnostic::print_refusal(&problems, lang);
    }
    Ok(code)
}

/// What is wrong with the registers that `run --internal` and `findings` read beside the answers.
fn registers(loaded: &Loaded, today: Option<&str>, problems: &mut Problems) {
    if !loaded.has_registers() {
        return;
    }
    let only = ["together", "trial", "outcomes", "measures"].map(str::to_owned);
    let ask = Ask { only: &only, years: u16::MIN..=u16::MAX, today, level: Level::P95, seed: 1 };
    // What is wrong with the answers was told with the figures.
    let mut own = Problems::new();
    let _ = loaded.findings(&ask, &mut own);
    problems.add_new(own);
}

/// How many rows count and how many were left out, per year.
pub(crate) fn rows_text(outcome: &Outcome, lang: Lang) -> String {
    let mut text = String::new();
    for (year, rows) in &outcome.counted {
        let left_out: Vec<String> = outcome
            .left_out
            .iter()
            .filter(|(of, ..)| of == year)
            .map(|(_, why, rows)| format!("{rows} {}", why.words(lang)))
            .collect();
        let counted = lang.pick("svar teller med", "svar tel med", "answers count");
        let _ = write!(text, "{year}: {rows} {counted}");
        if !left_out.is_empty() {
            let _ = write!(text, "; {}: {}", lang.pick("utelatt", "utelatne", "left out"), left_out.join(", "));
        }
        text.push('\n');
    }
    if !outcome.left_out_of_base.is_empty() {
        let why = |(code, rows): &(&str, u64)| format!("{rows} {}", RecruitmentProblem::why(code, lang));
        let left_out: Vec<String> = outcome.left_out_of_base.iter().map(why).collect();
        let words = lang.pick("CV-basen: utelatt", "CV-basen: utelatne", "CV base: left out");
        let _ = writeln!(text, "{words}: {}", left_out.join(", "));
    }
    text
}

fn symbol(tier: Option<Tier>) -> &'static str {
    match tier {
        None => "?",
        Some(Tier::Hidden) => ":",
        Some(Tier::Thirds) => "1/3",
        Some(Tier::Fifths) => "1/5",
        Some(Tier::Exact) => "%",
    }
}

fn outlook_text(outcome: &Outcome, project: &Project, lang: Lang) -> String {
    if outcome.outlook.is_empty() {
        return String::new();
    }
    let t = |nb: &'static str, nn: &'static str, en: &'static str| lang.pick(nb, nn, en);
    let mut text = t(
        "\nInternt: antall svar i små grupper. Ikke legg det ut.\n",
        "\nInternt: talet på svar i små grupper. Ikkje legg det ut.\n",
        "\nInternal: numbers of answers in small groups. Not to be published.\n",
    )
    .to_string();
    for (outlook, cube) in outcome.outlook.iter().zip(&outcome.internal) {
        let _ = writeln!(text, "\n{}", cube.title.get(lang));
        let policy = &outlook.policy;
        let thirds = t("`1/3` tredeler, ", "`1/3` tredelar, ", "`1/3` thirds, ");
        let _ = writeln!(
            text,
            "{}: `:` {} {}, {}`1/5` {} {}, `%` {}",
            t("Antall svar og hva det gir", "Talet på svar og kva det gir", "Answers and what they allow"),
            t("under", "under", "below"),
            policy.thirds_from,
            if policy.thirds_from < policy.fifths_from { thirds } else { "" },
            t("femdeler fra", "femdelar frå", "fifths from"),
            policy.fifths_from,
            t("hele prosent (større enheter)", "heile prosent (større einingar)", "whole percent (larger units)")
        );
        for level in [GeoLevel::Region, GeoLevel::Municipality] {
            let name = match level {
                GeoLevel::Region => t("Regionen", "Regionen", "Region"),
                GeoLevel::Municipality => t("Kommunene", "Kommunane", "Municipalities"),
            };
            let published = match outlook.published == level {
                true => t("i denne utgaven", "i denne utgåva", "published"),
                false => t("ikke i denne utgaven", "ikkje i denne utgåva", "not published in this release"),
            };
            let _ = writeln!(text, "\n{name} ({published})");
            text.push_str(&level_text(outlook, level, project, lang));
        }
    }
    text.push('\n');
    text.push_str(t(
        "* Ventet: kullet etter registeret, og samme svarandel som sist.\n",
        "* Venta: kullet etter registeret, og same svardel som sist.\n",
        "* Expected: the cohort by the register, and the same share of answers as last time.\n",
    ));
    text
}

fn level_text(outlook: &Outlook, level: GeoLevel, project: &Project, lang: Lang) -> String {
    let shown = lang.pick("vises som", "blir vist som", "shown as");
    let mut rows = vec![vec![String::new(), String::new()]];
    let at_hand = outlook.years.len() - outlook.ahead;
    for (position, year) in outlook.years.iter().enumerate() {
        rows[0].push(format!("{year}{}", if position < at_hand { "" } else { "*" }));
    }
    rows[0].push(shown.into());
    for row in outlook.rows.iter().filter(|row| row.level == level) {
        let mut line = vec![row.area.label.get(lang).to_string(), project.survey.waves[row.wave].id.clone()];
        for (year, tier) in row.years.iter().zip(&row.tiers) {
            line.push(year.map_or("?".into(), |(_, n)| format!("{n} {}", symbol(*tier))));
        }
        line.push(why(row, outlook, lang));
        rows.push(line);
    }
    columns(&rows)
}

/// How a series is cut now, why it is hidden where it is, and what is expected of it.
fn why(row: &OutlookRow, outlook: &Outlook, lang: Lang) -> String {
    let Some(series) = &row.series else { return String::new() };
    let mut words = cut_words(series, row, outlook, lang);
    let Some(expected) = &row.expected else { return words };
    if (expected.width, &expected.area, expected.shown) != (series.width, &series.area, series.shown) {
        let _ = write!(
            words,
            "; {} {}",
            lang.pick("ventet:", "venta:", "expected:"),
            cut_words(expected, row, outlook, lang)
        );
    }
    if expected.width > 1 {
        let windows = row.coming.iter().map(|(period, n, tier)| {
            format!("{period}* {} {}", n.map_or("?".into(), |n| n.to_string()), symbol(*tier))
        });
        let _ = write!(words, " ({})", windows.collect::<Vec<_>>().join(", "));
    }
    words
}

fn cut_words(series: &Series, row: &OutlookRow, outlook: &Outlook, lang: Lang) -> String {
    let mut words = match series.width {
        1 => lang.pick("hvert år", "kvart år", "each year").to_string(),
        width => format!("{width} {}", lang.pick("år samlet", "år samla", "years pooled")),
    };
    if series.area != row.area {
        let _ = write!(words, ", {} {}", lang.pick("sammen:", "saman:", "together:"), series.area.label.get(lang));
    }
    if !series.shown {
        let few = lang.pick("skjult der n er under", "gøymt der n er under", "hidden where n is below");
        let _ = write!(words, ", {few} {}", outlook.policy.thirds_from);
    }
    words
}

fn outlook_json(outlook: &Outlook, project: &Project) -> Value {
    let at_hand = outlook.years.len() - outlook.ahead;
    let rows: Vec<Value> = outlook
        .rows
        .iter()
        .map(|row| {
            let years: Vec<Value> = outlook
                .years
                .iter()
                .enumerate()
                .map(|(position, year)| {
                    json!({
                        "year": year,
                        "expected": position >= at_hand,
                        "population": row.years[position].map(|(population, _)| population),
                        "n": row.years[position].map(|(_, n)| n),
                        "tier": symbol(row.tiers[position]),
                    })
                })
                .collect();
            let coming: Vec<Value> = row
                .coming
                .iter()
                .map(|(period, n, tier)| json!({ "period": period, "n": n, "tier": symbol(*tier) }))
                .collect();
            json!({
                "level": if row.level == GeoLevel::Region { "region" } else { "municipality" },
                "published": row.level == outlook.published,
                "wave": project.survey.waves[row.wave].id,
                "area": row.area.code,
                "years": years,
                "shown_as": row.series.as_ref().map(series_json),
                "expected_as": row.expected.as_ref().map(series_json),
                "coming": coming,
            })
        })
        .collect();
    json!({ "rows": rows })
}

fn series_json(series: &Series) -> Value {
    json!({ "area": series.area.code, "window": series.width, "shown": series.shown })
}
