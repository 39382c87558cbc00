//! Protection by hand: it acts at once, for the whole family, and nobody alone takes it away.

use crate::answering::submission;
use crate::browser::{Browser, Reply};
use crate::matrix::objects;
use crate::on_both;
use crate::site::Site;
use skolstart_server::demo::Cast;
use skolstart_server::usecase::bulk::BulkLimits;
use skolstart_server::usecase::import;
use skolstart_shared::api::{
    Endpoint, ErrorCode, GetApplication, GetChildPage, GetFile, GetGroup, GetHome, GetProtected,
    GetProtection, GetSession, GetStaffActs, GetTodo, GetUnits, Method, ProtectionOut, ProtectionStep,
    Purpose, PutProtection, StaffChildHistory, described,
};
use skolstart_shared::id::{ChangeId, GroupId, PersonId, UnitId};

on_both! {
    marking_by_hand_acts_at_once_for_everybody
    who_opens_the_page_says_why_and_the_principal_is_told
    whatever_shows_a_hidden_child_is_opened_as_its_page_is
    a_named_handler_works_with_the_child_and_nobody_else_does
    taking_a_marking_away_takes_two
    a_register_takes_no_protection_away
    a_marked_child_protects_its_siblings
    no_answer_to_others_holds_a_protected_family
}

pub(crate) fn bytes(step: ProtectionStep) -> Vec<u8> {
    serde_json::to_vec(&step).unwrap()
}

pub(crate) async fn does(
    browser: &mut Browser,
    number: u128,
    child: PersonId,
    step: ProtectionStep,
) -> Reply {
    browser.put::<PutProtection>(&(child, ChangeId(submission(number).0)), bytes(step)).await
}

/// Says why, so that a protected child's page opens.
pub(crate) async fn says_why(browser: &mut Browser, number: u128, child: PersonId) {
    let reply = does(browser, number, child, ProtectionStep::Open(Purpose::Answers)).await;
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
}

pub(crate) fn ella() -> PersonId {
    PersonId(Cast::EllaLindqvist.id())
}

pub(crate) fn love() -> PersonId {
    PersonId(Cast::LoveSandberg.id())
}

pub(crate) fn person(cast: Cast) -> PersonId {
    PersonId(cast.id())
}

pub(crate) async fn class_of(site: &Site, guardian: Cast, child: PersonId) -> (GroupId, UnitId) {
    let home = site.sign_in(guardian).await.get::<GetHome>(&()).await;
    let name = home.children.iter().find(|one| one.person == child).unwrap().group.clone().unwrap();
    let units = site.sign_in(Cast::LarsNystrom).await.get::<GetUnits>(&()).await;
    let mut groups =
        units.units.iter().flat_map(|unit| unit.groups.iter().map(move |group| (group, unit.id)));
    groups.find(|(group, _)| group.name == name).map(|(group, unit)| (group.id, unit)).unwrap()
}

async fn is_listed(browser: &mut Browser, group: GroupId, child: PersonId) -> bool {
    let page = browser.get::<GetGroup>(&(group, 0)).await.page.unwrap();
    page.rows.iter().any(|row| row.child == child)
}

async fn counted(browser: &mut Browser, group: GroupId) -> u32 {
    let units = browser.get::<GetUnits>(&()).await;
    units.units.iter().flat_map(|unit| &unit.groups).find(|one| one.id == group).unwrap().children
}

async fn marking_by_hand_acts_at_once_for_everybody(site: Site) {
    let (group, _) = class_of(&site, Cast::SaraLindqvist, ella()).await;
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    assert!(is_listed(&mut anna, group, ella()).await);
    let before = counted(&mut anna, group).await;
    // Only whoever leads the unit, and only for the family.
    does(&mut anna, 1, ella(), ProtectionStep::Mark(ella())).await.refused(404, ErrorCode::NotFound);
    let foreign = ProtectionStep::Mark(person(Cast::MariaBergstrom));
    does(&mut lars, 2, ella(), foreign).await.refused(404, ErrorCode::NotFound);
    let step = ProtectionStep::Mark(ella());
    for _ in 0..2 {
        assert_eq!(does(&mut lars, 3, ella(), step).await.status, 200, "twice is once");
    }
    does(&mut lars, 3, ella(), ProtectionStep::Ask(ella())).await.refused(409, ErrorCode::HashMismatch);

    assert!(!is_listed(&mut anna, group, ella()).await);
    assert!(counted(&mut anna, group).await < before);
    anna.get_path(&GetChildPage::path(&ella())).await.refused(404, ErrorCode::NotFound);
    assert!(is_listed(&mut lars, group, ella()).await);
    let hidden = lars.get::<GetProtected>(&()).await;
    assert!(hidden.iter().any(|one| one.child == ella()) && hidden.iter().any(|one| one.child == love()));
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let home = sara.get::<GetHome>(&()).await;
    assert!(
        home.children.iter().find(|one| one.person == ella()).unwrap().protected,
        "her device keeps nothing"
    );
    assert!(home.tasks.iter().any(|task| task.child == Some(ella())), "she can do everything");
    assert_eq!(site.store.verify_audit().await.unwrap().faults, []);
}

