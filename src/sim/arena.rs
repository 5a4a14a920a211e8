//! A store for things that come and go, under small ids that are used again.

use std::marker::PhantomData;

/// The id of a `T` in its [`Arena`]: valid until the thing is removed.
#[derive(Debug)]
pub(super) struct Id<T>(u32, PhantomData<fn() -> T>);

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
    free: Vec<u32>,
}

impl<T> Arena<T> {
    pub fn new() -> Self {
        Arena { slots: Vec::new(), free: Vec::new() }
    }

    /// How many things there are.
    pub fn len(&self) -> usize {
        self.slots.len() - self.free.len()
    }

    pub fn insert(&mut self, thing: T) -> Id<T> {
        let index = match self.free.pop() {
            Some(index) => {
                self.slots[index as usize] = Some(thing);
                index
            }
            None => {
                self.slots.push(Some(thing));
                (self.slots.len() - 1) as u32
            }
        };
        Id(index, PhantomData)
    }

    pub fn remove(&mut self, id: Id<T>) -> Option<T> {
        let thing = self.slots[id.0 as usize].take();
        if thing.is_some() {
            self.free.push(id.0);
        }
        thing
    }

    /// All things with their ids, in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = (Id<T>, &T)> {
        self.slots.iter().enumerate().filter_map(|(index, slot)| Some((Id(index as u32, PhantomData), slot.as_ref()?)))
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
        self.slots[id.0 as usize].as_ref().expect("an id outlived its thing")
    }
}

impl<T> std::ops::IndexMut<Id<T>> for Arena<T> {
    fn index_mut(&mut self, id: Id<T>) -> &mut T {
        self.slots[id.0 as usize].as_mut().expect("an id outlived its thing")
    }
}
