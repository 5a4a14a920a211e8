//! The layout of a waterfall, in pixels: a row for each attempt, below the request that makes it.
//!
//! Time runs to the right and to scale, so that long waits are long bars. A bar shows an attempt as its caller sees it,
//! with the work of the callee inside; work after the caller gave up sticks out.

use super::cast::Cast;
use super::life::{Attempt, Life, Part};
use super::outcomes::{Tone, outcome_in_short, tone_of};
use crate::id;
use crate::outcome::Outcome;
use crate::scene::words::shortened;
use crate::sim::trace::SpanId;
use crate::sim::view::Purpose;
use crate::t;
use crate::text::{Id, duration, elapsed};
use crate::time::{Span, Time};

/// The height of a row.
pub const ROW: f64 = 22.0;
/// The height of the axis above the rows.
pub const AXIS: f64 = 22.0;
/// The indent of a row below its parent.
const INDENT: f64 = 12.0;
/// The room at the right for duration and outcome, and in a narrow room, where a long outcome has no duration.
const RIGHT: (f64, f64) = (106.0, 96.0);
/// The most letters at the right of a narrow room.
const SHORT: usize = 15;
/// The height of a line of the legend below the rows.
pub const KEY: f64 = 18.0;
/// The widest narrow room.
const NARROW: f64 = 460.0;

/// A waterfall.
#[derive(Clone, Debug, PartialEq)]
pub struct Waterfall {
    /// The full width.
    pub width: f64,
    /// The full height.
    pub height: f64,
    /// The end of the rows, where the legend begins.
    pub foot: f64,
    /// The ticks of the axis: position and label.
    pub ticks: Vec<(f64, String)>,
    /// The rows, from the top.
    pub rows: Vec<Row>,
    /// The position of the present; `None`: the request is over.
    pub cursor: Option<f64>,
    /// The legend: the shapes that occur, with their positions.
    pub key: Vec<(Shape, (f64, f64))>,
}

/// A shape in a waterfall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A caller waits.
    Waits,
    /// A callee is busy.
    Does(Part),
    /// A callee does wasted work.
    Wasted,
    /// A caller waits before it tries again.
    Backoff,
}

impl Shape {
    const ALL: [Shape; 6] = [
        Shape::Waits,
        Shape::Does(Part::Queued),
        Shape::Does(Part::Working),
        Shape::Does(Part::Calling),
        Shape::Wasted,
        Shape::Backoff,
    ];

    /// The meaning of the shape.
    pub const fn name(self) -> Id {
        match self {
            Shape::Waits => id!("waterfall-waits"),
            Shape::Does(Part::Queued) => id!("waterfall-queued"),
            Shape::Does(Part::Working) => id!("waterfall-works"),
            Shape::Does(Part::Calling) => id!("waterfall-calls"),
            Shape::Wasted => id!("waterfall-wasted"),
            Shape::Backoff => id!("waterfall-backoff"),
        }
    }

    fn is_in(self, rows: &[Row]) -> bool {
        let mut pieces = rows.iter().flat_map(|row| &row.pieces);
        match self {
            Shape::Waits => true,
            Shape::Does(part) => pieces.any(|piece| piece.part == part && !piece.wasted),
            Shape::Wasted => pieces.any(|piece| piece.wasted),
            Shape::Backoff => rows.iter().any(|row| row.backoff.is_some()),
        }
    }
}

/// The legend below `top`: the shapes that occur, in as many lines as necessary.
fn key(rows: &[Row], width: f64, top: f64) -> Vec<(Shape, (f64, f64))> {
    let (mut x, mut y) = (4.0, top + KEY / 2.0);
    let mut key = Vec::new();
    for shape in Shape::ALL.into_iter().filter(|shape| shape.is_in(rows)) {
        let wide = 40.0 + 6.2 * shape.name().text().chars().count() as f64;
        if x + wide > width && x > 4.0 {
            (x, y) = (4.0, y + KEY);
        }
        key.push((shape, (x, y)));
        x += wide;
    }
    key
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The centre.
    pub y: f64,
    /// The left end of the label.
    pub label_x: f64,
    /// The label.
    pub label: String,
    /// The x at which the caller begins to wait.
    pub from: f64,
    /// The x at which the caller stops waiting.
    pub to: f64,
    /// The work of the callee.
    pub pieces: Vec<Piece>,
    /// The x at which the backoff before the attempt begins, if there is one.
    pub backoff: Option<f64>,
    /// The tone of the outcome.
    pub tone: Tone,
    /// The outcome in words.
    pub ending: String,
}

/// An activity of a callee.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece {
    /// The beginning.
    pub from: f64,
    /// The end.
    pub to: f64,
    /// The activity.
    pub part: Part,
    /// Whether it is wasted.
    pub wasted: bool,
}

/// Time to the right, to scale.
struct Scale {
    left: f64,
    per_nano: f64,
    start: Time,
    narrow: bool,
}

