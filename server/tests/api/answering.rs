//! Fills in forms without knowing any: what is known is confirmed, the rest gets a plain answer of its kind.

use crate::browser::Browser;
use sha2::{Digest, Sha256};
use skolstart_shared::api::{GetHome, GetOffer, HomeOut, PutSubmission, TaskOut};
use skolstart_shared::contact::{Email, Phone};
use skolstart_shared::fact::Value;
use skolstart_shared::form::{Act, Answers, Field, FieldKey, FieldKind, FormKey, Setting, example};
use skolstart_shared::id::{PersonId, SubmissionId};
use skolstart_shared::round::MyPart;
use skolstart_shared::submission::{ActAnswer, ContentHash, SubmissionContent, SubmissionIn};
use skolstart_shared::{Locale, Map};
use uuid::Uuid;

/// What is said in a field, given what is known.
type Say<'a> = &'a dyn Fn(&Field, Option<Value>, &Setting) -> Option<Value>;

/// Answers everything that `home` asks about this child, or about the guardian herself. `yes` is the answer to consents.
pub(crate) fn answer(home: &HomeOut, child: Option<PersonId>, yes: bool) -> SubmissionContent {
    answer_by(home, child, &|field, known, setting| known.or_else(|| plain(field, yes, setting)))
}

/// Says `word` in every text, and yes to every question, whatever was known before.
pub(crate) fn answer_loudly(home: &HomeOut, child: Option<PersonId>, word: &str) -> SubmissionContent {
    answer_by(home, child, &|field, _, setting| loud(field, word, setting))
}

/// Answers everything by `say`.
pub(crate) fn answer_by(home: &HomeOut, child: Option<PersonId>, say: Say<'_>) -> SubmissionContent {
    let tasks = home.tasks.iter().filter(|task| task.child == child);
    let acts: Vec<ActAnswer> = tasks.map(|task| act_answer(home, task, say)).collect();
    assert!(!acts.is_empty(), "something is asked");
    SubmissionContent { round: home.round.as_ref().unwrap().id, locale: Locale::Sv, acts, supersedes: None }
}

fn act_answer(home: &HomeOut, task: &TaskOut, say: Say<'_>) -> ActAnswer {
    let form = home.forms.iter().find(|form| form.reference() == task.form).unwrap();
    let child = task.child.map(|id| home.children.iter().find(|child| child.person == id).unwrap());
    let today = home.children[0].setting.today;
    let setting = child.map_or(Setting::of_nobody(today), |child| child.setting);
    ActAnswer {
        form: task.form.clone(),
        act: task.act.clone(),
        child: task.child,
        answers: fill(form.act(&task.act).unwrap(), task, &setting, say),
        base: bases(task),
    }
}

/// What the program has shown: known values, and her own decisions.
fn bases(task: &TaskOut) -> Map<FieldKey, u32> {
    let known = task.known.iter().map(|(field, known)| (field.clone(), known.version));
    let decided = task.purposes.iter().filter_map(|(field, state)| {
        let mine = state.mine.as_ref()?;
        Some((field.clone(), mine.version))
    });
    known.chain(decided).collect()
}

fn fill(act: &Act, task: &TaskOut, setting: &Setting, say: Say<'_>) -> Answers {
    let mut answers = Answers::default();
    for field in &act.fields {
        if field.is_visible(&answers, setting) {
            let known = task.known.get(&field.key).map(|known| known.value.clone());
            answers.set(&field.key, say(field, known, setting));
        }
    }
    answers
}

fn plain(field: &Field, yes: bool, setting: &Setting) -> Option<Value> {
    Some(match &field.kind {
        FieldKind::Text { .. } | FieldKind::LongText { .. } => Value::Text("Prov".to_owned()),
        FieldKind::Number { min, .. } => Value::Number(*min),
        FieldKind::YesNo {} => Value::Flag(false),
        FieldKind::Choice { options } => Value::Choice(options[0].key.clone()),
        FieldKind::Choices { .. } => Value::Choices(Vec::new()),
        FieldKind::Phone {} => Value::Phone(Phone::parse("070-174 06 05").unwrap()),
        FieldKind::Email {} => Value::Email(Email::parse("prov@example.org").unwrap()),
        FieldKind::Consent { .. } => Value::Flag(yes),
        FieldKind::Date { .. } | FieldKind::Rows { .. } => return None,
        _ => return example(field, 0, setting),
    })
}

fn loud(field: &Field, word: &str, setting: &Setting) -> Option<Value> {
    Some(match &field.kind {
        FieldKind::Text { .. } | FieldKind::LongText { .. } => Value::Text(word.to_owned()),
        FieldKind::YesNo {} => Value::Flag(true),
        FieldKind::Choices { options, .. } => {
            Value::Choices(options.iter().map(|option| option.key.clone()).collect())
        }
        FieldKind::Email {} => Value::Email(Email::parse(&format!("{word}@example.org")).unwrap()),
        FieldKind::Rows { fields, .. } => {
            let cell = |cell: &Field| Some((cell.key.0.clone(), loud(cell, word, setting)?));
            Value::Rows(vec![fields.iter().filter_map(cell).collect()])
        }
        FieldKind::Date { .. } => return example(field, 0, setting),
        _ => return plain(field, true, setting),
    })
}

/// Answers a form on offer: these fields so, and examples in the others.
pub(crate) async fn offered(
    browser: &mut Browser,
    number: u128,
    form: &str,
    child: Option<PersonId>,
    given: &[(&str, Value)],
) {
    let home = browser.get::<GetHome>(&()).await;
    let opened = browser.get::<GetOffer>(&FormKey(form.to_owned())).await;
    let mut tasks = opened.tasks;
    tasks.retain(|task| task.mine != MyPart::Waits);
    let only = HomeOut { forms: vec![opened.form], tasks, ..home };
    let content = answer_by(&only, child, &|field, known, setting| {
        let said = given.iter().find(|(key, _)| field.key.as_str() == *key).map(|(_, value)| value.clone());
        said.or(known).or_else(|| match field.kind {
            FieldKind::Consent { .. } => Some(Value::Flag(true)),
            _ => example(field, 0, setting),
        })
    });
    let reply = browser.put::<PutSubmission>(&submission(number), bytes(content)).await;
    assert_eq!(reply.status, 200, "{form}: {}", String::from_utf8_lossy(&reply.body));
}

pub(crate) fn sealed(content: SubmissionContent) -> SubmissionIn {
    let hash = ContentHash::of_digest(&Sha256::digest(content.canonical_bytes().unwrap()));
    SubmissionIn { content, hash }
}

pub(crate) fn bytes(content: SubmissionContent) -> Vec<u8> {
    serde_json::to_vec(&sealed(content)).unwrap()
}

pub(crate) fn submission(number: u128) -> SubmissionId {
    SubmissionId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + number))
}
