//! Draws the meaning of settings as SVG, with words for screen readers.

use crate::editor::field::round;
use crate::editor::sketch::Sketch;
use crate::editor::sketch::backoff::Schedule;
use crate::editor::sketch::cells::{Cells, Kind};
use crate::editor::sketch::curve::{Curve, SLICES};
use crate::editor::sketch::strip::Strip;
use crate::t;
use crate::text::{self, Exact};
use crate::time::Span;
use yew::prelude::*;

/// The width of all pictures, in their own unit.
const WIDTH: f64 = 284.0;

/// A picture with its text below, or as its accessible name if the picture contains all of the text.
pub fn view(sketch: &Sketch) -> Html {
    let words = sketch.description().text();
    let (height, drawing, is_said) = match sketch {
        Sketch::Schedule(schedule) => bars(schedule),
        Sketch::Strip(strip) => line(strip),
        Sketch::Cells(all) => cells(all),
        Sketch::Curve(shape) => curve(shape),
    };
    html! {
        <figure class="sketch">
            <svg viewBox={format!("0 0 {WIDTH} {height}")} role="img"><title>{ words.clone() }</title>{ drawing }</svg>
            if is_said {
                <figcaption aria-hidden="true">{ words }</figcaption>
            }
        </figure>
    }
}

/// The height of a picture, the picture, and whether its text is below it.
type Drawing = (f64, Html, bool);

fn n(value: f64) -> String {
    format!("{value:.1}")
}

/// A bar for each wait: solid for the certain part, pale for the random part.
fn bars(schedule: &Schedule) -> Drawing {
    /// The start of the bars, and the width of the longest.
    const LEFT: f64 = 46.0;
    const ROOM: f64 = 138.0;
    const ROW: f64 = 17.0;
    let longest = schedule.longest().as_nanos().max(1) as f64;
    let rows = schedule.waits.iter().enumerate().map(|(i, wait)| {
        let y = i as f64 * ROW;
        let [sure, most] = [wait.shortest, wait.longest].map(|w| w.as_nanos() as f64 / longest * ROOM);
        html! {
            <g>
                <text x="0" y={n(y + 11.5)}>{ t!("sketch-retry", number = i + 1) }</text>
                <rect class="perhaps" x={n(LEFT)} y={n(y + 2.5)} width={n(most.max(1.0))} height="10" rx="2" />
                <rect class="bar" x={n(LEFT)} y={n(y + 2.5)} width={n(sure)} height="10" rx="2" />
                <text x={n(LEFT + most + 6.0)} y={n(y + 11.5)}>{ wait.description().text() }</text>
            </g>
        }
    });
    let rows: Html = rows.collect();
    let mut height = schedule.waits.len() as f64 * ROW;
    let mut more = html! {};
    if schedule.more > 0 {
        more = html! { <text x="0" y={n(height + 11.5)}>{ t!("sketch-more", count = schedule.more) }</text> };
        height += ROW;
    }
    (height, html! { <>{ rows }{ more }</> }, false)
}

/// Attempts as bars on a time line, cut by the deadline.
fn line(strip: &Strip) -> Drawing {
    let row = if strip.side_by_side { 11.0 } else { 0.0 };
    let height =
        12.0 + row * strip.attempts.len().saturating_sub(1) as f64 + if strip.cut.is_some() { 4.0 } else { 0.0 };
    let cut = strip.cut.map_or(1.0, |cut| strip.place(cut));
    let attempts = strip.attempts.iter().enumerate().map(|(i, (from, to))| {
        let (from, to) = (strip.place(*from), strip.place(*to));
        let class = if from >= cut { "never" } else { "bar" };
        let y = 3.0 + row * i as f64;
        html! {
            <>
                <rect {class} x={n(from * WIDTH)} y={n(y)} width={n(((to.min(cut).max(from) - from) * WIDTH).max(1.5))} height="8" rx="2" />
                if from < cut && to > cut {
                    <rect class="never" x={n(cut * WIDTH)} y={n(y)} width={n((to - cut) * WIDTH)} height="8" rx="2" />
                }
            </>
        }
    });
    let attempts: Html = attempts.collect();
    let drawing = html! {
        <>
            if !strip.side_by_side {
                <path class="wait" d={format!("M0 7H{WIDTH}")} />
            }
            { attempts }
            if strip.cut.is_some() {
                <path class="limit" d={format!("M{0} 0V{height}", n(cut * WIDTH))} />
            }
        </>
    };
    (height, drawing, true)
}

/// The window with its failures first; their order does not matter to the breaker.
fn cells(cells: &Cells) -> Drawing {
    const IN_A_ROW: u32 = 25;
    let step = WIDTH / f64::from(IN_A_ROW);
    let size = step - 2.4;
    let place = |i: u32| (f64::from(i % IN_A_ROW) * step, f64::from(i / IN_A_ROW) * step);
    let drawn: Html = (0..cells.count)
        .map(|i| {
            let (x, y) = place(i);
            let class = match cells.kind {
                Kind::Results if i < cells.failed => "failed",
                Kind::Results => "cell",
                Kind::Seconds if i + 1 == cells.count => "cell now",
                Kind::Seconds => "cell",
            };
            html! { <rect {class} x={n(x + 0.6)} y={n(y + 0.6)} width={n(size)} height={n(size)} rx="2" /> }
        })
        .collect();
    let rows = f64::from(cells.count.div_ceil(IN_A_ROW).max(1));
    (rows * step, drawn, true)
}

/// The filled curve with its median and its 99th percentile, or with a limit.
fn curve(curve: &Curve) -> Drawing {
    const HIGH: f64 = 44.0;
    const FLOOR: f64 = HIGH + 3.0;
    let is_said = curve.limit.is_some();
    let step = WIDTH / SLICES as f64;
    let points: String = curve
        .heights()
        .enumerate()
        .map(|(i, height)| format!("L{} {}", n((i as f64 + 0.5) * step), n(FLOOR - height * HIGH)))
        .collect();
    let edge = n(FLOOR);
    let mark = |class: &'static str, span, words: fn(Exact) -> String| {
        let x = curve.place(span) * WIDTH;
        let (anchor, x_text) = if x > WIDTH * 0.62 { ("end", x + 1.0) } else { ("start", x - 1.0) };
        html! {
            <>
                <path {class} d={format!("M{0} 2V{edge}", n(x))} />
                <text x={n(x_text.clamp(0.0, WIDTH))} y={n(FLOOR + 12.5)} text-anchor={anchor}>{ words(Exact(round(span))) }</text>
            </>
        }
    };
    let drawing = html! {
        <>
            <path class="area" d={format!("M0 {edge}{points}L{WIDTH} {edge}Z")} />
            <path class="floor" d={format!("M0 {edge}H{WIDTH}")} />
            if let Some(limit) = curve.limit {
                if curve.place(limit) > 0.3 {
                    <text x="0" y={n(FLOOR + 12.5)}>{ text::duration(Span::ZERO) }</text>
                }
                { mark("limit", limit, |value| t!("sketch-timeout", value = value)) }
            } else {
                { mark("median", curve.median, |value| t!("sketch-median", value = value)) }
                { mark("p99", curve.p99, |value| t!("sketch-p99", value = value)) }
            }
        </>
    };
    (FLOOR + 16.0, drawing, is_said)
}
