//! A scenario as the text of a link, and back: the whole system travels in the address, and no server sees it.
//!
//! The text is the version of the format, a point, and the file without white space, compressed (deflate, RFC 1951) and
//! encoded in base64url (RFC 4648, section 5). Its characters are `A-Za-z0-9-_` after `1.`, which every program passes on
//! unchanged. The text is in the fragment of an address, which browsers do not send to a server: `…#s=1.…`.
//!
//! A link may come from a stranger. Its size is limited before and during unpacking; then it is read and checked like a file.

use super::problem::Problem;
use super::{Scenario, limits, read, write};
use base64ct::{Base64UrlUnpadded, Encoding};
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};

/// The version of the format: the only one that is written and read.
const VERSION: &str = "1";
/// The effort of the compression, 0 to 10.
const EFFORT: u8 = 9;

/// The text that carries `scenario`. [`read()`] refuses it if it is longer than [`limits::LINK_CHARS`].
pub fn write(scenario: &Scenario) -> String {
    let packed = compress_to_vec(write::compact(scenario).as_bytes(), EFFORT);
    format!("{VERSION}.{}", Base64UrlUnpadded::encode_string(&packed))
}

/// The address of a page with `scenario` in its fragment, in place of the fragment of `page`.
pub fn link(page: &str, scenario: &Scenario) -> String {
    let page = page.split('#').next().unwrap_or_default();
    format!("{page}#s={}", write(scenario))
}

/// The text after `#s=` in an address, if there is one.
pub fn carried(address: &str) -> Option<&str> {
    let (_, fragment) = address.split_once('#')?;
    fragment.split('&').find_map(|part| part.strip_prefix("s="))
}

/// The scenario that a text carries, checked.
///
/// # Errors
/// The mistake in the text, or every mistake of the scenario in it.
pub fn read(text: &str) -> Result<Scenario, Vec<Problem>> {
    let file = unpack(text.trim()).map_err(|message| vec![Problem { path: String::new(), message }])?;
    read::read(&file)
}

const DAMAGED: &str = "damaged: what it carries cannot be unpacked";
const CUT_OFF: &str = "cut off: its end is missing, as some programs shorten long links; ask for it as a file";

/// The text of the file in the text of a link.
fn unpack(text: &str) -> Result<String, String> {
    if text.len() > limits::LINK_CHARS {
        return Err(format!("too long: it has {} characters; at most {} are read", text.len(), limits::LINK_CHARS));
    }
    let (version, packed) = text.split_once('.').ok_or("carries no system: it should be like #s=1.…")?;
    if version != VERSION {
        let is_newer = version.parse::<u32>().is_ok_and(|version| version > 1);
        return Err(match is_newer {
            true => format!("made by a newer Callchain: its form is {version}, and this one reads {VERSION}"),
            false => format!("carries no system: {:?} is no form of a link", shortened(version)),
        });
    }
    if let Some(stray) = packed.chars().find(|c| !c.is_ascii_alphanumeric() && !"-_".contains(*c)) {
        return Err(format!("damaged: {stray:?} does not belong here"));
    }
    let packed = Base64UrlUnpadded::decode_vec(packed).map_err(|_| CUT_OFF)?;
    let file = decompress_to_vec_with_limit(&packed, limits::FILE_BYTES).map_err(|error| match error.status {
        TINFLStatus::HasMoreOutput => {
            format!("too large: it carries more than {} bytes, which is more than is read", limits::FILE_BYTES)
        }
        TINFLStatus::NeedsMoreInput | TINFLStatus::FailedCannotMakeProgress => CUT_OFF.into(),
        _ => DAMAGED.into(),
    })?;
    String::from_utf8(file).map_err(|_| DAMAGED.into())
}

fn shortened(text: &str) -> String {
    text.chars().take(20).collect()
}
