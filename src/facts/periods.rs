//! Periods: between two dates, between two years, school years, and a number of years from a date; and which of them is the period of
//! the plan itself.

use super::units::{Class, Units, flag};
use super::{DateFact, PeriodFact, PlanPeriod, When, numbers};
use crate::document::{BlockKind, Span};
use crate::language::Kind;
use jiff::Span as Duration;
use jiff::civil::Date;

fn first_of_august(year: i16) -> Option<Date> {
    Date::new(year, 8, 1).ok()
}

fn end_of_july(year: i16) -> Option<Date> {
    Date::new(year, 7, 31).ok()
}

fn day_before(date: Date) -> Option<Date> {
    date.yesterday().ok()
}

/// How the end of a stretch is tied to its start.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Joint {
    /// "tot en met", "t/m".
    Inclusive,
    /// "tot".
    Exclusive,
    /// A dash.
    Dash,
}

/// A joint at `i`, and the unit after it.
fn joint(units: &Units, i: usize, anchor: usize) -> Option<(Joint, usize)> {
    if !units.same_block(i, anchor) {
        return None;
    }
    match units.norm(i) {
        "tot" if units.run(i, &["tot", "en", "met"]) => Some((Joint::Inclusive, i + 3)),
        "tot" if units.run(i, &["tot", "/", "met"]) => Some((Joint::Inclusive, i + 3)),
        "tot" if units.norm(i + 1) == "aan" => Some((Joint::Exclusive, i + 2)),
        "tot" => Some((Joint::Exclusive, i + 1)),
        "t" if units.run(i, &["t", "/", "m"]) => Some((Joint::Inclusive, i + 3)),
        "t" if units.run(i, &["t", ".", "e", ".", "m", "."]) => Some((Joint::Inclusive, i + 6)),
        "t" if units.run(i, &["t", ".", "e", ".", "m"]) => Some((Joint::Inclusive, i + 5)),
        "t" if units.run(i, &["t", ".", "m", "."]) => Some((Joint::Inclusive, i + 4)),
        "tm" => Some((Joint::Inclusive, i + 1)),
        "-" => Some((Joint::Dash, i + 1)),
        "en" if units.norm(i + 1) == "eindigt" || units.norm(i + 1) == "loopt" => {
            // "gaat in op 1 augustus 2014 en loopt tot (en met) 31 juli 2018", "begint op … en eindigt op …".
            match units.norm(i + 2) {
                "op" if units.norm(i + 1) == "eindigt" => Some((Joint::Inclusive, i + 3)),
                _ => joint(units, i + 2, anchor)
                    .or_else(|| (units.norm(i + 2) == "af" && units.norm(i + 3) == "op").then_some((Joint::Inclusive, i + 4))),
            }
        }
        _ => None,
    }
}

/// First and last day a date may mean.
fn bounds(when: When) -> Option<(Date, Date, bool)> {
    match when {
        When::Day { date, .. } => Some((date, date, true)),
        When::Range { from, to, .. } => Some((from, to, false)),
        When::DayMonth { .. } => None,
    }
}

/// All periods, in order.
pub(super) fn find(units: &Units, dates: &[DateFact]) -> Vec<PeriodFact> {
    let mut found = Vec::new();
    // Which dates already bound a period.
    let mut used = vec![false; dates.len()];
    between_dates(units, dates, &mut used, &mut found);
    counted(units, dates, &mut used, &mut found);
    apart(units, dates, &mut used, &mut found);
    let taken = |span: Span| {
        let at = dates.partition_point(|d| d.span.end <= span.start);
        dates.get(at).is_some_and(|d| d.span.overlaps(span))
    };
    let mut i = 0;
    while i < units.len() {
        i = match years(units, i) {
            Some((p, next)) if !taken(p.span) => {
                found.push(p);
                next
            }
            _ => i + 1,
        };
    }
    found.sort_by_key(|p| p.span);
    found
}

fn exact(span: Span, from: Date, to: Date) -> Option<PeriodFact> {
    (from <= to).then_some(())?;
    let single_year = (to - from).get_days() <= 366;
    Some(PeriodFact { span, from, to, exact: true, single_year })
}

/// "1 augustus 2014 tot en met 31 juli 2018", "01-08-2014 – 31-07-2016", "augustus 2022 tot en met juli 2026".
fn between_dates(units: &Units, dates: &[DateFact], used: &mut [bool], out: &mut Vec<PeriodFact>) {
    for (k, pair) in dates.windows(2).enumerate() {
        let (a, b) = (pair[0], pair[1]);
        let after = units.at(a.span.end);
        let Some((kind, mut next)) = joint(units, after, after.saturating_sub(1)) else { continue };
        if matches!(units.norm(next), "en" | "uiterlijk" | "de") {
            next += 1;
        }
        if units.get(next).is_none_or(|u| u.span.start != b.span.start) {
            continue;
        }
        let Some((start, end)) = ends(a.when, b.when, kind) else { continue };
        // "van de zomer van 2022 tot de zomer van 2026": school years.
        let vague = |w: When| matches!(w, When::Range { from, to, .. } if (to - from).get_days() > 31);
        if vague(a.when) || vague(b.when) {
            let summers = [start, bounds(b.when).map_or(end, |x| x.0)].map(|d| d.month() == 6);
            if summers == [true, true] {
                let (from, to) = (first_of_august(start.year()), bounds(b.when).and_then(|x| end_of_july(x.0.year())));
                if let (Some(from), Some(to)) = (from, to) {
                    out.push(PeriodFact { span: a.span.join(b.span), from, to, exact: false, single_year: (to - from).get_days() <= 366 });
                    used[k..k + 2].fill(true);
                }
            }
            continue;
        }
        // A period of a few days or weeks is no period in our sense.
        if (end - start).get_days() < 80 {
            continue;
        }
        if let Some(p) = exact(a.span.join(b.span), start, end) {
            out.push(p);
            used[k..k + 2].fill(true);
        }
    }
}

