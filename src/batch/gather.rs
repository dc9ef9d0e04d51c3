//! What lies in the folders that were given: dossiers, loose documents, and what is neither. Links are never followed, and nothing but plain
//! files is ever opened.

use super::folder::MANIFEST;
use crate::dossier::{self, DESCRIPTION, Dossier, JUDGEMENT_LIST, Problem, SWV_LIST, SwvList, shown};
use crate::facts::Gazetteer;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// Files that have a use of their own at the top of a batch.
const LISTS: [&str; 2] = [SWV_LIST, JUDGEMENT_LIST];
/// Files that belong to a dossier and are no document.
const COMPANIONS: [&str; 2] = [DESCRIPTION, "truth.json"];

/// What was found.
#[derive(Debug, Default)]
pub struct Gathered {
    /// As their descriptions say.
    pub dossiers: Vec<Dossier>,
    /// Documents without a description.
    pub loose: Vec<PathBuf>,
    /// The `swv.csv` of each folder that has one.
    pub lists: Vec<SwvList>,
    /// Faults in descriptions and lists.
    pub problems: Vec<Problem>,
    /// What was passed over and why, in Dutch.
    pub remarks: Vec<String>,
}

/// Looks through the paths given. A folder of reports among them is no input.
pub fn gather(paths: &[PathBuf], gazetteer: &Gazetteer) -> Gathered {
    let mut found = Gathered::default();
    let mut seen = HashSet::new();
    for path in paths {
        if path.is_dir() {
            list(&path.join(SWV_LIST), gazetteer, &mut found);
            folder(path, &mut found, &mut seen);
        } else if path.file_name().is_some_and(|n| n == DESCRIPTION) {
            described(path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")), &mut found, &mut seen);
        } else if seen.insert(shown(path)) {
            // Named by the user: whatever is wrong with it is told of it as a document.
            found.loose.push(path.clone());
        }
    }
    found
}

/// Reads an `swv.csv`, if it is there.
fn list(file: &Path, gazetteer: &Gazetteer, found: &mut Gathered) {
    if !file.symlink_metadata().is_ok_and(|m| m.is_file()) {
        return;
    }
    match std::fs::read(file) {
        Ok(bytes) => {
            let (list, faults) = SwvList::read(&shown(file), &bytes, gazetteer);
            found.problems.extend(faults.into_iter().map(|fault| Problem::File(Box::new(fault))));
            found.lists.push(list);
        }
        Err(error) => found.problems.push(Problem::path(shown(file), dossier::io_message(&error))),
    }
}

fn folder(top: &Path, found: &mut Gathered, seen: &mut HashSet<String>) {
    let mut entries = WalkDir::new(top).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        let Some(entry) = readable(entry, found) else { continue };
        if entry.file_type().is_dir() {
            if is_hidden(&entry) || is_report(entry.path()) {
                entries.skip_current_dir();
            } else if entry.path().join(DESCRIPTION).symlink_metadata().is_ok_and(|m| m.is_file()) {
                described(entry.path(), found, seen);
                entries.skip_current_dir();
            }
        } else if entry.depth() == 1 && entry.file_type().is_file() && LISTS.iter().any(|l| entry.file_name() == *l) || is_hidden(&entry) {
            // Read elsewhere, or nobody's business.
        } else if let Some(why) = odd(&entry) {
            found.remarks.push(format!("{}: {why}", shown(entry.path())));
        } else if seen.insert(shown(entry.path())) {
            found.loose.push(entry.into_path());
        }
    }
}

/// A dossier, and what lies in its folder without being part of it.
fn described(home: &Path, found: &mut Gathered, seen: &mut HashSet<String>) {
    if !seen.insert(shown(home)) {
        return;
    }
    let read = dossier::find(&[home]);
    for problem in &read.problems {
        found.remarks.push(format!("{problem}; dit dossier is daarom niet beoordeeld"));
    }
    let named: HashSet<&Path> = read.dossiers.iter().flat_map(|d| &d.documents).map(|d| d.file.as_path()).collect();
    let mut entries = WalkDir::new(home).min_depth(1).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        let Some(entry) = readable(entry, found) else { continue };
        let path = entry.path();
        if entry.file_type().is_dir() {
            if is_hidden(&entry) || is_report(path) {
                entries.skip_current_dir();
            }
            continue;
        }
        let is_companion = COMPANIONS.iter().chain(&LISTS).any(|c| entry.file_name() == *c) || has_extension(path, &["csv"]);
        if is_hidden(&entry) || is_companion && entry.file_type().is_file() || named.contains(path) || read.dossiers.is_empty() {
            continue;
        }
        let why = odd(&entry).unwrap_or("staat niet in dossier.toml en is niet gelezen; voeg het toe met [[document]]");
        found.remarks.push(format!("{}: {why}", shown(path)));
    }
    found.dossiers.extend(read.dossiers);
    found.problems.extend(read.problems);
}

