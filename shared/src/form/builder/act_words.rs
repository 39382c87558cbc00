//! The words that a part of each kind begins with: why it is asked, who sees it, how long it holds, and the law.

use crate::form::{Act, ActKind, Texts};
use serde::{Deserialize, Serialize};

/// The words of one kind. They are a beginning: whoever builds the form says more of what she asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ActWords {
    /// Of which kind.
    pub kind: ActKind,
    /// Why it is asked.
    pub purpose: Texts,
    /// Who sees the answer.
    pub readers: Texts,
    /// How long it holds. `None`: it need not be said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Texts>,
    /// The law that makes the part what it is.
    pub law: Texts,
    /// The law that a decision follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision_law: Option<Texts>,
}

impl Act {
    /// Gives the part the words of its kind. Words that somebody has written stay: only what is empty, or still says what the kind
    /// before began with, is replaced.
    pub fn take_words(&mut self, before: Option<&ActWords>, after: &ActWords) {
        let replace = |now: &mut Texts, before: Option<&Texts>, after: &Texts| {
            if now.is_empty() || Some(&*now) == before {
                now.clone_from(after);
            }
        };
        replace(&mut self.purpose, before.map(|words| &words.purpose), &after.purpose);
        replace(&mut self.readers, before.map(|words| &words.readers), &after.readers);
        replace(&mut self.law, before.map(|words| &words.law), &after.law);
        let until = before.and_then(|words| words.until.as_ref());
        if self.until.as_ref().is_none_or(Texts::is_empty) || self.until.as_ref() == until {
            self.until.clone_from(&after.until);
        }
        if let (Some(decision), Some(law)) = (&mut self.decision, &after.decision_law) {
            replace(&mut decision.law, before.and_then(|words| words.decision_law.as_ref()), law);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Locale;
    use crate::form::FormKey;
    use crate::form::builder::{new_act, new_form};

    fn words(text: &str) -> Texts {
        Texts([(Locale::Sv, text.to_owned())].into())
    }

    fn of(kind: ActKind, text: &str) -> ActWords {
        let until = (kind == ActKind::Consent).then(|| words("Tills du ändrar dig"));
        let decision_law = (kind == ActKind::Application).then(|| words("FL"));
        ActWords { kind, purpose: words(text), readers: words(text), until, law: words(text), decision_law }
    }

    #[test]
    fn another_kind_brings_its_words_and_takes_none_that_somebody_has_written() {
        let form = new_form(FormKey("prov".to_owned()), words("Prov"));
        let (consent, application) = (of(ActKind::Consent, "ja"), of(ActKind::Application, "ansök"));
        let mut act = new_act(&form, ActKind::Consent, words("Del"));
        act.take_words(None, &consent);
        assert_eq!((&act.purpose, &act.law, &act.until), (&words("ja"), &words("ja"), &consent.until));
        act.readers = words("Bara mentor");
        act.decision = new_act(&form, ActKind::Application, words("Del")).decision;
        act.take_words(Some(&consent), &application);
        assert_eq!((&act.purpose, &act.until), (&words("ansök"), &None));
        assert_eq!(act.readers, words("Bara mentor"));
        assert_eq!(act.decision.unwrap().law, words("FL"));
    }
}
