//! Finds circles between files: files that use each other, directly or by way of others.
//!
//! A file may use its own submodules, because together they are one unit. So only uses of siblings and parents count. A
//! name that a file imports or re-exports counts as the file that declares it. Unit tests do not count.

use std::collections::{BTreeMap, BTreeSet};

/// The text of each file by its module path, e.g. `sim/notice/record`; `sim/mod.rs` and `sim.rs` are `sim`.
pub type Files = BTreeMap<String, String>;

/// The names that each file uses, by the file that declares them.
pub type Uses = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

/// Reads which files use which.
pub fn uses(files: &Files) -> Uses {
    let code: BTreeMap<&str, String> = files.iter().map(|(file, text)| (file.as_str(), product_code(text))).collect();
    let crate_paths = Paths::read(&code);
    let mut uses = Uses::new();
    for (file, text) in &code {
        let into = uses.entry((*file).to_owned()).or_default();
        for path in paths_in(text) {
            let Some((used, name)) = crate_paths.resolve(file, &path, 0) else { continue };
            if used != *file && !is_below(&used, file) {
                into.entry(used).or_default().insert(name);
            }
        }
    }
    uses
}

/// The circles: groups of files in which each file leads to every other.
pub fn circles(uses: &Uses) -> Vec<BTreeSet<String>> {
    let reach: BTreeMap<&str, BTreeSet<&str>> = uses.keys().map(|file| (file.as_str(), reached(uses, file))).collect();
    let leads = |from: &str, to: &str| reach.get(from).is_some_and(|reached| reached.contains(to));
    let circle = |file: &str| -> BTreeSet<String> {
        reach.keys().filter(|other| leads(file, other) && leads(other, file)).map(|it| (*it).to_owned()).collect()
    };
    let found: BTreeSet<BTreeSet<String>> = reach.keys().map(|file| circle(file)).collect();
    found.into_iter().filter(|circle| circle.len() > 1).collect()
}

/// The uses within a circle, one a line, e.g. `a uses X of b`.
pub fn described(circle: &BTreeSet<String>, uses: &Uses) -> String {
    let mut lines = Vec::new();
    for file in circle {
        for (used, names) in uses[file].iter().filter(|(used, _)| circle.contains(*used)) {
            let of_it = |name: &&str| *name != MODULE || names.len() == 1;
            let names: Vec<&str> = names.iter().map(String::as_str).filter(of_it).collect();
            lines.push(format!("    {file} uses {} of {used}", names.join(", ")));
        }
    }
    lines.join("\n")
}

fn reached<'a>(uses: &'a Uses, from: &str) -> BTreeSet<&'a str> {
    let (mut reached, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(file) = open.pop() {
        for used in uses.get(file).into_iter().flat_map(|used| used.keys()) {
            if reached.insert(used.as_str()) {
                open.push(used);
            }
        }
    }
    reached
}

/// A file without comments and without its unit tests.
fn product_code(text: &str) -> String {
    let without_comment = |line: &str| line.split("//").next().unwrap_or_default().to_owned();
    let lines: Vec<String> = text.lines().map(without_comment).collect();
    let is_test =
        |i: usize| lines[i].trim() == "#[cfg(test)]" && lines.get(i + 1).is_some_and(|it| it.contains("mod "));
    let end = (0..lines.len()).find(|i| is_test(*i)).unwrap_or(lines.len());
    lines[..end].join("\n")
}

/// Whether a file is a submodule of another, at whatever depth.
fn is_below(file: &str, other: &str) -> bool {
    file.strip_prefix(other).is_some_and(|rest| rest.starts_with('/'))
}

/// The description of a use of a whole file instead of a name in it.
const MODULE: &str = "the module";

/// A path of the source, in its segments.
type Path = Vec<String>;

/// The existing files with the names that each of them imports.
struct Paths {
    files: BTreeSet<String>,
    imports: BTreeMap<(String, String), Path>,
}

impl Paths {
    fn read(code: &BTreeMap<&str, String>) -> Self {
        let mut imports = BTreeMap::new();
        for (file, text) in code {
            for (path, name) in use_statements(text).iter().flat_map(|tree| leaves(tree)) {
                imports.insert(((*file).to_owned(), name), path);
            }
        }
        Paths { files: code.keys().map(|file| (*file).to_owned()).collect(), imports }
    }

    /// The file that declares the target of a path in `file`, with its name there; `None` if it is not part of the source.
    fn resolve(&self, file: &str, path: &[String], depth: u32) -> Option<(String, String)> {
        let (first, mut rest) = path.split_first()?;
        let mut at = match first.as_str() {
            "crate" => String::new(),
            "self" => file.to_owned(),
            "super" => above(file),
            child if self.files.contains(&joined(file, child)) => joined(file, child),
            // A name that the file has imported itself.
            name => return self.follow(file, name, rest, depth),
        };
        while let Some((segment, further)) = rest.split_first() {
            let inner = joined(&at, segment);
            if segment == "super" {
                at = above(&at);
            } else if self.files.contains(&inner) {
                at = inner;
            } else if let Some(found) = self.follow(&at, segment, further, depth) {
                return Some(found);
            } else {
                break;
            }
            rest = further;
        }
        let name = rest.first().cloned().unwrap_or_else(|| MODULE.to_owned());
        self.files.contains(&at).then_some((at, name))
    }

    /// The target of a name that `file` imports.
    fn follow(&self, file: &str, name: &str, rest: &[String], depth: u32) -> Option<(String, String)> {
        let import = self.imports.get(&(file.to_owned(), name.to_owned()))?;
        // An import of a name by the same name, e.g. of another crate, leads nowhere.
        let path: Path = import.iter().chain(rest).cloned().collect();
        if depth < 8 { self.resolve(file, &path, depth + 1) } else { None }
    }
}

