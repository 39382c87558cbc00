//! A round for the archive: its children and no others, those who are protected apart, whole or not there at all, and noted.

use crate::answering::{answer, bytes, submission};
use crate::applications::done;
use crate::archive::{documents, ids, list, number};
use crate::on_both;
use crate::site::Site;
use sea_orm::{ConnectionTrait, Statement};
use skolstart_server::archive::verify;
use skolstart_server::demo::Cast;
use skolstart_server::usecase::archive::{ArchivingError, archive_child, archive_round, rounds};
use skolstart_server::usecase::publish;
use skolstart_shared::api::{GetHome, GetReaders, GetUnits, PutSubmission, StaffReaders};
use skolstart_shared::id::{GroupId, PersonId, RoundId};
use skolstart_shared::round::Round;
use std::collections::BTreeSet;
use std::fs;
use std::future::poll_fn;
use std::path::Path;
use std::pin::pin;
use std::task::Poll;
use uuid::Uuid;

on_both! {
    a_round_has_all_its_children_and_only_those
    somebody_protected_lies_apart_and_is_marked
    stopped_while_it_is_written_there_is_no_half_archive
    who_has_seen_the_child_is_told_of_the_archive
}

fn ella() -> PersonId {
    PersonId(Cast::EllaLindqvist.id())
}

fn current(site: &Site) -> Round {
    let published = site.store.published();
    Round::clone(published.current(site.clock.today()).unwrap())
}

/// Whose documents there are, by the names of their folders.
fn children(folder: &Path) -> BTreeSet<String> {
    let found = documents(folder).into_iter();
    found.map(|(path, _)| path.file_name().unwrap().to_string_lossy().into_owned()).collect()
}

async fn class_of_ella(site: &Site) -> GroupId {
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let units = anna.get::<GetUnits>(&()).await.units;
    units.iter().flat_map(|unit| &unit.groups).find(|group| group.mine).unwrap().id
}

async fn answered(site: &Site, id: u128) -> RoundId {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let home = sara.get::<GetHome>(&()).await;
    let content = answer(&home, Some(ella()), false);
    let round = content.round;
    done(&sara.put::<PutSubmission>(&submission(id), bytes(content)).await);
    round
}

async fn a_round_has_all_its_children_and_only_those(site: Site) {
    let all = current(&site);
    assert_eq!(answered(&site, 1).await, all.id);
    let group = class_of_ella(&site).await;
    let own = Round { id: RoundId(Uuid::from_u128(0x79)), groups: vec![group], ..all.clone() };
    publish::create_round(&site.store, &own).await.unwrap();
    assert_eq!(answered(&site, 2).await, own.id);
    assert_eq!(rounds(&site.store).len(), 2);
    let folder = site.folder.path().join("whole");
    let whole = archive_round(&site.store, all.id, &folder).await.unwrap();
    let schooled =
        ids(&site, "SELECT DISTINCT child_id AS id FROM enrolment WHERE child_id <> $1", Uuid::nil()).await;
    assert_eq!((children(&folder), whole.children), (schooled.clone(), schooled.len()));
    let class = site.folder.path().join("class");
    archive_round(&site.store, own.id, &class).await.unwrap();
    let sql = "SELECT person_id AS id FROM group_membership WHERE group_id = $1";
    let members: BTreeSet<String> = ids(&site, sql, group.0).await.intersection(&schooled).cloned().collect();
    assert!(members.len() > 1 && members.len() < schooled.len());
    assert_eq!(children(&class), members);
    // What was answered in the other round stays with that.
    for (folder, round, other) in [(&folder, all.id, 2), (&class, own.id, 1)] {
        let mut hers =
            documents(folder).into_iter().filter(|(_, document)| document["child"] == ella().to_string());
        let (_, document) = hers.next().unwrap();
        let sent = list(&document, "submissions");
        assert!(!sent.is_empty() && sent.iter().all(|sent| sent["round"] == round.to_string()));
        // The history of consents is whole in both: what was said in one round holds in the next.
        let rows = list(&document, "tables").iter().filter(|table| table["table"] != "consent_decision");
        let other = submission(other).0.to_string();
        assert!(rows.clone().count() > 5 && rows.clone().all(|table| !table.to_string().contains(&other)));
        assert_eq!(verify(folder).unwrap().faults, []);
    }
    let nobody =
        archive_round(&site.store, RoundId(Uuid::from_u128(5)), &site.folder.path().join("none")).await;
    assert!(matches!(nobody, Err(ArchivingError::NotFound)));
}

