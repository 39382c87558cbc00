//! The children of one group: what each needs, and what has changed.

use crate::fields::line;
use crate::i18n::{date, t, t_with};
use crate::router::Link;
use crate::staff::routes::Route;
use crate::ui::{Status, StatusKind};
use leptos::prelude::*;
use skolstart_shared::api::{KitchenChange, KitchenChild, KitchenGroup, KitchenNeed};
use skolstart_shared::fact::Value;

#[component]
pub(super) fn GroupTable(group: KitchenGroup) -> impl IntoView {
    let name = if group.name.is_empty() { t("staff.kitchen.no-group") } else { group.name };
    let id = ["kitchen-", &group.group.map_or_else(|| "none".to_owned(), |group| group.to_string())].concat();
    let rows = group.children.into_iter().map(row).collect_view();
    let wrap = id.clone();
    view! {
        <div class="kitchen__group">
            <h2 id=id>{name}</h2>
            <div class="tablewrap" tabindex="0" role="region" aria-labelledby=wrap>
                <table class="table kitchen__table">
                    <thead>
                        <tr>
                            <th scope="col">{t("staff.group.child")}</th>
                            <th scope="col">{t("staff.kitchen.needs")}</th>
                            <th scope="col">{t("staff.kitchen.changed")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </div>
    }
}

fn row(child: KitchenChild) -> impl IntoView {
    let nothing = child.needs.is_empty();
    let changed = child.change.map(|change| changed(change, nothing));
    view! {
        <tr class="table__row" data-child=child.child.to_string()>
            <th scope="row">
                <Link<Route> to=Route::Child(child.child) class="table__name">{child.name}</Link<Route>>
                {child.protected.then(|| view! { " "<Status kind=StatusKind::Protected word=t("staff.protected")/> })}
            </th>
            <td>
                {nothing.then(|| view! { <Status kind=StatusKind::Complete word=t("staff.kitchen.usual") bare=true/> })}
                <Needs needs=child.needs/>
                {child.differ.then(|| view! { <p class="kitchen__differ"><Status kind=StatusKind::Action word=t("staff.kitchen.differ") bare=true/></p> })}
            </td>
            <td>{changed}</td>
        </tr>
    }
}

#[component]
fn Needs(needs: Vec<KitchenNeed>) -> impl IntoView {
    let lines = needs.into_iter().map(|need| {
        let values: Vec<String> = need.values.iter().map(|value| line(&need.kind, value)).collect();
        // "Kan få svår reaktion: ja" says no more than its own words.
        let is_yes = matches!(need.values.as_slice(), [Value::Flag(true)]);
        let value = (!is_yes).then(|| [": ", &values.join(" / ")].concat());
        view! { <li class:kitchen__yes=is_yes><b>{need.label}</b>{value}</li> }
    });
    view! { <ul class="kitchen__needs">{lines.collect_view()}</ul> }
}

/// From when it holds, and what it was before.
fn changed(change: KitchenChange, nothing: bool) -> AnyView {
    let from = date(change.from);
    let is_new = change.before.is_empty();
    let word = match (is_new, nothing) {
        (true, _) => t_with("staff.kitchen.new-from", &[("day", &from)]),
        (false, true) => t_with("staff.kitchen.gone-from", &[("day", &from)]),
        (false, false) => t_with("staff.kitchen.changed-from", &[("day", &from)]),
    };
    let before = (!is_new).then(|| {
        view! { <details class="kitchen__before"><summary>{t("staff.kitchen.before")}</summary><Needs needs=change.before/></details> }
    });
    view! { <Status kind=StatusKind::Waiting word bare=true/>{before} }.into_any()
}
