//! What few need, on demand.

use yew::prelude::*;

/// What is needed for it.
#[derive(Properties, PartialEq)]
pub struct MoreProps {
    /// What there is.
    pub words: &'static str,
    /// Told on demand.
    pub children: Html,
}

/// A line that opens what belongs to it, which is not on the page before. A `details` element would committer it there, and
/// Chromium spends 6 ms of style work on the whole page when one comes beside 1,000 links (traced).
#[component]
pub fn More(props: &MoreProps) -> Html {
    let open = use_state_eq(|| false);
    let onclick = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    html! {
        <div class="more">
            <button type="button" aria-expanded={open.to_string()} {onclick}>{ props.words }</button>
            if *open {
                { props.children.clone() }
            }
        </div>
    }
}
