//! The first page of an archive. Whoever is protected, or close to somebody who is, stands there without a name: the page may be
//! seen by more people than the folders.

use super::document::Desk;
use super::html::HEAD;
use super::names::when;
use crate::store::Name;
use crate::usecase::extract::escaped;
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
    let title = format!("Till arkivet: {}", desk.title());
    let mut page = format!("{HEAD}<title>{0}</title></head><body><h1>{0}</h1>", escaped(&title));
    page.push_str(&format!(
        "<p>Uttag ur Skolstart. {}, {}. Tider är i UTC.</p><p>Varje barn har en mapp: child.html att läsa, child.json som är handlingen, och de filer \
         som skickades i mappen files. I mappen forms ligger blanketterna så som de publicerades. manifest.json räknar upp alla filer, \
         och SHA256SUMS har deras kontrollsummor: <code>sha256sum --check SHA256SUMS</code> visar att inget är ändrat.</p>",
        escaped(desk.municipality()),
        when(&desk.made_at()),
    ));
    let (protected, mut open): (Vec<&Line>, Vec<&Line>) = lines.iter().partition(|line| line.protected);
    let real = |line: &Line| line.name.as_ref().map(Name::for_archive);
    open.sort_by_cached_key(|line| real(line).map(|name| (name.family, name.given)));
    page.push_str(&list(&format!("Barn ({})", open.len()), &open, |line| {
        real(line).map_or_else(|| line.id.to_string(), |name| format!("{}, {}", name.family, name.given))
    }));
    if !protected.is_empty() {
        page.push_str(
            "<p class=\"warn\"><strong>Skyddade personuppgifter.</strong> I mappen protected ligger de barn som själva är skyddade \
             eller står nära någon som är det. De står här utan namn. Pröva varje utlämnande särskilt (OSL 21 kap. 3 §, 22 kap. 1 §), \
             och låt bara dem som måste nå mappen.</p>",
        );
        page.push_str(&list(&format!("Skyddade ({})", protected.len()), &protected, |line| {
            line.id.to_string()
        }));
    }
    page.push_str("</body></html>\n");
    page
}

fn list(title: &str, lines: &[&Line], name: impl Fn(&Line) -> String) -> String {
    let item = |line: &&Line| {
        format!(
            "<li><a href=\"{}/child.html\">{}</a> <span class=\"soft\">svar: {}, filer: {}</span></li>",
            line.place,
            escaped(&name(line)),
            line.submissions,
            line.files
        )
    };
    let items: String = lines.iter().map(item).collect();
    if items.is_empty() { String::new() } else { format!("<h2>{}</h2><ul>{items}</ul>", escaped(title)) }
}