async fn who_opens_the_page_says_why_and_the_principal_is_told(site: Site) {
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    for path in [GetChildPage::path(&love()), StaffChildHistory::path(&love())] {
        lars.get_path(&path).await.refused(403, ErrorCode::Forbidden);
    }
    says_why(&mut lars, 1, love()).await;
    for path in [GetChildPage::path(&love()), StaffChildHistory::path(&love())] {
        assert_eq!(lars.get_path(&path).await.status, 200, "{path}");
    }
    site.later(20);
    assert_eq!(lars.get_path(&GetChildPage::path(&love())).await.status, 200);
    site.later(20);
    lars.get::<GetSession>(&()).await;
    site.later(21);
    lars.get_path(&GetChildPage::path(&love())).await.refused(403, ErrorCode::Forbidden);
    // Fatima works at another unit: naming her gives nothing, and is refused.
    let step = ProtectionStep::Name(person(Cast::FatimaRahimi));
    does(&mut lars, 2, love(), step).await.refused(404, ErrorCode::NotFound);
    let anna = person(Cast::AnnaHolmgren);
    assert_eq!(does(&mut lars, 3, love(), ProtectionStep::Name(anna)).await.status, 200);
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    says_why(&mut anna, 4, love()).await;
    let told =
        |list: Vec<skolstart_shared::api::ProtectedChild>| list.into_iter().find(|one| one.child == love());
    assert_eq!(told(lars.get::<GetProtected>(&()).await).unwrap().opened, 1);
    let file: ProtectionOut = lars.get::<GetProtection>(&love()).await;
    let opened: Vec<_> =
        file.openings.iter().map(|one| (one.name.as_str(), one.purpose, one.fresh)).collect();
    assert_eq!(opened.len(), 2);
    assert_eq!(opened[0], ("Anna Holmgren", Purpose::Answers, true));
    assert!(!opened[1].2, "one's own opening is no news");
    site.later(1);
    assert_eq!(does(&mut lars, 5, love(), ProtectionStep::Seen).await.status, 200);
    assert_eq!(told(lars.get::<GetProtected>(&()).await).unwrap().opened, 0);
}

async fn whatever_shows_a_hidden_child_is_opened_as_its_page_is(site: Site) {
    let (_, of_love) = objects(&site).await;
    // Two children's pages a day are as many as one person opens here.
    let site = site.with_bulk(BulkLimits { unusual: 2, opened: 2, alone: 100, exported: 100 });
    let paths = [
        GetTodo::path(&(love(), of_love.todo.todo)),
        GetApplication::path(&(love(), of_love.application)),
        GetStaffActs::path(&love()),
        GetFile::path(&of_love.file),
    ];
    let mut karin = site.sign_in(Cast::KarinSandberg).await;
    assert_eq!(karin.get_path(&paths[3]).await.status, 200, "her own family says no purpose");
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    for path in &paths {
        lars.get_path(path).await.refused(403, ErrorCode::Forbidden);
    }
    says_why(&mut lars, 1, love()).await;
    for path in &paths {
        assert_eq!(lars.get_path(path).await.status, 200, "{path}");
    }
    let opened = lars.get::<GetProtection>(&love()).await.openings;
    assert_eq!(opened.len(), 1, "and it is told: {}", opened.len());
    site.later(20);
    lars.get::<GetSession>(&()).await;
    site.later(20);
    lars.get::<GetSession>(&()).await;
    site.later(21);
    for path in &paths {
        lars.get_path(path).await.refused(403, ErrorCode::Forbidden);
    }
    // Love, whose own page nobody has opened, is one of today's two.
    for (other, status) in [(person(Cast::WilmaBergstrom), 200), (ella(), 429)] {
        assert_eq!(lars.get_path(&GetChildPage::path(&other)).await.status, status, "{other:?}");
    }
    assert_eq!(site.store.verify_audit().await.unwrap().faults, []);
}

