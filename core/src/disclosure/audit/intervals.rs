//! Between which counts a hidden cell must lie, from all that is known.

use super::Contradiction;
use crate::disclosure::tables::{CellId, Margin};
use microlp::{ComparisonOp, OptimizationDirection, Problem};
use std::collections::{BTreeMap, BTreeSet};

/// Something else than a margin that is known: a sum of cells, each so many times, lies between two limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Cells and how often each counts.
    pub terms: Vec<(CellId, i64)>,
    /// The sum is not below this.
    pub at_least: Option<i64>,
    /// The sum is not above this.
    pub at_most: Option<i64>,
}

/// All that an attacker knows.
#[derive(Clone, Debug, Default)]
pub struct Known<'a> {
    /// Sums that hold.
    pub margins: &'a [Margin],
    /// What else is known.
    pub facts: &'a [Fact],
    /// By cell the count, where it is published.
    pub values: &'a [Option<u64>],
    /// By cell the smallest count that it may have.
    pub lowest: &'a [u64],
    /// By cell the largest, where one is known.
    pub highest: &'a [Option<u64>],
}

/// The counts that a cell may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// The smallest.
    pub lower: u64,
    /// The largest; none when there is no limit.
    pub upper: Option<u64>,
    /// Whether it is what follows from everything together. Otherwise the cell hangs together with too many others, and
    /// the interval is what follows from one margin after the other: an attacker may know more.
    pub is_tight: bool,
}

impl Interval {
    /// Whether there is one count only.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.upper == Some(self.lower)
    }
}

/// The most unknown cells of one part that are solved together.
const LIMIT: usize = 500;

/// By cell between which counts it must lie; what is published is itself.
///
/// First from one margin after the other, in whole people, until nothing moves; then, for each part of the tables that
/// hangs together, by linear programming from all of it at once, the limits rounded inward to whole people until they no
/// longer move. Where then only one table of whole people is known, whole tables are looked for.
///
/// # Errors
///
/// [`Contradiction`] when no counts fit.
pub fn intervals(known: &Known<'_>) -> Result<Vec<Interval>, Contradiction> {
    some_intervals(known, Asked { seen: &[], cells: &[], others: true })
}

/// Of which cells the intervals are asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'a> {
    /// By cell, the smallest and the largest count in tables that fit everything, as far as they are known.
    pub(super) seen: &'a [(u64, u64)],
    /// Cells whose limits are looked for however many others they hang together with.
    pub(super) cells: &'a [CellId],
    /// Whether all others are asked for as well.
    pub(super) others: bool,
}

/// As [`intervals`]; cells that are not asked for have what follows from one margin after the other.
pub(super) fn some_intervals(known: &Known<'_>, asked: Asked<'_>) -> Result<Vec<Interval>, Contradiction> {
    let mut limits = Limits::new(known)?;
    let rows = limits.rows(known);
    limits.tighten(&rows)?;
    let mut result: Vec<Interval> = limits.0.iter().map(|limit| limit.interval(true)).collect();
    for part in parts(&rows, &limits) {
        let is_tight = asked.others && part.cells.len() <= LIMIT;
        if is_tight {
            part.solve(&rows, &mut limits, asked.seen)?;
        } else {
            for cell in asked.cells {
                if let Ok(place) = part.cells.binary_search(&(*cell as usize)) {
                    part.solve_one(&rows, &mut limits, place)?;
                }
            }
        }
        for cell in &part.cells {
            result[*cell] = limits.0[*cell].interval(is_tight);
        }
    }
    Ok(result)
}

/// A sum of cells between two limits.
#[derive(Clone, Debug)]
struct Row {
    terms: Vec<(usize, i64)>,
    least: i64,
    most: i64,
}

/// What stands for no limit.
const FAR: i64 = 1 << 50;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Limit {
    low: i64,
    high: i64,
}

impl Limit {
    fn interval(self, is_tight: bool) -> Interval {
        let upper = (self.high < FAR).then(|| u64::try_from(self.high).unwrap_or_default());
        Interval { lower: u64::try_from(self.low).unwrap_or_default(), upper, is_tight }
    }
}

struct Limits(Vec<Limit>);

