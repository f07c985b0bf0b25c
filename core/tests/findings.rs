//! Findings: the example's hypotheses against R's package `survey`, and a small battery worked by hand.
//! `tests/reference/findings/hypotheses.R` wrote the values from the frame that `bygdepuls findings --frame` writes.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use bygdepuls_core::indicator::finding::{Cell, Finding};
use bygdepuls_core::interval::Level;
use bygdepuls_core::problem::Problems;
use bygdepuls_core::project::{Ask, Findings, Project};
use bygdepuls_core::text::Lang;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

fn ask<'a>(today: Option<&'a str>) -> Ask<'a> {
    Ask { only: &[], years: 2000..=2100, today, level: Level::P95, seed: 1 }
}

fn example() -> Findings {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/indre-namdal");
    let mut problems = Problems::new();
    let text = std::fs::read_to_string(folder.join("project.toml")).unwrap();
    let project = Project::parse("project.toml", &text, &mut problems).unwrap();
    let read = |name: &str| (name.to_owned(), std::fs::read(folder.join(name)).unwrap());
    let files = project.files().into_iter().map(read).collect();
    let loaded = project.load(&files, &mut problems).unwrap_or_else(|| panic!("{:#?}", problems.list()));
    let findings = loaded.findings(&ask(None), &mut problems).unwrap();
    assert_eq!(problems.errors(), 0, "{:#?}", problems.list());
    findings
}

fn finding<'a>(findings: &'a Findings, id: &str) -> &'a Finding {
    findings.list.iter().find(|finding| finding.id == id).unwrap()
}

fn cell<'a>(finding: &'a Finding, statistic: &str, value: Option<&str>) -> &'a Cell {
    let of = |cell: &&Cell| cell.statistic == statistic && (value.is_none() || cell.value.as_deref() == value);
    finding.cells.iter().find(of).unwrap_or_else(|| panic!("{statistic} {value:?}"))
}

#[test]
fn hypotheses_as_in_r() {
    let r: Value = serde_json::from_str(include_str!("../../tests/reference/findings/hypotheses.json")).unwrap();
    let findings = example();
    let close = |ours: Option<f64>, theirs: &Value, what: &str| {
        let (ours, theirs) = (ours.unwrap(), theirs.as_f64().unwrap());
        assert!((ours - theirs).abs() <= 1e-8 * theirs.abs().max(1.0), "{what}: {ours}, R {theirs}");
    };
    let same = |cell: &Cell, key: &str, back: fn(f64) -> f64| {
        let theirs = |name: &str| Value::from(back(r[key][name].as_f64().unwrap()));
        close(cell.estimate, &theirs("estimate"), key);
        close(cell.ci_lower, &theirs("lower"), key);
        close(cell.ci_upper, &theirs("upper"), key);
        close(cell.se, &r[key]["se"], key);
        close(cell.p_value, &r[key]["p"], key);
        close(cell.df, &r[key]["df"], key);
    };
    let h1 = finding(&findings, "h1");
    close(cell(h1, "share", Some("with_tie")).estimate, &r["share"]["with"], "with");
    close(cell(h1, "share", Some("without_tie")).estimate, &r["share"]["without"], "without");
    close(cell(h1, "share", Some("with_tie")).se, &r["share"]["se_with"], "se with");
    close(cell(h1, "share", Some("without_tie")).se, &r["share"]["se_without"], "se without");
    same(cell(h1, "difference", None), "difference", |d| d);
    same(cell(h1, "risk_ratio", None), "log_risk_ratio", libm::exp);
    same(cell(h1, "odds_ratio_adjusted", None), "log_odds_ratio_adjusted", libm::exp);
    same(cell(h1, "difference_adjusted", None), "difference_adjusted", |d| d);
    close(cell(h1, "difference_unweighted", None).p_value, &r["fisher"], "fisher");
    let with = cell(h1, "share", Some("with_tie"));
    assert_eq!((with.x, with.n), (r["counts"]["x1"].as_u64(), r["counts"]["n1"].as_u64().unwrap()));
    let h2 = finding(&findings, "h2");
    for (place, band) in ["0", "1–2", "3–5", "6+"].into_iter().enumerate() {
        let share = cell(h2, "share", Some(band));
        close(share.estimate, &r["bands"]["share"][place], band);
        close(share.se, &r["bands"]["se"][place], band);
        assert_eq!((share.x, share.n), (r["bands"]["x"][place].as_u64(), r["bands"]["n"][place].as_u64().unwrap()));
    }
    same(cell(h2, "odds_ratio_trend", None), "log_trend", libm::exp);
    same(cell(h2, "odds_ratio_trend_adjusted", None), "log_trend_adjusted", libm::exp);
    close(cell(h2, "trend_unweighted", None).p_value, &r["prop_trend_test"], "prop.trend.test");
}