fn ends(a: When, b: When, kind: Joint) -> Option<(Date, Date)> {
    let (b_from, b_to, is_day) = bounds(b)?;
    let start = match a {
        // "van 1 augustus tot en met 31 juli 2018": the last such day before.
        When::DayMonth { month, day } => {
            let this = Date::new(b_from.year(), month, day).ok()?;
            if this < b_from { this } else { Date::new(b_from.year() - 1, month, day).ok()? }
        }
        // A year taken from the context is right only if the order is.
        When::Day { date, inferred: true } if date > b_from => Date::new(b_from.year() - 1, date.month(), date.day()).ok()?,
        _ => bounds(a)?.0,
    };
    let end = if !is_day {
        if kind == Joint::Exclusive { day_before(b_from)? } else { b_to }
    } else {
        let month_end = b_from.day() == b_from.days_in_month();
        let full_turn = b_from.day() == start.day() && b_from.month() == start.month();
        match kind {
            Joint::Inclusive => b_from,
            // "tot 31 juli 2018" means the last day too.
            Joint::Exclusive if month_end => b_from,
            Joint::Exclusive => day_before(b_from)?,
            Joint::Dash if full_turn => day_before(b_from)?,
            Joint::Dash => b_from,
        }
    };
    Some((start, end))
}

/// "vier schooljaren, te beginnen op 1 augustus 2026", "voor de duur van vier jaar vanaf 1 augustus 2022".
fn counted(units: &Units, dates: &[DateFact], used: &mut [bool], out: &mut Vec<PeriodFact>) {
    for (k, d) in dates.iter().enumerate() {
        let start = match d.when {
            When::Day { date, .. } => date,
            When::Range { from, to, .. } if (to - from).get_days() <= 31 => from,
            _ => continue,
        };
        if used[k] {
            continue;
        }
        let first = units.at(d.span.start);
        if first == 0 || !opens_period(units, first) {
            continue;
        }
        let sentence = units.sentence(first);
        let last = units.at(d.span.end);
        let mut best: Option<(usize, usize, i32)> = None;
        for i in sentence.clone().filter(|&i| i + 30 >= first && i <= last + 30) {
            let Some((years, unit_at)) = year_count(units, i) else { continue };
            if !sentence.contains(&unit_at) || !duration_cue(units, i, unit_at) {
                continue;
            }
            let distance = if i < first { first - unit_at } else { i - last };
            if best.is_none_or(|b| distance < if b.0 < first { first - b.1 } else { b.0 - last }) {
                best = Some((i, unit_at, years));
            }
        }
        let Some((i, unit_at, years)) = best else { continue };
        let end = Duration::new().try_years(years).ok().and_then(|s| start.checked_add(s).ok()).and_then(day_before);
        if let Some(p) = end.and_then(|end| exact(units.span(i, unit_at).join(d.span), start, end)) {
            out.push(PeriodFact { single_year: years == 1, ..p });
            used[k] = true;
        }
    }
}

