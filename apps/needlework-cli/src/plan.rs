//! All plans that no rule stops, and the choice among them.

use std::process::ExitCode;

use needlework::questions::{HarmLimits, plan};
use needlework::verdict::Reading;
use needlework_pages::{plan_html, plan_text};
use serde_json::json;

use crate::answer::{tell, write_json};
use crate::arguments::{Plan, Shared};
use crate::folder::{NewFolder, PLAN};
use crate::input::{PEOPLE_PER_WORLD, inquiry, library, read};
use crate::listing::{finite, print_json};
use crate::problem::Problem;
use crate::screen::Bar;

/// Looks at all plans of a case.
///
/// # Errors
/// [`Problem`] when the case is wrong, or something cannot be read, computed or written.
pub fn run(asked: &Plan, shared: &Shared) -> Result<ExitCode, Problem> {
    let library = library()?;
    let case = read(&asked.case, &library)?;
    let place = || asked.out.as_deref().map(|out| NewFolder::of(&PLAN, out)).transpose();
    drop(place()?);
    let people = PEOPLE_PER_WORLD * asked.worlds as usize;
    let inquiry = inquiry(&library, shared, people, Reading::from(asked.reader), asked.prior);
    let usual = HarmLimits::default();
    let limits = HarmLimits {
        dark_marks: asked.most_dark_marks.map_or(usual.dark_marks, f64::from),
        infections: asked.most_infections.map_or(usual.infections, f64::from),
        scars: asked.most_scars.map_or(usual.scars, f64::from),
    };
    let mut bar = Bar::new("trying plans");
    let found = plan(&case, &inquiry, (limits, asked.sessions), &mut |progress| {
        bar.update(progress)
    });
    bar.finish();
    let report = found
        .map_err(|error| Problem::failed(format!("the plans could not be tried: {error}"), "please report this"))?;
    finite(&report)?;
    if let Some(folder) = place()? {
        write_json(&folder, "plan.json", &report)?;
        folder.write("plan.html", plan_html(&report).as_bytes())?;
        folder.appear()?;
    }
    if shared.json {
        return print_json(&json!(report));
    }
    let (opening, tables, notes) = plan_text(&report);
    let page = asked.out.as_deref().map(|out| out.join("plan.html"));
    tell(&opening, tables, Some(&notes), page)
}
