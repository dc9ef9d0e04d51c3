//! From the smallest text on.
