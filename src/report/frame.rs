//! Snippets with a frame, drawn by ariadne: a passage of a document with its place above and a remark below, and a fault in a file
//! with line and caret.

use super::harmless::{harmless, harmless_lines};
use super::style::{Paint, Style};
use crate::dossier::FileError;
use ariadne::{Color, Config, IndexType, Label, LabelAttach, Report, ReportKind, Source};

/// Width of the words in a passage.
const WIDTH: usize = 96;

/// A passage: `place` in the frame, the words, `remark` below. Lines end in a newline and begin with `indent`.
pub fn passage(place: &str, quote: &str, remark: &str, indent: &str, style: Style) -> String {
    let lines = wrap(&harmless(quote), WIDTH);
    let text = lines.join("\n");
    let config = config(style).with_underlines(false).with_label_attach(LabelAttach::Start);
    let mut report = Report::build(ReportKind::Custom("", Color::Primary), 0..0).with_config(config);
    let mut at = 0;
    for (n, line) in lines.iter().enumerate() {
        // A label per line makes ariadne show them all; the remark hangs from the first word of the last, so that its arm stays short.
        let last = n + 1 == lines.len() && !remark.is_empty();
        let width = if last { line.find(' ').unwrap_or(line.len()).min(8) } else { line.len() };
        let width = line.char_indices().map(|(n, c)| n + c.len_utf8()).find(|end| *end >= width).unwrap_or(0);
        let label = Label::new(at..at + width);
        report = report.with_label(if last { label.with_message(harmless(remark)).with_color(Color::Cyan) } else { label });
        at += line.len() + 1;
    }
    let drawn = draw(report.finish(), &text);
    // ariadne puts "<unknown>:1:1" in the frame, and numbers the lines of the wrapped passage: the place says it better.
    let mut out = String::new();
    for (n, line) in drawn.lines().skip(1).filter(|l| !is_empty_margin(l)).enumerate() {
        let line = if n == 0 {
            line.replacen("<unknown>:1:1", &harmless(place), 1)
        } else if n <= lines.len() {
            line.replacen(&format!("{n} "), "  ", 1)
        } else {
            line.to_owned()
        };
        out.push_str(indent);
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// A fault in a file: message, line, caret and what to do.
pub fn fault(error: &FileError, style: Style) -> String {
    fault_parts(&error.path, &error.text, error.span.clone(), &error.message, error.hint.as_deref(), style)
}

/// As [`fault`], for faults of other modules.
pub fn fault_parts(path: &str, text: &str, span: std::ops::Range<usize>, message: &str, hint: Option<&str>, style: Style) -> String {
    let mut out = format!("{} {}\n", style.paint(Paint::Bad, "fout:"), harmless(message));
    let (text, span) = pointed(text, span);
    if !text.is_empty() {
        let label = Label::new(("", span.clone())).with_message("hier").with_color(Color::Red);
        let report = Report::build(ReportKind::Custom("", Color::Primary), ("", span)).with_config(config(style)).with_label(label);
        let mut buffer = Vec::new();
        report.finish().write_for_stdout(("", Source::from(text)), &mut buffer).expect("writing to memory");
        let drawn = String::from_utf8_lossy(&buffer).into_owned();
        for (n, line) in drawn.lines().skip(1).enumerate() {
            let line = if n == 0 { line.replacen(" :", &format!(" {}:", harmless(path)), 1) } else { line.to_owned() };
            out.push_str(line.trim_end());
            out.push('\n');
        }
    } else {
        out.push_str(&format!("  in {}\n", harmless(path)));
    }
    if let Some(hint) = hint {
        out.push_str(&format!("  {} {}\n", style.paint(Paint::Strong, "wat te doen:"), harmless(hint)));
    }
    out
}

fn config(style: Style) -> Config {
    Config::new().with_color(style.is_coloured()).with_index_type(IndexType::Byte)
}

fn draw(report: Report<'_>, text: &str) -> String {
    let mut buffer = Vec::new();
    report.write_for_stdout(Source::from(text), &mut buffer).expect("writing to memory");
    String::from_utf8_lossy(&buffer).into_owned()
}

/// A line of the frame that holds nothing but the margin.
fn is_empty_margin(line: &str) -> bool {
    plain(line).trim() == "│"
}

/// Without colour codes.
fn plain(line: &str) -> String {
    let mut out = String::new();
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        if c == '\x1b' {
            chars.by_ref().find(|c| *c == 'm');
        } else {
            out.push(c);
        }
    }
    out
}

/// The text made harmless, with the span moved along and never empty (a caret needs a character to stand under).
fn pointed(text: &str, span: std::ops::Range<usize>) -> (String, std::ops::Range<usize>) {
    let border = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let text_end = text.trim_end().len();
    let mut start = border(span.start).min(text_end);
    // At the end of a line or of the file there is nothing to point at: take the character before.
    if (start == text_end || text[start..].starts_with(['\n', '\r'])) && start > 0 {
        start = text[..start].trim_end().char_indices().next_back().map_or(0, |(n, _)| n);
    }
    let line_end = text[start..].find(['\n', '\r']).map_or(text.len(), |n| start + n);
    let width = text[start..].chars().next().map_or(0, char::len_utf8);
    let end = border(span.end).clamp((start + width).min(text.len()), line_end.max(start + width).min(text.len()));
    let head = harmless_lines(&text[..start]).len();
    let body = harmless_lines(&text[start..end]).len();
    (harmless_lines(text).into_owned(), head..head + body)
}

/// Words in lines of at most `width` characters; a longer word has a line of its own.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        match lines.last_mut() {
            Some(line) if used + 1 + length <= width => {
                line.push(' ');
                line.push_str(word);
                used += 1 + length;
            }
            _ => {
                lines.push(word.to_owned());
                used = length;
            }
        }
    }
    if lines.is_empty() { vec![String::new()] } else { lines }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_has_its_place_above_and_the_remark_below() {
        let quote = "De ondersteuningsplanraad bespreekt het concept in zijn vergadering van april. Naar verwachting stemt de raad in mei in met het plan.";
        let drawn = passage("plan.pdf, p. 4 (gedrukt 3), regel 12", quote, "voornemen", "  ", Style::PLAIN);
        let wanted = "     ╭─[ plan.pdf, p. 4 (gedrukt 3), regel 12 ]\n       \
                      │ De ondersteuningsplanraad bespreekt het concept in zijn vergadering van april. Naar verwachting\n       \
                      │ stemt de raad in mei in met het plan.\n";
        assert_eq!(drawn.lines().next(), wanted.lines().next());
        assert!(drawn.contains("│ De ondersteuningsplanraad bespreekt"), "{drawn}");
        assert!(drawn.contains("╰──"), "{drawn}");
        assert!(drawn.lines().any(|l| l.ends_with("voornemen")), "{drawn}");
        assert!(!drawn.contains('1') || drawn.matches('1').count() == 1, "{drawn}");
    }

    #[test]
    fn a_fault_shows_line_and_caret_even_at_odd_places() {
        let text = "[[document]]\nbestant = \"plän.pdf\"\n";
        for span in [13..20, 0..0, 13..13, 24..26, 20..500, 400..500, 12..12, text.len()..text.len()] {
            let drawn = fault_parts("map/dossier.toml", text, span, "onbekend", Some("doe iets"), Style::PLAIN);
            assert!(drawn.contains("[ map/dossier.toml:"), "{drawn}");
            assert!(drawn.contains("wat te doen: doe iets"), "{drawn}");
            assert!(drawn.contains('─'), "{drawn}");
        }
        let whole = fault_parts("d.toml", text, 13..20, "onbekend", None, Style::PLAIN);
        assert!(whole.contains("d.toml:2:1") && whole.contains("bestant"), "{whole}");
        let leeg = fault_parts("d.toml", "", 0..0, "leeg", None, Style::PLAIN);
        assert_eq!(leeg, "fout: leeg\n  in d.toml\n");
    }

    #[test]
    fn hostile_text_draws_no_escape() {
        let drawn = fault_parts("d\x1b.toml", "a\x1b[31m = 1\n", 0..4, "x", None, Style::PLAIN);
        assert!(!drawn.contains('\x1b'), "{drawn:?}");
        assert!(!passage("p", "a\x1b[2Jb \u{202e}", "r\x07", "", Style::PLAIN).contains(['\x1b', '\u{202e}', '\x07']));
    }
}
