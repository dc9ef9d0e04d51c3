//! Weighed evidence: what a passage says of an element, as a sum of weights on features that a reader can name.
//!
//! Where an indicator can be shown in a thousand ways, a hand-set pattern finds too few of them. A passage is therefore described by named
//! features (the words it uses, the fields they belong to, the heading above it, how it is meant, which figures it holds), and a linear model
//! learnt on labelled fragments ([`crate::learning`], shipped as data in `checks/`) says how much each speaks for and against a verdict.
//! Nothing is hidden: a verdict is a sum, and every term of it can be shown.
//!
//! ```text
//! passages   a document cut into passages of a few sentences
//! features   a passage -> its features
//! table      the weights as they are kept
//! model      the sums over them
//! ```

pub mod features;
pub mod model;
pub mod passages;
pub mod table;

pub use features::{Describer, Feature, Features};
pub use model::Model;
pub use passages::Passage;
