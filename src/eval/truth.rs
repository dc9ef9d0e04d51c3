//! `truth.json`: what people read in the documents of a dossier. Read tolerantly: it may say more than is compared.

use crate::engine::outcome::Verdict;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// What people read.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Truth {
    /// "ondersteuningsplan" or "jaarverslag".
    #[serde(default)]
    pub kind: String,
    /// Per element.
    #[serde(default)]
    pub elements: BTreeMap<String, TruthElement>,
    /// Passages that only seem to show an element.
    #[serde(default)]
    pub decoys: Vec<Decoy>,
    /// Facts, free in form.
    #[serde(default)]
    pub facts: serde_json::Map<String, serde_json::Value>,
}

/// One element.
#[derive(Clone, Debug, Deserialize)]
pub struct TruthElement {
    /// The verdict.
    pub verdict: Verdict,
    /// Where it shows.
    #[serde(default)]
    pub evidence: Vec<Passage>,
    /// Why.
    #[serde(default)]
    pub note: String,
}

/// A passage.
#[derive(Clone, Debug, Deserialize)]
pub struct Passage {
    /// Page from 1.
    pub page: u32,
    /// The words.
    #[serde(default)]
    pub quote: String,
}

/// A passage that only seems to show an element.
#[derive(Clone, Debug, Deserialize)]
pub struct Decoy {
    /// The element it seems to show.
    pub element: String,
    /// Page from 1.
    pub page: u32,
    /// The words.
    pub quote: String,
    /// Why it does not count.
    #[serde(default)]
    pub why: String,
}

/// Why a `truth.json` could not be used.
#[derive(Debug, thiserror::Error)]
pub enum TruthError {
    /// Not to be read.
    #[error("{path} is niet te lezen ({source}); controleer het bestand")]
    Io {
        /// As shown.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// Not of the form.
    #[error("{path} heeft niet de vorm van truth.json ({source}); verbeter het bestand")]
    Form {
        /// As shown.
        path: String,
        /// Why.
        source: serde_json::Error,
    },
}

impl Truth {
    /// Reads one.
    pub fn read(path: &Path) -> Result<Truth, TruthError> {
        let shown = crate::dossier::shown(path);
        let bytes = std::fs::read(path).map_err(|source| TruthError::Io { path: shown.clone(), source })?;
        serde_json::from_slice(&bytes).map_err(|source| TruthError::Form { path: shown, source })
    }
}
