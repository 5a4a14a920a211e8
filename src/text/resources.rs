//! The files with messages.
//!
//! The English ones are part of the program, so that there is always a text. The command has the others, too; the page
//! fetches those of its language (`ui/language.rs`). A release in parts also fetches the English texts of its parts.

use super::Language;

macro_rules! topics {
    ($($first:literal),*; $($of_parts:literal),*; $($only_translated:literal),*) => {
        /// The names of the files in the folder of each language, without `.ftl`.
        pub const TOPICS: &[&str] = &[$($first),*, $($of_parts),*, $($only_translated),*];

        /// The topics that only parts of the page use, which load on demand.
        pub const TOPICS_OF_PARTS: &[&str] = &[$($of_parts),*];

        const ENGLISH: &[&str] = &[
            $(include_str!(concat!("../../static/texts/en/", $first, ".ftl"))),*,
            $(#[cfg(not(split))] include_str!(concat!("../../static/texts/en/", $of_parts, ".ftl"))),*
        ];

        #[cfg(not(target_arch = "wasm32"))]
        const GERMAN: &[&str] = &[
            $(include_str!(concat!("../../static/texts/de/", $first, ".ftl"))),*,
            $(include_str!(concat!("../../static/texts/de/", $of_parts, ".ftl"))),*,
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
    "stage",
    "editor",
    "import",
    "cli";
    "inspector",
    "marks",
    "log",
    "request",
    "charts",
    "guide",
    "warnings";
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
