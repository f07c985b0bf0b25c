//! What an attacker finds out from releases put together.

use super::{Against, Assembled};
use crate::disclosure::audit::movement::Ground;
use crate::disclosure::audit::{Contradiction, Interval, Known, intervals};
use crate::disclosure::secondary::{Role, suppress};
use crate::disclosure::tables::{CellId, Tables};

/// Beyond all counts of people, and below the largest number of the solver.
const FAR: u64 = 1 << 29;

/// How a count is found out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It stands in the file.
    Printed,
    /// It is all that is left of one sum, perhaps after others were found in the same way.
    Subtraction,
    /// Several sums together leave one count only.
    Equations,
    /// Nobody can be fewer than none, people come whole, or something else is known that leaves one count only.
    Bounds,
}

impl Way {
    /// Its name in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Printed => "printed",
            Self::Subtraction => "subtraction",
            Self::Equations => "equations",
            Self::Bounds => "bounds",
        }
    }
}

/// Something that an attacker finds out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leak {
    /// The count of a hidden cell.
    Exact {
        /// The cell.
        cell: CellId,
        /// Its count.
        count: u64,
        /// How.
        way: Way,
    },
    /// A small count, to within a few people.
    Narrow {
        /// The cell.
        cell: CellId,
        /// The smallest count that it may have.
        lower: u64,
        /// The largest.
        upper: u64,
        /// Whether it is so whatever the count is, or the true one is given; otherwise it depends on the count.
        certain: bool,
    },
    /// That all in a group, or all but a coalition, gave the same answer.
    Group {
        /// The cell of the group.
        whole: CellId,
        /// The cell of those with the answer.
        answer: CellId,
        /// How many of the group gave another answer.
        others: (u64, u64),
        /// Whether both counts were published.
        published: bool,
    },
    /// A small count, to those who are alone in another hidden cell.
    Insider {
        /// Their cell.
        own: CellId,
        /// The cell that it gives away.
        cell: CellId,
        /// Its count.
        count: u64,
    },
}

impl Leak {
    /// Whether it is a finding, or may be one.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        !matches!(self, Self::Narrow { certain: false, .. })
    }
}

impl Assembled {
    /// Between which counts each cell lies, and what of it must not be found out.
    ///
    /// Insiders are looked at where their cell is known to hold a coalition at most: from the true count, or because it
    /// cannot hold more.
    ///
    /// # Errors
    ///
    /// [`Contradiction`] when no counts fit the releases.
    pub fn leaks(&self, against: Against) -> Result<(Vec<Interval>, Vec<Leak>), Contradiction> {
        let mut values = self.values.clone();
        let found = self.intervals(&values)?;
        let mut leaks = Vec::new();
        let hidden: Vec<CellId> =
            self.ids().filter(|cell| self.values[*cell as usize].is_none() && self.cell_at(*cell).is_named).collect();
        let ways = self.ways(&found);
        for cell in self.ids().filter(|cell| self.cell_at(*cell).is_printed) {
            let count = found[cell as usize].lower;
            leaks.push(Leak::Exact { cell, count, way: Way::Printed });
        }
        for cell in hidden.iter().copied() {
            let Interval { lower, upper, .. } = found[cell as usize];
            if let Some(way) = ways[cell as usize] {
                leaks.push(Leak::Exact { cell, count: lower, way });
            } else if let Some(upper) = upper
                && let Some(certain) = self.narrow(cell, lower, upper, against)
            {
                leaks.push(Leak::Narrow { cell, lower, upper, certain });
            }
        }
        for (whole, answer, rest) in &self.groups {
            let range = |cell: CellId| (found[cell as usize].lower, found[cell as usize].upper);
            let n = range(*whole).0;
            let (low, high) = match rest {
                Some(rest) => range(*rest),
                None => {
                    let rest = n.saturating_sub(range(*answer).0);
                    (rest, Some(rest))
                }
            };
            if let Some(high) = high.filter(|high| *high <= against.coalition && n > against.coalition) {
                let (whole, answer) = (*whole, *answer);
                leaks.push(Leak::Group { whole, answer, others: (low, high), published: rest.is_none() });
            }
        }
        let ground = self.tables();
        let ground = Ground::new(&ground, self.lowest.clone());
        for own in hidden.iter().copied().filter(|_| against.coalition > 0) {
            let Some(count) = self.alone(own, found[own as usize], against) else { continue };
            values[own as usize] = Some(count);
            if let Ok(with_own) = self.intervals(&values) {
                let fallen = hidden.iter().copied().filter(|cell| {
                    let (before, after) = (found[*cell as usize], with_own[*cell as usize]);
                    *cell != own && !before.is_exact() && after.is_exact() && (1..against.small).contains(&after.lower)
                });
                for cell in fallen {
                    if !ground.innermost(cell).is_subset(&ground.innermost(own)) {
                        leaks.push(Leak::Insider { own, cell, count: with_own[cell as usize].lower });
                    }
                }
            }
            values[own as usize] = None;
        }
        Ok((found, leaks))
    }

