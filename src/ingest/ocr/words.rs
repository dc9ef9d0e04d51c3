//! What tesseract read, to runs as of any other page. Three things that a PDF tells and an image does not are worked out over the whole
//! document: how large a line is set, whether it is bold, and how crooked a page lies.

use super::Reading;
use super::hocr::{Line, Pixels, Word};
use super::image::Image;
use crate::ingest::{Rect, Run};
use std::collections::BTreeMap;

/// How high letters stand in em, and how deep: of an x, of an l or a capital, of a p. Faces differ a tenth from this, but not within
/// themselves.
const X_HEIGHT: f32 = 0.52;
const ASCENDER: f32 = 0.72;
const DESCENDER: f32 = 0.21;
/// Words of which tesseract is less sure than this are dirt, lines of a drawing, handwriting.
const SURE_WORD: f32 = 30.0;
/// So sure it must be of a line, by letter.
const SURE_LINE: f32 = 45.0;
/// A page of which it is less sure than this may be turned.
const SURE_PAGE: f32 = 65.0;
/// Letters that a line must have to show its size.
const WITNESSES: usize = 4;
/// Sizes that differ less than this are one size, measured twice.
const SAME_SIZE: f32 = 0.06;
/// A line with too few letters takes a size that differs less than this from what it shows.
const LIKE_SIZE: f32 = 0.25;
/// Strokes of a bold face are at least so much thicker than those of the text.
const BOLD: f32 = 1.28;
/// Letters that a word must have to show its weight.
const WEIGHTY: usize = 3;
/// A page that slopes less lies straight: half a point over the width of its text.
const STRAIGHT: f32 = 0.001;
/// Marks of a list as tesseract reads them: it knows few signs that are no letters. None of these is a word.
const BULLETS: [&str; 11] = ["e", "o", "*", "«", "»", "°", "©", "®", "¢", "·", "+"];

/// A page as read.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    lines: Vec<Measured>,
    /// Rules between columns and rows.
    rules: Vec<Pixels>,
    /// Letters of all that tesseract took for words, dirt too, and how sure it was of them.
    seen: (usize, f32),
    /// Clockwise quarters by which the image was turned.
    quarters: u8,
    /// Width and height of the image as turned.
    size: (f32, f32),
    /// Points of paper to a pixel.
    scale: f32,
}

/// A line with what was measured on it.
#[derive(Debug)]
struct Measured {
    line: Line,
    /// Its size in points.
    size: f32,
    /// Per word how thick its strokes are, in em; None when it is too short to tell.
    weights: Vec<Option<f32>>,
}

impl Measured {
    /// A line of which tesseract is sure enough.
    fn of(mut line: Line, image: &Image) -> Option<Measured> {
        line.words.retain(|w| w.confidence >= SURE_WORD);
        let count: usize = line.words.iter().map(letters).sum();
        let sure: f32 = line.words.iter().map(sure_letters).sum();
        if count == 0 || sure < SURE_LINE * count as f32 {
            return None;
        }
        if let [first, _, ..] = line.words.as_mut_slice()
            && BULLETS.contains(&first.text.as_str())
        {
            first.text = "•".to_owned();
        }
        let told = if line.x_height > 0.0 { line.x_height / X_HEIGHT } else { line.area[3] - line.area[1] };
        let em = median(line.words.iter().filter_map(|w| Some((em(w)?, letters(w) as f32))).collect()).unwrap_or(told);
        let weigh = |w: &Word| image.stroke(w.area).filter(|_| letters(w) >= WEIGHTY).map(|s| s / em);
        let weights = line.words.iter().map(weigh).collect();
        Some(Measured { size: em * image.scale(), weights, line })
    }

    fn letters(&self) -> usize {
        self.line.words.iter().map(letters).sum()
    }
}

fn letters(word: &Word) -> usize {
    word.text.chars().filter(|c| c.is_alphanumeric()).count()
}

fn sure_letters(word: &Word) -> f32 {
    word.confidence * letters(word) as f32
}

