//! A guardian's home: her children, her tasks, and what is known. Called by its handler. Must not know any form.

use super::changes::asked;
use super::consents::{self, Rules, about};
use super::staff_acts::{BySchool, answered_by_school};
use super::unit_answers as units;
use super::{ReadError, applications, as_pupil, offers, with_code};
use crate::policy::{Grant, Principal, ReadHome};
use crate::store::{AboutChild, ChildRecord, HomeFile, Published, Store, StoreError};
use serde::Serialize;
use serde_json::value::RawValue;
use skolstart_shared::Map;
use skolstart_shared::api::{
    ActName, ChildOut, HomeOut, Me, MyDecision, OfferOut, OwnApplicationLine, PurposeState, RoundOut,
    TakenDownOut, TaskOut, UnitOption,
};
use skolstart_shared::consent::standing;
use skolstart_shared::fact::{Snapshot, Subject};
use skolstart_shared::form::{
    Act, Answers, Family, FieldKey, FieldKind, FormDefinition, Progress, Setting, prefill, progress,
};
use skolstart_shared::id::PersonId;
use skolstart_shared::round::{Evidence, MyPart, Round, my_part, status};
use skolstart_shared::{Date, Locale};
use std::sync::Arc;

/// [`HomeOut`] with the forms as the JSON that is the same for everybody: writing them anew for each guardian costs more than
/// all the rest.
#[derive(Serialize)]
struct Told<'a> {
    me: Me,
    round: Option<RoundOut>,
    forms: &'a RawValue,
    children: Vec<ChildOut>,
    tasks: Vec<TaskOut>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    units: Vec<UnitOption>,
    begun: Vec<FormDefinition>,
    offers: Vec<OfferOut>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    with_code: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    as_pupil: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    applications: Vec<OwnApplicationLine>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    taken_down: Vec<TakenDownOut>,
}

/// Everything the guardian program starts from: a [`HomeOut`] as JSON.
///
/// # Errors
/// When it could not be read, or the reading not noted.
pub async fn read(
    store: &Store,
    grant: Grant<ReadHome>,
    principal: &Principal,
) -> Result<Vec<u8>, ReadError> {
    let today = store.clock().today();
    let published = store.published();
    let round = round_for(store, &grant, principal, &published).await?;
    let mut file = file_of(store, &grant, principal, round.map(AsRef::as_ref)).await?;
    if principal.has_code_only() {
        with_code::no_decisions(&mut file);
    }
    let seen = file.children.iter().map(|child| grant.audit("child", Some(child.id.0)));
    store.note(seen.collect()).await?;
    let (me, locale) = (grant.actor(), principal.locale());
    let rules = Rules::new(store, &published, today);
    let by_school = match round {
        Some(round) => answered_by_school(store, &grant, &published, round, &file).await?,
        None => BySchool::default(),
    };
    let as_pupil = principal.is_pupil();
    let published = &*published;
    let desk =
        round.map(|round| Desk { published, rules, round, file: &file, me, as_pupil, today, by_school });
    let (tasks, begun, offers) = match &desk {
        Some(desk) => (desk.tasks(), offers::begun(desk, locale), offers::offers(desk, locale)),
        None => Default::default(),
    };
    let asks_for_unit = |round: &Round| published.acts_of(round).any(|(_, act)| units::asks_for_one(act));
    let units = match round {
        Some(round) if asks_for_unit(round) => store.units_to_choose(today).await?,
        _ => Vec::new(),
    };
    let applications = applications::home_lines(store, principal).await?;
    let mut home = HomeOut {
        me: Me { person: me, name: file.me.for_family().full() },
        round: round.map(|round| round_out(round, locale, today)),
        forms: Vec::new(),
        children: file.children.iter().map(|child| child_out(child, today)).collect(),
        tasks,
        units,
        begun,
        offers,
        applications,
        with_code: false,
        as_pupil,
        taken_down: consents::told_of(published, &file.taken_down, locale),
    };
    if principal.has_code_only() {
        with_code::only_open(&mut home, published);
    }
    if as_pupil {
        as_pupil::only_hers(&mut home);
    }
    // Taken apart field by field, so that a new one cannot be forgotten.
    let HomeOut {
        me,
        round: shown,
        forms: _,
        children,
        tasks,
        units,
        begun,
        offers,
        with_code,
        as_pupil,
        applications,
        taken_down,
    } = home;
    let forms = match round {
        Some(round) => published.forms_as_json(round, locale)?,
        None => Arc::from(RawValue::from_string("[]".to_owned()).map_err(|_| CANNOT_WRITE)?),
    };
    let told = Told {
        me,
        round: shown,
        forms: &forms,
        children,
        tasks,
        units,
        begun,
        offers,
        with_code,
        as_pupil,
        applications,
        taken_down,
    };
    Ok(serde_json::to_vec(&told).map_err(|_| CANNOT_WRITE)?)
}

