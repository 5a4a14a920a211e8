//! The timeline: how the run went, what was done to it, and a handle that goes to any moment of it.
//!
//! Places along it are percentages, so that it need not know its width.

use crate::scenario::Scenario;
use crate::scene::deeds::{Mark, MarkKind, marks};
use crate::scene::readout::Readout;
use crate::sim::series::Tick;
use crate::time::{Span, Time};
use crate::ui::driver::Driver;
use crate::ui::run::Moment;
use std::rc::Rc;
use web_sys::{Element, KeyboardEvent, PointerEvent};
use yew::prelude::*;

/// What the timeline needs.
#[derive(Properties, PartialEq)]
pub struct TimelineProps {
    /// The run.
    pub driver: Driver,
    /// What is read from it.
    pub readout: Rc<Readout>,
    /// The document.
    pub document: Rc<Scenario>,
}

/// How many marks are shown, the last ones.
const MARKS: usize = 60;
/// Two marks that begin within this share of the line do not both have words.
const CROWDED: f64 = 0.14;

/// The timeline.
#[component]
pub fn Timeline(props: &TimelineProps) -> Html {
    let TimelineProps { driver, readout, document } = props;
    let scale = Scale::of(driver.with_history(|h| h.end().at.max(h.old().map_or(Time::ZERO, |old| old.end))));
    let line = use_node_ref();
    let go = {
        let (driver, line) = (driver.clone(), line.clone());
        move |e: &PointerEvent| {
            let Some(bounds) = line.cast::<Element>().map(|line| line.get_bounding_client_rect()) else { return };
            let share = (f64::from(e.client_x()) - bounds.left()) / bounds.width().max(1.0);
            driver.go_to(Moment::At(scale.time_at(share)));
        }
    };
    let onpointerdown = {
        let (go, line) = (go.clone(), line.clone());
        Callback::from(move |e: PointerEvent| {
            if let Some(line) = line.cast::<Element>() {
                let _ = line.set_pointer_capture(e.pointer_id());
            }
            go(&e);
        })
    };
    let onpointermove = Callback::from(move |e: PointerEvent| {
        if e.buttons() & 1 == 1 {
            go(&e);
        }
    });
    let onkeydown = {
        let (driver, now, end) = (driver.clone(), readout.time, readout.end);
        Callback::from(move |e: KeyboardEvent| {
            if let Some(moment) = key(&e, now, end, scale) {
                e.prevent_default();
                driver.go_to(moment);
            }
        })
    };
    let (now, end) = (readout.time.since_start().as_secs_f64(), readout.end.since_start().as_secs_f64());
    let shown = driver.with_history(|h| marks(h, document));
    html! {
        <div class="timeline">
            <div class="timeline-names" aria-hidden="true"><span>{ "answers / s" }</span><span>{ "latency p95" }</span><span>{ "what was done" }</span></div>
            <div class="timeline-line" ref={line} role="slider" tabindex="0" aria-label="Moment of the run" aria-valuemin="0"
                aria-valuemax={format!("{end:.3}")} aria-valuenow={format!("{now:.3}")}
                aria-valuetext={format!("{now:.3} s of {end:.3} s")} {onpointerdown} {onpointermove} {onkeydown}>
                <svg width="100%" height="100%" aria-hidden="true">
                    { ticks(scale) }
                    { curves(driver, scale) }
                    { lines_of_marks(&shown, scale, readout.end) }
                    { head(scale, readout) }
                </svg>
            </div>
            <ul class="hidden-list" aria-label="What was done">{ for shown.iter().map(spoken) }</ul>
        </div>
    }
}

/// Where a key leads from `now`.
fn key(e: &KeyboardEvent, now: Time, end: Time, scale: Scale) -> Option<Moment> {
    let by = |share: f64| {
        let step = scale.length.scaled(libm::fabs(share));
        let there = if share < 0.0 { Time::ZERO + now.since_start().saturating_sub(step) } else { now + step };
        Moment::At(there.min(end))
    };
    Some(match e.key().as_str() {
        "ArrowLeft" | "ArrowDown" => by(-0.01),
        "ArrowRight" | "ArrowUp" => by(0.01),
        "PageDown" => by(-0.1),
        "PageUp" => by(0.1),
        "Home" => Moment::At(Time::ZERO),
        "End" => Moment::At(end),
        _ => return None,
    })
}

