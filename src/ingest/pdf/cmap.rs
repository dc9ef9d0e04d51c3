//! CMaps: character codes to Unicode (ToUnicode, ISO 32000-1, 9.10.3) and to glyph ids (embedded encodings, 9.7.5).

use super::fonts::Text;
use super::lexer::hex_digit;

/// Entries taken from one CMap; a font has 65,536 glyphs at most.
const MAX_ENTRIES: usize = 100_000;

/// What one CMap says.
#[derive(Debug, Default)]
pub(super) struct CMap {
    /// Code ranges with their length in bytes: length, first, last.
    pub spaces: Vec<(u8, u32, u32)>,
    /// Code to text, in order of appearance.
    pub texts: Vec<(u32, Text)>,
    /// Code ranges to glyph ids: first, last, id of the first.
    pub ids: Vec<(u32, u32, u32)>,
}

enum Token<'a> {
    /// Between `<` and `>`.
    Hex(&'a [u8]),
    Integer(u32),
    Open,
    Close,
    Word(&'a [u8]),
}

struct Tokens<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let (&byte, after) = self.rest.split_first()?;
            let until = |stop: fn(&u8) -> bool| after.iter().position(stop).unwrap_or(after.len());
            match byte {
                b'<' if after.first() == Some(&b'<') => self.rest = &after[1..],
                b'<' => {
                    let end = until(|b| *b == b'>');
                    self.rest = after.get(end + 1..).unwrap_or_default();
                    return Some(Token::Hex(&after[..end]));
                }
                b'[' => {
                    self.rest = after;
                    return Some(Token::Open);
                }
                b']' => {
                    self.rest = after;
                    return Some(Token::Close);
                }
                b'%' => self.rest = &after[until(|b| matches!(b, b'\n' | b'\r'))..],
                b'(' => self.rest = after.get(until(|b| *b == b')') + 1..).unwrap_or_default(),
                b'0'..=b'9' => {
                    let end = until(|b| !b.is_ascii_digit());
                    let digits = &self.rest[..end + 1];
                    self.rest = &after[end..];
                    let value = digits.iter().fold(0u32, |v, d| v.saturating_mul(10).saturating_add(u32::from(d - b'0')));
                    return Some(Token::Integer(value));
                }
                b'a'..=b'z' | b'A'..=b'Z' => {
                    let end = until(|b| !b.is_ascii_alphanumeric());
                    let word = &self.rest[..end + 1];
                    self.rest = &after[end..];
                    return Some(Token::Word(word));
                }
                _ => self.rest = after,
            }
        }
    }
}

/// The bytes of hexadecimal digits, white space left out.
fn bytes(hex: &[u8], out: &mut Vec<u8>) {
    out.clear();
    let mut high = None;
    for digit in hex.iter().filter_map(|b| hex_digit(*b)) {
        match high.take() {
            None => high = Some(digit),
            Some(h) => out.push(h << 4 | digit),
        }
    }
    if let Some(h) = high {
        out.push(h << 4);
    }
}

/// A character code of at most four bytes, with its length.
fn code(hex: &[u8]) -> (u8, u32) {
    let (mut value, mut digits) = (0u32, 0u8);
    for digit in hex.iter().filter_map(|b| hex_digit(*b)).take(8) {
        value = value << 4 | u32::from(digit);
        digits += 1;
    }
    if digits % 2 == 1 {
        value <<= 4;
    }
    (digits.div_ceil(2), value)
}

/// Reads a CMap leniently: what is out of place is skipped, and no more than [`MAX_ENTRIES`] are taken.
pub(super) fn parse(content: &[u8]) -> CMap {
    let mut cmap = CMap::default();
    let mut tokens = Tokens { rest: content };
    while let Some(token) = tokens.next() {
        match token {
            Token::Word(b"begincodespacerange") => code_spaces(&mut tokens, &mut cmap),
            Token::Word(b"beginbfchar") => characters(&mut tokens, &mut cmap),
            Token::Word(b"beginbfrange") => ranges(&mut tokens, &mut cmap),
            Token::Word(b"begincidchar") => glyph_ids(&mut tokens, &mut cmap, false),
            Token::Word(b"begincidrange") => glyph_ids(&mut tokens, &mut cmap, true),
            _ => {}
        }
    }
    cmap
}