/// Start and end told apart: "treedt in werking op 1 augustus 2016 en vervalt op 31 juli 2020", rows "Van | 1-8-2020" and "Tot en met |
/// 31-7-2025".
fn apart(units: &Units, dates: &[DateFact], used: &mut [bool], out: &mut Vec<PeriodFact>) {
    for (k, end) in dates.iter().enumerate() {
        let When::Day { date: last, .. } = end.when else { continue };
        let at = units.at(end.span.start);
        // 1 August to 31 July (or 1 August) years later is a stretch of school years, whatever verbs stand around it.
        let school_end = match (last.month(), last.day()) {
            (7, 31) => Some(Joint::Inclusive),
            (8, 1) => Some(Joint::Exclusive),
            _ => None,
        };
        let told = closes_period(units, at);
        let Some(kind) = told.or(school_end) else { continue };
        if used[k] {
            continue;
        }
        let around = (k.saturating_sub(3)..k).rev().chain(k + 1..(k + 3).min(dates.len()));
        for j in around {
            let start = dates[j];
            let When::Day { date: first, .. } = start.when else { continue };
            let from = units.at(start.span.start);
            let days = (last - first).get_days();
            if used[j] || !(300..=3300).contains(&days) {
                continue;
            }
            let (a, b) = (from.min(at), from.max(at));
            let rows = |i: usize| {
                units
                    .get(i)
                    .and_then(|u| units.doc.blocks.get(u.block as usize))
                    .filter(|b| matches!(b.kind, BlockKind::TableRow | BlockKind::ListItem))
            };
            let next_row = units.all[b].block == units.all[a].block + 1 && rows(a).is_some() && rows(b).is_some();
            let near = units.same_block(a, b) && units.all[b].sentence - units.all[a].sentence <= 1;
            let label = next_row
                && matches!(units.before(from, 1), "|" | ":")
                && matches!(
                    units.before(from, 2),
                    "van" | "vanaf" | "ingangsdatum" | "begindatum" | "startdatum" | "start" | "begin" | "plan"
                );
            let school_years = (first.month(), first.day()) == (8, 1) && school_end.is_some();
            let opened = told.is_some() && opens_period(units, from) || school_years;
            let opening = start.span.start < 3000.max(units.doc.text.len() as u32 / 8);
            let of_plan = said_of_plan(units, a, b) || school_years && opening;
            if !(near && opened && of_plan || label && told.is_some()) {
                continue;
            }
            if let Some((from, to)) = ends(start.when, end.when, kind)
                && let Some(p) = exact(start.span.join(end.span), from, to)
            {
                out.push(p);
                (used[j], used[k]) = (true, true);
                break;
            }
        }
    }
}

/// Words before a date that say something ends there.
fn closes_period(units: &Units, at: usize) -> Option<Joint> {
    for back in 1..=5 {
        let i = at.checked_sub(back).filter(|&i| units.same_block(i, at))?;
        match units.norm(i) {
            "met" if units.before(i, 1) == "en" && units.before(i, 2) == "tot" => return Some(Joint::Inclusive),
            "m" if units.before(i, 1) == "/" && units.before(i, 2) == "t" => return Some(Joint::Inclusive),
            "vervalt" | "eindigt" | "eindigde" | "eindigend" | "einddatum" | "einde" | "afloopt" | "bestaan" | "verloopt" | "stopt"
            | "eind" => {
                return Some(Joint::Inclusive);
            }
            "tot" => return Some(Joint::Exclusive),
            "op" | "uiterlijk" | "|" | ":" | "per" | "rechtswege" | "van" | "en" | "de" => {}
            _ if units.get(i).is_some_and(|u| matches!(u.class, Class::Weekday(_))) => {}
            _ => return None,
        }
    }
    None
}

/// Whether the sentences of units `a` to `b` speak of the plan.
fn said_of_plan(units: &Units, a: usize, b: usize) -> bool {
    (units.sentence(a).start..units.sentence(b).end).any(|i| plan_word(units.norm(i)) || units.norm(i) == "planperiode")
        || taken_up(units, a)
}

/// "Dit is ons plan. Het geldt van …": a pronoun takes up the plan of the sentence before.
fn taken_up(units: &Units, at: usize) -> bool {
    let first = units.sentence(at).start;
    let pronoun = matches!(units.norm(first), "het" | "dit" | "hij" | "deze");
    let verb = matches!(
        units.norm(first + 1),
        "loopt"
            | "liep"
            | "geldt"
            | "gold"
            | "start"
            | "startte"
            | "begint"
            | "begon"
            | "gaat"
            | "ging"
            | "bestrijkt"
            | "beslaat"
            | "duurt"
            | "treedt"
            | "trad"
            | "is"
    );
    if !(pronoun && verb) || first == 0 || !units.same_block(first - 1, first) {
        return false;
    }
    let before = units.sentence(first - 1);
    let own = |i: usize| {
        units.norm(i).ends_with("ondersteuningsplan")
            || units.norm(i) == "plan" && matches!(units.before(i, 1), "dit" | "ons" | "het" | "nieuwe")
    };
    before.clone().any(own) && !before.clone().any(|i| unlike_plan(units.norm(i)) && units.norm(i) != "nieuwe")
}

/// A count of years at `i` and the unit of its noun.
fn year_count(units: &Units, i: usize) -> Option<(i32, usize)> {
    let (value, mut next) = numbers::numeral(units, i).or_else(|| (units.norm(i) == "een").then_some((1.0, i + 1)))?;
    if matches!(units.norm(next), "volle" | "hele" | "opeenvolgende" | "achtereenvolgende") {
        next += 1;
    }
    if units.norm(next) == "maanden" && value >= 12.0 && value % 12.0 == 0.0 && value <= 144.0 && units.same_sentence(i, next) {
        return Some(((value / 12.0) as i32, next));
    }
    let year = matches!(units.norm(next), "jaar" | "jaren" | "schooljaar" | "schooljaren" | "cursusjaren" | "kalenderjaren");
    (year && value.fract() == 0.0 && (1.0..=12.0).contains(&value) && units.same_sentence(i, next)).then_some((value as i32, next))
}

