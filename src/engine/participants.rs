//! The test that every municipality of the region took part in the OOGO (TK N5): with the dossier's list each of those, else those of the
//! region that the document itself describes, or those it says are all.

use super::candidate::Candidate;
use super::evidence;
use super::outcome::{Evidence, Verdict};
use super::reach::View;
use super::{Context, Judgement};
use crate::checks::{ConceptSet, Element, Participants, PatternVerdict, Reach};
use crate::document::{BlockKind, Span};
use crate::facts::Usage;
use jiff::civil::Date;

/// At most so many blocks of a report are read.
const REPORT: usize = 60;

/// The places around one act of the meeting where its participants may be named.
struct Around<'a, 'v> {
    view: &'a View<'v>,
    test: &'a Participants,
    act: u32,
    /// The day of the act, and the plan period that gives a day without a year its year.
    day: Option<Date>,
    period: Option<(Date, Date)>,
}

impl Around<'_, '_> {
    fn has(&self, sentence: u32, set: &ConceptSet) -> bool {
        self.view.mentions(sentence).iter().any(|m| set.contains(m.concept))
    }

    fn listed(&self, block: usize) -> bool {
        use BlockKind::{Caption, ListItem, TableHead, TableRow};
        matches!(self.view.doc.document.blocks[block].kind, ListItem | TableRow | TableHead | Caption)
    }

    /// Names beside words that describe the region are no participants, unless the sentence speaks of taking part.
    fn counts(&self, sentence: u32) -> bool {
        !self.has(sentence, &self.test.region) || self.has(sentence, &self.test.takes_part)
    }

    /// The sentences that may name those who took part.
    fn sentences(&self) -> Vec<u32> {
        let blocks = &self.view.doc.document.blocks;
        let block = self.view.sentence(self.act).block;
        let mut out = vec![self.act];
        let own = self.view.of_block(block);
        if blocks[block].kind == BlockKind::TableRow {
            // A row speaks for itself.
        } else if self.listed(block) {
            out.extend(self.group(block).flat_map(|b| self.view.of_block(b)).filter(|&n| self.counts(n)));
            out.extend(blocks[block].lead.into_iter().flat_map(|b| self.view.of_block(b)).filter(|&n| self.counts(n)));
        } else {
            // The next sentence of the same paragraph may name them; those further off only where they speak of taking part.
            let from = self.act.saturating_sub(3).max(own.start);
            for n in from..(self.act + 4).min(own.end) {
                if n.abs_diff(self.act) == 1 && self.counts(n) || self.has(n, &self.test.takes_part) {
                    out.push(n);
                }
            }
            // "Met haar college", "met alle drie": those named just before, even as the region.
            if (self.act..(self.act + 2).min(own.end)).any(|n| self.has(n, &self.test.refers_back)) {
                out.extend(self.act.saturating_sub(2).max(own.start)..self.act);
            }
            out.extend(self.below(block));
            out.extend(self.above(block));
        }
        out.extend(self.same_day());
        // The report of the meeting.
        if self.view.headings(block).iter().take(1).any(|&h| self.has(h, &self.test.report)) {
            let section = blocks[block].section;
            let first = blocks[..block].iter().rposition(|b| b.section != section).map_or(0, |i| i + 1);
            let report = blocks[first..].iter().take(REPORT).take_while(|b| b.section == section).count();
            out.extend((first..first + report).flat_map(|b| self.view.of_block(b)).filter(|&n| self.counts(n)));
        }
        out.sort_unstable();
        out.dedup();
        out
    }

    /// Elsewhere: what is told of taking part on the same day (the explanation of a table of steps), and the sentence after it, which may name
    /// who came.
    fn same_day(&self) -> Vec<u32> {
        let Some(day) = self.day else { return Vec::new() };
        let doc = self.view.doc;
        let on_day = |span: Span| doc.facts.dates_in(span).iter().any(|d| super::dating::day_of(d, self.period) == Some(day));
        let told = |n: u32| self.has(n, &self.test.takes_part) && on_day(self.view.sentence(n).span);
        let blocks = (0..doc.document.blocks.len()).filter(|&b| on_day(doc.document.blocks[b].span)).map(|b| self.view.of_block(b));
        blocks
            .flat_map(|own| own.clone().filter(|&n| told(n) || n > own.start && told(n - 1) && self.counts(n)).collect::<Vec<_>>())
            .collect()
    }

