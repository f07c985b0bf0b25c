//! The chart, as SVG.
//!
//! One line per row: its label, a track from 0 to 100 %, its value in words. A band is drawn as its whole part of the
//! track, so its place and length are a function of `(band, bands)` alone. Empty parts are low and outlined, the shown
//! part is high and filled: the picture reads without colour. All coordinates are whole numbers.

use super::Content;
use super::markup::{Put, fill, push_element};
use super::number::push_plain;
use super::shown::{Panel, Row, Shown};
use super::{words, wrap};
use crate::text::Lang;

/// Width of the picture, without margins.
pub(super) const WIDTH: i64 = 320;
/// Where the track begins and how long it is: beside the labels, or below them when one of them is too long for that.
/// Whole thirds and fifths either way, and the same for every row of a figure.
#[derive(Clone, Copy)]
struct Track {
    left: i64,
    length: i64,
}
const BESIDE: Track = Track { left: 80, length: 150 };
const BELOW: Track = Track { left: 0, length: 225 };

impl Track {
    /// Where a percent is.
    const fn at(self, percent: i64) -> i64 {
        self.left + percent * self.length / 100
    }
}

/// Space between the track and the value.
const GAP: i64 = 8;
/// Font sizes: headings, labels and values, the axis.
const HEADING: i64 = 14;
const BODY: i64 = 13;
const SMALL: i64 = 11;

/// A picture under construction: its elements, and how far down it has come.
pub(super) struct Canvas {
    pub(super) out: String,
    pub(super) y: i64,
}

/// What a shape is. The class is for the stylesheet; fill and stroke are for where there is none.
#[derive(Clone, Copy)]
pub(super) enum Shape {
    /// A part of the track that the share does not lie in.
    Off,
    /// The part that the share lies in.
    On,
    /// The track of an exact figure.
    Line,
    /// The uncertainty of an exact figure.
    Interval,
    /// An exact figure.
    Point,
    /// Where a figure would stand that is not shown.
    None,
}

impl Shape {
    const fn look(self) -> &'static str {
        match self {
            Self::Off => r##"class="bp-off" fill="#f2f4f7" stroke="#6b7684""##,
            Self::On => r##"class="bp-on" fill="#0a58a6" stroke="#0a58a6""##,
            Self::Line => r##"class="bp-line" fill="#6b7684""##,
            Self::Interval => r##"class="bp-interval" fill="#7fb0de" stroke="#0a58a6""##,
            Self::Point => r##"class="bp-point" fill="#0a58a6" stroke="#ffffff""##,
            Self::None => r##"class="bp-none" fill="none" stroke="#6b7684" stroke-dasharray="2 4""##,
        }
    }
}

/// What a text is.
#[derive(Clone, Copy)]
pub(super) enum Ink {
    /// Headings and values.
    Strong,
    /// Labels and running text.
    Plain,
    /// The axis, and what stands in brackets.
    Soft,
}

impl Ink {
    const fn look(self) -> &'static str {
        match self {
            Self::Strong => r##"class="bp-strong" font-weight="600" fill="#1c2530""##,
            Self::Plain => r##"class="bp-plain" fill="#1c2530""##,
            Self::Soft => r##"class="bp-soft" fill="#4a5563""##,
        }
    }
}

impl Canvas {
    pub(super) fn new() -> Self {
        Self { out: String::new(), y: 0 }
    }

    fn attribute(&mut self, name: &str, value: i64) {
        fill(&mut self.out, " {!}=\"", &[name]);
        push_plain(&mut self.out, value);
        self.out.push('"');
    }

    pub(super) fn rect(&mut self, shape: Shape, x: i64, y: i64, width: i64, height: i64, round: i64) {
        fill(&mut self.out, "<rect {!}", &[shape.look()]);
        self.attribute("x", x);
        self.attribute("y", y);
        self.attribute("width", width);
        self.attribute("height", height);
        if round > 0 {
            self.attribute("rx", round);
        }
        self.out.put("/>");
    }

    pub(super) fn text(&mut self, ink: Ink, anchor: &str, size: i64, x: i64, y: i64, text: &str) {
        fill(&mut self.out, "<text {!}", &[ink.look()]);
        self.attribute("font-size", size);
        self.attribute("x", x);
        self.attribute("y", y);
        if !anchor.is_empty() {
            fill(&mut self.out, " text-anchor=\"{!}\"", &[anchor]);
        }
        push_element(&mut self.out, ">", text, "</text>");
    }

    /// Lines of text over the whole width. Bold letters are a tenth wider.
    pub(super) fn paragraph(&mut self, ink: Ink, size: i64, text: &str) {
        let limit = if matches!(ink, Ink::Strong) { WIDTH * 10 / 11 } else { WIDTH };
        for line in wrap::lines(text, size, limit) {
            self.y += size + 5;
            self.text(ink, "", size, 0, self.y - 4, &line);
        }
    }

    /// All panels, one below the other. Hidden ones are their heading and the one sentence.
    pub(super) fn panels(&mut self, content: &Content, lang: Lang) {
        let mut rows = content.panels.iter().flat_map(|panel| &panel.rows);
        let track = if rows.any(|row| wrap::width(&row.label, BODY) > BESIDE.left) { BELOW } else { BESIDE };
        for (place, panel) in content.panels.iter().enumerate() {
            if place > 0 {
                self.y += 16;
            }
            self.paragraph(Ink::Strong, HEADING, &panel.heading);
            if panel.is_hidden() {
                self.y += 2;
                self.paragraph(Ink::Plain, BODY, words::hidden_sentence(lang));
            } else {
                self.panel(panel, track, lang);
            }
        }
    }

