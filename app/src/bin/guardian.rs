//! The guardian program: starts it in the page, nothing else.

fn main() {
    skolstart_app::mount::mount_built(skolstart_app::guardian::app);
}
