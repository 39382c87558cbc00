//! The acts of a round as columns, and statuses as they are seen today. Called by the use cases of staff.

use crate::store::{Published, ScopeFigures};
use skolstart_shared::api::{ActColumn, StatusCount};
use skolstart_shared::form::{Act, FormDefinition};
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
