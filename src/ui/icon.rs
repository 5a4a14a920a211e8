//! Small pictures for buttons, 20 by 20, drawn in the colour of the text.

use crate::scenario::Kind;
use yew::prelude::*;

fn strokes(path: &'static str) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
            <path d={path} fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" />
        </svg>
    }
}

fn solid(path: &'static str) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
            <path d={path} fill="currentColor" stroke="currentColor" stroke-width="1.2" stroke-linejoin="round" />
        </svg>
    }
}

/// The logo: a call and its answer.
pub fn mark() -> Html {
    html! {
        <svg class="mark" viewBox="0 0 22 22" width="24" height="24" aria-hidden="true">
            <circle class="mark-a" cx="4.5" cy="11" r="3.5" />
            <circle class="mark-b" cx="17.5" cy="11" r="3.5" />
            <path class="mark-there" d="M6 7.5C9 4 13 4 16 7.5" />
            <path class="mark-back" d="M16 14.5C13 18 9 18 6 14.5" />
        </svg>
    }
}

/// Undo.
pub fn undo() -> Html {
    strokes("M7 4 3.5 7.5 7 11M3.5 7.5H12a4.5 4.5 0 0 1 0 9H8")
}

/// Redo.
pub fn redo() -> Html {
    strokes("M13 4l3.5 3.5L13 11M16.5 7.5H8a4.5 4.5 0 0 0 0 9h4")
}

/// Open a file.
pub fn open() -> Html {
    strokes("M2.8 15.5V5a1 1 0 0 1 1-1h3.4l1.8 2.2h6a1 1 0 0 1 1 1v1.3M2.8 15.5 5 8.5h13l-2.3 7z")
}

/// Paste.
pub fn paste() -> Html {
    strokes("M7.5 4.5H5v12.5h10V4.5h-2.5M7.5 3h5v3h-5zM7.5 10h5M7.5 13h3")
}

/// Search by name.
pub fn search() -> Html {
    strokes("M13.5 8.5a5 5 0 1 1-10 0 5 5 0 0 1 10 0zM12.2 12.2 17 17")
}

/// Save a file.
pub fn save() -> Html {
    strokes("M10 3v9.5M6.3 9 10 12.7 13.7 9M3.5 13.5V16a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1v-2.5")
}

/// Share.
pub fn share() -> Html {
    strokes(
        "M8 9.3l4.6-3M8 10.7l4.6 3M8.2 10a2.2 2.2 0 1 1-4.4 0 2.2 2.2 0 0 1 4.4 0zM16.8 5.2a2.2 2.2 0 1 1-4.4 0 2.2 2.2 0 0 1 4.4 0zM16.8 14.8a2.2 2.2 0 1 1-4.4 0 2.2 2.2 0 0 1 4.4 0z",
    )
}

/// An address.
pub fn link() -> Html {
    strokes("M8.5 11.5l3-3M9 6.5l1.7-1.7a3.2 3.2 0 0 1 4.5 4.5L13.5 11M11 13.5l-1.7 1.7a3.2 3.2 0 0 1-4.5-4.5L6.5 9")
}

/// Versions.
pub fn versions() -> Html {
    strokes("M4.2 7.5A6.5 6.5 0 1 1 3.5 10M4 3.8v3.9h3.9M10 6.5V10l2.5 2")
}

/// More commands.
pub fn more() -> Html {
    solid("M5 9.5h1v1H5zM9.5 9.5h1v1h-1zM14 9.5h1v1h-1z")
}

/// Two versions beside each other.
pub fn compare() -> Html {
    strokes("M3 4h5.5v12H3zM11.5 4H17v12h-5.5z")
}

/// Light and dark.
pub fn theme() -> Html {
    html! {
        <svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
            <circle cx="10" cy="10" r="6.5" fill="none" stroke="currentColor" stroke-width="1.6" />
            <path d="M10 3.5a6.5 6.5 0 0 1 0 13z" fill="currentColor" />
        </svg>
    }
}

/// The panel with the systems.
pub fn menu() -> Html {
    strokes("M3.5 5.5h13M3.5 10h13M3.5 14.5h13")
}

/// The settings.
pub fn settings() -> Html {
    strokes("M3.5 6.5h6M14.5 6.5h2M3.5 13.5h2M10.5 13.5h6M12 4.3v4.4M8 11.3v4.4")
}

/// Help.
pub fn help() -> Html {
    strokes("M7.2 7.4a2.8 2.8 0 1 1 4.2 2.5c-.9.5-1.4 1-1.4 2.1M10 14.9v.1")
}

/// Remove.
pub fn bin() -> Html {
    strokes("M4 5.5h12M8 5.5V4h4v1.5M5.5 5.5l.7 10.5h7.6l.7-10.5M8.5 8.5v4.5M11.5 8.5v4.5")
}

/// Close.
pub fn close() -> Html {
    strokes("M5.5 5.5l9 9M14.5 5.5l-9 9")
}

/// Play.
pub fn play() -> Html {
    solid("M6.5 4.5v11l9-5.5z")
}

/// Pause.
pub fn pause() -> Html {
    solid("M6 4.5h2.5v11H6zM11.5 4.5H14v11h-2.5z")
}

/// To the next event.
pub fn step() -> Html {
    strokes("M5 4.8v10.4l7.5-5.2zM15.5 4.8v10.4")
}

/// To the previous event.
pub fn step_back() -> Html {
    strokes("M15 4.8v10.4L7.5 10zM4.5 4.8v10.4")
}

/// Restart.
pub fn reset() -> Html {
    strokes("M16 4.8v10.4L10.3 10zM10 4.8v10.4L4.3 10zM3.4 4.8v10.4")
}

/// A service of this kind, as on the stage.
pub fn kind(kind: Kind) -> Html {
    let (round, dash) = match kind {
        Kind::Client => ("8", None),
        Kind::Service => ("3.5", None),
        Kind::External => ("3.5", Some("3.4 2.2")),
        Kind::Stub => ("3.5", Some("0.1 2.6")),
    };
    html! {
        <svg class="icon kind" viewBox="0 0 26 20" width="26" height="20" aria-hidden="true">
            <rect x="1.5" y="2" width="23" height="16" rx={round} fill="none" stroke="currentColor" stroke-width="1.6"
                stroke-linecap="round" stroke-dasharray={dash} />
        </svg>
    }
}