/// From times to places: the line begins at the start of the run and ends at a round number of seconds.
#[derive(Clone, Copy, PartialEq)]
struct Scale {
    length: Span,
    ticks: u32,
}

impl Scale {
    /// The shortest that holds `end`.
    fn of(end: Time) -> Self {
        let seconds = end.since_start().as_secs_f64().max(1.0);
        let mut unit = 1.0;
        loop {
            for (factor, ticks) in [(1.0, 5), (1.5, 3), (2.0, 4), (3.0, 3), (5.0, 5), (7.5, 5)] {
                if unit * factor >= seconds {
                    return Scale { length: Span::from_nanos_f64(unit * factor * 1e9), ticks };
                }
            }
            unit *= 10.0;
        }
    }

    fn share(self, at: Time) -> f64 {
        (at.since_start().as_nanos() as f64 / self.length.as_nanos().max(1) as f64).min(1.0)
    }

    fn time_at(self, share: f64) -> Time {
        Time::at(self.length.scaled(share.clamp(0.0, 1.0)))
    }
}

fn percent(share: f64) -> String {
    format!("{:.2}%", share * 100.0)
}

fn ticks(scale: Scale) -> Html {
    let seconds = scale.length.as_secs_f64();
    let tick = |i: u32| {
        let share = f64::from(i) / f64::from(scale.ticks);
        let x = percent(share);
        let (anchor, dx) = match i {
            0 => ("start", "0"),
            i if i == scale.ticks => ("end", "0"),
            _ => ("middle", "0"),
        };
        html! {
            <>
                <line class="tick" x1={x.clone()} x2={x.clone()} y1="0" y2="100%" />
                <text class="tick-text" {x} {dx} y="100%" dy="-4" text-anchor={anchor}>{ format!("{} s", share * seconds) }</text>
            </>
        }
    };
    html! { <g>{ for (0..=scale.ticks).map(tick) }</g> }
}

/// How the first client fared: its answers a second, the good and the bad ones, and the 95th percentile of its latency;
/// behind them, pale, what it was before the past was changed.
fn curves(driver: &Driver, scale: Scale) -> Html {
    driver.with_history(|history| {
        let answers = |t: &Tick| f64::from(t.good + t.bad) * t.until.since(t.from).as_secs_f64();
        let all: f64 = history.series().strip(0, PIECES.0).iter().map(answers).sum();
        let pieces = ((all / ANSWERS) as usize).clamp(PIECES.0, PIECES.1);
        let now = whole(history.series().strip(0, pieces));
        let old = history.old().map(|old| whole(old.series.strip(0, pieces))).unwrap_or_default();
        let most = |of: fn(&Tick) -> f32| now.iter().chain(&old).map(of).fold(1e-9, f32::max);
        let (rate, late) = (most(|t| t.good + t.bad), most(|t| latency(t).unwrap_or(0.0)));
        html! {
            <>
                <svg x="0" y="6" width="100%" height="34" viewBox="0 0 1000 34" preserveAspectRatio="none">
                    <path class="curve-old" d={line(&old, scale, 34.0, |t| Some((t.good + t.bad) / rate))} />
                    <path class="curve-bad" d={area(&now, scale, 34.0, |t| t.good / rate, |t| (t.good + t.bad) / rate)} />
                    <path class="curve-good" d={area(&now, scale, 34.0, |_| 0.0, |t| t.good / rate)} />
                </svg>
                <svg x="0" y="48" width="100%" height="32" viewBox="0 0 1000 32" preserveAspectRatio="none">
                    <path class="curve-old" d={line(&old, scale, 32.0, |t| latency(t).map(|l| l / late))} />
                    <path class="curve-late" d={line(&now, scale, 32.0, |t| latency(t).map(|l| l / late))} />
                </svg>
            </>
        }
    })
}

/// The least and the most pieces of a curve.
const PIECES: (usize, usize) = (30, 200);
/// So many answers a piece has at least, about, or the curve would tell of chance alone.
const ANSWERS: f64 = 3.0;

