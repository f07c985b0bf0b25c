//! States of an estimation as bytes: for another process, another machine, or later.
//!
//! # Format
//!
//! | bytes | what |
//! |---|---|
//! | 16 | `bygdepuls state`, then the version of the format, 1 |
//! | 8 | the length of all, the checksum included |
//! | | the file: its columns and delimiter, as JSON |
//! | | the question, as JSON: what was summed, by which columns |
//! | | groups: for each column its codes, then one small number per group |
//! | | cells: for each group its counts and exact sums, without the zeros around their digits |
//! | | codes seen |
//! | | pieces: number, records and lines, and what was found in them, with places |
//! | 4 | CRC-32 of all before it |
//!
//! Numbers have their lowest byte first, and take as many bytes as they need; texts stand after their length. An exact sum
//! takes a byte or two beside its own digits, whichever of its accumulators holds them.
//!
//! # Size
//!
//! Bytes per cell, which is a group times a stratum or a sampling unit, of 20 records each with weights that fill a double
//! (`tests/estimate_saved.rs` measures them):
//!
//! | question | bytes |
//! |---|---|
//! | mean, all weights 1 | 40 |
//! | total, share | 90 |
//! | the same, of sampling units: no squares | 45 |
//! | four statistics with their covariances | 800 |
//!
//! The same pieces given in the same order always make the same bytes, and so they do on every machine. In another order
//! they may make other bytes; the figures are the same.

pub(super) mod kind;
mod problem;
mod subject;

pub use problem::SavedProblem;

use super::{Grouped, Plan};
use crate::saved::{Saved, load_bytes};

const MAGIC: &[u8; 15] = b"bygdepuls state";
/// Goes up whenever the content, or how a file is read, becomes another one.
const VERSION: u8 = 1;
/// Where the content begins: behind mark, version and length.
const START: usize = MAGIC.len() + 1 + 8;

impl<'a> Grouped<'a> {
    /// The state as bytes, to be [restored](Self::restore) and [merged](Self::merge) anywhere; it can go on meanwhile.
    ///
    /// It holds all that the figures and the problems of the file come from, also where the file has errors: codes of groups,
    /// of sampling units and of people, and up to a hundred values quoted in problems of each piece. Guard it as the answers
    /// themselves. The file's name is not in it.
    ///
    /// # Errors
    ///
    /// [`SavedProblem::UnknownProblem`], which no piece of a file leads to.
    ///
    /// # Example
    ///
    /// ```
    /// use bygdepuls_core::{estimate::{Grouped, Plan, Question, Statistic}, problem::Problems, read::Head};
    /// let file = b"town,y\nA,0.1\nA,0.2\nB,5\nA,0.3\nB,7\n";
    /// let (start, cut) = (7, 19);
    /// let question = Question {
    ///     statistics: vec![Statistic::Total { column: "y".into() }],
    ///     by: vec!["town".into()],
    ///     ..Question::default()
    /// };
    /// let mut problems = Problems::new();
    /// let head = Head::find("f.csv", file, true, &mut problems).unwrap();
    /// let plan = Plan::new("f.csv", head, &question, &mut problems).unwrap();
    ///
    /// // One process takes the first piece and writes down where it stands.
    /// let mut first = Grouped::new(&plan);
    /// first.piece(0, &file[start..cut], false);
    /// let bytes = first.save()?;
    ///
    /// // Another one takes the second piece and adds the first.
    /// let mut second = Grouped::new(&plan);
    /// second.piece(1, &file[cut..], true);
    /// second.merge(Grouped::restore(&plan, &bytes)?);
    ///
    /// let mut whole = Grouped::new(&plan);
    /// whole.piece(0, &file[start..], true);
    /// let figures = second.finish(&mut problems);
    /// assert_eq!(figures, whole.finish(&mut problems)); // to the last bit
    /// assert_eq!(figures[0].estimate, Some(0.6)); // added one after the other it would be 0.6000000000000001
    /// # Ok::<(), bygdepuls_core::estimate::SavedProblem>(())
    /// ```
    pub fn save(&self) -> Result<Vec<u8>, SavedProblem> {
        let mut bytes = MAGIC.to_vec();
        bytes.push(VERSION);
        bytes.extend([0; 8]);
        subject::file(self.plan())?.save(&mut bytes);
        subject::question(self.plan())?.save(&mut bytes);
        self.save_content(&mut bytes)?;
        let length = (bytes.len() + 4) as u64;
        bytes[START - 8..START].copy_from_slice(&length.to_le_bytes());
        bytes.extend(crc32fast::hash(&bytes).to_le_bytes());
        Ok(bytes)
    }

