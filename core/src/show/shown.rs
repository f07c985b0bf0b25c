//! What a public cube lets one say, and nothing else.
//!
//! Chart, table, alternative text and pages are all made from [`Panel`]s, never from cells. A cell is read here once:
//! a band gives its place among the bands and nothing more, whatever else may stand in the cell. So two cubes that
//! differ only in what is not shown give the same bytes.

use super::markup::Put;
use super::number::{self, whole};
use super::words;
use crate::cube::{Cell, Cube, Role, Status};
use crate::text::Lang;

/// What may be shown of one cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// The share lies in part `band` (from 1) of `bands` equal parts.
    Band { band: i64, bands: i64 },
    /// A whole percent, with its interval and the number of answers where they are given.
    Exact { share: i64, interval: Option<(i64, i64)>, n: Option<i64> },
    /// Less than this whole percent.
    Under { limit: i64, n: Option<i64> },
    /// More than this whole percent.
    Over { limit: i64, n: Option<i64> },
    /// Not shown, for whatever reason.
    Hidden,
}

impl Shown {
    fn of(cube: &Cube, cell: &Cell) -> Option<Self> {
        let value = |measure| cube.value(cell, measure).and_then(whole);
        let percent = |measure| value(measure).filter(|percent| (0..=100).contains(percent));
        let seen = match cell.status {
            Status::Absent => return None,
            Status::Hidden | Status::NoAnswers | Status::NotAvailable | Status::NotYet | Status::NotApplicable => None,
            Status::Band => match (value("band"), value("bands")) {
                (Some(band), Some(bands)) if (2..=20).contains(&bands) && (1..=bands).contains(&band) => {
                    Some(Self::Band { band, bands })
                }
                _ => None,
            },
            Status::Exact => percent("share").map(|share| Self::Exact {
                share,
                interval: percent("ci_lower").zip(percent("ci_upper")).filter(|(lower, upper)| lower <= upper),
                n: value("n"),
            }),
            Status::Under => percent("share").map(|limit| Self::Under { limit, n: value("n") }),
            Status::Over => percent("share").map(|limit| Self::Over { limit, n: value("n") }),
        };
        Some(seen.unwrap_or(Self::Hidden))
    }

    /// The value in words: `20–40 %`, `de fleste`, `61 %`, `under 5 %`, `: ikke vist`.
    pub(crate) fn words(self, lang: Lang) -> String {
        match self {
            Self::Band { band, bands: 3 } => words::third(band, lang).into(),
            Self::Band { band, bands } => number::percent_span(100 * (band - 1) / bands, 100 * band / bands, lang),
            Self::Exact { share, .. } => number::percent(share, lang),
            Self::Under { limit, .. } => beyond("under", limit, lang),
            Self::Over { limit, .. } => beyond("over", limit, lang),
            Self::Hidden => words::not_shown(lang).into(),
        }
    }

    /// Interval and number of answers of an exact figure: `54–68 %, 312 svar`. Empty for everything else.
    pub(crate) fn detail(self, lang: Lang) -> String {
        let (interval, n) = match self {
            Self::Exact { interval, n, .. } => (interval, n),
            Self::Under { n, .. } | Self::Over { n, .. } => (None, n),
            _ => (None, None),
        };
        let mut out = interval.map(|(lower, upper)| number::percent_span(lower, upper, lang)).unwrap_or_default();
        if let Some(n) = n {
            if !out.is_empty() {
                out.put(", ");
            }
            out.put(&number::count(n, lang));
            out.put(lang.pick("\u{a0}svar", "\u{a0}svar", "\u{a0}answers"));
        }
        out
    }
}

/// `under 5 %`, `over 95 %`: the same words in all three languages.
fn beyond(word: &str, limit: i64, lang: Lang) -> String {
    let mut out = String::from(word);
    out.push('\u{a0}');
    out.put(&number::percent(limit, lang));
    out
}

