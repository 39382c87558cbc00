//! What a guardian says about pictures. Called by `letter`.

use super::contact::Raw;
use super::family::{Adult, Family};
use super::turnout::{Year, chance};
use skolstart_shared::fact::Value;

/// The channels, widest audience first.
const CHANNELS: [&str; 4] = ["web", "social", "print", "name"];
/// Per hundred guardians: yes to all, yes to some, no to all.
const SHARES: [usize; 3] = [70, 20, 10];
/// Of a thousand guardians, this many decide for themselves; the others say what the family says.
const ALONE: usize = 150;
/// Of a thousand yeses, this many are taken back this year.
const WITHDRAWN: usize = 40;

/// What the guardian says about each channel. The same for all her children.
pub(super) fn pictures(seed: u64, family: &Family, adult: &Adult, year: Year) -> Raw {
    let alone = chance(seed, adult.id, "pictures").per_mille(ALONE);
    let mut random = chance(seed, if alone { adult.id } else { family.key() }, "pictures-as");
    let drawn = random.weighted(&SHARES);
    let some = 1 + random.below(CHANNELS.len() - 1);
    let withdrawn = year == Year::This && random.per_mille(WITHDRAWN);
    let choice = match family.fixed_state().filter(|_| year == Year::This) {
        Some(0) => 0,
        Some(3) => 2,
        _ => drawn,
    };
    let yes = |channel: usize| match choice {
        0 => !(withdrawn && channel == 1),
        // The wider the audience, the sooner somebody says no.
        1 => channel >= some,
        _ => false,
    };
    CHANNELS.iter().enumerate().map(|(at, channel)| (*channel, Value::Flag(yes(at)))).collect()
}
