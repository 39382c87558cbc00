use std::borrow::Cow;
use std::path::{Component, Path, PathBuf};

/// A file of the build and its bytes: `guardian/index.html`.
type Embedded = (&'static str, &'static [u8]);

include!(concat!(env!("OUT_DIR"), "/web_assets.rs"));

/// Where the files come from.
#[derive(Clone, Debug)]
pub enum Assets {
    /// Compiled into this program by `cargo xtask build`.
    Embedded,
    /// A folder with `guardian` and `staff`, as the web build leaves it.
    Folder(PathBuf),
}

impl Assets {
    /// The files compiled in, or those of a folder if one is given.
    pub fn new(folder: Option<PathBuf>) -> Self {
        folder.map_or(Self::Embedded, Self::Folder)
    }

    /// True when there is a page to show at all.
    pub fn are_there(&self) -> bool {
        match self {
            Self::Embedded => !EMBEDDED.is_empty(),
            Self::Folder(folder) => folder.join("guardian/index.html").is_file(),
        }
    }

    /// The bytes of a file, if the build has it.
    pub(super) async fn read(&self, path: &str) -> Option<Cow<'static, [u8]>> {
        match self {
            Self::Embedded => {
                let at = EMBEDDED.binary_search_by_key(&path, |(name, _)| name).ok()?;
                EMBEDDED.get(at).map(|(_, bytes)| Cow::Borrowed(*bytes))
            }
            Self::Folder(folder) => {
                let inside = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
                let file = folder.join(path);
                if inside { tokio::fs::read(file).await.ok().map(Cow::Owned) } else { None }
            }
        }
    }
}
