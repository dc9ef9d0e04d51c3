//! Whether a hyphen at a line end belongs to the word. A hyphen set by the typesetter goes; the hyphen of a compound
//! ("directeur-bestuurder"), of an abbreviation ("vo-scholen") and a suspended one ("be- en verwerkt") stays.

use std::collections::HashSet;

/// How two line parts join.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Join {
    /// With a space between.
    Space,
    /// With the hyphen and nothing between.
    Keep,
    /// Without the hyphen.
    Drop,
}

/// The words of a document that stand whole within a line, lower-cased, hyphenated ones as one word.
#[derive(Default)]
pub(super) struct Vocabulary(HashSet<Box<str>>);

impl Vocabulary {
    /// Adds the words of a line, but not a last one broken off by a hyphen and not the first, which may be the rest of one.
    pub(super) fn add_line(&mut self, line: &str) {
        let mut tokens = line.split_whitespace().peekable();
        let mut first = true;
        while let Some(token) = tokens.next() {
            let word = core(token);
            let rest = std::mem::take(&mut first) && !word.starts_with(char::is_uppercase);
            // Inside a line "vo-" is suspended, and as good as a word.
            if !rest && !word.is_empty() && (tokens.peek().is_some() || !word.ends_with(is_hyphen)) {
                self.add(word);
            }
        }
    }

    fn add(&mut self, word: &str) {
        let lowered;
        let lower = if word.bytes().all(|b| b.is_ascii_lowercase()) {
            word
        } else {
            lowered = word.to_lowercase();
            lowered.as_str()
        };
        if !self.0.contains(lower) {
            self.0.insert(lower.into());
        }
        // "vo-scholen" tells that "vo-" keeps its hyphen.
        if let Some((first, _)) = lower.split_once(is_hyphen)
            && !first.is_empty()
        {
            let first = format!("{first}-");
            if !self.0.contains(first.as_str()) {
                self.0.insert(first.into());
            }
        }
    }

    fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

/// Hyphens that can stand at a line end.
pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{AD}' | '\u{2010}' | '\u{2011}')
}

/// A token without the punctuation around it.
fn core(token: &str) -> &str {
    token.trim_matches(|c: char| !c.is_alphanumeric() && !is_hyphen(c)).trim_start_matches(is_hyphen)
}

/// Prefixes and small words that a typesetter breaks off, though they stand alone elsewhere.
const BREAKABLE: [&str; 40] = [
    "aan", "ach", "af", "al", "be", "bij", "bin", "bo", "bui", "de", "der", "deze", "die", "door", "een", "ge", "had", "het", "hier", "in",
    "la", "mede", "mee", "met", "na", "om", "on", "op", "over", "pas", "per", "te", "toe", "uit", "van", "ver", "voor", "was", "weg", "zo",
];

/// How the end of one line joins the start of the next.
pub(super) fn join(before: &str, after: &str, words: &Vocabulary) -> Join {
    let Some(last) = before.chars().next_back().filter(|c| is_hyphen(*c)) else { return Join::Space };
    let token = before.trim_end_matches(is_hyphen);
    let token = &token[token.rfind(char::is_whitespace).map_or(0, |i| i + 1)..];
    let left = token.trim_start_matches(|c: char| !c.is_alphanumeric());
    let next_token = after.split_whitespace().next().unwrap_or("");
    if left.is_empty() || next_token.is_empty() {
        return Join::Space; // a dash by itself
    }
    if last == '\u{AD}' {
        return Join::Drop;
    }
    let Some(left_end) = left.chars().next_back() else { return Join::Space };
    if !left_end.is_alphanumeric() && left_end != ')' {
        return Join::Space;
    }
    // Suspended: "be- en verwerkt", "vo- of vso-scholen", "in- en/of uitstroom", "basis-, speciaal".
    let right = core(next_token);
    if matches!(right, "en" | "of" | "en/of" | "and" | "or" | "dan" | "als" | "tot" | "noch" | "t/m" | "respectievelijk" | "maar") {
        return Join::Space;
    }
    let Some(right_start) = next_token.chars().next() else { return Join::Space };
    if !right_start.is_alphanumeric() {
        return if matches!(right_start, '(' | '“' | '‘' | '"' | '\'') { Join::Keep } else { Join::Space };
    }
    if right_start.is_uppercase() || right_start.is_numeric() || left_end.is_numeric() {
        // All capitals broken over a line: "SAMENWERKINGS-VERBAND".
        let shout = |s: &str| s.chars().filter(|c| c.is_alphabetic()).count() > 3 && !s.chars().any(char::is_lowercase);
        if shout(left) && shout(right) {
            let joined = format!("{}{}", left, right).to_lowercase();
            return if words.has(&joined) || left.len() > 5 { Join::Drop } else { Join::Keep };
        }
        return Join::Keep;
    }
    let part = left.rsplit(is_hyphen).next().unwrap_or(left);
    if part.chars().count() >= 2 && part.chars().all(|c| c.is_uppercase() || c.is_numeric()) {
        return Join::Keep; // "OPR-leden"
    }
    let left_lower = left.to_lowercase();
    let right_lower = right.to_lowercase();
    let (closed, open) = (format!("{left_lower}{right_lower}"), format!("{left_lower}-{right_lower}"));
    if words.has(&open) && !words.has(&closed) {
        return Join::Keep;
    }
    if words.has(&closed) {
        return Join::Drop;
    }
    let part_lower = part.to_lowercase();
    if !pronounceable(&part_lower)
        || (part.chars().count() <= 3 && words.has(&format!("{part_lower}-")) && !BREAKABLE.contains(&part_lower.as_str()))
    {
        return Join::Keep;
    }
    if doubled_vowel(&part_lower, &right_lower) {
        return Join::Keep; // "zee-egel": Dutch sets a hyphen between clashing vowels, and a typesetter never breaks there otherwise
    }
    Join::Drop
}

