//! What a person has said stands in no log, and in the database only sealed.

use crate::answering::{answer_loudly, bytes, submission};
use crate::on_both;
use crate::site::Site;
use axum::body::Body;
use http::{Request, header};
use skolstart_server::demo::Cast;
use skolstart_shared::Map;
use skolstart_shared::api::{ChildHistory, Endpoint, ErrorCode, GetChildPage, GetHome, PutSubmission};
use skolstart_shared::id::PersonId;
use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};
use tracing_subscriber::EnvFilter;

on_both! { no_log_line_holds_what_was_said }

const WORD: &str = "kanariefagel";
/// As `answering` says it, and as it is stored.
const PHONE: [&str; 2] = ["+46701740605", "070-174 06 05"];

static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Log;

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window.eq_ignore_ascii_case(text.as_bytes()))
}

/// Says the canaries in everything that one can say something in, right and wrong.
async fn sing(site: &Site) {
    let ella = PersonId(Cast::EllaLindqvist.id());
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let home = sara.get::<GetHome>(&()).await;
    for (number, child) in [(1, None), (2, Some(ella))] {
        let content = answer_loudly(&home, child, WORD);
        let reply = sara.put::<PutSubmission>(&submission(number), bytes(content.clone())).await;
        assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
        let mut wrong = content;
        wrong.acts.iter_mut().for_each(|act| act.answers.0 = Map::new());
        wrong.acts[0].act.0 = WORD.to_owned();
        sara.put::<PutSubmission>(&submission(number + 10), bytes(wrong))
            .await
            .refused(404, ErrorCode::NotFound);
    }
    sara.get::<GetHome>(&()).await;
    sara.get::<ChildHistory>(&ella).await;
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let page = anna.get_path(&GetChildPage::path(&ella)).await;
    assert!(holds(&page.body, WORD), "staff see it");
    let broken = format!("{{\"content\": \"{WORD}\", \"phone\": \"{}\"", PHONE[0]);
    let reply = sara.put::<PutSubmission>(&submission(20), broken.into_bytes()).await;
    reply.refused(400, ErrorCode::Malformed);
    assert!(!holds(&reply.body, WORD));
    for path in [
        format!("/api/{WORD}"),
        format!("/api/ping?q={WORD}"),
        format!("/api/submissions/{WORD}"),
        format!("/{WORD}.js"),
    ] {
        let request = Request::get(path)
            .header(header::USER_AGENT, WORD)
            .header(header::REFERER, format!("https://example.org/{WORD}"))
            .header(header::ACCEPT_LANGUAGE, WORD);
        assert!(!holds(&sara.send(request.body(Body::empty()).unwrap()).await.body, WORD));
    }
    let token = sara.cookie.unwrap();
    let token = token.split_once('=').unwrap().1;
    assert!(!holds(&LOG.lock().unwrap_or_else(PoisonError::into_inner), token));
}

async fn no_log_line_holds_what_was_said(site: Site) {
    let filter = EnvFilter::new("debug");
    // The tests of this file share one log: the second one finds it started.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(|| Log).try_init();
    sing(&site).await;
    let log = LOG.lock().unwrap_or_else(PoisonError::into_inner).clone();
    assert!(holds(&log, "route=\"/api/submissions/{submission}\"") && holds(&log, "status=400"));
    for canary in [WORD, PHONE[0], PHONE[1], "Lindqvist", &Cast::EllaLindqvist.id().to_string()] {
        assert!(!holds(&log, canary), "{canary} is in the log");
    }
}

#[tokio::test]
async fn the_database_file_holds_what_was_said_only_sealed() {
    let site = Site::on_sqlite().await;
    sing(&site).await;
    let mut all = Vec::new();
    for file in ["test.db", "test.db-wal"] {
        let bytes = std::fs::read(site.folder.path().join(file)).unwrap();
        assert!(!bytes.is_empty(), "{file}");
        all.extend(bytes);
    }
    assert!(holds(&all, "submit") && holds(&all, "special-diet"), "the files are read");
    for canary in [WORD, PHONE[0], PHONE[1], "0701740605"] {
        assert!(!holds(&all, canary), "{canary} is in the database in plain");
    }
}
