//! What a run over dossiers yields, and what is counted and decided over it: which elements were asked for, how many of each verdict,
//! whether anything is below the chosen level. The reports render this and decide nothing.

use crate::dossier::Sector;
use crate::engine::considered::Considered;
use crate::engine::outcome::{AspectOutcome, DocumentKind, ElementOutcome, FrameworkOutcome, NormOutcome, Outcome, Verdict};

/// A run: what was asked and what came of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Run {
    /// The frameworks asked for, in order.
    pub frameworks: Vec<Framework>,
    /// The dossiers, in the order given.
    pub dossiers: Vec<DossierRun>,
}

/// A framework that was applied.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Framework {
    /// "toezichtkader-2013".
    pub id: String,
    /// Dutch title.
    pub title: String,
    /// Digest of its rule files.
    pub digest: String,
    /// What its elements ask, in order, for reports that explain their findings.
    pub rules: Vec<Rule>,
}

/// What an element asks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rule {
    /// "N3.b".
    pub id: String,
    /// Its norm.
    pub norm: String,
    /// It belongs to a statutory norm.
    pub statutory: bool,
    /// Dutch title.
    pub title: String,
    /// What it asks, in Dutch.
    pub asks: String,
    /// The clause it rests on.
    pub clause: String,
}

/// One dossier.
#[derive(Clone, Debug, PartialEq)]
pub struct DossierRun {
    /// As shown.
    pub path: String,
    /// Name as the dossier gives it.
    pub naam: Option<String>,
    /// Number as the dossier gives it.
    pub nummer: Option<String>,
    /// Sector as the dossier gives it.
    pub sector: Option<Sector>,
    /// Its documents; [`crate::engine::outcome::Evidence::document`] counts in this list.
    pub documents: Vec<DocumentRun>,
    /// What the engine says.
    pub outcome: Outcome,
}

/// How much of a document was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReadStatus {
    /// All of it.
    Read,
    /// Part of it; the warnings say what not.
    Partial,
    /// Nothing.
    Unreadable,
}

/// One document.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentRun {
    /// As shown, relative to its dossier.
    pub path: String,
    /// Its kind: as given, else as recognised.
    pub kind: Option<DocumentKind>,
    /// SHA-256 of its bytes in hexadecimal; None when there were no bytes.
    pub sha256: Option<String>,
    /// How much was read.
    pub status: ReadStatus,
    /// Why nothing was read, and what to do.
    pub error: Option<String>,
    /// Number of pages.
    pub pages: usize,
    /// Pages without a text layer.
    pub pages_without_text: Vec<u32>,
    /// What a user should know of the reading.
    pub warnings: Vec<String>,
}

impl DocumentRun {
    /// A document that could not be read.
    pub fn unreadable(path: &str, kind: Option<DocumentKind>, sha256: Option<String>, error: String) -> DocumentRun {
        DocumentRun {
            path: path.to_owned(),
            kind,
            sha256,
            status: ReadStatus::Unreadable,
            error: Some(error),
            pages: 0,
            pages_without_text: Vec::new(),
            warnings: Vec::new(),
        }
    }
}

impl Run {
    /// Dutch title of the framework of an outcome.
    pub fn framework_title<'a>(&'a self, outcome: &'a FrameworkOutcome) -> &'a str {
        self.frameworks.iter().find(|f| f.id == outcome.framework).map_or(outcome.framework.as_str(), |f| f.title.as_str())
    }
}

/// From which verdict on a statutory element a run counts as having findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Never.
    None,
    /// Contradicted.
    Contradicted,
    /// Contradicted or missing.
    #[default]
    Missing,
    /// Contradicted, missing or weak.
    Weak,
}

impl Level {
    fn counts(self, verdict: Verdict) -> bool {
        match verdict {
            Verdict::Contradicted => self >= Level::Contradicted,
            Verdict::Missing => self >= Level::Missing,
            Verdict::Weak => self >= Level::Weak,
            Verdict::Found | Verdict::NotTestable | Verdict::NotApplicable => false,
        }
    }
}

/// Norms and elements asked for: "N3" is N3 and all its elements, "N3.b" that element, "1" all of aspect 1. Empty means all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection(Vec<String>);

impl Selection {
    /// From words as given on the command line.
    pub fn new<S: AsRef<str>>(words: impl IntoIterator<Item = S>) -> Selection {
        Selection(words.into_iter().map(|w| w.as_ref().trim().to_owned()).filter(|w| !w.is_empty()).collect())
    }

    /// Whether nothing was named, which takes all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether an element or norm is asked for.
    pub fn takes(&self, id: &str) -> bool {
        self.0.is_empty() || self.0.iter().any(|word| matches(word, id))
    }

    /// The words that take none of `ids`.
    pub fn idle<'a>(&'a self, ids: impl Iterator<Item = &'a str> + Clone) -> Vec<&'a str> {
        self.0.iter().map(String::as_str).filter(|word| !ids.clone().any(|id| matches(word, id))).collect()
    }
}

/// "N3" takes "N3" and "N3.a", not "N30"; "N" takes all of N.
fn matches(word: &str, id: &str) -> bool {
    let Some(head) = id.get(..word.len()) else { return false };
    let rest = &id[word.len()..];
    let whole = rest.is_empty() || rest.starts_with('.') || !word.ends_with(|c: char| c.is_ascii_digit()) && !word.contains('.');
    head.eq_ignore_ascii_case(word) && whole
}

impl FrameworkOutcome {
    /// The elements of a norm, in order.
    pub fn elements_of<'a>(&'a self, norm: &'a str) -> impl Iterator<Item = &'a ElementOutcome> {
        self.elements.iter().filter(move |e| e.norm == norm)
    }

