//! The element catalogue and the inventory of forms: who changes what, and what comes of it.

use crate::answering::{answer, bytes, submission};
use crate::browser::{Browser, Reply};
use crate::on_both;
use crate::site::Site;
use serde::Serialize;
use skolstart_server::demo::Cast;
use skolstart_shared::Violation;
use skolstart_shared::api::{
    ChangedBy, CheckInventoryFile, ElementIn, ElementLine, ErrorCode, ExportInventory, FormCode,
    GetCatalogue, GetChildPage, GetElementHistory, GetHome, GetInventory, GetMunicipality, GetUnits,
    ImportChange, ImportFault, ImportInventory, ImportOut, InventoryFileIn, PaperFormIn, PutElement,
    PutPaperForm, PutSubmission, SheetKind,
};
use skolstart_shared::base64;
use skolstart_shared::fact::{
    Audience, Element, ElementKey, Freshness, Merge, Sensitivity, Sharing, Source, Subject,
};
use skolstart_shared::form::{FormKey, Texts};
use skolstart_shared::id::PersonId;
use skolstart_shared::inventory::{PaperForm, Saved};
use skolstart_shared::{Code, Locale};

on_both! {
    an_element_is_changed_once_and_remembered
    who_was_second_is_told
    what_is_unsafe_is_refused_and_changes_nothing
    how_long_a_confirmation_holds_acts_at_the_next_request
    only_the_principal_sees_what_only_she_may
    a_file_is_previewed_taken_in_and_taken_in_again
    a_broken_row_is_named_and_the_rest_goes_on
    what_is_exported_can_be_taken_in
    figures_count_what_paper_would_have_cost
    a_form_is_described_by_hand
}

pub(crate) fn phone() -> ElementKey {
    ElementKey("guardian.phone".to_owned())
}

fn json<T: Serialize>(value: &T) -> Vec<u8> {
    serde_json::to_vec(value).unwrap()
}

fn csv(text: &str) -> InventoryFileIn {
    InventoryFileIn { kind: SheetKind::Csv, content: base64::encode(text.as_bytes()) }
}

fn paper(code: &str) -> PaperForm {
    PaperForm { code: code.to_owned(), name: "Prov".to_owned(), ..PaperForm::default() }
}

/// For the matrix: an edit that is right. The element is said again as the program ships it.
pub(crate) async fn ask(browser: &mut Browser, endpoint: &str) -> Reply {
    let text = |swedish: &str, english: &str| {
        Texts([(Locale::Sv, swedish.to_owned()), (Locale::En, english.to_owned())].into())
    };
    let element = Element {
        key: phone(),
        subject: Subject::Guardian,
        sensitivity: Sensitivity::Contact,
        holds_days: Some(365),
        merge: Merge::Latest,
        sharing: Sharing::GiverOnly,
        retention: "contact-details".to_owned(),
        label: text("Telefon", "Phone"),
        sources: vec![Source::Guardian, Source::Register, Source::Staff],
        audience: Audience::Unit,
        kind: None,
    };
    match endpoint {
        "PutElement" => browser.put::<PutElement>(&phone(), json(&ElementIn { base: 1, element })).await,
        "PutPaperForm" => {
            let form = PaperFormIn { base: 0, form: paper("prov") };
            browser.put::<PutPaperForm>(&FormCode("prov".to_owned()), json(&form)).await
        }
        "CheckInventoryFile" => browser.put::<CheckInventoryFile>(&(), json(&csv("Blankett\nProv"))).await,
        _ => browser.put::<ImportInventory>(&(), json(&csv("Blankett\nProv"))).await,
    }
}

pub(crate) async fn line(mats: &mut Browser, key: &str) -> ElementLine {
    let catalogue = mats.get::<GetCatalogue>(&()).await;
    catalogue.elements.into_iter().find(|line| line.element.key.as_str() == key).unwrap()
}

pub(crate) async fn put(mats: &mut Browser, base: u32, element: &Element) -> Reply {
    mats.put::<PutElement>(&element.key, json(&ElementIn { base, element: element.clone() })).await
}

fn read<T: serde::de::DeserializeOwned>(reply: &Reply) -> T {
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
    serde_json::from_slice(&reply.body).unwrap()
}

