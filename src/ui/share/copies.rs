//! Pictures and texts of the system: into the clipboard, or as files.

use super::picture;
use crate::scenario::Scenario;
use crate::scene::stage::flowchart;
use crate::ui::autosave::versions::title;
use crate::ui::export::{self, Picture};
use crate::ui::files;
use crate::ui::state::App;
use std::rc::Rc;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// What the system can become.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Png,
    Svg,
    Mermaid,
}

/// Each form, its name and what it is for.
const FORMS: [(Form, &str, &str); 3] = [
    (Form::Png, "PNG", "the system as it stands, for slides"),
    (Form::Svg, "SVG", "the same, sharp at any size"),
    (Form::Mermaid, "Mermaid", "a flowchart, for documents"),
];

/// Shown where the browser gives no clipboard.
pub const SELECTED: &str = "The browser gives no clipboard. It is selected: press Ctrl+C, or Cmd+C on a Mac.";

/// Where it goes.
#[derive(Clone, Copy)]
enum To {
    Clipboard,
    File,
}

/// What the list needs.
#[derive(Properties, PartialEq)]
pub struct CopiesProps {
    /// The document.
    pub document: Rc<Scenario>,
}

/// A row for each form.
#[component]
pub fn Copies(props: &CopiesProps) -> Html {
    let Some(app) = use_context::<App>() else { return html! {} };
    // A text that the browser does not take into the clipboard is shown, to be selected.
    let shown = use_state(String::new);
    let save = {
        let (document, app) = (props.document.clone(), app.clone());
        Callback::from(move |_: MouseEvent| files::save(&document, &app))
    };
    let copier = Copier { document: props.document.clone(), app, shown: shown.setter() };
    let row = |(form, name, about): (Form, &'static str, &'static str)| {
        html! {
            <li>
                <p><b>{ name }</b>{ " " }<span>{ about }</span></p>
                <button type="button" class="line" aria-label={format!("Copy as {name}")} onclick={copier.on(form, To::Clipboard)}>{ "Copy" }</button>
                <button type="button" class="line" aria-label={format!("Save as {name}")} onclick={copier.on(form, To::File)}>{ "Save" }</button>
            </li>
        }
    };
    html! {
        <section>
            <h3>{ "Pictures and texts" }</h3>
            <ul class="share-copies">
                { for FORMS.map(row) }
                <li>
                    <p><b>{ "File" }</b>{ " " }<span>{ "all of it, to be opened again" }</span></p>
                    <button type="button" class="line" aria-label="Save as a file" onclick={save}>{ "Save" }</button>
                </li>
            </ul>
            if !shown.is_empty() {
                <Shown text={(*shown).clone()} />
            }
        </section>
    }
}

/// Makes each form and takes it where it is to go.
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
            (_, None) => self.app.say("There is nothing on the stage."),
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
                    it.app.say(SELECTED);
                });
                let done = if ending == "svg" {
                    "The SVG text is in the clipboard."
                } else {
                    "The Mermaid text is in the clipboard."
                };
                export::copy(&text, done, self.app.clone(), refused);
            }
        }
    }

    fn take_picture(&self, picture: Picture, to: To) {
        match to {
            To::File => export::offer_picture(picture, self.file_name("png")),
            To::Clipboard => {
                let app = self.app.clone();
                let refused = Callback::from(move |()| {
                    app.say("The browser takes no picture into the clipboard. Save it instead.");
                });
                export::copy_picture(picture, "The picture is in the clipboard.", self.app.clone(), refused);
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

/// A text that is selected, to be copied by hand.
#[component]
fn Shown(props: &ShownProps) -> Html {
    let field = use_node_ref();
    use_effect_with((field.clone(), props.text.clone()), |(field, _)| {
        if let Some(field) = field.cast::<HtmlTextAreaElement>() {
            let _ = field.focus();
            field.select();
        }
    });
    html! { <textarea ref={field} class="share-text" readonly={true} rows="5" aria-label="The text, to be copied" value={props.text.clone()} /> }
}
