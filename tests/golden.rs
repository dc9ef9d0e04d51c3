//! What the program says of the sample dossiers, and the JSON Schema, compared with what is kept in the repository. Rewrite with
//! `PLANTOETS_BLESS=1 cargo test`, and read the difference before keeping it.

use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Compares with a kept file, or writes it.
fn compare(kept: &Path, now: &str) -> Result<(), String> {
    if std::env::var_os("PLANTOETS_BLESS").is_some() {
        std::fs::create_dir_all(kept.parent().expect("a file in a folder")).expect("the folder can be made");
        std::fs::write(kept, now).expect("the file can be written");
        return Ok(());
    }
    let before = std::fs::read_to_string(kept).unwrap_or_default().replace("\r\n", "\n");
    if before == now {
        return Ok(());
    }
    let line = before.lines().zip(now.lines()).take_while(|(a, b)| a == b).count();
    let show = |text: &str| text.lines().nth(line).unwrap_or("(einde)").to_owned();
    let name = kept.strip_prefix(root()).unwrap_or(kept).display();
    Err(format!("{name}, line {}:\n  kept: {}\n  now:  {}\n", line + 1, show(&before), show(now)))
}

/// The report of a sample, from the root of the repository.
fn report(sample: &str, format: &str) -> String {
    check(sample, &["--format", format])
}

/// What `check` says of a sample with more arguments.
fn check(sample: &str, more: &[&str]) -> String {
    let path = format!("samples/{sample}");
    let done = Command::new(env!("CARGO_BIN_EXE_plantoets"))
        .args(["check", &path, "--fail-on", "geen"])
        .args(more)
        .current_dir(root())
        .env_clear()
        .output()
        .expect("the program runs");
    assert_eq!(done.status.code(), Some(0), "{path}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).expect("UTF-8")
}

fn samples() -> Vec<String> {
    let folder = std::fs::read_dir(root().join("samples")).expect("the samples are there");
    let entries = folder.map(|entry| entry.expect("an entry")).filter(|entry| entry.path().join("dossier.toml").is_file());
    let mut names: Vec<_> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn the_samples_are_reported_as_before() {
    let schema: serde_json::Value = serde_json::from_str(&plantoets::report::schema()).expect("JSON");
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    let mut changes = String::new();
    for sample in samples() {
        let json = report(&sample, "json");
        let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        let faults: Vec<_> = schema.iter_errors(&value).map(|e| e.to_string()).collect();
        assert!(faults.is_empty(), "{sample}: {faults:?}");
        // The digest changes with every word of a rule file, the version with every release: neither is what this test is about.
        let digest = value["frameworks"][0]["digest"].as_str().expect("a digest");
        let json = json.replace(digest, "…").replace(&format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION")), "\"version\": \"…\"");
        for (ending, now) in [("json", json), ("txt", report(&sample, "text"))] {
            let kept = root().join(format!("tests/golden/{sample}.{ending}"));
            changes.extend(compare(&kept, &now).err());
        }
    }
    assert!(changes.is_empty(), "{changes}\nIf this is meant: PLANTOETS_BLESS=1 cargo test --test golden");
}

/// One sample in every other format. The version changes with every release. Not html: what it says is tested in `report/html`, and how it
/// looks in `tests/browser`.
#[test]
fn the_other_formats_are_as_before() {
    let sample = "g03-ijsselbroek-po-2014";
    let mut changes = String::new();
    for format in plantoets::report::FORMATS.iter().map(|f| f.name).filter(|name| !matches!(*name, "text" | "json" | "html")) {
        let now = report(sample, format).replace(&format!("ersion\":\"{}\"", env!("CARGO_PKG_VERSION")), "ersion\":\"…\"");
        let now = now.replace(&format!("ersion\": \"{}\"", env!("CARGO_PKG_VERSION")), "ersion\": \"…\"");
        let digest = now.split_once("\"digest\":\"").and_then(|(_, rest)| rest.split_once('"')).map(|(digest, _)| digest.to_owned());
        let now = digest.map_or(now.clone(), |digest| now.replace(&digest, "…"));
        changes.extend(compare(&root().join(format!("tests/golden/{sample}.{format}")), &now).err());
    }
    assert!(changes.is_empty(), "{changes}\nIf this is meant: PLANTOETS_BLESS=1 cargo test --test golden");
}

/// Of an element that goes by rules, and of one that weighs its evidence.
#[test]
fn the_reasons_are_told_as_before() {
    let schema: serde_json::Value = serde_json::from_str(&plantoets::report::schema()).expect("JSON");
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    let mut changes = String::new();
    for (element, sample) in [("N3.c", "g03-ijsselbroek-po-2014"), ("1.5.b", "g05-drierivieren-vo-2022")] {
        let kept = root().join(format!("tests/golden/waarom-{element}.txt"));
        changes.extend(compare(&kept, &check(sample, &["--explain", element])).err());
        let value: serde_json::Value = serde_json::from_str(&check(sample, &["--explain", element, "--format", "json"])).expect("JSON");
        let faults: Vec<_> = schema.iter_errors(&value).map(|e| e.to_string()).collect();
        assert!(faults.is_empty(), "{element}: {faults:?}");
        let elements = value["dossiers"][0]["elements"].as_array().expect("elements");
        let told: Vec<_> = elements.iter().filter(|e| e.get("considered").is_some()).map(|e| e["id"].as_str().expect("an id")).collect();
        assert_eq!(told, [element]);
    }
    assert!(changes.is_empty(), "{changes}\nIf this is meant: PLANTOETS_BLESS=1 cargo test --test golden");
}

#[test]
fn the_schema_is_as_kept() {
    let kept = root().join("schema/plantoets-check-v1.schema.json");
    compare(&kept, &plantoets::report::schema())
        .unwrap_or_else(|change| panic!("{change}\nIf this is meant: PLANTOETS_BLESS=1 cargo test --test golden"));
}

/// What `eval` says, from the root of the repository.
fn score(arguments: &[&str]) -> String {
    let program = Command::new(env!("CARGO_BIN_EXE_plantoets")).arg("eval").args(arguments).current_dir(root()).env_clear().output();
    let done = program.expect("the program runs");
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).expect("UTF-8")
}

/// Every count of every element and document of the samples, for a machine: what changed in it is what a change did.
#[test]
fn the_scores_of_the_samples_are_as_kept() {
    compare(&root().join("tests/golden/score.json"), &score(&["samples", "--format", "json"]))
        .unwrap_or_else(|change| panic!("{change}\nIf this is meant: PLANTOETS_BLESS=1 cargo test --test golden"));
}

/// How well the verdicts agree with what people read in the samples and in the documents of `tests/documents`: no change makes that worse
/// unseen.
#[test]
fn the_score_is_as_kept() {
    let score = score(&["samples", "tests/documents", "tests/unseen"]);
    compare(&root().join("tests/golden/score.txt"), &score)
        .unwrap_or_else(|change| panic!("{change}\nIf this is meant: PLANTOETS_BLESS=1 cargo test --test golden"));
}

/// How well order, headings and tables of the documents of `tests/layout` are read, and what goes wrong.
#[test]
fn the_layout_is_read_as_kept() {
    compare(&root().join("tests/golden/layout.txt"), &score(&["tests/layout"]))
        .unwrap_or_else(|change| panic!("{change}\nIf this is meant: PLANTOETS_BLESS=1 cargo test --test golden"));
}
