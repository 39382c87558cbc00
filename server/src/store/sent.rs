//! What was sent, sealed part by part: what holds it together with the key of the sender, and the answers about each person with hers.
//! When a key is gone, so are those answers, and the rest is read as before.
//!
//! Owns the shape of `submission.sealed`. Called by what writes and reads submissions. Must not say who may read them.

use super::entity::submission;
use super::seal::{OF_PERSON, sealed_for};
use super::{Sealer, StoreError, Transaction};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use skolstart_shared::submission::{ActAnswer, SubmissionContent};
use std::collections::VecDeque;
use uuid::Uuid;

/// In parts: format, number of the key file's key at that time, then each part with its length before it.
pub(super) const IN_PARTS: u8 = 3;
const TABLE: &str = "submission";
const CORRUPT: StoreError = StoreError::Corrupt(TABLE);

/// What holds the parts together: everything but the answers, whom each part is about, and in which of them each answer is, in
/// their order.
#[derive(Serialize, Deserialize)]
struct Frame {
    content: SubmissionContent,
    people: Vec<Uuid>,
    parts: Vec<usize>,
}

/// Seals what was sent.
pub(super) fn seal(
    sealer: &Sealer,
    id: Uuid,
    sender: Uuid,
    content: &SubmissionContent,
) -> Result<Vec<u8>, StoreError> {
    let mut about: Vec<(Uuid, Vec<&ActAnswer>)> = Vec::new();
    let mut parts = Vec::with_capacity(content.acts.len());
    for act in &content.acts {
        let subject = act.child.map_or(sender, |child| child.0);
        let part = about.iter().position(|(person, _)| *person == subject).unwrap_or(about.len());
        if part == about.len() {
            about.push((subject, Vec::new()));
        }
        about.iter_mut().skip(part).take(1).for_each(|(_, acts)| acts.push(act));
        parts.push(part);
    }
    let people = about.iter().map(|(person, _)| *person).collect();
    let frame = Frame { content: SubmissionContent { acts: Vec::new(), ..*content }, people, parts };
    let mut bytes = vec![IN_PARTS, sealer.number()];
    put(&mut bytes, sealer, (id, sender, 0), &frame)?;
    for (number, (subject, acts)) in about.iter().enumerate() {
        put(&mut bytes, sealer, (id, *subject, number + 1), acts)?;
    }
    Ok(bytes)
}

fn put(
    bytes: &mut Vec<u8>,
    sealer: &Sealer,
    (id, person, number): (Uuid, Uuid, usize),
    part: &impl Serialize,
) -> Result<(), StoreError> {
    let plain = serde_json::to_vec(part).map_err(|_| CORRUPT)?;
    let sealed = sealer.seal_for(person, TABLE, &column(number), id, &plain)?;
    bytes.extend(u32::try_from(sealed.len()).map_err(|_| CORRUPT)?.to_be_bytes());
    bytes.extend(sealed);
    Ok(())
}

fn column(part: usize) -> String {
    format!("sealed-{part}")
}

/// What was sent, without what was about people whose keys are gone.
pub(super) fn open(sealer: &Sealer, row: &submission::Model) -> Result<SubmissionContent, StoreError> {
    open_cell(sealer, row.id, row.sender_id, &row.sealed)
}

/// The same of the columns alone.
pub(super) fn open_cell(
    sealer: &Sealer,
    id: Uuid,
    sender: Uuid,
    sealed: &[u8],
) -> Result<SubmissionContent, StoreError> {
    if sealed.first() != Some(&IN_PARTS) {
        // From before persons had keys.
        let plain = sealer.open(TABLE, "sealed", id, sealed).map_err(|_| CORRUPT)?;
        return serde_json::from_slice(&plain).map_err(|_| CORRUPT);
    }
    let cells = cells(sealed)?;
    let (frame, about) = cells.split_first().ok_or(CORRUPT)?;
    let plain = sealer.open_for(sender, TABLE, &column(0), id, frame).map_err(|_| CORRUPT)?;
    let Frame { mut content, people, parts } = serde_json::from_slice(&plain).map_err(|_| CORRUPT)?;
    // Nobody but the sender's key says who may be missing.
    if !about.iter().map(|cell| sealed_for(cell)).eq(people.iter().map(|person| Some(*person))) {
        return Err(CORRUPT);
    }
    let mut acts: Vec<Option<VecDeque<ActAnswer>>> = Vec::with_capacity(about.len());
    for (number, (cell, person)) in about.iter().zip(people).enumerate() {
        acts.push(match sealer.open(TABLE, &column(number + 1), id, cell) {
            Ok(plain) => Some(serde_json::from_slice(&plain).map_err(|_| CORRUPT)?),
            Err(_) if !sealer.persons()?.has(person)? => None,
            Err(_) => return Err(CORRUPT),
        });
    }
    for part in parts {
        if let Some(acts) = acts.get_mut(part).ok_or(CORRUPT)? {
            content.acts.push(acts.pop_front().ok_or(CORRUPT)?);
        }
    }
    Ok(content)
}

