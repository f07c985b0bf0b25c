//! Whether people who were published before are here under another name.
//!
//! A ledger knows a figure by its indicator, wave, year and municipalities. Whoever renames a wave, or moves the years, would
//! begin anew beside what is out, and a late answer would follow by subtraction. So a ledger also holds a [`Token`] per
//! person: not who it is or what was answered, but enough to see that the same forms are back.

use super::{Boundary, Figure, Ledger, ReleaseProblem, digest};
use std::collections::{BTreeMap, BTreeSet};

/// What is remembered of a person in the base of a question: 16 bits of a digest of the self-made code, and 16 of the code
/// with the time of submission. No answer is in it, and many people have the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Token {
    code: u16,
    form: u16,
}

impl Token {
    /// The token of a form; `None` without a code and a time.
    ///
    /// ```
    /// # use bygdepuls_core::disclosure::release::Token;
    /// let token = Token::new("int_kunne", "KA11ST", "2025-04-01T07:39:19").unwrap();
    /// assert_eq!(Token::read(&token.write()), Some(token));
    /// assert_eq!(Token::new("int_kunne", "", ""), None);
    /// ```
    #[must_use]
    pub fn new(question: &str, code: &str, submitted: &str) -> Option<Self> {
        #[allow(clippy::cast_possible_truncation, reason = "the last 16 bits")]
        let bits = |text: String| digest(&text) as u16;
        let who = if code.is_empty() { submitted } else { code };
        let form = bits(format!("form\n{question}\n{code}\n{submitted}"));
        (!who.is_empty()).then(|| Self { code: bits(format!("code\n{question}\n{who}")), form })
    }

    /// As eight digits.
    #[must_use]
    pub fn write(self) -> String {
        format!("{:04x}{:04x}", self.code, self.form)
    }

    /// From those.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let is_hex = text.len() == 8 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let part = |from: usize| u16::from_str_radix(text.get(from..from + 4)?, 16).ok();
        if is_hex { Some(Self { code: part(0)?, form: part(4)? }) } else { None }
    }
}

/// A person in the base of a question as the project has it now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Person {
    /// The person's token.
    pub token: Token,
    /// Whether the time of submission has a time of day: nobody else then has the same code and time.
    pub is_timed: bool,
}

/// Under what name some people are: wave, year, municipality.
pub(in crate::disclosure) type Name = (String, u16, String);

/// Figures that were published of people who are elsewhere now: at least half of those behind it are, under another wave or
/// year, or in a municipality that no change of boundaries explains.
///
/// A person is elsewhere when the same form is found under another name, and not under the old one any more, or with a time
/// of day, so that it is there twice; or when the code is found in the same wave of another year, where nobody is twice, and
/// not under the old one any more. Panels are no such thing: later forms have other times, and the old ones stay.
pub(in crate::disclosure) fn elsewhere(
    now: &BTreeMap<Name, Vec<Person>>,
    ledger: &Ledger,
    boundaries: &[Boundary],
) -> Vec<ReleaseProblem> {
    let mut of_form: BTreeMap<Token, Vec<(&Name, bool)>> = BTreeMap::new();
    let mut of_code: BTreeMap<(u16, &str), Vec<&Name>> = BTreeMap::new();
    for (name, people) in now {
        for person in people {
            of_form.entry(person.token).or_default().push((name, person.is_timed));
            of_code.entry((person.token.code, &name.0)).or_default().push(name);
        }
    }
    let mut problems = Vec::new();
    let mut told = BTreeSet::new();
    for figure in ledger.figures().filter(|figure| figure.is_shown()) {
        let is_own = |name: &Name| is_own(figure, name, boundaries);
        let tokens: BTreeSet<Token> =
            figure.atoms.iter().flat_map(|atom| &atom.people).filter_map(|token| Token::read(token)).collect();
        let mut there: BTreeMap<(&str, u16), usize> = BTreeMap::new();
        let mut gone = 0;
        for token in &tokens {
            let forms = of_form.get(token).map(Vec::as_slice).unwrap_or_default();
            let is_still = forms.iter().any(|(name, _)| is_own(name));
            let codes = of_code.get(&(token.code, &figure.wave)).map(Vec::as_slice).unwrap_or_default();
            let moved = forms.iter().filter(|(name, is_timed)| !is_own(name) && (*is_timed || !is_still));
            let shifted = codes.iter().filter(|name| !is_still && !is_own(name) && !is_year_of(figure, name.1));
            let found: BTreeSet<(&str, u16)> =
                moved.map(|(name, _)| *name).chain(shifted.copied()).map(|name| (name.0.as_str(), name.1)).collect();
            gone += usize::from(!found.is_empty());
            found.into_iter().for_each(|name| *there.entry(name).or_default() += 1);
        }
        let most = there.iter().max_by_key(|((wave, year), people)| (**people, std::cmp::Reverse((*wave, *year))));
        let Some((&(wave, year), _)) = most else { continue };
        if 2 * gone >= tokens.len() && told.insert(figure.name()) {
            problems.push(ReleaseProblem::Elsewhere {
                figure: figure.name(),
                since: figure.since.clone(),
                wave: wave.into(),
                year,
                people: gone,
                of: tokens.len(),
            });
        }
    }
    problems
}

