//! Estimates by design beside R's survey package: each reference case by its name, with the largest relative difference.
//!
//! What was asked of R stands in `tests/reference/survey/README.md`. The tolerance is that of closed forms there: 1e-12 of
//! the figure, or of 1 where it is smaller; intervals with quantiles of t have 1e-10.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "the table of cases")]

use bygdepuls_core::design::{Condition, DesignQuestion, LonelyPsu};
use bygdepuls_core::estimate::{Contrast, Deff, Estimate, Grouped, Plan, Question, Report, Statistic};
use bygdepuls_core::interval::ProportionMethod;
use bygdepuls_core::problem::Problems;
use bygdepuls_core::read::Head;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// How many cases there are here.
const CASES: usize = 45;

const CLOSED: f64 = 1e-12;
const QUANTILE: f64 = 1e-10;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/reference/survey")
}

fn data(name: &str) -> String {
    std::fs::read_to_string(folder().join("data").join(name)).unwrap()
}

/// The rows of a file for which a column has one of the values.
fn rows(name: &str, column: &str, values: &[&str]) -> String {
    let text = data(name);
    let mut lines = text.lines();
    let head = lines.next().unwrap();
    let place = head.split(',').position(|name| name == column).unwrap();
    let kept = lines.filter(|line| values.contains(&line.split(',').nth(place).unwrap()));
    [head].into_iter().chain(kept).fold(String::new(), |text, line| text + line + "\n")
}

struct Answer {
    cells: Vec<Estimate>,
    covariance: Option<Vec<Vec<Option<f64>>>>,
}

fn ask(text: &str, question: &Question) -> Result<Answer, Vec<&'static str>> {
    let mut problems = Problems::new();
    let head = Head::find("f.csv", text.as_bytes(), true, &mut problems).unwrap();
    let start = head.start;
    let codes = |problems: &Problems| problems.list().iter().map(|problem| problem.what.code()).collect::<Vec<_>>();
    let Some(plan) = Plan::new("f.csv", head, question, &mut problems) else { return Err(codes(&problems)) };
    let mut grouped = Grouped::new(&plan);
    grouped.piece(0, &text.as_bytes()[start..], true);
    match grouped.figures(&mut problems) {
        Some(figures) => Ok(Answer { cells: figures.iter().collect(), covariance: figures.covariance() }),
        None => Err(codes(&problems)),
    }
}