    /// The paragraph right below the list or table in which the act stands, or which it introduces: it may say that those listed are all.
    fn closing(&self) -> std::ops::Range<u32> {
        let blocks = &self.view.doc.document.blocks;
        let block = self.view.sentence(self.act).block;
        let list = if self.listed(block) { block } else { block + 1 };
        if list >= blocks.len() || !self.listed(list) {
            return 0..0;
        }
        let next = self.group(list).end;
        let closes = next < blocks.len() && !self.listed(next) && blocks[next].section == blocks[block].section;
        if closes { self.view.of_block(next) } else { 0..0 }
    }

    /// Blocks of the same list or table.
    fn group(&self, block: usize) -> std::ops::Range<usize> {
        let blocks = &self.view.doc.document.blocks;
        let same = |b: usize| blocks[b].group.is_some() && blocks[b].group == blocks[block].group;
        let first = (0..block).rev().take_while(|&b| same(b)).last().unwrap_or(block);
        let end = (block + 1..blocks.len()).take_while(|&b| same(b)).last().unwrap_or(block);
        first..end + 1
    }

    /// The list or table that a paragraph introduces: the first one below it, at most one paragraph away.
    fn below(&self, block: usize) -> Vec<u32> {
        let blocks = &self.view.doc.document.blocks;
        let mut out = Vec::new();
        let mut paragraphs = 0;
        for i in block + 1..blocks.len().min(block + 40) {
            if blocks[i].section != blocks[block].section || matches!(blocks[i].kind, BlockKind::Heading(_)) {
                break;
            }
            if self.listed(i) {
                out.extend(self.view.of_block(i).filter(|&n| self.counts(n)));
            } else {
                paragraphs += 1;
                if paragraphs > 1 || !out.is_empty() {
                    break;
                }
            }
        }
        out
    }

    /// The list or table right above a line that looks back on it ("Alle zes hebben zo meegesproken").
    fn above(&self, block: usize) -> Vec<u32> {
        let blocks = &self.view.doc.document.blocks;
        let closes = self.has(self.act, &self.test.all) || self.has(self.act, &self.test.refers_back);
        let Some(last) = block.checked_sub(1).filter(|&b| closes && self.listed(b) && blocks[b].section == blocks[block].section) else {
            return Vec::new();
        };
        let group = self.group(last);
        let lead = blocks[group.start].lead;
        group.chain(lead).flat_map(|b| self.view.of_block(b)).filter(|&n| self.counts(n)).collect()
    }
}

/// In a table of attendance a row that says "nee" or "afwezig" is an absence.
fn absent_rows(view: &View, c: &Candidate) -> Vec<Span> {
    let doc = view.doc;
    let section = doc.document.blocks[view.sentence(c.sentence).block].section;
    let mut out = Vec::new();
    for b in doc.document.blocks.iter().filter(|b| b.section == section && b.kind == BlockKind::TableRow) {
        let no = b.cells.iter().any(|cell| {
            let text = doc.document.slice(cell.span).trim().to_lowercase();
            let word = text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
            (matches!(word, "nee" | "neen" | "afwezig" | "niet" | "verhinderd" | "afgemeld") || text == "-")
                && cell.head.is_none_or(|h| {
                    let head = doc.document.slice(h).to_lowercase();
                    ["aanw", "deelg", "deeln", "verteg", "prese", "erbij"].iter().any(|w| head.contains(w))
                })
        });
        if no && !doc.facts.municipalities_in(b.span).is_empty() {
            out.push(b.span);
        }
    }
    out
}

