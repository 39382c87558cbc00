//! May this picture be published? The children of a group in one view, and the list for whoever takes the pictures.

use super::rules::{Rules, about};
use crate::i18n::t;
use crate::policy::{Grant, ReadPictures, Scope};
use crate::sheet;
use crate::store::{AuditEntry, PictureChild, PictureFile, Published, Store, StoreError};
use crate::usecase::ReadError;
use crate::usecase::home::applies;
use crate::usecase::names::natural;
use skolstart_shared::api::{
    ConsentChannel, FileOut, PictureCell, PictureConsentsOut, PictureList, PictureRow, SheetKind,
};
use skolstart_shared::consent::{ConsentCase, ConsentDecision, ConsentPurpose, Standing, standing};
use skolstart_shared::fact::Subject;
use skolstart_shared::form::{Act, ActKind, Field, FormDefinition};
use skolstart_shared::id::UnitId;
use skolstart_shared::round::{Round, Stands};
use skolstart_shared::{Date, Locale, Timestamp, base64};
use std::collections::BTreeSet;

/// The retention class of consents about pictures: what staff look up here. Other consents, such as those of school health,
/// are for those who have that task.
const PICTURES: &str = "picture-consent";

struct Channel<'a> {
    form: &'a FormDefinition,
    act: &'a Act,
    field: &'a Field,
}

/// The channels of the children's round, then those of what other rounds have asked of any of them, of forms on offer, and of
/// what has been decided about them: whatever is asked now, a yes that was given holds. A form comes in the version that is
/// asked now, otherwise in its newest; what only an older one had, and was decided, comes after it.
fn channels<'a>(published: &'a Published, today: Date, file: &PictureFile) -> Vec<Channel<'a>> {
    let places = file.children.iter().filter_map(|found| found.child.place);
    let stands: Vec<Stands> = places.map(|place| place.stands()).collect();
    let asks = |round: &Round| stands.iter().any(|stands| round.includes(stands));
    let round = published.current_for(today, asks).map(AsRef::as_ref);
    let opened = published.rounds().iter().rev().map(AsRef::as_ref);
    let opened = opened.filter(|other: &&Round| other.opens <= today && asks(other));
    let decided: BTreeSet<&ConsentPurpose> =
        file.decisions.values().flatten().map(|decision| &decision.purpose).collect();
    let named = round.into_iter().chain(opened).flat_map(|round| &round.forms).map(|form| &form.key);
    let on_offer = published.offered().map(|form| &form.key);
    let keys = named.chain(on_offer).chain(decided.iter().map(|purpose| &purpose.form));
    let mut forms: Vec<&FormDefinition> = Vec::new();
    for key in keys {
        if forms.iter().all(|form| form.key != *key) {
            forms.extend(published.asked_now(key, round).map(AsRef::as_ref));
        }
    }
    let acts = forms.into_iter().flat_map(|form| form.acts.iter().map(move |act| (form, act)));
    let mut channels: Vec<Channel<'a>> = acts
        .filter(|(_, act)| is_about_pictures(act))
        .flat_map(|(form, act)| act.fields.iter().map(move |field| Channel { form, act, field }))
        .filter(|channel| channel.field.kind.is_asked())
        .collect();
    let is_left = |purpose: &&ConsentPurpose| !channels.iter().any(|channel| channel.is_of(purpose));
    let left: Vec<_> = decided.into_iter().filter(is_left).collect();
    channels.extend(left.into_iter().filter_map(|purpose| last_with(published, purpose)));
    channels
}

fn is_about_pictures(act: &Act) -> bool {
    act.kind == ActKind::Consent && act.subject == Subject::Child && act.retention == PICTURES
}

/// A channel as it was asked last.
fn last_with<'a>(published: &'a Published, purpose: &ConsentPurpose) -> Option<Channel<'a>> {
    let (form, act, field) = published.last_with(&purpose.form, &purpose.act, &purpose.field)?;
    is_about_pictures(act).then_some(Channel { form, act, field })
}

impl Channel<'_> {
    fn is_of(&self, purpose: &ConsentPurpose) -> bool {
        (&self.form.key, &self.act.key, &self.field.key) == (&purpose.form, &purpose.act, &purpose.field)
    }
}

