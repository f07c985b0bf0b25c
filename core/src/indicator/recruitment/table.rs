//! What rows add up to by period, area and group, and which employers stand behind it: one pass over the rows.

use super::draft::{At, all, year};
use super::figures::Behind;
use crate::cube::Category;
use crate::register::recruitment::{NO_FIELD, Recruitment};
use std::ops::Range;

/// Where a row is counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    /// Year.
    pub(super) period: u16,
    /// Municipality.
    pub(super) place: u16,
    /// Field or other group; [`NO_FIELD`]: counted among all only.
    pub(super) group: u8,
    /// Employer, where there is one.
    pub(super) employer: Option<u32>,
    /// Persons or positions that the row is of.
    pub(super) units: u32,
}

/// What rows add up to.
pub(super) trait Tally: Default + Clone {
    /// Adds what other rows add up to.
    fn merge(&mut self, other: &Self);
}

impl Tally for () {
    fn merge(&mut self, (): &Self) {}
}

impl Tally for u64 {
    fn merge(&mut self, other: &Self) {
        *self += other;
    }
}

impl<const K: usize> Tally for [u64; K]
where
    Self: Default,
{
    fn merge(&mut self, other: &Self) {
        self.iter_mut().zip(other).for_each(|(sum, more)| *sum += more);
    }
}

/// The periods and groups that occur, and the areas of each municipality.
#[derive(Clone, Debug)]
pub(super) struct Axes {
    pub(super) periods: Vec<u16>,
    pub(super) groups: Vec<u8>,
    areas: usize,
    areas_of: Vec<Vec<usize>>,
    /// Where each period and group of those above stands in a table.
    lines: Vec<u32>,
    places: Vec<u32>,
    /// The same by the period itself, and by the group itself.
    line_of: Vec<u32>,
    place_of: Vec<u32>,
    /// All, the groups, and those of no group: cells per period and area.
    width: usize,
}

/// Not in a table.
const NONE: u32 = u32::MAX;

impl Axes {
    /// The years and groups of some rows.
    pub(super) fn of(registers: &Recruitment, rows: impl Iterator<Item = (u16, u8)>) -> Self {
        let (mut years, mut groups) = (Vec::new(), [false; NO_FIELD as usize]);
        // Rows of one year tend to stand together.
        for (year, group) in rows {
            if years.last() != Some(&year) && !years.contains(&year) {
                years.push(year);
            }
            if let Some(group) = groups.get_mut(usize::from(group)) {
                *group = true;
            }
        }
        years.sort_unstable();
        let groups = (0..NO_FIELD).filter(|group| groups[usize::from(*group)]).collect();
        Self::new(registers, years, groups)
    }

    /// Given years, rising, and groups.
    pub(super) fn new(registers: &Recruitment, periods: Vec<u16>, groups: Vec<u8>) -> Self {
        let mut areas_of = vec![Vec::new(); registers.municipalities.len()];
        for (area, members) in registers.areas.iter().enumerate() {
            for place in &members.municipalities {
                if let Some(areas) = areas_of.get_mut(usize::from(*place)) {
                    areas.push(area);
                }
            }
        }
        let mut axes = Self {
            areas: registers.areas.len(),
            areas_of,
            lines: Vec::new(),
            places: (1..).take(groups.len()).collect(),
            line_of: Vec::new(),
            // Those of no group have the last place.
            place_of: vec![u32::try_from(groups.len() + 1).unwrap_or(NONE); 256],
            width: groups.len() + 2,
            periods: Vec::new(),
            groups,
        };
        for (group, place) in axes.groups.iter().zip(&axes.places) {
            axes.place_of[usize::from(*group)] = *place;
        }
        for period in periods {
            axes.line(period);
        }
        axes
    }

    /// Where a period stands, and whether it is new.
    #[inline]
    fn line(&mut self, period: u16) -> (usize, bool) {
        match self.line_of.get(usize::from(period)) {
            Some(line) if *line != NONE => (*line as usize, false),
            _ => (self.new_line(period), true),
        }
    }

    #[cold]
    fn new_line(&mut self, period: u16) -> usize {
        let (line, at) = (self.periods.len(), usize::from(period));
        if self.line_of.len() <= at {
            self.line_of.resize(at + 1, NONE);
        }
        self.line_of[at] = u32::try_from(line).unwrap_or(NONE);
        self.lines.push(self.line_of[at]);
        self.periods.push(period);
        line
    }

