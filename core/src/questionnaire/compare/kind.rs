//! Kinds of change between two years, and which of them break a series.

use crate::text::Lang;

/// What changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// The variable is gone; its series ends.
    Removed,
    /// One variable became several.
    Split,
    /// The variable has another name.
    Renamed,
    /// Another type of answer.
    Type,
    /// The words of the question.
    Wording,
    /// The question that stands over a group of items.
    Heading,
    /// A choice that was not there.
    ChoiceAdded,
    /// A choice that is no longer there.
    ChoiceRemoved,
    /// A choice has another code.
    ChoiceRecoded,
    /// The words of a choice.
    ChoiceWording,
    /// The order of the choices.
    ChoiceOrder,
    /// Which choices of the list are offered.
    ChoicesOffered,
    /// Don't know or will not say can be answered now.
    MissingAdded,
    /// Don't know or will not say can no longer be answered.
    MissingRemoved,
    /// A choice counts as missing now, or no longer.
    MissingMeaning,
    /// Other people are asked.
    Base,
    /// An answer must be given now, or no longer.
    Required,
    /// Which numbers, or how many choices, are taken.
    Limits,
    /// What is answered before anybody answers.
    Default,
    /// How it is computed.
    Calculation,
    /// It stands elsewhere among the questions.
    Order,
    /// A new variable.
    New,
    /// A letter, not a word.
    Spelling,
    /// A limit that was not there, or no longer is.
    Check,
    /// The hint.
    Hint,
    /// How it looks.
    Appearance,
    /// The heading of a group of questions, which asks nothing.
    Title,
    /// A note between the questions.
    Note,
    /// A language that was not there.
    LanguageAdded,
    /// A language that is no longer there.
    LanguageRemoved,
}

impl ChangeKind {
    /// Whether answers before and after can no longer be set beside each other.
    #[must_use]
    pub const fn breaks(self) -> bool {
        !matches!(
            self,
            Self::New
                | Self::Spelling
                | Self::Check
                | Self::Hint
                | Self::Appearance
                | Self::Title
                | Self::Note
                | Self::LanguageAdded
                | Self::LanguageRemoved
        )
    }

