//! Enforces the layers of `ARCHITECTURE.md`: modules use only what they may, some words appear in one folder only, no
//! file is forgotten, and no files use each other in a circle. It reads the source as text, so it only sees names; their
//! meaning is for reviewers.

mod circles;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Every module of `src`, with the other modules that it may use.
const MAY_USE: &[(&str, &[&str])] = &[
    ("time", &[]),
    ("chance", &["time"]),
    ("outcome", &["time"]),
    ("policy", &["time", "chance", "outcome"]),
    ("scenario", &["time", "chance", "outcome", "policy"]),
    ("sim", &["time", "chance", "outcome", "policy", "scenario"]),
    ("text", &["time"]),
    ("scene", &["time", "chance", "outcome", "policy", "scenario", "sim", "text"]),
    ("editor", &["time", "chance", "outcome", "policy", "scenario", "text"]),
    ("gesture", &["time", "scenario", "sim", "scene", "editor", "text"]),
    ("import", &["time", "chance", "outcome", "policy", "scenario", "text"]),
    ("cli", &["time", "chance", "outcome", "policy", "scenario", "sim", "editor", "import", "text"]),
    ("ui", &["time", "chance", "outcome", "policy", "scenario", "sim", "scene", "gesture", "editor", "import", "text"]),
];

/// The core of the engine, the only intended circle of files: a call sends requests, services work on them and answer
/// over links, and these answers end calls.
const CORE: &[&str] = &["sim/call", "sim/client", "sim/engine", "sim/link", "sim/service"];

/// Circles of files that are not broken yet. Delete a file here when it has left its circle; add none.
const STILL_CIRCLES: &[&[&str]] = &[];

/// Words that only one folder may use, with the reason. `main.rs` chooses between the two, so it may use both.
const ONLY_IN: &[(&str, &[&str], &str)] = &[
    (
        "ui",
        &["yew", "web_sys", "js_sys", "wasm_bindgen", "gloo", "getrandom"],
        "only src/ui knows that there is a browser",
    ),
    ("cli", &["std::env", "std::fs", "std::io", "std::process", "clap"], "only src/cli reads arguments and files"),
];

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All Rust files below a folder, sorted.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else { return files };
    for entry in entries {
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

/// The lines of code of a file, numbered from 1, without comments.
fn code(file: &Path) -> Vec<(usize, String)> {
    let text = fs::read_to_string(file).unwrap();
    let without_comment = |line: &str| line.split("//").next().unwrap_or_default().to_owned();
    text.lines().map(without_comment).enumerate().map(|(i, line)| (i + 1, line)).collect()
}

/// The module of `src` that a file belongs to: `src/sim/view.rs` and `src/sim.rs` belong to `sim`.
fn module_of(file: &Path) -> String {
    let inner = file.strip_prefix(project().join("src")).unwrap();
    let first = inner.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// Whether `line` contains `word` as a whole word.
fn says(line: &str, word: &str) -> bool {
    let part_of_a_name = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word)
        .any(|(at, _)| !line[..at].ends_with(part_of_a_name) && !line[at + word.len()..].starts_with(part_of_a_name))
}

/// The modules that a line names after `crate::`, also in `use crate::{time::Span, outcome}`.
fn modules_named(line: &str) -> Vec<&'static str> {
    let Some((_, after)) = line.split_once("crate::") else { return Vec::new() };
    let named = |module: &str| match after.strip_prefix('{') {
        Some(group) => group.split(',').any(|item| says(item.split("::").next().unwrap_or_default(), module)),
        None => line.match_indices("crate::").any(|(at, it)| says(first_name(&line[at + it.len()..]), module)),
    };
    MAY_USE.iter().map(|(module, _)| *module).filter(|module| named(module)).collect()
}

fn first_name(path: &str) -> &str {
    path.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()
}

