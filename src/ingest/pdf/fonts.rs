//! Fonts: what text a character code stands for and how far it advances (ISO 32000-1, 9.5 to 9.10).
//!
//! A font is read once for the whole document, whatever the number of pages and threads. ToUnicode and widths are read here;
//! the encodings of simple fonts without ToUnicode are asked of pdf-extract (see [`super::sanitise`]), and only once a code
//! is shown that ToUnicode does not know.

use super::{cmap, glyphs, objects, predefined, sanitise, streams};
use lopdf::{Dictionary, Document, Object};
use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Decompressed size of a CMap in bytes; that of a font with every Chinese character is under 1 MB.
pub(super) const MAX_CMAP_BYTES: usize = 4 << 20;

/// Widths or glyph ids read of one font; a font has 65,536 glyphs at most.
const MAX_ENTRIES: usize = 200_000;
/// Codes kept for all fonts of a document together; what goes beyond that stays unread.
const MAX_DOCUMENT_CODES: usize = 8_000_000;

/// What a character code stands for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Text {
    /// Nothing known.
    #[default]
    Unknown,
    /// One character.
    One(char),
    /// Several characters (a ligature).
    Many(Box<str>),
}

impl Text {
    /// Cleans what a font says: ligatures become letters, control characters and the replacement character mean nothing.
    pub fn of(text: &str) -> Text {
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (None, _) => Text::Unknown,
            (Some(c), None) => Text::of_char(c),
            _ => {
                let mut out = String::with_capacity(text.len());
                for c in text.chars() {
                    match Text::of_char(c) {
                        Text::Unknown => {}
                        Text::One(c) => out.push(c),
                        Text::Many(s) => out.push_str(&s),
                    }
                }
                let mut chars = out.chars();
                match (chars.next(), chars.next()) {
                    (None, _) => Text::Unknown,
                    (Some(c), None) => Text::One(c),
                    _ => Text::Many(out.into()),
                }
            }
        }
    }

    /// A single character, cleaned.
    pub fn of_char(c: char) -> Text {
        let letters = match c {
            '\t' | '\n' | '\r' => return Text::One(' '),
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffd}' | '\u{ffff}' => return Text::Unknown,
            '\u{fb00}' => "ff",
            '\u{fb01}' => "fi",
            '\u{fb02}' => "fl",
            '\u{fb03}' => "ffi",
            '\u{fb04}' => "ffl",
            '\u{fb05}' | '\u{fb06}' => "st",
            '\u{132}' => "IJ",
            '\u{133}' => "ij",
            _ => return Text::One(c),
        };
        Text::Many(letters.into())
    }

    /// From big-endian UTF-16 (a single byte is taken for a character of its own).
    pub fn from_utf16(bytes: &[u8]) -> Text {
        match bytes {
            [a] => Text::of_char(char::from(*a)),
            [a, b] => char::from_u32(u32::from(u16::from_be_bytes([*a, *b]))).map_or(Text::Unknown, Text::of_char),
            _ => {
                let units = bytes.chunks_exact(2).map(|c| u16::from_be_bytes([c[0], c[1]]));
                Text::of(&char::decode_utf16(units).filter_map(Result::ok).collect::<String>())
            }
        }
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Text::Unknown => Ok(()),
            Text::One(c) => write!(f, "{c}"),
            Text::Many(s) => f.write_str(s),
        }
    }
}

/// A font of a document.
pub(super) struct Font<'a> {
    /// A bold face.
    pub bold: bool,
    /// An italic or oblique face.
    pub italic: bool,
    /// Tells faces apart: equal for the subsets of one face.
    pub face: u64,
    /// What its letters measure for a size of one: one but for fonts that are drawn by hand (Type 3), which know no em.
    pub em: f32,
    codes: Codes<'a>,
}

/// A character as shown.
pub(super) struct Glyph<'f> {
    /// What it says.
    pub text: &'f Text,
    /// Its advance in em.
    pub width: f32,
    /// Whether word spacing applies to it (the single-byte code 32).
    pub space: bool,
}

enum Codes<'a> {
    Simple(Box<Simple<'a>>),
    Composite(Composite),
}

/// One byte a character (9.6).
struct Simple<'a> {
    texts: Vec<Text>,
    widths: [f32; 256],
    /// What the encoding says of codes that ToUnicode does not have; asked for when first needed.
    encoding: OnceLock<Vec<Text>>,
    doc: &'a Document,
    dict: &'a Dictionary,
}

/// Codes of one or more bytes, mostly two (9.7).
struct Composite {
    spaces: Vec<(u8, u32, u32)>,
    texts: Vec<Text>,
    widths: Vec<f32>,
    /// Glyph id plus one by code, where the encoding is a CMap of its own; 0 for none.
    ids: Vec<u32>,
    default: f32,
}

