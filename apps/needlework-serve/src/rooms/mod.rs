//! The rooms that can be asked by themselves, each as a page with a form and as JSON, with one list for both: what is
//! asked, and what works it out.

mod assess;
mod block;
mod block_stops;
mod claims;
mod compare;
mod creams;
mod evidence;
mod infect;
mod insert;
mod lists;
mod plan;
mod render;
mod room;
mod sent;
mod simulate;
mod skin;
mod sweep;
mod trial;

pub(crate) use compare::{ALSO, beside};
pub(crate) use room::{Field, Kind, Made, Room, Text};

use needlework::questions::{
    BLOCK_FORMAT, COMPARE_FORMAT, CREAMS_FORMAT, INFECTION_FORMAT, INSERTION_FORMAT, PLAN_FORMAT, RENDER_FORMAT,
    SIMULATION_FORMAT, SKIN_FORMAT, SWEEP_FORMAT, TRIAL_FORMAT,
};
use needlework::verdict::REPORT_FORMAT;

use crate::form::Form;

const CASE: Field = field("case", |words| words.field_case, Kind::Case, "");
const READER: Field = field("for", |words| words.case_reader, Kind::One(&["lay", "research"]), "lay");
const SEED: Field = field("seed", |words| words.case_seed, Kind::Line, "");
const PRIOR: Field = field("prior", |words| words.field_prior, Kind::Yes, "");

/// So many people, unless somebody says otherwise.
const fn people(usual: &'static str) -> Field {
    field("people", |words| words.case_people, Kind::Line, usual)
}

const fn field(name: &'static str, says: Text, kind: Kind, usual: &'static str) -> Field {
    Field {
        name,
        says,
        kind,
        usual,
    }
}

fn always(_: &Form) -> bool {
    true
}

fn never(_: &Form) -> bool {
    false
}

