//! Whose address a request comes from, when a proxy speaks for everybody. Called by `limits` and `listen`.

use http::HeaderMap;
use std::net::{IpAddr, Ipv6Addr};

/// Who is at the other end of the connection. Put on each request by the accept loop.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// The addresses that are believed when they say for whom they speak.
#[derive(Clone, Debug)]
pub struct Proxies(Vec<IpAddr>);

impl Default for Proxies {
    /// Those on this machine.
    fn default() -> Self {
        Self(vec![IpAddr::from([127, 0, 0, 1]), IpAddr::V6(Ipv6Addr::LOCALHOST)])
    }
}

impl Proxies {
    /// These and no others.
    pub fn new(addresses: Vec<IpAddr>) -> Self {
        Self(addresses)
    }

    /// True when this address speaks for others.
    pub fn holds(&self, address: IpAddr) -> bool {
        self.0.contains(&address.to_canonical())
    }

    /// The client's address: the last one of `X-Forwarded-For`, which our own proxy wrote, whatever the client wrote before it.
    /// `None`: a proxy that does not say; to count all as one would shut everybody out for one.
    pub(super) fn client(&self, peer: &Peer, headers: &HeaderMap) -> Option<IpAddr> {
        let peer = peer.0.to_canonical();
        if !self.holds(peer) {
            return Some(network(peer));
        }
        let said = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
        said.rsplit(',').next()?.trim().parse::<IpAddr>().ok().map(network)
    }
}

/// As whom an address counts, wherever something is counted by address: one household has a whole /64 of IPv6.
pub(in crate::http) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        four @ IpAddr::V4(_) => four,
        IpAddr::V6(six) => IpAddr::V6(Ipv6Addr::from_bits(six.to_bits() >> 64 << 64)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, said: &[&str]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for said in said {
            headers.append("x-forwarded-for", said.parse().unwrap());
        }
        let client = Proxies::default().client(&Peer(peer.parse().unwrap()), &headers);
        client.map(|address| address.to_string())
    }

    #[test]
    fn only_a_known_proxy_is_believed_and_only_its_own_word() {
        assert_eq!(client("127.0.0.1", &["192.0.2.1"]).as_deref(), Some("192.0.2.1"));
        assert_eq!(client("127.0.0.1", &["10.9.9.9, 192.0.2.1"]).as_deref(), Some("192.0.2.1"));
        assert_eq!(client("::1", &["10.9.9.9", "192.0.2.1"]).as_deref(), Some("192.0.2.1"));
        assert_eq!(client("198.51.100.7", &["192.0.2.1"]).as_deref(), Some("198.51.100.7"));
        assert_eq!(client("::ffff:127.0.0.1", &["::ffff:192.0.2.1"]).as_deref(), Some("192.0.2.1"));
        assert_eq!(client("2001:db8::1:2:3:4", &[]).as_deref(), Some("2001:db8::"));
        assert_eq!(client("127.0.0.1", &[]), None);
        assert_eq!(client("127.0.0.1", &["unknown"]), None);
    }
}
