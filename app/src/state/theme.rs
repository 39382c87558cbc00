//! Light or dark. Follows the system unless the person has chosen; the choice is kept on the device.

use crate::live::whenever;
use leptos::prelude::*;

const REMEMBERED: &str = "skolstart.theme";

/// Which colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// The name, as in `html[data-theme]` and on the device.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme with this name; what we do not know is [`Self::Auto`].
    pub fn from_name(name: &str) -> Self {
        Self::ALL.into_iter().find(|theme| theme.as_str() == name).unwrap_or_default()
    }
}

/// Reads the choice, follows it, and offers it as a context. Call once, in the program's root.
pub fn watch_theme() -> RwSignal<Theme> {
    let stored = storage().and_then(|storage| storage.get_item(REMEMBERED).ok().flatten());
    let theme = RwSignal::new(stored.map(|name| Theme::from_name(&name)).unwrap_or_default());
    whenever(move || apply(theme.get()));
    provide_context(theme);
    theme
}

/// The program's theme, to read and to set.
///
/// # Panics
/// Outside the program's root, which is a fault in the program and shows at the first run.
pub fn use_theme() -> RwSignal<Theme> {
    expect_context::<RwSignal<Theme>>()
}

fn apply(theme: Theme) {
    let Some(root) = document().document_element() else { return };
    // Storage may be blocked: then the choice lasts until the page is closed.
    let _ = match theme {
        Theme::Auto => root.remove_attribute("data-theme"),
        chosen => root.set_attribute("data-theme", chosen.as_str()),
    };
    if let Some(storage) = storage() {
        let _ = match theme {
            Theme::Auto => storage.remove_item(REMEMBERED),
            chosen => storage.set_item(REMEMBERED, chosen.as_str()),
        };
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_there_and_back() {
        for theme in Theme::ALL {
            assert_eq!(Theme::from_name(theme.as_str()), theme);
        }
        assert_eq!(Theme::from_name("pink"), Theme::Auto);
    }
}
