//! A round for tests: one form with every kind of field, about the guardian and two children.

use super::{Session, StepKey};
use skolstart_shared::api::HomeOut;
use skolstart_shared::date::{Date, Timestamp};
use skolstart_shared::form::{ActKey, FormKey};

pub(super) const ALVA: &str = "00000000-0000-7000-8000-0000000000a1";

pub(super) fn home() -> HomeOut {
    serde_json::from_str(include_str!("fixture.json")).unwrap()
}

pub(super) fn today() -> Date {
    Date::new(2026, 8, 10).unwrap()
}

pub(super) fn session() -> Session {
    Session::new(home().into(), None, today()).unwrap()
}

pub(super) fn step(act: &str, child: Option<&str>) -> StepKey {
    StepKey {
        form: FormKey("all".to_owned()),
        act: ActKey(act.to_owned()),
        child: child.map(|child| child.parse().unwrap()),
    }
}

pub(super) fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(1_786_000_000_000 + millis)
}
