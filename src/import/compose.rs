//! docker-compose files: <https://docs.docker.com/reference/compose-file/>.
//!
//! | in the file | in the system |
//! |---|---|
//! | a service | a service |
//! | `depends_on` (list or map), `links` | a call; `required: false` makes it `optional` |
//! | `condition: service_completed_successfully` | no call: the service waits for a job to end |
//! | `external_links` | a call to an external service |
//! | `deploy.replicas`, `scale` | that many times the workers |
//! | `name` | the title |
//!
//! A client in front calls each service that nobody calls and that either publishes `ports` or calls others. A
//! dependency is not always a call, and a call needs no dependency, so a note asks the user to check them.

use super::draft::{Draft, tidy};
use super::note::{Note, Place, excerpt, names};
use super::yaml::{self, Node};
use super::{Format, Imported};
use crate::msg;
use crate::scenario::{Kind, limits};
use crate::text::Message;
use std::collections::BTreeMap;

/// The keys of a service that are read here.
const READ: [&str; 9] =
    ["depends_on", "links", "external_links", "deploy", "scale", "image", "ports", "profiles", "extends"];
/// Workers of one replica: the default of a service.
const WORKERS: u32 = 16;

/// Reads a docker-compose file.
pub(super) fn read(text: &str) -> Result<Imported, Vec<Note>> {
    let root = yaml::parse(text)?;
    let services = root.get("services").ok_or_else(|| vec![Note::from(msg!("import-no-services"))])?;
    let mut reader = Reader { draft: Draft::default(), unused: BTreeMap::new(), images: Vec::new() };
    reader.draft.scenario.title = root.get("name").and_then(Node::text).unwrap_or_default().to_owned();
    for (key, node) in root.entries() {
        match key.as_str() {
            "services" | "name" | "version" => {}
            "include" => reader.note(node, msg!("import-include")),
            _ => reader.not_used(key, node),
        }
    }
    for (name, node) in services.entries() {
        reader.draft.service(name, place(node));
    }
    for (name, node) in services.entries() {
        if let Some(index) = reader.draft.find(name) {
            reader.service(index, name, node);
        }
    }
    reader.finish(services)
}

/// A file while it is being read.
struct Reader {
    draft: Draft,
    /// The keys that mean nothing here, with the line where each appears first.
    unused: BTreeMap<String, usize>,
    images: Vec<String>,
}

impl Reader {
    fn note(&mut self, node: &Node, message: Message) {
        self.draft.notes.add(place(node), message);
    }

    fn not_used(&mut self, key: &str, node: &Node) {
        if !self.unused.contains_key(key) && self.unused.len() < limits::PROBLEMS {
            self.unused.insert(key.to_owned(), node.line);
        }
    }

    fn service(&mut self, index: usize, name: &str, node: &Node) {
        for (key, value) in node.entries() {
            if !READ.contains(&key.as_str()) {
                self.not_used(key, value);
            }
        }
        if node.entries().is_empty() && !node.is_empty() {
            self.note(node, msg!("import-empty", name = excerpt(name)));
        }
        if let Some(image) = node.get("image").and_then(Node::text) {
            self.images.push(format!("{} ({})", tidy(image), tidy(name)));
        }
        if let Some(profiles) = node.get("profiles") {
            self.note(profiles, msg!("import-profiles", name = excerpt(name)));
        }
        if let Some(extends) = node.get("extends") {
            self.note(extends, msg!("import-extends", name = excerpt(name)));
        }
        self.replicas(index, name, node);
        if let Some(depends_on) = node.get("depends_on") {
            self.dependencies(index, name, depends_on);
        }
        for key in ["links", "external_links"] {
            for item in node.get(key).map(Node::items).unwrap_or_default() {
                let callee = item.text().and_then(|text| text.split(':').next()).unwrap_or_default();
                if key == "external_links" && self.draft.find(callee).is_none() {
                    let external = self.draft.service(callee, place(item));
                    external.into_iter().for_each(|external| self.draft.at(external).kind = Kind::External);
                }
                self.call(index, callee, item);
            }
        }
    }

