//! Tests and models under a sampling design against R: the reference cases in `tests/reference/survey`, and others made
//! for these tests with R 4.2.2 and survey 4.1-1.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test fails by panicking and shows its table")]

#[path = "design_tests/values.rs"]
mod values;

use bygdepuls_core::design::{Condition, Design, DesignQuestion};
use bygdepuls_core::hypothesis::design_rank_test::{self, Score};
use bygdepuls_core::hypothesis::rao_scott::{self, Association, Statistic};
use bygdepuls_core::hypothesis::{TestProblem, TestResult, design_t_test};
use bygdepuls_core::interval::Level;
use bygdepuls_core::model::{Fit, Formula, ModelMatrix, ModelProblem, linear, logistic, response, wald_term};
use bygdepuls_core::problem::Problems;
use bygdepuls_core::read::{Categories, Columns, Want};
use serde_json::Value;

/// A file, its design, and the records of a domain.
struct Sample {
    columns: Columns,
    design: Design,
    domain: Vec<bool>,
}

impl Sample {
    fn read(file: &str, question: &DesignQuestion, wants: &[Want], conditions: &[&str]) -> Self {
        let path = format!("{}/../tests/reference/survey/data/{file}", env!("CARGO_MANIFEST_DIR"));
        Self::of(&std::fs::read(path).unwrap(), question, wants, conditions)
    }

    fn of(bytes: &[u8], question: &DesignQuestion, wants: &[Want], conditions: &[&str]) -> Self {
        let conditions: Vec<_> = conditions.iter().map(|text| Condition::parse(text).unwrap()).collect();
        let mut all = question.wants();
        all.extend(wants.iter().cloned().chain(conditions.iter().map(Condition::want)));
        let mut problems = Problems::new();
        let columns = Columns::read("f.csv", bytes, &all, &[], &mut problems).unwrap();
        let design = question.design(&columns, &mut problems).unwrap();
        assert_eq!(problems.errors(), 0, "{:?}", problems.list());
        let domain = Condition::domain(&conditions, &columns);
        Self { columns, design, domain }
    }

    fn rao_scott(&self, a: &str, b: &str, statistic: Statistic) -> Result<Association, TestProblem> {
        let answers = |name| self.columns.answers(name).unwrap();
        rao_scott::test(&self.design, answers(a), answers(b), &self.domain, statistic)
    }

    fn regress(&self, formula: &str, binary: bool) -> Result<(Fit, ModelMatrix), ModelProblem> {
        let formula = Formula::parse(formula)?;
        let y = response(&formula, &self.columns, &self.domain, binary)?;
        let matrix = ModelMatrix::new(&formula, &self.columns, &y, &self.domain, &self.design.weights)?;
        let y: Vec<f64> = matrix.rows.iter().map(|row| y[*row].unwrap()).collect();
        let fit = if binary { logistic::fit } else { linear::fit }(&self.design, &matrix, &y)?;
        Ok((fit, matrix))
    }
}

fn answers(names: &[&str]) -> Vec<Want> {
    names.iter().map(|name| Want::Answer((*name).into())).collect()
}

fn numbers(names: &[&str]) -> Vec<Want> {
    names.iter().map(|name| Want::Number((*name).into())).collect()
}

fn model_wants(formulas: &[(&str, bool)]) -> Vec<Want> {
    formulas.iter().flat_map(|(formula, binary)| Formula::parse(formula).unwrap().wants(*binary)).collect()
}

/// `W H P N`: columns of weights, strata, units and populations; `-` for none.
fn question(text: &str) -> DesignQuestion {
    let parts: Vec<&str> = text.split(' ').collect();
    let list = |part: &str| part.split(',').filter(|name| *name != "-").map(str::to_owned).collect::<Vec<_>>();
    DesignQuestion {
        weights: list(parts[0]).pop(),
        strata: list(parts[1]),
        psu: list(parts[2]),
        fpc: list(parts[3]),
        nest: true,
        ..DesignQuestion::default()
    }
}

/// Cases that were compared, each with its worst relative difference.
#[derive(Default)]
struct Report {
    cases: Vec<String>,
}

