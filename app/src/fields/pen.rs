//! Writes on a paper, and tells the widgets what concerns them.

use super::paper::{FileKeeper, Paper};
use super::watch::Watch;
use super::words::fault;
use crate::forms::{ActState, Doing, Input, Mode, Standing};
use crate::i18n::{locale, t, t_with, weekday};
use crate::ui::form::follow;
use leptos::prelude::*;
use skolstart_shared::fact::Value;
use skolstart_shared::form::{Answers, Field, FieldKey, FieldKind, Rule, Texts};
use skolstart_shared::violation::Code;
use skolstart_shared::{Locale, Violation};
use std::rc::Rc;

/// See the module. Copy it freely.
#[derive(Clone, Copy)]
pub struct Pen {
    paper: StoredValue<Rc<dyn Paper>, LocalStorage>,
    /// Somebody has tried to go on: everything that is wrong is said.
    tried: RwSignal<bool>,
    left: RwSignal<Vec<String>>,
    standing: RwSignal<Standing>,
    watches: StoredValue<Vec<Watch>>,
    language: Option<Locale>,
}

impl Pen {
    /// Starts on a paper. Ends with the reactive owner.
    pub fn new(paper: impl Paper + 'static) -> Self {
        Self::with_language(Rc::new(paper), None)
    }

    /// As [`Self::new`], with the texts of the form in this language whatever the page's is.
    pub fn in_language(paper: impl Paper + 'static, language: Locale) -> Self {
        Self::with_language(Rc::new(paper), Some(language))
    }

    fn with_language(paper: Rc<dyn Paper>, language: Option<Locale>) -> Self {
        let refused = untrack(|| paper.refused());
        let pen = Self {
            paper: StoredValue::new_local(paper),
            tried: RwSignal::new(!refused.is_empty()),
            left: RwSignal::default(),
            standing: RwSignal::default(),
            watches: StoredValue::default(),
            language,
        };
        pen.open(&refused);
        follow(move || pen.work_out());
        pen
    }

    /// Opens the known values with which something is wrong.
    fn open(self, wrong: &[Violation]) {
        for violation in wrong {
            let field = FieldKey(violation.path.split('.').next().unwrap_or_default().to_owned());
            let is_closed = self.with(|act| {
                let state = act.field(&field);
                state.known.is_some() && state.mode == Mode::Confirmed
            });
            if is_closed == Some(true) {
                self.paper().write(&field, Doing::Edit);
            }
        }
    }

    fn paper(self) -> Rc<dyn Paper> {
        self.paper.get_value()
    }

    /// Works out how everything stands, and tells the widgets.
    fn work_out(self) {
        let (paper, _, _) = (self.paper(), self.tried.get(), self.left.track());
        let refused = paper.refused();
        paper.read(&mut |act| {
            let mut standing = act.standing();
            standing.wrong.extend(refused.iter().cloned());
            self.watches.with_value(|watches| {
                for watch in watches {
                    watch.tell(self, act, &standing);
                }
            });
            self.standing.set(standing);
        });
    }

