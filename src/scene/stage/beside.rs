//! The place of a floating panel beside a thing.

use super::geometry::{Point, Rect};

/// The least distance from the border of the stage, in pixels.
const MARGIN: f64 = 10.0;

/// The farthest that a panel moves away to avoid other things, in pixels, and the step.
const FARTHEST: f64 = 120.0;
const STEP: f64 = 4.0;

/// A side of a thing: the direction away from it, of length 1, and the distance from its centre to the panel.
pub type Side = (Point, f64);

/// Something that a panel avoids, and the cost of covering it per unit of area.
pub type Other = (Rect, f64);

/// The upper left corner of a panel of this size beside `anchor`, in pixels of the stage: on the first of `sides` with
/// room, farther away where it would cover one of `others`, and where it covers least if no place is free. The panel
/// always lies within the stage.
pub fn beside(anchor: Point, sides: &[Side], size: (f64, f64), stage: (f64, f64), others: &[Other]) -> Point {
    let (width, height) = size;
    let corner = |(away, gap): Side, more: f64| {
        // The distance from the centre of the panel to its edge in this direction.
        let reach = gap + (away.x.abs() * width + away.y.abs() * height) / 2.0;
        let wanted = anchor + away * (reach + more) - Point::new(width / 2.0, height / 2.0);
        let place = Point::new(within(wanted.x, stage.0 - width - MARGIN), within(wanted.y, stage.1 - height - MARGIN));
        let moved = place - wanted;
        // A panel may shift along the thing, but not towards it.
        let is_away = (moved.x * away.x + moved.y * away.y).abs() < 1.0;
        (place, is_away)
    };
    let covers = |place: Point| {
        let panel = Rect::new(place, width, height);
        others.iter().map(|(other, dear)| dear * overlap(panel, *other)).sum::<f64>()
    };
    let steps = || (0..=(FARTHEST / STEP) as u32).map(|step| f64::from(step) * STEP);
    let places = || sides.iter().flat_map(|side| steps().map(|more| corner(*side, more)));
    // Covering a neighbour is better than covering the thing itself.
    let away = places().filter(|(_, is_away)| *is_away);
    let mut best: Option<(f64, Point)> = None;
    for (place, _) in away {
        let cost = covers(place);
        if best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, place));
        }
        if cost <= 0.0 {
            break;
        }
    }
    let any = || places().next().map(|(place, _)| place);
    best.map(|(_, place)| place).or_else(any).unwrap_or(Point::new(MARGIN, MARGIN))
}

/// The area that two rectangles have in common.
fn overlap(a: Rect, b: Rect) -> f64 {
    let wide = a.right().min(b.right()) - a.corner.x.max(b.corner.x);
    let high = a.bottom().min(b.bottom()) - a.corner.y.max(b.corner.y);
    if wide > 0.0 && high > 0.0 { wide * high } else { 0.0 }
}

/// The value limited to the margin and `most`; the margin where there is no room.
fn within(value: f64, most: f64) -> f64 {
    value.min(most).max(MARGIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STAGE: (f64, f64) = (800.0, 600.0);
    const SIZE: (f64, f64) = (200.0, 80.0);
    const UP: Side = (Point::new(0.0, -1.0), 20.0);
    const DOWN: Side = (Point::new(0.0, 1.0), 20.0);
    const LEFT: Side = (Point::new(-1.0, 0.0), 20.0);

    fn place(x: f64, y: f64, sides: &[Side], others: &[Rect]) -> (f64, f64) {
        let others: Vec<Other> = others.iter().map(|rect| (*rect, 1.0)).collect();
        let at = beside(Point::new(x, y), sides, SIZE, STAGE, &others);
        (at.x, at.y)
    }

    #[test]
    fn it_floats_on_the_wanted_side_where_there_is_room() {
        for (side, wanted) in [(UP, (300.0, 200.0)), (DOWN, (300.0, 320.0)), (LEFT, (180.0, 260.0))] {
            assert_eq!(place(400.0, 300.0, &[side, UP, DOWN], &[]), wanted, "{side:?}");
        }
    }

    #[test]
    fn it_leaves_other_things_free_on_its_own_side_or_else_on_the_next() {
        let at = |others: &[Rect]| place(400.0, 300.0, &[UP, DOWN, LEFT], others);
        let rect = |x, y, width, height| Rect::new(Point::new(x, y), width, height);
        let (high, low) = (rect(350.0, 0.0, 40.0, 300.0), rect(350.0, 310.0, 40.0, 290.0));
        assert_eq!(at(&[rect(350.0, 260.0, 40.0, 40.0)]), (300.0, 180.0), "just above it");
        assert_eq!(at(&[high]), (300.0, 320.0), "below");
        // At the left there is the rest of the two; a little farther away there is room.
        assert_eq!(at(&[high, low]), (148.0, 260.0));
        assert_eq!(at(&[rect(0.0, 0.0, 800.0, 600.0)]), (300.0, 200.0), "where it was wanted");
        let everything = [rect(0.0, 0.0, 800.0, 600.0)];
        assert_eq!(place(100.0, 300.0, &[LEFT, DOWN], &everything), (10.0, 320.0), "on a neighbour, not on the thing");
    }

    #[test]
    fn where_nothing_is_free_it_covers_what_is_least_dear() {
        let above = Rect::new(Point::new(0.0, 0.0), 800.0, 290.0);
        let below = Rect::new(Point::new(0.0, 310.0), 800.0, 290.0);
        let at = |dear| beside(Point::new(400.0, 300.0), &[UP, DOWN], SIZE, STAGE, &[(above, dear), (below, 1.0)]).y;
        assert_eq!((at(2.0), at(0.5)), (320.0, 200.0));
    }

    #[test]
    fn near_a_border_it_changes_sides_and_never_leaves_the_stage() {
        assert_eq!(place(400.0, 30.0, &[UP, DOWN], &[]), (300.0, 50.0));
        assert_eq!(place(5.0, 300.0, &[UP, DOWN], &[]), (MARGIN, 200.0), "moved along the thing");
        let tiny = beside(Point::new(40.0, 40.0), &[UP, DOWN], SIZE, (90.0, 60.0), &[]);
        assert_eq!(tiny, Point::new(MARGIN, MARGIN), "the beginning of it can be seen");
        assert_eq!(beside(Point::default(), &[], SIZE, STAGE, &[]), Point::new(MARGIN, MARGIN));
    }
}
