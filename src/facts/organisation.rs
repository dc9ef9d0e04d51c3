//! The samenwerkingsverband itself: its name, its legal form and its founding, as the document gives them.

use super::units::{Class, Units, flag};
use super::{DateFact, When, codes};
use crate::document::{BlockKind, Span};
use crate::language::Kind;
use std::cell::OnceCell;
use std::collections::HashMap;

/// The legal form of an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LegalForm {
    /// Stichting.
    Stichting,
    /// Vereniging.
    Vereniging,
    /// Coöperatie.
    Cooperatie,
}

impl LegalForm {
    /// The Dutch word.
    pub fn as_str(self) -> &'static str {
        match self {
            LegalForm::Stichting => "stichting",
            LegalForm::Vereniging => "vereniging",
            LegalForm::Cooperatie => "coöperatie",
        }
    }
}

/// How a legal form is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Told {
    /// Only in its name ("Stichting Samenwerkingsverband …").
    Named,
    /// In passing ("het bestuur van de stichting").
    Referred,
    /// Stated ("is een stichting", "Rechtsvorm | vereniging").
    Stated,
}

/// The legal form of the samenwerkingsverband.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LegalFormFact {
    /// The best place: a statement before a name.
    pub span: Span,
    /// Which.
    pub form: LegalForm,
    /// "Uitgesloten aansprakelijkheid" (U.A.).
    pub excluded_liability: bool,
    /// How it is told.
    pub told: Told,
}

/// The name of the samenwerkingsverband.
#[derive(Clone, Debug, PartialEq)]
pub struct NameFact {
    /// Where it stands at its fullest.
    pub span: Span,
    /// The name.
    pub name: String,
}

/// The founding of the legal person.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FoundingFact {
    /// The date as found.
    pub date: DateFact,
    /// The words that say so, with the date.
    pub span: Span,
}

fn legal_form(norm: &str) -> Option<LegalForm> {
    match norm {
        "stichting" | "stichtingsvorm" => Some(LegalForm::Stichting),
        "vereniging" | "verenigingsvorm" => Some(LegalForm::Vereniging),
        "cooperatie" | "cooperatieve" | "cooperatief" | "cooperatievorm" => Some(LegalForm::Cooperatie),
        _ => None,
    }
}

/// Words that may stand small inside the name of a samenwerkingsverband.
fn small_in_name(norm: &str) -> bool {
    matches!(
        norm,
        "passend"
            | "primair"
            | "voortgezet"
            | "onderwijs"
            | "speciaal"
            | "van"
            | "voor"
            | "de"
            | "het"
            | "en"
            | "in"
            | "op"
            | "aan"
            | "te"
            | "po"
            | "vo"
            | "swv"
            | "regio"
            | "samenwerkingsverband"
            | "der"
            | "den"
            | "e"
            | "o"
            | "u"
            | "a"
            | "ua"
            | "'t"
            | "'s"
            | "basisonderwijs"
            | "stichting"
            | "vereniging"
            | "cooperatie"
            | "onder"
            | "tot"
    )
}

/// Words that never belong to a name's core: a name ending in them is cut before.
fn trailing(norm: &str) -> bool {
    matches!(
        norm,
        "van"
            | "voor"
            | "de"
            | "het"
            | "en"
            | "in"
            | "op"
            | "aan"
            | "te"
            | "der"
            | "den"
            | "'t"
            | "'s"
            | "onder"
            | "tot"
            | "regio"
            | "is"
            | "-"
            | "("
            | "&"
            | "/"
            | ","
            | "."
            | "stichting"
            | "vereniging"
            | "cooperatie"
    )
}

/// A name that starts at `i`: its last unit and how many capitalised words beyond the opening noun it has.
fn name_at(units: &Units, i: usize) -> Option<(usize, usize)> {
    let mut last = i;
    let mut core = 0;
    let mut at = i + 1;
    while at < units.len() && units.same_block(i, at) && at - i < 22 {
        let u = &units.all[at];
        let norm = units.norm(at);
        match u.kind {
            Kind::Word => {
                let verb = matches!(
                    norm,
                    "is" | "heeft"
                        | "kent"
                        | "werkt"
                        | "wil"
                        | "wordt"
                        | "telt"
                        | "bestaat"
                        | "omvat"
                        | "jaarverslag"
                        | "ondersteuningsplan"
                        | "jaarrekening"
                        | "bestuursverslag"
                        | "versie"
                        | "concept"
                        | "definitief"
                        | "postbus"
                        | "inhoud"
                        | "inhoudsopgave"
                        | "colofon"
                        | "nummer"
                        | "kvk"
                        | "jaarstukken"
                        | "deel"
                        | "datum"
                        | "adres"
                ) || norm.ends_with("nummer");
                if verb || matches!(u.class, Class::Month(_)) {
                    break;
                }
                // The number is no part of a name that has a word of its own.
                if core > 0 && u.flags & flag::SECTOR != 0 && codes::number_at(units, at) {
                    break;
                }
                if u.capital || u.joined && !small_in_name(norm) {
                    if !small_in_name(norm) {
                        core += 1;
                    }
                    last = at;
                } else if small_in_name(norm) {
                    // Kept only if the name goes on.
                    if !trailing(norm) {
                        last = at;
                    }
                } else {
                    break;
                }
            }
            Kind::Number => {
                // "Samenwerkingsverband 30.06", "VO 2801".
                if u.digits == 4 && (1990..2060).contains(&u.value) && !u.joined {
                    break;
                }
                if u.digits > 4 {
                    break;
                }
                last = at;
            }
            Kind::Mark => {
                let abbreviation = norm == "." && u.joined && units.norm(at - 1).len() <= 2 && units.all[at - 1].kind == Kind::Word;
                let tie = matches!(norm, "-" | "&" | "/" | "'")
                    || norm == "." && units.get(at + 1).is_some_and(|n| n.joined && n.kind == Kind::Number);
                if abbreviation {
                    last = at;
                } else if !tie || norm == "-" && !u.joined {
                    break;
                }
            }
        }
        at += 1;
    }
    // "U.A." keeps its stop, "onderwijs" may end a name, "van" may not.
    while last > i && trailing(units.norm(last)) && !(units.mark(last) == "." && matches!(units.norm(last - 1), "a" | "o")) {
        last -= 1;
    }
    Some((last, core))
}

