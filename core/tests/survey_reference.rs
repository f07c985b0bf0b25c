//! Estimates against R `survey` (cases in `tests/reference/survey`): every case of a file is named, with the worst relative
//! difference of its figures.
//!
//! Differences are relative, absolute for figures below 1e-3 of the others of the case. Tolerance 1e-12 unless the table says
//! otherwise: R sums a mean's deviations with rounding of its own.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "a table of cases")]
#![allow(clippy::excessive_precision, reason = "as R prints them")]

use bygdepuls_core::design::{Design, LonelyPsu, StageColumns};
use bygdepuls_core::distribution::student_t;
use bygdepuls_core::estimate::design_effect::{self, Replacement};
use bygdepuls_core::estimate::{
    Linearised, NoEstimate, QuantileIntervalMethod, QuantileQuestion, QuantileRule, contrast, covariance, indicator,
    mean, proportion, quantile, quantile_interval, ratio, total, variance, within,
};
use bygdepuls_core::interval::{DesignProportion, Level, ProportionMethod, design_interval};
use bygdepuls_core::read::Categories;
use bygdepuls_core::weight::replicate::{Given, GivenMethod, Replicates};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

const TOLERANCE: f64 = 1e-12;

fn path(file: &str) -> String {
    format!("{}/../tests/reference/survey/{file}", env!("CARGO_MANIFEST_DIR"))
}

/// Cases by id, those that are checked, and what was found.
struct Suite {
    cases: BTreeMap<String, Value>,
    checked: BTreeSet<String>,
    failed: usize,
}

impl Suite {
    fn open(file: &str) -> Self {
        let text = std::fs::read_to_string(path(file)).unwrap();
        let suite: Value = serde_json::from_str(&text).unwrap();
        let id = |case: &Value| case["id"].as_str().unwrap().to_owned();
        let cases = suite["cases"].as_array().unwrap().iter().map(|case| (id(case), case["expected"].clone()));
        Self { cases: cases.collect(), checked: BTreeSet::new(), failed: 0 }
    }

    /// Compares what a case expects at a place, as `mean/estimate`, with our figures.
    fn check(&mut self, id: &str, place: &str, ours: &[f64]) {
        self.check_to(id, place, ours, TOLERANCE);
    }

    fn check_to(&mut self, id: &str, place: &str, ours: &[f64], tolerance: f64) {
        let case = self.cases.get(id).unwrap_or_else(|| panic!("no case {id}"));
        let expected = place.split('/').fold(case, |value, key| &value[key]);
        let expected = numbers(expected);
        assert_eq!(expected.len(), ours.len(), "{id} {place}: {expected:?}, ours {ours:?}");
        let scale = expected.iter().fold(0.0, |largest: f64, value| largest.max(value.abs()));
        let difference = |(ours, expected): (&f64, &f64)| {
            (ours - expected).abs()
                / if expected.abs() < 1e-3 * scale { scale.max(1e-300) } else { expected.abs().max(1e-300) }
        };
        let worst = ours
            .iter()
            .zip(&expected)
            .map(difference)
            .fold(0.0, |worst: f64, value| if value.is_nan() { f64::NAN } else { worst.max(value) });
        // Figures that are 0 in R but for rounding.
        let zero = expected.iter().all(|value| value.abs() < 1e-15) && ours.iter().all(|value| value.abs() < 1e-12);
        let fine = zero || worst <= tolerance;
        println!("{id:36} {place:22} {worst:8.1e}  {tolerance:.0e}{}", if fine { "" } else { "  ***" });
        if !fine {
            println!("    expected {expected:?}\n    ours     {ours:?}");
            self.failed += 1;
        }
        self.checked.insert(id.to_owned());
    }

    /// Estimates and their covariance, under the key `place`.
    fn check_all(&mut self, id: &str, place: &str, parts: &[Linearised], design: &Design) {
        let matrix = covariance(parts, design).unwrap();
        let estimates: Vec<f64> = parts.iter().map(|part| part.estimate).collect();
        self.check_matrix(id, place, &estimates, &matrix, TOLERANCE);
    }

    fn check_matrix(
        &mut self,
        id: &str,
        place: &str,
        estimates: &[f64],
        matrix: &nalgebra::DMatrix<f64>,
        tolerance: f64,
    ) {
        let at = |key: &str| if place.is_empty() { key.to_owned() } else { format!("{place}/{key}") };
        self.check_to(id, &at("estimate"), estimates, tolerance);
        let se: Vec<f64> = matrix.diagonal().iter().map(|variance| variance.sqrt()).collect();
        self.check_to(id, &at("se"), &se, tolerance);
        let case = place.split('/').filter(|key| !key.is_empty()).fold(&self.cases[id], |value, key| &value[key]);
        if case["vcov"].is_array() {
            self.check_to(id, &at("vcov"), matrix.transpose().as_slice(), tolerance);
        }
    }

    /// All cases are checked here, or are named as tested elsewhere.
    fn close(self, elsewhere: &[&str]) {
        for id in self.cases.keys() {
            let other = elsewhere.contains(&id.as_str());
            assert!(
                self.checked.contains(id) != other,
                "case {id} is checked {}",
                if other { "twice" } else { "nowhere" }
            );
        }
        println!("{} of {} cases here", self.checked.len(), self.cases.len());
        assert_eq!(self.failed, 0, "figures beyond their tolerance are marked ***");
    }
}

/// All numbers in a value, row by row.
fn numbers(value: &Value) -> Vec<f64> {
    match value {
        Value::Number(number) => vec![number.as_f64().unwrap()],
        Value::Array(values) => values.iter().flat_map(numbers).collect(),
        Value::Object(values) => values.values().flat_map(numbers).collect(),
        Value::Bool(value) => vec![f64::from(u8::from(*value))],
        Value::String(_) | Value::Null => vec![f64::NAN],
    }
}

/// A file as text.
#[derive(Clone)]
struct Table {
    names: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    fn read(file: &str) -> Self {
        let mut reader = csv::Reader::from_path(path(&format!("data/{file}"))).unwrap();
        let names = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let rows = reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
        Self { names, rows }
    }

    fn column(&self, name: &str) -> usize {
        self.names.iter().position(|other| other == name).unwrap_or_else(|| panic!("no column {name}"))
    }

    fn text(&self, name: &str) -> Vec<&str> {
        let column = self.column(name);
        self.rows.iter().map(|row| row[column].as_str()).collect()
    }

    fn optional(&self, name: &str) -> Vec<Option<f64>> {
        self.text(name).into_iter().map(|text| (!text.is_empty()).then(|| text.parse().unwrap())).collect()
    }

    fn number(&self, name: &str) -> Vec<f64> {
        self.optional(name).into_iter().map(Option::unwrap).collect()
    }

    fn codes(&self, name: &str) -> Categories {
        let text = self.text(name);
        let labels: Vec<&str> = text.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
        let code = |text: &&str| u32::try_from(labels.binary_search(text).unwrap()).unwrap();
        Categories {
            codes: text.iter().map(code).collect(),
            labels: labels.iter().map(|text| Arc::from(*text)).collect(),
        }
    }

    /// 1 where a column is a code, 0 where it is another, nothing where it is empty.
    fn is(&self, name: &str, code: &str) -> Vec<Option<f64>> {
        let texts: Vec<_> = self.text(name).into_iter().map(|text| (!text.is_empty()).then_some(text)).collect();
        indicator(&texts, |text| *text == code)
    }

    fn cut(&self, keep: impl Fn(&dyn Fn(&str) -> String) -> bool) -> Self {
        let kept = self.rows.iter().filter(|row| keep(&|name: &str| row[self.column(name)].clone()));
        Self { names: self.names.clone(), rows: kept.cloned().collect() }
    }

