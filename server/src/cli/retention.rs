//! `skolstart retention`: what is over, in words; the erasing of it; holds.

use super::opening::open;
use super::output::line;
use super::subcommands::RetentionCommand;
use anyhow::Context;
use skolstart_server::clock::Clock;
use skolstart_server::config::Config;
use skolstart_server::store::classes::{Rule, Rules};
use skolstart_server::store::{Held, Store};
use skolstart_server::usecase::retention::{Erasing, hold_by_operator, without_rule};
use skolstart_shared::api::{HoldOn, HoldStep, RetentionAfter};
use skolstart_shared::id::{ChangeId, RoundId};
use skolstart_shared::{Date, Locale};

/// Does what the command says.
pub(super) async fn retention(config: &Config, command: RetentionCommand) -> anyhow::Result<()> {
    let erasing = config.erasing()?;
    let store = open(config, Clock::system()).await?;
    let done = run(&store, &erasing, command).await;
    store.close().await;
    done
}

async fn run(store: &Store, erasing: &Erasing, command: RetentionCommand) -> anyhow::Result<()> {
    match command {
        RetentionCommand::DryRun { on } => {
            let day = on
                .map(|text| Date::parse_iso(&text).ok().context("write a day as 2030-07-01"))
                .transpose()?;
            expect(store, erasing, day.unwrap_or_else(|| store.clock().today())).await
        }
        RetentionCommand::Run => erase(store, erasing).await,
        RetentionCommand::Hold { round, reason } => {
            let on = match round {
                Some(round) => HoldOn::Round(RoundId(round)),
                None => HoldOn::Child(number()?),
            };
            let id = ChangeId(store.ids().next()?);
            hold_by_operator(store, id, HoldStep::Set { on, reason }).await?;
            line(&format!("Held: {id}"));
            Ok(())
        }
        RetentionCommand::Lift { id, reason } => {
            hold_by_operator(store, ChangeId(id), HoldStep::Lift { reason }).await?;
            line("Lifted.");
            Ok(())
        }
        RetentionCommand::Holds => holds(store).await,
    }
}

fn number() -> anyhow::Result<String> {
    let mut text = String::new();
    std::io::stdin().read_line(&mut text).context("give the personal number on standard input")?;
    Ok(text.trim().to_owned())
}

async fn expect(store: &Store, erasing: &Erasing, day: Date) -> anyhow::Result<()> {
    let expected = store.expect_erasure(&erasing.rules, day).await?;
    line(&format!("On {day} a run would erase {} rows:", expected.due.sum()));
    for (class, rule) in erasing.rules.all() {
        let due = expected.due.0.get(class).copied().unwrap_or(0);
        let held = expected.held.0.get(class).copied().unwrap_or(0);
        line(&format!("{due:>8}  {class}: {}", rule.title.get(Locale::En)));
        line(&format!("          {}. {}", why(rule), rule.basis.get(Locale::En)));
        if held > 0 {
            line(&format!("          {held} are past their time and held."));
        }
    }
    tell_without_rule(store, &erasing.rules)
}

fn tell_without_rule(store: &Store, rules: &Rules) -> anyhow::Result<()> {
    for class in without_rule(store, rules)? {
        line(&format!("No rule for the class {class}: nothing of it is erased."));
    }
    Ok(())
}

fn why(rule: &Rule) -> String {
    let months = rule.months;
    let ended = match rule.after {
        RetentionAfter::Left => format!("{months} months after the child has left"),
        RetentionAfter::SchoolYear => format!("{months} months after the school year"),
        RetentionAfter::Year => format!("{months} months after the calendar year"),
        RetentionAfter::Given => format!("{months} months after it was given, decided or done"),
        RetentionAfter::Round => format!("{months} months after the round has closed"),
        RetentionAfter::Own => return "by a rule of its own".to_owned(),
        RetentionAfter::Kept => return "is kept".to_owned(),
    };
    match rule.replaced {
        Some(replaced) => format!("{ended}, or {replaced} months after something newer took its place"),
        None => ended,
    }
}

async fn erase(store: &Store, erasing: &Erasing) -> anyhow::Result<()> {
    let run = store.erase_over(&erasing.rules, |_| true).await;
    let run = run.context("not everything that is over was erased: run this again, it goes on")?;
    line(&format!("{} rows erased on {}:", run.counts.sum(), run.day));
    for (class, rows) in &run.counts.0 {
        let rule = erasing.rules.get(class);
        let (title, why) = rule.map(|rule| (rule.title.get(Locale::En), why(rule))).unwrap_or_default();
        line(&format!("{rows:>8}  {class}: {title} ({why})"));
    }
    line("A back-up that was taken before still holds them until it is thrown away.");
    tell_without_rule(store, &erasing.rules)
}

async fn holds(store: &Store) -> anyhow::Result<()> {
    for hold in store.all_holds().await? {
        let what = match hold.on {
            Held::Child(child) => format!("child {child}"),
            Held::Round(round) => format!("round {round}"),
        };
        line(&format!("{} {what}, since {}: {}", hold.id, hold.set.1, hold.reason));
        if let Some((_, at, reason)) = hold.lifted {
            line(&format!("    lifted {at}: {reason}"));
        }
    }
    Ok(())
}