/// An em in pixels, by the height of a word and the letters in it; None when they do not tell.
fn em(word: &Word) -> Option<f32> {
    let has = |wanted: fn(char) -> bool| word.text.chars().any(wanted);
    let high = has(|c| matches!(c, 'b' | 'd' | 'f' | 'h' | 'k' | 'l') || c.is_uppercase() || c.is_ascii_digit());
    let low = has(|c| matches!(c, 'g' | 'j' | 'p' | 'q' | 'y'));
    // A t is higher than an x and lower than an l; so are dots and accents. Some capitals go down in some faces, and signs where they like.
    let between = !high && has(|c| matches!(c, 't' | 'i' | 'j') || !c.is_ascii());
    let strange = has(|c| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '–')) || matches!(c, 'Q' | 'J'));
    if between || strange || !has(char::is_alphanumeric) {
        return None;
    }
    let height = if high { ASCENDER } else { X_HEIGHT } + if low { DESCENDER } else { 0.0 };
    Some((word.area[3] - word.area[1]) / height)
}

impl Sheet {
    /// What was read on an image that was turned clockwise by so many quarters.
    pub fn of(lines: Vec<Line>, image: &Image, quarters: u8) -> Sheet {
        let (width, height) = image.size();
        let words = || lines.iter().flat_map(|l| &l.words);
        let seen = (words().map(letters).sum(), words().map(sure_letters).sum());
        let lines = lines.into_iter().filter_map(|line| Measured::of(line, image)).collect();
        Sheet { lines, rules: image.rules(), seen, quarters, size: (width as f32, height as f32), scale: image.scale() }
    }

    /// How much was read, and how surely.
    pub fn surety(&self) -> f32 {
        let words = self.lines.iter().flat_map(|l| &l.line.words);
        words.filter(|w| w.confidence >= SURE_PAGE).map(sure_letters).sum()
    }

    /// Whether it seems to stand upright: most of what was seen is sure.
    pub fn is_sure(&self) -> bool {
        let (letters, sure) = self.seen;
        letters > 0 && sure >= SURE_PAGE * letters as f32
    }

    /// How many pixels its lines go down for each to the right: the median, by their length.
    fn skew(&self) -> f32 {
        let long = self.lines.iter().map(|l| &l.line).filter(|l| l.words.len() >= 3);
        let slopes = long.map(|l| (l.slope, l.area[2] - l.area[0])).collect();
        median(slopes).filter(|slope| slope.abs() >= STRAIGHT).unwrap_or(0.0)
    }

    /// A box of the image as turned, in view coordinates of the page.
    fn view(&self, [x0, y0, x1, y1]: Pixels) -> Rect {
        let (w, h) = self.size;
        let [x0, y0, x1, y1] = match self.quarters {
            1 => [y0, w - x1, y1, w - x0],
            2 => [w - x1, h - y1, w - x0, h - y0],
            3 => [h - y1, x0, h - y0, x1],
            _ => [x0, y0, x1, y1],
        }
        .map(|v| v * self.scale);
        Rect { x0, y0, x1, y1 }
    }
}

/// Sheets to readings: sizes and weights as they are over all of them.
pub(super) fn settle(mut sheets: Vec<Sheet>) -> Vec<Reading> {
    settle_sizes(&mut sheets);
    let usual = usual_weights(&sheets);
    sheets.iter().map(|sheet| reading(sheet, &usual)).collect()
}

/// Gives lines that were measured a little apart one size, and those that are too short to tell the nearest there is.
fn settle_sizes(sheets: &mut [Sheet]) {
    let mut measured: BTreeMap<i32, usize> = BTreeMap::new();
    for line in sheets.iter().flat_map(|s| &s.lines).filter(|l| l.letters() >= WITNESSES) {
        *measured.entry(tenths(line.size)).or_default() += line.letters();
    }
    // The size of most letters takes its neighbours, then that of most of the others, and so on.
    let mut sizes: Vec<f32> = Vec::new();
    while let Some(most) = measured.iter().max_by_key(|(size, letters)| (**letters, **size)).map(|(size, _)| *size) {
        measured.retain(|size, _| (size - most).abs() as f32 > SAME_SIZE * most as f32);
        sizes.push(most as f32 / 10.0);
    }
    for line in sheets.iter_mut().flat_map(|s| &mut s.lines) {
        let off = |size: &f32| (size - line.size).abs();
        // In the order in which sizes took their neighbours.
        let same = sizes.iter().copied().find(|s| off(s) <= SAME_SIZE * s);
        let like = || sizes.iter().copied().filter(|s| off(s) <= LIKE_SIZE * s).min_by(|a, b| off(a).total_cmp(&off(b)));
        line.size = same.or_else(|| like().filter(|_| line.letters() < WITNESSES)).unwrap_or(line.size);
    }
}

fn tenths(size: f32) -> i32 {
    (size * 10.0).round() as i32
}

