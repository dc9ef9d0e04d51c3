//! Verdicts from checks and analyses. Pure: no I/O, no clock.
//!
//! A pattern's carrying word ("act") is looked for in every sentence; the words that must stand with it are looked for outward from there
//! (`reach`); how it is meant comes from the assertion status; a date is attached (`dating`). What remains is a `candidate`, and one
//! file per kind of test makes a verdict of the candidates.

pub mod candidate;
pub mod considered;
mod dating;
mod deadline;
mod duration;
mod evidence;
mod likeness;
mod names;
mod nearest;
mod order;
mod others;
pub mod outcome;
mod participants;
mod reach;
mod register;
mod statement;
pub mod verdict;
mod weighed;

use crate::checks::{Aspect, Checks, Element, FactName, Framework, Norm, Test};
use crate::document::{BlockKind, Document};
use crate::facts::Facts;
use crate::language::Language;
use crate::parallel;
use candidate::Candidate;
use jiff::civil::{Date, date};
use outcome::{
    AspectOutcome, DocumentKind, ElementOutcome, Evidence, Fact, FactSheet, FrameworkOutcome, NormOutcome, Outcome, Reading, Verdict,
};
use reach::View;
use std::collections::HashMap;
use std::sync::OnceLock;
pub use weighed::{LEAD, decide, lead};

/// A document as analysed.
pub struct Analysed {
    /// Index among the documents of the dossier, for evidence.
    pub index: usize,
    /// Its kind.
    pub kind: DocumentKind,
    /// Received by the inspectie on.
    pub received: Option<Date>,
    /// Structure.
    pub document: Document,
    /// Sentences, concepts, status.
    pub language: Language,
    /// Typed facts.
    pub facts: Facts,
}

/// A school of the register.
#[derive(Clone, Debug, PartialEq)]
pub struct School {
    /// BRIN ("02KV").
    pub brin: String,
    /// Name.
    pub naam: String,
    /// School board.
    pub bevoegd_gezag: String,
    /// Number of its samenwerkingsverband.
    pub swv: String,
}

/// All that is known of one samenwerkingsverband for one round.
#[derive(Default)]
pub struct Input {
    /// Name by the dossier.
    pub naam: Option<String>,
    /// Number by the dossier, normalised.
    pub nummer: Option<String>,
    /// Municipalities by the dossier.
    pub gemeenten: Vec<String>,
    /// Documents that could be read.
    pub documents: Vec<Analysed>,
    /// Kinds of documents that were supplied but could not be read.
    pub unreadable: Vec<DocumentKind>,
    /// Register.
    pub register: Option<Vec<School>>,
    /// The text is a fragment that is known to be about what is asked (an example of a rule file, a labelled fragment): whether it shows it is the
    /// only question.
    pub fragment: bool,
}

/// What the tests need beside the candidates of their own element.
pub(crate) struct Context<'a> {
    pub checks: &'a Checks,
    pub input: &'a Input,
    /// Per document of the input, its indexes.
    pub views: &'a [View<'a>],
    /// First and last day of the plan period, as the documents give it.
    pub period: Option<(Date, Date)>,
    /// Candidates of every element, best first.
    pub candidates: HashMap<&'a str, Vec<Candidate<'a>>>,
    /// Per document of the input its passages, weighed.
    pub weighed: Vec<weighed::Weighed<'a>>,
    /// The headings of all documents, once something is looked for under them.
    pub headings: OnceLock<Vec<nearest::Heading>>,
    /// Verdicts so far, by element.
    pub verdicts: HashMap<&'a str, Verdict>,
}

/// A verdict before it is dressed with titles and hints.
pub(crate) struct Judgement {
    pub verdict: Verdict,
    pub message: String,
    pub evidence: Vec<Evidence>,
    pub by: Reading,
}

impl Judgement {
    pub(crate) fn new(verdict: Verdict, message: impl Into<String>) -> Judgement {
        Judgement { verdict, message: message.into(), evidence: Vec::new(), by: Reading::First }
    }
    pub(crate) fn with(mut self, evidence: Vec<Evidence>) -> Judgement {
        self.evidence = evidence;
        self
    }
    pub(crate) fn by(mut self, by: Reading) -> Judgement {
        self.by = by;
        self
    }
}

