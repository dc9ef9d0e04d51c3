//! The tokens of a document, and its vocabulary.

use super::Token;
use super::scan::Scanner;
pub use super::scan::{fold, norms};
use crate::document::{Document, Span};
use crate::parallel;
use rustc_hash::FxHashMap;

/// The tokens of a document and its vocabulary (each norm once, in order of first use).
pub fn tokenise(doc: &Document) -> (Vec<Token>, Vec<String>) {
    // No token goes over the end of a line.
    let half = doc.text.as_bytes()[..doc.text.len() / 2].iter().rposition(|b| *b == b'\n').map_or(0, |end| end + 1);
    let ((mut tokens, mut vocabulary), (more, others)) =
        parallel::both(|| scanned(&doc.text[..half], 0), || scanned(&doc.text[half..], half));
    let ids: Vec<u32> = others.into_words().iter().map(|norm| vocabulary.intern(norm)).collect();
    tokens.extend(more.into_iter().map(|t| Token { norm: ids[t.norm as usize], ..t }));
    (tokens, vocabulary.into_words())
}

/// The tokens and the vocabulary of a part of the text that begins at this byte.
fn scanned(text: &str, from: usize) -> (Vec<Token>, Interner) {
    let mut scan = Scanner::new(text);
    let mut tokens = Vec::with_capacity(text.len() / 5 + 1);
    let mut vocabulary = Interner::default();
    while let Some((span, kind, glued)) = scan.next_token() {
        let norm = vocabulary.intern(&scan.norm);
        tokens.push(Token { span: Span::new(from + span.start, from + span.end), norm, kind, glued });
    }
    (tokens, vocabulary)
}

#[derive(Default)]
struct Interner {
    ids: FxHashMap<Box<str>, u32>,
}

impl Interner {
    fn intern(&mut self, norm: &str) -> u32 {
        if let Some(&id) = self.ids.get(norm) {
            return id;
        }
        let id = self.ids.len() as u32;
        self.ids.insert(norm.into(), id);
        id
    }

    fn into_words(self) -> Vec<String> {
        let mut words = vec![String::new(); self.ids.len()];
        for (word, id) in self.ids {
            words[id as usize] = word.into();
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_cover_the_text_as_written() {
        let doc = Document { text: "Één onder\u{ad}wijs\u{ad} 12e".into(), ..Document::default() };
        let (tokens, vocabulary) = tokenise(&doc);
        let seen: Vec<(&str, &str)> = tokens.iter().map(|t| (doc.slice(t.span), vocabulary[t.norm as usize].as_str())).collect();
        assert_eq!(seen, [("Één", "een"), ("onder\u{ad}wijs", "onderwijs"), ("12", "12"), ("e", "e")]);
    }

    #[test]
    fn every_norm_is_in_the_vocabulary_once() {
        for text in ["de Raad en de raad", "de\nRaad\nen\nde\nraad", "de Raad\nen de raad"] {
            let doc = Document { text: text.into(), ..Document::default() };
            let (tokens, vocabulary) = tokenise(&doc);
            assert_eq!(vocabulary, ["de", "raad", "en"]);
            assert_eq!(tokens.iter().map(|t| t.norm).collect::<Vec<_>>(), [0, 1, 2, 0, 1]);
            assert_eq!(tokens.iter().map(|t| doc.slice(t.span)).collect::<Vec<_>>(), ["de", "Raad", "en", "de", "raad"]);
        }
    }

    proptest::proptest! {
        #[test]
        fn tokens_are_ordered_and_on_character_borders(text in "[\\PC\n]*") {
            let doc = Document { text, ..Document::default() };
            let (tokens, vocabulary) = tokenise(&doc);
            // In two halves the same as in one go.
            let (whole, words) = scanned(&doc.text, 0);
            assert_eq!(format!("{tokens:?}{vocabulary:?}"), format!("{whole:?}{:?}", words.into_words()));
            let mut end = 0;
            for t in &tokens {
                assert!(t.span.start >= end && !t.span.is_empty());
                assert!(doc.text.get(t.span.range()).is_some());
                end = t.span.end;
            }
        }
    }
}
