//! What to learn from: labelled fragments and documents, as samples of features with a verdict on one element.

use super::{Chance, Settings};
use crate::dossier::Dossier;
use crate::engine::outcome::{DocumentKind, Verdict};
use crate::eval::{Fragment, Truth, TruthError};
use crate::pipeline::{self, Options, Rules};
use crate::weighing::model::CLASSES;
use std::collections::HashMap;
use std::io;
use std::path::Path;

/// The class of a passage that shows nothing: the last of [`CLASSES`].
pub(super) const MISSING: u8 = 3;

/// A fragment is a counter-example for at most so many elements far from its own.
const FAR: usize = 6;
/// So many elements are drawn to find them.
const DRAWS: usize = 20;
/// A quote may stand in two passages; half of it counts when that has more letters than this.
const HALF: usize = 15;

/// One thing to learn from.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Numbers in [`Data::names`], sorted.
    pub features: Vec<u32>,
    /// Index in [`Data::elements`].
    pub element: u16,
    /// Index in [`CLASSES`].
    pub class: u8,
    /// What it counts for the verdict.
    pub weight: f32,
    /// Whether it is about what the element asks, and what that counts, for the topic.
    pub on: Option<(bool, f32)>,
    /// Index of the document it is from, for leaving that out; fragments have none.
    pub document: Option<u16>,
    /// Counts the fragments of an element from 1, for folds.
    pub number: usize,
    /// Where it stands: "n.jsonl:12"; empty for a document.
    pub place: String,
}

/// A passage of a document.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Numbers in [`Data::names`].
    pub features: Vec<u32>,
    /// Its letters and digits in lower case, for finding quotes.
    pub plain: String,
    /// Its words.
    pub text: String,
    /// Sentences of a window; a passage that is whole counts as [`WHOLE`].
    pub size: usize,
    /// Its page.
    pub page: u32,
}

/// See [`Piece::size`].
pub const WHOLE: usize = 3;

/// A labelled document: its passages, and what people read in it.
#[derive(Clone, Debug)]
pub struct Paper {
    /// As shown.
    pub name: String,
    /// Kind of its main document.
    pub kind: DocumentKind,
    /// Its passages.
    pub pieces: Vec<Piece>,
    /// What people read in it.
    pub truth: Truth,
}

/// A labelled document before it is read.
pub struct Labelled {
    /// As shown.
    pub name: String,
    /// What people read in it.
    pub truth: Truth,
    /// File name, bytes and kind of each of its files.
    pub files: Vec<(String, Vec<u8>, DocumentKind)>,
}

/// Why a folder gives no labelled document.
#[derive(Debug, thiserror::Error)]
pub enum LabelledError {
    /// Its truth cannot be used.
    #[error(transparent)]
    Truth(#[from] TruthError),
    /// A file cannot be read.
    #[error("{path} is niet te lezen ({source}); controleer het bestand")]
    Io {
        /// As shown.
        path: String,
        /// Why.
        source: io::Error,
    },
}

impl Labelled {
    /// The kind that a truth gives to its document.
    fn kind(truth: &Truth) -> DocumentKind {
        if truth.kind == "jaarverslag" { DocumentKind::Jaarverslag } else { DocumentKind::Ondersteuningsplan }
    }

    /// The `document.*` of a folder with a `truth.json`; None when there is none.
    pub fn in_folder(folder: &Path) -> Result<Option<Labelled>, LabelledError> {
        let fault = |source: io::Error| LabelledError::Io { path: crate::dossier::shown(folder), source };
        let truth = Truth::read(&folder.join("truth.json"))?;
        let mut files: Vec<_> = std::fs::read_dir(folder).map_err(fault)?.flatten().map(|e| e.path()).collect();
        files.sort();
        let Some(file) = files.into_iter().find(|p| p.file_stem().is_some_and(|s| s == "document")) else { return Ok(None) };
        let bytes = std::fs::read(&file).map_err(fault)?;
        let name = |p: &Path| p.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let kind = Labelled::kind(&truth);
        Ok(Some(Labelled { name: name(folder), truth, files: vec![(name(&file), bytes, kind)] }))
    }

    /// The documents of a dossier. One that cannot be read shows nothing, as in a check.
    pub fn of_dossier(dossier: &Dossier, truth: &Truth) -> Labelled {
        let kind = Labelled::kind(truth);
        let file = |e: &crate::dossier::DocumentEntry| Some((e.path.clone(), std::fs::read(&e.file).ok()?, e.kind.unwrap_or(kind)));
        Labelled { name: dossier.path.clone(), truth: truth.clone(), files: dossier.documents.iter().filter_map(file).collect() }
    }
}

/// Numbers of features.
#[derive(Clone, Debug, Default)]
pub struct Names {
    ids: HashMap<String, u32>,
    all: Vec<String>,
}

impl Names {
    pub(super) fn id(&mut self, name: String) -> u32 {
        let next = self.all.len() as u32;
        *self.ids.entry(name).or_insert_with_key(|n| {
            self.all.push(n.clone());
            next
        })
    }

