//! The test that weighs evidence: each passage gets a share per verdict from the model ([`crate::weighing`]), and the strongest passages decide.

use super::candidate::may_show;
use super::evidence;
use super::outcome::{Evidence, Verdict};
use super::{Analysed, Context, Judgement};
use crate::checks::{Checks, Element};
use crate::document::{BlockKind, Span};
use crate::language::{Kind, Role, Status};
use crate::weighing::features::Kindred;
use crate::weighing::model::{Reader, Sums, logistic, softmax};
use crate::weighing::passages::passages;
use crate::weighing::{Describer, Feature, Passage};

/// Least share of the best passage for each verdict, found on documents left out of the learning (`examples/learn.rs --cross-check`).
pub const FOUND: f32 = 0.4;
const CONTRADICTED: f32 = 0.5;
const WEAK: f32 = 0.35;
/// A passage that nearly shows it is a trace.
const NEARLY: f32 = 0.2;

/// In a document of so many passages a passage must speak for itself; in a shorter one it is likelier to be about what is asked.
const MANY: f32 = 100.0;
/// How much likelier, per factor e fewer passages, on the scale of the topic sum.
const PRIOR: f32 = 1.5;

/// At most so many passages are quoted.
const QUOTED: usize = 4;
/// And none with less than this part of the best one's share.
const BESIDE: f32 = 0.6;

/// The passages of one document, weighed.
pub(crate) struct Weighed<'a> {
    doc: &'a Analysed,
    describer: Describer<'a>,
    reader: Reader<'a>,
    passages: Vec<Passage>,
    sums: Vec<Sums>,
    prior: f32,
}

/// A passage with its share per verdict for one element.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weight {
    pub document: usize,
    pub passage: usize,
    /// Found, weak, contradicted, missing; together the share of the topic.
    pub shares: [f32; 4],
    /// That the passage is about what the element asks.
    pub topic: f32,
}

