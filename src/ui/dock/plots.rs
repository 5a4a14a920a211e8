//! The bridge to static/charts.js: fetches the script, sends it boards at most four times a second, and takes the moment that
//! the user chooses.

use crate::editor::{Selection, Thing};
use crate::scenario::Scenario;
use crate::scene::run::charts::{Board, Chart, PIECES, Subject, Unit, in_sight};
use crate::scene::run::readout::Readout;
use crate::scene::run::timeline::{MarkKind, TimelineMark, timeline_marks};
use crate::time::{Span, Time};
use crate::ui::driver::Driver;
use crate::ui::run::{Moment, now};
use crate::{t, text};
use gloo::events::EventListener;
use gloo::utils::{document, window};
use js_sys::{Array, Float64Array, Function, Object, Reflect};
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;
use yew::prelude::*;

/// The shortest time between two drawings, in milliseconds.
const PAUSE: f64 = 240.0;
/// The global name of the script.
const NAME: &str = "callchainCharts";
/// The most marks; the last ones are drawn.
const MARKS: usize = 60;

/// The properties of [`Plots`].
#[derive(Clone, Properties, PartialEq)]
pub struct ChartsProps {
    /// The run.
    pub driver: Driver,
    /// The readout of the run.
    pub readout: Rc<Readout>,
    /// The document.
    pub document: Rc<Scenario>,
    /// The selection.
    pub selection: Selection,
}

/// The subject of the charts: the selection.
pub fn subject(selection: &Selection) -> Subject<'_> {
    match selection.single() {
        None => Subject::default(),
        Some(Thing::Service(id)) => Subject { service: Some(id), link: None },
        Some(Thing::Link { from, to }) => Subject { service: None, link: Some((from, to)) },
    }
}

/// The drawn charts.
#[component]
pub fn Plots(props: &ChartsProps) -> Html {
    let host = use_node_ref();
    let is_there = use_state(|| None::<bool>);
    let drawing = use_mut_ref(|| None::<Drawing>);
    let drawn = use_mut_ref(|| f64::NEG_INFINITY);
    use_effect_with((), {
        let is_there = is_there.setter();
        move |()| {
            let listeners = fetch(&Callback::from(move |ok: bool| is_there.set(Some(ok))));
            move || drop(listeners)
        }
    });
    use_effect_with((host.clone(), *is_there, props.driver.clone()), {
        let (drawing, drawn) = (drawing.clone(), drawn.clone());
        move |(host, is_there, driver): &(NodeRef, Option<bool>, Driver)| {
            if let (Some(true), Some(host)) = (is_there, host.cast::<Element>()) {
                *drawing.borrow_mut() = Drawing::new(&host, driver);
                *drawn.borrow_mut() = f64::NEG_INFINITY;
            }
            move || drop(drawing.borrow_mut().take())
        }
    });
    use_effect_with((props.clone(), *is_there), {
        let (drawing, drawn) = (drawing.clone(), drawn.clone());
        move |(props, _): &(ChartsProps, Option<bool>)| {
            let due = !props.readout.playing || now() - *drawn.borrow() >= PAUSE;
            if let Some(drawing) = drawing.borrow().as_ref().filter(|_| due) {
                *drawn.borrow_mut() = now();
                drawing.update(props);
            }
        }
    });
    html! {
        if *is_there == Some(false) {
            <p class="note">{ t!("dock-charts-missing") }</p>
        } else {
            <div class="charts-host" ref={host} />
        }
    }
}

/// Fetches the script and its styles, and calls back with whether that worked. Listens until the result is dropped.
fn fetch(done: &Callback<bool>) -> Vec<EventListener> {
    if api().is_some() {
        done.emit(true);
        return Vec::new();
    }
    let Some(head) = document().head() else { return Vec::new() };
    // The name of the WebAssembly file identifies the build. Files of different builds do not work together.
    let build = document().query_selector("script[data-wasm]").ok().flatten();
    let build = build.and_then(|script| script.get_attribute("data-wasm")).unwrap_or_default();
    let add = |kind: &str, address: &str, file: &str| {
        let element = document().create_element(kind).ok()?;
        element.set_attribute(address, &format!("charts/{file}?{build}")).ok()?;
        element.set_attribute("rel", "stylesheet").ok()?;
        // Not async, so that the browser runs them in this order.
        let _ = Reflect::set(&element, &"async".into(), &false.into());
        head.append_child(&element).ok()?;
        Some(element)
    };
    add("link", "href", "uPlot.min.css");
    add("link", "href", "charts.css");
    add("script", "src", "uPlot.iife.min.js");
    let Some(script) = add("script", "src", "charts.js") else { return Vec::new() };
    let listen = |event: &'static str| {
        let done = done.clone();
        EventListener::once(&script, event, move |_| done.emit(api().is_some()))
    };
    vec![listen("load"), listen("error")]
}

/// The object of the script, once it is loaded.
fn api() -> Option<JsValue> {
    Reflect::get(&window(), &NAME.into()).ok().filter(JsValue::is_object)
}

