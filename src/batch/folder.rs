//! The folder of reports: what may be written there, whole files only, and no files left of an earlier run.

use std::collections::BTreeSet;
use std::fs::{File, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Lists what plantoets wrote: a line per file. That it is there says that the folder is plantoets' own.
pub const MANIFEST: &str = ".plantoets";
/// How the names of files begin that are not finished.
const UNFINISHED: &str = ".plantoets-";

/// A folder of reports that is being written.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    /// Files of earlier runs.
    before: BTreeSet<String>,
    /// Open, and locked against a second run.
    manifest: Mutex<(File, BTreeSet<String>)>,
}

impl Folder {
    /// Opens or makes the folder. Err says in Dutch why nothing can be written there.
    pub fn open(root: &Path) -> Result<Folder, String> {
        let named = crate::dossier::shown(root);
        // Without a closing `/`, which would hide that it is a file.
        let root: &Path = &root.components().collect::<PathBuf>();
        let fails = |e: io::Error| format!("in de map {named} is niet te schrijven ({}); kies een andere map", dutch(&e));
        if root.exists() && !root.is_dir() {
            return Err(format!("{named} is een bestand; noem bij --output een map die nog niet bestaat"));
        }
        std::fs::create_dir_all(root).map_err(fails)?;
        let manifest = root.join(MANIFEST);
        let own = manifest.symlink_metadata().is_ok_and(|m| m.is_file());
        if !own && std::fs::read_dir(root).map_err(fails)?.next().is_some() {
            return Err(format!(
                "in de map {named} staan bestanden die niet van plantoets zijn; noem bij --output een lege map, of een die nog niet bestaat"
            ));
        }
        let mut file = File::options().read(true).append(true).create(true).open(&manifest).map_err(fails)?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => {
                return Err(format!("in de map {named} schrijft nu een andere plantoets; wacht tot die klaar is"));
            }
            // A disk without locks: then nothing guards against a second run.
            Err(TryLockError::Error(_)) | Ok(()) => {}
        }
        let mut listed = Vec::new();
        file.read_to_end(&mut listed).map_err(fails)?;
        let before = String::from_utf8_lossy(&listed).lines().filter(|l| is_inside(l)).map(str::to_owned).collect();
        for entry in std::fs::read_dir(root).map_err(fails)?.flatten() {
            if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
                std::fs::remove_file(entry.path()).map_err(fails)?;
            }
        }
        Ok(Folder { root: root.to_owned(), before, manifest: Mutex::new((file, BTreeSet::new())) })
    }

    /// Writes a file, whole or not at all; `name` has `/` between its parts. One that is there already stays as it is, with its time.
    pub fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        {
            let mut manifest = self.manifest.lock().unwrap_or_else(PoisonError::into_inner);
            let (file, written) = &mut *manifest;
            // Listed before it is there: what is there is listed, even if the power fails.
            if written.insert(name.to_owned()) && !self.before.contains(name) {
                file.write_all(format!("{name}\n").as_bytes())?;
            }
        }
        let path = self.root.join(name);
        let same_size = path.symlink_metadata().is_ok_and(|m| m.is_file() && m.len() == bytes.len() as u64);
        if same_size && std::fs::read(&path).is_ok_and(|there| there == bytes) {
            return Ok(());
        }
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let mut builder = tempfile::Builder::new();
        builder.prefix(UNFINISHED);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let mut file = builder.tempfile_in(&self.root)?;
        file.write_all(bytes)?;
        file.persist(path)?;
        Ok(())
    }

    /// Removes what earlier runs wrote and this one did not. Not for a run that was broken off: what it did not come to is still true.
    pub fn close(self) -> io::Result<()> {
        let (mut file, written) = self.manifest.into_inner().unwrap_or_else(PoisonError::into_inner);
        let home = self.root.canonicalize()?;
        for name in self.before.difference(&written) {
            let path = self.root.join(name);
            // A link in the folder may lead elsewhere.
            if path.parent().and_then(|p| p.canonicalize().ok()).is_some_and(|p| p.starts_with(&home)) {
                let _ = std::fs::remove_file(&path);
                let folders = Path::new(name).ancestors().skip(1).filter(|f| !f.as_os_str().is_empty());
                // Those that still hold something stay.
                folders.for_each(|f| drop(std::fs::remove_dir(self.root.join(f))));
            }
        }
        let list: String = written.iter().map(|name| format!("{name}\n")).collect();
        file.set_len(0)?;
        file.rewind()?;
        file.write_all(list.as_bytes())
    }
}

