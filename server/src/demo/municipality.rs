//! Makes the municipality and writes its files. Called through [`write`].

use super::contacts::MUNICIPALITY_CODE;
use super::people::Makers;
use super::places::{Places, plan};
use super::record::{Duty, Group, Membership, Organisation, Person, Placement, Reference};
use super::units::huvudman;
use super::{families, staff, story};
use anyhow::Context;
use serde::Serialize;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

/// The name of the municipality. None of Sweden's 290 municipalities is called so.
pub const MUNICIPALITY: &str = "Björkviken";

/// The smallest municipality that has room for the named families.
pub const LEAST_CHILDREN: usize = 40;

/// Persons on one list page.
const PAGE: usize = 500;

/// What was made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Children in preschool and school.
    pub children: usize,
    /// Of these, children with a protected identity.
    pub protected_children: usize,
    /// Adults who are responsible for a child.
    pub guardians: usize,
    /// People with a duty.
    pub staff: usize,
    /// Units, without the huvudman.
    pub units: usize,
    /// Classes, departments and after-school groups.
    pub groups: usize,
    /// Persons with a temporary number, because the test numbers of their year have run out.
    pub temporary_numbers: usize,
    /// Persons without any number, because the temporary ones have run out too.
    pub without_number: usize,
}

/// The records while they are made.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) persons: Vec<Person>,
    pub(super) duties: Vec<Duty>,
    pub(super) placements: Vec<Placement>,
    pub(super) children: usize,
    pub(super) protected_children: usize,
    pub(super) guardians: usize,
    pub(super) staff: usize,
}

/// The municipality before it is written.
pub(super) struct Made {
    pub(super) makers: Makers,
    pub(super) places: Places,
    pub(super) draft: Draft,
}

/// Makes everybody, the same for the same seed, size and year. `answers` makes them again to know what they would say.
///
/// # Errors
/// When `children` is below [`LEAST_CHILDREN`].
pub(super) fn make(seed: u64, children: usize, start_year: i32) -> anyhow::Result<Made> {
    anyhow::ensure!(children >= LEAST_CHILDREN, "a demo municipality has at least {LEAST_CHILDREN} children");
    let mut makers = Makers::new(seed, start_year);
    let mut places = plan(children, start_year);
    let mut draft = Draft::default();
    story::tell(&mut makers, &mut places, &mut draft)?;
    staff::employ(&mut makers, &places, &mut draft);
    families::fill(&mut makers, &mut places, &mut draft);
    staff::employ_last(&mut makers, &places, &mut draft);
    Ok(Made { makers, places, draft })
}

/// Writes the municipality as it is in the school year that begins in `start_year` into `folder`, which is made when it
/// is not there. The same seed, size and year give the same bytes. Pages of an earlier, larger municipality in the same
/// folder are removed.
///
/// # Errors
/// When `children` is below [`LEAST_CHILDREN`] or a file cannot be written.
pub fn write(folder: &Path, seed: u64, children: usize, start_year: i32) -> anyhow::Result<Summary> {
    let Made { mut makers, places, draft } = make(seed, children, start_year)?;
    let organisations = organisations(&mut makers, &places);
    let summary = summary(&places, &draft);
    let groups = groups(&makers, places);

    std::fs::create_dir_all(folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    page(folder, "organisations", &organisations, None)?;
    page(folder, "groups", &groups, None)?;
    page(folder, "duties", &draft.duties, None)?;
    page(folder, "placements", &draft.placements, None)?;
    let pages = draft.persons.chunks(PAGE);
    let last = pages.len();
    for (index, persons) in pages.enumerate() {
        let next = (index + 1 < last).then(|| person_page(index + 1));
        page(folder, &person_page(index), persons, next.as_deref())?;
    }
    // Pages left from a larger one would bring its people back.
    (last..)
        .take_while(|index| std::fs::remove_file(folder.join(person_page(*index) + ".json")).is_ok())
        .count();
    Ok(summary)
}

fn person_page(index: usize) -> String {
    format!("persons-{:04}", index + 1)
}

fn summary(places: &Places, draft: &Draft) -> Summary {
    let number = |person: &Person| person.civic_no.as_ref().map(|number| number.value.contains('T'));
    let count = |wanted| draft.persons.iter().filter(|person| number(person) == wanted).count();
    Summary {
        children: draft.children,
        protected_children: draft.protected_children,
        guardians: draft.guardians,
        staff: draft.staff,
        units: places.units.len(),
        groups: places.groups.len(),
        temporary_numbers: count(Some(true)),
        without_number: count(None),
    }
}

/// The huvudman and its units. Without organisation number: every well-formed one may be somebody's.
fn organisations(makers: &mut Makers, places: &Places) -> Vec<Organisation> {
    let mut organisation = |id, display_name: String, organisation_type| Organisation {
        id,
        organisation_type,
        school_unit_code: None,
        school_types: Vec::new(),
        municipality_code: MUNICIPALITY_CODE,
        parent_organisation: None,
        email: makers.contacts.email(&display_name, "info", "bjorkviken.example"),
        phone_number: makers.contacts.land_line(),
        display_name,
    };
    let mut all = vec![organisation(huvudman(), format!("{MUNICIPALITY}s kommun"), "Huvudman")];
    for unit in &places.units {
        all.push(Organisation {
            school_unit_code: unit.code.clone(),
            school_types: unit.school_types(),
            parent_organisation: Some(Reference::to(huvudman())),
            ..organisation(unit.id, unit.name.clone(), "Skolenhet")
        });
    }
    all
}

fn groups(makers: &Makers, places: Places) -> Vec<Group> {
    let Places { units, groups, .. } = places;
    let member = |id| Membership { person: Reference::to(id), start_date: makers.start() };
    let group = |group: super::places::Group| Group {
        id: group.id,
        display_name: group.name,
        group_type: if group.grade.is_some() { "Klass" } else { "Avdelning" },
        school_type: group.form,
        organisation: Reference::to(units[group.unit].id),
        start_date: makers.start(),
        end_date: makers.end(),
        group_memberships: group.members.into_iter().map(member).collect(),
    };
    groups.into_iter().map(group).collect()
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Page<'a, T> {
    data: &'a [T],
    page_token: Option<&'a str>,
}

/// Writes one list page, indented so that a person can read it.
fn page<T: Serialize>(folder: &Path, name: &str, data: &[T], page_token: Option<&str>) -> anyhow::Result<()> {
    let path = folder.join(format!("{name}.json"));
    let written = || -> anyhow::Result<()> {
        let mut file = BufWriter::new(File::create(&path)?);
        serde_json::to_writer_pretty(&mut file, &Page { data, page_token })?;
        file.write_all(b"\n")?;
        Ok(file.flush()?)
    };
    written().with_context(|| format!("cannot write {}", path.display()))
}
