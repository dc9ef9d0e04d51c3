//! The structure tree of a tagged PDF (ISO 32000-1, 14.7 and 14.8): what each stretch of marked content says it is. The tree is a claim of the
//! program that wrote the file; whether it is believed is decided where the pages are understood.
//!
//! Read flat, in the order of the tree, without recursion: bounded in number and depth, every object once.

use super::elements::{self, Element, Elements, Kid};
use super::objects;
use crate::ingest::{Mark, Role, Run, Tag};
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::{HashMap, HashSet};

/// Elements kept; a tagged document of 2000 pages has some hundred thousand.
const MAX_ELEMENTS: usize = 500_000;
/// Stretches of marked content kept.
const MAX_MARKS: usize = 2_000_000;
/// Deepest level that is looked at.
const MAX_DEPTH: u16 = 200;
/// Steps from a role of a document's own to a standard one (14.7.3).
const MAX_ROLES: usize = 16;

/// A stretch of marked content: the page or form that has it, and its number there.
pub(super) type Place = (ObjectId, i64);

/// The structure of a document.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// Its elements, parents before children, in reading order.
    pub tags: Vec<Tag>,
    /// The element of each stretch of marked content.
    marks: HashMap<Place, u32>,
}

/// Reads the tree; an empty one if the document is not tagged. Its elements are among the objects of the document, or were read apart.
pub(super) fn read(doc: &Document, catalog: &Dictionary, elements: &Elements) -> Tree {
    let mut tree = Tree::default();
    let Some(root) = objects::dict(doc, catalog, b"StructTreeRoot") else { return tree };
    let reader = Reader { doc, elements, roles: objects::dict(doc, root, b"RoleMap") };
    let mut seen: HashSet<ObjectId> = HashSet::new();
    let mut todo: Vec<Todo> = Vec::new();
    reader.kids(root, Within { parent: None, page: None, depth: 0 }, &mut todo);
    while let Some((next, within)) = todo.pop() {
        if tree.tags.len() >= MAX_ELEMENTS || tree.marks.len() >= MAX_MARKS {
            break;
        }
        let id = match next {
            Next::Object(object) => object.as_reference().ok(),
            Next::Kid(Kid::Object(id)) => Some(id),
            Next::Kid(Kid::Content(stream, number)) => {
                tree.mark(stream.or(within.page), number, within.parent);
                continue;
            }
        };
        if id.is_some_and(|id| !seen.insert(id)) {
            continue;
        }
        let inside = |tree: &mut Tree, tag: Tag, page: Option<ObjectId>| {
            tree.tags.push(tag);
            let parent = u32::try_from(tree.tags.len() - 1).ok();
            (within.depth < MAX_DEPTH).then_some(Within { parent, page: page.or(within.page), depth: within.depth + 1 })
        };
        if let Some(element) = id.and_then(|id| elements.get(id)) {
            if let Some(within) = inside(&mut tree, reader.tag_apart(element, within.parent), element.page) {
                reader.kids_apart(element, within, &mut todo);
            }
            continue;
        }
        let object = match (next, id) {
            (Next::Object(object), _) => objects::resolve(doc, object),
            (_, id) => id.and_then(|id| doc.get_object(id).ok()).and_then(|object| objects::resolve(doc, object)),
        };
        match object {
            Some(Object::Integer(number)) => tree.mark(within.page, *number, within.parent),
            Some(Object::Dictionary(dict)) => match objects::name(doc, dict, b"Type") {
                Some(b"MCR") => {
                    let stream = [&b"Stm"[..], b"Pg"].into_iter().find_map(|key| dict.get(key).ok()?.as_reference().ok());
                    if let Some(number) = objects::integer(doc, dict, b"MCID") {
                        tree.mark(stream.or(within.page), number, within.parent);
                    }
                }
                Some(b"OBJR") => {}
                _ => {
                    let page = dict.get(b"Pg").ok().and_then(|p| p.as_reference().ok());
                    if let Some(within) = inside(&mut tree, reader.tag(dict, within.parent), page) {
                        reader.kids(dict, within, &mut todo);
                    }
                }
            },
            _ => {}
        }
    }
    tree
}

