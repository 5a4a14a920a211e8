//! The queue of future events, ordered by (time, order of scheduling).
//!
//! It is a heap with two kinds of lanes for events that need no sorting. One lane holds the events of the current
//! instant: calls without delay schedule many of these. Waits of the same length, for example equal timeouts, end in
//! the order in which they begin: each length has a lane, and the heap has only the first event of each lane.
//!
//! Most timeouts are cancelled long before they are due. A cancelled event is only marked; it leaves the queue when it
//! comes first, or in a clean-up once there are too many.

use crate::time::{Span, Time};
use std::collections::VecDeque;
use std::num::NonZeroU32;

/// The handle of a scheduled event: valid until the event is popped or cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key(NonZeroU32);

impl Key {
    #[inline(always)]
    fn of(slot: u32) -> Self {
        Key(NonZeroU32::MIN.saturating_add(slot))
    }

    #[inline(always)]
    fn slot(self) -> u32 {
        self.0.get() - 1
    }
}

/// **Invariant:** the first events of the heap, of `at_once` and of each lane are not cancelled. The heap has the first
/// event of each lane, or an earlier, cancelled one of that lane.
#[derive(Clone, Debug)]
pub(super) struct Queue<E> {
    heap: Heap,
    /// The events due at `now`, in order; no event is due earlier.
    at_once: VecDeque<Node>,
    lanes: [Lane; LANES],
    /// When the last event was due.
    now: Time,
    slots: Vec<Slot<E>>,
    free: Vec<u32>,
    scheduled: u64,
    /// An upper bound of the cancelled events in the heap and the lanes.
    cancelled: usize,
}

/// The number of lanes; waits of further lengths go into the heap.
const LANES: usize = 8;

/// A lane for waits of one length.
#[derive(Clone, Debug, Default)]
struct Lane {
    length: Span,
    waits: VecDeque<Node>,
    /// Whether the heap has one of them.
    in_heap: bool,
}

/// When an event is due, and which one it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Node {
    at: Time,
    seq: u64,
    slot: u32,
    /// The lane that it is in, or [`NO_LANE`].
    lane: u32,
}

const NO_LANE: u32 = u32::MAX;

impl Node {
    #[inline(always)]
    fn before(&self, other: &Node) -> bool {
        self.at < other.at || (self.at == other.at && self.seq < other.seq)
    }
}

/// A heap with four children per node, the earliest on top. **Invariant:** no node is due before its parent.
#[derive(Clone, Debug, Default)]
struct Heap(Vec<Node>);

impl Heap {
    #[inline(always)]
    fn top(&self) -> Option<&Node> {
        self.0.first()
    }

    fn push(&mut self, node: Node) {
        let mut hole = self.0.len();
        self.0.push(node);
        let nodes = self.0.as_mut_slice();
        while hole > 0 {
            let parent = (hole - 1) / 4;
            if !node.before(&nodes[parent]) {
                break;
            }
            nodes[hole] = nodes[parent];
            hole = parent;
        }
        nodes[hole] = node;
    }

    /// Removes the top.
    fn pop(&mut self) {
        if let Some(last) = self.0.pop()
            && !self.0.is_empty()
        {
            self.replace_top(last);
        }
    }

    /// Replaces the top by `node`.
    fn replace_top(&mut self, node: Node) {
        let nodes = self.0.as_mut_slice();
        let mut hole = 0;
        loop {
            let first = 4 * hole + 1;
            let end = (first + 4).min(nodes.len());
            if first >= end {
                break;
            }
            let mut least = first;
            for child in first + 1..end {
                if nodes[child].before(&nodes[least]) {
                    least = child;
                }
            }
            if !nodes[least].before(&node) {
                break;
            }
            nodes[hole] = nodes[least];
            hole = least;
        }
        nodes[hole] = node;
    }
}