fn is_year_of(figure: &Figure, year: u16) -> bool {
    figure.atoms.iter().any(|atom| atom.year == year)
}

/// Whether a name is one that the people of a figure may have.
fn is_own(figure: &Figure, (wave, year, municipality): &Name, boundaries: &[Boundary]) -> bool {
    let has_changed = || boundaries.iter().any(|one| one.old.contains(municipality) || one.new.contains(municipality));
    let mut atoms = figure.atoms.iter().filter(|atom| atom.year == *year);
    figure.wave == *wave && atoms.any(|atom| atom.municipality == *municipality || has_changed())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disclosure::release::{Atom, Release, Shown};

    fn person(code: usize, time: &str) -> Person {
        let token = Token::new("q", &format!("C{code}"), time).unwrap();
        Person { token, is_timed: time.len() > 10 }
    }

    fn people(codes: std::ops::Range<usize>, time: &str) -> Vec<Person> {
        codes.map(|code| person(code, time)).collect()
    }

    fn name(wave: &str, year: u16, place: &str) -> Name {
        (wave.into(), year, place.into())
    }

    /// Twelve people of w1 2025 A, as they were published.
    fn ledger(time: &str) -> Ledger {
        let people: Vec<String> = people(0..12, time).iter().map(|person| person.token.write()).collect();
        let figure = Figure {
            indicator: "i".into(),
            wave: "w1".into(),
            figure: "i".into(),
            base: "outside".into(),
            period: "2025".into(),
            area: "A".into(),
            atoms: vec![Atom { year: 2025, municipality: "A".into(), n: 12, people }],
            n: 12,
            shown: Shown { status: "band".into(), band: Some(1), bands: Some(3), ..Shown::default() },
            at_least: Some(0),
            at_most: Some(3),
            by_audit: false,
            since: "2025-04-30".into(),
        };
        Ledger { releases: vec![Release::new("p", "2025-04-30", &Ledger::default(), vec![figure])] }
    }

    /// How many of the twelve are elsewhere, where that is refused.
    fn found(time: &str, now: &[(Name, Vec<Person>)]) -> Option<usize> {
        let problems = elsewhere(&now.iter().cloned().collect(), &ledger(time), &[]);
        problems.first().map(|problem| match problem {
            ReleaseProblem::Elsewhere { people, .. } => *people,
            _ => 0,
        })
    }

    const DAY: &str = "2025-04-02";
    const TIME: &str = "2025-04-02T10:11:12.131+02:00";

    #[test]
    fn half_of_them_are_enough() {
        let split = |there: usize| {
            [(name("w1", 2025, "A"), people(there..20, DAY)), (name("w7", 2025, "A"), people(0..there, DAY))]
        };
        assert_eq!([0, 5, 6, 12].map(|there| found(DAY, &split(there))), [None, None, Some(6), Some(12)]);
        // Nobody is left of them at all: that is no other name.
        assert_eq!(found(DAY, &[(name("w7", 2025, "A"), people(20..40, DAY))]), None);
    }

    #[test]
    fn a_form_that_is_there_twice() {
        let copied =
            |time: &str| [(name("w1", 2025, "A"), people(0..12, time)), (name("w1", 2026, "A"), people(0..13, time))];
        // On the same day somebody else may have the same code; to the millisecond nobody has.
        assert_eq!((found(DAY, &copied(DAY)), found(TIME, &copied(TIME))), (None, Some(12)));
    }

    #[test]
    fn a_panel_answers_again() {
        let later = "2028-04-05T09:00:00.000+02:00";
        let panel = [(name("w1", 2025, "A"), people(0..12, TIME)), (name("w2", 2028, "A"), people(0..12, later))];
        assert_eq!(found(TIME, &panel), None);
        // The first year is not in the project any more.
        assert_eq!(found(TIME, &panel[1..]), None);
        // In the same wave three years later nobody is again.
        assert_eq!(found(TIME, &[(name("w1", 2028, "A"), people(0..12, later))]), Some(12));
    }

    #[test]
    fn municipalities() {
        let now = [(name("w1", 2025, "B"), people(0..12, DAY))];
        assert_eq!(found(DAY, &now), Some(12));
        let now: BTreeMap<Name, Vec<Person>> = now.into_iter().collect();
        let merged = Boundary { old: vec!["A".into(), "C".into()], new: vec!["B".into()], year: 2026 };
        assert_eq!(elsewhere(&now, &ledger(DAY), &[merged]), []);
    }
}