/// Those whose answers are in it, in parts of their own. Of what is from before persons had keys: nobody.
pub(super) fn people(row: &submission::Model) -> Result<Vec<Uuid>, StoreError> {
    if row.sealed.first() != Some(&IN_PARTS) {
        return Ok(Vec::new());
    }
    Ok(cells(&row.sealed)?.into_iter().skip(1).filter_map(sealed_for).collect())
}

/// Puts what is left of it in its place.
pub(super) async fn replace(
    db: &Transaction,
    sealer: &Sealer,
    row: &submission::Model,
    left: &SubmissionContent,
) -> Result<(), StoreError> {
    let sealed = seal(sealer, row.id, row.sender_id, left)?;
    submission::Entity::update_many()
        .col_expr(submission::Column::Sealed, Expr::value(sealed))
        .filter(submission::Column::Id.eq(row.id))
        .exec(db)
        .await?;
    Ok(())
}

fn cells(sealed: &[u8]) -> Result<Vec<&[u8]>, StoreError> {
    let (mut cells, mut rest) = (Vec::new(), sealed.get(2..).ok_or(CORRUPT)?);
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| CORRUPT)?;
        let (cell, left) = after.split_at_checked(length).ok_or(CORRUPT)?;
        if cell.first() != Some(&OF_PERSON) {
            return Err(CORRUPT);
        }
        cells.push(cell);
        rest = left;
    }
    if rest.is_empty() { Ok(cells) } else { Err(CORRUPT) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::seal::{PersonKeys, create};
    use skolstart_shared::Locale;
    use skolstart_shared::form::{ActKey, FormKey, FormRef};
    use skolstart_shared::id::{PersonId, RoundId};

    const ID: Uuid = Uuid::from_u128(1);
    const SENDER: Uuid = Uuid::from_u128(2);

    fn child(n: u128) -> PersonId {
        PersonId(Uuid::from_u128(100 + n))
    }

    /// About one child, herself, another child, and the first again.
    fn content() -> SubmissionContent {
        let act = |(n, child): (usize, Option<PersonId>)| ActAnswer {
            form: FormRef { key: FormKey("form".to_owned()), version: 1 },
            act: ActKey(format!("act-{n}")),
            child,
            answers: Default::default(),
            base: Default::default(),
        };
        let about = [Some(child(1)), None, Some(child(2)), Some(child(1))];
        let acts = about.into_iter().enumerate().map(act).collect();
        SubmissionContent { round: RoundId(ID), locale: Locale::Sv, acts, supersedes: None }
    }

    fn sealer(folder: &std::path::Path) -> Sealer {
        let persons = folder.join("persons");
        PersonKeys::create(&persons).unwrap();
        let keys = create(&folder.join("key")).unwrap();
        Sealer::new(&keys).unwrap().with(PersonKeys::open(&persons, None).unwrap()).unwrap()
    }

    fn acts(content: &SubmissionContent) -> Vec<&str> {
        content.acts.iter().map(|act| act.act.as_str()).collect()
    }

    #[test]
    fn each_part_goes_with_its_person_and_the_rest_stays_in_its_order() {
        let folder = tempfile::TempDir::new().unwrap();
        let sealer = sealer(folder.path());
        let sealed = seal(&sealer, ID, SENDER, &content()).unwrap();
        let open = || open_cell(&sealer, ID, SENDER, &sealed);
        assert_eq!(open().unwrap(), content());
        sealer.persons().unwrap().destroy(&[child(1).0]).unwrap();
        assert_eq!(acts(&open().unwrap()), ["act-1", "act-2"]);
        sealer.persons().unwrap().destroy(&[child(2).0]).unwrap();
        assert_eq!(acts(&open().unwrap()), ["act-1"]);
        sealer.persons().unwrap().destroy(&[SENDER]).unwrap();
        assert!(open().is_err());
    }

    #[test]
    fn a_part_that_is_missing_altered_or_elsewhere_is_a_fault_and_not_left_out() {
        let folder = tempfile::TempDir::new().unwrap();
        let sealer = sealer(folder.path());
        let sealed = seal(&sealer, ID, SENDER, &content()).unwrap();
        let open = |id: Uuid, sender: Uuid, sealed: &[u8]| open_cell(&sealer, id, sender, sealed);
        assert!(open(SENDER, SENDER, &sealed).is_err() && open(ID, ID, &sealed).is_err());
        for cut in 0..sealed.len() {
            assert!(open(ID, SENDER, &sealed[..cut]).is_err(), "cut at {cut}");
        }
        // But the number of the key, which says only when a change of key has been here.
        for at in (0..sealed.len()).filter(|at| *at != 1) {
            let mut altered = sealed.clone();
            altered[at] ^= 1;
            assert!(open(ID, SENDER, &altered).is_err(), "altered at {at}");
        }
        // Parts that have changed places.
        let cells = cells(&sealed).unwrap();
        let swapped = [cells[0], cells[2], cells[1], cells[3]];
        let mut bytes = sealed[..2].to_vec();
        for cell in swapped {
            bytes.extend(u32::try_from(cell.len()).unwrap().to_be_bytes());
            bytes.extend(cell);
        }
        assert!(open(ID, SENDER, &bytes).is_err());
    }
}
