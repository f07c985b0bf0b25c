//! Columns of an export to variables of the questionnaire: by name, by the words of the question, never by position.

use super::dialect::{Dialect, Role};
use super::dictionary::{Dictionary, Kind};
use super::{contact, fold};
use std::collections::BTreeMap;

/// Where a column goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// The answers to a question; of one with several choices, all of them in a cell.
    Variable(usize),
    /// One choice of a question with several.
    Choice(usize, usize),
    /// A column of the tool's own.
    System(Role),
    /// Contact details that are no question.
    Contact,
    /// Left out because the user says so.
    Ignored,
    /// Nowhere.
    Nowhere(Nowhere),
}

/// Why a column goes nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Nowhere {
    /// Neither a name nor a question of the questionnaire.
    Unknown,
    /// It could be each of these columns.
    Several(Vec<String>),
    /// Another column, at this position, fits better.
    Weaker(usize),
    /// The question is known, the choice is not.
    NoChoice(String),
}

/// How a column found its place, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum How {
    /// The user said so.
    Given,
    /// The name, letter by letter.
    Name,
    /// The name without regard to case, accents and `_`.
    Folded,
    /// The name at the end of a path, or before the question.
    NameWithin,
    /// The question.
    Question,
    /// The beginning of the question.
    Beginning,
}

/// A place and how it was found.
type Found = (Target, How);

/// What a heading says: one line, or a question with an option below it.
pub(super) struct Heading<'a> {
    pub(super) text: &'a str,
    pub(super) option: Option<&'a str>,
    /// No other column has the same question.
    pub(super) alone: bool,
}

/// Words that survey tools write below a question that has one column.
const RESPONSES: [&str; 12] = [
    "response",
    "openendedresponse",
    "respons",
    "svar",
    "apentsvar",
    "fritekstsvar",
    "apentspsvar",
    "respuesta",
    "antwort",
    "openended",
    "fritekst",
    "apensvar",
];

/// Places a heading.
pub(super) fn place(heading: &Heading<'_>, dictionary: &Dictionary, dialect: Dialect) -> Found {
    let text = heading.text.trim();
    if let Some(variable) = dictionary.exact(text)
        && heading.option.is_none()
    {
        return (Target::Variable(variable), How::Name);
    }
    if let Some(role) = dialect.role(text) {
        let target = if role == Role::Contact { Target::Contact } else { Target::System(role) };
        return (target, How::Name);
    }
    let places = Places { dictionary };
    let option = heading.option.map(str::trim).filter(|option| !option.is_empty());
    let found = match option.filter(|option| !RESPONSES.contains(&fold::name(option).as_str())) {
        Some(option) => {
            let below = places.below(text, option);
            // A heading of its own that some tools write for a single column.
            if heading.alone && matches!(below.0, Target::Nowhere(_)) {
                match places.any(text) {
                    found @ (Target::Variable(variable), _) if dictionary.variables[variable].kind != Kind::Several => {
                        found
                    }
                    _ => below,
                }
            } else {
                below
            }
        }
        None => places.any(text),
    };
    if found.0 == Target::Nowhere(Nowhere::Unknown) && contact::is_heading(text) {
        return (Target::Contact, How::Question);
    }
    found
}

/// The place that a user names: `variable` or `variable/choice`.
pub(super) fn given(name: &str, dictionary: &Dictionary) -> Option<Target> {
    let (target, how) = Places { dictionary }.by_name(name)?;
    (how <= How::Folded && !matches!(target, Target::Nowhere(_))).then_some(target)
}

/// Columns with one place: the surest keeps it. Pairs that are equally sure are returned, and both go nowhere.
pub(super) fn settle(columns: &mut [Found]) -> Vec<(usize, usize)> {
    let mut best: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let mut twice = Vec::new();
    for place in 0..columns.len() {
        let key = match columns[place].0 {
            Target::Variable(variable) => (variable, usize::MAX),
            Target::Choice(variable, choice) => (variable, choice),
            _ => continue,
        };
        match best.get(&key).copied() {
            None => {
                best.insert(key, place);
            }
            Some(other) if columns[other].1 == columns[place].1 => twice.push((other, place)),
            Some(other) if columns[other].1 < columns[place].1 => {
                columns[place].0 = Target::Nowhere(Nowhere::Weaker(other))
            }
            Some(other) => {
                columns[other].0 = Target::Nowhere(Nowhere::Weaker(place));
                best.insert(key, place);
                twice.retain(|(first, second)| *first != other && *second != other);
            }
        }
    }
    twice
}

