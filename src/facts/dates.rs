//! Dates in every Dutch notation, and the year of those that leave it out.
//!
//! First every date is read as written; then the year-less ones look for a year in what stands around them, nearest first: the
//! sentence, the block, the other rows of the table, the headings, the same day elsewhere with its year, the neighbouring blocks. A
//! weekday, where written, corrects the year found. Recurring days ("vóór 1 oktober van elk jaar") stay without one.

use super::units::{Class, Units, flag};
use super::{Context, DateFact, When, numbers};
use crate::document::{BlockKind, Span};
use crate::language::Kind;
use jiff::Span as Duration;
use jiff::civil::Date;
use std::collections::HashMap;

/// A date as read, before the years are filled in. `first..=last` are its units.
#[derive(Clone, Copy, Debug)]
struct Raw {
    first: usize,
    last: usize,
    weekday: Option<i8>,
    what: What,
    /// The year of a year-less day in a list that ends in a year is written, only not here.
    written: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum What {
    Day(Date),
    DayMonth {
        day: i8,
        month: i8,
    },
    Range(Date, Date),
    /// Part of a month without a year.
    Part {
        month: i8,
        from: i8,
        to: i8,
    },
    /// Days or months from the day named last.
    Relative {
        days: i32,
        months: i32,
    },
    /// Days from the date of the letter.
    FromLetter {
        days: i32,
    },
}

/// How many dates away an anchor is sought at most.
const FEW: usize = 64;

/// Years outside these are not dates of plans.
fn plausible(year: u32) -> bool {
    (1900..=2100).contains(&year)
}

fn date(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

fn last_day(year: i16, month: i8) -> i8 {
    date(year, month, 1).map_or(28, Date::days_in_month)
}

fn full_year(two_digits: u32) -> i16 {
    if two_digits <= 60 { 2000 + two_digits as i16 } else { 1900 + two_digits as i16 }
}

/// All dates, in order.
pub(super) fn find(units: &Units, context: &Context) -> Vec<DateFact> {
    let raws = Reader { units, out: Vec::new() }.read();
    Resolver::new(units, &raws, context).resolve()
}

struct Reader<'a, 'b> {
    units: &'a Units<'b>,
    out: Vec<Raw>,
}

impl Reader<'_, '_> {
    fn read(mut self) -> Vec<Raw> {
        let mut i = 0;
        while i < self.units.len() {
            i = self.step(i).unwrap_or(i + 1).max(i + 1);
        }
        self.out
    }

    fn push(&mut self, first: usize, last: usize, what: What, written: bool) {
        let weekday = self.weekday_before(first);
        self.out.push(Raw { first, last, weekday, what, written });
    }

    fn weekday_before(&self, first: usize) -> Option<i8> {
        let at = first.checked_sub(1)?;
        let at = if matches!(self.units.mark(at), "," | ".") { at.checked_sub(1)? } else { at };
        match self.units.get(at)?.class {
            Class::Weekday(w) if self.units.same_block(at, first) => Some(w),
            _ => None,
        }
    }

    /// Reads a date that starts at `i`; gives where to go on.
    fn step(&mut self, i: usize) -> Option<usize> {
        let u = *self.units.get(i)?;
        match u.kind {
            Kind::Number => self.numeric(i).or_else(|| self.days(i)).or_else(|| self.relative(i)),
            Kind::Mark => None,
            Kind::Word => match u.class {
                Class::Ordinal(d) | Class::Cardinal(d) if d <= 31 => self.day_in_words(i, d as i8).or_else(|| self.relative(i)),
                Class::Month(_) | Class::MonthShort(_) => self.month(i),
                Class::Plain if u.flags & flag::SEASON != 0 => self.season(i),
                Class::Plain if u.flags & flag::RELATIVE != 0 => self.relative(i),
                Class::Cardinal(_) => self.relative(i),
                _ => None,
            },
        }
    }

    /// A year at `i`: its value and the unit after it. `loose` also takes two digits without apostrophe.
    fn year(&self, i: usize, anchor: usize, loose: bool) -> Option<(i16, usize)> {
        let units = self.units;
        if !units.same_block(i, anchor) {
            return None;
        }
        let u = units.get(i)?;
        if let Some(n) = units.number(i) {
            let follows = |k: usize| units.get(k).filter(|v| v.joined);
            if n.digits == 4 && plausible(n.value) {
                // "1.500" has no four digits in a row; "2014.5" is no year.
                let decimal = matches!(units.mark(i + 1), "." | ",")
                    && follows(i + 1).is_some()
                    && follows(i + 2).is_some_and(|v| v.kind == Kind::Number);
                return (!decimal).then_some((n.value as i16, i + 1));
            }
            if loose && n.digits == 2 && (8..=45).contains(&n.value) {
                let next = units.get(i + 1).filter(|_| units.same_block(i, i + 1));
                let open = match next {
                    None => true,
                    Some(v) if v.kind == Kind::Mark => {
                        let mark = units.mark(i + 1);
                        let goes_on = v.joined && follows(i + 2).is_some_and(|w| w.kind == Kind::Number);
                        !(matches!(mark, "%" | "€") || goes_on && matches!(mark, "." | ":" | "," | "-"))
                    }
                    Some(_) => false,
                };
                return open.then_some((full_year(n.value), i + 1));
            }
            return None;
        }
        if units.mark(i) == "'" {
            let n = units.number(i + 1).filter(|n| n.digits == 2 && n.joined)?;
            return Some((full_year(n.value), i + 2));
        }
        if let Class::Cardinal(n) = u.class {
            if n == 2000 {
                let at = if units.norm(i + 1) == "en" { i + 2 } else { i + 1 };
                let rest = units.get(at).filter(|_| units.same_block(i, at)).map(|v| v.class);
                if let Some(Class::Cardinal(rest @ 1..=99)) = rest {
                    return Some((2000 + rest as i16, at + 1));
                }
            }
            return (plausible(n) && n > 1900).then_some((n as i16, i + 1));
        }
        None
    }

    /// A month name at `i`: month and the unit after it (the full stop of an abbreviation included).
    fn month_name(&self, i: usize, anchor: usize) -> Option<(i8, usize)> {
        let units = self.units;
        if !units.same_block(i, anchor) {
            return None;
        }
        let u = units.get(i)?;
        match u.class {
            Class::Month(m) => Some((m, i + 1)),
            Class::MonthShort(m) => {
                let stop = units.mark(i + 1) == "." && units.get(i + 1).is_some_and(|v| v.joined);
                let after = i + 1 + usize::from(stop);
                // "Jan" is a first name, unless a year follows.
                (!u.capital || stop || self.year(after, i, false).is_some() || units.mark(i + 1) == "-").then_some((m, after))
            }
            _ => None,
        }
    }

    /// The year after a month: directly, after a comma, after "van", or after a dash ("12-mrt-14").
    fn year_after(&self, i: usize, anchor: usize) -> Option<(i16, usize)> {
        let units = self.units;
        match units.mark(i) {
            "-" if units.get(i).is_some_and(|u| u.joined) && units.get(i + 1).is_some_and(|u| u.joined) => {
                let n = units.number(i + 1).filter(|_| units.same_block(i + 1, anchor))?;
                match n.digits {
                    4 if plausible(n.value) => Some((n.value as i16, i + 2)),
                    2 => Some((full_year(n.value), i + 2)),
                    _ => None,
                }
            }
            "," => self.year(i + 1, anchor, false).filter(|_| units.number(i + 1).is_some()),
            _ if units.norm(i) == "van" => self.year(i + 1, anchor, false).filter(|_| units.number(i + 1).is_some()),
            _ => self.year(i, anchor, true),
        }
    }

    /// "12-3-14", "12/3/2014", "12.03.2014", "2014-03-12", "1-2-'14".
    fn numeric(&mut self, i: usize) -> Option<usize> {
        let units = self.units;
        let a = *units.number(i)?;
        if a.digits > 4 || (a.joined && i > 0 && self.stuck(i)) {
            return None;
        }
        let sep = units.mark(i + 1);
        if !matches!(sep, "-" | "/" | ".") || units.mark(i + 3) != sep || !units.same_block(i, i + 3) {
            return None;
        }
        let b = *units.number(i + 2)?;
        let quote = units.mark(i + 4) == "'";
        let last = i + 4 + usize::from(quote);
        let c = *units.number(last).filter(|_| units.same_block(i, last))?;
        let tight = (i + 1..=last).all(|k| units.get(k).is_some_and(|u| u.joined));
        let spaced = (i + 1..=i + 4).all(|k| units.get(k).is_some_and(|u| !u.joined));
        let glued_on = |k: usize| {
            matches!(units.mark(k), "-" | "/" | ".")
                && [k, k + 1].iter().all(|&x| units.get(x).is_some_and(|u| u.joined))
                && units.number(k + 1).is_some()
        };
        let touching = units.get(last + 1).is_some_and(|u| u.joined && u.kind != Kind::Mark);
        if b.digits > 2 || touching || quote && c.digits != 2 {
            return None;
        }
        let found = if a.digits == 4 && c.digits <= 2 && sep != "." {
            (tight && plausible(a.value) && !glued_on(last + 1)).then_some((a.value as i16, b.value, c.value))
        } else if a.digits <= 2 && c.digits == 4 {
            let wide = spaced && sep != "." && !quote;
            ((tight || wide) && plausible(c.value) && !(sep == "." && (glued_on(last + 1) || self.numbering_before(i)))).then_some((
                c.value as i16,
                b.value,
                a.value,
            ))
        } else if a.digits <= 2 && c.digits == 2 && tight && !glued_on(last + 1) && !self.numbering_before(i) {
            let sure = sep != "." || quote || (a.digits == 2 && b.digits == 2 && self.date_before(i)) || self.dated_before(i);
            sure.then_some((full_year(c.value), b.value, a.value))
        } else {
            None
        };
        let (year, month, day) = found?;
        let day = date(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)?;
        self.push(i, last, What::Day(day), true);
        Some(last + 1)
    }

    /// The number at `i` is the later part of something joined to it.
    fn stuck(&self, i: usize) -> bool {
        let units = self.units;
        match units.get(i - 1).map(|p| p.kind) {
            Some(Kind::Number) => true,
            Some(Kind::Word) => true,
            Some(Kind::Mark) => {
                let p = units.norm(i - 1);
                matches!(p, "-" | "/" | "." | "," | ":" | "+")
                    && i > 1
                    && units.get(i - 1).is_some_and(|m| m.joined)
                    && (units.number(i - 2).is_some() && !self.ends_date(i - 2)
                        || p != "." && units.get(i - 2).is_some_and(|w| w.kind == Kind::Word && w.capital && p == "-"))
                    || p == "+"
            }
            None => false,
        }
    }

    fn ends_date(&self, i: usize) -> bool {
        self.out.last().is_some_and(|r| r.last == i)
    }

    /// Words after which digits with points number a thing.
    fn numbering_before(&self, i: usize) -> bool {
        (1..=2).any(|back| {
            matches!(
                self.units.before(i, back),
                "versie"
                    | "artikel"
                    | "artikelen"
                    | "art"
                    | "paragraaf"
                    | "par"
                    | "hoofdstuk"
                    | "nr"
                    | "nummer"
                    | "tabel"
                    | "figuur"
                    | "bijlage"
                    | "telefoon"
                    | "tel"
                    | "kvk"
                    | "lid"
                    | "punt"
                    | "v"
                    | "§"
                    | "release"
            )
        })
    }

    /// "d.d.", "op", "datum" and the like just before.
    fn date_before(&self, i: usize) -> bool {
        self.dated_before(i)
            || matches!(self.units.before(i, 1), "op" | "per" | "van" | "vanaf" | "datum" | "sinds" | "tot" | "en" | ":" | "|")
    }

    fn dated_before(&self, i: usize) -> bool {
        let b = |k| self.units.before(i, k);
        b(1) == "dd"
            || (b(1) == "." && (b(2) == "dd" || (b(2) == "d" && b(3) == "." && b(4) == "d")))
            || (b(1) == ":" && b(2) == "datum")
            || b(1) == "datum"
    }

    /// One or more day numbers before a month: "12 april", "12e maart", "1 en 8 april 2014", "10/11 april".
    fn days(&mut self, i: usize) -> Option<usize> {
        let units = self.units;
        let first = *units.number(i)?;
        if first.joined && i > 0 && self.stuck(i) {
            return None;
        }
        let mut days: Vec<(usize, usize, i8)> = Vec::new();
        let mut at = i;
        let mut sure = true;
        loop {
            let n = units.number(at).filter(|n| n.digits <= 2 && (1..=31).contains(&n.value))?;
            if days.last().is_some_and(|d| d.2 >= n.value as i8) {
                return None;
            }
            let mut next = at + 1;
            if units.get(next).is_some_and(|u| u.joined) && matches!(units.norm(next), "e" | "ste" | "de") && units.same_block(i, next) {
                next += 1;
            }
            days.push((at, next - 1, n.value as i8));
            if days.len() > 12 {
                return None;
            }
            // "12-mrt-14", "10-april-2014".
            let dash =
                units.mark(next) == "-" && units.get(next).is_some_and(|u| u.joined) && units.get(next + 1).is_some_and(|u| u.joined);
            let month_at = if dash && self.month_name(next + 1, i).is_some() { next + 1 } else { next };
            if let Some((month, after)) = self.month_name(month_at, i) {
                if !sure {
                    return None;
                }
                return Some(self.day_list(&days, month, month_at, after));
            }
            let rest = |k: usize| units.number(k).is_some() && units.same_block(i, k);
            at = match units.norm(next) {
                "en" | "of" | "&" | "+" if rest(next + 1) => {
                    sure = true;
                    next + 1
                }
                "/" | "-" if rest(next + 1) => next + 1,
                "," if rest(next + 1) => {
                    // A comma alone does not make a list of days: "tabel 3, 12 april".
                    sure = false;
                    next + 1
                }
                "t" if units.run(next, &["t", "/", "m"]) && rest(next + 3) => next + 3,
                "tot" if units.run(next, &["tot", "en", "met"]) && rest(next + 3) => next + 3,
                _ => return None,
            };
        }
    }

    /// Pushes the days of a list, all of one month and, if it is written, one year.
    fn day_list(&mut self, days: &[(usize, usize, i8)], month: i8, month_at: usize, after: usize) -> usize {
        let year = self.year_after(after, month_at);
        let end = year.map_or(after, |y| y.1);
        for (k, &(first, last, day)) in days.iter().enumerate() {
            let is_last = k + 1 == days.len();
            let last = if is_last { self.trim(end - 1, month_at, year.is_some()) } else { last };
            match year.map(|(y, _)| date(y, month, day)) {
                Some(Some(d)) => self.push(first, last, What::Day(d), true),
                Some(None) => {}
                // 29 February exists in some year.
                None if day <= last_day(2024, month) => self.push(first, last, What::DayMonth { day, month }, false),
                None => {}
            }
        }
        end
    }

    /// The full stop after an abbreviated month ends the date only if a year follows.
    fn trim(&self, last: usize, month_at: usize, year: bool) -> usize {
        if !year && self.units.mark(last) == "." { month_at } else { last }
    }

    /// "de twaalfde maart 2014", "eenentwintig april tweeduizendtweeëntwintig".
    fn day_in_words(&mut self, i: usize, day: i8) -> Option<usize> {
        let at = i + 1;
        let (month, after) =
            self.month_name(at, i).filter(|_| !self.units.get(at).is_some_and(|u| matches!(u.class, Class::MonthShort(_))))?;
        Some(self.day_list(&[(i, i, day)], month, at, after))
    }

    /// A month without a day: "april 2014", "sept. – nov. 2021", "2e helft april 2014", "eind maart".
    fn month(&mut self, i: usize) -> Option<usize> {
        let units = self.units;
        let (month, mut after) = self.month_name(i, i)?;
        let mut months = vec![(i, month)];
        // A list or stretch of months that share a year.
        while months.len() < 12 && self.year_after(after, i).is_none() {
            let next = match units.norm(after) {
                "en" | "/" | "-" | "," | "of" => after + 1,
                "t" if units.run(after, &["t", "/", "m"]) => after + 3,
                "tot" if units.run(after, &["tot", "en", "met"]) => after + 3,
                _ if units.get(after).is_some_and(|u| u.joined) => after,
                _ => break,
            };
            let Some((m, end)) = self.month_name(next, i) else { break };
            months.push((next, m));
            after = end;
        }
        let year = self.year_after(after, i);
        let Some((year, end)) = year else {
            // "april: 10e", "april | 10e": a calendar.
            let day = units.number(after + 1).filter(|n| (1..=31).contains(&n.value));
            if let Some(n) = day.filter(|_| months.len() == 1 && matches!(units.mark(after), ":" | "|") && units.same_block(i, after + 2))
                && matches!(units.norm(after + 2), "e" | "ste" | "de")
                && units.get(after + 2).is_some_and(|u| u.joined)
            {
                self.push(i, after + 2, What::DayMonth { day: n.value as i8, month }, false);
                return Some(after + 3);
            }
            // No year: only a part of a month that is clearly a moment is kept.
            let (from, to, first) = self.part_before(i)?;
            self.push(first, i, What::Part { month, from, to }, false);
            return Some(i + 1);
        };
        for (k, &(at, m)) in months.iter().enumerate() {
            let is_last = k + 1 == months.len();
            // "december/januari 2014": the first is of the year before.
            let y = if months[k..].iter().any(|later| later.1 < m) { year - 1 } else { year };
            let (from, to, first) = self.part_before(at).unwrap_or((1, 31, at));
            let (Some(from), Some(to)) = (date(y, m, from), date(y, m, to.min(last_day(y, m)))) else { continue };
            let last = if is_last { end - 1 } else { at };
            self.push(first, last, What::Range(from, to), true);
        }
        Some(end)
    }

    /// The part of a month named just before it: first day, last day, first unit.
    fn part_before(&self, i: usize) -> Option<(i8, i8, usize)> {
        let units = self.units;
        let of = usize::from(units.before(i, 1) == "van");
        let at = i.checked_sub(1 + of).filter(|&at| units.same_sentence(at, i))?;
        let half = match units.norm(at) {
            "begin" => return Some((1, 10, at)),
            "half" | "medio" | "midden" | "halverwege" => return Some((11, 20, at)),
            "eind" | "einde" | "ultimo" => return Some((21, 31, at)),
            "helft" => true,
            "week" => false,
            _ => return None,
        };
        let before = at.checked_sub(1)?;
        let (nth, first) = match units.get(before)?.class {
            Class::Ordinal(n) => (n, before),
            _ if matches!(units.norm(before), "e" | "ste" | "de") => (units.number(before.checked_sub(1)?)?.value, before - 1),
            _ if matches!(units.norm(before), "laatste") => (if half { 2 } else { 4 }, before),
            _ => return None,
        };
        match (half, nth) {
            (true, 1) => Some((1, 15, first)),
            (true, 2) => Some((16, 31, first)),
            (false, 1) => Some((1, 7, first)),
            (false, 2) => Some((8, 14, first)),
            (false, 3) => Some((15, 21, first)),
            (false, 4) => Some((22, 31, first)),
            _ => None,
        }
    }

    /// "voorjaar 2014", "het najaar van 2016", "eind 2013", "tweede helft van 2014", "vierde kwartaal 2014".
    fn season(&mut self, i: usize) -> Option<usize> {
        let units = self.units;
        let word = units.norm(i);
        let (mut from, mut to, mut first) = match word {
            "voorjaar" | "lente" => ((3, 1), (6, 30), i),
            "zomer" | "zomervakantie" => ((6, 1), (8, 31), i),
            "najaar" | "herfst" => ((9, 1), (12, 31), i),
            "winter" => ((12, 1), (2, 28), i),
            "begin" => ((1, 1), (3, 31), i),
            "medio" | "halverwege" => ((5, 1), (8, 31), i),
            "eind" | "einde" => ((10, 1), (12, 31), i),
            "helft" | "kwartaal" => ((0, 0), (0, 0), i),
            _ => return None,
        };
        let at = i + 1 + usize::from(units.norm(i + 1) == "van");
        let (year, end) = self.year(at, i, false)?;
        // "eind 2014-2015" is no moment.
        if units.mark(end) == "-" && units.get(end + 1).is_some_and(|u| u.joined && u.kind == Kind::Number) {
            return None;
        }
        if from.0 == 0 {
            let before = i.checked_sub(1).filter(|&b| units.same_sentence(b, i))?;
            let nth = match units.get(before)?.class {
                Class::Ordinal(n) => {
                    first = before;
                    n
                }
                _ if matches!(units.norm(before), "e" | "ste" | "de") => {
                    first = before.checked_sub(1)?;
                    units.number(first)?.value
                }
                _ => return None,
            };
            let length = if word == "helft" { 6 } else { 3 };
            if nth == 0 || nth > 12 / length {
                return None;
            }
            let start = (nth - 1) * length + 1;
            from = (start as i8, 1);
            to = ((start + length - 1) as i8, 31);
        }
        let end_year = if to.0 < from.0 { year + 1 } else { year };
        let (a, b) = (date(year, from.0, from.1)?, date(end_year, to.0, to.1.min(last_day(end_year, to.0)))?);
        self.push(first, end - 1, What::Range(a, b), true);
        Some(end)
    }

    /// "negen dagen later", "een week eerder", "de dag erna", "diezelfde avond", "gisteren".
    fn relative(&mut self, i: usize) -> Option<usize> {
        let units = self.units;
        let word = units.norm(i);
        let here = |k: usize| if units.same_sentence(i, k) { units.norm(k) } else { "" };
        let direction = |w: &str| match w {
            "later" | "daarna" | "nadien" | "erna" | "erop" | "daarop" => Some(1),
            "eerder" | "daarvoor" | "ervoor" | "tevoren" => Some(-1),
            _ => None,
        };
        let (what, last) = match word {
            "gisteren" => (What::FromLetter { days: -1 }, i),
            "eergisteren" => (What::FromLetter { days: -2 }, i),
            "diezelfde" | "dezelfde" if matches!(here(i + 1), "dag" | "avond" | "middag" | "ochtend") => {
                (What::Relative { days: 0, months: 0 }, i + 1)
            }
            "de" => match (here(i + 1), here(i + 2)) {
                ("volgende", "dag" | "ochtend") => (What::Relative { days: 1, months: 0 }, i + 2),
                ("dag" | "avond", w) => {
                    (What::Relative { days: direction(w).filter(|_| w != "later" && w != "eerder")?, months: 0 }, i + 2)
                }
                ("week", w) => (What::Relative { days: 7 * direction(w).filter(|_| w != "later" && w != "eerder")?, months: 0 }, i + 2),
                _ => return None,
            },
            "daags" => match here(i + 1) {
                "na" | "voor" => return None,
                w => (What::Relative { days: direction(w)?, months: 0 }, i + 1),
            },
            _ => {
                let (count, next) = match word {
                    "een" => (1, i + 1),
                    "enkele" | "paar" => return None,
                    _ => {
                        let (value, next) = numbers::numeral(units, i)?;
                        if value.fract() != 0.0 || !(1.0..=60.0).contains(&value) {
                            return None;
                        }
                        (value as i32, next)
                    }
                };
                let (days, months) = match here(next) {
                    "dag" | "dagen" => (count, 0),
                    "week" | "weken" => (count * 7, 0),
                    "maand" | "maanden" => (0, count),
                    _ => return None,
                };
                let sign = direction(here(next + 1))?;
                (What::Relative { days: days * sign, months: months * sign }, next + 1)
            }
        };
        // A date that says it itself stands next to it: "Negen dagen later, op 21 april 2022,".
        let told_before = self.out.last().is_some_and(|r| {
            r.last < i && i - r.last <= 2 && units.same_sentence(r.last, i) && matches!(units.mark(r.last + 1), "," | "(")
        });
        if told_before && matches!(what, What::Relative { .. }) {
            return None;
        }
        let mut k = last + 1;
        while matches!(here(k), "," | "op" | "namelijk" | "(")
            || units.same_sentence(i, k) && matches!(units.get(k).map(|u| u.class), Some(Class::Weekday(_)))
        {
            k += 1;
        }
        if units.same_sentence(i, k) && k > last + 1 && units.number(k).is_some_and(|n| n.value <= 31) {
            return None;
        }
        self.push(i, last, what, false);
        Some(last + 1)
    }
}

/// Nouns with which a year is part of a title.
fn names_document(norm: &str) -> bool {
    ["plan", "verslag", "begroting", "rekening"].iter().any(|x| norm.ends_with(x))
}

/// A date whose year another takes over.
#[derive(Clone, Copy, Debug)]
struct Anchor {
    date: Date,
    /// It stands before the other in the text.
    before: bool,
}

/// A year that a heading gives.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Hint {
    Year(i16),
    /// The school year that starts in August of this year.
    School(i16),
}

impl Hint {
    fn of(self, month: i8) -> i16 {
        match self {
            Hint::Year(y) => y,
            Hint::School(y) => y + i16::from(month < 8),
        }
    }
}

struct Resolver<'a, 'b> {
    units: &'a Units<'b>,
    raws: &'a [Raw],
    year_hint: Option<i16>,
    /// What is known so far, one per raw date.
    known: Vec<Option<When>>,
    /// Per section the hint of its own heading, found when first asked for.
    hints: Vec<Option<Option<Hint>>>,
    /// Per day of the year, written with its year somewhere: that year, or None if there are more.
    written: HashMap<(i8, i8), Option<i16>>,
}

impl<'a, 'b> Resolver<'a, 'b> {
    fn new(units: &'a Units<'b>, raws: &'a [Raw], context: &Context) -> Self {
        let known = raws
            .iter()
            .map(|r| match r.what {
                What::Day(date) => Some(When::Day { date, inferred: !r.written }),
                What::Range(from, to) => Some(When::Range { from, to, inferred: !r.written }),
                _ => None,
            })
            .collect();
        let mut written: HashMap<(i8, i8), Option<i16>> = HashMap::new();
        for r in raws {
            if let What::Day(d) = r.what {
                let year = written.entry((d.month(), d.day())).or_insert(Some(d.year()));
                if *year != Some(d.year()) {
                    *year = None;
                }
            }
        }
        Resolver { units, raws, year_hint: context.year_hint, known, hints: vec![None; units.doc.sections.len()], written }
    }

