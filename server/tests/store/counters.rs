use super::answering::{consent, everything, send, sign_in};
use super::families::{bring_in, child, guardian, has_two, is_hidden, municipality, round_id, settle};
use super::site::{count, on_both, rows, value};
use sea_orm::{DatabaseConnection, FromQueryResult};
use skolstart_server::usecase::refresh_tasks::refresh_tasks;
use std::collections::BTreeMap;
use uuid::Uuid;

#[derive(FromQueryResult, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Count {
    scope: Uuid,
    form_key: String,
    act_key: String,
    status: String,
    children: i64,
}

#[derive(FromQueryResult)]
struct Done {
    scope: Uuid,
    child_id: Uuid,
    open: i64,
}

#[derive(FromQueryResult)]
struct Children {
    scope: Uuid,
    children: i64,
    finished: i64,
}

const SCOPES: &str = "(SELECT unit_id AS scope, t.* FROM task t WHERE NOT hidden \
    UNION ALL SELECT group_id AS scope, t.* FROM task t WHERE NOT hidden AND group_id IS NOT NULL) AS s";

/// Counts everything anew from the tasks and compares.
async fn assert_counters_hold(db: &DatabaseConnection) {
    let mut expected: Vec<Count> = rows(db, &format!("SELECT scope, form_key, act_key, status, COUNT(*) AS children FROM {SCOPES} GROUP BY scope, form_key, act_key, status")).await;
    let mut kept: Vec<Count> = rows(db, "SELECT scope_id AS scope, form_key, act_key, status, children FROM progress_count WHERE children <> 0").await;
    expected.sort();
    kept.sort();
    assert_eq!(kept, expected);

    let open = "SUM(CASE WHEN status IN ('complete', 'declined') THEN 0 ELSE 1 END)";
    let done: Vec<Done> =
        rows(db, &format!("SELECT scope, child_id, {open} AS open FROM {SCOPES} GROUP BY scope, child_id"))
            .await;
    let mut expected: BTreeMap<Uuid, (i64, i64)> = BTreeMap::new();
    for row in done {
        assert!(!row.child_id.is_nil());
        let sums = expected.entry(row.scope).or_default();
        *sums = (sums.0 + 1, sums.1 + i64::from(row.open == 0));
    }
    let kept: Vec<Children> =
        rows(db, "SELECT scope_id AS scope, children, finished FROM progress_child WHERE children <> 0")
            .await;
    let kept: BTreeMap<Uuid, (i64, i64)> =
        kept.into_iter().map(|row| (row.scope, (row.children, row.finished))).collect();
    assert_eq!(kept, expected);
}

#[test]
fn counters_equal_a_recount_after_many_answers_at_once() {
    on_both(|site| async move {
        let store = site.open().await;
        let families = 24;
        settle(&store, site.folder.path(), families).await;
        let raw = site.raw().await;
        assert_counters_hold(&raw).await;
        let before: i64 = value(&raw, "SELECT CAST(SUM(children) AS BIGINT) FROM progress_child").await;
        assert_eq!(before, 2 * (families as i64 - 2), "hidden children are counted nowhere");

        // A fixed mixture: first and second guardians, yes and no, all at once.
        let mut tasks = Vec::new();
        for step in 0..families * 3 {
            let family = (step * 7 + step / 5) % families;
            let second = step % 3 == 1 && has_two(family);
            let store = store.clone();
            tasks.push(tokio::spawn(async move {
                let me = sign_in(&store, guardian(family, second)).await;
                let acts = if step % 4 == 0 {
                    consent(&store, &me, child(family), step % 8 == 0).await
                } else {
                    everything(&store, &me, child(family), 0, step % 5 != 0).await
                };
                let _ = send(&store, &me, acts).await;
            }));
        }
        for task in tasks {
            task.await.unwrap();
        }
        assert!(count(&raw, "submission").await > families as i64);
        let finished: i64 = value(&raw, "SELECT CAST(SUM(finished) AS BIGINT) FROM progress_child").await;
        assert!(finished > 0);
        assert_counters_hold(&raw).await;

        // Deriving everything anew from the answers finds nothing to change.
        let again = refresh_tasks(&store, round_id()).await.unwrap();
        assert_eq!((again.children, again.written, again.removed), (families as u64, 0, 0));
        let received: i64 = value(&raw, "SELECT CAST(SUM(submissions) AS BIGINT) FROM unit_day").await;
        let hidden = (0..families).filter(|family| is_hidden(*family));
        assert_eq!(hidden.count(), 2);
        assert!(received > 0 && received < count(&raw, "submission").await);
        store.close().await;
    });
}

