//! A health that is a state, not a strobe.

/// How the answers of the last moments were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Health {
    /// There were none.
    #[default]
    Idle,
    /// Nearly all were good.
    Good,
    /// A good part failed.
    Mixed,
    /// Most failed.
    Bad,
}

/// How long a health is shown at least, in seconds of watching.
pub const HOLD: f64 = 1.2;

/// Shows a health, and never changes it twice within [`HOLD`].
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Steady {
    shown: Health,
    since: Option<f64>,
}

impl Steady {
    /// Takes the share of good answers of the last moments, if there were any, at this second of watching,
    /// and tells what to show.
    pub fn update(&mut self, success: Option<f64>, watched: f64) -> Health {
        let next = match (success, self.shown) {
            // No answer in the last moments says nothing new about a service that had some.
            (None, shown) => shown,
            // A little slack, so that a share on the border does not flicker.
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
