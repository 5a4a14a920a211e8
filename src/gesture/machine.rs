//! The state machine of the pointer: presses and moves become clicks, drags, boxes, wires, pans and pinches.
//!
//! It knows pixels and targets only. [`super::hand`] decides what a click or a drop does to the document.

use crate::scene::stage::geometry::Point;
use crate::scene::stage::hit::{LinkEnd, Target};

/// The pointing device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pointing {
    /// A mouse or a pen.
    Mouse,
    /// A finger, which trembles more.
    Touch,
}

impl Pointing {
    /// The distance in pixels after which a press becomes a drag.
    pub const fn threshold(self) -> f64 {
        match self {
            Pointing::Mouse => 4.0,
            Pointing::Touch => 10.0,
        }
    }

    /// The distance in pixels within which it hits a dot.
    pub const fn dot_reach(self) -> f64 {
        match self {
            Pointing::Mouse => 10.0,
            Pointing::Touch => 16.0,
        }
    }
}

/// The keys that are held down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Shift: a drag on empty space selects an area.
    pub shift: bool,
    /// Ctrl, or the command key of a Mac: a click adds to the selection, and a drag ignores the grid.
    pub command: bool,
    /// Alt: a drag makes a copy.
    pub alt: bool,
}

/// An event of a pointer. Positions are in pixels of the stage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Input {
    /// The pointer is pressed on something.
    Down {
        /// The pointer.
        id: i32,
        /// The device.
        pointing: Pointing,
        /// The position.
        at: Point,
        /// The thing there.
        on: Target,
        /// The keys.
        held: Held,
    },
    /// The pointer is pressed anywhere to move the stage.
    Grab {
        /// The pointer.
        id: i32,
        /// The position.
        at: Point,
    },
    /// The pointer moves.
    Move {
        /// The pointer.
        id: i32,
        /// The new position.
        at: Point,
        /// The keys.
        held: Held,
    },
    /// The pointer is released.
    Up {
        /// The pointer.
        id: i32,
        /// The position.
        at: Point,
        /// The keys.
        held: Held,
    },
    /// Escape is pressed, or the browser takes the pointer away.
    Cancel,
}

/// The meaning of an input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Meaning {
    /// Something is clicked.
    Click(Target, Held),
    /// A service is dragged. It is this many pixels away from its original position.
    Dragging(usize, Point, Held),
    /// The service is dropped.
    Dropped(usize, Point, Held),
    /// An area is drawn, from corner to corner.
    Boxing(Point, Point),
    /// The area is complete.
    Boxed(Point, Point),
    /// A wire from a service ends at this pixel now.
    Wiring(usize, Point),
    /// The wire is dropped.
    Wired(usize, Point),
    /// An end of a link is at this pixel now.
    Ending(LinkEnd, Point),
    /// The end is dropped.
    Ended(LinkEnd, Point),
    /// The stage moves by this many pixels.
    Pan(Point),
    /// The stage grows by a factor around a pixel, and moves by this many pixels.
    Pinch(f64, Point, Point),
    /// The gesture is cancelled.
    Cancelled,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Press {
    id: i32,
    pointing: Pointing,
    start: Point,
    last: Point,
    on: Target,
    held: Held,
}

/// The drag of a pressed pointer that has moved.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Drag {
    Move(usize),
    Box,
    Wire(usize),
    End(LinkEnd),
    Pan,
}

impl Drag {
    /// The drag that a press becomes when it moves.
    fn of(press: &Press) -> Self {
        match press.on {
            Target::Port(from) => Drag::Wire(from),
            Target::End(end) => Drag::End(end),
            Target::Service(index) => Drag::Move(index),
            Target::Link(_) | Target::Message(_) | Target::Empty if press.held.shift => Drag::Box,
            Target::Link(_) | Target::Message(_) | Target::Empty => Drag::Pan,
        }
    }

    /// The meaning of a move from `press.last` to this position.
    fn moving(self, press: &Press, at: Point, held: Held) -> Meaning {
        match self {
            Drag::Move(index) => Meaning::Dragging(index, at - press.start, held),
            Drag::Box => Meaning::Boxing(press.start, at),
            Drag::Wire(from) => Meaning::Wiring(from, at),
            Drag::End(end) => Meaning::Ending(end, at),
            Drag::Pan => Meaning::Pan(at - press.last),
        }
    }

