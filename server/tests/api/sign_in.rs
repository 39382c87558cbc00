//! Signing in at a provider of identity, and everything that is refused (`docs/security.md`, sign-in).

use crate::browser::{Browser, Reply};
use crate::on_both;
use crate::provider::{Fault, LEVEL, Provider, SECRET};
use crate::site::{ORIGIN, Site, rules};
use http::header;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::Value;
use skolstart_server::demo::Cast;
use skolstart_server::http::{assets::Assets, router};
use skolstart_server::identity::{SessionLimits, SessionRules, WaySettings, Ways};
use skolstart_server::state::AppState;
use skolstart_shared::api::{
    BeginSignIn, ErrorCode, GetHome, GetSession, GetUnits, ListSignInWays, SignInIn, SignInOut, WayKey,
};
use skolstart_shared::id::PersonId;

on_both! {
    a_guardian_and_a_teacher_sign_in
    what_is_wrong_is_refused_and_noted
    only_the_browser_that_began_can_finish_and_once
    a_provider_that_is_down_is_told_of_and_nobody_is_signed_out
    who_is_not_known_is_told_what_to_do_and_nothing_else
    an_account_is_of_one_provider_and_stays_with_its_person
    one_is_sent_back_to_our_own_pages_only
    the_session_before_ends
    staff_are_asked_again_sooner_and_a_leaver_at_once
    a_service_can_prove_itself_with_a_key
}

/// A way to sign in at this provider.
pub(crate) fn way(provider: &Provider, key: &str, audience: &str, more: &str) -> WaySettings {
    let secret = if more.contains("private_key_file") {
        String::new()
    } else {
        format!("client_secret = \"{SECRET}\"\n")
    };
    let text = format!(
        "key = \"{key}\"\nname_sv = \"BankID\"\nname_en = \"BankID (en)\"\nfor = \"{audience}\"\nissuer = \"{}\"\n\
         client_id = \"skolstart\"\nacr = [\"{LEVEL}\"]\n{secret}{more}\n",
        provider.url()
    );
    toml::from_str(&text).unwrap()
}

/// The same site with these ways to sign in.
pub(crate) fn with_ways(site: &Site, ways: &[WaySettings]) -> axum::Router {
    // Staff are asked again sooner.
    let staff = SessionLimits { idle: 15 * 60_000, absolute: 4 * 3_600_000 };
    let rules = SessionRules { staff, ..rules() };
    let assets = Assets::new(Some(site.folder.path().join("web")));
    let ways = Ways::new(ways, ORIGIN, true).unwrap();
    router(AppState::new(site.store.clone(), ORIGIN, rules, assets).with_ways(ways))
}

/// A person's number, as the register has it.
pub(crate) fn number_of(site: &Site, who: Cast) -> String {
    for file in std::fs::read_dir(site.folder.path().join("ss12000")).unwrap() {
        let people: Value = serde_json::from_slice(&std::fs::read(file.unwrap().path()).unwrap()).unwrap();
        let people =
            people.as_array().into_iter().flatten().chain(people["data"].as_array().into_iter().flatten());
        for person in people {
            if person["id"] == who.id().to_string() && person["civicNo"].is_object() {
                return person["civicNo"]["value"].as_str().unwrap().to_owned();
            }
        }
    }
    panic!("nobody has that id");
}

pub(crate) async fn begin(browser: &mut Browser, way: &str, back: &str) -> String {
    let body = serde_json::to_vec(&SignInIn { back: back.to_owned() }).unwrap();
    let reply = browser.put::<BeginSignIn>(&WayKey(way.to_owned()), body).await;
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
    let cookie = reply.header(header::SET_COOKIE).to_owned();
    assert!(cookie.starts_with("__Host-login=") && browser.login.is_some());
    let attributes = cookie.split_once("; ").unwrap().1;
    assert_eq!(attributes, "Max-Age=600; Path=/; HttpOnly; SameSite=Lax; Secure");
    serde_json::from_slice::<SignInOut>(&reply.body).unwrap().address
}

