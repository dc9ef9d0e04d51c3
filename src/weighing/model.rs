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
use super::table::{Adding, Table};
use crate::engine::outcome::Verdict;
use crate::language::{Lexicon, WordFields};
use crate::parallel;
use std::borrow::Cow;
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
    table: Option<Table>,
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

/// Weights for one element that none of three is beyond so many hundredths are not written: they decide nothing, and every passage would add
/// them up.
const SLIGHT: i32 = 6;

impl Model {
    /// Reads a file of weights, as [`super::table::pack`] describes it.
    pub fn parse(text: &str) -> Result<Model, ModelError> {
        let bytes = super::table::pack(text).map_err(|(line, message)| ModelError { line, message: message.to_owned() })?;
        Ok(Model::packed(bytes.into()))
    }

    /// Weights packed before; none if these are not.
    pub fn packed(bytes: Cow<'static, [u8]>) -> Model {
        let table = Table::new(bytes);
        Model { elements: table.iter().flat_map(Table::elements).map(str::to_owned).collect(), table }
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
                .filter(|(_, w)| w.iter().any(|v| v.abs() > SLIGHT))
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

    /// The column of an element.
    pub fn element(&self, id: &str) -> Option<usize> {
        self.elements.iter().position(|e| e == id)
    }

    /// Ready to weigh the passages of one document.
    pub fn reader(&self, describer: &Describer, lexicon: &Lexicon, fields: &WordFields) -> Reader<'_> {
        let row = |kind: Kindred, word| self.table.as_ref().and_then(|t| t.find(kind.prefix(), word)).map_or(NONE, |row| row as u32);
        let rows = |kind: &Kindred| -> Vec<u32> {
            match kind {
                Kindred::Concept | Kindred::HeadConcept => lexicon.concepts().map(|c| row(*kind, lexicon.name(c))).collect(),
                Kindred::Trigger | Kindred::HeadTrigger => {
                    (0..lexicon.trigger_groups() as u16).map(|g| row(*kind, &lexicon.trigger_group(g).name)).collect()
                }
                Kindred::Field | Kindred::HeadField | Kindred::Opening => {
                    (0..fields.len() as u16).map(|f| row(*kind, fields.name(f))).collect()
                }
                Kindred::Shape => super::features::SHAPES.into_iter().map(|s| row(*kind, s)).collect(),
                Kindred::Word | Kindred::HeadWord | Kindred::Begin | Kindred::End => {
                    describer.stems(*kind).map(|stem| stem.map_or(NONE, |stem| row(*kind, stem))).collect()
                }
            }
        };
        Reader { model: self, rows: parallel::map(&Kindred::ALL, rows) }
    }
}

const NONE: u32 = u32::MAX;

/// A model with the words of one document looked up.
pub struct Reader<'m> {
    model: &'m Model,
    /// Per kind of feature, per number: the row.
    rows: Vec<Vec<u32>>,
}

/// The sums of one passage, in hundredths.
#[derive(Clone, Debug, Default)]
pub struct Sums {
    /// Per class and for the topic, for all elements.
    shared: [i32; 5],
    /// Per element of the model: about, shown, topic.
    own: Vec<[i32; 3]>,
    /// The same, while it is added up.
    adding: Adding,
    /// Per row the number of the passage that it was last counted for.
    counted: Vec<u32>,
    /// The number of this passage.
    passage: u32,
}

impl Sums {
    /// The four sums for an element, in the order of [`CLASSES`].
    pub fn logits(&self, element: usize) -> [f32; 4] {
        let ([found, weak, contradicted, missing, _], [about, shown, _]) = (self.shared, self.own[element]);
        [found + about + shown, weak + about, contradicted + about, missing].map(real)
    }

    /// How much the passage speaks of what an element asks.
    pub fn topic(&self, element: usize) -> f32 {
        real(self.shared[4] + self.own[element][2])
    }
}

fn real(hundredths: i32) -> f32 {
    hundredths as f32 / SCALE
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
    fn row(&self, f: Feature) -> Option<usize> {
        self.rows[f.0 as usize].get(f.1 as usize).filter(|row| **row != NONE).map(|row| *row as usize)
    }

    /// What a feature says of one element by itself.
    pub fn own(&self, f: Feature, element: usize) -> f32 {
        let own = self.row(f).zip(self.model.table.as_ref()).and_then(|(row, table)| table.own_of(row, element as u16));
        own.map_or(0.0, |weights| {
            let [about, shown, topic] = weights.map(|w| real(w.into()));
            topic + about + shown
        })
    }

    /// The sums over features, each counted once.
    pub fn sum(&self, features: &[Feature]) -> Sums {
        let mut sums = Sums::default();
        self.sum_into(features, &mut sums);
        sums
    }

    /// As [`Self::sum`], in the place of other sums.
    pub fn sum_into(&self, features: &[Feature], sums: &mut Sums) {
        sums.shared = [0; 5];
        sums.own.clear();
        let Some(table) = &self.model.table else { return };
        table.begin(&mut sums.adding);
        sums.counted.resize(table.rows(), 0);
        sums.passage += 1;
        for row in features.iter().filter_map(|f| self.row(*f)) {
            if std::mem::replace(&mut sums.counted[row], sums.passage) == sums.passage {
                continue;
            }
            for (sum, w) in sums.shared.iter_mut().zip(table.shared(row)) {
                *sum += i32::from(w);
            }
            table.add_own(row, &mut sums.adding);
        }
        sums.own.extend(sums.adding.sums());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let own = |element, about| Own { element, about, ..Own::default() };
        let row = |shared, own| Row { shared: [shared; 4], speaks: 0.5, own };
        let rows = [
            ("kc:ë".to_owned(), row(-3.0, Vec::new())),
            ("w:b".to_owned(), row(0.02, vec![own(3, 0.5)])),
            ("w:a".to_owned(), row(0.01, vec![own(0, 1.25), own(1, -0.07)])),
        ];
        let elements = ["N1.a", "1.2.b", "1.2.c", "1.2.d"].map(str::to_owned);
        let text = Model::write(&elements, &rows);
        let model = Model::parse(&text).expect("it was just written");
        assert_eq!((model.elements.as_slice(), model.element("1.2.b")), (&elements[..], Some(1)));
        let table = model.table.expect("it has weights");
        // Few weights or many, what is added is what is looked up.
        let found = |prefix, word| {
            let row = table.find(prefix, word)?;
            let mut adding = Adding::default();
            table.begin(&mut adding);
            // So often that sixteen bits do not hold the sums.
            (0..1000).for_each(|_| table.add_own(row, &mut adding));
            let looked_up = [0, 1, 2, 3].map(|e| table.own_of(row, e).unwrap_or_default().map(i32::from));
            assert_eq!(adding.sums(), looked_up.map(|w| w.map(|w| w * 1000)));
            Some((table.shared(row), looked_up.map(|w| w[0])))
        };
        assert_eq!(found("w:", "a"), Some(([1, 1, 1, 1, 50], [125, -7, 0, 0])));
        assert_eq!(found("w:", "b"), Some(([2, 2, 2, 2, 50], [0, 0, 0, 50])));
        assert_eq!(found("kc:", "ë"), Some(([-300, -300, -300, -300, 50], [0; 4])));
        assert_eq!(found("w:", "c"), None);
        assert_eq!(
            Model::parse("w:a\t1 2 x").map(|m| m.elements),
            Err(ModelError { line: 1, message: "hier hoort een geheel getal".into() })
        );
    }
}