    /// The meaning of a release at this position.
    fn released(self, press: &Press, at: Point, held: Held) -> Option<Meaning> {
        match self {
            Drag::Move(index) => Some(Meaning::Dropped(index, at - press.start, held)),
            Drag::Box => Some(Meaning::Boxed(press.start, at)),
            Drag::Wire(from) => Some(Meaning::Wired(from, at)),
            Drag::End(end) => Some(Meaning::Ended(end, at)),
            Drag::Pan => None,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum State {
    #[default]
    Idle,
    /// Pressed, but not moved far enough to be a drag.
    Pressed(Press),
    Dragging(Press, Drag),
    Pinching([(i32, Point); 2]),
    /// A port was clicked: the next click ends the wire.
    Armed(usize),
    /// A port was clicked, and the pointer is pressed again to end the wire.
    ArmedPress(usize, i32),
}

/// The state machine. It holds at most one gesture.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Gesture(State);

impl Gesture {
    /// Whether there is no gesture.
    pub fn is_idle(&self) -> bool {
        self.0 == State::Idle
    }

    /// The pressed thing and the position of the press, until it becomes a click or a drag.
    pub fn pressed(&self) -> Option<(Target, Point)> {
        match self.0 {
            State::Pressed(press) => Some((press.on, press.start)),
            State::Idle | State::Dragging(..) | State::Pinching(_) | State::Armed(_) | State::ArmedPress(..) => None,
        }
    }

    /// Whether something is dragged.
    pub fn is_dragging(&self) -> bool {
        matches!(self.0, State::Dragging(..))
    }

    /// The service from which a wire is being drawn.
    pub fn wiring(&self) -> Option<usize> {
        match self.0 {
            State::Dragging(_, Drag::Wire(from)) | State::Armed(from) | State::ArmedPress(from, _) => Some(from),
            State::Idle | State::Pressed(_) | State::Dragging(..) | State::Pinching(_) => None,
        }
    }

    /// Starts a wire without a pointer, as the keyboard does.
    pub fn arm(&mut self, from: usize) {
        self.0 = State::Armed(from);
    }

    /// Takes an input and returns its meaning.
    pub fn feed(&mut self, input: Input) -> Option<Meaning> {
        let (next, meaning) = match input {
            Input::Down { id, pointing, at, on, held } => {
                self.down(Press { id, pointing, start: at, last: at, on, held })
            }
            Input::Grab { id, at } => self.grabbed(id, at),
            Input::Move { id, at, held } => self.moved(id, at, held),
            Input::Up { id, at, held } => self.up(id, at, held),
            Input::Cancel => (State::Idle, (self.0 != State::Idle).then_some(Meaning::Cancelled)),
        };
        self.0 = next;
        meaning
    }

    fn down(&self, press: Press) -> (State, Option<Meaning>) {
        match self.0 {
            State::Idle => (State::Pressed(press), None),
            State::Armed(from) => (State::ArmedPress(from, press.id), Some(Meaning::Wiring(from, press.start))),
            // A second finger cancels the gesture of the first, and both pinch.
            State::Pressed(first) | State::Dragging(first, _)
                if first.id != press.id && first.pointing == Pointing::Touch =>
            {
                let undone = matches!(self.0, State::Dragging(_, drag) if drag != Drag::Pan);
                let both = [(first.id, first.last), (press.id, press.start)];
                (State::Pinching(both), undone.then_some(Meaning::Cancelled))
            }
            State::Pressed(_) | State::Dragging(..) | State::Pinching(_) | State::ArmedPress(..) => (self.0, None),
        }
    }

    fn grabbed(&self, id: i32, at: Point) -> (State, Option<Meaning>) {
        match self.0 {
            State::Idle => (State::Dragging(panning(id, Pointing::Mouse, at), Drag::Pan), None),
            State::Pressed(_) | State::Dragging(..) | State::Pinching(_) | State::Armed(_) | State::ArmedPress(..) => {
                (self.0, None)
            }
        }
    }

    fn moved(&self, id: i32, at: Point, held: Held) -> (State, Option<Meaning>) {
        match self.0 {
            State::Pressed(press) if press.id == id => {
                if (at - press.start).length() < press.pointing.threshold() {
                    return (self.0, None);
                }
                let drag = Drag::of(&press);
                (State::Dragging(Press { last: at, ..press }, drag), Some(drag.moving(&press, at, held)))
            }
            State::Dragging(press, drag) if press.id == id => {
                (State::Dragging(Press { last: at, ..press }, drag), Some(drag.moving(&press, at, held)))
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
            State::Idle | State::Pressed(_) | State::Dragging(..) | State::ArmedPress(..) => (self.0, None),
        }
    }

    fn up(&self, id: i32, at: Point, held: Held) -> (State, Option<Meaning>) {
        match self.0 {
            State::Pressed(press) if press.id == id => match press.on {
                // A port that was clicked starts a wire whose other end is a second click.
                Target::Port(from) => (State::Armed(from), Some(Meaning::Wiring(from, at))),
                Target::Service(_) | Target::Link(_) | Target::End(_) | Target::Message(_) | Target::Empty => {
                    (State::Idle, Some(Meaning::Click(press.on, held)))
                }
            },
            State::Dragging(press, drag) if press.id == id => (State::Idle, drag.released(&press, at, held)),
            State::ArmedPress(from, press) if press == id => (State::Idle, Some(Meaning::Wired(from, at))),
            // The remaining finger pans.
            State::Pinching(both) => {
                let rest = both.into_iter().find(|(other, _)| *other != id && both.iter().any(|(o, _)| *o == id));
                let pan = |(id, last)| State::Dragging(panning(id, Pointing::Touch, last), Drag::Pan);
                (rest.map_or(self.0, pan), None)
            }
            State::Idle | State::Pressed(_) | State::Dragging(..) | State::Armed(_) | State::ArmedPress(..) => {
                (self.0, None)
            }
        }
    }
}

fn panning(id: i32, pointing: Pointing, at: Point) -> Press {
    Press { id, pointing, start: at, last: at, on: Target::Empty, held: Held::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: Held = Held { shift: false, command: false, alt: false };
    const SHIFT: Held = Held { shift: true, ..NONE };

    fn down(id: i32, pointing: Pointing, x: f64, on: Target) -> Input {
        Input::Down { id, pointing, at: Point::new(x, 0.0), on, held: NONE }
    }
    fn to(id: i32, x: f64) -> Input {
        Input::Move { id, at: Point::new(x, 0.0), held: NONE }
    }
    fn up(id: i32, x: f64) -> Input {
        Input::Up { id, at: Point::new(x, 0.0), held: NONE }
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
            (vec![down(1, Mouse, 0.0, Service(3)), up(1, 1.0)], Some(Meaning::Click(Service(3), NONE))),
            (vec![down(1, Mouse, 0.0, Service(3)), to(1, 3.0), up(1, 3.0)], Some(Meaning::Click(Service(3), NONE))),
            (vec![down(1, Mouse, 0.0, Service(3)), to(1, 5.0)], Some(Meaning::Dragging(3, way(5.0), NONE))),
            (vec![down(1, Touch, 0.0, Service(3)), to(1, 9.0)], None),
            (
                vec![down(1, Touch, 0.0, Service(3)), to(1, 11.0), up(1, 30.0)],
                Some(Meaning::Dropped(3, way(30.0), NONE)),
            ),
            (vec![down(1, Mouse, 0.0, Port(2)), to(1, 9.0)], Some(Meaning::Wiring(2, way(9.0)))),
            (vec![down(1, Mouse, 0.0, Port(2)), to(1, 9.0), up(1, 50.0)], Some(Meaning::Wired(2, way(50.0)))),
            (vec![down(1, Mouse, 0.0, Empty), to(1, 9.0), to(1, 15.0)], Some(Meaning::Pan(way(6.0)))),
            (vec![down(1, Mouse, 0.0, Link(0)), up(1, 0.0)], Some(Meaning::Click(Link(0), NONE))),
            (vec![down(1, Mouse, 0.0, Empty), up(1, 0.0)], Some(Meaning::Click(Empty, NONE))),
        ] {
            assert_eq!(last(&inputs).1, wanted, "{inputs:?}");
        }
    }

    fn with(held: Held, input: Input) -> Input {
        match input {
            Input::Down { id, pointing, at, on, .. } => Input::Down { id, pointing, at, on, held },
            Input::Move { id, at, .. } => Input::Move { id, at, held },
            Input::Up { id, at, .. } => Input::Up { id, at, held },
            Input::Grab { .. } | Input::Cancel => input,
        }
    }

    #[test]
    fn held_keys_change_the_meaning() {
        use Pointing::Mouse;
        use Target::{Empty, Link, Service};
        let end = LinkEnd { link: 1, side: crate::scene::stage::hit::Side::Callee };
        let alt = Held { alt: true, ..NONE };
        for (held, on, moving, released) in [
            (SHIFT, Empty, Meaning::Boxing(way(0.0), way(9.0)), Some(Meaning::Boxed(way(0.0), way(30.0)))),
            (SHIFT, Link(2), Meaning::Boxing(way(0.0), way(9.0)), Some(Meaning::Boxed(way(0.0), way(30.0)))),
            (alt, Service(3), Meaning::Dragging(3, way(9.0), alt), Some(Meaning::Dropped(3, way(30.0), alt))),
            (NONE, Target::End(end), Meaning::Ending(end, way(9.0)), Some(Meaning::Ended(end, way(30.0)))),
            (NONE, Link(2), Meaning::Pan(way(9.0)), None),
        ] {
            let mut gesture = Gesture::default();
            let mut feed = |input| gesture.feed(with(held, input));
            assert_eq!(feed(down(1, Mouse, 0.0, on)), None);
            assert_eq!(feed(to(1, 9.0)), Some(moving));
            assert_eq!(feed(up(1, 30.0)), released);
            assert!(gesture.is_idle());
        }
        let click = [down(1, Mouse, 0.0, Service(3)), up(1, 1.0)].map(|input| with(SHIFT, input));
        assert_eq!(last(&click).1, Some(Meaning::Click(Service(3), SHIFT)));
    }

    #[test]
    fn a_grab_moves_the_stage_and_clicks_nothing() {
        let mut gesture = Gesture::default();
        assert_eq!(gesture.feed(Input::Grab { id: 1, at: way(0.0) }), None);
        assert_eq!(gesture.feed(to(1, 2.0)), Some(Meaning::Pan(way(2.0))));
        assert_eq!(gesture.feed(to(1, 7.0)), Some(Meaning::Pan(way(5.0))));
        assert_eq!(gesture.feed(up(1, 7.0)), None);
        assert!(gesture.is_idle());
    }

    #[test]
    fn a_press_is_known_until_it_becomes_a_drag_or_ends() {
        let mut gesture = last(&[down(1, Pointing::Touch, 4.0, Target::Link(2))]).0;
        assert_eq!(gesture.pressed(), Some((Target::Link(2), way(4.0))));
        assert_eq!(gesture.feed(to(1, 20.0)), Some(Meaning::Pan(way(16.0))));
        assert_eq!(gesture.pressed(), None);
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
    fn escape_cancels_every_gesture() {
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

    /// A small generator, so that the sweep needs no library and repeats exactly.
    fn next(state: &mut u64) -> u64 {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        *state >> 33
    }

    #[test]
    fn no_order_of_events_gets_the_machine_stuck() {
        let mut state = 7;
        for _ in 0..2_000 {
            let mut gesture = Gesture::default();
            for _ in 0..20 {
                let (id, x) = ((next(&mut state) % 3) as i32, (next(&mut state) % 200) as f64);
                let on = [Target::Port(0), Target::Service(1), Target::Link(2), Target::Empty]
                    [(next(&mut state) % 4) as usize];
                let pointing = if id == 0 { Pointing::Mouse } else { Pointing::Touch };
                let held = [NONE, SHIFT][(next(&mut state) % 2) as usize];
                let _ = gesture.feed(match next(&mut state) % 4 {
                    0 => with(held, down(id, pointing, x, on)),
                    1 => to(id, x),
                    2 => up(id, x),
                    _ => Input::Grab { id, at: way(x) },
                });
            }
            let _ = gesture.feed(Input::Cancel);
            assert!(gesture.is_idle());
            let _ = gesture.feed(down(9, Pointing::Mouse, 0.0, Target::Service(5)));
            assert_eq!(gesture.feed(up(9, 0.0)), Some(Meaning::Click(Target::Service(5), NONE)));
        }
    }
}