fn list(names: &str) -> Vec<String> {
    names.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

fn design(weights: &str, strata: &str, psu: &str, fpc: &str) -> DesignQuestion {
    DesignQuestion {
        weights: (!weights.is_empty()).then(|| weights.to_owned()),
        strata: list(strata),
        psu: list(psu),
        fpc: list(fpc),
        ..DesignQuestion::default()
    }
}

fn means(columns: &str) -> Vec<Statistic> {
    list(columns).into_iter().map(|column| Statistic::Mean { column }).collect()
}

fn totals(columns: &str) -> Vec<Statistic> {
    list(columns).into_iter().map(|column| Statistic::Total { column }).collect()
}

fn ratio() -> Vec<Statistic> {
    vec![Statistic::Ratio { numerator: "api.stu".into(), denominator: "enroll".into() }]
}

fn question(statistics: Vec<Statistic>, design: DesignQuestion) -> Question {
    Question {
        statistics,
        design,
        report: Report { covariance: true, interval: Some(ProportionMethod::T), ..Report::default() },
        ..Question::default()
    }
}

fn by(mut question: Question, by: &str) -> Question {
    question.by = list(by);
    question
}

fn wherever(mut question: Question, conditions: &[&str]) -> Question {
    question.domain = conditions.iter().map(|text| Condition::parse(text).unwrap()).collect();
    question
}

/// The cases, and the worst difference in each.
struct Cases {
    expected: BTreeMap<String, Value>,
    seen: Vec<String>,
    failed: Vec<String>,
}

impl Cases {
    fn read() -> Self {
        let mut expected = BTreeMap::new();
        for file in ["open_01_api.json", "open_04_youth.json"] {
            let suite: Value = serde_json::from_str(&std::fs::read_to_string(folder().join(file)).unwrap()).unwrap();
            for case in suite["cases"].as_array().unwrap() {
                expected.insert(case["id"].as_str().unwrap().to_owned(), case["expected"].clone());
            }
        }
        Self { expected, seen: Vec::new(), failed: Vec::new() }
    }

    fn expected(&self, case: &str) -> Value {
        self.expected.get(case).unwrap_or_else(|| panic!("no case {case}")).clone()
    }

    fn line(&mut self, case: &str, figure: &str, pairs: &[(f64, f64)], tolerance: f64) {
        let worst =
            pairs.iter().map(|(ours, theirs)| (ours - theirs).abs() / theirs.abs().max(1.0)).fold(0.0, f64::max);
        println!("{case:<32}  {figure:<12}  {worst:8.1e}  {tolerance:.0e}");
        if worst.is_nan() || worst > tolerance || pairs.is_empty() {
            self.failed.push(format!("{case} {figure}: {worst:e}"));
        }
        if !self.seen.iter().any(|seen| seen == case) {
            self.seen.push(case.to_owned());
        }
    }

    /// Compares cells with a block of R's: estimate, se, covariance, interval, degrees of freedom.
    fn block(&mut self, case: &str, block: &Value, answer: &Answer) {
        // R lists groups with the first column changing fastest.
        let cells: Vec<&Estimate> = match block["groups"].as_array() {
            Some(groups) => groups.iter().map(|group| cell(&answer.cells, group)).collect(),
            None => answer.cells.iter().filter(|cell| cell.statistic != "contrast").collect(),
        };
        let numbers = |key: &str| -> Vec<f64> {
            block[key].as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
        };
        assert_eq!(cells.len(), numbers("estimate").len(), "{case}: other cells");
        let pairs = |ours: fn(&Estimate) -> Option<f64>, key: &str| -> Vec<(f64, f64)> {
            cells.iter().map(|cell| ours(cell).unwrap_or(f64::NAN)).zip(numbers(key)).collect()
        };
        self.line(case, "estimate", &pairs(|cell| cell.estimate, "estimate"), CLOSED);
        self.line(case, "se", &pairs(|cell| cell.se, "se"), CLOSED);
        if let (Some(theirs), Some(ours), true) =
            (block["vcov"].as_array(), &answer.covariance, block["groups"].is_null())
        {
            let theirs = theirs.iter().flat_map(|row| row.as_array().unwrap()).map(|number| number.as_f64().unwrap());
            let ours = ours.iter().flatten().map(|number| number.unwrap_or(f64::NAN));
            let pairs: Vec<_> = ours.zip(theirs).collect();
            self.line(case, "covariance", &pairs, CLOSED);
        }
        if let (Some(df), Some(intervals)) = (block["df"].as_f64(), block["ci95_t"].as_array())
            && cells[0].df == Some(df)
        {
            let ends = |place: usize| intervals.iter().map(move |ends| ends[place].as_f64().unwrap());
            let lower = cells.iter().map(|cell| cell.ci_lower.unwrap()).zip(ends(0));
            let upper = cells.iter().map(|cell| cell.ci_upper.unwrap()).zip(ends(1));
            self.line(case, "interval", &lower.chain(upper).collect::<Vec<_>>(), QUANTILE);
        }
    }

    fn case(&mut self, case: &str, text: &str, question: &Question) {
        let block = self.expected(case);
        let answer = ask(text, question).unwrap();
        self.block(case, &block, &answer);
    }

    /// The interval that the NCHS asks for.
    fn korn_graubard(&mut self, case: &str, text: &str, mut question: Question) {
        question.report.interval = Some(ProportionMethod::KornGraubard);
        let cell = ask(text, &question).unwrap().cells.remove(0);
        assert_eq!(cell.ci_method, Some("korn-graubard"));
        let block = self.expected(case)["kg_nchs"]["ci"].clone();
        let pairs = [cell.ci_lower, cell.ci_upper].map(Option::unwrap).into_iter().zip([0, 1]);
        let pairs: Vec<_> = pairs.map(|(ours, place)| (ours, block[place].as_f64().unwrap())).collect();
        self.line(case, "korn-graubard", &pairs, QUANTILE);
    }

    fn contrast(&mut self, case: &str, block: &Value, text: &str, question: &Question, combination: &str) {
        let mut question = question.clone();
        question.report.contrasts = vec![Contrast::parse(combination).unwrap()];
        let answer = ask(text, &question).unwrap();
        let cells: Vec<_> = answer.cells.into_iter().filter(|cell| cell.statistic == "contrast").collect();
        assert_eq!(cells.len(), 1);
        self.block(
            case,
            block,
            &Answer { cells: vec![Estimate { statistic: "change", ..cells[0].clone() }], covariance: None },
        );
    }
}

/// The cell of a group.
fn cell<'a>(cells: &'a [Estimate], group: &Value) -> &'a Estimate {
    let is = |cell: &&Estimate| cell.by.iter().all(|(column, code)| group[&**column].as_str() == Some(code));
    cells.iter().find(is).unwrap_or_else(|| panic!("no group {group}"))
}

