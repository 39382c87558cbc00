use crate::clock::Clock;
use crate::store::{ChildRecord, Published, Store};
use skolstart_shared::consent::{ConsentCase, ConsentDecision, ConsentPurpose, PupilSay};
use skolstart_shared::form::{Act, Field, FieldKey, FormDefinition};
use skolstart_shared::{Date, Timestamp};

/// What decides about every consent here today, beside the child and the decisions.
#[derive(Clone, Copy)]
pub(in crate::usecase) struct Rules<'a> {
    pub(super) published: &'a Published,
    clock: &'a Clock,
    say: PupilSay,
    today: Date,
}

impl<'a> Rules<'a> {
    pub(in crate::usecase) fn new(store: &'a Store, published: &'a Published, today: Date) -> Self {
        Self { published, clock: store.clock(), say: store.pupil_say(), today }
    }

    /// Reads something off the case of one child and purpose. `protected`: it may never be yes.
    pub(in crate::usecase) fn ask<T>(
        &self,
        child: &ChildRecord,
        protected: bool,
        form: &FormDefinition,
        act: &Act,
        field: &Field,
        read: impl FnOnce(&ConsentCase<'_>) -> T,
    ) -> T {
        let same_since = self.published.same_since(form, act, field);
        let day_of = |at: Timestamp| self.clock.day_of(at);
        let (family, today) = (child.family(self.today), self.today);
        let case = ConsentCase::of(act, same_since, family, child.born, self.say, today, &day_of);
        read(&case.protected(protected))
    }
}

/// The decisions about one purpose.
pub(in crate::usecase) fn about(
    form: &FormDefinition,
    act: &Act,
    field: &FieldKey,
    decisions: &[ConsentDecision],
) -> Vec<ConsentDecision> {
    let purpose = ConsentPurpose { form: form.key.clone(), act: act.key.clone(), field: field.clone() };
    decisions.iter().filter(|decision| decision.purpose == purpose).cloned().collect()
}