impl<'a> Context<'a> {
    pub(crate) fn of(&self, element: &str) -> &[Candidate<'a>] {
        self.candidates.get(element).map_or(&[], Vec::as_slice)
    }

    /// The last day in time for this plan: 30 April of the year in which the plan period starts (WPO 18a lid 10).
    pub(crate) fn deadline(&self) -> Option<Date> {
        self.period.map(|(from, _)| date(from.year(), 4, 30))
    }
}

/// The kind of a document that nobody named: a jaarverslag calls itself one before it speaks of a plan.
pub fn kind(document: &Document, language: &Language, checks: &Checks) -> DocumentKind {
    let first = |concept| language.mentions.iter().find(|m| m.concept == concept).map_or(u32::MAX, |m| m.span.start);
    let annual = first(checks.known.jaarverslag);
    // Only what stands before the text proper, on the cover or in the colofon, says what the document is.
    let cover = document.lines.iter().rfind(|l| l.page <= 2).map_or(0, |l| l.span.end);
    if annual < first(checks.known.plan) && annual < cover { DocumentKind::Jaarverslag } else { DocumentKind::Ondersteuningsplan }
}

/// Verdicts on one dossier under the frameworks given by id; unknown ids are left out.
pub fn assess(input: &Input, checks: &Checks, frameworks: &[&str]) -> Outcome {
    assess_only(input, checks, frameworks, &|_| true)
}

/// What is asked of a run over the elements.
#[derive(Clone, Copy)]
struct Asked<'a> {
    /// Which get a verdict.
    verdict: &'a dyn Fn(&str) -> bool,
    /// Of which to tell why.
    why: &'a dyn Fn(&str) -> bool,
}

/// Verdicts on the elements that are asked for, the same as among all others; the verdict of a norm is that over all its elements.
pub fn assess_only(input: &Input, checks: &Checks, frameworks: &[&str], asked: &dyn Fn(&str) -> bool) -> Outcome {
    assess_and_explain(input, checks, frameworks, asked, &|_| false)
}

/// The same verdicts, and for the elements for which it is asked why: what was considered.
pub fn assess_and_explain(
    input: &Input,
    checks: &Checks,
    frameworks: &[&str],
    verdict: &dyn Fn(&str) -> bool,
    why: &dyn Fn(&str) -> bool,
) -> Outcome {
    let asked = Asked { verdict, why };
    let views: Vec<View> = input.documents.iter().map(View::new).collect();
    let mut elements = frameworks.iter().filter_map(|id| checks.framework(id)).flat_map(|f| &f.norms).flat_map(|n| &n.elements);
    let duration = elements.find(|e| matches!(e.test, Test::Duration { .. }));
    let plan_period = duration::plan_period(input).or_else(|| duration.and_then(|e| duration::composed_period(input, &views, checks, e)));
    let mut facts = FactSheet { plan_period: plan_period.clone(), ..FactSheet::default() };
    let mut outcomes = Vec::new();
    for fw in frameworks.iter().filter_map(|id| checks.framework(id)) {
        outcomes.push(assess_framework(input, &views, checks, fw, plan_period.as_ref().map(|f| f.value), asked, &mut facts));
    }
    evidence::dossier_facts(input, checks, &mut facts);
    Outcome { facts, frameworks: outcomes }
}