/// Words before a date that say something starts there.
fn opens_period(units: &Units, first: usize) -> bool {
    (1..=4).any(|back| {
        let Some(i) = first.checked_sub(back).filter(|&i| units.same_sentence(i, first)) else { return false };
        matches!(
            units.norm(i),
            "vanaf"
                | "ingang"
                | "ingaande"
                | "ingaand"
                | "beginnen"
                | "beginnend"
                | "beginnende"
                | "begint"
                | "begon"
                | "begin"
                | "start"
                | "startte"
                | "startten"
                | "starten"
                | "startend"
                | "startdatum"
                | "ingangsdatum"
                | "per"
                | "sinds"
        ) || units.norm(i) == "in" && matches!(units.before(i, 1), "gaat" | "treedt" | "ging" | "werking" | "plan")
            || units.norm(i) == "werking"
            || units.norm(i) == "van" && matches!(units.before(i, 1), "loopt" | "geldt")
            || units.norm(i) == "i" && units.run(i, &["i", ".", "g", "."])
    }) || (1..=8).any(|back| back <= first && units.before(first, back) == "m" && units.run(first - back, &["m", ".", "i", ".", "v"]))
}

/// Words around a count of years that make it a duration.
fn duration_cue(units: &Units, i: usize, unit_at: usize) -> bool {
    let near = (1..=5).filter_map(|b| i.checked_sub(b)).filter(|&k| units.same_sentence(k, i)).any(|k| {
        matches!(
            units.norm(k),
            "duur"
                | "periode"
                | "looptijd"
                | "geldt"
                | "geldig"
                | "tijdvak"
                | "termijn"
                | "voor"
                | "bestrijkt"
                | "beslaat"
                | "omvat"
                | "loopt"
                | "geldigheidsduur"
                | "planperiode"
                | "duurt"
        )
    });
    let after = (1..=4).any(|k| {
        units.same_sentence(unit_at, unit_at + k)
            && matches!(units.norm(unit_at + k), "geldig" | "beginnen" | "beginnend" | "ingaande" | "vanaf" | "looptijd" | "ingang")
    });
    near || after
}

/// A year of four digits at `i`.
fn year4(units: &Units, i: usize) -> Option<u32> {
    let n = units.number(i)?;
    (n.digits == 4 && (1990..=2060).contains(&n.value)).then_some(n.value)
}

/// Joined with a number before it: the later part of something else.
fn tail_of_number(units: &Units, i: usize) -> bool {
    units.get(i).is_some_and(|u| u.joined)
        && i > 0
        && (units.number(i - 1).is_some()
            || units.get(i - 1).is_some_and(|w| w.kind == Kind::Word)
            || matches!(units.mark(i - 1), "-" | "/" | "." | ",")
                && units.get(i - 1).is_some_and(|m| m.joined)
                && i > 1
                && units.number(i - 2).is_some())
}

/// Joined with a number after it.
fn head_of_number(units: &Units, i: usize) -> bool {
    matches!(units.mark(i), "-" | "/" | "." | ",")
        && [i, i + 1].iter().all(|&k| units.get(k).is_some_and(|u| u.joined))
        && units.number(i + 1).is_some()
}

/// One school year at `i`: its first year, the unit after it, and whether the notation alone makes it sure.
fn school_year(units: &Units, i: usize) -> Option<(u32, usize)> {
    let quote = units.mark(i) == "'";
    let at = i + usize::from(quote);
    let n = *units.number(at)?;
    if tail_of_number(units, i) {
        return None;
    }
    let separator = units.mark(at + 1);
    if !matches!(separator, "-" | "/" | "|") || !units.same_block(at, at + 2) {
        return None;
    }
    let quote2 = units.mark(at + 2) == "'";
    let second_at = at + 2 + usize::from(quote2);
    let m = *units.number(second_at).filter(|_| units.same_block(at, second_at))?;
    let tight = (at + 1..=second_at).all(|k| units.get(k).is_some_and(|u| u.joined));
    let after = second_at + 1;
    if head_of_number(units, after) || units.get(after).is_some_and(|u| u.joined && u.kind != Kind::Mark) {
        return None;
    }
    let first = match n.digits {
        4 if !quote => year4(units, at)?,
        2 if quote || (8..=50).contains(&n.value) => 2000 + n.value,
        _ => return None,
    };
    let second = match m.digits {
        4 if n.digits == 4 => year4(units, second_at)?,
        2 => 2000 + m.value,
        _ => return None,
    };
    if second != first + 1 {
        return None;
    }
    if separator == "|" && !tight {
        return None;
    }
    if n.digits == 2 && !quote && separator != "|" {
        // "17-18" is a school year only where something says so.
        let told = (1..=3).any(|b| i.checked_sub(b).is_some_and(|k| units.same_sentence(k, i) && is_school_year_word(units.norm(k))));
        let alone = alone_in_cell(units, i, after);
        if !(tight && (told || alone)) {
            return None;
        }
    }
    Some((first, after))
}

fn is_school_year_word(norm: &str) -> bool {
    matches!(norm, "schooljaar" | "schooljaren" | "cursusjaar" | "cursusjaren" | "studiejaar" | "leerjaar" | "jaargang" | "seizoen" | "sj")
}

