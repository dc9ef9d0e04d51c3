//! What a run over dossiers yields, and what is counted and decided over it: which elements were asked for, how many of each verdict,
//! whether anything is below the chosen level. The reports render this and decide nothing.

mod group;
mod judging;
mod waiving;

pub use group::Spread;

use crate::dossier::Sector;
use crate::engine::considered::Considered;
use crate::engine::outcome::{AspectOutcome, DocumentKind, ElementOutcome, Evidence, FrameworkOutcome, NormOutcome, Outcome, Verdict};
use std::collections::HashSet;

/// A run: what was asked and what came of it.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Run {
    /// The frameworks asked for, in order.
    pub frameworks: Vec<Framework>,
    /// The dossiers, in the order given.
    pub dossiers: Vec<DossierRun>,
    /// What a user should know of the folder as a whole: files that are no document, links that were not followed, rows of a list that
    /// fit no dossier. Dutch sentences, in stable order.
    pub remarks: Vec<String>,
    /// The run was broken off: how many dossiers were asked for. None when all were done.
    pub broken_off: Option<usize>,
    /// Dossiers of the baseline that are not in this run, by their path.
    pub gone: Vec<String>,
}

/// A framework that was applied.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
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
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
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
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
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
    /// Its own file name in a folder of reports, without extension: unique in the run, of `a-z`, `0-9` and `-` only. Empty outside a batch.
    pub page: String,
    /// What a user should know of the dossier as a whole, Dutch sentences: where lists and `dossier.toml` disagree, how it was grouped.
    pub warnings: Vec<String>,
    /// What analysts judged.
    pub judgements: Vec<Judgement>,
    /// Findings set aside for a time.
    pub waivers: Vec<Waiver>,
    /// The findings against those of an earlier run; None without a baseline.
    pub changes: Option<Vec<Change>>,
    /// Images of the pages that carry evidence.
    pub pictures: Vec<Picture>,
}

/// An analyst's own judgement of an element; it stands beside the verdict and never in its place.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Judgement {
    /// "N3.b".
    pub element: String,
    /// What the analyst says.
    pub verdict: Verdict,
    /// Why.
    pub reason: String,
    /// Whose.
    pub initials: String,
    /// How it stands to what is found now.
    pub fit: Fit,
}

/// How a judgement stands to the verdict and evidence of now.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub enum Fit {
    /// The same verdict.
    Agrees,
    /// Another verdict on the same evidence: the analyst's own view.
    Differs,
    /// It no longer fits: why, a Dutch sentence.
    Outdated(String),
}

/// A finding set aside for a time: it stays in the report and does not count for the exit code.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Waiver {
    /// "N3.b".
    pub element: String,
    /// Why.
    pub reason: String,
    /// The last day it holds; None without an end.
    pub until: Option<jiff::civil::Date>,
    /// What it does now.
    pub state: WaiverState,
}

/// What a waiver does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WaiverState {
    /// It sets a finding aside.
    Holds,
    /// Its last day is past: a finding by itself.
    Expired,
    /// There is no finding to set aside.
    Idle,
}

/// A finding against an earlier run.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Change {
    /// "toezichtkader-2013".
    pub framework: String,
    /// "N3.b".
    pub element: String,
    /// New, gone or the same.
    pub kind: ChangeKind,
    /// The verdict then; None when the dossier or element was not there.
    pub was: Option<Verdict>,
}

/// What became of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// A finding now and not then.
    New,
    /// A finding then and not now.
    Gone,
    /// A finding then and now.
    Same,
}

impl ChangeKind {
    /// All, in the order in which they are counted.
    pub const ALL: [ChangeKind; 3] = [ChangeKind::New, ChangeKind::Gone, ChangeKind::Same];
}

/// The image of a page.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Picture {
    /// Index of the document in the dossier.
    pub document: usize,
    /// Page number from 1.
    pub page: u32,
    /// Where the image is: a path relative to the report, or a `data:` URI.
    pub source: String,
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// What of the page it shows.
    pub geometry: crate::ingest::Geometry,
}

impl Picture {
    /// Where a box of PDF user space (a [`crate::document::Place`]'s) lies on the image: left, top, width and height as shares of the
    /// image from 0 to 1, cut off at its edges.
    pub fn mark(&self, bbox: [f32; 4]) -> [f32; 4] {
        let (width, height) = self.geometry.view_size();
        let (ax, ay) = self.geometry.to_view(bbox[0], bbox[1]);
        let (bx, by) = self.geometry.to_view(bbox[2], bbox[3]);
        let share = |v: f32, of: f32| if of > 0.0 { (v / of).clamp(0.0, 1.0) } else { 0.0 };
        let (x0, x1) = (share(ax.min(bx), width), share(ax.max(bx), width));
        let (y0, y1) = (share(ay.min(by), height), share(ay.max(by), height));
        [x0, y0, x1 - x0, y1 - y0]
    }
}

/// How much of a document was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
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
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
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
    /// Pages without a text layer that were read by OCR: what they say may be wrong.
    pub pages_by_ocr: Vec<u32>,
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
            pages_by_ocr: Vec::new(),
            warnings: Vec::new(),
        }
    }
}

impl Run {
    /// The elements that some dossier reports, in the order of their frameworks.
    pub fn reported(&self) -> Vec<(&Framework, &Rule)> {
        let outcomes = self.dossiers.iter().flat_map(|d| &d.outcome.frameworks);
        let seen: HashSet<_> = outcomes.flat_map(|f| f.elements.iter().map(|e| (f.framework.as_str(), e.id.as_str()))).collect();
        let rules = self.frameworks.iter().flat_map(|f| f.rules.iter().map(move |rule| (f, rule)));
        rules.filter(|(f, rule)| seen.contains(&(f.id.as_str(), rule.id.as_str()))).collect()
    }

