use super::rules::{Rules, about};
use crate::policy::{Grant, Principal, ReadOwnSubmissions};
use crate::store::{ConsentFile, ConsentRecord, Published, Store};
use crate::usecase::home::applies;
use crate::usecase::{ReadError, as_pupil};
use skolstart_shared::Locale;
use skolstart_shared::api::{
    ConsentOut, ConsentRecordOut, ConsentsOut, MyDecision, OwnRecordOut, Part, PurposeState,
};
use skolstart_shared::consent::{ConsentDecision, ConsentPurpose, consent_text, standing};
use skolstart_shared::form::{Act, Field, FieldKind, FormDefinition, FormRef};
use skolstart_shared::id::PersonId;
use skolstart_shared::round::Round;
use std::sync::Arc;

/// A purpose where it is asked now, or where it was asked last.
struct Asked<'a> {
    form: &'a FormDefinition,
    act: &'a Act,
    field: &'a Field,
}

/// The consents of the child of the grant, with what shows each decision.
///
/// # Errors
/// When they could not be read, or the reading not noted.
pub async fn read(
    store: &Store,
    grant: Grant<ReadOwnSubmissions>,
    principal: &Principal,
) -> Result<ConsentsOut, ReadError> {
    let (today, locale) = (store.clock().today(), principal.locale());
    let mut file = store.consents(&grant, today).await?.ok_or(ReadError::NotFound)?;
    if let Some(kept) = principal.kept_about(file.child.id) {
        let me = grant.actor();
        file.records
            .retain(|record| record.decision.by == me || !kept.keeps_form(&record.decision.purpose.form));
    }
    store.note(vec![grant.audit("child", Some(file.child.id.0))]).await?;
    let published = store.published();
    let rules = Rules::new(store, &published, today);
    let place = file.child.place;
    let asks = |round: &Round| place.is_some_and(|place| round.includes(&place.stands()));
    let round = published.met_by(today, asks).map(AsRef::as_ref);
    let decisions: Vec<ConsentDecision> = file.records.iter().map(|record| record.decision.clone()).collect();
    let book = Book { rules, file: &file, decisions, me: grant.actor(), locale };
    let mut asked = asked(&published, round, &file, &file.child.setting(today));
    if grant.actor() == file.child.id {
        // A pupil sees those in which her say counts, and what she has decided before.
        let has_decided = |asked: &Asked<'_>| {
            file.records
                .iter()
                .any(|record| record.decision.by == file.child.id && is_of(asked, &record.decision.purpose))
        };
        asked.retain(|asked| {
            has_decided(asked) || as_pupil::is_hers(&rules, &file.child, asked.form, asked.act, today)
        });
    }
    Ok(ConsentsOut { purposes: asked.iter().map(|asked| book.purpose(asked)).collect() })
}

/// What the round asks, and then what has been decided beside it.
fn asked<'a>(
    published: &'a Published,
    round: Option<&'a Round>,
    file: &ConsentFile,
    setting: &skolstart_shared::form::Setting,
) -> Vec<Asked<'a>> {
    let consents = |field: &&Field| matches!(field.kind, FieldKind::Consent { .. });
    let mut asked: Vec<Asked<'a>> = Vec::new();
    for (form, act) in round.into_iter().flat_map(|round| published.acts_of(round)) {
        if applies(act, setting) {
            asked.extend(act.fields.iter().filter(consents).map(|field| Asked { form, act, field }));
        }
    }
    for record in file.records.iter().rev() {
        let purpose = &record.decision.purpose;
        if !asked.iter().any(|asked| is_of(asked, purpose)) {
            let then = FormRef { key: purpose.form.clone(), version: record.decision.form_version };
            let now = published.asked_now(&purpose.form, round);
            let of = |form: &'a Arc<FormDefinition>| find(form, purpose);
            asked.extend(now.and_then(of).or_else(|| published.form(&then).and_then(of)));
        }
    }
    asked
}

fn find<'a>(form: &'a FormDefinition, purpose: &ConsentPurpose) -> Option<Asked<'a>> {
    let act = form.act(&purpose.act)?;
    Some(Asked { form, act, field: act.field(&purpose.field)? })
}

fn is_of(asked: &Asked<'_>, purpose: &ConsentPurpose) -> bool {
    (&asked.form.key, &asked.act.key, &asked.field.key) == (&purpose.form, &purpose.act, &purpose.field)
}

struct Book<'a> {
    rules: Rules<'a>,
    file: &'a ConsentFile,
    decisions: Vec<ConsentDecision>,
    me: PersonId,
    locale: Locale,
}

impl Book<'_> {
    fn purpose(&self, asked: &Asked<'_>) -> ConsentOut {
        let &Asked { form, act, field } = asked;
        let about = about(form, act, &field.key, &self.decisions);
        let mine = about.iter().filter(|decision| decision.by == self.me).max_by_key(|mine| mine.seq);
        let mine = mine.map(|decision| MyDecision {
            choice: decision.choice,
            at: decision.at,
            version: decision.version(),
        });
        let child = &self.file.child;
        let state = self.rules.ask(child, child.protected, form, act, field, |case| PurposeState {
            mine,
            standing: standing(case, &about),
            waits_for: case.waits_for_others(&about, self.me),
            until: case.until(&about),
        });
        // A pupil is told what stands, and not which of her guardians has said what.
        let is_shown =
            |record: &&ConsentRecord| self.me != self.file.child.id || record.decision.by == self.me;
        let records = self.file.records.iter().rev().filter(|record| is_of(asked, &record.decision.purpose));
        ConsentOut {
            form: form.reference(),
            act: act.key.clone(),
            field: field.key.clone(),
            title: act.title.get(self.locale).to_owned(),
            label: field.label.get(self.locale).to_owned(),
            state,
            records: records.filter(is_shown).map(|record| self.record(record)).collect(),
        }
    }

    fn record(&self, record: &ConsentRecord) -> ConsentRecordOut {
        let is_own = record.decision.by == self.me;
        let by = match record.pupil {
            _ if is_own => Part::You,
            true => Part::Pupil,
            false => Part::OtherGuardian,
        };
        ConsentRecordOut {
            at: record.decision.at,
            by,
            pupil: record.pupil,
            choice: record.decision.choice,
            identified: record.identified,
            own: is_own.then(|| OwnRecordOut {
                record: record.decision.seq,
                version: record.decision.form_version,
                locale: record.locale,
                hash: record.hash.clone(),
                limit: record.limit.clone(),
                text: self.text(record),
            }),
        }
    }

    /// The text as it was read. Its first line says how it is put together: that is for the hash, not for people.
    fn text(&self, record: &ConsentRecord) -> Vec<String> {
        let lines = notice(self.rules.published, record);
        lines.map(|lines| lines.into_iter().skip(1).collect()).unwrap_or_default()
    }
}

/// The exact text of a decision, line by line. What was not noted was shown in Swedish more often than not; no hash is claimed
/// for it.
pub(super) fn notice(published: &Published, record: &ConsentRecord) -> Option<Vec<String>> {
    let purpose = &record.decision.purpose;
    let then = FormRef { key: purpose.form.clone(), version: record.decision.form_version };
    let asked = find(published.form(&then)?, purpose)?;
    let text = consent_text(asked.form, asked.act, asked.field, record.locale.unwrap_or_default());
    Some(text.split('\n').map(str::to_owned).collect())
}
