//! pdf-extract, asked for what it is good at: the encodings of simple fonts (ISO 32000-1, 9.6.6).
//!
//! It panics on fonts that leave out what it expects, and it knows no limits. So it never sees the font itself but a
//! document of one page and one font, written anew from the parts that were checked here, that shows all 256 codes once.
//! pdf-extract brings lopdf 0.42, whose types are not those of the lopdf that reads the file.

use super::fonts::{self, Text};
use super::{objects, quiet, streams};
use lopdf::{Dictionary, Document, Object, Stream};
use pdf_extract as old;
use pdf_extract::{MediaBox, OutputDev, OutputError, Transform};

/// Decompressed size of a font programme in bytes.
const MAX_FONT_BYTES: usize = 8 << 20;
/// Encodings that pdf-extract knows by name.
const KNOWN_ENCODINGS: [&[u8]; 3] = [b"MacRomanEncoding", b"MacExpertEncoding", b"WinAnsiEncoding"];

/// Width of a glyph that nothing is known of, in em.
const UNKNOWN_WIDTH: f32 = 0.5;

/// A code and the name of its glyph.
type Difference = (u8, Vec<u8>);

/// What the encoding of a simple font with widths says, code by code.
pub(super) fn encoding(doc: &Document, dict: &Dictionary) -> Vec<Text> {
    let (base, differences) = declared(doc, dict);
    // Without a base encoding it is the font itself that says what the codes are.
    if base.is_none()
        && let Some(mut texts) = built_in(doc, dict)
    {
        overlay(&differences, &mut texts);
        return texts;
    }
    let mut texts = ask(&Question::Encoded { base: base.unwrap_or(b"WinAnsiEncoding"), differences: &differences }).0;
    for (code, name) in &differences {
        if let (Some(slot), Some(text)) = (texts.get_mut(usize::from(*code)), numbered(name)) {
            *slot = text;
        }
    }
    texts
}

/// The text and the widths (in em) of a font without widths: one of the fourteen standard fonts or the nearest of them.
pub(super) fn standard_font(doc: &Document, dict: &Dictionary, bold: bool) -> (Vec<Text>, [f32; 256]) {
    let (base, differences) = declared(doc, dict);
    let name = fonts::base_name(doc, dict);
    let question = match pictorial(&name) {
        Some(name) => Question::Standard { name, base: None, differences: &[] },
        None => {
            let base = Some(base.unwrap_or(b"WinAnsiEncoding"));
            Question::Standard { name: nearest_standard(&name, bold), base, differences: &differences }
        }
    };
    let (mut texts, widths) = ask(&question);
    overlay(&differences, &mut texts);
    (texts, widths)
}

/// The encoding that is part of a font: of a pictorial one by its name, of an embedded one by its programme.
fn built_in(doc: &Document, dict: &Dictionary) -> Option<Vec<Text>> {
    if let Some(name) = pictorial(&fonts::base_name(doc, dict)) {
        return Some(ask(&Question::Standard { name, base: None, differences: &[] }).0);
    }
    let descriptor = objects::dict(doc, dict, b"FontDescriptor")?;
    let program = |stream: &Stream| streams::whole(stream, MAX_FONT_BYTES);
    if let Some(stream) = objects::stream(doc, descriptor, b"FontFile") {
        let own = type1_encoding(&program(stream)?);
        let mut texts = ask(&Question::Encoded { base: b"WinAnsiEncoding", differences: &[] }).0;
        overlay(&own, &mut texts);
        return Some(texts);
    }
    let stream = objects::stream(doc, descriptor, b"FontFile3")?;
    if objects::name(doc, &stream.dict, b"Subtype") != Some(b"Type1C") {
        return None;
    }
    let texts = ask(&Question::Compact(program(stream)?)).0;
    texts.iter().any(|t| *t != Text::Unknown).then_some(texts)
}

/// Puts the glyphs of `differences` in their places.
fn overlay(differences: &[Difference], texts: &mut Vec<Text>) {
    if differences.is_empty() {
        return;
    }
    texts.resize(256, Text::Unknown);
    let named = ask(&Question::Encoded { base: b"WinAnsiEncoding", differences }).0;
    for (code, name) in differences {
        let code = usize::from(*code);
        if let (Some(slot), Some(text)) = (texts.get_mut(code), named.get(code)) {
            *slot = numbered(name).unwrap_or_else(|| text.clone());
        }
    }
}

