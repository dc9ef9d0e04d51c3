//! hOCR, the form in which tesseract tells what it read: lines with their baseline and x-height, words with their box and confidence.
//! It is read with the suspicion that a document gets: what cannot be is left out.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, escape};

/// Words kept of one page.
const MAX_WORDS: usize = 50_000;
/// Longest word in bytes; more is garbage.
const MAX_WORD: usize = 500;

/// A box in pixels: left, top, right, bottom.
pub(super) type Pixels = [f32; 4];

/// A line of text.
#[derive(Debug, PartialEq)]
pub(super) struct Line {
    /// Box around its words.
    pub area: Pixels,
    /// How many pixels its baseline goes down for each to the right.
    pub slope: f32,
    /// How far below the bottom of the box, at its left side, the baseline begins; a baseline is mostly above it, so below nought.
    pub offset: f32,
    /// Height of a letter x; 0 when that is not told.
    pub x_height: f32,
    /// Its words from left to right.
    pub words: Vec<Word>,
}

/// A word.
#[derive(Debug, PartialEq)]
pub(super) struct Word {
    /// Its text.
    pub text: String,
    /// Its box.
    pub area: Pixels,
    /// How sure tesseract is of it, from 0 to 100.
    pub confidence: f32,
}

/// Reads the hOCR of an image of this width and height: its lines. What is not well-formed ends the reading; what came before it counts.
pub(super) fn read(hocr: &str, size: (u32, u32)) -> Vec<Line> {
    let mut reader = Reader::from_str(hocr);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    let (mut lines, mut count) = (Vec::<Line>::new(), 0);
    // A word is open from its tag to the next end: tesseract puts only marks of style inside.
    let mut open: Option<Word> = None;
    while count < MAX_WORDS {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                let (class, title) = (attribute(&tag, "class"), attribute(&tag, "title"));
                match class.as_str() {
                    "ocr_line" | "ocr_header" | "ocr_caption" | "ocr_textfloat" => lines.extend(line(&title, size)),
                    "ocrx_word" => open = word(&title, size),
                    _ => {}
                }
            }
            Ok(Event::Text(text)) => push(&mut open, &text),
            Ok(Event::GeneralRef(name)) => match name.resolve_char_ref() {
                Ok(Some(c)) => push(&mut open, c.encode_utf8(&mut [0; 4])),
                _ => push(&mut open, escape::resolve_predefined_entity(&name).unwrap_or_default()),
            },
            Ok(Event::End(tag)) if tag.name().as_ref() == "span" => {
                if let (Some(word), Some(line)) = (open.take(), lines.last_mut())
                    && !word.text.trim().is_empty()
                {
                    line.words.push(word);
                    count += 1;
                }
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    lines.retain(|l| !l.words.is_empty());
    lines
}

fn push(open: &mut Option<Word>, text: &str) {
    if let Some(word) = open.as_mut().filter(|w| w.text.len() + text.len() <= MAX_WORD) {
        word.text.push_str(text);
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> String {
    let found = tag.try_get_attribute(name).ok().flatten();
    found.map(|a| a.value.into_owned()).unwrap_or_default()
}

fn line(title: &str, size: (u32, u32)) -> Option<Line> {
    let area = area(title, size)?;
    let [slope, offset] = property(title, "baseline").unwrap_or([0.0, 0.0]);
    // Further from level, or from the bottom of the box, no baseline of a line lies.
    let level = slope.abs() <= 0.2 && offset.abs() <= area[3] - area[1];
    let (slope, offset) = if level { (slope, offset) } else { (0.0, 0.0) };
    let [[height], [below], [above]] = ["x_size", "x_descenders", "x_ascenders"].map(|name| property(title, name).unwrap_or([0.0]));
    let x_height = height - below - above;
    let x_height = if x_height > 0.0 && x_height <= size.1 as f32 { x_height } else { 0.0 };
    Some(Line { area, slope, offset, x_height, words: Vec::new() })
}

fn word(title: &str, size: (u32, u32)) -> Option<Word> {
    let [confidence] = property(title, "x_wconf").unwrap_or([0.0]);
    Some(Word { text: String::new(), area: area(title, size)?, confidence: confidence.clamp(0.0, 100.0) })
}

/// The box of a title; none that lies outside the image.
fn area(title: &str, (width, height): (u32, u32)) -> Option<Pixels> {
    let [x0, y0, x1, y1] = property(title, "bbox")?;
    let within = 0.0 <= x0 && x0 < x1 && x1 <= width as f32 && 0.0 <= y0 && y0 < y1 && y1 <= height as f32;
    within.then_some([x0, y0, x1, y1])
}

/// The numbers of a property: "bbox 3 4 9 8; baseline 0.01 -2".
fn property<const N: usize>(title: &str, name: &str) -> Option<[f32; N]> {
    let values = title.split(';').find_map(|p| p.trim().strip_prefix(name)?.strip_prefix(' '))?;
    let numbers = values.split_whitespace().take(N).map(|v| v.parse().ok().filter(|v: &f32| v.is_finite()));
    numbers.collect::<Option<Vec<f32>>>()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(inside: &str) -> Vec<Line> {
        read(&format!("<?xml version=\"1.0\"?><html><body><div class='ocr_page'>{inside}</div></body></html>"), (1000, 500))
    }

    #[test]
    fn words_come_with_the_box_and_the_line_they_stand_on() {
        let lines = page(
            "<p class='ocr_par' title='bbox 10 20 90 40'>\
             <span class='ocr_line' title=\"bbox 10 20 90 40; baseline 0.02 -5; x_size 19; x_descenders 5; x_ascenders 4.5\">\
             <span class='ocrx_word' title='bbox 10 20 40 40; x_wconf 96'>R&amp;D</span>\
             <span class='ocrx_word' title='bbox 50 20 90 40; x_wconf 31'><strong>co&#246;p</strong></span></span></p>",
        );
        let word = |text: &str, area, confidence| Word { text: text.to_owned(), area, confidence };
        let words = vec![word("R&D", [10.0, 20.0, 40.0, 40.0], 96.0), word("coöp", [50.0, 20.0, 90.0, 40.0], 31.0)];
        let area = [10.0, 20.0, 90.0, 40.0];
        let line = Line { area, slope: 0.02, offset: -5.0, x_height: 9.5, words };
        assert_eq!(lines, [line]);
    }

    #[test]
    fn what_cannot_be_is_left_out() {
        let line = |title: &str| format!("<span class='ocr_line' title='{title}'>");
        let word = |title: &str| format!("<span class='ocrx_word' title='{title}'>x</span>");
        for title in [
            "",
            "bbox",
            "bbox 1 2 3",
            "bbox -1 2 30 40",
            "bbox 30 2 10 40",
            "bbox 10 2 1001 40",
            "bbox NaN 2 30 40",
            "bbox 1e40 2 1e41 40",
            "bbox 99999999999999999999 1 2 3",
        ] {
            assert_eq!(page(&(line("bbox 1 1 90 90") + &word(title) + "</span>")), [], "{title}");
            assert_eq!(page(&(line(title) + &word("bbox 1 2 30 40") + "</span>")), [], "{title}");
        }
        let strange = line("bbox 1 1 90 90; baseline 7 -900; x_size 1e30; x_descenders -4") + &word("bbox 1 2 30 40; x_wconf 1e9");
        let read = page(&strange);
        assert_eq!((read[0].slope, read[0].offset, read[0].x_height), (0.0, 0.0, 0.0));
        assert_eq!(read[0].words[0].confidence, 100.0);
    }

    #[test]
    fn garbage_is_no_text_and_comes_to_an_end() {
        for garbage in ["", "Error in boxClipToRectangle", "<", "<a <b", "\u{fffd}\0<span class='ocrx_word'", "&&&;", "<![CDATA["] {
            assert_eq!(read(garbage, (1000, 500)), [], "{garbage:?}");
        }
        let deep = "<span class='ocrx_word' title='bbox 1 2 30 40'>".repeat(100_000);
        assert!(page(&deep).is_empty());
        let long = format!("<span class='ocrx_word' title='bbox 1 2 30 40'>{}</span>", "x".repeat(MAX_WORD + 1));
        assert!(page(&format!("<span class='ocr_line' title='bbox 1 2 30 40'>{long}")).is_empty());
    }
}
