//! A formula on the columns of a file: the response, and the columns of the model.

use super::ModelProblem;
use super::formula::{Formula, Operand, Variable, same};
use crate::read::codes::Codes;
use crate::read::number::{Number, parse};
use crate::read::{Categories, Columns, DecimalMark};
use std::sync::Arc;

/// The columns of a model, in the records that it uses.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelMatrix {
    /// Names of the columns, as R gives them: `(Intercept)`, `meals`, `stypeH`, `sexM:grade`.
    pub names: Vec<String>,
    /// The term of each column, a place in `terms`; `None` for the intercept.
    pub assign: Vec<Option<usize>>,
    /// The terms.
    pub terms: Vec<String>,
    /// The records that are used.
    pub rows: Vec<usize>,
    columns: Vec<Vec<f64>>,
    /// The mean weight of the domain, by which R divides the weights.
    pub(super) mean_weight: Option<f64>,
}

impl ModelMatrix {
    /// The columns of a formula, in the records of the domain that have a response, all variables and a weight above 0.
    ///
    /// A column whose values are all numbers is one column of the model; another has a column for each value but the
    /// first (treatment contrasts), values in order. In an interaction a variable has a column for its first value too
    /// where the model lacks the term without it, as in R.
    ///
    /// # Errors
    ///
    /// [`ModelProblem::MixedColumn`], [`ModelProblem::MixedDecimal`], [`ModelProblem::OneValue`],
    /// [`ModelProblem::TooManyColumns`], [`ModelProblem::NoRecords`].
    pub fn new(
        formula: &Formula,
        columns: &Columns,
        response: &[Option<f64>],
        domain: &[bool],
        weights: &[f64],
    ) -> Result<Self, ModelProblem> {
        let mut variables: Vec<(&Variable, Data)> = Vec::new();
        for variable in formula.terms.iter().flatten() {
            if !variables.iter().any(|(other, _)| *other == variable) {
                variables.push((variable, Data::new(variable, columns)?));
            }
        }
        let complete = |row: &usize| {
            domain[*row]
                && weights[*row] > 0.0
                && response[*row].is_some()
                && variables.iter().all(|(_, data)| data.is_there(*row))
        };
        let rows: Vec<usize> = (0..columns.rows()).filter(complete).collect();
        if rows.is_empty() {
            return Err(ModelProblem::NoRecords);
        }
        let coded: Vec<(&Variable, Vec<Coded>)> = variables
            .iter()
            .map(|(variable, data)| Ok((*variable, data.coded(&variable.to_string(), &rows)?)))
            .collect::<Result<_, ModelProblem>>()?;
        let terms = formula.labels();
        let mut matrix = Self::intercept(rows, terms);
        let inside = weights.iter().zip(domain).filter(|(_, inside)| **inside);
        let (sum, count) = inside.fold((0.0, 0.0), |(sum, count), (weight, _)| (sum + weight, count + 1.0));
        matrix.mean_weight = Some(sum / count);
        for (place, term) in formula.terms.iter().enumerate() {
            let mut products = vec![(String::new(), vec![1.0; matrix.rows.len()])];
            for (at, variable) in term.iter().enumerate() {
                let rest: Vec<Variable> = term.iter().filter(|other| *other != variable).cloned().collect();
                let contrasts = rest.is_empty() || formula.terms.iter().any(|other| same(other, &rest));
                let columns = coded.iter().find(|(other, _)| *other == variable).map(|(_, columns)| columns);
                let columns = columns.into_iter().flatten().filter(|column| !(contrasts && column.first));
                let count = products.len() * columns.clone().count();
                if matrix.columns.len() + count > ModelProblem::MOST_COLUMNS {
                    return Err(ModelProblem::TooManyColumns { column: variable.to_string(), columns: count });
                }
                // The first variable's values change fastest.
                products = columns
                    .flat_map(|column| {
                        products.iter().map(move |(name, values)| {
                            let name = if at == 0 { column.name.clone() } else { format!("{name}:{}", column.name) };
                            (name, values.iter().zip(&column.values).map(|(a, b)| a * b).collect())
                        })
                    })
                    .collect();
            }
            for (name, values) in products {
                matrix.push(name, Some(place), values);
            }
        }
        Ok(matrix)
    }

