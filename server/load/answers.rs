//! Answers every task of a guardian as somebody would who takes the forms seriously: what is known is confirmed the first
//! time, later visits change it. Knows kinds of fields and the two questions that open half a form; no form by name.

use skolstart_shared::api::{HomeOut, TaskOut};
use skolstart_shared::contact::{Email, Phone};
use skolstart_shared::fact::{Row, Value};
use skolstart_shared::form::{
    Act, ActKind, Answers, Field, FieldKind, Setting, example, normalise, validate,
};
use skolstart_shared::locale::Locale;
use skolstart_shared::submission::{ActAnswer, SubmissionContent};

/// A content with what it holds.
pub(crate) struct Filled {
    pub(crate) content: SubmissionContent,
    /// Values that become or confirm facts.
    pub(crate) facts: usize,
    /// Consents answered.
    pub(crate) decisions: usize,
}

/// How much is answered in one submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sitting {
    /// What the guardian is asked about herself, and the forms of one child.
    OneChild,
    /// Everything: what the guardian is asked about herself and the forms of all her children.
    Family,
}

/// Answers a sitting. `visit` counts from 0 and changes the answers, so that each visit writes about as much. `None` for a
/// guardian who has nothing to answer or has a protected child, whose consents are given by law.
pub(crate) fn fill(home: &HomeOut, sitting: Sitting, visit: usize, family: usize) -> Option<Filled> {
    let round = home.round.as_ref()?.id;
    if home.children.iter().any(|child| child.protected) || home.tasks.is_empty() {
        return None;
    }
    let today = home.children.first()?.setting.today;
    let mut filled = Filled {
        content: SubmissionContent { round, locale: Locale::Sv, acts: Vec::new(), supersedes: None },
        facts: 0,
        decisions: 0,
    };
    let first = home.tasks.iter().find_map(|task| task.child)?;
    let asked = |task: &&TaskOut| sitting == Sitting::Family || task.child.is_none_or(|child| child == first);
    for task in home.tasks.iter().filter(asked) {
        let act = home.forms.iter().find(|form| form.reference() == task.form)?.act(&task.act)?;
        let child = home.children.iter().find(|child| Some(child.person) == task.child);
        let alone = Setting::of_nobody(today);
        let setting = child.map_or(alone, |child| child.setting);
        let answers = answer(act, task, &setting, Person { visit, family });
        let wrong = validate(act, &answers, &setting);
        assert!(
            wrong.is_empty(),
            "the load generator gives a wrong answer to {}: {wrong:?}",
            act.key.as_str()
        );
        match act.kind {
            ActKind::Consent => filled.decisions += answers.0.len(),
            _ => filled.facts += answers.0.len(),
        }
        let seen = act.fields.iter().filter(|field| field.is_visible(&answers, &setting));
        let version = |key| {
            let decided = task.purposes.get(key).and_then(|purpose| purpose.mine.as_ref());
            task.known.get(key).map(|known| known.version).or(decided.map(|mine| mine.version))
        };
        let base = seen.filter_map(|f| Some((f.key.clone(), version(&f.key)?))).collect();
        let (form, act) = (task.form.clone(), task.act.clone());
        filled.content.acts.push(ActAnswer { form, act, child: task.child, answers, base });
    }
    Some(filled)
}

#[derive(Clone, Copy)]
struct Person {
    visit: usize,
    family: usize,
}

fn answer(act: &Act, task: &TaskOut, setting: &Setting, person: Person) -> Answers {
    let mut answers = Answers::default();
    for field in &act.fields {
        if !field.is_visible(&answers, setting) {
            continue;
        }
        let known = task.known.get(&field.key).filter(|_| person.visit == 0);
        let value = known.map_or_else(|| value(field, setting, person), |known| Some(known.value.clone()));
        answers.set(&field.key, value);
    }
    normalise(act, &answers, setting)
}

fn value(field: &Field, setting: &Setting, Person { visit, family }: Person) -> Option<Value> {
    // Fictitious numbers and names: 070-174 06 05 to 99 are set aside by PTS, example.se by IIS.
    let number = 5 + (family + visit * 7) % 95;
    Some(match &field.kind {
        FieldKind::Text { .. } => Value::Text(format!("Mormor Karin {}", visit + 1)),
        FieldKind::LongText { .. } => {
            Value::Text(format!("Äter gärna kokta morötter, men inte råa. {}", visit + 1))
        }
        FieldKind::Number { min, .. } => Value::Number(*min),
        FieldKind::YesNo {} => Value::Flag(match field.key.as_str() {
            // One family in four has a child with a special diet; few children react severely.
            "special" => family.is_multiple_of(4),
            "severe" | "medicine" => false,
            _ => true,
        }),
        FieldKind::Choice { options } => Value::Choice(options[visit % options.len().min(2)].key.clone()),
        FieldKind::Choices { options, .. } => {
            Value::Choices(vec![options[visit % options.len()].key.clone()])
        }
        FieldKind::Phone {} => Phone::parse(&format!("+467017406{number:02}"))
            .map_or_else(|_| Value::Text(String::new()), Value::Phone),
        FieldKind::Email {} => Email::parse(&format!("namn{family}.{visit}@example.se"))
            .map_or_else(|_| Value::Text(String::new()), Value::Email),
        FieldKind::Rows { fields, least, .. } => {
            let rows = usize::from(*least).max(2);
            let row = |at: usize| -> Row {
                let person = Person { visit, family: family + at };
                let cell =
                    |column: &Field| Some((column.key.as_str().to_owned(), value(column, setting, person)?));
                fields.iter().filter_map(cell).collect()
            };
            Value::Rows((0..rows).map(row).collect())
        }
        _ => return example(field, visit, setting),
    })
}
