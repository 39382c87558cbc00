//! What is new in a list since the last time: the cells to light up and to read out.

use skolstart_shared::api::GroupPage;
use skolstart_shared::id::PersonId;

/// One act of one child: the column's place.
pub(in crate::staff) type Cell = (PersonId, usize);

/// The cells whose status differs. Children who have come or gone are not cells: they are seen as rows.
pub(in crate::staff) fn changes(before: &GroupPage, after: &GroupPage) -> Vec<Cell> {
    if before.columns != after.columns {
        return Vec::new();
    }
    let mut cells = Vec::new();
    for row in &after.rows {
        let Some(old) = before.rows.iter().find(|old| old.child == row.child) else { continue };
        let pairs = old.statuses.iter().zip(&row.statuses).enumerate();
        cells.extend(pairs.filter(|(_, (old, new))| old != new).map(|(at, _)| (row.child, at)));
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use skolstart_shared::api::ChildRow;
    use skolstart_shared::round::TaskStatus::{self, Complete, NotStarted};

    fn page(rows: &[(u8, [TaskStatus; 2])]) -> GroupPage {
        let row = |(n, statuses): &(u8, [TaskStatus; 2])| ChildRow {
            child: id(*n),
            given_name: String::new(),
            family_name: String::new(),
            protected: false,
            statuses: statuses.iter().copied().map(Some).collect(),
            answered: None,
        };
        GroupPage {
            unit: "00000000-0000-0000-0000-00000000000a".parse().unwrap(),
            unit_name: String::new(),
            name: String::new(),
            round: None,
            columns: Vec::new(),
            rows: rows.iter().map(row).collect(),
        }
    }

    fn id(n: u8) -> PersonId {
        ["00000000-0000-0000-0000-00000000000", &n.to_string()].concat().parse().unwrap()
    }

    #[test]
    fn only_what_differs_is_new() {
        let before =
            page(&[(1, [NotStarted, NotStarted]), (2, [Complete, Complete]), (3, [NotStarted, NotStarted])]);
        let after =
            page(&[(2, [Complete, Complete]), (1, [NotStarted, Complete]), (4, [Complete, Complete])]);
        assert_eq!(changes(&before, &after), [(id(1), 1)]);
        assert_eq!(changes(&before, &before), []);
    }
}
