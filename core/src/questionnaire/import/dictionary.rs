//! The questionnaire as the import looks things up in it: variables by name and by words, choices by code and by label.

use super::dialect::Prefer;
use super::{contact, fold};
use crate::questionnaire::lint::{is_contact, is_self_made_code};
use crate::questionnaire::{ChoiceList, Item, ItemKind, Questionnaire};
use crate::read::Missing;
use std::collections::BTreeMap;

/// What the cells of a variable hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// One choice of a list.
    One,
    /// Several choices of a list, a column each.
    Several,
    /// A whole number.
    Whole,
    /// A number.
    Decimal,
    /// A date.
    Date,
    /// A date with a time.
    Time,
    /// Anything.
    Text,
}

/// A variable, in the order of the questionnaire.
#[derive(Clone, Debug)]
pub(super) struct Variable {
    pub(super) name: String,
    pub(super) kind: Kind,
    /// Position of its list.
    pub(super) list: usize,
    /// Its question in each language: folded, and the words alone.
    pub(super) texts: Vec<(String, String)>,
    /// The words behind the last dash of its question in each language: a row of a table of questions.
    pub(super) rows: Vec<String>,
    /// It asks for contact details: its column stays empty, and what was answered goes to a file of its own.
    pub(super) contact: bool,
    /// When the session was begun or sent in, taken from the tool's own columns where the form has none.
    pub(super) session: Option<Session>,
    /// Position of the item.
    pub(super) item: usize,
    /// Whether people answer it.
    pub(super) question: bool,
    /// Whether it is a code that people make for themselves.
    pub(super) code: bool,
}

/// The two times of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Session {
    Started,
    Submitted,
}

/// A list of choices.
#[derive(Clone, Debug, Default)]
pub(super) struct List {
    pub(super) codes: Vec<String>,
    pub(super) labels: Vec<String>,
    pub(super) missing: Vec<Option<Missing>>,
    by_code: BTreeMap<String, usize>,
    by_folded_code: BTreeMap<String, Vec<usize>>,
    by_label: BTreeMap<String, Vec<usize>>,
    by_words: BTreeMap<String, Vec<usize>>,
}

/// How a value was found among the choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Match {
    /// The code as the questionnaire writes it.
    Code,
    /// The code in another form: `5.0`, `q` for `Q`.
    CodeForm,
    /// The label, in any language.
    Label,
    /// The label without regard to punctuation.
    Words,
    /// Code and label together: `5. Helt enig`.
    Both,
    /// The label after letters that were encoded twice were put right.
    Mojibake,
}

/// Why a value is none of the choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NoChoice {
    Unknown,
    /// It could be each of these codes.
    Several(Vec<String>),
}

/// All of it.
#[derive(Clone, Debug)]
pub(super) struct Dictionary {
    pub(super) variables: Vec<Variable>,
    pub(super) lists: Vec<List>,
    /// The variable of the wave.
    pub(super) wave: Option<usize>,
    exact: BTreeMap<String, usize>,
    folded: BTreeMap<String, Vec<usize>>,
    /// Names of variables with the codes of their choices, folded together.
    options: BTreeMap<String, Vec<(usize, usize)>>,
}

impl Dictionary {
    pub(super) fn new(questionnaire: &Questionnaire) -> Self {
        let lists: Vec<List> = questionnaire.lists.iter().map(List::new).collect();
        let mut own = Self {
            variables: Vec::new(),
            lists,
            wave: None,
            exact: BTreeMap::new(),
            folded: BTreeMap::new(),
            options: BTreeMap::new(),
        };
        let mut groups: Vec<&Item> = Vec::new();
        for (place, item) in questionnaire.items.iter().enumerate() {
            if item.kind.is_begin() {
                groups.push(item);
            } else if item.kind.is_end() {
                groups.pop();
            }
            // A name that was used before was reported when the questionnaire was read.
            if !item.kind.is_variable() || item.name.is_empty() || own.exact.contains_key(&item.name) {
                continue;
            }
            let list = item.kind.list().and_then(|name| questionnaire.lists.iter().position(|list| list.name == name));
            let Some(mut variable) = Variable::new(place, item, list) else { continue };
            if let Some(group) = groups.last() {
                variable.below(group, item);
            }
            own.add(variable);
        }
        own.wave = questionnaire.wave_variable().and_then(|item| own.exact(&item.name));
        own
    }

    fn add(&mut self, variable: Variable) {
        let place = self.variables.len();
        self.exact.insert(variable.name.clone(), place);
        let name = fold::name(&variable.name);
        if variable.kind == Kind::Several {
            for (choice, code) in self.lists[variable.list].codes.iter().enumerate() {
                self.options.entry(format!("{name}{}", fold::name(code))).or_default().push((place, choice));
            }
        }
        self.folded.entry(name).or_default().push(place);
        self.variables.push(variable);
    }

    pub(super) fn exact(&self, name: &str) -> Option<usize> {
        self.exact.get(name).copied()
    }

    /// Variables whose folded name this is.
    pub(super) fn folded(&self, name: &str) -> &[usize] {
        self.folded.get(&fold::name(name)).map(Vec::as_slice).unwrap_or_default()
    }