    fn panel(&mut self, panel: &Panel, track: Track, lang: Lang) {
        self.y += 4;
        for row in &panel.rows {
            self.row(row, track, lang);
        }
        self.y += SMALL + 3;
        let y = self.y - 1;
        for (anchor, percent) in [("start", 0), ("middle", 50), ("end", 100)] {
            let label = super::number::percent(percent, lang);
            self.text(Ink::Soft, anchor, SMALL, track.at(percent), y, &label);
        }
    }

    fn row(&mut self, row: &Row, track: Track, lang: Lang) {
        if track.left == 0 {
            self.y += 4;
            self.paragraph(Ink::Plain, BODY, &row.label);
        }
        let beside = track.left + track.length + GAP;
        let value = wrap::lines(&row.shown.words(lang), BODY, WIDTH - beside);
        let bracket = match row.shown {
            Shown::Exact { interval: Some((lower, upper)), .. } => {
                let mut bracket = String::new();
                fill(&mut bracket, "({!})", &[&super::number::percent_span(lower, upper, lang)]);
                Some(bracket)
            }
            _ => None,
        };
        let count = i64::try_from(value.len() + usize::from(bracket.is_some())).unwrap_or(1);
        let height = 26.max(count * 15 + 4);
        let middle = self.y + height / 2;
        if track.left > 0 {
            self.text(Ink::Plain, "", BODY, 0, middle + 5, &row.label);
        }
        self.track(row.shown, track, middle);
        let mut y = middle + 5 - (count - 1) * 15 / 2;
        for line in &value {
            self.text(if row.shown == Shown::Hidden { Ink::Soft } else { Ink::Strong }, "", BODY, beside, y, line);
            y += 15;
        }
        if let Some(bracket) = bracket {
            self.text(Ink::Soft, "", BODY - 1, beside, y, &bracket);
        }
        self.y += height;
    }

    /// The track of a row around the line `y`.
    fn track(&mut self, shown: Shown, track: Track, y: i64) {
        let Track { left, length } = track;
        match shown {
            Shown::Band { band, bands } => {
                for part in 1..=bands {
                    let x = left + length * (part - 1) / bands + 1;
                    let width = left + length * part / bands - 1 - x;
                    if part == band {
                        self.rect(Shape::On, x, y - 9, width, 18, 3);
                    } else {
                        self.rect(Shape::Off, x, y - 4, width, 8, 2);
                    }
                }
            }
            Shown::Exact { share, interval, .. } => {
                self.rect(Shape::Line, left, y - 1, length, 2, 0);
                if let Some((lower, upper)) = interval {
                    let x = track.at(lower);
                    self.rect(Shape::Interval, x, y - 5, (track.at(upper) - x).max(1), 10, 2);
                }
                self.rect(Shape::Point, track.at(share) - 3, y - 10, 6, 20, 2);
            }
            Shown::Under { limit, .. } => {
                self.rect(Shape::Line, left, y - 1, length, 2, 0);
                self.rect(Shape::On, left + 1, y - 9, (track.at(limit) - left - 2).max(2), 18, 3);
            }
            Shown::Over { limit, .. } => {
                self.rect(Shape::Line, left, y - 1, length, 2, 0);
                let x = track.at(limit).min(left + length - 4) + 1;
                self.rect(Shape::On, x, y - 9, left + length - 1 - x, 18, 3);
            }
            Shown::Hidden => self.rect(Shape::None, left + 1, y - 4, length - 2, 8, 2),
        }
    }
}

/// Appends the chart for inside a page: its title and text stand around it, its values in the table.
pub(super) fn inline(out: &mut String, content: &Content, id: &str, title: &str, lang: Lang) {
    let mut canvas = Canvas::new();
    canvas.panels(content, lang);
    out.put("<svg class=\"bp-svg\" viewBox=\"0 0 ");
    push_plain(out, WIDTH);
    out.push(' ');
    push_plain(out, canvas.y + 2);
    fill(
        out,
        "\" role=\"img\" aria-labelledby=\"{}-t {}-d\"><title id=\"{}-t\">{}</title><desc id=\"{}-d\">{}</desc>{!}</svg>",
        &[id, id, id, title, id, words::see_table(lang), &canvas.out],
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(shown: Shown) -> String {
        let mut canvas = Canvas::new();
        canvas.track(shown, BESIDE, 20);
        canvas.out
    }

    #[test]
    fn a_band_is_its_whole_part_of_the_track() {
        let fifth = drawn(Shown::Band { band: 2, bands: 5 });
        assert!(
            fifth.contains(r##"class="bp-on" fill="#0a58a6" stroke="#0a58a6" x="111" y="11" width="28" height="18""##)
        );
        assert_eq!(fifth.matches("bp-off").count(), 4);
        let third = drawn(Shown::Band { band: 3, bands: 3 });
        assert!(third.contains(r##"x="181" y="11" width="48" height="18""##));
        assert_eq!(third.matches("bp-off").count(), 2);
    }

    #[test]
    fn an_exact_figure_has_its_interval_and_an_end_has_none() {
        let exact = drawn(Shown::Exact { share: 60, interval: Some((50, 70)), n: Some(100) });
        assert!(exact.contains(r##"x="155" y="15" width="30" height="10""##), "{exact}");
        let under = drawn(Shown::Under { limit: 8, n: Some(60) });
        assert!(under.contains("bp-on") && !under.contains("bp-interval"));
        let over = drawn(Shown::Over { limit: 100, n: None });
        assert!(over.contains("bp-on") && !over.contains("width=\"-"));
    }
}
