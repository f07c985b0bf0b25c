//! A curve in steps with its interval: one small chart per group and area, all with the same axes.
//!
//! A value is known at the times of the cube. From one time to the next the curve is flat, as a Kaplan–Meier curve is
//! between events; what is known as a band is that band, and what is not shown a dashed line.

use super::picture::push_part_heading;
use super::words::month_word;
use super::{AREA, FIGURE, Figures, GROUP, Said};
use crate::show::canvas::{Canvas, Ink, Shape, WIDTH};
use crate::show::number;
use crate::show::scale::Scale;
use crate::show::wrap;

/// Where the axes begin, how long they are, and how far the last value goes on.
const LEFT: i64 = 44;
const LENGTH: i64 = WIDTH - LEFT - TAIL - 8;
const TAIL: i64 = 10;
const HEIGHT: i64 = 112;
const SMALL: i64 = 11;

/// Draws a chart for each group and area.
pub(super) fn push(canvas: &mut Canvas, figures: &Figures<'_>, period: usize) {
    let scale = figures.scale(&figures.all_of(period));
    let times = times(figures);
    for area in 0..figures.count(AREA) {
        for group in 0..figures.count(GROUP) {
            let mut said = Vec::new();
            for figure in 0..figures.count(FIGURE) {
                said.push(figures.said([figure, period, area, group]));
            }
            if said.iter().all(|said| *said == Said::Absent) {
                continue;
            }
            push_part_heading(canvas, &figures.heading_of(area, Some(group)));
            canvas.y += 10;
            push_axes(canvas, figures, scale);
            push_steps(canvas, &said, &times, scale);
            canvas.y += HEIGHT;
            push_times(canvas, figures, &said, &times);
        }
    }
}

/// Where each time of the cube lies: by months, or evenly where a code is none.
fn times(figures: &Figures<'_>) -> Vec<i64> {
    let mut times = Vec::new();
    for (at, category) in figures.categories(FIGURE).iter().enumerate() {
        times.push(month(&category.code).or(i64::try_from(at).ok()).unwrap_or(0));
    }
    let end = times.iter().copied().fold(1, i64::max);
    for time in &mut times {
        *time = LEFT + LENGTH * *time / end;
    }
    times
}

/// The number of months of a code, `m12`.
pub(super) fn month(code: &str) -> Option<i64> {
    let digits = code.strip_prefix('m').filter(|digits| (1..=4).contains(&digits.len()))?;
    digits.bytes().try_fold(0, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + i64::from(digit - b'0')))
}

/// The ends of the scale and its middle, with lines across.
fn push_axes(canvas: &mut Canvas, figures: &Figures<'_>, scale: Scale) {
    for value in [scale.low, f64::midpoint(scale.low, scale.high), scale.high] {
        let y = canvas.y + HEIGHT - scale.at(value, HEIGHT);
        canvas.rect(Shape::Line, LEFT, y, LENGTH + TAIL, 1, 0);
        canvas.text(Ink::Soft, "end", SMALL, LEFT - 6, y + 4, &figures.with_decimals(value, scale.decimals));
    }
}

/// The intervals, what stands for no value, and the steps on top.
fn push_steps(canvas: &mut Canvas, said: &[Said], times: &[i64], scale: Scale) {
    let bottom = canvas.y + HEIGHT;
    let up = |value: f64| bottom - scale.at(value, HEIGHT);
    // Times that do not follow each other have no width.
    let span = |at: usize| {
        let from = times.get(at).copied().unwrap_or(LEFT);
        [from, times.get(at + 1).copied().unwrap_or(LEFT + LENGTH + TAIL).max(from + 3)]
    };
    let (mut upper, mut lower, mut line) = (Vec::new(), Vec::new(), Vec::new());
    let (mut areas, mut lines) = (Vec::new(), Vec::new());
    for (at, said) in said.iter().enumerate() {
        let [from, to] = span(at);
        let ends = if let Said::Exact { interval, .. } = said { *interval } else { None };
        if let Some((low, high)) = ends {
            upper.extend([[from, up(high)], [to, up(high)]]);
            lower.extend([[from, up(low)], [to, up(low)]]);
        } else {
            areas.push(outline(&mut upper, &mut lower));
        }
        match said {
            Said::Exact { value, .. } => line.extend([[from, up(*value)], [to, up(*value)]]),
            _ => lines.push(std::mem::take(&mut line)),
        }
        match said {
            Said::Band([band, bands]) => {
                let (top, foot) = (bottom - HEIGHT * band / bands, bottom - HEIGHT * (band - 1) / bands);
                canvas.rect(Shape::On, from + 1, top + 1, to - from - 2, foot - top - 2, 2);
            }
            Said::Hidden => canvas.rect(Shape::None, from + 1, bottom - 9, to - from - 2, 8, 2),
            _ => {}
        }
    }
    areas.push(outline(&mut upper, &mut lower));
    lines.push(line);
    for area in &areas {
        canvas.through("polygon", Shape::Interval, area);
    }
    for line in &lines {
        canvas.through("polyline", Shape::Step, line);
    }
}

