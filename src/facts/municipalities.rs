//! Municipalities: the gazetteer (`checks/taal/gemeenten.toml`), the names in the text with what each is used for, and the region
//! a document gives itself.

use super::gazetteer::{Form, Gazetteer, key, suffix};
use super::numbers;
use super::units::{Class, Units, flag};
use super::{Context, DateFact, When};
use crate::document::{BlockKind, Span};
use crate::language::Kind;
use std::collections::HashMap;

/// What a municipality's name is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Usage {
    /// In a list of municipalities.
    Enumerated,
    /// By itself.
    Plain,
    /// Where something is or happened: "notaris te Boxmeer", "gevestigd in Woerden", "het stadhuis van Gorinchem", "Venray, juni 2024".
    PlaceOfAct,
    /// Part of another name: "Stichting Openbaar Onderwijs Zutphen", "Oost-Groningen".
    PartOfName,
}

/// A municipality named in the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MunicipalityFact {
    /// Where.
    pub span: Span,
    /// Index in the [`Gazetteer`].
    pub municipality: u32,
    /// What for.
    pub usage: Usage,
}

/// A name found in the text, before its use is known.
#[derive(Clone, Copy, Debug)]
struct Hit {
    first: usize,
    last: usize,
    municipality: u32,
    usage: Usage,
    /// Part of a name only because a capital stands before it: "de Veluwe Voorst, Epe en Heerde".
    weak: bool,
}

/// All municipalities named, in order.
pub(super) fn find(
    units: &Units,
    gazetteer: &Gazetteer,
    dates: &[DateFact],
    context: &Context,
    year: Option<i16>,
) -> Vec<MunicipalityFact> {
    let mut hits = hits(units, gazetteer);
    // Before it became a municipality, "Land van Cuijk" was a landscape.
    hits.retain(|h| gazetteer.get(h.municipality).is_some_and(|m| !matches!((m.since, year), (Some(since), Some(y)) if since > y + 1)));
    for hit in &mut hits {
        (hit.usage, hit.weak) = usage(units, hit, dates);
    }
    enumerations(units, &mut hits);
    let keep: Vec<bool> = (0..hits.len())
        .map(|k| plausible(units, gazetteer, &hits[k.saturating_sub(40)..(k + 40).min(hits.len())], &hits[k], context))
        .collect();
    let mut kept: Vec<Hit> = hits.into_iter().zip(keep).filter(|(_, k)| *k).map(|(h, _)| h).collect();
    settle_namesakes(gazetteer, &mut kept, context);
    kept.iter().map(|h| MunicipalityFact { span: units.span(h.first, h.last), municipality: h.municipality, usage: h.usage }).collect()
}

fn hits(units: &Units, gazetteer: &Gazetteer) -> Vec<Hit> {
    // Which words of this document begin a name.
    let begins: Vec<&[Form]> =
        units.vocabulary().iter().map(|w| gazetteer.by_first_word.get(w.as_str()).map_or(&[][..], Vec::as_slice)).collect();
    let mut hits = Vec::new();
    let mut i = 0;
    while i < units.len() {
        let u = &units.all[i];
        let forms = begins.get(u.norm as usize).copied().unwrap_or(&[]);
        let found = forms.iter().find_map(|f| matches(units, i, f).map(|last| (last, f.municipality)));
        i = match found {
            Some((last, municipality)) => {
                hits.push(Hit { first: i, last, municipality, usage: Usage::Plain, weak: false });
                last + 1
            }
            None => i + 1,
        };
    }
    hits
}

/// Words inside a name that are written small.
fn small(word: &str) -> bool {
    matches!(word, "aan" | "den" | "de" | "het" | "en" | "op" | "van" | "bij" | "'s" | "s" | "ca" | "c" | "a" | "d" | "zand")
}

