//! Several choices in one cell: `Q P`, `Helse og omsorg;Industri;`, `C, P`, where labels may hold the separators.

use super::dialect::Prefer;
use super::dictionary::List;

/// Why a cell is no set of choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NoSet {
    /// A part that is none of the choices.
    Unknown(String),
    /// It can be cut into choices in more than one way.
    Several(Vec<String>),
}

/// Separators, the most telling first. What is within a label stays there: parts are joined again until they are one.
const SEPARATORS: [&[char]; 4] = [&[';'], &['|', '\n'], &[','], &[' ', '\t', '\u{a0}']];

/// The choices of a cell, ascending.
pub(super) fn choices(cell: &str, list: &List, prefer: Prefer) -> Result<Vec<usize>, NoSet> {
    let cell = cell.trim();
    let mut first_error = None;
    if let Ok((choice, _)) = list.find(cell, prefer) {
        return Ok(vec![choice]);
    }
    for separators in SEPARATORS {
        let trimmed = cell.trim_matches(|letter: char| separators.contains(&letter) || letter.is_whitespace());
        if !trimmed.contains(separators) && trimmed.len() == cell.len() {
            continue;
        }
        match cut(trimmed, separators, list, prefer) {
            Ok(mut found) => {
                found.sort_unstable();
                found.dedup();
                return Ok(found);
            }
            Err(error @ NoSet::Several(_)) => return Err(error),
            Err(error) => {
                first_error.get_or_insert(error);
            }
        }
    }
    Err(first_error.unwrap_or_else(|| NoSet::Unknown(cell.to_owned())))
}

/// Cuts a text at separators into choices, each part as many pieces as it takes. There must be one way only.
fn cut(text: &str, separators: &[char], list: &List, prefer: Prefer) -> Result<Vec<usize>, NoSet> {
    const MOST: usize = 400;
    let (mut starts, mut ends) = (vec![0], Vec::new());
    for (at, letter) in text.char_indices().filter(|(_, letter)| separators.contains(letter)) {
        ends.push(at);
        starts.push(at + letter.len_utf8());
    }
    ends.push(text.len());
    let pieces = ends.len();
    if pieces > MOST {
        return Err(NoSet::Unknown(text.to_owned()));
    }
    let longest = list.most(separators) + 1;
    let part = |from: usize, to: usize| text[starts[from]..ends[to - 1]].trim();
    // From each piece on: the choices of one way to the end, and whether there is another.
    let mut ways: Vec<Option<(Vec<usize>, bool)>> = vec![None; pieces + 1];
    ways[pieces] = Some((Vec::new(), false));
    for from in (0..pieces).rev() {
        let mut best: Option<(Vec<usize>, bool)> = None;
        for to in from + 1..=(from + longest).min(pieces) {
            let Some((rest, several)) = ways[to].clone() else { continue };
            let text = part(from, to);
            let found = if text.is_empty() && to == from + 1 {
                Vec::new()
            } else {
                match list.find(text, prefer) {
                    Ok((choice, _)) => vec![choice],
                    Err(_) => continue,
                }
            };
            let all: Vec<usize> = found.into_iter().chain(rest).collect();
            best = Some(match best {
                None => (all, several),
                Some((other, more)) => {
                    let (mut a, mut b) = (all.clone(), other.clone());
                    a.sort_unstable();
                    b.sort_unstable();
                    (all, more || several || a != b)
                }
            });
        }
        ways[from] = best;
    }
    match ways.swap_remove(0) {
        Some((found, false)) => Ok(found),
        Some((found, true)) => {
            Err(NoSet::Several(found.into_iter().map(|choice| list.codes[choice].clone()).collect()))
        }
        None => {
            let unknown = (0..pieces).map(|from| part(from, from + 1)).find(|text| list.find(text, prefer).is_err());
            Err(NoSet::Unknown(unknown.unwrap_or(text).to_owned()))
        }
    }
}
