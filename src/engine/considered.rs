//! Why an element got its verdict: the passages that were considered, what counted for and against each, and what tipped the decision. Made
//! only for elements for which it is asked, from the same candidates and sums that made the verdict.
//!
//! Here: what the answer is made of, and the answer for elements that go by rules. That for elements that weigh their evidence is in
//! `weighed/reasons.rs`.

use super::candidate::{Candidate, Dropped, PassedOver, passed_over};
use super::evidence::{self, day};
use super::outcome::{DocumentKind, ElementOutcome, Evidence, Reading, Verdict};
use super::{Context, dating, order, participants, weighed};
use crate::checks::{ConceptSet, DateNeed, Element, Pattern, PatternVerdict, Reach, Test};
use crate::document::Span;
use crate::language::{Lexicon, Role, Status};

/// At most so many passages are told of.
pub(super) const MOST: usize = 5;

/// Why an element got its verdict.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Considered {
    /// The passages that were considered, the strongest first, at most five.
    pub passages: Vec<Weighed>,
    /// How many more there were.
    pub more: usize,
    /// The verdict for and against which the grounds of the passages count.
    pub toward: Verdict,
    /// What was compared, each a Dutch phrase.
    pub compared: Vec<String>,
    /// The steps of the decision, in order, up to the one that held.
    pub steps: Vec<Step>,
}

/// A step of the decision.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Step {
    /// The verdict it leads to.
    pub verdict: Verdict,
    /// What it asks and what was there: a Dutch phrase.
    pub text: String,
    /// Whether it tipped the decision.
    pub holds: bool,
}

/// A passage that was considered.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Weighed {
    /// Its place and words.
    pub evidence: Evidence,
    /// The element to which it belongs, when it is not the one that was asked for (the act that must come first).
    pub of: Option<String>,
    /// So many sentences were read together, of which the quote is the one that says most.
    pub sentences: usize,
    /// What it shows by itself.
    pub verdict: Verdict,
    /// Its share per verdict, where evidence is weighed.
    pub shares: Option<Shares>,
    /// What counted, the heaviest first: those for it, then those against.
    pub grounds: Vec<Ground>,
    /// How many weights too small to name, and what they are together.
    pub small: Option<(usize, f32)>,
}

/// Shares of a passage, as whole percents rounded down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Shares {
    /// Shows the element.
    pub found: u8,
    /// A trace of it.
    pub weak: u8,
    /// Shows the opposite.
    pub contradicted: u8,
    /// Is about it and shows nothing.
    pub missing: u8,
    /// Is about what the element asks.
    pub topic: u8,
}

/// Something that counted.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Ground {
    /// What it is.
    pub kind: GroundKind,
    /// For the verdict, or against it.
    pub pro: bool,
    /// Dutch; words of the document stand in quotation marks.
    pub what: String,
    /// How heavily, where evidence is weighed.
    pub weight: Option<f32>,
}

/// Kinds of grounds, in the order in which they are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GroundKind {
    /// What the passage was recognised as.
    Pattern,
    /// The words that carry it, or words of the passage.
    Word,
    /// Words that must stand with those.
    Beside,
    /// Words of one meaning under one name.
    Field,
    /// Concepts of the rules.
    Concept,
    /// Words of the heading.
    Heading,
    /// How it is said.
    Status,
    /// The date.
    Date,
    /// Form and figures.
    Form,
    /// What it lacks, or what rules it out.
    Lack,
    /// Where every passage starts.
    Start,
}

impl Ground {
    fn new(kind: GroundKind, pro: bool, what: impl Into<String>) -> Ground {
        Ground { kind, pro, what: what.into(), weight: None }
    }
}

