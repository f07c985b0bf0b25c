//! Tables of counts, protected: primary suppression, secondary suppression, audit and repair in one.

use super::audit::{Attacker, Contradiction, Finding, Interval, Movement, audit_with};
use super::repair::repair;
use super::secondary::{Role, suppress};
use super::tables::{CellId, Linked, Rule};
use super::{primary, secondary};

/// Tables of which some cells are hidden.
#[derive(Clone, Debug)]
pub struct Protection {
    /// The tables, with the cells that a rule added.
    pub linked: Linked,
    /// By cell what was settled of it before.
    pub roles: Vec<Role>,
    /// By cell whether it is hidden.
    pub hidden: Vec<bool>,
    /// How many asked cells secondary suppression alone would hide.
    pub before_repair: usize,
    /// Cells that stay open to an attacker, whatever is hidden.
    pub exposed: Vec<CellId>,
    /// What may have happened in the hidden cells instead, unseen: the proof.
    pub movements: Vec<Movement>,
    /// Against whom.
    pub attacker: Attacker,
}

impl Protection {
    /// Hides what a rule asks for and, with it, what keeps an attacker from undoing it.
    #[must_use]
    pub fn new(mut linked: Linked, rule: &Rule, attacker: Attacker) -> Self {
        let roles = primary::roles(&mut linked.cells, rule);
        let wanted = primary::wanted(&linked.cells);
        let secondary::Pattern { hidden, mut exposed } = suppress(&linked.cells, &roles, &wanted);
        let before_repair = asked_and(&linked, &hidden);
        let repaired = repair(&linked.cells, &roles, &hidden, &wanted, &attacker);
        exposed.extend(repaired.exposed);
        exposed.sort_unstable();
        exposed.dedup();
        Self { linked, roles, hidden: repaired.hidden, before_repair, exposed, movements: repaired.movements, attacker }
    }

    /// What an attacker finds out about each cell, and which of it must not be found out.
    ///
    /// # Errors
    ///
    /// [`Contradiction`], which margins of the same counts do not have.
    pub fn audit(&self) -> Result<(Vec<Interval>, Vec<Finding>), Contradiction> {
        let sensitive = |cell: CellId| self.roles.get(cell as usize) == Some(&Role::Sensitive);
        audit_with(&self.linked.cells, &self.hidden, sensitive, &self.attacker, &self.movements)
    }

    /// How many cells that somebody asked for are hidden.
    #[must_use]
    pub fn hidden_cells(&self) -> usize {
        asked_and(&self.linked, &self.hidden)
    }
}

fn asked_and(linked: &Linked, hidden: &[bool]) -> usize {
    hidden.iter().zip(&linked.cells.asked).filter(|(hidden, asked)| **hidden && **asked).count()
}
