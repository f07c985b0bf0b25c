//! A whole project in one encrypted file: earlier years, the key of the links, the ledger and the policy.
//!
//! It is what the workbench opens and saves, and what a successor is handed together with the passphrase. The file is a zip
//! ([`super::archive`]) encrypted with a passphrase as age does it: whoever has the passphrase and no Bygdepuls opens it with
//! any program for that format (`age -d project.bygdepuls > project.zip`).
//!
//! # Source
//!
//! F. Valsorda, *The age file encryption format*, version 1 (C2SP), the recipient `scrypt`.

use super::amend::PROJECT;
use super::apart::is_contact_file;
use super::archive::{self, NoArchive};
use crate::problem::Explain;
use crate::text::Lang;
use age::secrecy::SecretString;
use std::collections::BTreeMap;

/// What such a file ends in.
pub const ENDING: &str = ".bygdepuls";

/// The fewest characters of a passphrase. Four or five words are better than any sign.
pub const SHORTEST: usize = 12;

/// 2^17 · 1 KB of memory and half a second for each try at the passphrase.
const WORK: u8 = 17;
/// More than that is nothing that was made here, and could stop a machine.
const MOST_WORK: u8 = 20;

/// Why a project cannot be sealed or opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SealProblem {
    /// The passphrase is shorter than [`SHORTEST`].
    TooShort,
    /// Not a sealed project, or damaged.
    NotSealed,
    /// Another passphrase.
    WrongPassphrase,
    /// What was sealed is no project.
    Content(NoArchive),
    /// The archive has no project file.
    NoProject,
    /// It is the contact file.
    ContactFile,
}

impl Explain for SealProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::TooShort => "passphrase-too-short",
            Self::NotSealed => "not-sealed",
            Self::WrongPassphrase => "wrong-passphrase",
            Self::Content(_) => "sealed-content",
            Self::NoProject => "no-project",
            Self::ContactFile => "is-contact-file",
        }
    }

    fn message(&self, lang: Lang) -> String {
        let words = match self {
            Self::TooShort => ("passordet er for kort", "passordet er for kort", "the passphrase is too short"),
            Self::NotSealed => (
                "fila er ikke en lagret prosjektfil, eller den er skadd",
                "fila er ikkje ei lagra prosjektfil, eller ho er skadd",
                "the file is not a saved project, or it is damaged",
            ),
            Self::WrongPassphrase => (
                "passordet passer ikke til fila",
                "passordet passar ikkje til fila",
                "the passphrase does not open the file",
            ),
            Self::NoProject => (
                "fila inneholder ikke et prosjekt: project.toml mangler",
                "fila inneheld ikkje eit prosjekt: project.toml manglar",
                "the file holds no project: project.toml is missing",
            ),
            Self::ContactFile => (
                "dette er kontaktfila, ikke prosjektfila",
                "dette er kontaktfila, ikkje prosjektfila",
                "this is the contact file, not the project",
            ),
            Self::Content(NoArchive::TooLarge) => {
                ("prosjektet er for stort", "prosjektet er for stort", "the project is too large")
            }
            Self::Content(NoArchive::Damaged | NoArchive::Name) => (
                "det som ligger i fila, er ikke et prosjekt",
                "det som ligg i fila, er ikkje eit prosjekt",
                "what lies in the file is no project",
            ),
        };
        lang.pick(words.0, words.1, words.2).into()
    }

    fn expected(&self, lang: Lang) -> Option<String> {
        let words = match self {
            Self::TooShort => ("minst 12 tegn", "minst 12 teikn", "at least 12 characters"),
            Self::Content(NoArchive::TooLarge) => ("høyst 512 MB", "høgst 512 MB", "at most 512 MB"),
            _ => return None,
        };
        Some(lang.pick(words.0, words.1, words.2).into())
    }

    fn help(&self, lang: Lang) -> Option<String> {
        let words = match self {
            Self::TooShort => (
                "bruk fire eller fem ord som ingen andre ville satt sammen",
                "bruk fire eller fem ord som ingen andre ville sett saman",
                "use four or five words that nobody else would put together",
            ),
            Self::WrongPassphrase => (
                "prøv igjen: store og små bokstaver teller. Uten passordet kan ingen åpne fila",
                "prøv igjen: store og små bokstavar tel. Utan passordet kan ingen opne fila",
                "try again: case counts. Nobody can open the file without the passphrase",
            ),
            Self::ContactFile => (
                "åpne prosjektfila først, og så kontaktfila under «Hvem skal spørres»",
                "opne prosjektfila først, og så kontaktfila under «Kven skal spørjast»",
                "open the project first, then the contact file",
            ),
            Self::NotSealed | Self::Content(_) | Self::NoProject => (
                "velg fila som arbeidsbenken lagret sist, eller en kopi av den",
                "vel fila som arbeidsbenken lagra sist, eller ein kopi av henne",
                "choose the file that the workbench saved last, or a copy of it",
            ),
        };
        Some(lang.pick(words.0, words.1, words.2).into())
    }
}

