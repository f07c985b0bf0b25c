//! What is shown of one figure.

use super::Rules;
use crate::compare::{Interval, real};
use crate::cube::{Cell, Status};
use crate::disclosure::Policy;
use crate::indicator::recruitment::shortage::tightness_of_wanted;
use crate::indicator::recruitment::{Entry, Figures, Kind, NoFigure, PartOf, Shape};
use crate::interval::{Level, ShareInterval, clopper_pearson, wilson};
use crate::survival::log_log;

/// From this n on, a share is shown in percent; below it in bands.
const PERCENT_FROM: u64 = 50;

/// A step of rounding is worth at least so many units, and numbers are multiples of it.
const WORTH: u32 = 5;

/// Medians are in whole weeks: days in thousandths.
const WEEK: f64 = 7000.0;

/// How a value is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Form {
    Hidden,
    /// Band of so many.
    Bands(u64),
    /// The nearest multiple of so many thousandths.
    Step(f64),
}

/// How many units that count alike would let each of them move the value as much as the heaviest one does.
fn counted(entry: &Entry) -> u64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of units, 0 or more")]
    let as_heavy = |worth: f64| libm::floor(1.0 / worth + 1e-9) as u64;
    entry.worth.map_or(entry.n.min(entry.behind.units), as_heavy)
}

/// Whether a figure may be shown at all.
fn permits(rules: &Rules, kind: Kind, entry: &Entry) -> bool {
    rules.permit(&entry.behind) && (kind != Kind::Share || counted(entry) >= rules.min_units)
}

/// The form of a column's values with `n` units behind each; `percent` for ratios in percent.
fn form(kind: Kind, n: u64, worth: Option<f64>, percent: bool) -> Form {
    match kind {
        Kind::Share if n >= PERCENT_FROM => step(n, true),
        Kind::Share => match Policy::default().bands(n, "") {
            Some(bands) => Form::Bands(bands),
            None => Form::Hidden,
        },
        Kind::Days => Form::Step(WEEK),
        Kind::Count => Form::Step(f64::from(WORTH * 1000) * libm::ceil(worth.unwrap_or(1.0).max(1.0) - 1e-9)),
        Kind::Ratio => step(n, percent),
        Kind::Comparison | Kind::Published | Kind::Internal => Form::Hidden,
    }
}

/// The finest step that is worth five of n units: of the whole in percent, or of a unit each.
fn step(n: u64, percent: bool) -> Form {
    // In thousandths, so that the comparison is exact.
    const STEPS: [u32; 9] = [100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000];
    let scale: u64 = if percent { 100_000 } else { 1000 };
    let fits = |step: &&u32| u64::from(**step).saturating_mul(n) >= u64::from(WORTH) * scale;
    match STEPS.iter().find(fits) {
        Some(step) => Form::Step(f64::from(*step)),
        None => Form::Hidden,
    }
}

fn hidden() -> Cell {
    Cell { status: Status::Hidden, values: vec![None; 5] }
}

/// The two columns that a difference is of: it is that of what is shown of them, since its own rounding beside theirs would
/// say more than each.
fn parts(figures: &Figures, column: usize) -> Option<[usize; 2]> {
    let code = |at: usize| &figures.columns[at].category.code[..];
    let of = match (figures.shape, code(column)) {
        (Shape::Gap, "gap") => ["demand", "supply"],
        (_, "net") => ["more", "fewer"],
        _ => return None,
    };
    let [from, less] = of.map(|wanted| (0..figures.columns.len()).find(|at| code(*at) == wanted));
    Some([from?, less?])
}

/// What is shown of one figure.
///
/// A step of a funnel is shown as 100 % less the share that fell out before it, as that share is shown: beside the share of
/// recruitments that failed it tells nothing more, where two roundings would meet in one count.
pub(super) fn cell(figures: &Figures, at: [usize; 4], rules: &Rules) -> Cell {
    let entry = figures.entry(at);
    match figures.shape {
        // All are all, whoever they are.
        Shape::Funnel if at[0] == 0 && rules.permit(&entry.behind) && entry.value.is_ok() => {
            Cell { status: Status::Exact, values: vec![Some(100.0), None, None, None, None] }
        }
        Shape::Funnel => complement_of_cell(shown(figures, at, &complement(entry), rules)),
        _ => shown(figures, at, entry, rules),
    }
}

