//! Which rows a list shows, in what order, under what headings.

use super::need::{Need, done_of};
use super::spelling::{order_key, search_key};
use super::state::{ListState, Show, SortBy};
use skolstart_shared::api::ChildRow;
use skolstart_shared::id::PersonId;
use skolstart_shared::round::TaskStatus;

/// Rows under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::staff) struct Section {
    /// The heading. `None`: the list stands without headings.
    pub(in crate::staff) need: Option<Need>,
    /// The children, in order.
    pub(in crate::staff) children: Vec<PersonId>,
}

/// Arranges rows. `search` is what was typed: every word of it must begin a word of the name.
pub(in crate::staff) fn arrange(rows: &[ChildRow], state: ListState, search: &str) -> Vec<Section> {
    let mut shown: Vec<&ChildRow> =
        rows.iter().filter(|row| is_shown(row, state.show) && matches(row, search)).collect();
    shown.sort_by_cached_key(|row| name_key(row));
    match state.sort {
        SortBy::Need => return sections(&shown),
        SortBy::Name => {}
        SortBy::Progress => shown.sort_by_key(|row| done_of(row).0),
        // What does not concern a child comes last: nobody looks for it.
        SortBy::Act(at) => {
            shown.sort_by_key(|row| row.statuses.get(at).copied().flatten().map_or(u8::MAX, rank))
        }
    }
    if state.descending {
        shown.reverse();
    }
    vec![Section { need: None, children: ids(shown.into_iter()) }]
}

fn sections(rows: &[&ChildRow]) -> Vec<Section> {
    let under = |need: Need| rows.iter().copied().filter(move |row| Need::of(row) == need);
    let all = Need::ALL.into_iter().map(|need| Section { need: Some(need), children: ids(under(need)) });
    all.filter(|section| !section.children.is_empty()).collect()
}

fn ids<'a>(rows: impl Iterator<Item = &'a ChildRow>) -> Vec<PersonId> {
    rows.map(|row| row.child).collect()
}

fn rank(status: TaskStatus) -> u8 {
    TaskStatus::ALL.iter().position(|one| *one == status).unwrap_or_default() as u8
}

fn is_shown(row: &ChildRow, show: Show) -> bool {
    match show {
        Show::All => true,
        Show::Action => Need::of(row) == Need::Action,
        Show::Waiting => Need::of(row) == Need::Waiting,
        Show::Done => Need::of(row) == Need::Done,
    }
}

fn name_key(row: &ChildRow) -> Vec<u32> {
    let mut key = order_key(&row.given_name);
    key.push(0);
    key.extend(order_key(&row.family_name));
    key
}

fn matches(row: &ChildRow, search: &str) -> bool {
    let name = [search_key(&row.given_name), search_key(&row.family_name)].join(" ");
    let begins = |word: &str| name.split([' ', '-']).any(|part| part.starts_with(word));
    search_key(search).split([' ', '-']).filter(|word| !word.is_empty()).all(begins)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u8) -> PersonId {
        ["00000000-0000-0000-0000-0000000000", if n < 10 { "0" } else { "" }, &n.to_string()]
            .concat()
            .parse()
            .unwrap()
    }

    fn row(n: u8, given: &str, family: &str, statuses: &[Option<TaskStatus>]) -> ChildRow {
        ChildRow {
            child: id(n),
            given_name: given.to_owned(),
            family_name: family.to_owned(),
            protected: false,
            statuses: statuses.to_vec(),
            answered: None,
        }
    }

    fn rows() -> Vec<ChildRow> {
        use TaskStatus::{Complete, Declined, NotStarted, WaitingForOther};
        vec![
            row(1, "Örjan", "Ek", &[Some(Complete), Some(Complete)]),
            row(2, "Åsa", "Al-Jabiri", &[Some(Complete), Some(WaitingForOther)]),
            row(3, "Alva", "Berg", &[Some(NotStarted), Some(NotStarted)]),
            row(4, "Élise", "Öman", &[Some(Complete), Some(NotStarted)]),
            row(5, "Zara", "Lund", &[None, Some(Declined)]),
        ]
    }

    fn order(state: ListState, search: &str) -> Vec<PersonId> {
        arrange(&rows(), state, search).into_iter().flat_map(|section| section.children).collect()
    }

    #[test]
    fn those_who_need_somebody_come_first() {
        let all = arrange(&rows(), ListState::default(), "");
        let needs: Vec<_> = all.iter().map(|section| section.need).collect();
        assert_eq!(needs, [Some(Need::Action), Some(Need::Waiting), Some(Need::Done)]);
        assert_eq!(all[0].children, [id(3), id(4)]);
        assert_eq!(all[2].children, [id(5), id(1)], "Z before Ö");
    }

    #[test]
    fn sorts_by_each_column_both_ways() {
        let by = |sort, descending| order(ListState { show: Show::All, sort, descending }, "");
        assert_eq!(by(SortBy::Name, false), [id(3), id(4), id(5), id(2), id(1)]);
        assert_eq!(by(SortBy::Name, true), [id(1), id(2), id(5), id(4), id(3)]);
        assert_eq!(by(SortBy::Progress, false)[0], id(3));
        assert_eq!(by(SortBy::Act(0), false), [id(3), id(4), id(2), id(1), id(5)]);
        assert_eq!(by(SortBy::Act(9), false), by(SortBy::Name, false), "a column that is gone");
    }

    #[test]
    fn shows_one_need() {
        let show = |show| order(ListState { show, ..ListState::default() }, "");
        assert_eq!(show(Show::Action), [id(3), id(4)]);
        assert_eq!(show(Show::Waiting), [id(2)]);
        assert_eq!(show(Show::Done), [id(5), id(1)]);
    }

    #[test]
    fn finds_by_the_beginning_of_each_word_however_it_is_typed() {
        let find = |text| order(ListState::default(), text);
        assert_eq!(find("asa"), [id(2)]);
        assert_eq!(find("ÅS jab"), [id(2)]);
        assert_eq!(find("elise ö"), [id(4)]);
        assert_eq!(find("lva"), []);
        assert_eq!(find("  ").len(), 5);
    }
}
