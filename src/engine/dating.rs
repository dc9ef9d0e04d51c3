//! Attaching a date to an act: its own clause before its sentence, the sentence before its neighbours (the ones before, then the one after),
//! then column heads, the line that introduces a list, headings, and a letter's "Datum" line.
//!
//! A sentence often holds several acts with a date each ("op 24 april door de ALV vastgesteld, nadat de OPR op 15 april had ingestemd").
//! A date is not taken from a clause in which another dated act stands (a rival), nor from a neighbour where another act has it, nor when it
//! says until when something must be done or for which period the plan holds.

use super::reach::View;
use crate::checks::{ConceptSet, Pattern, Slot};
use crate::document::{BlockKind, Span};
use crate::facts::{DateFact, When};
use crate::language::Mention;
use jiff::civil::{Date, date};

/// So many bytes after an act a date still belongs to it ("instemming van de OPR op 3 april").
const BOUND: u32 = 48;
/// So many bytes around a date words about a term or deadline are looked for.
const BESIDE: u32 = 26;
/// So many sentences before the act in its block are looked through.
const BACK: u32 = 3;

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

/// What is known beside the act: the plan period, the other dated acts, and the words that make a date that of a term or deadline.
pub(crate) struct Setting<'a> {
    /// First and last day of the plan period.
    pub period: Option<(Date, Date)>,
    /// The acts of this statement: they are no rivals.
    pub own: &'a ConceptSet,
    /// What must stand with it: who acts and on what. Such words are no rival acts either ("ledenvergadering").
    pub with: &'a [Slot],
    /// The acts of the other dated elements.
    pub rivals: &'a Rivals<'a>,
    /// "uiterlijk", "met ingang van", "looptijd": for acts in the making of a plan.
    pub elsewhere: Option<&'a ConceptSet>,
    /// Dates that another act of the procedure already has: they are not fetched from a neighbouring sentence.
    pub taken: &'a Taken,
}

/// The acts of the other dated elements: words such as "kreeg" are one only where what their pattern asks stands there too.
#[derive(Default)]
pub(crate) struct Rivals<'a> {
    acts: ConceptSet,
    patterns: Vec<&'a Pattern>,
}

impl<'a> Rivals<'a> {
    pub fn of(patterns: impl Iterator<Item = &'a Pattern>) -> Rivals<'a> {
        let mut all = Rivals::default();
        for p in patterns {
            for c in p.act.iter() {
                all.acts.insert(c);
            }
            all.patterns.push(p);
        }
        all
    }

    /// Whether a mention is such an act where it stands.
    fn has(&self, view: &View, m: &Mention) -> bool {
        let stands = |s: &Slot| view.nearest(&s.any, m.sentence, m.head, s.within).is_some();
        self.acts.contains(m.concept) && self.patterns.iter().any(|p| p.act.contains(m.concept) && p.with.iter().all(stands))
    }
}

/// Dates that stand in the same sentence as another dated act of the procedure.
pub(crate) type Taken = std::collections::HashSet<Span>;

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

/// The day that a date says, in the round of a plan with this period where it names no year.
pub(crate) fn day_of(f: &DateFact, period: Option<(Date, Date)>) -> Option<Date> {
    resolve(f, period, 0).and_then(|d| d.exact())
}

/// Whether a date can belong to the making of a plan with this period: at most two years before it starts and nine months after.
pub(crate) fn fits_round(d: &Attached, period: Option<(Date, Date)>) -> bool {
    let Some((start, _)) = period else { return true };
    let (first, last) = (date(start.year() - 2, 8, 1), date(start.year() + 1, 4, 30));
    d.to >= first && d.from <= last
}

/// "Datum | 9 april 2014", "Datum: 9 april 2014".
fn is_date_row(text: &str) -> bool {
    text.get(..5).is_some_and(|w| w.eq_ignore_ascii_case("datum"))
}

/// "Tijd: maandag 10 maart 2014, 14.00 uur" among the particulars of a meeting.
fn is_date_label(text: &str) -> bool {
    let label = text.split_once(':').map_or("", |(label, _)| label);
    let words = label.split_whitespace();
    label.len() <= 24
        && words.clone().any(|w| ["datum", "tijd", "tijdstip", "dag", "wanneer", "gehouden"].contains(&w.to_lowercase().as_str()))
}

/// The line of a letter that says where and when it was written: "Ommen, 21 april 2020", "21 april 2020".
fn is_dateline(text: &str, date: Span, block: Span) -> bool {
    let before = text.get(..(date.start.saturating_sub(block.start)) as usize).unwrap_or_default().trim_end_matches([' ', ',']);
    let after = text.get((date.end.saturating_sub(block.start)) as usize..).unwrap_or_default();
    let place = before.split_whitespace().count() <= 4
        && before.chars().all(|c| c.is_alphabetic() || " -'’.".contains(c))
        && before.chars().next().is_none_or(char::is_uppercase);
    // Lines of an address may stand in one block with it.
    place && !before.contains('.') && after.lines().next().is_none_or(|rest| rest.trim().trim_end_matches('.').is_empty())
}

struct Finder<'a, 'b> {
    view: &'a View<'b>,
    setting: &'a Setting<'a>,
}

impl Finder<'_, '_> {
    fn text(&self, span: Span) -> &str {
        self.view.doc.document.slice(span)
    }