/// Every room.
pub(crate) const ROOMS: &[Room] = &[
    Room {
        name: "compare",
        title: |words| words.compare_title,
        lead: |words| words.compare_lead,
        fields: &[
            CASE,
            field(
                "vary",
                |words| words.field_vary,
                Kind::Lines,
                "device.needle_length=1 mm,1.5 mm",
            ),
            READER,
            people("2000"),
            SEED,
            PRIOR,
        ],
        more: &[],
        format: Some(COMPARE_FORMAT),
        at_once: never,
        work: compare::work,
    },
    Room {
        name: "infect",
        title: |words| words.infect_title,
        lead: |words| words.infect_lead,
        fields: &[
            CASE,
            field("set", |words| words.field_set, Kind::Lines, ""),
            READER,
            people("1000"),
            SEED,
            PRIOR,
        ],
        more: &[],
        format: Some(INFECTION_FORMAT),
        at_once: never,
        work: infect::work,
    },
    Room {
        name: "skin",
        title: |words| words.skin_title,
        lead: |words| words.skin_lead,
        fields: &[
            field("site", |words| words.field_site, Kind::Site, "abdomen"),
            field("age", |words| words.field_age, Kind::Line, ""),
            field("sex", |words| words.field_sex, Kind::One(&["", "female", "male"]), ""),
            field("bmi", |words| words.field_bmi, Kind::Line, ""),
            field(
                "skin_type",
                |words| words.field_skin_type,
                Kind::One(&["", "I", "II", "III", "IV", "V", "VI"]),
                "",
            ),
            people("2000"),
            SEED,
        ],
        more: &[],
        format: Some(SKIN_FORMAT),
        at_once: never,
        work: skin::work,
    },
    Room {
        name: "insert",
        title: |words| words.insert_title,
        lead: |words| words.insert_lead,
        fields: &[
            field("device", |words| words.field_device, Kind::Device, "dermaroller-mf8"),
            field("site", |words| words.field_site, Kind::Site, "abdomen"),
            field("set", |words| words.field_set_device, Kind::Lines, ""),
            field("force", |words| words.field_force, Kind::Line, ""),
            field("passes", |words| words.field_passes, Kind::Line, ""),
            field("sessions", |words| words.field_sessions, Kind::Line, "1"),
            field("side", |words| words.field_side, Kind::Line, "5 cm"),
            field("stretched", |words| words.field_stretched, Kind::Yes, ""),
            field("worlds", |words| words.field_worlds, Kind::Line, "400"),
            SEED,
        ],
        more: &[],
        format: Some(INSERTION_FORMAT),
        at_once: never,
        work: insert::work,
    },
    Room {
        name: "creams",
        title: |words| words.creams_title,
        lead: |words| words.creams_lead,
        fields: &[CASE, READER, people("1000"), SEED],
        more: &[],
        format: Some(CREAMS_FORMAT),
        at_once: never,
        work: creams::work,
    },
    Room {
        name: "block",
        title: |words| words.block_room,
        lead: |words| words.block_lead,
        fields: &[CASE, READER, SEED],
        more: &[],
        format: Some(BLOCK_FORMAT),
        at_once: never,
        work: block::work,
    },
    Room {
        name: "simulate",
        title: |words| words.simulate_title,
        lead: |words| words.simulate_lead,
        fields: &[
            CASE,
            field(
                "fidelity",
                |words| words.field_fidelity,
                Kind::One(&["column", "cell"]),
                "column",
            ),
            field(
                "law",
                |words| words.field_law,
                Kind::One(&["persistence", "relapse", "two_states"]),
                "persistence",
            ),
            field("until", |words| words.field_until, Kind::Line, ""),
            READER,
            SEED,
        ],
        more: &[],
        format: Some(SIMULATION_FORMAT),
        at_once: never,
        work: simulate::work,
    },
    Room {
        name: "render",
        title: |words| words.render_title,
        lead: |words| words.render_lead,
        fields: &[
            CASE,
            field("month", |words| words.field_month, Kind::Line, ""),
            field("side", |words| words.field_patch, Kind::Line, "5 cm"),
            field(
                "light",
                |words| words.field_light,
                Kind::One(&["even", "raking", "cross-polarised"]),
                "even",
            ),
            READER,
            people("200"),
            SEED,
        ],
        more: &[],
        format: Some(RENDER_FORMAT),
        at_once: never,
        work: render::work,
    },
    Room {
        name: "plan",
        title: |words| words.plan_title,
        lead: |words| words.plan_lead,
        fields: &[
            CASE,
            field("sessions", |words| words.field_most_sessions, Kind::Line, "6"),
            READER,
            field("worlds", |words| words.field_worlds, Kind::Line, "100"),
            SEED,
            PRIOR,
        ],
        more: &[],
        format: Some(PLAN_FORMAT),
        at_once: never,
        work: plan::work,
    },
    Room {
        name: "trial",
        title: |words| words.trial_title,
        lead: |words| words.trial_lead,
        fields: &[
            field("study", |words| words.field_study, Kind::Study, ""),
            field("worlds", |words| words.field_worlds, Kind::Line, "100"),
            SEED,
            field("posterior", |words| words.field_posterior, Kind::Yes, ""),
        ],
        more: &[field("own", |words| words.field_own, Kind::Text, "")],
        format: Some(TRIAL_FORMAT),
        at_once: never,
        work: trial::work,
    },
    Room {
        name: "sweep",
        title: |words| words.sweep_title,
        lead: |words| words.sweep_lead,
        fields: &[
            field("site", |words| words.field_site, Kind::Site, "abdomen"),
            field("device", |words| words.field_device, Kind::Device, "dermaroller-mf8"),
            field(
                "needle_length",
                |words| words.design_length,
                Kind::Line,
                "0.5 mm to 2.5 mm in 9",
            ),
            field("needles", |words| words.design_needles, Kind::Line, "192, 540"),
            field("needle_diameter", |words| words.design_diameter, Kind::Line, ""),
            field("tip_radius", |words| words.design_tip, Kind::Line, ""),
            field("drum_radius", |words| words.design_drum, Kind::Line, ""),
            field("passes", |words| words.field_passes, Kind::Line, "4, 10"),
            field("force", |words| words.field_force, Kind::Line, "3 N"),
            field("worlds", |words| words.field_worlds, Kind::Line, "32"),
            SEED,
        ],
        more: &[field("design", |words| words.field_design, Kind::Design, "")],
        format: Some(SWEEP_FORMAT),
        at_once: never,
        work: sweep::work,
    },
    Room {
        name: "claims",
        title: |words| words.claims_title,
        lead: |words| words.claims_lead,
        fields: &[
            field("id", |words| words.field_claim, Kind::Line, ""),
            people("1000"),
            SEED,
        ],
        more: &[],
        format: Some(needlework::ledger::CLAIMS_FORMAT),
        at_once: never,
        work: claims::work,
    },
    Room {
        name: "evidence",
        title: |words| words.evidence_title,
        lead: |words| words.evidence_lead,
        fields: &[field("key", |words| words.field_key, Kind::Line, "")],
        more: &[
            field("set", |words| words.field_put, Kind::Line, ""),
            CASE,
            READER,
            people("1000"),
            SEED,
        ],
        format: None,
        at_once: |form| form.get("set").trim().is_empty(),
        work: evidence::work,
    },
    Room {
        name: "rules",
        title: |words| words.rules_title,
        lead: |words| words.rules_lead,
        fields: &[field("id", |words| words.field_rule, Kind::Line, "")],
        more: &[],
        format: None,
        at_once: always,
        work: lists::rules,
    },
    Room {
        name: "devices",
        title: |words| words.devices_title,
        lead: |words| words.devices_lead,
        fields: &[],
        more: &[],
        format: None,
        at_once: always,
        work: lists::devices,
    },
    Room {
        name: "sites",
        title: |words| words.sites_title,
        lead: |words| words.sites_lead,
        fields: &[],
        more: &[],
        format: None,
        at_once: always,
        work: lists::sites,
    },
    Room {
        name: "conditions",
        title: |words| words.conditions_title,
        lead: |words| words.conditions_lead,
        fields: &[],
        more: &[],
        format: None,
        at_once: always,
        work: lists::conditions,
    },
];

/// What programs ask besides: on the pages it has a way of its own.
pub(crate) const FOR_PROGRAMS: &[Room] = &[
    Room {
        name: "check",
        title: |words| words.check_title,
        lead: |words| words.check_lead,
        fields: &[CASE],
        more: &[],
        format: None,
        at_once: always,
        work: assess::check,
    },
    Room {
        name: "assess",
        title: |words| words.assess_title,
        lead: |words| words.assess_lead,
        fields: &[CASE, READER, people("2000"), SEED, PRIOR],
        more: &[],
        format: Some(REPORT_FORMAT),
        at_once: never,
        work: assess::work,
    },
];

/// Everything that programs can ask.
pub(crate) fn askable() -> impl Iterator<Item = &'static Room> {
    FOR_PROGRAMS.iter().chain(ROOMS)
}

/// The room of a name.
pub(crate) fn room(name: &str) -> Option<&'static Room> {
    ROOMS.iter().find(|room| room.name == name)
}
