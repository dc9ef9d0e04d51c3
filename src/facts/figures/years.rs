//! Years and school years of figures: "2016", "2016-2017", "2016/17", "schooljaar 16-17", the year of a day.

use crate::document::Span;
use crate::language::{Kind, Language};
use std::fmt;
use std::ops::Range;

/// The year a figure is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum FigureYear {
    /// A calendar year, or the year of a counting day.
    Calendar(i16),
    /// The school year that begins in this year.
    School(i16),
    /// Several years taken together, from the first to the last.
    Span(i16, i16),
}

impl FigureYear {
    /// The (first) year, or the year in which it begins.
    pub(super) fn first(self) -> i16 {
        match self {
            FigureYear::Calendar(y) | FigureYear::School(y) | FigureYear::Span(y, _) => y,
        }
    }

    /// The (last) year, or the year in which it ends.
    pub(crate) fn last(self) -> i16 {
        match self {
            FigureYear::Calendar(y) | FigureYear::Span(_, y) => y,
            FigureYear::School(y) => y + 1,
        }
    }

    /// So many years on.
    pub(super) fn shifted(self, by: i16) -> FigureYear {
        match self {
            FigureYear::Calendar(y) => FigureYear::Calendar(y + by),
            FigureYear::School(y) => FigureYear::School(y + by),
            FigureYear::Span(a, b) => FigureYear::Span(a + by, b + by),
        }
    }
}

impl fmt::Display for FigureYear {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match *self {
            FigureYear::Calendar(y) => write!(f, "{y}"),
            FigureYear::School(y) => write!(f, "{y}-{}", y + 1),
            FigureYear::Span(a, b) => write!(f, "{a}-{b}"),
        }
    }
}

/// A year as written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct YearAt {
    pub span: Span,
    pub year: FigureYear,
}

/// First and last year that a figure of passend onderwijs can be of.
const YEARS: std::ops::RangeInclusive<i16> = 2000..=2045;

/// The years among some tokens. `short`: "16-17" is a school year without the word.
pub(super) fn scan(language: &Language, tokens: Range<usize>, short: bool) -> Vec<YearAt> {
    let scan = Scan { language, range: tokens.clone() };
    let mut years = Vec::new();
    let mut i = tokens.start;
    while i < tokens.end {
        match scan.at(i, short) {
            Some((year, end)) => {
                let span = language.tokens[i].span.join(language.tokens[end - 1].span);
                years.push(YearAt { span, year });
                i = end;
            }
            None => i += 1,
        }
    }
    years
}

struct Scan<'a> {
    language: &'a Language,
    range: Range<usize>,
}

impl Scan<'_> {
    fn norm(&self, i: usize) -> &str {
        if self.range.contains(&i) { self.language.norm(i as u32) } else { "" }
    }

    /// Digits and value of a number at `i`.
    fn number(&self, i: usize) -> Option<(usize, i16)> {
        let token = self.range.contains(&i).then(|| &self.language.tokens[i]).filter(|t| t.kind == Kind::Number)?;
        Some((token.span.len(), self.norm(i).parse().ok()?))
    }

    /// Without white space after the token before it.
    fn joined(&self, i: usize) -> bool {
        i > self.range.start && i < self.range.end && self.language.tokens[i - 1].span.end == self.language.tokens[i].span.start
    }

    fn at(&self, i: usize, short: bool) -> Option<(FigureYear, usize)> {
        let (digits, first) = self.number(i)?;
        if self.joined(i) && self.language.tokens[i - 1].kind == Kind::Word {
            return None;
        }
        match digits {
            4 if YEARS.contains(&first) => self.long(i, first),
            2 => self.short(i, first, short),
            _ => None,
        }
    }

    fn long(&self, i: usize, first: i16) -> Option<(FigureYear, usize)> {
        if matches!(self.norm(i + 1), "," | ".") && self.joined(i + 1) && self.joined(i + 2) && self.number(i + 2).is_some() {
            return None;
        }
        let dash = matches!(self.norm(i + 1), "-" | "/") && (self.joined(i + 1) == self.joined(i + 2));
        if let (true, Some((digits, second))) = (dash, self.number(i + 2)) {
            let more = matches!(self.norm(i + 3), "-" | "/") && self.joined(i + 3) && self.joined(i + 4) && self.number(i + 4).is_some();
            let second = match digits {
                4 if YEARS.contains(&second) => second,
                // Not "2017-10-01".
                2 if !more && self.joined(i + 1) => first - first % 100 + second,
                _ => return Some((FigureYear::Calendar(first), i + 1)),
            };
            return match second - first {
                1 => Some((FigureYear::School(first), i + 3)),
                2..=9 => Some((FigureYear::Span(first, second), i + 3)),
                _ => Some((FigureYear::Calendar(first), i + 1)),
            };
        }
        // "2019 tot en met 2021", "2019 t/m 2021".
        let words = |from: usize, all: &[&str]| all.iter().enumerate().all(|(k, w)| self.norm(from + k) == *w);
        let last = [(&["tot", "en", "met"][..], 4), (&["t", "/", "m"][..], 4), (&["tot"][..], 2)];
        let last = last.iter().find(|(w, _)| words(i + 1, w)).map(|(_, at)| i + at);
        if let Some((at, (4, second))) = last.and_then(|at| Some((at, self.number(at)?)))
            && YEARS.contains(&second)
            && second > first
            && !matches!(self.norm(at + 1), "-" | "/")
        {
            return Some((FigureYear::Span(first, second), at + 1));
        }
        Some((FigureYear::Calendar(first), i + 1))
    }

    /// "16-17", "'16/'17" after "schooljaar" or where nothing else can be meant.
    fn short(&self, i: usize, first: i16, allowed: bool) -> Option<(FigureYear, usize)> {
        let quoted = |k: usize| matches!(self.norm(k), "'" | "\u{2019}");
        let before = if quoted(i.wrapping_sub(1)) { i.wrapping_sub(2) } else { i.wrapping_sub(1) };
        let named = self.norm(before).starts_with("schoolja") || self.norm(before).starts_with("cursusja");
        if !(allowed || named) || (self.joined(i) && !quoted(i.wrapping_sub(1))) || !matches!(self.norm(i + 1), "-" | "/") {
            return None;
        }
        let at = if quoted(i + 2) { i + 3 } else { i + 2 };
        let (digits, second) = self.number(at)?;
        let more = matches!(self.norm(at + 1), "-" | "/" | "," | ".") && self.joined(at + 1) && self.number(at + 2).is_some();
        (digits == 2 && second == (first + 1) % 100 && !more && YEARS.contains(&(2000 + first)))
            .then_some((FigureYear::School(2000 + first), at + 1))
    }
}