    fn rivals(&self, sentence: u32) -> impl Iterator<Item = &Mention> {
        let mentions = self.view.mentions(sentence);
        let party = move |r: &Mention| {
            mentions.iter().any(|m| m.span.overlaps(r.head) && self.setting.with.iter().any(|s| s.any.contains(m.concept)))
        };
        mentions.iter().filter(move |m| self.setting.rivals.has(self.view, m) && !party(m))
    }

    fn own(&self, sentence: u32) -> impl Iterator<Item = &Mention> {
        self.view.mentions(sentence).iter().filter(|m| self.setting.own.contains(m.concept))
    }

    /// An act of another element, at a place where no act of this one stands.
    fn rival_in(&self, sentence: u32, span: Span) -> bool {
        self.rivals(sentence).any(|r| span.contains(r.head) && !self.own(sentence).any(|o| o.span.overlaps(r.head)))
    }

    /// The date says until when, from when or for how long.
    fn elsewhere(&self, sentence: u32, d: &DateFact) -> bool {
        let Some(words) = self.setting.elsewhere else { return false };
        let doc = self.view.doc;
        if doc.facts.periods.iter().any(|p| p.exact && p.span.overlaps(d.span)) {
            return true;
        }
        let clause = self.view.clause(sentence, d.span);
        let beside = |m: &&Mention| {
            let before = m.span.end <= d.span.start && d.span.start - m.span.end <= BESIDE;
            let after = m.span.start >= d.span.end && m.span.start - d.span.end <= 3;
            let gap = if before { Span { start: m.span.end, end: d.span.start } } else { Span { start: d.span.end, end: m.span.start } };
            let over = m.span.start < d.span.start && m.span.end > d.span.start;
            if over {
                return true;
            }
            (before || after)
                && clause.overlaps(m.span)
                && !self.text(gap).contains([',', ';', '.', '('])
                && doc.facts.dates_in(gap).is_empty()
                && !self.own(sentence).any(|o| o.head.overlaps(gap))
        };
        let marks = |s: u32| self.view.mentions(s).iter().filter(|m| words.contains(m.concept));
        if marks(sentence).any(|m| beside(&m)) {
            return true;
        }
        // A column of terms: its head says so.
        let block = self.view.sentence(sentence).block;
        let blocks = &doc.document.blocks;
        let Some(column) = blocks[block].cells.iter().position(|c| c.span.contains(d.span)) else { return false };
        self.view.leads(block).any(|lead| {
            let cells = &blocks[self.view.sentence(lead).block].cells;
            cells.get(column).is_some_and(|cell| marks(lead).any(|m| cell.span.contains(m.head)))
        })
    }

    /// Another act stands just before the date, in one breath: "na instemming van de OPR op 3 april".
    fn bound_to_rival(&self, sentence: u32, at: Span, d: &DateFact) -> bool {
        self.rivals(sentence).any(|r| {
            let gap = Span { start: r.span.end.min(d.span.start), end: d.span.start };
            let act_between = r.span.end <= at.start && at.end <= d.span.start;
            r.span.end <= d.span.start
                && d.span.start - r.span.end <= BOUND
                && !r.span.overlaps(at)
                && !act_between
                && !self.own(sentence).any(|o| o.span.overlaps(r.head))
                && !self.text(gap).contains([',', ';', '|', ':'])
        })
    }

    /// The date of an act among those of a span of its sentence.
    fn best(&self, sentence: u32, at: Span, among: Span, distance: u8) -> Option<Attached> {
        let commas = |d: &DateFact| {
            let between = if d.span.start >= at.end {
                Span { start: at.end, end: d.span.start }
            } else {
                Span { start: d.span.end.min(at.start), end: at.start }
            };
            self.text(between).matches([',', ';', '(']).count() as u32
        };
        let near = |d: &DateFact| if d.span.start >= at.end { d.span.start - at.end } else { at.start.saturating_sub(d.span.end) };
        // Days before vaguer dates; what another act holds only if there is nothing else.
        let key = |d: &&DateFact| (self.bound_to_rival(sentence, at, d), matches!(d.when, When::Range { .. }), near(d) + 30 * commas(d));
        let dates = self.view.doc.facts.dates_in(among).iter().filter(|d| !self.elsewhere(sentence, d));
        let best = dates.filter(|d| resolve(d, self.setting.period, distance).is_some()).min_by_key(key)?;
        resolve(best, self.setting.period, distance)
    }