fn assess_framework<'a>(
    input: &'a Input,
    views: &'a [View<'a>],
    checks: &'a Checks,
    fw: &'a Framework,
    period: Option<(Date, Date)>,
    asked: Asked,
    facts: &mut FactSheet,
) -> FrameworkOutcome {
    let norms: Vec<&Norm> = fw.norms.iter().filter(|n| n.elements.iter().any(|e| (asked.verdict)(&e.id))).collect();
    let elements: Vec<(&Norm, &Element)> = norms.iter().flat_map(|n| n.elements.iter().map(move |e| (*n, e))).collect();
    let leaned_on: Vec<&str> = elements.iter().flat_map(|(_, e)| leans(e)).collect();
    let needed = |e: &Element| fact_name(e).is_some() || leaned_on.contains(&e.id.as_str()) || elements.iter().any(|(_, x)| x.id == e.id);
    let sought: Vec<&Element> = fw.norms.iter().flat_map(|n| &n.elements).filter(|e| needed(e)).collect();
    let (weighed, candidates) = parallel::both(
        || input.documents.iter().enumerate().map(|(i, d)| weighed::Weighed::new(i, d, checks, input.fragment)).collect(),
        || parallel::map(&sought, |e| (e.id.as_str(), candidate::find(checks, views, e, period, &[]))).into_iter().collect(),
    );
    let (verdicts, headings) = Default::default();
    let mut context = Context { checks, input, views, period, weighed, candidates, headings, verdicts };
    // A date in the sentence of one dated act is not another's: those that fetched it from a neighbouring sentence look again.
    let dated: Vec<&Element> = sought.iter().copied().filter(|e| fact_name(e).is_some()).collect();
    let near = |c: &&Candidate, by: std::ops::RangeInclusive<u8>| c.date.is_some_and(|d| by.contains(&d.distance));
    let mut again: Vec<(&Element, Vec<Candidate>)> = Vec::new();
    for e in &dated {
        let mut taken = vec![dating::Taken::default(); views.len()];
        for o in dated.iter().filter(|o| o.id != e.id) {
            for c in context.of(&o.id).iter().filter(|c| c.worth != crate::checks::PatternVerdict::Contradicted && near(c, 0..=1)) {
                taken[c.document].extend(c.date.map(|d| d.span));
            }
        }
        if context.of(&e.id).iter().any(|c| near(&c, 2..=2) && c.date.is_some_and(|d| taken[c.document].contains(&d.span))) {
            again.push((e, candidate::find(checks, views, e, period, &taken)));
        }
    }
    for (e, found) in again {
        context.candidates.insert(&e.id, found);
    }
    // A test may lean on another element's verdict (an order on its two acts): those that lean on none come first.
    let mut judged: HashMap<&str, Judgement> = HashMap::new();
    let verdict_on = |context: &Context, e: &Element| {
        let j = judge(context, e);
        if j.verdict == Verdict::Missing { unseen(context, e).unwrap_or(j) } else { j }
    };
    let (first, then): (Vec<&Element>, Vec<&Element>) = elements.iter().map(|(_, e)| *e).partition(|e| leans(e).is_empty());
    for (e, j) in first.iter().zip(parallel::map(&first, |e| verdict_on(&context, e))) {
        context.verdicts.insert(&e.id, j.verdict);
        judged.insert(&e.id, j);
    }
    for e in then {
        let j = verdict_on(&context, e);
        context.verdicts.insert(&e.id, j.verdict);
        judged.insert(&e.id, j);
    }
    for e in &sought {
        fill_facts(&context, e, facts);
    }
    let verdict_of = |n: &Norm| {
        let own = n.elements.iter().filter_map(|e| context.verdicts.get(e.id.as_str()));
        aggregate(own.copied())
    };
    let shown: Vec<(&Norm, &Element)> = elements.iter().copied().filter(|(_, e)| (asked.verdict)(&e.id)).collect();
    let bare = shown.iter().map(|(_, e)| judged.remove(e.id.as_str()).unwrap_or_else(|| Judgement::new(Verdict::Missing, "")));
    let bare: Vec<Judgement> = bare.collect();
    let mut outcomes = parallel::map(shown.iter().zip(bare), |((n, e), j)| dress(&context, n, e, j));
    for ((_, e), outcome) in shown.iter().zip(&mut outcomes).filter(|((_, e), _)| (asked.why)(&e.id)) {
        outcome.considered = Some(considered::of(&context, e, outcome));
    }
    let norms: Vec<NormOutcome> = norms
        .iter()
        .map(|n| NormOutcome { id: n.id.clone(), title: n.title.clone(), statutory: n.statutory, verdict: verdict_of(n) })
        .collect();
    // The same rule again: what is worst among the norms is worst among all their elements. Where some norm was not asked for there is none.
    let verdict_of = |id: &String| norms.iter().find(|n| n.id == *id).map(|n| n.verdict);
    let aspect = |a: &Aspect| {
        let verdicts: Option<Vec<Verdict>> = a.norms.iter().map(verdict_of).collect();
        verdicts.map(|v| AspectOutcome { title: a.title.clone(), norms: a.norms.clone(), verdict: aggregate(v.into_iter()) })
    };
    let aspects = fw.aspects.iter().filter_map(aspect).collect();
    let verdict = (norms.len() == fw.norms.len()).then(|| aggregate(norms.iter().map(|n| n.verdict)));
    FrameworkOutcome { framework: fw.id.clone(), verdict, aspects, norms, elements: outcomes }
}

