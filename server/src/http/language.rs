use http::{HeaderMap, header};
use skolstart_shared::Locale;

/// The first language of `Accept-Language` that there are texts in, otherwise Swedish. Weights are not read: the programs
/// send one language, and browsers list theirs in order.
pub(super) fn of(headers: &HeaderMap) -> Locale {
    let wanted =
        headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let tags = wanted.split(',').map(|part| part.split(';').next().unwrap_or_default());
    tags.filter_map(|tag| Locale::parse(tag).ok()).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_known_language_counts() {
        let of = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, value.parse().unwrap());
            super::of(&headers)
        };
        assert_eq!(of("fi, en-GB;q=0.8, sv;q=0.5"), Locale::En);
        assert_eq!(of("sv-SE,en"), Locale::Sv);
        assert_eq!(of("xx"), Locale::Sv);
        assert_eq!(super::of(&HeaderMap::new()), Locale::Sv);
    }
}
