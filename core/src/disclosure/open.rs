//! Official statistics: figures that are public already, and what is computed of them.
//!
//! [`publish`] is the one way by which figures reach the public without [`super::protect`]. It takes
//! [`Figures`] and nothing else, and every number in them is a
//! [`Value`]: made by the reader of official tables, or computed of such values. An
//! answer, a count of answers or a share of them is another type, and nothing turns one into the other.
//!
//! What the publisher hid stays hidden: `:` is carried through every sum, share and difference that needs it, and so are
//! `..`, `…` and `.`. The tables have small counts in them, since their publisher has judged that they may be seen (Statistics
//! Norway gives single years of age by municipality).

use super::{Family, SafeCube};
use crate::cube::{About, Cell, Cube, Dimension, Measure, Role, Status};
use crate::indicator::region::{Entry, Figures, Unit};
use crate::indicator::{CATALOGUE, Count};
use crate::read::Missing;
use crate::register::official::Value;
use crate::text::Text;

/// The name of the policy in cubes.
pub const POLICY: &str = super::family::OPEN;

/// The cube of an indicator from registers: figure × period × area. `about` carries notice and dates; base, method and
/// sources are the figures' own.
#[must_use]
pub fn publish(id: &str, figures: &Figures, about: About) -> SafeCube {
    let dimension = |id: &str, label: Text, role, categories| Dimension { id: id.into(), label, role, categories };
    let areas =
        figures.areas.iter().map(|area| crate::cube::Category { code: area.code.clone(), label: area.label.clone() });
    let dimensions = vec![
        dimension("figure", Text::new("Tall", "Tal", "Figure"), Role::Other, figures.columns.clone()),
        dimension("period", Text::new("År", "År", "Year"), Role::Time, vec![figures.period.clone()]),
        dimension("area", Text::new("Område", "Område", "Area"), Role::Geo, areas.collect()),
    ];
    let sources = if figures.sources.is_empty() { about.sources } else { figures.sources.clone() };
    let has_places = figures.entries.iter().any(|entry| entry.place.is_some());
    let about = About {
        base: figures.base.clone(),
        method: if has_places { with_places(&figures.method) } else { figures.method.clone() },
        sources,
        protection: Text::new(
            "Åpen statistikk, slik utgiveren har gitt den ut. Der utgiveren skjuler et tall (:), er det som bygger på det, \
             også skjult.",
            "Open statistikk, slik utgjevaren har gitt han ut. Der utgjevaren gøymer eit tal (:), er det som byggjer på det, \
             òg gøymt.",
            "Open statistics as their publisher gave them out. Where the publisher hides a figure (:), what is made of it is \
             hidden too.",
        ),
        policy: POLICY.into(),
        ..about
    };
    SafeCube::vouch(Cube {
        id: id.into(),
        title: figures.title.clone(),
        dimensions,
        measures: measures(figures.unit, figures.decimals),
        cells: figures.entries.iter().map(cell).collect(),
        about,
    })
}

/// Whether a cube is one of official statistics.
#[must_use]
pub fn is_open(cube: &Cube) -> bool {
    cube.about.policy == POLICY
}

/// Whether a cube that was read back is just what [`publish`] makes: an indicator from registers, with its axes, its
/// measures, and no value where a symbol stands.
#[must_use]
pub fn is_sound(cube: &Cube) -> bool {
    let is_ours = CATALOGUE.iter().any(|one| one.id == cube.id && matches!(one.count, Count::Registers(_)));
    let units = [Unit::Percent, Unit::PerHundred, Unit::Points, Unit::PerMille, Unit::Persons, Unit::Jobs, Unit::Index];
    let has_measures = units.iter().any(|unit| (0..=2).any(|decimals| cube.measures == measures(*unit, decimals)));
    is_open(cube) && is_ours && has_measures && Family::is_sound(cube)
}

/// What every cell holds: the figure, the counts that it is made of, and the place in its class.
fn measures(unit: Unit, decimals: u8) -> Vec<Measure> {
    let measure = |id: &str, nb, nn, en, unit: &str, decimals| Measure {
        id: id.into(),
        label: Text::new(nb, nn, en),
        unit: unit.into(),
        decimals,
    };
    vec![
        measure("value", "verdi", "verdi", "value", unit.code(), decimals),
        measure("numerator", "teller", "teljar", "numerator", "count", 0),
        measure("denominator", "nevner", "nemnar", "denominator", "count", 0),
        measure("place_from", "plass i klassen, fra", "plass i klassen, frå", "place in its class, from", "place", 0),
        measure("place_to", "plass i klassen, til", "plass i klassen, til", "place in its class, to", "place", 0),
        measure("place_of", "kommuner i klassen", "kommunar i klassen", "municipalities in its class", "place", 0),
    ]
}

/// A figure or its symbol. Counts stand only beside a figure: a count beside a symbol would undo it.
fn cell(entry: &Entry) -> Cell {
    let figure = &entry.figure;
    let status = match figure.value.get() {
        Ok(_) => Status::Exact,
        Err(Missing::Confidential) => Status::Hidden,
        Err(Missing::NotYet) => Status::NotYet,
        Err(Missing::NotApplicable) => Status::NotApplicable,
        Err(_) => Status::NotAvailable,
    };
    if status != Status::Exact {
        return Cell { status, values: vec![None; 6] };
    }
    let number = |value: Value| value.get().ok();
    #[expect(clippy::cast_precision_loss, reason = "some hundreds")]
    let place =
        |of: fn(&crate::indicator::region::place::Place) -> usize| entry.place.as_ref().map(|place| of(place) as f64);
    let values = vec![
        number(figure.value),
        number(figure.numerator),
        number(figure.denominator),
        place(|place| place.from),
        place(|place| place.to),
        place(|place| place.of),
    ];
    Cell { status, values }
}

/// How the places are to be read.
fn with_places(method: &Text) -> Text {
    let after = Text::new(
        "Plassen er blant kommunene i samme sentralitetsklasse, regnet fra høyeste tall, og gis som et spenn: Så langt kan \
         tilfeldigheter flytte den (95 %, binomisk eller Poisson, Bonferroni).",
        "Plassen er blant kommunane i same sentralitetsklasse, rekna frå høgaste tal, og blir gitt som eit spenn: Så langt \
         kan tilfelle flytte han (95 %, binomisk eller Poisson, Bonferroni).",
        "The place is among the municipalities of the same centrality class, from the highest figure, and given as a span: \
         so far could chance move it (95%, binomial or Poisson, Bonferroni).",
    );
    method.followed_by(&after)
}
