use super::{Fault, read, write};
use crate::forms::Draft;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use skolstart_shared::api::{ApiError, HomeOut};
use skolstart_shared::submission::SubmissionContent;
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Shape {
    Plain,
    One(i64),
    Two(u8, bool),
    Named { text: String, rest: Option<Vec<Shape>> },
}

fn shape() -> impl Strategy<Value = Shape> {
    let leaf = prop_oneof![
        Just(Shape::Plain),
        any::<i64>().prop_map(Shape::One),
        any::<(u8, bool)>().prop_map(|(number, flag)| Shape::Two(number, flag)),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        (any::<String>(), proptest::option::of(proptest::collection::vec(inner, 0..4)))
            .prop_map(|(text, rest)| Shape::Named { text, rest })
    })
}

proptest! {
    #[test]
    fn writes_what_the_server_writes(shape in shape(), maps: BTreeMap<String, Option<u32>>) {
        prop_assert_eq!(write(&shape).unwrap(), serde_json::to_string(&shape).unwrap());
        prop_assert_eq!(write(&maps).unwrap(), serde_json::to_string(&maps).unwrap());
    }

    #[test]
    fn reads_what_the_server_writes(shape in shape(), maps: BTreeMap<String, Option<u32>>) {
        prop_assert_eq!(read::<Shape>(&serde_json::to_string(&shape).unwrap()), Ok(shape.clone()));
        prop_assert_eq!(read::<Shape>(&serde_json::to_string_pretty(&shape).unwrap()), Ok(shape));
        prop_assert_eq!(read::<BTreeMap<String, Option<u32>>>(&serde_json::to_string(&maps).unwrap()), Ok(maps));
    }

    /// Cut off or garbled, it is refused or read as the server would read it; it never stops the program.
    #[test]
    fn bears_anything(shape in shape(), at: prop::sample::Index, byte in 0_u8..128) {
        let mut text = serde_json::to_string(&shape).unwrap();
        let places: Vec<_> = text.char_indices().map(|(place, _)| place).collect();
        let place = *at.get(&places);
        let _ = read::<Shape>(&text[..place]);
        text.insert(place, byte as char);
        if let Ok(theirs) = serde_json::from_str::<Shape>(&text) {
            prop_assert_eq!(read::<Shape>(&text), Ok(theirs));
        }
    }
}

#[test]
fn reads_the_real_answers() {
    let text = include_str!("../forms/fixture.json");
    let home: HomeOut = read(text).unwrap();
    assert_eq!(home, serde_json::from_str(text).unwrap());
    assert_eq!(write(&home).unwrap(), serde_json::to_string(&home).unwrap());
}

#[test]
fn hashes_are_made_of_the_same_bytes() {
    let text = include_str!("content.json");
    let content: SubmissionContent = read(text).unwrap();
    assert_eq!(write(&content).unwrap().into_bytes(), content.canonical_bytes().unwrap());
}

#[test]
fn passes_over_what_it_does_not_know() {
    let text = r#"{"new":[{"a":[1.5e3,true,null,"\ud83d\ude00"]}],"code":"busy"}"#;
    assert!(read::<ApiError>(text).is_ok());
    assert!(read::<BTreeMap<String, String>>(r#"{"a":"\ud83d\ude00\u00e5"}"#).unwrap()["a"] == "😀å");
}

#[test]
fn refuses_what_is_wrong() {
    for text in ["", "nul", "1.5", "1e3", "-", "9223372036854775808", "1 2", "[1]", "\"1\"", "99999999999"] {
        assert_eq!(read::<u32>(text), Err(Fault), "{text}");
    }
    for text in ["\"", "\"\\x\"", "\"\\u12\"", "\"\\ud83d\"", "\"\\ud83d\\u0041\"", "\"a\nb\""] {
        assert_eq!(read::<String>(text), Err(Fault), "{text}");
    }
    assert_eq!(read::<Vec<u8>>("[1,]"), Err(Fault));
    assert_eq!(read::<Vec<u8>>("[1 2]"), Err(Fault));
    assert_eq!(read::<ApiError>(&"[".repeat(10_000)).err(), Some(Fault));
    assert_eq!(read::<ApiError>(&["{\"x\":", &"[".repeat(10_000)].concat()).err(), Some(Fault));
    assert!(read::<Draft>("{}").is_err());
}

#[derive(Debug, PartialEq, Deserialize)]
struct Fields {
    first: u8,
    may_lack: Option<u8>,
    #[serde(default)]
    list: Vec<u8>,
    last: String,
}

#[test]
fn finds_fields_in_any_order_and_bears_what_may_lack() {
    let all = Fields { first: 1, may_lack: Some(2), list: vec![3], last: "å\n".into() };
    assert_eq!(read::<Fields>(r#"{"first":1,"may_lack":2,"list":[3],"last":"å\n"}"#), Ok(all));
    let few = || Ok(Fields { first: 1, may_lack: None, list: vec![], last: String::new() });
    assert_eq!(read::<Fields>(r#"{"last":"","new":{"first":9,"last":[]},"first":1}"#), few());
    assert_eq!(read::<Fields>(r#"{"last":"","may_lack":null,"first":1}"#), few());
    for wrong in
        [r"{}", r#"{"first":1}"#, r#"{"first":1,"last":null}"#, r#"{"first":1,"last":"","list":null}"#]
    {
        assert_eq!(read::<Fields>(wrong), Err(Fault), "{wrong}");
    }
}
