//! A file of SPSS to one CSV text, so that everything behind it reads one form.
//!
//! ```text
//! heading        name of the variable; its label where the questionnaire knows no such name; `set [label]` in a multiple
//!                response set of dichotomies
//! closed answer  the stored value; its label where the value is no code; both where they are two choices, which is an error
//! missing        empty, and so is a value declared as missing that is none of the question's choices or a number
//! ```

use super::dialect::Dialect;
use super::dictionary::{Dictionary, Kind, List};
use super::place::{Heading, Target, place};
use super::spreadsheet::{NotRead, Text, quoted};
use ambers::{MissingSpec, MrType, SpssMetadata, Value, read_sav_from_reader};
use arrow::array::{Array, AsArray};
use arrow::datatypes::{Date32Type, DurationMicrosecondType, Float64Type, TimestampMicrosecondType};
use std::io::Cursor;

/// All of it as CSV.
pub(super) fn to_csv(bytes: &[u8], dictionary: &Dictionary) -> Result<Text, NotRead> {
    let (batch, about) = read_sav_from_reader(Cursor::new(bytes)).map_err(|_| NotRead::BrokenSpss)?;
    // What is not as the header says was cut or damaged.
    if !about.warnings.is_empty() {
        return Err(NotRead::BrokenSpss);
    }
    let mut csv = Vec::new();
    let (dialect, _) = Dialect::find(&about.variable_names, b',');
    let columns = about.variable_names.iter().map(|name| Column::of(name, &about, dictionary, dialect));
    let columns: Vec<Column<'_>> = columns.collect();
    quoted(columns.iter().map(|column| column.heading.clone()), &mut csv);
    for row in 0..batch.num_rows() {
        let cells = columns.iter().zip(batch.columns());
        quoted(cells.map(|(column, values)| column.cell(values.as_ref(), row)), &mut csv);
    }
    Ok(Text { csv, first_row: 1 })
}

/// A variable, and what its values mean.
struct Column<'a> {
    heading: String,
    /// The value that means yes, in a set of dichotomies.
    counted: Option<&'a str>,
    /// What is written for values that have a label.
    labelled: Vec<(&'a Value, String)>,
    missing: &'a [MissingSpec],
}

impl<'a> Column<'a> {
    fn of(name: &str, about: &'a SpssMetadata, dictionary: &Dictionary, dialect: Dialect) -> Self {
        let label = about.label(name).map(str::trim).filter(|label| !label.is_empty());
        let set = about.mr_sets.values().find(|set| {
            set.mr_type == MrType::MultipleDichotomy && set.variables.iter().any(|own| own.eq_ignore_ascii_case(name))
        });
        let target = |text: &str| place(&Heading { text, option: None, alone: true }, dictionary, dialect).0;
        let in_set = label.zip(set).map(|(label, set)| format!("{} [{label}]", set.label));
        let headings = [Some(name.to_owned()), in_set, label.map(str::to_owned)].into_iter().flatten();
        let found =
            headings.map(|text| (target(&text), text)).find(|(target, _)| !matches!(target, Target::Nowhere(_)));
        let (target, heading) = found.unwrap_or((Target::Ignored, name.to_owned()));
        let list = match target {
            Target::Variable(place) if dictionary.variables[place].kind == Kind::One => Some(dictionary.list(place)),
            _ => None,
        };
        let labels = about.value_labels(name).into_iter().flatten();
        let labelled = labels.filter_map(|(value, label)| Some((value, written(value, label, list?))));
        let missing = about.variable_missing_values.get(name).map_or(&[][..], Vec::as_slice);
        Self {
            heading,
            counted: set.and_then(|set| set.counted_value.as_deref()),
            labelled: labelled.collect(),
            // Of a closed question a kind of missing is one of its choices.
            missing: if list.is_some() { &[] } else { missing },
        }
    }

    /// A value as it is written.
    fn cell(&self, values: &dyn Array, row: usize) -> String {
        if values.is_null(row) {
            return String::new();
        }
        if let Some(days) = values.as_primitive_opt::<Date32Type>() {
            return moment(i64::from(days.value(row)) * 86_400)[..10].to_owned();
        }
        if let Some(times) = values.as_primitive_opt::<TimestampMicrosecondType>() {
            return moment(times.value(row).div_euclid(1_000_000));
        }
        if let Some(spans) = values.as_primitive_opt::<DurationMicrosecondType>() {
            let seconds = spans.value(row).div_euclid(1_000_000);
            return format!("{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60);
        }
        let value = match values.as_primitive_opt::<Float64Type>() {
            Some(numbers) => Value::Numeric(numbers.value(row)),
            None => Value::String(values.as_string_view_opt().map_or("", |texts| texts.value(row)).to_owned()),
        };
        if let Some(counted) = self.counted {
            let is_yes = value.to_string().trim() == counted.trim();
            return if is_yes { "1" } else { "0" }.to_owned();
        }
        if self.missing.iter().any(|missing| is_missing(missing, &value)) {
            return String::new();
        }
        let known = self.labelled.iter().find(|(own, _)| **own == value);
        known.map_or_else(|| plain(&value), |(_, written)| written.clone())
    }
}

/// What is written for a value that has a label.
fn written(value: &Value, label: &str, list: &List) -> String {
    let stored = plain(value);
    let named = list.label(label).ok().flatten().map(|(choice, _)| choice);
    match (list.code(&stored).map(|(choice, _)| choice), named) {
        // Nobody can tell which of the two is meant: it is refused as neither.
        (Some(code), Some(named)) if code != named => format!("{stored}. {label}"),
        (None, Some(_)) => label.to_owned(),
        _ => stored,
    }
}

/// A value without its label; a number as short as it goes.
fn plain(value: &Value) -> String {
    match value {
        Value::Numeric(number) => number.to_string(),
        Value::String(text) => text.replace('\0', ""),
    }
}

fn is_missing(missing: &MissingSpec, value: &Value) -> bool {
    match (missing, value) {
        (MissingSpec::Value(own), Value::Numeric(number)) => own == number,
        (MissingSpec::Range { lo, hi }, Value::Numeric(number)) => (*lo..=*hi).contains(number),
        (MissingSpec::StringValue(own), Value::String(text)) => own.trim_end() == text.trim_end(),
        _ => false,
    }
}

/// Seconds since 1970 as ISO 8601.
fn moment(seconds: i64) -> String {
    // 1 January 1970 is day 25569 of a spreadsheet.
    super::date::from_serial(25_569 + seconds.div_euclid(86_400), seconds.rem_euclid(86_400))
}
