//! Raw categories to a dimension: prefixes off, code and label parted, years of validity, and what each one says.

use super::code::{self, Age};
use super::role::{self, Named};
use super::table::{Category, Dimension, Meaning, Measure, Role, StatTable};
use super::{Format, Note, Reading, StatProblem};
use crate::problem::Privacy;
use std::collections::HashMap;

/// A category as the file has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Raw {
    /// The code, where the file keeps it apart from the label.
    pub(super) code: Option<String>,
    /// The label, or all there is.
    pub(super) label: String,
    /// The line of the first place with it; 0 where lines mean nothing.
    pub(super) line: u64,
}

impl Raw {
    /// Parts `K-3401 - Kongsvinger` into code and text.
    pub(super) fn part(&mut self) {
        if let Some((code, label)) = code::both(&self.label).filter(|_| self.code.is_none()) {
            (self.code, self.label) = (Some(code.to_owned()), label.to_owned());
        }
    }
}

/// A dimension of categories. `role` is what is known of it otherwise.
pub(super) fn dimension(
    id: &str,
    label: &str,
    role: Option<Role>,
    raws: Vec<Raw>,
    reading: &mut Reading<'_>,
) -> Dimension {
    let named = [id, label].into_iter().find_map(|name| match role::of_name(name) {
        Named::Role(role) => Some(role),
        _ => None,
    });
    let values = || raws.iter().map(|raw| raw.code.as_deref().unwrap_or(&raw.label));
    let known = named.or(role);
    let role = known.or_else(|| role::of_values(values())).unwrap_or(Role::Other);
    if known.is_none() && role != Role::Other {
        reading.notes.push(Note::RoleByValues { dimension: label.into(), role });
    }
    if known.is_some() && !role::fits(role, values()) && !role::fits(role, raws.iter().map(|raw| raw.label.as_str())) {
        let first = raws.first().map(|raw| (raw.line, raw.label.clone())).unwrap_or_default();
        let problem =
            reading.error(StatProblem::HeadingDoesNotFit { role }).column(label).value(first.1, Privacy::Open);
        reading.problems.push(if first.0 > 0 { problem.line(first.0) } else { problem });
        return Dimension { id: id.into(), label: label.into(), role, categories: Vec::new() };
    }
    let parted = is_parted(role, &raws);
    let mut said = Said::default();
    let lines: Vec<u64> = raws.iter().map(|raw| raw.line).collect();
    let categories: Vec<Category> =
        raws.into_iter().map(|raw| category(raw, role, parted, label, &mut said, reading)).collect();
    said.tell(label, reading);
    told_apart(label, &categories, &lines, reading);
    Dimension { id: id.into(), label: label.into(), role, categories }
}

/// Whether all values are code and label in one text, as PxWebApi 2 writes them: codes of one width, no two labels alike.
/// `1 barn`, `2 barn` are not.
fn is_parted(role: Role, raws: &[Raw]) -> bool {
    if role != Role::Other || raws.iter().any(|raw| raw.code.is_some()) {
        return false;
    }
    let parts: Option<Vec<_>> = raws.iter().map(|raw| code::split(&raw.label)).collect();
    let Some(parts) = parts.filter(|parts| !parts.is_empty()) else { return false };
    let mut labels: Vec<&str> = parts.iter().map(|(_, label)| *label).collect();
    labels.sort_unstable();
    labels.dedup();
    let width = parts[0].0.len();
    width > 1 && labels.len() == parts.len() && parts.iter().all(|(code, _)| code.len() == width)
}

/// What was done to the categories of a dimension.
#[derive(Default)]
struct Said {
    parted: Option<String>,
    prefix: Option<String>,
    suffixes: u64,
    sex_codes: bool,
    zero: Option<String>,
    nation: Option<String>,
}

