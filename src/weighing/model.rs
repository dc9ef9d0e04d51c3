//! A linear model with named weights: softmax over four verdicts.
//!
//! ```text
//! z(found)        = Σ shared[found]        + Σ about + Σ shown
//! z(weak)         = Σ shared[weak]         + Σ about
//! z(contradicted) = Σ shared[contradicted] + Σ about
//! z(missing)      = Σ shared[missing]
//!
//! share(verdict)  = softmax(z)(verdict) × logistic(Σ topic)
//! ```
//!
//! The sums run over the features of the passage. `topic` tells passages that speak of what the element asks from all others: it finds the place in a
//! document. The softmax then reads the place. `shared` is how something is said, whatever it is about, and is the same for all elements (an
//! intention is an intention everywhere: frustratingly easy domain adaptation, Daumé 2007). `about` tells the subject from its false friends; `shown`
//! is what a passage about it needs to show it.

use super::features::{Describer, Feature, Kindred};
use crate::engine::outcome::Verdict;
use crate::language::{ConceptId, Lexicon, WordFields};
use std::collections::HashMap;
use std::fmt::Write as _;

/// The verdicts of the model, in the order of its columns.
pub const CLASSES: [Verdict; 4] = [Verdict::Found, Verdict::Weak, Verdict::Contradicted, Verdict::Missing];

/// Weights of one feature.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Per class, for all elements.
    pub shared: [f32; 4],
    /// Topic, for all elements.
    pub speaks: f32,
    /// Per element.
    pub own: Vec<Own>,
}

/// Weights of one feature for one element.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Own {
    /// Index in [`Model::elements`].
    pub element: u16,
    /// See the module.
    pub about: f32,
    /// See the module.
    pub shown: f32,
    /// See the module.
    pub topic: f32,
}

/// The weights.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// Ids of the elements it knows.
    pub elements: Vec<String>,
    rows: Vec<Row>,
    /// Per prefix letter the words and their row.
    words: HashMap<Box<str>, u32>,
}

/// What is wrong with a file of weights.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("regel {line}: {message}")]
pub struct ModelError {
    /// Line, from 1.
    pub line: usize,
    /// Dutch.
    pub message: String,
}

/// Weights are written as whole hundredths.
const SCALE: f32 = 100.0;

impl Model {
    /// Reads a file of weights: per line a feature, its shared weights (four verdicts, then topic), and per element about, shown and topic,
    /// apart by tabs.
    pub fn parse(text: &str) -> Result<Model, ModelError> {
        let mut model = Model::default();
        let mut ids: HashMap<&str, u16> = HashMap::new();
        for (n, line) in text.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
            let fault = |message: &str| ModelError { line: n + 1, message: message.to_owned() };
            let mut columns = line.split('\t');
            let name = columns.next().unwrap_or_default();
            if name == "elementen" {
                for id in columns.next().unwrap_or_default().split(' ') {
                    ids.insert(id, model.elements.len() as u16);
                    model.elements.push(id.to_owned());
                }
                continue;
            }
            let number = |s: &str| s.parse::<i32>().map(|v| v as f32 / SCALE).map_err(|_| fault("hier hoort een geheel getal"));
            let mut row = Row::default();
            let shared = columns.next().ok_or_else(|| fault("de gewichten ontbreken"))?;
            for (i, v) in shared.split(' ').enumerate() {
                match row.shared.get_mut(i) {
                    Some(w) => *w = number(v)?,
                    None => row.speaks = number(v)?,
                }
            }
            for own in columns.next().unwrap_or_default().split(' ').filter(|o| !o.is_empty()) {
                let mut parts = own.split(['=', '/']);
                let element = parts.next().and_then(|id| ids.get(id)).ok_or_else(|| fault("dit element staat niet bovenaan"))?;
                let mut next = || parts.next().filter(|p| !p.is_empty()).map_or(Ok(0.0), number);
                row.own.push(Own { element: *element, about: next()?, shown: next()?, topic: next()? });
            }
            model.words.insert(name.into(), model.rows.len() as u32);
            model.rows.push(row);
        }
        Ok(model)
    }

    /// Writes it as [`Model::parse`] reads it; rows in the order given.
    pub fn write(elements: &[String], rows: &[(String, Row)]) -> String {
        let whole = |v: f32| (v * SCALE).round() as i32;
        let mut out = format!("elementen\t{}\n", elements.join(" "));
        for (name, row) in rows {
            let own: Vec<String> = row
                .own
                .iter()
                .map(|o| (o.element, [o.about, o.shown, o.topic].map(whole)))
                .filter(|(_, w)| w.iter().any(|v| *v != 0))
                .map(|(e, w)| {
                    format!("{}={}", elements[e as usize], w.map(|v| if v == 0 { String::new() } else { v.to_string() }).join("/"))
                })
                .collect();
            let shared: Vec<String> = row.shared.iter().chain([&row.speaks]).map(|v| whole(*v).to_string()).collect();
            if own.is_empty() && shared.iter().all(|v| v == "0") {
                continue;
            }
            writeln!(out, "{name}\t{}\t{}", shared.join(" "), own.join(" ")).expect("writing to a string");
        }
        out
    }

    /// Whether it knows nothing.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The column of an element.
    pub fn element(&self, id: &str) -> Option<usize> {
        self.elements.iter().position(|e| e == id)
    }

    fn row(&self, prefix: &str, word: &str, buffer: &mut String) -> u32 {
        buffer.clear();
        buffer.push_str(prefix);
        buffer.push_str(word);
        self.words.get(buffer.as_str()).copied().unwrap_or(NONE)
    }

    /// Ready to weigh the passages of one document.
    pub fn reader<'m>(&'m self, describer: &Describer, lexicon: &Lexicon, fields: &WordFields) -> Reader<'m> {
        let mut buffer = String::new();
        let mut of =
            |prefix: &str, words: &mut dyn Iterator<Item = &str>| words.map(|w| self.row(prefix, w, &mut buffer)).collect::<Vec<u32>>();
        let stems = || describer.stems.iter().map(String::as_str);
        let concepts = || lexicon.concepts().map(|c: ConceptId| lexicon.name(c));
        let triggers = || (0..lexicon.trigger_groups() as u16).map(|g| lexicon.trigger_group(g).name.as_str());
        let rows = Kindred::ALL.map(|kind| match kind {
            Kindred::Concept | Kindred::HeadConcept => of(kind.prefix(), &mut concepts()),
            Kindred::Trigger | Kindred::HeadTrigger => of(kind.prefix(), &mut triggers()),
            Kindred::Field | Kindred::HeadField | Kindred::Opening => {
                of(kind.prefix(), &mut (0..fields.len() as u16).map(|f| fields.name(f)))
            }
            Kindred::Shape => of(kind.prefix(), &mut super::features::SHAPES.into_iter()),
            _ => of(kind.prefix(), &mut stems()),
        });
        Reader { model: self, rows }
    }
}

