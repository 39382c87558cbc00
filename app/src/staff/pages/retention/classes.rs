//! What the next run takes away, class by class, how long each is kept, and why.

use crate::i18n::{date, number, t, t_count, t_with};
use leptos::prelude::*;
use skolstart_shared::Date;
use skolstart_shared::api::{RetentionAfter, RetentionClass};

/// The table. What goes at the next run stands first.
#[component]
pub(super) fn Classes(classes: Vec<RetentionClass>, day: Date) -> impl IntoView {
    let due: u64 = classes.iter().map(|class| class.due).sum();
    let all = match due {
        0 => t("retention.nothing-due"),
        due => t_count("retention.due", due, &[("day", &date(day))]),
    };
    let rows = classes.into_iter().map(|class| {
        let period = how_long(&class);
        let own = class.own.then(|| view! { <p class="soft">{t("retention.own-period")}</p> });
        let held = (class.held > 0).then(|| t_with("retention.held", &[("n", &number(class.held))]));
        let due = (class.due > 0).then(|| view! { <b>{number(class.due)}</b> });
        view! {
            <tr>
                <th scope="row">{class.title}</th>
                <td>{period}{own}</td>
                <td>{class.basis}</td>
                <td>{due}" "{held}</td>
            </tr>
        }
    });
    view! {
        <section class="card">
            <h2 id="retention-classes">{t("retention.next")}</h2>
            <p>{all}</p>
            <div class="tablewrap" tabindex="0" role="region" aria-labelledby="retention-classes">
                <table class="table table--words">
                    <thead>
                        <tr>
                            <th scope="col">{t("retention.class")}</th>
                            <th scope="col">{t("retention.period")}</th>
                            <th scope="col">{t("retention.basis")}</th>
                            <th scope="col">{t("retention.goes")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
}

fn how_long(class: &RetentionClass) -> String {
    let period = time(class.months);
    let period = [("time", period.as_str())];
    let ended = match class.after {
        RetentionAfter::Left => t_with("retention.after.left", &period),
        RetentionAfter::SchoolYear => t_with("retention.after.school-year", &period),
        RetentionAfter::Year => t_with("retention.after.year", &period),
        RetentionAfter::Given => t_with("retention.after.given", &period),
        RetentionAfter::Round => t_with("retention.after.round", &period),
        RetentionAfter::Own => t("retention.after.own"),
        RetentionAfter::Kept => t("retention.after.kept"),
    };
    match class.replaced {
        None => ended,
        Some(months) => {
            [ended.as_str(), " ", &t_with("retention.replaced", &[("time", &time(months))])].concat()
        }
    }
}

/// Whole years as years: "7 år", "3 månader".
fn time(months: u32) -> String {
    if months > 0 && months.is_multiple_of(12) {
        t_count("retention.years", u64::from(months / 12), &[])
    } else {
        t_count("retention.months", u64::from(months), &[])
    }
}
