//! One key seals, another does not open; each person's key is hers alone, and gone when it is destroyed.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use super::key_file::{Former, Key};
use super::person_keys::PersonKeys;
use super::sealer::sealed_for;
use super::{KeyFile, Sealer, Signed};
use uuid::Uuid;
use zeroize::Zeroizing;

fn sealer(first: u8) -> Sealer {
    ring(&[(1, first)])
}

fn ring(keys: &[(u8, u8)]) -> Sealer {
    let key = |&(number, first)| Key { number, id: [number; 8], secret: Zeroizing::new([first; 32]) };
    Sealer::new(&KeyFile { keys: keys.iter().map(key).collect(), former: Vec::new(), demo: false }).unwrap()
}

#[test]
fn opens_only_where_it_was_sealed() {
    let (row, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let sealed = sealer(7).seal("fact", "value", row, b"070-123").unwrap();
    assert_eq!(*sealer(7).open("fact", "value", row, &sealed).unwrap(), b"070-123");
    assert!(!sealed.windows(7).any(|window| window == b"070-123"));
    assert!(sealer(7).open("fact", "value", other, &sealed).is_err());
    assert!(sealer(7).open("fact", "other", row, &sealed).is_err());
    assert!(sealer(7).open("person", "value", row, &sealed).is_err());
    assert!(sealer(8).open("fact", "value", row, &sealed).is_err());
    let mut altered = sealed.clone();
    *altered.last_mut().unwrap() ^= 1;
    assert!(sealer(7).open("fact", "value", row, &altered).is_err());
    assert!(sealer(7).open("fact", "value", row, &sealed[..20]).is_err());
}

#[test]
fn only_the_same_key_has_signed_and_only_the_same_message() {
    use Signed::{Checkpoint, Receipt};
    let signature = sealer(7).sign(Receipt, b"yes");
    assert!(sealer(7).has_signed(Receipt, b"yes", &signature));
    assert!(!sealer(7).has_signed(Receipt, b"no", &signature));
    assert!(!sealer(7).has_signed(Checkpoint, b"yes", &signature));
    assert!(!sealer(8).has_signed(Receipt, b"yes", &signature));
    assert!(!sealer(7).has_signed(Receipt, b"yes", &signature[1..]));
    assert_ne!(sealer(7).public_keys(Receipt), sealer(8).public_keys(Receipt));
}

#[test]
fn a_new_key_seals_and_the_one_before_it_still_opens_finds_and_verifies() {
    let (before, between, after) = (ring(&[(1, 7)]), ring(&[(2, 9), (1, 7)]), ring(&[(2, 9)]));
    let row = Uuid::from_u128(1);
    let old = before.seal("fact", "value", row, b"070-123").unwrap();
    let new = between.seal("fact", "value", row, b"070-123").unwrap();
    assert_eq!((old[1], new[1]), (1, 2));
    let opens = |sealer: &Sealer, sealed: &[u8]| sealer.open("fact", "value", row, sealed).is_ok();
    assert!(opens(&between, &old) && opens(&between, &new) && opens(&after, &new));
    assert!(!opens(&after, &old) && !opens(&before, &new));
    let all = between.blinds("number", b"same").unwrap();
    assert_eq!(all, [after.blind("number", b"same").unwrap(), before.blind("number", b"same").unwrap()]);
    let signature = before.sign(Signed::Receipt, b"yes");
    assert!(between.has_signed(Signed::Receipt, b"yes", &signature));
    assert!(!after.has_signed(Signed::Receipt, b"yes", &signature));
    // Only the public half is kept of a key that has been changed.
    let public = |what| <[u8; 32]>::try_from(before.public_keys(what).remove(0)).unwrap();
    let former =
        Former { number: 1, receipt: public(Signed::Receipt), checkpoint: public(Signed::Checkpoint) };
    let keys = vec![Key { number: 2, id: [2; 8], secret: Zeroizing::new([9; 32]) }];
    let later = Sealer::new(&KeyFile { keys, former: vec![former], demo: false }).unwrap();
    assert!(later.has_signed(Signed::Receipt, b"yes", &signature) && !opens(&later, &old));
}

#[test]
fn the_same_value_is_sealed_differently_each_time_and_found_by_its_blind_index() {
    let row = Uuid::from_u128(1);
    let seal = || sealer(7).seal("fact", "value", row, b"same").unwrap();
    assert_ne!(seal(), seal());
    let blind = |key, kind| sealer(key).blind(kind, b"same").unwrap();
    assert_eq!(blind(7, "number"), blind(7, "number"));
    assert_ne!(blind(7, "number"), blind(8, "number"));
    assert_ne!(blind(7, "number"), blind(7, "phone"));
}

/// Keys of persons in a file of their own, opened as another process would.
fn with_persons(path: &std::path::Path, keys: &[(u8, u8)]) -> Sealer {
    ring(keys).with_persons(PersonKeys::open(path, None).unwrap())
}

fn persons() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("key.persons");
    PersonKeys::create(&path).unwrap();
    (folder, path)
}

