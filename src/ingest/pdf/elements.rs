//! Elements of the structure tree, read apart from the other objects. A browser writes one for every piece of a line: of a plan of 150 pages
//! twelve thousand of its thirteen thousand objects, and to parse these as any object takes longer than to read all pages. So they are read
//! here, for what the tree needs of them, and marked as free in the table of objects, so that lopdf passes them over.
//!
//! Only what is as it should be is touched: one plain table at the end of the file, entries of twenty bytes that lead to an object of that number,
//! and elements that say what they are in their first words and hold nothing uncommon. Everything else is left to lopdf.

use super::lexer::{REGULAR, SPACE, class};
use crate::parallel;
use lopdf::ObjectId;
use std::ops::Range;

/// Fewer are left to lopdf: it takes longer to copy the file.
const FEW: usize = 200;
/// The end of a file within which the place of its table is told.
const TAIL: usize = 1024;
/// Bytes of an entry of the table (ISO 32000-1, 7.5.4).
const ENTRY: usize = 20;
/// Arrays and dictionaries in each other.
const MAX_DEPTH: usize = 8;
/// Numbers from here on are nothing that is counted.
const MAX_NUMBER: i64 = 1_000_000_000;
/// Highest span of a cell that is believed.
const MAX_SPAN: i64 = 1000;
/// Attributes of a cell that are looked at.
pub(super) const MAX_ATTRIBUTES: usize = 16;

/// The elements read apart, in order of their number.
#[derive(Debug, Default)]
pub(super) struct Elements<'b>(Vec<(ObjectId, Element<'b>)>);

impl<'b> Elements<'b> {
    /// The element of that number, if it was read apart.
    pub fn get(&self, id: ObjectId) -> Option<&Element<'b>> {
        self.0.binary_search_by_key(&id, |(id, _)| *id).ok().map(|at| &self.0[at].1)
    }
}

/// What an element says.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Element<'b> {
    /// The name of its role.
    pub role: &'b [u8],
    /// The page of the content marked below it.
    pub page: Option<ObjectId>,
    /// What stands in it.
    pub kids: Vec<Kid>,
    /// Its kids were named one by one, in an array.
    pub listed: bool,
    /// Of a cell: rows and columns that it spans, if more than one.
    pub spans: [Option<u16>; 2],
}

/// What may stand in an element.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kid {
    /// A stretch of marked content, of a page or form of its own or else of the page of the element.
    Content(Option<ObjectId>, i64),
    /// Another object.
    Object(ObjectId),
}

/// A span that is believed.
pub(super) fn span(number: i64) -> Option<u16> {
    u16::try_from(number).ok().filter(|_| (2..=MAX_SPAN).contains(&number))
}

/// The elements of a file, and the file with these marked free; None if it has few or is not plain enough.
pub(super) fn apart(bytes: &[u8]) -> Option<(Vec<u8>, Elements<'_>)> {
    let entries = entries(bytes).filter(|all| all.len() >= FEW)?;
    let (mut freed, read) = parallel::both(|| bytes.to_vec(), || parallel::halves(&entries, |_, entry| element(bytes, entry.offset)));
    let mut elements = Vec::with_capacity(entries.len());
    for (entry, element) in entries.iter().zip(read) {
        if let Some(element) = element {
            freed[entry.at + 17] = b'f';
            elements.push((entry.id, element));
        }
    }
    elements.sort_by_key(|(id, _)| *id);
    Some((freed, Elements(elements)))
}

/// An entry of the table.
struct Entry {
    /// Where it stands.
    at: usize,
    /// Where the inside of its object begins.
    offset: usize,
    id: ObjectId,
}

/// The entries of structure elements in the last table.
fn entries(bytes: &[u8]) -> Option<Vec<Entry>> {
    let tail = bytes.len().saturating_sub(TAIL);
    let start = tail + bytes[tail..].windows(9).rposition(|w| w == b"startxref")?;
    let mut at = Reader { bytes, at: start + 9 };
    at = Reader { bytes, at: at.number()? };
    if !bytes.starts_with(b"%PDF-") || !at.word(b"xref") {
        return None;
    }
    let mut found = Vec::new();
    while let Some(first) = at.number() {
        let count = at.number()?;
        at.space();
        for n in 0..count {
            let (offset, generation, used) = entry(bytes.get(at.at..at.at + ENTRY)?)?;
            let id = (u32::try_from(first.checked_add(n)?).ok()?, generation);
            if used && let Some(offset) = inside(bytes, offset, id) {
                found.push(Entry { at: at.at, offset, id });
            }
            at.at += ENTRY;
        }
    }
    // Where part of the objects is told of elsewhere, or locked, free may mean something else.
    let trailer = bytes.get(at.at..start).filter(|rest| rest.trim_ascii_start().starts_with(b"trailer"))?;
    let has = |key: &[u8]| trailer.windows(key.len()).any(|w| w == key);
    (!has(b"/XRefStm") && !has(b"/Encrypt")).then_some(found)
}

