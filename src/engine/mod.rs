//! Verdicts from checks and analyses. Pure: no I/O, no clock.

pub mod outcome;
