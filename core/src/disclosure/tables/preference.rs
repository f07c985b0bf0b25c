//! Which cells people want to see most.

use super::{Hierarchy, Table};

impl Table {
    /// The codes that are to be kept where others can be hidden instead, by name, in any dimension. Inside an error: those
    /// that no dimension has.
    ///
    /// # Errors
    ///
    /// Codes that are not there.
    pub fn keeping(mut self, codes: &[String]) -> Result<Self, Vec<String>> {
        let has = |code: &String| self.dimensions.iter().any(|(_, hierarchy)| hierarchy.place(code).is_some());
        let unknown: Vec<String> = codes.iter().filter(|code| !has(code)).cloned().collect();
        if !unknown.is_empty() {
            return Err(unknown);
        }
        let of = |(_, hierarchy): &(String, Hierarchy)| {
            (0..hierarchy.len()).map(|code| codes.iter().any(|kept| kept == hierarchy.code(code))).collect()
        };
        self.kept = self.dimensions.iter().map(of).collect();
        Ok(self)
    }

    /// By cell how much people want to see it: kept codes first, then newer years.
    pub(super) fn priorities(&self) -> Vec<u64> {
        let ranks: Vec<Vec<u64>> = self.dimensions.iter().map(|(_, hierarchy)| ranks(hierarchy)).collect();
        let mode = std::env::var("BPMODE").unwrap_or_default();
        let of = |cell: usize| {
            let codes = self.codes(cell);
            let each = || codes.iter().copied().enumerate();
            let kept = each().filter(|(place, code)| self.kept.get(*place).is_some_and(|kept| kept[*code])).count();
            let totals = each().filter(|(place, code)| self.dimensions[*place].1.is_root(*code)).count();
            let years: u64 = each().map(|(place, code)| ranks[place][code]).sum();
            let tot = if mode.contains('t') {totals as u64} else {0};
            let yr = if mode.contains('y') {years} else {0};
            (((kept as u64) << 8 | tot) << 40) | yr
        };
        (0..self.len()).map(of).collect()
    }
}

/// By code how new a year is; 0 in dimensions that are not of years. A total is as new as can be: it holds all of them.
fn ranks(hierarchy: &Hierarchy) -> Vec<u64> {
    let years: Vec<Option<u64>> = (0..hierarchy.len()).map(|code| year(hierarchy.code(code))).collect();
    let is_of_years = (0..hierarchy.len()).filter(|code| hierarchy.is_leaf(*code)).all(|code| years[code].is_some());
    let newest = years.iter().flatten().max().copied().unwrap_or_default();
    years.into_iter().map(|year| if is_of_years { year.unwrap_or(newest + 1) } else { 0 }).collect()
}

/// The year that a code begins with: `2025`, `2024-25`, `2024/2025`.
fn year(code: &str) -> Option<u64> {
    let (year, rest) = code.split_at_checked(4)?;
    let is_rest = |letter: char| letter.is_ascii_digit() || "-/–".contains(letter);
    let year = year.bytes().all(|digit| digit.is_ascii_digit()).then(|| year.parse().ok())??;
    ((1800..2200).contains(&year) && rest.chars().all(is_rest) && !rest.starts_with(|c: char| c.is_ascii_digit()))
        .then_some(year)
}
