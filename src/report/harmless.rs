//! Text from a document may hold anything; a terminal acts on some of it. Here such characters become visible and dead.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The text with control characters, escape sequences, bidi controls and invisible characters replaced by something visible; line ends
/// and tabs become a space.
pub fn harmless(text: &str) -> Cow<'_, str> {
    clean(text, false)
}

/// As [`harmless`], with line ends kept.
pub fn harmless_lines(text: &str) -> Cow<'_, str> {
    clean(text, true)
}

fn clean(text: &str, keep_lines: bool) -> Cow<'_, str> {
    let plain = |b: u8| (b' '..=b'~').contains(&b);
    if text.bytes().all(plain) || !text.chars().any(|c| acts(c) && !(keep_lines && c == '\n')) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\n' if keep_lines => out.push('\n'),
            '\n' | '\t' | '\r' => out.push(' '),
            '\0'..='\x1f' => out.extend(char::from_u32(0x2400 + c as u32)),
            '\x7f' => out.push('\u{2421}'),
            c if acts(c) => write!(out, "‹U+{:04X}›", c as u32).expect("writing to a string"),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// JSON text with those characters written as `\u001b`: it says the same, and neither a terminal nor a reader of lines acts on it. Line
/// ends stay: outside strings they are layout, and inside them the serializer has escaped them.
pub fn harmless_json(json: &str) -> Cow<'_, str> {
    if !json.chars().any(|c| acts(c) && c != '\n') {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if acts(c) && c != '\n' {
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}").expect("writing to a string");
            }
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Characters a terminal acts on, or that hide or reorder what a reader sees.
fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_and_bidi_controls_become_visible() {
        assert_eq!(harmless("a\x1b[31mb\x07"), "a␛[31mb␇");
        assert_eq!(harmless("a\u{202e}b\u{9b}c"), "a‹U+202E›b‹U+009B›c");
        assert_eq!(harmless("a\tb\r\nc"), "a b  c");
        assert_eq!(harmless_lines("a\nb\x00"), "a\nb␀");
        let json = harmless_json("{\"a\": \"\u{9b}\u{2028}\u{e0041}é\"}\n");
        assert_eq!(json, "{\"a\": \"\\u009b\\u2028\\udb40\\udc41é\"}\n");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&json).unwrap()["a"], "\u{9b}\u{2028}\u{e0041}é");
        assert!(matches!(harmless("één – “gewoon” € ﬁ"), Cow::Borrowed(_)));
    }
}