    fn resolve(mut self) -> Vec<DateFact> {
        for k in 0..self.raws.len() {
            match self.raws[k].what {
                What::DayMonth { day, month } => self.known[k] = Some(self.day(k, day, month)),
                What::Part { month, from, to } => self.known[k] = self.part(k, month, from, to),
                What::Relative { days, months } => self.known[k] = self.relative(k, days, months),
                What::FromLetter { days } => self.known[k] = self.counted_from_letter(k, days),
                What::Day(_) | What::Range(..) => {}
            }
        }
        let mut facts: Vec<DateFact> = self
            .raws
            .iter()
            .zip(&self.known)
            .filter_map(|(r, when)| when.map(|when| DateFact { span: self.units.span(r.first, r.last), when }))
            .collect();
        facts.sort_by_key(|f| f.span);
        facts
    }

    fn day(&mut self, k: usize, day: i8, month: i8) -> When {
        let unknown = When::DayMonth { month, day };
        if self.recurring(k) {
            return unknown;
        }
        let Some(year) = self.year_for(k, month, day) else { return unknown };
        let year = match self.raws[k].weekday {
            Some(w) => {
                let fits = |y: &i16| date(*y, month, day).is_some_and(|d| d.weekday().to_monday_one_offset() == w);
                [year, year - 1, year + 1].into_iter().find(fits).unwrap_or(year)
            }
            None => year,
        };
        date(year, month, day).map_or(unknown, |date| When::Day { date, inferred: true })
    }

