use serde::{Deserialize, Deserializer, de::Error as _};
use skolstart_shared::Date;
use uuid::Uuid;

/// How the sentence of a date fault begins; `rejected` knows it.
pub(super) const BAD_DATE: &str = "not a date";

/// A pointer to another record (SS 12000 object reference). Names that some systems send along are not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Reference {
    /// The id of the record pointed to.
    pub id: Uuid,
}

/// A required date, `YYYY-MM-DD`.
pub(super) fn date<'de, D: Deserializer<'de>>(json: D) -> Result<Date, D::Error> {
    Date::parse_iso(&String::deserialize(json)?).map_err(|_| D::Error::custom(BAD_DATE))
}

/// A date that may be absent or null.
pub(super) fn optional_date<'de, D: Deserializer<'de>>(json: D) -> Result<Option<Date>, D::Error> {
    let text = Option::<String>::deserialize(json)?;
    text.map(|text| Date::parse_iso(&text).map_err(|_| D::Error::custom(BAD_DATE))).transpose()
}

/// A list that some systems send as null when it is empty.
pub(super) fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(json: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::deserialize(json)?.unwrap_or_default())
}