/// Whether units `i..after` are all of a table cell or block.
fn alone_in_cell(units: &Units, i: usize, after: usize) -> bool {
    let opens = i == 0 || !units.same_block(i - 1, i) || units.mark(i - 1) == "|";
    let closes = !units.same_block(after, i) || units.mark(after) == "|";
    let table = units
        .get(i)
        .and_then(|u| units.doc.blocks.get(u.block as usize))
        .is_some_and(|b| matches!(b.kind, BlockKind::TableHead | BlockKind::TableRow));
    opens && closes && table
}

/// Skips "schooljaar", "het schooljaar", "de jaren" after a joint.
fn skip_year_word(units: &Units, mut i: usize) -> usize {
    if matches!(units.norm(i), "het" | "de" | "en") {
        i += 1;
    }
    if is_school_year_word(units.norm(i)) {
        i += 1;
    }
    i
}

/// A period in years that starts at `i`.
fn years(units: &Units, i: usize) -> Option<(PeriodFact, usize)> {
    let u = units.get(i)?;
    if u.kind == Kind::Word {
        return if u.flags & flag::YEAR_NOUN != 0 { named_year(units, i) } else { None };
    }
    let school = |from: u32, to: u32, last: usize, single: bool| {
        let p = PeriodFact {
            span: units.span(i, last),
            from: first_of_august(from as i16)?,
            to: end_of_july(to as i16)?,
            exact: false,
            single_year: single,
        };
        Some((p, last + 1))
    };
    if let Some((first, after)) = school_year(units, i) {
        // "2014-2015 tot en met 2017-2018".
        if let Some((kind, next)) = joint(units, after, i) {
            let next = skip_year_word(units, next);
            if let Some((second, end)) = school_year(units, next).filter(|_| units.same_block(i, next))
                && second > first
                && second - first <= 12
            {
                let to = if kind == Joint::Exclusive { second } else { second + 1 };
                return school(first, to, end - 1, to == first + 1);
            }
        }
        // "'16-'17, '17-'18, '18-'19 en '19-'20": consecutive years of a plan.
        let (mut last, mut end) = (first, after);
        while matches!(units.norm(end), "," | "en") {
            match school_year(units, end + 1).filter(|_| units.same_sentence(i, end + 1)) {
                Some((y, next)) if y == last + 1 => (last, end) = (y, next),
                _ => break,
            }
        }
        if last > first && units.sentence(i).any(|k| plan_word(units.norm(k))) {
            return school(first, last + 1, end - 1, false);
        }
        return school(first, first + 1, after - 1, true);
    }
    let first = year4(units, i)?;
    if tail_of_number(units, i) || units.mark(i + 1) == "." && head_of_number(units, i + 1) {
        return None;
    }
    let tight = |k: usize| units.get(k).is_some_and(|u| u.joined);
    // "2014-2015-2016": one school year after another.
    if units.mark(i + 1) == "-" && units.mark(i + 3) == "-" && (i + 1..=i + 4).all(tight) {
        let (second, third) = (year4(units, i + 2)?, year4(units, i + 4)?);
        return if second == first + 1 && third == first + 2 && !head_of_number(units, i + 5) {
            school(first, third, i + 4, false)
        } else {
            None
        };
    }
    let (kind, next) = match units.mark(i + 1) {
        "/" if units.same_block(i, i + 2) => (Joint::Dash, i + 2),
        _ => joint(units, i + 1, i)?,
    };
    if !units.same_block(i, next) {
        return None;
    }
    let quote = units.mark(next) == "'";
    let at = next + usize::from(quote);
    let n = *units.number(at)?;
    let second = match n.digits {
        4 => year4(units, at)?,
        // "2014-'18"; "2014-18" only where a plan or period is spoken of.
        2 if quote
            || kind == Joint::Dash
                && (1..=4).any(|b| i.checked_sub(b).is_some_and(|k| units.same_sentence(k, i) && plan_word(units.norm(k)))) =>
        {
            2000 + n.value
        }
        _ => return None,
    };
    if second <= first + 1
        || second - first > 12
        || head_of_number(units, at + 1)
        || units.get(at + 1).is_some_and(|u| u.joined && u.kind == Kind::Number)
    {
        return None;
    }
    let told =
        |word: &dyn Fn(&str) -> bool| (1..=3).any(|b| i.checked_sub(b).is_some_and(|k| units.same_sentence(k, i) && word(units.norm(k))));
    // "in de jaren 2015 tot en met 2017" counts whole years, unless it is said of a plan.
    let calendar = told(&|w| matches!(w, "kalenderjaren" | "boekjaren" | "begrotingsjaren" | "verslagjaren"))
        || kind == Joint::Inclusive && told(&|w| w == "jaren") && !units.sentence(i).any(|k| plan_word(units.norm(k)));
    if calendar {
        let end = if kind == Joint::Exclusive { second - 1 } else { second };
        let p = PeriodFact {
            span: units.span(i, at),
            from: Date::new(first as i16, 1, 1).ok()?,
            to: Date::new(end as i16, 12, 31).ok()?,
            exact: false,
            single_year: false,
        };
        return Some((p, at + 1));
    }
    school(first, second, at, false)
}

