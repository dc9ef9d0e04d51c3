//! How well weights do on what they were not learnt from: fragments in folds, documents left out.

use super::Settings;
use super::data::{Data, Paper, Sample, WHOLE, class_of, holds};
use super::descent::{Learner, Sums};
use super::mining::learn;
use crate::engine::outcome::Verdict;
use crate::engine::{LEAD, decide, lead};
use crate::weighing::model::{CLASSES, softmax};
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Fragments are divided over so many folds.
const FOLDS: usize = 5;

/// Leads of found that are tried; that of the engine is among them.
const TRIED: [f32; 6] = [0.0, 0.4, LEAD, 1.2, 1.6, 2.0];

/// Found against the rest.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Count {
    /// Found by the label and by us.
    pub both: usize,
    /// Found by us.
    pub ours: usize,
    /// Found by the label.
    pub truth: usize,
    /// With the very verdict of the label.
    pub exact: usize,
    /// All.
    pub all: usize,
}

impl Count {
    fn add(&mut self, truth: Verdict, ours: Verdict) {
        let (t, o) = (truth == Verdict::Found, ours == Verdict::Found);
        self.all += 1;
        self.exact += usize::from(truth == ours);
        self.truth += usize::from(t);
        self.ours += usize::from(o);
        self.both += usize::from(t && o);
    }

    /// Harmonic mean of precision and recall.
    pub fn f1(&self) -> f64 {
        2.0 * self.both as f64 / (self.ours + self.truth).max(1) as f64
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let (p, r) = (self.both as f64 / self.ours.max(1) as f64, self.both as f64 / self.truth.max(1) as f64);
        write!(f, "exact {:.3} P {p:.3} R {r:.3} F1 {:.3} ({})", self.exact as f64 / self.all.max(1) as f64, self.f1(), self.all)
    }
}

/// Fragments judged with weights learnt from the other folds.
#[derive(Clone, Debug, Default)]
pub struct Folds {
    /// Over all.
    pub all: Count,
    /// Without the elements of N.
    pub indicators: Count,
    /// The project's own, named after their element; the counts above are over the others.
    pub own: Count,
    /// Elements by F1, the worst first.
    pub worst: Vec<(f64, String)>,
    /// What went wrong, and the shares of each fragment (`PRED`).
    pub misses: Vec<String>,
}

/// Learns from four of five parts of the fragments (and all documents), and judges the fifth; for each of the five.
pub fn folds(data: &Data, settings: &Settings) -> Folds {
    let mut out = Folds::default();
    let mut per = vec![Count::default(); data.elements.len()];
    for fold in 0..FOLDS {
        // Lines that follow each other were often written in one go: they are spread over the folds.
        let within = |s: &Sample| s.number * 7 / 3 % FOLDS == fold;
        let others: Vec<&Sample> = data.samples.iter().filter(|s| s.document.is_some() || !within(s)).collect();
        let l = Learner::learn(&others, data.names.len(), settings);
        for s in data.samples.iter().filter(|s| s.document.is_none() && s.weight > 0.0 && within(s)) {
            let id = &data.elements[s.element as usize];
            let shares = softmax(l.logits(s));
            let best = (0..CLASSES.len()).max_by(|x, y| shares[*x].total_cmp(&shares[*y])).map_or(Verdict::Missing, |c| CLASSES[c]);
            let truth = CLASSES[s.class as usize];
            if (best == Verdict::Found) != (truth == Verdict::Found) {
                out.misses.push(format!("{} {id} truth {} ours {} {:.2}", s.place, truth.label(), best.label(), shares[0]));
            }
            out.misses.push(format!("PRED {} {id} {} {:.4} {:.4} {:.4}", s.place, s.class, shares[0], shares[1], shares[2]));
            if s.place.starts_with(id.as_str()) {
                out.own.add(truth, best);
                continue;
            }
            out.all.add(truth, best);
            if !id.starts_with('N') {
                out.indicators.add(truth, best);
            }
            per[s.element as usize].add(truth, best);
        }
    }
    out.worst = per.iter().map(Count::f1).zip(data.elements.iter().cloned()).collect();
    out.worst.sort_by(|x, y| x.0.total_cmp(&y.0));
    out
}

