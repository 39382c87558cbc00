//! A guardian finishes, and the teacher sees it.

use crate::answering::{answer, bytes, submission};
use crate::on_both;
use crate::site::Site;
use skolstart_server::demo::Cast;
use skolstart_shared::api::{
    GetChildPage, GetGroup, GetHome, GetSubmission, GetUnits, ListSubmissions, PutSubmission,
};
use skolstart_shared::consent::Standing;
use skolstart_shared::id::PersonId;
use skolstart_shared::receipt::Receipt;
use skolstart_shared::round::{MyPart, TaskStatus};

on_both! { the_teacher_sees_what_a_guardian_sends sending_twice_gives_the_same_bytes one_no_wins }

async fn the_teacher_sees_what_a_guardian_sends(site: Site) {
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let units = anna.get::<GetUnits>(&()).await;
    let group = units.units.iter().flat_map(|unit| &unit.groups).find(|group| group.mine).unwrap();
    assert!(group.children > 0 && group.finished == 0);
    let before = anna.get::<GetGroup>(&(group.id, 0)).await;
    let (group, seen) = (group.id, before.revision);
    let same = anna.get::<GetGroup>(&(group, seen)).await;
    assert_eq!((same.revision, same.page), (seen, None));

    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let home = sara.get::<GetHome>(&()).await;
    assert_eq!(home.children.len(), 2);
    let ella = PersonId(Cast::EllaLindqvist.id());
    let reply = sara.put::<PutSubmission>(&submission(1), bytes(answer(&home, Some(ella), true))).await;
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
    let receipt: Receipt = serde_json::from_slice(&reply.body).unwrap();

    let after = anna.get::<GetGroup>(&(group, seen)).await;
    assert!(after.revision > seen);
    let row = after.page.unwrap().rows.into_iter().find(|row| row.child == ella).unwrap();
    assert!(row.statuses.iter().flatten().any(|status| *status != TaskStatus::NotStarted));
    assert_eq!(row.answered, Some(receipt.received));
    let page = anna.get::<GetChildPage>(&ella).await;
    assert_eq!(page.to_reach.iter().filter(|person| person.relation.is_some()).count(), 2);
    assert!(page.sections.iter().any(|section| section.status == TaskStatus::WaitingForOther));
    assert!(page.personal_number.unwrap().ends_with("-****"));

    let again = sara.get::<GetHome>(&()).await;
    let mine = again.tasks.iter().filter(|task| task.child == Some(ella));
    assert!(mine.clone().count() > 0);
    for task in mine {
        assert_eq!((task.mine, task.progress.new), (MyPart::Done, 0), "{:?}", task.act);
    }
    assert_eq!(sara.get::<ListSubmissions>(&()).await[0].number, receipt.number);
    assert_eq!(sara.get::<GetSubmission>(&submission(1)).await.receipt, receipt);
}

async fn sending_twice_gives_the_same_bytes(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let home = sara.get::<GetHome>(&()).await;
    let body = bytes(answer(&home, None, true));
    let first = sara.put::<PutSubmission>(&submission(2), body.clone()).await;
    assert_eq!(first.status, 200, "{}", String::from_utf8_lossy(&first.body));
    site.later(5);
    let second = sara.put::<PutSubmission>(&submission(2), body).await;
    assert_eq!(second.status, 200);
    assert_eq!(first.body, second.body);
    assert_eq!(sara.get::<ListSubmissions>(&()).await.len(), 1);
}

async fn one_no_wins(site: Site) {
    let ella = PersonId(Cast::EllaLindqvist.id());
    for (who, number, yes) in [(Cast::SaraLindqvist, 3, true), (Cast::JohanLindqvist, 4, false)] {
        let mut guardian = site.sign_in(who).await;
        let home = guardian.get::<GetHome>(&()).await;
        let reply =
            guardian.put::<PutSubmission>(&submission(number), bytes(answer(&home, Some(ella), yes))).await;
        assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
    }
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let page = anna.get::<GetChildPage>(&ella).await;
    let standings: Vec<Standing> =
        page.sections.iter().flat_map(|section| &section.facts).filter_map(|fact| fact.standing).collect();
    assert!(!standings.is_empty());
    assert!(standings.iter().all(|standing| matches!(standing, Standing::Conflict(_))), "{standings:?}");
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let home = sara.get::<GetHome>(&()).await;
    let told = home.tasks.iter().flat_map(|task| task.purposes.values());
    assert!(told.clone().any(|purpose| purpose.mine.is_some_and_yes() && !purpose.standing.allows()));
}

trait Yes {
    fn is_some_and_yes(&self) -> bool;
}

impl Yes for Option<skolstart_shared::api::MyDecision> {
    fn is_some_and_yes(&self) -> bool {
        self.as_ref().is_some_and(|decision| decision.choice.is_yes())
    }
}
