//! What there is to show of a link: how long it is, in words, and its QR code as a drawing.

use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};
use std::fmt::Write;

/// A link of at most so many characters arrives whole in practically all programs.
const SAFE: usize = 2_000;
/// A link of at most so many characters gives a QR code that a phone reads across a room.
const LEGIBLE: usize = 1_200;
/// What the largest QR code holds, in characters of a link (version 40, correction L: ISO/IEC 18004, table 7).
pub const QR_CHARACTERS: usize = 2_953;
/// The empty border that the standard asks for, in modules.
const BORDER: i32 = 4;

/// How long a link of so many characters is, in a sentence.
pub fn on_length(characters: usize) -> String {
    let verdict = match characters {
        n if n <= LEGIBLE => "fits into a chat message and a QR code.",
        n if n <= SAFE => "fits into a chat message. As a QR code it is dense: come close with the phone.",
        n if n <= QR_CHARACTERS => "some chat programs cut links this long, and as a QR code it is very dense.",
        _ => "some chat programs cut this; send the file instead. A QR code holds 2,953 at most.",
    };
    format!("{} characters: {verdict}", grouped(characters))
}

/// A number with its thousands apart.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A QR code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qr {
    /// Its width and height, in modules, with its border.
    pub side: i32,
    /// Its dark modules as the `d` of an SVG path, one unit each.
    pub path: String,
}

impl Qr {
    /// The code of a text; `None`: it is too long.
    pub fn of(text: &str) -> Option<Qr> {
        let bytes = [QrSegment::make_bytes(text.as_bytes())];
        // As much correction as the size gives for nothing.
        let code =
            QrCode::encode_segments_advanced(&bytes, QrCodeEcc::Low, Version::MIN, Version::MAX, None, true).ok()?;
        let mut path = String::new();
        for y in 0..code.size() {
            let mut x = 0;
            while x < code.size() {
                let start = x;
                while x < code.size() && code.get_module(x, y) {
                    x += 1;
                }
                if x > start {
                    // Writing to a text cannot fail.
                    let _ = write!(path, "M{} {}h{}v1h-{2}z", start + BORDER, y + BORDER, x - start);
                }
                x += 1;
            }
        }
        Some(Qr { side: code.size() + 2 * BORDER, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_is_told_with_what_it_means() {
        let told = [412, 1_500, 2_953, 4_300, 1_234_567].map(on_length);
        assert_eq!(told[0], "412 characters: fits into a chat message and a QR code.");
        assert!(told[1].starts_with("1,500 characters: fits into a chat message."));
        assert!(told[2].contains("very dense"));
        assert!(told[3].starts_with("4,300 characters: some chat programs cut this; send the file instead."));
        assert!(told[4].starts_with("1,234,567 characters"));
    }

    #[test]
    fn a_code_is_drawn_up_to_the_largest_and_no_further() {
        assert_eq!(Qr::of("hello").unwrap().side, 21 + 8);
        assert_eq!(Qr::of(&"a".repeat(QR_CHARACTERS)).unwrap().side, 177 + 8);
        assert_eq!(Qr::of(&"a".repeat(QR_CHARACTERS + 1)), None);
    }

    #[test]
    fn the_drawing_begins_with_the_finder_pattern() {
        let path = Qr::of("hello").unwrap().path;
        assert!(path.starts_with("M4 4h7v1h-7z"), "{path}");
        // Its second row: one dark module, five light ones, one dark.
        assert!(path.contains("M4 5h1v1h-1zM10 5h1v1h-1z"), "{path}");
    }
}
