//! A folder in, a folder of reports out: the real program, with its workers, its cache and what disturbs it.

use lopdf::{Document, Object, Stream, dictionary};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

/// A folder with input, and room for reports and a cache.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Home {
        Home(tempfile::tempdir().expect("a folder for the test"))
    }

    /// Two dossiers, two loose documents of one samenwerkingsverband, a broken one, and a list.
    fn mixed() -> Home {
        let home = Home::new();
        home.dossier("eerste", "nummer = \"PO3099\"\n");
        home.dossier("tweede", "naam = \"Coöperatie De Brug\"\n");
        home.write(
            "in/los/plan.pdf",
            &pdf("Samenwerkingsverband PO3098. Het bestuur heeft dit ondersteuningsplan op 15 april 2014 vastgesteld."),
        );
        home.write("in/verslag.pdf", &pdf("Jaarverslag 2015 van het samenwerkingsverband PO3098."));
        home.write("in/kapot é.pdf", b"geen document\x00\x01");
        home.write("in/brief.docx", b"x");
        home.write("in/swv.csv", b"nummer;naam\nPO3099;De Eerste\nVO1001;Afwezig\n");
        home
    }

    fn dossier(&self, name: &str, verband: &str) {
        let description = format!("[samenwerkingsverband]\n{verband}[[document]]\nbestand = \"plan.txt\"\n");
        self.write(&format!("in/{name}/dossier.toml"), description.as_bytes());
        let plan = format!("Ondersteuningsplan {name}.\n\nHet bestuur heeft dit ondersteuningsplan op 15 april 2014 vastgesteld.\n");
        self.write(&format!("in/{name}/plan.txt"), plan.as_bytes());
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, content: &[u8]) {
        let path = self.at(name);
        std::fs::create_dir_all(path.parent().expect("a file in a folder")).expect("the folder can be made");
        std::fs::write(path, content).expect("the file can be written");
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plantoets"));
        command.args(["check", "in", "--fail-on", "geen"]).args(arguments).current_dir(self.0.path()).env_clear();
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the program runs")
    }

    /// Files of a folder with their bytes.
    fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let root = self.at(folder);
        let entries = walkdir::WalkDir::new(&root).into_iter().map(|e| e.expect("a file"));
        let named = |path: &Path| path.strip_prefix(&root).expect("a file in the folder").to_str().expect("UTF-8").to_owned();
        let files = entries.filter(|e| e.file_type().is_file());
        files.map(|e| (named(e.path()), std::fs::read(e.path()).expect("a file"))).collect()
    }
}

/// A PDF of one page with one line of text.
fn pdf(text: &str) -> Vec<u8> {
    let mut pdf = Document::with_version("1.5");
    let font = pdf.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
    let resources = pdf.add_object(dictionary! { "Font" => dictionary! { "F1" => font } });
    let content = pdf.add_object(Stream::new(dictionary! {}, format!("BT /F1 9 Tf 40 700 Td ({text}) Tj ET").into_bytes()));
    let pages = pdf.new_object_id();
    let page = dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content, "Resources" => resources,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
    };
    let page = pdf.add_object(page);
    pdf.objects.insert(pages, Object::Dictionary(dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 }));
    let catalog = pdf.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    pdf.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).expect("writing to memory");
    bytes
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

fn text(files: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(files[name].clone()).expect("UTF-8")
}

#[test]
fn a_folder_becomes_a_folder_of_reports() {
    let home = Home::mixed();
    let done = home.run(&["--output", "rapport/", "--cache", "cache", "--workers", "2"]);
    assert_eq!(done.status.code(), Some(3), "{}", err(&done));
    assert!(done.stdout.is_empty());
    let said = "4 dossiers beoordeeld; 1 document is niet te lezen: in/kapot é.pdf. Het overzicht staat in rapport/index.html\n";
    assert_eq!(err(&done), said);

    let files = home.files("rapport");
    let pages: Vec<&str> = files.keys().map(String::as_str).filter(|n| n.ends_with(".html")).collect();
    assert_eq!(pages, ["cooperatie-de-brug.html", "index.html", "kapot-e.html", "po3098.html", "po3099.html"]);
    assert!(files.contains_key("bladen/po3098/1-1.png"), "{:?}", files.keys());
    let lines = text(&files, "resultaten.jsonl");
    let paths: Vec<String> = lines.lines().map(|line| dossier(line)["path"].as_str().expect("a path").to_owned()).collect();
    assert_eq!(paths, ["in", "in/eerste", "in/kapot é.pdf", "in/tweede"]);
    let loose = dossier(lines.lines().next().expect("a line"));
    assert_eq!(loose["documents"].as_array().expect("documents").len(), 2);
    let index = text(&files, "index.html");
    for told in ["brief.docx", "Afwezig", "kapot é.pdf"] {
        assert!(index.contains(told), "{told}");
    }
    assert!(text(&files, "po3099.html").contains("De Eerste"));
}

fn dossier(line: &str) -> serde_json::Value {
    serde_json::from_str::<serde_json::Value>(line).expect("JSON")["dossiers"][0].clone()
}

#[test]
fn the_same_comes_out_with_any_number_of_workers_and_from_the_cache() {
    let home = Home::mixed();
    home.run(&["--output", "een/", "--cache", "cache", "--workers", "1"]);
    let wanted = home.files("een");
    assert!(wanted.len() > 6);
    home.run(&["--output", "twee/", "--no-cache", "--workers", "2"]);
    assert_eq!(home.files("twee"), wanted, "two workers");
    home.run(&["--output", "een/", "--cache", "cache"]);
    assert_eq!(home.files("een"), wanted, "from the cache, over the report of before");
    for (n, (name, _)) in home.files("cache").into_iter().enumerate() {
        home.write(&format!("cache/{name}"), [&b""[..], b"onzin", &[0; 100]][n % 3]);
    }
    home.run(&["--output", "drie/", "--cache", "cache"]);
    assert_eq!(home.files("drie"), wanted, "from a damaged cache");
    home.run(&["--output", "rapport/", "--cache", "cache", "--pages", "none"]);
    assert!(home.files("rapport").keys().all(|name| !name.contains("bladen")));
}

