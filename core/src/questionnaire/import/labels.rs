//! Questions that a survey tool writes to a file of its own: SurveyXact's labels of variables.

use crate::problem::Problems;
use crate::read::table::read_texts;
use std::collections::BTreeMap;

/// The question of each column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels(pub BTreeMap<String, String>);

impl Labels {
    /// From a CSV file whose first two columns are the name of a variable and its question: `variableName;variableDescription`.
    pub fn read(file: &str, bytes: &[u8], problems: &mut Problems) -> Self {
        let Some((_, table)) = read_texts(file, bytes, problems) else { return Self::default() };
        let [name, question, ..] = table.columns.as_slice() else { return Self::default() };
        let row =
            |record| Some((name.text(record).ok()?.trim().to_owned(), question.text(record).ok()?.trim().to_owned()));
        Self((0..table.len()).filter_map(row).collect())
    }
}