impl Report {
    fn all(&mut self, case: &str, figure: &str, ours: &[f64], reference: &Value, tolerance: f64) {
        let single = [reference.clone()];
        let reference: Vec<f64> = match reference {
            Value::Array(list) => flat(list),
            _ => flat(&single),
        };
        self.numbers(case, figure, ours, &reference, tolerance);
    }

    fn numbers(&mut self, case: &str, figure: &str, ours: &[f64], reference: &[f64], tolerance: f64) {
        assert_eq!(ours.len(), reference.len(), "{case} {figure}: {ours:?} {reference:?}");
        let difference = |(ours, reference): (&f64, &f64)| {
            if *reference == 0.0 { ours.abs() } else { ((ours - reference) / reference).abs() }
        };
        let worst = ours.iter().zip(reference).map(difference).fold(0.0, f64::max);
        println!("{case:<28} {figure:<12} {worst:<10.1e} {tolerance:e}");
        assert!(worst <= tolerance, "{case} {figure}: {ours:?} is not {reference:?}");
        if self.cases.last().is_none_or(|last| last != case) {
            self.cases.push(case.into());
        }
    }

    fn result(&mut self, case: &str, ours: &TestResult, expected: &Value, tolerances: (f64, f64)) {
        self.all(case, "statistic", &[ours.statistic], &expected["statistic"], tolerances.0);
        let parameter =
            if expected["parameter"].is_null() { Value::Array(Vec::new()) } else { expected["parameter"].clone() };
        self.all(case, "parameter", &ours.parameter, &parameter, tolerances.0);
        self.all(case, "p_value", &[ours.p_value], &expected["p_value"], tolerances.1);
    }

