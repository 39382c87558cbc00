//! The order of names in lists. Called by the use cases of staff.

/// A key by which names sort as people expect: numbers by value (2B before 10A), Swedish letters last and in their order,
/// capitals as small letters.
pub(super) fn natural(name: &str) -> Vec<(u8, u64)> {
    let mut key = Vec::with_capacity(name.len());
    let mut rest = name.chars().peekable();
    while let Some(letter) = rest.next() {
        let Some(mut number) = letter.to_digit(10).map(u64::from) else {
            key.push((1, order(letter)));
            continue;
        };
        while let Some(digit) = rest.peek().and_then(|next| next.to_digit(10)) {
            number = number.saturating_mul(10).saturating_add(u64::from(digit));
            rest.next();
        }
        key.push((0, number));
    }
    key
}

fn order(letter: char) -> u64 {
    let small = letter.to_lowercase().next().unwrap_or(letter);
    let place = match small {
        'å' => 'z' as u32 + 1,
        'ä' | 'æ' => 'z' as u32 + 2,
        'ö' | 'ø' => 'z' as u32 + 3,
        'é' | 'è' => 'e' as u32,
        'ü' => 'y' as u32,
        other => other as u32,
    };
    u64::from(place)
}

#[cfg(test)]
mod tests {
    use super::natural;

    #[test]
    fn sorts_as_a_swedish_school_does() {
        let mut names = ["10A", "Öberg", "2B", "Ångström", "2A", "Zetterlund", "Ärlig", "andersson", "Berg"];
        names.sort_by_key(|name| natural(name));
        assert_eq!(
            names,
            ["2A", "2B", "10A", "andersson", "Berg", "Zetterlund", "Ångström", "Ärlig", "Öberg"]
        );
    }
}
