//! PDF: bytes to pages of words with their places.
//!
//! lopdf opens the file and decompresses; the walk over the pages is our own; pdf-extract is asked what the encodings of
//! fonts mean. Pages are read in parallel and come out in order, the same on every run.

mod annotations;
mod cmap;
mod elements;
mod fonts;
pub(super) mod geometry;
mod glyphs;
mod labels;
mod lexer;
mod load;
mod locks;
mod objects;
mod outline;
mod predefined;
pub(super) mod quiet;
mod rules;
mod sanitise;
mod streams;
mod structure;
mod walk;
mod words;

#[cfg(test)]
pub(super) mod tests;

use super::ocr::{self, Ocr};
use super::{Content, Geometry, Limits, Page, PageState, Source, Unreadable};
use crate::parallel;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// From this share of unreadable characters on (one in so many) a page is worth a warning.
const UNKNOWN_SHARE: usize = 10;
/// And from so many on.
const MANY_UNKNOWN: usize = 20;
/// Words kept of one document; one of 2000 full pages has two million.
const MAX_DOCUMENT_RUNS: usize = 4_000_000;

/// Reads a PDF; by OCR, if it is given, the pages that have no readable text.
///
/// # Errors
/// [`Unreadable`] if it needs a password, is too damaged to open or has no pages.
pub(super) fn read(bytes: &[u8], limits: &Limits, deadline: Option<Instant>, ocr: Option<&Ocr>) -> Result<Source, Unreadable> {
    // Not on the caller's stack, which may be small.
    let result = parallel::inside(|| quiet::guarded(|| read_document(bytes, limits, deadline, ocr)));
    result.unwrap_or_else(|| Err(Unreadable::Damaged("de opbouw is onleesbaar".to_string())))
}

fn read_document(bytes: &[u8], limits: &Limits, deadline: Option<Instant>, ocr: Option<&Ocr>) -> Result<Source, Unreadable> {
    let opened = load::open(bytes, limits)?;
    let doc = &opened.doc;
    let empty = Dictionary::new();
    let catalog = doc.catalog().unwrap_or(&empty);
    let shared = walk::Shared {
        doc,
        fonts: fonts::Cache::new(doc),
        layers_off: layers_off(doc, catalog),
        field_resources: objects::dict(doc, catalog, b"AcroForm").and_then(|form| objects::dict(doc, form, b"DR")),
        limits: *limits,
        deadline,
    };
    let (mut read, tree) = parallel::both(
        || read_pages(&shared, &opened.pages),
        || quiet::guarded(|| structure::read(doc, catalog, &opened.elements)).unwrap_or_default(),
    );
    for page in &mut read {
        tree.settle(&mut page.page.runs, &page.marks);
    }
    if ocr.is_some() {
        read_by_ocr(bytes, &mut read, limits.threads, deadline);
    }
    let labels = quiet::guarded(|| labels::read(doc, catalog, opened.pages.len())).unwrap_or_default();
    let targets: HashMap<ObjectId, outline::Target> =
        opened.pages.iter().zip(&read).map(|(id, r)| (*id, outline::Target { number: r.page.number, geometry: r.page.geometry })).collect();
    let outline = quiet::guarded(|| outline::read(doc, catalog, &targets)).unwrap_or_default();

    let mut warnings = Vec::new();
    if opened.repaired {
        warnings.push("het bestand is beschadigd en zo goed mogelijk hersteld; controleer of alle pagina's en teksten er zijn".to_string());
    }
    if opened.count > opened.pages.len() {
        warnings.push(format!("alleen de eerste {} van de {} pagina's zijn gelezen", opened.pages.len(), opened.count));
    }
    if let Some(promised) = opened.promised {
        warnings.push(format!("het bestand noemt {promised} pagina's, maar er zijn er {} te vinden", opened.count));
    }
    page_warnings(&read, ocr, &mut warnings);
    let damaged = read.iter().any(|r| matches!(r.page.state, PageState::Damaged(_)));
    let partial = damaged || opened.count > opened.pages.len() || opened.promised.is_some();
    let mut pages: Vec<Page> = read.into_iter().map(|r| r.page).collect();
    for (page, label) in pages.iter_mut().zip(labels) {
        page.label = Some(label);
    }
    drop(shared);
    parallel::let_go(opened.doc);
    Ok(Source { content: Content::Pages(pages), outline, tags: tree.tags, warnings, partial })
}

