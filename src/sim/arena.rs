//! A store for things that come and go, under small ids that are used again.

use std::marker::PhantomData;
use std::num::NonZeroU32;

/// The id of a `T` in its [`Arena`]: valid until the thing is removed. Counted from 1, so that an `Option` of it is as small.
#[derive(Debug)]
pub(super) struct Id<T>(NonZeroU32, PhantomData<fn() -> T>);

impl<T> Id<T> {
    fn of(index: usize) -> Self {
        // More than u32::MAX things never fit: a run ends long before (`limits::IN_FLIGHT`).
        Id(NonZeroU32::MIN.saturating_add(index as u32), PhantomData)
    }

    fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<T> Eq for Id<T> {}

/// Things under ids. Memory is bounded by the most that were there at once.
#[derive(Clone, Debug)]
pub(super) struct Arena<T> {
    slots: Vec<Option<T>>,
    free: Vec<Id<T>>,
}

impl<T> Arena<T> {
    pub fn new() -> Self {
        Arena { slots: Vec::new(), free: Vec::new() }
    }

    /// The bytes that it takes.
    pub fn bytes(&self) -> usize {
        self.slots.len() * size_of::<Option<T>>() + self.free.len() * size_of::<Id<T>>()
    }

    /// How many things there are.
    pub fn len(&self) -> usize {
        self.slots.len() - self.free.len()
    }

    pub fn insert(&mut self, thing: T) -> Id<T> {
        match self.free.pop() {
            Some(id) => {
                self.slots[id.index()] = Some(thing);
                id
            }
            None => {
                self.slots.push(Some(thing));
                Id::of(self.slots.len() - 1)
            }
        }
    }

    pub fn remove(&mut self, id: Id<T>) -> Option<T> {
        let thing = self.slots[id.index()].take();
        if thing.is_some() {
            self.free.push(id);
        }
        thing
    }

    /// All things with their ids, in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = (Id<T>, &T)> {
        self.slots.iter().enumerate().filter_map(|(index, slot)| Some((Id::of(index), slot.as_ref()?)))
    }

    /// All things, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.slots.iter_mut().flatten()
    }
}

impl<T> std::ops::Index<Id<T>> for Arena<T> {
    type Output = T;
    fn index(&self, id: Id<T>) -> &T {
        // An id is held only by those who keep the thing alive, so the slot is full.
        self.slots[id.index()].as_ref().expect("an id outlived its thing")
    }
}

impl<T> std::ops::IndexMut<Id<T>> for Arena<T> {
    fn index_mut(&mut self, id: Id<T>) -> &mut T {
        self.slots[id.index()].as_mut().expect("an id outlived its thing")
    }
}
