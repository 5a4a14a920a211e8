//! The frame of the app: panels around a stage, and the one place that ties the document, the run and the view together.

use super::actions::context::{Context, Memory};
use super::autosave::AutosaverProps;
use super::bring::Opener;
use super::callback::callback;
use super::context_menu::ContextMenuProps;
use super::dialog::DialogProps;
use super::driver::Driver;
use super::in_use::use_in_use;
use super::inspector::InspectorProps;
use super::inspector::warnings::{Chip, Count, Warnings, use_warnings};
use super::language::use_language;
use super::lazy::{Lazy, View};
use super::legend::Legend;
use super::live_region::LiveRegion;
use super::menu::Menu;
use super::palette::Palette;
use super::part::NotLoaded;
use super::stage::{Remote, Stage, StageEvent};
use super::state::{App, Overlay, State, Tab, Update, use_app};
use super::theme::{Look, Looks, use_looks};
use super::toast::ToastView;
use super::topbar::Topbar;
use super::{clipboard, dock, keys, opening};
use crate::chance::Seed;
use crate::editor::Checked;
use crate::editor::hint::{Hint, hints};
use crate::scene::run::readout::Readout;
use crate::t;
use crate::text::Language;
use gloo::utils::window;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use yew::prelude::*;

/// The state at the start. Where there is little room, no panel of the dock is open. `missing`: a language whose texts could
/// not be loaded.
pub async fn first(missing: Option<Language>) -> State {
    let size = |side: Result<JsValue, JsValue>| side.ok().and_then(|side| side.as_f64()).unwrap_or(0.0);
    let (width, height) = (size(window().inner_width()), size(window().inner_height()));
    let tab = (width > 760.0 && height > 640.0).then_some(Tab::Timeline);
    let opened = if opening::is_something_to_open() { Some(opening::begin(tab).await) } else { None };
    let is_lost = opened == Some(Err(NotLoaded));
    let mut state = opened.and_then(Result::ok).unwrap_or_else(|| State::new(opening::first_system(), tab));
    if let Some(language) = missing {
        state.say(t!("language-failed", name = language.own_name()).into(), Vec::new());
    }
    if is_lost {
        state.say(t!("app-opening-missing").into(), Vec::new());
    }
    state
}

/// A run and its readout.
#[hook]
fn use_driver() -> (Driver, Rc<Readout>) {
    let readout = use_state(|| Rc::new(Readout::default()));
    let setter = readout.setter();
    let driver = use_memo((), |()| Driver::new(Callback::from(move |now| setter.set(now))));
    ((*driver).clone(), (*readout).clone())
}

/// Keeps the run in step with the document: another one starts from the beginning, a changed one goes on from this moment,
/// or starts over if it is compared with another version.
#[hook]
fn use_run(driver: &Driver, system: &Checked, opened: u32, compares: bool) {
    let running = use_mut_ref(|| None::<(u32, Seed)>);
    use_effect_with((system.clone(), opened), {
        let driver = driver.clone();
        move |(system, opened)| {
            let (topology, seed) = (system.topology().clone(), Seed(system.document().seed));
            match running.replace(Some((*opened, seed))) {
                Some((same, before)) if same == *opened && (compares || before != seed) => {
                    driver.start_over(topology, seed);
                }
                Some((same, _)) if same == *opened => driver.edit(topology, seed),
                Some(_) => driver.load(topology, seed),
                None => {
                    driver.load(topology, seed);
                    driver.play();
                }
            }
        }
    });
}

/// On a phone, closes the dock or the inspector when the other opens, because there is room for one.
#[hook]
fn use_one_panel(app: &App, sheet_open: bool, tab: Option<Tab>) {
    let app = app.clone();
    let sheet_was_open = use_mut_ref(|| false);
    use_effect_with((sheet_open, tab), move |(sheet_open, tab)| {
        let was_open = sheet_was_open.replace(*sheet_open);
        if let Some(tab) = tab.filter(|_| *sheet_open && is_narrow()) {
            app.send(if was_open { Update::ToggleSheet } else { Update::ToggleTab(tab) });
        }
    });
}

/// Whether the inspector is a sheet over the stage, as the style sheet has it on a phone.
fn is_narrow() -> bool {
    window().match_media("(max-width: 760px)").ok().flatten().is_some_and(|query| query.matches())
}

/// Runs the baseline of a comparison in step with the document.
#[hook]
fn use_baseline(driver: &Driver, baseline: &Driver, pinned: &Option<Checked>) {
    let (driver, baseline) = (driver.clone(), baseline.clone());
    use_effect_with(pinned.clone(), move |pinned| {
        let beside = pinned.as_ref().map(|pinned| {
            baseline.load(pinned.topology().clone(), Seed(pinned.document().seed));
            baseline
        });
        driver.run_beside(beside);
    });
}

