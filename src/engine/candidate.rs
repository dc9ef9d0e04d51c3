//! Candidates: places where a pattern of an element matches, each with its status, its date and what it is worth. The one place that knows how
//! a pattern is matched.

use super::dating::{self, Attached, Taken};
use super::reach::View;
use crate::checks::{Checks, Element, Pattern, PatternVerdict, Reach, Test};
use crate::document::{BlockKind, Span};
use crate::engine::outcome::DocumentKind;
use crate::facts::{MunicipalityFact, Usage};
use crate::language::{Mention, Role, Status};
use jiff::civil::Date;

/// A place where a pattern matches.
#[derive(Clone, Debug)]
pub struct Candidate<'a> {
    /// Index in [`super::Input::documents`].
    pub document: usize,
    /// Why it matched.
    pub name: &'a str,
    /// The carrying word.
    pub act: Mention,
    /// Its sentence.
    pub sentence: u32,
    /// What to quote.
    pub span: Span,
    /// How it is said.
    pub status: Status,
    /// Its date.
    pub date: Option<Attached>,
    /// What it is worth.
    pub worth: PatternVerdict,
    /// Why it is not worth more.
    pub lack: Option<&'static str>,
    /// For sorting: higher is better.
    pub score: f32,
}

impl Candidate<'_> {
    /// Whether it shows the element.
    pub fn is_found(&self) -> bool {
        self.worth == PatternVerdict::Found
    }
}

/// Whether an element may be shown by a document of a kind; annexes count with the plan.
pub fn may_show(e: &Element, kind: DocumentKind) -> bool {
    e.documents.contains(&kind) || kind == DocumentKind::Bijlage && e.documents.contains(&DocumentKind::Ondersteuningsplan)
}

/// All candidates of an element, best first.
/// `taken`: per document the dates that belong to other acts.
pub(crate) fn find<'a>(
    checks: &Checks,
    views: &[View],
    e: &'a Element,
    period: Option<(Date, Date)>,
    taken: &[Taken],
) -> Vec<Candidate<'a>> {
    let none = Taken::default();
    let mut out: Vec<Candidate<'a>> = Vec::new();
    if e.patterns.is_empty() {
        return out;
    }
    for (i, view) in views.iter().enumerate().filter(|(_, v)| may_show(e, v.doc.kind)) {
        for p in &e.patterns {
            for m in view.all(&p.act) {
                if let Some(mut c) = candidate(checks, view, e, p, m, period, taken.get(i).unwrap_or(&none)) {
                    c.document = i;
                    // One place, one candidate: the best.
                    match out.iter_mut().find(|o| o.document == i && o.sentence == c.sentence) {
                        Some(o) if o.score < c.score => *o = c,
                        Some(_) => {}
                        None => out.push(c),
                    }
                }
            }
        }
    }
    out.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.document.cmp(&b.document)).then(a.span.cmp(&b.span)));
    out
}

fn candidate<'a>(
    checks: &Checks,
    view: &View,
    e: &Element,
    p: &'a Pattern,
    m: &Mention,
    period: Option<(Date, Date)>,
    taken: &Taken,
) -> Option<Candidate<'a>> {
    let doc = view.doc;
    let s = view.sentence(m.sentence);
    let block = &doc.document.blocks[s.block];
    match doc.language.roles[s.block] {
        Role::Contents | Role::Glossary | Role::Literature | Role::LegalText | Role::Template => return None,
        Role::Body | Role::Heading | Role::Colofon => {}
    }
    let plan = doc.kind == DocumentKind::Ondersteuningsplan;
    let mut closeness = 0.0;
    for slot in &p.with {
        let within = if plan { slot.within_plan } else { slot.within };
        let reach = if slot.only {
            view.at(&slot.any, m.sentence, within).then_some(within)?
        } else {
            view.nearest(&slot.any, m.sentence, m.head, within)?.0
        };
        closeness += match reach {
            Reach::Clause => 1.0,
            Reach::Sentence => 0.9,
            Reach::Near => 0.7,
            Reach::Block => 0.5,
            Reach::Heading => 0.5,
            Reach::Section => 0.3,
            Reach::Document => 0.1,
        };
    }
    for w in &p.without {
        if let Some((reach, _)) = view.nearest(&w.any, m.sentence, m.head, w.within)
            && view.nearest(&w.unless, m.sentence, m.head, reach).is_none()
        {
            return None;
        }
    }
    if p.names > 0 && super::evidence::organisation_names(view, s.block) < p.names as usize {
        return None;
    }
    if p.municipalities > 0 {
        let own = view.of_block(s.block);
        let from = m.sentence.saturating_sub(1).max(own.start);
        let to = (m.sentence + 1).min(own.end.saturating_sub(1));
        let around = view.sentence(from).span.join(view.sentence(to).span);
        // Those that took part in something, not where it was or whose name has one in it.
        let named = |f: &&MunicipalityFact| matches!(f.usage, Usage::Enumerated | Usage::Plain);
        if doc.facts.municipalities_in(around).iter().filter(named).count() < p.municipalities as usize {
            return None;
        }
    }
    let status = doc.language.status(&doc.document, &checks.lexicon, m.sentence, m.span).status;
    let (mut worth, mut lack) = match status {
        Status::Asserted => (p.verdict, None),
        Status::Required if p.standing => (p.verdict, None),
        Status::Required | Status::Quoted | Status::Former => return None,
        Status::Negated => (p.denied?, None),
        Status::NotYet => (PatternVerdict::Weak, Some("nog niet gebeurd")),
        Status::Intended => (PatternVerdict::Weak, Some("een voornemen of een open plek")),
        Status::Conditional => (PatternVerdict::Weak, Some("onder voorwaarde")),
    };
    let (needs_date, of_this_plan) = match &e.test {
        Test::Statement { date, of_this_plan, .. } => (*date == crate::checks::DateNeed::Required, *of_this_plan),
        Test::Deadline { .. } => (true, true),
        _ => (false, false),
    };
    let date = dating::attach(view, m.sentence, m.head, period, taken);
    if of_this_plan && date.as_ref().is_some_and(|d| !dating::fits_round(d, period)) {
        return None;
    }
    if matches!(block.kind, BlockKind::Heading(_)) && worth == PatternVerdict::Found && date.is_none_or(|d| d.distance > 1) {
        (worth, lack) = (PatternVerdict::Weak, Some("alleen een kop"));
    }
    if worth == PatternVerdict::Found && needs_date && !p.dateless && date.is_none() {
        (worth, lack) = (PatternVerdict::Weak, Some("zonder datum"));
    }
    let base = match worth {
        PatternVerdict::Found => 10.0,
        PatternVerdict::Contradicted => 8.0,
        PatternVerdict::Weak => 0.0,
    };
    let dated = date.map_or(0.0, |d| [1.5, 1.2, 0.8, 0.4][d.distance.min(3) as usize]);
    let score = base + p.weight + closeness / p.with.len().max(1) as f32 + dated;
    Some(Candidate { document: 0, name: &p.name, act: *m, sentence: m.sentence, span: s.span, status, date, worth, lack, score })
}