async fn an_element_is_changed_once_and_remembered(site: Site) {
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let catalogue = mats.get::<GetCatalogue>(&()).await;
    // A class is chosen by what it is called; those of tables are no choice.
    let contacts = catalogue.retentions.iter().find(|option| option.class == "contact-details").unwrap();
    assert!(contacts.title.contains(' ') && contacts.title != contacts.class, "{}", contacts.title);
    assert!(catalogue.retentions.iter().all(|option| option.class != "session" && option.class != "audit"));
    let before = line(&mut mats, "guardian.phone").await;
    assert_eq!((before.version, before.name.as_str(), before.calling), (1, "Telefon", true));
    assert!(
        before.fields.iter().any(|used| used.form.key.as_str() == "contact-details"),
        "{:?}",
        before.fields
    );
    assert!(before.paper.len() > 5, "real forms ask for it again and again");
    let changed = Element { holds_days: Some(180), ..before.element.clone() };
    let rows = site.store.verify_audit().await.unwrap().rows;
    for _ in 0..2 {
        // A lost answer: the same is sent again, upon the version that was seen then.
        let after: ElementLine = read(&put(&mut mats, 1, &changed).await);
        assert_eq!((after.version, after.element.holds_days), (2, Some(180)));
    }
    assert_eq!(site.store.verify_audit().await.unwrap().rows, rows + 1, "one change, one row");
    let history = mats.get::<GetElementHistory>(&phone()).await;
    let told: Vec<_> = history.iter().map(|one| (one.version, one.by, one.element.holds_days)).collect();
    assert_eq!(told, [(2, ChangedBy::You, Some(180)), (1, ChangedBy::Program, Some(365))]);
    let reply = mats.get_path("/api/municipality/elements/guardian.none/history").await;
    reply.refused(404, ErrorCode::NotFound);
}

async fn who_was_second_is_told(site: Site) {
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let before = line(&mut mats, "guardian.email").await;
    let mine = Element { holds_days: Some(100), ..before.element.clone() };
    let theirs = Element { holds_days: Some(200), ..before.element.clone() };
    assert_eq!(put(&mut mats, before.version, &mine).await.status, 200);
    put(&mut mats, before.version, &theirs).await.refused(412, ErrorCode::Stale);
    assert_eq!(line(&mut mats, "guardian.email").await.element.holds_days, Some(100));
    let form = PaperFormIn { base: 7, form: PaperForm { name: "Annat".into(), ..paper("special-diet") } };
    let reply = mats.put::<PutPaperForm>(&FormCode("special-diet".into()), json(&form)).await;
    reply.refused(412, ErrorCode::Stale);
}

async fn what_is_unsafe_is_refused_and_changes_nothing(site: Site) {
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let found = |reply: &Reply| -> Vec<(String, Code)> {
        reply.refused(422, ErrorCode::Invalid);
        reply.error().violations.into_iter().map(|Violation { path, code, .. }| (path, code)).collect()
    };
    let diet = line(&mut mats, "child.diet-needs").await;
    let less = Element { sensitivity: Sensitivity::Personal, merge: Merge::Latest, ..diet.element.clone() };
    let reply = put(&mut mats, diet.version, &less).await;
    assert_eq!(
        found(&reply),
        [("sensitivity".to_owned(), Code::KeptAsHealth), ("merge".to_owned(), Code::KeptAsHealth)]
    );
    let contacts = line(&mut mats, "child.contacts").await;
    let open = Element { sharing: Sharing::Guardians, ..contacts.element.clone() };
    let reply = put(&mut mats, contacts.version, &open).await;
    assert_eq!(found(&reply), [("sharing".to_owned(), Code::PromisedToGiver)]);
    assert_eq!(line(&mut mats, "child.diet-needs").await, diet);
    assert_eq!(line(&mut mats, "child.contacts").await, contacts);
}

async fn how_long_a_confirmation_holds_acts_at_the_next_request(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let home = sara.get::<GetHome>(&()).await;
    let sent = sara.put::<PutSubmission>(&submission(1), bytes(answer(&home, None, true))).await;
    assert_eq!(sent.status, 200);
    site.later(3 * 24 * 60);
    let fresh = |home: &skolstart_shared::api::HomeOut| {
        let known = home.tasks.iter().filter(|task| task.child.is_none()).flat_map(|task| &task.known);
        let found = known.filter(|(field, _)| field.as_str() == "phone").map(|(_, known)| known.freshness);
        found.collect::<Vec<_>>()
    };
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    assert_eq!(fresh(&sara.get::<GetHome>(&()).await), [Freshness::Known]);
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let phone = line(&mut mats, "guardian.phone").await;
    let short = Element { holds_days: Some(2), ..phone.element.clone() };
    assert_eq!(put(&mut mats, phone.version, &short).await.status, 200);
    assert_eq!(fresh(&sara.get::<GetHome>(&()).await), [Freshness::Stale]);
}