/// The group of the grant.
///
/// # Errors
/// When it could not be read, or the reading not noted.
pub async fn pictures(
    store: &Store,
    grant: Grant<ReadPictures>,
    locale: Locale,
) -> Result<PictureConsentsOut, ReadError> {
    let today = store.clock().today();
    let file = store.pictures(&grant, today).await?.ok_or(ReadError::NotFound)?;
    // After the reading: what is shown was true no later than this.
    let at = store.clock().now();
    let (always, listed) = seen(&grant, &file, "picture-consents");
    store.note_list(always, listed).await?;
    let published = store.published();
    let channels = channels(&published, today, &file);
    let desk = Desk { rules: Rules::new(store, &published, today), file: &file, today };
    let mut rows: Vec<PictureRow> = file.children.iter().map(|child| desk.row(child, &channels)).collect();
    rows.sort_by_key(|row| (natural(&row.family_name), natural(&row.given_name), row.child));
    let told = |channel: &Channel<'_>| ConsentChannel {
        form: channel.form.key.clone(),
        act: channel.act.key.clone(),
        field: channel.field.key.clone(),
        title: channel.act.title.get(locale).to_owned(),
        label: channel.field.label.get(locale).to_owned(),
    };
    let channels = channels.iter().map(told).collect();
    Ok(PictureConsentsOut { at, channels, rows, name: file.name, unit_name: file.unit_name })
}

/// How a list leaves the house.
pub struct TakenOut {
    /// The kind of file.
    pub kind: SheetKind,
    /// Who takes it out.
    pub by: String,
    /// For how many children it was asked.
    pub most: u32,
    /// What the audit trail is to say of it, beside each child.
    pub noted: AuditEntry,
}

/// A list of yes and no, and nothing about why. Children who must never be shown are not on it, whoever asks. Each row says when and
/// by whom it was taken out. `None` when there are more children by now than it was asked for.
///
/// # Errors
/// [`ReadError::NotFound`] for an act that is not about pictures; otherwise as [`pictures`].
pub async fn picture_list(
    store: &Store,
    grant: Grant<ReadPictures>,
    asked: &PictureList,
    TakenOut { kind, by, most, noted }: TakenOut,
    locale: Locale,
) -> Result<Option<FileOut>, ReadError> {
    let today = store.clock().today();
    let mut file = store.pictures(&grant, today).await?.ok_or(ReadError::NotFound)?;
    file.children.retain(|child| !child.shielded);
    if file.children.len() > usize::try_from(most).unwrap_or(usize::MAX) {
        return Ok(None);
    }
    let at = store.clock().now();
    let published = store.published();
    let channels = asked_for(&published, today, &file, asked)?;
    // A list that leaves the house is noted for every child on it.
    let (always, listed) = seen(&grant, &file, "picture-list");
    store.note(std::iter::once(noted).chain(always).chain(listed).collect()).await?;
    let desk = Desk { rules: Rules::new(store, &published, today), file: &file, today };
    let mut children: Vec<PictureRow> =
        file.children.iter().map(|child| desk.row(child, &channels)).collect();
    children.sort_by_key(|row| (natural(&row.family_name), natural(&row.given_name), row.child));
    let rows = sheet_rows(&file, &channels, &children, [moment(store, at), by], locale);
    let name = t("consents.list.file", locale);
    let bytes = sheet::write(kind, name, &rows).map_err(|_| StoreError::Corrupt("picture-list"))?;
    Ok(Some(FileOut {
        name: format!("{name}-{today}.{}", kind.as_str()),
        media_type: match kind {
            SheetKind::Csv => "text/csv",
            SheetKind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
        .to_owned(),
        content: base64::encode(&bytes),
    }))
}

fn asked_for<'a>(
    published: &'a Published,
    today: Date,
    file: &PictureFile,
    asked: &PictureList,
) -> Result<Vec<Channel<'a>>, ReadError> {
    let mut channels = channels(published, today, file);
    channels.retain(|channel| channel.form.key == asked.form && channel.act.key == asked.act);
    if channels.is_empty() { Err(ReadError::NotFound) } else { Ok(channels) }
}