    fn fit(&mut self, case: &str, fit: &Fit, e: &Value, tolerance: f64) {
        let places = 0..fit.estimate.len();
        let level = Level::P95;
        if e["names"].is_array() {
            let names: Vec<&str> = e["names"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
            assert_eq!(fit.names, names, "{case}");
        }
        self.all(case, "coef", &fit.estimate, &e["coef"], tolerance);
        self.all(case, "se", &places.clone().map(|j| fit.se(j)).collect::<Vec<_>>(), &e["se"], tolerance);
        let p: Vec<f64> = places.clone().map(|j| fit.p_value(j).unwrap()).collect();
        self.all(case, "p", &p, &e["p"], tolerance);
        let df = if e["df"].is_null() { &e["df_residual"] } else { &e["df"] };
        self.all(case, "df", &[fit.df], df, 0.0);
        if e["vcov"].is_array() {
            let rows = fit.covariance.transpose();
            self.all(case, "vcov", rows.as_slice(), &e["vcov"], tolerance);
            self.all(case, "t", &places.clone().map(|j| fit.t(j).unwrap()).collect::<Vec<_>>(), &e["t"], tolerance);
            let limits = places.flat_map(|j| {
                let (lower, upper) = fit.interval(j, level).unwrap();
                [lower, upper]
            });
            self.all(case, "ci95", &limits.collect::<Vec<_>>(), &e["ci95"], tolerance);
        }
    }
}

fn flat(list: &[Value]) -> Vec<f64> {
    list.iter()
        .flat_map(|value| match value {
            Value::Array(inner) => flat(inner),
            number => vec![number.as_f64().unwrap()],
        })
        .collect()
}

fn expected(case: &str) -> Value {
    for file in ["open_01_api.json", "open_04_youth.json"] {
        let path = format!("{}/../tests/reference/survey/{file}", env!("CARGO_MANIFEST_DIR"));
        let suite: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let found = suite["cases"].as_array().unwrap().iter().find(|other| other["id"] == case);
        if let Some(found) = found {
            return found["expected"].clone();
        }
    }
    panic!("no case {case}");
}

fn apistrat(wants: &[Want]) -> Sample {
    Sample::read("apistrat.csv", &question("pw stype - fpc"), wants, &[])
}

/// The cases of the reference that tests and models answer, at its tolerances or better.
#[test]
fn reference_cases() {
    let mut report = Report::default();
    let strat = apistrat(&answers(&["comp.imp", "sch.wide", "stype", "awards"]));
    for (name, statistic) in Statistic::ALL {
        let case = format!("strat_chisq_{name}");
        let ours = strat.rao_scott("comp.imp", "sch.wide", statistic).unwrap();
        // R finds the saddlepoint to 1e-8 only.
        let p = if matches!(statistic, Statistic::Lincom | Statistic::Saddlepoint) { 1e-6 } else { 1e-10 };
        report.result(&case, &ours.result, &expected(&case), (1e-12, p));
    }
    let case = "strat_chisq_3x2_F";
    let ours = strat.rao_scott("stype", "awards", Statistic::F).unwrap();
    report.result(case, &ours.result, &expected(case), (1e-12, 1e-10));
    report.all(case, "table", &ours.table.concat(), &expected(case)["table"], 1e-12);

    let question_clus1 = question("pw - dnum fpc");
    let clus1 = Sample::read("apiclus1.csv", &question_clus1, &answers(&["sch.wide", "stype"]), &[]);
    let ours = clus1.rao_scott("sch.wide", "stype", Statistic::F).unwrap();
    report.result("clus1_chisq_F", &ours.result, &expected("clus1_chisq_F"), (1e-12, 1e-10));

    let path = format!("{}/../tests/reference/survey/data/youthA.csv", env!("CARGO_MANIFEST_DIR"));
    let youth = std::fs::read_to_string(path).unwrap();
    let year = |line: &&str| line.split(',').nth(4).is_some_and(|year| year == "2023" || year == "year");
    let year2023: String = youth.lines().filter(year).map(|line| format!("{line}\n")).collect();
    let class = Sample::of(year2023.as_bytes(), &question("w muni class -"), &answers(&["bullied", "sex"]), &[]);
    let ours = class.rao_scott("bullied", "sex", Statistic::F).unwrap();
    report.result("class_chisq", &ours.result, &expected("class_chisq"), (1e-12, 1e-10));

    let wants = [numbers(&["enroll", "api00", "api99"]), answers(&["comp.imp", "stype"])].concat();
    let strat = apistrat(&wants);
    let (y, groups) = (|name| strat.columns.numbers(name).unwrap(), |name| strat.columns.answers(name).unwrap());
    let test =
        design_t_test::two_samples(&strat.design, y("enroll"), groups("comp.imp"), &strat.domain, Level::P95).unwrap();
    t_test(&mut report, "strat_ttest", &test, "difference");
    let pairs = y("api00").iter().zip(y("api99"));
    let change: Vec<_> =
        pairs.map(|(after, before)| after.zip(*before).map(|(after, before)| after - before)).collect();
    let test = design_t_test::one_sample(&strat.design, &change, &strat.domain, Level::P95).unwrap();
    t_test(&mut report, "strat_ttest_one", &test, "mean");

    let rank = |group| {
        design_rank_test::test(&strat.design, y("api00"), groups(group), &strat.domain, Score::Rank).unwrap().result
    };
    report.result("strat_ranktest", &rank("comp.imp"), &expected("strat_ranktest"), (1e-11, 1e-11));
    // R gives the two under each other's names.
    let (case, ours) = ("strat_ranktest_kw", rank("stype"));
    report.all(case, "statistic", &[ours.statistic], &expected(case)["parameter"], 1e-11);
    report.all(case, "parameter", &ours.parameter[..1], &expected(case)["statistic"], 0.0);
    report.all(case, "p_value", &[ours.p_value], &expected(case)["p_value"], 1e-11);

    let formulas = [("api00 ~ ell + meals", false), ("sch.wide=Yes ~ ell + meals + stype", true)];
    let strat = apistrat(&model_wants(&formulas));
    let (fit, _) = strat.regress(formulas[0].0, false).unwrap();
    report.fit("strat_glm_gaussian", &fit, &expected("strat_glm_gaussian"), 1e-10);
    let (fit, matrix) = strat.regress(formulas[1].0, true).unwrap();
    report.fit("strat_glm_quasibinomial", &fit, &expected("strat_glm_quasibinomial"), 1e-10);
    let ours = wald_term::term(&fit, &matrix, 2).unwrap();
    let e = expected("strat_regterm");
    // R's model was fitted to 1e-8.
    report.all("strat_regterm", "F", &[ours.statistic], &e["F"], 1e-6);
    report.numbers("strat_regterm", "df", &ours.parameter, &flat(&[e["df"].clone(), e["ddf"].clone()]), 0.0);
    report.all("strat_regterm", "p", &[ours.p_value], &e["p"], 1e-6);

    let stype = strat.columns.answers("stype").unwrap();
    let score = |row: usize| match &**stype.label(row).unwrap() {
        "E" => 0.0,
        "M" => 1.0,
        _ => 2.0,
    };
    let scores: Vec<f64> = (0..strat.columns.rows()).map(score).collect();
    let formula = Formula::parse(formulas[1].0).unwrap();
    let y = response(&formula, &strat.columns, &strat.domain, true).unwrap();
    let y: Vec<f64> = y.into_iter().flatten().collect();
    let fit = logistic::fit(&strat.design, &ModelMatrix::of_numbers(&[("o", &scores)]), &y).unwrap();
    report.fit("strat_trend_logit", &fit, &expected("strat_trend_logit"), 1e-10);

    let formula = "bullied ~ I(year - 2023)";
    let youth = Sample::read("youthA.csv", &question("w - pid -"), &model_wants(&[(formula, true)]), &[]);
    let (fit, _) = youth.regress(formula, true).unwrap();
    report.fit("year_trend_logit", &fit, &expected("year_trend_logit"), 1e-10);

    let formula = "stay ~ muni + sex + bullied";
    let panel = Sample::read("youthA_panel.csv", &question("w - - -"), &model_wants(&[(formula, true)]), &[]);
    let (fit, _) = panel.regress(formula, true).unwrap();
    let coefficients = &expected("panel_flows_ipw")["coef"];
    let reference: Vec<f64> = fit.names.iter().map(|name| coefficients[name].as_f64().unwrap()).collect();
    assert_eq!(coefficients.as_object().unwrap().len(), fit.names.len());
    report.numbers("panel_flows_ipw", "coef", &fit.estimate, &reference, 1e-10);

    assert_eq!(report.cases.len(), 19, "{:?}", report.cases);
}

fn t_test(report: &mut Report, case: &str, ours: &design_t_test::TTest, estimate: &str) {
    let e = expected(case);
    report.all(case, "statistic", &[ours.statistic.unwrap()], &e["statistic"], 1e-12);
    report.all(case, "parameter", &[ours.df], &e["parameter"], 0.0);
    report.all(case, "p_value", &[ours.p_value.unwrap()], &e["p_value"], 1e-11);
    report.all(case, estimate, &[ours.estimate], &e[estimate], 1e-12);
    let (lower, upper) = ours.ci.unwrap();
    report.all(case, "ci", &[lower, upper], &e["ci"], 1e-10);
}

/// An invented sample in two stages: a domain, records without values, three designs.
#[test]
fn two_stages_equal_r() {
    let path = format!("{}/../tests/data/two_stage.csv", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(path).unwrap();
    let models = [("y ~ x*a", false), ("z ~ x + factor(psu) + I(x^2)", true), ("b=ja ~ x:a", true)];
    let wants = [answers(&["a", "b"]), numbers(&["y"]), model_wants(&models)].concat();
    let (two, clusters) = (question("w h psu,ssu N,M"), question("w h psu -"));
    let mut report = Report::default();
    for (design, test, expected) in values::VALUES {
        let question = if *design == "clu" { &clusters } else { &two };
        let sample = Sample::of(&bytes, question, &wants, if *design == "dm" { &["dom=1"] } else { &[] });
        let y = sample.columns.numbers("y").unwrap();
        let groups = |name| -> &Categories { sample.columns.answers(name).unwrap() };
        let with_df = |result: &TestResult| [&[result.statistic, result.p_value], &result.parameter[..]].concat();
        let of_t =
            |test: &design_t_test::TTest| vec![test.estimate, test.statistic.unwrap(), test.p_value.unwrap(), test.df];
        let mut tolerance = 1e-10;
        let ours = if let Some((_, statistic)) = Statistic::ALL.iter().find(|(name, _)| name == test) {
            if *statistic == Statistic::Saddlepoint {
                tolerance = 1e-6;
            }
            with_df(&sample.rao_scott("a", "b", *statistic).unwrap().result)
        } else if *test == "t" {
            of_t(&design_t_test::two_samples(&sample.design, y, groups("b"), &sample.domain, Level::P95).unwrap())
        } else if *test == "t1" {
            of_t(&design_t_test::one_sample(&sample.design, y, &sample.domain, Level::P95).unwrap())
        } else if let Some(rank) = test.strip_prefix("rank") {
            let score = match &rank[2..] {
                "vanderWaerden" => Score::Normal,
                "median" => Score::Median,
                _ => Score::Rank,
            };
            let group = if rank.starts_with('2') { "b" } else { "a" };
            with_df(&design_rank_test::test(&sample.design, y, groups(group), &sample.domain, score).unwrap().result)
        } else if let Some(formula) = test.strip_suffix(" term") {
            let (fit, matrix) = sample.regress(formula, false).unwrap();
            let term = wald_term::term(&fit, &matrix, matrix.terms.len() - 1).unwrap();
            vec![term.statistic, term.p_value]
        } else {
            let (_, binary) = models.iter().find(|(formula, _)| formula == test).unwrap();
            let (fit, _) = sample.regress(test, *binary).unwrap();
            let se: Vec<f64> = (0..fit.names.len()).map(|j| fit.se(j)).collect();
            [fit.estimate.clone(), se, vec![fit.df]].concat()
        };
        report.numbers(&format!("{design} {test}"), "figures", &ours, expected, tolerance);
    }
    assert_eq!(report.cases.len(), 51);
}

/// A file of numbers: `x`, 0/1 `y`, group `g`.
fn small(text: &str) -> Sample {
    let mut wants = [answers(&["x", "y", "g"]), numbers(&["x", "y"])].concat();
    wants.extend(model_wants(&[("y ~ x + g", true)]));
    Sample::of(text.as_bytes(), &question("w - - -"), &wants, &[])
}

#[test]
fn what_has_no_answer_says_why() {
    // x above 3 is always yes, below always no.
    let separated = small("x,y,g,w\n1,0,a,1\n2,0,b,1\n3,0,a,1\n4,1,b,1\n5,1,a,1\n6,1,b,1\n");
    let columns =
        |names: &[&str]| ModelProblem::Separated { columns: names.iter().map(|name| (*name).into()).collect() };
    assert_eq!(separated.regress("y ~ x", true).unwrap_err(), columns(&["x"]));
    // All of b said yes, of a some: only b's coefficient grows without end.
    let partly = small("x,y,g,w\n1,0,a,1\n2,1,b,1\n3,1,a,1\n1,1,b,1\n5,0,a,1\n2,1,a,1\n");
    assert_eq!(partly.regress("y ~ x + g", true).unwrap_err(), columns(&["gb"]));
    let overlap = small("x,y,g,w\n1,0,a,1\n2,1,a,1\n3,0,b,1\n4,1,b,1\n");
    assert!(overlap.regress("y ~ x", true).is_ok());

    let constant = small("x,y,g,w\n1,1,a,1\n1,1,a,1\n1,1,a,2\n");
    assert_eq!(constant.regress("y ~ x", true).unwrap_err(), ModelProblem::Redundant { column: "x".into() });
    assert_eq!(constant.regress("y ~ g", true).unwrap_err(), ModelProblem::OneValue { column: "g".into() });
    assert_eq!(constant.regress("y ~ 1", true).unwrap_err(), ModelProblem::ConstantResponse);
    assert_eq!(constant.rao_scott("y", "g", Statistic::F).unwrap_err(), TestProblem::AllAlike { variable: 0 });

    let empty = small("x,y,g,w\n,,,1\n,,,1\n");
    assert_eq!(empty.regress("y ~ x", true).unwrap_err(), ModelProblem::NoRecords);
    assert_eq!(empty.rao_scott("y", "g", Statistic::F).unwrap_err(), TestProblem::NoRecords);
    let weightless = small("x,y,g,w\n1,0,a,0\n2,1,b,0\n");
    assert_eq!(weightless.rao_scott("y", "g", Statistic::F).unwrap_err(), TestProblem::NoRecords);
    assert_eq!(weightless.regress("y ~ x", false).unwrap_err(), ModelProblem::NoRecords);

    let odd = small("x,y,g,w\n1,0,a,1\n2,2,b,1\n");
    assert_eq!(odd.regress("y ~ x", true).unwrap_err(), ModelProblem::NotBinary { column: "y".into(), row: 1 });

    // One record: no spread, no degrees of freedom.
    let one = small("x,y,g,w\n4,1,a,1\n");
    let x = one.columns.numbers("x").unwrap();
    let test = design_t_test::one_sample(&one.design, x, &one.domain, Level::P95).unwrap();
    assert_eq!((test.estimate, test.statistic, test.p_value, test.ci), (4.0, None, None, None));
    let groups = one.columns.answers("g").unwrap();
    let test = design_t_test::two_samples(&one.design, x, groups, &one.domain, Level::P95);
    assert_eq!(test.unwrap_err(), TestProblem::NotTwoGroups { groups: 1 });
    let ranks = design_rank_test::test(&one.design, x, groups, &one.domain, Score::Rank);
    assert_eq!(ranks.unwrap_err(), TestProblem::AllAlike { variable: 1 });

    // The same value everywhere, though none that a double holds exactly.
    let tenths = small("x,y,g,w\n0.1,1,a,0.3\n0.1,0,b,0.7\n0.1,1,a,1.1\n0.1,0,b,2.9\n0.1,0,b,0.01\n");
    let (x, groups) = (tenths.columns.numbers("x").unwrap(), tenths.columns.answers("g").unwrap());
    let test = design_t_test::two_samples(&tenths.design, x, groups, &tenths.domain, Level::P95).unwrap();
    assert_eq!((test.statistic, test.p_value), (None, None));
    assert_eq!(tenths.regress("x ~ g", false).unwrap().0.t(1), None);
    // A text for each record.
    let many: String = (0..600).map(|id| format!("{id},{},t{id},1\n", id % 2)).collect();
    let many = small(&format!("x,y,g,w\n{many}"));
    let too_many = ModelProblem::TooManyColumns { column: "g".into(), columns: 600 };
    assert_eq!(many.regress("y ~ g", false).unwrap_err(), too_many);
    let too_many = TestProblem::TooManyValues { variable: 1, values: 600 };
    assert_eq!(many.rao_scott("y", "g", Statistic::F).unwrap_err(), too_many);
    let mixed = small("x,y,g,w\n1.5,1,\"1,5\",1\n2,0,2.5,1\n3,1,3,1\n");
    assert_eq!(mixed.regress("y ~ g", true).unwrap_err(), ModelProblem::MixedDecimal { column: "g".into(), row: 0 });

    // The same value everywhere.
    let flat = small("x,y,g,w\n4,1,a,1\n4,0,b,2\n4,1,a,1\n4,0,b,2\n");
    let (x, groups) = (flat.columns.numbers("x").unwrap(), flat.columns.answers("g").unwrap());
    let test = design_t_test::two_samples(&flat.design, x, groups, &flat.domain, Level::P95).unwrap();
    assert_eq!((test.estimate, test.statistic, test.p_value), (0.0, None, None));
    let ranks = design_rank_test::test(&flat.design, x, groups, &flat.domain, Score::Rank);
    assert_eq!(ranks.unwrap_err(), TestProblem::NoVariance);
    // Answer and group say the same: everything off the diagonal is empty, the tests still exist.
    assert!(flat.rao_scott("y", "g", Statistic::F).is_ok());
}

/// Everybody in the population was asked: nothing varies.
#[test]
fn a_census_has_no_variance() {
    let question = DesignQuestion { fpc: vec!["x".into()], ..question("w - - -") };
    let wants = answers(&["y", "g"]);
    let text = "x,y,g,w\n6,0,a,1\n6,1,b,1\n6,0,a,1\n6,1,a,1\n6,0,b,1\n6,1,b,1\n";
    let census = Sample::of(text.as_bytes(), &question, &wants, &[]);
    for (_, statistic) in Statistic::ALL {
        assert_eq!(census.rao_scott("y", "g", statistic).unwrap_err(), TestProblem::NoVariance);
    }
}
