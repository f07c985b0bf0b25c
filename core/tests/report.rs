//! The yearly report of the example: every section is there, in numbers that were counted elsewhere, and nothing of it is public.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use bygdepuls_core::edition;
use bygdepuls_core::problem::Problems;
use bygdepuls_core::project::{Loaded, Project};
use std::collections::BTreeMap;
use std::path::Path;

/// The example, its files changed.
fn example(changes: &[(&str, &str, &str)]) -> Loaded {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/indre-namdal");
    let read = |name: &str| {
        let mut bytes = std::fs::read(folder.join(name)).unwrap();
        for (_, from, to) in changes.iter().filter(|(file, ..)| *file == name) {
            let text = String::from_utf8(bytes).unwrap();
            assert!(text.contains(from), "{name}: {from}");
            bytes = text.replace(from, to).into_bytes();
        }
        bytes
    };
    let mut problems = Problems::new();
    let project =
        Project::parse("project.toml", &String::from_utf8(read("project.toml")).unwrap(), &mut problems).unwrap();
    let names: Vec<String> = project.files().into_iter().map(str::to_owned).collect();
    let files: BTreeMap<String, Vec<u8>> = names.into_iter().map(|name| (name.clone(), read(&name))).collect();
    project.load(&files, &mut problems).unwrap()
}

/// The internal files, as text.
fn internal(loaded: &Loaded, problems: &mut Problems) -> Option<BTreeMap<String, String>> {
    let outcome = loaded.compute(None, problems).unwrap();
    let files = edition::internal(&outcome, loaded, None, problems)?;
    Some(files.into_iter().map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect())
}

/// 56 of 61 and the row of Grong are counted in `tests/reference/track`; 19 linked pairs and 153 of 275 likewise by R.
#[test]
fn the_internal_report_holds_the_year() {
    let mut problems = Problems::new();
    let files = internal(&example(&[]), &mut problems).unwrap();
    assert_eq!(problems.errors(), 0);
    let page = &files["report.html"];
    for words in [
        "<h1>Årsrapport: Indre Namdal 2026</h1>",
        "I 2026 svarte 156 av 247 unge. 10. klasse: 56 av 61",
        "10. klasse: 28 av 48",
        "ingen påviselig endring; en forskjell under 13 prosentpoeng kunne ikke vært sett",
        "Av 19 som har svart begge ganger, ble 4 mer positive, 4 mindre, og 11 svarte det samme.",
        "<td>15 år: 58\u{a0}% (54–62)</td>",
        "Av 275 med denne tilknytningen kan 153 tenke seg å bo her",
        "Relevant jobb for meg",
        "<h3>Funn som ingen svarer på</h3>",
        "<li>Venner på min alder (86 av 366)</li>",
        "240 invitert → 156 svarte",
        "Det er 33 færre av 100, mest sannsynlig mellom 13 og 50.",
        "Ikke regnet ut: spørreskjemaet har ikke motiv_hoved.",
        "Statistisk sentralbyrå, tabell 07459: befolkning",
        // Figures of the region's own registers, and who could close a gap.
        "Rekruttering og kompetanse</h2>",
        "<h3>Fra utlysning til første arbeidsdag</h3>",
        // Of 2026 there are but three recruitments that have ended.
        "2025. Indre Namdal: lyst ut 100,0\u{a0}%; fikk søknad",
        "<a href=\"gap.html\">Hvor mange som vil mangle</a>",
    ] {
        assert!(page.contains(words), "{words}");
    }
    assert_eq!(page.matches("<section class=\"bp-section\"").count(), 13);
    // Each table says what it is where it is printed.
    assert_eq!(page.matches("<tr class=\"bp-sheet\"").count(), page.matches("<table>").count());
    assert!(page.contains("<title>INTERNT – unntatt offentlighet") && page.contains("noindex"));
    assert!(files["report.nn.html"].contains("Kven svara, og kven manglar?"));
    assert!(files["report.en.html"].contains("no detectable change; a difference below 13"));
}

#[test]
fn what_a_project_lacks_is_said_in_a_sentence() {
    let without = [
        ("project.toml", "measures = \"register/measures.csv\"", ""),
        ("project.toml", "measures_are = \"public\"", ""),
        ("project.toml", "outcomes = \"registers-invented/outcomes.csv\"", ""),
    ];
    let mut problems = Problems::new();
    let files = internal(&example(&without), &mut problems).unwrap();
    let page = &files["report.html"];
    assert!(page.contains("<p>Prosjektet har ikke noe register over tiltak."));
    assert!(page.contains("<p>Ikke regnet ut: prosjektfila nevner ikke findings.outcomes.</p>"));
}

