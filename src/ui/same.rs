//! A shared value that equals only itself.
//!
//! Yew draws a component again when its properties differ, and compares the contents of an `Rc`. A large value that is
//! made again only for a change needs no such comparison: the addresses differ exactly then.

use std::ops::Deref;
use std::rc::Rc;
use yew::html::ImplicitClone;

/// A shared value that equals only itself.
#[derive(Debug, Default)]
pub struct Same<T>(pub Rc<T>);

impl<T> Clone for Same<T> {
    fn clone(&self) -> Self {
        Same(self.0.clone())
    }
}

impl<T> ImplicitClone for Same<T> {}

impl<T> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Deref for Same<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}
