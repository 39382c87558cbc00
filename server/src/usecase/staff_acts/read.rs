use super::desk::{Answered, Desk, Turn};
use crate::policy::{AnswerForSchool, Grant, Principal};
use crate::store::{PersonRecord, Store};
use crate::usecase::ReadError;
use crate::usecase::unit_answers::asks_for_one;
use skolstart_shared::Locale;
use skolstart_shared::api::{LetterLine, StaffActOut, StaffActsOut, StaffSaid};
use skolstart_shared::form::{Act, Answers, Field, FieldKind, FormDefinition, Setting, normalise};
use skolstart_shared::id::{PersonId, SubmissionId};
use skolstart_shared::submission::{ActAnswer, SubmissionContent};
use std::collections::HashMap;

/// What was sent, and by whom.
struct Sent {
    contents: HashMap<SubmissionId, SubmissionContent>,
    people: HashMap<PersonId, PersonRecord>,
}

/// Who reads.
#[derive(Clone, Copy)]
struct Reader {
    me: PersonId,
    sees_protected: bool,
    locale: Locale,
}

/// What staff answer about the child of the grant.
///
/// # Errors
/// [`ReadError::NotFound`] when the child is not in the register any more; otherwise when it could not be read or noted.
pub async fn read(
    store: &Store,
    grant: Grant<AnswerForSchool>,
    principal: &Principal,
) -> Result<StaffActsOut, ReadError> {
    let (today, published) = (store.clock().today(), store.published());
    let file = store.school_file(&grant, today).await?.ok_or(ReadError::NotFound)?;
    store.note(vec![grant.audit("child", Some(file.child.id.0))]).await?;
    let desk = Desk::of(&published, &file, today);
    let turns = desk.turns(principal);
    let answered = turns.iter().flat_map(|turn| desk.answered(turn));
    let sent: Vec<_> = answered.map(|answered| (answered.by, answered.sent)).collect();
    let (contents, people) = store.sent_about(&grant, &sent).await?;
    let sent = Sent { contents, people };
    let asks = turns.iter().any(|turn| asks_for_one(turn.act));
    let units = if asks { store.units_to_choose(today).await? } else { Vec::new() };
    let (me, sees_protected) = (principal.person(), grant.sees_protected());
    let reader = Reader { me, sees_protected, locale: principal.locale() };
    let acts = turns.iter().map(|turn| act_out(&desk, turn, &sent, reader)).collect();
    Ok(StaffActsOut { setting: desk.setting(), units, acts })
}

fn act_out(desk: &Desk<'_>, turn: &Turn<'_>, sent: &Sent, reader: Reader) -> StaffActOut {
    let (answered, locale) = (desk.answered(turn), reader.locale);
    let said = |one: &Answered<'_>| {
        let answers = answers_of(&sent.contents, desk, turn.form, one)?;
        let person = sent.people.get(&one.by).filter(|person| reader.sees_protected || !person.protected);
        Some(StaffSaid {
            title: one.act.title.get(locale).to_owned(),
            by: person.map(|person| person.name.for_staff().full()).unwrap_or_default(),
            at: one.at,
            lines: lines(one.act, &answers, locale),
        })
    };
    let (start, is_mine) = start(desk, turn, &answered, &sent.contents, reader.me);
    let form = turn.form.clone().in_locale(locale);
    StaffActOut {
        form: form.reference(),
        title: form.title.get(locale).to_owned(),
        round: turn.round,
        act: form.act(&turn.act.key).unwrap_or(turn.act).clone(),
        function: turn.function,
        status: turn.status,
        may_begin: turn.may_begin,
        said: answered.iter().filter_map(said).collect(),
        start,
        is_mine,
    }
}

/// What the reader starts from: what she answered herself, or what a colleague did, without what the colleague put her name to.
fn start(
    desk: &Desk<'_>,
    turn: &Turn<'_>,
    answered: &[Answered<'_>],
    contents: &HashMap<SubmissionId, SubmissionContent>,
    me: PersonId,
) -> (Answers, bool) {
    let of_act = || answered.iter().rev().filter(|one| one.act.key == turn.act.key);
    let own = of_act().find(|one| one.by == me);
    let Some(one) = own.or_else(|| of_act().next()) else { return (Answers::default(), false) };
    let mut start = answers_of(contents, desk, turn.form, one).unwrap_or_default();
    if own.is_none() {
        let is_word = |field: &&Field| matches!(field.kind, FieldKind::Acknowledge { .. });
        turn.act.fields.iter().filter(is_word).for_each(|field| drop(start.0.remove(&field.key)));
    }
    (start, own.is_some())
}

pub(super) fn answers_of(
    contents: &HashMap<SubmissionId, SubmissionContent>,
    desk: &Desk<'_>,
    form: &FormDefinition,
    one: &Answered<'_>,
) -> Option<Answers> {
    let setting: Setting = desk.setting();
    let is_it = |sent: &&ActAnswer| {
        sent.form.key == form.key && sent.act == one.act.key && sent.child == Some(desk.child.id)
    };
    let sent = contents.get(&one.sent)?.acts.iter().find(is_it)?;
    Some(normalise(one.act, &sent.answers, &setting))
}

fn lines(act: &Act, answers: &Answers, locale: Locale) -> Vec<LetterLine> {
    let line = |field: &Field| {
        let value = answers.get(&field.key)?.clone();
        Some(LetterLine { label: field.label.get(locale).to_owned(), kind: field.kind.clone(), value })
    };
    act.fields.iter().filter_map(line).collect()
}
