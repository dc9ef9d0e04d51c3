//! Puts the rules into the program: the rule files as they are, the weights packed, and the digest of each framework.

#[path = "src/checks/digest.rs"]
mod digest;
#[path = "src/weighing/table.rs"]
#[allow(dead_code)]
mod table;

use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::path::Path;

/// See `checks/compile.rs`.
const WEIGHTS: &str = "taal/gewichten.tsv";

fn main() {
    println!("cargo:rerun-if-changed=checks");
    println!("cargo:rustc-env=PLANTOETS_SOURCES={}", sources());
    let root = Path::new(&std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("checks");
    let out = std::env::var("OUT_DIR").expect("cargo sets it");
    let mut files: Vec<(String, String)> = Vec::new();
    gather(&root, "", &mut files);
    files.sort();

    let weights = files.iter().find(|(path, _)| path == WEIGHTS).map_or("", |(_, text)| text);
    let packed = table::pack(weights).unwrap_or_else(|(line, message)| panic!("{WEIGHTS}, regel {line}: {message}"));
    std::fs::write(Path::new(&out).join("weights.bin"), packed).expect("cargo gives a folder to write in");

    let mut code = String::from("static FILES: &[(&str, &str)] = &[\n");
    for (path, _) in files.iter().filter(|(path, _)| path != WEIGHTS) {
        writeln!(code, "    ({path:?}, include_str!({:?})),", root.join(path).display().to_string()).expect("writing to a string");
    }
    code += "];\nstatic DIGESTS: &[(&str, &str)] = &[\n";
    for framework in files.iter().filter_map(|(path, _)| path.strip_suffix("/framework.toml")) {
        let digest = digest::digest(framework, files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
        writeln!(code, "    ({framework:?}, {digest:?}),").expect("writing to a string");
    }
    code += "];\n";
    std::fs::write(Path::new(&out).join("rules.rs"), code).expect("cargo gives a folder to write in");
}

/// The digest of the program's own sources and of what they are built on: another digest, another program. The cache goes by it.
fn sources() -> String {
    let root = Path::new(&std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).to_owned();
    let mut hash = Sha256::new();
    let mut paths = vec![root.join("Cargo.lock"), root.join("Cargo.toml"), root.join("build.rs"), root.join("src")];
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

/// The rule files below a folder, with their path from the root, `/` between its parts.
fn gather(folder: &Path, path: &str, files: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).expect("the rules can be read") {
        let entry = entry.expect("the rules can be read");
        let name = format!("{path}{}", entry.file_name().to_str().expect("names are UTF-8"));
        if entry.file_type().expect("the rules can be read").is_dir() {
            gather(&entry.path(), &format!("{name}/"), files);
        } else if name.ends_with(".toml") || name.ends_with(".tsv") {
            let text = std::fs::read_to_string(entry.path()).unwrap_or_else(|e| panic!("{name}: {e}"));
            files.push((name, text));
        }
    }
}