/// Per size how thick the strokes of most words are; of a size in which most is bold, those of all words.
fn usual_weights(sheets: &[Sheet]) -> BTreeMap<i32, f32> {
    let mut weights: BTreeMap<i32, Vec<(f32, f32)>> = BTreeMap::new();
    for line in sheets.iter().flat_map(|s| &s.lines) {
        let words = line.line.words.iter().zip(&line.weights);
        weights.entry(tenths(line.size)).or_default().extend(words.filter_map(|(w, weight)| Some(((*weight)?, letters(w) as f32))));
    }
    let all = median(weights.values().flatten().copied().collect()).unwrap_or(1.0);
    weights.into_iter().map(|(size, of_size)| (size, median(of_size).map_or(all, |own| own.min(all)))).collect()
}

/// The middle value, of values with their weight.
fn median(mut values: Vec<(f32, f32)>) -> Option<f32> {
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = values.iter().map(|v| v.1).sum::<f32>() / 2.0;
    let mut before = 0.0;
    let middle = values.iter().find(|(_, weight)| {
        before += weight;
        before >= half
    });
    middle.map(|v| v.0)
}

fn reading(sheet: &Sheet, usual: &BTreeMap<i32, f32>) -> Reading {
    let mut runs = Vec::new();
    for measured in &sheet.lines {
        let Measured { line, size, weights, .. } = measured;
        let usual = usual.get(&tenths(*size)).copied().unwrap_or(f32::MAX);
        let bold = settle_bold(line, weights.iter().map(|w| w.map(|w| w > BOLD * usual)).collect());
        let em = size / sheet.scale;
        for (word, bold) in line.words.iter().zip(bold) {
            let [x0, _, x1, _] = word.area;
            let base = line.area[3] + line.offset + line.slope * ((x0 + x1) / 2.0 - line.area[0]);
            let rect = sheet.view([x0, base - 0.8 * em, x1, base + 0.2 * em]);
            let angle = i16::from(sheet.quarters) * 90;
            runs.push(Run { text: word.text.trim().to_owned(), rect, size: *size, bold, angle, spaced: true, ..Run::default() });
        }
    }
    let rules = sheet.rules.iter().map(|r| sheet.view(*r)).collect();
    Reading { runs, rules, skew: sheet.skew() }
}

