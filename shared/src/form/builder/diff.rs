//! What differs between two versions of a form, as codes with names: the sentences stand under `diff.*` in the staff
//! program's texts.

use super::kinds::kind_name;
use crate::form::{Act, ChoiceOption, Field, FieldKind, FormDefinition, Texts};
use crate::locale::Locale;
use std::collections::BTreeMap;

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it is.
    pub code: ChangeCode,
    /// Where, as in the check list: nothing for the form, `act`, `act/field`, `act/field.column`.
    pub path: String,
    /// What the sentence about it needs: `name` of what is changed, and `before` and `after` where they are words.
    pub params: BTreeMap<&'static str, String>,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident $key:literal)*) => {
        /// What can differ.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ChangeCode {$($(#[$doc])* $name,)*}

        impl ChangeCode {
            /// All.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The name in kebab case, as in the translation keys: `diff.CODE`.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $key),* }
            }
        }
    };
}

codes! {
    /// A part is new.
    ActAdded "act-added"
    /// A part is gone.
    ActRemoved "act-removed"
    /// Parts stand in another order.
    ActsMoved "acts-moved"
    /// A question is new.
    FieldAdded "field-added"
    /// A question is gone.
    FieldRemoved "field-removed"
    /// Questions stand in another order.
    FieldsMoved "fields-moved"
    /// A text says something else.
    Text "text"
    /// Another kind of answer.
    Kind "kind"
    /// Other limits of the answer.
    Limits "limits"
    /// An option is new.
    OptionAdded "option-added"
    /// An option is gone.
    OptionRemoved "option-removed"
    /// It must be answered now.
    Required "required"
    /// It need not be answered any more.
    NotRequired "not-required"
    /// When it must be answered.
    RequiredIf "required-if"
    /// When it is asked.
    VisibleIf "visible-if"
    /// For which children the part is.
    AppliesIf "applies-if"
    /// Which known element the answer belongs to.
    Element "element"
    /// What the part is in law.
    ActKind "act-kind"
    /// Who must answer.
    Signers "signers"
    /// The legal ground.
    Basis "basis"
    /// How long answers are kept.
    Retention "retention"
    /// When an answer ends.
    Expiry "expiry"
    /// What must hold between answers.
    Rules "rules"
    /// Who decides, and how.
    Decision "decision"
    /// What an answer sets in motion.
    FollowUps "follow-ups"
    /// Which other forms an answer calls for.
    Calls "calls"
    /// Anything else.
    Other "other"
}

/// What differs, in the order of `after`; names in this language. The version itself is no difference.
pub fn diff(before: &FormDefinition, after: &FormDefinition, locale: Locale) -> Vec<Change> {
    let mut book = Book { locale, found: Vec::new() };
    for (old, new) in [(&before.title, &after.title), (&before.intro, &after.intro)] {
        book.text("", after.title.get(locale), old, new);
    }
    let keys = |form: &FormDefinition| form.acts.iter().map(|act| act.key.0.clone()).collect::<Vec<_>>();
    for act in &after.acts {
        match before.act(&act.key) {
            Some(old) => book.act(old, act),
            None => book.say(ChangeCode::ActAdded, act.key.as_str(), act.title.get(locale)),
        }
    }
    for act in before.acts.iter().filter(|act| after.act(&act.key).is_none()) {
        book.say(ChangeCode::ActRemoved, "", act.title.get(locale));
    }
    if moved(&keys(before), &keys(after)) {
        book.say(ChangeCode::ActsMoved, "", after.title.get(locale));
    }
    // How an element is described is changed in the catalogue; a question that names another one has been told of.
    let elements = after.elements.clone();
    let same_version = FormDefinition { version: after.version, elements, ..before.clone() };
    if book.found.is_empty() && same_version != *after {
        book.say(ChangeCode::Other, "", after.title.get(locale));
    }
    book.found
}

struct Book {
    locale: Locale,
    found: Vec<Change>,
}