/// Without the last piece, if it has only begun: the rate of a moment says nothing.
fn whole(mut ticks: Vec<Tick>) -> Vec<Tick> {
    let length = |tick: &Tick| tick.until.since(tick.from);
    if let [first, .., last] = ticks.as_slice()
        && length(last) + length(last) < length(first)
    {
        ticks.pop();
    }
    ticks
}

/// Nothing where nobody was answered.
fn latency(tick: &Tick) -> Option<f32> {
    tick.p95.map(|span| span.as_secs_f64() as f32)
}

/// The places of the ends of the pieces, 1000 wide, with a letter before each; `of` is between 0 and 1.
fn points<'a>(
    ticks: impl Iterator<Item = &'a Tick>,
    scale: Scale,
    height: f32,
    of: impl Fn(&Tick) -> Option<f32>,
) -> String {
    let place = |tick: &Tick| {
        let (x, y) = (scale.share(tick.until) * 1000.0, height - of(tick)? * (height - 1.0));
        Some(format!("L{x:.1} {y:.1}"))
    };
    ticks.filter_map(place).collect()
}

/// A line through these places.
fn line(ticks: &[Tick], scale: Scale, height: f32, of: impl Fn(&Tick) -> Option<f32>) -> String {
    points(ticks.iter(), scale, height, of).replacen('L', "M", 1)
}

/// What lies between two such lines.
fn area(ticks: &[Tick], scale: Scale, height: f32, low: impl Fn(&Tick) -> f32, high: impl Fn(&Tick) -> f32) -> String {
    let there = line(ticks, scale, height, |tick| Some(high(tick)));
    if there.is_empty() { there } else { there + &points(ticks.iter().rev(), scale, height, |t| Some(low(t))) + "z" }
}

/// Faults as bands, the rest as points; words where there is room.
fn lines_of_marks(all: &[Mark], scale: Scale, end: Time) -> Html {
    let mut last_words = f64::NEG_INFINITY;
    let mut shown: Vec<&Mark> = all.iter().filter(|m| scale.share(m.from) < 1.0).collect();
    shown.sort_unstable_by_key(|m| m.from);
    let first = shown.len().saturating_sub(MARKS);
    let mark = |m: &&Mark| {
        let (from, until) = (scale.share(m.from), scale.share(m.until.min(end.max(m.from))));
        let has_words = from - last_words >= CROWDED && m.kind != MarkKind::Sent;
        if has_words {
            last_words = from;
        }
        let class = match m.kind {
            MarkKind::Fault => "done fault",
            MarkKind::Edit => "done edit",
            MarkKind::Sent => "done sent",
        };
        let (x, at_end) = (percent(from), from > 0.8);
        html! {
            <g {class}>
                <title>{ &m.text }</title>
                if m.until > m.from {
                    <rect x={x.clone()} y={MARK_Y} width={percent((until - from).max(0.002))} height="14" rx="3" />
                } else {
                    <circle cx={x.clone()} cy={MARK_MIDDLE} r="4" />
                }
                if has_words {
                    <text {x} y={MARK_MIDDLE} dx={if at_end { "-7" } else { "7" }} dy="4" text-anchor={if at_end { "end" } else { "start" }}>{ &m.text }</text>
                }
            </g>
        }
    };
    html! { <g>{ for shown[first..].iter().map(mark) }</g> }
}

const MARK_Y: &str = "88";
const MARK_MIDDLE: &str = "95";

/// Where one stands, and how far it was run.
fn head(scale: Scale, readout: &Readout) -> Html {
    let (x, end) = (percent(scale.share(readout.time)), percent(scale.share(readout.end)));
    html! {
        <>
            if readout.time < readout.end {
                <line class="run-end" x1={end.clone()} x2={end} y1="0" y2="100%" />
            }
            <line class="head" x1={x.clone()} x2={x.clone()} y1="4" y2="100%" />
            <circle class="head" cx={x} cy="5" r="5" />
        </>
    }
}

fn spoken(mark: &Mark) -> Html {
    html! { <li>{ format!("{:.1} s: {}", mark.from.since_start().as_secs_f64(), mark.text) }</li> }
}