/// What a home is made from, without what others have said where she is not shown it.
pub(super) async fn file_of(
    store: &Store,
    grant: &Grant<ReadHome>,
    principal: &Principal,
    round: Option<&Round>,
) -> Result<HomeFile, StoreError> {
    let mut file = store.home(grant, principal, round, store.clock().today()).await?;
    if principal.sees_own_only() {
        with_code::only_own_entries(&mut file, grant.actor());
    }
    Ok(file)
}

/// The round that she meets: first an open one for some children, hers among them, in which she has something left, of
/// several the first to close; otherwise the one for everybody. Nearly always there is only that, and nothing is read for it.
async fn round_for<'a>(
    store: &Store,
    grant: &Grant<ReadHome>,
    principal: &Principal,
    published: &'a Published,
) -> Result<Option<&'a Arc<Round>>, ReadError> {
    let today = store.clock().today();
    if published.open_for(today, |round| !round.is_for_all()).is_empty() {
        return Ok(published.current(today));
    }
    let children = store.own_children(principal, today).await?;
    let asks = |round: &Round| {
        let mut places = children.values().filter_map(|child| child.place.as_ref());
        places.any(|place| round.includes(&place.stands()))
    };
    for round in published.open_for(today, |round| !round.is_for_all() && asks(round)) {
        let file = file_of(store, grant, principal, Some(round.as_ref())).await?;
        let rules = Rules::new(store, published, today);
        let (me, as_pupil, by_school) = (grant.actor(), principal.is_pupil(), BySchool::default());
        let desk = Desk { published, rules, round, file: &file, me, as_pupil, today, by_school };
        if desk.tasks().iter().any(|task| task.mine == MyPart::ToDo) {
            return Ok(Some(round));
        }
    }
    Ok(published.current(today))
}

const CANNOT_WRITE: StoreError = StoreError::Corrupt("home");

fn round_out(round: &Round, locale: Locale, today: Date) -> RoundOut {
    RoundOut {
        id: round.id,
        title: round.title.get(locale).to_owned(),
        closes: round.closes,
        open: round.is_open_on(today),
    }
}

fn child_out(child: &ChildRecord, today: Date) -> ChildOut {
    let name = child.name.for_family();
    ChildOut {
        person: child.id,
        given_name: name.given,
        family_name: name.family,
        unit: child.unit.clone(),
        group: child.group.clone(),
        setting: child.setting(today),
        other_guardians: count(child.guardians.len().saturating_sub(1)),
        protected: child.protected,
    }
}

fn count(number: usize) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

/// What tasks are made from.
pub(super) struct Desk<'a> {
    pub(super) published: &'a Published,
    pub(super) rules: Rules<'a>,
    pub(super) round: &'a Round,
    pub(super) file: &'a HomeFile,
    pub(super) me: PersonId,
    /// She acts as a pupil: only what is hers is asked.
    pub(super) as_pupil: bool,
    pub(super) today: Date,
    /// What staff have answered in acts that the family then answers to.
    pub(super) by_school: BySchool,
}

/// One act for one subject.
struct Item<'a> {
    form: &'a FormDefinition,
    act: &'a Act,
    child: Option<&'a ChildRecord>,
    setting: Setting,
}

