//! Packed forms of what goes out: which of them a browser takes, and answers packed for it. A family's page is 22 kB of JSON, and
//! over a weak network a tenth of a second; packed it is 5.
//!
//! Called by the adapter and by the files of the programs. Must not: pack for anybody but our own pages. The length of a packed answer
//! depends on what is in it, and another site that makes somebody's browser ask again and again could learn from it (BREACH). It
//! gets no session (`SameSite=Strict`), and nothing packed either.

use flate2::{Compression, write::GzEncoder};
use http::{HeaderMap, header};
use std::io::Write;

/// What fits in one packet gains nothing.
const LEAST: usize = 1_400;
/// Packing more would hold up others on the same thread.
const MOST: usize = 512 * 1024;
/// A third of the time of the usual level, for a tenth more bytes.
const LEVEL: Compression = Compression::new(3);

/// True when one of our own pages asks, in a browser that takes gzip.
pub(super) fn is_wanted(headers: &HeaderMap) -> bool {
    let from_our_page = headers.get("sec-fetch-site").is_some_and(|site| site == "same-origin");
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    from_our_page && accepted.is_some_and(|accepted| accepts(accepted, "gzip"))
}

/// The body packed with gzip, where that helps.
pub(super) fn gzip(body: &[u8]) -> Option<Vec<u8>> {
    if !(LEAST..=MOST).contains(&body.len()) {
        return None;
    }
    let mut packer = GzEncoder::new(Vec::with_capacity(body.len() / 3), LEVEL);
    packer.write_all(body).ok()?;
    packer.finish().ok().filter(|packed| packed.len() < body.len())
}

/// True when `Accept-Encoding` takes this coding (RFC 9110, 12.5.3).
pub(super) fn accepts(accepted: &str, coding: &str) -> bool {
    accepted.split(',').any(|part| {
        let (name, weight) = part.split_once(';').unwrap_or((part, ""));
        name.trim() == coding && !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    fn headers(site: &str, accepted: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert("sec-fetch-site", site.parse().unwrap());
        headers.insert(header::ACCEPT_ENCODING, accepted.parse().unwrap());
        headers
    }

    #[test]
    fn only_our_own_pages_get_it() {
        assert!(is_wanted(&headers("same-origin", "gzip, deflate, br, zstd")));
        assert!(!is_wanted(&headers("same-origin", "br")));
        assert!(!is_wanted(&headers("same-origin", "gzip;q=0")));
        for site in ["cross-site", "same-site", "none"] {
            assert!(!is_wanted(&headers(site, "gzip")), "{site}");
        }
        assert!(!is_wanted(&HeaderMap::new()));
    }

    #[test]
    fn what_is_packed_is_the_same_and_less() {
        let body = r#"{"title":"Dina kontaktuppgifter"}"#.repeat(100).into_bytes();
        let packed = gzip(&body).unwrap();
        assert!(packed.len() * 5 < body.len(), "{}", packed.len());
        let mut read = Vec::new();
        flate2::read::GzDecoder::new(&packed[..]).read_to_end(&mut read).unwrap();
        assert_eq!(read, body);
        assert_eq!(gzip(&body[..1_000]), None);
        assert_eq!(gzip(&vec![0; MOST + 1]), None);
    }
}