    /// An intercept and columns of numbers, one value per record of the design.
    #[must_use]
    pub fn of_numbers(columns: &[(&str, &[f64])]) -> Self {
        let rows = columns.first().map_or(0, |(_, values)| values.len());
        let terms = columns.iter().map(|(name, _)| (*name).to_owned()).collect();
        let mut matrix = Self::intercept((0..rows).collect(), terms);
        for (place, (name, values)) in columns.iter().enumerate() {
            matrix.push((*name).into(), Some(place), values.to_vec());
        }
        matrix
    }

    fn intercept(rows: Vec<usize>, terms: Vec<String>) -> Self {
        let ones = vec![1.0; rows.len()];
        Self {
            names: vec!["(Intercept)".into()],
            assign: vec![None],
            terms,
            rows,
            columns: vec![ones],
            mean_weight: None,
        }
    }

    fn push(&mut self, name: String, term: Option<usize>, values: Vec<f64>) {
        self.names.push(name);
        self.assign.push(term);
        self.columns.push(values);
    }

    /// Each record's row times a number.
    pub(super) fn scaled(&self, by: &[f64]) -> Vec<Vec<f64>> {
        self.columns.iter().map(|column| column.iter().zip(by).map(|(value, by)| value * by).collect()).collect()
    }

    /// The columns times coefficients.
    pub(super) fn predict(&self, coefficients: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.rows.len()];
        for (column, coefficient) in self.columns.iter().zip(coefficients) {
            sums.iter_mut().zip(column).for_each(|(sum, value)| *sum += value * coefficient);
        }
        sums
    }

    pub(super) fn redundant(&self, column: usize) -> ModelProblem {
        ModelProblem::Redundant { column: self.names[column].clone() }
    }

    /// The columns that a change of coefficients moves records by.
    pub(super) fn moving(&self, step: &[f64]) -> Vec<String> {
        let reach = |(column, step): (&Vec<f64>, &f64)| {
            let (low, high) = column
                .iter()
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (value.min(low), value.max(high)));
            (high - low) * step.abs()
        };
        let reaches: Vec<f64> = self.columns.iter().zip(step).map(reach).collect();
        let most = reaches.iter().copied().fold(0.0, f64::max);
        let moved = self.names.iter().zip(&reaches).filter(|(_, reach)| **reach > 0.01 * most);
        moved.map(|(name, _)| name.clone()).collect()
    }
}

/// The response in each record. With `binary` it is 0 or 1.
///
/// # Errors
///
/// [`ModelProblem::NotBinary`] at the first record of the domain that is neither; [`ModelProblem::Formula`] for a
/// response that is no number.
pub fn response(
    formula: &Formula,
    columns: &Columns,
    domain: &[bool],
    binary: bool,
) -> Result<Vec<Option<f64>>, ModelProblem> {
    let wrong = || ModelProblem::Formula { part: formula.response.to_string() };
    let values = match &formula.response {
        Variable::Column(column) if binary => {
            let answers = columns.answers(column).ok_or_else(wrong)?;
            let value = |label: &Arc<str>| match parse(label.as_bytes()) {
                Number::Value(value, _) => value,
                _ => f64::NAN,
            };
            let values: Vec<f64> = answers.labels.iter().map(value).collect();
            answers.codes.iter().map(|code| values.get(*code as usize).copied()).collect()
        }
        Variable::Column(column) => columns.numbers(column).ok_or_else(wrong)?.to_vec(),
        Variable::Factor(_) => return Err(wrong()),
        variable => match Data::new(variable, columns)? {
            Data::Numbers(values) => values,
            Data::Categories(_) => return Err(wrong()),
        },
    };
    let neither = |(row, value): (usize, &Option<f64>)| {
        (domain[row] && value.is_some_and(|value| value != 0.0 && value != 1.0)).then_some(row)
    };
    match values.iter().enumerate().find_map(neither).filter(|_| binary) {
        Some(row) => Err(ModelProblem::NotBinary { column: formula.response.to_string(), row }),
        None => Ok(values),
    }
}

/// The values of a variable.
enum Data {
    Numbers(Vec<Option<f64>>),
    Categories(Categories),
}

/// A variable as one column of a model.
struct Coded {
    name: String,
    /// Whether it is that of a category's first value, which contrasts leave out.
    first: bool,
    values: Vec<f64>,
}

