//! The dossier: all documents of one samenwerkingsverband for one round, as `dossier.toml` describes them, and the register of
//! schools. Reads the description, never the documents themselves: those belong to `ingest`.

mod description;
mod error;
mod find;
mod number;
mod register;

pub use description::{dutch as dutch_toml, parse as parse_description};
pub use error::{FileError, Problem, nearest};
pub use find::{Found, find, io_message};
pub use number::normalise as normalise_number;
pub use register::{RegisterSchool, parse as parse_register};

use crate::engine::outcome::DocumentKind;
use jiff::civil::Date;
use std::path::{Path, PathBuf};

/// Name of the file that describes a dossier.
pub const DESCRIPTION: &str = "dossier.toml";

/// Primary or secondary education.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Sector {
    /// Primair onderwijs.
    Po,
    /// Voortgezet onderwijs.
    Vo,
}

/// What the dossier says of the samenwerkingsverband itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Samenwerkingsverband {
    /// Its name.
    pub naam: Option<String>,
    /// Its number in one spelling: "PO3099".
    pub nummer: Option<String>,
    /// Its sector: as given, else by its number.
    pub sector: Option<Sector>,
    /// The municipalities of its region; empty when not given.
    pub gemeenten: Vec<String>,
}

/// A document of the dossier.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentEntry {
    /// As shown: relative to the dossier, `/` between folders.
    pub path: String,
    /// The file to open.
    pub file: PathBuf,
    /// Its kind, when the dossier says so.
    pub kind: Option<DocumentKind>,
    /// Received by the inspectie on.
    pub ontvangen: Option<Date>,
}

/// All documents of one samenwerkingsverband for one round.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dossier {
    /// As shown: the path as the user gave it, `/` between folders.
    pub path: String,
    /// The samenwerkingsverband.
    pub samenwerkingsverband: Samenwerkingsverband,
    /// Its documents, in the order of the description.
    pub documents: Vec<DocumentEntry>,
    /// The schools of the register, all of them; None without a register.
    pub register: Option<Vec<RegisterSchool>>,
}

impl Dossier {
    /// A bare file: a dossier of one document.
    pub fn of_file(file: &Path) -> Dossier {
        let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        Dossier {
            path: shown(file),
            documents: vec![DocumentEntry { path: name, file: file.to_owned(), kind: None, ontvangen: None }],
            ..Dossier::default()
        }
    }
}

/// The kinds by the name a dossier or the command line gives them.
pub const KINDS: [(&str, DocumentKind); 3] = [
    ("ondersteuningsplan", DocumentKind::Ondersteuningsplan),
    ("jaarverslag", DocumentKind::Jaarverslag),
    ("bijlage", DocumentKind::Bijlage),
];

/// A path as a user reads it: as given, `/` between folders, without a leading `./` or a closing `/`.
pub fn shown(path: &Path) -> String {
    let parts: Vec<_> = path
        .components()
        .filter(|c| !matches!(c, std::path::Component::CurDir | std::path::Component::RootDir))
        .map(|c| c.as_os_str().to_string_lossy())
        .collect();
    let root = if path.has_root() { "/" } else { "" };
    let joined = format!("{root}{}", parts.join("/"));
    if joined.is_empty() { ".".to_owned() } else { joined }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shown_as_given() {
        for (given, wanted) in [("./a/b/", "a/b"), ("a", "a"), ("/a/b", "/a/b"), ("../x", "../x"), (".", "."), ("./", ".")] {
            assert_eq!(shown(Path::new(given)), wanted);
        }
    }
}
