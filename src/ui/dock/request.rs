//! One request of a client, in step with the stage: its verdict, and its life as a sequence diagram, a waterfall or text.
//!
//! It decides nothing: what is known is [`crate::scene::request::life`], what is drawn is SVG text from [`crate::scene::request::svg`],
//! the same that is saved. It asks for the life again only while that can change.

use crate::scenario::Scenario;
use crate::scene::request::life::Life;
use crate::scene::request::sequence::Sequence;
use crate::scene::request::story::{Cast, Story, since};
use crate::scene::request::verdict::verdict;
use crate::scene::request::waterfall::Waterfall;
use crate::scene::request::{mermaid, svg};
use crate::scene::run::readout::Readout;
use crate::scene::words::unbroken;
use crate::ui::driver::Driver;
use crate::ui::export::{Picture, copy, offer_picture, offer_text};
use crate::ui::resize::use_resize;
use crate::ui::state::{App, Update};
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::Element;
use yew::prelude::*;

/// A life that took so many milliseconds to find is not looked for again before this many times as long.
const PATIENCE: f64 = 6.0;
/// The width of the pictures in a file.
const FILE_WIDTH: f64 = 820.0;
/// Within so many pixels from its end, a picture that grows is kept at its end.
const AT_END: i32 = 48;

/// What the panel needs.
#[derive(Properties, PartialEq)]
pub struct RequestProps {
    /// The run.
    pub driver: Driver,
    /// What is read from it.
    pub readout: Rc<Readout>,
    /// The document.
    pub document: Rc<Scenario>,
    /// The request that is followed.
    pub intent: Option<u64>,
}

/// How the life is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum View {
    Sequence,
    Waterfall,
    Text,
}

const VIEWS: [(View, &str); 3] = [(View::Sequence, "Sequence"), (View::Waterfall, "Waterfall"), (View::Text, "Text")];

/// One request.
#[component]
pub fn Request(props: &RequestProps) -> Html {
    let RequestProps { driver, readout, document, intent } = props;
    let app = use_context::<App>();
    let view = use_state(|| View::Sequence);
    let node = use_node_ref();
    let room = use_room(&node);
    let cache = use_mut_ref(|| None::<Cached>);
    let life = intent.and_then(|intent| look(&mut cache.borrow_mut(), driver, readout, intent));
    use_at_end(&node, &life, readout.playing);
    let follow = Callback::from({
        let app = app.clone();
        move |intent: u64| app.iter().for_each(|app| app.send(Update::Follow(intent)))
    });
    let sent = driver.with(|sim| sim.intents());
    html! {
        <div class="request" ref={node}>
            if let Some(intent) = *intent {
                <div class="request-bar">
                    { picker(intent, sent, &follow) }
                    { views(*view, &view) }
                    if let (Some(life), Some(app)) = (&life, &app) {
                        { saves(life, *view, driver, document, app) }
                    }
                </div>
                { body(life.as_deref(), *view, *room, driver, document, intent) }
            } else {
                { nobody(sent, &follow) }
            }
        </div>
    }
}

/// What is said while no request is followed.
fn nobody(sent: u64, follow: &Callback<u64>) -> Html {
    let next = follow.reform(move |_: MouseEvent| sent + 1);
    let last = follow.reform(move |_: MouseEvent| sent);
    html! {
        <div class="request-none">
            <p>{ "Click a dot, a line of the log or a point in a chart to follow one request." }</p>
            <div class="text-buttons">
                <button type="button" class="main" onclick={next}>{ "Follow the next request" }</button>
                if sent > 0 {
                    <button type="button" class="line" onclick={last}>{ "The last one" }</button>
                }
            </div>
        </div>
    }
}

/// Goes to the request before and after.
fn picker(intent: u64, sent: u64, follow: &Callback<u64>) -> Html {
    let to = |intent: u64| follow.reform(move |_: MouseEvent| intent);
    html! {
        <div class="picker">
            <button type="button" class="quiet" aria-label="The request before" disabled={intent <= 1} onclick={to(intent.saturating_sub(1))}>{ "‹" }</button>
            <b>{ format!("#{intent}") }</b>
            <button type="button" class="quiet" aria-label="The request after" disabled={intent > sent} onclick={to(intent + 1)}>{ "›" }</button>
        </div>
    }
}

