//! Counter-examples from the documents: passages that wrongly look like evidence are learnt from in a next round (hard negative mining).

use super::Settings;
use super::data::{Data, MISSING, Sample, holds};
use super::descent::{Learner, Sums};
use crate::engine::outcome::Verdict;
use std::collections::BTreeMap;

/// Per element and document at most so many in a round.
const MOST: usize = 10;
/// A share of found below this does not look like evidence.
const LOOKS: f32 = 0.1;

/// Document, element and passage, with the sample they make.
type Mined = BTreeMap<(u16, u16, usize), Sample>;

/// Learns without some documents, looks for passages that wrongly look like evidence in the others, and learns again.
pub fn learn(data: &Data, without: &dyn Fn(u16) -> bool, settings: &Settings) -> Learner {
    let base: Vec<&Sample> = data.samples.iter().filter(|s| s.document.is_none_or(|d| !without(d))).collect();
    let mut extra = Mined::new();
    let mut learner = Learner::learn(&base, data.names.len(), settings);
    for _ in 0..settings.rounds {
        for d in (0..data.papers.len() as u16).filter(|d| !without(*d)) {
            mine(data, d, &learner, settings.document, &mut extra);
        }
        let all: Vec<&Sample> = base.iter().copied().chain(extra.values()).collect();
        learner = Learner::learn(&all, data.names.len(), settings);
    }
    learner
}

/// The passages of a document that look most like evidence of what it does not show.
fn mine(data: &Data, document: u16, learner: &Learner, weight: f32, extra: &mut Mined) {
    let paper = &data.papers[document as usize];
    let sums: Vec<Sums> = paper.pieces.iter().map(|p| learner.sums(&p.features, data.elements.len())).collect();
    for (e, id) in data.elements.iter().enumerate() {
        let Some(t) = paper.truth.elements.get(id) else { continue };
        if !matches!(t.verdict, Verdict::Missing | Verdict::Weak) {
            continue;
        }
        let mut scored: Vec<(f32, usize)> = sums.iter().enumerate().map(|(i, s)| (s.shares(e)[0], i)).collect();
        scored.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        for &(_, i) in scored.iter().take(MOST).filter(|(share, _)| *share > LOOKS) {
            let piece = &paper.pieces[i];
            if t.verdict == Verdict::Weak && t.evidence.iter().any(|q| holds(&piece.plain, &q.quote)) {
                continue;
            }
            // It teaches what the subject is not; how things are said is learnt where a reader labelled it.
            let sample = Sample { weight: 0.0, ..piece.sample(document, e as u16, MISSING, weight) };
            extra.insert((document, e as u16, i), sample);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learning::toys;

    #[test]
    fn what_wrongly_looks_like_evidence_is_learnt_from() {
        let data = toys::data();
        let learner = Learner::learn(&data.samples.iter().collect::<Vec<_>>(), data.names.len(), &Settings::default());
        let mut extra = Mined::new();
        mine(&data, 1, &learner, 1.0, &mut extra);
        // The second document is labelled as showing nothing, but speaks of absence much as the fragments do.
        assert!(extra.keys().any(|(d, e, _)| (*d, *e) == (1, 0)), "{:?}", extra.keys());
        assert!(extra.values().all(|s| s.class == MISSING && s.on == Some((false, 1.0))));
    }
}
