//! A room as a page: its form, what it answers, and the same as JSON to be saved. What is wrong stands above the form,
//! and what was filled in stays in it.

use std::sync::Arc;

use axum::response::Response;
use maud::{Markup, html};
use needlework_desk::problem::Problem;

use crate::examples::{EXAMPLES, STUDY};
use crate::fault::Fault;
use crate::form::Form;
use crate::house::House;
use crate::replies::{download, page};
use crate::rooms::{Field, Kind, Made, ROOMS, Room};
use crate::shell::Page;
use crate::watched::{WATCH, named};
use crate::words::fill;
use crate::works::Watch;

/// All rooms.
pub(crate) fn index(house: &House) -> String {
    let words = house.words;
    house.page(&Page {
        title: words.rooms_title,
        brand: words.room_brand,
        main: html! {
            p.lead { (words.rooms_lead) }
            ul.doors {
                @for room in ROOMS { (door(room.name, (room.title)(words), (room.lead)(words))) }
                (door("api", words.api_title, words.api_lead))
            }
        },
    })
}

fn door(name: &str, title: &str, lead: &str) -> Markup {
    html! {
        li {
            a.door href={ "/" (name) } {
                strong { (title) }
                span { (lead) }
            }
        }
    }
}

/// A room before anything is asked; one that answers at once does.
///
/// # Errors
/// [`Fault`] where that cannot be worked out.
pub(crate) async fn enter(house: &Arc<House>, room: &'static Room) -> Result<Response, Fault> {
    let form = Form::default();
    if (room.at_once)(&form) {
        return ask(house, room, form).await;
    }
    Ok(page(200, asking(house, room, &form, None)))
}

/// What a room answers to a form.
///
/// # Errors
/// [`Fault`] where too much is asked at once.
pub(crate) async fn ask(house: &Arc<House>, room: &'static Room, form: Form) -> Result<Response, Fault> {
    match work(house, room, form.clone()).await {
        Ok(made) if form.get("do") == "json" => Ok(download(
            format!("{}.json", room.name),
            "application/json",
            made.json.into_bytes(),
        )),
        Ok(made) => {
            let (again, json) = (again(house, room, &form), json(house, room, &form));
            Ok(page(200, house.around(&made.page, again, json)))
        }
        Err(Fault::Problem(problem)) => {
            let text = asking(house, room, &form, Some(&problem));
            Ok(page(Fault::Problem(problem).status(), text))
        }
        Err(fault) => Err(fault),
    }
}

/// Works out what a form asks of a room.
async fn work(house: &Arc<House>, room: &'static Room, form: Form) -> Result<Made, Fault> {
    let own = Arc::clone(house);
    let at_once = (room.at_once)(&form);
    let form_id = named(form.get(WATCH)).map(str::to_owned);
    let work = move |watch: &Watch| (room.work)(&own, &form, watch);
    if at_once {
        return house.works.at_once(work).await?;
    }
    let (told, _watched) = house.watched.begin(form_id.as_deref());
    house.works.watched(told, work).await?
}

/// What the choices of a form change, as a part of a page.
///
/// # Errors
/// [`Fault`] where that cannot be worked out, or too much is asked at once.
pub(crate) async fn beside(house: &Arc<House>, form: Form) -> Result<String, Fault> {
    let own = Arc::clone(house);
    let work = move |watch: &Watch| crate::rooms::beside(&own, &form, watch);
    house.works.quietly(work).await?
}

/// The form of a room.
pub(crate) fn asking(house: &House, room: &Room, form: &Form, wrong: Option<&Problem>) -> String {
    let words = house.words;
    house.page(&Page {
        title: (room.title)(words),
        brand: words.room_brand,
        main: html! {
            p.lead { ((room.lead)(words)) }
            @if let Some(wrong) = wrong {
                div.card.referred role="alert" { (house.explained(wrong)) }
            }
            (fields(house, room, form))
        },
    })
}

/// The form above an answer: folded, but where it is how one looks for something.
fn again(house: &House, room: &Room, form: &Form) -> Markup {
    html! {
        @if !room.fields.is_empty() {
            details.own open[(room.at_once)(form)] {
                summary { (house.words.room_again) }
                (fields(house, room, form))
            }
        }
    }
}

