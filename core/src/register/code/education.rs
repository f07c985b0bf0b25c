//! Educations: NUS2000, six digits.
//!
//! The first digit is the level, the second the broad field, the second and third the narrow field, the second to fourth the
//! detailed field; all six are one programme. The list of programmes has thousands and changes twice a year, so that it is not
//! here: a code is checked by its form.
//!
//! # Source
//!
//! Statistics Norway, Norwegian Standard Classification of Education (NUS2000), Documents 2017/02; KLASS 36.

use crate::problem::Explain;
use crate::text::Lang;

/// Names of the levels, the first digit, in bokmål.
pub const LEVELS: [&str; 10] = [
    "Ingen utdanning og førskoleutdanning",
    "Barneskoleutdanning",
    "Ungdomsskoleutdanning",
    "Videregående, grunnutdanning",
    "Videregående, avsluttende utdanning",
    "Påbygging til videregående utdanning",
    "Universitets- og høgskoleutdanning, lavere nivå",
    "Universitets- og høgskoleutdanning, høyere nivå",
    "Forskerutdanning",
    "Uoppgitt",
];

/// Names of the broad fields, the second digit, in bokmål.
pub const FIELDS: [&str; 10] = [
    "Allmenne fag",
    "Humanistiske og estetiske fag",
    "Lærerutdanninger og utdanninger i pedagogikk",
    "Samfunnsfag og juridiske fag",
    "Økonomiske og administrative fag",
    "Naturvitenskapelige fag, håndverksfag og tekniske fag",
    "Helse-, sosial- og idrettsfag",
    "Primærnæringsfag",
    "Samferdsels- og sikkerhetsfag og andre servicefag",
    "Uoppgitt fagfelt",
];

/// Reads a code of six digits, perhaps with a name after them; five where a spreadsheet took the zero in front of level 0 are
/// refused, since they could as well have lost another digit.
///
/// # Errors
///
/// Why it is no education.
///
/// ```
/// use bygdepuls_core::register::code::education::{self, NoEducation};
/// assert_eq!(education::parse("661114"), Ok("661114"));
/// assert_eq!(education::parse("66111"), Err(NoEducation::Length(5)));
/// ```
pub fn parse(text: &str) -> Result<&str, NoEducation> {
    let text = text.trim().trim_start_matches(['\'', '’']);
    let code = text.split([' ', '\t', ':']).next().unwrap_or_default();
    let code = code.strip_suffix(".0").unwrap_or(code);
    if code.is_empty() || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NoEducation::NotACode);
    }
    if code.len() == 6 { Ok(code) } else { Err(NoEducation::Length(code.len())) }
}

/// Whether a code could begin with these digits.
#[must_use]
pub fn is_beginning(digits: &str) -> bool {
    (1..=6).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Why a text is no education of NUS2000.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoEducation {
    /// No digits.
    NotACode,
    /// Another number of digits.
    Length(usize),
}

impl Explain for NoEducation {
    fn code(&self) -> &'static str {
        match self {
            Self::NotACode => "not-an-education",
            Self::Length(_) => "education-of-other-length",
        }
    }

    fn message(&self, lang: Lang) -> String {
        match self {
            Self::NotACode => lang
                .pick(
                    "dette er ikke en utdanningskode",
                    "dette er ikkje ein utdanningskode",
                    "this is not a code of education",
                )
                .into(),
            Self::Length(length) => match lang {
                Lang::Nb => format!("utdanningskoden har {length} siffer"),
                Lang::Nn => format!("utdanningskoden har {length} siffer"),
                Lang::En => format!("the code of education has {length} digits"),
            },
        }
    }

    fn expected(&self, lang: Lang) -> Option<String> {
        let words = lang.pick(
            "seks siffer av NUS2000, som 661114; tomt når utdanningen ikke er kjent",
            "seks siffer av NUS2000, som 661114; tomt når utdanninga ikkje er kjend",
            "six digits of NUS2000, such as 661114; empty where the education is not known",
        );
        Some(words.into())
    }

    fn help(&self, lang: Lang) -> Option<String> {
        let words = lang.pick(
            "slå opp utdanningen på ssb.no/klass/klassifikasjoner/36",
            "slå opp utdanninga på ssb.no/klass/klassifikasjoner/36",
            "look the education up at ssb.no/klass/klassifikasjoner/36",
        );
        Some(words.into())
    }
}
