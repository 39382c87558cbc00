//! What a family has answered before and the round that it meets does not ask: it holds until it is changed, and stays there to be
//! changed. Called by the home, by the forms on offer and by the writing of submissions. Nobody is asked for it, so it is never
//! something to do. Must not know any form.

use super::home::{Desk, applies};
use crate::store::{ChildRecord, Published};
use skolstart_shared::Locale;
use skolstart_shared::api::OfferOut;
use skolstart_shared::fact::Subject;
use skolstart_shared::form::{Act, ActKind, FormDefinition, FormKey};
use skolstart_shared::id::PersonId;
use skolstart_shared::round::Round;
use skolstart_shared::submission::{ActAnswer, SubmissionContent};
use std::collections::BTreeSet;
use std::sync::Arc;

/// One act about one child, or about the guardian herself.
#[derive(Clone, Copy)]
pub(super) struct Kept<'a> {
    pub(super) form: &'a Arc<FormDefinition>,
    pub(super) act: &'a Act,
    pub(super) child: Option<&'a ChildRecord>,
}

/// All there is, her own first, then each child's. A form that the round asks of somebody else in the family comes in the version
/// of the round, others in their newest.
pub(super) fn all<'d, 'a>(desk: &'d Desk<'a>) -> &'d [Kept<'a>] {
    desk.kept.get_or_init(|| look(desk))
}

fn look<'a>(desk: &Desk<'a>) -> Vec<Kept<'a>> {
    let forms = forms(desk);
    if forms.is_empty() {
        return Vec::new();
    }
    let file = desk.file;
    let children = || file.children.iter().map(|child| &**child).filter(|child| child.place.is_some());
    let of = |form: &'a Arc<FormDefinition>| form.acts.iter().map(move |act| (form, act));
    let acts: Vec<_> = forms.into_iter().flat_map(of).filter(|(_, act)| act.can_be_changed()).collect();
    let mut all = Vec::new();
    // As what a round asks of her herself, it is there as long as she has a child that goes somewhere.
    if !desk.as_pupil && children().next().is_some() {
        let own = acts.iter().filter(|(form, act)| {
            act.subject == Subject::Guardian
                && !desk.asks_of(form, None)
                && was_answered(desk, form, act, desk.me)
        });
        all.extend(own.map(|&(form, act)| Kept { form, act, child: None }));
    }
    for child in children() {
        let setting = child.setting(desk.today);
        let about = acts.iter().filter(|(form, act)| {
            act.subject == Subject::Child
                && applies(act, &setting)
                && !desk.asks_of(form, Some(child))
                && desk.asks(child, form, act)
                && was_answered(desk, form, act, child.id)
        });
        all.extend(about.map(|&(form, act)| Kept { form, act, child: Some(child) }));
    }
    all
}

/// Those of a form in which something has been changed in this round: what is known in them stands among the tasks.
pub(super) fn begun<'d, 'a>(desk: &'d Desk<'a>) -> impl Iterator<Item = &'d Kept<'a>> {
    all(desk).iter().filter(|kept| kept.is_begun(desk))
}

/// The others, by their headings.
pub(super) fn offers(desk: &Desk<'_>, locale: Locale) -> Vec<OfferOut> {
    let left = all(desk).iter().filter(|kept| !kept.is_begun(desk));
    let offer = |kept: &Kept<'_>| OfferOut {
        form: kept.form.key.clone(),
        act: kept.act.key.clone(),
        child: kept.child.map(|child| child.id),
        title: kept.act.title.get(locale).to_owned(),
        answered: true,
    };
    left.map(offer).collect()
}

impl Kept<'_> {
    fn is_begun(&self, desk: &Desk<'_>) -> bool {
        desk.has_answers(self.child.map_or(desk.me, |child| child.id), self.form)
    }
}

/// The forms that may hold any, as they are asked now.
fn forms<'a>(desk: &Desk<'a>) -> Vec<&'a Arc<FormDefinition>> {
    // Nearly always a round is for everybody and asks all that was ever asked: then nothing is looked at.
    if !desk.published.leaves_out(desk.round) {
        return Vec::new();
    }
    let mut keys: BTreeSet<FormKey> = desk.file.answers.forms();
    let decided = desk.file.decisions.values().flatten().filter(|decision| decision.by == desk.me);
    keys.extend(decided.map(|decision| decision.purpose.form.clone()));
    let now = keys.iter().filter_map(|key| desk.published.asked_now(key, Some(desk.round)));
    now.filter(|form| !form.is_on_demand()).collect()
}

/// True when anybody has answered the act about this person, or she herself has decided in it.
fn was_answered(desk: &Desk<'_>, form: &FormDefinition, act: &Act, subject: PersonId) -> bool {
    let decisions = desk.file.decisions.get(&subject).map_or(&[][..], Vec::as_slice);
    let mut hers = decisions.iter().filter(|decision| decision.by == desk.me);
    desk.file.answers.has_answered(subject, &form.key, &act.key)
        || (act.kind == ActKind::Consent
            && hers.any(|decision| decision.purpose.form == form.key && decision.purpose.act == act.key))
}

/// The forms of a submission that the round may not ask of everybody in it, and that may have been answered before.
pub(super) fn beside(published: &Published, round: &Round, content: &SubmissionContent) -> Vec<FormKey> {
    let is_named = |key: &FormKey| round.forms.iter().any(|form| form.key == *key);
    let is_beside = |sent: &&ActAnswer| {
        let form = published.form(&sent.form).filter(|form| !form.is_on_demand());
        let can_be = form.and_then(|form| form.act(&sent.act)).is_some_and(Act::can_be_changed);
        can_be && !(is_named(&sent.form.key) && round.is_for_all())
    };
    let forms: BTreeSet<FormKey> =
        content.acts.iter().filter(is_beside).map(|sent| sent.form.key.clone()).collect();
    forms.into_iter().collect()
}
