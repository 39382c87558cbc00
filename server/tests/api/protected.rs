//! A child with protected identity can use everything, and is seen by nobody who has no task for it.

use crate::on_both;
use crate::protection::says_why;
use crate::site::Site;
use skolstart_server::demo::Cast;
use skolstart_shared::api::{GetChildPage, GetGroup, GetHome, GetMunicipality, GetUnits};
use skolstart_shared::consent::Standing;
use skolstart_shared::id::{GroupId, PersonId};

on_both! { absent_from_lists_and_counts the_family_uses_the_service pictures_are_never_published }

async fn love_and_the_class(site: &Site) -> (PersonId, GroupId) {
    let mut karin = site.sign_in(Cast::KarinSandberg).await;
    let name = karin.get::<GetHome>(&()).await.children[0].group.clone().unwrap();
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let units = lars.get::<GetUnits>(&()).await;
    let group = units.units.iter().flat_map(|unit| &unit.groups).find(|group| group.name == name).unwrap();
    (PersonId(Cast::LoveSandberg.id()), group.id)
}

async fn absent_from_lists_and_counts(site: Site) {
    let (love, group) = love_and_the_class(&site).await;
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let to_eva = eva.get::<GetGroup>(&(group, 0)).await.page.unwrap().rows;
    let to_lars = lars.get::<GetGroup>(&(group, 0)).await.page.unwrap().rows;
    assert!(to_eva.iter().all(|row| row.child != love && !row.protected));
    assert!(to_lars.iter().any(|row| row.child == love && row.protected));
    assert_eq!(to_lars.len() - to_eva.len(), to_lars.iter().filter(|row| row.protected).count());
    // The counters are the same for everybody and leave them out.
    let units = lars.get::<GetUnits>(&()).await;
    let counted = units.units.iter().flat_map(|unit| &unit.groups).find(|found| found.id == group).unwrap();
    assert_eq!(counted.children as usize, to_eva.len());
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let municipality = mats.get::<GetMunicipality>(&()).await;
    let strand = municipality.units.iter().find(|unit| unit.id == units.units[0].id).unwrap();
    let open: u32 = units.units[0].groups.iter().map(|group| group.children).sum();
    assert_eq!(strand.children, open);
}

async fn the_family_uses_the_service(site: Site) {
    let mut karin = site.sign_in(Cast::KarinSandberg).await;
    let home = karin.get::<GetHome>(&()).await;
    assert!(home.children[0].protected);
    assert!(home.tasks.iter().any(|task| task.child == Some(home.children[0].person)));
}

async fn pictures_are_never_published(site: Site) {
    let (love, _) = love_and_the_class(&site).await;
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    says_why(&mut lars, 1, love).await;
    let page = lars.get::<GetChildPage>(&love).await;
    let standings: Vec<Standing> =
        page.sections.iter().flat_map(|section| &section.facts).filter_map(|fact| fact.standing).collect();
    assert!(!standings.is_empty());
    assert!(standings.iter().all(|standing| *standing == Standing::Blocked));
}
