//! What is under the pointer.

use super::geometry::{Point, Rect};
use super::layout::Layout;

/// How near to the middle of a port counts, in pixels.
pub const PORT_REACH: f64 = 15.0;
/// How near to a lane counts, in pixels: together with the gap between the lanes well above 14.
pub const LINK_REACH: f64 = 8.0;

/// A thing on the stage. Numbers are indices into the [`Layout`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A handle of this service, from which links are drawn.
    Port(usize),
    /// A box.
    Service(usize),
    /// A link.
    Link(usize),
    /// Nothing.
    Empty,
}

/// The middles of the handles of a box.
pub fn ports(rect: Rect) -> [Point; 4] {
    let centre = rect.centre();
    [
        Point::new(rect.right(), centre.y),
        Point::new(centre.x, rect.bottom()),
        Point::new(rect.corner.x, centre.y),
        Point::new(centre.x, rect.corner.y),
    ]
}

/// What is at `world`. `with_ports` is the service whose handles can be seen; handles win over boxes, boxes over links,
/// and what was drawn later over what was drawn before.
pub fn hit(layout: &Layout, world: Point, zoom: f64, with_ports: Option<usize>) -> Target {
    let near_port = |index: usize| {
        let placed = layout.boxes.get(index)?;
        let near = |port: Point| (port - world).length() * zoom <= PORT_REACH;
        ports(placed.rect).into_iter().any(near).then_some(Target::Port(index))
    };
    with_ports.and_then(near_port).or_else(|| service_at(layout, world).map(Target::Service)).unwrap_or_else(|| {
        let reach = LINK_REACH / zoom;
        let near = |(index, routed): (usize, &Option<super::layout::Routed>)| {
            let route = &routed.as_ref()?.route;
            let far =
                route.request.distance(world).min(route.response.distance(world)).min(route.middle.distance(world));
            (far <= reach).then_some((index, far))
        };
        let nearest = layout.links.iter().enumerate().filter_map(near).min_by(|a, b| a.1.total_cmp(&b.1));
        nearest.map_or(Target::Empty, |(index, _)| Target::Link(index))
    })
}

/// The uppermost box at `world`, its ledger included.
pub fn service_at(layout: &Layout, world: Point) -> Option<usize> {
    layout.boxes.iter().rposition(|b| b.rect.contains(world) || b.ledger.is_some_and(|card| card.contains(world)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Kind, Link, Scenario, Service};

    fn two_services() -> Layout {
        let at = |id: &str, x| Service { position: Some([x, 0.0]), ..Service::new(id, Kind::Service) };
        let services = vec![at("a", 0.0), at("b", 400.0)];
        Layout::of(&Scenario { services, links: vec![Link::new("a", "b")], ..Scenario::default() }, None)
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
            assert_eq!(hit(&layout, Point::new(x, y), 1.0, ports), wanted, "{x} {y} {ports:?}");
        }
    }

    #[test]
    fn hit_areas_are_measured_in_pixels_not_in_world_units() {
        let layout = two_services();
        let above = Point::new(290.0, 51.0 - 20.0);
        assert_eq!(hit(&layout, above, 1.0, None), Target::Empty);
        assert_eq!(hit(&layout, above, 0.3, None), Target::Link(0));
    }

    #[test]
    fn an_empty_stage_has_nothing_to_hit() {
        assert_eq!(hit(&Layout::default(), Point::default(), 1.0, Some(3)), Target::Empty);
    }
}
