//! A questionnaire to a codebook: what the columns of its answers mean.

use super::{Expression, Item, ItemKind, Node, Operator, Questionnaire};
use crate::problem::Privacy;
use crate::read::{Codebook, CodebookCategory, Kind, Variable};

impl Questionnaire {
    /// The codebook of the answers: a variable for each item that gives a column.
    ///
    /// Free text is never quoted in messages, answers only where the person at the keyboard sees them. Free text, dates
    /// and what the device records may be left out of a data file; all else must be there.
    #[must_use]
    pub fn codebook(&self) -> Codebook {
        let mut codebook = Codebook::default();
        for item in self.variables().filter(|item| !item.name.is_empty()) {
            let list = self.choices(item);
            // What has no list, or a name that was used before, was reported when it was read.
            if (item.kind.is_select() && list.is_none()) || codebook.variable(&item.name).is_some() {
                continue;
            }
            let category = |choice: &super::Choice| CodebookCategory {
                code: choice.code.clone(),
                label: self.text(&choice.label),
            };
            let categories = || list.map(|list| list.answers().map(category).collect()).unwrap_or_default();
            let (kind, required, privacy) = match &item.kind {
                ItemKind::SelectOne { .. } => (Kind::Category(categories()), true, Privacy::Answer),
                ItemKind::SelectMultiple { .. } => (Kind::Multiple(categories()), true, Privacy::Answer),
                ItemKind::Hidden { list: Some(_) } => (Kind::Category(categories()), true, Privacy::Answer),
                ItemKind::Hidden { list: None } => (Kind::Text, true, Privacy::Answer),
                ItemKind::Integer => {
                    let (min, max) = limits(item);
                    #[allow(clippy::cast_possible_truncation, reason = "a limit beyond i64 is cut to it")]
                    let whole =
                        |limit: Option<f64>| limit.filter(|limit| limit.fract() == 0.0).map(|limit| limit as i64);
                    (Kind::Integer { min: whole(min), max: whole(max) }, true, Privacy::Answer)
                }
                ItemKind::Decimal | ItemKind::Range => {
                    let (min, max) = limits(item);
                    (Kind::Decimal { min, max, mark: None }, true, Privacy::Answer)
                }
                ItemKind::Date | ItemKind::DateTime => (Kind::Date, false, Privacy::Answer),
                ItemKind::Metadata(word) if matches!(word.as_str(), "start" | "end" | "today") => {
                    (Kind::Date, false, Privacy::Answer)
                }
                _ => (Kind::Text, false, Privacy::Never),
            };
            let missing = list.filter(|_| matches!(kind, Kind::Category(_) | Kind::Multiple(_)));
            let missing = missing.into_iter().flat_map(|list| &list.choices);
            codebook.variables.push(Variable {
                name: item.name.clone(),
                label: self.text(&item.label),
                kind,
                missing: missing.filter_map(|choice| Some((choice.code.clone(), choice.missing?))).collect(),
                required,
                waves: item.waves.clone(),
                privacy,
            });
        }
        codebook
    }
}

/// The limits of a constraint such as `. >= 0 and . <= 200`. Other constraints are the survey tool's to check: of a
/// constraint that holds anything else, nothing is taken.
fn limits(item: &Item) -> (Option<f64>, Option<f64>) {
    let (mut min, mut max) = (None, None);
    let Some(node) = item.constraint.as_ref().map(Expression::node) else { return (None, None) };
    let single = std::slice::from_ref(node);
    for part in if let Node::And(parts) = node { parts } else { single } {
        match part {
            Node::Compare(Operator::AtLeast, left, right) if **left == Node::This => match right.number() {
                Some(limit) => min = Some(limit),
                None => return (None, None),
            },
            Node::Compare(Operator::AtMost, left, right) if **left == Node::This => match right.number() {
                Some(limit) => max = Some(limit),
                None => return (None, None),
            },
            _ => return (None, None),
        }
    }
    (min, max)
}

#[cfg(test)]
mod tests {
    use super::super::Questionnaire;
    use crate::problem::Problems;
    use crate::read::Kind;

    fn kind(kind: &str, constraint: &str) -> Kind {
        let survey = format!("type,name,label,constraint\n{kind},x,X,{constraint}\n");
        let mut problems = Problems::new();
        let own =
            Questionnaire::from_csv(("s", survey.as_bytes()), ("c", b"list_name,name,label\n"), None, &mut problems);
        own.codebook().variables.remove(0).kind
    }

    #[test]
    fn limits_of_a_constraint() {
        assert_eq!(kind("integer", ". >= 0 and . <= 200"), Kind::Integer { min: Some(0), max: Some(200) });
        assert_eq!(kind("integer", ".<=5"), Kind::Integer { min: None, max: Some(5) });
        assert_eq!(kind("integer", ""), Kind::Integer { min: None, max: None });
        assert_eq!(kind("integer", ". >= 0 or . = -1"), Kind::Integer { min: None, max: None });
        assert_eq!(kind("integer", ". >= -3"), Kind::Integer { min: Some(-3), max: None });
        assert_eq!(kind("decimal", ". >= 0.5"), Kind::Decimal { min: Some(0.5), max: None, mark: None });
    }
}
