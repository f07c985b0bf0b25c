//! Centrality: class, edition and place among its own class.

use super::Registers;
use super::figures::{Draft, Figure, Figures, Unit, column};
use crate::problem::Problems;
use crate::read::Missing;
use crate::register::official::{Area, Level, Value};
use crate::text::Text;

/// The centrality index of municipalities, as published in one edition.
///
/// Its class is that of the edition, never computed with the limits of another. The place is among all municipalities
/// of the same class: the index is no sample, so a place is as certain as its whole numbers; equal ones share it.
///
/// # Source
///
/// Statistics Norway, KLASS 128, centrality.
#[must_use]
pub fn figures(registers: &Registers, problems: &mut Problems) -> Option<Figures> {
    let areas = &registers.areas;
    let edition = areas.edition();
    if edition.is_empty() {
        registers.need(&["centrality"], problems);
        return None;
    }
    let has = |code: &str| areas.centrality(code).is_some();
    registers.warn("centrality", &has, problems);
    let none = Value::none(Missing::NotApplicable);
    let of = |area: &Area| match (area.level, areas.centrality(&area.code)) {
        (Level::Municipality, Some(known)) => (known.index, known.class_value),
        (Level::Municipality, None) => (Value::none(Missing::NotAvailable), Value::none(Missing::NotAvailable)),
        _ => (none, none),
    };
    let draft = Draft {
        title: Text::new("Sentralitet", "Sentralitet", "Centrality"),
        base: Text::new(
            &format!(
                "Indeks fra 0 til 1000 (Oslo) og klasse fra 1 (mest sentral) til 6 (minst sentral), utgaven fra {edition}. Gjelder kommuner."
            ),
            &format!(
                "Indeks frå 0 til 1000 (Oslo) og klasse frå 1 (mest sentral) til 6 (minst sentral), utgåva frå {edition}. Gjeld kommunar."
            ),
            &format!(
                "Index from 0 to 1000 (Oslo) and class from 1 (most central) to 6 (least central), edition {edition}. Municipalities only."
            ),
        ),
        method: Text::new(
            "Klassen er den som utgaven selv gir. Grensene er ulike fra utgave til utgave.",
            "Klassen er den som utgåva sjølv gir. Grensene er ulike frå utgåve til utgåve.",
            "The class is the one that the edition itself gives. Limits differ between editions.",
        ),
        unit: Unit::Index,
        decimals: 0,
        period: column(
            edition,
            &format!("utgaven fra {edition}"),
            &format!("utgåva frå {edition}"),
            &format!("edition {edition}"),
        ),
        columns: vec![column("index", "indeks", "indeks", "index"), column("class", "klasse", "klasse", "class")],
        has: &has,
        registers: &["centrality"],
    };
    let mut figures = draft.figures(registers, &|at, area| {
        let (index, class) = of(area);
        let exact = Value::of([index], |_| Some(0.0));
        match at {
            0 => Figure { spread: exact, ..Figure::plain(index, none, none) },
            _ => Figure::plain(class, none, none),
        }
    });
    // A group of municipalities has no index.
    let is_one: Vec<bool> = figures.areas.iter().map(|area| area.level == Level::Municipality).collect();
    let keep = |at: usize| is_one.get(at % is_one.len()).copied().unwrap_or_default();
    figures.entries =
        figures.entries.into_iter().enumerate().filter(|(at, _)| keep(*at)).map(|(_, entry)| entry).collect();
    figures.areas.retain(|area| area.level == Level::Municipality);
    Some(figures)
}
