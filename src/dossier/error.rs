//! What can be wrong with a dossier: always with what to do about it, in Dutch.

use std::ops::Range;

/// A fault in a file, with its place.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{path}: {message}")]
pub struct FileError {
    /// The file as shown.
    pub path: String,
    /// Its whole text.
    pub text: String,
    /// The bytes at fault.
    pub span: Range<usize>,
    /// What is the matter.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
}

/// Why a dossier could not be taken up.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Problem {
    /// A fault with a place in a file.
    #[error(transparent)]
    File(#[from] Box<FileError>),
    /// A path that yields no dossier.
    #[error("{path}: {message}")]
    Path {
        /// As shown.
        path: String,
        /// What is the matter and what to do.
        message: String,
    },
}

impl Problem {
    /// A problem with a path.
    pub fn path(path: impl Into<String>, message: impl Into<String>) -> Problem {
        Problem::Path { path: path.into(), message: message.into() }
    }
}

/// The word of `known` that `given` most likely meant.
pub fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let given = given.to_lowercase();
    known
        .into_iter()
        .map(|k| (k, k.to_lowercase()))
        .map(|(k, low)| (strsim::normalized_damerau_levenshtein(&given, &low).max(strsim::sorensen_dice(&given, &low)), k))
        .filter(|(score, _)| *score >= 0.5)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, k)| k)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_word_is_found_or_none() {
        assert_eq!(nearest("bestant", ["bestand", "soort", "ontvangen"]), Some("bestand"));
        assert_eq!(nearest("n3b", ["N3.a", "N3.b", "N1.b"]), Some("N3.b"));
        assert_eq!(nearest("Naam", ["naam", "nummer"]), Some("naam"));
        assert_eq!(nearest("kleur", ["bestand", "soort"]), None);
    }
}
