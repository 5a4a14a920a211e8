//! Reads the text of a measure or a condition, without knowing any system.

use super::mistake::{Mistake, named};
use super::{Operator, field::Unit};
use crate::scenario::{duration, limits};
use crate::time::Span;
use std::ops::Range;

/// The syntax of a path.
#[derive(Debug)]
pub(super) struct PathText<'a> {
    pub at: usize,
    pub text: &'a str,
}

/// The syntax of a measure.
#[derive(Debug)]
pub(super) struct MeasureText<'a> {
    pub path: PathText<'a>,
    pub over: Option<PathText<'a>>,
    pub window: Option<WindowText>,
}

/// The syntax of a window, with the positions of its ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct WindowText {
    pub at: usize,
    pub from: Span,
    pub until: Option<(usize, Span)>,
    pub from_at: usize,
}

/// The syntax of a condition.
#[derive(Debug)]
pub(super) struct ConditionText<'a> {
    pub measure: MeasureText<'a>,
    pub test: TestText,
}

#[derive(Debug)]
pub(super) enum TestText {
    Compare(Operator, ValueText),
    Between(ValueText, ValueText),
}

/// A value and its notation, which must fit the measure: percentages fit shares, durations fit times.
#[derive(Clone, Copy, Debug)]
pub(super) struct ValueText {
    pub at: usize,
    pub value: f64,
    /// Its notation; `None` for a plain number.
    pub unit: Option<Unit>,
}

impl<'a> PathText<'a> {
    /// The parts between the dots, with their places in the whole text.
    pub fn parts(&self) -> Vec<(usize, &'a str)> {
        let mut at = self.at;
        let place = |part: &'a str| {
            let here = at;
            at += part.len() + 1;
            (here, part)
        };
        self.text.split('.').map(place).collect()
    }

    /// The positions of the ids of services.
    fn ids(&self) -> Vec<Range<usize>> {
        let range = |at: usize, id: &str| at..at + id.len();
        match self.parts()[..] {
            [(_, "clients" | "services"), (at, id), ..] => Vec::from([range(at, id)]),
            [(_, "links"), (at, link), ..] => match split_link(link) {
                Some((from, to)) => {
                    let second = at + from.len() + "->".len();
                    Vec::from([range(at, from), range(second, to)])
                }
                None => Vec::new(),
            },
            _ => Vec::new(),
        }
    }
}

/// The two ends of `from->to`.
pub(super) fn split_link(link: &str) -> Option<(&str, &str)> {
    link.split_once("->").filter(|(_, to)| !to.contains('>'))
}

impl<'a> MeasureText<'a> {
    fn paths(&self) -> impl Iterator<Item = &PathText<'a>> {
        std::iter::once(&self.path).chain(&self.over)
    }

    /// The positions of the ids of services, in order.
    pub fn ids(&self) -> Vec<Range<usize>> {
        self.paths().flat_map(PathText::ids).collect()
    }

    /// The positions of the ids of links, in order.
    pub fn links(&self) -> Vec<Range<usize>> {
        let link = |path: &PathText| match path.parts()[..] {
            [(_, "links"), (at, link), ..] => Some(at..at + link.len()),
            _ => None,
        };
        self.paths().filter_map(link).collect()
    }
}

/// Reads a measure, and nothing after it.
pub(super) fn measure(text: &str) -> Result<MeasureText<'_>, Mistake> {
    let mut cursor = Cursor::new(text)?;
    let measure = cursor.measure()?;
    let allowed = if measure.window.is_some() { "the end" } else { "“/”, “during” or the end" };
    cursor.end(allowed)?;
    Ok(measure)
}

/// Reads a condition, and nothing after it.
pub(super) fn condition(text: &str) -> Result<ConditionText<'_>, Mistake> {
    let mut cursor = Cursor::new(text)?;
    let mut measure = cursor.measure()?;
    let test = cursor.test()?;
    if let Some(window) = cursor.window()? {
        if measure.window.is_some() {
            return Err(cursor.mistake(window.at, "the measure has a window already; a condition has at most one"));
        }
        measure.window = Some(window);
    }
    cursor.end(if measure.window.is_some() { "the end" } else { "“during” or the end" })?;
    Ok(ConditionText { measure, test })
}