/// Charts that are drawn into an element, until this is dropped.
struct Drawing {
    it: JsValue,
    _seek: Closure<dyn Fn(f64)>,
}

impl Drawing {
    fn new(host: &Element, driver: &Driver) -> Option<Drawing> {
        let driver = driver.clone();
        let seek = Closure::<dyn Fn(f64)>::new(move |second: f64| {
            driver.go_to(Moment::At(Time::at(Span::from_nanos_f64(second * 1e9))));
        });
        let api = api()?;
        let it = method(&api, "create")?.call2(&api, host, seek.as_ref()).ok()?;
        Some(Drawing { it, _seek: seek })
    }

    fn update(&self, props: &ChartsProps) {
        let board = props.driver.with_history(|history| {
            let board = Board::of(history, &props.document, subject(&props.selection), PIECES);
            let marks = in_sight(timeline_marks(history, &props.document), history.end().at);
            of_board(&board, &marks, seconds(history.sim().now()))
        });
        if let Some(update) = method(&self.it, "update") {
            let _ = update.call1(&self.it, &board);
        }
    }
}

impl Drop for Drawing {
    fn drop(&mut self) {
        if let Some(destroy) = method(&self.it, "destroy") {
            let _ = destroy.call0(&self.it);
        }
    }
}

fn method(of: &JsValue, name: &str) -> Option<Function> {
    Reflect::get(of, &name.into()).ok()?.dyn_into().ok()
}

fn seconds(at: Time) -> f64 {
    at.since_start().as_secs_f64()
}

// The functions below turn numbers into JavaScript objects.

fn object<const N: usize>(fields: [(&str, JsValue); N]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        let _ = Reflect::set(&object, &name.into(), &value);
    }
    object.into()
}

fn list<T>(all: impl IntoIterator<Item = T>, of: impl Fn(T) -> JsValue) -> JsValue {
    let list = Array::new();
    for it in all {
        list.push(&of(it));
    }
    list.into()
}

fn numbers(all: &[f64]) -> JsValue {
    Float64Array::from(all).into()
}

fn of_board(board: &Board, marks: &[TimelineMark], now: f64) -> JsValue {
    let first = marks.len().saturating_sub(MARKS);
    object([
        ("end", board.end.into()),
        ("reached", board.reached.into()),
        ("now", now.into()),
        ("marks", list(marks.iter().skip(first), of_mark)),
        ("charts", list(&board.charts, of_chart)),
        ("texts", texts()),
    ])
}

/// The texts that the script draws, in the current language.
fn texts() -> JsValue {
    object([
        ("closed", t!("dock-charts-closed").into()),
        ("halfOpen", t!("dock-charts-half-open").into()),
        ("open", t!("dock-charts-open").into()),
        ("heat", t!("dock-charts-heat").into()),
        ("spent", t!("chart-spent").into()),
        ("decimal", text::language().decimal_sign().to_string().into()),
    ])
}

fn of_mark(mark: &TimelineMark) -> JsValue {
    let kind = match mark.kind {
        MarkKind::Fault => "fault",
        MarkKind::Edit => "edit",
        MarkKind::Sent => "sent",
    };
    let (from, until) = (seconds(mark.from), seconds(mark.until));
    object([("from", from.into()), ("until", until.into()), ("text", mark.text.text().into()), ("kind", kind.into())])
}

fn of_chart(chart: &Chart) -> JsValue {
    let heat: Vec<f64> = chart.heat.iter().flat_map(|h| [h.from, h.until, h.low, h.high, h.share]).collect();
    let bands: Vec<f64> = chart.bands.iter().flat_map(|(from, until)| [*from, *until]).collect();
    let line = |line: &crate::scene::run::charts::Line| {
        object([
            ("label", line.label.text().into()),
            ("look", line.look.name().into()),
            ("values", numbers(&line.values)),
        ])
    };
    let lane = |lane: &crate::scene::run::charts::Lane| {
        let states: Vec<f64> = lane.states.iter().flat_map(|(open, half_open)| [*open, *half_open]).collect();
        object([("label", lane.label.as_str().into()), ("states", numbers(&states)), ("width", lane.width.into())])
    };
    let (title, measure) = (chart.title().text(), chart.measure.text());
    let (name, measure) = title.strip_suffix(&measure).map_or(("", title.as_str()), |name| (name, measure.as_str()));
    let measure =
        if chart.unit == Unit::PerSecond { t!("chart-per-second", measure = measure) } else { measure.to_owned() };
    object([
        ("key", chart.kind.name().into()),
        ("title", title.as_str().into()),
        ("name", name.into()),
        ("measure", measure.into()),
        ("unit", chart.unit.name().into()),
        ("at", numbers(&chart.at)),
        ("lines", list(&chart.lines, line)),
        ("heat", numbers(&heat)),
        ("lanes", list(&chart.lanes, lane)),
        ("bands", numbers(&bands)),
    ])
}
