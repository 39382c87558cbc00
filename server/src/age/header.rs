//! The lines before the sealed bytes: to whom, and a proof that nobody has changed them. Called by `chunks`.

use super::{AgeError, Identity, Recipient};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::io::BufRead;
use zeroize::Zeroizing;

pub(super) type FileKey = Zeroizing<[u8; 16]>;

const VERSION: &str = "age-encryption.org/v1\n";
/// The longest header that is read: a hundred recipients.
const MOST: usize = 16 * 1024;

/// The key of the file, wrapped to one recipient.
pub(super) struct Stanza {
    pub(super) share: [u8; 32],
    pub(super) body: [u8; 32],
}

fn mac(key: &FileKey, header: &str) -> Result<Hmac<Sha256>, AgeError> {
    let mut derived = Zeroizing::new([0; 32]);
    Hkdf::<Sha256>::new(None, key.as_slice())
        .expand(b"header", &mut *derived)
        .map_err(|_| AgeError::Broken)?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&*derived).map_err(|_| AgeError::Broken)?;
    mac.update(header.as_bytes());
    Ok(mac)
}

/// The header of a file with this key, sealed to these recipients.
pub(super) fn write(key: &FileKey, recipients: &[Recipient]) -> Result<String, AgeError> {
    let mut header = VERSION.to_owned();
    for recipient in recipients {
        let stanza = recipient.wrap(key)?;
        let (share, body) = (BASE64.encode(stanza.share), BASE64.encode(stanza.body));
        header.push_str(&format!("-> X25519 {share}\n{body}\n"));
    }
    header.push_str("---");
    let proof = BASE64.encode(mac(key, &header)?.finalize().into_bytes());
    header.push_str(&format!(" {proof}\n"));
    Ok(header)
}

/// Reads the header, finds the key that this identity unwraps, and checks the proof.
pub(super) fn read(input: &mut impl BufRead, identity: &Identity) -> Result<FileKey, AgeError> {
    let mut header = String::new();
    let mut stanzas = Vec::new();
    let proof = loop {
        let line = line(input, header.len())?;
        if let Some(proof) = line.strip_prefix("--- ") {
            header.push_str("---");
            break proof.trim_end_matches('\n').to_owned();
        }
        if let Some(share) = line.strip_prefix("-> X25519 ") {
            let body = self::line(input, header.len())?;
            let decode = |text: &str| BASE64.decode(text.trim_end_matches('\n')).ok()?.try_into().ok();
            let (share, wrapped) =
                (decode(share).ok_or(AgeError::Broken)?, decode(&body).ok_or(AgeError::Broken)?);
            stanzas.push(Stanza { share, body: wrapped });
            header.push_str(&line);
            header.push_str(&body);
            continue;
        }
        // Recipients of other kinds are passed over, with their bodies.
        header.push_str(&line);
    };
    if !header.starts_with(VERSION) {
        return Err(AgeError::Broken);
    }
    let key = stanzas.iter().find_map(|stanza| identity.unwrap_key(stanza)).ok_or(AgeError::OtherKey)?;
    let proof = BASE64.decode(proof).map_err(|_| AgeError::Broken)?;
    mac(&key, &header)?.verify_slice(&proof).map_err(|_| AgeError::Broken)?;
    Ok(key)
}

fn line(input: &mut impl BufRead, so_far: usize) -> Result<String, AgeError> {
    let mut bytes = Vec::new();
    let rest = u64::try_from(MOST.saturating_sub(so_far)).unwrap_or(0);
    std::io::Read::take(input, rest).read_until(b'\n', &mut bytes)?;
    if bytes.last() != Some(&b'\n') {
        return Err(AgeError::Broken);
    }
    String::from_utf8(bytes).map_err(|_| AgeError::Broken)
}
