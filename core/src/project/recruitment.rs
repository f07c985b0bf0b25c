//! The section `[recruitment]`: the registers of recruitment, the fields and areas by which figures of them are given.

use super::toml::{self, Section};
use super::{Expected, Place, ProjectProblem, read_file};
use crate::cube::Source;
use crate::indicator::recruitment::Assumptions;
use crate::register::code::occupation::Version;
use crate::register::code::{industry, occupation};
use crate::register::municipality::{Code, Day, Register};
use crate::register::recruitment::{Field, REGISTERS, default_fields};
use crate::text::Text;

/// The registers of recruitment that a project names.
#[derive(Clone, Debug, PartialEq)]
pub struct RecruitmentFiles {
    /// The registers, in the order of [`REGISTERS`].
    pub registers: Vec<RegisterFile>,
    /// The fields of work and education, most of them by beginnings of codes.
    pub fields: Vec<Field>,
    /// Further areas besides the region: id, name, municipalities.
    pub areas: Vec<(String, Text, Vec<String>)>,
    /// Statistics Norway's list of educations, against which codes are checked.
    pub educations: Option<String>,
    /// The version of the standard that industries are written in.
    pub industry: industry::Version,
    /// What demand and supply are computed from beyond the registers.
    pub gap: Assumptions,
}

/// One register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterFile {
    /// Its id: `positions`.
    pub id: &'static str,
    /// The file.
    pub file: String,
    /// A Table Schema of its own: which codes mean a missing value.
    pub schema: Option<String>,
    /// Columns with names of their own: ours, theirs.
    pub columns: Vec<(String, String)>,
    /// The standard that its occupations of four digits are written in.
    pub occupation: Version,
    /// Where it comes from.
    pub source: Source,
}

impl RecruitmentFiles {
    /// A register.
    #[must_use]
    pub fn register(&self, id: &str) -> Option<&RegisterFile> {
        self.registers.iter().find(|register| register.id == id)
    }
}

/// Reads the section; `None` where the project has none. The first area is the region, with the project's own municipalities.
pub(super) fn read(
    root: &Section<'_, '_>,
    region: &str,
    own: &[String],
    places: &mut Vec<Place>,
) -> Option<RecruitmentFiles> {
    let section = if root.has("recruitment") { root.section("recruitment")? } else { return None };
    let mut registers = Vec::new();
    for (id, schema, name) in REGISTERS {
        if section.has(id)
            && let Some(entry) = section.section(id)
            && let Some(register) = read_register(id, schema, name, entry, places)
        {
            registers.push(register);
        }
    }
    let fields = read_fields(&section);
    let areas = read_areas(&section, own);
    let versions = [("SN2007", industry::Version::Sn2007), ("SN2025", industry::Version::Sn2025)];
    let industry = section.word("industry", &versions, industry::Version::Sn2025);
    let educations = if section.has("educations") { read_file(&section, "educations", places) } else { None };
    let gap = if section.has("gap") { section.section("gap") } else { None };
    let gap = gap.map(|gap| {
        let fields: Vec<&str> = fields.iter().map(|field| field.id.as_str()).collect();
        let areas: Vec<&str> = std::iter::once(region).chain(areas.iter().map(|(id, ..)| id.as_str())).collect();
        super::gap::read(gap, &fields, &areas)
    });
    section.finish();
    Some(RecruitmentFiles { registers, fields, areas, educations, industry, gap: gap.unwrap_or_default() })
}

fn read_register(
    id: &'static str,
    schema: &str,
    name: [&str; 3],
    section: Section<'_, '_>,
    places: &mut Vec<Place>,
) -> Option<RegisterFile> {
    let file = read_file(&section, "file", places);
    let own = if section.has("schema") { read_file(&section, "schema", places) } else { None };
    let source = section.optional("source", Expected::Words, toml::words);
    let date = section.optional("date", Expected::Date, toml::date).unwrap_or_default();
    let licence = section.optional("licence", Expected::Text, toml::text).unwrap_or_default();
    let columns = section.optional("columns", Expected::Table, |value| {
        let entries = value.as_table()?.iter();
        entries.map(|(ours, theirs)| Some((ours.get_ref().to_string(), toml::text(theirs.get_ref())?))).collect()
    });
    let columns: Vec<(String, String)> = columns.unwrap_or_default();
    let known = column_names(schema);
    let has_occupation = known.iter().any(|name| name == "occupation");
    if columns.iter().any(|(ours, _)| !known.contains(ours)) {
        section.report("columns", ProjectProblem::UnknownWord(known));
    }
    let standards = [("STYRK-08", Version::Styrk08), ("STYRK-98", Version::Styrk98)];
    let occupation =
        if has_occupation { section.word("occupation", &standards, Version::Styrk08) } else { Version::Styrk08 };
    let mut theirs: Vec<&String> = columns.iter().map(|(_, theirs)| theirs).collect();
    theirs.sort();
    if theirs.windows(2).any(|pair| pair[0] == pair[1]) {
        section.report("columns", ProjectProblem::Twice);
    }
    section.finish();
    let [nb, nn, en] = name;
    let source = Source { name: source.unwrap_or_else(|| Text::new(nb, nn, en)), date, licence };
    Some(RegisterFile { id, file: file?, schema: own, columns, occupation, source })
}

