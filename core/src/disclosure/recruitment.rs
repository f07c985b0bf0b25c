//! Figures of the region's own registers of recruitment and competence: what of them may be published.
//!
//! [`publish`] is the one way. It shows a figure by how many stand behind it, never by its value: by the number of units
//! (persons, positions, businesses), the number of employers, and the share of the largest of them. What is shown is coarse
//! enough that nobody can be read out of it by whoever knows all the others.
//!
//! | kind | shown |
//! |---|---|
//! | share of n | n < 10 nothing, < 20 thirds, < 50 fifths, else percent in steps worth five units |
//! | ratio of amounts | in steps worth five units |
//! | median of days | whole weeks |
//! | number | the nearest multiple of five |
//! | comparison of two groups | never |
//! | what others have published | as they did |
//!
//! A step of a funnel is 100 % less what fell out before it, as the share of that is shown.
//!
//! An interval is laid around the value as it is shown, its two sides rounded up to steps: were its ends rounded by themselves,
//! value and ends together would say more than each. Of a share its sides are those of the widest interval that any count with
//! that value has, so that they follow from the value and n alone. Either the figure for everybody is shown or those by field, never
//! both: what is left when the others are subtracted would be known. A demand, a supply and the gap between them are shown
//! together or, where the supply is hidden, the demand alone.

use super::{Family, Policy, SafeCube};
use crate::compare::{Interval, real};
use crate::cube::{About, Category, Cell, Cube, Dimension, Measure, Role, Status};
use crate::indicator::recruitment::{Behind, CATALOGUE, Entry, Figures, Kind, Shape};
use crate::interval::{Level, wilson};
use crate::text::Text;

/// The name of the policy in cubes.
pub const POLICY: &str = super::family::RECRUITMENT;

/// The group of everybody.
pub const ALL: &str = "all";

/// Which groups a release holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Groups {
    /// Everybody together.
    All,
    /// The fields, without a total.
    Fields,
}

/// The rules, as numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// So many units must stand behind a figure.
    pub min_units: u64,
    /// So many employers, where employers stand behind it.
    pub min_employers: u64,
    /// The largest employer may have at most so many percent of the units.
    pub dominance: u64,
    /// What figures show; a chart of gaps always shows fields.
    pub groups: Groups,
}

impl Default for Rules {
    fn default() -> Self {
        Self { min_units: 10, min_employers: 3, dominance: 75, groups: Groups::All }
    }
}

/// From this n on, a share is shown in percent; below it in bands.
const PERCENT_FROM: u64 = 50;

/// A step of rounding is worth at least so many units, and numbers are multiples of it.
const WORTH: u32 = 5;

/// Medians are in whole weeks: days in thousandths.
const WEEK: f64 = 7000.0;

impl Rules {
    /// Whether a figure with so many behind it may be shown at all.
    #[must_use]
    pub fn permit(&self, behind: &Behind) -> bool {
        let largest = behind.employers.values().max().copied().unwrap_or(0);
        let several = behind.employers.is_empty()
            || (behind.employers.len() as u64 >= self.min_employers && largest * 100 <= self.dominance * behind.units);
        behind.units >= self.min_units && several
    }
}

/// How a value is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Form {
    Hidden,
    /// Band of so many.
    Bands(u64),
    /// The nearest multiple of so many thousandths.
    Step(f64),
}