    fn design(&self, weights: Option<&str>, strata: Option<&str>, psu: Option<&str>, fpc: Option<&str>) -> Design {
        self.design_with(weights, strata, psu, fpc, LonelyPsu::Adjust)
    }

    fn design_with(
        &self,
        weights: Option<&str>,
        strata: Option<&str>,
        psu: Option<&str>,
        fpc: Option<&str>,
        lonely: LonelyPsu,
    ) -> Design {
        let (strata, units) = (strata.map(|name| self.codes(name)), psu.map(|name| self.codes(name)));
        let fpc = fpc.map(|name| self.number(name));
        let stage = StageColumns { strata: strata.iter().collect(), units: units.as_ref(), fpc: fpc.as_deref() };
        let weights = weights.map_or_else(|| vec![1.0; self.rows.len()], |name| self.number(name));
        Design::new(self.rows.len(), &[stage], Some(weights), true, lonely).unwrap()
    }
}

fn means(design: &Design, variables: &[&[Option<f64>]]) -> Vec<Linearised> {
    variables.iter().map(|values| mean::linearised(&design.weights, values).unwrap()).collect()
}

/// The rows where all variables are present.
fn complete<const N: usize>(variables: [Vec<Option<f64>>; N]) -> [Vec<Option<f64>>; N] {
    let all: Vec<bool> =
        (0..variables[0].len()).map(|row| variables.iter().all(|values| values[row].is_some())).collect();
    variables.map(|values| within(&values, |row| all[row]))
}

/// Groups of one or more columns: the last column varies slowest, as in R.
fn groups(table: &Table, columns: &[&str]) -> Vec<Vec<bool>> {
    let mut keys: Vec<Vec<&str>> = vec![Vec::new(); table.rows.len()];
    for column in columns.iter().rev() {
        for (key, text) in keys.iter_mut().zip(table.text(column)) {
            key.push(text);
        }
    }
    let distinct: BTreeSet<_> = keys.iter().cloned().collect();
    distinct.iter().map(|group| keys.iter().map(|key| key == group).collect()).collect()
}

fn by(design: &Design, values: &[Option<f64>], groups: &[Vec<bool>]) -> Vec<Linearised> {
    let of = |group: &Vec<bool>| mean::linearised(&design.weights, &within(values, |row| group[row])).unwrap();
    groups.iter().map(of).collect()
}

fn quantile_row(interval: &bygdepuls_core::estimate::QuantileInterval) -> [f64; 4] {
    [interval.estimate, interval.lower.unwrap(), interval.upper.unwrap(), interval.se.unwrap()]
}

#[test]
fn api() {
    let mut suite = Suite::open("open_01_api.json");
    simple(&mut suite);
    stratified(&mut suite);
    clusters(&mut suite);
    replicates(&mut suite);
    api_shares(&mut suite);
    suite.close(&[
        // Weights that meet totals, and their variances: tests/weights.rs.
        "clus1_calibrate_linear",
        "clus1_calibrate_linear_bounded",
        "clus1_calibrate_logit",
        "clus1_calibrate_raking",
        "clus1_kish",
        "clus1_poststrat",
        "clus1_rake",
        "clus1_trim",
        "strat_standardize",
        // Tests and models: tests/design_tests.rs.
        "clus1_chisq_F",
        "strat_chisq_3x2_F",
        "strat_chisq_Chisq",
        "strat_chisq_F",
        "strat_chisq_Wald",
        "strat_chisq_adjWald",
        "strat_chisq_lincom",
        "strat_chisq_saddlepoint",
        "strat_glm_gaussian",
        "strat_glm_quasibinomial",
        "strat_ranktest",
        "strat_ranktest_kw",
        "strat_regterm",
        "strat_trend_logit",
        "strat_ttest",
        "strat_ttest_one",
    ]);
}

fn simple(suite: &mut Suite) {
    let srs = Table::read("apisrs.csv");
    let design = srs.design(Some("pw"), None, None, Some("fpc"));
    let plain = srs.design(Some("pw"), None, None, None);
    let (api00, enroll) = (srs.optional("api00"), srs.optional("enroll"));
    suite.check_all("srs_mean", "", &means(&design, &[&api00, &enroll]), &design);
    suite.check("srs_mean", "df", &[design.df()]);
    suite.check_all("srs_mean_nofpc", "", &means(&plain, &[&api00, &enroll]), &plain);
    suite.check_all("srs_total", "", &[total::linearised(&design.weights, &enroll).unwrap()], &design);
    let stype = srs.codes("stype");
    let codes: Vec<_> = stype.codes.iter().copied().map(Some).collect();
    let totals: Vec<_> = (0..3)
        .map(|code| total::linearised(&design.weights, &indicator(&codes, |other| *other == code)).unwrap())
        .collect();
    suite.check_all("srs_total_factor", "", &totals, &design);
    let shares = proportion::of_categories(&design.weights, &codes, 3).unwrap();
    suite.check_all("srs_prop_factor", "", &shares, &design);
    let per_pupil = ratio::linearised(&design.weights, &srs.optional("api.stu"), &enroll).unwrap();
    suite.check_all("srs_ratio", "", &[per_pupil], &design);
    suite.check_all("srs_var", "", &[variance::linearised(&design.weights, &api00).unwrap()], &design);
    let deff = |design: &Design, values: &[Option<f64>], replacement| {
        let variance = mean::linearised(&design.weights, values).unwrap().variance(design).unwrap();
        design_effect::of_mean(&design.weights, values, variance, replacement).unwrap()
    };
    let both = |design: &Design, replacement| [&api00, &enroll].map(|values| deff(design, values, replacement));
    suite.check("srs_deff", "deff_srswor", &both(&design, Replacement::Without));
    suite.check("srs_deff", "deff_replace_nofpc", &both(&plain, Replacement::With));
    for (name, rule) in QuantileRule::ALL {
        let id = format!("srs_quantile_rule_{name}");
        if name == "hf3" {
            continue; // not among the reference cases
        }
        for (variable, values) in [("api00", &api00), ("enroll", &enroll)] {
            let at = |p| quantile::estimate(&design.weights, values, p, rule).unwrap();
            suite.check(&id, variable, &[0.1, 0.25, 0.5, 0.75, 0.9].map(at));
        }
    }
    for (name, method) in QuantileIntervalMethod::ALL {
        let rows = [0.25, 0.5, 0.75].map(|p| {
            let question = QuantileQuestion { p, rule: QuantileRule::Math, method, level: Level::P95, df: design.df() };
            let variance = |values: &[Option<f64>]| -> Result<f64, NoEstimate> {
                mean::linearised(&design.weights, values)?.variance(&design)
            };
            quantile_row(&quantile_interval(&design.weights, &api00, &question, variance).unwrap())
        });
        suite.check(&format!("srs_quantile_ci_{name}"), "table", rows.as_flattened());
    }
}