#[test]
fn every_finding_has_figures_or_a_reason() {
    let findings = example();
    for finding in &findings.list {
        assert_eq!(finding.status == "ok", finding.reason.is_none(), "{}", finding.id);
        assert_eq!(finding.status == "ok", !finding.cells.is_empty(), "{}", finding.id);
        for cell in &finding.cells {
            let (id, statistic) = (finding.id, cell.statistic);
            assert_eq!(cell.ci_lower.is_some() || cell.ci_upper.is_some(), cell.level.is_some(), "{id} {statistic}");
            if let (Some(lower), Some(estimate), Some(upper)) = (cell.ci_lower, cell.estimate, cell.ci_upper)
                && statistic != "pairs_by_chance"
            {
                assert!((lower..=upper).contains(&estimate), "{id} {statistic} {lower} {estimate} {upper}");
            }
        }
        let sentences = finding.sentences.iter().flat_map(|words| Lang::ALL.map(|lang| words.get(lang).to_owned()));
        assert!(sentences.into_iter().all(|words| words.ends_with('.') && !words.contains("NaN")), "{}", finding.id);
    }
    // Not asked in the example.
    assert_eq!(finding(&findings, "importance").status, "not_asked");
    assert_eq!(finding(&findings, "motive").status, "not_asked");
    let page = findings.pages[0].as_ref().unwrap();
    assert!(page.starts_with("# Dere sa – vi gjorde\n") && page.contains("## Dere sa: Skyss på kveld/helg\n"));
    assert!(!page.contains('%'));
}

const PROJECT: &str = r#"
[region]
id = "r"
name = "R"
[[municipality]]
code = "5042"
name = "A"
[questionnaire]
survey = "survey.csv"
choices = "choices.csv"
[roles]
[[wave]]
code = "3"
years_after = 8
[[answers]]
year = 2025
file = "2025.csv"
closes = "2025-04-30"
[register.population]
file = "population.csv"
schema = "schema.json"
[findings]
FINDINGS
[output]
indicators = ["return_intent"]
[disclosure]
[[source]]
text = "S"
"#;
const SURVEY: &str = "type,name,label,waves\nselect_one bolge,bolge,B,\nselect_one ja,samtykke_svar,S,\ntext,panelkode,P,\n\
    select_one kommune,kommune_oppvekst,K,\nselect_one kommune,kommune_na,N,3\nselect_one enig,int_kunne,I,\n\
    select_multiple tilknytning,tilknytning,Ties,\ninteger,venner_naer,Friends,\n\
    select_one fire,viktig_jobb,Viktig – Jobber,\nselect_one fire,viktig_natur,Viktig – Natur,\n\
    select_one enig,fornoyd_jobb,F – Jobber,\nselect_one enig,fornoyd_natur,F – Natur,\n\
    select_multiple fire,betingelser,Conditions,\nselect_one fire,prioritet_1,P1,\nselect_one fire,prioritet_2,P2,\n\
    end,end,E,\n";
