//! Word fields: words of one meaning under one name (`checks/taal/woordvelden.toml`), so that what is learnt of one word holds for its
//! synonyms, inflections and compounds.

use super::numbers::{self, Numbers};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The fields. A word may stand in several.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct WordFields {
    names: Vec<String>,
    /// The letters of all forms, one after the other.
    letters: String,
    #[serde(with = "numbers")]
    forms: Vec<Form>,
    /// By the hash of its letters the last form, plus one; 0 is none. As many as a power of two.
    #[serde(with = "numbers")]
    slots: Vec<u32>,
    /// Two bits per beginning of [`LEAST`] letters: whether a form has it that may begin halfway a word, and one that may end halfway.
    #[serde(with = "numbers")]
    halfway: Vec<u32>,
}

/// A form of a field, without its stars.
#[derive(Clone, Debug)]
struct Form {
    field: u16,
    /// Where its letters are.
    from: u32,
    to: u32,
    /// "*enquete"
    open_before: bool,
    /// "verzorg*"
    open_after: bool,
    /// The form before it in the same slot, plus one.
    next: u32,
}

impl Numbers<4> for Form {
    fn to_numbers(&self) -> [u32; 4] {
        let what = u32::from(self.field) | u32::from(self.open_before) << 16 | u32::from(self.open_after) << 17;
        [what, self.from, self.to, self.next]
    }

    fn of_numbers([what, from, to, next]: [u32; 4]) -> Option<Form> {
        Some(Form { field: what as u16, from, to, open_before: what >> 16 & 1 != 0, open_after: what >> 17 & 1 != 0, next })
    }
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
        let mut out = WordFields::default();
        for (id, (name, words)) in file.veld.into_iter().enumerate() {
            for word in words.split_whitespace() {
                let core = word.trim_matches('*');
                if core.contains('*') || word.contains('*') && core.len() < LEAST {
                    return Err(format!(
                        "\"{word}\" in veld {name}: een ster mag alleen voor- of achteraan, bij ten minste {LEAST} letters"
                    ));
                }
                let from = out.letters.len() as u32;
                out.letters.push_str(core);
                let to = out.letters.len() as u32;
                let (open_before, open_after) = (word.starts_with('*'), word.ends_with('*'));
                out.forms.push(Form { field: id as u16, from, to, open_before, open_after, next: 0 });
            }
            out.names.push(name);
        }
        out.halfway = vec![0; BEGINNINGS / 16];
        for form in &out.forms {
            let at = beginning(out.core(form));
            out.halfway[at / 16] |= (u32::from(form.open_before) | u32::from(form.open_after) << 1) << (at % 16 * 2);
        }
        out.slots = vec![0; (out.forms.len() * 4).next_power_of_two()];
        for i in 0..out.forms.len() {
            let slot = out.slot(out.core(&out.forms[i]).iter().fold(START, |h, b| step(h, *b)));
            out.forms[i].next = std::mem::replace(&mut out.slots[slot], i as u32 + 1);
        }
        Ok(out)
    }

    fn core(&self, form: &Form) -> &[u8] {
        &self.letters.as_bytes()[form.from as usize..form.to as usize]
    }

    fn slot(&self, hash: u32) -> usize {
        (hash ^ hash >> 15) as usize & self.slots.len().wrapping_sub(1)
    }

    /// Whether some form that begins like these letters may begin halfway a word, and whether some may end there.
    fn halfway(&self, letters: &[u8]) -> (bool, bool) {
        let at = beginning(letters);
        let bits = self.halfway.get(at / 16).filter(|_| letters.len() >= LEAST).map_or(0, |bits| bits >> (at % 16 * 2));
        (bits & 1 == 1, bits & 2 == 2)
    }

    /// The forms with exactly these letters.
    fn with(&self, letters: &[u8], hash: u32) -> impl Iterator<Item = &Form> {
        let first = self.slots.get(self.slot(hash)).copied().unwrap_or(0);
        let at = |i: u32| self.forms.get((i as usize).wrapping_sub(1));
        std::iter::successors(at(first), move |f| at(f.next)).filter(move |f| self.core(f) == letters)
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
        let mut out: Vec<u16> = Vec::new();
        let letters = norm.as_bytes();
        for from in 0..letters.len() {
            let (begins, ends) = self.halfway(&letters[from..]);
            if from > 0 && !begins {
                continue;
            }
            let mut hash = START;
            for to in from + 1..=letters.len() {
                hash = step(hash, letters[to - 1]);
                if to < letters.len() && (to - from < LEAST || !ends) {
                    continue;
                }
                let fits = |f: &&Form| (from == 0 || f.open_before) && (to == letters.len() || f.open_after);
                out.extend(self.with(&letters[from..to], hash).filter(fits).map(|f| f.field));
            }
        }
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// The hash of no letters, and of one letter more (FNV-1a).
const START: u32 = 0x811c_9dc5;

/// How many beginnings are told apart.
const BEGINNINGS: usize = 1 << 13;

/// The number of a beginning.
fn beginning(letters: &[u8]) -> usize {
    let hash = letters.iter().take(LEAST).fold(START, |h, b| step(h, *b));
    (hash ^ hash >> 15) as usize % BEGINNINGS
}

fn step(hash: u32, letter: u8) -> u32 {
    (hash ^ u32::from(letter)).wrapping_mul(0x0100_0193)
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
