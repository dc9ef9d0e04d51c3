//! Numbers in words and digits, terms, amounts and percentages.

use super::units::{Class, Unit, Units, flag};
use crate::document::Span;
use crate::language::Kind;

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeUnit {
    /// uur
    Hour,
    /// dag, kalenderdag
    Day,
    /// schooldag
    SchoolDay,
    /// werkdag
    WorkDay,
    /// week
    Week,
    /// schoolweek, lesweek
    SchoolWeek,
    /// maand
    Month,
    /// kwartaal
    Quarter,
    /// jaar
    Year,
    /// schooljaar, cursusjaar
    SchoolYear,
}

/// What a number says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Quantity {
    /// A number and no more.
    Number(f64),
    /// A stretch of time: "zes weken", "vier tot zes weken" (then `from` is less than `to`).
    Term {
        /// The lower end.
        from: f64,
        /// The upper end, or the same.
        to: f64,
        /// Of what.
        unit: TimeUnit,
    },
    /// Euros.
    Euro(f64),
    /// Per cent.
    Percent(f64),
}

/// A number in the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NumberFact {
    /// Where.
    pub span: Span,
    /// What.
    pub quantity: Quantity,
}

const UNITS: [(&str, u32); 20] = [
    ("een", 1),
    ("twee", 2),
    ("drie", 3),
    ("vier", 4),
    ("vijf", 5),
    ("zes", 6),
    ("zeven", 7),
    ("acht", 8),
    ("negen", 9),
    ("tien", 10),
    ("elf", 11),
    ("twaalf", 12),
    ("dertien", 13),
    ("veertien", 14),
    ("vijftien", 15),
    ("zestien", 16),
    ("zeventien", 17),
    ("achttien", 18),
    ("negentien", 19),
    ("nul", 0),
];

const TENS: [(&str, u32); 8] = [
    ("twintig", 20),
    ("dertig", 30),
    ("veertig", 40),
    ("vijftig", 50),
    ("zestig", 60),
    ("zeventig", 70),
    ("tachtig", 80),
    ("negentig", 90),
];

fn below_hundred(s: &str) -> Option<u32> {
    if let Some(&(_, n)) = UNITS.iter().chain(&TENS).find(|(w, _)| *w == s) {
        return Some(n);
    }
    let &(tens, n) = TENS.iter().find(|(w, _)| s.ends_with(w))?;
    let unit = s.strip_suffix(tens)?.strip_suffix("en")?;
    UNITS[..9].iter().find(|(w, _)| *w == unit).map(|(_, u)| n + u)
}

/// "honderd", "tweehonderdvijf", "negentienhonderdnegentig".
fn below_ten_thousand(s: &str) -> Option<u32> {
    let Some(at) = s.find("honderd") else { return below_hundred(s) };
    let (hundreds, rest) = (&s[..at], &s[at + "honderd".len()..]);
    let hundreds = if hundreds.is_empty() { 1 } else { below_hundred(hundreds).filter(|&n| n > 0)? };
    let rest = rest.strip_prefix("en").unwrap_or(rest);
    Some(hundreds * 100 + if rest.is_empty() { 0 } else { below_hundred(rest)? })
}

/// The value of a folded Dutch cardinal written as one word ("eenentwintig", "negenentachtig", "tweeduizendtweeentwintig").
pub fn cardinal(norm: &str) -> Option<u32> {
    let stem = norm.as_bytes().get(..3)?;
    if !matches!(
        stem,
        b"een"
            | b"twe"
            | b"dri"
            | b"vie"
            | b"vij"
            | b"zes"
            | b"zev"
            | b"ach"
            | b"neg"
            | b"tie"
            | b"elf"
            | b"twa"
            | b"der"
            | b"vee"
            | b"twi"
            | b"tac"
            | b"hon"
            | b"dui"
            | b"nul"
    ) {
        return None;
    }
    let Some(at) = norm.find("duizend") else { return below_ten_thousand(norm) };
    let (thousands, rest) = (&norm[..at], &norm[at + "duizend".len()..]);
    let thousands = if thousands.is_empty() { 1 } else { below_ten_thousand(thousands).filter(|&n| n > 0 && n < 1000)? };
    let rest = rest.strip_prefix("en").filter(|r| !r.is_empty()).unwrap_or(rest);
    Some(thousands * 1000 + if rest.is_empty() { 0 } else { below_ten_thousand(rest).filter(|&n| n < 1000)? })
}