    fn part(&mut self, k: usize, month: i8, from: i8, to: i8) -> Option<When> {
        if self.recurring(k) {
            return None;
        }
        let year = self.year_for(k, month, from)?;
        Some(When::Range { from: date(year, month, from)?, to: date(year, month, to.min(last_day(year, month)))?, inferred: true })
    }

    /// "elk jaar", "jaarlijks", "peildatum 1 juli": a day of every year.
    fn recurring(&self, k: usize) -> bool {
        let r = self.raws[k];
        if r.weekday.is_some() {
            return false;
        }
        let units = self.units;
        if (1..=4)
            .any(|back| matches!(units.before(r.first, back), "peildatum" | "teldatum") && units.same_sentence(r.first - back, r.first))
        {
            return true;
        }
        units.sentence(r.first).any(|i| match units.norm(i) {
            "jaarlijks" | "jaarlijkse" => true,
            "elk" | "ieder" => matches!(units.norm(i + 1), "jaar" | "schooljaar" | "kalenderjaar" | "cursusjaar"),
            _ => false,
        })
    }

    /// A day that anchors others: a day, or the middle of a range of at most a season.
    fn anchor(&self, k: usize) -> Option<Date> {
        match self.known[k]? {
            When::Day { date, .. } => Some(date),
            When::Range { from, .. } => Some(from),
            When::DayMonth { .. } => None,
        }
    }

