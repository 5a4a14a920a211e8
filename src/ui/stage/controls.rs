//! The buttons that change the view.

use crate::scene::geometry::Point;
use crate::scene::viewport::Viewport;
use yew::{Callback, Html, Properties, function_component, html};

/// A change of the view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Look {
    /// Larger.
    In,
    /// Smaller.
    Out,
    /// Everything.
    Fit,
    /// As large as it is.
    Actual,
    /// With this place of the world in the middle.
    Centre(Point),
    /// With this link in view.
    Link(usize),
}

/// What the buttons need.
#[derive(Properties, PartialEq)]
pub struct ControlsProps {
    /// What is shown now.
    pub viewport: Viewport,
    /// Told what is wanted.
    pub on: Callback<Look>,
}

/// Plus, minus and fit.
#[function_component]
pub fn Controls(props: &ControlsProps) -> Html {
    let button = |look: Look, label: &'static str, text: &'static str, can: bool| {
        let onclick = props.on.reform(move |_| look);
        html! { <button type="button" title={label} aria-label={label} disabled={!can} {onclick}>{ text }</button> }
    };
    html! {
        <div class="stage-controls" role="group" aria-label="View">
            { button(Look::In, "Zoom in", "+", props.viewport.zoom < Viewport::LARGEST) }
            { button(Look::Out, "Zoom out", "−", props.viewport.zoom > Viewport::SMALLEST) }
            { button(Look::Fit, "Fit everything", "fit", true) }
        </div>
    }
}
