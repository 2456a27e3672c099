//! Logical paths: where something stands in the tree of its file, whatever its line: `routes."GET /orders".authorizer`.

use gatewright_source::{File, Kind, NodeId, Sources, Span, Tree};

/// Keys by which people tell the items of a list apart.
const NAMES: [&str; 8] = ["Name", "name", "Id", "id", "Key", "key", "Path", "path"];

/// The logical paths of places, in their order. A place outside of all files, or in text that cannot be parsed, has an
/// empty one.
pub fn logical_paths(sources: &Sources, places: impl IntoIterator<Item = Span>) -> Vec<String> {
    let mut sorted: Vec<(usize, Span)> = places.into_iter().enumerate().collect();
    let mut out = vec![String::new(); sorted.len()];
    sorted.sort_by_key(|it| it.1.start);
    for file in sources.files() {
        let start = sorted.partition_point(|it| it.1.start < file.base());
        let end = sorted.partition_point(|it| it.1.start <= file.span().end);
        let within = &sorted[start..end];
        if !within.is_empty() {
            paths(file, within, &mut out);
        }
    }
    out
}

/// Gives their paths to places in a file, which are sorted.
fn paths(file: &File, places: &[(usize, Span)], out: &mut [String]) {
    let tree = match gatewright_source::parse_leniently(file) {
        Some((tree, _)) => tree,
        None => gatewright_source::parse(file).0,
    };
    if let Some(root) = tree.root() {
        Walk { tree: &tree, path: String::new(), out }.node(root, places);
    }
}

struct Walk<'t> {
    tree: &'t Tree,
    path: String,
    out: &'t mut [String],
}

impl Walk<'_> {
    /// Gives their paths to the places in a node, which are sorted.
    fn node(&mut self, id: NodeId, places: &[(usize, Span)]) {
        let tree = self.tree;
        match tree.kind(id) {
            Kind::Mapping => {
                let mut children = tree.children(id);
                let mut left = places;
                while let (Some(key), Some(value)) = (children.next(), children.next()) {
                    let (start, end) = (tree.span_of(key).start, tree.span_of(value).end);
                    let name = tree.scalar(key);
                    self.child(value, &name_of_key(name), Span::new(start, end), &mut left);
                }
            }
            Kind::Sequence => {
                let mut left = places;
                for item in tree.children(id) {
                    let name = format!("[{}]", self.name_of_item(item));
                    self.child(item, &name, tree.span_of(item), &mut left);
                }
            }
            Kind::Scalar(_) | Kind::Alias => {}
        }
    }

    /// Goes into an entry or an item with those places that begin in it; what is left comes after it.
    fn child(&mut self, value: NodeId, name: &str, span: Span, left: &mut &[(usize, Span)]) {
        let before = left.partition_point(|it| it.1.start < span.start);
        let end = left.partition_point(|it| it.1.start < span.end.max(span.start + 1));
        let within = left.get(before..end).unwrap_or_default();
        *left = left.get(end..).unwrap_or_default();
        if within.is_empty() {
            return;
        }
        let length = self.path.len();
        if !self.path.is_empty() && !name.starts_with('[') {
            self.path.push('.');
        }
        self.path.push_str(name);
        for (place, _) in within {
            self.out[*place].clone_from(&self.path);
        }
        self.node(value, within);
        self.path.truncate(length);
    }

    /// What tells an item from the others: its text, or the name that it gives itself.
    fn name_of_item(&self, item: NodeId) -> String {
        let tree = self.tree;
        let short = |text: &str| -> String { text.chars().take(60).collect() };
        match tree.kind(item) {
            Kind::Scalar(_) => short(tree.scalar(item)),
            Kind::Mapping => {
                let mut children = tree.children(item);
                while let (Some(key), Some(value)) = (children.next(), children.next()) {
                    if NAMES.contains(&tree.scalar(key)) && matches!(tree.kind(value), Kind::Scalar(_)) {
                        return format!("{}={}", tree.scalar(key), short(tree.scalar(value)));
                    }
                }
                String::new()
            }
            Kind::Sequence | Kind::Alias => String::new(),
        }
    }
}

/// A key as it stands in a path: in quotes unless it is a plain word.
fn name_of_key(key: &str) -> String {
    let is_plain = |it: char| it.is_alphanumeric() || "_-$/".contains(it);
    match !key.is_empty() && key.chars().all(is_plain) {
        true => key.to_owned(),
        false => format!("{key:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::logical_paths;
    use gatewright_source::{Sources, Span};

    fn path(text: &str, of: &str) -> String {
        let mut sources = Sources::new();
        sources.add("file.yaml", text.as_bytes().to_vec());
        let at = text.find(of).unwrap() as u32;
        logical_paths(&sources, [Span::new(at, at + 1)]).remove(0)
    }

    #[test]
    fn paths_are_those_of_keys() {
        let text =
            "routes:\n  GET /orders:\n    authorizer: users\n  POST /orders: [{ Name: a, to: b }, text]\n";
        assert_eq!(path(text, "routes"), "routes");
        assert_eq!(path(text, "GET"), "routes.\"GET /orders\"");
        assert_eq!(path(text, "authorizer"), "routes.\"GET /orders\".authorizer");
        assert_eq!(path(text, "users"), "routes.\"GET /orders\".authorizer");
        assert_eq!(path(text, "b }"), "routes.\"POST /orders\"[Name=a].to");
        assert_eq!(path(text, "text"), "routes.\"POST /orders\"[text]");
    }

    #[test]
    fn lines_do_not_matter() {
        let (one, two) = ("a: 1\nb: { c: 2 }\n", "# moved\n\nb:\n  c: 2\na: 1\n");
        assert_eq!(path(one, "c"), path(two, "c:"));
    }
}
