//! What the first characters of a line say: bullets, numbering, captions, page numbers. Words of layout in Dutch and
//! English, no words of the norms.

/// A bullet or number at the start of a list item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marker {
    /// Bytes up to the item's text, the space included.
    pub len: usize,
    /// A number or letter, not a bullet.
    pub ordered: bool,
    /// Only a mark when it stands by itself ("-", "o"): could be part of the text.
    pub weak: bool,
}

/// Signs that only ever mark an item or box.
fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '•' | '◦'
            | '▪'
            | '▫'
            | '■'
            | '□'
            | '●'
            | '○'
            | '‣'
            | '⁃'
            | '∙'
            | '·'
            | '►'
            | '▶'
            | '▸'
            | '▹'
            | '➢'
            | '➤'
            | '➔'
            | '→'
            | '⇒'
            | '✓'
            | '✔'
            | '✗'
            | '✘'
            | '★'
            | '☆'
            | '❖'
            | '◆'
            | '◇'
            | '♦'
            | '✦'
            | '✱'
            | '✻'
            | '⦁'
            | '⚫'
            | '⬤'
            | '◼'
            | '▲'
            | '△'
            | '☐'
            | '☑'
            | '☒'
            | '➜'
            | '❑'
            | '❏'
            | '¤'
    ) || ('\u{E000}'..='\u{F8FF}').contains(&c)
}

/// Whether a word is nothing but bullets.
pub(super) fn is_bullet_word(word: &str) -> bool {
    let mut chars = word.chars();
    matches!((chars.next(), chars.next()), (Some(c), None) if is_bullet(c) || matches!(c, '-' | '–' | '—' | '*' | 'o' | '\u{AD}' | '‐' | '‑' | '−'))
}

/// Whether a text is one sign and nothing else: an icon before a title.
pub(super) fn is_sign(text: &str) -> bool {
    let mut chars = text.chars();
    matches!((chars.next(), chars.next()), (Some(c), None) if !c.is_alphanumeric() && !matches!(c, '"' | '“' | '‘' | '„' | '\'' | '(' | '€' | '$' | '£' | '+' | '-' | '–' | '=' | '<' | '>' | '&' | '|' | '/' | '%'))
}

/// The list marker a line starts with, if any.
pub(super) fn marker(line: &str) -> Option<Marker> {
    let first = line.chars().next()?;
    let after = |len: usize| {
        let rest = &line[len..];
        let spaces = rest.len() - rest.trim_start().len();
        (spaces > 0 && spaces < rest.len()).then_some(len + spaces)
    };
    if is_bullet(first) {
        let len = first.len_utf8();
        let spaces = line[len..].len() - line[len..].trim_start().len();
        return (len + spaces < line.len()).then_some(Marker { len: len + spaces, ordered: false, weak: false });
    }
    if matches!(first, '-' | '–' | '—' | '*' | '+' | 'o' | '‐' | '‑' | '−') {
        return after(first.len_utf8()).map(|len| Marker { len, ordered: false, weak: true });
    }
    let open = usize::from(first == '(');
    let body = &line[open..];
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    let token = if (1..=2).contains(&digits) {
        digits
    } else if digits == 0 && body.bytes().next().is_some_and(|b| b.is_ascii_alphabetic()) {
        let roman = body.bytes().take_while(|b| matches!(b, b'i' | b'v' | b'x')).count();
        if (1..=4).contains(&roman) { roman } else { 1 }
    } else {
        return None;
    };
    let close = *body.as_bytes().get(token)?;
    let closed = close == b')' || (open == 0 && close == b'.');
    if !closed {
        return None;
    }
    // An upper-case letter and a full stop is an initial as often as a number.
    let weak = close == b'.' && digits == 0;
    if weak && body.as_bytes()[0].is_ascii_uppercase() {
        return None;
    }
    after(open + token + 1).map(|len| Marker { len, ordered: true, weak })
}

/// Whether a text is the mark of a list item and nothing else: "12.", "a)".
pub(super) fn is_mark(text: &str) -> bool {
    text.len() <= 8 && marker(&format!("{text} x")).is_some_and(|m| m.len == text.len() + 1)
}

/// Numbering of a heading standing apart from its title: "2.1", "Bijlage A".
pub(super) fn is_heading_number(text: &str) -> bool {
    text.len() <= 14 && numbering(&format!("{text} X")).is_some_and(|n| n.len == text.len() + 1)
}

/// Whether a text is the number of a paragraph and nothing else: "4.1", "2.3.1.".
pub(super) fn is_paragraph_number(text: &str) -> bool {
    let bare = text.strip_suffix('.').unwrap_or(text);
    matches!(number_parts(bare), (len, 2..) if len == bare.len())
}