#[test]
fn words_of_users_are_escaped() {
    let script = "<script>alert(1)</script>";
    let changes = [
        ("register/measures.csv", "1.1,Omdømmebygging", "1.1,<script>alert(1)</script>"),
        ("project.toml", "name = \"Lierne\"", "name = \"<script>alert(1)</script>\""),
        ("questionnaire/choices.csv", "Relevant jobb for meg", script),
    ];
    let loaded = example(&changes);
    let mut problems = Problems::new();
    let mut files = internal(&loaded, &mut problems).unwrap();
    let outcome = loaded.compute(None, &mut problems).unwrap();
    let public = edition::public(&outcome, &loaded.project, None).unwrap().into_iter();
    let public = public.filter_map(|(name, bytes)| Some((format!("public/{name}"), String::from_utf8(bytes).ok()?)));
    files.extend(public);
    let pages = files.iter().filter(|(name, _)| name.ends_with(".html"));
    for (name, page) in pages {
        assert!(!page.contains(script), "{name}");
    }
    assert!(files["public/measures.html"].contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
}

/// What somebody wrote in the register may not say how many.
#[test]
fn a_public_register_may_not_count_people() {
    let loaded = example(&[("register/measures.csv", "1.1,Omdømmebygging", "1.1,Omdømmebygging for 9 av 12")]);
    let mut problems = Problems::new();
    let outcome = loaded.compute(None, &mut problems);
    let found: Vec<_> =
        problems.list().iter().map(|problem| (problem.what.code(), problem.column.as_deref())).collect();
    assert!(found.contains(&("says-how-many", Some("1.1.title"))), "{found:?}");
    assert_eq!(problems.errors(), 1);
    drop(outcome);
}

/// The register is the same whatever anybody answered; the hypotheses are no theme of it.
#[test]
fn the_public_register_does_not_know_the_answers() {
    let of = |years: &[(&str, &str, &str)]| {
        let mut problems = Problems::new();
        let outcome = example(years).compute(None, &mut problems).unwrap();
        outcome.measures.unwrap()
    };
    let all = of(&[]);
    let fewer = of(&[("answers-invented/2026.csv", "\"2026-04-01T", "\"2031-04-01T")]);
    assert_eq!(all, fewer);
    assert!(all.themes.iter().all(|theme| !theme.words.nb.starts_with("H1:") && !theme.words.nb.starts_with("H2:")));
    assert_eq!(all.measures.len(), 28);
    assert!(all.others().any(|measure| measure.id == "1.6"));
}

/// The report to the ministry: three of four municipalities have reached the milestone, one measure is new, one has ended.
#[test]
fn the_report_on_measures_is_made_of_their_register() {
    let register = "register/measures.csv";
    let old = include_str!("../../examples/indre-namdal/register/measures.csv");
    // Without the invented milestones of the example: no row has anything in the last ten columns.
    let line = |line: &str| match line.split(',').next() {
        Some("id") => {
            "id,title_nb,responsible,status,answers,links,start,end,result_nb,milestone_nb,reached,changed,change_nb\n"
                .into()
        }
        Some("1.1") => {
            "1.1,Omdømme,K,started,,,2026-02-01,,,Brobygger i alle,5043 5044 5045,2026-06-01,Flere møter\n".into()
        }
        Some("1.6") => "1.6,Konferanse,K,done,,,2025-02-01,2026-09-30,<b>God oppslutning</b>,,,,\n".into(),
        _ => format!("{},,,,\n", line.strip_suffix(&",".repeat(10)).unwrap()),
    };
    let new: String = old.lines().filter(|line| !line.starts_with('O')).map(line).collect();
    let changes = [(register, old, new.as_str())];
    let mut problems = Problems::new();
    let files = internal(&example(&changes), &mut problems).unwrap();
    let page = &files["measures-report.html"];
    for words in [
        "Rapport om tiltakene: Indre Namdal 2026",
        "1 nye tiltak, 1 endret, 1 avsluttet.",
        "<td class=\"bp-words\">Flere møter</td>",
        "&lt;b&gt;God oppslutning&lt;/b&gt;",
        "<th scope=\"row\">Brobygger i alle</th><td class=\"bp-words\">3\u{a0}av\u{a0}4</td>",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    assert!(files["measures-report.en.html"].contains("3\u{a0}of\u{a0}4"));
}

/// The example's own milestones, all invented: three of the four municipalities, all, one, two.
#[test]
fn the_example_has_milestones() {
    let files = internal(&example(&[]), &mut Problems::new()).unwrap();
    let page = &files["measures-report.html"];
    for (milestone, reached, lacks) in [
        ("Kommunen har en brobygger", "3 av 4", "Namsskogan"),
        ("Kommunen lyser ut etter felles mal", "4 av 4", "–"),
        ("Plassen er åpen for alle", "1 av 4", "Lierne, Raarvihke – Røyrvik, Namsskogan"),
        ("Kommunen har vertskap for nyinnflyttede", "2 av 4", "Raarvihke – Røyrvik, Grong"),
    ] {
        let row = page
            .split("<tr>")
            .find(|row| row.contains(milestone) && row.replace('\u{a0}', " ").contains(reached))
            .unwrap();
        assert!(
            row.contains("(oppdiktet)") && row.contains(&format!("<td class=\"bp-words\">{lacks}</td></tr>")),
            "{row}"
        );
    }
    assert!(page.contains("2 nye tiltak, 1 endret, 1 avsluttet."));
}
