//! Staff: who leads, teaches and administers. Called by `municipality` when the groups are known.
//!
//! The administrator of the whole municipality is recognised by the place of the duty: a duty with the role *Övrig
//! arbetsledning* whose `dutyAt` is the huvudman and not a unit. SS 12000 has no role of its own for it.

use super::cast::Cast;
use super::household::years_near;
use super::municipality::Draft;
use super::people::{Makers, OPEN, Profile, reference};
use super::places::{Group, Places};
use super::random::ident;
use super::record::{AssignmentRole, Duty, Reference};
use super::units::{Kind, Unit, huvudman};
use super::words::Sex;
use uuid::Uuid;

/// One duty and its task for a group, if any.
struct Post {
    at: Uuid,
    role: &'static str,
    task: Option<(Uuid, &'static str)>,
    named: Option<(Cast, &'static str, &'static str, Sex)>,
}

/// Makes all staff.
pub(super) fn employ(makers: &mut Makers, places: &Places, draft: &mut Draft) {
    let municipal = Some((Cast::MatsOberg, "Mats", "Öberg", Sex::Male));
    let mut posts = vec![Post { at: huvudman(), role: "Övrig arbetsledning", task: None, named: municipal }];
    for unit in &places.units {
        posts.extend(office(unit));
    }
    for group in &places.groups {
        posts.extend(around(group, &places.units[group.unit]));
    }
    for (number, post) in posts.into_iter().enumerate() {
        hire(makers, draft, number, post);
    }
}

/// Makes the second administrator of the municipality, a school nurse, and those who hold roles that no duty gives. After everybody else, who stay who they were before these came.
pub(super) fn employ_last(makers: &mut Makers, places: &Places, draft: &mut Draft) {
    let named = Some((Cast::IngridDahl, "Ingrid", "Dahl", Sex::Female));
    hire(makers, draft, 0, Post { at: huvudman(), role: "Övrig arbetsledning", task: None, named });
    if let Some(school) = places.units.iter().find(|unit| is_strandskolan(unit)) {
        let named = Some((Cast::MonaForsberg, "Mona", "Forsberg", Sex::Female));
        hire(makers, draft, 0, Post { at: school.id, role: "Skolsköterska", task: None, named });
    }
    for named in [
        (Cast::JonasWik, "Jonas", "Wik", Sex::Male),
        (Cast::RutAlm, "Rut", "Alm", Sex::Female),
        (Cast::SivNoren, "Siv", "Norén", Sex::Female),
    ] {
        let post = Post { at: huvudman(), role: "Annan personal", task: None, named: Some(named) };
        hire(makers, draft, 0, post);
    }
}

fn is_strandskolan(unit: &Unit) -> bool {
    unit.kind == Kind::Lower && unit.number == 0
}

/// The principal, and the administrator of a school.
fn office(unit: &Unit) -> Vec<Post> {
    let named = is_strandskolan(unit);
    let principal = named.then_some((Cast::LarsNystrom, "Lars", "Nyström", Sex::Male));
    let mut posts = vec![Post { at: unit.id, role: "Rektor", task: None, named: principal }];
    if unit.kind != Kind::Preschool {
        let named = named.then_some((Cast::EvaHedlund, "Eva", "Hedlund", Sex::Female));
        posts.push(Post { at: unit.id, role: "Skoladministratör", task: None, named });
    }
    posts
}

/// Those who work with one group. Every third class adds a teacher without a class.
fn around(group: &Group, unit: &Unit) -> Vec<Post> {
    let post =
        |role, task: &'static str, named| Post { at: unit.id, role, task: Some((group.id, task)), named };
    match group.form {
        "FS" => {
            let named = (unit.number == 0 && group.name == "Blåsippan").then_some((
                Cast::FatimaRahimi,
                "Fatima",
                "Rahimi",
                Sex::Female,
            ));
            vec![post("Förskollärare", "Förskollärare", named), post("Barnskötare", "Barnskötare", None)]
        }
        "FTH" => vec![post("Fritidspedagog", "Fritidspedagog", None)],
        _ => {
            let named = (unit.number == 0 && group.name == "2B").then_some((
                Cast::AnnaHolmgren,
                "Anna",
                "Holmgren",
                Sex::Female,
            ));
            let mut posts = vec![post("Lärare", "Mentor", named)];
            if group.grade.is_some_and(|grade| grade % 3 == 0) {
                posts.push(Post { at: unit.id, role: "Lärare", task: None, named: None });
            }
            posts
        }
    }
}

fn hire(makers: &mut Makers, draft: &mut Draft, number: usize, post: Post) {
    let origin = makers.words.choose_origin(&mut makers.random);
    let sex = if makers.random.per_mille(750) { Sex::Female } else { Sex::Male };
    let names = makers.words.origin(origin);
    let made_up = (names.adult(sex, &mut makers.random), names.family(&mut makers.random), sex);
    let ((given, family, sex), id) = match post.named {
        Some((who, given, family, sex)) => ((given, family, sex), who.id()),
        None => (made_up, ident(makers.seed, "staff", number)),
    };
    let years = years_near(1962 + makers.random.below(38) as i32);
    let number_of_person = makers.numbers.take_near(&years, sex);
    let profile = Profile { id, given, family, sex, marking: OPEN, home: None };
    let mut person = makers.person(profile, number_of_person);
    makers.give_work_contacts(&mut person);
    let start_date = makers.start();
    let task = post.task.map(|(group, task)| AssignmentRole {
        group: Reference::to(group),
        assignment_role_type: task,
        start_date: start_date.clone(),
    });
    draft.duties.push(Duty {
        id: ident(0, &format!("duty/{id}"), 0),
        person: reference(&person),
        duty_at: Reference::to(post.at),
        duty_role: post.role,
        assignment_role: task.into_iter().collect(),
        start_date,
    });
    draft.staff += 1;
    draft.persons.push(person);
}