const CHOICES: &str = "list_name,name,label,missing\nbolge,3,tre,\nja,1,ja,\nja,2,nei,\nkommune,5042,A,\nkommune,9,annen,\n\
    enig,1,1,\nenig,2,2,\nenig,3,3,\nenig,4,4,\nenig,5,5,\nenig,98,vet ikke,dont_know\nfire,1,en,\nfire,2,to,\nfire,3,tre,\n\
    fire,4,fire,\ntilknytning,0,ingen,\ntilknytning,2,familie,\ntilknytning,6,venner,\n";
/// Where they live, yes, ties, friends, importance of two, satisfaction with two, conditions, first and second priority.
const ROWS: [&str; 12] = [
    "9,5,2,0,4,1,1,5,1 2,1,2",
    "9,4,2 6,1,4,2,2,4,1,1,2",
    "9,5,2,2,3,1,1,5,1,1,3",
    "9,2,2,3,4,1,2,4,1 3,1,2",
    "9,4,2,5,3,4,1,5,1,2,1",
    "9,1,6,0,4,1,2,4,,2,1",
    "9,2,0,0,4,2,1,5,1,1,1",
    "9,4,0,6,3,1,1,4,2,3,",
    "9,3,6,7,4,1,2,5,1,1,2",
    "9,98,2,1,4,1,1,5,1,1,2",
    "5042,5,2,9,4,1,1,5,1,1,2",
    "5042,4,0,9,3,2,2,4,3,2,1",
];

fn battery(findings: &str, more: &[(&str, &str)]) -> (Option<Findings>, Problems) {
    let mut rows = String::from(
        "bolge,samtykke_svar,panelkode,kommune_oppvekst,kommune_na,int_kunne,tilknytning,venner_naer,viktig_jobb,viktig_natur,\
         fornoyd_jobb,fornoyd_natur,betingelser,prioritet_1,prioritet_2,end\n",
    );
    for (number, row) in ROWS.iter().enumerate() {
        rows += &format!("3,1,P{number},5042,{row},2025-04-10T10:00:00\n");
    }
    let schema = r#"{"fields":[{"name":"kommunenr","type":"string"},{"name":"year","type":"integer"},
        {"name":"age","type":"integer"},{"name":"total","type":"integer"}]}"#;
    let population = "kommunenr,year,age,total\n5042,2017,15,24\n";
    let own = [
        ("survey.csv", SURVEY),
        ("choices.csv", CHOICES),
        ("2025.csv", &rows),
        ("population.csv", population),
        ("schema.json", schema),
    ];
    let files: BTreeMap<String, Vec<u8>> =
        own.iter().chain(more).map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
    let mut problems = Problems::new();
    let text = PROJECT.replace("FINDINGS", findings);
    let loaded = Project::parse("p.toml", &text, &mut problems).and_then(|project| project.load(&files, &mut problems));
    let findings = loaded.and_then(|loaded| loaded.findings(&ask(Some("2026-01-01")), &mut problems));
    (findings, problems)
}

