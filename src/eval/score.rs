//! Counting: verdicts against the truth, per element and over all.

use super::facts::{self, FactScore};
use super::figures::FigureScores;
use super::overlap::overlap;
use super::truth::{Truth, TruthElement};
use crate::engine::outcome::{ElementOutcome, Verdict};
use crate::run::{DossierRun, Selection};
use serde::Serialize;

/// Counts and the shares that follow from them; a share over nothing is None.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Score {
    /// Elements whose truth is not "not testable" or "not applicable".
    pub testable: usize,
    /// Of those, with the very verdict of the truth.
    pub exact: usize,
    /// Found by the truth, over all elements.
    pub found_truth: usize,
    /// Found by us.
    pub found_ours: usize,
    /// Found by both.
    pub found_both: usize,
    /// Decoys.
    pub decoys: usize,
    /// Decoys that stand in the evidence of a found element.
    pub decoys_accepted: usize,
    /// Found by both, where the truth names pages.
    pub placed: usize,
    /// Of those, with evidence on a page of the truth.
    pub placed_right: usize,
    /// exact / testable.
    pub exact_share: Option<f64>,
    /// found_both / found_ours.
    pub precision: Option<f64>,
    /// found_both / found_truth.
    pub recall: Option<f64>,
    /// decoys_accepted / decoys.
    pub decoy_share: Option<f64>,
    /// placed_right / placed.
    pub place_share: Option<f64>,
}

impl Score {
    fn close(&mut self) {
        self.exact_share = share(self.exact, self.testable);
        self.precision = share(self.found_both, self.found_ours);
        self.recall = share(self.found_both, self.found_truth);
        self.decoy_share = share(self.decoys_accepted, self.decoys);
        self.place_share = share(self.placed_right, self.placed);
    }

    fn add(&mut self, other: &Score) {
        self.testable += other.testable;
        self.exact += other.exact;
        self.found_truth += other.found_truth;
        self.found_ours += other.found_ours;
        self.found_both += other.found_both;
        self.decoys += other.decoys;
        self.decoys_accepted += other.decoys_accepted;
        self.placed += other.placed;
        self.placed_right += other.placed_right;
    }
}

/// A part of a whole, to four decimals.
pub fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| (part as f64 / whole as f64 * 10_000.0).round() / 10_000.0)
}

/// What went wrong with an element in one dossier.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Miss {
    /// The dossier.
    pub dossier: String,
    /// By the truth.
    pub truth: Verdict,
    /// By us; None when the element was not reported.
    pub ours: Option<Verdict>,
    /// What we said.
    pub message: String,
    /// What the truth notes.
    pub note: String,
    /// Decoys we took for evidence.
    pub decoys: Vec<String>,
}

/// One element over all dossiers.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ElementScore {
    /// Its id.
    pub id: String,
    /// The counts.
    pub score: Score,
    /// Where it went wrong.
    pub misses: Vec<Miss>,
}

/// One dossier over all its elements.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct DossierScore {
    /// As shown.
    pub path: String,
    /// The counts.
    pub score: Score,
}

/// One cell of the confusion table that is not empty.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Confusion {
    /// By the truth.
    pub truth: Verdict,
    /// By us; None when the element was not reported.
    pub ours: Option<Verdict>,
    /// How many.
    pub count: usize,
}

/// All scores.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Scores {
    /// Whether each dossier was judged with weights learnt without it.
    pub leave_one_out: bool,
    /// Dossiers compared, in the order given.
    pub dossiers: Vec<DossierScore>,
    /// Over all elements.
    pub overall: Score,
    /// Per element, in the framework's order.
    pub elements: Vec<ElementScore>,
    /// Elements with misses, the worst first.
    pub worst: Vec<String>,
    /// Verdicts of the truth against ours.
    pub confusion: Vec<Confusion>,
    /// Facts.
    pub facts: Vec<FactScore>,
    /// Figures: the measures that the truth of a dossier gives.
    pub figures: FigureScores,
}

