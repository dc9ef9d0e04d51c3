//! Pages without a text layer read by OCR: with a stand-in for tesseract that says what a test needs, and once with the program itself.
#![cfg(unix)]

use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use plantoets::ingest::picture::{self, Drawing};
use serde_json::Value;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// A folder with a scan and, in `bin`, what stands in for tesseract.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Home {
        let home = Home(tempfile::tempdir().expect("a folder for the test"));
        std::fs::create_dir(home.at("bin")).expect("the folder can be made");
        std::fs::write(home.at("scan.pdf"), scan(1)).expect("the scan can be written");
        home
    }

    /// With a tesseract that knows Dutch and answers with `answer`, a piece of shell, when it is given an image.
    fn with(answer: &str) -> Home {
        let home = Home::new();
        home.tesseract("tesseract 5.9.9", "eng nld", answer);
        home
    }

    fn tesseract(&self, version: &str, languages: &str, answer: &str) {
        let script = format!(
            "#!/bin/sh\ncase \"$1\" in\n--version) echo '{version}'; echo ' leptonica-1.82.0';;\n--list-langs) echo 'List of available \
             languages in \"/nergens/\":'; for l in {languages}; do echo $l; done;;\n*) {answer}\n;;\nesac\n"
        );
        let path = self.at("bin/tesseract");
        std::fs::write(&path, script).expect("the script can be written");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("it can be made to run");
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plantoets"));
        command.args(arguments).current_dir(self.0.path()).env_clear();
        // The stand-in goes before the program itself; without one nothing is found.
        let path = if self.at("bin/tesseract").exists() { format!("{}:/usr/bin:/bin", self.at("bin").display()) } else { String::new() };
        command.env("PATH", path).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the program runs")
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let output = self.run(arguments);
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("JSON and not {output:?}"))
    }

    /// The scan as read.
    fn text(&self) -> Value {
        self.json(&["text", "--ocr", "scan.pdf", "--format", "json"])
    }
}

/// Pages of 200 by 100 points with nothing but a filled box on them.
fn scan(pages: usize) -> Vec<u8> {
    pdf(b"20 40 60 10 re f".to_vec(), dictionary! {}, pages, [200, 100])
}

/// Pages of this size, all with the same content.
fn pdf(content: Vec<u8>, resources: Dictionary, pages: usize, [width, height]: [i64; 2]) -> Vec<u8> {
    let mut pdf = Document::with_version("1.5");
    let content = pdf.add_object(Stream::new(dictionary! {}, content));
    let tree = pdf.new_object_id();
    let page = dictionary! {
        "Type" => "Page", "Parent" => tree, "Contents" => content, "Resources" => resources,
        "MediaBox" => vec![0.into(), 0.into(), width.into(), height.into()],
    };
    let kids: Vec<Object> = (0..pages).map(|_| pdf.add_object(page.clone()).into()).collect();
    pdf.objects.insert(tree, dictionary! { "Type" => "Pages", "Count" => pages as i64, "Kids" => kids }.into());
    let catalog = pdf.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    pdf.trailer.set("Root", catalog);
    saved(pdf)
}

fn saved(mut pdf: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).expect("it can be written");
    bytes
}

