//! What was worked out before, kept by a key of all it depends on. A cache is never needed: it may be removed at any time, an entry that is
//! damaged is no entry, and two runs may write to it at once.

use serde::Serialize;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

/// Digest of the sources of this program: what another version worked out is not taken for what this one would.
const PROGRAM: &str = env!("PLANTOETS_SOURCES");
/// Bytes before each entry that tell whether it is whole: a CRC-32, for damage is no attack.
const SEAL: usize = 4;

/// Where things are kept.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    /// Bytes it may hold once a run is done.
    bound: u64,
    grown: AtomicBool,
    /// A cache of this run alone.
    _temporary: Option<tempfile::TempDir>,
}

/// What an entry is found by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key(String);

impl Key {
    /// The key of what follows from `parts` in this version of the program; `kind` says what is kept.
    pub fn of(kind: &str, parts: &impl Serialize) -> Key {
        let bytes = postcard::to_stdvec(&(PROGRAM, kind, parts)).expect("what a key is made of can be written down");
        Key(Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect())
    }

    /// Its digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Cache {
    /// In a folder that stays.
    pub fn at(folder: PathBuf, bound: u64) -> Cache {
        Cache { folder, bound, grown: AtomicBool::new(false), _temporary: None }
    }

    /// For this run only.
    pub fn temporary() -> io::Result<Cache> {
        let folder = tempfile::Builder::new().prefix("plantoets-").tempdir()?;
        Ok(Cache { folder: folder.path().to_owned(), bound: u64::MAX, grown: AtomicBool::new(false), _temporary: Some(folder) })
    }

    /// What is kept under a key.
    pub fn get(&self, key: &Key) -> Option<Vec<u8>> {
        let mut file = File::open(self.path(key)).ok()?;
        let mut seal = [0; SEAL];
        file.read_exact(&mut seal).ok()?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).ok()?;
        if crc32fast::hash(&bytes).to_le_bytes() != seal {
            return None;
        }
        // What is used is kept longest; that this may fail matters to no one.
        let _ = file.set_modified(SystemTime::now());
        Some(bytes)
    }

    /// Keeps something. That it cannot be kept (a full disk) costs time later, not now.
    pub fn put(&self, key: &Key, bytes: &[u8]) {
        let path = self.path(key);
        let folder = path.parent().unwrap_or(&self.folder);
        let written = || -> io::Result<()> {
            std::fs::create_dir_all(folder)?;
            let mut file = tempfile::Builder::new().prefix(".nieuw-").tempfile_in(folder)?;
            file.write_all(&crc32fast::hash(bytes).to_le_bytes())?;
            file.write_all(bytes)?;
            file.persist(&path)?;
            Ok(())
        };
        if written().is_ok() {
            self.grown.store(true, Ordering::Relaxed);
        }
    }

    /// What is kept under a key, else what is made now.
    pub fn made<E>(&self, key: &Key, make: impl FnOnce() -> Result<Vec<u8>, E>) -> Result<Vec<u8>, E> {
        if let Some(known) = self.get(key) {
            return Ok(known);
        }
        let bytes = make()?;
        self.put(key, &bytes);
        Ok(bytes)
    }

    /// Removes what was not used longest, once the cache holds more than it may: then down to three quarters, so that it need not be done
    /// each time.
    pub fn tidy(&self) {
        if !self.grown.load(Ordering::Relaxed) {
            return;
        }
        let files = walkdir::WalkDir::new(&self.folder).min_depth(2).into_iter().flatten().filter(|e| e.file_type().is_file());
        let mut files: Vec<(SystemTime, u64, PathBuf)> = files
            .filter_map(|e| {
                let about = e.metadata().ok()?;
                Some((about.modified().ok()?, about.len(), e.into_path()))
            })
            .collect();
        let mut size: u64 = files.iter().map(|f| f.1).sum();
        if size <= self.bound {
            return;
        }
        files.sort();
        for (_, length, path) in files {
            if size <= self.bound / 4 * 3 {
                break;
            }
            if std::fs::remove_file(path).is_ok() {
                size -= length;
            }
        }
    }

    /// Two digits make a folder, so that none grows large.
    fn path(&self, key: &Key) -> PathBuf {
        self.folder.join(&key.0[..2]).join(&key.0[2..])
    }
}