    /// Choices of variables whose folded names these are together.
    pub(super) fn options(&self, name: &str) -> &[(usize, usize)] {
        self.options.get(&fold::name(name)).map(Vec::as_slice).unwrap_or_default()
    }

    pub(super) fn list(&self, variable: usize) -> &List {
        &self.lists[self.variables[variable].list]
    }

    /// The columns of the answers, in order: each variable, or each of its choices.
    pub(super) fn header(&self) -> Vec<String> {
        let mut header = Vec::new();
        for (place, variable) in self.variables.iter().enumerate() {
            match variable.kind {
                Kind::Several => {
                    header.extend(self.list(place).codes.iter().map(|code| format!("{}/{code}", variable.name)));
                }
                _ => header.push(variable.name.clone()),
            }
        }
        header
    }
}

impl Variable {
    /// Whether people write what they want, so that it may hold anything.
    pub(super) fn is_free_text(&self) -> bool {
        self.kind == Kind::Text && self.question && !self.contact && !self.code
    }

    /// A question of a group is known by the title of the group and its own words too: survey tools make a table of them, and
    /// head its columns `Title [row]`.
    fn below(&mut self, group: &Item, item: &Item) {
        let both = group.label.iter().zip(&item.label).filter(|(title, label)| !title.is_empty() && !label.is_empty());
        let texts = both.map(|(title, label)| {
            let folded = fold::text(&format!("{title} – {label}"));
            let words = fold::words(&folded);
            (folded, words)
        });
        self.texts.extend(texts.collect::<Vec<_>>());
    }

    fn new(place: usize, item: &Item, list: Option<usize>) -> Option<Self> {
        let mut personal = false;
        let mut session = None;
        let kind = match &item.kind {
            ItemKind::SelectOne { .. } => list.map(|_| Kind::One)?,
            ItemKind::SelectMultiple { .. } => list.map(|_| Kind::Several)?,
            ItemKind::Hidden { .. } => list.map_or(Kind::Text, |_| Kind::One),
            ItemKind::Integer => Kind::Whole,
            ItemKind::Decimal | ItemKind::Range => Kind::Decimal,
            ItemKind::Date => Kind::Date,
            ItemKind::DateTime => Kind::Time,
            ItemKind::Metadata(word) => match word.as_str() {
                "start" => {
                    session = Some(Session::Started);
                    Kind::Time
                }
                "end" => {
                    session = Some(Session::Submitted);
                    Kind::Time
                }
                "today" => Kind::Date,
                _ => {
                    personal = true;
                    Kind::Text
                }
            },
            _ => Kind::Text,
        };
        let is_text = kind == Kind::Text && item.kind.is_question();
        let labels = item.label.iter().map(String::as_str);
        let asks = is_contact(item) || is_text && contact::is_question(&item.name, labels);
        // A code of its own making may be made from names, and is not one.
        let contact = personal || asks && !is_self_made_code(item);
        let texts = item.label.iter().filter(|label| !label.is_empty()).map(|label| {
            let folded = fold::text(label);
            let words = fold::words(&folded);
            (folded, words)
        });
        let texts: Vec<(String, String)> = texts.filter(|(_, words)| !words.is_empty()).collect();
        let row = |(folded, _): &(String, String)| folded.rsplit_once(" - ").map(|(_, row)| fold::words(row));
        let rows = texts.iter().filter_map(row).filter(|row| !row.is_empty()).collect();
        let (name, question) = (item.name.clone(), item.kind.is_question());
        let code = is_self_made_code(item);
        Some(Self {
            code,
            name,
            kind,
            list: list.unwrap_or_default(),
            texts,
            rows,
            contact,
            session,
            item: place,
            question,
        })
    }
}

impl List {
    fn new(list: &ChoiceList) -> Self {
        let mut own = Self::default();
        // A questionnaire that names no kind of missing anywhere in the list says it with the words of the choice.
        let named = list.choices.iter().any(|choice| choice.missing.is_some());
        for (place, choice) in list.choices.iter().enumerate() {
            own.by_code.entry(choice.code.clone()).or_insert(place);
            add(&mut own.by_folded_code, choice.code.to_lowercase(), place);
            let labels = choice.label.iter().filter(|label| !label.is_empty());
            for folded in labels.clone().map(|label| fold::text(label)) {
                add(&mut own.by_words, fold::words(&folded), place);
                add(&mut own.by_label, folded, place);
            }
            let words = labels.clone().find_map(|label| by_words(&fold::text(label)));
            own.missing.push(choice.missing.or(words.filter(|_| !named)));
            own.labels.push(labels.clone().next().cloned().unwrap_or_default());
            own.codes.push(choice.code.clone());
        }
        own
    }

