//! Weights against R `survey`: every reference case of weighting, by name. The variances are made here from the residuals
//! and the design's own formula, so that nothing but the weights and their residuals is under test.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "the table of cases is the output of this test")]

use bygdepuls_core::weight::calibration::calibrate;
use bygdepuls_core::weight::design_effect::{effective_sample_size, kish};
use bygdepuls_core::weight::post_stratification::post_stratify;
use bygdepuls_core::weight::raking::rake;
use bygdepuls_core::weight::standardisation::standardise;
use bygdepuls_core::weight::trimming::trim;
use bygdepuls_core::weight::{
    Bounds, Calibrated, Category, Constraint, Distance, Margin, Residuals, response_propensity, weighting_class,
};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;

/// Closed forms, from the README of the fixtures.
const CLOSED: f64 = 1e-12;
/// Raking, calibration, models.
const ITERATIVE: f64 = 1e-8;

/// A CSV file of the reference.
struct File {
    names: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl File {
    fn read(name: &str) -> Self {
        let path = format!("{}/../tests/reference/survey/data/{name}", env!("CARGO_MANIFEST_DIR"));
        let mut reader = csv::Reader::from_path(path).unwrap();
        let names = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        Self { names, rows }
    }

    fn only(mut self, name: &str, value: &str) -> Self {
        let at = self.at(name);
        self.rows.retain(|row| row[at] == value);
        self
    }

    fn at(&self, name: &str) -> usize {
        self.names.iter().position(|other| other == name).unwrap()
    }

    fn text(&self, name: &str) -> Vec<String> {
        let at = self.at(name);
        self.rows.iter().map(|row| row[at].clone()).collect()
    }

    /// Numbers; an empty field is not a number.
    fn numbers(&self, name: &str) -> Vec<f64> {
        self.text(name).iter().map(|field| field.parse().unwrap_or(f64::NAN)).collect()
    }
}

fn margin(name: &str, totals: &[(&str, f64)], codes: &[String]) -> Margin {
    let categories = totals.iter().map(|(label, total)| Category { label: (*label).into(), total: *total });
    let rows = codes.iter().map(|code| totals.iter().position(|(label, _)| label == code).unwrap());
    Margin { name: name.into(), categories: categories.collect(), rows: rows.collect() }
}

/// Positions of codes among the distinct ones, in alphabetical order.
fn groups(codes: &[String]) -> (Vec<usize>, Vec<String>) {
    let mut labels = codes.to_vec();
    labels.sort();
    labels.dedup();
    (codes.iter().map(|code| labels.binary_search(code).unwrap()).collect(), labels)
}

/// The case of a file.
fn expected(file: &str, id: &str) -> Value {
    let path = format!("{}/../tests/reference/survey/{file}", env!("CARGO_MANIFEST_DIR"));
    let all: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let case = all["cases"].as_array().unwrap().iter().find(|case| case["id"] == id);
    case.unwrap_or_else(|| panic!("no case {id}"))["expected"].clone()
}

/// A case as it is worked through, and the worst difference of each figure.
struct Case {
    id: &'static str,
    expected: Value,
}

impl Case {
    fn api(id: &'static str) -> Self {
        Self { id, expected: expected("open_01_api.json", id) }
    }

    fn youth(id: &'static str) -> Self {
        Self { id, expected: expected("open_04_youth.json", id) }
    }

    /// Compares a figure with the one at a JSON pointer.
    fn is(&self, pointer: &str, ours: f64, tolerance: f64) {
        let theirs = self.expected.pointer(pointer).and_then(Value::as_f64);
        let theirs = theirs.unwrap_or_else(|| panic!("{}: nothing at {pointer}", self.id));
        self.close(pointer, &[(ours, theirs)], tolerance);
    }

    /// Compares pairs of ours and theirs, relative, or absolute near 0.
    fn close(&self, figure: &str, pairs: &[(f64, f64)], tolerance: f64) {
        let difference = |(ours, theirs): &(f64, f64)| (ours - theirs).abs() / theirs.abs().max(1e-3);
        let worst = pairs.iter().map(difference).fold(0.0, |worst, next| if next <= worst { worst } else { next });
        println!("{:<34} {figure:<24} {worst:>10.1e} {tolerance:>8.0e}", self.id);
        assert!(worst <= tolerance, "{} {figure}: {worst:e} is above {tolerance:e}", self.id);
    }

