//! The fallback: the substitute answer that a caller uses when a call failed.
//!
//! It knows whether there is a substitute, not what it contains.

use crate::time::{Span, Time};

/// The settings of a fallback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Config {
    /// A default answer.
    Default,
    /// The last good answer, if it is younger than `ttl`.
    Cached {
        /// How long an answer stays usable.
        ttl: Span,
    },
    /// The caller omits this part of its own answer.
    Omit,
}

/// The fallback of one link.
#[derive(Clone, Debug)]
pub struct Fallback {
    config: Config,
    /// When the last good answer came.
    good: Option<Time>,
}

impl Fallback {
    /// A fallback that has seen no answer.
    pub fn new(config: &Config) -> Self {
        Fallback { config: *config, good: None }
    }

    /// Stores a good answer. An answer that is itself built on a fallback is not good.
    pub fn on_good(&mut self, now: Time) {
        self.good = Some(now);
    }

    /// Whether there is a substitute. A cached answer is usable while it is younger than its time to live.
    pub fn usable(&self, now: Time) -> bool {
        match self.config {
            Config::Default | Config::Omit => true,
            Config::Cached { ttl } => self.good.is_some_and(|good| now.since(good) < ttl),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: fn(u64) -> Time = |s| Time::at(Span::secs(s));

    #[test]
    fn a_cached_answer_is_usable_while_it_is_younger_than_its_time_to_live() {
        let mut fallback = Fallback::new(&Config::Cached { ttl: Span::secs(10) });
        assert!(!fallback.usable(AT(0)));
        fallback.on_good(AT(5));
        for (at, usable) in [(5, true), (14, true), (15, false)] {
            assert_eq!(fallback.usable(AT(at)), usable, "at {at} s");
        }
    }

    #[test]
    fn a_default_answer_and_an_omission_are_always_usable() {
        assert!([Config::Default, Config::Omit].iter().all(|config| Fallback::new(config).usable(AT(0))));
    }
}
