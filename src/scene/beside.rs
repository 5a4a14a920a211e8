//! Where something floats beside a thing: near it, on the stage, and not on it.

use super::geometry::{Point, Rect};

/// How near to the border of the stage it may come, in pixels.
const MARGIN: f64 = 10.0;

/// How far it is moved on to leave other things free, in pixels, and in which steps.
const FARTHEST: f64 = 120.0;
const STEP: f64 = 4.0;

/// The upper left corner of a panel of this size beside `anchor`, in pixels of the stage: in the direction `away`, of
/// length 1, with `gap` between or a little more where it would lie on one of `others`; on the other side where it does
/// not fit there; within the stage in any case.
pub fn beside(anchor: Point, away: Point, gap: f64, size: (f64, f64), stage: (f64, f64), others: &[Rect]) -> Point {
    let (width, height) = size;
    // From the middle of a panel to its edge, in this direction.
    let reach = gap + (away.x.abs() * width + away.y.abs() * height) / 2.0;
    let corner = |side: f64, more: f64| {
        let wanted = anchor + away * ((reach + more) * side) - Point::new(width / 2.0, height / 2.0);
        Point::new(within(wanted.x, stage.0 - width - MARGIN), within(wanted.y, stage.1 - height - MARGIN))
    };
    let steps = (0..=(FARTHEST / STEP) as u32).map(|step| f64::from(step) * STEP);
    let is_free = |corner: &Point| {
        let own = Rect::new(*corner, width, height);
        let is_clear_of_anchor = {
            let way = own.centre() - anchor;
            (way.x * away.x + way.y * away.y).abs() >= reach - 1.0
        };
        is_clear_of_anchor && !others.iter().any(|other| overlap(own, *other))
    };
    let places = [1.0, -1.0].into_iter().flat_map(|side| steps.clone().map(move |more| (side, more)));
    places.map(|(side, more)| corner(side, more)).find(is_free).unwrap_or(corner(1.0, 0.0))
}

fn overlap(a: Rect, b: Rect) -> bool {
    a.corner.x < b.right() && b.corner.x < a.right() && a.corner.y < b.bottom() && b.corner.y < a.bottom()
}

/// Between the margin and `most`; at the margin where there is no room.
fn within(value: f64, most: f64) -> f64 {
    value.min(most).max(MARGIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STAGE: (f64, f64) = (800.0, 600.0);
    const SIZE: (f64, f64) = (200.0, 80.0);
    const UP: Point = Point::new(0.0, -1.0);

    #[test]
    fn it_floats_in_the_wanted_direction_where_there_is_room() {
        for (away, wanted) in [
            (UP, Point::new(300.0, 200.0)),
            (Point::new(0.0, 1.0), Point::new(300.0, 320.0)),
            (Point::new(-1.0, 0.0), Point::new(180.0, 260.0)),
        ] {
            assert_eq!(beside(Point::new(400.0, 300.0), away, 20.0, SIZE, STAGE, &[]), wanted, "{away:?}");
        }
    }

    #[test]
    fn it_leaves_other_things_free_on_its_own_side_or_else_on_the_other() {
        let low = Rect::new(Point::new(350.0, 260.0), 40.0, 40.0);
        let place = |others: &[Rect]| beside(Point::new(400.0, 300.0), UP, 20.0, SIZE, STAGE, others);
        assert_eq!(place(&[low]), Point::new(300.0, 180.0), "just above it");
        let high = Rect::new(Point::new(350.0, 0.0), 40.0, 300.0);
        assert_eq!(place(&[high]), Point::new(300.0, 320.0), "below");
        let everywhere = Rect::new(Point::default(), 800.0, 600.0);
        assert_eq!(place(&[everywhere]), Point::new(300.0, 200.0), "where it was wanted");
    }

    #[test]
    fn near_a_border_it_changes_sides_and_never_leaves_the_stage() {
        assert_eq!(beside(Point::new(400.0, 30.0), UP, 20.0, SIZE, STAGE, &[]), Point::new(300.0, 50.0));
        assert_eq!(beside(Point::new(5.0, 300.0), UP, 20.0, SIZE, STAGE, &[]), Point::new(MARGIN, 200.0));
        let tiny = beside(Point::new(40.0, 40.0), UP, 20.0, SIZE, (90.0, 60.0), &[]);
        assert_eq!(tiny, Point::new(MARGIN, MARGIN), "the beginning of it can be seen");
    }
}