/// The numbering a heading starts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Numbering {
    /// Bytes up to the title, the space included.
    pub len: usize,
    /// Depth: 1 for "3", 2 for "3.1".
    pub depth: u8,
    /// "Hoofdstuk 3", "Bijlage A": carries a word that says what it opens.
    pub worded: bool,
    /// "Bijlage", "Annex".
    pub annex: bool,
}

fn starts_with_word(line: &str, word: &str) -> bool {
    line.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word))
        && line[word.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric())
}

/// Whether a heading opens an annex.
pub(super) fn is_annex(heading: &str) -> bool {
    let title = match numbering(heading) {
        Some(n) if n.annex => return true,
        Some(n) if !n.worded => &heading[n.len..],
        _ => heading,
    };
    ["bijlage", "bijlagen", "annex", "annexen", "appendix", "appendices", "addendum"].iter().any(|w| starts_with_word(title, w))
}

/// Whether a text is the title of a contents list.
pub(super) fn opens_contents(text: &str) -> bool {
    let title = numbering(text).map_or(text, |n| &text[n.len..]).trim().trim_end_matches(':');
    ["inhoud", "inhoudsopgave", "inhoudsoverzicht", "contents", "table of contents"].iter().any(|t| title.eq_ignore_ascii_case(t))
}

/// The numbering at the start of a heading, if any.
pub(super) fn numbering(line: &str) -> Option<Numbering> {
    const WORDS: [(&str, u8, bool); 13] = [
        ("deel", 1, false),
        ("hoofdstuk", 1, false),
        ("chapter", 1, false),
        ("bijlage", 1, true),
        ("annex", 1, true),
        ("appendix", 1, true),
        ("addendum", 1, true),
        ("paragraaf", 2, false),
        ("artikel", 2, false),
        ("art.", 2, false),
        ("onderdeel", 2, false),
        ("§", 2, false),
        ("thema", 2, false),
    ];
    for (word, depth, annex) in WORDS {
        if line.get(..word.len()).is_none_or(|head| !head.eq_ignore_ascii_case(word)) {
            continue;
        }
        let rest = line[word.len()..].trim_start();
        let token_len = rest.find(|c: char| c.is_whitespace() || matches!(c, ':' | '–' | '—')).unwrap_or(rest.len());
        let token = rest[..token_len].trim_end_matches(['.', ':', ')']);
        let (number, parts) = number_parts(token);
        let letter = token.len() == 1 && token.as_bytes()[0].is_ascii_uppercase();
        let roman = !token.is_empty() && token.len() <= 4 && token.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'));
        if (number == token.len() && parts > 0) || letter || roman {
            let at = line.len() - rest.len() + token_len;
            let title = line[at..].trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '.' | '–' | '—' | '-' | ')'));
            let depth = depth.max(if depth > 1 || annex { depth } else { parts.max(1) });
            return Some(Numbering { len: line.len() - title.len(), depth, worded: true, annex });
        }
    }
    let (mut len, mut parts) = number_parts(line);
    // "3.a Titel": a letter as the last part.
    if let [b'.', b'a'..=b'z', b' ' | b'.' | b')', ..] = line.as_bytes()[len..]
        && parts > 0
    {
        (len, parts) = (len + 2, parts.saturating_add(1));
    }
    // "B2.1 Titel": the parts of an annex.
    if let [b'A'..=b'Z', rest @ ..] = line.as_bytes()
        && parts == 0
        && rest.first().is_some_and(u8::is_ascii_digit)
    {
        let (digits, own) = number_parts(&line[1..]);
        if own >= 2 {
            (len, parts) = (1 + digits, own);
        }
    }
    if parts == 0 {
        // "A. Titel", "IV Titel".
        let token = line.find([' ', '.']).unwrap_or(line.len());
        let roman = (1..=5).contains(&token) && line.bytes().take(token).all(|b| matches!(b, b'I' | b'V' | b'X'));
        let letter = token == 1 && line.as_bytes()[0].is_ascii_uppercase();
        if !(letter || roman) {
            return None;
        }
        let sub = number_parts(line[token..].trim_start_matches('.')).1;
        let rest = &line[token..];
        let spaced = roman && token > 1;
        if !(rest.starts_with('.') || spaced) {
            return None;
        }
        let title = rest.trim_start_matches(|c: char| c == '.' || c == ' ' || c.is_ascii_digit());
        if title.is_empty() || title.len() == rest.len() || !rest[..rest.len() - title.len()].contains(' ') {
            return None;
        }
        return Some(Numbering { len: line.len() - title.len(), depth: 1 + sub, worded: false, annex: false });
    }
    let rest = &line[len..];
    let rest = rest.strip_prefix(['.', ':', ')']).unwrap_or(rest);
    let title = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '–' | '—' | '|'));
    if title.is_empty() || title.len() == rest.len() {
        return None;
    }
    Some(Numbering { len: line.len() - title.len(), depth: parts, worded: false, annex: false })
}

