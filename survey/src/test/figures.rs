//! The figures of each test, from what was read.

use super::answer::{Answer, Line};
use super::ask::{Failure, Question, Sample};
use bygdepuls_core::compare::Pairs;
use bygdepuls_core::hypothesis::cochran_armitage::{self, Group};
use bygdepuls_core::hypothesis::design_rank_test::{self, Score};
use bygdepuls_core::hypothesis::design_t_test::{self, TTest};
use bygdepuls_core::hypothesis::rao_scott::{self, Statistic};
use bygdepuls_core::hypothesis::{TestProblem, mcnemar};
use bygdepuls_core::model::{Fit, Formula, ModelMatrix, linear, logistic, response, wald_term};
use bygdepuls_core::problem::{Problem, Problems};
use bygdepuls_core::read::Columns;
use serde_json::{Value, json};

impl Question {
    pub(super) fn one_sample(
        &self,
        sample: &Sample<'_>,
        y: &Formula,
        problems: &mut Problems,
    ) -> Result<Answer, Failure> {
        let values = response(y, sample.columns, &sample.domain, false)?;
        let test = design_t_test::one_sample(&sample.design, &values, &sample.domain, self.level)?;
        warn_of(&test, sample.columns, problems);
        let method = [
            "t-test av ett gjennomsnitt, etter utvalgsplanen",
            "t-test av eitt gjennomsnitt, etter utvalsplanen",
            "Design-based one-sample t test",
        ];
        let n = sample.count(|row| values[row].is_some());
        Ok(Answer { kind: "t", method, test: t_line(&y.response.to_string(), &test), n, ..Answer::default() })
    }

    pub(super) fn two_samples(
        &self,
        sample: &Sample<'_>,
        y: &Formula,
        group: &str,
        problems: &mut Problems,
    ) -> Result<Answer, Failure> {
        let values = response(y, sample.columns, &sample.domain, false)?;
        let groups = sample.answers(group)?;
        let test = design_t_test::two_samples(&sample.design, &values, groups, &sample.domain, self.level)?;
        warn_of(&test, sample.columns, problems);
        let method = [
            "t-test av to gjennomsnitt, etter utvalgsplanen",
            "t-test av to gjennomsnitt, etter utvalsplanen",
            "Design-based t test",
        ];
        let (first, second) = (&test.groups[0].0, &test.groups[1].0);
        Ok(Answer {
            kind: "t",
            method,
            test: t_line(&format!("{}: {second} − {first}", y.response), &test),
            n: sample.count(|row| values[row].is_some() && groups.label(row).is_some()),
            more: vec![("groups", groups_json(&test.groups, "mean"))],
            ..Answer::default()
        })
    }

    pub(super) fn regress(
        &self,
        sample: &Sample<'_>,
        formula: &Formula,
        binary: bool,
        problems: &mut Problems,
    ) -> Result<Answer, Failure> {
        let (fit, matrix) = sample.fit(formula, binary)?;
        warn_of_fit(&fit, 0, sample.columns, problems);
        let method = if binary {
            [
                "Logistisk regresjon, etter utvalgsplanen",
                "Logistisk regresjon, etter utvalsplanen",
                "Design-based logistic regression",
            ]
        } else {
            [
                "Lineær regresjon, etter utvalgsplanen",
                "Lineær regresjon, etter utvalsplanen",
                "Design-based linear regression",
            ]
        };
        // A term that cannot be tested has a line without figures.
        let mut line = |name: &str, result: Result<_, TestProblem>| match result {
            Ok(result) => Line::of(name, &result),
            Err(problem) => {
                if !matches!(problem, TestProblem::NoDf { .. } | TestProblem::NoVariance) && !name.is_empty() {
                    problems.push(Problem::warning(&sample.columns.file, problem).column(name));
                }
                Line { name: name.into(), ..Line::default() }
            }
        };
        let test = line("", wald_term::all_terms(&fit, &matrix));
        let terms = matrix.terms.iter().enumerate();
        let rows = fit.covariance.row_iter().map(|row| row.iter().copied().collect::<Vec<_>>());
        Ok(Answer {
            kind: "regress",
            method,
            test,
            coefficients: (0..fit.names.len()).map(|place| self.coefficient(&fit, place, binary)).collect(),
            terms: terms.map(|(place, name)| line(name, wald_term::term(&fit, &matrix, place))).collect(),
            n: fit.n,
            more: vec![
                ("family", json!(if binary { "logistic" } else { "linear" })),
                ("names", json!(fit.names)),
                ("df", json!(fit.df)),
                ("covariance", rows.collect()),
            ],
            ..Answer::default()
        })
    }

    fn coefficient(&self, fit: &Fit, place: usize, binary: bool) -> Line {
        Line {
            name: fit.names[place].clone(),
            estimate: Some(fit.estimate[place]),
            se: Some(fit.se(place)),
            statistic: fit.t(place),
            parameter: Some(vec![fit.df]),
            p_value: fit.p_value(place),
            ci: fit.interval(place, self.level),
            odds: binary.then(|| fit.odds_ratio(place, self.level)),
        }
    }

