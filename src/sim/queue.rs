//! The events to come, in the order of (time, order of scheduling).
//!
//! Most timeouts are cancelled long before they are due, so a cancelled event
//! leaves the queue at once instead of staying in it for its whole length. The
//! queue is a heap of four children a node that knows where each event stands.
//! What is to happen at the current instant waits in a lane of its own: it needs
//! no sorting, and calls without delay schedule much of it.

use crate::time::Time;
use std::collections::VecDeque;
use std::num::NonZeroU32;

/// The handle of a scheduled event: valid until the event is popped or cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key(NonZeroU32);

impl Key {
    fn of(slot: u32) -> Self {
        Key(NonZeroU32::MIN.saturating_add(slot))
    }

    fn slot(self) -> u32 {
        self.0.get() - 1
    }
}

/// **Invariant:** `place[heap[i].slot] == i` for every `i`, and no node is due before its parent. All in the lane is due
/// at `now`, in order, and nothing is due earlier.
#[derive(Clone, Debug)]
pub(super) struct Queue<E> {
    heap: Vec<Node>,
    lane: VecDeque<Node>,
    /// When the last event was due.
    now: Time,
    /// Where the event of a slot stands in the heap, or [`IN_LANE`].
    place: Vec<u32>,
    events: Vec<E>,
    free: Vec<u32>,
    scheduled: u64,
}

/// The place of an event in the lane.
const IN_LANE: u32 = u32::MAX;

/// When an event is due, and which one it is.
#[derive(Clone, Copy, Debug)]
struct Node {
    at: Time,
    seq: u64,
    slot: u32,
}

impl Node {
    fn before(&self, other: &Node) -> bool {
        (self.at, self.seq) < (other.at, other.seq)
    }
}

impl<E: Copy> Queue<E> {
    pub fn new() -> Self {
        Queue {
            heap: Vec::new(),
            lane: VecDeque::new(),
            now: Time::ZERO,
            place: Vec::new(),
            events: Vec::new(),
            free: Vec::new(),
            scheduled: 0,
        }
    }

    /// How many events are to come.
    pub fn len(&self) -> usize {
        self.heap.len() + self.lane.len()
    }

    /// Adds an event. Among events at the same instant, the one scheduled first comes first.
    pub fn schedule(&mut self, at: Time, event: E) -> Key {
        let slot = match self.free.pop() {
            Some(slot) => {
                self.events[slot as usize] = event;
                slot
            }
            None => {
                self.events.push(event);
                self.place.push(0);
                (self.events.len() - 1) as u32
            }
        };
        let node = Node { at, seq: self.scheduled, slot };
        self.scheduled += 1;
        if at == self.now {
            self.place[slot as usize] = IN_LANE;
            self.lane.push_back(node);
        } else {
            self.heap.push(node);
            self.rise(self.heap.len() - 1, node);
        }
        Key::of(slot)
    }

    /// Takes an event out before it is due.
    pub fn cancel(&mut self, key: Key) {
        match self.place[key.slot() as usize] {
            IN_LANE => {
                self.lane.retain(|node| node.slot != key.slot());
                self.free.push(key.slot());
            }
            hole => self.remove(hole as usize),
        }
    }

    /// When the event of `key` is due.
    pub fn due(&self, key: Key) -> Time {
        match self.place[key.slot() as usize] {
            IN_LANE => self.now,
            place => self.heap[place as usize].at,
        }
    }

    /// When the next event is due.
    pub fn peek(&self) -> Option<Time> {
        let first = self.lane.front().or(self.heap.first())?;
        Some(first.at)
    }

    /// Takes out the next event.
    pub fn pop(&mut self) -> Option<(Time, E)> {
        let node = match (self.lane.front(), self.heap.first()) {
            (Some(lane), top) if top.is_none_or(|top| lane.before(top)) => {
                let node = *lane;
                self.lane.pop_front();
                self.free.push(node.slot);
                node
            }
            (_, top) => {
                let node = *top?;
                self.remove(0);
                node
            }
        };
        self.now = node.at;
        Some((node.at, self.events[node.slot as usize]))
    }

    /// All events to come, in no particular order, to be changed in place or cancelled by `keep` returning false.
    pub fn retain_map(&mut self, mut change: impl FnMut(E) -> Option<E>) {
        let nodes: Vec<Node> = self.heap.iter().chain(&self.lane).copied().collect();
        for node in nodes {
            match change(self.events[node.slot as usize]) {
                Some(event) => self.events[node.slot as usize] = event,
                None => self.cancel(Key::of(node.slot)),
            }
        }
    }

    fn remove(&mut self, hole: usize) {
        let gone = self.heap[hole];
        self.free.push(gone.slot);
        let Some(last) = self.heap.pop() else { return };
        if hole == self.heap.len() {
            return;
        }
        if last.before(&gone) { self.rise(hole, last) } else { self.sink(hole, last) }
    }

    /// Puts `node` at `hole` or nearer to the root.
    fn rise(&mut self, mut hole: usize, node: Node) {
        while hole > 0 {
            let parent = (hole - 1) / 4;
            if !node.before(&self.heap[parent]) {
                break;
            }
            self.put(hole, self.heap[parent]);
            hole = parent;
        }
        self.put(hole, node);
    }

    /// Puts `node` at `hole` or farther from the root.
    fn sink(&mut self, mut hole: usize, node: Node) {
        loop {
            let first = 4 * hole + 1;
            let end = (first + 4).min(self.heap.len());
            if first >= end {
                break;
            }
            let mut least = first;
            for child in first + 1..end {
                if self.heap[child].before(&self.heap[least]) {
                    least = child;
                }
            }
            if !self.heap[least].before(&node) {
                break;
            }
            self.put(hole, self.heap[least]);
            hole = least;
        }
        self.put(hole, node);
    }

    fn put(&mut self, index: usize, node: Node) {
        self.heap[index] = node;
        self.place[node.slot as usize] = index as u32;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Span;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn events_come_in_order_and_cancelled_ones_never(
            steps in proptest::collection::vec((0u64..20, 0u8..3, any::<u8>()), 0..200)
        ) {
            let mut queue = Queue::new();
            let mut expected: Vec<(Time, usize, Key)> = Vec::new();
            let mut now = Time::ZERO;
            for (i, (after, then, which)) in steps.into_iter().enumerate() {
                let at = now + Span::nanos(after / 4);
                expected.push((at, i, queue.schedule(at, i)));
                expected.sort_by_key(|(at, i, _)| (*at, *i));
                match then {
                    0 => queue.cancel(expected.remove(which as usize % expected.len()).2),
                    1 => {
                        let (at, i, _) = expected.remove(0);
                        prop_assert_eq!(queue.pop(), Some((at, i)));
                        now = at;
                    }
                    _ => {}
                }
                prop_assert_eq!(queue.peek(), expected.first().map(|(at, _, _)| *at));
                prop_assert!(expected.iter().all(|(at, _, key)| queue.due(*key) == *at));
            }
            let popped: Vec<_> = std::iter::from_fn(|| queue.pop()).collect();
            prop_assert_eq!(popped, expected.iter().map(|(at, i, _)| (*at, *i)).collect::<Vec<_>>());
        }
    }
}
