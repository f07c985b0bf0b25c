//! The workbench: one HTML file with everything inside, that opens by double-click and asks nobody for anything.
//!
//! A page that is opened from a folder may load neither modules nor files. So the bindings, the module, the demo project
//! and what goes with an edition lie in one classic script, which the page's own policy allows by its hash. The module and
//! the demo are compressed; every browser since 2023 can undo that.

use crate::{package, tool};
use bygdepuls_core::project::archive;
use bygdepuls_core::show::{self, page};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

/// The file's name in the package.
pub(crate) const FILE: &str = "workbench.html";
/// The project that is shown as a demonstration.
const DEMO: &str = "examples/indre-namdal";
/// The page's own scripts, in the order in which one needs the other: words, elements, a file per step, the page.
const SCRIPTS: [&str; 12] = [
    "words",
    "page",
    "municipality",
    "start",
    "settings",
    "registers",
    "form",
    "answers",
    "due",
    "figures",
    "save",
    "main",
];

/// Writes the file from the bindings of the module that the workbench runs.
pub(crate) fn write(bindings: &Path) -> Result<(), String> {
    let from = tool::root().join("wasm/workbench");
    let text = |name: &str| package::read(&from.join(name));
    let module = fs::read(bindings.join("bindings_bg.wasm")).map_err(|error| error.to_string())?;
    let mut widget = BTreeMap::new();
    for name in package::WIDGET {
        let bytes = fs::read(package::folder().join(name)).map_err(|error| format!("{name}: {error}"))?;
        widget.insert(name, packed(&bytes)?);
    }
    let mut script = package::strip(&package::read(&bindings.join("bindings.js"))?);
    for (name, value) in
        [("MODULE", json!(packed(&module)?)), ("DEMO", json!(packed(&demo()?)?)), ("WIDGET", json!(widget))]
    {
        script.push_str(&format!("const {name} = {value};\n"));
    }
    for name in SCRIPTS {
        script.push_str(&package::strip(&text(&format!("{name}.js"))?));
    }
    if script.contains("</script") {
        return Err("the script of the workbench would end itself".into());
    }
    let style = [page::CSS, show::CSS, show::internal::CSS, page::yearly::CSS, &text("workbench.css")?].concat();
    let policy = [
        "default-src 'none'",
        &format!("script-src '{}' 'wasm-unsafe-eval'", hash(&script)),
        &format!("style-src '{}'", hash(&style)),
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    .join("; ");
    let mut html = text("workbench.html")?;
    for (place, value) in [("POLICY", &policy), ("STYLE", &style), ("SCRIPT", &script)] {
        let whole = html.split_once(place).ok_or_else(|| format!("{FILE} has no place for {place}"))?;
        html = [whole.0, value.as_str(), whole.1].concat();
    }
    package::put(&package::folder(), FILE, html.as_bytes())
}

/// As it stands in a policy.
fn hash(text: &str) -> String {
    format!("sha256-{}", package::base64(&Sha256::digest(text)))
}

/// Compressed, as text.
fn packed(bytes: &[u8]) -> Result<String, String> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let packed = encoder.write_all(bytes).and_then(|()| encoder.finish()).map_err(|error| error.to_string())?;
    Ok(package::base64(&packed))
}

/// The example's folder, without what was made of it.
fn demo() -> Result<Vec<u8>, String> {
    let mut files = BTreeMap::new();
    collect(&tool::root().join(DEMO), "", &mut files).map_err(|error| format!("{DEMO}: {error}"))?;
    archive::pack(&files).map_err(|error| format!("{DEMO}: {error:?}"))
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        if entry.file_type()?.is_dir() {
            if name != "out" && name != "releases" {
                collect(&entry.path(), &format!("{path}/"), files)?;
            }
        } else if !name.starts_with('.') {
            files.insert(path, fs::read(entry.path())?);
        }
    }
    Ok(())
}
