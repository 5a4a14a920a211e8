//! The deadline: a budget of time that a call has, and that it passes on.

use crate::time::Span;

/// The settings of a deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Config {
    /// The budget for each call that this link makes.
    pub set: Option<Span>,
    /// Whether what is left of the budget of the caller's own request bounds the call too. Default `true`.
    pub pass_on: bool,
    /// What is taken off a budget that is passed on. Default 0.
    pub reserve: Span,
    /// With less than this left, the call is not made at all. Default 0.
    pub skip_below: Span,
}