/// Scores runs against their truth.
pub fn score<'a>(pairs: impl IntoIterator<Item = (&'a DossierRun, &'a Truth)>, selection: &Selection) -> Scores {
    let mut scores = Scores { facts: facts::empty(), ..Scores::default() };
    for (run, truth) in pairs {
        let mut dossier = DossierScore { path: run.path.clone(), score: Score::default() };
        facts::add(&mut scores.facts, &run.path, &truth.facts, &run.outcome.facts);
        scores.figures.add_dossier(&run.path, &truth.facts, &run.outcome.facts);
        for id in ids(run, truth).into_iter().filter(|id| selection.takes(id)) {
            let outcome = run.outcome.frameworks.iter().flat_map(|f| &f.elements).find(|e| e.id == id);
            let Some(wanted) = truth.elements.get(id) else { continue };
            let mut here = ElementScore { id: id.to_owned(), ..ElementScore::default() };
            here.add(run, wanted, outcome, truth);
            dossier.score.add(&here.score);
            let element = scores.element(id);
            element.score.add(&here.score);
            element.misses.extend(here.misses);
            scores.confuse(wanted.verdict, outcome.map(|o| o.verdict));
        }
        dossier.score.close();
        scores.dossiers.push(dossier);
    }
    for element in &mut scores.elements {
        element.score.close();
        scores.overall.add(&element.score);
    }
    scores.overall.close();
    scores.figures.close();
    let mut worst: Vec<&ElementScore> = scores.elements.iter().filter(|e| !e.misses.is_empty()).collect();
    worst.sort_by_key(|e| std::cmp::Reverse(e.misses.len()));
    scores.worst = worst.iter().map(|e| e.id.clone()).collect();
    let rank = |v: Verdict| Verdict::ALL.iter().position(|x| *x == v);
    scores.confusion.sort_by_key(|c| (rank(c.truth), c.ours.map_or(Some(usize::MAX), rank)));
    scores
}

/// Elements in the framework's order, then those only the truth has.
fn ids<'a>(run: &'a DossierRun, truth: &'a Truth) -> Vec<&'a str> {
    let ours = run.outcome.frameworks.iter().flat_map(|f| f.elements.iter().map(|e| e.id.as_str()));
    let mut ids: Vec<&str> = ours.filter(|id| truth.elements.contains_key(*id)).collect();
    ids.extend(truth.elements.keys().map(String::as_str).filter(|id| !ids.contains(id)).collect::<Vec<_>>());
    ids
}

impl Scores {
    fn element(&mut self, id: &str) -> &mut ElementScore {
        let at = self.elements.iter().position(|e| e.id == id).unwrap_or_else(|| {
            self.elements.push(ElementScore { id: id.to_owned(), ..ElementScore::default() });
            self.elements.len() - 1
        });
        &mut self.elements[at]
    }

    fn confuse(&mut self, truth: Verdict, ours: Option<Verdict>) {
        match self.confusion.iter_mut().find(|c| c.truth == truth && c.ours == ours) {
            Some(cell) => cell.count += 1,
            None => self.confusion.push(Confusion { truth, ours, count: 1 }),
        }
    }
}

