//! The plan period, and the test that it spans at most four (school) years (WPO art. 18a lid 7).

use super::evidence::{self, day};
use super::outcome::{Fact, Verdict};
use super::{Context, Input, Judgement};
use crate::checks::{Element, PatternVerdict};
use jiff::civil::Date;

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

pub(super) fn judge(context: &Context, e: &Element, years: u8) -> Judgement {
    let plans = context.input.documents.iter().filter(|d| super::candidate::may_show(e, d.kind));
    let found = plans.clone().find_map(|d| d.facts.plan_period.as_ref().map(|p| (d, p)));
    let Some((doc, plan)) = found else {
        return match context.of(&e.id).iter().find(|c| c.worth != PatternVerdict::Contradicted) {
            Some(c) => Judgement::new(Verdict::Weak, "Er staat iets over de looptijd, maar geen begin en eind.")
                .with(vec![evidence::of(context, c)]),
            None => Judgement::new(Verdict::Missing, e.missing.clone()),
        };
    };
    let p = plan.period;
    let quote: Vec<_> = std::iter::once(p.span)
        .chain(plan.evidence.iter().copied().filter(|s| *s != p.span))
        .take(5)
        .map(|s| evidence::passage(doc, evidence::sentence_around(doc, s), "de planperiode"))
        .collect();
    // One day more than n whole years is more than n years.
    let limit = p.from.checked_add(jiff::Span::new().years(i64::from(years))).ok();
    let span = format!("{} tot en met {}", day(p.from), day(p.to));
    if limit.is_some_and(|l| p.to >= l) {
        return Judgement::new(Verdict::Contradicted, format!("De planperiode loopt van {span}: langer dan {years} jaar.")).with(quote);
    }
    Judgement::new(Verdict::Found, format!("De planperiode loopt van {span}.")).with(quote)
}
