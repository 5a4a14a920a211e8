//! The log: events, line by line, in step with the run. A click on a line goes to its moment.
//!
//! [`crate::scene::run::log`] chooses the lines and their texts. This file places them, and handles keys and clicks. Only
//! visible lines are in the page.

mod mark;
mod scroll;

use crate::editor::{Selection, Thing, service};
use crate::scenario::Scenario;
use crate::scene::run::log;
use crate::scene::run::log::{About, Line, View};
use crate::scene::run::readout::Readout;
use crate::scene::words;
use crate::sim::notice::Happening;
use crate::text::{self, Id};
use crate::ui::callback::callback;
use crate::ui::driver::Driver;
use crate::ui::run::Moment;
use crate::ui::state::{App, Update};
use crate::{id, t};
use scroll::{Scroll, use_scroll};
use std::rc::Rc;
use web_sys::KeyboardEvent;
use yew::prelude::*;

/// The properties of [`Log`].
#[derive(Properties, PartialEq)]
pub struct LogProps {
    /// The run.
    pub driver: Driver,
    /// The readout of the run.
    pub readout: Rc<Readout>,
    /// The document.
    pub document: Rc<Scenario>,
    /// The selection.
    pub selection: Selection,
    /// The request that is followed.
    pub followed: Option<u64>,
}

/// The filter of the log.
#[derive(Clone, Copy, Default, PartialEq)]
struct Wanted {
    everything: bool,
    only: Only,
}

/// The subject of the log, if it still exists.
#[derive(Clone, Copy, Default, PartialEq)]
enum Only {
    #[default]
    System,
    Selected,
    Followed,
}

/// The log.
#[component]
pub fn Log(props: &LogProps) -> Html {
    let LogProps { driver, readout, document, .. } = props;
    let app = use_context::<App>();
    let wanted = use_state(Wanted::default);
    let lines = use_mut_ref(log::Log::default);
    let view = View { everything: wanted.everything, about: about(props, wanted.only) };
    let mut reader = lines.borrow_mut();
    let now = driver.with_history(|history| {
        reader.read(history, &view);
        reader.up_to(history.position())
    });
    let count = reader.lines().len();
    let scroll = use_scroll(count, now, readout.playing);
    let go = {
        let (driver, lines, scroll, app) = (driver.clone(), lines.clone(), scroll.clone(), app.clone());
        Callback::from(move |index: usize| {
            let Some(line) = lines.borrow().lines().get(index).copied() else { return };
            scroll.stay();
            driver.go_to(moment_of(&line));
            if let (Some(app), true) = (&app, line.notice.intent > 0) {
                app.send(Update::Track(line.notice.intent));
            }
        })
    };
    let onkeydown = {
        let (scroll, go) = (scroll.clone(), go.clone());
        Callback::from(move |e: KeyboardEvent| press(&e, &scroll, &go, now, count))
    };
    let shown = scroll.shown(count);
    let row = |index: usize| {
        let line = reader.lines().get(index).copied()?;
        let text = reader.text(&line, document);
        Some(row(&line, text, index, now, scroll.cursor() == Some(index), &go))
    };
    let rows: Vec<Html> = shown.clone().filter_map(row).collect();
    let active = scroll.cursor().filter(|index| shown.contains(index)).map(|index| format!("line-{index}"));
    html! {
        <div class="log">
            { bar(props, &wanted, app.as_ref(), &scroll) }
            if count == 0 {
                <p class="log-none">{ nothing(&view).text() }</p>
            } else {
                <div class="log-list" ref={scroll.list.clone()} role="listbox" tabindex="0" aria-label={t!("dock-log-list")}
                    aria-activedescendant={active} onscroll={scroll.onscroll(count, now)} {onkeydown}>
                    <div ref={scroll.above.clone()} role="presentation" />
                    { for rows }
                    <div ref={scroll.below.clone()} role="presentation" />
                </div>
            }
        </div>
    }
}

/// The subject of the log.
fn about(props: &LogProps, only: Only) -> About {
    match (only, props.selection.single(), props.followed) {
        (Only::Selected, Some(Thing::Service(id)), _) => About::Service(id.clone()),
        (Only::Selected, Some(Thing::Link { from, to }), _) => About::Link(from.clone(), to.clone()),
        (Only::Followed, _, Some(intent)) => About::Request(intent),
        _ => About::All,
    }
}

