//! Pictures of skin as files: the patch, what is stamped into it, a scale bar and a grey card, as PNG whose colours are
//! declared to be sRGB.
//!
//! Light becomes bytes by the law of sRGB and nothing else: no picture is brightened or sharpened. The foot below a
//! patch holds a bar of a centimetre and a card that sends back 18 % of the light, which has the same bytes in every
//! picture of a case. "Simulated" and the verdict's word stand in the patch itself, so that a picture without its foot
//! says so too; in the small patches of a strip "simulated" alone, and the verdict above each row.

use needlework::appearance::colour::{Xyz, srgb};
use needlework::appearance::patch::{GREY_SHARE, Picture};
use png::{BitDepth, ColorType, Encoder, EncodingError, SrgbRenderingIntent};

use crate::lettering::{Canvas, LINE, STEP, fitting, wrapped};

/// What stands on a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caption {
    /// Stamped into the patch.
    pub stamp: String,
    /// At its foot, line by line.
    pub foot: String,
}

/// Pixels from which on letters are twice as large.
const WIDE: usize = 256;
const PAPER: [u8; 3] = [245, 245, 245];
const INK: [u8; 3] = [20, 20, 20];

/// Bytes of a colour.
fn bytes(colour: Xyz) -> [u8; 3] {
    let shown = srgb(colour);
    [shown.red, shown.green, shown.blue].map(|part| (part * 255.0).round() as u8)
}

/// The bytes of each pixel of a patch, without stamp or foot.
#[must_use]
pub fn patch_pixels(picture: &Picture) -> Canvas {
    let rgb = picture.xyz.iter().flat_map(|[x, y, z]| {
        bytes(Xyz {
            x: f64::from(*x),
            y: f64::from(*y),
            z: f64::from(*z),
        })
    });
    Canvas {
        width: picture.pixels,
        height: picture.pixels,
        rgb: rgb.collect(),
    }
}

/// The bytes of the grey card.
#[must_use]
pub fn grey_card(picture: &Picture) -> [u8; 3] {
    bytes(Xyz {
        x: GREY_SHARE * picture.white.x,
        y: GREY_SHARE * picture.white.y,
        z: GREY_SHARE * picture.white.z,
    })
}

/// A patch with its stamp, and below it a scale bar, a grey card and a line of text.
#[must_use]
pub fn mounted(picture: &Picture, caption: &Caption) -> Canvas {
    let patch = patch_pixels(picture);
    let side = picture.pixels;
    let scale = (side / WIDE).clamp(1, 2);
    let words = wrapped(&caption.foot, side, scale);
    let foot = (2 + words.len()) * LINE * scale;
    let mut canvas = Canvas::new(side, side + foot, PAPER);
    canvas.rgb[..patch.rgb.len()].copy_from_slice(&patch.rgb);
    let stamp = fitting(&caption.stamp, side, 2);
    for (place, line) in wrapped(&caption.stamp, side, stamp).iter().enumerate() {
        canvas.stamp(line, (2 * stamp, 2 * stamp + place * LINE * stamp), stamp);
    }
    let (left, top) = (2 * scale, side + 2 * scale);
    for (place, line) in words.iter().enumerate() {
        canvas.write(line, (left, top + place * LINE * scale), scale, INK);
    }
    // A centimetre in ten parts, or a part of it where the patch is smaller than two.
    let bar = (10.0 / picture.mm_per_pixel).round() as usize;
    let (bar_top, thick) = (top + words.len() * LINE * scale, 3 * scale);
    for part in 0..10 {
        let (from, to) = (bar * part / 10, bar * (part + 1) / 10);
        let colour = if part % 2 == 0 { INK } else { [255; 3] };
        canvas.fill((left + from, bar_top), (to - from, thick), colour);
    }
    canvas.fill((left, bar_top + thick), (bar, scale.max(1)), INK);
    canvas.write("1 CM", (left, bar_top + thick + 2 * scale), scale, INK);
    let card = (6 * STEP * scale).min(side / 4);
    canvas.fill(
        (side - card, side + words.len() * LINE * scale),
        (card, 2 * LINE * scale),
        grey_card(picture),
    );
    canvas
}

/// Two rows of small patches, one person a column: before above, after below.
#[must_use]
pub fn strip(pictures: &[Picture], labels: [&str; 2], stamp: &str) -> Canvas {
    let side = pictures.first().map_or(1, |picture| picture.pixels);
    let gap = 4;
    let columns = pictures.len().div_ceil(2).max(1);
    let width = columns * (side + gap) + gap;
    let head = LINE + 4;
    let mut canvas = Canvas::new(width, 2 * (side + head) + gap, PAPER);
    for (place, picture) in pictures.iter().enumerate() {
        let (column, row) = (place / 2, place % 2);
        let patch = patch_pixels(picture);
        let (left, top) = (gap + column * (side + gap), head + row * (side + head));
        for (line, pixels) in patch.rgb.chunks_exact(3 * side).enumerate() {
            let at = 3 * ((top + line) * width + left);
            canvas.rgb[at..at + 3 * side].copy_from_slice(pixels);
        }
        let small = fitting("SIMULATED", side, 1);
        canvas.stamp("SIMULATED", (left + 1, top + side - LINE), small);
    }
    for (row, label) in labels.into_iter().enumerate() {
        canvas.write(&format!("{label} - {stamp}"), (gap, row * (side + head) + 4), 1, INK);
    }
    canvas
}

