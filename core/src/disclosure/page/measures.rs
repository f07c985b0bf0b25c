//! The register of measures: open data that somebody wrote, so its texts are read for numbers of people.

use super::numbers::{Number, in_digits, numbers};
use super::{File, Finding, Leak, Page};
use crate::register::open_measures::{FILE, OpenMeasures};

/// No group here is larger: a larger number is a year, or a road.
const LARGEST: f64 = 1_000.0;

impl Page<'_> {
    /// Texts of the register that say a share, or so many of so many.
    pub(super) fn measures(&mut self, files: &[File<'_>]) {
        let Some(file) = files.iter().find(|file| file.name == FILE) else { return };
        let Some(open) = OpenMeasures::read(file.bytes) else {
            return self.push(Finding::new(FILE, Leak::Malformed));
        };
        for (place, lang, text) in open.texts() {
            let digits = in_digits(text);
            let counts = |number: &Number| match number {
                Number::Plain { answers, .. } => *answers,
                Number::Of { x, n } => x <= n && *n < LARGEST,
                _ => true,
            };
            if numbers(&digits).iter().any(counts) {
                let line = String::from_utf8_lossy(file.bytes).lines().position(|line| line.contains(text));
                let finding = Finding::new(FILE, Leak::Figure).line(line.map_or(0, |at| at + 1)).place(&place);
                let finding = self.read(finding.value(text), &digits, lang);
                self.push(finding);
            }
        }
    }
}
