//! The notices of a run that are kept, in its order, and forgotten where its past is changed.

use super::Notice;
use crate::sim::Simulation;
use crate::sim::position::Position;

/// How many notices a [`Record`] keeps, at most.
pub(super) const KEPT: usize = 100_000;

/// Notices that are kept, in the order of the run; from the oldest on only the turning points, when there are too many.
#[derive(Clone, Debug, Default)]
pub struct Record {
    kept: Vec<Notice>,
    heard: u64,
    changes: u64,
}

impl Record {
    /// What is kept, in the order of the run.
    pub fn notices(&self) -> &[Notice] {
        &self.kept
    }

    /// Those that came after the first `heard` of all, as far as they are kept.
    pub fn since(&self, heard: u64) -> &[Notice] {
        let new = self.heard.saturating_sub(heard).min(self.kept.len() as u64) as usize;
        self.kept.get(self.kept.len() - new..).unwrap_or_default()
    }

    /// How many there were in all, those included that are no longer kept.
    pub fn heard(&self) -> u64 {
        self.heard
    }

    /// How often the past was changed, so that what was heard is no longer true.
    pub fn changes(&self) -> u64 {
        self.changes
    }

    /// Takes what `sim` has noticed since the last time, if it is new: in the past everything happens again.
    pub fn hear(&mut self, sim: &mut Simulation, is_new: bool) {
        let known = self.kept.len();
        sim.take_notices(&mut self.kept);
        if !is_new {
            self.kept.truncate(known);
        }
        self.heard += (self.kept.len() - known) as u64;
        if self.kept.len() > KEPT {
            self.thin_out();
        }
    }

    /// What happened after this position in the run never happened.
    pub fn forget_after(&mut self, position: Position) {
        let left = self.kept.partition_point(|notice| notice.position() <= position);
        if left < self.kept.len() {
            self.heard -= (self.kept.len() - left) as u64;
            self.kept.truncate(left);
            self.changes += 1;
        }
    }

    /// Of the older half the turning points stay; if these alone are too many, the last of them.
    fn thin_out(&mut self) {
        let (half, mut index) = (KEPT / 2, 0);
        self.kept.retain(|notice| {
            index += 1;
            index > half || notice.what.is_turning_point()
        });
        self.kept.drain(..self.kept.len().saturating_sub(KEPT / 4 * 3));
    }
}
