//! One text or whole number of a JSON text. Called by `read` with what an outline has found to be a value.

use super::fault::Fault;
use std::borrow::Cow;

/// The text that stands between quotes at the start of `rest`.
pub(super) fn text(rest: &str) -> Result<Cow<'_, str>, Fault> {
    let mut rest = rest.strip_prefix('"').ok_or(Fault)?;
    let mut unescaped = String::new();
    loop {
        let special = rest.bytes().position(|byte| matches!(byte, b'"' | b'\\')).ok_or(Fault)?;
        let plain = rest.get(..special).ok_or(Fault)?;
        let mut after = rest.get(special..).unwrap_or_default().chars();
        if after.next() == Some('"') {
            return Ok(if unescaped.is_empty() {
                Cow::Borrowed(plain)
            } else {
                unescaped.push_str(plain);
                Cow::Owned(unescaped)
            });
        }
        unescaped.push_str(plain);
        unescaped.push(escape(&mut after)?);
        rest = after.as_str();
    }
}

fn escape(letters: &mut std::str::Chars<'_>) -> Result<char, Fault> {
    Ok(match letters.next().ok_or(Fault)? {
        letter @ ('"' | '\\' | '/') => letter,
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'u' => return code_point(letters),
        _ => return Err(Fault),
    })
}

/// A character beyond the first 65,536 stands as two units.
fn code_point(letters: &mut std::str::Chars<'_>) -> Result<char, Fault> {
    let mut code = unit(letters)?;
    if matches!(code, 0xd800..0xdc00) {
        if letters.next() != Some('\\') || letters.next() != Some('u') {
            return Err(Fault);
        }
        let low = unit(letters)?;
        if !matches!(low, 0xdc00..0xe000) {
            return Err(Fault);
        }
        code = 0x1_0000 + ((code - 0xd800) << 10) + (low - 0xdc00);
    }
    char::from_u32(code).ok_or(Fault)
}

fn unit(letters: &mut std::str::Chars<'_>) -> Result<u32, Fault> {
    let mut unit = 0;
    for _ in 0..4 {
        unit = unit * 16 + letters.next().and_then(|letter| letter.to_digit(16)).ok_or(Fault)?;
    }
    Ok(unit)
}

/// The whole number at the start of `rest`. A fraction is none.
pub(super) fn integer(rest: &str) -> Result<i64, Fault> {
    let digits = rest.strip_prefix('-').unwrap_or(rest).as_bytes();
    let mut value = 0_i64;
    let mut count = 0;
    while let Some(digit) = digits.get(count).filter(|byte| byte.is_ascii_digit()) {
        let digit = i64::from(digit - b'0');
        value = value.checked_mul(10).and_then(|tens| tens.checked_sub(digit)).ok_or(Fault)?;
        count += 1;
    }
    if count == 0 || matches!(digits.get(count), Some(b'.' | b'e' | b'E')) {
        return Err(Fault);
    }
    if rest.starts_with('-') { Ok(value) } else { value.checked_neg().ok_or(Fault) }
}