    /// A stable slug for scripts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Removed => "removed",
            Self::Split => "split",
            Self::Renamed => "renamed",
            Self::Type => "type",
            Self::Wording => "wording",
            Self::Heading => "heading",
            Self::ChoiceAdded => "choice-added",
            Self::ChoiceRemoved => "choice-removed",
            Self::ChoiceRecoded => "choice-recoded",
            Self::ChoiceWording => "choice-wording",
            Self::ChoiceOrder => "choice-order",
            Self::ChoicesOffered => "choices-offered",
            Self::MissingAdded => "missing-added",
            Self::MissingRemoved => "missing-removed",
            Self::MissingMeaning => "missing-meaning",
            Self::Base => "base",
            Self::Required => "required",
            Self::Limits => "limits",
            Self::Default => "default",
            Self::Calculation => "calculation",
            Self::Order => "order",
            Self::New => "new",
            Self::Spelling => "spelling",
            Self::Check => "check",
            Self::Hint => "hint",
            Self::Appearance => "appearance",
            Self::Title => "title",
            Self::Note => "note",
            Self::LanguageAdded => "language-added",
            Self::LanguageRemoved => "language-removed",
        }
    }

    /// Which of the four things that make a series it touches: `wording`, `scale`, `order`, `base`; else `variable`.
    #[must_use]
    pub const fn aspect(self) -> &'static str {
        match self {
            Self::Wording
            | Self::Heading
            | Self::ChoiceWording
            | Self::Spelling
            | Self::Hint
            | Self::Title
            | Self::Note => "wording",
            Self::ChoiceAdded
            | Self::ChoiceRemoved
            | Self::ChoiceRecoded
            | Self::ChoicesOffered
            | Self::MissingAdded
            | Self::MissingRemoved
            | Self::MissingMeaning
            | Self::Type
            | Self::Limits
            | Self::Default
            | Self::Calculation => "scale",
            Self::Order | Self::ChoiceOrder => "order",
            Self::Base | Self::Required => "base",
            _ => "variable",
        }
    }

    /// In words.
    #[must_use]
    pub const fn words(self, lang: Lang) -> &'static str {
        match self {
            Self::Removed => lang.pick("er ikke med lenger", "er ikkje med lenger", "no longer asked"),
            Self::Split => lang.pick("er delt i flere", "er delt i fleire", "split into several"),
            Self::Renamed => lang.pick("har fått nytt navn", "har fått nytt namn", "has a new name"),
            Self::Type => lang.pick("annen type svar", "annan type svar", "another type of answer"),
            Self::Wording => lang.pick("ny ordlyd", "ny ordlyd", "new wording"),
            Self::Heading => lang.pick(
                "ny ordlyd i spørsmålet over",
                "ny ordlyd i spørsmålet over",
                "new wording of the question above",
            ),
            Self::ChoiceAdded => lang.pick("nytt svaralternativ", "nytt svaralternativ", "a choice added"),
            Self::ChoiceRemoved => {
                lang.pick("svaralternativ tatt bort", "svaralternativ teke bort", "a choice removed")
            }
            Self::ChoiceRecoded => {
                lang.pick("svaralternativ med ny kode", "svaralternativ med ny kode", "a choice recoded")
            }
            Self::ChoiceWording => {
                lang.pick("ny ordlyd i svaralternativ", "ny ordlyd i svaralternativ", "new wording of a choice")
            }
            Self::ChoiceOrder => lang.pick(
                "svaralternativene i ny rekkefølge",
                "svaralternativa i ny rekkjefølgje",
                "choices in a new order",
            ),
            Self::ChoicesOffered => lang.pick(
                "andre svaralternativer tilbys",
                "andre svaralternativ blir tilbodne",
                "other choices are offered",
            ),
            Self::MissingAdded => lang.pick(
                "«vet ikke» eller lignende kom til",
                "«veit ikkje» eller liknande kom til",
                "a don't-know choice added",
            ),
            Self::MissingRemoved => lang.pick(
                "«vet ikke» eller lignende tatt bort",
                "«veit ikkje» eller liknande teke bort",
                "a don't-know choice removed",
            ),
            Self::MissingMeaning => lang.pick(
                "et svaralternativ regnes som manglende svar, eller ikke lenger",
                "eit svaralternativ blir rekna som manglande svar, eller ikkje lenger",
                "a choice counts as missing, or no longer",
            ),
            Self::Base => lang.pick("andre blir spurt", "andre blir spurde", "other people are asked"),
            Self::Required => lang.pick(
                "må besvares, eller ikke lenger",
                "må svarast på, eller ikkje lenger",
                "must be answered, or no longer",
            ),
            Self::Limits => {
                lang.pick("andre grenser for svaret", "andre grenser for svaret", "other limits of the answer")
            }
            Self::Default => lang.pick("annet forhåndsvalg", "anna førehandsval", "another answer chosen beforehand"),
            Self::Calculation => {
                lang.pick("regnes ut på en annen måte", "blir rekna ut på ein annan måte", "computed differently")
            }
            Self::Order => lang.pick("står på et annet sted", "står på ein annan stad", "asked at another place"),
            Self::New => lang.pick("ny variabel", "ny variabel", "a new variable"),
            Self::Spelling => lang.pick("rettskriving", "rettskriving", "spelling"),
            Self::Check => lang.pick("kontroll av svaret", "kontroll av svaret", "a check of the answer"),
            Self::Hint => lang.pick("hjelpetekst", "hjelpetekst", "hint"),
            Self::Appearance => lang.pick("utseende", "utsjånad", "appearance"),
            Self::Title => lang.pick("overskrift", "overskrift", "heading"),
            Self::Note => lang.pick("tekst mellom spørsmål", "tekst mellom spørsmål", "text between questions"),
            Self::LanguageAdded => lang.pick("nytt språk", "nytt språk", "a new language"),
            Self::LanguageRemoved => lang.pick("språk tatt bort", "språk teke bort", "a language removed"),
        }
    }
}
