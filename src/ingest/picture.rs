//! Pages drawn as images, so that a reader sees the words where they stand.

use super::pdf::{geometry, quiet};
use super::{Geometry, image};
use crate::parallel::STACK;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::object::{Dict, Object, Rect};
use hayro::hayro_syntax::page::{Page, Rotation};
use hayro::hayro_syntax::{LoadPdfError, Pdf};
use hayro::kurbo::Affine;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::{Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit};
use hayro::{RenderCache, RenderSettings, render_into};
use std::thread;
use std::time::{Duration, Instant};

/// Pixels of the largest image that is unpacked: twice those of A4 scanned at 600 dots per inch. More is a mistake or an attack.
const MAX_IMAGE: u64 = 70_000_000;

/// How pages are drawn.
#[derive(Clone, Copy, Debug)]
pub struct Drawing {
    /// Pixels per inch of paper.
    pub resolution: f32,
    /// The longest side in pixels; a larger page is drawn smaller.
    pub longest: u16,
    /// Time for one document; pages after it are not drawn.
    pub time: Duration,
}

impl Default for Drawing {
    /// On a screen as large as on paper: A4 becomes 793 pixels wide, on which small print can be read.
    fn default() -> Self {
        Drawing { resolution: 96.0, longest: 1600, time: Duration::from_secs(60) }
    }
}

/// The image of a page.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Drawn {
    /// The page, from 1.
    pub page: u32,
    /// A PNG file.
    pub png: Vec<u8>,
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// What of the page it shows.
    pub geometry: Geometry,
}

/// Why no page of a document was drawn. `Display` says so in Dutch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Undrawable {
    /// Needs a password, or is locked in a way that is not known.
    #[error("geen beeld van de pagina's: het document is beveiligd")]
    Encrypted,
    /// Not a PDF, or too damaged to draw.
    #[error("geen beeld van de pagina's: het document is niet te tekenen")]
    Damaged,
    /// Holds an image that would take too much memory.
    #[error("geen beeld van de pagina's: het document bevat een te grote afbeelding")]
    TooLarge,
}

/// Draws pages of a PDF, in the order asked. A page that is not there, that cannot be drawn or for which no time was left is absent.
///
/// # Errors
/// [`Undrawable`] if the document cannot be opened.
pub fn draw(bytes: &[u8], pages: &[u32], drawing: &Drawing) -> Result<Vec<Drawn>, Undrawable> {
    let mut drawn = Vec::with_capacity(pages.len());
    paint(bytes, pages, drawing, |painted| {
        let Painted { page, rgba, size, geometry } = painted;
        drawn.push(Drawn { page, png: image::png(rgba, size), size, geometry });
        true
    })?;
    Ok(drawn)
}

/// A page as painted.
pub(super) struct Painted<'a> {
    /// The page, from 1.
    pub page: u32,
    /// Opaque pixels from the top left, four bytes each.
    pub rgba: &'a [u8],
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// What of the page it shows.
    pub geometry: Geometry,
}

/// Paints pages of a PDF in the order asked and hands each to `take`, until that says false. A page that is not there, that cannot be
/// painted or for which no time was left is not handed over.
///
/// # Errors
/// [`Undrawable`] if the document cannot be opened.
pub(super) fn paint(
    bytes: &[u8],
    pages: &[u32],
    drawing: &Drawing,
    take: impl FnMut(Painted<'_>) -> bool + Send,
) -> Result<(), Undrawable> {
    // A thread of its own, for its stack: forms in forms go deep.
    let painted = thread::scope(|scope| {
        let work = || quiet::guarded(|| paint_document(bytes, pages, drawing, take));
        let artist = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        artist.ok().and_then(|handle| handle.join().ok().flatten())
    });
    painted.unwrap_or(Err(Undrawable::Damaged))
}

fn paint_document(bytes: &[u8], pages: &[u32], drawing: &Drawing, mut take: impl FnMut(Painted<'_>) -> bool) -> Result<(), Undrawable> {
    let deadline = Instant::now().checked_add(drawing.time);
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Undrawable::Encrypted,
        LoadPdfError::Invalid => Undrawable::Damaged,
    })?;
    let vast = |object| matches!(object, Object::Stream(stream) if pixels_of(stream.dict()) > MAX_IMAGE);
    if pdf.objects().into_iter().any(vast) {
        return Err(Undrawable::TooLarge);
    }
    let all = pdf.pages();
    let cache = RenderCache::new();
    let mut canvas = Canvas::default();
    for &page in pages {
        if deadline.is_some_and(|d| Instant::now() >= d) {
            break;
        }
        let Some(found) = (page as usize).checked_sub(1).and_then(|index| all.get(index)) else { continue };
        match quiet::guarded(|| canvas.paint(found, &cache, drawing)) {
            Some((size, geometry)) => {
                if !take(Painted { page, rgba: canvas.pixels.data_as_u8_slice(), size, geometry }) {
                    break;
                }
            }
            // What the panic left half done is not painted over the next page.
            None => canvas = Canvas::default(),
        }
    }
    Ok(())
}

