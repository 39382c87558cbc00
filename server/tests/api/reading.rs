//! What is read is noted, and shown in the language that is asked for.

use crate::answering::{answer, answer_by, answer_loudly, bytes, submission};
use crate::on_both;
use crate::site::Site;
use axum::body::Body;
use http::{Request, header};
use sea_orm::{ConnectionTrait, Statement};
use skolstart_server::demo::Cast;
use skolstart_server::usecase::publish;
use skolstart_shared::api::{
    ChildHistory, Endpoint, ErrorCode, GetChildPage, GetHome, GetMunicipality, GetRoundFigures, GetUnits,
    HistoryChange, HomeOut, MunicipalityOut, PutSubmission, StaffChildOut,
};
use skolstart_shared::fact::{Provenance, Value};
use skolstart_shared::id::{PersonId, RoundId, UnitId};
use skolstart_shared::round::Round;
use uuid::Uuid;

on_both! {
    reading_a_child_leaves_a_trace
    the_language_is_the_readers
    history_names_nobody
    figures_add_up
    what_was_taken_away_is_shown_no_more
}

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
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let units = lars.get::<GetUnits>(&()).await;
    for unit in &units.units {
        let told = figures.units.iter().find(|found| found.id == unit.id).unwrap();
        assert_eq!(
            told.children,
            unit.groups.iter().map(|group| group.children).sum::<u32>(),
            "{}",
            unit.name
        );
    }
    few_are_hidden(&site, &figures).await;
    the_same_of_a_chosen_round(&site).await;
}

/// The round of today chosen by its id says the same; one before it says its own, and one that is not there is none.
async fn the_same_of_a_chosen_round(site: &Site) {
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let today = site.clock.today();
    let of_today = mats.get::<GetMunicipality>(&()).await.chosen.unwrap();
    let round = site.store.published().round(of_today).unwrap().as_ref().clone();
    for (number, opens) in [(2, today.add_days(-300)), (3, today.add_days(30))] {
        let id = RoundId(Uuid::from_u128(number));
        let other = Round { id, opens, closes: opens.add_days(20), ..round.clone() };
        publish::create_round(&site.store, &other).await.unwrap();
    }
    let now = &mats.get::<GetMunicipality>(&()).await;
    let chosen = now.chosen.unwrap();
    assert_eq!(mats.get::<GetRoundFigures>(&chosen).await, *now);
    let others: Vec<_> = now.rounds.iter().filter(|round| round.id != chosen).collect();
    assert_eq!(
        others.iter().map(|round| round.id.0.as_u128()).collect::<Vec<_>>(),
        [2],
        "one has not opened"
    );
    assert!(now.rounds.windows(2).all(|pair| pair[0].opens >= pair[1].opens), "the newest first");
    for round in others {
        let told = mats.get::<GetRoundFigures>(&round.id).await;
        assert_eq!((told.chosen, told.round.as_ref()), (Some(round.id), Some(&round.title)));
        assert_ne!(told.days, now.days);
        assert_eq!(told.rounds, now.rounds);
    }
    for nothing in [1, 3] {
        let round = RoundId(Uuid::from_u128(nothing));
        mats.get_path(&GetRoundFigures::path(&round)).await.refused(404, ErrorCode::NotFound);
    }
}

/// What is told never gives away how many, where that is few; and it is the truth where it is told.
async fn few_are_hidden(site: &Site, figures: &MunicipalityOut) {
    let db = site.raw().await;
    let sql =
        "SELECT u.id, p.children, p.finished FROM progress_child p JOIN organisation u ON u.id = p.scope_id";
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    let mut hidden = 0;
    for row in rows {
        let (id, children, finished): (Uuid, i64, i64) = (
            row.try_get_by_index(0).unwrap(),
            row.try_get_by_index(1).unwrap(),
            row.try_get_by_index(2).unwrap(),
        );
        let Some(told) = figures.units.iter().find(|unit| unit.id == UnitId(id)) else { continue };
        let few = (1..5).contains(&finished) || (1..5).contains(&(children - finished));
        match told.answers {
            Some(told) => assert!(i64::from(told.finished) == finished && !few, "{finished} of {children}"),
            None => hidden += 1,
        }
    }
    assert_ne!(hidden, 1, "one alone could be taken from the sum");
    assert_eq!(figures.acts.len(), figures.columns.len());
    let few = |count: Option<u32>| count.is_some_and(|count| (1..5).contains(&count));
    for share in figures.acts.iter().chain([&figures.finished]) {
        let left = share.all.zip(share.done).map(|(all, done)| all - done);
        assert!(!few(share.done) && !few(share.all) && !few(left), "{share:?}");
    }
    // One child has answered one form: nobody in the municipality can tell.
    assert!(figures.acts.iter().any(|share| share.done.is_none()));
}

async fn what_was_taken_away_is_shown_no_more(site: Site) {
    let ella = PersonId(Cast::EllaLindqvist.id());
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let named = |page: &StaffChildOut| page.to_reach.iter().filter(|person| person.name == "Mormor").count();
    let facts = |page: &StaffChildOut| {
        let facts = page.sections.iter().flat_map(|section| &section.facts);
        facts.filter_map(|fact| fact.value.clone()).collect::<Vec<_>>()
    };
    let home = sara.get::<GetHome>(&()).await;
    let said = bytes(answer_loudly(&home, Some(ella), "Mormor"));
    assert_eq!(sara.put::<PutSubmission>(&submission(1), said).await.status, 200);
    let page = anna.get::<GetChildPage>(&ella).await;
    assert_eq!(named(&page), 1);
    assert!(facts(&page).iter().any(|value| matches!(value, Value::Rows(_))));

    // She says no to every question: what hung on a yes falls away.
    let home = sara.get::<GetHome>(&()).await;
    let no = answer_by(&home, Some(ella), &|_, known, _| match known {
        Some(Value::Flag(_)) | None => Some(Value::Flag(false)),
        other => other,
    });
    let reply = sara.put::<PutSubmission>(&submission(2), bytes(no)).await;
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
    let page = anna.get::<GetChildPage>(&ella).await;
    assert_eq!(named(&page), 0);
    let left = facts(&page);
    assert!(!left.is_empty() && left.iter().all(|value| !value.is_empty()), "{left:?}");
    assert!(!left.contains(&Value::Text("Mormor".to_owned())));
}
