//! The digest that says which rules were applied: the same digest, the same rules. The build script uses this file too.

use sha2::{Digest, Sha256};

/// SHA-256 over the files of a framework and those of `taal/`, hexadecimal; `files` are path and text, sorted by path.
pub fn digest<'a>(framework: &str, files: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let folder = format!("{framework}/");
    let mut hash = Sha256::new();
    for (path, text) in files.filter(|(path, _)| path.starts_with("taal/") || path.starts_with(&folder)) {
        for part in [path, text] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
    }
    hash.finalize().iter().map(|b| format!("{b:02x}")).collect()
}
