//! Text as it travels: base64url without padding (RFC 7515, 2), and names and values of forms and queries.

use skolstart_shared::base64;

/// Bytes as base64url without padding.
pub(super) fn encode(bytes: &[u8]) -> String {
    base64::encode(bytes).trim_end_matches('=').replace('+', "-").replace('/', "_")
}

/// The bytes of base64url without padding.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    if text.contains(['+', '/', '=']) || text.len() % 4 == 1 {
        return None;
    }
    let padding = "=".repeat((4 - text.len() % 4) % 4);
    base64::decode(&[&text.replace('-', "+").replace('_', "/"), padding.as_str()].concat())
}

/// `name=value&…` with everything encoded that could mean something else (RFC 3986, 2.3).
pub(super) fn query(pairs: &[(&str, &str)]) -> String {
    let pairs = pairs.iter().map(|(name, value)| [&escaped(name), "=", &escaped(value)].concat());
    pairs.collect::<Vec<_>>().join("&")
}

/// Text in which only unreserved letters stand for themselves.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn goes_there_and_is_strict_on_the_way_back() {
        assert_eq!(encode(&[0xfb, 0xff]), "-_8");
        assert_eq!(decode("-_8"), Some(vec![0xfb, 0xff]));
        for wrong in ["-_8=", "+/8", "A", "Ab*d", "å"] {
            assert_eq!(decode(wrong), None, "{wrong}");
        }
        assert_eq!(query(&[("a b", "1&2"), ("c", "å")]), "a%20b=1%262&c=%C3%A5");
    }

    proptest! {
        #[test]
        fn every_byte_comes_back(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            prop_assert_eq!(decode(&encode(&bytes)), Some(bytes));
        }
    }
}
