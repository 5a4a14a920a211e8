//! The position of a new box that the user has not placed by hand.

use crate::scenario::{Kind, Scenario};

/// The distance of a new box from its neighbours.
const GAP: f64 = 100.0;
/// The largest size of a box.
const ROOM: [f64; 2] = [190.0, 140.0];

/// A free position for a new box: clients go into a column at the left, all others to the right of the existing boxes.
pub fn free_place(scenario: &Scenario, kind: Kind) -> [f64; 2] {
    let placed = || scenario.services.iter().filter_map(|s| s.position);
    let Some(left) = placed().map(|p| p[0]).reduce(f64::min) else { return [0.0, 0.0] };
    let top = placed().map(|p| p[1]).fold(f64::INFINITY, f64::min);
    let right = placed().map(|p| p[0]).fold(left, f64::max);
    let x = if kind == Kind::Client { left } else { right };
    let is_taken = |y: f64| placed().any(|p| (p[0] - x).abs() < ROOM[0] && (p[1] - y).abs() < ROOM[1]);
    let step = ROOM[1] + GAP / 2.0;
    let rows = scenario.services.len() + 1;
    // With one more row than boxes, one of the rows is free.
    let y = (0..rows).map(|row| top + step * row as f64).find(|y| !is_taken(*y)).unwrap_or(top + step * rows as f64);
    [x, y]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::{Command, Editor};

    #[test]
    fn new_boxes_never_cover_others() {
        let mut editor = Editor::new(Scenario::default()).unwrap();
        for kind in [Kind::Client, Kind::Service, Kind::Client, Kind::Stub, Kind::External, Kind::Service] {
            let position = free_place(editor.document(), kind);
            for other in editor.document().services.iter().filter_map(|s| s.position) {
                let apart = (other[0] - position[0]).abs() >= ROOM[0] || (other[1] - position[1]).abs() >= ROOM[1];
                assert!(apart, "{position:?} on {other:?}");
            }
            editor = editor.apply(&Command::AddService { kind, position }).unwrap();
        }
    }
}
