//! Taking things elsewhere: boxes by dragging or by arrow keys, copies of them, and the ends of links.

use super::{Live, Preview, StageEvent};
use crate::editor::{Command, Selection, Thing, fragment, refuses_link};
use crate::scenario::Link;
use crate::scene::stage::geometry::{Point, Rect};
use crate::scene::stage::gesture::Held;
use crate::scene::stage::hit::{self, LinkEnd, Side};
use crate::scene::stage::layout::{corners, placed};
use crate::scene::stage::snap::{Guide, snapped};

/// Boxes that are dragged.
struct Dragged {
    /// How far, in world units.
    by: Point,
    /// Which, and where they are now.
    places: Vec<(usize, Point)>,
    /// What they are in line with.
    guides: Vec<Guide>,
}

impl Live {
    pub(super) fn dragging(&self, index: usize, by: Point, held: Held) -> Preview {
        let Some(Dragged { places, guides, .. }) = self.dragged(index, by, held) else { return Preview::None };
        if !held.alt {
            return Preview::Moved(places, guides);
        }
        let copy =
            |(index, corner): (usize, Point)| Some((index, Rect { corner, ..self.layout.boxes.get(index)?.rect }));
        Preview::Copied(places.into_iter().filter_map(copy).collect(), guides)
    }

    pub(super) fn dropped(&self, index: usize, by: Point, held: Held) -> Option<StageEvent> {
        let Dragged { by, places, .. } = self.dragged(index, by, held)?;
        if !held.alt {
            return self.put(places);
        }
        let ids = places.into_iter().filter_map(|(index, _)| self.service_id(index));
        let copied: Selection = ids.map(Thing::Service).collect();
        let fragment = fragment::of(&placed(&self.original), &copied)?;
        Some(StageEvent::Do(Command::Paste { fragment: Box::new(fragment), by: by.into() }))
    }

    /// What moves when this box does: all boxes that are selected, if it is one of them.
    fn companions(&self, index: usize) -> Vec<usize> {
        if !self.is_selected(index) {
            return vec![index];
        }
        (0..self.document.services.len()).filter(|other| self.is_selected(*other)).collect()
    }

    /// So many pixels away from where the document has them: in line with others or on the grid, unless that is not wanted.
    fn dragged(&self, index: usize, by: Point, held: Held) -> Option<Dragged> {
        let (starts, movers) = (corners(&self.document), self.companions(index));
        let start = *starts.get(index)?;
        let free = start + by * (1.0 / self.viewport.zoom);
        let (corner, guides) = if held.command {
            (Point::new(free.x.round(), free.y.round()), Vec::new())
        } else {
            let stay = |other: &usize| held.alt || !movers.contains(other);
            let shown = Rect::between(
                self.viewport.to_world(Point::default()),
                self.viewport.to_world(Point::new(self.size.0, self.size.1)),
            );
            let boxes = self.layout.boxes.iter().enumerate().filter(|(other, _)| stay(other)).map(|(_, b)| b.rect);
            let others: Vec<Rect> = boxes.filter(|rect| rect.touches(shown)).collect();
            let moving = Rect { corner: free, ..self.layout.boxes.get(index)?.rect };
            snapped(moving, &others, self.viewport.zoom)
        };
        let by = corner - start;
        let place = |index: usize| Some((index, *starts.get(index)? + by));
        Some(Dragged { by, places: movers.into_iter().filter_map(place).collect(), guides })
    }

    /// The boxes stand there from now on. Those without a place of their own stay where they are: they would close up.
    fn put(&self, places: Vec<(usize, Point)>) -> Option<StageEvent> {
        let unplaced = |index: &usize| self.original.services.get(*index).is_some_and(|s| s.position.is_none());
        let is_put = |index: &usize| places.iter().any(|(put, _)| put == index);
        let stay: Vec<_> = (corners(&self.document).into_iter().enumerate())
            .filter(|(index, _)| unplaced(index) && !is_put(index))
            .collect();
        let named = |(index, corner): (usize, Point)| Some((self.service_id(index)?, corner.into()));
        let named: Vec<_> = places.into_iter().chain(stay).filter_map(named).collect();
        (!named.is_empty()).then_some(StageEvent::Do(Command::Move(named)))
    }

    /// Moves the box that has the focus and all that are selected with it, or what is selected, in world units.
    pub fn nudged(&self, focus: Option<usize>, by: Point) -> Option<StageEvent> {
        let starts = corners(&self.document);
        let selected = || (0..starts.len()).find(|index| self.is_selected(*index));
        let movers = self.companions(focus.or_else(selected)?);
        self.put(movers.into_iter().filter_map(|index| Some((index, *starts.get(index)? + by))).collect())
    }

    fn is_selected(&self, index: usize) -> bool {
        self.document.services.get(index).is_some_and(|s| self.selection.has_service(&s.id))
    }

    pub(super) fn wiring(&self, from: usize, at: Point, end: Option<LinkEnd>) -> Preview {
        let to = self.viewport.to_world(at);
        let over = hit::service_at(&self.layout, to).filter(|over| *over != from);
        Preview::Wire { from, to, over, end }
    }

    /// The box at the other end of a link of which this end is taken.
    pub(super) fn fixed_end(&self, end: LinkEnd) -> Option<usize> {
        let routed = self.layout.links.get(end.link)?.as_ref()?;
        Some(match end.side {
            Side::Caller => routed.to,
            Side::Callee => routed.from,
        })
    }

    /// Why a wire from this box cannot end at that one.
    pub fn refuses(&self, from: usize, over: usize, end: Option<LinkEnd>) -> Option<&'static str> {
        let (fixed, over) = (self.service_id(from)?, self.service_id(over)?);
        let Some(end) = end else { return refuses_link(&self.document, &fixed, &over) };
        let link = self.document.links.get(end.link)?;
        let (from, to) = turned(end, fixed, over);
        if link.from == from && link.to == to { None } else { refuses_link(&self.document, &from, &to) }
    }

    /// The end of a link is at another box from now on; its policies stay.
    pub(super) fn ended(&self, end: LinkEnd, at: Point) -> Option<StageEvent> {
        let fixed = self.fixed_end(end)?;
        let over = hit::service_at(&self.layout, self.viewport.to_world(at)).filter(|over| *over != fixed)?;
        if self.refuses(fixed, over, Some(end)).is_some() {
            return None;
        }
        let old = self.document.links.get(end.link)?.clone();
        let (from, to) = turned(end, self.service_id(fixed)?, self.service_id(over)?);
        let (was_from, was_to) = (old.from.clone(), old.to.clone());
        let link = Box::new(Link { from, to, ..old });
        Some(StageEvent::Do(Command::SetLink { from: was_from, to: was_to, link }))
    }
}

/// Who calls whom, where an end is taken from the box that is fixed to the one that it is over.
fn turned(end: LinkEnd, fixed: String, over: String) -> (String, String) {
    match end.side {
        Side::Caller => (over, fixed),
        Side::Callee => (fixed, over),
    }
}
