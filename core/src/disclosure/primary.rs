//! Primary suppression: which cells must not be known.

use super::secondary::Role;
use super::tables::{CellId, Contributions, LARGEST, Rule, Tables};

/// What a rule settles of each cell; for k-disclosure, cells are added that nobody asked for and nobody may know.
///
/// # Formula
///
/// n is the count of a cell, N that of a group and x the part of it that gave one answer:
///
/// ```text
/// small          1 <= n <= maxN; with zeros protected also n = 0
/// k-disclosure   N - x <= coalition and x > 0, for N <= upperBound where there is one
/// ```
///
/// Small counts are hidden themselves. Of a group nearly all of whom gave one answer it is hidden that the others are so
/// few: N - x must be able to be more than the coalition for all that an attacker knows. N and x are a sum and a part of
/// it along any dimension, or along those that hold answers ([`Tables::answers`]); a sum with a single part is none, for
/// there everybody knows. Rules of amounts: see the function below.
///
/// # Input and result
///
/// | name | meaning |
/// |---|---|
/// | `tables` | cells and margins; cells that nobody asked for are hidden and no secret |
/// | `rule` | what is to be protected |
/// | result | by cell its [`Role`]; a count of exactly `maxN` is sensitive, one of `maxN + 1` is not |
///
/// # Source
///
/// Small counts and k-disclosure as in `SuppressSmallCounts` and `SuppressKDisclosure` of
/// GaussSuppression 1.2.3 (Ø. Langsrud and D. Lupp, Statistics Norway); A. Hundepool and others, *Statistical Disclosure
/// Control*, 2012, chapter 5.
#[must_use]
pub fn roles(tables: &mut Tables, rule: &Rule) -> Vec<Role> {
    match rule {
        Rule::Small { max_n, protect_zeros } => {
            let role = |(count, asked): (&u64, &bool)| match (asked, count) {
                (false, _) => Role::Hidden,
                (true, 0) if !protect_zeros => Role::Published,
                (true, count) if count <= max_n => Role::Sensitive,
                (true, _) => Role::Open,
            };
            tables.counts.iter().zip(&tables.asked).map(role).collect()
        }
        Rule::KDisclosure { coalition, largest } => {
            let mut roles: Vec<Role> =
                tables.asked.iter().map(|asked| if *asked { Role::Open } else { Role::Hidden }).collect();
            let count = |tables: &Tables, cell: CellId| tables.counts[cell as usize];
            let mut pairs: Vec<(CellId, CellId, Option<CellId>)> = Vec::new();
            // Where there is one code only, everybody knows that all have it.
            let is_of_answers = |place: usize| tables.answers.get(place).copied().unwrap_or(true);
            let several = tables.margins.iter().enumerate().filter(|(_, margin)| margin.parts.len() > 1);
            for (_, margin) in several.filter(|(place, _)| is_of_answers(*place)) {
                let whole = count(tables, margin.total);
                if largest.is_some_and(|largest| whole > largest) {
                    continue;
                }
                for part in &margin.parts {
                    let rest = whole - count(tables, *part);
                    // Nobody in the part is another finding than nobody outside it.
                    if rest <= *coalition && whole > rest {
                        let other = match margin.parts.as_slice() {
                            [one, two] => Some(if one == part { *two } else { *one }),
                            _ => None,
                        };
                        pairs.push((margin.total, *part, other));
                    }
                }
            }
            for (whole, part, other) in pairs {
                let rest = other.unwrap_or_else(|| tables.difference(whole, part));
                roles.resize(tables.len(), Role::Hidden);
                roles[rest as usize] = Role::Sensitive;
            }
            roles
        }
        Rule::FewContributors { .. } | Rule::Dominance { .. } | Rule::PPercent { .. } => of_amounts(tables, rule),
    }
}

