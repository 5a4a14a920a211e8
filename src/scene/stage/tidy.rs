//! Automatic layout: layers from left to right, callers before their callees, with few crossings.
//!
//! The crate `rust-sugiyama` finds the layers, their order and the positions in them, after Gansner et al., "A
//! Technique for Drawing Directed Graphs". It gets calls without cycles only, because it fails on some cycles (fuzzed
//! with half a million systems; it never failed without cycles).

use super::geometry::{Point, Rect};
use super::sizes::{BOX, LEDGER, LEDGER_GAP, size_of};
use crate::scenario::{Scenario, Service};
use rust_sugiyama::configure::{Config, CrossingMinimization, RankingType};
use rust_sugiyama::from_vertices_and_edges;
use std::collections::{BTreeMap, BTreeSet};

/// The free space between layers, in world units: two lanes with their labels, and marks of waiting callers.
const BETWEEN_LAYERS: f64 = 150.0;
/// The free space between boxes of a layer, including labels.
const BETWEEN_BOXES: f64 = 60.0;
/// The room of a link that passes a layer.
const PASSING: f64 = 20.0;
/// The number of links from which passing links get no room in a layer, and neighbours in a layer are not swapped: it
/// would take longer than half a second.
const MANY: usize = 150;
/// The least number of services without links in a row.
const IN_A_ROW: usize = 4;

/// The upper left corners for the boxes of `which`, in the same order and starting near the origin. `which` are indices
/// in the order of the file; links to other services do not count.
pub fn places(scenario: &Scenario, which: &[usize]) -> Vec<Point> {
    let services: Vec<&Service> = which.iter().filter_map(|index| scenario.services.get(*index)).collect();
    let calls = without_circles(services.len(), &calls(scenario, &services));
    let mut corners = vec![Point::default(); which.len()];
    let mut below = place_linked(&services, &calls, &mut corners);
    let linked: BTreeSet<usize> = calls.iter().flat_map(|(from, to)| [*from, *to]).collect();
    let alone: Vec<usize> = (0..services.len()).filter(|index| !linked.contains(index)).collect();
    let right = linked.iter().map(|index| corners.get(*index).map_or(0.0, |c| c.x)).fold(0.0, f64::max);
    let step = BOX.0 + BETWEEN_LAYERS / 2.0;
    let in_a_row = ((right / step) as usize + 1).max(IN_A_ROW);
    for row in alone.chunks(in_a_row) {
        let height = row.iter().filter_map(|index| services.get(*index)).map(|s| height(s)).fold(0.0, f64::max);
        for (column, index) in row.iter().enumerate() {
            if let Some((corner, service)) = corners.get_mut(*index).zip(services.get(*index)) {
                *corner = centred(service, Point::new(step * column as f64 + BOX.0 / 2.0, below + height / 2.0));
            }
        }
        below += height + BETWEEN_BOXES;
    }
    corners
}

/// The scenario with a position for every service: services without one go beneath the others.
pub fn placed(scenario: &Scenario) -> Scenario {
    let mut placed = scenario.clone();
    for (index, at) in missing_places(scenario) {
        if let Some(service) = placed.services.get_mut(index) {
            service.position = Some(at.into());
        }
    }
    placed
}

/// The positions for services without one: beneath the others.
fn missing_places(scenario: &Scenario) -> Vec<(usize, Point)> {
    let (placed, without): (Vec<usize>, Vec<usize>) = (0..scenario.services.len())
        .partition(|index| scenario.services.get(*index).is_some_and(|s| s.position.is_some()));
    if without.is_empty() {
        return Vec::new();
    }
    let rect = |index: &usize| {
        let service = scenario.services.get(*index)?;
        Some(Rect::new(service.position?.into(), BOX.0, height(service)))
    };
    let taken = placed.iter().filter_map(rect).reduce(Rect::union);
    let origin = taken.map_or(Point::default(), |taken| Point::new(taken.corner.x, taken.bottom() + BETWEEN_BOXES));
    let found = places(scenario, &without);
    without.into_iter().zip(found).map(|(index, at)| (index, origin + at)).collect()
}