/// The Encoding entry: the name of its base, if it is known, and its Differences.
fn declared<'a>(doc: &'a Document, dict: &'a Dictionary) -> (Option<&'a [u8]>, Vec<Difference>) {
    let known = |name: &'a [u8]| KNOWN_ENCODINGS.contains(&name).then_some(name);
    match objects::get(doc, dict, b"Encoding") {
        Some(Object::Name(n)) => (known(n), Vec::new()),
        Some(Object::Dictionary(d)) => {
            let mut out = Vec::new();
            let mut code = 0i64;
            for item in objects::array(doc, d, b"Differences").unwrap_or_default().iter().take(1024) {
                match objects::resolve(doc, item) {
                    Some(Object::Name(n)) => {
                        if let Ok(code) = u8::try_from(code) {
                            out.push((code, n.clone()));
                        }
                        code = code.saturating_add(1);
                    }
                    Some(Object::Integer(i)) => code = *i,
                    _ => {}
                }
            }
            (objects::name(doc, d, b"BaseEncoding").and_then(known), out)
        }
        _ => (None, Vec::new()),
    }
}

/// Symbol and ZapfDingbats have encodings of their own.
fn pictorial(name: &str) -> Option<&'static str> {
    if name.contains("ZapfDingbats") {
        Some("ZapfDingbats")
    } else if name == "Symbol" || name.ends_with("+Symbol") {
        Some("Symbol")
    } else {
        None
    }
}

/// The standard font that a font without widths looks like most.
fn nearest_standard(name: &str, bold: bool) -> &'static str {
    let name = name.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|w| name.contains(w));
    let family = if has(&["cour", "mono"]) {
        ["Courier", "Courier-Bold", "Courier-Oblique", "Courier-BoldOblique"]
    } else if has(&["times", "serif", "roman"]) && !has(&["sans"]) {
        ["Times-Roman", "Times-Bold", "Times-Italic", "Times-BoldItalic"]
    } else {
        ["Helvetica", "Helvetica-Bold", "Helvetica-Oblique", "Helvetica-BoldOblique"]
    };
    family[usize::from(bold) + 2 * usize::from(has(&["ital", "obli"]))]
}

/// The built-in encoding of a Type 1 font programme: the `dup 65 /A put` lines of its clear text (Adobe Type 1 Font Format,
/// 2.3), read here because the parser that pdf-extract uses recurses without a bound.
fn type1_encoding(program: &[u8]) -> Vec<Difference> {
    let clear = program.windows(5).position(|w| w == b"eexec").map_or(program, |end| &program[..end]);
    let Some(start) = clear.windows(9).position(|w| w == b"/Encoding") else { return Vec::new() };
    let mut out = Vec::new();
    let mut words = clear[start + 9..].split(|b| b.is_ascii_whitespace()).filter(|w| !w.is_empty()).peekable();
    while let Some(word) = words.next() {
        match word {
            b"def" | b"readonly" if !out.is_empty() => break,
            b"dup" => {
                let Some(first) = words.next() else { break };
                // "dup 65/A put" comes without the space, too.
                let (number, glued) = first.iter().position(|b| *b == b'/').map_or((first, None), |i| (&first[..i], Some(&first[i..])));
                let Some(code) = std::str::from_utf8(number).ok().and_then(|n| n.parse::<u8>().ok()) else { continue };
                let name = glued.or_else(|| words.next_if(|w| w.starts_with(b"/")));
                if let Some(name) = name.filter(|n| n.len() > 1 && out.len() < 1024) {
                    out.push((code, name[1..].to_vec()));
                }
            }
            _ => {}
        }
    }
    out
}

/// What a glyph name says that gives its Unicode value as a number (uni20AC, u1F600) or as letters (f_i), which pdf-extract
/// does not know (Adobe Glyph List Specification, 2).
fn numbered(name: &[u8]) -> Option<Text> {
    let name = std::str::from_utf8(name).ok()?;
    let stem = name.split('.').next().unwrap_or(name);
    let scalar = |digits: &str| {
        let valid = (4..=6).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit() || (b'A'..=b'F').contains(&b));
        valid.then(|| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)).flatten()
    };
    if let Some(c) = stem.strip_prefix("uni").or_else(|| stem.strip_prefix('u')).and_then(scalar) {
        Some(Text::of(c.encode_utf8(&mut [0; 4])))
    } else if stem.contains('_') && stem.split('_').all(|part| part.len() == 1) {
        Some(Text::of(&stem.replace('_', "")))
    } else {
        None
    }
}