async fn somebody_protected_lies_apart_and_is_marked(site: Site) {
    let folder = site.folder.path().join("archive");
    let done = archive_round(&site.store, current(&site).id, &folder).await.unwrap();
    let love = Cast::LoveSandberg.id().to_string();
    let mut marked = 0;
    for (path, document) in documents(&folder) {
        let apart = path.parent().unwrap().ends_with("protected");
        let somebody = list(&document, "people").iter().any(|person| person["protected"] == true);
        assert_eq!((apart, &document["protection"]["protected"]), (somebody, &somebody.into()));
        let page = fs::read_to_string(path.join("child.html")).unwrap();
        assert_eq!(page.contains("Skyddade personuppgifter.</strong>"), somebody);
        marked += usize::from(somebody);
    }
    assert!(marked > 0 && marked == done.protected);
    let hers = fs::read_to_string(folder.join("protected").join(&love).join("child.json")).unwrap();
    assert!(
        hers.contains("Love Sandberg") && hers.contains("OSL 21 kap. 3 §"),
        "it is the authority's own record"
    );
    // Neither name nor number where more people look.
    let number = number(&site, PersonId(Cast::LoveSandberg.id())).await;
    for file in ["index.html", "manifest.json", "SHA256SUMS"] {
        let text = fs::read_to_string(folder.join(file)).unwrap();
        assert!(text.contains(&love), "{file}");
        for secret in ["Love", "Karin Sandberg", "Sandberg, ", number.as_str12()] {
            assert!(!text.contains(secret), "{secret} in {file}");
        }
    }
    let index = fs::read_to_string(folder.join("index.html")).unwrap();
    assert!(index.contains("Lindqvist, Ella"));
}

/// Asks a future until it is done or it is to be given up.
async fn polled<T>(future: impl Future<Output = T>, mut is_enough: impl FnMut() -> bool) -> Option<T> {
    let mut future = pin!(future);
    poll_fn(move |context| {
        if is_enough() {
            return Poll::Ready(None);
        }
        future.as_mut().poll(context).map(Some)
    })
    .await
}

async fn stopped_while_it_is_written_there_is_no_half_archive(site: Site) {
    answered(&site, 1).await;
    let (folder, who) = (site.folder.path().join("archive"), number(&site, ella()).await);
    let part = site.folder.path().join("archive.part");
    let given_up = polled(archive_child(&site.store, &who, &folder), || part.join("archive").exists()).await;
    assert!(given_up.is_none(), "it was done before it could be stopped");
    assert!(!folder.exists() && !part.exists());
    let done = archive_child(&site.store, &who, &folder).await.unwrap();
    let found = verify(&folder).unwrap();
    assert_eq!((found.digest, found.faults), (done.written.digest, vec![]));
    // As a kill leaves it.
    fs::create_dir_all(part.join("archive/children")).unwrap();
    fs::write(part.join("UNFINISHED"), "").unwrap();
    fs::write(part.join("archive/children/half"), "{").unwrap();
    fs::remove_dir_all(&folder).unwrap();
    archive_child(&site.store, &who, &folder).await.unwrap();
    assert!(verify(&folder).unwrap().faults.is_empty() && !part.exists());
}

async fn who_has_seen_the_child_is_told_of_the_archive(site: Site) {
    let folder = site.folder.path().join("archive");
    let done = archive_round(&site.store, current(&site).id, &folder).await.unwrap();
    let db = site.raw().await;
    let sql = "SELECT COUNT(*) FROM audit WHERE action = $1 AND purpose = 'operator' AND object_kind = $2";
    for (action, kind, rows) in [("archive", "child", done.children), ("archive-export", "round", 1)] {
        let values = [action.into(), kind.into()];
        let counted = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
        let counted: i64 = db.query_one_raw(counted).await.unwrap().unwrap().try_get_by_index(0).unwrap();
        assert_eq!(usize::try_from(counted).unwrap(), rows, "{action}");
    }
    assert!(site.store.verify_audit().await.unwrap().faults.is_empty());
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let seen = sara.get::<GetReaders>(&ella()).await;
    let told: Vec<_> =
        seen.iter().map(|line| (line.name.as_str(), line.role.as_str(), line.did.as_str())).collect();
    assert_eq!(told, [("", "operator", "archive")]);
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let named = lars.get::<StaffReaders>(&ella()).await;
    assert!(named.iter().any(|line| line.did == "archive" && line.name.is_empty()), "{named:?}");
    // What could not be noted is not handed out; a child alone is noted as one.
    let alone =
        archive_child(&site.store, &number(&site, ella()).await, &site.folder.path().join("one")).await;
    assert_eq!(alone.unwrap().children, 1);
    assert_eq!(sara.get::<GetReaders>(&ella()).await.first().map(|line| line.times), Some(2));
}
