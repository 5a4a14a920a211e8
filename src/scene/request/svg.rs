//! The diagrams of one request as SVG text, for the page, for files, and for pictures.
//!
//! All styles are attributes, because the page allows no inline styles and a file stands alone. Names are escaped, so
//! that a name from a stranger's file cannot become markup.

use super::life::Part;
use super::outcomes::Tone;
use super::sequence::{Arrow, BAR, Block, HEAD, Head, Note, NoteKind, Sequence};
use super::waterfall::{self, Row, Shape, Waterfall};
use crate::scenario::Kind;
use crate::t;
use std::fmt::Write;

/// The colours, named by purpose.
#[derive(Clone, Copy, Debug)]
pub struct Colours {
    /// Text.
    pub ink: &'static str,
    /// Secondary text.
    pub soft: &'static str,
    /// Hairlines.
    pub line: &'static str,
    /// Background.
    pub paper: &'static str,
    /// Requests and work.
    pub request: &'static str,
    /// Success.
    pub ok: &'static str,
    /// Degraded results.
    pub warn: &'static str,
    /// Failures.
    pub bad: &'static str,
}

/// The colours of the page, which follow its theme.
pub const PAGE: Colours = Colours {
    ink: "var(--ink)",
    soft: "var(--soft)",
    line: "var(--lane)",
    paper: "var(--panel)",
    request: "var(--req)",
    ok: "var(--ok)",
    warn: "var(--warn)",
    bad: "var(--bad)",
};

/// The colours of a file: those of the light theme.
pub const FILE: Colours = Colours {
    ink: "#1c2127",
    soft: "#565e69",
    line: "#c9c4b8",
    paper: "#fffefb",
    request: "#0072b2",
    ok: "#00765a",
    warn: "#8f5600",
    bad: "#b8430a",
};

impl Colours {
    fn of(&self, tone: Tone) -> &'static str {
        match tone {
            Tone::Request => self.request,
            Tone::Ok => self.ok,
            Tone::Degraded => self.warn,
            Tone::Failed => self.bad,
            Tone::Wasted | Tone::Quiet => self.soft,
        }
    }
}

/// An SVG that is being written.
pub(super) struct Pen {
    pub text: String,
    pub colours: Colours,
}

