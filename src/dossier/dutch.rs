//! What the TOML reader says, in Dutch and with what to do.

use super::error::nearest;

/// A toml error as message and hint in Dutch.
pub fn dutch(error: &toml::de::Error, text: &str) -> (String, String) {
    let message = error.message();
    let ticked: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    if message.starts_with("unknown field") || message.starts_with("unknown variant") {
        let what = if message.starts_with("unknown field") { "sleutel" } else { "waarde" };
        if let [given, known @ ..] = ticked.as_slice() {
            let list = known.join(", ");
            let hint = match nearest(given, known.iter().copied()) {
                Some(name) => format!("bedoelde u '{name}'? (bekend zijn hier: {list})"),
                None if known.is_empty() => "haal haar weg: hier horen geen sleutels".to_owned(),
                None => format!("bekend zijn hier: {list}"),
            };
            return (format!("onbekende {what} '{given}'"), hint);
        }
    }
    if message.starts_with("missing field")
        && let [name, ..] = ticked.as_slice()
    {
        return (format!("hier ontbreekt '{name}'"), format!("voeg een regel toe die begint met: {name} ="));
    }
    if let Some((found, wanted)) = message.strip_prefix("invalid type: ").and_then(|m| m.split_once(", expected ")) {
        return (format!("hier staat {}", type_name(found)), format!("schrijf hier {}", type_name(wanted)));
    }
    if message.starts_with("invalid value") || message.starts_with("invalid length") {
        return ("deze waarde kan hier niet".to_owned(), "controleer de waarde op deze regel".to_owned());
    }
    if message.contains("duplicate key") {
        return ("deze sleutel staat er twee keer".to_owned(), "haal een van de twee weg".to_owned());
    }
    if is_odd_date(error, text) {
        return ("dit is geen geldige datum of getal".to_owned(), "schrijf een datum als 2014-04-24".to_owned());
    }
    ("dit is geen geldige TOML".to_owned(), "controleer aanhalingstekens, haken en het =-teken op deze regel".to_owned())
}

/// What stands before the first error of the toml reader on its line, when that looks like a date or number it could not read.
fn is_odd_date(error: &toml::de::Error, text: &str) -> bool {
    let at = error.span().map_or(0, |s| s.start.min(text.len()));
    let start = text.get(..at).and_then(|head| head.rfind('\n')).map_or(0, |n| n + 1);
    let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or("");
    line.split_once('=').is_some_and(|(_, value)| value.trim_start().starts_with(|c: char| c.is_ascii_digit()))
}

fn type_name(english: &str) -> &'static str {
    let names = [
        ("string", "tekst tussen aanhalingstekens"),
        ("integer", "een getal"),
        ("floating point", "een getal"),
        ("boolean", "true of false"),
        ("sequence", "een lijst tussen [ en ]"),
        ("map", "een tabel"),
        ("struct", "een tabel met sleutels ([naam] op een eigen regel)"),
        ("datetime", "een datum"),
    ];
    names.iter().find(|(word, _)| english.contains(word)).map_or("iets anders", |(_, dutch)| dutch)
}
