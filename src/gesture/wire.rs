//! Drawing a wire from a box, or dragging an end of a link to another box.

use super::board::Board;
use crate::editor::{Command, refuses_link};
use crate::scenario::{Kind, Link};
use crate::scene::stage::geometry::Point;
use crate::scene::stage::hit::{self, LinkEnd, Side};
use crate::scene::stage::sizes::size_of;
use crate::text::Id;

/// A wire that is being drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wire {
    /// The box where it starts.
    pub from: usize,
    /// Its current end, in the world.
    pub to: Point,
    /// The box at its end.
    pub over: Option<usize>,
    /// The end of the link that is being dragged; `None` for a new link.
    pub end: Option<LinkEnd>,
}

impl Wire {
    /// A wire from a box to a point in the world.
    pub fn to(board: &Board, from: usize, to: Point, end: Option<LinkEnd>) -> Self {
        let over = hit::service_at(&board.layout, to).filter(|over| *over != from);
        Wire { from, to, over, end }
    }

    /// The end of a link, dragged to a point in the world.
    pub fn of_end(board: &Board, end: LinkEnd, to: Point) -> Option<Self> {
        Some(Wire::to(board, fixed_end(board, end)?, to, Some(end)))
    }

    /// A wire that the keyboard has just begun: it sticks out of its box.
    pub fn begun(board: &Board, from: usize) -> Option<Self> {
        let rect = board.layout.boxes.get(from)?.rect;
        Some(Wire { from, to: Point::new(rect.right() + 40.0, rect.centre().y), over: None, end: None })
    }

    /// Its start at the box: the handle nearest to its end.
    pub fn start(&self, board: &Board) -> Option<Point> {
        let rect = board.layout.boxes.get(self.from)?.rect;
        let far = |port: &Point| (*port - self.to).length();
        hit::ports(rect).into_iter().min_by(|a, b| far(a).total_cmp(&far(b)))
    }

    /// The reason why it cannot end at the box below it.
    pub fn refusal(&self, board: &Board) -> Option<Id> {
        refusal(board, self.from, self.over?, self.end)
    }
}

fn refusal(board: &Board, from: usize, over: usize, end: Option<LinkEnd>) -> Option<Id> {
    let (fixed, over) = (board.service_id(from)?, board.service_id(over)?);
    let Some(end) = end else { return refuses_link(&board.document, &fixed, &over) };
    let link = board.document.links.get(end.link)?;
    let (from, to) = ordered(end.side, fixed, over);
    if link.from == from && link.to == to { None } else { refuses_link(&board.document, &from, &to) }
}

/// The command for a new wire that is dropped at a point in the world: it connects two services, or adds a new one there.
pub fn connect(board: &Board, from: usize, at: Point) -> Option<Command> {
    let caller = board.service_id(from)?;
    let Some(over) = hit::service_at(&board.layout, at) else {
        return Some(Command::ConnectToNew { from: caller, position: centred(Kind::Service, at) });
    };
    let callee = board.service_id(over)?;
    let is_refused = over == from || refuses_link(&board.document, &caller, &callee).is_some();
    (!is_refused).then_some(Command::Connect { from: caller, to: callee })
}

/// The command for the end of a link that is dropped at a point in the world: the link keeps its policies and leads to
/// the box there.
pub fn reconnect(board: &Board, end: LinkEnd, at: Point) -> Option<Command> {
    let fixed = fixed_end(board, end)?;
    let over = hit::service_at(&board.layout, at).filter(|over| *over != fixed)?;
    if refusal(board, fixed, over, Some(end)).is_some() {
        return None;
    }
    let old = board.document.links.get(end.link)?.clone();
    let (from, to) = ordered(end.side, board.service_id(fixed)?, board.service_id(over)?);
    let (was_from, was_to) = (old.from.clone(), old.to.clone());
    Some(Command::SetLink { from: was_from, to: was_to, link: Box::new(Link { from, to, ..old }) })
}