    /// A state that was saved, of the same file and the same question.
    ///
    /// The plan may differ in what is computed from the sums: level, methods of intervals, degrees of freedom, contrasts,
    /// replicates, what is done with strata of one unit. So a saved state can be asked again without reading the file.
    ///
    /// The header of the file is compared, not its content: that a piece belongs to this file, and that all pieces are there,
    /// only the caller knows. A piece that is there twice is an error of the merged state.
    ///
    /// # Errors
    ///
    /// Whatever the bytes are, a [`SavedProblem`] and no panic. States in another version of the format are refused.
    pub fn restore(plan: &'a Plan, bytes: &[u8]) -> Result<Self, SavedProblem> {
        let content = content(bytes)?;
        restore_content(plan, content)
    }
}

/// What stands between the length and the checksum, if these are right.
fn content(bytes: &[u8]) -> Result<&[u8], SavedProblem> {
    let shared = bytes.len().min(MAGIC.len());
    if bytes[..shared] != MAGIC[..shared] {
        return Err(SavedProblem::NotAState);
    }
    let version = *bytes.get(MAGIC.len()).ok_or(SavedProblem::CutOff)?;
    if version != VERSION {
        return Err(SavedProblem::OtherVersion { found: version });
    }
    let length = bytes[MAGIC.len() + 1..].first_chunk().ok_or(SavedProblem::CutOff)?;
    match u64::from_le_bytes(*length) {
        length if length > bytes.len() as u64 => return Err(SavedProblem::CutOff),
        length if length < bytes.len() as u64 => return Err(SavedProblem::Corrupted),
        _ => {}
    }
    let (summed, checksum) = bytes.split_last_chunk().ok_or(SavedProblem::CutOff)?;
    if crc32fast::hash(summed) != u32::from_le_bytes(*checksum) {
        return Err(SavedProblem::Corrupted);
    }
    summed.get(START..).ok_or(SavedProblem::Corrupted)
}

