//! What is read is noted, and shown in the language that is asked for.

use crate::answering::{answer, bytes, submission};
use crate::on_both;
use crate::site::Site;
use axum::body::Body;
use http::{Request, header};
use skolstart_server::demo::Cast;
use skolstart_shared::api::{
    ChildHistory, GetChildPage, GetHome, GetMunicipality, GetUnits, HistoryChange, HomeOut, PutSubmission,
};
use skolstart_shared::fact::Provenance;
use skolstart_shared::id::PersonId;

on_both! { reading_a_child_leaves_a_trace the_language_is_the_readers history_names_nobody figures_add_up }

async fn reading_a_child_leaves_a_trace(site: Site) {
    let ella = PersonId(Cast::EllaLindqvist.id());
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let before = site.store.verify_audit().await.unwrap().rows;
    anna.get::<GetChildPage>(&ella).await;
    let after = site.store.verify_audit().await.unwrap();
    assert_eq!(after.rows, before + 1);
    assert!(after.faults.is_empty());
}

async fn the_language_is_the_readers(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let mut titles = Vec::new();
    for language in ["sv", "en-GB,sv;q=0.5"] {
        let request = Request::get("/api/guardian/home").header(header::ACCEPT_LANGUAGE, language);
        let reply = sara.send(request.body(Body::empty()).unwrap()).await;
        let home: HomeOut = serde_json::from_slice(&reply.body).unwrap();
        assert!(home.forms.iter().all(|form| form.title.0.len() == 1), "one language is sent");
        titles.push(home.forms[0].title.0.values().next().unwrap().clone());
    }
    assert_ne!(titles[0], titles[1]);
}

async fn history_names_nobody(site: Site) {
    let ella = PersonId(Cast::EllaLindqvist.id());
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let home = sara.get::<GetHome>(&()).await;
    let reply = sara.put::<PutSubmission>(&submission(1), bytes(answer(&home, Some(ella), false))).await;
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
    let mine = sara.get::<ChildHistory>(&ella).await;
    assert!(mine.iter().any(|entry| matches!(entry.change, HistoryChange::Decided(_))));
    assert!(mine.iter().any(|entry| entry.by == Provenance::You));
    assert!(mine.windows(2).all(|pair| pair[0].at >= pair[1].at), "newest first");
    let mut johan = site.sign_in(Cast::JohanLindqvist).await;
    let reply = johan.get_path(&format!("/api/guardian/children/{ella}/history")).await;
    let text = String::from_utf8(reply.body).unwrap();
    assert!(!text.contains("Sara") && !text.contains(&Cast::SaraLindqvist.id().to_string()));
    assert!(text.contains("other-guardian"));
}

async fn figures_add_up(site: Site) {
    let ella = PersonId(Cast::EllaLindqvist.id());
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let home = sara.get::<GetHome>(&()).await;
    sara.put::<PutSubmission>(&submission(1), bytes(answer(&home, Some(ella), true))).await;
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let figures = mats.get::<GetMunicipality>(&()).await;
    assert_eq!(figures.days.iter().map(|day| day.submissions).sum::<u32>(), 1);
    let units = mats.get::<GetUnits>(&()).await;
    for unit in &figures.units {
        let groups = &units.units.iter().find(|found| found.id == unit.id).unwrap().groups;
        assert_eq!(unit.children, groups.iter().map(|group| group.children).sum::<u32>(), "{}", unit.name);
        for counts in &unit.acts {
            assert!(counts.iter().map(|count| count.children).sum::<u32>() <= unit.children);
        }
    }
}
