use super::*;
use serde_json::{Map, json};
use std::fs::{self, File};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Command;
use tempfile::TempDir;

fn about() -> Map<String, serde_json::Value> {
    Map::from_iter([("format".to_owned(), json!("test"))])
}

fn written(at: &Path) -> Written {
    let mut folder = Folder::begin(at).unwrap();
    folder.put("one.json", b"{}\n").unwrap();
    folder.put("children/a/files/two.pdf", b"%PDF-").unwrap();
    folder.finish(about()).unwrap()
}

fn faults(at: &Path) -> Vec<String> {
    verify(at).unwrap().faults.iter().map(ToString::to_string).collect()
}

#[test]
fn what_is_written_is_closed_to_others_and_holds_against_another_tool() {
    let place = TempDir::new().unwrap();
    let at = place.path().join("archive");
    let done = written(&at);
    assert_eq!(done.files, 3);
    let mode = |path: &str| fs::metadata(at.join(path)).unwrap().permissions().mode() & 0o777;
    for folder in ["", "children", "children/a", "children/a/files"] {
        assert_eq!(mode(folder), 0o700, "{folder}");
    }
    for file in ["one.json", "children/a/files/two.pdf", MANIFEST, SUMS] {
        assert_eq!(mode(file), 0o600, "{file}");
    }
    let checked = Command::new("sha256sum").args(["--check", "--strict", SUMS]).current_dir(&at).output();
    assert!(checked.unwrap().status.success());
    let found = verify(&at).unwrap();
    assert_eq!((found.files, &found.digest, found.faults.len()), (3, &done.digest, 0), "{:?}", found.faults);
    // Nothing is left beside it, and nothing is written over it.
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
    assert!(matches!(Folder::begin(&at), Err(ArchiveError::Exists(_))));
}

#[test]
fn one_byte_one_file_less_and_one_more_are_found() {
    let place = TempDir::new().unwrap();
    let at = place.path().join("archive");
    written(&at);
    let one = at.join("one.json");
    fs::write(&one, b"{ \n").unwrap();
    assert_eq!(faults(&at), ["altered: one.json"]);
    fs::remove_file(&one).unwrap();
    assert_eq!(faults(&at), ["missing: one.json"]);
    // A link to the same bytes elsewhere is not the file.
    let elsewhere = place.path().join("elsewhere");
    fs::write(&elsewhere, b"{}\n").unwrap();
    symlink(&elsewhere, &one).unwrap();
    assert_eq!(faults(&at), ["missing: one.json", "added: one.json (no file)"]);
    fs::remove_file(&one).unwrap();
    fs::write(&one, b"{}\n").unwrap();
    assert_eq!(faults(&at), [""; 0]);
    fs::write(at.join("children/three.txt"), b"").unwrap();
    fs::create_dir(at.join("empty")).unwrap();
    assert_eq!(faults(&at), ["added: children/three.txt", "added: empty/"]);
}

#[test]
fn a_list_that_was_written_anew_is_another_list() {
    let place = TempDir::new().unwrap();
    let at = place.path().join("archive");
    let done = written(&at);
    let list = at.join(SUMS);
    let sums = fs::read_to_string(&list).unwrap();
    // A file and its line taken away: the manifest still tells of it.
    fs::remove_file(at.join("one.json")).unwrap();
    let kept: String =
        sums.lines().filter(|line| !line.ends_with("one.json")).map(|line| format!("{line}\n")).collect();
    fs::write(&list, &kept).unwrap();
    let found = verify(&at).unwrap();
    assert_eq!(found.faults, [Fault::Manifest]);
    assert_ne!(found.digest, done.digest);
    // A list that leads out of the folder is not followed.
    fs::write(&list, format!("{kept}{}  ../elsewhere\n", "0".repeat(64))).unwrap();
    assert_eq!(verify(&at).unwrap().faults, [Fault::Line(3), Fault::Manifest]);
    fs::remove_file(&list).unwrap();
    assert!(matches!(verify(&at), Err(ArchiveError::NoArchive(_))));
}

#[test]
fn what_was_stopped_is_nowhere_and_begins_anew() {
    let place = TempDir::new().unwrap();
    let (at, part) = (place.path().join("archive"), place.path().join("archive.part"));
    let mut folder = Folder::begin(&at).unwrap();
    folder.put("one.json", b"{}").unwrap();
    assert!(matches!(Folder::begin(&at), Err(ArchiveError::Busy(_))), "two at once");
    assert!(part.join("archive/one.json").exists() && !at.exists());
    drop(folder);
    assert!(!part.exists() && !at.exists());
    // As a kill leaves it: without the lock, with a half-written file.
    fs::create_dir_all(part.join("archive/children")).unwrap();
    fs::write(part.join("archive/children/half.json"), b"{").unwrap();
    assert!(matches!(Folder::begin(&at), Err(ArchiveError::NotOurs(_))), "without the mark");
    File::create(part.join("UNFINISHED")).unwrap();
    written(&at);
    assert_eq!(faults(&at), [""; 0]);
    // Somebody else's folder is not touched.
    let other = place.path().join("other");
    fs::create_dir(place.path().join("other.part")).unwrap();
    fs::write(place.path().join("other.part/letter"), b"dear").unwrap();
    assert!(matches!(Folder::begin(&other), Err(ArchiveError::NotOurs(_))));
    assert!(place.path().join("other.part/letter").exists());
}

#[test]
fn a_name_is_one_that_every_system_can_have() {
    let place = TempDir::new().unwrap();
    let mut folder = Folder::begin(&place.path().join("archive")).unwrap();
    for name in ["", "/one", "../one", "a//b", ".hidden", "a b", "å", SUMS] {
        assert!(matches!(folder.put(name, b""), Err(ArchiveError::Name(_))), "{name}");
    }
    folder.put("one", b"").unwrap();
    assert!(matches!(folder.put("one", b""), Err(ArchiveError::Name(_))), "twice");
}
