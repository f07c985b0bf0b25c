//! The codes of seven digits that employers report in payroll (Yrkeskatalogen), and the occupations of STYRK-08 that they are.
//!
//! The first four digits are a unit group of STYRK-98, the older standard; the last three tell its titles apart. Each title is
//! one occupation of STYRK-08. A group of STYRK-98 can have become several: then its four digits alone do not say which.
//!
//! # Source
//!
//! Statistics Norway, KLASS correspondence table 426, from the catalogue of occupations based on STYRK-98 (KLASS 145) to
//! STYRK-08 (KLASS 7); `README.md` beside this file.

use std::sync::OnceLock;

/// Group of STYRK-98, tab, occupation of STYRK-08, tab, the last three digits of the titles that it is: `101-104 107`.
const TABLE: &str = include_str!("payroll.tsv");

/// Code of seven digits and occupation, in order of codes.
fn table() -> &'static [(u32, u16)] {
    static TITLES: OnceLock<Vec<(u32, u16)>> = OnceLock::new();
    TITLES.get_or_init(|| {
        let mut titles: Vec<(u32, u16)> = TABLE.lines().filter_map(line).flatten().collect();
        titles.sort_unstable();
        titles
    })
}

fn line(line: &str) -> Option<impl Iterator<Item = (u32, u16)>> {
    let mut columns = line.split('\t');
    let group: u32 = columns.next()?.parse().ok()?;
    let occupation: u16 = columns.next()?.parse().ok()?;
    let ranges = columns.next()?.split(' ').filter_map(|range| {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        Some(first.parse::<u32>().ok()?..=last.parse::<u32>().ok()?)
    });
    Some(ranges.flatten().map(move |title| (group * 1000 + title, occupation)))
}

/// The occupation of STYRK-08 that a code of seven digits is.
///
/// ```
/// use bygdepuls_core::register::code::payroll;
/// assert_eq!(payroll::styrk08(1_120_115), Some(1112)); // 1120115 rådmann
/// assert_eq!(payroll::styrk08(1_120_999), None);
/// ```
#[must_use]
pub fn styrk08(code: u32) -> Option<u16> {
    let titles = table();
    titles.binary_search_by_key(&code, |(own, _)| *own).ok().map(|place| titles[place].1)
}

/// The occupations of STYRK-08 that titles of a unit group of STYRK-98 are, those of most titles first; none where there is no
/// such group.
///
/// ```
/// use bygdepuls_core::register::code::payroll;
/// assert_eq!(payroll::of_group(1120), [1112]);
/// assert!(payroll::of_group(1121).is_empty());
/// ```
#[must_use]
pub fn of_group(group: u16) -> Vec<u16> {
    let mut found: Vec<(usize, u16)> = Vec::new();
    for (_, occupation) in titles_of(group) {
        match found.iter_mut().find(|(_, own)| own == occupation) {
            Some((count, _)) => *count += 1,
            None => found.push((1, *occupation)),
        }
    }
    found.sort_unstable_by_key(|(count, occupation)| (std::cmp::Reverse(*count), *occupation));
    found.into_iter().map(|(_, occupation)| occupation).collect()
}

fn titles_of(group: u16) -> &'static [(u32, u16)] {
    let titles = table();
    let from = |group: u32| titles.partition_point(|(code, _)| *code < group * 1000);
    &titles[from(u32::from(group))..from(u32::from(group) + 1)]
}

/// All unit groups of STYRK-98 that have a title, in order.
pub fn groups() -> impl Iterator<Item = u16> {
    table().chunk_by(|a, b| a.0 / 1000 == b.0 / 1000).filter_map(|titles| u16::try_from(titles[0].0 / 1000).ok())
}

/// All codes of seven digits, in order.
pub fn all() -> impl Iterator<Item = u32> {
    table().iter().map(|(code, _)| *code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::code::occupation;

    #[test]
    fn the_whole_table() {
        let titles = table();
        assert_eq!((titles.len(), groups().count()), (7119, 351));
        assert!(titles.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(titles.iter().all(|(_, occupation)| occupation::name(*occupation).is_some()));
        // The first and the last, and one in the middle of a group that became several.
        assert_eq!(styrk08(111_101), Some(310));
        assert_eq!(styrk08(9_330_114), Some(9333));
        assert_eq!((styrk08(112_106), styrk08(112_107), styrk08(112_108)), (None, Some(110), Some(210)));
    }

    #[test]
    fn groups_that_became_several_give_the_one_of_most_titles_first() {
        assert_eq!(of_group(112), [210, 110]);
        assert_eq!(of_group(111), [310]);
        let several = groups().filter(|group| of_group(*group).len() > 1).count();
        assert_eq!(several, 243);
    }
}