/// "kalenderjaar 2015", "verslagjaar 2015", "jaarverslag 2015", "schooljaar 2014".
fn named_year(units: &Units, i: usize) -> Option<(PeriodFact, usize)> {
    let at = i + 1 + usize::from(units.norm(i + 1) == "van");
    let year = year4(units, at).filter(|_| units.same_sentence(i, at))?;
    let next = at + 1;
    if matches!(units.mark(next), "-" | "/") && units.number(next + 1).is_some() && units.same_block(i, next + 1)
        || joint(units, next, i).is_some_and(|(_, k)| units.number(k).is_some() || units.mark(k) == "'")
    {
        return None;
    }
    let p = PeriodFact {
        span: units.span(at, at),
        from: Date::new(year as i16, 1, 1).ok()?,
        to: Date::new(year as i16, 12, 31).ok()?,
        exact: false,
        single_year: true,
    };
    Some((p, next))
}

fn plan_word(norm: &str) -> bool {
    norm.ends_with("ondersteuningsplan") || matches!(norm, "looptijd" | "planperiode" | "plan" | "periode" | "plantermijn" | "plantijd")
}

/// One mention of a possible plan period with its weight.
struct Candidate {
    period: PeriodFact,
    score: i32,
    /// Something here says that it is the period of a plan.
    told: bool,
}

/// All mentions of one period.
struct Group {
    period: PeriodFact,
    score: i32,
    told: bool,
    mentions: Vec<(i32, Span)>,
}

/// The period of this plan (in a jaarverslag: of the plan in force): what the cover, the colofon and the sentences about its term say.
pub(super) fn plan_period(units: &Units, periods: &[PeriodFact]) -> Option<PlanPeriod> {
    let mut candidates: Vec<Candidate> = Vec::new();
    // A document has a handful; a hostile one may have any number.
    for p in periods.iter().filter(|p| plan_like(p)).take(1000) {
        let (score, told) = score(units, *p);
        candidates.push(Candidate { period: *p, score, told });
    }
    // Running heads repeat the title on every page: each distinct one counts once, and well.
    let running: Vec<(i16, i16)> = units.running_heads().into_iter().filter_map(years_in_title).collect();
    // Group by days; years alone support days that fall in them.
    let mut groups: Vec<Group> = Vec::new();
    for c in &candidates {
        let mention = (c.score, c.period.span);
        match groups.iter_mut().find(|g| g.period.from == c.period.from && g.period.to == c.period.to) {
            Some(g) => {
                g.score += c.score.clamp(-6, 12);
                g.told |= c.told;
                g.mentions.push(mention);
                if c.period.exact && !g.period.exact {
                    g.period = c.period;
                }
            }
            None => groups.push(Group { period: c.period, score: c.score.clamp(-6, 12), told: c.told, mentions: vec![mention] }),
        }
    }
    for g in &mut groups {
        let (from, to) = (g.period.from.year(), g.period.to.year());
        if running.iter().any(|&(a, b)| from == a && to == b) {
            g.score += 6;
            g.told = true;
        }
    }
    let totals: Vec<i32> = groups
        .iter()
        .map(|g| {
            let supports = |o: &&Group| {
                let (p, q) = (o.period, g.period);
                !p.exact && q.exact && p.from != q.from && p.from.year() == q.from.year() && (p.to.year() - q.to.year()).abs() <= 1
            };
            g.score + groups.iter().filter(supports).map(|o| o.score.max(0)).sum::<i32>()
        })
        .collect();
    let best = (0..groups.len())
        .filter(|&k| groups[k].told)
        .max_by_key(|&k| (totals[k], groups[k].period.exact, std::cmp::Reverse(groups[k].period.span)))?;
    if totals[best] < 3 {
        return None;
    }
    let Group { period, mentions, .. } = groups.swap_remove(best);
    let mut evidence: Vec<(i32, Span)> = mentions.into_iter().filter(|m| m.0 > 0).collect();
    evidence.sort_by_key(|&(score, span)| (std::cmp::Reverse(score), span));
    Some(PlanPeriod { period, evidence: evidence.into_iter().map(|e| e.1).collect() })
}

/// Longer than a year, or one year stated in days; a calendar year is that of a report or of accounts.
fn plan_like(p: &PeriodFact) -> bool {
    let days = (p.to - p.from).get_days();
    let calendar_year = p.from.year() == p.to.year() && (p.from.month(), p.from.day(), p.to.month(), p.to.day()) == (1, 1, 12, 31);
    !p.single_year && days > 366 || p.exact && (360..=366).contains(&days) && !calendar_year
}

