//! The areas of the stage that stay free: badges, labels of links, discs of breakers, waiting callers. Dots and
//! floating panels avoid them.

use super::face::LinkFace;
use super::geometry::{Point, Rect};
use super::label::aside;
use super::layout::Layout;
use super::sizes::Routed;
use super::words;
use crate::scenario::Scenario;
use crate::scene::run::readout::{Badge, Readout};

/// The number of links from which labels are omitted.
pub const MANY_LINKS: usize = 150;
/// Half the width of a breaker's disc.
const DISC: f64 = 15.0;

/// The badges, labels and discs, in world units.
pub fn holes(scenario: &Scenario, layout: &Layout, readout: &Readout) -> Vec<Rect> {
    let mut holes = Vec::new();
    for (index, placed) in layout.boxes.iter().enumerate() {
        let badges = readout.service(index, &placed.id).map_or(&[][..], |service| &service.badges);
        let middle = Point::new(placed.rect.centre().x, placed.rect.corner.y - 14.0);
        holes.extend(stacked(badges, middle, -1.0, 0.0));
    }
    let links = if layout.links.len() > MANY_LINKS { &[] } else { &*layout.links };
    for (index, (link, routed)) in scenario.links.iter().zip(links).enumerate() {
        if let Some(routed) = routed {
            of_link(&LinkFace::of(scenario, index, link, readout), routed, &mut holes);
        }
    }
    holes
}

fn of_link(face: &LinkFace, routed: &Routed, holes: &mut Vec<Rect>) {
    if face.breaker.is_some() {
        holes.push(around(routed.route.middle.at(0.5), 2.0 * DISC, 2.0 * DISC));
    }
    let mut line = |y: f64, wide: f64| {
        holes.push(around(routed.label + Point::new(aside(routed.lean, wide), y), wide, 20.0));
    };
    let cut = face.cut();
    if let Some(cut) = cut {
        line(1.0, 6.8 * cut.text().chars().count() as f64 + 20.0);
    }
    if !face.label.is_empty() {
        line(if cut.is_some() { 24.0 } else { 0.0 }, 6.4 * face.label.chars().count() as f64);
    }
    let below = routed.label + Point::new(0.0, face.room() + 4.0);
    holes.extend(stacked(&face.badges, below, 1.0, routed.lean));
}

fn stacked(badges: &[Badge], first: Point, grow: f64, lean: f64) -> impl Iterator<Item = Rect> {
    badges.iter().enumerate().map(move |(index, badge)| {
        let wide = words::badge_width(badge);
        around(first + Point::new(aside(lean, wide), grow * 23.0 * index as f64), wide, 20.0)
    })
}

fn around(middle: Point, wide: f64, high: f64) -> Rect {
    Rect::new(middle - Point::new(wide / 2.0, high / 2.0), wide, high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::ready::READY;
    use crate::scene::run::readout::Why;

    #[test]
    fn words_badges_and_discs_are_left_free_where_they_stand() {
        let scenario = Scenario::from_json(READY[0].text).unwrap();
        let layout = Layout::of(&scenario, &[]);
        assert_eq!(holes(&scenario, &layout, &Readout::default()), [], "nothing is written yet");
        let routed = layout.links[0].as_ref().unwrap();
        let mut face = LinkFace::of(&scenario, 0, &scenario.links[0], &Readout::default());
        face.label = "12/s".into();
        face.cut_requests = true;
        face.badges = vec![Badge { why: Why::TimedOut, count: 12 }];
        face.breaker = Some(crate::scene::stage::face::BreakerFace::HalfOpen);
        let mut found = Vec::new();
        of_link(&face, routed, &mut found);
        let [disc, cut, words, badge] = found[..] else { panic!("{found:?}") };
        assert_eq!(disc.centre(), routed.route.middle.at(0.5));
        assert!(cut.bottom() < words.bottom() && words.bottom() < badge.bottom());
        let upright = Routed { lean: 1.0, ..routed.clone() };
        let mut found = Vec::new();
        of_link(&face, &upright, &mut found);
        let lefts: Vec<f64> = found[1..].iter().map(|rect| rect.corner.x).collect();
        assert!(lefts.iter().all(|left| (left - lefts[0]).abs() < 1e-9), "all begin beside the lane: {lefts:?}");
    }
}