/// The alignment of words.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Pen {
    /// An SVG of this size, with the hatching of wasted work.
    pub fn new(colours: Colours, width: f64, height: f64, title: &str) -> Self {
        let mut pen = Pen { text: String::with_capacity(8_192), colours };
        pen.put(format_args!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0}" height="{height:.0}" viewBox="0 0 {width:.0} {height:.0}" font-family="system-ui, sans-serif" font-size="11"><title>"#
        ));
        pen.text.push_str(&escaped(title));
        pen.put(format_args!(
            r#"</title><defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V5" stroke="{}" stroke-width="2.4"/></pattern></defs>"#,
            colours.soft
        ));
        pen
    }

    pub fn put(&mut self, what: std::fmt::Arguments<'_>) {
        // Writing to a String cannot fail.
        let _ = self.text.write_fmt(what);
    }

    pub fn finish(mut self) -> String {
        self.text.push_str("</svg>");
        self.text
    }

    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), colour: &str, rest: &str) {
        let ((x1, y1), (x2, y2)) = (from, to);
        self.put(format_args!(r#"<path d="M{x1:.1} {y1:.1}L{x2:.1} {y2:.1}" stroke="{colour}" fill="none"{rest}/>"#));
    }

    /// A rectangle from left, top, width and height, with round corners.
    pub fn rect(
        &mut self,
        (x, y, width, height): (f64, f64, f64, f64),
        round: f64,
        fill: &str,
        stroke: &str,
        rest: &str,
    ) {
        self.put(format_args!(
            r#"<rect x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}" rx="{round}" fill="{fill}" stroke="{stroke}"{rest}/>"#
        ));
    }

    /// Words with a rim in the colour of the paper, so that lines do not cross them.
    pub fn words(&mut self, (x, y): (f64, f64), anchor: Anchor, colour: &str, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => r#" text-anchor="middle""#,
            Anchor::End => r#" text-anchor="end""#,
        };
        let paper = self.colours.paper;
        self.put(format_args!(
            r#"<text x="{x:.1}" y="{y:.1}"{anchor} fill="{colour}" stroke="{paper}" stroke-width="3" paint-order="stroke">"#
        ));
        self.text.push_str(&escaped(text));
        self.text.push_str("</text>");
    }

    /// A busy time: left, top, width and height.
    fn piece(&mut self, place: (f64, f64, f64, f64), part: Part, wasted: bool) {
        let Colours { paper, soft, request, warn, .. } = self.colours;
        self.rect(place, 2.0, paper, "none", "");
        match part {
            _ if wasted => self.rect(place, 2.0, "url(#hatch)", soft, ""),
            Part::Queued => self.rect(place, 2.0, paper, warn, r#" stroke-dasharray="2 2""#),
            Part::Working => self.rect(place, 2.0, request, request, ""),
            Part::Calling => self.rect(place, 2.0, request, request, r#" fill-opacity=".16""#),
        }
    }

    /// A cross: lost or not sent.
    fn cross(&mut self, (x, y): (f64, f64), colour: &str) {
        let (l, r, t, b) = (x - 4.5, x + 4.5, y - 4.5, y + 4.5);
        self.put(format_args!(
            r#"<path d="M{l:.1} {t:.1}L{r:.1} {b:.1}M{r:.1} {t:.1}L{l:.1} {b:.1}" stroke="{colour}" stroke-width="2" fill="none"/>"#
        ));
    }
}

/// Text for XML: markup is escaped, and characters that XML forbids are omitted.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c < ' ' => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

/// The names of a sequence diagram alone, which stay visible on the page.
pub fn heads(sequence: &Sequence, colours: Colours) -> String {
    let mut pen = Pen::new(colours, sequence.width, HEAD, "");
    sequence.heads.iter().for_each(|it| head(&mut pen, it));
    pen.finish()
}

/// The diagram below the names.
pub fn body(sequence: &Sequence, colours: Colours) -> String {
    let mut pen = Pen::new(colours, sequence.width, sequence.height, "");
    lifelines(&mut pen, sequence);
    pen.finish()
}

/// The width and height of [`whole`].
pub fn size_of_whole(sequence: &Sequence) -> (f64, f64) {
    (sequence.width + 16.0, HEAD + sequence.height + 16.0)
}

/// A complete sequence diagram.
pub fn whole(sequence: &Sequence, colours: Colours, title: &str) -> String {
    let (width, height) = size_of_whole(sequence);
    let mut pen = Pen::new(colours, width, height, title);
    pen.rect((0.0, 0.0, width, height), 0.0, colours.paper, "none", "");
    pen.text.push_str(r#"<g transform="translate(8 8)">"#);
    sequence.heads.iter().for_each(|it| head(&mut pen, it));
    pen.put(format_args!(r#"<g transform="translate(0 {HEAD})">"#));
    lifelines(&mut pen, sequence);
    pen.text.push_str("</g></g>");
    pen.finish()
}

fn head(pen: &mut Pen, head: &Head) {
    let Colours { ink, paper, soft, .. } = pen.colours;
    let round = if head.kind == Kind::Client { 13.0 } else { 6.0 };
    let dashes = match head.kind {
        Kind::External | Kind::Stub => r#" stroke-dasharray="5 3""#,
        Kind::Client | Kind::Service => "",
    };
    pen.rect((head.x - head.width / 2.0, 1.0, head.width, HEAD - 4.0), round, paper, soft, dashes);
    pen.words((head.x, 18.0), Anchor::Middle, ink, &head.name);
}

fn lifelines(pen: &mut Pen, sequence: &Sequence) {
    let Colours { line, soft, ink, .. } = pen.colours;
    for head in &sequence.heads {
        pen.line((head.x, 0.0), (head.x, sequence.height), line, r#" stroke-dasharray="4 4""#);
    }
    for (y, text) in &sequence.ticks {
        pen.words((46.0, y + 4.0), Anchor::End, soft, text);
    }
    sequence.bars.iter().for_each(|bar| block(pen, bar));
    sequence.arrows.iter().for_each(|it| arrow(pen, it));
    sequence.notes.iter().for_each(|it| note(pen, it));
    if let Some(y) = sequence.cursor {
        pen.line((54.0, y), (sequence.width, y), ink, r#" stroke-opacity=".45""#);
        pen.put(format_args!(r#"<circle cx="54" cy="{y:.1}" r="3.5" fill="{ink}"/>"#));
    }
}

fn block(pen: &mut Pen, bar: &Block) {
    pen.piece((bar.x - BAR, bar.top, 2.0 * BAR, bar.bottom - bar.top), bar.part, bar.wasted);
}

fn arrow(pen: &mut Pen, arrow: &Arrow) {
    let colour = pen.colours.of(arrow.tone);
    let (from, end) = (arrow.from, arrow.to);
    let along = |share: f64| (from.0 + (end.0 - from.0) * share, from.1 + (end.1 - from.1) * share);
    let dashes = match arrow.tone {
        Tone::Wasted => r#" stroke-width="1.5" stroke-dasharray="2 3""#,
        _ if arrow.answer => r#" stroke-width="1.5" stroke-dasharray="6 3""#,
        _ => r#" stroke-width="1.5""#,
    };
    if arrow.gone < 1.0 {
        let (x, y) = along(arrow.gone);
        pen.line(from, (x, y), colour, dashes);
        pen.line((x, y), end, pen.colours.line, dashes);
        pen.put(format_args!(r#"<circle cx="{x:.1}" cy="{y:.1}" r="4" fill="{colour}"/>"#));
    } else if arrow.lost {
        let broken = along(0.66);
        pen.line(from, broken, colour, dashes);
        pen.cross(broken, pen.colours.bad);
        let (ahead, anchor) = if end.0 > from.0 { (9.0, Anchor::Start) } else { (-9.0, Anchor::End) };
        pen.words((broken.0 + ahead, broken.1 + 4.0), anchor, pen.colours.bad, &t!("sequence-lost"));
    } else {
        pen.line(from, end, colour, dashes);
        tip(pen, arrow, colour);
    }
    pen.words(arrow.label_at, Anchor::Start, colour, &arrow.label);
}

/// The tip of an arrow: full for a request, open for an answer, as in UML.
fn tip(pen: &mut Pen, arrow: &Arrow, colour: &str) {
    let (dx, dy) = (arrow.to.0 - arrow.from.0, arrow.to.1 - arrow.from.1);
    let length = libm::sqrt(dx * dx + dy * dy).max(1.0);
    let (dx, dy) = (dx / length, dy / length);
    let (x, y) = arrow.to;
    let (back, aside) = (8.0, 3.8);
    let (x1, y1) = (x - dx * back - dy * aside, y - dy * back + dx * aside);
    let (x2, y2) = (x - dx * back + dy * aside, y - dy * back - dx * aside);
    let (close, fill) = if arrow.answer { ("", "none") } else { ("Z", colour) };
    pen.put(format_args!(
        r#"<path d="M{x1:.1} {y1:.1}L{x:.1} {y:.1}L{x2:.1} {y2:.1}{close}" stroke="{colour}" stroke-width="1.5" fill="{fill}"/>"#
    ));
}

fn note(pen: &mut Pen, note: &Note) {
    let colours = pen.colours;
    let colour = colours.of(note.tone);
    let (x, y) = (note.x + BAR, note.y);
    match note.kind {
        NoteKind::Words | NoteKind::Timeout => {
            let place = (note.label_x - 5.0, y - 8.5, note.label_width + 10.0, 17.0);
            let fill = if note.kind == NoteKind::Timeout { colours.bad } else { colours.paper };
            let opacity = if note.kind == NoteKind::Timeout { r#" fill-opacity=".14""# } else { "" };
            pen.rect(place, 8.5, colours.paper, "none", "");
            pen.rect(place, 8.5, fill, colour, opacity);
            if note.kind == NoteKind::Timeout {
                pen.cross((note.x, y), colour);
            }
            let middle = note.label_x + note.label_width / 2.0;
            pen.put(format_args!(r#"<text x="{middle:.1}" y="{:.1}" text-anchor="middle" fill="{colour}">"#, y + 4.0));
            pen.text.push_str(&escaped(&note.label));
            pen.text.push_str("</text>");
        }
        NoteKind::Wait => {
            let (side, bottom) = (x + 6.0, note.bottom);
            pen.put(format_args!(
                r#"<path d="M{x:.1} {y:.1}H{side:.1}V{bottom:.1}H{x:.1}" stroke="{colour}" stroke-dasharray="3 3" fill="none"/>"#
            ));
            pen.words((note.label_x, y + 13.0), Anchor::Start, colour, &note.label);
        }
        NoteKind::Refusal => {
            let (side, low) = (x + 22.0, y + 11.0);
            pen.put(format_args!(
                r#"<path d="M{x:.1} {y:.1}H{side:.1}V{low:.1}H{:.1}M{:.1} {:.1}L{x:.1} {low:.1}L{:.1} {:.1}" stroke="{colour}" stroke-width="1.5" fill="none"/>"#,
                x + 1.0,
                x + 6.0,
                low - 3.5,
                x + 6.0,
                low + 3.5
            ));
            pen.cross((side, y + 5.5), colour);
            pen.words((note.label_x, y + 9.5), Anchor::Start, colour, &note.label);
        }
    }
}

/// A waterfall. With a `title` it is a file of its own, on paper.
pub fn waterfall(waterfall: &Waterfall, colours: Colours, title: Option<&str>) -> String {
    let mut pen = Pen::new(colours, waterfall.width, waterfall.height, title.unwrap_or_default());
    if title.is_some() {
        pen.rect((0.0, 0.0, waterfall.width, waterfall.height), 0.0, colours.paper, "none", "");
    }
    for (x, text) in &waterfall.ticks {
        pen.line((*x, waterfall::AXIS - 4.0), (*x, waterfall.foot), colours.line, r#" stroke-dasharray="2 4""#);
        pen.words((*x, 12.0), Anchor::Middle, colours.soft, text);
    }
    waterfall.rows.iter().for_each(|it| row(&mut pen, it));
    if let Some(x) = waterfall.cursor {
        pen.line((x, waterfall::AXIS - 4.0), (x, waterfall.foot), colours.ink, r#" stroke-opacity=".45""#);
    }
    waterfall.key.iter().for_each(|(it, place)| shape(&mut pen, *it, *place));
    pen.finish()
}

/// An entry of the legend: a shape of the rows and its meaning.
fn shape(pen: &mut Pen, shape: Shape, (x, y): (f64, f64)) {
    let soft = pen.colours.soft;
    let place = (x, y - 4.0, 16.0, 8.0);
    match shape {
        Shape::Waits => pen.rect((x, y - 5.0, 16.0, 10.0), 3.0, soft, soft, r#" fill-opacity=".12""#),
        Shape::Does(part) => pen.piece(place, part, false),
        Shape::Wasted => pen.piece(place, Part::Working, true),
        Shape::Backoff => pen.line((x, y), (x + 16.0, y), soft, r#" stroke-dasharray="3 3""#),
    }
    pen.words((x + 21.0, y + 4.0), Anchor::Start, soft, &shape.name().text());
}

fn row(pen: &mut Pen, row: &Row) {
    let colour = pen.colours.of(row.tone);
    let Colours { ink, soft, .. } = pen.colours;
    let y = row.y;
    if let Some(from) = row.backoff {
        pen.line((from, y), (row.from, y), soft, r#" stroke-dasharray="3 3""#);
    }
    let width = (row.to - row.from).max(1.0);
    pen.rect((row.from, y - 7.0, width, 14.0), 3.0, colour, colour, r#" fill-opacity=".12""#);
    for piece in &row.pieces {
        let (place, width) = ((piece.from, y - 4.0), (piece.to - piece.from).max(1.0));
        pen.piece((place.0, place.1, width, 8.0), piece.part, piece.wasted);
    }
    let end = row.pieces.iter().map(|p| p.to).fold(row.to, f64::max);
    pen.words((row.label_x, y + 4.0), Anchor::Start, ink, &row.label);
    pen.words((end + 6.0, y + 4.0), Anchor::Start, colour, &row.ending);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::request::cast::Cast;
    use crate::scene::request::life::Life;
    use crate::scene::request::sample;
    use crate::scene::request::story::Story;

    /// All pictures of a system, in the colours of a file and of the page.
    fn pictures(text: &str, millis: u64) -> Vec<String> {
        let (life, simulation, document) = sample::life(text, sample::scheduled_intent(text), millis);
        let cast = Cast { topology: simulation.topology(), document: &document };
        let sequence = Sequence::of(&Story::of(&life, cast), 700.0);
        let fall = Waterfall::of(&life, cast, 700.0);
        vec![
            whole(&sequence, FILE, &document.title),
            waterfall(&fall, FILE, Some(&document.title)),
            heads(&sequence, PAGE),
            body(&sequence, PAGE),
            waterfall(&fall, PAGE, None),
        ]
    }

    /// The elements of an XML text that are open at its end. Fails if the text is not well formed.
    fn open_elements(xml: &str) -> Vec<&str> {
        let mut open = Vec::new();
        for tag in xml.split('<').skip(1) {
            let (tag, after) = tag.split_once('>').expect("a tag ends");
            assert!(!after.contains('>'), "{after}");
            let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap();
            match (tag.starts_with('/'), tag.ends_with('/')) {
                (true, _) => assert_eq!(open.pop(), Some(name)),
                (false, false) => open.push(name),
                (false, true) => {}
            }
            assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        }
        open
    }

    #[test]
    fn every_picture_is_well_formed_and_stands_alone() {
        for (name, text) in sample::all() {
            for millis in [135, 260, 9_000] {
                for (index, picture) in pictures(&text, millis).iter().enumerate() {
                    assert_eq!(open_elements(picture), Vec::<&str>::new(), "{name} {millis} {index}");
                    assert!(!picture.contains("style=") && !picture.contains("class="), "the page allows no styles");
                    assert!(!picture.contains("NaN") && !picture.contains("inf"), "{name} {millis} {index}");
                    assert_eq!(index < 2, !picture.contains("var("), "a file brings its colours with it");
                }
            }
        }
    }

    #[test]
    fn names_stay_text() {
        let nasty = r#"<script>alert(\"1\")</script>& 'more'"#;
        let text = sample::lost_answer()
            .replace(r#"{"services""#, &format!(r#"{{"title":"{nasty}","services""#))
            .replace("Bank API", nasty)
            .replace(r#""transfer""#, &format!(r#""{nasty}""#));
        for picture in pictures(&text, 9_000) {
            assert!(!picture.contains("<script"), "{picture}");
            assert_eq!(open_elements(&picture), Vec::<&str>::new());
        }
        let (life, simulation, document): (Life, _, _) = sample::life(&text, 1, 9_000);
        let diagram = crate::scene::request::mermaid::text(&Story::of(
            &life,
            Cast { topology: simulation.topology(), document: &document },
        ));
        assert!(!diagram.contains('<') && diagram.contains("#60;script#62;"), "{diagram}");
        assert_eq!(diagram.lines().count(), 1 + 3 + 11, "one line a step, whatever the names: {diagram}");
    }

    #[test]
    fn escaping_leaves_no_markup_and_nothing_that_xml_forbids() {
        assert_eq!(escaped("a<b>&\"c\"\u{0}\u{b}\u{ffff}é"), "a&lt;b&gt;&amp;&quot;c&quot;  é");
    }
}
