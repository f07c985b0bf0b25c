//! Codes that LimeSurvey can hold.

use crate::questionnaire::{ChoiceList, Questionnaire};
use std::collections::{BTreeMap, BTreeSet};

/// The longest question code of LimeSurvey.
pub(crate) const QUESTION: usize = 20;

/// The longest answer code of LimeSurvey.
pub(crate) const ANSWER: usize = 5;

/// The letters and digits of a name: a code holds no others.
pub(crate) fn letters_and_digits(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// The code of each item with a name: its letters and digits, a letter first, cut to what fits and made unique.
pub(crate) fn question_codes(own: &Questionnaire) -> BTreeMap<&str, String> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut codes = BTreeMap::new();
    for item in own.items.iter().filter(|item| !item.name.is_empty() && !item.kind.is_begin() && !item.kind.is_end()) {
        let mut code = letters_and_digits(&item.name);
        if !code.starts_with(|first: char| first.is_ascii_alphabetic()) {
            code.insert(0, 'q');
        }
        code.truncate(QUESTION);
        let mut number = 1;
        while !taken.insert(code.to_lowercase()) {
            number += 1;
            let end = number.to_string();
            code.truncate(QUESTION - end.len());
            code.push_str(&end);
        }
        codes.entry(item.name.as_str()).or_insert(code);
    }
    codes
}

/// The code of a choice: as it is where LimeSurvey can hold it, else a letter and the number of the choice. Of a
/// subquestion, where each choice is one, it may be as long as that of a question.
pub(crate) fn answer_code(list: &ChoiceList, place: usize, subquestion: bool) -> String {
    let limit = if subquestion { QUESTION } else { ANSWER };
    let code = list.choices.get(place).map(|choice| choice.code.as_str()).unwrap_or_default();
    let fits = code.len() <= limit && !code.is_empty() && code.chars().all(|letter| letter.is_ascii_alphanumeric());
    if fits { code.into() } else { format!("A{}", place + 1) }
}