impl Data {
    fn new(variable: &Variable, columns: &Columns) -> Result<Self, ModelProblem> {
        let wrong = || ModelProblem::Formula { part: variable.to_string() };
        match variable {
            Variable::Factor(column) => Ok(Self::Categories(columns.answers(column).ok_or_else(wrong)?.clone())),
            Variable::Column(column) => Self::of_column(column, columns.answers(column).ok_or_else(wrong)?),
            Variable::Indicator { column, values } => {
                let answers = columns.answers(column).ok_or_else(wrong)?;
                let codes = Codes::new(values);
                let is = |label: &Arc<str>| f64::from(u8::from(codes.find(label.as_bytes()).is_some()));
                let of_label: Vec<f64> = answers.labels.iter().map(is).collect();
                Ok(Self::Numbers(answers.codes.iter().map(|code| of_label.get(*code as usize).copied()).collect()))
            }
            Variable::Computed { left, sign, right } => {
                let value = |operand: &Operand, row: usize| match operand {
                    Operand::Number(number) => Some(*number),
                    Operand::Column(column) => columns.numbers(column)?.get(row).copied().flatten(),
                };
                let compute = |row: usize| {
                    let (a, b) = (value(left, row)?, value(right, row)?);
                    let result = match sign {
                        '+' => a + b,
                        '-' => a - b,
                        '*' => a * b,
                        '/' => a / b,
                        _ => libm::pow(a, b),
                    };
                    // Such as 1/0: there is no value.
                    result.is_finite().then_some(result)
                };
                Ok(Self::Numbers((0..columns.rows()).map(compute).collect()))
            }
        }
    }

    fn of_column(name: &str, answers: &Categories) -> Result<Self, ModelProblem> {
        let numbers: Vec<Number> = answers.labels.iter().map(|label| parse(label.as_bytes())).collect();
        let value = |number: &Number| match number {
            Number::Value(value, _) => Some(*value),
            _ => None,
        };
        let values: Vec<Option<f64>> = numbers.iter().map(value).collect();
        let marked = |wanted: DecimalMark| {
            numbers.iter().position(|number| matches!(number, Number::Value(_, Some(mark)) if *mark == wanted))
        };
        let row_of = |place: usize| answers.codes.iter().position(|code| *code as usize == place).unwrap_or_default();
        let all_numbers = values.iter().all(Option::is_some);
        if let (Some(comma), Some(_), true) = (marked(DecimalMark::Comma), marked(DecimalMark::Point), all_numbers) {
            return Err(ModelProblem::MixedDecimal { column: name.into(), row: row_of(comma) });
        }
        match values.iter().position(Option::is_none) {
            None => Ok(Self::Numbers(
                answers.codes.iter().map(|code| values.get(*code as usize).copied().flatten()).collect(),
            )),
            Some(odd) if 2 * values.iter().flatten().count() > values.len() => {
                Err(ModelProblem::MixedColumn { column: name.into(), row: row_of(odd) })
            }
            Some(_) => Ok(Self::Categories(answers.clone())),
        }
    }

    fn is_there(&self, row: usize) -> bool {
        match self {
            Self::Numbers(values) => values[row].is_some(),
            Self::Categories(values) => values.label(row).is_some(),
        }
    }

    fn coded(&self, name: &str, rows: &[usize]) -> Result<Vec<Coded>, ModelProblem> {
        match self {
            Self::Numbers(values) => {
                let values = rows.iter().map(|row| values[*row].unwrap_or_default()).collect();
                Ok(vec![Coded { name: name.into(), first: false, values }])
            }
            Self::Categories(categories) => {
                let code = |row: &usize| categories.codes[*row];
                let mut levels: Vec<u32> = rows.iter().map(code).collect();
                levels.sort_unstable();
                levels.dedup();
                if levels.len() < 2 {
                    return Err(ModelProblem::OneValue { column: name.into() });
                }
                if levels.len() > ModelProblem::MOST_COLUMNS {
                    return Err(ModelProblem::TooManyColumns { column: name.into(), columns: levels.len() });
                }
                let column = |(place, level): (usize, &u32)| Coded {
                    name: format!("{name}{}", categories.labels[*level as usize]),
                    first: place == 0,
                    values: rows.iter().map(|row| f64::from(u8::from(code(row) == *level))).collect(),
                };
                Ok(levels.iter().enumerate().map(column).collect())
            }
        }
    }
}
