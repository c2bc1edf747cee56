//! Frames as files of the Visualization Toolkit: a `.vtr` (rectilinear grid, XML) for each, and a `.pvd` that names
//! them with their times.
//!
//! Values are 64-bit, little-endian, base64 with the length in 64 bits before them, uncompressed, as the format's
//! readers expect of `header_type="UInt64"`. Depth grows downwards, so z in the file is minus the depth: the skin's
//! surface lies at the top of the picture.
//!
//! What a quantity is and its unit stand in the file too: the unit as the key `UNITS_LABEL` of its array, which readers
//! show, and a line for each quantity in the field data `quantities`, with the units of time and length beside it.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::frame::{Frame, FrameError};

/// One frame as a `.vtr` file.
///
/// # Errors
/// [`FrameError`] when the frame does not fit its own shape.
pub fn rectilinear(frame: &Frame) -> Result<String, FrameError> {
    frame.check()?;
    let [nx, ny, nz] = frame.shape();
    let extent = format!("0 {nx} 0 {ny} 0 {nz}");
    let mut text = format!(
        "<?xml version=\"1.0\"?>\n<VTKFile type=\"RectilinearGrid\" version=\"1.0\" byte_order=\"LittleEndian\" \
            header_type=\"UInt64\">\n\
         <RectilinearGrid WholeExtent=\"{extent}\">\n<FieldData>\n"
    );
    array(&mut text, "TimeValue", Some(1), &[frame.day], "day");
    let volumes = frame.volumes_mm3();
    let quantities: Vec<String> = frame
        .fields
        .iter()
        .chain([&volumes])
        .map(|field| format!("{}: {} [{}]", field.name, field.label, field.unit))
        .collect();
    strings(&mut text, "quantities", &quantities);
    strings(&mut text, "units", &["time: day".to_owned(), "length: mm".to_owned()]);
    let _ = write!(text, "</FieldData>\n<Piece Extent=\"{extent}\">\n<CellData>\n");
    // The deepest cells come first in the file, since z ascends there.
    let layer = nx * ny;
    for field in frame.fields.iter().chain([&volumes]) {
        let upwards: Vec<f64> = (0..nz)
            .rev()
            .flat_map(|z| field.values[z * layer..(z + 1) * layer].iter().copied())
            .collect();
        array(&mut text, &field.name, None, &upwards, &field.unit);
    }
    text.push_str("</CellData>\n<Coordinates>\n");
    array(&mut text, "x_mm", None, &frame.edges[0], "mm");
    array(&mut text, "y_mm", None, &frame.edges[1], "mm");
    let heights: Vec<f64> = frame.edges[2].iter().rev().map(|depth| 0.0 - depth).collect();
    array(&mut text, "z_mm", None, &heights, "mm");
    text.push_str("</Coordinates>\n</Piece>\n</RectilinearGrid>\n</VTKFile>\n");
    Ok(text)
}

/// The collection of frames: days and the names of their files.
#[must_use]
pub fn collection(files: &[(f64, String)]) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\"?>\n<VTKFile type=\"Collection\" version=\"1.0\" \
            byte_order=\"LittleEndian\">\n<Collection>\n",
    );
    for (day, file) in files {
        let _ = writeln!(
            text,
            "<DataSet timestep=\"{day}\" group=\"\" part=\"0\" file=\"{}\"/>",
            escaped(file)
        );
    }
    text.push_str("</Collection>\n</VTKFile>\n");
    text
}

/// Lines of text as field data: the codes of their bytes, each line ended by a zero.
fn strings(text: &mut String, name: &str, lines: &[String]) {
    let codes: Vec<String> = lines
        .iter()
        .flat_map(|line| line.bytes().chain([0]))
        .map(|byte| byte.to_string())
        .collect();
    let _ = writeln!(
        text,
        "<Array type=\"String\" Name=\"{}\" NumberOfTuples=\"{}\" format=\"ascii\">{}</Array>",
        escaped(name),
        lines.len(),
        codes.join(" ")
    );
}