    /// Reads how the act stands. Does not follow it: widgets follow their [`Watch`], pages [`Self::standing`].
    pub fn with<T>(self, read: impl FnOnce(&ActState<'_>) -> T) -> Option<T> {
        let (mut read, mut found) = (Some(read), None);
        untrack(|| self.paper().read(&mut |act| found = read.take().map(|read| read(act))));
        found
    }

    /// How everything stands. Reactive.
    pub fn standing<T>(self, read: impl FnOnce(&Standing) -> T) -> T {
        self.standing.with(read)
    }

    /// Everything that is wrong, once somebody has tried to go on. Reactive.
    pub fn wrong(self) -> Vec<Violation> {
        if self.tried.get() { self.standing.with(|standing| standing.wrong.clone()) } else { Vec::new() }
    }

    /// Confirms every known value about which nothing has been said, except where sources differ.
    pub fn confirm_all(self) {
        for field in self.with(|act| act.taken_for_right()).unwrap_or_default() {
            self.paper().write(&field, Doing::Confirm);
        }
    }

    /// Tries to go on: confirms what has not been changed, and gives the answers when nothing is wrong. Otherwise says
    /// everything that is, and opens the known values among it.
    pub fn finish(self) -> Option<Answers> {
        self.confirm_all();
        let refused = untrack(|| self.paper().refused());
        let standing = self.with(|act| act.standing())?;
        if standing.wrong.is_empty() && refused.is_empty() {
            return Some(standing.answers);
        }
        self.open(&standing.wrong);
        self.open(&refused);
        self.tried.set(true);
        None
    }

    /// The answers to a field that were given for siblings.
    pub(super) fn siblings(self, field: &FieldKey) -> Vec<(String, Input)> {
        untrack(|| self.paper().siblings(field))
    }

    /// What can be taken as the answer to a field though nobody has given it.
    pub(super) fn offered(self, field: &FieldKey) -> Option<Value> {
        untrack(|| self.paper().offered(field))
    }

    /// What has been asked about the answer to a field.
    pub(super) fn asked(self, field: &FieldKey) -> Option<String> {
        untrack(|| self.paper().asked(field))
    }

    /// Where files are kept until the school has them.
    pub(super) fn files(self) -> Option<Rc<dyn FileKeeper>> {
        self.paper().files()
    }

    /// Does something with a field.
    pub(super) fn write(self, field: &FieldKey, doing: Doing) {
        self.paper().write(field, doing);
    }

    /// Puts an answer to a field of the act.
    pub(super) fn put(self, field: &FieldKey, input: Input) {
        self.write(field, Doing::Set(input));
    }

    /// Tells a widget from now on, until the reactive owner ends.
    pub(super) fn watch(self, watch: Watch) {
        self.with(|act| self.standing.with_untracked(|standing| watch.tell(self, act, standing)));
        let shown = watch.shown;
        self.watches.update_value(|watches| watches.push(watch));
        on_cleanup(move || {
            self.watches.try_update_value(|watches| watches.retain(|watch| watch.shown != shown));
        });
    }

    /// What is to be said about a path: nothing while somebody is still typing there, and that something is missing only
    /// after going on was tried.
    pub(super) fn to_say(self, path: &str, standing: &Standing) -> Option<Violation> {
        let found = standing.wrong.iter().find(|violation| violation.path == path)?;
        let is_left = found.code != Code::Required
            && self.left.with_untracked(|left| left.iter().any(|one| one == path));
        (self.tried.get_untracked() || is_left).then(|| found.clone())
    }

    /// What is to be said about a part of a field. Reactive.
    pub(super) fn said_under(self, path: &str) -> Option<Violation> {
        let (tried, left) = (self.tried.get(), self.left.with(|left| left.iter().any(|one| one == path)));
        self.standing.with(|standing| {
            let is_it = |one: &&Violation| {
                let is_part = |rest: &str| rest.is_empty() || rest.starts_with('.');
                one.path.strip_prefix(path).is_some_and(is_part)
                    && (tried || (left && one.code != Code::Required))
            };
            standing.wrong.iter().find(is_it).cloned()
        })
    }

    /// Somebody has left a field.
    pub(super) fn leave(self, path: &str) {
        if !self.left.with_untracked(|left| left.iter().any(|one| one == path)) {
            self.left.update(|left| left.push(path.to_owned()));
        }
    }

    /// Rows have changed places: what was left is somewhere else now.
    pub(super) fn forget_left(self) {
        self.left.set(Vec::new());
    }

    /// A text of the form.
    pub(super) fn text(self, texts: &Texts) -> String {
        texts.get(self.language.unwrap_or_else(locale)).to_owned()
    }

    /// What is wrong, in words.
    pub fn fault(self, violation: &Violation) -> String {
        let own = self.with(|act| {
            let rule = violation.params.iter().find(|(name, _)| name == "rule");
            let rule = rule.and_then(|(_, place)| act.act.rules.get(place.parse::<usize>().ok()?));
            match (rule, field_at(&act.act.fields, &violation.path)) {
                (Some(Rule::Must { says, .. }), _) => Some(self.text(says)),
                (_, Some(field)) if violation.code == Code::Required => match field.kind {
                    FieldKind::Consent { .. } => Some(t("violation.choose")),
                    FieldKind::Acknowledge { .. } => Some(t("violation.tick")),
                    _ => None,
                },
                _ => None,
            }
        });
        own.flatten().unwrap_or_else(|| fault(violation))
    }

    /// What the field of a path is called; within rows, which row and the column.
    pub fn label_of(self, path: &str) -> String {
        self.with(|act| self.label_in(&act.act.fields, path)).unwrap_or_default()
    }

    fn label_in(self, fields: &[Field], path: &str) -> String {
        let mut parts = path.splitn(3, '.');
        let (key, row, rest) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
        let Some(field) = fields.iter().find(|field| field.key.as_str() == key) else { return String::new() };
        match (&field.kind, row.and_then(|row| row.parse::<usize>().ok()), rest) {
            (FieldKind::Rows { fields, most: 1, .. }, Some(_), Some(rest)) => self.label_in(fields, rest),
            (FieldKind::Rows { fields, row: what, .. }, Some(row), Some(rest)) => {
                [&self.text(what), " ", &(row + 1).to_string(), ", ", &self.label_in(fields, rest)].concat()
            }
            (FieldKind::Schedule { .. }, _, _) => schedule_part(&self.text(&field.label), path),
            _ => self.text(&field.label),
        }
    }
}

/// "Vistelsetider, vecka 1, onsdag".
fn schedule_part(label: &str, path: &str) -> String {
    let mut parts = path.split('.').skip(1);
    let (first, second) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let number = |text: &str| text.parse::<u8>().map_or(0, |number| number.saturating_add(1));
    let counted = |key: &str, text: &str| t_with(key, &[("n", &number(text).to_string())]);
    match (first, number(second)) {
        ("except", _) => [label, ", ", &counted("schedule.exception", second)].concat(),
        (week, 0) if number(week) > 0 => [label, ", ", &counted("schedule.week", week)].concat(),
        (week, day) if number(week) > 0 => {
            [label, ", ", &counted("schedule.week", week), ", ", &weekday(day)].concat()
        }
        _ => label.to_owned(),
    }
}

/// The field or column of a path.
fn field_at<'a>(fields: &'a [Field], path: &str) -> Option<&'a Field> {
    let mut parts = path.splitn(3, '.');
    let (key, _, rest) = (parts.next()?, parts.next(), parts.next());
    let field = fields.iter().find(|field| field.key.as_str() == key)?;
    match rest {
        Some(rest) if matches!(field.kind, FieldKind::Rows { .. }) => field_at(field.kind.columns(), rest),
        _ => Some(field),
    }
}
