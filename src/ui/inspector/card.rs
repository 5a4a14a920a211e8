//! Cards on the screen: a policy that is off is one line, a policy that is on shows its fields.

use super::field::{Commit, FieldView};
use super::more::More;
use super::sketch;
use super::warnings::Notes;
use crate::editor::Command;
use crate::editor::card::{Card, Remove, Toggle};
use crate::editor::field::{Field, Input};
use crate::editor::guide::{self, CardHelp, Preset};
use crate::t;
use crate::text::{Id, Message};
use crate::ui::icon;
use crate::ui::state::{App, Update};
use std::rc::Rc;
use yew::prelude::*;

/// Commits a changed thing to the document.
#[derive(Clone)]
pub struct Committer<T> {
    app: Option<App>,
    command: Rc<dyn Fn(T) -> Command>,
}

impl<T> Committer<T> {
    /// Commits by this command.
    pub fn new(app: Option<App>, command: impl Fn(T) -> Command + 'static) -> Self {
        Committer { app, command: Rc::new(command) }
    }

    /// Commits the thing, or returns its mistakes for a field to show.
    pub fn attempt(&self, thing: T) -> Result<(), AttrValue> {
        self.app.as_ref().map_or(Ok(()), |app| app.attempt((self.command)(thing)))
    }

    /// Commits the thing, or shows its mistakes in a message.
    pub fn insist(&self, thing: T) {
        if let Some(app) = &self.app {
            app.send(Update::Do((self.command)(thing)));
        }
    }
}

/// How a preset changes a `T`; `None` for things without presets.
pub type ApplyPreset<T> = Option<fn(&Preset, &T) -> T>;

/// The cards of a thing. `scope` makes the ids of the fields unique.
pub fn cards<T: Clone + PartialEq + 'static>(
    scope: &str,
    all: &[Card<T>],
    thing: &T,
    committer: &Committer<T>,
    apply: ApplyPreset<T>,
) -> Html {
    html! {
        for (i, card) in all.iter().enumerate() {
            { view(&format!("{scope}-{i}"), card, thing, committer, apply) }
        }
    }
}

fn view<T: Clone + PartialEq + 'static>(
    scope: &str,
    card: &Card<T>,
    thing: &T,
    committer: &Committer<T>,
    apply: ApplyPreset<T>,
) -> Html {
    let is_off = card.switch.as_ref().is_some_and(|(is_on, _)| !is_on);
    let title_id = format!("{scope}-title");
    let help = guide::help(card.title);
    html! {
        <section class={classes!("card", is_off.then_some("off"))} key={scope.to_string()} aria-labelledby={title_id.clone()}>
            <header>
                if let Some((is_on, toggle)) = &card.switch {
                    { switch(&title_id, *is_on, toggle, thing, committer) }
                }
                <h3 id={title_id}>{ card.title.text() }</h3>
                if !is_off {
                    <span class="summary">{ card.summary.as_ref().map(Message::text) }</span>
                }
                if let Some(remove) = &card.remove {
                    { bin(&card.title.text(), remove, thing, committer) }
                }
            </header>
            if !is_off {
                if let Some(help) = help {
                    <p class="about">{ help.about.text() }</p>
                }
                for sketch in &card.sketches {
                    { sketch::view(sketch) }
                }
                { notes(card) }
                <Notes card={Some(card.title)} />
                if let (Some(help), Some(apply)) = (help, apply) {
                    { presets(scope, help, thing, apply, committer) }
                }
                { fields(scope, &card.fields, thing, committer, help) }
                { rare(scope, &card.fields, thing, committer, help) }
                if let Some(help) = help.filter(|help| !help.more.is_empty()) {
                    { more(help) }
                }
            } else {
                <Notes card={Some(card.title)} />
            }
        </section>
    }
}

/// A setting of the card that may surprise.
fn notes<T>(card: &Card<T>) -> Html {
    html! {
        if let Some(warning) = card.warning {
            <p class="warning"><span aria-hidden="true">{ "▲ " }</span>{ warning.text() }</p>
        }
    }
}

