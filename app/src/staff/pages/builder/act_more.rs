//! What of a part is chosen once and seldom changed: how long answers are kept and hold, what comes before, and who decides.

use super::act::put;
use super::bench::Bench;
use super::deciders::deciders;
use super::inputs::{count, pair, pick, several, text_at, tick};
use super::words;
use crate::i18n::{locale, t};
use crate::staff::audience::{Few, functions, functions_of};
use leptos::prelude::*;
use skolstart_shared::access::Function;
use skolstart_shared::fact::Audience;
use skolstart_shared::form::builder::Spot;
use skolstart_shared::form::{Act, ActKey, ActKind, Decider, DecisionOutcome, Expiry, FormDefinition};

/// The sorts of ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Never,
    SchoolYear,
    Days,
    Age,
}

impl End {
    fn of(expiry: Option<Expiry>) -> Self {
        match expiry {
            None => Self::Never,
            Some(Expiry::SchoolYearEnd) => Self::SchoolYear,
            Some(Expiry::AfterDays(_)) => Self::Days,
            Some(Expiry::AtAge(_)) => Self::Age,
        }
    }

    fn expiry(self) -> Option<Expiry> {
        match self {
            Self::Never => None,
            Self::SchoolYear => Some(Expiry::SchoolYearEnd),
            Self::Days => Some(Expiry::AfterDays(365)),
            Self::Age => Some(Expiry::AtAge(18)),
        }
    }

    fn words(self) -> String {
        match self {
            Self::Never => t("builder.end.never"),
            Self::SchoolYear => t("builder.end.school-year"),
            Self::Days => t("builder.end.days"),
            Self::Age => t("builder.end.age"),
        }
    }
}

pub(super) fn more(bench: Bench, spot: &Spot, act: &Act) -> AnyView {
    let (own, other) = (spot.clone(), spot.clone());
    let short = text_at(move |form: &mut FormDefinition| {
        own.act_in(form).map(|act| act.short.get_or_insert_default())
    });
    let on_demand = move |yes| put(bench, &other, |act| act.on_demand = yes);
    let own = spot.clone();
    let reworded = move |yes| put(bench, &own, |act| act.reworded = yes);
    let is_consent = act.kind == ActKind::Consent;
    view! {
        {is_consent.then(|| tick(t("builder.act.reworded"), Some(t("builder.act.reworded-help")), act.reworded, reworded))}
        {tick(t("builder.act.on-demand"), Some(t("builder.act.on-demand-help")), act.on_demand, on_demand)}
        <div class="threes">
            {retention(bench, spot, act)}
            {ends(bench, spot, act)}
            {after(bench, spot, act)}
        </div>
        {audience(bench, spot, act)}
        {pair(bench, t("builder.act.short"), Some(t("builder.act.short-help")), false, short)}
    }
    .into_any()
}

/// Who of the staff sees the answers: what families are told stands in the part's own words, this is what the program does.
fn audience(bench: Bench, spot: &Spot, act: &Act) -> AnyView {
    let (own, other) = (spot.clone(), spot.clone());
    let choose = move |few: Few| {
        put(bench, &own, |act| act.audience = few.with(functions_of(&act.audience)));
        bench.redraw();
    };
    let now = Few::of(&act.audience);
    let tick = move |chosen: Vec<Function>| put(bench, &other, |act| act.audience = Audience::Only(chosen));
    let tasks = (now == Few::Only)
        .then(|| several(t("staff.element.only-tasks"), functions(), functions_of(&act.audience), tick));
    let help = Some(t("builder.act.audience-help"));
    view! { {pick(t("builder.act.audience"), help, Few::options(), &now, choose)}{tasks} }.into_any()
}

fn retention(bench: Bench, spot: &Spot, act: &Act) -> AnyView {
    let own = spot.clone();
    retentions(bench, &act.retention, move |class| put(bench, &own, |act| act.retention = class))
}

/// A class of the document plan.
pub(super) fn retentions(bench: Bench, now: &str, choose: impl Fn(String) + 'static) -> AnyView {
    let titled = bench
        .catalogue
        .with_untracked(|found| found.ready().map(|found| found.retentions.clone()).unwrap_or_default());
    let mut options: Vec<(String, String)> =
        titled.into_iter().map(|option| (option.class, option.title)).collect();
    // One that only this form has so far has no title here.
    if !options.iter().any(|(class, _)| class == now) {
        options.push((now.to_owned(), now.to_owned()));
    }
    let help = Some(t("builder.act.retention-help"));
    pick(t("builder.act.retention"), help, options, &now.to_owned(), choose)
}

