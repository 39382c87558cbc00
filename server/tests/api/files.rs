//! Files that guardians send: part by part, checked, held by an answer, and seen by those with a task for them.

use crate::answering::{bytes, submission};
use crate::browser::{Browser, Reply};
use crate::matrix::Object;
use crate::on_both;
use crate::site::Site;
use sea_orm::ConnectionTrait;
use sha2::{Digest, Sha256};
use skolstart_server::demo::Cast;
use skolstart_server::sample_files::{exif_jpeg, noted_place, pdf, pdf_with, png, png_that_says};
use skolstart_server::usecase::files::forget_waiting;
use skolstart_server::usecase::publish;
use skolstart_shared::api::{
    DeleteFile, Endpoint, ErrorCode, FileIn, FileState, FinishFile, GetChildPage, GetFile, GetHome, GetOffer,
    PutFile, PutFilePart, PutSubmission,
};
use skolstart_shared::fact::{FileRef, FileType, Value};
use skolstart_shared::form::example;
use skolstart_shared::form::{ActKey, Answers, FieldKey, FieldKind, FormDefinition, FormKey, FormRef, Texts};
use skolstart_shared::id::{FileId, PersonId, RoundId};
use skolstart_shared::round::Round;
use skolstart_shared::school::SchoolYear;
use skolstart_shared::submission::{ActAnswer, ContentHash, SubmissionContent};
use skolstart_shared::{Code, Locale};
use uuid::Uuid;

on_both! {
    a_file_comes_part_by_part_and_is_kept_without_notes
    the_same_again_changes_nothing_and_another_content_is_refused
    what_is_no_picture_and_no_document_is_refused_with_the_reason
    an_answer_holds_only_what_is_whole_and_the_senders_own
    a_field_says_how_many_how_large_and_of_what_kind
    those_with_a_task_see_a_file_and_nobody_else
    what_no_answer_holds_is_forgotten
    a_person_has_only_so_much_waiting
    the_database_holds_no_byte_of_a_file_in_plain
}

const ROUND: RoundId = RoundId(Uuid::from_u128(0x78));

fn ella() -> PersonId {
    PersonId(Cast::EllaLindqvist.id())
}

pub(crate) fn id(number: u128) -> FileId {
    FileId(submission(5_000 + number).0)
}

pub(crate) fn input(content: &[u8], child: Option<PersonId>, name: &str) -> FileIn {
    let hash = ContentHash::of_digest(&Sha256::digest(content));
    FileIn { child, bytes: u32::try_from(content.len()).unwrap(), hash, name: name.to_owned() }
}

fn json<T: serde::Serialize>(value: &T) -> Vec<u8> {
    serde_json::to_vec(value).unwrap()
}

pub(crate) async fn begin(browser: &mut Browser, number: u128, input: &FileIn) -> Reply {
    browser.put::<PutFile>(&id(number), json(input)).await
}

pub(crate) async fn part(browser: &mut Browser, number: u128, offset: usize, bytes: &[u8]) -> Reply {
    let path = (id(number), u32::try_from(offset).unwrap());
    browser.put_bytes::<PutFilePart>(&path, bytes.to_vec()).await
}

pub(crate) async fn finish(browser: &mut Browser, number: u128) -> Reply {
    browser.put::<FinishFile>(&id(number), b"{}".to_vec()).await
}

pub(crate) fn read<T: serde::de::DeserializeOwned>(reply: &Reply) -> T {
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
    serde_json::from_slice(&reply.body).unwrap()
}

fn received(reply: &Reply) -> u32 {
    read::<FileState>(reply).received
}

/// Sends a file in one go. Gives what the end says.
pub(crate) async fn send(
    browser: &mut Browser,
    number: u128,
    content: &[u8],
    child: Option<PersonId>,
) -> Reply {
    read::<FileState>(&begin(browser, number, &input(content, child, "intyg.exe")).await);
    for (at, piece) in content.chunks(200_000).enumerate() {
        read::<FileState>(&part(browser, number, at * 200_000, piece).await);
    }
    finish(browser, number).await
}