impl<'a> Weighed<'a> {
    pub fn new(doc: &'a Analysed, checks: &'a Checks) -> Weighed<'a> {
        let describer = Describer::new(&doc.document, &doc.language, &doc.facts, checks, doc.kind);
        let reader = checks.model.reader(&describer, &checks.lexicon, &checks.fields);
        let passages = passages(&doc.document, &doc.language);
        let sums = passages.iter().map(|p| reader.sum(&describer.features(p))).collect();
        let prior = PRIOR * (MANY / passages.len().max(1) as f32).ln().max(0.0);
        Weighed { doc, describer, reader, passages, sums, prior }
    }

    fn weights(&self, document: usize, element: usize) -> impl Iterator<Item = Weight> + '_ {
        self.sums.iter().enumerate().filter(|(i, _)| self.counts(*i)).map(move |(passage, s)| {
            let topic = logistic(s.topic(element) + self.prior);
            Weight { document, passage, shares: softmax(s.logits(element)).map(|v| v * topic), topic }
        })
    }

    /// Contents lists, glossaries and literature lists show nothing.
    fn counts(&self, passage: usize) -> bool {
        let roles = self.blocks(passage).map(|b| self.doc.language.roles[b]);
        let silent = |r: Role| matches!(r, Role::Contents | Role::Glossary | Role::Literature);
        self.passages[passage].sentences.is_empty() || roles.into_iter().any(|r| !silent(r))
    }

    fn blocks(&self, passage: usize) -> impl Iterator<Item = usize> + '_ {
        self.passages[passage].sentences.clone().map(|s| self.doc.language.sentences[s].block)
    }

    /// What one feature says: its own weights for the element.
    fn own(&self, f: Feature, element: usize) -> f32 {
        let row = self.reader.row(f);
        row.and_then(|r| r.own.iter().find(|o| o.element as usize == element)).map_or(0.0, |o| o.topic + o.about + o.shown)
    }

    /// The sentence of a passage that says most of an element; of a table, the row.
    fn sentence(&self, passage: usize, element: usize) -> Option<usize> {
        let p = &self.passages[passage];
        let sum = |s: usize| -> f32 {
            let alone = Passage { sentences: s..s + 1, heading: None, leads: Vec::new() };
            let features = self.describer.features(&alone);
            features.iter().filter(|f| f.0 != Kindred::Shape).map(|f| self.own(*f, element)).sum()
        };
        p.sentences.clone().map(|s| (s, sum(s))).max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map(|(s, _)| s)
    }

    /// The words of a passage that say most of an element, the strongest first, as they stand there.
    fn words(&self, passage: usize, element: usize, most: usize) -> Vec<String> {
        let mut said: Vec<(f32, String, String)> = Vec::new();
        let language = &self.doc.language;
        for s in self.passages[passage].sentences.clone() {
            let tokens = &language.sentences[s].tokens;
            for t in language.tokens[tokens.start as usize..tokens.end as usize].iter().filter(|t| t.kind == Kind::Word) {
                let weight: f32 = self.describer.of_word(t.norm).into_iter().map(|f| self.own(f, element)).sum();
                let norm = language.vocabulary[t.norm as usize].clone();
                if weight > 0.15 && norm.len() > 3 && !said.iter().any(|(_, n, _)| *n == norm) {
                    said.push((weight, norm, self.doc.document.slice(t.span).replace('\u{ad}', "")));
                }
            }
        }
        said.sort_by(|a, b| b.0.total_cmp(&a.0));
        said.into_iter().take(most).map(|(_, _, shown)| shown).collect()
    }

    fn status(&self, checks: &Checks, sentence: usize) -> Status {
        let span = self.doc.language.sentences[sentence].span;
        self.doc.language.status(&self.doc.document, &checks.lexicon, sentence as u32, span).status
    }

    /// The passage as evidence.
    fn evidence(&self, checks: &Checks, w: &Weight, element: usize, lacks: bool) -> Evidence {
        let words = self.words(w.passage, element, 3);
        let words = words.iter().map(|w| format!("\"{w}\"")).collect::<Vec<_>>();
        let speaks = match words.as_slice() {
            [] => "staat op de plaats waar dit hoort".to_string(),
            [one] => format!("spreekt van {one}"),
            [first @ .., last] => format!("spreekt van {} en {last}", first.join(", ")),
        };
        let Some(sentence) = self.sentence(w.passage, element) else {
            let heading = self.passages[w.passage].heading.map_or(Span::default(), |h| self.doc.document.blocks[h].span);
            return evidence::passage(self.doc, heading, "een kop zonder tekst eronder");
        };
        let status = self.status(checks, sentence);
        let why = match (lacks, lack(status)) {
            (true, Some(l)) => format!("{speaks} ({l})"),
            _ => speaks,
        };
        let mut e = evidence::passage(self.doc, self.doc.language.sentences[sentence].span, &why);
        e.status = status;
        e
    }
}

/// Why words about it do not show it.
fn lack(status: Status) -> Option<&'static str> {
    match status {
        Status::Asserted => None,
        Status::Negated => Some("ontkend"),
        Status::NotYet => Some("nog niet zover"),
        Status::Intended => Some("een voornemen"),
        Status::Required => Some("een regel of bevoegdheid"),
        Status::Quoted => Some("woorden van wet of inspectie"),
        Status::Conditional => Some("onder voorwaarde"),
        Status::Former => Some("over een andere tijd"),
    }
}

/// All passages that may show an element, weighed.
fn all(context: &Context, e: &Element) -> Option<(usize, Vec<Weight>)> {
    let element = context.checks.model.element(&e.id)?;
    let documents = context.weighed.iter().enumerate().filter(|(_, w)| may_show(e, w.doc.kind));
    Some((element, documents.flat_map(|(i, w)| w.weights(i, element)).collect()))
}

