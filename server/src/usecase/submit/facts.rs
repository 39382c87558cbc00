use super::check::Checked;
use super::plan::Ground;
use crate::store::{PlannedFact, Tally};
use crate::usecase::with_code;
use skolstart_shared::api::Conflict;
use skolstart_shared::fact::{Element, Entry, Sharing, Snapshot, Source, Value};
use skolstart_shared::form::{Field, FieldKind};
use skolstart_shared::id::PersonId;

/// Facts to add, and how they stand to what was known.
pub(super) struct Recorded {
    pub(super) facts: Vec<PlannedFact>,
    pub(super) tally: Tally,
    /// A value has changed that everybody must answer to.
    pub(super) renewed: bool,
}

/// The fields that are bound to an element, each with what the sender says now. `None`: nothing is said.
fn bound<'a>(
    ground: &'a Ground<'_>,
    checked: &'a Checked<'_>,
) -> impl Iterator<Item = (&'a Field, &'a Element, Option<Value>)> {
    checked.act.fields.iter().filter_map(|field| {
        let element = ground.published.catalogue().get(field.element.as_ref()?)?;
        Some((field, element, said(checked, field)))
    })
}

/// The answer to a field. A value that was shown and is no longer among the answers was taken away, which is said by an
/// empty one: otherwise a friend's number that a guardian removes would stand for ever.
fn said(checked: &Checked<'_>, field: &Field) -> Option<Value> {
    let answer = checked.answers.get(&field.key).cloned();
    answer.or_else(|| {
        let taken_away = checked.sent.base.contains_key(&field.key);
        taken_away.then(|| match field.kind {
            FieldKind::Rows { .. } => Value::Rows(Vec::new()),
            FieldKind::Files { .. } => Value::Files(Vec::new()),
            _ => Value::Text(String::new()),
        })
    })
}

/// The fields whose known value has moved on since it was shown, to something else than what the sender says.
pub(super) fn conflicts(ground: &Ground<'_>, checked: &Checked<'_>, snapshot: &Snapshot) -> Vec<Conflict> {
    let me = ground.principal.person();
    let subject = checked.sent.child.unwrap_or(me);
    let mut found = Vec::new();
    for (field, element, value) in bound(ground, checked) {
        let (Some(known), Some(value)) = (snapshot.known_to(element, me), value) else { continue };
        let base = checked.sent.base.get(&field.key).copied();
        if known.value == value || !has_moved(snapshot, element, known, base) {
            continue;
        }
        found.push(Conflict {
            path: format!("acts.{}.{}", checked.at, field.key.as_str()),
            // A code from school shows nobody what others have said, and no pupil is shown it.
            theirs: (!ground.principal.sees_own_only() || with_code::is_shown(known, me))
                .then(|| known.value.clone()),
            from: known.provenance(subject, Some(me)),
            at: known.confirmed,
            version: known.version,
        });
    }
    found
}

/// A confirmation by the other guardian raises the version and leaves the value: that is no conflict.
fn has_moved(snapshot: &Snapshot, element: &Element, known: &Entry, base: Option<u32>) -> bool {
    let Some(base) = base else { return !known.value.is_empty() };
    let shown = snapshot.entries.get(&element.key).into_iter().flatten().find(|entry| entry.version == base);
    known.version != base && shown.is_none_or(|shown| shown.value != known.value)
}

/// Takes the answers into the snapshot. Confirming a known value is a fact too: it says that it still held. `shown`: as much of it as the
/// sender is shown, where that is not all; the receipt counts by that.
pub(super) fn record(
    ground: &Ground<'_>,
    checked: &Checked<'_>,
    snapshot: &mut Snapshot,
    shown: Option<&Snapshot>,
    subject: PersonId,
) -> Recorded {
    let me = ground.principal.person();
    let mut recorded = Recorded { facts: Vec::new(), tally: Tally::default(), renewed: false };
    for (field, element, value) in bound(ground, checked) {
        let Some(value) = value else { continue };
        let known = snapshot.known_to(element, me).filter(|known| !known.value.is_empty());
        if known.is_none() && value.is_empty() {
            continue;
        }
        let told = match shown {
            Some(shown) => shown.known_to(element, me).filter(|known| !known.value.is_empty()),
            None => known,
        };
        // Who confirms what she was told has changed nothing, whatever stands that she does not see; and where each says her own, what
        // another has said is not what she changes.
        let says_as_told = told.is_some_and(|told| told.value == value);
        let before = if element.sharing == Sharing::GiverOnly { told } else { known };
        let changes = !says_as_told && before.is_some_and(|before| before.value != value);
        recorded.renewed |= changes && checked.act.signers.renewing_fields().contains(&field.key);
        match told {
            Some(told) if told.value == value => recorded.tally.confirmed += 1,
            Some(_) => recorded.tally.changed += 1,
            None => recorded.tally.new += 1,
        }
        let entry = snapshot.record(&element.key, value, Source::Guardian, Some(me), ground.now);
        recorded.facts.push(PlannedFact { subject, element: element.key.clone(), entry });
    }
    recorded
}
