//! The pages that carry evidence, drawn by a worker and kept beside the page of their dossier.

use super::cache::Key;
use super::folder;
use super::process::{Death, Failure, Place};
use super::wire::{Answer, Job};
use super::work::Work;
use crate::dossier::Dossier;
use crate::ingest::picture::{Drawing, Drawn};
use crate::run::{DossierRun, Picture};
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

/// Their folder in the folder of reports.
const FOLDER: &str = "bladen";

/// What became of a page: an image, no image, or why there is none.
type Sheet = Result<Option<Drawn>, String>;

impl Work<'_> {
    /// Draws the pages on which the evidence of a dossier begins. What cannot be drawn is told once per document.
    pub(super) fn draw(&self, place: &mut Place, dossier: &Dossier, run: &mut DossierRun) -> Result<(), Failure> {
        for (n, pages) in wanted(run) {
            let (Some(entry), Some(sha256)) = (dossier.documents.get(n), run.documents[n].sha256.clone()) else { continue };
            let keys: BTreeMap<u32, Key> = pages.iter().map(|page| (*page, self.sheet_key(&sha256, *page))).collect();
            let known = |key: &Key| self.settings.cache.get(key).and_then(|bytes| postcard::from_bytes::<Sheet>(&bytes).ok());
            let mut sheets: BTreeMap<u32, Sheet> = keys.iter().filter_map(|(page, key)| Some((*page, known(key)?))).collect();
            let left: Vec<u32> = pages.into_iter().filter(|page| !sheets.contains_key(page)).collect();
            if !left.is_empty() {
                self.audience.watch.at(place.number, &run.path_of(&run.documents[n]));
                let began = Instant::now();
                let (drawn, lasting) = match place.ask(&Job::Draw(entry.file.clone(), left.clone())) {
                    // A page for which there was no time may be there another time.
                    Ok(Answer::Drawn(of, drawn)) => {
                        (drawn, of == Some(sha256) && began.elapsed() < Duration::from_secs(place.bounds.seconds))
                    }
                    Ok(_) => (Err(Death::Crashed.message("tekenen van de bladzijden", place.bounds)), false),
                    Err(Failure::Died(death, _)) => {
                        (Err(death.message("tekenen van de bladzijden", place.bounds)), death != Death::Crashed)
                    }
                    Err(failure) => return Err(failure),
                };
                let mut images = drawn.map(|all| all.into_iter().map(|d| (d.page, d)).collect::<BTreeMap<u32, Drawn>>());
                for page in left {
                    let sheet: Sheet = images.as_mut().map(|all| all.remove(&page)).map_err(|why| why.clone());
                    if lasting {
                        self.settings.cache.put(&keys[&page], &postcard::to_stdvec(&sheet).expect("an image can be written down"));
                    }
                    sheets.insert(page, sheet);
                }
            }
            self.put(run, n, sheets);
        }
        Ok(())
    }

    /// Writes the images of a document in the folder of reports.
    fn put(&self, run: &mut DossierRun, document: usize, sheets: BTreeMap<u32, Sheet>) {
        let mut told = BTreeSet::new();
        for (page, sheet) in sheets {
            match sheet {
                Ok(Some(drawn)) => {
                    let source = format!("{FOLDER}/{}/{}-{page}.png", run.page, document + 1);
                    if let Err(error) = self.folder.write(&source, &drawn.png) {
                        return self.fail(format!("{source} is niet te schrijven: {}", folder::dutch(&error)));
                    }
                    run.pictures.push(Picture { document, page, source, size: drawn.size, geometry: drawn.geometry });
                }
                Ok(None) => {}
                Err(why) => drop(told.insert(why)),
            }
        }
        let path = run.documents[document].path.clone();
        run.warnings.extend(told.into_iter().map(|why| format!("{path}: {why}.")));
    }

    fn sheet_key(&self, sha256: &str, page: u32) -> Key {
        let Drawing { resolution, longest, .. } = Drawing::default();
        Key::of("sheet", &(sha256, page, resolution, longest, self.settings.bounds.seconds, self.settings.bounds.mebibytes))
    }
}

/// Per document the pages on which evidence or a nearest passage begins; only where it has a box, as in a PDF.
fn wanted(run: &DossierRun) -> BTreeMap<usize, BTreeSet<u32>> {
    let mut wanted: BTreeMap<usize, BTreeSet<u32>> = BTreeMap::new();
    let elements = run.outcome.frameworks.iter().flat_map(|f| &f.elements);
    for evidence in elements.flat_map(|e| e.evidence.iter().chain(&e.nearest)).filter(|e| e.document < run.documents.len()) {
        if let Some(place) = evidence.places.first().filter(|p| p.bbox.is_some()) {
            wanted.entry(evidence.document).or_default().insert(place.page);
        }
    }
    wanted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_those_where_evidence_has_a_box() {
        let mut run = crate::report::samples::run().dossiers.remove(0);
        let all = wanted(&run);
        assert!(all.values().any(|pages| !pages.is_empty()), "{all:?}");
        for element in run.outcome.frameworks.iter_mut().flat_map(|f| &mut f.elements) {
            for evidence in element.evidence.iter_mut().chain(&mut element.nearest) {
                evidence.places.iter_mut().for_each(|p| p.bbox = None);
            }
        }
        assert!(wanted(&run).is_empty());
    }
}
