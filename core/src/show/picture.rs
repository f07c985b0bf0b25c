//! The chart, as SVG.
//!
//! One line per row: its label, a track from 0 to 100 %, its value in words. A band is drawn as its whole part of the
//! track, so its place and length are a function of `(band, bands)` alone. Empty parts are low and outlined, the shown
//! part is high and filled: the picture reads without colour.

use super::Content;
use super::canvas::{Canvas, Ink, Shape, WIDTH};
use super::markup::fill;
use super::shown::{Panel, Row, Shown};
use super::{words, wrap};
use crate::text::Lang;

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

impl Canvas {
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
            Shown::Band { band, bands } => self.fields(left, length, y, [band, bands]),
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
            Shown::Hidden => self.not_shown(left, length, y),
        }
    }
}

/// Appends the chart for inside a page: its title and text stand around it, its values in the table.
pub(super) fn inline(out: &mut String, content: &Content, id: &str, title: &str, lang: Lang) {
    let mut canvas = Canvas::new();
    canvas.panels(content, lang);
    canvas.inline(out, id, title, words::see_table(lang));
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