/// The name of the samenwerkingsverband: its fullest form on the cover, in the colofon, or in a statement about it.
pub(super) fn name(units: &Units) -> Option<NameFact> {
    struct Found {
        span: Span,
        score: i32,
        count: i32,
    }
    let front = 3000.max(units.doc.text.len() as u32 / 20);
    let mut names: HashMap<String, Found> = HashMap::new();
    let mut i = 0;
    while i < units.len() {
        let u = &units.all[i];
        if u.flags & (flag::LEGAL | flag::SWV | flag::PASSEND) == 0 {
            i += 1;
            continue;
        }
        let norm = units.norm(i);
        if names.len() >= 500 {
            break;
        }
        let opens = u.kind == Kind::Word
            && u.capital
            && (legal_form(norm).is_some()
                || matches!(norm, "samenwerkingsverband" | "swv")
                || norm == "passend"
                    && (units.norm(i + 1) == "onderwijs" || units.norm(i + 1) == "primair")
                    && (i == 0 || !units.same_block(i - 1, i)));
        if !opens || u.block as usize >= units.doc.blocks.len().max(1) {
            i += 1;
            continue;
        }
        let Some((last, core)) = name_at(units, i) else {
            i += 1;
            continue;
        };
        let range = i..=last;
        let mut of_swv = false;
        let mut other = false;
        for k in range.clone() {
            match units.norm(k) {
                "samenwerkingsverband" | "swv" | "passend" => of_swv = true,
                "rijksoverheid" | "inspectie" | "ministerie" | "wet" | "steunpunt" | "medezeggenschap" => other = true,
                _ => {}
            }
        }
        let followed = matches!(units.norm(last + 1), "e" | "werken");
        let label_at = units.sentence(i).start;
        let label = label_at < i
            && i - label_at <= 5
            && matches!(
                units.norm(label_at),
                "naam"
                    | "uitgave"
                    | "organisatie"
                    | "samenwerkingsverband"
                    | "statutaire"
                    | "bevoegd"
                    | "rechtspersoon"
                    | "opgesteld"
                    | "instelling"
            );
        if of_swv && !other && !followed && core > 0 && last > i {
            let block = &units.doc.blocks[u.block as usize];
            let mut score = 1;
            if legal_form(norm).is_some() {
                score += 4;
            }
            if label {
                score += 5;
            }
            let opens_block = i == 0 || !units.same_block(i - 1, i);
            if u.span.start < front {
                score += 2 + i32::from(opens_block) * 2;
            }
            if matches!(block.kind, BlockKind::TableRow | BlockKind::Contents) && !label && u.span.start >= front {
                score -= 3;
            }
            if matches!(units.norm(last + 1), "is" | "heeft") {
                score += 1;
            }
            // A colofon names the maker before others; a list of boards names many.
            let key: String =
                range.clone().map(|k| units.norm(k)).filter(|n| n.chars().any(char::is_alphanumeric)).collect::<Vec<_>>().join(" ");
            let span = units.span(i, last);
            let found = names.entry(key).or_insert(Found { span, score, count: 0 });
            found.count += 1;
            if score > found.score {
                found.score = score;
                found.span = span;
            }
        }
        i = last + 1;
    }
    // A short form that is part of a longer one supports it.
    let keys: Vec<(String, i32, i32)> = names.iter().map(|(k, f)| (k.clone(), f.score, f.count)).collect();
    let best = names
        .iter()
        .max_by_key(|(key, f)| {
            let support: i32 = keys.iter().filter(|(k, ..)| k != *key && key.ends_with(k.as_str())).map(|(_, _, c)| (*c).min(4)).sum();
            (f.score + f.count.min(4) + support, std::cmp::Reverse(f.span))
        })
        .map(|(_, f)| f.span)
        .or_else(|| title_name(units))?;
    let name = units.doc.slice(best).split_whitespace().collect::<Vec<_>>().join(" ");
    Some(NameFact { span: best, name })
}

/// A name without a word that says what it is the name of ("Stichting Samen Sterk Leren"), where the document opens with it or gives it with
/// the number.
fn title_name(units: &Units) -> Option<Span> {
    let front = 1200;
    let in_front = (0..units.len()).take_while(|&i| units.all[i].span.start < front);
    in_front.filter(|&i| units.all[i].capital && legal_form(units.norm(i)).is_some()).find_map(|i| {
        let (last, core) = name_at(units, i)?;
        let opens = i == 0 || !units.same_block(i - 1, i);
        let numbered = (last + 1..last + 5).any(|k| k < units.len() && units.same_block(i, k) && codes::number_at(units, k));
        let title = units.doc.blocks.get(units.all[i].block as usize).is_some_and(|b| matches!(b.kind, BlockKind::Heading(_)));
        (core > 0 && last > i && (numbered || opens && title)).then(|| units.span(i, last))
    })
}

