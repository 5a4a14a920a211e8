//! Numbers and lengths of time as people read them: the only place that writes them, for all languages.
//!
//! Between a figure and its unit stands a space that does not break.

use super::language;
use crate::time::Span;

/// A number with its shortest exact fraction: `1.5`, in German `1,5`.
pub fn number(value: f64) -> String {
    localised(value.to_string())
}

/// A number with at most so many decimals, zeros at its end omitted.
fn rounded(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let short = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    localised(short.to_owned())
}

/// With the decimal sign of the current language.
fn localised(number: String) -> String {
    match language().decimal_sign() {
        '.' => number,
        sign => number.replace('.', sign.encode_utf8(&mut [0; 4])),
    }
}

/// A rate per second, with no more digits than are useful: `0.5/s`, `12/s`, `1.2k/s`.
pub fn rate(per_second: f64) -> String {
    match per_second {
        r if r <= 0.0 => "0/s".into(),
        r if r < 9.95 => format!("{}/s", rounded(r, 1)),
        r if r < 999.5 => format!("{r:.0}/s"),
        r if r < 99_950.0 => format!("{}k/s", fixed(r / 1_000.0)),
        r => format!("{:.0}k/s", r / 1_000.0),
    }
}

/// A count, in few digits: `950`, `1.2k`, `3.4M`.
pub fn count(n: u64) -> String {
    match n {
        0..1_000 => n.to_string(),
        1_000..1_000_000 => format!("{}k", fixed(n as f64 / 1e3)),
        _ => format!("{}M", fixed(n as f64 / 1e6)),
    }
}

/// With exactly one decimal.
fn fixed(value: f64) -> String {
    localised(format!("{value:.1}"))
}

/// A share as per cent; more than nothing is never `0 %`, and less than all never `100 %`.
pub fn percent(share: f64) -> String {
    match share {
        s if s <= 0.0 => "0\u{a0}%".into(),
        s if s < 0.01 => "<1\u{a0}%".into(),
        s if s >= 1.0 => "100\u{a0}%".into(),
        s => format!("{:.0}\u{a0}%", (s * 100.0).min(99.0)),
    }
}

/// A share as per cent without decimals; below nothing with a minus sign: `−40 %`.
pub fn whole_percent(share: f64) -> String {
    let percent = libm::round(share * 100.0);
    let sign = if percent < 0.0 { "−" } else { "" };
    format!("{sign}{:.0}\u{a0}%", libm::fabs(percent))
}

/// A share as per cent with one decimal where it has one, rounded down: what is below 99 % never reads `99 %`.
pub fn fine_percent(share: f64) -> String {
    let tenths = libm::floor(share * 1_000.0 + 1e-6);
    format!("{}\u{a0}%", number(tenths / 10.0))
}

/// A whole number with its thousands apart: `2,953`, in German `2.953`.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(language().thousands_sign());
        }
        text.push(digit);
    }
    text
}

/// A length of time in two or three digits: `3.2 ms`, `61 ms`, `1.2 s`, `12 s`.
pub fn duration(span: Span) -> String {
    let seconds = span.as_secs_f64();
    match seconds {
        s if s <= 0.0 => "0\u{a0}ms".into(),
        s if s < 0.000_999_5 => format!("{:.0}\u{a0}µs", s * 1e6),
        s if s < 0.009_95 => format!("{}\u{a0}ms", fixed(s * 1e3)),
        s if s < 0.999_5 => format!("{:.0}\u{a0}ms", s * 1e3),
        s if s < 9.95 => format!("{}\u{a0}s", rounded(s, 1)),
        s if s < 120.0 => format!("{s:.0}\u{a0}s"),
        s if s < 7_200.0 => format!("{:.0}\u{a0}min", s / 60.0),
        s => format!("{:.0}\u{a0}h", s / 3_600.0),
    }
}

/// The time since the start of something, precise enough to distinguish two instants: `61 ms`, `1.23 s`, `12.3 s`.
pub fn elapsed(span: Span) -> String {
    let seconds = span.as_secs_f64();
    match seconds {
        0.009_95..0.999_5 => format!("{:.0}\u{a0}ms", seconds * 1e3),
        0.000_999_5..0.009_95 => format!("{}\u{a0}ms", rounded(seconds * 1e3, 1)),
        0.999_5..9.995 => format!("{}\u{a0}s", rounded(seconds, 2)),
        9.995..120.0 => format!("{}\u{a0}s", rounded(seconds, 1)),
        _ => duration(span),
    }
}

/// Seconds with exactly so many decimals: `1.500 s`.
pub fn seconds(span: Span, decimals: usize) -> String {
    format!("{}\u{a0}s", localised(format!("{:.decimals$}", span.as_secs_f64())))
}

/// A length of time, exact, as a file has it but for people: `250 ms`, `1.505 s`, `2 min`.
pub fn exact(span: Span) -> String {
    let text = span.to_string();
    let end = text.find(|c: char| c.is_alphabetic()).unwrap_or(text.len());
    let (figure, unit) = text.split_at(end);
    let unit = match unit {
        "m" => "min",
        "us" => "µs",
        unit => unit,
    };
    format!("{}\u{a0}{unit}", localised(figure.to_owned()))
}