    /// The choice that a value is: its code, its label in any language, or both. A value that is the code of one choice
    /// and the label of another is decided by what the tool writes, or not at all.
    pub(super) fn find(&self, value: &str, prefer: Prefer) -> Result<(usize, Match), NoChoice> {
        let value = value.trim();
        let code = self.code(value);
        let label = self.label(value)?;
        match (code, label) {
            (Some(code), Some(label)) if code.0 != label.0 => match prefer {
                Prefer::Codes => Ok(code),
                Prefer::Labels => Ok(label),
                Prefer::Either => Err(self.several(&[code.0, label.0])),
            },
            (Some(code), _) => Ok(code),
            (None, Some(label)) => Ok(label),
            (None, None) => match self.both(value) {
                Some(choice) => Ok((choice, Match::Both)),
                None => {
                    let put_right = fold::undo_mojibake(value).ok_or(NoChoice::Unknown)?;
                    let found = self.label(&put_right)?.ok_or(NoChoice::Unknown)?;
                    Ok((found.0, Match::Mojibake))
                }
            },
        }
    }

    /// By code: as written, as the same number, in another case.
    pub(super) fn code(&self, value: &str) -> Option<(usize, Match)> {
        if let Some(place) = self.by_code.get(value) {
            return Some((*place, Match::Code));
        }
        let number = whole_number(value).and_then(|number| self.by_code.get(number));
        let folded = || self.by_folded_code.get(&value.to_lowercase()).filter(|places| places.len() == 1);
        number.or_else(|| folded().map(|places| &places[0])).map(|place| (*place, Match::CodeForm))
    }

    /// By label: with its punctuation, then without.
    pub(super) fn label(&self, value: &str) -> Result<Option<(usize, Match)>, NoChoice> {
        let folded = fold::text(value);
        if folded.is_empty() {
            return Ok(None);
        }
        let words = fold::words(&folded);
        for (found, how) in [(self.by_label.get(&folded), Match::Label), (self.by_words.get(&words), Match::Words)] {
            match found.map(Vec::as_slice) {
                Some([place]) => return Ok(Some((*place, how))),
                Some(places) if !words.is_empty() => return Err(self.several(places)),
                _ => {}
            }
        }
        Ok(None)
    }

    /// `5. Helt enig`, `[5] Helt enig`, `Helt enig (5)`: code and label of the same choice.
    fn both(&self, value: &str) -> Option<usize> {
        let label = |text: &str| self.label(text).ok().flatten().map(|(place, _)| place);
        let fits = |code: &str, rest: &str| {
            let code =
                code.trim().trim_start_matches(['[', '(']).trim_end_matches([']', ')', '.', ':', '=', '-', '–']).trim();
            let rest = rest.trim().trim_start_matches([']', ')', '.', ':', '=', '-', '–']).trim();
            let (place, _) = self.code(code)?;
            (label(rest) == Some(place)).then_some(place)
        };
        let first = value.find([' ', '.', ':', ']', ')', '=']).and_then(|at| fits(&value[..at], &value[at..]));
        first.or_else(|| {
            let at = value.rfind(['[', '('])?;
            fits(&value[at..], &value[..at])
        })
    }

    fn several(&self, places: &[usize]) -> NoChoice {
        NoChoice::Several(places.iter().map(|place| self.codes[*place].clone()).collect())
    }

    /// The label or code most like a value.
    pub(super) fn nearest(&self, value: &str) -> Option<&str> {
        let value = fold::text(value);
        let near = |place: &usize| {
            let of = |text: &str| strsim::jaro_winkler(&value, &fold::text(text));
            of(&self.labels[*place]).max(of(&self.codes[*place]))
        };
        let best = (0..self.codes.len()).max_by(|a, b| near(a).total_cmp(&near(b)))?;
        (near(&best) > 0.8).then(|| self.labels[best].as_str())
    }

    /// How many separators a label holds at most.
    pub(super) fn most(&self, separators: &[char]) -> usize {
        let labels = self.by_label.keys().chain(self.by_code.keys());
        labels.map(|label| label.matches(separators).count()).max().unwrap_or(0)
    }

    /// Codes and labels, as a message lists them.
    pub(super) fn listed(&self) -> Vec<String> {
        let one = |(code, label): (&String, &String)| {
            if label.is_empty() || label == code { code.clone() } else { format!("{code} ({label})") }
        };
        self.codes.iter().zip(&self.labels).map(one).collect()
    }
}

fn add(map: &mut BTreeMap<String, Vec<usize>>, key: String, place: usize) {
    let places = map.entry(key).or_default();
    if !places.contains(&place) {
        places.push(place);
    }
}

/// The digits of `5.0` and `5,00`.
fn whole_number(value: &str) -> Option<&str> {
    let (whole, zeros) = value.split_once(['.', ','])?;
    let digits = whole.strip_prefix('-').unwrap_or(whole);
    let is_whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    (is_whole && !zeros.is_empty() && zeros.bytes().all(|byte| byte == b'0')).then_some(whole)
}

fn by_words(label: &str) -> Option<Missing> {
    match fold::words(label).as_str() {
        "vet ikke" | "veit ikkje" | "don t know" | "do not know" => Some(Missing::DontKnow),
        "vil ikke svare"
        | "vil ikkje svare"
        | "ønsker ikke å svare"
        | "ønskjer ikkje å svare"
        | "prefer not to say"
        | "prefer not to answer" => Some(Missing::Refused),
        _ => None,
    }
}
