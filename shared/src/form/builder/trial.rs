//! Families to try a form on. Nobody real, and nobody of the demo: only what conditions ask about.

use crate::date::Date;
use crate::form::Setting;
use crate::school::{Grade, SchoolForm};

/// A child to try a form for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrialFamily {
    /// The child's given name.
    pub name: &'static str,
    /// The school form of the main place.
    pub school_form: SchoolForm,
    /// The grade, in school forms that have grades.
    pub grade: Option<u8>,
    /// How old the child is.
    pub age: u8,
    /// How many decide for it.
    pub guardians: u8,
}

const fn family(
    name: &'static str,
    form: SchoolForm,
    grade: Option<u8>,
    age: u8,
    guardians: u8,
) -> TrialFamily {
    TrialFamily { name, school_form: form, grade, age, guardians }
}

/// The families, from preschool to a grown-up pupil.
pub const TRIAL_FAMILIES: [TrialFamily; 7] = [
    family("Alma", SchoolForm::Fs, None, 3, 2),
    family("Bo", SchoolForm::Fklass, Some(0), 6, 1),
    family("Cleo", SchoolForm::Gr, Some(2), 8, 2),
    family("Dani", SchoolForm::Gr, Some(6), 12, 2),
    family("Ebba", SchoolForm::Gran, Some(8), 14, 1),
    family("Farid", SchoolForm::Gy, None, 16, 2),
    family("Gry", SchoolForm::Gy, None, 18, 0),
];

impl TrialFamily {
    /// What conditions know about the child on `today`.
    pub fn setting(&self, today: Date) -> Setting {
        Setting {
            school_form: Some(self.school_form),
            grade: self.grade.and_then(Grade::new),
            birth: Some(today.add_years(-i32::from(self.age)).add_days(-40)),
            guardians: self.guardians,
            today,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_is_as_old_as_is_said_and_they_differ() {
        let today = Date::new(2028, 2, 29).unwrap();
        for (at, one) in TRIAL_FAMILIES.iter().enumerate() {
            let setting = one.setting(today);
            assert_eq!(setting.birth.unwrap().age_on(today), i32::from(one.age), "{}", one.name);
            assert!(TRIAL_FAMILIES[..at].iter().all(|other| other.setting(today) != setting), "{}", one.name);
        }
    }
}
