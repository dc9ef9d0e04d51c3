//! Words, numbers and marks. A hand-written scanner: every document passes through it whole, and so do the
//! words of the rules, when the program is built.
//!
//! * A **word** is a run of letters; an apostrophe between letters belongs to it ("zo'n", "ib'ers"), as does one before a lone
//!   s, t, n, k, m or r ("'s-Hertogenbosch"). Soft hyphens and zero-width characters inside it vanish.
//! * A **number** is a run of digits. Letters and digits never share a token: "PO2814" is `po` `2814`, "18a" is `18` `a`.
//! * A **mark** is one character of punctuation, or a run of the same dot, dash or underscore ("......", "__").
//!
//! A hyphen between two letters is no token of its own: "plan-raad" is `plan` `raad`, the second glued. Any other hyphen or
//! dash is a mark with the norm "-" ("12-3-14" is `12` `-` `3` `-` `14`).

use std::ops::Range;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Letters.
    Word,
    /// Digits.
    Number,
    /// Anything else.
    Mark,
}

/// The norms of a short text, with whether each is glued to the one before: for word lists and gazetteers, which must fall into the
/// same tokens as the documents they are sought in.
pub fn norms(text: &str) -> Vec<(String, bool)> {
    let mut scan = Scanner::new(text);
    let mut out = Vec::new();
    while let Some((_, _, glued)) = scan.next_token() {
        out.push((scan.norm.clone(), glued));
    }
    out
}

/// Lower case, diacritics folded, soft hyphens gone, quotes and dashes plain: the norm of a whole text, white space kept.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|c| push_folded(&mut out, c));
    out
}

/// Runs over a text, token by token.
pub(super) struct Scanner<'a> {
    text: &'a str,
    at: usize,
    /// Norm of the token last returned.
    pub(super) norm: String,
    /// The hyphen just swallowed ended here.
    hyphen: Option<usize>,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Scanner<'a> {
        Scanner { text, at: 0, norm: String::new(), hyphen: None }
    }

    fn peek(&self, at: usize) -> Option<char> {
        match self.text.as_bytes().get(at) {
            Some(&b) if b < 0x80 => Some(b as char),
            Some(_) => self.text[at..].chars().next(),
            None => None,
        }
    }

    /// The next token: where it is, what it is made of, and whether it is glued to the one before.
    pub(super) fn next_token(&mut self) -> Option<(Range<usize>, Kind, bool)> {
        let first = loop {
            let c = self.peek(self.at)?;
            if !(c.is_whitespace() || is_invisible(c)) {
                break c;
            }
            self.at += c.len_utf8();
        };
        let start = self.at;
        let glued = self.hyphen.take() == Some(start);
        self.norm.clear();
        let kind = if first.is_ascii_digit() {
            self.number();
            Kind::Number
        } else if is_letter(first) || (is_apostrophe(first) && self.elided(start, first)) {
            self.word(first);
            Kind::Word
        } else {
            self.mark(first);
            Kind::Mark
        };
        let end = self.at;
        if kind == Kind::Word {
            self.swallow_hyphen();
        }
        Some((start..end, kind, glued))
    }

    fn number(&mut self) {
        while let Some(c) = self.peek(self.at).filter(char::is_ascii_digit) {
            self.norm.push(c);
            self.at += 1;
        }
    }

    /// "'s", "'t", "'n" and the like standing alone.
    fn elided(&self, at: usize, quote: char) -> bool {
        let letter = at + quote.len_utf8();
        let before = self.text[..at].chars().next_back();
        matches!(self.peek(letter), Some('s' | 't' | 'n' | 'k' | 'm' | 'r' | 'S' | 'T'))
            && !self.peek(letter + 1).is_some_and(|c| is_letter(c) || is_apostrophe(c))
            && !before.is_some_and(|c| c.is_alphanumeric())
    }

    fn word(&mut self, first: char) {
        push_folded(&mut self.norm, first);
        self.at += first.len_utf8();
        while let Some(c) = self.peek(self.at) {
            if is_letter(c) {
                push_folded(&mut self.norm, c);
            } else if is_apostrophe(c) {
                if !self.peek(self.at + c.len_utf8()).is_some_and(is_letter) {
                    break;
                }
                self.norm.push('\'');
            } else if !is_invisible(c) {
                break;
            }
            self.at += c.len_utf8();
        }
        // A trailing soft hyphen is not part of the word; it would make a span end in nothing visible.
        while let Some(c) = self.text[..self.at].chars().next_back().filter(|&c| is_invisible(c) && !is_combining(c)) {
            self.at -= c.len_utf8();
        }
    }

    fn mark(&mut self, first: char) {
        self.at += first.len_utf8();
        push_folded(&mut self.norm, first);
        let dash = self.norm == "-";
        if !dash && !matches!(first, '.' | '_' | '…') {
            return;
        }
        let mut count = 1;
        while let Some(c) = self.peek(self.at) {
            if !(c == first || (dash && is_dash(c))) {
                break;
            }
            count += 1;
            self.at += c.len_utf8();
        }
        if count > 1 {
            match first {
                '_' => self.norm.push('_'),
                '.' => self.norm.push_str(".."),
                '…' => self.norm.truncate(3),
                _ => {}
            }
        }
    }

    /// After a word: a hyphen directly followed by a letter joins the two.
    fn swallow_hyphen(&mut self) {
        let mut at = self.at;
        while let Some(c) = self.peek(at).filter(|&c| is_invisible(c)) {
            at += c.len_utf8();
        }
        if let Some(c) = self.peek(at).filter(|&c| is_dash(c)) {
            let after = at + c.len_utf8();
            if self.peek(after).is_some_and(is_letter) {
                self.at = after;
                self.hyphen = Some(after);
            }
        }
    }
}

