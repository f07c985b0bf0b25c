//! `bygdepuls interval` as a whole command.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::excessive_precision, reason = "values as R printed them")]

use serde_json::Value;
use std::process::{Command, Output};

fn interval(arguments: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bygdepuls")).arg("interval").args(arguments.split(' ')).output().unwrap()
}

fn cells(arguments: &str) -> Vec<Value> {
    let output = interval(&format!("{arguments} --format json"));
    assert_eq!(output.status.code(), Some(0), "{arguments}");
    let result: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(result["warnings"], Value::Array(Vec::new()));
    result["cells"].as_array().unwrap().clone()
}

/// R 4.2.2, survey 4.1-1: `svyciprop` of 21 yes and 14 no, by `svydesign(id=~1)` without and with `fpc=60`. R's
/// `likelihood` is interpolated.
#[test]
fn a_simple_random_sample_equals_r() {
    for (population, method, lower, upper) in [
        ("", "t", 0.429_257_309_263_627_4, 0.770_742_690_736_372_6),
        ("", "xlogit", 0.424_100_485_565_174_8, 0.753_411_942_592_693_5),
        ("", "logit", 0.424_100_485_565_174_8, 0.753_411_942_592_693_5),
        ("", "asin", 0.426_680_768_905_564_3, 0.761_294_583_540_719_3),
        ("", "beta", 0.418_369_675_640_01, 0.763_521_475_308_516_9),
        ("", "likelihood", 0.423_914_029_349_785_23, 0.760_038_542_349_576_02),
        (" --population 60", "t", 0.489_786_067_048_564_26, 0.710_213_932_951_435_6),
        (" --population 60", "xlogit", 0.486_563_332_818_199_6, 0.703_639_561_784_305_4),
        (" --population 60", "asin", 0.488_193_433_573_049_4, 0.706_766_581_454_11),
        (" --population 60", "beta", 0.485_578_787_263_840_03, 0.706_940_604_021_583_3),
        (" --population 60", "likelihood", 0.486_172_056_195_252_83, 0.706_991_591_632_603_83),
    ] {
        let cells = cells(&format!("--successes 21 --n 35 --method {method}{population}"));
        let tolerance = if method == "likelihood" { 2e-5 } else { 1e-13 };
        for (key, r) in [("ci_lower", lower), ("ci_upper", upper)] {
            let ours = cells[0][key].as_f64().unwrap();
            assert!((ours - r).abs() < tolerance, "{method}{population}: {ours} is not {r}");
        }
        assert_eq!((&cells[0]["df"], &cells[0]["ci_method"]), (&Value::from(34.0), &Value::from(method)));
    }
}

#[test]
fn all_methods_have_the_shape_of_the_schema() {
    let schema = include_str!("../docs/schema/interval.json");
    let schema: Value = serde_json::from_str(schema).unwrap();
    let cell = &schema["properties"]["cells"]["items"];
    let keys = cell["properties"].as_object().unwrap();
    let methods = cell["properties"]["ci_method"]["enum"].as_array().unwrap();
    let statuses = cell["properties"]["status"]["enum"].as_array().unwrap();
    for (counts, many) in [
        ("--successes 0 --n 1", 23),
        ("--successes 1 --n 1 --population 9", 30),
        ("--successes 3 --n 4 --population 4", 30),
    ] {
        let cells = cells(&format!("{counts} --method all"));
        assert_eq!(cells.len(), many, "{counts}");
        for cell in &cells {
            assert!(cell.as_object().unwrap().keys().eq(keys.keys()), "{cell}");
            assert!(methods.contains(&cell["ci_method"]) && statuses.contains(&cell["status"]), "{cell}");
            let limits = [cell["ci_lower"].is_null(), cell["ci_upper"].is_null()];
            let without = cell["status"] != "ok";
            assert_eq!((limits, cell["notes"] == Value::Array(Vec::new())), ([without; 2], !without), "{cell}");
        }
    }
}

