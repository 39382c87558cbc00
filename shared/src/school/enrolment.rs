use super::form::SchoolForm;
use super::grade::Grade;
use crate::date::Date;
use crate::id::{PersonId, UnitId};

/// That a child goes to a unit, from one day to another (SS 12000 `Enrolment` for pupils, `Placement` for preschool and
/// educare).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolment {
    /// The child.
    pub child: PersonId,
    /// The unit.
    pub unit: UnitId,
    /// The school form.
    pub school_form: SchoolForm,
    /// The grade, where there are grades.
    pub grade: Option<Grade>,
    /// First day.
    pub from: Date,
    /// Last day, inclusive.
    pub to: Option<Date>,
}

impl Enrolment {
    /// True when it holds on `today`, or begins later and has not ended: a school start is answered before it begins.
    pub fn is_open_on(&self, today: Date) -> bool {
        self.to.is_none_or(|to| today <= to)
    }
}
