//! Independence of two categorical variables under a sampling design: Rao and Scott's corrections, and Wald's test.

use super::group_means::wald;
use super::{TestProblem, TestResult};
use crate::design::Design;
use crate::distribution::{chi_squared, fisher_f, quadratic_form};
use crate::read::Categories;
use nalgebra::{DMatrix, DVector};
use std::collections::BTreeSet;

/// How the table is judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Statistic {
    /// Pearson's statistic with the second-order correction, as F: the default.
    #[default]
    F,
    /// Pearson's statistic with the first-order correction, as chi-squared.
    Chisq,
    /// Wald's test of the residuals, as F with all degrees of freedom of the design.
    Wald,
    /// Wald's test with what Wald's test uses up taken from the degrees of freedom.
    AdjWald,
    /// Pearson's statistic against its asymptotic distribution, as R prints it.
    Lincom,
    /// Pearson's statistic against a saddlepoint approximation of that distribution.
    Saddlepoint,
}

impl Statistic {
    /// All of them, with their names on the command line.
    pub const ALL: [(&'static str, Self); 6] = [
        ("F", Self::F),
        ("Chisq", Self::Chisq),
        ("Wald", Self::Wald),
        ("adjWald", Self::AdjWald),
        ("lincom", Self::Lincom),
        ("saddlepoint", Self::Saddlepoint),
    ];
}

/// A test of independence.
#[derive(Clone, Debug, PartialEq)]
pub struct Association {
    /// Statistic, degrees of freedom, p value.
    pub result: TestResult,
    /// For `Lincom` and `Saddlepoint`: the p value by the exact series of the asymptotic distribution.
    pub p_value_exact: Option<f64>,
    /// Values of the first variable.
    pub rows: Vec<String>,
    /// Values of the second variable.
    pub columns: Vec<String>,
    /// Sum of weights in each cell, rows by columns.
    pub table: Vec<Vec<f64>>,
    /// Records with both values and a weight above 0.
    pub n: usize,
}

/// Whether two categorical variables are independent.
///
/// # Formula
///
/// ```text
/// p[ij]  = share of cell ij, weighted;   N = records of the domain
/// X2     = N sum (p[ij] - p[i.] p[.j])^2 / (p[i.] p[.j])                      Pearson
/// C      = contrasts of interaction;  D = diag(p);  V = covariance of p under the design
/// delta  = eigenvalues of (C' D^-1 C / N)^-1 (C' D^-1 V D^-1 C)               generalised design effects
/// d0     = (sum delta)^2 / sum delta^2;   nu = PSUs - strata of the domain
///
/// F            X2 / sum delta              ~ F(d0, d0 nu)
/// Chisq        X2, X2 / mean delta         ~ chi-squared((r-1)(c-1))
/// saddlepoint  X2                          ~ sum delta[k] chi2[k], over chi2(d0 nu)/(d0 nu); approximated
/// lincom       the same figure: R's where package CompQuadForm is missing, as in the reference
/// Wald         Y' V(Y)^-1 Y / k            ~ F(k, nu),  Y[ij] = T[ij] - T[i.] T[.j] / T,  k = (r-1)(c-1)
/// adjWald      Wald * (nu - k + 1) / nu    ~ F(k, nu - k + 1)
/// ```
///
/// For `lincom` and `saddlepoint` the tail of the same distribution by its exact series stands beside it, as
/// `p_value_exact`. All p values keep their digits in the far tail.
///
/// Values that no record with both values and a weight has are no rows or columns. An empty cell between them counts
/// as empty, and drops out of D^-1, as in R. Records without a value are left out of the shares; they stay in the
/// design, and in N and nu, as in R.
///
/// # Errors
///
/// [`TestProblem::AllAlike`] where a variable has a single value, [`TestProblem::EmptyCells`],
/// [`TestProblem::TooManyValues`], [`TestProblem::NoVariance`], [`TestProblem::SingularCovariance`],
/// [`TestProblem::NoRecords`], [`TestProblem::Design`]; [`TestProblem::NoDf`] but for `Chisq`.
///
/// # Example
///
/// ```
/// # use bygdepuls_core::{design::Design, hypothesis::rao_scott::{self, Statistic}, read::Categories};
/// // Four cells of 1, 2, 3 and 4 records: X2 = 10 (1*4 - 2*3)^2 / (3*7*4*6) = 40/504.
/// let sex = [0, 0, 0, 1, 1, 1, 1, 1, 1, 1].to_vec();
/// let answer = [0, 1, 1, 0, 0, 0, 1, 1, 1, 1].to_vec();
/// let variable = |codes| Categories { codes, labels: vec!["0".into(), "1".into()] };
/// let design = Design::simple(vec![1.0; 10]);
/// let test = rao_scott::test(&design, &variable(sex), &variable(answer), &[true; 10], Statistic::Chisq)?;
/// assert!((test.result.statistic - 40.0 / 504.0).abs() < 1e-15);
/// assert_eq!(test.result.parameter, [1.0]);
/// # Ok::<(), bygdepuls_core::hypothesis::TestProblem>(())
/// ```
///
/// # Source
///
/// J. N. K. Rao, A. J. Scott, Annals of Statistics 12 (1984) 46–60; D. R. Thomas, J. N. K. Rao, Journal of the American
/// Statistical Association 82 (1987); T. Lumley, *Complex Surveys* (2010), section 2.5; R, `survey::svychisq`.
pub fn test(
    design: &Design,
    first: &Categories,
    second: &Categories,
    domain: &[bool],
    statistic: Statistic,
) -> Result<Association, TestProblem> {
    let table = Table::new(design, first, second, domain)?;
    let nu = units_less_strata(design, domain);
    if nu <= 0.0 && statistic != Statistic::Chisq {
        return Err(TestProblem::NoDf { df: nu });
    }
    let mut p_value_exact = None;
    let result = match statistic {
        Statistic::Wald | Statistic::AdjWald => table.wald(design, nu, statistic == Statistic::AdjWald)?,
        _ => {
            let records = count(domain.iter().filter(|inside| **inside).count());
            let x2 = records * table.pearson();
            let delta = table.design_effects(design, records)?;
            let sum: f64 = delta.iter().sum();
            let d0 = sum * sum / delta.iter().map(|delta| delta * delta).sum::<f64>();
            let df = d0 * nu;
            match statistic {
                Statistic::Chisq => {
                    let parts = count(delta.len());
                    let p_value = chi_squared::upper_tail(x2 / (sum / parts), parts);
                    TestResult { statistic: x2, parameter: vec![parts], p_value }
                }
                Statistic::Lincom | Statistic::Saddlepoint => {
                    p_value_exact = quadratic_form::exact(x2, &delta, df);
                    let p_value = quadratic_form::saddlepoint(x2, &delta, df)
                        .unwrap_or_else(|| quadratic_form::satterthwaite(x2, &delta, df));
                    TestResult { statistic: x2, parameter: Vec::new(), p_value }
                }
                _ => {
                    let statistic = x2 / sum;
                    TestResult { statistic, parameter: vec![d0, df], p_value: fisher_f::upper_tail(statistic, d0, df) }
                }
            }
        }
    };
    let cells = |row: usize| (0..table.columns.len()).map(|column| table.total(row, column)).collect();
    Ok(Association {
        result,
        p_value_exact,
        table: (0..table.rows.len()).map(cells).collect(),
        n: table.cell.iter().flatten().count(),
        rows: table.rows,
        columns: table.columns,
    })
}

/// A weighted table, and the cell of each record.
struct Table {
    rows: Vec<String>,
    columns: Vec<String>,
    cell: Vec<Option<(usize, usize)>>,
    totals: DMatrix<f64>,
}

impl Table {
    fn new(design: &Design, first: &Categories, second: &Categories, domain: &[bool]) -> Result<Self, TestProblem> {
        let codes = first.codes.iter().zip(&second.codes).map(|(a, b)| (*a as usize, *b as usize));
        let pairs: Vec<Option<(usize, usize)>> = (codes.enumerate())
            .map(|(row, pair)| {
                let both = pair.0 < first.labels.len() && pair.1 < second.labels.len();
                (both && domain[row] && design.weights[row] > 0.0).then_some(pair)
            })
            .collect();
        let levels = |codes: BTreeSet<usize>| codes.into_iter().collect::<Vec<_>>();
        let rows = levels(pairs.iter().flatten().map(|pair| pair.0).collect());
        let columns = levels(pairs.iter().flatten().map(|pair| pair.1).collect());
        if rows.is_empty() {
            return Err(TestProblem::NoRecords);
        }
        if rows.len() == 1 || columns.len() == 1 {
            return Err(TestProblem::AllAlike { variable: usize::from(rows.len() > 1) });
        }
        for (variable, levels) in [&rows, &columns].into_iter().enumerate() {
            // Together they may have no more than that many contrasts.
            let values = levels.len();
            if (rows.len() - 1) * (columns.len() - 1) > TestProblem::MOST_VALUES
                && values * values > TestProblem::MOST_VALUES
            {
                return Err(TestProblem::TooManyValues { variable, values });
            }
        }
        let place = |levels: &[usize], code: usize| levels.binary_search(&code).unwrap_or_default();
        let cell: Vec<_> = pairs.iter().map(|pair| pair.map(|(a, b)| (place(&rows, a), place(&columns, b)))).collect();
        let mut totals = DMatrix::zeros(rows.len(), columns.len());
        for (cell, weight) in cell.iter().zip(&design.weights) {
            if let Some(cell) = cell {
                totals[*cell] += weight;
            }
        }
        let names = |variable: &Categories, levels: &[usize]| {
            levels.iter().map(|code| variable.labels[*code].to_string()).collect()
        };
        Ok(Self { rows: names(first, &rows), columns: names(second, &columns), cell, totals })
    }

