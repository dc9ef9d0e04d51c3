//! Names of files in a folder of reports: of `a-z`, `0-9` and `-` only, and each once.

use std::collections::HashSet;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest name, without what makes it the only one.
const LONGEST: usize = 60;
/// Names that are taken: by the overview, and by devices of Windows.
const TAKEN: [&str; 6] = ["index", "con", "nul", "aux", "prn", "matrix"];

/// Names given so far.
#[derive(Debug)]
pub struct Names(HashSet<String>);

impl Default for Names {
    fn default() -> Names {
        Names(TAKEN.map(str::to_owned).into())
    }
}

impl Names {
    /// A name for what is called so, that nothing has yet: with -2, -3 and so on behind it if need be.
    pub fn take(&mut self, called: &str) -> String {
        let plain = slug(called);
        let mut name = plain.clone();
        let mut n = 2;
        while !self.0.insert(name.clone()) {
            name = format!("{plain}-{n}");
            n += 1;
        }
        name
    }
}

/// "Coöperatie De Brug, vo" as "cooperatie-de-brug-vo".
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() == LONGEST {
            break;
        }
    }
    match slug.trim_end_matches('-') {
        "" => "dossier".to_owned(),
        slug => slug.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_holds_letters_and_digits_only() {
        let cases = [
            ("PO3099", "po3099"),
            ("Coöperatie De Brug, VO", "cooperatie-de-brug-vo"),
            ("a/b c.pdf", "a-b-c-pdf"),
            ("  --é--  ", "e"),
            ("", "dossier"),
            ("../..", "dossier"),
            ("<script>", "script"),
            ("日本", "dossier"),
        ];
        for (text, wanted) in cases {
            assert_eq!(slug(text), wanted, "{text}");
        }
        assert_eq!(slug(&"ab ".repeat(100)).len(), 59);
    }

    #[test]
    fn every_name_is_given_once() {
        let mut names = Names::default();
        let given: Vec<_> = ["PO3099", "po 3099", "po3099-2", "PO3099", "Index"].map(|n| names.take(n)).into();
        assert_eq!(given, ["po3099", "po-3099", "po3099-2", "po3099-3", "index-2"]);
    }
}