/// The form below an answer that gives the same as JSON.
fn json(house: &House, room: &Room, form: &Form) -> Markup {
    html! {
        form.own.steps method="post" action={ "/" (room.name) } {
            @for (name, text) in form.0.iter().filter(|(name, _)| name != "do" && name != WATCH) {
                (crate::shell::hidden(name, text))
            }
            (crate::shell::button("plain", "json", house.words.room_json))
        }
    }
}

fn fields(house: &House, room: &Room, form: &Form) -> Markup {
    html! {
        form.ask
            method="post"
            action={ "/" (room.name) }
            data-watch=[(!(room.at_once)(&Form::default())).then_some(house.words.watch_working)]
            data-stop=(house.words.watch_stop)
            data-stopped=(house.words.watch_stopped)
        {
            div.fields {
                @for field in room.fields { (labelled(house, field, form)) }
            }
            @if !room.more.is_empty() {
                details open[room.more.iter().any(|field| is_said(field, form))] {
                    summary { (house.words.room_more) }
                    div.fields {
                        @for field in room.more { (labelled(house, field, form)) }
                    }
                }
            }
            div.steps {
                button.main type="submit" { (house.words.room_ask) }
            }
        }
    }
}

/// A field with what it is called.
fn labelled(house: &House, field: &Field, form: &Form) -> Markup {
    html! {
        label.wide[field.is_wide()] {
            span { (label(house, field)) }
            (input(house, field, form))
        }
    }
}

/// Whether a form says something of a field of its own accord: a case is there to begin with.
fn is_said(field: &Field, form: &Form) -> bool {
    let said = form.get(field.name).trim();
    field.kind != Kind::Case && !said.is_empty() && said != field.usual
}

fn label(house: &House, field: &Field) -> String {
    let words = house.words;
    let what = (field.says)(words);
    match field.kind {
        Kind::Lines => fill(words.one_a_line, &[("what", what)]),
        _ => what.to_owned(),
    }
}

fn input(house: &House, field: &Field, form: &Form) -> Markup {
    let said = form.get(field.name);
    let is_new = form.0.is_empty();
    let value = if is_new { field.usual } else { said };
    let options = |names: &mut dyn Iterator<Item = (&str, String)>| -> Markup {
        html! {
            select name=(field.name) {
                @for (name, text) in names {
                    option value=(name) selected[name == value] { (text) }
                }
            }
        }
    };
    match field.kind {
        Kind::Case | Kind::Design | Kind::Study | Kind::Text => {
            let [(_, case), ..] = EXAMPLES;
            let first = match field.kind {
                Kind::Case => case,
                Kind::Study => STUDY,
                _ => field.usual,
            };
            html! {
                textarea
                    name=(field.name)
                    rows="14"
                    spellcheck="false"
                    autocapitalize="none"
                    data-open=(house.words.open_file)
                {
                    "\n" (if is_new { first } else { said })
                }
            }
        }
        Kind::Lines => {
            let lines: Vec<&str> = form.all(field.name).collect();
            html! {
                textarea.few name=(field.name) rows="2" spellcheck="false" autocapitalize="none" {
                    "\n" (if is_new { field.usual.to_owned() } else { lines.join("\n") })
                }
            }
        }
        Kind::Line => html! {
            input type="text" name=(field.name) value=(value) autocapitalize="none" spellcheck="false";
        },
        Kind::Yes => html! {
            input type="checkbox" name=(field.name) value="yes" checked[!said.is_empty()];
        },
        Kind::One(names) => options(&mut names.iter().map(|name| {
            let text = match *name {
                "" => house.words.left_open,
                "lay" => house.words.reader_lay,
                "research" => house.words.reader_research,
                "column" => house.words.column,
                "cell" => house.words.cell,
                "persistence" => house.words.persistence,
                "relapse" => house.words.relapse,
                "two_states" => house.words.two_states,
                "even" => house.words.even_light,
                "raking" => house.words.raking_light,
                "cross-polarised" => house.words.no_sheen,
                name => name,
            };
            (*name, text.to_owned())
        })),
        Kind::Site => {
            let sites = house.library.catalog.sites();
            options(&mut sites.iter().map(|site| (site.name.as_str(), site.label.clone())))
        }
        Kind::Device => {
            let devices = house.library.catalog.devices();
            options(
                &mut devices
                    .iter()
                    .map(|device| (device.name.as_str(), device.label.clone())),
            )
        }
    }
}