    /// The year that a day has next to an anchor: the same, unless it lies far back from one named before it ("12 december 2013 … 10
    /// januari"), or far on from one named after it.
    fn near(anchor: Anchor, month: i8, day: i8) -> i16 {
        let year = anchor.date.year();
        let days = date(year, month, day.min(last_day(year, month))).map_or(0, |d| (d - anchor.date).get_days());
        match anchor.before {
            true if days < -200 => year + 1,
            false if days > 200 => year - 1,
            _ => year,
        }
    }

    fn year_for(&mut self, k: usize, month: i8, day: i8) -> Option<i16> {
        let units = self.units;
        let raw = self.raws[k];
        let near = |anchor: Anchor| Self::near(anchor, month, day);
        // The sentence: the nearest date on either side, else a school year.
        if let Some(a) = self.nearest(k, false, |i| units.same_sentence(i, raw.first)) {
            return Some(near(a));
        }
        if let Some(h) = self.hint_in(units.sentence(raw.first)) {
            return Some(h.of(month));
        }
        // Earlier in the block.
        let block = units.all[raw.first].block as usize;
        if let Some(a) =
            (0..k).rev().take(FEW).take_while(|&j| units.same_block(self.raws[j].first, raw.first)).find_map(|j| self.anchor(j))
        {
            return Some(near(Anchor { date: a, before: true }));
        }
        let b = units.doc.blocks.get(block);
        // The table: its caption and column heads, then its other rows.
        if let Some(b) = b.filter(|b| b.group.is_some()) {
            let is_row = matches!(b.kind, BlockKind::TableRow | BlockKind::TableHead);
            let heads: Vec<Span> = b
                .cells
                .iter()
                .filter(|c| c.span.contains(units.all[raw.first].span))
                .filter_map(|c| c.head)
                .chain(b.lead.and_then(|l| units.doc.blocks.get(l)).map(|l| l.span))
                .collect();
            for span in heads {
                if let Some(h) = self.hint_in(units.within(span)) {
                    return Some(h.of(month));
                }
            }
            let group = b.group;
            // Only rows that write their year: the others are no better off.
            let same_group = |i: usize| {
                let other = units.doc.blocks.get(units.all[i].block as usize);
                other.is_some_and(|o| o.group == group && matches!(o.kind, BlockKind::TableRow | BlockKind::TableHead) == is_row)
            };
            if let Some(a) = self.nearest(k, true, same_group) {
                return Some(near(a));
            }
        }
        // Headings, the nearest first.
        let mut section = b.map(|b| b.section);
        let mut hops = 0;
        while let Some(s) = section.filter(|_| hops < 8) {
            if let Some(h) = self.heading_hint(s) {
                return Some(h.of(month));
            }
            section = units.doc.sections.get(s).and_then(|s| s.parent);
            hops += 1;
        }
        // The same day with its year elsewhere, unless it is one of the fixed days of the school calendar.
        let fixed = day == 1 || day == 31 && matches!(month, 7 | 12);
        if let Some(Some(year)) = self.written.get(&(month, day)).filter(|_| !fixed) {
            return Some(*year);
        }
        // Neighbouring blocks of the section: before, then after.
        let section = units.section(raw.first);
        let at = units.all[raw.first].span.start;
        let reach = |j: usize, limit: u32| {
            let other = self.raws[j].first;
            units.section(other) == section && units.all[other].span.start.abs_diff(at) <= limit
        };
        let before = (0..k).rev().take(FEW).take_while(|&j| reach(j, 800)).find_map(|j| self.anchor(j));
        let after = (k + 1..self.raws.len()).take(FEW).take_while(|&j| reach(j, 500)).find_map(|j| self.anchor(j));
        let before = before.map(|date| Anchor { date, before: true });
        if let Some(a) = before.or(after.map(|date| Anchor { date, before: false })) {
            return Some(near(a));
        }
        self.year_hint
    }

