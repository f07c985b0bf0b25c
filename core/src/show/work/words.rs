//! The words around figures of recruitment.

use super::{AREA, FIGURE, Figures, GROUP, PERIOD, Said, Shape, push_part};
use crate::cube::{Category, Cube};
use crate::show::markup::{Put, push_all};
use crate::show::shown::contains;
use crate::show::{Part, words};
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

/// How to read what is shown.
pub(in crate::show) fn keys(cube: &Cube, part: Part, lang: Lang) -> Vec<&'static str> {
    let figures = Figures::of(cube, lang);
    let (mut has_thirds, mut has_fields, mut has_interval, mut has_mark, mut is_missing) =
        (false, false, false, false, false);
    let newest = figures.newest();
    let periods = if part.has_table() { 0..figures.count(PERIOD) } else { newest..newest + 1 };
    for said in periods.flat_map(|period| figures.all_of(period)) {
        match said {
            Said::Exact { interval, .. } => has_interval |= interval.is_some(),
            Said::Band([_, 3]) => has_thirds = true,
            Said::Band(_) => has_fields = true,
            Said::Hidden => has_mark = true,
            Said::Missing => is_missing = true,
            Said::Absent => {}
        }
    }
    let is_spoken = part == Part::Words;
    let mut out = Vec::new();
    let mut put = |wanted: bool, words: &'static str| {
        if wanted {
            out.push(words);
        }
    };
    let is_seen = part.has_picture() && instead(cube, lang).is_none();
    put(is_seen && figures.shape == Shape::Gap, gap_key(lang));
    put(is_seen && figures.shape == Shape::Curve, curve_key(lang));
    put(has_thirds, words::thirds_key(lang));
    put(has_fields, words::fifths_key(lang));
    put(has_interval && !is_spoken, interval_key(lang));
    put(has_mark && !is_spoken, words::mark_means(lang));
    put(has_mark && instead(cube, lang).is_none(), why_hidden(lang));
    put(is_missing && !is_spoken, missing_key(lang));
    out
}

const fn gap_key(lang: Lang) -> &'static str {
    lang.pick(
        "For hvert felt: først behovet, så tilgangen, og under dem det som mangler: behovet minus tilgangen. Når usikkerheten \
         går fra null eller mindre til null eller mer, er det ikke klart om det mangler noen.",
        "For kvart felt: først behovet, så tilgangen, og under dei det som manglar: behovet minus tilgangen. Når uvissa går frå \
         null eller mindre til null eller meir, er det ikkje klart om det manglar nokon.",
        "For each field: demand first, then supply, and below them what is missing: demand minus supply. Where the \
         uncertainty runs from zero or less to zero or more, it is not clear whether there is a gap.",
    )
}

const fn curve_key(lang: Lang) -> &'static str {
    lang.pick(
        "Kurven er kjent ved månedene i tabellen og tegnet flat mellom dem.",
        "Kurva er kjend ved månadene i tabellen og teikna flat mellom dei.",
        "The curve is known at the months of the table and drawn flat between them.",
    )
}

const fn interval_key(lang: Lang) -> &'static str {
    lang.pick(
        "Tallene i parentes viser usikkerheten, og i figuren gjør streken eller det lyse feltet det: Det virkelige tallet \
         ligger trolig innenfor.",
        "Tala i parentes viser uvissa, og i figuren gjer streken eller det lyse feltet det: Det verkelege talet ligg truleg \
         innanfor.",
        "The figures in brackets show the uncertainty, and so does the line or the pale area in the picture: the true figure \
         probably lies within.",
    )
}

const fn missing_key(lang: Lang) -> &'static str {
    lang.pick(
        "To prikker (..) betyr at tallet ikke finnes.",
        "To prikkar (..) tyder at talet ikkje finst.",
        "Two dots (..) mean that there is no such figure.",
    )
}

/// All that the picture shows, the largest gaps first, with intervals in words.
pub(in crate::show) fn in_words(cube: &Cube, lang: Lang) -> String {
    let figures = Figures::of(cube, lang);
    let period = figures.newest();
    let mut out = heading(&figures, period);
    if is_hidden(&figures, period) {
        push_all(&mut out, &[": ", why_hidden(lang)]);
        return out;
    }
    out.put(".");
    let is_gap = figures.shape == Shape::Gap;
    let along = figures.along();
    for area in 0..if along == AREA { 1 } else { figures.count(AREA) } {
        let order = match along {
            GROUP => vec![0],
            _ if is_gap => figures.by_gap(period, area, area + 1),
            _ => (0..figures.count(GROUP)).collect(),
        };
        for group in order {
            let mut line = Line::default();
            let gap = [figures.gap(), period, area, group];
            if is_gap {
                // The gap is what the picture is about.
                figures.say(&mut line, FIGURE, gap);
            }
            for at in 0..figures.count(along) {
                let mut place = [0, period, area, group];
                place[along] = at;
                if !is_gap || at != figures.gap() {
                    figures.say(&mut line, along, place);
                }
            }
            if line.text.is_empty() {
                continue;
            }
            let head = if along == AREA {
                String::new()
            } else {
                figures.heading_of(area, (along == FIGURE).then_some(group))
            };
            push_all(&mut out, &[" ", &head, if head.is_empty() { "" } else { ": " }]);
            out.put(if line.is_shown { &line.text } else { words::not_shown_aloud(lang) });
            let after = if is_gap { verdict(figures.said(gap), lang) } else { "" };
            push_all(&mut out, &[".", if after.is_empty() { "" } else { " " }, after]);
        }
    }
    out
}

/// Cells in words, after each other.
#[derive(Default)]
struct Line {
    text: String,
    /// Any of them is shown.
    is_shown: bool,
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

    /// Says a cell after the label that it has on an axis, unless it has no meaning.
    fn say(&self, line: &mut Line, axis: usize, at: super::Place) {
        let said = self.said(at);
        if said != Said::Absent {
            line.is_shown |= said != Said::Hidden;
            let start = if line.text.is_empty() { "" } else { "; " };
            push_all(&mut line.text, &[start, self.label(axis, at[axis]), " ", &self.aloud(said)]);
        }
    }

    /// A value and its interval as they are read aloud.
    fn aloud(&self, said: Said) -> String {
        let mut out = match said {
            Said::Hidden => return words::not_shown_aloud(self.lang).into(),
            Said::Missing => {
                return self.lang.pick("finnes ikke", "finst ikkje", "does not exist").into();
            }
            said => self.value(said),
        };
        if let Said::Exact { interval: Some((lower, upper)), .. } = said
            && lower < upper
        {
            out.put(self.lang.pick(", trolig ", ", truleg ", ", probably "));
            if lower.is_finite() && upper.is_finite() {
                let between = self.lang.pick("mellom ", "mellom ", "between ");
                let and = self.lang.pick(" og ", " og ", " and ");
                push_all(&mut out, &[between, &self.amount(lower), and, &self.amount(upper)]);
            } else {
                out.put(&self.span((lower, upper)));
            }
        }
        out
    }
}