impl Said {
    fn tell(self, label: &str, reading: &mut Reading<'_>) {
        let dimension = || label.to_owned();
        let notes = [
            self.parted.map(|example| Note::Parted { dimension: dimension(), example }),
            self.prefix.map(|example| Note::Prefix { dimension: dimension(), example }),
            (self.suffixes > 0).then(|| Note::Suffix { dimension: dimension(), count: self.suffixes }),
            self.sex_codes.then(|| Note::SexCodes { dimension: dimension() }),
            self.zero.map(|example| Note::LeadingZero { dimension: dimension(), example }),
            self.nation.map(|label| Note::Nation { label }),
        ];
        reading.notes.extend(notes.into_iter().flatten());
    }
}

fn category(raw: Raw, role: Role, parted: bool, name: &str, said: &mut Said, reading: &mut Reading<'_>) -> Category {
    let written = raw.code.clone().unwrap_or_else(|| raw.label.clone());
    let is_region = role.is_place();
    let (mut code, label) = match &raw.code {
        Some(code) => (code.trim().to_owned(), raw.label.trim()),
        None => {
            let text = raw.label.trim();
            let parts = if parted || is_region { code::split(text) } else { role::coded(role, text) };
            match parts {
                Some((code, label)) => {
                    said.parted.get_or_insert_with(|| text.to_owned());
                    (code.to_owned(), label)
                }
                None => (text.to_owned(), text),
            }
        }
    };
    // Some files repeat the code in front of the label.
    let label = label.strip_prefix(&format!("{code} ")).filter(|_| raw.code.is_some() && is_region).unwrap_or(label);
    let (label, validity) = if is_region { code::validity(label) } else { (label, code::Validity::default()) };
    if validity != code::Validity::default() {
        said.suffixes += 1;
        if code == raw.label.trim() {
            code = label.to_owned();
        }
    }
    if out_of_place(role, &raw.label) {
        let problem = reading.error(StatProblem::OutOfPlace).column(name).value(&raw.label, Privacy::Open);
        reading.problems.push(if raw.line > 0 { problem.line(raw.line) } else { problem });
    }
    let meaning = match role {
        Role::Region | Role::Workplace | Role::Residence => {
            if let Some(digits) = code::without_prefix(&code) {
                said.prefix.get_or_insert_with(|| code.clone());
                code = digits.to_owned();
            } else if raw.code.is_none() && code == label && code::is_nation(label) {
                said.nation.get_or_insert_with(|| label.to_owned());
                code = "0".into();
            } else if code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit()) {
                // No region has three digits; spreadsheets take the first zero off.
                said.zero.get_or_insert_with(|| code.clone());
                code.insert(0, '0');
            }
            Meaning::Region(code::level(&code))
        }
        Role::Time => match role::period(&code) {
            Some(period) => Meaning::Time(period),
            None => {
                let problem = reading.error(StatProblem::NotAPeriod).column(name).value(&code, Privacy::Open);
                reading.problems.push(if raw.line > 0 { problem.line(raw.line) } else { problem });
                Meaning::Other
            }
        },
        Role::Age => Age::parse(&code).or_else(|| Age::parse(label)).map_or(Meaning::Other, Meaning::Age),
        Role::Sex => {
            let by_code = code.len() == 1 && code.bytes().all(|byte| byte.is_ascii_digit());
            // The label, where there is one, says it without doubt.
            let by_label = code::sex(label).filter(|_| label != code);
            said.sex_codes |= by_code && by_label.is_none();
            by_label.or_else(|| code::sex(&code)).map_or(Meaning::Other, Meaning::Sex)
        }
        Role::Other => Meaning::Other,
    };
    Category { code, label: label.to_owned(), written, validity, meaning }
}

/// Whether a value is certainly of another kind than its column: an age or a sex among regions, a region among ages.
fn out_of_place(role: Role, label: &str) -> bool {
    let is_word = label.parse::<u32>().is_err();
    match role {
        Role::Region | Role::Workplace | Role::Residence => {
            is_word
                && (code::sex(label).is_some_and(|sex| sex.is_some())
                    || Age::parse(label).is_some_and(|age| age != Age::ALL))
        }
        Role::Age | Role::Sex | Role::Time => code::split(label).is_some_and(|(code, name)| {
            code.len() == 4 && code != name && name.starts_with(char::is_uppercase) && Age::parse(label).is_none()
        }),
        Role::Other => false,
    }
}

