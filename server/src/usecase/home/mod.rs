//! A guardian's home: her children, her tasks, and what is known. Called by its handler. Must not know any form.

mod desk;

pub(super) use desk::{Desk, applies};

use super::consents::{self, Rules};
use super::staff_acts::{BySchool, answered_by_school};
use super::unit_answers as units;
use super::{ReadError, applications, as_pupil, at_home, offers, with_code, withheld};
use crate::policy::{Grant, Principal, ReadHome};
use crate::store::{ChildRecord, HomeFile, Published, Store, StoreError};
use serde::Serialize;
use serde_json::value::RawValue;
use skolstart_shared::api::{
    ChildOut, HomeOut, Me, OfferOut, OwnApplicationLine, RoundOut, TakenDownOut, TaskOut, UnitOption,
};
use skolstart_shared::form::FormDefinition;
use skolstart_shared::round::{MyPart, Round};
use skolstart_shared::{Date, Locale};
use std::cell::OnceCell;
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
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    has_draft: bool,
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
    let desk = round.map(|round| Desk {
        published,
        rules,
        round,
        file: &file,
        me,
        as_pupil,
        today,
        locale,
        by_school,
        kept: OnceCell::new(),
    });
    let (tasks, begun, offers) = match &desk {
        Some(desk) => (desk.tasks(), offers::begun(desk, locale), offers::offers(desk, locale)),
        None => Default::default(),
    };
    let acts = round.into_iter().flat_map(|round| published.acts_of(round)).map(|(_, act)| act);
    let asks_for_unit = acts.chain(begun.iter().flat_map(|form| &form.acts)).any(units::asks_for_one);
    let units = if asks_for_unit { store.units_to_choose(today).await? } else { Vec::new() };
    let applications = applications::home_lines(store, principal).await?;
    let mut home = HomeOut {
        me: Me { person: me, name: file.me.for_family().full() },
        round: desk.as_ref().map(|desk| round_out(desk, locale)),
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
        // It does not for one with a code.
        has_draft: !principal.has_code_only() && store.has_own_draft(&grant).await?,
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
        has_draft,
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
        has_draft,
    };
    Ok(serde_json::to_vec(&told).map_err(|_| CANNOT_WRITE)?)
}

/// What a home is made from, without what others have said where she is not shown it or it is kept from her.
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
    withheld::only_hers(&store.published(), principal, &mut file);
    at_home::only_own_home(principal, &mut file.snapshots);
    Ok(file)
}

/// The round that she meets: first one in which she has something left and that is open for some children, hers among them, or that
/// a child of hers is let in to late, of several the first to close; otherwise as [`Published::met_by`] says. Nearly always there is
/// neither, and nothing more is read for it.
pub(super) async fn round_for<'a>(
    store: &Store,
    grant: &Grant<ReadHome>,
    principal: &Principal,
    published: &'a Published,
) -> Result<Option<&'a Arc<Round>>, ReadError> {
    let today = store.clock().today();
    let children = store.own_children(principal, today).await?;
    let nobody_late = children.values().all(|child| child.let_in.is_empty());
    if nobody_late && published.opened_for_some(today).next().is_none() {
        return Ok(published.current(today));
    }
    let let_in = |round: &Round| children.values().any(|child| child.is_let_in(round, today));
    let asks = |round: &Round| {
        let mut places = children.values().filter_map(|child| child.place.as_ref());
        places.any(|place| round.includes(&place.stands()))
    };
    for round in published.first_for(today, asks, let_in) {
        let file = file_of(store, grant, principal, Some(round.as_ref())).await?;
        let rules = Rules::new(store, published, today);
        let (me, as_pupil, by_school) = (grant.actor(), principal.is_pupil(), BySchool::default());
        let desk = Desk {
            published,
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
        if desk.tasks().iter().any(|task| task.mine == MyPart::ToDo) {
            return Ok(Some(round));
        }
    }
    Ok(published.met_by(today, asks))
}

const CANNOT_WRITE: StoreError = StoreError::Corrupt("home");

/// The round with its days as they are for her: open as long as it asks about one of her children, and until the first of their
/// last days that is still to come.
fn round_out(desk: &Desk<'_>, locale: Locale) -> RoundOut {
    let (round, today) = (desk.round, desk.today);
    let coming = desk.last_days().filter(|last| today <= *last).min();
    RoundOut {
        id: round.id,
        title: round.title.get(locale).to_owned(),
        closes: coming.unwrap_or(round.closes),
        open: round.is_open_on(today) || (round.opens <= today && coming.is_some()),
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