/// The names of the columns of a built-in schema.
fn column_names(schema: &str) -> Vec<String> {
    let schema: serde_json::Value = serde_json::from_str(schema).unwrap_or_default();
    let fields = schema["fields"].as_array().map(Vec::as_slice).unwrap_or_default();
    fields.iter().filter_map(|field| field["name"].as_str()).map(str::to_owned).collect()
}

/// `[[recruitment.field]]`, or the usual fields.
fn read_fields(section: &Section<'_, '_>) -> Vec<Field> {
    if !section.has("field") {
        return default_fields();
    }
    let mut fields: Vec<Field> = Vec::new();
    for entry in section.sections("field") {
        let id = entry.required("id", Expected::Id, toml::id);
        let name = entry.words("name");
        let list = |key: &'static str| entry.optional(key, Expected::TextList, toml::text_list).unwrap_or_default();
        let (occupations, educations) = (list("occupations"), list("educations"));
        if occupations.iter().any(|code| !occupation::is_beginning(code)) {
            entry.report("occupations", ProjectProblem::WrongType(Expected::OccupationBeginnings));
        }
        let is_education =
            |code: &String| (1..=5).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit());
        if !educations.iter().all(is_education) {
            entry.report("educations", ProjectProblem::WrongType(Expected::EducationBeginnings));
        }
        let twice = |own: &[String], other: fn(&Field) -> &Vec<String>| {
            own.iter().any(|code| fields.iter().any(|field| other(field).contains(code)))
        };
        if twice(&occupations, |field| &field.occupations) {
            entry.report("occupations", ProjectProblem::Twice);
        }
        if twice(&educations, |field| &field.educations) {
            entry.report("educations", ProjectProblem::Twice);
        }
        if let (Some(id), Some(name)) = (id, name) {
            // `all` is the group of all fields together.
            if id == "all" || fields.iter().any(|field| field.id == id) {
                entry.report("id", ProjectProblem::Twice);
            }
            fields.push(Field { id, name, occupations, educations });
        }
        entry.finish();
    }
    fields
}

/// `[[recruitment.area]]`: municipalities of today, also such as the project has no survey in.
fn read_areas(section: &Section<'_, '_>, own: &[String]) -> Vec<(String, Text, Vec<String>)> {
    let mut areas: Vec<(String, Text, Vec<String>)> = Vec::new();
    let entries = if section.has("area") { section.sections("area") } else { Vec::new() };
    for entry in entries {
        let id = entry.required("id", Expected::Id, toml::id);
        let name = entry.words("name");
        let municipalities = entry.required("municipalities", Expected::TextList, |value| {
            toml::text_list(value).filter(|list| !list.is_empty())
        });
        for code in municipalities.iter().flatten() {
            if let Some(near) = unknown(code) {
                entry.report("municipalities", ProjectProblem::NoMunicipality { code: code.clone(), near });
            }
        }
        if let (Some(id), Some(name), Some(municipalities)) = (id, name, municipalities) {
            let mut sorted = municipalities.clone();
            sorted.sort();
            sorted.dedup();
            // Areas that share a municipality would give it away, the one subtracted from the other.
            let taken = areas.iter().flat_map(|(.., codes)| codes).chain(own);
            if sorted.len() < municipalities.len() || taken.into_iter().any(|code| municipalities.contains(code)) {
                entry.report("municipalities", ProjectProblem::Twice);
            }
            if areas.iter().any(|(other, ..)| *other == id) {
                entry.report("id", ProjectProblem::Twice);
            }
            areas.push((id, name, municipalities));
        }
        entry.finish();
    }
    areas
}

/// What a code may have meant that no municipality has now; `None` where one has it.
fn unknown(code: &str) -> Option<Vec<String>> {
    let register = Register::embedded();
    if Code::parse(code).is_some_and(|code| register.get(code, Day::LAST).is_some()) {
        return None;
    }
    let answer = register.find(code, Some(Day::LAST));
    let near = answer.municipalities.into_iter().chain(answer.suggestions);
    let near = near.filter(|one| one.is_valid_on(Day::LAST)).map(|one| format!("{} {}", one.code, one.name));
    Some(near.take(4).collect())
}
