//! The timeline: curves of the run, marks of changes to it, and a handle that goes to any moment.
//!
//! Positions along it are percentages; only the placement of texts needs its width.

use crate::scenario::Scenario;
use crate::scene::run::readout::Readout;
use crate::scene::run::timeline::{LabelPlace, MarkKind, TimelineMark, label_places, timeline_marks};
use crate::scene::words::shortened;
use crate::sim::history::History;
use crate::sim::series::{Series, Tick};
use crate::text::{self, Id};
use crate::time::{Span, Time};
use crate::ui::callback::callback;
use crate::ui::driver::Driver;
use crate::ui::resize::use_size_of;
use crate::ui::run::Moment;
use crate::{id, t};
use std::rc::Rc;
use web_sys::{Element, KeyboardEvent, PointerEvent};
use yew::prelude::*;

/// The properties of [`Timeline`].
#[derive(Properties, PartialEq)]
pub struct TimelineProps {
    /// The run.
    pub driver: Driver,
    /// The readout of the run.
    pub readout: Rc<Readout>,
    /// The document.
    pub document: Rc<Scenario>,
}

/// The most marks; the last ones are shown.
const MARKS: usize = 60;
/// The assumed width of the line before it is on the page.
const WIDTH: f64 = 640.0;
/// The lower end of vertical lines, above the labels of the ticks.
const FOOT: &str = "87%";

/// The timeline.
#[component]
pub fn Timeline(props: &TimelineProps) -> Html {
    let TimelineProps { driver, readout, document } = props;
    let scale = Scale::of(driver.with_history(|h| h.end().at.max(h.old_future().map_or(Time::ZERO, |old| old.end))));
    let line = use_node_ref();
    let width = use_size_of(&line).map_or(WIDTH, |(width, _)| width);
    let go = {
        let (driver, line) = (driver.clone(), line.clone());
        move |e: &PointerEvent| {
            let Some(bounds) = line.cast::<Element>().map(|line| line.get_bounding_client_rect()) else { return };
            let share = (f64::from(e.client_x()) - bounds.left()) / bounds.width().max(1.0);
            driver.go_to(Moment::At(scale.time_at(share)));
        }
    };
    let onpointerdown = callback!([go, line], move |e: PointerEvent| {
        if let Some(line) = line.cast::<Element>() {
            let _ = line.set_pointer_capture(e.pointer_id());
        }
        go(&e);
    });
    let onpointermove = Callback::from(move |e: PointerEvent| {
        if e.buttons() & 1 == 1 {
            go(&e);
        }
    });
    let (now, end) = (readout.time, readout.end);
    let onkeydown = callback!([driver], move |e: KeyboardEvent| {
        if let Some(moment) = key(&e, now, end, scale) {
            e.prevent_default();
            driver.go_to(moment);
        }
    });
    let (now, end) = (readout.time.since_start().as_secs_f64(), readout.end.since_start().as_secs_f64());
    let (shown, past) = driver.with_history(|h| (timeline_marks(h, document), Past::of(h)));
    html! {
        <div class="timeline">
            { past.names() }
            <div class="timeline-line" ref={line} role="slider" tabindex="0" aria-label={t!("timeline-label")} aria-valuemin="0"
                aria-valuemax={format!("{end:.3}")} aria-valuenow={format!("{now:.3}")}
                aria-valuetext={t!("timeline-position", now = text::seconds(readout.time.since_start(), 3), end = text::seconds(readout.end.since_start(), 3))} {onpointerdown} {onpointermove} {onkeydown}>
                <svg width="100%" height="100%" aria-hidden="true">
                    { ticks(scale) }
                    { past.curves(scale) }
                    { head(scale, readout) }
                    { lines_of_marks(&shown, scale, readout.end, width) }
                </svg>
            </div>
            <ul class="hidden-list" aria-label={t!("timeline-list")}>{ for shown.iter().map(spoken) }</ul>
        </div>
    }
}

/// The moment that a key goes to from `now`.
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

/// Maps times to positions: the line begins at the start of the run and ends at a round number of seconds.
#[derive(Clone, Copy, PartialEq)]
struct Scale {
    length: Span,
    ticks: u32,
}

impl Scale {
    /// The shortest scale that includes `end`.
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
                <line class="tick" x1={x.clone()} x2={x.clone()} y1="0" y2={FOOT} />
                <text class="tick-text" {x} {dx} y="100%" dy="-4" text-anchor={anchor}>{ format!("{}\u{a0}s", text::number(share * seconds)) }</text>
            </>
        }
    };
    html! { <g>{ for (0..=scale.ticks).map(tick) }</g> }
}