impl Limits {
    fn new(known: &Known<'_>) -> Result<Self, Contradiction> {
        let signed = |count: u64| i64::try_from(count).unwrap_or(FAR).min(FAR);
        let limit = |cell: usize| {
            let low = known.lowest.get(cell).copied().map_or(0, signed);
            let high = known.highest.get(cell).copied().flatten().map_or(FAR, signed);
            match known.values[cell] {
                Some(value) => Limit { low: signed(value), high: signed(value) },
                None => Limit { low, high },
            }
        };
        let limits: Vec<Limit> = (0..known.values.len()).map(limit).collect();
        match limits.iter().position(|limit| limit.low > limit.high) {
            Some(cell) => Err(Contradiction { cell: CellId::try_from(cell).unwrap_or(CellId::MAX) }),
            None => Ok(Self(limits)),
        }
    }

    fn is_open(&self, cell: usize) -> bool {
        self.0[cell].low < self.0[cell].high
    }

    fn rows(&self, known: &Known<'_>) -> Vec<Row> {
        let margins = known.margins.iter().map(|margin| {
            let parts = margin.parts.iter().map(|part| (*part as usize, 1));
            Row { terms: parts.chain([(margin.total as usize, -1)]).collect(), least: 0, most: 0 }
        });
        let facts = known.facts.iter().map(|fact| Row {
            terms: fact.terms.iter().map(|(cell, times)| (*cell as usize, *times)).collect(),
            least: fact.at_least.unwrap_or(-FAR),
            most: fact.at_most.unwrap_or(FAR),
        });
        margins.chain(facts).filter(|row| row.terms.iter().any(|(cell, _)| self.is_open(*cell))).collect()
    }

    /// Each limit from the others in its rows, until nothing moves.
    fn tighten(&mut self, rows: &[Row]) -> Result<(), Contradiction> {
        let mut of_cell: Vec<Vec<u32>> = vec![Vec::new(); self.0.len()];
        for (number, row) in (0..).zip(rows) {
            row.terms.iter().for_each(|(cell, _)| of_cell[*cell].push(number));
        }
        let mut waiting: BTreeSet<u32> = (0..).take(rows.len()).collect();
        // Limits that creep by one could go on for long: what they would still give is left to the solver.
        let mut left = 200 * rows.len();
        while let Some(number) = waiting.pop_first() {
            if left == 0 {
                break;
            }
            left -= 1;
            let row = &rows[number as usize];
            // By term what it is at least and at most.
            let end = |bound: i64, times: i64| times.saturating_mul(bound).clamp(-FAR, FAR);
            let ends = row.terms.iter().map(|(cell, times)| {
                let Limit { low, high } = self.0[*cell];
                if *times > 0 { [end(low, *times), end(high, *times)] } else { [end(high, *times), end(low, *times)] }
            });
            let ends: Vec<[i64; 2]> = ends.collect();
            let is_far = |end: i64| end.abs() >= FAR;
            let open = [0, 1].map(|side| ends.iter().filter(|ends| is_far(ends[side])).count());
            let sums = [0, 1].map(|side| ends.iter().map(|ends| ends[side]).filter(|end| !is_far(*end)).sum::<i64>());
            let mut moved = Vec::new();
            for ((cell, times), own) in row.terms.iter().zip(&ends) {
                // What the others are at least, or at most, together; nothing when one of them has no limit.
                let others = |side: usize| {
                    let rest = open[side] - usize::from(is_far(own[side]));
                    (rest == 0).then(|| sums[side] - if is_far(own[side]) { 0 } else { own[side] })
                };
                let most = others(0).filter(|_| row.most < FAR).map(|others| row.most - others);
                let least = others(1).filter(|_| row.least > -FAR).map(|others| row.least - others);
                let (low, high) = if *times > 0 { (least, most) } else { (most, least) };
                let limit = &mut self.0[*cell];
                let before = *limit;
                if let Some(low) = low {
                    limit.low = limit.low.max(up(low, *times));
                }
                if let Some(high) = high {
                    limit.high = limit.high.min(down(high, *times));
                }
                if limit.low > limit.high {
                    return Err(Contradiction { cell: CellId::try_from(*cell).unwrap_or(CellId::MAX) });
                }
                if *limit != before {
                    moved.push(*cell);
                    // The sums above are of the limits as they were: the row is looked at again.
                    break;
                }
            }
            for cell in moved {
                waiting.extend(&of_cell[cell]);
            }
        }
        Ok(())
    }
}

