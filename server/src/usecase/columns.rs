//! The acts of a round as columns, and statuses as they are seen today. Called by the use cases of staff.

use super::small::at_least;
use crate::store::{Published, ScopeFigures};
use skolstart_shared::api::{ActColumn, StatusCount};
use skolstart_shared::form::{Act, FormDefinition, FormKey};
use skolstart_shared::inventory::{Saved, saved};
use skolstart_shared::round::{Round, TaskStatus};
use skolstart_shared::{Date, Locale};

/// The columns of a round, in order.
pub(super) fn columns(published: &Published, round: Option<&Round>, locale: Locale) -> Vec<ActColumn> {
    let acts = round.into_iter().flat_map(|round| published.acts_of(round));
    acts.map(|(form, act)| column(form, act, locale)).collect()
}

pub(super) fn column(form: &FormDefinition, act: &Act, locale: Locale) -> ActColumn {
    ActColumn {
        form: form.key.clone(),
        act: act.key.clone(),
        title: act.short_title(locale).to_owned(),
        kind: act.kind,
    }
}

/// The counters per column, as they are seen today, in the order of lists.
pub(super) fn counts(
    columns: &[ActColumn],
    figures: &ScopeFigures,
    closes: Option<Date>,
    today: Date,
) -> Vec<Vec<StatusCount>> {
    let of = |column: &ActColumn| {
        let stored = figures.acts.get(&(column.form.clone(), column.act.clone()));
        let seen = |status: TaskStatus| closes.map_or(status, |closes| status.seen_on(today, closes));
        let sum = |wanted: TaskStatus| {
            let counted = stored.into_iter().flatten().filter(|(status, _)| seen(*status) == wanted);
            counted.map(|(_, children)| children).sum()
        };
        let all = TaskStatus::ALL.into_iter().map(|status| StatusCount { status, children: sum(status) });
        all.filter(|count| count.children > 0).collect()
    };
    columns.iter().map(of).collect()
}

/// What digital answers have saved at a unit, from its counters: no answer is read.
pub(super) fn saved_by(published: &Published, figures: &ScopeFigures, today: Date) -> Saved {
    let paper = published.paper_forms().iter().map(|form| &form.what);
    saved(paper, |form| done_with(figures, form), today)
}

/// What digital answers have saved at many units. Where few are done with a form, or few are not,
/// no figure tells how many.
pub(super) fn saved_by_many<'a>(
    published: &Published,
    figures: impl Iterator<Item = &'a ScopeFigures> + Clone,
    today: Date,
) -> Saved {
    let paper = published.paper_forms().iter().map(|form| &form.what);
    let done = |form: &FormKey| {
        let units = figures.clone().map(|unit| done_of_all(unit, form));
        let (done, all) = units.fold((0_u64, 0_u64), |sum, unit| (sum.0 + unit.0, sum.1 + unit.1));
        at_least(done, all)
    };
    saved(paper, done, today)
}

/// How many children are done with a form: as many as with the act of it that the fewest are done with. An act that nobody
/// has to answer does not count.
fn done_with(figures: &ScopeFigures, form: &FormKey) -> u64 {
    done_of_all(figures, form).0
}

/// The same, and how many children have that act.
fn done_of_all(figures: &ScopeFigures, form: &FormKey) -> (u64, u64) {
    let idle = |status: TaskStatus| {
        matches!(status, TaskStatus::Voluntary | TaskStatus::NotYet | TaskStatus::Exempt)
    };
    let acts = figures.acts.iter().filter(|((of, _), counts)| {
        of == form && counts.iter().any(|(status, children)| *children > 0 && !idle(*status))
    });
    let done = |counts: &[(TaskStatus, u32)]| -> u64 {
        let done = counts.iter().filter(|(status, _)| status.is_done() && !idle(*status));
        done.map(|(_, children)| u64::from(*children)).sum()
    };
    let all = |counts: &[(TaskStatus, u32)]| -> u64 {
        counts.iter().map(|(_, children)| u64::from(*children)).sum()
    };
    acts.map(|(_, counts)| (done(counts), all(counts))).min().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use skolstart_shared::form::ActKey;

    #[test]
    fn a_form_is_done_when_every_act_that_is_asked_is() {
        let mut figures = ScopeFigures::default();
        let mut put = |form: &str, act: &str, counts: &[(TaskStatus, u32)]| {
            figures.acts.insert((FormKey(form.into()), ActKey(act.into())), counts.to_vec());
        };
        put("diet", "needs", &[(TaskStatus::Complete, 5), (TaskStatus::NotStarted, 2)]);
        put(
            "diet",
            "meals",
            &[(TaskStatus::Complete, 3), (TaskStatus::Declined, 1), (TaskStatus::WaitingForOther, 3)],
        );
        put("diet", "leave", &[(TaskStatus::Voluntary, 7)]);
        put("other", "x", &[(TaskStatus::NotStarted, 7)]);
        assert_eq!(done_with(&figures, &FormKey("diet".into())), 4);
        assert_eq!(done_with(&figures, &FormKey("other".into())), 0);
        assert_eq!(done_with(&figures, &FormKey("unknown".into())), 0);
        assert_eq!(done_of_all(&figures, &FormKey("diet".into())), (4, 7));
    }
}
