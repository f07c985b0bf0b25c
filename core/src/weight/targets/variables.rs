//! Totals of variables, for calibration.

use super::TargetProblem;
use crate::problem::{Privacy, Problem, Problems};
use crate::read::codes::Codes;
use crate::read::{Columns, Head, Want};
use crate::weight::{Constraint, WeightProblem};

/// A file of population totals of variables: `variable,total`, or `variable,category,total` where some of them are
/// categories of a column.
///
/// | variable      | category | total is                          |
/// |---------------|----------|-----------------------------------|
/// | `(Intercept)` |          | the size of the population        |
/// | a column      |          | the sum of its numbers            |
/// | a column      | a code   | the number of units with the code |
///
/// ```
/// use bygdepuls_core::{problem::Problems, read::Columns, weight::targets::VariableTotals};
/// let mut problems = Problems::new();
/// let file = b"variable,category,total\n(Intercept),,9\nsex,F,5\nage,,400\n";
/// let totals = VariableTotals::read("totals.csv", file, &mut problems).unwrap();
/// let data = Columns::read("f.csv", b"sex,age\nF,40\nM,50\n", &totals.wants(), &[], &mut problems).unwrap();
/// let constraints = totals.constraints(&data);
/// assert_eq!((constraints[1].name.as_str(), &constraints[1].values), ("sex=F", &vec![1.0, 0.0]));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct VariableTotals {
    /// Name of the file, for messages.
    pub file: String,
    /// The totals, by line.
    pub totals: Vec<VariableTotal>,
}

/// A line of [`VariableTotals`].
#[derive(Clone, Debug, PartialEq)]
pub struct VariableTotal {
    /// The column, or `(Intercept)`.
    pub variable: String,
    /// The code that is counted; without one the numbers of the column are summed.
    pub category: Option<String>,
    /// The total.
    pub total: f64,
    /// The line in the file.
    pub line: u64,
}

/// What stands for the size of the population.
const INTERCEPT: &str = "(Intercept)";

impl VariableTotal {
    /// Its name in messages.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.category {
            Some(category) => format!("{}={category}", self.variable),
            None => self.variable.clone(),
        }
    }
}

impl VariableTotals {
    /// Reads the file. `None` when it cannot be used; problems say why.
    pub fn read(file: &str, bytes: &[u8], problems: &mut Problems) -> Option<Self> {
        let before = problems.errors();
        let head = Head::find(file, bytes, true, &mut Problems::new());
        let with_categories = head.is_some_and(|head| head.position("category").is_some());
        let mut wanted = vec![Want::Category("variable".into()), Want::Required("total".into())];
        if with_categories {
            wanted.push(Want::Category("category".into()));
        }
        let read = Columns::read(file, bytes, &wanted, &[], problems)?;
        let (variables, numbers) = (read.categories("variable")?, read.required("total")?);
        let mut totals: Vec<VariableTotal> = Vec::new();
        for (row, (total, line)) in numbers.iter().zip(&read.lines).enumerate() {
            let variable = variables.label(row).map(ToString::to_string).unwrap_or_default();
            let category = read.categories("category").and_then(|codes| codes.label(row)).map(ToString::to_string);
            let category = category.filter(|code| !code.is_empty());
            let own = VariableTotal { variable, category, total: *total, line: *line };
            let mut refuse = |what: TargetProblem| {
                let problem = read.at(Problem::error(file, what), row).column("variable");
                problems.push(problem.value(own.name(), Privacy::Open));
            };
            if own.variable.is_empty() || (own.variable == INTERCEPT && own.category.is_some()) {
                refuse(TargetProblem::NoVariable);
            }
            if let Some(other) = totals.iter().find(|other| other.name() == own.name()) {
                refuse(TargetProblem::Twice { first: other.line });
            }
            totals.push(own);
        }
        if totals.is_empty() && problems.errors() == before {
            problems.push(Problem::error(file, TargetProblem::NoTotals).line(1));
        }
        (problems.errors() == before).then_some(Self { file: file.into(), totals })
    }

