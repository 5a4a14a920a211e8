//! Compares the message files with the code: every id that the code uses exists in every language, no
//! message is unused, and code and languages agree on the variables.

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use callchain::Scenario;
use callchain::editor::ready::{ready_of, ready_system, texts};
use callchain::scenario::ready::READY;
use callchain::text::{self, Language, TOPICS};

/// Folders whose texts are all in message files: no English sentence may stand in their code.
const WITHOUT_SENTENCES: &[&str] = &["src/gesture", "src/import", "src/scene", "src/text", "src/ui"];

/// Literals that read like a text and are the syntax of another language.
const SYNTAX: &[&str] = &["Note over p{from}: {}"];

/// The variables of each message of a file or a language.
type Variables = BTreeMap<String, BTreeSet<String>>;

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn folder_of(language: Language) -> PathBuf {
    project().join("static/texts").join(language.tag())
}

/// The messages of a language. Problems of its files go into `problems`.
fn messages(language: Language, problems: &mut Vec<String>) -> Variables {
    let mut all = Variables::new();
    for topic in TOPICS {
        let name = format!("{}/{topic}.ftl", language.tag());
        let source = fs::read_to_string(folder_of(language).join(format!("{topic}.ftl"))).unwrap_or_default();
        let resource = fluent_syntax::parser::parse(source).unwrap_or_else(|(resource, errors)| {
            problems.extend(errors.iter().map(|error| format!("{name}: {error}")));
            resource
        });
        for entry in resource.body {
            let Entry::Message(message) = entry else { continue };
            let mut variables = BTreeSet::new();
            if let Some(pattern) = &message.value {
                in_pattern(pattern, &mut variables);
            }
            if all.insert(message.id.name.clone(), variables).is_some() {
                problems.push(format!("{name}: `{}` appears twice", message.id.name));
            }
        }
    }
    all
}

fn in_pattern(pattern: &Pattern<String>, found: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            in_expression(expression, found);
        }
    }
}

fn in_expression(expression: &Expression<String>, found: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => in_inline(inline, found),
        Expression::Select { selector, variants } => {
            in_inline(selector, found);
            variants.iter().for_each(|variant| in_pattern(&variant.value, found));
        }
    }
}

fn in_inline(inline: &InlineExpression<String>, found: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            found.insert(id.name.clone());
        }
        InlineExpression::Placeable { expression } => in_expression(expression, found),
        _ => {}
    }
}

/// A use of a message in the code: `t!("id", name = value)`.
#[derive(Debug, PartialEq)]
struct Use {
    id: String,
    /// The variables that it gives; `None` for `id!`, which gives none.
    gives: Option<BTreeSet<String>>,
}

/// All uses in a source text. Comments do not count.
fn uses(source: &str) -> Vec<Use> {
    let source: String = source
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default())
        .fold(String::new(), |all, line| all + line + "\n");
    let mut uses = Vec::new();
    for (open, takes_values) in [("t!(", true), ("msg!(", true), ("id!(", false)] {
        for (at, _) in source.match_indices(open) {
            if source[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                continue;
            }
            let inside = source[at + open.len()..].trim_start();
            let Some(rest) = inside.strip_prefix('"') else { continue };
            let Some((id, rest)) = rest.split_once('"') else { continue };
            uses.push(Use { id: id.to_owned(), gives: takes_values.then(|| names_given(rest)) });
        }
    }
    uses
}

/// The names before `=` at the outermost level, up to the parenthesis that closes the macro.
fn names_given(rest: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let (mut depth, mut word, mut begins) = (0_u32, String::new(), false);
    let mut letters = rest.chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            '"' => {
                // Skips the literal, because its content is no code.
                while let Some(inner) = letters.next() {
                    match inner {
                        '\\' => drop(letters.next()),
                        '"' => break,
                        _ => {}
                    }
                }
                begins = false;
            }
            '(' | '[' | '{' => depth += 1,
            ')' if depth == 0 => break,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                begins = true;
                word.clear();
            }
            '=' if depth == 0 && begins && !matches!(letters.peek(), Some('=' | '>')) => {
                names.insert(word.trim().to_owned());
                begins = false;
            }
            c if begins => word.push(c),
            _ => {}
        }
    }
    names
}

/// The beginning of the ids of texts of ready systems.
const SYSTEM: &str = "system-";

/// The messages that templates name, `{{id}}`, with the template.
fn used_in_templates() -> Vec<(String, String)> {
    let mut used = Vec::new();
    for entry in fs::read_dir(project().join("static")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|it| it != "html") {
            continue;
        }
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let template = fs::read_to_string(&path).unwrap();
        let ids = template.split("{{").skip(1).filter_map(|rest| rest.split_once("}}"));
        used.extend(ids.map(|(id, _)| (name.clone(), id.to_owned())));
    }
    used
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|it| it == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The product code of a file: without its tests.
fn product(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    text.split("#[cfg(test)]\nmod ").next().unwrap_or_default().to_owned()
}

