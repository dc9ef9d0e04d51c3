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
    rounds: usize,
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
    raw: String,
    size: usize,
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

/// Weights, and their squared gradients, while learning.
struct Learner {
    shared: Vec<[f32; 4]>,
    speaks: Vec<f32>,
    /// Per feature its elements, sorted, with the place of their weights.
    pairs: Vec<Vec<(u16, u32)>>,
    own: Vec<[f32; 2]>,
    topic: Vec<f32>,
}

/// The sums of a piece over all elements.
struct Sums {
    shared: [f32; 4],
    speaks: f32,
    own: Vec<[f32; 3]>,
}

impl Sums {
    fn shares(&self, e: usize) -> [f32; 4] {
        let [about, shown, topic] = self.own[e];
        let z = &self.shared;
        let on = 1.0 / (1.0 + (-(self.speaks + topic)).exp());
        softmax([z[0] + about + shown, z[1] + about, z[2] + about, z[3]]).map(|v| v * on)
    }
}

const NONE: u32 = u32::MAX;

/// AdaGrad: a step against the gradient, shorter where there have been many.
fn step(w: &mut f32, h: &mut f32, gradient: f32, l2: f32, rate: f32) {
    let d = gradient + l2 * *w;
    *h += d * d;
    *w -= rate * d / (h.sqrt() + 1e-6);
}

impl Learner {
    fn place(&self, feature: u32, element: u16) -> u32 {
        let row = &self.pairs[feature as usize];
        row.binary_search_by_key(&element, |p| p.0).map_or(NONE, |i| row[i].1)
    }

    fn logits(&self, features: &[u32], places: &[u32]) -> [f32; 4] {
        let mut z = [0.0f32; 4];
        let (mut about, mut shown) = (0.0, 0.0);
        for (&f, &p) in features.iter().zip(places) {
            for (z, w) in z.iter_mut().zip(self.shared[f as usize]) {
                *z += w;
            }
            if p != NONE {
                about += self.own[p as usize][0];
                shown += self.own[p as usize][1];
            }
        }
        [z[0] + about + shown, z[1] + about, z[2] + about, z[3]]
    }

    fn sums(&self, features: &[u32], elements: usize) -> Sums {
        let mut s = Sums { shared: [0.0; 4], speaks: 0.0, own: vec![[0.0; 3]; elements] };
        for &f in features {
            for (z, w) in s.shared.iter_mut().zip(self.shared[f as usize]) {
                *z += w;
            }
            s.speaks += self.speaks[f as usize];
            for &(e, p) in &self.pairs[f as usize] {
                let (own, [about, shown]) = (&mut s.own[e as usize], self.own[p as usize]);
                own[0] += about;
                own[1] += shown;
                own[2] += self.topic[p as usize];
            }
        }
        s
    }

    fn learn(samples: &[&Sample], names: usize, a: &Args) -> Learner {
        // A pair of feature and element has weights of its own when seen together often enough in what was labelled for the element.
        let mut seen: HashMap<(u32, u16), u32> = HashMap::new();
        for s in samples.iter().filter(|s| s.weight > 0.0) {
            s.features.iter().for_each(|&f| *seen.entry((f, s.element)).or_default() += 1);
        }
        let mut kept: Vec<(u32, u16)> = seen.into_iter().filter(|(_, n)| *n >= a.least).map(|(k, _)| k).collect();
        kept.sort_unstable();
        let mut pairs: Vec<Vec<(u16, u32)>> = vec![Vec::new(); names];
        kept.iter().enumerate().for_each(|(i, (f, e))| pairs[*f as usize].push((*e, i as u32)));
        let n = kept.len();
        let mut l = Learner { shared: vec![[0.0; 4]; names], speaks: vec![0.0; names], pairs, own: vec![[0.0; 2]; n], topic: vec![0.0; n] };
        let places: Vec<Vec<u32>> = samples.iter().map(|s| s.features.iter().map(|&f| l.place(f, s.element)).collect()).collect();
        let about = (0..samples.len()).filter(|&i| samples[i].on.is_some()).collect();
        l.learn_topic(samples, &places, about, a);
        let labelled = (0..samples.len()).filter(|&i| samples[i].weight > 0.0).collect();
        l.learn_verdict(samples, &places, labelled, a);
        l
    }