/// The results of the first client in intervals of equal length, now and before the last edit of the past.
struct Past {
    now: Vec<Tick>,
    /// From the edit on.
    old: Vec<Tick>,
    /// The most answers a second, and the longest latency, in seconds.
    most: (f32, f32),
}

impl Past {
    fn of(history: &History) -> Self {
        let series = history.series();
        let answers = |t: &Tick| f64::from(t.good + t.bad) * t.until.since(t.from).as_secs_f64();
        let all: f64 = series.strip(0, series.step_for(INTERVALS.0)).iter().map(answers).sum();
        let pieces = ((all / ANSWERS) as usize).clamp(INTERVALS.0, INTERVALS.1);
        // The longer run sets the length of an interval, because the old future may have wider bins, or too many.
        let longer =
            history.old_future().map(|old| &old.series).filter(|old| old.end() > series.end()).unwrap_or(series);
        let piece = Span::nanos(longer.width().as_nanos().saturating_mul(longer.step_for(pieces) as u64));
        let strip = |series: &Series| whole(series.strip(0, series.step_of(piece)));
        let now = strip(series);
        let mut old = history.old_future().map(|old| strip(&old.series)).unwrap_or_default();
        let fork = history.old_future().map_or(Time::ZERO, |old| old.from);
        old.retain(|tick| tick.until > fork);
        let most = |of: fn(&Tick) -> f32| now.iter().chain(&old).map(of).fold(0.0, f32::max);
        let most = (most(|t| t.good + t.bad), most(|t| latency(t).unwrap_or(0.0)));
        Past { now, old, most }
    }

    /// The names of the rows with their largest values.
    fn names(&self) -> Html {
        let name = |name: Id, most: f32, words: String| {
            html! { <span>{ name.text() }if most > 0.0 { <small>{ t!("timeline-up-to", value = words) }</small> }</span> }
        };
        let (rate, late) = self.most;
        html! {
            <div class="timeline-names" aria-hidden="true">
                { name(id!("timeline-answers"), rate, text::rate(f64::from(rate)).trim_end_matches("/s").to_string()) }
                { name(id!("timeline-latency"), late, text::duration(Span::from_nanos_f64(f64::from(late) * 1e9))) }
                <span>{ t!("timeline-changes") }</span>
            </div>
        }
    }

    fn curves(&self, scale: Scale) -> Html {
        let Past { now, old, most } = self;
        let (rate, late) = (most.0.max(1e-9), most.1.max(1e-9));
        let high = |t: &Tick| (t.good + t.bad) / rate;
        html! {
            <>
                <g class="row-1"><svg x="0" y="6" width="100%" height="34" viewBox="0 0 1000 34" preserveAspectRatio="none">
                    <path class="curve-bad" d={steps(now, scale, 34.0, |t| t.good / rate, high)} />
                    <path class="curve-good" d={steps(now, scale, 34.0, |_| 0.0, |t| t.good / rate)} />
                    <path class="curve-old" d={line(old, scale, 34.0, |t| Some(high(t)))} />
                </svg></g>
                <g class="row-2"><svg x="0" y="50" width="100%" height="30" viewBox="0 0 1000 30" preserveAspectRatio="none">
                    <path class="curve-old" d={line(old, scale, 30.0, |t| latency(t).map(|l| l / late))} />
                    <path class="curve-late" d={line(now, scale, 30.0, |t| latency(t).map(|l| l / late))} />
                </svg></g>
                { self.name_of_old(scale) }
            </>
        }
    }

    /// Names the pale lines where they go on alone and there is room.
    fn name_of_old(&self, scale: Scale) -> Html {
        let end = |ticks: &[Tick]| ticks.last().map_or(0.0, |last| scale.share(last.until));
        let (now, old) = (end(&self.now), end(&self.old));
        html! {
            if old - now > 0.2 {
                <text class="row-2 old-name" x={percent(old)} y="48" text-anchor="end">{ t!("timeline-old") }</text>
            }
        }
    }
}

/// The fewest and the most intervals of a curve.
const INTERVALS: (usize, usize) = (30, 200);
/// The mean number of answers in an interval. With fewer, the curve would show only chance.
const ANSWERS: f64 = 3.0;

/// Drops the last interval if it is shorter than half of the others, because its rate would be mostly chance.
fn whole(mut ticks: Vec<Tick>) -> Vec<Tick> {
    let length = |tick: &Tick| tick.until.since(tick.from);
    if let [first, .., last] = ticks.as_slice()
        && length(last) + length(last) < length(first)
    {
        ticks.pop();
    }
    ticks
}

/// The 95th percentile of the latency in seconds; `None` without answers.
fn latency(tick: &Tick) -> Option<f32> {
    tick.p95.map(|span| span.as_secs_f64() as f32)
}

