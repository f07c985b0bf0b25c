//! Draws published cubes as every kind of output, and an internal cube as its report.
//!
//! ```text
//! cargo run -p bygdepuls-core --example show -- OUT_DIR tests/data/sample_cube.json [MORE.json …]
//! ```

use bygdepuls_core::export::jsonstat;
use bygdepuls_core::show::page::{self, File, file};
use bygdepuls_core::show::{self, View, internal};
use bygdepuls_core::text::{Lang, Text};
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let out = arguments.next().ok_or("usage: show OUT_DIR CUBE.json …")?;
    std::fs::create_dir_all(out.join("assets"))?;
    std::fs::write(out.join("assets/bygdepuls.css"), show::CSS)?;
    std::fs::write(out.join("assets/page.css"), page::CSS)?;
    let mut cubes = Vec::new();
    for path in arguments {
        let bytes = std::fs::read(path)?;
        match jsonstat::read(&bytes) {
            Ok(cube) => cubes.push(cube),
            Err(_) => {
                let report = internal::report(&jsonstat::read_internal(&bytes)?, &Text::same("Indre Namdal"), Lang::Nb);
                std::fs::write(out.join("assets/internal.css"), internal::CSS)?;
                std::fs::write(out.join("internal.html"), report)?;
            }
        }
    }
    let (region, view) = (Text::same("Indre Namdal"), View::default());
    for lang in Lang::ALL {
        let write = |stem: &str, kind: File, content: String| std::fs::write(out.join(file(stem, kind, lang)), content);
        write("index", File::Page, page::report(&cubes, &region, &view, lang))?;
        write("embed", File::Page, page::embed(&cubes, &region, &view, "", lang))?;
        for cube in &cubes {
            write(&cube.id, File::Page, page::standalone(cube, &view, lang))?;
            write(&cube.id, File::Svg, show::svg(cube, lang))?;
            write(&cube.id, File::Table, show::table(cube, &view, lang))?;
            write(&cube.id, File::Alt, show::alt_text(cube, lang))?;
        }
    }
    Ok(())
}
