//! The messages on the selected link, for users who cannot click a dot. Only while the run is paused: nobody can read or press
//! a list that changes ten times a second.

use crate::scene::stage::geometry::Point;
use crate::scene::stage::hit::{Message, message};
use crate::scene::stage::words;
use crate::sim::Intervention;
use crate::sim::view::MessageView;
use crate::t;
use crate::time::Time;
use crate::ui::callback::callback;
use crate::ui::driver::Driver;
use crate::ui::state::{App, Update};
use yew::functional::UseForceUpdateHandle;
use yew::prelude::*;

/// The most messages in the list.
const LISTED: usize = 5;

/// The properties of [`InFlight`].
#[derive(Properties, PartialEq)]
pub struct InFlightProps {
    /// The run.
    pub driver: Driver,
    /// The caller.
    pub from: AttrValue,
    /// The callee.
    pub to: AttrValue,
    /// Whether the run goes on.
    pub playing: bool,
    /// The moment that is shown.
    pub time: Time,
}

/// The list, in the order of departure.
#[component]
pub fn InFlight(props: &InFlightProps) -> Html {
    let app = use_context::<App>();
    let update = use_force_update();
    if props.playing {
        return html! { <p class="note">{ t!("flight-pause") }</p> };
    }
    let mut views: Vec<MessageView> = props.driver.link_id(&props.from, &props.to).map_or(Vec::new(), |link| {
        props.driver.with(|sim| sim.messages().filter(|m| m.link == link && m.lost.is_none()).collect())
    });
    views.sort_unstable_by_key(|m| (m.sent, m.attempt));
    let shown = views.iter().filter_map(|view| message(view, Point::default())).take(LISTED);
    let row = |message: Message| row(message, &props.driver, &app, &update);
    html! {
        <section class="list" aria-label={t!("flight-label")}>
            <h3>{ t!("flight-title") }</h3>
            if views.is_empty() {
                <p class="note">{ t!("flight-none") }</p>
            } else {
                <ul>{ for shown.map(row) }</ul>
            }
        </section>
    }
}

fn row(message: Message, driver: &Driver, app: &Option<App>, update: &UseForceUpdateHandle) -> Html {
    let name = words::message(&message).text();
    let drop = callback!([driver, update], move |_: MouseEvent| {
        driver.apply(Intervention::Lose(message.attempt));
        // The readout stays the same, so nothing else draws this list again.
        update.force_update();
    });
    let intent = message.intent;
    let follow = app.as_ref().map(|app| app.sends::<MouseEvent>(move || Update::Follow(intent)));
    html! {
        <li key={message.attempt} class="message">
            <span>{ &name }</span>
            <button type="button" class="text-button" aria-label={t!("flight-drop-label", message = &name)} onclick={drop}>{ t!("flight-drop") }</button>
            <button type="button" class="text-button" aria-label={t!("flight-follow-label", message = &name)} onclick={follow}>{ t!("flight-follow") }</button>
        </li>
    }
}
