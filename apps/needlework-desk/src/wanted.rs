//! People whose skin is asked for, without any plan: as a small case, so that the same parser checks it, says what is
//! wrong and draws them as in an answer; and in words.

use needlework::case::{self, AnswerKind, Case, Catalog, Site, path, read_with, typed_answer};

use crate::problem::Problem;

/// What is asked of the people, as it was written; what is not said is drawn.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted<'a> {
    /// Age, such as `31 years`.
    pub age: Option<&'a str>,
    /// Sex.
    pub sex: Option<&'a str>,
    /// Body mass index, such as `24 kg/m2`.
    pub bmi: Option<&'a str>,
    /// Skin type, such as `III`.
    pub skin_type: Option<&'a str>,
}

impl Wanted<'_> {
    /// The people as a case that says nothing else.
    ///
    /// # Errors
    /// [`Problem`] with everything that is wrong.
    pub fn case(&self, site: &Site, catalog: &Catalog) -> Result<Case, Problem> {
        let text = format!("format = \"{}\"\n[lesion]\nkind = \"striae\"\n[person]\n", case::FORMAT);
        let fields = [
            (path!(lesion.site), Some(site.name.as_str())),
            (path!(person.age), self.age),
            (path!(person.sex), self.sex),
            (path!(person.bmi), self.bmi),
            (path!(person.fitzpatrick), self.skin_type),
        ];
        let set: Vec<_> = fields
            .into_iter()
            .filter_map(|(path, text)| Some((path, typed_answer(text?, AnswerKind::Text))))
            .collect();
        read_with(&text, "what was asked of the people", &set, catalog).map_err(Problem::Case)
    }

    /// What was asked of the people, in words; empty where nothing was.
    pub fn words(&self) -> String {
        let said = |text: Option<&str>| text.filter(|text| *text != case::UNKNOWN).map(str::to_owned);
        let with = |before: &str, text: Option<&str>| said(text).map(|text| format!("{before} {text}"));
        let all = [
            said(self.age),
            said(self.sex),
            with("body mass index", self.bmi),
            with("skin type", self.skin_type),
        ];
        all.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}
