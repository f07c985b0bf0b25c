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
    /// Position of each year after the first, and of each group.
    period_at: Vec<u32>,
    group_at: Vec<u32>,
}

/// Not an axis position.
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
        let position = |list: &mut Vec<u32>, at: usize, number: usize| {
            if list.len() <= at {
                list.resize(at + 1, NONE);
            }
            list[at] = u32::try_from(number).unwrap_or(NONE);
        };
        let (mut period_at, mut group_at) = (Vec::new(), vec![NONE; 256]);
        let first = periods.first().copied().unwrap_or_default();
        for (number, year) in periods.iter().enumerate() {
            position(&mut period_at, usize::from(year - first), number);
        }
        for (number, group) in groups.iter().enumerate() {
            position(&mut group_at, usize::from(*group), number);
        }
        Self { areas: registers.areas.len(), periods, groups, areas_of, period_at, group_at }
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

    /// All, the groups, and those of no group: cells per period and area.
    fn width(&self) -> usize {
        self.groups.len() + 2
    }

    /// The cell of a group; those of no group have the last one.
    fn cell(&self, period: usize, area: usize, group: usize) -> usize {
        (period * self.areas + area) * self.width() + group
    }

    /// Adds up rows; a row without a key is left out.
    pub(super) fn table<R, T: Tally>(
        &self,
        registers: &Recruitment,
        rows: &[R],
        key: impl Fn(&R) -> Option<Key>,
        mut add: impl FnMut(&mut T, &R),
    ) -> Table<T> {
        let cells = self.periods.len() * self.areas * self.width();
        let mut table = Table {
            axes: self.clone(),
            sums: vec![T::default(); cells],
            units: vec![0; cells],
            employers: Employers::new(cells, registers.employers.0.len()),
        };
        let first = self.periods.first().copied().unwrap_or_default();
        for row in rows {
            let Some(key) = key(row) else { continue };
            let position =
                key.period.checked_sub(first).map(usize::from).and_then(|at| self.period_at.get(at)).copied();
            let Some(period) = position.filter(|position| *position != NONE) else { continue };
            let group = match self.group_at[usize::from(key.group)] {
                NONE => self.groups.len() + 1,
                group => group as usize + 1,
            };
            for area in self.areas_of.get(usize::from(key.place)).into_iter().flatten() {
                let cell = self.cell(period as usize, *area, group);
                add(&mut table.sums[cell], row);
                table.units[cell] += u64::from(key.units);
                if let Some(employer) = key.employer {
                    table.employers.add(cell, employer, key.units);
                }
            }
        }
        table.employers.close();
        for period in 0..self.periods.len() {
            for area in 0..self.areas {
                let cell = self.cell(period, area, 0);
                let mut sum = T::default();
                table.sums[cell + 1..cell + self.width()].iter().for_each(|part| sum.merge(part));
                table.sums[cell] = sum;
                table.units[cell] = table.units[cell + 1..cell + self.width()].iter().sum();
            }
        }
        table
    }
}

/// What rows add up to by period, area and group.
#[derive(Clone, Debug)]
pub(super) struct Table<T> {
    axes: Axes,
    sums: Vec<T>,
    units: Vec<u64>,
    employers: Employers,
}

impl<T> Table<T> {
    fn cell(&self, at: At) -> usize {
        self.axes.cell(at.period, at.area, at.group)
    }

    /// The sum of a cell.
    pub(super) fn sum(&self, at: At) -> &T {
        &self.sums[self.cell(at)]
    }

    /// How many units a cell has.
    pub(super) fn n(&self, at: At) -> u64 {
        self.units[self.cell(at)]
    }

    /// Who stands behind a cell.
    pub(super) fn behind(&self, at: At) -> Behind {
        let cell = self.cell(at);
        let cells = if at.group == 0 { cell + 1..cell + self.axes.width() } else { cell..cell + 1 };
        Behind { units: self.units[cell], employers: self.employers.of(cells) }
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
    fn new(cells: usize, employers: usize) -> Self {
        match cells.checked_mul(employers) {
            Some(size) if size <= LARGEST => Self::Matrix { employers, units: vec![0; size] },
            _ => Self::List(Vec::new()),
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
