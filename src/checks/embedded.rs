//! The rules built into the program: compiled and packed by `build.rs`, and as text.

use super::compile::parts;
use super::files::Files;
use super::model::{ExampleFile, ExamplesFile};
use super::rules::{Element, Rules};
use crate::weighing::Model;

// FILES: the rule files by path, sorted, all but the weights. Written by `build.rs`.
include!(concat!(env!("OUT_DIR"), "/files.rs"));

static RULES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rules.bin"));

/// The weights, as [`crate::weighing::table`] has them.
static WEIGHTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/weights.bin"));

pub(super) fn rules() -> Rules {
    postcard::from_bytes(RULES).expect("build.rs packs what it compiled")
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
            toml::from_str::<ExamplesFile>(&source[parts(source).1]).map(|file| file.example).expect("build.rs compiled it")
        })
    }
}