#[test]
fn a_battery_by_hand() {
    let (findings, problems) = battery("", &[]);
    let findings = findings.unwrap_or_else(|| panic!("{:#?}", problems.list()));
    // Two live here and one does not know: nine. With family there: 5 4 5 2 4; without: 1 2 4 3.
    let h1 = finding(&findings, "h1");
    let (with, without) = (cell(h1, "share", Some("with_tie")), cell(h1, "share", Some("without_tie")));
    assert_eq!((with.x, with.n, without.x, without.n), (Some(4), 5, Some(1), 4));
    assert!((cell(h1, "difference", None).estimate.unwrap() - 0.55).abs() < 1e-15);
    // Four of five and one of four: too few for a standard error.
    assert_eq!(cell(h1, "difference", None).ci_method, Some("mover-korn-graubard"));
    assert!(cell(h1, "difference", None).ci_lower.unwrap() < 0.0);
    assert!((cell(h1, "risk_ratio", None).estimate.unwrap() - 3.2).abs() < 1e-14);
    assert_eq!(cell(h1, "risk_ratio", None).status, "too_few");
    assert!(
        h1.sentences[0].en.starts_with("“Ties”: Of 5 with this tie, 4 can imagine living here (weighted: 80 of 100);")
    );
    // Friends of the nine: 0 1 2 3 5 0 0 6 7.
    let h2 = finding(&findings, "h2");
    let bands = ["0", "1–2", "3–5", "6+"]
        .map(|band| (cell(h2, "share", Some(band)).x.unwrap(), cell(h2, "share", Some(band)).n));
    assert_eq!(bands, [(1, 3), (2, 2), (1, 2), (1, 2)]);
    // Conditions: nine of the ten who could move ticked something.
    let conditions = finding(&findings, "conditions");
    assert_eq!(
        (conditions.cells[0].value.as_deref(), conditions.cells[0].x, conditions.cells[0].n),
        (Some("1"), Some(8), 9)
    );
    // 8 against 0 who ticked 4: p = 2/256, times 6 pairs is 0.047; 8 against 1 who ticked 3 (and 1): 7 against 0, 12/128.
    assert_eq!(conditions.together[0].groups, [vec!["1", "2", "3"], vec!["2", "3", "4"]]);
    // All twelve find jobs important; one finds nature so. Nobody is satisfied with jobs, all are with nature.
    let importance = finding(&findings, "importance");
    let of = |statistic: &str, quality: &str| {
        importance.cells.iter().find(|cell| cell.statistic == statistic && cell.variable == quality).unwrap().clone()
    };
    assert_eq!((of("important", "jobb").x, of("satisfied", "natur").x), (Some(12), Some(12)));
    assert_eq!(of("gap", "jobb").status, "no_variance");
    assert!((of("gap", "natur").estimate.unwrap() + 11.0 / 12.0).abs() < 1e-15);
    // Twelve of one mind: 2 / 2^12 by the sign test.
    assert_eq!(of("gap", "jobb").p_value, Some(2.0 / 4096.0));
    assert_eq!(of("quadrant", "natur").value.as_deref(), Some("more_than_needed"));
    assert_eq!(of("quadrant", "jobb").value.as_deref(), Some("concentrate_here"));
    assert_eq!(of("mean_importance", "jobb").estimate, Some(44.0 / 12.0));
    // First: 8, 3, 1, 0. Borda of the first: eight times 3; "2, 1" three times 2; "3" alone: 1.
    let priorities = finding(&findings, "priorities");
    let borda = |value: &str| cell(priorities, "borda_total", Some(value)).estimate.unwrap();
    assert_eq!(borda("1"), 24.0 + 6.0 + 1.0);
    assert_eq!(["1", "2", "3", "4"].map(borda).iter().sum::<f64>(), 12.0 * 6.0);
    let worth = cell(priorities, "worth", Some("1"));
    assert_eq!((worth.status, worth.notes[1].en.as_str()), ("not_connected", "4"));
    assert_eq!(finding(&findings, "outcomes").status, "no_file");
}

