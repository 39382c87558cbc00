use super::inspect;
use crate::sample_files::{exif_jpeg, noted_place, packed_pdf, pdf, pdf_with, png, png_that_says};
use image::{DynamicImage, GenericImageView, ImageReader};
use proptest::prelude::*;
use skolstart_shared::Code;
use skolstart_shared::fact::FileType;
use std::io::Cursor;

fn refused(bytes: &[u8]) -> Code {
    match inspect(bytes.to_vec()) {
        Ok(_) => panic!("was taken"),
        Err(code) => code,
    }
}

fn shown(bytes: &[u8]) -> DynamicImage {
    ImageReader::new(Cursor::new(bytes)).with_guessed_format().unwrap().decode().unwrap()
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

#[test]
fn a_picture_loses_its_notes_and_stands_as_it_was_held() {
    // Stored lying, held upright (orientation 6: turn a quarter to the right).
    let taken = exif_jpeg(60, 40, 6);
    assert!(holds(&taken, b"Exif") && holds(&taken, noted_place()));
    let kept = inspect(taken).unwrap();
    assert_eq!(kept.kind, FileType::Jpeg);
    for note in [&b"Exif"[..], noted_place(), b"GPS"] {
        assert!(!holds(&kept.bytes, note));
    }
    let picture = shown(&kept.bytes);
    assert_eq!(picture.dimensions(), (40, 60));
    // The red corner was at the upper left and is at the upper right.
    let [red, green, _, _] = picture.get_pixel(37, 2).0;
    assert!(red > 150 && green < 100, "{red} {green}");
}

#[test]
fn a_png_stays_a_png_and_loses_what_was_written_in_it() {
    let mut taken = png(30, 20);
    // A text chunk before the end.
    let text = b"tEXtComment\0Hemlig";
    let mut chunk = 14_u32.to_be_bytes().to_vec();
    chunk.extend(text);
    let mut crc = flate2::Crc::new();
    crc.update(text);
    chunk.extend(crc.sum().to_be_bytes());
    taken.splice(taken.len() - 12..taken.len() - 12, chunk);
    assert!(holds(&taken, b"Hemlig"));
    let kept = inspect(taken).unwrap();
    assert_eq!(kept.kind, FileType::Png);
    assert!(!holds(&kept.bytes, b"Hemlig"));
    assert_eq!(shown(&kept.bytes).dimensions(), (30, 20));
}

#[test]
fn a_large_picture_becomes_as_large_as_a_page() {
    let kept = inspect(exif_jpeg(4_000, 30, 1)).unwrap();
    assert_eq!(shown(&kept.bytes).width(), 3_508);
}

#[test]
fn bombs_are_refused_before_they_are_unpacked() {
    assert_eq!(refused(&png_that_says(60_000, 60_000)), Code::FileTooManyPoints);
    assert_eq!(refused(&png_that_says(15_000, 15_000)), Code::FileTooManyPoints);
    assert_eq!(refused(&packed_pdf(&vec![b' '; 40 * 1024 * 1024])), Code::FileTooManyPoints);
}

#[test]
fn what_is_something_else_or_cut_off_is_refused() {
    assert_eq!(refused(b""), Code::FileEmpty);
    assert_eq!(refused(b"MZ\x90\0\x03\0\0\0 This program cannot be run in DOS mode"), Code::WrongFileKind);
    assert_eq!(refused(b"<html><script>alert(1)</script>"), Code::WrongFileKind);
    assert_eq!(refused(b"PK\x03\x04 a packed folder"), Code::WrongFileKind);
    assert_eq!(refused(b"\0\0\0\x18ftypheic and more"), Code::FileHeic);
    let picture = exif_jpeg(60, 40, 1);
    assert_eq!(refused(&picture[..300]), Code::FileBroken);
    assert_eq!(refused(&png(30, 20)[..60]), Code::FileBroken);
    assert_eq!(refused(&pdf()[..200]), Code::FileBroken);
    assert_eq!(refused(b"%PDF-1.7\nnothing\nstartxref\n9\n%%EOF"), Code::FileBroken);
}

#[test]
fn a_document_is_kept_byte_for_byte() {
    for document in [pdf(), packed_pdf(b"<< /Type /Pages /Kids [3 0 R] >>")] {
        let kept = inspect(document.clone()).unwrap();
        assert_eq!((kept.kind, kept.bytes), (FileType::Pdf, document));
    }
}

#[test]
fn documents_that_are_locked_or_act_are_refused() {
    assert_eq!(refused(&pdf_with("", "/Encrypt 9 0 R")), Code::FileLocked);
    for action in [
        "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>",
        "/OpenAction << /S /J#61vaScript /JS (x) >>",
        "/AA << /O << /S/Launch /F (cmd.exe) >> >>",
        "/Names << /EmbeddedFiles 8 0 R >>",
        "/AcroForm << /XFA 8 0 R >>",
        "/OpenAction << /S /SubmitForm /F (https://example.org) >>",
    ] {
        assert_eq!(refused(&pdf_with(action, "")), Code::FileActive, "{action}");
    }
    assert!(inspect(pdf_with("/OpenAction [3 0 R /Fit] /Title (JavaScript, Launch)", "")).is_ok());
    assert_eq!(refused(&packed_pdf(b"<< /Type /Pages >> << /S /JavaScript /JS (x) >>")), Code::FileActive);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever the bytes are, the answer is an answer.
    #[test]
    fn nothing_panics(start in 0_usize..5, bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        const STARTS: [&[u8]; 5] = [b"", b"\xFF\xD8\xFF", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7\n", b"\0\0\0\x18ftypheic"];
        let mut all = STARTS[start].to_vec();
        all.extend(bytes);
        let _ = inspect(all);
    }

    /// Right files with a few bytes changed and a piece cut off.
    #[test]
    fn nothing_panics_on_what_was_nearly_right(
        which in 0_usize..4,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        cut in any::<prop::sample::Index>(),
        is_cut in any::<bool>(),
    ) {
        let mut bytes = match which {
            0 => exif_jpeg(24, 16, 6),
            1 => png(24, 16),
            2 => pdf(),
            _ => packed_pdf(b"<< /Type /Pages >>"),
        };
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if is_cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let _ = inspect(bytes);
    }
}