/// Why this outcome.
pub(super) fn of(context: &Context, e: &Element, outcome: &ElementOutcome) -> Considered {
    let by_weight = matches!(e.test, Test::Weighed { .. }) && outcome.by == Reading::First || outcome.by == Reading::Second;
    let mut considered = if by_weight { weighed::considered(context, e, outcome) } else { by_rules(context, e, outcome) };
    let told = match (&e.test, outcome.by) {
        (_, Reading::Second) => Some(
            "de regels zagen niets of alleen een aanwijzing; bij een tweede lezing laat een passage het vrijwel zeker zien".to_string(),
        ),
        (Test::Weighed { same_as: Some(same) }, Reading::Same) => {
            Some(format!("weging zag niets of alleen een aanwijzing; de regels van {same}, dat hetzelfde vraagt, zien dit wel"))
        }
        _ => None,
    };
    if let Some(text) = told {
        considered.steps = vec![Step { verdict: outcome.verdict, text, holds: true }];
    }
    // Decided before any passage was looked at, or over them: the message says how.
    if matches!(outcome.verdict, Verdict::NotTestable | Verdict::NotApplicable) {
        considered.steps.clear();
    }
    considered
}

fn by_rules(context: &Context, e: &Element, outcome: &ElementOutcome) -> Considered {
    // The lists of candidates that the test looks at: its own, and those of the elements on which it leans.
    let lists: Vec<&str> = match &e.test {
        Test::Order { first, then } => vec![first, then, &e.id],
        Test::Deadline { of: Some(of), .. } => vec![of, &e.id],
        Test::Participants(test) => vec![&e.id, &test.of],
        Test::Weighed { same_as: Some(same) } => vec![same],
        _ => vec![&e.id],
    };
    let mut passages: Vec<Weighed> = Vec::new();
    let mut seen = 0;
    let mut put = |w: Weighed| {
        seen += 1;
        if passages.len() < MOST && !passages.iter().any(|p| p.evidence.quote == w.evidence.quote && p.of == w.of) {
            passages.push(w);
        }
    };
    // What the verdict rests on that is no candidate: the plan period, schools, names.
    if matches!(e.test, Test::Duration { .. } | Test::Register) {
        outcome.evidence.iter().for_each(|q| put(shown(q)));
    }
    let longest = lists.iter().map(|id| context.of(id).len()).max().unwrap_or(0);
    for rank in 0..longest {
        for id in &lists {
            if let (Some(c), Some((_, _, owner))) = (context.of(id).get(rank), context.checks.element(id)) {
                put(candidate(context, e, owner, c));
            }
        }
    }
    for id in lists {
        let Some((_, _, owner)) = context.checks.element(id) else { continue };
        let candidates = context.of(id);
        for p in passed_over(context.checks, context.views, owner, context.period) {
            if !candidates.iter().any(|c| c.document == p.document && c.sentence == p.act.sentence) {
                put(left_out(context, e, owner, &p));
            }
        }
    }
    let more = seen - passages.len();
    Considered { passages, more, toward: Verdict::Found, compared: compared(context, e), steps: steps(context, e, outcome) }
}

/// Evidence that did not come from a candidate.
fn shown(evidence: &Evidence) -> Weighed {
    Weighed {
        grounds: vec![Ground::new(GroundKind::Pattern, true, evidence.why.clone())],
        evidence: evidence.clone(),
        of: None,
        sentences: 1,
        verdict: Verdict::Found,
        shares: None,
        small: None,
    }
}

fn other(e: &Element, owner: &Element) -> Option<String> {
    (e.id != owner.id).then(|| owner.id.clone())
}