fn years_in_title(head: &str) -> Option<(i16, i16)> {
    // Page numbers and the like need no reading.
    if !head.contains("20") && !head.contains("19") {
        return None;
    }
    let doc = crate::document::Document { text: head.to_string(), ..Default::default() };
    let (tokens, vocabulary) = crate::language::tokens::tokenise(&doc);
    let units = Units::new(&doc, &tokens, &vocabulary);
    if (0..units.len()).any(|i| unlike_plan(units.norm(i))) {
        return None;
    }
    (0..units.len()).find_map(|i| years(&units, i)).filter(|(p, _)| plan_like(p)).map(|(p, _)| (p.from.year(), p.to.year()))
}

/// Words that make a span of years that of something else.
fn unlike_plan(norm: &str) -> bool {
    matches!(
        norm,
        "vorige"
            | "vorig"
            | "voorgaande"
            | "voorgaand"
            | "voorafgaande"
            | "afgelopen"
            | "terugblik"
            | "terugkijkend"
            | "oude"
            | "toenmalige"
            | "voormalige"
            | "zorgplan"
            | "zorgplannen"
            | "koersplan"
            | "huisvestingsplan"
            | "formatieplan"
            | "daarvoor"
            | "eerdere"
            | "eerder"
            | "evaluatie"
            | "geevalueerd"
            | "prognose"
            | "prognoses"
            | "volgende"
            | "nieuwe"
            | "toekomstige"
            | "visiedocument"
            | "convenant"
            | "verslagperiode"
            | "boekjaar"
            | "concessie"
            | "accountant"
            | "huur"
            | "contract"
    ) || ["begroting", "raming", "overeenkomst", "beleidsplan", "kader", "agenda", "nota", "programma", "akkoord", "jaarplan", "rekening"]
        .iter()
        .any(|x| norm.ends_with(x))
}

/// Whether the words before "gold" set it in a year of the period: "In 2022 gold het plan 2021-2025", "In het verslagjaar gold …".
fn in_reported_year(units: &Units, before: std::ops::Range<usize>, p: PeriodFact) -> bool {
    let year = |norm: &str| norm.len() == 4 && norm.parse::<i16>().is_ok_and(|y| (p.from.year()..=p.to.year()).contains(&y));
    before.rev().take(4).any(|i| year(units.norm(i)) || matches!(units.norm(i), "verslagjaar" | "verslagperiode" | "boekjaar"))
}

