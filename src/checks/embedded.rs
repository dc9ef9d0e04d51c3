//! The rules built into the program: compiled and packed by the build script (`build/`), and as text.

use super::compile::parts;
use super::files::Files;
use super::model::{ExampleFile, ExamplesFile};
use super::rules::{Element, Rules};
use crate::weighing::Model;

// FILES: the rule files by path, sorted, all but the weights. Written by the build script.
include!(concat!(env!("OUT_DIR"), "/files.rs"));

static RULES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rules.bin"));

/// The weights, as [`crate::weighing::table`] has them.
static WEIGHTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/weights.bin"));

pub(super) fn rules() -> Rules {
    postcard::from_bytes(RULES).expect("the build script packs what it compiled")
}

pub(super) fn weights() -> Model {
    Model::packed(WEIGHTS.into())
}

impl Files {
    /// The files embedded in the program, all but the weights.
    pub fn embedded() -> Files {
        Files::given(FILES.iter().map(|(path, source)| ((*path).to_owned(), (*source).to_owned())))
    }
}

impl Element {
    /// Texts with the verdict they must get. Of the program's own, half of all text, they are read when somebody asks for them.
    pub fn examples(&self) -> &[ExampleFile] {
        self.examples.get_or_init(|| {
            let source = FILES.iter().find(|(path, _)| *path == self.path).map_or("", |(_, source)| source);
            toml::from_str::<ExamplesFile>(&source[parts(source).1]).map(|file| file.example).expect("the build script compiled it")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::compile::{WEIGHTS as FILE, compile};
    use crate::weighing::table::pack;
    use std::path::Path;

    #[test]
    fn what_is_built_in_is_what_the_files_say() {
        let files = Files::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("checks")).expect("the rules can be read");
        let rules = compile(&files).unwrap_or_else(|e| panic!("{e:?}"));
        assert!(postcard::to_stdvec(&rules).expect("rules can be packed") == RULES);
        let weights = files.iter().find(|(path, _)| *path == FILE).map(|(_, text)| pack(text));
        assert!(weights == Some(Ok(WEIGHTS.to_vec())));
    }

    #[test]
    fn examples_are_read_when_asked_for() {
        let rules = rules();
        let elements = || rules.frameworks.iter().flat_map(|f| &f.norms).flat_map(|n| &n.elements);
        assert!(elements().all(|e| e.examples.get().is_none()));
        assert!(elements().all(|e| !e.examples().is_empty()));
    }
}