impl Scale {
    fn x(&self, at: Time) -> f64 {
        self.left + at.since(self.start).as_nanos() as f64 * self.per_nano
    }

    /// The outcome in as many words as fit.
    fn ending(&self, outcome: Option<Outcome>, after: Span) -> String {
        let name = outcome.map_or("…".into(), |outcome| outcome_in_short(outcome).text());
        let all = format!("{} {name}", duration(after));
        if self.narrow && all.chars().count() > SHORT { name } else { all }
    }
}

impl Waterfall {
    /// The waterfall of a life in this width.
    pub fn of(life: &Life, cast: Cast<'_>, room: f64) -> Waterfall {
        let width = room.max(320.0);
        let (left, right) = ((width * 0.3).clamp(112.0, 230.0), if width > NARROW { RIGHT.0 } else { RIGHT.1 });
        let ends = life.attempts.iter().map(|a| a.served.as_ref().map_or(a.end, |s| s.to.max(a.end)));
        let end = ends.fold(life.end, Time::max);
        let length = end.since(life.start).as_nanos().max(1);
        let per_nano = (width - left - right) / length as f64;
        let scale = Scale { left, per_nano, start: life.start, narrow: width <= NARROW };
        let mut rows = vec![first_row(life, cast, &scale)];
        add_rows(life, cast, &scale, SpanId::User(life.intent), 1, &mut rows);
        for attempt in life.attempts.iter().filter(|a| a.purpose == Purpose::Compensate) {
            rows.push(row(life, cast, &scale, attempt, 1));
            add_rows(life, cast, &scale, attempt.callee(), 2, &mut rows);
        }
        for (index, row) in rows.iter_mut().enumerate() {
            row.y = AXIS + ROW * (index as f64 + 0.5);
        }
        let foot = AXIS + ROW * rows.len() as f64 + 4.0;
        let key = key(&rows, width, foot + 4.0);
        Waterfall {
            width,
            height: key.last().map_or(foot, |(_, (_, y))| y + KEY / 2.0),
            foot,
            ticks: ticks(&scale, Span::nanos(length), width - left - right),
            rows,
            cursor: (!life.over).then(|| scale.x(life.until).min(width - right)),
            key,
        }
    }
}

fn first_row(life: &Life, cast: Cast<'_>, scale: &Scale) -> Row {
    Row {
        y: 0.0,
        label_x: 4.0,
        label: fitting(cast.name(life.client), scale.left, 4.0),
        from: scale.x(life.start),
        to: scale.x(life.end),
        pieces: Vec::new(),
        backoff: None,
        tone: life.user_outcome.map_or(Tone::Quiet, tone_of),
        ending: scale.ending(life.user_outcome, life.end.since(life.start)),
    }
}

/// Adds the rows of a request's attempts, each followed by those of the callee.
fn add_rows(life: &Life, cast: Cast<'_>, scale: &Scale, parent: SpanId, depth: usize, rows: &mut Vec<Row>) {
    for attempt in life.made_for(parent) {
        rows.push(row(life, cast, scale, attempt, depth));
        add_rows(life, cast, scale, attempt.callee(), depth + 1, rows);
    }
}

fn row(life: &Life, cast: Cast<'_>, scale: &Scale, attempt: &Attempt, depth: usize) -> Row {
    let label_x = 4.0 + INDENT * depth.min(6) as f64;
    let name = cast.name(attempt.to);
    let label = match attempt.purpose {
        Purpose::Ask => t!("waterfall-ask", callee = name),
        Purpose::Compensate => t!("waterfall-take-back", callee = name),
        Purpose::Call | Purpose::Cancel if attempt.number > 1 => format!("{name} ·{}", attempt.number),
        Purpose::Call | Purpose::Cancel => name.to_string(),
    };
    let before =
        |b: &&super::life::Backoff| (b.parent, b.link, b.until) == (attempt.parent, attempt.link, attempt.start);
    Row {
        y: 0.0,
        label_x,
        label: fitting(&label, scale.left, label_x),
        from: scale.x(attempt.start),
        to: scale.x(attempt.end),
        pieces: pieces(attempt, scale),
        backoff: life.backoffs.iter().find(before).map(|backoff| scale.x(backoff.from)),
        tone: attempt.outcome.map_or(Tone::Quiet, tone_of),
        ending: scale.ending(attempt.outcome, attempt.end.since(attempt.start)),
    }
}

fn pieces(attempt: &Attempt, scale: &Scale) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (from, to, part, wasted) in attempt.parts() {
        pieces.push(Piece { from: scale.x(from), to: scale.x(to), part, wasted });
    }
    pieces
}

/// The part of a name that fits before the bars.
fn fitting(name: &str, left: f64, x: f64) -> String {
    shortened(name, ((left - x - 8.0) / 6.2).max(3.0) as usize)
}

