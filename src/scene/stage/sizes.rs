//! The sizes of boxes, and boxes and links with their positions.

use super::geometry::{Point, Rect};
use super::route::{Anchor, Route};
use crate::scenario::Kind;
use std::rc::Rc;

/// The position of the marks of waiting callers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stand {
    /// The distance of the first mark from the caller's box.
    pub from: f64,
    /// Whether other links leave the box beside this one, so that room is scarce.
    pub tight: bool,
}

/// The size of a service's box.
pub const BOX: (f64, f64) = (172.0, 118.0);
/// The size of a client's pill.
pub const PILL: (f64, f64) = (164.0, 90.0);
/// The size of the card with the ledger.
pub const LEDGER: (f64, f64) = (172.0, 118.0);
/// The free space between a box and its ledger.
pub const LEDGER_GAP: f64 = 14.0;

/// A box with its position.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// The id of the service.
    pub id: String,
    /// The kind of the service.
    pub kind: Kind,
    /// The rectangle.
    pub rect: Rect,
    /// The rectangle of the ledger, if the service has an effect.
    pub ledger: Option<Rect>,
}

/// A link with its lanes.
#[derive(Clone, Debug, PartialEq)]
pub struct Routed {
    /// The index of the caller's box.
    pub from: usize,
    /// The index of the callee's box.
    pub to: usize,
    /// The anchors at the caller and at the callee.
    pub ends: (Anchor, Anchor),
    /// The lanes.
    pub route: Rc<Route>,
    /// The centre of its label, beside the lanes and as free of other things as possible.
    pub label: Point,
    /// The side of an upright link on which the label is: 1 right, -1 left; 0 for other links.
    pub lean: f64,
    /// The place of waiting callers.
    pub stand: Stand,
}

/// The size of the box of a service of this kind.
pub fn size_of(kind: Kind) -> (f64, f64) {
    match kind {
        Kind::Client => PILL,
        Kind::Service | Kind::External | Kind::Stub => BOX,
    }
}
