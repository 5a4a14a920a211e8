//! The buttons that change the view.

use crate::scene::stage::view::ViewChange;
use crate::scene::stage::viewport::Viewport;
use crate::t;
use yew::{Callback, Html, Properties, function_component, html};

/// The properties of [`Controls`].
#[derive(Properties, PartialEq)]
pub struct ControlsProps {
    /// The view.
    pub viewport: Viewport,
    /// Changes the view.
    pub on: Callback<ViewChange>,
}

/// Plus, minus and fit.
#[function_component]
pub fn Controls(props: &ControlsProps) -> Html {
    let button = |change: ViewChange, label: String, text: String, can: bool| {
        let onclick = props.on.reform(move |_| change);
        html! { <button type="button" title={label.clone()} aria-label={label} disabled={!can} {onclick}>{ text }</button> }
    };
    html! {
        <div class="stage-controls" role="group" aria-label={t!("stage-view")}>
            { button(ViewChange::ZoomIn, t!("stage-zoom-in"), "+".into(), props.viewport.zoom < Viewport::LARGEST) }
            { button(ViewChange::ZoomOut, t!("stage-zoom-out"), "−".into(), props.viewport.zoom > Viewport::SMALLEST) }
            { button(ViewChange::Fit, t!("stage-fit-everything"), t!("stage-fit"), true) }
        </div>
    }
}