pub(crate) async fn finish(browser: &mut Browser, way: &str, query: &str) -> Reply {
    let reply = browser.get_path(&format!("/api/sign-in/{way}/callback?{query}")).await;
    assert_eq!(reply.status, 303);
    reply
}

async fn noted(site: &Site, why: &str) -> usize {
    let db = site.raw().await;
    let sql = "SELECT 1 FROM audit WHERE action = 'sign-in' AND outcome = 'refused' AND purpose = $1 AND actor IS NULL";
    let query = Statement::from_sql_and_values(db.get_database_backend(), sql, [why.into()]);
    db.query_all_raw(query).await.unwrap().len()
}

async fn a_guardian_and_a_teacher_sign_in(site: Site) {
    let (one, two) =
        (Provider::start(site.clock.clone(), false).await, Provider::start(site.clock.clone(), true).await);
    let ways =
        [way(&one, "guardians", "guardians", ""), way(&two, "staff", "staff", "user_info = \"signed\"")];
    let router = with_ways(&site, &ways);
    let mut sara = Browser::new(router.clone());
    let offered = sara.get::<ListSignInWays>(&()).await;
    let shown: Vec<_> =
        offered.iter().map(|way| (way.key.0.as_str(), way.name.as_str(), way.guardians, way.staff)).collect();
    assert_eq!(shown, [("guardians", "BankID", true, false), ("staff", "BankID", false, true)]);

    let address = begin(&mut sara, "guardians", "/kvitton").await;
    assert!(address.starts_with(one.url()) && address.contains("max_age=900"));
    let query = one.proves(&address, "pairwise-1", Some(&number_of(&site, Cast::SaraLindqvist)));
    let reply = finish(&mut sara, "guardians", &query).await;
    assert_eq!(reply.header(header::LOCATION), "/kvitton");
    assert!(reply.header(header::SET_COOKIE).ends_with("; Path=/; HttpOnly; SameSite=Strict; Secure"));
    assert_eq!(sara.login, None, "it is used");
    let session = sara.get::<GetSession>(&()).await;
    assert_eq!((session.person, session.is_guardian), (PersonId(Cast::SaraLindqvist.id()), true));
    assert_eq!(sara.get::<GetHome>(&()).await.children.len(), 2);
    // The second time the account is known, and no number is needed.
    let mut again = Browser::new(router.clone());
    let address = begin(&mut again, "guardians", "/").await;
    finish(&mut again, "guardians", &one.proves(&address, "pairwise-1", None)).await;
    assert_eq!(again.get::<GetSession>(&()).await.person, session.person);

    let mut anna = Browser::new(router);
    let address = begin(&mut anna, "staff", "/personal/").await;
    let query = two.proves(&address, "anna@skola", Some(&number_of(&site, Cast::AnnaHolmgren)));
    let reply = finish(&mut anna, "staff", &query).await;
    assert_eq!(reply.header(header::LOCATION), "/personal/");
    assert!(!anna.get::<GetUnits>(&()).await.units.is_empty());
    assert!(!anna.get::<GetSession>(&()).await.is_guardian);
    let numbers = [Cast::SaraLindqvist, Cast::AnnaHolmgren].map(|who| number_of(&site, who));
    assert!(numbers.iter().all(|number| !address.contains(number.as_str())));
    assert_eq!(site.store.verify_audit().await.unwrap().faults, []);
}

