//! What a misspelt name could have been.

use super::super::name::{bare, fold};
use super::super::problem::words;
use super::super::{County, Municipality, Register};
use super::query::Query;
use super::{Answer, Status};
use std::collections::BTreeMap;
use strsim::osa_distance;

/// How many are suggested.
const SHOWN: usize = 5;

impl Register {
    /// Names a few letters away, nearest first; those of municipalities that exist on the day before those that do not.
    pub(super) fn suggest<'a>(&'a self, query: &Query, answer: &mut Answer<'a>) {
        answer.status = Status::Unknown;
        let given = bare(&fold(&query.name));
        let length = given.chars().count();
        let most = match length {
            0..=2 => 0,
            3..=4 => 1,
            5..=8 => 2,
            _ => 3,
        };
        // Of each municipality the nearest name, one that it still has before one that it had.
        let mut nearest: BTreeMap<usize, (usize, bool)> = BTreeMap::new();
        for entry in &self.names {
            let begins = length >= 4 && entry.bare.starts_with(&given);
            let away = osa_distance(&given, &entry.bare);
            let away = if begins { away.min(1) } else { away };
            if away <= most {
                let rank = (away, self.versions[entry.version].to.is_some());
                let known = nearest.entry(self.lineage[entry.version]).or_insert(rank);
                *known = rank.min(*known);
            }
        }
        let shown = |lineage: usize| -> Option<(bool, &'a Municipality)> {
            let own: Vec<&Municipality> =
                self.versions_of(lineage).iter().map(|index| &self.versions[*index]).collect();
            let last = own.last().copied()?;
            let then = answer.day.and_then(|day| own.iter().copied().find(|one| one.is_valid_on(day)));
            let lives = answer.day.map_or(last.to.is_none(), |_| then.is_some());
            Some((!lives, then.unwrap_or(last)))
        };
        let found = nearest.into_iter().filter_map(|(lineage, rank)| {
            let (gone, one) = shown(lineage)?;
            Some((gone, rank, one))
        });
        let mut found: Vec<(bool, (usize, bool), &Municipality)> = found.collect();
        found.sort_by_key(|(gone, rank, one)| (*gone, *rank, one.index));
        let best = found.iter().map(|(_, (away, _), _)| *away).min().unwrap_or_default();
        // One letter more than the best: near a name that fits, none that fits less.
        found.retain(|(_, (away, _), _)| *away <= if best == 0 { 0 } else { best + 1 });
        answer.suggestions = found.into_iter().take(SHOWN).map(|(.., one)| one).collect();
        if County::all().any(|county| fold(county.name) == fold(&query.name)) {
            answer.suggestions.clear();
            answer.notes.push(words(
                "{0} er et fylke, og ingen kommune",
                "{0} er eit fylke, og ingen kommune",
                "{0} is a county, and no municipality",
                &[&query.name],
            ));
            return;
        }
        if best == 0 && !query.counties.is_empty() && !answer.suggestions.is_empty() {
            answer.notes.push(words(
                "ingen kommune med navnet «{0}» er i fylket {1}; mente du {2}?",
                "ingen kommune med namnet «{0}» er i fylket {1}; meinte du {2}?",
                "no municipality called “{0}” is in the county {1}; did you mean {2}?",
                &[&query.name, &query.counties.join(", "), &self.labels(&answer.suggestions)],
            ));
            return;
        }
        answer.notes.push(if answer.suggestions.is_empty() {
            words(
                "ingen kommune har eller har hatt navnet «{0}»",
                "ingen kommune har eller har hatt namnet «{0}»",
                "no municipality has or had the name “{0}”",
                &[answer.query.trim()],
            )
        } else {
            words(
                "ingen kommune har eller har hatt navnet «{0}»; mente du {1}?",
                "ingen kommune har eller har hatt namnet «{0}»; meinte du {1}?",
                "no municipality has or had the name “{0}”; did you mean {1}?",
                &[answer.query.trim(), &self.labels(&answer.suggestions)],
            )
        });
    }
}
