//! Files as guardians send them, made by code: for the tests of this crate and of the API. In a build with tests or with the
//! feature `demo` only.

use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{Rgb, RgbImage};
use std::io::Write;

/// What the position of [`exif_jpeg`] is written as.
pub fn noted_place() -> &'static [u8] {
    b"59.3293N,18.0686E"
}

/// Blue, with a red upper left corner.
fn drawn(width: u32, height: u32) -> RgbImage {
    let is_corner = |x: u32, y: u32| x < width / 4 && y < height / 4;
    RgbImage::from_fn(
        width,
        height,
        |x, y| {
            if is_corner(x, y) { Rgb([220, 20, 20]) } else { Rgb([20, 40, 160]) }
        },
    )
}

/// A photograph with a position and an orientation noted in it, as a telephone writes it.
pub fn exif_jpeg(width: u32, height: u32, orientation: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoded = drawn(width, height).write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 90));
    if encoded.is_err() {
        return Vec::new();
    }
    let notes = exif(orientation);
    let mut segment = vec![0xFF, 0xE1];
    segment.extend(u16::try_from(notes.len() + 2).unwrap_or(2).to_be_bytes());
    segment.extend(notes);
    bytes.splice(2..2, segment);
    bytes
}

/// TIFF with two entries: the orientation, and a GPS directory with a text.
fn exif(orientation: u8) -> Vec<u8> {
    let place = noted_place();
    let mut notes = b"Exif\0\0MM\0\x2A\0\0\0\x08".to_vec();
    notes.extend([0, 2]);
    notes.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    // The GPS directory begins after these two entries and the end of the list.
    notes.extend([0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38]);
    notes.extend([0, 0, 0, 0]);
    notes.extend([0, 1]);
    notes.extend([0, 0x1D, 0, 2, 0, 0, 0, place.len() as u8, 0, 0, 0, 56]);
    notes.extend([0, 0, 0, 0]);
    notes.extend(place);
    notes
}

/// A picture as PNG.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    match drawn(width, height).write_with_encoder(PngEncoder::new(&mut bytes)) {
        Ok(()) => bytes,
        Err(_) => Vec::new(),
    }
}

/// A small PNG that says that it is this large.
pub fn png_that_says(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = png(8, 8);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let mut sum = flate2::Crc::new();
    sum.update(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&sum.sum().to_be_bytes());
    bytes
}

/// A document of one empty page.
pub fn pdf() -> Vec<u8> {
    pdf_with("", "")
}

/// A document with more in its catalogue and in its trailer.
pub fn pdf_with(catalogue: &str, trailer: &str) -> Vec<u8> {
    let objects = [
        format!("<< /Type /Catalog /Pages 2 0 R {catalogue} >>"),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] >>".to_owned(),
    ];
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut table = "xref\n0 4\n0000000000 65535 f \n".to_owned();
    for (at, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", bytes.len()));
        bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", at + 1).bytes());
    }
    let start = bytes.len();
    bytes.extend(
        format!("{table}trailer\n<< /Size 4 /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n").bytes(),
    );
    bytes
}

/// A document whose objects are packed: only what is unpacked says what they are.
pub fn packed_pdf(objects: &[u8]) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::fast());
    let packed = packer.write_all(objects).and_then(|()| packer.finish()).unwrap_or_default();
    let mut bytes = b"%PDF-1.5\n1 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode".to_vec();
    bytes.extend(format!(" /Length {} >>\nstream\r\n", packed.len()).bytes());
    bytes.extend(packed);
    bytes.extend(b"\nendstream\nendobj\n");
    let start = bytes.len();
    bytes.extend(b"2 0 obj\n<< /Type /XRef /Size 3 /Root 5 0 R >>\nendobj\n");
    bytes.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
    bytes
}