/// The unit of the group, and how many children are on such a list.
///
/// # Errors
/// [`ReadError::NotFound`] for an act that is not about pictures.
pub async fn picture_children(
    store: &Store,
    grant: &Grant<ReadPictures>,
    asked: &PictureList,
) -> Result<(UnitId, u32), ReadError> {
    let today = store.clock().today();
    let Scope::Group { unit, .. } = grant.scope() else { return Err(ReadError::NotFound) };
    let file = store.pictures(grant, today).await?.ok_or(ReadError::NotFound)?;
    asked_for(&store.published(), today, &file, asked)?;
    let shown = file.children.iter().filter(|child| !child.shielded).count();
    Ok((*unit, u32::try_from(shown).unwrap_or(u32::MAX)))
}

/// What such a list is called.
pub fn list_title(store: &Store, asked: &PictureList, locale: Locale) -> String {
    let published = store.published();
    let act = published.newest(&asked.form).and_then(|form| form.act(&asked.act));
    act.map_or_else(String::new, |act| act.title.get(locale).to_owned())
}

/// "2026-09-07 12:00", as the clock on the wall shows it.
fn moment(store: &Store, at: Timestamp) -> String {
    store.clock().local(at)
}

fn sheet_rows(
    file: &PictureFile,
    channels: &[Channel<'_>],
    children: &[PictureRow],
    taken_out: [String; 2],
    locale: Locale,
) -> Vec<Vec<String>> {
    let mut heading = vec![
        t("consents.list.group", locale).to_owned(),
        t("consents.list.family-name", locale).to_owned(),
        t("consents.list.given-name", locale).to_owned(),
    ];
    heading.extend(channels.iter().map(|channel| channel.field.label.get(locale).to_owned()));
    heading.push(t("consents.list.true-at", locale).to_owned());
    heading.push(t("consents.list.taken-out-by", locale).to_owned());
    let (yes, no) = (t("consents.list.yes", locale), t("consents.list.no", locale));
    let row = |row: &PictureRow| {
        let mut cells = vec![file.name.clone(), row.family_name.clone(), row.given_name.clone()];
        let allows = |cell: &Option<PictureCell>| cell.as_ref().is_some_and(|cell| cell.standing.allows());
        cells.extend(row.cells.iter().map(|cell| if allows(cell) { yes } else { no }.to_owned()));
        cells.extend(taken_out.clone());
        cells
    };
    std::iter::once(heading).chain(children.iter().map(row)).collect()
}

struct Desk<'a> {
    rules: Rules<'a>,
    file: &'a PictureFile,
    today: Date,
}

impl Desk<'_> {
    fn row(&self, found: &PictureChild, channels: &[Channel<'_>]) -> PictureRow {
        let child = &found.child;
        let name = child.name.for_staff();
        PictureRow {
            child: child.id,
            given_name: name.given,
            family_name: name.family,
            protected: found.shielded,
            cells: channels.iter().map(|channel| self.cell(found, channel)).collect(),
        }
    }

    fn cell(&self, found: &PictureChild, channel: &Channel<'_>) -> Option<PictureCell> {
        let (child, &Channel { form, act, field }) = (&found.child, channel);
        if !applies(act, &child.setting(self.today)) {
            return None;
        }
        let decisions = self.file.decisions.get(&child.id).map_or(&[][..], Vec::as_slice);
        let about = about(form, act, &field.key, decisions);
        Some(self.rules.ask(child, found.shielded, form, act, field, |case| PictureCell {
            standing: standing(case, &about),
            until: case.until(&about),
            limits: self.limits(case, &about),
        }))
    }
}

impl Desk<'_> {
    /// The limits of those whose answer counts.
    fn limits(&self, case: &ConsentCase<'_>, about: &[ConsentDecision]) -> Vec<String> {
        match standing(case, about) {
            Standing::Limited(_) => {
                case.limited(about).iter().filter_map(|seq| self.file.limits.get(seq).cloned()).collect()
            }
            _ => Vec::new(),
        }
    }
}

// One entry for the group and one for each child whose identity is protected; and one for each of the other children.
fn seen(
    grant: &Grant<ReadPictures>,
    file: &PictureFile,
    kind: &'static str,
) -> (Vec<AuditEntry>, impl Iterator<Item = AuditEntry>) {
    let group = grant.audit(kind, grant.group().map(|group| group.0));
    let protected = file.children.iter().filter(|child| child.shielded);
    let children = protected.map(|child| grant.audit("protected-child", Some(child.child.id.0)));
    let listed = file.children.iter().filter(|child| !child.shielded);
    let listed = listed.map(|child| grant.audit("listed-child", Some(child.child.id.0)));
    (std::iter::once(group).chain(children).collect(), listed)
}
