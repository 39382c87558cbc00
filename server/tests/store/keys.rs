use super::site::on_both;
use skolstart_server::store::{KeyFileError, OpenError};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

#[test]
fn the_key_is_made_once_and_only_its_owner_can_read_it() {
    on_both(|site| async move {
        site.open().await.close().await;
        let key = &site.settings.key_file;
        let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(key), 0o600);
        assert_eq!(mode(key.parent().unwrap()), 0o700);
        let before = fs::read(key).unwrap();
        site.open().await.close().await;
        assert_eq!(fs::read(key).unwrap(), before);
    });
}

#[test]
fn a_key_that_cannot_be_trusted_is_refused_with_its_reason() {
    on_both(|site| async move {
        site.open().await.close().await;
        let key = site.settings.key_file.clone();
        let right = fs::read(&key).unwrap();

        fs::set_permissions(&key, Permissions::from_mode(0o640)).unwrap();
        let refused = site.try_open().await.err().unwrap();
        assert!(matches!(refused, OpenError::Key(KeyFileError::ReadableByOthers(_))), "{refused}");

        fs::set_permissions(&key, Permissions::from_mode(0o600)).unwrap();
        fs::write(&key, b"something else").unwrap();
        let refused = site.try_open().await.err().unwrap();
        assert!(matches!(refused, OpenError::Key(KeyFileError::Malformed(_))), "{refused}");

        let mut other = right.clone();
        // The last digit of the key itself.
        let last = other.iter().position(|byte| *byte == b'\n').unwrap() - 1;
        other[last] = if other[last] == b'0' { b'1' } else { b'0' };
        fs::write(&key, &other).unwrap();
        let refused = site.try_open().await.err().unwrap();
        assert!(matches!(refused, OpenError::Key(KeyFileError::WrongKey(_))), "{refused}");

        fs::remove_file(&key).unwrap();
        let refused = site.try_open().await.err().unwrap();
        assert!(matches!(refused, OpenError::Key(KeyFileError::Missing(_))), "{refused}");
        assert!(!key.exists(), "a new key must not be made for a database with data");

        fs::write(&key, &right).unwrap();
        fs::set_permissions(&key, Permissions::from_mode(0o600)).unwrap();
        site.open().await.close().await;
    });
}