/// Whether a form stands at `i`; its last unit.
fn matches(units: &Units, i: usize, form: &Form) -> Option<usize> {
    let mut at = i;
    let mut bracket = false;
    let mut capital = false;
    for (k, word) in form.words.iter().enumerate() {
        if k > 0 {
            at += 1;
            // Marks between the words: a hyphen, the stop of "St.", "a/d", the comma of "Nuenen, Gerwen en Nederwetten", a bracket.
            let mut skipped = 0;
            while skipped < 2 && word != "&" && units.get(at).is_some_and(|u| u.kind == Kind::Mark) {
                match units.norm(at) {
                    "(" if k + 1 == form.words.len() => bracket = true,
                    "." | "-" | "/" => {}
                    "," if form.words.len() == 4 && k == 1 => {}
                    _ => return None,
                }
                at += 1;
                skipped += 1;
            }
            if !units.same_block(i, at) || units.norm(at) != word {
                return None;
            }
            // The letters of "(L)", "NH": capitals, and not a list letter.
            if k + 1 == form.words.len() && word.len() <= 2 && !bracket && !units.get(at).is_some_and(|u| u.capital) && !small(word) {
                return None;
            }
        }
        let u = units.get(at)?;
        if !small(word) && word != "&" {
            if !u.capital {
                return None;
            }
            capital = true;
        }
    }
    if !capital {
        return None;
    }
    if bracket {
        let stop = usize::from(units.mark(at + 1) == ".");
        if units.mark(at + 1 + stop) != ")" {
            return None;
        }
        at += 1 + stop;
    } else if form.words.last().is_some_and(|w| w == "a" || w == "ca")
        && units.mark(at + 1) == "."
        && units.get(at + 1).is_some_and(|u| u.joined)
        && form.words.len() > 1
    {
        at += 1;
    }
    Some(at)
}

/// Nouns and titles of municipal government: what stands after them is a municipality, and no name of an organisation.
fn municipal(norm: &str) -> bool {
    matches!(
        norm,
        "gemeente"
            | "gemeenten"
            | "wethouder"
            | "wethouders"
            | "burgemeester"
            | "burgemeesters"
            | "college"
            | "colleges"
            | "b"
            | "w"
            | "regio"
            | "gemeentebestuur"
            | "gemeentebesturen"
            | "gemeenteraad"
            | "gemeenteraden"
            | "portefeuillehouder"
            | "portefeuillehouders"
            | "deelnemende"
            | "oogo"
            | "regiogemeenten"
            | "fusiegemeente"
            | "centrumgemeente"
            | "buurgemeente"
            | "buurgemeenten"
            | "raadslid"
            | "raadsleden"
            | "ambtenaar"
            | "ambtenaren"
            | "leerplichtambtenaar"
            | "leerplicht"
    )
}

fn place_word(norm: &str) -> bool {
    matches!(
        norm,
        "gevestigd"
            | "notaris"
            | "stadhuis"
            | "gemeentehuis"
            | "raadhuis"
            | "stadskantoor"
            | "provinciehuis"
            | "kantoor"
            | "zetel"
            | "vestigingsplaats"
            | "standplaats"
            | "bezoekadres"
            | "postadres"
            | "adres"
            | "kantoorhoudende"
            | "kantoorhoudend"
            | "postbus"
            | "rechtbank"
            | "statutair"
            | "plaats"
            | "vergaderzaal"
            | "locatie"
            | "regioavond"
            | "regioavonden"
            | "bijeenkomst"
            | "bijeenkomsten"
            | "zalencentrum"
            | "congrescentrum"
    )
}

/// Nouns with which the name of an organisation starts.
fn opens_name(norm: &str) -> bool {
    matches!(
        norm,
        "stichting"
            | "vereniging"
            | "cooperatie"
            | "cooperatieve"
            | "scholengroep"
            | "scholengemeenschap"
            | "samenwerkingsverband"
            | "swv"
            | "college"
            | "lyceum"
            | "gymnasium"
            | "school"
            | "basisschool"
            | "montessorischool"
            | "vrijeschool"
            | "expertisecentrum"
            | "onderwijsgroep"
            | "scholenkoepel"
            | "scholenstichting"
            | "wsns"
            | "rec"
            | "opdc"
            | "praktijkschool"
            | "vakschool"
            | "roc"
            | "aoc"
            | "mbo"
            | "hogeschool"
            | "universiteit"
            | "omgevingsdienst"
            | "ggd"
            | "ggz"
            | "ppo"
            | "pcbo"
            | "obs"
            | "cbs"
            | "rkbs"
    )
}

