//! How a family lives: which adults, in how many homes. Called by `families`.

use super::people::{Makers, OPEN, Profile};
use super::random::ident;
use super::record::{Address, Person};
use super::words::Sex;

/// An adult and the relation to the children of the family.
pub(super) struct Adult {
    pub(super) person: Person,
    /// SS 12000 `relationType`.
    pub(super) relation: &'static str,
}

/// The adults of a family and where the children are registered.
pub(super) struct Household {
    pub(super) adults: Vec<Adult>,
    pub(super) home: Option<Address>,
    pub(super) marking: &'static str,
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

impl Makers {
    /// The household of the `number`th family, whose oldest child was born in `born`.
    pub(super) fn household(&mut self, number: usize, born: i32) -> Household {
        let marking = self.marking();
        let shape =
            if marking == OPEN { SHAPES[self.random.weighted(&SHAPE_WEIGHTS)] } else { Shape::SoleCustody };
        let home = self.contacts.home(&mut self.random);
        let other = self.contacts.home(&mut self.random);
        let mother_born = born - 31 + self.random.below(9) as i32 - self.random.below(9) as i32;
        let homes: Vec<(Sex, &Address, &'static str)> = match shape {
            Shape::OneHome => {
                vec![(Sex::Female, &home, "Vårdnadshavare"), (Sex::Male, &home, "Vårdnadshavare")]
            }
            Shape::TwoHomes => {
                vec![(Sex::Female, &home, "Vårdnadshavare"), (Sex::Male, &other, "Vårdnadshavare")]
            }
            Shape::TwoHomesAndPartner => vec![
                (Sex::Female, &home, "Vårdnadshavare"),
                (Sex::Male, &other, "Vårdnadshavare"),
                (Sex::Male, &home, "Annan ansvarig"),
            ],
            Shape::SoleCustody => {
                let sex = if self.random.per_mille(850) { Sex::Female } else { Sex::Male };
                vec![(sex, &home, "Vårdnadshavare")]
            }
            Shape::GodMan => vec![(Sex::any(&mut self.random), &other, "God man")],
        };
        let mut adults = Vec::new();
        for (index, (sex, home, relation)) in homes.into_iter().enumerate() {
            let id = ident(self.seed, "adult", number * 3 + index);
            let profile = Profile { id, given: "", family: "", sex, marking, home: Some(home.clone()) };
            adults.push(Adult { person: self.guardian(profile, mother_born), relation });
        }
        Household { adults, home: Some(home), marking }
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
        let later = if profile.sex == Sex::Male { self.random.below(6) as i32 - 1 } else { 0 };
        let years = years_near((mother_born - later).clamp(1972, 2002));
        let number = self.numbers.take_near(&years, profile.sex);
        let mut person = self.person(profile, number);
        let (email, phone) = (!self.random.per_mille(40), !self.random.per_mille(28));
        // Names come afterwards, from the family; the address of the e-mail needs them.
        person.emails.clear();
        person.edu_person_principal_names = vec![email.to_string(), phone.to_string()];
        person
    }
}

/// The year and its neighbours: the test numbers of a single year may run out.
fn years_near(year: i32) -> Vec<i32> {
    [0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5].map(|distance| year + distance).to_vec()
}
