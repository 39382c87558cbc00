use skolstart_shared::Timestamp;
use std::str::FromStr;

/// An id that is made here, so that sending twice is recognised: a UUID of version 7 (RFC 9562, 5.7). `None` where the
/// browser gives no random numbers.
pub fn new_id<T: FromStr>(now: Timestamp) -> Option<T> {
    let mut random = [0; 10];
    web_sys::window()?.crypto().ok()?.get_random_values_with_u8_array(&mut random).ok()?;
    id_of(now.as_millis(), random)
}

fn id_of<T: FromStr>(millis: i64, random: [u8; 10]) -> Option<T> {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut bytes = [0; 16];
    bytes[..6].copy_from_slice(millis.to_be_bytes().get(2..)?);
    bytes[6..].copy_from_slice(&random);
    bytes[6] = bytes[6] & 0x0f | 0x70;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble & 15)]);
    let text: String = bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]).collect();
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use skolstart_shared::id::SubmissionId;

    #[test]
    fn ids_are_of_version_seven_and_start_with_the_time() {
        let id: SubmissionId = id_of(0x0198_0000_0001, [0xff; 10]).unwrap();
        assert_eq!(id.to_string(), "01980000-0001-7fff-bfff-ffffffffffff");
    }
}
