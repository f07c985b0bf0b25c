//! An expression in the words of LimeSurvey's ExpressionScript.

use super::{Expression, Node, Operator};

/// A variable as LimeSurvey knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LimeSurveyVariable {
    /// A question with one answer, by its code.
    One(String),
    /// A multiple-choice question: its code, and the code of the subquestion of each choice.
    Several(String, Vec<(String, String)>),
}

/// What ExpressionScript has no words for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotInLimeSurvey(
    /// The function or variable.
    pub String,
);

impl Expression {
    /// In ExpressionScript. `variable` gives what a name is called there, `.` the answer itself.
    ///
    /// # Errors
    ///
    /// [`NotInLimeSurvey`] with the first function or variable that cannot be written.
    ///
    /// # Source
    ///
    /// LimeSurvey Manual, "ExpressionScript Engine - Quick start guide" and "ExpressionScript - Presentation".
    pub fn to_limesurvey(
        &self,
        variable: &dyn Fn(&str) -> Option<LimeSurveyVariable>,
    ) -> Result<String, NotInLimeSurvey> {
        write(&self.node, variable)
    }
}

type Variables<'v> = &'v dyn Fn(&str) -> Option<LimeSurveyVariable>;

fn write(node: &Node, variables: Variables<'_>) -> Result<String, NotInLimeSurvey> {
    let no = |what: &str| Err(NotInLimeSurvey(what.into()));
    let one = |name: &str| match variables(name) {
        Some(LimeSurveyVariable::One(code)) => Ok(format!("{code}.NAOK")),
        _ => no(name),
    };
    let all = |parts: &[Node], word: &str| -> Result<String, NotInLimeSurvey> {
        let parts = parts.iter().map(|part| write(part, variables).map(|text| bracketed(part, text)));
        Ok(parts.collect::<Result<Vec<_>, _>>()?.join(word))
    };
    match node {
        Node::Reference(name) => one(name),
        Node::This => one("."),
        Node::Number(number) => Ok(number.to_string()),
        Node::Text(text) if !text.contains('"') => Ok(format!("\"{text}\"")),
        Node::Text(text) => Ok(format!("'{text}'")),
        Node::And(parts) => all(parts, " and "),
        Node::Or(parts) => all(parts, " or "),
        Node::Compare(operator, left, right) => {
            let operands = [left, right];
            // Whether a multiple-choice question has any answer, or none.
            let several = operands.iter().find_map(|side| match &***side {
                Node::Reference(name) => {
                    variables(name).filter(|found| matches!(found, LimeSurveyVariable::Several(..)))
                }
                _ => None,
            });
            let blank = operands.iter().any(|side| ***side == Node::Text(String::new()));
            if let (Some(LimeSurveyVariable::Several(code, choices)), true) = (several, blank) {
                let choices: Vec<String> = choices.iter().map(|(_, sub)| format!("{code}_{sub}.NAOK")).collect();
                return match operator {
                    Operator::NotEqual => Ok(format!("count({}) > 0", choices.join(", "))),
                    Operator::Equal => Ok(format!("count({}) == 0", choices.join(", "))),
                    _ => no(operator.symbol()),
                };
            }
            let symbol = if *operator == Operator::Equal { "==" } else { operator.symbol() };
            Ok(format!("{} {symbol} {}", side(left, variables)?, side(right, variables)?))
        }
        Node::Arithmetic(operator, left, right) => {
            let symbol = match operator {
                Operator::Divide => "/",
                Operator::Remainder | Operator::Union => return no(operator.symbol()),
                _ => operator.symbol(),
            };
            Ok(format!("({} {symbol} {})", side(left, variables)?, side(right, variables)?))
        }
        Node::Negate(inner) => Ok(format!("-{}", side(inner, variables)?)),
        Node::Call(name, arguments) => match (name.as_str(), arguments.as_slice()) {
            ("true", []) => Ok("1".into()),
            ("false", []) => Ok("0".into()),
            ("not", [inner]) => Ok(format!("!({})", write(inner, variables)?)),
            ("selected", [Node::Reference(name), Node::Text(code)]) => selected(name, code, variables),
            ("selected", [Node::Reference(name), Node::Number(code)]) => selected(name, &code.to_string(), variables),
            ("count-selected", [inner @ (Node::Reference(_) | Node::This)]) => {
                let name = if let Node::Reference(name) = inner { name } else { "." };
                match variables(name) {
                    Some(LimeSurveyVariable::Several(code, choices)) => {
                        let choices: Vec<String> =
                            choices.iter().map(|(_, sub)| format!("{code}_{sub}.NAOK")).collect();
                        Ok(format!("count({})", choices.join(", ")))
                    }
                    _ => no("count-selected"),
                }
            }
            ("string-length", [inner]) => Ok(format!("strlen({})", write(inner, variables)?)),
            ("if", [condition, yes, no]) => {
                let parts = [condition, yes, no].map(|part| write(part, variables));
                let [condition, yes, no] = parts;
                Ok(format!("if({}, {}, {})", condition?, yes?, no?))
            }
            _ => no(name),
        },
        Node::LastSaved(name) => no(name),
        Node::Path(_) => no("/"),
        Node::Broken(error) => no(&error.found),
    }
}