/// Roles of amounts, by who makes them up; [`Tables::widths`] is set to how much more a sensitive amount must be able to
/// be for all that an attacker knows.
///
/// # Formula
///
/// X is the amount of a cell, x1 >= x2 >= … its contributions:
///
/// ```text
/// contributors  1 to maxN of them                       able to be  X + 0.2 X
/// dominance     100 (x1 + … + xn) > k X                 able to be  100 / k (x1 + … + xn)
/// p percent     100 (X - x1 - x2) < p x1                able to be  X + p/100 x1 - (X - x1 - x2)
/// ```
///
/// An amount of 0 is published. Amounts are whole numbers: kroner, not thousands with decimals.
///
/// # Source
///
/// A. Hundepool and others, *Statistical Disclosure Control*, 2012, sections 4.2 and 4.3. The 20 percent of the first rule
/// are ours: it has no contribution to measure by.
fn of_amounts(tables: &mut Tables, rule: &Rule) -> Vec<Role> {
    let mut widths = vec![0; tables.len()];
    let mut roles = Vec::with_capacity(tables.len());
    for (cell, asked) in tables.asked.iter().enumerate() {
        let amount = tables.counts[cell];
        let able = tables.contributions.get(cell).and_then(|of| needed_amount(amount, of, rule));
        roles.push(match able {
            _ if !asked => Role::Hidden,
            _ if amount == 0 => Role::Published,
            Some(able) => {
                widths[cell] = able.saturating_sub(amount).max(1);
                Role::Sensitive
            }
            None => Role::Open,
        });
    }
    tables.widths = widths;
    roles
}

/// What a sensitive amount must be able to be; none where it is not sensitive.
fn needed_amount(amount: u64, of: &Contributions, rule: &Rule) -> Option<u64> {
    let largest = |place: usize| u128::from(of.largest.get(place).copied().unwrap_or_default());
    let all = u128::from(amount);
    let (is_sensitive, able) = match rule {
        Rule::FewContributors { max_n } => ((1..=*max_n).contains(&of.contributors), all + all.div_ceil(5)),
        Rule::Dominance { n, k } => {
            let top: u128 = (0..usize::try_from(*n).unwrap_or(usize::MAX).min(LARGEST)).map(largest).sum();
            let k = u128::from((*k).max(1));
            (100 * top > k * all, (100 * top).div_ceil(k))
        }
        Rule::PPercent { p } => {
            let rest = all - (largest(0) + largest(1)).min(all);
            let p = u128::from(*p) * largest(0);
            (100 * rest < p, all + p.div_ceil(100) - rest.min(p.div_ceil(100)))
        }
        _ => (false, all),
    };
    is_sensitive.then(|| u64::try_from(able).unwrap_or(u64::MAX))
}

/// Cells in the order in which people want to see them: by [`Tables::priority`], then large counts first, then as they stand.
#[must_use]
pub fn wanted(tables: &Tables) -> Vec<CellId> {
    let mut cells: Vec<CellId> = (0..).take(tables.len()).collect();
    cells.sort_by_key(|cell| std::cmp::Reverse((tables.priority(*cell), tables.counts[*cell as usize])));
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    fn able(amounts: &[u64], rule: &Rule) -> Option<u64> {
        let mut largest = amounts.to_vec();
        largest.sort_unstable_by(|a, b| b.cmp(a));
        let contributors = amounts.len() as u64;
        largest.truncate(LARGEST);
        needed_amount(amounts.iter().sum(), &Contributions { contributors, largest }, rule)
    }

    #[test]
    fn rules_of_amounts_by_hand() {
        // 80 of 100 are not more than 80 percent, 81 are: then able to be 100 / 80 * 81 = 101.25.
        assert_eq!(able(&[80, 15, 5], &Rule::Dominance { n: 1, k: 80 }), None);
        assert_eq!(able(&[81, 14, 5], &Rule::Dominance { n: 1, k: 80 }), Some(102));
        assert_eq!(able(&[50, 45, 5], &Rule::Dominance { n: 2, k: 90 }), Some(106));
        // The second, who knows 40, finds at most 60 for the 50: 10 more, 20 percent.
        assert_eq!(able(&[50, 40, 10], &Rule::PPercent { p: 20 }), None);
        assert_eq!(able(&[50, 40, 10], &Rule::PPercent { p: 21 }), Some(101));
        assert_eq!(able(&[50], &Rule::PPercent { p: 10 }), Some(55));
        assert_eq!(able(&[50, 50], &Rule::FewContributors { max_n: 2 }), Some(120));
        assert_eq!(able(&[50, 49, 1], &Rule::FewContributors { max_n: 2 }), None);
    }
}