/// Whether each word of a line is bold: a word that is too short to tell is as the one before it, or else after it, and a line of which
/// nearly all is bold, or light, is so wholly.
fn settle_bold(line: &Line, told: Vec<Option<bool>>) -> Vec<bool> {
    let count = |wanted: bool| -> usize {
        let words = line.words.iter().zip(&told);
        words.filter(|(_, t)| **t == Some(wanted)).map(|(w, _)| letters(w)).sum()
    };
    let (bold, light) = (count(true), count(false));
    if bold * 5 < light || light * 5 < bold || bold + light == 0 {
        return vec![bold > light; told.len()];
    }
    let mut last = told.iter().flatten().next().copied().unwrap_or(false);
    let settled = told.into_iter().map(|t| {
        last = t.unwrap_or(last);
        last
    });
    settled.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, x0: f32, x1: f32, height: f32) -> Word {
        Word { text: text.to_owned(), area: [x0, 100.0 - height, x1, 100.0], confidence: 95.0 }
    }

    fn line(words: Vec<Word>) -> Line {
        let (x0, x1) = (words[0].area[0], words[words.len() - 1].area[2]);
        Line { area: [x0, 60.0, x1, 100.0], slope: 0.0, offset: 0.0, x_height: 20.8, words }
    }

    /// A sheet of lines on a clean page of 1000 by 500 pixels at 300 an inch, read after it was turned.
    fn sheet(lines: Vec<Line>, quarters: u8) -> Sheet {
        let image = Image::white((1000, 500), 0.24);
        Sheet::of(lines, &image, quarters)
    }

    fn texts(reading: &Reading) -> Vec<&str> {
        reading.runs.iter().map(|r| r.text.as_str()).collect()
    }

    #[test]
    fn a_word_stands_on_its_baseline_as_high_as_its_size() {
        // An l of 30 pixels: 41.7 pixels to the em, ten points.
        let reading = settle(vec![sheet(vec![line(vec![word("leerling", 100.0, 200.0, 38.75)])], 0)]).remove(0);
        let run = &reading.runs[0];
        assert_eq!((run.size, run.angle, run.bold, run.spaced), (10.0, 0, false, true));
        let rect = Rect { x0: 24.0, y0: 16.0, x1: 48.0, y1: 26.0 };
        let near = |a: f32, b: f32| (a - b).abs() < 0.01;
        assert!(
            near(run.rect.x0, rect.x0) && near(run.rect.x1, rect.x1) && near(run.rect.y0, rect.y0) && near(run.rect.y1, rect.y1),
            "{run:?}"
        );
    }

    #[test]
    fn a_page_that_was_turned_is_turned_back() {
        // At the top left of what was turned; the page itself is 240 points wide and 120 high, and so are half turns of it.
        let corner = |quarters: u8, lines| settle(vec![sheet(lines, quarters)]).remove(0).runs.remove(0);
        let lines = || vec![line(vec![word("leerling", 0.0, 100.0, 38.75)])];
        let half = corner(2, lines());
        assert!(half.angle == 180 && half.rect.x1 == 240.0 && half.rect.x0 == 216.0 && (half.rect.y1 - 104.0).abs() < 0.01, "{half:?}");
        // Read from below upwards on the page: at the left, its beginning below. As turned it is 240 wide, so that is its height.
        let up = corner(1, lines());
        assert!(up.angle == 90 && up.rect.y1 == 240.0 && up.rect.y0 == 216.0 && (up.rect.x0 - 16.0).abs() < 0.01, "{up:?}");
        let down = corner(3, lines());
        assert!(down.angle == 270 && down.rect.y0 == 0.0 && down.rect.y1 == 24.0 && (down.rect.x1 - 104.0).abs() < 0.01, "{down:?}");
    }

    #[test]
    fn a_page_full_of_dirt_may_be_turned() {
        let doubt = |text: &str, confidence| line(vec![Word { confidence, ..word(text, 0.0, 90.0, 30.0) }]);
        assert!(sheet(vec![doubt("leerling", 95.0), doubt("nnen", 12.0)], 0).is_sure());
        assert!(!sheet(vec![doubt("oa", 80.0), doubt("Jaaouuauuesn", 20.0)], 0).is_sure());
        assert!(!sheet(Vec::new(), 0).is_sure());
    }

    #[test]
    fn what_is_unsure_is_left_out_and_a_strange_mark_at_the_start_is_a_bullet() {
        let doubt = |mut word: Word, confidence| {
            word.confidence = confidence;
            word
        };
        let lines = vec![
            line(vec![word("e", 10.0, 20.0, 20.0), word("leerling", 40.0, 140.0, 38.75), doubt(word("nnen", 150.0, 200.0, 20.0), 12.0)]),
            line(vec![doubt(word("mm", 10.0, 60.0, 20.0), 40.0)]),
            line(vec![word("—", 10.0, 60.0, 5.0)]),
        ];
        assert_eq!(texts(&settle(vec![sheet(lines, 0)])[0]), ["•", "leerling"]);
    }

    #[test]
    fn sizes_measured_a_little_apart_are_one() {
        let long = |height: f32| line(vec![word("samenwerkingsverband", 0.0, 400.0, height)]);
        // Ascenders and descenders together are 0.93 em.
        let heights = [38.75, 38.75, 40.0, 38.0, 46.5];
        let mut lines: Vec<Line> = heights.map(long).into();
        // Too short to tell by itself.
        lines.push(line(vec![word("7", 0.0, 20.0, 27.0)]));
        let sizes: Vec<f32> = settle(vec![sheet(lines, 0)])[0].runs.iter().map(|r| r.size).collect();
        assert_eq!(sizes, [10.0, 10.0, 10.0, 10.0, 12.0, 10.0]);
    }

    #[test]
    fn the_skew_is_that_of_the_long_lines() {
        let sloping = |slope: f32, end: f32| {
            let words = [0.0, 1.0, 2.0].map(|n| word("leerling", end / 3.0 * n, end / 3.0 * n + 80.0, 38.0));
            Line { slope, ..line(words.into()) }
        };
        let skew = |lines| settle(vec![sheet(lines, 0)])[0].skew;
        assert_eq!(skew(vec![sloping(0.02, 900.0), sloping(0.018, 800.0), sloping(-0.1, 250.0)]), 0.018);
        assert_eq!(skew(vec![sloping(0.0004, 900.0)]), 0.0);
        assert_eq!(settle(vec![Sheet::default()])[0].skew, 0.0);
    }
}