/// Applies the events of the stage.
fn on_stage(app: &App, driver: &Driver) -> Callback<StageEvent> {
    let (app, driver) = (app.clone(), driver.clone());
    Callback::from(move |event| match event {
        StageEvent::Select(selection) => app.send(Update::Select(selection)),
        StageEvent::Edit(command) => app.send(Update::Do(command)),
        StageEvent::Send(client) => {
            driver.send(&client);
            driver.play();
        }
        StageEvent::Intervene(intervention) => driver.apply(intervention),
        StageEvent::Menu { on, at } => app.send(Update::Show(Some(Overlay::Menu { on, at }))),
        StageEvent::Explain(text) => app.say(text),
        StageEvent::Announce(text) => app.send(Update::Announce(text)),
        StageEvent::Follow(intent) => app.send(Update::Follow(intent)),
    })
}

/// The properties of [`Playground`].
#[derive(Properties, PartialEq)]
pub struct PlaygroundProps {
    /// The state.
    pub first: State,
}

/// The whole app.
#[component]
pub fn Playground(props: &PlaygroundProps) -> Html {
    let (state, app) = use_app(|| props.first.clone());
    let in_use = use_in_use();
    opening::use_links(&app);
    let (looks, on_look) = use_looks();
    let (language, on_language) = use_language(&app);
    let editor = &state.editor;
    let ((driver, readout), (baseline, beside)) = (use_driver(), use_driver());
    use_run(&driver, editor.checked(), editor.opened(), state.pinned.is_some());
    use_baseline(&driver, &baseline, &state.pinned);
    use_one_panel(&app, state.sheet_open, state.tab);
    let warnings = use_warnings(editor.document());
    let context = use_actions(&app, &driver);
    let (ondrop, ondragover) = use_drop(&app);
    // Every text of the page depends on the language, so another language draws all of it again. The document, its history
    // and the run live above the key and stay.
    html! {
        <ContextProvider<App> context={app.clone()}>
        <ContextProvider<Warnings> context={warnings}>
            <div class="app" key={language.tag()} {ondrop} {ondragover}>
                <Topbar document={editor.document().clone()} can_undo={editor.can_undo()} can_redo={editor.can_redo()} left_open={state.left_open}
                    compares={state.pinned.is_some()} {looks} on_look={on_look.clone()} on_language={on_language.clone()} />
                <Menu document={editor.document().clone()} is_open={state.left_open} />
                { stages(&state, &context, &readout, (&baseline, &beside), looks) }
                { inspector(&state, &driver, &readout) }
                { dock::dock(&state, &app, &driver, &baseline, &readout) }
                <LiveRegion driver={driver.clone()} readout={readout.clone()} document={editor.document().clone()}
                    news={state.news.clone()} {in_use} />
                <Count />
                <ToastView toast={state.toast.clone()} />
                if in_use { { autosaver(&state) } }
                { overlay(&state, &context, &on_look, &on_language) }
            </div>
        </ContextProvider<Warnings>>
        </ContextProvider<App>>
    }
}

/// The context of actions; keys and the clipboard run them.
#[hook]
fn use_actions(app: &App, driver: &Driver) -> Context {
    let view = use_memo((), |()| Remote::default());
    let memory = use_memo((), |()| Memory::default());
    let context =
        Context { app: app.clone(), driver: driver.clone(), view: (*view).clone(), memory: (*memory).clone() };
    keys::use_keys(&context);
    clipboard::use_clipboard(&context);
    context
}

/// Opens a file that is dropped on the page, unless an element takes it.
#[hook]
fn use_drop(app: &App) -> (Callback<DragEvent>, Callback<DragEvent>) {
    let opener = use_memo((), |()| Opener::default());
    let ondrop = callback!([app], move |e: DragEvent| {
        if let Some(file) = e.data_transfer().and_then(|data| data.files()).and_then(|files| files.get(0)) {
            e.prevent_default();
            opener.open(file, app.clone());
        }
    });
    // Without this, the browser opens the file in place of the page.
    (ondrop, Callback::from(|e: DragEvent| e.prevent_default()))
}

fn autosaver(state: &State) -> Html {
    let editor = &state.editor;
    let view = View::Autosaver(AutosaverProps {
        document: editor.document().clone(),
        is_safe: state.is_safe(),
        opened: editor.opened(),
        is_untouched: !editor.can_undo() && !editor.can_redo(),
    });
    html! { <Lazy {view} /> }
}

