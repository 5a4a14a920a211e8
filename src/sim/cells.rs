//! Latencies counted on a logarithmic scale: coarse, of fixed size, and quick enough for every finished request.
//!
//! The report has exact histograms; these cells serve the charts, because the difference of two moments gives the
//! distribution of the requests that ended between them. A cell is an eighth of an octave, so quantiles are accurate to
//! about 6 %.

use crate::time::Span;

/// Cells per octave.
const PER_OCTAVE: usize = 8;
/// Latencies shorter than two to this power of nanoseconds (8.2 us) count in the first cell.
const FIRST_OCTAVE: u32 = 13;
/// The number of cells; the last one also has all longer latencies, from about 4.6 hours.
pub const CELLS: usize = 31 * PER_OCTAVE;

/// How many latencies fell into each cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LatencyCells(pub [u32; CELLS]);

impl Default for LatencyCells {
    fn default() -> Self {
        LatencyCells([0; CELLS])
    }
}

impl LatencyCells {
    /// The cell of a latency.
    pub fn cell_of(latency: Span) -> usize {
        let nanos = latency.as_nanos().max(1 << FIRST_OCTAVE);
        let octave = nanos.ilog2();
        // The three bits after the leading one.
        let eighth = (nanos >> (octave - 3)) as usize % PER_OCTAVE;
        ((octave - FIRST_OCTAVE) as usize * PER_OCTAVE + eighth).min(CELLS - 1)
    }

    /// Where a cell begins; it ends where the next one begins.
    pub fn start_of(cell: usize) -> Span {
        let (octave, eighth) = (cell / PER_OCTAVE, cell % PER_OCTAVE);
        Span::nanos(((PER_OCTAVE + eighth) as u64) << (octave as u32 + FIRST_OCTAVE - 3).min(59))
    }

    /// Counts one more.
    pub(super) fn record(&mut self, latency: Span) {
        if let Some(count) = self.0.get_mut(Self::cell_of(latency)) {
            *count = count.wrapping_add(1);
        }
    }

    /// The number of latencies in all.
    pub fn total(&self) -> u64 {
        self.0.iter().map(|n| u64::from(*n)).sum()
    }

    /// The latency that a share `q` (0 to 1) does not exceed, accurate to about 6 %; `None` if there are no latencies.
    pub fn quantile(&self, q: f64) -> Option<Span> {
        let total = self.total();
        let wanted = (total as f64 * q).max(1.0);
        let mut below = 0.0;
        for (cell, count) in self.0.iter().enumerate().filter(|(_, count)| **count > 0) {
            let count = f64::from(*count);
            if below + count >= wanted {
                let start = Self::start_of(cell);
                // Latencies are taken as evenly spread within a cell.
                let part = (wanted - below - 0.5) / count;
                return Some(start + Self::start_of(cell + 1).saturating_sub(start).scaled(part.clamp(0.0, 1.0)));
            }
            below += count;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_latency_falls_between_the_ends_of_its_cell() {
        let mut nanos = 1_u64 << FIRST_OCTAVE;
        while nanos < 1 << 43 {
            let cell = LatencyCells::cell_of(Span::nanos(nanos));
            let (start, end) = (LatencyCells::start_of(cell), LatencyCells::start_of(cell + 1));
            assert!(start.as_nanos() <= nanos && nanos < end.as_nanos(), "{nanos} in {cell}: {start} to {end}");
            assert!(end.as_nanos() as f64 / start.as_nanos() as f64 <= 1.125);
            nanos += nanos / 7;
        }
        assert_eq!(LatencyCells::cell_of(Span::ZERO), 0);
        assert_eq!(LatencyCells::cell_of(Span::MAX), CELLS - 1);
    }

    #[test]
    fn quantiles_are_right_to_a_cell() {
        let mut cells = LatencyCells::default();
        assert_eq!(cells.quantile(0.5), None);
        for ms in 1..=1_000 {
            cells.record(Span::millis(ms));
        }
        for (q, ms) in [(0.5, 500.0), (0.95, 950.0), (0.99, 990.0), (1.0, 1_000.0)] {
            let found = cells.quantile(q).map_or(0.0, Span::as_millis_f64);
            assert!((found / ms - 1.0).abs() < 0.07, "{q}: {found} instead of {ms}");
        }
        assert_eq!(cells.total(), 1_000);
    }
}
