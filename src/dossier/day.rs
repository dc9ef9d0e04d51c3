//! A day in a cell or a key, in the notations people use.

use jiff::civil::Date;

const MONTHS: [&str; 12] =
    ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"];

/// "24-4-2014", "24/04/14", "24.4.2014", "24 april 2014", "24 apr. 2014", "2014-04-24", each with or without a time after it; None when it
/// is no day of the calendar.
pub fn day(given: &str) -> Option<Date> {
    let given = given.trim().to_lowercase();
    let words = given.split(|c: char| c.is_whitespace() || matches!(c, '-' | '/' | '.' | ',')).filter(|w| !w.is_empty());
    // A time of day, which spreadsheets add, says nothing here.
    let untimed = |w: &'_ str| if w.contains(':') { w.find('t').unwrap_or(0) } else { w.len() };
    let words: Vec<&str> = words.map(|w| &w[..untimed(w)]).filter(|w| !w.is_empty()).collect();
    let [first, month, last] = words[..] else { return None };
    let (day, year) = if first.len() == 4 { (last, first) } else { (first, last) };
    let month = match number(month, 2) {
        Some(month) => month,
        None => month_named(month)?,
    };
    let year = match year.len() {
        2 => 2000 + number(year, 2)?,
        4 => number(year, 4)?,
        _ => return None,
    };
    Date::new(year, month.try_into().ok()?, number(day, 2)?.try_into().ok()?).ok()
}

/// "24-4-2014".
pub fn told(day: Date) -> String {
    format!("{}-{}-{}", day.day(), day.month(), day.year())
}

/// Digits only, and not more than `width`.
fn number(word: &str, width: usize) -> Option<i16> {
    (word.len() <= width && word.bytes().all(|b| b.is_ascii_digit())).then(|| word.parse().ok()).flatten()
}

/// "april", "apr", "sept", "mrt".
fn month_named(word: &str) -> Option<i16> {
    let at = match word {
        "mrt" => Some(2),
        _ if word.len() < 3 => None,
        _ => MONTHS.iter().position(|m| m.starts_with(word)),
    };
    at.map(|at| at as i16 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notations_of_one_day() {
        for given in [
            "24-4-2014",
            "24-04-2014",
            "24/4/2014",
            "24.04.2014",
            "24-04-14",
            " 24 april 2014 ",
            "24 Apr. 2014",
            "24-apr-2014",
            "24-apr-14",
            "2014-04-24",
            "24-4-2014 00:00",
            "2014-04-24 00:00:00",
            "2014-04-24T00:00:00",
        ] {
            assert_eq!(day(given), Some(jiff::civil::date(2014, 4, 24)), "{given}");
        }
        assert_eq!(day("1 mrt 2014"), day("1 maart 2014"));
        assert_eq!(day("1 sept. 2014"), day("1-9-2014"));
    }

    #[test]
    fn what_is_no_day() {
        for given in
            ["", "morgen", "2014", "4/24/2014", "31-2-2014", "24 ma 2014", "24-4-214", "1-2-3-4", "41753", "-1-4-2014x", "²4-4-2014"]
        {
            assert_eq!(day(given), None, "{given}");
        }
    }
}