    pub(super) fn slope(
        &self,
        sample: &Sample<'_>,
        formula: &Formula,
        score: &str,
        problems: &mut Problems,
    ) -> Result<Answer, Failure> {
        let (fit, _) = sample.fit(formula, true)?;
        warn_of_fit(&fit, 1, sample.columns, problems);
        let method = [
            "Trend etter utvalgsplanen: stigningen i en logistisk regresjon",
            "Trend etter utvalsplanen: stiginga i ein logistisk regresjon",
            "Design-based trend: slope of a logistic regression, Wald t",
        ];
        let name = format!("{} ~ {score}", formula.response);
        let test = Line { name, ..self.coefficient(&fit, 1, true) };
        Ok(Answer { kind: "trend", method, test, n: fit.n, ..Answer::default() })
    }

    pub(super) fn mcnemar(
        &self,
        sample: &Sample<'_>,
        a: &Formula,
        b: &Formula,
        problems: &mut Problems,
    ) -> Result<Answer, Failure> {
        let before = response(a, sample.columns, &sample.domain, true)?;
        let after = response(b, sample.columns, &sample.domain, true)?;
        let pairs: Vec<Option<(f64, f64)>> = before.iter().zip(&after).map(|(a, b)| a.zip(*b)).collect();
        let name = format!("{} − {}", b.response, a.response);
        let n = sample.count(|row| pairs[row].is_some());
        if self.has_design() {
            let change: Vec<Option<f64>> = pairs.iter().map(|pair| pair.map(|(a, b)| b - a)).collect();
            let test = design_t_test::one_sample(&sample.design, &change, &sample.domain, self.level)?;
            warn_of(&test, sample.columns, problems);
            let method = [
                "Endring hos de samme, etter utvalgsplanen: t-test av gjennomsnittlig endring",
                "Endring hos dei same, etter utvalsplanen: t-test av gjennomsnittleg endring",
                "Design-based test of marginal homogeneity: t test of the mean change",
            ];
            return Ok(Answer { kind: "mcnemar", method, test: t_line(&name, &test), n, ..Answer::default() });
        }
        let count = |a: f64, b: f64| sample.count(|row| pairs[row] == Some((a, b))) as u64;
        let counts = Pairs::new(count(1.0, 1.0), count(1.0, 0.0), count(0.0, 1.0), count(0.0, 0.0))?;
        let more = vec![
            ("p_value_exact", json!(mcnemar::exact(&counts).ok())),
            ("p_value_mid_p", json!(mcnemar::mid_p(&counts).ok())),
            ("net_change", json!(counts.net_change())),
            ("table", json!(counts.crosstab().rows())),
        ];
        let method = ["McNemars test", "McNemars test", "McNemar's chi-squared test, without continuity correction"];
        let test = Line::of(&name, &mcnemar::chi_squared(&counts)?);
        Ok(Answer { kind: "mcnemar", method, test, n, more, ..Answer::default() })
    }
}

