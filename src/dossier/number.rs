//! The number of a samenwerkingsverband in one spelling.

/// "po 30-99", "PO30.99", "SWV PO3099" and "3099PO" as "PO3099"; None when it is no such number.
pub fn normalise(given: &str) -> Option<String> {
    let plain: String = given.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
    if given.chars().any(|c| c.is_alphanumeric() && !c.is_ascii_alphanumeric()) {
        return None;
    }
    let plain = plain.strip_prefix("SWV").unwrap_or(&plain);
    let (letters, digits): (String, String) = plain.chars().partition(char::is_ascii_alphabetic);
    let together = plain == format!("{letters}{digits}") || plain == format!("{digits}{letters}");
    (together && matches!(letters.as_str(), "PO" | "VO") && digits.len() == 4).then(|| format!("{letters}{digits}"))
}

#[cfg(test)]
mod tests {
    use super::normalise;

    #[test]
    fn variants_become_one_spelling() {
        for given in ["PO3099", "po3099", "PO 30-99", "PO-30-99", "PO30.99", "SWV PO3099", "swv-po 3099", "3099PO", "30-99 PO"] {
            assert_eq!(normalise(given).as_deref(), Some("PO3099"), "{given}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for given in ["", "PO", "3099", "PO309", "PO30999", "XX3099", "P3O099", "PO30é99"] {
            assert_eq!(normalise(given), None, "{given}");
        }
    }
}
