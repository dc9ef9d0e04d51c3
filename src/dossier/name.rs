//! Names of samenwerkingsverbanden, for comparing: people leave out the legal form, and spell with and without accents and hyphens.

use crate::language::tokens::fold;

/// Words that a name may have or lack.
const IDLE: [&str; 8] = ["stichting", "vereniging", "cooperatie", "cooperatieve", "samenwerkingsverband", "swv", "ua", "voor"];

/// What two spellings of one name share; empty when nothing is left.
pub fn key(name: &str) -> String {
    let folded = fold(name).replace("u.a.", "ua");
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.filter(|w| !IDLE.contains(w)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn spellings_of_one_name() {
        for given in [
            "Stichting Samenwerkingsverband Passend Onderwijs Één-Twee",
            "SWV Passend Onderwijs Een Twee",
            "passend onderwijs  één twee",
            "Coöperatie Passend Onderwijs Een–Twee U.A.",
        ] {
            assert_eq!(key(given), "passend onderwijs een twee", "{given}");
        }
        assert_ne!(key("Passend Onderwijs PO Zuid"), key("Passend Onderwijs VO Zuid"));
        assert_eq!(key("Stichting"), "");
    }
}
