//! The colours and the font of the canvas. They come from the custom properties of the style sheet, so that a colour is
//! defined in one place.

use web_sys::{CssStyleDeclaration, Element};

/// The colours and the font that the canvas draws with.
pub struct Ink {
    /// Text and outlines.
    pub ink: String,
    /// Less important text.
    pub soft: String,
    /// Marks in the background.
    pub faint: String,
    /// Thin borders.
    pub line: String,
    /// The ground of boxes.
    pub panel: String,
    /// Requests.
    pub request: String,
    /// Good answers.
    pub ok: String,
    /// Degraded answers.
    pub warn: String,
    /// Failures.
    pub bad: String,
    /// Compensating calls, in the purple of Wong's palette.
    pub purple: String,
    /// The font of the page.
    pub font: String,
    /// The factor by which text and dots are enlarged.
    pub scale: f64,
    /// Whether the user prefers no motion.
    pub still: bool,
}

impl Ink {
    /// The colours that apply to this element.
    pub fn of(element: &Element) -> Self {
        let style = web_sys::window().and_then(|w| w.get_computed_style(element).ok().flatten());
        let read = |token: &str, otherwise: &str| {
            let found = |s: CssStyleDeclaration| s.get_property_value(token).ok();
            let value = style.clone().and_then(found).map(|v| v.trim().to_string());
            value.filter(|v| !v.is_empty()).unwrap_or_else(|| otherwise.to_string())
        };
        Ink {
            ink: read("--ink", "#1d2126"),
            soft: read("--soft", "#5d6570"),
            faint: read("--faint", "#8d949d"),
            line: read("--line", "#dedad1"),
            panel: read("--panel", "#fffefb"),
            request: read("--req", "#0072b2"),
            ok: read("--okfill", "#009e73"),
            warn: read("--warnfill", "#e69f00"),
            bad: read("--badfill", "#d55e00"),
            purple: read("--purple", "#cc79a7"),
            font: read("font-family", "sans-serif"),
            scale: if read("--large", "") == "1" { 1.3 } else { 1.0 },
            still: read("--still", "") == "1",
        }
    }
}
