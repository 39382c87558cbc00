//! What a pen writes on: the answers of one act, wherever they are kept.

use crate::forms::{ActState, Doing, Input, Sheet};
use crate::state::clock;
use leptos::prelude::{RwSignal, Update, With};
use skolstart_shared::Violation;
use skolstart_shared::fact::Value;
use skolstart_shared::form::FieldKey;
use skolstart_shared::id::{FileId, PersonId};
use std::pin::Pin;
use std::rc::Rc;
use web_sys::Blob;

/// See the module.
pub trait Paper {
    /// Shows how the act stands, and lets the reader follow it. Shows nothing when the act is gone.
    fn read(&self, read: &mut dyn FnMut(&ActState<'_>));

    /// Does something with a field.
    fn write(&self, field: &FieldKey, doing: Doing);

    /// What can be taken as the answer to a field though nobody has given it.
    fn offered(&self, _field: &FieldKey) -> Option<Value> {
        None
    }

    /// The answers to a field that were given for siblings, each with the sibling's name.
    fn siblings(&self, _field: &FieldKey) -> Vec<(String, Input)> {
        Vec::new()
    }

    /// What has been asked about the answer to a field, by those who read it.
    fn asked(&self, _field: &FieldKey) -> Option<String> {
        None
    }

    /// Where files are kept until the school has them. `None`: none can be sent from here, as in a preview.
    fn files(&self) -> Option<Rc<dyn FileKeeper>> {
        None
    }

    /// What the server has refused and has not been changed since. Followed by the reader.
    fn refused(&self) -> Vec<Violation> {
        Vec::new()
    }
}

/// Keeps the bytes of files on the device until they are sent, where that may be.
pub trait FileKeeper {
    /// The child that files are about. `None`: the one who sends them.
    fn about(&self) -> Option<PersonId>;

    /// Keeps a file.
    fn keep(&self, id: FileId, bytes: &Blob);

    /// Brings back a file that was not sent before the page was closed.
    fn bring(&self, id: FileId) -> Pin<Box<dyn Future<Output = Option<Blob>>>>;

    /// Forgets a file: it is sent, or taken away.
    fn forget(&self, id: FileId);
}

impl Paper for RwSignal<Sheet> {
    fn read(&self, read: &mut dyn FnMut(&ActState<'_>)) {
        self.with(|sheet| read(&sheet.state()));
    }

    fn write(&self, field: &FieldKey, doing: Doing) {
        self.update(|sheet| sheet.write(field, doing, clock::now()));
    }
}
