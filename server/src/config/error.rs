use std::path::PathBuf;

/// What is wrong with a setting. Names the setting and where it stands, never a value.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read the settings file {}: {cause}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What the operating system said.
        cause: std::io::Error,
    },
    /// The file is not what it should be.
    #[error("the settings file {}, line {line}: {problem}", file.display())]
    Syntax {
        /// The file.
        file: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong there.
        problem: String,
    },
    /// An environment variable is not what it should be.
    #[error("{name} must be {expected}")]
    Variable {
        /// Its name.
        name: &'static str,
        /// What it must be.
        expected: &'static str,
    },
    /// A period of retention cannot be.
    #[error(transparent)]
    Period(#[from] crate::store::classes::PeriodError),
    /// The rules that the program was built with cannot be read.
    #[error("the rules of retention cannot be read: the program is built wrongly")]
    Rules,
    /// The public address is not an origin.
    #[error("public_url must be an origin such as https://skolstart.example.se, without a path")]
    PublicUrl,
    /// Without HTTPS a session cookie can be read on the way.
    #[error("public_url must begin with https:// unless the demo listens on a loopback address")]
    NotHttps,
    /// The same, where it is no demo: a proxy in front says nothing of how people reach it.
    #[error(
        "set public_url (or SKOLSTART_PUBLIC_URL) to the address that people use, such as https://skolstart.example.se, also when a proxy on this machine speaks TLS for the service: without https:// there, browsers would send the cookies of sessions in the clear"
    )]
    NoPublicUrl,
    /// The file holds a secret.
    #[error(
        "everybody on this machine can read {}, which holds a password or a client secret: `chmod o= {}`, or take the secret from the environment or a file of its own", .0.display(), .0.display()
    )]
    ReadableByAll(PathBuf),
}
