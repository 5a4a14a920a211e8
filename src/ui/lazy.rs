//! Views whose code loads when they are first shown.

use super::autosave::versions::Versions;
use super::autosave::{Autosaver, AutosaverProps};
use super::bring::Bring;
use super::clipboard;
use super::command_palette::CommandPalette;
use super::context_menu::{ContextMenu, ContextMenuProps};
use super::dialog::DialogProps;
use super::dock::panel::{PanelProps, panel};
use super::inspector::{Inspector, InspectorProps, faults};
use super::part::{NotLoaded, part};
use super::share::Share;
use super::shortcuts::Shortcuts;
use super::stage::alarms::{Alarms, AlarmsProps};
use super::state::Overlay;
use crate::t;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// A view with its properties.
#[derive(Clone, PartialEq)]
pub enum View {
    /// The inspector.
    Inspector(InspectorProps),
    /// The open panel of the dock.
    Panel(PanelProps),
    /// A dialog over everything else.
    Dialog(DialogProps),
    /// The menu at the pointer.
    ContextMenu(ContextMenuProps),
    /// Saves the document in the browser, and offers to restore the document of a closed tab.
    Autosaver(AutosaverProps),
    /// The alerts on the stage.
    Alarms(AlarmsProps),
}

/// Draws the views of a part.
type Draw = fn(&View) -> Html;

part! {
    inspector: fn draw_inspector() -> Draw {
        faults::provide();
        |view| match view {
            View::Inspector(props) => html! { <Inspector ..props.clone() /> },
            _ => html! {},
        }
    }

    dock: fn draw_dock() -> Draw {
        |view| match view {
            View::Panel(props) => panel(props),
            _ => html! {},
        }
    }

    marks: fn draw_marks() -> Draw {
        |view| match view {
            View::Alarms(props) => html! { <Alarms ..props.clone() /> },
            _ => html! {},
        }
    }

    dialogs: fn draw_dialogs() -> Draw {
        clipboard::provide();
        |view| match view {
            View::Dialog(props) => dialog(props),
            View::ContextMenu(props) => html! { <ContextMenu ..props.clone() /> },
            View::Autosaver(props) => html! { <Autosaver ..props.clone() /> },
            _ => html! {},
        }
    }
}

fn dialog(props: &DialogProps) -> Html {
    let DialogProps { overlay, context, document, report, on_look, on_language } = props.clone();
    match overlay {
        Overlay::Menu { .. } => html! {},
        Overlay::Commands => html! { <CommandPalette {context} {on_look} {on_language} /> },
        Overlay::Shortcuts => html! { <Shortcuts {context} /> },
        Overlay::Share => html! { <Share {document} /> },
        Overlay::Versions => html! { <Versions {document} /> },
        Overlay::Bring => html! { <Bring {report} /> },
    }
}

impl View {
    /// Loads the code that draws it.
    async fn load(self) -> Result<Draw, NotLoaded> {
        match self {
            View::Inspector(_) => draw_inspector().await,
            View::Panel(_) => draw_dock().await,
            View::Alarms(_) => draw_marks().await,
            View::Dialog(_) | View::ContextMenu(_) | View::Autosaver(_) => draw_dialogs().await,
        }
    }

    /// Whether to show that its code loads.
    fn is_missed(&self) -> bool {
        matches!(self, View::Inspector(_) | View::Panel(_) | View::Dialog(_) | View::ContextMenu(_))
    }
}

/// The properties of [`Lazy`].
#[derive(Properties, PartialEq)]
pub struct LazyProps {
    /// The view.
    pub view: View,
}

/// Shows a view as soon as its code has loaded. Until then, shows that the code loads or cannot be loaded.
#[component]
pub fn Lazy(props: &LazyProps) -> Html {
    let drawn = use_state(|| None::<Result<Draw, NotLoaded>>);
    let load = {
        let (view, setter) = (props.view.clone(), drawn.setter());
        move || {
            let setter = setter.clone();
            let loading = view.clone().load();
            spawn_local(async move { setter.set(Some(loading.await)) });
        }
    };
    use_effect_with((), {
        let load = load.clone();
        move |()| load()
    });
    match *drawn {
        Some(Ok(draw)) => draw(&props.view),
        _ if !props.view.is_missed() => html! {},
        None => html! { <p class="note" role="status">{ t!("app-part-loading") }</p> },
        Some(Err(NotLoaded)) => {
            let setter = drawn.setter();
            let onclick = Callback::from(move |_: MouseEvent| {
                setter.set(None);
                load();
            });
            html! {
                <div class="not-loaded" role="alert">
                    <p>{ t!("app-part-missing") }</p>
                    <button type="button" class="line" {onclick}>{ t!("app-part-again") }</button>
                </div>
            }
        }
    }
}