#[test]
fn counters_follow_children_who_move_leave_and_become_protected() {
    on_both(|site| async move {
        let store = site.open().await;
        let folder = site.folder.path();
        settle(&store, folder, 12).await;
        let raw = site.raw().await;
        for family in [0, 3, 5] {
            let me = sign_in(&store, guardian(family, false)).await;
            send(&store, &me, everything(&store, &me, child(family), 1, true).await).await.unwrap();
        }
        let mut changed = municipality(12);
        let of_child = |changed: &super::families::Municipality, n: usize| {
            let id = child(n).0.to_string();
            changed.persons.iter().position(|person| person["id"] == id.as_str()).unwrap()
        };
        let (moves, leaves, hides) = (of_child(&changed, 3), of_child(&changed, 5), of_child(&changed, 0));
        changed.persons[moves]["enrolments"][0]["enroledAt"]["id"] =
            super::families::unit(0).0.to_string().into();
        changed.persons[leaves]["enrolments"] = serde_json::json!([]);
        changed.persons[hides]["securityMarking"] = "Sekretessmarkering".into();
        let report = bring_in(&store, &changed, &folder.join("register")).await;
        assert_eq!(report.counts["persons"].changed, 3);
        assert_counters_hold(&raw).await;
        let children: i64 = value(&raw, "SELECT COUNT(DISTINCT child_id) FROM task").await;
        assert_eq!(children, 11);
        let units: i64 = value(&raw, "SELECT CAST(SUM(children) AS BIGINT) FROM progress_child p JOIN organisation o ON o.id = p.scope_id").await;
        assert_eq!(units, 12 - 2 - 1 - 1);
        store.close().await;
    });
}

#[test]
fn what_follows_a_child_follows_and_what_belongs_to_the_place_does_not() {
    on_both(|site| async move {
        let store = site.open().await;
        let folder = site.folder.path();
        settle(&store, folder, 12).await;
        let raw = site.raw().await;
        let (moving, alone, new) = (3, 6, 12);
        for (family, second) in [(moving, false), (moving, true), (alone, false)] {
            let me = sign_in(&store, guardian(family, second)).await;
            send(&store, &me, everything(&store, &me, child(family), 1, true).await).await.unwrap();
        }
        let before = tasks(&raw, moving).await;
        assert!(!before.is_empty() && before.iter().all(|task| task.status == "complete"), "{before:?}");
        let waits = tasks(&raw, alone).await;
        assert!(waits.iter().any(|task| task.status == "waiting-for-other"), "{waits:?}");
        let kept = (count(&raw, "fact").await, count(&raw, "consent_decision").await);

        // One pupil comes, one changes school, and of one family the other guardian no longer decides.
        let mut changed = municipality(new + 1);
        let of_child = |n: usize| {
            let id = child(n).0.to_string();
            changed.persons.iter().position(|person| person["id"] == id.as_str()).unwrap()
        };
        let (moves, loses) = (of_child(moving), of_child(alone));
        let to = super::families::unit(0).0;
        changed.persons[moves]["enrolments"][0]["enroledAt"]["id"] = to.to_string().into();
        changed.persons[loses]["responsibles"].as_array_mut().unwrap().pop();
        let report = bring_in(&store, &changed, &folder.join("register")).await;
        assert!(report.rejected.is_empty(), "{report}");

        let after = tasks(&raw, moving).await;
        assert!(after.iter().all(|task| task.unit_id == to && task.group_id.is_none()), "{after:?}");
        let statuses = |tasks: &[Task]| tasks.iter().map(|task| task.status.clone()).collect::<Vec<_>>();
        assert_eq!(statuses(&after), statuses(&before), "answers follow the child");
        assert!(tasks(&raw, alone).await.iter().all(|task| task.status == "complete"));
        let fresh = tasks(&raw, new).await;
        assert_eq!(fresh.len(), before.len());
        assert!(fresh.iter().all(|task| task.status == "not-started"), "{fresh:?}");
        let decisions = count(&raw, "consent_decision").await;
        assert!(count(&raw, "fact").await >= kept.0 && decisions == kept.1, "nothing is lost");
        assert_counters_hold(&raw).await;
        store.close().await;
    });
}

#[derive(FromQueryResult, Debug)]
struct Task {
    unit_id: Uuid,
    group_id: Option<Uuid>,
    status: String,
}

async fn tasks(db: &DatabaseConnection, family: usize) -> Vec<Task> {
    let id = child(family).0;
    let sql = "SELECT unit_id, group_id, status FROM task WHERE child_id = $1 ORDER BY form_key, act_key";
    let statement = sea_orm::Statement::from_sql_and_values(db.get_database_backend(), sql, [id.into()]);
    Task::find_by_statement(statement).all(db).await.unwrap()
}