fn stratified(suite: &mut Suite) {
    let strat = Table::read("apistrat.csv");
    let design = strat.design(Some("pw"), Some("stype"), None, Some("fpc"));
    let plain = strat.design(Some("pw"), Some("stype"), None, None);
    let (api00, enroll) = (strat.optional("api00"), strat.optional("enroll"));
    suite.check_all("strat_mean", "", &means(&design, &[&api00, &enroll]), &design);
    suite.check("strat_mean", "df", &[design.df()]);
    suite.check_all("strat_mean_nofpc", "", &means(&plain, &[&api00, &enroll]), &plain);
    suite.check_all("strat_total", "", &[total::linearised(&design.weights, &enroll).unwrap()], &design);
    let deff = [&api00, &enroll].map(|values| {
        let variance = mean::linearised(&design.weights, values).unwrap().variance(&design).unwrap();
        design_effect::of_mean(&design.weights, values, variance, Replacement::Without).unwrap()
    });
    suite.check("strat_deff", "deff", &deff);
    suite.check_all("strat_by_mean", "", &by(&design, &api00, &groups(&strat, &["sch.wide", "stype"])), &design);
    let students = strat.optional("api.stu");
    let ratios: Vec<_> = groups(&strat, &["stype"])
        .iter()
        .map(|group| ratio::linearised(&design.weights, &within(&students, |row| group[row]), &enroll).unwrap())
        .collect();
    suite.check_all("strat_by_ratio", "", &ratios, &design);
    let comp_imp = strat.text("comp.imp");
    let yes = |row: usize| comp_imp[row] == "Yes";
    suite.check_all("strat_domain_subset", "", &means(&design, &[&within(&api00, yes)]), &design);
    suite.check("strat_domain_subset", "df", &[design.domain_df(yes)]);
    let domain_total = total::linearised(&design.weights, &within(&enroll, yes)).unwrap();
    suite.check_all("strat_domain_total", "", &[domain_total], &design);
    let wide = by(&design, &api00, &groups(&strat, &["sch.wide"]));
    suite.check_all("strat_contrast_groups", "", &[contrast::linear(&wide, &[-1.0, 1.0])], &design);
    let years = means(&design, &[&strat.optional("api99"), &api00]);
    suite.check_all("strat_change_paired", "means", &years, &design);
    suite.check_all("strat_change_paired", "change", &[contrast::linear(&years, &[-1.0, 1.0])], &design);
    let relative = contrast::relative_change(years[0].clone(), years[1].clone()).unwrap();
    suite.check_all("strat_change_paired", "rel", &[relative], &design);
}

fn clusters(suite: &mut Suite) {
    let table = Table::read("apiclus1.csv");
    let design = table.design(Some("pw"), None, Some("dnum"), Some("fpc"));
    let plain = table.design(Some("pw"), None, Some("dnum"), None);
    let (api00, enroll, students) = (table.optional("api00"), table.optional("enroll"), table.optional("api.stu"));
    suite.check_all("clus1_mean", "", &means(&design, &[&api00, &enroll]), &design);
    suite.check_all("clus1_mean_nofpc", "", &means(&plain, &[&api00, &enroll]), &plain);
    suite.check("clus1_mean", "df", &[design.df()]);
    suite.check_all("clus1_total", "", &[total::linearised(&design.weights, &enroll).unwrap()], &design);
    suite.check_all("clus1_ratio", "", &[ratio::linearised(&design.weights, &students, &enroll).unwrap()], &design);
}

#[test]
fn youth() {
    let mut suite = Suite::open("open_04_youth.json");
    let youth = Table::read("youthA.csv");
    let design = youth.design(Some("w"), Some("h"), None, Some("N_h"));
    lonely(&mut suite, &youth);
    missing(&mut suite, &youth, &design);
    changes(&mut suite, &youth, &design);
    panel(&mut suite);
    youth_shares(&mut suite, &youth, &design);
    suite.close(&[
        // Tests, models and closed forms of two samples: tests/design_tests.rs and tests/tables.rs.
        "class_chisq",
        "overlap_closed_form_M01_wellbeing",
        "overlap_closed_form_M02_bullied",
        "year_trend_logit",
        // Weights: tests/weights.rs.
        "nonresponse_poststrat_2024",
        "panel_flows_ipw",
    ]);
}

fn lonely(suite: &mut Suite, youth: &Table) {
    let (bullied, grade) = (youth.optional("bullied"), youth.optional("grade"));
    let (muni, wellbeing) = (youth.text("muni"), youth.optional("wellbeing"));
    for (name, lonely) in LonelyPsu::ALL {
        let design = youth.design_with(Some("w"), Some("h"), None, Some("N_h"), lonely);
        let id = format!("lonely_{name}");
        let parts = means(&design, &[&bullied, &grade]);
        if lonely == LonelyPsu::Fail {
            println!("{id:36} an error, as in R");
            // R: "At least one stratum contains only one PSU at stage 1"; here the stratum is named.
            assert!(matches!(covariance(&parts, &design), Err(NoEstimate::Design(problem)) if problem.stage() == 1));
            assert!(suite.cases[&id]["error"].is_string());
            suite.checked.insert(id);
            continue;
        }
        suite.check_all(&id, "mean", &parts, &design);
        suite.check_all(&id, "total", &[total::linearised(&design.weights, &bullied).unwrap()], &design);
        suite.check(&id, "mean/df", &[design.df()]);
    }
    let inside = |row: usize| muni[row] == "M04" && wellbeing[row].is_some_and(|value| value <= 3.0);
    for (name, lonely) in [("remove", LonelyPsu::Remove), ("adjust", LonelyPsu::Adjust)] {
        for (adjust, flag) in [(false, "FALSE"), (true, "TRUE")] {
            let mut design = youth.design_with(Some("w"), Some("h"), None, Some("N_h"), lonely);
            design.stages.adjust_domain_lonely = adjust;
            let id = format!("lonely_domain_{name}_{flag}");
            suite.check_all(&id, "", &means(&design, &[&within(&bullied, inside)]), &design);
            suite.check(&id, "df", &[design.domain_df(inside)]);
            #[allow(clippy::cast_precision_loss, reason = "a count")]
            let rows = within(&bullied, inside).iter().flatten().count() as f64;
            suite.check(&id, "nrow", &[rows]);
        }
    }
}

fn missing(suite: &mut Suite, youth: &Table, design: &Design) {
    let (smoke, wellbeing, bullied) = (youth.optional("smoke"), youth.optional("wellbeing"), youth.optional("bullied"));
    suite.check_all("by_year", "", &by(design, &bullied, &groups(youth, &["year"])), design);
    suite.check_all("by_muni_year", "", &by(design, &bullied, &groups(youth, &["muni", "year"])), design);
    let smokers = means(design, &[&smoke]);
    suite.check_all("na_rm_mean", "na_rm", &smokers, design);
    suite.check_all("na_rm_mean", "subset", &smokers, design);
    suite.check("na_rm_mean", "na_rm/df", &[design.df()]);
    suite.check("na_rm_mean", "subset/df", &[design.domain_df(|row| smoke[row].is_some())]);
    #[allow(clippy::cast_precision_loss, reason = "a count")]
    suite.check("na_rm_mean", "n_used", &[smoke.iter().flatten().count() as f64]);
    let [one, other] = complete([smoke.clone(), wellbeing.clone()]);
    suite.check_all("na_rm_multi", "", &means(design, &[&one, &other]), design);
    suite.check_all("na_rm_total", "", &[total::linearised(&design.weights, &smoke).unwrap()], design);
    suite.check_all("pseudo_panel_cohort", "", &by(design, &wellbeing, &groups(youth, &["birth", "year"])), design);

    let of_2023 = youth.cut(|get| get("year") == "2023");
    let [one, other] = complete([of_2023.optional("bullied"), of_2023.optional("screen")]);
    let unweighted = of_2023.design(None, Some("muni"), None, None);
    suite.check_all("unweighted_strat", "", &means(&unweighted, &[&one, &other]), &unweighted);
    suite.check("unweighted_strat", "df", &[unweighted.df()]);
    let [one, other] = complete([of_2023.optional("bullied"), of_2023.optional("wellbeing")]);
    let classes = of_2023.design(Some("w"), Some("muni"), Some("class"), None);
    suite.check_all("class_clusters", "", &means(&classes, &[&one, &other]), &classes);
    suite.check("class_clusters", "df", &[classes.df()]);

    let mut zeroed = youth.design(Some("w"), Some("h"), None, None);
    zeroed.weights = Table::read("youthA_zero_weights.csv").number("w");
    suite.check_all("zero_weights", "", &means(&zeroed, &[&bullied]), &zeroed);
    suite.check("zero_weights", "df", &[zeroed.df()]);
    suite.check("zero_weights", "nrow", &[f64::from(u32::try_from(zeroed.weights.len()).unwrap())]);

    // Records per cell against the frame's columns, as a table of n and N.
    let mut cells = BTreeMap::new();
    for row in 0..youth.rows.len() {
        let text = |name: &str| youth.text(name)[row].to_owned();
        let cell = cells
            .entry((text("muni"), text("year"), youth.number("grade")[row].to_bits()))
            .or_insert((0.0, youth.number("N_h")[row]));
        cell.0 += 1.0;
    }
    let (n, population): (Vec<f64>, Vec<f64>) = cells.values().copied().unzip();
    let rates: Vec<f64> = n.iter().zip(&population).map(|(n, population)| n / population).collect();
    suite.check("cell_counts", "n", &n);
    suite.check("cell_counts", "N", &population);
    suite.check("cell_counts", "response_rate", &rates);
}