/// What pages are painted on, used again for the next.
struct Canvas {
    settings: InterpreterSettings,
    context: RenderContext,
    pixels: Pixmap,
    resources: Resources,
}

impl Default for Canvas {
    fn default() -> Self {
        Canvas {
            settings: InterpreterSettings::default(),
            context: RenderContext::new(1, 1),
            pixels: Pixmap::new(1, 1),
            resources: Resources::default(),
        }
    }
}

impl Canvas {
    fn paint<'a>(&mut self, page: &'a Page<'a>, cache: &RenderCache<'a>, drawing: &Drawing) -> ((u32, u32), Geometry) {
        let geometry = geometry_of(page);
        let (width, height) = size_of(geometry, drawing);
        self.context.reset_and_resize(width, height);
        self.pixels.resize(width, height);
        let transform = onto(geometry, width, height);
        render_into(page, cache, &self.settings, &RenderSettings::default(), &mut self.context, transform);
        self.context.flush();
        let settings = RasterizerSettings { target_init: TargetInit::Clear(WHITE), ..RasterizerSettings::default() };
        self.context.render_with(&mut self.pixels, &mut self.resources, settings);
        ((u32::from(width), u32::from(height)), geometry)
    }
}

/// How many pixels an image says to have; 0 for what is no image.
fn pixels_of(dict: &Dict<'_>) -> u64 {
    let side = |key: &str| dict.get::<u32>(key).map_or(0, u64::from);
    side("Width") * side("Height")
}

/// The visible box and rotation, by the rules by which the page is read.
fn geometry_of(page: &Page<'_>) -> Geometry {
    let corners = |r: Rect| geometry::upright([r.x0, r.y0, r.x1, r.y1]);
    let turns = match page.rotation() {
        Rotation::None => 0.0,
        Rotation::Horizontal => 90.0,
        Rotation::Flipped => 180.0,
        Rotation::FlippedHorizontal => 270.0,
    };
    geometry::from_boxes(corners(page.media_box()), corners(page.crop_box()), turns)
}

/// Width and height of the image.
fn size_of(geometry: Geometry, drawing: &Drawing) -> (u16, u16) {
    let (width, height) = geometry.view_size();
    let longest = f32::from(drawing.longest);
    let scale = (drawing.resolution / 72.0).min(longest / width.max(height));
    // A box without end has no scale; its image is a point.
    let side = |points: f32| ((points * scale).round().min(longest) as u16).max(1);
    (side(width), side(height))
}