/// A line through the middles of the intervals, 1000 wide; `of` returns a height from 0 to 1.
fn line(ticks: &[Tick], scale: Scale, height: f32, of: impl Fn(&Tick) -> Option<f32>) -> String {
    let place = |tick: &Tick| {
        let x = (scale.share(tick.from) + scale.share(tick.until)) * 500.0;
        Some(format!("L{x:.1} {:.1}", height - of(tick)? * (height - 1.0)))
    };
    ticks.iter().filter_map(place).collect::<String>().replacen('L', "M", 1)
}

/// The area between two heights in each interval. Intervals without such an area are left out.
fn steps(ticks: &[Tick], scale: Scale, height: f32, low: impl Fn(&Tick) -> f32, high: impl Fn(&Tick) -> f32) -> String {
    let is_there = |tick: &Tick| high(tick) > low(tick);
    let mut path = String::new();
    for run in ticks.chunk_by(|a, b| is_there(a) && is_there(b)).filter(|run| is_there(&run[0])) {
        let along = |tick: &Tick, share: f32, is_back: bool| {
            let (from, until) = (scale.share(tick.from) * 1000.0, scale.share(tick.until) * 1000.0);
            let (one, other) = if is_back { (until, from) } else { (from, until) };
            let y = height - share * (height - 1.0);
            format!("L{one:.1} {y:.1}L{other:.1} {y:.1}")
        };
        let there: String = run.iter().map(|tick| along(tick, high(tick), false)).collect();
        let back: String = run.iter().rev().map(|tick| along(tick, low(tick), true)).collect();
        path += &(there.replacen('L', "M", 1) + &back + "z");
    }
    path
}

/// Faults as bands, other changes as points, with texts where there is room.
fn lines_of_marks(all: &[TimelineMark], scale: Scale, end: Time, width: f64) -> Html {
    let mut shown: Vec<&TimelineMark> = all.iter().filter(|m| scale.share(m.from) < 1.0).collect();
    shown.sort_unstable_by_key(|m| m.from);
    let shown = &shown[shown.len().saturating_sub(MARKS)..];
    let ends = |m: &TimelineMark| (scale.share(m.from), scale.share(m.until.min(end.max(m.from))));
    let room = |m: &&TimelineMark| {
        let (from, until) = ends(m);
        let letters = if m.kind == MarkKind::Sent { 0 } else { m.text.text().chars().count() };
        (from * width, until * width, letters)
    };
    let places = label_places(&shown.iter().map(room).collect::<Vec<_>>(), width);
    let mark = |m: &&TimelineMark| {
        let (from, until) = ends(m);
        let class = match m.kind {
            MarkKind::Fault => "done fault",
            MarkKind::Edit => "done edit",
            MarkKind::Sent => "done sent",
        };
        let x = percent(from);
        html! {
            <g {class}>
                <title>{ m.text.text() }</title>
                if m.until > m.from {
                    <rect {x} y={MARK_Y} width={percent((until - from).max(0.002))} height="14" rx="3" />
                } else {
                    <circle cx={x} cy={MARK_MIDDLE} r="4" />
                }
            </g>
        }
    };
    let words = |(m, place): (&&TimelineMark, Option<LabelPlace>)| {
        let place = place?;
        let text = shortened(&m.text.text(), place.letters());
        let (x, anchor) = if place.before { (place.left + place.width, "end") } else { (place.left, "start") };
        Some(html! { <text x={percent(x / width)} y="99" text-anchor={anchor}>{ text }</text> })
    };
    html! {
        <g class="row-3">
            { for shown.iter().map(mark) }
            <g class="done-words">{ for shown.iter().zip(places).filter_map(words) }</g>
        </g>
    }
}

const MARK_Y: &str = "88";
const MARK_MIDDLE: &str = "95";

/// The end of the run and the present moment, drawn behind the texts so that no line crosses them.
fn head(scale: Scale, readout: &Readout) -> Html {
    let (x, end) = (percent(scale.share(readout.time)), percent(scale.share(readout.end)));
    html! {
        <>
            if readout.time < readout.end {
                <line class="run-end" x1={end.clone()} x2={end} y1="0" y2={FOOT} />
            }
            <line class="head" x1={x.clone()} x2={x.clone()} y1="4" y2={FOOT} />
            <circle class="head" cx={x} cy="5" r="5" />
        </>
    }
}

fn spoken(mark: &TimelineMark) -> Html {
    html! { <li>{ t!("timeline-entry", at = text::seconds(mark.from.since_start(), 1), change = &mark.text) }</li> }
}