impl fmt::Display for Folds {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        writeln!(f, "fragments, {FOLDS} folds: {}; without N: {}; own: {}", self.all, self.indicators, self.own)?;
        let worst: Vec<String> = self.worst.iter().take(20).map(|(f1, e)| format!("{e} {f1:.2}")).collect();
        writeln!(f, "worst: {}", worst.join(", "))
    }
}

/// Learns without each group of documents in turn, and hands what was learnt to `work`: the results, per group in order. `done` is told how
/// many are ready.
pub fn without_each<T: Send>(
    data: &Data,
    settings: &Settings,
    groups: &[Vec<u16>],
    work: &(dyn Fn(&Learner) -> T + Sync),
    done: &(dyn Fn(usize) + Sync),
) -> Vec<T> {
    let results: Vec<Mutex<Option<T>>> = groups.iter().map(|_| Mutex::new(None)).collect();
    let (next, ready) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let workers = std::thread::available_parallelism().map_or(1, |n| n.get()).min(groups.len());
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let i = next.fetch_add(1, Ordering::Relaxed);
                    let Some(group) = groups.get(i) else { break };
                    let learnt = learn(data, &|d| group.contains(&d), settings);
                    *results[i].lock().unwrap_or_else(PoisonError::into_inner) = Some(work(&learnt));
                    done(ready.fetch_add(1, Ordering::Relaxed) + 1);
                }
            });
        }
    });
    results.into_iter().filter_map(|r| r.into_inner().unwrap_or_else(PoisonError::into_inner)).collect()
}

/// One document judged with weights learnt from the others.
#[derive(Clone, Debug)]
pub struct PaperLeftOut {
    /// Its name and kind.
    pub title: String,
    /// Per lead of found that was tried.
    pub counts: Vec<Count>,
    /// What went wrong with the lead of the engine and where that shows, and the best two shares per class and size of window (`ROW`).
    pub misses: Vec<String>,
}

/// Documents judged with weights learnt from those of other writers.
#[derive(Clone, Debug, Default)]
pub struct LeftOut {
    /// Per document.
    pub papers: Vec<PaperLeftOut>,
    /// Per lead of found that was tried, over all.
    pub totals: Vec<Count>,
    /// Found by both with the best passage on a page of the label, of how many.
    pub pages: (usize, usize),
}

/// Leaves documents by one writer out together: those whose names begin with the same letter. Quicker than running the engine over them,
/// and for trying settings: each passage by itself, of every element that is not of N.
pub fn writers_left_out(data: &Data, settings: &Settings) -> LeftOut {
    let writer = |p: &Paper| p.name.chars().next();
    let mut writers: Vec<Option<char>> = data.papers.iter().map(writer).collect();
    writers.sort_unstable();
    writers.dedup();
    let group = |w: &Option<char>| (0..data.papers.len() as u16).filter(|d| writer(&data.papers[*d as usize]) == *w).collect::<Vec<u16>>();
    let groups: Vec<Vec<u16>> = writers.iter().map(group).collect();
    let all = |l: &Learner| -> Vec<Vec<Sums>> {
        let of = |p: &Paper| p.pieces.iter().map(|piece| l.sums(&piece.features, data.elements.len())).collect();
        data.papers.iter().map(of).collect()
    };
    let sums = without_each(data, settings, &groups, &all, &|_| {});
    let mut out = LeftOut { totals: vec![Count::default(); TRIED.len()], ..LeftOut::default() };
    for (d, paper) in data.papers.iter().enumerate() {
        let i = groups.iter().position(|g| g.contains(&(d as u16))).unwrap_or_default();
        out.judge(data, paper, &sums[i][d]);
    }
    out
}

