//! Loading and compiling `checks/**`.
