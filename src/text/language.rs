//! The languages that there are texts in.

use unic_langid::LanguageIdentifier;

/// A language that there are texts in. To add one: a variant here and a folder in `static/texts`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English, the language of the source texts.
    #[default]
    English,
    /// German.
    German,
}

impl Language {
    /// All languages, in the order in which they are offered.
    pub const ALL: [Language; 2] = [Language::English, Language::German];

    /// The tag of BCP 47, as in `?lang=de`, `<html lang>` and the names of folders.
    pub const fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::German => "de",
        }
    }

    /// The name of the language in the language itself, so that its speakers find it.
    pub const fn own_name(self) -> &'static str {
        match self {
            Language::English => "English",
            Language::German => "Deutsch",
        }
    }

    /// The language of a tag, e.g. `de` or `de-AT`; `None` if there are no texts in it.
    pub fn from_tag(tag: &str) -> Option<Language> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        Language::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(primary))
    }

    /// The first of these tags, the most wanted first, that there are texts in.
    pub fn best<'a>(tags: impl IntoIterator<Item = &'a str>) -> Option<Language> {
        tags.into_iter().find_map(Language::from_tag)
    }

    /// The sign between the whole and the fraction of a number.
    pub const fn decimal_sign(self) -> char {
        match self {
            Language::English => '.',
            Language::German => ',',
        }
    }

    /// Between groups of three digits.
    pub(super) const fn thousands_sign(self) -> char {
        match self {
            Language::English => ',',
            Language::German => '.',
        }
    }

    /// The identifier by which Fluent chooses plural forms.
    pub(super) fn identifier(self) -> LanguageIdentifier {
        self.tag().parse().unwrap_or_default()
    }
}