fn array(text: &mut String, name: &str, tuples: Option<usize>, values: &[f64], unit: &str) {
    let mut bytes = Vec::with_capacity(8 + values.len() * 8);
    bytes.extend((values.len() as u64 * 8).to_le_bytes());
    for value in values {
        bytes.extend(value.to_le_bytes());
    }
    let tuples = tuples.map_or(String::new(), |count| format!(" NumberOfTuples=\"{count}\""));
    // The values begin right after the tag; keys follow them.
    let _ = writeln!(
        text,
        "<DataArray type=\"Float64\" Name=\"{}\"{tuples} format=\"binary\">{}\n\
         <InformationKey name=\"UNITS_LABEL\" location=\"vtkDataArray\">{}</InformationKey></DataArray>",
        escaped(name),
        STANDARD.encode(&bytes),
        escaped(unit)
    );
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use crate::frame::tests::frame;

    fn decoded(text: &str, name: &str) -> Vec<f64> {
        let from = text.split(&format!("Name=\"{name}\"")).nth(1).unwrap();
        let body = from.split_once('>').unwrap().1;
        let bytes = STANDARD.decode(body.split('<').next().unwrap().trim()).unwrap();
        let values: Vec<f64> = bytes[8..]
            .chunks(8)
            .map(|eight| f64::from_le_bytes(eight.try_into().unwrap()))
            .collect();
        assert_eq!(
            u64::from_le_bytes(bytes[..8].try_into().unwrap()) as usize,
            values.len() * 8
        );
        values
    }

    #[test]
    fn values_stand_with_the_deepest_layer_first_and_the_surface_at_zero() {
        let text = rectilinear(&frame(3.0)).unwrap();
        assert!(text.contains("WholeExtent=\"0 3 0 2 0 4\""), "{text}");
        assert_eq!(decoded(&text, "z_mm"), vec![-0.5, -0.2, -0.05, -0.01, 0.0]);
        let collagen = decoded(&text, "collagen");
        assert_eq!((collagen.len(), collagen[0], collagen[23]), (24, 21.0, 8.0));
        assert_eq!(decoded(&text, "TimeValue"), vec![3.0]);
        let volumes = decoded(&text, "volume");
        assert!((volumes.iter().sum::<f64>() - 0.3 * 0.2 * 0.5).abs() < 1e-12);
        // The deepest cells are the thickest and stand first.
        assert!(volumes[0] > volumes[23]);
    }

    #[test]
    fn every_array_says_its_unit_and_every_quantity_what_it_is() {
        let text = rectilinear(&frame(3.0)).unwrap();
        assert_eq!(text.matches("<DataArray").count(), text.matches("UNITS_LABEL").count());
        let codes = text.split("Name=\"quantities\"").nth(1).unwrap();
        let codes = codes.split_once('>').unwrap().1.split('<').next().unwrap();
        let bytes: Vec<u8> = codes.split(' ').map(|code| code.parse().unwrap()).collect();
        let lines: Vec<&str> = std::str::from_utf8(&bytes).unwrap().split_terminator('\0').collect();
        assert_eq!(lines, ["collagen: collagen [1]", "volume: volume of the cell [mm^3]"]);
    }

    #[test]
    fn a_frame_that_does_not_fit_is_not_written() {
        let mut short = frame(0.0);
        short.fields[0].values.pop();
        assert!(rectilinear(&short).is_err());
    }

    #[test]
    fn the_collection_names_every_file_with_its_day() {
        let text = collection(&[(0.0, "fields/0.vtr".into()), (1.5, "fields/1.vtr".into())]);
        assert!(text.contains("timestep=\"1.5\" group=\"\" part=\"0\" file=\"fields/1.vtr\""));
        assert_eq!(text.matches("<DataSet").count(), 2);
    }
}