    /// In how many dossiers an element is a finding.
    pub fn short_of(&self, framework: &str, element: &str) -> usize {
        self.dossiers.iter().filter(|d| d.element_of(framework, element).is_some_and(|e| e.verdict.is_finding())).count()
    }

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
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
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
    /// Whether some statutory element falls under the level and is not waived, or a waiver has expired.
    pub fn has_findings(&self, level: Level) -> bool {
        let counts = |f: &FrameworkOutcome, e: &ElementOutcome| level.counts(e.verdict) && f.is_statutory(e) && !self.is_waived(&e.id);
        let expired = self.waivers.iter().any(|w| w.state == WaiverState::Expired);
        level > Level::None && expired || self.outcome.frameworks.iter().any(|f| f.elements.iter().any(|e| counts(f, e)))
    }

    /// What analysts judged of an element.
    pub fn judgements_of(&self, element: &str) -> impl Iterator<Item = &Judgement> {
        self.judgements.iter().filter(move |j| j.element == element)
    }

    /// The waiver on an element.
    pub fn waiver_of(&self, element: &str) -> Option<&Waiver> {
        self.waivers.iter().find(|w| w.element == element)
    }

    /// Whether a waiver sets the finding on an element aside.
    pub fn is_waived(&self, element: &str) -> bool {
        self.waiver_of(element).is_some_and(|w| w.state == WaiverState::Holds)
    }

    /// What became of an element since the baseline.
    pub fn change_of(&self, framework: &str, element: &str) -> Option<&Change> {
        self.changes.iter().flatten().find(|c| c.framework == framework && c.element == element)
    }

    /// How many findings are new, gone and the same since the baseline; None without one.
    pub fn change_tally(&self) -> Option<[(ChangeKind, usize); 3]> {
        let changes = self.changes.as_ref()?;
        let count = |kind| (kind, changes.iter().filter(|c| c.kind == kind).count());
        Some(ChangeKind::ALL.map(count))
    }

    /// The image of the page of a piece of evidence: of its first place.
    pub fn picture_of(&self, evidence: &Evidence) -> Option<&Picture> {
        let page = evidence.places.first()?.page;
        self.pictures.iter().find(|p| p.document == evidence.document && p.page == page)
    }

    /// Its name for a reader: as given, else as found in its documents, else its path.
    pub fn title(&self) -> &str {
        let found = self.outcome.facts.naam.as_ref().map(|f| f.value.as_str());
        self.naam.as_deref().or(found).unwrap_or(&self.path)
    }

    /// Its number: as given, else as found in its documents.
    pub fn number(&self) -> Option<&str> {
        self.nummer.as_deref().or(self.outcome.facts.nummer.as_ref().map(|f| f.value.as_str()))
    }

    /// The elements for which it was asked why.
    pub fn why(&self) -> impl Iterator<Item = (&ElementOutcome, &Considered)> {
        self.outcome.frameworks.iter().flat_map(|f| &f.elements).filter_map(|e| Some((e, e.considered.as_ref()?)))
    }

    /// Its elements, with their framework, in order.
    pub fn elements(&self) -> impl Iterator<Item = (&FrameworkOutcome, &ElementOutcome)> {
        self.outcome.frameworks.iter().flat_map(|f| f.elements.iter().map(move |e| (f, e)))
    }

    /// Those whose verdict is a finding.
    pub fn findings(&self) -> impl Iterator<Item = (&FrameworkOutcome, &ElementOutcome)> {
        self.elements().filter(|(_, e)| e.verdict.is_finding())
    }

    /// Those of its findings that are on a statutory norm.
    pub fn statutory_findings(&self) -> impl Iterator<Item = (&FrameworkOutcome, &ElementOutcome)> {
        self.findings().filter(|(framework, element)| framework.is_statutory(element))
    }

    /// Where an analyst sees it otherwise on the same evidence.
    pub fn differing(&self) -> impl Iterator<Item = &Judgement> {
        self.judgements.iter().filter(|j| j.fit == Fit::Differs)
    }

    /// Judgements that no longer fit.
    pub fn outdated(&self) -> impl Iterator<Item = &Judgement> {
        self.judgements.iter().filter(|j| matches!(j.fit, Fit::Outdated(_)))
    }

    /// What is said of an element; None when it was not asked for.
    pub fn element_of(&self, framework: &str, element: &str) -> Option<&ElementOutcome> {
        let framework = self.outcome.frameworks.iter().find(|f| f.framework == framework)?;
        framework.elements.iter().find(|e| e.id == element)
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
    fn a_mark_lies_where_the_words_are_drawn() {
        let mut picture = Picture {
            document: 0,
            page: 1,
            source: String::new(),
            size: (100, 200),
            geometry: crate::ingest::Geometry { visible: [100.0, 100.0, 200.0, 300.0], rotate: 0 },
        };
        assert_eq!(picture.mark([110.0, 280.0, 150.0, 290.0]), [0.1, 0.05, 0.4, 0.05]);
        assert_eq!(picture.mark([0.0, 0.0, 500.0, 500.0]), [0.0, 0.0, 1.0, 1.0]);
        picture.geometry.rotate = 90;
        let [x, y, w, h] = picture.mark([110.0, 280.0, 150.0, 290.0]);
        assert_eq!([x, y, w, h].map(|v| (v * 1000.0).round()), [900.0, 100.0, 50.0, 400.0]);
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
