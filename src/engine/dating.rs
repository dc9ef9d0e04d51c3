//! Attaching a date to an act: its own clause before its sentence, the sentence before its neighbours (the one before, then the one after), then
//! column heads, the line that introduces a list, headings, and a letter's "Datum" line.

use super::reach::View;
use crate::document::{BlockKind, Span};
use crate::facts::{DateFact, When};
use jiff::civil::{Date, date};

/// A date attached to an act.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attached {
    /// First day it may be.
    pub from: Date,
    /// Last day it may be.
    pub to: Date,
    /// Where it stands.
    pub span: Span,
    /// How far it was fetched: 0 the clause, 1 the sentence, 2 a neighbour, 3 further.
    pub distance: u8,
}

impl Attached {
    /// The day, if it is one.
    pub fn exact(&self) -> Option<Date> {
        (self.from == self.to).then_some(self.from)
    }
}

/// The year of a day without one, in the round of a plan that starts in the given year: the school year before it.
fn in_round(month: i8, day: i8, period: Option<(Date, Date)>) -> Option<Date> {
    let (from, _) = period?;
    let year = if month <= 8 { from.year() } else { from.year() - 1 };
    Date::new(year, month, day).ok()
}

fn resolve(f: &DateFact, period: Option<(Date, Date)>, distance: u8) -> Option<Attached> {
    let (from, to) = match f.when {
        When::Day { date, .. } => (date, date),
        When::Range { from, to, .. } => (from, to),
        When::DayMonth { month, day } => in_round(month, day, period).map(|d| (d, d))?,
    };
    Some(Attached { from, to, span: f.span, distance })
}

/// Whether a date can belong to the making of a plan with this period: at most thirty months before it starts and nine after.
pub(crate) fn fits_round(d: &Attached, period: Option<(Date, Date)>) -> bool {
    let Some((start, _)) = period else { return true };
    let (first, last) = (date(start.year() - 3, 1, 31), date(start.year() + 1, 4, 30));
    d.to >= first && d.from <= last
}

/// Dates that stand in the same sentence as another dated act of the procedure: they are that act's, and not fetched from further away.
pub(crate) type Taken = std::collections::HashSet<Span>;

/// The date of an act at `at` in a sentence.
pub(crate) fn attach(view: &View, sentence: u32, at: Span, period: Option<(Date, Date)>, taken: &Taken) -> Option<Attached> {
    let s = view.sentence(sentence);
    let clause = view.clause(sentence, at);
    let block = &view.doc.document.blocks[s.block];
    let dates = |span: Span| view.doc.facts.dates_in(span);
    let in_table = matches!(block.kind, BlockKind::TableRow | BlockKind::TableHead);
    let near = |d: &&DateFact| if d.span.start >= at.end { d.span.start - at.end } else { at.start.saturating_sub(d.span.end) };
    // Days before vaguer dates at the same distance.
    let vague = |d: &&DateFact| matches!(d.when, When::Range { .. });
    // "op 30 januari besproken, op 3 maart vastgesteld": commas part the dates of one clause.
    let apart = |d: &&DateFact| {
        let between = if d.span.start >= at.end { at.end..d.span.start } else { d.span.end..at.start.max(d.span.end) };
        view.doc.document.slice(Span { start: between.start, end: between.end }).matches(',').count().min(2)
    };
    if let Some(d) = dates(clause).iter().min_by_key(|d| (vague(d), apart(d), near(d)))
        && !in_table
    {
        return resolve(d, period, 0);
    }
    if let Some(d) = dates(s.span).iter().min_by_key(|d| (vague(d), apart(d), near(d))) {
        return resolve(d, period, 1);
    }
    let own = view.of_block(s.block);
    for n in [sentence.checked_sub(1), sentence.checked_add(1)].into_iter().flatten().filter(|n| own.contains(n)) {
        let before = n < sentence;
        let mut found = dates(view.sentence(n).span).iter().filter(|d| !taken.contains(&d.span));
        if let Some(d) = if before { found.next_back() } else { found.next() } {
            return resolve(d, period, 2);
        }
    }
    for lead in view.leads(s.block).chain(view.headings(s.block).into_iter().take(2)) {
        if let Some(d) = dates(view.sentence(lead).span).first() {
            return resolve(d, period, 3);
        }
    }
    // A letter's or report's own date: a row or short line "Datum | 9 april 2014" in the section.
    let blocks = &view.doc.document.blocks;
    let mut i = s.block;
    while i > 0 && blocks[i - 1].section == block.section && s.block - i < 12 {
        i -= 1;
        let text = view.doc.document.slice(blocks[i].span);
        if text.get(..5).is_some_and(|w| w.eq_ignore_ascii_case("datum"))
            && let Some(d) = dates(blocks[i].span).first()
        {
            return resolve(d, period, 3);
        }
    }
    None
}