/// New positions for all services, each with its id.
pub fn tidied(scenario: &Scenario) -> Vec<(String, [f64; 2])> {
    let all: Vec<usize> = (0..scenario.services.len()).collect();
    let placed = scenario.services.iter().zip(places(scenario, &all));
    placed.map(|(service, at)| (service.id.clone(), at.into())).collect()
}

/// The height of a box with its ledger.
fn height(service: &Service) -> f64 {
    let ledger = if service.effect.is_some() { LEDGER_GAP + LEDGER.1 } else { 0.0 };
    size_of(service.kind).1 + ledger
}

/// The corner of a box, ledger included, with this centre; in whole units.
fn centred(service: &Service, middle: Point) -> Point {
    let (width, _) = size_of(service.kind);
    Point::new((middle.x - width / 2.0).round(), (middle.y - height(service) / 2.0).round())
}

/// The pairs of caller and callee, as indices into `services`.
fn calls(scenario: &Scenario, services: &[&Service]) -> Vec<(usize, usize)> {
    let index: BTreeMap<&str, usize> = services.iter().enumerate().map(|(i, s)| (s.id.as_str(), i)).collect();
    let find = |id: &str| index.get(id).copied();
    scenario.links.iter().filter_map(|link| find(&link.from).zip(find(&link.to))).collect()
}

/// The distinct pairs, reversed where they would close a cycle. After Eades, Lin and Smyth, "A fast and effective
/// heuristic for the feedback arc set problem": services without remaining calls come last; of the others, the one with
/// the most calls made and the fewest received comes first.
fn without_circles(count: usize, calls: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let once: BTreeSet<(usize, usize)> = calls.iter().copied().filter(|(from, to)| from != to).collect();
    let mut open: BTreeMap<usize, (i64, i64)> = (0..count).map(|index| (index, (0, 0))).collect();
    let count_in = |open: &mut BTreeMap<usize, (i64, i64)>, index: usize, by: (i64, i64)| {
        if let Some((out, into)) = open.get_mut(&index) {
            *out += by.0;
            *into += by.1;
        }
    };
    for (from, to) in &once {
        count_in(&mut open, *from, (1, 0));
        count_in(&mut open, *to, (0, 1));
    }
    let (mut first, mut last) = (Vec::new(), Vec::new());
    while let Some(next) = next_in_order(&open) {
        if open.remove(&next).is_some_and(|(out, _)| out == 0) {
            last.push(next)
        } else {
            first.push(next)
        }
        once.iter().filter(|(_, to)| *to == next).for_each(|(from, _)| count_in(&mut open, *from, (-1, 0)));
        once.iter().filter(|(from, _)| *from == next).for_each(|(_, to)| count_in(&mut open, *to, (0, -1)));
    }
    let order: BTreeMap<usize, usize> = first.into_iter().chain(last.into_iter().rev()).zip(0..).collect();
    let forth = |(from, to): (usize, usize)| if order.get(&from) < order.get(&to) { (from, to) } else { (to, from) };
    once.iter().copied().map(forth).collect::<BTreeSet<_>>().into_iter().collect()
}

fn next_in_order(open: &BTreeMap<usize, (i64, i64)>) -> Option<usize> {
    let calls_nobody = open.iter().find(|(_, (out, _))| *out == 0);
    let most = || open.iter().min_by_key(|(_, (out, into))| (*into > 0, into - out));
    calls_nobody.or_else(most).map(|(index, _)| *index)
}

