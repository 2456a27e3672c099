//! The files of a definition: `$ref` within and between them, and entries of mappings wherever they stand.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use gatewright_ir::{Name, Text};
use gatewright_spec::{Data, Raw};
use rustc_hash::FxHashMap;

use super::Body;
use crate::Schema;
use crate::draft::is_there;
use crate::include::{self, Definition};
use crate::scope::Scope;

/// How many references may lead to each other.
const DEEPEST: usize = 16;

/// From this many entries on a mapping is worth an index.
const LARGE: usize = 16;

/// A file of a definition.
#[derive(Debug)]
pub(super) struct File {
    root: Arc<Raw>,
    /// Its folder, with its slash.
    folder: String,
    /// Places of keys in the large mappings that references led through, by where the mappings lie.
    places: RefCell<FxHashMap<*const Raw, FxHashMap<Text, usize>>>,
}

/// A value and the file that it stands in.
pub(super) type Found<'r> = (Cow<'r, Raw>, Rc<File>);

/// An entry of a mapping.
pub(super) struct Entry<'r> {
    pub(super) name: Name,
    pub(super) it: Cow<'r, Raw>,
    pub(super) file: Rc<File>,
    /// The condition under which it is there.
    pub(super) condition: Option<Text>,
}

impl File {
    /// A file in a folder, which ends with a slash or is empty.
    pub(super) fn new(root: Arc<Raw>, folder: String) -> Self {
        Self { root, folder, places: RefCell::default() }
    }

    /// The whole file.
    pub(super) fn root(&self) -> &Raw {
        &self.root
    }

    /// What a JSON pointer leads to.
    pub(super) fn at(&self, pointer: &str) -> Option<&Raw> {
        let mut at = &*self.root;
        for step in pointer.strip_prefix('/')?.split('/') {
            let step = step.replace("~1", "/").replace("~0", "~").replace("%7B", "{").replace("%7D", "}");
            at = match &at.data {
                Data::List(items) => items.get(step.parse::<usize>().ok()?)?,
                _ => self.entry(at, &step)?,
            };
        }
        Some(at)
    }

    fn entry<'r>(&self, of: &'r Raw, key: &str) -> Option<&'r Raw> {
        let Data::Map(entries) = &of.data else { return None };
        if entries.len() < LARGE {
            return of.get(key);
        }
        let mut places = self.places.borrow_mut();
        let places = places.entry(std::ptr::from_ref(of)).or_insert_with(|| {
            entries.iter().enumerate().rev().map(|(at, it)| (it.0.value.clone(), at)).collect()
        });
        entries.get(*places.get(key)?).map(|it| &it.1)
    }
}

impl Body<'_, '_> {
    /// What a value comes to: conditions that are decided, and `$ref`, are followed. `None` if nothing is there, or
    /// if it stands where it cannot be read.
    pub(super) fn found<'r>(&mut self, file: &'r Rc<File>, it: &'r Raw) -> Option<Found<'r>> {
        let scope = self.cx.scope.clone();
        let mut out = (scope.structure(it)?, file.clone());
        for _ in 0..DEEPEST {
            let Some(reference) = out.0.get("$ref").and_then(Raw::as_str).map(str::to_owned) else {
                return Some(out);
            };
            let (path, pointer) = reference.split_once('#').unwrap_or((&reference, ""));
            if path.is_empty() && Rc::ptr_eq(&out.1, file) {
                out.0 = scope.structure(file.at(pointer)?)?;
                continue;
            }
            let other = if path.is_empty() { out.1.clone() } else { self.other(&out.1, path)? };
            let target = if pointer.is_empty() { other.root() } else { other.at(pointer)? };
            let target = Cow::Owned(scope.structure(target)?.into_owned());
            out = (target, other);
        }
        None
    }

    /// What stands under a key, followed.
    pub(super) fn found_in<'r>(&mut self, file: &'r Rc<File>, of: &'r Raw, key: &str) -> Option<Found<'r>> {
        self.found(file, of.get(key)?)
    }

    fn other(&mut self, beside: &File, path: &str) -> Option<Rc<File>> {
        if path.contains("://") || path.contains("${") {
            return None;
        }
        let path = format!("{}{path}", beside.folder);
        let root = self.cx.files.document(&path, Schema::Yaml12).ok()?;
        let folder = path.rfind('/').map_or("", |at| &path[..=at]).to_owned();
        Some(Rc::new(File::new(root, folder)))
    }

    /// The entries of a mapping, with those of files that are included; and whether there may be more that cannot be
    /// seen.
    pub(super) fn entries<'r>(&mut self, file: &Rc<File>, it: &'r Raw) -> (Vec<Entry<'r>>, bool) {
        let scope = self.cx.scope.clone();
        let Some(it) = scope.structure(it) else { return (Vec::new(), false) };
        let mut out = Vec::new();
        let mut more = false;
        match it {
            Cow::Borrowed(it) => {
                let Data::Map(entries) = &it.data else { return (out, false) };
                for (name, it) in entries {
                    if name.value.starts_with("Fn::") || &*name.value == "Ref" {
                        more |= !self.included(name, it, &mut out);
                    } else {
                        out.extend(entry(&scope, file, name, Cow::Borrowed(it)));
                    }
                }
            }
            Cow::Owned(it) => {
                let Data::Map(entries) = it.data else { return (out, false) };
                for (name, it) in entries {
                    if name.value.starts_with("Fn::") || &*name.value == "Ref" {
                        more |= !self.included(&name, &it, &mut out);
                    } else {
                        out.extend(entry(&scope, file, &name, Cow::Owned(it)));
                    }
                }
            }
        }
        (out, more)
    }

    /// Adds what `Fn::Transform` includes; false if that cannot be seen.
    fn included(&mut self, function: &Name, argument: &Raw, out: &mut Vec<Entry<'_>>) -> bool {
        let location = argument.get("Parameters").and_then(|it| it.get("Location")).and_then(Raw::as_str);
        let Some(location) = location.filter(|_| &*function.value == "Fn::Transform") else { return false };
        let Definition::Known(root) = include::file(self.cx, location) else { return false };
        let folder = location.rfind('/').map_or("", |at| &location[..=at]).to_owned();
        let file = Rc::new(File::new(root.clone(), folder));
        let Data::Map(entries) = &root.data else { return false };
        let scope = self.cx.scope.clone();
        out.extend(
            entries.iter().filter_map(|(name, it)| entry(&scope, &file, name, Cow::Owned(it.clone()))),
        );
        true
    }
}

fn entry<'r>(scope: &Scope, file: &Rc<File>, name: &Name, it: Cow<'r, Raw>) -> Option<Entry<'r>> {
    let condition = match it.function() {
        Some(("Fn::If", argument)) => match &argument.data {
            Data::List(items) => items.first().and_then(Raw::as_str).map(Text::from),
            _ => None,
        },
        _ => None,
    };
    let condition = condition.filter(|it| scope.holds(it).is_none());
    let it = match it {
        Cow::Borrowed(it) => scope.structure(it)?,
        Cow::Owned(it) => Cow::Owned(scope.structure(&it)?.into_owned()),
    };
    is_there(&it).then(|| Entry { name: name.clone(), it, file: file.clone(), condition })
}
