use super::subcommands::{
    ArchiveCommand, AuditCommand, ConsentCommand, FormsCommand, KeyCommand, Register, RetentionCommand,
};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand};
use skolstart_shared::Locale;
use std::path::PathBuf;

const ABOUT: &str = "\
Skolstart lets a municipality start the school year without paper: guardians confirm what is known and give consents, \
staff see who has answered.

One instance serves one municipality: this program, one database and one key file. Put a proxy with TLS in front of it, \
or several of these programs behind one when the database is PostgreSQL.";

const SETTINGS: &str = "\
Settings come from a TOML file (--config FILE, otherwise skolstart.toml in the current folder if it is there). An \
environment variable of the same name with SKOLSTART_ before it overrides the file:

  listen                127.0.0.1:8080          address and port to listen on
  public_url                                    origin that people reach the service at: https://skolstart.example.se; must be set
  operations_listen                             address and port of /health and /metrics; not for the proxy
  trusted_proxies       127.0.0.1,::1           those who say in X-Forwarded-For for whom they speak
  person_requests_per_second   20               what one person may ask for, over time; 20 times as much at once
  address_requests_per_second  600              and one address: a school has one
  data                  data                    folder of the embedded database and the key file
  database_url          sqlite:DATA/skolstart.db  or postgres://user:password@host/database
  key_file              DATA/skolstart.key      the key that sensitive fields are sealed with
  person_keys_file      beside key_file         the keys of persons, which that key seals; ends with .persons
  read_connections      8                       connections that read at the same time
  backup_recipients                             whom back-ups are sealed to: age1…, with commas between them
  pupil_consents_with_from                      age from which a pupil must agree to a consent too
  pupil_consents_alone_from  18                 age from which a pupil decides about consents alone
  pupils_sign_in_from                           age from which pupils may sign in; without it they may not
  session_idle_minutes  30                      a session ends after so many minutes without use
  session_hours         8                       and after so many hours whatever happens
  staff_session_idle_minutes 15                 the same for those who act as staff
  staff_session_hours   4
  staff_passkeys        off                     off or allowed: whether staff may add passkeys and come back with them
  [[sign_in]]                                   ways to sign in: see docs/running-in-production.md
  audit_checkpoints                             file outside the database for signed checkpoints of the audit trail
  audit_checkpoint_minutes   60                 minutes between two of them
  children_opened_alarm      75                 children's pages that one person of the staff opens in a day before an alarm
  children_opened_per_day    150                children's pages that one person of the staff opens in a day
  children_exported_alone    60                 children in lists that one person takes out in a day without a second
  children_exported_per_day  300                children in lists that one person takes out in a day at all
  retention_daily       false                   erase what is over once a day
  [retention]                                   periods in months by class: see docs/running-in-production.md
  log                   info                    as in RUST_LOG
  log_format            text                    text or json
  withdraw_workers      false                   take the programs kept on devices off them: see docs/runbooks/kept-program.md
  web_dir                                       folder of the browser programs, if built without them

The secret of a way to sign in is SKOLSTART_SIGN_IN_KEY_SECRET in the environment. Secrets are taken from the file or the environment, never from the command line; a file with secrets that everybody can read is refused. Back up the key file, the keys of persons \
and the database apart from each other: none can be read without the others, and a lost key cannot be replaced.

Examples:
  SKOLSTART_PUBLIC_URL=https://skolstart.example.se skolstart --config /etc/skolstart.toml serve
  skolstart --config /etc/skolstart.toml import ss12000 /srv/register/2026-08-17
  skolstart --config /etc/skolstart.toml audit verify";

