//! The check list: what is wrong or doubtful, each leading to where it stands.

use super::bench::{Bench, Tab, focus_later};
use super::words;
use crate::i18n::{locale, t, t_count};
use crate::ui::{Icon, Status, StatusKind};
use leptos::prelude::*;
use skolstart_shared::form::FormDefinition;
use skolstart_shared::form::builder::Spot;
use skolstart_shared::form::check::{Finding, Severity, check, check_calls};

/// What the check list finds now. Reactive.
pub(super) fn findings(bench: Bench) -> Memo<Vec<Finding>> {
    Memo::new(move |_| {
        let catalogue = bench.elements();
        bench.form.with(|form| {
            let form = form.clone().tidied();
            let mut found = check(&form, &catalogue);
            found.extend(check_calls(&form, &bench.callable()));
            found
        })
    })
}

/// How many of them stand in the way of publishing.
pub(super) fn errors(found: &[Finding]) -> usize {
    found.iter().filter(|finding| finding.severity() == Severity::Error).count()
}

pub(super) fn checks(bench: Bench, found: Memo<Vec<Finding>>) -> AnyView {
    let list = move || {
        let mut found = found.get();
        if found.is_empty() {
            return view! { <p><Icon name="check"/>" "{t("builder.checks.none")}</p> }.into_any();
        }
        // What stands in the way first; otherwise in the order of the form.
        found.sort_by_key(|finding| std::cmp::Reverse(finding.severity()));
        let (wrong, doubtful): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|finding| finding.severity() == Severity::Error);
        view! {
            {part(bench, "checks-wrong", &wrong)}
            {part(bench, "checks-doubtful", &doubtful)}
        }
        .into_any()
    };
    view! { <section class="stack" aria-label=t("builder.tab.check")>{list}</section> }.into_any()
}

fn part(bench: Bench, id: &'static str, found: &[Finding]) -> AnyView {
    if found.is_empty() {
        return ().into_any();
    }
    let count = found.len() as u64;
    let heading = if id == "checks-wrong" {
        t_count("builder.checks.wrong", count, &[])
    } else {
        t_count("builder.checks.doubtful", count, &[])
    };
    let lines = found.iter().map(|finding| line(bench, finding)).collect_view();
    view! {
        <section class="card">
            <h2 id=id>{heading}</h2>
            <ul class="findings" aria-labelledby=id>{lines}</ul>
        </section>
    }
    .into_any()
}

fn line(bench: Bench, finding: &Finding) -> AnyView {
    let is_error = finding.severity() == Severity::Error;
    let (kind, word) = if is_error {
        (StatusKind::Action, t("builder.checks.must"))
    } else {
        (StatusKind::Waiting, t("builder.checks.may"))
    };
    let spot = bench.form.with_untracked(|form| Spot::named(form, &finding.path));
    let place = bench.form.with_untracked(|form| place_of(form, &spot));
    let go = move |_| show(bench, &spot);
    view! {
        <li class="finding">
            <Status kind word bare=true/>
            <div>
                <p>{words::finding(finding)}</p>
                <p><button class="linklike" type="button" on:click=go>{place}</button></p>
            </div>
        </li>
    }
    .into_any()
}

/// "Simning: Kan barnet simma?".
pub(super) fn place_of(form: &FormDefinition, spot: &Spot) -> String {
    let locale = locale();
    let act = spot.act_of(form).map(|act| act.title.get(locale).to_owned());
    let field = spot.field_of(form).map(|field| field.label.get(locale).to_owned());
    let named: Vec<String> =
        [act, field].into_iter().flatten().filter(|name| !name.trim().is_empty()).collect();
    if named.is_empty() { t("builder.whole-form") } else { named.join(": ") }
}

/// Goes to where something stands.
pub(super) fn show(bench: Bench, spot: &Spot) {
    bench.chosen.set(spot.clone());
    bench.tab.set(Tab::Build);
    focus_later("bench-heading".to_owned());
}