/// The acts of the meeting, and whether it was held: else they are of one still to come, undated or left open (a trace of some other meeting
/// names no participants of this one).
fn acts<'c, 'a>(context: &'c Context<'a>, e: &Element, test: &Participants) -> (Vec<&'c Candidate<'a>>, bool) {
    let (own, meeting) = (context.of(&e.id), context.of(&test.of));
    let held: Vec<&Candidate> = own.iter().chain(meeting).filter(|c| c.is_found()).collect();
    if !held.is_empty() {
        return (held, true);
    }
    let planned = own.iter().chain(meeting.iter().filter(|c| c.lack.is_some())).filter(|c| c.worth == PatternVerdict::Weak);
    (planned.collect(), false)
}

/// Who is named at the meeting.
#[derive(Default)]
struct Named {
    /// Municipalities, each with its first place.
    municipalities: Vec<(u32, Evidence)>,
    absences: Vec<Evidence>,
    /// It is said that they are all there are.
    all: bool,
    /// It is said that they are not.
    some: bool,
}

fn named(context: &Context, test: &Participants, acts: &[&Candidate]) -> Named {
    let Named { municipalities: mut named, mut absences, mut all, mut some } = Named::default();
    for c in acts {
        let doc = &context.input.documents[c.document];
        let view = &context.views[c.document];
        let day = c.date.and_then(|d| d.exact());
        let around = Around { view, test, act: c.sentence, day, period: context.period };
        for n in around.sentences() {
            let used = |m: &&crate::facts::MunicipalityFact| matches!(m.usage, Usage::Enumerated | Usage::Plain);
            let noted = |m: &&crate::facts::MunicipalityFact| doc.language.in_note(n, m.span);
            for m in doc.facts.municipalities_in(view.sentence(n).span).iter().filter(|m| used(m) && !noted(m)) {
                if !named.iter().any(|(known, _)| *known == m.municipality) {
                    let sentence = evidence::sentence_around(doc, m.span);
                    named.push((m.municipality, evidence::passage(doc, sentence, "genoemd bij het overleg")));
                }
                all |= around.has(n, &test.all);
                some |= around.has(n, &test.some);
            }
        }
        let within = |set: &ConceptSet, reach: Reach| view.nearest(set, c.sentence, c.act.head, reach).is_some();
        all |= within(&test.all, Reach::Block) || around.closing().any(|n| around.has(n, &test.all));
        some |= within(&test.some, Reach::Sentence);
        absences.extend(absent_rows(view, c).into_iter().map(|s| evidence::passage(doc, s, "niet aanwezig")));
    }
    Named { municipalities: named, absences, all, some }
}

/// The municipalities of the region that are not named: of the region as the dossier gives it, else as the document describes it.
fn lacking(context: &Context, named: &[(u32, Evidence)]) -> Vec<String> {
    let gazetteer = &context.checks.gazetteer;
    if !context.input.gemeenten.is_empty() {
        let is_named = |g: &&String| named.iter().any(|(m, _)| gazetteer.means(*m, g));
        return context.input.gemeenten.iter().filter(|g| !is_named(g)).cloned().collect();
    }
    let region = described_region(context).into_iter().filter(|r| !named.iter().any(|(m, _)| m == r));
    region.map(|r| gazetteer.name(r).to_string()).collect()
}

fn described_region(context: &Context) -> Vec<u32> {
    let mut region: Vec<u32> = context.input.documents.iter().flat_map(|d| d.facts.region.iter().copied()).collect();
    region.sort_unstable();
    region.dedup();
    region
}

/// What is held against each other, for who asks why: the region and those named.
pub(super) fn compared(context: &Context, e: &Element, test: &Participants) -> Vec<String> {
    let gazetteer = &context.checks.gazetteer;
    let (acts, _) = acts(context, e, test);
    let named = named(context, test, &acts);
    let list = |names: Vec<String>| if names.is_empty() { "geen".to_string() } else { names.join(", ") };
    let names = |ids: Vec<u32>| ids.into_iter().map(|m| gazetteer.name(m).to_string()).collect::<Vec<_>>();
    let region = match context.input.gemeenten.as_slice() {
        [] => format!("de regio zoals het document haar beschrijft: {}", list(names(described_region(context)))),
        given => format!("de regio volgens het dossier: {}", given.join(", ")),
    };
    let at = list(names(named.municipalities.iter().map(|(m, _)| *m).collect()));
    let mut out = vec![
        region,
        format!("bij het overleg genoemd: {at}"),
        format!("daar niet genoemd: {}", list(lacking(context, &named.municipalities))),
    ];
    if named.all {
        out.push("het document zegt dat dit alle gemeenten zijn".to_string());
    }
    if named.some {
        out.push("het document zegt dat het om een deel gaat".to_string());
    }
    out
}