    /// The nearest anchor on either side for which `inside` holds; of those with their year written, if `written`.
    fn nearest(&self, k: usize, written: bool, inside: impl Fn(usize) -> bool) -> Option<Anchor> {
        let at = self.raws[k].first;
        let anchor = |j: usize| self.anchor(j).filter(|_| !written || self.raws[j].written).map(|d| (self.raws[j].first.abs_diff(at), d));
        let before = (0..k).rev().take(FEW).take_while(|&j| inside(self.raws[j].first)).find_map(anchor);
        let after = (k + 1..self.raws.len()).take(FEW).take_while(|&j| inside(self.raws[j].first)).find_map(anchor);
        match (before, after) {
            (Some((d, _)), Some((e, date))) if e < d => Some(Anchor { date, before: false }),
            (Some((_, date)), _) => Some(Anchor { date, before: true }),
            (None, after) => after.map(|(_, date)| Anchor { date, before: false }),
        }
    }

    /// The one year or school year that a stretch of units gives.
    fn hint_in(&self, range: std::ops::Range<usize>) -> Option<Hint> {
        let units = self.units;
        let mut found = None;
        let mut i = range.start;
        while i < range.end {
            let hint = match units.number(i).filter(|n| n.digits == 4 && (1990..=2060).contains(&n.value)) {
                Some(n) if matches!(units.mark(i + 1), "-" | "/") && units.same_block(i, i + 2) => {
                    let second = units.number(i + 2).map(|m| if m.digits == 2 { n.value / 100 * 100 + m.value } else { m.value });
                    match second {
                        Some(s) if s == n.value + 1 => {
                            i += 2;
                            Some(Hint::School(n.value as i16))
                        }
                        // A plan period or a date gives no year.
                        Some(_) => {
                            i += 2;
                            None
                        }
                        None => Some(Hint::Year(n.value as i16)),
                    }
                }
                // "Begroting 2022", "jaarplan rvt 2022" name a document.
                Some(_) if (1..=2).any(|b| i >= range.start + b && names_document(units.before(i, b))) => None,
                Some(n) if !(n.joined && i > 0 && matches!(units.mark(i - 1), "-" | "/" | ".")) => Some(Hint::Year(n.value as i16)),
                _ => None,
            };
            if let Some(h) = hint {
                if found.is_some_and(|f| f != h) {
                    return None;
                }
                found = Some(h);
            }
            i += 1;
        }
        found
    }

