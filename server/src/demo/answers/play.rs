//! Sends what the guardians have to say, in the order of time. Called by `skolstart demo` through [`play`].

use super::family::{Adult, Family, families};
use super::letter::Writer;
use super::turnout::{Turn, Year, turns};
use crate::demo::municipality::make;
use crate::demo::rounds::Rounds;
use crate::demo::words::Words;
use crate::policy::{Principal, principal};
use crate::store::Store;
use crate::usecase::submit::{SubmitError, submit};
use skolstart_shared::consent::{ConsentPurpose, Identified};
use skolstart_shared::form::{Setting, prefill};
use skolstart_shared::id::{PersonId, SubmissionId};
use skolstart_shared::submission::SubmissionIn;
use skolstart_shared::{Date, Locale, Timestamp};
use tokio::task::JoinSet;

/// The most guardians who answer in one round. A larger municipality stays mostly silent: making it must not take hours.
pub const MOST_GUARDIANS: usize = 6000;

/// How many send at the same time, so that the writer has something to group.
const AT_ONCE: usize = 64;
/// How often a guardian reads again what has changed while she wrote.
const TRIES: usize = 4;

/// What is played, and to whom.
pub struct Play<'a> {
    /// A store on a clock that can be set, with the register imported and both rounds published. Its clock is left at `now`.
    pub store: &'a Store,
    /// The seed that the municipality was written with.
    pub seed: u64,
    /// Its number of children.
    pub children: usize,
    /// The year in which its school year begins.
    pub start_year: i32,
    /// The rounds as published.
    pub rounds: &'a Rounds,
    /// Until when.
    pub now: Timestamp,
    /// Called as it goes: submissions sent, and all that there will be.
    pub progress: &'a dyn Fn(usize, usize),
}

/// How many submissions there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Played {
    /// Guardians who answer the previous round.
    pub previous: usize,
    /// Guardians who answer the current round.
    pub current: usize,
    /// Of both, those who had sent theirs before.
    pub before: usize,
    /// Of both, those whom the register does not know, or none of whose children it knows.
    pub unknown: usize,
}

/// A guardian who is about to answer.
struct Due<'a> {
    family: &'a Family,
    adult: &'a Adult,
    turn: Turn,
    year: Year,
}

/// Lets the guardians of the demo municipality answer both rounds. Playing again adds nothing.
///
/// # Errors
/// When the municipality is too small, a round is not published, or an answer is not taken, which means that the demo and the
/// forms no longer agree.
pub async fn play(play: &Play<'_>) -> anyhow::Result<Played> {
    let made = make(play.seed, play.children, play.start_year)?;
    let families = families(&made);
    let mut due = due(play, &families, Year::Last);
    let previous = due.len();
    due.extend(self::due(play, &families, Year::This));
    let mut played = Played { previous, current: due.len() - previous, before: 0, unknown: 0 };
    let mut sent = 0;
    for group in groups(&due) {
        let last = group.iter().map(|due| due.turn.at).max().unwrap_or(play.now);
        play.store.clock().set(last);
        let done = send_group(play, &made.makers.words, group).await?;
        let count = |what: Sent| done.iter().filter(|sent| **sent == what).count();
        played.before += count(Sent::Before);
        played.unknown += count(Sent::Nothing);
        sent += group.len();
        (play.progress)(sent, due.len());
    }
    play.store.clock().set(play.now);
    Ok(played)
}

/// Who answers a round, in the order of time.
fn due<'a>(play: &Play<'_>, families: &'a [Family], year: Year) -> Vec<Due<'a>> {
    let round = if year == Year::Last { &play.rounds.previous } else { &play.rounds.current };
    let mut all = Vec::new();
    for family in families {
        if year == Year::Last && !family.was_asked() {
            continue;
        }
        let turns = turns(play.seed, family, round, year, play.now);
        all.extend(turns.into_iter().filter_map(|turn| {
            let adult = family.adults.get(turn.adult)?;
            Some(Due { family, adult, turn, year })
        }));
    }
    // The families of the watched classes come first, so that it is never they who are left out.
    all.truncate(MOST_GUARDIANS);
    all.sort_by_key(|due| (due.turn.at, due.adult.id));
    all
}