fn changes(suite: &mut Suite, youth: &Table, design: &Design) {
    let two = youth.cut(|get| ["2023", "2024"].contains(&get("year").as_str()));
    let linked = two.design(Some("w"), None, Some("pid"), None);
    let independent = two.design(Some("w"), None, None, None);
    for (id, design, variable) in [
        ("change_linked", &linked, "bullied"),
        ("change_independent", &independent, "bullied"),
        ("change_linked_wellbeing", &linked, "wellbeing"),
    ] {
        let levels = by(design, &two.optional(variable), &groups(&two, &["year"]));
        suite.check_all(id, "levels", &levels, design);
        suite.check_all(id, "change", &[contrast::linear(&levels, &[-1.0, 1.0])], design);
        suite.check(id, "change/df", &[design.df()]);
        let matrix = covariance(&levels, design).unwrap();
        suite.check(id, "cor", &[matrix[(0, 1)] / (matrix[(0, 0)] * matrix[(1, 1)]).sqrt()]);
    }
    let levels = by(design, &youth.optional("bullied"), &groups(youth, &["year"]));
    let id = "change_strat_fpc_independent";
    suite.check_all(id, "levels", &levels, design);
    for (place, coefficients) in
        [("diff_23_24", [0.0, -1.0, 1.0]), ("diff_22_24", [-1.0, 0.0, 1.0]), ("trend", [-0.5, 0.0, 0.5])]
    {
        suite.check_all(id, place, &[contrast::linear(&levels, &coefficients)], design);
    }
}

fn panel(suite: &mut Suite) {
    let panel = Table::read("youthA_panel.csv");
    let stay = panel.number("stay");
    let weights = panel.number("w");
    let (before, after) = (panel.optional("bullied"), panel.optional("bullied2"));
    let of_class: Vec<String> =
        panel.text("muni").into_iter().zip(panel.text("sex")).map(|(muni, sex)| format!("{muni} {sex}")).collect();
    let factor = |row: usize| {
        let sum = |of: &dyn Fn(usize) -> f64| {
            (0..stay.len()).filter(|other| of_class[*other] == of_class[row]).map(of).sum::<f64>()
        };
        sum(&|other| weights[other]) / sum(&|other| weights[other] * stay[other])
    };
    let adjusted: Vec<f64> = (0..stay.len()).map(|row| weights[row] * stay[row] * factor(row)).collect();
    for (id, weights) in [("panel_flows_base", &weights), ("panel_flows_weighting_class", &adjusted)] {
        let flow = |from: f64, to: f64| {
            let cell: Vec<_> = (0..stay.len())
                .map(|row| {
                    (stay[row] == 1.0).then(|| f64::from(u8::from(before[row] == Some(from) && after[row] == Some(to))))
                })
                .collect();
            total::estimate(weights, &cell).unwrap()
        };
        let table = [flow(0.0, 0.0), flow(0.0, 1.0), flow(1.0, 0.0), flow(1.0, 1.0)];
        let sum: f64 = table.iter().sum();
        suite.check(id, "table", &table);
        suite.check(id, "sum_w", &[sum]);
        let (no, yes) = (table[0] + table[1], table[2] + table[3]);
        suite.check(id, "row_pct", &[table[0] / no, table[1] / no, table[2] / yes, table[3] / yes]);
        let (p1, p2) = (yes / sum, (table[1] + table[3]) / sum);
        suite.check(id, "p1", &[p1]);
        suite.check(id, "p2", &[p2]);
        suite.check(id, "net", &[p2 - p1]);
        suite.check(id, "gross", &[(table[1] + table[2]) / sum]);
    }
    let stayers = panel.cut(|get| get("stay") == "1");
    let mut design = stayers.design(None, None, None, None);
    design.weights = adjusted.iter().copied().filter(|weight| *weight > 0.0).collect();
    let (before, after) = (stayers.optional("bullied"), stayers.optional("bullied2"));
    let change: Vec<_> = before.iter().zip(&after).map(|(before, after)| Some((*after)? - (*before)?)).collect();
    suite.check_all("panel_change_taylor", "", &means(&design, &[&change]), &design);
    suite.check("panel_change_taylor", "df", &[design.df()]);
}

/// Means of variables by replicates, and what R says of the replicates themselves.
fn check_replicates(
    suite: &mut Suite,
    id: &str,
    place: &str,
    (design, replicates): (&Design, &Replicates),
    estimator: impl Fn(&[f64]) -> Result<Vec<f64>, NoEstimate>,
) {
    let estimates = replicates.estimates(design, estimator).unwrap();
    let matrix = replicates.scaling.covariance(&estimates).unwrap();
    suite.check_matrix(id, place, &estimates.estimates, &matrix, TOLERANCE);
}

#[allow(clippy::cast_precision_loss, reason = "a number of replicates")]
fn check_scaling(suite: &mut Suite, id: &str, replicates: &Replicates) {
    suite.check(id, "scale", &[replicates.scaling.scale]);
    suite.check(id, "rscales_head", &replicates.scaling.rscales[..6]);
    suite.check(id, "n_rep", &[replicates.len() as f64]);
    suite.check(id, "mse", &[f64::from(u8::from(replicates.scaling.mse))]);
    suite.check(id, "df", &[replicates.df]);
}

