//! Whether a body that acts is said to be that of another organisation: "het bestuur van Stichting De Windroos", "SWV VO De Zeevaart stelde
//! zijn plan vast". Known only where the document says how the samenwerkingsverband itself is called.

use super::reach::View;
use crate::document::Span;

/// So many words after a body or at the beginning of a sentence a name may take.
const NAME_WORDS: usize = 8;

/// Words of names that tell no two organisations apart.
const PLAIN: [&str; 20] = [
    "stichting",
    "vereniging",
    "coöperatie",
    "coöperatieve",
    "samenwerkingsverband",
    "swv",
    "passend",
    "onderwijs",
    "primair",
    "voortgezet",
    "basisonderwijs",
    "speciaal",
    "po",
    "vo",
    "de",
    "het",
    "van",
    "en",
    "in",
    "voor",
];

/// Words that open the name of an organisation.
const OPENS: [&str; 10] = [
    "stichting",
    "vereniging",
    "coöperatie",
    "coöperatieve",
    "samenwerkingsverband",
    "swv",
    "scholengroep",
    "onderwijsgroep",
    "onderwijsstichting",
    "schoolbestuur",
];

fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// The name with which a text begins: whether it is the samenwerkingsverband's own; nothing where no name stands.
fn is_own(text: &str, own: &str) -> Option<bool> {
    let mut words = text.split_whitespace().take(NAME_WORDS).peekable();
    while words.next_if(|w| matches!(bare(w).as_str(), "de" | "het" | "een" | "onze" | "ons")).is_some() {}
    words.peek().filter(|w| OPENS.contains(&bare(w).as_str()))?;
    let own: Vec<String> = own.split_whitespace().map(bare).collect();
    let mut named = false;
    for word in words {
        let plain = PLAIN.contains(&bare(word).as_str()) || OPENS.contains(&bare(word).as_str());
        let name = !plain && word.trim_start_matches(|c: char| !c.is_alphanumeric()).chars().next().is_some_and(char::is_uppercase);
        if !name && !plain {
            break;
        }
        if name && own.contains(&bare(word)) {
            return Some(true);
        }
        named |= name;
        if word.ends_with([',', '.', ';', ':', ')']) {
            break;
        }
    }
    named.then_some(false)
}

/// The body named at a place is another organisation's.
pub(super) fn is_foreign(view: &View, body: Span, own: &str) -> bool {
    let after = view.doc.document.text.get(body.end as usize..).and_then(|t| t.strip_prefix(" van "));
    after.is_some_and(|name| is_own(name, own) == Some(false))
}

/// The sentence begins with the name of another organisation: it is what acts.
pub(super) fn speaks_of_another(view: &View, sentence: u32, own: &str) -> bool {
    is_own(view.doc.document.slice(view.sentence(sentence).span), own) == Some(false)
}

#[cfg(test)]
mod tests {
    use super::is_own;

    #[test]
    fn a_name_is_told_apart_by_its_own_words() {
        let own = "Stichting Samenwerkingsverband PO Eemvelden";
        assert_eq!(is_own("Stichting De Windroos heeft", own), Some(false));
        assert_eq!(is_own("Stichting Samen Leren, een lid", own), Some(false));
        assert_eq!(is_own("het Samenwerkingsverband PO Eemvelden", own), Some(true));
        assert_eq!(is_own("de stichting heeft het plan", own), None);
        assert_eq!(is_own("het plan", own), None);
    }
}
