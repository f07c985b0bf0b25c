//! In which order the fields of a gap chart stand: all of them together first, then by gap, the largest first.

use super::{Figures, GROUP, Said};

impl Figures<'_> {
    /// The column of the gap.
    pub(super) fn gap(&self) -> usize {
        self.categories(0).iter().position(|column| column.code == "gap").unwrap_or(self.count(0).saturating_sub(1))
    }

    /// Groups by their largest gap in some areas. What is not shown stands last, in the order of the cube.
    pub(super) fn by_gap(&self, period: usize, areas: std::ops::Range<usize>) -> Vec<usize> {
        let gap = |group: usize| {
            let values = areas.clone().filter_map(|area| match self.said([self.gap(), period, area, group]) {
                Said::Exact { value, .. } => Some(value),
                _ => None,
            });
            if self.is_all(group) { f64::INFINITY } else { values.fold(f64::NEG_INFINITY, f64::max) }
        };
        let mut out: Vec<usize> = Vec::new();
        // By hand: the standard library's sort is larger than all that is drawn with it.
        for group in 0..self.count(GROUP) {
            let before = out.iter().take_while(|known| gap(**known) >= gap(group)).count();
            out.insert(before, group);
        }
        out
    }
}
