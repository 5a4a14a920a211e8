//! Fields: single parameters of a thing, with the text that users see and type.
//!
//! The inspector is a list of [`Field`]s, so that sixty parameters need only one kind of view. A field finds its value
//! through a lens. If the lens finds nothing (the factor of a backoff that is not exponential), the field is not shown.
//! A field refuses text that it cannot read; [`check`](crate::scenario::check::check) decides whether a value makes
//! sense for the system.

use crate::chance::Distribution;
use crate::outcome::{Outcome, OutcomeSet};
use crate::scenario::duration;
use crate::scenario::words::Word;
use crate::text::{Id, Message};
use crate::time::Span;
use crate::{id, msg};
use std::borrow::Cow;
use std::rc::Rc;

/// The control of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// A line of text.
    Text,
    /// Several lines of text.
    Area,
    /// A number.
    Number,
    /// A duration, e.g. `250ms`.
    Duration,
    /// A duration that can be chosen on a slider, too.
    Dial,
    /// One of these options: the value of each, and its name for users.
    Choice(Vec<(Cow<'static, str>, OptionName)>),
    /// Yes or no.
    Switch,
    /// Any number of outcomes.
    Outcomes(OutcomeSet),
}

impl Input {
    /// One of a few fixed options.
    pub fn choice(options: impl IntoIterator<Item = (&'static str, Id)>) -> Self {
        Input::Choice(options.into_iter().map(|(key, name)| (key.into(), OptionName::Message(name))).collect())
    }

    /// One of the things in the document.
    pub fn pick(options: impl IntoIterator<Item = (String, String)>) -> Self {
        Input::Choice(options.into_iter().map(|(key, name)| (key.into(), OptionName::Own(name))).collect())
    }
}

/// The name of an option.
#[derive(Clone, Debug, PartialEq)]
pub enum OptionName {
    /// A text of the app.
    Message(Id),
    /// A name that a user has chosen.
    Own(String),
}

impl OptionName {
    /// The name as a user reads it.
    pub fn text(&self) -> String {
        match self {
            OptionName::Message(id) => id.text(),
            OptionName::Own(name) => name.clone(),
        }
    }
}

/// A value that a user can type.
pub trait Typed: Sized {
    /// The text in the field.
    fn show(&self) -> String;
    /// Reads what a user typed; the error says what is allowed.
    fn read(text: &str) -> Result<Self, Message>;
}

type Get<T> = Rc<dyn Fn(&T) -> Option<String>>;
type Set<T> = Rc<dyn Fn(&mut T, &str) -> Result<(), Message>>;

/// One parameter of a `T`.
#[derive(Clone)]
pub struct Field<T> {
    /// Its label, which also identifies it within its card.
    pub label: Id,
    /// Its unit, an example, or the meaning of an empty field.
    pub hint: Option<Id>,
    /// The control that edits it.
    pub input: Input,
    /// Whether it is rarely used and therefore folded away.
    pub is_rare: bool,
    get: Get<T>,
    set: Set<T>,
}

impl<T: Clone + 'static> Field<T> {
    /// A field for the value that `lens` finds.
    pub fn new<V: Typed>(
        label: Id,
        hint: Option<Id>,
        input: Input,
        lens: impl Fn(&mut T) -> Option<&mut V> + Clone + 'static,
    ) -> Self {
        let look = lens.clone();
        Field::custom(
            label,
            hint,
            input,
            // A lens needs mutable access, so reading needs a copy. Things are small.
            move |thing: &T| look(&mut thing.clone()).map(|value| value.show()),
            move |thing, text| {
                if let Some(place) = lens(thing) {
                    *place = V::read(text.trim())?;
                }
                Ok(())
            },
        )
    }

    /// A field with its own functions to read and to write its value.
    pub fn custom(
        label: Id,
        hint: Option<Id>,
        input: Input,
        get: impl Fn(&T) -> Option<String> + 'static,
        set: impl Fn(&mut T, &str) -> Result<(), Message> + 'static,
    ) -> Self {
        Field { label, hint, input, is_rare: false, get: Rc::new(get), set: Rc::new(set) }
    }

    /// The same field, marked as rarely used.
    pub fn rare(self) -> Self {
        Field { is_rare: true, ..self }
    }

    /// A duration.
    pub fn span(label: Id, lens: impl Fn(&mut T) -> Option<&mut Span> + Clone + 'static) -> Self {
        Field::new(label, None, Input::Duration, lens)
    }

    /// A duration that can be chosen on a slider, too.
    pub fn dial(label: Id, lens: impl Fn(&mut T) -> Option<&mut Span> + Clone + 'static) -> Self {
        Field::new(label, None, Input::Dial, lens)
    }

    /// A duration that may be absent: empty means `absent`.
    pub fn maybe_span(
        label: Id,
        absent: Option<Id>,
        lens: impl Fn(&mut T) -> Option<&mut Option<Span>> + Clone + 'static,
    ) -> Self {
        Field::new(label, absent, Input::Duration, lens)
    }

    /// A number.
    pub fn number<V: Typed>(
        label: Id,
        hint: Option<Id>,
        lens: impl Fn(&mut T) -> Option<&mut V> + Clone + 'static,
    ) -> Self {
        Field::new(label, hint, Input::Number, lens)
    }

    /// Yes or no.
    pub fn switch(label: Id, hint: Option<Id>, lens: impl Fn(&mut T) -> Option<&mut bool> + Clone + 'static) -> Self {
        Field::new(label, hint, Input::Switch, lens)
    }

    /// One of several values, each with its name for users.
    pub fn choice<V: Word>(
        label: Id,
        options: &'static [(V, Id)],
        lens: impl Fn(&mut T) -> Option<&mut V> + Clone + 'static,
    ) -> Self {
        let look = lens.clone();
        Field::custom(
            label,
            None,
            Input::choice(options.iter().map(|(value, name)| (value.word(), *name))),
            move |thing: &T| {
                let value = *look(&mut thing.clone())?;
                options.iter().any(|(option, _)| *option == value).then(|| value.word().into())
            },
            move |thing, text| {
                if let (Some(place), Some((value, _))) = (lens(thing), options.iter().find(|(v, _)| v.word() == text)) {
                    *place = *value;
                }
                Ok(())
            },
        )
    }

    /// The same field for a thing that may contain a `T`.
    pub fn within<U: Clone + 'static>(self, lens: impl Fn(&mut U) -> Option<&mut T> + Clone + 'static) -> Field<U> {
        let Field { label, hint, input, is_rare, get, set } = self;
        let look = lens.clone();
        let field = Field::custom(
            label,
            hint,
            input,
            move |outer: &U| look(&mut outer.clone()).and_then(|inner| get(inner)),
            move |outer, text| lens(outer).map_or(Ok(()), |inner| set(inner, text)),
        );
        Field { is_rare, ..field }
    }

    /// The current text, or `None` if the field does not apply.
    pub fn get(&self, thing: &T) -> Option<String> {
        (self.get)(thing)
    }

    /// The thing with the typed value. The error says what is allowed.
    pub fn set(&self, thing: &T, text: &str) -> Result<T, Message> {
        let mut thing = thing.clone();
        (self.set)(&mut thing, text).map(|()| thing)
    }
}