/// How well a mention fits the period of this plan, and whether it is said of a plan at all.
fn score(units: &Units, p: PeriodFact) -> (i32, bool) {
    let doc = units.doc;
    let first = units.at(p.span.start);
    let last = units.at(p.span.end).saturating_sub(1).max(first);
    let Some(u) = units.get(first) else { return (0, false) };
    let Some(block) = doc.blocks.get(u.block as usize) else { return (1, false) };
    let sentence = units.sentence(first);
    let mut score = 1;
    let mut told = false;
    if p.exact {
        score += 2;
    }
    let heading = matches!(block.kind, BlockKind::Heading(_));
    // What the sentence, row or title says, the nearer the better.
    let from = sentence.start.max(first.saturating_sub(25));
    let to = sentence.end.min(last + 20);
    let (mut of_other, mut of_plan) = (false, false);
    for i in from..to {
        if (first..=last).contains(&i) {
            continue;
        }
        let distance = if i < first { first - i } else { i - last };
        let word = units.norm(i);
        let near = distance <= 8;
        // In the first pages what holds for years is the plan, whatever it is called.
        let opening = p.span.start < 3000.max(doc.text.len() as u32 / 8);
        told |= near
            && opening
            && matches!(word, "geldt" | "gelden" | "loopt" | "beslaat" | "bestrijkt" | "beginnen" | "begint" | "schooljaren");
        // "OP 2022-2026", in capitals and right before it.
        let short =
            i + 1 == first && matches!(word, "op" | "osp") && units.get(i).is_some_and(|u| matches!(doc.slice(u.span), "OP" | "OSP"));
        let own = word.ends_with("ondersteuningsplan")
            || short
            || matches!(word, "looptijd" | "planperiode" | "geldigheidsduur" | "plantermijn" | "planjaren");
        // "Een strategisch plan voor 2017-2021" is some plan, not this one.
        let some = word == "plan" && [1, 2].iter().any(|&k| i >= from + k && units.before(i, k) == "een");
        // "… en sluit aan op dit plan": beside the plan, not the plan.
        let beside = i > last && matches!(units.before(i, 2), "op" | "bij" | "naast" | "met" | "aan" | "uit" | "in" | "binnen" | "als");
        told |= own || word == "plan" && !some && !beside && (near || matches!(units.before(i, 1), "dit" | "het" | "ons"));
        // Plans of others, leases, terms of office.
        let foreign = word.ends_with("plan") && word != "plan" && !own
            || word.starts_with("huur")
            || word.starts_with("zittings")
            || word.starts_with("benoem")
            || word.starts_with("contract");
        if foreign && near {
            score -= 4;
        }
        if i < first {
            of_other |= (foreign || word.starts_with("convenant") || unlike_plan(word))
                && !matches!(word, "nieuwe" | "volgende" | "evaluatie" | "geevalueerd");
            of_plan |= own || plan_word(word);
        }
        score += match word {
            "looptijd" | "planperiode" | "geldigheidsduur" | "plantermijn" | "planjaren" => 6,
            "geldt" | "loopt" | "bestrijkt" | "beslaat" | "betrekking" | "omvat" | "geldig" | "tijdvak" => 3,
            // What ran is no longer in force, unless in the year that a report is about.
            "gold" | "liep" | "besloeg" | "bestreek" | "gegolden" if near && !in_reported_year(units, from..i, p) => -5,
            _ if word.ends_with("ondersteuningsplan") || short => {
                if near {
                    4
                } else {
                    2
                }
            }
            "plan" => {
                if near {
                    3
                } else {
                    1
                }
            }
            "periode" if near => 1,
            _ => 0,
        };
        // "Dit plan voor 2018-2022": this very document.
        let plan = word == "plan" || word.ends_with("ondersteuningsplan");
        if near && plan && i > from && matches!(units.norm(i - 1), "dit" | "onderhavig" | "onderhavige" | "voorliggend" | "voorliggende") {
            score += 3;
        }
        // A new or former plan counts against it only right beside it.
        if near && unlike_plan(word) {
            score -= match word {
                "nieuwe" | "volgende" | "evaluatie" | "geevalueerd" | "eerder" => 2,
                _ => 6,
            };
        }
        if near && word == "eerste" && matches!(units.norm(i + 1), "planperiode" | "ondersteuningsplan") && !heading {
            score -= 1;
        }
    }
    // "Het convenant loopt van … en sluit aan op dit plan": the plan is named, but the term is another's.
    if of_other && !of_plan {
        score -= 4;
        told = false;
    }
    // "Het vorige ondersteuningsplan gold van …", "het oude plan liep …": said of that very plan, unless this one is named in between.
    for i in from..first {
        let former =
            matches!(units.norm(i), "vorig" | "vorige" | "voorgaand" | "voorgaande" | "oude" | "toenmalige" | "voormalige" | "verlopen");
        let plan = |k: usize| plan_word(units.norm(k));
        if former && (i + 1..=i + 2).any(|k| k < first && plan(k)) && !(i + 3..first).any(plan) {
            return (-20, false);
        }
    }
    // "Voor u ligt de opvolger, voor 2018-2022."
    if (from..first)
        .any(|i| units.norm(i) == "opvolger" || units.norm(i) == "voor" && units.norm(i + 1) == "u" && units.norm(i + 2) == "ligt")
    {
        score += 8;
        told = true;
    }
    if taken_up(units, first) {
        score += 4;
        told = true;
    }
    // Whole school years in days, right under a heading about this plan or its term.
    let school_years = p.exact && (p.from.month(), p.from.day()) == (8, 1) && (p.to.month(), p.to.day()) == (7, 31);
    let about_term = |i: usize| {
        matches!(units.norm(i), "looptijd" | "planperiode" | "geldigheid" | "geldigheidsduur")
            || units.norm(i) == "plan" && matches!(units.before(i, 1), "dit" | "ons" | "het")
    };
    if school_years && !heading && units.headings(block.section).next().is_some_and(|h| units.within(h).any(about_term)) {
        score += 2;
        told = true;
    }
    // "Hoe ging het de vorige keer? Het plan 2016-2020 werd …": the sentence before sets the time.
    if sentence.start > 0 && units.same_block(sentence.start - 1, first) {
        let before = units.sentence(sentence.start - 1);
        if before.len() <= 12 && before.clone().any(|i| unlike_plan(units.norm(i))) {
            score -= 4;
        }
    }
    // A row "Voor | schooljaar 2014/2015 tot en met …" of the colofon, or a title on the cover.
    let early = p.span.start < 1500.max(doc.text.len() as u32 / 40);
    if early {
        score += 2;
        // "Voor | schooljaar 2014/2015 tot en met schooljaar 2017/2018" in the colofon, or years alone on the cover.
        told |= matches!(block.kind, BlockKind::TableRow | BlockKind::Heading(_)) || doc.text.len() > 20_000 && p.span.start < 400;
        // A line of the cover: of a document without a word for plan in its title, too.
        told |= block.kind == BlockKind::Paragraph && units.get(first).is_some_and(|u| u.block <= 4) && block.span.len() <= 90;
        // A line of the cover that says nothing but the period.
        if p.exact && block.span.len() <= p.span.len() + 12 {
            told = true;
            score += 3;
        }
    }
    if heading && (block.section <= 1 || early) {
        score += 2;
    }
    if block.kind == BlockKind::Contents {
        score -= 1;
    }
    // The heading above says that all of this is about something else.
    for title in units.headings(block.section) {
        let range = units.within(title);
        if !range.contains(&first)
            && range.into_iter().any(|i| matches!(units.norm(i), "terugblik" | "vorige" | "evaluatie" | "begroting" | "meerjarenbegroting"))
        {
            score -= 4;
            break;
        }
    }
    if units.get(last + 1).is_some_and(|v| v.class == Class::Plain)
        && units.same_sentence(last, last + 1)
        && units.norm(last + 1) == "eindigt"
    {
        score -= 1;
    }
    (score, told)
}
