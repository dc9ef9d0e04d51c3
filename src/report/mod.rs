//! Renderers. One file per format; none filters, counts or decides.