/// Offset, generation and whether it is in use.
fn entry(bytes: &[u8]) -> Option<(usize, u16, bool)> {
    let digits = |range: Range<usize>| std::str::from_utf8(&bytes[range]).ok().filter(|t| t.bytes().all(|b| b.is_ascii_digit()));
    let spaced = bytes[10] == b' ' && bytes[16] == b' ' && bytes[18..].iter().all(u8::is_ascii_whitespace);
    let used = spaced.then_some(bytes[17]).filter(|what| matches!(what, b'n' | b'f'))? == b'n';
    Some((digits(0..10)?.parse().ok()?, digits(11..16)?.parse().ok()?, used))
}

/// Behind "12 0 obj <</Type /StructElem".
fn inside(bytes: &[u8], offset: usize, id: ObjectId) -> Option<usize> {
    let mut at = Reader { bytes, at: offset };
    if (at.number()?, at.number()?) != (id.0 as usize, usize::from(id.1)) || !(at.word(b"obj") && at.word(b"<<")) {
        return None;
    }
    let is = |value, name: &[u8]| matches!(value, Some(Value::Name(n)) if n == name);
    (is(at.value(0), b"Type") && is(at.value(0), b"StructElem")).then_some(at.at)
}

/// The element of which the inside goes on here; None if there is something uncommon in it.
fn element(bytes: &[u8], offset: usize) -> Option<Element<'_>> {
    let mut at = Reader { bytes, at: offset };
    let mut element = Element::default();
    let mut seen = [false; 4];
    let mut first = |which: usize| !std::mem::replace(&mut seen[which], true);
    loop {
        let key = match at.value(0)? {
            Value::Name(key) => key,
            Value::End => break,
            _ => return None,
        };
        match (key, at.value(0)?) {
            (b"Type", _) => return None,
            (b"S", Value::Name(name)) if first(0) => element.role = name,
            (b"Pg", Value::Reference(page)) if first(1) => element.page = Some(page),
            (b"K", Value::Array(inside)) if first(2) => {
                element.listed = true;
                let mut at = Reader { bytes: inside, at: 0 };
                while !at.done() {
                    element.kids.extend(kid(at.value(0)?)?);
                }
            }
            (b"K", one) if first(2) => element.kids.extend(kid(one)?),
            (b"A", attributes) if first(3) => element.spans = spans(attributes)?,
            (b"S" | b"Pg" | b"K" | b"A", _) | (_, Value::End) => return None,
            _ => {}
        }
    }
    let closed = bytes[..at.at].ends_with(b">>");
    (at.word(b"endobj") && closed).then_some(element)
}

/// What stands in an element; Some(None) for what is no text, None for what is uncommon.
fn kid(value: Value) -> Option<Option<Kid>> {
    Some(match value {
        Value::Number(number) => Some(Kid::Content(None, number)),
        Value::Reference(id) => Some(Kid::Object(id)),
        Value::Dictionary(inside) => {
            let [mut kind, mut number, mut form, mut page] = [Value::Other; 4];
            each(inside, |key, value| match key {
                b"Type" => kind = value,
                b"MCID" => number = value,
                b"Stm" => form = value,
                b"Pg" => page = value,
                _ => {}
            })?;
            match (kind, number) {
                (Value::Name(b"OBJR"), _) => None,
                (Value::Name(b"MCR"), Value::Number(number)) => {
                    let id = |value| if let Value::Reference(id) = value { Some(id) } else { None };
                    Some(Kid::Content(id(form).or(id(page)), number))
                }
                _ => return None,
            }
        }
        _ => return None,
    })
}