fn views(now: View, view: &UseStateHandle<View>) -> Html {
    let button = |(to, name): (View, &'static str)| {
        let view = view.clone();
        let onclick = Callback::from(move |_: MouseEvent| view.set(to));
        html! { <button type="button" aria-pressed={(now == to).to_string()} {onclick}>{ name }</button> }
    };
    html! { <div class="segments" role="group" aria-label="View">{ for VIEWS.map(button) }</div> }
}

fn saves(life: &Rc<Life>, view: View, driver: &Driver, document: &Rc<Scenario>, app: &App) -> Html {
    let picture = {
        let (life, driver, document) = (life.clone(), driver.clone(), document.clone());
        move || drawn(&life, view, &driver, &document)
    };
    let text = {
        let (life, driver, document) = (life.clone(), driver.clone(), document.clone());
        move || told(&life, &driver, &document, mermaid::text)
    };
    let name = format!("request-{}", life.intent);
    let as_svg = {
        let (picture, name) = (picture.clone(), format!("{name}.svg"));
        move |_: MouseEvent| offer_text(&picture().text, "image/svg+xml", &name)
    };
    let as_png = {
        let name = format!("{name}.png");
        move |_: MouseEvent| offer_picture(picture(), name.clone())
    };
    let as_mermaid = {
        let (text, name) = (text.clone(), format!("{name}.mmd"));
        move |_: MouseEvent| offer_text(&text(), "text/plain", &name)
    };
    let to_clipboard = {
        let app = app.clone();
        let refused = Callback::from({
            let app = app.clone();
            move |()| app.say("The browser gives no clipboard. Save the text as a file instead.")
        });
        move |_: MouseEvent| copy(&text(), "The Mermaid text is in the clipboard.", app.clone(), refused.clone())
    };
    html! {
        <div class="saves" role="group" aria-label="Save as">
            <span aria-hidden="true">{ "Save as" }</span>
            if view != View::Text {
                <button type="button" class="text-button" onclick={as_svg}>{ "SVG" }</button>
                <button type="button" class="text-button" onclick={as_png}>{ "PNG" }</button>
            }
            <button type="button" class="text-button" onclick={as_mermaid}>{ "Mermaid" }</button>
            <button type="button" class="text-button" onclick={to_clipboard}>{ "Copy Mermaid" }</button>
        </div>
    }
}

fn body(life: Option<&Life>, view: View, room: f64, driver: &Driver, document: &Scenario, intent: u64) -> Html {
    let Some(life) = life else {
        return html! { <p class="request-none">{ format!("Waiting for request #{intent} to be sent.") }</p> };
    };
    driver.with(|sim| {
        let cast = Cast { topology: sim.topology(), document };
        let story = Story::of(life, cast);
        html! {
            <div class="request-body">
                <div class="verdict" tabindex="0" role="group" aria-label="What became of it">{ for verdict(life, cast).into_iter().map(|sentence| html! { <p>{ unbroken(&sentence) }</p> }) }</div>
                <div class="drawing" tabindex="0" role="group" aria-label="What happened">
                    { picture(view, life, &story, cast, room) }
                    { steps(&story, view == View::Text) }
                </div>
            </div>
        }
    })
}

/// The picture, for the eyes alone: its words follow it.
fn picture(view: View, life: &Life, story: &Story, cast: Cast<'_>, room: f64) -> Html {
    let raw = |svg: String| Html::from_html_unchecked(svg.into());
    match view {
        View::Sequence => {
            let sequence = Sequence::of(story, room);
            html! {
                <div class="sequence" aria-hidden="true">
                    <div class="heads">{ raw(svg::heads(&sequence, svg::PAGE)) }</div>
                    { raw(svg::body(&sequence, svg::PAGE)) }
                </div>
            }
        }
        View::Waterfall => {
            let fall = Waterfall::of(life, cast, room);
            html! { <div class="sequence" aria-hidden="true">{ raw(svg::waterfall(&fall, svg::PAGE, None)) }</div> }
        }
        View::Text => html! {},
    }
}

/// What happens, step by step, in words.
fn steps(story: &Story, shown: bool) -> Html {
    let step = |(at, line): (crate::time::Time, String)| {
        html! { <li><b>{ since(at.since(story.start)) }</b>{ " " }{ line }</li> }
    };
    let class = if shown { "steps" } else { "steps hidden-list" };
    html! { <ol {class} aria-label="What happens, step by step">{ for story.lines().into_iter().map(step) }</ol> }
}

