//! Values in the sentences of translation files.
//!
//! Owns what `{name}` in a sentence means. Called by whatever holds texts: the browser programs' and the server's `i18n`.

/// Puts values in the places of their names. An unknown name stays as it is; a value is never read for names again.
#[must_use]
pub fn fill(sentence: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(sentence.len() + 24);
    let mut rest = sentence;
    while let Some(open) = rest.find('{') {
        let Some(length) = rest[open..].find('}') else { break };
        let name = &rest[open + 1..open + length];
        filled.push_str(&rest[..open]);
        match values.iter().find(|(key, _)| *key == name) {
            Some((_, value)) => filled.push_str(value),
            None => filled.push_str(&rest[open..=open + length]),
        }
        rest = &rest[open + length + 1..];
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn a_value_is_never_read_for_names() {
        assert_eq!(fill("Hej {name}", &[("name", "{name} & co")]), "Hej {name} & co");
        assert_eq!(fill("Hej {name}", &[]), "Hej {name}");
        assert_eq!(fill("{a}{b} {", &[("b", "2"), ("a", "1")]), "12 {");
    }
}
