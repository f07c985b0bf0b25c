//! An edition: all files that a run gives, the same in a folder and in a browser tab.

mod picture;

pub use picture::png;

use crate::export::{csv, jsonstat};
use crate::project::{Outcome, Project};
use crate::show::page::{self, File, file};
use crate::show::{self, View};
use crate::text::Lang;

/// Files by name, in the order in which they are written.
pub type Files = Vec<(String, Vec<u8>)>;

/// Width of pictures, in pixels: sharp at twice the width of a text column.
pub const PICTURE_WIDTH: u32 = 1280;

/// Everything that may be published: pages, figures, pictures, tables and data, in three languages. What the widget loads
/// is not made here.
///
/// # Errors
///
/// A sentence in English when a picture cannot be drawn.
pub fn public(outcome: &Outcome, project: &Project, today: Option<&str>) -> Result<Files, String> {
    let Project { name: region, address, .. } = project;
    let view = View { today: today.map(str::to_owned), ..View::default() };
    let mut files: Files = Vec::new();
    for lang in Lang::ALL {
        files.push((file("index", File::Page, lang), page::report(&outcome.public, region, &view, lang).into()));
        files
            .push((file("embed", File::Page, lang), page::embed(&outcome.public, region, &view, address, lang).into()));
        files.push((file("brief", File::Page, lang), page::brief(&outcome.public, region, lang).into()));
        files.push((file("brief", File::Text, lang), page::brief::paragraph(&outcome.public, lang).into()));
    }
    for cube in &outcome.public {
        files.push((file(&cube.id, File::Data, Lang::Nb), jsonstat::write(cube)));
        files.push((file(&cube.id, File::Csv, Lang::Nb), csv::write(cube, Lang::Nb)));
        for lang in Lang::ALL {
            let svg = show::svg(cube, lang);
            files.push((file(&cube.id, File::Png, lang), png(&svg, PICTURE_WIDTH)?));
            files.push((file(&cube.id, File::Svg, lang), svg.into()));
            files.push((file(&cube.id, File::Alt, lang), show::alt_text(cube, lang).into()));
            files.push((file(&cube.id, File::Table, lang), show::table(cube, &view, lang).into()));
            files.push((file(&cube.id, File::Page, lang), page::standalone(cube, &view, lang).into()));
        }
    }
    files.push(("assets/bygdepuls.css".into(), show::CSS.into()));
    files.push(("assets/page.css".into(), page::CSS.into()));
    Ok(files)
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