/// Those who send at the same time: neighbours in time, of the same day.
fn groups<'a, 'b>(due: &'b [Due<'a>]) -> impl Iterator<Item = &'b [Due<'a>]> {
    due.chunk_by(|one, next| one.turn.at.date_utc() == next.turn.at.date_utc())
        .flat_map(|day| day.chunks(AT_ONCE))
}

/// What came of each, in no order.
async fn send_group(play: &Play<'_>, words: &Words, group: &[Due<'_>]) -> anyhow::Result<Vec<Sent>> {
    let published = play.store.published();
    let today = play.store.clock().today();
    let mut sending = JoinSet::new();
    for due in group {
        let round = if due.year == Year::Last { &play.rounds.previous } else { &play.rounds.current };
        let writer = Writer { seed: play.seed, words, published: &published, round, year: due.year };
        let (id, letter) = writer.letter(due.family, due.adult, due.turn.unfinished, today)?;
        sending.spawn(send(play.store.clone(), PersonId(due.adult.id), id, letter, today));
    }
    let mut done = Vec::with_capacity(group.len());
    while let Some(sent) = sending.join_next().await {
        done.push(sent??);
    }
    Ok(done)
}

#[derive(PartialEq, Eq)]
enum Sent {
    Now,
    Before,
    /// The register does not know the guardian, or none of her children.
    Nothing,
}

/// One guardian signs in, reads what is known, and sends.
async fn send(
    store: Store,
    who: PersonId,
    id: SubmissionId,
    mut letter: SubmissionIn,
    today: Date,
) -> anyhow::Result<Sent> {
    let who = principal(&store, who, Locale::Sv, format!("demo-{id}")).await?;
    // The import leaves out a record here and there, as a real one does: nobody answers for a child who is not known.
    let Some(who) = who.map(|who| who.identified_by(Identified::Demo)) else { return Ok(Sent::Nothing) };
    letter.content.acts.retain(|act| act.child.is_none_or(|child| who.children().contains(&child)));
    if who.children().is_empty() {
        return Ok(Sent::Nothing);
    }
    if store.sent_before(&who, id).await?.is_some() {
        return Ok(Sent::Before);
    }
    for _ in 0..TRIES {
        read_what_is_known(&store, &who, &mut letter, today).await?;
        match submit(&store, &who, id, letter.clone()).await {
            Ok(_) => return Ok(Sent::Now),
            Err(SubmitError::Stale(_) | SubmitError::Busy) => {}
            Err(SubmitError::Invalid(violations)) => {
                let found: Vec<String> =
                    violations.iter().map(|found| format!("{}: {:?}", found.path, found.code)).collect();
                anyhow::bail!("an answer of the demo is not valid: {}", found.join(", "));
            }
            Err(other) => return Err(other.into()),
        }
    }
    anyhow::bail!("an answer of the demo was not taken: the database is busy")
}

/// Notes in the letter which versions it was written upon, as the page does that shows what is known.
async fn read_what_is_known(
    store: &Store,
    who: &Principal,
    letter: &mut SubmissionIn,
    today: Date,
) -> anyhow::Result<()> {
    let published = store.published();
    let snapshots = store.snapshots_of_own(who).await?;
    let children = store.own_children(who, today).await?;
    let decided = store.own_decisions(who).await?;
    for answer in &mut letter.content.acts {
        let subject = answer.child.unwrap_or(who.person());
        let act = published.form(&answer.form).and_then(|form| form.act(&answer.act));
        let (Some(act), Some(snapshot)) = (act, snapshots.get(&subject)) else { continue };
        let setting = children.get(&subject).map_or(Setting::of_nobody(today), |child| child.setting(today));
        let known = prefill(act, (subject, snapshot), published.catalogue(), who.person(), &setting);
        answer.base = known.into_iter().map(|(field, known)| (field, known.version)).collect();
        // Of a purpose that she has decided about before, her page shows what she said.
        for field in act.fields.iter().map(|field| &field.key) {
            let (form, act, field) = (answer.form.key.clone(), answer.act.clone(), field.clone());
            let purpose = ConsentPurpose { form, act, field };
            if let Some((before, _)) = decided.get(&(subject, purpose.clone())) {
                answer.base.insert(purpose.field, before.version());
            }
        }
    }
    letter.hash = super::letter::hash(&letter.content)?;
    Ok(())
}