/// The spans of a cell among its attributes.
fn spans(attributes: Value) -> Option<[Option<u16>; 2]> {
    let mut spans = [None; 2];
    let mut look = |inside| {
        let mut said = [None; 2];
        each(inside, |key, value| match key {
            b"RowSpan" => said[0] = Some(value),
            b"ColSpan" => said[1] = Some(value),
            _ => {}
        })?;
        for (known, said) in spans.iter_mut().zip(said) {
            match said {
                None => {}
                Some(Value::Number(number)) => *known = span(number).or(*known),
                Some(_) => return None,
            }
        }
        Some(())
    };
    match attributes {
        Value::Dictionary(inside) => look(inside)?,
        Value::Array(inside) => {
            let mut at = Reader { bytes: inside, at: 0 };
            let mut looked = 0;
            while looked < MAX_ATTRIBUTES && !at.done() {
                match at.value(0)? {
                    Value::Dictionary(inside) => look(inside)?,
                    Value::Reference(_) => return None,
                    _ => {}
                }
                looked += 1;
            }
        }
        _ => return None,
    }
    Some(spans)
}

/// The keys of a dictionary with their values; None if it is uncommon.
fn each<'b>(inside: &'b [u8], mut f: impl FnMut(&'b [u8], Value<'b>)) -> Option<()> {
    let mut at = Reader { bytes: inside, at: 0 };
    while !at.done() {
        let Value::Name(key) = at.value(0)? else { return None };
        f(key, at.value(0)?);
    }
    Some(())
}

