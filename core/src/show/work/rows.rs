//! Rows of a picture: a label, a track with what is known, and the value in words.

use super::picture::Panel;
use super::{Figures, Said};
use crate::show::canvas::{Canvas, Ink, Shape, WIDTH};
use crate::show::scale::Scale;
use crate::show::wrap;

/// Font sizes: values, labels, and what stands in brackets or below a track.
const BODY: i64 = 13;
const SMALL: i64 = 11;
/// Space between label, track and value.
const SPACE: i64 = 8;
/// The widest label that stands beside its track, and the shortest track for that.
const LABEL: i64 = 104;
const SHORTEST: i64 = 112;

/// How a value is drawn on its track.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// A bar from zero, filled.
    Bar,
    /// A bar from zero, pale with an edge.
    Pale,
    /// A point.
    Point,
    /// Nothing but the words: a total that would make all others small.
    Words,
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row<'a> {
    pub(super) label: &'a str,
    pub(super) said: Said,
    pub(super) mark: Mark,
}

/// Where tracks lie: the same for all rows of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Track {
    pub(super) left: i64,
    pub(super) length: i64,
}

impl Track {
    /// Labels stand beside the tracks, or above where one of them is too long for that.
    pub(super) fn of(figures: &Figures<'_>, panels: &[Panel<'_>]) -> Self {
        let (mut labels, mut values) = (0, 0);
        for row in panels.iter().flat_map(|panel| &panel.rows) {
            labels = labels.max(wrap::width(row.label, BODY) + SPACE);
            values = values.max(wrap::width(&figures.value(row.said), BODY) * 11 / 10);
            values = values.max(wrap::width(&figures.bracket(row.said), SMALL));
        }
        // A long word for what is not shown breaks into lines.
        let rest = WIDTH - SPACE - values.min(96);
        let is_beside = labels <= LABEL && rest - labels >= SHORTEST;
        let left = if is_beside { labels } else { 0 };
        Self { left, length: rest - left }
    }

    fn at(self, scale: Scale, value: f64) -> i64 {
        self.left + scale.at(value, self.length)
    }
}

impl Canvas {
    /// A row. The line at zero goes through it.
    pub(super) fn figure_row(&mut self, figures: &Figures<'_>, row: &Row<'_>, track: Track, scale: Scale) {
        if track.left == 0 {
            self.y += 4;
            self.paragraph(Ink::Plain, BODY, row.label);
        }
        let beside = track.left + track.length + SPACE;
        let value = wrap::lines(&figures.value(row.said), BODY, (WIDTH - beside) * 10 / 11);
        let bracket = wrap::lines(&figures.bracket(row.said), SMALL, WIDTH - beside);
        let count = i64::try_from(value.len() + bracket.len()).unwrap_or(1);
        let height = 24.max(count * 14 + 6);
        let middle = self.y + height / 2;
        if track.left > 0 {
            self.text(Ink::Plain, "", BODY, 0, middle + 5, row.label);
        }
        if row.mark != Mark::Words {
            self.rect(Shape::Line, track.at(scale, 0.0) - 1, self.y, 2, height, 0);
            self.mark(row, track, scale, middle);
        }
        let is_number = matches!(row.said, Said::Exact { .. } | Said::Band(_));
        let mut y = middle + 5 - (count - 1) * 7;
        for line in &value {
            self.text(if is_number { Ink::Strong } else { Ink::Soft }, "", BODY, beside, y, line);
            y += 14;
        }
        for line in &bracket {
            self.text(Ink::Soft, "", SMALL, beside, y, line);
            y += 13;
        }
        self.y += height;
    }

    fn mark(&mut self, row: &Row<'_>, track: Track, scale: Scale, y: i64) {
        let Track { left, length } = track;
        match row.said {
            Said::Exact { value, interval } => {
                let (zero, end) = (track.at(scale, 0.0), track.at(scale, value));
                let ends = interval.map(|(lower, upper)| (track.at(scale, lower), track.at(scale, upper)));
                if row.mark == Mark::Point {
                    self.rect(Shape::Line, left, y - 1, length, 2, 0);
                    if let Some((from, to)) = ends {
                        self.rect(Shape::Interval, from, y - 5, (to - from).max(1), 10, 2);
                    }
                    self.rect(Shape::Point, end - 3, y - 9, 6, 18, 2);
                } else {
                    let shape = if row.mark == Mark::Pale { Shape::Interval } else { Shape::On };
                    self.rect(shape, zero.min(end), y - 6, (end - zero).abs().max(1), 12, 1);
                    if let Some((from, to)) = ends {
                        self.rect(Shape::Whisker, from, y - 2, (to - from).max(1), 4, 0);
                    }
                }
            }
            Said::Band(band) => self.fields(left, length, y, band),
            Said::Hidden => self.not_shown(left, length, y),
            Said::Missing | Said::Absent => {}
        }
    }

    /// Below the tracks zero, the upper end of the scale, and what else there is room for.
    pub(super) fn scale_below(&mut self, figures: &Figures<'_>, track: Track, scale: Scale) {
        self.y += SMALL + 3;
        let y = self.y - 1;
        let mut taken: Vec<[i64; 2]> = Vec::new();
        for value in [0.0, scale.high, scale.low, f64::midpoint(scale.low.max(0.0), scale.high)] {
            let label = figures.with_decimals(value, scale.decimals);
            let width = wrap::width(&label, SMALL);
            let from = (track.at(scale, value) - width / 2).max(track.left).min(track.left + track.length - width);
            if taken.iter().all(|[start, end]| from > end + SPACE || from + width + SPACE < *start) {
                self.text(Ink::Soft, "", SMALL, from, y, &label);
                taken.push([from, from + width]);
            }
        }
    }
}