fn candidate(context: &Context, e: &Element, owner: &Element, c: &Candidate) -> Weighed {
    let view = &context.views[c.document];
    // What makes the opposite recognised counts against.
    let pro = c.worth != PatternVerdict::Contradicted;
    let mut grounds =
        vec![Ground::new(GroundKind::Pattern, pro, c.name), Ground::new(GroundKind::Word, pro, words(context, c.document, c.act.span))];
    let pattern = owner.patterns.iter().find(|p| p.name == c.name && p.act.contains(c.act.concept));
    for slot in pattern.iter().flat_map(|p| &p.with) {
        if let Some((reach, m)) = view.nearest(&slot.any, c.sentence, c.act.head, slot.within.max(slot.within_plan)) {
            grounds.push(Ground::new(GroundKind::Beside, pro, format!("{} {}", words(context, c.document, m.span), where_(reach))));
        }
    }
    grounds.push(status(
        context,
        c.document,
        c.act.sentence,
        c.act.span,
        c.status,
        pro && matches!(c.status, Status::Asserted | Status::Required),
    ));
    if let Some(d) = c.date {
        let limit = match &owner.test {
            Test::Statement { not_after, .. } => *not_after,
            _ => None,
        };
        let late = limit.filter(|l| d.from > *l).map(|l| format!(", na {}", day(l))).unwrap_or_default();
        let what = format!("{} {}: {}{late}", words(context, c.document, d.span), fetched(d.distance), days(&d));
        grounds.push(Ground::new(GroundKind::Date, late.is_empty() && pro, what));
    }
    // What a status makes it lack was said with the status.
    if let Some(lack) = c.lack.filter(|_| matches!(c.status, Status::Asserted | Status::Required | Status::Negated)) {
        grounds.push(Ground::new(GroundKind::Lack, false, lack));
    }
    let verdict = match c.worth {
        PatternVerdict::Found => Verdict::Found,
        PatternVerdict::Weak => Verdict::Weak,
        PatternVerdict::Contradicted => Verdict::Contradicted,
    };
    Weighed {
        evidence: evidence::of(context, c),
        of: other(e, owner),
        sentences: 1,
        verdict,
        shares: None,
        grounds: sorted(grounds),
        small: None,
    }
}

/// A place that was looked at and is no candidate.
fn left_out(context: &Context, e: &Element, owner: &Element, p: &PassedOver) -> Weighed {
    let doc = &context.input.documents[p.document];
    let view = &context.views[p.document];
    let span = view.sentence(p.act.sentence).span;
    let said = doc.language.status(&doc.document, &context.checks.lexicon, p.act.sentence, p.act.span).status;
    let mut grounds = vec![Ground::new(GroundKind::Word, true, words(context, p.document, p.act.span))];
    let lacks = |what: String| Ground::new(GroundKind::Lack, false, what);
    let from = match p.why {
        Dropped::Lacks(n) => n,
        _ => p.pattern.with.len(),
    };
    for slot in &p.pattern.with[..from] {
        if let Some((reach, m)) = view.nearest(&slot.any, p.act.sentence, p.act.head, slot.within.max(slot.within_plan)) {
            grounds.push(Ground::new(GroundKind::Beside, true, format!("{} {}", words(context, p.document, m.span), where_(reach))));
        }
    }
    grounds.push(match p.why {
        Dropped::Status(s) => status(context, p.document, p.act.sentence, p.act.span, s, false),
        Dropped::Role(role) => lacks(format!("staat in {}, waar niets wordt vastgelegd", part(role))),
        Dropped::Rows => lacks("telt alleen in een tabel of lijst".into()),
        Dropped::Other => lacks("gaat over een ander verband of een andere rechtspersoon".into()),
        Dropped::Lacks(n) => lacks(wanted(&context.checks.lexicon, p.pattern, n)),
        Dropped::Without(span) => lacks(format!("{} staat erbij: dan gaat het over iets anders", words(context, p.document, span))),
        Dropped::Names => lacks("daarbij staan te weinig namen".into()),
        Dropped::OtherPlan => lacks("noemt de periode van een ander plan".into()),
        Dropped::OtherRound(d) => lacks(format!("{} past niet bij het maken van dit plan", words(context, p.document, d.span))),
    });
    let mut evidence = evidence::passage(doc, span, "telt niet mee");
    evidence.status = said;
    Weighed { evidence, of: other(e, owner), sentences: 1, verdict: Verdict::Missing, shares: None, grounds: sorted(grounds), small: None }
}

/// Those for it before those against, each in the order of their kinds.
fn sorted(mut grounds: Vec<Ground>) -> Vec<Ground> {
    grounds.sort_by_key(|g| (!g.pro, g.kind));
    grounds.dedup();
    grounds
}