/// A future event, or the remains of one.
#[derive(Clone, Copy, Debug)]
struct Slot<E> {
    at: Time,
    /// The order of scheduling of the event; [`NONE`]: the slot is free.
    seq: u64,
    event: E,
    lane: u32,
}

const NONE: u64 = u64::MAX;

/// How many cancelled events may stay in the heap and the lanes, besides one for each slot.
const SLACK: usize = 64;

impl<E: Copy> Queue<E> {
    pub fn new() -> Self {
        Queue {
            heap: Heap::default(),
            at_once: VecDeque::new(),
            lanes: Default::default(),
            now: Time::ZERO,
            slots: Vec::new(),
            free: Vec::new(),
            scheduled: 0,
            cancelled: 0,
        }
    }

    /// The number of future events.
    pub fn len(&self) -> usize {
        self.slots.len() - self.free.len()
    }

    /// Adds an event. Among events at the same instant, the one scheduled first comes first.
    pub fn schedule(&mut self, at: Time, event: E) -> Key {
        let node = self.slot_for(at, event, NO_LANE);
        match at == self.now {
            true => self.at_once.push_back(node),
            false => self.heap.push(node),
        }
        Key::of(node.slot)
    }

    /// Adds an event that is due after a wait. Use it for lengths that many waits share, and for waits that are often
    /// cancelled.
    pub fn schedule_wait(&mut self, now: Time, length: Span, event: E) -> Key {
        let Some(index) = self.lane_of(length) else { return self.schedule(now + length, event) };
        let node = self.slot_for(now + length, event, index as u32);
        let lane = &mut self.lanes[index];
        lane.waits.push_back(node);
        if !lane.in_heap {
            lane.in_heap = true;
            self.heap.push(node);
        }
        Key::of(node.slot)
    }

    fn lane_of(&mut self, length: Span) -> Option<usize> {
        if length == Span::ZERO {
            return None;
        }
        if let Some(index) = self.lanes.iter().position(|lane| lane.length == length) {
            return Some(index);
        }
        let index = self.lanes.iter().position(|lane| !lane.in_heap)?;
        self.lanes[index].length = length;
        Some(index)
    }

    #[inline(always)]
    fn slot_for(&mut self, at: Time, event: E, lane: u32) -> Node {
        let seq = self.scheduled;
        self.scheduled += 1;
        let new = Slot { at, seq, event, lane };
        let slot = match self.free.pop() {
            Some(slot) => {
                self.slots.as_mut_slice()[slot as usize] = new;
                slot
            }
            None => {
                self.slots.push(new);
                (self.slots.len() - 1) as u32
            }
        };
        Node { at, seq, slot, lane }
    }

    #[inline(always)]
    fn is_to_come(slots: &[Slot<E>], node: &Node) -> bool {
        slots[node.slot as usize].seq == node.seq
    }

    /// Cancels an event.
    pub fn cancel(&mut self, key: Key) {
        let slot = &mut self.slots.as_mut_slice()[key.slot() as usize];
        let lane = slot.lane;
        slot.seq = NONE;
        self.free.push(key.slot());
        self.cancelled += 1;
        self.first_of_lane(lane);
        self.drop_cancelled();
        if self.cancelled > self.slots.len() + SLACK {
            self.clean();
        }
    }

    /// Removes the cancelled events that come first.
    #[inline(always)]
    fn drop_cancelled(&mut self) {
        while self.at_once.front().is_some_and(|node| !Self::is_to_come(&self.slots, node)) {
            self.at_once.pop_front();
            self.cancelled -= 1;
        }
        while let Some(node) = self.heap.top()
            && !Self::is_to_come(&self.slots, node)
        {
            self.cancelled -= usize::from(node.lane == NO_LANE);
            self.take_top();
        }
    }