/// Round instants for the axis, far enough apart to read.
fn ticks(scale: &Scale, length: Span, room: f64) -> Vec<(f64, String)> {
    let most = (room / 70.0).max(2.0) as u64;
    let mut step = 1_000_u64;
    let mut factors = [2, 5, 10].iter().cycle();
    let mut decade = step;
    while length.as_nanos() / step > most {
        let factor = factors.next().copied().unwrap_or(10);
        step = decade.saturating_mul(factor);
        decade = if factor == 10 { step } else { decade };
    }
    let instants = (0..=length.as_nanos() / step).map(|i| Span::nanos(i * step));
    instants.map(|at| (scale.x(scale.start + at), elapsed(at))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::request::sample;
    use expect_test::{Expect, expect};

    fn fall(text: &str, millis: u64, room: f64) -> Waterfall {
        let (life, simulation, document) = sample::life(text, sample::scheduled_intent(text), millis);
        Waterfall::of(&life, Cast { topology: simulation.topology(), document: &document }, room)
    }

    fn check(name: &str, expected: Expect) {
        let text = sample::all().into_iter().find(|(it, _)| *it == name).unwrap().1;
        let mut out = String::new();
        for row in &fall(&text, 9_000, 760.0).rows {
            let ending = row.ending.replace('\u{a0}', " ");
            out += &format!("{:.0} {} [{:.0}–{:.0}] {ending}", row.label_x, row.label, row.from, row.to);
            row.backoff.iter().for_each(|from| out += &format!(", backoff from {from:.0}"));
            for piece in &row.pieces {
                let wasted = if piece.wasted { " wasted" } else { "" };
                out += &format!(", {:.0}–{:.0} {:?}{wasted}", piece.from, piece.to, piece.part);
            }
            out.push('\n');
        }
        expected.assert_eq(&out);
    }

    #[test]
    fn each_attempt_has_a_row_below_the_request_that_it_is_for() {
        check(
            "lost-answer",
            expect![[r#"
            4 Actor [228–654] 590 ms ok
            16 TRX service [228–654] 590 ms ok, 242–250 Working, 250–640 Calling
            28 Bank API [250–466] 300 ms timeout, 286–315 Working
            28 Bank API ·2 [538–640] 140 ms ok, backoff from 466, 575–603 Working
        "#]],
        );
        check(
            "slow-once",
            expect![[r#"
            4 Actor [228–654] 410 ms ok
            16 TRX service [228–654] 410 ms ok, 249–259 Working, 259–633 Calling
            28 Bank API [259–467] 200 ms timeout, 311–467 Working, 467–623 Working wasted
            28 Bank API ·2 [519–633] 110 ms ok, backoff from 467, 571–581 Working
        "#]],
        );
        check(
            "breaker",
            expect![[r#"
            4 Web application [228–654] 80 ms degraded
            16 Bank account [228–654] 80 ms degraded, 255–308 Working, 308–627 Calling
            28 Access privilege [308–361] 10 ms refused
            28 Access privilege ·2 [468–521] 10 ms refused, backoff from 361
            28 Access privilege ·3 [627–627] 0 ms breaker open, backoff from 521
        "#]],
        );
        check(
            "compensate",
            expect![[r#"
            4 Actor [228–385] 250 ms error 500
            16 TRX service [228–385] 250 ms error 500, 241–247 Working, 247–372 Calling
            28 Bank API [247–372] 200 ms timeout, 278–372 Working, 372–529 Working wasted
            16 Bank API: take back [372–497] 200 ms timeout, 403–497 Working, 497–654 Working wasted
        "#]],
        );
    }

    #[test]
    fn below_the_rows_there_is_a_key_of_their_shapes() {
        let text = sample::all().into_iter().find(|(it, _)| *it == "slow-once").unwrap().1;
        let key = fall(&text, 9_000, 760.0).key;
        let names: Vec<String> = key.iter().map(|(shape, _)| shape.name().text()).collect();
        assert_eq!(names, ["the caller waits", "works", "waits for others", "nobody waits for it", "backoff"]);
    }

    #[test]
    fn all_stays_within_the_room_and_in_order() {
        for (name, text) in sample::all() {
            for (millis, room) in [(135, 760.0), (300, 350.0), (9_000, 760.0), (9_000, 350.0)] {
                let fall = fall(&text, millis, room);
                let inside = |x: f64| (0.0..=fall.width).contains(&x);
                for row in &fall.rows {
                    assert!(inside(row.from) && inside(row.to) && row.from <= row.to, "{name} {millis}: {row:?}");
                    assert!(
                        row.pieces.iter().all(|p| inside(p.from) && inside(p.to) && p.from <= p.to),
                        "{name}: {row:?}"
                    );
                    assert!(row.y > AXIS && row.y < fall.foot);
                }
                assert!(
                    fall.key.iter().all(|(_, (x, y))| inside(*x) && (fall.foot..fall.height).contains(y)),
                    "{name}"
                );
                assert!((2..=13).contains(&fall.ticks.len()), "{name} {millis}: {:?}", fall.ticks);
                assert!(fall.ticks.is_sorted_by(|a, b| a.0 < b.0 && a.1 != b.1), "{name}: {:?}", fall.ticks);
            }
        }
    }
}
