//! What kind of device somebody signed in on, as coarse as it can be told apart by its owner: a browser and a system, no
//! version and no model. Called when a session begins and when its owner looks at it. What the browser said is not kept.

use http::{HeaderMap, header};

/// What a browser says it is, and what it is called. The first that is found counts: most claim to be others too.
const BROWSERS: [(&str, &str); 9] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

const SYSTEMS: [(&str, &str); 7] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
];

/// A browser on a system, in words that are the same in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Device {
    pub(super) browser: &'static str,
    pub(super) system: &'static str,
}

impl Device {
    /// The device of a request. `None` where either cannot be told.
    pub fn of(headers: &HeaderMap) -> Option<Self> {
        let said = headers.get(header::USER_AGENT)?.to_str().ok()?;
        let browser = BROWSERS.iter().find(|(mark, _)| said.contains(mark))?.1;
        let system = SYSTEMS.iter().find(|(mark, _)| said.contains(mark))?.1;
        Some(Self { browser, system })
    }

    /// The device that was stored.
    pub(super) fn from_stored(text: &str) -> Option<Self> {
        let (browser, system) = text.split_once('|')?;
        let known = |names: &'static [(&str, &'static str)], name: &str| {
            names.iter().map(|(_, known)| *known).find(|known| *known == name)
        };
        Some(Self { browser: known(&BROWSERS, browser)?, system: known(&SYSTEMS, system)? })
    }

    /// As it is stored.
    pub(super) fn stored(self) -> String {
        [self.browser, "|", self.system].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(said: &str) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert(header::USER_AGENT, said.parse().unwrap());
        let device = Device::of(&headers)?;
        assert_eq!(Device::from_stored(&device.stored()), Some(device));
        Some(device.stored())
    }

    #[test]
    fn a_browser_is_told_apart_from_those_that_it_claims_to_be() {
        const KIT: &str = "AppleWebKit/537.36 (KHTML, like Gecko)";
        for (system, rest, expected) in [
            ("Linux; Android 14; SM-S918B", "Chrome/126.0.0.0 Mobile Safari/537.36", "Chrome|Android"),
            (
                "Linux; Android 14",
                "SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36",
                "Samsung Internet|Android",
            ),
            (
                "iPhone; CPU iPhone OS 17_5 like Mac OS X",
                "Version/17.5 Mobile/15E148 Safari/604.1",
                "Safari|iPhone",
            ),
            ("iPhone; CPU iPhone OS 17_5 like Mac OS X", "CriOS/126.0 Mobile Safari/604.1", "Chrome|iPhone"),
            ("Windows NT 10.0; Win64; x64", "Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0", "Edge|Windows"),
            ("X11; CrOS x86_64 14541.0.0", "Chrome/126.0.0.0 Safari/537.36", "Chrome|Chromebook"),
            ("Macintosh; Intel Mac OS X 10_15_7", "Version/17.5 Safari/605.1.15", "Safari|Mac"),
        ] {
            assert_eq!(told(&format!("Mozilla/5.0 ({system}) {KIT} {rest}")).as_deref(), Some(expected));
        }
        let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0";
        assert_eq!(told(firefox).as_deref(), Some("Firefox|Linux"));
        for nothing in ["", "curl/8.5", "Anna Holmgren", "Chrome/1"] {
            assert_eq!(told(nothing), None, "{nothing}");
        }
        assert_eq!(Device::from_stored("Anna|Android"), None, "only our own words come out");
    }
}
