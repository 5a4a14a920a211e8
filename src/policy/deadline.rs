//! The deadline: a time budget that a call passes on to the calls that follow from it.
//!
//! As in gRPC and Google's SRE book (chapter 22), it is set once and bounds all attempts; the remaining time bounds the
//! calls further down. This file only compares instants; the caller gives up at the deadline.

use crate::time::{Span, Time};

/// The settings of a deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Config {
    /// The budget for each call that this link makes.
    pub set: Option<Span>,
    /// Whether the remaining budget of the caller's own request bounds the call, too. Default `true`.
    pub pass_on: bool,
    /// How much time to subtract from a budget that is passed on. Default 0.
    pub reserve: Span,
    /// The least remaining time for which the call is made. Default 0.
    pub skip_below: Span,
}

impl Config {
    /// The defaults: no budget of its own; it passes the caller's remaining budget on in full.
    pub const DEFAULT: Config = Config { set: None, pass_on: true, reserve: Span::ZERO, skip_below: Span::ZERO };

    /// Until when a call that begins `now` may take; `None`: as long as it likes.
    ///
    /// `inherited` is the deadline of the request that makes the call. The earlier of the two applies.
    pub fn for_call(&self, now: Time, inherited: Option<Time>) -> Option<Time> {
        let own = self.set.map(|budget| now + budget);
        let passed_on = inherited.filter(|_| self.pass_on).map(|deadline| deadline - self.reserve);
        [own, passed_on].into_iter().flatten().min()
    }

    /// Whether there is too little time left to make a call: none, or less than `skip_below`.
    pub fn too_little(&self, now: Time, deadline: Option<Time>) -> bool {
        deadline.map(|deadline| deadline.since(now)).is_some_and(|left| left == Span::ZERO || left < self.skip_below)
    }
}

impl Default for Config {
    fn default() -> Self {
        Config::DEFAULT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: fn(u64) -> Time = |s| Time::at(Span::secs(s));
    const PLAIN: Config = Config::DEFAULT;

    #[test]
    fn the_earlier_deadline_applies() {
        let set = Some(Span::secs(10));
        let reserve = Span::secs(2);
        for (config, inherited, deadline) in [
            (PLAIN, None, None),
            (PLAIN, Some(30), Some(30)),
            (Config { pass_on: false, ..PLAIN }, Some(30), None),
            (Config { reserve, ..PLAIN }, Some(30), Some(28)),
            (Config { set, ..PLAIN }, None, Some(17)),
            (Config { set, ..PLAIN }, Some(30), Some(17)),
            (Config { set, ..PLAIN }, Some(12), Some(12)),
            (Config { set, pass_on: false, ..PLAIN }, Some(12), Some(17)),
        ] {
            assert_eq!(config.for_call(AT(7), inherited.map(AT)), deadline.map(AT), "{config:?} {inherited:?}");
        }
    }

    #[test]
    fn a_call_is_not_made_with_too_little_left() {
        let careful = Config { skip_below: Span::secs(2), ..PLAIN };
        for (config, deadline, too_little) in [
            (PLAIN, None, false),
            (PLAIN, Some(8), false),
            (PLAIN, Some(7), true),
            (PLAIN, Some(6), true),
            (careful, None, false),
            (careful, Some(9), false),
            (careful, Some(8), true),
        ] {
            assert_eq!(config.too_little(AT(7), deadline.map(AT)), too_little, "{config:?} {deadline:?}");
        }
    }
}
