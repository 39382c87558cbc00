//! Drops the parts of a wasm file that only a debugger reads. Called by `web` after trunk.
//! Must not: touch a section the browser runs.

use anyhow::{Context, Result, ensure};

/// The file without what names, dates and moves its parts: about a tenth of the download.
/// An error says that the bytes are not a wasm module.
pub(crate) fn strip(module: &[u8]) -> Result<Vec<u8>> {
    ensure!(module.starts_with(b"\0asm"), "not a wasm module");
    let (head, mut rest) = module.split_at_checked(8).context("the wasm module is cut off")?;
    let mut kept = head.to_vec();
    while let Some((&id, after)) = rest.split_first() {
        let (size, used) = number(after)?;
        let (section, next) = rest.split_at_checked(1 + used + size).context("a wasm section is cut off")?;
        if id != 0 || !is_debug(&section[1 + used..])? {
            kept.extend_from_slice(section);
        }
        rest = next;
    }
    Ok(kept)
}

fn is_debug(custom: &[u8]) -> Result<bool> {
    let (length, used) = number(custom)?;
    let name = custom.get(used..used + length).context("a wasm section has no name")?;
    let tells = [&b"name"[..], b"producers", b"linking"];
    Ok(tells.contains(&name) || name.starts_with(b"reloc.") || name.starts_with(b"__wasm_split"))
}

/// An unsigned LEB128 number and how many bytes it takes.
fn number(bytes: &[u8]) -> Result<(usize, usize)> {
    let mut value = 0;
    for (at, byte) in bytes.iter().take(5).enumerate() {
        value |= usize::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            return Ok((value, at + 1));
        }
    }
    anyhow::bail!("a number in the wasm module has no end")
}

#[cfg(test)]
mod tests {
    use super::strip;

    const HEAD: &[u8] = b"\0asm\x01\0\0\0";

    #[test]
    fn drops_names_and_keeps_the_rest() {
        let types = b"\x01\x04\x01\x60\0\0";
        let names = b"\0\x06\x04name\0";
        let features = b"\0\x05\x03tar\0";
        let module = [HEAD, types, names, features].concat();
        assert_eq!(strip(&module).unwrap(), [HEAD, types, features].concat());
    }

    #[test]
    fn refuses_what_is_not_a_module() {
        assert!(strip(b"GIF89a").is_err());
        assert!(strip(&[HEAD, b"\x01\x7f"].concat()).is_err());
    }
}