fn is_test(file: &Path) -> bool {
    file.file_name().is_some_and(|name| name == "tests.rs" || name == "sample.rs")
}

fn assert_none(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn every_language_has_the_same_messages_with_the_same_variables() {
    let mut problems = Vec::new();
    let english = messages(Language::English, &mut problems);
    for language in Language::ALL {
        let there = messages(language, &mut problems);
        for (id, variables) in &english {
            match there.get(id) {
                None => problems.push(format!("{}: `{id}` is missing", language.tag())),
                Some(found) if found != variables => {
                    problems.push(format!("{}: `{id}` has the variables {found:?}, not {variables:?}", language.tag()));
                }
                Some(_) => {}
            }
        }
        problems.extend(
            there
                .keys()
                .filter(|id| !english.contains_key(*id))
                .map(|id| format!("{}: `{id}` is not in English", language.tag())),
        );
    }
    assert_none(&problems);
}

#[test]
fn every_file_of_messages_is_part_of_the_program() {
    let mut problems = Vec::new();
    for language in Language::ALL {
        for entry in fs::read_dir(folder_of(language)).unwrap() {
            let path = entry.unwrap().path();
            let stem = path.file_stem().unwrap().to_str().unwrap();
            if !TOPICS.contains(&stem) {
                problems.push(format!("{}: src/text/resources.rs does not name it", path.display()));
            }
        }
    }
    assert_none(&problems);
}

#[test]
fn the_code_uses_every_message_and_no_other_with_the_variables_that_it_has() {
    let mut problems = Vec::new();
    let english = messages(Language::English, &mut problems);
    let mut used = BTreeSet::new();
    for file in rust_files(&project().join("src")).iter().filter(|file| !is_test(file)) {
        for Use { id, gives } in uses(&product(file)) {
            let place = file.strip_prefix(project()).unwrap().display();
            match (english.get(&id), gives) {
                (None, _) => problems.push(format!("{place}: there is no message `{id}`")),
                (Some(variables), Some(given)) if *variables != given => {
                    problems.push(format!("{place}: `{id}` has the variables {variables:?}, but is given {given:?}"));
                }
                (Some(variables), None) if !variables.is_empty() => {
                    problems.push(format!("{place}: `{id}` needs the variables {variables:?}, which id! cannot give"));
                }
                _ => {}
            }
            used.insert(id);
        }
    }
    for (place, id) in used_in_templates() {
        match english.get(&id) {
            None => problems.push(format!("{place}: there is no message `{id}`")),
            Some(variables) if !variables.is_empty() => {
                problems
                    .push(format!("{place}: `{id}` needs the variables {variables:?}, which a template cannot give"));
            }
            Some(_) => {}
        }
        used.insert(id);
    }
    // The ids of these are put together; a test of their own holds them and the scenario files together.
    let unused = english.keys().filter(|id| !used.contains(*id) && !id.starts_with(SYSTEM));
    problems.extend(unused.map(|id| format!("`{id}` is used nowhere in src or in a template")));
    assert_none(&problems);
}

/// Whether a literal reads like a sentence or a title, and not like a key, a class or a number.
fn reads_like_a_text(literal: &str) -> bool {
    let words: Vec<&str> =
        literal.split_whitespace().filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1).collect();
    // Paths of drawings have single letters between numbers and values.
    let text: String = literal.split('{').map(|part| part.split_once('}').map_or(part, |(_, after)| after)).collect();
    let has_word = text.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().count() > 2);
    let starts_a_sentence = literal.starts_with(|c: char| c.is_uppercase() || c == '“');
    !SYNTAX.contains(&literal)
        && words.len() >= 2
        && has_word
        && (starts_a_sentence || literal.ends_with(['.', '…', '?', '!']))
}

/// The string literals of a source text with their lines, outside of comments and attributes.
fn literals(source: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (index, line) in source.lines().enumerate() {
        let trimmed = line.trim_start();
        if trimmed.starts_with("//") || trimmed.starts_with('#') {
            continue;
        }
        found.extend(line.split('"').skip(1).step_by(2).map(|literal| (index + 1, literal.to_owned())));
    }
    found
}

