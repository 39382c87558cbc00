//! Turns a session into what is sent, and what comes back into places on the screen.

use super::session::Session;
use super::step::StepKey;
use skolstart_shared::Map;
use skolstart_shared::fact::Value;
use skolstart_shared::form::FieldKey;
use skolstart_shared::locale::Locale;
use skolstart_shared::submission::{ActAnswer, SubmissionContent};

/// A place in a session that an answer of the server points at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The step.
    pub step: StepKey,
    /// The field, with row and column if there are any: `contacts.0.phone`.
    pub path: String,
}

impl Place {
    /// The field of the act.
    pub fn field(&self) -> FieldKey {
        FieldKey(self.path.split('.').next().unwrap_or_default().to_owned())
    }
}

/// Finds the place of a path such as `acts.2.phone` in what was sent. `None` when it points at nothing there.
pub fn place_of(content: &SubmissionContent, path: &str) -> Option<Place> {
    let mut parts = path.splitn(3, '.');
    parts.next().filter(|root| *root == "acts")?;
    let answer = content.acts.get(parts.next()?.parse::<usize>().ok()?)?;
    let step = StepKey::of_answer(answer);
    Some(Place { step, path: parts.next().unwrap_or_default().to_owned() })
}

impl Session {
    /// What would be sent now: the complete steps, in order. `None` when there is none.
    pub fn content(&self, locale: Locale) -> Option<SubmissionContent> {
        let steps = self.steps();
        let acts: Vec<ActAnswer> = steps.iter().filter_map(|step| self.answer(step)).collect();
        (!acts.is_empty()).then_some(SubmissionContent {
            round: self.draft.round,
            locale,
            acts,
            supersedes: steps.iter().find_map(|step| self.waiting(step)).map(|(item, _)| item.id),
        })
    }

    fn answer(&self, step: &StepKey) -> Option<ActAnswer> {
        let act = self.act(step).filter(|act| act.is_complete())?;
        Some(ActAnswer {
            form: self.task(step)?.form.clone(),
            act: act.act.key.clone(),
            child: step.child,
            answers: act.answers(),
            base: act.bases(),
        })
    }

    /// One decision about one consent, sent by itself: what she has said about others is neither repeated nor renewed. `None`
    /// when the act is not there.
    pub fn decision(
        &self,
        step: &StepKey,
        field: &FieldKey,
        yes: bool,
        locale: Locale,
    ) -> Option<SubmissionContent> {
        let act = self.act(step)?;
        let mut answers = skolstart_shared::form::Answers::default();
        answers.set(field, Some(Value::Flag(yes)));
        let mut base = Map::new();
        base.insert(field.clone(), act.version(field));
        let answer = ActAnswer {
            form: self.task(step)?.form.clone(),
            act: act.act.key.clone(),
            child: step.child,
            answers,
            base,
        };
        // Of two decisions that wait the later one knows of the earlier, which has no version yet.
        let is_it = |sent: &ActAnswer| step.is_answered_by(sent) && sent.answers.get(field).is_some();
        let mut waiting = self.draft.outbox.items().iter().rev();
        let before = waiting.find(|item| item.body.content.acts.iter().any(is_it));
        let (round, supersedes) = (self.draft.round, before.map(|item| item.id));
        Some(SubmissionContent { round, locale, acts: vec![answer], supersedes })
    }
}

impl super::act::ActState<'_> {
    /// The versions of the known values that the answers were given on, and of the decisions that were known: a yes stands on what
    /// she knew when she said it, not on what has come since.
    pub fn bases(&self) -> Map<FieldKey, u32> {
        let mut bases = Map::new();
        for field in self.visible() {
            let seen = self.draft.and_then(|draft| draft.fields.get(&field.key)).map_or(0, |done| done.base);
            let is_consent = self.purposes.contains_key(&field.key);
            let base = if seen == 0 && !is_consent { self.version(&field.key) } else { seen };
            if base > 0 {
                bases.insert(field.key.clone(), base);
            }
        }
        bases
    }
}