/// Those who are not among the x of n.
fn complement(entry: &Entry) -> Entry {
    let x = entry.x.map(|x| entry.n.saturating_sub(x));
    let share = |value: &f64| x.filter(|_| entry.n > 0).map_or(1.0 - value, |x| real(x) / real(entry.n));
    let interval = entry.interval.map(|ends| Interval { lower: 1.0 - ends.upper, upper: 1.0 - ends.lower });
    Entry { value: entry.value.as_ref().map(share).map_err(Clone::clone), interval, x, ..entry.clone() }
}

fn complement_of_cell(cell: Cell) -> Cell {
    let less = |whole: f64, part: Option<f64>| part.map(|part| whole - part);
    let [value, lower, upper, band, bands] = [0, 1, 2, 3, 4].map(|at| cell.values.get(at).copied().flatten());
    let band = less(bands.unwrap_or_default() + 1.0, band);
    Cell { values: vec![less(100.0, value), less(100.0, upper), less(100.0, lower), band, bands], ..cell }
}

/// What is shown of one figure, or of those who are not in it.
fn shown(figures: &Figures, at: [usize; 4], entry: &Entry, rules: &Rules) -> Cell {
    let column = &figures.columns[at[0]];
    let kind = column.kind;
    let scale = figures.scale_of(column);
    if let (Kind::Published, Ok(value)) = (kind, &entry.value) {
        return Cell { status: Status::Exact, values: vec![Some(scale * value), None, None, None, None] };
    }
    // A curve or a funnel is rounded alike all along, or it would rise where it falls.
    let along: Vec<&Entry> = match figures.shape {
        Shape::Curve | Shape::Funnel => {
            (0..figures.columns.len()).map(|column| figures.entry([column, at[1], at[2], at[3]])).collect()
        }
        _ => vec![entry],
    };
    let smallest = along.into_iter().filter(|entry| permits(rules, kind, entry)).map(counted).min();
    let (true, Some(n), Ok(value)) = (permits(rules, kind, entry), smallest, &entry.value) else { return hidden() };
    let step = match form(kind, n, entry.worth, scale > 1.0) {
        Form::Hidden => return hidden(),
        Form::Bands(bands) => {
            // Of counts in whole numbers; of a curve by its value.
            let band = match entry.x {
                Some(x) => Policy::band(x, entry.n, bands),
                None => band_of(*value, bands),
            };
            let numbers = [band, bands].map(|number| u32::try_from(number).ok().map(f64::from));
            return Cell { status: Status::Band, values: vec![None, None, None, numbers[0], numbers[1]] };
        }
        Form::Step(step) => step,
    };
    if let (Kind::Ratio, Some(part)) = (kind, &entry.part) {
        return part_of(part, scale);
    }
    let parts = parts(figures, at[0]).map(|parts| parts.map(|part| cell(figures, [part, at[1], at[2], at[3]], rules)));
    let value = match &parts {
        None if kind == Kind::Share => nearest_share(scale * value, step),
        None => nearest(scale * value, step),
        Some([from, less]) => match (from.values[0], less.values[0]) {
            (Some(from), Some(less)) => from - less,
            _ => return hidden(),
        },
    };
    let [below, above] = match kind {
        Kind::Share => of_share(entry.method, n, scale, value, step),
        // Of a difference, value and what is shown may be a whole step apart.
        _ => of_interval(entry.interval, &entry.value, scale)
            .map(|side| whole(side, step, if parts.is_some() { 1.0 } else { 0.5 })),
    };
    let limit = |end: f64| match kind {
        Kind::Share => end.clamp(0.0, 100.0),
        Kind::Days | Kind::Ratio => end.max(0.0),
        // Demand, a gap and a net share can be below 0; positions and people cannot.
        Kind::Count if figures.unit == "positions" || column.category.code == "supply" => end.max(0.0),
        _ => end,
    };
    let ends = [below.map(|side| limit(value - side)), above.map(|side| limit(value + side))];
    Cell { status: Status::Exact, values: vec![Some(value), ends[0], ends[1], None, None] }
}

