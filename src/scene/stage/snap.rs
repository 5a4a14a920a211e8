//! Snapping of a dragged box: to the lines of other boxes, or else to the grid.

use super::geometry::{Point, Rect};

/// The distance between grid lines, in world units. An arrow key moves a box by one.
pub const STEP: f64 = 11.0;
/// The reach of the lines of other boxes, in pixels.
const REACH: f64 = 6.0;
/// The length by which a guide extends beyond the boxes, in world units.
const BEYOND: f64 = 14.0;

/// A line that shows which boxes are aligned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guide {
    /// One end.
    pub from: Point,
    /// The other.
    pub to: Point,
}

/// The snapped corner of `moving`, and its guides. Edges snap to edges and middles to middles.
pub fn snapped(moving: Rect, others: &[Rect], zoom: f64) -> (Point, Vec<Guide>) {
    let reach = REACH / zoom;
    let by = Point::new(shift(moving, others, reach, columns), shift(moving, others, reach, rows));
    let rest = Rect { corner: moving.corner + by, ..moving };
    let vertical = guides(rest, others, columns, |x, rect| {
        [Point::new(x, rect.corner.y - BEYOND), Point::new(x, rect.bottom() + BEYOND)]
    });
    let level = guides(rest, others, rows, |y, rect| {
        [Point::new(rect.corner.x - BEYOND, y), Point::new(rect.right() + BEYOND, y)]
    });
    (rest.corner, vertical.chain(level).collect())
}

/// The vertical lines of a box: its edges and its middle.
fn columns(rect: Rect) -> [f64; 3] {
    [rect.corner.x, rect.centre().x, rect.right()]
}

/// The horizontal lines of a box: its edges and its middle.
fn rows(rect: Rect) -> [f64; 3] {
    [rect.corner.y, rect.centre().y, rect.bottom()]
}

/// The shift of the box to the nearest line of another box, or to the grid.
fn shift(moving: Rect, others: &[Rect], reach: f64, lines: fn(Rect) -> [f64; 3]) -> f64 {
    let own = lines(moving);
    let ways = others.iter().flat_map(|other| own.into_iter().zip(lines(*other)).map(|(own, other)| other - own));
    let nearest = ways.filter(|way| way.abs() <= reach).min_by(|a, b| a.abs().total_cmp(&b.abs()));
    let [edge, ..] = own;
    nearest.unwrap_or_else(|| libm::round(edge / STEP) * STEP - edge)
}

/// The guide to the nearest aligned box, for the first of the lines. More guides would cross the text of boxes.
fn guides(
    rest: Rect,
    others: &[Rect],
    lines: fn(Rect) -> [f64; 3],
    ends: impl Fn(f64, Rect) -> [Point; 2],
) -> impl Iterator<Item = Guide> {
    let in_line = move |(index, line): (usize, f64)| {
        let same = others.iter().filter(|other| (lines(**other)[index] - line).abs() < 0.01);
        let far = |other: &Rect| (other.centre() - rest.centre()).length();
        let [from, to] = ends(line, same.min_by(|a, b| far(a).total_cmp(&far(b)))?.union(rest));
        Some(Guide { from, to })
    };
    lines(rest).into_iter().enumerate().find_map(in_line).into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64, y: f64) -> Rect {
        Rect::new(Point::new(x, y), 172.0, 118.0)
    }

    #[test]
    fn a_box_far_from_all_others_rests_on_the_grid() {
        assert_eq!(snapped(at(1003.0, 498.0), &[at(0.0, 0.0)], 1.0), (Point::new(1001.0, 495.0), vec![]));
    }

    #[test]
    fn a_box_that_is_nearly_in_line_comes_into_line_and_says_so() {
        let (corner, guides) = snapped(at(400.0, 4.0), &[at(7.0, 0.0)], 1.0);
        assert_eq!(corner, Point::new(396.0, 0.0));
        let ys: Vec<f64> = guides.iter().map(|guide| guide.from.y).collect();
        assert_eq!(ys, [0.0], "one line is enough");
        assert!(guides.iter().all(|guide| guide.from.x < 7.0 && guide.to.x > 396.0 + 172.0));
    }

    #[test]
    fn boxes_of_two_sizes_meet_in_the_middle_before_the_grid() {
        let pill = Rect::new(Point::new(0.0, 14.0), 164.0, 90.0);
        let (corner, guides) = snapped(at(300.0, 2.0), &[pill], 1.0);
        assert_eq!(corner.y, 0.0);
        assert_eq!(guides.len(), 1);
        assert_eq!(guides[0].from.y, 59.0);
    }

    #[test]
    fn the_reach_is_measured_in_pixels() {
        let near = |zoom| snapped(at(400.0, 20.0), &[at(0.0, 0.0)], zoom).0.y;
        assert_eq!((near(1.0), near(0.25)), (22.0, 0.0));
    }
}