async fn a_named_handler_works_with_the_child_and_nobody_else_does(site: Site) {
    let (group, _) = class_of(&site, Cast::KarinSandberg, love()).await;
    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    assert!(!is_listed(&mut eva, group, love()).await);
    assert!(eva.get::<GetProtected>(&()).await.is_empty());
    let name = ProtectionStep::Name(person(Cast::EvaHedlund));
    assert_eq!(does(&mut lars, 1, love(), name).await.status, 200);
    assert!(is_listed(&mut eva, group, love()).await, "at her next request");
    assert_eq!(eva.get::<GetProtected>(&()).await.len(), 1);
    eva.get_path(&GetChildPage::path(&love())).await.refused(403, ErrorCode::Forbidden);
    says_why(&mut eva, 2, love()).await;
    let page = eva.get::<GetChildPage>(&love()).await;
    assert!(page.protected && page.given_name == "Love");
    let file = eva.get::<GetProtection>(&love()).await;
    assert!(!file.leads && file.candidates.is_empty() && file.handlers.len() == 1);
    for step in [ProtectionStep::Name(person(Cast::EvaHedlund)), ProtectionStep::Ask(love())] {
        does(&mut eva, 3, love(), step).await.refused(403, ErrorCode::Forbidden);
    }
    let end = ProtectionStep::EndName(person(Cast::EvaHedlund));
    assert_eq!(does(&mut lars, 4, love(), end).await.status, 200);
    assert!(!is_listed(&mut eva, group, love()).await);
    eva.get_path(&GetChildPage::path(&love())).await.refused(404, ErrorCode::NotFound);
}

async fn taking_a_marking_away_takes_two(site: Site) {
    let (group, _) = class_of(&site, Cast::SaraLindqvist, ella()).await;
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    for (number, step) in [
        ProtectionStep::Mark(ella()),
        ProtectionStep::Name(person(Cast::AnnaHolmgren)),
        ProtectionStep::Ask(ella()),
    ]
    .into_iter()
    .enumerate()
    {
        assert_eq!(does(&mut lars, number as u128, ella(), step).await.status, 200, "{step:?}");
    }
    does(&mut lars, 10, ella(), ProtectionStep::Approve(ella())).await.refused(403, ErrorCode::Forbidden);
    assert!(anna.get::<GetProtected>(&()).await.iter().any(|one| one.child == ella() && one.asked));
    let mut fatima = site.sign_in(Cast::FatimaRahimi).await;
    does(&mut fatima, 11, ella(), ProtectionStep::Approve(ella())).await.refused(404, ErrorCode::NotFound);
    // What was taken back cannot be said yes to.
    assert_eq!(does(&mut lars, 12, ella(), ProtectionStep::Withdraw(ella())).await.status, 200);
    does(&mut anna, 13, ella(), ProtectionStep::Approve(ella())).await.refused(412, ErrorCode::Stale);
    site.later(1);
    assert_eq!(does(&mut lars, 14, ella(), ProtectionStep::Ask(ella())).await.status, 200);
    assert_eq!(does(&mut anna, 15, ella(), ProtectionStep::Approve(ella())).await.status, 200);
    assert!(is_listed(&mut anna, group, ella()).await);
    assert_eq!(anna.get_path(&GetChildPage::path(&ella())).await.status, 200, "without a purpose, as before");
    assert!(anna.get::<GetProtected>(&()).await.is_empty());
}

