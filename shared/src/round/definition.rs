use crate::date::Date;
use crate::form::{FormRef, Texts};
use crate::id::{GroupId, RoundId, UnitId};
use crate::school::{Grade, SchoolForm, SchoolYear};
use serde::{Deserialize, Serialize};

/// A campaign, such as the school start of a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Round {
    /// Its id.
    pub id: RoundId,
    /// What it is called.
    pub title: Texts,
    /// The school year it prepares.
    pub school_year: SchoolYear,
    /// First day that answers are taken.
    pub opens: Date,
    /// Last day that answers are asked for. Changes are taken later too: a withdrawal can never be refused.
    pub closes: Date,
    /// The forms, in the order that guardians meet them.
    pub forms: Vec<FormRef>,
    /// Children in these school forms. Empty: all.
    pub school_forms: Vec<SchoolForm>,
    /// Children in these grades. Empty: all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grades: Vec<Grade>,
    /// Children who have their main place at these units. Empty, with no groups either: all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<UnitId>,
    /// Children in these classes and departments, beside those at the units.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<GroupId>,
}

/// Where a child has its main place, as an audience asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stands {
    /// The school form.
    pub school_form: SchoolForm,
    /// The grade, in school forms that have grades.
    pub grade: Option<Grade>,
    /// The unit.
    pub unit: UnitId,
    /// The class or department, where there is one.
    pub group: Option<GroupId>,
}

impl Round {
    /// True from the first day to the last.
    pub fn is_open_on(&self, today: Date) -> bool {
        self.opens <= today && today <= self.closes
    }

    /// True when every child is asked.
    pub fn is_for_all(&self) -> bool {
        let everywhere = self.units.is_empty() && self.groups.is_empty();
        everywhere && self.school_forms.is_empty() && self.grades.is_empty()
    }

    /// True for a child who stands there.
    pub fn includes(&self, child: &Stands) -> bool {
        let form = self.school_forms.is_empty() || self.school_forms.contains(&child.school_form);
        let grade = self.grades.is_empty() || child.grade.is_some_and(|grade| self.grades.contains(&grade));
        form && grade && self.is_at(child.unit, child.group)
    }

    /// True when somebody at the unit, or in the group, can be asked.
    fn is_at(&self, unit: UnitId, group: Option<GroupId>) -> bool {
        let everywhere = self.units.is_empty() && self.groups.is_empty();
        everywhere || self.units.contains(&unit) || group.is_some_and(|group| self.groups.contains(&group))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round() -> Round {
        Round {
            id: RoundId(uuid::Uuid::nil()),
            title: Texts::default(),
            school_year: SchoolYear::starting(2026).unwrap(),
            opens: Date::new(2026, 8, 1).unwrap(),
            closes: Date::new(2026, 9, 1).unwrap(),
            forms: Vec::new(),
            school_forms: Vec::new(),
            grades: Vec::new(),
            units: Vec::new(),
            groups: Vec::new(),
        }
    }

    #[test]
    fn an_audience_narrows_with_each_choice_and_a_group_widens_the_units() {
        let id = |number: u128| uuid::Uuid::from_u128(number);
        let child = Stands {
            school_form: SchoolForm::Gr,
            grade: Grade::new(2),
            unit: UnitId(id(1)),
            group: Some(GroupId(id(2))),
        };
        assert!(round().includes(&child));
        assert!(!Round { school_forms: vec![SchoolForm::Fs], ..round() }.includes(&child));
        assert!(!Round { grades: vec![Grade(3)], ..round() }.includes(&child));
        assert!(!Round { grades: vec![Grade(2)], ..round() }.includes(&Stands { grade: None, ..child }));
        assert!(!Round { units: vec![UnitId(id(9))], ..round() }.includes(&child));
        let both = Round { units: vec![UnitId(id(9))], groups: vec![GroupId(id(2))], ..round() };
        assert!(both.includes(&child));
        assert!(!Round { groups: vec![GroupId(id(3))], ..round() }.includes(&child));
    }

    #[test]
    fn a_round_of_an_older_program_is_for_everybody() {
        let old = serde_json::to_string(&round()).unwrap();
        assert!(!old.contains("units") && !old.contains("grades"), "{old}");
        assert_eq!(serde_json::from_str::<Round>(&old).unwrap(), round());
    }
}
