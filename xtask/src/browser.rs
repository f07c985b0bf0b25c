//! The tests under Node and in Chromium: `tests/browser/*.test.mjs`.

use crate::{package, test, tool, wasm};
use std::fs;
use std::path::{Path, PathBuf};

/// The project whose published pages are tested.
const EXAMPLE: &str = "examples/indre-namdal";
/// The day of the tests, so that they repeat.
const TODAY: &str = "2026-11-20";

/// Prepares what the tests read (packages, pages, projects for Node) and runs them.
pub(crate) fn run() -> Result<Vec<String>, String> {
    let folder = tool::root().join("tests/browser");
    let chromium = chromium()?;
    if !tool::exists("node") || !tool::exists("npm") {
        tool::apt_install(&["nodejs", "npm"])?;
    }
    npm_packages(&folder)?;
    if !package::folder().join(package::COMPUTE[2]).exists() {
        wasm::run()?;
    }
    let project = wasm::project(&wasm::Compiler::find()?)?;
    let site = example()?;

    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .map_err(|error| format!("{}: {error}", folder.display()))?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    files.sort();
    let mut node = tool::command("node", &["--test", "--test-reporter=spec"]);
    node.args(files)
        .env("CHROMIUM", chromium)
        .env("BYGDEPULS_NODE", project)
        .env("BYGDEPULS", tool::built("bygdepuls"));
    if let Some(site) = site {
        node.env("BYGDEPULS_SITE", site);
    }
    test::shown(node)
}

/// A browser of the Chromium family, by name or by the variable `CHROMIUM`.
pub(crate) fn chromium() -> Result<String, String> {
    if let Ok(path) = std::env::var("CHROMIUM") {
        return Ok(path);
    }
    let find = || {
        ["chromium", "google-chrome", "chromium-browser"]
            .iter()
            .map(|name| format!("/usr/bin/{name}"))
            .find(|path| Path::new(path).exists())
    };
    if find().is_none() {
        tool::apt_install(&["chromium", "fonts-dejavu-core"])?;
    }
    find().ok_or_else(|| "Chromium is not in /usr/bin; name it in the variable CHROMIUM".into())
}

/// Installs what the lock file names, unless that very file has been installed.
pub(crate) fn npm_packages(folder: &Path) -> Result<(), String> {
    let lock = fs::read(folder.join("package-lock.json")).map_err(|error| error.to_string())?;
    let stamp = folder.join("node_modules/.installed-lock.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let mut npm = tool::command("npm", &["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]);
    npm.current_dir(folder);
    tool::run(npm)?;
    fs::write(stamp, lock).map_err(|error| error.to_string())
}

/// A project without what was made of it.
fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        if entry.file_type()?.is_file() {
            std::fs::copy(entry.path(), to.join(name))?;
        } else if name != "out" && name != "releases" {
            copy(&entry.path(), &to.join(name))?;
        }
    }
    Ok(())
}

/// The example region's output, public and internal, made by the command line; nothing while there is no example.
fn example() -> Result<Option<PathBuf>, String> {
    let root = tool::root();
    if !root.join(EXAMPLE).join("project.toml").exists() {
        println!("skipped: no {EXAMPLE}/project.toml");
        return Ok(None);
    }
    let out = root.join("target/browser-site");
    // A copy: `run` remembers what it published, and the next day must not find it.
    let project = root.join("target/browser-project");
    let _ = std::fs::remove_dir_all(&project);
    copy(&root.join(EXAMPLE), &project).map_err(|error| format!("{EXAMPLE}: {error}"))?;
    for flags in [&[][..], &["--internal"]] {
        let mut cargo = tool::cargo(&["run", "--quiet", "--locked", "--release", "--package", "bygdepuls", "--"]);
        cargo.arg("run").arg(&project).args(["--today", TODAY]).args(flags).arg("--out").arg(&out);
        tool::run(cargo)?;
    }
    Ok(Some(out))
}