impl LeftOut {
    fn judge(&mut self, data: &Data, paper: &Paper, sums: &[Sums]) {
        let mut counts = vec![Count::default(); TRIED.len()];
        let mut misses = Vec::new();
        for (e, id) in data.elements.iter().enumerate() {
            let Some(t) = paper.truth.elements.get(id) else { continue };
            let Some(class) = class_of(t.verdict) else { continue };
            let shares: Vec<[f32; 4]> = sums.iter().map(|s| s.shares(e)).collect();
            misses.push(format!("ROW {} {id} {class} {}", paper.name, best_by_size(paper, &shares)));
            if id.starts_with('N') {
                continue;
            }
            let [f, w, c] = [0, 1, 2].map(|class| shares.iter().map(|s| s[class]).fold(0.0, f32::max));
            let best = (0..shares.len()).max_by(|x, y| shares[*x][0].total_cmp(&shares[*y][0]));
            for (k, least) in TRIED.into_iter().enumerate() {
                let ours = decide(f, w, c, lead(f, w) >= least);
                counts[k].add(t.verdict, ours);
                self.totals[k].add(t.verdict, ours);
            }
            let ours = decide(f, w, c, lead(f, w) >= LEAD);
            let evident = |i: usize| t.verdict == Verdict::Found && t.evidence.iter().any(|q| holds(&paper.pieces[i].plain, &q.quote));
            if ours != t.verdict {
                let words = |i: usize, most: usize| paper.pieces[i].text.chars().take(most).collect::<String>();
                misses.push(format!(
                    "MISS {} {id} truth {} ours {} f {f:.2} w {w:.2} c {c:.2} | {} | p{} {}",
                    paper.name,
                    t.verdict.label(),
                    ours.label(),
                    t.note,
                    best.map_or(0, |i| paper.pieces[i].page),
                    best.map_or(String::new(), |i| words(i, 300)),
                ));
                let evidence = (0..shares.len()).filter(|i| evident(*i)).take(2);
                misses.extend(evidence.map(|i| format!("    EV {:.2?} {}", shares[i], words(i, 400))));
            } else if ours == Verdict::Found {
                self.pages.1 += 1;
                self.pages.0 += usize::from(t.evidence.iter().any(|q| best.is_some_and(|i| q.page == paper.pieces[i].page)));
            }
        }
        self.papers.push(PaperLeftOut { title: format!("{} {:?}", paper.name, paper.kind), counts, misses });
    }
}

/// For windows of one sentence, of two, and whole passages: the best two shares of each class but missing.
fn best_by_size(paper: &Paper, shares: &[[f32; 4]]) -> String {
    let of = |size: usize, class: usize| {
        let here = shares.iter().zip(&paper.pieces).filter(|(_, p)| p.size == size);
        let mut all: Vec<f32> = here.map(|(s, _)| s[class]).collect();
        all.sort_by(|x, y| y.total_cmp(x));
        [0, 1].map(|i| format!("{:.4}", all.get(i).copied().unwrap_or(0.0))).join(" ")
    };
    let row: Vec<String> = (1..=WHOLE).flat_map(|size| [0, 1, 2].map(|class| of(size, class))).collect();
    row.join(" ")
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for paper in &self.papers {
            let counts: Vec<String> = TRIED.iter().zip(&paper.counts).map(|(t, c)| format!("[{t}] {c}")).collect();
            writeln!(f, "{}: {}", paper.title, counts.join(" "))?;
        }
        for (t, c) in TRIED.iter().zip(&self.totals) {
            writeln!(f, "documents, one writer left out, threshold {t}: {c}")?;
        }
        writeln!(f, "page of the best passage {}/{}", self.pages.0, self.pages.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learning::toys;

    #[test]
    fn found_against_the_rest_is_counted() {
        let mut c = Count::default();
        for (truth, ours) in [(Verdict::Found, Verdict::Found), (Verdict::Found, Verdict::Weak), (Verdict::Weak, Verdict::Weak)] {
            c.add(truth, ours);
        }
        assert_eq!(c.to_string(), "exact 0.667 P 1.000 R 0.500 F1 0.667 (3)");
    }

    #[test]
    fn each_fragment_is_judged_once() {
        let folds = folds(&toys::data(), &Settings::default());
        assert_eq!(folds.all.all, 16);
        assert!(folds.all.exact > 8, "{}", folds.all);
    }

    #[test]
    fn what_is_left_out_is_not_learnt_from() {
        let data = toys::data();
        let groups = [vec![0], vec![1], vec![0, 1]];
        let written = without_each(&data, &Settings::default(), &groups, &|l| l.written(&data), &|_| {});
        assert_eq!(written.len(), 3);
        let mut fragments_only = data.clone();
        fragments_only.samples.retain(|s| s.document.is_none());
        fragments_only.papers.clear();
        assert_eq!(written[2], learn(&fragments_only, &|_| false, &Settings::default()).written(&fragments_only));
        assert_ne!(written[0], written[1]);
    }
}