    /// The norms under their aspect, in order; those of no aspect together.
    pub fn norms_by_aspect(&self) -> Vec<(Option<&AspectOutcome>, Vec<&NormOutcome>)> {
        let mut out: Vec<(Option<&AspectOutcome>, Vec<&NormOutcome>)> = Vec::new();
        for norm in &self.norms {
            let aspect = self.aspects.iter().find(|a| a.norms.contains(&norm.id));
            match out.iter_mut().find(|(of, _)| of.map(|a| &a.title) == aspect.map(|a| &a.title)) {
                Some((_, norms)) => norms.push(norm),
                None => out.push((aspect, vec![norm])),
            }
        }
        out
    }

    /// Whether an element belongs to a statutory norm.
    pub fn is_statutory(&self, element: &ElementOutcome) -> bool {
        self.norms.iter().any(|n| n.id == element.norm && n.statutory)
    }

    /// How many elements have each verdict, in the order of [`Verdict::ALL`].
    pub fn tally(&self) -> [(Verdict, usize); 6] {
        Verdict::ALL.map(|verdict| (verdict, self.elements.iter().filter(|e| e.verdict == verdict).count()))
    }

    /// As [`Self::tally`], of the elements of one norm.
    pub fn tally_of(&self, norm: &str) -> [(Verdict, usize); 6] {
        Verdict::ALL.map(|verdict| (verdict, self.elements_of(norm).filter(|e| e.verdict == verdict).count()))
    }
}

impl DossierRun {
    /// Whether some statutory element falls under the level.
    pub fn has_findings(&self, level: Level) -> bool {
        let frameworks = &self.outcome.frameworks;
        frameworks.iter().any(|f| f.elements.iter().any(|e| level.counts(e.verdict) && f.is_statutory(e)))
    }

    /// The elements for which it was asked why.
    pub fn why(&self) -> impl Iterator<Item = (&ElementOutcome, &Considered)> {
        self.outcome.frameworks.iter().flat_map(|f| &f.elements).filter_map(|e| Some((e, e.considered.as_ref()?)))
    }

    /// The elements whose verdict is a finding, with their framework, in order.
    pub fn findings(&self) -> impl Iterator<Item = (&FrameworkOutcome, &ElementOutcome)> {
        self.outcome.frameworks.iter().flat_map(|f| f.elements.iter().filter(|e| e.verdict.is_finding()).map(move |e| (f, e)))
    }

    /// Path of one of its documents, for who stands outside the dossier. A file without a `dossier.toml` is its own dossier.
    pub fn path_of(&self, document: &DocumentRun) -> String {
        if self.path.ends_with(&document.path) { self.path.clone() } else { format!("{}/{}", self.path, document.path) }
    }

    /// The documents that could not be read.
    pub fn unreadable(&self) -> impl Iterator<Item = &DocumentRun> {
        self.documents.iter().filter(|d| d.status == ReadStatus::Unreadable)
    }

    /// Whether some document could not be read.
    pub fn has_unreadable(&self) -> bool {
        self.unreadable().next().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selection_takes_norms_elements_and_aspects() {
        let takes = |word: &str, id: &str| Selection::new([word]).takes(id);
        for (word, id) in [("N3", "N3"), ("N3", "N3.b"), ("n3.b", "N3.b"), ("1", "1.2.a"), ("1.2", "1.2.a"), ("N", "N5.a"), ("R5", "R5.i")]
        {
            assert!(takes(word, id), "{word} {id}");
        }
        for (word, id) in [("N3", "N30"), ("N3.b", "N3"), ("N3.b", "N3.c"), ("1.1", "1.10.a"), ("1", "10.a"), ("R", "N1")] {
            assert!(!takes(word, id), "{word} {id}");
        }
        assert!(Selection::default().takes("N1"));
        assert_eq!(Selection::new(["N3", "Q9"]).idle(["N3.a"].into_iter()), ["Q9"]);
    }

    #[test]
    fn levels_are_a_ladder() {
        use Verdict::*;
        let counted = |level: Level| Verdict::ALL.into_iter().filter(|v| level.counts(*v)).collect::<Vec<_>>();
        assert_eq!(counted(Level::None), []);
        assert_eq!(counted(Level::Contradicted), [Contradicted]);
        assert_eq!(counted(Level::Missing), [Missing, Contradicted]);
        assert_eq!(counted(Level::Weak), [Weak, Missing, Contradicted]);
    }

    #[test]
    fn norms_stand_under_their_aspect() {
        let mut framework = crate::report::samples::run().dossiers[0].outcome.frameworks[0].clone();
        let norm = |id: &str| NormOutcome { id: id.into(), title: id.into(), statutory: false, verdict: Verdict::Found };
        framework.norms.extend([norm("1.1"), norm("N4")]);
        framework.aspects[0].norms.push("N4".into());
        let shown = |f: &FrameworkOutcome| {
            let groups = f.norms_by_aspect();
            let group = |(a, norms): &(Option<&AspectOutcome>, Vec<&NormOutcome>)| {
                (a.map(|a| a.title.clone()), norms.iter().map(|n| n.id.clone()).collect::<Vec<_>>().join(" "))
            };
            groups.iter().map(group).collect::<Vec<_>>()
        };
        assert_eq!(shown(&framework), [(Some("Naleving".into()), "N3 N4".into()), (None, "1.1".into())]);
        framework.aspects.clear();
        assert_eq!(shown(&framework), [(None, "N3 1.1 N4".into())]);
    }
}
