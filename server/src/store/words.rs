//! Columns as values: days, ids, JSON. Called by the store's own modules.

use skolstart_shared::Date;
use skolstart_shared::id::PersonId;
use skolstart_shared::people::GuardianRelation;
use skolstart_shared::people::RelationKind;

use super::entity::guardian_relation;

/// A day as it stands in a column. What cannot be read is no day.
pub(super) fn day(text: Option<&str>) -> Option<Date> {
    text.and_then(|text| Date::parse_iso(text).ok())
}

/// True when `today` lies between two days of a row, both included; an open end holds.
pub(super) fn holds(from: Option<&str>, to: Option<&str>, today: Date) -> bool {
    day(from).is_none_or(|from| from <= today) && day(to).is_none_or(|to| today <= to)
}

/// True when it has not ended: a school start is prepared before the first day.
pub(super) fn not_ended(to: Option<&str>, today: Date) -> bool {
    day(to).is_none_or(|to| today <= to)
}

/// A relation as the domain knows it. A kind that we do not know is no relation.
pub(super) fn relation(row: &guardian_relation::Model) -> Option<GuardianRelation> {
    Some(GuardianRelation {
        child: PersonId(row.child_id),
        adult: PersonId(row.adult_id),
        kind: RelationKind::from_code(&row.kind)?,
        from: day(row.from_day.as_deref()),
        to: day(row.to_day.as_deref()),
    })
}