async fn what_is_wrong_is_refused_and_noted(site: Site) {
    let number = number_of(&site, Cast::SaraLindqvist);
    let faults = [
        (Fault::OtherNonce, "nonce", "again"),
        (Fault::NoNonce, "nonce", "again"),
        (Fault::WrongIssuer, "issuer", "again"),
        (Fault::WrongAudience, "claims", "again"),
        (Fault::NotSigned, "signature", "again"),
        (Fault::SignedWithThePublicKey, "signature", "again"),
        (Fault::UnknownKey, "signature", "again"),
        (Fault::OtherKey, "signature", "again"),
        (Fault::Expired, "lifetime", "again"),
        (Fault::LivesTooLong, "lifetime", "again"),
        (Fault::LowLevel, "level", "level"),
        (Fault::LongAgo, "level", "level"),
        (Fault::UnsignedUserInfo, "user-info", "again"),
        (Fault::UserInfoOfAnother, "user-info", "again"),
        (Fault::RedirectsTheCode, "code", "again"),
        (Fault::TokenEndpointFails, "unreachable", "down"),
    ];
    let provider = Provider::start(site.clock.clone(), true).await;
    let router = with_ways(&site, &[way(&provider, "guardians", "guardians", "user_info = \"signed\"")]);
    for (fault, why, word) in faults {
        provider.does_wrong(Fault::None);
        let mut browser = Browser::new(router.clone());
        let address = begin(&mut browser, "guardians", "/").await;
        let query = provider.proves(&address, "a", Some(&number));
        provider.does_wrong(fault);
        let before = noted(&site, why).await;
        let reply = finish(&mut browser, "guardians", &query).await;
        assert_eq!(reply.header(header::LOCATION), format!("/logga-in/{word}"), "{fault:?}");
        assert_eq!((browser.cookie.as_ref(), browser.login.as_ref()), (None, None), "{fault:?}");
        assert_eq!(noted(&site, why).await, before + 1, "{fault:?}");
    }
    assert!(!provider.seen().contains(&"followed".to_owned()), "a redirect is not followed");
    // The same, without a fault, works: the refusals above are for what was wrong.
    provider.does_wrong(Fault::None);
    let mut browser = Browser::new(router);
    let address = begin(&mut browser, "guardians", "/").await;
    let query = provider.proves(&address, "a", Some(&number));
    assert_eq!(finish(&mut browser, "guardians", &query).await.header(header::LOCATION), "/");
    // A provider that says it is another, cannot do PKCE, or sends people to an unsafe place is not even begun with.
    for fault in [Fault::MetadataOfAnother, Fault::SignInElsewhere, Fault::NoPkce] {
        provider.does_wrong(fault);
        let mut browser = Browser::new(with_ways(&site, &[way(&provider, "guardians", "guardians", "")]));
        let before = noted(&site, "issuer").await;
        let body = serde_json::to_vec(&SignInIn { back: "/".to_owned() }).unwrap();
        let reply = browser.put::<BeginSignIn>(&WayKey("guardians".to_owned()), body).await;
        assert_eq!((reply.status.as_u16(), browser.login.as_ref()), (503, None), "{fault:?}");
        assert_eq!(noted(&site, "issuer").await, before + 1, "{fault:?}");
        provider.does_wrong(Fault::None);
    }
}

