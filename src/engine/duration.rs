//! The plan period, and the test that it spans at most four (school) years (WPO art. 18a lid 7).
//!
//! A document mostly writes its period in one stretch ("2022-2026"), which [`crate::facts`] finds. Where begin and end stand apart ("gaat in op
//! 1 augustus 2022 … en vervalt op 31 juli 2026", two rows of a table, four lines of one school year each) they are put together here from the
//! sentences that speak of the plan's term.

use super::candidate::{self, Candidate};
use super::evidence::{self, day};
use super::outcome::{Fact, Verdict};
use super::reach::View;
use super::{Context, Input, Judgement};
use crate::checks::{Checks, Element, PatternVerdict};
use crate::document::{BlockKind, Span};
use crate::facts::{Quantity, TimeUnit, When};
use jiff::civil::{Date, date};

/// So many sentences of a section under a heading about the plan's term are read together.
const SECTION: usize = 40;
/// No plan lasts longer: then the dates belong to different things.
const LONGEST: i16 = 12;

/// The plan period by the documents: the plan's before the jaarverslag's.
pub(super) fn plan_period(input: &Input) -> Option<Fact<(Date, Date)>> {
    use super::outcome::DocumentKind::{Bijlage, Jaarverslag, Ondersteuningsplan};
    [Ondersteuningsplan, Jaarverslag, Bijlage].into_iter().find_map(|kind| {
        input.documents.iter().filter(|d| d.kind == kind).find_map(|d| {
            let p = d.facts.plan_period.as_ref()?.period;
            Some(Fact {
                value: (p.from, p.to),
                evidence: Some(evidence::passage(d, evidence::sentence_around(d, p.span), "de planperiode")),
            })
        })
    })
}

/// The plan period put together from begin and end that stand apart, where no document writes it in one stretch.
pub(super) fn composed_period(input: &Input, views: &[View], checks: &Checks, e: &Element) -> Option<Fact<(Date, Date)>> {
    let found = candidate::find(checks, views, e, None, &[]);
    found.iter().find_map(|c| {
        let doc = &input.documents[c.document];
        let value = compose(&views[c.document], c)?;
        Some(Fact { value, evidence: Some(evidence::passage(doc, c.span, "de planperiode")) })
    })
}

/// A point at which a plan may begin or end.
#[derive(Clone, Copy)]
struct Edge {
    from: Date,
    to: Date,
    span: Span,
}

fn first_of_august(year: i16) -> Date {
    date(year, 8, 1)
}

fn end_of_july(year: i16) -> Date {
    date(year, 7, 31)
}

/// A date as an edge of school or calendar years: "1 augustus 2022", "juli 2026", "de zomer van 2020", "31 december 2018".
fn edge(when: When) -> Option<(Date, Date)> {
    let (from, to) = match when {
        When::Day { date, .. } => (date, date),
        When::Range { from, to, .. } => (from, to),
        When::DayMonth { .. } => return None,
    };
    let (begins, ends) = ((from.month(), from.day()), (to.month(), to.day()));
    let day = from == to;
    match (begins, ends) {
        // The last day of a school year, or the first of the next.
        ((7, 31), (7, 31)) => Some((first_of_august(from.year()), to)),
        ((8, 1), (8, 1)) => Some((from, end_of_july(to.year()))),
        ((12, 31), (12, 31)) => Some((date(from.year() + 1, 1, 1), to)),
        ((1, 1), (1, 1)) => Some((from, date(from.year() - 1, 12, 31))),
        // A month or season in which summer falls.
        ((6..=9, _), (6..=9, _)) if !day => Some((first_of_august(from.year()), end_of_july(to.year()))),
        _ => None,
    }
}

/// The edges in a span, in text order.
fn edges(view: &View, span: Span, out: &mut Vec<Edge>) {
    let facts = &view.doc.facts;
    for p in facts.periods_in(span).iter().filter(|p| !p.exact && p.from.month() == 8) {
        out.push(Edge { from: p.from, to: p.to, span: p.span });
    }
    for d in facts.dates_in(span) {
        if let Some((from, to)) = edge(d.when)
            && !out.iter().any(|e| e.span.overlaps(d.span))
        {
            out.push(Edge { from, to, span: d.span });
        }
    }
}