/// Why a file is no document, with what to do; None when it may be one.
fn odd(entry: &DirEntry) -> Option<&'static str> {
    let kind = entry.file_type();
    if kind.is_symlink() {
        Some("dit is een verwijzing en is niet gevolgd; zet het bestand zelf in de map")
    } else if !kind.is_file() {
        Some("dit is geen gewoon bestand en is overgeslagen")
    } else if has_extension(entry.path(), &["pdf"]) {
        None
    } else if has_extension(entry.path(), &["txt", "md"]) {
        Some("dit is geen PDF en is niet gelezen; noem het in een dossier.toml als het een document is")
    } else if LISTS.iter().any(|l| entry.file_name() == *l) {
        Some("deze lijst telt alleen bovenaan in de map; zet haar daar")
    } else {
        Some("dit is geen PDF en is overgeslagen; zet het om naar PDF als het een document is")
    }
}

fn readable(entry: walkdir::Result<DirEntry>, found: &mut Gathered) -> Option<DirEntry> {
    let error = match entry {
        Ok(entry) => return Some(entry),
        Err(error) => error,
    };
    let message = error.io_error().map_or_else(|| "deze map is niet te lezen".to_owned(), dossier::io_message);
    let at = error.path().map(shown).unwrap_or_default();
    found.remarks.push(format!("{at}: {message}"));
    found.problems.push(Problem::path(at, message));
    None
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn is_report(folder: &Path) -> bool {
    folder.join(MANIFEST).is_file()
}

fn has_extension(path: &Path, among: &[&str]) -> bool {
    path.extension().is_some_and(|e| among.iter().any(|a| e.eq_ignore_ascii_case(a)))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Home(tempfile::TempDir);

    impl Home {
        fn new(files: &[(&str, &str)]) -> Home {
            let home = Home(tempfile::tempdir().unwrap());
            for (name, text) in files {
                let path = home.at(name);
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(path, text).unwrap();
            }
            home
        }

        fn at(&self, name: &str) -> PathBuf {
            self.0.path().join(name)
        }

        fn gather(&self) -> Gathered {
            gather(&[self.0.path().to_owned()], &Gazetteer::default())
        }

        /// Without the folder of the test.
        fn plain(&self, text: &str) -> String {
            text.replace(&format!("{}/", shown(self.0.path())), "")
        }
    }

    #[test]
    fn dossiers_loose_documents_and_the_rest() {
        let home = Home::new(&[
            ("b/dossier.toml", "[[document]]\nbestand = \"plan.txt\"\n"),
            ("b/plan.txt", ""),
            ("b/vergeten.pdf", ""),
            ("b/scholen.csv", ""),
            ("a/los.PDF", ""),
            ("brief.docx", ""),
            ("leesmij.txt", ""),
            ("swv.csv", ""),
            ("a/oordelen.csv", ""),
            (".git/x.pdf", ""),
            (".DS_Store", ""),
            ("rapport/.plantoets", ""),
            ("rapport/x.pdf", ""),
        ]);
        let found = home.gather();
        assert_eq!(found.dossiers.iter().map(|d| home.plain(&d.path)).collect::<Vec<_>>(), ["b"]);
        assert_eq!(found.loose, [home.at("a/los.PDF")]);
        let remarks: Vec<String> = found.remarks.iter().map(|r| home.plain(r).split(" en ").next().unwrap().to_owned()).collect();
        let wanted = [
            "a/oordelen.csv: deze lijst telt alleen bovenaan in de map; zet haar daar",
            "b/vergeten.pdf: staat niet in dossier.toml",
            "brief.docx: dit is geen PDF",
            "leesmij.txt: dit is geen PDF",
        ];
        assert_eq!(remarks, wanted);
        assert!(found.problems.is_empty());
    }

    #[test]
    fn a_faulty_description_is_told_in_the_report_too() {
        let home = Home::new(&[("a/dossier.toml", "nam = 1\n"), ("a/plan.pdf", ""), ("b.pdf", "")]);
        let found = home.gather();
        assert_eq!(found.problems.len(), 1);
        assert_eq!(found.loose, [home.at("b.pdf")]);
        assert_eq!(found.remarks.len(), 1, "{:?}", found.remarks);
        assert!(found.remarks[0].contains("dossier.toml: onbekende sleutel 'nam'"), "{:?}", found.remarks);
    }

    #[test]
    fn what_is_named_is_a_document_whatever_it_is() {
        let found = gather(&["weg.pdf".into(), "./weg.pdf".into(), "brief.docx".into()], &Gazetteer::default());
        assert_eq!(found.loose, [PathBuf::from("weg.pdf"), "brief.docx".into()]);
    }

    #[cfg(unix)]
    #[test]
    fn links_and_pipes_are_told_and_not_followed() {
        use std::os::unix::{fs::symlink, net::UnixListener};
        let home = Home::new(&[("echt.pdf", ""), ("d/plan.pdf", ""), ("elders/dossier.toml", "")]);
        symlink(home.at("echt.pdf"), home.at("link.pdf")).unwrap();
        symlink(home.0.path(), home.at("rond")).unwrap();
        symlink(home.at("elders/dossier.toml"), home.at("d/dossier.toml")).unwrap();
        let _socket = UnixListener::bind(home.at("s.pdf")).unwrap();
        let found = home.gather();
        assert_eq!(found.loose, [home.at("d/plan.pdf"), home.at("echt.pdf")]);
        let told: Vec<String> = found.remarks.iter().map(|r| home.plain(r)).collect();
        let of = |name: &str| told.iter().filter(|t| t.starts_with(&format!("{name}: "))).count();
        assert_eq!(["d/dossier.toml", "link.pdf", "rond", "s.pdf"].map(of), [1; 4], "{told:?}");
    }
}
