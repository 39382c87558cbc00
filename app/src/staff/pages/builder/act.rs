//! The chosen part of a form: what it is in law, what it says, and who answers.

use super::bench::Bench;
use super::condition::condition;
use super::holder::Holder;
use super::inputs::{count, fold, pair, pick, text_at, tick};
use super::words;
use super::{act_more, calls, follow_ups, rules};
use crate::i18n::t;
use leptos::prelude::*;
use skolstart_shared::access::Function;
use skolstart_shared::fact::Subject;
use skolstart_shared::form::builder::{Spot, new_act};
use skolstart_shared::form::{Act, ActKind, FieldKey, FormDefinition, SignersRule, Texts};

/// Changes the act at a place.
pub(super) fn put(bench: Bench, spot: &Spot, change: impl FnOnce(&mut Act)) {
    bench.edit(|form| {
        if let Some(act) = spot.act_in(form) {
            change(act);
        }
    });
}

/// A text of the act.
fn text(
    bench: Bench,
    spot: &Spot,
    (label, help): (String, Option<String>),
    long: bool,
    of: fn(&mut Act) -> &mut Texts,
) -> AnyView {
    let spot = spot.clone();
    pair(bench, label, help, long, text_at(move |form: &mut FormDefinition| spot.act_in(form).map(of)))
}

pub(super) fn act_panel(bench: Bench, spot: &Spot) -> AnyView {
    let Some(act) = bench.form.with_untracked(|form| spot.act_of(form).cloned()) else {
        return ().into_any();
    };
    view! {
        <div class="stack">
            {text(bench, spot, (t("builder.act.title"), None), false, |act| &mut act.title)}
            {kinds(bench, spot, &act)}
            {text(bench, spot, (t("builder.act.purpose"), Some(t("builder.act.purpose-help"))), true, |act| &mut act.purpose)}
            {text(bench, spot, (t("builder.act.readers"), None), true, |act| &mut act.readers)}
            {text(bench, spot, (t("builder.act.until"), Some(t("builder.act.until-help"))), false, |act| act.until.get_or_insert_default())}
            {text(bench, spot, (t("builder.act.law"), Some(t("builder.act.law-help"))), true, |act| &mut act.law)}
            {signers(bench, spot, &act)}
            {fold(t("builder.act.applies"), act.applies_if.is_some(), condition(bench, &Holder::Applies(spot.clone())))}
            {fold(t("builder.act.more"), false, act_more::more(bench, spot, &act))}
            {fold(t("builder.act.rules"), !act.rules.is_empty(), rules::rules(bench, spot, &act))}
            {fold(t("builder.act.follow-ups"), !act.follow_ups.is_empty(), follow_ups::follow_ups(bench, spot, &act))}
            {(act.kind != ActKind::Consent && act.signers.staff().is_none())
                .then(|| fold(t("builder.act.calls"), !act.calls.is_empty(), calls::calls(bench, spot, &act)))}
            {act.decision.is_some().then(|| fold(t("builder.act.decision"), true, act_more::decision(bench, spot, &act)))}
        </div>
    }
    .into_any()
}

fn kinds(bench: Bench, spot: &Spot, act: &Act) -> AnyView {
    let kinds = words::ACT_KINDS.map(|kind| (kind, words::act_kind(kind))).to_vec();
    let (own, key) = (spot.clone(), spot.clone());
    let choose = move |kind| {
        put(bench, &own, |act| {
            // The kind brings its ground, its signers, its decision and its words, as for a new part.
            let form = FormDefinition {
                key: skolstart_shared::form::FormKey(String::new()),
                version: 1,
                title: Texts::default(),
                intro: Texts::default(),
                acts: Vec::new(),
                elements: Vec::new(),
            };
            let plain = new_act(&form, kind, Texts::default());
            let before = bench.words(act.kind);
            act.kind = kind;
            act.legal_basis = plain.legal_basis;
            act.signers = plain.signers;
            act.decision = plain.decision.map(|new| act.decision.take().unwrap_or(new));
            act.on_demand = plain.on_demand;
            if let Some(words) = bench.words(kind) {
                act.take_words(before.as_ref(), &words);
            }
        });
        bench.redraw();
    };
    let subjects = [Subject::Child, Subject::Guardian].map(|one| (one, words::subject(one))).to_vec();
    let about = move |subject| put(bench, &key, |act| act.subject = subject);
    let bases = words::BASES.map(|basis| (basis, words::basis(basis))).to_vec();
    let own = spot.clone();
    let ground = move |basis| put(bench, &own, |act| act.legal_basis = basis);
    view! {
        <div class="threes">
            {pick(t("builder.act.kind"), None, kinds, &act.kind, choose)}
            {pick(t("builder.act.subject"), None, subjects, &act.subject, about)}
            {pick(t("builder.act.basis"), None, bases, &act.legal_basis, ground)}
        </div>
    }
    .into_any()
}

