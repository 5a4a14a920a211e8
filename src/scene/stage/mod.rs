//! The picture of a system as numbers: places, routes, dots, meters, marks.

pub mod beside;
pub mod dots;
pub mod ends;
pub mod face;
pub mod flow;
pub mod flowchart;
pub mod geometry;
pub mod hit;
pub mod holes;
mod join;
pub mod label;
pub mod layout;
pub mod marks;
pub mod overview;
pub mod picture;
pub mod room;
pub mod route;
pub mod sizes;
pub mod snap;
pub mod tidy;
pub mod turn;
pub mod view;
pub mod viewport;
pub mod waits;
pub mod words;
