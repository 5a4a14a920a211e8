//! The sharing of a link: advice on its length, and its QR code as a drawing.

use crate::msg;
use crate::text::{Grouped, Message};
use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};
use std::fmt::Write;

/// The most characters of a link that practically every program passes on whole.
const SAFE: usize = 2_000;
/// The most characters of a link whose QR code a phone reads across a room.
const LEGIBLE: usize = 1_200;
/// The most characters of a link in the largest QR code (version 40, correction L: ISO/IEC 18004, table 7).
pub const QR_CHARACTERS: usize = 2_953;
/// The empty border that the standard asks for, in modules.
const BORDER: i32 = 4;

/// A sentence about the length of a link.
pub fn on_length(characters: usize) -> Message {
    let count = Grouped(characters);
    match characters {
        n if n <= LEGIBLE => msg!("share-length-short", characters = count),
        n if n <= SAFE => msg!("share-length-dense", characters = count),
        n if n <= QR_CHARACTERS => msg!("share-length-long", characters = count),
        _ => msg!("share-length-too-long", characters = count, most = Grouped(QR_CHARACTERS)),
    }
}

/// A QR code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qr {
    /// The width and height, in modules, including the border.
    pub side: i32,
    /// The dark modules as the `d` of an SVG path, one unit each.
    pub path: String,
}

impl Qr {
    /// The code of a text; `None` if the text is too long.
    pub fn of(text: &str) -> Option<Qr> {
        let bytes = [QrSegment::make_bytes(text.as_bytes())];
        // The highest error correction that fits the same size.
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
    fn the_length_comes_with_what_it_means() {
        let texts = [412, 1_500, 2_953, 4_300, 1_234_567].map(|n| on_length(n).text());
        assert_eq!(texts[0], "412 characters: fits into a chat message and a QR code.");
        assert!(texts[1].starts_with("1,500 characters: fits into a chat message."));
        assert!(texts[2].contains("very dense"));
        assert!(texts[3].starts_with("4,300 characters: some chat programs cut this; send the file instead."));
        assert!(texts[4].starts_with("1,234,567 characters"));
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