/// Length and number of parts of "3", "3.1", "3.1.2" at the start: parts of one or two digits.
fn number_parts(line: &str) -> (usize, u8) {
    let bytes = line.as_bytes();
    let (mut at, mut parts) = (0, 0u8);
    loop {
        let digits = bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        if digits == 0 || digits > 2 {
            // The full stop before it does not belong to the number.
            return if digits > 2 || parts == 0 { (0, 0) } else { (at - 1, parts) };
        }
        parts = parts.saturating_add(1);
        at += digits;
        if bytes.get(at) != Some(&b'.') {
            return (at, parts);
        }
        at += 1;
    }
}

/// Whether a line is the caption of a table or figure: "Tabel 3. Deelnemers", "Figuur 2: …".
pub(super) fn is_caption(line: &str) -> bool {
    const WORDS: [&str; 12] =
        ["tabel", "figuur", "grafiek", "afbeelding", "schema", "kaart", "diagram", "overzicht", "table", "figure", "kader", "fig."];
    WORDS.iter().any(|w| {
        starts_with_word(line, w) && {
            let rest = line[w.len()..].trim_start();
            let (len, parts) = number_parts(rest);
            let tail = &rest[len..];
            // "Tabel 3 laat zien dat" is a sentence; "Tabel 3. Deelnemers" and "Tabel 3 Deelnemers" are not.
            parts > 0
                && (tail.is_empty()
                    || tail.starts_with(['.', ':', ')'])
                    || tail.trim_start().starts_with(['–', '—', '-', '|', '('])
                    || tail.trim_start().chars().next().is_some_and(char::is_uppercase))
        }
    })
}

/// Whether a text ends a sentence: final punctuation, closing quotes and brackets looked through.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', ' ']).ends_with(['.', '!', '?', '…'])
}

/// Whether a text starts like the start of something: an upper-case letter or digit, opening signs looked through.
pub(super) fn starts_fresh(text: &str) -> bool {
    text.trim_start_matches(['"', '\'', '“', '‘', '„', '«', '(', '[', ' '])
        .chars()
        .next()
        .is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers() {
        for (line, text) in [
            ("• punt", "punt"),
            ("– punt", "punt"),
            ("1. punt", "punt"),
            ("a) punt", "punt"),
            ("(iii) punt", "punt"),
            ("☑ Ingestemd", "Ingestemd"),
            ("\u{F0B7} punt", "punt"),
            ("★Punt", "Punt"),
        ] {
            assert_eq!(marker(line).map(|m| &line[m.len..]), Some(text), "{line}");
        }
        for line in ["-punt", "2014. punt", "A. Jansen", "over", "1.2 titel", "•", "- ", "1 punt", "De (a) punt"] {
            assert_eq!(marker(line), None, "{line}");
        }
    }

    #[test]
    fn numberings() {
        for (line, title, depth) in [
            ("3 Inleiding", "Inleiding", 1),
            ("3. Inleiding", "Inleiding", 1),
            ("3.1 Doel", "Doel", 2),
            ("3.1.2. Doel", "Doel", 3),
            ("Hoofdstuk 3. Doel", "Doel", 1),
            ("Bijlage A: Kaart", "Kaart", 1),
            ("Bijlage 4 – Kaart", "Kaart", 1),
            ("BIJLAGE 2", "", 1),
            ("§ 3.2 Doel", "Doel", 2),
            ("IV. Doel", "Doel", 1),
            ("A. Doel", "Doel", 1),
            ("3.a Doel", "Doel", 2),
            ("B2.1. Doel", "Doel", 2),
        ] {
            assert_eq!(numbering(line).map(|n| (&line[n.len..], n.depth)), Some((title, depth)), "{line}");
        }
        for line in ["2014 was een goed jaar", "Bijlage", "Deelnemers", "3", "Inleiding", "Ik ben", "A Coruña"] {
            assert_eq!(numbering(line), None, "{line}");
        }
    }

    #[test]
    fn captions() {
        assert!(is_caption("Tabel 3. Deelnemers"));
        assert!(is_caption("Figuur 2.1: Kaart"));
        assert!(!is_caption("Tabel 3 laat zien dat"));
        assert!(!is_caption("Tabellen 3. x"));
        assert!(is_annex("Bijlage B. Begrippen"));
        assert!(is_annex("6 Bijlagen"));
        assert!(!is_annex("Onze bijlage"));
    }
}
