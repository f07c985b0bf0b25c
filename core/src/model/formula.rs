//! Formulas of models, as R writes them.

use super::ModelProblem;
use crate::read::{Want, code_list};
use std::fmt;

/// A model: a response and the terms that explain it. The intercept is always there.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    /// What is explained.
    pub response: Variable,
    /// Terms, those of one variable first: each a variable, or several whose interaction it is.
    pub terms: Vec<Vec<Variable>>,
}

/// A variable of a formula.
#[derive(Clone, Debug, PartialEq)]
pub enum Variable {
    /// A column: numbers where all its values are, otherwise categories.
    Column(String),
    /// `factor(x)`: a column as categories.
    Factor(String),
    /// `x=V1,V2`: 1 where the column has one of the values, otherwise 0.
    Indicator {
        /// The column.
        column: String,
        /// The values.
        values: Vec<String>,
    },
    /// `I(year - 2023)`: a computation with a column of numbers.
    Computed {
        /// What stands on the left.
        left: Operand,
        /// `+`, `-`, `*`, `/` or `^`.
        sign: char,
        /// What stands on the right.
        right: Operand,
    },
}

/// A part of a computation.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// A column of numbers.
    Column(String),
    /// A number.
    Number(f64),
}

impl Formula {
    /// A response and the terms of one variable each.
    #[must_use]
    pub fn new(response: Variable, terms: Vec<Variable>) -> Self {
        Self { response, terms: terms.into_iter().map(|term| vec![term]).collect() }
    }

    /// Reads `y ~ x1 + factor(x2) + x1:x3 + I(year - 2023)`.
    ///
    /// `a:b` is an interaction, `a*b` is `a + b + a:b`. Names with spaces or signs stand in backticks. The intercept
    /// cannot be left out.
    ///
    /// ```
    /// # use bygdepuls_core::model::Formula;
    /// let formula = Formula::parse("smoke ~ I(year - 2023) + sex*grade")?;
    /// let terms: Vec<String> = formula.labels();
    /// assert_eq!(terms, ["I(year - 2023)", "sex", "grade", "sex:grade"]);
    /// # Ok::<(), bygdepuls_core::model::ModelProblem>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ModelProblem::Formula`] with the part that is not understood.
    pub fn parse(text: &str) -> Result<Self, ModelProblem> {
        let sides = split(text, '~');
        let [left, right] = sides.as_slice() else { return Err(wrong(text)) };
        let response = variable(left)?;
        let mut terms: Vec<Vec<Variable>> = Vec::new();
        for part in split(right, '+') {
            if part.trim() == "1" {
                continue;
            }
            let factors = split(part, '*')
                .into_iter()
                .map(|factor| split(factor, ':').into_iter().map(variable).collect::<Result<Vec<_>, _>>());
            for term in crossed(&factors.collect::<Result<Vec<_>, _>>()?) {
                if !terms.iter().any(|other| same(other, &term)) {
                    terms.push(term);
                }
            }
        }
        terms.sort_by_key(Vec::len);
        Ok(Self { response, terms })
    }

    /// The terms as written.
    #[must_use]
    pub fn labels(&self) -> Vec<String> {
        let label = |term: &Vec<Variable>| term.iter().map(Variable::to_string).collect::<Vec<_>>().join(":");
        self.terms.iter().map(label).collect()
    }

    /// The columns as they are to be read. With `binary` the response is 0 or 1.
    #[must_use]
    pub fn wants(&self, binary: bool) -> Vec<Want> {
        let mut wants = match &self.response {
            Variable::Column(column) if !binary => vec![Want::Number(column.clone())],
            response => response.wants(),
        };
        wants.extend(self.terms.iter().flatten().flat_map(Variable::wants));
        wants
    }
}

impl Variable {
    /// A variable as a command takes it: `y`, `y=V1,V2`, or `I(a - b)`. Names need no backticks here.
    ///
    /// # Errors
    ///
    /// [`ModelProblem::Formula`] for a computation that is not understood.
    pub fn of_argument(text: &str) -> Result<Self, ModelProblem> {
        if text.starts_with("I(") {
            return variable(text);
        }
        match text.split_once('=') {
            None => Ok(Self::Column(text.into())),
            Some((column, values)) => {
                let values = code_list(values.trim_start_matches('='));
                Ok(Self::Indicator { column: column.trim().into(), values })
            }
        }
    }

    fn wants(&self) -> Vec<Want> {
        match self {
            Self::Column(column) | Self::Factor(column) | Self::Indicator { column, .. } => {
                vec![Want::Answer(column.clone())]
            }
            Self::Computed { left, right, .. } => {
                let column = |operand: &Operand| match operand {
                    Operand::Column(column) => Some(Want::Number(column.clone())),
                    Operand::Number(_) => None,
                };
                [left, right].into_iter().filter_map(column).collect()
            }
        }
    }
}

impl fmt::Display for Variable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Column(column) => f.write_str(column),
            Self::Factor(column) => write!(f, "factor({column})"),
            Self::Indicator { column, values } => write!(f, "{column}={}", values.join(",")),
            // As R deparses it.
            Self::Computed { left, sign: sign @ ('^' | '*' | '/'), right } => {
                let space = if *sign == '*' { " " } else { "" };
                write!(f, "I({left}{space}{sign}{space}{right})")
            }
            Self::Computed { left, sign, right } => write!(f, "I({left} {sign} {right})"),
        }
    }
}

impl fmt::Display for Operand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Column(column) => f.write_str(column),
            Self::Number(number) => write!(f, "{number}"),
        }
    }
}

fn wrong(part: &str) -> ModelProblem {
    ModelProblem::Formula { part: part.trim().into() }
}

