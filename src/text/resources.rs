//! The files with messages.
//!
//! The English ones are part of the program, so that there is always a text. The command has the others, too; the page
//! fetches those of its language (`ui/language.rs`).

use super::Language;

macro_rules! topics {
    ($($topic:literal),*; $($only_translated:literal),*) => {
        /// The names of the files in the folder of each language, without `.ftl`.
        pub const TOPICS: &[&str] = &[$($topic),*, $($only_translated),*];

        const ENGLISH: &[&str] = &[$(include_str!(concat!("../../static/texts/en/", $topic, ".ftl"))),*];

        #[cfg(not(target_arch = "wasm32"))]
        const GERMAN: &[&str] = &[
            $(include_str!(concat!("../../static/texts/de/", $topic, ".ftl"))),*,
            $(include_str!(concat!("../../static/texts/de/", $only_translated, ".ftl"))),*
        ];

        #[cfg(target_arch = "wasm32")]
        const GERMAN: &[&str] = &[];
    };
}

topics![
    "numbers",
    "app",
    "menu",
    "dock",
    "inspector",
    "marks",
    "stage",
    "log",
    "request",
    "charts",
    "editor",
    "guide",
    "warnings",
    "import",
    "cli";
    // Not part of the page in English: the scenario files of the ready systems have these texts.
    "systems"
];

/// The sources of a language that are part of the program.
pub(super) fn embedded(language: Language) -> &'static [&'static str] {
    match language {
        Language::English => ENGLISH,
        Language::German => GERMAN,
    }
}