impl<'a> Font<'a> {
    /// A font of which nothing is known, for a document that has more of them than there is room for.
    fn unread() -> Font<'a> {
        let nothing = Composite { spaces: vec![(1, 0, 255)], texts: Vec::new(), widths: Vec::new(), ids: Vec::new(), default: 0.5 };
        Font { bold: false, italic: false, face: 0, em: 1.0, codes: Codes::Composite(nothing) }
    }

    /// How many codes it keeps.
    fn size(&self) -> usize {
        match &self.codes {
            Codes::Simple(_) => 256,
            Codes::Composite(font) => font.texts.len() + font.widths.len() + font.ids.len(),
        }
    }

    fn load(doc: &'a Document, dict: &'a Dictionary) -> Font<'a> {
        let to_unicode = objects::stream(doc, dict, b"ToUnicode")
            .and_then(|s| streams::whole(s, MAX_CMAP_BYTES))
            .map(|content| cmap::parse(&content))
            .unwrap_or_default();
        let composite = objects::name(doc, dict, b"Subtype") == Some(b"Type0") || dict.has(b"DescendantFonts");
        let (bold, italic) = style(doc, dict);
        let codes = match composite {
            true => Codes::Composite(Composite::load(doc, dict, to_unicode)),
            false => Codes::Simple(Box::new(Simple::load(doc, dict, to_unicode, bold))),
        };
        Font { bold, italic, face: face(doc, dict), em: em(doc, dict), codes }
    }

    /// The characters that `shown` stands for, in order.
    pub fn for_each_glyph(&self, shown: &[u8], mut each: impl FnMut(Glyph)) {
        match &self.codes {
            Codes::Simple(font) => {
                for &byte in shown {
                    let code = usize::from(byte);
                    let mut text = font.texts.get(code).unwrap_or(&Text::Unknown);
                    if *text == Text::Unknown {
                        text = font.by_encoding().get(code).unwrap_or(&Text::Unknown);
                    }
                    each(Glyph { text, width: font.widths[code], space: byte == b' ' });
                }
            }
            Codes::Composite(font) => {
                let mut rest = shown;
                while !rest.is_empty() {
                    let (length, code) = font.next_code(rest);
                    rest = &rest[length..];
                    let text = font.texts.get(code as usize).unwrap_or(&Text::Unknown);
                    each(Glyph { text, width: font.width(code), space: length == 1 && code == 32 });
                }
            }
        }
    }
}

impl<'a> Simple<'a> {
    fn load(doc: &'a Document, dict: &'a Dictionary, to_unicode: cmap::CMap, bold: bool) -> Simple<'a> {
        let mut texts = Vec::new();
        for (code, text) in to_unicode.texts {
            if code < 256 {
                if texts.is_empty() {
                    texts.resize(256, Text::Unknown);
                }
                texts[code as usize] = text;
            }
        }
        let encoding = OnceLock::new();
        let widths = match simple_widths(doc, dict) {
            Some(widths) => widths,
            None => {
                // One of the fourteen standard fonts, whose widths pdf-extract knows.
                let (standard, widths) = sanitise::standard_font(doc, dict, bold);
                let _ = encoding.set(standard);
                widths
            }
        };
        Simple { texts, widths, encoding, doc, dict }
    }

    fn by_encoding(&self) -> &[Text] {
        self.encoding.get_or_init(|| sanitise::encoding(self.doc, self.dict))
    }
}

/// The Widths of a simple font in em, code by code.
fn simple_widths(doc: &Document, dict: &Dictionary) -> Option<[f32; 256]> {
    let type3 = objects::name(doc, dict, b"Subtype") == Some(b"Type3");
    let list = objects::array(doc, dict, b"Widths").unwrap_or_default();
    if list.is_empty() && !type3 {
        return None;
    }
    let scale = match type3 {
        true => objects::numbers::<6>(doc, dict, b"FontMatrix").map(|m| m[0].abs()).filter(|v| *v > 0.0).unwrap_or(0.001),
        false => 0.001,
    };
    let missing = objects::dict(doc, dict, b"FontDescriptor").and_then(|d| objects::real(doc, d, b"MissingWidth")).unwrap_or(0.0);
    let mut widths = [(missing * scale) as f32; 256];
    let first = objects::integer(doc, dict, b"FirstChar").unwrap_or(0);
    for (i, width) in list.iter().take(256).enumerate() {
        let slot = usize::try_from(first.saturating_add(i as i64)).ok().and_then(|code| widths.get_mut(code));
        if let (Some(slot), Some(width)) = (slot, objects::resolve(doc, width).and_then(objects::number)) {
            *slot = (width * scale) as f32;
        }
    }
    Some(widths)
}