    fn learn_topic(&mut self, samples: &[&Sample], places: &[Vec<u32>], mut order: Vec<usize>, a: &Args) {
        let l2 = a.l2_own / (order.len() as f32).sqrt();
        let (mut hs, mut ho) = (vec![0.0f32; self.speaks.len()], vec![0.0f32; self.topic.len()]);
        let mut chance = Chance::new();
        for _ in 0..a.epochs {
            chance.shuffle(&mut order);
            for &i in &order {
                let (s, places) = (samples[i], &places[i]);
                let Some((on, weight)) = s.on else { continue };
                let sum: f32 = s
                    .features
                    .iter()
                    .zip(places)
                    .map(|(&f, &p)| self.speaks[f as usize] + if p == NONE { 0.0 } else { self.topic[p as usize] })
                    .sum();
                let g = weight * (1.0 / (1.0 + (-sum).exp()) - f32::from(u8::from(on)));
                if g.abs() < 1e-3 {
                    continue;
                }
                for (&f, &p) in s.features.iter().zip(places) {
                    step(&mut self.speaks[f as usize], &mut hs[f as usize], g, l2, a.rate);
                    if p != NONE {
                        step(&mut self.topic[p as usize], &mut ho[p as usize], g, l2, a.rate);
                    }
                }
            }
        }
    }

    fn learn_verdict(&mut self, samples: &[&Sample], places: &[Vec<u32>], mut order: Vec<usize>, a: &Args) {
        let (l2, l2_own) = (a.l2 / (order.len() as f32).sqrt(), a.l2_own / (order.len() as f32).sqrt());
        let (mut hs, mut ho) = (vec![[0.0f32; 4]; self.shared.len()], vec![[0.0f32; 2]; self.own.len()]);
        let mut chance = Chance::new();
        for _ in 0..a.epochs {
            chance.shuffle(&mut order);
            for &i in &order {
                let (s, places) = (samples[i], &places[i]);
                let p = softmax(self.logits(&s.features, places));
                let g: [f32; 4] = std::array::from_fn(|c| s.weight * (p[c] - f32::from(u8::from(c == s.class as usize))));
                if g.iter().all(|v| v.abs() < 1e-3) {
                    continue;
                }
                for (&f, &p) in s.features.iter().zip(places) {
                    for c in 0..4 {
                        step(&mut self.shared[f as usize][c], &mut hs[f as usize][c], g[c], l2, a.rate);
                    }
                    if p != NONE {
                        step(&mut self.own[p as usize][0], &mut ho[p as usize][0], g[0] + g[1] + g[2], l2_own, a.rate);
                        step(&mut self.own[p as usize][1], &mut ho[p as usize][1], g[0], l2_own, a.rate);
                    }
                }
            }
        }
    }
}

/// The same order every time (xorshift, Marsaglia 2003).
struct Chance(u64);

