//! The bulkhead: at most so many attempts at once over a link.
//!
//! It hands out permits, first come, first served (a semaphore, as Resilience4j's `SemaphoreBulkhead`). It has no clock:
//! who waits too long is told so by its own timer, and then says [`Bulkhead::give_up`].

use crate::time::Span;
use std::collections::VecDeque;

/// The settings of a bulkhead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Config {
    /// Permits; at least 1.
    pub max_concurrent: u32,
    /// How long an attempt waits for a permit. Default 0.
    pub max_wait: Span,
}

impl Config {
    /// A bulkhead of so many permits, for which nobody waits.
    pub const fn of(max_concurrent: u32) -> Self {
        Config { max_concurrent, max_wait: Span::ZERO }
    }
}

/// The answer to an attempt that wants to enter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// It has a permit.
    Entered,
    /// It waits for one, behind those that came before.
    Waits,
    /// There is none, and nobody may wait.
    Full,
}

/// The permits of one link, and who waits for them. Nobody waits while a permit is free.
#[derive(Clone, Debug)]
pub struct Bulkhead<T> {
    permits: u32,
    may_wait: bool,
    in_use: u32,
    waiting: VecDeque<T>,
}

impl<T: Copy + PartialEq> Bulkhead<T> {
    /// A bulkhead with all its permits.
    pub fn new(config: &Config) -> Self {
        let may_wait = config.max_wait > Span::ZERO;
        Bulkhead { permits: config.max_concurrent, may_wait, in_use: 0, waiting: VecDeque::new() }
    }

    /// Asks for a permit for `who`.
    pub fn enter(&mut self, who: T) -> Entry {
        if self.in_use < self.permits {
            self.in_use += 1;
            Entry::Entered
        } else if self.may_wait {
            self.waiting.push_back(who);
            Entry::Waits
        } else {
            Entry::Full
        }
    }

    /// Gives a permit back. It goes to whoever waits longest, who is returned and has entered.
    pub fn leave(&mut self) -> Option<T> {
        let next = self.waiting.pop_front();
        if next.is_none() {
            self.in_use = self.in_use.saturating_sub(1);
        }
        next
    }

    /// Stops waiting. Nothing happens if `who` does not wait.
    pub fn give_up(&mut self, who: T) {
        self.waiting.retain(|waiting| *waiting != who);
    }

    /// Permits that are out.
    pub fn in_use(&self) -> u32 {
        self.in_use
    }

    /// How many wait for a permit.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bulkhead(max_wait: Span) -> Bulkhead<char> {
        Bulkhead::new(&Config { max_concurrent: 2, max_wait })
    }

    #[test]
    fn without_a_wait_the_third_is_turned_away() {
        let mut bulkhead = bulkhead(Span::ZERO);
        assert_eq!(['a', 'b', 'c'].map(|who| bulkhead.enter(who)), [Entry::Entered, Entry::Entered, Entry::Full]);
        assert_eq!(bulkhead.leave(), None);
        assert_eq!((bulkhead.in_use(), bulkhead.enter('d')), (1, Entry::Entered));
    }

    #[test]
    fn permits_go_to_whoever_waits_longest() {
        let mut bulkhead = bulkhead(Span::millis(1));
        assert_eq!(['a', 'b', 'c', 'd', 'e'].map(|who| bulkhead.enter(who))[2..], [Entry::Waits; 3]);
        bulkhead.give_up('c');
        bulkhead.give_up('a');
        assert_eq!((bulkhead.leave(), bulkhead.in_use(), bulkhead.waiting()), (Some('d'), 2, 1));
        assert_eq!([bulkhead.leave(), bulkhead.leave(), bulkhead.leave()], [Some('e'), None, None]);
        assert_eq!(bulkhead.in_use(), 0);
    }
}
