//! One handler per endpoint: asks the policy for a grant, calls the use case, answers. Must not hold a rule.

pub(super) mod applications;
pub(super) mod builder;
pub(super) mod bulk;
#[cfg(feature = "demo")]
pub(super) mod demo;
pub(super) mod files;
pub(super) mod guardian;
pub(super) mod inventory;
pub(super) mod kitchen;
pub(super) mod municipality;
pub(super) mod passkeys;
pub(super) mod protection;
pub(super) mod retention;
pub(super) mod school_codes;
pub(super) mod session;
pub(super) mod sign_in;
pub(super) mod staff;
pub(super) mod staff_acts;
pub(super) mod submissions;
pub(super) mod todos;