/// The passages with the most of one class (index in the model's order), strongest first.
fn best(weights: &[Weight], class: usize) -> Vec<Weight> {
    let mut sorted: Vec<Weight> = weights.to_vec();
    sorted.sort_by(|a, b| b.shares[class].total_cmp(&a.shares[class]).then((a.document, a.passage).cmp(&(b.document, b.passage))));
    sorted
}

/// The verdict by the greatest share of each class that a passage has; `least` is the least share of found, for the engine [`FOUND`].
pub fn decide(found: f32, weak: f32, contradicted: f32, least: f32) -> Verdict {
    if contradicted >= CONTRADICTED && contradicted > found {
        Verdict::Contradicted
    } else if found >= least {
        Verdict::Found
    } else if weak >= WEAK || found >= NEARLY {
        Verdict::Weak
    } else {
        Verdict::Missing
    }
}

pub(super) fn judge(context: &Context, e: &Element) -> Judgement {
    let Some((element, weights)) = all(context, e) else { return Judgement::new(Verdict::Missing, e.missing.clone()) };
    let quotes = |sorted: &[Weight], class: usize, lacks: bool| -> Vec<Evidence> {
        let least = sorted.first().map_or(1.0, |w| w.shares[class] * BESIDE);
        let mut out: Vec<Evidence> = Vec::new();
        for w in sorted.iter().take_while(|w| w.shares[class] >= least).take(QUOTED) {
            let q = context.weighed[w.document].evidence(context.checks, w, element, lacks);
            if !out.iter().any(|o| o.quote == q.quote) {
                out.push(q);
            }
        }
        out
    };
    let [found, weak, contradicted] = [0, 1, 2].map(|class| best(&weights, class));
    let top = |sorted: &[Weight], class: usize| sorted.first().map_or(0.0, |w| w.shares[class]);
    let (f, w, c) = (top(&found, 0), top(&weak, 1), top(&contradicted, 2));
    match decide(f, w, c, FOUND) {
        Verdict::Contradicted => {
            Judgement::new(Verdict::Contradicted, "Het document zegt het tegendeel.").with(quotes(&contradicted, 2, false))
        }
        Verdict::Found => {
            let shown = quotes(&found, 0, false);
            let message = match shown.len() {
                1 => "Te zien op één plaats.".to_string(),
                n => format!("Te zien op {n} plaatsen."),
            };
            Judgement::new(Verdict::Found, message).with(shown)
        }
        Verdict::Weak => {
            let (sorted, class) = if w >= f { (&weak, 1) } else { (&found, 0) };
            let shown = quotes(sorted, class, true);
            let message = match shown.first().and_then(|q| lack(q.status)) {
                Some(lack) => format!("Alleen een aanwijzing: {lack}."),
                None => "Alleen een aanwijzing: te vaag of te weinig.".to_string(),
            };
            Judgement::new(Verdict::Weak, message).with(shown.into_iter().take(2).collect())
        }
        _ => Judgement::new(Verdict::Missing, e.missing.clone()),
    }
}

/// The passages that stand nearest to an element that is not shown.
pub(super) fn nearest(context: &Context, e: &Element, shown: &[Evidence]) -> Vec<Evidence> {
    let Some((element, mut weights)) = all(context, e) else { return Vec::new() };
    weights.sort_by(|a, b| b.topic.total_cmp(&a.topic).then((a.document, a.passage).cmp(&(b.document, b.passage))));
    let mut out: Vec<Evidence> = Vec::new();
    for w in weights.iter().filter(|w| w.topic >= NEARLY).take(6) {
        let weighed = &context.weighed[w.document];
        let heading = |b: usize| matches!(weighed.doc.document.blocks[b].kind, BlockKind::Heading(_));
        if weighed.blocks(w.passage).all(heading) {
            continue;
        }
        let q = weighed.evidence(context.checks, w, element, true);
        if !shown.iter().chain(&out).any(|o| o.quote == q.quote) {
            out.push(q);
        }
        if out.len() == 3 {
            break;
        }
    }
    out
}
