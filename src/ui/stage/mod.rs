//! The stage: boxes and links as SVG, over them the moving dots, and the gestures that change both.
//!
//! Boxes and links are drawn by Yew, because they can be focused, read aloud and styled; what moves every frame is drawn
//! by [`painter`] and never passes through Yew. What a pointer means is decided by [`crate::scene::stage::gesture`], what is
//! under it by [`crate::scene::stage::hit`]. The stage changes nothing itself: it says what is wanted by a [`StageEvent`].

mod alarms;
mod canvas;
mod caution;
mod chosen;
mod controls;
mod gesture;
mod ink;
mod live;
mod minimap;
mod painter;
mod pen;
mod remote;
mod things;
mod tip;
mod tools;
mod view_link;
mod view_service;

use crate::editor::{Command, Selection, Thing};
use crate::scenario::Scenario;
use crate::scene::stage::geometry::Point;
use crate::scene::stage::holes;
use crate::scene::stage::layout::Layout;
use crate::scene::stage::marks::FAR;
use crate::scene::stage::turn;
use crate::scene::stage::viewport::Viewport;
use crate::sim::Intervention;
use crate::ui::driver::{Driver, Readout};
use crate::ui::same::Same;
use crate::ui::theme::Looks;
use alarms::Alarms;
use canvas::Canvas;
use caution::Marks;
use chosen::Chosen;
use controls::Controls;
pub use controls::ViewChange;
use live::{Live, Preview};
use painter::Scene;
pub use remote::Remote;
use std::cell::RefCell;
use std::rc::Rc;
use things::Things;
use tools::Done;
use web_sys::{Element, KeyboardEvent};
use yew::{
    AttrValue, Callback, Html, Properties, classes, function_component, hook, html, use_callback, use_effect_with,
    use_force_update, use_memo, use_mut_ref, use_node_ref,
};

/// What the stage needs.
#[derive(Clone, Properties, PartialEq)]
pub struct StageProps {
    /// What is drawn.
    pub document: Rc<Scenario>,
    /// How many documents were opened before it: with a new one the view is fitted.
    pub opened: u32,
    /// What is selected.
    pub selection: Selection,
    /// Whose run is drawn.
    pub driver: Driver,
    /// How the run goes.
    pub readout: Rc<Readout>,
    /// The colours.
    pub looks: Looks,
    /// Told what is wanted.
    pub on: Callback<StageEvent>,
    /// From where it is told what to show.
    #[prop_or_default]
    pub remote: Option<Remote>,
    /// Whether this is the baseline of a comparison: it cannot be edited, and nothing floats over it.
    #[prop_or_default]
    pub is_baseline: bool,
}

/// What someone wants who points at the stage.
#[derive(Clone, Debug, PartialEq)]
pub enum StageEvent {
    /// Something is selected.
    Select(Selection),
    /// The document is changed.
    Do(Command),
    /// The client with this id sends one request.
    Send(String),
    /// Something is done to the running system.
    Fault(Intervention),
    /// Something is said: to those who hear it, or, where it explains why nothing happens, to all.
    Tell {
        /// What.
        text: String,
        /// Whether it explains why nothing happens.
        to_all: bool,
    },
    /// The request of this intent is to be shown.
    Follow(u64),
    /// What can be done is to be listed: to this thing, or to the system where there is none.
    Menu {
        /// What was pointed at; it is selected already.
        on: Option<Thing>,
        /// Where, in pixels of the window.
        at: Point,
    },
}

/// Where the focus is on the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// On a box.
    Service(usize),
    /// On a link.
    Link(usize),
}

/// Below this zoom only boxes and lines are left.
const DISTANT: f64 = 0.25;

