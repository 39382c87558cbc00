//! Counts that leave the circle of those who have a task with the children: small ones are hidden, and so many others that nobody
//! can work them out from the sums. Called by `usecase::municipality`, `usecase::columns` and `usecase::rounds`. Pages of a unit's own staff follow
//! children up and show every count.

use skolstart_shared::api::Share;

/// The least number of children that is told.
const LEAST: u32 = 5;

/// True for a count that tells of few.
fn is_few(count: u32) -> bool {
    (1..LEAST).contains(&count)
}

/// So many of so many. Who is not done is one of few too.
pub(super) fn share(done: u32, all: u32) -> Share {
    let few = is_few(done) || is_few(all.saturating_sub(done));
    Share { done: (!few).then_some(done), all: (!is_few(all)).then_some(all) }
}

/// How many are done at the least: nobody where they are few, and as if five were left where few are.
pub(super) fn at_least(done: u64, all: u64) -> u64 {
    let few = |count: u64| u32::try_from(count).is_ok_and(is_few);
    if few(done) {
        0
    } else if few(all.saturating_sub(done)) {
        all.saturating_sub(LEAST.into())
    } else {
        done
    }
}

/// Which rows are hidden as a whole, when the sum of each column is told: those with a count of few, and so many others that at
/// least two are hidden and their sum in each column is not few either, as far as there are rows that add to it.
pub(super) fn covered<const N: usize>(rows: &[[u32; N]]) -> Vec<bool> {
    let mut covered: Vec<bool> = rows.iter().map(|row| row.iter().any(|count| is_few(*count))).collect();
    while let Some(place) = one_more(rows, &covered) {
        if let Some(row) = covered.get_mut(place) {
            *row = true;
        }
    }
    covered
}

/// The next row that has to be hidden too: the smallest that adds to a column whose hidden rows could be worked out.
fn one_more<const N: usize>(rows: &[[u32; N]], covered: &[bool]) -> Option<usize> {
    let of = |wanted: bool| rows.iter().zip(covered).enumerate().filter(move |(_, (_, is))| **is == wanted);
    let hidden = of(true).count();
    if hidden == 0 {
        return None;
    }
    let smallest_in = |column: usize| {
        let adding = of(false).filter_map(|(place, (row, _))| Some((*row.get(column)?, place)));
        adding.filter(|(count, _)| *count > 0).min().map(|(_, place)| place)
    };
    let sum = |column: usize| of(true).filter_map(|(_, (row, _))| row.get(column)).sum::<u32>();
    let lacking = (0..N).find_map(|column| if sum(column) < LEAST { smallest_in(column) } else { None });
    lacking.or_else(|| if hidden == 1 { (0..N).find_map(smallest_in) } else { None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_are_hidden_with_so_many_that_nobody_can_take_them_from_the_sum() {
        assert_eq!(covered(&[[20, 10], [3, 27], [30, 40], [8, 9]]), [false, true, false, true]);
        // Two that are few together are still few.
        assert_eq!(covered(&[[1, 29], [2, 28], [20, 20], [50, 50]]), [true, true, true, false]);
        // None is not few: where nobody at all is done, that is told.
        assert_eq!(covered(&[[20, 10], [0, 30]]), [false, false]);
        assert_eq!(covered(&[[0, 12], [0, 30]]), [false, false]);
        // Where few are done in all, the sum is not told either: those without any need not be hidden.
        assert_eq!(covered(&[[1, 20], [0, 30], [2, 9]]), [true, false, true]);
        assert_eq!(share(3, 59), Share { done: None, all: Some(59) });
        assert_eq!(covered::<2>(&[]), Vec::<bool>::new());
    }

    #[test]
    fn a_share_tells_neither_who_is_done_nor_who_is_not_where_they_are_few() {
        assert_eq!(share(5, 10), Share { done: Some(5), all: Some(10) });
        assert_eq!(share(4, 10), Share { done: None, all: Some(10) });
        assert_eq!(share(7, 10), Share { done: None, all: Some(10) });
        assert_eq!(share(0, 10), Share { done: Some(0), all: Some(10) });
        assert_eq!(share(10, 10), Share { done: Some(10), all: Some(10) });
        assert_eq!(share(0, 4), Share { done: None, all: None });
    }

    #[test]
    fn what_is_counted_from_those_who_are_done_tells_neither_of_few_who_are_nor_of_few_who_are_not() {
        let told = |done: &[u64]| done.iter().map(|done| at_least(*done, 100)).collect::<Vec<_>>();
        assert_eq!(told(&[0, 1, 4, 5, 94, 95, 96, 99, 100]), [0, 0, 0, 5, 94, 95, 95, 95, 100]);
        assert_eq!(at_least(3, 4), 0);
    }

    /// What somebody who knows the sums and everything that is told can work out: the values that a hidden row can have.
    fn possible(rows: &[[u32; 2]], covered: &[bool], row: usize) -> u32 {
        let hidden: Vec<usize> = (0..rows.len()).filter(|place| covered[*place]).collect();
        let size = |place: usize| rows[place][0] + rows[place][1];
        let done: u32 = hidden.iter().map(|place| rows[*place][0]).sum();
        let others: u32 = hidden.iter().filter(|place| **place != row).map(|place| size(*place)).sum();
        let (least, most) = (done.saturating_sub(others), done.min(size(row)));
        most + 1 - least
    }

    #[test]
    fn no_sum_gives_a_hidden_row_away() {
        let mut state = 7_u32;
        let mut next = |most: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) % most
        };
        let mut hidden_somewhere = 0;
        for _ in 0..2_000 {
            let most = 1 + next(30);
            let rows: Vec<[u32; 2]> = (0..1 + next(9)).map(|_| [next(most), next(12)]).collect();
            let covered = covered(&rows);
            let total = [0, 1].map(|column| rows.iter().map(|row| row[column]).sum::<u32>());
            let told = share(total[0], total[0] + total[1]).done.is_some();
            for (place, row) in rows.iter().enumerate() {
                assert!(covered[place] || !row.iter().any(|count| is_few(*count)), "{rows:?}");
                // Where the sum is told, and neither nobody nor everybody is done, at least two values are possible.
                if covered[place] && told && !total.contains(&0) && rows.len() > 1 {
                    hidden_somewhere += 1;
                    assert!(possible(&rows, &covered, place) > 1, "{rows:?} {covered:?}");
                }
            }
        }
        assert!(hidden_somewhere > 1_000);
    }
}
