//! The outline ("bookmarks") and where its entries lead (ISO 32000-1, 12.3.2 and 12.3.3).
//!
//! A walker of our own: outlines in the wild point back at themselves, and lopdf's reader never returns on those.

use super::objects;
use crate::ingest::{Geometry, OutlineEntry};
use lopdf::{Dictionary, Document, Object, ObjectId, decode_text_string};
use std::collections::{HashMap, HashSet};

/// Entries kept.
const MAX_ENTRIES: usize = 10_000;
/// Deepest level kept; no document that is meant to be read goes as deep.
const MAX_DEPTH: u8 = 32;
/// Nodes of the tree of named destinations that are looked at, and names taken from it.
const MAX_NAMES: usize = 100_000;
/// Longest title in characters.
const MAX_TITLE: usize = 1000;

/// A page that a destination may name.
#[derive(Clone, Copy)]
pub(super) struct Target {
    /// Counts from 1.
    pub number: u32,
    /// Its geometry.
    pub geometry: Geometry,
}

/// Reads the outline in order, depth first.
pub(super) fn read(doc: &Document, catalog: &Dictionary, pages: &HashMap<ObjectId, Target>) -> Vec<OutlineEntry> {
    let mut out = Vec::new();
    let Some(root) = objects::dict(doc, catalog, b"Outlines") else { return out };
    let mut names = Names { doc, catalog, known: None };
    let mut seen: HashSet<*const Dictionary> = HashSet::from([std::ptr::from_ref(root)]);
    let mut todo: Vec<(u8, &Dictionary)> = objects::dict(doc, root, b"First").map(|first| (0, first)).into_iter().collect();
    while let Some((depth, item)) = todo.pop() {
        if out.len() >= MAX_ENTRIES || !seen.insert(std::ptr::from_ref(item)) {
            continue;
        }
        let title = objects::get(doc, item, b"Title").and_then(|t| decode_text_string(t).ok()).unwrap_or_default();
        let title: String = title.chars().take(MAX_TITLE).collect();
        let target = destination(doc, item).and_then(|d| names.resolve(d)).and_then(|d| place(doc, d, pages));
        let (page, y) = target.map_or((None, None), |(page, y)| (Some(page), y));
        out.push(OutlineEntry { depth, title, page, y });
        todo.extend(objects::dict(doc, item, b"Next").map(|next| (depth, next)));
        if depth < MAX_DEPTH {
            todo.extend(objects::dict(doc, item, b"First").map(|first| (depth + 1, first)));
        }
    }
    out
}

/// The destination of an entry, or that of its go-to action.
fn destination<'a>(doc: &'a Document, item: &'a Dictionary) -> Option<&'a Object> {
    objects::get(doc, item, b"Dest").or_else(|| {
        let action = objects::dict(doc, item, b"A")?;
        (objects::name(doc, action, b"S") == Some(b"GoTo")).then(|| objects::get(doc, action, b"D")).flatten()
    })
}

/// The page number and the top in view coordinates that an explicit destination names.
fn place(doc: &Document, destination: &[Object], pages: &HashMap<ObjectId, Target>) -> Option<(u32, Option<f32>)> {
    let target = match destination.first()? {
        Object::Reference(id) => *pages.get(id)?,
        Object::Integer(index) => *pages.values().find(|t| i64::from(t.number) == index.saturating_add(1))?,
        _ => return None,
    };
    let number = |i: usize| destination.get(i).and_then(|o| objects::resolve(doc, o)).and_then(objects::number).map(|v| v as f32);
    let [x0, _, _, y1] = target.geometry.visible;
    let corner = match destination.get(1).and_then(|kind| kind.as_name().ok()) {
        Some(b"XYZ") => (number(2), number(3)),
        Some(b"FitH" | b"FitBH") => (None, number(2)),
        Some(b"FitV" | b"FitBV") => (number(2), None),
        Some(b"FitR") => (number(2), number(5)),
        _ => (None, None),
    };
    // On a page turned a quarter it is the x of user space that runs down.
    let known = if target.geometry.rotate % 180 == 0 { corner.1.is_some() } else { corner.0.is_some() };
    let y = known.then(|| target.geometry.to_view(corner.0.unwrap_or(x0), corner.1.unwrap_or(y1)).1.max(0.0));
    Some((target.number, y))
}

/// Named destinations, collected when the first one is asked for.
struct Names<'a> {
    doc: &'a Document,
    catalog: &'a Dictionary,
    known: Option<HashMap<&'a [u8], &'a Object>>,
}

impl<'a> Names<'a> {
    /// An explicit destination, by way of its name if it has one.
    fn resolve(&mut self, destination: &'a Object) -> Option<&'a [Object]> {
        let (doc, catalog) = (self.doc, self.catalog);
        let explicit = |object: &'a Object| match object {
            Object::Array(list) => Some(list.as_slice()),
            Object::Dictionary(d) => objects::array(doc, d, b"D"),
            _ => None,
        };
        match destination {
            Object::Name(name) | Object::String(name, _) => {
                let found = self.known.get_or_insert_with(|| collect(doc, catalog)).get(name.as_slice()).copied();
                explicit(objects::resolve(doc, found?)?)
            }
            other => explicit(other),
        }
    }
}

/// The Dests dictionary of the catalog and the Dests tree of its Names.
fn collect<'a>(doc: &'a Document, catalog: &'a Dictionary) -> HashMap<&'a [u8], &'a Object> {
    let mut out = HashMap::new();
    if let Some(dests) = objects::dict(doc, catalog, b"Dests") {
        out.extend(dests.iter().take(MAX_NAMES).map(|(name, value)| (name.as_slice(), value)));
    }
    let mut todo: Vec<&Dictionary> =
        objects::dict(doc, catalog, b"Names").and_then(|n| objects::dict(doc, n, b"Dests")).into_iter().collect();
    let mut seen: HashSet<*const Dictionary> = HashSet::new();
    while let Some(node) = todo.pop() {
        if seen.len() >= MAX_NAMES || out.len() >= MAX_NAMES || !seen.insert(std::ptr::from_ref(node)) {
            continue;
        }
        for pair in objects::array(doc, node, b"Names").unwrap_or_default().chunks_exact(2) {
            if let Some(Object::String(name, _)) = objects::resolve(doc, &pair[0]) {
                out.entry(name.as_slice()).or_insert(&pair[1]);
            }
        }
        let kids = objects::array(doc, node, b"Kids").unwrap_or_default();
        todo.extend(kids.iter().take(MAX_NAMES).rev().filter_map(|k| objects::resolve(doc, k)).filter_map(objects::as_dict));
    }
    out
}