pub(super) fn judge(context: &Context, e: &Element, test: &Participants) -> Judgement {
    let meeting = context.of(&test.of);
    let own = context.of(&e.id);
    let of = |worth: PatternVerdict| own.iter().filter(move |c| c.worth == worth);
    let section = |c: &Candidate| {
        let view = &context.views[c.document];
        (c.document, view.doc.document.blocks[view.sentence(c.sentence).block].section)
    };
    // An absence tells of this meeting where the meeting is told.
    let told = |c: &&Candidate| {
        let mut acts = meeting.iter().filter(|m| m.is_found()).peekable();
        acts.peek().is_none() || acts.any(|m| section(m) == section(c))
    };
    if let Some(c) = of(PatternVerdict::Contradicted).find(told) {
        let all = of(PatternVerdict::Contradicted).filter(told).take(3).map(|c| evidence::of(context, c)).collect();
        return Judgement::new(Verdict::Contradicted, format!("Niet alle gemeenten deden mee: {}.", c.name)).with(all);
    }
    let (acts, done) = acts(context, e, test);
    if acts.is_empty() {
        return Judgement::new(Verdict::Missing, e.missing.clone());
    }
    let Named { municipalities: named, mut absences, all, some } = named(context, test, &acts);
    if !absences.is_empty() && done {
        absences.dedup_by(|a, b| a.quote == b.quote);
        return Judgement::new(Verdict::Contradicted, "Volgens het document was een gemeente niet bij het overleg.").with(absences);
    }
    let mut quotes: Vec<Evidence> = Vec::new();
    for (_, q) in &named {
        if !quotes.iter().any(|o| o.quote == q.quote) && quotes.len() < 5 {
            quotes.push(q.clone());
        }
    }
    if quotes.is_empty() {
        quotes.extend(acts.first().map(|c| evidence::of(context, c)));
    }
    if !done {
        let message = "De gemeenten worden genoemd bij een overleg dat niet als gevoerd is beschreven.";
        return Judgement::new(Verdict::Weak, message).with(quotes);
    }
    let given = !context.input.gemeenten.is_empty();
    let lacking = lacking(context, &named);
    let described = context.input.documents.iter().any(|d| !d.facts.region.is_empty());
    let names = lacking.join(", ");
    if named.is_empty() {
        let whom = if lacking.is_empty() { String::new() } else { format!(" ({names})") };
        return Judgement::new(Verdict::Weak, format!("De gemeenten zijn bij het overleg niet bij naam genoemd{whom}.")).with(quotes);
    }
    if given && lacking.is_empty() {
        let count = context.input.gemeenten.len();
        let message = match count {
            1 => "De gemeente van de regio is bij het overleg genoemd.".to_string(),
            n => format!("Alle {n} gemeenten van de regio zijn bij het overleg genoemd."),
        };
        return Judgement::new(Verdict::Found, message).with(quotes);
    }
    if given || !all && !lacking.is_empty() {
        return Judgement::new(Verdict::Weak, format!("Bij het overleg niet genoemd: {names}.")).with(quotes);
    }
    if some {
        return Judgement::new(Verdict::Weak, "Alleen een deel van de gemeenten is bij het overleg genoemd.").with(quotes);
    }
    let count = if named.len() == 1 { "Eén gemeente is".to_string() } else { format!("{} gemeenten zijn", named.len()) };
    if !all && !described {
        let message = format!("{count} bij het overleg genoemd; of dat de hele regio is, blijkt nergens.");
        return Judgement::new(Verdict::Weak, message).with(quotes);
    }
    Judgement::new(Verdict::Found, format!("{count} bij het overleg genoemd, de hele regio volgens het document.")).with(quotes)
}
