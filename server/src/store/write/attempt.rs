use super::job::{Answer, Job, Work};
use super::transaction::{Line, Transaction};
use crate::clock::Clock;
use crate::ids::Ids;
use crate::store::audit::{AuditEntry, Chain};
use crate::store::person_mark::PersonMark;
use crate::store::{StoreError, submit};

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

/// What every transaction goes on from: the end of the audit chain, and the keys of persons that the database knows of.
pub(super) struct Ends {
    /// `None` when nobody knows where it ends: the next transaction begins a new one.
    pub(super) chain: Option<Chain>,
    pub(super) ids: Ids,
    pub(super) mark: PersonMark,
}

/// Does the jobs in one transaction and commits. The answers are in the order of the jobs, and may be given only when this
/// has returned.
pub(super) async fn attempt(
    line: &mut Line,
    ends: &mut Ends,
    jobs: &[Job],
    clock: &Clock,
) -> Result<Vec<Answer>, Failure> {
    let transaction = line.begin().await.map_err(StoreError::from)?;
    let (answers, chain, keys) = match all(&transaction, ends, jobs, clock).await {
        Ok(done) => done,
        Err(error) => {
            line.roll_back(transaction).await;
            return Err(error.into());
        }
    };
    if let Err(error) = line.commit(transaction).await {
        tracing::error!(%error, "commit failed");
        // Its rows may stand there: where this chain ended before, the next row would be one of them.
        ends.chain = None;
        return Err(Failure::Commit);
    }
    ends.chain = Some(chain);
    ends.mark.is_noted(keys);
    Ok(answers)
}

/// Does the jobs. The answers, the end of the audit chain, and how many keys are known, hold when the transaction is committed.
async fn all(
    transaction: &Transaction,
    ends: &Ends,
    jobs: &[Job],
    clock: &Clock,
) -> Result<(Vec<Answer>, Chain, u64), StoreError> {
    let now = clock.now();
    let mut entries = Vec::new();
    let plans = jobs.iter().filter_map(|job| match job {
        Job::Submit(plan, _) => Some(plan.as_ref()),
        _ => None,
    });
    let mut submitted =
        submit::write(transaction, &plans.collect::<Vec<_>>(), clock.day_of(now), &mut entries)
            .await?
            .into_iter();
    let mut answers = Vec::with_capacity(jobs.len());
    for job in jobs {
        answers.push(match job {
            Job::Submit(..) => Answer::Submitted(submitted.next().ok_or(StoreError::Busy)),
            Job::Work(work, _) => Answer::Done(in_savepoint(transaction, work, &mut entries).await),
            Job::Audit(noted, _) => {
                entries.extend(noted.iter().cloned());
                Answer::Done(Ok(()))
            }
            Job::Close(_) => Answer::Done(Ok(())),
        });
    }
    let mut chain = match &ends.chain {
        Some(chain) => chain.clone(),
        None => Chain::begin(ends.ids.next()?),
    };
    chain.append(transaction, entries, now).await?;
    Ok((answers, chain, ends.mark.follow(transaction).await?))
}

async fn in_savepoint(
    transaction: &Transaction,
    work: &Work,
    entries: &mut Vec<AuditEntry>,
) -> Result<(), StoreError> {
    transaction.mark().await?;
    match work(transaction).await {
        Ok(noted) => {
            transaction.keep().await?;
            entries.extend(noted);
            Ok(())
        }
        Err(error) => {
            transaction.back().await?;
            Err(error)
        }
    }
}
