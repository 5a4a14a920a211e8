//! A list of fixed length, for things that every event looks up by index.
//!
//! An index comes from an id that was checked when the list was made. The look-up is inlined by force, because the page
//! is built for size, where the compiler would not. The panic for an index out of range is shared, for the same reason.

use std::ops::{Deref, DerefMut, Index, IndexMut};

/// A list of fixed length.
#[derive(Clone, Debug, PartialEq)]
pub struct Table<T>(Box<[T]>);

#[cold]
#[inline(never)]
fn out_of_range() -> ! {
    panic!("an id without a thing")
}

impl<T> Index<usize> for Table<T> {
    type Output = T;
    #[inline(always)]
    fn index(&self, place: usize) -> &T {
        match self.0.get(place) {
            Some(thing) => thing,
            None => out_of_range(),
        }
    }
}

impl<T> IndexMut<usize> for Table<T> {
    #[inline(always)]
    fn index_mut(&mut self, place: usize) -> &mut T {
        match self.0.get_mut(place) {
            Some(thing) => thing,
            None => out_of_range(),
        }
    }
}

impl<T> Deref for Table<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T> DerefMut for Table<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.0
    }
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Table(Box::default())
    }
}

impl<T> From<Vec<T>> for Table<T> {
    fn from(things: Vec<T>) -> Self {
        Table(things.into_boxed_slice())
    }
}

impl<T> FromIterator<T> for Table<T> {
    fn from_iter<I: IntoIterator<Item = T>>(things: I) -> Self {
        Table(things.into_iter().collect())
    }
}

impl<'a, T> IntoIterator for &'a Table<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<T> IntoIterator for Table<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_vec().into_iter()
    }
}