async fn only_the_browser_that_began_can_finish_and_once(site: Site) {
    let provider = Provider::start(site.clock.clone(), false).await;
    let other = Provider::start(site.clock.clone(), false).await;
    let ways = [way(&provider, "guardians", "guardians", ""), way(&other, "other", "guardians", "")];
    let router = with_ways(&site, &ways);
    let number = number_of(&site, Cast::SaraLindqvist);
    let mut sara = Browser::new(router.clone());
    let address = begin(&mut sara, "guardians", "/").await;
    let query = provider.proves(&address, "a", Some(&number));
    let code = query.split_once('&').unwrap().0.to_owned();
    // Another browser, with nothing or with a sign-in of its own.
    let mut stranger = Browser::new(router.clone());
    let refused = async |browser: &mut Browser, way: &str, query: &str| {
        let reply = finish(browser, way, query).await;
        assert_eq!(reply.header(header::LOCATION), "/logga-in/again", "{query}");
        assert_eq!(browser.cookie, None);
    };
    refused(&mut stranger, "guardians", &query).await;
    begin(&mut stranger, "guardians", "/").await;
    refused(&mut stranger, "guardians", &query).await;
    // No state, a made-up one, nothing at all: her own sign-in stays under way.
    for wrong in [code.clone(), format!("{code}&state=x"), String::new()] {
        refused(&mut sara, "guardians", &wrong).await;
        assert!(sara.login.is_some());
    }
    // The same callback at another way, and at none.
    let missing = sara.get_path(&format!("/api/sign-in/nobody/callback?{query}")).await;
    assert_eq!(missing.status, 404);
    let held = sara.login.clone();
    assert_eq!(finish(&mut sara, "guardians", &query).await.header(header::LOCATION), "/");
    // The browser kept its cookie and sends everything again.
    let mut replayed = Browser::new(router.clone());
    replayed.login = held;
    refused(&mut replayed, "guardians", &query).await;
    // From another issuer than the one that was asked (mix-up), and from one that does not say.
    let mut mixed = Browser::new(router.clone());
    let address = begin(&mut mixed, "guardians", "/").await;
    let query = provider.proves(&address, "a", Some(&number));
    let (rest, _) = query.rsplit_once("&iss=").unwrap();
    refused(&mut mixed, "guardians", &format!("{rest}&iss=https%3A%2F%2Fevil.example.se")).await;
    let address = begin(&mut mixed, "guardians", "/").await;
    let query = provider.proves(&address, "a", Some(&number));
    refused(&mut mixed, "guardians", query.rsplit_once("&iss=").unwrap().0).await;
    let address = begin(&mut mixed, "guardians", "/").await;
    let query = provider.proves(&address, "a", Some(&number));
    refused(&mut mixed, "other", &query).await;
    // Ten minutes are enough for everybody.
    let mut late = Browser::new(router.clone());
    let address = begin(&mut late, "guardians", "/").await;
    let query = provider.proves(&address, "a", Some(&number));
    site.later(11);
    refused(&mut late, "guardians", &query).await;
    assert!(noted(&site, "state").await >= 8);
    // The verifier of another sign-in: the provider does not take it.
    let mut swapped = Browser::new(router);
    let first = begin(&mut swapped, "guardians", "/").await;
    let foreign = provider.proves(&first, "a", Some(&number));
    let second = begin(&mut swapped, "guardians", "/").await;
    let own = provider.proves(&second, "a", Some(&number));
    let mixed = format!("{}&{}", foreign.split_once('&').unwrap().0, own.split_once('&').unwrap().1);
    refused(&mut swapped, "guardians", &mixed).await;
    assert_eq!(noted(&site, "code").await, 1);
}

async fn a_provider_that_is_down_is_told_of_and_nobody_is_signed_out(site: Site) {
    let provider = Provider::start(site.clock.clone(), false).await;
    let mut settings = way(&provider, "guardians", "guardians", "");
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    // Nobody listens at this port any more.
    let gone = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    settings.issuer = format!("http://{gone}");
    let mut browser = Browser::new(with_ways(&site, &[settings]));
    let body = serde_json::to_vec(&SignInIn { back: "/".to_owned() }).unwrap();
    for _ in 0..2 {
        let reply = browser.put::<BeginSignIn>(&WayKey("guardians".to_owned()), body.clone()).await;
        assert_eq!(reply.status, 503);
        assert_eq!(reply.header(header::RETRY_AFTER), "2");
    }
    sara.get::<GetHome>(&()).await;
    provider.does_wrong(Fault::FarTooMuch);
    let mut browser = Browser::new(with_ways(&site, &[way(&provider, "guardians", "guardians", "")]));
    assert_eq!(browser.put::<BeginSignIn>(&WayKey("guardians".to_owned()), body).await.status, 503);
}

