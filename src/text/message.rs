//! A message for people as data: its id and the values that it names.

use super::format;
use super::list::list_and;
use crate::time::Span;
use fluent_bundle::{FluentArgs, FluentValue};
use std::fmt;

/// The name of a message. Made by [`id!`](crate::id) alone, so that a test finds every use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Id(&'static str);

impl Id {
    /// The id of this name. Use [`id!`](crate::id).
    pub const fn new(name: &'static str) -> Self {
        Id(name)
    }

    /// The name in the message files.
    pub const fn name(self) -> &'static str {
        self.0
    }

    /// The text in the current language, of a message without values.
    pub fn text(self) -> String {
        Message::new(self).text()
    }
}

/// A message and its values. It has no language until it is formatted.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    id: Id,
    values: Vec<(&'static str, Value)>,
}

impl Message {
    /// A message without values. Use [`msg!`](crate::msg).
    pub const fn new(id: Id) -> Self {
        Message { id, values: Vec::new() }
    }

    /// The message with a value for the variable `$name`.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.values.push((name, value.into()));
        self
    }

    /// The name of the message in the message files.
    pub const fn id(&self) -> &'static str {
        self.id.0
    }

    /// The value of a variable.
    pub fn value(&self, name: &str) -> Option<&Value> {
        self.values.iter().find(|(of, _)| *of == name).map(|(_, value)| value)
    }

    /// The text in the current language.
    pub fn text(&self) -> String {
        super::format(self)
    }

    pub(super) fn args(&self) -> FluentArgs<'static> {
        let mut args = FluentArgs::with_capacity(self.values.len());
        for (name, value) in &self.values {
            args.set(*name, value.to_fluent());
        }
        args
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

/// A value in a message. The language decides how to show it.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A name or typed text, shown unchanged.
    Text(String),
    /// A number, also for plural forms.
    Number(f64),
    /// A number in few digits: `1.2k`.
    Count(u64),
    /// A length of time in two or three digits: `1.5 s`.
    Duration(Span),
    /// A length of time, exact: `1.505 s`.
    Exact(Span),
    /// The time since the start of something, precise enough to distinguish two instants: `1.23 s`.
    Elapsed(Span),
    /// A share as per cent: `50 %`.
    Share(f64),
    /// A rate per second: `12/s`.
    Rate(f64),
    /// A length of time in seconds, with so many decimals: `1.500 s`.
    Seconds(Span, usize),
    /// A share with one decimal where it has one, rounded down: `98.9 %`.
    FineShare(f64),
    /// A number with its thousands apart: `2,953`.
    Grouped(usize),
    /// Several messages as a list: `a, b and c`.
    ListAnd(Vec<Message>),
    /// Another message.
    Message(Box<Message>),
    /// Several values, with commas between them.
    List(Vec<Value>),
}

/// A length of time in seconds, with so many decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seconds(pub Span, pub usize);

/// A share from 0 to 1 with one decimal, rounded down: what is below 99 % never reads `99 %`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FineShare(pub f64);

/// A number with its thousands apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grouped(pub usize);

/// Several messages as a list: `a, b and c`.
#[derive(Clone, Debug, PartialEq)]
pub struct ListAnd(pub Vec<Message>);

/// A count in few digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count(pub u64);

/// A length of time, exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exact(pub Span);

/// The time since the start of something, precise enough to distinguish two instants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elapsed(pub Span);

/// A share from 0 to 1, shown as per cent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share(pub f64);

/// A number per second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate(pub f64);

impl Value {
    /// The value as Fluent takes it: a number stays one, for plural forms.
    fn to_fluent(&self) -> FluentValue<'static> {
        match self {
            Value::Number(number) => FluentValue::from(*number),
            other => FluentValue::from(other.text()),
        }
    }

    /// The value as a user reads it.
    pub fn text(&self) -> String {
        match self {
            Value::Text(text) => text.clone(),
            Value::Number(number) => format::number(*number),
            Value::Count(count) => format::count(*count),
            Value::Duration(span) => format::duration(*span),
            Value::Exact(span) => format::exact(*span),
            Value::Elapsed(span) => format::elapsed(*span),
            Value::Share(share) => format::percent(*share),
            Value::Rate(rate) => format::rate(*rate),
            Value::Seconds(span, decimals) => format::seconds(*span, *decimals),
            Value::FineShare(share) => format::fine_percent(*share),
            Value::Grouped(number) => format::grouped(*number),
            Value::ListAnd(items) => list_and(&items.iter().map(Message::text).collect::<Vec<_>>()),
            Value::Message(message) => message.text(),
            Value::List(values) => values.iter().map(Value::text).collect::<Vec<_>>().join(", "),
        }
    }
}

macro_rules! values {
    ($($from:ty => $pattern:pat => $value:expr),* $(,)?) => {
        $(impl From<$from> for Value {
            fn from($pattern: $from) -> Self {
                $value
            }
        })*
    };
}

values! {
    &str => text => Value::Text(text.to_owned()),
    &String => text => Value::Text(text.clone()),
    String => text => Value::Text(text),
    f64 => number => Value::Number(number),
    u16 => number => Value::Number(f64::from(number)),
    u32 => number => Value::Number(f64::from(number)),
    i32 => number => Value::Number(f64::from(number)),
    u64 => number => Value::Number(number as f64),
    usize => number => Value::Number(number as f64),
    Span => span => Value::Duration(span),
    Exact => Exact(span) => Value::Exact(span),
    Count => Count(count) => Value::Count(count),
    Elapsed => Elapsed(span) => Value::Elapsed(span),
    Share => Share(share) => Value::Share(share),
    Rate => Rate(rate) => Value::Rate(rate),
    Seconds => Seconds(span, decimals) => Value::Seconds(span, decimals),
    FineShare => FineShare(share) => Value::FineShare(share),
    Grouped => Grouped(number) => Value::Grouped(number),
    ListAnd => ListAnd(items) => Value::ListAnd(items),
    Id => id => Value::Message(Box::new(Message::new(id))),
    &Message => message => Value::Message(Box::new(message.clone())),
    Message => message => Value::Message(Box::new(message)),
    Vec<Message> => messages => Value::List(messages.into_iter().map(Value::from).collect()),
    Vec<Value> => values => Value::List(values),
}
