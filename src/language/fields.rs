//! Word fields: words of one meaning under one name (`checks/taal/woordvelden.toml`), so that what is learnt of one word holds for its
//! synonyms, inflections and compounds.

use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

/// The fields. A word may stand in several.
#[derive(Clone, Debug, Default)]
pub struct WordFields {
    names: Vec<String>,
    exact: HashMap<Box<str>, Vec<u16>>,
    /// "verzorg*"
    begins: HashMap<Box<str>, Vec<u16>>,
    /// "*enquete"
    ends: HashMap<Box<str>, Vec<u16>>,
    /// "*thuiszit*"
    inside: Vec<(Box<str>, u16)>,
    /// Letters of the shortest and longest beginning or end.
    lengths: (usize, usize),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    veld: BTreeMap<String, String>,
}

/// A beginning, end or inside of fewer letters says too little.
const LEAST: usize = 3;

impl WordFields {
    /// Reads a file: `[veld]`, then per field its words apart by spaces, in lower case without diacritics, with `*` for the rest of a word.
    /// The error is Dutch.
    pub fn parse(text: &str) -> Result<WordFields, String> {
        let file: File = toml::from_str(text).map_err(|e| e.message().to_owned())?;
        let mut out = WordFields { lengths: (usize::MAX, 0), ..WordFields::default() };
        for (id, (name, words)) in file.veld.into_iter().enumerate() {
            let id = id as u16;
            for word in words.split_whitespace() {
                let core = word.trim_matches('*');
                if core.contains('*') || word.contains('*') && core.len() < LEAST {
                    return Err(format!(
                        "\"{word}\" in veld {name}: een ster mag alleen voor- of achteraan, bij ten minste {LEAST} letters"
                    ));
                }
                let kept = match (word.starts_with('*'), word.ends_with('*')) {
                    (false, false) => out.exact.entry(core.into()).or_default(),
                    (true, true) => {
                        out.inside.push((core.into(), id));
                        continue;
                    }
                    (starts, _) => {
                        out.lengths = (out.lengths.0.min(core.len()), out.lengths.1.max(core.len()));
                        if starts { &mut out.ends } else { &mut out.begins }.entry(core.into()).or_default()
                    }
                };
                kept.push(id);
            }
            out.names.push(name);
        }
        Ok(out)
    }

    /// How many fields there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The name of a field.
    pub fn name(&self, field: u16) -> &str {
        &self.names[field as usize]
    }

    /// The fields of a word in its normal form (lower case, diacritics folded), each once.
    pub fn of(&self, norm: &str) -> Vec<u16> {
        let mut out: Vec<u16> = self.exact.get(norm).cloned().unwrap_or_default();
        if norm.is_ascii() {
            for n in self.lengths.0..=self.lengths.1.min(norm.len()) {
                out.extend(self.begins.get(&norm[..n]).into_iter().flatten());
                out.extend(self.ends.get(&norm[norm.len() - n..]).into_iter().flatten());
            }
        }
        out.extend(self.inside.iter().filter(|(core, _)| norm.contains(&**core)).map(|(_, id)| *id));
        out.sort_unstable();
        out.dedup();
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_belongs_to_the_fields_that_its_form_fits() {
        let fields = WordFields::parse("[veld]\nouders = \"ouder verzorger*\"\nmeten = \"*enquete\"\nthuis = \"*thuiszit*\"").unwrap();
        let names = |w: &str| fields.of(w).into_iter().map(|f| fields.name(f)).collect::<Vec<_>>();
        assert_eq!(names("ouder"), ["ouders"]);
        assert_eq!(names("ouderenquete"), ["meten"]);
        assert_eq!(names("verzorgers"), ["ouders"]);
        assert_eq!(names("thuiszittersaanpak"), ["thuis"]);
        assert!(names("ouderavond").is_empty());
        assert!(WordFields::parse("[veld]\nx = \"a*b\"").is_err());
    }
}
