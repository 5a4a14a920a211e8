//! The positions of boxes and links.

use super::geometry::{Point, Rect};
use super::join::route_links;
use super::label::place_labels;
use super::sizes::{BOX, LEDGER, LEDGER_GAP, Placed, Routed, size_of};
use crate::scenario::{Scenario, Service};

/// The layout of a scenario, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// The boxes.
    pub boxes: Vec<Placed>,
    /// The links; `None` where an end does not exist.
    pub links: Vec<Option<Routed>>,
}

impl Layout {
    /// Lays out a scenario in which every service has a position (see [`placed`](super::tidy::placed)). The boxes with
    /// the indices in `moved` are at those positions instead.
    pub fn of(scenario: &Scenario, moved: &[(usize, Point)]) -> Self {
        Layout::after(&Layout::default(), scenario, moved)
    }

    /// Lays out a changed scenario. Unchanged routes of `before` are reused.
    pub fn after(before: &Layout, scenario: &Scenario, moved: &[(usize, Point)]) -> Self {
        let mut boxes = place_boxes(scenario);
        for (index, corner) in moved {
            if let (Some(placed), Some(service)) = (boxes.get_mut(*index), scenario.services.get(*index)) {
                *placed = placed_at(service, *corner);
            }
        }
        let mut links = route_links(scenario, &boxes, &before.links);
        // Beyond some hundred links there is no room for labels, and the search for it is slow.
        if links.len() <= 150 {
            let gaps = |link: usize| scenario.links.get(link).is_some_and(|l| l.breaker.is_some());
            place_labels(&boxes, &mut links, gaps);
        }
        Layout { boxes, links }
    }

    /// The rectangle around everything; a small one around the origin if there is nothing.
    pub fn bounds(&self) -> Rect {
        let all = self.boxes.iter().flat_map(|b| [Some(b.rect), b.ledger]).flatten();
        all.reduce(Rect::union).unwrap_or(Rect::new(Point::new(0.0, 0.0), BOX.0, BOX.1))
    }
}

/// The corners of the boxes, in the order of the file.
pub fn corners(scenario: &Scenario) -> Vec<Point> {
    place_boxes(scenario).into_iter().map(|placed| placed.rect.corner).collect()
}

fn placed_at(service: &Service, corner: Point) -> Placed {
    let (width, height) = size_of(service.kind);
    let rect = Rect::new(corner, width, height);
    let under = Point::new(corner.x, rect.bottom() + LEDGER_GAP);
    let ledger = service.effect.as_ref().map(|_| Rect::new(under, LEDGER.0, LEDGER.1));
    Placed { id: service.id.clone(), kind: service.kind, rect, ledger }
}

fn place_boxes(scenario: &Scenario) -> Vec<Placed> {
    let corner = |service: &Service| service.position.map(Point::from).unwrap_or_default();
    scenario.services.iter().map(|service| placed_at(service, corner(service))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::route::Route;
    use super::*;
    use crate::scenario::{Kind, Link};

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
        let system = scenario(&[("web", Kind::Client, 0.0, 10.0), ("a", Kind::Service, 300.0, 0.0)], &[("web", "a")]);
        let layout = Layout::of(&system, &[]);
        let lane = &route(&layout, 0).request;
        assert_eq!(lane.points().len(), 2);
        assert_eq!(lane.at(0.0).y, lane.at(1.0).y);
    }

    #[test]
    fn links_in_both_directions_do_not_lie_on_each_other() {
        let system =
            scenario(&[("a", Kind::Service, 0.0, 0.0), ("b", Kind::Service, 300.0, 0.0)], &[("a", "b"), ("b", "a")]);
        let layout = Layout::of(&system, &[]);
        let gap = route(&layout, 0).middle.distance(route(&layout, 1).middle.at(0.5));
        assert!(gap > 30.0, "{gap}");
    }

    #[test]
    fn links_to_boxes_above_and_below_do_not_cross() {
        let system = scenario(
            &[
                ("a", Kind::Service, 0.0, 200.0),
                ("low", Kind::Service, 300.0, 400.0),
                ("high", Kind::Service, 300.0, 0.0),
            ],
            &[("a", "low"), ("a", "high")],
        );
        let layout = Layout::of(&system, &[]);
        assert!(route(&layout, 1).request.at(0.0).y < route(&layout, 0).request.at(0.0).y);
    }

    #[test]
    fn boxes_over_each_other_are_joined_top_to_bottom() {
        let system = scenario(&[("a", Kind::Service, 0.0, 0.0), ("b", Kind::Service, 20.0, 260.0)], &[("a", "b")]);
        let layout = Layout::of(&system, &[]);
        assert_eq!(route(&layout, 0).middle.at(0.0).y, BOX.1);
        assert_eq!(route(&layout, 0).middle.at(1.0).y, 260.0);
    }

    #[test]
    fn a_moved_box_takes_its_links_along() {
        let system = scenario(&[("a", Kind::Service, 0.0, 0.0), ("b", Kind::Service, 300.0, 0.0)], &[("a", "b")]);
        let layout = Layout::of(&system, &[(1, Point::new(300.0, 400.0))]);
        assert_eq!(layout.boxes[1].rect.corner, Point::new(300.0, 400.0));
        assert!(route(&layout, 0).middle.at(1.0).y > 300.0);
    }
}