/// The folder where programs of this user keep such things, for plantoets; None when the system names none.
pub fn usual_folder() -> Option<PathBuf> {
    use etcetera::BaseStrategy as _;
    etcetera::base_strategy::choose_native_strategy().ok().map(|s| s.cache_dir().join("plantoets"))
}

/// SHA-256 of a file, hexadecimal.
pub fn digest(file: &Path) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut file = File::open(file)?;
    let mut buffer = vec![0; 1 << 18];
    loop {
        match file.read(&mut buffer)? {
            0 => break,
            n => hash.update(&buffer[..n]),
        }
    }
    Ok(hash.finalize().iter().map(|b| format!("{b:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn files(folder: &Path) -> Vec<PathBuf> {
        walkdir::WalkDir::new(folder).into_iter().flatten().filter(|e| e.file_type().is_file()).map(|e| e.into_path()).collect()
    }

    #[test]
    fn what_was_put_is_got_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::at(folder.path().join("diep/erin"), 1000);
        let key = Key::of("a", &1);
        assert_eq!(cache.get(&key), None);
        cache.put(&key, b"een");
        assert_eq!(cache.get(&key).as_deref(), Some(&b"een"[..]));
        assert_eq!(cache.get(&Key::of("a", &2)), None);
        assert_eq!(cache.get(&Key::of("b", &1)), None);
        std::fs::remove_dir_all(folder.path()).unwrap();
        assert_eq!(cache.get(&key), None);
        cache.put(&key, b"weer");
        assert_eq!(cache.get(&key).as_deref(), Some(&b"weer"[..]));
    }

    #[test]
    fn a_damaged_entry_is_no_entry() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::at(folder.path().to_owned(), 1000);
        let key = Key::of("a", &1);
        for damage in [&b""[..], b"kort", &[0; 40]] {
            cache.put(&key, b"inhoud");
            std::fs::write(&files(folder.path())[0], damage).unwrap();
            assert_eq!(cache.get(&key), None);
        }
        cache.put(&key, b"inhoud");
        let file = files(folder.path()).remove(0);
        let mut bytes = std::fs::read(&file).unwrap();
        bytes.truncate(bytes.len() - 1);
        std::fs::write(&file, bytes).unwrap();
        assert_eq!(cache.get(&key), None);
    }

    #[test]
    fn the_longest_unused_goes_first() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::at(folder.path().to_owned(), 400);
        let keys: Vec<Key> = (0..4).map(|n| Key::of("a", &n)).collect();
        for (n, key) in keys.iter().enumerate() {
            cache.put(key, &[0; 100]);
            let old = SystemTime::now() - Duration::from_secs(1000 - n as u64);
            File::options().write(true).open(cache.path(key)).unwrap().set_modified(old).unwrap();
        }
        cache.get(&keys[0]);
        cache.tidy();
        let left: Vec<bool> = keys.iter().map(|k| cache.path(k).exists()).collect();
        assert_eq!(left, [true, false, false, true]);
        // Nothing new: nothing to do.
        Cache::at(folder.path().to_owned(), 0).tidy();
        assert_eq!(files(folder.path()).len(), 2);
    }

    #[test]
    fn a_temporary_cache_leaves_nothing() {
        let cache = Cache::temporary().unwrap();
        let folder = cache.folder.clone();
        cache.put(&Key::of("a", &1), b"een");
        assert!(cache.get(&Key::of("a", &1)).is_some());
        drop(cache);
        assert!(!folder.exists());
    }
}
