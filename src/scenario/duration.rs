//! Durations as people write them: `250ms`, `1.5s`, `2m`.
//!
//! Exact to the nanosecond, by integers alone: a duration that is not a whole number of nanoseconds is refused.

use super::json::quoted;
use super::limits;
use crate::time::Span;

const UNITS: [(&str, u64); 8] = [
    ("ns", 1),
    ("us", 1_000),
    ("µs", 1_000),
    ("μs", 1_000), // the Greek letter, which looks the same
    ("ms", 1_000_000),
    ("s", 1_000_000_000),
    ("m", 60_000_000_000),
    ("h", 3_600_000_000_000),
];

/// A length as people read it, e.g. `250 ms`, `1.5 s`, `2 min`: exact, like the form of a file.
pub fn shown(span: Span) -> String {
    let text = span.to_string();
    let end = text.find(|c: char| c.is_alphabetic()).unwrap_or(text.len());
    let (figure, unit) = text.split_at(end);
    let unit = match unit {
        "m" => "min",
        "us" => "µs",
        unit => unit,
    };
    // A figure stays with its unit where a line breaks.
    format!("{figure}\u{a0}{unit}")
}

/// Reads what a person typed: what a file can say, and what [`shown`] says, e.g. `1.5 s` and `2 min`.
pub fn typed(text: &str) -> Result<Span, String> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (figure, unit) = text.split_at(end);
    match unit.trim_start() {
        "min" => parse(&format!("{figure}m")),
        unit if unit.starts_with(char::is_alphabetic) => parse(&format!("{figure}{unit}")),
        _ => parse(text),
    }
}

/// Reads a duration: a decimal number and one of the units ns, us, µs, ms, s, m, h, up to 10,000 h.
/// The error says what was found and what is allowed.
pub fn parse(text: &str) -> Result<Span, String> {
    let not_one = || format!("{} is not a duration, e.g. \"250ms\"", quoted(text));
    // Only for the first sign: a million of them would be a million nested calls.
    if let Some(rest) = text.strip_prefix('-')
        && !rest.starts_with('-')
        && parse(rest).is_ok()
    {
        return Err(format!("{} is negative; a duration is 0 or more", quoted(text)));
    }
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').ok_or_else(not_one)?;
    let (figure, unit) = text.split_at(end);
    let (_, size) = UNITS.into_iter().find(|(name, _)| *name == unit).ok_or_else(not_one)?;
    let (whole, fraction) = match figure.split_once('.') {
        None => (figure, ""),
        Some((_, "")) => return Err(not_one()),
        Some(parts) => parts,
    };
    if whole.is_empty() || fraction.contains('.') {
        return Err(not_one());
    }
    let too_long = || format!("{} is longer than 10,000 h", quoted(text));
    let whole = match whole.trim_start_matches('0') {
        "" => 0,
        digits => digits.parse::<u64>().map_err(|_| too_long())?,
    };
    let part =
        nanos_of_fraction(fraction, size).ok_or_else(|| format!("{} is finer than a nanosecond", quoted(text)))?;
    match whole.checked_mul(size).and_then(|nanos| nanos.checked_add(part)).map(Span::nanos) {
        Some(span) if span <= limits::DURATION => Ok(span),
        _ => Err(too_long()),
    }
}

/// The nanoseconds of the digits behind a decimal point; `None` where they do not come out even.
fn nanos_of_fraction(digits: &str, size: u64) -> Option<u64> {
    let digits = digits.trim_end_matches('0');
    if digits.is_empty() {
        return Some(0);
    }
    // More digits than this cannot come out even for any unit, and fewer keep below the range of u128.
    if digits.len() > 20 {
        return None;
    }
    let nanos = digits.parse::<u128>().ok()? * u128::from(size);
    let parts = 10u128.pow(digits.len() as u32);
    if nanos.is_multiple_of(parts) { u64::try_from(nanos / parts).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn durations_are_exact_to_the_nanosecond() {
        for (text, nanos) in [
            ("0s", 0),
            ("250ms", 250_000_000),
            ("1.5s", 1_500_000_000),
            ("2m", 120_000_000_000),
            ("1h", 3_600_000_000_000),
            ("10us", 10_000),
            ("10µs", 10_000),
            ("10μs", 10_000),
            ("3ns", 3),
            ("0.000000001s", 1),
            ("1.0ns", 1),
            ("0.1h", 360_000_000_000),
            ("007ms", 7_000_000),
            ("10000h", 36_000_000_000_000_000),
        ] {
            assert_eq!(parse(text), Ok(Span::nanos(nanos)), "{text}");
        }
    }

    #[test]
    fn what_is_not_a_duration_is_reported() {
        let texts = [
            "",
            "5",
            "ms",
            "fast",
            "1 s",
            "+1s",
            "1e3s",
            ".5s",
            "5.s",
            "1.2.3s",
            "1S",
            "-5ms",
            "-x",
            "0.1ns",
            "10001h",
            "99999999999999999999999999s",
            "1.00000000000000000000000000001s",
        ];
        let messages: Vec<String> = texts.iter().map(|text| parse(text).unwrap_err()).collect();
        expect![[r#"
            "" is not a duration, e.g. "250ms"
            "5" is not a duration, e.g. "250ms"
            "ms" is not a duration, e.g. "250ms"
            "fast" is not a duration, e.g. "250ms"
            "1 s" is not a duration, e.g. "250ms"
            "+1s" is not a duration, e.g. "250ms"
            "1e3s" is not a duration, e.g. "250ms"
            ".5s" is not a duration, e.g. "250ms"
            "5.s" is not a duration, e.g. "250ms"
            "1.2.3s" is not a duration, e.g. "250ms"
            "1S" is not a duration, e.g. "250ms"
            "-5ms" is negative; a duration is 0 or more
            "-x" is not a duration, e.g. "250ms"
            "0.1ns" is finer than a nanosecond
            "10001h" is longer than 10,000 h
            "99999999999999999999999999s" is longer than 10,000 h
            "1.00000000000000000000000000001s" is finer than a nanosecond"#]]
        .assert_eq(&messages.join("\n"));
    }

    #[test]
    fn what_a_span_prints_reads_back() {
        for nanos in [0, 1, 999, 1_000, 1_000_001, 1_234_567_890, 90_000_000_000, 3_600_000_000_001] {
            let span = Span::nanos(nanos);
            assert_eq!(parse(&span.to_string()), Ok(span));
            assert_eq!(typed(&shown(span)), Ok(span));
        }
    }

    #[test]
    fn people_read_and_type_a_space_before_the_unit() {
        let all = [("1.5 s", 1_500_000_000), ("250 ms", 250_000_000), ("2 min", 120_000_000_000), ("10 µs", 10_000)];
        for (text, nanos) in all {
            assert_eq!(shown(Span::nanos(nanos)).replace('\u{a0}', " "), text);
            for typed in [text.to_owned(), text.replace(' ', ""), format!(" {text} ")] {
                assert_eq!(super::typed(&typed), Ok(Span::nanos(nanos)), "{typed}");
            }
        }
        assert_eq!(typed("2m"), Ok(Span::secs(120)));
        for wrong in ["5", "min", "1 2s", "1 s s", "fast", "-5 ms"] {
            assert!(typed(wrong).is_err(), "{wrong}");
        }
    }
}