/// The box at the fixed end of a link whose other end is dragged.
fn fixed_end(board: &Board, end: LinkEnd) -> Option<usize> {
    let routed = board.layout.links.get(end.link)?.as_ref()?;
    Some(match end.side {
        Side::Caller => routed.to,
        Side::Callee => routed.from,
    })
}

/// The caller and the callee of a link whose end on `side` is dragged from the box `fixed` to the box `over`.
fn ordered(side: Side, fixed: String, over: String) -> (String, String) {
    match side {
        Side::Caller => (over, fixed),
        Side::Callee => (fixed, over),
    }
}

/// The upper left corner of a box of this kind whose middle is at a point in the world.
pub fn centred(kind: Kind, at: Point) -> [f64; 2] {
    let (width, height) = size_of(kind);
    [(at.x - width / 2.0).round(), (at.y - height / 2.0).round()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gesture::sample::board;

    /// The middle of the box at this position in the file.
    fn on(board: &Board, index: usize) -> Point {
        board.layout.boxes[index].rect.centre()
    }

    #[test]
    fn a_wire_connects_two_services_or_adds_a_new_one_where_it_is_dropped() {
        let board = board();
        let connected = connect(&board, 0, on(&board, 2));
        assert_eq!(connected, Some(Command::Connect { from: "web".into(), to: "bank".into() }));
        let free = Point::new(600.0, 500.0);
        let position = centred(Kind::Service, free);
        assert_eq!(connect(&board, 0, free), Some(Command::ConnectToNew { from: "web".into(), position }));
    }

    #[test]
    fn a_wire_to_a_box_that_accepts_no_calls_does_nothing() {
        let board = board();
        assert_eq!(connect(&board, 1, on(&board, 0)), None, "nobody calls a client");
        assert_eq!(connect(&board, 0, on(&board, 1)), None, "the two are linked already");
        assert_eq!(connect(&board, 1, on(&board, 1)), None, "a service does not call itself");
        assert!(Wire::to(&board, 1, on(&board, 0), None).refusal(&board).is_some());
        assert_eq!(Wire::to(&board, 0, on(&board, 2), None).refusal(&board), None);
    }

    #[test]
    fn a_dragged_end_takes_the_link_and_its_policies_to_another_box() {
        let mut board = board();
        let mut document = (*board.document).clone();
        document.links[0].timeout = Some(crate::time::Span::secs(3));
        board.document = std::rc::Rc::new(document);
        let end = LinkEnd { link: 0, side: Side::Callee };
        let Some(Command::SetLink { from, to, link }) = reconnect(&board, end, on(&board, 2)) else { panic!() };
        assert_eq!((&*from, &*to), ("web", "shop"));
        assert_eq!((&*link.from, &*link.to, link.timeout), ("web", "bank", board.document.links[0].timeout));
        assert_eq!(reconnect(&board, end, on(&board, 0)), None, "the fixed end is no target");
        assert_eq!(reconnect(&board, end, Point::new(600.0, 500.0)), None, "an end needs a box");
        let caller = LinkEnd { link: 1, side: Side::Caller };
        assert_eq!(reconnect(&board, caller, on(&board, 3)), None, "a stub calls nobody");
    }

    #[test]
    fn an_end_may_return_to_its_own_box() {
        let board = board();
        let wire = Wire::of_end(&board, LinkEnd { link: 0, side: Side::Callee }, on(&board, 1)).unwrap();
        assert_eq!((wire.from, wire.over, wire.refusal(&board)), (0, Some(1), None));
    }

    #[test]
    fn a_wire_starts_at_the_handle_nearest_to_its_end() {
        let board = board();
        let wire = Wire::to(&board, 0, on(&board, 2), None);
        let rect = board.layout.boxes[0].rect;
        assert_eq!(wire.start(&board), Some(Point::new(rect.right(), rect.centre().y)));
    }
}