impl Book {
    fn say(&mut self, code: ChangeCode, path: &str, name: &str) {
        let params = BTreeMap::from([("name", name.to_owned())]);
        self.found.push(Change { code, path: path.to_owned(), params });
    }

    fn say_if(&mut self, differs: bool, code: ChangeCode, path: &str, name: &str) {
        if differs {
            self.say(code, path, name);
        }
    }

    fn said(&mut self, code: ChangeCode, path: &str, name: &str, before: &str, after: &str) {
        self.say(code, path, name);
        if let Some(change) = self.found.last_mut() {
            change.params.insert("before", before.to_owned());
            change.params.insert("after", after.to_owned());
        }
    }

    /// A text in each language where it differs, what it said and what it says.
    fn text(&mut self, path: &str, name: &str, before: &Texts, after: &Texts) {
        for locale in Locale::ALL {
            let of =
                |texts: &Texts| texts.0.get(locale).map(|text| text.trim().to_owned()).unwrap_or_default();
            let (old, new) = (of(before), of(after));
            if old != new {
                self.said(ChangeCode::Text, path, name, &old, &new);
                if let Some(change) = self.found.last_mut() {
                    change.params.insert("language", locale.own_name().to_owned());
                }
            }
        }
    }

    fn act(&mut self, before: &Act, after: &Act) {
        let (path, locale) = (after.key.as_str(), self.locale);
        let name = after.title.get(locale).to_owned();
        let none = Texts::default();
        let or_none = |texts: &Option<Texts>| texts.clone().unwrap_or_default();
        let texts = [
            (&before.title, &after.title),
            (&or_none(&before.short), &or_none(&after.short)),
            (&before.purpose, &after.purpose),
            (&before.readers, &after.readers),
            (before.until.as_ref().unwrap_or(&none), after.until.as_ref().unwrap_or(&none)),
            (&before.law, &after.law),
        ];
        for (old, new) in texts {
            self.text(path, &name, old, new);
        }
        let kind = (before.kind, before.subject) != (after.kind, after.subject);
        self.say_if(kind, ChangeCode::ActKind, path, &name);
        self.say_if(before.signers != after.signers, ChangeCode::Signers, path, &name);
        self.say_if(before.legal_basis != after.legal_basis, ChangeCode::Basis, path, &name);
        self.say_if(before.retention != after.retention, ChangeCode::Retention, path, &name);
        self.say_if(before.expires != after.expires, ChangeCode::Expiry, path, &name);
        let when = (&before.applies_if, &before.after, before.on_demand);
        let applies = when != (&after.applies_if, &after.after, after.on_demand);
        self.say_if(applies, ChangeCode::AppliesIf, path, &name);
        self.say_if(before.rules != after.rules, ChangeCode::Rules, path, &name);
        self.say_if(before.decision != after.decision, ChangeCode::Decision, path, &name);
        self.say_if(before.follow_ups != after.follow_ups, ChangeCode::FollowUps, path, &name);
        self.say_if(before.calls != after.calls, ChangeCode::Calls, path, &name);
        self.fields(&format!("{path}/"), path, &name, &before.fields, &after.fields);
    }

    /// The fields of an act or the columns of rows. `inside`: what their paths begin with.
    fn fields(&mut self, inside: &str, path: &str, name: &str, before: &[Field], after: &[Field]) {
        let locale = self.locale;
        for field in after {
            let at = [inside, field.key.as_str()].concat();
            match before.iter().find(|old| old.key == field.key) {
                Some(old) => self.field(&at, old, field),
                None => self.say(ChangeCode::FieldAdded, &at, field.label.get(locale)),
            }
        }
        for field in before.iter().filter(|old| !after.iter().any(|field| field.key == old.key)) {
            self.say(ChangeCode::FieldRemoved, path, field.label.get(locale));
        }
        let keys = |fields: &[Field]| fields.iter().map(|field| field.key.0.clone()).collect::<Vec<_>>();
        self.say_if(moved(&keys(before), &keys(after)), ChangeCode::FieldsMoved, path, name);
    }

