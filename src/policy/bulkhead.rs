//! The bulkhead: a limit on concurrent attempts over a link.
//!
//! It hands out permits, first come, first served (a semaphore, like Resilience4j's `SemaphoreBulkhead`). It has no
//! clock: the caller times each wait and calls [`Bulkhead::give_up`] when it takes too long.

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
    /// A bulkhead with this number of permits and no waiting.
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
    /// No permit is free, and waiting is not allowed.
    Full,
}

/// The permits of one link, and the queue for them. The queue is empty while a permit is free.
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

    /// Returns a permit. It goes to the one that has waited longest, which enters and is returned.
    pub fn leave(&mut self) -> Option<T> {
        let next = self.waiting.pop_front();
        if next.is_none() {
            self.in_use = self.in_use.saturating_sub(1);
        }
        next
    }

    /// Takes `who` off the queue, if it waits.
    pub fn give_up(&mut self, who: T) {
        self.waiting.retain(|waiting| *waiting != who);
    }

    /// Permits in use.
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
    fn a_free_permit_goes_to_the_one_that_waited_longest() {
        let mut bulkhead = bulkhead(Span::millis(1));
        assert_eq!(['a', 'b', 'c', 'd', 'e'].map(|who| bulkhead.enter(who))[2..], [Entry::Waits; 3]);
        bulkhead.give_up('c');
        bulkhead.give_up('a');
        assert_eq!((bulkhead.leave(), bulkhead.in_use(), bulkhead.waiting()), (Some('d'), 2, 1));
        assert_eq!([bulkhead.leave(), bulkhead.leave(), bulkhead.leave()], [Some('e'), None, None]);
        assert_eq!(bulkhead.in_use(), 0);
    }
}
