//! What an expression comes to, with values that are known in part.

use super::{Node, Operator};
use std::borrow::Cow;

/// A value of XPath.
#[derive(Clone, Debug, PartialEq)]
enum Value<'a> {
    Text(Cow<'a, str>),
    Number(f64),
    Truth(bool),
}

/// Answers outlive what is computed from them.
type Answers<'v, 'a> = &'v dyn Fn(&str) -> Option<&'a str>;

pub(super) fn truth<'v, 'a: 'v>(node: &'v Node, answers: Answers<'v, 'a>) -> Option<bool> {
    match node {
        Node::And(parts) => join(parts.iter().map(|part| truth(part, answers)), false),
        Node::Or(parts) => join(parts.iter().map(|part| truth(part, answers)), true),
        _ => value(node, answers).map(|value| value.truth()),
    }
}

/// One that is `decisive` decides; else one that is not known makes it unknown.
fn join(parts: impl Iterator<Item = Option<bool>>, decisive: bool) -> Option<bool> {
    let mut whole = Some(!decisive);
    for part in parts {
        match part {
            Some(part) if part == decisive => return Some(decisive),
            Some(_) => {}
            None => whole = None,
        }
    }
    whole
}

fn value<'v, 'a: 'v>(node: &'v Node, answers: Answers<'v, 'a>) -> Option<Value<'v>> {
    match node {
        Node::Reference(name) => answers(name).map(|text| Value::Text(text.into())),
        Node::This => answers(".").map(|text| Value::Text(text.into())),
        Node::Number(number) => Some(Value::Number(*number)),
        Node::Text(text) => Some(Value::Text(text.into())),
        Node::And(_) | Node::Or(_) => truth(node, answers).map(Value::Truth),
        Node::Compare(operator, left, right) => {
            let (left, right) = (value(left, answers)?, value(right, answers)?);
            Some(Value::Truth(compare(*operator, &left, &right)))
        }
        Node::Arithmetic(operator, left, right) => {
            let (left, right) = (value(left, answers)?.number(), value(right, answers)?.number());
            Some(Value::Number(match operator {
                Operator::Add => left + right,
                Operator::Subtract => left - right,
                Operator::Multiply => left * right,
                Operator::Divide => left / right,
                Operator::Remainder => left % right,
                _ => return None,
            }))
        }
        Node::Negate(inner) => Some(Value::Number(-value(inner, answers)?.number())),
        Node::Call(name, arguments) => call(name, arguments, answers),
        Node::LastSaved(_) | Node::Path(_) | Node::Broken(_) => None,
    }
}

fn compare(operator: Operator, left: &Value<'_>, right: &Value<'_>) -> bool {
    let numbers = || (left.number(), right.number());
    let equal = || match (left, right) {
        (Value::Truth(_), _) | (_, Value::Truth(_)) => left.truth() == right.truth(),
        (Value::Text(left), Value::Text(right)) => left == right,
        #[allow(clippy::float_cmp, reason = "XPath compares numbers as they are")]
        _ => left.number() == right.number(),
    };
    match operator {
        Operator::Equal => equal(),
        Operator::NotEqual => !equal(),
        Operator::Less => numbers().0 < numbers().1,
        Operator::AtMost => numbers().0 <= numbers().1,
        Operator::Greater => numbers().0 > numbers().1,
        Operator::AtLeast => numbers().0 >= numbers().1,
        _ => false,
    }
}