fn usage(units: &Units, hit: &Hit, dates: &[DateFact]) -> (Usage, bool) {
    let (first, last) = (hit.first, hit.last);
    let same = |i: usize| units.same_sentence(i, first);
    let before = |back: usize| if first >= back && same(first - back) { units.norm(first - back) } else { "" };
    // A hyphen ties it to another word: "Oost-Groningen", "Amsterdam-Diemen".
    let hyphen_before =
        units.all[first].joined && first > 0 && units.all[first - 1].span.end != units.all[first].span.start && units.norm(first) != "'s";
    let hyphen_after = units.get(last + 1).is_some_and(|u| u.joined && u.kind == Kind::Word);
    if hyphen_before || hyphen_after {
        return (Usage::PartOfName, false);
    }
    if before(1) == "provincie" {
        return (Usage::PartOfName, false);
    }
    // "mevrouw Van Haren", "J. van Buren", "Jan van Deurne".
    if matches!(before(1), "van" | "der" | "den" | "de" | "ter") && first >= 1 {
        let mut k = 1;
        while matches!(before(k), "van" | "der" | "den" | "de" | "ter") {
            k += 1;
        }
        let title = matches!(before(k), "mevrouw" | "meneer" | "heer" | "mw" | "dhr" | "mr" | "drs" | "dr" | "ir" | "familie" | "prof");
        let initial =
            before(k) == "." && (before(k + 1).len() == 1 || matches!(before(k + 1), "mw" | "dhr" | "mr" | "drs" | "dr" | "ir" | "mevr"));
        let capital_van = units.all[first - 1].capital && !units.opens_sentence(first - 1);
        if title || initial || capital_van {
            return (Usage::PartOfName, false);
        }
    }
    if matches!(before(1), "mevrouw" | "heer" | "mw" | "dhr" | "meneer") {
        return (Usage::PartOfName, false);
    }
    // Back through capitals and small words to the noun that opens a name.
    let mut k = 1;
    let mut opened = false;
    while k <= 9 {
        let Some(i) = first.checked_sub(k).filter(|&i| same(i)) else { break };
        let u = &units.all[i];
        let word = units.norm(i);
        if u.kind != Kind::Word {
            if word == "&" || word == "-" && k > 1 {
                k += 1;
                continue;
            }
            break;
        }
        if municipal(word) && (!u.capital || word != "college" && word != "colleges" || matches!(before(k - 1), "van")) {
            break;
        }
        if opens_name(word)
            && (u.capital
                || matches!(word, "stichting" | "basisschool" | "scholengemeenschap" | "obs" | "cbs" | "rkbs" | "samenwerkingsverband"))
        {
            opened = true;
            break;
        }
        if !u.capital
            && !matches!(
                word,
                "van"
                    | "voor"
                    | "in"
                    | "en"
                    | "de"
                    | "het"
                    | "te"
                    | "po"
                    | "vo"
                    | "passend"
                    | "primair"
                    | "voortgezet"
                    | "onderwijs"
                    | "speciaal"
                    | "openbaar"
                    | "christelijk"
                    | "katholiek"
                    | "e"
                    | "o"
            )
        {
            break;
        }
        k += 1;
    }
    if opened {
        return (Usage::PartOfName, false);
    }
    // A capital right before, or a kind of school right after: "Raamdal Cuijk", "Woerden College".
    if let Some(p) = first.checked_sub(1).filter(|&p| same(p)).map(|p| &units.all[p]) {
        let word = units.norm(first - 1);
        let preposition = matches!(
            word,
            "in" | "te"
                | "uit"
                | "van"
                | "voor"
                | "bij"
                | "rond"
                | "en"
                | "of"
                | "de"
                | "het"
                | "naar"
                | "met"
                | "door"
                | "aan"
                | "op"
                | "nabij"
                | "ook"
                | "zowel"
                | "oude"
                | "nieuwe"
                | "dan"
                | "maar"
                | "waar"
                | "tussen"
                | "sinds"
        );
        let own_word = preposition || municipal(word) || place_word(word);
        let plural_subject = units.opens_sentence(first - 1) && word.ends_with("en");
        if p.kind == Kind::Word && p.capital && !own_word && !plural_subject {
            return (Usage::PartOfName, true);
        }
    }
    if let Some(n) = units.get(last + 1).filter(|_| same(last + 1)) {
        if n.kind == Kind::Word && n.capital && opens_name(units.norm(last + 1)) {
            return (Usage::PartOfName, false);
        }
        if matches!(units.norm(last + 1), "e") && n.kind == Kind::Word && units.run(last + 1, &["e", ".", "o"]) {
            return (Usage::PartOfName, false);
        }
    }
    // The place of an act or an address.
    let street = before(1) == ","
        && first >= 2
        && units.number(first - 2).is_some()
        && before(2).len() <= 4
        && first >= 3
        && units.all[first - 3].kind == Kind::Word
        && units.all[first - 3].capital;
    let dateline = units.mark(last + 1) == "," && units.opens_sentence(first) && {
        let from = units.get(last + 2).map_or(u32::MAX, |u| u.span.start);
        let d = dates.partition_point(|d| d.span.start < from);
        dates.get(d).is_some_and(|d| d.span.start <= from + 12 && !matches!(d.when, When::DayMonth { .. }) && same(last + 2))
    };
    if street || dateline || before(1) == "te" {
        return (Usage::PlaceOfAct, false);
    }
    for back in 1..=4 {
        let word = before(back);
        if word.is_empty() || matches!(word, "," | ";" | ".") {
            break;
        }
        if place_word(word) {
            return (Usage::PlaceOfAct, false);
        }
        if municipal(word) {
            break;
        }
    }
    (Usage::Plain, false)
}

