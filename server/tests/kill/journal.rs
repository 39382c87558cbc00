//! What was sent and which receipts came back, kept outside the program that is killed.

use crate::load::{Answer, Program, Run, drive};
use anyhow::{Result, ensure};
use std::sync::Arc;

#[derive(Default)]
pub(crate) struct Journal {
    sent: Vec<Vec<u8>>,
    /// The bytes of the receipt, if one was given before the kill or at a later check.
    receipts: Vec<Option<Vec<u8>>>,
}

impl Journal {
    /// Notes a run that was cut off. Returns how many receipts had been given.
    pub(crate) fn note(&mut self, requests: &[Vec<u8>], run: &Run) -> usize {
        let receipt = |answer: &Option<Answer>| {
            answer.as_ref().filter(|answer| answer.status == 200).map(|answer| answer.body.clone())
        };
        let given: Vec<_> = run.answers.iter().map(receipt).collect();
        let count = given.iter().flatten().count();
        self.sent.extend_from_slice(requests);
        self.receipts.extend(given);
        count
    }

    pub(crate) fn len(&self) -> usize {
        self.receipts.iter().flatten().count()
    }

    /// How many submissions are noted.
    pub(crate) fn sent(&self) -> usize {
        self.sent.len()
    }

    /// The same guardians, with other cookies.
    pub(crate) fn signed_in_anew(&mut self, before: &[&[u8]], now: &[&[u8]]) {
        for request in &mut self.sent {
            for (before, now) in before.iter().zip(now) {
                if let Some(at) = request.windows(before.len()).position(|some| some == *before) {
                    request[at..at + before.len()].copy_from_slice(now);
                    break;
                }
            }
        }
    }

    /// Sends everything from this number on again. A receipt that had been given must come back, byte for byte; what had not been answered is
    /// taken now or was taken then, and its receipt is noted.
    pub(crate) async fn verify(&mut self, program: &Program, from: usize) -> Result<()> {
        let run = drive(program.address, 8, &Arc::new(self.sent[from..].to_vec())).await;
        for (at, (answer, receipt)) in run.answers.into_iter().zip(&mut self.receipts[from..]).enumerate() {
            let Some(answer) = answer else { anyhow::bail!("submission {at} was not answered") };
            let said = String::from_utf8_lossy(&answer.body);
            ensure!(answer.status == 200, "submission {at} was answered {}: {said}", answer.status);
            if let Some(given) = receipt {
                ensure!(
                    *given == answer.body,
                    "submission {at} got another receipt than before the kill: {said}"
                );
            }
            *receipt = Some(answer.body);
        }
        Ok(())
    }
}
