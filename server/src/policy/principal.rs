use crate::store::{Store, StoreError};
use skolstart_shared::Locale;
use skolstart_shared::access::Role;
use skolstart_shared::consent::Identified;
use skolstart_shared::id::{PersonId, UnitId};

/// A signed-in person with everything that rights follow from, as it is today. Made for each request: a duty or a
/// relation that ended last night gives nothing this morning.
#[derive(Debug)]
pub struct Principal {
    person: PersonId,
    children: Vec<PersonId>,
    duties: Vec<(UnitId, Role)>,
    municipal: bool,
    locale: Locale,
    identified: Identified,
    request_id: String,
}

/// Looks up what a person may do today. `None`: no such person, or no longer in the register.
///
/// # Errors
/// When the database cannot be read.
pub async fn principal(
    store: &Store,
    person: PersonId,
    locale: Locale,
    request_id: String,
) -> Result<Option<Principal>, StoreError> {
    store.renew_memory().await?;
    principal_of_today(store, person, locale, request_id).await
}

/// As [`principal`], for a caller who has just renewed the store's memory.
pub(crate) async fn principal_of_today(
    store: &Store,
    person: PersonId,
    locale: Locale,
    request_id: String,
) -> Result<Option<Principal>, StoreError> {
    let today = store.clock().today();
    let Some(rights) = store.rights_of(person, today).await? else { return Ok(None) };
    let duties =
        rights.duties.iter().filter_map(|(unit, word)| Some((*unit, Role::of_duty(*word)?))).collect();
    let (children, municipal) = (rights.children.clone(), rights.municipal);
    let identified = Identified::NotNoted;
    Ok(Some(Principal { person, children, duties, municipal, locale, identified, request_id }))
}

impl Principal {
    /// Who.
    pub fn person(&self) -> PersonId {
        self.person
    }

    /// True when she decides for at least one child today.
    pub fn is_guardian(&self) -> bool {
        !self.children.is_empty()
    }

    /// The children she decides for today, by id.
    pub fn children(&self) -> &[PersonId] {
        &self.children
    }

    /// The units where she works today, and in what capacity.
    pub fn duties(&self) -> &[(UnitId, Role)] {
        &self.duties
    }

    /// True when she works with the whole municipality.
    pub fn is_municipal(&self) -> bool {
        self.municipal
    }

    /// The language of the request.
    pub fn locale(&self) -> Locale {
        self.locale
    }

    /// The request, as in the log.
    pub fn request_id(&self) -> &str {
        &self.request_id
    }

    /// The same, with how it was made sure who she is.
    #[must_use]
    pub(crate) fn identified_by(self, identified: Identified) -> Self {
        Self { identified, ..self }
    }

    /// How it was made sure who she is.
    pub fn identified(&self) -> Identified {
        self.identified
    }

    /// Every capacity she has, each once.
    pub fn roles(&self) -> Vec<Role> {
        let mut roles = Vec::new();
        if self.is_guardian() {
            roles.push(Role::Guardian);
        }
        for (_, role) in &self.duties {
            if !roles.contains(role) {
                roles.push(*role);
            }
        }
        if self.municipal {
            roles.push(Role::MunicipalAdministrator);
        }
        roles
    }
}
