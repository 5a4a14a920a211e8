//! Names cut to a length, and numbers as short as they can be.

use crate::time::Span;

/// At most so many characters of `text`, with an ellipsis where something is left out. A number at its end is kept: it tells
/// copies apart.
pub fn shortened(text: &str, chars: usize) -> String {
    if text.chars().count() <= chars {
        return text.to_string();
    }
    let is_number = |word: &&str| word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit());
    let number = text.rsplit_once(' ').map(|(_, word)| word).filter(is_number).filter(|word| chars > word.len() + 4);
    let end = number.map_or("…".into(), |number| format!("… {number}"));
    let kept: String = text.chars().take(chars.saturating_sub(end.chars().count())).collect();
    kept.trim_end().to_string() + &end
}

/// A name in one or two short lines, for a box that is seen from so far that its words have to be large.
pub fn broken(name: &str, chars: usize) -> [String; 2] {
    if name.chars().count() <= chars {
        return [name.to_string(), String::new()];
    }
    // After the last space that leaves a first line that fits.
    let fits = |(at, _): &(usize, &str)| name[..*at].chars().count() <= chars;
    match name.match_indices(' ').rfind(fits) {
        Some((at, _)) => [name[..at].to_string(), shortened(name[at..].trim_start(), chars)],
        None => [shortened(name, chars), String::new()],
    }
}

/// A rate per second, with no more digits than can be told apart: `0.5/s`, `12/s`, `1.2k/s`.
pub fn rate(per_second: f64) -> String {
    match per_second {
        r if r <= 0.0 => "0/s".into(),
        r if r < 9.95 => format!("{r:.1}/s").replace(".0/s", "/s"),
        r if r < 999.5 => format!("{r:.0}/s"),
        r if r < 99_950.0 => format!("{:.1}k/s", r / 1_000.0),
        r => format!("{:.0}k/s", r / 1_000.0),
    }
}

/// A count, with no more digits than fit: `950`, `1.2k`, `3.4M`.
pub fn count(n: u64) -> String {
    match n {
        0..1_000 => n.to_string(),
        1_000..1_000_000 => format!("{:.1}k", n as f64 / 1e3),
        _ => format!("{:.1}M", n as f64 / 1e6),
    }
}

/// A share as per cent; what is not nothing is never `0 %`, and what is not all never `100 %`.
pub fn percent(share: f64) -> String {
    match share {
        s if s <= 0.0 => "0 %".into(),
        s if s < 0.01 => "<1 %".into(),
        s if s >= 1.0 => "100 %".into(),
        s => format!("{:.0} %", (s * 100.0).min(99.0)),
    }
}

/// A length of time with two or three digits: `3.2 ms`, `61 ms`, `1.25 s`, `12 s`.
pub fn span(span: Span) -> String {
    let seconds = span.as_secs_f64();
    match seconds {
        s if s <= 0.0 => "0 ms".into(),
        s if s < 0.000_999_5 => format!("{:.0} µs", s * 1e6),
        s if s < 0.009_95 => format!("{:.1} ms", s * 1e3),
        s if s < 0.999_5 => format!("{:.0} ms", s * 1e3),
        s if s < 9.95 => format!("{s:.1} s").replace(".0 ", " "),
        s if s < 120.0 => format!("{s:.0} s"),
        s if s < 7_200.0 => format!("{:.0} min", s / 60.0),
        s => format!("{:.0} h", s / 3_600.0),
    }
}

/// The same text, in which no line breaks between a number and its unit.
pub fn unbroken(text: &str) -> String {
    let mut words = text.split(' ').peekable();
    let mut whole = String::with_capacity(text.len() + 16);
    while let Some(word) = words.next() {
        whole.push_str(word);
        let is_unit = |next: &&str| {
            matches!(
                next.trim_end_matches(|c: char| c.is_ascii_punctuation() && c != '%'),
                "µs" | "ms" | "s" | "min" | "h" | "%"
            )
        };
        match words.peek() {
            Some(next) if word.ends_with(|c: char| c.is_ascii_digit()) && is_unit(next) => whole.push('\u{a0}'),
            Some(_) => whole.push(' '),
            None => {}
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_short_as_they_can_be_and_never_lie() {
        assert_eq!(
            [0.0, 0.5, 3.0, 12.34, 1_234.0, 120_000.0].map(rate),
            ["0/s", "0.5/s", "3/s", "12/s", "1.2k/s", "120k/s"]
        );
        assert_eq!([0.0, 0.001, 0.5, 0.999, 1.0].map(percent), ["0 %", "<1 %", "50 %", "99 %", "100 %"]);
        assert_eq!([7, 1_234, 5_600_000].map(count), ["7", "1.2k", "5.6M"]);
        let spans =
            [Span::ZERO, Span::micros(50), Span::micros(3_200), Span::millis(61), Span::secs(2), Span::secs(12)];
        assert_eq!(spans.map(span), ["0 ms", "50 µs", "3.2 ms", "61 ms", "2 s", "12 s"]);
    }

    #[test]
    fn a_number_stays_with_its_unit_where_a_line_breaks() {
        assert_eq!(unbroken("after 63 ms. 5 %, and 2 s"), "after 63\u{a0}ms. 5\u{a0}%, and 2\u{a0}s");
        assert_eq!(unbroken("attempts 1 and 2 sent"), "attempts 1 and 2 sent");
    }

    #[test]
    fn long_names_end_in_an_ellipsis() {
        assert_eq!(shortened("Access privilege", 18), "Access privilege");
        assert_eq!(shortened("Access privilege of the bank", 10), "Access pr…");
        assert_eq!(shortened("äöüäöü", 3), "äö…");
    }

    #[test]
    fn copies_with_long_names_can_be_told_apart() {
        assert_eq!(shortened("Access privilege 2", 17), "Access privile… 2");
        assert_eq!(shortened("Access privilege 12", 12), "Access p… 12");
        assert_eq!(shortened("Access 1234567", 12), "Access 1234…");
        assert_eq!(shortened("privileges 2", 5), "priv…");
    }

    #[test]
    fn a_long_name_is_broken_between_words() {
        let lines = |name: &str| broken(name, 10).join("|");
        assert_eq!(lines("Stock"), "Stock|");
        assert_eq!(lines("Access privilege"), "Access|privilege");
        assert_eq!(lines("Access privilege 2"), "Access|privile… 2");
        assert_eq!(lines("A b c d e f g h"), "A b c d e|f g h");
        assert_eq!(lines("Zahlungsverkehr"), "Zahlungsv…|");
        assert_eq!(lines(" äöüäöüäöüäöü"), "|äöüäöüäöü…");
    }
}
