//! The rules: loading and compiling `checks/**`, with errors that name file, line and column.
//!
//! Rule files are data ([`model`]); [`Checks`] is what the engine runs. The embedded copy is the one in this repository; `--checks DIR`
//! reads another.

mod compile;
mod digest;
mod load;
pub mod model;

use crate::engine::outcome::DocumentKind;
use crate::facts::{FigureWords, Gazetteer};
use crate::language::{ConceptId, Lexicon, WordFields};
use crate::weighing::Model;
use jiff::civil::Date;
pub use load::{CheckError, Files};
pub use model::{DateNeed, ExampleFile, PatternVerdict, Reach};
use std::sync::OnceLock;

/// All rules, compiled.
pub struct Checks {
    /// The words of Dutch and of the field.
    pub lexicon: Lexicon,
    /// The municipalities.
    pub gazetteer: Gazetteer,
    /// The words of the figures.
    pub figures: FigureWords,
    /// The frameworks, by id.
    pub frameworks: Vec<Framework>,
    /// Concepts that the engine itself needs by name.
    pub known: Known,
    /// Words of one meaning.
    pub fields: WordFields,
    /// Weights of the features of passages, for the elements that weigh their evidence.
    pub model: Model,
}

/// Concepts that the engine names itself; all must exist in `checks/taal/`.
pub struct Known {
    /// The plan.
    pub plan: ConceptId,
    /// The jaarverslag.
    pub jaarverslag: ConceptId,
    /// Words that make a date beside them a term, a deadline or the day a plan takes effect, not the day of an act.
    pub termijn_van_plan: ConceptId,
    /// What says of a name that it is an organisation's.
    pub organisatie: ConceptId,
    /// Names that are no school board's.
    pub geen_bestuursnaam: ConceptId,
}

/// A framework.
pub struct Framework {
    /// Its folder name.
    pub id: String,
    /// Dutch title.
    pub title: String,
    /// Where it was published.
    pub source: String,
    /// SHA-256 over its files and those of `taal/`, hexadecimal.
    pub digest: String,
    /// Norms in order.
    pub norms: Vec<Norm>,
    /// Its aspects, in order.
    pub aspects: Vec<Aspect>,
}

/// A quality aspect: norms that are judged together.
pub struct Aspect {
    /// Dutch title ("1 Resultaten").
    pub title: String,
    /// Ids of its norms.
    pub norms: Vec<String>,
}

/// A norm with its elements.
pub struct Norm {
    /// "N3".
    pub id: String,
    /// Dutch title.
    pub title: String,
    /// Clause.
    pub clause: String,
    /// What it asks.
    pub asks: String,
    /// A statutory requirement.
    pub statutory: bool,
    /// Elements in order of their letter.
    pub elements: Vec<Element>,
}

/// An element, compiled.
pub struct Element {
    /// "N3.b".
    pub id: String,
    /// Path of its file below the checks folder.
    pub path: String,
    /// Short Dutch title.
    pub title: String,
    /// Clause.
    pub clause: String,
    /// Documents that may show it.
    pub documents: Vec<DocumentKind>,
    /// Explain texts.
    pub asks: String,
    /// What counts.
    pub counts: String,
    /// What does not.
    pub not_counts: String,
    /// Report sentence when nothing shows it.
    pub missing: String,
    /// Hint for the writer.
    pub hint: String,
    /// Headings under which it would stand.
    pub belongs: ConceptSet,
    /// The place in words.
    pub belongs_text: String,
    /// Words of those headings, for fuzzy search.
    pub belongs_words: Vec<String>,
    /// Not for plans that start after this day.
    pub plan_starts_until: Option<Date>,
    /// The test.
    pub test: Test,
    /// The patterns.
    pub patterns: Vec<Pattern>,
    examples: Examples,
}

impl Element {
    /// Texts with the verdict they must get.
    pub fn examples(&self) -> &[ExampleFile] {
        let Examples { source, read } = &self.examples;
        read.get_or_init(|| toml::from_str::<model::ExamplesFile>(source).map(|f| f.example).expect("tests/rules.rs reads them all"))
    }
}

/// The examples of an element, as text until they are asked for.
struct Examples {
    source: &'static str,
    read: OnceLock<Vec<ExampleFile>>,
}

impl Examples {
    fn later(source: &'static str) -> Examples {
        Examples { source, read: OnceLock::new() }
    }
    fn now(file: model::ExamplesFile) -> Examples {
        Examples { source: "", read: file.example.into() }
    }
}