/// The legal form of the samenwerkingsverband, from statements before names, and never from the names of its members.
pub(super) fn form(units: &Units, name: Option<&NameFact>, others: &[Span]) -> Option<LegalFormFact> {
    let mut best: HashMap<LegalForm, (i32, i32, Span)> = HashMap::new();
    let mut excluded = false;
    let name_words = own_words(units, name);
    for i in 0..units.len() {
        if !units.has(i, flag::LEGAL | flag::LIABILITY) {
            continue;
        }
        let norm = units.norm(i);
        if norm == "aansprakelijkheid" && (1..=3).any(|b| matches!(units.before(i, b), "uitgesloten" | "uitsluiting")) {
            excluded = true;
        }
        if norm == "u" && units.run(i, &["u", ".", "a"]) && units.all[i].capital {
            excluded = true;
        }
        let Some(form) = legal_form(norm) else { continue };
        let (score, stated) = form_score(units, i, &name_words);
        if score == 0 {
            continue;
        }
        let at = units.all[i].span;
        // "De stichting" that is another; "dat verband is een stichting".
        if is_in(others, at) {
            continue;
        }
        let entry = best.entry(form).or_insert((0, 0, at));
        if score > entry.1 {
            entry.1 = score;
            entry.2 = if stated { statement(units, i) } else { at };
        }
        // Many small signs ("de stichting") never outweigh a statement.
        entry.0 += if score >= 5 { score } else { 0 };
        if score < 5 {
            entry.0 += i32::from(entry.0 % 5 < 4);
        }
    }
    let rank = |f: &LegalForm| match f {
        LegalForm::Stichting => 0,
        LegalForm::Vereniging => 1,
        LegalForm::Cooperatie => 2,
    };
    let (form, (_, top, span)) = best.into_iter().max_by_key(|(f, (total, top, _))| (*top >= 5, *total, *top, rank(f)))?;
    if top < 2 {
        return None;
    }
    Some(LegalFormFact {
        span,
        form,
        excluded_liability: excluded && form == LegalForm::Cooperatie,
        told: match top {
            5.. => Told::Stated,
            3.. => Told::Referred,
            _ => Told::Named,
        },
    })
}

/// From the subject to the form: the sentence up to a dozen words before.
fn statement(units: &Units, i: usize) -> Span {
    let sentence = units.sentence(i);
    let from = sentence.start.max(i.saturating_sub(12));
    let to = if units.norm(i + 1) == "met" && units.same_sentence(i, i + 3) { i + 3 } else { i };
    units.span(from, to)
}

