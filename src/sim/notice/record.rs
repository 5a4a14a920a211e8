//! The record of the notices of a run. A change in the past drops the notices after it.

use super::Notice;
use crate::sim::Simulation;
use crate::sim::position::Position;

/// How many notices a [`Record`] keeps, at most.
pub(super) const KEPT: usize = 100_000;

/// The notices of a run, in its order. When there are too many, only the turning points of the older ones stay.
#[derive(Clone, Debug, Default)]
pub struct Record {
    notices: Vec<Notice>,
    count: u64,
    rewrites: u64,
}

impl Record {
    /// The notices in the record, in the order of the run.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// The notices after the first `count`, as far as they are still in the record.
    pub fn since(&self, count: u64) -> &[Notice] {
        let new = self.count.saturating_sub(count).min(self.notices.len() as u64) as usize;
        self.notices.get(self.notices.len() - new..).unwrap_or_default()
    }

    /// The number of notices so far, including those no longer in the record.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// How often a change in the past dropped notices.
    pub fn rewrites(&self) -> u64 {
        self.rewrites
    }

    /// Takes the pending notices of `sim`, if they are new: a replay of the past repeats known ones.
    pub fn take(&mut self, sim: &mut Simulation, is_new: bool) {
        let known = self.notices.len();
        sim.take_notices(&mut self.notices);
        if !is_new {
            self.notices.truncate(known);
        }
        self.count += (self.notices.len() - known) as u64;
        if self.notices.len() > KEPT {
            self.thin_out();
        }
    }

    /// Drops the notices after this position in the run.
    pub fn forget_after(&mut self, position: Position) {
        let left = self.notices.partition_point(|notice| notice.position() <= position);
        if left < self.notices.len() {
            self.count -= (self.notices.len() - left) as u64;
            self.notices.truncate(left);
            self.rewrites += 1;
        }
    }

    /// Reduces the older half to its turning points, and to the last of these if there are still too many.
    fn thin_out(&mut self) {
        let (half, mut index) = (KEPT / 2, 0);
        self.notices.retain(|notice| {
            index += 1;
            index > half || notice.what.is_turning_point()
        });
        self.notices.drain(..self.notices.len().saturating_sub(KEPT / 4 * 3));
    }
}