const ONE: Uuid = Uuid::from_u128(11);
const OTHER: Uuid = Uuid::from_u128(12);
const ROW: Uuid = Uuid::from_u128(1);

fn seals(sealer: &Sealer, person: Uuid) -> Vec<u8> {
    sealer.seal_for(person, "fact", "value", ROW, b"070-123").unwrap()
}

fn opens(sealer: &Sealer, sealed: &[u8]) -> bool {
    sealer.open("fact", "value", ROW, sealed).is_ok_and(|plain| *plain == b"070-123")
}

#[test]
fn what_is_somebodys_opens_with_her_key_alone_and_nowhere_else() {
    let (_folder, path) = persons();
    let sealer = with_persons(&path, &[(1, 7)]);
    let (hers, others) = (seals(&sealer, ONE), seals(&sealer, OTHER));
    assert!(opens(&sealer, &hers) && opens(&sealer, &others));
    assert!(sealer.open_for(ONE, "fact", "value", ROW, &hers).is_ok());
    assert!(sealer.open_for(OTHER, "fact", "value", ROW, &hers).is_err());
    assert!(sealer.open("fact", "value", OTHER, &hers).is_err());
    assert!(sealer.open("fact", "other", ROW, &hers).is_err());
    // Said to be the other's: with her key it does not open.
    let mut renamed = hers.clone();
    renamed[2..18].copy_from_slice(OTHER.as_bytes());
    assert_eq!(sealed_for(&renamed), Some(OTHER));
    assert!(!opens(&sealer, &renamed));
    // With another key file, or the keys of another database, nothing opens.
    assert!(!opens(&with_persons(&path, &[(1, 8)]), &hers));
    let (_elsewhere, other_path) = persons();
    assert!(!opens(&with_persons(&other_path, &[(1, 7)]), &hers));
    // Before persons had keys: opens as it is.
    let old = sealer.seal("fact", "value", ROW, b"070-123").unwrap();
    assert!(opens(&sealer, &old) && sealer.open_for(ONE, "fact", "value", ROW, &old).is_ok());
}

#[test]
fn a_destroyed_key_is_gone_from_the_file_and_from_every_process_and_a_new_one_opens_nothing_old() {
    let (_folder, path) = persons();
    let sealer = with_persons(&path, &[(1, 7)]);
    let (hers, others) = (seals(&sealer, ONE), seals(&sealer, OTHER));
    let another = with_persons(&path, &[(1, 7)]);
    let before = std::fs::read(&path).unwrap();
    assert!(opens(&another, &hers));
    another.persons().unwrap().destroy(&[ONE]).unwrap();
    assert!(!opens(&another, &hers) && !opens(&sealer, &hers) && opens(&sealer, &others));
    let after = std::fs::read(&path).unwrap();
    assert_eq!(before.len(), after.len());
    let at = before.windows(16).position(|window| window == ONE.as_bytes()).unwrap();
    assert!(
        before[at..at + 89].iter().any(|byte| *byte != 0)
            && after[at..at + 128].iter().all(|byte| *byte == 0)
    );
    // She comes back: what is sealed now opens everywhere, what was sealed then nowhere.
    let again = seals(&sealer, ONE);
    for sealer in [&sealer, &another, &with_persons(&path, &[(1, 7)])] {
        assert!(opens(sealer, &again) && !opens(sealer, &hers) && opens(sealer, &others));
    }
    assert_eq!(another.persons().unwrap().made().unwrap(), 3);
}

