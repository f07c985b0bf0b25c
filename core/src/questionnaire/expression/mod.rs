//! Expressions of XLSForm: when a question is put, which answers are taken.

mod evaluate;
mod from_limesurvey;
mod limesurvey;
mod parse;
mod simplify;

pub(super) use from_limesurvey::{Meaning, from_limesurvey};
pub use limesurvey::{LimeSurveyVariable, NotInLimeSurvey};

use crate::problem::Explain;
use crate::read::problem::fill;
use crate::text::Lang;
use std::collections::BTreeSet;

/// An expression as written, and what it says.
///
/// ```
/// use bygdepuls_core::questionnaire::Expression;
/// let asked = Expression::parse("${wave} = '3' and selected(${ties}, '2')");
/// assert_eq!(asked.references(), ["wave", "ties"]);
/// let value = |name: &str| match name { "wave" => Some("3"), "ties" => Some("1 2"), _ => None };
/// assert_eq!(asked.evaluate(&value), Some(true));
/// assert_eq!(asked.evaluate(&|name| (name == "wave").then_some("4")), Some(false)); // whatever the ties are
/// assert_eq!(asked.evaluate(&|name| (name == "wave").then_some("3")), None);
/// assert_eq!(Expression::parse("${wave} = ").error().map(|error| error.column), Some(11));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    source: String,
    node: Node,
}

/// A part of an expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// `${name}`
    Reference(String),
    /// `${last-saved#name}`: an answer of the submission before.
    LastSaved(String),
    /// `.`: the answer that a constraint is about.
    This,
    /// A number.
    Number(f64),
    /// A text in quotes.
    Text(String),
    /// All of them.
    And(Vec<Node>),
    /// Any of them.
    Or(Vec<Node>),
    /// Two values compared.
    Compare(Operator, Box<Node>, Box<Node>),
    /// Two numbers to one.
    Arithmetic(Operator, Box<Node>, Box<Node>),
    /// `-x`
    Negate(Box<Node>),
    /// A function with what it is given: `selected`, `not`, `today`, any other.
    Call(String, Vec<Node>),
    /// A path into the form, with the expressions in it: not computed here.
    Path(Vec<Node>),
    /// What could not be understood.
    Broken(ExpressionError),
}

/// An operator between two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the operators of XPath")]
pub enum Operator {
    Equal,
    NotEqual,
    Less,
    AtMost,
    Greater,
    AtLeast,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    /// `|`, the union of two paths.
    Union,
}

/// Where an expression cannot be understood, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpressionError {
    /// Position of the character, from 1.
    pub column: usize,
    /// What stands there; empty at the end.
    pub found: String,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Something else should stand here.
    Unexpected,
    /// A quote that does not end.
    UnclosedText,
    /// `${` without `}`.
    UnclosedReference,
    /// Parentheses within parentheses beyond what is read.
    TooDeep,
    /// `==`, `&&`, `||`: operators of other languages.
    OtherLanguage,
}

impl Expression {
    /// The longest expression that is read, in characters.
    pub const LIMIT: usize = 20_000;

    /// Reads an expression. Where it cannot be understood, [`Self::error`] says why.
    #[must_use]
    pub fn parse(source: &str) -> Self {
        Self { source: source.into(), node: parse::parse(source).unwrap_or_else(Node::Broken) }
    }

    /// As written.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// What it says.
    #[must_use]
    pub fn node(&self) -> &Node {
        &self.node
    }

    /// Why it cannot be understood.
    #[must_use]
    pub fn error(&self) -> Option<&ExpressionError> {
        if let Node::Broken(error) = &self.node { Some(error) } else { None }
    }

    /// The variables it refers to, in order, each once.
    #[must_use]
    pub fn references(&self) -> Vec<&str> {
        let mut seen = BTreeSet::new();
        let mut found = Vec::new();
        self.node.visit(&mut |node| {
            if let Node::Reference(name) = node
                && seen.insert(name.as_str())
            {
                found.push(name.as_str());
            }
        });
        found
    }

