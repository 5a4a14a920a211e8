//! A system shown from top to bottom instead of from left to right, for narrow, high stages.
//!
//! Only the display is turned: the document keeps its positions, and positions from a turned stage are turned back before
//! they reach the document.

use super::geometry::Point;
use super::layout::Layout;
use crate::scenario::Scenario;

/// The factors for the distances of columns and rows: boxes are wider than high.
const STRETCH: (f64, f64) = (1.25, 0.85);

/// Whether a system is wide enough to be worth turning.
pub fn is_wide(scenario: &Scenario) -> bool {
    let bounds = Layout::of(scenario, &[]).bounds();
    bounds.width > 1.3 * bounds.height
}

/// The system with every box at its turned position.
pub fn turned(scenario: &Scenario) -> Scenario {
    let boxes = Layout::of(scenario, &[]).boxes;
    let mut turned = scenario.clone();
    for (service, placed) in turned.services.iter_mut().zip(boxes) {
        let at = placed.rect.corner;
        service.position = Some([at.y * STRETCH.0, at.x * STRETCH.1]);
    }
    turned
}

/// The position in the document of a place on the turned stage, in whole units.
pub fn back(at: Point) -> Point {
    Point::new((at.y / STRETCH.1).round(), (at.x / STRETCH.0).round())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::ready::READY;

    #[test]
    fn ready_systems_stand_apart_when_they_are_turned_and_every_place_finds_back() {
        for ready in READY {
            let scenario = Scenario::from_json(ready.text).unwrap();
            let upright = turned(&scenario);
            let layout = Layout::of(&upright, &[]);
            let rects: Vec<_> = layout.boxes.iter().flat_map(|b| [Some(b.rect), b.ledger]).flatten().collect();
            for (i, a) in rects.iter().enumerate() {
                for b in &rects[i + 1..] {
                    let apart = a.right() <= b.corner.x
                        || b.right() <= a.corner.x
                        || a.bottom() <= b.corner.y
                        || b.bottom() <= a.corner.y;
                    assert!(apart, "{}: {a:?} and {b:?}", scenario.title);
                }
            }
            for (service, shown) in scenario.services.iter().zip(&layout.boxes) {
                let found = back(shown.rect.corner);
                assert!(service.position.is_none_or(|place| (Point::from(place) - found).length() < 1.0));
            }
            assert!(!is_wide(&upright) || !is_wide(&scenario), "{}", scenario.title);
        }
    }
}
