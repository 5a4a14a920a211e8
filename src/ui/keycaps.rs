//! Keys as actions write them, and as they are printed on a keyboard.

use crate::scene::stage::geometry::Point;
use crate::scene::stage::snap::STEP;
use crate::t;
use gloo::utils::window;
use js_sys::JsString;
use web_sys::KeyboardEvent;
use yew::prelude::*;

/// Whether this is a computer with a command key.
fn is_mac() -> bool {
    window().navigator().platform().is_ok_and(|platform| platform.starts_with("Mac") || platform.starts_with("iP"))
}

/// The caps of keys as [`super::actions::Action::keys`] writes them, e.g. `Ctrl`, `Shift` and `Z`.
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
        "Mod" => t!("key-ctrl"),
        "Alt" if is_mac => "⌥".into(),
        "Alt" => t!("key-alt"),
        "Shift" => t!("key-shift"),
        "Delete" => t!("key-delete"),
        "Escape" => t!("key-escape"),
        "Space" => t!("key-space"),
        "Enter" => t!("key-enter"),
        "Tab" => t!("key-tab"),
        "Backspace" => t!("key-backspace"),
        "ArrowLeft" => "←".into(),
        "ArrowRight" => "→".into(),
        "ArrowUp" => "↑".into(),
        "ArrowDown" => "↓".into(),
        "-" => "−".into(),
        _ => {
            let mut chars = key.chars();
            // All keys of actions are ASCII; the table of other upper-case letters is large.
            chars
                .next()
                .map(|first| [first.to_ascii_uppercase()].into_iter().chain(chars).collect())
                .unwrap_or_default()
        }
    }
}

/// The keys in a sentence, e.g. `Ctrl+Z`.
pub fn text(keys: &str) -> String {
    caps(keys).join("+")
}

/// The keys, drawn.
pub fn view(keys: &str) -> Html {
    html! { <span class="keys">{ for caps(keys).into_iter().map(|cap| html! { <kbd>{ cap }</kbd> }) }</span> }
}

/// The keys of an event as [`super::actions::Action::keys`] writes them. Shift is part of a character that is no letter.
pub fn written(event: &KeyboardEvent) -> String {
    let key = event.key();
    let mut chars = key.chars();
    let character = chars.next().filter(|_| chars.next().is_none());
    // The browser has the tables of letters already.
    let letter = JsString::from(key.as_str());
    let has_cases = letter.to_lower_case() != letter.to_upper_case();
    let key = match character {
        Some(' ') => "Space".into(),
        Some(_) => letter.to_lower_case().into(),
        None => key,
    };
    let shift = event.shift_key() && character.is_none_or(|c| has_cases || c == ' ');
    let modifier = |is_down: bool, name: &'static str| if is_down { name } else { "" };
    [
        modifier(event.ctrl_key() || event.meta_key(), "Mod+"),
        modifier(event.alt_key(), "Alt+"),
        modifier(shift, "Shift+"),
        &key,
    ]
    .concat()
}

/// How far these keys move the selection, in world units.
pub fn arrow(keys: &str) -> Option<Point> {
    let (key, steps) = keys.strip_prefix("Shift+").map_or((keys, 1.0), |key| (key, 5.0));
    let way = match key {
        "ArrowLeft" => Point::new(-1.0, 0.0),
        "ArrowRight" => Point::new(1.0, 0.0),
        "ArrowUp" => Point::new(0.0, -1.0),
        "ArrowDown" => Point::new(0.0, 1.0),
        _ => return None,
    };
    Some(way * (STEP * steps))
}