const NONE: u32 = u32::MAX;

/// A model with the words of one document looked up.
pub struct Reader<'m> {
    model: &'m Model,
    /// Per kind of feature, per number: the row.
    rows: [Vec<u32>; Kindred::ALL.len()],
}

/// The sums of one passage.
#[derive(Clone, Debug, Default)]
pub struct Sums {
    /// Per class.
    pub shared: [f32; 4],
    /// Topic, for all elements.
    pub speaks: f32,
    /// Per element of the model.
    pub own: Vec<Own>,
}

impl Sums {
    /// The four sums for an element, in the order of [`CLASSES`].
    pub fn logits(&self, element: usize) -> [f32; 4] {
        let o = self.own[element];
        [self.shared[0] + o.about + o.shown, self.shared[1] + o.about, self.shared[2] + o.about, self.shared[3]]
    }

    /// How much the passage speaks of what an element asks.
    pub fn topic(&self, element: usize) -> f32 {
        self.speaks + self.own[element].topic
    }
}

/// The logistic function.
pub fn logistic(v: f32) -> f32 {
    1.0 / (1.0 + (-v).exp())
}

/// Softmax.
pub fn softmax(z: [f32; 4]) -> [f32; 4] {
    let most = z.iter().copied().fold(f32::MIN, f32::max);
    let e = z.map(|v| (v - most).exp());
    let sum: f32 = e.iter().sum();
    e.map(|v| v / sum)
}

impl Reader<'_> {
    /// The weights of a feature.
    pub fn row(&self, f: Feature) -> Option<&Row> {
        let row = *self.rows[f.0 as usize].get(f.1 as usize)?;
        self.model.rows.get(row as usize)
    }

    /// The sums over features.
    pub fn sum(&self, features: &[Feature]) -> Sums {
        let mut sums = Sums { own: vec![Own::default(); self.model.elements.len()], ..Sums::default() };
        for row in features.iter().filter_map(|f| self.row(*f)) {
            for (sum, w) in sums.shared.iter_mut().zip(row.shared) {
                *sum += w;
            }
            sums.speaks += row.speaks;
            for o in &row.own {
                let sum = &mut sums.own[o.element as usize];
                sum.about += o.about;
                sum.shown += o.shown;
                sum.topic += o.topic;
            }
        }
        sums
    }
}
