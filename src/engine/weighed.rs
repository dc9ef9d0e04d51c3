//! The test that weighs evidence: each passage gets a share per verdict from the model ([`crate::weighing`]), and the strongest passages decide.

mod reasons;

use super::candidate::may_show;
use super::evidence;
use super::outcome::{Evidence, Reading, Verdict};
use super::{Analysed, Context, Judgement};
use crate::checks::{Checks, Element};
use crate::document::{BlockKind, Span};
use crate::language::{Kind, Role, Status};
use crate::parallel::both;
use crate::weighing::model::{Reader, Sums, logistic, softmax};
use crate::weighing::passages::{passages as whole, windows};
use crate::weighing::{Describer, Features, Passage};
use std::sync::OnceLock;

/// How far the odds of the passage that shows it best must lead, and how much those of the passage that is most of a trace count against it; and
/// the least shares for the other verdicts. Found on documents of writers left out of the learning (`examples/learn.rs --cross-check`).
pub const LEAD: f32 = 1.2;
const AGAINST: f32 = 0.3;
/// In a fragment the same passage has the traces too, and only its own odds count.
const LEAD_IN_FRAGMENT: f32 = 0.6;
const CONTRADICTED: f32 = 0.5;
const WEAK: f32 = 0.45;
/// A passage that nearly shows it is a trace.
const NEARLY: f32 = 0.7;

/// What a second reading asks of the odds in a document. On documents and fragments that were not learnt from it gains more
/// than it loses from here on.
const BEYOND: f32 = 3.0;

/// Shares nearer than this to none or all are told apart no more.
const EDGE: f32 = 1e-4;

/// A passage with less of the topic decides nothing by itself, nor is it quoted: what is quoted has [`BESIDE`] of a share that decides.
const ABOUT: f32 = 0.1;

/// What the passages of a document say of one element.
#[derive(Clone)]
struct Telling {
    /// The greatest share that a passage has of found, weak and contradicted; of contradicted only if it is at least [`ABOUT`].
    most: [f32; 3],
    /// The passages with [`ABOUT`] of the topic, in order.
    about: Vec<Weight>,
    /// No passage whose topic sum is below this can add to either.
    silent: f32,
}

impl Default for Telling {
    fn default() -> Telling {
        Telling { most: [0.0; 3], about: Vec::new(), silent: silent(0.0) }
    }
}

/// A topic sum well under that of a share. A passage has no more of a verdict than of the topic.
fn silent(share: f32) -> f32 {
    odds(share) - 0.01
}

impl Telling {
    fn take(&mut self, w: Weight) {
        let before = self.least();
        self.most.iter_mut().zip(w.shares).for_each(|(most, share)| *most = most.max(share));
        if w.topic >= ABOUT {
            self.about.push(w);
        }
        if self.least() > before {
            self.silent = silent(self.least());
        }
    }

    /// What a topic must surpass to count.
    fn least(&self) -> f32 {
        self.most[0].min(self.most[1]).min(ABOUT)
    }

    /// With what the passages after these say.
    fn join(&mut self, after: Telling) {
        self.most.iter_mut().zip(after.most).for_each(|(most, share)| *most = most.max(share));
        self.about.extend(after.about);
    }
}

/// The logarithm of the odds of a share.
fn odds(share: f32) -> f32 {
    let s = share.clamp(EDGE, 1.0 - EDGE);
    (s / (1.0 - s)).ln()
}

/// In a document of so many passages a passage must speak for itself; in a shorter one it is likelier to be about what is asked.
const MANY: f32 = 100.0;
/// How much likelier, per factor e fewer passages, on the scale of the topic sum.
const PRIOR: f32 = 1.5;
/// That a fragment is about what is asked is given.
const GIVEN: f32 = 1000.0;

/// Fewer passages are not worth a second thread.
const FEW: usize = 50;

/// A passage with less of the topic is not near.
const NEAR: f32 = 0.2;

/// At most so many passages are quoted.
const QUOTED: usize = 4;
/// And none with less than this part of the best one's share.
const BESIDE: f32 = 0.6;

/// A word is named that weighs more than this.
const TELLING: f32 = 0.15;

/// The passages of one document, weighed.
pub(crate) struct Weighed<'a> {
    doc: &'a Analysed,
    describer: Describer<'a>,
    reader: Reader<'a>,
    passages: Vec<Passage>,
    /// Per element of the model.
    telling: Vec<Telling>,
    /// What each passage weighs, once it is asked why; those that show nothing are left out.
    sums: OnceLock<Vec<(usize, Sums)>>,
    /// Per sentence its features, once a passage with it is quoted.
    said: Vec<OnceLock<Features>>,
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

