//! Where the boxes stand and the links run.

use super::geometry::{Point, Rect};
use super::route::{Anchor, Route};
use crate::scenario::{Kind, Scenario, Service};
use std::collections::BTreeMap;

/// The size of a service's box.
pub const BOX: (f64, f64) = (172.0, 118.0);
/// The size of a client's pill.
pub const PILL: (f64, f64) = (164.0, 90.0);
/// The size of the card with the ledger, and its distance from the box above.
pub const LEDGER: (f64, f64) = (172.0, 118.0);
/// The free space between a box and its ledger.
pub const LEDGER_GAP: f64 = 14.0;
/// The distance of two links that start from the same side of a box, where there is room.
const SLOT: f64 = 38.0;

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
    /// Its lanes.
    pub route: Route,
    /// The middle of its label, beside the lanes and as free of other things as can be.
    pub label: Point,
}

/// All places of a scenario, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// The boxes.
    pub boxes: Vec<Placed>,
    /// The links; `None` where an end does not exist.
    pub links: Vec<Option<Routed>>,
}

impl Layout {
    /// Places everything; the box with the index in `moved` stands there instead of where the scenario says.
    pub fn of(scenario: &Scenario, moved: Option<(usize, Point)>) -> Self {
        let mut boxes = place_boxes(scenario);
        if let Some((index, corner)) = moved
            && let Some(placed) = boxes.get_mut(index)
            && let Some(service) = scenario.services.get(index)
        {
            *placed = placed_at(service, corner);
        }
        let mut links = route_links(scenario, &boxes);
        // Beyond some hundred links there is no room for labels anyway, and looking for it takes long.
        if links.len() <= 150 {
            place_labels(&boxes, &mut links);
        }
        Layout { boxes, links }
    }

    /// The rectangle around everything; a small one around the origin where there is nothing.
    pub fn bounds(&self) -> Rect {
        let all = self.boxes.iter().flat_map(|b| [Some(b.rect), b.ledger]).flatten();
        all.reduce(Rect::union).unwrap_or(Rect::new(Point::new(0.0, 0.0), BOX.0, BOX.1))
    }
}

/// The size of the box of a service of this kind.
pub fn size_of(kind: Kind) -> (f64, f64) {
    match kind {
        Kind::Client => PILL,
        Kind::Service | Kind::External | Kind::Stub => BOX,
    }
}

fn placed_at(service: &Service, corner: Point) -> Placed {
    let (width, height) = size_of(service.kind);
    let rect = Rect::new(corner, width, height);
    let under = Point::new(corner.x, rect.bottom() + LEDGER_GAP);
    let ledger = service.effect.as_ref().map(|_| Rect::new(under, LEDGER.0, LEDGER.1));
    Placed { id: service.id.clone(), kind: service.kind, rect, ledger }
}

fn place_boxes(scenario: &Scenario) -> Vec<Placed> {
    let columns = columns(scenario);
    let mut next_in_column: BTreeMap<usize, f64> = BTreeMap::new();
    let mut place = |(service, column): (&Service, usize)| {
        if let Some(position) = service.position {
            return placed_at(service, position.into());
        }
        let (width, height) = size_of(service.kind);
        let y = next_in_column.entry(column).or_insert(0.0);
        let corner = Point::new(column as f64 * (BOX.0 + 140.0) + (BOX.0 - width) / 2.0, *y + (BOX.1 - height) / 2.0);
        *y += BOX.1 + 60.0 + if service.effect.is_some() { LEDGER.1 + LEDGER_GAP } else { 0.0 };
        placed_at(service, corner)
    };
    scenario.services.iter().zip(columns).map(&mut place).collect()
}