/// A compiled test.
pub enum Test {
    /// See [`model::StatementTest`].
    Statement {
        /// Needs a date.
        date: DateNeed,
        /// Needs one only for plans that start until this day.
        date_until: Option<Date>,
        /// Contradicted after this day.
        not_after: Option<Date>,
        /// Says that it holds for all.
        all: Option<ConceptSet>,
        /// Must fit the plan's round.
        of_this_plan: bool,
        /// Fact fed by it.
        fact: Option<FactName>,
    },
    /// See [`model::OrderTest`]; element ids.
    Order {
        /// First act.
        first: String,
        /// Later act.
        then: String,
    },
    /// See [`model::DeadlineTest`].
    Deadline {
        /// Act of another element.
        of: Option<String>,
        /// Dossier's date counts.
        dossier_received: bool,
        /// 1 May itself is weak.
        day_itself_weak: bool,
        /// Fact fed by it.
        fact: Option<FactName>,
    },
    /// See [`model::DurationTest`].
    Duration {
        /// Years.
        years: u8,
    },
    /// See [`model::ParticipantsTest`].
    Participants(Participants),
    /// See [`model::RegisterTest`].
    Register,
    /// See [`model::WeighedTest`].
    Weighed,
}

/// See [`model::ParticipantsTest`].
pub struct Participants {
    /// Element of the meeting.
    pub of: String,
    /// Words of taking part.
    pub takes_part: ConceptSet,
    /// Words that describe the region.
    pub region: ConceptSet,
    /// Words that point back at names just given.
    pub refers_back: ConceptSet,
    /// Words that say that those named are all.
    pub all: ConceptSet,
    /// Words that say that they are not.
    pub some: ConceptSet,
    /// Words of a report's heading.
    pub report: ConceptSet,
}

/// Facts that an element's best statement fills.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactName {
    /// Adoption.
    Vaststelling,
    /// OPR consent.
    InstemmingOpr,
    /// OOGO.
    Oogo,
    /// Sending.
    Inzending,
    /// Founding.
    Oprichting,
}

/// A set of concepts; membership is one shift.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConceptSet(Vec<u64>);

impl ConceptSet {
    /// Adds a concept.
    pub fn insert(&mut self, id: ConceptId) {
        let (word, bit) = (id.0 as usize / 64, id.0 % 64);
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << bit;
    }
    /// The concepts, ascending.
    pub fn iter(&self) -> impl Iterator<Item = ConceptId> + '_ {
        self.0.iter().enumerate().flat_map(|(i, w)| (0..64u16).filter(move |b| w >> b & 1 == 1).map(move |b| ConceptId(i as u16 * 64 + b)))
    }
    /// Whether it holds the concept.
    pub fn contains(&self, id: ConceptId) -> bool {
        self.0.get(id.0 as usize / 64).is_some_and(|w| w >> (id.0 % 64) & 1 == 1)
    }
}

/// A compiled pattern; see [`model::PatternFile`].
pub struct Pattern {
    /// Reason shown to the user.
    pub name: String,
    /// The carrying word.
    pub act: ConceptSet,
    /// What must stand with it.
    pub with: Vec<Slot>,
    /// What must not.
    pub without: Vec<Without>,
    /// Worth when asserted.
    pub verdict: PatternVerdict,
    /// Worth when denied.
    pub denied: Option<PatternVerdict>,
    /// Rules in the present tense count.
    pub standing: bool,
    /// Least number of organisation names.
    pub names: u8,
    /// Least number of municipalities.
    pub municipalities: u8,
    /// Needs no date.
    pub dateless: bool,
    /// Only in a table row or list item.
    pub rows: bool,
    /// Not about another legal person.
    pub own: bool,
    /// Strength.
    pub weight: f32,
}

/// A compiled slot.
pub struct Slot {
    /// Concepts of which one must be there.
    pub any: ConceptSet,
    /// Reach in a jaarverslag or bijlage.
    pub within: Reach,
    /// Reach in a plan.
    pub within_plan: Reach,
    /// Only at that very step of reach.
    pub only: bool,
}

/// A compiled exclusion.
pub struct Without {
    /// Concepts that rule it out.
    pub any: ConceptSet,
    /// Reach.
    pub within: Reach,
    /// Unless one of these stands at least as near.
    pub unless: ConceptSet,
    /// Also in the sentence before one that opens by pointing back to it.
    pub carried: bool,
}

impl Checks {
    /// The rules embedded in the program.
    pub fn embedded() -> Result<Checks, Vec<CheckError>> {
        compile::compile(Files::embedded())
    }

    /// The rules of a folder.
    pub fn load(folder: &std::path::Path) -> Result<Checks, Vec<CheckError>> {
        compile::compile(Files::read(folder)?)
    }

    /// Rules from given files (tests).
    pub fn from_files(files: Files) -> Result<Checks, Vec<CheckError>> {
        compile::compile(files)
    }

    /// A framework by its id.
    pub fn framework(&self, id: &str) -> Option<&Framework> {
        self.frameworks.iter().find(|f| f.id == id)
    }

    /// An element by its id, in the first framework that has it.
    pub fn element(&self, id: &str) -> Option<(&Framework, &Norm, &Element)> {
        self.frameworks
            .iter()
            .find_map(|f| f.norms.iter().find_map(|n| n.elements.iter().find(|e| e.id.eq_ignore_ascii_case(id)).map(|e| (f, n, e))))
    }
}
