//! What tesseract read, to runs as of any other page. Three things that a PDF tells and an image does not are worked out over the whole
//! document: how large a line is set, whether it is bold, and how crooked a page lies.

use super::Reading;
use super::hocr::{self, Line, Pixels};
use super::image::Image;
use crate::ingest::{Rect, Run};
use std::collections::BTreeMap;

/// A letter x stands this high, in em: between the 0.47 and 0.58 of the faces that reports are set in.
const X_HEIGHT: f32 = 0.52;
/// Words of which tesseract is less sure than this are dirt, lines of a drawing, handwriting.
const SURE_WORD: f32 = 30.0;
/// So sure it must be of a line, by letter.
const SURE_LINE: f32 = 45.0;
/// A page of which it is less sure than this may be upside down.
const SURE_PAGE: f32 = 60.0;
/// From so many letters on that can be said.
const MANY_LETTERS: usize = 40;
/// Letters as high as an x that a line must have to show its size.
const WITNESSES: usize = 4;
/// Sizes that differ less than this are one size, measured twice.
const SAME_SIZE: f32 = 0.06;
/// A line with too few witnesses takes a size that differs less than this from what it shows.
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
    rules: Vec<Pixels>,
    /// Clockwise quarters by which the image was turned to stand upright.
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
    /// Its size in points, as far as it shows it.
    size: f32,
    /// Letters as high as an x.
    witnesses: usize,
    /// Per word how thick its strokes are against the height of an x; None when it is too short to tell.
    weights: Vec<Option<f32>>,
}

impl Measured {
    fn of(mut line: Line, image: &Image) -> Option<Measured> {
        line.words.retain(|w| w.confidence >= SURE_WORD);
        let letters: usize = line.words.iter().map(|w| letters(&w.text)).sum();
        let sure: f32 = line.words.iter().map(|w| w.confidence * letters_of(w) as f32).sum();
        if letters == 0 || sure < SURE_LINE * letters as f32 {
            return None;
        }
        if let [first, _, ..] = line.words.as_mut_slice()
            && BULLETS.contains(&first.text.as_str())
        {
            first.text = "•".to_owned();
        }
        let high = if line.x_height > 0.0 { line.x_height } else { 0.5 * short_side(line.area) };
        let weigh = |w: &hocr::Word| image.stroke(w.area).filter(|_| letters_of(w) >= WEIGHTY).map(|s| s / high);
        let weights = line.words.iter().map(weigh).collect();
        let witnesses = line.words.iter().flat_map(|w| w.text.chars()).filter(|c| "acegmnopqrsuvwxyz".contains(*c)).count();
        Some(Measured { size: high * image.scale() / X_HEIGHT, witnesses, weights, line })
    }

    fn letters(&self) -> usize {
        self.line.words.iter().map(letters_of).sum()
    }

    /// Quarters counter-clockwise that a line on its side is turned; 0 for one that is not.
    fn quarters(&self) -> u8 {
        let [x0, y0, x1, y1] = self.line.area;
        match self.line.words.as_slice() {
            [first, .., last] if y1 - y0 > 2.0 * (x1 - x0) => {
                if first.area[1] < last.area[1] {
                    3
                } else {
                    1
                }
            }
            _ => 0,
        }
    }
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

fn letters_of(word: &hocr::Word) -> usize {
    letters(&word.text)
}

fn short_side([x0, y0, x1, y1]: Pixels) -> f32 {
    (x1 - x0).min(y1 - y0)
}

impl Sheet {
    /// What was read on an image that was turned clockwise by so many quarters.
    pub fn of(reading: hocr::Reading, image: &Image, quarters: u8) -> Sheet {
        let (width, height) = image.size();
        Sheet {
            lines: reading.lines.into_iter().filter_map(|line| Measured::of(line, image)).collect(),
            rules: reading.rules,
            quarters,
            size: (width as f32, height as f32),
            scale: image.scale(),
        }
    }

    /// How much was read, and how surely.
    pub fn surety(&self) -> f32 {
        let words = self.lines.iter().flat_map(|l| &l.line.words).filter(|w| w.confidence >= SURE_PAGE);
        words.map(|w| letters_of(w) as f32 * w.confidence).sum()
    }

    /// By how many quarters the image may have to be turned clockwise to stand upright; None if it seems to.
    pub fn seems_turned(&self) -> Option<u8> {
        let mut letters = [0usize; 4];
        for line in &self.lines {
            letters[usize::from(line.quarters())] += line.letters();
        }
        let all: usize = letters.iter().sum();
        if all < MANY_LETTERS {
            return None;
        }
        if let Some(side) = [1, 3].into_iter().find(|q| letters[usize::from(*q)] * 2 > all) {
            return Some(side);
        }
        let words = || self.lines.iter().flat_map(|l| &l.line.words);
        let sure: f32 = words().map(|w| letters_of(w) as f32 * w.confidence).sum();
        (sure < SURE_PAGE * all as f32).then_some(2)
    }

