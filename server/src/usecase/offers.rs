//! Forms that are there for those who need them: applications, notifications and the like, and what was answered before and can
//! be changed. They stand beside every round, also one that asks none of her children, are named in a guardian's home by their
//! titles, and come as a whole when she opens one.

use super::ReadError;
use super::consents::Rules;
use super::home::{Desk, applies, file_of, round_for};
use super::kept::{self, Kept};
use super::staff_acts::answered_by_school;
use crate::policy::{Grant, Principal, ReadHome};
use crate::store::Store;
use skolstart_shared::Locale;
use skolstart_shared::api::{OfferOut, OfferedOut, TaskOut};
use skolstart_shared::fact::Subject;
use skolstart_shared::form::{Act, FormDefinition, FormKey, Setting};
use std::cell::OnceCell;
use std::sync::Arc;

/// The offered forms that the round does not ask for anyway.
fn offered<'a>(desk: &Desk<'a>) -> impl Iterator<Item = &'a Arc<FormDefinition>> {
    let round = desk.round;
    desk.published.offered().filter(move |form| !round.forms.iter().any(|other| other.key == form.key))
}

/// Those that somebody in the family has answered in, or that an answer of hers calls for.
pub(super) fn begun_forms<'a>(desk: &Desk<'a>) -> Vec<&'a Arc<FormDefinition>> {
    // Nearly always there is nothing: then no form is looked at.
    let (begun, called) = (desk.file.answers.forms_beside(desk.round), desk.called_forms());
    if begun.is_empty() && called.is_empty() {
        return Vec::new();
    }
    offered(desk).filter(|form| begun.contains(form.key.as_str()) || called.contains(&form.key)).collect()
}

/// The same in one language.
pub(super) fn begun(desk: &Desk<'_>, locale: Locale) -> Vec<FormDefinition> {
    let mut forms = begun_forms(desk);
    for Kept { form, .. } in kept::begun(desk) {
        let is_there = |other: &FormKey| *other == form.key;
        let mut named = desk.round.forms.iter().map(|named| &named.key);
        if !named.any(is_there) && !forms.iter().any(|other| is_there(&other.key)) {
            forms.push(form);
        }
    }
    forms.into_iter().map(|form| FormDefinition::clone(form).in_locale(locale)).collect()
}

/// What is on offer, her own first, then each child's.
pub(super) fn offers(desk: &Desk<'_>, locale: Locale) -> Vec<OfferOut> {
    let children = || desk.file.children.iter().filter(|child| child.place.is_some());
    let mut offers = Vec::new();
    if children().next().is_none() {
        return offers;
    }
    let offer = |form: &FormDefinition, act: &Act, child| OfferOut {
        form: form.key.clone(),
        act: act.key.clone(),
        child,
        title: form.title.get(locale).to_owned(),
        answered: false,
    };
    // A form is begun where the child is concerned; only a form about nothing else is begun with the guardian.
    let about_child = |form: &FormDefinition| form.acts.iter().any(|act| act.subject == Subject::Child);
    let own = Setting::of_nobody(desk.today);
    for form in offered(desk).filter(|form| !desk.as_pupil && !about_child(form)) {
        let act = form.acts.iter().find(|act| may_begin(act, &own));
        offers.extend(act.map(|act| offer(form, act, None)));
    }
    for child in children() {
        let setting = child.setting(desk.today);
        for form in offered(desk).filter(|form| about_child(form)) {
            let of_child = |act: &&Act| {
                act.subject == Subject::Child && may_begin(act, &setting) && desk.asks(child, form, act)
            };
            // What her own answer calls for stands among what she has to do.
            let is_task = desk.called(child.id, &form.key).is_some();
            let act = form.acts.iter().filter(|_| !is_task).find(of_child);
            offers.extend(act.map(|act| offer(form, act, Some(child.id))));
        }
    }
    offers.extend(kept::offers(desk, locale));
    offers
}

/// True for an act that somebody of the family can begin with.
fn may_begin(act: &Act, setting: &Setting) -> bool {
    act.signers.staff().is_none() && act.after.is_none() && applies(act, setting)
}

/// An offered form as a whole; of one that was answered before, what can be changed.
///
/// # Errors
/// [`ReadError::NotFound`] for a form that is not on offer, or in which nothing is a pupil's; otherwise when it could not be
/// read, or the reading not noted.
pub async fn read(
    store: &Store,
    grant: Grant<ReadHome>,
    principal: &Principal,
    key: &FormKey,
) -> Result<OfferedOut, ReadError> {
    let today = store.clock().today();
    let published = store.published();
    let round = round_for(store, &grant, principal, &published).await?.ok_or(ReadError::NotFound)?;
    let file = file_of(store, &grant, principal, Some(round.as_ref())).await?;
    let rules = Rules::new(store, &published, today);
    let by_school = answered_by_school(store, &grant, &published, round, &file).await?;
    let (me, as_pupil) = (grant.actor(), principal.is_pupil());
    let desk = Desk {
        published: &published,
        rules,
        round,
        file: &file,
        me,
        as_pupil,
        today,
        locale: principal.locale(),
        by_school,
        kept: OnceCell::new(),
    };
    let (form, tasks) = opened(&desk, key, principal.has_code_only()).ok_or(ReadError::NotFound)?;
    let seen = file.children.iter().map(|child| grant.audit("child", Some(child.id.0)));
    store.note(seen.collect()).await?;
    let asks_for_unit = form.acts.iter().any(super::unit_answers::asks_for_one);
    let units = if asks_for_unit { store.units_to_choose(today).await? } else { Vec::new() };
    Ok(OfferedOut { form: FormDefinition::clone(form).in_locale(principal.locale()), tasks, units })
}

/// The form with its tasks. Whoever has shown no more than a code is not told what others have answered before.
fn opened<'a>(
    desk: &Desk<'a>,
    key: &FormKey,
    with_code: bool,
) -> Option<(&'a Arc<FormDefinition>, Vec<TaskOut>)> {
    if let Some(form) = desk.published.offered().find(|form| form.key == *key) {
        let acts: Vec<_> = form.acts.iter().map(|act| (form.as_ref(), act)).collect();
        let tasks = desk.tasks_beside(&acts);
        return (!desk.as_pupil || !tasks.is_empty()).then_some((form, tasks));
    }
    let kept = if with_code { &[] } else { kept::all(desk) };
    let kept: Vec<_> = kept.iter().filter(|kept| kept.form.key == *key).collect();
    Some((kept.first()?.form, kept.into_iter().map(|kept| desk.kept_task(kept)).collect()))
}