/// For each service how many links the longest chain of calls to it has, at most as many as there are services.
fn columns(scenario: &Scenario) -> Vec<usize> {
    let index: BTreeMap<&str, usize> = scenario.services.iter().enumerate().map(|(i, s)| (s.id.as_str(), i)).collect();
    let ends = |l: &crate::scenario::Link| Some((*index.get(l.from.as_str())?, *index.get(l.to.as_str())?));
    let links: Vec<(usize, usize)> = scenario.links.iter().filter_map(ends).collect();
    let mut columns = vec![0; scenario.services.len()];
    // Bounded, because a file may hold a circle of calls.
    for _ in 0..scenario.services.len().min(24) {
        let mut changed = false;
        for (from, to) in &links {
            let next = (columns[*from] + 1).min(24);
            if from != to && columns[*to] < next {
                columns[*to] = next;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    columns
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Left,
    Right,
    Top,
    Bottom,
}

impl Side {
    const fn is_upright(self) -> bool {
        matches!(self, Side::Left | Side::Right)
    }
}

/// The sides by which two boxes are joined: those that face each other across the wider gap.
fn sides(a: Rect, b: Rect) -> (Side, Side) {
    let way = b.centre() - a.centre();
    let across = way.x.abs() - (a.width + b.width) / 2.0;
    let down = way.y.abs() - (a.height + b.height) / 2.0;
    // Side by side reads better than one over the other, so it wins unless it is far tighter.
    match (across >= 30.0 || across >= down, way.x >= 0.0, way.y >= 0.0) {
        (true, true, _) => (Side::Right, Side::Left),
        (true, false, _) => (Side::Left, Side::Right),
        (false, _, true) => (Side::Bottom, Side::Top),
        (false, _, false) => (Side::Top, Side::Bottom),
    }
}

/// One end of a link at a side of a box.
struct End {
    link: usize,
    is_caller: bool,
    /// Where the other end is, along the side: ends are ordered by it, so that links do not cross.
    order: f64,
}

fn route_links(scenario: &Scenario, boxes: &[Placed]) -> Vec<Option<Routed>> {
    let index: BTreeMap<&str, usize> = boxes.iter().enumerate().map(|(i, b)| (b.id.as_str(), i)).collect();
    let mut ends: BTreeMap<(usize, Side), Vec<End>> = BTreeMap::new();
    let mut joined: Vec<Option<(usize, usize)>> = Vec::with_capacity(scenario.links.len());
    for (link, said) in scenario.links.iter().enumerate() {
        let pair = index.get(said.from.as_str()).copied().zip(index.get(said.to.as_str()).copied());
        joined.push(pair);
        let Some((from, to)) = pair else { continue };
        let (a, b) = (boxes[from].rect, boxes[to].rect);
        let (leave, enter) = if from == to { (Side::Right, Side::Top) } else { sides(a, b) };
        let along = |side: Side, p: Point| if side.is_upright() { p.y } else { p.x };
        let mut add = |at: usize, side: Side, other: Rect, is_caller: bool| {
            let order = along(side, other.centre());
            ends.entry((at, side)).or_default().push(End { link, is_caller, order });
        };
        add(from, leave, b, true);
        add(to, enter, a, false);
    }
    let mut anchors = vec![(None, None); scenario.links.len()];
    for ((at, side), mut list) in ends {
        list.sort_by(|a, b| a.order.total_cmp(&b.order).then(a.link.cmp(&b.link)));
        let count = list.len();
        for (slot, end) in list.into_iter().enumerate() {
            let anchor = (anchor(&boxes[at], side, slot, count), side, count == 1);
            let pair: &mut (Option<_>, Option<_>) = &mut anchors[end.link];
            *(if end.is_caller { &mut pair.0 } else { &mut pair.1 }) = Some(anchor);
        }
    }
    let route =
        |(pair, anchors): (Option<(usize, usize)>, (Option<(Anchor, Side, bool)>, Option<(Anchor, Side, bool)>))| {
            let ((from, to), (a, b)) = (pair?, (anchors.0?, anchors.1?));
            let (a, b) = if a.2 || b.2 { aligned((&boxes[from], a), (&boxes[to], b)) } else { (a.0, b.0) };
            let route = Route::between(a, b);
            Some(Routed { from, to, label: route.label(), route })
        };
    joined.into_iter().zip(anchors).map(route).collect()
}

/// The room that a label needs.
const LABEL: (f64, f64) = (112.0, 20.0);

/// Moves each label to the free place nearest to the middle of its link: one after the other, in the order of the file.
fn place_labels(boxes: &[Placed], links: &mut [Option<Routed>]) {
    let mut taken: Vec<Rect> = boxes.iter().flat_map(|b| [Some(b.rect), b.ledger]).flatten().collect();
    for index in 0..links.len() {
        let Some(Some(routed)) = links.get(index) else { continue };
        let others = links.iter().enumerate().filter(|(i, _)| *i != index).filter_map(|(_, l)| l.as_ref());
        let lanes: Vec<&super::route::Lane> = others.flat_map(|l| [&l.route.request, &l.route.response]).collect();
        let cost = |(tries, at): (usize, Point)| {
            let rect = around(at);
            let hidden: f64 = taken.iter().map(|other| overlap(rect, *other)).sum();
            let crossed = lanes.iter().filter(|lane| lane.points().len() > 1 && lane.distance(at) < LABEL.1).count();
            hidden * 3.0 + crossed as f64 * 60.0 + tries as f64
        };
        let best = candidates(&routed.route).into_iter().enumerate().min_by(|a, b| cost(*a).total_cmp(&cost(*b)));
        if let (Some((_, at)), Some(Some(routed))) = (best, links.get_mut(index)) {
            routed.label = at;
            taken.push(around(at));
        }
    }
}

fn around(at: Point) -> Rect {
    Rect::new(Point::new(at.x - LABEL.0 / 2.0, at.y - LABEL.1 / 2.0), LABEL.0, LABEL.1)
}

fn overlap(a: Rect, b: Rect) -> f64 {
    let wide = a.right().min(b.right()) - a.corner.x.max(b.corner.x);
    let high = a.bottom().min(b.bottom()) - a.corner.y.max(b.corner.y);
    if wide > 0.0 && high > 0.0 { wide * high / 10.0 } else { 0.0 }
}

/// Places beside a link, the best first: below its middle, above it, and then further along.
fn candidates(route: &Route) -> Vec<Point> {
    let mut places = Vec::with_capacity(10);
    for share in [0.5, 0.36, 0.64, 0.24, 0.76] {
        let (on, along) = (route.middle.at(share), route.middle.direction(share));
        let beside = along.left();
        let beside = if beside.x * route.below.x + beside.y * route.below.y < 0.0 { beside * -1.0 } else { beside };
        // Words are wide and flat: beside a steep link they need more room than below a flat one.
        let room = super::route::LANE + 6.0 + LABEL.1 / 2.0 * beside.y.abs() + LABEL.0 / 2.0 * beside.x.abs();
        places.push(on + beside * room);
        places.push(on - beside * room);
    }
    places
}

fn anchor(placed: &Placed, side: Side, slot: usize, count: usize) -> Anchor {
    let rect = placed.rect;
    let room = if side.is_upright() { rect.height } else { rect.width } - 36.0;
    let gap = SLOT.min(room / count.max(1) as f64);
    let off = (slot as f64 - (count as f64 - 1.0) / 2.0) * gap;
    anchor_at(placed, side, off)
}

/// The anchor `off` units from the middle of a side.
fn anchor_at(placed: &Placed, side: Side, off: f64) -> Anchor {
    let (rect, centre) = (placed.rect, placed.rect.centre());
    // The ends of a pill are round: there the border gives way.
    let radius = rect.height / 2.0;
    let inset = match placed.kind {
        Kind::Client if side.is_upright() => radius - libm::sqrt((radius * radius - off * off).max(0.0)),
        _ => 0.0,
    };
    let (at, out) = match side {
        Side::Left => (Point::new(rect.corner.x + inset, centre.y + off), Point::new(-1.0, 0.0)),
        Side::Right => (Point::new(rect.right() - inset, centre.y + off), Point::new(1.0, 0.0)),
        Side::Top => (Point::new(centre.x + off, rect.corner.y), Point::new(0.0, -1.0)),
        Side::Bottom => (Point::new(centre.x + off, rect.bottom()), Point::new(0.0, 1.0)),
    };
    Anchor { at, out }
}

/// Moves the anchor that is alone on its side, so that the link is straight where the boxes stand near enough to a line.
fn aligned(a: (&Placed, (Anchor, Side, bool)), b: (&Placed, (Anchor, Side, bool))) -> (Anchor, Anchor) {
    let ((box_a, (anchor_a, side_a, alone_a)), (box_b, (anchor_b, side_b, alone_b))) = (a, b);
    let upright = side_a.is_upright();
    if upright != side_b.is_upright() {
        return (anchor_a, anchor_b);
    }
    let along = |p: Point| if upright { p.y } else { p.x };
    let reach = |r: Rect| (if upright { r.height } else { r.width }) / 2.0 - 26.0;
    let wanted = match (alone_a, alone_b) {
        (true, true) => (along(anchor_a.at) + along(anchor_b.at)) / 2.0,
        (true, false) => along(anchor_b.at),
        _ => along(anchor_a.at),
    };
    let (off_a, off_b) = (wanted - along(box_a.rect.centre()), wanted - along(box_b.rect.centre()));
    let fits_a = !alone_a || off_a.abs() <= reach(box_a.rect);
    let fits_b = !alone_b || off_b.abs() <= reach(box_b.rect);
    if !(fits_a && fits_b) {
        return (anchor_a, anchor_b);
    }
    let moved = |alone: bool, placed, side, off, kept| if alone { anchor_at(placed, side, off) } else { kept };
    (moved(alone_a, box_a, side_a, off_a, anchor_a), moved(alone_b, box_b, side_b, off_b, anchor_b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Link;

    fn scenario(places: &[(&str, Kind, f64, f64)], links: &[(&str, &str)]) -> Scenario {
        let service = |(id, kind, x, y): &(&str, Kind, f64, f64)| Service {
            position: Some([*x, *y]),
            ..Service::new(*id, *kind)
        };
        Scenario {
            services: places.iter().map(service).collect(),
            links: links.iter().map(|(a, b)| Link::new(*a, *b)).collect(),
            ..Scenario::default()
        }
    }

    fn route(layout: &Layout, link: usize) -> &Route {
        &layout.links[link].as_ref().unwrap().route
    }

    #[test]
    fn a_client_and_a_service_nearly_on_a_line_are_joined_straight() {
        let said = scenario(&[("web", Kind::Client, 0.0, 10.0), ("a", Kind::Service, 300.0, 0.0)], &[("web", "a")]);
        let layout = Layout::of(&said, None);
        let lane = &route(&layout, 0).request;
        assert_eq!(lane.points().len(), 2);
        assert_eq!(lane.at(0.0).y, lane.at(1.0).y);
    }

    #[test]
    fn links_in_both_directions_do_not_lie_on_each_other() {
        let said =
            scenario(&[("a", Kind::Service, 0.0, 0.0), ("b", Kind::Service, 300.0, 0.0)], &[("a", "b"), ("b", "a")]);
        let layout = Layout::of(&said, None);
        let gap = route(&layout, 0).middle.distance(route(&layout, 1).middle.at(0.5));
        assert!(gap > 30.0, "{gap}");
    }

    #[test]
    fn links_to_boxes_above_and_below_do_not_cross() {
        let said = scenario(
            &[
                ("a", Kind::Service, 0.0, 200.0),
                ("low", Kind::Service, 300.0, 400.0),
                ("high", Kind::Service, 300.0, 0.0),
            ],
            &[("a", "low"), ("a", "high")],
        );
        let layout = Layout::of(&said, None);
        assert!(route(&layout, 1).request.at(0.0).y < route(&layout, 0).request.at(0.0).y);
    }

    #[test]
    fn boxes_over_each_other_are_joined_top_to_bottom() {
        let said = scenario(&[("a", Kind::Service, 0.0, 0.0), ("b", Kind::Service, 20.0, 260.0)], &[("a", "b")]);
        let layout = Layout::of(&said, None);
        assert_eq!(route(&layout, 0).middle.at(0.0).y, BOX.1);
        assert_eq!(route(&layout, 0).middle.at(1.0).y, 260.0);
    }

    #[test]
    fn a_moved_box_takes_its_links_along() {
        let said = scenario(&[("a", Kind::Service, 0.0, 0.0), ("b", Kind::Service, 300.0, 0.0)], &[("a", "b")]);
        let layout = Layout::of(&said, Some((1, Point::new(300.0, 400.0))));
        assert_eq!(layout.boxes[1].rect.corner, Point::new(300.0, 400.0));
        assert!(route(&layout, 0).middle.at(1.0).y > 300.0);
    }

    #[test]
    fn boxes_without_a_position_stand_apart_even_in_a_circle_of_calls() {
        let mut said = scenario(
            &[("a", Kind::Service, 0.0, 0.0), ("b", Kind::Service, 0.0, 0.0), ("c", Kind::Service, 0.0, 0.0)],
            &[("a", "b"), ("b", "c"), ("c", "a"), ("a", "a"), ("a", "gone")],
        );
        said.services.iter_mut().for_each(|s| s.position = None);
        let layout = Layout::of(&said, None);
        for (i, a) in layout.boxes.iter().enumerate() {
            for b in &layout.boxes[i + 1..] {
                assert!(!a.rect.contains(b.rect.corner) && !b.rect.contains(a.rect.corner));
            }
        }
        assert_eq!(layout.links.iter().filter(|l| l.is_some()).count(), 4);
    }
}