/// Places all services with links, one connected group below the other. Returns the y below which the stage is free.
fn place_linked(services: &[&Service], calls: &[(usize, usize)], corners: &mut [Point]) -> f64 {
    let linked: BTreeSet<usize> = calls.iter().flat_map(|(from, to)| [*from, *to]).collect();
    let linked: Vec<(usize, &&Service)> = linked.iter().filter_map(|i| Some((*i, services.get(*i)?))).collect();
    let dense = |index: usize| linked.iter().position(|(i, _)| *i == index).map(|i| i as u32);
    // The crate lays out from top to bottom; the sizes include the free space around a box.
    let size = |service: &Service| (height(service) + BETWEEN_BOXES, BOX.0 + BETWEEN_LAYERS);
    let sizes: Vec<(u32, (f64, f64))> = linked.iter().zip(0..).map(|((_, s), i)| (i, size(s))).collect();
    let calls: Vec<(u32, u32)> = calls.iter().filter_map(|(from, to)| dense(*from).zip(dense(*to))).collect();
    let config = Config {
        minimum_length: 1,
        vertex_spacing: 0.0,
        // Room for each of many passing links would scatter the boxes.
        dummy_vertices: calls.len() <= MANY,
        dummy_size: PASSING,
        ranking_type: RankingType::MinimizeEdgeLength,
        c_minimization: CrossingMinimization::Barycenter,
        transpose: calls.len() <= MANY,
    };
    let mut below = 0.0;
    for (group, ..) in from_vertices_and_edges(&sizes, &calls, &config) {
        let middle = |(index, (across, along)): (usize, (f64, f64))| {
            let (index, service) = linked.get(index)?;
            Some((*index, **service, Point::new(along, across)))
        };
        let group: Vec<_> = group.into_iter().filter_map(middle).collect();
        let top = group.iter().map(|(_, s, at)| at.y - height(s) / 2.0).fold(f64::INFINITY, f64::min);
        let left = group.iter().map(|(_, _, at)| at.x - BOX.0 / 2.0).fold(f64::INFINITY, f64::min);
        let shift = Point::new(-left, below - top);
        for (index, service, at) in group {
            if let Some(corner) = corners.get_mut(index) {
                *corner = centred(service, at + shift);
                below = f64::max(below, corner.y + height(service));
            }
        }
        below += BETWEEN_BOXES;
    }
    below
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::ready::READY;
    use crate::scenario::{Kind, Link};
    use crate::scene::stage::layout::Layout;
    use proptest::prelude::*;

    fn system(count: usize, calls: &[(usize, usize)]) -> Scenario {
        let id = |index: usize| format!("s{index}");
        let service = |index: usize| Service {
            effect: (index % 7 == 3).then(|| "book".to_string()),
            ..Service::new(id(index), if index == 0 { Kind::Client } else { Kind::Service })
        };
        let links = calls.iter().map(|(from, to)| Link::new(id(*from), id(*to)));
        Scenario { services: (0..count).map(service).collect(), links: links.collect(), ..Scenario::default() }
    }

    fn rects(scenario: &Scenario) -> Vec<Rect> {
        let all: Vec<usize> = (0..scenario.services.len()).collect();
        let rect = |(service, at): (&Service, Point)| Rect::new(at, size_of(service.kind).0, height(service));
        scenario.services.iter().zip(places(scenario, &all)).map(rect).collect()
    }

    fn are_apart(a: Rect, b: Rect) -> bool {
        let (x, y) = (
            a.right().min(b.right()) - a.corner.x.max(b.corner.x),
            a.bottom().min(b.bottom()) - a.corner.y.max(b.corner.y),
        );
        x < 0.0 || y < 0.0
    }

    #[test]
    fn callers_stand_left_of_those_whom_they_call_with_room_for_the_words_between() {
        for ready in READY {
            let scenario = Scenario::from_json(ready.text).unwrap();
            let rects = rects(&scenario);
            let index = |id: &str| scenario.services.iter().position(|s| s.id == id).unwrap();
            for link in &scenario.links {
                let gap = rects[index(&link.to)].corner.x - rects[index(&link.from)].right();
                assert!(gap >= BETWEEN_LAYERS, "{}: {} {gap}", ready.id, link.id());
            }
        }
    }

    #[test]
    fn a_chain_is_straight_and_a_circle_has_one_way_back() {
        let chain = rects(&system(4, &[(0, 1), (1, 2)]));
        assert_eq!(chain[1].centre().y, chain[2].centre().y);
        let circle = rects(&system(5, &[(0, 1), (1, 2), (2, 3), (3, 1), (4, 4)]));
        let back =
            [(0, 1), (1, 2), (2, 3), (3, 1)].into_iter().filter(|(a, b)| circle[*b].corner.x < circle[*a].corner.x);
        assert_eq!(back.count(), 1);
    }

    #[test]
    fn those_without_links_stand_in_rows_beneath_the_others() {
        let found = rects(&system(12, &[(0, 1), (1, 2)]));
        let tops: BTreeSet<i64> = found[4..].iter().map(|r| r.centre().y as i64).collect();
        assert!(found[4..].iter().all(|r| r.corner.y > found[0].bottom()));
        assert!(tops.len() <= 5, "{tops:?}");
    }

    #[test]
    fn what_has_a_place_keeps_it_and_the_rest_comes_beneath() {
        let mut scenario = system(4, &[(0, 1), (2, 3)]);
        scenario.services[0].position = Some([500.0, 300.0]);
        scenario.services[1].position = Some([900.0, 300.0]);
        let scenario = placed(&scenario);
        let at = |index: usize| scenario.services[index].position.unwrap();
        assert_eq!((at(0), at(1)), ([500.0, 300.0], [900.0, 300.0]));
        assert!(at(2)[1] > 300.0 + BOX.1 && at(2)[0] >= 500.0 && at(3)[0] > at(2)[0]);
    }

    #[test]
    fn services_without_a_position_stand_apart_even_in_a_circle_of_calls_and_their_links_are_drawn() {
        let mut scenario = system(3, &[(0, 1), (1, 2), (2, 0), (0, 0)]);
        scenario.links.push(Link::new("s0", "gone"));
        let drawn = scenario.links.len() - 1;
        let layout = Layout::of(&placed(&scenario), &[]);
        for (i, a) in layout.boxes.iter().enumerate() {
            for b in &layout.boxes[i + 1..] {
                assert!(!a.rect.contains(b.rect.corner) && !b.rect.contains(a.rect.corner));
            }
        }
        assert_eq!(layout.links.iter().filter(|link| link.is_some()).count(), drawn);
    }

    #[test]
    fn two_hundred_services_with_a_thousand_links_are_laid_out_apart() {
        let (mut calls, mut state) = (BTreeSet::new(), 7u64);
        while calls.len() < 1_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            calls.insert(((state >> 33) as usize % 200, (state >> 45) as usize % 200));
        }
        let found = rects(&system(200, &calls.into_iter().collect::<Vec<_>>()));
        for (i, a) in found.iter().enumerate() {
            assert!(found[i + 1..].iter().all(|b| are_apart(*a, *b)));
        }
    }

    proptest! {
        #[test]
        fn any_system_is_laid_out_apart_and_always_in_the_same_way(
            count in 1usize..40, calls in prop::collection::vec((0usize..40, 0usize..40), 0..120)
        ) {
            let calls: Vec<_> = calls.into_iter().map(|(from, to)| (from % count, to % count)).collect();
            let scenario = system(count, &calls);
            let found = rects(&scenario);
            prop_assert_eq!(&found, &rects(&scenario));
            for (i, a) in found.iter().enumerate() {
                prop_assert!(a.corner.x.is_finite() && a.corner.y.is_finite());
                for b in &found[i + 1..] {
                    prop_assert!(are_apart(*a, *b), "{:?} {:?}", a, b);
                }
            }
        }
    }
}
