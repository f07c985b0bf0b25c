//! `bygdepuls test` as a whole command: each kind on reference data, and files from which nothing can be learnt.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::excessive_precision, reason = "as R printed them")]

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/reference/survey/data")
}

fn test(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bygdepuls"));
    command.current_dir(data()).args(["test"]).args(arguments).args(["--lang", "en"]).stdin(Stdio::null());
    command.output().unwrap()
}

fn json(arguments: &[&str]) -> Value {
    let output = test(&[arguments, &["--format", "json"]].concat());
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A file of its own; standard output and standard error with the exit code.
fn of(text: &str, arguments: &[&str]) -> (Option<i32>, String, String) {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("f.csv");
    fs::write(&file, text).unwrap();
    let output = test(&[&[file.to_str().unwrap()], arguments].concat());
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn near(value: &Value, expected: f64) {
    let value = value.as_f64().unwrap();
    assert!((value - expected).abs() <= 1e-10 * expected.abs(), "{value} is not {expected}");
}

/// Expected figures: the reference cases named in the comments.
#[test]
fn every_kind_of_test() {
    let design = ["--weights", "pw", "--strata", "stype", "--fpc", "fpc"];
    let strat = |arguments: &[&str]| json(&[&["apistrat.csv"], arguments, &design].concat());

    // strat_chisq_Wald
    let answer = strat(&["rao-scott", "comp.imp", "sch.wide", "--statistic", "Wald"]);
    near(&answer["statistic"], 51.68334941173344);
    near(&answer["p_value"], 1.3215061445961678e-11);
    assert_eq!(answer["parameter"], serde_json::json!([1.0, 197.0]));
    // strat_chisq_lincom
    let answer = strat(&["rao-scott", "comp.imp", "sch.wide", "--statistic", "lincom"]);
    assert_eq!(answer["parameter"], Value::Null);
    assert!((answer["p_value"].as_f64().unwrap() / 8.690975590027144e-11 - 1.0).abs() < 1e-6);
    // The exact tail of a table of two by two is that of F(1, 197): strat_chisq_F.
    near(&answer["p_value_exact"], 7.822040652229916e-11);
    // strat_ttest
    let answer = strat(&["t", "enroll", "comp.imp"]);
    near(&answer["statistic"], -3.7248883157978767);
    near(&answer["estimate"], -228.28224959336202);
    near(&answer["ci"][0], -349.1462316589229);
    // strat_ttest_one
    near(&strat(&["t", "I(api00 - api99)"])["p_value"], 1.6010406870498584e-37);
    // strat_ranktest_kw; R swaps the names of statistic and parameter.
    let answer = strat(&["rank", "api00", "stype"]);
    near(&answer["statistic"], 6.710406076087576);
    near(&answer["p_value"], 0.03692878320881857);
    // strat_glm_quasibinomial, strat_regterm
    let answer = strat(&["regress", "sch.wide=Yes ~ ell + meals + stype", "--family", "logistic"]);
    near(&answer["cells"][3]["estimate"], -2.515228843950424);
    near(&answer["cells"][3]["p_value"], 8.951830769981902e-06);
    near(&answer["covariance"][0][0], 0.4145345357892788);
    assert_eq!(answer["cells"][3]["name"], "stypeH");
    near(&answer["terms"][2]["statistic"], 10.41113865413747);
    // strat_glm_gaussian
    near(&strat(&["regress", "api00 ~ ell+meals"])["cells"][2]["se"], 0.27576548881587687);
    // year_trend_logit
    let answer = json(&["youthA.csv", "trend", "bullied", "year", "--weights", "w", "--psu", "pid"]);
    near(&answer["estimate"], 0.13179848932383206);
    near(&answer["p_value"], 0.345206937418013);
    assert!(answer["method"].as_str().unwrap().contains("logistic"));
    // Python, scipy: binomtest(9, 23).pvalue; (14 - 9)^2 / 23.
    let answer = json(&["youthA_panel.csv", "mcnemar", "bullied", "bullied2"]);
    near(&answer["statistic"], 25.0 / 23.0);
    near(&answer["p_value_exact"], 0.4048728942871094);
}

/// A file without a design: 3 of 20, 5 of 22, 6 of 19, 9 of 21, as `prop.trend.test` has it (case trend_4yr).
#[test]
fn trend_without_a_design() {
    let mut text = String::from("year,yes\n");
    for (year, x, n) in [(1, 3, 20), (2, 5, 22), (3, 6, 19), (4, 9, 21)] {
        (0..n).for_each(|person| text.push_str(&format!("{year},{}\n", if person < x { "ja" } else { "nei" })));
    }
    let (code, out, error) = of(&text, &["trend", "yes=ja", "year", "--format", "json"]);
    assert_eq!((code, error.as_str()), (Some(0), ""));
    let answer: Value = serde_json::from_str(&out).unwrap();
    near(&answer["statistic"], 4.362859248341933);
    near(&answer["p_value"], 0.036730606692586876);
    near(&answer["slope"], 0.09268292682926829);
    assert!(answer["method"].as_str().unwrap().starts_with("Cochran-Armitage"));
}

#[test]
fn files_from_which_nothing_can_be_learnt() {
    let header = "y,x,g,w,p,h\n";
    let cases = [
        // One record; one sampling unit.
        ("1,2,a,1,1,1\n", &["t", "x", "g"][..], "the number of values in the column is 1"),
        ("1,2,a,1,1,1\n", &["rao-scott", "y", "g"], "all records have the same value"),
        (
            "1,2,a,1,1,1\n0,3,b,1,1,1\n1,3,b,1,1,1\n0,3,a,1,1,1\n",
            &["rao-scott", "y", "g", "--psu", "p"],
            "degrees of freedom",
        ),
        ("1,2,a,1,1,1\n0,3,b,1,1,1\n", &["rank", "x", "g", "--psu", "p"], "degrees of freedom"),
        // All the same; all missing; no weight.
        ("1,2,a,1,1,1\n0,2,b,1,2,1\n1,2,b,1,3,1\n", &["regress", "y ~ x"], "the column follows from the others"),
        ("1,2,a,1,1,1\n1,3,b,1,2,1\n", &["regress", "y ~ x", "--family", "logistic"], "the response is the same"),
        (",,,1,1,1\n,,,1,2,1\n", &["rao-scott", "y", "g"], "no record has all values"),
        (",,,1,1,1\n,,,1,2,1\n", &["t", "x"], "no record has all values"),
        (",,,1,1,1\n,,,1,2,1\n", &["trend", "y", "x"], "a group has nobody in it"),
        (",,,1,1,1\n,,,1,2,1\n", &["mcnemar", "y", "x"], "a group has nobody in it"),
        ("1,2,a,0,1,1\n0,3,b,0,2,1\n", &["regress", "y ~ x", "--weights", "w"], "no record has all values"),
        ("1,2,a,1,1,1\n0,3,b,-1,2,1\n", &["t", "x", "g", "--weights", "w"], "weight must not be negative"),
        // x tells 0 from 1.
        (
            "0,1,a,1,1,1\n0,2,b,1,2,1\n1,3,a,1,3,1\n1,4,b,1,4,1\n",
            &["regress", "y ~ x", "--family", "logistic"],
            "no finite value",
        ),
        ("0,1,a,1,1,1\n2,2,b,1,2,1\n", &["mcnemar", "y", "x"], "neither 0 nor 1"),
        ("0,1,a,1,1,1\n1,z,b,1,2,1\n", &["t", "x"], "not a number"),
        ("1,2,a,1,1,1\n0,3,b,1,2,2\n", &["t", "x", "--strata", "h", "--lonely-psu", "fail"], "a single sampling unit"),
    ];
    for (records, arguments, reason) in cases {
        let (code, out, error) = of(&format!("{header}{records}"), arguments);
        assert_eq!((code, out.as_str()), (Some(1), ""), "{arguments:?} {error}");
        assert!(error.contains(reason), "{arguments:?} {records}: {error}");
    }
    // What does not exist is null, and a warning says why.
    let (code, out, error) = of("x\n4\n", &["t", "x", "--format", "json"]);
    assert_eq!(code, Some(0), "{error}");
    assert!(error.starts_with("warning: too few sampling units"), "{error}");
    let answer: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (&answer["estimate"], &answer["statistic"], &answer["p_value"]),
        (&4.0.into(), &Value::Null, &Value::Null)
    );
    assert_eq!(answer["warnings"].as_array().unwrap().len(), 1);
    // A census: the slope is known.
    let text = "y,x,n\n1,1,4\n0,2,4\n0,3,4\n1,4,4\n";
    let (code, out, error) = of(text, &["trend", "y", "x", "--fpc", "n", "--format", "json"]);
    assert_eq!(code, Some(0), "{error}");
    assert!(error.starts_with("warning: the estimated variance is 0"), "{error}");
    assert_eq!(serde_json::from_str::<Value>(&out).unwrap()["statistic"], Value::Null);
}

/// A value with a comma stands in quotes, in conditions, indicators and formulas.
#[test]
fn values_with_commas() {
    let text = "x,g\n1,\"(0,19]\"\n2,\"(0,19]\"\n6,60+\n9,old\n";
    let estimate = |arguments: &[&str]| {
        let (code, out, error) = of(text, &[arguments, &["--format", "json"]].concat());
        assert_eq!(code, Some(0), "{error}");
        serde_json::from_str::<Value>(&out).unwrap()["estimate"].clone()
    };
    near(&estimate(&["t", "x", "--where", "g='(0,19]',60+"]), 3.0);
    near(&estimate(&["t", "g=\"(0,19]\""]), 0.5);
    let (_, out, _) = of(text, &["regress", "x ~ I(g=='(0,19]')", "--format", "csv"]);
    assert!(out.contains("coefficient,(Intercept),7.5,"), "{out}");
}

#[test]
fn wrong_usage_ends_with_two() {
    for arguments in [
        &["apistrat.csv"][..],
        &["apistrat.csv", "chi", "a", "b"],
        &["apistrat.csv", "rao-scott", "stype"],
        &["apistrat.csv", "regress", "a", "b"],
        &["apistrat.csv", "regress", "api00 ~ log(ell)"],
        &["apistrat.csv", "t", "ell", "--statistic", "F"],
        &["apistrat.csv", "t", "ell", "--level", "95"],
        &["apistrat.csv", "rao-scott", "a", "b", "--statistic", "G"],
    ] {
        let output = test(arguments);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments:?}");
        assert!(!output.stderr.is_empty());
    }
    // A column that is not there: those that are, are listed.
    let output = test(&["apistrat.csv", "t", "nothing"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("the file has cds, stype"));
}

#[test]
fn tables_for_people_and_csv() {
    let text = "before,after,group\n1,0,a\n0,1,b\n0,1,a\n1,1,b\n0,1,b\n0,0,a\n";
    let (_, out, _) = of(text, &["mcnemar", "before", "after"]);
    let expected = "McNemar's chi-squared test, without continuity correction\n\n                statistic  df       p\nafter − \
                    before     1.0000   1  0.3173\n\nn = 6\n";
    assert_eq!(out, expected);
    let (_, out, _) = of(text, &["regress", "after ~ group", "--format", "csv"]);
    let head = "part,name,estimate,se,statistic,df1,df2,p_value,ci_lower,ci_upper,odds_ratio,odds_ratio_lower,";
    assert!(out.starts_with(head), "{out}");
    let parts: Vec<&str> = out.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(parts, ["test", "coefficient", "coefficient", "term"]);
}

/// The tests and families that the command takes are those of the schema.
#[test]
fn kinds_are_those_of_the_schema() {
    let schema: Value = serde_json::from_str(include_str!("../docs/schema/test.json")).unwrap();
    let help = String::from_utf8(test(&["--help"]).stdout).unwrap();
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    for (option, key) in [("The test", "test"), ("Model of regress", "family")] {
        let (_, after) = help.split_once(option).unwrap();
        let (_, values) = after.split_once("[possible values: ").unwrap();
        let values: Vec<&str> = values.split(']').next().unwrap().split(", ").collect();
        assert_eq!(schema["properties"][key]["enum"], Value::from(values), "{key}");
    }
}