    /// The periods in order, and of the groups those that occur.
    fn sorted(mut self, occurs: &[bool; 256]) -> Self {
        self.periods.sort_unstable();
        self.lines = self.periods.iter().map(|period| self.line_of[usize::from(*period)]).collect();
        self.groups.retain(|group| occurs[usize::from(*group)]);
        self.places = self.groups.iter().map(|group| self.place_of[usize::from(*group)]).collect();
        self
    }

    /// The years, as they are called.
    pub(super) fn years(&self) -> Vec<Category> {
        self.periods.iter().map(|one| year(*one)).collect()
    }

    /// All, and the fields that occur.
    pub(super) fn fields(&self, registers: &Recruitment) -> Vec<Category> {
        let field = |number: &u8| {
            let field = registers.fields.get(usize::from(*number))?;
            Some(Category { code: field.id.clone(), label: field.name.clone() })
        };
        std::iter::once(all()).chain(self.groups.iter().filter_map(field)).collect()
    }

    /// Cells of all periods.
    fn cells(&self) -> usize {
        self.periods.len() * self.areas * self.width
    }

    /// The cell of a place in a line.
    fn cell(&self, line: usize, area: usize, place: usize) -> usize {
        (line * self.areas + area) * self.width + place
    }

    /// The areas of a municipality.
    #[inline]
    fn areas_of(&self, place: u16) -> &[usize] {
        self.areas_of.get(usize::from(place)).map_or(&[], Vec::as_slice)
    }

    /// Adds up rows; a row without a key, or of another period, is left out.
    pub(super) fn table<R, T: Tally>(
        &self,
        registers: &Recruitment,
        rows: &[R],
        key: impl Fn(&R) -> Option<Key>,
        mut add: impl FnMut(&mut T, &R),
    ) -> Table<T> {
        let mut cells = Cells::new(registers);
        cells.grow(self.cells());
        for row in rows {
            let Some(key) = key(row) else { continue };
            let line = self.line_of.get(usize::from(key.period)).copied().unwrap_or(NONE);
            if line == NONE {
                continue;
            }
            let place = self.place_of[usize::from(key.group)] as usize;
            for area in self.areas_of(key.place) {
                add(cells.enter(self.cell(line as usize, *area, place), &key), row);
            }
        }
        cells.table(self.clone())
    }

    /// Adds up rows by their fields and whatever years they are of, in one pass: those with a value, and the others. A row
    /// without a key is left out.
    pub(super) fn tables<'r, R: 'r, V: Copy, T: Tally, U: Tally>(
        registers: &Recruitment,
        rows: impl Iterator<Item = &'r R>,
        key: impl Fn(&R) -> Option<(Key, Option<V>)>,
        mut add: impl FnMut(&mut T, &R, V),
        mut add_other: impl FnMut(&mut U, &R),
    ) -> (Self, Table<T>, Table<U>) {
        let fields = u8::try_from(registers.fields.len()).unwrap_or(NO_FIELD);
        let mut axes = Self::new(registers, Vec::new(), (0..fields).collect());
        let (mut known, mut others) = (Cells::new(registers), Cells::new(registers));
        let mut occurs = [false; 256];
        rows.for_each(|row| {
            let Some((key, value)) = key(row) else { return };
            let (line, is_new) = axes.line(key.period);
            if is_new {
                known.grow(axes.cells());
                others.grow(axes.cells());
            }
            occurs[usize::from(key.group)] = true;
            let place = axes.place_of[usize::from(key.group)] as usize;
            for area in axes.areas_of(key.place) {
                let cell = axes.cell(line, *area, place);
                match value {
                    Some(value) => add(known.enter(cell, &key), row, value),
                    None => add_other(others.enter(cell, &key), row),
                }
            }
        });
        let axes = axes.sorted(&occurs);
        (axes.clone(), known.table(axes.clone()), others.table(axes))
    }
}

/// What rows add up to by period, area and group.
#[derive(Clone, Debug)]
pub(super) struct Table<T> {
    axes: Axes,
    cells: Cells<T>,
}

impl<T> Table<T> {
    fn cell(&self, at: At) -> usize {
        let place = at.group.checked_sub(1).map_or(0, |group| self.axes.places[group]);
        self.axes.cell(self.axes.lines[at.period] as usize, at.area, place as usize)
    }

    /// The sum of a cell.
    pub(super) fn sum(&self, at: At) -> &T {
        &self.cells.sums[self.cell(at)]
    }

    /// How many units a cell has.
    pub(super) fn n(&self, at: At) -> u64 {
        self.cells.units[self.cell(at)]
    }