#[test]
fn what_went_away_goes_from_the_report() {
    let home = Home::new();
    home.dossier("blijft", "nummer = \"PO3001\"\n");
    home.dossier("gaat", "nummer = \"PO3002\"\n");
    assert_eq!(home.run(&["--output", "in/rapport", "--no-cache"]).status.code(), Some(0));
    assert!(home.files("in/rapport").contains_key("po3002.html"));
    std::fs::remove_dir_all(home.at("in/gaat")).expect("it was there");
    assert_eq!(home.run(&["--output", "in/rapport", "--no-cache"]).status.code(), Some(0));
    let names: Vec<String> = home.files("in/rapport").into_keys().collect();
    assert!(names.contains(&"po3001.html".to_owned()) && !names.contains(&"po3002.html".to_owned()), "{names:?}");
}

#[test]
fn a_document_that_asks_too_much_memory_is_told_and_the_others_are_as_ever() {
    let home = Home::new();
    home.dossier("goed", "nummer = \"PO3001\"\n");
    home.run(&["--output", "zonder/", "--no-cache"]);
    home.dossier("veel", "nummer = \"PO3002\"\n");
    home.write("in/veel/plan.txt", "Elk jaar bespreken wij de ondersteuning van onze leerlingen.\n".repeat(1 << 20).as_bytes());
    let done = home.run(&["--output", "met/", "--no-cache", "--geheugen", "200", "--workers", "1"]);
    assert_eq!(done.status.code(), Some(3), "{}", err(&done));
    let (without, with) = (home.files("zonder"), home.files("met"));
    assert_eq!(with["po3001.html"], without["po3001.html"]);
    let told = text(&with, "po3002.html");
    assert!(told.contains("vroeg meer dan 200 MiB geheugen"), "{told}");
}

#[test]
fn wrong_use_is_told() {
    let home = Home::new();
    home.write("in/x.txt", b"x");
    home.write("vol/brief.docx", b"x");
    home.write("lijst.csv", b"x");
    let cases: [(&[&str], &str); 4] = [
        (&["--output", "nieuw/"], "hier staan geen documenten"),
        (&["--output", "nieuw/", "--format", "json"], "--format kan niet samen met een map"),
        (&["--output", "nieuw/", "--workers", "0"], "--workers"),
        (&["--output", "nieuw/", "--cache", "c", "--no-cache"], "kan niet samen met"),
    ];
    for (arguments, message) in cases {
        let done = home.run(arguments);
        assert_eq!(done.status.code(), Some(2), "{arguments:?}: {}", err(&done));
        assert!(err(&done).contains(message), "{arguments:?}: {}", err(&done));
    }
    assert!(!home.at("nieuw").exists());
    home.dossier("a", "");
    for (output, message) in [("vol", "niet van plantoets"), ("lijst.csv/", "is een bestand")] {
        let done = home.run(&["--output", output]);
        assert_eq!(done.status.code(), Some(2), "{}", err(&done));
        assert!(err(&done).contains(message), "{}", err(&done));
    }
}

/// Starts a run over eight dossiers and waits for the first page.
#[cfg(unix)]
fn begun(home: &Home) -> Child {
    for n in 1..=8 {
        home.dossier(&format!("d{n}"), &format!("nummer = \"PO300{n}\"\n"));
    }
    let mut child = home.command(&["--output", "rapport/", "--cache", "cache", "--workers", "1"]).spawn().expect("the program runs");
    while !home.at("rapport/po3001.html").exists() {
        assert!(child.try_wait().expect("a child").is_none(), "it ended before it wrote");
        std::thread::sleep(Duration::from_millis(1));
    }
    child
}

#[cfg(unix)]
#[test]
fn ctrl_c_leaves_what_is_finished_and_the_same_command_goes_on() {
    let home = Home::new();
    let child = begun(&home);
    let kill = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill is there");
    assert!(kill.success());
    let done = child.wait_with_output().expect("the program ends");
    assert_eq!(done.status.code(), Some(130), "{}", err(&done));
    assert!(err(&done).contains("van de 8 dossiers beoordeeld; dezelfde opdracht gaat hier verder"), "{}", err(&done));
    let files = home.files("rapport");
    assert!(files.contains_key("index.html") && files.contains_key("po3001.html") && !files.contains_key("po3008.html"));
    goes_on(&home);
}

#[cfg(unix)]
#[test]
fn after_a_kill_the_same_command_goes_on() {
    let home = Home::new();
    let mut child = begun(&home);
    child.kill().expect("it runs");
    child.wait().expect("it ends");
    home.write("rapport/.plantoets-half", b"half");
    goes_on(&home);
}

#[cfg(unix)]
fn goes_on(home: &Home) {
    assert_eq!(home.run(&["--output", "rapport/", "--cache", "cache", "--workers", "1"]).status.code(), Some(0));
    home.run(&["--output", "ongestoord/", "--no-cache", "--workers", "2"]);
    assert_eq!(home.files("rapport"), home.files("ongestoord"));
}

#[test]
fn a_worker_does_not_outlive_who_started_it() {
    let mut worker = Command::new(env!("CARGO_BIN_EXE_plantoets"));
    let mut worker = worker.arg("werker").stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it runs");
    drop(worker.stdin.take());
    worker.wait().expect("it ends");
}
