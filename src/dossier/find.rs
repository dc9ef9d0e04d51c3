//! From the paths a user gives to dossiers: files, folders with a description, folders of such folders.

use super::error::Problem;
use super::{DESCRIPTION, DocumentEntry, Dossier, description, shown};
use std::collections::HashSet;
use std::io;
use std::path::Path;

/// The dossiers under the paths given, and what was wrong with the rest.
#[derive(Debug, Default)]
pub struct Found {
    /// In the order of the paths given, sorted by name within a folder.
    pub dossiers: Vec<Dossier>,
    /// In the same order.
    pub problems: Vec<Problem>,
}

/// Finds the dossiers under `paths`. A file that does not exist is a dossier all the same: its document will turn out unreadable, and
/// the others are still reported.
pub fn find<P: AsRef<Path>>(paths: &[P]) -> Found {
    let mut found = Found::default();
    let mut seen = HashSet::new();
    for path in paths.iter().map(AsRef::as_ref) {
        if path.file_name().is_some_and(|n| n == DESCRIPTION) && path.is_file() {
            let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
            take_folder(folder, &mut found, &mut seen);
        } else if path.is_dir() {
            if !walk(path, &mut found, &mut seen) {
                let message =
                    "in deze map staan geen documenten: geen dossier.toml en geen PDF. Noem een andere map, of noem het bestand zelf";
                found.problems.push(Problem::path(shown(path), message));
            }
        } else if seen.insert(shown(path)) {
            found.dossiers.push(Dossier::of_file(path));
        }
    }
    found
}

/// Whether anything stood there, if only a fault.
fn walk(path: &Path, found: &mut Found, seen: &mut HashSet<String>) -> bool {
    let mut any = false;
    let mut entries = walkdir::WalkDir::new(path).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let at = error.path().map_or_else(|| shown(path), shown);
                let message = error.io_error().map_or_else(|| "deze map is niet te lezen".to_owned(), io_message);
                found.problems.push(Problem::path(at, message));
                any = true;
                continue;
            }
        };
        let hidden = entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
        if entry.file_type().is_dir() {
            if hidden {
                entries.skip_current_dir();
            } else if entry.path().join(DESCRIPTION).is_file() {
                take_folder(entry.path(), found, seen);
                entries.skip_current_dir();
                any = true;
            }
        } else if !hidden && is_pdf(entry.path()) {
            any = true;
            if seen.insert(shown(entry.path())) {
                found.dossiers.push(Dossier::of_file(entry.path()));
            }
        }
    }
    any
}

fn take_folder(folder: &Path, found: &mut Found, seen: &mut HashSet<String>) {
    let name = shown(folder);
    if !seen.insert(name.clone()) {
        return;
    }
    let file = folder.join(DESCRIPTION);
    let path = shown(&file);
    let text = match std::fs::read(&file).map(String::from_utf8) {
        Ok(Ok(text)) => text,
        Ok(Err(_)) => {
            found.problems.push(Problem::path(path, "dit bestand is geen UTF-8; sla het op als UTF-8"));
            return;
        }
        Err(error) => {
            found.problems.push(Problem::path(path, io_message(&error)));
            return;
        }
    };
    match description::parse(&path, &name, folder, text.strip_prefix('\u{feff}').unwrap_or(&text)) {
        Ok(mut dossier) => {
            if dossier.documents.is_empty() {
                dossier.documents = pdfs(folder);
            }
            if dossier.documents.is_empty() {
                let message = "dit dossier noemt geen documenten en in de map staat geen PDF; voeg toe: [[document]] met bestand = \"…\"";
                found.problems.push(Problem::path(path, message));
            } else {
                found.dossiers.push(dossier);
            }
        }
        Err(errors) => found.problems.extend(errors.into_iter().map(|e| Problem::File(Box::new(e)))),
    }
}

/// The PDFs that stand directly in a folder, by name.
fn pdfs(folder: &Path) -> Vec<DocumentEntry> {
    walkdir::WalkDir::new(folder)
        .min_depth(1)
        .max_depth(1)
        .sort_by_file_name()
        .into_iter()
        .flatten()
        .filter(|e| e.file_type().is_file() && is_pdf(e.path()))
        .map(|e| DocumentEntry { path: shown(Path::new(e.file_name())), file: e.into_path(), kind: None, ontvangen: None })
        .collect()
}

fn is_pdf(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("pdf"))
}

/// What the system says of a file, in Dutch, with what to do.
pub fn io_message(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "dit bestand bestaat niet; controleer de naam en de map".to_owned(),
        io::ErrorKind::PermissionDenied => "dit bestand mag niet gelezen worden; vraag om leesrechten".to_owned(),
        io::ErrorKind::IsADirectory => "dit is een map en geen document; noem het document zelf".to_owned(),
        io::ErrorKind::OutOfMemory => "dit bestand vraagt meer geheugen dan er is; splits het document".to_owned(),
        _ => format!("dit bestand is niet te lezen ({error}); controleer de schijf en probeer het opnieuw"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_files_and_folders_of_folders() {
        let root = tempfile::tempdir().unwrap();
        let at = |p: &str| root.path().join(p);
        for dir in ["b", "a", "leeg", ".verborgen"] {
            std::fs::create_dir(at(dir)).unwrap();
        }
        std::fs::write(at("b/dossier.toml"), "[[document]]\nbestand = \"x.txt\"\n").unwrap();
        std::fs::write(at("a/dossier.toml"), "").unwrap();
        std::fs::write(at("a/twee.pdf"), "").unwrap();
        std::fs::write(at("a/een.PDF"), "").unwrap();
        std::fs::write(at(".verborgen/x.pdf"), "").unwrap();
        std::fs::write(at("los.pdf"), "").unwrap();

        let found = find(&[root.path()]);
        assert!(found.problems.is_empty(), "{:?}", found.problems);
        let names: Vec<_> = found.dossiers.iter().map(|d| d.path.rsplit('/').next().unwrap()).collect();
        assert_eq!(names, ["a", "b", "los.pdf"]);
        assert_eq!(found.dossiers[0].documents.iter().map(|d| d.path.as_str()).collect::<Vec<_>>(), ["een.PDF", "twee.pdf"]);

        assert_eq!(find(&[at("leeg")]).problems.len(), 1);
        assert_eq!(find(&[at("a"), at("a/dossier.toml"), at("a")]).dossiers.len(), 1);
        assert!(find(&[at("a"), at("a")]).problems.is_empty());
    }
}
