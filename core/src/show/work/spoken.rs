//! The picture in words, for those who do not see it.

use super::words::{heading, is_hidden, verdict, why_hidden};
use super::{AREA, FIGURE, Figures, GROUP, Place, Said, Shape};
use crate::cube::Cube;
use crate::show::markup::{Put, push_all};
use crate::show::words;
use crate::text::Lang;

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
    /// Says a cell after the label that it has on an axis, unless it has no meaning.
    fn say(&self, line: &mut Line, axis: usize, at: Place) {
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
