use super::*;

fn environment<'a>(pairs: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<String> + 'a {
    move |name| pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
}

fn file(text: &str) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), text).unwrap();
    file
}

#[test]
fn environment_overrides_the_file() {
    let file = file("listen = \"127.0.0.1:9000\"\nsession_hours = 4\n");
    let set = [("SKOLSTART_LISTEN", "127.0.0.1:9001")];
    let config = Config::read(Some(file.path()), &environment(&set)).unwrap();
    assert_eq!(config.listen.port(), 9001);
    assert_eq!(config.sessions().guardians.absolute, 4 * 3_600_000);
    assert!(config.sessions().staff.idle < config.sessions().guardians.idle);
    assert_eq!(config.origin_for(true).unwrap(), "http://127.0.0.1:9001");
}

#[test]
fn errors_name_the_setting_and_show_no_value() {
    let wrong = [("SKOLSTART_SESSION_HOURS", "hunter2")];
    let error = Config::read(None, &environment(&wrong)).unwrap_err().to_string();
    assert_eq!(error, "SKOLSTART_SESSION_HOURS must be a whole number above 0");
    let unknown = file("log = \"info\"\ndatabase = \"postgres://u:hunter2@host/db\"\n");
    let error = Config::read(Some(unknown.path()), &environment(&[])).unwrap_err().to_string();
    assert!(error.contains("line 2") && error.contains("`database`"), "{error}");
    assert!(!error.contains("hunter2"), "{error}");
}

#[test]
fn secrets_are_not_shown() {
    let set = [("SKOLSTART_DATABASE_URL", "postgres://u:hunter2@host/db")];
    let config = Config::read(None, &environment(&set)).unwrap();
    assert!(!format!("{config:?}").contains("hunter2"));
    assert!(config.database().reveal().contains("hunter2"));
}

#[test]
fn others_are_served_over_https_only() {
    let origin = |listen: &str, url: Option<&str>| {
        let config = Config {
            listen: listen.parse().unwrap(),
            public_url: url.map(str::to_owned),
            ..Config::default()
        };
        config.origin_for(true)
    };
    assert_eq!(origin("127.0.0.1:80", Some("http://localhost")).unwrap(), "http://localhost", "a demo");
    assert!(matches!(origin("0.0.0.0:80", None), Err(ConfigError::NotHttps)));
    assert!(matches!(origin("0.0.0.0:80", Some("http://a.se")), Err(ConfigError::NotHttps)));
    assert_eq!(origin("0.0.0.0:80", Some("https://A.se/")).unwrap(), "https://a.se");
    assert!(matches!(origin("0.0.0.0:80", Some("https://a.se/b")), Err(ConfigError::PublicUrl)));
    assert!(matches!(origin("127.0.0.1:80", Some("a.se")), Err(ConfigError::PublicUrl)));
}

#[test]
fn a_release_is_reached_over_https_alone() {
    let origin = |listen: &str, url: Option<&str>| {
        let (listen, public_url) = (listen.parse().unwrap(), url.map(str::to_owned));
        Config { listen, public_url, ..Config::default() }.origin_for(false)
    };
    // Behind a proxy it listens on a loopback address, and the cookies go to the proxy's address all the same.
    for url in [None, Some("http://skolstart.example.se"), Some("http://localhost")] {
        let refused = origin("127.0.0.1:8080", url).unwrap_err();
        assert!(matches!(refused, ConfigError::NoPublicUrl), "{url:?}");
        assert!(refused.to_string().starts_with("set public_url (or SKOLSTART_PUBLIC_URL)"), "{refused}");
    }
    assert!(matches!(origin("0.0.0.0:80", None), Err(ConfigError::NoPublicUrl)));
    assert_eq!(origin("127.0.0.1:8080", Some("https://a.se")).unwrap(), "https://a.se");
}

#[test]
fn a_file_with_secrets_is_read_by_few() {
    use std::fs::{Permissions, set_permissions};
    let way = "[[sign_in]]\nkey = \"a\"\nname_sv = \"A\"\nname_en = \"A\"\nfor = \"staff\"\nissuer = \"https://idp.example.se\"\n\
               client_id = \"x\"\nacr = [\"loa3\"]\n";
    let read = |text: &str, mode: u32| {
        let file = file(text);
        set_permissions(file.path(), Permissions::from_mode(mode)).unwrap();
        Config::read(Some(file.path()), &environment(&[]))
    };
    let secret = format!("{way}client_secret = \"hunter2\"\n");
    let password = "database_url = \"postgres://u:hunter2@host/db\"\n";
    for text in [&*secret, password] {
        for mode in [0o604, 0o644, 0o602] {
            let refused = read(text, mode).unwrap_err();
            assert!(matches!(refused, ConfigError::ReadableByAll(_)), "{mode:o}: {refused}");
            assert!(!refused.to_string().contains("hunter2"), "{refused}");
        }
        assert!(read(text, 0o640).is_ok(), "the service's own group may");
    }
    let elsewhere = format!("{way}client_secret_file = \"/run/credentials/skolstart/a\"\n");
    for text in [&*elsewhere, "database_url = \"postgres://u@host/db\"\n", "log = \"info\"\n"] {
        assert!(read(text, 0o644).is_ok(), "{text}");
    }
}