/// Turns the fields of a part into fields of the whole.
pub fn within<T: Clone + 'static, U: Clone + 'static>(
    fields: Vec<Field<T>>,
    lens: impl Fn(&mut U) -> Option<&mut T> + Clone + 'static,
) -> Vec<Field<U>> {
    fields.into_iter().map(|field| field.within(lens.clone())).collect()
}

/// The fields of a distribution: its shape, and the parameters of that shape.
pub fn distribution<T: Clone + 'static>(
    label: Id,
    lens: impl Fn(&mut T) -> Option<&mut Distribution> + Clone + 'static,
) -> Vec<Field<T>> {
    use Distribution::{Constant, Empirical, Exponential, Lognormal, Normal, Pareto, Uniform};
    let options = [
        ("constant", id!("option-constant")),
        ("exponential", id!("option-exponential")),
        ("uniform", id!("option-uniform")),
        ("normal", id!("option-normal")),
        ("lognormal", id!("option-lognormal")),
        ("pareto", id!("option-pareto")),
        ("empirical", id!("option-empirical")),
    ];
    macro_rules! part {
        ($label:expr, $of:ident . $part:ident) => {
            Field::dial($label, |d: &mut Distribution| match d {
                $of { $part, .. } => Some($part),
                _ => None,
            })
        };
    }
    let fields = vec![
        Field::custom(
            label,
            None,
            Input::choice(options),
            |d| Some(shape(d).into()),
            |d, text| {
                if shape(d) != text {
                    *d = of_shape(text, d.mean().unwrap_or(Span::millis(10)));
                }
                Ok(())
            },
        ),
        Field::dial(id!("field-always"), |d| if let Constant(span) = d { Some(span) } else { None }),
        part!(id!("field-mean"), Exponential.mean),
        part!(id!("field-shortest"), Uniform.low),
        part!(id!("field-longest"), Uniform.high),
        part!(id!("field-mean"), Normal.mean),
        part!(id!("field-deviation"), Normal.sd),
        part!(id!("field-median"), Lognormal.median),
        part!(id!("field-p99"), Lognormal.p99),
        part!(id!("field-shortest"), Pareto.min),
        Field::number(id!("field-shape"), Some(id!("hint-pareto-shape")), |d| match d {
            Pareto { shape, .. } => Some(shape),
            _ => None,
        }),
        Field::new(id!("field-samples"), Some(id!("hint-samples")), Input::Text, |d| match d {
            Empirical(samples) => Some(samples),
            _ => None,
        }),
    ];
    within(fields, lens)
}