/// The corners of an interval: along its upper end and back along the lower one.
fn outline(upper: &mut Vec<[i64; 2]>, lower: &mut Vec<[i64; 2]>) -> Vec<[i64; 2]> {
    let mut out = std::mem::take(upper);
    while let Some(point) = lower.pop() {
        out.push(point);
    }
    out
}

/// Months, and below them the values, as far as there is room; the last one always.
fn push_times(canvas: &mut Canvas, figures: &Figures<'_>, said: &[Said], times: &[i64]) {
    let y = canvas.y + SMALL + 5;
    canvas.text(Ink::Soft, "", SMALL, 0, y, month_word(figures.lang));
    let mut free = i64::MAX;
    for (figure, (said, &x)) in said.iter().zip(times).enumerate().rev() {
        let code = figures.categories(FIGURE).get(figure).map_or("", |category| &category.code);
        let time = match month(code) {
            Some(month) => number::count(month, figures.lang),
            None => figures.label(FIGURE, figure).into(),
        };
        let value = if *said == Said::Hidden { ":".into() } else { figures.value(*said) };
        let half = wrap::width(&time, SMALL).max(wrap::width(&value, SMALL) * 11 / 10) / 2;
        if x + half + 4 <= free && x - half >= LEFT - 10 {
            canvas.text(Ink::Soft, "middle", SMALL, x, y, &time);
            canvas.text(Ink::Strong, "middle", SMALL, x, y + 15, &value);
            free = x - half;
        }
    }
    canvas.y = y + 18;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_months() {
        assert_eq!(["m0", "m6", "m120"].map(month), [Some(0), Some(6), Some(120)]);
        assert_eq!(["", "m", "6", "m6x", "m123456"].map(month), [None; 5]);
    }

    #[test]
    fn steps_end_where_nothing_is_known() {
        let exact = |value, lower, upper| Said::Exact { value, interval: Some((lower, upper)) };
        let scale = Scale { low: 0.0, high: 100.0, decimals: 0 };
        let mut canvas = Canvas::new();
        let said = [exact(100.0, 100.0, 100.0), exact(50.0, 25.0, 75.0), Said::Hidden, exact(50.0, 50.0, 50.0)];
        push_steps(&mut canvas, &said, &[44, 104, 164, 224], scale);
        let line = |points: &str| canvas.out.contains(&format!("points=\"{points}\"/>"));
        assert!(line("44,0 104,0 104,56 164,56"), "{}", canvas.out);
        assert!(line("44,0 104,0 104,28 164,28 164,84 104,84 104,0 44,0"), "{}", canvas.out);
        assert!(line("224,56 312,56"), "{}", canvas.out);
        assert_eq!(canvas.out.matches("bp-none").count(), 1);
    }

    #[test]
    fn a_band_is_its_whole_part_of_the_height() {
        let mut canvas = Canvas::new();
        let scale = Scale { low: 0.0, high: 100.0, decimals: 0 };
        push_steps(&mut canvas, &[Said::Band([4, 5])], &[44], scale);
        // The fourth fifth of 112 from below: from 23 to 45 down.
        assert!(canvas.out.contains(r#"x="45" y="24" width="266" height="20""#), "{}", canvas.out);
        assert!(!canvas.out.contains("polyline"));
    }
}
