use super::check::Checked;
use super::leaving::Named;
use super::report::{Counts, ImportReport};
use super::{ImportError, blocking};
use crate::register::ss12000::{
    BadFile, Folder, Found, Person, Place, Reason, ReasonCode, Rejected, Resource,
};
use crate::store::{Change, PersonIn, References, Store, StoreError};
use skolstart_shared::Date;
use std::collections::HashSet;
use std::future::Future;
use std::ops::ControlFlow;
use std::sync::Arc;
use tokio::sync::mpsc;
use uuid::Uuid;

/// Records in one transaction: bounds how long a submission waits for an import that runs at the same time.
const PART: usize = 500;

type Record<T> = Result<Found<T>, Rejected>;

/// A run on its way.
pub(super) struct Importer<'a> {
    store: &'a Store,
    folder: Arc<Folder>,
    run: Uuid,
    today: Date,
    known: References,
    named: Named,
    report: ImportReport,
}

impl<'a> Importer<'a> {
    pub(super) async fn new(store: &'a Store, folder: Arc<Folder>, run: Uuid) -> Result<Self, ImportError> {
        let known = store.register_ids().await?;
        let today = store.clock().today();
        let (named, report) = (Named::default(), ImportReport::new(run));
        Ok(Self { store, folder, run, today, known, named, report })
    }

    /// What was read, and what all of it names.
    pub(super) fn finish(self) -> (ImportReport, Named) {
        (self.report, self.named)
    }

    /// Takes in all records of one kind.
    pub(super) async fn take(&mut self, resource: Resource) -> Result<Counts, ImportError> {
        let (store, run, today) = (self.store, self.run, self.today);
        match resource {
            Resource::Organisations => {
                let read = |folder: &Folder, on: &mut dyn FnMut(_) -> _| folder.each_organisation(on);
                self.each(resource, read, |part| store.take_organisations(run, part), Ok).await
            }
            Resource::Persons => {
                self.know_persons().await?;
                let read = |folder: &Folder, on: &mut dyn FnMut(_) -> _| folder.each_person(on);
                let prepare = move |record: Person| {
                    let number = record.personal_number(today)?;
                    Ok(PersonIn { record, number })
                };
                let counts = self.each(resource, read, |part| store.take_persons(run, part), prepare).await?;
                // Whoever was rejected is not there to be pointed to by what follows.
                self.known.persons = store.register_ids().await?.persons;
                Ok(counts)
            }
            Resource::Groups => {
                let read = |folder: &Folder, on: &mut dyn FnMut(_) -> _| folder.each_group(on);
                self.each(resource, read, |part| store.take_groups(run, part), Ok).await
            }
            Resource::Duties => {
                let read = |folder: &Folder, on: &mut dyn FnMut(_) -> _| folder.each_duty(on);
                self.each(resource, read, |part| store.take_duties(run, part), Ok).await
            }
            Resource::Placements => {
                let read = |folder: &Folder, on: &mut dyn FnMut(_) -> _| folder.each_placement(on);
                self.each(resource, read, |part| store.take_placements(run, part), Ok).await
            }
        }
    }

    /// A child can stand before its guardians in the files: all ids are read first.
    async fn know_persons(&mut self) -> Result<(), ImportError> {
        let folder = self.folder.clone();
        let ids = blocking(move || {
            let mut ids = HashSet::new();
            let read = folder.each_person(|record| {
                ids.extend(record.ok().map(|found| found.record.id));
                ControlFlow::Continue(())
            });
            read.map(|()| ids)
        });
        self.known.persons.extend(ids.await?.map_err(ImportError::Stopped)?);
        Ok(())
    }

    async fn each<T, P, W>(
        &mut self,
        resource: Resource,
        read: impl FnOnce(&Folder, &mut dyn FnMut(Record<T>) -> ControlFlow<()>) -> Result<(), BadFile>
        + Send
        + 'static,
        write: impl Fn(Vec<P>) -> W,
        prepare: impl Fn(T) -> Result<P, Reason>,
    ) -> Result<Counts, ImportError>
    where
        T: Checked + Send + 'static,
        W: Future<Output = Result<Vec<Change>, StoreError>>,
    {
        let (send, mut records) = mpsc::channel::<Record<T>>(2 * PART);
        let folder = self.folder.clone();
        let reader = tokio::task::spawn_blocking(move || {
            read(&folder, &mut |record| match send.blocking_send(record) {
                Ok(()) => ControlFlow::Continue(()),
                // Nobody takes records any more: the writing has failed and says so itself.
                Err(_) => ControlFlow::Break(()),
            })
        });
        let mut counts = Counts::default();
        let mut part = Vec::with_capacity(PART);
        loop {
            // Filled before it is written: what has been read by now depends on how busy the machine is.
            let mut room = PART;
            while room > 0 && records.recv_many(&mut part, room).await > 0 {
                room = PART - part.len();
            }
            if part.is_empty() {
                break;
            }
            let (accepted, places) = self.sort(resource, std::mem::take(&mut part), &prepare, &mut counts);
            let ids: Vec<Uuid> = places.iter().map(|(_, id)| *id).collect();
            let changes = write(accepted).await?;
            for (change, (place, id)) in changes.into_iter().zip(places) {
                counts.add(change);
                if change == Change::SameNumber {
                    self.named.rejected(resource, Some(id));
                    let reason = Reason::new(ReasonCode::Duplicate, "civicNo.value");
                    self.report.rejected.push(Rejected { place, id: Some(id), reason });
                }
            }
            self.know(resource, ids);
        }
        self.report.counts.insert(resource.name(), counts);
        reader.await.map_err(|_| ImportError::Reader)?.map_err(ImportError::Stopped)?;
        Ok(counts)
    }

    /// The records that can be taken in, each with where it stands; the others are reported.
    fn sort<T: Checked, P>(
        &mut self,
        resource: Resource,
        part: Vec<Record<T>>,
        prepare: &impl Fn(T) -> Result<P, Reason>,
        counts: &mut Counts,
    ) -> (Vec<P>, Vec<(Place, Uuid)>) {
        let (mut accepted, mut places) = (Vec::with_capacity(part.len()), Vec::with_capacity(part.len()));
        for record in part {
            let taken = record.and_then(|mut found| {
                let id = found.record.id();
                let place = found.place.clone();
                let points_to = found.record.points_to();
                let reject = |reason| Rejected { place: place.clone(), id: Some(id), reason };
                self.report.left_out.extend(found.record.leave_out(&self.known).into_iter().map(reject));
                match found.record.fault(&self.known) {
                    Some(reason) => Err(reject(reason)),
                    None => match prepare(found.record) {
                        Ok(ready) => Ok((ready, (place.clone(), id), points_to)),
                        Err(reason) => Err(reject(reason)),
                    },
                }
            });
            match taken {
                Ok((ready, place, points_to)) => {
                    self.named.taken(resource, place.1, points_to);
                    accepted.push(ready);
                    places.push(place);
                }
                Err(rejected) => {
                    self.named.rejected(resource, rejected.id);
                    counts.rejected += 1;
                    self.report.rejected.push(rejected);
                }
            }
        }
        (accepted, places)
    }

    fn know(&mut self, resource: Resource, ids: Vec<Uuid>) {
        match resource {
            Resource::Organisations => self.known.organisations.extend(ids),
            Resource::Groups => self.known.groups.extend(ids),
            Resource::Persons | Resource::Duties | Resource::Placements => {}
        }
    }
}
