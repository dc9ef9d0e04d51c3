//! A page as it goes to tesseract: shades of grey. Here too is measured what tesseract does not tell: how thick the strokes of a word are,
//! and where rules are drawn.

use super::hocr::Pixels;
use crate::ingest::picture::Painted;

/// Shades that differ less than this from each other are one colour: an image without more is blank.
const CONTRAST: u8 = 40;

/// A row of ink that is shorter than this, in points, is no part of a rule.
const RULE_PIECE: f32 = 20.0;
/// A rule is at least so long, in points.
const RULE_LENGTH: f32 = 40.0;
/// And at most so thick; more is a bar or a picture.
const RULE_THICKNESS: f32 = 3.5;
/// So much it may slope: four degrees.
const RULE_SLOPE: f32 = 0.07;
/// So many pixels of paper in it are dirt.
const SPECK: usize = 2;

/// A grey image.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Image {
    width: usize,
    height: usize,
    /// Row after row, 0 is black.
    grey: Vec<u8>,
    /// Points of paper to a pixel.
    scale: f32,
    /// What is darker is ink.
    ink: u8,
}

impl Image {
    /// A page as painted.
    pub fn of(painted: &Painted<'_>) -> Image {
        let (width, height) = painted.size;
        // The weights of ITU-R BT.601, in 256ths.
        let shade = |p: &[u8]| ((u32::from(p[0]) * 77 + u32::from(p[1]) * 150 + u32::from(p[2]) * 29) >> 8) as u8;
        let grey = painted.rgba.chunks_exact(4).map(shade).collect();
        Image::new((width as usize, height as usize), grey, painted.geometry.view_size().0 / width as f32)
    }

    fn new((width, height): (usize, usize), grey: Vec<u8>, scale: f32) -> Image {
        let ink = threshold(&grey);
        Image { width, height, grey, scale, ink }
    }

    /// A clean page, for tests.
    #[cfg(test)]
    pub fn white((width, height): (usize, usize), scale: f32) -> Image {
        Image::new((width, height), vec![255; width * height], scale)
    }

    /// Width and height in pixels.
    pub fn size(&self) -> (u32, u32) {
        (self.width as u32, self.height as u32)
    }

    /// Points of paper to a pixel.
    pub fn scale(&self) -> f32 {
        self.scale
    }

    /// Pixels per inch, within what tesseract believes.
    pub fn resolution(&self) -> u32 {
        (72.0 / self.scale).round().clamp(70.0, 2400.0) as u32
    }

    /// Whether nothing stands out.
    pub fn is_blank(&self) -> bool {
        let (least, most) = self.grey.iter().fold((u8::MAX, 0), |(least, most), v| (least.min(*v), most.max(*v)));
        most.saturating_sub(least) < CONTRAST
    }

    /// As a file: a PGM, which every build of tesseract reads.
    pub fn pgm(&self) -> Vec<u8> {
        let mut file = format!("P5\n{} {}\n255\n", self.width, self.height).into_bytes();
        file.extend_from_slice(&self.grey);
        file
    }

    /// Turned clockwise by so many quarters.
    pub fn turned(&self, quarters: u8) -> Image {
        let (w, h) = (self.width, self.height);
        let at = |x: usize, y: usize| self.grey[y * w + x];
        let (size, grey): (_, Vec<u8>) = match quarters % 4 {
            1 => ((h, w), (0..w * h).map(|n| at(n / h, h - 1 - n % h)).collect()),
            2 => ((w, h), self.grey.iter().rev().copied().collect()),
            3 => ((h, w), (0..w * h).map(|n| at(w - 1 - n / h, n % h)).collect()),
            _ => ((w, h), self.grey.clone()),
        };
        Image { width: size.0, height: size.1, grey, ..*self }
    }

    /// How thick the strokes in a box are on average, in pixels: twice what is dark over the length of its edge. None if nothing is.
    pub fn stroke(&self, [x0, y0, x1, y1]: Pixels) -> Option<f32> {
        let (x0, x1) = (x0 as usize, (x1 as usize).min(self.width));
        let (y0, y1) = (y0 as usize, (y1 as usize).min(self.height));
        let dark = |x: usize, y: usize| self.grey[y * self.width + x] < self.ink;
        let (mut area, mut crossings) = (0u32, 0u32);
        for y in y0..y1 {
            for x in x0..x1 {
                let here = dark(x, y);
                area += u32::from(here);
                crossings += u32::from(x > x0 && dark(x - 1, y) != here) + u32::from(y > y0 && dark(x, y - 1) != here);
            }
        }
        // Crofton: what a line crosses along rows and columns, times a quarter of pi, is its length.
        (crossings > 0).then(|| 2.0 * area as f32 / (crossings as f32 * std::f32::consts::FRAC_PI_4))
    }
}

/// Ink without a gap, over rows that follow each other.
struct Stripe {
    from: usize,
    to: usize,
    top: usize,
    bottom: usize,
    area: usize,
}

impl Image {
    /// Thin lines across and down the page, each as the level bar in its middle.
    pub fn rules(&self) -> Vec<Pixels> {
        let dark = |x: usize, y: usize| self.grey[y * self.width + x] < self.ink;
        let across = self.stripes(self.width, self.height, |along, row| dark(along, row)).into_iter();
        let down = self.stripes(self.height, self.width, |along, row| dark(row, along)).into_iter();
        across.chain(down.map(|[x0, y0, x1, y1]| [y0, x0, y1, x1])).collect()
    }