fn replicates(suite: &mut Suite) {
    let table = Table::read("apiclus1.csv");
    let design = table.design(Some("pw"), None, Some("dnum"), Some("fpc"));
    let plain = table.design(Some("pw"), None, Some("dnum"), None);
    let (api00, enroll, students) = (table.optional("api00"), table.optional("enroll"), table.optional("api.stu"));
    let wide = table.is("sch.wide", "Yes");
    let both = |weights: &[f64]| {
        Ok::<_, NoEstimate>(vec![mean::estimate(weights, &api00)?, mean::estimate(weights, &enroll)?])
    };
    let jk1 = Replicates::jk1(&design).unwrap();
    let id = "clus1_JK1";
    check_scaling(suite, id, &jk1);
    check_replicates(suite, id, "mean", (&design, &jk1), both);
    check_replicates(suite, id, "total", (&design, &jk1), |weights| Ok(vec![total::estimate(weights, &enroll)?]));
    check_replicates(suite, id, "ratio", (&design, &jk1), |weights| {
        Ok(vec![ratio::estimate(weights, &students, &enroll)?])
    });
    let jk1 = Replicates::jk1(&plain).unwrap();
    let mut mse = jk1.clone();
    mse.scaling.mse = true;
    check_scaling(suite, "clus1_JK1_nofpc_mse", &mse);
    check_replicates(suite, "clus1_JK1_nofpc_mse", "mean", (&plain, &mse), both);
    let rows = [0.25, 0.5, 0.75].map(|p| {
        let method = QuantileIntervalMethod::Mean;
        let question = QuantileQuestion { p, rule: QuantileRule::Math, method, level: Level::P95, df: jk1.df };
        let variance = |values: &[Option<f64>]| -> Result<f64, NoEstimate> {
            let means = jk1.estimates(&plain, |weights| mean::estimate(weights, values).map(|mean| vec![mean]))?;
            Ok(jk1.scaling.covariance(&means)?[(0, 0)])
        };
        quantile_row(&quantile_interval(&plain.weights, &api00, &question, variance).unwrap())
    });
    suite.check("clus1_JK1_quantile", "table", rows.as_flattened());

    calibrated_replicates(suite, &table, &plain, &jk1);
    // A share, and its logit as R's `svyglm` has it, on which the interval of method logit stands.
    let shares = jk1.estimates(&plain, |weights| {
        let share = mean::estimate(weights, &wide)?;
        Ok::<_, NoEstimate>(vec![share, libm::log(share / (1.0 - share))])
    });
    let (shares, t) = (shares.unwrap(), student_t::upper_quantile(0.025, jk1.df));
    let matrix = jk1.scaling.covariance(&shares).unwrap();
    let limits = [-t, t].map(|t| shares.estimates[0] + t * matrix[(0, 0)].sqrt());
    suite.check("clus1_JK1_ciprop", "mean/estimate", &shares.estimates[..1]);
    suite.check("clus1_JK1_ciprop", "mean/ci", &limits);
    let limits = [-t, t].map(|t| 1.0 / (1.0 + libm::exp(-shares.estimates[1] - t * matrix[(1, 1)].sqrt())));
    suite.check_to("clus1_JK1_ciprop", "logit/ci", &limits, 1e-8);

    let strat = Table::read("apistrat.csv");
    let design_n = strat.design(Some("pw"), Some("stype"), None, Some("fpc"));
    let jkn = Replicates::jkn(&design_n).unwrap();
    let (strat_api00, strat_enroll) = (strat.optional("api00"), strat.optional("enroll"));
    // R keeps the order of the file, where the first stratum is not the first by label.
    let id = "strat_JKn";
    let mut in_file = jkn.clone();
    let first = design_n.units[0].iter().take(6).map(|unit| jkn.scaling.rscales[*unit as usize]).collect::<Vec<_>>();
    in_file.scaling.rscales[..6].copy_from_slice(&first);
    check_scaling(suite, id, &in_file);
    check_replicates(suite, id, "mean", (&design_n, &jkn), |weights| {
        Ok(vec![mean::estimate(weights, &strat_api00)?, mean::estimate(weights, &strat_enroll)?])
    });
    let groups = groups(&strat, &["stype"]);
    check_replicates(suite, id, "by", (&design_n, &jkn), |weights| {
        groups.iter().map(|group| mean::estimate(weights, &within(&strat_api00, |row| group[row]))).collect()
    });

    for (id, file, design) in [
        ("clus1_boot_canty_davison", "apiclus1_boot_canty_davison.csv", &design),
        ("clus1_boot_rao_wu", "apiclus1_boot_rao_wu.csv", &plain),
    ] {
        let given = Table::read(file);
        let factors: Vec<Vec<f64>> =
            given.rows.iter().map(|row| row[1..].iter().map(|text| text.parse().unwrap()).collect()).collect();
        let keys = given.text("dnum");
        let of_record: Vec<_> = table.text("dnum").iter().map(|psu| keys.iter().position(|key| key == psu)).collect();
        // Canty and Davison's scale: n / ((n - 1) (R - 1)) with 15 districts, which a file does not say.
        let scale = (id == "clus1_boot_canty_davison").then_some(15.0 / 14.0 / 39.0);
        let method = GivenMethod::Bootstrap;
        let given = Given { rows: &factors, of_record: &of_record, method, scale, rscales: None, mse: false };
        let replicates = Replicates::given(design, &given).unwrap();
        check_scaling(suite, id, &replicates);
        check_replicates(suite, id, "mean", (design, &replicates), both);
        if id == "clus1_boot_canty_davison" {
            check_replicates(suite, id, "total", (design, &replicates), |weights| {
                Ok(vec![total::estimate(weights, &enroll)?])
            });
        } else {
            check_replicates(suite, id, "prop", (design, &replicates), |weights| {
                Ok(vec![mean::estimate(weights, &wide)?])
            });
        }
    }
}

/// Each replicate meets the totals again.
fn calibrated_replicates(suite: &mut Suite, table: &Table, design: &Design, jk1: &Replicates) {
    let (api00, enroll) = (table.optional("api00"), table.optional("enroll"));
    let margin = |name: &str, totals: &[(&str, f64)], weights: &[f64]| -> Vec<f64> {
        let codes = table.text(name);
        let sum = |code: &str| -> f64 {
            codes.iter().zip(weights).filter(|(other, _)| **other == code).map(|(_, weight)| weight).sum()
        };
        let factors: BTreeMap<&str, f64> = totals.iter().map(|(code, total)| (*code, total / sum(code))).collect();
        codes.iter().zip(weights).map(|(code, weight)| weight * factors[code]).collect()
    };
    let types = [("E", 4421.0), ("H", 755.0), ("M", 1018.0)];
    let growth = [("No", 1072.0), ("Yes", 5122.0)];
    check_replicates(suite, "clus1_JK1_poststrat", "mean", (design, jk1), |weights| {
        Ok(vec![mean::estimate(&margin("stype", &types, weights), &api00)?])
    });
    check_replicates(suite, "clus1_JK1_poststrat", "total", (design, jk1), |weights| {
        Ok(vec![total::estimate(&margin("stype", &types, weights), &enroll)?])
    });
    let rake = |weights: &[f64]| {
        let round = |weights: Vec<f64>, _| margin("sch.wide", &growth, &margin("stype", &types, &weights));
        Ok::<_, NoEstimate>(vec![mean::estimate(&(0..60).fold(weights.to_vec(), round), &api00)?])
    };
    let estimates = jk1.estimates(design, rake).unwrap();
    let matrix = jk1.scaling.covariance(&estimates).unwrap();
    // Iterated, in R to 1e-10 of the totals.
    suite.check_matrix("clus1_JK1_rake", "mean", &estimates.estimates, &matrix, 1e-8);
}

/// The share and its intervals by every method, from the file on. tests/interval.rs has the methods alone.
fn check_share(suite: &mut Suite, id: &str, design: &Design, values: &[Option<f64>], (level, df): (f64, f64)) {
    let share = mean::linearised(&design.weights, values).unwrap();
    let n = u64::try_from(values.iter().flatten().count()).unwrap();
    let design_df = design.domain_df(|row| values[row].is_some());
    let variance = share.variance(design).unwrap();
    let sample = DesignProportion { df, ..DesignProportion::new(share.estimate, variance, n, design_df).unwrap() };
    let level = Level::new(level).unwrap();
    suite.check(id, "mean/estimate", &[share.estimate]);
    for (place, method, tolerance) in [
        ("mean/ci", ProportionMethod::T, TOLERANCE),
        ("xlogit/ci", ProportionMethod::Xlogit, TOLERANCE),
        ("asin/ci", ProportionMethod::Asin, TOLERANCE),
        ("wilson/ci", ProportionMethod::Wilson, TOLERANCE),
        ("beta/ci", ProportionMethod::Beta, 1e-10),
        ("kg_nchs/ci", ProportionMethod::KornGraubard, 1e-10),
        ("likelihood_closed_form/rao_scott", ProportionMethod::LikelihoodRaoScott, 1e-9),
        ("likelihood_closed_form/with_R_dispersion_n_over_n_minus_1", ProportionMethod::Likelihood, 1e-9),
        // A model fitted by iteration.
        ("logit/ci", ProportionMethod::Logit, 1e-8),
    ] {
        // R was given other degrees of freedom than the design's: there is no such interval then.
        if place != "kg_nchs/ci" || id != "srs_ciprop_df10" {
            let interval = design_interval(method, &sample, level).unwrap();
            suite.check_to(id, place, &[interval.lower, interval.upper], tolerance);
        }
    }
}

