use crate::http::Refusal;
use crate::policy::{Grant, Object, Principal, ReadChild, authorize};
use crate::state::AppState;
use crate::usecase::{bulk, protection};
use skolstart_shared::id::PersonId;

/// What staff see of a hidden child is opened as its page is, whatever task leads there: with a purpose, told to whoever leads, and
/// counted among the pages of the day. The child's own family says no purpose. Gives what [`protection::opened`] notes once there is
/// something to show; `None` for a child that is not hidden.
pub(in crate::http) async fn opening(
    state: &AppState,
    principal: &Principal,
    child: PersonId,
) -> Result<Option<Grant<ReadChild>>, Refusal> {
    let store = &state.store;
    if principal.children().contains(&child) || !protection::is_hidden(store, child).await? {
        return Ok(None);
    }
    let grant = authorize::<ReadChild>(store, principal, Object::Child(child)).await?;
    protection::may_open(store, principal, &grant).await?;
    bulk::may_open(store, &grant, state.bulk, || state.limits.meters().alarm()).await?;
    Ok(Some(grant))
}