/// A page, and how much of its text has no known meaning.
#[derive(Default)]
struct ReadPage {
    page: Page,
    marks: Vec<structure::Place>,
    glyphs: usize,
    unknown: usize,
}

/// Reads all pages, each by the thread that is free; in page order.
fn read_pages(shared: &walk::Shared, pages: &[ObjectId]) -> Vec<ReadPage> {
    let runs = AtomicUsize::new(0);
    let read = |(number, id): (u32, &ObjectId)| {
        let page = read_page(shared, *id, number, runs.load(Ordering::Relaxed) < MAX_DOCUMENT_RUNS);
        runs.fetch_add(page.page.runs.len(), Ordering::Relaxed);
        page
    };
    let numbered = (1..).zip(pages);
    if shared.limits.threads > 1 { parallel::map(numbered, read) } else { numbered.map(read).collect() }
}

fn read_page(shared: &walk::Shared, id: ObjectId, number: u32, room: bool) -> ReadPage {
    let damaged = |geometry: Geometry, why: &str| {
        let page = Page { number, geometry, state: PageState::Damaged(why.to_string()), ..Page::default() };
        ReadPage { page, ..ReadPage::default() }
    };
    let Ok(dict) = shared.doc.get_dictionary(id) else {
        return damaged(Geometry::default(), "de pagina ontbreekt in het bestand");
    };
    let geometry = quiet::guarded(|| geometry::of_page(shared.doc, dict)).unwrap_or_default();
    if shared.deadline.is_some_and(|d| Instant::now() >= d) {
        return damaged(geometry, "niet gelezen: de leestijd was op");
    }
    if !room {
        return damaged(geometry, "niet gelezen: het document heeft meer tekst dan de grens");
    }
    let Some(found) = quiet::guarded(|| walk::page(shared, id, dict, geometry)) else {
        return damaged(geometry, "de inhoud is onleesbaar");
    };
    let state = match found.damage {
        Some(why) => PageState::Damaged(why.to_string()),
        None if !found.runs.is_empty() => PageState::Read,
        None if found.draws || found.unknown > 0 => PageState::NoText,
        None => PageState::Blank,
    };
    let page = Page { number, geometry, runs: found.runs, rules: found.rules, state, ..Page::default() };
    ReadPage { page, marks: found.marks, glyphs: found.glyphs, unknown: found.unknown }
}

/// Reads by OCR what has no readable text: scans, and pages of which most letters are not known.
fn read_by_ocr(bytes: &[u8], read: &mut [ReadPage], threads: usize, deadline: Option<Instant>) {
    let unreadable = |r: &ReadPage| r.unknown >= MANY_UNKNOWN && r.unknown * 2 >= r.glyphs;
    let wanted = |r: &&mut ReadPage| r.page.state == PageState::NoText || r.page.state == PageState::Read && unreadable(r);
    let mut wanted: Vec<&mut ReadPage> = read.iter_mut().filter(wanted).collect();
    let pages: Vec<(u32, Geometry)> = wanted.iter().map(|r| (r.page.number, r.page.geometry)).collect();
    if pages.is_empty() {
        return;
    }
    for (r, reading) in wanted.iter_mut().zip(ocr::read(bytes, &pages, threads, deadline)) {
        let page = &mut r.page;
        match reading {
            Ok(ocr::Reading { runs, rules, skew }) => {
                (page.runs, page.skew, page.state) = (runs, skew, PageState::Ocr);
                page.rules.extend(rules);
                r.unknown = 0;
            }
            Err(why) => page.state = PageState::Damaged(format!("OCR is mislukt: {why}")),
        }
    }
}