/// The command line.
#[derive(Parser)]
#[command(name = "skolstart", version, about = "School start without paper", long_about = ABOUT, after_help = SETTINGS)]
pub(crate) struct Arguments {
    /// The settings file [default: skolstart.toml, if it is there]
    #[arg(long, value_name = "FILE", env = "SKOLSTART_CONFIG", global = true)]
    pub(crate) config: Option<PathBuf>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Serve until stopped. Brings the tables up to date first
    Serve,
    /// Bring the tables of the database up to date and stop
    Migrate {
        /// Then let this role of PostgreSQL serve: it reads and writes rows, changes no tables, and can only add to the audit trail
        #[arg(long = "for", value_name = "ROLE")]
        role: Option<String>,
    },
    /// Take in people, schools and groups from a register
    Import {
        #[command(subcommand)]
        register: Register,
    },
    /// The trail of who has read and changed what
    Audit {
        #[command(subcommand)]
        command: AuditCommand,
    },
    /// Write everything that the database holds to a file, sealed to a key that is not here. The service can go on meanwhile
    Backup {
        /// The file; it must not be there
        out: PathBuf,
        /// The file for the keys of persons; the one of the back-up before is replaced [default: skolstart-persons.age beside it]
        #[arg(long, value_name = "FILE")]
        keys: Option<PathBuf>,
        /// Whom to seal it to, as age writes it: age1…; several may be named [default: backup_recipients of the settings]
        #[arg(long, value_name = "KEY")]
        recipient: Vec<String>,
    },
    /// Make a key that opens back-ups, and say whom to seal to
    BackupKey {
        /// The file; it must not be there. Keep it away from this machine
        file: PathBuf,
    },
    /// Put a back-up into an empty place, and prove that all of it is there
    Restore {
        /// The file
        from: PathBuf,
        /// The file with the key that opens it
        #[arg(long, value_name = "FILE")]
        identity: PathBuf,
        /// The newest file with the keys of persons, when they are not at their place already
        #[arg(long, value_name = "FILE")]
        keys: Option<PathBuf>,
        /// The newest keys of persons are lost for good: take older ones, and leave out what these cannot open
        #[arg(long)]
        older_keys: bool,
    },
    /// Take out everything that is held about one person, as JSON and as a page to read
    ///
    /// Reads the personal number from standard input, so that it stands in no list of processes and no history. Other people
    /// are named by role; what a protected person or another home has said is left out.
    Extract {
        /// The folder that the two files are written to; made when it is not there
        folder: PathBuf,
        /// The extract is about a child and is given to the guardian with this id: what she has said herself is in it
        #[arg(long, value_name = "ID")]
        give_to: Option<uuid::Uuid>,
        /// The language of whoever reads it
        #[arg(long, value_name = "LANGUAGE", default_value = Locale::Sv.as_str(), value_parser = languages())]
        locale: Locale,
    },
    /// Hand a child or a round over to the archive: documents, files and checksums in a new folder
    ///
    /// A folder for each child: child.json, the same as a page to read, and the files that were sent, opened. Those who are protected
    /// lie apart. The folder has its name when all of it is on the disk; what is there already is never written over.
    Archive {
        #[command(subcommand)]
        command: ArchiveCommand,
    },
    /// Who was read or changed in a period, by whom and how, as lines of JSON
    Incident {
        /// From this day or time on: 2026-09-01 or 2026-09-01T08:00:00Z
        #[arg(long)]
        from: String,
        /// Until this time, or to the end of this day
        #[arg(long)]
        to: String,
        /// Only what the person with this id did
        #[arg(long, value_name = "ID")]
        by: Option<uuid::Uuid>,
    },
    /// What is over and is erased: the periods, what the next run takes, a run, and holds
    Retention {
        #[command(subcommand)]
        command: RetentionCommand,
    },
    /// The key that sensitive fields are sealed with
    Key {
        #[command(subcommand)]
        command: KeyCommand,
    },
    /// Receipts of consents
    Consent {
        #[command(subcommand)]
        command: ConsentCommand,
    },
    /// Form definitions as files
    Forms {
        #[command(subcommand)]
        command: FormsCommand,
    },
    /// Serve a made-up municipality in which anybody can sign in as anybody
    #[cfg(feature = "demo")]
    Demo(DemoOptions),
}

/// The languages that there are texts in.
fn languages() -> impl TypedValueParser<Value = Locale> {
    let known = PossibleValuesParser::new(Locale::ALL.iter().map(|locale| locale.as_str()));
    known.map(|code| Locale::parse(&code).unwrap_or_default())
}

/// How the demo is made.
#[cfg(feature = "demo")]
#[derive(clap::Args)]
pub(crate) struct DemoOptions {
    /// Where the made-up data is kept
    #[arg(long, value_name = "DIR", default_value = "data/demo")]
    pub(crate) data: PathBuf,
    /// Address and port to listen on
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub(crate) listen: std::net::SocketAddr,
    /// How many children the municipality has
    #[arg(long, value_name = "N", default_value_t = 4600)]
    pub(crate) children: usize,
    /// Throw the data of the folder away and make it anew
    #[arg(long)]
    pub(crate) fresh: bool,
    /// Nobody has answered yet
    #[arg(long)]
    pub(crate) silent: bool,
    /// How many days ago everybody stopped: from 22 on this year's round has closed
    #[arg(long, value_name = "DAYS", default_value_t = 0, value_parser = clap::value_parser!(u16).range(..=180))]
    pub(crate) age: u16,
}