/// One line of a figure: a period, an area, or both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) label: String,
    pub(crate) shown: Shown,
    /// Place of the area and of the period: what the rows of a panel are ordered by.
    order: (usize, usize),
    /// Position of its cell in the cube.
    #[cfg(feature = "audit-page")]
    pub(crate) cell: usize,
}

#[cfg(feature = "compute")]
impl Row {
    /// A line of no cube, for internal charts.
    pub(crate) fn alone(label: String, shown: Shown) -> Self {
        Self {
            label,
            shown,
            order: (0, 0),
            #[cfg(feature = "audit-page")]
            cell: 0,
        }
    }
}

/// The lines that belong together: a wave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Panel {
    /// Empty when the figure is not divided.
    pub(crate) heading: String,
    pub(crate) rows: Vec<Row>,
}

impl Panel {
    /// Whether nothing in it is shown: then the one sentence stands in its place.
    pub(crate) fn is_hidden(&self) -> bool {
        self.rows.iter().all(|row| row.shown == Shown::Hidden)
    }
}

/// All that a figure shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Content {
    /// The panels, in the order of the cube. A panel has at least one row.
    pub(crate) panels: Vec<Panel>,
    /// The area, when there is only one and the title does not name it.
    pub(crate) place: String,
    /// What the labels of the rows are: `Periode`, `Kommune`.
    pub(crate) row_head: String,
}

impl Content {
    /// Reads a cube: every dimension that is neither time nor geography makes panels, time and geography make rows.
    ///
    /// Rows stand by area, then period, whatever the order of the dimensions: all that is known of an area in one place.
    pub(crate) fn of(cube: &Cube, lang: Lang) -> Self {
        let axis = |role| cube.dimensions.iter().position(|dimension| dimension.role == role);
        let (time, geo) = (axis(Role::Time), axis(Role::Geo));
        let is_row = |at: usize| Some(at) == time || Some(at) == geo;
        let many = |at: &Option<usize>| at.is_some_and(|at| cube.dimensions[at].categories.len() > 1);
        let label = |axis: usize, position: usize| {
            cube.dimensions[axis].categories.get(position).map_or("", |category| category.label.get(lang))
        };

        // An area labels rows when there are several; a period does unless areas do and it is the only one.
        let area_labels = geo.filter(|_| many(&geo));
        let time_labels = time.filter(|_| many(&time) || area_labels.is_none());
        let title = cube.title.get(lang);
        let mut place = String::new();
        for (axis, labels) in [(geo, area_labels), (time, time_labels)] {
            let only = axis.filter(|_| labels.is_none()).map_or("", |axis| label(axis, 0));
            if !contains(title, only) {
                push_part(&mut place, only);
            }
        }

        let mut keys: Vec<usize> = Vec::new();
        let mut panels: Vec<Panel> = Vec::new();
        for (index, cell) in cube.cells.iter().enumerate() {
            let Some(shown) = Shown::of(cube, cell) else { continue };
            let at = cube.position(index);
            let mut key = 0;
            let mut heading = String::new();
            for (axis, &position) in at.iter().enumerate().filter(|(axis, _)| !is_row(*axis)) {
                key = key * cube.dimensions[axis].categories.len() + position;
                push_part(&mut heading, label(axis, position));
            }
            let mut text = String::new();
            for axis in [area_labels, time_labels].into_iter().flatten() {
                push_part(&mut text, label(axis, at[axis]));
            }
            if text.is_empty() {
                text.put(words::share(lang));
            }
            let place = |axis: Option<usize>| axis.map_or(0, |axis| at[axis]);
            let row = Row {
                label: text,
                shown,
                order: (place(geo), place(time)),
                #[cfg(feature = "audit-page")]
                cell: index,
            };
            match keys.iter().position(|known| *known == key) {
                Some(panel) => {
                    let rows = &mut panels[panel].rows;
                    let before = rows.iter().take_while(|known| known.order <= row.order).count();
                    rows.insert(before, row);
                }
                None => {
                    keys.push(key);
                    panels.push(Panel { heading, rows: vec![row] });
                }
            }
        }
        let mut row_head = String::new();
        for axis in [area_labels, time_labels].into_iter().flatten() {
            push_head(&mut row_head, cube.dimensions[axis].label.get(lang));
        }
        if row_head.is_empty() {
            row_head.push_str(title);
        }
        Self { panels, place, row_head }
    }

