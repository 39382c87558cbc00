//! The first page of an archive. Whoever is protected, or close to somebody who is, stands there without a name: the page may be
//! seen by more people than the folders.

use super::document::Desk;
use super::html::HEAD;
use super::words::{t, t_with};
use crate::store::Name;
use crate::usecase::rows::{escaped, when};
use skolstart_shared::id::PersonId;

/// One child.
pub(super) struct Line {
    pub(super) id: PersonId,
    pub(super) name: Option<Name>,
    pub(super) place: String,
    pub(super) protected: bool,
    pub(super) submissions: usize,
    pub(super) files: usize,
}

pub(super) fn page(desk: &Desk, lines: &[Line]) -> String {
    let title = t_with("archive.index.title", &[("title", &desk.title())]);
    let mut page = format!("{HEAD}<title>{0}</title></head><body><h1>{0}</h1>", escaped(&title));
    let intro = [("municipality", desk.municipality()), ("time", &when(&desk.made_at()))];
    let how = t_with("archive.index.how", &[("command", "<code>sha256sum --check SHA256SUMS</code>")]);
    page.push_str(&format!("<p>{}</p><p>{how}</p>", escaped(&t_with("archive.index.intro", &intro))));
    let (protected, mut open): (Vec<&Line>, Vec<&Line>) = lines.iter().partition(|line| line.protected);
    let real = |line: &Line| line.name.as_ref().map(Name::for_archive);
    open.sort_by_cached_key(|line| real(line).map(|name| (name.family, name.given)));
    page.push_str(&list(
        &t_with("archive.index.children", &[("n", &open.len().to_string())]),
        &open,
        |line| {
            real(line).map_or_else(|| line.id.to_string(), |name| format!("{}, {}", name.family, name.given))
        },
    ));
    if !protected.is_empty() {
        page.push_str(&format!(
            "<p class=\"warn\"><strong>{}</strong> {}</p>",
            t("archive.protected.heading"),
            t("archive.index.protected.text")
        ));
        let title = t_with("archive.index.protected", &[("n", &protected.len().to_string())]);
        page.push_str(&list(&title, &protected, |line| line.id.to_string()));
    }
    page.push_str("</body></html>\n");
    page
}

fn list(title: &str, lines: &[&Line], name: impl Fn(&Line) -> String) -> String {
    let item = |line: &&Line| {
        let counts = [("answers", &*line.submissions.to_string()), ("files", &line.files.to_string())];
        format!(
            "<li><a href=\"{}/child.html\">{}</a> <span class=\"soft\">{}</span></li>",
            line.place,
            escaped(&name(line)),
            t_with("archive.index.counts", &counts)
        )
    };
    let items: String = lines.iter().map(item).collect();
    if items.is_empty() { String::new() } else { format!("<h2>{}</h2><ul>{items}</ul>", escaped(title)) }
}
