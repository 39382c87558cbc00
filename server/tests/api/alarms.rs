//! Much at once: alarms about children's pages that one person opens, and how long lists and alarms are kept.

use crate::bulk::{ask_for, class, lists, put, seen, state};
use crate::contents::contents;
use crate::on_both;
use crate::site::Site;
use skolstart_server::demo::Cast;
use skolstart_server::store::classes::Rules;
use skolstart_server::usecase::bulk::BulkLimits;
use skolstart_shared::api::{
    AlarmKind, AlarmLine, AlarmStep, Endpoint, ErrorCode, ExportState, GetChildPage, PutAlarm,
    StaffChildHistory,
};
use std::sync::Arc;

on_both! {
    one_person_opens_so_many_children_in_a_day
    lists_and_alarms_go_after_two_years
}

async fn one_person_opens_so_many_children_in_a_day(site: Site) {
    let site = site.with_bulk(BulkLimits { unusual: 1, opened: 2, alone: 100, exported: 100 });
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    let (_, children) = class(&mut eva).await;
    for child in [0, 0, 1, 1, 0] {
        assert_eq!(
            eva.get_path(&GetChildPage::path(&children[child])).await.status,
            200,
            "the same child again is free"
        );
    }
    for path in [GetChildPage::path(&children[2]), StaffChildHistory::path(&children[2])] {
        eva.get_path(&path).await.refused(429, ErrorCode::Enough);
    }
    assert_eq!(eva.get_path(&GetChildPage::path(&children[0])).await.status, 200);
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let told = seen(&mut lars).await;
    assert_eq!(told.alarms.len(), 2, "{:?}", told.alarms);
    let of = |kind: AlarmKind| told.alarms.iter().find(|alarm| alarm.kind == kind).unwrap().clone();
    assert_eq!(of(AlarmKind::Opened).count, 1);
    let alarm = of(AlarmKind::Stopped);
    assert_eq!(alarm.count, 2);
    assert!(site.limits.meters().text().contains("skolstart_alarms_total 2"));
    assert_eq!((alarm.name.as_str(), alarm.seen_by.as_str(), alarm.lifted), ("Eva Hedlund", "", false));
    assert_eq!(seen(&mut eva).await.alarms, []);
    let mark = |what: AlarmStep| serde_json::to_vec(&what).unwrap();
    assert_eq!(eva.put::<PutAlarm>(&alarm.id, mark(AlarmStep::Lift)).await.status, 404);
    let mut fatima = site.sign_in(Cast::FatimaRahimi).await;
    assert_eq!(fatima.put::<PutAlarm>(&alarm.id, mark(AlarmStep::Lift)).await.status, 404);
    assert_eq!(lars.put::<PutAlarm>(&alarm.id, mark(AlarmStep::Seen)).await.status, 200);
    eva.get_path(&GetChildPage::path(&children[2])).await.refused(429, ErrorCode::Enough);
    for _ in 0..2 {
        assert_eq!(lars.put::<PutAlarm>(&alarm.id, mark(AlarmStep::Lift)).await.status, 200);
    }
    // Where nothing was stopped there is nothing to lift.
    let opened = of(AlarmKind::Opened).id;
    assert_eq!(lars.put::<PutAlarm>(&opened, mark(AlarmStep::Lift)).await.status, 404);
    assert_eq!(eva.get_path(&GetChildPage::path(&children[2])).await.status, 200);
    let after = seen(&mut lars).await.alarms.into_iter().find(|found| found.id == alarm.id).unwrap();
    assert_eq!((after.seen_by.as_str(), after.lifted), ("Lars Nyström", true));
    // One about oneself is somebody else's to look at.
    for child in [0, 1] {
        assert_eq!(lars.get_path(&GetChildPage::path(&children[child])).await.status, 200);
    }
    let about = |all: Vec<AlarmLine>| all.into_iter().find(|found| found.name == "Lars Nyström").unwrap();
    let own = about(seen(&mut lars).await.alarms);
    assert!(own.mine && !alarm.mine);
    assert_eq!(lars.put::<PutAlarm>(&own.id, mark(AlarmStep::Seen)).await.status, 404);
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    assert!(!about(seen(&mut mats).await.alarms).mine);
    assert_eq!(mats.put::<PutAlarm>(&own.id, mark(AlarmStep::Seen)).await.status, 200);
    // Tomorrow is another day.
    site.later(24 * 60);
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    assert_eq!(eva.get_path(&GetChildPage::path(&children[2])).await.status, 200);
    assert_eq!(site.store.verify_audit().await.unwrap().faults, []);
}

async fn lists_and_alarms_go_after_two_years(site: Site) {
    let site = site.with_bulk(lists(1, 1_000));
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    let (group, _) = class(&mut eva).await;
    assert_eq!(state(&put(&mut eva, 1, ask_for(group, "Skolfoto")).await), ExportState::Waiting);
    let rules = Arc::new(Rules::shipped().unwrap());
    for (days, left) in [(729, 1), (3, 0)] {
        site.later(days * 24 * 60);
        site.store.erase_over(&rules, |_| true).await.unwrap();
        let all = contents(&site).await;
        assert_eq!(
            (all["list_export"].len(), all["bulk_alarm"].len()),
            (left, left),
            "after {days} days more"
        );
    }
}
