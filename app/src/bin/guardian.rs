//! The guardian program: starts it in the page, nothing else.

fn main() {
    skolstart_app::mount::mount(skolstart_app::guardian::App);
}
