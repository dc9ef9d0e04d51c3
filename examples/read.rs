//! Reads a document and prints its words, a line for each page: for looking at what reading makes of a file, and for timing.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use plantoets::ingest::{Content, Limits, read};
use std::io::{BufWriter, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(path) = arguments.next() else {
        eprintln!("usage: read FILE [-q|-l]");
        return ExitCode::from(2);
    };
    let option = arguments.next();
    let quiet = option.as_deref() == Some("-q");
    let long = option.as_deref() == Some("-l");
    let Ok(bytes) = std::fs::read(&path) else {
        eprintln!("cannot read {path}");
        return ExitCode::from(2);
    };
    let source = match read(&path, &bytes, &Limits::default()) {
        Ok(source) => source,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(3);
        }
    };
    for warning in &source.warnings {
        eprintln!("{warning}");
    }
    if quiet {
        return ExitCode::SUCCESS;
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    let _ = print(&source, long, &mut out);
    ExitCode::SUCCESS
}

fn print(source: &plantoets::ingest::Source, long: bool, out: &mut impl Write) -> std::io::Result<()> {
    if long {
        for entry in &source.outline {
            writeln!(out, "outline {entry:?}")?;
        }
    }
    match &source.content {
        Content::Pages(pages) => {
            for page in pages {
                writeln!(out, "--- {} {:?} {:?} {} rules", page.number, page.label, page.state, page.rules.len())?;
                for run in &page.runs {
                    if long {
                        writeln!(out, "{run:?}")?;
                    } else {
                        let r = run.rect;
                        writeln!(
                            out,
                            "{:.1} {:.1} {:.1} {:.1} {:.1} {} {} {}",
                            r.x0, r.y0, r.x1, r.y1, run.size, run.bold, run.angle, run.text
                        )?;
                    }
                }
                for rule in page.rules.iter().filter(|_| long) {
                    writeln!(out, "{rule:?}")?;
                }
            }
        }
        Content::Lines { lines, .. } => {
            for line in lines {
                writeln!(out, "{} {}", line.number, line.text)?;
            }
        }
    }
    Ok(())
}
