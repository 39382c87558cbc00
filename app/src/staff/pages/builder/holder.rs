//! Where a condition stands in a form, and which questions it can look at. Called by the bench of conditions, which builds it.

use crate::i18n::{locale_now, t};
use crate::letter;
use skolstart_shared::application::ApplicationState;
use skolstart_shared::form::builder::{Spot, new_field};
use skolstart_shared::form::{
    ChoiceOption, Condition, DecisionOutcome, DecisionRule, Field, FieldKey, FieldKind, FormDefinition,
    OUTCOME, Rule, Texts, Trigger,
};

/// Which condition of which part.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Holder {
    /// For which children a part is.
    Applies(Spot),
    /// When a question is asked.
    Visible(Spot),
    /// When a question must be answered.
    Required(Spot),
    /// What must hold, in the rule of a part at this place.
    Must(Spot, usize),
    /// When something is set in motion, in the follow-up at this place.
    FollowUp(Spot, usize),
    /// When another form is called for, in the call at this place.
    Call(Spot, usize),
    /// When somebody decides, among those who do.
    Decider(Spot, usize),
}

impl Holder {
    pub(super) fn read(&self, form: &FormDefinition) -> Option<Condition> {
        match self {
            Self::Applies(spot) => spot.act_of(form)?.applies_if.clone(),
            Self::Visible(spot) => spot.field_of(form)?.visible_if.clone(),
            Self::Required(spot) => spot.field_of(form)?.required_if.clone(),
            Self::Must(spot, at) => match spot.act_of(form)?.rules.get(*at)? {
                Rule::Must { holds, .. } => some_of(holds),
                _ => None,
            },
            Self::FollowUp(spot, at) => match &spot.act_of(form)?.follow_ups.get(*at)?.when {
                Trigger::Answered(condition) => some_of(condition),
                _ => None,
            },
            Self::Call(spot, at) => some_of(&spot.act_of(form)?.calls.get(*at)?.when),
            Self::Decider(spot, at) => {
                spot.act_of(form)?.decision.as_ref()?.deciders.get(*at)?.condition.clone()
            }
        }
    }

    pub(super) fn write(&self, form: &mut FormDefinition, condition: Option<Condition>) {
        let always = || condition.clone().unwrap_or(Condition::All(Vec::new()));
        let place = match self {
            Self::Must(spot, at) => {
                if let Some(Rule::Must { holds, .. }) =
                    spot.act_in(form).and_then(|act| act.rules.get_mut(*at))
                {
                    *holds = always();
                }
                None
            }
            Self::FollowUp(spot, at) => {
                if let Some(follow_up) = spot.act_in(form).and_then(|act| act.follow_ups.get_mut(*at)) {
                    follow_up.when = Trigger::Answered(always());
                }
                None
            }
            Self::Call(spot, at) => {
                if let Some(call) = spot.act_in(form).and_then(|act| act.calls.get_mut(*at)) {
                    call.when = always();
                }
                None
            }
            Self::Decider(spot, at) => {
                let decision = spot.act_in(form).and_then(|act| act.decision.as_mut());
                decision.and_then(|rule| rule.deciders.get_mut(*at)).map(|decider| &mut decider.condition)
            }
            Self::Applies(spot) => spot.act_in(form).map(|act| &mut act.applies_if),
            Self::Visible(spot) => spot.field_in(form).map(|field| &mut field.visible_if),
            Self::Required(spot) => spot.field_in(form).map(|field| &mut field.required_if),
        };
        if let Some(place) = place {
            *place = condition;
        }
    }

    /// The questions that it can look at: those beside, and for a column those of the part too.
    pub(super) fn fields(&self, form: &FormDefinition) -> Vec<Field> {
        let spot = match self {
            Self::Applies(_) => return Vec::new(),
            Self::Must(spot, _) | Self::FollowUp(spot, _) | Self::Call(spot, _) => {
                return spot.fields_of(form).to_vec();
            }
            Self::Decider(spot, _) => {
                let handler = spot.act_of(form).and_then(|act| act.decision.as_ref());
                let own = handler.map(|rule| rule.fields.clone()).unwrap_or_default();
                return [spot.fields_of(form), &own].concat();
            }
            Self::Visible(spot) | Self::Required(spot) => spot,
        };
        let Some((around, _)) = spot.around() else { return Vec::new() };
        let mut fields = around.fields_of(form).to_vec();
        let Some(act) = spot.act_of(form) else { return fields };
        let is_column = spot.path.len() > 1;
        if is_column || spot.handler {
            fields.extend(act.fields.iter().cloned());
        }
        if let Some(rule) = act.decision.as_ref().filter(|_| spot.handler) {
            fields.extend(rule.fields.iter().filter(|_| is_column).cloned());
            fields.push(outcome(rule));
        }
        fields
    }

    pub(super) fn own_key(&self, form: &FormDefinition) -> FieldKey {
        match self {
            Self::Visible(spot) | Self::Required(spot) => spot.field_of(form).map(|field| field.key.clone()),
            _ => None,
        }
        .unwrap_or(FieldKey(String::new()))
    }

    pub(super) fn word(&self) -> String {
        let at = |word: &str, at: &usize| [word, &at.to_string()].concat();
        match self {
            Self::Applies(_) => "applies".to_owned(),
            Self::Visible(_) => "visible".to_owned(),
            Self::Required(_) => "required".to_owned(),
            Self::Must(_, place) => at("must", place),
            Self::FollowUp(_, place) => at("follow-up", place),
            Self::Call(_, place) => at("call", place),
            Self::Decider(_, place) => at("decider", place),
        }
    }
}

/// What is decided, as a question that the handler's own can look at.
fn outcome(rule: &DecisionRule) -> Field {
    let words = |words: String| Texts([(locale_now(), words)].into());
    let option = |outcome: &DecisionOutcome| ChoiceOption {
        key: outcome.as_str().to_owned(),
        label: words(letter::state(ApplicationState::of(*outcome)).1),
    };
    let kind = FieldKind::Choice { options: rule.outcomes.iter().map(option).collect() };
    Field { key: FieldKey(OUTCOME.to_owned()), ..new_field(&[], words(t("staff.application.outcome")), kind) }
}

/// A condition that says something. One without parts always holds.
fn some_of(condition: &Condition) -> Option<Condition> {
    let is_always = matches!(condition, Condition::All(parts) if parts.is_empty());
    (!is_always).then(|| condition.clone())
}