/// How strongly the word at `i` says that the samenwerkingsverband has this form; at least 5 for a statement.
fn form_score(units: &Units, i: usize, name_words: &[&str]) -> (i32, bool) {
    let sentence = units.sentence(i);
    let before = |back: usize| if i >= back && sentence.contains(&(i - back)) { units.norm(i - back) } else { "" };
    let next = if sentence.contains(&(i + 1)) { units.norm(i + 1) } else { "" };
    let mut denied = false;
    for k in sentence.start.max(i.saturating_sub(25))..sentence.end.min(i + 14) {
        let after = k > i;
        match units.norm(k) {
            "niet" | "geen" => denied |= k < i && i - k <= 3,
            "voorheen" | "aanvankelijk" | "beginfase" | "oorspronkelijk" | "voormalige" | "vroeger" | "oude" => denied |= k < i + 6,
            "voorkeur" | "bijvoorbeeld" | "onderzoeken" | "andere" | "weleer" | "conceptstatuten" => denied |= k < i && i - k <= 12,
            "was" | "waren" | "vormden" => denied |= k < i && i - k <= 10,
            "omvorming" | "omzetting" | "omgezet" | "omgevormd" | "overgang" | "fusie" => denied |= k < i || after && k - i <= 4,
            "wordt" | "zal" | "zullen" | "overwogen" | "overwegen" | "onderzoekt" | "onderzocht" | "verkend" | "verkennen" => {
                denied |= k < i && i - k <= 8
            }
            "ofwel" | "hetzij" => denied = true,
            _ => {}
        }
    }
    // The law's choice: "een stichting, een vereniging of een coöperatie".
    let others = (sentence.start.max(i.saturating_sub(8))..sentence.end.min(i + 9))
        .any(|k| k != i && legal_form(units.norm(k)).is_some_and(|f| Some(f) != legal_form(units.norm(i))) && !units.all[k].capital);
    let swv_subject = || {
        (sentence.start..i).any(|k| {
            let w = units.norm(k);
            matches!(w, "samenwerkingsverband" | "swv" | "verband" | "rechtsvorm" | "rechtspersoon" | "ppo" | "we" | "wij" | "organisatie")
                || name_words.contains(&w)
        })
    };
    let other_subject = (sentence.start..i).any(|k| {
        matches!(
            units.norm(k),
            "schoolbestuur" | "schoolbesturen" | "bestuurders" | "lid" | "leden" | "school" | "scholen" | "zorgboerderijen" | "wet"
        )
    });
    // A label of its own: "Rechtsvorm | vereniging", "Juridische vorm: stichting".
    let label = (1..=9).any(|b| {
        matches!(before(b), "rechtsvorm" | "rechtspersoonlijkheid" | "organisatievorm")
            || before(b) == "vorm" && matches!(before(b + 1), "juridische" | "de")
    }) || matches!(before(1), "|" | ":") && before(2) == "rechtspersoon";
    if denied {
        return (0, false);
    }
    let capital = units.all[i].capital && !(units.opens_sentence(i) || units.mark(i - 1) == "|");
    if label && !capital && !others {
        return (8, true);
    }
    let besturen = || {
        sentence.clone().any(|k| {
            let w = units.norm(k);
            w.ends_with("besturen")
                || w.ends_with("gezagsorganen")
                || matches!(
                    w,
                    "gezagen"
                        | "bestuurders"
                        | "samenwerkingsverband"
                        | "verband"
                        | "swv"
                        | "rechtspersoon"
                        | "we"
                        | "wij"
                        | "onze"
                        | "ons"
                )
                || name_words.contains(&w)
        })
    };
    // "Gekozen is destijds voor de coöperatie", "kozen wij in 2013 voor een stichting".
    if matches!(before(1), "een" | "de")
        && before(2) == "voor"
        && (3..=12).any(|b| matches!(before(b), "kozen" | "koos" | "gekozen"))
        && !others
    {
        return (6, true);
    }
    // "een zelfstandige stichting", "een coöperatieve vereniging".
    if before(2) == "een"
        && i >= 1
        && !units.all[i - 1].capital
        && before(1).ends_with('e')
        && (swv_subject() || besturen())
        && !others
        && !other_subject
        && sentence.clone().any(|k| matches!(units.norm(k), "is" | "gaat" | "vormt" | "opgericht" | "leven"))
    {
        return (5, true);
    }
    if matches!(before(1), "een" | "als") || before(1) == "cooperatieve" {
        let back = if before(1) == "een" { 2 } else { 1 };
        let copula = matches!(before(back), "is" | "vormt" | "vormen" | "vormde" | "zijn" | "als" | "in" | "van" | "of")
            || matches!(before(back + 1), "is" | "georganiseerd");
        // "Het samenwerkingsverband voortgezet onderwijs is …" in a plan for primair onderwijs: the neighbour.
        let foreign = match codes::main_sector(units) {
            Some(codes::Sector::Po) => {
                (1..=14).any(|b| before(b) == "samenwerkingsverband" && matches!(before(b - 1), "voortgezet" | "vo"))
            }
            Some(codes::Sector::Vo) => (1..=14).any(|b| before(b) == "samenwerkingsverband" && matches!(before(b - 1), "primair" | "po")),
            None => false,
        };
        if foreign {
            return (0, false);
        }
        let is = matches!(before(back), "is" | "vormt" | "vormen") || matches!(before(back), "als" | "in") && (1..=12).any(|b| matches!(before(b), "georganiseerd" | "ondergebracht" | "ingericht" | "vormgegeven" | "juridisch"))
            // "Wij zijn een stichting", "Juridisch zijn wij een stichting", "Het werd een vereniging".
            || before(back) == "zijn" && matches!(before(back + 1), "wij" | "we")
            || matches!(before(back), "wij" | "we") && before(back + 1) == "zijn"
            || before(back) == "werd" && (before(back + 1) == "het" || swv_subject())
            // "Nu is het samenwerkingsverband een stichting."
            || (back + 1..=back + 7).any(|b| before(b) == "is" && matches!(before(b - 1), "het" | "ons" | "dit" | "swv")) && matches!(before(back), "samenwerkingsverband" | "verband" | "nu" | "juridisch") || name_words.contains(&before(back)) && (back + 1..=back + 7).any(|b| before(b) == "is");
        let qualified = next == "met" && (i + 2..i + 5).any(|k| matches!(units.norm(k), "rechtsbevoegdheid" | "uitgesloten"));
        if others && !qualified {
            return (0, false);
        }
        if is && !other_subject && (swv_subject() || qualified) {
            return (7, true);
        }
        if is && !other_subject && (units.opens_sentence(i.saturating_sub(3)) || before(back) == "werd") {
            return (5, true);
        }
        if qualified {
            return (6, true);
        }
        // "een stichting opgericht", "hebben een vereniging opgericht".
        let founded = (i + 1..sentence.end.min(i + 8))
            .any(|k| matches!(units.norm(k), "opgericht" | "gevormd" | "ondergebracht" | "brengen"))
            || next == "op" && (1..=14).any(|b| matches!(before(b), "zetten" | "richtten" | "zette" | "richtte"));
        if founded && besturen() {
            return (5, true);
        }
        // "de besturen vormen één vereniging", "hebben samen een coöperatie", "worden verricht door een stichting, ingeschreven bij …".
        let have =
            (2..=8).any(|b| matches!(before(b), "vormen" | "hebben")) && sentence.clone().any(|k| units.norm(k).ends_with("besturen"));
        let registered = before(2) == "door"
            && (i + 1..sentence.end.min(i + 10)).any(|k| matches!(units.norm(k), "ingeschreven" | "koophandel" | "handelsregister"));
        if have || registered && swv_subject() {
            return (5, true);
        }
        // "Wat zijn we? Een stichting."
        if units.opens_sentence(i - 1) && matches!(next, "." | "") && i >= 2 && matches!(units.norm(i - 2), "?" | ":") {
            return (5, true);
        }
        // A heading: "Een vereniging van schoolbesturen".
        let heading = units.doc.blocks.get(units.all[i].block as usize).is_some_and(|b| matches!(b.kind, BlockKind::Heading(_)));
        if heading && units.opens_sentence(i - 1) {
            return (4, false);
        }
        return (if copula { 1 } else { 0 }, false);
    }
    if capital || units.all[i].capital && matches!(before(1), "") {
        // In its own name: "Stichting Samenwerkingsverband …", or the name found before.
        let own = name_at(units, i).is_some_and(|(last, _)| {
            (i + 1..=last).any(|k| matches!(units.norm(k), "samenwerkingsverband" | "swv") || name_words.contains(&units.norm(k)))
        });
        return (if own { 2 } else { 0 }, false);
    }
    // "de stichting", "de vereniging": what the document calls itself.
    if matches!(before(1), "de" | "deze" | "onze") && !matches!(next, "voor" | "van") {
        return (3, false);
    }
    (0, false)
}