/// The moment of a line. An intervention comes after the event before it.
fn moment_of(line: &Line) -> Moment {
    match line.notice.what {
        Happening::Done(_)
        | Happening::Edited { .. }
        | Happening::LostWork { .. }
        | Happening::Sent { by_hand: true } => Moment::At(line.notice.at),
        _ => Moment::Event(line.notice.events),
    }
}

fn nothing(view: &View) -> Id {
    match (view.everything, &view.about) {
        (false, About::All) => id!("dock-log-none-important"),
        (_, About::Request(_)) => id!("dock-log-none-request"),
        _ => id!("dock-log-none"),
    }
}

/// One line. A line that has not happened yet at this moment is pale.
fn row(line: &Line, words: String, index: usize, now: usize, has_cursor: bool, go: &Callback<usize>) -> Html {
    let is_now = index + 1 == now;
    let class = classes!(
        "log-line",
        line.is_turning_point.then_some("turns"),
        (index >= now).then_some("later"),
        is_now.then_some("now"),
        has_cursor.then_some("cursor"),
    );
    html! {
        <div key={index} id={format!("line-{index}")} {class} role="option" aria-selected={is_now.to_string()} title={words.clone()}
            onclick={go.reform(move |_: MouseEvent| index)}>
            <span class="log-time">{ text::seconds(line.notice.at.since_start(), 3) }</span>{ mark::drawing(line.mark()) }<span class="log-text">{ words }</span>
        </div>
    }
}

/// Keys of the list: arrows move from line to line, Enter goes to the moment of a line.
fn press(e: &KeyboardEvent, scroll: &Scroll, go: &Callback<usize>, now: usize, count: usize) {
    let here = scroll.cursor().unwrap_or(now.saturating_sub(1));
    let page = scroll.page();
    let to = match e.key().as_str() {
        "ArrowUp" if scroll.cursor().is_some() => here.saturating_sub(1),
        "ArrowDown" if scroll.cursor().is_some() => here + 1,
        "ArrowUp" | "ArrowDown" => here,
        "PageUp" => here.saturating_sub(page),
        "PageDown" => here + page,
        "Home" => 0,
        "End" => count,
        "Enter" => return go.emit(here),
        _ => return,
    };
    e.prevent_default();
    if count > 0 {
        scroll.set_cursor(to.min(count - 1), count, now);
    }
}

/// The bar above the list, which filters it.
fn bar(props: &LogProps, wanted: &UseStateHandle<Wanted>, app: Option<&App>, scroll: &Scroll) -> Html {
    let chip = |text: String, pressed: bool, to: Wanted| {
        let onclick = callback!([wanted], move |_: MouseEvent| wanted.set(to));
        html! { <button type="button" class="chip" aria-pressed={pressed.to_string()} {onclick}>{ text }</button> }
    };
    let detail = |text: Id, everything: bool| {
        chip(text.text(), wanted.everything == everything, Wanted { everything, ..**wanted })
    };
    let only = |text: String, only: Only| {
        let is_on = wanted.only == only;
        chip(text, is_on, Wanted { only: if is_on { Only::System } else { only }, ..**wanted })
    };
    let selected = props.selection.single().map(|thing| match thing {
        Thing::Service(id) => name(props, id),
        Thing::Link { from, to } => format!("{} → {}", name(props, from), name(props, to)),
    });
    let open = |intent| app.map(|app| app.sends::<MouseEvent>(move || Update::Follow(intent)));
    let to_now = scroll.to_now();
    html! {
        <div class="log-bar">
            <div class="chips" role="group" aria-label={t!("dock-log-detail")}>{ detail(id!("dock-log-important"), false) }{ detail(id!("dock-log-everything"), true) }</div>
            <div class="chips" role="group" aria-label={t!("dock-log-about")}>
                if let Some(selected) = selected {
                    { only(t!("dock-log-only", name = words::shortened(&selected, 34)), Only::Selected) }
                }
                if let Some(intent) = props.followed {
                    { only(t!("dock-log-only-request", number = intent.to_string()), Only::Followed) }
                    <button type="button" class="text-button" onclick={open(intent)}>{ t!("dock-log-open-request", number = intent.to_string()) }</button>
                }
            </div>
            <span class="space" />
            if !scroll.sticks() {
                <button type="button" class="text-button to-now" onclick={to_now}>{ t!("dock-log-to-now") }</button>
            }
        </div>
    }
}

fn name(props: &LogProps, id: &str) -> String {
    service(&props.document, id).map_or(id, |s| s.label()).to_string()
}
