//! Pictures and texts of the system: into the clipboard, or as files.

use super::picture;
use crate::scenario::Scenario;
use crate::scene::stage::flowchart;
use crate::text::Id;
use crate::ui::autosave::versions::title;
use crate::ui::callback::callback;
use crate::ui::export::{self, Picture};
use crate::ui::files;
use crate::ui::state::App;
use crate::{id, t};
use std::rc::Rc;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// A form that the system can take.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Png,
    Svg,
    Mermaid,
}

/// Each form, its name and its use.
const FORMS: [(Form, &str, Id); 3] = [
    (Form::Png, "PNG", id!("share-png-about")),
    (Form::Svg, "SVG", id!("share-svg-about")),
    (Form::Mermaid, "Mermaid", id!("share-mermaid-about")),
];

/// Where it goes.
#[derive(Clone, Copy)]
enum To {
    Clipboard,
    File,
}

/// The properties of [`Copies`].
#[derive(Properties, PartialEq)]
pub struct CopiesProps {
    /// The document.
    pub document: Rc<Scenario>,
}

/// A row for each form.
#[component]
pub fn Copies(props: &CopiesProps) -> Html {
    let Some(app) = use_context::<App>() else { return html! {} };
    // A text that the browser does not take into the clipboard, to copy it by hand.
    let shown = use_state(String::new);
    let document = &props.document;
    let save = callback!([document, app], move |_: MouseEvent| files::save(&document, &app));
    let copier = Copier { document: props.document.clone(), app, shown: shown.setter() };
    let row = |(form, name, about): (Form, &'static str, Id)| {
        html! {
            <li>
                <p><b>{ name }</b>{ " " }<span>{ about.text() }</span></p>
                <button type="button" class="line" aria-label={t!("share-copy-as", form = name)} onclick={copier.on(form, To::Clipboard)}>{ t!("share-copy") }</button>
                <button type="button" class="line" aria-label={t!("share-save-as", form = name)} onclick={copier.on(form, To::File)}>{ t!("share-save") }</button>
            </li>
        }
    };
    html! {
        <section>
            <h3>{ t!("share-copies") }</h3>
            <ul class="share-copies">
                { for FORMS.map(row) }
                <li>
                    <p><b>{ t!("share-file") }</b>{ " " }<span>{ t!("share-file-about") }</span></p>
                    <button type="button" class="line" aria-label={t!("bar-save-hint")} onclick={save}>{ t!("share-save") }</button>
                </li>
            </ul>
            if !shown.is_empty() {
                <Shown text={(*shown).clone()} />
            }
        </section>
    }
}

/// Makes a form, and copies or saves it.
#[derive(Clone)]
struct Copier {
    document: Rc<Scenario>,
    app: App,
    shown: UseStateSetter<String>,
}

impl Copier {
    fn on(&self, form: Form, to: To) -> Callback<MouseEvent> {
        let it = self.clone();
        Callback::from(move |_| it.take(form, to))
    }

    fn take(&self, form: Form, to: To) {
        match (form, picture::of_stage(&title(&self.document))) {
            (Form::Mermaid, _) => self.take_text(flowchart::text(&self.document), "text/plain", "mmd", to),
            (_, None) => self.app.say(t!("action-nothing-on-stage")),
            (Form::Svg, Some(picture)) => self.take_text(picture.text, "image/svg+xml", "svg", to),
            (Form::Png, Some(picture)) => self.take_picture(picture, to),
        }
    }

    fn take_text(&self, text: String, kind: &str, ending: &str, to: To) {
        match to {
            To::File => export::offer_text(&text, kind, &self.file_name(ending)),
            To::Clipboard => {
                let (it, again) = (self.clone(), text.clone());
                let refused = Callback::from(move |()| {
                    it.shown.set(again.clone());
                    it.app.say(t!("share-selected"));
                });
                let done = if ending == "svg" { id!("share-svg-copied") } else { id!("share-mermaid-copied") };
                export::copy(&text, done, self.app.clone(), refused);
            }
        }
    }

    fn take_picture(&self, picture: Picture, to: To) {
        match to {
            To::File => export::offer_picture(picture, self.file_name("png")),
            To::Clipboard => {
                let app = &self.app;
                let refused = callback!([app], move |()| app.say(t!("share-picture-refused")));
                export::copy_picture(picture, id!("share-picture-copied"), self.app.clone(), refused);
            }
        }
    }

    fn file_name(&self, ending: &str) -> String {
        format!("{}.{ending}", export::file_name(&self.document.title))
    }
}

#[derive(Properties, PartialEq)]
struct ShownProps {
    text: String,
}

/// A selected text, to copy it by hand.
#[component]
fn Shown(props: &ShownProps) -> Html {
    let field = use_node_ref();
    use_effect_with((field.clone(), props.text.clone()), |(field, _)| {
        if let Some(field) = field.cast::<HtmlTextAreaElement>() {
            let _ = field.focus();
            field.select();
        }
    });
    html! { <textarea ref={field} class="share-text" readonly={true} rows="5" aria-label={t!("share-text")} value={props.text.clone()} /> }
}