impl Tree {
    fn mark(&mut self, stream: Option<ObjectId>, number: i64, element: Option<u32>) {
        if let (Some(stream), Some(element)) = (stream, element) {
            self.marks.entry((stream, number)).or_insert(element);
        }
    }

    /// Runs know the stretch they stand in, by its place in `marks`: from here on they know the element.
    pub fn settle(&self, runs: &mut [Run], marks: &[Place]) {
        let elements: Vec<Mark> = marks.iter().map(|place| self.marks.get(place).map_or(Mark::None, |e| Mark::Tagged(*e))).collect();
        for run in runs {
            if let Mark::Tagged(at) = run.mark {
                run.mark = elements.get(at as usize).copied().unwrap_or_default();
            }
        }
    }
}

/// What is still to be looked at, and in what it stands.
type Todo<'a> = (Next<'a>, Within);

#[derive(Clone, Copy)]
enum Next<'a> {
    /// An object of the document.
    Object(&'a Object),
    /// A kid of an element that was read apart.
    Kid(Kid),
}

/// What kids have of the element in which they stand.
#[derive(Clone, Copy)]
struct Within {
    parent: Option<u32>,
    page: Option<ObjectId>,
    depth: u16,
}

/// Where objects are looked up, and the document's own names for roles.
struct Reader<'a> {
    doc: &'a Document,
    elements: &'a Elements<'a>,
    roles: Option<&'a Dictionary>,
}

impl<'a> Reader<'a> {
    /// Adds the kids of an element, the first on top.
    fn kids(&self, element: &'a Dictionary, within: Within, todo: &mut Vec<Todo<'a>>) {
        let Ok(entry) = element.get(b"K") else { return };
        let kids = match objects::resolve(self.doc, entry) {
            Some(Object::Array(kids)) => kids.as_slice(),
            _ => std::slice::from_ref(entry),
        };
        add(kids.iter().map(Next::Object), within, todo);
    }

    fn kids_apart(&self, element: &Element, within: Within, todo: &mut Vec<Todo<'a>>) {
        // The one kid may be a list that stands elsewhere.
        if let ([Kid::Object(id)], false) = (element.kids.as_slice(), element.listed)
            && self.elements.get(*id).is_none()
            && let Some(Object::Array(kids)) = self.doc.get_object(*id).ok().and_then(|object| objects::resolve(self.doc, object))
        {
            return add(kids.iter().map(Next::Object), within, todo);
        }
        add(element.kids.iter().copied().map(Next::Kid), within, todo);
    }

    fn tag_apart(&self, element: &Element, parent: Option<u32>) -> Tag {
        let role = self.role_named(element.role);
        let cell = matches!(role, Role::Cell | Role::HeadCell);
        let [row_span, column_span] = element.spans.map(|span| span.filter(|_| cell).unwrap_or(1));
        Tag { role, parent, row_span, column_span }
    }

    fn tag(&self, element: &Dictionary, parent: Option<u32>) -> Tag {
        let mut tag = Tag { role: self.role(element), parent, row_span: 1, column_span: 1 };
        if matches!(tag.role, Role::Cell | Role::HeadCell) {
            let attributes = match objects::get(self.doc, element, b"A") {
                Some(Object::Array(list)) => list.as_slice(),
                Some(one) => std::slice::from_ref(one),
                None => &[],
            };
            for attribute in
                attributes.iter().take(elements::MAX_ATTRIBUTES).filter_map(|a| objects::resolve(self.doc, a)).filter_map(objects::as_dict)
            {
                let span = |key| objects::integer(self.doc, attribute, key).and_then(elements::span);
                tag.row_span = span(b"RowSpan").unwrap_or(tag.row_span);
                tag.column_span = span(b"ColSpan").unwrap_or(tag.column_span);
            }
        }
        tag
    }

