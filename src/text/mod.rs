//! Texts for people, by language.
//!
//! Every text that a user reads is a Fluent message in `static/texts/LANGUAGE/TOPIC.ftl`, which a translator edits
//! without a compiler. Code names a message by its id and gives it values:
//!
//! - [`t!`](crate::t) formats a message now, in the current language: `t!("state-undone")`;
//! - [`msg!`](crate::msg) makes a [`Message`], which is data and is formatted when it is shown:
//!   `msg!("warning-no-timeout", callee = name)`;
//! - [`id!`](crate::id) names a message in a table: `id!("field-timeout")`.
//!
//! Ids are whole literals inside these macros, so that `tests/it/texts.rs` can compare code and files.
//!
//! Why Fluent and not a typed function for each message: see "Texts" in `ARCHITECTURE.md`, with what both cost.
//!
//! The language is a setting of the thread, like a locale: a page and a command each have one, and no decision of the
//! program depends on it.

mod format;
mod language;
mod list;
mod message;
mod resources;
mod template;

pub use format::{count, duration, elapsed, exact, number, percent, rate, seconds, whole_percent};
pub use language::Language;
pub use list::{list_and, list_or};
pub use message::{Count, Elapsed, Exact, FineShare, Grouped, Id, ListAnd, Message, Rate, Seconds, Share, Value};
pub use resources::{TOPICS, TOPICS_OF_PARTS};
pub use template::filled;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use std::cell::{Cell, RefCell};

/// The messages of one language.
type Catalog = FluentBundle<FluentResource>;

thread_local! {
    static CURRENT: Cell<Language> = const { Cell::new(Language::English) };
    static CATALOGS: RefCell<Vec<(Language, Catalog)>> = const { RefCell::new(Vec::new()) };
}

/// The language that texts are formatted in.
pub fn language() -> Language {
    CURRENT.get()
}

/// Formats all texts in this language from now on. English messages replace missing ones.
pub fn set_language(language: Language) {
    CURRENT.set(language);
}

/// Runs `body` in a language, and then restores the previous one.
pub fn in_language<T>(language: Language, body: impl FnOnce() -> T) -> T {
    let before = CURRENT.replace(language);
    let result = body();
    CURRENT.set(before);
    result
}

/// Adds messages to a language, in Fluent's syntax. The page does so with the files that it fetches; what stands in
/// them wins over what was there. Lines that cannot be read are skipped.
pub fn add(language: Language, source: &str) {
    with_catalog(language, |catalog| catalog.add_resource_overriding(resource(source)));
}

/// Whether a language has a message.
pub fn has(language: Language, id: &str) -> bool {
    with_catalog(language, |catalog| catalog.has_message(id))
}

/// The text of a message whose id is only known at run time, in the current language alone.
pub fn find(id: &str) -> Option<String> {
    in_catalog(language(), id, &FluentArgs::new())
}

/// A message in the current language; in English where that lacks it; its id where English does, too.
fn format(message: &Message) -> String {
    let args = message.args();
    in_catalog(language(), message.id(), &args)
        .or_else(|| in_catalog(Language::English, message.id(), &args))
        .unwrap_or_else(|| message.id().to_owned())
}

fn in_catalog(language: Language, id: &str, args: &FluentArgs<'_>) -> Option<String> {
    with_catalog(language, |catalog| {
        let pattern = catalog.get_message(id)?.value()?;
        // A value that is missing shows as `{$name}`; `tests/it/texts.rs` finds it before a reader does.
        Some(catalog.format_pattern(pattern, Some(args), &mut Vec::new()).into_owned())
    })
}

fn with_catalog<T>(language: Language, ask: impl FnOnce(&mut Catalog) -> T) -> T {
    CATALOGS.with_borrow_mut(|catalogs| {
        let index = catalogs.iter().position(|(of, _)| *of == language).unwrap_or_else(|| {
            catalogs.push((language, catalog(language)));
            catalogs.len() - 1
        });
        ask(&mut catalogs[index].1)
    })
}

/// The messages of a language that are part of the program.
fn catalog(language: Language) -> Catalog {
    let mut catalog = FluentBundle::new(vec![language.identifier()]);
    // The marks that isolate a value of another direction would show as boxes where text is drawn on a canvas.
    catalog.set_use_isolating(false);
    catalog.set_formatter(Some(|value, _| match value {
        FluentValue::Number(given) => Some(number(given.value)),
        _ => None,
    }));
    for source in resources::embedded(language) {
        catalog.add_resource_overriding(resource(source));
    }
    catalog
}

fn resource(source: &str) -> FluentResource {
    FluentResource::try_new(source.to_owned()).unwrap_or_else(|(readable, _)| readable)
}

/// A text in the current language: `t!("log-answers", callee = "Stock", caller = "Orders")`.
#[macro_export]
macro_rules! t {
    ($($message:tt)*) => { $crate::msg!($($message)*).text() };
}

/// A [`Message`](crate::text::Message): `msg!("log-answers", callee = "Stock", caller = "Orders")`.
#[macro_export]
macro_rules! msg {
    ($id:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::text::Message::new($crate::id!($id))$(.with(stringify!($name), $value))*
    };
}

/// The [`Id`](crate::text::Id) of a message: `id!("field-timeout")`.
#[macro_export]
macro_rules! id {
    ($id:literal) => {
        $crate::text::Id::new($id)
    };
}

#[cfg(test)]
mod tests;
