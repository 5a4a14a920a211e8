//! A shared value that equals only itself.
//!
//! Yew draws a component anew where its properties differ, and compares what an `Rc` holds. For what is large and made
//! anew only when it changes, asking whether it is the same one says as much, and costs nothing.

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