    fn total(&self, row: usize, column: usize) -> f64 {
        self.totals[(row, column)]
    }

    fn parts(&self) -> usize {
        (self.rows.len() - 1) * (self.columns.len() - 1)
    }

    /// Pearson's statistic of one record.
    fn pearson(&self) -> f64 {
        let shares = &self.totals / self.totals.sum();
        let (rows, columns) = (shares.column_sum(), shares.row_sum());
        let mut sum = 0.0;
        for (row, of_row) in rows.iter().enumerate() {
            for (column, of_column) in columns.iter().enumerate() {
                let expected = of_row * of_column;
                let residual = shares[(row, column)] - expected;
                sum += residual * residual / expected;
            }
        }
        sum
    }

    /// The influence of records on something that each cell moves as `moves` says.
    fn influence(&self, design: &Design, moves: impl Fn((usize, usize)) -> f64) -> crate::design::Influence {
        let values = self.cell.iter().zip(&design.weights).map(|(cell, weight)| cell.map(|cell| weight * moves(cell)));
        design.influence(&values.collect::<Vec<_>>())
    }

    /// Generalised design effects: eigenvalues of the covariance under the design over that of a simple sample.
    fn design_effects(&self, design: &Design, records: f64) -> Result<Vec<f64>, TestProblem> {
        let total = self.totals.sum();
        let shares = &self.totals / total;
        let parts = self.parts();
        // Contrast k compares the first value of each variable with another: orthogonal to both margins.
        let sign = |value: usize, other: usize| if value == 0 { 1.0 } else { -f64::from(u8::from(value == other)) };
        let contrast = |k: usize, (row, column): (usize, usize)| {
            sign(row, 1 + k % (self.rows.len() - 1)) * sign(column, 1 + k / (self.rows.len() - 1))
        };
        let cells: Vec<(usize, usize)> = (0..self.columns.len())
            .flat_map(|column| (0..self.rows.len()).map(move |row| (row, column)))
            .filter(|cell| shares[*cell] > 0.0)
            .collect();
        let simple = DMatrix::from_fn(parts, parts, |k, l| {
            let terms = cells.iter().map(|cell| contrast(k, *cell) * contrast(l, *cell) / shares[*cell]);
            terms.sum::<f64>() / records
        });
        let influences: Vec<_> = (0..parts)
            .map(|k| {
                let mean: f64 = cells.iter().map(|cell| contrast(k, *cell)).sum();
                self.influence(design, |cell| (contrast(k, cell) / shares[cell] - mean) / total)
            })
            .collect();
        let covariance = design.stages.covariance_matrix(&influences)?;
        let empty = self.rows.len() * self.columns.len() - cells.len();
        let diagonal = simple.diagonal();
        let Some(cholesky) = simple.cholesky() else { return Err(TestProblem::EmptyCells { empty }) };
        let root = cholesky.l();
        if (0..parts).any(|k| root[(k, k)] * root[(k, k)] < 1e-12 * diagonal[k]) {
            return Err(TestProblem::EmptyCells { empty });
        }
        let half = root.solve_lower_triangular(&covariance);
        let whole = half.and_then(|half| root.solve_lower_triangular(&half.transpose()));
        let Some(effects) = whole else { return Err(TestProblem::EmptyCells { empty }) };
        let effects = (&effects + effects.transpose()) * 0.5;
        let delta: Vec<f64> = effects.symmetric_eigenvalues().iter().copied().collect();
        // What rounding leaves of a variance of 0.
        if delta.iter().sum::<f64>() <= 1e-20 {
            return Err(TestProblem::NoVariance);
        }
        Ok(delta)
    }

