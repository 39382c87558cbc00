//! The children that are hidden from others, and what waits there.

use crate::i18n::{number, t, t_with};
use crate::router::{Link, page_title};
use crate::staff::routes::Route;
use crate::staff::words;
use crate::state::{Remote, fetch_into};
use crate::ui::{Empty, Skeleton};
use leptos::prelude::*;
use skolstart_shared::api::{GetProtected, Nothing, ProtectedChild};

/// The page.
#[component]
pub(in crate::staff) fn ProtectedPage() -> impl IntoView {
    let found = RwSignal::new(Remote::<Vec<ProtectedChild>>::Loading);
    let ask = move || fetch_into::<GetProtected>(found, (), Nothing {});
    ask();
    page_title(|| t("staff.protection.title"));
    let body = move || match found.get() {
        Remote::Loading => view! { <Skeleton label=t("common.loading")/> }.into_any(),
        Remote::Failed(failure) => words::failure(&failure, ask),
        Remote::Ready(children) if children.is_empty() => {
            let text = t("staff.protection.none-text");
            view! { <Empty drawing="door" heading=t("staff.protection.none") text/> }.into_any()
        }
        Remote::Ready(children) => view! { <Table children/> }.into_any(),
    };
    view! {
        <header class="desk__head">
            <div class="pagehead"><h1>{t("staff.protection.title")}</h1><p class="soft">{t("staff.protection.intro")}</p></div>
        </header>
        {body}
    }
}

#[component]
fn Table(children: Vec<ProtectedChild>) -> impl IntoView {
    let rows = children.into_iter().map(|child| {
        let opened = (child.opened > 0).then(|| {
            view! { <b>{t_with("staff.protection.opened", &[("n", &number(u64::from(child.opened)))])}</b> }
        });
        let asked = child.asked.then(|| view! { <b>{t("staff.protection.waits")}</b> });
        let nothing = (child.opened == 0 && !child.asked)
            .then(|| view! { <span class="soft">{t("staff.protection.no-news")}</span> });
        let group = child.group.unwrap_or_else(|| t("staff.protection.no-group"));
        view! {
            <tr>
                <th scope="row"><Link<Route> to=Route::Child(child.child)>{child.name}</Link<Route>></th>
                <td>{group}</td>
                <td>{asked}" "{opened}{nothing}</td>
            </tr>
        }
    });
    view! {
        <div class="tablewrap" tabindex="0" role="region" aria-label=t("staff.protection.title")>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t("staff.group.child")}</th>
                        <th scope="col">{t("staff.todos.group")}</th>
                        <th scope="col">{t("staff.protection.news")}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}
