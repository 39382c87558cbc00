//! The places children can have: units, their groups, and one slot per child. Owns the sizes; called by `municipality`
//! before anybody exists. Must not know a person.

use super::random::ident;
use super::units::{FIXED, Unit, units};
use super::words::places;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Pupils in a class, children in a department: what the sizes aim at.
const CLASS: usize = 24;
const DEPARTMENT: usize = 15;

pub(super) struct Group {
    pub(super) id: Uuid,
    pub(super) name: String,
    /// Index of the unit.
    pub(super) unit: usize,
    /// SS 12000 `schoolType`: FS, FKLASS, GR or FTH.
    pub(super) form: &'static str,
    /// The grade of a class; 0 is the preschool class.
    pub(super) grade: Option<u8>,
    pub(super) members: Vec<Uuid>,
}

/// The place of one child.
pub(super) struct Slot {
    /// Year of birth.
    pub(super) born: i32,
    /// Index of the class or department.
    pub(super) group: usize,
    /// Siblings are sought in the same area.
    pub(super) area: usize,
    pub(super) taken: bool,
}

pub(super) struct Places {
    pub(super) units: Vec<Unit>,
    pub(super) groups: Vec<Group>,
    pub(super) slots: Vec<Slot>,
    /// Index of the after-school group, by unit and whether it is for grades 2 and 3.
    pub(super) after_school: BTreeMap<(usize, bool), usize>,
}

/// Children per year of birth, youngest first: 15 years, from the year before the school year to grade 9.
fn cohorts(children: usize, start_year: i32) -> Vec<(i32, usize)> {
    let years: Vec<i32> = (1..=15).map(|age| start_year - age).collect();
    // Few test numbers exist of 2020 and none after 2024. One-year-olds start during the year, so few are there at first.
    let weight = |year: i32| match (year, start_year - year) {
        (_, 1) => 18,
        (2020, _) => 44,
        _ => 100,
    };
    let total: usize = years.iter().map(|year| weight(*year)).sum();
    let mut before = 0;
    let share = |year: &i32| {
        let from = children * before / total;
        before += weight(*year);
        (*year, children * before / total - from)
    };
    years.iter().map(share).collect()
}

fn sum(cohorts: &[(i32, usize)]) -> usize {
    cohorts.iter().map(|cohort| cohort.1).sum()
}

fn rounded(part: usize, size: usize) -> usize {
    (part + size / 2) / size
}

/// Plans a municipality.
pub(super) fn plan(children: usize, start_year: i32) -> Places {
    let cohorts = cohorts(children, start_year);
    let (preschool, school) = cohorts.split_at(5);
    let (lower, upper) = school.split_at(7);
    let lower_schools = rounded(sum(lower), 320).max(1);
    let upper_schools = rounded(sum(upper), 280).max(1);
    let preschools = rounded(sum(preschool), 72).max(1);
    let units = units(lower_schools, upper_schools, preschools);
    let mut plan = Places { units, groups: Vec::new(), slots: Vec::new(), after_school: BTreeMap::new() };
    for (grade, (born, count)) in school.iter().enumerate() {
        plan.grade(grade as u8, *born, *count, lower_schools, upper_schools);
    }
    for number in 0..preschools {
        plan.preschool(number, preschools, lower_schools, preschool);
    }
    for unit in 0..lower_schools {
        for (older, name) in [(false, "Fritids F–1"), (true, "Fritids 2–3")] {
            let group = plan.group(unit, "FTH", None, name.to_owned());
            plan.after_school.insert((unit, older), group);
        }
    }
    plan
}

impl Places {
    fn group(&mut self, unit: usize, form: &'static str, grade: Option<u8>, name: String) -> usize {
        let id = ident(FIXED, &format!("{}/{form}/{name}", self.units[unit].id), 0);
        self.groups.push(Group { id, name, unit, form, grade, members: Vec::new() });
        self.groups.len() - 1
    }

    /// The classes of one grade in every school that has it. The first school always has a 2B.
    fn grade(&mut self, grade: u8, born: i32, count: usize, lower: usize, upper: usize) {
        let (first, schools) = if grade <= 6 { (0, lower) } else { (lower, upper) };
        let least = if grade == 2 { schools + 1 } else { schools };
        let classes = rounded(count, CLASS).max(least);
        let mut made = 0;
        for school in 0..schools {
            let here = classes / schools + usize::from(school < classes % schools);
            for letter in ('A'..='Z').take(here) {
                let (name, form) = if grade == 0 {
                    (format!("F {letter}"), "FKLASS")
                } else {
                    (format!("{grade}{letter}"), "GR")
                };
                let group = self.group(first + school, form, Some(grade), name);
                let size = count / classes + usize::from(made < count % classes);
                for pupil in 0..size {
                    let area = if grade <= 6 { school } else { (school + upper * (pupil % lower)) % lower };
                    self.slots.push(Slot { born, group, area, taken: false });
                }
                made += 1;
            }
        }
    }

    /// One preschool: its share of every year, the oldest in the first department.
    fn preschool(&mut self, number: usize, preschools: usize, areas: usize, cohorts: &[(i32, usize)]) {
        let names = places("departments");
        let unit = self.units.len() - preschools + number;
        let share = |(born, count): &(i32, usize)| {
            let here = count / preschools + usize::from(number < count % preschools);
            std::iter::repeat_n(*born, here)
        };
        let children: Vec<i32> = cohorts.iter().rev().flat_map(share).collect();
        let departments = rounded(children.len(), DEPARTMENT).max(2);
        let mut rest = children.as_slice();
        for department in 0..departments {
            let name = names[(number * 5 + department) % names.len()].clone();
            let group = self.group(unit, "FS", None, name);
            let size = children.len() / departments + usize::from(department < children.len() % departments);
            let (here, after) = rest.split_at(size);
            let slot = |born: &i32| Slot { born: *born, group, area: number % areas, taken: false };
            self.slots.extend(here.iter().map(slot));
            rest = after;
        }
    }
}
