//! What a list shows and in what order, as it stands in the address.

use crate::router::Query;

/// Which children the list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    /// All.
    #[default]
    All,
    /// Those with an act that nobody has answered.
    Action,
    /// Those where only another guardian is waited for.
    Waiting,
    /// Those with every act done.
    Done,
}

impl Show {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::All, Self::Action, Self::Waiting, Self::Done];

    fn as_str(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Action => "action",
            Self::Waiting => "waiting",
            Self::Done => "done",
        }
    }
}

/// What the list is ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortBy {
    /// Those who need somebody first, in sections; by name within each.
    #[default]
    Need,
    /// Name.
    Name,
    /// How many acts are done.
    Progress,
    /// The status of one act, by its place among the columns.
    Act(usize),
}

impl SortBy {
    fn write(self) -> String {
        match self {
            Self::Need => String::new(),
            Self::Name => "name".to_owned(),
            Self::Progress => "progress".to_owned(),
            Self::Act(at) => at.to_string(),
        }
    }

    fn read(text: &str) -> Self {
        match text {
            "name" => Self::Name,
            "progress" => Self::Progress,
            other => other.parse().map_or(Self::Need, Self::Act),
        }
    }
}

/// The state of a list, except what is typed into its search field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListState {
    /// Which children.
    pub show: Show,
    /// In what order.
    pub sort: SortBy,
    /// The other way round.
    pub descending: bool,
}

impl ListState {
    /// Reads it from an address; what is not understood is the default.
    pub fn read(query: &Query) -> Self {
        let show = query.get("show").unwrap_or_default();
        let sort = query.get("sort").unwrap_or_default();
        let (sort, descending) = match sort.strip_prefix('-') {
            Some(sort) => (sort, true),
            None => (sort, false),
        };
        let show = Show::ALL.into_iter().find(|one| one.as_str() == show).unwrap_or_default();
        let sort = SortBy::read(sort);
        Self { show, sort, descending: descending && sort != SortBy::Need }
    }

    /// Writes it for an address.
    pub fn write(self) -> Query {
        let mut sort = String::new();
        if self.descending {
            sort.push('-');
        }
        sort.push_str(&self.sort.write());
        Query::default().with("show", self.show.as_str()).with("sort", &sort)
    }

    /// The state after the head of a column was pressed: ascending, descending, then as at the start.
    #[must_use]
    pub fn pressed(self, column: SortBy) -> Self {
        match (self.sort == column, self.descending) {
            (false, _) => Self { sort: column, descending: false, ..self },
            (true, false) => Self { descending: true, ..self },
            (true, true) => Self { sort: SortBy::Need, descending: false, ..self },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_goes_up_down_and_back() {
        let up = ListState::default().pressed(SortBy::Name);
        assert_eq!((up.sort, up.descending), (SortBy::Name, false));
        let down = up.pressed(SortBy::Name);
        assert_eq!((down.sort, down.descending), (SortBy::Name, true));
        assert_eq!(down.pressed(SortBy::Name), ListState::default());
        let other = down.pressed(SortBy::Act(0));
        assert_eq!((other.sort, other.descending), (SortBy::Act(0), false));
    }

    #[test]
    fn nonsense_in_an_address_is_the_default() {
        assert_eq!(ListState::read(&Query::parse("show=x&sort=-y")), ListState::default());
    }
}