impl Composite {
    fn load(doc: &Document, dict: &Dictionary, to_unicode: cmap::CMap) -> Composite {
        let mut font = Composite { spaces: Vec::new(), texts: Vec::new(), widths: Vec::new(), ids: Vec::new(), default: 1.0 };
        let descendant = objects::array(doc, dict, b"DescendantFonts")
            .and_then(|list| list.first())
            .and_then(|d| objects::resolve(doc, d))
            .and_then(objects::as_dict);
        match objects::get(doc, dict, b"Encoding") {
            Some(Object::Stream(s)) => {
                if let Some(content) = streams::whole(s, MAX_CMAP_BYTES) {
                    let encoding = cmap::parse(&content);
                    font.spaces = encoding.spaces;
                    font.load_ids(&encoding.ids);
                }
            }
            Some(Object::Name(name)) => {
                let known = predefined::read(name, descendant.and_then(|d| predefined::collection(doc, d)), to_unicode.texts.is_empty());
                (font.spaces, font.texts, font.ids) = (known.spaces, known.texts, known.ids);
            }
            _ => {}
        }
        if to_unicode.texts.is_empty()
            && font.texts.is_empty()
            && font.ids.is_empty()
            && let Some(texts) = descendant.and_then(|d| glyphs::texts(doc, d))
        {
            font.texts = texts;
        }
        for (code, text) in to_unicode.texts {
            let code = code as usize;
            if code <= 0xffff {
                if font.texts.len() <= code {
                    font.texts.resize(code + 1, Text::Unknown);
                }
                font.texts[code] = text;
            }
        }
        if let Some(descendant) = descendant {
            font.default = objects::real(doc, descendant, b"DW").unwrap_or(1000.0) as f32 / 1000.0;
            font.load_widths(doc, objects::array(doc, descendant, b"W").unwrap_or_default());
        }
        font
    }

    fn load_ids(&mut self, ranges: &[(u32, u32, u32)]) {
        let mut left = MAX_ENTRIES;
        for &(first, last, id) in ranges {
            for code in first..=last.min(0xffff) {
                let Some(rest) = left.checked_sub(1) else { return };
                left = rest;
                if self.ids.len() <= code as usize {
                    self.ids.resize(code as usize + 1, 0);
                }
                self.ids[code as usize] = id.saturating_add(code - first).saturating_add(1);
            }
        }
    }

    /// Reads W: `first [w1 w2 ...]` or `first last w` (9.7.4.3).
    fn load_widths(&mut self, doc: &Document, list: &[Object]) {
        let at = |i: usize| list.get(i).and_then(|o| objects::resolve(doc, o));
        let (mut i, mut left) = (0, MAX_ENTRIES);
        while let Some(start) = at(i).filter(|_| left > 0) {
            let Some(first) = objects::number(start).filter(|v| (0.0..65536.0).contains(v)).map(|v| v as usize) else {
                i += 1;
                continue;
            };
            match (at(i + 1), at(i + 2).and_then(objects::number)) {
                (Some(Object::Array(values)), _) => {
                    left = left.saturating_sub(values.len());
                    for (k, value) in values.iter().take(65536 - first).enumerate() {
                        let width = objects::resolve(doc, value).and_then(objects::number).unwrap_or(0.0);
                        self.set_width(first + k, width);
                    }
                    i += 2;
                }
                (Some(last), Some(width)) => {
                    let last = objects::number(last).unwrap_or(0.0).clamp(0.0, 65535.0) as usize;
                    left = left.saturating_sub((last + 1).saturating_sub(first));
                    for id in first..=last {
                        self.set_width(id, width);
                    }
                    i += 3;
                }
                _ => i += 2,
            }
        }
    }

    fn set_width(&mut self, id: usize, width: f64) {
        if self.widths.len() <= id {
            self.widths.resize(id + 1, f32::NAN);
        }
        self.widths[id] = (width / 1000.0) as f32;
    }

    /// The first code in `shown`, which is not empty, and its length in bytes.
    fn next_code(&self, shown: &[u8]) -> (usize, u32) {
        let mut code = 0;
        for (i, &byte) in shown.iter().take(4).enumerate() {
            code = code << 8 | u32::from(byte);
            if self.spaces.iter().any(|(length, first, last)| usize::from(*length) == i + 1 && (*first..=*last).contains(&code)) {
                return (i + 1, code);
            }
        }
        match *shown {
            [a, b, ..] => (2, u32::from(a) << 8 | u32::from(b)),
            [a] => (1, u32::from(a)),
            [] => (0, 0),
        }
    }

    fn width(&self, code: u32) -> f32 {
        let id = self.ids.get(code as usize).and_then(|id| id.checked_sub(1)).unwrap_or(code);
        self.widths.get(id as usize).copied().filter(|w| !w.is_nan()).unwrap_or(self.default)
    }
}

