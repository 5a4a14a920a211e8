//! The thing under the pointer.

use super::dots::dot;
use super::geometry::{Point, Rect};
use super::layout::Layout;
use super::route::{LANE, Route};
use crate::scenario::topology::LinkId;
use crate::sim::view::{Direction, MessageView, Purpose};
use crate::time::{Span, Time};

/// The radius of a port for the pointer, in pixels.
pub const PORT_REACH: f64 = 15.0;
/// The reach of a lane for the pointer, in pixels. With the gap between the lanes, a link is well over 14 pixels wide.
pub const LINK_REACH: f64 = 8.0;

/// A thing on the stage. Numbers are indices into the [`Layout`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    /// A handle of this service for drawing links.
    Port(usize),
    /// A handle for moving an end of a link.
    End(LinkEnd),
    /// A box.
    Service(usize),
    /// A link.
    Link(usize),
    /// A message in flight.
    Message(Message),
    /// Nothing.
    Empty,
}

/// One end of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkEnd {
    /// The link.
    pub link: usize,
    /// The side.
    pub side: Side,
}

/// The side of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The end at the caller.
    Caller,
    /// The end at the callee.
    Callee,
}

/// The visible handles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Handles {
    /// The service whose ports are visible.
    pub ports: Option<usize>,
    /// The link whose ends are visible.
    pub ends: Option<usize>,
}

/// A message in flight, as of the moment of the click.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Message {
    /// Its attempt.
    pub attempt: u64,
    /// The client's request behind it.
    pub intent: u64,
    /// The number of the attempt within its call, from 1.
    pub number: u32,
    /// The direction.
    pub direction: Direction,
    /// The link, by its number in the run.
    pub link: LinkId,
    /// The position of its dot.
    pub at: Point,
}

/// The centres of the handles of a box.
pub fn ports(rect: Rect) -> [Point; 4] {
    let centre = rect.centre();
    [
        Point::new(rect.right(), centre.y),
        Point::new(centre.x, rect.bottom()),
        Point::new(rect.corner.x, centre.y),
        Point::new(centre.x, rect.corner.y),
    ]
}

/// The positions of the handles of a link.
pub fn ends(route: &Route) -> [(Side, Point); 2] {
    [(Side::Caller, route.middle.at(0.0)), (Side::Callee, route.middle.at(1.0))]
}

/// The target at `world`. Visible handles win over boxes, boxes over links, and later drawings over earlier ones.
pub fn hit(layout: &Layout, world: Point, zoom: f64, shown: Handles) -> Target {
    let near = |place: Point| (place - world).length() * zoom <= PORT_REACH;
    let near_end = |link: usize| {
        let route = &layout.links.get(link)?.as_ref()?.route;
        let side = ends(route).into_iter().find(|(_, place)| near(*place)).map(|(side, _)| side)?;
        Some(Target::End(LinkEnd { link, side }))
    };
    let near_port = |index: usize| {
        let placed = layout.boxes.get(index)?;
        ports(placed.rect).into_iter().any(near).then_some(Target::Port(index))
    };
    let handle = shown.ends.and_then(near_end).or_else(|| shown.ports.and_then(near_port));
    handle.or_else(|| service_at(layout, world).map(Target::Service)).unwrap_or_else(|| {
        let reach = LINK_REACH / zoom;
        let near = |(index, routed): (usize, &Option<super::sizes::Routed>)| {
            let route = &routed.as_ref()?.route;
            if !route.extent().grown(reach).contains(world) {
                return None;
            }
            let far =
                route.request.distance(world).min(route.response.distance(world)).min(route.middle.distance(world));
            (far <= reach).then_some((index, far))
        };
        let nearest = layout.links.iter().enumerate().filter_map(near).min_by(|a, b| a.1.total_cmp(&b.1));
        nearest.map_or(Target::Empty, |(index, _)| Target::Link(index))
    })
}

