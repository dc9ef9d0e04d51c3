//! The drawings, as SVG inside the page. Across they are laid out in per cent of the width, so that they reflow without their letters
//! shrinking; nothing in them is only there to see: the text beside says the same.

use super::words::{class, sign};
use crate::engine::outcome::Verdict;
use crate::report::words::number;
use crate::run::{Run, Spread};
use jiff::civil::{Date, date};
use jiff::{Span, Unit};
use maud::{Markup, html};

/// A share of the width as an attribute.
fn percent(share: f64) -> String {
    format!("{:.2}%", share * 100.0)
}

/// How many of each verdict, as one bar.
pub(super) fn bar(tally: &[(Verdict, usize)]) -> Markup {
    let all: usize = tally.iter().map(|(_, n)| n).sum();
    let mut from = 0;
    let parts = tally.iter().filter(|(_, n)| *n > 0).map(|&(verdict, n)| {
        let x = from;
        from += n;
        (verdict, n, x)
    });
    let share = |n: usize| percent(n as f64 / all.max(1) as f64);
    html! {
        svg.bar width="100%" height="18" aria-hidden="true" {
            @for (verdict, n, x) in parts {
                rect class=(class(verdict)) x=(share(x)) y="0" width=(share(n)) height="18" { title { (n) " " (verdict.label()) } }
                text class=(class(verdict)) x=(share(x)) dx="5" y="13" { (sign(verdict)) }
            }
        }
    }
}

/// A day with what happened on it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Day {
    pub date: Date,
    /// What a list calls it.
    pub name: &'static str,
    /// What a drawing calls it.
    pub short: &'static str,
}

const ROW: usize = 24;

/// Days in order on a line, and the day of the law. Every label has a row of its own, so none lies over another at any width.
pub(super) fn date_line(days: &[Day], limit: Option<Date>) -> Markup {
    let all = || days.iter().map(|d| d.date).chain(limit);
    let (Some(first), Some(last)) = (all().min(), all().max()) else { return html! {} };
    let apart = |from: Date, to: Date| f64::from(from.until((Unit::Day, to)).map_or(0, |span| span.get_days()));
    // Room at both ends, so that no mark stands on an edge.
    let margin = (apart(first, last) * 0.06).max(10.0);
    let width = apart(first, last) + 2.0 * margin;
    let at = |day: Date| (apart(first, day) + margin) / width;
    let top = if limit.is_some() { ROW } else { 0 };
    let axis = top + days.len() * ROW + 10;
    let row = |n: usize| top + n * ROW + 16;
    let side = |share: f64| if share < 0.5 { ("start", "8") } else { ("end", "-8") };
    html! {
        svg.dates width="100%" height=(axis + 28) aria-hidden="true" {
            line.axis x1="0" x2="100%" y1=(axis) y2=(axis) {}
            @for tick in ticks(first, last) {
                @let x = percent(at(tick));
                line.tick x1=(x) x2=(x) y1=(axis) y2=(axis + 5) {}
                text.tick x=(x) y=(axis + 20) text-anchor="middle" { (month(tick)) }
            }
            @if let Some(limit) = limit {
                @let x = percent(at(limit));
                @let (anchor, dx) = side(at(limit));
                line.limit x1=(x) x2=(x) y1="4" y2=(axis) {}
                text.limit x=(x) dx=(dx) y="16" text-anchor=(anchor) { "vóór 1 mei " (limit.year()) }
            }
            @for (n, day) in days.iter().enumerate() {
                @let x = percent(at(day.date));
                line.lead x1=(x) x2=(x) y1=(row(n) - 4) y2=(axis) {}
            }
            @for (n, day) in days.iter().enumerate() {
                @let x = percent(at(day.date));
                @let (anchor, dx) = side(at(day.date));
                circle cx=(x) cy=(axis) r="5" {}
                circle.knot cx=(x) cy=(row(n) - 4) r="2" {}
                text x=(x) dx=(dx) y=(row(n)) text-anchor=(anchor) { (day.short) " " tspan { (short(day.date)) } }
            }
        }
    }
}

/// First days of months to mark, five at most.
fn ticks(first: Date, last: Date) -> Vec<Date> {
    let months = |from: Date| (i32::from(last.year()) - i32::from(from.year())) * 12 + i32::from(last.month()) - i32::from(from.month());
    let step = [1, 2, 3, 6, 12, 24, 60, 120].into_iter().find(|step| months(first) / step < 5).unwrap_or(240);
    // From a month that is a whole number of steps from January, or a January.
    let start = date(first.year(), 1, 1);
    (0..)
        .map_while(|n| start.checked_add(Span::new().months(n * step)).ok())
        .skip_while(|d| *d < first)
        .take_while(|d| *d <= last)
        .collect()
}

