//! What somebody consents to, in words: the text whose hash is kept with each decision, and when two versions of it mean the
//! same. The first line names the way it is put together; what has been hashed must always be put together the same way.

use crate::form::{Act, Field, FieldKind, FormDefinition, Texts};
use crate::locale::Locale;

const WAY: &str = "skolstart consent text 1";

/// The exact text of one purpose in one language, line by line as it is shown.
pub fn consent_text(form: &FormDefinition, act: &Act, field: &Field, locale: Locale) -> String {
    let audience = match &field.kind {
        FieldKind::Consent { audience } => Some(audience),
        _ => None,
    };
    let parts = [
        Some(&form.title),
        Some(&act.title),
        Some(&act.purpose),
        Some(&act.readers),
        act.until.as_ref(),
        Some(&act.law),
        Some(&field.label),
        field.help.as_ref(),
        audience,
    ];
    let mut text = WAY.to_owned();
    for part in parts.into_iter().flatten() {
        text.push('\n');
        text.push_str(part.get(locale));
    }
    text
}

/// True when a yes to `earlier` is a yes to `later`, the next version: nothing that matters has changed, or its author has
/// said that only the words have.
pub fn same_meaning(earlier: &Act, later: &Act, field: &Field) -> bool {
    let Some(before) = earlier.field(&field.key) else { return false };
    // Who must say yes and for how long is never a matter of wording.
    if (&earlier.signers, earlier.expires, earlier.kind) != (&later.signers, later.expires, later.kind) {
        return false;
    }
    later.reworded
        || same_texts(&earlier.purpose, &later.purpose)
            && same_texts(&earlier.readers, &later.readers)
            && same_maybe(earlier.until.as_ref(), later.until.as_ref())
            && same_texts(&before.label, &field.label)
            && same_maybe(before.help.as_ref(), field.help.as_ref())
            && same_audience(&before.kind, &field.kind)
}

/// A language that is added or taken away changes nothing for those who read another.
fn same_texts(earlier: &Texts, later: &Texts) -> bool {
    earlier.0.iter().all(|(locale, text)| later.0.get(locale).is_none_or(|other| other.trim() == text.trim()))
}

fn same_maybe(earlier: Option<&Texts>, later: Option<&Texts>) -> bool {
    match (earlier, later) {
        (Some(earlier), Some(later)) => same_texts(earlier, later),
        (earlier, later) => earlier.is_none() && later.is_none(),
    }
}

fn same_audience(earlier: &FieldKind, later: &FieldKind) -> bool {
    match (earlier, later) {
        (FieldKind::Consent { audience: one }, FieldKind::Consent { audience: other }) => {
            same_texts(one, other)
        }
        _ => false,
    }
}
