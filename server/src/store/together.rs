//! One reading for all who wait at the same time. Under load a statement for each request costs more in going to and fro than
//! in reading; alone, a request waits for nobody.
//!
//! Owns who reads for whom. Called by the store's own reading. Must not keep anything: what is read goes to those who asked
//! before the reading began.

use super::StoreError;
use super::held::Held;
use super::rows::for_in;
use crate::policy::Sight;
use sea_orm::{DatabaseConnection, FromQueryResult};
use std::collections::HashMap;
use std::sync::{Arc, Mutex as Brief, MutexGuard, PoisonError};
use tokio::sync::{Mutex, oneshot};
use uuid::Uuid;

/// Where rows about people come from.
pub(super) struct Source<R> {
    /// The statement, with `{ids}` for the people.
    pub(super) sql: &'static str,
    /// Whom a row is about.
    pub(super) person: fn(&R) -> Uuid,
}

struct Waiting<R> {
    people: Vec<Uuid>,
    /// Whose rows she may meet, where the database is to be told.
    sight: Option<Sight>,
    reply: oneshot::Sender<Result<Vec<Arc<R>>, StoreError>>,
}

/// Reads rows about people.
pub(super) struct Together<R> {
    source: Source<R>,
    waiting: Brief<Vec<Waiting<R>>>,
    /// Whoever has it reads.
    turn: Mutex<Held>,
}

impl<R: FromQueryResult> Together<R> {
    pub(super) fn new(source: Source<R>, pool: &DatabaseConnection) -> Self {
        Self { source, waiting: Brief::default(), turn: Mutex::new(Held::new(pool)) }
    }

    /// The rows about these people, from a reading that begins after this call. `sight`: whose they may be, where the database is to
    /// be told.
    pub(super) async fn about(
        &self,
        people: Vec<Uuid>,
        sight: Option<&Sight>,
    ) -> Result<Vec<Arc<R>>, StoreError> {
        let (reply, mut answer) = oneshot::channel();
        // What is read together is read with the sight of all who wait: each is given of her own people only.
        let (people, sight) = match sight {
            Some(Sight::These { people: own, units }) if units.is_empty() => {
                let hers = people.into_iter().filter(|person| own.contains(person)).collect();
                (hers, sight.cloned())
            }
            Some(Sight::Everybody) | None => (people, sight.cloned()),
            // Of the others only the database knows whom they may meet.
            Some(sight) => {
                let waiting = [Waiting { people, sight: Some(sight.clone()), reply }];
                let found = self.read(&mut *self.turn.lock().await, &waiting).await?;
                return Ok(found.into_values().flatten().collect());
            }
        };
        self.waiting().push(Waiting { people, sight, reply });
        let mut turn = self.turn.lock().await;
        if let Ok(answer) = answer.try_recv() {
            return answer;
        }
        // Nobody has read for this request yet: it reads for all who wait by now.
        let waiting = std::mem::take(&mut *self.waiting());
        let found = self.read(&mut turn, &waiting).await;
        for one in waiting {
            let rows = found.as_ref().map_err(Clone::clone).map(|found| {
                let rows = one.people.iter().filter_map(|person| found.get(person));
                rows.flatten().cloned().collect()
            });
            // Nobody is there any more when the request was given up.
            let _ = one.reply.send(rows);
        }
        drop(turn);
        // Missing only if the request that read for this one was given up half-way.
        answer.await.unwrap_or(Err(StoreError::Busy))
    }

    async fn read(
        &self,
        connection: &mut Held,
        waiting: &[Waiting<R>],
    ) -> Result<HashMap<Uuid, Vec<Arc<R>>>, StoreError> {
        let everybody = for_in(waiting.iter().flat_map(|one| one.people.iter().copied()));
        let mut found: HashMap<Uuid, Vec<Arc<R>>> = HashMap::new();
        let sight = waiting.iter().filter_map(|one| one.sight.clone()).reduce(Sight::and);
        for row in connection.rows(self.source.sql, &everybody, sight.as_ref()).await? {
            let row = R::from_query_result(&row, "")?;
            found.entry((self.source.person)(&row)).or_default().push(Arc::new(row));
        }
        Ok(found)
    }

    /// Gives the connection back.
    pub(super) async fn close(&self) {
        self.turn.lock().await.release();
    }

    fn waiting(&self) -> MutexGuard<'_, Vec<Waiting<R>>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