async fn who_is_not_known_is_told_what_to_do_and_nothing_else(site: Site) {
    let provider = Provider::start(site.clock.clone(), false).await;
    let ways = [way(&provider, "guardians", "guardians", ""), way(&provider, "staff", "staff", "")];
    let router = with_ways(&site, &ways);
    let number = |who| number_of(&site, who);
    let cases = [
        // Nobody's number, from Skatteverket's list; a pupil; staff as a guardian; a guardian as staff; no number.
        ("guardians", Some("193001016595".to_owned()), "unknown", "/logga-in/unknown"),
        ("guardians", Some(number(Cast::EllaLindqvist)), "unknown", "/logga-in/unknown"),
        ("guardians", Some(number(Cast::LarsNystrom)), "unknown", "/logga-in/unknown"),
        ("staff", Some(number(Cast::SaraLindqvist)), "unknown", "/personal/sign-in/unknown"),
        ("guardians", None, "no-number", "/logga-in/unknown"),
    ];
    for (at, (key, number, why, page)) in cases.into_iter().enumerate() {
        let before = noted(&site, why).await;
        let mut browser = Browser::new(router.clone());
        let address = begin(&mut browser, key, if key == "staff" { "/personal/" } else { "/" }).await;
        let query = provider.proves(&address, &format!("nobody-{at}"), number.as_deref());
        let reply = finish(&mut browser, key, &query).await;
        assert_eq!((reply.header(header::LOCATION), reply.body.len()), (page, 0), "{at}");
        assert_eq!(browser.cookie, None);
        assert_eq!(noted(&site, why).await, before + 1, "{at}");
    }
    // She changed her mind.
    let mut browser = Browser::new(router);
    let address = begin(&mut browser, "guardians", "/").await;
    let query = provider.proves(&address, "a", None);
    let rest = query.split_once('&').unwrap().1;
    let reply = finish(&mut browser, "guardians", &format!("error=access_denied&{rest}")).await;
    assert_eq!(reply.header(header::LOCATION), "/logga-in/cancelled");
    assert_eq!(noted(&site, "cancelled").await, 1);
}

async fn an_account_is_of_one_provider_and_stays_with_its_person(site: Site) {
    let (one, two) =
        (Provider::start(site.clock.clone(), false).await, Provider::start(site.clock.clone(), false).await);
    let ways = [way(&one, "one", "guardians", ""), way(&two, "two", "guardians", "")];
    let router = with_ways(&site, &ways);
    let sara = number_of(&site, Cast::SaraLindqvist);
    let maria = number_of(&site, Cast::MariaBergstrom);
    let sign_in = async |provider: &Provider, key: &str, number: Option<&str>| {
        let mut browser = Browser::new(router.clone());
        let address = begin(&mut browser, key, "/").await;
        let query = provider.proves(&address, "the-same", number);
        finish(&mut browser, key, &query).await.header(header::LOCATION).to_owned()
    };
    assert_eq!(sign_in(&one, "one", Some(&sara)).await, "/");
    assert_eq!(sign_in(&one, "one", None).await, "/");
    // The same word of another provider is nobody, and then somebody else.
    assert_eq!(sign_in(&two, "two", None).await, "/logga-in/unknown");
    assert_eq!(sign_in(&two, "two", Some(&maria)).await, "/");
    assert_eq!(noted(&site, "no-number").await, 1);
    // A provider that gives somebody's account to another is not believed.
    assert_eq!(sign_in(&one, "one", Some(&maria)).await, "/logga-in/unknown");
    assert_eq!(noted(&site, "mismatch").await, 1);
    // Nor one that gives it to somebody who is not in the register, or says what is no number.
    for (at, strange) in ["193001016595", "3001016595", "193001016596"].into_iter().enumerate() {
        assert_eq!(sign_in(&one, "one", Some(strange)).await, "/logga-in/unknown", "{strange}");
        assert_eq!(noted(&site, "mismatch").await, 2 + at, "{strange}");
    }
    assert_eq!(sign_in(&one, "one", Some(&sara)).await, "/");
    // What is stored says neither the number nor the word.
    let db = site.raw().await;
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), "SELECT subject FROM account"))
        .await;
    for row in rows.unwrap() {
        let subject: Vec<u8> = row.try_get_by_index(0).unwrap();
        assert_eq!(subject.len(), 32);
    }
}

