//! What a user meets at the command line when something is wrong: one clear Dutch message, with what to do, and the right exit code.

use lopdf::encryption::{EncryptionState, EncryptionVersion, Permissions};
use lopdf::{Document, Object, Stream, dictionary};
use std::path::Path;
use std::process::{Command, Output};

/// The program, in a folder of its own and with nothing of the surroundings.
fn plantoets(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_plantoets")).args(arguments).current_dir(folder).env_clear().output().expect("the program runs")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("the program ends by itself")
}

/// A PDF of one page with one line of text.
fn pdf() -> Document {
    let mut pdf = Document::with_version("1.5");
    let font = pdf.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
    let resources = pdf.add_object(dictionary! { "Font" => dictionary! { "F1" => font } });
    let content = b"BT /F1 12 Tf 72 700 Td (Het bestuur heeft dit ondersteuningsplan op 15 april 2014 vastgesteld.) Tj ET".to_vec();
    let content = pdf.add_object(Stream::new(dictionary! {}, content));
    let pages = pdf.new_object_id();
    let page = dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content, "Resources" => resources,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
    };
    let page = pdf.add_object(page);
    pdf.objects.insert(pages, Object::Dictionary(dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 }));
    let catalog = pdf.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    pdf.trailer.set("Root", catalog);
    pdf.trailer.set("ID", vec![Object::string_literal("0123456789abcdef"), Object::string_literal("0123456789abcdef")]);
    pdf
}

fn bytes(mut pdf: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).expect("writing to memory");
    bytes
}

fn encrypted() -> Vec<u8> {
    let mut pdf = pdf();
    let version = EncryptionVersion::V2 {
        document: &pdf,
        owner_password: "eigenaar",
        user_password: "gebruiker",
        key_length: 128,
        permissions: Permissions::all(),
    };
    let state = EncryptionState::try_from(version).expect("a valid encryption");
    pdf.encrypt(&state).expect("encryption succeeds");
    bytes(pdf)
}

/// A folder with a text document beside whatever is broken.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Folder {
        let folder = Folder(tempfile::tempdir().expect("a folder for the test"));
        folder.write("goed.txt", b"Het bestuur heeft dit ondersteuningsplan op 15 april 2014 vastgesteld.\n");
        folder
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, content: &[u8]) {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a file in a folder")).expect("the folder can be made");
        std::fs::write(path, content).expect("the file can be written");
    }

    /// Checks the broken document together with the good one: exit code 3, the message on both streams, the good one reported.
    fn breaks(&self, name: &str, message: &str, advice: &str) {
        let done = plantoets(self.path(), &["check", name, "goed.txt", "--fail-on", "geen"]);
        assert_eq!(code(&done), 3, "{}", err(&done));
        let (out, err) = (out(&done), err(&done));
        for wanted in [name, message, advice] {
            assert!(err.contains(wanted), "{wanted}\n{err}");
        }
        assert_eq!(err.lines().count(), 1, "one message:\n{err}");
        assert!(out.contains("niet gelezen"), "{out}");
        assert!(out.contains("Dossier: goed.txt"), "{out}");
        assert!(!err.contains("panicked") && !out.contains('\x1b'), "{err}{out}");
    }
}

#[test]
fn an_empty_file_is_told() {
    let folder = Folder::new();
    folder.write("leeg.pdf", b"");
    folder.breaks("leeg.pdf", "leeg", "opnieuw");
}

