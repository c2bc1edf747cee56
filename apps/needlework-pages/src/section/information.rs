//! For those who study it: what of the doubt would go once something is known, and which study would help most.

use maud::{Markup, html};

use super::{Section, scrolling};
use crate::model::{Knowing, Report};
use crate::words::{number, sentence_case};

/// What knowing more would change.
pub(super) fn information(report: &Report) -> Option<Section> {
    let information = report.information.as_ref()?;
    let best = information.studies.first()?;
    let body = html! {
        p {
            "The average gain over doing nothing is known to ± "
            (number(information.sd))
            " points (one standard deviation over worlds). Of three studies of "
            (information.people)
            " people each, one would help most: "
            strong { (best.label) }
            ". Once it is made, ± "
            (number(best.sd_left))
            " points would be left on average."
        }
        (table("Studies", "Study", &information.studies))
        @if !information.unknowns.is_empty() {
            (table("Single unknowns", "Unknown", &information.unknowns))
        }
        p.quiet {
            "Worth: by how many points somebody would fare better on average who has the plan only where its average \
                gain comes to "
            (number(information.taken_from))
            " points, and knows this one thing before deciding; at least, and at most. Knowing everything is worth "
            (number(information.worth_of_all))
            ". A regression over the simulated worlds; instruments are taken to be exact, and a study to be of people \
                like these."
        }
    };
    Some(Section {
        id: "information",
        title: "Which study would help most",
        body,
    })
}

fn table(title: &str, what: &str, rows: &[Knowing]) -> Markup {
    scrolling(
        title,
        &html! {
            table {
                thead {
                    tr {
                        th scope="col" { (what) }
                        th.num scope="col" { "Doubt left, ± points" }
                        th.num scope="col" { "Worth, points" }
                    }
                }
                tbody {
                    @for row in rows {
                        tr {
                            th scope="row" { (sentence_case(&row.label)) }
                            td.num { (number(row.sd_left)) }
                            td.num { (worth(row)) }
                        }
                    }
                }
            }
        },
    )
}

fn worth(row: &Knowing) -> String {
    let [least, most] = row.worth.map(number);
    if least == most {
        least
    } else {
        format!("{least} to {most}")
    }
}
