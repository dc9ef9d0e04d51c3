//! plantoets reads ondersteuningsplannen and jaarverslagen of samenwerkingsverbanden passend onderwijs and decides, for
//! every element of the supervision framework, whether the documents show it, and where.
//!
//! Data flows one way, and a module imports only from modules above it in this list:
//!
//! ```text
//! ingest     bytes -> Source      runs of text with their place; the only module that sees document bytes
//! document   Source -> Document   reading order, sections, blocks; one text, and ranges to places
//! language   Document -> Language sentences, concepts, assertion status; no words of its own: those live in checks/
//! facts      -> Facts             dates, periods, municipalities, numbers, each with its range
//! dossier    the documents of one samenwerkingsverband, dossier.toml, the register
//! weighing   a passage -> named features, and their weights
//! checks     checks/** -> Checks  the rules, loaded and compiled; errors with file, line and caret
//! engine     -> Verdicts          pure: no I/O, no clock
//! report     renders; never filters, counts or decides
//! batch      folders of dossiers: workers, limits, cache, a folder of reports
//! baseline   an earlier report, and what became of its findings
//! learning   labelled fragments and documents -> the weights in checks/; decides as the engine does
//! ```
//!
//! See `ARCHITECTURE.md` for the reasons.

pub mod baseline;
pub mod batch;
pub mod checks;
pub mod document;
pub mod dossier;
pub mod engine;
pub mod eval;
pub mod examples;
pub mod facts;
pub mod ingest;
pub mod language;
pub mod learning;
pub mod parallel;
pub mod pipeline;
pub mod report;
pub mod run;
pub mod weighing;