/// Whether the unit at `i` points at the samenwerkingsverband as a legal person: "de stichting", "onze vereniging", "het samenwerkingsverband";
/// not as the one who acts or is acted with ("door het samenwerkingsverband").
fn points_at_own(units: &Units, i: usize) -> bool {
    let norm = units.norm(i);
    let by = |back: usize| {
        matches!(
            units.before(i, back),
            "door" | "met" | "aan" | "voor" | "van" | "vanuit" | "uit" | "naast" | "bij" | "binnen" | "onder" | "namens"
        )
    };
    let body = matches!(norm, "samenwerkingsverband" | "verband" | "swv") && matches!(units.before(i, 1), "het" | "ons" | "dit");
    let person = !units.all[i].capital
        && (legal_form(norm).is_some() || norm == "rechtspersoon")
        && matches!(units.before(i, 1), "de" | "deze" | "onze");
    (body || person) && !by(2)
}

/// Whether a span overlaps one of a sorted list.
pub(super) fn is_in(sorted: &[Span], span: Span) -> bool {
    let after = sorted.partition_point(|o| o.end <= span.start);
    sorted.get(after).is_some_and(|o| o.overlaps(span))
}

/// Where the text speaks of another legal person: sentences (parts between semicolons) that name one as what they are about, and those after
/// it that point back at it ("die stichting", "zij"). Not where others are listed, found or join ("opgericht door Stichting A en Stichting B").
pub(super) fn others(units: &Units, name: Option<&NameFact>) -> Vec<Span> {
    let own = Own { words: own_words(units, name), sector: codes::main_sector(units), capitals: OnceCell::new() };
    let mut out = Vec::new();
    // The other legal person spoken of before, in the same block or the heading above: how many sentences back.
    let mut before: Option<usize> = None;
    let mut start = 0;
    while start < units.len() {
        let sentence_end = units.sentence(start).end.max(start + 1);
        let end = (start..sentence_end).find(|&i| units.mark(i) == ";").map_or(sentence_end, |i| i + 1);
        if start > 0 && !units.same_block(start - 1, start) {
            let kind = units.doc.blocks.get(units.all[start - 1].block as usize).map(|b| b.kind);
            before = before.filter(|_| matches!(kind, Some(BlockKind::Heading(_))));
        }
        let part = start..end;
        let has = |words: &[&str]| part.clone().any(|i| words.contains(&units.norm(i)));
        let verbanden: Vec<usize> = part.clone().filter(|&i| own.is_other_verband(units, i)).collect();
        let named = names_another(units, part.clone(), &own).or_else(|| founds_another(units, part.clone(), &own));
        let points = |i: usize| points_at_own(units, i) && !verbanden.contains(&i) && named != Some(i);
        let own_here = part.clone().any(points);
        let wij = part.clone().any(|i| {
            matches!(units.norm(i), "wij" | "we" | "ons" | "onze")
                || matches!(units.norm(i), "samenwerkingsverband" | "verband" | "swv") && !verbanden.contains(&i)
        });
        let founds =
            has(&["opgericht", "oprichting", "richtte", "richtten", "riep", "riepen", "leven", "gesticht", "stichtte", "stichtten"]);
        let active = has(&["heeft", "hebben", "had", "hadden", "richtte", "richtten", "riep", "riepen", "stichtte", "stichtten"]);
        // Acted with, not spoken of: "werkt samen met Stichting …".
        let with = |at: usize| {
            let back = if units.before(at, 1) == "de" { 2 } else { 1 };
            match units.before(at, back) {
                "met" | "bij" | "naast" | "aan" | "tot" | "uit" | "voor" | "in" | "op" | "onder" => true,
                "van" => !matches!(units.before(at, back + 1), "lid" | "leden" | "lidmaatschap" | "oprichting"),
                _ => false,
            }
        };
        let about = match named {
            Some(at) if with(at) => false,
            Some(at) if own_here => founds && active && (start..at).any(points),
            Some(_) => true,
            // Another samenwerkingsverband, unless it is acted with by this one.
            None if !verbanden.is_empty() => {
                !own_here && verbanden.iter().any(|&at| !(wij && (2..=4).any(|back| is_preposition(units.before(at, back)))))
            }
            None => {
                let person = |i: usize| legal_form(units.norm(i)).is_some() || units.norm(i) == "rechtspersoon";
                let that_verband = |i: usize| {
                    units.norm(i) == "dat"
                        && matches!(units.norm(i + 1), "verband" | "samenwerkingsverband" | "swv")
                        && units.before(i, 1) != "in"
                };
                let pointed = part.clone().any(|i| matches!(units.norm(i), "die" | "deze" | "diens") && person(i + 1) || that_verband(i));
                let itself = part.clone().any(|i| units.norm(i) == "de" && person(i + 1));
                let opens = matches!(units.norm(start), "die" | "deze" | "zij" | "ze" | "beide")
                    || units.norm(start) == "het" && matches!(units.norm(start + 1), "is" | "was" | "werd" | "heeft" | "had" | "ene");
                let goes_on = start > 0 && units.mark(start - 1) == ";" && units.same_sentence(start - 1, start) && !own_here;
                pointed && before.is_some()
                    || !wij && !own_here && says_of_another(units, part.clone(), &own)
                    || before == Some(0) && goes_on
                    || before == Some(0) && !wij && (opens || itself || has(&["haar", "zij", "ze"]))
            }
        };
        if about {
            out.push(units.span(start, end - 1));
            before = Some(0);
        } else {
            let another = named.is_some() || !verbanden.is_empty();
            before = if another && !own_here { Some(0) } else { before.filter(|_| !own_here).map(|b| b + 1) };
        }
        start = end;
    }
    out
}

