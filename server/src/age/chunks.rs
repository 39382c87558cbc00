//! The sealed bytes, in chunks of 64 kB: none can be left out, moved or added, and an end that is missing is noticed.

use super::header::{self, FileKey};
use super::{AgeError, Identity, Recipient};
use crate::ids::random;
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use hkdf::Hkdf;
use sha2::Sha256;
use std::io::{self, BufRead, ErrorKind, Read, Write};
use zeroize::Zeroizing;

const CHUNK: usize = 64 * 1024;
const TAG: usize = 16;

struct Stream {
    cipher: ChaCha20Poly1305,
    count: u64,
}

impl Stream {
    fn new(key: &FileKey, nonce: &[u8; 16]) -> Result<Self, AgeError> {
        let mut payload = Zeroizing::new([0; 32]);
        Hkdf::<Sha256>::new(Some(nonce), key.as_slice())
            .expand(b"payload", &mut *payload)
            .map_err(|_| AgeError::Broken)?;
        Ok(Self { cipher: ChaCha20Poly1305::new(&Key::from(*payload)), count: 0 })
    }

    /// Eleven bytes of counter and one that says whether it is the last.
    fn next(&mut self, last: bool) -> Nonce {
        let mut nonce = [0; 12];
        nonce[3..11].copy_from_slice(&self.count.to_be_bytes());
        nonce[11] = u8::from(last);
        self.count += 1;
        Nonce::from(nonce)
    }
}

/// Seals what is written to it. Nothing can be read again until [`Self::finish`].
pub struct Sealing<W: Write> {
    output: W,
    stream: Stream,
    held: Zeroizing<Vec<u8>>,
}

impl<W: Write> Sealing<W> {
    /// Begins a file for these recipients; each of them can open it.
    ///
    /// # Errors
    /// When there is no recipient, or it cannot be written.
    pub fn begin(mut output: W, recipients: &[Recipient]) -> Result<Self, AgeError> {
        if recipients.is_empty() {
            return Err(AgeError::NoKey);
        }
        let key = Zeroizing::new(random()?);
        let nonce = random()?;
        output.write_all(header::write(&key, recipients)?.as_bytes())?;
        output.write_all(&nonce)?;
        let held = Zeroizing::new(Vec::with_capacity(CHUNK));
        Ok(Self { output, stream: Stream::new(&key, &nonce)?, held })
    }

    fn put(&mut self, last: bool) -> io::Result<()> {
        let nonce = self.stream.next(last);
        let sealed =
            self.stream.cipher.encrypt(&nonce, self.held.as_slice()).map_err(|_| ErrorKind::Other)?;
        self.held.clear();
        self.output.write_all(&sealed)
    }

    /// Writes the end.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self) -> io::Result<W> {
        self.put(true)?;
        self.output.flush()?;
        Ok(self.output)
    }
}

impl<W: Write> Write for Sealing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A full chunk waits until it is known that it is not the last.
        if self.held.len() == CHUNK && !bytes.is_empty() {
            self.put(false)?;
        }
        let some = bytes.len().min(CHUNK - self.held.len());
        self.held.extend_from_slice(&bytes[..some]);
        Ok(some)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Reads what was sealed. What it gives has been proven, chunk by chunk; only the end proves that it is whole.
pub struct Opening<R: BufRead> {
    input: R,
    stream: Stream,
    open: Zeroizing<Vec<u8>>,
    at: usize,
    ended: bool,
}

impl<R: BufRead> Opening<R> {
    /// Reads the header.
    ///
    /// # Errors
    /// When it is no such file, or sealed to somebody else.
    pub fn begin(mut input: R, identity: &Identity) -> Result<Self, AgeError> {
        let key = header::read(&mut input, identity)?;
        let mut nonce = [0; 16];
        input.read_exact(&mut nonce).map_err(|_| AgeError::Broken)?;
        let stream = Stream::new(&key, &nonce)?;
        Ok(Self { input, stream, open: Zeroizing::default(), at: 0, ended: false })
    }

    fn next_chunk(&mut self) -> io::Result<()> {
        let mut sealed = Vec::with_capacity(CHUNK + TAG);
        let most = u64::try_from(CHUNK + TAG).unwrap_or(u64::MAX);
        Read::take(&mut self.input, most).read_to_end(&mut sealed)?;
        let last = self.input.fill_buf()?.is_empty();
        let first = self.stream.count == 0;
        let nonce = self.stream.next(last);
        let opened = self.stream.cipher.decrypt(&nonce, sealed.as_slice());
        let opened = Zeroizing::new(opened.map_err(|_| broken())?);
        if opened.is_empty() && !first {
            return Err(broken());
        }
        (self.open, self.at, self.ended) = (opened, 0, last);
        Ok(())
    }
}

fn broken() -> io::Error {
    io::Error::new(ErrorKind::InvalidData, "the sealed file was altered or cut off")
}

impl<R: BufRead> Read for Opening<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at == self.open.len() && !self.ended {
            self.next_chunk()?;
        }
        let rest = self.open.get(self.at..).unwrap_or_default();
        let some = rest.len().min(buffer.len());
        buffer[..some].copy_from_slice(&rest[..some]);
        self.at += some;
        Ok(some)
    }
}