#[test]
fn with_a_population_the_default_is_wang() {
    let cells = cells("--successes 5 --n 9 --population 12 --level 0.9");
    assert_eq!(cells.len(), 1);
    assert_eq!((&cells[0]["ci_method"], &cells[0]["level"]), (&Value::from("wang"), &Value::from(0.9)));
    let counts = ["ci_lower", "ci_upper"].map(|key| cells[0][key].as_f64().unwrap() * 12.0);
    assert_eq!(counts, [5.0, 8.0]);
    let cells = self::cells("--successes 0 --n 1");
    assert_eq!((&cells[0]["ci_method"], &cells[0]["ci_upper"]), (&Value::from("clopper-pearson"), &Value::from(0.975)));
}

/// What a table and a CSV show, in English and in bokmål.
#[test]
fn tables_for_people() {
    let text = |output: Output| String::from_utf8(output.stdout).unwrap();
    assert_eq!(
        text(interval("--successes 0 --n 14 --method clopper-pearson,logit --lang en")),
        "0 of 14: 0.0000\n\
         method             lower    upper\n\
         clopper-pearson   0.0000   0.2316\n\
         logit                  –        –  all answered alike, and the method has no interval then; korn-graubard has\n"
    );
    assert_eq!(
        text(interval("--successes 5 --n 9 --population 12 --lang nb")),
        "5 av 9, populasjon 12: 0.5556\nmetode    nedre     øvre\nwang     0.4167   0.6667\n"
    );
    assert_eq!(
        text(interval("--successes 1 --n 2 --population 2 --method nonresponse-bounds --format csv")),
        "statistic,variable,value,estimate,se,ci_lower,ci_upper,level,ci_method,df,n,sum_of_weights,status,notes\n\
         share,,,0.5,0,0.5,0.5,,nonresponse-bounds,,2,2,ok,\n"
    );
}

#[test]
fn what_cannot_be_is_refused() {
    for (arguments, code, words) in [
        ("--successes 5 --n 3 --lang nb", 1, "flere sa ja enn svarte"),
        ("--successes 5 --n 3 --lang nn", 1, "fleire sa ja enn svara"),
        ("--successes 5 --n 3 --lang en", 1, "more said yes than answered"),
        ("--successes 0 --n 0 --lang en", 1, "nobody answered"),
        ("--successes 1 --n 3 --population 2 --lang en", 1, "more answered than the population holds"),
        ("--successes 1 --n 3 --population 18446744073709551615 --lang en", 1, "the population is larger than"),
        ("--successes 1 --n 18446744073709551615 --lang en", 1, "more answers than the method is made for"),
        ("--successes 1 --n 3 --level 1 --lang en", 2, "a number between 0 and 1"),
        ("--successes 1 --n 3 --level 0 --lang nb", 2, "et tall mellom 0 og 1"),
        ("--successes 1 --n 3 --level -0.5 --lang en", 2, "a number between 0 and 1"),
        ("--successes 1 --n 3 --level NaN --lang en", 2, "a number between 0 and 1"),
        ("--successes 1 --n 3 --level 0.12345678 --lang en", 2, "at most six decimals"),
        ("--successes -1 --n 3 --lang nn", 2, "eit heilt tal, 0 eller meir"),
        ("--successes 1.5 --n 3 --lang en", 2, "a whole number, 0 or more"),
        ("--successes ten --n 3 --lang en", 2, "a whole number, 0 or more"),
        ("--successes 1 --n 3 --method wang --lang nb", 2, "--method wang trenger --population"),
        ("--successes 1 --n 3 --method exact --lang en", 2, "clopper-pearson"),
        ("--n 3 --lang en", 2, "--successes"),
    ] {
        let output = interval(arguments);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), output.stdout), (Some(code), Vec::new()), "{arguments}: {said}");
        assert!(said.contains(words), "{arguments}: {said}");
    }
}

/// Nothing hangs: large samples, and levels near 0 and 1.
#[test]
fn large_samples_and_extreme_levels() {
    for counts in ["--successes 500000000 --n 1000000000", "--successes 3 --n 10000000000", "--successes 1 --n 2"] {
        for level in ["0.999999", "0.000001"] {
            let cells = cells(&format!("{counts} --method all --level {level}"));
            assert!(cells.iter().all(|cell| cell["status"] == "ok"), "{counts} {level}");
        }
    }
    let cells = cells("--successes 500 --n 1000000 --population 1000000000 --method all");
    let refused: Vec<_> = cells.iter().filter(|cell| cell["status"] == "population_too_large").collect();
    assert_eq!(refused.len(), 5, "{refused:?}");
}
