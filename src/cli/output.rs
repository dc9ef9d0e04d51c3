//! Where words go: reports to standard output or a file, messages to standard error.

use super::args::Colour;
use anyhow::{Context as _, anyhow};
use plantoets::dossier::{FileError, Problem};
use plantoets::report::{self, Paint, Style, harmless};
use std::io::{self, ErrorKind, IsTerminal, Write as _};
use std::path::Path;

/// Messages on standard error.
pub struct Messages {
    colour: Colour,
    style: Style,
}

impl Messages {
    /// With the colours asked for.
    pub fn new(colour: Colour) -> Messages {
        Messages { colour, style: style(colour, io::stderr().is_terminal()) }
    }

    /// Something is wrong.
    pub fn error(&self, message: &str) {
        self.raw(&format!("{} {}\n", self.style.paint(Paint::Bad, "fout:"), harmless(message)));
    }

    /// What came of it, in one line.
    pub fn say(&self, message: &str) {
        self.raw(&format!("{}\n", harmless(message)));
    }

    /// A fault in a file, with line and caret.
    pub fn fault(&self, error: &FileError) {
        self.raw(&report::fault(error, self.style));
    }

    /// What was wrong with a dossier.
    pub fn problem(&self, problem: &Problem) {
        match problem {
            Problem::File(error) => self.fault(error),
            Problem::Path { .. } => self.error(&problem.to_string()),
        }
    }

    /// How far the run is; only for someone who watches.
    pub fn progress(&self, at: usize, of: usize, name: &str) {
        if of > 1 && io::stderr().is_terminal() {
            self.raw(&format!("{at}/{of} {}\n", harmless(name)));
        }
    }

    /// The style of a report for `output`.
    pub fn report_style(&self, output: Option<&Path>) -> Style {
        style(self.colour, output.is_none() && io::stdout().is_terminal())
    }

    fn raw(&self, text: &str) {
        // Nobody left to tell.
        let _ = io::stderr().write_all(text.as_bytes());
    }
}

fn style(colour: Colour, terminal: bool) -> Style {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
    match colour {
        Colour::Always => Style::COLOURED,
        Colour::Auto if terminal && !refused => Style::COLOURED,
        Colour::Auto | Colour::Never => Style::PLAIN,
    }
}

/// Writes a report to standard output, or to a file: whole, or not at all.
pub fn write(text: &str, output: Option<&Path>) -> anyhow::Result<()> {
    match output {
        None => {
            let mut out = io::stdout().lock();
            match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
                // Whoever read it had enough ("plantoets check … | head").
                Err(e) if e.kind() == ErrorKind::BrokenPipe => Ok(()),
                done => done.context("het verslag is niet naar de standaarduitvoer te schrijven"),
            }
        }
        Some(path) => {
            whole(text, path).with_context(|| format!("het verslag is niet te schrijven in {}", report::harmless(&path.to_string_lossy())))
        }
    }
}

fn whole(text: &str, path: &Path) -> anyhow::Result<()> {
    if path.is_dir() {
        return Err(anyhow!("dit is een map; noem een bestand"));
    }
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        return Err(anyhow!("de map bestaat niet; maak haar eerst"));
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(".plantoets-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder).map_err(dutch)?;
    file.write_all(text.as_bytes()).and_then(|()| file.flush()).map_err(dutch)?;
    file.persist(path).map_err(|e| dutch(e.error))?;
    Ok(())
}

fn dutch(error: io::Error) -> anyhow::Error {
    anyhow!(match error.kind() {
        ErrorKind::PermissionDenied => "schrijven mag hier niet; kies een andere map".to_owned(),
        ErrorKind::StorageFull => "de schijf is vol; maak ruimte".to_owned(),
        _ => error.to_string(),
    })
}
