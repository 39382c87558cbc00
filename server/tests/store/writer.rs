use super::answering::{envelope, everything, first_guardian, fresh_id};
use super::families::{child, settle};
use super::site::{count, on_both};
use sea_orm::{ConnectionTrait, TransactionTrait};
use skolstart_server::usecase::submit::{SubmitError, submit};
use skolstart_shared::id::SubmissionId;
use std::sync::Arc;

#[test]
fn what_was_not_committed_is_not_acknowledged_and_can_be_sent_again() {
    on_both(|site| async move {
        let store = site.open().await;
        settle(&store, site.folder.path(), 6).await;
        let me = first_guardian(&store, 0).await;
        let sent = envelope(everything(&store, &me, child(0), 1, true).await);
        let id = fresh_id(&store);
        let raw = site.raw().await;
        if site.is_sqlite() {
            // Another process holds the write lock longer than the store waits for it.
            let holder = site.raw().await;
            holder.execute_unprepared("BEGIN IMMEDIATE").await.unwrap();
            assert_eq!(submit(&store, &me, id, sent.clone()).await, Err(SubmitError::Busy));
            holder.execute_unprepared("ROLLBACK").await.unwrap();
        } else {
            // The group waits for a lock and its connection is cut before it can commit.
            let holder = raw.begin().await.unwrap();
            holder.execute_unprepared("LOCK TABLE submission IN ACCESS EXCLUSIVE MODE").await.unwrap();
            let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                WHERE datname = current_database() AND wait_event_type = 'Lock'";
            let cutting = async {
                // Somebody waits as soon as the submission has come so far.
                while holder.execute_unprepared(cut).await.unwrap().rows_affected() == 0 {
                    tokio::task::yield_now().await;
                }
            };
            let (refused, ()) = tokio::join!(submit(&store, &me, id, sent.clone()), cutting);
            assert!(matches!(refused, Err(SubmitError::Busy | SubmitError::Internal)), "{refused:?}");
            holder.rollback().await.unwrap();
        }
        assert_eq!(count(&raw, "submission").await, 0);
        assert_eq!(count(&raw, "act_answer").await, 0);
        assert!(submit(&store, &me, id, sent).await.is_ok());
        assert_eq!(count(&raw, "submission").await, 1);
        assert_eq!(store.verify_audit().await.unwrap().faults, []);
        store.close().await;
    });
}

#[test]
fn one_that_cannot_be_written_does_not_hurt_the_others_of_its_group() {
    on_both(|site| async move {
        let store = site.open().await;
        settle(&store, site.folder.path(), 24).await;
        let raw = site.raw().await;
        // The database itself refuses one submission, as a full or damaged one would.
        let bad = SubmissionId(store.ids().next().unwrap());
        let number = skolstart_shared::receipt::receipt_number(bad);
        refuse(&raw, site.is_sqlite(), &number).await;
        let mut tasks = Vec::new();
        for family in 0..20 {
            let store = store.clone();
            let id = if family == 7 { bad } else { fresh_id(&store) };
            let me = Arc::new(first_guardian(&store, family).await);
            let sent = envelope(everything(&store, &me, child(family), 1, true).await);
            tasks.push(tokio::spawn(async move { submit(&store, &me, id, sent).await }));
        }
        let mut failed = Vec::new();
        for (family, task) in tasks.into_iter().enumerate() {
            if let Err(error) = task.await.unwrap() {
                failed.push((family, error));
            }
        }
        assert_eq!(failed, [(7, SubmitError::Internal)]);
        assert_eq!(count(&raw, "submission").await, 19);
        assert_eq!(store.verify_audit().await.unwrap().faults, []);
        store.close().await;
    });
}

async fn refuse(raw: &sea_orm::DatabaseConnection, sqlite: bool, number: &str) {
    let rule = if sqlite {
        format!(
            "CREATE TRIGGER refuse BEFORE INSERT ON submission WHEN NEW.number = '{number}' \
             BEGIN SELECT RAISE(ABORT, 'refused'); END"
        )
    } else {
        format!("ALTER TABLE submission ADD CONSTRAINT refuse CHECK (number <> '{number}')")
    };
    raw.execute_unprepared(&rule).await.unwrap();
}