fn shape(distribution: &Distribution) -> &'static str {
    match distribution {
        Distribution::Constant(_) => "constant",
        Distribution::Exponential { .. } => "exponential",
        Distribution::Uniform { .. } => "uniform",
        Distribution::Normal { .. } => "normal",
        Distribution::Lognormal { .. } => "lognormal",
        Distribution::Pareto { .. } => "pareto",
        Distribution::Empirical(_) => "empirical",
    }
}

/// A distribution of the named shape with a mean of about `mean`, so that a new shape keeps the mean.
fn of_shape(name: &str, mean: Span) -> Distribution {
    match name {
        "exponential" => Distribution::Exponential { mean },
        "uniform" => Distribution::Uniform { low: round(mean.scaled(0.5)), high: round(mean.scaled(1.5)) },
        "normal" => Distribution::Normal { mean, sd: round(mean.scaled(0.25)) },
        // With a p99 of five medians, sigma is 0.69 and the mean 1.27 medians.
        "lognormal" => {
            let median = round(mean.scaled(1.0 / 1.27)).max(Span::nanos(1));
            Distribution::Lognormal { median, p99: median.scaled(5.0) }
        }
        "pareto" => Distribution::Pareto { min: round(mean.scaled(0.5)), shape: 2.0 },
        "empirical" => {
            Distribution::Empirical(vec![round(mean.scaled(0.5)), round(mean.scaled(0.5)), round(mean.scaled(2.0))])
        }
        _ => Distribution::Constant(round(mean)),
    }
}

/// Rounds to three significant digits, so that computed values are easy to read.
pub fn round(span: Span) -> Span {
    let mut unit = 1;
    while span.as_nanos() / unit >= 1_000 {
        unit *= 10;
    }
    Span::nanos((span.as_nanos() + unit / 2) / unit * unit)
}

impl Typed for Span {
    fn show(&self) -> String {
        self.to_string()
    }
    fn read(text: &str) -> Result<Self, Message> {
        duration::typed(text).map_err(|_| msg!("field-not-a-duration", found = text))
    }
}

impl Typed for Option<Span> {
    fn show(&self) -> String {
        self.map_or_else(String::new, |span| span.to_string())
    }
    fn read(text: &str) -> Result<Self, Message> {
        if text.is_empty() { Ok(None) } else { Span::read(text).map(Some) }
    }
}

impl Typed for Vec<Span> {
    fn show(&self) -> String {
        self.iter().map(Span::to_string).collect::<Vec<_>>().join(", ")
    }
    fn read(text: &str) -> Result<Self, Message> {
        list(text).map(Span::read).collect()
    }
}

impl Typed for u32 {
    fn show(&self) -> String {
        self.to_string()
    }
    fn read(text: &str) -> Result<Self, Message> {
        text.parse().map_err(|_| msg!("field-not-a-whole-number", found = text))
    }
}

impl Typed for u64 {
    fn show(&self) -> String {
        self.to_string()
    }
    fn read(text: &str) -> Result<Self, Message> {
        text.parse().map_err(|_| msg!("field-not-a-whole-number", found = text))
    }
}

impl Typed for Option<u32> {
    fn show(&self) -> String {
        self.map_or_else(String::new, |n| n.to_string())
    }
    fn read(text: &str) -> Result<Self, Message> {
        match text {
            "" | "∞" | "unlimited" => Ok(None),
            _ => u32::read(text).map(Some),
        }
    }
}

impl Typed for f64 {
    fn show(&self) -> String {
        self.to_string()
    }
    fn read(text: &str) -> Result<Self, Message> {
        let wrong = || msg!("field-not-a-number", found = text);
        // Users may type a share as "20 %".
        let (digits, unit) = text.strip_suffix('%').map_or((text, 1.0), |rest| (rest.trim_end(), 100.0));
        number(digits).map(|value| value / unit).ok_or_else(wrong)
    }
}

/// Reads a number. Unlike the standard library, it refuses `inf` and `NaN`.
fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|value: &f64| value.is_finite())
}

impl Typed for bool {
    fn show(&self) -> String {
        self.to_string()
    }
    fn read(text: &str) -> Result<Self, Message> {
        Ok(text == "true")
    }
}

impl Typed for String {
    fn show(&self) -> String {
        self.clone()
    }
    fn read(text: &str) -> Result<Self, Message> {
        Ok(text.into())
    }
}

impl Typed for Option<String> {
    fn show(&self) -> String {
        self.clone().unwrap_or_default()
    }
    fn read(text: &str) -> Result<Self, Message> {
        Ok(Some(text.to_string()).filter(|t| !t.is_empty()))
    }
}