/// A value as far as elements need it.
#[derive(Clone, Copy)]
enum Value<'b> {
    Name(&'b [u8]),
    Number(i64),
    Reference(ObjectId),
    /// What stands between its brackets.
    Array(&'b [u8]),
    /// What stands between its brackets.
    Dictionary(&'b [u8]),
    /// The end of what is around.
    End,
    Other,
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Reader<'b> {
    fn rest(&self) -> &'b [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn space(&mut self) {
        self.at += self.rest().iter().take_while(|b| class(**b) == SPACE).count();
    }

    /// The regular characters that come next.
    fn regular(&mut self) -> &'b [u8] {
        let rest = self.rest();
        let found = &rest[..rest.iter().take_while(|b| class(**b) == REGULAR).count()];
        self.at += found.len();
        found
    }

    /// Whether nothing but white space is left.
    fn done(&mut self) -> bool {
        self.space();
        self.rest().is_empty()
    }

    /// The word that comes next, if it does.
    fn word(&mut self, word: &[u8]) -> bool {
        self.space();
        let found = self.rest().starts_with(word);
        self.at += if found { word.len() } else { 0 };
        found
    }

    /// The whole number that comes next.
    fn number(&mut self) -> Option<usize> {
        self.space();
        let digits = self.rest().iter().take_while(|b| b.is_ascii_digit()).count();
        let value = self.rest()[..digits].iter().try_fold(0usize, |v, d| v.checked_mul(10)?.checked_add(usize::from(d - b'0')));
        self.at += digits;
        value.filter(|_| digits > 0)
    }

    /// The value that comes next; None if it is uncommon: comments, escapes in names, numbers that are not whole, brackets that do not close.
    fn value(&mut self, depth: usize) -> Option<Value<'b>> {
        self.space();
        match *self.rest() {
            [b'/', ..] => {
                self.at += 1;
                let name = self.regular();
                (!name.contains(&b'#')).then_some(Value::Name(name))
            }
            [b'0'..=b'9' | b'+' | b'-' | b'.', ..] => {
                let digits = self.regular();
                if !digits.iter().all(u8::is_ascii_digit) {
                    return digits.iter().all(|b| b"0123456789+-.".contains(b)).then_some(Value::Other);
                }
                let end = self.at;
                let first = Reader { bytes: digits, at: 0 }.number()?;
                if let Some(generation) = self.number()
                    && self.word(b"R")
                    && !self.rest().first().is_some_and(|b| class(*b) == REGULAR)
                {
                    return Some(Value::Reference((u32::try_from(first).ok()?, u16::try_from(generation).ok()?)));
                }
                self.at = end;
                Some(i64::try_from(first).ok().filter(|n| *n < MAX_NUMBER).map_or(Value::Other, Value::Number))
            }
            [b'>', b'>', ..] => {
                self.at += 2;
                Some(Value::End)
            }
            [b']', ..] => {
                self.at += 1;
                Some(Value::End)
            }
            [b'<', b'<', ..] | [b'[', ..] if depth < MAX_DEPTH => {
                let close: &[u8] = if self.rest()[0] == b'[' { b"]" } else { b">>" };
                self.at += close.len();
                let inside = self.at;
                while !matches!(self.value(depth + 1)?, Value::End) {}
                let inside = inside..self.at - close.len();
                let closed = inside.end >= inside.start && self.bytes[inside.end..].starts_with(close);
                let whole = |inside| if close == b"]" { Value::Array(inside) } else { Value::Dictionary(inside) };
                closed.then(|| whole(&self.bytes[inside]))
            }
            [b'<', ..] => {
                self.at += 1 + self.rest().iter().position(|b| *b == b'>')?;
                Some(Value::Other)
            }
            [b'(', ..] => {
                let (mut open, mut escaped) = (0usize, false);
                for b in self.rest() {
                    self.at += 1;
                    match b {
                        _ if escaped => escaped = false,
                        b'\\' => escaped = true,
                        b'(' => open += 1,
                        b')' => open -= 1,
                        _ => {}
                    }
                    if open == 0 {
                        break;
                    }
                }
                (open == 0).then_some(Value::Other)
            }
            _ => matches!(self.regular(), b"true" | b"false" | b"null").then_some(Value::Other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Element, Kid, apart, element};
    use crate::ingest::pdf::tests::{Draft, saved};
    use crate::ingest::{Limits, read};
    use lopdf::xref::XrefType;
    use lopdf::{Dictionary, Object, ObjectId, dictionary};
    use proptest::prelude::*;

    fn name(text: &str) -> Object {
        Object::Name(text.as_bytes().to_vec())
    }

    /// A page of so many words, each marked as a cell of a table; `more` is for every tenth cell.
    fn tagged(words: i64, more: &Dictionary) -> Vec<u8> {
        let word = |n: i64| format!("/TD <</MCID {n}>> BDC 0 -.3 Td (woord{n}) Tj EMC ");
        let content = format!("BT /F 1 Tf 20 95 Td {} ET", (0..words).map(word).collect::<String>());
        let mut doc = Draft::new().page(&content).finish();
        let page = doc.page_iter().next().expect("a page");
        let spans: Object =
            vec![dictionary! { "O" => name("Table"), "Headers" => vec![] }.into(), dictionary! { "ColSpan" => 2 }.into()].into();
        let kids: Vec<Object> = (0..words)
            .map(|n| {
                let kid: Object = match n % 3 {
                    0 => n.into(),
                    1 => vec![n.into()].into(),
                    _ => dictionary! { "Type" => name("MCR"), "Pg" => page, "MCID" => n }.into(),
                };
                let mut cell =
                    dictionary! { "Type" => name("StructElem"), "S" => name("Vak"), "A" => spans.clone(), "Pg" => page, "K" => kid };
                if n % 10 == 0 {
                    more.iter().for_each(|(key, value)| cell.set(key.clone(), value.clone()));
                }
                doc.add_object(cell).into()
            })
            .collect();
        let table = doc.add_object(
            dictionary! { "Type" => name("StructElem"), "S" => name("Table"), "T" => Object::string_literal("(a) \\"), "K" => kids },
        );
        let roles = dictionary! { "Vak" => name("TD") };
        let root = doc.add_object(dictionary! { "Type" => name("StructTreeRoot"), "K" => table, "RoleMap" => roles });
        doc.catalog_mut().expect("a catalog").set("StructTreeRoot", root);
        doc.reference_table.cross_reference_type = XrefType::CrossReferenceTable;
        saved(doc)
    }

    fn apart_of(bytes: &[u8]) -> Option<usize> {
        apart(bytes).map(|(_, elements)| elements.0.len())
    }

    fn shown(bytes: &[u8]) -> String {
        format!("{:?}", read("plan.pdf", bytes, &Limits::default()))
    }

    /// The same file, but with something before it: then all is left to lopdf.
    fn not_plain(bytes: &[u8]) -> Vec<u8> {
        [b"\n", bytes].concat()
    }

    #[test]
    fn what_is_read_apart_is_read_as_lopdf_does() {
        let bytes = tagged(300, &Dictionary::new());
        assert_eq!((apart_of(&bytes), apart_of(&not_plain(&bytes))), (Some(301), None));
        let read = shown(&bytes);
        assert!(read == shown(&not_plain(&bytes)));
        assert_eq!((read.matches("mark: Tagged(").count(), read.matches("column_span: 2").count()), (300, 300));
        // Some are uncommon: these, and only these, are left to lopdf.
        let inline = dictionary! { "S" => name("Span"), "Pg" => Object::Null, "K" => 7 };
        for more in [dictionary! { "K" => inline }, dictionary! { "A" => Object::Reference((1, 0)) }, dictionary! { "S" => name("V ak") }] {
            let bytes = tagged(300, &more);
            assert_eq!(apart_of(&bytes), Some(271), "{more:?}");
            assert!(shown(&bytes) == shown(&not_plain(&bytes)), "{more:?}");
        }
        // Few are not worth it.
        assert_eq!(apart_of(&tagged(100, &Dictionary::new())), None);
    }

    #[test]
    fn a_table_that_is_not_plain_is_left_as_it_is() {
        let bytes = tagged(300, &Dictionary::new());
        let with = |from: &str, to: &str| {
            let at = bytes.windows(from.len()).rposition(|w| w == from.as_bytes()).expect("it stands there");
            [&bytes[..at], to.as_bytes(), &bytes[at + from.len()..]].concat()
        };
        for (from, to) in
            [("trailer\n<<", "trailer\n<</XRefStm 9"), ("trailer\n<<", "trailer\n<</Encrypt 9 0 R"), ("xref\n", "xreg\n"), (" n", " x")]
        {
            assert_eq!(apart_of(&with(from, to)), None, "{to}");
        }
    }

    #[test]
    fn elements_are_read_or_left() {
        let read = |text: &str| element(text.as_bytes(), 0).map(|e| (String::from_utf8_lossy(e.role).into_owned(), e.page, e.kids));
        let page: Option<ObjectId> = Some((2, 0));
        let content = Kid::Content(None, 3);
        assert_eq!(read("/S/P/P 1 0 R/Pg 2 0 R/K 3>>endobj"), Some(("P".into(), page, vec![content])));
        let mixed = "/S /P /K [3 <</Type/OBJR/Obj 9 0 R>> 5 0 R <</Type /MCR /Stm 4 0 R /Pg 2 0 R /MCID 3>>] /T (a\\)) /E <41> /C [.5 -1] >>\nendobj";
        assert_eq!(read(mixed), Some(("P".into(), None, vec![content, Kid::Object((5, 0)), Kid::Content(Some((4, 0)), 3)])));
        for text in [
            "/S/P/K 3>>",
            "/S/P/K 3]endobj",
            "/S/P/K 3.0>>endobj",
            "/S/P/K [3>>]endobj",
            "/S/P %\n/K 3>>endobj",
            "/S/P#31/K 3>>endobj",
            "/S/P/S/H1>>endobj",
            "/S/P/K (3>>endobj",
            "/S/P/Pg null>>endobj",
            "/S/P/K <</MCID 3>>>>endobj",
            "/S/P/A [1 0 R]>>endobj",
            "/S/P/A <</RowSpan 2.0>>>>endobj",
            "/S/P/X [[[[[[[[[[1]]]]]]]]]]>>endobj",
            "/S/P/X >>endobj",
        ] {
            assert_eq!(element(text.as_bytes(), 0), None, "{text}");
        }
        let spans = |text: &str| element(format!("/A {text}>>endobj").as_bytes(), 0).map(|e| e.spans);
        assert_eq!(spans("<</ColSpan 2/RowSpan 1>>"), Some([None, Some(2)]));
        assert_eq!(spans("[<</RowSpan 3>> 0 <</RowSpan 5000/ColSpan 4>>]"), Some([Some(3), Some(4)]));
        assert_eq!(element(b">>endobj", 0), Some(Element::default()));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn damage_is_survived(at in any::<prop::sample::Index>(), byte: u8, cut in any::<prop::sample::Index>()) {
            let mut bytes = tagged(220, &Dictionary::new());
            // The beginning of the elements, or the table.
            let at = bytes.len() - 1 - at.index(bytes.len() / 2);
            bytes[at] = byte;
            let _ = apart(&bytes);
            let cut = cut.index(bytes.len());
            let _ = apart(&bytes[..cut]);
            let tail = [&bytes[..cut], &bytes[bytes.len() - 400..]].concat();
            let _ = apart(&tail);
        }
    }
}
