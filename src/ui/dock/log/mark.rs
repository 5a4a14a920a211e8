//! The pictures beside the lines: the marks of the stage, small. One mark has one meaning.

use crate::scene::run::log::Mark;
use yew::prelude::*;

const DISC: &str = "M5 0A5 5 0 1 1-5 0A5 5 0 1 1 5 0";
const RING: &str = "M6 0A6 6 0 1 1-6 0A6 6 0 1 1 6 0";
const STAR: &str = "M0-7 1.8-2.4 6.7-2.2 2.9.9 4.1 5.7 0 3-4.1 5.7-2.9.9-6.7-2.2-1.8-2.4z";
const CROSS: &str = "M-4-4 4 4M-4 4 4-4";
const SQUARE: &str = "M-6-6H6V6H-6z";

/// Paths with the classes that give them their colours; the classes are those of the list of all marks.
const fn paths(mark: Mark) -> &'static [(&'static str, &'static str)] {
    match mark {
        Mark::Request => &[("f-req", DISC)],
        Mark::Answer => &[("f-ok", DISC)],
        Mark::Degraded => &[("o-warn w2", DISC), ("f-warn", "M0-5A5 5 0 0 1 0 5z")],
        Mark::Failed => &[("f-bad", STAR)],
        Mark::Refused => &[("o-bad", STAR)],
        Mark::TurnedAway => &[("f-warn", STAR)],
        Mark::Lost => &[("f-bad", "M-2-5A5 5 0 0 0-2 5zM2-5A5 5 0 0 1 2 5z")],
        Mark::Wasted => &[("o-faint", DISC), ("o-faint", "M-4.3 1.4 1.4-4.3M-1.4 4.3 4.3-1.4")],
        Mark::Cancelled => &[("o-soft w2", CROSS)],
        Mark::TimedOut => &[("o-bad w2", RING), ("o-bad w2", "M4-4-4 4")],
        Mark::TooLate => &[("f-warn", "M-5-6H5L-5 6H5z")],
        Mark::Backoff => &[("o-soft", RING), ("f-soft", "M0 0V-5A5 5 0 0 1 4.6 2z")],
        Mark::NoPermit => &[("o-warn w2", SQUARE), ("o-warn w2", CROSS)],
        Mark::NotSent => &[("f-warn", RING), ("o-panel w3", "M-4 0H4")],
        Mark::Question => &[("o-req", RING), ("o-req", "M-2-1.5A2 2 0 1 1 0 .8V1.4M0 3V3.6")],
        Mark::TakeBack => &[("f-purple", "M-7 0 0-5V5zM0 0 7-5V5z")],
        Mark::BreakerOpen => &[("o-line w3", RING), ("o-bad w3", "M0-6A6 6 0 0 1 0 6")],
        Mark::BreakerHalfOpen => &[("o-line w3", RING), ("o-warn w3 dash", RING)],
        Mark::BreakerClosed => &[("o-ok w3", RING)],
        Mark::Busy => &[("f-req", "M-5.5-5.5H5.5V5.5H-5.5z")],
        Mark::QueueFull => &[("o-bad w4", "M-7 0H7")],
        Mark::Recovered => &[("o-ok w3", "M-5 0-1.5 4 5.5-4.5")],
        Mark::Booked => &[("o-soft", "M-5-6H5V6H-5z"), ("o-soft", "M-2.5-2H2.5M-2.5 2H2.5")],
        Mark::Again => &[("o-bad", "M-6-6H2V4H-6z"), ("o-bad", "M-2-2H6V7H-2z")],
        Mark::Unknown => &[("o-warn w2", "M-3.2-3A3.2 3.2 0 1 1 0 .6V2.4M0 5V5.8")],
        Mark::Fault => &[("o-bad w2", "M-5 5-1-5M1 5 5-5")],
        Mark::Hand => &[("f-soft", "M-4-7 6 1.2 1.2 2.2-1.6 6.8z")],
    }
}

/// The picture of a mark.
pub fn drawing(mark: Mark) -> Html {
    let path = |(class, d): &(&'static str, &'static str)| html! { <path class={*class} d={*d} /> };
    html! {
        <svg viewBox="-9 -9 18 18" width="18" height="18" aria-hidden="true">{ for paths(mark).iter().map(path) }</svg>
    }
}
