//! The rules as the engine runs them: names resolved, words registered with the lexicon, dates parsed.

use super::model::{Answer, DateNeed, ExampleFile, PatternVerdict, Reach};
use crate::engine::verdict::DocumentKind;
use crate::facts::Gazetteer;
use crate::language::{ConceptId, Lexicon, WordFields};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// What the rule files come to. The build script packs it into the program.
#[derive(Serialize, Deserialize)]
pub struct Rules {
    /// The words of Dutch and of the field.
    pub lexicon: Lexicon,
    /// The municipalities.
    pub gazetteer: Gazetteer,
    /// Words of one meaning.
    pub fields: WordFields,
    /// The frameworks, by id.
    pub frameworks: Vec<Framework>,
}

/// A framework.
#[derive(Serialize, Deserialize)]
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
#[derive(Serialize, Deserialize)]
pub struct Aspect {
    /// Dutch title ("1 Resultaten").
    pub title: String,
    /// Ids of its norms.
    pub norms: Vec<String>,
}

/// A norm with its elements.
#[derive(Serialize, Deserialize)]
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
#[derive(Serialize, Deserialize)]
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
    /// Texts with the verdict they must get; of the program's own, half of all text, empty until somebody asks for them.
    #[serde(skip)]
    pub(super) examples: OnceLock<Vec<ExampleFile>>,
}

/// A compiled test.
#[derive(Serialize, Deserialize)]
pub enum Test {
    /// See [`super::model::StatementTest`].
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
    /// See [`super::model::OrderTest`]; element ids.
    Order {
        /// First act.
        first: String,
        /// Later act.
        then: String,
    },
    /// See [`super::model::DeadlineTest`].
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
    /// See [`super::model::DurationTest`].
    Duration {
        /// Years.
        years: u8,
    },
    /// See [`super::model::ParticipantsTest`].
    Participants(Participants),
    /// See [`super::model::RegisterTest`].
    Register,
    /// See [`super::model::WeighedTest`].
    Weighed {
        /// Element that asks the same.
        same_as: Option<String>,
    },
}

/// See [`super::model::ParticipantsTest`].
#[derive(Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
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
        let without_lowest = |w: &u64| Some(w & (w - 1)).filter(|rest| *rest != 0);
        let bits = move |w: u64| std::iter::successors(Some(w).filter(|w| *w != 0), without_lowest).map(u64::trailing_zeros);
        self.0.iter().enumerate().flat_map(move |(i, w)| bits(*w).map(move |b| ConceptId(i as u16 * 64 + b as u16)))
    }
    /// Whether it holds the concept.
    pub fn contains(&self, id: ConceptId) -> bool {
        self.0.get(id.0 as usize / 64).is_some_and(|w| w >> (id.0 % 64) & 1 == 1)
    }
}

/// A compiled pattern; see [`super::model::PatternFile`].
#[derive(Serialize, Deserialize)]
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
    /// How it answers an element that asks the same.
    pub answer: Answer,
    /// Strength.
    pub weight: f32,
}

/// A compiled slot.
#[derive(Serialize, Deserialize)]
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
#[derive(Serialize, Deserialize)]
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