    /// The standard role of an element, the document's own names followed.
    fn role(&self, element: &Dictionary) -> Role {
        objects::name(self.doc, element, b"S").map_or(Role::Other, |name| self.role_named(name))
    }

    fn role_named<'n>(&'n self, mut name: &'n [u8]) -> Role {
        for _ in 0..MAX_ROLES {
            if let Some(role) = standard(name) {
                return role;
            }
            match self.roles.and_then(|roles| objects::name(self.doc, roles, name)) {
                Some(next) => name = next,
                None => break,
            }
        }
        Role::Other
    }
}

/// Puts kids on top of what is still to be looked at, the first uppermost.
fn add<'a>(kids: impl DoubleEndedIterator<Item = Next<'a>> + ExactSizeIterator, within: Within, todo: &mut Vec<Todo<'a>>) {
    let room = MAX_MARKS.saturating_sub(todo.len());
    todo.extend(kids.take(room).rev().map(|kid| (kid, within)));
}

/// The standard structure types (14.8.4) as far as they say something here.
fn standard(name: &[u8]) -> Option<Role> {
    Some(match name {
        b"P" => Role::Paragraph,
        b"H" => Role::Heading(0),
        b"Title" => Role::Title,
        b"L" => Role::List,
        b"LI" => Role::Item,
        b"Lbl" => Role::Label,
        b"LBody" => Role::Body,
        b"Table" => Role::Table,
        b"TR" => Role::Row,
        b"TH" => Role::HeadCell,
        b"TD" => Role::Cell,
        b"Caption" => Role::Caption,
        b"Note" | b"FENote" => Role::Note,
        b"TOC" | b"TOCI" => Role::Contents,
        b"Artifact" => Role::Artifact,
        b"Figure" => Role::Figure,
        b"Aside" => Role::Aside,
        b"Document" | b"Part" | b"Art" | b"Sect" | b"Div" | b"BlockQuote" | b"Index" | b"NonStruct" | b"Private" | b"THead" | b"TBody"
        | b"TFoot" | b"Span" | b"Quote" | b"Reference" | b"BibEntry" | b"Code" | b"Link" | b"Annot" | b"Ruby" | b"Warichu" | b"Formula"
        | b"Form" | b"DocumentFragment" | b"Sub" | b"Em" | b"Strong" => Role::Other,
        [b'H', level @ b'1'..=b'9'] => Role::Heading(level - b'0'),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use crate::ingest::pdf::tests::{Draft, saved};
    use crate::ingest::{Content, Limits, Mark, Role, Source, read};
    use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

    fn name(text: &str) -> Object {
        Object::Name(text.as_bytes().to_vec())
    }

    /// A document with a structure tree, made by what is given the document and its first page.
    fn tagged(draft: Draft, roles: Dictionary, tree: impl Fn(&mut Document, ObjectId) -> Object) -> Source {
        let mut doc = draft.finish();
        let page = doc.page_iter().next().expect("a page");
        let kids = tree(&mut doc, page);
        let root = doc.add_object(dictionary! { "Type" => name("StructTreeRoot"), "K" => kids, "RoleMap" => roles });
        doc.catalog_mut().expect("a catalog").set("StructTreeRoot", root);
        read("plan.pdf", &saved(doc), &Limits::default()).expect("readable")
    }

    /// Each word with what the tree says of it.
    fn said(source: &Source) -> Vec<(&str, Option<Role>)> {
        let Content::Pages(pages) = &source.content else { return Vec::new() };
        let role = |mark: Mark| match mark {
            Mark::None => None,
            Mark::Artifact => Some(Role::Artifact),
            Mark::Tagged(at) => Some(source.tags[at as usize].role),
        };
        pages.iter().flat_map(|p| &p.runs).map(|r| (r.text.as_str(), role(r.mark))).collect()
    }

    #[test]
    fn words_know_their_element() {
        let content = "BT /F 10 Tf 20 80 Td /Kop <</MCID 0>> BDC (Doel) Tj EMC 0 -20 Td /P <</MCID 1>> BDC (Een) Tj \
                       /Span BMC ( plan) Tj EMC EMC 0 -20 Td /Artifact BMC (12) Tj EMC 0 -20 Td (los) Tj ET";
        let source = tagged(Draft::new().page(content), dictionary! { "Kop" => name("Kop2"), "Kop2" => name("H2") }, |doc, page| {
            let heading = doc.add_object(dictionary! { "S" => name("Kop"), "Pg" => page, "K" => 0 });
            let marked = dictionary! { "Type" => name("MCR"), "Pg" => page, "MCID" => 1 };
            let text = doc.add_object(dictionary! { "S" => name("P"), "K" => vec![marked.into()] });
            Object::Reference(doc.add_object(dictionary! { "S" => name("Document"), "K" => vec![heading.into(), text.into()] }))
        });
        let (heading, text) = (Some(Role::Heading(2)), Some(Role::Paragraph));
        let expected = [("Doel", heading), ("Een", text), ("plan", text), ("12", Some(Role::Artifact)), ("los", None)];
        assert_eq!(said(&source), expected);
        assert_eq!(source.tags.iter().map(|t| t.parent).collect::<Vec<_>>(), [None, Some(0), Some(0)]);
    }

    #[test]
    fn a_form_numbers_its_own_content() {
        let draft = Draft::new()
            .form("Own", "BT /F 10 Tf 20 50 Td /P <</MCID 0>> BDC (binnen) Tj EMC ET", dictionary! { "StructParents" => 1 })
            .form("Plain", "BT /F 10 Tf 20 30 Td (mee) Tj ET", Dictionary::new())
            .page("/P <</MCID 0>> BDC BT /F 10 Tf 20 80 Td (boven) Tj ET /Plain Do EMC /Own Do");
        let source = tagged(draft, Dictionary::new(), |doc, page| {
            let form = doc
                .objects
                .iter()
                .find(|(_, o)| o.as_stream().is_ok_and(|s| s.dict.has(b"StructParents")))
                .map(|f| *f.0)
                .expect("the form");
            let inside = dictionary! { "Type" => name("MCR"), "Pg" => page, "Stm" => form, "MCID" => 0 };
            let inside = dictionary! { "S" => name("Note"), "K" => inside };
            vec![dictionary! { "S" => name("H1"), "Pg" => page, "K" => 0 }.into(), inside.into()].into()
        });
        assert_eq!(said(&source), [("boven", Some(Role::Heading(1))), ("mee", Some(Role::Heading(1))), ("binnen", Some(Role::Note))]);
    }

    #[test]
    fn cells_have_their_spans() {
        let source = tagged(Draft::new().page("BT ET"), Dictionary::new(), |_, _| {
            let spans = dictionary! { "O" => name("Table"), "ColSpan" => 3, "RowSpan" => -1 };
            dictionary! { "S" => name("TH"), "A" => vec![dictionary! { "O" => name("Layout") }.into(), spans.into()] }.into()
        });
        assert_eq!((source.tags[0].role, source.tags[0].column_span, source.tags[0].row_span), (Role::HeadCell, 3, 1));
    }

    #[test]
    fn a_tree_in_a_circle_or_without_end_is_survived() {
        let circle = tagged(Draft::new().page("BT ET"), dictionary! { "A" => name("B"), "B" => name("A") }, |doc, _| {
            let id = doc.new_object_id();
            doc.objects.insert(id, dictionary! { "S" => name("A"), "K" => vec![Object::Reference(id), Object::Reference(id)] }.into());
            Object::Reference(id)
        });
        assert_eq!(circle.tags.iter().map(|t| t.role).collect::<Vec<_>>(), [Role::Other]);
        let deep = tagged(Draft::new().page("BT ET"), Dictionary::new(), |doc, _| {
            let innermost = doc.add_object(dictionary! { "S" => name("P") });
            Object::Reference((0..1000).fold(innermost, |kid, _| doc.add_object(dictionary! { "S" => name("Div"), "K" => kid })))
        });
        assert_eq!(deep.tags.len(), usize::from(super::MAX_DEPTH) + 1);
    }
}
