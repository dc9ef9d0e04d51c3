//! `plantoets text`.

use super::args::TextArguments;
use super::check::OCR_TIME;
use super::output::{self, Messages};
use super::{Exit, rules};
use plantoets::dossier::Dossier;
use plantoets::ingest::Ocr;
use plantoets::pipeline::{self, Options};
use plantoets::report;

/// Shows what was read in one document.
pub fn run(a: &TextArguments, messages: &Messages) -> anyhow::Result<Exit> {
    let Some(rules) = rules::load(None, messages) else { return Ok(Exit::Misuse) };
    let mut options = Options::default();
    if a.ocr {
        options.ocr = Some(Ocr::find()?);
        options.limits.time = OCR_TIME;
    }
    let dossier = Dossier::of_file(&a.file);
    match pipeline::reading(&dossier.documents[0], &rules, &options) {
        Ok(reading) => {
            let format = report::format(report::READING_FORMATS, &a.format).expect("clap lets only known formats through");
            output::write(&(format.render)(&reading, messages.report_style(a.output.as_deref())), a.output.as_deref())?;
            Ok(Exit::Clean)
        }
        Err(error) => {
            messages.error(&format!("{}: {error}", dossier.path));
            Ok(Exit::Unreadable)
        }
    }
}