/// The largest whole number not above a / b.
fn down(a: i64, b: i64) -> i64 {
    if b < 0 { (-a).div_euclid(-b) } else { a.div_euclid(b) }
}

/// The smallest whole number not below a / b.
fn up(a: i64, b: i64) -> i64 {
    -down(-a, b)
}

/// Unknown cells that hang together, and the rows that they are in.
struct Part {
    cells: Vec<usize>,
    rows: Vec<usize>,
}

fn parts(rows: &[Row], limits: &Limits) -> Vec<Part> {
    let mut root: Vec<usize> = (0..limits.0.len()).collect();
    fn find(root: &mut [usize], mut cell: usize) -> usize {
        while root[cell] != cell {
            root[cell] = root[root[cell]];
            cell = root[cell];
        }
        cell
    }
    let open = |row: &Row| -> Vec<usize> {
        row.terms.iter().map(|(cell, _)| *cell).filter(|cell| limits.is_open(*cell)).collect()
    };
    for row in rows {
        let cells = open(row);
        for cell in cells.iter().skip(1) {
            let (a, b) = (find(&mut root, cells[0]), find(&mut root, *cell));
            root[a.max(b)] = a.min(b);
        }
    }
    let mut by_root: BTreeMap<usize, Part> = BTreeMap::new();
    for cell in (0..limits.0.len()).filter(|cell| limits.is_open(*cell)) {
        let part = by_root.entry(find(&mut root, cell)).or_insert_with(|| Part { cells: Vec::new(), rows: Vec::new() });
        part.cells.push(cell);
    }
    for (number, row) in rows.iter().enumerate() {
        if let Some(cell) = open(row).first()
            && let Some(part) = by_root.get_mut(&find(&mut root, *cell))
        {
            part.rows.push(number);
        }
    }
    by_root.into_values().collect()
}

enum Answer {
    /// The best value, and all cells where people come whole in it.
    Best(f64, Option<Vec<i64>>),
    Unbounded,
    Nothing,
    /// The solver gave up.
    Unknown,
}

impl Part {
    /// The limits of one cell from everything at once.
    fn solve_one(&self, rows: &[Row], limits: &mut Limits, place: usize) -> Result<(), Contradiction> {
        let mut seen: Vec<Option<(i64, i64)>> = vec![None; self.cells.len()];
        for whole in [false, true] {
            if !whole || (seen[place].is_none_or(|(low, high)| low == high) && self.cells.len() <= LIMIT) {
                for largest in [false, true] {
                    self.push(rows, limits, &mut seen, place, largest, whole)?;
                }
            }
        }
        Ok(())
    }

    fn solve(&self, rows: &[Row], limits: &mut Limits, known: &[(u64, u64)]) -> Result<(), Contradiction> {
        // By place among the cells, the smallest and the largest count seen in tables of whole people.
        let signed = |count: u64| i64::try_from(count).unwrap_or(FAR);
        let known = |cell: &usize| known.get(*cell).map(|(low, high)| (signed(*low), signed(*high)));
        let mut seen: Vec<Option<(i64, i64)>> = self.cells.iter().map(known).collect();
        loop {
            let before = limits.0.clone();
            for place in 0..self.cells.len() {
                for largest in [false, true] {
                    self.push(rows, limits, &mut seen, place, largest, false)?;
                }
            }
            if limits.0 == before {
                break;
            }
            limits.tighten(&self.rows.iter().map(|row| rows[*row].clone()).collect::<Vec<_>>())?;
        }
        for place in 0..self.cells.len() {
            let alone = seen[place].is_none_or(|(low, high)| low == high);
            if alone && limits.is_open(self.cells[place]) {
                for largest in [false, true] {
                    self.push(rows, limits, &mut seen, place, largest, true)?;
                }
            }
        }
        Ok(())
    }

