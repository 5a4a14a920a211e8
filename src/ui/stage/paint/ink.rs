//! The colours of the canvas, read from the style sheet: the tokens of the page are the only place that names them.

use web_sys::{CssStyleDeclaration, Element};

/// The colours and the font that the canvas draws with.
pub struct Ink {
    /// Text and outlines.
    pub ink: String,
    /// Quiet text.
    pub soft: String,
    /// Marks that hold back.
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
    /// Reversing calls: the purple of Wong's palette.
    pub purple: String,
    /// The font of the page.
    pub font: String,
    /// How much larger words and dots are than usual.
    pub scale: f64,
    /// Whether the user has asked for no motion.
    pub still: bool,
}

impl Ink {
    /// The colours in force at this element.
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
