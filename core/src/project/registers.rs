//! The registers that a project names.

use super::{Expected, Place, Section, read_file, toml};
use crate::cube::Source;
use crate::indicator::region::NAMES;
use crate::register::official::Register;

/// Reads every section of `[register]` but `population`, which the survey's cohorts are counted in too.
pub(super) fn read(section: &Section<'_, '_>, places: &mut Vec<Place>) -> Vec<Register> {
    let named = NAMES.into_iter().filter(|id| section.has(id));
    let named: Vec<&'static str> = named.collect();
    named.into_iter().filter_map(|id| register(id, section.section(id)?, places)).collect()
}

fn register(id: &'static str, section: Section<'_, '_>, places: &mut Vec<Place>) -> Option<Register> {
    let data = read_file(&section, "file", places);
    let schema = read_file(&section, "schema", places);
    let name = section.words("source");
    let date = section.required("date", Expected::Date, toml::date);
    let licence = section.optional("licence", Expected::Text, toml::text).unwrap_or_default();
    section.finish();
    Some(Register { id, data: data?, schema: schema?, source: Source { name: name?, date: date?, licence } })
}

/// Who published the register of the population; it may be left out where only cohorts are counted in it.
pub(super) fn source(section: &Section<'_, '_>) -> Source {
    let name = section.optional("source", Expected::Words, toml::words).unwrap_or_default();
    let date = section.optional("date", Expected::Date, toml::date).unwrap_or_default();
    let licence = section.optional("licence", Expected::Text, toml::text).unwrap_or_default();
    Source { name, date, licence }
}
