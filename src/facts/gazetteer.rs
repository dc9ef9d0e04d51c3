//! The gazetteer (`checks/taal/gemeenten.toml`): all Dutch municipalities since 2010, with their spellings.

use crate::language::scan;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A municipality, current or former.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Municipality {
    /// Its name as the gazetteer writes it.
    pub name: String,
    /// Province (of a former one: the province of its successor).
    pub province: String,
    /// First year of a new one; None where it is older than the gazetteer.
    pub since: Option<i16>,
    /// For a former one: the year in which it was dissolved.
    pub until: Option<i16>,
    /// For a former one: those it went into.
    pub successors: Vec<u32>,
    /// Also an ordinary word, surname or landscape: needs context at the start of a sentence.
    pub ambiguous: bool,
}

/// A name in a form in which it may be written.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Form {
    pub(super) words: Vec<String>,
    pub(super) municipality: u32,
}

/// All Dutch municipalities since 2010, with their spellings.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Gazetteer {
    municipalities: Vec<Municipality>,
    /// By folded name without suffix or punctuation.
    pub(super) by_name: FxHashMap<String, Vec<u32>>,
    /// Forms by their first word, the longest first.
    pub(super) by_first_word: FxHashMap<String, Vec<Form>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    huidig: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    sinds: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    voormalig: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    #[serde(default)]
    varianten: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    dubbelzinnig: Ambiguous,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ambiguous {
    namen: Vec<String>,
}

/// What is wrong with a gazetteer file.
#[derive(Debug, thiserror::Error)]
pub enum GazetteerError {
    /// Not TOML, or not of the form.
    #[error(transparent)]
    Toml(#[from] toml::de::Error),
    /// A name that the file does not define.
    #[error("{table}: onbekende gemeente \"{name}\"")]
    Unknown {
        /// In which table.
        table: &'static str,
        /// Which name.
        name: String,
    },
    /// A key that should be a year.
    #[error("\"{0}\" is geen jaar")]
    Year(String),
}

/// The folded words of a name, "st" for "sint", without what stands in brackets at the end.
pub(super) fn key(name: &str) -> String {
    join(&form(without_suffix(name)))
}

/// A name without what stands in brackets at the end.
fn without_suffix(name: &str) -> &str {
    match name.find('(') {
        Some(at) if name.trim_end().ends_with(')') && at > 0 => &name[..at],
        _ => name,
    }
}

fn join(words: &[String]) -> String {
    let mut out = String::new();
    for w in words {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(if w == "sint" { "st" } else { w });
    }
    out
}

/// The words of a name as the tokeniser gives them, marks left out (except "&" and "/", which stand for a word).
fn form(name: &str) -> Vec<String> {
    // Most names are one plain word.
    if name.bytes().all(|b| b.is_ascii_alphabetic()) {
        return vec![name.to_ascii_lowercase()];
    }
    scan::norms(name).into_iter().map(|(n, _)| n).filter(|n| n.chars().any(char::is_alphanumeric) || n == "&").collect()
}

/// What stands in brackets at the end, folded ("l", "nh").
pub(super) fn suffix(name: &str) -> Option<String> {
    let inside = name.trim_end().strip_suffix(')')?.rsplit_once('(')?.1;
    Some(match form(inside).concat().as_str() {
        "limburg" | "lb" | "l" => "l".into(),
        "noordholland" | "nh" => "nh".into(),
        other => other.into(),
    })
}

impl Gazetteer {
    /// Reads the text of `gemeenten.toml`.
    pub fn load(toml: &str) -> Result<Gazetteer, GazetteerError> {
        let file: File = toml::from_str(toml)?;
        let mut g =
            Gazetteer { municipalities: Vec::with_capacity(512), by_name: FxHashMap::default(), by_first_word: FxHashMap::default() };
        let mut index: FxHashMap<&str, u32> = FxHashMap::default();
        for (province, names) in &file.huidig {
            for name in names {
                index.insert(name, g.municipalities.len() as u32);
                g.municipalities.push(Municipality {
                    name: name.clone(),
                    province: province.clone(),
                    since: None,
                    until: None,
                    successors: Vec::new(),
                    ambiguous: false,
                });
            }
        }
        let year = |key: &str| key.parse::<i16>().map_err(|_| GazetteerError::Year(key.to_string()));
        // The latest first: a successor may itself be former later on.
        for (key, successors) in file.voormalig.iter().rev() {
            let until = year(key)?;
            for (successor, names) in successors {
                let unknown = || GazetteerError::Unknown { table: "voormalig", name: successor.clone() };
                let to = *index.get(successor.as_str()).ok_or_else(unknown)?;
                for name in names {
                    let at = *index.entry(name).or_insert_with(|| {
                        let province = g.municipalities[to as usize].province.clone();
                        let m = Municipality {
                            name: name.clone(),
                            province,
                            since: None,
                            until: Some(until),
                            successors: Vec::new(),
                            ambiguous: false,
                        };
                        g.municipalities.push(m);
                        g.municipalities.len() as u32 - 1
                    });
                    g.municipalities[at as usize].successors.push(to);
                }
            }
        }
        let find = |index: &FxHashMap<&str, u32>, table, name: &String| {
            index.get(name.as_str()).copied().ok_or_else(|| GazetteerError::Unknown { table, name: name.clone() })
        };
        for (key, names) in &file.sinds {
            let since = year(key)?;
            for name in names {
                g.municipalities[find(&index, "sinds", name)? as usize].since = Some(since);
            }
        }
        let mut names: Vec<(String, u32)> = g.municipalities.iter().enumerate().map(|(i, m)| (m.name.clone(), i as u32)).collect();
        for (name, variants) in &file.varianten {
            let at = find(&index, "varianten", name)?;
            names.extend(variants.iter().map(|v| (v.clone(), at)));
        }
        for (name, at) in &names {
            g.add(name, *at);
        }
        for forms in g.by_first_word.values_mut() {
            forms.sort_by_key(|f| std::cmp::Reverse(f.words.len()));
        }
        for name in &file.dubbelzinnig.namen {
            for &at in g.by_name.get(&key(name)).map_or(&[][..], Vec::as_slice) {
                g.municipalities[at as usize].ambiguous = true;
            }
        }
        Ok(g)
    }