/// From PDF user space to the pixels of the image, as [`Geometry::to_view`] goes.
fn onto(geometry: Geometry, width: u16, height: u16) -> Affine {
    let (across, down) = geometry.view_size();
    let (h, v) = (f64::from(width) / f64::from(across), f64::from(height) / f64::from(down));
    let [x0, y0, x1, y1] = geometry.visible.map(f64::from);
    Affine::new(match geometry.rotate {
        90 => [0.0, v, h, 0.0, -y0 * h, -x0 * v],
        180 => [-h, 0.0, 0.0, v, x1 * h, -y0 * v],
        270 => [0.0, -v, -h, 0.0, y1 * h, x1 * v],
        _ => [h, 0.0, 0.0, -v, -x0 * h, y1 * v],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::pdf::tests::{Draft, boxed, encrypted, saved};
    use crate::ingest::{Content, Limits, read};
    use crate::run::Picture;
    use lopdf::{Dictionary, Object, Stream, dictionary};

    /// Two points a pixel and a half, so that edges are found well.
    const SHARP: Drawing = Drawing { resolution: 216.0, longest: 1600, time: Duration::from_secs(60) };

    fn one(bytes: &[u8]) -> Drawn {
        let [drawn] = &draw(bytes, &[1], &SHARP).expect("can be drawn")[..] else { panic!("one page") };
        drawn.clone()
    }

    /// What is dark on an image: left, top, right and bottom as shares of it.
    fn dark(drawn: &Drawn) -> [f32; 4] {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(&drawn.png));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().expect("a PNG");
        let mut pixels = vec![0; reader.output_buffer_size().expect("small")];
        reader.next_frame(&mut pixels).expect("pixels");
        let (width, height) = (drawn.size.0 as usize, drawn.size.1 as usize);
        assert_eq!(pixels.len(), width * height * 3);
        let places = pixels.chunks(3).enumerate().filter(|(_, p)| p[0] < 128).map(|(n, _)| (n % width, n / width));
        let edges = places.fold([width, height, 0, 0], |[x0, y0, x1, y1], (x, y)| [x0.min(x), y0.min(y), x1.max(x + 1), y1.max(y + 1)]);
        let [x0, y0, x1, y1] = edges.map(|v| v as f32);
        [x0 / width as f32, y0 / height as f32, x1 / width as f32, y1 / height as f32]
    }

    #[test]
    fn a_mark_lies_on_its_word_however_the_page_is_turned_and_cut() {
        let crop = || dictionary! { "CropBox" => boxed([30, 20, 190, 300]) };
        let moved = || dictionary! { "MediaBox" => boxed([-50, 10, 150, 90]) };
        for (name, more) in [("plain", Dictionary::new()), ("cropped", crop()), ("moved", moved())] {
            for turn in [0, 90, 180, 270] {
                let mut more = more.clone();
                more.set("Rotate", turn);
                let bytes = Draft::new().page_with("BT /F 12 Tf 60 50 Td (HHHH) Tj ET", more).bytes();
                let Content::Pages(pages) = read("plan.pdf", &bytes, &Limits::default()).expect("read").content else { panic!("a PDF") };
                let (geometry, word) = (pages[0].geometry, &pages[0].runs[0]);
                let drawn = one(&bytes);
                assert_eq!(drawn.geometry, geometry, "{name} {turn}");
                let picture = Picture { document: 0, page: 1, source: String::new(), size: drawn.size, geometry: drawn.geometry };
                let [left, top, width, height] = picture.mark(geometry.to_user(word.rect));
                let [x0, y0, x1, y1] = dark(&drawn);
                // A pixel of play; and the letters fill most of the mark: capitals are 0.72 of its height.
                let (h, v) = (1.5 / drawn.size.0 as f32, 1.5 / drawn.size.1 as f32);
                assert!(x0 >= left - h && x1 <= left + width + h, "{name} {turn}: {x0} {x1} in {left} {width}");
                assert!(y0 >= top - v && y1 <= top + height + v, "{name} {turn}: {y0} {y1} in {top} {height}");
                let (filled_x, filled_y) = ((x1 - x0) / width, (y1 - y0) / height);
                let (along, across) = if turn % 180 == 0 { (filled_x, filled_y) } else { (filled_y, filled_x) };
                assert!(along > 0.9 && across > 0.65, "{name} {turn}: {along} {across}");
            }
        }
    }

    #[test]
    fn pages_come_in_the_order_asked_and_the_same_each_time() {
        let bytes = Draft::new().page("BT /F 12 Tf 20 50 Td (I) Tj ET").page("BT /F 12 Tf 20 50 Td (IIII) Tj ET").bytes();
        let drawn = draw(&bytes, &[2, 1, 3, 0], &Drawing::default()).expect("can be drawn");
        assert_eq!(drawn.iter().map(|d| (d.page, d.size)).collect::<Vec<_>>(), [(2, (267, 133)), (1, (267, 133))]);
        assert!(drawn[0].png != drawn[1].png);
        assert_eq!(draw(&bytes, &[2, 1], &Drawing::default()).expect("can be drawn"), drawn);
        assert_eq!(draw(&bytes, &[], &Drawing::default()), Ok(Vec::new()));
    }

    #[test]
    fn no_page_is_drawn_larger_than_the_limit() {
        let sized = |media: Object| {
            let more = dictionary! { "MediaBox" => media };
            one(&Draft::new().page_with("0 0 9 9 re f", more).bytes()).size
        };
        assert_eq!(sized(boxed([0, 0, 10_000_000, 5_000_000])), (1600, 800));
        assert_eq!(sized(boxed([0, 0, 10_000_000, 2])), (1600, 1));
        assert_eq!(sized(Object::Array(vec![0.into(), 0.into(), Object::Real(f32::MAX), Object::Real(f32::MAX)])), (1600, 1600));
        let far = [-f32::MAX, -f32::MAX, f32::MAX, f32::MAX].map(Object::Real);
        assert!(sized(Object::Array(far.to_vec())).0 >= 1);
        // What is no box is A4.
        assert_eq!(sized(boxed([0, 0, 0, 0])), (1131, 1600));
        assert_eq!(sized(Object::Null), (1131, 1600));
    }

    #[test]
    fn what_cannot_be_drawn_says_why() {
        assert_eq!(draw(&encrypted("wachtwoord"), &[1], &SHARP), Err(Undrawable::Encrypted));
        assert!(dark(&one(&encrypted("")))[0] < 0.5, "opens without a password");
        assert_eq!(draw(b"", &[1], &SHARP), Err(Undrawable::Damaged));
        assert_eq!(draw(b"%PDF-1.4 en verder niets", &[1], &SHARP), Err(Undrawable::Damaged));
        let mut doc = Draft::new().page("").finish();
        let image = dictionary! { "Subtype" => Object::Name(b"Image".to_vec()), "Width" => 40_000, "Height" => 30_000 };
        doc.add_object(Stream::new(image, Vec::new()));
        assert_eq!(draw(&saved(doc), &[1], &SHARP), Err(Undrawable::TooLarge));
    }

    #[test]
    fn a_form_that_draws_itself_comes_to_an_end() {
        let bytes = Draft::new().form("X", "BT /F 12 Tf 20 50 Td (I) Tj ET /X Do", Dictionary::new()).page("/X Do").bytes();
        assert!(dark(&one(&bytes))[0] < 0.5);
    }

    #[test]
    fn when_time_is_up_no_page_is_drawn() {
        let bytes = Draft::new().page("").bytes();
        assert_eq!(draw(&bytes, &[1], &Drawing { time: Duration::ZERO, ..SHARP }), Ok(Vec::new()));
    }
}