fn code_spaces(tokens: &mut Tokens, cmap: &mut CMap) {
    while let (Some(Token::Hex(a)), Some(Token::Hex(b))) = (tokens.next(), tokens.next()) {
        let ((length, first), (_, last)) = (code(a), code(b));
        if (1..=4).contains(&length) && cmap.spaces.len() < 100 {
            cmap.spaces.push((length, first, last));
        }
        if !matches!(Tokens { rest: tokens.rest }.next(), Some(Token::Hex(_))) {
            break;
        }
    }
}

fn characters(tokens: &mut Tokens, cmap: &mut CMap) {
    let mut buffer = Vec::new();
    while let Some(Token::Hex(from)) = tokens.next() {
        match tokens.next() {
            Some(Token::Hex(to)) if cmap.texts.len() < MAX_ENTRIES => {
                bytes(to, &mut buffer);
                cmap.texts.push((code(from).1, Text::from_utf16(&buffer)));
            }
            Some(Token::Hex(_) | Token::Integer(_)) => {}
            _ => return,
        }
    }
}

fn ranges(tokens: &mut Tokens, cmap: &mut CMap) {
    let mut buffer = Vec::new();
    while let Some(Token::Hex(from)) = tokens.next() {
        let Some(Token::Hex(to)) = tokens.next() else { return };
        let (first, last) = (code(from).1, code(to).1);
        match tokens.next() {
            Some(Token::Hex(text)) => {
                bytes(text, &mut buffer);
                if buffer.len() == 1 {
                    buffer.insert(0, 0);
                }
                let Some(at) = buffer.len().checked_sub(2) else { continue };
                let base = u16::from_be_bytes([buffer[at], buffer[at + 1]]);
                for value in first..=last.min(first.saturating_add(0xffff)) {
                    if cmap.texts.len() >= MAX_ENTRIES {
                        return;
                    }
                    buffer[at..].copy_from_slice(&base.wrapping_add((value - first) as u16).to_be_bytes());
                    cmap.texts.push((value, Text::from_utf16(&buffer)));
                }
            }
            Some(Token::Open) => {
                let mut value = first;
                while let Some(Token::Hex(text)) = tokens.next() {
                    if value <= last && cmap.texts.len() < MAX_ENTRIES {
                        bytes(text, &mut buffer);
                        cmap.texts.push((value, Text::from_utf16(&buffer)));
                    }
                    value = value.saturating_add(1);
                }
            }
            _ => return,
        }
    }
}

fn glyph_ids(tokens: &mut Tokens, cmap: &mut CMap, range: bool) {
    while let Some(Token::Hex(from)) = tokens.next() {
        let first = code(from).1;
        let last = match range {
            true => match tokens.next() {
                Some(Token::Hex(to)) => code(to).1,
                _ => return,
            },
            false => first,
        };
        match tokens.next() {
            Some(Token::Integer(id)) if cmap.ids.len() < MAX_ENTRIES => cmap.ids.push((first, last, id)),
            Some(Token::Integer(_)) => {}
            _ => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_and_ranges() {
        let cmap = parse(
            b"/CIDInit /ProcSet findresource begin 1 begincodespacerange <00> <FF> endcodespacerange
              2 beginbfchar <01> <0041> <02> <00660069> endbfchar
              3 beginbfrange <10> <12> <0061> <20><21>[<0078> <D835DC9C>] <30> <2F> <0041> endbfrange endcmap",
        );
        assert_eq!(cmap.spaces, [(1, 0, 255)]);
        let texts: Vec<(u32, String)> = cmap.texts.iter().map(|(c, t)| (*c, t.to_string())).collect();
        let expected = [(1, "A"), (2, "fi"), (16, "a"), (17, "b"), (18, "c"), (32, "x"), (33, "\u{1d49c}")];
        assert_eq!(texts, expected.map(|(c, t)| (c, t.to_string())));
    }

    #[test]
    fn glyph_ids_of_an_embedded_encoding() {
        let cmap = parse(b"1 begincidrange <0000> <00ff> 3 endcidrange 1 begincidchar <0101> 9 endcidchar");
        assert_eq!(cmap.ids, [(0, 255, 3), (0x101, 0x101, 9)]);
    }

    #[test]
    fn nothing_grows_without_bound() {
        let range = b"<0000> <ffffffff> <0041> ".repeat(10);
        let cmap = parse(&[b"beginbfrange ".as_slice(), &range].concat());
        assert_eq!(cmap.texts.len(), MAX_ENTRIES);
        assert!(parse(b"beginbfrange <00> <01> [<00").texts.len() < 2);
        assert!(parse(b"beginbfchar <").texts.is_empty());
    }
}
