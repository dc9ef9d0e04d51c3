//! A dossier.toml.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plantoets::dossier;
use std::path::Path;

fuzz_target!(|text: &str| {
    if let Err(faults) = dossier::parse_description("map/dossier.toml", "map", Path::new("map"), text) {
        for fault in faults {
            assert!(text.get(fault.span).is_some());
        }
    }
    let _ = dossier::parse_register("scholen.csv", text.as_bytes());
});
