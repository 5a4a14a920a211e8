//! A store for things that come and go, under small ids that are reused.
//!
//! A removed thing stays in its slot until another takes the slot, so that nothing large is moved. The functions that
//! every event calls many times are forced inline: the page is built for size, where the compiler would not inline
//! them.

use std::marker::PhantomData;
use std::num::NonZeroU32;

/// The id of a `T` in its [`Arena`]: valid until the thing is removed. It counts from 1, so that an `Option` of it
/// needs no more room.
#[derive(Debug)]
pub(super) struct Id<T>(NonZeroU32, PhantomData<fn() -> T>);

impl<T> Id<T> {
    fn of(index: usize) -> Self {
        // More than u32::MAX things never fit: a run ends long before (`limits::IN_FLIGHT`).
        Id(NonZeroU32::MIN.saturating_add(index as u32), PhantomData)
    }

    #[inline(always)]
    fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

impl<T> Clone for Id<T> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    #[inline(always)]
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<T> Eq for Id<T> {}

/// Things under ids. It takes as much memory as the largest number of things at one time needed.
#[derive(Clone, Debug)]
pub(super) struct Arena<T> {
    slots: Vec<Slot<T>>,
    free: Vec<Id<T>>,
}

/// A thing, or the remains of a removed one.
#[derive(Clone, Debug, Default)]
struct Slot<T> {
    thing: T,
    is_there: bool,
}

/// Out of line and without details, to keep the check at each look-up small.
#[cold]
#[inline(never)]
fn no_such_thing() -> ! {
    panic!("an id without a thing")
}

impl<T> Arena<T> {
    pub fn new() -> Self {
        Arena { slots: Vec::new(), free: Vec::new() }
    }

    /// Its size in bytes.
    pub fn bytes(&self) -> usize {
        self.slots.len() * size_of::<Slot<T>>() + self.free.len() * size_of::<Id<T>>()
    }

    /// How many things there are.
    pub fn len(&self) -> usize {
        self.slots.len() - self.free.len()
    }

    #[inline(always)]
    pub fn insert(&mut self, thing: T) -> Id<T>
    where
        T: Default,
    {
        let id = match self.free.pop() {
            Some(id) => id,
            None => self.grow(),
        };
        // Written field by field: if `push` got the thing as well, the whole thing would be copied.
        *self.slot(id) = Slot { thing, is_there: true };
        id
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self) -> Id<T>
    where
        T: Default,
    {
        self.slots.push(Slot::default());
        Id::of(self.slots.len() - 1)
    }

    /// Removes a thing.
    pub fn remove(&mut self, id: Id<T>) {
        if std::mem::take(&mut self.slot(id).is_there) {
            self.free.push(id);
        }
    }

    #[inline(always)]
    fn slot(&mut self, id: Id<T>) -> &mut Slot<T> {
        match self.slots.get_mut(id.index()) {
            Some(slot) => slot,
            None => no_such_thing(),
        }
    }

    /// All things with their ids, in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = (Id<T>, &T)> {
        let there = |(index, slot)| -> Option<(Id<T>, &T)> {
            let slot: &Slot<T> = slot;
            slot.is_there.then_some((Id::of(index), &slot.thing))
        };
        self.slots.iter().enumerate().filter_map(there)
    }

    /// All things, mutably.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.slots.iter_mut().filter(|slot| slot.is_there).map(|slot| &mut slot.thing)
    }
}

impl<T> std::ops::Index<Id<T>> for Arena<T> {
    type Output = T;
    #[inline(always)]
    fn index(&self, id: Id<T>) -> &T {
        // Every holder of an id keeps its thing alive.
        match self.slots.get(id.index()) {
            Some(slot) => {
                debug_assert!(slot.is_there, "an id outlived its thing");
                &slot.thing
            }
            None => no_such_thing(),
        }
    }
}

impl<T> std::ops::IndexMut<Id<T>> for Arena<T> {
    #[inline(always)]
    fn index_mut(&mut self, id: Id<T>) -> &mut T {
        let slot = self.slot(id);
        debug_assert!(slot.is_there, "an id outlived its thing");
        &mut slot.thing
    }
}
