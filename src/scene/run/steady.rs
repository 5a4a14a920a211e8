//! A health that does not flicker.

/// The health by recent answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Health {
    /// No answers.
    #[default]
    Idle,
    /// Nearly all good.
    Good,
    /// Many failures.
    Mixed,
    /// Mostly failures.
    Bad,
}

/// The least time that a health stays, in seconds of watching.
pub const HOLD: f64 = 1.2;

/// A health that changes at most once within [`HOLD`].
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Steady {
    shown: Health,
    since: Option<f64>,
}

impl Steady {
    /// Returns the health for the share of recent good answers, if any, at this second of watching.
    pub fn update(&mut self, success: Option<f64>, watched: f64) -> Health {
        let next = match (success, self.shown) {
            // Without recent answers the last health stays.
            (None, shown) => shown,
            // The thresholds overlap, so that a share on the border does not flicker.
            (Some(s), Health::Good) if s >= 0.93 => Health::Good,
            (Some(s), Health::Bad) if s < 0.53 => Health::Bad,
            (Some(s), _) if s >= 0.95 => Health::Good,
            (Some(s), _) if s >= 0.5 => Health::Mixed,
            (Some(_), _) => Health::Bad,
        };
        let settled = self.since.is_none_or(|since| watched - since >= HOLD || watched < since);
        if next != self.shown && settled {
            *self = Steady { shown: next, since: Some(watched) };
        }
        self.shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_never_changes_twice_within_its_hold() {
        let (mut steady, mut last, mut changed) = (Steady::default(), Health::Idle, f64::NEG_INFINITY);
        for step in 0..1_000 {
            let watched = f64::from(step) * 0.1;
            let share = f64::from(step * 7 % 11) / 10.0;
            let shown = steady.update(Some(share.min(1.0)), watched);
            if shown != last {
                assert!(watched - changed >= HOLD - 1e-9, "changed at {changed} and at {watched}");
                (last, changed) = (shown, watched);
            }
        }
    }

    #[test]
    fn a_share_on_the_border_does_not_flicker() {
        let mut steady = Steady::default();
        assert_eq!(steady.update(Some(0.96), 0.0), Health::Good);
        assert_eq!(steady.update(Some(0.94), 10.0), Health::Good);
        assert_eq!(steady.update(Some(0.90), 20.0), Health::Mixed);
        assert_eq!(steady.update(Some(0.94), 30.0), Health::Mixed);
        assert_eq!(steady.update(Some(0.10), 40.0), Health::Bad);
        assert_eq!(steady.update(None, 50.0), Health::Bad);
    }
}
