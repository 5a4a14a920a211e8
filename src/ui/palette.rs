//! The palette: what can be put on the stage, by dragging it there or by a press.

use super::icon;
use super::state::{App, Update};
use crate::editor::{Command, free_place};
use crate::scenario::words::Word;
use crate::scenario::{Kind, Scenario};
use std::rc::Rc;
use yew::prelude::*;

/// What a dragged piece of the palette carries; the stage reads it.
pub const DRAGGED_KIND: &str = "text/x-callchain-kind";

/// What the palette needs.
#[derive(Properties, PartialEq)]
pub struct PaletteProps {
    /// The document, to find a free place in it.
    pub document: Rc<Scenario>,
}

const PIECES: [(Kind, &str, &str); 4] = [
    (Kind::Client, "Client", "Sends requests"),
    (Kind::Service, "Service", "One of your own"),
    (Kind::External, "External", "A service of somebody else"),
    (Kind::Stub, "Stub", "Answers from a script"),
];

/// The strip at the upper left of the stage.
#[component]
pub fn Palette(props: &PaletteProps) -> Html {
    html! {
        <div class="palette" role="group" aria-label="Add to the stage">
            for (kind, name, about) in PIECES {
                <Piece document={props.document.clone()} {kind} {name} {about} />
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct PieceProps {
    document: Rc<Scenario>,
    kind: Kind,
    name: &'static str,
    about: &'static str,
}

#[component]
fn Piece(props: &PieceProps) -> Html {
    let app = use_context::<App>();
    let kind = props.kind;
    let onclick = {
        let document = props.document.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(app) = &app {
                app.send(Update::Do(Command::AddService { kind, position: free_place(&document, kind) }));
            }
        })
    };
    let ondragstart = Callback::from(move |e: DragEvent| {
        if let Some(data) = e.data_transfer() {
            // A browser that refuses the data drags nothing, and a press still adds.
            let _ = data.set_data(DRAGGED_KIND, kind.word());
            let _ = data.set_data("text/plain", kind.word());
            data.set_effect_allowed("copy");
        }
    });
    html! {
        <button type="button" draggable="true" title={format!("{}: press to add, or drag to its place", props.about)}
            aria-label={format!("Add: {}", props.name)} {onclick} {ondragstart}>
            { icon::kind(kind) }
            <span>{ props.name }</span>
        </button>
    }
}
