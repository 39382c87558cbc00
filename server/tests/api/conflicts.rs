//! Two people at once, a round that is over, a database that cannot be written.

use crate::answering::{answer, answer_loudly, bytes, submission};
use crate::contents::contents;
use crate::on_both;
use crate::site::Site;
use http::header;
use sea_orm::{ConnectionTrait, TransactionTrait};
use skolstart_server::demo::Cast;
use skolstart_shared::api::{ErrorCode, GetHome, HomeOut, PutSubmission};
use skolstart_shared::fact::{Provenance, Value};
use skolstart_shared::form::ActKind;
use skolstart_shared::id::PersonId;
use skolstart_shared::submission::SubmissionContent;

on_both! {
    after_the_last_day_only_changes_and_withdrawals_are_taken
    both_values_are_told_and_no_hidden_one
    a_hundred_at_once_are_one
    busy_says_when_to_come_back
    a_server_that_stops_takes_nothing_more
}

fn ella() -> PersonId {
    PersonId(Cast::EllaLindqvist.id())
}

fn only(home: &HomeOut, mut content: SubmissionContent, kind: ActKind) -> SubmissionContent {
    content.acts.retain(|sent| {
        let form = home.forms.iter().find(|form| form.reference() == sent.form).unwrap();
        form.act(&sent.act).unwrap().kind == kind
    });
    assert!(!content.acts.is_empty());
    content
}

async fn after_the_last_day_only_changes_and_withdrawals_are_taken(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let home = sara.get::<GetHome>(&()).await;
    let round = home.round.clone().unwrap();
    assert!(round.open);
    let sent = sara.put::<PutSubmission>(&submission(1), bytes(answer(&home, Some(ella()), true))).await;
    assert_eq!(sent.status, 200);
    let days = i64::from(round.closes.days_since(site.clock.today()));
    site.later((days + 1) * 24 * 60);
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let mut johan = site.sign_in(Cast::JohanLindqvist).await;

    let before = contents(&site).await;
    let late = bytes(answer(&home, None, true));
    johan.put::<PutSubmission>(&submission(2), late.clone()).await.refused(410, ErrorCode::Closed);
    sara.put::<PutSubmission>(&submission(3), late).await.refused(410, ErrorCode::Closed);
    let yes = only(&home, answer(&home, Some(ella()), true), ActKind::Consent);
    johan.put::<PutSubmission>(&submission(4), bytes(yes)).await.refused(410, ErrorCode::Closed);
    assert_eq!(contents(&site).await, before);

    // A no can be said on any day: by the one who said yes, and by the one who said nothing.
    let no = bytes(only(&home, answer(&home, Some(ella()), false), ActKind::Consent));
    for (browser, number) in [(&mut sara, 5), (&mut johan, 6)] {
        let reply = browser.put::<PutSubmission>(&submission(number), no.clone()).await;
        assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
    }
}

