//! Why a saved state cannot be used.

use crate::problem::Explain;
use crate::read::problem::fill;
use crate::text::Lang;
use std::fmt;

/// Why a state was not restored, or not saved.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SavedProblem {
    /// The bytes do not begin as a state does.
    NotAState,
    /// A state in another version of the format.
    OtherVersion {
        /// Its version.
        found: u8,
    },
    /// The end is missing.
    CutOff,
    /// The checksum is another one, or the content is none that a state can have.
    Corrupted,
    /// A state of a file with other columns, or with another delimiter.
    OtherFile,
    /// A state of another question.
    OtherQuestion {
        /// That question, as JSON.
        saved: String,
    },
    /// Only when saving: a problem of the file that the format has no number for.
    UnknownProblem {
        /// Its code.
        code: &'static str,
    },
}

impl Explain for SavedProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::NotAState => "not-a-state",
            Self::OtherVersion { .. } => "state-other-version",
            Self::CutOff => "state-cut-off",
            Self::Corrupted => "state-corrupted",
            Self::OtherFile => "state-other-file",
            Self::OtherQuestion { .. } => "state-other-question",
            Self::UnknownProblem { .. } => "state-unknown-problem",
        }
    }

    fn message(&self, lang: Lang) -> String {
        match self {
            Self::NotAState => lang
                .pick("dette er ingen lagret tilstand", "dette er ingen lagra tilstand", "this is no saved state")
                .into(),
            Self::OtherVersion { found } => fill(
                lang.pick(
                    "tilstanden er lagret i versjon {0} av formatet, denne utgaven leser versjon {1}",
                    "tilstanden er lagra i versjon {0} av formatet, denne utgåva les versjon {1}",
                    "the state is saved in version {0} of the format, this release reads version {1}",
                ),
                &[&found.to_string(), &super::VERSION.to_string()],
            ),
            Self::CutOff => lang
                .pick(
                    "slutten av tilstanden mangler",
                    "slutten av tilstanden manglar",
                    "the end of the saved state is missing",
                )
                .into(),
            Self::Corrupted => lang
                .pick(
                    "tilstanden er ødelagt: innholdet er ikke det som ble lagret",
                    "tilstanden er øydelagd: innhaldet er ikkje det som vart lagra",
                    "the saved state is corrupted: its content is not what was saved",
                )
                .into(),
            Self::OtherFile => lang
                .pick(
                    "tilstanden hører til en fil med andre kolonner eller et annet skilletegn",
                    "tilstanden høyrer til ei fil med andre kolonnar eller eit anna skiljeteikn",
                    "the saved state is of a file with other columns or another delimiter",
                )
                .into(),
            Self::OtherQuestion { saved } => fill(
                lang.pick(
                    "tilstanden svarer på et annet spørsmål: {0}",
                    "tilstanden svarar på eit anna spørsmål: {0}",
                    "the saved state answers another question: {0}",
                ),
                &[saved],
            ),
            Self::UnknownProblem { code } => fill(
                lang.pick(
                    "problemet {0} i filen kan ikke lagres",
                    "problemet {0} i fila kan ikkje lagrast",
                    "the problem {0} of the file cannot be saved",
                ),
                &[code],
            ),
        }
    }

    fn expected(&self, _lang: Lang) -> Option<String> {
        None
    }

    fn help(&self, lang: Lang) -> Option<String> {
        let words = match self {
            Self::UnknownProblem { .. } => return None,
            Self::OtherQuestion { .. } => lang.pick(
                "still spørsmålet slik det ble stilt da tilstanden ble lagret, eller les filen på nytt",
                "still spørsmålet slik det vart stilt då tilstanden vart lagra, eller les fila på nytt",
                "ask as when the state was saved, or read the file again",
            ),
            _ => lang.pick(
                "les filen på nytt og lagre tilstanden en gang til",
                "les fila på nytt og lagre tilstanden ein gong til",
                "read the file again, and save its state once more",
            ),
        };
        Some(words.into())
    }
}

impl fmt::Display for SavedProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for SavedProblem {}
