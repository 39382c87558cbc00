//! A QR code as one path. The crate works out which parts are dark; drawing them is this.

use qrcode::{Color, EcLevel, QrCode};
use skolstart_shared::api::Square;
use std::fmt::Write;

/// The white margin that a camera needs (ISO/IEC 18004: four parts wide).
const MARGIN: usize = 4;

/// The square that says `text`. `None`: more than fits. A fold in the paper does not make it unreadable.
pub(super) fn square(text: &str, says: String) -> Option<Square> {
    let code = QrCode::with_error_correction_level(text, EcLevel::Q).ok()?;
    let (width, colours) = (code.width(), code.to_colors());
    let mut path = String::new();
    for (y, line) in colours.chunks(width).enumerate() {
        let mut x = 0;
        while x < width {
            let run = line[x..].iter().take_while(|colour| **colour == Color::Dark).count();
            if run > 0 {
                // Writing to a string does not fail.
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + MARGIN, y + MARGIN);
            }
            x += run.max(1);
        }
    }
    Some(Square { side: u16::try_from(width + 2 * MARGIN).ok()?, path, says })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_corners_are_where_a_camera_looks_for_them() {
        let drawn =
            square("https://skolstart.example.se/logga-in#BCDFGHJKLMNP", "en kod".to_owned()).unwrap();
        // The top line of the first corner, its whole side, and the margin on all sides.
        assert!(drawn.path.starts_with("M4 4h7v1h-7z"), "{}", &drawn.path[..20]);
        let right = drawn.side - 4 - 7;
        assert!(drawn.path.contains(&format!("M{right} 4h7v1h-7z")));
        assert_eq!(square(&"x".repeat(4000), String::new()), None);
    }
}
