//! What is wrong with an input, and where: typed, located, in three languages.
//!
//! Every part that reads input has its own enum of what can go wrong and implements [`Explain`] for it. A [`Problem`]
//! is such a thing with its place; [`Problems`] collects all of them up to a limit and counts the rest. Front ends turn
//! them into text.

use crate::text::Lang;
use std::any::Any;
use std::fmt::Debug;
use std::sync::Arc;

/// What went wrong, in words. Sentences start in lower case and have no full stop.
pub trait Explain: Any + Debug + Send + Sync {
    /// A stable slug for scripts: `unknown-code`.
    fn code(&self) -> &'static str;
    /// What is wrong.
    fn message(&self, lang: Lang) -> String;
    /// What was expected instead.
    fn expected(&self, lang: Lang) -> Option<String>;
    /// What to do.
    fn help(&self, lang: Lang) -> Option<String>;
    /// Whether the help tells what the value nearly is: then it is for those alone who may see the value.
    fn help_tells_value(&self) -> bool {
        false
    }
}

/// Whether the input can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The input can be used, but look here.
    Warning,
    /// The input cannot be used.
    Error,
}

/// Who may see a value that is quoted in a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Privacy {
    /// Anybody: project files, registers, codebooks.
    Open,
    /// An answer: on the terminal of the person who runs the command, nowhere else.
    Answer,
    /// Free text and contact details: nobody.
    Never,
}

/// One thing wrong, with its place.
#[derive(Clone, Debug)]
pub struct Problem {
    /// Error or warning.
    pub severity: Severity,
    /// Name of the file as the user gave it.
    pub file: String,
    /// Line in the file, from 1.
    pub line: Option<u64>,
    /// Data record, from 1; the header is not counted. A quoted field can span lines, so this is not line − 1.
    pub record: Option<u64>,
    /// Name of the column, or the key in a project file.
    pub column: Option<String>,
    /// The value as written.
    pub value: Option<String>,
    /// Who may see the value.
    pub privacy: Privacy,
    /// What is wrong.
    pub what: Arc<dyn Explain>,
}

impl Problem {
    /// An error in a file, without a place yet.
    pub fn error(file: &str, what: impl Explain + 'static) -> Self {
        Self {
            severity: Severity::Error,
            file: file.into(),
            line: None,
            record: None,
            column: None,
            value: None,
            privacy: Privacy::Open,
            what: Arc::new(what),
        }
    }

    /// A warning in a file, without a place yet.
    pub fn warning(file: &str, what: impl Explain + 'static) -> Self {
        Self { severity: Severity::Warning, ..Self::error(file, what) }
    }

    /// At a line.
    #[must_use]
    pub fn line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    /// At a data record.
    #[must_use]
    pub fn record(mut self, record: u64) -> Self {
        self.record = Some(record);
        self
    }

    /// In a column, or under a key.
    #[must_use]
    pub fn column(mut self, column: impl Into<String>) -> Self {
        self.column = Some(column.into());
        self
    }

    /// With the value as written, and who may see it.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>, privacy: Privacy) -> Self {
        self.value = (privacy != Privacy::Never).then(|| value.into());
        self.privacy = privacy;
        self
    }

    /// What to do, for somebody who sees values of this privacy and of what is open.
    #[must_use]
    pub fn help(&self, lang: Lang, sees: Privacy) -> Option<String> {
        let is_open = self.privacy == Privacy::Open || self.privacy == sees;
        if is_open || !self.what.help_tells_value() { self.what.help(lang) } else { None }
    }
}

/// All problems of a run, up to a limit per file; the rest are counted.
#[derive(Clone, Debug, Default)]
pub struct Problems {
    list: Vec<Problem>,
    per_file: Vec<(String, usize, u64)>,
    errors: u64,
}

impl Problems {
    /// Problems that are kept per file; beyond it they are counted.
    pub const LIMIT: usize = 100;

    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, problem: Problem) {
        if problem.severity == Severity::Error {
            self.errors += 1;
        }
        let index = self.per_file.iter().position(|(file, ..)| *file == problem.file).unwrap_or_else(|| {
            self.per_file.push((problem.file.clone(), 0, 0));
            self.per_file.len() - 1
        });
        let (_, kept, more) = &mut self.per_file[index];
        if *kept < Self::LIMIT {
            *kept += 1;
            self.list.push(problem);
        } else {
            *more += 1;
        }
    }

    /// Adds those of another run over the same files that are not known yet.
    pub fn add_new(&mut self, other: Self) {
        let is_same = |a: &Problem, b: &Problem| {
            (&a.file, a.line, &a.column, &a.value) == (&b.file, b.line, &b.column, &b.value)
                && a.what.message(Lang::En) == b.what.message(Lang::En)
        };
        for problem in other.list {
            if !self.list.iter().any(|known| is_same(known, &problem)) {
                self.push(problem);
            }
        }
        for (file, _, more) in other.per_file {
            let known = self.per_file.iter().any(|(name, _, told)| *name == file && *told >= more);
            if more > 0 && !known {
                self.push_more(&file, 0, more);
            }
        }
    }

    /// Counts problems of a file that were found but not kept.
    pub fn push_more(&mut self, file: &str, errors: u64, warnings: u64) {
        if errors + warnings == 0 {
            return;
        }
        self.errors += errors;
        match self.per_file.iter_mut().find(|(name, ..)| name == file) {
            Some((.., more)) => *more += errors + warnings,
            None => self.per_file.push((file.into(), 0, errors + warnings)),
        }
    }

    /// Those that were kept, in the order found.
    #[must_use]
    pub fn list(&self) -> &[Problem] {
        &self.list
    }

    /// Files with more problems than were kept, and how many more.
    pub fn more(&self) -> impl Iterator<Item = (&str, u64)> {
        self.per_file.iter().filter(|(.., more)| *more > 0).map(|(file, _, more)| (file.as_str(), *more))
    }

    /// How many errors there are, the ones not kept included.
    #[must_use]
    pub fn errors(&self) -> u64 {
        self.errors
    }
}
