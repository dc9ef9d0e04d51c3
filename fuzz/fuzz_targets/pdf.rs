//! Bytes to a document and its places.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plantoets::{document, ingest};
use std::time::Duration;

fuzz_target!(|data: &[u8]| {
    let bounds = ingest::Limits { pages: 20, operators: 100_000, content_bytes: 4 << 20, time: Duration::from_secs(5), threads: 1, ..Default::default() };
    if let Ok(source) = ingest::read("plan.pdf", data, &bounds) {
        let document = document::build(&source);
        for block in &document.blocks {
            assert!(!document.places(block.span).is_empty());
        }
    }
});
