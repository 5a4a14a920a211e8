//! Reads a scenario file: text from strangers, of any content.
//!
//! Whatever the text is, this ends with a scenario or with every mistake that is in it. `format/` reads the shape;
//! [`super::check`], which runs here too, checks what the values mean together. Where something could not be read, the
//! scenario holds its default, and nothing more is reported for that place.

use super::format::{Part, Reader};
use super::json::{self, Json};
use super::path::Path;
use super::problem::{Problem, Problems};
use super::{Kind, Link, Scenario, Service, check, limits};

/// Reads the text of a scenario file. All mistakes are reported at once, those of [`super::check`] included, up to a
/// hundred; then how many more there are.
pub fn read(text: &str) -> Result<Scenario, Vec<Problem>> {
    let whole = |message| vec![Problem { path: String::new(), message }];
    if text.len() > limits::FILE_BYTES {
        return Err(whole(format!("the file has {} bytes; at most {} are read", text.len(), limits::FILE_BYTES)));
    }
    let document = json::parse(text).map_err(whole)?;
    let mut reader = Reader { problems: Problems::default() };
    let scenario = Scenario::read(&mut reader, &Path::Root, &document).unwrap_or_default();
    check::run(&scenario, &mut reader.problems);
    if reader.problems.is_empty() { Ok(scenario) } else { Err(reader.problems.into_vec()) }
}

impl Scenario {
    /// Reads the text of a scenario file.
    ///
    /// # Errors
    /// Every mistake in it, each with its path, what was found and what is allowed.
    pub fn from_json(text: &str) -> Result<Scenario, Vec<Problem>> {
        read(text)
    }
}

/// Reads the settings of a link without its ends: the form in which presets are written.
pub fn read_settings_of_link(json: &Json) -> Result<Link, Vec<Problem>> {
    let ends = [("from", "caller"), ("to", "callee")].map(|(name, id)| (name.to_owned(), Json::Text(id.to_owned())));
    let whole = Json::Object(ends.into_iter().chain(json.entries().iter().cloned()).collect());
    let mut reader = Reader { problems: Problems::default() };
    let link = Link::read(&mut reader, &Path::Root, &whole);
    let services = vec![Service::new("caller", Kind::Service), Service::new("callee", Kind::Service)];
    let scenario = Scenario { services, links: link.into_iter().collect(), ..Scenario::default() };
    check::run(&scenario, &mut reader.problems);
    match scenario.links.into_iter().next() {
        Some(link) if reader.problems.is_empty() => Ok(link),
        _ => Err(reader.problems.into_vec()),
    }
}
