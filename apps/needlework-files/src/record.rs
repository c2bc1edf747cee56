//! What has been seen of a run so far, and how it is kept for going on: curves, and cuts through whole fields.
//!
//! A checkpoint is a name with a version, the length of a head, the head as JSON, the values of all cuts as
//! little-endian doubles, and the field's own bytes. Limits: a checkpoint is read by the version that wrote it.

use needlework::healing::field::Field;
use serde_json::{Value, json};

use crate::plane::Plane;

/// How an interrupted run begins, version last.
const NAME: [u8; 8] = *b"NDLRUN01";

/// What has been seen of a run so far.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Record {
    /// One row of curves a moment, in the order of [`needlework::questions::SIMULATED`].
    pub rows: Vec<Vec<f64>>,
    /// Whole fields, where they were taken.
    pub snapshots: Vec<Snapshot>,
}

/// One moment at which whole fields were taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot {
    /// Days since the first session.
    pub day: f64,
    /// Name of the file of the fields.
    pub file: String,
    /// Least and greatest value of every field.
    pub ranges: Vec<(f64, f64)>,
    /// Cuts through what is shown as pictures.
    pub planes: Vec<Plane>,
}

impl Record {
    /// The record with the field behind it, as a checkpoint: name, length of the head, head as JSON, values of the
    /// planes, field.
    #[must_use]
    pub fn keep(&self, field: &Field) -> Vec<u8> {
        let snapshots: Vec<Value> = self
            .snapshots
            .iter()
            .map(|snapshot| {
                let planes: Vec<Value> = snapshot
                    .planes
                    .iter()
                    .map(|plane| json!([plane.width, plane.height, plane.across_mm, plane.deep_mm]))
                    .collect();
                json!({ "day": snapshot.day, "file": snapshot.file, "ranges": snapshot.ranges, "planes": planes })
            })
            .collect();
        let head = json!({ "rows": self.rows, "looks": snapshots }).to_string();
        let mut bytes = NAME.to_vec();
        bytes.extend((head.len() as u64).to_le_bytes());
        bytes.extend(head.as_bytes());
        for value in self
            .snapshots
            .iter()
            .flat_map(|snapshot| &snapshot.planes)
            .flat_map(|plane| &plane.values)
        {
            bytes.extend(value.to_le_bytes());
        }
        field.write(&mut |word| bytes.extend_from_slice(&word));
        bytes
    }

    /// The record of a checkpoint, and the bytes of the field behind it.
    ///
    /// # Errors
    /// Why the bytes are no checkpoint.
    pub fn read(bytes: &[u8]) -> Result<(Self, &[u8]), String> {
        let damaged = || "its checkpoint is damaged or cut short".to_owned();
        let rest = bytes
            .strip_prefix(&NAME)
            .ok_or("its checkpoint is of another version or not of this program")?;
        let (length, rest) = rest.split_first_chunk::<8>().ok_or_else(damaged)?;
        let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| damaged())?;
        let (head, mut rest) = rest.split_at_checked(length).ok_or_else(damaged)?;
        let head: Value = serde_json::from_slice(head).map_err(|_| damaged())?;
        let number = |value: &Value| value.as_f64().ok_or_else(damaged);
        let list = |value: &Value| value.as_array().cloned().ok_or_else(damaged);
        let mut record = Self::default();
        for row in list(&head["rows"])? {
            record
                .rows
                .push(list(&row)?.iter().map(number).collect::<Result<_, _>>()?);
        }
        for snapshot in list(&head["looks"])? {
            let mut planes = Vec::new();
            for plane in list(&snapshot["planes"])? {
                let side = |at: usize| {
                    plane[at]
                        .as_u64()
                        .and_then(|side| usize::try_from(side).ok())
                        .ok_or_else(damaged)
                };
                let (width, height) = (side(0)?, side(1)?);
                let size = width
                    .checked_mul(height)
                    .and_then(|cells| cells.checked_mul(8))
                    .ok_or_else(damaged)?;
                let (values, behind) = rest.split_at_checked(size).ok_or_else(damaged)?;
                rest = behind;
                planes.push(Plane {
                    width,
                    height,
                    across_mm: number(&plane[2])?,
                    deep_mm: number(&plane[3])?,
                    values: values
                        .as_chunks::<8>()
                        .0
                        .iter()
                        .map(|word| f64::from_le_bytes(*word))
                        .collect(),
                });
            }
            let ranges = list(&snapshot["ranges"])?;
            record.snapshots.push(Snapshot {
                day: number(&snapshot["day"])?,
                file: snapshot["file"].as_str().ok_or_else(damaged)?.to_owned(),
                ranges: ranges
                    .iter()
                    .map(|pair| Ok((number(&pair[0])?, number(&pair[1])?)))
                    .collect::<Result<_, String>>()?,
                planes,
            });
        }
        Ok((record, rest))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// Rows of a checkpoint pass through text: a run that goes on must find the same doubles.
    #[test]
    fn numbers_come_back_from_text_to_the_last_bit() {
        let mut awkward = 0.1_f64;
        for _ in 0..20_000 {
            awkward = (awkward * 997.0).fract() + f64::EPSILON;
            let text = json!([awkward, awkward * 1e-17]).to_string();
            let back: Vec<f64> = serde_json::from_str(&text).unwrap();
            assert_eq!(back, [awkward, awkward * 1e-17], "{text}");
        }
    }
}