    /// Rules along rows of this length; so many rows.
    fn stripes(&self, length: usize, rows: usize, dark: impl Fn(usize, usize) -> bool) -> Vec<Pixels> {
        let piece = (RULE_PIECE / self.scale) as usize;
        let (mut open, mut done): (Vec<Stripe>, Vec<Stripe>) = (Vec::new(), Vec::new());
        for row in 0..rows {
            let mut at = 0;
            while at < length {
                if !dark(at, row) {
                    at += 1;
                    continue;
                }
                let (from, mut to) = (at, at + 1);
                while let Some(next) = (to..length.min(to + SPECK + 1)).find(|n| dark(*n, row)) {
                    to = next + 1;
                }
                at = to;
                if to - from < piece {
                    continue;
                }
                match open.iter_mut().find(|s| s.from <= to && from <= s.to) {
                    Some(s) => {
                        (s.from, s.to, s.bottom) = (s.from.min(from), s.to.max(to), row + 1);
                        s.area += to - from;
                    }
                    None => open.push(Stripe { from, to, top: row, bottom: row + 1, area: to - from }),
                }
            }
            let (ended, going): (Vec<_>, Vec<_>) = open.into_iter().partition(|s| s.bottom + SPECK < row + 1);
            done.extend(ended);
            open = going;
        }
        done.append(&mut open);
        done.into_iter().filter_map(|s| self.bar(&s)).collect()
    }

    /// The bar in the middle of a stripe, if that is a rule.
    fn bar(&self, s: &Stripe) -> Option<Pixels> {
        let length = (s.to - s.from) as f32;
        let thickness = s.area as f32 / length;
        let level = (s.bottom - s.top) as f32 <= thickness + SPECK as f32 + RULE_SLOPE * length;
        let rule = length * self.scale >= RULE_LENGTH && thickness * self.scale <= RULE_THICKNESS && level;
        let middle = (s.top + s.bottom) as f32 / 2.0;
        rule.then_some([s.from as f32, middle - thickness / 2.0, s.to as f32, middle + thickness / 2.0])
    }
}

/// The shade that parts ink from paper best: where the two differ most from each other and least within (Otsu).
fn threshold(grey: &[u8]) -> u8 {
    let mut count = [0u64; 256];
    for v in grey {
        count[usize::from(*v)] += 1;
    }
    let sum = |range: &[u64], from: usize| range.iter().enumerate().map(|(n, c)| (n + from) as u64 * c).sum::<u64>();
    let (all, total) = (grey.len() as u64, sum(&count, 0));
    let (mut below, mut dark, mut best) = (0, 0, (0.0, 128));
    for shade in 1..=255u8 {
        let before = usize::from(shade) - 1;
        below += count[before];
        dark += before as u64 * count[before];
        if below > 0 && below < all {
            let apart = dark as f64 / below as f64 - (total - dark) as f64 / (all - below) as f64;
            let between = apart * apart * below as f64 * (all - below) as f64;
            if between > best.0 {
                best = (between, shade);
            }
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three by two: a dark corner at the top right.
    fn corner() -> Image {
        Image::new((3, 2), vec![255, 250, 0, 255, 255, 255], 0.24)
    }

    #[test]
    fn an_image_turned_four_quarters_is_itself() {
        let image = corner();
        assert_eq!(image.turned(1).pgm(), b"P5\n2 3\n255\n\xff\xff\xff\xfa\xff\x00");
        assert_eq!(image.turned(2).grey, [255, 255, 255, 0, 250, 255]);
        assert_eq!(image.turned(3).grey, [0, 255, 250, 255, 255, 255]);
        assert_eq!(image.turned(1).turned(3), image);
        assert_eq!(image.turned(2).turned(2), image);
        assert_eq!(image.resolution(), 300);
    }

    #[test]
    fn paper_alone_is_blank() {
        assert!(!corner().is_blank());
        assert!(Image::new((2, 1), vec![250, 230], 0.24).is_blank());
        assert!(Image::new((0, 0), Vec::new(), 0.24).is_blank());
    }

    #[test]
    fn thin_lines_are_rules_and_bars_are_none() {
        // 600 by 400 pixels at 300 an inch: a line across that slopes, one down with a speck, a short one, a bar.
        let ink = |x: usize, y: usize| {
            let sloping = (50..450).contains(&x) && (x / 100 + 20..x / 100 + 23).contains(&y);
            let down = (500..503).contains(&x) && y > 99 && y != 200;
            let short = (50..150).contains(&x) && (100..103).contains(&y);
            let bar = (50..450).contains(&x) && (200..230).contains(&y);
            sloping || down || short || bar
        };
        let grey = (0..600 * 400).map(|n| if ink(n % 600, n / 600) { 30 } else { 220 }).collect();
        let rules = Image::new((600, 400), grey, 0.24).rules();
        assert_eq!(rules, [[50.0, 22.125, 450.0, 24.875], [500.0, 100.0, 503.0, 400.0]]);
    }

    #[test]
    fn a_thick_stroke_measures_more_than_a_thin_one() {
        let bar = |thick: usize| {
            let grey = (0..40 * 40).map(|n| if (10..10 + thick).contains(&(n % 40)) { 20 } else { 230 }).collect();
            Image::new((40, 40), grey, 0.24)
        };
        let [thin, thick] = [2, 6].map(|t| bar(t).stroke([0.0, 0.0, 40.0, 40.0]).expect("a stroke"));
        assert!((2.0..3.5).contains(&(thick / thin)), "{thin} {thick}");
        assert_eq!(bar(2).stroke([20.0, 0.0, 40.0, 40.0]), None);
        assert!(bar(2).stroke([5.0, 0.0, 400.0, 400.0]).is_some(), "a box beyond the image is cut off");
    }
}