#[test]
fn of_many_first_starts_one_makes_the_file_and_all_use_it() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("skolstart.persons");
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| PersonKeys::create(&path).unwrap());
        }
    });
    let sealer = with_persons(&path, &[(1, 7)]);
    let hers = seals(&sealer, ONE);
    assert!(opens(&with_persons(&path, &[(1, 7)]), &hers));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
}

#[test]
fn keys_that_another_process_makes_are_found_and_each_person_has_one() {
    let (_folder, path) = persons();
    let (one, other) = (with_persons(&path, &[(1, 7)]), with_persons(&path, &[(1, 7)]));
    let people: Vec<Uuid> = (0..200).map(Uuid::from_u128).collect();
    std::thread::scope(|scope| {
        for sealer in [&one, &other] {
            for part in people.chunks(20) {
                scope.spawn(move || sealer.make_keys(part).unwrap());
            }
        }
    });
    assert_eq!(std::fs::metadata(&path).unwrap().len(), 201 * 128);
    for person in people {
        assert!(opens(&other, &seals(&one, person)));
    }
}

#[test]
fn after_a_change_of_key_the_keys_of_persons_are_sealed_anew_and_gaps_are_left_out() {
    let (_folder, path) = persons();
    let before = with_persons(&path, &[(1, 7)]);
    let (hers, others) = (seals(&before, ONE), seals(&before, OTHER));
    before.persons().unwrap().destroy(&[OTHER]).unwrap();
    let between = with_persons(&path, &[(2, 9), (1, 7)]);
    let newer = seals(&between, Uuid::from_u128(13));
    between.wrap_anew().unwrap();
    assert_eq!(std::fs::metadata(&path).unwrap().len(), 3 * 128);
    for sealer in [&between, &with_persons(&path, &[(2, 9)])] {
        assert!(opens(sealer, &hers) && opens(sealer, &newer) && !opens(sealer, &others));
        assert_eq!(sealer.persons().unwrap().made().unwrap(), 3, "as many as ever were made");
    }
    assert!(!opens(&with_persons(&path, &[(1, 7)]), &hers));
    // Nothing is left to do.
    let written = std::fs::read(&path).unwrap();
    between.wrap_anew().unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), written);
}

#[test]
fn an_older_copy_is_refused_and_a_half_written_end_is_not_read() {
    let (folder, path) = persons();
    let sealer = with_persons(&path, &[(1, 7)]);
    let hers = seals(&sealer, ONE);
    let copy = folder.path().join("copy");
    std::fs::copy(&path, &copy).unwrap();
    let first = sealer.persons().unwrap().mark().unwrap();
    // The copy lies elsewhere, and from its first use on it is the one: the file it was taken of is the older.
    let moved = PersonKeys::open(&copy, Some(&first)).unwrap().mark().unwrap();
    assert_ne!(moved, first);
    assert!(!sealer.persons().unwrap().is_known_as(&moved).unwrap());
    let refused = PersonKeys::open(&path, Some(&moved)).err().unwrap();
    assert!(matches!(refused, super::PersonKeysError::OlderCopy(_)), "{refused}");
    let (_elsewhere, other) = persons();
    let refused = PersonKeys::open(&other, Some(&moved)).err().unwrap();
    assert!(matches!(refused, super::PersonKeysError::WrongStore(_)), "{refused}");

    let mut bytes = std::fs::read(&path).unwrap();
    bytes.extend([7; 50]);
    std::fs::write(&path, bytes).unwrap();
    let again = with_persons(&path, &[(1, 7)]);
    assert!(opens(&again, &hers) && opens(&again, &seals(&again, OTHER)));
    assert!(opens(&with_persons(&path, &[(1, 7)]), &seals(&again, OTHER)));
}