#[test]
fn a_picture_named_pdf_is_told() {
    let folder = Folder::new();
    folder.write("plaatje.pdf", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0");
    folder.breaks("plaatje.pdf", "PNG", "zet het document om naar PDF");
}

#[test]
fn a_truncated_pdf_is_told() {
    let folder = Folder::new();
    let whole = bytes(pdf());
    folder.write("half.pdf", &whole[..60]);
    folder.breaks("half.pdf", "beschadigd", "opnieuw");
}

#[test]
fn a_pdf_with_a_password_is_told() {
    let folder = Folder::new();
    folder.write("geheim.pdf", &encrypted());
    folder.breaks("geheim.pdf", "wachtwoord", "sla het zonder wachtwoord op");
}

#[test]
fn a_missing_file_is_told() {
    Folder::new().breaks("nergens.pdf", "bestaat niet", "controleer de naam");
}

#[test]
fn a_whole_pdf_is_read() {
    let folder = Folder::new();
    folder.write("heel.pdf", &bytes(pdf()));
    let done = plantoets(folder.path(), &["check", "heel.pdf", "--fail-on", "geen"]);
    assert_eq!(code(&done), 0, "{}", err(&done));
    assert_eq!(err(&done), "");
}

#[test]
fn a_path_with_spaces_and_accents_is_shown_as_given() {
    let folder = Folder::new();
    folder.write("één map/plan één.txt", "Het bestuur heeft dit plan vastgesteld.\n".as_bytes());
    let done = plantoets(folder.path(), &["check", "één map/plan één.txt", "--fail-on", "geen"]);
    assert_eq!(code(&done), 0, "{}", err(&done));
    assert!(out(&done).contains("Dossier: één map/plan één.txt"), "{}", out(&done));
}

#[test]
fn a_folder_without_documents_is_told() {
    let folder = Folder::new();
    folder.write("leeg/leesmij.md", b"niets");
    let done = plantoets(folder.path(), &["check", "leeg", "goed.txt", "--fail-on", "geen"]);
    assert_eq!(code(&done), 2);
    assert!(err(&done).contains("leeg: in deze map staan geen documenten") && err(&done).contains("Noem"), "{}", err(&done));
    assert!(out(&done).contains("Dossier: goed.txt"), "{}", out(&done));
}

#[test]
fn an_unknown_key_in_a_dossier_is_told_with_line_and_caret() {
    let folder = Folder::new();
    folder.write("a/dossier.toml", b"[[document]]\nbestant = \"plan.txt\"\n");
    folder.write("b/dossier.toml", b"[[document]]\nbestand = \"plan.txt\"\n");
    folder.write("b/plan.txt", b"Het plan.\n");
    let done = plantoets(folder.path(), &["check", "a", "b", "--fail-on", "geen"]);
    assert_eq!(code(&done), 2);
    let err = err(&done);
    for wanted in ["onbekende sleutel 'bestant'", "a/dossier.toml:2:1", "bestant = \"plan.txt\"", "wat te doen: bedoelde u 'bestand'?"] {
        assert!(err.contains(wanted), "{wanted}\n{err}");
    }
    assert!(out(&done).contains("Dossier: b"), "{}", out(&done));
}

#[test]
fn a_document_missing_from_a_dossier_leaves_the_others() {
    let folder = Folder::new();
    folder.write("a/dossier.toml", b"[[document]]\nbestand = \"weg.pdf\"\n[[document]]\nbestand = \"plan.txt\"\n");
    folder.write("a/plan.txt", b"Het plan.\n");
    let done = plantoets(folder.path(), &["check", "a/", "--format", "json"]);
    assert_eq!(code(&done), 3);
    assert!(err(&done).contains("a/weg.pdf: dit bestand bestaat niet"), "{}", err(&done));
    let json: serde_json::Value = serde_json::from_str(&out(&done)).expect("JSON");
    let documents = &json["dossiers"][0]["documents"];
    assert_eq!((documents[0]["status"].as_str(), documents[1]["status"].as_str()), (Some("unreadable"), Some("read")));
    assert_eq!(json["dossiers"][0]["path"], "a");
}

#[test]
fn wrong_use_is_told_in_dutch() {
    let folder = Folder::new();
    for (arguments, wanted) in [
        (&["check"][..], "hier ontbreekt <PAD>"),
        (&["chek", "x"], "onbekende opdracht 'chek'"),
        (&["check", "goed.txt", "--format", "xml"], "kies uit text, json"),
        (&["check", "goed.txt", "--norm", "Q7"], "'Q7' is geen norm of element"),
        (&["check", "goed.txt", "--framework", "nergens"], "onbekend kader 'nergens'"),
        (&["explain", "Q7"], "'Q7' is geen norm of element"),
        (&["check", "goed.txt", "--explain", "N3.bb"], "'N3.bb' is geen norm of element; bedoelde u N3.b?"),
        (&["check", "goed.txt", "--norm", "N1", "--explain", "N3.a"], "'N3.a' bij --explain valt buiten --norm"),
        (&["check", "goed.txt", "--output", "nergens/verslag.txt", "--fail-on", "geen"], "de map bestaat niet"),
        (&["eval", "."], "truth.json"),
    ] {
        let done = plantoets(folder.path(), arguments);
        assert_eq!(code(&done), 2, "{arguments:?}: {}", err(&done));
        assert!(err(&done).contains(wanted), "{arguments:?}: {}", err(&done));
        assert_eq!(out(&done), "", "{arguments:?}");
    }
}

#[test]
fn each_dossier_is_judged_with_weights_learnt_without_it() {
    let folder = Folder::new();
    let quote = "Ons verzuimteam zoekt thuiszitters op en brengt leerlingen terug naar school.";
    for name in ["a", "b"] {
        folder.write(&format!("plannen/{name}/document.md"), format!("# Verzuim\n\n{quote}\n").as_bytes());
        folder.write(&format!("plannen/{name}/dossier.toml"), b"[[document]]\nbestand = \"document.md\"\nsoort = \"ondersteuningsplan\"\n");
        let truth = format!(r#"{{"elements": {{"1.5.a": {{"verdict": "found", "evidence": [{{"page": 1, "quote": "{quote}"}}]}}}}}}"#);
        folder.write(&format!("plannen/{name}/truth.json"), truth.as_bytes());
    }
    let line = |n: usize| match n % 2 {
        0 => r#"{"element": "1.5.a", "verdict": "found", "text": "Het verzuimteam zoekt thuiszitters op en helpt leerlingen terug."}"#,
        _ => r#"{"element": "1.5.a", "verdict": "missing", "text": "De schoolgids verschijnt in augustus."}"#,
    };
    folder.write("fragmenten/f.jsonl", (0..8).map(|n| line(n).to_owned() + "\n").collect::<String>().as_bytes());
    let asked = ["eval", "plannen", "--leave-one-out", "--fragments", "fragmenten", "--norm", "1.5.a"];
    let done = plantoets(folder.path(), &asked);
    assert_eq!(code(&done), 0, "{}", err(&done));
    for wanted in ["zonder dat dossier geleerd", "Per dossier", "plannen/a", "plannen/b"] {
        assert!(out(&done).contains(wanted), "{wanted}\n{}", out(&done));
    }
    let json = out(&plantoets(folder.path(), &[&asked[..], &["--format", "json"]].concat()));
    let scores: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!((&scores["leave_one_out"], &scores["dossiers"]["plannen/b"]["exact"]), (&true.into(), &1.into()), "{json}");
    let wrong = plantoets(folder.path(), &["eval", "fragmenten", "--leave-one-out"]);
    assert_eq!(code(&wrong), 2);
    assert!(err(&wrong).contains("--fragments"), "{}", err(&wrong));
}

#[test]
fn the_help_lists_every_format_and_each_reports() {
    let folder = Folder::new();
    let help = out(&plantoets(folder.path(), &["check", "--help"])).split_whitespace().collect::<Vec<_>>().join(" ");
    for format in plantoets::report::FORMATS {
        assert!(help.contains(format.name) && help.contains(format.about), "{}: {help}", format.name);
        let done = plantoets(folder.path(), &["check", "goed.txt", "--format", format.name, "--fail-on", "geen"]);
        assert_eq!(code(&done), 0, "{}: {}", format.name, err(&done));
        assert!(out(&done).contains("N3.b") && out(&done).ends_with('\n'), "{}", format.name);
    }
}

#[test]
fn output_is_written_whole_or_not_at_all() {
    let folder = Folder::new();
    let done = plantoets(folder.path(), &["check", "goed.txt", "--format", "json", "--output", "verslag.json", "--fail-on", "geen"]);
    assert_eq!((code(&done), out(&done).as_str()), (0, ""), "{}", err(&done));
    let written = std::fs::read_to_string(folder.path().join("verslag.json")).expect("the report is there");
    let direct = out(&plantoets(folder.path(), &["check", "goed.txt", "--format", "json", "--fail-on", "geen"]));
    assert_eq!(written, direct);
    let names: Vec<_> = std::fs::read_dir(folder.path()).expect("a folder").map(|e| e.expect("an entry").file_name()).collect();
    assert_eq!(names.len(), 2, "nothing else is left behind: {names:?}");
}

#[test]
fn a_verdict_can_be_asked_why() {
    let folder = Folder::new();
    folder.write("plan.txt", "Het bestuur zal dit ondersteuningsplan naar verwachting in mei 2014 vaststellen\u{202e}.\n".as_bytes());
    let done = plantoets(folder.path(), &["check", "goed.txt", "plan.txt", "--explain", "N3.a", "--explain", "n3.d", "--fail-on", "geen"]);
    assert_eq!(code(&done), 0, "{}", err(&done));
    let out = out(&done);
    for wanted in [
        "N3.a vaststelling van het plan — aangetroffen",
        "datum: \"15 april 2014\" in dezelfde deelzin: 15 april 2014",
        "→ aangetroffen: een passage die het zegt, met de datum waar die nodig is: 1",
        "N3.a vaststelling van het plan — onzeker",
        "hoe het gezegd is: een voornemen of een open plek door \"zal\"",
        "N3.d looptijd ten hoogste vier jaar — ontbreekt",
    ] {
        assert!(out.contains(wanted), "{wanted}\n{out}");
    }
    assert!(!out.contains('\u{202e}') && !out.contains("N3.b "), "{out}");
}

#[test]
fn colours_come_only_when_asked_for() {
    let folder = Folder::new();
    assert!(!out(&plantoets(folder.path(), &["check", "goed.txt"])).contains('\x1b'));
    assert!(out(&plantoets(folder.path(), &["check", "goed.txt", "--color", "altijd"])).contains('\x1b'));
}

#[cfg(unix)]
#[test]
fn a_reader_that_stops_is_no_fault() {
    let folder = Folder::new();
    let program = env!("CARGO_BIN_EXE_plantoets");
    let line = format!("set -o pipefail; '{program}' check goed.txt --fail-on geen | true");
    for _ in 0..5 {
        let done = Command::new("bash").args(["-c", &line]).current_dir(folder.path()).output().expect("bash runs");
        assert_eq!((done.status.code(), err(&done).as_str()), (Some(0), ""));
    }
}

#[test]
fn a_typo_in_a_rule_file_is_told_with_line_and_caret() {
    let folder = Folder::new();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("checks");
    for entry in walkdir::WalkDir::new(&from) {
        let entry = entry.expect("the rules are there");
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(&from).expect("below the rules").to_string_lossy().replace('\\', "/");
            folder.write(&format!("regels/{name}"), &std::fs::read(entry.path()).expect("a rule file"));
        }
    }
    let whole = plantoets(folder.path(), &["check", "goed.txt", "--checks", "regels", "--fail-on", "geen"]);
    assert_eq!(code(&whole), 0, "{}", err(&whole));

    let file = "regels/toezichtkader-2013/N3/b-instemming.toml";
    let text = std::fs::read_to_string(folder.path().join(file)).expect("the rule is there");
    folder.write(file, text.replacen("\nhint = ", "\nhnt = ", 1).as_bytes());
    let done = plantoets(folder.path(), &["check", "goed.txt", "--checks", "regels"]);
    assert_eq!((code(&done), out(&done).as_str()), (2, ""));
    let err = err(&done);
    for wanted in [&format!("{file}:")[..], "hnt", "wat te doen: bedoelde u 'hint'?"] {
        assert!(err.contains(wanted), "{wanted}\n{err}");
    }
}

/// A folder with one dossier: a plan that shows N3.a.
fn dossier(waiver: &str) -> Folder {
    let folder = Folder::new();
    folder.write(
        "a/dossier.toml",
        format!("[samenwerkingsverband]\nnummer = \"PO3099\"\n[[document]]\nbestand = \"plan.txt\"\n{waiver}").as_bytes(),
    );
    folder.write("a/plan.txt", b"Het bestuur heeft dit ondersteuningsplan op 15 april 2014 vastgesteld.\n");
    folder
}

#[test]
fn judgements_at_the_top_of_a_folder_stand_beside_the_verdicts() {
    let folder = dossier("");
    folder.write(
        "oordelen.csv",
        b"swv;element;oordeel;reden;paraaf\r\nPO 30-99;N3.b;aangetroffen;notulen \xe9\xe9n;AB\r\nPO3099;N3.b;goed;;CD\r\n",
    );
    let done = plantoets(folder.path(), &["check", ".", "--norm", "N3", "--fail-on", "geen"]);
    assert_eq!(code(&done), 2, "{}", err(&done));
    assert!(out(&done).contains("Oordeel analist: aangetroffen (AB): notulen één — anders dan plantoets"), "{}", out(&done));
    for wanted in ["'goed' is geen oordeel", "oordelen.csv:3:", "kies uit aangetroffen"] {
        assert!(err(&done).contains(wanted), "{wanted}\n{}", err(&done));
    }
    folder.write("elders.csv", b"swv,element,verdict\nPO3099,N3.c,missing\nVO3001,N3.a,missing\n");
    let done = plantoets(folder.path(), &["check", "a", "--norm", "N3", "--fail-on", "geen", "--oordelen", "elders.csv"]);
    assert_eq!(code(&done), 0, "{}", err(&done));
    assert!(out(&done).starts_with("Let op: elders.csv, regel 3: 'VO3001'"), "{}", out(&done));
    let done = plantoets(folder.path(), &["check", "a", "--oordelen", "weg.csv"]);
    assert_eq!(code(&done), 2);
    assert!(err(&done).contains("weg.csv: dit bestand bestaat niet"), "{}", err(&done));
}

#[test]
fn a_waiver_keeps_a_finding_out_of_the_exit_code_until_its_last_day() {
    let check = |waiver: &str, more: &[&str]| {
        let folder = dossier(waiver);
        let done = plantoets(folder.path(), &[&["check", "a", "--norm", "N3.b"], more].concat());
        (code(&done), out(&done), err(&done))
    };
    assert_eq!(check("", &[]).0, 1);
    let (exit, shown, _) = check("[[vrijstelling]]\nelement = \"N3.b\"\nreden = \"de raad is nieuw\"\n", &[]);
    assert_eq!(exit, 0);
    assert!(shown.contains("Vrijstelling: telt niet mee: de raad is nieuw"), "{shown}");
    let dated = "[[vrijstelling]]\nelement = \"N3.b\"\nreden = \"x\"\ntot = 2026-12-31\n";
    assert_eq!(check(dated, &["--peildatum", "2026-12-31"]).0, 0);
    let (exit, shown, _) = check(dated, &["--peildatum", "2027-01-01"]);
    assert_eq!(exit, 1);
    assert!(shown.contains("vrijstelling van N3.b: verlopen, gold tot en met 31 december 2026"), "{shown}");
    assert_eq!(check(dated, &["--peildatum", "2027-01-01", "--fail-on", "geen"]).0, 0);
    let (exit, shown, told) = check(dated, &[]);
    assert_eq!((exit, shown.as_str()), (2, ""));
    assert!(told.contains("a: de vrijstelling van N3.b heeft een laatste dag; zeg met --peildatum"), "{told}");
    let (exit, _, told) = check("[[vrijstelling]]\nelement = \"N3b\"\nreden = \"x\"\n", &[]);
    assert_eq!(exit, 2);
    assert!(told.contains("'N3b' is geen element") && told.contains("bedoelde u N3.b?") && told.contains("a/dossier.toml:6:"), "{told}");
}

#[test]
fn a_baseline_tells_what_is_new_and_gone_and_leaves_the_exit_code() {
    let folder = dossier("");
    let all = ["check", "a", "--norm", "N3.a,N3.b", "--format", "json", "--output", "vorige.json"];
    assert_eq!(code(&plantoets(folder.path(), &all)), 1);
    folder.write("a/plan.txt", b"De ondersteuningsplanraad heeft op 1 april 2014 met dit ondersteuningsplan ingestemd.\n");
    let again = |more: &[&str]| plantoets(folder.path(), &[&["check", "a", "--norm", "N3.a,N3.b"], more].concat());
    let done = again(&["--baseline", "vorige.json"]);
    assert_eq!(code(&done), 1, "{}", err(&done));
    for wanted in ["nieuw, was aangetroffen", "weg, was ontbreekt", "Sinds het vorige verslag: 1 bevinding nieuw, 1 weg, 0 gebleven."] {
        assert!(out(&done).contains(wanted), "{wanted}\n{}", out(&done));
    }
    folder.write("leeg.json", b"{}");
    for (path, told) in [("leeg.json", "geen heel verslag"), ("weg.json", "bestaat niet"), ("a", "resultaten.jsonl")] {
        let done = again(&["--baseline", path]);
        assert_eq!((code(&done), out(&done).as_str()), (2, ""));
        assert!(err(&done).contains(told) && err(&done).contains(&format!("--baseline {path}: ")), "{}", err(&done));
    }
}