    fn add(&mut self, name: &str, municipality: u32) {
        // As written, and without the suffix in brackets.
        let bare = form(without_suffix(name));
        let known = self.by_name.entry(join(&bare)).or_default();
        if !known.contains(&municipality) {
            known.push(municipality);
        }
        let full = name.ends_with(')').then(|| form(name));
        for mut words in full.into_iter().chain([bare]) {
            if words.iter().any(|w| w == "sint") {
                self.add_form(words.iter().map(|w| if w == "sint" { "st".to_string() } else { w.clone() }).collect(), municipality);
            }
            // The apostrophe of 's-Hertogenbosch may be lost.
            if words.first().is_some_and(|w| w == "'s") {
                self.add_form(words.clone(), municipality);
                words[0] = "s".into();
            }
            self.add_form(words, municipality);
        }
    }

    fn add_form(&mut self, words: Vec<String>, municipality: u32) {
        let Some(first) = words.first() else { return };
        match self.by_first_word.get_mut(first) {
            Some(forms) if forms.iter().any(|f| f.words == words) => {}
            Some(forms) => forms.push(Form { words, municipality }),
            None => {
                self.by_first_word.insert(first.clone(), vec![Form { words, municipality }]);
            }
        }
    }

    /// All municipalities; a [`super::MunicipalityFact`] holds an index into these.
    pub fn all(&self) -> &[Municipality] {
        &self.municipalities
    }

    /// The municipality at an index.
    pub fn get(&self, index: u32) -> Option<&Municipality> {
        self.municipalities.get(index as usize)
    }

    /// The name at an index; empty outside.
    pub fn name(&self, index: u32) -> &str {
        self.get(index).map_or("", |m| m.name.as_str())
    }

    /// The municipalities a spelling may mean (more than one for a bare "Bergen"; with "gemeente" in front or not).
    pub fn lookup(&self, spelling: &str) -> Vec<u32> {
        let spelling = spelling.trim();
        let spelling = spelling.strip_prefix("gemeente ").or_else(|| spelling.strip_prefix("Gemeente ")).unwrap_or(spelling);
        let Some(found) = self.by_name.get(&key(spelling)) else { return Vec::new() };
        let Some(wanted) = suffix(spelling) else { return found.clone() };
        let fits: Vec<u32> = found.iter().copied().filter(|&m| suffix(self.name(m)).is_some_and(|s| s == wanted)).collect();
        if fits.is_empty() { found.clone() } else { fits }
    }

    /// Whether two spellings may mean the same municipality: a bare "Bergen" is the same as "Bergen (L)".
    pub fn same(&self, a: &str, b: &str) -> bool {
        let (x, y) = (self.lookup(a), self.lookup(b));
        if x.is_empty() && y.is_empty() { key(a) == key(b) } else { x.iter().any(|m| y.contains(m)) }
    }

    /// Whether a municipality named in the text is the one a dossier spells so.
    pub fn means(&self, fact: u32, spelling: &str) -> bool {
        let name = self.name(fact);
        self.lookup(spelling).contains(&fact) || key(name) == key(spelling) && suffix(name).is_some() != suffix(spelling).is_some()
    }

    /// Whether it existed in a year, give or take one: plans run ahead of a herindeling.
    pub fn exists(&self, index: u32, year: i16) -> bool {
        self.get(index).is_some_and(|m| m.since.is_none_or(|s| s <= year + 1) && m.until.is_none_or(|u| u >= year))
    }
}