fn ends(bench: Bench, spot: &Spot, act: &Act) -> AnyView {
    let own = spot.clone();
    let choose = move |end: End| {
        put(bench, &own, |act| act.expires = end.expiry());
        bench.redraw();
    };
    let options = [End::Never, End::SchoolYear, End::Days, End::Age].map(|end| (end, end.words())).to_vec();
    let own = spot.clone();
    let number = match act.expires {
        Some(Expiry::AfterDays(days)) => {
            count(t("builder.end.how-many"), None, (1, 3650), Some(i64::from(days)), false, move |days| {
                let days = days.and_then(|days| u16::try_from(days).ok()).unwrap_or(365);
                put(bench, &own, |act| act.expires = Some(Expiry::AfterDays(days)));
            })
        }
        Some(Expiry::AtAge(age)) => {
            count(t("builder.end.how-old"), None, (1, 20), Some(i64::from(age)), false, move |age| {
                let age = age.and_then(|age| u8::try_from(age).ok()).unwrap_or(18);
                put(bench, &own, |act| act.expires = Some(Expiry::AtAge(age)));
            })
        }
        _ => ().into_any(),
    };
    view! { <div class="stack">{pick(t("builder.end.label"), None, options, &End::of(act.expires), choose)}{number}</div> }
        .into_any()
}

fn after(bench: Bench, spot: &Spot, act: &Act) -> AnyView {
    let place = spot.act.unwrap_or(0);
    let earlier: Vec<(Option<ActKey>, String)> = bench.form.with_untracked(|form| {
        let before = form.acts.iter().take(place);
        before.map(|act| (Some(act.key.clone()), act.title.get(locale()).to_owned())).collect()
    });
    if earlier.is_empty() {
        return ().into_any();
    }
    let options = std::iter::once((None, t("builder.none"))).chain(earlier).collect();
    let own = spot.clone();
    pick(t("builder.act.after"), None, options, &act.after, move |after| {
        put(bench, &own, |act| act.after = after)
    })
}

/// Who decides an application, what can be decided, and how it is appealed.
pub(super) fn decision(bench: Bench, spot: &Spot, act: &Act) -> AnyView {
    let Some(decision) = &act.decision else { return ().into_any() };
    let first = decision.deciders.last().map_or(Function::Principal, |decider| decider.function);
    let functions: Vec<_> = Function::ALL.map(|one| (one, words::function(one))).to_vec();
    let opinions = std::iter::once((None, t("builder.none")));
    let opinions = opinions.chain(Function::ALL.map(|one| (Some(one), words::function(one)))).collect();
    let [one, two, three, law, appeal] = [(); 5].map(|()| spot.clone());
    let decides = move |function| {
        put(bench, &one, |act| {
            if let Some(decision) = &mut act.decision {
                // The last decides when nobody before it does; those with conditions stay.
                match decision.deciders.last_mut() {
                    Some(last) => last.function = function,
                    None => decision.deciders.push(Decider { function, condition: None }),
                }
            }
        });
    };
    let advises = move |function| {
        put(bench, &two, |act| {
            if let Some(decision) = &mut act.decision {
                decision.opinion = function;
            }
        });
    };
    let outcomes = DecisionOutcome::ALL.map(|one| (one, outcome(one))).to_vec();
    let can_be = move |chosen| {
        put(bench, &three, |act| {
            if let Some(decision) = &mut act.decision {
                decision.outcomes = chosen;
            }
        });
    };
    let law = text_at(move |form: &mut FormDefinition| {
        law.act_in(form).and_then(|act| act.decision.as_mut()).map(|decision| &mut decision.law)
    });
    let appeal = text_at(move |form: &mut FormDefinition| {
        let decision = appeal.act_in(form).and_then(|act| act.decision.as_mut());
        decision.map(|decision| decision.appeal.get_or_insert_default())
    });
    view! {
        <div class="threes">
            {pick(t("builder.decision.decides"), None, functions, &first, decides)}
            {pick(t("builder.decision.opinion"), None, opinions, &decision.opinion, advises)}
        </div>
        {deciders(bench, spot, act)}
        {several(t("builder.decision.outcomes"), outcomes, decision.outcomes.clone(), can_be)}
        {pair(bench, t("builder.decision.law"), None, true, law)}
        {pair(bench, t("builder.decision.appeal"), Some(t("builder.decision.appeal-help")), true, appeal)}
    }
    .into_any()
}

fn outcome(outcome: DecisionOutcome) -> String {
    match outcome {
        DecisionOutcome::Granted => t("builder.decision.granted"),
        DecisionOutcome::Partly => t("builder.decision.partly"),
        DecisionOutcome::Refused => t("builder.decision.refused"),
        DecisionOutcome::Waiting => t("builder.decision.waiting"),
    }
}