/// Whether nothing but list marks and small words lies between two hits.
fn listed(units: &Units, a: &Hit, b: &Hit) -> bool {
    let gap = b.first - a.last - 1;
    if gap > 4 {
        return false;
    }
    let separators = (a.last + 1..b.first)
        .filter(|&i| matches!(units.norm(i), "," | "en" | ";" | "/" | "|" | "&" | "alsmede" | "evenals" | "of" | "+" | "-"))
        .count();
    if units.same_block(a.last, b.first) {
        // "Stichting Basisonderwijs Lingewaal | Lingewaal": a name and its place.
        if units.mark(a.last + 1) == "|" && (a.usage == Usage::PartOfName || b.usage == Usage::PartOfName) {
            return false;
        }
        let plain = (a.last + 1..b.first).all(|i| {
            matches!(
                units.norm(i),
                "," | "en"
                    | ";"
                    | "/"
                    | "|"
                    | "&"
                    | "alsmede"
                    | "evenals"
                    | "of"
                    | "+"
                    | "-"
                    | "de"
                    | "gemeente"
                    | "ook"
                    | "tot"
                    | "slot"
                    | "als"
                    | "het"
            )
        });
        return plain && separators > 0;
    }
    // One to a list item or row.
    let (x, y) = (units.all[a.first].block as usize, units.all[b.first].block as usize);
    let items = |k: usize| units.doc.blocks.get(k).is_some_and(|b| matches!(b.kind, BlockKind::ListItem | BlockKind::TableRow));
    let leads = |h: &Hit| {
        let opening = units.doc.blocks.get(units.all[h.first].block as usize).map_or(0, |b| units.at(b.span.start));
        h.first == opening || h.first == opening + 1 && municipal(units.norm(opening))
    };
    y == x + 1
        && items(x)
        && items(y)
        && leads(a)
        && leads(b)
        && (a.last + 1..b.first).all(|i| matches!(units.norm(i), "," | ";" | "." | "en" | "gemeente" | "-"))
}

fn enumerations(units: &Units, hits: &mut [Hit]) {
    let linked: Vec<bool> = hits.windows(2).map(|w| listed(units, &w[0], &w[1])).collect();
    for (k, &l) in linked.iter().enumerate() {
        if !l {
            continue;
        }
        // "Stichting Onderwijs Lek en Linge en Gorinchem" stays a name.
        for h in [k, k + 1] {
            if hits[h].usage == Usage::Plain {
                hits[h].usage = Usage::Enumerated;
            }
        }
    }
    // "gevestigd in Woerden, Oudewater en Montfoort": the whole list is of the place.
    for k in 0..linked.len() {
        if linked[k]
            && hits[k].weak
            && hits[k + 1].usage == Usage::Enumerated
            && !units.opens_sentence(hits[k].first - 1)
            && units.sentence(hits[k].first).any(|i| units.has(i, flag::GEMEENTEN))
        {
            hits[k].usage = Usage::Enumerated;
        }
    }
    for k in 1..hits.len() {
        if linked[k - 1]
            && hits[k - 1].usage == Usage::PlaceOfAct
            && hits[k].usage == Usage::Enumerated
            && units.same_block(hits[k - 1].last, hits[k].first)
        {
            hits[k].usage = Usage::PlaceOfAct;
        }
    }
}

