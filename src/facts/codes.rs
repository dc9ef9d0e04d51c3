//! Codes: the number of a samenwerkingsverband (PO2605), BRIN codes of schools (02KV), and numbers of the Kamer van Koophandel.

use super::units::{Unit, Units, flag};
use crate::document::Span;
use crate::language::Kind;
use std::collections::BTreeMap;

/// The sector of a samenwerkingsverband.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sector {
    /// Primair onderwijs.
    Po,
    /// Voortgezet onderwijs.
    Vo,
}

/// The number of a samenwerkingsverband: sector, region (a province code 20 to 31, or 00 for a national one), serial.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SwvNumber {
    /// Sector.
    pub sector: Sector,
    /// Region: 00, 20 to 31.
    pub region: u8,
    /// Serial within the region.
    pub serial: u8,
}

impl std::fmt::Display for SwvNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sector = if self.sector == Sector::Po { "PO" } else { "VO" };
        write!(f, "{sector}{:02}{:02}", self.region, self.serial)
    }
}

impl SwvNumber {
    /// Reads a number as a dossier may write it ("PO2605", "po 26-05", "VO-25.07").
    pub fn parse(text: &str) -> Option<SwvNumber> {
        let doc = crate::document::Document { text: text.to_string(), ..Default::default() };
        let (tokens, vocabulary) = crate::language::tokens::tokenise(&doc);
        let units = Units::new(&doc, &tokens, &vocabulary);
        let found = find_numbers(&units);
        found.first().map(|f| f.number)
    }
}

/// The number of a samenwerkingsverband in the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SwvNumberFact {
    /// Where.
    pub span: Span,
    /// Which.
    pub number: SwvNumber,
}

/// A BRIN code in the text: two digits, a letter, a letter or digit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BrinFact {
    /// Where.
    pub span: Span,
    /// The code in capitals.
    pub code: [u8; 4],
    /// Number of the site ("02KV01"), if written.
    pub site: Option<u8>,
}

impl BrinFact {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.code).unwrap_or("")
    }
}

/// A number of the Kamer van Koophandel in the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KvkFact {
    /// Where.
    pub span: Span,
    /// Which.
    pub number: u32,
}

fn number(sector: Sector, region: u32, serial: u32) -> Option<SwvNumber> {
    ((region == 0 || (20..=31).contains(&region)) && (1..=99).contains(&serial)).then_some(SwvNumber {
        sector,
        region: region as u8,
        serial: serial as u8,
    })
}

fn sector(norm: &str) -> Option<Sector> {
    match norm {
        "po" | "swvpo" | "ppo" => Some(Sector::Po),
        "vo" | "swvvo" | "pvo" => Some(Sector::Vo),
        _ => None,
    }
}

/// All numbers of samenwerkingsverbanden.
pub(super) fn find_numbers(units: &Units) -> Vec<SwvNumberFact> {
    let mut facts = Vec::new();
    for i in 0..units.len() {
        let u = &units.all[i];
        if u.kind != Kind::Word {
            continue;
        }
        if u.flags & flag::SECTOR != 0 {
            let Some(sector) = sector(units.norm(i)) else { continue };
            if let Some((n, last)) = after_sector(units, i, sector) {
                facts.push(SwvNumberFact { span: units.span(i, last), number: n });
            }
        } else if u.flags & flag::SWV != 0
            && let Some((n, first, last)) = bare(units, i)
        {
            facts.push(SwvNumberFact { span: units.span(first, last), number: n });
        }
    }
    facts
}

/// Four digits, or two and two with a point, dash, slash or space between.
fn four_digits(units: &Units, i: usize) -> Option<(u32, u32, usize)> {
    let n = units.number(i)?;
    match n.digits {
        4 => Some((n.value / 100, n.value % 100, i)),
        2 => {
            let mark = matches!(units.mark(i + 1), "." | "-" | "/" | "–");
            let at = i + 1 + usize::from(mark);
            let m = units.number(at).filter(|m| m.digits == 2 && units.same_block(i, at))?;
            // "25 07" with one space, "25-07" without.
            (!mark && !m.joined || mark && m.joined).then_some((n.value, m.value, at))
        }
        _ => None,
    }
}

fn ends(units: &Units, last: usize) -> bool {
    let after = units.get(last + 1).filter(|u| u.joined);
    match after {
        None => true,
        Some(u) if u.kind == Kind::Mark => {
            !(matches!(units.norm(last + 1), "." | "-" | "/" | ",") && units.number(last + 2).is_some_and(|n| n.joined))
        }
        Some(_) => false,
    }
}

fn after_sector(units: &Units, i: usize, sector: Sector) -> Option<(SwvNumber, usize)> {
    let mut at = i + 1;
    let mut marks = 0;
    while marks < 2 && matches!(units.mark(at), "-" | "." | ":" | "_") {
        at += 1;
        marks += 1;
    }
    // "swv nummer PO: nr. 2605" is beyond us; "PO nr 2605" is not.
    if matches!(units.norm(at), "nr" | "nummer") {
        at += 1 + usize::from(units.mark(at + 1) == ".");
    }
    if !units.same_block(i, at) {
        return None;
    }
    let (region, serial, last) = four_digits(units, at)?;
    if !ends(units, last) {
        return None;
    }
    // "in het VO 2014": a year, unless it is written as one word with a low serial or has its own point.
    if last == at && region == 20 && serial >= 6 {
        return None;
    }
    // "VO 25-30 leerlingen": a range; the two parts of a number are not both read as one with a space before and a word after.
    if last > at && marks == 0 && units.mark(at + 1) == "-" && !units.get(at).is_some_and(|u| u.joined) {
        let next = units.get(last + 1).filter(|n| units.same_sentence(last, last + 1) && n.kind == Kind::Word && !n.capital);
        if next.is_some() && !near_swv(units, i) {
            return None;
        }
    }
    number(sector, region, serial).map(|n| (n, last))
}

