//! Text and Markdown files: bytes to lines.

use super::{Content, Line, Source};
use std::borrow::Cow;

/// Lines kept of one file; a plan of a thousand pages has some fifty thousand.
const MAX_LINES: usize = 1_000_000;

/// Reads a text file. The encoding is that of the byte order mark (UTF-8, UTF-16), else UTF-8 if the bytes are valid UTF-8,
/// else Windows-1252, which knows no invalid bytes. Lines end in LF, CR LF or CR.
pub(super) fn read(bytes: &[u8], markdown: bool) -> Source {
    let text = decode(bytes);
    let mut warnings = Vec::new();
    let mut lines: Vec<Line> = Vec::new();
    let mut rest = text.as_ref();
    while !rest.is_empty() && lines.len() < MAX_LINES {
        let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let (line, tail) = rest.split_at(end);
        lines.push(Line { number: u32::try_from(lines.len() + 1).unwrap_or(u32::MAX), text: line.to_string() });
        rest = tail.strip_prefix("\r\n").or_else(|| tail.strip_prefix(['\n', '\r'])).unwrap_or(tail);
    }
    let partial = !rest.is_empty();
    if partial {
        warnings.push(format!("alleen de eerste {MAX_LINES} regels zijn gelezen"));
    }
    if lines.iter().all(|l| l.text.trim().is_empty()) {
        warnings.push("het bestand bevat geen tekst".to_string());
    }
    Source { content: Content::Lines { markdown, lines }, outline: Vec::new(), tags: Vec::new(), warnings, partial }
}

/// The text of `bytes` without a byte order mark.
fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8]) -> Vec<(u32, String)> {
        match read(bytes, false).content {
            Content::Lines { lines, .. } => lines.into_iter().map(|l| (l.number, l.text)).collect(),
            Content::Pages(_) => Vec::new(),
        }
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain("coördinatie".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let utf16be: Vec<u8> = [0xfe, 0xff].into_iter().chain("coördinatie".encode_utf16().flat_map(u16::to_be_bytes)).collect();
        for bytes in ["coördinatie".as_bytes(), "\u{feff}coördinatie".as_bytes(), b"co\xf6rdinatie", &utf16, &utf16be] {
            assert_eq!(lines(bytes), [(1, "coördinatie".to_string())]);
        }
    }

    #[test]
    fn lines_keep_their_numbers() {
        let expected = [(1, "a".to_string()), (2, String::new()), (3, "b".to_string())];
        for text in ["a\n\nb", "a\r\n\r\nb\r\n", "a\r\rb\n"] {
            assert_eq!(lines(text.as_bytes()), expected);
        }
    }

    #[test]
    fn a_file_of_white_space_is_told() {
        assert_eq!(read(b" \n \n", false).warnings, ["het bestand bevat geen tekst"]);
    }
}
