//! What a gesture asks for.

use crate::editor::{Command, Selection, Thing};
use crate::scene::stage::geometry::Point;
use crate::scene::stage::hit::Message;
use crate::scene::stage::turn;
use crate::sim::Intervention;

/// What a gesture causes.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// The app does this.
    Event(StageEvent),
    /// The stage pauses the run and offers what can be done to this message.
    Pick(Message),
}

impl From<StageEvent> for Effect {
    fn from(event: StageEvent) -> Self {
        Effect::Event(event)
    }
}

/// What the stage asks the app to do.
#[derive(Clone, Debug, PartialEq)]
pub enum StageEvent {
    /// Select this.
    Select(Selection),
    /// Change the document.
    Edit(Command),
    /// Have the client with this id send one request.
    Send(String),
    /// Intervene in the running system.
    Intervene(Intervention),
    /// Announce this to screen readers.
    Announce(String),
    /// Explain to everybody why nothing happens.
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
    /// The event of a stage that shows the system from top to bottom, with the places that the document should have.
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
    fn places_on_a_turned_stage_find_back_into_the_document() {
        let back = |x: f64, y: f64| -> [f64; 2] { turn::back(Point::new(x, y)).into() };
        let moved = StageEvent::Edit(Command::Move(vec![("a".into(), [125.0, 85.0])]));
        assert_eq!(moved.turned_back(), StageEvent::Edit(Command::Move(vec![("a".into(), back(125.0, 85.0))])));
        let wire = StageEvent::Edit(Command::ConnectToNew { from: "a".into(), position: [250.0, 170.0] });
        let expected = Command::ConnectToNew { from: "a".into(), position: back(250.0, 170.0) };
        assert_eq!(wire.turned_back(), StageEvent::Edit(expected));
        assert_eq!(StageEvent::Follow(3).turned_back(), StageEvent::Follow(3));
    }
}