/// The verdict of a norm, an aspect or a framework: the worst of its applicable elements in the order contradicted, missing, weak, found; not
/// testable only if every element is not testable or not applicable (toezichtkader-2013.md, "Aggregation").
pub fn aggregate(verdicts: impl Iterator<Item = Verdict>) -> Verdict {
    let all: Vec<Verdict> = verdicts.collect();
    [Verdict::Contradicted, Verdict::Missing, Verdict::Weak, Verdict::Found, Verdict::NotTestable]
        .into_iter()
        .find(|v| all.contains(v))
        .unwrap_or(Verdict::NotApplicable)
}

fn judge(context: &Context, e: &Element) -> Judgement {
    if let (Some(limit), Some((from, _))) = (e.plan_starts_until, context.period)
        && from > limit
    {
        return Judgement::new(Verdict::NotApplicable, "Niet van toepassing: deze eis geldt niet voor een plan dat in dit jaar begint.");
    }
    if let Some(j) = not_supplied(context, e) {
        return j;
    }
    let judged = match &e.test {
        Test::Statement { date, not_after, all, .. } => statement::judge(context, e, *date, *not_after, all.as_ref()),
        Test::Order { first, then } => order::judge(context, e, first, then),
        Test::Deadline { of, dossier_received, day_itself_weak, .. } => {
            deadline::judge(context, e, of.as_deref().unwrap_or(&e.id), *dossier_received, *day_itself_weak)
        }
        Test::Duration { years } => duration::judge(context, e, *years),
        Test::Participants(test) => participants::judge(context, e, test),
        Test::Register => register::judge(context, e),
        Test::Weighed { same_as } => {
            let weighed = weighed::judge(context, e);
            let same = same_as.as_deref().filter(|_| matches!(weighed.verdict, Verdict::Missing | Verdict::Weak));
            return same.and_then(|same| statement::answers(context, same)).unwrap_or(weighed);
        }
    };
    match judged.verdict {
        // Who is not named, and that a day is not, rules know better than weights.
        Verdict::Weak if matches!(e.test, Test::Participants(_) | Test::Statement { date_until: Some(_), .. }) => judged,
        Verdict::Missing | Verdict::Weak => weighed::second_reading(context, e).unwrap_or(judged),
        _ => judged,
    }
}

/// Missing, but pages without a text layer stand where it would belong: under a heading that speaks of it, or named so in the contents
/// list. Then it cannot be seen whether it is there, and the pages are named.
fn unseen(context: &Context, e: &Element) -> Option<Judgement> {
    for view in context.views.iter().filter(|v| candidate::may_show(e, v.doc.kind)) {
        let document = &view.doc.document;
        let speaks = |block: usize| {
            let acts = |c| e.belongs.contains(c) || e.patterns.iter().any(|p| p.act.contains(c));
            view.of_block(block).any(|s| view.mentions(s).iter().any(|m| acts(m.concept)))
        };
        let page_of = |block: usize| document.places(document.blocks[block].span).first().map_or(0, |p| p.page);
        let unseen: Vec<u32> = document
            .pages
            .iter()
            .filter(|p| p.without_text)
            .filter(|p| {
                let is_heading = |b: &usize| matches!(document.blocks[*b].kind, BlockKind::Heading(_));
                let above = (0..document.blocks.len()).filter(is_heading).take_while(|b| page_of(*b) <= p.number).last();
                let label = p.label.clone().unwrap_or_else(|| p.number.to_string());
                let listed = |b: &usize| {
                    document.blocks[*b].kind == BlockKind::Contents
                        && document.slice(document.blocks[*b].span).ends_with(&format!(" {label}"))
                };
                above.into_iter().chain((0..document.blocks.len()).filter(listed)).any(speaks)
            })
            .map(|p| p.number)
            .collect();
        if !unseen.is_empty() {
            let pages: Vec<String> = unseen.iter().map(u32::to_string).collect();
            let (noun, verb) = if unseen.len() == 1 { ("pagina", "heeft") } else { ("pagina's", "hebben") };
            let message = format!(
                "Niet te zien: {noun} {} {verb} geen tekstlaag, en daar kan dit staan. Lees het met --ocr, of laat het document met OCR omzetten.",
                pages.join(", "),
            );
            return Some(Judgement::new(Verdict::NotTestable, message));
        }
    }
    None
}