    /// Whether there is nothing to show at all: the sentence then replaces chart and table.
    pub(crate) fn is_hidden(&self) -> bool {
        self.panels.iter().all(Panel::is_hidden)
    }

    /// Whether the mark for a hidden figure stands among figures that are shown, and so needs its explanation.
    fn has_mark(&self) -> bool {
        let marked = |panel: &Panel| panel.rows.iter().any(|row| row.shown == Shown::Hidden);
        self.panels.iter().any(|panel| !panel.is_hidden() && marked(panel))
    }

    /// The same with nothing but the newest period of each area.
    #[cfg(feature = "compute")]
    pub(crate) fn newest(mut self) -> Self {
        for panel in &mut self.panels {
            let rows = std::mem::take(&mut panel.rows);
            let is_last = |at: usize| rows.get(at + 1).is_none_or(|next| next.order.0 != rows[at].order.0);
            panel.rows = (0..rows.len()).filter(|at| is_last(*at)).map(|at| rows[at].clone()).collect();
        }
        self
    }

    /// What to say about hidden figures below chart and table: nothing, the mark, or the mark and the sentence when no
    /// panel holds it already.
    pub(crate) fn hidden_note(&self, lang: Lang) -> String {
        let mut out = String::new();
        if self.has_mark() {
            out.put(words::mark_means(lang));
            if !self.panels.iter().any(Panel::is_hidden) {
                out.push(' ');
                out.put(words::hidden_sentence(lang));
            }
        }
        out
    }

    /// The fixed sentence on uncertainty of each kind of figure that is shown, coarsest first.
    pub(crate) fn keys(&self, lang: Lang) -> Vec<&'static str> {
        let any = |kind: fn(Shown) -> bool| self.panels.iter().flat_map(|panel| &panel.rows).any(|row| kind(row.shown));
        let mut out = Vec::new();
        if any(|shown| matches!(shown, Shown::Band { bands: 3, .. })) {
            out.push(words::thirds_key(lang));
        }
        if any(|shown| matches!(shown, Shown::Band { bands, .. } if bands != 3)) {
            out.push(words::fifths_key(lang));
        }
        if any(|shown| matches!(shown, Shown::Exact { interval: Some(_), .. })) {
            out.push(words::interval_key(lang));
        }
        out
    }
}

/// Whether a text holds a word. `str::contains` would bring a search engine into the widget.
pub(super) fn contains(text: &str, word: &str) -> bool {
    word.is_empty() || text.as_bytes().windows(word.len()).any(|part| part == word.as_bytes())
}

/// The small letter of a Norwegian capital. (The table of all letters would be a fifth of the widget.)
const fn lower(letter: char) -> char {
    match letter {
        'Æ' => 'æ',
        'Ø' => 'ø',
        'Å' => 'å',
        other => other.to_ascii_lowercase(),
    }
}

/// Appends the label of an axis. In the middle of a line it begins small.
pub(super) fn push_head(out: &mut String, label: &str) {
    match label.chars().next().filter(|_| !out.is_empty()) {
        Some(first) => {
            let mut small = String::from(lower(first));
            small.push_str(label.strip_prefix(first).unwrap_or_default());
            push_part(out, &small);
        }
        None => push_part(out, label),
    }
}

/// Appends a part of a label, after a comma unless it is the first.
pub(super) fn push_part(out: &mut String, part: &str) {
    if !part.is_empty() {
        if !out.is_empty() {
            out.put(", ");
        }
        out.put(part);
    }
}
