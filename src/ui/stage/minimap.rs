//! The whole system in a corner of the stage, with a frame around the part in view. It is for pointers: keyboard users go
//! from thing to thing, and the stage follows.

use super::pixel::pixel;
use super::state::StageState;
use super::view_service::health_class;
use crate::scene::run::steady::Health;
use crate::scene::stage::geometry::Rect;
use crate::scene::stage::layout::Layout;
use crate::scene::stage::overview::Overview;
use crate::scene::stage::sizes::Placed;
use crate::scene::stage::view::ViewChange;
use crate::t;
use crate::ui::same::Same;
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};
use yew::{AttrValue, Callback, Html, Properties, classes, function_component, html};

/// Its size in pixels, as in the style sheet.
const SIZE: (f64, f64) = (188.0, 124.0);

/// The overview, where it is of use.
pub fn minimap(state: &StageState, on: &Callback<ViewChange>) -> Html {
    let (view, layout) = (state.view.shown(), &state.board.layout);
    let world = layout.bounds();
    if state.view.size().0 <= 0.0 || !Overview::is_of_use(layout.boxes.len(), world, view) {
        return Html::default();
    }
    let readout = &state.board.readout;
    let health = |(index, placed): (usize, &Placed)| {
        let client = readout.client(&placed.id).map(|client| client.health);
        client.or_else(|| readout.service(index, &placed.id).map(|service| service.health))
    };
    let health: Vec<_> = layout.boxes.iter().enumerate().map(|it| health(it).unwrap_or(Health::Idle)).collect();
    let overview = Overview::of(world, view, SIZE);
    let point = Callback::from({
        let on = on.clone();
        move |event: PointerEvent| {
            let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
            let Some(map) = target.and_then(|it| it.closest(".minimap").ok().flatten()) else { return };
            if event.buttons() & 1 == 0 {
                return;
            }
            // Without capture a drag would end at the border.
            let _ = map.set_pointer_capture(event.pointer_id());
            on.emit(ViewChange::CentreOn(overview.to_world(pixel(&map, event.client_x(), event.client_y()))));
        }
    });
    html! {
        <svg class="minimap" viewBox={view_box(overview.shown)} role="img" aria-label={t!("stage-minimap")}
            onpointerdown={point.clone()} onpointermove={point}>
            <Boxes layout={Same(layout.clone())} {health} />
            <rect class="minimap-view" x={px(view.corner.x)} y={px(view.corner.y)} width={px(view.width)} height={px(view.height)} />
        </svg>
    }
}

fn px(length: f64) -> AttrValue {
    format!("{length:.0}").into()
}

fn view_box(rect: Rect) -> AttrValue {
    format!("{:.0} {:.0} {:.0} {:.0}", rect.corner.x, rect.corner.y, rect.width, rect.height).into()
}

#[derive(Properties, PartialEq)]
struct BoxesProps {
    layout: Same<Layout>,
    health: Vec<Health>,
}

/// The boxes, one path for all that fare alike: apart, because they stay the same while the view moves.
#[function_component]
fn Boxes(props: &BoxesProps) -> Html {
    let path = |wanted: Health| -> String {
        let all = props.layout.boxes.iter().zip(&props.health).filter(|(_, health)| **health == wanted);
        let one = |Rect { corner, width, height }: Rect| {
            format!("M{:.0} {:.0}h{width:.0}v{height:.0}h-{width:.0}z", corner.x, corner.y)
        };
        all.map(|(placed, _)| one(placed.rect)).collect()
    };
    html! {
        <g>
            for health in [Health::Idle, Health::Good, Health::Mixed, Health::Bad] {
                <path class={classes!("minimap-box", health_class(health))} d={path(health)} />
            }
        </g>
    }
}