/// The value of a folded Dutch ordinal written as one word ("eerste", "twaalfde", "eenentwintigste").
pub fn ordinal(norm: &str) -> Option<u32> {
    match norm {
        "eerste" => Some(1),
        "derde" => Some(3),
        "achtste" => Some(8),
        _ => norm.strip_suffix("ste").or_else(|| norm.strip_suffix("de")).and_then(cardinal).filter(|&n| n > 1),
    }
}

/// The unit of time a word names.
pub(super) fn time_unit(norm: &str) -> Option<TimeUnit> {
    Some(match norm {
        "uur" | "uren" => TimeUnit::Hour,
        "dag" | "dagen" | "kalenderdag" | "kalenderdagen" => TimeUnit::Day,
        "schooldag" | "schooldagen" | "lesdagen" => TimeUnit::SchoolDay,
        "werkdag" | "werkdagen" => TimeUnit::WorkDay,
        "week" | "weken" => TimeUnit::Week,
        "schoolweek" | "schoolweken" | "lesweken" | "onderwijsweken" => TimeUnit::SchoolWeek,
        "maand" | "maanden" => TimeUnit::Month,
        "kwartaal" | "kwartalen" => TimeUnit::Quarter,
        "jaar" | "jaren" | "kalenderjaar" | "kalenderjaren" => TimeUnit::Year,
        "schooljaar" | "schooljaren" | "cursusjaar" | "cursusjaren" => TimeUnit::SchoolYear,
        _ => return None,
    })
}

/// A numeral at `i`: its value and the unit after it. Digits with Dutch thousands and decimals ("9.100", "3,5", "4.000,-"), or words.
pub(super) fn numeral(units: &Units, i: usize) -> Option<(f64, usize)> {
    let u = units.get(i)?;
    match u.kind {
        Kind::Word => match u.class {
            Class::Cardinal(n) => Some((f64::from(n), i + 1)),
            _ if units.norm(i) == "anderhalf" || units.norm(i) == "anderhalve" => Some((1.5, i + 1)),
            _ => None,
        },
        Kind::Mark => None,
        Kind::Number => {
            if u.digits > 15 || (u.joined && i > 0 && part_of_code(units, i)) {
                return None;
            }
            let text = |j: usize| units.norm(j);
            let mut value: f64 = text(i).parse().ok()?;
            let mut j = i + 1;
            let joined = |k: usize| units.get(k).is_some_and(|v: &Unit| v.joined);
            let mut groups = 0;
            while units.mark(j) == "." && joined(j) && joined(j + 1) && units.number(j + 1).is_some_and(|n| n.digits == 3) && u.digits <= 3
            {
                value = value * 1000.0 + f64::from(units.number(j + 1)?.value);
                j += 2;
                groups += 1;
            }
            let separator = units.mark(j);
            if (separator == "," || (separator == "." && groups == 0)) && joined(j) && joined(j + 1) {
                if let Some(n) = units.number(j + 1).filter(|n| n.digits <= 4 && (separator == "," || n.digits <= 2)) {
                    if matches!(units.mark(j + 2), "." | "-" | "/" | ":") && joined(j + 2) && joined(j + 3) && units.number(j + 3).is_some()
                    {
                        return None;
                    }
                    value += f64::from(n.value) / 10f64.powi(i32::from(n.digits));
                    j += 2;
                } else if separator == "," && units.mark(j + 1) == "-" {
                    j += 2;
                }
            }
            Some((value, j))
        }
    }
}

/// Whether the number at `i`, joined to what stands before, is a later part of something larger ("PO2814", "12-3", "2.1").
fn part_of_code(units: &Units, i: usize) -> bool {
    let Some(previous) = units.get(i - 1) else { return false };
    match previous.kind {
        Kind::Word | Kind::Number => true,
        Kind::Mark => matches!(units.norm(i - 1), "." | "," | "-" | "/" | ":") && previous.joined && i > 1 && units.number(i - 2).is_some(),
    }
}

