//! Keyed pseudonyms.

use crate::problem::{Problem, Problems};
use crate::register::RegisterProblem;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::fmt;

/// A secret that makes pseudonyms. It is kept outside every output, and never printed.
#[derive(Clone)]
pub struct Key(Hmac<Sha256>);

/// Bytes that a key must have.
const LEAST: usize = 16;

impl Key {
    /// A key from the bytes of its file; blanks and line ends around it do not count.
    ///
    /// Problems: [`RegisterProblem::ShortKey`] for fewer than 16 bytes.
    pub fn read(file: &str, bytes: &[u8], problems: &mut Problems) -> Option<Self> {
        let bytes = bytes.trim_ascii();
        let key = (bytes.len() >= LEAST).then(|| Hmac::new_from_slice(bytes).ok()).flatten();
        if key.is_none() {
            problems.push(Problem::error(file, RegisterProblem::ShortKey { least: LEAST }));
        }
        key.map(Self)
    }

    /// The pseudonym of an id: 32 hexadecimal digits, the first half of HMAC-SHA-256 of `project`, a line feed and `id`.
    ///
    /// Without the key nobody can tell from a pseudonym who is behind it, not even by trying all ids. The same person has
    /// another one in another project.
    ///
    /// ```
    /// # use bygdepuls_core::{panel::Key, problem::Problems};
    /// let key = Key::read("key.txt", b"not a secret: for examples only\n", &mut Problems::new()).unwrap();
    /// assert_eq!(key.pseudonym("indre-namdal", "P001"), "c5937dde5e3b2a71c2872019a146f74f");
    /// ```
    ///
    /// # Source
    ///
    /// RFC 2104, HMAC; FIPS 180-4, SHA-256.
    #[must_use]
    pub fn pseudonym(&self, project: &str, id: &str) -> String {
        let mut mac = self.0.clone();
        mac.update(project.as_bytes());
        mac.update(b"\n");
        mac.update(id.as_bytes());
        mac.finalize().into_bytes().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}
