//! The registers that a project names.

use super::{Expected, Place, Section, read_file, toml};
use crate::cube::Source;
use crate::indicator::region::NAMES;
use crate::read::DecimalMark;
use crate::register::municipality::Day;
use crate::register::municipality::convert::Splits;
use crate::register::official::{Codes, Reading, Register};

/// Reads every section of `[register]` but `population`, which the survey's cohorts are counted in too.
pub(super) fn read(section: &Section<'_, '_>, places: &mut Vec<Place>) -> Vec<Register> {
    let named = NAMES.into_iter().filter(|id| section.has(id));
    let named: Vec<&'static str> = named.collect();
    named.into_iter().filter_map(|id| register(id, section.section(id)?, places)).collect()
}

fn register(id: &'static str, section: Section<'_, '_>, places: &mut Vec<Place>) -> Option<Register> {
    let data = read_file(&section, "file", places);
    // Statistics Norway has no file of regions of councils.
    let schema =
        if section.has("schema") || id == "regions" { Some(read_file(&section, "schema", places)) } else { None };
    let reading = reading(&section, schema.is_none());
    let name = section.words("source");
    let date = section.required("date", Expected::Date, toml::date);
    let licence = section.optional("licence", Expected::Text, toml::text).unwrap_or_default();
    section.finish();
    let schema = schema.map_or(Some(None), |schema| schema.map(Some))?;
    Some(Register { id, data: data?, schema, reading, source: Source { name: name?, date: date?, licence } })
}

/// How a file is read that does not say all itself. What a schema says is not asked for.
pub(super) fn reading(section: &Section<'_, '_>, as_downloaded: bool) -> Reading {
    let codes = section.optional("codes", Expected::Codes, |value| match toml::text(value).as_deref() {
        Some("year") => Some(Codes::OfYear),
        Some(text) => Day::parse(text).ok().map(|(day, _)| Codes::Of(day)),
        None => toml::date(value).and_then(|date| Day::parse(&date).ok()).map(|(day, _)| Codes::Of(day)),
    });
    let words = [("refuse", Splits::Refuse), ("unit", Splits::Unit), ("leave-out", Splits::LeaveOut)];
    let splits = section.word("splits", &words, Splits::Refuse);
    if !as_downloaded {
        return Reading { codes, splits, ..Reading::default() };
    }
    let lists = |key| section.optional(key, Expected::Lists, toml::lists).unwrap_or_default();
    let years = Expected::Whole(1838, 2200);
    let year = section.optional("year", years, |value| {
        toml::whole(value).filter(|year| (1838..=2200).contains(year)).and_then(|year| u16::try_from(year).ok())
    });
    let marks = [("comma", Some(DecimalMark::Comma)), ("point", Some(DecimalMark::Point))];
    let decimal = section.word("decimal", &marks, None);
    let edition = section.optional("edition", Expected::Text, toml::text);
    let (columns, only, values) = (lists("columns"), lists("where"), lists("values"));
    Reading { codes, splits, decimal, year, edition, columns, only, values }
}

/// Who published the register of the population; it may be left out where only cohorts are counted in it.
pub(super) fn source(section: &Section<'_, '_>) -> Source {
    let name = section.optional("source", Expected::Words, toml::words).unwrap_or_default();
    let date = section.optional("date", Expected::Date, toml::date).unwrap_or_default();
    let licence = section.optional("licence", Expected::Text, toml::text).unwrap_or_default();
    Source { name, date, licence }
}
