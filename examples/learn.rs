//! Learns the weights of `checks/<framework>/gewichten.tsv` from labelled fragments and documents.
//!
//! ```text
//! cargo run --release --example learn -- --fragments tests/fragments --documents samples [--leave-out 3/4] [--cross-check] [--write FILE]
//! ```
//!
//! Deterministic: the same data give the same bytes. Stochastic gradient descent with AdaGrad (Duchi 2011) on the softmax of
//! [`plantoets::weighing::model`], with L2. Passages of documents that wrongly look like evidence come back as counter-examples (hard negative mining).

use plantoets::engine::outcome::{DocumentKind, Verdict};
use plantoets::eval::{Fragment, Part, Truth, fragments};
use plantoets::pipeline::{self, Options, Rules};
use plantoets::weighing::model::{CLASSES, Model, Own, Row, softmax};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

struct Args {
    fragments: Vec<PathBuf>,
    bank: Vec<PathBuf>,
    documents: Vec<PathBuf>,
    leave_out: Option<Part>,
    cross_check: bool,
    write: Option<PathBuf>,
    epochs: usize,
    l2: f32,
    l2_own: f32,
    rate: f32,
    negatives: f32,
    doc_weight: f32,
    threshold: f32,
    misses: bool,
    least: u32,
}

/// One thing to learn from.
#[derive(Clone)]
struct Sample {
    features: Vec<u32>,
    element: u16,
    class: u8,
    weight: f32,
    /// Whether it is about what the element asks, and how much that counts, for the topic weights.
    on: Option<(bool, f32)>,
    /// Which document it is from, for leaving one out; fragments have none.
    document: Option<u16>,
    /// Counts up per element, for folds.
    number: usize,
    place: String,
}

/// A passage of a document.
struct Piece {
    features: Vec<u32>,
    text: String,
    page: u32,
}

struct Paper {
    name: String,
    kind: DocumentKind,
    pieces: Vec<Piece>,
    truth: Truth,
}

#[derive(Default)]
struct Names {
    ids: HashMap<String, u32>,
    all: Vec<String>,
}

impl Names {
    fn id(&mut self, name: String) -> u32 {
        let next = self.all.len() as u32;
        *self.ids.entry(name).or_insert_with_key(|n| {
            self.all.push(n.clone());
            next
        })
    }
}

/// Weights while learning.
struct Learner {
    shared: Vec<[f32; 4]>,
    shared_grad: Vec<[f32; 4]>,
    own: HashMap<(u32, u16), ([f32; 2], [f32; 2])>,
    topic: HashMap<(u32, u16), (f32, f32)>,
    topic_shared: Vec<(f32, f32)>,
}

impl Learner {
    fn logits(&self, features: &[u32], element: u16) -> [f32; 4] {
        let mut z = [0.0f32; 4];
        let (mut about, mut shown) = (0.0, 0.0);
        for &f in features {
            for (z, w) in z.iter_mut().zip(self.shared[f as usize]) {
                *z += w;
            }
            if let Some((w, _)) = self.own.get(&(f, element)) {
                about += w[0];
                shown += w[1];
            }
        }
        [z[0] + about + shown, z[1] + about, z[2] + about, z[3]]
    }

    fn topic(&self, features: &[u32], element: u16) -> f32 {
        features.iter().map(|&f| self.topic.get(&(f, element)).map_or(0.0, |w| w.0) + self.topic_shared[f as usize].0).sum()
    }

    fn found(&self, features: &[u32], element: u16) -> f32 {
        softmax(self.logits(features, element))[0].max(1e-6).ln() - (1.0 + (-self.topic(features, element)).exp()).ln()
    }

    fn learn_topic(&mut self, samples: &[&Sample], a: &Args) {
        let samples: Vec<(&Sample, bool, f32)> = samples.iter().filter_map(|s| s.on.map(|(on, w)| (*s, on, w))).collect();
        let mut order: Vec<usize> = (0..samples.len()).collect();
        let mut seed = 0x9E37_79B9_7F4A_7C15u64;
        let n = (samples.len() as f32).sqrt();
        for _ in 0..a.epochs {
            for i in (1..order.len()).rev() {
                seed ^= seed << 13;
                seed ^= seed >> 7;
                seed ^= seed << 17;
                order.swap(i, (seed % (i as u64 + 1)) as usize);
            }
            for &i in &order {
                let (s, on, weight) = samples[i];
                let p = 1.0 / (1.0 + (-self.topic(&s.features, s.element)).exp());
                let g = weight * (p - f32::from(u8::from(on)));
                if g.abs() < 1e-4 {
                    continue;
                }
                for &f in &s.features {
                    if let Some(w) = self.topic.get_mut(&(f, s.element)) {
                        let d = g + a.l2_own * w.0 / n;
                        w.1 += d * d;
                        w.0 -= a.rate * d / (w.1.sqrt() + 1e-6);
                    }
                    let w = &mut self.topic_shared[f as usize];
                    let d = g + a.l2_own * w.0 / n;
                    w.1 += d * d;
                    w.0 -= a.rate * d / (w.1.sqrt() + 1e-6);
                }
            }
        }
    }