fn call<'v, 'a: 'v>(name: &str, arguments: &'v [Node], answers: Answers<'v, 'a>) -> Option<Value<'v>> {
    let text = |place: usize| Some(value(arguments.get(place)?, answers)?.into_text());
    #[allow(clippy::cast_precision_loss, reason = "counts of an answer are small")]
    let count = |count: usize| Value::Number(count as f64);
    Some(match (name, arguments.len()) {
        ("true", 0) => Value::Truth(true),
        ("false", 0) => Value::Truth(false),
        ("not", 1) => Value::Truth(!truth(&arguments[0], answers)?),
        ("boolean", 1) => Value::Truth(truth(&arguments[0], answers)?),
        ("selected", 2) => {
            let (several, one) = (text(0)?, text(1)?);
            Value::Truth(several.split_whitespace().any(|code| code == one.trim()))
        }
        ("count-selected", 1) => count(text(0)?.split_whitespace().count()),
        ("selected-at", 2) => {
            let (several, place) = (text(0)?, value(&arguments[1], answers)?.number());
            let found = several.split_whitespace().zip(0_u32..).find(|(_, index)| f64::from(*index) == place);
            Value::Text(found.map(|(code, _)| code.to_owned()).unwrap_or_default().into())
        }
        ("string-length", 1) => count(text(0)?.chars().count()),
        ("number", 1) => Value::Number(value(&arguments[0], answers)?.number()),
        ("int", 1) => Value::Number(value(&arguments[0], answers)?.number().trunc()),
        ("string", 1) => Value::Text(text(0)?),
        ("normalize-space", 1) => Value::Text(text(0)?.split_whitespace().collect::<Vec<_>>().join(" ").into()),
        ("contains", 2) => Value::Truth(text(0)?.contains(&*text(1)?)),
        ("starts-with", 2) => Value::Truth(text(0)?.starts_with(&*text(1)?)),
        ("ends-with", 2) => Value::Truth(text(0)?.ends_with(&*text(1)?)),
        ("coalesce", 2) => {
            let first = text(0)?;
            if first.is_empty() { Value::Text(text(1)?) } else { Value::Text(first) }
        }
        ("if", 3) => match truth(&arguments[0], answers)? {
            true => value(&arguments[1], answers)?,
            false => value(&arguments[2], answers)?,
        },
        _ => return None,
    })
}

impl<'a> Value<'a> {
    fn truth(&self) -> bool {
        match self {
            Self::Text(text) => !text.is_empty(),
            Self::Number(number) => *number != 0.0 && !number.is_nan(),
            Self::Truth(truth) => *truth,
        }
    }

    /// What is not a number is NaN, which compares with nothing.
    fn number(&self) -> f64 {
        match self {
            Self::Text(text) => text.trim().parse().ok().filter(|number: &f64| number.is_finite()).unwrap_or(f64::NAN),
            Self::Number(number) => *number,
            Self::Truth(truth) => f64::from(u8::from(*truth)),
        }
    }

    fn into_text(self) -> Cow<'a, str> {
        match self {
            Self::Text(text) => text,
            Self::Number(number) => number.to_string().into(),
            Self::Truth(truth) => truth.to_string().into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Expression;

    fn holds(source: &str, answer: &str) -> Option<bool> {
        Expression::parse(source).evaluate(&|name| (name == "a").then_some(answer))
    }

    /// Worked by hand after XPath 1.0, section 3.4.
    #[test]
    fn comparisons() {
        assert_eq!(holds("${a} = '1'", "1"), Some(true));
        assert_eq!(holds("${a} = '1'", "01"), Some(false), "texts");
        assert_eq!(holds("${a} = 1", "01"), Some(true), "numbers");
        assert_eq!(holds("${a} != ''", ""), Some(false));
        assert_eq!(holds("${a} != 5", ""), Some(true), "not a number is unequal to all");
        assert_eq!(holds("${a} < 5", ""), Some(false));
        assert_eq!(holds("${a} >= 2.5", "2.5"), Some(true));
        assert_eq!(holds("${a} + 1 = 3", "2"), Some(true));
        assert_eq!(holds("7 mod ${a} = 1 and 7 div ${a} = 3.5", "2"), Some(true));
    }

    #[test]
    fn several_answers() {
        assert_eq!(holds("selected(${a}, '1')", "10 11"), Some(false));
        assert_eq!(holds("selected(${a}, '1')", "10 1"), Some(true));
        assert_eq!(holds("count-selected(${a}) <= 2", "1 2 3"), Some(false));
        assert_eq!(holds("not(selected(${a}, 'x')) and string-length(${a}) = 1", "y"), Some(true));
        assert_eq!(holds("if(${a} = 1, 'x', 'y') = 'x'", "1"), Some(true));
    }

    #[test]
    fn what_is_not_known() {
        assert_eq!(holds("${a} = 1 and ${b} = 1", "2"), Some(false));
        assert_eq!(holds("${a} = 1 and ${b} = 1", "1"), None);
        assert_eq!(holds("${a} = 1 or regex(${b}, 'x')", "1"), Some(true));
        assert_eq!(holds("not(${b} = 1)", "1"), None);
        assert_eq!(holds("${a} =", "1"), None);
    }
}