    /// Moves one limit of a cell inward as far as it goes.
    fn push(
        &self,
        rows: &[Row],
        limits: &mut Limits,
        seen: &mut [Option<(i64, i64)>],
        place: usize,
        largest: bool,
        whole: bool,
    ) -> Result<(), Contradiction> {
        let cell = self.cells[place];
        let limit = limits.0[cell];
        let reached =
            seen[place].is_some_and(|(low, high)| if largest { high == limit.high } else { low == limit.low });
        if reached || limit.low == limit.high {
            return Ok(());
        }
        match self.ask(rows, limits, place, largest, whole) {
            Answer::Best(value, table) => {
                let table = table.filter(|table| self.fits(rows, limits, table));
                for (seen, value) in seen.iter_mut().zip(table.iter().flatten()) {
                    let (low, high) = seen.unwrap_or((*value, *value));
                    *seen = Some((low.min(*value), high.max(*value)));
                }
                #[allow(clippy::cast_possible_truncation, reason = "numbers of people")]
                if largest {
                    limits.0[cell].high = limit.high.min((value + TOLERANCE).floor() as i64);
                } else {
                    limits.0[cell].low = limit.low.max((value - TOLERANCE).ceil() as i64);
                }
                if limits.0[cell].low > limits.0[cell].high {
                    return Err(Contradiction { cell: CellId::try_from(cell).unwrap_or(CellId::MAX) });
                }
                Ok(())
            }
            Answer::Nothing => Err(Contradiction { cell: CellId::try_from(cell).unwrap_or(CellId::MAX) }),
            Answer::Unbounded | Answer::Unknown => Ok(()),
        }
    }

    #[allow(clippy::cast_precision_loss, reason = "numbers of people")]
    fn ask(&self, rows: &[Row], limits: &Limits, place: usize, largest: bool, whole: bool) -> Answer {
        let direction = if largest { OptimizationDirection::Maximize } else { OptimizationDirection::Minimize };
        if whole && self.cells.iter().any(|cell| limits.0[*cell].low >= i64::from(WHOLE)) {
            return Answer::Unknown;
        }
        let mut problem = Problem::new(direction);
        let variables: Vec<_> = (0..self.cells.len())
            .map(|other| {
                let Limit { low, high } = limits.0[self.cells[other]];
                let cost = if other == place { 1.0 } else { 0.0 };
                if whole {
                    let cut = |end: i64| i32::try_from(end).unwrap_or(WHOLE).min(WHOLE);
                    problem.add_integer_var(cost, (cut(low), cut(high)))
                } else {
                    problem.add_var(cost, (low as f64, if high < FAR { high as f64 } else { f64::INFINITY }))
                }
            })
            .collect();
        for row in self.rows.iter().map(|row| &rows[*row]) {
            let mut terms = Vec::new();
            let mut known = 0;
            for (cell, times) in &row.terms {
                match self.cells.binary_search(cell) {
                    Ok(place) => terms.push((variables[place], *times as f64)),
                    Err(_) => known += times * limits.0[*cell].low,
                }
            }
            if row.least == row.most {
                problem.add_constraint(&terms, ComparisonOp::Eq, (row.least - known) as f64);
                continue;
            }
            if row.least > -FAR {
                problem.add_constraint(&terms, ComparisonOp::Ge, (row.least - known) as f64);
            }
            if row.most < FAR {
                problem.add_constraint(&terms, ComparisonOp::Le, (row.most - known) as f64);
            }
        }
        match problem.solve().map(microlp::SolveOutcome::into_solution) {
            Ok(Ok(solution)) if whole && largest && solution.objective() > f64::from(WHOLE - 1) => Answer::Unbounded,
            Ok(Ok(solution)) => {
                let values: Vec<f64> = variables.iter().map(|variable| solution.var_value(*variable)).collect();
                let is_whole = values.iter().all(|value| (value - value.round()).abs() < TOLERANCE);
                #[allow(clippy::cast_possible_truncation, reason = "numbers of people")]
                let table = is_whole.then(|| values.iter().map(|value| value.round() as i64).collect());
                Answer::Best(solution.objective(), table)
            }
            Err(microlp::Error::Unbounded) => Answer::Unbounded,
            Err(microlp::Error::Infeasible) => Answer::Nothing,
            _ => Answer::Unknown,
        }
    }

