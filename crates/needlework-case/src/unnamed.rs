//! A named device of which something is set anew: it is then no longer that device, but one of its own that is like it.
//!
//! Who varies one field of a plan ("the same roller with 1 mm") means the device with that one thing changed. So the
//! name goes, and what the library says of the rest is written out in its place. Nothing of the library's is kept that
//! would contradict what was set. A kind can't be changed so: a roller that heats is another device, and the reader
//! says so.

use toml::{Table, Value};

use crate::check::against_the_library;
use crate::{Answer, Case, Catalog, Device, UNKNOWN};

/// Takes the name off the device of a case that is about to be read, where one of the fields that were `set`
/// contradicts it, and writes out the geometry of the library instead. A document that does not read is left as it is:
/// the reader explains it.
pub fn take_off_the_name(document: &mut Table, set: &[&str], catalog: &Catalog) {
    let Ok(case) = document.clone().try_into::<Case>() else {
        return;
    };
    let Some(entry) = case.device.name.known().and_then(|name| catalog.device(name)) else {
        return;
    };
    let against = against_the_library(&case, catalog);
    let changed = |path: &str| set.contains(&path) && path != "device.kind" && path != "device.depth_setting";
    if set.contains(&"device.name") || against.is_empty() || !against.iter().all(|one| changed(&one.path)) {
        return;
    }
    // The library's device by its geometry alone.
    let described = Device {
        kind: Answer::Known(entry.kind),
        ..entry.geometry.as_stated()
    };
    let Ok(described) = Table::try_from(described) else {
        return;
    };
    if let Some(device) = document.get_mut("device").and_then(Value::as_table_mut) {
        device.remove("name");
        for (field, value) in described {
            let said = device.get(&field).filter(|said| said.as_str() != Some(UNKNOWN));
            if said.is_none() {
                device.insert(field, value);
            }
        }
    }
}
