use super::*;
use std::io::{Read, Write};
use std::process::{Command, Stdio};

/// The example of the age specification's README.
const PUBLIC: &str = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

fn seal(plain: &[u8], to: &[Recipient]) -> Vec<u8> {
    let mut sealing = Sealing::begin(Vec::new(), to).unwrap();
    sealing.write_all(plain).unwrap();
    sealing.finish().unwrap()
}

fn open(sealed: &[u8], identity: &Identity) -> Result<Vec<u8>, AgeError> {
    let mut plain = Vec::new();
    Opening::begin(sealed, identity)?.read_to_end(&mut plain)?;
    Ok(plain)
}

#[test]
fn keys_are_written_as_age_writes_them() {
    assert_eq!(PUBLIC.parse::<Recipient>().unwrap().to_string(), PUBLIC);
    let identity = Identity::new().unwrap();
    let file =
        format!("# created: 2026-11-28\n# public key: {}\n{}\n", identity.recipient(), *identity.reveal());
    let again: Identity = file.parse().unwrap();
    assert_eq!(again.recipient(), identity.recipient());
    assert!(identity.reveal().starts_with("AGE-SECRET-KEY-1"));
    assert_eq!(format!("{identity:?}"), "Identity(…)");
    let mut mistyped = PUBLIC.to_owned();
    mistyped.replace_range(20..21, "q");
    for wrong in [mistyped.as_str(), "", "age1", &PUBLIC[..40], &PUBLIC.replace("age1q", "AGE1q")] {
        assert!(wrong.parse::<Recipient>().is_err(), "{wrong}");
        assert!(wrong.parse::<Identity>().is_err(), "{wrong}");
    }
}

#[test]
fn every_recipient_opens_it_and_nobody_else() {
    let [one, two, other] = [(); 3].map(|()| Identity::new().unwrap());
    for length in [0, 1, 65_535, 65_536, 65_537, 200_000] {
        let plain: Vec<u8> = (0..length).map(|at: u32| at.to_le_bytes()[0]).collect();
        let sealed = seal(&plain, &[one.recipient(), two.recipient()]);
        assert_eq!(open(&sealed, &one).unwrap(), plain);
        assert_eq!(open(&sealed, &two).unwrap(), plain);
        assert!(matches!(open(&sealed, &other), Err(AgeError::OtherKey)));
    }
    assert!(matches!(Sealing::begin(Vec::new(), &[]), Err(AgeError::NoKey)));
}

#[test]
fn what_was_altered_or_cut_is_noticed() {
    let identity = Identity::new().unwrap();
    let sealed = seal(&vec![7; 150_000], &[identity.recipient()]);
    for at in (0..sealed.len()).step_by(997).chain([sealed.len() - 1]) {
        let mut altered = sealed.clone();
        altered[at] ^= 1;
        assert!(open(&altered, &identity).is_err(), "byte {at}");
        assert!(open(&sealed[..at], &identity).is_err(), "cut at {at}");
    }
    let longer = [sealed.as_slice(), b"x"].concat();
    assert!(open(&longer, &identity).is_err());
}

/// The tool itself, where it is installed: both ways.
#[test]
fn the_tool_age_understands_us_and_we_it() {
    let run = |arguments: &[&str], input: &[u8]| {
        let mut command = Command::new("age");
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().ok()?;
        child.stdin.take()?.write_all(input).ok()?;
        let output = child.wait_with_output().ok()?;
        assert!(output.status.success());
        Some(output.stdout)
    };
    let identity = Identity::new().unwrap();
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("identity");
    std::fs::write(&file, identity.reveal().as_bytes()).unwrap();
    let plain = vec![9; 100_000];
    let file = file.to_str().unwrap();
    let Some(opened) = run(&["--decrypt", "--identity", file], &seal(&plain, &[identity.recipient()])) else {
        println!("age is not installed: not compared");
        return;
    };
    assert_eq!(opened, plain);
    let sealed = run(&["--recipient", &identity.recipient().to_string()], &plain).unwrap();
    assert_eq!(open(&sealed, &identity).unwrap(), plain);
}
