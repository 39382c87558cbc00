//! The named families: who they are and where their children go. Called by `municipality` before anybody else gets a
//! place or a number, so that they come out the same for every size.

use super::cast::Cast;
use super::families::{ChildProfile, child};
use super::household::Adult;
use super::municipality::Draft;
use super::people::{Makers, OPEN, Profile};
use super::places::Places;
use super::words::Sex::{self, Female, Male};

const GUARDIAN: &str = "Vårdnadshavare";

struct Family {
    name: &'static str,
    marking: &'static str,
    adults: &'static [NamedAdult],
    children: &'static [NamedChild],
}

struct NamedAdult {
    who: Cast,
    given: &'static str,
    /// Another family name than the children's.
    family: Option<&'static str>,
    sex: Sex,
    born: i32,
    relation: &'static str,
    /// Number of the home; children are registered in home 0.
    home: usize,
    email: bool,
}

struct NamedChild {
    who: Cast,
    given: &'static str,
    sex: Sex,
    place: Place,
}

enum Place {
    /// Age during the autumn; at Blåklockans förskola.
    Preschool(i32),
    /// Grade and class letter, at Strandskolan or Kyrkbyskolan.
    Class(u8, &'static str),
}

const fn adult(who: Cast, given: &'static str, sex: Sex, born: i32) -> NamedAdult {
    NamedAdult { who, given, family: None, sex, born, relation: GUARDIAN, home: 0, email: true }
}

const fn pupil(who: Cast, given: &'static str, sex: Sex, grade: u8, letter: &'static str) -> NamedChild {
    NamedChild { who, given, sex, place: Place::Class(grade, letter) }
}

const fn preschooler(who: Cast, given: &'static str, sex: Sex, age: i32) -> NamedChild {
    NamedChild { who, given, sex, place: Place::Preschool(age) }
}

const FAMILIES: [Family; 6] = [
    Family {
        name: "Lindqvist",
        marking: OPEN,
        adults: &[
            adult(Cast::SaraLindqvist, "Sara", Female, 1987),
            NamedAdult { home: 1, ..adult(Cast::JohanLindqvist, "Johan", Male, 1985) },
        ],
        children: &[
            pupil(Cast::EllaLindqvist, "Ella", Female, 2, "B"),
            preschooler(Cast::NilsLindqvist, "Nils", Male, 5),
        ],
    },
    Family {
        name: "Bergström",
        marking: OPEN,
        adults: &[adult(Cast::MariaBergstrom, "Maria", Female, 1983)],
        children: &[pupil(Cast::WilmaBergstrom, "Wilma", Female, 4, "A")],
    },
    Family {
        name: "Kowalczyk",
        marking: OPEN,
        adults: &[
            adult(Cast::AgnieszkaKowalczyk, "Agnieszka", Female, 1984),
            adult(Cast::PiotrKowalczyk, "Piotr", Male, 1982),
        ],
        children: &[
            pupil(Cast::ZofiaKowalczyk, "Zofia", Female, 5, "A"),
            pupil(Cast::JanKowalczyk, "Jan", Male, 1, "A"),
            preschooler(Cast::LenaKowalczyk, "Lena", Female, 4),
        ],
    },
    Family {
        name: "Tesfay",
        marking: OPEN,
        adults: &[NamedAdult {
            family: Some("Ekholm"),
            relation: "God man",
            home: 1,
            ..adult(Cast::GunnarEkholm, "Gunnar", Male, 1962)
        }],
        children: &[pupil(Cast::YonasTesfay, "Yonas", Male, 7, "A")],
    },
    Family {
        name: "Al-Masri",
        marking: OPEN,
        adults: &[
            NamedAdult { email: false, ..adult(Cast::HudaAlMasri, "Huda", Female, 1988) },
            adult(Cast::KhaledAlMasri, "Khaled", Male, 1984),
        ],
        children: &[
            pupil(Cast::OmarAlMasri, "Omar", Male, 3, "A"),
            preschooler(Cast::LinaAlMasri, "Lina", Female, 3),
        ],
    },
    Family {
        name: "Sandberg",
        marking: "Skyddad folkbokföring",
        adults: &[adult(Cast::KarinSandberg, "Karin", Female, 1986)],
        children: &[pupil(Cast::LoveSandberg, "Love", Male, 5, "A")],
    },
];

/// Makes the named families.
///
/// # Errors
/// When a place the story needs is not there, which means that the municipality is too small.
pub(super) fn tell(makers: &mut Makers, places: &mut Places, draft: &mut Draft) -> anyhow::Result<()> {
    for family in &FAMILIES {
        let homes = [makers.contacts.home(&mut makers.random), makers.contacts.home(&mut makers.random)];
        let mut adults = Vec::new();
        for named in family.adults {
            let profile = Profile {
                id: named.who.id(),
                given: named.given,
                family: named.family.unwrap_or(family.name),
                sex: named.sex,
                marking: family.marking,
                home: Some(homes[named.home].clone()),
            };
            let number = makers.numbers.take_near(&[named.born, named.born + 1, named.born - 1], named.sex);
            let mut person = makers.person(profile, number);
            makers.give_contacts(&mut person, named.email, true);
            adults.push(Adult { person, relation: named.relation });
        }
        for named in family.children {
            let slot = slot(places, &named.place, makers.start_year)?;
            places.slots[slot].taken = true;
            let profile = Profile {
                id: named.who.id(),
                given: named.given,
                family: family.name,
                sex: named.sex,
                marking: family.marking,
                home: Some(homes[0].clone()),
            };
            child(makers, places, draft, ChildProfile { slot, profile }, &adults);
        }
        draft.guardians += adults.len();
        draft.persons.extend(adults.into_iter().map(|adult| adult.person));
    }
    Ok(())
}

fn slot(places: &Places, place: &Place, start_year: i32) -> anyhow::Result<usize> {
    let fits = |slot: &super::places::Slot| {
        let group = &places.groups[slot.group];
        let first = places.units[group.unit].number == 0;
        first
            && match place {
                Place::Preschool(age) => group.form == "FS" && slot.born == start_year - age,
                Place::Class(grade, letter) => group.grade == Some(*grade) && group.name.ends_with(letter),
            }
    };
    let found = places.slots.iter().position(|slot| !slot.taken && fits(slot));
    found.ok_or_else(|| anyhow::anyhow!("the municipality is too small for the named families"))
}
