//! What stands after a command that has several of its own.

use clap::Subcommand;
use std::path::PathBuf;

#[derive(Subcommand)]
pub(crate) enum Register {
    /// Files after SS 12000:2020 as JSON: organisations, persons, groups, duties, placements
    ///
    /// Safe to run twice and to stop half-way. A record with a fault is left out and reported with its file, id and reason;
    /// a file that is not JSON changes nothing at all.
    ///
    /// A folder that has a file of every kind is the whole register: what it does not name any more (duties, places, groups, people)
    /// ended yesterday. Where that is more than a fifth of a kind, or most children of a unit, nothing ends and it says so: the folder may be half.
    Ss12000 {
        /// The folder with the files
        folder: PathBuf,
        /// End what is not named any more however much it is, after the counts have been looked at
        #[arg(long)]
        end_many: bool,
        /// The folder holds a part of the register, such as what has changed: end nothing
        #[arg(long, conflicts_with = "end_many")]
        part: bool,
    },
}

#[derive(Subcommand)]
pub(crate) enum AuditCommand {
    /// Read the whole trail and find every row that was altered or taken away
    ///
    /// Without checkpoints a chain whose end was cut off, or that was computed anew, still holds.
    Verify {
        /// Hold it against these checkpoints [default: the file of the setting audit_checkpoints, if it is there]
        #[arg(long, value_name = "FILE")]
        checkpoints: Option<PathBuf>,
        /// Check the trail in this back-up instead of the database: nothing is put back, and no key file is needed
        #[arg(long, value_name = "FILE", requires = "identity", conflicts_with = "checkpoints")]
        backup: Option<PathBuf>,
        /// The file with the key that opens the back-up
        #[arg(long, value_name = "FILE", requires = "backup")]
        identity: Option<PathBuf>,
    },
    /// Add a signed checkpoint to a file outside the database
    Checkpoint {
        /// The file [default: the setting audit_checkpoints]
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
}

#[derive(Subcommand)]
pub(crate) enum ArchiveCommand {
    /// One child, with everything. Its personal number is read from standard input
    Child {
        /// The folder; it must not be there
        folder: PathBuf,
    },
    /// The children of one round, with what was answered in it
    Round {
        /// The round, as `rounds` prints it
        id: uuid::Uuid,
        /// The folder; it must not be there
        folder: PathBuf,
    },
    /// List the rounds
    Rounds,
    /// Say whether a folder is as it was written. Needs no database: give it to whoever receives the folder
    Verify {
        /// The folder
        folder: PathBuf,
    },
}

#[derive(Subcommand)]
pub(crate) enum RetentionCommand {
    /// Say in words what a run would erase, by class, and why. Changes nothing
    DryRun {
        /// As of this day, such as 2030-07-01 [default: today]
        #[arg(long, value_name = "DAY")]
        on: Option<String>,
    },
    /// Erase what is over, or go on with a run that was stopped. The service can go on meanwhile
    Run,
    /// Hold a child, whose personal number is read from standard input, or a round, so that nothing of it is erased
    Hold {
        /// The round; otherwise a personal number is read
        #[arg(long, value_name = "ID")]
        round: Option<uuid::Uuid>,
        /// The case that it is for
        #[arg(long)]
        reason: String,
    },
    /// Lift a hold
    Lift {
        /// The hold, as `holds` prints it
        id: uuid::Uuid,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// List the holds
    Holds,
}

#[derive(Subcommand)]
pub(crate) enum KeyCommand {
    /// Make a new key, seal everything anew with it, and throw the old one away
    ///
    /// Stop the service first: a process with the old key answers that it is busy until it is started again. Stopped half-way
    /// the change goes on when this is run again; the old key stays in the key file until nothing needs it.
    Rotate,
    /// Go on with an older file of the keys of persons, when the newest is lost for good
    ///
    /// Says how many people have something that the keys in the file cannot open. With --yes all of that is left out of the database,
    /// for ever, and the file counts as the newest from then on. Stop the service first. Should the newest be found after all, put it
    /// in its place instead: nothing is lost then. Afterwards import the register again, which brings back personal numbers.
    GiveUp {
        /// Leave it out, after the number has been looked at
        #[arg(long)]
        yes: bool,
    },
}

#[derive(Subcommand)]
pub(crate) enum ConsentCommand {
    /// Say whether a receipt was made here and has not been altered
    Verify {
        /// The receipt, as it was saved
        file: PathBuf,
    },
    /// Print the public key, with which anybody can verify receipts
    Key,
}

#[derive(Subcommand)]
pub(crate) enum FormsCommand {
    /// Say what is wrong or doubtful in a form definition
    Check {
        /// The file
        file: PathBuf,
    },
    /// Write the forms that ship with the program to a folder, one file each
    Export {
        /// The folder; made when it is not there
        folder: PathBuf,
    },
}
