//! Tables that share cells.

use super::{CellId, Grid, Margin, Table, Tables};
use std::collections::{BTreeMap, BTreeSet};

/// Tables and the cells that they share: cells with the same codes, totals left out, are one.
#[derive(Clone, Debug)]
pub struct Linked {
    /// The tables.
    pub tables: Vec<Table>,
    /// By table, then cell of the table.
    pub ids: Vec<Vec<CellId>>,
    /// All cells and margins.
    pub cells: Tables,
}

/// A cell that two tables give different counts for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The position of the second table.
    pub table: usize,
    /// The codes of the cell there.
    pub key: Vec<String>,
    /// The counts.
    pub counts: (u64, u64),
}

impl Linked {
    /// Puts tables together.
    ///
    /// # Errors
    ///
    /// Every [`Mismatch`]: the tables are not of the same people.
    pub fn new(tables: Vec<Table>) -> Result<Self, Vec<Mismatch>> {
        let mut cells = Tables::default();
        let mut known: BTreeMap<Vec<(&str, &str)>, CellId> = BTreeMap::new();
        let mut margins: BTreeSet<(CellId, Vec<CellId>)> = BTreeSet::new();
        let mut mismatches = Vec::new();
        let mut ids: Vec<Vec<CellId>> = Vec::new();
        for (number, table) in tables.iter().enumerate() {
            let own = table.tables();
            let mut of_table = Vec::with_capacity(own.len());
            for (cell, (count, asked)) in own.counts.iter().zip(&own.asked).enumerate() {
                let codes = table.codes(cell).into_iter().zip(&table.dimensions);
                let mut key: Vec<(&str, &str)> = codes
                    .filter(|(code, (_, hierarchy))| !hierarchy.is_root(*code))
                    .map(|(code, (name, hierarchy))| (name.as_str(), hierarchy.code(code)))
                    .collect();
                key.sort_unstable();
                let id = *known.entry(key).or_insert_with(|| cells.push(*count, false));
                cells.asked[id as usize] |= asked;
                // Of a cell that tables share, those of the first.
                let of_cell = own.contributions.get(cell).filter(|_| cells.contributions.len() == id as usize);
                cells.contributions.extend(of_cell.cloned());
                cells.priorities.resize(cells.counts.len(), 0);
                let priority = &mut cells.priorities[id as usize];
                *priority = (*priority).max(own.priorities[cell]);
                let counts = (cells.counts[id as usize], *count);
                if counts.0 != counts.1 {
                    let key = table.key(cell).into_iter().map(str::to_owned).collect();
                    mismatches.push(Mismatch { table: number, key, counts });
                }
                of_table.push(id);
            }
            for (number, margin) in own.margins.into_iter().enumerate() {
                let total = of_table[margin.total as usize];
                let parts: Vec<CellId> = margin.parts.iter().map(|part| of_table[*part as usize]).collect();
                if margins.insert((total, parts.clone())) {
                    cells.margins.push(Margin { total, parts, spare: margin.spare });
                    cells.answers.extend(own.answers.get(number));
                }
            }
            cells.grids.push(Grid::new(table, of_table.clone()));
            ids.push(of_table);
        }
        drop(known);
        if mismatches.is_empty() { Ok(Self { tables, ids, cells }) } else { Err(mismatches) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Hierarchy;
    use super::*;

    fn table(name: &str, counts: [u64; 2]) -> Table {
        let hierarchy = Hierarchy::flat("Total", &["a".into(), "b".into()]).unwrap();
        let inner = [(vec![1], counts[0]), (vec![2], counts[1])].into_iter().collect();
        Table::new(vec![(name.into(), hierarchy)], &inner)
    }

    #[test]
    fn totals_are_shared() {
        let linked = Linked::new(vec![table("sex", [3, 4]), table("town", [2, 5])]).unwrap();
        assert_eq!(linked.ids, [vec![0, 1, 2], vec![0, 3, 4]]);
        assert_eq!(linked.cells.counts, [7, 3, 4, 2, 5]);
        assert_eq!(linked.cells.margins.len(), 2);
        let wrong = Linked::new(vec![table("sex", [3, 4]), table("town", [2, 6])]).unwrap_err();
        assert_eq!(wrong, [Mismatch { table: 1, key: vec!["Total".into()], counts: (7, 8) }]);
    }
}