/// Words of a document in quotation marks.
fn words(context: &Context, document: usize, span: Span) -> String {
    quoted(context.input.documents[document].document.slice(span))
}

/// Longest stretch of words named as a ground, in characters.
const WORDS: usize = 60;

/// Words in quotation marks, on one line; a long stretch by its begin and end.
pub(super) fn quoted(text: &str) -> String {
    let text = text.replace('\u{ad}', "");
    let all: Vec<&str> = text.split_whitespace().collect();
    let whole = all.join(" ");
    match all.as_slice() {
        [first, second, .., before, last] if whole.chars().count() > WORDS => format!("\"{first} {second} … {before} {last}\""),
        _ => format!("\"{whole}\""),
    }
}

fn where_(reach: Reach) -> &'static str {
    match reach {
        Reach::Clause => "in dezelfde deelzin",
        Reach::Sentence => "in dezelfde zin",
        Reach::Near => "vlak ernaast",
        Reach::Block => "in dezelfde alinea, lijst of tabel",
        Reach::Heading => "in een kop erboven",
        Reach::Section => "in dezelfde paragraaf",
        Reach::Document => "elders in het document",
    }
}

fn fetched(distance: u8) -> &'static str {
    match distance {
        0 => "in dezelfde deelzin",
        1 => "in dezelfde zin",
        2 => "in een zin ernaast",
        _ => "in een kop, inleiding of briefhoofd",
    }
}

fn days(d: &dating::Attached) -> String {
    match d.exact() {
        Some(one) => day(one),
        None => format!("{} tot en met {}", day(d.from), day(d.to)),
    }
}

fn part(role: Role) -> &'static str {
    match role {
        Role::Contents => "een inhoudsopgave",
        Role::Glossary => "een begrippenlijst",
        Role::Literature => "een literatuurlijst",
        Role::LegalText => "een weergave van wat de wet vraagt",
        Role::Template => "een sjabloon",
        Role::Body | Role::Heading | Role::Colofon => "de tekst",
    }
}

/// How something is said, with the words that make it so.
fn status(context: &Context, document: usize, sentence: u32, span: Span, status: Status, pro: bool) -> Ground {
    let doc = &context.input.documents[document];
    let said = doc.language.status(&doc.document, &context.checks.lexicon, sentence, span);
    let by = said.trigger.filter(|_| said.status == status).map(|t| format!(" door {}", words(context, document, t))).unwrap_or_default();
    Ground::new(GroundKind::Status, pro, format!("{}{by}", manner(status)))
}

/// How something is said, in words.
fn manner(status: Status) -> &'static str {
    match status {
        Status::Asserted => "als feit gezegd",
        Status::Negated => "ontkend",
        Status::NotYet => "nog niet gebeurd",
        Status::Intended => "een voornemen of een open plek",
        Status::Required => "een regel, recht of gang van zaken",
        Status::Quoted => "woorden van wet of inspectie",
        Status::Conditional => "onder voorwaarde",
        Status::Former => "over een andere tijd of een ander plan",
    }
}

/// Of the words that must stand with it and do not, a few.
fn wanted(lexicon: &Lexicon, pattern: &Pattern, slot: usize) -> String {
    let Some(slot) = pattern.with.get(slot) else { return "woorden die erbij horen ontbreken".into() };
    let names = |any: &ConceptSet| -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for c in any.iter() {
            let own = |f: &&str| f.chars().all(|c| c.is_alphabetic() || c == ' ' || c == '-');
            let name = match lexicon.name(c).contains('#') {
                true => lexicon.forms(c).find(own).map(|f| format!("\"{f}\"")),
                false => Some(lexicon.label(c).to_string()),
            };
            out.extend(name.filter(|n| !out.contains(n)));
        }
        out
    };
    let mut names = names(&slot.any);
    names.truncate(3);
    match names.as_slice() {
        [] => "woorden die erbij horen ontbreken".into(),
        names => format!("hier ontbreken woorden als {}", names.join(" of ")),
    }
}