/// What is shown of the part that a number is: value and ends are those of the number as it is shown, so that beside the number they
/// tell nothing more of it. They need no steps of their own, and are given to a tenth, the ends outwards.
fn part_of(part: &PartOf, scale: f64) -> Cell {
    let Form::Step(step) = form(Kind::Count, 0, Some(part.worth), false) else { return hidden() };
    let number = nearest(part.number, step);
    let [below, above] = of_interval(part.interval, &Ok(part.number), 1.0).map(|side| whole(side, step, 0.5));
    let tenths = |number: f64, round: fn(f64) -> f64| {
        let part = tightness_of_wanted(number.max(0.0), part.rest);
        part.map(|part| multiple(round(scale * part * 10.0), 100.0))
    };
    let ends = [below.map(|side| number - side), above.map(|side| number + side)];
    match tenths(number, libm::round) {
        Some(value) => Cell {
            status: Status::Exact,
            values: vec![
                Some(value),
                ends[0].and_then(|end| tenths(end, libm::floor)),
                ends[1].and_then(|end| tenths(end, libm::ceil)),
                None,
                None,
            ],
        },
        None => hidden(),
    }
}

/// How far an interval reaches below and above its value; infinite where there is none, or no end.
fn of_interval(interval: Option<Interval>, value: &Result<f64, NoFigure>, scale: f64) -> [f64; 2] {
    match (interval, value) {
        (Some(interval), Ok(value)) => [scale * (value - interval.lower), scale * (interval.upper - value)],
        _ => [f64::INFINITY; 2],
    }
}

/// How far the interval of a share reaches below and above a value as it is shown: as far as the widest one of n units that
/// count alike and any count with that value. It follows from the value, n and the method alone, so that the ends tell no more
/// than the value; that there is no interval would tell that all are alike.
fn of_share(method: &str, n: u64, scale: f64, value: f64, step: f64) -> [Option<f64>; 2] {
    let share = |x: u64| real(x) / real(n);
    let mut sides = [0.0_f64; 2];
    // Counts that are further away are not shown so.
    let near = |percent: f64| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count, 0 to n")]
        let count = (percent.clamp(0.0, scale) / scale * real(n)) as u64;
        count
    };
    let [first, last] = [near(value - step / 1000.0), near(value + step / 1000.0) + 1];
    for x in (first..=last.min(n)).filter(|x| nearest_share(scale * share(*x), step) == value) {
        let Some(limits) = limits(method, x, n) else { continue };
        sides = [sides[0].max(share(x) - limits.lower), sides[1].max(limits.upper - share(x))];
    }
    sides.map(|side| whole(scale * side, step, END))
}

/// The interval that a method gives x of n units.
fn limits(method: &str, x: u64, n: u64) -> Option<ShareInterval> {
    match method {
        "wilson" => wilson::score(x, n, Level::P95).ok(),
        "korn-graubard" => clopper_pearson::equal_tailed(x, n, Level::P95).ok(),
        // Of curves; at 0 and 1 they have none of their own.
        _ => {
            let share = real(x) / real(n);
            let curve = log_log(share, (share * (1.0 - share) / real(n)).sqrt(), Level::P95);
            curve.or_else(|| wilson::score(x, n, Level::P95).ok())
        }
    }
}

/// A side of an interval in whole steps, rounded up, and as much more as the value shown may be off: so many steps.
fn whole(side: f64, step: f64, off: f64) -> Option<f64> {
    side.is_finite().then(|| multiple(libm::ceil(side * 1000.0 / step + off), step))
}

/// The band of a share, lower limit included, the last one closed.
pub(super) fn band_of(share: f64, bands: u64) -> u64 {
    (1..bands).rev().find(|band| share * real(bands) >= real(*band)).map_or(1, |band| band + 1)
}

/// The nearest multiple of a step in thousandths, half upwards.
fn nearest(value: f64, step: f64) -> f64 {
    multiple(libm::floor(value * 1000.0 / step + 0.5), step)
}

/// The part of a step that 0 and 100 % hold: as much as is left of the one and a half beside them.
const END: f64 = 0.75;

/// The nearest multiple for a percentage; 0 and 100 hold as much as their neighbours, or they would say of half as many more
/// that all are alike.
fn nearest_share(percent: f64, step: f64) -> f64 {
    let (times, most) = (percent * 1000.0 / step, 100_000.0 / step);
    let from_end = |times: f64| (times < 2.0 * END).then_some(if times < END { 0.0 } else { 1.0 });
    let steps = from_end(times).or_else(|| from_end(most - times).map(|steps| most - steps));
    steps.map_or_else(|| nearest(percent, step), |steps| multiple(steps, step))
}

/// So many steps. Thousandths are divided last, so that 23 tenths are 2.3; and minus zero is zero.
fn multiple(times: f64, step: f64) -> f64 {
    times * step / 1000.0 + 0.0
}