fn scale(norm: &str) -> Option<f64> {
    Some(match norm {
        "duizend" => 1e3,
        "miljoen" | "mln" | "mio" => 1e6,
        "miljard" | "mld" => 1e9,
        _ => return None,
    })
}

/// All numbers, terms, amounts and percentages.
pub(super) fn find(units: &Units) -> Vec<NumberFact> {
    let mut facts = Vec::new();
    let mut i = 0;
    while i < units.len() {
        match at(units, i) {
            Some((fact, next)) => {
                facts.push(fact);
                i = next.max(i + 1);
            }
            None => i += 1,
        }
    }
    facts
}

fn at(units: &Units, i: usize) -> Option<(NumberFact, usize)> {
    let u = units.get(i)?;
    if u.kind != Kind::Number && u.flags & flag::AMOUNT == 0 && !matches!(u.class, Class::Cardinal(_)) {
        return None;
    }
    let fact = |quantity, end: usize| Some((NumberFact { span: units.span(i, end - 1), quantity }, end));
    // Currency first.
    if matches!(units.norm(i), "€" | "euro" | "eur") && units.same_block(i, i + 1) {
        if let Some((value, mut end)) = numeral(units, i + 1) {
            let mut factor = 1.0;
            if let Some(f) = scale(units.norm(end)).filter(|_| units.same_block(i, end)) {
                factor = f;
                end += 1;
                if units.mark(end) == "."
                    && units.get(end).is_some_and(|m| m.joined)
                    && units.norm(end - 1).starts_with('m')
                    && units.norm(end - 1).len() == 3
                {
                    end += 1;
                }
            }
            if i > 0 && units.before(i, 1) == "k" && u.joined {
                factor = 1e3;
            }
            return fact(Quantity::Euro(value * factor), end);
        }
        return None;
    }
    if u.kind == Kind::Mark {
        return None;
    }
    // "een week" is a term, "een" by itself no number.
    if units.norm(i) == "een" && u.class == Class::Plain {
        if !units.same_sentence(i, i + 1) {
            return None;
        }
        if units.norm(i + 1) == "half" {
            let unit = time_unit(units.norm(i + 2)).filter(|_| units.same_sentence(i, i + 2))?;
            return fact(Quantity::Term { from: 0.5, to: 0.5, unit }, i + 3);
        }
        let unit = time_unit(units.norm(i + 1))?;
        return fact(Quantity::Term { from: 1.0, to: 1.0, unit }, i + 2);
    }
    let (value, end) = numeral(units, i)?;
    let same = |k: usize| units.same_sentence(i, k);
    if same(end) {
        if matches!(units.norm(end), "%" | "procent" | "percent") {
            return fact(Quantity::Percent(value), end + 1);
        }
        if let Some(f) = scale(units.norm(end)) {
            let mut next = end + 1;
            if units.mark(next) == "." && units.get(next).is_some_and(|m| m.joined) {
                next += 1;
            }
            return match units.norm(next) {
                "euro" | "eur" if same(next) => fact(Quantity::Euro(value * f), next + 1),
                _ => fact(Quantity::Number(value * f), end + 1),
            };
        }
        if matches!(units.norm(end), "euro" | "eur" | "€") {
            return fact(Quantity::Euro(value), end + 1);
        }
        if let Some(unit) = time_unit(units.norm(end)) {
            return fact(Quantity::Term { from: value, to: value, unit }, end + 1);
        }
        // "vier tot zes weken", "4-6 weken", "twee a drie maanden".
        if matches!(units.norm(end), "tot" | "a" | "of" | "-")
            && let Some((upper, after)) = numeral_after_joint(units, end + 1)
            && let Some(unit) = time_unit(units.norm(after)).filter(|_| same(after) && upper > value)
        {
            return fact(Quantity::Term { from: value, to: upper, unit }, after + 1);
        }
    }
    fact(Quantity::Number(value), end)
}

/// A numeral after a dash, where it counts although it is joined to a number.
fn numeral_after_joint(units: &Units, i: usize) -> Option<(f64, usize)> {
    match units.number(i) {
        Some(n) if n.joined => Some((f64::from(n.value), i + 1)),
        _ => numeral(units, i),
    }
}