/// A font put to pdf-extract.
enum Question<'a> {
    /// An encoding by its name (one of [`KNOWN_ENCODINGS`]) with differences.
    Encoded { base: &'a [u8], differences: &'a [Difference] },
    /// A standard font, with its own encoding if no other is given.
    Standard { name: &'a str, base: Option<&'a [u8]>, differences: &'a [Difference] },
    /// A compact font programme (CFF), for the encoding it holds.
    Compact(Vec<u8>),
}

impl Question<'_> {
    /// The font as it is put.
    fn font(&self, doc: &mut old::Document) -> old::Dictionary {
        use old::Object as O;
        let name = |bytes: &[u8]| O::Name(bytes.to_vec());
        let mut font = old::Dictionary::from_iter([("Type", name(b"Font")), ("Subtype", name(b"Type1"))]);
        let encoding = |base: &[u8], differences: &[Difference]| {
            let pairs = differences.iter().flat_map(|(code, glyph)| {
                // "a.sc" is an "a".
                let stem = glyph.split(|b| *b == b'.').next().filter(|s| !s.is_empty()).unwrap_or(glyph);
                [O::Integer(i64::from(*code)), name(stem)]
            });
            O::Dictionary(old::Dictionary::from_iter([("BaseEncoding", name(base)), ("Differences", O::Array(pairs.collect()))]))
        };
        // With widths given, it does not look for those of a standard font.
        let mut widths = true;
        match self {
            Question::Encoded { base, differences } => font.set("Encoding", encoding(base, differences)),
            Question::Standard { name: standard, base, differences } => {
                widths = false;
                font.set("BaseFont", name(standard.as_bytes()));
                if let Some(base) = base {
                    font.set("Encoding", encoding(base, differences));
                }
            }
            Question::Compact(program) => {
                let about = old::Dictionary::from_iter([("Subtype", name(b"Type1C"))]);
                let program = doc.add_object(old::Stream::new(about, program.clone()));
                let descriptor = old::Dictionary::from_iter([("FontFile3", O::Reference(program))]);
                font.set("FontDescriptor", O::Dictionary(descriptor));
                // For the codes that the programme leaves out: nothing, and no panic.
                font.set("Encoding", encoding(b"WinAnsiEncoding", &[]));
            }
        }
        if widths {
            font.set("BaseFont", name(b"F"));
            font.set("FirstChar", O::Integer(0));
            font.set("LastChar", O::Integer(255));
            font.set("Widths", O::Array(vec![O::Integer(500); 256]));
        }
        font
    }

    /// The document of one page and one font.
    fn document(&self) -> old::Document {
        use old::Object as O;
        let name = |bytes: &[u8]| O::Name(bytes.to_vec());
        let mut doc = old::Document::with_version("1.5");
        let font = self.font(&mut doc);
        let fonts = old::Dictionary::from_iter([("F", O::Dictionary(font))]);
        let resources = old::Dictionary::from_iter([("Font", O::Dictionary(fonts))]);
        let mut content = b"BT /F 1 Tf <".to_vec();
        for code in 0..=255u8 {
            content.extend_from_slice(format!("{code:02x}").as_bytes());
        }
        content.extend_from_slice(b"> Tj ET");
        let content = doc.add_object(old::Stream::new(old::Dictionary::new(), content));
        let pages = doc.new_object_id();
        let page = doc.add_object(old::Dictionary::from_iter([
            ("Type", name(b"Page")),
            ("Parent", O::Reference(pages)),
            ("Contents", O::Reference(content)),
            ("Resources", O::Dictionary(resources)),
            ("MediaBox", O::Array([0, 0, 595, 842].map(O::Integer).to_vec())),
        ]));
        let tree = [("Type", name(b"Pages")), ("Kids", O::Array(vec![O::Reference(page)])), ("Count", O::Integer(1))];
        doc.objects.insert(pages, O::Dictionary(old::Dictionary::from_iter(tree)));
        let catalog = doc.add_object(old::Dictionary::from_iter([("Type", name(b"Catalog")), ("Pages", O::Reference(pages))]));
        doc.trailer.set("Root", O::Reference(catalog));
        doc
    }
}

