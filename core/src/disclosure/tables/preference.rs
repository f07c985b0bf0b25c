//! Which cells people want to see most.

use super::{Hierarchy, Table};

impl Table {
    /// The codes, of any dimension, that are to be shown where others can be hidden instead. What it does not have is
    /// passed over.
    #[must_use]
    pub fn keeping(mut self, codes: &[String]) -> Self {
        let of = |(_, hierarchy): &(String, Hierarchy)| {
            (0..hierarchy.len()).map(|code| codes.iter().any(|kept| kept == hierarchy.code(code))).collect()
        };
        self.kept = self.dimensions.iter().map(of).collect();
        self
    }

    /// By cell how much people want to see it: kept codes count most, then totals, then newer years. Of cells that are
    /// wanted equally, the one with the larger count is shown.
    pub(super) fn priorities(&self) -> Vec<u64> {
        let ranks: Vec<Vec<u64>> = self.dimensions.iter().map(|(_, hierarchy)| ranks(hierarchy)).collect();
        let of = |cell: usize| {
            let codes = self.codes(cell);
            let each = || codes.iter().copied().enumerate();
            let kept = each().filter(|(place, code)| self.kept.get(*place).is_some_and(|kept| kept[*code])).count();
            let totals = each().filter(|(place, code)| self.dimensions[*place].1.is_root(*code)).count();
            let years: u64 = each().map(|(place, code)| ranks[place][code]).sum();
            (kept as u64) << 48 | (totals as u64) << 32 | years
        };
        (0..self.len()).map(of).collect()
    }
}

/// By code how new a year is; 0 in dimensions that are not of years. What sums up years is as new as can be: it holds the
/// newest.
fn ranks(hierarchy: &Hierarchy) -> Vec<u64> {
    let years: Vec<Option<u64>> = (0..hierarchy.len()).map(|code| year(hierarchy.code(code))).collect();
    let is_of_years = (0..hierarchy.len()).filter(|code| hierarchy.is_leaf(*code)).all(|code| years[code].is_some());
    let newest = years.iter().flatten().max().copied().unwrap_or_default();
    years.into_iter().map(|year| if is_of_years { year.unwrap_or(newest) } else { 0 }).collect()
}

/// The year that a code begins with: `2025`, `2024-25`, `2024/2025`.
fn year(code: &str) -> Option<u64> {
    let (year, rest) = code.split_at_checked(4)?;
    let is_year =
        year.bytes().all(|digit| digit.is_ascii_digit()) && (rest.is_empty() || rest.starts_with(['-', '/', '–']));
    year.parse().ok().filter(|year| is_year && (1900..2100).contains(year))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disclosure::primary::wanted;
    use std::collections::BTreeMap;

    fn table(years: [&str; 2]) -> Table {
        let flat = |codes: [&str; 2]| Hierarchy::flat("All", &codes.map(String::from)).unwrap();
        let inner: BTreeMap<Vec<usize>, u64> =
            [(vec![1, 1], 4), (vec![1, 2], 3), (vec![2, 1], 9), (vec![2, 2], 8)].into_iter().collect();
        Table::new(vec![("year".into(), flat(years)), ("answer".into(), flat(["no", "yes"]))], &inner)
    }

    fn order(table: &Table) -> Vec<String> {
        wanted(&table.tables()).into_iter().map(|cell| table.key(cell as usize).join(" ")).collect()
    }

    #[test]
    fn totals_then_newer_years_then_large_counts() {
        let newer =
            ["All All", "All no", "All yes", "2025 All", "2024 All", "2025 no", "2025 yes", "2024 no", "2024 yes"];
        assert_eq!(order(&table(["2025", "2024"])), newer);
        // Not years: the larger counts first.
        assert_eq!(order(&table(["a", "b"]))[3..], ["All yes", "a All", "b no", "b yes", "a no", "a yes"]);
        let kept = table(["a", "b"]).keeping(&["yes".into()]);
        assert_eq!(order(&kept)[..3], ["All yes", "b yes", "a yes"]);
        let years: Vec<Option<u64>> = ["2025", "2024-25", "2024/2025", "20245", "5042", "2025x"].map(year).into();
        assert_eq!(years, [Some(2025), Some(2024), Some(2024), None, None, None]);
    }
}