#[test]
fn cases_of_r() {
    let mut cases = Cases::read();
    let cases = &mut cases;
    println!("{:<32}  {:<12}  {:<8}  tolerance", "case", "figure", "worst relative difference");
    let (srs, strat, clus) = (data("apisrs.csv"), data("apistrat.csv"), data("apiclus1.csv"));
    let (s, s0) = (design("pw", "", "", "fpc"), design("pw", "", "", ""));
    let (t, t0) = (design("pw", "stype", "", "fpc"), design("pw", "stype", "", ""));
    let (c, c0) = (design("pw", "", "dnum", "fpc"), design("pw", "", "dnum", ""));
    let both = || means("api00,enroll");
    cases.case("srs_mean", &srs, &question(both(), s.clone()));
    cases.case("srs_mean_nofpc", &srs, &question(both(), s0.clone()));
    cases.case("srs_total", &srs, &question(totals("enroll"), s.clone()));
    let each = || vec![Statistic::Share { column: "stype".into(), codes: vec![] }];
    cases.case("srs_prop_factor", &srs, &question(each(), s.clone()));
    cases.case("srs_ratio", &srs, &question(ratio(), s.clone()));
    cases.case("strat_mean", &strat, &question(both(), t.clone()));
    cases.case("strat_mean_nofpc", &strat, &question(both(), t0));
    cases.case("strat_total", &strat, &question(totals("enroll"), t.clone()));
    cases.case("strat_by_mean", &strat, &by(question(means("api00"), t.clone()), "sch.wide,stype"));
    cases.case("strat_by_ratio", &strat, &by(question(ratio(), t.clone()), "stype"));
    cases.case("strat_domain_subset", &strat, &wherever(question(means("api00"), t.clone()), &["comp.imp=Yes"]));
    cases.case("strat_domain_total", &strat, &wherever(question(totals("enroll"), t.clone()), &["comp.imp=Yes"]));
    let groups = by(question(means("api00"), t.clone()), "sch.wide");
    let block = cases.expected("strat_contrast_groups");
    cases.contrast("strat_contrast_groups", &block, &strat, &groups, "sch.wide:Yes-No");
    let block = cases.expected("strat_change_paired");
    let paired = ask(&strat, &question(means("api99,api00"), t.clone())).unwrap();
    cases.block("strat_change_paired", &block["means"], &paired);
    let matrix = paired.covariance.unwrap();
    let entry = |row: usize, column: usize| matrix[row][column].unwrap();
    let change = (entry(0, 0) + entry(1, 1) - 2.0 * entry(0, 1)).sqrt();
    cases.line("strat_change_paired", "se of change", &[(change, block["change"]["se"][0].as_f64().unwrap())], CLOSED);
    cases.case("clus1_mean", &clus, &question(both(), c.clone()));
    cases.case("clus1_mean_nofpc", &clus, &question(both(), c0));
    cases.case("clus1_total", &clus, &question(totals("enroll"), c.clone()));
    cases.case("clus1_ratio", &clus, &question(ratio(), c));

    let deff = |text: &str, design: &DesignQuestion, kind: Deff| -> Vec<f64> {
        let mut question = question(both(), design.clone());
        question.report.deff = Some(kind);
        ask(text, &question).unwrap().cells.iter().map(|cell| cell.deff.unwrap()).collect()
    };
    let numbers = |value: &Value| value.as_array().unwrap().iter().map(|one| one.as_f64().unwrap()).collect::<Vec<_>>();
    let mut compare = |case: &str, key: &str, ours: Vec<f64>| {
        let pairs: Vec<_> = ours.into_iter().zip(numbers(&cases.expected(case)[key])).collect();
        cases.line(case, key, &pairs, CLOSED);
    };
    compare("srs_deff", "deff_srswor", deff(&srs, &s, Deff::WithoutReplacement));
    compare("srs_deff", "deff_replace_nofpc", deff(&srs, &s0, Deff::WithReplacement));
    compare("strat_deff", "deff", deff(&strat, &t, Deff::WithoutReplacement));

    let schools = || vec![Statistic::Share { column: "sch.wide".into(), codes: vec!["Yes".into()] }];
    cases.korn_graubard("strat_ciprop", &strat, question(schools(), t));
    cases.korn_graubard("clus1_ciprop", &clus, question(schools(), design("pw", "", "dnum", "fpc")));
    youth(cases);
    assert!(cases.failed.is_empty(), "{:#?}", cases.failed);
    assert_eq!(cases.seen.len(), CASES, "{:?}", cases.seen);
}