/// Asks pdf-extract; what it does not answer (it may panic) is unknown text of half an em.
fn ask(question: &Question) -> (Vec<Text>, [f32; 256]) {
    let mut answer = Answer { texts: Vec::with_capacity(256), widths: [UNKNOWN_WIDTH; 256] };
    let _ = quiet::guarded(|| old::output_doc_page(&question.document(), &mut answer, 1).is_ok());
    answer.texts.resize(256, Text::Unknown);
    (answer.texts, answer.widths)
}

struct Answer {
    texts: Vec<Text>,
    widths: [f32; 256],
}

impl OutputDev for Answer {
    fn begin_page(&mut self, _: u32, _: &MediaBox, _: Option<(f64, f64, f64, f64)>) -> Result<(), OutputError> {
        Ok(())
    }
    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
    fn output_character(&mut self, _: &Transform, width: f64, _: f64, _: f64, text: &str) -> Result<(), OutputError> {
        if let Some(slot) = self.widths.get_mut(self.texts.len()) {
            *slot = width as f32;
        }
        self.texts.push(Text::of(text));
        Ok(())
    }
    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::dictionary;

    #[test]
    fn the_encoding_of_a_type1_programme_is_read() {
        let program = b"%!PS-AdobeFont-1.0\n/Encoding 256 array\n0 1 255 {1 index exch /.notdef put} for\n\
                        dup 65 /alpha put\ndup 66/beta put\ndup 999 /x put\nreadonly def\ndup 67 /gamma put\ncurrentfile eexec dup 68 /d put";
        let names: Vec<(u8, String)> =
            type1_encoding(program).into_iter().map(|(c, n)| (c, String::from_utf8_lossy(&n).into_owned())).collect();
        assert_eq!(names, [(65, "alpha".to_string()), (66, "beta".to_string())]);
        assert!(type1_encoding(b"/Encoding StandardEncoding def\n").is_empty());
        assert!(type1_encoding(&b"/Encoding ".iter().chain(&[b'{'; 100_000]).copied().collect::<Vec<u8>>()).is_empty());
    }

    #[test]
    fn a_font_programme_goes_before_the_default_and_differences_before_both() {
        let mut doc = Document::new();
        let program = b"/Encoding 256 array dup 65 /one put dup 66 /two put readonly def eexec".to_vec();
        let file = doc.add_object(Stream::new(Dictionary::new(), program));
        let differences = vec![66.into(), Object::Name(b"uni0041".to_vec()), Object::Name(b"geen.glief".to_vec())];
        let font = dictionary! {
            "Subtype" => "Type1", "BaseFont" => "X", "FontDescriptor" => dictionary! { "FontFile" => file },
            "Encoding" => dictionary! { "Differences" => differences }
        };
        let texts = encoding(&doc, &font);
        let shown: Vec<String> = [65, 66, 68, 0xe9].map(|code: usize| texts[code].to_string()).to_vec();
        assert_eq!(shown, ["1", "A", "D", "é"]);
    }

    #[test]
    fn standard_fonts_come_with_widths() {
        let doc = Document::new();
        let (texts, widths) = standard_font(&doc, &dictionary! { "BaseFont" => "Arial,Bold" }, true);
        assert_eq!((texts[usize::from(b'A')].to_string().as_str(), widths[usize::from(b'A')]), ("A", 0.722));
        let (texts, _) = standard_font(&doc, &dictionary! { "BaseFont" => "ABCDEF+Symbol" }, false);
        assert_eq!(texts[usize::from(b'a')].to_string(), "α");
    }

    #[test]
    fn a_broken_compact_programme_is_no_answer() {
        let mut doc = Document::new();
        let file = doc.add_object(Stream::new(dictionary! { "Subtype" => "Type1C" }, b"\x01\x00\x04\x01rubbish".to_vec()));
        let font = dictionary! { "Subtype" => "Type1", "BaseFont" => "X", "FontDescriptor" => dictionary! { "FontFile3" => file } };
        assert_eq!(encoding(&doc, &font)[65].to_string(), "A");
    }
}
