//! The layout of a sequence diagram, in pixels.
//!
//! Time runs downwards in order, not to scale, because 1 ms and 10 s occur together: later events are lower, and longer
//! pauses get more room. Labels never overlap. Drawn parts keep their positions while the story goes on.

use super::life::Part;
use super::outcomes::Tone;
use super::story::{Bar, Step, StepKind, Story};
use crate::scenario::Kind;
use crate::text::elapsed;
use crate::time::{Span, Time};

/// The height of the names above the lifelines.
pub const HEAD: f64 = 30.0;
/// The width of the time axis at the left.
const AXIS: f64 = 54.0;
/// Half the width of an activation bar.
pub const BAR: f64 = 5.0;
/// The offset of bars that are busy at the same time.
const BESIDE: f64 = 6.0;
/// The least height between two ticks of the axis.
const TICK: f64 = 13.0;
/// The distance of lifelines below which timeouts have short labels.
const NARROW: f64 = 150.0;
/// The approximate width of a letter of a name.
const LETTER: f64 = 6.8;
/// The least slope of a message.
const SLOPE: f64 = 6.0;

/// A sequence diagram.
#[derive(Clone, Debug, PartialEq)]
pub struct Sequence {
    /// The full width.
    pub width: f64,
    /// The height below the names.
    pub height: f64,
    /// The names, and the lifelines below them.
    pub heads: Vec<Head>,
    /// The activation bars.
    pub bars: Vec<Block>,
    /// The messages.
    pub arrows: Vec<Arrow>,
    /// The notes beside the lifelines.
    pub notes: Vec<Note>,
    /// The time axis: position and label.
    pub ticks: Vec<(f64, String)>,
    /// The position of the present; `None`: the request is over.
    pub cursor: Option<f64>,
}

/// A name above its lifeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    /// The x of the lifeline.
    pub x: f64,
    /// The width of the box.
    pub width: f64,
    /// The name, cut to fit.
    pub name: String,
    /// The kind.
    pub kind: Kind,
}

/// An activation bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Block {
    /// The centre.
    pub x: f64,
    /// The top.
    pub top: f64,
    /// The bottom.
    pub bottom: f64,
    /// The activity.
    pub part: Part,
    /// Whether the work is wasted.
    pub wasted: bool,
}

/// A message.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrow {
    /// The start.
    pub from: (f64, f64),
    /// The end, reached or not.
    pub to: (f64, f64),
    /// The completed part of the way, 0 to 1.
    pub gone: f64,
    /// Whether it is lost. `false` until the time of its arrival.
    pub lost: bool,
    /// Whether it is an answer.
    pub answer: bool,
    /// The tone.
    pub tone: Tone,
    /// The label.
    pub label: String,
    /// The start of the label.
    pub label_at: (f64, f64),
}

/// A note beside a lifeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// The x of the lifeline.
    pub x: f64,
    /// The top.
    pub y: f64,
    /// The bottom: lower than `y` only for a wait.
    pub bottom: f64,
    /// The kind.
    pub kind: NoteKind,
    /// The tone.
    pub tone: Tone,
    /// The label.
    pub label: String,
    /// The left end of the label.
    pub label_x: f64,
    /// The width of the label.
    pub label_width: f64,
}

/// The kind of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteKind {
    /// A refusal: a short arrow that comes back.
    Refusal,
    /// A timeout.
    Timeout,
    /// A wait.
    Wait,
    /// A remark.
    Words,
}

/// An instant with a position: the beginning or the end of a step, or neither.
struct Point {
    at: Time,
    /// The order within an instant: ends of earlier messages come first.
    order: usize,
    step: Option<(usize, bool)>,
    lane: usize,
    /// The covered range from left to right, and the room above and below.
    covers: (f64, f64),
    room: (f64, f64),
}

/// The positions of all points.
struct Places {
    of_steps: Vec<(f64, f64)>,
    of_lanes: Vec<(Time, usize, f64)>,
    bottom: f64,
}

