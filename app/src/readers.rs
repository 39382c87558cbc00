//! Who has seen a child, and what was looked at, in words. Both programs use it.

use crate::i18n::{number, t_or};
use skolstart_shared::api::ReaderLine;

/// "Anna Holmgren, personal", or the role alone.
pub fn reader(line: &ReaderLine) -> String {
    let role = t_or(&["reader.role.", &line.role].concat(), "reader.role.system");
    if line.name.is_empty() { role } else { [&line.name, ", ", &role].concat() }
}

/// "barnets sida och svar (3)". An action that a newer server may add is the child's details.
pub fn reading(line: &ReaderLine) -> String {
    let did = t_or(&["reader.did.", &line.did].concat(), "reader.did.other");
    if line.times < 2 { did } else { [&did, " (", &number(line.times.into()), ")"].concat() }
}