const MONTHS: [&str; 12] = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];

fn month(day: Date) -> String {
    format!("{} {}", MONTHS[day.month() as usize - 1], day.year())
}

fn short(day: Date) -> String {
    format!("{} {}", day.day(), month(day))
}

/// Columns of dots of a strip.
const COLUMNS: f64 = 60.0;

/// How a figure lies over the group: every dossier a dot, stacked where they share a place; the box is the middle half, the line in it the
/// median.
pub(super) fn strip(run: &Run, spread: &Spread, about: &str) -> Markup {
    let (Some(low), Some(high)) = (spread.values.first().map(|v| v.1), spread.values.last().map(|v| v.1)) else { return html! {} };
    let share = |v: f64| 0.03 + 0.94 * if high > low { (v - low) / (high - low) } else { 0.5 };
    let column = |v: f64| (share(v) * COLUMNS).floor();
    let stacks = spread.values.chunk_by(|a, b| column(a.1) == column(b.1));
    let tallest = stacks.clone().map(<[_]>::len).max().unwrap_or(1);
    let step = (72.0 / tallest as f64).min(10.0);
    let base = 14.0 + step * (tallest - 1) as f64 + 8.0;
    let name = |n: usize| run.dossiers.get(n).map_or("", |d| d.title());
    let told = |v: f64| number(v, spread.unit);
    html! {
        svg.strip width="100%" height=(format!("{:.0}", base + 30.0)) role="img" aria-label=(about) {
            @if let Some([q1, median, q3]) = spread.quartiles() {
                rect.middle x=(percent(share(q1))) width=(percent(share(q3) - share(q1))) y="2" height=(format!("{:.0}", base)) rx="3" {}
                line.median x1=(percent(share(median))) x2=(percent(share(median))) y1="2" y2=(format!("{:.0}", base + 2.0)) {}
            }
            line.axis x1="0" x2="100%" y1=(format!("{:.0}", base + 2.0)) y2=(format!("{:.0}", base + 2.0)) {}
            @for stack in stacks {
                @for (up, (n, v)) in stack.iter().enumerate() {
                    circle cx=(percent(share(*v))) cy=(format!("{:.1}", base - 6.0 - step * up as f64)) r="4.5" { title { (name(*n)) ": " (told(*v)) } }
                }
            }
            text x=(percent(share(low))) y=(format!("{:.0}", base + 20.0)) text-anchor="start" dx="-4" { (told(low)) }
            @if high > low { text x=(percent(share(high))) y=(format!("{:.0}", base + 20.0)) text-anchor="end" dx="4" { (told(high)) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_marks_whole_months_and_few_of_them() {
        let shown = |a: Date, b: Date| ticks(a, b).into_iter().map(month).collect::<Vec<_>>().join(", ");
        assert_eq!(shown(date(2014, 3, 19), date(2014, 5, 13)), "apr 2014, mei 2014");
        assert_eq!(shown(date(2013, 10, 2), date(2014, 5, 1)), "nov 2013, jan 2014, mrt 2014, mei 2014");
        assert_eq!(shown(date(2010, 10, 2), date(2014, 5, 1)), "jan 2011, jan 2012, jan 2013, jan 2014");
        assert_eq!(shown(date(1900, 1, 1), date(2014, 5, 1)), "jan 1900, jan 1920, jan 1940, jan 1960, jan 1980, jan 2000");
    }

    #[test]
    fn every_label_of_the_line_has_a_row_of_its_own() {
        let day = |d: i8| Day { date: date(2014, 4, d), name: "vaststelling", short: "vaststelling" };
        let svg = date_line(&[day(1), day(1), day(2)], Some(date(2014, 5, 1))).into_string();
        for row in ["y=\"16\"", "y=\"40\"", "y=\"64\"", "y=\"88\""] {
            assert_eq!(svg.matches(&format!(" {row} text-anchor")).count(), 1, "{row} {svg}");
        }
        assert!(svg.contains("1 apr 2014") && svg.contains("1 mei 2014"), "{svg}");
        assert_eq!(date_line(&[], None).into_string(), "");
    }
}