/// The height of the letters of a Type 3 font at size one, by its box, or by its widths if it has none. Only letters much smaller
/// than an em count as such: boxes are often too large.
fn em(doc: &Document, dict: &Dictionary) -> f32 {
    if objects::name(doc, dict, b"Subtype") != Some(b"Type3") {
        return 1.0;
    }
    let height = objects::numbers::<4>(doc, dict, b"FontBBox").map_or(0.0, |b| (b[3] - b[1]).abs());
    let scale = objects::numbers::<6>(doc, dict, b"FontMatrix").map_or([0.001; 2], |m| [m[0].abs(), m[3].abs()]);
    let em = if height > 0.0 {
        height * scale[1]
    } else {
        let list = objects::array(doc, dict, b"Widths").unwrap_or_default().iter().take(256);
        let widths: Vec<f64> = list.filter_map(|w| objects::resolve(doc, w).and_then(objects::number)).filter(|w| *w > 0.0).collect();
        // A letter is half an em wide.
        2.0 * scale[0] * widths.iter().sum::<f64>() / widths.len().max(1) as f64
    };
    if (0.002..0.4).contains(&em) { em as f32 } else { 1.0 }
}

/// The font dictionary that describes the glyphs: the font itself or its descendant.
fn describing<'a>(doc: &'a Document, dict: &'a Dictionary) -> &'a Dictionary {
    objects::array(doc, dict, b"DescendantFonts")
        .and_then(|list| list.first())
        .and_then(|d| objects::resolve(doc, d))
        .and_then(objects::as_dict)
        .unwrap_or(dict)
}

/// Whether a font is bold, and whether it is italic: by its name, its flags, its weight and the slant of its letters (9.8.1, 9.8.2).
fn style(doc: &Document, dict: &Dictionary) -> (bool, bool) {
    let describing = describing(doc, dict);
    let descriptor = objects::dict(doc, dict, b"FontDescriptor").or_else(|| objects::dict(doc, describing, b"FontDescriptor"));
    let named = |words: &[&str]| {
        [dict, describing].iter().filter_map(|d| objects::name(doc, d, b"BaseFont")).any(|name| {
            let name = String::from_utf8_lossy(name).to_lowercase();
            words.iter().any(|word| name.contains(word))
        })
    };
    let flags = descriptor.and_then(|d| objects::integer(doc, d, b"Flags")).unwrap_or(0);
    let real = |key| descriptor.and_then(|d| objects::real(doc, d, key)).unwrap_or(0.0);
    // The last are the bold faces of TeX's Computer Modern and of URW's Times.
    let bold = named(&["bold", "black", "heavy", "demi", "cmbx", "cmssbx", "sfbx", "ecbx", "nimbusromno9l-medi"])
        || flags & (1 << 18) != 0
        || real(b"FontWeight") >= 600.0;
    let italic = named(&["italic", "oblique"]) || flags & (1 << 6) != 0 || real(b"ItalicAngle") < -4.0;
    (bold, italic)
}

/// A number for the face: its name without the prefix of a subset ("ABCDEF+").
fn face(doc: &Document, dict: &Dictionary) -> u64 {
    let name = objects::name(doc, dict, b"BaseFont").unwrap_or_default();
    let name = match name.get(6) {
        Some(b'+') => &name[7..],
        _ => name,
    };
    super::words::hash(name)
}

/// The name of a font in UTF-8.
pub(super) fn base_name(doc: &Document, dict: &Dictionary) -> String {
    String::from_utf8_lossy(objects::name(doc, dict, b"BaseFont").unwrap_or(b"Helvetica")).into_owned()
}

/// The fonts of one document, by their dictionary's place in memory: pages share dictionaries, and resource names are not
/// unique between pages and forms.
pub(super) struct Cache<'a> {
    doc: &'a Document,
    fonts: Mutex<HashMap<usize, Arc<OnceLock<Arc<Font<'a>>>>>>,
    codes: AtomicUsize,
}

impl<'a> Cache<'a> {
    /// No fonts yet.
    pub fn new(doc: &'a Document) -> Self {
        Cache { doc, fonts: Mutex::default(), codes: AtomicUsize::new(0) }
    }

    /// The font of `dict`, read if this is the first time.
    pub fn get(&self, dict: &'a Dictionary) -> Arc<Font<'a>> {
        let cell = {
            let mut fonts = self.fonts.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(fonts.entry(std::ptr::from_ref(dict) as usize).or_default())
        };
        Arc::clone(cell.get_or_init(|| {
            let room = self.codes.load(Ordering::Relaxed) < MAX_DOCUMENT_CODES;
            let font = if room { Font::load(self.doc, dict) } else { Font::unread() };
            self.codes.fetch_add(font.size(), Ordering::Relaxed);
            Arc::new(font)
        }))
    }
}
