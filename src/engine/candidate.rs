//! Candidates: places where a pattern of an element matches, each with its status, its date and what it is worth. The one place that knows how
//! a pattern is matched.

use super::dating::{self, Attached, Rivals, Taken};
use super::others;
use super::reach::View;
use crate::checks::{Answer, Checks, ConceptSet, DateNeed, Element, Pattern, PatternVerdict, Reach, Slot, Test};
use crate::document::{BlockKind, Span};
use crate::engine::outcome::DocumentKind;
use crate::facts::{MunicipalityFact, Usage};
use crate::language::{Mention, Role, Status};
use jiff::civil::Date;

/// So many bytes after its first word a label has its colon ("Afwezig met kennisgeving:").
const LABEL: usize = 24;

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
    /// How it answers an element that asks the same.
    pub answer: Answer,
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

    /// What a report says of a trace: what it lacks, then what it is.
    pub(super) fn trace(&self, otherwise: &str) -> String {
        format!("{}: {}.", super::statement::capital(self.lack.unwrap_or(otherwise)), self.name)
    }

    /// What a report says of the opposite.
    pub(super) fn opposite(&self) -> String {
        let says = if self.status == Status::Negated { "Het document ontkent dit" } else { "Het document zegt het tegendeel" };
        format!("{says}: {}.", self.name)
    }
}

/// Whether an element may be shown by a document of a kind; annexes count with the plan.
pub fn may_show(e: &Element, kind: DocumentKind) -> bool {
    e.documents.contains(&kind) || kind == DocumentKind::Bijlage && e.documents.contains(&DocumentKind::Ondersteuningsplan)
}

/// Why a place where an act of an element is named is no candidate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Dropped {
    /// It stands in a part of the document that states nothing: a contents list, words of the law.
    Role(Role),
    /// It counts only in a table or a list.
    Rows,
    /// It speaks of another samenwerkingsverband or legal person.
    Other,
    /// Words that must stand with it do not: which of [`Pattern::with`].
    Lacks(usize),
    /// Words that rule it out.
    Without(Span),
    /// Too few names.
    Names,
    /// How it is said.
    Status(Status),
    /// It gives the period of another plan.
    OtherPlan,
    /// Its date cannot belong to the making of this plan.
    OtherRound(Attached),
}

/// A place that was looked at and left out.
pub(crate) struct PassedOver<'a> {
    pub document: usize,
    pub act: Mention,
    pub pattern: &'a Pattern,
    pub why: Dropped,
}

impl PassedOver<'_> {
    /// How far it came: those that failed last are nearest. Words without any of those that must stand with them are not near at all.
    fn nearness(&self) -> f32 {
        match self.why {
            Dropped::Status(_) => 6.0,
            Dropped::OtherRound(_) | Dropped::OtherPlan => 5.0,
            Dropped::Without(_) | Dropped::Names => 4.0,
            Dropped::Other => 3.0,
            Dropped::Role(_) | Dropped::Rows => 2.0,
            Dropped::Lacks(n) => n as f32 / self.pattern.with.len() as f32,
        }
    }
}

