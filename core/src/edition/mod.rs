//! An edition: all files that a run gives, the same in a folder and in a browser tab, and the list against which a
//! published folder is held.

pub mod loss;
#[cfg(feature = "edition")]
mod picture;

#[cfg(feature = "edition")]
pub use picture::png;

use crate::disclosure::SafeCube;
use crate::export::{csv, jsonstat};
use crate::interval::Level;
use crate::problem::Problems;
#[cfg(feature = "edition")]
use crate::project::Project;
use crate::project::{Ask, Loaded, Outcome};
use crate::register::open_measures::{FILE, OpenMeasures};
use crate::show::page::{self, File, file};
use crate::show::yearly::Year;
use crate::show::{self, View};
use crate::text::{Lang, Text};
use crate::track::Options;

/// Files by name, in the order in which they are written.
pub type Files = Vec<(String, Vec<u8>)>;

/// Width of pictures, in pixels: sharp at twice the width of a text column.
pub const PICTURE_WIDTH: u32 = 1280;

/// Everything that is published of some cubes, and of the register of measures where it is public: pages, figures, pictures, tables and data, in three languages. `draw` makes
/// a picture of an SVG document; `address` is that of the folder on the web, empty where it is not known. What the widget
/// loads is not made here.
///
/// # Errors
///
/// Those of `draw`.
pub fn of_cubes<E>(
    cubes: &[SafeCube],
    open_measures: Option<&OpenMeasures>,
    region: &Text,
    address: &str,
    view: &View,
    draw: impl Fn(&str) -> Result<Vec<u8>, E>,
) -> Result<Files, E> {
    let mut files: Files = Vec::new();
    for lang in Lang::ALL {
        files.push((file("index", File::Page, lang), page::report(cubes, region, view, lang).into()));
        files.push((file("embed", File::Page, lang), page::embed(cubes, region, view, address, lang).into()));
        files.push((file("report", File::Page, lang), page::yearly(cubes, open_measures, region, view, lang).into()));
        files.push((file("brief", File::Page, lang), page::brief(cubes, region, lang).into()));
        files.push((file("brief", File::Text, lang), page::brief::paragraph(cubes, lang).into()));
    }
    if let Some(open_measures) = open_measures {
        files.push((FILE.into(), open_measures.write()));
        for lang in Lang::ALL {
            files.push((file("measures", File::Page, lang), page::measures(open_measures, region, lang).into()));
        }
    }
    for cube in cubes {
        files.push((file(&cube.id, File::Data, Lang::Nb), jsonstat::write(cube)));
        files.push((file(&cube.id, File::Csv, Lang::Nb), csv::write(cube, Lang::Nb)));
        for lang in Lang::ALL {
            let svg = show::svg(cube, lang);
            files.push((file(&cube.id, File::Png, lang), draw(&svg)?));
            files.push((file(&cube.id, File::Svg, lang), svg.into()));
            files.push((file(&cube.id, File::Alt, lang), show::alt_text(cube, lang).into()));
            files.push((file(&cube.id, File::Table, lang), show::table(cube, view, lang).into()));
            files.push((file(&cube.id, File::Page, lang), page::standalone(cube, view, lang).into()));
        }
    }
    files.push(("assets/bygdepuls.css".into(), show::CSS.into()));
    files.push(("assets/page.css".into(), page::CSS.into()));
    files.push(("assets/report.css".into(), page::yearly::CSS.into()));
    Ok(files)
}

/// Everything that a run publishes.
///
/// # Errors
///
/// A sentence in English when a picture cannot be drawn.
#[cfg(feature = "edition")]
pub fn public(outcome: &Outcome, project: &Project, today: Option<&str>) -> Result<Files, String> {
    let view = View { today: today.map(str::to_owned), ..View::default() };
    of_cubes(&outcome.public, outcome.measures.as_ref(), &project.name, &project.address, &view, |svg| {
        png(svg, PICTURE_WIDTH)
    })
}

/// Exact figures with intervals, and the yearly report of all that the project's answers and registers say, for those who are
/// bound by confidentiality. What is wrong with a file that only the report reads goes to the problems; `None` if it is an
/// error.
#[must_use]
pub fn internal(outcome: &Outcome, loaded: &Loaded, today: Option<&str>, problems: &mut Problems) -> Option<Files> {
    let project = &loaded.project;
    let mut files: Files = Vec::new();
    for cube in &loaded.internal_cubes(outcome, today) {
        files.push((file(&cube.id, File::Data, Lang::Nb), jsonstat::write_internal(cube)));
        files.push((file(&cube.id, File::Csv, Lang::Nb), csv::write_internal(cube, Lang::Nb)));
        for lang in Lang::ALL {
            let report = show::internal::report(cube, &project.name, lang);
            files.push((file(&cube.id, File::Page, lang), report.into()));
        }
    }
    for lang in Lang::ALL {
        let brief = page::brief::internal(&outcome.internal, &project.id, &project.name, lang);
        files.push((file("brief", File::Page, lang), brief.into()));
    }
    files.extend(yearly(outcome, loaded, today, problems)?);
    files.push(("assets/bygdepuls.css".into(), show::CSS.into()));
    files.push(("assets/page.css".into(), page::CSS.into()));
    files.push(("assets/internal.css".into(), show::internal::CSS.into()));
    files.push(("assets/report.css".into(), page::yearly::CSS.into()));
    Some(files)
}

/// The internal yearly report in each language, and the one on measures where there is a register of them.
fn yearly(outcome: &Outcome, loaded: &Loaded, today: Option<&str>, problems: &mut Problems) -> Option<Files> {
    if !loaded.project.has_survey() {
        return Some(Files::new());
    }
    // Answers are read again: what is wrong with them was told with the cubes.
    let mut own = Problems::new();
    // Who is due next year is for the list, not for the report of this one.
    let due = loaded.project.survey.rounds.last().map(|round| round.year..=round.year);
    let track = loaded.track(&Options { due, today, key: None, link_near: false }, &mut own);
    let ask = Ask { only: &[], years: u16::MIN..=u16::MAX, today, level: Level::P95, seed: 1 };
    let findings = loaded.findings(&ask, &mut own);
    problems.add_new(own);
    let (track, findings) = (track?, findings?);
    if problems.errors() > 0 {
        return None;
    }
    let own = loaded.recruitment_cubes(outcome, today);
    let recruitment: Vec<_> =
        own.zip(&outcome.recruitment).map(|(cube, (_, figures))| (cube, figures.sentences.clone())).collect();
    let year = Year {
        project: &loaded.project,
        cubes: &outcome.internal,
        recruitment: &recruitment,
        track: &track,
        findings: &findings.list,
        answered: findings.answered.as_ref(),
        updated: today.unwrap_or(&loaded.project.date),
    };
    let page = |lang| (show::yearly::name(lang), show::yearly::internal(&year, lang).into());
    let mut files: Files = Lang::ALL.map(page).into();
    if let Some(answered) = year.answered {
        files.extend(Lang::ALL.map(|lang| {
            let report = show::yearly::measures_report(year.project, &answered.all, year.updated, lang);
            (show::yearly::measures_report_name(lang), report.into())
        }));
    }
    Some(files)
}