fn near_swv(units: &Units, i: usize) -> bool {
    (1..=4).any(|b| matches!(units.before(i, b), "swv" | "samenwerkingsverband" | "nummer" | "nr"))
}

/// Whether the word at `i` opens the number of a samenwerkingsverband.
pub(super) fn number_at(units: &Units, i: usize) -> bool {
    sector(units.norm(i)).is_some_and(|s| after_sector(units, i, s).is_some())
}

/// "30.06", "3006" right after "SWV" or "samenwerkingsverband": the sector is the one the document speaks of.
fn bare(units: &Units, i: usize) -> Option<(SwvNumber, usize, usize)> {
    let mut at = i + 1;
    while at < i + 4 && matches!(units.norm(at), "-" | ":" | "." | "nr" | "nummer" | "|") {
        at += 1;
    }
    if !units.same_block(i, at) || sector(units.norm(at)).is_some() {
        return None;
    }
    let (region, serial, last) = four_digits(units, at)?;
    // A year is no number.
    if !ends(units, last) || region == 0 || last == at && region == 20 && serial >= 6 {
        return None;
    }
    number(main_sector(units)?, region, serial).map(|n| (n, at, last))
}

/// The sector a document speaks of most.
pub(super) fn main_sector(units: &Units) -> Option<Sector> {
    match units.sector_balance {
        1.. => Some(Sector::Po),
        0 => None,
        _ => Some(Sector::Vo),
    }
}

/// The number of the samenwerkingsverband the document is of: the one it names first and most, running heads included.
pub(super) fn own_number(units: &Units, facts: &[SwvNumberFact]) -> Option<SwvNumber> {
    let mut scores: BTreeMap<SwvNumber, (u32, usize)> = BTreeMap::new();
    let front = 2500.max(units.doc.text.len() as u32 / 25);
    for (k, f) in facts.iter().enumerate() {
        let entry = scores.entry(f.number).or_insert((0, k));
        entry.0 += 1;
        if f.span.start < front {
            entry.0 += 4;
        }
        let i = units.at(f.span.start);
        if (1..=4).any(|b| matches!(units.before(i, b), "nummer" | "registratie" | "registratienummer" | "administratienummer")) {
            entry.0 += 3;
        }
    }
    for head in units.running_heads() {
        if let Some(number) = SwvNumber::parse(head) {
            scores.entry(number).or_insert((0, facts.len())).0 += 6;
        }
    }
    scores
        .into_iter()
        .max_by_key(|&(number, (score, k))| (score, std::cmp::Reverse(k), std::cmp::Reverse(number)))
        .map(|(number, _)| number)
}

/// All BRIN codes.
pub(super) fn find_brins(units: &Units) -> Vec<BrinFact> {
    let mut facts = Vec::new();
    for i in 0..units.len() {
        let loose = |n: &Unit| !n.joined || i > 0 && units.all[i - 1].kind == Kind::Mark && !joined_number_before(units, i);
        let Some(n) = units.number(i).filter(|n| n.digits == 2 && loose(n)) else { continue };
        let Some(w) = units.get(i + 1).filter(|w| w.kind == Kind::Word && w.joined && w.capital) else { continue };
        let letters = units.doc.slice(w.span).as_bytes();
        let (second, mut last) = match letters {
            [_, b] if b.is_ascii_uppercase() => (*b, i + 1),
            [_] => match units.number(i + 2).filter(|d| d.joined && d.digits == 1) {
                Some(d) => (b'0' + d.value as u8, i + 2),
                None => continue,
            },
            _ => continue,
        };
        let mut site = None;
        if let Some(s) = units.number(last + 1).filter(|s| s.joined && s.digits == 2) {
            site = Some(s.value as u8);
            last += 1;
        }
        if !letters[0].is_ascii_uppercase() || units.get(last + 1).is_some_and(|u| u.joined && u.kind != Kind::Mark) {
            continue;
        }
        let code = [b'0' + (n.value / 10) as u8, b'0' + (n.value % 10) as u8, letters[0], second];
        // Measures, and "11 MB", "18 VO".
        if site.is_none()
            && matches!(&code[2..], b"KM" | b"MB" | b"GB" | b"CM" | b"MM" | b"KG" | b"HA" | b"AV" | b"PO" | b"VO" | b"SO")
            && !brin_cue(units, i)
        {
            continue;
        }
        facts.push(BrinFact { span: units.span(i, last), code, site });
    }
    facts
}

fn joined_number_before(units: &Units, i: usize) -> bool {
    i >= 2 && units.get(i - 1).is_some_and(|m| m.joined) && units.number(i - 2).is_some()
}

fn brin_cue(units: &Units, i: usize) -> bool {
    (1..=4).any(|b| units.before(i, b).starts_with("brin"))
}

/// All numbers of the Kamer van Koophandel: eight digits after its name.
pub(super) fn find_kvk(units: &Units) -> Vec<KvkFact> {
    let mut facts = Vec::new();
    for i in 0..units.len() {
        let Some(n) = units.number(i).filter(|n| n.digits == 8) else { continue };
        let cued = (1..=10).any(|b| {
            i.checked_sub(b).is_some_and(|k| {
                units.all[k].block + 1 >= n.block
                    && matches!(units.norm(k), "kvk" | "koophandel" | "handelsregister" | "handelsregisternummer" | "kvknummer" | "kvknr")
            })
        });
        if cued {
            facts.push(KvkFact { span: n.span, number: n.value });
        }
    }
    facts
}