    /// Compares weights with a column of `apiclus1_weights.csv`.
    fn weights(&self, column: &str, ours: &[f64], tolerance: f64) {
        let theirs = File::read("apiclus1_weights.csv").numbers(column);
        assert_eq!(ours.len(), theirs.len());
        self.close(column, &ours.iter().copied().zip(theirs).collect::<Vec<_>>(), tolerance);
    }
}

/// Schools in 15 districts of 757, drawn whole.
struct Clusters {
    file: File,
    weights: Vec<f64>,
}

impl Clusters {
    fn read() -> Self {
        let file = File::read("apiclus1.csv");
        let weights = file.numbers("pw");
        Self { file, weights }
    }

    fn types(&self) -> Margin {
        margin("stype", &[("E", 4421.0), ("H", 755.0), ("M", 1018.0)], &self.file.text("stype"))
    }

    fn met_target(&self) -> Margin {
        margin("sch.wide", &[("No", 1072.0), ("Yes", 5122.0)], &self.file.text("sch.wide"))
    }

    fn raked(&self) -> Calibrated {
        rake(&self.weights, &[self.types(), self.met_target()]).unwrap()
    }

    fn calibrated(&self, distance: Distance, bounds: Bounds) -> Calibrated {
        let types = self.file.text("stype");
        let is = |code: &str| types.iter().map(|other| f64::from(u8::from(other == code))).collect();
        let constraint = |name: &str, values, total| Constraint { name: name.into(), values, total };
        let constraints = [
            constraint("(Intercept)", vec![1.0; types.len()], 6194.0),
            constraint("stypeH", is("H"), 755.0),
            constraint("stypeM", is("M"), 1018.0),
            constraint("api99", self.file.numbers("api99"), 3_914_069.0),
        ];
        calibrate(&self.weights, &constraints, distance, bounds).unwrap()
    }

    /// Standard error: one stage of clusters without strata, with its finite population correction.
    fn se(&self, weights: &[f64], residuals: &Residuals, mut influence: Vec<f64>) -> f64 {
        residuals.project(&mut influence);
        let mut totals = BTreeMap::new();
        for ((psu, weight), residual) in self.file.text("dnum").into_iter().zip(weights).zip(influence) {
            *totals.entry(psu).or_insert(0.0) += weight * residual;
        }
        let totals: Vec<f64> = totals.into_values().collect();
        ((1.0 - totals.len() as f64 / 757.0) * spread(&totals)).sqrt()
    }

