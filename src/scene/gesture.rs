//! What a pointer means: a state machine from presses and moves to clicks, drags, wires, pans and pinches.
//!
//! It knows pixels and targets only. What a click or a drop does to the document is decided by whoever feeds it.

use super::geometry::Point;
use super::hit::Target;

/// What points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pointing {
    /// A mouse or a pen.
    Mouse,
    /// A finger, which trembles more.
    Touch,
}

impl Pointing {
    /// How many pixels it must move before a press becomes a drag.
    pub const fn threshold(self) -> f64 {
        match self {
            Pointing::Mouse => 4.0,
            Pointing::Touch => 10.0,
        }
    }

    /// How near to a dot counts, in pixels.
    pub const fn dot_reach(self) -> f64 {
        match self {
            Pointing::Mouse => 10.0,
            Pointing::Touch => 16.0,
        }
    }
}

/// What happened to a pointer. Places are in pixels of the stage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Input {
    /// It was pressed on something.
    Down {
        /// Which pointer.
        id: i32,
        /// What it is.
        pointing: Pointing,
        /// Where.
        at: Point,
        /// On what.
        on: Target,
    },
    /// It moved.
    Move {
        /// Which pointer.
        id: i32,
        /// Where to.
        at: Point,
    },
    /// It was released.
    Up {
        /// Which pointer.
        id: i32,
        /// Where.
        at: Point,
    },
    /// Escape was pressed, or the browser took the pointer away.
    Cancel,
}

