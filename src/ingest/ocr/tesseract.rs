//! The program tesseract: whether it is there, and an image read by it. It runs as a process of its own, without a shell, gets the image
//! over a pipe, and is killed when its time is up.

use sha2::{Digest, Sha256};
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

/// Its name, by which the system finds it.
const PROGRAM: &str = "tesseract";
/// The language of the documents, as tesseract names it.
pub(super) const LANGUAGE: &str = "nld";
/// What it says is kept up to so many bytes: the hOCR of the densest page is a tenth of it.
const SAID: u64 = 32 << 20;
/// Time to say its version.
const INTRODUCTION: Duration = Duration::from_secs(30);
/// How often is looked whether a process that says no more has ended.
const LOOK: Duration = Duration::from_millis(2);

/// The program with which pages without a text layer are read. What it says depends on this and the image alone.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Ocr {
    /// "tesseract 5.3.0".
    version: String,
    /// SHA-256 of the Dutch model; empty when its file is not told.
    model: String,
}

/// Why pages cannot be read by OCR here. `Display` says what to install, in Dutch.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Missing {
    /// The program is not there.
    #[error("--ocr leest gescande pagina's met het programma tesseract, maar dat is hier niet te vinden. {}", advice())]
    Program,
    /// It is there without the Dutch model.
    #[error("--ocr heeft het Nederlandse taalmodel van tesseract nodig ({LANGUAGE}), en dat is hier niet geïnstalleerd. {}", advice())]
    Model,
    /// It does not work.
    #[error(
        "--ocr gebruikt het programma tesseract, maar dat werkt hier niet: {0}. Probeer 'tesseract --list-langs' of installeer het opnieuw"
    )]
    Fault(String),
}

fn advice() -> &'static str {
    "Debian en Ubuntu: sudo apt install tesseract-ocr tesseract-ocr-nld. macOS: brew install tesseract tesseract-lang. \
     Windows: winget install UB-Mannheim.TesseractOCR, kies bij de installatie de taal Dutch, en zet de map van tesseract in PATH"
}

/// Why an image was not read. `Display` says so in Dutch.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Failure {
    /// The program could not be started.
    #[error("tesseract is niet te starten ({0})")]
    Unstarted(String),
    /// It was not done in time.
    #[error("tesseract deed er te lang over")]
    TooLong,
    /// It gave up.
    #[error("tesseract stopte met een fout{0}")]
    Failed(String),
}

impl Ocr {
    /// The program as it is installed here.
    ///
    /// # Errors
    /// [`Missing`] if it, or its Dutch model, is not.
    pub fn find() -> Result<Ocr, Missing> {
        let until = Instant::now() + INTRODUCTION;
        let asked = |argument: &str| {
            let mut command = Command::new(PROGRAM);
            command.arg(argument).stdin(Stdio::null());
            let child = spawn(&mut command).map_err(|e| match e.kind() {
                io::ErrorKind::NotFound => Missing::Program,
                _ => Missing::Fault(e.to_string()),
            })?;
            // Older versions answer on standard error.
            let (out, errors) = finished(child, until).map_err(|failure| Missing::Fault(failure.to_string()))?;
            Ok(if out.trim().is_empty() { errors } else { out })
        };
        let version = asked("--version")?;
        let version = version.lines().next().unwrap_or_default();
        let known = version.strip_prefix(PROGRAM).is_some_and(|v| v.contains(|c: char| c.is_ascii_digit()));
        if !known || !version.chars().all(|c| c.is_ascii_graphic() || c == ' ') || version.len() > 60 {
            return Err(Missing::Fault("het zegt zijn versie niet".to_owned()));
        }
        let languages = asked("--list-langs")?;
        if !languages.lines().any(|line| line.trim() == LANGUAGE) {
            return Err(Missing::Model);
        }
        Ok(Ocr { version: version.to_owned(), model: model(&languages).unwrap_or_default() })
    }

    /// "tesseract 5.3.0, nld".
    pub fn name(&self) -> String {
        format!("{}, {LANGUAGE}", self.version)
    }
}

/// Digest of the Dutch model, in the folder that the list of languages names: `List of available languages in "/…/tessdata/" (3):`.
fn model(languages: &str) -> Option<String> {
    let folder = languages.lines().next()?.split('"').nth(1)?;
    let bytes = std::fs::read(Path::new(folder).join(format!("{LANGUAGE}.traineddata"))).ok()?;
    Some(Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect())
}

/// Has an image (PGM) of so many pixels per inch read: its hOCR.
pub(super) fn recognise(image: Vec<u8>, resolution: u32, until: Instant) -> Result<String, Failure> {
    let mut command = Command::new(PROGRAM);
    // 11, sparse text: lines as they stand. By its own idea of a page (3) it takes what stands beside a text for the end of its lines.
    command.args(["stdin", "stdout", "-l", LANGUAGE, "--psm", "11", "--dpi"]).arg(resolution.to_string());
    command.args(["-c", "tessedit_create_hocr=1"]).stdin(Stdio::piped());
    let mut child = spawn(&mut command).map_err(|e| Failure::Unstarted(e.to_string()))?;
    if let Some(mut input) = child.0.stdin.take() {
        // If it does not listen, that shows in what it says. Nobody waits for the thread: it ends with the process.
        thread::spawn(move || drop(input.write_all(&image)));
    }
    finished(child, until).map(|(hocr, _)| hocr)
}

/// A process that is killed when nobody wants it any more.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn spawn(command: &mut Command) -> io::Result<Running> {
    // The pages are over the threads already; its own would only wait for each other.
    command.env("OMP_THREAD_LIMIT", "1").env("LC_ALL", "C");
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map(Running)
}

/// What a process says on standard output and on standard error, once it has ended well.
fn finished(mut running: Running, until: Instant) -> Result<(String, String), Failure> {
    let (out, errors) = (listen(running.0.stdout.take()), listen(running.0.stderr.take()));
    let left = || until.saturating_duration_since(Instant::now());
    let out = out.recv_timeout(left()).map_err(|_| Failure::TooLong)?;
    let errors = errors.recv_timeout(left()).map_err(|_| Failure::TooLong)?;
    loop {
        match running.0.try_wait() {
            Ok(Some(status)) if status.success() => return Ok((out, errors)),
            Ok(Some(_)) => return Err(Failure::Failed(last_words(&errors))),
            Ok(None) if left().is_zero() => return Err(Failure::TooLong),
            Ok(None) => thread::sleep(LOOK),
            Err(error) => return Err(Failure::Failed(format!(" ({error})"))),
        }
    }
}

/// All that comes out of a pipe, up to a bound, when it is closed. The thread is not waited for: a killed process closes its pipes, but may
/// have handed them on.
fn listen(pipe: Option<impl Read + Send + 'static>) -> Receiver<String> {
    let (send, receive) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(pipe) = pipe {
            // What came before a fault counts.
            let _ = pipe.take(SAID).read_to_end(&mut bytes);
        }
        // Past its time nobody listens any more.
        let _ = send.send(String::from_utf8_lossy(&bytes).into_owned());
    });
    receive
}

/// " (Error opening data file)": the last line of what it said, if that can be shown.
fn last_words(errors: &str) -> String {
    let line = errors.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or_default();
    let line: String = line.chars().map(|c| if c.is_control() { ' ' } else { c }).take(120).collect();
    if line.is_empty() { line } else { format!(" ({line})") }
}
