//! The headers that every response carries: pages, data, errors and files alike.

use http::{HeaderMap, HeaderName, HeaderValue, header};

/// Nothing but what this origin serves, no inline script or style. `wasm-unsafe-eval` allows compiling WebAssembly and
/// nothing else (CSP3, 4.4).
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self' data:; connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const PERMISSIONS_POLICY: &str = "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), \
     geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(), \
     xr-spatial-tracking=()";

const ALWAYS: [(HeaderName, &str); 8] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), PERMISSIONS_POLICY),
    // Login links of a comparable system were found through a search engine (IMY DI-2019-7024).
    (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
    (header::X_FRAME_OPTIONS, "DENY"),
];

/// Puts the headers on a response.
#[derive(Clone, Copy, Debug)]
pub struct SecurityHeaders {
    https: bool,
}

impl SecurityHeaders {
    /// For an instance that is reached over HTTPS, or is not.
    pub fn new(https: bool) -> Self {
        Self { https }
    }

    /// Replaces whatever the response has under these names, except the policy of what is shown: a file has a stricter one.
    pub fn put_on(self, headers: &mut HeaderMap) {
        for (name, value) in ALWAYS {
            let is_own = name == header::CONTENT_SECURITY_POLICY && headers.contains_key(&name);
            if !is_own {
                headers.insert(name, HeaderValue::from_static(value));
            }
        }
        if self.https {
            // Two years, the least that browsers ask for before they build a host in.
            let hsts = HeaderValue::from_static("max-age=63072000");
            headers.insert(header::STRICT_TRANSPORT_SECURITY, hsts);
        }
    }
}
