//! The demo played into a store, and seen with the eyes of those who sign in to it.

use super::{Play, Played, play};
use crate::clock::Clock;
use crate::demo::{Cast, PersonaKind, Rounds, cast, rounds, write};
use crate::policy::{Object, Principal, ReadGroup, ReadHome, ReadUnits, authorize, principal};
use crate::store::{Store, StoreSettings};
use crate::usecase::import::import;
use crate::usecase::publish::{create_round, publish_library};
use crate::usecase::refresh_tasks::refresh_tasks;
use crate::usecase::{group_page, home, units};
use skolstart_shared::api::{GroupFigures, GroupPage, HomeOut};
use skolstart_shared::form::Progress;
use skolstart_shared::id::PersonId;
use skolstart_shared::round::{MyPart, TaskStatus};
use skolstart_shared::{Locale, Timestamp};
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use tempfile::TempDir;
use uuid::Uuid;

const SEED: u64 = 1;
const YEAR: i32 = 2026;
const CHILDREN: usize = 400;

struct Demo {
    store: Store,
    rounds: Rounds,
    _folder: TempDir,
}

fn now() -> Timestamp {
    Timestamp::parse("2026-08-31T09:00:00Z").unwrap()
}

impl Demo {
    async fn imported(children: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let settings = StoreSettings {
            database_url: format!("sqlite:{}", folder.path().join("demo.sqlite").display()),
            key_file: folder.path().join("key"),
            person_keys: None,
            read_connections: 4,
            pupil_say: Default::default(),
            pupils_from: None,
        };
        let beginning = rounds(SEED, now().date_utc(), &[]).beginning();
        let store = Store::open(&settings, Clock::fixed(beginning)).await.unwrap();
        let files = folder.path().join("ss12000");
        write(&files, SEED, children, YEAR).unwrap();
        import(&store, &files, |_, _| {}).await.unwrap();
        let forms = publish_library(&store).await.unwrap();
        let rounds = rounds(SEED, now().date_utc(), &forms);
        for round in [&rounds.previous, &rounds.current] {
            create_round(&store, round).await.unwrap();
        }
        Self { store, rounds, _folder: folder }
    }

    async fn play(&self, children: usize) -> Played {
        let told = Cell::new((0, 0));
        let played = play(&Play {
            store: &self.store,
            seed: SEED,
            children,
            start_year: YEAR,
            rounds: &self.rounds,
            now: now(),
            progress: &|sent, all| told.set((sent, all)),
        })
        .await
        .unwrap();
        assert_eq!(told.get(), (played.previous + played.current, played.previous + played.current));
        played
    }

    async fn person(&self, who: Uuid) -> Principal {
        let found = principal(&self.store, PersonId(who), Locale::Sv, "test".to_owned()).await;
        found.unwrap().unwrap()
    }

    async fn home(&self, who: Uuid) -> HomeOut {
        let me = self.person(who).await;
        let grant = authorize::<ReadHome>(&self.store, &me, Object::Own).await.unwrap();
        serde_json::from_slice(&home::read(&self.store, grant, &me).await.unwrap()).unwrap()
    }

    /// The groups of a teacher or principal, as they are counted.
    async fn groups(&self, who: Cast) -> Vec<GroupFigures> {
        let me = self.person(who.id()).await;
        let grant = authorize::<ReadUnits>(&self.store, &me, Object::Own).await.unwrap();
        let out = units::read(&self.store, grant, &me).await.unwrap();
        out.units.into_iter().flat_map(|unit| unit.groups).collect()
    }

    async fn group(&self, who: Cast, group: &GroupFigures) -> GroupPage {
        let me = self.person(who.id()).await;
        let grant = authorize::<ReadGroup>(&self.store, &me, Object::Group(group.id)).await.unwrap();
        group_page::read(&self.store, grant, 0, Locale::Sv).await.unwrap().page.unwrap()
    }
}

