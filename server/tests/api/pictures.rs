//! "May this picture be published?" for a group, and the list for whoever takes the pictures.

use crate::answering::{answer, bytes, submission};
use crate::browser::{Browser, Reply};
use crate::on_both;
use crate::site::Site;
use skolstart_server::demo::Cast;
use skolstart_shared::Date;
use skolstart_shared::api::{
    Endpoint, ExportFile, ExportPictureConsents, ExportStep, FileOut, GetConsents, GetHome, GetOffer,
    GetPictureConsents, GetUnits, HomeOut, PictureConsentsOut, PictureList, PictureRow, PurposeState,
    PutExport, PutSubmission, SheetKind,
};
use skolstart_shared::base64;
use skolstart_shared::consent::Standing;
use skolstart_shared::form::{ActKey, FormKey};
use skolstart_shared::id::{ChangeId, GroupId, PersonId};
use skolstart_shared::round::MyPart;
use uuid::Uuid;

on_both! {
    what_stands_is_shown_for_the_whole_group_with_the_time
    a_protected_child_is_on_no_list_and_shown_to_its_principal_as_never
    the_file_says_yes_or_no_and_nothing_of_why
    a_yes_for_the_school_year_ends_with_it_and_is_asked_anew
}

fn ella() -> PersonId {
    PersonId(Cast::EllaLindqvist.id())
}

fn love() -> PersonId {
    PersonId(Cast::LoveSandberg.id())
}

/// The class of a child, as its principal sees the classes.
async fn class_of(site: &Site, guardian: Cast, child: PersonId) -> GroupId {
    let mut guardian = site.sign_in(guardian).await;
    let home = guardian.get::<GetHome>(&()).await;
    let name = home.children.iter().find(|found| found.person == child).unwrap().group.clone().unwrap();
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let units = lars.get::<GetUnits>(&()).await;
    units.units.iter().flat_map(|unit| &unit.groups).find(|group| group.name == name).unwrap().id
}

fn row(page: &PictureConsentsOut, child: PersonId) -> &PictureRow {
    page.rows.iter().find(|row| row.child == child).unwrap()
}

fn cell(page: &PictureConsentsOut, child: PersonId, field: &str) -> Standing {
    let at = page.channels.iter().position(|channel| channel.field.as_str() == field).unwrap();
    row(page, child).cells[at].as_ref().unwrap().standing
}

async fn what_stands_is_shown_for_the_whole_group_with_the_time(site: Site) {
    let group = class_of(&site, Cast::SaraLindqvist, ella()).await;
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let before = anna.get::<GetPictureConsents>(&group).await;
    assert_eq!(before.at, site.clock.now());
    assert_eq!(cell(&before, ella(), "web"), Standing::NotAnswered);
    assert!(before.rows.len() > 1);
    // Pictures, and the photographer; nothing of school health.
    let forms: Vec<&str> = before.channels.iter().map(|channel| channel.form.as_str()).collect();
    assert!(
        forms.contains(&"pictures") && forms.contains(&"school-photo") && !forms.contains(&"vaccination")
    );

    for (who, number) in [(Cast::SaraLindqvist, 1), (Cast::JohanLindqvist, 2)] {
        let mut guardian = site.sign_in(who).await;
        let home = guardian.get::<GetHome>(&()).await;
        let body = bytes(answer(&home, Some(ella()), true));
        assert_eq!(guardian.put::<PutSubmission>(&submission(number), body).await.status, 200);
        let page = anna.get::<GetPictureConsents>(&group).await;
        assert_eq!(cell(&page, ella(), "web").allows(), number == 2);
    }
    site.later(3);
    let mut johan = site.sign_in(Cast::JohanLindqvist).await;
    let home = johan.get::<GetHome>(&()).await;
    let body = bytes(answer(&home, Some(ella()), false));
    assert_eq!(johan.put::<PutSubmission>(&submission(3), body).await.status, 200);
    let page = anna.get::<GetPictureConsents>(&group).await;
    assert_eq!(cell(&page, ella(), "web"), Standing::Withdrawn(site.clock.now()));
}

async fn a_protected_child_is_on_no_list_and_shown_to_its_principal_as_never(site: Site) {
    let group = class_of(&site, Cast::KarinSandberg, love()).await;
    let mut karin = site.sign_in(Cast::KarinSandberg).await;
    let home = karin.get::<GetHome>(&()).await;
    let body = bytes(answer(&home, Some(love()), true));
    assert_eq!(karin.put::<PutSubmission>(&submission(1), body).await.status, 200);

    let mut eva = site.sign_in(Cast::EvaHedlund).await;
    let to_eva = eva.get_path(&GetPictureConsents::path(&group)).await;
    assert_eq!(to_eva.status, 200);
    let told = String::from_utf8(to_eva.body).unwrap();
    assert!(!told.contains(&love().to_string()) && !told.contains("Love"));
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let page = lars.get::<GetPictureConsents>(&group).await;
    let hers = row(&page, love());
    assert!(hers.protected);
    assert!(hers.cells.iter().flatten().all(|cell| cell.standing == Standing::Blocked));
    assert!(hers.cells.iter().flatten().count() > 0);
    // On the list that leaves the house nobody protected stands, not for the principal either.
    for mut browser in [eva, lars] {
        let file = list(&mut browser, group, "pictures", "publish").await;
        assert!(!file.contains("Love") && file.lines().count() > 1);
    }
}