    /// The columns of the data as they are to be read.
    #[must_use]
    pub fn wants(&self) -> Vec<Want> {
        let columns = self.totals.iter().filter(|total| total.variable != INTERCEPT);
        let want = |total: &VariableTotal| match total.category {
            Some(_) => Want::Category(total.variable.clone()),
            None => Want::Required(total.variable.clone()),
        };
        columns.map(want).collect()
    }

    /// The constraints for the records of a data file that was read with these [`wants`](Self::wants).
    #[must_use]
    pub fn constraints(&self, data: &Columns) -> Vec<Constraint> {
        let constraint = |total: &VariableTotal| Constraint {
            name: total.name(),
            values: self.values(total, data),
            total: total.total,
        };
        self.totals.iter().map(constraint).collect()
    }

    fn values(&self, total: &VariableTotal, data: &Columns) -> Vec<f64> {
        match &total.category {
            None if total.variable == INTERCEPT => vec![1.0; data.rows()],
            None => data.required(&total.variable).unwrap_or_default().to_vec(),
            Some(category) => {
                let Some(column) = data.categories(&total.variable) else { return Vec::new() };
                let wanted = Codes::new(std::slice::from_ref(category));
                let is: Vec<bool> = column.labels.iter().map(|label| wanted.find(label.as_bytes()).is_some()).collect();
                let has = |code: &u32| is.get(*code as usize).copied().unwrap_or(false);
                column.codes.iter().map(|code| f64::from(u8::from(has(code)))).collect()
            }
        }
    }

    /// A problem of weighting at the line of this file that it is about.
    #[must_use]
    pub fn located(&self, problem: WeightProblem) -> Problem {
        let name = match &problem {
            WeightProblem::Redundant { constraint } | WeightProblem::Unreachable { constraint, .. } => Some(constraint),
            WeightProblem::BadTotal { margin, .. } => Some(margin),
            WeightProblem::Missed { missed, .. } => missed.first().map(|miss| &miss.name),
            _ => None,
        };
        let total = name.and_then(|name| self.totals.iter().find(|total| total.name() == *name));
        let located = Problem::error(&self.file, problem.clone());
        match total {
            Some(total) => located.line(total.line).column("total").value(total.total.to_string(), Privacy::Open),
            None => located,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: &[u8]) -> (Option<VariableTotals>, Vec<(Option<u64>, &'static str)>) {
        let mut problems = Problems::new();
        let totals = VariableTotals::read("t", file, &mut problems);
        (totals, problems.list().iter().map(|problem| (problem.line, problem.what.code())).collect())
    }

    #[test]
    fn a_line_that_cannot_be_used_says_why() {
        assert_eq!(read(b"variable,total\n").1.last(), Some(&(Some(1), "no-totals")));
        assert_eq!(read(b"variable,total\nage,4\nage,5\n").1, [(Some(3), "total-twice")]);
        assert_eq!(read(b"variable,total\n,4\n").1, [(Some(2), "no-variable")]);
        assert_eq!(read(b"variable,category,total\n(Intercept),F,4\n").1, [(Some(2), "no-variable")]);
        assert_eq!(read(b"variable,total\nage,old\n").1, [(Some(2), "not-a-number")]);
        assert_eq!(read(b"name,total\nage,4\n").1, [(Some(1), "missing-column")]);
    }

    #[test]
    fn a_problem_is_at_the_line_of_its_total() {
        let totals = read(b"variable,category,total\n(Intercept),,9\nsex,F,5\n").0.unwrap();
        let problem = totals.located(WeightProblem::Redundant { constraint: "sex=F".into() });
        assert_eq!((problem.line, problem.value.as_deref()), (Some(3), Some("5")));
        assert_eq!(totals.located(WeightProblem::NoWeight).line, None);
    }
}