#[test]
fn no_sentences_stand_in_code_that_has_message_files() {
    let mut problems = Vec::new();
    for folder in WITHOUT_SENTENCES {
        for file in rust_files(&project().join(folder)).iter().filter(|file| !is_test(file)) {
            for (line, literal) in literals(&product(file)).iter().filter(|(_, literal)| reads_like_a_text(literal)) {
                let place = file.strip_prefix(project()).unwrap().display();
                problems.push(format!("{place}:{line}: {literal:?} belongs into static/texts"));
            }
        }
    }
    assert_none(&problems);
}

#[test]
fn uses_are_found_with_their_variables() {
    let source = r#"
        t!("a"), text::msg!("b", first = f(x, y == z), second = "c, d = e") // t!("not-this")
        const LABEL: Id = id!("g"); format!("h"); t!(
            "i",
            n = if a { 1 } else { 2 },
        )"#;
    let set = |names: &[&str]| Some(names.iter().map(|name| (*name).to_owned()).collect());
    let mut found = uses(source);
    found.sort_by(|a, b| a.id.cmp(&b.id));
    let expected = [("a", set(&[])), ("b", set(&["first", "second"])), ("g", None), ("i", set(&["n"]))];
    assert_eq!(found, expected.map(|(id, gives)| Use { id: id.into(), gives }));
}

#[test]
fn sentences_are_told_from_keys_and_classes() {
    for text in ["Undo the last change", "No matches.", "lost on its way…"] {
        assert!(reads_like_a_text(text), "{text}");
    }
    for other in [
        "Escape",
        "stage menu is-open",
        "M 0 0 L 10 10",
        "Mod+Shift+z",
        "translate(1 2)",
        "retry-storm",
        "M-2-5A5 5 0 0 0-2 5zM2-5A5 5z",
    ] {
        assert!(!reads_like_a_text(other), "{other}");
    }
}

#[test]
fn no_words_stand_in_templates() {
    let mut problems = Vec::new();
    for name_of_file in ["marks.html", "gestures.html", "bring.html"] {
        let template = fs::read_to_string(project().join("static").join(name_of_file)).unwrap();
        let mut rest = template.as_str();
        while let Some((text, tag)) = rest.split_once('<') {
            let words: String =
                text.split("{{").map(|part| part.split_once("}}").map_or(part, |(_, after)| after)).collect();
            // Units, and the names of keys that are the same everywhere.
            if words.split_whitespace().any(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1) {
                let words = words.trim();
                if words != "F10" {
                    problems.push(format!("{name_of_file}: {words:?} belongs into static/texts"));
                }
            }
            let names = tag.split('>').next().unwrap_or_default().split("aria-label=\"").skip(1);
            problems
                .extend(names.filter(|name| !name.starts_with("{{")).map(|name| format!("{name_of_file}: {name:?}")));
            rest = tag.split_once('>').map_or("", |(_, after)| after);
        }
    }
    assert_none(&problems);
}

#[test]
fn ready_systems_have_the_texts_of_their_messages() {
    let mut problems = Vec::new();
    let mut left: BTreeSet<String> =
        messages(Language::English, &mut problems).into_keys().filter(|id| id.starts_with(SYSTEM)).collect();
    text::add(Language::English, &fs::read_to_string(folder_of(Language::English).join("systems.ftl")).unwrap());
    for ready in READY {
        let mut scenario = Scenario::from_json(ready.text).unwrap();
        assert_eq!(ready.title, scenario.title);
        for (part, words) in texts(&mut scenario) {
            let id = format!("{SYSTEM}{}-{part}", ready.id);
            let message = text::filled(&format!("{{{{{id}}}}}"));
            if message != *words {
                problems.push(format!("{id}: the scenario has {words:?}, the message {message:?}"));
            }
            left.remove(&id);
        }
    }
    problems.extend(left.iter().map(|id| format!("{id}: no scenario has such a text")));
    assert_none(&problems);
}

#[test]
fn ready_systems_open_in_the_language_of_the_page() {
    let german = text::in_language(Language::German, || ready_system(&READY[5])).unwrap();
    assert_eq!((&*german.title, german.services[3].label()), ("Ein Sturm von Wiederholungen", "Lager"));
    let english = ready_system(&READY[5]).unwrap();
    assert_eq!((&*english.title, english.services[3].label()), ("A storm of retries", "Stock"));
    for title in [german.title, english.title] {
        assert_eq!(ready_of(&title).map(|ready| ready.id), Some("retry-storm"));
    }
    assert_eq!(ready_of("no such system"), None);
}

#[test]
fn the_page_has_its_first_texts_in_every_language() {
    let boot = fs::read_to_string(project().join("static/boot.js")).unwrap();
    for language in Language::ALL {
        assert!(boot.contains(&format!("\n  {}: {{\n", language.tag())), "{}", language.tag());
    }
}