#[tokio::test]
async fn a_demo_is_alive_and_stays_the_same_when_it_is_played_again() {
    let demo = Demo::imported(CHILDREN).await;
    let played = demo.play(CHILDREN).await;
    assert!(played.previous > 300 && played.current > 200, "{played:?}");
    assert_eq!((played.before, played.unknown), (0, 0));
    assert_eq!(demo.store.clock().now(), now());

    the_watched_classes_show_every_state(&demo).await;
    counters_are_those_of_the_pages(&demo).await;
    personas_have_something_to_do(&demo).await;

    let audit = demo.store.verify_audit().await.unwrap();
    assert_eq!(audit.faults.len(), 0);
    let receipts = receipts(&demo).await;
    assert!(!receipts.is_empty());
    let again = demo.play(CHILDREN).await;
    assert_eq!(again, Played { before: played.previous + played.current, ..played });
    assert_eq!(self::receipts(&demo).await, receipts);
    assert_eq!(demo.store.verify_audit().await.unwrap().rows, audit.rows, "playing again changed something");
}

async fn receipts(demo: &Demo) -> BTreeMap<Uuid, String> {
    use crate::demo::random::ident;
    let mut found = BTreeMap::new();
    for who in [Cast::SaraLindqvist, Cast::JohanLindqvist, Cast::PiotrKowalczyk] {
        let me = demo.person(who.id()).await;
        for round in [&demo.rounds.previous, &demo.rounds.current] {
            let id = ident(SEED, &format!("submission/{}/{}", round.id, who.id()), 0);
            let sent = demo.store.sent_before(&me, skolstart_shared::id::SubmissionId(id)).await.unwrap();
            found.extend(sent.map(|sent| (id, sent.receipt)));
        }
    }
    found
}

async fn the_watched_classes_show_every_state(demo: &Demo) {
    for who in [Cast::AnnaHolmgren, Cast::FatimaRahimi] {
        let groups = demo.groups(who).await;
        let mine = groups.iter().find(|group| group.mine).unwrap();
        let page = demo.group(who, mine).await;
        let states: BTreeSet<TaskStatus> =
            page.rows.iter().flat_map(|row| row.statuses.iter().flatten().copied()).collect();
        assert!(states.len() >= 4, "{}: {states:?}", page.name);
    }
}

/// Counts anew what the pages of a school show and compares it with the stored counters.
async fn counters_are_those_of_the_pages(demo: &Demo) {
    for round in [&demo.rounds.previous, &demo.rounds.current] {
        let refreshed = refresh_tasks(&demo.store, round.id).await.unwrap();
        assert_eq!((refreshed.written, refreshed.removed), (0, 0), "a task is not what its answers make it");
    }
    let mut counted = 0;
    for group in demo.groups(Cast::LarsNystrom).await.iter().filter(|group| group.children > 0) {
        let page = demo.group(Cast::LarsNystrom, group).await;
        for (at, stored) in group.acts.iter().enumerate() {
            let mut counts: BTreeMap<TaskStatus, u32> = BTreeMap::new();
            for row in page.rows.iter().filter(|row| !row.protected) {
                if let Some(status) = row.statuses[at] {
                    *counts.entry(status).or_default() += 1;
                }
            }
            let stored: BTreeMap<TaskStatus, u32> =
                stored.iter().map(|count| (count.status, count.children)).collect();
            assert_eq!(stored, counts, "{} act {at}", page.name);
            counted += 1;
        }
    }
    assert!(counted > 20, "{counted}");
}

async fn personas_have_something_to_do(demo: &Demo) {
    for persona in cast().into_iter().filter(|persona| persona.kind == PersonaKind::Guardian) {
        let home = demo.home(persona.id).await;
        assert!(home.tasks.iter().any(|task| task.mine == MyPart::ToDo), "{}", persona.name);
        assert!(home.tasks.iter().all(|task| task.answered.is_none()), "{}", persona.name);
        assert!(home.tasks.iter().any(|task| !task.known.is_empty()), "{}", persona.name);
    }
    let sara = demo.home(Cast::SaraLindqvist.id()).await;
    let sum = sara.tasks.iter().fold(Progress::default(), |sum, task| sum + task.progress);
    assert_eq!((sum.known, sum.new), (23, 8));
}