async fn a_register_takes_no_protection_away(site: Site) {
    let (group, _) = class_of(&site, Cast::SaraLindqvist, ella()).await;
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    assert_eq!(does(&mut lars, 1, ella(), ProtectionStep::Mark(ella())).await.status, 200);
    // Her record comes again, changed, and says nothing of a marking.
    let files = site.folder.path().join("ss12000");
    let mut changed = 0;
    for file in std::fs::read_dir(&files).unwrap().flatten() {
        let text = std::fs::read_to_string(file.path()).unwrap();
        if text.contains("\"Ella\"") {
            std::fs::write(file.path(), text.replace("\"Ella\"", "\"Ellen\"")).unwrap();
            changed += 1;
        }
    }
    assert!(changed > 0);
    import::import(&site.store, &files, |_, _| ()).await.unwrap();
    assert!(!is_listed(&mut anna, group, ella()).await);
    let page = lars.get::<GetGroup>(&(group, 0)).await.page.unwrap();
    let row = page.rows.iter().find(|row| row.child == ella()).unwrap();
    assert!(row.protected && row.given_name == "Ellen");
}

async fn a_marked_child_protects_its_siblings(site: Site) {
    let home = site.sign_in(Cast::SaraLindqvist).await.get::<GetHome>(&()).await;
    let others: Vec<PersonId> =
        home.children.iter().map(|one| one.person).filter(|one| *one != ella()).collect();
    assert!(!others.is_empty(), "Sara has several children in the demo");
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    assert_eq!(does(&mut lars, 1, ella(), ProtectionStep::Mark(ella())).await.status, 200);
    let home = site.sign_in(Cast::SaraLindqvist).await.get::<GetHome>(&()).await;
    assert!(home.children.iter().all(|one| one.protected), "a name leads from one to the other");
    for staff in [Cast::AnnaHolmgren, Cast::FatimaRahimi] {
        let mut browser = site.sign_in(staff).await;
        for child in &others {
            browser.get_path(&GetChildPage::path(child)).await.refused(404, ErrorCode::NotFound);
        }
    }
}

/// Everybody who has no task with Love asks for everything that can be asked for, with every id of her family's in every
/// place: no answer holds her name, her id, or anything her mother has said.
async fn no_answer_to_others_holds_a_protected_family(site: Site) {
    let (group, unit) = class_of(&site, Cast::KarinSandberg, love()).await;
    let canaries = [love().to_string(), person(Cast::KarinSandberg).to_string(), "Sandberg".to_owned()];
    let nobody = submission(7).to_string();
    let others = [
        Cast::SaraLindqvist,
        Cast::MariaBergstrom,
        Cast::AnnaHolmgren,
        Cast::FatimaRahimi,
        Cast::MatsOberg,
        Cast::JohanLindqvist,
    ];
    let mut asked = 0;
    for who in others {
        let mut browser = site.sign_in(who).await;
        for endpoint in described().iter().filter(|endpoint| endpoint.method == Method::Get) {
            for child in [love(), person(Cast::KarinSandberg), ella()] {
                let (child, group, unit) = (child.to_string(), group.to_string(), unit.to_string());
                let path = fill(endpoint.path, &|name| match name {
                    "child" => child.clone(),
                    "group" => group.clone(),
                    "unit" => unit.clone(),
                    "revision" => "0".to_owned(),
                    "form" => "pictures".to_owned(),
                    "act" => "publish".to_owned(),
                    "kind" => "csv".to_owned(),
                    _ => nobody.clone(),
                });
                let reply = browser.get_path(&path).await;
                assert!(!reply.status.is_server_error(), "{path}");
                asked += u32::from(reply.status == 200);
                let text = String::from_utf8_lossy(&reply.body);
                let exported = serde_json::from_slice::<serde_json::Value>(&reply.body).ok();
                let file = exported.and_then(|file| Some(file.get("content")?.as_str()?.to_owned()));
                let file = file.and_then(|text| skolstart_shared::base64::decode(&text)).unwrap_or_default();
                for canary in &canaries {
                    assert!(!text.contains(canary.as_str()), "{who:?} sees {canary} at {}", endpoint.name);
                    assert!(!String::from_utf8_lossy(&file).contains(canary.as_str()), "{}", endpoint.name);
                }
            }
        }
    }
    assert!(asked > 60, "they see what is theirs: {asked}");
}

fn fill(path: &str, value: &dyn Fn(&str) -> String) -> String {
    let mut filled = String::new();
    let mut rest = path;
    while let (Some(open), Some(close)) = (rest.find('{'), rest.find('}')) {
        filled.push_str(&rest[..open]);
        filled.push_str(&value(&rest[open + 1..close]));
        rest = &rest[close + 1..];
    }
    filled + rest
}
