//! Typed facts drawn out of the text, each with its range: dates, periods, municipalities, legal form, SWV number, BRIN, terms, amounts.
//! No verdicts here.

use crate::document::Span;
use jiff::civil::Date;

/// A date as written, with what it says and no more.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum When {
    /// A day. `inferred` when the year was not written here but taken from the context.
    Day {
        /// The day.
        date: Date,
        /// The year came from the context.
        inferred: bool,
    },
    /// A month of a year, or part of it ("2e helft april 2014"): first and last day it may mean.
    Range {
        /// First day.
        from: Date,
        /// Last day.
        to: Date,
        /// The year came from the context.
        inferred: bool,
    },
    /// Day and month whose year could not be found (month 1-12, day 1-31).
    DayMonth {
        /// Month.
        month: i8,
        /// Day.
        day: i8,
    },
}

/// A date in the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DateFact {
    /// Where.
    pub span: Span,
    /// When.
    pub when: When,
}

/// A period in the text: "1 augustus 2014 tot en met 31 juli 2018", "2014-2018", "schooljaar 2021/2022", "looptijd vier jaar".
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PeriodFact {
    /// Where.
    pub span: Span,
    /// First day ("2014-2018" as a plan period: 1 August 2014).
    pub from: Date,
    /// Last day, inclusive ("tot 1 augustus 2018" is 31 July 2018).
    pub to: Date,
    /// Written with days (or months), not only years.
    pub exact: bool,
    /// One school year or one calendar year, not a plan-like span.
    pub single_year: bool,
}

/// A municipality named in the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MunicipalityFact {
    /// Where.
    pub span: Span,
    /// Index in the [`Gazetteer`].
    pub municipality: u32,
}