fn is_preposition(norm: &str) -> bool {
    matches!(
        norm,
        "met"
            | "bij"
            | "naast"
            | "aan"
            | "tot"
            | "te"
            | "uit"
            | "voor"
            | "in"
            | "op"
            | "onder"
            | "van"
            | "door"
            | "dan"
            | "tussen"
            | "vanuit"
            | "namens"
    )
}

/// What tells the samenwerkingsverband from others.
struct Own<'a> {
    /// The words of its name that no other has.
    words: Vec<&'a str>,
    sector: Option<codes::Sector>,
    /// How often each capitalised word stands in the document, when first asked.
    capitals: OnceCell<HashMap<&'a str, u32>>,
}

impl<'a> Own<'a> {
    /// Whether the word at `i` is in a name and not in its own: its own name may go by another word, but then often.
    fn is_strange(&self, units: &Units<'a>, i: usize) -> bool {
        let u = &units.all[i];
        let norm = units.norm(i);
        let text = units.doc.slice(u.span);
        if u.kind != Kind::Word
            || !u.capital
            || norm.len() < 4
            || small_in_name(norm)
            || self.words.is_empty()
            || self.words.contains(&norm)
        {
            return false;
        }
        if text.chars().all(char::is_uppercase) || legal_form(norm).is_some() || norm.contains("samenwerk") {
            return false;
        }
        let capitals = self.capitals.get_or_init(|| {
            let mut all = HashMap::new();
            for k in (0..units.len()).filter(|&k| units.all[k].capital) {
                *all.entry(units.norm(k)).or_insert(0) += 1;
            }
            all
        });
        capitals.get(norm).is_none_or(|n| *n < 6)
    }

    /// Whether the unit at `i` is a samenwerkingsverband that is not this one: a neighbour, a predecessor, that of the other sector, or one
    /// with a name of its own.
    fn is_other_verband(&self, units: &Units<'a>, i: usize) -> bool {
        let norm = units.norm(i);
        if matches!(norm, "buurverband" | "zusterverband" | "buurverbanden" | "zusterverbanden" | "rechtsvoorganger" | "voorganger") {
            return true;
        }
        if !matches!(norm, "samenwerkingsverband" | "verband" | "swv" | "samenwerkingsverbanden" | "verbanden") {
            return false;
        }
        if norm == "verband" && matches!(units.before(i, 1), "in" | "dit") {
            return false;
        }
        let adjective = units.before(i, 1);
        let stem = adjective.strip_suffix('e').unwrap_or(adjective);
        if matches!(
            stem,
            "naastgelegen"
                | "nabijgelegen"
                | "aanpalend"
                | "belendend"
                | "naburig"
                | "aangrenzend"
                | "omliggend"
                | "omringend"
                | "ander"
                | "voormalig"
                | "toenmalig"
                | "vroeger"
                | "oud"
                | "opgeheven"
        ) {
            return true;
        }
        if self.words.iter().any(|w| (i + 1..i + 12).any(|k| units.same_sentence(i, k) && units.norm(k) == *w)) {
            return false;
        }
        // What it is for: "voor de basisscholen" in a plan for the voortgezet onderwijs.
        let mut po = false;
        let mut vo = false;
        for k in (i + 1..i + 5).take_while(|&k| units.same_sentence(i, k)) {
            match units.norm(k) {
                "voor" | "van" | "de" | "het" | "onderwijs" | "en" | "passend" | "speciaal" => {}
                "basisscholen" | "basisonderwijs" | "primair" | "po" | "wsns" => po = true,
                "voortgezet" | "vo" | "middelbare" => vo = true,
                _ => break,
            }
        }
        match self.sector {
            Some(codes::Sector::Po) if vo && !po => return true,
            Some(codes::Sector::Vo) if po && !vo => return true,
            _ => {}
        }
        // Its name: "het verband De Acht Zaligheden".
        let name = (i + 1..i + 8).take_while(|&k| {
            let tie = matches!(units.norm(k), "-" | "&" | "en" | "van" | "de" | "het" | "'t" | "'s");
            units.same_sentence(i, k) && (units.all[k].capital || tie || small_in_name(units.norm(k)))
        });
        let name: Vec<usize> = name.collect();
        name.first().is_some_and(|&k| units.all[k].capital) && name.iter().any(|&k| self.is_strange(units, k))
    }
}

