use super::answering::{
    change, consent, envelope, everything, first_guardian, fresh_id, nobody, of_kind, read, send, sign_in,
};
use super::families::{child, guardian, settle};
use super::site::{count, on_both, value};
use skolstart_server::usecase::submit::{SubmitError, submit};
use skolstart_shared::Timestamp;
use skolstart_shared::fact::Value;
use skolstart_shared::form::ActKind;
use skolstart_shared::round::TaskStatus;
use std::sync::Arc;

#[test]
fn a_hundred_at_once_with_the_same_id_are_one_submission_and_one_receipt() {
    on_both(|site| async move {
        let store = site.open().await;
        settle(&store, site.folder.path(), 6).await;
        let me = Arc::new(first_guardian(&store, 0).await);
        let sent = envelope(everything(&store, &me, child(0), 1, true).await);
        let id = fresh_id(&store);
        let tasks: Vec<_> = (0..100)
            .map(|_| {
                let (store, me, sent) = (store.clone(), me.clone(), sent.clone());
                tokio::spawn(async move { submit(&store, &me, id, sent).await.unwrap() })
            })
            .collect();
        let mut receipts = Vec::new();
        for task in tasks {
            receipts.push(task.await.unwrap());
        }
        assert!(receipts.iter().all(|receipt| *receipt == receipts[0]));
        let raw = site.raw().await;
        assert_eq!(count(&raw, "submission").await, 1);
        assert_eq!(count(&raw, "consent_decision").await, 4);

        let other = envelope(everything(&store, &me, child(0), 3, true).await);
        assert_eq!(submit(&store, &me, id, other).await, Err(SubmitError::HashMismatch));
        let stranger = first_guardian(&store, 3).await;
        let theirs = envelope(everything(&store, &stranger, child(3), 1, true).await);
        assert_eq!(submit(&store, &stranger, id, theirs).await, Err(SubmitError::NotFound));
        let mut wrong = sent.clone();
        wrong.hash.0 = "0".repeat(64);
        assert_eq!(submit(&store, &me, fresh_id(&store), wrong).await, Err(SubmitError::HashMismatch));
        store.close().await;
    });
}

#[test]
fn a_foreign_child_does_not_exist() {
    on_both(|site| async move {
        let store = site.open().await;
        settle(&store, site.folder.path(), 6).await;
        let me = first_guardian(&store, 0).await;
        for stranger in [child(3), nobody(), guardian(0, false)] {
            let mut acts = everything(&store, &me, child(0), 1, true).await;
            acts.iter_mut().filter(|act| act.child.is_some()).for_each(|act| act.child = Some(stranger));
            assert_eq!(send(&store, &me, acts).await, Err(SubmitError::NotFound));
        }
        assert_eq!(count(&site.raw().await, "submission").await, 0);
        store.close().await;
    });
}

#[test]
fn counts_what_was_known_and_the_second_time_everything_is() {
    on_both(|site| async move {
        let store = site.open().await;
        settle(&store, site.folder.path(), 6).await;
        let me = first_guardian(&store, 0).await;
        let acts = everything(&store, &me, child(0), 1, true).await;
        let first = read(&send(&store, &me, acts).await.unwrap());
        // The register knew a telephone number and an e-mail address, and both are other ones now.
        assert_eq!((first.confirmed, first.changed), (0, 2));
        assert!(first.new > 3);
        let again = everything(&store, &me, child(0), 1, true).await;
        let second = read(&send(&store, &me, again).await.unwrap());
        assert_eq!((second.confirmed, second.changed, second.new), (first.changed + first.new, 0, 0));
        // The same yes again is no new decision.
        assert_eq!(count(&site.raw().await, "consent_decision").await, 4);
        store.close().await;
    });
}

#[test]
fn what_the_other_guardian_changed_meanwhile_is_shown_before_it_is_overwritten() {
    on_both(|site| async move {
        let store = site.open().await;
        settle(&store, site.folder.path(), 6).await;
        let (me, other) = (first_guardian(&store, 0).await, sign_in(&store, guardian(0, true)).await);
        let mine = of_kind(&store, &me, child(0), ActKind::Notification, 1, true).await;
        let theirs = of_kind(&store, &other, child(0), ActKind::Notification, 0, true).await;
        send(&store, &other, theirs.clone()).await.unwrap();
        let Err(SubmitError::Stale(conflicts)) = send(&store, &me, mine).await else { panic!("not stale") };
        let special = conflicts.iter().find(|conflict| conflict.path == "acts.0.special").unwrap();
        assert_eq!(special.theirs, Some(Value::Flag(true)));
        // Saying the same as the other is no conflict, whatever it was based on.
        send(&store, &me, theirs).await.unwrap();
        store.close().await;
    });
}

