//! What is done to a definition: adding, taking away and putting back, changing places. A key is made once and never changes.

use super::spot::Spot;
use crate::access::Function;
use crate::fact::{Audience, Subject};
use crate::form::{
    Act, ActKey, ActKind, ChoiceOption, Condition, Decider, DecisionOutcome, DecisionRule, Field, FieldKey,
    FieldKind, FormDefinition, FormKey, LegalBasis, SignersRule, Texts,
};
use crate::inventory::code_of;

/// Something that was taken away, with where it stood: enough to put it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    spot: Spot,
    what: What,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    Act(Box<Act>),
    Field(Box<Field>),
}

impl FormDefinition {
    /// Takes away an act, a field or a column. `None` when there is no such thing.
    pub fn remove(&mut self, spot: &Spot) -> Option<Removed> {
        let (around, at) = spot.around()?;
        let what = if around.act.is_none() {
            (at < self.acts.len()).then(|| What::Act(Box::new(self.acts.remove(at))))?
        } else {
            let fields = around.fields_in(self)?;
            (at < fields.len()).then(|| What::Field(Box::new(fields.remove(at))))?
        };
        Some(Removed { spot: spot.clone(), what })
    }

    /// Puts back what was taken away, where it stood, or last where its place is gone.
    pub fn restore(&mut self, removed: Removed) -> Option<Spot> {
        let (around, at) = removed.spot.around()?;
        match removed.what {
            What::Act(act) => {
                let at = at.min(self.acts.len());
                self.acts.insert(at, *act);
                Some(around.inside(at))
            }
            What::Field(field) => {
                let fields = around.fields_in(self)?;
                let at = at.min(fields.len());
                fields.insert(at, *field);
                Some(around.inside(at))
            }
        }
    }

    /// Moves an act, a field or a column to another place among its own. `None` when it is there already or cannot be.
    pub fn move_to(&mut self, spot: &Spot, to: usize) -> Option<Spot> {
        let (around, at) = spot.around()?;
        if around.act.is_none() {
            (at != to && at < self.acts.len() && to < self.acts.len()).then(|| {
                let act = self.acts.remove(at);
                self.acts.insert(to, act);
            })?;
        } else {
            let fields = around.fields_in(self)?;
            (at != to && at < fields.len() && to < fields.len()).then(|| {
                let field = fields.remove(at);
                fields.insert(to, field);
            })?;
        }
        Some(around.inside(to))
    }

    /// The same without texts that hold nothing where there need not be any, and without elements that no question names: a help that
    /// was begun and emptied is no help.
    #[must_use]
    pub fn tidied(mut self) -> Self {
        fn drop_empty(texts: &mut Option<Texts>) {
            if texts.as_ref().is_some_and(Texts::is_empty) {
                *texts = None;
            }
        }
        fn tidy(field: &mut Field) {
            drop_empty(&mut field.help);
            if let FieldKind::Rows { fields, .. } = &mut field.kind {
                fields.iter_mut().for_each(tidy);
            }
        }
        for act in &mut self.acts {
            drop_empty(&mut act.short);
            drop_empty(&mut act.until);
            act.fields.iter_mut().for_each(tidy);
            if let Some(decision) = &mut act.decision {
                drop_empty(&mut decision.appeal);
            }
        }
        self.keep_named_elements();
        self
    }

    /// Adds an act last.
    pub fn add_act(&mut self, act: Act) -> Spot {
        self.acts.push(act);
        Spot::act(self.acts.len() - 1)
    }

    /// Adds a field or a column last in an act or in rows.
    pub fn add_field(&mut self, into: &Spot, field: Field) -> Option<Spot> {
        let fields = into.fields_in(self)?;
        fields.push(field);
        let at = fields.len() - 1;
        Some(into.inside(at))
    }
}

/// A form in which nothing is asked yet.
pub fn new_form(key: FormKey, title: Texts) -> FormDefinition {
    FormDefinition { key, version: 1, title, intro: Texts::default(), acts: Vec::new(), elements: Vec::new() }
}

/// A key from words that no other has: `kan-barnet-simma`, `kan-barnet-simma-2`.
pub fn free_key(words: &str, taken: &[String]) -> String {
    let mut base: String = code_of(words).chars().take(40).collect();
    base = base.trim_matches('-').to_owned();
    if base.is_empty() {
        base = "a".to_owned();
    }
    let mut key = base.clone();
    let mut number = 2;
    while taken.contains(&key) {
        key = [base.as_str(), "-", &number.to_string()].concat();
        number += 1;
    }
    key
}

/// An act of this kind with what the kind asks for by law: a ground, who answers, and who decides.
pub fn new_act(form: &FormDefinition, kind: ActKind, title: Texts) -> Act {
    let taken: Vec<String> = form.acts.iter().map(|act| act.key.0.clone()).collect();
    let words = title.0.values().next().cloned().unwrap_or_default();
    let decision = (kind == ActKind::Application).then(|| DecisionRule {
        deciders: vec![Decider { function: Function::Principal, condition: None }],
        opinion: None,
        outcomes: vec![DecisionOutcome::Granted, DecisionOutcome::Partly, DecisionOutcome::Refused],
        fields: Vec::new(),
        law: Texts::default(),
        appeal: None,
        grants: Vec::new(),
        carries: Vec::new(),
        told: Vec::new(),
        days: None,
    });
    Act {
        key: ActKey(free_key(&words, &taken)),
        kind,
        subject: Subject::Child,
        title,
        short: None,
        purpose: Texts::default(),
        readers: Texts::default(),
        until: None,
        legal_basis: match kind {
            ActKind::Consent => LegalBasis::Consent,
            ActKind::Application => LegalBasis::OfficialAuthority,
            ActKind::Agreement => LegalBasis::Contract,
            _ => LegalBasis::PublicInterest,
        },
        law: Texts::default(),
        // What two people must agree on is asked of both.
        signers: match kind {
            ActKind::Consent | ActKind::Application | ActKind::Agreement => SignersRule::AllGuardians,
            _ => SignersRule::AnyGuardian,
        },
        retention: "school-year".to_owned(),
        fields: Vec::new(),
        rules: Vec::new(),
        applies_if: None,
        after: None,
        expires: None,
        reworded: false,
        on_demand: matches!(kind, ActKind::Application | ActKind::Notification),
        decision,
        follow_ups: Vec::new(),
        calls: Vec::new(),
        audience: Audience::Unit,
    }
}

/// A question of this kind among these.
pub fn new_field(beside: &[Field], label: Texts, kind: FieldKind) -> Field {
    let taken: Vec<String> = beside.iter().map(|field| field.key.0.clone()).collect();
    let words = label.0.values().next().cloned().unwrap_or_default();
    Field {
        key: FieldKey(free_key(&words, &taken)),
        label,
        help: None,
        kind,
        element: None,
        required: false,
        required_if: None,
        visible_if: None,
        same_for_siblings: false,
    }
}

/// An option with a key of its own and no words yet.
pub fn new_option(taken: &[String]) -> ChoiceOption {
    ChoiceOption { key: free_key("a", taken), label: Texts::default() }
}

impl Condition {
    /// True when it looks at this field.
    pub fn looks_at(&self, key: &FieldKey) -> bool {
        let mut found = false;
        self.each_field(&mut |field| found |= field == key);
        found
    }
}
