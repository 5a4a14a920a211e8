//! The bar at the top: the title, undo and redo, files, looks and language.

use super::autosave::versions::title;
use super::bring::Opener;
use super::callback::callback;
use super::files;
use super::icon;
use super::share;
use super::state::{App, Overlay, Update};
use super::theme::{Look, Looks};
use super::{keycaps, language};
use crate::scenario::Scenario;
use crate::t;
use crate::text::Language;
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The properties of [`Topbar`].
#[derive(Properties, PartialEq)]
pub struct TopbarProps {
    /// The document.
    pub document: Rc<Scenario>,
    /// Whether there is something to undo.
    pub can_undo: bool,
    /// Whether there is something to redo.
    pub can_redo: bool,
    /// Whether the panel at the left is open on a narrow page.
    pub left_open: bool,
    /// Whether a comparison runs.
    pub compares: bool,
    /// How the page looks.
    pub looks: Looks,
    /// Changes how the page looks.
    pub on_look: Callback<Look>,
    /// Changes the language of the page.
    pub on_language: Callback<Language>,
}

/// The bar at the top.
#[component]
pub fn Topbar(props: &TopbarProps) -> Html {
    let Some(app) = use_context::<App>() else { return html! {} };
    html! {
        <header class="topbar">
            <Quiet class="menu-button" name={t!("bar-systems")} expanded={Some(props.left_open)} controls="left"
                onclick={app.sends(|| Update::ToggleLeft)}>{ icon::menu() }</Quiet>
            <h1 class="brand">{ icon::mark() }<span>{ "Callchain" }</span></h1>
            <p class="crumb"><span aria-hidden="true">{ "/" }</span>{ title(&props.document) }</p>
            <span class="space" />
            <Quiet name={t!("bar-undo")} keys="Mod+z" disabled={!props.can_undo} onclick={app.sends(|| Update::Undo)}>{ icon::undo() }</Quiet>
            <Quiet name={t!("bar-redo")} keys="Mod+Shift+z" disabled={!props.can_redo} onclick={app.sends(|| Update::Redo)}>{ icon::redo() }</Quiet>
            { document_buttons(props, &app) }
            { menus(props, &app) }
            <Quiet class="help-button" name={t!("bar-shortcuts")} keys="?" onclick={app.sends(|| Update::Show(Some(Overlay::Shortcuts)))}>{ icon::help() }</Quiet>
            <Quiet class="sheet-button" name={t!("bar-settings")} hint={t!("bar-settings-hint")} onclick={app.sends(|| Update::ToggleSheet)}>{ icon::settings() }</Quiet>
        </header>
    }
}

/// The buttons with a word: compare, open, save, share.
fn document_buttons(props: &TopbarProps, app: &App) -> Html {
    html! {
        <>
            <button type="button" class="line" title={t!("bar-compare-hint")} aria-label={t!("bar-compare")} aria-pressed={props.compares.to_string()}
                onclick={app.sends(|| Update::ToggleCompare)}>{ icon::compare() }<span>{ t!("bar-compare") }</span></button>
            <FileField />
            <button type="button" class="line" title={t!("bar-open-hint")} aria-label={t!("bar-open")}
                onclick={|_| files::choose()}>{ icon::open() }<span>{ t!("bar-open") }</span></button>
            <button type="button" class="line" title={t!("bar-save-hint")} aria-label={t!("bar-save")}
                onclick={save(props, app)}>{ icon::save() }<span>{ t!("bar-save") }</span></button>
            <button type="button" class="line" title={t!("bar-share-hint")} aria-label={t!("bar-share")}
                onclick={app.sends(|| Update::Show(Some(Overlay::Share)))}>{ icon::share() }<span>{ t!("bar-share") }</span></button>
        </>
    }
}

/// The menus that the bar opens: more commands, and the looks and the language of the page.
fn menus(props: &TopbarProps, app: &App) -> Html {
    html! {
        <>
            <Popover id="more" class="bar-menu" role="group" name={t!("bar-more")} picture={icon::more()}>{ more(props, app) }</Popover>
            <Popover id="looks" role="dialog" name={t!("bar-looks")} hint={t!("bar-looks-hint")} picture={icon::theme()}>
                { props.looks.fields(&props.on_look) }
                { language::fields(&props.on_language) }
            </Popover>
        </>
    }
}