/// The form of a column's values with `n` units behind each; `percent` for ratios in percent.
fn form(kind: Kind, n: u64, percent: bool) -> Form {
    match kind {
        Kind::Share if n >= PERCENT_FROM => step(n, true),
        Kind::Share => match Policy::default().bands(n, "") {
            Some(bands) => Form::Bands(bands),
            None => Form::Hidden,
        },
        Kind::Days => Form::Step(WEEK),
        Kind::Count => Form::Step(f64::from(WORTH * 1000)),
        Kind::Ratio => step(n, percent),
        Kind::Comparison | Kind::Published => Form::Hidden,
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

/// The public cube of a figure: figure × period × area × group. `about` carries notice and dates.
#[must_use]
pub fn publish(id: &str, figures: &Figures, rules: &Rules, about: About) -> SafeCube {
    let fields = figures.shape == Shape::Gap || rules.groups == Groups::Fields;
    let has_all = figures.groups.iter().any(|group| group.code == ALL);
    let has_fields = figures.groups.iter().any(|group| group.code != ALL);
    let keep = |group: &Category| (group.code == ALL) != (fields && has_fields) || !has_all;
    let groups: Vec<usize> = (0..figures.groups.len()).filter(|group| keep(&figures.groups[*group])).collect();
    // A cube has one unit: that of the headline.
    let headline = figures.columns.first().map_or("", |column| figures.unit_of(column));
    let shown = |at: &usize| {
        let column = &figures.columns[*at];
        column.kind != Kind::Comparison && figures.unit_of(column) == headline
    };
    let columns: Vec<usize> = (0..figures.columns.len()).filter(shown).collect();
    let mut cells = Vec::new();
    for &column in &columns {
        for period in 0..figures.periods.len() {
            for area in 0..figures.areas.len() {
                for &group in &groups {
                    cells.push(cell(figures, [column, period, area, group], rules));
                }
            }
        }
    }
    let picked = |from: &[Category], at: &[usize]| at.iter().map(|at| from[*at].clone()).collect::<Vec<_>>();
    let names: Vec<Category> = figures.columns.iter().map(|column| column.category.clone()).collect();
    let about = About {
        base: figures.base.clone(),
        method: figures.method.clone(),
        sources: if figures.sources.is_empty() { about.sources } else { figures.sources.clone() },
        protection: protection(rules, fields && has_fields),
        policy: POLICY.into(),
        ..about
    };
    SafeCube::vouch(Cube {
        id: id.into(),
        title: figures.title.clone(),
        dimensions: dimensions(
            figures.shape,
            picked(&names, &columns),
            figures.periods.clone(),
            figures.areas.clone(),
            picked(&figures.groups, &groups),
        ),
        measures: measures(headline, figures.decimals),
        cells,
        about,
    })
}

/// The axes; the first one's id names the shape.
fn dimensions(
    shape: Shape,
    figure: Vec<Category>,
    period: Vec<Category>,
    area: Vec<Category>,
    group: Vec<Category>,
) -> Vec<Dimension> {
    let dimension = |id: &str, label: Text, role, categories| Dimension { id: id.into(), label, role, categories };
    vec![
        dimension(shape.axis(), Text::new("Tall", "Tal", "Figure"), Role::Other, figure),
        dimension("period", Text::new("Periode", "Periode", "Period"), Role::Time, period),
        dimension("area", Text::new("Område", "Område", "Area"), Role::Geo, area),
        dimension("group", Text::new("Felt", "Felt", "Field"), Role::Other, group),
    ]
}

fn measures(unit: &str, decimals: u8) -> Vec<Measure> {
    let measure = |id: &str, nb, nn, en, unit: &str, decimals| Measure {
        id: id.into(),
        label: Text::new(nb, nn, en),
        unit: unit.into(),
        decimals,
    };
    vec![
        measure("value", "verdi", "verdi", "value", unit, decimals),
        measure("lower", "fra", "frå", "from", unit, decimals),
        measure("upper", "til", "til", "to", unit, decimals),
        measure("band", "bånd", "band", "band", "band", 0),
        measure("bands", "antall bånd", "tal på band", "bands", "band", 0),
    ]
}

fn hidden() -> Cell {
    Cell { status: Status::Hidden, values: vec![None; 5] }
}

/// What is shown of one figure.
///
/// A step of a funnel is shown as 100 % less the share that fell out before it, as that share is shown: beside the share of
/// recruitments that failed it tells nothing more, where two roundings would meet in one count.
fn cell(figures: &Figures, at: [usize; 4], rules: &Rules) -> Cell {
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
    let scale = figures.scale_of(column);
    if let (Kind::Published, Ok(value)) = (column.kind, &entry.value) {
        return Cell { status: Status::Exact, values: vec![Some(scale * value), None, None, None, None] };
    }
    // A curve or a funnel is rounded alike all along, or it would rise where it falls.
    let along: Vec<&Entry> = match figures.shape {
        Shape::Curve | Shape::Funnel => {
            (0..figures.columns.len()).map(|column| figures.entry([column, at[1], at[2], at[3]])).collect()
        }
        _ => vec![entry],
    };
    let n = |entry: &Entry| entry.n.min(entry.behind.units);
    let smallest = along.into_iter().filter(|entry| rules.permit(&entry.behind)).map(n).min();
    let is_shown = |entry: &Entry| rules.permit(&entry.behind) && entry.value.is_ok();
    let of_column = |code: &str| {
        let column = figures.columns.iter().position(|column| column.category.code == code)?;
        Some(figures.entry([column, at[1], at[2], at[3]]))
    };
    if figures.shape == Shape::Gap && column.category.code == "gap" {
        let parts = ["demand", "supply"].map(of_column);
        if !parts.iter().all(|part| part.is_some_and(is_shown)) {
            return hidden();
        }
    }
    let (true, Some(smallest), Ok(value)) = (is_shown(entry), smallest, &entry.value) else { return hidden() };
    let shown = match form(column.kind, smallest, scale > 1.0) {
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
    let gap = figures.shape == Shape::Gap && column.category.code == "gap";
    // Demand less supply, as both are shown: else the two roundings together would say more than each.
    let part =
        |code: &str| of_column(code).and_then(|entry| entry.value.as_ref().ok().map(|value| nearest(*value, shown)));
    let value = match (gap, part("demand"), part("supply")) {
        (true, Some(demand), Some(supply)) => demand - supply,
        _ => nearest(scale * value, shown),
    };
    let [below, above] = sides(entry, scale, value, shown, if gap { 1.0 } else { 0.5 });
    // A share has no end outside 0 and 100.
    let limit = |end: f64| if column.kind == Kind::Share { end.clamp(0.0, 100.0) } else { end };
    let ends = [below.map(|side| limit(value - side)), above.map(|side| limit(value + side))];
    Cell { status: Status::Exact, values: vec![Some(value), ends[0], ends[1], None, None] }
}

/// How far an interval reaches below and above a value as it is shown, in whole steps: as far as it does from the value as it
/// is, and as much more as the two may be apart: so many steps.
fn sides(entry: &Entry, scale: f64, value: f64, step: f64, apart: f64) -> [Option<f64>; 2] {
    let Some(interval) = entry.interval else { return [None, None] };
    let exact = entry.value.as_ref().copied().unwrap_or_default();
    let mut sides = [exact - interval.lower, interval.upper - exact];
    // Value and both ends of Wilson's interval follow from x and n.
    if let (Some(_), "wilson") = (entry.x, entry.method) {
        let share = |x: u64| real(x) / real(entry.n);
        let alike = (0..=entry.n).filter(|x| nearest(scale * share(*x), step) == value);
        for (x, limits) in alike.filter_map(|x| Some((x, wilson::score(x, entry.n, Level::P95).ok()?))) {
            sides = [sides[0].max(share(x) - limits.lower), sides[1].max(limits.upper - share(x))];
        }
    }
    sides.map(|side| side.is_finite().then(|| multiple(libm::ceil(scale * side * 1000.0 / step + apart), step)))
}

/// The band of a share, lower limit included, the last one closed.
fn band_of(share: f64, bands: u64) -> u64 {
    (1..bands).rev().find(|band| share * real(bands) >= real(*band)).map_or(1, |band| band + 1)
}

/// The nearest multiple of a step in thousandths, half upwards.
fn nearest(value: f64, step: f64) -> f64 {
    multiple(libm::floor(value * 1000.0 / step + 0.5), step)
}

/// So many steps. Thousandths are divided last, so that 23 tenths are 2.3; and minus zero is zero.
fn multiple(times: f64, step: f64) -> f64 {
    times * step / 1000.0 + 0.0
}

/// Whether a cube is of the registers of recruitment.
#[must_use]
pub fn is_recruitment(cube: &Cube) -> bool {
    cube.about.policy == POLICY
}

/// Whether a cube that was read back has the form that [`publish`] makes: its axes, its measures, multiples of steps or bands,
/// and nothing beside the mark of what is hidden.
#[must_use]
pub fn is_sound(cube: &Cube) -> bool {
    let unit = cube.measures.first().map_or(("", 0), |measure| (measure.unit.as_str(), measure.decimals));
    let groups = cube.dimensions.last().map(|axis| axis.categories.as_slice()).unwrap_or_default();
    let either = groups.len() == 1 || groups.iter().all(|group| group.code != ALL);
    let fits = |cell: &Cell| match (cell.status, cell.values.as_slice()) {
        (Status::Band, [.., Some(band), Some(bands)]) => {
            (*bands == 3.0 || *bands == 5.0) && libm::floor(*band) == *band
        }
        (status, _) => matches!(status, Status::Exact | Status::Hidden),
    };
    let is_ours = CATALOGUE.iter().any(|one| one.id == cube.id);
    is_recruitment(cube)
        && is_ours
        && either
        && Family::is_sound(cube)
        && cube.measures == measures(unit.0, unit.1)
        && cube.cells.iter().all(fits)
}

fn protection(rules: &Rules, fields: bool) -> Text {
    let Rules { min_units, min_employers, dominance, .. } = rules;
    let which = if fields {
        ("Felt vises uten sum", "Felt blir viste utan sum", "Fields are shown without a total")
    } else {
        ("Bare tallet for alle vises", "Berre talet for alle blir vist", "Only the figure for everybody is shown")
    };
    Text::new(
        &format!(
            "Et tall vises bare når minst {min_units} står bak, fra minst {min_employers} arbeidsgivere, den største med høyst \
             {dominance} %. Andeler av færre enn 50 vises i tredeler eller femdeler; ellers er tall rundet av til trinn som er \
             verdt minst fem, og mediantider til hele uker. {}.",
            which.0
        ),
        &format!(
            "Eit tal blir vist berre når minst {min_units} står bak, frå minst {min_employers} arbeidsgivarar, den største med \
             høgst {dominance} %. Delar av færre enn 50 blir viste i tredelar eller femdelar; elles er tal runda av til trinn \
             som er verde minst fem, og mediantider til heile veker. {}.",
            which.1
        ),
        &format!(
            "A figure is shown only with at least {min_units} behind it, from at least {min_employers} employers, the largest \
             with at most {dominance}%. Shares of fewer than 50 are shown in thirds or fifths; other figures are rounded to \
             steps worth at least five, and median times to whole weeks. {}.",
            which.2
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::recruitment::{Column, NoFigure};

    fn category(code: &str) -> Category {
        Category { code: code.into(), label: Text::same(code) }
    }

    /// So many units of each employer.
    fn behind(employers: &[u64]) -> Behind {
        let mut behind = Behind::default();
        employers.iter().zip(0..).for_each(|(units, employer)| behind.add(Some(employer), *units));
        behind
    }

    fn entry(value: f64, ends: (f64, f64), n: u64, employers: &[u64]) -> Entry {
        let interval = Some(Interval { lower: ends.0, upper: ends.1 });
        let behind = behind(employers);
        Entry { value: Ok(value), interval, method: "wilson", n, x: None, behind, notes: Vec::new() }
    }

    fn share(x: u64, n: u64) -> Entry {
        let spread = [n / 3, n / 3, n - 2 * (n / 3)];
        Entry { x: Some(x), ..entry(real(x) / real(n), (0.101, 0.909), n, &spread) }
    }

    /// One period and area; by column, then group.
    fn figures(shape: Shape, columns: &[(&str, Kind)], groups: &[&str], entries: Vec<Entry>) -> Figures {
        let column = |(code, kind): &(&str, Kind)| Column { category: category(code), kind: *kind };
        Figures {
            title: Text::same("title"),
            base: Text::default(),
            method: Text::default(),
            unit: if columns[0].1 == Kind::Share { "percent" } else { "persons" },
            decimals: 0,
            shape,
            columns: columns.iter().map(column).collect(),
            periods: vec![category("2026")],
            areas: vec![category("indre-namdal")],
            groups: groups.iter().map(|group| category(group)).collect(),
            entries,
            sources: Vec::new(),
            sentences: Vec::new(),
        }
    }

    fn one(kind: Kind, entry: Entry) -> (Status, Vec<Option<f64>>) {
        let cube = publish(
            "id",
            &figures(Shape::Bars, &[("a", kind)], &["all"], vec![entry]),
            &Rules::default(),
            About::default(),
        );
        (cube.cells[0].status, cube.cells[0].values[..3].to_vec())
    }

    #[test]
    fn one_employer_or_one_vacancy_is_hidden() {
        for (employers, shown) in [
            (&[1][..], false),
            (&[40], false),
            (&[20, 20], false),
            (&[3, 3, 3], false),
            (&[4, 3, 3], true),
            // 31 of 41 are 75.6 percent; 30 of 40 are 75.
            (&[31, 5, 5], false),
            (&[30, 5, 5], true),
        ] {
            let n = employers.iter().sum();
            let status = one(Kind::Count, entry(20.0, (10.0, 30.0), n, employers)).0;
            assert_eq!(status == Status::Exact, shown, "{employers:?}");
        }
        // Nobody's employer stands behind the CV base.
        let mut people = Behind::default();
        people.add(None, 10);
        assert!(Rules::default().permit(&people));
    }

    #[test]
    fn values_are_as_coarse_as_five_units() {
        let three = [100, 100, 100];
        let values = |kind, value, ends, n, employers: &[u64]| one(kind, entry(value, ends, n, employers)).1;
        assert_eq!(values(Kind::Count, 17.4, (11.0, 23.0), 300, &three), [Some(15.0), Some(5.0), Some(25.0)]);
        assert_eq!(values(Kind::Days, 45.0, (30.0, 61.0), 300, &three), [Some(42.0), Some(21.0), Some(63.0)]);
        // Five of 300 applications are 0.017 of each of 300 positions: a tenth is the finest; of 12 positions it is a half.
        assert_eq!(values(Kind::Ratio, 2.34, (2.0, 2.6), 300, &three)[0], Some(2.3));
        assert_eq!(values(Kind::Ratio, 2.34, (2.1, 2.6), 12, &[4, 4, 4]), [Some(2.5), Some(2.0), Some(3.5)]);
        // Five of 300 are 1.7 percent: steps of 2. Of 60 they are 8.3: steps of 10.
        assert_eq!(values(Kind::Share, 0.333, (0.28, 0.39), 300, &three), [Some(34.0), Some(26.0), Some(42.0)]);
        assert_eq!(values(Kind::Share, 0.04, (0.0, 0.13), 60, &[20, 20, 20]), [Some(0.0), Some(0.0), Some(20.0)]);
    }

    #[test]
    fn an_interval_tells_no_more_than_its_value() {
        for n in [50, 61, 137, 500] {
            let mut shown = std::collections::BTreeMap::new();
            for x in 0..=n {
                let limits = wilson::score(x, n, Level::P95).unwrap();
                let third = n / 3;
                let ends = (limits.lower, limits.upper);
                let of_x = Entry { x: Some(x), ..entry(real(x) / real(n), ends, n, &[third, third, n - 2 * third]) };
                let cell = one(Kind::Share, of_x).1;
                let [value, lower, upper] = [0, 1, 2].map(|at| cell[at].unwrap());
                assert!(lower <= 100.0 * limits.lower && 100.0 * limits.upper <= upper, "{x} of {n}: {cell:?}");
                assert_eq!(shown.entry(format!("{value}")).or_insert(ends_of(lower, upper)), &ends_of(lower, upper));
            }
        }
    }

    fn ends_of(lower: f64, upper: f64) -> String {
        format!("{lower} to {upper}")
    }

    #[test]
    fn shares_of_few_are_in_bands() {
        let band = |x, n| {
            let cube = publish(
                "id",
                &figures(Shape::Bars, &[("a", Kind::Share)], &["all"], vec![share(x, n)]),
                &Rules::default(),
                About::default(),
            );
            (cube.cells[0].status, cube.cells[0].values.clone())
        };
        let (shown, hidden) = (|band, of| vec![None, None, None, Some(band), Some(of)], vec![None; 5]);
        assert_eq!(band(4, 9), (Status::Hidden, hidden));
        assert_eq!(band(4, 12), (Status::Band, shown(2.0, 3.0)));
        assert_eq!(band(12, 12), (Status::Band, shown(3.0, 3.0)));
        assert_eq!(band(0, 30), (Status::Band, shown(1.0, 5.0)));
        assert_eq!(band_of(0.2, 5), 2);
        assert_eq!(band_of(1.0, 5), 5);
    }

    #[test]
    fn everybody_or_the_fields() {
        let entries = || ["all", "health", "teaching"].map(|_| share(40, 60)).to_vec();
        let figures = figures(Shape::Bars, &[("a", Kind::Share)], &["all", "health", "teaching"], entries());
        let groups = |groups| {
            let cube = publish("id", &figures, &Rules { groups, ..Rules::default() }, About::default());
            cube.dimensions[3].categories.iter().map(|group| group.code.clone()).collect::<Vec<_>>()
        };
        assert_eq!(groups(Groups::All), ["all"]);
        assert_eq!(groups(Groups::Fields), ["health", "teaching"]);
    }

    #[test]
    fn a_gap_is_the_difference_of_what_is_shown() {
        let count = |value: f64, n| entry(value, (value - 6.0, value + 6.0), n, &[n / 3, n / 3, n - 2 * (n / 3)]);
        let columns = [("demand", Kind::Count), ("supply", Kind::Count), ("gap", Kind::Count)];
        let entries =
            vec![count(32.6, 90), count(32.6, 90), count(12.6, 30), count(3.0, 6), count(20.0, 90), count(29.6, 90)];
        let cube = publish(
            "gap",
            &figures(Shape::Gap, &columns, &["health", "teaching"], entries),
            &Rules::default(),
            About::default(),
        );
        let values: Vec<_> = cube.cells.iter().map(|cell| cell.values[0]).collect();
        assert_eq!(values, [Some(35.0), Some(35.0), Some(15.0), None, Some(20.0), None]);
        // Six persons are two steps, and one more for the two that were rounded.
        assert_eq!(cube.cells[4].values[1..3], [Some(5.0), Some(35.0)]);
        assert_eq!(cube.dimensions[0].id, "figure_gap");
    }

    #[test]
    fn a_curve_is_rounded_alike_all_along() {
        let columns = [("m0", Kind::Share), ("m12", Kind::Share), ("m24", Kind::Share), ("m36", Kind::Share)];
        let at = |value, n: u64| entry(value, (value - 0.05, value + 0.05), n, &[n / 3, n / 3, n - 2 * (n / 3)]);
        let entries = vec![at(1.0, 300), at(0.83, 150), at(0.78, 60), at(0.5, 6)];
        let cube =
            publish("id", &figures(Shape::Curve, &columns, &["all"], entries), &Rules::default(), About::default());
        let values: Vec<_> = cube.cells.iter().map(|cell| cell.values[0]).collect();
        assert_eq!(values, [Some(100.0), Some(80.0), Some(80.0), None]);
    }

    #[test]
    fn a_step_of_a_funnel_tells_no_more_than_those_who_fell_out() {
        let columns = [("advertised", Kind::Share), ("application", Kind::Share), ("accepted", Kind::Share)];
        for n in [9, 12, 30, 50, 61, 137, 300, 500] {
            for x in 0..=n {
                let of = |x: u64| {
                    let limits = wilson::score(x, n, Level::P95).unwrap();
                    Entry { interval: Some(limits.into()), ..share(x, n) }
                };
                // One got an application and nobody.
                let steps = vec![Entry { interval: None, ..of(n) }, of((x + 1).min(n)), of(x)];
                let cube = publish(
                    "id",
                    &figures(Shape::Funnel, &columns, &["all"], steps),
                    &Rules::default(),
                    About::default(),
                );
                let failed = publish(
                    "id",
                    &figures(Shape::Bars, &[("failed", Kind::Share)], &["all"], vec![of(n - x)]),
                    &Rules::default(),
                    About::default(),
                );
                let (accepted, failed) = (&cube.cells[2], &failed.cells[0]);
                assert_eq!(accepted.status, failed.status, "{x} of {n}");
                let sum = |a: usize, b: usize| accepted.values[a].zip(failed.values[b]).map(|(a, b)| a + b);
                let whole = accepted.values[0].map(|_| 100.0);
                assert_eq!([sum(0, 0), sum(1, 2), sum(2, 1)], [whole; 3], "{x} of {n}");
                assert_eq!(sum(3, 3), accepted.values[4].map(|bands| bands + 1.0), "{x} of {n}");
                if whole.is_some() {
                    let limits = of(x).interval.unwrap();
                    let [lower, upper] = [1, 2].map(|at| accepted.values[at].unwrap());
                    assert!(
                        lower <= 100.0 * limits.lower && 100.0 * limits.upper <= upper,
                        "{x} of {n}: {lower} {upper}"
                    );
                }
                // Never more at a later step, and the first one is all of them.
                assert_eq!(cube.cells[0].values[..3], [(n >= 10).then_some(100.0), None, None]);
                let steps: Vec<_> = cube.cells.iter().skip(1).map(|cell| cell.values[0].or(cell.values[3])).collect();
                assert!(steps.windows(2).all(|pair| pair[1] <= pair[0]), "{x} of {n}: {steps:?}");
            }
        }
    }

    #[test]
    fn comparisons_stay_inside() {
        let columns = [("share", Kind::Share), ("odds_ratio", Kind::Comparison), ("nation", Kind::Published)];
        let published = Entry { value: Ok(0.62), ..entry(0.0, (0.0, 0.0), 0, &[]) };
        let entries = vec![share(40, 60), share(40, 60), published];
        let cube =
            publish("id", &figures(Shape::Bars, &columns, &["all"], entries), &Rules::default(), About::default());
        let shown: Vec<_> = cube.dimensions[0].categories.iter().map(|one| one.code.as_str()).collect();
        assert_eq!(shown, ["share", "nation"]);
        assert_eq!(cube.cells[1].values[0], Some(62.0));
        // What does not exist is marked as what is hidden.
        let nobody = NoFigure { code: "nobody", words: Text::default() };
        let none = Entry { value: Err(nobody), ..share(40, 60) };
        assert_eq!(one(Kind::Days, none).0, Status::Hidden);
    }
}
