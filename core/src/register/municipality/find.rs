//! Which municipality somebody means by a code or a name.

mod other_names;
mod query;
mod resolve;
mod suggest;

use super::name::{bare, fold, parts, plain};
use super::problem::words;
use super::{Code, Day, Municipality, Register};
use crate::text::Text;
use other_names::OTHER_NAMES;
use query::Query;

/// What a search came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// One municipality.
    Found,
    /// Several that the query could mean.
    Ambiguous,
    /// The query means a municipality, but not on this day; those of that day that have to do with it are suggested.
    NotThen,
    /// A code and a name that are not of one municipality.
    Contradiction,
    /// Nothing has this code or name.
    Unknown,
}

impl Status {
    /// The word in files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Ambiguous => "ambiguous",
            Self::NotThen => "not-then",
            Self::Contradiction => "contradiction",
            Self::Unknown => "unknown",
        }
    }
}

/// What a search found, and everything that was assumed.
#[derive(Clone, Debug)]
pub struct Answer<'a> {
    /// What was searched, as given.
    pub query: String,
    /// The day, where one was given or the query named one.
    pub day: Option<Day>,
    /// What it came to.
    pub status: Status,
    /// The one that was found; all that the query could mean; those that it meant on other days.
    pub municipalities: Vec<&'a Municipality>,
    /// Others to look at, nearest first: nothing says that they are meant.
    pub suggestions: Vec<&'a Municipality>,
    /// What was assumed, and why there is no answer.
    pub notes: Vec<Text>,
}

impl<'a> Answer<'a> {
    fn new(query: &str, day: Option<Day>) -> Self {
        let (municipalities, suggestions, notes) = (Vec::new(), Vec::new(), Vec::new());
        Self { query: query.into(), day, status: Status::Unknown, municipalities, suggestions, notes }
    }

    /// The municipality, when there is exactly one.
    #[must_use]
    pub fn found(&self) -> Option<&'a Municipality> {
        self.municipalities.first().copied().filter(|_| self.status == Status::Found)
    }
}

/// That the register does not have all changes until a day.
pub(super) fn late(day: Day) -> Text {
    words(
        "registeret har alle endringer til og med {1}; av senere, og til {0}, bare noen",
        "registeret har alle endringar til og med {1}; av seinare, og til {0}, berre nokre",
        "the register has all changes until {1}; of later ones, until {0}, only some",
        &[&day.to_string(), &Day::COMPLETE.to_string()],
    )
}

/// A name that a version of a municipality has, as keys of a search.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    fold: String,
    bare: String,
    /// The name as it stands in the register.
    name: String,
    version: usize,
}

impl Register {
    /// All names of all versions: the whole name, and each of its languages.
    pub(super) fn entries(&self) -> Vec<Entry> {
        let mut entries = Vec::new();
        for version in &self.versions {
            let mut names = parts(&version.name).names;
            if names.len() > 1 {
                names.insert(0, plain(&version.name));
            }
            for name in names {
                let fold = fold(name);
                entries.push(Entry { bare: bare(&fold), fold, name: name.into(), version: version.index });
            }
        }
        for (code, names) in OTHER_NAMES {
            let Some(version) = self.get(Code(code), Day::LAST) else { continue };
            entries.extend(names.iter().map(|name| {
                let fold = fold(name);
                Entry { bare: bare(&fold), fold, name: (*name).into(), version: version.index }
            }));
        }
        entries
    }

    /// Finds the municipality that a code or a name means, on a day or, without one, at any time.
    ///
    /// Case, accents, dashes, `aa` for å and the like make no difference, and neither does the order of the languages of a
    /// double name. A county may follow in brackets, after a comma or after `i`; a code may stand before a name, with or
    /// without SSB's `K-`; `(-2019)` at the end is when it ended. A code that has lost its zero in front is read with it.
    ///
    /// Never a guess: what several municipalities have had is ambiguous, what is misspelt is only suggested, and whatever
    /// was assumed is in the notes. Without a day a code means the municipality that has it now, or else the only one that ever
    /// had it.
    ///
    /// ```
    /// use bygdepuls_core::register::municipality::{Day, Register, Status};
    /// let register = Register::embedded();
    /// let misspelt = register.find("Ringeby", None);
    /// assert_eq!(misspelt.status, Status::Unknown);
    /// assert_eq!(misspelt.suggestions[0].code.to_string(), "3439");
    /// assert_eq!(register.find("Våler", None).status, Status::Ambiguous);
    /// let found = register.find("vaaler, Innlandet", Some(Day::january(2024)));
    /// assert_eq!(found.found().map(|found| found.code.to_string()).as_deref(), Some("3419"));
    /// ```
    #[must_use]
    pub fn find(&self, text: &str, day: Option<Day>) -> Answer<'_> {
        let mut answer = self.search(text, day);
        if let Some(day) = answer.day.filter(|day| day.year() > Day::COMPLETE.year()) {
            answer.notes.push(late(day));
        }
        answer
    }

    /// As [`Register::find`], without the note on late days: who looks up a whole table says it once.
    pub(crate) fn search(&self, text: &str, day: Option<Day>) -> Answer<'_> {
        let mut answer = Answer::new(text, day);
        let query = Query::parse(text, &mut answer.notes);
        if let (None, Some(until)) = (day, query.until) {
            let note = words(
                "navnet sier hvilken tid det gjelder; lest som {0}",
                "namnet seier kva tid det gjeld; lese som {0}",
                "the name says of which time it is; read as {0}",
                &[&until.to_string()],
            );
            answer.notes.push(note);
            answer.day = Some(until);
        }
        match (query.code, query.name.is_empty()) {
            (Some(code), true) => self.by_code(code, &mut answer),
            (Some(code), false) => self.by_both(code, &query, &mut answer),
            (None, false) => self.by_name(&query, &mut answer),
            (None, true) => {}
        }
        answer
    }

    /// How a municipality is told from others: code, name, county and the years with this code and name:
    /// `3419 Våler (Innlandet, 2020–)`.
    #[must_use]
    pub fn label(&self, of: &Municipality) -> String {
        let county = of.county().map_or("?", |county| county.name);
        let (from, to) = self.span(of);
        let to = to.map(|to| to.before().year().to_string()).unwrap_or_default();
        format!("{} {} ({county}, {}–{to})", of.code, plain(&of.name), from.year())
    }

    fn labels(&self, list: &[&Municipality]) -> String {
        list.iter().map(|one| self.label(one)).collect::<Vec<_>>().join(", ")
    }

    /// The municipalities of a day that a version has become, or was made of.
    fn related(&self, of: &Municipality, day: Day) -> Vec<&Municipality> {
        let next = if of.from > day { &self.predecessors } else { &self.successors };
        self.ends(of.index, day, next).into_iter().map(|index| &self.versions[index]).collect()
    }

    fn code_note(&self, code: Code, answer: &mut Answer<'_>) {
        let note = if code == Code::NOT_STATED {
            words(
                "9999 er SSBs kode for «uoppgitt», og ingen kommune",
                "9999 er SSB-koden for «ikkje oppgitt», og ingen kommune",
                "9999 is SSB's code for “not stated”, and no municipality",
                &[],
            )
        } else {
            words(
                "{0} har aldri vært koden til en kommune",
                "{0} har aldri vore koden til ein kommune",
                "{0} was never the code of a municipality",
                &[&code.to_string()],
            )
        };
        answer.notes.push(note);
    }
}