    /// How many pixels its lines go down for each to the right: the median, by their length.
    fn skew(&self) -> f32 {
        let long = self.lines.iter().filter(|l| l.quarters() == 0 && l.line.words.len() >= 3);
        let slopes = long.map(|l| (l.line.slope, l.line.area[2] - l.line.area[0])).collect();
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

/// Gives lines that were measured a little apart one size, and those that show none that of their paragraph or the nearest there is.
fn settle_sizes(sheets: &mut [Sheet]) {
    let mut measured: BTreeMap<i32, usize> = BTreeMap::new();
    for line in sheets.iter().flat_map(|s| &s.lines).filter(|l| l.witnesses >= WITNESSES) {
        *measured.entry(tenths(line.size)).or_default() += line.letters();
    }
    // The size of most letters takes its neighbours, then that of most of the others, and so on.
    let mut sizes: Vec<f32> = Vec::new();
    while let Some((most, _)) = measured.iter().max_by_key(|(size, letters)| (**letters, **size)).map(|(s, l)| (*s, *l)) {
        measured.retain(|size, _| (size - most).abs() as f32 > SAME_SIZE * most as f32);
        sizes.push(most as f32 / 10.0);
    }
    let nearest = |size: f32, apart: f32| {
        let near = sizes.iter().copied().filter(|s| (s - size).abs() <= apart * s);
        near.min_by(|a, b| (a - size).abs().total_cmp(&(b - size).abs()))
    };
    for sheet in sheets {
        for line in sheet.lines.iter_mut().filter(|l| l.witnesses >= WITNESSES) {
            line.size = nearest(line.size, SAME_SIZE).unwrap_or(line.size);
        }
        let mut paragraphs: BTreeMap<u32, (usize, f32)> = BTreeMap::new();
        for line in sheet.lines.iter().filter(|l| l.witnesses >= WITNESSES) {
            let most = paragraphs.entry(line.line.paragraph).or_default();
            *most = if line.letters() > most.0 { (line.letters(), line.size) } else { *most };
        }
        for line in sheet.lines.iter_mut().filter(|l| l.witnesses < WITNESSES) {
            let beside = paragraphs.get(&line.line.paragraph).map(|(_, size)| *size);
            let beside = beside.filter(|size| (size - line.size).abs() <= LIKE_SIZE * size);
            line.size = beside.or_else(|| nearest(line.size, LIKE_SIZE)).unwrap_or(line.size);
        }
    }
}

fn tenths(size: f32) -> i32 {
    (size * 10.0).round() as i32
}

/// Per size how thick the strokes of most words are.
fn usual_weights(sheets: &[Sheet]) -> BTreeMap<i32, f32> {
    let mut weights: BTreeMap<i32, Vec<(f32, f32)>> = BTreeMap::new();
    for line in sheets.iter().flat_map(|s| &s.lines) {
        let words = line.line.words.iter().zip(&line.weights);
        weights.entry(tenths(line.size)).or_default().extend(words.filter_map(|(w, weight)| Some(((*weight)?, letters_of(w) as f32))));
    }
    let all = median(weights.values().flatten().copied().collect()).unwrap_or(1.0);
    weights.into_iter().map(|(size, of_size)| (size, median(of_size).unwrap_or(all).min(all))).collect()
}

/// The middle value by weight.
fn median(mut values: Vec<(f32, f32)>) -> Option<f32> {
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = values.iter().map(|v| v.1).sum::<f32>() / 2.0;
    let mut before = 0.0;
    values.iter().find(|(_, weight)| {
        before += weight;
        before >= half
    }).map(|v| v.0)
}

fn reading(sheet: &Sheet, usual: &BTreeMap<i32, f32>) -> Reading {
    let mut runs = Vec::new();
    for measured in &sheet.lines {
        let Measured { line, size, weights, .. } = measured;
        let usual = usual.get(&tenths(*size)).copied().unwrap_or(f32::MAX);
        let bold = settle_bold(measured, weights.iter().map(|w| w.map(|w| w > BOLD * usual)).collect());
        let em = size / sheet.scale;
        let own = measured.quarters();
        for (word, bold) in line.words.iter().zip(bold) {
            let [x0, y0, x1, y1] = word.area;
            let base = line.area[3] + line.offset + line.slope * ((x0 + x1) / 2.0 - line.area[0]);
            let area = if own == 0 { [x0, base - 0.8 * em, x1, base + 0.2 * em] } else { [x0, y0, x1, y1] };
            let angle = i16::from((sheet.quarters + own) % 4) * 90;
            runs.push(Run { text: word.text.trim().to_owned(), rect: sheet.view(area), size: *size, bold, angle, spaced: true });
        }
    }
    let rules = sheet.rules.iter().map(|r| sheet.view(*r)).collect();
    Reading { runs, rules, skew: sheet.skew() }
}

/// Whether each word of a line is bold: a word that is too short to tell is as the one before it, or else after it, and a line of which
/// nearly all is bold, or light, is so wholly.
fn settle_bold(line: &Measured, told: Vec<Option<bool>>) -> Vec<bool> {
    let count = |wanted: bool| -> usize {
        let words = line.line.words.iter().zip(&told);
        words.filter(|(_, t)| **t == Some(wanted)).map(|(w, _)| letters_of(w)).sum()
    };
    let (bold, light) = (count(true), count(false));
    if bold * 5 < light || light * 5 < bold || bold + light == 0 {
        return vec![bold > light; told.len()];
    }
    let mut last = told.iter().flatten().next().copied().unwrap_or(false);
    told.into_iter()
        .map(|t| {
            last = t.unwrap_or(last);
            last
        })
        .collect()
}
