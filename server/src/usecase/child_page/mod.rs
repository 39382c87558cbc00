//! What staff see of one child: whom to reach, what has been answered, what stands. Called by its handler.
//!
//! Knows no form. Knows three elements by name, because a school that cannot call home cannot be run: see `reach`.

mod beside;
mod handled;
mod late;
mod reach;
mod sections;

pub use reach::SHOWN_IN_CALLING_ORDER;
pub(super) use reach::{columns_of, person};

use super::ReadError;
use super::consents::Rules;
use crate::policy::{Grant, Principal, ReadChild, tasks_with};
use crate::store::{ChildFile, Published, Store};
use skolstart_shared::access::Function;
use skolstart_shared::api::StaffChildOut;
use skolstart_shared::fact::{Element, Entry, Subject};
use skolstart_shared::form::{Act, FormDefinition};
use skolstart_shared::id::{PersonId, SubmissionId};
use skolstart_shared::round::Round;
use skolstart_shared::{Date, Locale};

/// What a page is made from.
struct Desk<'a> {
    published: &'a Published,
    rules: Rules<'a>,
    round: Option<&'a Round>,
    file: ChildFile,
    locale: Locale,
    /// The tasks that the reader has with the child.
    tasks: Vec<Function>,
    today: Date,
    sees_protected: bool,
    is_principal: bool,
}

impl Desk<'_> {
    /// True when what concerns this guardian may be shown.
    fn may_show(&self, guardian: PersonId) -> bool {
        self.sees_protected || self.file.people.get(&guardian).is_some_and(|person| !person.protected)
    }

    /// True when pictures are never published: the child, or somebody who decides for it, is protected (facts 3.4 rule 6).
    fn is_shielded(&self) -> bool {
        self.file.child.is_shielded(&self.file.people)
    }

    /// True when the reader is among those who see this element.
    fn may_see(&self, element: &Element) -> bool {
        element.audience.holds(&self.tasks, self.is_principal)
    }

    /// True when the reader is among those who see answers to this act.
    fn reads(&self, act: &Act) -> bool {
        act.audience.holds(&self.tasks, self.is_principal)
    }

    /// True when what belongs to no element of the catalogue, in answers to this act, goes to a task of the reader's.
    fn is_handed(&self, form: &FormDefinition, act: &Act) -> bool {
        let has_task = || form.goes_to(act).iter().any(|function| self.tasks.contains(function));
        self.reads(act) && (self.is_principal || has_task())
    }

    /// The values that staff must know of, and whether they contradict each other. Until that is resolved all are shown.
    fn values_of(&self, element: &Element, subject: PersonId) -> (Vec<&Entry>, bool) {
        let Some(known) = self.file.snapshots.get(&subject) else { return (Vec::new(), false) };
        let disputed = known.disputed(element, self.today);
        if disputed.is_empty() { (known.for_staff(element), false) } else { (disputed, true) }
    }

    /// The answers with something that belongs to no element of the catalogue, as far as they go to a task of the reader's.
    fn reads_only_here(&self) -> Vec<SubmissionId> {
        let is_only_here =
            |act: &Act| act.fields.iter().any(|field| field.element.is_none() && field.kind.is_asked());
        let of_round = self
            .round
            .into_iter()
            .flat_map(|round| self.published.acts_of(round).map(move |(form, act)| (round, form, act)));
        let acts = of_round.chain(self.acts_beside());
        let acts = acts.filter(|(_, form, act)| {
            act.subject == Subject::Child && is_only_here(act) && self.is_handed(form, act)
        });
        let child = self.file.child.id;
        acts.flat_map(|(round, form, act)| self.file.answers.of(child, round.id, &form.key, act))
            .map(|(_, sent)| *sent)
            .collect()
    }

    fn name_of(&self, person: PersonId) -> Option<String> {
        let known = self.file.people.get(&person)?;
        self.may_show(person).then(|| known.name.for_staff().full())
    }
}

/// The page of the child of the grant.
///
/// # Errors
/// [`ReadError::NotFound`] when the child is not in the register any more.
pub async fn read(
    store: &Store,
    grant: Grant<ReadChild>,
    principal: &Principal,
) -> Result<StaffChildOut, ReadError> {
    let today = store.clock().today();
    let published = store.published();
    let place = store.place_of(&grant, today).await?;
    let round =
        published.current_for(today, |round| place.is_some_and(|place| round.includes(&place.stands())));
    let file = store.child(&grant, round.map(AsRef::as_ref), today).await?.ok_or(ReadError::NotFound)?;
    store.note(vec![grant.audit("child", Some(file.child.id.0))]).await?;
    let tasks = tasks_with(principal, &file.child, file.child.is_shielded(&file.people));
    let is_principal = grant.purpose() == "principal";
    let mut desk = Desk {
        published: &published,
        rules: Rules::new(store, &published, today),
        round: round.map(|round| round.as_ref()),
        file,
        locale: principal.locale(),
        tasks,
        today,
        sees_protected: grant.sees_protected(),
        is_principal,
    };
    let sent = store.sent_to_staff(&grant, &desk.reads_only_here()).await?;
    desk.file.sent.extend(sent);
    let kept_from = store.something_is_kept_from(&grant, today).await?;
    let child = &desk.file.child;
    let name = child.name.for_staff();
    Ok(StaffChildOut {
        child: child.id,
        given_name: name.given,
        family_name: name.family,
        real_name: child.name.behind_alias(),
        personal_number: desk.file.personal_number.as_ref().map(|number| number.masked()),
        unit: child.unit.clone().unwrap_or_default(),
        group: child.place.and_then(|place| place.group),
        group_name: child.group.clone(),
        protected: child.protected,
        kept_from: kept_from.into_iter().filter_map(|guardian| desk.name_of(guardian)).collect(),
        to_reach: desk.to_reach(),
        sections: desk.sections(),
        beside: desk.beside(),
        round: desk.round.map(|round| round.id),
        exempt: desk.round.and_then(|round| desk.exempt(round, None)),
        late: desk.late(),
        called: desk.called(),
    })
}
