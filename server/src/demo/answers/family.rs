//! The families of the municipality as somebody who answers for them needs them. Called by `play`.

use crate::demo::cast::{Cast, cast};
use crate::demo::municipality::Made;
use crate::demo::record::Person;
use skolstart_shared::Date;
use skolstart_shared::form::Setting;
use skolstart_shared::people::RelationKind;
use skolstart_shared::school::{Grade, SchoolForm};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// Children with the same people to decide for them.
pub(super) struct Family {
    /// Those who decide.
    pub(super) adults: Vec<Adult>,
    pub(super) children: Vec<Child>,
    /// The number of the first child in a class that somebody signs in to look at.
    pub(super) watched: Option<usize>,
}

pub(super) struct Adult {
    pub(super) id: Uuid,
    pub(super) family_name: String,
    pub(super) phone: Option<String>,
    pub(super) email: Option<String>,
}

#[derive(Clone)]
pub(super) struct Child {
    pub(super) id: Uuid,
    /// How old the child is at the end of the calendar year in which the school year begins.
    pub(super) age: i32,
    school_form: Option<SchoolForm>,
    grade: Option<Grade>,
}

impl Child {
    pub(super) fn setting(&self, today: Date) -> Setting {
        Setting { school_form: self.school_form, grade: self.grade, ..Setting::of_nobody(today) }
    }
}

impl Family {
    /// Somebody one can sign in as is among the adults.
    pub(super) fn is_named(&self) -> bool {
        cast().iter().any(|persona| self.adults.iter().any(|adult| adult.id == persona.id))
    }

    /// Whose state the demonstration fixes, so that the watched classes show every state: 0 all yes, 1 one of two, 2 nobody,
    /// 3 all no, 4 as it comes, 5 unfinished.
    pub(super) fn fixed_state(&self) -> Option<usize> {
        self.watched.map(|number| number % 6)
    }

    /// Some child was there a year ago.
    pub(super) fn was_asked(&self) -> bool {
        self.children.iter().any(|child| child.age > 1)
    }

    /// What the members of the family share when they decide by chance.
    pub(super) fn key(&self) -> Uuid {
        self.children.first().map_or(Uuid::nil(), |child| child.id)
    }
}

/// The families, those of the watched classes first.
pub(super) fn families(made: &Made) -> Vec<Family> {
    let places = places(made);
    let watched = watched(made);
    let adults: HashMap<Uuid, &Person> =
        made.draft.persons.iter().map(|person| (person.id, person)).collect();
    let mut number = BTreeMap::new();
    let mut families: Vec<Family> = Vec::new();
    for person in &made.draft.persons {
        let deciding: Vec<Uuid> = deciding(person).collect();
        let Some((school_form, grade)) = places.get(&person.id).copied().filter(|_| !deciding.is_empty())
        else {
            continue;
        };
        let born = person.birth_date.get(..4).and_then(|year| year.parse::<i32>().ok());
        let age = born.map_or(0, |born| made.makers.start_year - born);
        let place = *number.entry(deciding.clone()).or_insert(families.len());
        if place == families.len() {
            let adults: Vec<&Person> = deciding.iter().filter_map(|id| adults.get(id).copied()).collect();
            let adults = adults.into_iter().map(adult).collect();
            families.push(Family { adults, children: Vec::new(), watched: None });
        }
        if let Some(family) = families.get_mut(place) {
            family.children.push(Child { id: person.id, age, school_form, grade });
            family.watched = family.watched.or(watched.get(&person.id).copied());
        }
    }
    families.sort_by_key(|family| family.watched.is_none());
    families
}

fn deciding(child: &Person) -> impl Iterator<Item = Uuid> {
    let decides = |word| RelationKind::from_ss12000(word).is_some_and(RelationKind::decides);
    child.responsibles.iter().filter(move |adult| decides(adult.relation_type)).map(|adult| adult.person.id)
}

fn adult(person: &Person) -> Adult {
    Adult {
        id: person.id,
        family_name: person.family_name.clone(),
        phone: person.phone_numbers.first().map(|phone| phone.value.clone()),
        email: person.emails.first().map(|email| email.value.clone()),
    }
}

/// The main place of each child.
fn places(made: &Made) -> HashMap<Uuid, (Option<SchoolForm>, Option<Grade>)> {
    let groups = made.places.groups.iter().filter_map(|group| {
        let form = SchoolForm::from_code(group.form).filter(|form| form.is_main())?;
        Some((group, (Some(form), group.grade.and_then(Grade::new))))
    });
    groups.flat_map(|(group, place)| group.members.iter().map(move |child| (*child, place))).collect()
}

/// The children of the classes of Ella and Nils, which the teachers among the personas look at, numbered.
fn watched(made: &Made) -> HashMap<Uuid, usize> {
    let [ella, nils] = [Cast::EllaLindqvist.id(), Cast::NilsLindqvist.id()];
    let here = |members: &[Uuid]| members.contains(&ella) || members.contains(&nils);
    let groups = made.places.groups.iter().filter(|group| group.form != "FTH" && here(&group.members));
    groups.flat_map(|group| group.members.iter().enumerate().map(|(at, child)| (*child, at))).collect()
}
