//! Fills the places with families: brothers and sisters in the same area, their guardians, their enrolments and
//! placements. Called by `municipality`, after `story` has placed the named families.

use super::household::{Adult, Household};
use super::municipality::Draft;
use super::people::{Makers, OPEN, Profile, reference};
use super::places::{Group, Places, Slot};
use super::random::ident;
use super::record::{Enrolment, Person, Placement, Reference, Responsible};
use std::collections::BTreeMap;

/// Families with one, two and three children, per hundred.
const CHILDREN: [usize; 3] = [45, 43, 12];
/// How many years apart brothers and sisters are tried.
const APART: [i32; 10] = [2, -2, 3, -3, 1, -1, 4, -4, 5, -5];
/// Of a thousand children up to grade 3, this many have a place in after-school care.
const AFTER_SCHOOL: usize = 760;

/// A child to be: the place and the name.
pub(super) struct ChildProfile<'a> {
    pub(super) slot: usize,
    pub(super) profile: Profile<'a>,
}

/// Places a family in every free slot.
pub(super) fn fill(makers: &mut Makers, places: &mut Places, draft: &mut Draft) {
    let mut order: Vec<usize> = (0..places.slots.len()).collect();
    makers.random.shuffle(&mut order);
    let mut near: BTreeMap<(usize, i32), Vec<usize>> = BTreeMap::new();
    for index in &order {
        let Slot { area, born, .. } = places.slots[*index];
        near.entry((area, born)).or_default().push(*index);
    }
    let mut number = 0;
    for first in order {
        if places.slots[first].taken {
            continue;
        }
        let slots = siblings(makers, places, &mut near, first);
        let household = makers.household(number, places.slots[first].born);
        family(makers, places, draft, number, household, &slots);
        number += 1;
    }
}

/// Takes the first child's slot and those of brothers and sisters.
fn siblings(
    makers: &mut Makers,
    places: &mut Places,
    near: &mut BTreeMap<(usize, i32), Vec<usize>>,
    first: usize,
) -> Vec<usize> {
    places.slots[first].taken = true;
    let (area, born) = (places.slots[first].area, places.slots[first].born);
    let wanted = 1 + makers.random.weighted(&CHILDREN);
    let mut slots = vec![first];
    let mut years = APART;
    makers.random.shuffle(&mut years[..6]);
    for apart in years {
        if slots.len() == wanted {
            break;
        }
        let Some(list) = near.get_mut(&(area, born + apart)) else { continue };
        while list.last().is_some_and(|slot| places.slots[*slot].taken) {
            list.pop();
        }
        if let Some(slot) = list.pop() {
            places.slots[slot].taken = true;
            slots.push(slot);
        }
    }
    slots
}

fn family(
    makers: &mut Makers,
    places: &mut Places,
    draft: &mut Draft,
    number: usize,
    household: Household,
    slots: &[usize],
) {
    for (index, slot) in slots.iter().enumerate() {
        let sex = makers.numbers.sex_with_numbers(places.slots[*slot].born, &mut makers.random);
        let given = makers.words.origin(household.origin).child(sex, &mut makers.random);
        let profile = Profile {
            id: ident(makers.seed, "child", number * 3 + index),
            given,
            family: household.family_name,
            sex,
            marking: household.marking,
            home: Some(household.home.clone()),
        };
        child(makers, places, draft, ChildProfile { slot: *slot, profile }, &household.adults);
    }
    draft.guardians += household.adults.len();
    draft.persons.extend(household.adults.into_iter().map(|adult| adult.person));
}

/// Makes a child in its place: member of the group, enrolled or placed, with the adults as responsible.
pub(super) fn child(
    makers: &mut Makers,
    places: &mut Places,
    draft: &mut Draft,
    child: ChildProfile<'_>,
    adults: &[Adult],
) {
    let Slot { born, group, .. } = places.slots[child.slot];
    let number = makers.numbers.take(born, child.profile.sex);
    let mut person = makers.person(child.profile, number);
    person.responsibles = adults.iter().map(responsible).collect();
    let Group { unit, form, grade, .. } = places.groups[group];
    let unit_id = places.units[unit].id;
    places.groups[group].members.push(person.id);
    if let Some(grade) = grade {
        person.edu_person_principal_names.push(format!("e{:06}@elev.bjorkviken.example", draft.children));
        person.enrolments.push(Enrolment {
            enroled_at: Reference::to(unit_id),
            school_type: form,
            school_year: grade,
            start_date: makers.start(),
            cancelled: false,
        });
        let after_school = places.after_school.get(&(unit, grade >= 2)).copied();
        if let Some(after_school) =
            after_school.filter(|_| grade <= 3 && makers.random.per_mille(AFTER_SCHOOL))
        {
            places.groups[after_school].members.push(person.id);
            draft.placements.push(placement(makers, places, &person, after_school, adults));
        }
    } else {
        draft.placements.push(placement(makers, places, &person, group, adults));
    }
    draft.children += 1;
    draft.protected_children += usize::from(person.security_marking != OPEN);
    draft.persons.push(person);
}

fn responsible(adult: &Adult) -> Responsible {
    Responsible { person: reference(&adult.person), relation_type: adult.relation }
}

fn placement(makers: &Makers, places: &Places, child: &Person, group: usize, adults: &[Adult]) -> Placement {
    let Group { id, unit, form, .. } = places.groups[group];
    let owners = adults.iter().filter(|adult| adult.relation != "Annan ansvarig");
    Placement {
        id: ident(FROM_CHILD, &format!("{}/{form}", child.id), 0),
        placed_at: Reference::to(places.units[unit].id),
        group: Reference::to(id),
        child: reference(child),
        owners: owners.map(|adult| Reference::to(adult.person.id)).collect(),
        school_type: form,
        start_date: makers.start(),
        reason: "Omsorg",
    }
}

/// The id of a placement follows from the child's, which already holds the seed.
const FROM_CHILD: u64 = 0;
