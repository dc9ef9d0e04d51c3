//! As in the library.

#[path = "../src/language/builder.rs"]
mod builder;
#[path = "../src/language/fields.rs"]
mod fields;
#[path = "../src/language/forms.rs"]
mod forms;
#[path = "../src/language/lexicon.rs"]
mod lexicon;
#[path = "../src/language/numbers.rs"]
mod numbers;
#[path = "../src/language/scan.rs"]
pub mod scan;
#[path = "../src/language/table.rs"]
mod table;

pub use builder::LexiconBuilder;
pub use fields::WordFields;
pub use lexicon::{ConceptId, Lexicon};
pub use scan::Kind;
