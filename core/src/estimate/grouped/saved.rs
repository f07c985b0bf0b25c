//! The content of a state as bytes.

use super::{Cells, Grouped, Groups, Piece, Plan};
use crate::estimate::SavedProblem;
use crate::estimate::saved::kind;
use crate::read::found::Found;
use crate::saved::{Broken, Saved, load_number, save_number};

impl<'a> Grouped<'a> {
    /// Appends all that pieces left: groups, cells, codes seen, and the pieces themselves.
    pub(in crate::estimate) fn save_content(&self, to: &mut Vec<u8>) -> Result<(), SavedProblem> {
        self.groups.save(to);
        self.cells.save(to);
        self.codes_seen.iter().flatten().chain(&self.missing_seen).for_each(|seen| seen.save(to));
        self.pieces.len().save(to);
        for Piece { number, extent, letters, found, marks } in &self.pieces {
            save_number(*number, to);
            extent.save(to);
            letters.save(to);
            marks.iter().for_each(|marks| marks.save(to));
            found.save(to, |what| kind::of(what).ok_or(SavedProblem::UnknownProblem { code: what.code() }))?;
        }
        Ok(())
    }

    /// Takes all that pieces left.
    pub(in crate::estimate) fn load_content(plan: &'a Plan, from: &mut &[u8]) -> Result<Self, Broken> {
        let mut own = Self::new(plan);
        own.groups = Groups::load(plan.tree.columns.len(), from)?;
        own.cells = Cells::load(plan.shape, own.groups.len(), from)?;
        // Each group has a record; where all is one group, there may be none.
        Broken::unless(own.cells.len() == own.groups.len() || plan.tree.columns.is_empty())?;
        for seen in own.codes_seen.iter_mut().flatten().chain(&mut own.missing_seen) {
            *seen = Saved::load(from)?;
        }
        for _ in 0..usize::load(from)? {
            let mut piece = Piece { number: load_number(from)?, extent: Saved::load(from)?, ..Piece::default() };
            piece.letters = Saved::load(from)?;
            for _ in &plan.numeric {
                piece.marks.push(Saved::load(from)?);
            }
            piece.found = Found::load(from, |kind, number| kind::problem(kind, number, plan))?;
            own.pieces.push(piece);
        }
        own.pieces_hold_the_records()?;
        Broken::unless(from.is_empty())?;
        Ok(own)
    }

    /// No piece is there twice, no cell has records that no piece had.
    fn pieces_hold_the_records(&self) -> Result<(), Broken> {
        let mut numbers: Vec<u64> = self.pieces.iter().map(|piece| piece.number).collect();
        numbers.sort_unstable();
        Broken::unless(numbers.windows(2).all(|pair| pair[0] < pair[1]))?;
        Broken::unless(self.cells.pieces().all(|number| numbers.binary_search(&number).is_ok()))?;
        let records = self.pieces.iter().fold(0_u64, |all, piece| all.saturating_add(piece.extent.records));
        Broken::unless(self.cells.records() <= records && records < 1 << 48)
    }
}