fn api_shares(suite: &mut Suite) {
    let high = |table: &Table| indicator(&table.optional("api00"), |score| *score > 875.0);
    let srs = Table::read("apisrs.csv");
    let design = srs.design(Some("pw"), None, None, Some("fpc"));
    let wide = srs.is("sch.wide", "Yes");
    for (id, level) in [("srs_ciprop_90", 0.9), ("srs_ciprop_95", 0.95), ("srs_ciprop_99", 0.99)] {
        check_share(suite, id, &design, &wide, (level, 199.0));
    }
    check_share(suite, "srs_ciprop_df10", &design, &wide, (0.95, 10.0));
    check_share(suite, "srs_ciprop_rare", &design, &high(&srs), (0.95, 199.0));
    let strat = Table::read("apistrat.csv");
    let design = strat.design(Some("pw"), Some("stype"), None, Some("fpc"));
    let plain = strat.design(Some("pw"), Some("stype"), None, None);
    let wide = strat.is("sch.wide", "Yes");
    check_share(suite, "strat_ciprop", &design, &wide, (0.95, design.df()));
    check_share(suite, "strat_ciprop_rare", &plain, &high(&strat), (0.95, plain.df()));
    let stype = strat.text("stype");
    let inside = |row: usize| stype[row] == "H";
    let id = "strat_ciprop_domain";
    check_share(suite, id, &design, &within(&wide, inside), (0.95, design.domain_df(inside)));
    suite.check(id, "df", &[design.domain_df(inside)]);
    let table = Table::read("apiclus1.csv");
    let design = table.design(Some("pw"), None, Some("dnum"), Some("fpc"));
    check_share(suite, "clus1_ciprop", &design, &table.is("sch.wide", "Yes"), (0.95, 14.0));
    check_share(suite, "clus1_ciprop_ell0", &design, &table.is("ell", "0"), (0.95, 14.0));
}

fn youth_shares(suite: &mut Suite, youth: &Table, design: &Design) {
    let of_2023 = youth.cut(|get| get("year") == "2023");
    let classes = of_2023.design(Some("w"), Some("muni"), Some("class"), None);
    check_share(suite, "class_clusters_ciprop", &classes, &of_2023.is("bullied", "1"), (0.95, classes.df()));
    let (muni, year, grade) = (youth.text("muni"), youth.text("year"), youth.text("grade"));
    for (id, place, variable) in [
        ("ciprop_edge_census", ["M03", "2023", "9"], "bullied"),
        ("ciprop_edge_allno", ["M03", "2024", ""], "smoke"),
        ("ciprop_edge_allyes", ["M04", "2024", ""], "bullied"),
        ("ciprop_edge_n1", ["M04", "2022", "8"], "bullied"),
        ("ciprop_edge_small", ["M02", "2023", "10"], "bullied"),
    ] {
        let values = youth.is(variable, "1");
        let inside = |row: usize| {
            [muni[row], year[row]] == place[..2]
                && (place[2].is_empty() || grade[row] == place[2])
                && values[row].is_some()
        };
        let values = within(&values, inside);
        let share = mean::linearised(&design.weights, &values).unwrap();
        suite.check(id, "svymean", &[share.estimate]);
        suite.check(id, "se", &[share.se(design).unwrap()]);
        suite.check(id, "df", &[design.domain_df(inside)]);
        suite.check(id, "nrow", &[f64::from(u32::try_from(values.iter().flatten().count()).unwrap())]);
        if id == "ciprop_edge_small" {
            check_share(suite, id, design, &values, (0.95, 11.0));
        }
    }
}

/// R 4.2.2, survey 4.1-1, on data of our own: what the files have no case of.
mod own {
    use super::*;

    fn close(what: &str, ours: &[f64], expected: &[f64]) {
        assert_eq!(ours.len(), expected.len(), "{what}");
        let difference = |(ours, expected): (&f64, &f64)| (ours - expected).abs() / expected.abs().max(1e-300);
        let worst = ours.iter().zip(expected).map(difference).fold(0.0, f64::max);
        println!("{what:36} {:22} {worst:8.1e}  {TOLERANCE:.0e}", "");
        assert!(worst <= TOLERANCE, "{what}: {ours:?} is not {expected:?}");
    }

    fn codes(codes: &[u32]) -> Categories {
        let labels = (0..=*codes.iter().max().unwrap()).map(|code| Arc::from(code.to_string())).collect();
        Categories { codes: codes.to_vec(), labels }
    }

    fn some(values: &[f64]) -> Vec<Option<f64>> {
        values.iter().copied().map(Some).collect()
    }

    /// `svydesign(id=~u+r, strata=~h, fpc=~N1+N2)`: strata of 2 and 3 units, populations 7 and 10; one unit with one record.
    fn two_stages() -> (Design, Vec<Option<f64>>, Vec<Option<f64>>) {
        let strata = codes(&[0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1]);
        let units = codes(&[1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5]);
        let first: Vec<f64> = strata.codes.iter().map(|code| if *code == 0 { 7.0 } else { 10.0 }).collect();
        let second = [6.0, 6.0, 8.0, 8.0, 8.0, 9.0, 9.0, 9.0, 5.0, 5.0, 3.0];
        let stages = [
            StageColumns { strata: vec![&strata], units: Some(&units), fpc: Some(&first) },
            StageColumns { strata: vec![], units: None, fpc: Some(&second) },
        ];
        let design = Design::new(11, &stages, None, false, LonelyPsu::Remove).unwrap();
        let y = some(&[3.0, 8.0, 5.0, 4.0, 9.0, 2.0, 6.0, 7.0, 1.0, 5.0, 8.0]);
        let x = some(&[2.0, 6.0, 4.0, 3.0, 7.0, 3.0, 5.0, 5.0, 2.0, 4.0, 9.0]);
        (design, y, x)
    }

    #[test]
    fn two_stages_with_populations() {
        let (design, y, x) = two_stages();
        let w = &design.weights;
        let figures = |part: Linearised| [part.estimate, part.se(&design).unwrap()];
        close(
            "two stages, mean",
            &figures(mean::linearised(w, &y).unwrap()),
            &[5.332_807_570_977_918_1, 0.591_202_698_286_988_24],
        );
        close("two stages, total", &figures(total::linearised(w, &y).unwrap()), &[563.5, 94.712_283_610_240_689]);
        let ratio = ratio::linearised(w, &y, &x).unwrap().se(&design).unwrap();
        close("two stages, ratio", &[ratio], &[0.044_167_572_392_987_277]);
        assert_eq!(design.df(), 3.0);
        let matrix = covariance(&means(&design, &[&y, &x]), &design).unwrap();
        let expected =
            [0.349_520_630_461_815_64, 0.321_352_326_042_350_14, 0.321_352_326_042_350_14, 0.324_585_696_958_105_35];
        close("two stages, covariance", matrix.as_slice(), &expected);
        let domain = within(&y, |row| y[row] > Some(3.0));
        close(
            "two stages, domain mean",
            &figures(mean::linearised(w, &domain).unwrap()),
            &[6.555_314_533_622_559_6, 0.501_812_466_921_869_43],
        );
        let total = total::linearised(w, &domain).unwrap().se(&design).unwrap();
        close("two stages, domain total", &[total], &[109.560_232_039_022_45]);
    }