/// A place in a text.
struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn new(text: &'a str) -> Result<Self, Mistake> {
        if text.chars().count() > limits::MEASURE_CHARS {
            let message = format!("is too long; at most {} characters are allowed", limits::MEASURE_CHARS);
            return Err(Mistake::new("", 0, message));
        }
        Ok(Cursor { text, at: 0 })
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_spaces(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn mistake(&self, at: usize, message: impl Into<String>) -> Mistake {
        Mistake::new(self.text, at, message)
    }

    /// The mistake for unexpected text at this position.
    fn unexpected(&self, allowed: &str) -> Mistake {
        let found = match self.rest().split_whitespace().next() {
            None => "the text ends".to_owned(),
            Some(word) => format!("found {}", named(word)),
        };
        self.mistake(self.at, format!("{found}; expected {allowed}"))
    }

    /// Takes characters from the start of the rest as long as `takes` accepts them; it also sees the following text.
    fn take(&mut self, takes: impl Fn(Option<char>, char, &str) -> bool) -> &'a str {
        let rest = self.rest();
        let mut before = None;
        let mut end = rest.len();
        for (place, c) in rest.char_indices() {
            if !takes(before, c, &rest[place + c.len_utf8()..]) {
                end = place;
                break;
            }
            before = Some(c);
        }
        self.at += end;
        &rest[..end]
    }

    /// Takes a word if the rest begins with it as a whole.
    fn word(&mut self, word: &str) -> bool {
        let after = self.rest().strip_prefix(word);
        let found = after.is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric() || c == '_'));
        if found {
            self.at += word.len();
        }
        found
    }

    fn sign(&mut self, sign: &str) -> bool {
        let found = self.rest().starts_with(sign);
        if found {
            self.at += sign.len();
        }
        found
    }

    fn end(&mut self, allowed: &str) -> Result<(), Mistake> {
        self.skip_spaces();
        if self.rest().is_empty() { Ok(()) } else { Err(self.unexpected(allowed)) }
    }

    fn path(&mut self) -> Result<PathText<'a>, Mistake> {
        self.skip_spaces();
        let at = self.at;
        // The sign `>` belongs to a path only in the arrow of a link.
        let text = self.take(|before, c, _| match c {
            '>' => before == Some('-'),
            c => c.is_alphanumeric() || matches!(c, '_' | '-' | '.'),
        });
        if text.is_empty() {
            return Err(self.unexpected("a measure, e.g. clients.web.success_rate"));
        }
        Ok(PathText { at, text })
    }

    fn measure(&mut self) -> Result<MeasureText<'a>, Mistake> {
        let path = self.path()?;
        self.skip_spaces();
        let over = if self.sign("/") { Some(self.path()?) } else { None };
        let window = self.window()?;
        Ok(MeasureText { path, over, window })
    }

    fn window(&mut self) -> Result<Option<WindowText>, Mistake> {
        self.skip_spaces();
        let at = self.at;
        if !self.word("during") {
            return Ok(None);
        }
        self.skip_spaces();
        let from_at = self.at;
        let from = self.duration()?;
        self.skip_spaces();
        if !self.sign("..") {
            return Err(self.unexpected("“..”, e.g. during 10s..60s"));
        }
        self.skip_spaces();
        let until_at = self.at;
        let has_end = self.rest().starts_with(|c: char| c.is_alphanumeric() || c == '-');
        let until = if has_end { Some((until_at, self.duration()?)) } else { None };
        Ok(Some(WindowText { at, from, until, from_at }))
    }

    /// A number with its unit, up to a space or `..`.
    fn figure(&mut self) -> (usize, &'a str) {
        self.skip_spaces();
        let at = self.at;
        let text = self.take(|before, c, after| match c {
            '.' => !after.starts_with('.') && before != Some('.'),
            '-' => before.is_none(),
            c => c.is_alphanumeric() || c == '%',
        });
        (at, text)
    }

    fn duration(&mut self) -> Result<Span, Mistake> {
        let (at, figure) = self.figure();
        if figure.is_empty() {
            return Err(self.unexpected("a duration, e.g. 10s"));
        }
        duration::parse(figure).map_err(|_| {
            self.mistake(at, format!("{} is not a duration up to 10,000 h; expected e.g. 250ms or 10s", named(figure)))
        })
    }

    fn value(&mut self) -> Result<ValueText, Mistake> {
        let (at, figure) = self.figure();
        if figure.is_empty() {
            return Err(self.unexpected("a value: a number, a percentage such as 99%, or a duration such as 1.5s"));
        }
        let value = |value: f64, unit| Ok(ValueText { at, value, unit });
        if let Some(percent) = figure.strip_suffix('%').and_then(|figure| number(figure, "e-2")) {
            return value(percent, Some(Unit::Share));
        }
        if let Some(plain) = number(figure, "") {
            return value(plain, None);
        }
        match duration::parse(figure) {
            Ok(span) => value(span.as_millis_f64(), Some(Unit::Millis)),
            Err(_) => Err(self.mistake(
                at,
                format!(
                    "{} is no value; expected a number, a percentage such as 99%, or a duration such as 1.5s",
                    named(figure)
                ),
            )),
        }
    }

    fn test(&mut self) -> Result<TestText, Mistake> {
        self.skip_spaces();
        if self.word("in") {
            let low = self.value()?;
            self.skip_spaces();
            if !self.sign("..") {
                return Err(self.unexpected("“..” between two values, e.g. in 2..5"));
            }
            let high = self.value()?;
            if high.value < low.value {
                return Err(self.mistake(high.at, "the second value is less than the first"));
            }
            return Ok(TestText::Between(low, high));
        }
        match Operator::ALL.into_iter().find(|operator| self.sign(operator.sign())) {
            Some(operator) => Ok(TestText::Compare(operator, self.value()?)),
            None => Err(self.unexpected("a comparison: >=, <=, >, <, == or in")),
        }
    }
}

/// A decimal number without a sign, with a separate exponent; `None` if it is invalid or too large.
fn number(figure: &str, exponent: &str) -> Option<f64> {
    let plain = |c: char| c.is_ascii_digit() || c == '.';
    let is_one =
        figure.starts_with(|c: char| c.is_ascii_digit()) && figure.chars().all(plain) && !figure.ends_with('.');
    let value = is_one.then(|| format!("{figure}{exponent}").parse::<f64>().ok()).flatten();
    value.filter(|value| value.is_finite())
}