    /// The total of enrol and the mean of api00, with their standard errors.
    fn check(&self, case: &Case, calibrated: &Calibrated, tolerance: f64) {
        let Calibrated { weights, residuals, .. } = calibrated;
        let enrol = self.file.numbers("enroll");
        let total: f64 = weights.iter().zip(&enrol).map(|(w, y)| w * y).sum();
        case.is("/total/estimate/0", total, tolerance);
        case.is("/total/se/0", self.se(weights, residuals, enrol), tolerance);
        let (mean, influence) = mean(weights, &self.file.numbers("api00"), |_| true);
        case.is("/mean/estimate/0", mean, tolerance);
        case.is("/mean/se/0", self.se(weights, residuals, influence), tolerance);
    }
}

/// n/(n-1) times the squares around the mean.
fn spread(totals: &[f64]) -> f64 {
    let n = totals.len() as f64;
    let mean = totals.iter().sum::<f64>() / n;
    n / (n - 1.0) * totals.iter().map(|total| (total - mean) * (total - mean)).sum::<f64>()
}

/// The weighted mean of a domain and the influence of each record on it.
fn mean(weights: &[f64], values: &[f64], domain: impl Fn(usize) -> bool) -> (f64, Vec<f64>) {
    let rows = || (0..weights.len()).filter(|row| domain(*row));
    let size: f64 = rows().map(|row| weights[row]).sum();
    let mean = rows().map(|row| weights[row] * values[row]).sum::<f64>() / size;
    let influence = |row| if domain(row) { (values[row] - mean) / size } else { 0.0 };
    (mean, (0..weights.len()).map(influence).collect())
}

#[test]
fn clus1_poststrat() {
    let (case, clusters) = (Case::api("clus1_poststrat"), Clusters::read());
    let post = post_stratify(&clusters.weights, &clusters.types()).unwrap();
    case.weights("w_post", &post.weights, CLOSED);
    case.is("/weights_sum", post.weights.iter().sum(), CLOSED);
    for (code, row) in [("E", 1), ("H", 0), ("M", 9)] {
        case.is(&format!("/weight_by_stype/{code}"), post.weights[row], CLOSED);
    }
    clusters.check(&case, &post, CLOSED);
}

#[test]
fn clus1_rake() {
    let (case, clusters) = (Case::api("clus1_rake"), Clusters::read());
    let raked = clusters.raked();
    case.weights("w_rake", &raked.weights, ITERATIVE);
    let (types, met) = (clusters.file.text("stype"), clusters.file.text("sch.wide"));
    for (cell, weights) in case.expected["cells"].as_object().unwrap() {
        let row = (0..types.len()).find(|row| format!("{} {}", types[*row], met[*row]) == *cell).unwrap();
        let theirs = weights.as_object().unwrap().values().next().unwrap().as_f64().unwrap();
        case.close(&format!("cells/{cell}"), &[(raked.weights[row], theirs)], ITERATIVE);
    }
    clusters.check(&case, &raked, ITERATIVE);
}

#[test]
fn clus1_calibrate() {
    let clusters = Clusters::read();
    let bounds = |lower, upper| Bounds { lower, upper };
    for (id, column, distance, bounds) in [
        ("clus1_calibrate_linear", "w_cal_linear", Distance::Linear, Bounds::NONE),
        ("clus1_calibrate_raking", "w_cal_raking", Distance::Raking, Bounds::NONE),
        ("clus1_calibrate_logit", "w_cal_logit", Distance::Logit, bounds(0.1, 5.0)),
        ("clus1_calibrate_linear_bounded", "w_cal_linear_bounded", Distance::Linear, bounds(0.7, 1.8)),
    ] {
        let case = Case::api(id);
        let calibrated = clusters.calibrated(distance, bounds);
        case.weights(column, &calibrated.weights, ITERATIVE);
        case.is("/g_range/0", calibrated.g.iter().copied().fold(f64::INFINITY, f64::min), ITERATIVE);
        case.is("/g_range/1", calibrated.g.iter().copied().fold(0.0, f64::max), ITERATIVE);
        clusters.check(&case, &calibrated, ITERATIVE);
    }
}

#[test]
fn clus1_trim() {
    let (case, clusters) = (Case::api("clus1_trim"), Clusters::read());
    let raked = clusters.raked().weights;
    let bounds = Bounds { lower: 25.0, upper: 45.0 };
    let (once, strict) = (trim(&raked, bounds, false).unwrap(), trim(&raked, bounds, true).unwrap());
    case.weights("w_trim", &once.weights, ITERATIVE);
    case.weights("w_trim_strict", &strict.weights, ITERATIVE);
    case.is("/sum_before", raked.iter().sum(), ITERATIVE);
    case.is("/sum_after", once.weights.iter().sum(), ITERATIVE);
    case.is("/max_after", once.weights.iter().copied().fold(0.0, f64::max), ITERATIVE);
    case.is("/max_after_strict", strict.weights.iter().copied().fold(0.0, f64::max), ITERATIVE);
    case.is("/n_trimmed", once.trimmed as f64, 0.0);
    case.is("/mean_after", mean(&once.weights, &clusters.file.numbers("api00"), |_| true).0, ITERATIVE);
}

#[test]
fn clus1_kish() {
    let (case, clusters) = (Case::api("clus1_kish"), Clusters::read());
    let raked = clusters.raked().weights;
    case.is("/deff_kish", kish(&raked).unwrap(), ITERATIVE);
    case.is("/n_eff", effective_sample_size(&raked).unwrap(), ITERATIVE);
}

#[test]
fn strat_standardize() {
    let case = Case::api("strat_standardize");
    let file = File::read("apistrat.csv");
    let totals = [("E", 4421.0), ("H", 755.0), ("M", 1018.0)];
    let types = margin("stype", &totals, &file.text("stype"));
    let (over, labels) = groups(&file.text("comp.imp"));
    let standard = standardise(&file.numbers("pw"), &types, &over, &labels).unwrap();
    for (place, label) in labels.iter().enumerate() {
        let (mean, mut residuals) = mean(&standard.weights, &file.numbers("api00"), |row| over[row] == place);
        standard.residuals.project(&mut residuals);
        let mut variance = 0.0;
        for (stratum, (_, size)) in totals.iter().enumerate() {
            let rows = (0..over.len()).filter(|row| types.rows[*row] == stratum);
            let terms: Vec<f64> = rows.map(|row| standard.weights[row] * residuals[row]).collect();
            variance += (1.0 - terms.len() as f64 / size) * spread(&terms);
        }
        assert_eq!(case.expected["names"][place], **label);
        case.is(&format!("/estimate/{place}"), mean, CLOSED);
        case.is(&format!("/se/{place}"), variance.sqrt(), CLOSED);
        case.is(&format!("/vcov/{place}/{place}"), variance, CLOSED);
    }
}

#[test]
fn nonresponse_poststrat_2024() {
    let case = Case::youth("nonresponse_poststrat_2024");
    let file = File::read("youthA.csv").only("year", "2024");
    let frame = File::read("youthA_frame.csv").only("year", "2024");
    let cell = |file: &File| -> Vec<String> {
        file.text("muni").into_iter().zip(file.text("sex")).map(|(muni, sex)| format!("{muni},{sex}")).collect()
    };
    let answered = cell(&file);
    let mut counts = BTreeMap::new();
    for code in cell(&frame) {
        *counts.entry(code).or_insert(0.0) += 1.0;
    }
    // Cells without any answer are left out of the population, as the case says.
    counts.retain(|code, _| answered.contains(code));
    let totals: Vec<(&str, f64)> = counts.iter().map(|(code, count)| (code.as_str(), *count)).collect();
    let post = post_stratify(&vec![1.0; answered.len()], &margin("muni,sex", &totals, &answered)).unwrap();
    let theirs = case.expected["weights"].as_array().unwrap().iter().map(|weight| weight.as_f64().unwrap());
    assert_eq!(theirs.len(), post.weights.len());
    case.close("weights", &post.weights.iter().copied().zip(theirs).collect::<Vec<_>>(), CLOSED);
    let (mean, mut residuals) = mean(&post.weights, &file.numbers("bullied"), |_| true);
    post.residuals.project(&mut residuals);
    let terms: Vec<f64> = post.weights.iter().zip(residuals).map(|(weight, residual)| weight * residual).collect();
    case.is("/estimate/0", mean, CLOSED);
    case.is("/se/0", spread(&terms).sqrt(), CLOSED);
}

/// Pupils of 2023, and who of them answered in 2024 too.
struct Panel {
    file: File,
    weights: Vec<f64>,
    stayed: Vec<bool>,
}

impl Panel {
    fn read() -> Self {
        let file = File::read("youthA_panel.csv");
        let stayed = file.text("stay").iter().map(|stay| stay == "1").collect();
        Self { weights: file.numbers("w"), stayed, file }
    }

