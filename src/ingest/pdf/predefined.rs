//! The CMaps that a file names and does not hold (ISO 32000-1, 9.7.5.2): what the codes of Chinese, Japanese and Korean fonts are,
//! and what the glyphs of those collections mean.

use super::fonts::Text;
use super::objects;
use hayro_cmap::{BfString, CMap, CMapName, CidFamily, load_embedded};
use lopdf::{Dictionary, Document, Object};

/// Codes of more than two bytes are not looked up: they are rare characters.
const CODES: u32 = 0x1_0000;

/// What is known of the codes of a font.
#[derive(Default)]
pub(super) struct Known {
    /// Code ranges with their length in bytes: length, first, last.
    pub spaces: Vec<(u8, u32, u32)>,
    /// Text by code; empty if not asked for or not known.
    pub texts: Vec<Text>,
    /// Glyph id plus one by code; 0 for none. Empty where the code is the id.
    pub ids: Vec<u32>,
}

/// The collection that the glyph ids of a font are of, by its CIDSystemInfo.
pub(super) fn collection(doc: &Document, descendant: &Dictionary) -> Option<CidFamily> {
    let info = objects::dict(doc, descendant, b"CIDSystemInfo")?;
    let text = |key: &[u8]| match objects::get(doc, info, key) {
        Some(Object::String(bytes, _)) => Some(bytes.as_slice()),
        _ => None,
    };
    Some(CidFamily::from_registry_ordering(text(b"Registry")?, text(b"Ordering")?))
}

/// What the encoding of that name says, and, if `texts` are asked for, what its codes mean.
pub(super) fn read(name: &[u8], collection: Option<CidFamily>, texts: bool) -> Known {
    let mut known = Known::default();
    if matches!(name, b"Identity-H" | b"Identity-V") {
        if texts && let Some(meaning) = collection.and_then(|family| embedded(family.ucs2_cmap()?)) {
            known.texts = (0..CODES).map(|code| text(&meaning, code)).collect();
        }
        return known;
    }
    let Some(cmap) = embedded(CMapName::from_bytes(name)) else { return known };
    for code in (0..256).filter(|code| cmap.lookup_cid_code(*code, 1).is_some()) {
        match known.spaces.last_mut() {
            Some((_, _, last)) if *last + 1 == code => *last = code,
            _ => known.spaces.push((1, code, code)),
        }
    }
    let single = |code: u32| known.spaces.iter().any(|(_, first, last)| (*first..=*last).contains(&code));
    let id = |code: u32| if single(code) { cmap.lookup_cid_code(code, 1) } else { cmap.lookup_cid_code(code, 2) };
    known.ids = (0..CODES).map(|code| id(code).map_or(0, |id| id.saturating_add(1))).collect();
    if texts {
        // In the Unicode encodings the code is the text.
        let unicode = name.starts_with(b"Uni");
        let family = cmap.metadata().character_collection.as_ref().map(|c| c.family.clone()).or(collection);
        let meaning = family.filter(|_| !unicode).and_then(|family| embedded(family.ucs2_cmap()?));
        known.texts = (0..CODES)
            .map(|code| match (&meaning, known.ids[code as usize]) {
                _ if unicode => char::from_u32(code).map_or(Text::Unknown, Text::of_char),
                (Some(meaning), 1..) => text(meaning, known.ids[code as usize] - 1),
                _ => Text::Unknown,
            })
            .collect();
    }
    known
}

fn embedded(name: CMapName<'_>) -> Option<CMap> {
    CMap::parse(load_embedded(name)?, load_embedded)
}

/// What a glyph of a collection means.
fn text(meaning: &CMap, id: u32) -> Text {
    match meaning.lookup_bf_string(id) {
        Some(BfString::Char(c)) => Text::of_char(c),
        Some(BfString::String(s)) => Text::of(&s),
        None => Text::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_one_and_two_bytes() {
        let known = read(b"GBK-EUC-H", None, true);
        assert!(known.spaces.iter().any(|s| s.0 == 1 && (s.1..=s.2).contains(&0x41)));
        assert_eq!((known.texts[0x41].to_string().as_str(), known.texts[0xd6d0].to_string().as_str()), ("A", "中"));
    }

    #[test]
    fn glyph_ids_of_a_collection_have_a_meaning() {
        let known = read(b"Identity-H", Some(CidFamily::AdobeJapan1), true);
        assert_eq!(known.texts[34].to_string(), "A");
        assert!(read(b"Identity-H", Some(CidFamily::AdobeIdentity), true).texts.is_empty());
        assert!(read(b"Identity-H", Some(CidFamily::AdobeJapan1), false).texts.is_empty());
        assert!(read(b"Unheard-of", None, true).texts.is_empty());
    }
}
