//! Compiles the rules and packs them, with their weights, into the program. The modules below are those of the library that rules are
//! compiled with, under the same names: what is packed here is what `--checks` makes when loading.

#![allow(dead_code, unused_imports, reason = "the library uses more of its modules than the packing of rules does")]

mod checks;
mod dossier;
mod engine;
mod facts;
mod language;
#[path = "../src/weighing/table.rs"]
mod table;

use checks::{Files, WEIGHTS, compile};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::path::Path;

fn main() {
    println!("cargo:rerun-if-changed=checks");
    println!("cargo:rustc-env=PLANTOETS_SOURCES={}", sources());
    let root = Path::new(&std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("checks");
    let out = std::env::var("OUT_DIR").expect("cargo sets it");
    let write = |name: &str, bytes: &[u8]| std::fs::write(Path::new(&out).join(name), bytes).expect("cargo gives a folder to write in");

    let files = Files::read(&root).unwrap_or_else(|errors| refuse(&errors));
    let rules = compile(&files).unwrap_or_else(|errors| refuse(&errors));
    write("rules.bin", &postcard::to_stdvec(&rules).expect("rules can be packed"));

    let weights = files.iter().find(|(path, _)| *path == WEIGHTS).map_or("", |(_, text)| text);
    let packed = table::pack(weights).unwrap_or_else(|(line, message)| panic!("{WEIGHTS}, regel {line}: {message}"));
    write("weights.bin", &packed);

    let mut code = String::from("static FILES: &[(&str, &str)] = &[\n");
    for (path, _) in files.iter().filter(|(path, _)| *path != WEIGHTS) {
        writeln!(code, "    ({path:?}, include_str!({:?})),", root.join(path).display().to_string()).expect("writing to a string");
    }
    code += "];\n";
    write("files.rs", code.as_bytes());
}

/// The digest of the program's own sources and of what they are built on: another digest, another program. The cache goes by it.
fn sources() -> String {
    let root = Path::new(&std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).to_owned();
    let mut hash = Sha256::new();
    let mut paths = ["Cargo.lock", "Cargo.toml", "build", "src"].map(|name| root.join(name)).to_vec();
    while let Some(path) = paths.pop() {
        println!("cargo:rerun-if-changed={}", path.display());
        if path.is_dir() {
            let mut inside: Vec<_> = std::fs::read_dir(&path).expect("the sources can be read").flatten().map(|e| e.path()).collect();
            inside.sort();
            paths.extend(inside);
        } else {
            let bytes = std::fs::read(&path).expect("the sources can be read");
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        }
    }
    hash.finalize().iter().take(16).map(|b| format!("{b:02x}")).collect()
}

/// A fault in a rule file stops the building.
fn refuse(errors: &[checks::CheckError]) -> ! {
    for e in errors {
        let line = e.span.as_ref().map_or(1, |span| e.source_text[..span.start.min(e.source_text.len())].lines().count().max(1));
        println!(
            "cargo::error=checks/{}, regel {line}: {}{}",
            e.path,
            e.message,
            e.hint.as_ref().map_or(String::new(), |h| format!("; {h}"))
        );
    }
    std::process::exit(1)
}
