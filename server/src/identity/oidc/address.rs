//! Which addresses of a provider are called or sent to: HTTPS and a name that others can reach. A build for trying out may
//! use its own machine.

use http::Uri;

/// True when an address may be used. `local`: also plain HTTP at a loopback address, for a demo and its tests.
pub(super) fn is_safe(address: &str, local: bool) -> bool {
    let Ok(uri) = address.parse::<Uri>() else { return false };
    let (Some(scheme), Some(authority), Some(host)) = (uri.scheme_str(), uri.authority(), uri.host()) else {
        return false;
    };
    if authority.as_str().contains('@') || address.contains('#') {
        return false;
    }
    match scheme {
        "https" => local || !is_own_machine(host),
        "http" => local && is_own_machine(host),
        _ => false,
    }
}

/// True for the machine itself and for addresses without a name: a certificate is for a name.
fn is_own_machine(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare.parse::<std::net::IpAddr>().is_ok()
        || bare.eq_ignore_ascii_case("localhost")
        || bare.to_ascii_lowercase().ends_with(".localhost")
}

/// The pages that somebody who has signed in can be sent to: paths of our own two programs, without a host, without
/// anything that a browser could read as one.
pub(super) fn back_to(asked: &str) -> Option<&str> {
    const MOST: usize = 300;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/-_.~%?=&,".contains(c);
    let is_ours = asked.starts_with('/')
        && !asked.starts_with("//")
        && asked.len() <= MOST
        && asked.chars().all(is_plain)
        && asked != "/api"
        && !asked.starts_with("/api/");
    is_ours.then_some(asked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_at_a_name_is_safe() {
        let safe = |address: &str| is_safe(address, false);
        assert!(safe("https://idp.example.se") && safe("https://idp.example.se:8443/realms/a"));
        for wrong in [
            "http://idp.example.se",
            "https://localhost",
            "https://a.localhost/x",
            "https://127.0.0.1",
            "https://[::1]:8443",
            "https://10.0.0.8",
            "https://user@idp.example.se",
            "https://idp.example.se/#a",
            "ftp://idp.example.se",
            "idp.example.se",
            "",
        ] {
            assert!(!safe(wrong), "{wrong}");
        }
        assert!(is_safe("http://127.0.0.1:4000", true) && !is_safe("http://idp.example.se", true));
    }

    #[test]
    fn nobody_is_sent_anywhere_else() {
        for ours in ["/", "/barn/0190f4c8-0000-7000-8000-000000000001", "/personal/groups/a?show=waiting"] {
            assert_eq!(back_to(ours), Some(ours));
        }
        let long = format!("/{}", "a".repeat(300));
        for wrong in
            ["", "x", "//evil.se", "/\\evil.se", "https://evil.se", "/a b", "/a\r\nx", "/api/session", &long]
        {
            assert_eq!(back_to(wrong), None, "{wrong}");
        }
    }
}
