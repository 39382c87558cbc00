//! The part of an address after the question mark, both ways. Pure.

/// Names and values, in the order of the address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Reads `?a=1&b=2`, with or without the question mark. What is not well encoded is kept as it stands.
    pub fn parse(search: &str) -> Self {
        let pairs = search.trim_start_matches('?').split('&').filter(|pair| !pair.is_empty());
        Self(pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).map(decode_pair).collect())
    }

    /// The first value with this name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Adds a value, unless it is empty: an address says only what differs from the default.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        if !value.is_empty() {
            self.0.push((name.to_owned(), value.to_owned()));
        }
        self
    }

    /// The path followed by the query, if there is any.
    pub fn after(&self, path: &str) -> String {
        let mut full = path.to_owned();
        for (at, (name, value)) in self.0.iter().enumerate() {
            full.push(if at == 0 { '?' } else { '&' });
            encode(&mut full, name);
            full.push('=');
            encode(&mut full, value);
        }
        full
    }
}

fn decode_pair((name, value): (&str, &str)) -> (String, String) {
    (decode(name), decode(value))
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let ahead = rest.clone();
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => match (rest.next().and_then(digit), rest.next().and_then(digit)) {
                (Some(high), Some(low)) => bytes.push(high * 16 + low),
                _ => {
                    bytes.push(b'%');
                    rest = ahead;
                }
            },
            other => bytes.push(other),
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn digit(byte: u8) -> Option<u8> {
    (byte as char).to_digit(16).map(|digit| digit as u8)
}

fn encode(out: &mut String, text: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            out.push(byte as char);
        } else {
            out.push('%');
            out.push(HEX[usize::from(byte >> 4)] as char);
            out.push(HEX[usize::from(byte & 15)] as char);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_there_and_back() {
        let query = Query::default().with("q", "Åsa & Örn+1").with("empty", "").with("show", "all");
        let address = query.after("/personal/x");
        assert_eq!(address, "/personal/x?q=%C3%85sa%20%26%20%C3%96rn%2B1&show=all");
        assert_eq!(Query::parse(address.split_once('?').unwrap().1), query);
    }

    #[test]
    fn bears_what_people_do_to_addresses() {
        assert_eq!(Query::parse("?a=1+2").get("a"), Some("1 2"));
        assert_eq!(Query::parse("a=%zz&b=%C3").get("a"), Some("%zz"));
        assert_eq!(Query::parse("a=%zz&b=%C3").get("b"), Some("%C3"));
        assert_eq!(Query::parse("&&=&x").get("x"), Some(""));
        assert_eq!(Query::default().after("/"), "/");
    }
}
