//! A case that is written by hand: a field with its text, ours to begin with, and who reads. What is wrong in it is
//! shown above it, each mistake at its place, and nothing that was typed is lost.

use maud::{Markup, html};
use needlework::verdict::Reading;
use needlework_desk::problem::Problem;

use crate::door::{Door, reading, reading_name};
use crate::examples::EXAMPLES;
use crate::fault::Fault;
use crate::form::Form;
use crate::house::House;
use crate::shell::Page;

impl House {
    /// The page of a case, with one of ours in it.
    ///
    /// # Errors
    /// [`Fault::NotFound`] where no case of ours has that name.
    pub(crate) fn example(&self, name: &str) -> Result<String, Fault> {
        let [first, ..] = EXAMPLES;
        let found = EXAMPLES.into_iter().find(|(own, _)| *own == name);
        let (_, text) = match (name, found) {
            ("", _) => first,
            (_, found) => found.ok_or(Fault::NotFound)?,
        };
        let form = Form(vec![
            ("case".to_owned(), text.to_owned()),
            ("for".to_owned(), reading_name(Reading::Research).to_owned()),
        ]);
        Ok(self.typed(&form, None))
    }

    /// The page of a case as it was typed, with what is wrong in it.
    pub(crate) fn typed(&self, form: &Form, wrong: Option<&Problem>) -> String {
        let words = self.words;
        let or = |name: &str, usual: String| match form.get(name) {
            "" => usual,
            own => own.to_owned(),
        };
        let people = or("people", House::whole().to_string());
        let who = reading(form.get("for"));
        let choice = |own: Reading, text: &str| -> Markup {
            html! {
                option value=(reading_name(own)) selected[own == who] { (text) }
            }
        };
        let main = html! {
            @if let Some(wrong) = wrong {
                div.card.referred role="alert" {
                    h2 { (words.case_wrong) }
                    (self.explained(wrong))
                    p { (words.case_mend) }
                }
            }
            p.lead { (words.case_lead) }
            form.steps method="get" action={ "/" (Door::Research.name()) } {
                label for="example" { (words.case_take) }
                select #example name="example" {
                    @for (name, text) in EXAMPLES {
                        option value=(name) selected[form.get("case").contains(text)] { (name) }
                    }
                }
                button.plain type="submit" { (words.case_fill) }
            }
            form.ask method="post" action="/answer" {
                label for="case" { (words.case_field) }
                textarea
                    #case
                    name="case"
                    spellcheck="false"
                    autocapitalize="none"
                    rows="24"
                    data-open=(words.open_file)
                {
                    // A line feed at the beginning would be lost.
                    "\n" (form.get("case"))
                }
                div.fields {
                    label {
                        span { (words.case_reader) }
                        select name="for" {
                            (choice(Reading::Research, words.reader_research))
                            (choice(Reading::Lay, words.reader_lay))
                        }
                    }
                    label {
                        span { (words.case_people) }
                        input type="text" inputmode="numeric" name="people" value=(people);
                    }
                    label {
                        span { (words.case_seed) }
                        input type="text" inputmode="numeric" name="seed" value=(or("seed", self.seed.to_string()));
                    }
                }
                div.steps {
                    button.main type="submit" { (words.case_judge) }
                }
            }
        };
        self.page(&Page {
            title: words.case_title,
            brand: words.case_brand,
            main,
        })
    }
}