    /// The pairs of feature and element that have weights of their own: seen together at least so often in what was labelled for the element.
    fn pairs(samples: &[&Sample], least: u32) -> HashMap<(u32, u16), u32> {
        let mut seen: HashMap<(u32, u16), u32> = HashMap::new();
        for s in samples.iter().filter(|s| s.weight > 0.0) {
            s.features.iter().for_each(|&f| *seen.entry((f, s.element)).or_default() += 1);
        }
        seen.retain(|_, n| *n >= least);
        seen
    }

    fn learn(samples: &[&Sample], names: usize, a: &Args) -> Learner {
        let pairs = Learner::pairs(samples, a.least);
        let mut l = Learner {
            shared: vec![[0.0; 4]; names],
            shared_grad: vec![[0.0; 4]; names],
            own: HashMap::new(),
            topic: HashMap::new(),
            topic_shared: vec![(0.0, 0.0); names],
        };
        l.own = pairs.keys().map(|k| (*k, Default::default())).collect();
        l.topic = pairs.keys().map(|k| (*k, Default::default())).collect();
        l.learn_topic(samples, a);
        let samples: Vec<&Sample> = samples.iter().copied().filter(|s| s.weight > 0.0).collect();
        let mut order: Vec<usize> = (0..samples.len()).collect();
        let mut seed = 0x9E37_79B9_7F4A_7C15u64;
        let n = samples.len() as f32;
        for epoch in 0..a.epochs {
            for i in (1..order.len()).rev() {
                seed ^= seed << 13;
                seed ^= seed >> 7;
                seed ^= seed << 17;
                order.swap(i, (seed % (i as u64 + 1)) as usize);
            }
            let _ = epoch;
            for &i in &order {
                let s = samples[i];
                let p = softmax(l.logits(&s.features, s.element));
                let mut g = [0.0f32; 4];
                for c in 0..4 {
                    g[c] = s.weight * (p[c] - f32::from(u8::from(c == s.class as usize)));
                }
                let ga = g[0] + g[1] + g[2];
                let gs = g[0];
                if g.iter().all(|v| v.abs() < 1e-4) {
                    continue;
                }
                for &f in &s.features {
                    let (w, h) = (&mut l.shared[f as usize], &mut l.shared_grad[f as usize]);
                    for c in 0..4 {
                        let d = g[c] + a.l2 * w[c] / n.sqrt();
                        h[c] += d * d;
                        w[c] -= a.rate * d / (h[c].sqrt() + 1e-6);
                    }
                    let Some((w, h)) = l.own.get_mut(&(f, s.element)) else { continue };
                    for (k, d) in [ga, gs].into_iter().enumerate() {
                        let d = d + a.l2_own * w[k] / n.sqrt();
                        h[k] += d * d;
                        w[k] -= a.rate * d / (h[k].sqrt() + 1e-6);
                    }
                }
            }
        }
        l
    }
}

fn class_of(v: Verdict) -> Option<u8> {
    CLASSES.iter().position(|c| *c == v).map(|i| i as u8)
}