/// The picture as a file of its own.
fn drawn(life: &Life, view: View, driver: &Driver, document: &Scenario) -> Picture {
    let title = format!("Request #{}: {}", life.intent, document.title);
    driver.with(|sim| {
        let cast = Cast { topology: sim.topology(), document };
        if view == View::Waterfall {
            let fall = Waterfall::of(life, cast, FILE_WIDTH);
            return Picture {
                text: svg::waterfall(&fall, svg::FILE, Some(&title)),
                width: fall.width,
                height: fall.height,
            };
        }
        let sequence = Sequence::of(&Story::of(life, cast), FILE_WIDTH);
        let (width, height) = svg::size_of_whole(&sequence);
        Picture { text: svg::whole(&sequence, svg::FILE, &title), width, height }
    })
}

fn told(life: &Life, driver: &Driver, document: &Scenario, tell: impl FnOnce(&Story) -> String) -> String {
    driver.with(|sim| tell(&Story::of(life, Cast { topology: sim.topology(), document })))
}

/// A life that was found, and what it depends on.
struct Cached {
    intent: u64,
    /// What had been done to the run by then: an edit of the past changes what follows.
    changes: usize,
    life: Option<Rc<Life>>,
    /// When it was looked for, and how long that took, in milliseconds of the page.
    asked: (f64, f64),
    time: crate::time::Time,
}

/// The life of a request up to now: the one that was found before, where it cannot have changed.
fn look(cache: &mut Option<Cached>, driver: &Driver, readout: &Readout, intent: u64) -> Option<Rc<Life>> {
    let (now, changes) = (milliseconds(), driver.with_history(|h| h.changes().len()));
    let same = cache.as_ref().filter(|c| c.intent == intent && c.changes == changes);
    if let Some(known) = same {
        let is_over = known.life.as_ref().is_some_and(|life| life.over && life.until <= readout.time);
        let too_soon = readout.playing && readout.time >= known.time && now - known.asked.0 < PATIENCE * known.asked.1;
        if is_over || too_soon {
            return known.life.clone();
        }
    }
    let life = driver.with(|sim| (sim.intents() >= intent).then(|| sim.topology().clone()));
    let life = life.and_then(|topology| Life::of(&driver.life_of(intent), &topology)).map(Rc::new);
    let asked = (now, milliseconds() - now);
    *cache = Some(Cached { intent, changes, life: life.clone(), asked, time: readout.time });
    life
}

/// Milliseconds of the page.
fn milliseconds() -> f64 {
    web_sys::window().and_then(|w| w.performance()).map_or(0.0, |p| p.now())
}

/// The width that a picture may have, as long as the panel is as wide as it is.
#[hook]
fn use_room(node: &NodeRef) -> UseStateHandle<f64> {
    let room = use_state(|| 700.0);
    let setter = room.setter();
    use_resize(
        node,
        Callback::from(move |panel: Element| {
            let width = f64::from(panel.client_width());
            // From this width on the verdict stands beside the picture (later.css).
            let beside = if width >= 640.0 { width * 0.3 } else { 0.0 };
            setter.set((width - beside - 40.0).max(280.0));
        }),
    );
    room
}

/// Keeps the end of a picture that grows in sight, unless somebody has scrolled away from it.
#[hook]
fn use_at_end(node: &NodeRef, life: &Option<Rc<Life>>, playing: bool) {
    let last = use_mut_ref(|| (0, 0));
    let node = node.clone();
    let key = life.as_ref().map(|life| (life.intent, life.until, life.over));
    use_effect_with((key, playing), move |(key, playing)| {
        let find = |selector| node.cast::<Element>().and_then(|e| e.query_selector(selector).ok().flatten());
        // In a narrow panel the verdict scrolls with the picture.
        let scrolls = |e: &Element| e.scroll_height() > e.client_height();
        let drawing = find(".drawing").filter(scrolls).or_else(|| find(".request-body"));
        if let (Some(drawing), Some((intent, _, over))) = (drawing, key) {
            keep_at_end(&drawing, &last, *intent, *playing && !over);
        }
    });
}

fn keep_at_end(drawing: &Element, last: &RefCell<(u64, i32)>, intent: u64, grows: bool) {
    let (before, height) = *last.borrow();
    if before != intent {
        drawing.set_scroll_top(0);
    }
    let was_at_end = before != intent || drawing.scroll_top() + drawing.client_height() + AT_END >= height;
    if grows && was_at_end {
        drawing.set_scroll_top(drawing.scroll_height());
    }
    *last.borrow_mut() = (intent, drawing.scroll_height());
}
