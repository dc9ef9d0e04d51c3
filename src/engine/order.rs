//! The test that one act came on or before another: the consent before the adoption, the OOGO before the adoption.

use super::candidate::Candidate;
use super::evidence::{self, when};
use super::outcome::Verdict;
use super::{Context, Judgement};
use crate::checks::{Element, PatternVerdict};

/// The candidate by which an act has its day.
pub(super) fn dated<'c, 'a>(context: &'c Context<'a>, id: &str) -> Option<&'c Candidate<'a>> {
    context.of(id).iter().find(|c| c.is_found() && c.date.is_some())
}

pub(super) fn judge(context: &Context, e: &Element, first: &str, then: &str) -> Judgement {
    let own: Vec<&Candidate> = context.of(&e.id).iter().collect();
    let said = |worth| own.iter().copied().find(|c| c.worth == worth);
    if let (Some(a), Some(b)) = (dated(context, first), dated(context, then))
        && let (Some(da), Some(db)) = (a.date, b.date)
    {
        let both = vec![evidence::of(context, a), evidence::of(context, b)];
        if da.from > db.to {
            return Judgement::new(
                Verdict::Contradicted,
                format!("Eerst, {}: {}; pas daarna, {}: {}.", when(&db), b.name, when(&da), a.name),
            )
            .with(both);
        }
        if da.to <= db.from || said(PatternVerdict::Found).is_some() {
            return Judgement::new(Verdict::Found, format!("Eerst, {}: {}; daarna, {}: {}.", when(&da), a.name, when(&db), b.name))
                .with(both);
        }
        return Judgement::new(Verdict::Weak, "De data zijn niet precies genoeg om de volgorde te zien.").with(both);
    }
    if let Some(c) = said(PatternVerdict::Contradicted) {
        return Judgement::new(Verdict::Contradicted, format!("De volgorde is omgekeerd ({}).", c.name))
            .with(vec![evidence::of(context, c)]);
    }
    if let Some(c) = said(PatternVerdict::Found) {
        return Judgement::new(Verdict::Found, format!("{}.", super::statement::capital(c.name))).with(vec![evidence::of(context, c)]);
    }
    if let Some(c) = said(PatternVerdict::Weak) {
        return Judgement::new(Verdict::Weak, c.trace("zonder data")).with(vec![evidence::of(context, c)]);
    }
    // A statement of the act itself, undated or still to come, or a dated lesser act (an advice); a mere trace of something else does not make an order.
    let trace = |id: &str| {
        context.of(id).iter().find(|c| c.is_found() || c.worth == PatternVerdict::Weak && (c.lack.is_some() || c.date.is_some()))
    };
    match (trace(first), trace(then)) {
        (Some(a), Some(b)) => Judgement::new(Verdict::Weak, "Beide stappen worden genoemd, maar zonder data waaruit de volgorde blijkt.")
            .with(vec![evidence::of(context, a), evidence::of(context, b)]),
        _ => Judgement::new(Verdict::Missing, e.missing.clone()),
    }
}
