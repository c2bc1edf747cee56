//! The parsed TOML document with the place of every key and value: find what stands at a span, find a path, cut an
//! entry.
//!
//! Reading reports a problem, cuts the entry that holds it out of the document and reads again; every field of a case
//! is optional, so the rest stays readable and the next problem comes to light.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

/// One step of the way to an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// Into a table, by its key.
    Key(String),
    /// Into a list, by its position.
    Item(usize),
}

/// An entry of the document: the way to it and where its key and its value stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The way from the root.
    pub(crate) steps: Vec<Step>,
    /// The bytes of the key; those of the value for an item of a list.
    pub(crate) key: Range<usize>,
    /// The bytes of the value.
    pub(crate) value: Range<usize>,
    /// Whether the value is a table.
    pub(crate) is_table: bool,
}

impl Entry {
    /// The path as questions are named: `device.needle_length`, `aftercare.topicals[].after`.
    pub(crate) fn path(&self) -> String {
        let mut path = String::new();
        for step in &self.steps {
            match step {
                Step::Key(key) if path.is_empty() => path.push_str(key),
                Step::Key(key) => {
                    path.push('.');
                    path.push_str(key);
                }
                Step::Item(_) => path.push_str("[]"),
            }
        }
        path
    }
}

/// The entry that an error's span points to: the one whose key or value is exactly there, else the smallest that holds
/// it.
pub(crate) fn entry_at(document: &DeTable<'_>, span: &Range<usize>) -> Option<Entry> {
    let entries = entries(document);
    let exact = |entry: &&Entry| entry.key == *span || entry.value == *span;
    let holds = |entry: &&Entry| entry.value.start <= span.start && span.end <= entry.value.end;
    // The deepest exact match, since a dotted key and its table may share a span.
    entries
        .iter()
        .filter(exact)
        .max_by_key(|entry| entry.steps.len())
        .or_else(|| entries.iter().filter(holds).min_by_key(|entry| entry.value.len()))
        .cloned()
}

/// The entry at a dotted path, such as `lesion.site`; lists are not entered.
pub(crate) fn entry_of(document: &DeTable<'_>, path: &str) -> Option<Entry> {
    let mut table = document;
    let mut steps = Vec::new();
    let mut parts = path.split('.').peekable();
    // Ends: with the parts of the path.
    while let Some(part) = parts.next() {
        let (key, value) = table.get_key_value(part)?;
        steps.push(Step::Key(part.to_owned()));
        if parts.peek().is_none() {
            return Some(Entry {
                steps,
                key: key.span(),
                value: value.span(),
                is_table: value.get_ref().is_table(),
            });
        }
        table = value.get_ref().as_table()?;
    }
    None
}

/// Takes an entry out of the document; of a list the whole item, since an item with a hole in it reads as another
/// problem. Returns whether anything was taken.
pub(crate) fn cut(document: &mut DeTable<'_>, steps: &[Step]) -> bool {
    let Some((Step::Key(first), rest)) = steps.split_first() else {
        return false;
    };
    if rest.is_empty() {
        return document.remove(first.as_str()).is_some();
    }
    match document.get_mut(first.as_str()).map(Spanned::get_mut) {
        Some(DeValue::Table(table)) => cut(table, rest),
        Some(DeValue::Array(items)) => match rest.first() {
            Some(Step::Item(at)) if *at < items.len() => {
                let mut kept = DeArray::new();
                for (number, item) in items.iter().enumerate() {
                    if number != *at {
                        kept.push(item.clone());
                    }
                }
                *items = kept;
                true
            }
            _ => false,
        },
        _ => false,
    }
}

/// Every entry of the document, in no particular order; an entry comes before those in it.
pub(crate) fn entries(document: &DeTable<'_>) -> Vec<Entry> {
    let mut found = Vec::new();
    // The depth is bounded by the parser, which refuses a document that nests deeper than its limit.
    walk_table(document, &mut Vec::new(), &mut found);
    found
}

fn walk_table(table: &DeTable<'_>, way: &mut Vec<Step>, found: &mut Vec<Entry>) {
    for (key, value) in table.iter() {
        way.push(Step::Key(key.get_ref().to_string()));
        found.push(Entry {
            steps: way.clone(),
            key: key.span(),
            value: value.span(),
            is_table: value.get_ref().is_table(),
        });
        walk_value(value.get_ref(), way, found);
        way.pop();
    }
}

fn walk_value(value: &DeValue<'_>, way: &mut Vec<Step>, found: &mut Vec<Entry>) {
    match value {
        DeValue::Table(table) => walk_table(table, way, found),
        DeValue::Array(items) => {
            for (number, item) in items.iter().enumerate() {
                way.push(Step::Item(number));
                found.push(Entry {
                    steps: way.clone(),
                    key: item.span(),
                    value: item.span(),
                    is_table: item.get_ref().is_table(),
                });
                walk_value(item.get_ref(), way, found);
                way.pop();
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    const TEXT: &str =
        "[lesion]\nsite = \"x\"\n[aftercare]\ntopicals = [{ product = \"acid\" }, { product = \"y\" }]\n";

    #[test]
    fn an_entry_is_found_by_its_span_and_by_its_path() {
        let document = DeTable::parse(TEXT).unwrap().into_inner();
        let site = entry_of(&document, "lesion.site").unwrap();
        assert_eq!(&TEXT[site.value.clone()], "\"x\"");
        assert_eq!(entry_at(&document, &site.value), Some(site.clone()));
        assert_eq!(entry_at(&document, &site.key), Some(site));
        let y = TEXT.find("\"y\"").unwrap();
        assert_eq!(
            entry_at(&document, &(y..y + 3)).unwrap().path(),
            "aftercare.topicals[].product"
        );
    }

    #[test]
    fn cutting_a_part_of_an_item_cuts_the_whole_item() {
        let mut document = DeTable::parse(TEXT).unwrap().into_inner();
        let y = TEXT.find("\"y\"").unwrap();
        let entry = entry_at(&document, &(y..y + 3)).unwrap();
        assert!(cut(&mut document, &entry.steps));
        let topicals = entry_of(&document, "aftercare.topicals").unwrap();
        assert_eq!(topicals.steps.len(), 2);
        let items = document
            .get("aftercare")
            .unwrap()
            .get_ref()
            .get("topicals")
            .unwrap()
            .get_ref()
            .as_array()
            .unwrap();
        assert_eq!(items.len(), 1);
        assert!(cut(&mut document, &[Step::Key("lesion".into())]));
        assert!(!cut(&mut document, &[Step::Key("lesion".into())]));
    }
}