    /// `svyvar(~y+x)`; the correlation by `svycontrast`'s delta method on it.
    #[test]
    fn variance_and_correlation() {
        use bygdepuls_core::estimate::correlation;
        let (design, y, x) = two_stages();
        let w = &design.weights;
        let figures = |part: Linearised| [part.estimate, part.se(&design).unwrap()];
        close(
            "variance",
            &figures(variance::linearised(w, &y).unwrap()),
            &[6.733_210_351_381_743, 1.244_050_658_343_279_5],
        );
        let of_both = variance::covariance(w, &y, &x).unwrap();
        close("covariance", &[of_both.estimate], &[5.021_474_987_312_044_1]);
        let correlation = figures(correlation::linearised(w, &y, &x).unwrap());
        close("correlation", &correlation, &[0.889_871_268_601_740_04, 0.025_338_819_344_001_756]);
        let equal = some(&[4.0; 11]);
        assert_eq!(correlation::linearised(w, &y, &equal), Err(NoEstimate::NoVariation));
        assert_eq!(variance::estimate(&[1.0], &some(&[4.0])), Err(NoEstimate::OneValue));
        let strat = Table::read("apistrat.csv");
        let design = strat.design(Some("pw"), Some("stype"), None, Some("fpc"));
        let (api00, enroll) = (strat.optional("api00"), strat.optional("enroll"));
        let parts = [
            variance::linearised(&design.weights, &api00).unwrap(),
            variance::covariance(&design.weights, &api00, &enroll).unwrap(),
            variance::linearised(&design.weights, &enroll).unwrap(),
        ];
        let expected = [15_190.586_205_827_334, -13_249.102_944_801_814, 195_567.690_662_789_62];
        close("variances of two", &parts.clone().map(|part| part.estimate), &expected);
        let expected = [1_255.739_978_680_980_4, 3_296.813_140_879_631_6, 23_231.894_997_320_935];
        close("their standard errors", &parts.map(|part| part.se(&design).unwrap()), &expected);
    }

    /// `survey:::qrule_*` on values with a tie and unequal weights; below the share of the smallest value too.
    #[test]
    fn quantile_rules() {
        let (values, weights) = (some(&[1.0, 2.0, 4.0, 8.0, 8.0, 9.0]), [1.0, 2.5, 1.0, 4.0, 0.3, 1.2]);
        #[rustfmt::skip]
        let expected = [
            ("math", [2.0, 1.0, 2.0, 2.0, 4.0, 8.0, 8.0, 9.0, 9.0]),
            ("school", [2.0, 1.5, 2.0, 3.0, 6.0, 8.0, 8.0, 9.0, 9.0]),
            ("shahvaish", [1.0, 1.0, 2.0, 2.0, 4.0, 4.0, 8.0, 9.0, 9.0]),
            ("hf1", [2.0, 1.0, 2.0, 2.0, 4.0, 8.0, 8.0, 9.0, 9.0]),
            ("hf2", [2.0, 1.5, 2.0, 3.0, 6.0, 8.0, 8.0, 9.0, 9.0]),
            ("hf3", [2.0, 2.0, 2.0, 2.0, 8.0, 8.0, 8.0, 9.0, 9.0]),
            ("hf4", [0.8, 1.0, 1.8, 2.0, 4.0, 4.5, 5.7, 8.166_666_666_666_666_6, 8.75]),
            ("hf5", [1.0, 1.285_714_285_714_285_8, 2.857_142_857_142_856_8, 3.428_571_428_571_427_9, 4.8, 5.6, 7.52, 8.466_666_666_666_666_8, 9.0]),
            ("hf6", [1.0, 1.048, 1.944, 2.84, 4.54, 5.1, 6.444, 9.0, 9.0]),
            ("hf7", [1.44, 1.88, 3.312, 3.664, 5.84, 7.6, 8.0, 8.0, 8.12]),
            ("hf8", [1.0, 1.186_666_666_666_666_8, 2.604_444_444_444_443_9, 3.297_777_777_777_777_3, 4.684_444_444_444_444_9, 5.377_777_777_777_777_3, 7.041_777_777_777_777_9, 8.733_333_333_333_332_5, 9.0]),
            ("hf9", [1.0, 1.209_032_258_064_516_3, 2.675_2, 3.334_4, 4.709_565_217_391_304_5, 5.426_086_956_521_739_8, 7.145_739_130_434_783_8, 8.675_362_318_840_580_4, 9.0]),
        ];
        for (name, expected) in expected {
            let rule = QuantileRule::parse(name).unwrap();
            let at = |p| quantile::estimate(&weights, &values, p, rule).unwrap();
            close(&format!("quantile {name}"), &[0.05, 0.1, 0.3, 0.35, 0.45, 0.5, 0.62, 0.9, 0.97].map(at), &expected);
        }
    }

    /// `svyquantile(~y, s, c(.1,.5,.9), interval.type=)` with three degrees of freedom: R's NaN are limits that do not exist.
    #[test]
    fn quantile_intervals_at_the_edge() {
        let (design, y, _) = two_stages();
        let row = |p, method| {
            let question = QuantileQuestion { p, rule: QuantileRule::Math, method, level: Level::P95, df: design.df() };
            let variance = |values: &[Option<f64>]| -> Result<f64, NoEstimate> {
                mean::linearised(&design.weights, values)?.variance(&design)
            };
            let interval = quantile_interval(&design.weights, &y, &question, variance).unwrap();
            (interval.estimate, interval.lower, interval.upper, interval.se.is_some())
        };
        use QuantileIntervalMethod::{Asin, Beta, Mean, Xlogit};
        for (method, expected) in [
            (Mean, [(2.0, None, Some(5.0)), (5.0, Some(2.0), Some(9.0)), (8.0, Some(7.0), None)]),
            (Xlogit, [(2.0, Some(2.0), Some(6.0)), (5.0, Some(2.0), Some(8.0)), (8.0, Some(4.0), Some(9.0))]),
            (Asin, [(2.0, Some(2.0), Some(5.0)), (5.0, Some(2.0), Some(8.0)), (8.0, Some(6.0), Some(9.0))]),
            (Beta, [(2.0, Some(2.0), Some(5.0)), (5.0, Some(2.0), Some(8.0)), (8.0, Some(5.0), Some(9.0))]),
        ] {
            for (p, (estimate, lower, upper)) in [0.1, 0.5, 0.9].into_iter().zip(expected) {
                let both = lower.is_some() && upper.is_some();
                assert_eq!(row(p, method), (estimate, lower, upper, both), "{method:?} {p}");
            }
        }
    }