impl Sequence {
    /// The diagram of a story in this width, or wider if the lifelines need it.
    pub fn of(story: &Story, room: f64) -> Sequence {
        let longest = story.lanes.iter().map(|lane| lane.name.chars().count()).max().unwrap_or(0);
        let (xs, half, width) = lifelines(story.lanes.len(), longest, room);
        let is_narrow = xs.windows(2).any(|pair| matches!(pair, [a, b] if b - a < NARROW));
        let in_short = is_narrow.then(|| story.in_short());
        let story = in_short.as_ref().unwrap_or(story);
        let places = place(story, &xs, width);
        let bottom = places.bottom + 14.0;
        let head = |(lane, x): (&super::story::Lane, &f64)| Head {
            x: *x,
            width: half * 2.0,
            name: crate::scene::words::shortened(&lane.name, (half * 2.0 / LETTER) as usize),
            kind: lane.kind,
        };
        let mut sequence = Sequence {
            width,
            height: bottom,
            heads: story.lanes.iter().zip(&xs).map(head).collect(),
            bars: story.bars.iter().filter_map(|bar| block(bar, &xs, &places)).collect(),
            arrows: Vec::new(),
            notes: Vec::new(),
            ticks: places.ticks(story),
            cursor: (!story.over).then(|| places.first(story.until)),
        };
        for (step, (from, to)) in story.steps.iter().zip(&places.of_steps) {
            sequence.add(step, story, &xs, (*from, *to));
        }
        sequence
    }

    fn add(&mut self, step: &Step, story: &Story, xs: &[f64], (top, bottom): (f64, f64)) {
        let Some(x) = xs.get(step.lane).copied() else { return };
        let (tone, label) = (step.tone, step.label.text());
        let kind = match step.kind {
            StepKind::Sends { to, arrives, lost, answer } => {
                let Some(end) = xs.get(to).copied() else { return };
                let side = if end > x { BAR } else { -BAR };
                let lost = lost && arrives <= story.until;
                let words = label_box(step, &label, x, xs, self.width);
                // A message in flight ends at the line of the present, so that dot and line agree.
                let under_way = self.cursor.filter(|_| arrives > story.until);
                let gone = under_way.map_or(1.0, |now| ((now - top) / (bottom - top).max(1.0)).clamp(0.0, 1.0));
                self.arrows.push(Arrow {
                    from: (x + side, top),
                    to: (end - side, bottom),
                    gone,
                    lost,
                    answer,
                    tone,
                    label,
                    label_at: (words.0, top - 4.0),
                });
                return;
            }
            StepKind::Refuses => NoteKind::Refusal,
            StepKind::TimesOut => NoteKind::Timeout,
            StepKind::Waits(_) => NoteKind::Wait,
            StepKind::Notes => NoteKind::Words,
        };
        let (left, right) = label_box(step, &label, x, xs, self.width);
        let (label_x, label_width) = (left, right - left);
        self.notes.push(Note { x, y: top, bottom, kind, tone, label, label_x, label_width });
    }
}

/// The x of the lifelines for `n` lanes, half the width of their names with at most `letters` letters, and the full
/// width.
fn lifelines(n: usize, letters: usize, room: f64) -> (Vec<f64>, f64, f64) {
    let gaps = n.saturating_sub(1) as f64;
    let least: f64 = if room >= 560.0 { 60.0 } else { 46.0 };
    // Names use all free room.
    let free = (room - AXIS - 12.0 - 8.0 * gaps) / (2.0 * n.max(1) as f64);
    let half = (letters as f64 * LETTER / 2.0 + 4.0).min(free).max(least);
    let between = ((room - AXIS - 2.0 * half - 12.0) / gaps.max(1.0)).clamp(104.0, 230.0);
    let half = half.min(between / 2.0 - 4.0);
    let xs: Vec<f64> = (0..n).map(|i| AXIS + half + 4.0 + between * i as f64).collect();
    let last = xs.last().copied().unwrap_or(AXIS);
    (xs, half, (last + half + 8.0).max(room.min(AXIS + 260.0)))
}

/// The approximate width of words in the small font.
fn width_of(words: &str) -> f64 {
    let wide = |c: char| c.is_ascii_uppercase() || matches!(c, 'm' | 'w');
    words.chars().map(|c| if wide(c) { 8.0 } else { 5.6 }).sum()
}

/// The left and right end of a step's label.
fn label_box(step: &Step, label: &str, x: f64, xs: &[f64], width: f64) -> (f64, f64) {
    let words = width_of(label);
    let gap = match step.kind {
        StepKind::Sends { .. } => BAR + 5.0,
        StepKind::Refuses => BAR + 34.0,
        StepKind::Waits(_) => BAR + 12.0,
        StepKind::TimesOut | StepKind::Notes => BAR + 9.0,
    };
    let to_left = match step.kind {
        StepKind::Sends { to, .. } => xs.get(to).is_some_and(|end| *end < x),
        StepKind::Refuses => false,
        // A label that does not fit at the right goes to the left.
        _ => x + gap + words + 6.0 > width,
    };
    let left = if to_left { x - gap - words } else { x + gap };
    let left = left.min(width - words - 4.0).max(AXIS);
    (left, left + words)
}

