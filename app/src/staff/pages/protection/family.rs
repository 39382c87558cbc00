//! Who of the family is marked, and what can be done about it.

use super::sending::{StepButton, Steps};
use crate::i18n::{t, t_with};
use crate::ui::{Status, StatusKind};
use leptos::prelude::*;
use skolstart_shared::api::{FamilyMember, ProtectionOut, ProtectionStep};

#[component]
pub(super) fn Family(file: ProtectionOut, steps: Steps) -> impl IntoView {
    let (leads, me) = (file.leads, file.me);
    let lines = file.family.into_iter().map(move |member| {
        let step = steps_of(&member, leads, me, steps);
        let (kind, word) = match member.marked {
            true => (StatusKind::Protected, t("staff.protection.marked")),
            false => (StatusKind::None, t("staff.protection.unmarked")),
        };
        view! { <div><dt>{member.name}</dt><dd class="stack stack--tight"><Status kind word bare=true/>{step}</dd></div> }
    });
    view! { <dl class="facts">{lines.collect_view()}</dl> }
}

fn steps_of(member: &FamilyMember, leads: bool, me: skolstart_shared::id::PersonId, steps: Steps) -> AnyView {
    let who = member.person;
    let name = [("name", member.name.as_str())];
    match &member.asked {
        Some(asked) => {
            let mine = asked.person == me;
            let said = if mine {
                t("staff.protection.asked-by-you")
            } else {
                t_with("staff.protection.asked-by", &[("name", &asked.name)])
            };
            let approve = (!mine).then(|| {
                view! { <StepButton steps step=ProtectionStep::Approve(who) word=t("staff.protection.approve")/> }
            });
            view! {
                <p class="small">{said}</p>
                <p>{approve}" "<StepButton steps step=ProtectionStep::Withdraw(who) word=t("staff.protection.withdraw")/></p>
            }
            .into_any()
        }
        None if !leads => ().into_any(),
        None if member.marked => view! {
            <details>
                <summary>{t("staff.protection.ask")}</summary>
                <p class="soft">{t("staff.protection.ask-text")}</p>
                <p><StepButton steps step=ProtectionStep::Ask(who) word=t_with("staff.protection.ask-now", &name)/></p>
            </details>
        }
        .into_any(),
        None => view! {
            <details>
                <summary>{t_with("staff.protection.mark", &name)}</summary>
                <p class="soft">{t("staff.protection.mark-text")}</p>
                <p><StepButton steps step=ProtectionStep::Mark(who) word=t_with("staff.protection.mark-now", &name)/></p>
            </details>
        }
        .into_any(),
    }
}