/// The parts between signs that stand outside of backticks, quotes and parentheses.
fn split(text: &str, sign: char) -> Vec<&str> {
    let (mut parts, mut from) = (Vec::new(), 0);
    for at in places(text, &[sign]) {
        parts.push(&text[from..at]);
        from = at + sign.len_utf8();
    }
    parts.push(&text[from..]);
    parts
}

/// Where one of the signs stands outside of backticks, quotes and parentheses.
fn places(text: &str, signs: &[char]) -> Vec<usize> {
    let (mut quote, mut depth, mut found) = (None, 0_i32, Vec::new());
    for (at, sign) in text.char_indices() {
        match (quote, sign) {
            (Some(open), _) if open == sign => quote = None,
            (Some(_), _) => {}
            (None, '`' | '\'' | '"') => quote = Some(sign),
            (None, '(') => depth += 1,
            (None, ')') => depth -= 1,
            (None, _) if depth == 0 && signs.contains(&sign) => found.push(at),
            _ => {}
        }
    }
    found
}

/// All interactions of some of the factors: `a*b` is a, b and a:b.
fn crossed(factors: &[Vec<Variable>]) -> Vec<Vec<Variable>> {
    let mut terms: Vec<Vec<Variable>> = Vec::new();
    for factor in factors {
        let with = |term: &Vec<Variable>| {
            let more = factor.iter().filter(|variable| !term.contains(variable)).cloned();
            term.iter().cloned().chain(more).collect()
        };
        let more: Vec<Vec<Variable>> = terms.iter().map(with).collect();
        terms.push(with(&Vec::new()));
        terms.extend(more);
    }
    terms
}

/// Whether two terms have the same variables.
pub(super) fn same(a: &[Variable], b: &[Variable]) -> bool {
    a.len() == b.len() && a.iter().all(|variable| b.contains(variable))
}

fn variable(text: &str) -> Result<Variable, ModelProblem> {
    let text = text.trim();
    let inside = |call: &str| text.strip_prefix(call)?.trim_start().strip_prefix('(')?.strip_suffix(')');
    if let Some(column) = inside("factor").or_else(|| inside("as.factor")) {
        return Ok(Variable::Factor(name(column)?));
    }
    let inner = inside("I");
    if let Some(at) = places(inner.unwrap_or(text), &['=']).first() {
        return indicator(inner.unwrap_or(text), *at);
    }
    let Some(inner) = inner else { return Ok(Variable::Column(name(text)?)) };
    // A sign at the beginning belongs to a number.
    let signs = places(inner, &['+', '-', '*', '/', '^']);
    let Some(at) = signs.into_iter().find(|at| !inner[..*at].trim().is_empty()) else { return Err(wrong(text)) };
    let (left, right) = (operand(&inner[..at])?, operand(&inner[at + 1..])?);
    if matches!((&left, &right), (Operand::Number(_), Operand::Number(_))) {
        return Err(wrong(text));
    }
    Ok(Variable::Computed { left, sign: char::from(inner.as_bytes()[at]), right })
}

fn indicator(text: &str, at: usize) -> Result<Variable, ModelProblem> {
    let values = code_list(text[at + 1..].trim_start_matches('='));
    Ok(Variable::Indicator { column: name(&text[..at])?, values })
}

fn operand(text: &str) -> Result<Operand, ModelProblem> {
    match text.trim().parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(Operand::Number(number)),
        _ => Ok(Operand::Column(name(text)?)),
    }
}

fn name(text: &str) -> Result<String, ModelProblem> {
    let text = text.trim();
    if let Some(quoted) = text.strip_prefix('`').and_then(|rest| rest.strip_suffix('`')) {
        return if quoted.is_empty() || quoted.contains('`') { Err(wrong(text)) } else { Ok(quoted.into()) };
    }
    let sign = |c: char| c.is_whitespace() || "`'\"()+-*/^:~=<>!,|&%".contains(c);
    let number = text.starts_with(|c: char| c.is_ascii_digit());
    if text.is_empty() || number || text.contains(sign) { Err(wrong(text)) } else { Ok(text.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas() {
        let labels = |text: &str| Formula::parse(text).unwrap().labels().join(" + ");
        assert_eq!(labels("y ~ 1"), "");
        assert_eq!(labels("y~a+b:c+a*c"), "a + c + b:c + a:c");
        assert_eq!(labels("y ~ `a + b` + I(x^2) + I( year-2023 )"), "a + b + I(x^2) + I(year - 2023)");
        assert_eq!(labels("y ~ a*b*c"), "a + b + c + a:b + a:c + b:c + a:b:c");
        let response = |text: &str| Formula::parse(text).unwrap().response;
        let yes = Variable::Indicator { column: "sch.wide".into(), values: vec!["Yes".into()] };
        assert_eq!(response("I(sch.wide=='Yes') ~ x"), yes);
        assert_eq!(response("sch.wide=Yes ~ x"), yes);
        for text in ["", "y", "y ~", "~ x", "y ~ x ~ z", "y ~ x +", "y ~ a b", "y ~ x - 1", "y ~ 0 + x", "y ~ log(x)"] {
            assert!(Formula::parse(text).is_err(), "{text}");
        }
        for text in ["I(", "I()", "I(=)", "=", "a=", "I(a-)", "I(æ-ø)", "~~", "`", "y ~ `å", "(", ")", "y ~ I(-1 - x)"]
        {
            let _ = (Formula::parse(text), Variable::of_argument(text));
        }
        assert_eq!(Formula::parse("y ~ year-2023"), Err(ModelProblem::Formula { part: "year-2023".into() }));
    }
}
