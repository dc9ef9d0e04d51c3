//! What an element can get, and the kinds of document: the words that rule files and outcomes share.

use serde::{Deserialize, Serialize};

/// A verdict on an element or a norm (norms: "Verdict per element").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The document itself states it, of itself, as done or as standing policy.
    Found,
    /// Only a trace.
    Weak,
    /// Nothing in the documents where it may stand.
    Missing,
    /// The document states the opposite, or a date or an order breaks the norm.
    Contradicted,
    /// What could show it was not supplied, or carries no text.
    NotTestable,
    /// Outside the period or sector of the norm.
    NotApplicable,
}

impl Verdict {
    /// All, in the order of the norms' table.
    pub const ALL: [Verdict; 6] =
        [Verdict::Found, Verdict::Weak, Verdict::Missing, Verdict::Contradicted, Verdict::NotTestable, Verdict::NotApplicable];

    /// The Dutch label a user reads.
    pub fn label(self) -> &'static str {
        match self {
            Verdict::Found => "aangetroffen",
            Verdict::Weak => "onzeker",
            Verdict::Missing => "ontbreekt",
            Verdict::Contradicted => "strijdig",
            Verdict::NotTestable => "niet toetsbaar",
            Verdict::NotApplicable => "n.v.t.",
        }
    }

    /// A finding is a verdict worth telling: contradicted, missing, weak.
    pub fn is_finding(self) -> bool {
        matches!(self, Verdict::Contradicted | Verdict::Missing | Verdict::Weak)
    }
}

/// The kind of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// The plan.
    Ondersteuningsplan,
    /// The annual report.
    Jaarverslag,
    /// An annex in a file of its own; counts with the plan.
    Bijlage,
}