/// A choice of defaults of libraries, with the present one and the parts of it that are not modelled.
fn presets<T: Clone + PartialEq + 'static>(
    scope: &str,
    help: &'static CardHelp,
    thing: &T,
    apply: fn(&Preset, &T) -> T,
    committer: &Committer<T>,
) -> Html {
    if help.presets.is_empty() {
        return html! {};
    }
    let now = help.presets.iter().find(|preset| apply(preset, thing) == *thing);
    let own = now.is_none().then(|| (String::new(), t!("card-preset-own")));
    let names = help.presets.iter().map(|preset| (preset.name.to_string(), preset.name.to_string()));
    let commit = {
        let (thing, committer) = (thing.clone(), committer.clone());
        Callback::from(move |name: String| {
            help.presets
                .iter()
                .find(|preset| preset.name == name)
                .map_or(Ok(()), |preset| committer.attempt(apply(preset, &thing)))
        })
    };
    html! {
        <div class="preset">
            <FieldView id={format!("{scope}-preset")} label={t!("card-preset")} input={Input::pick(own.into_iter().chain(names))}
                value={now.map_or("", |preset| preset.name)} {commit} />
            if let Some(preset) = now {
                <p class="about">
                    { t!("card-preset-same", name = preset.name) }{ " " }{ link(&t!("card-preset-source"), preset.address) }{ ". " }
                    { preset.not_modelled.map(Id::text) }
                </p>
            }
        </div>
    }
}

/// More about the card, folded away.
fn more(help: &CardHelp) -> Html {
    html! {
        <More words={t!("card-more")}>
            for text in help.more {
                <p>{ text.text() }</p>
            }
            if let Some(source) = &help.source {
                <p>{ link(source.name, source.address) }</p>
            }
        </More>
    }
}

/// A link to another site. It opens in a new tab, without a referrer.
fn link(words: &str, address: &'static str) -> Html {
    html! {
        <a href={address} target="_blank" rel="noopener noreferrer">{ words.to_owned() }</a>
    }
}

fn switch<T: Clone + 'static>(
    title_id: &str,
    is_on: bool,
    toggle: &Toggle<T>,
    thing: &T,
    committer: &Committer<T>,
) -> Html {
    let (toggle, thing, committer) = (toggle.clone(), thing.clone(), committer.clone());
    let onclick = Callback::from(move |_: MouseEvent| {
        let mut changed = thing.clone();
        toggle(&mut changed, !is_on);
        committer.insist(changed);
    });
    html! {
        <button type="button" role="switch" class="switch" aria-checked={is_on.to_string()}
            aria-labelledby={title_id.to_string()} {onclick} />
    }
}

/// The button that removes the policy of a card.
fn bin<T: Clone + 'static>(title: &str, remove: &Remove<T>, thing: &T, committer: &Committer<T>) -> Html {
    let (remove, thing, committer) = (remove.clone(), thing.clone(), committer.clone());
    let onclick = Callback::from(move |_: MouseEvent| {
        let mut changed = thing.clone();
        remove(&mut changed);
        committer.insist(changed);
    });
    let label = t!("card-remove", title = title);
    html! { <button type="button" class="quiet" title={label.clone()} aria-label={label} {onclick}>{ icon::bin() }</button> }
}

/// The applicable fields for most users, with their help.
pub fn fields<T: Clone + 'static>(
    scope: &str,
    all: &[Field<T>],
    thing: &T,
    committer: &Committer<T>,
    help: Option<&CardHelp>,
) -> Html {
    some_fields(scope, all, thing, committer, help, false)
}

/// Rarely used settings, folded away.
fn rare<T: Clone + 'static>(
    scope: &str,
    all: &[Field<T>],
    thing: &T,
    committer: &Committer<T>,
    help: Option<&CardHelp>,
) -> Html {
    html! {
        if all.iter().any(|field| field.is_rare && field.get(thing).is_some()) {
            <More words={t!("card-more-settings")}>
                { some_fields(scope, all, thing, committer, help, true) }
            </More>
        }
    }
}

fn some_fields<T: Clone + 'static>(
    scope: &str,
    all: &[Field<T>],
    thing: &T,
    committer: &Committer<T>,
    help: Option<&CardHelp>,
    rare: bool,
) -> Html {
    let chosen = all.iter().enumerate().filter(|(_, field)| field.is_rare == rare);
    let shown = chosen.filter_map(|(i, field)| Some((i, field, field.get(thing)?)));
    html! {
        for (i, field, value) in shown {
            <FieldView key={i} id={format!("{scope}-{i}")} label={field.label.text()} hint={field.hint} input={field.input.clone()}
                help={help.and_then(|help| help.field(field.label)).copied()} {value} commit={commit(field, thing, committer)} />
        }
    }
}

fn commit<T: Clone + 'static>(field: &Field<T>, thing: &T, committer: &Committer<T>) -> Commit {
    let (field, thing, committer) = (field.clone(), thing.clone(), committer.clone());
    Callback::from(move |text: String| {
        let changed = field.set(&thing, &text).map_err(|mistake| mistake.text())?;
        committer.attempt(changed)
    })
}