async fn only_the_principal_sees_what_only_she_may(site: Site) {
    let ella = PersonId(Cast::EllaLindqvist.id());
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let home = sara.get::<GetHome>(&()).await;
    assert_eq!(sara.put::<PutSubmission>(&submission(1), bytes(answer(&home, None, true))).await.status, 200);
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let (mut anna, mut lars) =
        (site.sign_in(Cast::AnnaHolmgren).await, site.sign_in(Cast::LarsNystrom).await);
    let phones = |page: &skolstart_shared::api::StaffChildOut| {
        page.to_reach.iter().flat_map(|person| &person.phones).count()
    };
    let facts = |page: &skolstart_shared::api::StaffChildOut| {
        page.sections.iter().map(|section| section.facts.len()).sum::<usize>()
    };
    let before = anna.get::<GetChildPage>(&ella).await;
    assert!(phones(&before) > 0);
    let phone = line(&mut mats, "guardian.phone").await;
    let narrow = Element { audience: Audience::Principal, ..phone.element.clone() };
    assert_eq!(put(&mut mats, phone.version, &narrow).await.status, 200);
    let after = anna.get::<GetChildPage>(&ella).await;
    assert_eq!(phones(&after), 0);
    assert!(facts(&after) < facts(&before));
    assert_eq!(phones(&lars.get::<GetChildPage>(&ella).await), phones(&before));
}

const FILE: &str = "Beteckning;Blankett;Blad;Exemplar per år;Uppgifter;Ersatt av;Kommentar\r\n\
    ny;Ny blankett;2;1 200;child.name, guardian.phone;;hej\r\n\
    special-diet;Specialkost;3;;;special-diet;\r\n";

async fn a_file_is_previewed_taken_in_and_taken_in_again(site: Site) {
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let before = mats.get::<GetInventory>(&()).await;
    assert_eq!(before.forms.len(), 18, "the real forms");
    let preview: ImportOut = read(&mats.put::<CheckInventoryFile>(&(), json(&csv(FILE))).await);
    assert_eq!(preview.unknown_columns, ["Kommentar"]);
    assert_eq!(preview.rows[0].change, ImportChange::New);
    let ImportChange::Changed(columns) = &preview.rows[1].change else { panic!("{:?}", preview.rows[1]) };
    assert_eq!(columns, &["Exemplar per år", "Blad", "Uppgifter"]);
    assert_eq!(mats.get::<GetInventory>(&()).await, before, "a preview changes nothing");

    let rows = site.store.verify_audit().await.unwrap().rows;
    let done: ImportOut = read(&mats.put::<ImportInventory>(&(), json(&csv(FILE))).await);
    assert_eq!(done, preview);
    let after = mats.get::<GetInventory>(&()).await;
    assert_eq!(after.forms.len(), 19);
    let new = after.forms.iter().find(|line| line.form.code == "ny").unwrap();
    assert_eq!((new.form.copies_per_year, new.form.sheets, new.form.asks.len()), (Some(1200), Some(2), 2));
    let diet = after.forms.iter().find(|line| line.form.code == "special-diet").unwrap();
    assert_eq!(diet.form.owner, "Kostenheten", "a column that the file does not have stays");
    let audited = site.store.verify_audit().await.unwrap().rows;
    assert_eq!(audited, rows + 2, "one for the import, one for the reading");

    let again: ImportOut = read(&mats.put::<ImportInventory>(&(), json(&csv(FILE))).await);
    assert!(again.rows.iter().all(|row| row.change == ImportChange::Same), "{again:?}");
    assert_eq!(mats.get::<GetInventory>(&()).await, after);
}

async fn a_broken_row_is_named_and_the_rest_goes_on(site: Site) {
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let file = "Blankett,Code,Sheets,Elements,Replaced by,Replaced on,Estimated\n\
        A,a,1,,,,\n,b,1,,,,\nC,c,två,,,,\nD,d,1,Telefon,,,\nE,e,1,,nothing,,\nF,f,1,,,i går,\nG,g,1,,,,kanske\nA2,a,1,,,,\nH,h,1000,,,,\n";
    let told: ImportOut = read(&mats.put::<ImportInventory>(&(), json(&csv(file))).await);
    let rejected: Vec<_> =
        told.rejected.iter().map(|row| (row.row, row.column.as_str(), row.reason)).collect();
    assert_eq!(
        rejected,
        [
            (3, "Blankett", ImportFault::NoName),
            (4, "Blad", ImportFault::NotANumber),
            (5, "Uppgifter", ImportFault::NotAnElement),
            (6, "Ersatt av", ImportFault::UnknownForm),
            (7, "Ersatt den", ImportFault::NotADate),
            (8, "Uppskattat", ImportFault::NotYesOrNo),
            (9, "Beteckning", ImportFault::Repeated),
            (10, "Blad", ImportFault::TooLarge),
        ]
    );
    assert_eq!(told.rows.iter().map(|row| (row.row, row.code.as_str())).collect::<Vec<_>>(), [(2, "a")]);
    assert_eq!(mats.get::<GetInventory>(&()).await.forms.len(), 19);
    for (wrong, code, status) in [
        (csv("Namn;Blad\nA;1"), ErrorCode::UnsupportedMedia, 415),
        (csv(""), ErrorCode::UnsupportedMedia, 415),
        (InventoryFileIn { kind: SheetKind::Xlsx, ..csv(FILE) }, ErrorCode::UnsupportedMedia, 415),
        (InventoryFileIn { content: "?".into(), ..csv("") }, ErrorCode::UnsupportedMedia, 415),
        (csv(&format!("Blankett\n{}", "x\n".repeat(6_000))), ErrorCode::TooLarge, 413),
    ] {
        mats.put::<CheckInventoryFile>(&(), json(&wrong)).await.refused(status, code);
    }
}