    /// Whether a table of whole people fits all that is known: in whole numbers, whatever the solver said.
    fn fits(&self, rows: &[Row], limits: &Limits, table: &[i64]) -> bool {
        let inside = |(cell, value): (&usize, &i64)| (limits.0[*cell].low..=limits.0[*cell].high).contains(value);
        let value =
            |cell: &usize| self.cells.binary_search(cell).map_or_else(|_| limits.0[*cell].low, |place| table[place]);
        self.cells.iter().zip(table).all(inside)
            && self.rows.iter().map(|row| &rows[*row]).all(|row| {
                let sum: i64 = row.terms.iter().map(|(cell, times)| times * value(cell)).sum();
                (row.least..=row.most).contains(&sum)
            })
    }
}

/// Within which a solver's number is a whole one.
const TOLERANCE: f64 = 1e-6;
/// More people than a solver is asked about where they come whole.
const WHOLE: i32 = i32::MAX / 2;

#[cfg(test)]
mod tests {
    use super::*;

    fn margin(total: CellId, parts: &[CellId]) -> Margin {
        Margin { total, parts: parts.to_vec(), spare: false }
    }

    fn ends(known: &Known<'_>) -> Vec<(u64, Option<u64>)> {
        intervals(known).unwrap().iter().map(|interval| (interval.lower, interval.upper)).collect()
    }

    /// a + b = 7, b + c = 5, a + c = 6: no margin with one unknown, and yet 4, 3 and 2.
    #[test]
    fn by_equations() {
        let margins = [margin(3, &[0, 1]), margin(4, &[1, 2]), margin(5, &[0, 2])];
        let values = [None, None, None, Some(7), Some(5), Some(6)];
        let known = Known { margins: &margins, values: &values, ..Known::default() };
        assert_eq!(ends(&known)[..3], [(4, Some(4)), (3, Some(3)), (2, Some(2))]);
    }

    /// Two hidden cells of 2, where zeros are published: one each.
    #[test]
    fn by_the_zero_convention() {
        let margins = [margin(2, &[0, 1])];
        let values = [None, None, Some(2)];
        let known = Known { margins: &margins, values: &values, lowest: &[1, 1, 0], ..Known::default() };
        assert_eq!(ends(&known)[..2], [(1, Some(1)), (1, Some(1))]);
        let open = Known { lowest: &[], ..known };
        assert_eq!(ends(&open)[..2], [(0, Some(2)), (0, Some(2))]);
    }

    #[test]
    fn without_a_limit() {
        let known = Known { values: &[None, None], margins: &[margin(0, &[1])], ..Known::default() };
        assert_eq!(ends(&known), [(0, None), (0, None)]);
    }

    /// 42.9 % of somebody between 3 and 30: 3 of 7 up to 12 of 28.
    #[test]
    fn from_a_percentage() {
        // 42.85 n <= 100 x < 42.95 n, in hundredths.
        let facts = [
            Fact { terms: vec![(0, 10_000), (1, -4_285)], at_least: Some(0), at_most: None },
            Fact { terms: vec![(0, 10_000), (1, -4_295)], at_least: None, at_most: Some(-1) },
        ];
        let known = Known {
            facts: &facts,
            values: &[None, None],
            lowest: &[0, 3],
            highest: &[None, Some(30)],
            ..Known::default()
        };
        assert_eq!(ends(&known)[0], (3, Some(12)), "2 would be 42.9 % of no whole number");
    }

    #[test]
    fn figures_that_contradict_each_other() {
        let margins = [margin(2, &[0, 1])];
        let known = Known { margins: &margins, values: &[Some(3), None, Some(2)], ..Known::default() };
        assert!(intervals(&known).is_err());
        // Only all three together.
        let margins = [margin(3, &[0, 1]), margin(4, &[1, 2]), margin(5, &[0, 2])];
        let values = [None, None, None, Some(1), Some(1), Some(1)];
        assert!(intervals(&Known { margins: &margins, values: &values, ..Known::default() }).is_err());
    }

    #[test]
    fn division_towards_either_side() {
        for (a, b) in [(7, 2), (-7, 2), (7, -2), (-7, -2), (6, 3), (-6, 3), (0, -5)] {
            let exact = f64::from(a) / f64::from(b);
            assert_eq!(down(a.into(), b.into()) as f64, exact.floor(), "{a} / {b}");
            assert_eq!(up(a.into(), b.into()) as f64, exact.ceil(), "{a} / {b}");
        }
    }
}
