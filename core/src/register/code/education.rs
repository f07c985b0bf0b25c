//! Educations: NUS2000, six digits.
//!
//! The first digit is the level, the second the broad field, the second and third the narrow field, the second to fourth the
//! detailed field; all six are one programme. The list of programmes has thousands and changes twice a year, so that it is not
//! here: a code is checked by its form, and by the list where a project names one ([`Programmes`]).
//!
//! # Source
//!
//! Statistics Norway, Norwegian Standard Classification of Education (NUS2000), Documents 2017/02; KLASS 36.

use crate::problem::{Explain, Problem, Problems};
use crate::read::statbank::{self, Content, Options};
use crate::text::Lang;
use std::sync::Arc;

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

/// The programmes of a code list of Klass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Programmes {
    /// Code of six digits and name, in order of codes.
    list: Vec<(String, String)>,
}

impl Programmes {
    /// Reads Statistics Norway's list of codes (KLASS 36, CSV), of which the codes of six digits count; `None` when it cannot be
    /// used, problems say why.
    pub fn read(file: &str, bytes: &[u8], problems: &mut Problems) -> Option<Self> {
        let codes = match statbank::read(file, bytes, &Options::default(), problems)? {
            Content::Codes(list) => list.codes,
            Content::Table(_) | Content::Correspondence(_) => Vec::new(),
        };
        let codes = codes.into_iter().filter(|code| parse(&code.code).is_ok_and(|digits| digits == code.code));
        let mut list: Vec<(String, String)> = codes.map(|code| (code.code, code.name)).collect();
        list.sort();
        if list.is_empty() {
            problems.push(Problem::error(file, NoEducation::NoProgrammes));
            return None;
        }
        Some(Self { list })
    }

    /// Whether a code is one of them.
    #[must_use]
    pub fn has(&self, code: &str) -> bool {
        self.list.binary_search_by(|(own, _)| own.as_str().cmp(code)).is_ok()
    }

    /// The nearest to a code that is not one of them, code and name: of those that differ in the fewest digits the ones that begin
    /// alike for longest, then the ones nearest in number.
    fn near(&self, code: &str) -> Vec<String> {
        let number = |code: &str| code.parse::<u32>().unwrap_or(0);
        let distance = |own: &str| {
            let pairs = || own.bytes().zip(code.bytes());
            let other = pairs().filter(|(a, b)| a != b).count();
            let alike = pairs().take_while(|(a, b)| a == b).count();
            (other, 6 - alike, number(own).abs_diff(number(code)))
        };
        let mut near: Vec<_> = self.list.iter().map(|(own, name)| (distance(own), own, name)).collect();
        near.sort_unstable();
        near.into_iter().take(3).map(|(_, own, name)| format!("{own} {name}")).collect()
    }
}

/// Why a text is no education of NUS2000.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoEducation {
    /// No digits.
    NotACode,
    /// Another number of digits.
    Length(usize),
    /// The project's list of programmes does not have it.
    Unknown {
        /// The code.
        code: String,
        /// The list, in which the nearest are searched for only when somebody reads it.
        programmes: Arc<Programmes>,
    },
    /// A list of codes without one of six digits.
    NoProgrammes,
}

impl Explain for NoEducation {
    fn code(&self) -> &'static str {
        match self {
            Self::NotACode => "not-an-education",
            Self::Length(_) => "education-of-other-length",
            Self::Unknown { .. } => "unknown-education",
            Self::NoProgrammes => "no-programmes",
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
            Self::Unknown { .. } => lang
                .pick(
                    "utdanningskoden står ikke i lista over utdanninger",
                    "utdanningskoden står ikkje i lista over utdanningar",
                    "the list of educations does not have this code",
                )
                .into(),
            Self::NoProgrammes => lang
                .pick(
                    "lista har ingen utdanningskoder på seks siffer",
                    "lista har ingen utdanningskodar på seks siffer",
                    "the list has no codes of education of six digits",
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
        if *self == Self::NoProgrammes {
            return None;
        }
        let words = lang.pick(
            "seks siffer av NUS2000, som 661114; tomt når utdanningen ikke er kjent",
            "seks siffer av NUS2000, som 661114; tomt når utdanninga ikkje er kjend",
            "six digits of NUS2000, such as 661114; empty where the education is not known",
        );
        Some(words.into())
    }

    fn help_tells_value(&self) -> bool {
        matches!(self, Self::Unknown { .. })
    }

    fn help(&self, lang: Lang) -> Option<String> {
        if let Self::Unknown { code, programmes } = self {
            let near = programmes.near(code).join(", ");
            return Some(format!("{} {near}?", lang.pick("mente du", "meinte du", "did you mean")));
        }
        if *self == Self::NoProgrammes {
            let words = lang.pick(
                "hent kodene i NUS2000 som CSV på ssb.no/klass/klassifikasjoner/36",
                "hent kodane i NUS2000 som CSV på ssb.no/klass/klassifikasjoner/36",
                "fetch the codes of NUS2000 as CSV at ssb.no/klass/klassifikasjoner/36",
            );
            return Some(words.into());
        }
        let words = lang.pick(
            "slå opp utdanningen på ssb.no/klass/klassifikasjoner/36",
            "slå opp utdanninga på ssb.no/klass/klassifikasjoner/36",
            "look the education up at ssb.no/klass/klassifikasjoner/36",
        );
        Some(words.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A list in the form in which Klass gives codes, with invented programmes.
    const LIST: &str = "\"code\";\"parentCode\";\"level\";\"name\"
\"6\";\"\";\"1\";\"Lavere nivå\"
\"6611\";\"661\";\"4\";\"Sykepleie\"
\"661101\";\"6611\";\"5\";\"Oppdiktet A\"
\"661102\";\"6611\";\"5\";\"Oppdiktet B\"
\"661201\";\"6612\";\"5\";\"Oppdiktet C\"
\"763101\";\"7631\";\"5\";\"Oppdiktet D\"
";

    #[test]
    fn the_programmes_of_a_list() {
        let mut problems = Problems::new();
        let programmes = Programmes::read("nus.csv", LIST.as_bytes(), &mut problems).unwrap();
        assert_eq!((problems.list().len(), programmes.list.len()), (0, 4));
        assert!(programmes.has("661102") && !programmes.has("661103"));
        // The code of a field is no programme.
        assert!(!programmes.has("6611"));
        let unknown = |code: &str| NoEducation::Unknown { code: code.into(), programmes: Arc::new(programmes.clone()) };
        let help = |code: &str| unknown(code).help(Lang::En).unwrap();
        assert_eq!(help("661103"), "did you mean 661102 Oppdiktet B, 661101 Oppdiktet A, 661201 Oppdiktet C?");
        assert_eq!(help("661111"), "did you mean 661101 Oppdiktet A, 661102 Oppdiktet B, 661201 Oppdiktet C?");
    }

    #[test]
    fn a_list_of_something_else() {
        let mut problems = Problems::new();
        let list = "\"code\";\"parentCode\";\"level\";\"name\"\n\"01\";\"\";\"1\";\"Jordbruk\"\n";
        assert!(Programmes::read("sn.csv", list.as_bytes(), &mut problems).is_none());
        assert_eq!(problems.list()[0].what.code(), "no-programmes");
    }
}