async fn what_is_exported_can_be_taken_in(site: Site) {
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    for kind in [SheetKind::Csv, SheetKind::Xlsx] {
        let file = mats.get::<ExportInventory>(&kind).await;
        assert!(file.name.ends_with(kind.as_str()));
        let told: ImportOut = read(
            &mats
                .put::<CheckInventoryFile>(&(), json(&InventoryFileIn { kind, content: file.content }))
                .await,
        );
        assert_eq!((told.rows.len(), told.rejected.len()), (18, 0), "{kind:?} {:?}", told.rejected);
        assert!(told.rows.iter().all(|row| row.change == ImportChange::Same), "{kind:?}: {told:?}");
    }
}

async fn figures_count_what_paper_would_have_cost(site: Site) {
    let ella = PersonId(Cast::EllaLindqvist.id());
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    assert_eq!(mats.get::<GetMunicipality>(&()).await.numbers.saved, Saved::default());
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let home = sara.get::<GetHome>(&()).await;
    let mut content = answer(&home, Some(ella), true);
    content.acts.retain(|act| act.form.key == FormKey("special-diet".to_owned()));
    assert!(!content.acts.is_empty());
    assert_eq!(sara.put::<PutSubmission>(&submission(1), bytes(content)).await.status, 200);
    // One child alone: the municipality's figures do not tell of her.
    let figures = mats.get::<GetMunicipality>(&()).await;
    assert_eq!(figures.numbers.saved, Saved::default());
    // Those who work at the unit see it.
    let mut lars = site.sign_in(Cast::LarsNystrom).await;
    let units = lars.get::<GetUnits>(&()).await;
    let unit = &units.units[0];
    let saved = Saved { copies: 1, sheets: 1, minutes_fill: 8, minutes_handle: 10, estimated: true };
    assert_eq!(unit.numbers.saved, saved);
    let sums = (figures.numbers.confirmed, figures.numbers.changed, figures.numbers.new);
    assert_eq!((unit.numbers.confirmed, unit.numbers.changed, unit.numbers.new), sums);
    assert!(sums.0 + sums.1 + sums.2 > 0);
    assert_eq!(figures.units.iter().find(|told| told.id == unit.id).unwrap().answers, None);
}

async fn a_form_is_described_by_hand(site: Site) {
    let mut mats = site.sign_in(Cast::MatsOberg).await;
    let code = FormCode("prov".to_owned());
    let form = PaperForm {
        owner: "  Rektor ".to_owned(),
        asks: vec![phone(), phone()],
        replaced_by: Some(FormKey("special-diet".to_owned())),
        ..paper("prov")
    };
    let send = |base: u32, form: &PaperForm| json(&PaperFormIn { base, form: form.clone() });
    assert_eq!(mats.put::<PutPaperForm>(&code, send(0, &form)).await.status, 200);
    assert_eq!(mats.put::<PutPaperForm>(&code, send(0, &form)).await.status, 200, "the same again");
    let inventory = mats.get::<GetInventory>(&()).await;
    let stands = inventory.forms.iter().find(|line| line.form.code == "prov").unwrap();
    assert_eq!((stands.version, stands.form.owner.as_str(), stands.form.asks.len()), (1, "Rektor", 1));
    let wrong = PaperForm { name: String::new(), replaced_by: Some(FormKey("none".into())), ..form.clone() };
    let reply = mats.put::<PutPaperForm>(&code, send(1, &wrong)).await;
    reply.refused(422, ErrorCode::Invalid);
    let paths: Vec<String> = reply.error().violations.into_iter().map(|found| found.path).collect();
    assert_eq!(paths, ["name", "replaced-by"]);
    let other = FormCode("annan".to_owned());
    mats.put::<PutPaperForm>(&other, send(0, &form)).await.refused(422, ErrorCode::Invalid);
    assert!(
        !inventory.digital.is_empty() && inventory.elements.iter().any(|element| element.name == "Telefon")
    );
}