/// Whether a stretch says of something with another name that it is a legal person: "Zorgverlener Lindehof is een stichting".
fn says_of_another<'a>(units: &Units<'a>, part: std::ops::Range<usize>, own: &Own<'a>) -> bool {
    let form = |i: usize| (i + 1..part.end.min(i + 5)).any(|k| legal_form(units.norm(k)).is_some() && !units.all[k].capital);
    let Some(copula) = part.clone().find(|&i| matches!(units.norm(i), "is" | "was" | "werd") && form(i)) else { return false };
    let subject = part.start + 1..copula;
    !part.clone().any(|i| own.words.contains(&units.norm(i)))
        && subject.into_iter().any(|i| {
            let mut first = i;
            while first > part.start && units.all[first - 1].capital {
                first -= 1;
            }
            let behind = is_preposition(units.before(first, 1)) || is_preposition(units.before(first, 2));
            own.is_strange(units, i) && !behind
        })
}

/// Where a stretch says that something with a name of its own was founded: "is het Expertisecentrum Midden opgericht".
fn founds_another<'a>(units: &Units<'a>, part: std::ops::Range<usize>, own: &Own<'a>) -> Option<usize> {
    let verb = part.clone().find(|&i| {
        matches!(units.norm(i), "opgericht" | "gesticht") || units.norm(i) == "leven" && matches!(units.norm(i + 1), "geroepen" | "riep")
    })?;
    (part.start.max(verb.saturating_sub(8)) + 1..verb).find(|&i| {
        let plain = matches!(units.norm(i), "organisatie" | "rechtspersoon" | "verband" | "akte" | "coalitie");
        matches!(units.before(i, 1), "het" | "de" | "een")
            && !is_preposition(units.before(i, 2))
            && !plain
            && !(i..verb).any(|k| own.words.contains(&units.norm(k)))
            && own.is_strange(units, i)
    })
}

/// The first unit of the name of another legal person that a stretch is about: not one of several listed, nor the one by whom, nor a cell or
/// item that is but a name.
fn names_another<'a>(units: &Units<'a>, part: std::ops::Range<usize>, own: &Own<'a>) -> Option<usize> {
    let mut names: Vec<std::ops::RangeInclusive<usize>> = Vec::new();
    let mut i = part.start;
    while i < part.end {
        let u = &units.all[i];
        let next_capital = units.get(i + 1).is_some_and(|n| n.capital || small_in_name(units.norm(i + 1)));
        let form = u.flags & flag::LEGAL != 0 && u.kind == Kind::Word && legal_form(units.norm(i)).is_some();
        // "De stichting Kind en Ouder".
        let small = || matches!(units.before(i, 1), "de" | "een") && i + 1 < part.end && own.is_strange(units, i + 1);
        let legal = form && (u.capital || small());
        if legal
            && next_capital
            && let Some((last, core)) = name_at(units, i)
            && core > 0
        {
            let last = last.min(part.end - 1);
            if last > i {
                names.push(i..=last);
                i = last;
            }
        }
        i += 1;
    }
    let is_own = |r: &std::ops::RangeInclusive<usize>| {
        r.clone().any(|k| matches!(units.norm(k), "samenwerkingsverband" | "swv" | "passend" | "ppo") || own.words.contains(&units.norm(k)))
    };
    // Between two names of a list: a comma, "en", what stands in brackets.
    let tied = |a: &std::ops::RangeInclusive<usize>, b: &std::ops::RangeInclusive<usize>| {
        let mut depth = 0;
        let mut joint = false;
        let mut words = 0;
        for k in a.end() + 1..*b.start() {
            match units.norm(k) {
                "(" => depth += 1,
                ")" => depth -= 1,
                _ if depth > 0 => {}
                "," | "en" | ";" | "alsmede" | "evenals" | "|" => joint = true,
                "de" if matches!(units.before(*a.start(), 1), "de" | "door") => {}
                _ => words += 1,
            }
        }
        joint && words == 0
    };
    let cell_kind = units.doc.blocks.get(units.all[part.start].block as usize).map(|b| b.kind);
    for (n, name) in names.iter().enumerate() {
        let at = *name.start();
        let listed = n > 0 && tied(&names[n - 1], name) || names.get(n + 1).is_some_and(|next| tied(name, next));
        let back = if units.before(at, 1) == "de" { 2 } else { 1 };
        let by = matches!(
            units.before(at, back),
            "door" | "namens" | "waaronder" | "zoals" | "leden" | ":" | "oprichter" | "oprichters" | "bestuur" | "schoolbestuur"
        ) && at > part.start;
        let rest = part.len().saturating_sub(name.clone().count());
        let alone = match cell_kind {
            Some(BlockKind::ListItem) => rest < 5,
            Some(BlockKind::TableRow | BlockKind::TableHead) => {
                at > part.start + 1 || !part.clone().any(|k| matches!(units.norm(k), "opgericht" | "oprichting"))
            }
            _ => rest == 0,
        };
        if !is_own(name) && !listed && !by && !alone {
            return Some(at);
        }
    }
    None
}

