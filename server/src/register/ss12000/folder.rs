use super::elements::{FileFault, each_element};
use super::rejected::{Place, Reason, Rejected, read_record};
use super::{Duty, Group, Organisation, Person, Placement, Resource};
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use uuid::Uuid;

/// Why a folder cannot be imported at all.
#[derive(Debug, thiserror::Error)]
pub enum FolderProblem {
    /// The folder could not be listed.
    #[error("cannot read the folder {}: {cause}", folder.display())]
    Unreadable {
        /// The folder.
        folder: PathBuf,
        /// What the operating system said.
        cause: io::Error,
    },
    /// No file in the folder has a name that says SS 12000.
    #[error("{} holds no SS 12000 file (organisations, persons, groups, duties or placements, .json)", .0.display())]
    Empty(PathBuf),
}

/// A file that cannot be used as a whole.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file} {fault}")]
pub struct BadFile {
    /// Name of the file, without folder.
    pub file: Arc<str>,
    /// What is wrong with it.
    #[source]
    pub fault: FileFault,
}

/// A record and where it stands.
pub struct Found<T> {
    /// Where the record stands.
    pub place: Place,
    /// The record.
    pub record: T,
}

impl<T> Found<T> {
    /// Refuses the record after all, for a reason that reading alone cannot know.
    pub fn reject(&self, id: Uuid, reason: Reason) -> Rejected {
        Rejected { place: self.place.clone(), id: Some(id), reason }
    }
}

/// A folder with the files of one export, sorted by resource and then by name. Files of other names are left alone.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    files: BTreeMap<Resource, Vec<Arc<str>>>,
}

impl Folder {
    /// Lists the files. Reads none of them.
    ///
    /// # Errors
    /// When the folder cannot be listed or holds no SS 12000 file.
    pub fn open(path: &Path) -> Result<Self, FolderProblem> {
        let unreadable = |cause| FolderProblem::Unreadable { folder: path.to_owned(), cause };
        let mut files: BTreeMap<Resource, Vec<Arc<str>>> = BTreeMap::new();
        for entry in std::fs::read_dir(path).map_err(unreadable)? {
            let name = entry.map_err(unreadable)?.file_name();
            if let Some(name) = name.to_str()
                && let Some(resource) = Resource::of_file(name)
            {
                files.entry(resource).or_default().push(name.into());
            }
        }
        if files.is_empty() {
            return Err(FolderProblem::Empty(path.to_owned()));
        }
        files.values_mut().for_each(|names| names.sort());
        Ok(Self { path: path.to_owned(), files })
    }

    /// The names of a resource's files, in reading order.
    pub fn files(&self, resource: Resource) -> &[Arc<str>] {
        self.files.get(&resource).map_or(&[], Vec::as_slice)
    }

    /// Reads every file once and says which are bad, so that an import can refuse before it changes anything. Bad
    /// records are not looked for: they are refused one by one.
    pub fn check(&self) -> Vec<BadFile> {
        let all = Resource::ALL.into_iter().flat_map(|resource| self.files(resource));
        all.filter_map(|file| self.elements(file, |_, _| ControlFlow::Continue(())).err()).collect()
    }

    /// Reads the organisations, until the callback breaks.
    ///
    /// # Errors
    /// At the first bad file; what stands before the fault has been handed over.
    pub fn each_organisation(
        &self,
        on: impl FnMut(Result<Found<Organisation>, Rejected>) -> ControlFlow<()>,
    ) -> Result<(), BadFile> {
        self.each(Resource::Organisations, on)
    }

    /// Reads the persons, until the callback breaks.
    ///
    /// # Errors
    /// At the first bad file; what stands before the fault has been handed over.
    pub fn each_person(
        &self,
        on: impl FnMut(Result<Found<Person>, Rejected>) -> ControlFlow<()>,
    ) -> Result<(), BadFile> {
        self.each(Resource::Persons, on)
    }

    /// Reads the groups, until the callback breaks.
    ///
    /// # Errors
    /// At the first bad file; what stands before the fault has been handed over.
    pub fn each_group(
        &self,
        on: impl FnMut(Result<Found<Group>, Rejected>) -> ControlFlow<()>,
    ) -> Result<(), BadFile> {
        self.each(Resource::Groups, on)
    }

    /// Reads the duties, until the callback breaks.
    ///
    /// # Errors
    /// At the first bad file; what stands before the fault has been handed over.
    pub fn each_duty(
        &self,
        on: impl FnMut(Result<Found<Duty>, Rejected>) -> ControlFlow<()>,
    ) -> Result<(), BadFile> {
        self.each(Resource::Duties, on)
    }

    /// Reads the placements, until the callback breaks.
    ///
    /// # Errors
    /// At the first bad file; what stands before the fault has been handed over.
    pub fn each_placement(
        &self,
        on: impl FnMut(Result<Found<Placement>, Rejected>) -> ControlFlow<()>,
    ) -> Result<(), BadFile> {
        self.each(Resource::Placements, on)
    }

    fn each<T: DeserializeOwned>(
        &self,
        resource: Resource,
        mut on: impl FnMut(Result<Found<T>, Rejected>) -> ControlFlow<()>,
    ) -> Result<(), BadFile> {
        let mut flow = ControlFlow::Continue(());
        for file in self.files(resource) {
            self.elements(file, |index, raw| {
                let place = Place { file: file.clone(), index };
                flow = match read_record::<T>(raw) {
                    Ok(record) => on(Ok(Found { place, record })),
                    Err((id, reason)) => on(Err(Rejected { place, id, reason })),
                };
                flow
            })?;
            if flow.is_break() {
                break;
            }
        }
        Ok(())
    }

    fn elements(
        &self,
        file: &Arc<str>,
        on_element: impl FnMut(u64, &RawValue) -> ControlFlow<()>,
    ) -> Result<(), BadFile> {
        File::open(self.path.join(&**file))
            .map_err(|error| FileFault::Unreadable(error.kind()))
            .and_then(|source| each_element(source, on_element))
            .map_err(|fault| BadFile { file: file.clone(), fault })
    }
}
