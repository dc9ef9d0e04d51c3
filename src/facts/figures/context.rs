//! What headings, captions and leads lend to what stands below them: what is counted, of which year, and whose figures these are.

use super::Text;
use super::cues::{Cue, Cues};
use super::years::{self, FigureYear};
use crate::document::Span;
use std::rc::Rc;

/// What stands above a block.
#[derive(Clone, Debug, Default)]
pub(super) struct Context {
    /// Cues of the nearest heading and lead, the lead last.
    pub cues: Cues,
    /// The year they name, or a heading further out.
    pub year: Option<FigureYear>,
    /// They speak of verzuim in some way, or of shares ("in procenten").
    pub absence: bool,
    /// They say that what stands below is in per cent.
    pub percent: bool,
    /// Figures of another, goals, norms, money: nothing below counts.
    pub closed: bool,
    /// They speak of money: a table below is a budget.
    pub money: bool,
}

/// Contexts of sections, made once each.
pub(super) struct Contexts {
    sections: Vec<Option<Rc<Context>>>,
    /// The year the document reports on, if it is a yearly report.
    pub report_year: Option<FigureYear>,
}

/// How many headings outwards a year is sought.
const OUTWARDS: usize = 4;

impl Contexts {
    pub fn new(text: &Text) -> Contexts {
        Contexts { sections: vec![None; text.doc.sections.len()], report_year: report_year(text) }
    }

    /// What stands above a block.
    pub fn of(&mut self, text: &Text, block: usize) -> Rc<Context> {
        let b = &text.doc.blocks[block];
        let section = self.section(text, b.section);
        match b.lead.filter(|&l| l != block && l < text.doc.blocks.len()) {
            Some(lead) => {
                let span = text.doc.blocks[lead].span;
                let sentences = text.language.sentences_of(lead);
                let last = sentences.last().map_or(span, |s| text.language.sentences[s].span);
                let own = of_span(text, lead, last);
                let mut all = (*section).clone();
                let closed = own.closed || (all.closed && !own.cues.has(Cue::Eigen));
                all.cues.0.extend(own.cues.0);
                Rc::new(Context {
                    cues: all.cues,
                    year: own.year.or(all.year),
                    absence: all.absence || own.absence,
                    percent: own.percent,
                    closed,
                    money: all.money || own.money,
                })
            }
            None => section,
        }
    }

    fn section(&mut self, text: &Text, section: usize) -> Rc<Context> {
        if let Some(Some(known)) = self.sections.get(section) {
            return known.clone();
        }
        let headings = |s: usize| std::iter::successors(Some(s), |&s| text.doc.sections.get(s).and_then(|s| s.parent)).take(OUTWARDS);
        let mut made = Context::default();
        for (n, heading) in headings(section).filter_map(|s| text.doc.sections.get(s).and_then(|s| s.heading)).enumerate() {
            let own = of_span(text, heading, text.doc.blocks[heading].span);
            if n == 0 {
                made = own;
            } else {
                made.year = made.year.or(own.year);
            }
        }
        let made = Rc::new(made);
        if let Some(slot) = self.sections.get_mut(section) {
            *slot = Some(made.clone());
        }
        made
    }
}

/// What a heading, caption or lead says.
fn of_span(text: &Text, block: usize, span: Span) -> Context {
    let mut cues = Cues::default();
    let mut found = Vec::new();
    for s in text.language.sentences_of(block).filter(|&s| text.language.sentences[s].span.overlaps(span)) {
        cues.0.extend(text.words.of(text.language, s).0);
        let tokens = &text.language.sentences[s].tokens;
        found.extend(years::scan(text.language, tokens.start as usize..tokens.end as usize, true));
    }
    let single: Vec<FigureYear> = found.iter().map(|y| y.year).filter(|y| !matches!(y, FigureYear::Span(..))).collect();
    let words = text.doc.slice(span).to_lowercase();
    // A comparison shows our own figures too; its rows say whose they are.
    let compares = words.contains("benchmark") || words.contains("vergelijk") || words.contains("vergeleken");
    let other = !compares && cues.has(Cue::Ander) && !cues.has(Cue::Eigen) && !words.contains("onze");
    let goal = cues.has(Cue::Doel) && !cues.has(Cue::Feit);
    Context {
        year: single.first().copied().filter(|y| single.iter().all(|o| o == y)),
        absence: words.contains("verzuim") || words.contains("thuiszit"),
        percent: words.contains("procent") || words.contains("percentage") || words.contains('%'),
        closed: other || goal || cues.has(Cue::Vreemd),
        money: cues.has(Cue::Geld),
        cues,
    }
}

/// The year of a yearly report, from its first headings or its running heads.
fn report_year(text: &Text) -> Option<FigureYear> {
    let year = |s: &str| {
        let lower = s.to_lowercase();
        let at = ["jaarverslag", "bestuursverslag", "jaarrapportage", "verslagjaar", "jaardocument", "jaarbericht"]
            .iter()
            .find_map(|w| lower.find(w))?;
        let rest = lower.get(at..)?;
        let digits: String = rest.chars().skip_while(|c| !c.is_ascii_digit()).take_while(|c| c.is_ascii_digit()).collect();
        let year: i16 = digits.parse().ok().filter(|y| (2000..=2045).contains(y))?;
        Some(FigureYear::Calendar(year))
    };
    let first = text.doc.blocks.iter().take(6).map(|b| text.doc.slice(b.span)).filter(|s| s.len() < 120);
    let heads = text.doc.pages.iter().take(4).flat_map(|p| &p.running).map(String::as_str).filter(|s| s.len() < 200);
    first.chain(heads).find_map(year)
}

/// The year in which a plan takes effect, if the document calls itself one.
pub(super) fn plan_year(text: &Text) -> Option<FigureYear> {
    let opening = text.doc.blocks.iter().take(6).map(|b| text.doc.slice(b.span)).filter(|s| s.len() < 120);
    let heads = text.doc.pages.iter().take(4).flat_map(|p| &p.running).map(String::as_str);
    let plan = opening.chain(heads).any(|s| s.to_lowercase().contains("ondersteuningsplan"));
    let period = text.facts.plan_period.as_ref().filter(|_| plan)?;
    Some(FigureYear::Calendar(period.period.from.year()))
}