async fn both_values_are_told_and_no_hidden_one(site: Site) {
    const SHARED: &str = "Kalops";
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let mut johan = site.sign_in(Cast::JohanLindqvist).await;
    let (hers, his) = (sara.get::<GetHome>(&()).await, johan.get::<GetHome>(&()).await);
    // He names persons to reach, whom only staff may see, and tells of a diet, which she may see.
    let reply =
        johan.put::<PutSubmission>(&submission(1), bytes(answer_loudly(&his, Some(ella()), SHARED))).await;
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));

    let before = contents(&site).await;
    let mut content = answer_loudly(&hers, Some(ella()), "Pytt");
    let reply = sara.put::<PutSubmission>(&submission(2), bytes(content.clone())).await;
    reply.refused(412, ErrorCode::Stale);
    assert_eq!(contents(&site).await, before);
    let conflicts = reply.error().conflicts;
    assert!(!conflicts.is_empty());
    let texts: Vec<_> = conflicts.iter().filter_map(|conflict| conflict.theirs.clone()).collect();
    assert!(texts.contains(&Value::Text(SHARED.to_owned())), "{conflicts:?}");
    assert!(conflicts.iter().all(|conflict| conflict.from == Provenance::OtherGuardian));
    assert!(
        !texts.iter().any(|value| matches!(value, Value::Rows(_))),
        "a hidden value is shown: {conflicts:?}"
    );
    let told = String::from_utf8(reply.body).unwrap();
    assert!(!told.contains("Johan") && !told.contains(&Cast::JohanLindqvist.id().to_string()));

    // She has seen them and says the same again.
    for conflict in conflicts {
        let mut path = conflict.path.split('.').skip(1);
        let act = &mut content.acts[path.next().unwrap().parse::<usize>().unwrap()];
        let key = path.next().unwrap();
        let field = act.answers.0.keys().find(|field| field.as_str() == key).unwrap().clone();
        act.base.insert(field, conflict.version);
    }
    let reply = sara.put::<PutSubmission>(&submission(3), bytes(content)).await;
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
}

async fn a_hundred_at_once_are_one(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let home = sara.get::<GetHome>(&()).await;
    let body = bytes(answer(&home, Some(ella()), true));
    let tasks: Vec<_> = (0..100)
        .map(|_| {
            let (mut page, body) = (sara.another_page(), body.clone());
            tokio::spawn(async move { page.put::<PutSubmission>(&submission(1), body).await })
        })
        .collect();
    let mut receipts = Vec::new();
    for task in tasks {
        let reply = task.await.unwrap();
        assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
        receipts.push(reply.body);
    }
    assert_eq!(receipts.len(), 100);
    assert!(receipts.iter().all(|receipt| *receipt == receipts[0]));
    assert_eq!(contents(&site).await["submission"].len(), 1);
}

async fn busy_says_when_to_come_back(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let home = sara.get::<GetHome>(&()).await;
    let body = bytes(answer(&home, None, true));
    let holder = site.raw().await;
    let reply = if site.is_sqlite() {
        // Another process writes for longer than ours waits.
        holder.execute_unprepared("BEGIN IMMEDIATE").await.unwrap();
        let reply = sara.put::<PutSubmission>(&submission(1), body.clone()).await;
        holder.execute_unprepared("ROLLBACK").await.unwrap();
        reply
    } else {
        // The writer waits for a lock, and its connection is cut.
        let lock = holder.begin().await.unwrap();
        lock.execute_unprepared("LOCK TABLE submission IN ACCESS EXCLUSIVE MODE").await.unwrap();
        let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
            WHERE datname = current_database() AND wait_event_type = 'Lock'";
        let mut page = sara.another_page();
        let first = body.clone();
        let sent = tokio::spawn(async move { page.put::<PutSubmission>(&submission(1), first).await });
        while !sent.is_finished() {
            lock.execute_unprepared(cut).await.unwrap();
            tokio::task::yield_now().await;
        }
        lock.rollback().await.unwrap();
        sent.await.unwrap()
    };
    busy(&reply);
    // It was not taken, so it can be sent again.
    assert!(contents(&site).await["submission"].is_empty());
    assert_eq!(sara.put::<PutSubmission>(&submission(1), body).await.status, 200);
}

fn busy(reply: &crate::browser::Reply) {
    assert_eq!(reply.status, 503, "{}", String::from_utf8_lossy(&reply.body));
    assert!(reply.header(header::RETRY_AFTER).parse::<u32>().unwrap() >= 1);
    assert!(reply.body.is_empty());
}

async fn a_server_that_stops_takes_nothing_more(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let home = sara.get::<GetHome>(&()).await;
    site.store.close().await;
    busy(&sara.put::<PutSubmission>(&submission(1), bytes(answer(&home, None, true))).await);
    busy(&sara.get_path("/api/guardian/home").await);
    assert!(contents(&site).await["submission"].is_empty());
}
