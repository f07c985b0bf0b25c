//! The column of one choice: whether it was ticked, in every form that survey tools write.

use super::dictionary::List;
use super::fold;
use super::plan::unguarded;

/// What a cell says about its choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Empty,
    /// `0`
    Zero,
    /// `1`
    One,
    /// `2`: no, where yes is 1.
    Two,
    /// The choice's own code, which may be one of these numbers.
    Code,
    /// `Y`, `Ja`, `x`, the choice's own label.
    Yes,
    /// `Nei`, `No`, `unchecked`.
    No,
    /// Anything else.
    Other,
}

/// Which forms the cells of a column took.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    own: bool,
    zero: bool,
    two: bool,
    /// Anything but the choice's own code.
    other: bool,
    /// The last cell of one byte: most are the same again.
    last: [u8; 2],
}

/// How the columns of one question are ticked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Convention {
    /// A cell holds the code of its choice, or nothing.
    codes: bool,
    /// 1 is yes and 2 is no.
    two_is_no: bool,
}

impl Seen {
    /// Whether the first so many bytes are a cell that says nothing new.
    #[inline]
    pub(super) fn knows(&self, (bytes, length): (&[u8], usize)) -> bool {
        let byte = bytes.first().copied().unwrap_or_default();
        // Which of them it is cannot be foreseen: nothing branches on it.
        (length == 0) | ((length == 1) & ((byte == self.last[0]) | (byte == self.last[1])))
    }

    /// Looks at a cell.
    pub(super) fn see(&mut self, field: &[u8], code: &str) {
        if let [byte] = field {
            self.last = [self.last[1], *byte];
        }
        let field = field.trim_ascii();
        if field.is_empty() {
            return;
        }
        let is_own = is_code(field, code.as_bytes());
        self.own |= is_own;
        self.other |= !is_own;
        self.zero |= matches!(field, b"0" | b"0.0");
        self.two |= matches!(field, b"2" | b"2.0");
    }

    /// Adds other cells of the column.
    pub(super) fn append(&mut self, other: Self) {
        self.own |= other.own;
        self.zero |= other.zero;
        self.two |= other.two;
        self.other |= other.other;
    }
}

/// Whether a cell is a code. Most are one byte, and most are not it: no call for those.
#[inline]
pub(super) fn is_code(field: &[u8], code: &[u8]) -> bool {
    match (field, code) {
        ([a], [b]) => a == b,
        _ => field.len() == code.len() && field == code,
    }
}

impl Convention {
    /// From all columns of a question: codes where each column holds its own and nothing else, and one of them is more than
    /// a tick could be.
    pub(super) fn of<'a>(columns: impl Iterator<Item = (&'a Seen, &'a str)> + Clone) -> Self {
        let pure = columns.clone().all(|(seen, _)| !seen.other);
        let telling = columns.clone().any(|(seen, code)| seen.own && code != "1");
        let zero = columns.clone().any(|(seen, _)| seen.zero);
        let codes = pure && telling;
        Self { codes, two_is_no: !zero && !codes }
    }

    /// Whether a cell ticks its choice; `None` when it says neither.
    fn ticks(self, form: Form, is_own_code: bool) -> Option<bool> {
        match form {
            Form::Empty => Some(false),
            _ if self.codes && is_own_code => Some(true),
            Form::Zero | Form::No => Some(false),
            Form::One | Form::Yes | Form::Code => Some(true),
            Form::Two if self.two_is_no => Some(false),
            Form::Two | Form::Other => None,
        }
    }
}

/// What a cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ticked {
    pub(super) yes: bool,
    /// It says so in words, or in another number than 1 and 0.
    pub(super) change: bool,
    /// An exporter's guard against formulas stood before it.
    pub(super) guard: bool,
}

/// What the cell of a choice says; `None` when it says neither yes nor no.
pub(super) fn cell(text: &str, has_guard: bool, list: &List, choice: usize, convention: Convention) -> Option<Ticked> {
    let (plain, guard) = unguarded(text.trim(), has_guard);
    let (form, own) = form(plain, list, choice);
    let change = !matches!(form, Form::Empty | Form::Zero | Form::One);
    Some(Ticked { yes: convention.ticks(form, own)?, change, guard })
}

/// The form of a cell, and whether it is the choice's own code.
fn form(text: &str, list: &List, choice: usize) -> (Form, bool) {
    let text = text.trim();
    let is_own = text == list.codes[choice];
    let form = match text {
        "" => Form::Empty,
        "0" | "0.0" => Form::Zero,
        "1" | "1.0" => Form::One,
        "2" | "2.0" => Form::Two,
        _ if is_own => Form::Code,
        _ => match list.label(text) {
            Ok(Some((found, _))) if found == choice => Form::Yes,
            // Another choice's label: the row is shifted.
            Ok(Some(_)) if !is_word(text) => Form::Other,
            _ => word(text).unwrap_or_else(|| undone(text, list, choice)),
        },
    };
    (form, is_own)
}

fn undone(text: &str, list: &List, choice: usize) -> Form {
    let found = list.code(text).map(|(found, _)| found);
    let label = || list.find(text, super::dialect::Prefer::Labels).ok().map(|(found, _)| found);
    if found.or_else(label) == Some(choice) { Form::Yes } else { Form::Other }
}

fn is_word(text: &str) -> bool {
    word(text).is_some()
}

fn word(text: &str) -> Option<Form> {
    match fold::name(text).as_str() {
        "y" | "yes" | "ja" | "j" | "x" | "true" | "sann" | "sant" | "checked" | "selected" | "valgt" | "vald"
        | "avkrysset" | "quoted" => Some(Form::Yes),
        "n" | "no" | "nei" | "false" | "usann" | "usant" | "unchecked" | "notselected" | "ikkevalgt" | "ikkjevald"
        | "ikkeavkrysset" | "notquoted" => Some(Form::No),
        "na" => Some(Form::Empty),
        _ if matches!(text, "✓" | "✔" | "☑" | "X") => Some(Form::Yes),
        _ => None,
    }
}