async fn sent(browser: &mut Browser, number: u128, content: &[u8]) -> FileRef {
    read(&send(browser, number, content, Some(ella())).await)
}

/// A file that the self-care form of the child holds: for the matrix.
pub(crate) async fn held(browser: &mut Browser, child: PersonId, number: u128) -> FileId {
    let file: FileRef = read(&send(browser, number, &png(20, 20), Some(child)).await);
    let home = browser.get::<GetHome>(&()).await;
    let opened = browser.get::<GetOffer>(&FormKey("self-care".to_owned())).await;
    let task = opened.tasks.iter().find(|task| task.child == Some(child)).unwrap();
    let act = opened.form.act(&task.act).unwrap();
    let setting = home.children.iter().find(|one| one.person == child).unwrap().setting;
    let mut answers = Answers::default();
    for field in &act.fields {
        if field.is_visible(&answers, &setting) {
            let value = match field.kind {
                FieldKind::Files { .. } => Some(Value::Files(vec![file.clone()])),
                _ => example(field, 0, &setting),
            };
            answers.set(&field.key, value);
        }
    }
    let form = opened.form.reference();
    let act = ActAnswer { form, act: act.key.clone(), child: Some(child), answers, base: Default::default() };
    let content = SubmissionContent {
        round: home.round.unwrap().id,
        locale: Locale::Sv,
        acts: vec![act],
        supersedes: None,
    };
    let reply = browser.put::<PutSubmission>(&submission(5_500 + number), bytes(content)).await;
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
    file.id
}

pub(crate) async fn ask(browser: &mut Browser, name: &str, object: &Object, number: u128) -> Reply {
    match name {
        "PutFile" => begin(browser, 1_000 + number, &input(b"x", Some(object.child), "x")).await,
        "PutFilePart" => browser.put_bytes::<PutFilePart>(&(object.file, 0), b"x".to_vec()).await,
        "FinishFile" => browser.put::<FinishFile>(&object.file, b"{}".to_vec()).await,
        _ => browser.delete::<DeleteFile>(&object.file).await,
    }
}

async fn open(site: &Site) -> FormRef {
    let form: FormDefinition = serde_json::from_str(include_str!("../data/forms/papers.json")).unwrap();
    let form = publish::publish_form(&site.store, &form).await.unwrap();
    let today = site.clock.today();
    let round = Round {
        id: ROUND,
        title: Texts([(Locale::Sv, "Prov".to_owned())].into()),
        school_year: SchoolYear::containing(today),
        opens: today,
        closes: today.add_days(30),
        forms: vec![form.clone()],
        school_forms: Vec::new(),
        grades: Vec::new(),
        units: Vec::new(),
        groups: Vec::new(),
    };
    publish::create_round(&site.store, &round).await.unwrap();
    form
}

fn content(form: &FormRef, answers: &[(&str, Vec<FileRef>)]) -> SubmissionContent {
    let answer =
        |(field, files): &(&str, Vec<FileRef>)| (FieldKey((*field).to_owned()), Value::Files(files.clone()));
    let act = ActAnswer {
        form: form.clone(),
        act: ActKey("proof".to_owned()),
        child: Some(ella()),
        answers: Answers(answers.iter().map(answer).collect()),
        base: Default::default(),
    };
    SubmissionContent { round: ROUND, locale: Locale::Sv, acts: vec![act], supersedes: None }
}

async fn submit(
    browser: &mut Browser,
    number: u128,
    form: &FormRef,
    answers: &[(&str, Vec<FileRef>)],
) -> Reply {
    browser.put::<PutSubmission>(&submission(number), bytes(content(form, answers))).await
}

pub(crate) fn said(reply: &Reply) -> Vec<Code> {
    assert_eq!(reply.status, 422, "{}", String::from_utf8_lossy(&reply.body));
    reply.error().violations.into_iter().map(|one| one.code).collect()
}

