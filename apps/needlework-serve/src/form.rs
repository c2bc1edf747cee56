//! What a form has sent: names with texts, in their order, a name as often as it was sent.

/// The fields of a form.
#[derive(Debug, Clone, Default)]
pub(crate) struct Form(pub(crate) Vec<(String, String)>);

impl Form {
    /// What stands in a field; nothing where the form has none of that name.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default()
    }

    /// Everything that was sent under a name.
    pub(crate) fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        let of_name = self.0.iter().filter(move |(own, _)| own == name);
        of_name.map(|(_, text)| text.as_str())
    }

    /// Whether something was sent under a name.
    pub(crate) fn has(&self, name: &str, text: &str) -> bool {
        self.all(name).any(|own| own == text)
    }
}
