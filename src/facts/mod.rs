//! Typed facts drawn out of the text, each with its range: dates, periods, numbers, terms and amounts, municipalities, the name, number,
//! legal form and founding of the samenwerkingsverband, BRIN codes. No verdicts here.
//!
//! ```text
//! units           the tokens with their value, capital, sentence and block: every finder below works on these
//! numbers         cardinals, ordinals, terms, amounts, percentages
//! dates           every Dutch notation, and the year of those that leave it out
//! periods         between two dates or years, school years; the period of the plan
//! municipalities  the gazetteer, names and their use, the region
//! codes           SWV number, BRIN, KvK
//! figures         figures of the risk parameters, per measure and year
//! organisation    name, legal form, founding, and where another legal person is spoken of
//! ```

mod codes;
mod dates;
mod figures;
mod gazetteer;
mod municipalities;
mod numbers;
mod organisation;
mod periods;
#[cfg(test)]
mod tests;
mod units;

pub use codes::{BrinFact, KvkFact, Sector, SwvNumber, SwvNumberFact};
pub use figures::{Figure, FigureUnit, FigureWords, FigureYear, Measure, SchoolKind, find as find_figures};
pub use gazetteer::{Gazetteer, GazetteerError, Municipality};
pub use municipalities::{MunicipalityFact, Usage};
pub use numbers::{NumberFact, Quantity, TimeUnit, cardinal, ordinal};
pub use organisation::{FoundingFact, LegalForm, LegalFormFact, NameFact, Told};

use crate::document::{Document, Span};
use crate::language::Token;
use jiff::civil::Date;
use units::Units;

/// A date as written, with what it says and no more.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum When {
    /// A day. `inferred` when the year was not written here but taken from the context, or the day was counted from another.
    Day {
        /// The day.
        date: Date,
        /// The year came from the context.
        inferred: bool,
    },
    /// A month of a year, or part of it ("2e helft april 2014"), a season, a quarter: first and last day it may mean.
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

impl When {
    /// The day, if it is one with a year.
    pub fn day(self) -> Option<Date> {
        match self {
            When::Day { date, .. } => Some(date),
            _ => None,
        }
    }

    /// First day it may mean.
    pub fn earliest(self) -> Option<Date> {
        match self {
            When::Day { date, .. } => Some(date),
            When::Range { from, .. } => Some(from),
            When::DayMonth { .. } => None,
        }
    }

    /// Last day it may mean.
    pub fn latest(self) -> Option<Date> {
        match self {
            When::Day { date, .. } => Some(date),
            When::Range { to, .. } => Some(to),
            When::DayMonth { .. } => None,
        }
    }
}

/// A date in the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DateFact {
    /// Where.
    pub span: Span,
    /// When.
    pub when: When,
}

/// A period in the text: "1 augustus 2014 tot en met 31 juli 2018", "2014-2018", "schooljaar 2021/2022".
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

/// The period of the plan itself.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanPeriod {
    /// The period; its span is where it is told best (written with days, if anywhere).
    pub period: PeriodFact,
    /// Where the document says so, the clearest first.
    pub evidence: Vec<Span>,
}

/// What is known from outside the document.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// Year for a day without one, as the last resort.
    pub year_hint: Option<i16>,
    /// Municipalities of the dossier, as indices into the [`Gazetteer`]: these names need no context to count.
    pub municipalities: Vec<u32>,
}

/// All facts of a document. Every list is sorted by position.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Dates.
    pub dates: Vec<DateFact>,
    /// Periods.
    pub periods: Vec<PeriodFact>,
    /// Numbers, terms, amounts and percentages that are not part of a date, period or code.
    pub numbers: Vec<NumberFact>,
    /// Municipalities.
    pub municipalities: Vec<MunicipalityFact>,
    /// Numbers of samenwerkingsverbanden.
    pub swv_numbers: Vec<SwvNumberFact>,
    /// BRIN codes.
    pub brins: Vec<BrinFact>,
    /// Numbers of the Kamer van Koophandel.
    pub kvk: Vec<KvkFact>,
    /// The number of the samenwerkingsverband the document is of (perhaps only in its running heads).
    pub swv_number: Option<SwvNumber>,
    /// Its name.
    pub name: Option<NameFact>,
    /// Its legal form.
    pub legal_form: Option<LegalFormFact>,
    /// Its founding.
    pub founding: Option<FoundingFact>,
    /// Where its name stands.
    pub named: Vec<Span>,
    /// Sentences, or parts of them, about another legal person.
    pub others: Vec<Span>,
    /// The period of the plan (in a jaarverslag: of the plan in force).
    pub plan_period: Option<PlanPeriod>,
    /// The municipalities the document gives as its region, as indices into the [`Gazetteer`]; empty when it does not.
    pub region: Vec<u32>,
    /// Figures of the risk parameters; [`find_figures`] fills them.
    pub figures: Vec<Figure>,
}

