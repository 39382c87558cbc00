use super::attempt::{Ends, Failure, attempt};
use super::job::{Answer, Job, Work};
use super::transaction::Line;
use crate::clock::Clock;
use crate::ids::Ids;
use crate::store::Transaction;
use crate::store::audit::{AuditEntry, Chain};
use crate::store::person_mark::PersonMark;
use crate::store::submit::{SealedPlan, Submitted};
use crate::store::{Store, StoreError};
use sea_orm::DatabaseConnection;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{mpsc, oneshot};

/// The most jobs in one transaction: bounds how long the first of them waits.
const GROUP: usize = 128;
/// The most jobs that wait. One more is told to come back: a queue that only grows helps nobody.
const WAITING: usize = 1024;
/// How often a job that met another process is tried alone.
const TRIES: usize = 4;

/// A handle to the writer. A clone reaches the same one.
#[derive(Clone)]
pub(in crate::store) struct Writer {
    jobs: mpsc::Sender<Job>,
}

impl Writer {
    /// Starts the task. It ends when it is closed, or with the last handle.
    pub(in crate::store) fn start(
        db: DatabaseConnection,
        chain: Chain,
        clock: Clock,
        mark: PersonMark,
    ) -> Self {
        let (jobs, waiting) = mpsc::channel(WAITING);
        let ends = Ends { chain: Some(chain), ids: Ids::new(clock.clone()), mark };
        tokio::spawn(run(Line::new(db), ends, clock, waiting));
        Self { jobs }
    }

    pub(in crate::store) async fn submit(&self, plan: SealedPlan) -> Result<Submitted, StoreError> {
        self.ask(|reply| Job::Submit(Box::new(plan), reply)).await
    }

    pub(in crate::store) async fn audit(&self, entries: Vec<AuditEntry>) -> Result<(), StoreError> {
        self.ask(|reply| Job::Audit(entries, reply)).await
    }

    /// False when it was closed or has ended.
    pub(in crate::store) fn is_open(&self) -> bool {
        !self.jobs.is_closed()
    }

    pub(in crate::store) async fn close(&self) {
        let _ = self.ask(Job::Close).await;
    }

    async fn ask<T>(
        &self,
        job: impl FnOnce(oneshot::Sender<Result<T, StoreError>>) -> Job,
    ) -> Result<T, StoreError> {
        let (reply, answer) = oneshot::channel();
        self.jobs.try_send(job(reply)).map_err(|_| StoreError::Busy)?;
        answer.await.unwrap_or(Err(StoreError::Busy))
    }
}

impl Store {
    /// Runs `work` in a savepoint of the writer's next transaction and answers after the commit. It may run more than once
    /// before it is committed, and what it gives beside its value is noted in the audit trail.
    pub(in crate::store) async fn write<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'a> Fn(
                &'a Transaction,
            )
                -> Pin<Box<dyn Future<Output = Result<(T, Vec<AuditEntry>), StoreError>> + Send + 'a>>
            + Send
            + Sync
            + 'static,
    {
        let slot = Arc::new(Mutex::new(None));
        let filled = slot.clone();
        let work = Arc::new(work);
        let boxed: Work = Box::new(move |transaction| {
            let (work, slot) = (work.clone(), slot.clone());
            Box::pin(async move {
                let (value, entries) = work(transaction).await?;
                *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(value);
                Ok(entries)
            })
        });
        self.inner.writer.ask(|reply| Job::Work(boxed, reply)).await?;
        filled.lock().unwrap_or_else(PoisonError::into_inner).take().ok_or(StoreError::Busy)
    }
}

async fn run(mut line: Line, mut ends: Ends, clock: Clock, mut waiting: mpsc::Receiver<Job>) {
    while let Some(first) = waiting.recv().await {
        let mut group = vec![first];
        while group.len() < GROUP
            && let Ok(next) = waiting.try_recv()
        {
            group.push(next);
        }
        let last = group.iter().any(|job| matches!(job, Job::Close(_)));
        if last {
            waiting.close();
        }
        write_group(&mut line, &mut ends, &clock, group).await;
        if last {
            break;
        }
    }
    line.close().await;
}

async fn write_group(line: &mut Line, ends: &mut Ends, clock: &Clock, group: Vec<Job>) {
    match attempt(line, ends, &group, clock).await {
        Ok(answers) => group.into_iter().zip(answers).for_each(|(job, answer)| job.answer(answer)),
        Err(Failure::Commit) => {
            group.into_iter().for_each(|job| job.answer(Answer::Done(Err(StoreError::Busy))))
        }
        // Waiting once more for the same lock, job by job, would only make the queue longer.
        Err(Failure::Statement(StoreError::Busy)) => {
            group.into_iter().for_each(|job| job.answer(Answer::Done(Err(StoreError::Busy))));
        }
        Err(Failure::Statement(error)) => {
            tracing::warn!(%error, jobs = group.len(), "writing one by one");
            for job in group {
                write_alone(line, ends, clock, job).await;
            }
        }
    }
}

async fn write_alone(line: &mut Line, ends: &mut Ends, clock: &Clock, job: Job) {
    let mut failed = StoreError::Busy;
    for _ in 0..TRIES {
        match attempt(line, ends, std::slice::from_ref(&job), clock).await {
            Ok(mut answers) => {
                return job.answer(answers.pop().unwrap_or(Answer::Done(Err(StoreError::Busy))));
            }
            Err(Failure::Commit) => return job.answer(Answer::Done(Err(StoreError::Busy))),
            Err(Failure::Statement(error)) => failed = error,
        }
        if !matches!(failed, StoreError::Collision) {
            break;
        }
    }
    tracing::error!(error = %failed, "not written");
    job.answer(Answer::Done(Err(failed)));
}
