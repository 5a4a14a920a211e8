//! The palette: kinds of services to add to the stage by a press or by dragging.

use super::icon;
use super::state::{App, Update};
use crate::editor::{Command, free_place};
use crate::scenario::words::Word;
use crate::scenario::{Kind, Scenario};
use crate::text::Id;
use crate::{id, t};
use std::rc::Rc;
use yew::prelude::*;

/// The type of the data of a dragged piece; the stage reads it.
pub const DRAGGED_KIND: &str = "text/x-callchain-kind";

/// The properties of [`Palette`].
#[derive(Properties, PartialEq)]
pub struct PaletteProps {
    /// The document, to find a free place in it.
    pub document: Rc<Scenario>,
}

const PIECES: [(Kind, Id, Id); 4] = [
    (Kind::Client, id!("piece-client"), id!("piece-client-about")),
    (Kind::Service, id!("piece-service"), id!("piece-service-about")),
    (Kind::External, id!("piece-external"), id!("piece-external-about")),
    (Kind::Stub, id!("piece-stub"), id!("piece-stub-about")),
];

/// The strip at the upper left of the stage.
#[component]
pub fn Palette(props: &PaletteProps) -> Html {
    html! {
        <div class="palette" role="group" aria-label={t!("piece-group")}>
            for (kind, name, about) in PIECES {
                <Piece document={props.document.clone()} {kind} name={name.text()} about={about.text()} />
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct PieceProps {
    document: Rc<Scenario>,
    kind: Kind,
    name: AttrValue,
    about: AttrValue,
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
        <button type="button" draggable="true" title={t!("piece-hint", about = &*props.about)}
            aria-label={t!("piece-add", name = &*props.name)} {onclick} {ondragstart}>
            { icon::kind(kind) }
            <span>{ &props.name }</span>
        </button>
    }
}
