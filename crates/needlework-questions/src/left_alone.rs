//! The same person and mark with nothing done to them: what every plan stands beside.

use needlework_case::{Answer, Arm, Case, Device, Hygiene, Regimen};

/// The case without a plan. What is done with which device has no place in doing nothing.
pub(crate) fn left_alone(case: &Case) -> Case {
    Case {
        device: Device::default(),
        hygiene: Hygiene::default(),
        regimen: Regimen {
            setting: case.regimen.setting,
            arm: Answer::Known(Arm::Nothing),
            ..Regimen::default()
        },
        ..case.clone()
    }
}