/// Every place of its name, with or without the legal form before it.
pub(super) fn named(units: &Units, name: Option<&NameFact>) -> Vec<Span> {
    let Some(name) = name else { return Vec::new() };
    let mut of_name = units.within(name.span);
    if legal_form(units.norm(of_name.start)).is_some() {
        of_name.start += 1;
    }
    let words: Vec<&str> = of_name.map(|i| units.norm(i)).collect();
    if words.len() < 2 {
        return Vec::new();
    }
    let mut out = Vec::new();
    for i in 0..units.len() {
        if units.all[i].capital && units.same_block(i, i + words.len() - 1) && units.run(i, &words) {
            let from = if i > 0 && units.same_block(i - 1, i) && legal_form(units.norm(i - 1)).is_some() { i - 1 } else { i };
            out.push(units.span(from, i + words.len() - 1));
        }
    }
    out
}

/// The words of its name that no other has.
fn own_words<'a>(units: &Units<'a>, name: Option<&NameFact>) -> Vec<&'a str> {
    let Some(name) = name else { return Vec::new() };
    let words = units.within(name.span).filter(|&i| units.all[i].capital && units.all[i].kind == Kind::Word).map(|i| units.norm(i));
    words.filter(|w| w.len() > 3 && !small_in_name(w) && legal_form(w).is_none()).collect()
}

/// When the legal person was founded.
pub(super) fn founding(units: &Units, dates: &[DateFact], others: &[Span]) -> Option<FoundingFact> {
    let mut best: Option<(i32, FoundingFact)> = None;
    for d in dates.iter().filter(|d| !is_in(others, d.span)) {
        let day = match d.when {
            When::Day { date, .. } => Some(date),
            When::Range { .. } => None,
            When::DayMonth { .. } => continue,
        };
        let first = units.at(d.span.start);
        let last = units.at(d.span.end).saturating_sub(1).max(first);
        let sentence = units.sentence(first);
        let mut score = 0;
        let speaks_of_person = sentence.clone().any(|i| {
            let w = units.norm(i);
            legal_form(w).is_some()
                || w.ends_with("verband")
                || w.ends_with("bestuur")
                || matches!(w, "swv" | "zij" | "we" | "wij" | "rechtspersoon" | "notariele" | "akte" | "notaris" | "organisatie")
        }) || units.sentence(first).len() <= 8;
        let mut nearest = usize::MAX;
        let mut cue: Option<usize> = None;
        let mut strong = false;
        for i in sentence.clone() {
            let distance = if i < first { first - i } else { i.saturating_sub(last) };
            if distance > 30 || (first..=last).contains(&i) {
                continue;
            }
            let word = units.norm(i);
            let mut value = match word {
                "oprichting" | "opgericht" | "oprichtingsakte" | "oprichtingsdatum" | "stichtingsakte" | "oprichtten" | "opgerichte" => 5,
                "leven" if (i + 1..=i + 2).any(|k| units.norm(k) == "geroepen") => 5,
                "richtten" | "richtte" | "ontstond" | "ontstaan" => 3,
                "akte" | "notarisakte" | "notariele" | "notaris" | "notarieel" | "statuten" | "geboortedatum" => 2,
                "verleden" | "gepasseerd" | "passeerde" | "passeerden" | "ondertekend" | "ingeschreven" | "inschrijving" | "koophandel"
                | "handelsregister" | "startdatum" | "rechtspersoon" => 1,
                "wijziging" | "gewijzigd" | "statutenwijziging" | "wijzigingsakte" | "gewijzigde" | "herzien" | "omgezet" => -5,
                "ontbinding" | "ontbonden" | "koopakte" | "opheffing" | "opgeheven" | "uitschrijving" | "zusterverband"
                | "huurovereenkomst" | "koop" => -8,
                "inspectie" | "instemming" => -2,
                _ => 0,
            };
            // An "opgericht" of something else: "is het ouderpunt opgericht".
            if value == 5 && matches!(word, "opgericht" | "opgerichte" | "oprichtten") && !speaks_of_person {
                value = 0;
            }
            if value > 0 {
                // A date of another act stands between.
                let (low, high) = if i < first { (units.all[i].span.end, d.span.start) } else { (d.span.end, units.all[i].span.start) };
                let from = dates.partition_point(|o| o.span.start < low);
                let between = dates[from..].iter().take_while(|o| o.span.end <= high).any(|o| matches!(o.when, When::Day { .. }));
                if between {
                    value /= 2;
                }
                strong |= value >= 2;
                if distance < nearest {
                    nearest = distance;
                }
                cue = Some(cue.map_or(i, |c| if i.abs_diff(first) < c.abs_diff(first) { i } else { c }));
            }
            score += value;
        }
        let Some(cue) = cue.filter(|_| strong || score >= 2) else { continue };
        // A month stands behind a day; the round of 2012 to 2014 before other years.
        if day.is_none() {
            score -= 2;
        }
        if d.when.earliest().is_some_and(|d| (2012..=2014).contains(&d.year())) {
            score += 1;
        }
        // The end of a plan.
        if matches!(units.before(first, 1), "tot" | "met") {
            score -= 4;
        }
        score += match nearest {
            0..=6 => 2,
            7..=14 => 1,
            _ => 0,
        };
        // A deadline of the law is no founding: "uiterlijk 1 november 2013", "vóór 1 november".
        if matches!(units.before(first, 1), "uiterlijk" | "voor") || units.before(first, 2) == "uiterlijk" {
            score -= 6;
        }
        if score >= 4 && best.as_ref().is_none_or(|b| score > b.0) {
            let span = units.span(cue.min(first), cue.max(last));
            best = Some((score, FoundingFact { date: *d, span }));
        }
    }
    best.map(|b| b.1)
}