/// The stage. It fills its parent, which must have a size and a position.
#[function_component]
pub fn Stage(props: &StageProps) -> Html {
    let node = use_node_ref();
    let live = use_mut_ref(Live::default);
    let update = use_force_update();
    let props = &use_upright(props, &live);
    let moved = live.borrow().moved();
    let document = Same(props.document.clone());
    let before = live.borrow().layout();
    let layout = use_memo((document.clone(), moved), |(document, moved)| Layout::after(&before, document, moved));
    let ids = use_memo(document.clone(), |document| {
        document.links.iter().map(crate::scenario::Link::id).collect::<Rc<[String]>>()
    });
    let cautions = caution::use_cautions(props, &layout);
    live.borrow_mut().follow(props, &layout, &cautions);
    tip::refresh(&live);
    live::use_size(&node, &live, &update);
    live::use_wheel(&node, &live, &update);
    live::use_taps(&node, &live);
    let painted = live::use_motion(&node, &live, &update);
    live::use_selection_in_view(props, &live, &update);
    use_effect_with(cautions.is_empty(), {
        let (live, update) = (live.clone(), update.clone());
        move |_| {
            live.borrow_mut().fit_again();
            update.force_update();
        }
    });
    use_effect_with(props.opened, {
        let (live, update) = (live.clone(), update.clone());
        move |_| {
            live.borrow_mut().open();
            update.force_update();
        }
    });
    let on_focus = use_callback((), {
        let (live, update) = (live.clone(), update.clone());
        move |focus: Focus, ()| {
            if let Focus::Link(index) = focus {
                tip::focus(&live, index);
            }
            if live.borrow_mut().focused(focus) {
                update.force_update();
            }
        }
    });
    let on_view = use_callback((), {
        let (live, update) = (live.clone(), update.clone());
        move |change: ViewChange, ()| {
            live.borrow_mut().change_view(change);
            update.force_update();
        }
    });
    remote::use_remote(props.remote.as_ref(), &live, &update);
    let handlers = live::Handlers::new(&node, &live, &update);
    let onkeydown = {
        let (live, update) = (live.clone(), update.clone());
        Callback::from(move |event: KeyboardEvent| {
            if live::key(&live, &event) {
                update.force_update();
            }
        })
    };
    let onkeyup = {
        let (live, update) = (live.clone(), update.clone());
        Callback::from(move |event: KeyboardEvent| {
            if live::key_up(&live, &event) {
                update.force_update();
            }
        })
    };
    let onfocusout = {
        let live = live.clone();
        Callback::from(move |_| {
            let live = &mut *live.borrow_mut();
            live.focus = None;
            tip::hide(live);
        })
    };
    let on_done = {
        let (live, update) = (live.clone(), update.clone());
        Callback::from(move |Done { chosen, resume }| {
            let is_new = live.borrow_mut().let_go(resume);
            live::tell(&live, chosen.into_iter().collect());
            if is_new {
                update.force_update();
            }
        })
    };
    // The first picture does without: its code travels later.
    let seen = (document.clone(), Same(props.readout.clone()), Same(layout.clone()), crate::ui::in_use::is_in_use());
    let holes = use_memo(
        seen,
        |(document, readout, layout, is_in_use)| {
            if *is_in_use { holes::holes(document, layout, readout) } else { Vec::new() }
        },
    );
    let shown = live.borrow();
    let scene = Scene {
        layout: layout.clone(),
        links: (*ids).clone(),
        viewport: shown.viewport,
        size: shown.size,
        holes: holes.clone(),
    };
    html! {
        <div class={classes!("stage", shown.cursor(), (painted.zoom < FAR).then_some("far"),
            (painted.zoom < DISTANT).then_some("distant"))} ref={node} onpointerdown={handlers.down.clone()}
            onpointermove={handlers.moved.clone()} onpointerup={handlers.up.clone()}
            onpointercancel={handlers.cancel.clone()} onpointerleave={handlers.leave.clone()}
            ondblclick={handlers.double.clone()} ondragover={handlers.drag_over.clone()} ondrop={handlers.drop.clone()}
            oncontextmenu={handlers.menu.clone()} {onkeydown} {onkeyup} {onfocusout}>
            <div class="stage-ground" aria-hidden="true" />
            <div class="stage-world">
            <svg class="stage-things" role="group" aria-label="The system" width="100%" height="100%">
                { definitions() }
                <g transform={transform(painted)}>
                    <Things document={document.clone()} readout={Same(props.readout.clone())} layout={Same(layout.clone())}
                        selection={props.selection.clone()} {on_focus} cautions={cautions.all.clone()} />
                    <Marks cautions={Same(cautions.clone())} />
                    <Alarms document={document.clone()} readout={Same(props.readout.clone())} layout={Same(layout.clone())} driver={props.driver.clone()} />
                </g>
            </svg>
            // What a pointer calls up is painted apart, so that the things need not be painted anew.
            <svg class="stage-over" aria-hidden="true" width="100%" height="100%">
                <g transform={transform(painted)}>
                    <g>
                        if !props.selection.is_empty() {
                            <Chosen document={document.clone()} readout={Same(props.readout.clone())} layout={Same(layout.clone())}
                                selection={props.selection.clone()} />
                        }
                    </g>
                    <g>{ gesture::view(&layout, &shown) }</g>
                </g>
            </svg>
            </div>
            <Canvas driver={props.driver.clone()} {scene} looks={props.looks} />
            if props.document.services.is_empty() {
                <p class="stage-empty">{ "Nothing here yet. Drag something in from the left, or double-click." }</p>
            }
            <Controls viewport={shown.viewport} on={on_view.clone()} />
            // The first picture does without: its code travels later.
            if !props.is_baseline && crate::ui::in_use::is_in_use() { { minimap::minimap(props, &layout, &shown, &on_view) } }
            if shown.picks_several {
                { gesture::picking(&live, &update) }
            }
            if shown.preview == Preview::None && !props.is_baseline {
                { for tools::floating(props, &layout, &shown, on_done) }
            }
        </div>
    }
}

/// What is needed with everything turned, where the stage is narrow and high.
#[hook]
fn use_upright(props: &StageProps, live: &Shared) -> StageProps {
    let is_turned = live.borrow().turned;
    let shown = use_memo((Same(props.document.clone()), is_turned), |(document, is_turned)| {
        if *is_turned { Rc::new(turn::turned(document)) } else { document.0.clone() }
    });
    live.borrow_mut().original = props.document.clone();
    let on = if is_turned { props.on.reform(StageEvent::turned_back) } else { props.on.clone() };
    StageProps { document: (*shown).clone(), on, ..props.clone() }
}

impl StageEvent {
    /// The same with the places that the document is to have.
    fn turned_back(self) -> Self {
        let back = |[x, y]: [f64; 2]| turn::back(Point::new(x, y)).into();
        StageEvent::Do(match self {
            StageEvent::Do(Command::Move(places)) => {
                Command::Move(places.into_iter().map(|(id, to)| (id, back(to))).collect())
            }
            StageEvent::Do(Command::AddService { kind, position }) => {
                Command::AddService { kind, position: back(position) }
            }
            StageEvent::Do(Command::Paste { fragment, by }) => Command::Paste { fragment, by: back(by) },
            StageEvent::Do(Command::ConnectToNew { from, position }) => {
                Command::ConnectToNew { from, position: back(position) }
            }
            other => return other,
        })
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

/// The place of a pointer in pixels of the stage.
fn place(node: &Element, x: i32, y: i32) -> Point {
    let bounds = node.get_bounding_client_rect();
    Point::new(f64::from(x) - bounds.left(), f64::from(y) - bounds.top())
}

/// What the hooks share: the state of the stage between two drawings.
type Shared = Rc<RefCell<Live>>;