impl Sample<'_> {
    fn answers(&self, name: &str) -> Result<&bygdepuls_core::read::Categories, Failure> {
        self.columns.answers(name).ok_or(Failure::Test(TestProblem::NoRecords))
    }

    /// Records of the domain with a weight above 0 of which something holds.
    fn count(&self, holds: impl Fn(usize) -> bool) -> usize {
        (0..self.domain.len()).filter(|row| self.domain[*row] && self.design.weights[*row] > 0.0 && holds(*row)).count()
    }

    pub(super) fn rao_scott(&self, a: &str, b: &str, statistic: Statistic) -> Result<Answer, Failure> {
        let test = rao_scott::test(&self.design, self.answers(a)?, self.answers(b)?, &self.domain, statistic)?;
        let method = match statistic {
            Statistic::F | Statistic::Chisq => [
                "Pearsons khikvadrat med Rao og Scotts korreksjon",
                "Pearsons khikvadrat med Rao og Scotts korreksjon",
                "Pearson's X^2: Rao & Scott adjustment",
            ],
            Statistic::Lincom | Statistic::Saddlepoint => [
                "Pearsons khikvadrat: sadelpunktstilnærming",
                "Pearsons khikvadrat: sadelpunktstilnærming",
                "Pearson's X^2: saddlepoint approximation",
            ],
            Statistic::Wald | Statistic::AdjWald => [
                "Walds test av sammenheng, etter utvalgsplanen",
                "Walds test av samanheng, etter utvalsplanen",
                "Design-based Wald test of association",
            ],
        };
        let mut more = vec![("rows", json!(test.rows)), ("columns", json!(test.columns)), ("table", json!(test.table))];
        if matches!(statistic, Statistic::Lincom | Statistic::Saddlepoint) {
            more.push(("p_value_exact", json!(test.p_value_exact)));
        }
        let line = Line::of(&format!("{a} × {b}"), &test.result);
        Ok(Answer { kind: "rao-scott", method, test: line, n: test.n, more, ..Answer::default() })
    }

    pub(super) fn rank(&self, y: &Formula, group: &str, score: Score) -> Result<Answer, Failure> {
        let values = response(y, self.columns, &self.domain, false)?;
        let groups = self.answers(group)?;
        let test = design_rank_test::test(&self.design, &values, groups, &self.domain, score)?;
        let method = match (score, test.groups.len()) {
            (Score::Rank, 2) => [
                "Wilcoxons test, etter utvalgsplanen",
                "Wilcoxons test, etter utvalsplanen",
                "Design-based Wilcoxon test",
            ],
            (Score::Rank, _) => [
                "Kruskal og Wallis' test, etter utvalgsplanen",
                "Kruskal og Wallis' test, etter utvalsplanen",
                "Design-based Kruskal-Wallis test",
            ],
            (Score::Normal, _) => [
                "Van der Waerdens test, etter utvalgsplanen",
                "Van der Waerdens test, etter utvalsplanen",
                "Design-based van der Waerden test",
            ],
            (Score::Median, _) => {
                ["Mediantest, etter utvalgsplanen", "Mediantest, etter utvalsplanen", "Design-based median test"]
            }
        };
        let name = format!("{} ~ {group}", y.response);
        let line = Line { estimate: test.estimate, se: test.se, ..Line::of(&name, &test.result) };
        let n = self.count(|row| values[row].is_some() && groups.label(row).is_some());
        let more = vec![("groups", groups_json(&test.groups, "mean_score"))];
        Ok(Answer { kind: "rank", method, test: line, n, more, ..Answer::default() })
    }

    fn fit(&self, formula: &Formula, binary: bool) -> Result<(Fit, ModelMatrix), Failure> {
        let y = response(formula, self.columns, &self.domain, binary)?;
        let matrix = ModelMatrix::new(formula, self.columns, &y, &self.domain, &self.design.weights)?;
        let y: Vec<f64> = matrix.rows.iter().filter_map(|row| y[*row]).collect();
        let fit = if binary { logistic::fit } else { linear::fit }(&self.design, &matrix, &y)?;
        Ok((fit, matrix))
    }

    pub(super) fn trend(&self, formula: &Formula, score: &str) -> Result<Answer, Failure> {
        let y = response(formula, self.columns, &self.domain, true)?;
        let scores = self.columns.numbers(score).unwrap_or_default();
        let mut records: Vec<(f64, f64)> = (y.iter().zip(scores).zip(&self.domain))
            .filter(|(_, inside)| **inside)
            .filter_map(|((y, score), _)| score.zip(*y))
            .collect();
        records.sort_by(|a, b| a.0.total_cmp(&b.0));
        let groups: Vec<Group> = records
            .chunk_by(|a, b| a.0 == b.0)
            .map(|group| {
                let x = group.iter().filter(|(_, y)| *y == 1.0).count() as u64;
                Group { score: group[0].0, x, n: group.len() as u64 }
            })
            .collect();
        let method = [
            "Cochran og Armitages trendtest, uten utvalgsplan",
            "Cochran og Armitages trendtest, utan utvalsplan",
            "Cochran-Armitage chi-squared test for trend in proportions, without a design",
        ];
        let test = Line::of(&format!("{} ~ {score}", formula.response), &cochran_armitage::test(&groups)?);
        let more = vec![
            ("z", json!(cochran_armitage::z(&groups).ok())),
            ("slope", json!(cochran_armitage::slope(&groups).ok())),
        ];
        Ok(Answer { kind: "trend", method, test, n: records.len(), more, ..Answer::default() })
    }
}

fn t_line(name: &str, test: &TTest) -> Line {
    Line {
        name: name.into(),
        estimate: Some(test.estimate),
        se: Some(test.se),
        statistic: test.statistic,
        parameter: Some(vec![test.df]),
        p_value: test.p_value,
        ci: test.ci,
        odds: None,
    }
}

/// What the test cannot say.
fn warn_of(test: &TTest, columns: &Columns, problems: &mut Problems) {
    if test.df <= 0.0 {
        problems.push(Problem::warning(&columns.file, TestProblem::NoDf { df: test.df }));
    } else if test.statistic.is_none() {
        problems.push(Problem::warning(&columns.file, TestProblem::NoVariance));
    }
}

/// What the tests of coefficients from `first` on cannot say.
fn warn_of_fit(fit: &Fit, first: usize, columns: &Columns, problems: &mut Problems) {
    if fit.df <= 0.0 {
        problems.push(Problem::warning(&columns.file, TestProblem::NoDf { df: fit.df }));
    } else if (first..fit.names.len()).any(|place| fit.t(place).is_none()) {
        problems.push(Problem::warning(&columns.file, TestProblem::NoVariance));
    }
}

fn groups_json(groups: &[(String, f64)], key: &str) -> Value {
    groups.iter().map(|(group, value)| json!({ "group": group, key: value })).collect()
}