fn is_letter(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphabetic() } else { c.is_alphabetic() || is_combining(c) }
}

fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Drawn as nothing: soft hyphen, zero-width space and joiners, byte order mark.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '\u{2bc}' | '´' | '`')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Appends the folded form of a character; invisible and combining characters fold to nothing.
fn push_folded(out: &mut String, c: char) {
    if c.is_ascii() {
        return out.push(c.to_ascii_lowercase());
    }
    let plain = match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'À' | 'Á' | 'Â' | 'Ã' | 'Ä' | 'Å' => "a",
        'è' | 'é' | 'ê' | 'ë' | 'È' | 'É' | 'Ê' | 'Ë' => "e",
        'ì' | 'í' | 'î' | 'ï' | 'Ì' | 'Í' | 'Î' | 'Ï' => "i",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'Ò' | 'Ó' | 'Ô' | 'Õ' | 'Ö' | 'Ø' => "o",
        'ù' | 'ú' | 'û' | 'ü' | 'Ù' | 'Ú' | 'Û' | 'Ü' => "u",
        'ç' | 'Ç' => "c",
        'ñ' | 'Ñ' => "n",
        'ý' | 'ÿ' | 'Ý' => "y",
        'ĳ' | 'Ĳ' => "ij",
        'œ' | 'Œ' => "oe",
        'æ' | 'Æ' => "ae",
        'ß' => "ss",
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        '…' => "...",
        '“' | '”' | '„' | '«' | '»' | '″' => "\"",
        _ if is_apostrophe(c) || c == '‚' => "'",
        _ if is_dash(c) => "-",
        _ if is_invisible(c) || is_combining(c) => "",
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' => " ",
        _ => {
            let base = |d: char| (!is_combining(d)).then_some(d);
            let mut lower = c.to_lowercase();
            unicode_normalization::UnicodeNormalization::nfd(&mut lower).filter_map(base).for_each(|d| out.push(d));
            return;
        }
    };
    out.push_str(plain);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> String {
        let all: Vec<String> = norms(text).into_iter().map(|(n, glued)| if glued { format!("+{n}") } else { n }).collect();
        all.join(" ")
    }

    #[test]
    fn text_falls_into_words_numbers_and_marks() {
        for (text, tokens) in [
            ("De OPR stemde in.", "de opr stemde in ."),
            ("ondersteunings-planraad", "ondersteunings +planraad"),
            ("op-overeenstemming-gericht", "op +overeenstemming +gericht"),
            ("advies- en instemmingsrecht", "advies - en instemmingsrecht"),
            ("12-3-14", "12 - 3 - 14"),
            ("10.400", "10 . 400"),
            ("3,70%", "3 , 70 %"),
            ("PO2814", "po 2814"),
            ("artikel 18a", "artikel 18 a"),
            ("VO-25-07", "vo - 25 - 07"),
            ("20xx", "20 xx"),
            ("2014 – 2018", "2014 - 2018"),
            ("efficiënt, één, coördinator, IJsselmonde", "efficient , een , coordinator , ijsselmonde"),
            ("ĳs ﬁnanciën", "ijs financien"),
            ("onder\u{ad}steunings\u{ad}plan", "ondersteuningsplan"),
            ("ib’ers zo'n foto's", "ib'ers zo'n foto's"),
            ("’s-Hertogenbosch en 't Gooi", "'s +hertogenbosch en 't gooi"),
            ("‘plan’ en 'raad'", "' plan ' en ' raad '"),
            ("'het", "' het"),
            ("d.d. ......", "d . d . ..."),
            ("__-__-2014 …", "__ - __ - 2014 ..."),
            ("b&w i.s.m. B&W", "b & w i . s . m . b & w"),
            ("€ 1.000,-", "€ 1 . 000 , -"),
            ("cel | cel", "cel | cel"),
            ("e\u{301}e\u{301}n", "een"),
            ("„Goed”", "\" goed \""),
            ("", ""),
            (" \u{a0}\u{ad}\n", ""),
            ("Š ž Ω", "s z ω"),
        ] {
            assert_eq!(show(text), tokens, "{text}");
        }
    }
}