impl Typed for OutcomeSet {
    fn show(&self) -> String {
        self.iter().map(Outcome::name).collect::<Vec<_>>().join(", ")
    }
    fn read(text: &str) -> Result<Self, Message> {
        let named = |name: &str| {
            let outcome = Outcome::ALL.into_iter().find(|o| o.name() == name);
            outcome.ok_or_else(|| msg!("field-not-an-outcome", found = name))
        };
        let outcomes = list(text).map(named).collect::<Result<Vec<_>, _>>()?;
        Ok(OutcomeSet::of(&outcomes))
    }
}

/// Moves a number with its unit one step up or down: by one up to ten, then by about a tenth. `None` if the text has no
/// number.
pub fn nudge(text: &str, up: bool) -> Option<String> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (figure, unit) = text.split_at(end);
    let decimals = figure.split_once('.').map_or(0, |(_, digits)| digits.len());
    let value = number(figure)?;
    // The step depends on the decade of the number, so that a step up and a step down cancel out.
    let reach = if up { value } else { value - value.abs() * 1e-9 };
    let mut step = libm::pow(10.0, -(decimals as f64));
    while step * 100.0 <= reach {
        step *= 10.0;
    }
    let next = if up { value + step } else { (value - step).max(0.0) };
    Some(format!("{next:.decimals$}{unit}"))
}

/// The items of a list with commas. An empty text has none.
pub(super) fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty())
}

/// Asserts that each visible field of a thing reads back the text that it shows.
#[cfg(test)]
pub(super) fn assert_fields_read_back<T: Clone + PartialEq + std::fmt::Debug + 'static>(
    fields: &[Field<T>],
    thing: &T,
) {
    for field in fields {
        if let Some(text) = field.get(thing) {
            assert_eq!(field.set(thing, &text).as_ref(), Ok(thing), "{}: {text:?}", field.label.name());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields() -> Vec<Field<Distribution>> {
        distribution(id!("field-work-time"), |d| Some(d))
    }

    fn shown(distribution: &Distribution) -> Vec<String> {
        fields().iter().filter_map(|f| f.get(distribution)).collect()
    }

    #[test]
    fn a_distribution_shows_only_its_own_parameters() {
        assert_eq!(shown(&Distribution::Constant(Span::millis(5))), ["constant", "5ms"]);
        let pareto = Distribution::Pareto { min: Span::millis(10), shape: 1.5 };
        assert_eq!(shown(&pareto), ["pareto", "10ms", "1.5"]);
        let recorded = Distribution::Empirical(vec![Span::millis(1), Span::secs(2)]);
        assert_eq!(shown(&recorded), ["empirical", "1ms, 2s"]);
    }

    #[test]
    fn another_shape_keeps_the_mean_roughly_and_reads_back() {
        let start = Distribution::Constant(Span::millis(40));
        for name in ["constant", "exponential", "uniform", "normal", "lognormal", "pareto", "empirical"] {
            let changed = fields()[0].set(&start, name).unwrap();
            assert_eq!(shape(&changed), name);
            let mean = changed.mean().unwrap().as_millis_f64();
            assert!((mean / 40.0 - 1.0).abs() < 0.05, "{name} has the mean {mean}");
            assert_fields_read_back(&fields(), &changed);
        }
    }

    #[test]
    fn choosing_the_same_shape_again_changes_nothing() {
        let uniform = Distribution::Uniform { low: Span::millis(1), high: Span::millis(2) };
        assert_eq!(fields()[0].set(&uniform, "uniform"), Ok(uniform));
    }

    #[test]
    fn unreadable_text_is_refused_with_a_reason() {
        let constant = Distribution::Constant(Span::millis(5));
        assert!(fields()[1].set(&constant, "fast").unwrap_err().text().contains("250"));
        assert!(u32::read("-1").is_err());
        assert!(f64::read("inf").is_err());
        assert!(OutcomeSet::read("ok, fine").is_err());
    }

    #[test]
    fn arrow_keys_step_a_number_and_keep_its_unit() {
        for (text, up, down) in [
            ("3", "4", "2"),
            ("0", "1", "0"),
            ("250ms", "260ms", "240ms"),
            ("1.5s", "1.6s", "1.4s"),
            ("0.25", "0.26", "0.24"),
            ("100", "110", "99"),
        ] {
            assert_eq!((nudge(text, true).as_deref(), nudge(text, false).as_deref()), (Some(up), Some(down)));
        }
        assert_eq!(nudge("", true), None);
        assert_eq!(nudge("fast", true), None);
    }

    #[test]
    fn users_may_type_shares_in_percent_and_leave_unlimited_values_empty() {
        assert_eq!(f64::read("20 %"), Ok(0.2));
        assert_eq!(Option::<u32>::read(""), Ok(None));
        assert_eq!(Option::<Span>::read(""), Ok(None));
    }
}