/// A canvas as PNG.
///
/// # Errors
/// When the encoder fails.
pub fn canvas_png(canvas: &Canvas) -> Result<Vec<u8>, EncodingError> {
    let mut bytes = Vec::new();
    let mut writer = encoder(&mut bytes, canvas).write_header()?;
    writer.write_image_data(&canvas.rgb)?;
    writer.finish()?;
    Ok(bytes)
}

/// Canvases of one width as an animated PNG: each is shown for half a second, the last for two. Shorter ones are filled
/// up with paper.
///
/// # Errors
/// When the encoder fails.
pub fn animated_png(canvases: &[Canvas]) -> Result<Vec<u8>, EncodingError> {
    let Some(tallest) = canvases.iter().max_by_key(|canvas| canvas.height) else {
        return Ok(Vec::new());
    };
    let mut bytes = Vec::new();
    let mut animated = encoder(&mut bytes, tallest);
    animated.set_animated(u32::try_from(canvases.len()).unwrap_or(u32::MAX), 0)?;
    animated.set_frame_delay(1, 2)?;
    let mut writer = animated.write_header()?;
    for (place, canvas) in canvases.iter().enumerate() {
        if place + 1 == canvases.len() {
            writer.set_frame_delay(2, 1)?;
        }
        let mut content = canvas.rgb.clone();
        content.extend(PAPER.repeat((tallest.height - canvas.height) * canvas.width));
        writer.write_image_data(&content)?;
    }
    writer.finish()?;
    Ok(bytes)
}

fn encoder<'a>(bytes: &'a mut Vec<u8>, canvas: &Canvas) -> Encoder<'a, &'a mut Vec<u8>> {
    let side = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    let mut encoder = Encoder::new(bytes, side(canvas.width), side(canvas.height));
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_source_srgb(SrgbRenderingIntent::RelativeColorimetric);
    encoder
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use needlework::appearance::colour::Lab;
    use needlework::appearance::patch::Measured;

    use super::*;

    fn picture(light: f32) -> Picture {
        let grey = Lab {
            lightness: 50.0,
            redness: 0.0,
            yellowness: 0.0,
        };
        Picture {
            pixels: 120,
            mm_per_pixel: 0.25,
            white: Xyz {
                x: 95.0,
                y: 100.0,
                z: 108.9,
            },
            xyz: vec![[0.95 * light, light, 1.089 * light]; 120 * 120],
            measured: Measured {
                skin: grey,
                mark: None,
                delta_e: None,
                depth_um: None,
                unevenness: 0.0,
                coverage: 0.0,
            },
        }
    }

    fn caption() -> Caption {
        Caption {
            stamp: "SIMULATED - CAUTION".to_owned(),
            foot: "BEFORE".to_owned(),
        }
    }

    #[test]
    fn the_card_is_the_same_in_dark_and_light_pictures_and_as_dark_as_it_says() {
        let [dark, light] = [5.0, 60.0].map(|light| mounted(&picture(light), &caption()));
        let corner = |canvas: &Canvas| canvas.rgb[canvas.rgb.len() - 3..].to_vec();
        assert_eq!(corner(&dark), corner(&light));
        // 18 % of the light is 118 of 255 by the law of sRGB.
        assert!(
            corner(&dark).iter().all(|byte| byte.abs_diff(118) <= 1),
            "{:?}",
            corner(&dark)
        );
    }

    #[test]
    fn the_bar_is_a_centimetre_long_and_the_stamp_lies_in_the_patch() {
        let canvas = mounted(&picture(40.0), &caption());
        let scale = 1;
        let row = 120 + (2 + LINE + 3) * scale;
        let dark = (0..120).filter(|x| canvas.rgb[3 * (row * 120 + x)] == INK[0]).count();
        assert_eq!(dark, 40);
        let bare = patch_pixels(&picture(40.0));
        assert_ne!(canvas.rgb[..bare.rgb.len()], bare.rgb[..]);
    }

    #[test]
    fn a_file_says_that_it_is_srgb_and_an_animation_holds_every_frame() {
        let canvases: Vec<Canvas> = [10.0, 20.0, 30.0]
            .map(|light| mounted(&picture(light), &caption()))
            .to_vec();
        let still = canvas_png(&canvases[0]).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(&still)).read_info().unwrap();
        assert!(reader.info().srgb.is_some());
        let mut found = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut found).unwrap();
        assert_eq!(found, canvases[0].rgb);
        let mut canvases = canvases;
        canvases.push(mounted(
            &picture(40.0),
            &Caption {
                foot: "ONE LINE\nAND ANOTHER".to_owned(),
                ..caption()
            },
        ));
        let moving = animated_png(&canvases).unwrap();
        let reader = png::Decoder::new(std::io::Cursor::new(&moving)).read_info().unwrap();
        assert_eq!(reader.info().animation_control().unwrap().num_frames, 4);
        assert_eq!(reader.info().size().1 as usize, canvases[3].height);
        assert_eq!(animated_png(&[]).unwrap(), Vec::<u8>::new());
    }
}