/// What is meant by it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Meaning {
    /// Something was clicked.
    Click(Target),
    /// A service is being dragged; it is so many pixels away from where it was.
    Dragging(usize, Point),
    /// It was dropped there.
    Dropped(usize, Point),
    /// A wire from a service now ends at this pixel.
    Wiring(usize, Point),
    /// It was dropped there.
    Wired(usize, Point),
    /// The stage moves by so many pixels.
    Pan(Point),
    /// The stage is enlarged by a factor at a pixel, and moves by so many pixels.
    Pinch(f64, Point, Point),
    /// What was under way is taken back.
    Cancelled,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Press {
    id: i32,
    pointing: Pointing,
    start: Point,
    last: Point,
    on: Target,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum State {
    #[default]
    Idle,
    /// Pressed, and not moved far enough to be a drag.
    Pressed(Press),
    Dragging(Press, usize),
    Wiring(Press, usize),
    Panning(Press),
    Pinching([(i32, Point); 2]),
    /// A port was clicked: the next click says where the wire goes.
    Armed(usize),
    /// That next click is under way.
    ArmedPress(usize, i32),
}

/// The state machine. It holds at most one gesture.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Gesture(State);

impl Gesture {
    /// Whether nothing is under way.
    pub fn is_idle(&self) -> bool {
        self.0 == State::Idle
    }

    /// The service from which a wire is being drawn.
    pub fn wiring(&self) -> Option<usize> {
        match self.0 {
            State::Wiring(_, from) | State::Armed(from) | State::ArmedPress(from, _) => Some(from),
            State::Idle | State::Pressed(_) | State::Dragging(..) | State::Panning(_) | State::Pinching(_) => None,
        }
    }

    /// Starts a wire without a pointer, as the keyboard does.
    pub fn arm(&mut self, from: usize) {
        self.0 = State::Armed(from);
    }

    /// Takes what happened and tells what it means.
    pub fn feed(&mut self, input: Input) -> Option<Meaning> {
        let (next, meaning) = match input {
            Input::Down { id, pointing, at, on } => self.down(Press { id, pointing, start: at, last: at, on }),
            Input::Move { id, at } => self.moved(id, at),
            Input::Up { id, at } => self.up(id, at),
            Input::Cancel => (State::Idle, (self.0 != State::Idle).then_some(Meaning::Cancelled)),
        };
        self.0 = next;
        meaning
    }

    fn down(&self, press: Press) -> (State, Option<Meaning>) {
        match self.0 {
            State::Idle => (State::Pressed(press), None),
            State::Armed(from) => (State::ArmedPress(from, press.id), Some(Meaning::Wiring(from, press.start))),
            // A second finger: what the first had begun is taken back, and both pinch.
            State::Pressed(first) | State::Panning(first) | State::Dragging(first, _) | State::Wiring(first, _)
                if first.id != press.id && first.pointing == Pointing::Touch =>
            {
                let undone = matches!(self.0, State::Dragging(..) | State::Wiring(..)).then_some(Meaning::Cancelled);
                (State::Pinching([(first.id, first.last), (press.id, press.start)]), undone)
            }
            State::Pressed(_)
            | State::Panning(_)
            | State::Dragging(..)
            | State::Wiring(..)
            | State::Pinching(_)
            | State::ArmedPress(..) => (self.0, None),
        }
    }

    fn moved(&self, id: i32, at: Point) -> (State, Option<Meaning>) {
        match self.0 {
            State::Pressed(press) if press.id == id => {
                if (at - press.start).length() < press.pointing.threshold() {
                    return (self.0, None);
                }
                match press.on {
                    Target::Port(from) => (State::Wiring(press, from), Some(Meaning::Wiring(from, at))),
                    Target::Service(index) => {
                        (State::Dragging(press, index), Some(Meaning::Dragging(index, at - press.start)))
                    }
                    Target::Link(_) | Target::Message(_) | Target::Empty => {
                        (State::Panning(Press { last: at, ..press }), Some(Meaning::Pan(at - press.start)))
                    }
                }
            }
            State::Dragging(press, index) if press.id == id => {
                (State::Dragging(Press { last: at, ..press }, index), Some(Meaning::Dragging(index, at - press.start)))
            }
            State::Wiring(press, from) if press.id == id => {
                (State::Wiring(Press { last: at, ..press }, from), Some(Meaning::Wiring(from, at)))
            }
            State::Panning(press) if press.id == id => {
                (State::Panning(Press { last: at, ..press }), Some(Meaning::Pan(at - press.last)))
            }
            State::Pinching(before) => {
                let after = before.map(|(other, place)| (other, if other == id { at } else { place }));
                let [(_, a), (_, b)] = before;
                let [(_, c), (_, d)] = after;
                let factor = (d - c).length().max(1.0) / (b - a).length().max(1.0);
                let (was, is) = (a.towards(b, 0.5), c.towards(d, 0.5));
                (State::Pinching(after), Some(Meaning::Pinch(factor, is, is - was)))
            }
            State::Armed(from) => (self.0, Some(Meaning::Wiring(from, at))),
            State::ArmedPress(from, press) if press == id => (self.0, Some(Meaning::Wiring(from, at))),
            State::Idle
            | State::Pressed(_)
            | State::Dragging(..)
            | State::Wiring(..)
            | State::Panning(_)
            | State::ArmedPress(..) => (self.0, None),
        }
    }

    fn up(&self, id: i32, at: Point) -> (State, Option<Meaning>) {
        match self.0 {
            State::Pressed(press) if press.id == id => match press.on {
                // A port that was clicked starts a wire whose other end is a second click.
                Target::Port(from) => (State::Armed(from), Some(Meaning::Wiring(from, at))),
                Target::Service(_) | Target::Link(_) | Target::Message(_) | Target::Empty => {
                    (State::Idle, Some(Meaning::Click(press.on)))
                }
            },
            State::Dragging(press, index) if press.id == id => {
                (State::Idle, Some(Meaning::Dropped(index, at - press.start)))
            }
            State::Wiring(press, from) if press.id == id => (State::Idle, Some(Meaning::Wired(from, at))),
            State::Panning(press) if press.id == id => (State::Idle, None),
            State::ArmedPress(from, press) if press == id => (State::Idle, Some(Meaning::Wired(from, at))),
            // The finger that stays goes on panning.
            State::Pinching(both) => {
                let rest = both.into_iter().find(|(other, _)| *other != id && both.iter().any(|(o, _)| *o == id));
                let pan = |(id, last)| {
                    State::Panning(Press { id, pointing: Pointing::Touch, start: last, last, on: Target::Empty })
                };
                (rest.map_or(self.0, pan), None)
            }
            State::Idle
            | State::Pressed(_)
            | State::Dragging(..)
            | State::Wiring(..)
            | State::Panning(_)
            | State::Armed(_)
            | State::ArmedPress(..) => (self.0, None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn down(id: i32, pointing: Pointing, x: f64, on: Target) -> Input {
        Input::Down { id, pointing, at: Point::new(x, 0.0), on }
    }
    fn to(id: i32, x: f64) -> Input {
        Input::Move { id, at: Point::new(x, 0.0) }
    }
    fn up(id: i32, x: f64) -> Input {
        Input::Up { id, at: Point::new(x, 0.0) }
    }
    fn way(x: f64) -> Point {
        Point::new(x, 0.0)
    }
    fn last(inputs: &[Input]) -> (Gesture, Option<Meaning>) {
        let mut gesture = Gesture::default();
        let meaning = inputs.iter().map(|i| gesture.feed(*i)).fold(None, |_, m| m);
        (gesture, meaning)
    }

    #[test]
    fn gestures_mean_what_they_look_like() {
        use Pointing::{Mouse, Touch};
        use Target::{Empty, Link, Port, Service};
        for (inputs, wanted) in [
            (vec![down(1, Mouse, 0.0, Service(3)), up(1, 1.0)], Some(Meaning::Click(Service(3)))),
            (vec![down(1, Mouse, 0.0, Service(3)), to(1, 3.0), up(1, 3.0)], Some(Meaning::Click(Service(3)))),
            (vec![down(1, Mouse, 0.0, Service(3)), to(1, 5.0)], Some(Meaning::Dragging(3, way(5.0)))),
            (vec![down(1, Touch, 0.0, Service(3)), to(1, 9.0)], None),
            (vec![down(1, Touch, 0.0, Service(3)), to(1, 11.0), up(1, 30.0)], Some(Meaning::Dropped(3, way(30.0)))),
            (vec![down(1, Mouse, 0.0, Port(2)), to(1, 9.0)], Some(Meaning::Wiring(2, way(9.0)))),
            (vec![down(1, Mouse, 0.0, Port(2)), to(1, 9.0), up(1, 50.0)], Some(Meaning::Wired(2, way(50.0)))),
            (vec![down(1, Mouse, 0.0, Empty), to(1, 9.0), to(1, 15.0)], Some(Meaning::Pan(way(6.0)))),
            (vec![down(1, Mouse, 0.0, Link(0)), up(1, 0.0)], Some(Meaning::Click(Link(0)))),
            (vec![down(1, Mouse, 0.0, Empty), up(1, 0.0)], Some(Meaning::Click(Empty))),
        ] {
            assert_eq!(last(&inputs).1, wanted, "{inputs:?}");
        }
    }

    #[test]
    fn a_clicked_port_waits_for_a_second_click() {
        let click = |x, on| [down(1, Pointing::Touch, x, on), up(1, x)];
        let (gesture, _) = last(&click(0.0, Target::Port(4)));
        assert_eq!(gesture.wiring(), Some(4));
        let both = [click(0.0, Target::Port(4)), click(90.0, Target::Service(7))].concat();
        assert_eq!(last(&both), (Gesture::default(), Some(Meaning::Wired(4, way(90.0)))));
    }

    #[test]
    fn escape_takes_back_whatever_is_under_way() {
        let press = |on| down(1, Pointing::Mouse, 0.0, on);
        for on in [Target::Port(1), Target::Service(1), Target::Empty] {
            let mut gesture = last(&[press(on), to(1, 20.0)]).0;
            assert_eq!(gesture.feed(Input::Cancel), Some(Meaning::Cancelled));
            assert!(gesture.is_idle());
            assert_eq!(gesture.feed(up(1, 20.0)), None, "the release after an escape means nothing");
        }
        assert_eq!(Gesture::default().feed(Input::Cancel), None);
    }

    #[test]
    fn two_fingers_zoom_and_pan_together() {
        let start = [down(1, Pointing::Touch, 0.0, Target::Empty), down(2, Pointing::Touch, 100.0, Target::Empty)];
        let (mut gesture, _) = last(&start);
        assert_eq!(gesture.feed(to(2, 200.0)), Some(Meaning::Pinch(2.0, way(100.0), way(50.0))));
        assert_eq!(gesture.feed(up(1, 0.0)), None);
        assert_eq!(gesture.feed(to(2, 210.0)), Some(Meaning::Pan(way(10.0))), "the finger that stays pans");
    }

    #[test]
    fn a_second_finger_ends_a_drag_without_dropping() {
        let start = [down(1, Pointing::Touch, 0.0, Target::Service(0)), to(1, 30.0)];
        let (mut gesture, _) = last(&start);
        assert_eq!(gesture.feed(down(2, Pointing::Touch, 90.0, Target::Empty)), Some(Meaning::Cancelled));
    }

    /// A small generator, so that the sweep needs no library and is the same every time.
    fn next(state: &mut u64) -> u64 {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        *state >> 33
    }

    #[test]
    fn no_order_of_events_gets_it_stuck() {
        let mut state = 7;
        for _ in 0..2_000 {
            let mut gesture = Gesture::default();
            for _ in 0..20 {
                let (id, x) = ((next(&mut state) % 3) as i32, (next(&mut state) % 200) as f64);
                let on = [Target::Port(0), Target::Service(1), Target::Link(2), Target::Empty]
                    [(next(&mut state) % 4) as usize];
                let pointing = if id == 0 { Pointing::Mouse } else { Pointing::Touch };
                let _ = gesture.feed(match next(&mut state) % 3 {
                    0 => down(id, pointing, x, on),
                    1 => to(id, x),
                    _ => up(id, x),
                });
            }
            let _ = gesture.feed(Input::Cancel);
            assert!(gesture.is_idle());
            let _ = gesture.feed(down(9, Pointing::Mouse, 0.0, Target::Service(5)));
            assert_eq!(gesture.feed(up(9, 0.0)), Some(Meaning::Click(Target::Service(5))));
        }
    }
}
