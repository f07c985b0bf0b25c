//! Rows of the sheet `survey`.

use super::Expression;

/// One row of the sheet `survey`: a question, a note, a group, a calculation.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What it is.
    pub kind: ItemKind,
    /// The type as written.
    pub written_type: String,
    /// Column name of its answers.
    pub name: String,
    /// The words in each of the questionnaire's languages; empty where there are none.
    pub label: Vec<String>,
    /// The hint in each language.
    pub hint: Vec<String>,
    /// When it is put; `None`: always.
    pub relevant: Option<Expression>,
    /// Which answers are taken; `.` is the answer.
    pub constraint: Option<Expression>,
    /// `required` as written: `yes`, `true()`, an expression.
    pub required: String,
    /// How it looks: `minimal`, `likert`.
    pub appearance: String,
    /// The answer before anybody answers.
    pub default: String,
    /// Which choices of the list are offered.
    pub choice_filter: Option<Expression>,
    /// What a calculation computes.
    pub calculation: Option<Expression>,
    /// Codes of the waves that the column `waves` names; empty: all.
    pub waves: Vec<String>,
    /// Other columns as written; none is blank.
    pub other: Vec<(String, String)>,
    /// Line of the sheet.
    pub line: u64,
}

/// What a row of the sheet `survey` is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the types of XLSForm")]
pub enum ItemKind {
    /// One choice of a list; `other` for `or_other`.
    SelectOne {
        list: String,
        other: bool,
    },
    /// Several choices of a list.
    SelectMultiple {
        list: String,
        other: bool,
    },
    /// The choices of a list in an order.
    Rank {
        list: String,
    },
    Integer,
    Decimal,
    Range,
    Text,
    Note,
    Date,
    Time,
    DateTime,
    /// Set by the link or by a device, never shown; with the list of its own name, where there is one.
    Hidden {
        list: Option<String>,
    },
    Calculate,
    Acknowledge,
    /// What the device records: `start`, `end`, `today`, `deviceid` and others, by type.
    Metadata(String),
    /// `image`, `audio`, `video`, `file`, `barcode`.
    Media(String),
    /// `geopoint`, `geotrace`, `geoshape`.
    Geo(String),
    BeginGroup,
    EndGroup,
    BeginRepeat,
    EndRepeat,
    /// `audit` and the like: about the form, not an answer.
    Setting(String),
    /// A type that XLSForm does not have.
    Unknown,
}

impl ItemKind {
    /// The kind of a type as written; `has_list` says whether there is a list of a name.
    #[must_use]
    pub fn parse(written: &str, name: &str, has_list: impl Fn(&str) -> bool) -> Self {
        let mut words: Vec<&str> = written.split_whitespace().collect();
        let other = words.len() > 2 && (words.ends_with(&["or_other"]) || words.ends_with(&["or", "other"]));
        // The words of older forms.
        if let ["select", "one" | "multiple", ..] = words.as_slice() {
            let joined = if words[1] == "one" { "select_one" } else { "select_multiple" };
            words.splice(0..2, [joined]);
        }
        let list = words.get(1).copied().unwrap_or(name).to_owned();
        match words.as_slice() {
            ["select_one" | "select1", ..] => Self::SelectOne { list, other },
            ["select_multiple" | "select", ..] => Self::SelectMultiple { list, other },
            ["rank", ..] => Self::Rank { list },
            ["begin_group"] | ["begin", "group"] => Self::BeginGroup,
            ["end_group"] | ["end", "group"] => Self::EndGroup,
            ["begin_repeat"] | ["begin", "repeat"] => Self::BeginRepeat,
            ["end_repeat"] | ["end", "repeat"] => Self::EndRepeat,
            [word] => match *word {
                "integer" | "int" => Self::Integer,
                "decimal" => Self::Decimal,
                "range" => Self::Range,
                "text" | "string" => Self::Text,
                "note" => Self::Note,
                "date" => Self::Date,
                "time" => Self::Time,
                "dateTime" | "datetime" => Self::DateTime,
                "hidden" => Self::Hidden { list: Some(list).filter(|list| has_list(list)) },
                "calculate" => Self::Calculate,
                "acknowledge" | "trigger" => Self::Acknowledge,
                "start" | "end" | "today" | "deviceid" | "username" | "email" | "phonenumber" | "simserial"
                | "subscriberid" => Self::Metadata((*word).into()),
                "image" | "photo" | "audio" | "video" | "file" | "barcode" => Self::Media((*word).into()),
                "geopoint" | "geotrace" | "geoshape" => Self::Geo((*word).into()),
                "audit" | "xml-external" | "csv-external" | "start-geopoint" | "background-audio" => {
                    Self::Setting((*word).into())
                }
                _ => Self::Unknown,
            },
            _ => Self::Unknown,
        }
    }

    /// The list that it takes its choices from.
    #[must_use]
    pub fn list(&self) -> Option<&str> {
        match self {
            Self::SelectOne { list, .. } | Self::SelectMultiple { list, .. } | Self::Rank { list } => Some(list),
            Self::Hidden { list } => list.as_deref(),
            _ => None,
        }
    }

    /// Whether it must have a list, so that a list that is not there is an error.
    #[must_use]
    pub fn is_select(&self) -> bool {
        matches!(self, Self::SelectOne { .. } | Self::SelectMultiple { .. } | Self::Rank { .. })
    }

    /// Whether it gives a column of answers. Notes, groups and settings do not; calculations are left to the survey tool.
    #[must_use]
    pub fn is_variable(&self) -> bool {
        !matches!(self, Self::Note | Self::Calculate | Self::Setting(_) | Self::Unknown)
            && !self.is_begin()
            && !self.is_end()
    }

    /// Whether people see and answer it: what the link, the device or a calculation sets is not put to anybody.
    #[must_use]
    pub fn is_question(&self) -> bool {
        self.is_variable() && !matches!(self, Self::Hidden { .. } | Self::Metadata(_))
    }

    /// Whether people see its words.
    #[must_use]
    pub fn is_shown(&self) -> bool {
        self.is_question() || matches!(self, Self::Note)
    }

    /// Whether it opens a group or a repeat.
    #[must_use]
    pub fn is_begin(&self) -> bool {
        matches!(self, Self::BeginGroup | Self::BeginRepeat)
    }

    /// Whether it closes a group or a repeat.
    #[must_use]
    pub fn is_end(&self) -> bool {
        matches!(self, Self::EndGroup | Self::EndRepeat)
    }
}

impl Item {
    /// Whether an answer must be given.
    #[must_use]
    pub fn is_required(&self) -> bool {
        matches!(self.required.to_lowercase().as_str(), "yes" | "true" | "true()" | "1")
    }

    /// Whether people are asked it: a question that can only be read is set by the link, as a hidden one is.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        let read_only = ["readonly", "read_only"].map(|column| self.other(column).to_lowercase());
        self.kind.is_question() && !read_only.iter().any(|word| matches!(word.as_str(), "yes" | "true" | "true()"))
    }

    /// Another column as written; blank when there is none.
    #[must_use]
    pub fn other(&self, column: &str) -> &str {
        self.other.iter().find(|(name, _)| name == column).map(|(_, cell)| cell.as_str()).unwrap_or_default()
    }
}