/// Seals the files of a project. Never the same bytes twice: what is secret in them must not show in what changes.
///
/// # Errors
///
/// [`SealProblem::TooShort`], [`SealProblem::Content`].
pub fn seal(files: &BTreeMap<String, Vec<u8>>, passphrase: &str) -> Result<Vec<u8>, SealProblem> {
    if passphrase.chars().count() < SHORTEST {
        return Err(SealProblem::TooShort);
    }
    let archive = archive::pack(files).map_err(SealProblem::Content)?;
    let mut recipient = age::scrypt::Recipient::new(SecretString::from(passphrase));
    recipient.set_work_factor(WORK);
    age::encrypt(&recipient, &archive).map_err(|_| SealProblem::NotSealed)
}

/// The files of a project, from a sealed file or from a zip of its folder.
///
/// # Errors
///
/// Any of [`SealProblem`] but the passphrase's length.
pub fn project(bytes: &[u8], passphrase: &str) -> Result<BTreeMap<String, Vec<u8>>, SealProblem> {
    let is_zip = bytes.starts_with(b"PK");
    let files = if is_zip { archive::unpack(bytes).map_err(SealProblem::Content) } else { open(bytes, passphrase) }?;
    if is_contact_file(&files) {
        return Err(SealProblem::ContactFile);
    }
    if files.contains_key(PROJECT) { Ok(files) } else { Err(SealProblem::NoProject) }
}

/// Opens what was sealed.
///
/// # Errors
///
/// Those of what is sealed: no project file is asked for.
pub fn open(sealed: &[u8], passphrase: &str) -> Result<BTreeMap<String, Vec<u8>>, SealProblem> {
    let mut identity = age::scrypt::Identity::new(SecretString::from(passphrase));
    identity.set_max_work_factor(MOST_WORK);
    let archive = age::decrypt(&identity, sealed).map_err(|error| match error {
        age::DecryptError::DecryptionFailed | age::DecryptError::KeyDecryptionFailed => SealProblem::WrongPassphrase,
        _ => SealProblem::NotSealed,
    })?;
    archive::unpack(&archive).map_err(SealProblem::Content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sealed_and_opened() {
        let files = BTreeMap::from([("project.toml".to_owned(), b"[region]".to_vec())]);
        assert_eq!(seal(&files, "kort"), Err(SealProblem::TooShort));
        let sealed = seal(&files, "fire gode norske ord").unwrap();
        assert!(sealed.starts_with(b"age-encryption.org/v1\n-> scrypt "));
        assert!(!sealed.windows(8).any(|window| window == b"[region]"));
        assert_eq!(open(&sealed, "fire gode norske ord"), Ok(files));
        assert_eq!(open(&sealed, "fem gode norske ord."), Err(SealProblem::WrongPassphrase));
        assert_eq!(open(&sealed[..sealed.len() - 1], "fire gode norske ord"), Err(SealProblem::NotSealed));
        assert_eq!(open(b"PK", "fire gode norske ord"), Err(SealProblem::NotSealed));
        assert_eq!(project(&sealed, "fire gode norske ord").map(|files| files.len()), Ok(1));
        let seal_one = |name: &str| seal(&BTreeMap::from([(name.to_owned(), Vec::new())]), "fire gode norske ord");
        assert_eq!(project(&seal_one("a.csv").unwrap(), "fire gode norske ord"), Err(SealProblem::NoProject));
        assert_eq!(project(b"PK and no more", ""), Err(SealProblem::Content(NoArchive::Damaged)));
        let mut changed = sealed;
        *changed.last_mut().unwrap() ^= 1;
        assert_eq!(open(&changed, "fire gode norske ord"), Err(SealProblem::NotSealed));
    }
}