    /// Whether it holds for the given values. `value` gives the answer to a variable (`.` for the answer that a constraint
    /// is about): blank when there is none, several codes with spaces between, and `None` when it is not known here.
    ///
    /// `None` where the values that are not known decide, and where it uses a function that is not computed here. Logic has
    /// three values: `false and unknown` is false. Comparison is XPath's: with a number on one side both are numbers, and a
    /// blank or a word is none of them, so that only `!=` holds.
    ///
    /// # Source
    ///
    /// W3C, XML Path Language (XPath) 1.0, section 3.4; ODK XForms Specification, section "XPath Functions".
    #[must_use]
    pub fn evaluate<'a>(&self, value: &dyn Fn(&str) -> Option<&'a str>) -> Option<bool> {
        evaluate::truth(&self.node, value)
    }

    /// The variables whose values are compared with whole texts, with the values: what decides, for those who try all.
    #[must_use]
    pub fn constants(&self, name: &str) -> Vec<String> {
        let mut found = Vec::new();
        self.node.visit(&mut |node| {
            let operands = match node {
                Node::Compare(_, left, right) => vec![&**left, &**right],
                Node::Call(_, arguments) => arguments.iter().collect(),
                _ => return,
            };
            if !operands.iter().any(|node| node.mentions(name)) {
                return;
            }
            for operand in operands {
                operand.visit(&mut |node| match node {
                    Node::Text(text) => found.push(text.clone()),
                    Node::Number(number) => found.push(number.to_string()),
                    _ => {}
                });
            }
        });
        found
    }
}

impl Node {
    /// Calls `see` with this and everything inside it.
    pub fn visit<'a>(&'a self, see: &mut impl FnMut(&'a Self)) {
        self.visit_dyn(see);
    }

    fn visit_dyn<'a>(&'a self, see: &mut dyn FnMut(&'a Self)) {
        see(self);
        match self {
            Self::And(parts) | Self::Or(parts) | Self::Call(_, parts) | Self::Path(parts) => {
                parts.iter().for_each(|part| part.visit_dyn(see));
            }
            Self::Compare(_, left, right) | Self::Arithmetic(_, left, right) => {
                left.visit_dyn(see);
                right.visit_dyn(see);
            }
            Self::Negate(inner) => inner.visit_dyn(see),
            Self::Reference(_)
            | Self::LastSaved(_)
            | Self::This
            | Self::Number(_)
            | Self::Text(_)
            | Self::Broken(_) => {}
        }
    }

    fn mentions(&self, name: &str) -> bool {
        let mut found = false;
        self.visit(&mut |node| {
            found |= match node {
                Self::Reference(other) => other == name,
                Self::This => name == ".",
                _ => false,
            };
        });
        found
    }

    /// The number that stands here.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Negate(inner) => inner.number().map(|number| -number),
            _ => None,
        }
    }
}

impl Operator {
    /// As XPath writes it.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "div",
            Self::Remainder => "mod",
            Self::Union => "|",
        }
    }
}

impl Explain for ExpressionError {
    fn code(&self) -> &'static str {
        "expression"
    }

    fn message(&self, lang: Lang) -> String {
        let place = self.column.to_string();
        let words = match self.fault {
            Fault::Unexpected if self.found.is_empty() => lang.pick(
                "uttrykket slutter for tidlig, ved tegn {0}",
                "uttrykket sluttar for tidleg, ved teikn {0}",
                "the expression ends too early, at character {0}",
            ),
            Fault::Unexpected | Fault::OtherLanguage => lang.pick(
                "uventet «{1}» i uttrykket, ved tegn {0}",
                "uventa «{1}» i uttrykket, ved teikn {0}",
                "unexpected {1} in the expression, at character {0}",
            ),
            Fault::UnclosedText => lang.pick(
                "teksten som begynner ved tegn {0}, mangler et anførselstegn til slutt",
                "teksten som byrjar ved teikn {0}, manglar eit hermeteikn til slutt",
                "the text that begins at character {0} has no closing quote",
            ),
            Fault::UnclosedReference => {
                lang.pick("${ ved tegn {0} har ikke }", "${ ved teikn {0} har ikkje }", "${ at character {0} has no }")
            }
            Fault::TooDeep => lang.pick(
                "uttrykket er for langt eller har for mange parenteser i hverandre, ved tegn {0}",
                "uttrykket er for langt eller har for mange parentesar i kvarandre, ved teikn {0}",
                "the expression is too long or has too many parentheses inside each other, at character {0}",
            ),
        };
        fill(words, &[&place, &self.found])
    }

    fn expected(&self, lang: Lang) -> Option<String> {
        let words = match self.fault {
            Fault::OtherLanguage => "=, and, or",
            Fault::Unexpected => lang.pick(
                "for eksempel ${bolge} = '3' and ${kommune_na} != '9'",
                "til dømes ${bolge} = '3' and ${kommune_na} != '9'",
                "for example ${wave} = '3' and ${lives_now} != '9'",
            ),
            _ => return None,
        };
        Some(words.into())
    }

    fn help(&self, _: Lang) -> Option<String> {
        None
    }
}