async fn one_is_sent_back_to_our_own_pages_only(site: Site) {
    let provider = Provider::start(site.clock.clone(), false).await;
    let router = with_ways(&site, &[way(&provider, "guardians", "guardians", "")]);
    let number = number_of(&site, Cast::SaraLindqvist);
    for wrong in
        ["https://evil.example.se/", "//evil.example.se", "/\\evil.example.se", "/api/session", "/a\r\nb"]
    {
        let mut browser = Browser::new(router.clone());
        let address = begin(&mut browser, "guardians", wrong).await;
        let query = provider.proves(&address, "a", Some(&number));
        assert_eq!(finish(&mut browser, "guardians", &query).await.header(header::LOCATION), "/", "{wrong}");
    }
    let mut browser = Browser::new(router);
    let body = serde_json::to_vec(&SignInIn { back: "/".to_owned() }).unwrap();
    browser.put::<BeginSignIn>(&WayKey("x".to_owned()), body).await.refused(404, ErrorCode::NotFound);
}

async fn the_session_before_ends(site: Site) {
    let provider = Provider::start(site.clock.clone(), false).await;
    let mut browser = Browser::new(with_ways(&site, &[way(&provider, "guardians", "guardians", "")]));
    browser.sign_in(PersonId(Cast::MariaBergstrom.id())).await;
    let before = browser.cookie.clone();
    let address = begin(&mut browser, "guardians", "/").await;
    let query = provider.proves(&address, "a", Some(&number_of(&site, Cast::SaraLindqvist)));
    // A strict cookie does not come along from the provider's page.
    browser.cookie = None;
    finish(&mut browser, "guardians", &query).await;
    assert_eq!(browser.get::<GetSession>(&()).await.person, PersonId(Cast::SaraLindqvist.id()));
    browser.cookie = before;
    browser.get_path("/api/session").await.refused(401, ErrorCode::SignedOut);
}

async fn staff_are_asked_again_sooner_and_a_leaver_at_once(site: Site) {
    let provider = Provider::start(site.clock.clone(), false).await;
    let ways = [way(&provider, "guardians", "guardians", ""), way(&provider, "staff", "staff", "")];
    let router = with_ways(&site, &ways);
    let signed_in = async |key: &str, who: Cast| {
        let mut browser = Browser::new(router.clone());
        let address = begin(&mut browser, key, "/").await;
        let query = provider.proves(&address, &who.id().to_string(), Some(&number_of(&site, who)));
        finish(&mut browser, key, &query).await;
        browser
    };
    let mut johan = signed_in("guardians", Cast::JohanLindqvist).await;
    let mut anna = signed_in("staff", Cast::AnnaHolmgren).await;
    site.later(14);
    anna.get::<GetSession>(&()).await;
    site.later(15);
    anna.get_path("/api/session").await.refused(401, ErrorCode::SignedOut);
    johan.get::<GetHome>(&()).await;
    let mut anna = signed_in("staff", Cast::AnnaHolmgren).await;
    for _ in 0..23 {
        site.later(10);
        anna.get::<GetSession>(&()).await;
        johan.get::<GetSession>(&()).await;
    }
    site.later(10);
    anna.get_path("/api/session").await.refused(401, ErrorCode::SignedOut);
    // His custody ended yesterday: nothing of the children at his next request, and no new session.
    johan.get::<GetHome>(&()).await;
    site.end_relations(Cast::JohanLindqvist).await;
    johan.get_path("/api/guardian/home").await.refused(404, ErrorCode::NotFound);
    let mut again = Browser::new(router.clone());
    let address = begin(&mut again, "guardians", "/").await;
    let query = provider.proves(&address, &Cast::JohanLindqvist.id().to_string(), None);
    assert_eq!(finish(&mut again, "guardians", &query).await.header(header::LOCATION), "/logga-in/unknown");
}