    fn field(&mut self, path: &str, before: &Field, after: &Field) {
        let name = after.label.get(self.locale).to_owned();
        let none = Texts::default();
        self.text(path, &name, &before.label, &after.label);
        self.text(path, &name, before.help.as_ref().unwrap_or(&none), after.help.as_ref().unwrap_or(&none));
        match (before.required, after.required) {
            (false, true) => self.say(ChangeCode::Required, path, &name),
            (true, false) => self.say(ChangeCode::NotRequired, path, &name),
            _ => {}
        }
        self.say_if(before.required_if != after.required_if, ChangeCode::RequiredIf, path, &name);
        self.say_if(before.visible_if != after.visible_if, ChangeCode::VisibleIf, path, &name);
        self.say_if(before.element != after.element, ChangeCode::Element, path, &name);
        self.say_if(before.same_for_siblings != after.same_for_siblings, ChangeCode::Other, path, &name);
        self.kind(path, &name, &before.kind, &after.kind);
    }

    fn kind(&mut self, path: &str, name: &str, before: &FieldKind, after: &FieldKind) {
        let (old, new) = (kind_name(before), kind_name(after));
        if old != new {
            return self.said(ChangeCode::Kind, path, name, old, new);
        }
        self.options(path, name, options_of(before), options_of(after));
        self.fields(&[path, "."].concat(), path, name, before.columns(), after.columns());
        let (old, new) = (texts_of(before), texts_of(after));
        for (old, new) in old.iter().zip(&new) {
            self.text(path, name, old, new);
        }
        self.say_if(limits_of(before) != limits_of(after), ChangeCode::Limits, path, name);
    }

    fn options(&mut self, path: &str, name: &str, before: &[ChoiceOption], after: &[ChoiceOption]) {
        let locale = self.locale;
        for option in after {
            match before.iter().find(|old| old.key == option.key) {
                Some(old) => self.text(path, name, &old.label, &option.label),
                None => self.said(ChangeCode::OptionAdded, path, name, "", option.label.get(locale)),
            }
        }
        for option in before.iter().filter(|old| !after.iter().any(|option| option.key == old.key)) {
            self.said(ChangeCode::OptionRemoved, path, name, option.label.get(locale), "");
        }
        let keys = |all: &[ChoiceOption]| all.iter().map(|option| option.key.clone()).collect::<Vec<_>>();
        self.say_if(moved(&keys(before), &keys(after)), ChangeCode::FieldsMoved, path, name);
    }
}

fn options_of(kind: &FieldKind) -> &[ChoiceOption] {
    match kind {
        FieldKind::Choice { options } | FieldKind::Choices { options, .. } => options,
        FieldKind::Schedule { homes, .. } => homes,
        _ => &[],
    }
}

/// The texts of a kind that are neither an option's nor a column's.
fn texts_of(kind: &FieldKind) -> Vec<Texts> {
    match kind {
        FieldKind::LongText { caution: text, .. }
        | FieldKind::Consent { audience: text }
        | FieldKind::Information { text }
        | FieldKind::Acknowledge { text }
        | FieldKind::Choices { none: text, .. } => vec![text.clone()],
        FieldKind::Rows { add, row, .. } => vec![add.clone(), row.clone()],
        _ => Vec::new(),
    }
}

/// A kind without words, options and columns.
fn limits_of(kind: &FieldKind) -> FieldKind {
    let mut plain = kind.clone();
    match &mut plain {
        FieldKind::Choice { options } | FieldKind::Choices { options, .. } => options.clear(),
        FieldKind::Schedule { homes, .. } => homes.clear(),
        FieldKind::Rows { fields, .. } => fields.clear(),
        _ => {}
    }
    plain.each_text(&mut |texts| *texts = Texts::default());
    plain
}

/// True when what both have stands in another order.
fn moved(before: &[String], after: &[String]) -> bool {
    let kept = before.iter().filter(|key| after.contains(key));
    !kept.eq(after.iter().filter(|key| before.contains(key)))
}