/// Two categories of one code cannot be told apart.
fn told_apart(name: &str, categories: &[Category], lines: &[u64], reading: &mut Reading<'_>) {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (place, category) in categories.iter().enumerate() {
        if let Some(first) = seen.insert(&category.code, place) {
            let what = StatProblem::DoubleCategory { first: shown(&categories[first]) };
            let problem = reading.error(what).column(name).value(shown(category), Privacy::Open);
            reading.problems.push(if lines[place] > 0 { problem.line(lines[place]) } else { problem });
        }
    }
}

fn shown(category: &Category) -> String {
    if category.written == category.label {
        category.written.clone()
    } else {
        format!("{} {}", category.written, category.label)
    }
}

/// A measure of a raw category.
pub(super) fn measure(raw: Raw) -> Measure {
    let label = raw.label.trim().to_owned();
    Measure { code: raw.code.unwrap_or_else(|| label.clone()), label, unit: String::new(), decimals: None }
}

/// Parts a title: the table's number, what is counted, and the variables that it is split by.
pub(super) fn title(title: &str) -> (Option<String>, String, Vec<String>) {
    let title = title.trim();
    let is_id = |id: &str| id.len() == 5 && id.bytes().all(|byte| byte.is_ascii_digit());
    let (id, rest) = match title.split_once(':') {
        Some((id, rest)) if is_id(id.trim()) => (Some(id.trim().to_owned()), rest.trim()),
        _ if is_id(title) => (Some(title.to_owned()), ""),
        _ => (None, title),
    };
    let split = ["etter ", "by "].iter().find_map(|word| {
        let at = rest.rfind(&format!(" {word}"))?;
        Some((rest[..at].trim().trim_end_matches(',').to_owned(), rest[at + 1 + word.len()..].trim()))
    });
    let Some((subject, variables)) = split else {
        return (id, rest.trim_end_matches(',').trim().to_owned(), Vec::new());
    };
    let (first, last) = match [" og ", " and "].iter().find_map(|word| variables.rsplit_once(word)) {
        Some((first, last)) => (first.trim_end_matches(','), Some(last)),
        None => (variables, None),
    };
    let names = first.split(", ").chain(last).map(|name| name.trim().to_owned());
    (id, subject, names.filter(|name| !name.is_empty()).collect())
}

/// An empty table of a file, with what its title says.
pub(super) fn empty(format: Format, written: &str, reading: &Reading<'_>) -> StatTable {
    StatTable {
        file: reading.file.into(),
        format,
        id: title(written).0,
        title: written.trim().into(),
        source: String::new(),
        updated: String::new(),
        footnotes: Vec::new(),
        dimensions: Vec::new(),
        measures: Vec::new(),
        cells: Vec::new(),
        notes: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::title;

    #[test]
    fn titles_are_parted() {
        let (id, subject, names) = title(
            "03321: Sysselsatte per 4. kvartal. Pendlingsstrømmer etter arbeidsstedskommune, bostedskommune, \
             statistikkvariabel og år",
        );
        assert_eq!(id.as_deref(), Some("03321"));
        assert_eq!(subject, "Sysselsatte per 4. kvartal. Pendlingsstrømmer");
        assert_eq!(names, ["arbeidsstedskommune", "bostedskommune", "statistikkvariabel", "år"]);
        assert_eq!(title("07459: Befolkning,"), (Some("07459".into()), "Befolkning".into(), vec![]));
        assert_eq!(title("07459"), (Some("07459".into()), String::new(), vec![]));
        assert_eq!(title("GodkjenteProsent"), (None, "GodkjenteProsent".into(), vec![]));
    }
}
