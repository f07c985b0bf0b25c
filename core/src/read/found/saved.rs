//! What a piece had beside its values, as bytes.

use super::{Found, Letters, Marks};
use crate::problem::{Explain, Privacy, Problem};
use crate::read::encoding::Census;
use crate::read::scan::{Extent, Spot};
use crate::saved::{Broken, Saved};

impl Found {
    /// Appends the problems; `kind` says what each is, as a kind and a number. It fails where it knows none.
    pub(crate) fn save<E>(
        &self,
        to: &mut Vec<u8>,
        kind: impl Fn(&dyn Explain) -> Result<(u8, u64), E>,
    ) -> Result<(), E> {
        (self.errors.len() + self.warnings.len()).save(to);
        for problem in self.errors.iter().chain(&self.warnings) {
            let (kind, number) = kind(&*problem.what)?;
            kind.save(to);
            number.save(to);
            (problem.line, problem.record, problem.column.clone()).save(to);
            problem.value.save(to);
        }
        self.more_errors.save(to);
        self.more_warnings.save(to);
        Ok(())
    }

    /// Takes problems; `problem` makes one of a kind and a number. Their values are answers.
    pub(crate) fn load(from: &mut &[u8], problem: impl Fn(u8, u64) -> Option<Problem>) -> Result<Self, Broken> {
        let mut found = Self::default();
        for _ in 0..usize::load(from)? {
            let problem = problem(u8::load(from)?, u64::load(from)?).ok_or(Broken)?;
            let (line, record, column) = Saved::load(from)?;
            let problem = Problem { line, record, column, ..problem };
            found.push(match Option::<String>::load(from)? {
                Some(value) => problem.value(value, Privacy::Answer),
                None => problem,
            });
        }
        found.more_errors += u64::load(from)?;
        found.more_warnings += u64::load(from)?;
        Ok(found)
    }
}

impl Saved for Letters {
    fn save(&self, to: &mut Vec<u8>) {
        let Self { census, invalid, valid, twice, all_twice, zero } = self;
        census.invalid.save(to);
        census.valid.save(to);
        invalid.save(to);
        valid.save(to);
        twice.save(to);
        all_twice.save(to);
        zero.save(to);
    }

    fn load(from: &mut &[u8]) -> Result<Self, Broken> {
        Ok(Self {
            census: Census { invalid: Saved::load(from)?, valid: Saved::load(from)? },
            invalid: Saved::load(from)?,
            valid: Saved::load(from)?,
            twice: Saved::load(from)?,
            all_twice: Saved::load(from)?,
            zero: Saved::load(from)?,
        })
    }
}

impl Saved for Marks {
    fn save(&self, to: &mut Vec<u8>) {
        let Self { points, commas, first_point, first_comma } = self;
        points.save(to);
        commas.save(to);
        first_point.save(to);
        first_comma.save(to);
    }

    fn load(from: &mut &[u8]) -> Result<Self, Broken> {
        Ok(Self {
            points: Saved::load(from)?,
            commas: Saved::load(from)?,
            first_point: Saved::load(from)?,
            first_comma: Saved::load(from)?,
        })
    }
}

impl Saved for Spot {
    fn save(&self, to: &mut Vec<u8>) {
        (self.line, self.index, self.column).save(to);
    }

    fn load(from: &mut &[u8]) -> Result<Self, Broken> {
        let (line, index, column) = Saved::load(from)?;
        Ok(Self { line, index, column })
    }
}

impl Saved for Extent {
    fn save(&self, to: &mut Vec<u8>) {
        self.records.save(to);
        self.lines.save(to);
    }

    fn load(from: &mut &[u8]) -> Result<Self, Broken> {
        Ok(Self { records: Saved::load(from)?, lines: Saved::load(from)? })
    }
}