/// Not testable: the kind of document that could show it was not supplied, could not be read, or carries no text.
fn not_supplied(context: &Context, e: &Element) -> Option<Judgement> {
    let may = |k: DocumentKind| candidate::may_show(e, k);
    let readable = context.input.documents.iter().any(|d| may(d.kind) && !d.document.blocks.is_empty());
    if readable {
        return None;
    }
    let names: Vec<&str> = e
        .documents
        .iter()
        .map(|k| match k {
            DocumentKind::Ondersteuningsplan => "het ondersteuningsplan",
            DocumentKind::Jaarverslag => "het jaarverslag",
            DocumentKind::Bijlage => "de bijlage",
        })
        .collect();
    let textless = context.input.documents.iter().any(|d| may(d.kind));
    let unread = context.input.unreadable.iter().any(|k| may(*k));
    let why = if textless {
        "de pagina's dragen geen tekst"
    } else if unread {
        "dat is niet te lezen"
    } else {
        "dat is niet meegeleverd"
    };
    Some(Judgement::new(Verdict::NotTestable, format!("Alleen te toetsen in {}; {why}.", names.join(" of "))))
}

/// The elements on whose acts an element's verdict hangs.
fn leans(e: &Element) -> Vec<&str> {
    match &e.test {
        Test::Order { first, then } => vec![first, then],
        Test::Deadline { of: Some(of), .. } => vec![of],
        Test::Participants(test) => vec![&test.of],
        Test::Weighed { same_as: Some(same) } => vec![same],
        _ => Vec::new(),
    }
}

fn fact_name(e: &Element) -> Option<FactName> {
    match &e.test {
        Test::Statement { fact, .. } | Test::Deadline { fact, .. } => *fact,
        _ => None,
    }
}

fn fill_facts(context: &Context, e: &Element, facts: &mut FactSheet) {
    let Some(name) = fact_name(e) else { return };
    let dated = context.of(&e.id).iter().filter(|c| c.is_found());
    let mut all = dated.filter_map(|c| {
        let day = c.date.and_then(|d| d.exact())?;
        Some(Fact { value: day, evidence: Some(evidence::of(context, c)) })
    });
    match name {
        FactName::Oogo => {
            let mut days: Vec<Fact<Date>> = Vec::new();
            for f in all {
                if !days.iter().any(|d| d.value == f.value) {
                    days.push(f);
                }
            }
            days.sort_by_key(|f| f.value);
            facts.oogo = days;
        }
        FactName::Vaststelling => facts.vaststelling = all.next(),
        FactName::InstemmingOpr => facts.instemming_opr = all.next(),
        FactName::Inzending => facts.inzending = all.next(),
        FactName::Oprichting => facts.oprichting = all.next(),
    }
}

fn dress(context: &Context, n: &Norm, e: &Element, j: Judgement) -> ElementOutcome {
    let finding = j.verdict.is_finding();
    let lacking = matches!(j.verdict, Verdict::Missing | Verdict::Weak);
    ElementOutcome {
        id: e.id.clone(),
        norm: n.id.clone(),
        title: e.title.clone(),
        clause: e.clause.clone(),
        verdict: j.verdict,
        message: j.message,
        hint: finding.then(|| e.hint.clone()),
        belongs: lacking.then(|| nearest::belongs(context, e, &j.evidence)),
        nearest: match (&e.test, lacking) {
            (_, false) => Vec::new(),
            (Test::Weighed { .. }, true) => weighed::nearest(context, e, &j.evidence),
            (_, true) => nearest::passages(context, e, &j.evidence),
        },
        evidence: j.evidence,
        by: j.by,
        considered: None,
    }
}