/// The room for a span of time: a little more for each power of ten.
fn room_for(span: Span) -> f64 {
    3.0 + 8.0 * libm::log10(1.0 + span.as_secs_f64() / 0.000_2)
}

fn place(story: &Story, xs: &[f64], width: f64) -> Places {
    let mut points = points(story, xs, width);
    points.sort_unstable_by_key(|p| (p.at, p.order));
    let mut places = Places {
        of_steps: vec![(0.0, 0.0); story.steps.len()],
        of_lanes: Vec::with_capacity(points.len()),
        bottom: 0.0,
    };
    // The covered ranges so far: from, to, and the bottom.
    let mut covered: Vec<(f64, f64, f64)> = Vec::new();
    let (mut at, mut base) = (story.start, 16.0_f64);
    for point in &points {
        if point.at > at {
            base = places.bottom.max(base) + room_for(point.at.since(at));
            at = point.at;
        }
        let mut y = base;
        for (_, _, down_to) in covered.iter().filter(|(l, r, _)| *l < point.covers.1 && *r > point.covers.0) {
            y = y.max(down_to + point.room.0);
        }
        if let Some((step, ends)) = point.step
            && let (Some(place), Some(line)) = (places.of_steps.get_mut(step), story.steps.get(step))
        {
            if ends {
                y = y.max(place.0 + if point.at > line.at { SLOPE } else { 0.0 });
                place.1 = y;
            } else {
                *place = (y, y);
            }
        }
        if point.covers.0 < point.covers.1 {
            covered.push((point.covers.0, point.covers.1, y + point.room.1));
        }
        places.bottom = places.bottom.max(y + point.room.1);
        places.of_lanes.push((point.at, point.lane, y));
    }
    places
}

fn points(story: &Story, xs: &[f64], width: f64) -> Vec<Point> {
    let bare = |at, lane| Point { at, order: usize::MAX, step: None, lane, covers: (0.0, 0.0), room: (0.0, 0.0) };
    let mut points = if story.over { Vec::new() } else { vec![bare(story.until, usize::MAX)] };
    points.extend(story.bars.iter().flat_map(|bar| [bare(bar.from, bar.lane), bare(bar.to, bar.lane)]));
    for (index, step) in story.steps.iter().enumerate() {
        let Some(x) = xs.get(step.lane).copied() else { continue };
        let (left, right) = label_box(step, &step.label.text(), x, xs, width);
        let order = 2 * index + 2;
        let room = match step.kind {
            StepKind::Sends { .. } => (15.0, 2.0),
            StepKind::Waits(_) => (6.0, 16.0),
            StepKind::Refuses => (9.0, 16.0),
            StepKind::TimesOut | StepKind::Notes => (10.0, 9.0),
        };
        let covers = (left.min(x - BAR), right.max(x + BAR));
        points.push(Point { at: step.at, order, step: Some((index, false)), lane: step.lane, covers, room });
        let (ends, lane) = match step.kind {
            StepKind::Sends { to, arrives, .. } => (arrives, to),
            StepKind::Waits(until) => (until, step.lane),
            _ => continue,
        };
        let Some(end) = xs.get(lane).copied() else { continue };
        let reach = if end < x { (end - BAR, end + 26.0) } else { (end - 26.0, end + BAR) };
        // An arrival causes the other events of its instant, unless the message left in that instant.
        let order = if ends > step.at { 0 } else { order + 1 };
        points.push(Point { at: ends, order, step: Some((index, true)), lane, covers: reach, room: (5.0, 3.0) });
    }
    points
}

impl Places {
    /// The first position of an instant.
    fn first(&self, at: Time) -> f64 {
        let mut ys = self.of_lanes.iter().filter(|p| p.0 == at).map(|p| p.2);
        ys.next().unwrap_or(self.bottom)
    }

    /// The first and the last position of an instant at a lane.
    fn at_lane(&self, at: Time, lane: usize) -> (f64, f64) {
        let here = self.of_lanes.iter().filter(|p| p.0 == at && p.1 == lane);
        here.fold((f64::MAX, 0.0), |(low, high), p| (p.2.min(low), p.2.max(high)))
    }

    fn ticks(&self, story: &Story) -> Vec<(f64, String)> {
        let mut ticks: Vec<(f64, String)> = Vec::new();
        let mut last = None;
        for (at, _, y) in self.of_lanes.iter().filter(|p| p.0 <= story.until) {
            let is_free = ticks.last().is_none_or(|tick| y - tick.0 >= TICK);
            if last != Some(*at) && is_free {
                ticks.push((*y, elapsed(at.since(story.start))));
                last = Some(*at);
            }
        }
        ticks
    }
}