/// Vowels that would be read together: "na-apen", "zee-eend", "auto-ongeluk".
fn doubled_vowel(left: &str, right: &str) -> bool {
    let (Some(a), Some(b)) = (left.chars().next_back(), right.chars().next()) else { return false };
    matches!(
        (a, b),
        ('a', 'a') | ('e', 'e') | ('o', 'o') | ('u', 'u') | ('i', 'i') | ('a', 'e') | ('e', 'i') | ('o', 'e') | ('o', 'u') | ('a', 'u')
    )
}

/// Whether a part can be a syllable or more of a Dutch word, rather than an abbreviation ("vso", "mbo", "swv").
fn pronounceable(part: &str) -> bool {
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'é' | 'è' | 'ë' | 'ï' | 'ö' | 'ü' | 'á' | 'ó');
    let Some(first_vowel) = part.find(is_vowel) else { return false };
    let onset = &part[..first_vowel];
    if part.chars().count() > 5 {
        return true;
    }
    const ONSETS: [&str; 47] = [
        "", "b", "bl", "br", "c", "ch", "chr", "cl", "cr", "d", "dr", "dw", "f", "fl", "fr", "g", "gl", "gr", "h", "j", "k", "kl", "kn",
        "kr", "kw", "l", "m", "n", "p", "pl", "pr", "ps", "q", "r", "s", "sch", "schr", "sl", "sm", "sn", "sp", "st", "t", "v", "w", "x",
        "z",
    ];
    const MORE: [&str; 20] =
        ["bd", "fn", "gn", "ph", "rh", "sc", "sf", "sh", "sj", "sk", "spl", "spr", "str", "th", "tj", "tr", "tw", "vl", "vr", "zw"];
    ONSETS.contains(&onset) || MORE.contains(&onset) || onset == "wr" || onset == "schl" || onset == "ts"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs() {
        let mut words = Vocabulary::default();
        words.add_line("De directeur-bestuurder van de vo-school leest po en vo en de oplossing die");
        for (before, after, expected) in [
            ("wordt be-", "en verwerkt", Join::Space),
            ("de vo-", "en vso-scholen", Join::Space),
            ("in-", "en/of uitstroom", Join::Space),
            ("de directeur-", "bestuurder", Join::Keep),
            ("het ondersteunings-", "plan", Join::Drop),
            ("het conceptondersteunings-", "plan", Join::Drop),
            ("de op-", "lossing", Join::Drop),
            ("alle vso-", "scholen", Join::Keep),
            ("alle vo-", "scholen", Join::Keep),
            ("de OPR-", "leden", Join::Keep),
            ("Noord-", "Holland", Join::Keep),
            ("2014-", "2018", Join::Keep),
            ("het samen\u{AD}", "werken", Join::Drop),
            ("een pauze -", "en door", Join::Space),
            ("gewoon", "door", Join::Space),
            ("SAMENWERKINGS-", "VERBAND", Join::Drop),
            ("de mbo-", "instelling", Join::Keep),
            ("twee-", "eenheid", Join::Keep),
            ("de vast-", "stelling.", Join::Drop),
        ] {
            assert_eq!(join(before, after, &words), expected, "{before} {after}");
        }
    }
}