/// Elements that ask much the same: a fragment of the one is no counter-example for the other.
fn kin(a: &str, b: &str) -> bool {
    let norm = |x: &str| x.rsplit_once('.').map_or(x.to_owned(), |(n, _)| n.to_owned());
    const NEAR: [(&str, &str); 34] = [
        ("R5.a", "2."),
        ("R5.a", "N1"),
        ("R5.a", "N2"),
        ("R5.b", "2.4"),
        ("R5.b", "1.3"),
        ("R5.b", "R5.g"),
        ("R5.c", "1.1"),
        ("R5.c", "1.2"),
        ("R5.d", "N5"),
        ("R5.e", "N5"),
        ("R5.f", "3."),
        ("R5.f", "1."),
        ("R5.f", "2."),
        ("R5.g", "1.3"),
        ("R5.g", "3.4"),
        ("R5.h", "2."),
        ("R5.i", "2.5"),
        ("R5.i", "N3"),
        ("R5.i", "2.3"),
        ("R5.i", "3."),
        ("1.2", "2.4"),
        ("1.4", "3."),
        ("1.4", "1.3"),
        ("1.4", "2.1"),
        ("2.1", "3.1"),
        ("1.3.b", "3.1"),
        ("1.3.d", "3."),
        ("1.6", "2.5"),
        ("1.6", "1.5"),
        ("2.3", "N5"),
        ("2.2", "2.1"),
        ("2.2", "2.6"),
        ("1.5", "1.1"),
        ("1.3.b", "1."),
    ];
    let near = |a: &str, b: &str| NEAR.iter().any(|(x, y)| a.starts_with(x) && b.starts_with(y));
    norm(a) == norm(b)
        || near(a, b)
        || near(b, a)
        || (a.starts_with('N') && b.starts_with('N'))
        || (a.starts_with("3.") && b.starts_with("3."))
}

fn main() -> anyhow::Result<()> {
    let a = args()?;
    let rules = Rules::load(Some(Path::new("checks"))).map_err(|e| anyhow::anyhow!("{e:?}"))?;
    let mut names = Names::default();
    let mut elements: Vec<String> = Vec::new();
    let mut samples: Vec<Sample> = Vec::new();
    let mut numbers: HashMap<u16, usize> = HashMap::new();
    let mut all: Vec<Fragment> = Vec::new();
    for (paths, part) in [(&a.fragments, None), (&a.bank, a.leave_out)] {
        for path in files(paths, "jsonl") {
            let text = std::fs::read_to_string(&path)?;
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let kept = fragments(&name, &text, None).map_err(anyhow::Error::msg)?;
            let left: std::collections::HashSet<String> = match part {
                Some(p) => fragments(&name, &text, Some(p)).map_err(anyhow::Error::msg)?.into_iter().map(|f| f.place).collect(),
                None => Default::default(),
            };
            all.extend(kept.into_iter().filter(|f| !left.contains(&f.place)));
        }
    }
    let mut ids: Vec<String> = all.iter().map(|f| f.element.clone()).collect();
    ids.sort();
    ids.dedup();
    elements.extend(ids);
    let element = |id: &str| elements.iter().position(|e| e == id).map(|i| i as u16);
    for f in &all {
        let (Some(e), Some(class)) = (element(&f.element), class_of(f.verdict)) else { continue };
        let mut features: Vec<u32> = pipeline::describe(&f.markdown(), f.document_kind(), &rules, &Options::default())
            .into_iter()
            .flatten()
            .map(|n| names.id(n))
            .collect();
        features.sort_unstable();
        features.dedup();
        let number = numbers.entry(e).or_default();
        *number += 1;
        samples.push(Sample {
            features,
            element: e,
            class,
            weight: 1.0,
            on: (class != 3).then_some((true, 1.0)),
            document: None,
            number: *number,
            place: f.place.clone(),
        });
    }
    eprintln!("{} fragments, {} elements", samples.len(), elements.len());
    let papers = papers(&a, &rules, &mut names)?;
    let own = samples.len();
    // A fragment about one thing is a counter-example for things far from it.
    let mut seed = 88_172_645_463_325_252u64;
    for i in 0..own {
        let s = samples[i].clone();
        let mut taken = 0;
        for _ in 0..20 {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            let other = (seed % elements.len() as u64) as u16;
            if taken == 6 {
                break;
            }
            if !kin(&elements[s.element as usize], &elements[other as usize]) {
                taken += 1;
                samples.push(Sample { element: other, class: 3, weight: 0.0, on: Some((false, a.negatives)), ..s.clone() });
            }
        }
    }
    for (d, paper) in papers.iter().enumerate() {
        samples.extend(told(paper, d as u16, &elements, &a));
    }
    eprintln!("{} samples, {} features", samples.len(), names.all.len());
    if a.cross_check {
        cross_check(&samples, &elements, names.all.len(), &a);
        leave_one_out(&samples, &papers, &elements, names.all.len(), &a);
    }
    if let Some(path) = &a.write {
        let learner = mined(&samples, &papers, None, &elements, names.all.len(), &a);
        std::fs::write(path, written(&learner, &names, &elements))?;
        let model = Model::parse(&std::fs::read_to_string(path)?)?;
        eprintln!("{} elements written", model.elements.len());
    }
    Ok(())
}

