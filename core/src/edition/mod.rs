//! An edition: all files that a run gives, the same in a folder and in a browser tab, and the list against which a
//! published folder is held.

pub mod loss;
#[cfg(feature = "edition")]
mod picture;

#[cfg(feature = "edition")]
pub use picture::png;

use crate::disclosure::SafeCube;
use crate::export::{csv, jsonstat};
use crate::project::{Outcome, Project};
use crate::show::page::{self, File, file};
use crate::show::{self, View};
use crate::text::{Lang, Text};

/// Files by name, in the order in which they are written.
pub type Files = Vec<(String, Vec<u8>)>;

/// Width of pictures, in pixels: sharp at twice the width of a text column.
pub const PICTURE_WIDTH: u32 = 1280;

/// Everything that is published of some cubes: pages, figures, pictures, tables and data, in three languages. `draw` makes
/// a picture of an SVG document; `address` is that of the folder on the web, empty where it is not known. What the widget
/// loads is not made here.
///
/// # Errors
///
/// Those of `draw`.
pub fn of_cubes<E>(
    cubes: &[SafeCube],
    region: &Text,
    address: &str,
    view: &View,
    draw: impl Fn(&str) -> Result<Vec<u8>, E>,
) -> Result<Files, E> {
    let mut files: Files = Vec::new();
    for lang in Lang::ALL {
        files.push((file("index", File::Page, lang), page::report(cubes, region, view, lang).into()));
        files.push((file("embed", File::Page, lang), page::embed(cubes, region, view, address, lang).into()));
        files.push((file("brief", File::Page, lang), page::brief(cubes, region, lang).into()));
        files.push((file("brief", File::Text, lang), page::brief::paragraph(cubes, lang).into()));
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
    of_cubes(&outcome.public, &project.name, &project.address, &view, |svg| png(svg, PICTURE_WIDTH))
}

/// Exact figures with intervals, for those who are bound by confidentiality.
#[must_use]
pub fn internal(outcome: &Outcome, project: &Project) -> Files {
    let mut files: Files = Vec::new();
    for cube in &outcome.internal {
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
    files.push(("assets/page.css".into(), page::CSS.into()));
    files.push(("assets/internal.css".into(), show::internal::CSS.into()));
    files
}
