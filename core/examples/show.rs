//! Draws published cubes as every kind of output.
//!
//! ```text
//! cargo run -p bygdepuls-core --example show -- OUT_DIR tests/data/sample_cube.json [MORE.json …]
//! ```

use bygdepuls_core::export::jsonstat;
use bygdepuls_core::show::{self, View};
use bygdepuls_core::text::Lang;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let out = arguments.next().ok_or("usage: show OUT_DIR CUBE.json …")?;
    std::fs::create_dir_all(&out)?;
    std::fs::write(out.join("figure.css"), show::CSS)?;
    for (place, path) in arguments.enumerate() {
        let cube = jsonstat::read(&std::fs::read(&path)?)?;
        let view = View { id: format!("f{place}"), ..View::default() };
        for lang in Lang::ALL {
            let name = |kind: &str| out.join(format!("{place}.{}.{kind}", lang.tag()));
            let page = format!(
                "<!doctype html><html lang=\"{}\"><meta charset=\"utf-8\"><meta name=\"viewport\" \
                 content=\"width=device-width\"><link rel=\"stylesheet\" href=\"figure.css\"><title>{}</title><main><h1>{0}</h1>{}</main></html>",
                lang.tag(),
                cube.id,
                show::figure(&cube, &view, lang)
            );
            std::fs::write(name("figure.html"), page)?;
            std::fs::write(name("svg"), show::svg(&cube, lang))?;
            std::fs::write(name("table.html"), show::table(&cube, &view, lang))?;
            std::fs::write(name("alt.txt"), show::alt_text(&cube, lang))?;
        }
    }
    Ok(())
}
