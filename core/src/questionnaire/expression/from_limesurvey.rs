//! LimeSurvey's ExpressionScript in the words of XLSForm.

/// What a code in ExpressionScript means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::questionnaire) enum Meaning {
    /// The answer to a question; to the one that the expression stands at, `.`.
    Answer(String),
    /// Whether a choice of a question was ticked.
    Choice(String, String),
}

/// A piece of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    /// A code without what stands behind its dot, or a function.
    Name(String),
    Text(String),
    Number(String),
    Sign(String),
}

/// An expression of XLSForm; `meaning` says what a code is.
///
/// # Errors
///
/// The first code, function or sign that XLSForm has no words for.
pub(in crate::questionnaire) fn from_limesurvey(
    text: &str,
    meaning: &dyn Fn(&str) -> Option<Meaning>,
) -> Result<String, String> {
    let tokens = tokens(text)?;
    let mut out: Vec<String> = Vec::new();
    let mut at = 0;
    let sign = |at: usize, wanted: &str| matches!(tokens.get(at), Some(Token::Sign(sign)) if sign == wanted);
    while let Some(token) = tokens.get(at) {
        at += 1;
        match token {
            Token::Number(number) => out.push(number.clone()),
            Token::Text(text) => out.push(quoted(text)),
            Token::Sign(sign) => out.push(match sign.as_str() {
                "==" => "=".into(),
                "&&" => "and".into(),
                "||" => "or".into(),
                "/" => "div".into(),
                "!" if matches!(tokens.get(at), Some(Token::Sign(next)) if next == "(") => "not".into(),
                "!" => return Err("!".into()),
                other => other.into(),
            }),
            Token::Name(name) if sign(at, "(") => match name.as_str() {
                "strlen" => out.push("string-length".into()),
                "if" => out.push("if".into()),
                // Of a question with several choices: how many were ticked. Of one: whether it is empty.
                "count" | "is_empty" => {
                    let end = (at..tokens.len()).find(|end| sign(*end, ")")).ok_or_else(|| name.clone())?;
                    let of: Vec<Option<Meaning>> = tokens[at + 1..end]
                        .iter()
                        .filter_map(|token| match token {
                            Token::Name(name) => Some(meaning(name)),
                            _ => None,
                        })
                        .collect();
                    out.push(match (name.as_str(), of.as_slice()) {
                        ("is_empty", [Some(Meaning::Answer(question))]) => format!("{} = ''", reference(question)),
                        ("count", [Some(Meaning::Choice(question, _)), rest @ ..])
                            if rest
                                .iter()
                                .all(|other| matches!(other, Some(Meaning::Choice(other, _)) if other == question)) =>
                        {
                            format!("count-selected({})", reference(question))
                        }
                        _ => return Err(name.clone()),
                    });
                    at = end + 1;
                }
                _ => return Err(name.clone()),
            },
            Token::Name(name) => match meaning(name) {
                Some(Meaning::Answer(question)) => out.push(reference(&question)),
                Some(Meaning::Choice(question, choice)) => {
                    let selected = format!("selected({}, {})", reference(&question), quoted(&choice));
                    let Some(Token::Text(text)) = tokens.get(at + 1) else { return Err(name.clone()) };
                    out.push(match (sign(at, "=="), sign(at, "!="), text.as_str()) {
                        (true, _, "Y") | (_, true, "") => selected,
                        (true, _, "") | (_, true, "Y") => format!("not({selected})"),
                        _ => return Err(name.clone()),
                    });
                    at += 2;
                }
                None => return Err(name.clone()),
            },
        }
    }
    let joined = out.join(" ");
    Ok(joined.replace("( ", "(").replace(" )", ")").replace(" ,", ",").replace("not (", "not(").replace("if (", "if("))
        .map(|text| text.replace("string-length (", "string-length("))
}

fn reference(question: &str) -> String {
    if question == "." { ".".into() } else { format!("${{{question}}}") }
}

fn quoted(text: &str) -> String {
    if text.contains('\'') { format!("\"{text}\"") } else { format!("'{text}'") }
}

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    const SIGNS: [&str; 16] = ["==", "!=", "<=", ">=", "&&", "||", "<", ">", "!", "(", ")", ",", "+", "-", "*", "/"];
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' | '\'' => {
                let end = rest[1..].find(first).ok_or_else(|| first.to_string())?;
                tokens.push(Token::Text(rest[1..=end].into()));
                end + 2
            }
            '0'..='9' => {
                let end = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(rest.len());
                tokens.push(Token::Number(rest[..end].into()));
                end
            }
            _ if first.is_ascii_alphabetic() => {
                let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '.';
                let end = rest.find(|letter: char| !is_name(letter)).unwrap_or(rest.len());
                let name = rest[..end].split('.').next().unwrap_or_default();
                tokens.push(match name {
                    // Before a parenthesis they are no functions.
                    "and" | "or" => Token::Sign(name.into()),
                    "eq" => Token::Sign("==".into()),
                    "ne" => Token::Sign("!=".into()),
                    "lt" => Token::Sign("<".into()),
                    "le" => Token::Sign("<=".into()),
                    "gt" => Token::Sign(">".into()),
                    "ge" => Token::Sign(">=".into()),
                    name => Token::Name(name.into()),
                });
                end
            }
            _ => {
                let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign)).ok_or_else(|| first.to_string())?;
                tokens.push(Token::Sign((*sign).into()));
                sign.len()
            }
        };
        rest = rest[length..].trim_start();
    }
    Ok(tokens)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_to_xlsform() {
        let meaning = |name: &str| match name {
            "wave" | "livesnow" => Some(Meaning::Answer(name.into())),
            "own" => Some(Meaning::Answer(".".into())),
            _ => name.strip_prefix("ties_A").map(|code| Meaning::Choice("ties".into(), code.into())),
        };
        let read = |text: &str| from_limesurvey(text, &meaning);
        for (text, expected) in [
            (
                "(wave.NAOK == \"3\" or wave.NAOK == \"4\") and livesnow.NAOK != \"\"",
                "(${wave} = '3' or ${wave} = '4') and ${livesnow} != ''",
            ),
            ("!(ties_A2.NAOK == \"Y\")", "not(selected(${ties}, '2'))"),
            ("ties_A2 != \"Y\" && wave ge 2", "not(selected(${ties}, '2')) and ${wave} >= 2"),
            ("count(ties_A0.NAOK, ties_A2.NAOK) > 0", "count-selected(${ties}) > 0"),
            ("strlen(own.NAOK) / 2 <= 3.5", "string-length(.) div 2 <= 3.5"),
            ("is_empty(wave)", "${wave} = ''"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(expected));
        }
        assert_eq!(read("regexMatch(\"/a/\", wave)"), Err("regexMatch".into()));
        assert_eq!(read("unknown.NAOK == 1"), Err("unknown".into()));
        assert_eq!(read("wave == \"1"), Err("\"".into()));
    }
}
