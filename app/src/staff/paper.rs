//! A sheet that staff fill in about a child, with files. Its text and its files are in memory and nowhere else: nothing of a child
//! stays on a device of the school.

use crate::fields::{FileKeeper, Paper};
use crate::forms::{ActState, Doing, Sheet};
use leptos::prelude::RwSignal;
use skolstart_shared::form::FieldKey;
use skolstart_shared::id::{FileId, PersonId};
use std::future::ready;
use std::pin::Pin;
use std::rc::Rc;
use web_sys::Blob;

/// See the module.
pub(super) struct SchoolPaper {
    pub(super) sheet: RwSignal<Sheet>,
    pub(super) child: PersonId,
}

impl Paper for SchoolPaper {
    fn read(&self, read: &mut dyn FnMut(&ActState<'_>)) {
        self.sheet.read(read);
    }

    fn write(&self, field: &FieldKey, doing: Doing) {
        self.sheet.write(field, doing);
    }

    fn files(&self) -> Option<Rc<dyn FileKeeper>> {
        Some(Rc::new(InMemory(self.child)))
    }
}

/// Files on their way are held by whoever sends them, as long as the page is open.
struct InMemory(PersonId);

impl FileKeeper for InMemory {
    fn about(&self) -> Option<PersonId> {
        Some(self.0)
    }

    fn keep(&self, _: FileId, _: &Blob) {}

    fn bring(&self, _: FileId) -> Pin<Box<dyn Future<Output = Option<Blob>>>> {
        Box::pin(ready(None))
    }

    fn forget(&self, _: FileId) {}
}
