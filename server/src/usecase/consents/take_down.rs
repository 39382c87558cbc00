//! Staff take down what somebody answered on paper or in words. The person is told, and what she has said later stands.

use super::rules::Rules;
use crate::policy::{Grant, Principal, RecordConsent, Submit, tasks_about};
use crate::store::{ChildRecord, Published, Store, StoreError, TakenDown, TakingDown, TookDown};
use crate::usecase::follow_ups;
use crate::usecase::home::applies;
use sha2::{Digest, Sha256};
use skolstart_shared::api::{ConsentAnswerIn, SaidConsent, TakenDownOut};
use skolstart_shared::consent::{ConsentChoice, consent_text};
use skolstart_shared::fact::Subject;
use skolstart_shared::form::{Act, ActKind, Field, FormDefinition, check_lines};
use skolstart_shared::id::ChangeId;
use skolstart_shared::submission::ContentHash;
use skolstart_shared::{Code, Date, Locale, Violation};

/// The longest limit.
const MOST_LIMIT: u16 = 300;
/// The longest note of where the evidence is.
const MOST_KEPT: u16 = 200;

/// Why an answer was not taken down.
#[derive(Debug, thiserror::Error)]
pub enum TakeDownError {
    /// The child or the act does not exist.
    #[error("not found")]
    NotFound,
    /// The id was used before for another answer.
    #[error("another answer under the same id")]
    Other,
    /// The person has said something newer.
    #[error("something newer was said")]
    Newer,
    /// The answer breaks rules.
    #[error("the answer breaks rules")]
    Invalid(Vec<Violation>),
    /// Not written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Takes down an answer for the child of the grant. The same id and answer again is the same as once.
///
/// # Errors
/// See [`TakeDownError`].
pub async fn take_down(
    store: &Store,
    grant: Grant<RecordConsent>,
    principal: &Principal,
    id: ChangeId,
    answer: ConsentAnswerIn,
) -> Result<(), TakeDownError> {
    let (now, today) = (store.clock().now(), store.clock().today());
    let child = store.child_to_answer_for(&grant, today).await?.ok_or(TakeDownError::NotFound)?;
    let published = store.published();
    let form = published.form(&answer.form).ok_or(TakeDownError::NotFound)?;
    let act = form.act(&answer.act).ok_or(TakeDownError::NotFound)?;
    let tasks = tasks_about(store, principal, child.id).await?;
    if !act.audience.holds(&tasks, grant.purpose() == "principal") {
        return Err(TakeDownError::NotFound);
    }
    let rules = Rules::new(store, &published, today);
    let violations = check(&rules, &child, form, act, &answer, today);
    if !violations.is_empty() {
        return Err(TakeDownError::Invalid(violations));
    }
    let round = published
        .current_for(today, |round| child.place.is_some_and(|place| round.includes(&place.stands())))
        .filter(|round| form.is_on_demand() || round.forms.iter().any(|asked| asked.key == form.key));
    let text = |field: &Field| {
        let text = consent_text(form, act, field, answer.locale);
        (field.key.clone(), ContentHash::of_digest(&Sha256::digest(text.as_bytes())))
    };
    let taking = TakingDown {
        round: round.map(|round| round.id),
        texts: act.fields.iter().map(text).collect(),
        channels: channels(act).map(|field| field.key.clone()).collect(),
        pupil: answer.by == child.id,
        on_withdrawal: follow_ups::on_withdrawal(form, act, child.id, today),
        line: TakenDown { id, child: child.id, answer, recorded_by: grant.actor(), at: now },
    };
    match store.take_down(&grant, taking).await? {
        TookDown::Done => Ok(()),
        TookDown::Other => Err(TakeDownError::Other),
        TookDown::Newer => Err(TakeDownError::Newer),
    }
}

/// Notes that the actor of the grant has read it.
///
/// # Errors
/// [`TakeDownError::NotFound`] when no such answer of hers was taken down.
pub async fn told(store: &Store, grant: Grant<Submit>, id: ChangeId) -> Result<(), TakeDownError> {
    if store.told(&grant, id).await? { Ok(()) } else { Err(TakeDownError::NotFound) }
}

fn channels(act: &Act) -> impl Iterator<Item = &Field> {
    act.fields.iter().filter(|field| field.kind.is_asked())
}

fn check(
    rules: &Rules<'_>,
    child: &ChildRecord,
    form: &FormDefinition,
    act: &Act,
    answer: &ConsentAnswerIn,
    today: Date,
) -> Vec<Violation> {
    let is_consent = act.kind == ActKind::Consent && act.subject == Subject::Child;
    if !is_consent || act.signers.staff().is_some() || !applies(act, &child.setting(today)) {
        return vec![Violation::new("act", Code::WrongKind)];
    }
    let mut found = Vec::new();
    if !is_heard(rules, child, form, act, answer) {
        found.push(Violation::new("by", Code::NotASigner));
    }
    if answer.day > today {
        found.push(Violation::new("day", Code::TooLate));
    }
    if answer.said.is_empty() {
        found.push(Violation::new("said", Code::TooFew).with("least", 1));
    }
    found.extend(check_text("kept", &answer.kept, MOST_KEPT));
    for (field, said) in &answer.said {
        let path = format!("said.{}", field.as_str());
        match (act.field(field), said) {
            (None, _) => found.push(Violation::new(path, Code::UnknownField)),
            (Some(_), SaidConsent::Limited(words)) => found.extend(check_text(&path, words, MOST_LIMIT)),
            (Some(_), _) => {}
        }
    }
    found
}

/// True for those whose answer counts about this child today.
fn is_heard(
    rules: &Rules<'_>,
    child: &ChildRecord,
    form: &FormDefinition,
    act: &Act,
    answer: &ConsentAnswerIn,
) -> bool {
    let Some(field) = act.fields.first() else { return false };
    rules.ask(child, false, form, act, field, |case| case.heard().contains(&answer.by))
}

fn check_text(path: &str, text: &str, most: u16) -> Vec<Violation> {
    if text.trim().is_empty() {
        return vec![Violation::new(path, Code::Required)];
    }
    check_lines(text, most).into_iter().map(|found| found.under(path)).collect()
}

/// What was taken down, in the words of the forms, for the person herself.
pub(in crate::usecase) fn told_of(
    published: &Published,
    lines: &[TakenDown],
    locale: Locale,
) -> Vec<TakenDownOut> {
    let told = |line: &TakenDown| {
        let act = published.form(&line.answer.form)?.act(&line.answer.act)?;
        let said = line.answer.said.iter().filter_map(|(field, said)| {
            let choice = match said {
                SaidConsent::Yes => ConsentChoice::Given,
                SaidConsent::Limited(_) => ConsentChoice::Limited,
                SaidConsent::No => ConsentChoice::Refused,
            };
            Some((act.field(field)?.label.get(locale).to_owned(), choice))
        });
        Some(TakenDownOut {
            id: line.id,
            child: line.child,
            at: line.at,
            way: line.answer.way,
            day: line.answer.day,
            title: act.title.get(locale).to_owned(),
            said: said.collect(),
        })
    };
    lines.iter().filter_map(told).collect()
}
