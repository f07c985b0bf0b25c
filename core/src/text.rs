//! Words in the three languages of the project: bokmål, nynorsk, English.

use serde::Serialize;

/// A language of pages, reports and messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// Norwegian bokmål.
    #[default]
    Nb,
    /// Norwegian nynorsk.
    Nn,
    /// English.
    En,
}

impl Lang {
    /// All languages, in the order in which pages list them.
    pub const ALL: [Self; 3] = [Self::Nb, Self::Nn, Self::En];

    /// The language of a BCP 47 tag or a POSIX locale name: `nb`, `nb-NO`, `nn_NO.UTF-8`, `en`; `no` is bokmål.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.split(['-', '_', '.', '@']).next()?.to_ascii_lowercase().as_str() {
            "nb" | "no" => Some(Self::Nb),
            "nn" => Some(Self::Nn),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The BCP 47 tag, as it stands in a `lang` attribute.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Nb => "nb",
            Self::Nn => "nn",
            Self::En => "en",
        }
    }

    /// The one of three words that is in this language.
    #[must_use]
    pub const fn pick<'a>(self, nb: &'a str, nn: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Nb => nb,
            Self::Nn => nn,
            Self::En => en,
        }
    }
}

/// A text in all three languages. Plain text: it is escaped where it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "compute", derive(serde::Deserialize))]
pub struct Text {
    /// Bokmål.
    pub nb: String,
    /// Nynorsk.
    pub nn: String,
    /// English.
    pub en: String,
}

impl Text {
    /// A text from its three versions.
    #[must_use]
    pub fn new(nb: &str, nn: &str, en: &str) -> Self {
        Self { nb: nb.into(), nn: nn.into(), en: en.into() }
    }

    /// The same words in every language: names, codes, years.
    #[must_use]
    pub fn same(word: &str) -> Self {
        Self::new(word, word, word)
    }

    /// With the sentences of another text after it.
    #[must_use]
    pub fn followed_by(&self, other: &Self) -> Self {
        let join = |one: &str, other: &str| match (one.is_empty(), other.is_empty()) {
            (true, _) => other.to_owned(),
            (_, true) => one.to_owned(),
            _ => format!("{one} {other}"),
        };
        Self { nb: join(&self.nb, &other.nb), nn: join(&self.nn, &other.nn), en: join(&self.en, &other.en) }
    }

    /// The version in a language.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Nb => &self.nb,
            Lang::Nn => &self.nn,
            Lang::En => &self.en,
        }
    }
}