async fn ask(browser: &mut Browser, id: ChangeId, group: GroupId, form: &str, act: &str) -> Reply {
    let list = PictureList { group, form: FormKey(form.to_owned()), act: ActKey(act.to_owned()) };
    let step = ExportStep::Ask { list, reason: "Fotografering".to_owned() };
    browser.put::<PutExport>(&id, serde_json::to_vec(&step).unwrap()).await
}

async fn list(browser: &mut Browser, group: GroupId, form: &str, act: &str) -> String {
    let id = ChangeId(Uuid::from_bytes(skolstart_server::ids::random().unwrap()));
    assert_eq!(ask(browser, id, group, form, act).await.status, 200);
    let file: FileOut = browser.get::<ExportPictureConsents>(&ExportFile { id, kind: SheetKind::Csv }).await;
    assert!(file.name.ends_with(".csv") && !file.name.contains(' '));
    String::from_utf8(base64::decode(&file.content).unwrap()).unwrap()
}

async fn the_file_says_yes_or_no_and_nothing_of_why(site: Site) {
    let group = class_of(&site, Cast::SaraLindqvist, ella()).await;
    for (who, number) in [(Cast::SaraLindqvist, 1), (Cast::JohanLindqvist, 2)] {
        let mut guardian = site.sign_in(who).await;
        let home = guardian.get::<GetHome>(&()).await;
        let mut content = answer(&home, Some(ella()), true);
        for act in content.acts.iter_mut().filter(|act| act.form.key.as_str() == "pictures") {
            for (field, value) in act.answers.0.iter_mut() {
                if field.as_str() == "social" && number == 2 {
                    *value = skolstart_shared::fact::Value::Flag(false);
                }
            }
        }
        assert_eq!(guardian.put::<PutSubmission>(&submission(number), bytes(content)).await.status, 200);
    }
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let file = list(&mut anna, group, "pictures", "publish").await;
    let ella = file.lines().find(|line| line.contains("Ella")).unwrap();
    assert!(ella.ends_with("Lindqvist;Ella;Ja;Nej;Ja;Ja;2026-09-07 12:00;Anna Holmgren"), "{ella}");
    let others = file.lines().skip(1).filter(|line| !line.contains("Ella"));
    assert!(others.clone().count() > 0);
    assert!(others.clone().all(|line| line.contains(";Nej;Nej;Nej;Nej;")), "{file}");
    // A consent that is not about pictures has no list here.
    let id = ChangeId(Uuid::from_u128(7));
    assert_eq!(ask(&mut anna, id, group, "vaccination", "agree").await.status, 404);
}

/// The home with the opened form alone in it.
async fn photographs(browser: &mut Browser) -> HomeOut {
    let home = browser.get::<GetHome>(&()).await;
    let opened = browser.get::<GetOffer>(&FormKey("school-photo".to_owned())).await;
    HomeOut { forms: vec![opened.form], tasks: opened.tasks, ..home }
}

async fn portrait(browser: &mut Browser) -> PurposeState {
    let consents = browser.get::<GetConsents>(&ella()).await;
    consents.purposes.into_iter().find(|purpose| purpose.field.as_str() == "portrait").unwrap().state
}

async fn a_yes_for_the_school_year_ends_with_it_and_is_asked_anew(site: Site) {
    let group = class_of(&site, Cast::SaraLindqvist, ella()).await;
    let both = [Cast::SaraLindqvist, Cast::JohanLindqvist];
    for (who, number) in both.into_iter().zip(1..) {
        let mut guardian = site.sign_in(who).await;
        let home = photographs(&mut guardian).await;
        let body = bytes(answer(&home, Some(ella()), true));
        assert_eq!(guardian.put::<PutSubmission>(&submission(number), body).await.status, 200);
    }
    let ends = Date::new(2027, 7, 1).unwrap();
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let page = anna.get::<GetPictureConsents>(&group).await;
    let at = page.channels.iter().position(|channel| channel.field.as_str() == "portrait").unwrap();
    let told = row(&page, ella()).cells[at].clone().unwrap();
    assert!(told.standing.allows() && told.until == Some(ends));

    let to = |day: Date| i64::from(day.days_since(site.clock.today())) * 24 * 60;
    site.later(to(ends.add_days(-1)));
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    assert!(portrait(&mut sara).await.standing.allows(), "the last day counts");
    site.later(to(ends));
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let state = portrait(&mut sara).await;
    assert_eq!((state.standing, state.until), (Standing::Expired(ends), None));
    assert_eq!(state.waits_for.guardians, 1);
    // She is asked anew where she answered, and her new yes is a new decision.
    let home = photographs(&mut sara).await;
    assert_eq!(home.tasks.iter().find(|task| task.child == Some(ella())).unwrap().mine, MyPart::ToDo);
    let body = bytes(answer(&home, Some(ella()), true));
    let reply = sara.put::<PutSubmission>(&submission(3), body).await;
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
    // His yes has ended too, and is all that is missing now.
    let state = portrait(&mut sara).await;
    assert_eq!((state.standing, state.waits_for.guardians), (Standing::Expired(ends), 1));
    let again = photographs(&mut sara).await;
    assert_eq!(again.tasks.iter().find(|task| task.child == Some(ella())).unwrap().mine, MyPart::Done);
    let mut johan = site.sign_in(Cast::JohanLindqvist).await;
    let home = photographs(&mut johan).await;
    let body = bytes(answer(&home, Some(ella()), true));
    assert_eq!(johan.put::<PutSubmission>(&submission(4), body).await.status, 200);
    let state = portrait(&mut johan).await;
    assert!(state.standing.allows() && state.until == Date::new(2028, 7, 1));
}