/// A name as plantoets writes it: nothing that leads out of the folder.
fn is_inside(name: &str) -> bool {
    let path = Path::new(name);
    !name.is_empty() && name != MANIFEST && path.components().all(|c| matches!(c, Component::Normal(_)))
}

/// What the system says, in Dutch.
pub fn dutch(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "schrijven mag hier niet".to_owned(),
        io::ErrorKind::StorageFull => "de schijf is vol".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "deze schijf is alleen te lezen".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(root: &Path) -> Vec<String> {
        let entries = walkdir::WalkDir::new(root).min_depth(1).sort_by_file_name().into_iter().flatten();
        entries.map(|e| e.path().strip_prefix(root).unwrap().to_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn a_second_run_renews_what_the_first_wrote() {
        let home = tempfile::tempdir().unwrap();
        let root = home.path().join("rapport");
        let first = Folder::open(&root).unwrap();
        for name in ["index.html", "weg.html", "bladen/po1/1.png", "bladen/po2/1.png"] {
            first.write(name, b"een").unwrap();
        }
        first.close().unwrap();
        // Not ours, and so not for us to remove.
        std::fs::write(root.join("eigen.txt"), "").unwrap();
        std::fs::write(root.join(".plantoets-AbC"), "half").unwrap();
        let second = Folder::open(&root).unwrap();
        second.write("index.html", b"twee").unwrap();
        second.write("bladen/po2/1.png", b"twee").unwrap();
        second.close().unwrap();
        assert_eq!(names(&root), [".plantoets", "bladen", "bladen/po2", "bladen/po2/1.png", "eigen.txt", "index.html"]);
        assert_eq!(std::fs::read(root.join("index.html")).unwrap(), b"twee");
        assert_eq!(std::fs::read_to_string(root.join(MANIFEST)).unwrap(), "bladen/po2/1.png\nindex.html\n");
    }

    #[test]
    fn what_a_run_that_was_broken_off_wrote_is_known_to_the_next() {
        let home = tempfile::tempdir().unwrap();
        let broken = Folder::open(home.path()).unwrap();
        broken.write("weg.html", b"een").unwrap();
        drop(broken);
        let next = Folder::open(home.path()).unwrap();
        next.write("index.html", b"twee").unwrap();
        next.close().unwrap();
        assert_eq!(names(home.path()), [".plantoets", "index.html"]);
    }

    #[test]
    fn a_folder_of_someone_else_is_refused() {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join("brief.docx"), "").unwrap();
        assert!(Folder::open(home.path()).unwrap_err().contains("niet van plantoets"));
        assert!(Folder::open(&home.path().join("brief.docx")).unwrap_err().contains("is een bestand"));
        assert_eq!(names(home.path()), ["brief.docx"]);
    }

    #[test]
    fn two_runs_do_not_write_at_once() {
        let home = tempfile::tempdir().unwrap();
        let first = Folder::open(home.path()).unwrap();
        assert!(Folder::open(home.path()).unwrap_err().contains("andere plantoets"));
        first.close().unwrap();
        assert!(Folder::open(home.path()).is_ok());
    }

    #[test]
    fn a_manifest_cannot_name_files_outside() {
        let home = tempfile::tempdir().unwrap();
        let root = home.path().join("rapport");
        std::fs::create_dir(&root).unwrap();
        let secret = home.path().join("geheim.txt");
        std::fs::write(&secret, "").unwrap();
        std::fs::write(root.join(MANIFEST), format!("../geheim.txt\n{}\n\n.plantoets\n", secret.display())).unwrap();
        Folder::open(&root).unwrap().close().unwrap();
        assert!(secret.exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_the_folder_is_not_followed_to_remove() {
        let home = tempfile::tempdir().unwrap();
        let (root, elsewhere) = (home.path().join("rapport"), home.path().join("elders"));
        std::fs::create_dir(&root).unwrap();
        std::fs::create_dir(&elsewhere).unwrap();
        std::fs::write(elsewhere.join("1.png"), "").unwrap();
        std::os::unix::fs::symlink(&elsewhere, root.join("bladen")).unwrap();
        std::fs::write(root.join(MANIFEST), "bladen/1.png\n").unwrap();
        Folder::open(&root).unwrap().close().unwrap();
        assert!(elsewhere.join("1.png").exists());
    }
}