/// The clickable part of a message; `None` for a cancellation, which has no attempt of its own.
pub fn message(view: &MessageView, at: Point) -> Option<Message> {
    let MessageView { attempt, intent, number, direction, link, .. } = *view;
    (view.purpose != Purpose::Cancel).then_some(Message { attempt, intent, number, direction, link, at })
}

/// The message whose dot is nearest to `world`, at most `reach` away in world units. Journeys shorter than `shortest`
/// and broken dots do not count.
pub fn message_at<'a>(
    messages: impl Iterator<Item = MessageView>,
    route_of: impl Fn(LinkId) -> Option<&'a Route>,
    now: Time,
    shortest: Span,
    world: Point,
    reach: f64,
) -> Option<Message> {
    let near = |view: MessageView| {
        if view.arrives.since(view.sent) < shortest {
            return None;
        }
        let route = route_of(view.link)?;
        let dot = dot(&view, route, now);
        let far = (dot.at - world).length();
        // Between the lanes, the pointer means the link.
        let meant = far <= reach && dot.broken.is_none() && route.middle.distance(world) >= LANE / 2.0;
        Some((far, message(&view, dot.at).filter(|_| meant)?))
    };
    messages.filter_map(near).min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, message)| message)
}

/// The topmost box at `world`, its ledger included.
pub fn service_at(layout: &Layout, world: Point) -> Option<usize> {
    layout.boxes.iter().rposition(|b| b.rect.contains(world) || b.ledger.is_some_and(|card| card.contains(world)))
}

