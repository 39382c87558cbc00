//! Pictures, decoded and written anew: what a camera notes about place, time and itself stays behind, and whatever else
//! somebody has hidden in the file does too.

use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::{CompressionType, FilterType, PngDecoder, PngEncoder};
use image::imageops::FilterType as Smoothing;
use image::{DynamicImage, ImageDecoder, ImageError, Limits};
use skolstart_shared::Code;
use skolstart_shared::fact::FileType;
use std::io::Cursor;

/// The most points of a picture. Telephones take up to 50 million and shrink them by themselves.
const MOST_POINTS: u64 = 50_000_000;
/// The longest side.
const LONGEST_SIDE: u32 = 16_000;
/// The most memory that a decoder may ask for.
const MOST_MEMORY: u64 = 256 * 1024 * 1024;
/// The longest side that is kept: a page of A4 at 300 dots to the inch can be read.
const KEPT_SIDE: u32 = 3_508;
const QUALITY: u8 = 85;

/// The same picture, turned as it was held, in bytes of our own.
pub(super) fn write_anew(kind: FileType, bytes: &[u8]) -> Result<Vec<u8>, Code> {
    let picture = match kind {
        FileType::Png => {
            decode(PngDecoder::with_limits(Cursor::new(bytes), limits()).map_err(|why| code(&why))?)
        }
        _ => decode(JpegDecoder::new(Cursor::new(bytes)).map_err(|why| code(&why))?),
    }?;
    let picture = match picture.width().max(picture.height()) > KEPT_SIDE {
        true => picture.resize(KEPT_SIDE, KEPT_SIDE, Smoothing::Triangle),
        false => picture,
    };
    write(kind, &picture).map_err(|_| Code::FileBroken)
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    limits
}

fn decode(mut decoder: impl ImageDecoder) -> Result<DynamicImage, Code> {
    // Before anything is unpacked: a bomb is small and says itself how large it is.
    let (width, height) = decoder.dimensions();
    let points = u64::from(width) * u64::from(height);
    if points > MOST_POINTS || decoder.total_bytes() > MOST_MEMORY || width.max(height) > LONGEST_SIDE {
        return Err(Code::FileTooManyPoints);
    }
    if points == 0 {
        return Err(Code::FileBroken);
    }
    decoder.set_limits(limits()).map_err(|why| code(&why))?;
    // A note that cannot be read turns nothing.
    let turned = decoder.orientation().ok();
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|why| code(&why))?;
    if let Some(turned) = turned {
        picture.apply_orientation(turned);
    }
    Ok(picture)
}

fn code(why: &ImageError) -> Code {
    if matches!(why, ImageError::Limits(_)) { Code::FileTooManyPoints } else { Code::FileBroken }
}

fn write(kind: FileType, picture: &DynamicImage) -> Result<Vec<u8>, ImageError> {
    let mut bytes = Vec::new();
    match kind {
        FileType::Png => {
            let encoder =
                PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive);
            // Eight bits a channel: a screen shows no more.
            match picture.color().has_alpha() {
                true => picture.to_rgba8().write_with_encoder(encoder)?,
                false => picture.to_rgb8().write_with_encoder(encoder)?,
            }
        }
        _ => picture.to_rgb8().write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY))?,
    }
    Ok(bytes)
}
