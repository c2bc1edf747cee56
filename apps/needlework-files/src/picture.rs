//! Cuts as pictures: one PNG a moment, and a time-lapse as an animated PNG.
//!
//! Values are coloured by viridis, whose lightness rises evenly, so that it reads in grey and with colour blindness.
//! One scale serves all moments of a quantity. What lies outside the scale takes its end colour.

use png::{BitDepth, ColorType, Encoder, EncodingError};

use crate::plane::Plane;

/// The lowest and the highest value of the scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// Dark end.
    pub low: f64,
    /// Light end.
    pub high: f64,
}

impl Scale {
    /// The scale that holds every value of the planes; a constant gets a scale around it.
    #[must_use]
    pub fn of(planes: &[Plane]) -> Self {
        let values = || {
            planes
                .iter()
                .flat_map(|plane| plane.values.iter().copied())
                .filter(|v| v.is_finite())
        };
        let low = values().fold(f64::INFINITY, f64::min);
        let high = values().fold(f64::NEG_INFINITY, f64::max);
        if !low.is_finite() {
            return Self { low: 0.0, high: 1.0 };
        }
        if high - low > 1e-12 * high.abs().max(low.abs()).max(1e-300) {
            return Self { low, high };
        }
        let room = if low == 0.0 { 1.0 } else { 0.05 * low.abs() };
        Self {
            low: low - room,
            high: high + room,
        }
    }

    fn place(&self, value: f64) -> f64 {
        let at = (value - self.low) / (self.high - self.low);
        if at.is_finite() { at.clamp(0.0, 1.0) } else { 0.0 }
    }
}

/// Colour of a place between 0 and 1 of the scale.
#[must_use]
pub fn colour(at: f64) -> [u8; 3] {
    colorous::VIRIDIS.eval_continuous(at).as_array()
}

/// The pixels of a cut, red, green and blue for each.
#[must_use]
pub fn pixels(plane: &Plane, scale: Scale) -> Vec<u8> {
    plane
        .values
        .iter()
        .flat_map(|value| colour(scale.place(*value)))
        .collect()
}

/// Pixels of a strip along the foot that fills up with time, for a time-lapse.
const CLOCK_HEIGHT: usize = 6;

/// One picture as PNG.
///
/// # Errors
/// When the encoder fails.
pub fn png(plane: &Plane, scale: Scale) -> Result<Vec<u8>, EncodingError> {
    let mut bytes = Vec::new();
    let mut writer = encoder(&mut bytes, plane.width, plane.height).write_header()?;
    writer.write_image_data(&pixels(plane, scale))?;
    writer.finish()?;
    Ok(bytes)
}

/// A time-lapse as animated PNG: each plane is shown for a fifth of a second, the last for two. The strip at its foot
/// fills with time, whose share of the whole stands in `progress`, one for each plane.
///
/// # Errors
/// When the encoder fails, or there is no plane.
pub fn time_lapse(planes: &[Plane], progress: &[f64], scale: Scale) -> Result<Vec<u8>, EncodingError> {
    let Some(first) = planes.first() else {
        return Ok(Vec::new());
    };
    let mut bytes = Vec::new();
    let (width, height) = (first.width, first.height + CLOCK_HEIGHT);
    let mut animated = encoder(&mut bytes, width, height);
    animated.set_animated(u32::try_from(planes.len()).unwrap_or(u32::MAX), 0)?;
    animated.set_frame_delay(1, 5)?;
    let mut writer = animated.write_header()?;
    for (place, plane) in planes.iter().enumerate() {
        if place + 1 == planes.len() {
            writer.set_frame_delay(2, 1)?;
        }
        let mut content = pixels(plane, scale);
        let full = (progress.get(place).copied().unwrap_or(1.0).clamp(0.0, 1.0) * width as f64).round() as usize;
        for _ in 0..CLOCK_HEIGHT {
            content.extend((0..width).flat_map(|x| if x < full { [40, 40, 40] } else { [225, 225, 225] }));
        }
        writer.write_image_data(&content)?;
    }
    writer.finish()?;
    Ok(bytes)
}

fn encoder(bytes: &mut Vec<u8>, width: usize, height: usize) -> Encoder<'_, &mut Vec<u8>> {
    let side = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    let mut encoder = Encoder::new(bytes, side(width), side(height));
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use crate::frame::tests::frame;
    use crate::plane::cut;

    fn planes() -> Vec<Plane> {
        [0.0, 7.0, 30.0]
            .map(|day| cut(&frame(day), "collagen", 30, false).unwrap())
            .to_vec()
    }

    #[test]
    fn one_scale_holds_all_moments_and_a_constant_gets_room() {
        let scale = Scale::of(&planes());
        assert_eq!(scale, Scale { low: 3.0, high: 53.0 });
        let mut flat = planes();
        for plane in &mut flat {
            plane.values.fill(0.65);
        }
        let scale = Scale::of(&flat);
        assert!(scale.low < 0.65 && scale.high > 0.65);
    }

    #[test]
    fn a_picture_decodes_to_the_colours_of_its_values() {
        let plane = &planes()[0];
        let scale = Scale::of(std::slice::from_ref(plane));
        let bytes = png(plane, scale).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
        let mut found = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut found).unwrap();
        assert_eq!(found, pixels(plane, scale));
        // The lowest value is the dark end, the highest the light one.
        assert_eq!(found[..3], colour(0.0));
        assert_eq!(found[found.len() - 3..], colour(1.0));
    }

    #[test]
    fn the_time_lapse_holds_every_moment() {
        let planes = planes();
        let bytes = time_lapse(&planes, &[0.0, 0.3, 1.0], Scale::of(&planes)).unwrap();
        let reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
        assert_eq!(reader.info().animation_control().unwrap().num_frames, 3);
        assert_eq!(reader.info().size(), (30, 56));
    }

    #[test]
    fn lightness_rises_along_the_scale() {
        let light = |at: f64| {
            let [r, g, b] = colour(at).map(f64::from);
            0.2126 * r + 0.7152 * g + 0.0722 * b
        };
        for step in 0..50 {
            let at = f64::from(step) / 50.0;
            assert!(light(at + 0.02) > light(at), "{at}");
        }
    }
}
