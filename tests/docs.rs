//! Commands in the documentation print what stands below them. `BLESS=1 cargo test -p bygdepuls --test docs` writes it anew.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::process::Command;

const PAGES: [&str; 10] = [
    "docs/centrality.md",
    "docs/statistics.md",
    "docs/disclosure.md",
    "docs/findings.md",
    "docs/questionnaire.md",
    "docs/import.md",
    "docs/track.md",
    "docs/statbank.md",
    "docs/municipality.md",
    "docs/region.md",
];

/// A page with the output of each `$ bygdepuls …` inside ```` ```console ```` as the program gives it.
fn with_output(page: &str, root: &Path) -> String {
    let folder = tempfile::tempdir().unwrap();
    let mut result = String::new();
    let mut inside = false;
    for line in page.lines() {
        if line.starts_with("```") {
            inside = line == "```console";
        }
        let command = line.strip_prefix("$ bygdepuls ").filter(|_| inside);
        // What stood there as output is left out, and given again.
        if !inside || line.starts_with("```") || command.is_some() {
            result.push_str(line);
            result.push('\n');
        }
        if let Some(command) = command {
            // What a command writes goes to a folder of its own.
            let written = format!("--out {}/", folder.path().display());
            let script = format!("\"$BYGDEPULS\" {command}").replace("--out ", &written);
            let output = Command::new("sh")
                .args(["-c", &script])
                .current_dir(root)
                .env("BYGDEPULS", env!("CARGO_BIN_EXE_bygdepuls"))
                .env("LC_ALL", "C.UTF-8")
                .env("LANG", "en")
                .output()
                .unwrap();
            // An audit that finds something ends with 1 and says so on standard output; a search that finds nothing, too.
            let found = output.status.code() == Some(1)
                && (command.starts_with("municipality ") || command.starts_with("audit ") && output.stderr.is_empty());
            assert!(output.status.success() || found, "{command}: {}", String::from_utf8_lossy(&output.stderr));
            let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
            result.push_str(&text.replace(&format!("{}/", folder.path().display()), ""));
        }
    }
    result
}

/// The project's folder without what is built in it: what the commands print must not depend on that.
#[cfg(unix)]
fn without_what_is_built(root: &Path) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(root.canonicalize().unwrap()).unwrap() {
        let entry = entry.unwrap();
        if entry.file_name() != "wasm" && entry.file_name() != "target" {
            std::os::unix::fs::symlink(entry.path(), folder.path().join(entry.file_name())).unwrap();
        }
    }
    folder
}

#[test]
#[cfg(unix)]
fn the_commands_print_what_the_pages_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let here = without_what_is_built(&root);
    for page in PAGES {
        let path = root.join(page);
        let written = fs::read_to_string(&path).unwrap();
        let found = with_output(&written, here.path());
        if std::env::var_os("BLESS").is_some() {
            fs::write(&path, &found).unwrap();
        } else {
            assert!(written == found, "{page} is not what the program prints; it would be\n{found}");
        }
    }
}
