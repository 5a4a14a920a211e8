//! The effects of gestures.

use crate::editor::{Command, Selection, Thing};
use crate::scene::stage::geometry::Point;
use crate::scene::stage::hit::Message;
use crate::scene::stage::turn;
use crate::sim::Intervention;

/// The effect of a gesture.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// The app handles this event.
    Event(StageEvent),
    /// The stage pauses the run and offers the actions for this message.
    Pick(Message),
}

impl From<StageEvent> for Effect {
    fn from(event: StageEvent) -> Self {
        Effect::Event(event)
    }
}

/// A request of the stage to the app.
#[derive(Clone, Debug, PartialEq)]
pub enum StageEvent {
    /// Replace the selection.
    Select(Selection),
    /// Change the document.
    Edit(Command),
    /// Make the client with this id send one request.
    Send(String),
    /// Intervene in the running system.
    Intervene(Intervention),
    /// Announce this to screen readers.
    Announce(String),
    /// Show and announce why nothing happens.
    Explain(String),
    /// Show the request with this number.
    Follow(u64),
    /// List the actions for this thing, or for the whole system.
    Menu {
        /// The thing, which is already selected.
        on: Option<Thing>,
        /// Where to open the list, in pixels of the window.
        at: Point,
    },
}

impl StageEvent {
    /// Converts an event of a stage that shows the system from top to bottom: its positions become those of the document.
    pub fn turned_back(self) -> Self {
        let back = |[x, y]: [f64; 2]| turn::back(Point::new(x, y)).into();
        StageEvent::Edit(match self {
            StageEvent::Edit(Command::Move(places)) => {
                Command::Move(places.into_iter().map(|(id, to)| (id, back(to))).collect())
            }
            StageEvent::Edit(Command::AddService { kind, position }) => {
                Command::AddService { kind, position: back(position) }
            }
            StageEvent::Edit(Command::Paste { fragment, by }) => Command::Paste { fragment, by: back(by) },
            StageEvent::Edit(Command::ConnectToNew { from, position }) => {
                Command::ConnectToNew { from, position: back(position) }
            }
            other => return other,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_on_a_turned_stage_become_those_of_the_document() {
        let back = |x: f64, y: f64| -> [f64; 2] { turn::back(Point::new(x, y)).into() };
        let moved = StageEvent::Edit(Command::Move(vec![("a".into(), [125.0, 85.0])]));
        assert_eq!(moved.turned_back(), StageEvent::Edit(Command::Move(vec![("a".into(), back(125.0, 85.0))])));
        let wire = StageEvent::Edit(Command::ConnectToNew { from: "a".into(), position: [250.0, 170.0] });
        let expected = Command::ConnectToNew { from: "a".into(), position: back(250.0, 170.0) };
        assert_eq!(wire.turned_back(), StageEvent::Edit(expected));
        assert_eq!(StageEvent::Follow(3).turned_back(), StageEvent::Follow(3));
    }
}