    fn in_row(&self, sentence: u32, at: Span) -> Option<Attached> {
        let s = self.view.sentence(sentence);
        let own_cell = self.view.clause(sentence, at);
        let dates = self.view.doc.facts.dates_in(s.span).iter().filter(|d| !self.elsewhere(sentence, d));
        let resolved = dates.filter(|d| resolve(d, self.setting.period, 1).is_some());
        let best = resolved.min_by_key(|d| (!own_cell.contains(d.span), matches!(d.when, When::Range { .. }), d.span.start))?;
        resolve(best, self.setting.period, u8::from(!own_cell.contains(best.span)))
    }
}

/// The date of an act at `at` in a sentence.
pub(crate) fn attach(view: &View, sentence: u32, at: Span, setting: &Setting) -> Option<Attached> {
    let s = view.sentence(sentence);
    let block = &view.doc.document.blocks[s.block];
    let period = setting.period;
    let dates = |span: Span| view.doc.facts.dates_in(span);
    let f = Finder { view, setting };
    if matches!(block.kind, BlockKind::TableRow | BlockKind::TableHead) {
        if let Some(d) = f.in_row(sentence, at) {
            return Some(d);
        }
    } else {
        let clause = view.clause(sentence, at);
        if let Some(d) = f.best(sentence, at, clause, 0) {
            return Some(d);
        }
        // The other clauses of the sentence, the nearest first, but for those that report another act.
        let mut others: Vec<Span> = s.clauses.iter().copied().filter(|c| *c != clause && !f.rival_in(sentence, *c)).collect();
        others.sort_by_key(|c| c.start.abs_diff(clause.start));
        if let Some(d) = others.into_iter().find_map(|c| f.best(sentence, at, c, 1)) {
            return Some(d);
        }
    }
    let own = view.of_block(s.block);
    // The day of a meeting stands with a label among its particulars.
    let labelled = own.clone().filter(|&n| n != sentence && is_date_label(f.text(view.sentence(n).span)));
    if let Some(d) = labelled.flat_map(|n| dates(view.sentence(n).span)).find_map(|d| resolve(d, period, 2)) {
        return Some(d);
    }
    let before = (own.start.max(sentence.saturating_sub(BACK))..sentence).rev();
    let after = (sentence + 1 < own.end).then_some(sentence + 1);
    for n in before.chain(after) {
        let free = |d: &&DateFact| !setting.taken.contains(&d.span) && !f.elsewhere(n, d);
        let mut found: Vec<&DateFact> = dates(view.sentence(n).span).iter().filter(free).collect();
        if n < sentence {
            found.reverse();
        }
        if let Some(d) = found.into_iter().find_map(|d| resolve(d, period, 2)) {
            return Some(d);
        }
    }
    for lead in view.leads(s.block).chain(view.headings(s.block).into_iter().take(2)) {
        if let Some(d) = dates(view.sentence(lead).span).iter().filter(|d| !f.elsewhere(lead, d)).find_map(|d| resolve(d, period, 3)) {
            return Some(d);
        }
    }
    // A table of particulars, each in its own row: "Status | vastgesteld", "Datum | 24 maart 2022".
    let blocks = &view.doc.document.blocks;
    if matches!(block.kind, BlockKind::TableRow | BlockKind::TableHead) {
        let rows = view.group(s.block).filter(|&b| b != s.block).map(|b| &blocks[b]);
        let mut dated = rows.filter(|b| b.cells.len() == 2 && is_date_row(view.doc.document.slice(b.span)));
        if let Some(d) = dated.find_map(|b| dates(b.span).iter().find_map(|d| resolve(d, period, 2))) {
            return Some(d);
        }
    }
    // A letter's or report's own date: a row or short line "Datum | 9 april 2014" or "Ommen, 9 april 2014" in the section.
    let mut i = s.block;
    while i > 0 && blocks[i - 1].section == block.section && s.block - i < 12 {
        i -= 1;
        let text = view.doc.document.slice(blocks[i].span);
        if let Some(d) = dates(blocks[i].span).first()
            && (is_date_row(text) || is_dateline(text, d.span, blocks[i].span))
        {
            return resolve(d, period, 3);
        }
    }
    None
}
