//! A picture under construction: rectangles, lines and letters with the classes of the stylesheet, and with colours for
//! where there is none. All coordinates are whole numbers.

use super::markup::{Put, fill, push_element};
use super::number::push_plain;
use super::wrap;

/// Width of the picture, without margins.
pub(super) const WIDTH: i64 = 320;

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
    /// The uncertainty of a figure that is a bar.
    Whisker,
    /// A curve in steps.
    Step,
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
            Self::Whisker => r##"class="bp-whisker" fill="#1c2530" stroke="#ffffff""##,
            Self::Step => r##"class="bp-step" fill="none" stroke="#0a58a6" stroke-width="3""##,
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

    /// A line or an area through some points; nothing where there are none.
    pub(super) fn through(&mut self, element: &str, shape: Shape, points: &[[i64; 2]]) {
        if points.is_empty() {
            return;
        }
        fill(&mut self.out, "<{!} {!} points=\"", &[element, shape.look()]);
        for (place, [x, y]) in points.iter().enumerate() {
            self.out.put(if place > 0 { " " } else { "" });
            push_plain(&mut self.out, *x);
            self.out.push(',');
            push_plain(&mut self.out, *y);
        }
        self.out.put("\"/>");
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

    /// A part of a track around the line `y`: whole fields, the one that the share lies in high and filled.
    pub(super) fn fields(&mut self, left: i64, length: i64, y: i64, [band, bands]: [i64; 2]) {
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

    /// The track of a figure that is not shown.
    pub(super) fn not_shown(&mut self, left: i64, length: i64, y: i64) {
        self.rect(Shape::None, left + 1, y - 4, length - 2, 8, 2);
    }

    /// Appends the picture for inside a page: its title stands around it, its values in the table.
    pub(super) fn inline(&self, out: &mut String, id: &str, title: &str, description: &str) {
        out.put("<svg class=\"bp-svg\" viewBox=\"0 0 ");
        push_plain(out, WIDTH);
        out.push(' ');
        push_plain(out, self.y + 2);
        fill(
            out,
            "\" role=\"img\" aria-labelledby=\"{}-t {}-d\"><title id=\"{}-t\">{}</title><desc id=\"{}-d\">{}</desc>{!}</svg>",
            &[id, id, id, title, id, description, &self.out],
        );
    }
}