/// Layers that the document has switched off when it is opened (ISO 32000-1, 8.11.4.3).
fn layers_off(doc: &Document, catalog: &Dictionary) -> HashSet<ObjectId> {
    let Some(properties) = objects::dict(doc, catalog, b"OCProperties") else { return HashSet::new() };
    let ids = |dict, key| objects::array(doc, dict, key).unwrap_or_default().iter().filter_map(|o: &Object| o.as_reference().ok());
    let Some(default) = objects::dict(doc, properties, b"D") else { return HashSet::new() };
    let mut off: HashSet<ObjectId> = match objects::name(doc, default, b"BaseState") {
        Some(b"OFF") => ids(properties, b"OCGs").collect(),
        _ => HashSet::new(),
    };
    for id in ids(default, b"ON") {
        off.remove(&id);
    }
    off.extend(ids(default, b"OFF"));
    off
}

/// What a user should know of the pages: for every trouble the pages that have it.
fn page_warnings(read: &[ReadPage], ocr: Option<&Ocr>, warnings: &mut Vec<String>) {
    let pages = |which: &dyn Fn(&ReadPage) -> bool| -> Vec<u32> { read.iter().filter(|r| which(r)).map(|r| r.page.number).collect() };
    let mut reasons: Vec<&str> = Vec::new();
    for r in read {
        if let PageState::Damaged(why) = &r.page.state
            && !reasons.contains(&why.as_str())
        {
            reasons.push(why);
        }
    }
    for why in reasons {
        let list = pages(&|r| matches!(&r.page.state, PageState::Damaged(w) if w == why));
        warnings.push(match list.as_slice() {
            [one] => format!("pagina {one} is niet (helemaal) gelezen: {why}"),
            _ => format!("pagina's {} zijn niet (helemaal) gelezen: {why}", enumerate(&list)),
        });
    }
    let by_ocr = |words: bool| pages(&|r| r.page.state == PageState::Ocr && r.page.runs.is_empty() != words);
    if let (Some(ocr), list @ [_, ..]) = (ocr, by_ocr(true).as_slice()) {
        let s = if list.len() == 1 { "" } else { "'s" };
        let name = ocr.name();
        warnings.push(format!("pagina{s} {}: gelezen met OCR ({name}); controleer citaten op de pagina zelf", enumerate(list)));
    }
    match by_ocr(false).as_slice() {
        [] => {}
        [one] => warnings.push(format!("op pagina {one} vond OCR geen tekst")),
        list => warnings.push(format!("op pagina's {} vond OCR geen tekst", enumerate(list))),
    }
    let advice = "lees het met --ocr, of laat het met OCR omzetten en probeer het opnieuw";
    let scanned = pages(&|r| r.page.state == PageState::NoText && r.unknown == 0);
    match scanned.as_slice() {
        [] => {}
        [one] => warnings.push(format!("pagina {one} heeft geen tekstlaag; {advice}")),
        _ => warnings.push(format!("pagina's {} hebben geen tekstlaag; {advice}", enumerate(&scanned))),
    }
    let unreadable =
        pages(&|r| r.unknown > 0 && (r.page.runs.is_empty() || (r.unknown >= MANY_UNKNOWN && r.unknown * UNKNOWN_SHARE >= r.glyphs)));
    let font = "het lettertype zegt niet welke letters het zijn";
    match unreadable.as_slice() {
        [] => {}
        [one] => warnings.push(format!("op pagina {one} is tekst niet te lezen ({font}); {advice}")),
        _ => warnings.push(format!("op pagina's {} is tekst niet te lezen ({font}); {advice}", enumerate(&unreadable))),
    }
}

/// Page numbers with runs drawn together: "1, 3-5 en 8".
fn enumerate(numbers: &[u32]) -> String {
    let mut parts: Vec<(u32, u32)> = Vec::new();
    for &n in numbers {
        match parts.last_mut() {
            Some((_, last)) if *last + 1 == n => *last = n,
            _ => parts.push((n, n)),
        }
    }
    let parts: Vec<String> = parts
        .into_iter()
        .flat_map(|(a, b)| match b - a {
            0 => vec![a.to_string()],
            1 => vec![a.to_string(), b.to_string()],
            _ => vec![format!("{a}-{b}")],
        })
        .collect();
    match parts.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} en {last}", rest.join(", ")),
        _ => parts.concat(),
    }
}
