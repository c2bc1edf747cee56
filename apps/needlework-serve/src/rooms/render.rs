//! How a case looks, as `needlework render` draws it, on fewer people and with fewer pixels.

use needlework::appearance::patch::Lighting;
use needlework::questions::{RenderError, RenderWish, TYPICAL_PERCENTILE, render};
use needlework_desk::number;
use needlework_desk::problem::Problem;
use needlework_pages as pages;

use super::room::Made;
use super::sent::{asked, said};
use crate::fault::Fault;
use crate::form::Form;
use crate::house::House;
use crate::works::Watch;

/// Virtual people and pixels along a side, where nothing is said: a picture for a page.
const USUAL: (usize, usize) = (200, 256);

/// Draws a case.
pub(super) fn work(house: &House, form: &Form, watch: &Watch) -> Result<Made, Fault> {
    let how = asked(house, form, USUAL.0)?;
    let case = house.case(form.get("case"))?;
    let wish = RenderWish {
        month: said(form, "month").map(month).transpose()?,
        side: side(said(form, "side").unwrap_or("5 cm"))?,
        pixels: USUAL.1,
        percentile: TYPICAL_PERCENTILE,
        light: light(form.get("light")),
    };
    let made = render(&case, &house.inquiry(how), &wish, &mut |at| watch.at(at)).map_err(|error| match error {
        RenderError::TooLate(_) => Problem::input(error.to_string(), "take an earlier month").into(),
        error => Fault::failed("the case could not be drawn", error),
    })?;
    let files = pages::render_files(&made).map_err(|why| Fault::failed("a picture could not be encoded", why))?;
    let json = pages::json_text(&made.report).map_err(|error| Fault::failed("render.json could not be made", error))?;
    Ok(Made {
        page: pages::render_html(&made.report, &files),
        json,
    })
}

fn month(text: &str) -> Result<f64, Fault> {
    number::month_of_picture(text)
        .map_err(|_| Problem::input(format!("month: “{text}” can't be taken"), "take a month from 0 to 120").into())
}

fn side(text: &str) -> Result<needlework::units::Length, Fault> {
    number::side_of_picture(text).map_err(|_| {
        Problem::input(
            format!("side: “{text}” can't be taken"),
            "write it with its unit, such as 5 cm; from 2 to 10 cm",
        )
        .into()
    })
}

fn light(name: &str) -> Lighting {
    let found = Lighting::ALL.into_iter().find(|light| light.name() == name);
    found.unwrap_or(Lighting::Even)
}
