//! Keys as they stand on a keyboard.

use gloo::utils::window;
use yew::prelude::*;

/// Whether this is a computer with a command key.
fn is_mac() -> bool {
    window().navigator().platform().is_ok_and(|platform| platform.starts_with("Mac") || platform.starts_with("iP"))
}

/// The caps of keys as [`super::actions::Act::keys`] writes them, e.g. `Ctrl`, `Shift` and `Z`.
pub fn caps(keys: &str) -> Vec<String> {
    // The plus itself is a key, too.
    let (before, last) = match keys.strip_suffix("++") {
        Some(before) => (before, "+"),
        None => keys.rsplit_once('+').filter(|(before, _)| !before.is_empty()).unwrap_or(("", keys)),
    };
    before.split('+').filter(|key| !key.is_empty()).chain([last]).map(|key| cap(key, is_mac())).collect()
}

fn cap(key: &str, is_mac: bool) -> String {
    match key {
        "Mod" if is_mac => "⌘".into(),
        "Mod" => "Ctrl".into(),
        "Alt" if is_mac => "⌥".into(),
        "Delete" => "Del".into(),
        "Escape" => "Esc".into(),
        "ArrowLeft" => "←".into(),
        "ArrowRight" => "→".into(),
        "ArrowUp" => "↑".into(),
        "ArrowDown" => "↓".into(),
        "-" => "−".into(),
        _ => {
            let mut chars = key.chars();
            chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
        }
    }
}

/// The keys, drawn.
pub fn view(keys: &str) -> Html {
    html! { <span class="keys">{ for caps(keys).into_iter().map(|cap| html! { <kbd>{ cap }</kbd> }) }</span> }
}