fn restore_content<'a>(plan: &'a Plan, mut from: &[u8]) -> Result<Grouped<'a>, SavedProblem> {
    let mut text = || load_bytes(&mut from).map_err(|_| SavedProblem::Corrupted);
    if text()? != subject::file(plan)?.as_bytes() {
        return Err(SavedProblem::OtherFile);
    }
    let saved = text()?;
    if saved != subject::question(plan)?.as_bytes() {
        return Err(SavedProblem::OtherQuestion { saved: String::from_utf8_lossy(saved).into_owned() });
    }
    Grouped::load_content(plan, &mut from).map_err(|_| SavedProblem::Corrupted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::DesignQuestion;
    use crate::estimate::{Question, Report, Statistic};
    use crate::problem::Problems;
    use crate::read::Head;
    use proptest::prelude::*;

    const FILE: &[u8] = "h,N,p,y,x,w,k\n\
        1,9,a,1,2,0.1,ja\n1,9,b,2.5,1,1e-40,nei\n2,8,a,-1,0,0,et langt svar\n2,8,c,7,7,2,\"ja\"\n\
        1,9,d,fire,1,1,a\"b\n1,9,B\u{c3}\u{b8},1,1,1"
        .as_bytes();

    /// Plans with all that a state can hold between them.
    fn plans() -> Vec<Plan> {
        let ratio = Statistic::Ratio { numerator: "y".into(), denominator: "x".into() };
        let share = Statistic::Share { column: "k".into(), codes: vec!["ja".into(), "aldri".into()] };
        let question = Question {
            statistics: vec![ratio, share],
            design: DesignQuestion { weights: Some("w".into()), ..DesignQuestion::default() },
            missing: vec!["7".into()],
            report: Report {
                covariance: true,
                deff: Some(crate::estimate::Deff::WithReplacement),
                ..Report::default()
            },
            ..Question::default()
        };
        let mut linked = Question { by: vec!["h".into()], person: Some("p".into()), ..question.clone() };
        linked.design.strata = vec!["h".into()];
        let mut clusters = Question { by: vec!["k".into()], ..question.clone() };
        (clusters.design.psu, clusters.design.fpc) = (vec!["p".into()], vec!["N".into()]);
        let plan = |question| {
            let mut problems = Problems::new();
            let head = Head::find("f.csv", FILE, true, &mut problems).unwrap();
            Plan::new("f.csv", head, &question, &mut problems).unwrap()
        };
        [question, linked, clusters].map(plan).into()
    }

    /// The state of the file, or of its first records, in which nothing is wrong.
    fn state(plan: &Plan, whole: bool) -> Grouped<'_> {
        let end =
            FILE.windows(5).position(|bytes| bytes == b",fire").filter(|_| !whole).map_or(FILE.len(), |at| at - 5);
        let mut grouped = Grouped::new(plan);
        grouped.piece(0, &FILE[plan.head.start..end], whole);
        grouped
    }

    fn start(bytes: &[u8]) -> usize {
        let mut rest = &bytes[START..];
        load_bytes(&mut rest).and_then(|_| load_bytes(&mut rest)).unwrap();
        bytes.len() - rest.len()
    }

    /// With the length and the checksum that such bytes have.
    fn signed(mut bytes: Vec<u8>) -> Vec<u8> {
        let length = (bytes.len() + 4) as u64;
        bytes[START - 8..START].copy_from_slice(&length.to_le_bytes());
        let checksum = crc32fast::hash(&bytes);
        bytes.extend(checksum.to_le_bytes());
        bytes
    }

    /// Restores, merges and finishes whatever it is.
    fn use_it(plan: &Plan, bytes: Vec<u8>) -> bool {
        let bytes = signed(bytes);
        let Ok(restored) = Grouped::restore(plan, &bytes) else { return false };
        restored.save().unwrap();
        let mut merged = state(plan, false);
        merged.merge(restored.clone());
        let _ = merged.finish(&mut Problems::new());
        if let Some(figures) = restored.figures(&mut Problems::new()) {
            let _ = (figures.iter().count(), figures.covariance());
        }
        true
    }

    #[test]
    fn any_byte_with_a_right_checksum() {
        let (mut restored, mut refused) = (0, 0);
        for plan in &plans() {
            for whole in [true, false] {
                let mut bytes = state(plan, whole).save().unwrap();
                bytes.truncate(bytes.len() - 4);
                assert!(use_it(plan, bytes.clone()));
                for place in start(&bytes)..bytes.len() {
                    for byte in [1, bytes[place] ^ 0xc0] {
                        let mut other = bytes.clone();
                        other[place] = byte;
                        if use_it(plan, other) { restored += 1 } else { refused += 1 }
                    }
                    assert!(!use_it(plan, bytes[..place].to_vec()), "cut off");
                }
                assert!(!use_it(plan, [&bytes[..], &[0]].concat()), "a byte more");
            }
        }
        assert!(restored > 100 && refused > 1000, "{restored} {refused}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_content(bytes in prop::collection::vec(prop_oneof![any::<u8>(), 0..3_u8], 0..300), kept in 0..200_usize) {
            for plan in &plans() {
                let own = state(plan, true).save().unwrap();
                let start = start(&own);
                let kept = (start + kept).min(own.len());
                use_it(plan, [&own[..start], &bytes].concat());
                use_it(plan, [&own[..kept], &bytes].concat());
                use_it(plan, [&own[..kept], &bytes, &own[kept..own.len() - 4]].concat());
            }
        }

        #[test]
        fn any_bytes(bytes: Vec<u8>, mark in 0..30_usize) {
            for plan in &plans() {
                let own = state(plan, true).save().unwrap();
                prop_assert!(Grouped::restore(plan, &bytes).is_err());
                prop_assert!(Grouped::restore(plan, &[&own[..mark], &bytes].concat()).is_err());
            }
        }
    }
}
