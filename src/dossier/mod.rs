//! The dossier: all documents of one samenwerkingsverband for one round, as `dossier.toml` describes them, and the register of schools.