async fn a_service_can_prove_itself_with_a_key(site: Site) {
    use ring::rand::SystemRandom;
    use ring::signature::{
        ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair, UnparsedPublicKey,
    };
    use std::os::unix::fs::PermissionsExt;
    let random = SystemRandom::new();
    let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
    let pair =
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref(), &random).unwrap();
    let pem = skolstart_shared::base64::encode(document.as_ref());
    let file = site.folder.path().join("client.pem");
    std::fs::write(&file, format!("-----BEGIN PRIVATE KEY-----\n{pem}\n-----END PRIVATE KEY-----\n"))
        .unwrap();
    let provider = Provider::start(site.clock.clone(), false).await;
    let more = format!("private_key_file = \"{}\"\nprivate_key_id = \"k1\"", file.display());
    let settings = way(&provider, "guardians", "guardians", &more);
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o604)).unwrap();
    let refused = Ways::new(std::slice::from_ref(&settings), ORIGIN, true).err().unwrap().to_string();
    assert_eq!(refused, "sign_in guardians: everybody on this machine can reach the file of its secret");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    let mut browser = Browser::new(with_ways(&site, &[settings]));
    let address = begin(&mut browser, "guardians", "/").await;
    let query = provider.proves(&address, "a", Some(&number_of(&site, Cast::SaraLindqvist)));
    assert_eq!(finish(&mut browser, "guardians", &query).await.header(header::LOCATION), "/");
    let sent = crate::provider::pairs(&provider.seen()[0]);
    let (signed, signature) = sent["client_assertion"].rsplit_once('.').unwrap();
    let bytes = |text: &str| {
        let padded =
            format!("{}{}", text.replace('-', "+").replace('_', "/"), "=".repeat((4 - text.len() % 4) % 4));
        skolstart_shared::base64::decode(&padded).unwrap()
    };
    let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, pair.public_key().as_ref());
    key.verify(signed.as_bytes(), &bytes(signature)).unwrap();
    let claims: Value = serde_json::from_slice(&bytes(signed.split_once('.').unwrap().1)).unwrap();
    assert_eq!((claims["sub"].as_str(), claims["aud"].as_str()), (Some("skolstart"), Some(provider.url())));
}

#[test]
fn a_release_refuses_what_is_unsafe() {
    let text = |change: &str| {
        let usual = "key = \"a\"\nname_sv = \"A\"\nname_en = \"A\"\nfor = \"staff\"\nissuer = \"https://idp.example.se\"\n\
                     client_id = \"x\"\nclient_secret = \"hunter2\"\nacr = [\"loa3\"]\n";
        let name = change.split_once(" =").map_or("", |(name, _)| name);
        let kept = usual.lines().filter(|line| !line.starts_with(&format!("{name} =")));
        format!("{}\n{change}\n", kept.collect::<Vec<_>>().join("\n"))
    };
    let check = |change: &str| {
        let settings: WaySettings = toml::from_str(&text(change)).unwrap();
        Ways::new(&[settings], ORIGIN, false).map(|_| ()).map_err(|error| error.to_string())
    };
    assert_eq!(check(""), Ok(()));
    for (change, told) in [
        ("issuer = \"http://idp.example.se\"", "issuer must begin with https:// and name a host"),
        ("issuer = \"https://localhost:8443\"", "issuer must begin with https:// and name a host"),
        ("issuer = \"https://127.0.0.1\"", "issuer must begin with https:// and name a host"),
        ("key = \"A b\"", "key must be letters a-z, digits and -"),
        ("acr = []", "acr must name the levels of assurance that are accepted"),
        (
            "client_secret_file = \"/x\"",
            "one of client_secret, client_secret_file and private_key_file must be given",
        ),
        ("longest_token_minutes = 600", "longest_token_minutes must be 1 to 90"),
        ("parameters = { state = \"x\" }", "parameters must not name what the standard has"),
        ("identified = \"demo\"", "identified must be eid or account"),
    ] {
        let error = check(change).unwrap_err();
        assert!(error.ends_with(told) && !error.contains("hunter2"), "{change}: {error}");
    }
    assert!(toml::from_str::<WaySettings>(&text("algorithms = [\"none\"]")).is_err());
    assert!(toml::from_str::<WaySettings>(&text("algorithms = [\"HS256\"]")).is_err());
    let settings: WaySettings = toml::from_str(&text("")).unwrap();
    assert!(!format!("{settings:?}").contains("hunter2"));
    let twice = Ways::new(&[settings.clone(), settings], ORIGIN, false).err().unwrap();
    assert_eq!(twice.to_string(), "sign_in a: the key is used twice");
}