/// A count of years in a span: "vier schooljaren".
fn years(view: &View, span: Span) -> Option<i16> {
    let counts = view.doc.facts.numbers_in(span).iter();
    counts
        .filter_map(|n| match n.quantity {
            Quantity::Term { from, to, unit: TimeUnit::Year | TimeUnit::SchoolYear }
                if from == to && from.fract() == 0.0 && (2.0..=12.0).contains(&from) =>
            {
                Some(from as i16)
            }
            _ => None,
        })
        .max()
}

/// The period that the sentences around a statement about the plan's term give.
fn compose(view: &View, c: &Candidate) -> Option<(Date, Date)> {
    let blocks = &view.doc.document.blocks;
    let block = view.sentence(c.sentence).block;
    let own = view.of_block(block);
    let spans: Vec<Span> = match blocks[block].kind {
        BlockKind::Heading(_) => {
            let section = blocks[block].section;
            let under = (block..blocks.len()).take_while(|&b| blocks[b].section == section).take(SECTION);
            under.map(|b| blocks[b].span).collect()
        }
        BlockKind::TableRow | BlockKind::TableHead | BlockKind::ListItem => view.group(block).map(|b| blocks[b].span).collect(),
        _ => {
            let (from, to) = (own.start.max(c.sentence.saturating_sub(2)), own.end.min(c.sentence + 3));
            (from..to).map(|s| view.sentence(s).span).collect()
        }
    };
    let mut found: Vec<Edge> = Vec::new();
    for s in &spans {
        edges(view, *s, &mut found);
    }
    let start = found.iter().map(|e| e.from).min()?;
    let end = found.iter().map(|e| e.to).max()?;
    if found.len() > 1 && (end - start).get_days() >= 300 && end.year() - start.year() <= LONGEST {
        return Some((start, end));
    }
    // One edge and a count of years: "de vier schooljaren vanaf augustus 2018".
    let years = spans.iter().filter_map(|s| years(view, *s)).max()?;
    let end = Date::new(start.year() + years, start.month(), start.day()).ok()?.yesterday().ok()?;
    Some((start, end))
}

/// The year in which the plan begins, by what stands in the section of an act: the first beginning of a school year on or after it.
pub(super) fn start_after(view: &View, sentence: u32, act: Date) -> Option<i16> {
    let blocks = &view.doc.document.blocks;
    let section = blocks[view.sentence(sentence).block].section;
    let mut found: Vec<Edge> = Vec::new();
    for b in blocks.iter().filter(|b| b.section == section) {
        edges(view, b.span, &mut found);
    }
    found.iter().map(|e| e.from.year()).filter(|y| (act.year()..=act.year() + 1).contains(y)).min()
}

pub(super) fn judge(context: &Context, e: &Element, years: u8) -> Judgement {
    let mut plans = context.input.documents.iter().filter(|d| candidate::may_show(e, d.kind));
    let stated = plans.find_map(|d| d.facts.plan_period.as_ref().map(|p| (d, p)));
    let (from, to, quote) = match (stated, context.period) {
        (Some((doc, plan)), _) => {
            let p = plan.period;
            let quote: Vec<_> = std::iter::once(p.span)
                .chain(plan.evidence.iter().copied().filter(|s| *s != p.span))
                .take(5)
                .map(|s| evidence::passage(doc, evidence::sentence_around(doc, s), "de planperiode"))
                .collect();
            (p.from, p.to, quote)
        }
        (None, period) => {
            let all = context.of(&e.id);
            let told = all.iter().find_map(|c| compose(&context.views[c.document], c).filter(|p| Some(*p) == period).map(|p| (c, p)));
            let Some((c, (from, to))) = told else {
                return match all.iter().find(|c| c.worth != PatternVerdict::Contradicted) {
                    Some(c) => Judgement::new(Verdict::Weak, "Er staat iets over de looptijd, maar geen begin en eind.")
                        .with(vec![evidence::of(context, c)]),
                    None => Judgement::new(Verdict::Missing, e.missing.clone()),
                };
            };
            let doc = &context.input.documents[c.document];
            (from, to, vec![evidence::passage(doc, c.span, "de planperiode")])
        }
    };
    // One day more than n whole years is more than n years.
    let limit = from.checked_add(jiff::Span::new().years(i64::from(years))).ok();
    let span = format!("{} tot en met {}", day(from), day(to));
    if limit.is_some_and(|l| to >= l) {
        return Judgement::new(Verdict::Contradicted, format!("De planperiode loopt van {span}: langer dan {years} jaar.")).with(quote);
    }
    Judgement::new(Verdict::Found, format!("De planperiode loopt van {span}.")).with(quote)
}
