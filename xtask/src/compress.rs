//! Makes the `.br` and `.gz` beside each web asset, so that the server never compresses. Called by `web`.
//! Must not: change the asset itself.

use anyhow::{Context, Result};
use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// What is worth compressing. Pictures and fonts are compressed already.
const PACKED: [&str; 8] = ["html", "js", "css", "wasm", "svg", "json", "webmanifest", "txt"];

/// How hard to try.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effort {
    /// For a start on this machine: done in a moment.
    Quick,
    /// For what phones download: as small as it gets.
    Best,
}

/// An asset and its sizes in bytes.
pub(crate) struct Packed {
    pub(crate) path: PathBuf,
    pub(crate) plain: usize,
    pub(crate) brotli: usize,
}

/// Compresses every file under `folder` and returns them by name.
pub(crate) fn folder(folder: &Path, effort: Effort) -> Result<Vec<Packed>> {
    let mut done = Vec::new();
    for path in files(folder)? {
        if path.extension().is_some_and(|ending| PACKED.iter().any(|packed| ending == *packed)) {
            done.push(file(path, effort)?);
        }
    }
    Ok(done)
}

/// Every file under `folder`, sorted by path.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn file(path: PathBuf, effort: Effort) -> Result<Packed> {
    let bytes = fs::read(&path)?;
    let brotli = brotli(&bytes, effort)?;
    fs::write(beside(&path, ".br"), &brotli)?;
    fs::write(beside(&path, ".gz"), gzip(&bytes, effort)?)?;
    Ok(Packed { plain: bytes.len(), brotli: brotli.len(), path })
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name: OsString = path.into();
    name.push(ending);
    name.into()
}

fn brotli(bytes: &[u8], effort: Effort) -> io::Result<Vec<u8>> {
    let quality = if effort == Effort::Best { 11 } else { 5 };
    let params =
        brotli::enc::BrotliEncoderParams { quality, lgwin: 22, size_hint: bytes.len(), ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &params)?;
    Ok(packed)
}

fn gzip(bytes: &[u8], effort: Effort) -> io::Result<Vec<u8>> {
    let level = if effort == Effort::Best { 9 } else { 5 };
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(level));
    encoder.write_all(bytes)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use super::{Effort, brotli, gzip};
    use std::io::Read;

    #[test]
    fn both_forms_unpack_to_the_same() {
        let text = "Mina barn ".repeat(400);
        for effort in [Effort::Quick, Effort::Best] {
            let mut from_brotli = Vec::new();
            brotli::BrotliDecompress(&mut &*brotli(text.as_bytes(), effort).unwrap(), &mut from_brotli)
                .unwrap();
            assert_eq!(from_brotli, text.as_bytes());
            let mut from_gzip = String::new();
            let packed = gzip(text.as_bytes(), effort).unwrap();
            flate2::read::GzDecoder::new(&*packed).read_to_string(&mut from_gzip).unwrap();
            assert_eq!(from_gzip, text);
        }
    }
}
