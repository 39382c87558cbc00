//! Where somebody lives, as the register has it.
//!
//! A child is registered in one home and may live in two. The address of one guardian is never shown to another by way of the child's
//! (OSL 21:3): what the register says of where the child lives is told to whoever is registered there too.

use super::element::ElementKey;
use super::snapshot::{Entry, Snapshot, Source};
use super::value::Value;

/// The element of where a child lives.
pub const CHILD_ADDRESS: &str = "child.address";
/// The element of where a guardian lives.
pub const GUARDIAN_ADDRESS: &str = "guardian.address";

impl Snapshot {
    /// The address that the register has for the person of this snapshot under this element, if it has one.
    pub fn registered_at(&self, element: &str) -> Option<&Value> {
        let entries = self.entries.get(&ElementKey(element.to_owned())).into_iter().flatten();
        let registered = entries.filter(|entry| entry.source == Source::Register);
        registered.map(|entry| &entry.value).find(|value| !value.is_empty())
    }

    /// True when a guardian whose own address in the register is `hers` may know all of what this child's snapshot says of its home.
    pub fn is_told_to(&self, hers: Option<&Value>) -> bool {
        let at = self.registered_at(CHILD_ADDRESS);
        at.is_none() || at == hers
    }

    /// Leaves of a child's snapshot what that guardian may know of its home. What people have said is left as it is.
    pub fn tell_home_to(&mut self, hers: Option<&Value>) {
        if self.is_told_to(hers) {
            return;
        }
        let is_told = |entry: &Entry| entry.source != Source::Register;
        if let Some(entries) = self.entries.get_mut(&ElementKey(CHILD_ADDRESS.to_owned())) {
            entries.retain(is_told);
        }
    }
}
