//! The test that an act came before 1 May preceding the plan period (WPO art. 18a lid 10; TK N4).

use super::candidate::Candidate;
use super::evidence::{self, day, when};
use super::outcome::{DocumentKind, Verdict};
use super::statement::capital;
use super::{Context, Judgement};
use crate::checks::{Element, PatternVerdict};
use jiff::civil::{Date, date};

/// What a day says against the last day in time.
fn in_time(d: Date, deadline: Date, day_itself_weak: bool) -> Verdict {
    if d <= deadline {
        Verdict::Found
    } else if day_itself_weak && d == date(deadline.year(), 5, 1) {
        Verdict::Weak
    } else {
        Verdict::Contradicted
    }
}

pub(super) fn judge(context: &Context, e: &Element, of: &str, dossier_received: bool, day_itself_weak: bool) -> Judgement {
    let deadline = context.deadline();
    let own = if of == e.id { &[][..] } else { context.of(&e.id) };
    if dossier_received
        && let Some(d) = context.input.documents.iter().filter(|d| d.kind == DocumentKind::Ondersteuningsplan).find_map(|d| d.received)
    {
        // Without a period the plan is taken to start in the school year after its receipt.
        let verdict = in_time(d, deadline.unwrap_or(date(d.year(), 4, 30)), day_itself_weak);
        let sent = context.of(of).iter().find(|c| c.is_found());
        let message = match verdict {
            Verdict::Found => format!("Volgens het dossier ontvangen op {}, voor 1 mei.", day(d)),
            Verdict::Weak => format!("Volgens het dossier ontvangen op {}: de wet vraagt vóór 1 mei.", day(d)),
            _ => format!("Volgens het dossier pas ontvangen op {}, na 30 april.", day(d)),
        };
        return Judgement::new(verdict, message).with(sent.map(|c| evidence::of(context, c)).into_iter().collect());
    }
    let acts = context.of(of);
    if let Some(c) = acts.iter().find(|c| c.is_found() && c.date.is_some())
        && let Some(d) = c.date
    {
        // No plan period anywhere: what stands beside the act about the first school year will do.
        let beside = || super::duration::start_after(&context.views[c.document], c.sentence, d.from).map(|year| date(year, 4, 30));
        let Some(limit) = deadline.or_else(beside) else {
            let message = format!("{} {}, maar de planperiode is niet gevonden.", capital(c.name), when(&d));
            return Judgement::new(Verdict::Weak, message).with(vec![evidence::of(context, c)]);
        };
        let verdict = match (in_time(d.from, limit, day_itself_weak), in_time(d.to, limit, day_itself_weak)) {
            (a, b) if a == b => a,
            _ => Verdict::Weak,
        };
        let message = match verdict {
            Verdict::Found => format!("{} {}, vóór 1 mei {}.", capital(c.name), when(&d), limit.year()),
            Verdict::Weak => format!("{} {}; of dat vóór 1 mei {} was, staat niet vast.", capital(c.name), when(&d), limit.year()),
            _ => format!("{} {}: na 30 april {}.", capital(c.name), when(&d), limit.year()),
        };
        return Judgement::new(verdict, message).with(vec![evidence::of(context, c)]);
    }
    let undated = own.iter().chain(acts);
    let best = |worth: PatternVerdict| undated.clone().find(move |c: &&Candidate| c.worth == worth);
    if let Some(c) = own.iter().find(|c| c.is_found()) {
        return Judgement::new(Verdict::Found, format!("{}.", capital(c.name))).with(vec![evidence::of(context, c)]);
    }
    if let Some(c) = best(PatternVerdict::Contradicted) {
        return Judgement::new(Verdict::Contradicted, c.opposite()).with(vec![evidence::of(context, c)]);
    }
    if let Some(c) = best(PatternVerdict::Found).or_else(|| best(PatternVerdict::Weak)) {
        return Judgement::new(Verdict::Weak, c.trace("zonder datum")).with(vec![evidence::of(context, c)]);
    }
    Judgement::new(Verdict::Missing, e.missing.clone())
}