    /// By number.
    pub fn all(&self) -> &[String] {
        &self.all
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

/// All there is to learn from.
#[derive(Clone, Debug, Default)]
pub struct Data {
    /// The features.
    pub names: Names,
    /// Ids of the elements, sorted: those of the fragments, or without fragments those that the documents are labelled with.
    pub elements: Vec<String>,
    /// Of the fragments, then of the documents.
    pub samples: Vec<Sample>,
    /// How many of the samples are fragments with their own label; they come first.
    pub fragments: usize,
    /// The documents.
    pub papers: Vec<Paper>,
}

impl Data {
    /// Describes fragments and documents.
    pub fn gather(
        fragments: &[Fragment],
        labelled: impl IntoIterator<Item = Labelled>,
        rules: &Rules,
        options: &Options,
        settings: &Settings,
    ) -> Data {
        let elements = fragments.iter().map(|f| f.element.clone()).collect();
        let mut data = Data { elements, ..Data::default() };
        data.elements.sort();
        data.elements.dedup();
        let mut numbers: HashMap<u16, usize> = HashMap::new();
        for f in fragments {
            data.add_fragment(f, rules, options, &mut numbers);
        }
        data.fragments = data.samples.len();
        for l in labelled {
            data.add_paper(l, rules, options);
        }
        if fragments.is_empty() {
            data.elements = data.papers.iter().flat_map(|p| p.truth.elements.keys().cloned()).collect();
            data.elements.sort();
            data.elements.dedup();
        }
        data.add_far(settings.negatives);
        for d in 0..data.papers.len() {
            let told = told(&data.papers[d], d as u16, &data.elements, settings.document);
            data.samples.extend(told);
        }
        data
    }

    fn add_fragment(&mut self, f: &Fragment, rules: &Rules, options: &Options, numbers: &mut HashMap<u16, usize>) {
        let (Ok(element), Some(class)) = (self.elements.binary_search(&f.element), class_of(f.verdict)) else { return };
        let described = pipeline::describe(&f.markdown(), f.document_kind(), rules, options);
        let mut features: Vec<u32> = described.into_iter().flatten().map(|n| self.names.id(n)).collect();
        features.sort_unstable();
        features.dedup();
        let element = element as u16;
        let number = numbers.entry(element).or_default();
        *number += 1;
        self.samples.push(Sample {
            features,
            element,
            class,
            weight: 1.0,
            // Silence on the element says nothing of the topic: the fragment only seems to be about it.
            on: (class != MISSING).then_some((true, 1.0)),
            document: None,
            number: *number,
            place: f.place.clone(),
        });
    }

    fn add_paper(&mut self, l: Labelled, rules: &Rules, options: &Options) {
        let mut pieces = Vec::new();
        for (name, bytes, kind) in &l.files {
            pieces.extend(pipeline::describe_document(name, bytes, *kind, rules, options).into_iter().map(|p| Piece {
                features: p.features.into_iter().map(|n| self.names.id(n)).collect(),
                plain: plain(&p.text),
                text: p.text,
                size: if p.whole { WHOLE } else { p.sentences },
                page: p.page,
            }));
        }
        self.papers.push(Paper { name: l.name, kind: Labelled::kind(&l.truth), pieces, truth: l.truth });
    }

    /// A fragment about one thing is a counter-example for things far from it.
    fn add_far(&mut self, weight: f32) {
        let mut chance = Chance::new();
        for i in 0..self.fragments {
            let s = self.samples[i].clone();
            let mut taken = 0;
            for _ in 0..DRAWS {
                let other = chance.next(self.elements.len()) as u16;
                if taken < FAR && !kin(&self.elements[s.element as usize], &self.elements[other as usize]) {
                    taken += 1;
                    self.samples.push(Sample { element: other, class: MISSING, weight: 0.0, on: Some((false, weight)), ..s.clone() });
                }
            }
        }
    }
}

/// What the labels of a document say of its passages.
fn told(paper: &Paper, document: u16, elements: &[String], weight: f32) -> Vec<Sample> {
    let mut out = Vec::new();
    for (element, id) in elements.iter().enumerate() {
        let Some(t) = paper.truth.elements.get(id) else { continue };
        let Some(class) = class_of(t.verdict) else { continue };
        for piece in &paper.pieces {
            if class != MISSING && t.evidence.iter().any(|q| holds(&piece.plain, &q.quote)) {
                out.push(piece.sample(document, element as u16, class, weight));
            } else if paper.truth.decoys.iter().any(|x| x.element == *id && holds(&piece.plain, &x.quote)) {
                out.push(piece.sample(document, element as u16, MISSING, weight));
            }
        }
    }
    out
}

impl Piece {
    /// As a sample; `weight` both for the verdict and for the topic.
    pub(super) fn sample(&self, document: u16, element: u16, class: u8, weight: f32) -> Sample {
        Sample {
            features: self.features.clone(),
            element,
            class,
            weight,
            on: Some((class != MISSING, weight)),
            document: Some(document),
            number: 0,
            place: String::new(),
        }
    }
}

/// The class of a verdict; None when a passage cannot show it.
pub(super) fn class_of(v: Verdict) -> Option<u8> {
    CLASSES.iter().position(|c| *c == v).map(|i| i as u8)
}

/// Letters and digits in lower case.
fn plain(s: &str) -> String {
    s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether a passage (already plain) holds a quote, or its first or last half.
pub(super) fn holds(plain_text: &str, quote: &str) -> bool {
    let q = plain(quote);
    if q.is_empty() {
        return false;
    }
    let chars: Vec<char> = q.chars().collect();
    let half = chars.len() / 2;
    let first: String = chars[..half].iter().collect();
    let last: String = chars[half..].iter().collect();
    plain_text.contains(&q) || (half > HALF && (plain_text.contains(&first) || plain_text.contains(&last)))
}

/// Beginnings of ids of elements that ask much the same, besides those of one norm.
const NEAR: [(&str, &str); 34] = [
    ("R5.a", "2."),
    ("R5.a", "N1"),
    ("R5.a", "N2"),
    ("R5.b", "2.4"),
    ("R5.b", "1.3"),
    ("R5.b", "R5.g"),
    ("R5.c", "1.1"),
    ("R5.c", "1.2"),
    ("R5.d", "N5"),
    ("R5.e", "N5"),
    ("R5.f", "3."),
    ("R5.f", "1."),
    ("R5.f", "2."),
    ("R5.g", "1.3"),
    ("R5.g", "3.4"),
    ("R5.h", "2."),
    ("R5.i", "2.5"),
    ("R5.i", "N3"),
    ("R5.i", "2.3"),
    ("R5.i", "3."),
    ("1.2", "2.4"),
    ("1.4", "3."),
    ("1.4", "1.3"),
    ("1.4", "2.1"),
    ("2.1", "3.1"),
    ("1.3.b", "3.1"),
    ("1.3.d", "3."),
    ("1.6", "2.5"),
    ("1.6", "1.5"),
    ("2.3", "N5"),
    ("2.2", "2.1"),
    ("2.2", "2.6"),
    ("1.5", "1.1"),
    ("1.3.b", "1."),
];

/// Elements that ask much the same: a fragment of the one is no counter-example for the other.
fn kin(a: &str, b: &str) -> bool {
    let norm = |x: &str| x.rsplit_once('.').map_or(x.to_owned(), |(n, _)| n.to_owned());
    let near = |a: &str, b: &str| NEAR.iter().any(|(x, y)| a.starts_with(x) && b.starts_with(y));
    norm(a) == norm(b)
        || near(a, b)
        || near(b, a)
        || (a.starts_with('N') && b.starts_with('N'))
        || (a.starts_with("3.") && b.starts_with("3."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learning::toys;

    #[test]
    fn a_quote_is_found_however_the_page_broke_it() {
        let text = plain("De onder-\nsteuningsplanraad heeft op 3 mei met het hele plan ingestemd.");
        assert!(holds(&text, "de ondersteuningsplanraad heeft op 3 mei"));
        assert!(holds(&text, "op 3 mei met het hele plan ingestemd. Maar niet met een bijlage"), "its first half");
        assert!(!holds(&text, "op 4 mei") && !holds(&text, "…"));
    }

    #[test]
    fn near_elements_are_no_counter_examples() {
        assert!(kin("1.1.a", "1.1.b") && kin("R5.c", "1.1.a") && kin("1.1.a", "R5.c") && kin("N1.a", "N5.d"));
        assert!(!kin("1.1.a", "2.6.a"));
    }

    #[test]
    fn fragments_and_quotes_become_samples() {
        let data = toys::data();
        assert_eq!(data.elements, ["1.5.a", "2.6.a"]);
        assert_eq!(data.fragments, 16);
        assert!(data.samples[..16].iter().all(|s| s.document.is_none() && s.weight == 1.0 && !s.features.is_empty()));
        assert!(data.samples[16..].iter().any(|s| s.document.is_none() && s.on == Some((false, 2.0))), "far ones");
        let told: Vec<_> = data.samples.iter().filter_map(|s| Some((s.document?, s.element, s.class))).collect();
        assert!(told.contains(&(0, 0, 0)), "the quote of the first document: {told:?}");
        assert!(told.contains(&(0, 1, MISSING)), "the decoy of the first document: {told:?}");
    }
}
