//! Bytes as text (RFC 4648), for the few files that travel inside JSON. Called by both programs.

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The bytes as text, padded.
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for part in bytes.chunks(3) {
        let at = |place: usize| u32::from(part.get(place).copied().unwrap_or(0));
        let joined = (at(0) << 16) | (at(1) << 8) | at(2);
        for place in 0..4 {
            let letter = (joined >> (18 - 6 * place)) & 63;
            let kept = place <= part.len();
            text.push(if kept { char::from(LETTERS[letter as usize]) } else { '=' });
        }
    }
    text
}

/// The bytes of a text. `None`: it is not such a text.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let text = text.as_bytes();
    if !text.len().is_multiple_of(4) {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    for (at, part) in text.chunks(4).enumerate() {
        let is_last = (at + 1) * 4 == text.len();
        let pads = part.iter().rev().take_while(|letter| **letter == b'=').count();
        if pads > 2 || (pads > 0 && !is_last) {
            return None;
        }
        let mut joined = 0_u32;
        for letter in &part[..4 - pads] {
            let value = LETTERS.iter().position(|known| known == letter)?;
            joined = (joined << 6) | u32::try_from(value).ok()?;
        }
        joined <<= 6 * pads;
        bytes.extend(&joined.to_be_bytes()[1..4 - pads]);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn writes_as_the_standard_does() {
        for (bytes, text) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(encode(bytes.as_bytes()), text);
            assert_eq!(decode(text).unwrap(), bytes.as_bytes());
        }
        for wrong in ["Z", "Zg=", "Z===", "Zg==Zg==", "Z g=", "Zm9å"] {
            assert_eq!(decode(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn goes_there_and_back(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
            prop_assert_eq!(decode(&encode(&bytes)), Some(bytes));
        }
    }
}