    /// Removes the top of the heap; if it belongs to a lane, the first event of the lane takes its place.
    fn take_top(&mut self) {
        let Some(lane) = self.heap.top().map(|top| top.lane) else { return };
        if lane != NO_LANE {
            if let Some(node) = self.first_of_lane(lane) {
                return self.heap.replace_top(node);
            }
            self.lanes[lane as usize].in_heap = false;
        }
        self.heap.pop();
    }

    /// The first event of a lane, after removing the cancelled ones before it.
    fn first_of_lane(&mut self, lane: u32) -> Option<Node> {
        let waits = &mut self.lanes.get_mut(lane as usize)?.waits;
        while let Some(node) = waits.front() {
            if Self::is_to_come(&self.slots, node) {
                return Some(*node);
            }
            waits.pop_front();
            self.cancelled -= 1;
        }
        None
    }

    /// When the event of `key` is due.
    pub fn due(&self, key: Key) -> Time {
        self.slots.as_slice()[key.slot() as usize].at
    }

    /// When the next event is due.
    pub fn peek(&self) -> Option<Time> {
        let first = self.at_once.front().or(self.heap.top())?;
        Some(first.at)
    }

    /// Removes the next event and returns it.
    #[cfg(test)]
    pub fn pop(&mut self) -> Option<(Time, E)> {
        self.pop_until(Time::MAX)
    }

    /// Removes the next event and returns it, if it is due by `until`.
    pub fn pop_until(&mut self, until: Time) -> Option<(Time, E)> {
        let node = match (self.at_once.front(), self.heap.top()) {
            (Some(first), top) if top.is_none_or(|top| first.before(top)) => {
                let node = *first;
                if node.at > until {
                    return None;
                }
                self.at_once.pop_front();
                node
            }
            (_, top) => {
                let node = *top?;
                if node.at > until {
                    return None;
                }
                if let Some(lane) = self.lanes.get_mut(node.lane as usize) {
                    lane.waits.pop_front();
                }
                self.take_top();
                node
            }
        };
        self.now = node.at;
        let slot = &mut self.slots.as_mut_slice()[node.slot as usize];
        slot.seq = NONE;
        let event = slot.event;
        self.free.push(node.slot);
        self.drop_cancelled();
        Some((node.at, event))
    }

    /// Replaces each future event by what `change` returns, or cancels it if that is `None`, in no particular order.
    pub fn retain_map(&mut self, mut change: impl FnMut(E) -> Option<E>) {
        for slot in 0..self.slots.len() {
            if self.slots[slot].seq == NONE {
                continue;
            }
            match change(self.slots[slot].event) {
                Some(event) => self.slots[slot].event = event,
                None => self.cancel(Key::of(slot as u32)),
            }
        }
    }

    /// Removes all cancelled events, and moves all others into the heap.
    #[cold]
    fn clean(&mut self) {
        self.heap.0.clear();
        self.at_once.clear();
        for lane in &mut self.lanes {
            lane.waits.clear();
            lane.in_heap = false;
        }
        for (slot, event) in (0..).zip(&mut self.slots).filter(|(_, event)| event.seq != NONE) {
            event.lane = NO_LANE;
            self.heap.push(Node { at: event.at, seq: event.seq, slot, lane: NO_LANE });
        }
        self.cancelled = 0;
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
            steps in proptest::collection::vec((0u64..20, any::<bool>(), 0u8..5, any::<u8>()), 0..800)
        ) {
            let mut queue = Queue::new();
            let mut expected: Vec<(Time, usize, Key)> = Vec::new();
            let mut now = Time::ZERO;
            for (i, (after, waits, then, which)) in steps.into_iter().enumerate() {
                let length = Span::nanos(if waits { after * 1_000 } else { after / 4 });
                let at = now + length;
                let key = if waits { queue.schedule_wait(now, length, i) } else { queue.schedule(at, i) };
                expected.push((at, i, key));
                expected.sort_by_key(|(at, i, _)| (*at, *i));
                match then {
                    0..3 => queue.cancel(expected.remove(which as usize % expected.len()).2),
                    3 => {
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
