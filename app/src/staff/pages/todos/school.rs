//! What waits for the reader to answer for the school, child by child. Each line leads to the child's page, where it is answered.

use super::row::Child;
use crate::i18n::{t, t_count, timestamp_day};
use crate::letter;
use crate::state::{Remote, fetch_into};
use leptos::prelude::*;
use skolstart_shared::api::{GetStaffActList, Nothing, StaffActLine};

/// The list. Nothing when nothing waits.
#[component]
pub(super) fn SchoolList() -> impl IntoView {
    let found = RwSignal::new(Remote::<Vec<StaffActLine>>::Loading);
    fetch_into::<GetStaffActList>(found, (), Nothing {});
    move || {
        let lines = found.with(|found| found.ready().cloned()).filter(|lines| !lines.is_empty())?;
        let count = t_count("staff.school.waiting", lines.len() as u64, &[]);
        let rows = lines.into_iter().map(row).collect_view();
        Some(view! {
            <section class="stack">
                <h2 id="school-acts">{t("staff.school.list")}</h2>
                <p class="soft">{count}</p>
                <div class="tablewrap" tabindex="0" role="region" aria-labelledby="school-acts">
                    <table class="table table--todos">
                        <thead>
                            <tr>
                                <th scope="col">{t("staff.todos.what")}</th>
                                <th scope="col">{t("staff.group.child")}</th>
                                <th scope="col">{t("staff.todos.whose")}</th>
                                <th scope="col">{t("staff.school.since")}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </section>
        })
    }
}

fn row(line: StaffActLine) -> impl IntoView {
    view! {
        <tr class="table__row">
            <th scope="row">{line.act}<small class="soft todo__came">{line.form}</small></th>
            <Child child=line.child name=line.name unit=line.unit group=line.group protected=line.protected reaches=true/>
            <td>{letter::title(line.function)}</td>
            <td>{line.since.map(timestamp_day)}</td>
        </tr>
    }
}