    fn heading_hint(&mut self, section: usize) -> Option<Hint> {
        if let Some(Some(hint)) = self.hints.get(section) {
            return *hint;
        }
        let units = self.units;
        let hint = units.doc.sections.get(section).and_then(|s| s.heading).and_then(|h| units.doc.blocks.get(h)).and_then(|b| {
            let range = units.within(b.span);
            // "Jaarverslag 2015", "Begroting 2015" name a document, not when things happened.
            if range.clone().any(|i| names_document(units.norm(i))) { None } else { self.hint_in(range) }
        });
        if let Some(slot) = self.hints.get_mut(section) {
            *slot = Some(hint);
        }
        hint
    }

    /// The day named last, in this sentence or the one before.
    fn relative(&self, k: usize, days: i32, months: i32) -> Option<When> {
        let units = self.units;
        let raw = self.raws[k];
        let sentence = units.all[raw.first].sentence;
        let j = k.checked_sub(1)?;
        let other = units.all[self.raws[j].first];
        if sentence - other.sentence > 1 || units.section(self.raws[j].first) != units.section(raw.first) {
            return None;
        }
        let Some(When::Day { date: anchor, .. }) = self.known[j] else { return None };
        shifted(anchor, days, months).map(|date| When::Day { date, inferred: true })
    }

    /// The date of the letter: the nearest day before in this section that ends its block or stands in a row "Datum | …".
    fn counted_from_letter(&self, k: usize, days: i32) -> Option<When> {
        let units = self.units;
        let raw = self.raws[k];
        let section = units.section(raw.first);
        for j in (0..k).rev().take(FEW) {
            let r = self.raws[j];
            if units.section(r.first) != section {
                return None;
            }
            let Some(When::Day { date, .. }) = self.known[j] else { continue };
            let ends_block = !units.same_block(r.last, r.last + 1);
            let block_opens = units.sentence(r.first).start;
            let label = units.norm(block_opens) == "datum"
                || r.first >= 2 && units.before(r.first, 1) == ":" && units.before(r.first, 2) == "datum";
            if label || ends_block && r.first - block_opens <= 4 {
                return shifted(date, days, 0).map(|date| When::Day { date, inferred: true });
            }
        }
        None
    }
}

fn shifted(date: Date, days: i32, months: i32) -> Option<Date> {
    date.checked_add(Duration::new().try_days(days).ok()?.try_months(months).ok()?).ok()
}
