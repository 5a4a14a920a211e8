//! Cards on the screen: a policy that is off is one line, a policy that is on shows its fields.

use super::field::{Commit, FieldView};
use super::more::More;
use super::sketch;
use super::warnings::Notes;
use crate::editor::Command;
use crate::editor::card::{Card, Remove, Toggle};
use crate::editor::field::{Field, Input};
use crate::editor::guide::{Guide, Preset, Source, Told};
use crate::t;
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

/// Explanations for the cards of a `T`, once they are loaded, and presets for it.
pub struct HelpSource<T> {
    guide: Option<Rc<Guide>>,
    apply: Option<fn(&Preset, &T) -> T>,
}

impl<T> HelpSource<T> {
    /// Of things without presets.
    pub fn plain(guide: Option<Rc<Guide>>) -> Self {
        HelpSource { guide, apply: None }
    }

    /// Of things that presets can be applied to.
    pub fn with_presets(guide: Option<Rc<Guide>>, apply: fn(&Preset, &T) -> T) -> Self {
        HelpSource { guide, apply: Some(apply) }
    }
}

/// The cards of a thing. `scope` makes the ids of the fields unique.
pub fn cards<T: Clone + PartialEq + 'static>(
    scope: &str,
    all: &[Card<T>],
    thing: &T,
    committer: &Committer<T>,
    help: &HelpSource<T>,
) -> Html {
    html! {
        for (i, card) in all.iter().enumerate() {
            { view(&format!("{scope}-{i}"), card, thing, committer, help) }
        }
    }
}

fn view<T: Clone + PartialEq + 'static>(
    scope: &str,
    card: &Card<T>,
    thing: &T,
    committer: &Committer<T>,
    help: &HelpSource<T>,
) -> Html {
    let is_off = card.switch.as_ref().is_some_and(|(is_on, _)| !is_on);
    let title_id = format!("{scope}-title");
    let told = help.guide.as_deref().and_then(|guide| guide.of(card));
    html! {
        <section class={classes!("card", is_off.then_some("off"))} key={scope.to_string()} aria-labelledby={title_id.clone()}>
            <header>
                if let Some((is_on, toggle)) = &card.switch {
                    { switch(&title_id, *is_on, toggle, thing, committer) }
                }
                <h3 id={title_id}>{ card.title }</h3>
                if !is_off {
                    <span class="summary">{ &card.summary }</span>
                }
                if let Some(remove) = &card.remove {
                    { bin(card.title, remove, thing, committer) }
                }
            </header>
            if !is_off {
                if let Some(told) = told {
                    <p class="about">{ told.about.clone() }</p>
                }
                for sketch in &card.sketches {
                    { sketch::view(sketch) }
                }
                { notes(card) }
                <Notes card={card.title} />
                if let (Some(told), Some(apply)) = (told, help.apply) {
                    { presets(scope, told, thing, apply, committer) }
                }
                { fields(scope, &card.fields, thing, committer, told) }
                { rare(scope, &card.fields, thing, committer, told) }
                if let Some(told) = told.filter(|told| !told.more.is_empty()) {
                    { more(told) }
                }
            } else {
                <Notes card={card.title} />
            }
        </section>
    }
}

/// What may surprise about a card's settings.
fn notes<T>(card: &Card<T>) -> Html {
    html! {
        if let Some(warning) = card.warning {
            <p class="warning"><span aria-hidden="true">{ "▲ " }</span>{ warning }</p>
        }
    }
}

/// The defaults of libraries to choose from; which of them it is now, and what that leaves out.
fn presets<T: Clone + PartialEq + 'static>(
    scope: &str,
    told: &Told,
    thing: &T,
    apply: fn(&Preset, &T) -> T,
    committer: &Committer<T>,
) -> Html {
    if told.presets.is_empty() {
        return html! {};
    }
    let now = told.presets.iter().find(|preset| apply(preset, thing) == *thing);
    let own = now.is_none().then(|| ("".into(), t!("card-preset-own").into()));
    let names = told.presets.iter().map(|preset| (preset.name.clone().into(), preset.name.clone().into()));
    let commit = {
        let (all, thing, committer) = (told.presets.clone(), thing.clone(), committer.clone());
        Callback::from(move |name: String| {
            all.iter()
                .find(|preset| preset.name == name)
                .map_or(Ok(()), |preset| committer.attempt(apply(preset, &thing)))
        })
    };
    html! {
        <div class="preset">
            <FieldView id={format!("{scope}-preset")} label={t!("card-preset")} input={Input::Choice(own.into_iter().chain(names).collect())}
                value={now.map_or(String::new(), |preset| preset.name.clone())} {commit} />
            if let Some(preset) = now {
                <p class="about">
                    { t!("card-preset-same", name = &preset.name) }{ " " }{ link(&t!("card-preset-source"), &preset.source) }{ ". " }
                    { preset.leaves_out.clone() }
                </p>
            }
        </div>
    }
}

/// What else is worth knowing, on demand.
fn more(told: &Told) -> Html {
    html! {
        <More words={t!("card-more")}>
            for text in &told.more {
                <p>{ text.clone() }</p>
            }
            if let Some(source) = &told.source {
                <p>{ link(&source.name, source) }</p>
            }
        </More>
    }
}

/// A way to a page of somebody else's: beside this one, and without help where one comes from.
fn link(words: &str, source: &Source) -> Html {
    html! {
        <a href={source.address.clone()} target="_blank" rel="noopener noreferrer">{ words.to_owned() }</a>
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

/// The way to take away what a card is about.
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

/// The fields that apply now and that many need, with what is told about them.
pub fn fields<T: Clone + 'static>(
    scope: &str,
    all: &[Field<T>],
    thing: &T,
    committer: &Committer<T>,
    told: Option<&Told>,
) -> Html {
    some_fields(scope, all, thing, committer, told, false)
}

/// Those that few need, on demand.
fn rare<T: Clone + 'static>(
    scope: &str,
    all: &[Field<T>],
    thing: &T,
    committer: &Committer<T>,
    told: Option<&Told>,
) -> Html {
    html! {
        if all.iter().any(|field| field.is_rare && field.get(thing).is_some()) {
            <More words={t!("card-more-settings")}>
                { some_fields(scope, all, thing, committer, told, true) }
            </More>
        }
    }
}

fn some_fields<T: Clone + 'static>(
    scope: &str,
    all: &[Field<T>],
    thing: &T,
    committer: &Committer<T>,
    told: Option<&Told>,
    rare: bool,
) -> Html {
    let chosen = all.iter().enumerate().filter(|(_, field)| field.is_rare == rare);
    let shown = chosen.filter_map(|(i, field)| Some((i, field, field.get(thing)?)));
    html! {
        for (i, field, value) in shown {
            <FieldView key={i} id={format!("{scope}-{i}")} label={field.label} hint={field.hint} input={field.input.clone()}
                told={told.and_then(|told| told.field(field.label)).cloned()} {value} commit={commit(field, thing, committer)} />
        }
    }
}

fn commit<T: Clone + 'static>(field: &Field<T>, thing: &T, committer: &Committer<T>) -> Commit {
    let (field, thing, committer) = (field.clone(), thing.clone(), committer.clone());
    Callback::from(move |text: String| committer.attempt(field.set(&thing, &text)?))
}