fn block(bar: &Bar, xs: &[f64], places: &Places) -> Option<Block> {
    let x = xs.get(bar.lane)? + BESIDE * f64::from(bar.depth.min(3));
    let (top, bottom) = (places.at_lane(bar.from, bar.lane).0, places.at_lane(bar.to, bar.lane).1);
    (top < bottom).then_some(Block { x, top, bottom, part: bar.part, wasted: bar.wasted })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::request::sample;
    use expect_test::expect;

    /// The boxes of the labels of a diagram: left, top, right, bottom.
    fn words(sequence: &Sequence) -> Vec<(f64, f64, f64, f64, &str)> {
        let arrows = sequence.arrows.iter().map(|a| (a.label_at.0, a.label_at.1, width_of(&a.label), a.label.as_str()));
        let notes = sequence.notes.iter().map(|n| {
            let y = if n.kind == NoteKind::Wait { n.y + 13.0 } else { n.y + 4.0 };
            (n.label_x, y, n.label_width, n.label.as_str())
        });
        arrows.chain(notes).map(|(x, y, width, text)| (x, y - 9.0, x + width, y + 1.0, text)).collect()
    }

    #[test]
    fn words_never_cover_each_other_and_stay_inside() {
        for (name, text) in sample::all() {
            for (millis, room) in [(300, 760.0), (9_000, 760.0), (9_000, 480.0), (9_000, 370.0)] {
                let sequence = Sequence::of(&sample::story(&text, millis), room);
                let boxes = words(&sequence);
                for (index, a) in boxes.iter().enumerate() {
                    assert!(a.0 >= 0.0 && a.2 <= sequence.width && a.3 <= sequence.height, "{name} {room}: {a:?}");
                    for b in &boxes[..index] {
                        let apart = a.0 >= b.2 || b.0 >= a.2 || a.1 >= b.3 || b.1 >= a.3;
                        assert!(apart, "{name} at {millis} ms in {room}: {a:?} covers {b:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_later_stands_lower() {
        for (name, text) in sample::all() {
            let story = sample::story(&text, 9_000);
            let xs = lifelines(story.lanes.len(), 15, 700.0);
            let mut places = place(&story, &xs.0, xs.2);
            places.of_lanes.sort_by(|a, b| a.2.total_cmp(&b.2));
            assert!(places.of_lanes.is_sorted_by_key(|p| p.0), "{name}: {:?}", places.of_lanes);
            for (step, (from, to)) in story.steps.iter().zip(&places.of_steps) {
                assert!(*from > 0.0 && to >= from, "{name}: {step:?}");
            }
        }
    }

    #[test]
    fn what_was_drawn_keeps_its_place_while_the_story_goes_on() {
        for (name, text) in sample::all() {
            let last = Sequence::of(&sample::story(&text, 9_000), 700.0);
            for millis in [140, 150, 260, 420, 600] {
                let story = sample::story(&text, millis);
                let now = Sequence::of(&story, 700.0);
                for (step, arrow) in now.arrows.iter().zip(&last.arrows).enumerate() {
                    assert_eq!(arrow.0.from, arrow.1.from, "{name} at {millis} ms, message {step}");
                    if arrow.0.gone == 1.0 {
                        assert_eq!(arrow.0.to, arrow.1.to, "{name} at {millis} ms, message {step}");
                    }
                }
                assert_eq!(now.cursor.is_some(), !story.over);
            }
        }
    }

    #[test]
    fn a_message_under_way_does_not_tell_that_it_will_be_lost() {
        let at = |millis| Sequence::of(&sample::story(&sample::lost_answer(), millis), 700.0).arrows[2].clone();
        let (under_way, gone) = (at(145), at(171));
        assert!((0.2..0.9).contains(&under_way.gone) && !under_way.lost, "{under_way:?}");
        assert!(gone.gone == 1.0 && gone.lost, "{gone:?}");
    }

    #[test]
    fn more_lifelines_than_fit_make_it_wider() {
        let (xs, _, width) = lifelines(9, 30, 400.0);
        assert!(width > 800.0 && xs.windows(2).all(|two| two[1] - two[0] >= 104.0));
        assert!(lifelines(1, 99, 400.0).2 <= 400.0);
        assert!(lifelines(3, 30, 370.0).2 <= 370.0, "a phone");
    }

    /// The text with plain spaces, as non-breaking spaces are hard to tell apart in a test.
    fn plain(text: &str) -> String {
        text.replace('\u{a0}', " ")
    }

    /// The positions in a diagram, in short.
    fn summary(name: &str) -> String {
        let text = sample::all().into_iter().find(|(it, _)| *it == name).unwrap().1;
        let sequence = Sequence::of(&sample::story(&text, 9_000), 760.0);
        let mut out = String::new();
        for arrow in &sequence.arrows {
            let kind = if arrow.lost {
                "lost"
            } else if arrow.answer {
                "answer"
            } else {
                "request"
            };
            let ((x0, y0), (x1, y1)) = (arrow.from, arrow.to);
            out += &format!("{x0:.0},{y0:.0} → {x1:.0},{y1:.0} {kind} {:?} {}\n", arrow.tone, plain(&arrow.label));
        }
        for note in &sequence.notes {
            out += &format!("{:.0},{:.0}–{:.0} {:?} {}\n", note.x, note.y, note.bottom, note.kind, plain(&note.label));
        }
        for bar in &sequence.bars {
            let wasted = if bar.wasted { " wasted" } else { "" };
            out += &format!("{:.0}: {:.0}–{:.0} {:?}{wasted}\n", bar.x, bar.top, bar.bottom, bar.part);
        }
        out
    }

    #[test]
    fn the_answer_of_a_transfer_is_lost() {
        expect![[r#"
            123,16 → 343,37 request Request POST
            353,57 → 573,81 request Request POST
            573,129 → 353,154 lost Ok ok
            353,256 → 573,281 request Request POST, attempt 2
            573,329 → 353,353 answer Ok ok
            343,371 → 123,392 answer Ok ok
            578,105–105 Words books the transfer
            348,183–183 Timeout TOUT: timed out after 300 ms
            348,198–238 Wait backoff 100 ms
            578,305–305 Words books the transfer again
            118,405–405 Words result: ok
            118: 16–405 Calling
            348: 37–57 Working
            348: 57–371 Calling
            578: 81–129 Working
            578: 281–329 Working
        "#]]
        .assert_eq(&summary("lost-answer"));
    }

    #[test]
    fn an_attempt_times_out_and_its_work_goes_on() {
        expect![[r#"
            123,16 → 343,37 request Request POST
            353,57 → 573,81 request Request POST
            353,181 → 573,205 request Request POST, attempt 2
            573,249 → 353,315 answer Ok ok
            573,296 → 353,395 answer Wasted ok, too late
            343,333 → 123,354 answer Ok ok
            348,110–110 Timeout TOUT: timed out after 200 ms
            348,125–163 Wait backoff 50 ms
            578,225–225 Words books the transfer
            578,272–272 Words books the transfer again
            118,367–367 Words result: ok
            118: 16–367 Calling
            348: 37–57 Working
            348: 57–333 Calling
            578: 81–110 Working
            578: 110–296 Working wasted
            584: 205–249 Working
        "#]]
        .assert_eq(&summary("slow-once"));
    }

    #[test]
    fn the_breaker_refuses_the_third_attempt() {
        expect![[r#"
            123,16 → 304,32 request Request GET
            314,52 → 496,68 request Request GET
            496,86 → 314,103 answer Failed refused
            314,165 → 496,181 request Request GET, attempt 2
            496,199 → 314,215 answer Failed refused
            304,321 → 123,338 answer Degraded degraded
            309,112–147 Wait backoff 20 ms
            309,224–259 Wait backoff 20 ms
            309,271–271 Refusal not sent: breaker open
            309,297–297 Words continues with a fallback
            118,351–351 Words result: degraded
            118: 16–351 Calling
            309: 32–52 Working
            309: 52–321 Calling
        "#]]
        .assert_eq(&summary("breaker"));
    }

    #[test]
    fn a_deadline_runs_out_in_a_chain_of_three() {
        expect![[r#"
            123,16 → 304,32 request Request GET
            314,52 → 496,68 request Request GET
            506,88 → 687,123 request Request GET
            687,142 → 506,267 answer Wasted ok, too late
            304,197 → 123,214 answer Failed error 500
            496,197 → 314,214 answer Wasted error 500, too late
            309,173–173 Timeout deadline, 1.4 s
            501,173–173 Timeout deadline, 1.4 s
            118,227–227 Words result: error 500
            118: 16–227 Calling
            309: 32–52 Working
            309: 52–197 Calling
            501: 68–88 Working
            501: 88–197 Calling
            692: 123–142 Working
        "#]]
        .assert_eq(&summary("chain-deadline"));
    }
}
