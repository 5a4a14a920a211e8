//! One request of a client, in step with the stage: its verdict, and its life as a sequence diagram, a waterfall or text.
//!
//! It decides nothing: [`crate::scene::request::life`] has the facts, and [`crate::scene::request::svg`] draws the picture
//! for the panel and for files. The panel reads the life again only while it can change.

use crate::scenario::Scenario;
use crate::scene::request::cast::Cast;
use crate::scene::request::life::Life;
use crate::scene::request::sequence::Sequence;
use crate::scene::request::story::Story;
use crate::scene::request::verdict::{Paragraph, verdict};
use crate::scene::request::waterfall::Waterfall;
use crate::scene::request::{mermaid, svg};
use crate::scene::run::readout::Readout;
use crate::text::Id;
use crate::text::{Message, elapsed};
use crate::ui::callback::callback;
use crate::ui::driver::Driver;
use crate::ui::export::{Picture, copy, offer_picture, offer_text};
use crate::ui::resize::use_resize;
use crate::ui::state::{App, Update};
use crate::{id, t};
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::Element;
use yew::prelude::*;

/// The pause between two readings of a life, as a multiple of the duration of the last one.
const READING_PAUSE: f64 = 6.0;
/// The width of a picture in a file.
const FILE_WIDTH: f64 = 820.0;
/// A growing picture stays at its end if its position is at most this many pixels away.
const AT_END: i32 = 48;

/// The properties of [`Request`].
#[derive(Properties, PartialEq)]
pub struct RequestProps {
    /// The run.
    pub driver: Driver,
    /// The readout of the run.
    pub readout: Rc<Readout>,
    /// The document.
    pub document: Rc<Scenario>,
    /// The request that is followed.
    pub intent: Option<u64>,
}

/// The forms of a life.
#[derive(Clone, Copy, PartialEq, Eq)]
enum View {
    Sequence,
    Waterfall,
    Text,
}

const VIEWS: [(View, Id); 3] = [
    (View::Sequence, id!("dock-request-sequence")),
    (View::Waterfall, id!("dock-request-waterfall")),
    (View::Text, id!("dock-request-text")),
];

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
    let follow = callback!([app], move |intent: u64| app.iter().for_each(|app| app.send(Update::Follow(intent))));
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

/// The panel while no request is followed.
fn nobody(sent: u64, follow: &Callback<u64>) -> Html {
    let next = follow.reform(move |_: MouseEvent| sent + 1);
    let last = follow.reform(move |_: MouseEvent| sent);
    html! {
        <div class="request-none">
            <p>{ t!("dock-request-none") }</p>
            <div class="text-buttons">
                <button type="button" class="main" onclick={next}>{ t!("dock-request-follow-next") }</button>
                if sent > 0 {
                    <button type="button" class="line" onclick={last}>{ t!("dock-request-follow-last") }</button>
                }
            </div>
        </div>
    }
}

/// Buttons for the previous and the next request.
fn picker(intent: u64, sent: u64, follow: &Callback<u64>) -> Html {
    let to = |intent: u64| follow.reform(move |_: MouseEvent| intent);
    html! {
        <div class="picker">
            <button type="button" class="quiet" aria-label={t!("dock-request-before")} disabled={intent <= 1} onclick={to(intent.saturating_sub(1))}>{ "‹" }</button>
            <b>{ format!("#{intent}") }</b>
            <button type="button" class="quiet" aria-label={t!("dock-request-after")} disabled={intent > sent} onclick={to(intent + 1)}>{ "›" }</button>
        </div>
    }
}

fn views(now: View, view: &UseStateHandle<View>) -> Html {
    let button = |(to, name): (View, Id)| {
        let onclick = callback!([view], move |_: MouseEvent| view.set(to));
        html! { <button type="button" aria-pressed={(now == to).to_string()} {onclick}>{ name.text() }</button> }
    };
    html! { <div class="segments" role="group" aria-label={t!("dock-request-view")}>{ for VIEWS.map(button) }</div> }
}

/// The buttons that save the picture or the text of a request.
fn saves(life: &Rc<Life>, view: View, driver: &Driver, document: &Rc<Scenario>, app: &App) -> Html {
    let name = format!("request-{}", life.intent);
    let picture = callback!([life, driver, document], move |()| drawn(&life, view, &driver, &document));
    let text = callback!([life, driver, document], move |()| as_mermaid(&life, &driver, &document));
    let refused = callback!([app], move |()| app.say(t!("dock-request-no-clipboard")));
    let save_svg = callback!([picture, name], move |_: MouseEvent| {
        offer_text(&picture.emit(()).text, "image/svg+xml", &format!("{name}.svg"));
    });
    let save_png = callback!([picture, name], move |_: MouseEvent| {
        offer_picture(picture.emit(()), format!("{name}.png"));
    });
    let save_mermaid = callback!([text, name], move |_: MouseEvent| {
        offer_text(&text.emit(()), "text/plain", &format!("{name}.mmd"));
    });
    let copy_mermaid = callback!([text, app, refused], move |_: MouseEvent| {
        copy(&text.emit(()), id!("share-mermaid-copied"), app.clone(), refused.clone());
    });
    html! {
        <div class="saves" role="group" aria-label={t!("dock-request-save")}>
            <span aria-hidden="true">{ t!("dock-request-save") }</span>
            if view != View::Text {
                <button type="button" class="text-button" onclick={save_svg}>{ "SVG" }</button>
                <button type="button" class="text-button" onclick={save_png}>{ "PNG" }</button>
            }
            <button type="button" class="text-button" onclick={save_mermaid}>{ "Mermaid" }</button>
            <button type="button" class="text-button" onclick={copy_mermaid}>{ t!("dock-request-copy-mermaid") }</button>
        </div>
    }
}