fn assert_none(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn modules_use_only_the_layers_below_them() {
    let mut problems = Vec::new();
    for file in rust_files(&project().join("src")) {
        let module = module_of(&file);
        if module == "lib" || module == "main" {
            continue;
        }
        let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == module) else {
            problems.push(format!("{}: say in MAY_USE what `{module}` may use", file.display()));
            continue;
        };
        for (number, line) in code(&file) {
            for used in modules_named(&line) {
                if used != module && !allowed.contains(&used) {
                    problems.push(format!("{}:{number}: `{module}` may not use `{used}`", file.display()));
                }
            }
        }
    }
    assert_none(&problems);
}

#[test]
fn every_module_on_the_list_exists() {
    let exists = |module: &str| {
        let src = project().join("src");
        src.join(module).with_extension("rs").exists() || src.join(module).join("mod.rs").exists()
    };
    let ghosts = MAY_USE.iter().filter(|(module, _)| !exists(module));
    assert_none(&ghosts.map(|(module, _)| format!("there is no module `{module}`")).collect::<Vec<_>>());
}

#[test]
fn only_the_core_of_the_engine_is_a_circle_of_files() {
    let src = project().join("src");
    let mut files = circles::Files::new();
    for file in rust_files(&src) {
        let inner = file.strip_prefix(&src).unwrap().with_extension("");
        let path = inner.to_str().unwrap().replace('\\', "/");
        let is_tests = path.ends_with("/tests");
        if !is_tests && !["lib", "main"].contains(&path.as_str()) {
            files.insert(path.trim_end_matches("/mod").to_owned(), fs::read_to_string(&file).unwrap());
        }
    }
    let uses = circles::uses(&files);
    let found = circles::circles(&uses);
    let known: Vec<BTreeSet<String>> =
        [CORE].iter().chain(STILL_CIRCLES).map(|circle| circle.iter().map(|it| (*it).to_owned()).collect()).collect();
    let mut problems = Vec::new();
    for circle in found.iter().filter(|circle| !known.iter().any(|known| circle.is_subset(known))) {
        problems.push(format!("these files use each other in a circle:\n{}", circles::described(circle, &uses)));
    }
    for file in known.iter().flatten().filter(|file| !found.iter().any(|circle| circle.contains(*file))) {
        problems.push(format!("{file} is in no circle any more: take it off the list"));
    }
    assert_none(&problems);
}

#[test]
fn the_browser_and_the_machine_are_each_known_in_one_folder_only() {
    let mut problems = Vec::new();
    for file in rust_files(&project().join("src")) {
        let module = module_of(&file);
        if module == "main" {
            continue;
        }
        for (number, line) in code(&file) {
            for (home, words, why) in ONLY_IN {
                for word in words.iter().filter(|word| module != *home && says(&line, word)) {
                    problems.push(format!("{}:{number}: says `{word}`, but {why}", file.display()));
                }
            }
        }
    }
    assert_none(&problems);
}

#[test]
fn every_file_of_the_source_and_of_the_tests_is_part_of_a_build() {
    let mut problems = Vec::new();
    for folder in ["src", "tests/it", "tests/web"] {
        let root = project().join(folder);
        for file in rust_files(&root) {
            if !is_declared(&root, &file) {
                problems.push(format!("{}: no `mod` names it, so nothing builds it", file.display()));
            }
        }
    }
    assert_none(&problems);
}

/// Whether the file that a module has to be declared in declares this one.
fn is_declared(root: &Path, file: &Path) -> bool {
    let name = file.file_stem().unwrap().to_str().unwrap();
    let folder = file.parent().unwrap();
    if folder == root && ["lib", "main"].contains(&name) {
        return true;
    }
    let (module, above) = if name == "mod" {
        (folder.file_name().unwrap().to_str().unwrap(), folder.parent().unwrap())
    } else {
        (name, folder)
    };
    let parents = [above.join("mod.rs"), above.join("lib.rs"), above.join("main.rs"), above.with_extension("rs")];
    let declaration = format!("mod {module}");
    parents.iter().filter(|it| it.exists()).any(|it| code(it).iter().any(|(_, line)| says(line, &declaration)))
}