impl Chance {
    fn new() -> Chance {
        Chance(0x9E37_79B9_7F4A_7C15)
    }

    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below as u64) as usize
    }

    fn shuffle(&mut self, order: &mut [usize]) {
        for i in (1..order.len()).rev() {
            let j = self.next(i + 1);
            order.swap(i, j);
        }
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
    let mut chance = Chance::new();
    for i in 0..own {
        let s = samples[i].clone();
        let mut taken = 0;
        for _ in 0..20 {
            let other = chance.next(elements.len()) as u16;
            if taken < 6 && !kin(&elements[s.element as usize], &elements[other as usize]) {
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
        let learner = mined(&samples, &papers, &|_| false, &elements, names.all.len(), &a);
        std::fs::write(path, written(&learner, &names, &elements))?;
        let model = Model::parse(&std::fs::read_to_string(path)?)?;
        eprintln!("{} elements written", model.elements.len());
    }
    Ok(())
}

/// Learns, looks for passages that wrongly look like evidence, and learns again.
fn mined(samples: &[Sample], papers: &[Paper], without: &dyn Fn(u16) -> bool, elements: &[String], names: usize, a: &Args) -> Learner {
    let base: Vec<&Sample> = samples.iter().filter(|s| s.document.is_none_or(|d| !without(d))).collect();
    let mut extra: BTreeMap<(u16, u16, usize), Sample> = BTreeMap::new();
    let mut learner = Learner::learn(&base, names, a);
    for _ in 0..a.rounds {
        for (d, paper) in papers.iter().enumerate().filter(|(d, _)| !without(*d as u16)) {
            let sums: Vec<Sums> = paper.pieces.iter().map(|p| learner.sums(&p.features, elements.len())).collect();
            for (e, id) in elements.iter().enumerate() {
                let Some(t) = paper.truth.elements.get(id) else { continue };
                if !matches!(t.verdict, Verdict::Missing | Verdict::Weak) {
                    continue;
                }
                let mut scored: Vec<(f32, usize)> = sums.iter().enumerate().map(|(i, s)| (s.shares(e)[0], i)).collect();
                scored.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
                for &(_, i) in scored.iter().take(10).filter(|(s, _)| *s > 0.1) {
                    let piece = &paper.pieces[i];
                    if t.verdict == Verdict::Weak && t.evidence.iter().any(|q| holds(&piece.text, &q.quote)) {
                        continue;
                    }
                    extra.insert(
                        (d as u16, e as u16, i),
                        Sample {
                            features: piece.features.clone(),
                            element: e as u16,
                            class: 3,
                            weight: a.doc_weight,
                            on: Some((false, a.doc_weight)),
                            document: Some(d as u16),
                            number: 0,
                            place: String::new(),
                        },
                    );
                }
            }
        }
        let all: Vec<&Sample> = base.iter().copied().chain(extra.values()).collect();
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
            let places: Vec<u32> = s.features.iter().map(|&f| l.place(f, s.element)).collect();
            let z = l.logits(&s.features, &places);
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
            if a.misses {
                let p = softmax(z);
                println!("PRED {} {} {} {:.4} {:.4} {:.4}", s.place, elements[s.element as usize], s.class, p[0], p[1], p[2]);
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

/// As `engine/weighed.rs` decides, but for the least lead of a found one.
fn verdict(found: f32, weak: f32, contradicted: f32, least: f32) -> u8 {
    let odds = |s: f32| (s.clamp(1e-4, 1.0 - 1e-4) / (1.0 - s.clamp(1e-4, 1.0 - 1e-4))).ln();
    if contradicted >= 0.5 && contradicted > found {
        2
    } else if odds(found) - 0.3 * odds(weak) >= least {
        0
    } else if weak >= 0.35 || found >= 0.5 {
        1
    } else {
        3
    }
}

fn leave_one_out(samples: &[Sample], papers: &[Paper], elements: &[String], names: usize, a: &Args) {
    let thresholds = [0.0, 0.4, 0.8, 1.2, 1.6, 2.0];
    let mut totals = vec![Count::default(); thresholds.len()];
    let mut pages = (0usize, 0usize);
    // Documents by one writer are left out together: "g" of g01.
    let group = |d: u16| papers[d as usize].name.chars().next();
    let mut groups: Vec<Option<char>> = (0..papers.len() as u16).map(group).collect();
    groups.sort_unstable();
    groups.dedup();
    let learners: Vec<Learner> = std::thread::scope(|scope| {
        let running: Vec<_> =
            groups.iter().map(|g| scope.spawn(move || mined(samples, papers, &|d| group(d) == *g, elements, names, a))).collect();
        running.into_iter().map(|r| r.join().expect("learning does not panic")).collect()
    });
    for (d, paper) in papers.iter().enumerate() {
        let l = &learners[groups.iter().position(|g| *g == group(d as u16)).unwrap_or(0)];
        let sums: Vec<Sums> = paper.pieces.iter().map(|p| l.sums(&p.features, elements.len())).collect();
        let mut here = vec![Count::default(); thresholds.len()];
        for (e, id) in elements.iter().enumerate() {
            let Some(t) = paper.truth.elements.get(id) else { continue };
            let Some(class) = class_of(t.verdict) else { continue };
            let shares: Vec<[f32; 4]> = sums.iter().map(|s| s.shares(e)).collect();
            let most = |c: usize| shares.iter().map(|s| s[c]).fold(0.0, f32::max);
            let i = (0..shares.len()).max_by(|x, y| shares[*x][0].total_cmp(&shares[*y][0])).unwrap_or(0);
            if a.misses {
                let of = |size: usize, c: usize| {
                    let mut all: Vec<f32> = shares.iter().zip(&paper.pieces).filter(|(_, p)| p.size == size).map(|(s, _)| s[c]).collect();
                    all.sort_by(|x, y| y.total_cmp(x));
                    (all.first().copied().unwrap_or(0.0), all.get(1).copied().unwrap_or(0.0))
                };
                let row: Vec<String> =
                    (1..=3).flat_map(|size| (0..3).flat_map(move |c| [of(size, c).0, of(size, c).1])).map(|v| format!("{v:.4}")).collect();
                println!("ROW {} {id} {class} {}", paper.name, row.join(" "));
            }
            if id.starts_with('N') {
                continue;
            }
            for (k, t) in thresholds.iter().enumerate() {
                let ours = verdict(most(0), most(1), most(2), *t);
                here[k].add(class, ours);
                totals[k].add(class, ours);
            }
            let ours = verdict(most(0), most(1), most(2), a.threshold);
            if a.misses && ours != class {
                println!(
                    "MISS {} {id} truth {} ours {} f {:.2} w {:.2} c {:.2} | {} | p{} {}",
                    paper.name,
                    CLASSES[class as usize].label(),
                    CLASSES[ours as usize].label(),
                    most(0),
                    most(1),
                    most(2),
                    t.note,
                    paper.pieces[i].page,
                    paper.pieces[i].raw.chars().take(300).collect::<String>()
                );
                for (k, piece) in paper
                    .pieces
                    .iter()
                    .enumerate()
                    .filter(|(_, p)| class == 0 && t.evidence.iter().any(|q| holds(&p.text, &q.quote)))
                    .take(2)
                {
                    println!("    EV {:.2?} {}", shares[k], piece.raw.chars().take(400).collect::<String>());
                }
            }
            if class == 0 && ours == 0 {
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
}

fn written(l: &Learner, names: &Names, elements: &[String]) -> String {
    let mut rows: Vec<(String, Row)> = names.all.iter().map(|n| (n.clone(), Row::default())).collect();
    for (i, row) in rows.iter_mut().map(|r| &mut r.1).enumerate() {
        row.shared = l.shared[i];
        row.speaks = l.speaks[i];
        row.own = l.pairs[i]
            .iter()
            .map(|&(element, p)| {
                let [about, shown] = l.own[p as usize];
                Own { element, about, shown, topic: l.topic[p as usize] }
            })
            .collect();
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
            .map(|p| Piece {
                features: p.features.into_iter().map(|n| names.id(n)).collect(),
                text: plain(&p.text),
                raw: p.text,
                size: if p.whole { 3 } else { p.sentences },
                page: p.page,
            })
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
        doc_weight: 1.5,
        threshold: 0.8,
        misses: false,
        least: 3,
        rounds: 2,
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
            "--rounds" => a.rounds = value()?.parse()?,
            "--least" => a.least = value()?.parse()?,
            "--rate" => a.rate = value()?.parse()?,
            "--negatives" => a.negatives = value()?.parse()?,
            "--doc-weight" => a.doc_weight = value()?.parse()?,
            _ => anyhow::bail!("unknown option {key}"),
        }
    }
    Ok(a)
}