pub(crate) async fn look(browser: &mut Browser, file: FileId) -> Reply {
    browser.get_path(&GetFile::path(&file)).await
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

async fn a_file_comes_part_by_part_and_is_kept_without_notes(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let photo = exif_jpeg(120, 80, 6);
    let said = input(&photo, Some(ella()), "../IMG_0001 Ella.heic");
    assert_eq!(received(&begin(&mut sara, 1, &said).await), 0);
    assert_eq!(received(&part(&mut sara, 1, 0, &photo[..300]).await), 300);
    finish(&mut sara, 1).await.refused(422, ErrorCode::Invalid);
    // The answer was lost: what is there is left out, and a gap is not filled with something else.
    assert_eq!(received(&part(&mut sara, 1, 0, &photo[..300]).await), 300);
    assert_eq!(received(&part(&mut sara, 1, 200, &photo[200..500]).await), 500);
    assert_eq!(received(&part(&mut sara, 1, 700, &photo[700..]).await), 500);
    assert_eq!(received(&begin(&mut sara, 1, &said).await), 500, "where to go on");
    assert_eq!(received(&part(&mut sara, 1, 500, &photo[500..]).await) as usize, photo.len());
    let kept: FileRef = read(&finish(&mut sara, 1).await);
    assert_eq!(
        (kept.kind, &*kept.name, kept.bytes as usize),
        (FileType::Jpeg, "IMG_0001 Ella.jpg", photo.len())
    );

    let shown = look(&mut sara, kept.id).await;
    assert_eq!(shown.status, 200);
    assert!(shown.body.starts_with(&[0xFF, 0xD8]) && holds(&photo, noted_place()));
    assert!(!holds(&shown.body, noted_place()) && !holds(&shown.body, b"Exif"));
    assert_eq!(shown.header("content-type"), "image/jpeg");
    assert_eq!(shown.header("content-disposition"), "inline; filename=\"fil.jpg\"");
    assert_eq!(shown.header("x-content-type-options"), "nosniff");
    assert_eq!(shown.header("cache-control"), "private, no-store");
    assert_eq!(
        shown.header("content-security-policy"),
        "default-src 'none'; sandbox; frame-ancestors 'none'"
    );

    let document = sent(&mut sara, 2, &pdf()).await;
    let shown = look(&mut sara, document.id).await;
    assert_eq!(shown.header("content-type"), "application/pdf");
    assert_eq!(shown.body, pdf());
}

async fn the_same_again_changes_nothing_and_another_content_is_refused(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let picture = png(30, 30);
    let kept = sent(&mut sara, 1, &picture).await;
    let before = crate::contents::contents(&site).await;
    assert_eq!(kept, sent(&mut sara, 1, &picture).await);
    assert_eq!(crate::contents::contents(&site).await, before);
    let other = input(&png(31, 30), Some(ella()), "intyg.exe");
    begin(&mut sara, 1, &other).await.refused(409, ErrorCode::HashMismatch);
    let mut johan = site.sign_in(Cast::JohanLindqvist).await;
    let same = input(&picture, Some(ella()), "intyg.exe");
    begin(&mut johan, 1, &same).await.refused(404, ErrorCode::NotFound);
    part(&mut johan, 1, 0, &picture).await.refused(404, ErrorCode::NotFound);
    finish(&mut johan, 1).await.refused(404, ErrorCode::NotFound);
    assert_eq!(johan.delete::<DeleteFile>(&id(1)).await.status, 200);
    assert_eq!(look(&mut sara, kept.id).await.status, 200, "he could not forget it");
    // More than was said.
    begin(&mut sara, 2, &FileIn { bytes: 5, ..same.clone() }).await;
    part(&mut sara, 2, 0, b"123456").await.refused(409, ErrorCode::HashMismatch);
    // Bytes where JSON is taken, and the other way.
    let path = (id(2), 0);
    let reply = sara.put::<PutFilePart>(&path, b"{}".to_vec()).await;
    reply.refused(415, ErrorCode::UnsupportedMedia);
    let reply = sara.put_bytes::<PutFile>(&id(3), json(&same)).await;
    reply.refused(415, ErrorCode::UnsupportedMedia);
    part(&mut sara, 2, 0, &vec![1; 262_145]).await.refused(413, ErrorCode::TooLarge);
    // Another content than its hash says.
    begin(&mut sara, 4, &FileIn { hash: other.hash, ..same }).await;
    part(&mut sara, 4, 0, &picture).await;
    assert_eq!(said(&finish(&mut sara, 4).await), [Code::FileBroken]);
}

async fn what_is_no_picture_and_no_document_is_refused_with_the_reason(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let cases: [(&[u8], Code); 6] = [
        (b"MZ\x90\0 a program", Code::WrongFileKind),
        (b"\0\0\0\x18ftypheic and more", Code::FileHeic),
        (&png_that_says(60_000, 60_000), Code::FileTooManyPoints),
        (&pdf()[..150], Code::FileBroken),
        (&pdf_with("", "/Encrypt 9 0 R"), Code::FileLocked),
        (&pdf_with("/OpenAction << /S /JavaScript /JS (x) >>", ""), Code::FileActive),
    ];
    for (number, (bytes, code)) in cases.into_iter().enumerate() {
        let number = number as u128 + 1;
        assert_eq!(said(&send(&mut sara, number, bytes, Some(ella())).await), [code]);
        // Asked again, and begun again, it says the same.
        assert_eq!(said(&finish(&mut sara, number).await), [code]);
        assert_eq!(said(&begin(&mut sara, number, &input(bytes, Some(ella()), "intyg.exe")).await), [code]);
        assert_eq!(look(&mut sara, id(number)).await.status, 404);
    }
    let right = input(b"x", Some(ella()), "x");
    assert_eq!(said(&begin(&mut sara, 20, &FileIn { bytes: 0, ..right.clone() }).await), [Code::FileEmpty]);
    let large = begin(&mut sara, 20, &FileIn { bytes: 20_000_001, ..right }).await;
    assert_eq!(said(&large), [Code::FileTooLarge]);
    assert_eq!(large.error().violations[0].params, [("max".to_owned(), "20".to_owned())]);
}

async fn an_answer_holds_only_what_is_whole_and_the_senders_own(site: Site) {
    let form = open(&site).await;
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let mut johan = site.sign_in(Cast::JohanLindqvist).await;
    let mine = sent(&mut sara, 1, &png(30, 30)).await;
    let his = sent(&mut johan, 2, &png(31, 30)).await;
    let of_nobody: FileRef = read(&send(&mut sara, 3, &png(32, 30), None).await);
    begin(&mut sara, 4, &input(&png(33, 30), Some(ella()), "x")).await;
    let unsent = FileRef { id: id(4), ..mine.clone() };
    for wrong in [his, of_nobody, unsent, FileRef { id: id(99), ..mine.clone() }] {
        assert_eq!(said(&submit(&mut sara, 10, &form, &[("proof", vec![wrong])]).await), [Code::FileMissing]);
    }
    let twice = [("proof", vec![mine.clone()]), ("private", vec![mine.clone()])];
    let twice = submit(&mut sara, 10, &form, &twice).await;
    assert_eq!(said(&twice), [Code::FileMissing]);
    // As it was on the telephone, before the school wrote it anew: the school's word about it is kept.
    let before = FileRef { name: "annat.png".to_owned(), bytes: 1, ..mine.clone() };
    assert_eq!(submit(&mut sara, 10, &form, &[("proof", vec![before])]).await.status, 200);
    let page = site.sign_in(Cast::AnnaHolmgren).await.get::<GetChildPage>(&ella()).await;
    let mut facts = page.sections.into_iter().flat_map(|section| section.facts);
    assert!(facts.any(|fact| fact.value == Some(Value::Files(vec![mine.clone()]))));
    // What is held is no longer hers to forget, and belongs to its field.
    sara.delete::<DeleteFile>(&mine.id).await;
    assert_eq!(look(&mut sara, mine.id).await.status, 200);
    let elsewhere = submit(&mut sara, 11, &form, &[("private", vec![mine.clone()])]).await;
    assert_eq!(said(&elsewhere), [Code::FileMissing]);
    // The other guardian was shown it and says that it is right.
    assert_eq!(submit(&mut johan, 12, &form, &[("proof", vec![mine])]).await.status, 200);
}

async fn a_field_says_how_many_how_large_and_of_what_kind(site: Site) {
    let form = open(&site).await;
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let mut files = Vec::new();
    for number in 1..=3_u32 {
        files.push(sent(&mut sara, number.into(), &png(30 + number, 30)).await);
    }
    let too_many = submit(&mut sara, 10, &form, &[("proof", files.clone())]).await;
    assert_eq!(said(&too_many), [Code::TooMany]);
    let kind = submit(&mut sara, 10, &form, &[("own", files[..1].to_vec())]).await;
    assert_eq!(said(&kind), [Code::WrongFileKind]);
    let mut large = pdf();
    large.splice(9..9, std::iter::once(b'%').chain(std::iter::repeat_n(b'x', 1_000_000)).chain([b'\n']));
    let start = large.windows(4).rposition(|window| window == b"xref").unwrap();
    let table = large.windows(6).position(|window| window == b"xref\n0").unwrap();
    large.truncate(start + 4);
    large.extend(format!("\n{table}\n%%EOF\n").bytes());
    let large = sent(&mut sara, 4, &large).await;
    let size = submit(&mut sara, 10, &form, &[("proof", vec![large])]).await;
    assert_eq!(said(&size), [Code::FileTooLarge]);
    assert_eq!(submit(&mut sara, 10, &form, &[("proof", files[..2].to_vec())]).await.status, 200);
}

async fn those_with_a_task_see_a_file_and_nobody_else(site: Site) {
    let form = open(&site).await;
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let proof = sent(&mut sara, 1, &png(30, 30)).await;
    let own = sent(&mut sara, 2, &pdf()).await;
    let private = sent(&mut sara, 3, &png(31, 30)).await;
    let people = [
        (Cast::SaraLindqvist, [200, 200, 200], [200, 200, 200]),
        // The other guardian: not what belongs to no element, and not what is promised to the giver.
        (Cast::JohanLindqvist, [404, 404, 404], [200, 404, 404]),
        (Cast::MariaBergstrom, [404, 404, 404], [404, 404, 404]),
        (Cast::AnnaHolmgren, [404, 404, 404], [200, 404, 200]),
        (Cast::LarsNystrom, [404, 404, 404], [200, 200, 200]),
        (Cast::FatimaRahimi, [404, 404, 404], [404, 404, 404]),
        (Cast::MatsOberg, [404, 404, 404], [404, 404, 404]),
    ];
    let all = [proof.id, own.id, private.id];
    let answers = [("proof", vec![proof.clone()]), ("own", vec![own]), ("private", vec![private])];
    for is_held in [false, true] {
        if is_held {
            assert_eq!(submit(&mut sara, 10, &form, &answers).await.status, 200);
        }
        for (who, before, after) in people {
            let mut browser = site.sign_in(who).await;
            for (file, expected) in all.into_iter().zip(if is_held { after } else { before }) {
                assert_eq!(look(&mut browser, file).await.status, expected, "{who:?} {is_held}");
            }
        }
    }
    // Staff find it on the child's page.
    let mut anna = site.sign_in(Cast::AnnaHolmgren).await;
    let page = anna.get::<GetChildPage>(&ella()).await;
    let facts = page.sections.into_iter().flat_map(|section| section.facts);
    let values: Vec<Value> = facts.filter_map(|fact| fact.value).collect();
    assert!(values.contains(&Value::Files(vec![proof.clone()])));
    // Who looked is noted.
    let db = site.raw().await;
    let noted = sea_orm::Statement::from_sql_and_values(
        db.get_database_backend(),
        "SELECT 1 FROM audit WHERE action = 'read-file' AND outcome = 'done' AND object_kind = 'file' AND object_id = $1 AND actor = $2",
        [proof.id.0.into(), Cast::AnnaHolmgren.id().into()],
    );
    assert_eq!(db.query_all_raw(noted).await.unwrap().len(), 1);
    // Who no longer decides for the child no longer sees it.
    site.end_relations(Cast::SaraLindqvist).await;
    assert_eq!(look(&mut sara, proof.id).await.status, 404);
}

async fn what_no_answer_holds_is_forgotten(site: Site) {
    let form = open(&site).await;
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let (kept, left) = (sent(&mut sara, 1, &png(30, 30)).await, sent(&mut sara, 2, &png(31, 30)).await);
    // The same picture twice lies there once, and stays as long as one of them.
    let same = sent(&mut sara, 3, &png(30, 30)).await;
    let removed = sent(&mut sara, 4, &png(34, 30)).await;
    begin(&mut sara, 5, &input(&png(35, 30), Some(ella()), "x")).await;
    part(&mut sara, 5, 0, &png(35, 30)[..50]).await;
    assert_eq!(crate::contents::contents(&site).await["file_part"].len(), 4);
    assert_eq!(sara.delete::<DeleteFile>(&removed.id).await.status, 200);
    assert_eq!(sara.delete::<DeleteFile>(&removed.id).await.status, 200);
    assert_eq!(look(&mut sara, removed.id).await.status, 404);
    assert_eq!(submit(&mut sara, 10, &form, &[("proof", vec![kept.clone()])]).await.status, 200);
    assert_eq!(forget_waiting(&site.store).await.unwrap(), 0, "not yet");
    site.later(9 * 24 * 60);
    assert_eq!(forget_waiting(&site.store).await.unwrap(), 3);
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    assert_eq!(look(&mut sara, kept.id).await.status, 200);
    for gone in [left, same] {
        assert_eq!(look(&mut sara, gone.id).await.status, 404);
        assert_eq!(
            said(&submit(&mut sara, 11, &form, &[("private", vec![gone])]).await),
            [Code::FileMissing]
        );
    }
    let after = crate::contents::contents(&site).await;
    assert_eq!((after["file"].len(), after["file_part"].len()), (1, 1));
}

async fn a_person_has_only_so_much_waiting(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    for number in 1..=10 {
        let said = FileIn { bytes: 20_000_000, ..input(b"x", Some(ella()), "x") };
        assert_eq!(received(&begin(&mut sara, number, &said).await), 0);
    }
    let one = input(b"x", Some(ella()), "x");
    assert_eq!(said(&begin(&mut sara, 11, &one).await), [Code::FilesWaiting]);
    assert_eq!(received(&begin(&mut sara, 10, &FileIn { bytes: 20_000_000, ..one.clone() }).await), 0);
    sara.delete::<DeleteFile>(&id(1)).await;
    assert_eq!(received(&begin(&mut sara, 11, &one).await), 0);
}

async fn the_database_holds_no_byte_of_a_file_in_plain(site: Site) {
    let mut sara = site.sign_in(Cast::SaraLindqvist).await;
    let canary = "kanariefagel";
    let document = pdf_with(&format!("/Title ({canary})"), "");
    begin(&mut sara, 1, &input(&document, Some(ella()), &format!("{canary}.pdf"))).await;
    part(&mut sara, 1, 0, &document[..80]).await;
    let all = |contents: std::collections::BTreeMap<String, Vec<String>>| {
        [contents["file"].concat(), contents["file_part"].concat()].concat().to_lowercase()
    };
    let hex: String = canary.bytes().map(|byte| format!("{byte:02x}")).collect();
    let hash = ContentHash::of_digest(&Sha256::digest(&document)).0;
    let coming = all(crate::contents::contents(&site).await);
    sent(&mut sara, 2, &document).await;
    let kept = all(crate::contents::contents(&site).await);
    for text in [coming, kept] {
        assert!(text.len() > 100);
        for secret in [canary, &hex, &hash] {
            assert!(!text.contains(secret), "{secret}");
        }
    }
}