    fn classes(&self) -> (weighting_class::Adjusted, Vec<String>) {
        let codes: Vec<String> = self
            .file
            .text("muni")
            .iter()
            .zip(self.file.text("sex"))
            .map(|(muni, sex)| format!("{muni} {sex}"))
            .collect();
        let (classes, labels) = groups(&codes);
        (weighting_class::adjust(&self.weights, &classes, &labels, &self.stayed).unwrap(), labels)
    }

    /// The weighted table of bullied in 2023 by bullied in 2024, and what follows from it.
    fn flows(&self, case: &Case, weights: &[f64], tolerance: f64) {
        let (before, after) = (self.file.text("bullied"), self.file.text("bullied2"));
        let mut table = [[0.0; 2]; 2];
        for row in (0..weights.len()).filter(|row| self.stayed[*row]) {
            table[usize::from(before[row] == "1")][usize::from(after[row] == "1")] += weights[row];
        }
        let [[a, b], [c, d]] = table;
        let all = a + b + c + d;
        for (pointer, ours) in [
            ("/sum_w", all),
            ("/table/0/0", a),
            ("/table/0/1", b),
            ("/table/1/0", c),
            ("/table/1/1", d),
            ("/row_pct/0/1", b / (a + b)),
            ("/row_pct/1/0", c / (c + d)),
            ("/p1", (c + d) / all),
            ("/p2", (b + d) / all),
            ("/net", (b - c) / all),
            ("/gross", (b + c) / all),
        ] {
            case.is(pointer, ours, tolerance);
        }
    }
}

#[test]
fn panel_flows_base() {
    let panel = Panel::read();
    panel.flows(&Case::youth("panel_flows_base"), &panel.weights, CLOSED);
}

#[test]
fn panel_flows_weighting_class() {
    let (case, panel) = (Case::youth("panel_flows_weighting_class"), Panel::read());
    let (adjusted, labels) = panel.classes();
    for (label, factor) in labels.iter().zip(&adjusted.factors) {
        case.is(&format!("/class_factors/{label}"), *factor, CLOSED);
    }
    panel.flows(&case, &adjusted.weights, CLOSED);
}

#[test]
fn panel_flows_ipw() {
    let (case, panel) = (Case::youth("panel_flows_ipw"), Panel::read());
    let (munis, sexes) = (panel.file.text("muni"), panel.file.text("sex"));
    let one = |is: bool| f64::from(u8::from(is));
    let bullied = panel.file.numbers("bullied");
    let names = ["(Intercept)", "muniM02", "muniM03", "muniM04", "sexM", "bullied"];
    let x: Vec<[f64; 6]> = (0..munis.len())
        .map(|row| {
            let [m2, m3, m4] = ["M02", "M03", "M04"].map(|muni| one(munis[row] == muni));
            [1.0, m2, m3, m4, one(sexes[row] == "M"), bullied[row]]
        })
        .collect();
    let stayed: Vec<f64> = panel.stayed.iter().map(|stayed| one(*stayed)).collect();
    let coefficients = logistic(&panel.weights, &x, &stayed);
    for (name, ours) in names.iter().zip(coefficients) {
        case.is(&format!("/coef/{name}"), ours, ITERATIVE);
    }
    let p: Vec<f64> = x.iter().map(|x| probability(x, &coefficients)).collect();
    let adjusted = response_propensity::adjust(&panel.weights, &panel.stayed, &p).unwrap();
    panel.flows(&case, &adjusted, ITERATIVE);
}

fn probability(x: &[f64; 6], coefficients: &[f64; 6]) -> f64 {
    let predictor: f64 = x.iter().zip(coefficients).map(|(x, b)| x * b).sum();
    1.0 / (1.0 + exponential(-predictor))
}

/// The exponential function; this crate's tests have no `libm`, and the case allows 1e-8.
#[allow(clippy::disallowed_methods, reason = "the last digit does not matter here")]
fn exponential(x: f64) -> f64 {
    x.exp()
}

/// Weighted logistic regression by Newton's method, for this test only.
fn logistic(weights: &[f64], x: &[[f64; 6]], y: &[f64]) -> [f64; 6] {
    let mut coefficients = [0.0; 6];
    for _ in 0..50 {
        let mut system = [[0.0; 7]; 6];
        for ((w, x), y) in weights.iter().zip(x).zip(y) {
            let p = probability(x, &coefficients);
            for j in 0..6 {
                for k in 0..6 {
                    system[j][k] += w * p * (1.0 - p) * x[j] * x[k];
                }
                system[j][6] += w * (y - p) * x[j];
            }
        }
        for pivot in 0..6 {
            let by = system[pivot];
            for row in (0..6).filter(|row| *row != pivot) {
                let factor = system[row][pivot] / by[pivot];
                system[row].iter_mut().zip(by).for_each(|(value, other)| *value -= factor * other);
            }
        }
        for j in 0..6 {
            coefficients[j] += system[j][6] / system[j][j];
        }
    }
    coefficients
}

#[test]
fn panel_change_taylor() {
    let (case, panel) = (Case::youth("panel_change_taylor"), Panel::read());
    let (adjusted, _) = panel.classes();
    let (before, after) = (panel.file.numbers("bullied"), panel.file.numbers("bullied2"));
    let rows: Vec<usize> = (0..before.len()).filter(|row| panel.stayed[*row]).collect();
    let weights: Vec<f64> = rows.iter().map(|row| adjusted.weights[*row]).collect();
    let change: Vec<f64> = rows.iter().map(|row| after[*row] - before[*row]).collect();
    let (mean, influence) = mean(&weights, &change, |_| true);
    let terms: Vec<f64> = weights.iter().zip(influence).map(|(weight, z)| weight * z).collect();
    case.is("/estimate/0", mean, CLOSED);
    case.is("/se/0", spread(&terms).sqrt(), CLOSED);
}

proptest! {
    /// Whatever the input: weights that meet every total inside the bounds, or an error; never a figure that is no number.
    #[test]
    fn calibration_meets_its_totals_or_says_that_it_cannot(
        weights in prop::collection::vec(0_u8..4, 1..12),
        values in prop::collection::vec(-3_i8..4, 24),
        totals in prop::collection::vec(-20_i8..40, 2),
        distance in prop::sample::select(vec![Distance::Linear, Distance::Raking, Distance::Logit]),
        (lower, upper) in (-4_i8..10, 0_i8..40),
    ) {
        let n = weights.len();
        let weights: Vec<f64> = weights.into_iter().map(f64::from).collect();
        let column = |k: usize| values[k * 12..k * 12 + n].iter().map(|value| f64::from(*value)).collect::<Vec<_>>();
        let constraints: Vec<Constraint> = (0..2)
            .map(|k| Constraint { name: k.to_string(), values: column(k), total: f64::from(totals[k]) })
            .collect();
        let bounds = Bounds { lower: f64::from(lower) / 10.0, upper: f64::from(upper) / 10.0 };
        if let Ok(calibrated) = calibrate(&weights, &constraints, distance, bounds) {
            for constraint in &constraints {
                prop_assert!((constraint.reached(&calibrated.weights) - constraint.total).abs() < 1e-8);
            }
            for (weight, g) in weights.iter().zip(&calibrated.g) {
                prop_assert!(*weight == 0.0 || (bounds.lower <= *g && *g <= bounds.upper), "{g}");
            }
            let mut influence = column(0);
            calibrated.residuals.project(&mut influence);
            // What the auxiliaries explain has no residual.
            let rest = influence.iter().zip(&weights).map(|(value, weight)| (value * weight).abs());
            prop_assert!(rest.fold(0.0, f64::max) < 1e-9);
        }
    }

    #[test]
    fn raking_meets_its_margins_or_says_that_it_cannot(
        rows in prop::collection::vec((0_u8..3, 0_usize..2, 0_usize..3), 1..10),
        totals in prop::collection::vec(0_u8..9, 5),
    ) {
        let weights: Vec<f64> = rows.iter().map(|(weight, ..)| f64::from(*weight)).collect();
        let category = |total: &u8| Category { label: total.to_string(), total: f64::from(*total) };
        let margin = |name: &str, totals: &[u8], rows| {
            Margin { name: name.into(), categories: totals.iter().map(category).collect(), rows }
        };
        let margins = [
            margin("a", &totals[..2], rows.iter().map(|(_, a, _)| *a).collect()),
            margin("b", &totals[2..], rows.iter().map(|(_, _, b)| *b).collect()),
        ];
        if let Ok(raked) = rake(&weights, &margins) {
            for margin in &margins {
                for (category, reached) in margin.categories.iter().zip(margin.reached(&raked.weights)) {
                    prop_assert!((reached - category.total).abs() < 1e-9);
                }
            }
            let mut influence: Vec<f64> = margins[1].rows.iter().map(|row| *row as f64).collect();
            raked.residuals.project(&mut influence);
            prop_assert!(influence.iter().all(|residual| residual.is_finite()));
        }
    }
}