    /// `as.svrepdesign(type="JKn")` with a stratum of one unit, and `BRR` and `Fay` with two units in each of three strata.
    #[test]
    fn replicates_of_small_designs() {
        let (y, x) = (some(&[1.0, 2.0, 4.0, 3.0, 8.0, 5.0]), some(&[2.0, 3.0, 3.0, 5.0, 9.0, 7.0]));
        let design = |strata: &[u32], lonely| {
            let strata = codes(strata);
            let stage = StageColumns { strata: vec![&strata], units: None, fpc: None };
            Design::new(6, &[stage], Some(vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0]), false, lonely).unwrap()
        };
        let figures = |replicates: &Replicates, design: &Design| -> Vec<f64> {
            let estimator = |weights: &[f64]| {
                Ok::<_, NoEstimate>(vec![
                    mean::estimate(weights, &y)?,
                    total::estimate(weights, &y)?,
                    ratio::estimate(weights, &y, &x)?,
                ])
            };
            let estimates = replicates.estimates(design, estimator).unwrap();
            let matrix = replicates.scaling.covariance(&estimates).unwrap();
            let ses = matrix.diagonal().iter().map(|variance| variance.sqrt()).collect::<Vec<_>>();
            [ses, vec![replicates.df, replicates.scaling.scale]].concat()
        };
        for (name, lonely, expected) in [
            (
                "JKn, adjust",
                LonelyPsu::Adjust,
                [1.066_630_094_720_891_1, 28.355_995_838_622_913, 0.074_444_229_118_100_821, 4.0, 1.0],
            ),
            (
                "JKn, average",
                LonelyPsu::Average,
                [1.165_961_716_032_176_5, 30.848_014_522_818_158, 0.073_108_704_983_932_488, 3.0, 1.2],
            ),
            (
                "JKn, remove",
                LonelyPsu::Remove,
                [1.064_372_555_097_093_3, 28.160_255_680_657_446, 0.066_738_811_449_483_654, 3.0, 1.0],
            ),
        ] {
            let design = design(&[0, 0, 1, 1, 1, 2], lonely);
            close(name, &figures(&Replicates::jkn(&design).unwrap(), &design), &expected);
        }
        let fail = design(&[0, 0, 1, 1, 1, 2], LonelyPsu::Fail);
        assert!(Replicates::jkn(&fail).is_err() && Replicates::brr(&fail).is_err() && Replicates::jk1(&fail).is_err());
        let pairs = design(&[0, 0, 1, 1, 2, 2], LonelyPsu::Fail);
        let brr = figures(&Replicates::brr(&pairs).unwrap(), &pairs);
        close("BRR", &[brr[0], brr[3], brr[4]], &[0.781_344_308_663_438_74, 3.0, 0.25]);
        let fay = figures(&Replicates::fay(&pairs, 0.3).unwrap(), &pairs);
        close("Fay", &[fay[0], fay[4]], &[0.766_454_741_577_372_7, 0.25 / 0.49]);
        // For a total, linearisation, half-samples and Fay agree.
        let se = total::linearised(&pairs.weights, &y).unwrap().se(&pairs).unwrap();
        close("BRR, total", &[brr[1], fay[1]], &[se, se]);
        assert!(Replicates::fay(&pairs, 1.0).is_err());
    }

    /// No figure without a reason: nothing, no weight, one record, one unit, equal values, what a double cannot hold.
    #[test]
    fn hostile_inputs() {
        let design = Design::simple(vec![1.0; 3]);
        let w = &design.weights;
        let values = |values: [f64; 3]| some(&values);
        let none = [None; 3];
        assert_eq!(mean::linearised(w, &none), Err(NoEstimate::NoValues));
        assert_eq!(total::linearised(w, &none), Err(NoEstimate::NoValues));
        assert_eq!(proportion::of_categories(w, &[None; 3], 2), Err(NoEstimate::NoValues));
        assert_eq!(mean::estimate(&[], &[]), Err(NoEstimate::NoValues));
        assert_eq!(mean::linearised(&[0.0; 3], &values([1.0, 2.0, 3.0])), Err(NoEstimate::NoWeight));
        assert_eq!(mean::linearised(&[-1.0; 3], &values([1.0, 2.0, 3.0])), Err(NoEstimate::NoWeight));
        assert_eq!(total::estimate(&[0.0; 3], &values([1.0, 2.0, 3.0])), Ok(0.0));
        for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(mean::linearised(w, &values([1.0, bad, 3.0])), Err(NoEstimate::NotFinite));
            assert_eq!(total::linearised(&[1.0, bad, 1.0], &values([1.0, 2.0, 3.0])), Err(NoEstimate::NotFinite));
            assert_eq!(
                ratio::linearised(w, &values([bad, 2.0, 3.0]), &values([1.0, 2.0, 3.0])),
                Err(NoEstimate::NotFinite)
            );
        }
        assert_eq!(mean::linearised(w, &values([1.7e308, -1.7e308, -1.7e308])), Err(NoEstimate::NotFinite));
        let large = mean::linearised(w, &values([1e200, 2.0, 3.0])).unwrap();
        assert_eq!(large.variance(&design), Err(NoEstimate::NotFinite), "its square is too large");
        let zero = values([1.0, -1.0, 0.0]);
        assert_eq!(ratio::estimate(w, &values([1.0, 2.0, 3.0]), &zero), Err(NoEstimate::ZeroDenominator));
        let [before, after] = [&zero, &values([1.0, 2.0, 3.0])].map(|y| mean::linearised(w, y).unwrap());
        assert_eq!(contrast::relative_change(before, after), Err(NoEstimate::ZeroDenominator));
        // Equal values: a variance of 0 is a figure, a design effect and a correlation are not.
        let equal = values([4.0; 3]);
        assert_eq!(mean::linearised(w, &equal).unwrap().variance(&design), Ok(0.0));
        assert_eq!(design_effect::of_mean(w, &equal, 0.0, Replacement::With), Err(NoEstimate::NoVariation));
        let small = [0.5; 3];
        let below = design_effect::of_mean(&small, &values([1.0, 2.0, 3.0]), 1.0, Replacement::Without);
        assert_eq!(below, Err(NoEstimate::PopulationBelowSample));
        // One record, one unit.
        let one = Design::simple(vec![1.0]);
        assert_eq!(one.df(), 0.0);
        assert!(Replicates::jk1(&one).is_err() && Replicates::jkn(&one).is_err());
        assert!(Replicates::jk1(&Design::simple(vec![])).is_err());
        let question = QuantileQuestion {
            p: 0.5,
            rule: QuantileRule::Math,
            method: QuantileIntervalMethod::Score,
            level: Level::P95,
            df: one.df(),
        };
        let interval = |df: f64, values: &[Option<f64>]| {
            let question = QuantileQuestion { df, ..question };
            let weights = vec![1.0; values.len()];
            quantile_interval(&weights, values, &question, |values| {
                mean::linearised(&weights, values)?.variance(&Design::simple(weights.clone()))
            })
        };
        assert_eq!(interval(0.0, &some(&[1.0])), Err(NoEstimate::NoDegreesOfFreedom));
        assert_eq!(interval(f64::NAN, &some(&[1.0])), Err(NoEstimate::NoDegreesOfFreedom));
        let only = interval(5.0, &some(&[1.0])).unwrap();
        assert_eq!((only.estimate, only.lower, only.upper, only.se), (1.0, None, None, None));
        let same = interval(5.0, &some(&[2.0; 6])).unwrap();
        assert_eq!((same.estimate, same.lower, same.upper), (2.0, None, None));
        // Given factors that do not fit.
        let given = |rows: &[Vec<f64>], of_record: &[Option<usize>], method| {
            let given = Given { rows, of_record, method, scale: None, rscales: None, mse: false };
            Replicates::given(&design, &given).map(|replicates| replicates.len())
        };
        let rows = vec![vec![1.0, 2.0], vec![0.0, 1.0], vec![1.0, 1.0]];
        let each = [Some(0), Some(1), Some(2)];
        assert_eq!(given(&rows, &each, GivenMethod::Brr), Ok(2));
        assert!(given(&rows, &[Some(0), None, Some(2)], GivenMethod::Brr).is_err());
        assert!(given(&rows, &[Some(0), Some(9), Some(2)], GivenMethod::Brr).is_err());
        assert!(given(&rows[..1], &[Some(0); 3], GivenMethod::Fay { rho: 1.0 }).is_err());
        assert!(given(&[vec![1.0, 2.0], vec![0.0], vec![1.0, 1.0]], &each, GivenMethod::Brr).is_err());
        assert!(given(&[vec![1.0, f64::NAN], vec![0.0, 1.0], vec![1.0, 1.0]], &each, GivenMethod::Brr).is_err());
        assert!(given(&[vec![0.0, 0.0], vec![0.0, 1.0], vec![0.0, 1.0]], &each, GivenMethod::Jk1).is_err());
        assert!(given(&[vec![], vec![], vec![]], &each, GivenMethod::Other).is_err());
    }
}
