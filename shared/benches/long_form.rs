//! How long it takes to settle and check the answers to a form of a thousand fields, and to read its definition.
//! `cargo bench --package skolstart-shared --bench long_form`; `cargo xtask bench --only browser` runs it too.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a measurement reads the clock and stops when its premise is false"
)]

use skolstart_shared::Date;
use skolstart_shared::form::{
    Answers, FormDefinition, Setting, example_answers, hidden, normalise, validate,
};
use std::hint::black_box;
use std::time::Instant;

const FIELDS: usize = 1000;
const TURNS: usize = 200;

/// Texts, choices, numbers and days; each fifth hangs on the yes or no before it, each fiftieth is a group.
fn definition() -> String {
    let mut fields = Vec::new();
    for at in 0..FIELDS {
        let kind = match at % 5 {
            _ if at % 50 == 49 => {
                r#"{"rows":{"fields":[{"key":"a","label":{"sv":"A"},"kind":{"text":{"max":80}},"required":true},
                {"key":"b","label":{"sv":"B"},"kind":{"date":{}}}],"least":1,"most":5,"add":{"sv":"Ny"},"row":{"sv":"Rad"}}}"#
            }
            0 => r#"{"yes-no":{}}"#,
            1 => r#"{"text":{"max":80}}"#,
            2 => r#"{"number":{"min":0,"max":99}}"#,
            3 => r#"{"date":{}}"#,
            _ => r#"{"choice":{"options":[{"key":"x","label":{"sv":"X"}},{"key":"y","label":{"sv":"Y"}}]}}"#,
        };
        let condition = match at % 5 {
            4 => format!(r#","visible-if":{{"is":["f{}",{{"flag":true}}]}}"#, at - 4),
            _ => String::new(),
        };
        fields.push(format!(
            r#"{{"key":"f{at}","label":{{"sv":"Fråga"}},"kind":{kind},"required":true{condition}}}"#
        ));
    }
    format!(
        r#"{{"key":"long","version":1,"title":{{"sv":"L"}},"intro":{{"sv":"L"}},"acts":[{{"key":"a","kind":"notification",
        "subject":"child","title":{{"sv":"L"}},"purpose":{{"sv":"L"}},"readers":{{"sv":"L"}},"legal-basis":"public-interest",
        "law":{{"sv":"L"}},"signers":"any-guardian","retention":"x","fields":[{}]}}]}}"#,
        fields.join(",")
    )
}

/// The median and the 95th percentile, in microseconds.
fn micros(mut what: impl FnMut()) -> (u128, u128) {
    let mut took: Vec<u128> = (0..TURNS)
        .map(|_| {
            let began = Instant::now();
            what();
            began.elapsed().as_micros()
        })
        .collect();
    took.sort_unstable();
    (took[TURNS / 2], took[TURNS * 95 / 100])
}

fn main() {
    let text = definition();
    let form: FormDefinition = serde_json::from_str(&text).unwrap();
    let act = &form.acts[0];
    let setting = Setting::of_nobody(Date::new(2026, 8, 10).unwrap());
    let answers = example_answers(act, 0, &setting);
    assert!(answers.0.len() > FIELDS * 9 / 10 && validate(act, &answers, &setting).is_empty());
    let empty = Answers::default();
    let found = [
        ("validate", micros(|| drop(black_box(validate(act, black_box(&answers), &setting))))),
        ("validate_empty", micros(|| drop(black_box(validate(act, black_box(&empty), &setting))))),
        ("normalise", micros(|| drop(black_box(normalise(act, black_box(&answers), &setting))))),
        ("hidden", micros(|| drop(black_box(hidden(act, &answers, black_box(&answers), &setting))))),
        ("read", micros(|| drop(black_box(serde_json::from_str::<FormDefinition>(black_box(&text)))))),
    ];
    let found = found.map(|(name, (median, p95))| format!(r#""{name}_us":[{median},{p95}]"#));
    println!(r#"{{"fields":{FIELDS},{}}}"#, found.join(","));
}
