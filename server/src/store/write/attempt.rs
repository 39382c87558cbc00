use super::job::{Answer, Job, Work};
use crate::clock::Clock;
use crate::store::audit::{AuditEntry, Chain};
use crate::store::{StoreError, connect, submit};
use sea_orm::{DatabaseConnection, DatabaseTransaction, TransactionTrait};

/// Why a group was not written.
pub(super) enum Failure {
    /// A statement failed: nothing is written, and each job may be tried alone.
    Statement(StoreError),
    /// The commit failed: it cannot be known whether it happened, so nothing may be tried again here.
    Commit,
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Statement(error)
    }
}

/// Does the jobs in one transaction and commits. The answers are in the order of the jobs, and may be given only when this
/// has returned.
pub(super) async fn attempt(
    db: &DatabaseConnection,
    chain: &mut Chain,
    jobs: &[Job],
    clock: &Clock,
) -> Result<Vec<Answer>, Failure> {
    let now = clock.now();
    let transaction = connect::begin(db).await?;
    let mut entries = Vec::new();
    let plans = jobs.iter().filter_map(|job| match job {
        Job::Submit(plan, _) => Some(plan.as_ref()),
        _ => None,
    });
    let mut submitted =
        submit::write(&transaction, &plans.collect::<Vec<_>>(), clock.day_of(now), &mut entries)
            .await?
            .into_iter();
    let mut answers = Vec::with_capacity(jobs.len());
    for job in jobs {
        answers.push(match job {
            Job::Submit(..) => Answer::Submitted(submitted.next().ok_or(StoreError::Busy)),
            Job::Work(work, _) => Answer::Done(in_savepoint(&transaction, work, &mut entries).await),
            Job::Audit(noted, _) => {
                entries.extend(noted.iter().cloned());
                Answer::Done(Ok(()))
            }
            Job::Close(_) => Answer::Done(Ok(())),
        });
    }
    let mut end = chain.clone();
    end.append(&transaction, entries, now).await?;
    if let Err(error) = transaction.commit().await {
        tracing::error!(%error, "commit failed");
        return Err(Failure::Commit);
    }
    *chain = end;
    Ok(answers)
}

async fn in_savepoint(
    transaction: &DatabaseTransaction,
    work: &Work,
    entries: &mut Vec<AuditEntry>,
) -> Result<(), StoreError> {
    let savepoint = transaction.begin().await?;
    match work(&savepoint).await {
        Ok(noted) => {
            savepoint.commit().await?;
            entries.extend(noted);
            Ok(())
        }
        Err(error) => {
            savepoint.rollback().await?;
            Err(error)
        }
    }
}
