//! Primary suppression: which cells must not be known.

use super::secondary::Role;
use super::tables::{CellId, Rule, Tables};

/// What a rule settles of each cell; for k-disclosure, cells are added that nobody asked for and nobody may know.
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
        Rule::KDisclosure { coalition } => {
            let mut roles: Vec<Role> =
                tables.asked.iter().map(|asked| if *asked { Role::Open } else { Role::Hidden }).collect();
            let count = |tables: &Tables, cell: CellId| tables.counts[cell as usize];
            let mut pairs: Vec<(CellId, CellId, Option<CellId>)> = Vec::new();
            // Where there is one code only, everybody knows that all have it.
            for margin in tables.margins.iter().filter(|margin| margin.parts.len() > 1) {
                let whole = count(tables, margin.total);
                for part in &margin.parts {
                    let rest = whole - count(tables, *part);
                    // Who is not in the part is known; nobody in it is another finding than nobody outside it.
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
    }
}

/// Cells in the order in which people want to see them: large counts first, then those of few codes, then as they stand.
#[must_use]
pub fn wanted(tables: &Tables) -> Vec<CellId> {
    let mut cells: Vec<CellId> = (0..).take(tables.len()).collect();
    cells.sort_by_key(|cell| std::cmp::Reverse(tables.counts[*cell as usize]));
    cells
}
