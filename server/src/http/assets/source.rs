use super::former::Former;
use super::place;
use std::borrow::Cow;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::time::SystemTime;

/// A file of the build and its bytes: `guardian/index.html`.
type Embedded = (&'static str, &'static [u8]);

include!(concat!(env!("OUT_DIR"), "/web_assets.rs"));

/// The worker that ends every worker before it.
const WITHDRAWN: &[u8] = include_bytes!("../../../../docs/kill-switch-sw.js");

/// Where the files come from.
#[derive(Clone, Debug)]
enum Source {
    /// Compiled into this program by `cargo xtask build`.
    Embedded,
    /// A folder with `guardian` and `staff`, as the web build leaves it.
    Folder(PathBuf),
}

/// The files of this build, and of former ones where they are kept.
#[derive(Clone, Debug)]
pub struct Assets {
    source: Source,
    former: Option<Former>,
    workers_withdrawn: bool,
}

impl Assets {
    /// The files compiled in, or those of a folder if one is given.
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self {
            source: folder.map_or(Source::Embedded, Source::Folder),
            former: None,
            workers_withdrawn: false,
        }
    }

    /// Serves, in the place of the service workers, one that ends them: the way out when one does harm. Drafts and what waits to be sent
    /// stay on the devices.
    #[must_use]
    pub fn with_workers_withdrawn(self, workers_withdrawn: bool) -> Self {
        Self { workers_withdrawn, ..self }
    }

    /// Keeps the files that are compiled in for those who still run this build when the next one is served, and serves those
    /// of former builds. Without an effect for a folder, where a developer's own page is the only one.
    ///
    /// # Errors
    /// When `folder` cannot be written.
    pub fn with_former(mut self, folder: PathBuf, now: SystemTime) -> io::Result<Self> {
        if matches!(self.source, Source::Embedded) && !EMBEDDED.is_empty() {
            let files = EMBEDDED.iter().copied().filter(|(name, _)| place::is_immutable(name));
            self.former = Some(Former::keep(folder, files, now)?);
        }
        Ok(self)
    }

    /// True when there is a page to show at all.
    pub fn are_there(&self) -> bool {
        match &self.source {
            Source::Embedded => !EMBEDDED.is_empty(),
            Source::Folder(folder) => folder.join("guardian/index.html").is_file(),
        }
    }

    /// The bytes of a file, if this build or a former one has it.
    pub(super) async fn read(&self, path: &str) -> Option<Cow<'static, [u8]>> {
        if self.workers_withdrawn && place::is_worker(path) {
            // It has no packed form.
            return path.ends_with(".js").then_some(Cow::Borrowed(WITHDRAWN));
        }
        match (&self.source, &self.former) {
            (Source::Embedded, former) => match (embedded(path), former) {
                (Some(bytes), _) => Some(Cow::Borrowed(bytes)),
                (None, Some(former)) if place::is_immutable(path) => former.read(path).await.map(Cow::Owned),
                _ => None,
            },
            (Source::Folder(folder), _) => {
                let inside = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
                let file = folder.join(path);
                if inside { tokio::fs::read(file).await.ok().map(Cow::Owned) } else { None }
            }
        }
    }
}

fn embedded(path: &str) -> Option<&'static [u8]> {
    let at = EMBEDDED.binary_search_by_key(&path, |(name, _)| name).ok()?;
    EMBEDDED.get(at).map(|(_, bytes)| *bytes)
}
