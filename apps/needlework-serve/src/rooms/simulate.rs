//! One piece of simulated tissue, as `needlework simulate` computes it: a column, or a coarse cell about one channel.
//!
//! Finer cells and patches take minutes and write whole fields to the disk, which is the command line's business.

use maud::html;
use needlework::case::Case;
use needlework::healing::field::{Field, FieldError, Reached, bytes_needed};
use needlework::healing::{Fidelity, RemodellingHypothesis};
use needlework::questions::SimulationStopped;
use needlework::units::Time;
use needlework::verdict::Reading;
use needlework_desk::memory;
use needlework_desk::problem::Problem;
use needlework_pages as pages;
use needlework_pages::simulate::{NotPlanned, Planned, Record, Run, Wish, bytes_to_keep, bytes_to_look, stopped_by};

use super::block::reasons;
use super::room::Made;
use super::sent::{asked, said};
use crate::fault::Fault;
use crate::form::Form;
use crate::house::House;
use crate::shell::Page;
use crate::works::Watch;

/// Follows the tissue of a case.
pub(super) fn work(house: &House, form: &Form, watch: &Watch) -> Result<Made, Fault> {
    let how = asked(house, form, House::whole())?;
    let case = house.case(form.get("case"))?;
    let stopped = stopped_by(&case, &house.library);
    if how.reading == Reading::Lay && !stopped.is_empty() {
        return nothing(house, title(house, &case), &stopped);
    }
    let is_cell = form.get("fidelity") == Fidelity::Cell.name();
    let wish = Wish {
        fidelity: if is_cell { Fidelity::Cell } else { Fidelity::Column },
        law: law(form),
        coarse: is_cell,
        until: said(form, "until").map(until).transpose()?,
        frames: None,
        cell: None,
        side: None,
        step_scale: 1.0,
        infection: None,
        stretch: 0.0,
        seed: how.seed,
    };
    let planned = Planned::of(&case, &house.library, &wish).map_err(not_planned)?;
    let setup = planned.setup.clone();
    let bytes = bytes(&planned)?;
    memory::take(bytes as u64, "the command line takes larger cells")?;
    let run = Run {
        title: title(house, &case).to_owned(),
        stopped,
        engine: house.engine.clone(),
        moments: planned.moments.clone(),
        bytes,
        memory: memory::size(bytes as u64),
        steps_off: planned.steps_off().map_err(broke)?,
        column: planned.in_a_column().map_err(broke)?,
        setup,
    };
    let threads = if is_cell { house.threads } else { 1 };
    let mut field = Field::new(run.setup.clone(), threads).map_err(broke)?;
    let mut record = Record::default();
    let written = |error: &dyn std::fmt::Display| Fault::failed("what was simulated could not be shown", error);
    // Ends: with the moments.
    loop {
        match field.advance(&mut |at| watch.at(at)).map_err(broke)? {
            Reached::Moment(moment) => {
                run.look(&field, moment, &mut record).map_err(|error| written(&error))?;
            }
            Reached::Stopped => return Err(Problem::failed("the work was stopped", "ask again").into()),
            Reached::End => break,
        }
    }
    let answer = run.answer(&field.summary(), &record);
    let (shown, _) = run.pictures(&record).map_err(|error| written(&error))?;
    let json = pages::json_text(&answer).map_err(|error| written(&error))?;
    Ok(Made {
        page: run.page(&answer, &record, shown),
        json,
    })
}

/// What is taken to become of a gain.
fn law(form: &Form) -> RemodellingHypothesis {
    let named = RemodellingHypothesis::ALL
        .into_iter()
        .find(|law| law.name() == form.get("law"));
    named.unwrap_or(RemodellingHypothesis::Persistence)
}

/// When the run ends.
fn until(text: &str) -> Result<Time, Fault> {
    Time::parse(text).map_err(|error| {
        let help = "write it with its unit, such as 26 week or 6 month";
        Problem::input(format!("until: “{text}” is no time: {error}"), help).into()
    })
}

/// Memory of a run on one thread, bytes, as the command line counts it.
fn bytes(planned: &Planned) -> Result<usize, Fault> {
    let setup = &planned.setup;
    let cells = setup.grid().map_err(|error| broke(error.into()))?.cells();
    let beside = bytes_to_look(cells).max(bytes_to_keep(setup, cells));
    Ok(bytes_needed(setup, 1).map_err(broke)? + beside)
}

fn not_planned(why: NotPlanned) -> Fault {
    match why {
        NotPlanned::Wish(wrong) => Problem::input(wrong.what, wrong.help).into(),
        NotPlanned::Evidence(error) => Fault::failed("the evidence does not fill the model", error),
    }
}

fn broke(error: FieldError) -> Fault {
    Fault::failed("the tissue could not be set up", error)
}

fn title<'a>(house: &House, case: &'a Case) -> &'a str {
    case.about.title.known().map_or(house.words.a_case, String::as_str)
}

/// A plan that is stopped is simulated for researchers only.
fn nothing(house: &House, title: &str, stopped: &[String]) -> Result<Made, Fault> {
    let words = house.words;
    let answer = SimulationStopped::new(title, &house.engine, stopped);
    let json = pages::json_text(&answer).map_err(|error| Fault::failed("the answer could not be written", error))?;
    Ok(Made {
        json,
        page: house.plain(&Page {
            title: words.simulate_title,
            brand: words.room_brand,
            main: html! {
                div.card.referred {
                    p { (words.block_stopped) }
                    (reasons(stopped))
                }
            },
        }),
    })
}