/// Learns, looks for passages that wrongly look like evidence, and learns again.
fn mined(samples: &[Sample], papers: &[Paper], without: Option<u16>, elements: &[String], names: usize, a: &Args) -> Learner {
    let base: Vec<&Sample> = samples.iter().filter(|s| without.is_none() || s.document != without).collect();
    let mut extra: Vec<Sample> = Vec::new();
    let mut learner = Learner::learn(&base, names, a);
    for _ in 0..2 {
        let mut more: BTreeMap<(u16, u16, usize), Sample> = BTreeMap::new();
        for (d, paper) in papers.iter().enumerate().filter(|(d, _)| Some(*d as u16) != without) {
            for (e, id) in elements.iter().enumerate() {
                let Some(t) = paper.truth.elements.get(id) else { continue };
                if !matches!(t.verdict, Verdict::Missing | Verdict::Weak) {
                    continue;
                }
                let mut scored: Vec<(f32, usize)> =
                    paper.pieces.iter().enumerate().map(|(i, p)| (learner.found(&p.features, e as u16).exp(), i)).collect();
                scored.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
                for &(share, i) in scored.iter().take(8).filter(|(s, _)| *s > 0.1) {
                    let _ = share;
                    let piece = &paper.pieces[i];
                    if t.verdict == Verdict::Weak && t.evidence.iter().any(|q| holds(&piece.text, &q.quote)) {
                        continue;
                    }
                    let s = Sample {
                        features: piece.features.clone(),
                        element: e as u16,
                        class: 3,
                        weight: a.doc_weight,
                        on: Some((false, a.doc_weight)),
                        document: Some(d as u16),
                        number: 0,
                        place: String::new(),
                    };
                    more.insert((d as u16, e as u16, i), s);
                }
            }
        }
        extra.extend(more.into_values());
        let all: Vec<&Sample> = base.iter().copied().chain(&extra).collect();
        learner = Learner::learn(&all, names, a);
    }
    learner
}

/// What the labels of a document say of its passages.
fn told(paper: &Paper, d: u16, elements: &[String], a: &Args) -> Vec<Sample> {
    let mut out = Vec::new();
    for (e, id) in elements.iter().enumerate() {
        let Some(t) = paper.truth.elements.get(id) else { continue };
        let Some(class) = class_of(t.verdict) else { continue };
        for piece in &paper.pieces {
            let sample = |class: u8, weight: f32| Sample {
                features: piece.features.clone(),
                element: e as u16,
                class,
                weight,
                on: Some((class != 3, weight)),
                document: Some(d),
                number: 0,
                place: String::new(),
            };
            if class != 3 && t.evidence.iter().any(|q| holds(&piece.text, &q.quote)) {
                out.push(sample(class, a.doc_weight));
            } else if paper.truth.decoys.iter().any(|x| x.element == *id && holds(&piece.text, &x.quote)) {
                out.push(sample(3, a.doc_weight));
            }
        }
    }
    out
}

