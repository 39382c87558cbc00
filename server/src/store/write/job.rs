use crate::store::StoreError;
use crate::store::Transaction;
use crate::store::audit::AuditEntry;
use crate::store::submit::{SealedPlan, Submitted};
use std::future::Future;
use std::pin::Pin;
use tokio::sync::oneshot;

/// What a piece of work gives: entries for the audit trail, or why it was not done.
pub(in crate::store) type WorkResult<'a> =
    Pin<Box<dyn Future<Output = Result<Vec<AuditEntry>, StoreError>> + Send + 'a>>;

/// A change that runs in a savepoint of its own. Can be run again: a group that could not be committed is tried job by job.
pub(in crate::store) type Work = Box<dyn for<'a> Fn(&'a Transaction) -> WorkResult<'a> + Send + Sync>;

/// Where an answer goes.
pub(in crate::store) type Reply<T> = oneshot::Sender<Result<T, StoreError>>;

/// Something to write, and where the answer goes once it is committed.
pub(in crate::store) enum Job {
    /// A submission; all of a group are written together.
    Submit(Box<SealedPlan>, Reply<Submitted>),
    /// Any other change.
    Work(Work, Reply<()>),
    /// Entries about something that was read.
    Audit(Vec<AuditEntry>, Reply<()>),
    /// The end: answer when everything before is committed.
    Close(Reply<()>),
}

/// The answer to a job, held until the commit.
pub(super) enum Answer {
    Submitted(Result<Submitted, StoreError>),
    Done(Result<(), StoreError>),
}

impl Job {
    pub(super) fn answer(self, answer: Answer) {
        // Nobody waits any more when the request was given up; what is committed stays.
        match (self, answer) {
            (Self::Submit(_, reply), Answer::Submitted(result)) => drop(reply.send(result)),
            (Self::Submit(_, reply), Answer::Done(result)) => {
                drop(reply.send(Err(result.err().unwrap_or(StoreError::Busy))));
            }
            (Self::Work(_, reply) | Self::Audit(_, reply) | Self::Close(reply), Answer::Done(result)) => {
                drop(reply.send(result));
            }
            (Self::Work(_, reply) | Self::Audit(_, reply) | Self::Close(reply), Answer::Submitted(_)) => {
                drop(reply.send(Err(StoreError::Busy)));
            }
        }
    }
}