struct Places<'a> {
    dictionary: &'a Dictionary,
}

/// Where a heading can be cut between a question and one of its options or rows.
const CUTS: [&str; 9] = ["[", " - ", " – ", " — ", ": ", "/", " | ", " » ", "."];

/// Where a heading can be cut between a name and the question.
const AFTER_NAME: [&str; 6] = [". ", ": ", " - ", " – ", "] ", ") "];

impl Places<'_> {
    /// By name, then by path, then by what is asked; at last with letters that were encoded twice put right.
    fn any(&self, text: &str) -> Found {
        let is_place = |found: &Found| !matches!(found.0, Target::Nowhere(_));
        let ways: [fn(&Self, &str) -> Option<Found>; 5] =
            [Self::by_name, Self::by_path, Self::name_before, Self::by_question, Self::below_group];
        let mut nowhere = None;
        for way in ways {
            match way(self, text) {
                Some(found) if is_place(&found) => return found,
                found => nowhere = nowhere.or(found),
            }
        }
        let put_right = fold::undo_mojibake(text).map(|text| self.any(&text)).filter(is_place);
        let nowhere = put_right.map(|(target, how)| (target, how.max(How::Folded))).or(nowhere);
        nowhere.unwrap_or((Target::Nowhere(Nowhere::Unknown), How::Beginning))
    }

    /// `group/Question`: a group of the form before the question.
    fn below_group(&self, text: &str) -> Option<Found> {
        let (group, question) = text.split_once('/')?;
        (!group.contains(char::is_whitespace))
            .then(|| self.by_question(question).or_else(|| self.below_group(question)))?
    }

    /// `name`, `name[choice]`, `name.choice`, `name/choice`, `name_choice`, `name[row]` of a question per row.
    fn by_name(&self, text: &str) -> Option<Found> {
        let dictionary = self.dictionary;
        if let Some(variable) = dictionary.exact(text) {
            return Some((Target::Variable(variable), How::Name));
        }
        // The name of a question with several choices, a sign, and something that should be a choice.
        let mut unknown = None;
        for (at, sign) in
            text.char_indices().filter(|(_, sign)| matches!(sign, '[' | '.' | '/' | ':' | '_' | '-' | '('))
        {
            let (left, right) = (&text[..at], text[at + 1..].trim_end_matches([']', ')']));
            let Some((variable, how)) = self.several(left) else { continue };
            let list = dictionary.list(variable);
            if let Some((choice, _)) = list.code(right) {
                let how = if list.codes[choice] == right { how } else { How::Folded };
                return Some((Target::Choice(variable, choice), how));
            }
            if matches!(sign, '[' | '/' | '.') {
                if let Ok(Some((choice, _))) = list.label(right) {
                    return Some((Target::Choice(variable, choice), How::Folded.max(how)));
                }
                unknown = Some(dictionary.variables[variable].name.clone());
            }
        }
        let variables = dictionary.folded(text).iter().map(|variable| Target::Variable(*variable));
        let options = dictionary.options(text).iter().map(|(variable, choice)| Target::Choice(*variable, *choice));
        let found: Vec<Target> = variables.chain(options).collect();
        self.one(found, How::Folded).or_else(|| Some((Target::Nowhere(Nowhere::NoChoice(unknown?)), How::Folded)))
    }

    /// A question with several choices by its name.
    fn several(&self, name: &str) -> Option<(usize, How)> {
        let is_several = |variable: &usize| self.dictionary.variables[*variable].kind == Kind::Several;
        if let Some(variable) = self.dictionary.exact(name).filter(is_several) {
            return Some((variable, How::Name));
        }
        match self.dictionary.folded(name) {
            [variable] if is_several(variable) => Some((*variable, How::Folded)),
            _ => None,
        }
    }

    /// `group/name`, `group-name/choice`: the longest end that is a name.
    fn by_path(&self, text: &str) -> Option<Found> {
        if text.contains(char::is_whitespace) {
            return None;
        }
        let ends = text.char_indices().filter(|(_, sign)| matches!(sign, '/' | '-' | '.' | ':'));
        let mut found = ends.filter_map(|(at, sign)| self.by_name(&text[at + sign.len_utf8()..]));
        found.next().map(|(target, how)| (target, how.max(How::NameWithin)))
    }

    /// `name. Question`, `[name] Question`: a name, and a question that is not another's.
    fn name_before(&self, text: &str) -> Option<Found> {
        let cut = AFTER_NAME.iter().filter_map(|cut| Some((text.find(cut)?, cut.len()))).min()?;
        let (name, question) = (text[..cut.0].trim_start_matches(['[', '(']), &text[cut.0 + cut.1..]);
        if name.contains(char::is_whitespace) {
            return None;
        }
        // `name[choice` had its bracket cut off.
        let (target, _) = self.by_name(name).filter(|(target, _)| !matches!(target, Target::Nowhere(_)))?;
        let says = |target: &Target| match target {
            Target::Variable(variable) | Target::Choice(variable, _) => Some(*variable),
            _ => None,
        };
        match self.by_question(question) {
            Some((other, _)) if says(&other).is_some() && says(&other) != says(&target) => {
                let names = [&target, &other].map(|target| self.name(target)).to_vec();
                Some((Target::Nowhere(Nowhere::Several(names)), How::NameWithin))
            }
            None | Some((Target::Nowhere(_), _)) if self.is_several(&target) && is_other(question) => {
                let variable = self.name(&target);
                Some((Target::Nowhere(Nowhere::NoChoice(variable)), How::NameWithin))
            }
            _ => Some((target, How::NameWithin)),
        }
    }

    fn is_several(&self, target: &Target) -> bool {
        matches!(target, Target::Variable(variable) if self.dictionary.variables[*variable].kind == Kind::Several)
    }

    /// By the words of the question, with an option or row behind it or without.
    fn by_question(&self, text: &str) -> Option<Found> {
        let text = unnumbered(text);
        let folded = fold::text(text);
        let words = fold::words(&folded);
        if words.is_empty() {
            return None;
        }
        let variables = || self.dictionary.variables.iter().enumerate();
        let with = |fits: &dyn Fn(&(String, String)) -> bool| -> Vec<Target> {
            let fitting = variables().filter(|(_, variable)| variable.texts.iter().any(fits));
            fitting.map(|(place, _)| Target::Variable(place)).collect()
        };
        let exact = with(&|(question, _)| *question == folded);
        let found = self.one(exact, How::Question).or_else(|| self.one(with(&|(_, own)| *own == words), How::Question));
        if found.is_some() {
            return found;
        }
        // The whole question, then the choice.
        let mut choices = Vec::new();
        for (place, variable) in variables().filter(|(_, variable)| variable.kind == Kind::Several) {
            for (_, own) in &variable.texts {
                let rest = words.strip_prefix(own.as_str()).and_then(|rest| rest.strip_prefix(' '));
                if let Some(Ok(Some((choice, _)))) = rest.map(|rest| self.dictionary.list(place).label(rest)) {
                    choices.push(Target::Choice(place, choice));
                }
            }
        }
        let cuts = || {
            CUTS.iter().flat_map(|cut| text.match_indices(cut).map(|(at, cut)| (&text[..at], &text[at + cut.len()..])))
        };
        self.one(choices, How::Question)
            .or_else(|| {
                let mut found = Vec::new();
                for (question, option) in cuts() {
                    if let (target @ Target::Choice(..), _) = self.below(question, option.trim_end_matches([']', ')']))
                    {
                        found.push(target);
                    }
                }
                self.one(found, How::Beginning)
            })
            .or_else(|| self.by_beginning(&words))
            .or_else(|| {
                // A row of a table of questions, without what they have in common.
                let rows = variables().filter(|(_, variable)| variable.rows.contains(&words));
                self.one(rows.map(|(place, _)| Target::Variable(place)).collect(), How::Beginning)
            })
            .or_else(|| {
                let mut rows = Vec::new();
                for (question, row) in cuts() {
                    if let (target @ Target::Variable(_), _) = self.below(question, row.trim_end_matches([']', ')'])) {
                        rows.push(target);
                    }
                }
                self.one(rows, How::Beginning)
            })
    }

    /// The beginning of one question and of no other, or one question and more behind it; at least three words.
    fn by_beginning(&self, words: &str) -> Option<Found> {
        let long = |words: &str| words.split(' ').count() >= 3;
        let begins = |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.starts_with(' '));
        let fits = |own: &str| (long(words) && begins(own, words)) || (long(own) && begins(words, own));
        let variables = self.dictionary.variables.iter().enumerate();
        let fitting = variables.filter(|(_, variable)| variable.texts.iter().any(|(_, own)| fits(own)));
        let found = self.one(fitting.map(|(place, _)| Target::Variable(place)).collect(), How::Beginning);
        found.map(|(target, how)| {
            let behind = |(_, question): &(String, String)| words.strip_prefix(question.as_str()).is_some_and(is_other);
            match target {
                Target::Variable(place)
                    if self.is_several(&target) && self.dictionary.variables[place].texts.iter().any(behind) =>
                {
                    (Target::Nowhere(Nowhere::NoChoice(self.name(&target))), how)
                }
                target => (target, how),
            }
        })
    }

    /// A question and an option or row of it.
    fn below(&self, question: &str, option: &str) -> Found {
        let question = unnumbered(question.trim());
        let words = fold::words(&fold::text(question));
        let row = fold::words(&fold::text(option));
        let variables = self.dictionary.variables.iter().enumerate();
        let known = self.by_name(question).map(|(target, _)| target);
        let mut several = Vec::new();
        let mut exact = Vec::new();
        let mut rows = Vec::new();
        for (place, variable) in variables {
            let named = known == Some(Target::Variable(place));
            let is_long = words.split(' ').count() >= 3;
            for (_, own) in &variable.texts {
                let begins = is_long && own.strip_prefix(words.as_str()).is_some_and(|rest| rest.starts_with(' '));
                if variable.kind == Kind::Several && (named || *own == words || begins) {
                    if *own == words || named { exact.push(place) } else { several.push(place) }
                } else if begins
                    && !row.is_empty()
                    && own.ends_with(&format!(" {row}"))
                    && own.len() > words.len() + row.len()
                {
                    rows.push(Target::Variable(place));
                }
            }
        }
        let several = if exact.is_empty() { several } else { exact };
        let mut choices = Vec::new();
        for place in &several {
            let list = self.dictionary.list(*place);
            if let Ok((choice, _)) = list.find(option, super::dialect::Prefer::Labels) {
                choices.push(Target::Choice(*place, choice));
            }
        }
        let unknown = || match several.as_slice() {
            [] => Nowhere::Unknown,
            [place, ..] => Nowhere::NoChoice(self.dictionary.variables[*place].name.clone()),
        };
        self.one(choices, How::Question)
            .or_else(|| self.one(rows, How::Question))
            .unwrap_or_else(|| (Target::Nowhere(unknown()), How::Question))
    }

    /// The one place, or that there are several; nothing when there is none.
    fn one(&self, mut found: Vec<Target>, how: How) -> Option<Found> {
        let mut seen: Vec<Target> = Vec::new();
        found.retain(|target| {
            !seen.contains(target) && {
                seen.push(target.clone());
                true
            }
        });
        match found.len() {
            0 => None,
            1 => found.pop().map(|target| (target, how)),
            _ => {
                let names = found.iter().map(|target| self.name(target)).collect();
                Some((Target::Nowhere(Nowhere::Several(names)), how))
            }
        }
    }

    fn name(&self, target: &Target) -> String {
        name(target, self.dictionary)
    }
}

/// A place as the answers' header has it.
pub(super) fn name(target: &Target, dictionary: &Dictionary) -> String {
    match target {
        Target::Variable(variable) => dictionary.variables[*variable].name.clone(),
        Target::Choice(variable, choice) => {
            format!("{}/{}", dictionary.variables[*variable].name, dictionary.list(*variable).codes[*choice])
        }
        _ => String::new(),
    }
}

/// Whether what stands behind a question with several choices is a column of its own beside them: "other, please specify".
fn is_other(rest: &str) -> bool {
    const WORDS: [&str; 7] = ["annet", "anna", "andre", "other", "spesifiser", "spesifisér", "specify"];
    fold::words(&fold::text(rest)).split(' ').any(|word| WORDS.contains(&word))
}

/// A question without its number: `3. `, `12) `, `Q4: `.
fn unnumbered(text: &str) -> &str {
    let rest = text.strip_prefix(['Q', 'q']).unwrap_or(text);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let after = &rest[digits..];
    let question =
        after.strip_prefix(['.', ')', ':']).filter(|rest| (1..=3).contains(&digits) && rest.starts_with(' '));
    question.map_or(text, str::trim_start)
}
