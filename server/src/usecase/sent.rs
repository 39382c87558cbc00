//! What was sent about an act. Called where an answer is read again as it was given: by applications and by what is to be done.

use crate::store::Published;
use skolstart_shared::form::{ActKey, Answers, FormKey, Setting, normalise};
use skolstart_shared::id::PersonId;
use skolstart_shared::submission::{ActAnswer, SubmissionContent};

/// The answers to an act, as when they were taken in: what follows from other answers is not sent. `is_about` says whether it is the
/// right child that is named, if any is.
pub(super) fn answered(
    published: &Published,
    content: &SubmissionContent,
    (form, act): (&FormKey, &ActKey),
    is_about: impl Fn(Option<PersonId>) -> bool,
    setting: &Setting,
) -> Option<Answers> {
    let is_it = |sent: &&ActAnswer| sent.form.key == *form && sent.act == *act && is_about(sent.child);
    let sent = content.acts.iter().find(is_it)?;
    let act = published.form(&sent.form)?.act(&sent.act)?;
    Some(normalise(act, &sent.answers, setting))
}
