//! Tables of questions: each row becomes a question of its own, as its answers have a column of their own.
//!
//! | type | in LimeSurvey | each row becomes | named |
//! |---|---|---|---|
//! | `F`, `H` | array, array by column | one choice of the answers of the array | `Q_SQ001` |
//! | `A`, `B`, `5` | 5 points, 10 points; `5` has no rows | one choice of 1 to 5, or 10 | `Q_SQ001`, `Q` |
//! | `C`, `E` | yes, uncertain, no; increase, same, decrease | one choice of `Y`, `U`, `N`; of `I`, `S`, `D` | `Q_SQ001` |
//! | `K`, `Q` | several numbers, several short texts | a number, a text | `Q_SQ001` |
//!
//! `Q_SQ001` is what conditions call the row, and what the heading `Q[SQ001]` of an export is once signs are gone; the label is
//! `Question – row`, which the heading `Question [row]` is found by.

use super::{Choice, Question};

impl Question {
    /// The question, or one for each of its rows.
    pub(super) fn rows(self, languages: &[String]) -> Vec<Self> {
        let answers: Vec<Choice> = match self.kind.as_str() {
            "F" | "H" => self.choices.iter().filter(|choice| !choice.subquestion).cloned().collect(),
            "A" | "5" => points(5, languages),
            "B" => points(10, languages),
            "C" => named(
                &["Y", "U", "N"],
                &[["Ja", "Ja", "Yes"], ["Usikker", "Usikker", "Uncertain"], ["Nei", "Nei", "No"]],
                languages,
            ),
            "E" => named(
                &["I", "S", "D"],
                &[["Øk", "Auk", "Increase"], ["Samme", "Same", "Same"], ["Reduser", "Reduser", "Decrease"]],
                languages,
            ),
            "K" | "Q" => Vec::new(),
            _ => return vec![self],
        };
        let kind = match self.kind.as_str() {
            "K" => "N",
            "Q" => "S",
            _ => "L",
        };
        if self.kind == "5" {
            return vec![Self { kind: kind.into(), choices: answers, ..self }];
        }
        let rows = self.choices.iter().filter(|choice| choice.subquestion).enumerate().map(|(place, row)| {
            let label = |(question, row): (&String, &String)| match (question.is_empty(), row.is_empty()) {
                (false, false) => format!("{question} – {row}"),
                _ => format!("{question}{row}"),
            };
            let own = self.conditions.iter().find(|(code, _)| *code == row.code).map(|(_, condition)| condition);
            let relevance = match (self.relevance.trim(), own) {
                (all, None) => all.to_owned(),
                ("" | "1", Some(own)) => own.clone(),
                (all, Some(own)) => format!("({all}) and ({own})"),
            };
            Self {
                kind: kind.into(),
                code: format!("{}_{}", self.code, row.code),
                relevance,
                text: self.text.iter().zip(&row.text).map(label).collect(),
                // What is said of the table is said once.
                help: if place == 0 { self.help.clone() } else { vec![String::new(); self.help.len()] },
                default: String::new(),
                most: String::new(),
                choices: answers.clone(),
                conditions: Vec::new(),
                ..self.clone()
            }
        });
        rows.collect()
    }
}

fn points(most: u8, languages: &[String]) -> Vec<Choice> {
    let point = |point: u8| Choice {
        code: point.to_string(),
        text: vec![point.to_string(); languages.len()],
        subquestion: false,
    };
    (1..=most).map(point).collect()
}

/// Choices that LimeSurvey names itself, in each language; English where it is another than ours.
fn named(codes: &[&str], words: &[[&str; 3]], languages: &[String]) -> Vec<Choice> {
    let place = |language: &String| match language.split('-').next() {
        Some("nb" | "no") => 0,
        Some("nn") => 1,
        _ => 2,
    };
    let choice = |(code, words): (&&str, &[&str; 3])| Choice {
        code: (*code).to_owned(),
        text: languages.iter().map(|language| words[place(language)].to_owned()).collect(),
        subquestion: false,
    };
    codes.iter().zip(words).map(choice).collect()
}
