//! Which round somebody meets, and which one a page is about. The one place that chooses; called by the use cases. Must not know any
//! child: whom a round asks is told by whoever asks.

use super::Published;
use skolstart_shared::Date;
use skolstart_shared::form::FormRef;
use skolstart_shared::round::Round;
use std::sync::Arc;

impl Published {
    /// The round that those whom `asks` is about meet on `today`: an open one for everybody; of those that have opened the
    /// last for everybody, or else the last that asks them. Where none asks them there is still one for what stands beside
    /// every round. An open one comes before one that has closed.
    pub fn met_by(&self, today: Date, asks: impl Fn(&Round) -> bool) -> Option<&Arc<Round>> {
        let opened = || self.rounds.iter().rev().filter(|round| round.opens <= today);
        let last = |fits: &dyn Fn(&Round) -> bool| {
            let is_open = |round: &&Arc<Round>| fits(round) && round.is_open_on(today);
            opened().find(is_open).or_else(|| opened().find(|round| fits(round)))
        };
        last(&Round::is_for_all)
            .or_else(|| last(&|round| asks(round)))
            .or_else(|| last(&|_| true))
            .or_else(|| self.rounds.first())
    }

    /// The round that a page about some children is about: the open one that opened last of those that ask any of them,
    /// otherwise the one that they meet.
    pub fn current_for(&self, today: Date, asks: impl Fn(&Round) -> bool) -> Option<&Arc<Round>> {
        let open = self.rounds.iter().rfind(|round| round.is_open_on(today) && asks(round));
        open.or_else(|| self.met_by(today, asks))
    }

    /// The round that a page about many groups is about: an open one for everybody, otherwise as for a page about some
    /// children.
    pub fn current_at(&self, today: Date, asks: impl Fn(&Round) -> bool) -> Option<&Arc<Round>> {
        let for_all = self.rounds.iter().rfind(|round| round.is_open_on(today) && round.is_for_all());
        for_all.or_else(|| self.current_for(today, asks))
    }

    /// The round that pages about the whole municipality are about.
    pub fn current(&self, today: Date) -> Option<&Arc<Round>> {
        self.met_by(today, |_| true)
    }

    /// The rounds that have opened and are for some children only.
    pub fn opened_for_some(&self, today: Date) -> impl Iterator<Item = &Arc<Round>> {
        self.rounds.iter().filter(move |round| round.opens <= today && !round.is_for_all())
    }

    /// True when somebody can have answered before what the round does not ask her: only then is that looked for.
    pub fn leaves_out(&self, round: &Round) -> bool {
        let is_named = |form: &FormRef| round.forms.iter().any(|named| named.key == form.key);
        let forms = self.rounds.iter().filter(|other| other.id != round.id).flat_map(|other| &other.forms);
        !round.is_for_all() || forms.into_iter().any(|form| !is_named(form))
    }

    /// The rounds that somebody meets before others while she has something left in them: those for some children that are open and
    /// ask hers, and those that a child of hers is let in to after their last day. The one that closes first first.
    pub fn first_for(
        &self,
        today: Date,
        asks: impl Fn(&Round) -> bool,
        let_in: impl Fn(&Round) -> bool,
    ) -> Vec<&Arc<Round>> {
        let is_for_hers = |round: &Round| round.is_open_on(today) && !round.is_for_all() && asks(round);
        let mut first: Vec<_> =
            self.rounds.iter().filter(|round| is_for_hers(round) || let_in(round)).collect();
        first.sort_by_key(|round| round.closes);
        first
    }
}

#[cfg(test)]
mod tests;