    fn wald(&self, design: &Design, nu: f64, adjusted: bool) -> Result<TestResult, TestProblem> {
        let total = self.totals.sum();
        let (rows, columns) = (self.totals.column_sum(), self.totals.row_sum());
        let inner: Vec<(usize, usize)> =
            (1..self.columns.len()).flat_map(|column| (1..self.rows.len()).map(move |row| (row, column))).collect();
        let residuals = inner.iter().map(|cell| self.totals[*cell] - rows[cell.0] * columns[cell.1] / total);
        let residuals = DVector::from_iterator(inner.len(), residuals);
        let influences: Vec<_> = (inner.iter())
            .map(|&(i, j)| {
                let is = |a: usize, b: usize| f64::from(u8::from(a == b));
                self.influence(design, |(row, column)| {
                    is(row, i) * is(column, j) - is(row, i) * columns[j] / total - is(column, j) * rows[i] / total
                        + rows[i] * columns[j] / (total * total)
                })
            })
            .collect();
        let statistic = wald(&residuals, design.stages.covariance_matrix(&influences)?, nu)?;
        let parts = count(self.parts());
        let (statistic, df) = if adjusted {
            let df = nu - parts + 1.0;
            (statistic * df / (parts * nu), df)
        } else {
            (statistic / parts, nu)
        };
        if df <= 0.0 {
            return Err(TestProblem::SingularCovariance { parts: self.parts(), df: nu });
        }
        let p_value = fisher_f::upper_tail(statistic, parts, df);
        Ok(TestResult { statistic, parameter: vec![parts, df], p_value })
    }
}

/// Primary sampling units less strata of the domain, those whose records have no weight included.
fn units_less_strata(design: &Design, domain: &[bool]) -> f64 {
    let (Some(units), Some(stage)) = (design.units.first(), design.stages.stages.first()) else { return 0.0 };
    let inside = units.iter().zip(domain).filter(|(_, inside)| **inside);
    let units: BTreeSet<u32> = inside.map(|(unit, _)| *unit).collect();
    let strata: BTreeSet<u32> = units.iter().map(|unit| stage.stratum[*unit as usize]).collect();
    count(units.len()) - count(strata.len())
}

#[expect(clippy::cast_precision_loss, reason = "numbers of records and cells")]
fn count(number: usize) -> f64 {
    number as f64
}
