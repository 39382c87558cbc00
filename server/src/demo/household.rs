//! How a family lives: which adults, in how many homes. Called by `families`.

use super::people::{Makers, OPEN, Profile};
use super::random::{Random, ident};
use super::record::{Address, Person};
use super::words::Sex;

/// An adult and the relation to the children of the family.
pub(super) struct Adult {
    pub(super) person: Person,
    /// SS 12000 `relationType`.
    pub(super) relation: &'static str,
}

/// The adults of a family and what its children share.
pub(super) struct Household {
    pub(super) adults: Vec<Adult>,
    pub(super) home: Address,
    pub(super) marking: &'static str,
    pub(super) origin: usize,
    pub(super) family_name: &'static str,
}

#[derive(Clone, Copy)]
enum Shape {
    OneHome,
    TwoHomes,
    /// Two homes, and the partner of one guardian takes part.
    TwoHomesAndPartner,
    SoleCustody,
    GodMan,
}

/// Per thousand families, in the order of [`SHAPES`].
const SHAPE_WEIGHTS: [usize; 5] = [690, 200, 20, 85, 5];
const SHAPES: [Shape; 5] =
    [Shape::OneHome, Shape::TwoHomes, Shape::TwoHomesAndPartner, Shape::SoleCustody, Shape::GodMan];

/// Families in ten thousand of each kind of protection; a family has 1.6 children, so about 0.3 % of the children.
const MARKED: [(&str, usize); 2] = [("Sekretessmarkering", 20), ("Skyddad folkbokföring", 10)];

/// What is known of an adult before there is a name.
struct Part {
    sex: Sex,
    elsewhere: bool,
    relation: &'static str,
}

impl Shape {
    fn parts(self, random: &mut Random) -> Vec<Part> {
        let part = |sex, elsewhere, relation| Part { sex, elsewhere, relation };
        let mother = part(Sex::Female, false, "Vårdnadshavare");
        match self {
            Self::OneHome => vec![mother, part(Sex::Male, false, "Vårdnadshavare")],
            Self::TwoHomes => vec![mother, part(Sex::Male, true, "Vårdnadshavare")],
            Self::TwoHomesAndPartner => vec![
                mother,
                part(Sex::Male, true, "Vårdnadshavare"),
                part(Sex::Male, false, "Annan ansvarig"),
            ],
            Self::SoleCustody if random.per_mille(850) => vec![mother],
            Self::SoleCustody => vec![part(Sex::Male, false, "Vårdnadshavare")],
            Self::GodMan => vec![part(Sex::any(random), true, "God man")],
        }
    }
}

impl Makers {
    /// The household of the `number`th family, whose first child was born in `born`.
    pub(super) fn household(&mut self, number: usize, born: i32) -> Household {
        let marking = self.marking();
        let shape = match marking {
            OPEN => SHAPES[self.random.weighted(&SHAPE_WEIGHTS)],
            _ => Shape::SoleCustody,
        };
        let origin = self.words.choose_origin(&mut self.random);
        let family_name = self.words.origin(origin).family(&mut self.random);
        let homes = [self.contacts.home(&mut self.random), self.contacts.home(&mut self.random)];
        let mother_born = born - 31 + self.random.below(9) as i32 - self.random.below(9) as i32;
        let mut adults = Vec::new();
        for (index, part) in shape.parts(&mut self.random).into_iter().enumerate() {
            // One partner in six has another origin, one in three another family name; so has every god man.
            let apart = index > 0 || matches!(shape, Shape::GodMan);
            let other = apart && (matches!(shape, Shape::GodMan) || self.random.per_mille(160));
            let from = if other { self.words.choose_origin(&mut self.random) } else { origin };
            let own_name = other || (apart && self.random.per_mille(330));
            let names = self.words.origin(from);
            let profile = Profile {
                id: ident(self.seed, "adult", number * 3 + index),
                given: names.adult(part.sex, &mut self.random),
                family: if own_name { names.family(&mut self.random) } else { family_name },
                sex: part.sex,
                marking,
                home: Some(homes[usize::from(part.elsewhere)].clone()),
            };
            adults.push(Adult { person: self.guardian(profile, mother_born), relation: part.relation });
        }
        let [home, _] = homes;
        Household { adults, home, marking, origin, family_name }
    }

    fn marking(&mut self) -> &'static str {
        let mut left = self.random.below(10_000);
        for (marking, share) in MARKED {
            if left < share {
                return marking;
            }
            left -= share;
        }
        OPEN
    }

    /// A guardian near the age of the mother. About one in twenty-five has no e-mail, one in thirty-five no telephone.
    fn guardian(&mut self, profile: Profile<'_>, mother_born: i32) -> Person {
        let earlier = if profile.sex == Sex::Male { self.random.below(6) as i32 - 1 } else { 0 };
        let number =
            self.numbers.take_near(&years_near((mother_born - earlier).clamp(1972, 2002)), profile.sex);
        let mut person = self.person(profile, number);
        let (email, phone) = (!self.random.per_mille(40), !self.random.per_mille(28));
        self.give_contacts(&mut person, email, phone);
        person
    }
}

/// The year and its neighbours, nearest first: the test numbers of a single year may run out.
pub(super) fn years_near(year: i32) -> Vec<i32> {
    (0..10).flat_map(|distance| [year - distance, year + distance]).collect()
}
