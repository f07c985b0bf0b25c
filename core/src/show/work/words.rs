//! The words around figures of recruitment.

use super::{AREA, FIGURE, Figures, GROUP, PERIOD, Said, Shape, push_part};
use crate::cube::{Category, Cube};
use crate::show::shown::contains;
use crate::text::Lang;

/// What the values are, where they do not say it themselves.
fn unit(unit: &str, lang: Lang) -> &'static str {
    UNITS.iter().find(|[code, ..]| *code == unit).map_or("", |[_, nb, nn, en]| lang.pick(nb, nn, en))
}

const UNITS: [[&str; 4]; 6] = [
    ["points", "prosentpoeng", "prosentpoeng", "percentage points"],
    ["days", "dager", "dagar", "days"],
    ["persons", "personer", "personar", "persons"],
    ["positions", "stillinger", "stillingar", "positions"],
    ["per_position", "per stilling", "per stilling", "per position"],
    ["per_place", "per plass", "per plass", "per place"],
];

/// Why something is not shown: one sentence, true and the same for every reason.
pub(super) const fn why_hidden(lang: Lang) -> &'static str {
    lang.pick(
        "Der vi ikke viser tall, er det enten for få personer eller arbeidsgivere, eller så passer vi på at ingen kan \
         kjennes igjen.",
        "Der vi ikkje viser tal, er det anten for få personar eller arbeidsgivarar, eller så passar vi på at ingen kan \
         kjennast att.",
        "Where we show no figure, there are either too few people or employers, or we are making sure that nobody can be \
         recognised.",
    )
}

/// Before the names of what is not shown.
pub(super) const fn not_shown(lang: Lang) -> &'static str {
    lang.pick("Ikke vist: ", "Ikkje vist: ", "Not shown: ")
}

/// What a gap and its interval say. Nothing where there is no interval.
pub(super) fn verdict(said: Said, lang: Lang) -> &'static str {
    match said {
        Said::Exact { interval: Some((lower, _)), .. } if lower > 0.0 => lang.pick(
            "Behovet er større enn tilgangen.",
            "Behovet er større enn tilgangen.",
            "Demand is larger than supply.",
        ),
        Said::Exact { interval: Some((_, upper)), .. } if upper < 0.0 => lang.pick(
            "Tilgangen er større enn behovet.",
            "Tilgangen er større enn behovet.",
            "Supply is larger than demand.",
        ),
        Said::Exact { interval: Some(_), .. } => lang.pick(
            "Det er ikke klart om det mangler noen.",
            "Det er ikkje klart om det manglar nokon.",
            "It is not clear whether there is a gap.",
        ),
        _ => "",
    }
}

/// What the table says of a gap that may be none.
pub(super) fn unclear(said: Said, lang: Lang) -> &'static str {
    match said {
        Said::Exact { interval: Some((lower, upper)), .. } if lower <= 0.0 && upper >= 0.0 => {
            lang.pick("ikke klart", "ikkje klart", "not clear")
        }
        _ => "",
    }
}

/// Whether a group is all others together, and their numbers so much larger that they would crowd them out of a picture:
/// it is said in words then.
pub(super) fn is_total(figures: &Figures<'_>, group: usize) -> bool {
    matches!(figures.unit(), "persons" | "positions") && figures.count(GROUP) > 1 && figures.is_all(group)
}

/// What the times of a curve are.
pub(super) const fn month_word(lang: Lang) -> &'static str {
    lang.pick("Måned", "Månad", "Month")
}

/// The area, when there is only one and the title does not name it.
pub(in crate::show) fn place(cube: &Cube, lang: Lang) -> String {
    let figures = Figures::of(cube, lang);
    let label = if figures.count(AREA) == 1 { figures.label(AREA, 0) } else { "" };
    if contains(cube.title.get(lang), label) { String::new() } else { label.into() }
}

/// What the picture is of: `Ubesatte stillinger, 2026, prosent`.
pub(super) fn heading(figures: &Figures<'_>, period: usize) -> String {
    let mut out = String::new();
    push_part(&mut out, if figures.along() == FIGURE { "" } else { figures.label(FIGURE, 0) });
    push_part(&mut out, figures.only_group());
    push_part(&mut out, figures.label(PERIOD, period));
    push_part(&mut out, unit(figures.unit(), figures.lang));
    out
}

/// Title, area, period where it is the only one, unit: what the table is of.
pub(super) fn caption(figures: &Figures<'_>, title: &str) -> String {
    let mut out = String::from(title);
    push_part(&mut out, &place(figures.cube, figures.lang));
    push_part(&mut out, figures.only_group());
    push_part(&mut out, if figures.count(PERIOD) == 1 { figures.label(PERIOD, 0) } else { "" });
    push_part(&mut out, unit(figures.unit(), figures.lang));
    out
}

/// Whether nothing of a period is shown, though something is known.
pub(super) fn is_hidden(figures: &Figures<'_>, period: usize) -> bool {
    let mut has_mark = false;
    for said in figures.all_of(period) {
        match said {
            Said::Hidden => has_mark = true,
            Said::Absent => {}
            _ => return false,
        }
    }
    has_mark
}

/// The sentence that stands for the whole figure when nothing in it is shown.
pub(in crate::show) fn instead(cube: &Cube, lang: Lang) -> Option<&'static str> {
    let figures = Figures::of(cube, lang);
    (0..figures.count(PERIOD)).all(|period| is_hidden(&figures, period)).then(|| why_hidden(lang))
}

impl Figures<'_> {
    /// Whether a group is all others together.
    pub(super) fn is_all(&self, group: usize) -> bool {
        self.categories(GROUP).get(group).is_some_and(|group| group.code == "all")
    }

    /// The group, when there is only one and it is not all.
    fn only_group(&self) -> &str {
        match self.categories(GROUP) {
            [Category { code, label }] if code != "all" => label.get(self.lang),
            _ => "",
        }
    }

    /// The axis along which a picture has its rows.
    pub(super) fn along(&self) -> usize {
        match (self.shape, self.count(GROUP), self.count(AREA)) {
            (Shape::Bars, 1, 1) => FIGURE,
            (Shape::Bars, 1, _) => AREA,
            (Shape::Bars, _, _) => GROUP,
            _ => FIGURE,
        }
    }
}