fn youth(cases: &mut Cases) {
    let text = data("youthA.csv");
    let d = design("w", "h", "", "N_h");
    for (name, lonely) in LonelyPsu::ALL {
        let case = format!("lonely_{name}");
        let block = cases.expected(&case);
        let asked = |statistics| question(statistics, DesignQuestion { lonely, ..d.clone() });
        if lonely == LonelyPsu::Fail {
            let refused = ask(&text, &asked(means("bullied"))).err();
            assert_eq!(refused, Some(vec!["lonely-psu"]), "R refuses too: {block}");
            cases.line(&case, "refused", &[(0.0, 0.0)], CLOSED);
            continue;
        }
        cases.block(&case, &block["mean"], &ask(&text, &asked(means("bullied,grade"))).unwrap());
        cases.block(&case, &block["total"], &ask(&text, &asked(totals("bullied"))).unwrap());
    }
    for (lonely, name) in [(LonelyPsu::Remove, "remove"), (LonelyPsu::Adjust, "adjust")] {
        for (adjust_domain_lonely, adjusted) in [(false, "FALSE"), (true, "TRUE")] {
            let design = DesignQuestion { lonely, adjust_domain_lonely, ..d.clone() };
            let question = wherever(question(means("bullied"), design), &["muni=M04", "wellbeing<=3"]);
            cases.case(&format!("lonely_domain_{name}_{adjusted}"), &text, &question);
        }
    }
    let mean = |column: &str| question(means(column), d.clone());
    cases.case("by_year", &text, &by(mean("bullied"), "year"));
    cases.case("by_muni_year", &text, &by(mean("bullied"), "muni,year"));
    let block = cases.expected("na_rm_mean");
    cases.block("na_rm_mean", &block["na_rm"], &ask(&text, &mean("smoke")).unwrap());
    cases.block("na_rm_mean", &block["subset"], &ask(&text, &wherever(mean("smoke"), &["smoke!="])).unwrap());
    cases.case("na_rm_multi", &text, &wherever(mean("smoke,wellbeing"), &["smoke!=", "wellbeing!="]));
    cases.case("na_rm_total", &text, &question(totals("smoke"), d.clone()));
    let year = rows("youthA.csv", "year", &["2023"]);
    let plain = question(means("bullied,screen"), design("", "muni", "", ""));
    cases.case("unweighted_strat", &year, &wherever(plain, &["screen!="]));
    let zero = with_weights(&text, &data("youthA_zero_weights.csv"));
    cases.case("zero_weights", &zero, &question(means("bullied"), design("w", "h", "", "")));
    let classes =
        question(means("bullied,wellbeing"), DesignQuestion { nest: true, ..design("w", "muni", "class", "") });
    cases.case("class_clusters", &year, &wherever(classes, &["wellbeing!="]));
    let share = vec![Statistic::Share { column: "bullied".into(), codes: vec!["1".into()] }];
    let classes = question(share, DesignQuestion { nest: true, ..design("w", "muni", "class", "") });
    cases.korn_graubard("class_clusters_ciprop", &year, classes);
    let two = rows("youthA.csv", "year", &["2023", "2024"]);
    for (case, psu, column) in [
        ("change_linked", "pid", "bullied"),
        ("change_independent", "", "bullied"),
        ("change_linked_wellbeing", "pid", "wellbeing"),
    ] {
        let block = cases.expected(case);
        let question = by(question(means(column), design("w", "", psu, "")), "year");
        cases.block(case, &block["levels"], &ask(&two, &question).unwrap());
        cases.contrast(case, &block["change"], &two, &question, "year:2024-2023");
    }
    let case = "change_strat_fpc_independent";
    let block = cases.expected(case);
    let years = by(mean("bullied"), "year");
    cases.block(case, &block["levels"], &ask(&text, &years).unwrap());
    for (key, combination) in
        [("diff_23_24", "year:2024-2023"), ("diff_22_24", "year:2024-2022"), ("trend", "year:0.5*2024-0.5*2022")]
    {
        cases.contrast(case, &block[key], &text, &years, combination);
    }
    cases.case("pseudo_panel_cohort", &text, &by(mean("wellbeing"), "birth,year"));
}

/// A file with the last column of another, row by row, in place of its own weights.
fn with_weights(text: &str, weights: &str) -> String {
    let place = text.lines().next().unwrap().split(',').position(|name| name == "w").unwrap();
    let row = |(line, other): (&str, &str)| {
        let mut fields: Vec<&str> = line.split(',').collect();
        fields[place] = other.rsplit(',').next().unwrap();
        fields.join(",") + "\n"
    };
    text.lines().zip(weights.lines()).map(row).collect()
}