/// The dialog over the page.
fn overlay(state: &State, context: &Context, on_look: &Callback<Look>, on_language: &Callback<Language>) -> Html {
    let Some(overlay) = state.overlay.clone().filter(|overlay| !matches!(overlay, Overlay::Menu { .. })) else {
        return html! {};
    };
    let view = View::Dialog(DialogProps {
        overlay,
        context: context.clone(),
        document: state.editor.document().clone(),
        report: state.report.clone(),
        on_look: on_look.clone(),
        on_language: on_language.clone(),
    });
    html! { <Lazy {view} /> }
}

/// A run and its readout.
type Watched<'a> = (&'a Driver, &'a Rc<Readout>);

/// The stage; above it, if two versions are compared, the baseline.
fn stages(state: &State, context: &Context, readout: &Rc<Readout>, baseline: Watched, looks: Looks) -> Html {
    let Context { app, driver, view, .. } = context;
    let editor = &state.editor;
    let compares = state.pinned.is_some();
    let has_menu = matches!(state.overlay, Some(Overlay::Menu { .. }));
    html! {
        <main class={classes!("stage-area", compares.then_some("compares"), has_menu.then_some("has-menu"))} aria-label={t!("app-stage")}>
            if let Some(pinned) = &state.pinned {
                <section class="version" aria-label={t!("app-baseline")}>
                    <Stage document={pinned.document().clone()} selection={editor.selection().clone()} opened={editor.opened()}
                        driver={baseline.0.clone()} readout={baseline.1.clone()} {looks} on={on_baseline(app, driver, baseline.0)} is_baseline={true} />
                    <p class="version-name"><b>{ "A" }</b>{ " " }{ t!("app-baseline-note") }</p>
                </section>
            }
            <section class="version" aria-label={compares.then(|| t!("app-current"))}>
                <Stage document={editor.document().clone()} selection={editor.selection().clone()} opened={editor.opened()}
                    driver={driver.clone()} readout={readout.clone()} {looks} on={on_stage(app, driver)} remote={Some(view.clone())} />
                if compares {
                    <p class="version-name"><b>{ "B" }</b>{ " " }{ t!("app-current-note") }</p>
                }
            </section>
            { nudge(state, app) }
            <Palette document={editor.document().clone()} />
            <Legend />
            <Chip />
            if let Some(Overlay::Menu { on, at }) = &state.overlay {
                <Lazy view={View::ContextMenu(ContextMenuProps { context: context.clone(), on: on.clone(), at: *at })} />
            }
        </main>
    }
}

/// The baseline never changes: an intervention there applies to both runs, and a selection there to the current version.
fn on_baseline(app: &App, driver: &Driver, baseline: &Driver) -> Callback<StageEvent> {
    let (app, driver, baseline) = (app.clone(), driver.clone(), baseline.clone());
    Callback::from(move |event| match event {
        StageEvent::Select(selection) => app.send(Update::Select(selection)),
        StageEvent::Edit(_) => app.say(t!("app-baseline-fixed")),
        StageEvent::Send(client) => drop(driver.send(&client)),
        // A request there has the number of its counterpart here: both have the same load.
        StageEvent::Follow(intent) => app.send(Update::Follow(intent)),
        StageEvent::Menu { .. } | StageEvent::Announce(_) | StageEvent::Explain(_) => {}
        StageEvent::Intervene(intervention) => {
            let topology = |driver: &Driver| driver.with(|sim| sim.topology().clone());
            if let Some(same) = intervention.moved(&topology(&baseline), &topology(&driver)) {
                driver.apply(same);
            }
        }
    })
}

/// The first hint, until something is selected. The style sheet shows it where the panel at the left is closed.
fn nudge(state: &State, app: &App) -> Html {
    let about_thing = |hint: Hint| Some((hint.action, hint.shows?));
    let first = hints(state.editor.document()).into_iter().find_map(about_thing);
    let Some((text, shows)) = first.filter(|_| !state.has_selected) else { return html! {} };
    let onclick = app.sends::<MouseEvent>(move || Update::Select(shows.clone().into()));
    html! { <button type="button" class="nudge" {onclick}><b>{ t!("app-try") }{ " " }</b>{ text }</button> }
}

fn inspector(state: &State, driver: &Driver, readout: &Rc<Readout>) -> Html {
    let editor = &state.editor;
    let view = View::Inspector(InspectorProps {
        document: editor.document().clone(),
        selection: editor.selection().clone(),
        driver: driver.clone(),
        readout: readout.clone(),
    });
    let has_thing = (!editor.selection().is_empty()).then_some("has-thing");
    html! {
        <aside class={classes!("right", has_thing, state.sheet_open.then_some("open"))} aria-label={t!("app-inspector")}>
            <Lazy {view} />
        </aside>
    }
}