/// Whether an ambiguous name is meant as a municipality here, among the `hits` around.
fn plausible(units: &Units, gazetteer: &Gazetteer, hits: &[Hit], hit: &Hit, context: &Context) -> bool {
    let Some(m) = gazetteer.get(hit.municipality) else { return false };
    if !m.ambiguous || hit.last > hit.first || hit.usage == Usage::Enumerated || context.municipalities.contains(&hit.municipality) {
        return true;
    }
    let first = hit.first;
    let initial = units.opens_sentence(first) || matches!(units.mark(first - 1), ":" | "\"" | "'" | "|" | "(" | "-");
    if !initial && hit.usage != Usage::PartOfName {
        return true;
    }
    let sentence = units.sentence(first);
    if hit.usage != Usage::PartOfName
        && sentence.clone().any(|i| i != first && municipal(units.norm(i)) && !matches!(units.norm(i), "b" | "w"))
    {
        return true;
    }
    // Alone in a cell or line, with other municipalities around.
    let alone = (first == 0 || !units.same_block(first - 1, first) || units.mark(first - 1) == "|")
        && (!units.same_block(first, hit.last + 1) || units.mark(hit.last + 1) == "|");
    if alone {
        return true;
    }
    hit.usage != Usage::PartOfName
        && hits
            .iter()
            .any(|h| h.first != first && sentence.contains(&h.first) && !gazetteer.get(h.municipality).is_some_and(|m| m.ambiguous))
}

/// A bare "Bergen" is the one in the province most others are in, or the dossier's.
fn settle_namesakes(gazetteer: &Gazetteer, hits: &mut [Hit], context: &Context) {
    let mut provinces: HashMap<&str, usize> = HashMap::new();
    for h in hits.iter() {
        if let Some(m) = gazetteer.get(h.municipality).filter(|m| suffix(&m.name).is_none()) {
            *provinces.entry(m.province.as_str()).or_default() += 1;
        }
    }
    for h in hits.iter_mut() {
        if h.last > h.first {
            continue;
        }
        let Some(namesakes) = gazetteer.get(h.municipality).and_then(|m| gazetteer.by_name.get(&key(&m.name))).filter(|n| n.len() > 1)
        else {
            continue;
        };
        let weight = |m: &u32| {
            let listed = context.municipalities.contains(m);
            let count = gazetteer.get(*m).and_then(|m| provinces.get(m.province.as_str())).copied().unwrap_or(0);
            (listed, count, std::cmp::Reverse(*m))
        };
        if let Some(best) = namesakes.iter().max_by_key(|m| weight(m)) {
            h.municipality = *best;
        }
    }
}

/// The municipalities a document gives as its region: the sentence, list or row about the region with the best signs, in text order.
pub(super) fn region(units: &Units, gazetteer: &Gazetteer, facts: &[MunicipalityFact], year: Option<i16>) -> Vec<u32> {
    let usable = |f: &MunicipalityFact| {
        matches!(f.usage, Usage::Enumerated | Usage::Plain) && year.is_none_or(|y| gazetteer.exists(f.municipality, y))
    };
    // "zes gemeenten": how many the document says there are.
    let mut counts: HashMap<u32, i32> = HashMap::new();
    for i in 0..units.len() {
        if !units.has(i, flag::GEMEENTEN) {
            continue;
        }
        for back in 1..=2 {
            let Some(u) = i.checked_sub(back).filter(|&k| units.same_sentence(k, i)).and_then(|k| units.get(k)) else { break };
            let n = match u.class {
                Class::Cardinal(n) => n,
                _ if u.kind == Kind::Number && u.digits <= 2 => u.value,
                _ => continue,
            };
            if (2..=30).contains(&n) {
                *counts.entry(n).or_default() += 1;
            }
            break;
        }
    }
    let mut best: Option<(i32, Vec<u32>)> = None;
    let mut k = 0;
    while k < facts.len() {
        // A group: the facts of one sentence, or of a run of list items or rows.
        let start = units.at(facts[k].span.start);
        let mut end = k + 1;
        while end < facts.len() {
            let (a, b) = (units.at(facts[end - 1].span.start), units.at(facts[end].span.start));
            if units.same_sentence(a, b) || same_list(units, a, b) {
                end += 1;
            } else {
                break;
            }
        }
        let mut named: Vec<u32> = Vec::new();
        for f in facts[k..end].iter().filter(|f| usable(f)) {
            if !named.contains(&f.municipality) {
                named.push(f.municipality);
            }
        }
        if !named.is_empty() {
            let last = units.at(facts[end - 1].span.start);
            let score = region_score(units, start, last, &facts[k..end], &named, &counts);
            if best.as_ref().is_none_or(|b| score > b.0) {
                best = Some((score, named));
            }
        }
        k = end;
    }
    best.filter(|b| b.0 >= 5).map(|b| b.1).unwrap_or_default()
}

