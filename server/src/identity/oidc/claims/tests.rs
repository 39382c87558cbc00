use super::*;
use crate::policy::Admits;
use serde_json::json;

const NOW: i64 = 1_780_000_000;

fn way() -> WaySettings {
    let text = "key = \"guardians\"\nname_sv = \"BankID\"\nname_en = \"BankID\"\nfor = \"guardians\"\n\
                issuer = \"https://idp.example.se\"\nclient_id = \"skolstart\"\nclient_secret = \"x\"\nacr = [\"loa3\"]\n";
    toml::from_str(text).unwrap()
}

fn good() -> Value {
    json!({
        "iss": "https://idp.example.se", "aud": "skolstart", "sub": "a", "nonce": "n", "acr": "loa3",
        "iat": NOW - 1, "exp": NOW + 299, "auth_time": NOW - 10, "sid": "s",
    })
}

fn checked(change: Value) -> Result<Identity, Refused> {
    let mut claims = good();
    for (name, value) in change.as_object().unwrap() {
        claims[name] = value.clone();
    }
    claims.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    check(claims.as_object().unwrap(), &Asked { way: &way(), nonce: "n", now: NOW })
}

#[test]
fn what_was_asked_for_is_taken() {
    let identity = checked(json!({})).unwrap();
    assert_eq!((identity.subject.as_str(), identity.level.as_str()), ("a", "loa3"));
    assert_eq!((identity.session.as_deref(), identity.proven_at), (Some("s"), Some(NOW - 10)));
    for fine in [
        json!({"aud": ["skolstart"]}),
        json!({"aud": ["skolstart", "other"], "azp": "skolstart"}),
        json!({"iat": NOW + 20, "exp": NOW + 320}),
        json!({"iat": NOW as f64 - 0.5}),
        json!({"exp": NOW - 20, "iat": NOW - 320}),
        json!({"nbf": NOW}),
    ] {
        assert!(checked(fine.clone()).is_ok(), "{fine}");
    }
}

#[test]
fn everything_else_is_refused() {
    for (change, why) in [
        (json!({"iss": "https://other.example.se"}), Refused::Issuer),
        (json!({"iss": null}), Refused::Issuer),
        (json!({"aud": "other"}), Refused::Claims),
        (json!({"aud": ["other"]}), Refused::Claims),
        (json!({"aud": null}), Refused::Claims),
        (json!({"aud": ["skolstart", "other"]}), Refused::Claims),
        (json!({"azp": "other"}), Refused::Claims),
        (json!({"azp": 7}), Refused::Claims),
        (json!({"sub": ""}), Refused::Claims),
        (json!({"sub": "a".repeat(256)}), Refused::Claims),
        (json!({"sub": 7}), Refused::Claims),
        (json!({"iat": null}), Refused::Claims),
        (json!({"exp": "soon"}), Refused::Claims),
        (json!({"exp": NOW - 31, "iat": NOW - 200}), Refused::Lifetime),
        (json!({"exp": NOW + 300}), Refused::Lifetime),
        (json!({"iat": NOW + 31, "exp": NOW + 100}), Refused::Lifetime),
        (json!({"nbf": NOW + 60}), Refused::Lifetime),
        (json!({"nonce": "m"}), Refused::Nonce),
        (json!({"nonce": null}), Refused::Nonce),
        (json!({"acr": "loa2"}), Refused::Level),
        (json!({"acr": null}), Refused::Level),
        (json!({"auth_time": null}), Refused::Level),
        (json!({"auth_time": NOW - 15 * 60 - 31}), Refused::Level),
        (json!({"auth_time": NOW + 31}), Refused::Level),
    ] {
        assert_eq!(checked(change.clone()), Err(why), "{change}");
    }
}

#[test]
fn how_long_ago_follows_from_who_signs_in() {
    assert_eq!(way().max_age(), Some(15 * 60));
    assert_eq!(WaySettings { audience: Admits::Staff, ..way() }.max_age(), Some(480 * 60));
    assert_eq!(WaySettings { max_age_minutes: Some(0), ..way() }.max_age(), None);
}

#[test]
fn the_first_claim_that_holds_a_number_counts() {
    let today = Date::new(2026, 9, 7).unwrap();
    let read = |claims: Value, paths: &[&str]| {
        let paths = paths.iter().map(|path| (*path).to_owned()).collect();
        let way = WaySettings { personal_number: paths, ..way() };
        let number = personal_number(&[claims.as_object().unwrap()], &way, today);
        number.map(|number| number.as_str12().to_owned())
    };
    let usual: Vec<String> = way().personal_number;
    let usual: Vec<&str> = usual.iter().map(String::as_str).collect();
    // From Skatteverket's list of test numbers.
    let number = "193001016595";
    let own = "https://id.oidc.se/claim/personalIdentityNumber";
    let coordination = "https://id.oidc.se/claim/coordinationNumber";
    assert_eq!(read(json!({own: number}), &usual).as_deref(), Some(number));
    assert_eq!(read(json!({own: " ", coordination: "19300101-6595"}), &usual).as_deref(), Some(number));
    assert_eq!(read(json!({"a": {"b/c": {"nin": number}}}), &["/a/b~1c/nin"]).as_deref(), Some(number));
    for wrong in [json!({}), json!({own: "3001016595"}), json!({own: 7}), json!({own: "193001016596"})] {
        assert_eq!(read(wrong.clone(), &usual), None, "{wrong}");
    }
}
