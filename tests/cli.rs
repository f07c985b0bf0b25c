//! Whole commands with their whole output. Snapshots are in `tests/snapshots`; `INSTA_UPDATE=always` writes them anew.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "shared/program.rs"]
mod program;
#[path = "shared/project.rs"]
mod project;

use program::bygdepuls;
use project::copy;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A copy of the example region to change.
fn example() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    copy(&root().join("examples/indre-namdal"), place.path());
    place
}

/// All files below a folder, as relative paths with their bytes, sorted.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().display().to_string();
                found.push((name, fs::read(path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

fn replace(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "{} has no {from}", file.display());
    fs::write(file, text.replace(from, to)).unwrap();
}

fn public_cube(project: &Path) -> Value {
    serde_json::from_slice(&fs::read(project.join("out/public/return_intent.json")).unwrap()).unwrap()
}

#[test]
fn help_in_three_languages() {
    for lang in ["nb", "nn", "en"] {
        for command in [
            &["--help"][..],
            &["run", "--help"],
            &["check", "--help"],
            &["estimate", "--help"],
            &["findings", "--help"],
            &["protect", "--help"],
            &["audit", "--help"],
            &["track", "--help"],
            &["new", "--help"],
        ] {
            let output = bygdepuls(&root(), &[&["--lang", lang], command].concat());
            assert!(output.status.success());
            let name = format!("help-{lang}-{}", command[0].trim_start_matches('-'));
            insta::assert_snapshot!(name, stdout(&output));
        }
    }
}

#[test]
fn wrong_usage_ends_with_two() {
    let folder = root();
    for arguments in [&["run"][..], &["fly"], &["run", "x", "--today", "2026-02-30"], &["run", "x", "--color"]] {
        assert_eq!(bygdepuls(&folder, arguments).status.code(), Some(2), "{arguments:?}");
    }
    assert_eq!(bygdepuls(&folder, &["run", "no-such-project"]).status.code(), Some(1));
}

#[test]
fn help_is_also_a_command() {
    for lang in ["nb", "nn", "en"] {
        for command in ["run", "estimate", "protect", "audit", "new"] {
            let word = bygdepuls(&root(), &["help", command, "--lang", lang]);
            let option = bygdepuls(&root(), &["--lang", lang, command, "--help"]);
            assert_eq!((word.status.code(), stdout(&word)), (Some(0), stdout(&option)));
        }
    }
    assert_eq!(stdout(&bygdepuls(&root(), &["help"])), stdout(&bygdepuls(&root(), &["--help"])));
}

/// What clap would say in English.
#[test]
fn wrong_usage_is_told_in_the_language_asked_for() {
    let folder = root();
    for lang in ["nb", "nn", "en"] {
        let mut told = String::new();
        for arguments in [
            "",
            "fly",
            "rum",
            "help fly",
            "run",
            "run x y",
            "run x --colour",
            "run x --interna",
            "run x --today",
            "run x --today 2026-02-30",
            "run x --format xml",
            "run x --out a --out b",
            "estimate f",
            "estimate f --mean a --share b=1",
            "completions fisk",
        ] {
            let list: Vec<&str> = arguments.split(' ').filter(|one| !one.is_empty()).chain(["--lang", lang]).collect();
            let output = bygdepuls(&folder, &list);
            assert_eq!((output.status.code(), stdout(&output)), (Some(2), String::new()), "{arguments}");
            told.push_str(&format!("$ bygdepuls {arguments}\n{}\n", stderr(&output)));
        }
        for english in ["error", "Usage", "OPTIONS", "COMMAND>", "required", "possible", "help'"] {
            assert_eq!(told.contains(english), lang == "en", "{english}: {told}");
        }
        insta::assert_snapshot!(format!("usage-{lang}"), told);
    }
    // Without a command and without options: the whole help, as wrong usage.
    let output = bygdepuls(&folder, &[]);
    assert_eq!((output.status.code(), stderr(&output)), (Some(2), stdout(&bygdepuls(&folder, &["--help"]))));
}

#[test]
fn completions_and_manual_come_from_the_same_definition() {
    let bash = stdout(&bygdepuls(&root(), &["completions", "bash"]));
    assert!(bash.contains("--internal") && bash.contains("_bygdepuls"));
    let page = stdout(&bygdepuls(&root(), &["man"]));
    assert!(page.contains("\\-\\-weights"));
    let headers: Vec<&str> = page.lines().filter(|line| line.starts_with(".TH")).collect();
    insta::assert_snapshot!("man-headers", headers.join("\n"));
    for lang in ["nb", "nn"] {
        let page = stdout(&bygdepuls(&root(), &["man", "--lang", lang]));
        for english in ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "SUBCOMMANDS", "EXTRA", "VERSION", "Kommando"] {
            assert!(!page.contains(&format!(".SH {english}")), "{english}");
        }
    }
}

#[test]
fn run_on_the_example() {
    let place = example();
    let output = bygdepuls(place.path(), &["run", ".", "--internal", "--lang", "en"]);
    assert_eq!((output.status.code(), stderr(&output)), (Some(0), String::new()));
    insta::assert_snapshot!("run-example", stdout(&output));
    let names: Vec<String> = files(&place.path().join("out")).into_iter().map(|(name, _)| name).collect();
    insta::assert_snapshot!("run-example-files", names.join("\n"));
    insta::assert_snapshot!(
        "run-example-csv",
        fs::read_to_string(place.path().join("out/public/return_intent.csv")).unwrap()
    );
    let internal = files(&place.path().join("out/internal")).into_iter();
    for (name, bytes) in internal.filter(|(name, _)| !name.ends_with(".css") && name != ".bygdepuls-files") {
        let marked = String::from_utf8(bytes).unwrap();
        assert!(marked.contains("INTERN") || marked.contains("\"policy\":\"none\""), "{name} is not marked");
    }
}

/// A folder is replaced whole, so what others put there is not touched, and the next run says so.
#[test]
fn run_replaces_only_what_it_wrote() {
    let place = example();
    let run = |lang: &str| bygdepuls(place.path(), &["run", ".", "--internal", "--lang", lang]);
    assert!(run("en").status.success() && run("en").status.success());
    let mine = place.path().join("out/internal/notes.txt");
    fs::write(&mine, "mine").unwrap();
    let before = files(&place.path().join("out"));
    for (lang, words) in [
        ("nb", "feil: ./out/internal: mappa inneholder noe som ikke er skrevet av bygdepuls."),
        ("nn", "feil: ./out/internal: mappa inneheld noko som ikkje er skrive av bygdepuls."),
        ("en", "error: ./out/internal: the folder holds what was not written by bygdepuls."),
    ] {
        let output = run(lang);
        assert_eq!(output.status.code(), Some(1));
        assert!(stderr(&output).starts_with(words) && stderr(&output).ends_with("\n  notes.txt\n"), "{output:?}");
    }
    assert!(files(&place.path().join("out")) == before, "neither folder changed");
    fs::remove_file(mine).unwrap();
    assert!(run("en").status.success());
}

/// The README shows what the first command prints.
#[test]
fn the_readme_tells_the_truth() {
    let place = tempfile::tempdir().unwrap();
    copy(&root().join("examples/indre-namdal"), &place.path().join("examples/indre-namdal"));
    let output = bygdepuls(place.path(), &["run", "examples/indre-namdal"]);
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    assert!(readme.contains(&format!("```text\n{}```", stdout(&output))), "{}", stdout(&output));
}

#[test]
fn check_on_the_example() {
    let place = example();
    let output = bygdepuls(place.path(), &["check", ".", "--lang", "en"]);
    assert_eq!((output.status.code(), stderr(&output)), (Some(0), String::new()));
    insta::assert_snapshot!("check-example", stdout(&output));
    assert!(!place.path().join("out").exists(), "check writes nothing");
    let json: Value =
        serde_json::from_str(&stdout(&bygdepuls(place.path(), &["check", ".", "--format", "json"]))).unwrap();
    assert_eq!(json["errors"], 0);
    assert_eq!(json["outlook"][0]["rows"].as_array().unwrap().len(), 4 * 5);
}

#[test]
fn the_same_files_give_the_same_bytes() {
    let place = example();
    let run = |out: &str| {
        assert!(
            bygdepuls(place.path(), &["run", ".", "--out", out, "--internal", "--today", "2026-11-21"])
                .status
                .success()
        );
        files(&place.path().join(out))
    };
    assert!(run("a") == run("b"));
}

/// Each broken copy is the example with a few files laid over it: see `tests/broken/README.md`.
#[test]
fn every_planted_problem_is_listed_with_its_place() {
    let mut tried = 0;
    let broken = root().join("tests/broken");
    let mut folders: Vec<PathBuf> =
        fs::read_dir(&broken).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    for folder in folders {
        let name = folder.file_name().unwrap().to_str().unwrap().to_string();
        if folder.join("weights.csv").exists() {
            continue; // For `estimate`: the next test.
        }
        let place = example();
        if name == "nul-byte" {
            // Some survey tools write zero bytes: a warning with its place, and the field is read without them.
            copy(&folder, place.path());
            let output = bygdepuls(place.path(), &["check", ".", "--lang", "en"]);
            assert_eq!(output.status.code(), Some(0));
            insta::assert_snapshot!("broken-nul-byte", stderr(&output));
            tried += 1;
            continue;
        }
        assert!(bygdepuls(place.path(), &["run", "."]).status.success());
        let before = files(&place.path().join("out/public"));
        copy(&folder, place.path());
        let output = bygdepuls(place.path(), &["run", ".", "--lang", "en"]);
        assert_eq!(output.status.code(), Some(1), "{name}");
        assert!(files(&place.path().join("out/public")) == before, "{name}: the previous output is untouched");
        let output = bygdepuls(place.path(), &["check", ".", "--lang", "en"]);
        assert_eq!((output.status.code(), stdout(&output)), (Some(1), String::new()), "{name}");
        insta::assert_snapshot!(format!("broken-{name}"), stderr(&output));
        tried += 1;
    }
    assert_eq!(tried, 15);
}

#[test]
fn mixed_decimal_marks_are_listed_with_their_place() {
    let folder = root().join("tests/broken/mixed-decimal");
    let output = bygdepuls(&folder, &["estimate", "weights.csv", "--mean", "weight"]);
    assert_eq!((output.status.code(), stdout(&output)), (Some(1), String::new()));
    insta::assert_snapshot!("broken-mixed-decimal", stderr(&output));
}

/// An answer that changes x within a band changes nothing that is published.
#[test]
fn what_is_published_is_a_function_of_the_bands() {
    let place = example();
    let run = || {
        assert!(bygdepuls(place.path(), &["run", ".", "--internal"]).status.success());
        (files(&place.path().join("out/public")), files(&place.path().join("out/internal")))
    };
    let (public, internal) = run();
    // W1 2026: 28 of 48 said yes, third fifth (40–60 %): one more no stays in it.
    let answers = place.path().join("answers-invented/2026.csv");
    let text = fs::read_to_string(&answers).unwrap();
    let header: Vec<&str> = text.lines().next().unwrap().split(',').collect();
    let at = |name: &str| header.iter().position(|column| column.trim_matches('"') == name).unwrap();
    let (wave, home, intent) = (at("bolge"), at("kommune_oppvekst"), at("int_kunne"));
    let mut changed = false;
    let lines: Vec<String> = text
        .split('\n')
        .map(|line| {
            let mut fields: Vec<&str> = line.split(',').collect();
            let fits = fields.len() == header.len()
                && fields[wave] == "\"1\""
                && fields[home] == "\"5045\""
                && fields[intent] == "\"4\"";
            if fits && !changed {
                fields[intent] = "\"1\"";
                changed = true;
            }
            fields.join(",")
        })
        .collect();
    assert!(changed);
    fs::write(&answers, lines.join("\n")).unwrap();
    let (public_after, internal_after) = run();
    assert!(internal != internal_after, "the exact figures changed");
    assert!(public == public_after, "nothing public did");
}

/// Municipalities: pooled over years, then with each other, never beside the region.
#[test]
fn a_release_of_municipalities() {
    let place = example();
    let project = place.path().join("project.toml");
    replace(&project, "level = \"region\"", "level = \"municipality\"\npool = [[\"5043\", \"5044\"]]");
    let output = bygdepuls(place.path(), &["run", ".", "--lang", "en"]);
    assert_eq!((output.status.code(), stderr(&output)), (Some(0), String::new()));
    let cube = public_cube(place.path());
    let areas = &cube["dimension"]["area"]["category"]["index"];
    assert!(!areas.as_array().unwrap().iter().any(|code| code == "indre-namdal"), "{areas}");
    insta::assert_snapshot!(
        "municipalities-csv",
        fs::read_to_string(place.path().join("out/public/return_intent.csv")).unwrap()
    );
}

/// A region declared a larger unit: whole percent from 30 answers on, nothing about the small years changes.
#[test]
fn a_declared_larger_unit() {
    let place = example();
    replace(&place.path().join("project.toml"), "larger_units = []", "larger_units = [\"indre-namdal\"]");
    let output = bygdepuls(place.path(), &["run", ".", "--lang", "en"]);
    assert_eq!((output.status.code(), stderr(&output)), (Some(0), String::new()));
    insta::assert_snapshot!(
        "larger-unit-csv",
        fs::read_to_string(place.path().join("out/public/return_intent.csv")).unwrap()
    );
}

/// Answers to wave 1 of 2026 in Lierne that came in after the release.
fn add_late(project: &Path, yes: usize, no: usize) {
    let file = project.join("answers-invented/2026.csv");
    let mut text = fs::read_to_string(&file).unwrap();
    let header: Vec<String> =
        text.lines().next().unwrap().split(',').map(|name| name.trim_matches('"').into()).collect();
    for late in 0..yes + no {
        let field = |name: &String| match name.as_str() {
            "bolge" | "samtykke_svar" => "\"1\"".to_string(),
            "panelkode" => format!("\"LATE{}\"", text.lines().count()),
            "kommune_oppvekst" => "\"5042\"".into(),
            "int_kunne" => if late < yes { "\"5\"" } else { "\"1\"" }.into(),
            "start" | "end" => "\"2026-04-29T12:00:00.000+02:00\"".into(),
            _ => "\"\"".into(),
        };
        text.push_str(&header.iter().map(field).collect::<Vec<_>>().join(","));
        text.push('\n');
    }
    fs::write(file, text).unwrap();
}

#[test]
fn a_release_is_remembered_and_one_late_answer_changes_nothing() {
    let place = example();
    // The answers that come late are made for one figure.
    replace(&place.path().join("project.toml"), "\"return_intent\", \"good_place\"", "\"return_intent\"");
    let run = || bygdepuls(place.path(), &["run", ".", "--lang", "en"]);
    let ledger = || files(&place.path().join("releases"));
    assert!(run().status.success());
    let (public, releases) = (files(&place.path().join("out/public")), ledger());
    assert_eq!(releases[0].0, "0001-2026-04-30.json");
    let again = run();
    assert!(stdout(&again).contains("All that is shown was published before: no new release."), "{}", stdout(&again));
    assert!(files(&place.path().join("out/public")) == public && ledger() == releases);
    add_late(place.path(), 1, 0);
    for command in ["check", "run"] {
        let output = bygdepuls(place.path(), &[command, ".", "--lang", "en"]);
        assert_eq!(output.status.code(), Some(0));
        let words = "w1 2026 indre-namdal stands as published on 2026-04-30: 48 answers then, 49 now";
        assert!(stderr(&output).contains(words), "{}", stderr(&output));
    }
    assert!(files(&place.path().join("out/public")) == public && ledger() == releases);
    // Twelve in all: 12 to 23 of 60 could be said, and of the 48 it was 20 to 28: 3 of the twelve at most. It stands.
    add_late(place.path(), 3, 8);
    let twelve = stderr(&run());
    assert!(
        twelve.contains("w1 2026 indre-namdal stands as published on 2026-04-30: 48 answers then, 60 now"),
        "{twelve}"
    );
    assert_eq!(ledger(), releases);
    // With fifteen no fifth comes so near.
    add_late(place.path(), 1, 2);
    let fifteen = run();
    assert!(fifteen.status.success() && !stderr(&fifteen).contains("stands"), "{}", stderr(&fifteen));
    assert_eq!(ledger().len(), 2);
    let second: Value = serde_json::from_slice(&ledger()[1].1).unwrap();
    let figures = second["figures"].as_array().unwrap().iter();
    let of: Vec<_> = figures.filter(|figure| figure["wave"] == "w1" && figure["period"] == "2026").collect();
    assert_eq!((of[0]["n"].as_u64(), second["number"].as_u64()), (Some(63), Some(2)));
}

#[test]
fn what_is_not_published_is_not_remembered() {
    let place = example();
    let run = |more: &[&str]| bygdepuls(place.path(), &[&["run", ".", "--lang", "en"], more].concat());
    let preview = run(&["--preview"]);
    assert!(preview.status.success() && stdout(&preview).contains("do not publish the folder"), "{}", stdout(&preview));
    assert!(place.path().join("out/preview/index.html").exists());
    assert!(!place.path().join("out/public").exists() && !place.path().join("releases").exists());
    // A folder of somebody else's in the way.
    fs::create_dir(place.path().join("out/public")).unwrap();
    fs::write(place.path().join("out/public/mine.txt"), "mine").unwrap();
    assert_eq!(run(&[]).status.code(), Some(1));
    assert!(!place.path().join("releases").exists());
    fs::remove_file(place.path().join("out/public/mine.txt")).unwrap();
    // Nothing is published by the policy `none`.
    replace(&place.path().join("project.toml"), "policy = \"small-cohorts\"", "policy = \"none\"");
    let refused = run(&[]);
    assert!(refused.status.code() == Some(1) && stderr(&refused).contains("nothing may be published"), "{refused:?}");
    assert!(run(&["--internal"]).status.success());
    assert!(place.path().join("out/internal").exists() && !place.path().join("releases").exists());
    assert!(files(&place.path().join("out/public")).is_empty());
}

/// The public folder says which release it is: one that the ledger does not know is not written over.
#[test]
fn a_ledger_that_was_lost_stops_the_run() {
    let place = example();
    let run = |more: &[&str]| bygdepuls(place.path(), &[&["run", ".", "--lang", "en"], more].concat());
    assert!(run(&[]).status.success());
    add_late(place.path(), 5, 10);
    assert!(run(&[]).status.success());
    let (releases, backup) = (place.path().join("releases"), place.path().join("backup"));
    let last = releases.join("0002-2026-04-30.json");
    let manifest = fs::read_to_string(place.path().join("out/public/.bygdepuls-files")).unwrap();
    let digest = serde_json::from_slice::<Value>(&fs::read(&last).unwrap()).unwrap()["digest"].clone();
    assert_eq!(manifest.lines().next().unwrap(), format!("release 2 {}", digest.as_str().unwrap()));
    let before = files(&place.path().join("out"));
    let refused = |words: &str| {
        for command in ["run", "check"] {
            let output = bygdepuls(place.path(), &[command, ".", "--lang", "en"]);
            assert!(output.status.code() == Some(1) && stderr(&output).contains(words), "{}", stderr(&output));
        }
        assert!(files(&place.path().join("out")) == before);
    };
    // The last file gone, then all of them.
    fs::rename(&last, &backup).unwrap();
    refused("the folder holds release 2, which is not in the ledger of releases");
    fs::rename(&backup, &last).unwrap();
    fs::rename(&releases, &backup).unwrap();
    refused("take releases/ from the backup");
    fs::rename(&backup, &releases).unwrap();
    // One put away inside the folder, under whatever name.
    fs::create_dir_all(releases.join("old/2026")).unwrap();
    fs::rename(&last, releases.join("old/2026/last.json")).unwrap();
    refused("by its content the file should be called releases/0002-2026-04-30.json");
    fs::rename(releases.join("old/2026/last.json"), &last).unwrap();
    assert!(run(&[]).status.success());
    // A folder that holds an earlier release of this ledger may be replaced: a run may have stopped before it was written.
    fs::write(place.path().join("out/public/.bygdepuls-files"), manifest.replace("release 2", "release 1")).unwrap();
    assert!(run(&[]).status.success());
}

/// The answers of wave 1 under another code, and one late.
#[test]
fn a_wave_renamed_is_refused() {
    let place = example();
    assert!(bygdepuls(place.path(), &["run", "."]).status.success());
    add_late(place.path(), 1, 0);
    replace(&place.path().join("project.toml"), "[[wave]]\ncode = \"1\"", "[[wave]]\ncode = \"7\"");
    for file in ["questionnaire/survey.csv", "questionnaire/choices.csv"] {
        let path = place.path().join(file);
        let text = fs::read_to_string(&path).unwrap().replace("bolge,1,", "bolge,7,");
        fs::write(path, text.replace(",1234\n", ",2347\n").replace(",12\n", ",27\n").replace(",123\n", ",237\n"))
            .unwrap();
    }
    for year in 2023..=2026 {
        let path = place.path().join(format!("answers-invented/{year}.csv"));
        // One of them is in an older encoding: byte by byte.
        let mut text: String = fs::read(&path).unwrap().into_iter().map(char::from).collect();
        for (one, other) in [("00;1;", "00;7;"), ("00,1,", "00,7,"), ("00\",\"1\"", "00\",\"7\"")] {
            text = text.replace(one, other);
        }
        fs::write(path, text.chars().map(|letter| u8::try_from(letter).unwrap()).collect::<Vec<_>>()).unwrap();
    }
    let events = place.path().join("contacts-invented/events.csv");
    fs::write(&events, fs::read_to_string(&events).unwrap().replace(",w1,", ",w7,")).unwrap();
    let output = bygdepuls(place.path(), &["run", ".", "--lang", "en"]);
    let words = "48 of 48 people behind w1 2026 indre-namdal, published on 2026-04-30, are now under w7 2026";
    assert!(output.status.code() == Some(1) && stderr(&output).contains(words), "{}", stderr(&output));
}

#[test]
fn a_ledger_that_was_changed_stops_the_run() {
    let place = example();
    assert!(bygdepuls(place.path(), &["run", "."]).status.success());
    let before = files(&place.path().join("out"));
    replace(&place.path().join("releases/0001-2026-04-30.json"), "\"n\": 41", "\"n\": 43");
    for (lang, words) in [
        ("nb", "fila er endret etter at den ble skrevet"),
        ("nn", "fila er endra etter at ho vart skriven"),
        ("en", "the file was changed after it was written"),
    ] {
        let output = bygdepuls(place.path(), &["run", ".", "--lang", lang]);
        assert!(output.status.code() == Some(1) && stderr(&output).contains(words), "{}", stderr(&output));
        assert!(stderr(&output).contains("releases/0001-2026-04-30.json"), "{}", stderr(&output));
    }
    assert!(files(&place.path().join("out")) == before);
}

#[test]
fn a_new_project_passes_its_own_check() {
    let place = tempfile::tempdir().unwrap();
    let output = bygdepuls(place.path(), &["new", "mine", "--lang", "en"]);
    assert_eq!((output.status.code(), stderr(&output)), (Some(0), String::new()));
    // Nobody has answered: a warning, everything is hidden, and the run says so without failing.
    for command in ["check", "run"] {
        let output = bygdepuls(place.path(), &[command, "mine", "--lang", "en"]);
        assert_eq!(output.status.code(), Some(0));
        assert!(
            stderr(&output).starts_with("warning: the file has a header but no records\n  file       answers/2026.csv")
        );
        assert!(!stderr(&output).contains("error"));
    }
    assert_eq!(bygdepuls(place.path(), &["new", "mine"]).status.code(), Some(1), "a full folder is not written to");
}

/// A download that was cut off is never read as if it were whole.
#[test]
fn a_file_cut_inside_its_last_column_is_seen() {
    let place = example();
    let answers = place.path().join("answers-invented/2025.csv");
    let whole = fs::read(&answers).unwrap();
    for (cut, error) in [(1, false), (7, false), (10, true), (11, false), (20, false), (21, true), (30, false)] {
        fs::write(&answers, &whole[..whole.len() - cut]).unwrap();
        let output = bygdepuls(place.path(), &["check", ".", "--lang", "en"]);
        let text = stderr(&output);
        assert_eq!(output.status.code(), Some(i32::from(error)), "{cut}: {text}");
        assert!(text.contains("the last line has no line end; the file may be cut off"), "{cut}: {text}");
        assert!(text.contains("  column     end"), "{cut}: {text}");
    }
}

#[test]
fn estimates_as_csv() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("f.csv"), "n,y\na,5.0\na,4.0\nb,98.0\nb,5.0\n").unwrap();
    let arguments = ["estimate", "f.csv", "--share", "y=5", "--missing", "98", "--by", "n", "--lang", "en"];
    let output = bygdepuls(place.path(), &arguments);
    assert_eq!(stderr(&output), "");
    // Four records, the one with 98 among them. a: (4/3 × 2 × 0.25²)^½ = 0.4082, and as the effective sample is no larger than
    // the two, Clopper and Pearson's interval of 1 in 2; b: that of 1 in 1.
    assert_eq!(
        stdout(&output),
        "n  n  share y = 5      se             95 %\n\
         a  2       0.5000  0.4082  0.0126 – 0.9874\n\
         b  1       1.0000       –  0.0250 – 1.0000\n\
         * one sampling unit: the standard error is unknown\n"
    );
    let output = bygdepuls(place.path(), &[&arguments[..], &["--format", "csv"]].concat());
    assert_eq!((output.status.code(), stdout(&output)), (Some(1), String::new()));
    assert!(stderr(&output).starts_with("error: the result has a column of this name itself"), "{}", stderr(&output));
    // Columns that only some questions have are taken when they are there.
    for (column, more) in [
        ("deff", "--mean y --deff"),
        ("prob", "--median y"),
        ("replicates", "--mean y --make-replicates jk1"),
        ("replicate_method", "--mean y --make-replicates jk1"),
    ] {
        fs::write(place.path().join("f.csv"), format!("{column},y\na,5\na,4\nb,9\nb,5\n")).unwrap();
        let of = |more: &str| {
            let arguments = format!("estimate f.csv --by {column} --format csv --lang en {more}");
            bygdepuls(place.path(), &arguments.split(' ').collect::<Vec<_>>())
        };
        assert!(stderr(&of(more)).starts_with("error: the result has a column of this name itself"), "{column}");
        assert!(stdout(&of("--mean y")).starts_with(&format!("{column},statistic,variable,")), "{column}");
    }
}
