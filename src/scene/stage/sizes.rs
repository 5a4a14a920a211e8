//! How large boxes are, and what a box and a link are once they have a place.

use super::geometry::{Point, Rect};
use super::route::{Anchor, Route};
use crate::scenario::Kind;
use std::rc::Rc;

/// Where the marks of those that wait stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stand {
    /// How far from the caller's box the first one stands.
    pub from: f64,
    /// Whether other links leave the box beside this one, so that there is little room.
    pub tight: bool,
}

/// The size of a service's box.
pub const BOX: (f64, f64) = (172.0, 118.0);
/// The size of a client's pill.
pub const PILL: (f64, f64) = (164.0, 90.0);
/// The size of the card with the ledger, and its distance from the box above.
pub const LEDGER: (f64, f64) = (172.0, 118.0);
/// The free space between a box and its ledger.
pub const LEDGER_GAP: f64 = 14.0;

/// A box with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// The id of the service.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub rect: Rect,
    /// Where its ledger stands, if it has an effect.
    pub ledger: Option<Rect>,
}

/// A link with its lanes.
#[derive(Clone, Debug, PartialEq)]
pub struct Routed {
    /// The index of the caller's box.
    pub from: usize,
    /// The index of the callee's box.
    pub to: usize,
    /// Where it leaves the one box and enters the other.
    pub ends: (Anchor, Anchor),
    /// Its lanes.
    pub route: Rc<Route>,
    /// The middle of its label, beside the lanes and as free of other things as can be.
    pub label: Point,
    /// On which side of an upright link the label is: 1 at the right, -1 at the left, and 0 for all other links.
    pub lean: f64,
    /// Where its callers wait.
    pub stand: Stand,
}

/// The size of the box of a service of this kind.
pub fn size_of(kind: Kind) -> (f64, f64) {
    match kind {
        Kind::Client => PILL,
        Kind::Service | Kind::External | Kind::Stub => BOX,
    }
}