    /// A list of names, or a map of names with conditions.
    fn dependencies(&mut self, index: usize, name: &str, depends_on: &Node) {
        for item in depends_on.items() {
            self.call(index, item.text().unwrap_or_default(), item);
        }
        for (callee, how) in depends_on.entries() {
            if how.get("condition").and_then(Node::text) == Some("service_completed_successfully") {
                self.note(how, msg!("import-waits-for-end", name = excerpt(name), other = excerpt(callee)));
                continue;
            }
            let optional = how.get("required").and_then(Node::text) == Some("false");
            self.call(index, callee, how);
            if let Some(callee) = self.draft.find(callee).filter(|callee| optional && *callee != index)
                && let Some(link) = self.draft.link(index, callee, place(how))
            {
                link.optional = true;
            }
        }
        if depends_on.items().is_empty() && depends_on.entries().is_empty() && !depends_on.is_empty() {
            self.note(depends_on, msg!("import-depends-on"));
        }
    }

    fn call(&mut self, from: usize, callee: &str, node: &Node) {
        match self.draft.find(callee) {
            Some(to) => drop(self.draft.link(from, to, place(node))),
            None if self.draft.notes.is_full() => self.draft.notes.count(),
            None => self.note(node, msg!("import-no-such-service", name = excerpt(callee))),
        }
    }

    fn replicas(&mut self, index: usize, name: &str, node: &Node) {
        let replicas = node.get("deploy").and_then(|deploy| deploy.get("replicas")).or_else(|| node.get("scale"));
        let Some(replicas) = replicas else { return };
        let number = replicas.text().and_then(|text| text.parse::<u32>().ok()).filter(|n| (1..=10_000).contains(n));
        match number {
            Some(1) => {}
            Some(n) => {
                let workers = n * WORKERS;
                self.draft.at(index).workers = Some(workers);
                let name = excerpt(name);
                let message = msg!("import-replicas", replicas = n, name = name, workers = workers, each = WORKERS);
                self.note(replicas, message);
            }
            None => self.note(replicas, msg!("import-replicas-unread", name = excerpt(name))),
        }
    }

    fn finish(mut self, services: &Node) -> Result<Imported, Vec<Note>> {
        if !self.images.is_empty() {
            self.draft.notes.add(Place::Whole, msg!("import-images", images = names(&self.images)));
        }
        let unused = std::mem::take(&mut self.unused);
        let line = unused.values().min().copied();
        let keys: Vec<String> = unused.keys().map(|key| tidy(key)).collect();
        if let Some(line) = line {
            self.draft.notes.add(Place::Line(line), msg!("import-unused-keys", keys = names(&keys)));
        }
        if !self.draft.scenario.links.is_empty() {
            self.draft.notes.add(Place::Whole, msg!("import-order"));
        }
        self.draft.break_circles();
        let all = 0..self.draft.scenario.services.len();
        let uncalled: Vec<usize> = all.filter(|index| !self.draft.is_called(*index)).collect();
        let publishes = |draft: &Draft, index: usize| {
            let own = services.entries().iter().find(|(name, _)| draft.find(name) == Some(index));
            own.is_some_and(|(_, node)| node.get("ports").is_some())
        };
        let (entries, idle): (Vec<usize>, Vec<usize>) =
            uncalled.iter().partition(|index| self.draft.calls(**index) || publishes(&self.draft, **index));
        if entries.is_empty() {
            self.draft.add_users(&uncalled);
        } else {
            if !idle.is_empty() {
                let services = names(&self.draft.labels(&idle));
                self.draft.notes.add(Place::Whole, msg!("import-idle", services = services));
            }
            self.draft.add_users(&entries);
        }
        self.draft.finish(Format::Compose)
    }
}

fn place(node: &Node) -> Place {
    Place::Line(node.line)
}
