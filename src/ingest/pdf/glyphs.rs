//! What the glyphs of an embedded TrueType font mean, by the font's own table of characters (OpenType, cmap): for composite fonts
//! that come without ToUnicode.

use super::fonts::Text;
use super::{objects, quiet, streams};
use lopdf::{Dictionary, Document, Object};

/// Decompressed size of a font programme or of a map to its glyphs, in bytes.
const MAX_FONT_BYTES: usize = 16 << 20;

/// Text by glyph id as the document counts them (CID); `None` if the font does not say.
pub(super) fn texts(doc: &Document, descendant: &Dictionary) -> Option<Vec<Text>> {
    let descriptor = objects::dict(doc, descendant, b"FontDescriptor")?;
    let program = streams::whole(objects::stream(doc, descriptor, b"FontFile2")?, MAX_FONT_BYTES)?;
    let own = quiet::guarded(|| characters(&program)).flatten()?;
    let text = |glyph: usize| own.get(glyph).copied().flatten().map_or(Text::Unknown, Text::of_char);
    Some(match objects::get(doc, descendant, b"CIDToGIDMap") {
        Some(Object::Stream(map)) => {
            let map = streams::whole(map, MAX_FONT_BYTES)?;
            map.chunks_exact(2).take(0x1_0000).map(|g| text(usize::from(u16::from_be_bytes([g[0], g[1]])))).collect()
        }
        _ => (0..own.len()).map(text).collect(),
    })
}

/// The character of each glyph, the lowest if there are several; `None` if there are none at all.
fn characters(program: &[u8]) -> Option<Vec<Option<char>>> {
    let face = ttf_parser::Face::parse(program, 0).ok()?;
    let mut characters = vec![None; usize::from(face.number_of_glyphs())];
    for table in face.tables().cmap?.subtables.into_iter().filter(ttf_parser::cmap::Subtable::is_unicode) {
        table.codepoints(|code| {
            let glyph = table.glyph_index(code).map(|g| usize::from(g.0));
            if let (Some(slot), Some(c)) = (glyph.and_then(|g| characters.get_mut(g)), char::from_u32(code)) {
                // The forms of radicals look like characters, which are meant.
                let better = |old: &char| c < *old && !is_radical(c) || is_radical(*old);
                if slot.as_ref().is_none_or(better) {
                    *slot = Some(c);
                }
            }
        });
    }
    characters.iter().any(Option::is_some).then_some(characters)
}

fn is_radical(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2fdf}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::{Stream, dictionary};

    /// A TrueType font of three glyphs without outlines, of which the second is B and the third both A and a no-break space.
    pub fn font() -> Vec<u8> {
        let segments: [(u16, u16, i16); 4] = [(65, 65, 2 - 65), (66, 66, 1 - 66), (160, 160, 2 - 160), (0xffff, 0xffff, 1)];
        let mut map = Vec::new();
        for value in [4u16, 16 + 8 * 4, 0, 8, 8, 2, 0] {
            map.extend(value.to_be_bytes());
        }
        segments.iter().for_each(|s| map.extend(s.1.to_be_bytes()));
        map.extend([0, 0]);
        segments.iter().for_each(|s| map.extend(s.0.to_be_bytes()));
        segments.iter().for_each(|s| map.extend(s.2.to_be_bytes()));
        segments.iter().for_each(|_| map.extend([0, 0]));
        let cmap = [&[0, 0, 0, 1, 0, 3, 0, 1, 0, 0, 0, 12][..], &map].concat();
        let mut head = vec![0; 54];
        head[18..20].copy_from_slice(&1000u16.to_be_bytes());
        let mut hhea = vec![0; 36];
        hhea[35] = 1;
        let maxp = vec![0, 0, 0x50, 0, 0, 3];
        let tables = [(b"cmap", cmap), (b"head", head), (b"hhea", hhea), (b"maxp", maxp)];
        let mut out = vec![0, 1, 0, 0, 0, 4, 0, 64, 0, 2, 0, 0];
        let mut at = 12 + 16 * tables.len() as u32;
        for (tag, data) in &tables {
            out.extend_from_slice(*tag);
            out.extend([0; 4]);
            out.extend(at.to_be_bytes());
            out.extend((data.len() as u32).to_be_bytes());
            at += data.len() as u32;
        }
        tables.iter().for_each(|t| out.extend(&t.1));
        out
    }

    #[test]
    fn glyphs_mean_what_the_font_says() {
        let mut doc = Document::new();
        let file = doc.add_object(Stream::new(Dictionary::new(), font()));
        let mut descendant = dictionary! { "FontDescriptor" => dictionary! { "FontFile2" => file } };
        let shown = |doc: &Document, font: &Dictionary| texts(doc, font).map(|all| all.iter().map(Text::to_string).collect::<Vec<_>>());
        assert_eq!(shown(&doc, &descendant), Some(vec![String::new(), "B".to_string(), "A".to_string()]));
        let map = doc.add_object(Stream::new(Dictionary::new(), vec![0, 2, 0, 9, 0]));
        descendant.set("CIDToGIDMap", map);
        assert_eq!(shown(&doc, &descendant), Some(vec!["A".to_string(), String::new()]));
        doc.objects.insert(file, Stream::new(Dictionary::new(), font()[..60].to_vec()).into());
        assert_eq!(shown(&doc, &descendant), None);
    }
}