impl Weight {
    fn of(document: usize, passage: usize, sums: &Sums, element: usize, prior: f32) -> Weight {
        let topic = logistic(sums.topic(element) + prior);
        Weight { document, passage, shares: softmax(sums.logits(element)).map(|v| v * topic), topic }
    }
}

/// Contents lists, glossaries and literature lists show nothing.
fn counts(doc: &Analysed, passage: &Passage) -> bool {
    let silent =
        |s: usize| matches!(doc.language.roles[doc.language.sentences[s].block], Role::Contents | Role::Glossary | Role::Literature);
    passage.sentences.is_empty() || !passage.sentences.clone().all(silent)
}

impl<'a> Weighed<'a> {
    /// The document at an index of the input.
    pub fn new(document: usize, doc: &'a Analysed, checks: &'a Checks, fragment: bool) -> Weighed<'a> {
        let describer = Describer::new(&doc.document, &doc.language, &doc.facts, checks, doc.kind);
        let reader = checks.model.reader(&describer, &checks.lexicon, &checks.fields);
        // A fragment is one thing said: its sentences are not read apart.
        let passages = if fragment { whole(&doc.document, &doc.language) } else { windows(&doc.document, &doc.language) };
        let prior = if fragment { GIVEN } else { PRIOR * (MANY / passages.len().max(1) as f32).ln().max(0.0) };
        let weigh = |from: usize, to: usize| -> Vec<Telling> {
            let mut telling = vec![Telling::default(); checks.model.elements.len()];
            let (mut features, mut sums) = (Features::new(), Sums::default());
            for (i, p) in passages.iter().enumerate().take(to).skip(from).filter(|(_, p)| counts(doc, p)) {
                describer.gather(p, &mut features);
                reader.sum_into(&features, &mut sums);
                for (element, t) in telling.iter_mut().enumerate() {
                    if sums.topic(element) + prior > t.silent {
                        t.take(Weight::of(document, i, &sums, element, prior));
                    }
                }
            }
            telling
        };
        let telling = match passages.len() {
            few @ ..FEW => weigh(0, few),
            all => {
                let (rest, mut telling) = both(|| weigh(all / 2, all), || weigh(0, all / 2));
                telling.iter_mut().zip(rest).for_each(|(t, more)| t.join(more));
                telling
            }
        };
        let said = vec![OnceLock::new(); doc.language.sentences.len()];
        Weighed { doc, describer, reader, passages, telling, sums: OnceLock::new(), said, prior }
    }

    /// The weights of all passages, those that decide nothing too.
    fn every(&self, document: usize, element: usize) -> impl Iterator<Item = Weight> + '_ {
        let sums = self.sums.get_or_init(|| {
            let counted = self.passages.iter().enumerate().filter(|(_, p)| counts(self.doc, p));
            counted.map(|(i, p)| (i, self.reader.sum(&self.describer.features(p)))).collect()
        });
        sums.iter().map(move |(passage, s)| Weight::of(document, *passage, s, element, self.prior))
    }

    fn blocks(&self, passage: usize) -> impl Iterator<Item = usize> + '_ {
        self.passages[passage].sentences.clone().map(|s| self.doc.language.sentences[s].block)
    }

    /// The sentence of a passage that says most of an element; of a table, the row.
    fn sentence(&self, passage: usize, element: usize) -> Option<usize> {
        let sum = |s: usize| -> f32 {
            let features = self.said[s].get_or_init(|| self.describer.said(s));
            features.iter().map(|f| self.reader.own(*f, element)).sum()
        };
        let sentences = self.passages[passage].sentences.clone();
        sentences.map(|s| (s, sum(s))).max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map(|(s, _)| s)
    }

    /// The words of a passage that say most of an element, the strongest first, as they stand there.
    fn words(&self, passage: usize, element: usize, most: usize) -> Vec<String> {
        let mut said: Vec<(f32, &str, String)> = Vec::new();
        let language = &self.doc.language;
        for s in self.passages[passage].sentences.clone() {
            let tokens = &language.sentences[s].tokens;
            for t in language.tokens[tokens.start as usize..tokens.end as usize].iter().filter(|t| t.kind == Kind::Word) {
                let weight: f32 = self.describer.of_word(t.norm).map(|f| self.reader.own(f, element)).sum();
                let norm = language.vocabulary[t.norm as usize].as_str();
                if weight > TELLING && norm.len() > 3 && !said.iter().any(|(_, n, _)| *n == norm) {
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

/// What the documents say of an element that may show it.
fn telling(context: &Context, e: &Element) -> Option<(usize, Telling)> {
    let element = context.checks.model.element(&e.id)?;
    let mut all = Telling::default();
    context.weighed.iter().filter(|w| may_show(e, w.doc.kind)).for_each(|w| all.join(w.telling[element].clone()));
    Some((element, all))
}

/// All passages that may show an element, weighed.
fn all(context: &Context, e: &Element) -> Option<(usize, Vec<Weight>)> {
    let element = context.checks.model.element(&e.id)?;
    let documents = context.weighed.iter().enumerate().filter(|(_, w)| may_show(e, w.doc.kind));
    Some((element, documents.flat_map(|(i, w)| w.every(i, element)).collect()))
}

/// The passages with the most of one class (index in the model's order), strongest first.
fn best(weights: &[Weight], class: usize) -> Vec<Weight> {
    let mut sorted: Vec<Weight> = weights.to_vec();
    sorted.sort_by(|a, b| b.shares[class].total_cmp(&a.shares[class]).then((a.document, a.passage).cmp(&(b.document, b.passage))));
    sorted
}

pub(super) use reasons::considered;

/// How far a passage that shows an element leads one that is a trace of it.
pub fn lead(found: f32, weak: f32) -> f32 {
    odds(found) - AGAINST * odds(weak)
}

/// The verdict by the greatest share of each class that a passage has; `leads` says whether found leads far enough, for the engine in a long
/// document when [`lead`] is at least [`LEAD`].
pub fn decide(found: f32, weak: f32, contradicted: f32, leads: bool) -> Verdict {
    if contradicted >= CONTRADICTED && contradicted > found {
        Verdict::Contradicted
    } else if leads {
        Verdict::Found
    } else if weak >= WEAK || found >= NEARLY {
        Verdict::Weak
    } else {
        Verdict::Missing
    }
}

/// The places of the passages with the most of one class, each sentence once.
fn quoted(context: &Context, element: usize, weights: &[Weight], class: usize, lacks: bool) -> Vec<Evidence> {
    let sorted = best(weights, class);
    let least = sorted.first().map_or(1.0, |w| w.shares[class] * BESIDE);
    let mut out: Vec<Evidence> = Vec::new();
    for w in sorted.iter().take_while(|w| w.shares[class] >= least).take(QUOTED * 3) {
        if out.len() == QUOTED {
            break;
        }
        let q = context.weighed[w.document].evidence(context.checks, w, element, lacks);
        if !out.iter().any(|o| o.quote == q.quote) {
            out.push(q);
        }
    }
    out
}

/// A second reading of an element that has rules of its own, where these saw nothing or only a trace: found, if a passage shows it beyond much
/// doubt. In a fragment less is asked than in a document.
pub(super) fn second_reading(context: &Context, e: &Element) -> Option<Judgement> {
    let (element, said) = telling(context, e)?;
    let beyond = |w: &&Weight| odds(w.shares[0]) >= if context.input.fragment { LEAD_IN_FRAGMENT } else { BEYOND };
    let shown: Vec<Weight> = said.about.iter().filter(beyond).copied().collect();
    if shown.is_empty() {
        return None;
    }
    let shown = quoted(context, element, &shown, 0, false);
    Some(Judgement::new(Verdict::Found, seen(shown.len())).with(shown).by(Reading::Second))
}

fn seen(places: usize) -> String {
    match places {
        1 => "Te zien op één plaats.".to_string(),
        n => format!("Te zien op {n} plaatsen."),
    }
}

pub(super) fn judge(context: &Context, e: &Element) -> Judgement {
    // Nothing was looked for: that is not to say that nothing is there.
    let Some((element, said)) = telling(context, e) else {
        return Judgement::new(Verdict::NotTestable, "Voor dit element zijn nog geen gewichten geleerd.");
    };
    let quotes = |class: usize, lacks: bool| quoted(context, element, &said.about, class, lacks);
    let [f, w, c] = said.most;
    let leads = if context.input.fragment { odds(f) >= LEAD_IN_FRAGMENT } else { lead(f, w) >= LEAD };
    match decide(f, w, c, leads) {
        Verdict::Contradicted => Judgement::new(Verdict::Contradicted, "Het document zegt het tegendeel.").with(quotes(2, false)),
        Verdict::Found => {
            let shown = quotes(0, false);
            Judgement::new(Verdict::Found, seen(shown.len())).with(shown)
        }
        Verdict::Weak => {
            let shown = quotes(if w >= f { 1 } else { 0 }, true);
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
    let Some((element, said)) = telling(context, e) else { return Vec::new() };
    let mut weights: Vec<Weight> = said.about.into_iter().filter(|w| w.topic >= NEAR).collect();
    weights.sort_by(|a, b| b.topic.total_cmp(&a.topic).then((a.document, a.passage).cmp(&(b.document, b.passage))));
    let mut out: Vec<Evidence> = Vec::new();
    for w in weights.iter().take(6) {
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
