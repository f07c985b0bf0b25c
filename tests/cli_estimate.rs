//! `bygdepuls estimate` as a whole command: quantiles and replicates beside R, and hostile input.

#![allow(clippy::print_stdout, reason = "the table of cases")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn reference(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/reference/survey").join(file)
}

fn estimate(file: &Path, arguments: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bygdepuls"));
    command.arg("estimate").arg(file).args(arguments.split(' ')).args(["--lang", "en", "--format", "json"]);
    command.output().unwrap()
}

fn answer(file: &Path, arguments: &str) -> Value {
    let output = estimate(file, arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The cases of the reference, by id; prints how far each figure is off.
struct Suite(Vec<Value>, Vec<String>);

impl Suite {
    fn open() -> Self {
        let all: Value = serde_json::from_slice(&fs::read(reference("open_01_api.json")).unwrap()).unwrap();
        let cases = all.get("cases").unwrap_or(&all).as_array().unwrap().clone();
        Self(cases, Vec::new())
    }

    fn expected(&self, id: &str) -> Value {
        self.0.iter().find(|case| case["id"] == id).unwrap_or_else(|| panic!("no case {id}"))["expected"].clone()
    }

    /// Compares keys of cells with columns of R's figures.
    fn check(&mut self, id: &str, answer: &Value, columns: &[(&str, Vec<f64>)], tolerance: f64) {
        let cells = answer["cells"].as_array().unwrap();
        let mut worst = 0.0_f64;
        for (key, values) in columns {
            assert_eq!(values.len(), cells.len(), "{id} {key}");
            for (cell, value) in cells.iter().zip(values) {
                let ours = cell[*key].as_f64().unwrap_or_else(|| panic!("{id} {key}: none in {cell}"));
                worst = worst.max((ours - value).abs() / value.abs().max(1e-300));
            }
        }
        println!("{id:<32} worst relative difference {worst:.1e}, tolerance {tolerance:.0e}");
        assert!(worst <= tolerance, "{id}: {worst}");
        self.1.push(id.into());
    }
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|value| value.as_f64().unwrap()).collect()
}

fn column(table: &Value, place: usize) -> Vec<f64> {
    table.as_array().unwrap().iter().map(|row| row[place].as_f64().unwrap()).collect()
}

/// Estimate, standard error and t interval of one part of a case.
fn figures(part: &Value) -> Vec<(&'static str, Vec<f64>)> {
    let mut columns = vec![("estimate", numbers(&part["estimate"])), ("se", numbers(&part["se"]))];
    columns.push(("ci_lower", column(&part["ci95_t"], 0)));
    columns.push(("ci_upper", column(&part["ci95_t"], 1)));
    columns
}

#[test]
fn quantiles_of_the_reference() {
    let mut suite = Suite::open();
    let file = reference("data/apisrs.csv");
    let design = "--weights pw --fpc fpc";
    for rule in ["math", "school", "shahvaish", "hf1", "hf2", "hf4", "hf5", "hf6", "hf7", "hf8", "hf9"] {
        let id = format!("srs_quantile_rule_{rule}");
        let expected = suite.expected(&id);
        let asked = format!("--quantile api00,enroll --probs 0.1,0.25,0.5,0.75,0.9 --qrule {rule} {design}");
        let values = [numbers(&expected["api00"]), numbers(&expected["enroll"])].concat();
        suite.check(&id, &answer(&file, &asked), &[("estimate", values)], 1e-12);
    }
    for method in ["mean", "beta", "xlogit", "asin", "score"] {
        let id = format!("srs_quantile_ci_{method}");
        let table = suite.expected(&id)["table"].clone();
        let asked = format!("--quantile api00 --probs 0.25,0.5,0.75 --ci {method} {design}");
        let answer = answer(&file, &asked);
        let columns = ["estimate", "ci_lower", "ci_upper", "se"];
        let columns: Vec<_> = columns.into_iter().zip(0..).map(|(key, place)| (key, column(&table, place))).collect();
        suite.check(&id, &answer, &columns, 1e-10);
        let cell = &answer["cells"][1];
        assert_eq!((&cell["ci_method"], &cell["prob"], &cell["df"]), (&method.into(), &0.5.into(), &199.0.into()));
    }
    let table = suite.expected("clus1_JK1_quantile")["table"].clone();
    let asked = "--quantile api00 --probs 0.25,0.5,0.75 --weights pw --psu dnum --make-replicates jk1";
    let columns = ["estimate", "ci_lower", "ci_upper", "se"];
    let columns: Vec<_> = columns.into_iter().zip(0..).map(|(key, place)| (key, column(&table, place))).collect();
    suite.check("clus1_JK1_quantile", &answer(&reference("data/apiclus1.csv"), asked), &columns, 1e-10);
    assert_eq!(suite.1.len(), 17);
}

#[test]
fn replicates_of_the_reference() {
    let mut suite = Suite::open();
    let clusters = reference("data/apiclus1.csv");
    let table = |name: &str| reference(&format!("data/apiclus1_boot_{name}.csv")).display().to_string();
    let given = |name: &str, more: &str| {
        format!("--replicates {} --method bootstrap{more} --weights pw --psu dnum", table(name))
    };
    let canty_davison = given("canty_davison", " --scale 0.027472527472527472");
    for (id, design, method) in [
        ("clus1_JK1", "--make-replicates jk1 --weights pw --psu dnum --fpc fpc".to_owned(), "jk1"),
        ("clus1_JK1_nofpc_mse", "--make-replicates jk1 --mse --weights pw --psu dnum".to_owned(), "jk1"),
        ("clus1_boot_rao_wu", given("rao_wu", ""), "bootstrap"),
        ("clus1_boot_canty_davison", canty_davison, "bootstrap"),
    ] {
        let expected = suite.expected(id);
        for (part, statistic) in [
            ("mean", "--mean api00,enroll"),
            ("total", "--total"),
            ("ratio", "--ratio"),
            ("prop", "--share sch.wide=Yes --ci t"),
        ] {
            if expected.get(part).is_none() || statistic.starts_with("--total") || statistic.starts_with("--ratio") {
                continue;
            }
            let answer = answer(&clusters, &format!("{statistic} --covariance {design}"));
            suite.check(id, &answer, &figures(&expected[part]), 1e-12);
            let cell = &answer["cells"][0];
            assert_eq!(cell["df"], expected["df"].as_f64().unwrap());
            assert_eq!((&cell["replicates"], &cell["replicate_method"]), (&expected["n_rep"], &method.into()));
            if let Some(vcov) = expected[part].get("vcov").and_then(Value::as_array) {
                for (row, own) in vcov.iter().zip(answer["covariance"].as_array().unwrap()) {
                    for (theirs, ours) in numbers(row).into_iter().zip(numbers(own)) {
                        assert!((ours - theirs).abs() <= 1e-12 * theirs.abs().max(1.0), "{id}: {ours} {theirs}");
                    }
                }
            }
        }
    }
    let expected = suite.expected("strat_JKn");
    let strata = reference("data/apistrat.csv");
    let design = "--make-replicates jkn --weights pw --strata stype --fpc fpc";
    let answer_all = answer(&strata, &format!("--mean api00,enroll {design}"));
    suite.check("strat_JKn", &answer_all, &figures(&expected["mean"]), 1e-12);
    let by = answer(&strata, &format!("--mean api00 --by stype {design}"));
    suite.check("strat_JKn", &by, &figures(&expected["by"]), 1e-12);
}

/// R 4.2.2, survey 4.1-1: `svyciprop` with replicates takes the variance of the logits.
#[test]
fn shares_with_replicates() {
    let mut suite = Suite::open();
    let expected = suite.expected("clus1_JK1_ciprop");
    let file = reference("data/apiclus1.csv");
    for (method, name, tolerance) in [
        ("logit", "logit", 1e-8),
        ("xlogit", "xlogit", 1e-10),
        ("asin", "asin", 1e-10),
        ("beta", "beta", 1e-10),
        ("t", "mean", 1e-12),
    ] {
        let ci = numbers(&expected[name]["ci"]);
        let asked = format!("--share sch.wide=Yes --weights pw --psu dnum --make-replicates jk1 --ci {method}");
        let columns = [("ci_lower", vec![ci[0]]), ("ci_upper", vec![ci[1]])];
        suite.check("clus1_JK1_ciprop", &answer(&file, &asked), &columns, tolerance);
    }
    // R's fit to the end: `svyglm(I(sch.wide=='Yes') ~ 1, …, control = glm.control(epsilon = 1e-15))` and its t quantile.
    let asked = "--share sch.wide=Yes --weights pw --psu dnum --make-replicates jk1 --ci logit";
    let converged = [("ci_lower", vec![0.822_878_430_023_929_1]), ("ci_upper", vec![0.912_407_158_317_578_1])];
    suite.check("clus1_JK1_ciprop", &answer(&file, asked), &converged, 1e-12);
}

/// The same bootstrap as linearisation, up to chance; the same in memory and from the stream, and from any seed twice.
#[test]
fn bootstraps_are_reproducible() {
    let file = reference("data/apiclus1.csv");
    let asked = |more: &str| format!("--mean api00 --weights pw --psu dnum --make-replicates {more}");
    let se = |more: &str| answer(&file, &asked(more))["cells"][0]["se"].as_f64().unwrap();
    assert_eq!(se("bootstrap=200 --seed 7").to_bits(), se("rao-wu=200 --seed 7").to_bits());
    let linearised = answer(&file, "--mean api00 --weights pw --psu dnum")["cells"][0]["se"].as_f64().unwrap();
    assert!((se("bootstrap=2000 --seed 7") / linearised - 1.0).abs() < 0.05);
    assert_ne!(se("bootstrap=200 --seed 7"), se("bootstrap=200 --seed 8"));
    let cell = answer(&file, &asked("bootstrap=200 --fpc fpc"))["cells"][0].clone();
    assert_eq!((&cell["replicate_method"], &cell["replicates"]), (&"canty-davison".into(), &200.into()));
}

/// The share of each code, contrasts and groups, with replicates: what a share of one code is by itself.
#[test]
fn parts_are_those_of_single_questions() {
    let file = reference("data/apiclus1.csv");
    let design = "--weights pw --psu dnum --make-replicates bootstrap=300 --seed 3";
    let each = answer(&file, &format!("--share stype --covariance {design}"));
    for cell in each["cells"].as_array().unwrap() {
        let one = answer(&file, &format!("--share stype={} {design}", cell["value"].as_str().unwrap()));
        for key in ["estimate", "se", "ci_lower"] {
            let (a, b) = (cell[key].as_f64().unwrap(), one["cells"][0][key].as_f64().unwrap());
            assert!((a - b).abs() < 1e-12, "{key} {a} {b}");
        }
    }
    // Shares sum to 1: the covariances of each row to 0.
    for row in each["covariance"].as_array().unwrap() {
        assert!(numbers(row).iter().sum::<f64>().abs() < 1e-15);
    }
    let by = answer(&file, &format!("--mean api00 --by sch.wide --contrast sch.wide:Yes-No --covariance {design}"));
    let v: Vec<Vec<f64>> = by["covariance"].as_array().unwrap().iter().map(numbers).collect();
    let se = by["cells"][2]["se"].as_f64().unwrap();
    assert!((se * se - (v[0][0] + v[1][1] - 2.0 * v[0][1])).abs() < 1e-9);
    let records =
        answer(&file, "--mean api00 --by sch.wide --contrast sch.wide:Yes-No --covariance --make-replicates jk1");
    let v: Vec<Vec<f64>> = records["covariance"].as_array().unwrap().iter().map(numbers).collect();
    let se = records["cells"][2]["se"].as_f64().unwrap();
    assert!((se * se - (v[0][0] + v[1][1] - 2.0 * v[0][1])).abs() < 1e-9, "in memory");
}

fn refused(file: &Path, arguments: &str) -> String {
    let output = estimate(file, arguments);
    assert_ne!(output.status.code(), Some(0), "{arguments}: {}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn hostile_input_has_a_reason() {
    let folder = std::env::temp_dir().join(format!("bygdepuls-estimate-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::write(&path, text).unwrap();
        path
    };
    let data = file("f.csv", "g,p,y,w\na,1,3,1\na,1,5,1\na,2,4,2\nb,3,,1\nb,3,9,0\n");
    let cells = |arguments: &str| answer(&data, arguments)["cells"].as_array().unwrap().clone();
    // One value is every quantile; no value, or none with a weight, is none.
    let median = cells("--median y --where g=b");
    assert_eq!((median[0]["estimate"].as_f64(), &median[0]["status"]), (Some(9.0), &"ok".into()));
    let median = cells("--median y --where g=b --weights w");
    assert_eq!((median[0]["estimate"].as_f64(), &median[0]["status"]), (None, &"no_weight".into()));
    assert_eq!(cells("--median y --where g=c")[0]["status"], "no_values");
    assert_eq!(cells("--variance y --where g=b")[0]["status"], "one_value");
    assert_eq!(cells("--correlation y,w --where g=b")[0]["status"], "one_value");
    assert_eq!(cells("--quantile y --probs 0,1")[1]["estimate"], 9.0);
    let text = |arguments: &str| refused(&data, arguments);
    assert!(text("--quantile y --probs 1.5").contains("from 0 to 1"));
    assert!(text("--quantile y --probs NaN").contains("from 0 to 1"));
    assert!(text("--median g").contains("number"));
    assert!(text("--median nope").contains("nope"));
    assert!(text("--correlation y").contains("Y,X"));
    assert!(text("--mean y --ci score").contains("quantiles only"));
    assert!(text("--mean y --strata g --make-replicates jk1").contains("jkn"));
    assert!(text("--mean y --psu p --make-replicates brr").contains("not two"));
    assert!(text("--mean y --psu p --make-replicates bootstrap=1").contains("fewer than two"));
    assert!(text("--mean y --psu p --make-replicates bootstrap=x").contains("unknown"));
    assert!(text("--mean y --psu p --make-replicates bootstrap=9 --seed x").contains("whole number"));
    assert!(text("--mean y --psu p --make-replicates fay --rho 1").contains("rho"));
    for (name, table, method, reason) in [
        ("none.csv", "p,r1,r2\n1,1,1\n2,1,1\n", "bootstrap", "sampling unit 3 has no row"),
        ("twice.csv", "p,r1,r2\n1,1,1\n2,1,1\n3,1,1\n1,0,2\n", "bootstrap", "two rows"),
        ("text.csv", "p,r1,r2\n1,1,x\n2,1,1\n3,1,1\n", "bootstrap", "not a number"),
        ("empty.csv", "p,r1,r2\n1,1,\n2,1,1\n3,1,1\n", "bootstrap", "not a number"),
        ("below.csv", "p,r1,r2\n1,1,-1\n2,1,1\n3,1,1\n", "bootstrap", "0 or more"),
        ("one.csv", "p,r1\n1,1\n2,1\n3,1\n", "bootstrap", "fewer than two"),
        ("key.csv", "q,r1,r2\n1,1,1\n2,1,1\n3,1,1\n", "bootstrap", "p"),
        ("scales.csv", "p,r1,r2\n1,1,1\n2,1,1\n3,1,1\n", "other --rscales 1", "scales"),
        ("rho.csv", "p,r1,r2\n1,1,1\n2,1,1\n3,1,1\n", "fay --rho 1", "rho"),
    ] {
        let table = file(name, table);
        let words = text(&format!("--mean y --psu p --replicates {} --method {method}", table.display()));
        assert!(words.contains(reason), "{name}: {words}");
    }
    let table = file("good.csv", "p,r1,r2\n1,1,0\n2,0,1\n3,2,2\n4,1,1\n");
    let given = format!("--replicates {} --method bootstrap", table.display());
    assert!(text(&format!("--mean y {given}")).contains("--psu"));
    assert!(text("--mean y --psu p --replicates nowhere.csv --method brr").contains("nowhere.csv"));
    // Units of one replicate's factor 0 leave no estimate there.
    let few = cells(&format!("--mean y --psu p --where p=1 {given}"));
    assert_eq!(few[0]["se"], Value::Null);
    assert!(few[0]["notes"].to_string().contains("fewer than two replicates"));
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn keys_are_those_of_the_schema() {
    let schema: Value = serde_json::from_str(include_str!("../docs/schema/estimate.json")).unwrap();
    let cell = &schema["properties"]["cells"]["items"];
    let keys = cell["properties"].as_object().unwrap();
    let statistics = cell["properties"]["statistic"]["enum"].as_array().unwrap();
    let file = reference("data/apisrs.csv");
    for asked in [
        "--median api00 --deff",
        "--variance api00 --make-replicates jk1",
        "--correlation api00,api99",
        "--total enroll --psu dnum --make-replicates bootstrap=9",
    ] {
        for cell in answer(&file, asked)["cells"].as_array().unwrap() {
            assert!(cell.as_object().unwrap().keys().all(|key| keys.contains_key(key)), "{asked}");
            assert!(statistics.contains(&cell["statistic"]));
        }
    }
}

#[test]
fn calibrated_weights_of_the_reference() {
    let mut suite = Suite::open();
    let folder = std::env::temp_dir().join(format!("bygdepuls-calibrated-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let types = file("stype.csv", "stype,total\nE,4421\nH,755\nM,1018\n");
    let wide = file("wide.csv", "sch.wide,total\nNo,1072\nYes,5122\n");
    let totals =
        file("totals.csv", "variable,category,total\n(Intercept),,6194\nstype,H,755\nstype,M,1018\napi99,,3914069\n");
    let clusters = reference("data/apiclus1.csv");
    let rake = format!("--rake {types},{wide} --weights pw --psu dnum --fpc fpc");
    let jk1 = |how: &str| format!("{how} --weights pw --psu dnum --make-replicates jk1");
    let calibrate = |how: &str| format!("--calibrate {totals} {how} --weights pw --psu dnum --fpc fpc");
    // R's raking stops at a distance to the totals of its own.
    for (id, asked, tolerance) in [
        ("clus1_rake", rake, 1e-8),
        ("clus1_JK1_rake", jk1(&format!("--rake {types},{wide}")), 1e-8),
        ("clus1_calibrate_linear", calibrate("--distance linear"), 1e-10),
        ("clus1_calibrate_raking", calibrate("--distance raking"), 1e-8),
        ("clus1_calibrate_logit", calibrate("--distance logit --bounds 0.1,5"), 1e-8),
        ("clus1_calibrate_linear_bounded", calibrate("--distance linear --bounds 0.7,1.8"), 1e-8),
    ] {
        let expected = suite.expected(id);
        for (part, statistic) in [("mean", "--mean api00"), ("total", "--total enroll")] {
            if let Some(values) = expected.get(part) {
                let columns = &figures(values)[..2];
                suite.check(id, &answer(&clusters, &format!("{statistic} {asked}")), columns, tolerance);
            }
        }
    }
    for (id, more) in [("clus1_poststrat", "--fpc fpc"), ("clus1_JK1_poststrat", "--make-replicates jk1")] {
        let expected = suite.expected(id);
        for (part, statistic) in [("mean", "--mean=api00"), ("total", "--total=enroll")] {
            let mut command = Command::new(env!("CARGO_BIN_EXE_bygdepuls"));
            command.arg("estimate").arg(&clusters).arg("--poststratify").arg(format!("stype: {types}"));
            command.arg(statistic).args(more.split(' ')).args(["--weights", "pw", "--psu", "dnum", "--format", "json"]);
            let answer: Value = serde_json::from_slice(&command.output().unwrap().stdout).unwrap();
            suite.check(id, &answer, &figures(&expected[part])[..2], 1e-12);
        }
    }
    fs::remove_dir_all(&folder).unwrap();
}

/// What a user gets who says nothing of the interval; `interval_finite.rs` in the core has the arithmetic.
#[test]
fn a_finite_cohort_has_its_own_interval() {
    let youth = reference("data/youthA.csv");
    let design = "--where year=2024 --strata h --fpc N_h";
    let cell = &answer(&youth, &format!("--share bullied=1 {design}"))["cells"][0];
    assert_eq!(cell["ci_method"], "bayes");
    // Limits are whole people of all strata together.
    let people = cell["sum_of_weights"].as_f64().unwrap();
    for limit in ["ci_lower", "ci_upper"] {
        let people = cell[limit].as_f64().unwrap() * people;
        assert!((people - people.round()).abs() < 1e-9, "{limit} {people}");
    }
    // The weights of the file are N/n too.
    let weighted = &answer(&youth, &format!("--share bullied=1 --weights w {design}"))["cells"][0];
    assert_eq!(
        (&weighted["ci_method"], &weighted["ci_lower"], &weighted["ci_upper"]),
        (&"bayes".into(), &cell["ci_lower"], &cell["ci_upper"])
    );
    for by in answer(&youth, &format!("--share bullied=1 --by h {design}"))["cells"].as_array().unwrap() {
        assert_eq!(by["ci_method"], "wang");
    }
    for by in answer(&youth, &format!("--share bullied=1 --by sex {design}"))["cells"].as_array().unwrap() {
        assert_eq!(by["ci_method"], "korn-graubard");
    }
    let asked = &answer(&youth, &format!("--share bullied=1 --ci korn-graubard {design}"))["cells"][0];
    assert_eq!(asked["ci_method"], "korn-graubard");
    let schools = answer(&reference("data/apistrat.csv"), "--share sch.wide=Yes --weights pw --strata stype --fpc fpc");
    assert_eq!(schools["cells"][0]["ci_method"], "bayes");
}
