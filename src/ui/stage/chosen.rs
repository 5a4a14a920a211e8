//! Shows which services are selected: each has a halo and a frame in another colour. They are painted apart from the things,
//! because otherwise a thousand links would have to be painted anew.

use super::view_service::{at, kind_class, outline};
use crate::editor::Selection;
use crate::scenario::Scenario;
use crate::scene::run::readout::Readout;
use crate::scene::stage::layout::Layout;
use crate::ui::same::Same;
use yew::{Html, Properties, classes, function_component, html};

/// The properties of [`Chosen`].
#[derive(Properties, PartialEq)]
pub struct ChosenProps {
    /// The system.
    pub document: Same<Scenario>,
    /// The numbers of the run: the frame of a service that is down keeps its colour.
    pub readout: Same<Readout>,
    /// Where everything is.
    pub layout: Same<Layout>,
    /// The selected things.
    pub selection: Selection,
}

/// The halos and frames of all selected services.
#[function_component]
pub fn Chosen(props: &ChosenProps) -> Html {
    let ChosenProps { document, readout, layout, selection } = props;
    let all = document.services.iter().zip(&layout.boxes).enumerate();
    let chosen =
        all.filter(|(_, (service, _))| selection.has_service(&service.id)).map(|(index, (service, placed))| {
            let is_down = readout.service(index, &service.id).is_some_and(|it| it.view.down);
            html! {
                <g class={classes!("chosen", kind_class(service.kind), is_down.then_some("down"))}
                    transform={at(placed.rect.corner.x, placed.rect.corner.y)}>
                    { outline("halo", service.kind, placed.rect, 5.0) }
                    { outline("frame", service.kind, placed.rect, 0.0) }
                </g>
            }
        });
    html! { <g>{ for chosen }</g> }
}