fn body(life: Option<&Life>, view: View, room: f64, driver: &Driver, document: &Scenario, intent: u64) -> Html {
    let Some(life) = life else {
        return html! { <p class="request-none">{ t!("dock-request-waiting", number = intent.to_string()) }</p> };
    };
    driver.with(|sim| {
        let cast = Cast { topology: sim.topology(), document };
        let story = Story::of(life, cast);
        html! {
            <div class="request-body">
                <div class="verdict" tabindex="0" role="group" aria-label={t!("dock-request-verdict")}>{ for verdict(life, cast).iter().map(paragraph) }</div>
                <div class="drawing" tabindex="0" role="group" aria-label={t!("dock-request-story")}>
                    { picture(view, life, &story, cast, room) }
                    { steps(&story, view == View::Text) }
                </div>
            </div>
        }
    })
}

fn paragraph(sentences: &Paragraph) -> Html {
    let sentences: Vec<String> = sentences.iter().map(Message::text).collect();
    html! { <p>{ sentences.join(" ") }</p> }
}

/// The picture, hidden from screen readers, because its text follows it.
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

/// The steps of the request as a text.
fn steps(story: &Story, shown: bool) -> Html {
    let step = |(at, line): (crate::time::Time, Message)| {
        html! { <li><b>{ elapsed(at.since(story.start)) }</b>{ " " }{ line.text() }</li> }
    };
    let class = if shown { "steps" } else { "steps hidden-list" };
    html! { <ol {class} aria-label={t!("dock-request-steps")}>{ for story.lines().into_iter().map(step) }</ol> }
}

/// The picture as a file.
fn drawn(life: &Life, view: View, driver: &Driver, document: &Scenario) -> Picture {
    let title = t!("dock-request-title", number = life.intent.to_string(), system = &document.title);
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

/// The story as a Mermaid diagram.
fn as_mermaid(life: &Life, driver: &Driver, document: &Scenario) -> String {
    driver.with(|sim| mermaid::text(&Story::of(life, Cast { topology: sim.topology(), document })))
}

/// The life that was read last, with the facts it depends on.
struct Cached {
    intent: u64,
    /// The number of changes to the run, because an edit of the past changes what follows.
    changes: usize,
    life: Option<Rc<Life>>,
    /// The start and the duration of the reading, in milliseconds of the page.
    read_at: (f64, f64),
    time: crate::time::Time,
}

/// The life of a request up to now. Returns the last one if it cannot have changed, or was read too recently.
fn look(cache: &mut Option<Cached>, driver: &Driver, readout: &Readout, intent: u64) -> Option<Rc<Life>> {
    let (now, changes) = (milliseconds(), driver.with_history(|h| h.changes().len()));
    let same = cache.as_ref().filter(|c| c.intent == intent && c.changes == changes);
    if let Some(known) = same {
        let is_over = known.life.as_ref().is_some_and(|life| life.over && life.until <= readout.time);
        let too_soon =
            readout.playing && readout.time >= known.time && now - known.read_at.0 < READING_PAUSE * known.read_at.1;
        if is_over || too_soon {
            return known.life.clone();
        }
    }
    let life = driver.with(|sim| (sim.intents() >= intent).then(|| sim.topology().clone()));
    let life = life.and_then(|topology| Life::of(&driver.life_of(intent), &topology)).map(Rc::new);
    let read_at = (now, milliseconds() - now);
    *cache = Some(Cached { intent, changes, life: life.clone(), read_at, time: readout.time });
    life
}

/// Milliseconds since the page opened.
fn milliseconds() -> f64 {
    web_sys::window().and_then(|w| w.performance()).map_or(0.0, |p| p.now())
}

/// The width for a picture in a panel of the present width.
#[hook]
fn use_room(node: &NodeRef) -> UseStateHandle<f64> {
    let room = use_state(|| 700.0);
    let setter = room.setter();
    use_resize(
        node,
        Callback::from(move |panel: Element| {
            let width = f64::from(panel.client_width());
            // From this width on, the verdict is beside the picture (later.css).
            let beside = if width >= 640.0 { width * 0.3 } else { 0.0 };
            setter.set((width - beside - 40.0).max(280.0));
        }),
    );
    room
}

/// Keeps the end of a growing picture in view, unless the user has scrolled away from it.
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
