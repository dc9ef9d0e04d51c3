//! Prints what was understood of a document: pages, running lines, blocks with page, kind and text. With `--time` only how long it took.

use plantoets::document::{BlockKind, build};
use plantoets::ingest::{Limits, read};
use std::time::Instant;

fn main() {
    let time = std::env::args().any(|a| a == "--time");
    for path in std::env::args().skip(1).filter(|a| a != "--time") {
        let Ok(bytes) = std::fs::read(&path) else {
            eprintln!("{path}: cannot be read");
            continue;
        };
        let source = match read(&path, &bytes, &Limits::default()) {
            Ok(source) => source,
            Err(e) => {
                eprintln!("{path}: {e}");
                continue;
            }
        };
        if time {
            let mut best = u128::MAX;
            for _ in 0..30 {
                let start = Instant::now();
                let doc = build(&source);
                best = best.min(start.elapsed().as_micros());
                drop(doc);
            }
            let start = Instant::now();
            let _ = read(&path, &bytes, &Limits::default());
            println!("{path}: structure {best} us, reading {} us", start.elapsed().as_micros());
            continue;
        }
        let doc = build(&source);
        for w in &source.warnings {
            println!("! {w}");
        }
        let mut page = 0;
        for (i, block) in doc.blocks.iter().enumerate() {
            let here = doc.places(block.span).first().map_or(0, |p| p.page);
            if here != page {
                page = here;
                let info = &doc.pages[page as usize - 1];
                println!("=== page {page} label {:?} running {:?}", info.label, info.running);
            }
            let kind = match block.kind {
                BlockKind::Heading(n) => format!("{} H{n}", "#".repeat(n as usize)),
                BlockKind::Paragraph => "P".into(),
                BlockKind::ListItem => format!("LI{}", block.group.unwrap_or(0)),
                BlockKind::TableHead => format!("TH{}", block.group.unwrap_or(0)),
                BlockKind::TableRow => format!("TR{}", block.group.unwrap_or(0)),
                other => format!("{other:?}"),
            };
            let annex = if doc.sections[block.section].annex { "*" } else { "" };
            let lead = block.lead.map_or(String::new(), |l| format!(" <{l}>"));
            let heads = block.cells.iter().filter(|c| c.head.is_some()).count();
            let heads = if block.cells.is_empty() { String::new() } else { format!(" ({heads}/{})", block.cells.len()) };
            println!("{i:4} {annex}{kind}{lead}{heads}: {}", doc.slice(block.span));
        }
        for info in doc.pages.iter().filter(|p| p.without_text) {
            println!("=== page {} without text", info.number);
        }
    }
}