fn joined(file: &str, child: &str) -> String {
    if file.is_empty() { child.to_owned() } else { format!("{file}/{child}") }
}

fn above(file: &str) -> String {
    file.rsplit_once('/').map_or_else(String::new, |(above, _)| above.to_owned())
}

/// All paths that a text uses, in `use` statements and elsewhere.
fn paths_in(text: &str) -> Vec<Path> {
    let mut paths: Vec<Path> =
        use_statements(text).iter().flat_map(|tree| leaves(tree)).map(|(path, _)| path).collect();
    let mut rest = text;
    let part_of_a_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    while let Some(at) = rest.find("::") {
        let start = rest[..at]
            .rfind(|c| !part_of_a_path(c))
            .map_or(0, |i| i + rest[i..].chars().next().map_or(1, char::len_utf8));
        let end = at + rest[at..].find(|c| !part_of_a_path(c)).unwrap_or(rest.len() - at);
        let path: Path = rest[start..end].split("::").filter(|it| !it.is_empty()).map(str::to_owned).collect();
        paths.push(path);
        rest = &rest[end..];
    }
    paths
}

/// The trees of the `use` statements of a text, without `use` and `;`.
fn use_statements(text: &str) -> Vec<String> {
    let mut trees = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("use ") {
        let begins_a_word = !rest[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        rest = &rest[at + "use ".len()..];
        if let (true, Some(end)) = (begins_a_word, rest.find(';')) {
            trees.push(rest[..end].split_whitespace().collect::<Vec<_>>().join(" "));
            rest = &rest[end..];
        }
    }
    trees
}

/// The paths of a `use` tree, each with its local name.
fn leaves(tree: &str) -> Vec<(Path, String)> {
    let tree = tree.trim();
    if let Some((before, group)) = tree.split_once('{') {
        let prefix: Path = before.split("::").map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect();
        let inner = group.rsplit_once('}').map_or(group, |(inner, _)| inner);
        let with_prefix = |(path, name): (Path, String)| -> (Path, String) {
            let is_self = path.len() == 1 && path[0] == "self";
            let name = if is_self { prefix.last().cloned().unwrap_or_default() } else { name };
            let path = if is_self { Vec::new() } else { path };
            (prefix.iter().cloned().chain(path).collect(), name)
        };
        return items(inner).into_iter().flat_map(leaves).map(with_prefix).collect();
    }
    let (path, alias) = tree.split_once(" as ").map_or((tree, None), |(path, alias)| (path, Some(alias.trim())));
    let path: Path = path.split("::").map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect();
    match path.last().cloned() {
        Some(last) => vec![(path, alias.map_or(last, str::to_owned))],
        None => Vec::new(),
    }
}

/// The items of a group, split at the commas outside of inner groups.
fn items(group: &str) -> Vec<&str> {
    let (mut depth, mut start, mut items) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                items.push(&group[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    items.push(&group[start..]);
    items
}

#[test]
fn circles_between_siblings_are_found_in_any_notation() {
    let files = |texts: &[(&str, &str)]| -> Files {
        texts.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned())).collect()
    };
    let found = |texts: &[(&str, &str)]| -> Vec<Vec<String>> {
        circles(&uses(&files(texts))).into_iter().map(|circle| circle.into_iter().collect()).collect()
    };
    let root = ("m", "mod a;\nmod b;\npub use a::A;\nuse b::B;");

    // By `use`, in groups, by full paths, and through a third file.
    assert_eq!(found(&[root, ("m/a", "use super::b::B;"), ("m/b", "use crate::m::a::A;")]), [["m/a", "m/b"]]);
    assert_eq!(
        found(&[
            root,
            ("m/a", "use super::{\n    b::{self, B},\n    c,\n};"),
            ("m/b", "fn f(a: super::a::A) {}"),
            ("m/c", "")
        ]),
        [["m/a", "m/b"]]
    );
    assert_eq!(
        found(&[root, ("m/a", "use super::b::B;"), ("m/b", "use crate::n::N;"), ("n", "use crate::m::a::A as Other;")]),
        [["m/a", "m/b", "n"]]
    );
    // By a name that the parent imports or re-exports, and by a module that a file has imported.
    assert_eq!(found(&[root, ("m/a", "use super::B;"), ("m/b", "use crate::m::A;")]), [["m/a", "m/b"]]);
    assert_eq!(
        found(&[root, ("m/a", "use super::b;\nfn f() { b::g() }"), ("m/b", "use super::a::A;")]),
        [["m/a", "m/b"]]
    );
    // By a submodule of one of them, which uses its parent.
    let inner = ("m/a/inner", "use super::A;\nuse crate::m::b::B;");
    assert_eq!(
        found(&[root, ("m/a", "mod inner;"), inner, ("m/b", "use super::a::inner::I;")]),
        [["m/a/inner", "m/b"]]
    );

    // One direction only, a comment, a unit test, another crate, and a file and its own submodule are no circles.
    assert!(found(&[root, ("m/a", "use super::b::B;"), ("m/b", "// use super::a::A;\nuse std::a;")]).is_empty());
    let tested = ("m/b", "pub struct B;\n#[cfg(test)]\nmod tests {\n    use crate::m::a::A;\n}");
    assert!(found(&[root, ("m/a", "use super::b::B;"), tested]).is_empty());
    assert!(found(&[("m", "mod a;\nuse a::A;\nstruct M;"), ("m/a", "use super::M;")]).is_empty());

    let uses = uses(&files(&[root, ("m/a", "use super::b::B;"), ("m/b", "use super::A;")]));
    let circle = &circles(&uses)[0];
    assert_eq!(described(circle, &uses), "    m/a uses B of m/b\n    m/b uses A of m/a");
}
