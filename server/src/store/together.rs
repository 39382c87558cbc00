//! One reading for all who wait at the same time. Under load a statement for each request costs more in going to and fro than
//! in reading; alone, a request waits for nobody.
//!
//! Owns who reads for whom. Called by the store's own reading. Must not keep anything: what is read goes to those who asked
//! before the reading began.

use super::StoreError;
use std::collections::HashMap;
use std::sync::{Mutex as Brief, PoisonError};
use tokio::sync::{Mutex, oneshot};
use uuid::Uuid;

/// Rows by the person they are about.
pub(super) type ByPerson<R> = HashMap<Uuid, Vec<R>>;

struct Waiting<R> {
    people: Vec<Uuid>,
    reply: oneshot::Sender<Result<Vec<R>, StoreError>>,
}

/// Reads rows about people.
pub(super) struct Together<R> {
    waiting: Brief<Vec<Waiting<R>>>,
    turn: Mutex<()>,
}

impl<R> Default for Together<R> {
    fn default() -> Self {
        Self { waiting: Brief::default(), turn: Mutex::default() }
    }
}

impl<R: Clone> Together<R> {
    /// The rows about these people, from a reading that begins after this call. `read` is given the people of all who wait.
    pub(super) async fn about<F>(
        &self,
        people: Vec<Uuid>,
        read: impl FnOnce(Vec<Uuid>) -> F,
    ) -> Result<Vec<R>, StoreError>
    where
        F: Future<Output = Result<ByPerson<R>, StoreError>>,
    {
        let (reply, mut answer) = oneshot::channel();
        self.waiting().push(Waiting { people, reply });
        let turn = self.turn.lock().await;
        if let Ok(answer) = answer.try_recv() {
            return answer;
        }
        // Nobody has read for this request yet: it reads for all who wait by now.
        let waiting = std::mem::take(&mut *self.waiting());
        let everybody = waiting.iter().flat_map(|one| one.people.iter().copied()).collect();
        let found = read(everybody).await;
        drop(turn);
        for one in waiting {
            let rows = found.as_ref().map_err(Clone::clone).map(|found| {
                let rows = one.people.iter().filter_map(|person| found.get(person));
                rows.flatten().cloned().collect()
            });
            // Nobody is there any more when the request was given up.
            let _ = one.reply.send(rows);
        }
        // Missing only if the request that read for this one was given up half-way.
        answer.await.unwrap_or(Err(StoreError::Busy))
    }

    fn waiting(&self) -> std::sync::MutexGuard<'_, Vec<Waiting<R>>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