#[test]
fn another_homes_contacts_are_neither_a_conflict_nor_shown() {
    on_both(|site| async move {
        let store = site.open().await;
        settle(&store, site.folder.path(), 6).await;
        let (me, other) = (first_guardian(&store, 0).await, sign_in(&store, guardian(0, true)).await);
        let mine = of_kind(&store, &me, child(0), ActKind::Confirmation, 2, true).await;
        let theirs = of_kind(&store, &other, child(0), ActKind::Confirmation, 4, true).await;
        send(&store, &other, theirs).await.unwrap();
        match send(&store, &me, mine).await {
            Ok(_) => {}
            Err(SubmitError::Stale(conflicts)) => {
                let paths: Vec<_> = conflicts.iter().map(|conflict| conflict.path.as_str()).collect();
                assert!(!paths.iter().any(|path| path.ends_with(".persons")), "{paths:?}");
            }
            Err(error) => panic!("{error}"),
        }
        store.close().await;
    });
}

#[test]
fn one_no_wins_and_a_withdrawal_is_taken_after_the_last_day() {
    on_both(|site| async move {
        let store = site.open().await;
        let round = settle(&store, site.folder.path(), 6).await;
        let (me, other) = (first_guardian(&store, 0).await, sign_in(&store, guardian(0, true)).await);
        let status = |receipt: &_| read(receipt).acts[0].status;
        let yes = send(&store, &me, consent(&store, &me, child(0), true).await).await.unwrap();
        assert_eq!((status(&yes), read(&yes).acts[0].others_left), (TaskStatus::WaitingForOther, 1));
        let no = send(&store, &other, consent(&store, &other, child(0), false).await).await.unwrap();
        assert_eq!(status(&no), TaskStatus::Declined);
        let again = consent(&store, &other, child(0), true).await;
        let unaware = send(&store, &other, again.clone()).await;
        assert!(matches!(unaware, Err(SubmitError::Stale(_))), "a yes that does not know of the no");
        let yes = change(&store, &other, again, &no).await.unwrap();
        assert_eq!((status(&yes), read(&yes).acts[0].others_left), (TaskStatus::Complete, 0));

        site.clock.set(Timestamp::parse(&format!("{}T12:00:00Z", round.closes.add_days(3))).unwrap());
        let withdrawn = send(&store, &me, consent(&store, &me, child(0), false).await).await.unwrap();
        assert_eq!(status(&withdrawn), TaskStatus::Declined);
        let raw = site.raw().await;
        assert_eq!(
            value::<i64>(&raw, "SELECT COUNT(*) FROM consent_decision WHERE choice = 'withdrawn'").await,
            4
        );
        let late = first_guardian(&store, 3).await;
        let answers = everything(&store, &late, child(3), 1, true).await;
        assert_eq!(send(&store, &late, answers).await, Err(SubmitError::Closed));
        let no = send(&store, &late, consent(&store, &late, child(3), false).await).await.unwrap();
        assert_eq!(status(&no), TaskStatus::Declined);
        store.close().await;
    });
}

#[test]
fn wrong_answers_are_named_by_their_place() {
    on_both(|site| async move {
        let store = site.open().await;
        settle(&store, site.folder.path(), 6).await;
        let me = first_guardian(&store, 0).await;
        let mut acts = everything(&store, &me, child(0), 1, true).await;
        acts[0].answers.0 = skolstart_shared::Map::new();
        let Err(SubmitError::Invalid(found)) = send(&store, &me, acts).await else { panic!("taken") };
        assert!(found.iter().any(|violation| violation.path == "acts.0.language"), "{found:?}");
        assert!(found.iter().all(|violation| violation.path.starts_with("acts.0.")), "{found:?}");
        let twice = consent(&store, &me, child(0), true).await;
        let twice = [twice.clone(), twice].concat();
        let Err(SubmitError::Invalid(found)) = send(&store, &me, twice).await else { panic!("taken") };
        assert_eq!(found[0].path, "acts.1");
        assert!(matches!(send(&store, &me, Vec::new()).await, Err(SubmitError::Invalid(_))));
        assert_eq!(count(&site.raw().await, "submission").await, 0);
        store.close().await;
    });
}
