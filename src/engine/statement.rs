//! The test that a statement shows the element.

use super::candidate::Candidate;
use super::evidence;
use super::evidence::{day, when};
use super::outcome::{Reading, Verdict};
use super::{Context, Judgement};
use crate::checks::{Answer, ConceptSet, DateNeed, Element, PatternVerdict};
use jiff::civil::Date;

pub(super) fn judge(context: &Context, e: &Element, date: DateNeed, not_after: Option<Date>, whole: Option<&ConceptSet>) -> Judgement {
    let all = context.of(&e.id);
    let late = |c: &&Candidate| not_after.is_some_and(|limit| c.date.is_some_and(|d| d.from > limit));
    let of = |worth: PatternVerdict| all.iter().filter(move |c| c.worth == worth);
    let quotes = |it: &mut dyn Iterator<Item = &Candidate>| it.take(5).map(|c| evidence::of(context, c)).collect::<Vec<_>>();
    // What is told without a day does not outweigh what is told with one that is too late.
    let some_late = of(PatternVerdict::Found).any(|c| late(&c));
    if let Some(c) = of(PatternVerdict::Found).find(|c| !late(c) && (c.date.is_some() || !some_late)) {
        // One late member among those in time breaks the norm too: in a table of dates; in prose, if nothing in time speaks of all and it came
        // before the plan began.
        let for_all = whole.is_none_or(|w| of(PatternVerdict::Found).any(|c| !late(&c) && says(context, c, w)));
        let begun = |c: &Candidate| context.period.is_some_and(|(from, _)| c.date.is_none_or(|d| d.from >= from));
        if let Some(l) = of(PatternVerdict::Found).find(|c| late(c) && (in_table(context, c) || !for_all && !begun(c)))
            && let (Some(d), Some(limit)) = (l.date, not_after)
        {
            let message = format!("{}, maar pas {}: na {}.", capital(l.name), when(&d), day(limit));
            return Judgement::new(Verdict::Contradicted, message).with(quotes(&mut of(PatternVerdict::Found).filter(late)));
        }
        let when = match (date, c.date.and_then(|d| d.exact())) {
            (DateNeed::Required, Some(d)) => format!(", {}", day(d)),
            _ => String::new(),
        };
        return Judgement::new(Verdict::Found, format!("{}{when}.", capital(c.name)))
            .with(quotes(&mut of(PatternVerdict::Found).filter(|c| !late(c))));
    }
    if let Some(c) = of(PatternVerdict::Found).find(late)
        && let (Some(d), Some(limit)) = (c.date, not_after)
    {
        let message = format!("{}, maar pas {}: na {}.", capital(c.name), when(&d), day(limit));
        return Judgement::new(Verdict::Contradicted, message).with(quotes(&mut of(PatternVerdict::Found).filter(late)));
    }
    if let Some(c) = of(PatternVerdict::Contradicted).next() {
        return Judgement::new(Verdict::Contradicted, c.opposite()).with(quotes(&mut of(PatternVerdict::Contradicted)));
    }
    if let Some(c) = of(PatternVerdict::Weak).next() {
        return Judgement::new(Verdict::Weak, c.trace("alleen een aanwijzing")).with(quotes(&mut of(PatternVerdict::Weak)));
    }
    Judgement::new(Verdict::Missing, e.missing.clone())
}

/// What the rules of an element see that asks the same as one for which weighing saw nothing or only a trace: a yes or a no.
pub(super) fn answers(context: &Context, same: &str) -> Option<Judgement> {
    let mut told = context.of(same).iter().filter(|c| c.worth != PatternVerdict::Weak && c.answer != Answer::Open);
    let first = told.next()?;
    let (verdict, message) = match first.answer {
        Answer::No => (Verdict::Contradicted, format!("Het document zegt het tegendeel: {}.", first.name)),
        _ => (Verdict::Found, format!("{}.", capital(first.name))),
    };
    let alike = std::iter::once(first).chain(told.filter(|c| c.answer == first.answer));
    let quotes = alike.take(5).map(|c| evidence::of(context, c)).collect();
    Some(Judgement::new(verdict, message).with(quotes).by(Reading::Same))
}

fn in_table(context: &Context, c: &Candidate) -> bool {
    let doc = &context.input.documents[c.document];
    !doc.document.blocks[doc.language.sentences[c.sentence as usize].block].cells.is_empty()
}

/// Whether the sentence has one of the words.
fn says(context: &Context, c: &Candidate, words: &ConceptSet) -> bool {
    context.views[c.document].mentions(c.sentence).iter().any(|m| words.contains(m.concept))
}

pub(super) fn capital(s: &str) -> String {
    let mut chars = s.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