fn same_list(units: &Units, a: usize, b: usize) -> bool {
    let (x, y) = (units.all[a].block as usize, units.all[b].block as usize);
    match (units.doc.blocks.get(x), units.doc.blocks.get(y)) {
        (Some(p), Some(q)) if y == x + 1 => {
            p.group.is_some() && p.group == q.group || p.kind == BlockKind::ListItem && q.kind == BlockKind::ListItem
        }
        _ => false,
    }
}

fn region_score(units: &Units, start: usize, last: usize, facts: &[MunicipalityFact], named: &[u32], counts: &HashMap<u32, i32>) -> i32 {
    let mut score = 0;
    let from = units.sentence(start).start;
    // The lead of a list speaks for it: "De regio omvat de gemeenten:".
    let block = units.doc.blocks.get(units.all[start].block as usize);
    let lead = block
        .filter(|b| matches!(b.kind, BlockKind::ListItem | BlockKind::TableRow))
        .and_then(|b| b.lead)
        .and_then(|l| units.doc.blocks.get(l))
        .map(|l| units.within(l.span))
        .or_else(|| {
            // A list item without a known lead: the block before, when it ends in a colon.
            let previous = (units.all[start].block as usize).checked_sub(1).and_then(|b| units.doc.blocks.get(b))?;
            (block.is_some_and(|b| b.kind == BlockKind::ListItem) && units.doc.slice(previous.span).trim_end().ends_with(':'))
                .then(|| units.within(previous.span))
        })
        .unwrap_or(0..0);
    let sentence = (from..start).chain(start..(last + 12).min(units.sentence(last).end)).chain(lead);
    let (mut about_region, mut says_gemeenten, mut oogo, mut verb) = (false, false, false, false);
    for i in sentence {
        match units.norm(i) {
            "gemeenten" | "regiogemeenten" => says_gemeenten = true,
            "regio"
            | "werkgebied"
            | "gebied"
            | "voedingsgebied"
            | "verzorgingsgebied"
            | "streek"
            | "samenwerkingsverband"
            | "swv"
            | "werkgebieden" => about_region = true,
            "omvat" | "omvatten" | "beslaat" | "bestrijkt" | "bestaat" | "liggen" | "ligt" | "behoren" | "vallen" | "strekt" | "vormen"
            | "grondgebied" | "valt" | "werkzaam" | "telt" => verb = true,
            "oogo" | "overeenstemming" | "wethouders" | "wethouder" | "colleges" | "burgemeester" | "portefeuillehouders" => oogo = true,
            _ => {}
        }
    }
    if says_gemeenten {
        score += 4;
    }
    if about_region {
        score += 3;
    }
    if verb {
        score += 2;
    }
    if oogo {
        score += 2;
    }
    for title in units.headings(units.section(start)).take(2) {
        if units.within(title).any(|i| {
            matches!(units.norm(i), "regio" | "streek" | "gebied" | "werkgebied" | "gemeenten" | "regiobeschrijving" | "karakteristiek")
        }) {
            score += 2;
            break;
        }
    }
    score += named.len().min(8) as i32 / 2;
    if facts.iter().filter(|f| f.usage == Usage::Enumerated).count() >= 2 {
        score += 1;
    }
    score += 2 * counts.get(&(named.len() as u32)).copied().unwrap_or(0).min(3);
    if !counts.is_empty() && !counts.contains_key(&(named.len() as u32)) {
        score -= 2;
    }
    if named.len() == 1 {
        score -= 4;
    }
    // "zes gemeenten" in the sentence itself.
    if (from..start.saturating_add(1)).any(|i| {
        numbers::numeral(units, i).is_some_and(|(n, next)| n == named.len() as f64 && next <= start && units.norm(next) == "gemeenten")
    }) {
        score += 3;
    }
    score
}
