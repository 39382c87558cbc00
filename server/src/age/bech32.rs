//! Bech32 (BIP 173): how age writes keys, with a checksum that finds what was mistyped. Called by `keys`.

const LETTERS: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const CHECK: usize = 6;

fn polymod(values: impl Iterator<Item = u8>) -> u32 {
    const GENERATOR: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
    values.fold(1, |sum, value| {
        let top = sum >> 25;
        let shifted = ((sum & 0x1ff_ffff) << 5) ^ u32::from(value);
        let taken = GENERATOR.iter().enumerate().filter(|(at, _)| (top >> at) & 1 == 1);
        taken.fold(shifted, |sum, (_, generator)| sum ^ generator)
    })
}

fn expanded(prefix: &str) -> impl Iterator<Item = u8> {
    prefix.bytes().map(|byte| byte >> 5).chain([0]).chain(prefix.bytes().map(|byte| byte & 31))
}

/// Regroups bits. Reading back, what is left over must be zeros.
fn regroup(input: &[u8], from: u32, to: u32, pad: bool) -> Option<Vec<u8>> {
    let (mut held, mut bits, mut output) = (0_u32, 0, Vec::new());
    for value in input {
        held = (held << from) | u32::from(*value);
        bits += from;
        while bits >= to {
            bits -= to;
            output.push(u8::try_from((held >> bits) & ((1 << to) - 1)).ok()?);
        }
        held &= (1 << bits) - 1;
    }
    if pad && bits > 0 {
        output.push(u8::try_from(held << (to - bits)).ok()?);
    } else if !pad && (bits >= from || held != 0) {
        return None;
    }
    Some(output)
}

/// Writes 32 bytes, in small letters.
pub(super) fn write(prefix: &str, bytes: &[u8; 32]) -> String {
    let values = regroup(bytes, 8, 5, true).unwrap_or_default();
    let zeros = [0; CHECK];
    let sum = polymod(expanded(prefix).chain(values.iter().copied()).chain(zeros)) ^ 1;
    let check = (0..CHECK).map(|at| (sum >> (5 * (CHECK - 1 - at))) & 31);
    let letter = |value: u32| char::from(LETTERS[value as usize & 31]);
    let body: String = values.iter().map(|value| u32::from(*value)).chain(check).map(letter).collect();
    format!("{prefix}1{body}")
}

/// Reads 32 bytes. `None`: mistyped, or something else.
pub(super) fn read(prefix: &str, text: &str) -> Option<[u8; 32]> {
    let is_mixed = text.bytes().any(|byte| byte.is_ascii_lowercase())
        && text.bytes().any(|byte| byte.is_ascii_uppercase());
    let small = text.to_ascii_lowercase();
    let body = small.strip_prefix(prefix)?.strip_prefix('1').filter(|_| !is_mixed)?;
    let place = |byte| LETTERS.iter().position(|letter| *letter == byte).and_then(|at| u8::try_from(at).ok());
    let values: Vec<u8> = body.bytes().map(place).collect::<Option<_>>()?;
    if polymod(expanded(prefix).chain(values.iter().copied())) != 1 {
        return None;
    }
    let bytes = regroup(values.get(..values.len().checked_sub(CHECK)?)?, 5, 8, false)?;
    bytes.try_into().ok()
}
