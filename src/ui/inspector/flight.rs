//! The messages on their way over the selected link, for those who cannot click a dot. Only while the run stands: a list
//! that changes ten times a second can neither be read nor pressed.

use crate::scene::stage::geometry::Point;
use crate::scene::stage::hit::{Message, message};
use crate::scene::stage::words;
use crate::sim::Intervention;
use crate::sim::view::MessageView;
use crate::time::Time;
use crate::ui::driver::Driver;
use crate::ui::state::{App, Update};
use yew::functional::UseForceUpdateHandle;
use yew::prelude::*;

/// How many are listed.
const LISTED: usize = 5;

/// What the list needs.
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

/// The list: those that left first, first.
#[component]
pub fn InFlight(props: &InFlightProps) -> Html {
    let app = use_context::<App>();
    let update = use_force_update();
    if props.playing {
        return html! { <p class="note">{ "Pause to pick out a message on its way." }</p> };
    }
    let mut views: Vec<MessageView> = props.driver.link_id(&props.from, &props.to).map_or(Vec::new(), |link| {
        props.driver.with(|sim| sim.messages().filter(|m| m.link == link && m.lost.is_none()).collect())
    });
    views.sort_unstable_by_key(|m| (m.sent, m.attempt));
    let shown = views.iter().filter_map(|view| message(view, Point::default())).take(LISTED);
    let row = |message: Message| row(message, &props.driver, &app, &update);
    html! {
        <section class="list" aria-label="Messages on their way">
            <h3>{ "On their way" }</h3>
            if views.is_empty() {
                <p class="note">{ "Nothing at this moment." }</p>
            } else {
                <ul>{ for shown.map(row) }</ul>
            }
        </section>
    }
}

fn row(message: Message, driver: &Driver, app: &Option<App>, update: &UseForceUpdateHandle) -> Html {
    let name = words::message(&message);
    let drop = {
        let (driver, update) = (driver.clone(), update.clone());
        Callback::from(move |_: MouseEvent| {
            driver.apply(Intervention::Lose(message.attempt));
            // Nothing else that is read from the run has changed by it.
            update.force_update();
        })
    };
    let follow = {
        let app = app.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(app) = &app {
                app.send(Update::Follow(message.intent));
            }
        })
    };
    html! {
        <li key={message.attempt} class="message">
            <span>{ &name }</span>
            <button type="button" class="text-button" aria-label={format!("Drop {name}")} onclick={drop}>{ "Drop" }</button>
            <button type="button" class="text-button" aria-label={format!("Follow {name}")} onclick={follow}>{ "Follow" }</button>
        </li>
    }
}
