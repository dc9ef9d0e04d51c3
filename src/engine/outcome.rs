//! What the engine hands to the reports: verdicts with their evidence, facts, places already concrete.

use crate::document::Place;
use crate::language::Status;
use serde::{Deserialize, Serialize};

pub use super::verdict::{DocumentKind, Verdict};

/// A passage with its place: evidence for or against, or a nearest passage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// Index of the document in the dossier.
    pub document: usize,
    /// Where its first page begins (a passage over two pages has one place per page).
    pub places: Vec<Place>,
    /// Headings from the outermost in.
    pub section: Vec<String>,
    /// The words, white space normalised, at most about 300 characters, cut at word borders with "…".
    pub quote: String,
    /// How it is said.
    pub status: Status,
    /// One short Dutch reason: what makes it count, or why it does not ("zonder datum", "gaat over het vorige plan").
    pub why: String,
}

impl Evidence {
    /// Whether words of it were read by OCR.
    pub fn by_ocr(&self) -> bool {
        self.places.iter().any(|p| p.ocr)
    }
}

/// The outcome for one element.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ElementOutcome {
    /// "N3.b".
    pub id: String,
    /// "N3".
    pub norm: String,
    /// Short Dutch title.
    pub title: String,
    /// The clause it rests on, for the reader ("WMS art. 14a; WPO art. 18a lid 9").
    pub clause: String,
    /// The verdict.
    pub verdict: Verdict,
    /// What is the matter, one Dutch sentence.
    pub message: String,
    /// What a writer can add, for findings.
    pub hint: Option<String>,
    /// Where it would belong, for missing and weak: a section heading of this document, or a Dutch description.
    pub belongs: Option<String>,
    /// Evidence, strongest first (at most 5).
    pub evidence: Vec<Evidence>,
    /// Nearest passages, for missing and weak (at most 3).
    pub nearest: Vec<Evidence>,
    /// Which reading decided.
    pub by: Reading,
    /// Why, when that was asked ([`super::assess_and_explain`]).
    pub considered: Option<super::considered::Considered>,
}

/// Which reading of the documents decided on an element.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reading {
    /// That of its test: by rules, or by weight.
    #[default]
    First,
    /// By weight, where its rules saw nothing or only a trace.
    Second,
    /// By the rules of the element that asks the same, where the weights saw nothing or only a trace.
    Same,
}

/// The outcome for one norm.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NormOutcome {
    /// "N3".
    pub id: String,
    /// Dutch title.
    pub title: String,
    /// A statutory requirement (TK 4.1), not an indicator.
    pub statutory: bool,
    /// Worst of the applicable elements.
    pub verdict: Verdict,
}

/// The outcome for one aspect of a framework.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AspectOutcome {
    /// Dutch title ("1 Resultaten").
    pub title: String,
    /// Ids of its norms.
    pub norms: Vec<String>,
    /// Worst of its norms.
    pub verdict: Verdict,
}

/// A fact with its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fact<T> {
    /// The value.
    pub value: T,
    /// Where it stands, if it came from a document and not from dossier.toml.
    pub evidence: Option<Evidence>,
}

/// The facts of a dossier (truth.json "facts"; dates are civil dates).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FactSheet {
    /// Name of the samenwerkingsverband as the documents give it.
    pub naam: Option<Fact<String>>,
    /// "PO3099".
    pub nummer: Option<Fact<String>>,
    /// "stichting", "vereniging", "coöperatie".
    pub rechtsvorm: Option<Fact<String>>,
    /// Date of founding.
    pub oprichting: Option<Fact<jiff::civil::Date>>,
    /// Adoption of the plan.
    pub vaststelling: Option<Fact<jiff::civil::Date>>,
    /// Consent of the OPR.
    pub instemming_opr: Option<Fact<jiff::civil::Date>>,
    /// OOGO dates.
    pub oogo: Vec<Fact<jiff::civil::Date>>,
    /// Sent to the inspectie, by the text.
    pub inzending: Option<Fact<jiff::civil::Date>>,
    /// Received by the inspectie, by the dossier.
    pub ontvangen: Option<Fact<jiff::civil::Date>>,
    /// First and last day of the plan period.
    pub plan_period: Option<Fact<(jiff::civil::Date, jiff::civil::Date)>>,
    /// Municipalities of the region, in the document's spelling of the gazetteer.
    pub gemeenten: Vec<Fact<String>>,
    /// Figures of the risk parameters, by measure and year.
    pub figures: Vec<Fact<crate::facts::Figure>>,
}

/// Outcome of one framework for one dossier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FrameworkOutcome {
    /// "toezichtkader-2013".
    pub framework: String,
    /// Worst of its norms; None when some norm was not asked for.
    pub verdict: Option<Verdict>,
    /// Aspects in the framework's order, those of which every norm was asked for.
    pub aspects: Vec<AspectOutcome>,
    /// Norms in the framework's order.
    pub norms: Vec<NormOutcome>,
    /// Elements in the framework's order.
    pub elements: Vec<ElementOutcome>,
}

/// All the engine says of one dossier.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// Facts.
    pub facts: FactSheet,
    /// Per framework asked for.
    pub frameworks: Vec<FrameworkOutcome>,
}
