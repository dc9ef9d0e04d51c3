//! Pages without a text layer, drawn and read by an installed tesseract: words with their boxes, as of any other page.
//!
//! ```text
//! tesseract  the program: is it there, and what does it read on an image
//! hocr       the form in which it says so
//! image      a page as it goes to the program, in grey: how thick its strokes are, and where rules are drawn
//! words      what it said -> runs: which words count, how large and how bold they are, how crooked the page lies
//! ```
//!
//! One thread draws while others have pages read, each by a process of its own.

mod hocr;
mod image;
mod tesseract;
mod words;

pub use tesseract::{Missing, Ocr};

use super::picture::{self, Drawing};
use super::{Geometry, Rect, Run};
use image::Image;
use std::sync::mpsc::{self, Receiver};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};
use tesseract::Failure;
use words::Sheet;

/// Pixels per inch: what tesseract reads best; twice as many read no better and take four times as long.
const RESOLUTION: f32 = 300.0;
/// The longest side of an image in pixels: A3 at that resolution. A larger page is read at a lower one.
const LONGEST: u16 = 5000;
/// Time to read one image; a full page takes some two seconds.
const PAGE_TIME: Duration = Duration::from_secs(60);

/// A page as read by OCR.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// Its words.
    pub runs: Vec<Run>,
    /// Rules between columns and rows.
    pub rules: Vec<Rect>,
    /// How crooked it lies: see [`super::Page::skew`].
    pub skew: f32,
}

/// Reads pages of a PDF, given as their number and geometry: for each its words, or why there are none, in Dutch.
pub(super) fn read(bytes: &[u8], pages: &[(u32, Geometry)], threads: usize, deadline: Option<Instant>) -> Vec<Result<Reading, String>> {
    let found: Mutex<Vec<Option<Result<Sheet, Failure>>>> = Mutex::new(pages.iter().map(|_| None).collect());
    let (send, images) = mpsc::sync_channel::<(usize, Image)>(1);
    let images = Mutex::new(images);
    let next = |from: &Mutex<Receiver<(usize, Image)>>| from.lock().unwrap_or_else(PoisonError::into_inner).recv().ok();
    let work = || {
        while let Some((at, image)) = next(&images) {
            let sheet = read_image(&image, deadline);
            found.lock().unwrap_or_else(PoisonError::into_inner)[at] = Some(sheet);
        }
    };
    let drawn = thread::scope(|scope| {
        for _ in 0..threads.clamp(1, pages.len().max(1)) {
            // If the system gives no more threads, the others do the work; if it gives none, no page is read.
            let _ = thread::Builder::new().spawn_scoped(scope, work);
        }
        let time = deadline.map_or(Duration::MAX, |d| d.saturating_duration_since(Instant::now()));
        let drawing = Drawing { resolution: RESOLUTION, longest: LONGEST, time };
        let numbers: Vec<u32> = pages.iter().map(|(number, _)| *number).collect();
        // Moved into the call, so that the threads end with it.
        let send = send;
        picture::paint(bytes, &numbers, &drawing, |painted| {
            let at = pages.iter().position(|(number, geometry)| (*number, *geometry) == (painted.page, painted.geometry));
            at.is_none_or(|at| send.send((at, Image::of(&painted))).is_ok())
        })
    });
    let unread = match drawn {
        Ok(()) if deadline.is_some_and(|d| Instant::now() >= d) => "de leestijd was op".to_owned(),
        Ok(()) => "de pagina is niet te tekenen".to_owned(),
        Err(error) => error.to_string(),
    };
    let (mut read, mut results) = (Vec::new(), Vec::new());
    for sheet in found.into_inner().unwrap_or_else(PoisonError::into_inner) {
        results.push(match sheet {
            Some(Ok(sheet)) => {
                read.push(sheet);
                Ok(())
            }
            Some(Err(failure)) => Err(failure.to_string()),
            None => Err(unread.clone()),
        });
    }
    let mut readings = words::settle(read).into_iter();
    results.into_iter().map(|r| r.map(|()| readings.next().unwrap_or_default())).collect()
}

/// Reads one image; turned as well, when it seems to stand on its side or upside down.
fn read_image(image: &Image, deadline: Option<Instant>) -> Result<Sheet, Failure> {
    let read = |image: &Image, quarters| {
        let until = Instant::now() + PAGE_TIME;
        let until = deadline.map_or(until, |d| d.min(until));
        let hocr = tesseract::recognise(image.pgm(), image.resolution(), until)?;
        Ok(Sheet::of(hocr::read(&hocr, image.size()), image, quarters))
    };
    if image.is_blank() {
        return Ok(Sheet::default());
    }
    let mut best = read(image, 0)?;
    for quarters in [1, 3, 2] {
        if best.is_sure() {
            break;
        }
        let turned = read(&image.turned(quarters), quarters)?;
        if turned.surety() > best.surety() {
            best = turned;
        }
    }
    Ok(best)
}