impl ElementScore {
    fn add(&mut self, run: &DossierRun, wanted: &TruthElement, outcome: Option<&ElementOutcome>, truth: &Truth) {
        let ours = outcome.map(|o| o.verdict);
        let exact = ours == Some(wanted.verdict);
        let score = &mut self.score;
        let testable = !matches!(wanted.verdict, Verdict::NotTestable | Verdict::NotApplicable);
        score.testable += usize::from(testable);
        score.exact += usize::from(testable && exact);
        let (found_truth, found_ours) = (wanted.verdict == Verdict::Found, ours == Some(Verdict::Found));
        score.found_truth += usize::from(found_truth);
        score.found_ours += usize::from(found_ours);
        score.found_both += usize::from(found_truth && found_ours);
        let evidence = outcome.filter(|_| found_ours).map_or(&[][..], |o| &o.evidence);
        if found_truth && found_ours && !wanted.evidence.is_empty() {
            let mut pages = evidence.iter().flat_map(|e| &e.places).map(|p| p.page);
            score.placed += 1;
            score.placed_right += usize::from(pages.any(|page| wanted.evidence.iter().any(|w| w.page == page)));
        }
        let mut accepted = Vec::new();
        for decoy in truth.decoys.iter().filter(|d| d.element == self.id) {
            score.decoys += 1;
            if evidence.iter().any(|e| e.places.iter().any(|p| p.page == decoy.page) && overlap(&e.quote, &decoy.quote)) {
                score.decoys_accepted += 1;
                accepted.push(format!("p. {}: {} ({})", decoy.page, decoy.quote, decoy.why));
            }
        }
        if !exact || !accepted.is_empty() {
            self.misses.push(Miss {
                dossier: run.path.clone(),
                truth: wanted.verdict,
                ours,
                message: outcome.map(|o| o.message.clone()).unwrap_or_default(),
                note: wanted.note.clone(),
                decoys: accepted,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    fn truth() -> Truth {
        serde_json::from_value(serde_json::json!({
            "kind": "ondersteuningsplan",
            "elements": {
                "N3.a": {"verdict": "found", "evidence": [{"page": 4, "quote": "vastgesteld", "table_row": true}], "note": "datum"},
                "N3.b": {"verdict": "found", "evidence": [{"page": 5, "quote": "x"}]},
                "N3.c": {"verdict": "missing", "evidence": []},
                "N3.e": {"verdict": "not_testable"},
                "N9.z": {"verdict": "weak"}
            },
            "decoys": [
                {"element": "N3.a", "page": 4, "quote": "het plan op 15 april 2014 vastge- steld", "why": "ander plan"},
                {"element": "N3.a", "page": 5, "quote": "het plan op 15 april 2014 vastgesteld", "why": "andere bladzijde"},
                {"element": "N3.b", "page": 5, "quote": "stemt naar verwachting", "why": "voornemen"}
            ],
            "facts": {"vaststelling": "2014-04-15", "instemming_opr": "2014-04-10", "aantal": 3}
        }))
        .unwrap()
    }

    #[test]
    fn counts_follow_the_definitions() {
        let run = samples::run();
        let scores = score([(&run.dossiers[0], &truth())], &Selection::default());
        let all = &scores.overall;
        assert_eq!((all.testable, all.exact), (4, 2));
        assert_eq!((all.found_truth, all.found_ours, all.found_both), (2, 1, 1));
        assert_eq!((all.decoys, all.decoys_accepted), (3, 1));
        assert_eq!((all.placed, all.placed_right), (1, 1));
        assert_eq!((all.precision, all.recall), (Some(1.0), Some(0.5)));
        assert_eq!(scores.dossiers, [DossierScore { path: "map/voorbeeld".to_owned(), score: all.clone() }]);
        assert_eq!(scores.worst, ["N3.a", "N3.b", "N9.z"]);
        assert_eq!(scores.elements.iter().map(|e| e.id.as_str()).collect::<Vec<_>>(), ["N3.a", "N3.b", "N3.c", "N3.e", "N9.z"]);
        let fact = |key: &str| scores.facts.iter().find(|f| f.key == key).map(|f| (f.right, f.total)).unwrap();
        assert_eq!((fact("vaststelling"), fact("instemming_opr"), fact("naam")), ((1, 1), (0, 1), (0, 0)));
    }

    #[test]
    fn a_selection_leaves_the_rest_out() {
        let run = samples::run();
        let scores = score([(&run.dossiers[0], &truth())], &Selection::new(["N3.c"]));
        assert_eq!(scores.elements.len(), 1);
        assert_eq!(scores.overall.testable, 1);
    }
}
