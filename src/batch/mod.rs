//! Many
mod process;
mod wire;
pub mod worker;
