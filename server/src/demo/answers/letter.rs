//! Everything a guardian sends at one time. Called by `play`.

use super::contact::{Raw, collect, own, to_reach};
use super::diet::diet;
use super::family::{Adult, Child, Family};
use super::pictures::pictures;
use super::turnout::{Year, age};
use crate::demo::random::ident;
use crate::demo::words::Words;
use crate::store::Published;
use anyhow::Context;
use sha2::{Digest, Sha256};
use skolstart_shared::fact::Subject;
use skolstart_shared::form::{Act, Answers, FieldKey, FormDefinition, Setting, normalise};
use skolstart_shared::id::{PersonId, SubmissionId};
use skolstart_shared::round::Round;
use skolstart_shared::submission::{ActAnswer, ContentHash, SubmissionContent, SubmissionIn};
use skolstart_shared::{Date, Locale};

/// What letters are written from.
pub(super) struct Writer<'a> {
    pub(super) seed: u64,
    pub(super) words: &'a Words,
    pub(super) published: &'a Published,
    pub(super) round: &'a Round,
    pub(super) year: Year,
}

impl Writer<'_> {
    /// What an adult of the family sends on `today`.
    ///
    /// # Errors
    /// When the round is about a form that is not published.
    pub(super) fn letter(
        &self,
        family: &Family,
        adult: &Adult,
        unfinished: bool,
        today: Date,
    ) -> anyhow::Result<(SubmissionId, SubmissionIn)> {
        let mut acts = Vec::new();
        let forms = self.round.forms.len() - usize::from(unfinished && self.round.forms.len() > 1);
        for reference in self.round.forms.iter().take(forms) {
            let form =
                self.published.form(reference).context("the round has a form that is not published")?;
            for act in &form.acts {
                self.answer(family, adult, form, act, today, &mut acts);
            }
        }
        let content = SubmissionContent { round: self.round.id, locale: Locale::Sv, acts, supersedes: None };
        let hash = hash(&content)?;
        let id = SubmissionId(ident(self.seed, &format!("submission/{}/{}", self.round.id, adult.id), 0));
        Ok((id, SubmissionIn { content, hash }))
    }

    fn answer(
        &self,
        family: &Family,
        adult: &Adult,
        form: &FormDefinition,
        act: &Act,
        today: Date,
        into: &mut Vec<ActAnswer>,
    ) {
        let mut put = |child: Option<&Child>, setting: &Setting| {
            let applies = act.applies_if.as_ref().is_none_or(|rule| rule.holds(&Answers::default(), setting));
            let Some(raw) = self.raw(form, act, family, adult, child).filter(|_| applies) else { return };
            let answers = raw.into_iter().map(|(key, value)| (FieldKey(key.to_owned()), value)).collect();
            into.push(ActAnswer {
                form: form.reference(),
                act: act.key.clone(),
                child: child.map(|child| PersonId(child.id)),
                answers: normalise(act, &answers, setting),
                base: Default::default(),
            });
        };
        match act.subject {
            Subject::Guardian => put(None, &Setting::of_nobody(today)),
            Subject::Child => {
                // Who began this year was not asked last year.
                let asked = family.children.iter().filter(|child| age(child, self.year) > 0);
                asked.for_each(|child| put(Some(child), &child.setting(today)));
            }
        }
    }

    /// What she says, hidden fields too. `None` for an act that nobody here knows what to say about.
    fn raw(
        &self,
        form: &FormDefinition,
        act: &Act,
        family: &Family,
        adult: &Adult,
        child: Option<&Child>,
    ) -> Option<Raw> {
        let (seed, year) = (self.seed, self.year);
        match (form.key.as_str(), act.key.as_str(), child) {
            ("contact-details", "own", None) => Some(own(seed, adult, year)),
            ("contact-details", "to-reach", Some(child)) => {
                Some(to_reach(seed, adult, child, year, self.words))
            }
            ("contact-details", "collect", Some(child)) => {
                Some(collect(seed, adult, child, year, self.words))
            }
            ("special-diet", "diet", Some(child)) => Some(diet(seed, child, year)),
            ("pictures", "publish", Some(_)) => Some(pictures(seed, family, adult, year)),
            _ => None,
        }
    }
}

/// The hash of a content, as the browser computes it.
pub(super) fn hash(content: &SubmissionContent) -> anyhow::Result<ContentHash> {
    Ok(ContentHash::of_digest(&Sha256::digest(content.canonical_bytes()?)))
}