/// A button with a picture only.
#[derive(Properties, PartialEq)]
struct QuietProps {
    #[prop_or_default]
    class: Classes,
    name: AttrValue,
    /// Shown at the pointer instead of the name.
    #[prop_or_default]
    hint: Option<AttrValue>,
    /// The keys for the same, as in [`Action::keys`](super::actions::Action::keys).
    #[prop_or_default]
    keys: Option<AttrValue>,
    #[prop_or_default]
    disabled: bool,
    #[prop_or_default]
    expanded: Option<bool>,
    #[prop_or_default]
    controls: Option<AttrValue>,
    onclick: Callback<MouseEvent>,
    children: Html,
}

#[component]
fn Quiet(props: &QuietProps) -> Html {
    let QuietProps { name, hint, keys, .. } = props;
    let title = match (hint, keys) {
        (Some(hint), _) => hint.clone(),
        (None, Some(keys)) => t!("bar-with-keys", name = &**name, keys = keycaps::text(keys)).into(),
        (None, None) => name.clone(),
    };
    html! {
        <button type="button" class={classes!("quiet", props.class.clone())} {title} aria-label={name} disabled={props.disabled}
            aria-expanded={props.expanded.map(|it| it.to_string())} aria-controls={props.controls.clone()} onclick={props.onclick.clone()}>
            { props.children.clone() }
        </button>
    }
}

/// A button and what it opens. The browser opens and closes it.
#[derive(Properties, PartialEq)]
struct PopoverProps {
    id: AttrValue,
    #[prop_or_default]
    class: Classes,
    role: AttrValue,
    name: AttrValue,
    #[prop_or_default]
    hint: Option<AttrValue>,
    picture: Html,
    children: Html,
}

#[component]
fn Popover(props: &PopoverProps) -> Html {
    // The content is drawn from the first press on.
    let is_wanted = use_state_eq(|| false);
    let onclick = callback!([is_wanted], move |_: MouseEvent| is_wanted.set(true));
    let PopoverProps { id, name, hint, .. } = props;
    html! {
        <>
            <button type="button" class="quiet" title={hint.clone().unwrap_or_else(|| name.clone())} aria-label={name} popovertarget={id} {onclick}>
                { props.picture.clone() }
            </button>
            <div {id} class={classes!("looks", props.class.clone())} popover="auto" role={&props.role} aria-label={name}>
                if *is_wanted { { props.children.clone() } }
            </div>
        </>
    }
}

/// Commands that have no other place in the bar, or no room in it where the page is narrow.
fn more(props: &TopbarProps, app: &App) -> Html {
    let item = |class: &'static str, name: String, icon: Html, onclick: Callback<MouseEvent>| {
        html! {
            <button type="button" {class} popovertarget="more" popovertargetaction="hide" {onclick}>{ icon }{ name }</button>
        }
    };
    let show = |overlay: Overlay| app.sends(move || Update::Show(Some(overlay.clone())));
    let document = &props.document;
    let copy = callback!([document, app], move |_: MouseEvent| share::copy_link(&document, &app));
    let compare = if props.compares { t!("bar-compare-end") } else { t!("bar-compare") };
    html! {
        <>
            { item("narrow", t!("bar-open-menu"), icon::open(), Callback::from(|_| files::choose())) }
            { item("narrow", t!("bar-save-hint"), icon::save(), save(props, app)) }
            { item("narrow", t!("bar-share-menu"), icon::share(), show(Overlay::Share)) }
            { item("", t!("bar-copy-link"), icon::link(), copy) }
            { item("", t!("bar-paste"), icon::paste(), show(Overlay::Bring)) }
            { item("", t!("bar-versions"), icon::versions(), show(Overlay::Versions)) }
            { item("narrow", compare, icon::compare(), app.sends(|| Update::ToggleCompare)) }
            { item("narrow", t!("bar-commands"), icon::search(), show(Overlay::Commands)) }
            { item("narrow", t!("bar-gestures"), icon::help(), show(Overlay::Shortcuts)) }
        </>
    }
}

fn save(props: &TopbarProps, app: &App) -> Callback<MouseEvent> {
    let document = &props.document;
    callback!([document, app], move |_: MouseEvent| files::save(&document, &app))
}

/// The hidden field that opens files; buttons press it.
#[component]
fn FileField() -> Html {
    let app = use_context::<App>();
    let opener = use_memo((), |()| Opener::default());
    let onchange = Callback::from(move |e: Event| {
        let input = e.target_unchecked_into::<HtmlInputElement>();
        if let (Some(file), Some(app)) = (input.files().and_then(|files| files.get(0)), app.clone()) {
            opener.open(file, app);
        }
        // So that the same file can be chosen again after a correction.
        input.set_value("");
    });
    html! { <input id={files::FIELD} type="file" accept={files::ACCEPTED} class="hidden" tabindex="-1" aria-label={t!("bar-file")} {onchange} /> }
}