#[test]
fn registers_by_hand() {
    let outcomes = "invited,answered,contacted,applied,hired,moved,left,answer\n\
        2018-01-01,2018-01-02,2018-01-03,2018-02-01,2018-01-13,,,5\n";
    let (findings, problems) = battery("outcomes = \"o.csv\"", &[("o.csv", outcomes)]);
    // Hired before having applied.
    assert!(findings.is_some() && problems.errors() == 1);
    assert_eq!((problems.list()[0].what.code(), problems.list()[0].line), ("before-step", Some(2)));

    let outcomes = "invited,answered,contacted,applied,hired,moved,left,answer,tie\n\
        2018-01-01,2018-01-02,2018-01-03,,2018-01-13,,2019-06-01,5,1\n\
        2018-01-01,2018-01-02,2018-01-03,2018-01-04,,,,4,0\n\
        2018-01-01,2018-01-02,,,,2020-01-01,,2,\n2018-01-01,,,,,,,,\n2025-01-01,2025-01-02,2025-01-03,,2025-01-23,,,5,1\n";
    let measures = "id,title_nb,responsible,status,answers,links\nT1,Buss,AtB,started,betingelser=1,T2\nT2,Hus,K,done,h2,\nT3,Møte,K,planned,,\n";
    let notes = "date,source,theme,text\n2025-01-01,Rådet,betingelser=1,hemmelig\n";
    let moves = "cohort,home,moved\n2012,A,2015\n2012,A,2015-06-01\n2012,B,2016\n2012,B,2016\n2012,B,\n";
    let keys = "outcomes = \"o.csv\"\nmeasures = \"m.csv\"\nnotes = \"n.csv\"\nmoves = \"f.csv\"";
    let files = [("o.csv", outcomes), ("m.csv", measures), ("n.csv", notes), ("f.csv", moves)];
    let (findings, problems) = battery(keys, &files);
    let findings = findings.unwrap();
    assert_eq!(problems.errors(), 0, "{:#?}", problems.list());
    // A link that is not returned, and an ended measure without a result.
    let codes: Vec<_> = problems.list().iter().map(|problem| problem.what.code()).collect();
    assert_eq!(codes, ["one-way-link", "no-result"]);
    let funnel = finding(&findings, "outcomes");
    let step = |name: &str| {
        let of = |cell: &&Cell| cell.statistic == "share_of_step_before" && cell.variable == name;
        let cell = funnel.cells.iter().find(of).unwrap();
        (cell.x.unwrap(), cell.n)
    };
    assert_eq!(step("answered"), (4, 5));
    assert_eq!(step("positive"), (3, 4));
    assert_eq!(step("contacted"), (3, 3));
    assert_eq!((step("applied"), step("hired")), ((3, 3), (2, 3)));
    // Ten and twenty days, and one still waiting since 2018: half of three by day 20.
    let median = funnel.cells.iter().find(|cell| cell.variable == "contacted_to_hired").unwrap();
    assert_eq!(median.estimate, Some(20.0));
    // Of two hired one left after 504 days; the other has been here for 343.
    assert_eq!(cell(funnel, "resident", Some("12 months")).estimate, Some(1.0));
    assert_eq!(cell(funnel, "resident", Some("24 months")).estimate, Some(0.0));
    assert_eq!(cell(funnel, "resident", Some("24 months")).status, "all_alike");
    assert_eq!(cell(funnel, "hired_difference", None).estimate, Some(1.0));
    assert_eq!(cell(funnel, "hired_ratio", None).status, "zero_cell");
    assert_eq!(cell(funnel, "resident_by_tie", Some("with_tie")).n, 2);
    let likely = finding(&findings, "likely");
    let of = |code: &str| (cell(likely, "returned", Some(code)).x.unwrap(), cell(likely, "returned", Some(code)).n);
    assert_eq!((of("2"), of("4"), of("5")), ((1, 1), (0, 1), (1, 1)));
    let done = finding(&findings, "measures");
    let answered =
        |theme: &str| done.cells.iter().find(|cell| cell.statistic == "measures" && cell.variable == theme).unwrap().n;
    assert_eq!((answered("betingelser=1"), answered("betingelser=2"), answered("h2"), answered("h1")), (1, 0, 1, 0));
    assert_eq!(cell(done, "answers_nothing", None).variable, "T3");
    assert!(done.sentences[0].en.starts_with("3 measures, 1 of them answer no finding. No measure for: "));
    let together = finding(&findings, "together");
    assert_eq!(
        (cell(together, "pairs", None).estimate, cell(together, "index", None).p_value),
        (Some(2.0), Some(1.0 / 3.0))
    );
    // What was said in a council is in no result.
    let whole = serde_json::to_string(&findings.list).unwrap();
    assert!(!whole.contains("hemmelig") && !whole.contains("P0"));
}