fn plain(s: &str) -> String {
    s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether a passage (already plain) holds a quote, or its first or last half.
fn holds(plain_text: &str, quote: &str) -> bool {
    let q = plain(quote);
    if q.is_empty() {
        return false;
    }
    let chars: Vec<char> = q.chars().collect();
    let half = chars.len() / 2;
    let first: String = chars[..half].iter().collect();
    let last: String = chars[half..].iter().collect();
    plain_text.contains(&q) || (half > 15 && (plain_text.contains(&first) || plain_text.contains(&last)))
}

#[derive(Default, Clone, Copy)]
struct Count {
    both: usize,
    ours: usize,
    truth: usize,
    exact: usize,
    all: usize,
}

impl Count {
    fn add(&mut self, truth: u8, ours: u8) {
        self.all += 1;
        self.exact += usize::from(truth == ours);
        self.truth += usize::from(truth == 0);
        self.ours += usize::from(ours == 0);
        self.both += usize::from(truth == 0 && ours == 0);
    }
    fn show(&self) -> String {
        let (p, r) = (self.both as f64 / self.ours.max(1) as f64, self.both as f64 / self.truth.max(1) as f64);
        let f = 2.0 * self.both as f64 / (self.ours + self.truth).max(1) as f64;
        format!("exact {:.3} P {p:.3} R {r:.3} F1 {f:.3} ({})", self.exact as f64 / self.all.max(1) as f64, self.all)
    }
}

fn cross_check(samples: &[Sample], elements: &[String], names: usize, a: &Args) {
    let mut all = Count::default();
    let mut indicators = Count::default();
    let mut ours_own = Count::default();
    let mut per: Vec<Count> = vec![Count::default(); elements.len()];
    for fold in 0..5 {
        let train: Vec<&Sample> = samples.iter().filter(|s| s.document.is_some() || s.number * 7 / 3 % 5 != fold).collect();
        let l = Learner::learn(&train, names, a);
        for s in samples.iter().filter(|s| s.document.is_none() && s.weight > 0.0 && s.number * 7 / 3 % 5 == fold) {
            let z = l.logits(&s.features, s.element);
            let ours = best(z);
            if a.misses && (ours == 0) != (s.class == 0) {
                println!(
                    "{} {} truth {} ours {} {:.2}",
                    s.place,
                    elements[s.element as usize],
                    CLASSES[s.class as usize].label(),
                    CLASSES[ours as usize].label(),
                    softmax(z)[0]
                );
            }
            // Fragments of the project's own are named after their element; they are learnt from, and the bank's are measured.
            if s.place.starts_with(&elements[s.element as usize]) {
                ours_own.add(s.class, ours);
                continue;
            }
            all.add(s.class, ours);
            if !elements[s.element as usize].starts_with('N') {
                indicators.add(s.class, ours);
            }
            per[s.element as usize].add(s.class, ours);
        }
    }
    println!("fragments, 5 folds: {}; without N: {}; own: {}", all.show(), indicators.show(), ours_own.show());
    let mut worst: Vec<(f64, &String)> =
        per.iter().zip(elements).map(|(c, e)| (2.0 * c.both as f64 / (c.ours + c.truth).max(1) as f64, e)).collect();
    worst.sort_by(|x, y| x.0.total_cmp(&y.0));
    println!("worst: {}", worst.iter().take(20).map(|(f, e)| format!("{e} {f:.2}")).collect::<Vec<_>>().join(", "));
}

fn best(z: [f32; 4]) -> u8 {
    (0..4u8).max_by(|x, y| z[*x as usize].total_cmp(&z[*y as usize])).unwrap_or(3)
}

fn leave_one_out(samples: &[Sample], papers: &[Paper], elements: &[String], names: usize, a: &Args) {
    let thresholds = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
    let mut totals = vec![Count::default(); thresholds.len()];
    let mut pages = (0usize, 0usize);
    for (d, paper) in papers.iter().enumerate() {
        let l = mined(samples, papers, Some(d as u16), elements, names, a);
        let mut here = vec![Count::default(); thresholds.len()];
        for (e, id) in elements.iter().enumerate().filter(|(_, id)| !id.starts_with('N')) {
            let Some(t) = paper.truth.elements.get(id) else { continue };
            let Some(class) = class_of(t.verdict) else { continue };
            let shares: Vec<[f32; 4]> = paper
                .pieces
                .iter()
                .map(|p| {
                    let on = 1.0 / (1.0 + (-l.topic(&p.features, e as u16)).exp());
                    softmax(l.logits(&p.features, e as u16)).map(|v| v * on)
                })
                .collect();
            let most = |c: usize| shares.iter().map(|s| s[c]).fold(0.0, f32::max);
            for (k, t) in thresholds.iter().enumerate() {
                let ours = if most(0) >= *t {
                    0
                } else if most(2) > 0.6 {
                    2
                } else if most(1) > 0.5 || most(0) > 0.4 {
                    1
                } else {
                    3
                };
                here[k].add(class, ours);
                totals[k].add(class, ours);
            }
            if class == 0 && most(0) >= 0.5 {
                let i = (0..shares.len()).max_by(|x, y| shares[*x][0].total_cmp(&shares[*y][0])).unwrap_or(0);
                pages.1 += 1;
                pages.0 += usize::from(t.evidence.iter().any(|q| q.page == paper.pieces[i].page));
            }
        }
        println!(
            "{} {:?}: {}",
            paper.name,
            paper.kind,
            thresholds.iter().zip(&here).map(|(t, c)| format!("[{t}] {}", c.show())).collect::<Vec<_>>().join(" ")
        );
    }
    for (t, c) in thresholds.iter().zip(&totals) {
        println!("documents, one left out, threshold {t}: {}", c.show());
    }
    println!("page of the best passage {}/{}", pages.0, pages.1);
    let _ = a.threshold;
}

fn written(l: &Learner, names: &Names, elements: &[String]) -> String {
    let mut rows: Vec<(String, Row)> = names.all.iter().map(|n| (n.clone(), Row::default())).collect();
    for (i, w) in l.shared.iter().enumerate() {
        rows[i].1.shared = *w;
        rows[i].1.speaks = l.topic_shared[i].0;
    }
    let mut own: BTreeMap<(u32, u16), Own> = BTreeMap::new();
    for (&(f, element), (w, _)) in &l.own {
        own.insert((f, element), Own { element, about: w[0], shown: w[1], topic: 0.0 });
    }
    for (&(f, element), w) in &l.topic {
        own.entry((f, element)).or_insert(Own { element, ..Own::default() }).topic = w.0;
    }
    for ((f, _), o) in own {
        rows[f as usize].1.own.push(o);
    }
    rows.sort_by(|x, y| x.0.cmp(&y.0));
    Model::write(elements, &rows)
}

fn files(paths: &[PathBuf], extension: &str) -> Vec<PathBuf> {
    let mut out: Vec<PathBuf> = Vec::new();
    for p in paths {
        if p.is_dir() {
            out.extend(
                std::fs::read_dir(p)
                    .into_iter()
                    .flatten()
                    .flatten()
                    .map(|e| e.path())
                    .filter(|p| p.extension().is_some_and(|x| x == extension)),
            );
        } else {
            out.push(p.clone());
        }
    }
    out.sort();
    out
}

fn papers(a: &Args, rules: &Rules, names: &mut Names) -> anyhow::Result<Vec<Paper>> {
    let mut folders: Vec<PathBuf> = Vec::new();
    for p in &a.documents {
        if p.join("truth.json").is_file() {
            folders.push(p.clone());
        } else {
            folders.extend(std::fs::read_dir(p)?.flatten().map(|e| e.path()).filter(|p| p.join("truth.json").is_file()));
        }
    }
    folders.sort();
    let mut out = Vec::new();
    for folder in folders {
        let truth: Truth = serde_json::from_str(&std::fs::read_to_string(folder.join("truth.json"))?)?;
        let kind = if truth.kind == "jaarverslag" { DocumentKind::Jaarverslag } else { DocumentKind::Ondersteuningsplan };
        let file = std::fs::read_dir(&folder)?.flatten().map(|e| e.path()).find(|p| p.file_stem().is_some_and(|s| s == "document"));
        let Some(file) = file else { continue };
        let bytes = std::fs::read(&file)?;
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let pieces = pipeline::describe_document(&name, &bytes, kind, rules, &Options::default())
            .into_iter()
            .map(|p| Piece { features: p.features.into_iter().map(|n| names.id(n)).collect(), text: plain(&p.text), page: p.page })
            .collect();
        out.push(Paper { name: folder.file_name().unwrap_or_default().to_string_lossy().into_owned(), kind, pieces, truth });
    }
    eprintln!("{} documents", out.len());
    Ok(out)
}

fn args() -> anyhow::Result<Args> {
    let mut a = Args {
        fragments: Vec::new(),
        bank: Vec::new(),
        documents: Vec::new(),
        leave_out: None,
        cross_check: false,
        write: None,
        epochs: 15,
        l2: 0.3,
        l2_own: 0.3,
        rate: 0.03,
        negatives: 2.0,
        doc_weight: 1.0,
        threshold: 0.7,
        misses: false,
        least: 2,
    };
    let mut given = std::env::args().skip(1);
    while let Some(key) = given.next() {
        let mut value = || given.next().ok_or_else(|| anyhow::anyhow!("{key} asks for a value"));
        match key.as_str() {
            "--fragments" => a.fragments.push(value()?.into()),
            "--bank" => a.bank.push(value()?.into()),
            "--documents" => a.documents.push(value()?.into()),
            "--leave-out" => a.leave_out = Some(value()?.parse().map_err(anyhow::Error::msg)?),
            "--cross-check" => a.cross_check = true,
            "--misses" => a.misses = true,
            "--write" => a.write = Some(value()?.into()),
            "--epochs" => a.epochs = value()?.parse()?,
            "--l2" => a.l2 = value()?.parse()?,
            "--l2-own" => a.l2_own = value()?.parse()?,
            "--least" => a.least = value()?.parse()?,
            "--rate" => a.rate = value()?.parse()?,
            "--negatives" => a.negatives = value()?.parse()?,
            "--doc-weight" => a.doc_weight = value()?.parse()?,
            _ => anyhow::bail!("unknown option {key}"),
        }
    }
    Ok(a)
}
