//! Rule files as text, and what an error in one looks like.

use std::ops::Range;
use std::path::Path;

/// Rules and words; weights.
const EXTENSIONS: [&str; 2] = [".toml", ".tsv"];

/// A rule file as text, with its path below the checks folder ("toezichtkader-2013/N3/b-instemming.toml").
pub struct RuleFile {
    /// The path, `/` between its parts.
    pub path: String,
    /// Its text.
    pub source: String,
}

/// All rule files, sorted by path.
pub struct Files(pub(super) Vec<RuleFile>);

/// A mistake in the rule files. `message` and `hint` are plain Dutch.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{path}: {message}")]
pub struct CheckError {
    /// The file, below the checks folder.
    pub path: String,
    /// Its text, for showing the place.
    pub source_text: String,
    /// Bytes of the text that are meant; None: the whole file.
    pub span: Option<Range<usize>>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Files {
    /// The rule files below a folder.
    pub fn read(folder: &Path) -> Result<Files, Vec<CheckError>> {
        let fail = |path: String, message: String| CheckError { path, source_text: String::new(), span: None, message, hint: None };
        let (mut files, mut errors) = (Vec::new(), Vec::new());
        for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
            match entry {
                Ok(e) if e.file_type().is_file() && EXTENSIONS.iter().any(|x| e.path().to_string_lossy().ends_with(x)) => {
                    let path = e.path().strip_prefix(folder).unwrap_or(e.path()).to_string_lossy().replace('\\', "/");
                    match std::fs::read_to_string(e.path()) {
                        Ok(source) => files.push(RuleFile { path, source }),
                        Err(_) => errors.push(fail(path, "dit bestand is niet te lezen; het moet UTF-8-tekst zijn".into())),
                    }
                }
                Ok(_) => {}
                Err(_) => errors.push(fail(folder.display().to_string(), "deze map met regels is niet te lezen".into())),
            }
        }
        if files.is_empty() && errors.is_empty() {
            errors.push(fail(folder.display().to_string(), "in deze map staan geen regelbestanden (*.toml)".into()));
        }
        if errors.is_empty() { Ok(Files::sorted(files)) } else { Err(errors) }
    }

    /// Files given as (path, text), for tests.
    pub fn given(files: impl IntoIterator<Item = (String, String)>) -> Files {
        Files::sorted(files.into_iter().map(|(path, source)| RuleFile { path, source }).collect())
    }

    fn sorted(mut files: Vec<RuleFile>) -> Files {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Files(files)
    }

    /// The files as (path, text).
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|f| (f.path.as_str(), f.source.as_str()))
    }
}