impl Desk<'_> {
    fn tasks(&self) -> Vec<TaskOut> {
        let acts: Vec<_> = self.published.acts_of(self.round).collect();
        let mut tasks = self.tasks_of(&acts);
        for form in offers::begun_forms(self) {
            let acts: Vec<_> = form.acts.iter().map(|act| (form.as_ref(), act)).collect();
            let begun = |task: &TaskOut| self.has_answers(task.child.unwrap_or(self.me), form);
            tasks.extend(self.tasks_of(&acts).into_iter().filter(begun));
        }
        tasks
    }

    /// True when somebody has answered something in the form about this person.
    pub(super) fn has_answers(&self, subject: PersonId, form: &FormDefinition) -> bool {
        self.file.answers.has_begun(subject, self.round.id, &form.key)
    }

    /// The tasks of these acts: her own first, then each child's.
    pub(super) fn tasks_of(&self, acts: &[(&FormDefinition, &Act)]) -> Vec<TaskOut> {
        let children = self.file.children.iter().filter(|child| self.takes_part(child));
        let own = Setting::of_nobody(self.today);
        let mine = acts.iter().filter(|(_, act)| act.subject == Subject::Guardian);
        let mut items: Vec<Item<'_>> =
            mine.map(|(form, act)| Item { form, act, child: None, setting: own }).collect();
        // Without a child in the round there is nothing to ask the guardian about herself either; and a pupil is none.
        if self.as_pupil || children.clone().next().is_none() {
            items.clear();
        }
        for child in children {
            let setting = child.setting(self.today);
            let about =
                acts.iter().filter(|(_, act)| act.subject == Subject::Child && applies(act, &setting));
            let about = about.filter(|(form, act)| self.asks(child, form, act));
            items.extend(about.map(|(form, act)| Item { form, act, child: Some(child.as_ref()), setting }));
        }
        items.iter().map(|item| self.task(item)).collect()
    }

    /// True for an act about the child that is hers to answer: any, for those who decide for it.
    pub(super) fn asks(&self, child: &ChildRecord, form: &FormDefinition, act: &Act) -> bool {
        !self.as_pupil || as_pupil::is_hers(&self.rules, child, form, act, self.today)
    }

    pub(super) fn takes_part(&self, child: &ChildRecord) -> bool {
        child.place.as_ref().is_some_and(|place| self.round.includes(&place.stands()))
    }

    fn task(&self, item: &Item<'_>) -> TaskOut {
        let subject = item.child.map_or(self.me, |child| child.id);
        let own = [self.me];
        let alone = Family { pupil: self.me, age: None, guardians: &own, settled: false };
        let about = AboutChild {
            answers: &self.file.answers,
            round: self.round.id,
            form: item.form,
            family: item.child.map_or(alone, |child| child.family(self.today)),
            applies: &|act| applies(act, &item.setting),
            exempt: &|act| {
                item.child.is_some_and(|child| child.is_exempt(self.round.id, &item.form.key, &act.key))
            },
        };
        let case = about.case(item.act);
        let evidence = case.evidence();
        let my_answer = case.answers().iter().find(|answer| answer.signer == self.me);
        let name = ActName { form: item.form.key.clone(), act: item.act.key.clone() };
        let known = self.known(item, subject);
        let (purposes, renew) = item.child.map(|child| self.purposes(item, child)).unwrap_or_default();
        let pupil = item.child.filter(|_| self.as_pupil && !purposes.is_empty());
        let say =
            pupil.and_then(|pupil| as_pupil::say(pupil, item.act, self.today, renew, my_answer.is_some()));
        let mine = match say.unwrap_or_else(|| my_part(&evidence, self.me)) {
            // Her yes has ended, or the text means something else now.
            MyPart::Done if renew => MyPart::ToDo,
            // Something has come to contradict what she answered: that is asked, and only that.
            MyPart::Done if known.values().any(|known| !known.others.is_empty()) => MyPart::ToDo,
            part => part,
        };
        let is_asked = mine == MyPart::ToDo && my_answer.is_some_and(|answer| answer.returned);
        let counted = progress(item.act, &known, &item.setting);
        TaskOut {
            form: item.form.reference(),
            act: item.act.key.clone(),
            child: item.child.map(|child| child.id),
            status: status(&evidence).seen_on(self.today, self.round.closes),
            mine,
            others_left: self.others_left(&evidence),
            answered: my_answer.map(|answer| answer.at),
            returned: if is_asked { asked(&self.file.asked, subject, self.round.id, &name) } else { None },
            renewed: evidence.renewed_since(self.me),
            known,
            // What she has answered is not asked again.
            progress: if mine == MyPart::ToDo { counted } else { Progress { new: 0, ..counted } },
            purposes,
        }
    }

    fn known(&self, item: &Item<'_>, subject: PersonId) -> Map<FieldKey, skolstart_shared::form::Known> {
        let nothing = Snapshot::default();
        let answers = self.file.answers.of(subject, self.round.id, &item.form.key, item.act);
        if let Some(shown) = self.by_school.shown(item.form, item.act, subject, answers) {
            return shown;
        }
        let snapshot = self.file.snapshots.get(&subject).unwrap_or(&nothing);
        prefill(item.act, (subject, snapshot), self.published.catalogue(), self.me, &item.setting)
    }

    fn others_left(&self, evidence: &Evidence<'_>) -> u8 {
        count(evidence.missing().iter().filter(|guardian| **guardian != self.me).count())
    }

    /// What stands about each purpose of an act, and whether she has to answer one of them anew.
    fn purposes(&self, item: &Item<'_>, child: &ChildRecord) -> (Map<FieldKey, PurposeState>, bool) {
        let decisions = self.file.decisions.get(&child.id).map_or(&[][..], Vec::as_slice);
        let consents = item.act.fields.iter().filter(|field| matches!(field.kind, FieldKind::Consent { .. }));
        let mut renew = false;
        let states = consents.map(|field| {
            let about = about(item.form, item.act, &field.key, decisions);
            let mine =
                about.iter().filter(|decision| decision.by == self.me).max_by_key(|decision| decision.seq);
            let mine = mine.map(|decision| MyDecision {
                choice: decision.choice,
                at: decision.at,
                version: decision.version(),
            });
            let state = self.rules.ask(child, child.protected, item.form, item.act, field, |case| {
                renew |= case.waits_for(&about).contains(&self.me);
                PurposeState {
                    mine,
                    standing: standing(case, &about),
                    waits_for: case.waits_for_others(&about, self.me),
                    until: case.until(&about),
                }
            });
            (field.key.clone(), state)
        });
        (states.collect(), renew)
    }
}

pub(super) fn applies(act: &Act, setting: &Setting) -> bool {
    act.applies_if.as_ref().is_none_or(|condition| condition.holds(&Answers::default(), setting))
}