/// The first candidate of an element that shows it on a date, as the order of two acts uses it.
fn dated(context: &Context, id: &str) -> String {
    let title = context.checks.element(id).map_or(id.to_string(), |(_, _, e)| format!("{id} ({})", e.title));
    match order::dated(context, id).and_then(|c| c.date.map(|d| (c, d))) {
        Some((c, d)) => format!("{title}: {}, {}", days(&d), c.name),
        None => format!("{title}: geen datum gevonden"),
    }
}

/// The dates and names that the test holds against each other.
fn compared(context: &Context, e: &Element) -> Vec<String> {
    let period = || context.period.map(|(from, to)| format!("de planperiode: {} tot en met {}", day(from), day(to)));
    let unknown = || "de planperiode: niet gevonden".to_string();
    match &e.test {
        Test::Order { first, then } => vec![dated(context, first), dated(context, then)],
        Test::Deadline { of, dossier_received, .. } => {
            let mut out = vec![period().unwrap_or_else(unknown)];
            out.extend(context.deadline().map(|d| format!("de laatste dag die op tijd is: {}", day(d))));
            let mut plans = context.input.documents.iter().filter(|d| d.kind == DocumentKind::Ondersteuningsplan);
            match plans.find_map(|d| d.received).filter(|_| *dossier_received) {
                Some(d) => out.push(format!("volgens het dossier ontvangen: {}", day(d))),
                None => out.push(dated(context, of.as_deref().unwrap_or(&e.id))),
            }
            out
        }
        Test::Duration { years } => {
            vec![period().unwrap_or_else(unknown), format!("langer dan {years} jaar is strijdig")]
        }
        Test::Participants(test) => participants::compared(context, e, test),
        Test::Statement { not_after: Some(limit), .. } => vec![format!("de laatste dag die op tijd is: {}", day(*limit))],
        Test::Statement { .. } | Test::Register | Test::Weighed { .. } => Vec::new(),
    }
}

/// How the verdict follows.
fn steps(context: &Context, e: &Element, outcome: &ElementOutcome) -> Vec<Step> {
    let Test::Statement { date, not_after, .. } = &e.test else {
        return vec![Step { verdict: outcome.verdict, text: outcome.message.clone(), holds: true }];
    };
    let all = context.of(&e.id);
    let late = |c: &&Candidate| not_after.is_some_and(|limit| c.date.is_some_and(|d| d.from > limit));
    let count = |worth: PatternVerdict| all.iter().filter(|c| c.worth == worth).count();
    let too_late = all.iter().filter(|c| c.is_found()).filter(late).count();
    let in_time = count(PatternVerdict::Found) - too_late;
    let when = if *date == DateNeed::Required { ", met de datum waar die nodig is" } else { "" };
    let time = if not_after.is_some() { ", op tijd" } else { "" };
    let against = match not_after {
        Some(limit) => format!("een passage na {}, of een die het tegendeel zegt", day(*limit)),
        None => "een passage die het tegendeel zegt".to_string(),
    };
    let number = |n: usize| match n {
        0 => "geen".to_string(),
        n => n.to_string(),
    };
    let broken = if outcome.verdict == Verdict::Contradicted && in_time > 0 { ", maar een andere is te laat" } else { "" };
    let ladder = [
        (Verdict::Found, format!("een passage die het zegt{when}{time}: {}{broken}", number(in_time))),
        (Verdict::Contradicted, format!("{against}: {}", number(too_late + count(PatternVerdict::Contradicted)))),
        (Verdict::Weak, format!("een passage die er alleen op wijst: {}", number(count(PatternVerdict::Weak)))),
        (Verdict::Missing, "niets van dit alles".to_string()),
    ];
    until(ladder, outcome.verdict)
}

/// The steps up to the one that held.
pub(super) fn until(ladder: impl IntoIterator<Item = (Verdict, String)>, verdict: Verdict) -> Vec<Step> {
    let mut out: Vec<Step> = Vec::new();
    for (v, text) in ladder {
        let holds = v == verdict;
        out.push(Step { verdict: v, text, holds });
        if holds {
            break;
        }
    }
    out
}
