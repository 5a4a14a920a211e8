//! docker-compose files: <https://docs.docker.com/reference/compose-file/>.
//!
//! | in the file | in the system |
//! |---|---|
//! | a service | a service |
//! | `depends_on` (list or map), `links` | a call; `required: false` makes it `optional` |
//! | `condition: service_completed_successfully` | no call: it waits for something that ends |
//! | `external_links` | a call to an external service |
//! | `deploy.replicas`, `scale` | so many times the workers |
//! | `name` | the title |
//!
//! What nobody calls and the world can reach (`ports`), or what calls others, is called by a client in front. A
//! dependency is not always a call, and calls need no dependency: the notes remind of it.

use super::draft::{Draft, listed, tidy};
use super::note::quoted;
use super::yaml::{self, Node};
use super::{Format, Imported, problem};
use crate::scenario::problem::Problem;
use crate::scenario::{Kind, limits};
use std::collections::BTreeMap;

/// What a service can say that is read here.
const READ: [&str; 9] =
    ["depends_on", "links", "external_links", "deploy", "scale", "image", "ports", "profiles", "extends"];
/// Workers of one replica: as many as a service has by default.
const WORKERS: u32 = 16;

/// Reads a docker-compose file.
pub(super) fn read(text: &str) -> Result<Imported, Vec<Problem>> {
    let root = yaml::parse(text)?;
    let services = root.get("services").ok_or_else(|| vec![problem("There are no “services” in this file.")])?;
    let mut reader = Reader { draft: Draft::default(), unused: BTreeMap::new(), images: Vec::new() };
    reader.draft.scenario.title =
        root.get("name").and_then(Node::text).unwrap_or(Format::Compose.untitled()).to_owned();
    for (key, node) in root.entries() {
        match key.as_str() {
            "services" | "name" | "version" => {}
            "include" => reader.tell(node, "include", "not followed: it is another file"),
            _ => reader.not_used(key, node),
        }
    }
    for (name, node) in services.entries() {
        reader.draft.service(name, &place(node));
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
    /// What means nothing here, with the line where it stands first.
    unused: BTreeMap<String, usize>,
    images: Vec<String>,
}

impl Reader {
    fn tell(&mut self, node: &Node, found: impl Into<String>, done: impl Into<String>) {
        self.draft.notes.tell(place(node), found, done);
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
            self.tell(node, quoted(name), "there is nothing to read in it");
        }
        if let Some(image) = node.get("image").and_then(Node::text) {
            self.images.push(format!("{} ({})", tidy(image), tidy(name)));
        }
        if let Some(profiles) = node.get("profiles") {
            self.tell(profiles, format!("{} has profiles", quoted(name)), "taken over all the same");
        }
        if let Some(extends) = node.get("extends") {
            self.tell(extends, format!("{} extends another service", quoted(name)), "not followed");
        }
        self.replicas(index, name, node);
        if let Some(depends_on) = node.get("depends_on") {
            self.dependencies(index, name, depends_on);
        }
        for key in ["links", "external_links"] {
            for item in node.get(key).map(Node::items).unwrap_or_default() {
                let callee = item.text().and_then(|text| text.split(':').next()).unwrap_or_default();
                if key == "external_links" && self.draft.find(callee).is_none() {
                    let external = self.draft.service(callee, &place(item));
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
                let found = format!("{} waits for {} to end", quoted(name), quoted(callee));
                self.tell(how, found, "left out: that is not a call");
                continue;
            }
            let optional = how.get("required").and_then(Node::text) == Some("false");
            self.call(index, callee, how);
            let place = place(how);
            if let Some(callee) = self.draft.find(callee).filter(|callee| optional && *callee != index)
                && let Some(link) = self.draft.link(index, callee, &place)
            {
                link.optional = true;
            }
        }
        if depends_on.items().is_empty() && depends_on.entries().is_empty() && !depends_on.is_empty() {
            self.tell(depends_on, "depends_on", "left out: it is a list of services, or a map");
        }
    }

    fn call(&mut self, from: usize, callee: &str, node: &Node) {
        match self.draft.find(callee) {
            Some(to) => drop(self.draft.link(from, to, &place(node))),
            None if self.draft.notes.is_full() => self.draft.notes.count(),
            None => self.tell(node, format!("there is no service {}", quoted(callee)), "left out"),
        }
    }

    fn replicas(&mut self, index: usize, name: &str, node: &Node) {
        let replicas = node.get("deploy").and_then(|deploy| deploy.get("replicas")).or_else(|| node.get("scale"));
        let Some(replicas) = replicas else { return };
        let number = replicas.text().and_then(|text| text.parse::<u32>().ok()).filter(|n| (1..=10_000).contains(n));
        match number {
            Some(1) => {}
            Some(n) => {
                self.draft.at(index).workers = Some(n * WORKERS);
                self.tell(
                    replicas,
                    format!("{n} replicas of {}", quoted(name)),
                    format!("{} workers, {WORKERS} each", n * WORKERS),
                );
            }
            None => self.tell(replicas, format!("the number of replicas of {}", quoted(name)), "read as one"),
        }
    }

    fn finish(mut self, services: &Node) -> Result<Imported, Vec<Problem>> {
        if !self.images.is_empty() {
            let images = format!(
                "An image tells neither work nor workers, so these have the defaults: {}.",
                listed(&self.images)
            );
            self.draft.notes.tell("", images, "");
        }
        let unused = std::mem::take(&mut self.unused);
        let line = unused.values().min().copied();
        let keys: Vec<String> = unused.keys().map(|key| tidy(key)).collect();
        if let Some(line) = line {
            self.draft.notes.tell(format!("from line {line}"), listed(&keys), "not used, without a meaning here");
        }
        if !self.draft.scenario.links.is_empty() {
            let order = "“depends_on” says who starts first, and was read as who calls whom: see whether it is so.";
            self.draft.notes.tell("", order, "");
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
            let names: Vec<&str> = idle.iter().map(|index| self.draft.scenario.services[*index].label()).collect();
            if !names.is_empty() {
                let idle =
                    format!("Nobody calls {}, and no ports are published there: nothing happens.", listed(&names));
                self.draft.notes.tell("", idle, "");
            }
            self.draft.add_users(&entries);
        }
        self.draft.finish(Format::Compose)
    }
}

fn place(node: &Node) -> String {
    format!("line {}", node.line)
}
