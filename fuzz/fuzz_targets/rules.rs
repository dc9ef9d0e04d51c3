//! A rule file, in the place of each of the program's own in turn.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plantoets::checks::{Checks, Files};
use std::sync::LazyLock;

static PATHS: LazyLock<Vec<String>> = LazyLock::new(|| Files::embedded().iter().map(|(path, _)| path.to_owned()).collect());

fuzz_target!(|input: (u8, &str)| {
    let (place, text) = input;
    let path = PATHS[usize::from(place) % PATHS.len()].clone();
    if let Err(faults) = Checks::from_files(Files::given([(path, text.to_owned())])) {
        for fault in faults {
            assert!(fault.span.is_none_or(|span| fault.source_text.get(span).is_some()));
        }
    }
});