    /// Who stands behind a cell.
    pub(super) fn behind(&self, at: At) -> Behind {
        let cell = self.cell(at);
        let cells = if at.group == 0 { cell + 1..cell + self.axes.width } else { cell..cell + 1 };
        Behind { units: self.cells.units[cell], employers: self.cells.employers.of(cells) }
    }

    /// What comes of each sum.
    pub(super) fn map<U>(self, of: impl Fn(T) -> U) -> Table<U> {
        let Cells { sums, units, employers } = self.cells;
        Table { axes: self.axes, cells: Cells { sums: sums.into_iter().map(of).collect(), units, employers } }
    }
}

/// The cells of a table, line by line.
#[derive(Clone, Debug)]
struct Cells<T> {
    sums: Vec<T>,
    units: Vec<u64>,
    employers: Employers,
}

impl<T: Tally> Cells<T> {
    fn new(registers: &Recruitment) -> Self {
        let employers = Employers::Matrix { employers: registers.employers.0.len(), units: Vec::new() };
        Self { sums: Vec::new(), units: Vec::new(), employers }
    }

    fn grow(&mut self, cells: usize) {
        self.sums.resize(cells, T::default());
        self.units.resize(cells, 0);
        self.employers.grow(cells);
    }

    /// Counts a row in a cell, and gives the sum to add it to.
    #[inline]
    fn enter(&mut self, cell: usize, key: &Key) -> &mut T {
        self.units[cell] += u64::from(key.units);
        if let Some(employer) = key.employer {
            self.employers.add(cell, employer, key.units);
        }
        &mut self.sums[cell]
    }

    /// The table, with the sums of all groups.
    fn table(mut self, axes: Axes) -> Table<T> {
        self.employers.close();
        for cell in (0..self.sums.len()).step_by(axes.width) {
            let parts = cell + 1..cell + axes.width;
            let mut sum = T::default();
            self.sums[parts.clone()].iter().for_each(|part| sum.merge(part));
            self.sums[cell] = sum;
            self.units[cell] = self.units[parts].iter().sum();
        }
        Table { axes, cells: self }
    }
}

/// Units by cell and employer: a matrix where it is small, otherwise a sorted list.
#[derive(Clone, Debug)]
enum Employers {
    Matrix { employers: usize, units: Vec<u32> },
    List(Vec<(u32, u32, u32)>),
}

/// The largest matrix: 32 MB.
const LARGEST: usize = 1 << 23;

impl Employers {
    /// Room for more cells; as a list where the matrix would be too large.
    fn grow(&mut self, cells: usize) {
        let Self::Matrix { employers, units } = self else { return };
        match cells.checked_mul(*employers) {
            Some(size) if size <= LARGEST => units.resize(size, 0),
            _ => {
                let place = |at: usize| u32::try_from(at).unwrap_or(NONE);
                let seen = units.iter().enumerate().filter(|(_, units)| **units > 0);
                let list = seen.map(|(at, units)| (place(at / *employers), place(at % *employers), *units));
                *self = Self::List(list.collect());
            }
        }
    }

    fn add(&mut self, cell: usize, employer: u32, more: u32) {
        match self {
            Self::Matrix { employers, units } if (employer as usize) < *employers => {
                let sum = &mut units[cell * *employers + employer as usize];
                *sum = sum.saturating_add(more);
            }
            Self::Matrix { .. } => {}
            Self::List(list) => list.push((u32::try_from(cell).unwrap_or(NONE), employer, more)),
        }
    }

    fn close(&mut self) {
        if let Self::List(list) = self {
            list.sort_unstable();
        }
    }

    fn of(&self, cells: Range<usize>) -> std::collections::BTreeMap<u32, u64> {
        let mut all: Vec<(u32, u64)> = Vec::new();
        match self {
            Self::Matrix { employers, units } => {
                for employer in 0..*employers {
                    let sum: u64 = cells.clone().map(|cell| u64::from(units[cell * employers + employer])).sum();
                    if sum > 0 {
                        all.push((u32::try_from(employer).unwrap_or(NONE), sum));
                    }
                }
                all.into_iter().collect()
            }
            Self::List(list) => {
                let from = list.partition_point(|(cell, ..)| (*cell as usize) < cells.start);
                let here = list[from..].iter().take_while(|(cell, ..)| (*cell as usize) < cells.end);
                let mut behind = Behind::default();
                here.for_each(|(_, employer, units)| behind.add(Some(*employer), u64::from(*units)));
                behind.employers
            }
        }
    }
}