/// A page with a line of text, as a scan of it: nothing but an image.
fn scanned(text: &str) -> Vec<u8> {
    let written = format!("BT /F 11 Tf 40 60 Td ({text}) Tj ET");
    let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" };
    let bytes = pdf(written.into_bytes(), dictionary! { "Font" => dictionary! { "F" => font } }, 1, [500, 100]);
    let drawing = Drawing { resolution: 200.0, ..Drawing::default() };
    let drawn = picture::draw(&bytes, &[1], &drawing).expect("it can be drawn").remove(0);
    let mut decoder = png::Decoder::new(std::io::Cursor::new(drawn.png));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().expect("a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("small")];
    reader.next_frame(&mut pixels).expect("pixels");
    let about = dictionary! {
        "Type" => "XObject", "Subtype" => "Image", "Width" => i64::from(drawn.size.0), "Height" => i64::from(drawn.size.1),
        "ColorSpace" => "DeviceRGB", "BitsPerComponent" => 8,
    };
    let mut pdf = Document::load_mem(&pdf(b"q 500 0 0 100 0 0 cm /I Do Q".to_vec(), dictionary! {}, 1, [500, 100])).expect("a PDF");
    let image = pdf.add_object(Stream::new(about, pixels));
    let page = *pdf.get_pages().get(&1).expect("a page");
    let page = pdf.get_object_mut(page).and_then(Object::as_dict_mut).expect("a page");
    page.set("Resources", dictionary! { "XObject" => dictionary! { "I" => image } });
    saved(pdf)
}

/// A shell command that takes the image and says this line, at 300 pixels an inch: 833 by 417 on this page.
fn says(words: &str) -> String {
    let mut spans = String::new();
    for (n, word) in words.split(' ').enumerate() {
        let (x0, x1) = (50 + n * 60, 100 + n * 60);
        spans += &format!("<span class=\"ocrx_word\" title=\"bbox {x0} 100 {x1} 142; x_wconf 93\">{word}</span> ");
    }
    let line = "bbox 50 100 800 142; baseline 0 -9; x_size 42; x_descenders 9; x_ascenders 11";
    format!(
        "cat >/dev/null; echo '<html><body><p class=\"ocr_par\"><span class=\"ocr_line\" title=\"{line}\">{spans}</span></p></body></html>'"
    )
}

fn error(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn words_come_with_their_box_and_are_told_to_be_read_by_ocr() {
    let home = Home::with(&says("Het bestuur heeft het plan vastgesteld"));
    let read = home.text();
    assert_eq!(read["pages"][0]["ocr"], true);
    assert_eq!(read["pages"][0]["without_text"], false);
    assert_eq!(read["blocks"][0]["text"], "Het bestuur heeft het plan vastgesteld");
    assert_eq!(read["warnings"][0], "pagina 1: gelezen met OCR (tesseract 5.9.9, nld); controleer citaten op de pagina zelf");
    // 300 pixels are 72 points: from 50 to 400 pixels; the baseline lies at 133 pixels of 417.
    let bbox: Vec<f64> =
        read["blocks"][0]["places"][0]["bbox"].as_array().expect("a box").iter().map(|v| v.as_f64().expect("a number")).collect();
    let baseline = 100.0 - 133.0 * 0.24;
    assert!((bbox[0] - 12.0).abs() < 0.1 && (bbox[2] - 96.0).abs() < 0.1, "{bbox:?}");
    assert!(bbox[1] < baseline && baseline - bbox[1] < 3.0 && bbox[3] > baseline + 5.0, "{bbox:?}");

    let check = home.json(&["check", "--ocr", "scan.pdf", "--format", "json", "--kind", "ondersteuningsplan"]);
    let document = &check["dossiers"][0]["documents"][0];
    assert_eq!(
        (&document["status"], &document["pages_by_ocr"], &document["pages_without_text"]),
        (&"read".into(), &[1].into(), &Value::Array(vec![]))
    );
    let elements = check["dossiers"][0]["elements"].as_array().expect("elements");
    let passages: Vec<&Value> =
        elements.iter().flat_map(|e| e["evidence"].as_array().into_iter().chain(e["nearest"].as_array())).flatten().collect();
    assert!(!passages.is_empty() && passages.iter().all(|e| e["ocr"] == true), "{passages:?}");
    for format in ["text", "markdown", "csv", "sarif", "junit", "html"] {
        let report = String::from_utf8(home.run(&["check", "--ocr", "scan.pdf", "--format", format]).stdout).expect("text");
        let [all, warned] = ["gelezen met OCR", "gelezen met OCR (tesseract"].map(|words| report.matches(words).count());
        assert!(all > warned, "{format}: {all} {warned}");
    }
}

#[test]
fn without_the_option_the_page_is_told_and_the_option_named() {
    let home = Home::with(&says("Het plan"));
    let output = home.run(&["text", "scan.pdf"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.contains("pagina 1 heeft geen tekstlaag; lees het met --ocr, of laat"), "{text}");
    assert!(!text.contains("Het plan"), "{text}");
}

#[test]
fn what_is_not_installed_is_told_before_anything_is_read() {
    for arguments in
        [&["check", "--ocr", "geen.pdf"][..], &["check", "--ocr", "geen.pdf", "-o", "rapport/"], &["text", "--ocr", "geen.pdf"]]
    {
        let home = Home::new();
        let output = home.run(arguments);
        let told = error(&output);
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(
            told.contains("tesseract, maar dat is hier niet te vinden") && told.contains("apt install tesseract-ocr-nld")
                || told.contains("apt install tesseract-ocr tesseract-ocr-nld"),
            "{told}"
        );
        assert!(told.contains("brew install") && told.contains("winget install") && !told.contains("geen.pdf"), "{told}");

        home.tesseract("tesseract 5.9.9", "eng osd nld_oud", "");
        let told = error(&home.run(arguments));
        assert!(told.contains("Nederlandse taalmodel") && told.contains("tesseract-ocr-nld"), "{told}");

        home.tesseract("iets anders", "nld", "");
        let told = error(&home.run(arguments));
        assert!(told.contains("werkt hier niet: het zegt zijn versie niet"), "{told}");
        assert!(!home.at("rapport").exists());
    }
}

#[test]
fn a_page_on_which_it_fails_is_told_and_the_others_are_read() {
    let answer = format!(
        "if head -c 3 >/dev/null; [ -e klaar ]; then {}; else touch klaar; cat >/dev/null; echo 'te weinig geheugen' >&2; exit 1; fi",
        says("De raad stemt in")
    );
    let home = Home::with(&answer);
    std::fs::write(home.at("scan.pdf"), scan(2)).expect("the scan can be written");
    let output = home.run(&["check", "--ocr", "scan.pdf", "--format", "json", "--fail-on", "geen"]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let document = &report["dossiers"][0]["documents"][0];
    assert_eq!(document["status"], "partial");
    let [by_ocr, without] = ["pages_by_ocr", "pages_without_text"].map(|key| document[key].as_array().expect("pages").len());
    assert_eq!((by_ocr, without), (1, 1));
    let warnings = document["warnings"].to_string();
    assert!(warnings.contains("OCR is mislukt: tesseract stopte met een fout (te weinig geheugen)"), "{warnings}");
}

#[test]
fn a_page_on_which_it_hangs_is_given_up() {
    let home = Home::with("exec sleep 300");
    let began = Instant::now();
    let report = home.json(&["check", "--ocr", "scan.pdf", "--format", "json", "--fail-on", "geen", "--tijd-per-document", "2"]);
    let document = &report["dossiers"][0]["documents"][0];
    assert!(document["warnings"].to_string().contains("OCR is mislukt: tesseract deed er te lang over"), "{document}");
    assert_eq!((&document["status"], began.elapsed() < Duration::from_secs(60)), (&"partial".into(), true));
}

#[test]
fn nonsense_is_no_text() {
    let line = |title: &str, word: &str| {
        format!("echo '<span class=\"ocr_line\" title=\"{title}\"><span class=\"ocrx_word\" title=\"{word}\">woord</span></span>'")
    };
    for answer in [
        "true".to_owned(),
        "head -c 100000 /dev/urandom".to_owned(),
        "printf '\\377\\376<span class=\"ocr_line\" title=\"bbox 1 1 9 9\">'".to_owned(),
        line("bbox 0 0 99999999999999999999 1e30", "bbox 0 0 5 5; x_wconf 90"),
        line("bbox 0 0 800 40; baseline 1e30 1e30; x_size 1e38; x_descenders -1e38", "bbox -5 -5 20 20; x_wconf 90"),
        line("bbox 0 0 800 40", "bbox 10 10 90 40; x_wconf -3"),
    ] {
        let home = Home::with(&format!("cat >/dev/null; {answer}"));
        let read = home.text();
        assert_eq!(read["blocks"].as_array().map(Vec::len), Some(0), "{answer}: {read}");
        assert_eq!(read["warnings"][0], "op pagina 1 vond OCR geen tekst", "{answer}");
    }
}

#[test]
fn a_batch_reads_in_its_workers_and_goes_by_the_version() {
    let home = Home::with(&format!("echo x >>tel; ulimit -d >grens; {}", says("Het bestuur heeft het plan vastgesteld")));
    std::fs::create_dir(home.at("in")).expect("the folder can be made");
    std::fs::write(home.at("in/scan.pdf"), scan(3)).expect("the scan can be written");
    let run = |more: &[&str]| {
        let output = home.run(&[&["check", "in", "-o", "rapport/", "--cache", "bewaard", "--fail-on", "geen"], more].concat());
        assert_eq!(output.status.code(), Some(0), "{}", error(&output));
        std::fs::read_to_string(home.at("tel")).unwrap_or_default().lines().count()
    };
    let page = || std::fs::read_to_string(home.at("rapport/resultaten.jsonl")).expect("results");
    assert_eq!(run(&[]), 0);
    assert!(page().contains("\"pages_without_text\":[1,2,3]"));
    assert_eq!(run(&["--ocr"]), 3);
    assert!(page().contains("\"pages_by_ocr\":[1,2,3]"));
    assert_eq!(run(&["--ocr"]), 3, "what was read is kept");
    let limit = std::fs::read_to_string(home.at("grens")).expect("a limit");
    assert_eq!(limit.trim(), (600 << 10).to_string(), "it has the memory of its worker, in KiB");
    home.tesseract("tesseract 6.0.0", "nld", &format!("echo x >>tel; {}", says("Het bestuur heeft het plan vastgesteld")));
    assert_eq!(run(&["--ocr"]), 6, "another version reads anew");
    assert!(page().contains("tesseract 6.0.0"));
}

/// Processes whose command line names this.
fn running(name: &str) -> usize {
    let processes = std::fs::read_dir("/proc").expect("processes").flatten();
    processes.filter_map(|p| std::fs::read(p.path().join("cmdline")).ok()).filter(|c| String::from_utf8_lossy(c).contains(name)).count()
}

/// A batch that has come so far that its tesseract is at work on a page that takes forever.
fn hanging(home: &Home, nap: &str) -> Child {
    std::fs::create_dir(home.at("in")).expect("the folder can be made");
    std::fs::write(home.at("in/scan.pdf"), scan(1)).expect("the scan can be written");
    let batch =
        home.command(&["check", "in", "--ocr", "-o", "rapport/", "--no-cache", "--workers", "1"]).spawn().expect("the program runs");
    let began = Instant::now();
    while running(nap) == 0 {
        assert!(began.elapsed() < Duration::from_secs(60), "it came to the page");
        std::thread::sleep(Duration::from_millis(20));
    }
    batch
}

#[test]
#[cfg(target_os = "linux")]
fn a_batch_that_ends_early_leaves_nothing_running() {
    for (signal, nap) in [("-INT", "873001.25"), ("-KILL", "873002.25")] {
        let home = Home::with(&format!("exec sleep {nap}"));
        let mut batch = hanging(&home, nap);
        let killed = Command::new("/bin/kill").args([signal, &batch.id().to_string()]).status().expect("kill runs");
        assert!(killed.success());
        batch.wait().expect("it ends");
        let began = Instant::now();
        while running(nap) > 0 {
            assert!(began.elapsed() < Duration::from_secs(20), "{signal}: tesseract lives on");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

#[test]
fn the_program_itself_reads_a_scan_and_says_the_same_twice() {
    let known = Command::new("tesseract")
        .arg("--list-langs")
        .output()
        .is_ok_and(|o| String::from_utf8_lossy(&o.stdout).lines().any(|l| l == "nld"));
    if !known {
        eprintln!("overgeslagen: hier is geen tesseract met het taalmodel nld");
        return;
    }
    let home = Home::new();
    let sentence = "Het bestuur heeft dit ondersteuningsplan op 15 april 2014 vastgesteld";
    std::fs::write(home.at("scan.pdf"), scanned(sentence)).expect("the scan can be written");
    let read = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plantoets"));
        command.args(["text", "--ocr", "scan.pdf"]).current_dir(home.0.path());
        String::from_utf8(command.output().expect("the program runs").stdout).expect("text")
    };
    let first = read();
    assert!(first.contains("pagina 1: gelezen met OCR (tesseract") && first.contains(sentence), "{first}");
    assert_eq!(first, read());
}