/// The services whose boxes touch a rectangle, and the links whose middles lie in it.
pub fn touched(layout: &Layout, area: Rect) -> (Vec<usize>, Vec<usize>) {
    let services = layout.boxes.iter().enumerate().filter(|(_, b)| b.rect.touches(area)).map(|(index, _)| index);
    let has_middle = |routed: &Option<super::sizes::Routed>| {
        routed.as_ref().is_some_and(|routed| area.contains(routed.route.middle.at(0.5)))
    };
    let links = layout.links.iter().enumerate().filter(|(_, routed)| has_middle(routed)).map(|(index, _)| index);
    (services.collect(), links.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Kind, Link, Scenario, Service};

    fn two_services() -> Layout {
        let at = |id: &str, x| Service { position: Some([x, 0.0]), ..Service::new(id, Kind::Service) };
        let services = vec![at("a", 0.0), at("b", 400.0)];
        Layout::of(&Scenario { services, links: vec![Link::new("a", "b")], ..Scenario::default() }, &[])
    }

    #[test]
    fn everything_is_found_where_it_is_drawn() {
        let layout = two_services();
        for (x, y, ports, wanted) in [
            (20.0, 20.0, None, Target::Service(0)),
            (420.0, 20.0, None, Target::Service(1)),
            (172.0, 59.0, None, Target::Service(0)),
            (172.0, 59.0, Some(0), Target::Port(0)),
            (186.0, 59.0, Some(0), Target::Port(0)),
            (290.0, 51.0, None, Target::Link(0)),
            (290.0, 59.0, None, Target::Link(0)),
            (290.0, 74.0, None, Target::Link(0)),
            (290.0, 90.0, None, Target::Empty),
        ] {
            let shown = Handles { ports, ends: None };
            assert_eq!(hit(&layout, Point::new(x, y), 1.0, shown), wanted, "{x} {y} {ports:?}");
        }
    }

    #[test]
    fn the_ends_of_a_link_can_be_taken_where_they_are_shown() {
        let layout = two_services();
        for (x, ends, wanted) in [
            (172.0, Some(0), Target::End(LinkEnd { link: 0, side: Side::Caller })),
            (186.0, Some(0), Target::End(LinkEnd { link: 0, side: Side::Caller })),
            (396.0, Some(0), Target::End(LinkEnd { link: 0, side: Side::Callee })),
            (290.0, Some(0), Target::Link(0)),
            (396.0, None, Target::Link(0)),
        ] {
            let shown = Handles { ports: Some(0), ends };
            if ends.is_none() || x > 190.0 {
                assert_eq!(hit(&layout, Point::new(x, 59.0), 1.0, shown), wanted, "{x}");
            }
            assert_eq!(hit(&layout, Point::new(x, 59.0), 1.0, Handles { ports: None, ends }), wanted, "{x}");
        }
    }

    #[test]
    fn a_rectangle_takes_boxes_that_it_touches_and_links_by_their_middles() {
        let layout = two_services();
        let area = |x: f64, width: f64| Rect::new(Point::new(x, 50.0), width, 20.0);
        assert_eq!(touched(&layout, area(-50.0, 60.0)), (vec![0], vec![]));
        assert_eq!(touched(&layout, area(180.0, 200.0)), (vec![], vec![0]));
        assert_eq!(touched(&layout, area(-50.0, 600.0)), (vec![0, 1], vec![0]));
        assert_eq!(touched(&layout, area(-50.0, 20.0)), (vec![], vec![]));
    }

    #[test]
    fn hit_areas_are_measured_in_pixels_not_in_world_units() {
        let layout = two_services();
        let above = Point::new(290.0, 51.0 - 20.0);
        assert_eq!(hit(&layout, above, 1.0, Handles::default()), Target::Empty);
        assert_eq!(hit(&layout, above, 0.3, Handles::default()), Target::Link(0));
    }

    fn view(attempt: u64, sent: u64, lost: bool) -> MessageView {
        MessageView {
            attempt,
            link: LinkId(0),
            direction: Direction::Request,
            purpose: Purpose::Call,
            sent: Time::at(Span::millis(sent)),
            arrives: Time::at(Span::millis(sent + 100)),
            lost: lost.then_some(Time::at(Span::millis(sent))),
            outcome: None,
            wasted: false,
            intent: 7,
            number: 2,
            carries_id: false,
            deadline: None,
        }
    }

    #[test]
    fn the_nearest_dot_within_reach_is_found_where_it_is_at_this_moment() {
        let layout = two_services();
        let route = &layout.links[0].as_ref().unwrap().route;
        let messages = [view(1, 0, false), view(2, 30, false), view(3, 10, true)];
        let at = |world: Point, now: u64, shortest: u64| {
            let now = Time::at(Span::millis(now));
            let found = message_at(messages.into_iter(), |_| Some(route), now, Span::millis(shortest), world, 10.0);
            found.map(|m| m.attempt)
        };
        for (share, now, wanted) in [
            (0.5, 50, Some(1)),
            (0.2, 50, Some(2)),
            (0.9, 50, None),
            (0.5, 80, Some(2)),
            (0.8, 80, Some(1)),
            // The third was lost, and lies near the middle in pieces.
            (0.7, 80, None),
        ] {
            assert_eq!(at(route.request.at(share), now, 0), wanted, "{share} at {now}");
        }
        let middle = route.request.at(0.5);
        assert_eq!(at(middle + Point::new(0.0, -9.0), 50, 0), Some(1));
        assert_eq!(at(middle + Point::new(0.0, -11.0), 50, 0), None);
        assert_eq!(at(middle, 50, 101), None, "too quick to be drawn");
        assert_eq!(at(route.middle.at(0.5), 50, 0), None, "between the lanes the link is meant");
    }

    #[test]
    fn the_word_that_a_call_is_given_up_cannot_be_picked() {
        let cancel = MessageView { purpose: Purpose::Cancel, ..view(1, 0, false) };
        assert_eq!(message(&cancel, Point::default()), None);
    }

    #[test]
    fn an_empty_stage_has_nothing_to_hit() {
        assert_eq!(
            hit(&Layout::default(), Point::default(), 1.0, Handles { ports: Some(3), ends: Some(4) }),
            Target::Empty
        );
    }
}
