//! Preparation of a picture of the stage for a file of its own.

/// A computed colour in a form that SVG programs understand: the colour without its alpha, and the alpha if any.
pub fn apart(colour: &str) -> (String, Option<&str>) {
    let parts = colour.strip_prefix("rgba(").and_then(|it| it.strip_suffix(')')).and_then(|it| it.rsplit_once(','));
    match parts {
        Some((colour, alpha)) => (format!("rgb({colour})"), Some(alpha.trim())),
        None => (colour.into(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alpha_is_taken_out_of_a_colour() {
        assert_eq!(apart("rgba(0, 114, 178, 0.12)"), ("rgb(0, 114, 178)".into(), Some("0.12")));
        assert_eq!(apart("rgba(0, 0, 0, 0)"), ("rgb(0, 0, 0)".into(), Some("0")));
        for plain in ["rgb(1, 2, 3)", "none", "url(\"#hatch-held\")", "rgba(1"] {
            assert_eq!(apart(plain), (plain.into(), None));
        }
    }
}