/// A side of an operator: what binds looser stands in parentheses.
fn side(node: &Node, variables: Variables<'_>) -> Result<String, NotInLimeSurvey> {
    let text = write(node, variables)?;
    Ok(if matches!(node, Node::Compare(..) | Node::And(_) | Node::Or(_)) { format!("({text})") } else { text })
}

fn bracketed(part: &Node, text: String) -> String {
    if matches!(part, Node::And(_) | Node::Or(_)) { format!("({text})") } else { text }
}

fn selected(name: &str, code: &str, variables: Variables<'_>) -> Result<String, NotInLimeSurvey> {
    match variables(name) {
        Some(LimeSurveyVariable::Several(question, choices)) => {
            let choice = choices.iter().find(|(own, _)| own == code);
            choice.map(|(_, sub)| format!("{question}_{sub}.NAOK == \"Y\"")).ok_or_else(|| NotInLimeSurvey(code.into()))
        }
        Some(LimeSurveyVariable::One(question)) => Ok(format!("{question}.NAOK == \"{code}\"")),
        None => Err(NotInLimeSurvey(name.into())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_expression_script() {
        let variable = |name: &str| match name {
            "ties" => Some(LimeSurveyVariable::Several(
                "ties".into(),
                vec![("0".into(), "A0".into()), ("2".into(), "A2".into())],
            )),
            "lives_now" => Some(LimeSurveyVariable::One("livesnow".into())),
            "wave" => Some(LimeSurveyVariable::One("wave".into())),
            _ => None,
        };
        let write = |source: &str| Expression::parse(source).to_limesurvey(&variable);
        assert_eq!(
            write("(${wave} = '3' or ${wave} = '4') and (${lives_now} != '')"),
            Ok("(wave.NAOK == \"3\" or wave.NAOK == \"4\") and livesnow.NAOK != \"\"".into())
        );
        assert_eq!(write("not(selected(${ties}, '2'))"), Ok("!(ties_A2.NAOK == \"Y\")".into()));
        assert_eq!(write("${ties} != ''"), Ok("count(ties_A0.NAOK, ties_A2.NAOK) > 0".into()));
        assert_eq!(write("count-selected(${ties}) <= 3"), Ok("count(ties_A0.NAOK, ties_A2.NAOK) <= 3".into()));
        assert_eq!(write("selected(${ties}, '9')"), Err(NotInLimeSurvey("9".into())));
        assert_eq!(write("regex(${wave}, '1')"), Err(NotInLimeSurvey("regex".into())));
        assert_eq!(write("${unknown} = 1"), Err(NotInLimeSurvey("unknown".into())));
    }
}
