//! A retry as a picture: attempts and the waits between them, as far as they can be told before chance has its say.

use crate::policy::retry::{Backoff, Config, Jitter};
use crate::time::Span;

/// How many attempts are drawn at most.
pub const DRAWN: u32 = 5;

/// The attempts of a call that fails every time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    /// The longest wait before each attempt after the first.
    pub waits: Vec<Span>,
    /// Whether chance may make a wait shorter.
    pub is_jittered: bool,
    /// Attempts that are not drawn.
    pub more: u32,
}

/// The picture of a retry.
pub fn of_retry(config: &Config) -> Sketch {
    let drawn = config.max_attempts.min(DRAWN);
    let longest = |previous: &mut Span, retry: u32| {
        *previous = config.backoff.delay(config.jitter, retry, *previous, 1.0);
        Some(*previous)
    };
    Sketch {
        waits: (0..drawn.saturating_sub(1)).scan(Span::ZERO, longest).collect(),
        is_jittered: config.jitter != Jitter::None && config.backoff != Backoff::None,
        more: config.max_attempts.saturating_sub(DRAWN),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::policies::default_retry;

    #[test]
    fn waits_grow_as_the_backoff_says_up_to_its_longest() {
        let (base, max) = (Span::millis(100), Span::millis(350));
        let waits = |backoff| {
            let config = Config { max_attempts: 4, backoff, jitter: Jitter::None, ..default_retry() };
            of_retry(&config).waits.iter().map(|w| w.as_millis_f64()).collect::<Vec<_>>()
        };
        assert_eq!(waits(Backoff::None), [0.0, 0.0, 0.0]);
        assert_eq!(waits(Backoff::Constant(base)), [100.0, 100.0, 100.0]);
        assert_eq!(waits(Backoff::Linear { base, max }), [100.0, 200.0, 300.0]);
        assert_eq!(waits(Backoff::Exponential { base, factor: 2.0, max }), [100.0, 200.0, 350.0]);
    }

    #[test]
    fn many_attempts_are_counted_and_not_drawn() {
        let sketch = of_retry(&Config { max_attempts: 12, ..default_retry() });
        assert_eq!((sketch.waits.len() as u32 + 1, sketch.more), (DRAWN, 7));
        assert!(sketch.is_jittered);
    }
}