#[test]
fn villages_are_the_units_of_a_trial_that_was_given_to_villages() {
    // Means by village: 4 to 2, 4 to 3, 5 to 3 where it was tried; 3 to 3, 4 to 3, 2 to 2 elsewhere.
    let mut rows = String::from("when,where,village,y,who\n");
    let villages =
        [("t", "a", 4, 2), ("t", "b", 4, 3), ("t", "c", 5, 3), ("c", "d", 3, 3), ("c", "e", 4, 3), ("c", "f", 2, 2)];
    for (place, village, before, after) in villages {
        for (person, more) in [(1, -1), (2, 0), (3, 1)] {
            rows += &format!("before,{place},{village},{},{village}{person}\n", before + more);
            rows += &format!("after,{place},{village},{},{village}{person}\n", after + more);
        }
    }
    // Neither a time nor a place of the trial, and no answer.
    rows += "later,t,a,1,a1\nafter,x,a,1,a1\nafter,t,a,98,a9\n";
    let keys = "[[findings.trial]]\nid = \"t\"\nfile = \"t.csv\"\noutcome = \"y\"\nperiod = \"when\"\ngroup = \"where\"\n\
        trial = \"t\"\ncomparison = \"c\"\n";
    let of = |unit: &str, rows: &str| {
        let (findings, problems) = battery(&format!("{keys}{unit}"), &[("t.csv", rows)]);
        finding(&findings.unwrap_or_else(|| panic!("{:#?}", problems.list())), "trial").clone()
    };
    let by_village = of("cluster = \"village\"", &rows);
    let effect = cell(&by_village, "difference_in_differences", None);
    // Changes -2 -1 -2 and 0 -1 0: -5/3 + 1/3, and 1/9 + 1/9 for the variance.
    assert!((effect.estimate.unwrap() + 4.0 / 3.0).abs() < 1e-14 && effect.n == 6);
    assert!((effect.se.unwrap() - (2.0_f64 / 9.0).sqrt()).abs() < 1e-14);
    assert!((effect.df.unwrap() - 4.0).abs() < 1e-12);
    let by_person = of("person = \"who\"", &rows);
    assert_eq!(cell(&by_person, "difference_in_differences", None).n, 18);
    let twice = of("person = \"who\"", &rows.replace("a2", "a1"));
    assert_eq!(twice.status, "person_twice");
    let one = of("cluster = \"village\"", "when,where,village,y\nbefore,t,a,1\nafter,t,a,2\n");
    assert_eq!(cell(&one, "change", Some("trial")).status, "too_few");
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let (findings, problems) =
        battery("friends = \"vener\"\n[[findings.tie]]\nvariable = \"tilknytning\"\nyes = [\"2\"]", &[]);
    assert!(findings.is_none());
    let first = &problems.list()[0];
    assert_eq!(
        (first.what.code(), first.column.as_deref(), first.line),
        ("not-in-questionnaire", Some("findings.friends"), Some(23))
    );
    let measures =
        "id,title_nb,responsible,status,answers,links\nT1,A,K,started,betingelse=1,T1 T9\nT1,B,K,ferdig,h7,\n";
    let (_, problems) = battery("measures = \"m.csv\"", &[("m.csv", measures)]);
    let mut codes: Vec<_> = problems.list().iter().map(|problem| problem.what.code()).collect();
    codes.sort_unstable();
    assert_eq!(
        codes,
        ["id-twice", "link-to-itself", "unknown-link", "unknown-status", "unknown-theme", "unknown-theme"]
    );
    let (_, problems) = battery("moves = \"f.csv\"", &[("f.csv", "cohort,home,moved\n2012,A,nylig\n")]);
    assert_eq!((problems.list()[0].what.code(), problems.list()[0].record), ("wrong-type", Some(1)));
    let (_, problems) = battery("outcomes = \"o.csv\"", &[("o.csv", "invited,hired\n2018-01-01,\n")]);
    assert_eq!(problems.errors(), 5);
}