/// The sorts of rules about who answers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Who {
    Any,
    All,
    AllThenAny,
    PupilFrom,
    WithPupilFrom,
    Staff,
}

impl Who {
    fn of(rule: &SignersRule) -> Self {
        match rule {
            SignersRule::AnyGuardian => Self::Any,
            SignersRule::AllGuardians => Self::All,
            SignersRule::AllThenAny(_) => Self::AllThenAny,
            SignersRule::PupilFrom(_) => Self::PupilFrom,
            SignersRule::WithPupilFrom(_) => Self::WithPupilFrom,
            SignersRule::Staff(..) => Self::Staff,
        }
    }

    fn rule(self) -> SignersRule {
        match self {
            Self::Any => SignersRule::AnyGuardian,
            Self::All => SignersRule::AllGuardians,
            Self::AllThenAny => SignersRule::AllThenAny(Vec::new()),
            Self::PupilFrom => SignersRule::PupilFrom(15),
            Self::WithPupilFrom => SignersRule::WithPupilFrom(13),
            Self::Staff => SignersRule::Staff(Function::Mentor, 1),
        }
    }

    fn words(self) -> String {
        match self {
            Self::Any => t("builder.signers.any"),
            Self::All => t("builder.signers.all"),
            Self::AllThenAny => t("builder.signers.all-then-any"),
            Self::PupilFrom => t("builder.signers.pupil-from"),
            Self::WithPupilFrom => t("builder.signers.with-pupil-from"),
            Self::Staff => t("builder.signers.staff"),
        }
    }
}

fn signers(bench: Bench, spot: &Spot, act: &Act) -> AnyView {
    let all = [Who::Any, Who::All, Who::AllThenAny, Who::PupilFrom, Who::WithPupilFrom, Who::Staff];
    let own = spot.clone();
    let choose = move |who: Who| {
        put(bench, &own, |act| act.signers = who.rule());
        bench.redraw();
    };
    let options = all.map(|who| (who, who.words())).to_vec();
    view! {
        {pick(t("builder.signers.label"), None, options, &Who::of(&act.signers), choose)}
        {signer_details(bench, spot, act)}
    }
    .into_any()
}

fn signer_details(bench: Bench, spot: &Spot, act: &Act) -> AnyView {
    let own = spot.clone();
    match &act.signers {
        SignersRule::PupilFrom(age) | SignersRule::WithPupilFrom(age) => {
            count(t("builder.signers.age"), None, (1, 18), Some(i64::from(*age)), false, move |age| {
                let age = age.and_then(|age| u8::try_from(age).ok()).unwrap_or(15);
                put(bench, &own, |act| {
                    if let SignersRule::PupilFrom(from) | SignersRule::WithPupilFrom(from) = &mut act.signers
                    {
                        *from = age;
                    }
                });
            })
        }
        SignersRule::AllThenAny(chosen) => renewing(bench, spot, act, chosen),
        SignersRule::Staff(function, number) => {
            let functions = Function::ALL.map(|one| (one, words::function(one))).to_vec();
            let (number, other) = (*number, spot.clone());
            let who = move |function| {
                put(bench, &own, |act| {
                    if let SignersRule::Staff(of, _) = &mut act.signers {
                        *of = function;
                    }
                });
            };
            let how_many = move |number: Option<i64>| {
                let number = number.and_then(|number| u8::try_from(number).ok()).unwrap_or(1);
                put(bench, &other, |act| {
                    if let SignersRule::Staff(_, of) = &mut act.signers {
                        *of = number;
                    }
                });
            };
            view! {
                <div class="threes">
                    {pick(t("builder.signers.function"), None, functions, function, who)}
                    {count(t("builder.signers.how-many"), None, (1, 9), Some(i64::from(number)), false, how_many)}
                </div>
            }
            .into_any()
        }
        _ => ().into_any(),
    }
}

/// The questions whose change needs everybody anew.
fn renewing(bench: Bench, spot: &Spot, act: &Act, chosen: &[FieldKey]) -> AnyView {
    let locale = crate::i18n::locale();
    let ticks = act.fields.iter().filter(|field| field.kind.is_asked()).map(|field| {
        let (own, key) = (spot.clone(), field.key.clone());
        tick(field.label.get(locale).to_owned(), None, chosen.contains(&field.key), move |yes| {
            let key = key.clone();
            put(bench, &own, |act| {
                if let SignersRule::AllThenAny(keys) = &mut act.signers {
                    keys.retain(|other| *other != key);
                    if yes {
                        keys.push(key);
                    }
                }
            });
        })
    });
    view! {
        <fieldset class="field">
            <legend class="field__label">{t("builder.signers.renewing")}</legend>
            <div class="options">{ticks.collect_view()}</div>
        </fieldset>
    }
    .into_any()
}
