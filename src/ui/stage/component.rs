//! The stage as a component.

use super::alarms::AlarmsProps;
use super::canvas::Canvas;
use super::caution::Marks;
use super::chosen::Chosen;
use super::controls::Controls;
use super::drawn::{Drawn, use_drawn};
use super::handle::use_stage_handle;
use super::hooks::{use_fit, use_motion, use_scene, use_selection_in_view, use_size, use_touch, use_wheel};
use super::input::use_handlers;
use super::minimap::minimap;
use super::preview::{picking, preview};
use super::props::StageProps;
use super::remote::use_remote;
use super::state::StageState;
use super::things::Things;
use super::{naming, tools};
use crate::gesture::{Focus, Hand, Mode, Preview, Space};
use crate::scene::stage::marks::FAR;
use crate::scene::stage::viewport::Viewport;
use crate::t;
use crate::ui::lazy::{Lazy, View};
use yew::{AttrValue, Callback, Html, classes, function_component, html};

/// Below this zoom only boxes and lines are drawn.
const DISTANT: f64 = 0.25;

/// The stage. It fills its parent, which must have a size and a position.
#[function_component]
pub fn Stage(props: &StageProps) -> Html {
    let handle = use_stage_handle(&props.driver);
    let drawn = use_drawn(props, &handle);
    naming::refresh(&handle);
    use_size(&handle);
    use_wheel(&handle);
    use_touch(&handle);
    let painted = use_motion(&handle);
    use_selection_in_view(&handle, &props.selection);
    use_fit(&handle, props.opened, !drawn.cautions.is_empty());
    use_remote(props.remote.as_ref(), &handle);
    let on = use_handlers(&handle);
    let scene = use_scene(&drawn, &handle);
    let state = &*handle.state();
    let has_panel = !props.is_baseline && *state.hand.preview() == Preview::None;
    html! {
        <div class={classes!("stage", cursor(&state.hand), (painted.zoom < FAR).then_some("far"),
            (painted.zoom < DISTANT).then_some("distant"))} ref={handle.node().clone()}
            onpointerdown={&on.down} onpointermove={&on.moved} onpointerup={&on.up} onpointercancel={&on.cancel}
            onpointerleave={&on.leave} ondblclick={&on.double} oncontextmenu={&on.menu} ondragover={&on.drag_over}
            ondrop={&on.drop} onkeydown={&on.key} onkeyup={&on.key_up} onfocusout={&on.blur}>
            <div class="stage-ground" aria-hidden="true" />
            { world(&drawn, props, state, &on.focus, transform(painted)) }
            <Canvas driver={props.driver.clone()} {scene} looks={props.looks} />
            if props.document.services.is_empty() {
                <p class="stage-empty">{ t!("stage-empty") }</p>
            }
            <Controls viewport={state.view.viewport} on={&on.view} />
            if !props.is_baseline { { minimap(state, &on.view) } }
            if state.hand.mode() == Mode::Add {
                { picking(&on.end_mode) }
            }
            if has_panel {
                { for tools::panel(state, &on.choice) }
            }
        </div>
    }
}

/// Everything that moves with the view, except for the dots.
fn world(
    drawn: &Drawn,
    props: &StageProps,
    state: &StageState,
    on_focus: &Callback<Focus>,
    transform: AttrValue,
) -> Html {
    let Drawn { document, readout, layout, cautions } = drawn;
    let alarms = AlarmsProps {
        document: document.clone(),
        readout: readout.clone(),
        layout: layout.clone(),
        driver: props.driver.clone(),
    };
    html! {
        <div class="stage-world">
            <svg class="stage-things" role="group" aria-label={t!("stage-system")} width="100%" height="100%">
                { definitions() }
                <g transform={&transform}>
                    <Things {document} {readout} {layout} selection={props.selection.clone()} {on_focus} cautions={&cautions.all} />
                    <Marks {cautions} />
                    <Lazy view={View::Alarms(alarms)} />
                </g>
            </svg>
            // What a pointer calls up is painted apart, so that the things need not be painted anew.
            <svg class="stage-over" aria-hidden="true" width="100%" height="100%">
                <g transform={transform}>
                    <g>
                        if !props.selection.is_empty() {
                            <Chosen {document} {readout} {layout} selection={props.selection.clone()} />
                        }
                    </g>
                    <g>{ preview(state) }</g>
                </g>
            </svg>
        </div>
    }
}

/// The class of a gesture: it sets the shape of the pointer everywhere on the stage.
fn cursor(hand: &Hand) -> Option<&'static str> {
    match hand.preview() {
        Preview::Moved(_) | Preview::Copied(_) => Some("dragging"),
        Preview::Wire(_) | Preview::Area(_) if hand.is_dragging() => Some("wiring"),
        Preview::Wire(_) | Preview::Area(_) | Preview::None => (hand.space() != Space::Up).then_some("grabbing"),
    }
}

fn transform(view: Viewport) -> AttrValue {
    format!("translate({:.2} {:.2}) scale({:.4})", view.shift.x, view.shift.y, view.zoom).into()
}

fn definitions() -> Html {
    let arrow = |id: &'static str| {
        html! {
            <marker {id} viewBox="0 0 8 8" refX="6" refY="4" markerWidth="8" markerHeight="8"
                markerUnits="userSpaceOnUse" orient="auto">
                <path d="M1 1l5 3-5 3" />
            </marker>
        }
    };
    html! {
        <defs>
            { arrow("arrow") }
            { arrow("arrow-cut") }
            <pattern id="hatch-wasted" width="4" height="4" patternTransform="rotate(45)" patternUnits="userSpaceOnUse">
                <path d="M0 0V4" />
            </pattern>
        </defs>
    }
}
