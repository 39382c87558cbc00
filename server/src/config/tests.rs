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
    assert_eq!(config.origin().unwrap(), "http://127.0.0.1:9001");
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
        config.origin()
    };
    assert!(matches!(origin("0.0.0.0:80", None), Err(ConfigError::NotHttps)));
    assert!(matches!(origin("0.0.0.0:80", Some("http://a.se")), Err(ConfigError::NotHttps)));
    assert_eq!(origin("0.0.0.0:80", Some("https://A.se/")).unwrap(), "https://a.se");
    assert!(matches!(origin("0.0.0.0:80", Some("https://a.se/b")), Err(ConfigError::PublicUrl)));
    assert!(matches!(origin("127.0.0.1:80", Some("a.se")), Err(ConfigError::PublicUrl)));
}