/// Finds all facts of a document.
pub fn find(doc: &Document, tokens: &[Token], vocabulary: &[String], gazetteer: &Gazetteer, context: &Context) -> Facts {
    let units = Units::new(doc, tokens, vocabulary);
    let dates = dates::find(&units, context);
    let periods = periods::find(&units, &dates);
    let plan_period = periods::plan_period(&units, &periods);
    let year = plan_period.as_ref().map(|p| p.period.from.year()).or(context.year_hint);
    let municipalities = municipalities::find(&units, gazetteer, &dates, context, year);
    let region = municipalities::region(&units, gazetteer, &municipalities, year);
    let swv_numbers = codes::find_numbers(&units);
    let brins = codes::find_brins(&units);
    let kvk = codes::find_kvk(&units);
    let name = organisation::name(&units);
    let others = organisation::others(&units, name.as_ref());
    let named = organisation::named(&units, name.as_ref());
    let legal_form = organisation::form(&units, name.as_ref(), &others);
    let founding = organisation::founding(&units, &dates, &others);
    let mut taken: Vec<Span> = dates.iter().map(|d| d.span).collect();
    taken.extend(periods.iter().filter(|p| !p.exact).map(|p| p.span));
    taken.extend(swv_numbers.iter().map(|n| n.span));
    taken.extend(brins.iter().map(|b| b.span));
    taken.extend(kvk.iter().map(|k| k.span));
    taken.sort();
    let mut numbers = numbers::find(&units);
    let mut at = 0;
    numbers.retain(|n| {
        while at < taken.len() && taken[at].end <= n.span.start {
            at += 1;
        }
        !taken[at..].iter().take_while(|t| t.start < n.span.end).any(|t| t.overlaps(n.span))
    });
    let swv_number = codes::own_number(&units, &swv_numbers);
    Facts {
        dates,
        periods,
        numbers,
        municipalities,
        swv_numbers,
        brins,
        kvk,
        swv_number,
        name,
        legal_form,
        founding,
        others,
        named,
        plan_period,
        region,
        figures: Vec::new(),
    }
}

/// The items of a sorted list that start inside a span.
fn inside<T>(items: &[T], span: Span, of: impl Fn(&T) -> Span) -> &[T] {
    let from = items.partition_point(|x| of(x).start < span.start);
    let to = items.partition_point(|x| of(x).start < span.end);
    &items[from..to.max(from)]
}

impl Facts {
    /// Dates that start inside a span.
    pub fn dates_in(&self, span: Span) -> &[DateFact] {
        inside(&self.dates, span, |d| d.span)
    }

    /// Periods that start inside a span.
    pub fn periods_in(&self, span: Span) -> &[PeriodFact] {
        inside(&self.periods, span, |p| p.span)
    }

    /// Numbers that start inside a span.
    pub fn numbers_in(&self, span: Span) -> &[NumberFact] {
        inside(&self.numbers, span, |n| n.span)
    }

    /// Municipalities that start inside a span.
    pub fn municipalities_in(&self, span: Span) -> &[MunicipalityFact] {
        inside(&self.municipalities, span, |m| m.span)
    }

    /// BRIN codes that start inside a span.
    pub fn brins_in(&self, span: Span) -> &[BrinFact] {
        inside(&self.brins, span, |b| b.span)
    }

    /// Whether it stands in the name of the samenwerkingsverband itself.
    pub fn is_in_name(&self, span: Span) -> bool {
        organisation::is_in(&self.named, span)
    }

    /// Whether what stands there is about another legal person.
    pub fn is_of_another(&self, span: Span) -> bool {
        organisation::is_in(&self.others, span)
    }

    /// The date nearest to a span, by the bytes between; of two as near, the one after.
    pub fn nearest_date(&self, span: Span) -> Option<&DateFact> {
        let after = self.dates.partition_point(|d| d.span.start < span.start);
        let gap = |d: &DateFact| {
            if d.span.overlaps(span) {
                0
            } else if d.span.start >= span.end {
                d.span.start - span.end
            } else {
                span.start - d.span.end
            }
        };
        let before = after.checked_sub(1).and_then(|i| self.dates.get(i));
        let after = self.dates.get(after);
        match (before, after) {
            (Some(b), Some(a)) => Some(if gap(b) < gap(a) { b } else { a }),
            (b, a) => b.or(a),
        }
    }
}
