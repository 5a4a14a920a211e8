//! Dragging boxes and copies of boxes, and moving boxes by arrow keys.

use super::board::Board;
use super::machine::Held;
use crate::editor::{Command, Selection, Thing, fragment};
use crate::scene::stage::geometry::{Point, Rect};
use crate::scene::stage::layout::corners;
use crate::scene::stage::snap::{Guide, snapped};
use crate::scene::stage::view::View;

/// Boxes that are being dragged.
#[derive(Clone, Debug, PartialEq)]
pub struct Drag {
    /// The distance, in world units.
    by: Point,
    /// The boxes, and the current positions of their corners.
    pub places: Vec<(usize, Point)>,
    /// The lines that the boxes are aligned with.
    pub guides: Vec<Guide>,
}

impl Drag {
    /// The box at `index` and all boxes that move with it, dragged by `by` pixels from their positions in the document.
    /// They align with other boxes or with the grid, unless the command key is held.
    pub fn of(board: &Board, view: &View, index: usize, by: Point, held: Held) -> Option<Self> {
        let (starts, movers) = (corners(&board.document), companions(board, index));
        let start = *starts.get(index)?;
        let free = start + by * (1.0 / view.viewport.zoom);
        let (corner, guides) = if held.command {
            (Point::new(free.x.round(), free.y.round()), Vec::new())
        } else {
            let stays = |other: &usize| held.alt || !movers.contains(other);
            let shown = view.shown();
            let boxes = board.layout.boxes.iter().enumerate().filter(|(other, _)| stays(other)).map(|(_, b)| b.rect);
            let others: Vec<Rect> = boxes.filter(|rect| rect.touches(shown)).collect();
            let moving = Rect { corner: free, ..board.layout.boxes.get(index)?.rect };
            snapped(moving, &others, view.viewport.zoom)
        };
        let by = corner - start;
        let place = |index: usize| Some((index, *starts.get(index)? + by));
        Some(Drag { by, places: movers.into_iter().filter_map(place).collect(), guides })
    }

    /// The boxes at their new positions, to draw a copy while it is dragged.
    pub fn rects(&self, board: &Board) -> Vec<(usize, Rect)> {
        let rect = |(index, corner): &(usize, Point)| {
            Some((*index, Rect { corner: *corner, ..board.layout.boxes.get(*index)?.rect }))
        };
        self.places.iter().filter_map(rect).collect()
    }

    /// Moves the boxes to where they are dropped.
    pub fn moved(self, board: &Board) -> Option<Command> {
        put(board, self.places)
    }

    /// Adds copies of the boxes, and of the links between them, where they are dropped.
    pub fn copied(self, board: &Board) -> Option<Command> {
        let ids = self.places.into_iter().filter_map(|(index, _)| board.service_id(index));
        let copied: Selection = ids.map(Thing::Service).collect();
        let fragment = fragment::of(&board.original, &copied)?;
        Some(Command::Paste { fragment: Box::new(fragment), by: self.by.into() })
    }
}

/// Moves the box with the focus and the boxes selected with it, or without a focus the selection, by `by` world units.
pub fn nudge(board: &Board, focus: Option<usize>, by: Point) -> Option<Command> {
    let starts = corners(&board.document);
    let selected = || (0..starts.len()).find(|index| board.is_selected(*index));
    let movers = companions(board, focus.or_else(selected)?);
    put(board, movers.into_iter().filter_map(|index| Some((index, *starts.get(index)? + by))).collect())
}

/// The boxes that move together with this one: the whole selection if it is selected.
fn companions(board: &Board, index: usize) -> Vec<usize> {
    if !board.is_selected(index) {
        return vec![index];
    }
    (0..board.document.services.len()).filter(|other| board.is_selected(*other)).collect()
}

/// Stores the positions of boxes.
fn put(board: &Board, places: Vec<(usize, Point)>) -> Option<Command> {
    let named = |(index, corner): (usize, Point)| Some((board.service_id(index)?, corner.into()));
    let named: Vec<_> = places.into_iter().filter_map(named).collect();
    (!named.is_empty()).then_some(Command::Move(named))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::Editor;
    use crate::gesture::sample::board;
    use crate::scene::stage::tidy::placed;
    use std::rc::Rc;

    const FREE: Held = Held { shift: false, command: true, alt: false };

    fn dragged(board: &Board, index: usize, x: f64, y: f64, held: Held) -> Drag {
        Drag::of(board, &View::of_size(2_000.0, 1_000.0), index, Point::new(x, y), held).unwrap()
    }

    #[test]
    fn a_dragged_box_takes_the_rest_of_the_selection_along() {
        let mut board = board();
        board.selection = [Thing::service("web"), Thing::service("bank")].into_iter().collect();
        let drag = dragged(&board, 0, 30.0, 50.0, FREE);
        assert_eq!(drag.places, vec![(0, Point::new(30.0, 50.0)), (2, Point::new(830.0, 50.0))]);
        let alone = dragged(&board, 1, 30.0, 50.0, FREE);
        assert_eq!(alone.places, vec![(1, Point::new(430.0, 50.0))], "it is not selected");
        assert_eq!(alone.moved(&board), Some(Command::Move(vec![("shop".into(), [430.0, 50.0])])));
    }

    #[test]
    fn a_dragged_box_aligns_with_others_unless_the_command_key_is_held() {
        let board = board();
        let aligned = dragged(&board, 1, 0.0, 3.0, Held::default());
        assert_eq!(aligned.places[0].1.y, 0.0, "in a row with the others");
        assert!(!aligned.guides.is_empty());
        let free = dragged(&board, 1, 0.0, 3.0, FREE);
        assert_eq!(free.places, vec![(1, Point::new(400.0, 3.0))]);
        assert!(free.guides.is_empty());
    }

    #[test]
    fn a_copy_is_a_fragment_of_the_document_and_the_boxes_stay() {
        let board = board();
        let Some(Command::Paste { fragment, by }) = dragged(&board, 1, 90.0, 100.0, FREE).copied(&board) else {
            panic!()
        };
        assert_eq!(fragment.services.iter().map(|s| &*s.id).collect::<Vec<_>>(), ["shop"]);
        assert_eq!(by, [90.0, 100.0]);
        let drag = dragged(&board, 1, 90.0, 100.0, FREE);
        assert_eq!(drag.rects(&board)[0].1.corner, Point::new(490.0, 100.0));
    }

    #[test]
    fn moving_a_box_leaves_boxes_that_had_no_position_where_the_layout_put_them() {
        let mut board = board();
        let mut document = (*board.document).clone();
        document.services[3].position = None;
        let document = Rc::new(placed(&document));
        (board.original, board.document) = (document.clone(), document.clone());
        let moved = nudge(&board, Some(1), Point::new(0.0, 11.0)).unwrap();
        assert_eq!(moved, Command::Move(vec![("shop".into(), [400.0, 11.0])]));
        let editor = Editor::new((*document).clone()).unwrap().apply(&moved).unwrap();
        let at = |index: usize| editor.document().services[index].position;
        assert!(at(3).is_some());
        assert_eq!((at(1), at(3)), (Some([400.0, 11.0]), document.services[3].position));
    }

    #[test]
    fn arrow_keys_move_the_selection_if_nothing_has_the_focus() {
        let mut board = board();
        assert_eq!(nudge(&board, None, Point::new(11.0, 0.0)), None);
        board.selection = Selection::service("bank");
        let moved = nudge(&board, None, Point::new(11.0, 0.0));
        assert_eq!(moved, Some(Command::Move(vec![("bank".into(), [811.0, 0.0])])));
    }
}