/// The places where something that would show an element is named and yet is no candidate, nearest first, one per sentence; only for who asks
/// why.
pub(crate) fn passed_over<'a>(checks: &Checks, views: &[View], e: &'a Element, period: Option<(Date, Date)>) -> Vec<PassedOver<'a>> {
    let (rivals, taken) = (rivals(checks, e), Taken::default());
    let around = Around { period, rivals: &rivals, taken: &taken };
    let mut out: Vec<PassedOver<'a>> = Vec::new();
    for (document, view) in views.iter().enumerate().filter(|(_, v)| may_show(e, v.doc.kind)) {
        for pattern in e.patterns.iter().filter(|p| p.verdict == PatternVerdict::Found) {
            for m in view.all(&pattern.act) {
                let at = At { sentence: m.sentence, head: m.head, span: m.span };
                let Err(why) = candidate(checks, view, e, pattern, m, at, around) else { continue };
                // Before its words were looked at: those must stand there too.
                let early = matches!(why, Dropped::Role(_) | Dropped::Rows | Dropped::Other);
                let stands = |s: &Slot| view.nearest(&s.any, m.sentence, m.head, Reach::Sentence).is_some();
                if early && (pattern.with.is_empty() || !pattern.with.iter().all(stands)) {
                    continue;
                }
                let new = PassedOver { document, act: *m, pattern, why };
                match out.iter_mut().find(|o| o.document == document && o.act.sentence == m.sentence) {
                    Some(old) if old.nearness() < new.nearness() => *old = new,
                    Some(_) => {}
                    None if new.nearness() > 0.0 => out.push(new),
                    None => {}
                }
            }
        }
    }
    out.sort_by(|a, b| b.nearness().total_cmp(&a.nearness()).then((a.document, a.act.sentence).cmp(&(b.document, b.act.sentence))));
    out
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
    let rivals = rivals(checks, e);
    // Where the norm is about each of many, one sentence may tell of some in time and of others too late.
    let late = |c: &Candidate| match &e.test {
        Test::Statement { not_after: Some(limit), all: Some(_), .. } => c.date.is_some_and(|d| d.from > *limit),
        _ => false,
    };
    for (i, view) in views.iter().enumerate().filter(|(_, v)| may_show(e, v.doc.kind)) {
        for p in &e.patterns {
            for (m, at) in view.all(&p.act).into_iter().flat_map(|m| places(view, e, m).into_iter().map(move |at| (m, at))) {
                if let Ok(mut c) =
                    candidate(checks, view, e, p, m, at, Around { period, rivals: &rivals, taken: taken.get(i).unwrap_or(&none) })
                {
                    c.document = i;
                    // One place, one candidate: the best.
                    match out.iter_mut().find(|o| o.document == i && (o.sentence == c.sentence || o.span == c.span) && late(o) == late(&c))
                    {
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

/// Where an act is said: a sentence, the word that carries it, and the whole of it.
#[derive(Clone, Copy)]
struct At {
    sentence: u32,
    head: Span,
    span: Span,
}

/// Where an act stands; a column head is said of each row that has a date under it ("Toegetreden" over a column of days).
fn places(view: &View, e: &Element, m: &Mention) -> Vec<At> {
    let own = At { sentence: m.sentence, head: m.head, span: m.span };
    let document = &view.doc.document;
    let head = &document.blocks[view.sentence(m.sentence).block];
    let dated = matches!(e.test, Test::Statement { date: DateNeed::Required, .. } | Test::Deadline { .. });
    if !dated || head.kind != BlockKind::TableHead || head.group.is_none() {
        return vec![own];
    }
    let rows = document.blocks.iter().enumerate().filter(|(_, b)| b.group == head.group && b.kind == BlockKind::TableRow);
    let under = rows.filter_map(|(i, b)| {
        let cell = b.cells.iter().find(|c| c.head.is_some_and(|h| h.overlaps(m.head)))?.span;
        (!view.doc.facts.dates_in(cell).is_empty()).then(|| At { sentence: view.of_block(i).start, head: cell, span: cell })
    });
    let under: Vec<At> = under.collect();
    if under.is_empty() { vec![own] } else { under }
}

/// The acts of the other dated elements: the dates that stand with those are not this element's.
fn rivals<'a>(checks: &'a Checks, e: &Element) -> Rivals<'a> {
    let dated = |t: &Test| matches!(t, Test::Statement { date: DateNeed::Required, .. } | Test::Deadline { of: None, .. });
    let elements = checks.frameworks.iter().flat_map(|f| &f.norms).flat_map(|n| &n.elements);
    let others = elements.filter(|o| o.id != e.id && dated(&o.test));
    Rivals::of(others.flat_map(|o| &o.patterns).filter(|p| p.verdict == PatternVerdict::Found))
}

/// Whether a sentence speaks of a plan period and it is not this plan's.
fn of_another_plan(view: &View, sentence: u32, period: Option<(Date, Date)>) -> bool {
    let Some((from, _)) = period else { return false };
    let spans = view.doc.facts.periods_in(view.sentence(sentence).span).iter();
    let mut plans = spans.filter(|p| !p.single_year && (1..=6).contains(&(p.to.year() - p.from.year()))).peekable();
    plans.peek().is_some() && plans.all(|p| p.from.year() != from.year())
}

/// What is known beside the pattern and its place: the plan period, the acts of other elements, and the dates that are theirs.
#[derive(Clone, Copy)]
struct Around<'a> {
    period: Option<(Date, Date)>,
    rivals: &'a Rivals<'a>,
    taken: &'a Taken,
}

fn candidate<'a>(
    checks: &Checks,
    view: &View,
    e: &Element,
    p: &'a Pattern,
    m: &Mention,
    at: At,
    around: Around,
) -> Result<Candidate<'a>, Dropped> {
    let Around { period, rivals, taken } = around;
    let doc = view.doc;
    let s = view.sentence(at.sentence);
    let block = &doc.document.blocks[s.block];
    match doc.language.roles[s.block] {
        role @ (Role::Contents | Role::Glossary | Role::Literature | Role::LegalText | Role::Template) => return Err(Dropped::Role(role)),
        Role::Body | Role::Heading | Role::Colofon => {}
    }
    if p.rows && !matches!(block.kind, BlockKind::TableRow | BlockKind::TableHead | BlockKind::ListItem | BlockKind::Aside) {
        return Err(Dropped::Rows);
    }
    if p.own && doc.facts.is_of_another(at.head) {
        return Err(Dropped::Other);
    }
    let plan = doc.kind == DocumentKind::Ondersteuningsplan;
    let procedural = matches!(e.test, Test::Statement { of_this_plan: true, .. } | Test::Deadline { .. });
    let own_name = doc.facts.name.as_ref().filter(|_| procedural).map(|n| n.name.as_str());
    let foreign = |m: &Mention| own_name.is_some_and(|own| others::is_foreign(view, m.span, own));
    let all_foreign = |any: &ConceptSet| {
        let mut hits = view.mentions(at.sentence).iter().filter(|m| any.contains(m.concept)).peekable();
        hits.peek().is_some() && hits.all(foreign)
    };
    if own_name.is_some_and(|own| others::speaks_of_another(view, at.sentence, own)) {
        return Err(Dropped::Other);
    }
    // A pattern that asks for no body is not shown by another's either.
    let asked = |m: &Mention| p.with.iter().any(|s| s.any.contains(m.concept));
    let here = view.mentions(at.sentence);
    if own_name.is_some() && here.iter().any(|m| foreign(m) && !here.iter().any(|o| o.span.overlaps(m.span) && asked(o))) {
        return Err(Dropped::Other);
    }
    let mut closeness = 0.0;
    for (n, slot) in p.with.iter().enumerate() {
        let within = if plan { slot.within_plan } else { slot.within };
        let reach = if slot.only {
            view.at(&slot.any, at.sentence, within).then_some(within).ok_or(Dropped::Lacks(n))?
        } else {
            match view.nearest(&slot.any, at.sentence, at.head, within) {
                // Who acts is another organisation's body, and no other stands in the sentence.
                Some((reach, _)) if reach <= Reach::Sentence && all_foreign(&slot.any) => return Err(Dropped::Other),
                Some((reach, _)) => reach,
                // An ondersteuningsplan is itself the plan, whether it names itself or not.
                None if plan && within == Reach::Document && slot.any.contains(checks.known.plan) => Reach::Document,
                None => return Err(Dropped::Lacks(n)),
            }
        };
        closeness += match reach {
            Reach::Clause => 1.0,
            Reach::Sentence => 0.9,
            Reach::Near => 0.5,
            Reach::Block => 0.4,
            Reach::Heading => 0.4,
            Reach::Section => 0.3,
            Reach::Document => 0.1,
        };
    }
    for w in &p.without {
        // Words in the name of the samenwerkingsverband itself ("Samenwerkingsverband VO …") rule nothing out.
        if let Some((reach, other)) = view.nearest(&w.any, at.sentence, at.head, w.within)
            && !doc.facts.is_in_name(other.span)
            && view.nearest(&w.unless, at.sentence, at.head, reach).is_none()
        {
            return Err(Dropped::Without(other.span));
        }
        if w.carried
            && let Some(before) = view.pointed_at(at.sentence)
            && view.at(&w.any, before, Reach::Sentence)
            && ![before, at.sentence].iter().any(|&n| view.at(&w.unless, n, Reach::Sentence))
        {
            return Err(Dropped::Without(view.sentence(before).span));
        }
    }
    let named = match p.names {
        0 => None,
        least => Some(super::names::of(checks, view, at.sentence, at.head).filter(|n| n.count >= least as usize).ok_or(Dropped::Names)?),
    };
    if p.municipalities > 0 {
        let own = view.of_block(s.block);
        let from = at.sentence.saturating_sub(1).max(own.start);
        let to = (at.sentence + 1).min(own.end.saturating_sub(1));
        // What a label introduces ("Afwezig: …") stands behind it.
        let behind = doc.document.slice(Span { start: at.span.end.min(s.span.end), end: s.span.end });
        let label = at.span.start == s.span.start && behind.find(':').is_some_and(|i| i <= LABEL);
        let around = if label { s.span } else { view.sentence(from).span.join(view.sentence(to).span) };
        // Those that took part in something, not where it was or whose name has one in it.
        let named = |f: &&MunicipalityFact| matches!(f.usage, Usage::Enumerated | Usage::Plain);
        if doc.facts.municipalities_in(around).iter().filter(named).count() < p.municipalities as usize {
            return Err(Dropped::Names);
        }
    }
    let status = doc.language.status(&doc.document, &checks.lexicon, at.sentence, at.span).status;
    let (mut worth, mut lack) = match status {
        Status::Asserted => (p.verdict, None),
        Status::Required if p.standing => (p.verdict, None),
        Status::Required | Status::Quoted | Status::Former => return Err(Dropped::Status(status)),
        Status::Negated => (p.denied.ok_or(Dropped::Status(status))?, None),
        Status::NotYet => (PatternVerdict::Weak, Some("nog niet gebeurd")),
        Status::Intended => (PatternVerdict::Weak, Some("een voornemen of een open plek")),
        Status::Conditional => (PatternVerdict::Weak, Some("onder voorwaarde")),
    };
    let (needs_date, not_after, of_this_plan) = match &e.test {
        Test::Statement { date, date_until, not_after, of_this_plan, .. } => {
            let now = date_until.is_none_or(|limit| period.is_none_or(|(from, _)| from <= limit));
            (*date == DateNeed::Required && now, *not_after, *of_this_plan)
        }
        Test::Deadline { .. } => (true, None, true),
        _ => (false, None, false),
    };
    if of_this_plan && of_another_plan(view, at.sentence, period) {
        return Err(Dropped::OtherPlan);
    }
    let mut elsewhere = ConceptSet::default();
    elsewhere.insert(checks.known.termijn_van_plan);
    let setting = dating::Setting { period, own: &p.act, with: &p.with, rivals, elsewhere: of_this_plan.then_some(&elsewhere), taken };
    let date = dating::attach(view, at.sentence, at.head, &setting);
    // A day too late is only taken from what is said of the act itself, not from a neighbouring sentence about something else.
    let date = date.filter(|d| d.distance <= 1 || not_after.is_none_or(|limit| d.from <= limit));
    // A day that cannot belong to this plan's making tells of another plan; fetched from elsewhere it tells nothing of this act.
    let date = match date {
        Some(d) if of_this_plan && !dating::fits_round(&d, period) => {
            if d.distance <= 1 {
                return Err(Dropped::OtherRound(d));
            }
            None
        }
        other => other,
    };
    if matches!(block.kind, BlockKind::Heading(_))
        && worth == PatternVerdict::Found
        && named.is_none()
        && date.is_none_or(|d| d.distance > 1)
    {
        (worth, lack) = (PatternVerdict::Weak, Some("alleen een kop"));
    }
    if worth == PatternVerdict::Found && needs_date && !p.dateless && date.is_none() {
        (worth, lack) = (PatternVerdict::Weak, Some("zonder datum"));
    }
    // "Najaar 2013" may be before the day or after it.
    if worth == PatternVerdict::Found && needs_date && not_after.is_some_and(|limit| date.is_some_and(|d| d.from <= limit && limit < d.to))
    {
        (worth, lack) = (PatternVerdict::Weak, Some("de datum is niet precies genoeg"));
    }
    let span = named.map_or(s.span, |n| n.span);
    let base = match worth {
        PatternVerdict::Found => 10.0,
        PatternVerdict::Contradicted => 8.0,
        PatternVerdict::Weak => 0.0,
    };
    let dated = date.map_or(0.0, |d| [1.5, 1.2, 0.8, 0.4][d.distance.min(3) as usize]);
    // What the act is about tells more than how near the date stands: a day in the same clause may be that of another plan.
    let score = base + p.weight + 3.0 * closeness / p.with.len().max(1) as f32 + dated;
    let answer = match (p.answer, worth, status) {
        (Answer::Open, _, _) => Answer::Open,
        (_, PatternVerdict::Contradicted, _) | (Answer::Yes, _, Status::Negated) => Answer::No,
        (Answer::No, _, Status::Negated) => Answer::Yes,
        (as_written, _, _) => as_written,
    };
    Ok(Candidate { document: 0, name: &p.name, act: *m, sentence: at.sentence, span, status, answer, date, worth, lack, score })
}
