//! Learns the weights of the elements that weigh their evidence ([`crate::weighing`]) from labelled fragments and documents.
//!
//! Same data, same bytes: the orders in which samples are seen are drawn from fixed seeds, and nothing depends on threads or on a clock.
//!
//! ```text
//! data      labelled fragments and documents -> samples
//! descent   samples -> weights
//! mining    passages that wrongly look like evidence -> more samples
//! cross     how well weights do on what they were not learnt from
//! ```
//!
//! `examples/learn.rs` writes the file of weights; `plantoets eval --leave-one-out` judges each document with weights learnt from the others.

pub mod cross;
pub mod data;
pub mod descent;
pub mod mining;

pub use data::{Data, Labelled};
pub use descent::Learner;
pub use mining::learn;

/// Times that all samples are seen.
pub const EPOCHS: usize = 15;
/// Pull of the shared weights towards zero.
pub const L2: f32 = 0.3;
/// Pull of the weights of one element, and of the topic, towards zero.
pub const L2_OWN: f32 = 0.3;
/// Length of the first steps.
pub const RATE: f32 = 0.03;
/// What a fragment about something else counts as a counter-example, against 1 for one about it.
pub const NEGATIVES: f32 = 2.0;
/// What a passage of a document counts, against 1 for a fragment.
pub const DOCUMENT: f32 = 1.5;
/// A feature has weights of its own for an element when it stands in so many samples labelled for it.
pub const LEAST: u32 = 2;
/// Times that counter-examples are looked for.
pub const ROUNDS: usize = 2;
/// Orders in which the samples are learnt from; the mean of what is learnt counts.
pub const ORDERS: usize = 4;

/// How to learn.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// See [`EPOCHS`].
    pub epochs: usize,
    /// See [`L2`].
    pub l2: f32,
    /// See [`L2_OWN`].
    pub l2_own: f32,
    /// See [`RATE`].
    pub rate: f32,
    /// See [`NEGATIVES`].
    pub negatives: f32,
    /// See [`DOCUMENT`].
    pub document: f32,
    /// See [`LEAST`].
    pub least: u32,
    /// See [`ROUNDS`].
    pub rounds: usize,
    /// See [`ORDERS`].
    pub orders: usize,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            epochs: EPOCHS,
            l2: L2,
            l2_own: L2_OWN,
            rate: RATE,
            negatives: NEGATIVES,
            document: DOCUMENT,
            least: LEAST,
            rounds: ROUNDS,
            orders: ORDERS,
        }
    }
}

/// The same order every time (xorshift, Marsaglia 2003).
struct Chance(u64);

impl Chance {
    fn new() -> Chance {
        Chance::of(0)
    }

    /// The chance of one of several orders.
    fn of(order: usize) -> Chance {
        Chance(0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(2 * order as u64 + 1))
    }

    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below as u64) as usize
    }

    fn shuffle(&mut self, order: &mut [usize]) {
        for i in (1..order.len()).rev() {
            let j = self.next(i + 1);
            order.swap(i, j);
        }
    }
}

#[cfg(test)]
pub(crate) mod toys;
