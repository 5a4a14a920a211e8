//! Texts of a flowchart as plain text: without entities, HTML, Markdown and icons.

/// The text as the drawing shows it, in one line.
pub(super) fn clean(text: &str) -> String {
    let text = text.trim();
    // A Markdown string.
    let text = match text.strip_prefix('`').and_then(|text| text.strip_suffix('`')) {
        Some(markdown) => markdown.replace("**", "").replace(['*', '_'], ""),
        None => text.to_owned(),
    };
    let text = entities(&tags(&text));
    let is_icon = |word: &&str| {
        let icon = word.split_once(":fa-").is_some_and(|(pack, _)| pack.len() <= 4 && pack.starts_with("fa"));
        !icon
    };
    text.split_whitespace().filter(is_icon).collect::<Vec<_>>().join(" ")
}

/// Leaves out HTML tags; a line break becomes a space.
fn tags(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        plain += &rest[..start];
        let inner = &rest[start + 1..];
        let is_tag = inner.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        match inner.find('>').filter(|_| is_tag) {
            Some(end) => {
                let name = inner[..end].trim_matches(['/', ' ']).to_ascii_lowercase();
                if name == "br" {
                    plain.push(' ');
                }
                rest = &inner[end + 1..];
            }
            None => {
                plain.push('<');
                rest = inner;
            }
        }
    }
    plain + rest
}

/// Replaces entities such as `#quot;`, `#9829;` and `&amp;`; unknown ones stay.
fn entities(text: &str) -> String {
    const LONGEST: usize = 8;
    let mut plain = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(['#', '&']) {
        plain += &rest[..start];
        let inner = &rest[start + 1..];
        let end = inner.char_indices().take(LONGEST).find(|(_, c)| *c == ';').map(|(end, _)| end);
        match end.and_then(|end| Some((entity(&inner[..end])?, end))) {
            Some((c, end)) => {
                plain.push(c);
                rest = &inner[end + 1..];
            }
            None => {
                plain += &rest[start..=start];
                rest = inner;
            }
        }
    }
    plain + rest
}

fn entity(name: &str) -> Option<char> {
    let number = name.strip_prefix('#').unwrap_or(name);
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None => number.parse().ok(),
    };
    match name {
        "quot" => Some('"'),
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        _ => code.and_then(char::from_u32).filter(|c| !c.is_control()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_reads_as_the_drawing_shows_it() {
        for (written, seen) in [
            ("A double quote:#quot;", "A double quote:\""),
            ("A dec char:#9829;", "A dec char:♥"),
            ("Line 1<br/>Line 2<BR>3", "Line 1 Line 2 3"),
            ("AAA<span>BBB</span>", "AAABBB"),
            ("`This **is** _Markdown_`", "This is Markdown"),
            ("`Line1\n    Line 2`", "Line1 Line 2"),
            ("fa:fa-twitter for peace", "for peace"),
            ("a < b & c # d;", "a < b & c # d;"),
            ("&#x2764; &unknown; #;", "❤ &unknown; #;"),
            ("<script>alert(1)</script>", "alert(1)"),
        ] {
            assert_eq!(clean(written), seen);
        }
    }
}