    fn ids(&self) -> impl Iterator<Item = CellId> + use<> {
        (0..).take(self.len())
    }

    fn cell_at(&self, cell: CellId) -> &super::Cell {
        &self.cells[cell as usize]
    }

    fn intervals(&self, values: &[Option<u64>]) -> Result<Vec<Interval>, Contradiction> {
        let Self { margins, facts, lowest, highest, .. } = self;
        let mut found = intervals(&Known { margins, facts, values, lowest, highest })?;
        // The solver's own end of whole numbers is no limit.
        let named = values.iter().chain(highest).flatten().copied();
        if named.chain(lowest.iter().copied()).all(|count| count < FAR / 2) {
            found.iter_mut().for_each(|interval| interval.upper = interval.upper.filter(|upper| *upper < FAR));
        }
        Ok(found)
    }

    /// Whether a small count lies within so many people of both ends, for certain or for some of the counts that it may
    /// have. None when it does not.
    fn narrow(&self, cell: CellId, lower: u64, upper: u64, against: Against) -> Option<bool> {
        let fits = |count: u64| {
            count < against.small
                && count.saturating_sub(against.narrow) <= lower
                && upper - count.min(upper) <= against.narrow
        };
        if against.narrow == 0 {
            return None;
        }
        if let Some(truth) = self.cell_at(cell).truth {
            return fits(truth).then_some(true);
        }
        let certain = upper < against.small && upper - lower <= against.narrow;
        (lower..=upper.min(against.small)).any(fits).then_some(certain)
    }

    /// How many are in a hidden cell, if they are a coalition at most and there is something left to find out.
    fn alone(&self, cell: CellId, found: Interval, against: Against) -> Option<u64> {
        let few = 1..=against.coalition;
        let count = match self.cell_at(cell).truth {
            Some(truth) => truth,
            None => found.upper?,
        };
        (!found.is_exact() && few.contains(&count)).then_some(count)
    }

    /// Cells with a count of no importance where it is unknown, and their margins.
    fn tables(&self) -> Tables {
        let counts = self.values.iter().map(|value| value.unwrap_or(1)).collect();
        let asked = self.cells.iter().map(|cell| cell.is_named).collect();
        Tables { counts, asked, margins: self.margins.clone(), ..Tables::default() }
    }

    /// By unknown cell of which only one count is possible, how it is found.
    fn ways(&self, found: &[Interval]) -> Vec<Option<Way>> {
        let unknown: Vec<bool> = self.values.iter().map(Option::is_none).collect();
        let mut ways: Vec<Option<Way>> = found
            .iter()
            .zip(&unknown)
            .map(|(found, unknown)| (*unknown && found.is_exact()).then_some(Way::Bounds))
            .collect();
        if ways.iter().all(Option::is_none) {
            return ways;
        }
        let roles: Vec<Role> =
            unknown.iter().map(|unknown| if *unknown { Role::Sensitive } else { Role::Published }).collect();
        for cell in suppress(&self.tables(), &roles, &[]).exposed {
            ways[cell as usize] = ways[cell as usize].and(Some(Way::Equations));
        }
        let mut left = unknown;
        loop {
            let mut again = false;
            for margin in &self.margins {
                let mut open = margin.parts.iter().chain([&margin.total]).filter(|cell| left[**cell as usize]);
                if let (Some(cell), None) = (open.next(), open.next()) {
                    left[*cell as usize] = false;
                    ways[*cell as usize] = ways[*cell as usize].and(Some(Way::Subtraction));
                    again = true;
                }
            }
            if !again {
                return ways;
            }
        }
    }
}
