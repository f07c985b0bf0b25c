//! What a column of an XLSForm sheet holds.

/// What a column holds, by its header. XLSForm has several names for some.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the columns of XLSForm")]
pub enum Field {
    Type,
    Name,
    ListName,
    /// Words in a language, as written after `label::`; empty for a plain `label`.
    Label(String),
    Hint(String),
    Relevant,
    Constraint,
    Required,
    Appearance,
    Default,
    ChoiceFilter,
    Calculation,
    /// Ours: the waves that are asked.
    Waves,
    /// Ours: the kind of missing that a choice stands for.
    Missing,
    /// Anything else.
    Other,
}

impl Field {
    /// Of a header of the sheet `survey`.
    #[must_use]
    pub fn of_survey(header: &str) -> Self {
        let (base, language) = split(header);
        match (base.as_str(), language) {
            ("label" | "caption", language) => Self::Label(language.into()),
            ("hint", language) => Self::Hint(language.into()),
            ("type", "") => Self::Type,
            ("name", "") => Self::Name,
            ("relevant" | "relevance", "") => Self::Relevant,
            ("constraint", "") => Self::Constraint,
            ("required", "") => Self::Required,
            ("appearance", "") => Self::Appearance,
            ("default", "") => Self::Default,
            ("choice_filter", "") => Self::ChoiceFilter,
            ("calculation" | "calculate", "") => Self::Calculation,
            ("waves", "") => Self::Waves,
            _ => Self::Other,
        }
    }

    /// Of a header of the sheet `choices`.
    #[must_use]
    pub fn of_choices(header: &str) -> Self {
        let (base, language) = split(header);
        match (base.as_str(), language) {
            ("label" | "caption", language) => Self::Label(language.into()),
            ("list_name", "") => Self::ListName,
            ("name" | "value", "") => Self::Name,
            ("missing", "") => Self::Missing,
            _ => Self::Other,
        }
    }
}

/// `label::Norsk bokmål (nb)` into its two parts; older forms have one colon.
fn split(header: &str) -> (String, &str) {
    let (base, language) = header.split_once("::").or_else(|| header.split_once(':')).unwrap_or((header, ""));
    (base.trim().to_lowercase().replace(' ', "_"), language.trim())
}

#[cfg(test)]
mod tests {
    use super::Field;

    #[test]
    fn headers() {
        assert_eq!(Field::of_survey("label::Norsk bokmål (nb)"), Field::Label("Norsk bokmål (nb)".into()));
        assert_eq!(Field::of_survey("Label:English"), Field::Label("English".into()));
        assert_eq!(Field::of_survey("label"), Field::Label(String::new()));
        assert_eq!(Field::of_survey("media::image::English"), Field::Other);
        assert_eq!(Field::of_survey("relevance"), Field::Relevant);
        assert_eq!(Field::of_choices("list name"), Field::ListName);
        assert_eq!(Field::of_choices("value"), Field::Name);
        assert_eq!(Field::of_choices("relevant"), Field::Other);
    }
}
